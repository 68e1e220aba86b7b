#include "app/series.h"

#include "baolan/map.h"
#include "baolan/vector.h"

#include <math.h>
#include <stdlib.h>

/* --- Series ---------------------------------------------------------------------------------- */

struct growing {
    struct series series;
    size_t first; /* its first figure's number: the order of series with as many points */
    bool mixed;   /* one period has two values in it */
    VECTOR(struct series_point) points;
};

struct dividing {
    struct arena *arena;
    struct map by_key; /* → number in `all` */
    VECTOR(struct growing) all;
};

static struct str key_of(struct arena *a, const struct series_figure *f)
{
    struct buffer b = buffer_in(a);
    buffer_printf(&b, "%d %d %u", (int)f->kind, (int)f->pace, f->home);
    const struct str parts[] = {f->metric, f->subject, f->region, f->base_unit};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        buffer_add_byte(&b, '\n');
        buffer_add(&b, parts[i]);
    }
    return buffer_str(&b);
}

static void add_point(struct arena *a, struct growing *g, const struct series_figure *f)
{
    for (size_t i = 0; i < g->points.n; i++) {
        struct series_point *p = &g->points.at[i];
        if (!str_eq(p->period, f->period))
            continue;
        const struct series_figure **slot = f->target ? &p->target : &p->actual;
        if (*slot == NULL)
            *slot = f;
        else
            p->others++;
        return;
    }
    struct series_point *p = vector_add(a, &g->points);
    p->period = f->period;
    *(f->target ? &p->target : &p->actual) = f;
}

/* Marks the series with a home in which one period has two values. */
static void find_mixed(struct arena *a, struct growing *g, const struct series_figure *f)
{
    for (size_t i = 0; i < g->points.n; i++) {
        struct series_point *p = &g->points.at[i];
        const struct series_figure *there = f->target ? p->target : p->actual;
        if (there != NULL && str_eq(p->period, f->period))
            g->mixed |= decimal_compare(there->base, f->base) != 0;
    }
    add_point(a, g, f);
}

static int by_period(const void *left, const void *right)
{
    const struct series_point *a = left, *b = right;
    if ((a->period.n == 0) != (b->period.n == 0))
        return a->period.n == 0 ? 1 : -1;
    return str_cmp(a->period, b->period);
}

static int by_points(const void *left, const void *right)
{
    const struct growing *a = left, *b = right;
    if (a->points.n != b->points.n)
        return a->points.n > b->points.n ? -1 : 1;
    return a->first < b->first ? -1 : a->first > b->first;
}

/* The series of a figure, made where it is the first. */
static struct growing *series_of(struct dividing *d, const struct series_figure *f, size_t number,
                                 struct str key)
{
    bool is_new;
    struct map_entry *entry = map_put(&d->by_key, key, &is_new);
    if (is_new) {
        entry->value.number = d->all.n;
        *vector_add(d->arena, &d->all) = (struct growing){.series = {.metric = f->metric,
                                                                     .subject = f->subject,
                                                                     .region = f->region,
                                                                     .base_unit = f->base_unit,
                                                                     .kind = f->kind,
                                                                     .pace = f->pace,
                                                                     .home = f->home},
                                                          .first = number};
    }
    return &d->all.at[entry->value.number];
}

void series_divide(struct arena *a, const struct series_figure *figures, size_t n,
                   const struct series **out, size_t *count)
{
    struct dividing homes = {.arena = a, .by_key = map_in(a)};
    struct dividing d = {.arena = a, .by_key = map_in(a)};
    for (size_t i = 0; i < n; i++)
        if (figures[i].home != 0)
            find_mixed(a, series_of(&homes, &figures[i], i, key_of(a, &figures[i])), &figures[i]);
    for (size_t i = 0; i < n; i++) {
        const struct series_figure *f = &figures[i];
        struct str key = key_of(a, f);
        if (f->home != 0 && series_of(&homes, f, i, key)->mixed)
            key = str_printf(a, "%zu", i);
        add_point(a, series_of(&d, f, i, key), f);
    }
    if (d.all.n > 0)
        qsort(d.all.at, d.all.n, sizeof *d.all.at, by_points);
    struct series *list = arena_array(a, struct series, d.all.n + 1);
    for (size_t i = 0; i < d.all.n; i++) {
        struct growing *g = &d.all.at[i];
        qsort(g->points.at, g->points.n, sizeof *g->points.at, by_period);
        list[i] = g->series;
        list[i].points = g->points.at;
        list[i].n_points = (uint32_t)g->points.n;
    }
    *out = list;
    *count = d.all.n;
}

