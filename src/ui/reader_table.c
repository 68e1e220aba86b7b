/* Rows of a table, set in columns or said. Prose has closed the spaces between cells; where each
 * piece of a row comes from tells where they were: two spaces or more of the file part two cells.
 */
#include "baolan/buffer.h"
#include "baolan/utf8.h"
#include "ui/reader_internal.h"

enum { CELLS_MAX = 24, GAP = 2 };

struct cells {
    size_t n;
    struct span at[CELLS_MAX];
};

static struct span trimmed(struct str text, size_t start, size_t end)
{
    struct str s = str_trim(str_sub(text, start, end));
    size_t from = s.n == 0 ? start : (size_t)(s.p - text.p);
    return (struct span){from, from + s.n};
}

static void add_cell(struct cells *c, struct str text, size_t start, size_t end)
{
    struct span span = trimmed(text, start, end);
    if (!span_is_empty(span) && c->n < CELLS_MAX)
        c->at[c->n++] = span;
    else if (!span_is_empty(span)) /* nothing is lost: the last one holds the rest */
        c->at[CELLS_MAX - 1].end = span.end;
}

/* A run of the row that is white space wide enough to part cells, or the gap before it is. */
static bool parts_cells(const struct stored_passage *p, uint32_t i)
{
    const struct source_run *run = &p->runs[i], *before = &p->runs[i - 1];
    if (run->line != before->line)
        return true;
    if (run->start >= before->end + GAP)
        return true;
    struct str text = str_sub(p->text, run->at, run->at + run->length);
    return str_trim(text).n == 0 && run->end - run->start >= GAP;
}

static struct cells find_cells(const struct stored_passage *p)
{
    struct cells c = {0};
    size_t start = 0;
    for (uint32_t i = 1; i < p->n_runs; i++) {
        if (!parts_cells(p, i) || p->runs[i].at > p->text.n)
            continue;
        add_cell(&c, p->text, start, p->runs[i].at);
        start = p->runs[i].at;
    }
    add_cell(&c, p->text, start, p->text.n);
    return c;
}

/* `指  标`: characters that were set apart are one cell, from the left, as many as are too many. */
static void join_letters(struct str text, struct cells *c, size_t wanted)
{
    for (size_t i = 0; i + 1 < c->n && c->n > wanted;) {
        struct str next = span_of(text, c->at[i + 1]);
        size_t at = 0;
        bool one = point_is_han(utf8_next(span_of(text, c->at[i]), &at)) &&
                   utf8_count(span_of(text, c->at[i])) <= 2 && utf8_count(next) == 1;
        if (!one) {
            i++;
            continue;
        }
        c->at[i].end = c->at[i + 1].end;
        memmove(&c->at[i + 1], &c->at[i + 2], (c->n - i - 2) * sizeof c->at[0]);
        c->n--;
    }
}

static bool is_number(struct str s)
{
    size_t digits = 0;
    for (size_t at = 0; at < s.n;) {
        uint32_t c = utf8_next(s, &at);
        digits += point_is_any_digit(c);
        if (!point_is_any_digit(c) && c != '.' && c != ',' && c != '-' && c != '+' && c != '%' &&
            c != U'％' && c != U'－' && c != U'—')
            return false;
    }
    return digits > 0;
}

/* A table: the blocks of neighbouring rows. */
struct table_setting {
    struct reader_page *page;
    struct reader_block *rows;
    size_t n;
    struct cells *cells; /* of each row */
    size_t columns;
    unsigned width[CELLS_MAX];
    unsigned fraction[CELLS_MAX]; /* cells from the decimal point on, of the number with the most */
    bool right[CELLS_MAX];
};

static struct str row_text(const struct table_setting *t, size_t row)
{
    return t->page->passages[t->rows[row].passage]->text;
}

/* As many columns as most rows have cells. */
static size_t count_columns(const struct table_setting *t)
{
    size_t rows_of[CELLS_MAX + 1] = {0}, best = 0;
    for (size_t i = 0; i < t->n; i++)
        rows_of[t->cells[i].n]++;
    for (size_t n = 2; n <= CELLS_MAX; n++)
        if (rows_of[n] > 0 && (best == 0 || rows_of[n] >= rows_of[best]))
            best = n;
    return best;
}

