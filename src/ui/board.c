/* The modes of the view of indicators that are no list: places by years, bars, a found table. */
#include "baolan/clock.h"
#include "baolan/layout.h"
#include "baolan/message.h"
#include "ui/indicators.h"
#include "ui/words.h"

#include <stdio.h>

enum { GAP = 2, LABEL_MOST = 30, CELL_MOST = 18 };

bool board_is_ascii(const struct indicators *in)
{
    const struct options *o = ui_options(in->view->ui);
    return options_is(o, OPTION_BORDERS, "ascii") || options_is(o, OPTION_AMBIGUOUS, "substitute");
}

static enum ambiguous ambiguous_of(const struct indicators *in)
{
    return ui_ambiguous(in->view->ui);
}

struct row *board_add(struct indicators *in, uint32_t indicator)
{
    struct board_row *r = vector_add(in->shown, &in->rows);
    *r = (struct board_row){.row = row_in(in->shown, ambiguous_of(in)), .indicator = indicator};
    return &r->row;
}

/* Tells what the row made last shows, where it is more than one figure. */
static void tell_figures(struct indicators *in, const uint32_t *figures, size_t n)
{
    struct board_row *r = &vector_last(&in->rows);
    if (n < 2)
        return;
    uint32_t *copy = arena_array(in->shown, uint32_t, n);
    memcpy(copy, figures, n * sizeof *copy);
    r->figures = copy;
    r->n_figures = n;
}

static int measure(const struct indicators *in, struct str text)
{
    return (int)width_measure(text, ambiguous_of(in));
}

static int least(int a, int b)
{
    return a < b ? a : b;
}

static struct row *say_none(struct indicators *in, enum message what)
{
    ui_say(in->view->ui, ROLE_DIM, "%s", message(what));
    return NULL;
}

/* --- Places by years ------------------------------------------------------------------------- */

/* How a cell's number is set: its digits before the point count for the column's alignment. */
static int before_point(const struct indicators *in, struct str text)
{
    size_t at = 0;
    while (at < text.n && (strchr("0123456789,+-", text.p[at]) != NULL))
        at++;
    return measure(in, str_sub(text, 0, at));
}

struct pivot_widths {
    int label, cell;
    int value, whole, after; /* of a cell its value; of that before and from the point on */
    bool points; /* numbers of one unit: they stand with their points below each other */
};

static struct str value_of(const struct pivot_cell *cell)
{
    return str_sub(cell->text, 0, cell->n_value);
}

static int larger(int a, int b)
{
    return a > b ? a : b;
}

static struct pivot_widths pivot_widths(const struct indicators *in, const struct pivot *p)
{
    struct pivot_widths w = {.label = 8, .value = 6, .points = p->unit.n > 0};
    int behind = 0;
    for (size_t i = 0; i < p->n_rows; i++)
        w.label = larger(w.label, measure(in, p->rows[i]));
    for (size_t i = 0; i < p->n_rows * p->n_columns; i++) {
        int value = measure(in, value_of(&p->cells[i]));
        int whole = before_point(in, value_of(&p->cells[i]));
        w.whole = larger(w.whole, whole);
        w.after = larger(w.after, value - whole);
        w.value = larger(w.value, value);
        behind = larger(behind, measure(in, p->cells[i].text) - value);
    }
    w.value = least(w.points ? larger(w.value, w.whole + w.after) : w.value, CELL_MOST);
    w.label = least(w.label, LABEL_MOST);
    w.cell = w.value + behind;
    return w;
}

/* A cell within a sentence: its column's name, where it has one, and what stands in it. */
static void say_cell(struct row *row, struct str name, struct str text)
{
    if (row->width > 0)
        row_add(row, ROLE_DIM, STR("，"));
    row_add(row, ROLE_DIM, name);
    if (name.n > 0)
        row_add(row, ROLE_DIM, STR(" "));
    row_add(row, ROLE_TEXT, text);
}

static void add_cell(const struct indicators *in, struct row *row, const struct pivot_cell *cell,
                     const struct pivot_widths *w, enum role role)
{
    int start = row->width;
    if (cell->text.n == 0) {
        row_pad(row, start + larger(0, (w->points ? w->value - w->after : w->value) - 1));
        row_add(row, ROLE_DIM, board_is_ascii(in) ? STR("-") : STR("—"));
    } else {
        int end = w->points ? w->after : measure(in, value_of(cell));
        int before = w->points ? before_point(in, value_of(cell)) : 0;
        size_t used;
        row_pad(row, start + larger(0, w->value - end - before));
        row_add(
            row, role,
            width_cut(cell->text, (size_t)(start + w->cell - row->width), row->ambiguous, &used));
    }
    row_pad(row, start + w->cell);
}

