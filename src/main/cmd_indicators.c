/* `baolan indicators`: figures as rows, or one metric turned to places by years. */
#include "baolan/map.h"
#include "baolan/message.h"
#include "baolan/parse.h"
#include "baolan/vector.h"
#include "citation.h"
#include "output.h"

#include <stdio.h>
#include <stdlib.h>

static const struct column columns[] = {
    {"id", "", 0, true},
    {"metric", N_("metric"), 24, false},
    {"subject", N_("subject"), 24, false},
    {"region", N_("place"), 14, false},
    {"period", N_("period"), 12, false},
    {"value", N_("value"), 16, true},
    {"unit", N_("unit"), 12, false},
    {"kind", N_("kind"), 6, false},
    {"basis", N_("basis"), 8, false},
    {"qualifier", "", 0, false},
    {"target", "", 0, false},
    {"metric_key", "", 0, false},
    {"text", "", 0, false},
    {"base", "", 0, true},
    {"base_unit", "", 0, false},
    {"title", N_("document"), 30, false},
    {"sentence", "", 0, false},
    {"file", "", 0, false},
    {"line", "", 0, true},
    {"rule", "", 0, false},
    {"parser", "", 0, true},
};

struct turned_cell {
    size_t row, column;
    struct str value;
};

/* A table turned to rows by columns. */
struct turned {
    struct arena *arena;
    struct map rows, columns; /* key → index, in order of their first sight */
    VECTOR(struct turned_cell) cells;
    const char *row_key, *column_key; /* never NULL */
};

struct query {
    struct invocation *i;
    struct store *store;
    struct output *output;
    struct turned *turned; /* or NULL */
};

static struct str key_value(const struct stored_indicator *it, const char *key)
{
    if (strcmp(key, "place") == 0)
        return it->it.region;
    if (strcmp(key, "subject") == 0)
        return it->it.subject;
    if (strcmp(key, "metric") == 0)
        return it->it.metric_key;
    if (strcmp(key, "period") == 0)
        return it->it.period;
    return it->it.period_resolved ? str_sub(it->it.period, 0, 4) : (struct str){NULL, 0};
}

static size_t index_of(struct turned *t, struct map *map, struct str key)
{
    bool is_new;
    struct map_entry *entry = map_get(map, key);
    if (entry != NULL)
        return entry->value.number;
    entry = map_put(map, str_dup(t->arena, key), &is_new);
    entry->value.number = map->n - 1;
    return entry->value.number;
}

static void turn(struct turned *t, const struct stored_indicator *it)
{
    struct str row = key_value(it, t->row_key), column = key_value(it, t->column_key);
    if (row.n == 0 || column.n == 0)
        return;
    struct str value = decimal_text(t->arena, it->it.value);
    struct turned_cell cell = {
        index_of(t, &t->rows, row), index_of(t, &t->columns, column),
        str_printf(t->arena, "%.*s%.*s", STR_ARG(value), STR_ARG(it->it.unit))};
    vector_push(t->arena, &t->cells, cell);
}

static enum status write_row(struct query *q, const struct stored_indicator *it)
{
    struct citation c;
    struct output *l = q->output;
    enum status status =
        cite(q->i, q->store, it->it.place.paragraph, it->it.place.start, it->it.place.end, &c);
    if (status != STATUS_OK)
        return status;
    output_int(l, it->id);
    output_str(l, it->it.metric);
    output_str(l, it->it.subject);
    output_str(l, it->it.region);
    output_period(l, it->it.period);
    output_decimal(l, it->it.value);
    output_str(l, it->it.unit);
    output_kind(l, &INDICATOR_NAMES, (int)it->it.kind);
    output_str(l, it->it.basis);
    output_str(l, it->it.qualifier);
    output_bool(l, it->it.target);
    output_str(l, it->it.metric_key);
    output_str(l, it->it.text);
    output_decimal(l, it->it.base);
    output_str(l, it->it.base_unit);
    output_str(l, c.title);
    output_str(l, c.sentence);
    output_str(l, c.file);
    output_int(l, c.line);
    output_str(l, str_of(it->it.rule));
    output_int(l, parser_version());
    output_row_end(l);
    return STATUS_OK;
}

static bool has_all_words(const struct invocation *i, const struct stored_indicator *it)
{
    for (int k = 0; k < i->n_operands; k++) {
        struct str word = str_of(i->operands[k]);
        if (!str_has(it->it.metric, word) && !str_has(it->it.metric_key, word) &&
            !str_has(it->it.subject, word) && !str_has(it->it.region, word) &&
            !str_has(it->it.period, word))
            return false;
    }
    return true;
}

static enum status visit(void *context, uint32_t id)
{
    struct query *q = context;
    struct stored_indicator it;
    enum status status = store_indicator(q->store, q->i->arena, id, &it, &q->i->error);
    if (status != STATUS_OK)
        return status;
    if (!has_all_words(q->i, &it))
        return STATUS_NOT_FOUND;
    if (q->turned == NULL)
        return write_row(q, &it);
    turn(q->turned, &it);
    /* --limit is of rows, which these are not. */
    return STATUS_NOT_FOUND;
}

/* Runs the query once, or once for each metric whose name contains --metric. */
static int run(struct query *q, struct list_query *list)
{
    uint32_t ids[64], exact;
    size_t n = 1;
    struct list_query metrics = {
        .list = LIST_METRICS, .order = ORDER_METRIC_COUNT, .descending = true};
    if (q->i->metric == NULL)
        return for_each_id(q->i, q->store, list, visit, q);
    metrics.name = str_of(q->i->metric);
    if (store_metric_by_name(q->store, metrics.name, &exact, NULL) == STATUS_OK)
        ids[0] = exact;
    else if (store_list(q->store, &metrics, (struct list_from){0}, ids, 64, &n, &q->i->error) !=
             STATUS_OK)
        return EXIT_ERROR;
    list->order = ORDER_METRIC;
    for (size_t k = 0; k < n; k++) {
        list->metric = ids[k];
        if (for_each_id(q->i, q->store, list, visit, q) == EXIT_ERROR)
            return EXIT_ERROR;
    }
    return EXIT_FOUND;
}

