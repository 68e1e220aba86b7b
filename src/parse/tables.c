/* Tables of the text: rows that the page set apart, their columns, header and unit line. */
#include "baolan/parse.h"
#include "baolan/utf8.h"
#include "baolan/width.h"
#include "parse/grid.h"
#include "parse/reading.h"

#define COLUMNS_MOST 40
#define ROWS_MOST 2000

struct row {
    struct tokens tokens;
    uint32_t paragraph;
    uint32_t walls;
    bool data; /* has figures behind its first cell */
};

struct builder {
    struct document *document;
    struct arena *arena;
    uint32_t article;
    VECTOR(struct row) rows;
    struct columns columns;
    bool walled;           /* bars or TABs part the cells of every row with figures */
    uint32_t header_lines; /* added in front of the rows */
    VECTOR(struct table) tables;
};

static struct str raw_line(const struct document *d, uint32_t line)
{
    return str_sub(d->decoded.text, d->lines[line].start, d->lines[line].end);
}

static uint32_t line_of(const struct document *d, const struct paragraph *p)
{
    return document_line_at(d, prose_text_offset(&p->prose, 0));
}

static void read_row(struct builder *b, uint32_t index)
{
    const struct paragraph *p = &b->document->articles[b->article].paragraphs[index];
    struct str line = raw_line(b->document, line_of(b->document, p));
    if (grid_is_rule(line))
        return;
    struct row row = {.paragraph = index, .walls = grid_walls(line)};
    grid_split(b->arena, line, &row.tokens);
    size_t figures = 0;
    for (size_t i = 1; i < row.tokens.n; i++)
        figures += grid_is_figure(row.tokens.at[i].text);
    row.data = figures > 0;
    if (row.tokens.n > 0)
        vector_push(b->arena, &b->rows, row);
}

static bool is_caption(struct str line)
{
    line = str_trim(line);
    return str_has(line, STR("单位：")) || str_has(line, STR("单位:")) ||
           str_has(line, STR("。")) ||
           (str_starts(line, STR("表")) && line.n > 3 &&
            point_is_any_digit(utf8_at(line, STR("表").n)));
}

/* Lines of the header that the page took for something else: they stand right above the rows and
 * have gaps like them, or a unit in brackets alone. */
static void add_header_lines(struct builder *b, uint32_t most)
{
    const struct document *d = b->document;
    struct row first = b->rows.at[0];
    uint32_t line = line_of(d, &d->articles[b->article].paragraphs[first.paragraph]);
    for (uint32_t back = 1; back <= most && back <= line; back++) {
        struct str text = raw_line(d, line - back);
        struct row row = {.paragraph = first.paragraph, .walls = grid_walls(text)};
        if (grid_is_rule(text) || is_caption(text))
            return;
        grid_split(b->arena, text, &row.tokens);
        if (row.tokens.n == 0 ||
            (row.tokens.n == 1 && !str_starts(row.tokens.at[0].text, STR("（")) &&
             !str_starts(row.tokens.at[0].text, STR("("))))
            return;
        vector_push(b->arena, &b->rows, row);
        memmove(b->rows.at + 1, b->rows.at, (b->rows.n - 1) * sizeof row);
        b->rows.at[0] = row;
        b->header_lines++;
    }
}

/* A row of years is a header: 年份 2019 2020 2021. */
static bool is_years(const struct row *row)
{
    size_t years = 0;
    for (size_t i = 1; i < row->tokens.n; i++) {
        int year = period_year(row->tokens.at[i].text);
        years += year >= 1949 && year <= 2100 && row->tokens.at[i].text.n <= 7;
    }
    return row->tokens.n > 1 && years == row->tokens.n - 1;
}

/* The number of header rows: those before the first with figures. */
static size_t header_rows(const struct builder *b)
{
    size_t n = 0;
    while (n < b->rows.n && (!b->rows.at[n].data || is_years(&b->rows.at[n])))
        n++;
    return n;
}