/* The first cell of a part of a year, whose mark a newcomer must be told. */
static const struct pivot_cell *cell_of_part(const struct pivot *p)
{
    for (size_t i = 0; i < p->n_rows * p->n_columns; i++)
        if (str_has(str_sub(p->cells[i].text, p->cells[i].n_value, p->cells[i].text.n), STR("/")))
            return &p->cells[i];
    return NULL;
}

static void pivot_header(struct indicators *in, const struct pivot *p, size_t first, size_t end,
                         const struct pivot_widths *w)
{
    struct row *head = board_add(in, 0);
    if (p->subject.n > 0 && in->pivot_key != PIVOT_SUBJECT) {
        row_add(head, ROLE_TITLE, p->subject);
        row_add(head, ROLE_TITLE, STR(" "));
    }
    row_add(head, ROLE_TITLE,
            p->metric.n > 0 ? p->metric : str_of(message(MESSAGE_TAB_INDICATORS)));
    if (p->unit.n > 0) {
        row_add(head, ROLE_TEXT, STR("  "));
        row_printf(head, ROLE_DIM, message(MESSAGE_UNIT), STR_ARG(p->unit));
    }
    row_add(head, ROLE_TEXT, STR("  "));
    row_add(head, ROLE_DIM, str_of(message(MESSAGE_PIVOT_TARGET)));
    const struct pivot_cell *part = cell_of_part(p);
    if (part != NULL) {
        struct str mark = str_sub(part->text, part->n_value, part->text.n);
        struct str period = words_of_period(in->shown, part->figure->period);
        row_printf(head, ROLE_DIM, "  %.*s = %.*s",
                   (int)(str_ends(mark, STR("*")) ? mark.n - 1 : mark.n), mark.p, STR_ARG(period));
    }
    if (ui_speaks(in->view->ui))
        return;
    struct row *years = board_add(in, 0);
    row_pad(years, w->label);
    for (size_t c = first; c < end; c++) {
        row_pad(years, years->width + GAP);
        int start = years->width;
        row_column(years, ROLE_TITLE, words_of_period(in->shown, p->columns[c]), w->value,
                   ALIGN_RIGHT);
        row_pad(years, start + w->cell);
    }
}

/* The metric that the table is about: that of the figure, else of the first row; 0: of all. */
static uint32_t pivot_metric(const struct indicators *in)
{
    struct stored_indicator about;
    struct error quiet = ERROR_NONE;
    if (in->pivot_key == PIVOT_METRIC || in->figures.store == NULL)
        return 0;
    if (in->indicator != 0 &&
        store_indicator(in->figures.store, in->shown, in->indicator, &about, &quiet) == STATUS_OK)
        return about.metric;
    return figures_main(&in->figures, grid_item(&in->grid, 0))->metric;
}

/* What is looked at before a key has its answer, and between two looks for one. */
enum { AT_ONCE = 512, AT_REST = 256 };

/* Has the figures of what is asked for, as far as they were gone through. */
static void take_cells(struct indicators *in)
{
    uint32_t metric = pivot_metric(in);
    struct error e = ERROR_NONE;
    bool same = in->turned && in->turned_metric == metric && in->turned_key == in->pivot_key;
    if (!same) {
        arena_reset(in->cells_arena);
        indicators_lexicons(in);
        figure_cells_begin(&in->cells, in->cells_arena, &in->figures, metric, in->pivot_key,
                           PIVOT_YEAR);
        in->turned = true;
        in->turned_metric = metric;
        in->turned_key = in->pivot_key;
    }
    enum status status = STATUS_OK;
    if (in->cells.seen == 0)
        status = figure_cells_step(&in->cells, AT_ONCE, &e);
    while (in->cells.cells.n == 0 && !in->cells.whole && status == STATUS_OK &&
           !ui_key_waits(in->view->ui))
        status = figure_cells_step(&in->cells, AT_REST, &e);
    if (status != STATUS_OK)
        ui_say(in->view->ui, ROLE_ERROR, "%s", e.message);
}

/* Milliseconds for which a key waits for the figures of a chart, and for which they are read behind
 * what it shows. */
