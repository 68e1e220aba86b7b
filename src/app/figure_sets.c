#include "app/figure_sets.h"

#include "baolan/map.h"
#include "baolan/vector.h"

#include <stdlib.h>

enum { PAGE = 256, POLL_EVERY = 1024 };

/* --- Cells ----------------------------------------------------------------------------------- */

void figure_cells_begin(struct figure_cells *c, struct arena *a, struct figures *f, uint32_t metric,
                        enum pivot_key rows, enum pivot_key columns)
{
    *c = (struct figure_cells){.figures = f, .arena = a, .query = f->listing.query};
    c->cells = series_cells_in(a, rows, columns);
    c->query.metric = metric;
    c->query.order = metric == 0 ? ORDER_ID : ORDER_METRIC;
    c->whole = f->store == NULL;
}

static void add_row(struct figure_cells *c, uint32_t item)
{
    const struct figure *row = figures_row(c->figures, item);
    for (size_t k = 0; k < INDICATOR_KIND_COUNT; k++) {
        struct arena_mark mark = arena_mark(c->arena);
        if (row->of[k] == NULL || row->of[k]->id == 0)
            continue;
        struct series_figure f = figures_series(c->arena, c->figures->lexicons, row->of[k]);
        if (!series_cells_add(&c->cells, &f))
            arena_release(c->arena, mark);
    }
}

enum status figure_cells_step(struct figure_cells *c, size_t most, struct error *e)
{
    uint32_t ids[PAGE];
    enum status status = STATUS_OK;
    for (size_t done = 0, found; !c->whole && done < most; done += found) {
        status = store_list(c->figures->store, &c->query, (struct list_from){.after = c->after},
                            ids, PAGE, &found, e);
        for (size_t i = 0; i < found; i++)
            if (listing_admits(&c->figures->listing, ids[i]))
                add_row(c, ids[i]);
        c->after = found > 0 ? ids[found - 1] : c->after;
        c->whole = status != STATUS_OK || found < PAGE;
        c->seen += found;
    }
    return status;
}

/* --- Series ---------------------------------------------------------------------------------- */

/* A series while the metric's figures, which come by period, are gone through. */
struct candidate {
    uint64_t period; /* hash of the last */
    uint32_t periods, first;
    bool home;           /* all its figures are taken: see series_divide */
    bool chosen, has[2]; /* of the last period: actual, target */
};

struct choosing {
    struct store *store;
    const struct lexicons *lexicons;
    struct arena *arena, *keys;
    struct str metric;
    struct map by_key; /* subject, region, kind, base unit, pace, home → number */
    VECTOR(struct candidate) all;
    uint32_t own; /* the indicator whose series is wanted */
    size_t own_series;
    bool taking; /* the second time */
    const struct store_poll *poll;
    size_t looked;
    bool stopped;
    VECTOR(uint32_t) taken;
};

static struct candidate *candidate_of(struct choosing *c, const struct metric_figure *f)
{
    struct arena_mark mark = arena_mark(c->keys);
    struct str subject = figures_subject(c->keys, c->lexicons, f->subject, f->region);
    bool home = figures_are_at_home(c->lexicons, c->metric, subject, f->region);
    uint64_t key[] = {hash_bytes(f->base_unit.p, f->base_unit.n), hash_bytes(subject.p, subject.n),
                      hash_bytes(f->region.p, f->region.n),       f->kind,
                      figures_pace(f->kind, f->period, f->basis), home ? f->article : 0};
    arena_release(c->keys, mark);
    struct str bytes = {(const char *)key, sizeof key};
    struct map_entry *entry = map_get(&c->by_key, bytes);
    if (entry == NULL) {
        entry = map_put(&c->by_key, str_dup(c->keys, bytes), NULL);
        entry->value.number = c->all.n;
        vector_push(c->keys, &c->all, ((struct candidate){.first = f->id, .home = home}));
    }
    if (f->id == c->own)
        c->own_series = entry->value.number;
    return &c->all.at[entry->value.number];
}

static bool look_at(void *context, const struct metric_figure *f)
{
    struct choosing *c = context;
    if (++c->looked % POLL_EVERY == 0 && c->poll != NULL && c->poll->cancelled(c->poll->context)) {
        c->stopped = true;
        return false;
    }
    struct candidate *of = candidate_of(c, f);
    uint64_t period = hash_bytes(f->period.p, f->period.n) | 1;
    if (of->period != period) {
        of->period = period;
        of->has[0] = of->has[1] = false;
        of->periods++;
    }
    if (c->taking && of->chosen && (of->home || !of->has[f->target]))
        vector_push(c->arena, &c->taken, f->id);
    of->has[f->target] = true;
    return true;
}

static int by_periods(const void *left, const void *right)
{
    const struct candidate *a = *(struct candidate *const *)left;
    const struct candidate *b = *(struct candidate *const *)right;
    if (a->periods != b->periods)
        return a->periods > b->periods ? -1 : 1;
    return a->first < b->first ? -1 : a->first > b->first;
}

static void choose(struct choosing *c, size_t others)
{
    struct candidate **sorted = arena_array(c->keys, struct candidate *, c->all.n + 1);
    for (size_t i = 0; i < c->all.n; i++)
        sorted[i] = &c->all.at[i];
    if (c->all.n > 0)
        qsort(sorted, c->all.n, sizeof *sorted, by_periods);
    for (size_t i = 0; i < c->all.n && i < others + 1; i++)
        sorted[i]->chosen = true;
    if (c->own_series < c->all.n)
        c->all.at[c->own_series].chosen = true;
    for (size_t i = 0; i < c->all.n; i++)
        c->all.at[i].period = 0;
}

static int by_number(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    return a < b ? -1 : a > b;
}

/* Goes through the metric's figures once more or for the first time. */
static enum status look_at_all(struct choosing *c, uint32_t metric, struct error *e)
{
    enum status status = store_each_of_metric(c->store, metric, look_at, c, e);
    return status == STATUS_OK && c->stopped ? STATUS_INTERRUPTED : status;
}

enum status figure_series(struct store *s, struct arena *a, const struct lexicons *lexicons,
                          const struct stored_indicator *it, size_t others,
                          const struct store_poll *poll, const struct series_figure **out,
                          size_t *n, struct error *e)
{
    struct choosing c = {.store = s,
                         .lexicons = lexicons,
                         .arena = a,
                         .metric = it->it.metric_key,
                         .own = it->id,
                         .own_series = SIZE_MAX,
                         .poll = poll};
    VECTOR(struct series_figure) list = {0};
    c.keys = arena_new();
    if (c.keys == NULL)
        return error_set(e, STATUS_NO_MEMORY, "%s", status_name(STATUS_NO_MEMORY));
    c.by_key = map_in(c.keys);
    enum status status = look_at_all(&c, it->metric, e);
    choose(&c, others);
    c.taking = true;
    if (status == STATUS_OK)
        status = look_at_all(&c, it->metric, e);
    arena_free(c.keys);
    if (c.taken.n > 0)
        qsort(c.taken.at, c.taken.n, sizeof *c.taken.at, by_number);
    for (size_t i = 0; i < c.taken.n && status == STATUS_OK; i++) {
        struct stored_indicator one;
        status = store_indicator(s, a, c.taken.at[i], &one, e);
        if (status == STATUS_OK)
            vector_push(a, &list, figures_series(a, lexicons, &one));
    }
    *out = list.at;
    *n = status == STATUS_OK ? list.n : 0;
    return status;
}