/* --- Bars ------------------------------------------------------------------------------------ */

static const char *const EIGHTHS[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"};

/* Eighths of a cell that a value takes of so many cells; at least one where it is above zero. */
static unsigned eighths_of(double value, double most, unsigned cells)
{
    if (!(value > 0) || !(most > 0) || !isfinite(value) || !isfinite(most))
        return 0;
    double share = value >= most ? 1 : value / most;
    unsigned n = (unsigned)(share * cells * 8 + 0.5);
    return n == 0 ? 1 : n;
}

void series_bar(struct buffer *out, double value, double most, unsigned cells, bool ascii)
{
    unsigned eighths = eighths_of(value, most, cells);
    if (ascii)
        eighths = (eighths + 7) / 8 * 8;
    for (; eighths >= 8; eighths -= 8)
        buffer_add_c(out, ascii ? "#" : EIGHTHS[8]);
    buffer_add_c(out, EIGHTHS[eighths]);
}

static void widen(struct series_scale *scale, const struct series_figure *f)
{
    double value = f == NULL ? 0 : decimal_double(f->base);
    scale->most = value > scale->most ? value : scale->most;
    scale->least = value < scale->least ? value : scale->least;
}

static void widen_by(struct series_scale *scale, const struct series *s)
{
    for (uint32_t i = 0; i < s->n_points; i++) {
        widen(scale, s->points[i].actual);
        widen(scale, s->points[i].target);
    }
}

bool series_compare(const struct series *a, const struct series *b)
{
    return a->kind == b->kind && a->pace == b->pace && a->home == 0 && b->home == 0 &&
           str_eq(a->metric, b->metric) && str_eq(a->subject, b->subject) &&
           str_eq(a->base_unit, b->base_unit);
}

struct series_scale series_scale_among(const struct series *all, size_t n, const struct series *s,
                                       unsigned cells)
{
    struct series_scale scale = {.right = cells};
    widen_by(&scale, s);
    for (size_t i = 0; i < n; i++)
        if (s->kind != INDICATOR_RANK && series_compare(&all[i], s))
            widen_by(&scale, &all[i]);
    if (s->kind == INDICATOR_RANK)
        scale.last = scale.most + 1;
    if (scale.least < 0 && cells > 1) {
        double share = -scale.least / (scale.most - scale.least);
        scale.left = (unsigned)(share * cells + 0.5);
        scale.left = scale.left == 0                         ? 1
                     : scale.left >= cells && scale.most > 0 ? cells - 1
                                                             : scale.left;
        scale.right = cells - scale.left;
    }
    return scale;
}

struct series_scale series_scale(const struct series *s, unsigned cells)
{
    return series_scale_among(NULL, 0, s, cells);
}

static void repeat(struct buffer *out, const char *text, unsigned n)
{
    for (unsigned i = 0; i < n; i++)
        buffer_add_c(out, text);
}

/* Below zero only whole cells are drawn: eighths grow from the left alone. */
void series_draw(struct buffer *out, const struct series_scale *scale, double value, bool target,
                 bool ascii)
{
    value = scale->last > 0 ? scale->last - value : value;
    const char *full = target ? (ascii ? "-" : "░") : ascii ? "#" : EIGHTHS[8];
    unsigned below = (eighths_of(-value, -scale->least, scale->left) + 7) / 8;
    unsigned above = (eighths_of(value, scale->most, scale->right) + 7) / 8;
    repeat(out, " ", scale->left - below);
    repeat(out, full, below);
    if (target)
        repeat(out, full, above);
    else
        series_bar(out, value, scale->most, scale->right, ascii);
    repeat(out, " ", scale->right - above);
}

/* --- Pivot ----------------------------------------------------------------------------------- */

static struct str year_of(const struct series_figure *f)
{
    size_t slash = str_find(f->period, STR("/"), 0);
    size_t at = slash == STR_NONE ? 0 : slash + 1;
    return f->period_resolved && f->period.n >= at + 4 ? str_sub(f->period, at, at + 4) : STR("");
}

struct turning {
    struct arena *arena;
    enum pivot_key key, column;
    enum indicator_kind kind;
    bool one_subject; /* that all figures are of: their places are told apart */
    struct map rows, years;
    VECTOR(struct str) row_labels, year_labels;
};

static struct str label_of(const struct turning *t, const struct series_figure *f,
                           enum pivot_key key)
{
    switch (key) {
    case PIVOT_PLACE:
        return f->subject.n == 0 || t->one_subject ? f->region : STR("");
    case PIVOT_METRIC:
        return f->metric;
    case PIVOT_PERIOD:
        return f->period;
    case PIVOT_YEAR:
        return year_of(f);
    default:
        if (f->region.n == 0 || f->subject.n == 0 || str_has(f->subject, f->region))
            return f->subject.n > 0 ? f->subject : f->region;
        return str_printf(t->arena, "%.*s %.*s", STR_ARG(f->region), STR_ARG(f->subject));
    }
}

/* Whether one figure stands in a cell before another: higher first. */
static int claim(const struct series_figure *f)
{
    return (f->period.n == 4 ? 4 : 0) + (f->target ? 0 : 2) + (f->subject.n == 0 ? 1 : 0);
}

static int by_label(const void *left, const void *right)
{
    return str_cmp(*(const struct str *)left, *(const struct str *)right);
}

static struct str unit_of(const struct series_figure *f)
{
    size_t n = 0;
    while (n < f->text.n && (strchr("0123456789.,-+", f->text.p[n]) != NULL))
        n++;
    return str_sub(f->text, n, f->text.n);
}

/* What of the year a period is: H1, 05; of a span its first year and a dash. */
static struct str part_of(struct arena *a, struct str period)
{
    if (str_has(period, STR("/")) && period.n >= 4)
        return str_printf(a, "%.*s–", STR_ARG(str_sub(period, 0, 4)));
    return str_sub(period, period.n > 4 && period.p[4] == '-' ? 5 : 4, period.n);
}

struct str series_cell(struct arena *a, const struct series_figure *f, struct str unit,
                       size_t *n_value)
{
    struct str text = f->text;
    struct str part = part_of(a, f->period);
    if (unit.n > 0)
        text = str_sub(text, 0, text.n - unit.n);
    if (n_value != NULL)
        *n_value = text.n;
    if (part.n == 0 && !f->target)
        return text;
    return str_printf(a, "%.*s%s%.*s%s", STR_ARG(text), part.n > 0 ? "/" : "", STR_ARG(part),
                      f->target ? "*" : "");
}

static bool wanted(struct turning *t, const struct series_figure *f, struct str *row,
                   struct str *year)
{
    *year = label_of(t, f, t->column);
    *row = f->kind == t->kind ? label_of(t, f, t->key) : STR("");
    return row->n > 0 && year->n > 0;
}

static bool are_of_one_subject(const struct series_figure *figures, size_t n)
{
    for (size_t i = 1; i < n; i++)
        if (!str_eq(figures[i].subject, figures[0].subject))
            return false;
    return n > 0;
}

static void collect_labels(struct turning *t, const struct series_figure *figures, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct str row, year;
        bool is_new;
        if (!wanted(t, &figures[i], &row, &year))
            continue;
        struct map_entry *entry = map_put(&t->rows, row, &is_new);
        if (is_new) {
            entry->value.number = t->row_labels.n;
            vector_push(t->arena, &t->row_labels, row);
        }
        map_put(&t->years, year, &is_new);
        if (is_new)
            vector_push(t->arena, &t->year_labels, year);
    }
    if (t->year_labels.n > 0)
        qsort(t->year_labels.at, t->year_labels.n, sizeof *t->year_labels.at, by_label);
    for (size_t i = 0; i < t->year_labels.n; i++)
        map_get(&t->years, t->year_labels.at[i])->value.number = i;
}