enum { CHART_AT_ONCE = 10, CHART_BEHIND = 60000 };

/* The most series of the metric beside the chart's own. */
enum { OTHERS_MOST = 40 };

static bool read_enough(void *context)
{
    const struct indicators *in = context;
    return clock_nanoseconds() >= in->chart_until || ui_key_waits(in->view->ui);
}

/* Reads the figures of the chart, for so long at most and while no key waits: STATUS_INTERRUPTED
 * where that was not enough. */
static enum status read_chart(struct indicators *in, int64_t milliseconds)
{
    struct error e = ERROR_NONE;
    struct stored_indicator it;
    struct store_poll poll = {read_enough, in};
    struct store *store = in->figures.store;
    if (in->charted == in->indicator)
        return STATUS_OK;
    arena_reset(in->chart);
    in->charted = 0;
    in->n_charted = 0;
    in->chart_until = clock_nanoseconds() + milliseconds * 1000000;
    enum status status = store_indicator(store, in->chart, in->indicator, &it, &e);
    if (status == STATUS_OK && it.metric != 0)
        status = figure_series(store, in->chart, indicators_lexicons(in), &it, OTHERS_MOST, &poll,
                               &in->charted_figures, &in->n_charted, &e);
    if (status != STATUS_INTERRUPTED)
        in->charted = in->indicator;
    return status;
}

reaction board_idle(struct indicators *in)
{
    struct error e = ERROR_NONE;
    size_t painted = in->cells.seen;
    if (in->mode == INDICATORS_CHART)
        return in->charted != in->indicator && read_chart(in, CHART_BEHIND) != STATUS_INTERRUPTED
                   ? REACT_VIEW
                   : REACT_NONE;
    if (in->mode != INDICATORS_PIVOT || !in->turned || in->cells.whole)
        return REACT_NONE;
    while (!in->cells.whole && in->cells.seen < 2 * painted && !ui_key_waits(in->view->ui))
        if (figure_cells_step(&in->cells, AT_REST, &e) != STATUS_OK)
            ui_say(in->view->ui, ROLE_ERROR, "%s", e.message);
    return REACT_VIEW;
}

/* Turns the figures by the key; false where none has a row and a year. */
static bool turn(struct indicators *in, struct pivot *out)
{
    take_cells(in);
    const struct series_cells *c = &in->cells.cells;
    out->n_rows = 0;
    for (unsigned kind = 0; kind < INDICATOR_KIND_COUNT && out->n_rows == 0; kind++)
        series_pivot(in->shown, c->figures, c->n, in->pivot_key, PIVOT_YEAR,
                     (enum indicator_kind)kind, out);
    return out->n_rows > 0;
}

/* The figures of a row of cells, the latest year first. */
static void tell_cells(struct indicators *in, const struct pivot_cell *cells, size_t n)
{
    uint32_t figures[CARDS_MOST];
    size_t told = 0;
    while (n-- > 0 && told < CARDS_MOST)
        if (cells[n].figure != NULL)
            figures[told++] = cells[n].figure->id;
    tell_figures(in, figures, told);
}

/* Years that do not fit beside each other come in blocks below each other, the latest first. */
bool board_pivot(struct indicators *in)
{
    struct pivot p;
    bool turned = turn(in, &p);
    if (!turned && in->pivot_key == PIVOT_PLACE) {
        /* A metric that is told of no place is told of subjects. */
        in->pivot_key = PIVOT_SUBJECT;
        turned = turn(in, &p);
    }
    if (!turned)
        return say_none(in, MESSAGE_PIVOT_EMPTY) != NULL;
    struct pivot_widths w = pivot_widths(in, &p);
    int room = (in->view->width - w.label) / (w.cell + GAP);
    size_t block = room < 1 ? 1 : (size_t)room;
    for (size_t end = p.n_columns; end > 0;) {
        size_t first = end > block ? end - block : 0;
        if (end < p.n_columns)
            board_add(in, 0);
        pivot_header(in, &p, first, end, &w);
        for (size_t r = 0; r < p.n_rows; r++) {
            const struct pivot_cell *cells = &p.cells[r * p.n_columns];
            uint32_t lead = 0;
            for (size_t c = first; c < end && lead == 0; c++)
                lead = cells[end - 1 - (c - first)].figure != NULL
                           ? cells[end - 1 - (c - first)].figure->id
                           : 0;
            if (lead == 0)
                continue;
            struct row *row = board_add(in, lead);
            bool speaks = ui_speaks(in->view->ui);
            if (speaks)
                say_cell(row, STR(""), p.rows[r]);
            else
                row_column(row, ROLE_TEXT, p.rows[r], w.label, ALIGN_LEFT);
            for (size_t c = first; c < end; c++) {
                if (speaks) {
                    if (cells[c].text.n > 0)
                        say_cell(row, words_of_period(in->shown, p.columns[c]), cells[c].text);
                    continue;
                }
                row_pad(row, row->width + GAP);
                add_cell(in, row, &cells[c], &w,
                         cells[c].figure != NULL && cells[c].figure->target ? ROLE_NOTE
                                                                            : ROLE_NUMBER);
            }
            tell_cells(in, cells + first, end - first);
        }
        end = first;
    }
    return true;
}