/* Columns are those of the data rows with the most cells of the commonest count. */
static void find_columns(struct builder *b, size_t header)
{
    size_t counts[COLUMNS_MOST + 1] = {0}, best = 0;
    for (size_t i = header; i < b->rows.n; i++)
        if (b->rows.at[i].tokens.n <= COLUMNS_MOST)
            counts[b->rows.at[i].tokens.n]++;
    for (size_t n = 2; n <= COLUMNS_MOST; n++)
        if (counts[n] > counts[best] || (counts[n] == counts[best] && counts[n] > 0))
            best = n;
    uint32_t walls = 0;
    b->walled = true;
    for (size_t i = header; i < b->rows.n; i++) {
        b->walled &= b->rows.at[i].walls > 0;
        walls = b->rows.at[i].walls > walls ? b->rows.at[i].walls : walls;
    }
    b->walled &= walls < COLUMNS_MOST;
    if (b->walled)
        best = walls + 1;
    b->columns = (struct columns){arena_array(b->arena, struct token, best + 1), best};
    for (size_t k = 0; k < best; k++)
        b->columns.at[k] = (struct token){.left = UINT32_MAX};
    for (size_t i = header; i < b->rows.n; i++) {
        const struct tokens *t = &b->rows.at[i].tokens;
        for (size_t k = 0; t->n == best && k < best; k++) {
            struct token *c = &b->columns.at[k];
            c->left = t->at[k].left < c->left ? t->at[k].left : c->left;
            c->right = t->at[k].right > c->right ? t->at[k].right : c->right;
        }
    }
}

/* The table's unit line and title: among the four lines above its first. */
static void read_caption(struct builder *b, struct table *t)
{
    const struct document *d = b->document;
    const struct paragraph *p = &d->articles[b->article].paragraphs[b->rows.at[0].paragraph];
    uint32_t line = line_of(d, p);
    line = line > b->header_lines ? line - b->header_lines : 0;
    for (uint32_t back = 1; back <= 4 && back <= line; back++) {
        struct str text = str_trim(raw_line(d, line - back));
        size_t unit = str_find(text, STR("单位："), 0);
        size_t length = STR("单位：").n;
        if (unit == STR_NONE) {
            unit = str_find(text, STR("单位:"), 0);
            length = STR("单位:").n;
        }
        if (grid_is_rule(text))
            continue;
        if (unit != STR_NONE) {
            t->unit = str_trim(str_sub(text, unit + length, text.n));
            while (t->unit.n > 0 && (str_ends(t->unit, STR("）")) || str_ends(t->unit, STR(")"))))
                t->unit.n -= str_ends(t->unit, STR("）")) ? STR("）").n : 1;
            text = str_trim(str_sub(text, 0, unit));
            while (text.n > 0 && (str_ends(text, STR("（")) || str_ends(text, STR("("))))
                text.n -= str_ends(text, STR("（")) ? STR("（").n : 1;
            if (text.n < STR("情况表").n)
                continue;
        }
        struct tokens tokens = {0};
        grid_split(b->arena, text, &tokens);
        if (tokens.n <= 2 && !str_ends(text, STR("。")) && !str_ends(text, STR("；")) &&
            text.n <= 150)
            t->title = text;
        return;
    }
}

/* Where a cell stands in its row's prose: looked for from *from on. */
static struct place place_of(const struct builder *b, uint32_t paragraph, struct str text,
                             size_t *from)
{
    const struct prose *prose = &b->document->articles[b->article].paragraphs[paragraph].prose;
    size_t at = str_find(prose->text, text, *from);
    struct place place = place_in(b->article, paragraph, 0, (uint32_t)prose->text.n);
    if (at != STR_NONE) {
        place.start = (uint32_t)at;
        place.end = (uint32_t)(at + text.n);
        *from = place.end;
    }
    return place;
}

