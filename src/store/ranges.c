#include "ranges.h"

#include <stdlib.h>

static int by_first(const void *a, const void *b)
{
    const struct range *x = a, *y = b;
    if (x->first != y->first)
        return x->first < y->first ? -1 : 1;
    return x->start == y->start ? 0 : x->start < y->start ? -1 : 1;
}

void ranges_settle(struct ranges *r)
{
    size_t kept = 0;
    if (r->n > 1)
        qsort(r->at, r->n, sizeof *r->at, by_first);
    for (size_t i = 0; i < r->n; i++) {
        struct range here = r->at[i];
        if (here.end <= here.first)
            continue;
        if (kept > 0 && here.first < r->at[kept - 1].end) {
            if (here.end > r->at[kept - 1].end)
                r->at[kept - 1].end = here.end;
            continue;
        }
        r->at[kept++] = here;
    }
    r->n = kept;
}

struct ranges ranges_both(struct arena *a, const struct ranges *left, const struct ranges *right)
{
    struct ranges out = {0};
    for (size_t i = 0, k = 0; i < left->n && k < right->n;) {
        const struct range *x = &left->at[i], *y = &right->at[k];
        struct range both = {x->first > y->first ? x->first : y->first,
                             x->end < y->end ? x->end : y->end, 0, 0};
        const struct range *marked = x->stop > x->start ? x : y;
        both.start = marked->start;
        both.stop = marked->stop;
        if (both.first < both.end)
            vector_push(a, &out, both);
        if (x->end < y->end)
            i++;
        else
            k++;
    }
    return out;
}

struct ranges ranges_without(struct arena *a, const struct ranges *r, uint32_t end)
{
    struct ranges out = {0};
    uint32_t at = 1;
    for (size_t i = 0; i <= r->n; i++) {
        uint32_t stop = i < r->n ? r->at[i].first : end;
        if (stop > at)
            vector_push(a, &out, ((struct range){at, stop, 0, 0}));
        if (i < r->n)
            at = r->at[i].end;
    }
    return out;
}

const struct range *ranges_find(const struct ranges *r, size_t *cursor, uint32_t id)
{
    size_t low = *cursor, step = 1;
    /* Ascending ids lie near the one before: doubling steps, then halving ones. */
    while (low + step < r->n && r->at[low + step].first <= id) {
        low += step;
        step *= 2;
    }
    size_t high = low + step < r->n ? low + step : r->n;
    while (low + 1 < high) {
        size_t middle = low + (high - low) / 2;
        if (r->at[middle].first <= id)
            low = middle;
        else
            high = middle;
    }
    *cursor = low;
    if (low >= r->n || id < r->at[low].first || id >= r->at[low].end)
        return NULL;
    return &r->at[low];
}