/* --- Bars ------------------------------------------------------------------------------------ */

static struct str series_name(struct arena *a, const struct series *s)
{
    struct str parts[] = {s->region, s->subject, s->metric};
    struct buffer out = buffer_in(a);
    for (size_t i = 0; i < 3; i++) {
        if (parts[i].n == 0 || (i == 0 && str_has(s->subject, s->region)))
            continue;
        if (out.n > 0)
            buffer_add_byte(&out, ' ');
        buffer_add(&out, parts[i]);
    }
    if (s->kind != INDICATOR_LEVEL)
        buffer_printf(&out, " %s", words_of_indicator(s->kind));
    return buffer_str(&out);
}

static void add_bar(struct indicators *in, const struct series_figure *f, struct str label,
                    int label_width, const struct series_scale *scale)
{
    struct buffer bar = buffer_in(in->shown);
    struct row *row = board_add(in, f->id);
    if (ui_speaks(in->view->ui)) {
        row_add(row, ROLE_TEXT, label);
        row_add(row, ROLE_TEXT, label.n > 0 ? STR(" ") : STR(""));
        row_add(row, ROLE_NUMBER, f->text);
        if (f->target)
            row_printf(row, ROLE_NOTE, " %s", message(MESSAGE_CHART_TARGET));
        return;
    }
    row_column(row, ROLE_TEXT, label, label_width, ALIGN_RIGHT);
    row_add(row, ROLE_TEXT, STR(" "));
    series_draw(&bar, scale, decimal_double(f->base), f->target, board_is_ascii(in));
    row_add(row, f->target ? ROLE_DIM : ROLE_NUMBER, buffer_str(&bar));
    row_add(row, ROLE_TEXT, STR(" "));
    row_add(row, ROLE_TEXT, f->text);
    if (f->target)
        row_printf(row, ROLE_NOTE, " %s", message(MESSAGE_CHART_TARGET));
}

/* Series that stand below each other, whose bars compare: the cells of their periods' names, and of
 * the longest bar. */
struct chart {
    const struct series *all;
    size_t n;
    int label;
    unsigned room;
};

static struct str period_of(struct indicators *in, const struct series_point *p)
{
    return p->period.n == 0 ? str_of(message(MESSAGE_NO_PERIOD))
                            : words_of_period(in->shown, p->period);
}

static struct chart chart_of(struct indicators *in, const struct series *all, size_t n)
{
    struct chart chart = {all, n, 8, 0};
    int value = 6;
    for (size_t k = 0; k < n; k++)
        for (uint32_t i = 0; i < all[k].n_points; i++) {
            const struct series_point *p = &all[k].points[i];
            chart.label = larger(chart.label, measure(in, period_of(in, p)));
            if (p->actual != NULL)
                value = larger(value, measure(in, p->actual->text));
            if (p->target != NULL)
                value = larger(value, measure(in, p->target->text));
        }
    chart.label = least(chart.label, 20);
    int room = in->view->width - chart.label - least(value, 24) - 8;
    chart.room = (unsigned)(room < 4 ? 4 : least(room, 80));
    return chart;
}