/* 粮食综合生产能力 万吨: a label and the cell behind it, one space apart, are taken apart where the
 * columns of the other rows part. */
static void part_token(struct builder *b, struct row *row, size_t index)
{
    struct token *t = &row->tokens.at[index], second = *t;
    size_t at = str_find_last(t->text, STR(" "));
    size_t column = grid_column(&b->columns, t);
    if (at == STR_NONE || at == 0 || column + 1 >= b->columns.n)
        return;
    second.text = str_trim(str_sub(t->text, at, t->text.n));
    second.left = t->right - (uint32_t)width_measure(second.text, AMBIGUOUS_NARROW);
    if (second.text.n == 0 || second.left + 1 < b->columns.at[column + 1].left)
        return;
    t->text = str_trim(str_sub(t->text, 0, at));
    t->right = second.left - 1;
    vector_push(b->arena, &row->tokens, second);
    t = row->tokens.at;
    memmove(t + index + 2, t + index + 1, (row->tokens.n - index - 2) * sizeof *t);
    t[index + 1] = second;
}

static size_t column_of(const struct builder *b, const struct row *row, size_t index, bool exact)
{
    const struct token *t = &row->tokens.at[index];
    if (b->walled && row->walls > 0)
        return t->walls < b->columns.n ? t->walls : b->columns.n - 1;
    /* The first cell is the label, wherever it ends. */
    if (index == 0 && !grid_is_figure(t->text) && row->data)
        return 0;
    return exact ? index : grid_column(&b->columns, t);
}

static void fill_row(struct builder *b, struct row *row, struct table_cell *cells)
{
    size_t from = 0;
    for (size_t k = 0; k < b->columns.n; k++) {
        cells[k].indicator = NONE;
        cells[k].place = place_of(b, row->paragraph, STR(""), &from);
    }
    for (size_t i = 0; !b->walled && row->data && i < row->tokens.n; i++)
        if (row->tokens.n < b->columns.n)
            part_token(b, row, i);
    bool exact = row->tokens.n == b->columns.n;
    for (size_t i = 0; i < row->tokens.n; i++) {
        const struct token *t = &row->tokens.at[i];
        struct table_cell *cell = &cells[column_of(b, row, i, exact)];
        struct place place = place_of(b, row->paragraph, t->text, &from);
        if (cell->text.n == 0) {
            cell->text = t->text;
            cell->place = place;
        } else {
            cell->text = str_printf(b->arena, "%.*s%.*s", STR_ARG(cell->text), STR_ARG(t->text));
        }
    }
}

/* The heading of a row of the header that stands over column k, which has none of its own, or the
 * column itself. A heading that begins where its first column does reaches to the next one; any
 * other is over the columns that are nearest to its middle. */
static size_t heading_over(const struct builder *b, const struct row *row,
                           const struct token *below, size_t k)
{
    uint32_t middle = (below[k].left + below[k].right) / 2, best = UINT32_MAX;
    size_t from = k;
    for (size_t i = 0; i < row->tokens.n; i++) {
        const struct token *t = &row->tokens.at[i];
        uint32_t at = (t->left + t->right) / 2, far = at > middle ? at - middle : middle - at;
        size_t over = grid_column(&b->columns, t);
        uint32_t left = below[over].left;
        bool after = over > k && (t->left > left ? t->left - left : left - t->left) <= 1;
        if (over > 0 && far < best && !after) {
            best = far;
            from = over;
        }
    }
    return from;
}

