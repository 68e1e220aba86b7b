/* Figures as a field of a query: metric:, comparisons, type:indicator. */
#include "baolan/message.h"
#include "facts.h"
#include "parse/quantity.h"
#include "search_internal.h"

#include <math.h>
#include <stdlib.h>

enum {
    MEASURES_MOST = 1000000,
    METRICS_MOST = 20000, /* names that are looked through while one types, the most used first */
};

static double decimal_value(struct decimal d)
{
    return (double)d.digits * pow(10, -d.scale);
}

static enum status read_wanted(struct searching *s, const struct query_term *t, struct wanted *out)
{
    struct quantity q;
    struct str none = {NULL, 0};
    struct str value = fold_str(s->arena, t->value);
    out->compare = t->compare;
    if (t->compare == COMPARE_NONE)
        return STATUS_OK;
    if (s->options->lexicons != NULL &&
        quantity_of_cell(s->arena, s->options->lexicons, value, none, &q)) {
        out->unit = q.unit.n > 0 ? q.base_unit : none;
        out->value = decimal_value(q.unit.n > 0 ? q.base : q.value);
        return STATUS_OK;
    }
    char *end, *number = str_dup_c(s->arena, value);
    out->value = strtod(number, &end);
    if (end != number && *end == '\0')
        return STATUS_OK;
    s->problem->span = t->value_span;
    s->problem->message =
        str_printf(s->arena, message(MESSAGE_QUERY_VALUE), str_dup_c(s->arena, t->value));
    return STATUS_BAD_INPUT;
}

static bool compares(const struct wanted *w, double value)
{
    double slack = fabs(w->value) * 1e-9;
    switch (w->compare) {
    case COMPARE_ABOVE:
        return value > w->value + slack;
    case COMPARE_FROM:
        return value >= w->value - slack;
    case COMPARE_BELOW:
        return value < w->value - slack;
    case COMPARE_TO:
        return value <= w->value + slack;
    case COMPARE_EQUAL:
        return fabs(value - w->value) <= slack;
    case COMPARE_NONE:
        break;
    }
    return true;
}

static enum status read_measures(struct searching *s, struct measures *out)
{
    bool more;
    enum status status;
    sqlite3_stmt *st = database_prepare(
        &s->store->db, "SELECT id, base_unit, shift FROM measure LIMIT ?1", s->error);
    if (st == NULL)
        return failed(s->error);
    bind_int(st, 1, MEASURES_MOST);
    while ((status = database_step(&s->store->db, st, &more, s->error)) == STATUS_OK && more) {
        struct measure *m = NULL;
        for (uint32_t id = column_u32(st, 0); out->n <= id;)
            m = vector_add(s->arena, out);
        if (m != NULL)
            *m = (struct measure){column_str(s->arena, st, 1), sqlite3_column_int(st, 2)};
    }
    return status;
}

/* Whether the row of INDICATOR_COLUMNS holds a comparison. */
static bool row_compares(sqlite3_stmt *st, const struct wanted *w, const struct measures *measures)
{
    static const struct measure none = {{NULL, 0}, 0};
    struct decimal value = {sqlite3_column_int64(st, 3), sqlite3_column_int(st, 4)};
    uint32_t id = column_u32(st, 5);
    const struct measure *m = id < measures->n ? &measures->at[id] : &none;
    struct str base = more_get(column_view(st, 6), MORE_BASE);
    if (w->compare == COMPARE_NONE || w->unit.n == 0)
        return compares(w, decimal_value(value));
    if (!str_eq(m->base_unit, w->unit))
        return false;
    value.scale += m->shift;
    if (base.p != NULL)
        value.digits = varint_get_signed(&base);
    return compares(w, decimal_value(value));
}

/* Adds the passages of the indicators that a statement gives. */
static enum status indicators_that(struct searching *s, sqlite3_stmt *st, const struct field *f,
                                   struct ranges *out)
{
    bool more;
    enum status status;
    size_t cost = f->term->words.n > 0 ? 2 : 1; /* those of a metric stand here and there */
    while ((status = database_step(&s->store->db, st, &more, s->error)) == STATUS_OK && more) {
        uint32_t start = column_u32(st, 1);
        struct range range = {column_u32(st, 0), column_u32(st, 0) + 1, start,
                              start + column_u32(st, 2)};
        if (!field_spend(s, cost) ||
            (row_compares(st, &f->wanted, &f->measures) && !field_add(s, out, range)))
            break;
    }
    sqlite3_reset(st);
    return status;
}