static void add_series(struct indicators *in, const struct chart *chart, const struct series *s)
{
    struct series_scale scale = series_scale_among(chart->all, chart->n, s, chart->room);
    struct row *head = board_add(in, 0);
    row_add(head, ROLE_HEADING, series_name(in->shown, s));
    if (s->kind == INDICATOR_RANK)
        row_printf(head, ROLE_DIM, "  %s", message(MESSAGE_CHART_RANK));
    if (s->home != 0) {
        struct stored_article article;
        struct error quiet = ERROR_NONE;
        if (store_article(in->figures.store, in->shown, s->home, &article, &quiet) == STATUS_OK)
            row_printf(head, ROLE_DIM, "  %.*s", STR_ARG(article.title));
    }
    for (uint32_t i = 0; i < s->n_points; i++) {
        const struct series_point *p = &s->points[i];
        struct str name = period_of(in, p);
        if (p->actual != NULL)
            add_bar(in, p->actual, name, chart->label, &scale);
        if (p->target != NULL)
            add_bar(in, p->target, p->actual == NULL ? name : STR(""), chart->label, &scale);
    }
}

static bool is_in(const struct series *s, uint32_t indicator)
{
    for (uint32_t i = 0; i < s->n_points; i++)
        if ((s->points[i].actual != NULL && s->points[i].actual->id == indicator) ||
            (s->points[i].target != NULL && s->points[i].target->id == indicator))
            return true;
    return false;
}

/* Whether the series is of the same thing as the figure, of whose period another may stand in it.
 */
static bool is_of(const struct series *s, const struct series_figure *f)
{
    return s->kind == f->kind && s->pace == f->pace && s->home == f->home &&
           str_eq(s->subject, f->subject) && str_eq(s->region, f->region) &&
           str_eq(s->base_unit, f->base_unit);
}

bool board_chart(struct indicators *in)
{
    struct error e = ERROR_NONE;
    struct stored_indicator it;
    const struct series *all;
    size_t count, own = SIZE_MAX, shown = 0;
    if (read_chart(in, CHART_AT_ONCE) == STATUS_INTERRUPTED) {
        row_add(board_add(in, in->indicator), ROLE_DIM, str_of(translate("counting …")));
        return true;
    }
    if (store_indicator(in->figures.store, in->shown, in->indicator, &it, &e) != STATUS_OK ||
        in->n_charted == 0)
        return say_none(in, MESSAGE_CHART_NONE) != NULL;
    series_divide(in->shown, in->charted_figures, in->n_charted, &all, &count);
    struct series_figure about = figures_series(in->shown, indicators_lexicons(in), &it);
    for (size_t i = 0; i < count; i++)
        if (is_in(&all[i], in->indicator) || (own == SIZE_MAX && is_of(&all[i], &about)))
            own = i;
    if (own == SIZE_MAX)
        return say_none(in, MESSAGE_CHART_NONE) != NULL;
    struct chart chart = chart_of(in, all, count);
    add_series(in, &chart, &all[own]);
    /* The same of other places comes first. */
    for (size_t k = 0; k < 2 * count && shown < OTHERS_MOST; k++) {
        size_t i = k % count;
        if (i == own || all[i].n_points == 0 || series_compare(&all[i], &all[own]) != (k < count))
            continue;
        board_add(in, 0);
        if (shown++ == 0) {
            row_add(board_add(in, 0), ROLE_DIM, str_of(message(MESSAGE_CHART_OTHERS)));
            board_add(in, 0);
        }
        add_series(in, &chart, &all[i]);
    }
    return true;
}

/* --- A found table --------------------------------------------------------------------------- */

static bool is_number(struct str text)
{
    return text.n > 0 && strchr("0123456789+-", text.p[0]) != NULL;
}

/* A cell without the unit that the table's heading says. */
static struct str bare(const struct stored_table *t, struct str text)
{
    bool says = t->it.unit.n > 0 && is_number(text) && str_ends(text, t->it.unit);
    return says ? str_sub(text, 0, text.n - t->it.unit.n) : text;
}

static const struct table_cell *cells_of_header(const struct stored_table *t)
{
    return &t->it.cells[(size_t)(t->it.header_rows - 1) * t->it.columns];
}