static unsigned width_in(const struct table_setting *t, struct str text)
{
    return (unsigned)width_measure(text, t->page->setting.ambiguous);
}

/* Cells of a number from its decimal point on; of anything else none. */
static unsigned fraction_in(const struct table_setting *t, struct str text)
{
    size_t point = str_find(text, STR("."), 0);
    return is_number(text) && point != STR_NONE ? width_in(t, str_sub(text, point, text.n)) : 0;
}

static void measure_column(struct table_setting *t, size_t column)
{
    size_t numbers = 0, rows = 0;
    unsigned whole = 0, widest = 0;
    for (size_t i = 0; i < t->n; i++) {
        if (t->cells[i].n != t->columns)
            continue;
        struct str text = span_of(row_text(t, i), t->cells[i].at[column]);
        unsigned width = width_in(t, text), fraction = fraction_in(t, text);
        if (is_number(text)) {
            numbers++;
            whole = width - fraction > whole ? width - fraction : whole;
            t->fraction[column] = fraction > t->fraction[column] ? fraction : t->fraction[column];
        }
        widest = width > widest ? width : widest;
        rows++;
    }
    whole += t->fraction[column];
    t->right[column] = numbers > 0 && 2 * numbers >= rows;
    t->width[column] = t->right[column] && whole > widest ? whole : widest;
}

/* The row is one line of the page. */
static void set_line(struct reader_page *p, struct reader_block *b, unsigned width)
{
    struct layout_line *line = arena_new_of(p->lines_arena, struct layout_line);
    *line = (struct layout_line){0, b->to, width, 0};
    b->lines = line;
    b->n_lines = 1;
}

/* Gives the cells of a row their places on the line. */
static void place_cells(struct table_setting *t, size_t row)
{
    const struct cells *c = &t->cells[row];
    struct reader_block *b = &t->rows[row];
    struct reader_cell *cells = arena_array(t->page->lines_arena, struct reader_cell, c->n);
    unsigned at = 0;
    for (size_t i = 0; i < c->n; i++) {
        struct str text = span_of(row_text(t, row), c->at[i]);
        unsigned width = width_in(t, text), before = 0;
        if (t->right[i] && is_number(text))
            width += t->fraction[i] - fraction_in(t, text);
        if (t->right[i] && t->width[i] > width)
            before = t->width[i] - width;
        cells[i] = (struct reader_cell){c->at[i].start, c->at[i].end, at + before, STR("")};
        at += t->width[i] + GAP;
    }
    b->cells = cells;
    b->n_cells = c->n;
    set_line(t->page, b, at > GAP ? at - GAP : 0);
}

static bool is_year(struct str s)
{
    return s.n == 4 && is_number(s) && (str_starts(s, STR("19")) || str_starts(s, STR("20")));
}

/* A row that names columns: it has no figure, but perhaps years. */
static bool names_columns(const struct table_setting *t, size_t row)
{
    for (size_t i = 0; i < t->cells[row].n; i++) {
        struct str text = span_of(row_text(t, row), t->cells[row].at[i]);
        if (is_number(text) && !(i > 0 && is_year(text)))
            return false;
    }
    return t->cells[row].n > 0;
}

/* 「（亿元）」 */
static bool is_bracketed(struct str s)
{
    return str_starts(s, STR("（")) || str_starts(s, STR("("));
}

/* `产  值`: letters that were set apart are said as one word. */
static struct str closed(struct arena *a, struct str s)
{
    struct buffer out = buffer_in(a);
    for (size_t at = 0; at < s.n;) {
        uint32_t c = utf8_next(s, &at);
        if (c != ' ' && c != U'\u3000' && !point_is_han(c))
            return s;
        if (point_is_han(c))
            buffer_add_point(&out, c);
    }
    return buffer_str(&out);
}