/* 地区生产总值 above 总量, 增速 and 位次: what stands over several columns is said of each. */
static void spread_headings(const struct builder *b, const struct row *row,
                            struct table_cell *cells, const struct row *under,
                            const struct table_cell *names)
{
    struct token *below = arena_array(b->arena, struct token, b->columns.n);
    for (size_t k = 0; k < b->columns.n; k++)
        below[k] = b->columns.at[k];
    bool exact = under->tokens.n == b->columns.n;
    for (size_t i = 0; i < under->tokens.n; i++)
        below[column_of(b, under, i, exact)] = under->tokens.at[i];
    for (size_t k = 1; k < b->columns.n; k++) {
        bool unit = str_starts(names[k].text, STR("（")) || str_starts(names[k].text, STR("("));
        if (cells[k].text.n > 0 || names[k].text.n == 0 || unit)
            continue;
        size_t from = !b->walled ? heading_over(b, row, below, k) : k > 1 ? k - 1 : k;
        if (from > 0 && names[from].text.n > 0)
            cells[k] = cells[from];
    }
}

/* Header rows stay rows; readers join them by column. */
static void build_table(struct builder *b)
{
    b->header_lines = 0;
    add_header_lines(b, header_rows(b) == 0 ? 3 : 1);
    size_t header = header_rows(b);
    size_t data = 0;
    for (size_t i = header; i < b->rows.n; i++)
        data += b->rows.at[i].data;
    if (data < 1 || b->rows.n < 2)
        return;
    find_columns(b, header);
    if (b->columns.n < 2)
        return;
    struct table t = {.article = b->article,
                      .rows = (uint32_t)b->rows.n,
                      .columns = (uint32_t)b->columns.n,
                      .header_rows = (uint32_t)header};
    struct table_cell *cells = arena_array(b->arena, struct table_cell, b->rows.n * b->columns.n);
    for (size_t i = 0; i < b->rows.n; i++)
        fill_row(b, &b->rows.at[i], cells + i * b->columns.n);
    for (size_t i = header; i-- > 1;)
        spread_headings(b, &b->rows.at[i - 1], cells + (i - 1) * b->columns.n, &b->rows.at[i],
                        cells + i * b->columns.n);
    t.cells = cells;
    t.place = cells[0].place;
    read_caption(b, &t);
    vector_push(b->arena, &b->tables, t);
}

/* A blank line and then a row without figures: another table begins. */
static bool begins_another(const struct builder *b, uint32_t index)
{
    const struct document *d = b->document;
    const struct article *article = &d->articles[b->article];
    if (b->rows.n == 0 || !vector_last(&b->rows).data)
        return false;
    uint32_t before = line_of(d, &article->paragraphs[index - 1]);
    uint32_t here = line_of(d, &article->paragraphs[index]);
    bool blank = here < before;
    for (uint32_t line = before + 1; line < here && !blank; line++)
        blank = str_trim(raw_line(d, line)).n == 0;
    if (!blank)
        return false;
    struct tokens tokens = {0};
    struct str text = raw_line(d, here);
    grid_split(b->arena, text, &tokens);
    for (size_t i = 1; i < tokens.n; i++)
        if (grid_is_figure(tokens.at[i].text) && period_year(tokens.at[i].text) == 0)
            return false;
    return true;
}

void parse_tables(struct document *d, const struct parse_options *o)
{
    struct builder b = {.document = d, .arena = d->arena};
    (void)o;
    for (b.article = 0; b.article < d->n_articles; b.article++) {
        const struct article *article = &d->articles[b.article];
        for (uint32_t i = 0; i < article->n_paragraphs; i++) {
            b.rows.n = 0;
            uint32_t heading = article->paragraphs[i].heading;
            for (; i < article->n_paragraphs && b.rows.n < ROWS_MOST &&
                   article->paragraphs[i].kind == PARAGRAPH_TABLE_ROW &&
                   article->paragraphs[i].heading == heading && !begins_another(&b, i);
                 i++)
                read_row(&b, i);
            if (b.rows.n > 1)
                build_table(&b);
            if (i < article->n_paragraphs && article->paragraphs[i].kind == PARAGRAPH_TABLE_ROW &&
                b.rows.n > 0)
                i--;
        }
    }
    d->tables = b.tables.at;
    d->n_tables = (uint32_t)b.tables.n;
}
