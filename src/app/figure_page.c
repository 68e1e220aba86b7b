#include "app/figure_page.h"

#include <stdlib.h>

/* Figures of the metric that are looked at in one step. */
enum { STEP = 64 };

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

/* Of ids leaves those whose words may be those of a figure: few are, and what tells a figure's
 * words costs a tenth of the whole. A region's own figures name it in more ways than one. */
static enum status keep_likely(struct store *s, struct arena *a, const struct stored_indicator *of,
                               uint32_t *ids, size_t *n, struct error *e)
{
    const struct figure_key *own, *one;
    size_t n_own, n_one, kept = 0;
    bool whole = indicator_is_of_region(of->it.subject, of->it.region);
    struct arena_mark mark = arena_mark(a);
    enum status status = store_figure_keys(s, a, of->id, of->id + 1, &own, &n_own, e);
    if (status == STATUS_OK && n_own == 0)
        return STATUS_OK;
    for (size_t i = 0; i < *n && status == STATUS_OK; i++) {
        status = store_figure_keys(s, a, ids[i], ids[i] + 1, &one, &n_one, e);
        bool alike = status == STATUS_OK && n_one > 0 && one->kind == own->kind &&
                     one->region == own->region && (whole || one->subject == own->subject);
        if (alike)
            ids[kept++] = ids[i];
    }
    arena_release(a, mark);
    *n = kept;
    return status;
}

enum status figure_page_begin(struct store *s, struct arena *a, uint32_t indicator,
                              struct figure_page *out, struct error *e)
{
    *out = (struct figure_page){0};
    enum status status = store_indicator(s, a, indicator, &out->it, e);
    out->whole = out->it.metric == 0;
    return status;
}

static enum status add_alike(struct store *s, struct arena *a, uint32_t id,
                             struct figure_page *page, struct error *e)
{
    struct figure_alike one = {0};
    struct stored_article article;
    struct arena_mark mark = arena_mark(a);
    enum status status = store_indicator(s, a, id, &one.it, e);
    if (status != STATUS_OK || !figure_is_alike(&one.it.it, &page->it.it)) {
        arena_release(a, mark);
        return status;
    }
    status = store_article(s, a, one.it.it.place.article, &article, e);
    one.date = article.date;
    one.title = article.title;
    if (status == STATUS_OK)
        vector_push(a, &page->alike, one);
    return status;
}

enum status figure_page_step(struct store *s, struct arena *a, struct figure_page *page,
                             struct error *e)
{
    struct list_query query = {
        .list = LIST_INDICATORS, .order = ORDER_METRIC, .metric = page->it.metric};
    uint32_t ids[STEP];
    size_t found = 0, likely;
    if (page->whole)
        return STATUS_OK;
    enum status status = store_list(s, &query, page->from, ids, STEP, &found, e);
    page->read += found;
    page->from.after = found > 0 ? ids[found - 1] : 0;
    likely = found;
    if (status == STATUS_OK)
        status = keep_likely(s, a, &page->it, ids, &likely, e);
    for (size_t i = 0; i < likely && status == STATUS_OK && page->alike.n < ALIKE_SHOWN; i++)
        status = add_alike(s, a, ids[i], page, e);
    page->whole = found < STEP || page->read >= ALIKE_READ || page->alike.n == ALIKE_SHOWN;
    if (page->alike.n > 0)
        qsort(page->alike.at, page->alike.n, sizeof *page->alike.at, by_period);
    return status;
}