#define INDICATOR_COLUMNS "SELECT passage, start, length, digits, scale, measure, more, i.metric"

/* Reads what the comparison is, and the metrics that the words are in, the most used first. */
enum status field_figures(struct searching *s, struct field *f)
{
    bool more = true;
    enum status status = STATUS_OK;
    VECTOR(uint32_t) metrics = {0};
    if (f->ready)
        return STATUS_OK;
    f->ready = true;
    TRY(read_wanted(s, f->term, &f->wanted));
    if (f->wanted.compare != COMPARE_NONE)
        TRY(read_measures(s, &f->measures));
    if (f->term->words.n == 0)
        return STATUS_OK;
    sqlite3_stmt *st = database_prepare(
        &s->store->db, "SELECT id, name FROM metric ORDER BY indicators DESC LIMIT ?1", s->error);
    size_t seen = 0;
    if (st == NULL)
        return failed(s->error);
    bind_int(st, 1, s->options->exact ? -1 : METRICS_MOST);
    for (; (status = database_step(&s->store->db, st, &more, s->error)) == STATUS_OK && more;
         seen++)
        if (field_stands_in(s, f->term, column_view(st, 1)))
            vector_push(s->arena, &metrics, column_u32(st, 0));
    s->cut = s->cut || (!s->options->exact && seen >= METRICS_MOST);
    /* The figures of each are read in the order of the metrics' use. */
    f->ids = metrics.at;
    f->n_ids = metrics.n;
    f->sorted = ids_sorted(s->arena, f->ids, f->n_ids);
    return status;
}

enum status filter_metric(struct searching *s, struct field *f, struct ranges *out)
{
    static const char of_metric[] =
        INDICATOR_COLUMNS " FROM indicator_order o CROSS JOIN indicator i ON i.id=o.id"
                          " WHERE o.metric=?1 LIMIT ?2";
    sqlite3_stmt *st;
    TRY(field_figures(s, f));
    if (f->term->words.n == 0) {
        st = field_statement(s, INDICATOR_COLUMNS " FROM indicator i LIMIT ?1");
        return st == NULL ? failed(s->error) : indicators_that(s, st, f, out);
    }
    for (size_t i = 0; i < 2 * f->n_ids && !s->over && out->n < s->most_ranges; i++) {
        st = field_statement(s, of_metric);
        if (st == NULL)
            return failed(s->error);
        /* Behind those that count stand those of near copies. */
        bind_int(st, 1, i % 2 == 0 ? (int64_t)f->ids[i / 2] : ~(int64_t)f->ids[i / 2]);
        TRY(indicators_that(s, st, f, out));
    }
    return STATUS_OK;
}

enum status window_figures(struct searching *s, struct field *f, const struct window *w,
                           struct ranges *out)
{
    bool more;
    enum status status;
    uint32_t from, metric;
    bool all = f->term->field != QUERY_METRIC;
    TRY(indicator_at(s->store, w->first_indicator, w->indicators, w->first, &from, s->error));
    sqlite3_stmt *st = database_prepare(
        &s->store->db, INDICATOR_COLUMNS " FROM indicator i WHERE id>=?1 AND id<?2 ORDER BY id",
        s->error);
    if (st == NULL)
        return failed(s->error);
    bind_int(st, 1, from);
    bind_int(st, 2, (int64_t)w->first_indicator + w->indicators);
    while ((status = database_step(&s->store->db, st, &more, s->error)) == STATUS_OK && more &&
           column_u32(st, 0) < w->end) {
        uint32_t start = column_u32(st, 1);
        struct range range = {column_u32(st, 0), column_u32(st, 0) + 1, start,
                              start + column_u32(st, 2)};
        metric = column_u32(st, 7);
        search_spend(s, STEPS_OF_ROW);
        if (all || ((f->term->words.n == 0 || ids_have(f->sorted, f->n_ids, metric)) &&
                    row_compares(st, &f->wanted, &f->measures)))
            vector_push(s->arena, out, range);
    }
    sqlite3_reset(st);
    return status;
}