static void add_table_row(struct indicators *in, const struct stored_table *t, uint32_t r,
                          const int *widths)
{
    const struct table_cell *cells = &t->it.cells[(size_t)r * t->it.columns];
    uint32_t indicator = 0;
    for (uint32_t c = 0; c < t->it.columns && indicator == 0; c++)
        indicator = cells[c].indicator != NONE ? cells[c].indicator : 0;
    bool speaks = ui_speaks(in->view->ui);
    if (speaks && r < t->it.header_rows)
        return; /* each row says its columns' names */
    struct row *row = board_add(in, indicator);
    for (uint32_t c = 0; speaks && c < t->it.columns; c++) {
        struct str name = t->it.header_rows > 0 ? cells_of_header(t)[c].text : STR("");
        if (cells[c].text.n > 0)
            say_cell(row, c == 0 ? STR("") : name, cells[c].text);
    }
    for (uint32_t c = 0; !speaks && c < t->it.columns; c++) {
        bool number = is_number(cells[c].text);
        row_column(row,
                   r < t->it.header_rows ? ROLE_TITLE
                   : number              ? ROLE_NUMBER
                                         : ROLE_TEXT,
                   bare(t, cells[c].text), widths[c], number ? ALIGN_RIGHT : ALIGN_LEFT);
        row_add(row, ROLE_TEXT, STR("  "));
    }
    uint32_t figures[CARDS_MOST];
    size_t n = 0;
    for (uint32_t c = 0; c < t->it.columns && n < CARDS_MOST; c++)
        if (cells[c].indicator != NONE && cells[c].indicator != 0)
            figures[n++] = cells[c].indicator;
    tell_figures(in, figures, n);
}

/* Shares of one whole as bars, where a column holds nothing else. */
static void add_shares(struct indicators *in, const struct stored_table *t)
{
    for (uint32_t c = 1; c < t->it.columns; c++) {
        VECTOR(struct series_figure) shares = {0};
        for (uint32_t r = t->it.header_rows; r < t->it.rows; r++) {
            const struct table_cell *cell = &t->it.cells[(size_t)r * t->it.columns + c];
            struct stored_indicator it;
            struct error quiet = ERROR_NONE;
            if (cell->indicator == NONE ||
                store_indicator(in->figures.store, in->shown, cell->indicator, &it, &quiet) !=
                    STATUS_OK ||
                it.it.kind != INDICATOR_SHARE)
                continue;
            vector_push(in->shown, &shares, figures_series(in->shown, NULL, &it));
            vector_last(&shares).subject = t->it.cells[(size_t)r * t->it.columns].text;
        }
        if (shares.n < 2)
            continue;
        struct series_scale scale = {.most = 100,
                                     .right = (unsigned)least(in->view->width / 2, 60)};
        board_add(in, 0);
        for (size_t i = 0; i < shares.n; i++)
            add_bar(in, &shares.at[i], shares.at[i].subject, 16, &scale);
    }
}

/* The article that the table stands in; Enter goes to its figure there. */
static void add_source(struct indicators *in, const struct stored_indicator *it)
{
    struct error quiet = ERROR_NONE;
    struct stored_article article;
    board_add(in, 0);
    struct row *row = board_add(in, it->id);
    row_printf(row, ROLE_DIM, "%s  ", message(MESSAGE_FINDING_SOURCE));
    if (store_article(in->figures.store, in->shown, it->it.place.article, &article, &quiet) ==
            STATUS_OK &&
        article.title.n > 0)
        row_add(row, ROLE_DIM, article.title);
}

bool board_table(struct indicators *in)
{
    struct error e = ERROR_NONE;
    struct stored_indicator it;
    struct stored_table t;
    if (store_indicator(in->figures.store, in->shown, in->indicator, &it, &e) != STATUS_OK ||
        it.it.table == NONE || it.it.table == 0 ||
        store_table(in->figures.store, in->shown, it.it.table, &t, &e) != STATUS_OK)
        return say_none(in, MESSAGE_NO_TABLE) != NULL;
    int *widths = arena_array(in->shown, int, t.it.columns + 1);
    for (size_t i = 0; i < (size_t)t.it.rows * t.it.columns; i++) {
        int width = measure(in, bare(&t, t.it.cells[i].text));
        int most = i % t.it.columns == 0 ? LABEL_MOST : CELL_MOST;
        width = least(width, most);
        if (width > widths[i % t.it.columns])
            widths[i % t.it.columns] = width;
    }
    struct row *head = board_add(in, 0);
    row_add(head, ROLE_TITLE, t.it.title);
    if (t.it.unit.n > 0) {
        row_add(head, ROLE_TEXT, STR("  "));
        row_printf(head, ROLE_DIM, message(MESSAGE_UNIT), STR_ARG(t.it.unit));
    }
    if (t.it.from_prose)
        row_printf(head, ROLE_DIM, "  %s", message(MESSAGE_TABLE_FROM_PROSE));
    for (uint32_t r = 0; r < t.it.rows; r++)
        add_table_row(in, &t, r, widths);
    add_shares(in, &t);
    add_source(in, &it);
    return true;
}