static int by_key(const void *a, const void *b)
{
    const struct map_entry *const *x = a, *const *y = b;
    return str_cmp((*x)->key, (*y)->key);
}

/* The entries of a map in order of key. */
static struct map_entry **sorted(struct arena *a, struct map *map)
{
    struct map_entry **entries = arena_array(a, struct map_entry *, map->n + 1);
    for (size_t k = 0; k < map->n; k++)
        entries[k] = &map->at[k];
    if (map->n > 1)
        /* NOLINTNEXTLINE(bugprone-sizeof-expression): pointers are what is sorted. */
        qsort(entries, map->n, sizeof *entries, by_key);
    return entries;
}

static struct str cell_value(struct turned *t, size_t row, size_t column)
{
    struct buffer b = buffer_in(t->arena);
    for (size_t k = 0; k < t->cells.n; k++) {
        if (t->cells.at[k].row != row || t->cells.at[k].column != column)
            continue;
        /* The same value told twice is told once. */
        if (str_has(buffer_str(&b), t->cells.at[k].value))
            continue;
        buffer_add_c(&b, b.n > 0 ? " / " : "");
        buffer_add(&b, t->cells.at[k].value);
    }
    return buffer_str(&b);
}

/* What rows and columns of a turned table may be. */
static const struct {
    const char *name, *label;
} keys[] = {{"place", N_("place")},
            {"subject", N_("subject")},
            {"metric", N_("metric")},
            {"period", N_("period")},
            {"year", N_("year")}};

static const char *title_of(const char *key)
{
    for (size_t k = 0; k < sizeof keys / sizeof *keys; k++)
        if (strcmp(keys[k].name, key) == 0)
            return translate(keys[k].label);
    return key;
}

static int write_turned(struct invocation *i, struct turned *t)
{
    struct column *heads = arena_array(i->arena, struct column, t->columns.n + 1);
    struct map_entry **by_row = sorted(i->arena, &t->rows);
    struct map_entry **by_column = sorted(i->arena, &t->columns);
    const char *title = title_of(t->row_key);
    heads[0] = (struct column){t->row_key, title, 24, false};
    for (size_t k = 0; k < t->columns.n; k++) {
        const char *name = str_dup_c(i->arena, by_column[k]->key);
        heads[k + 1] = (struct column){name, NULL, 28, true};
    }
    struct output *l = output_begin(i, heads, t->columns.n + 1);
    for (size_t r = 0; r < t->rows.n; r++) {
        output_str(l, by_row[r]->key);
        for (size_t k = 0; k < t->columns.n; k++) {
            struct str value = cell_value(t, by_row[r]->value.number, by_column[k]->value.number);
            output_str(l, value.n == 0 && !i->json && !i->csv ? STR("—") : value);
        }
        output_row_end(l);
    }
    return output_end(l);
}

/* "place,year" as the keys of rows and columns. */
static bool read_by(struct invocation *i, struct turned *t)
{
    char *row = str_dup_c(i->arena, str_of(i->by)), *column = strchr(row, ',');
    bool row_good = false, column_good = false;
    if (column != NULL)
        *column++ = '\0';
    t->rows = t->columns = map_in(t->arena);
    t->row_key = row;
    t->column_key = column == NULL ? "year" : column;
    for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
        row_good |= strcmp(keys[k].name, t->row_key) == 0;
        column_good |= strcmp(keys[k].name, t->column_key) == 0;
    }
    if (!row_good || !column_good)
        fail_with("--by takes two of place, subject, metric, period, year");
    return row_good && column_good;
}

static int list_indicators(struct invocation *i, struct list_query *list, struct turned *turned)
{
    struct library *library = open_library(i);
    if (library == NULL)
        return EXIT_ERROR;
    struct query q = {i, library->store, NULL, i->by == NULL ? NULL : turned};
    int status = EXIT_FOUND;
    if (i->doc != NULL) {
        list->document = find_document(i, library->store, i->doc);
        status = list->document == 0 ? EXIT_ERROR : status;
    }
    if (status == EXIT_FOUND && q.turned == NULL)
        q.output = output_begin(i, columns, sizeof columns / sizeof *columns);
    if (status == EXIT_FOUND)
        status = run(&q, list);
    if (status == EXIT_ERROR)
        fail(i);
    else
        status = q.turned == NULL ? output_end(q.output) : write_turned(i, turned);
    library_close(library);
    return status;
}

int command_indicators(struct invocation *i)
{
    struct turned turned = {.row_key = "place", .column_key = "year"};
    struct list_query list = {
        .list = LIST_INDICATORS, .subject = str_of(i->subject), .period = str_of(i->period)};
    if (i->kind != NULL && !kinds_named(i->kind, &INDICATOR_NAMES, &list.kinds))
        return EXIT_ERROR;
    /* One cell does not tell an amount and its growth. */
    if (i->by != NULL && i->kind == NULL)
        list.kinds = 1u << INDICATOR_LEVEL;
    /* What is kept of each row outlives the row. */
    turned.arena = arena_new();
    if (turned.arena == NULL)
        return fail_with("out of memory");
    int status = EXIT_ERROR;
    if (i->by == NULL || read_by(i, &turned))
        status = list_indicators(i, &list, &turned);
    arena_free(turned.arena);
    return status;
}