struct series_cells series_cells_in(struct arena *a, enum pivot_key rows, enum pivot_key columns)
{
    return (struct series_cells){.arena = a, .rows = rows, .columns = columns, .cells = map_in(a)};
}

static struct series_figure copy_of(struct arena *a, const struct series_figure *f)
{
    struct series_figure own = *f;
    struct str *const texts[] = {&own.metric, &own.subject,   &own.region,
                                 &own.period, &own.base_unit, &own.text};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = str_dup(a, *texts[i]);
    return own;
}

bool series_cells_add(struct series_cells *c, const struct series_figure *f)
{
    struct arena *a = c->arena;
    /* Whether all are of one subject is not known yet: places are told apart by theirs. */
    struct turning t = {.arena = a, .one_subject = true};
    struct str row = label_of(&t, f, c->rows), column = label_of(&t, f, c->columns);
    struct str subject = c->rows == PIVOT_PLACE ? f->subject : STR("");
    if (row.n == 0 || column.n == 0)
        return false;
    struct str key = str_printf(a, "%d\n%.*s\n%.*s\n%.*s", (int)f->kind, STR_ARG(row),
                                STR_ARG(column), STR_ARG(subject));
    struct map_entry *entry = map_get(&c->cells, key);
    if (entry != NULL) {
        struct series_figure *there = &c->figures[entry->value.number];
        if (claim(f) < claim(there) || (claim(f) == claim(there) && f->id > there->id))
            return false;
        *there = copy_of(a, f);
        return true;
    }
    VECTOR(struct series_figure) all = {c->figures, c->n, c->room};
    map_put(&c->cells, key, NULL)->value.number = c->n;
    vector_push(a, &all, copy_of(a, f));
    c->figures = all.at;
    c->n = all.n;
    c->room = all.room;
    return true;
}