/* Takes the columns' names from the rows at the top, and returns how many these are. What stands in
 * brackets in a row below them belongs to the last columns, as the first has no unit. */
static size_t name_columns(const struct table_setting *t, struct str names[CELLS_MAX])
{
    size_t row = 0;
    while (row < t->n && t->cells[row].n != t->columns && names_columns(t, row))
        row++;
    if (row == t->n || t->cells[row].n != t->columns || !names_columns(t, row))
        return 0;
    for (size_t i = 0; i < t->columns; i++)
        names[i] = closed(t->page->lines_arena, span_of(row_text(t, row), t->cells[row].at[i]));
    row++;
    if (row == t->n || t->cells[row].n >= t->columns || !names_columns(t, row))
        return row;
    const struct cells *c = &t->cells[row];
    struct str text = row_text(t, row);
    for (size_t i = 0; i < c->n; i++) {
        struct str *name = &names[t->columns - c->n + i];
        if (is_bracketed(span_of(text, c->at[i])))
            *name = str_printf(t->page->lines_arena, "%.*s%.*s", STR_ARG(*name),
                               STR_ARG(span_of(text, c->at[i])));
    }
    return row + 1;
}

/* 地区生产总值：单位 亿元，绝对数 682.4，… */
static void say_cells(struct table_setting *t, size_t row, const struct str names[CELLS_MAX])
{
    const struct cells *c = &t->cells[row];
    struct reader_block *b = &t->rows[row];
    struct arena *a = t->page->lines_arena;
    struct reader_cell *cells = arena_array(a, struct reader_cell, c->n);
    for (size_t i = 0; i < c->n; i++) {
        struct str mark = i == 0 ? STR("") : i == 1 && names[i].n > 0 ? STR("：") : STR("，");
        struct str name = i == 0 ? STR("") : names[i];
        cells[i] = (struct reader_cell){.start = c->at[i].start, .end = c->at[i].end};
        cells[i].label =
            str_printf(a, "%.*s%.*s%s", STR_ARG(mark), STR_ARG(name), name.n > 0 ? " " : "");
    }
    b->cells = cells;
    b->n_cells = c->n;
    set_line(t->page, b, 0);
}

static void say_table(struct table_setting *t)
{
    struct str names[CELLS_MAX] = {0};
    for (size_t i = name_columns(t, names); i < t->n && t->columns > 1; i++)
        if (t->cells[i].n == t->columns)
            say_cells(t, i, names);
}

static void set_table(struct reader_page *p, struct reader_block *rows, size_t n)
{
    struct arena_mark mark = arena_mark(p->scratch);
    struct table_setting t = {.page = p, .rows = rows, .n = n};
    t.cells = arena_array(p->scratch, struct cells, n);
    for (size_t i = 0; i < n; i++)
        t.cells[i] = find_cells(p->passages[rows[i].passage]);
    t.columns = count_columns(&t);
    for (size_t i = 0; i < n; i++)
        join_letters(row_text(&t, i), &t.cells[i], t.columns);
    unsigned width = 0;
    if (p->setting.linear) {
        say_table(&t);
        arena_release(p->scratch, mark);
        return;
    }
    for (size_t i = 0; i < t.columns; i++) {
        measure_column(&t, i);
        width += t.width[i] + (i > 0 ? GAP : 0);
    }
    for (size_t i = 0; i < n && t.columns > 1 && width <= p->text_width + p->hang; i++)
        if (t.cells[i].n == t.columns)
            place_cells(&t, i);
    arena_release(p->scratch, mark);
}

void reader_set_tables(struct reader_page *p)
{
    for (size_t i = 0; i < p->blocks.n; i++) {
        size_t end = i;
        while (end < p->blocks.n &&
               p->passages[p->blocks.at[end].passage]->kind == PASSAGE_TABLE_ROW &&
               p->blocks.at[end].from == 0 &&
               p->blocks.at[end].to == p->passages[p->blocks.at[end].passage]->text.n)
            end++;
        if (end > i)
            set_table(p, &p->blocks.at[i], end - i);
        i = end > i ? end - 1 : i;
    }
}
