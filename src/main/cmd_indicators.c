/* `baolan indicators`: figures as rows, or one metric turned to places by years. */
#include "app/figures.h"
#include "app/metric_choice.h"
#include "baolan/lexicon.h"
#include "baolan/message.h"
#include "baolan/parse.h"
#include "baolan/spelling.h"
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

/* Figures turned to rows by columns. */
struct turned {
    struct arena *arena;
    VECTOR(struct series_figure) figures;
    enum pivot_key rows, columns;
    uint32_t kinds;
};

struct query {
    struct invocation *i;
    struct store *store;
    struct output *output;
    struct turned *turned; /* or NULL */
    struct lexicons *lexicons;
    struct metric_choice metrics; /* that --metric names */
    size_t metric;                /* of them, the one whose figures come; n: all metrics' */
};

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

static bool has_word(struct str name, const struct stored_indicator *it, struct str word)
{
    return str_has(name, word) || str_has(it->it.metric_key, word) || str_has(it->it.period, word);
}

static bool has_all_words(const struct query *q, const struct stored_indicator *it)
{
    struct arena *a = q->i->arena;
    struct arena_mark mark = arena_mark(a);
    struct str name = figures_name(a, &it->it);
    bool has = true;
    for (int k = 0; k < q->i->n_operands && has; k++) {
        struct str word = str_of(q->i->operands[k]), others[OWNERS_MOST];
        has = has_word(name, it, word);
        size_t n = has ? 0 : spelling_variants(a, q->lexicons, word, others, OWNERS_MOST);
        for (size_t v = 0; v < n && !has; v++)
            has = has_word(name, it, others[v]);
    }
    arena_release(a, mark);
    return has;
}

static enum status visit(void *context, uint32_t id)
{
    struct query *q = context;
    struct stored_indicator it;
    enum status status = store_indicator(q->store, q->i->arena, id, &it, &q->i->error);
    if (status != STATUS_OK)
        return status;
    if ((q->metric < q->metrics.n &&
         !metric_choice_admits(&q->metrics, q->metric, it.it.subject)) ||
        !has_all_words(q, &it))
        return STATUS_NOT_FOUND;
    if (q->turned == NULL)
        return write_row(q, &it);
    struct stored_indicator *kept = arena_new_of(q->turned->arena, struct stored_indicator);
    status = store_indicator(q->store, q->turned->arena, id, kept, &q->i->error);
    if (status != STATUS_OK)
        return status;
    struct series_figure f = figures_series(q->turned->arena, q->lexicons, kept);
    /* Whose it is stands in the metric that was asked for. */
    if (q->metric < q->metrics.n && metric_choice_is_owner(&q->metrics, q->metric, f.subject))
        f.subject = STR("");
    vector_push(q->turned->arena, &q->turned->figures, f);
    /* --limit is of rows, which these are not. */
    return STATUS_NOT_FOUND;
}

/* Runs the query once, or once for each metric that --metric names. */
static int run(struct query *q, struct list_query *list)
{
    struct invocation *i = q->i;
    if (lexicons_load_figures(i->arena, NULL, &q->lexicons, NULL) != STATUS_OK)
        q->lexicons = NULL;
    if (i->metric == NULL)
        return for_each_id(i, q->store, list, visit, q);
    if (metric_choice(q->store, i->arena, q->lexicons, str_of(i->metric), &q->metrics, &i->error) !=
        STATUS_OK)
        return EXIT_ERROR;
    list->order = ORDER_METRIC;
    for (q->metric = 0; q->metric < q->metrics.n; q->metric++) {
        list->metric = q->metrics.ids[q->metric];
        if (for_each_id(i, q->store, list, visit, q) == EXIT_ERROR)
            return EXIT_ERROR;
    }
    return EXIT_FOUND;
}

/* What rows and columns of a turned table may be: by enum pivot_key. */
static const struct {
    const char *name, *label;
} keys[] = {[PIVOT_PLACE] = {"place", N_("place")},
            [PIVOT_SUBJECT] = {"subject", N_("subject")},
            [PIVOT_METRIC] = {"metric", N_("metric")},
            [PIVOT_PERIOD] = {"period", N_("period")},
            [PIVOT_YEAR] = {"year", N_("year")}};

static size_t count_cells(const struct pivot *p)
{
    size_t n = 0;
    for (size_t k = 0; k < (size_t)p->n_rows * p->n_columns; k++)
        n += p->cells[k].figure != NULL;
    return n;
}

/* One cell does not tell an amount and its growth: of the kinds asked for the table is of the one
 * that fills most of it, but of amounts where these fill a third of that. */
static void turn(struct turned *t, struct pivot *best)
{
    size_t most = 0;
    *best = (struct pivot){0};
    for (int kind = 0; kind < INDICATOR_KIND_COUNT; kind++) {
        struct pivot p;
        if (t->kinds != 0 && (t->kinds >> kind & 1) == 0)
            continue;
        series_pivot(t->arena, t->figures.at, t->figures.n, t->rows, t->columns,
                     (enum indicator_kind)kind, &p);
        size_t weight = count_cells(&p) * (kind == INDICATOR_LEVEL ? 3 : 1);
        if (weight > most) {
            *best = p;
            most = weight;
        }
    }
}

static int write_turned(struct invocation *i, struct turned *t)
{
    struct pivot p;
    turn(t, &p);
    struct column *heads = arena_array(i->arena, struct column, p.n_columns + 1);
    heads[0] = (struct column){keys[t->rows].name, translate(keys[t->rows].label), 24, false};
    for (size_t k = 0; k < p.n_columns; k++)
        heads[k + 1] = (struct column){str_dup_c(i->arena, p.columns[k]), NULL, 28, true};
    struct output *l = output_begin(i, heads, p.n_columns + 1);
    for (size_t r = 0; r < p.n_rows; r++) {
        output_str(l, p.rows[r]);
        for (size_t k = 0; k < p.n_columns; k++) {
            const struct series_figure *f = p.cells[r * p.n_columns + k].figure;
            struct str none = i->json || i->csv ? STR("") : STR("—");
            output_str(l, f == NULL ? none : series_cell(t->arena, f, STR(""), NULL));
        }
        output_row_end(l);
    }
    return output_end(l);
}

static bool read_key(const char *name, enum pivot_key *out)
{
    for (size_t k = 0; k < sizeof keys / sizeof *keys; k++)
        if (strcmp(keys[k].name, name) == 0) {
            *out = (enum pivot_key)k;
            return true;
        }
    return false;
}

/* "place,year" as the keys of rows and columns. */
static bool read_by(struct invocation *i, struct turned *t)
{
    char *row = str_dup_c(i->arena, str_of(i->by)), *column = strchr(row, ',');
    if (column != NULL)
        *column++ = '\0';
    bool good = read_key(row, &t->rows) && read_key(column == NULL ? "year" : column, &t->columns);
    if (!good)
        fail_with("--by takes two of place, subject, metric, period, year");
    return good;
}

static int list_indicators(struct invocation *i, struct list_query *list, struct turned *turned)
{
    struct library *library = open_library(i);
    if (library == NULL)
        return EXIT_ERROR;
    struct query q = {.i = i, .store = library->store, .turned = i->by == NULL ? NULL : turned};
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
    struct turned turned = {.rows = PIVOT_PLACE, .columns = PIVOT_YEAR};
    struct list_query list = {
        .list = LIST_INDICATORS, .subject = str_of(i->subject), .period = str_of(i->period)};
    if (i->kind != NULL && !kinds_named(i->kind, &INDICATOR_NAMES, &list.kinds))
        return EXIT_ERROR;
    turned.kinds = list.kinds;
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
