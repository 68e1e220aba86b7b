#include "app/pager.h"

enum status pager_open(struct pager *p, struct store *store, const struct list_query *query,
                       struct error *e)
{
    bool exact;
    *p = (struct pager){.store = store, .query = *query};
    if (store == NULL)
        return STATUS_OK;
    return store_list_count(store, query, UINT64_MAX, &p->count, &exact, e);
}

static void reverse(uint32_t *ids, size_t n)
{
    for (size_t i = 0; i < n / 2; i++) {
        uint32_t id = ids[i];
        ids[i] = ids[n - 1 - i];
        ids[n - 1 - i] = id;
    }
}

static size_t fetch(struct pager *p, struct list_from from, uint32_t *ids, size_t n)
{
    size_t found = 0;
    if (store_list(p->store, &p->query, from, ids, n, &found, NULL) != STATUS_OK)
        return 0;
    return found;
}

/* Reads rows around `row` from the nearer end of the list. */
static void jump(struct pager *p, size_t row)
{
    size_t count = (size_t)p->count, half = PAGER_ROOM / 2;
    p->first = row > half ? row - half : 0;
    if (p->first <= count / 2) {
        p->n = fetch(p, (struct list_from){.skip = p->first}, p->ids, PAGER_ROOM);
        return;
    }
    size_t end = p->first + PAGER_ROOM < count ? p->first + PAGER_ROOM : count;
    p->n = fetch(p, (struct list_from){.skip = count - end, .backwards = true}, p->ids,
                 end - p->first);
    reverse(p->ids, p->n);
    p->first = end - p->n;
}

/* Goes on after the last row in memory; half of what is there makes room. */
static void forward(struct pager *p)
{
    size_t half = PAGER_ROOM / 2, drop = p->n > half ? p->n - half : 0;
    uint32_t last = p->ids[p->n - 1];
    memmove(p->ids, p->ids + drop, (p->n - drop) * sizeof *p->ids);
    p->first += drop;
    p->n -= drop;
    p->n += fetch(p, (struct list_from){.after = last}, p->ids + p->n, PAGER_ROOM - p->n);
}

static void backward(struct pager *p)
{
    uint32_t before[PAGER_ROOM / 2];
    size_t want = p->first < PAGER_ROOM / 2 ? p->first : PAGER_ROOM / 2;
    size_t n = fetch(p, (struct list_from){.after = p->ids[0], .backwards = true}, before, want);
    size_t keep = p->n < PAGER_ROOM - n ? p->n : PAGER_ROOM - n;
    reverse(before, n);
    memmove(p->ids + n, p->ids, keep * sizeof *p->ids);
    memcpy(p->ids, before, n * sizeof *before);
    p->first -= n;
    p->n = keep + n;
}

uint32_t pager_peek(const struct pager *p, size_t row)
{
    bool inside = row >= p->first && row < p->first + p->n;
    return inside ? p->ids[row - p->first] : 0;
}

uint32_t pager_id(struct pager *p, size_t row)
{
    if (p->store == NULL || row >= p->count)
        return 0;
    bool inside = row >= p->first && row < p->first + p->n;
    if (!inside && p->n > 0 && row >= p->first + p->n && row < p->first + p->n + PAGER_ROOM / 2)
        forward(p);
    else if (!inside && p->n > 0 && row < p->first && p->first - row <= PAGER_ROOM / 2)
        backward(p);
    else if (!inside)
        jump(p, row);
    return pager_peek(p, row);
}

size_t pager_row(struct pager *p, uint32_t id, size_t near)
{
    if (pager_id(p, near) == id && id != 0)
        return near;
    for (size_t i = 0; i < p->n; i++)
        if (p->ids[i] == id)
            return p->first + i;
    return SIZE_MAX;
}
