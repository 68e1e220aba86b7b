#include "app/figure_page.h"

#include "baolan/vector.h"

#include <stdlib.h>

#define PAGE 256

bool figure_is_alike(const struct indicator *a, const struct indicator *b)
{
    bool whole = indicator_is_of_region(a->subject, a->region) &&
                 indicator_is_of_region(b->subject, b->region);
    return a->kind == b->kind && str_eq(a->region, b->region) &&
           (whole || str_eq(a->subject, b->subject));
}

static int by_period(const void *left, const void *right)
{
    const struct figure_alike *a = left, *b = right;
    int order = str_cmp(a->it.it.period, b->it.it.period);
    if (order != 0)
        return a->it.it.period.n == 0 ? 1 : b->it.it.period.n == 0 ? -1 : order;
    order = str_cmp(a->date, b->date);
    if (order != 0)
        return order;
    return a->it.id < b->it.id ? -1 : a->it.id > b->it.id;
}

enum status figure_page_read(struct store *s, struct arena *a, uint32_t indicator,
                             struct figure_page *out, struct error *e)
{
    VECTOR(struct figure_alike) alike = {0};
    *out = (struct figure_page){0};
    enum status status = store_indicator(s, a, indicator, &out->it, e);
    struct list_query query = {
        .list = LIST_INDICATORS, .order = ORDER_METRIC, .metric = out->it.metric};
    struct list_from from = {0};
    uint32_t ids[PAGE];
    size_t found = out->it.metric == 0 ? 0 : PAGE, read = 0;
    while (status == STATUS_OK && found == PAGE && read < ALIKE_READ && alike.n < ALIKE_SHOWN) {
        status = store_list(s, &query, from, ids, PAGE, &found, e);
        for (size_t i = 0; i < found && status == STATUS_OK && alike.n < ALIKE_SHOWN; i++) {
            struct figure_alike one = {0};
            struct stored_article article;
            struct arena_mark mark = arena_mark(a);
            status = store_indicator(s, a, ids[i], &one.it, e);
            if (status != STATUS_OK || !figure_is_alike(&one.it.it, &out->it.it)) {
                arena_release(a, mark);
                continue;
            }
            status = store_article(s, a, one.it.it.place.article, &article, e);
            one.date = article.date;
            one.title = article.title;
            if (status == STATUS_OK)
                vector_push(a, &alike, one);
        }
        read += found;
        from.after = found > 0 ? ids[found - 1] : 0;
    }
    if (alike.n > 0)
        qsort(alike.at, alike.n, sizeof *alike.at, by_period);
    out->alike = alike.at;
    out->n_alike = alike.n;
    out->more = found == PAGE;
    return status;
}