/* The unit, and the metric, that all figures in the cells share; empty where they differ. */
static void find_shared(struct pivot *p)
{
    bool first = true, same_unit = true, same_metric = true, same_subject = true;
    for (size_t i = 0; i < p->n_rows * p->n_columns; i++) {
        const struct series_figure *f = p->cells[i].figure;
        if (f == NULL)
            continue;
        if (first) {
            p->unit = unit_of(f);
            p->metric = f->metric;
            p->subject = f->subject;
        }
        same_unit = same_unit && str_eq(p->unit, unit_of(f));
        same_metric = same_metric && str_eq(p->metric, f->metric);
        same_subject = same_subject && str_eq(p->subject, f->subject);
        first = false;
    }
    p->unit = same_unit ? p->unit : STR("");
    p->metric = same_metric ? p->metric : STR("");
    p->subject = same_subject && same_metric ? p->subject : STR("");
}

void series_pivot(struct arena *a, const struct series_figure *figures, size_t n,
                  enum pivot_key rows, enum pivot_key columns, enum indicator_kind kind,
                  struct pivot *out)
{
    struct turning t = {.arena = a,
                        .key = rows,
                        .column = columns,
                        .kind = kind,
                        .one_subject = are_of_one_subject(figures, n),
                        .rows = map_in(a),
                        .years = map_in(a)};
    collect_labels(&t, figures, n);
    *out = (struct pivot){.rows = t.row_labels.at,
                          .columns = t.year_labels.at,
                          .n_rows = t.row_labels.n,
                          .n_columns = t.year_labels.n};
    struct pivot_cell *cells = arena_array(a, struct pivot_cell, out->n_rows * out->n_columns + 1);
    for (size_t i = 0; i < n; i++) {
        struct str row, year;
        if (!wanted(&t, &figures[i], &row, &year))
            continue;
        struct pivot_cell *cell = &cells[map_get(&t.rows, row)->value.number * out->n_columns +
                                         map_get(&t.years, year)->value.number];
        if (cell->figure == NULL || claim(&figures[i]) > claim(cell->figure))
            cell->figure = &figures[i];
    }
    out->cells = cells;
    find_shared(out);
    for (size_t i = 0; i < out->n_rows * out->n_columns; i++)
        if (cells[i].figure != NULL)
            cells[i].text = series_cell(a, cells[i].figure, out->unit, &cells[i].n_value);
}
