#include "output.h"

#include "baolan/message.h"
#include "baolan/vector.h"
#include "baolan/width.h"
#include "ui/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define BLOCK_ROWS 500 /* rows whose widths are measured together */
#define CELLS_LEAST 8  /* a column is not made narrower to fit a terminal */

enum format { FORMAT_TABLE, FORMAT_JSON, FORMAT_CSV };

struct output {
    struct arena *arena;
    const struct column *columns;
    size_t n_columns;
    enum format format;
    bool colour;
    unsigned terminal; /* cells of a line, 0: no terminal */
    size_t at;         /* the next column */
    uint64_t rows;
    struct arena_mark mark;
    struct buffer out;
    struct json json;
    VECTOR(struct str) cells; /* of the block's table, row by row */
    size_t *widths;
    bool begun;
};

struct str decimal_text(struct arena *a, struct decimal value)
{
    struct buffer b = buffer_in(a);
    struct json j = json_to(&b);
    json_decimal(&j, NULL, value.digits, value.scale);
    return buffer_str(&b);
}

static unsigned terminal_cells(void)
{
    struct winsize size;
    if (!isatty(1))
        return 0;
    if (ioctl(1, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
    const char *columns = getenv("COLUMNS");
    return columns == NULL ? 80 : (unsigned)strtoul(columns, NULL, 10);
}

static void begin_block(struct output *l)
{
    arena_release(l->arena, l->mark);
    l->out = buffer_in(l->arena);
    memset(&l->cells, 0, sizeof l->cells);
}

struct output *output_begin(struct invocation *i, const struct column *columns, size_t n)
{
    struct output *l = arena_new_of(i->arena, struct output);
    l->arena = arena_new();
    if (l->arena == NULL)
        l->arena = i->arena;
    l->columns = columns;
    l->n_columns = n;
    l->format = i->json ? FORMAT_JSON : i->csv ? FORMAT_CSV : FORMAT_TABLE;
    l->colour = i->colour;
    l->terminal = terminal_cells();
    l->widths = arena_array(i->arena, size_t, n);
    l->mark = arena_mark(l->arena);
    begin_block(l);
    if (l->format == FORMAT_CSV) {
        if (i->bom)
            fputs("\xEF\xBB\xBF", stdout);
        for (size_t c = 0; c < n; c++)
            csv_cell(&l->out, str_of(columns[c].key), c == 0);
        buffer_add_c(&l->out, "\r\n");
    }
    l->json = json_to(&l->out);
    return l;
}

/* Opens a row with its first cell; the column of the cell. */
static const struct column *next_column(struct output *l)
{
    if (l->at == 0 && l->format == FORMAT_JSON) {
        l->json = json_to(&l->out);
        json_open(&l->json, NULL, '{');
    }
    return &l->columns[l->at++];
}

static void text_cell(struct output *l, const struct column *column, struct str value)
{
    if (l->format == FORMAT_CSV) {
        csv_cell(&l->out, value, column == l->columns);
    } else {
        struct str copy = str_dup(l->arena, value);
        vector_push(l->arena, &l->cells, copy);
    }
}

void output_str(struct output *l, struct str value)
{
    const struct column *column = next_column(l);
    if (l->format == FORMAT_JSON)
        json_str_or_null(&l->json, column->key, value);
    else
        text_cell(l, column, value);
}

void output_int(struct output *l, long long value)
{
    const struct column *column = next_column(l);
    if (l->format == FORMAT_JSON)
        json_int(&l->json, column->key, value);
    else
        text_cell(l, column, str_printf(l->arena, "%lld", value));
}

void output_year(struct output *l, int year)
{
    if (year != 0)
        output_int(l, year);
    else
        output_str(l, (struct str){NULL, 0});
}

void output_decimal(struct output *l, struct decimal value)
{
    const struct column *column = next_column(l);
    if (l->format == FORMAT_JSON)
        json_decimal(&l->json, column->key, value.digits, value.scale);
    else
        text_cell(l, column, decimal_text(l->arena, value));
}

void output_bool(struct output *l, bool value)
{
    const struct column *column = next_column(l);
    if (l->format == FORMAT_JSON)
        json_bool(&l->json, column->key, value);
    else
        text_cell(l, column, value ? STR("true") : STR("false"));
}

void output_strs(struct output *l, const struct str *values, uint32_t n)
{
    const struct column *column = next_column(l);
    if (l->format == FORMAT_JSON) {
        json_open(&l->json, column->key, '[');
        for (uint32_t k = 0; k < n; k++)
            json_str(&l->json, NULL, values[k]);
        json_close(&l->json, ']');
        return;
    }
    struct buffer b = buffer_in(l->arena);
    for (uint32_t k = 0; k < n; k++) {
        buffer_add_c(&b, k == 0 ? "" : "、");
        buffer_add(&b, values[k]);
    }
    text_cell(l, column, buffer_str(&b));
}

void output_kind(struct output *l, const struct kind_names *kinds, int kind)
{
    output_str(l, str_of(l->format == FORMAT_TABLE ? kinds->word(kind) : kinds->name(kind)));
}

void output_period(struct output *l, struct str period)
{
    output_str(l, l->format == FORMAT_TABLE ? words_of_period(l->arena, period) : period);
}

static struct str heading_of(const struct column *column)
{
    return str_of(column->label == NULL ? column->key : translate(column->label));
}

/* What a column keeps, however narrow the terminal: its heading can be read. */
static size_t least_width(const struct column *column)
{
    size_t heading = width_measure(heading_of(column), AMBIGUOUS_NARROW);
    return heading > CELLS_LEAST ? heading : CELLS_LEAST;
}

/* Widths of the block's columns, cut down to what the terminal has. */
static void measure(struct output *l)
{
    size_t total = 0;
    for (size_t c = 0; c < l->n_columns; c++) {
        if (l->columns[c].most == 0)
            continue;
        size_t heading = width_measure(heading_of(&l->columns[c]), AMBIGUOUS_NARROW);
        size_t most = l->columns[c].most > heading ? l->columns[c].most : heading;
        size_t widest = heading;
        for (size_t k = c; k < l->cells.n; k += l->n_columns) {
            size_t width = width_measure(l->cells.at[k], AMBIGUOUS_NARROW);
            widest = width > widest ? width : widest;
        }
        l->widths[c] = widest < most ? widest : most;
        total += l->widths[c] + 2;
    }
    while (l->terminal > 0 && total > l->terminal + 2) {
        size_t widest = l->n_columns;
        for (size_t c = 0; c < l->n_columns; c++)
            if (l->columns[c].most > 0 && l->widths[c] > least_width(&l->columns[c]) &&
                (widest == l->n_columns || l->widths[c] > l->widths[widest]))
                widest = c;
        if (widest == l->n_columns)
            break;
        l->widths[widest]--;
        total--;
    }
}

/* The end of a text that is too wide for its column: what stands before a name is read from it. */
static struct str cut_front(struct str value, size_t cells)
{
    struct cluster cluster;
    size_t width = width_measure(value, AMBIGUOUS_NARROW), at = 0;
    while (width > cells && cluster_next(value, &at, AMBIGUOUS_NARROW, &cluster)) {
        width -= cluster.cells;
        value = str_sub(value, at, value.n);
        at = 0;
    }
    return value;
}

static void write_table_row(struct output *l, struct buffer *out, const struct str *cells)
{
    size_t last = 0;
    bool first = true;
    for (size_t c = 0; c < l->n_columns; c++)
        last = l->columns[c].most > 0 ? c : last;
    for (size_t c = 0; c <= last; c++) {
        const struct column *column = &l->columns[c];
        if (column->most == 0)
            continue;
        if (!first)
            buffer_add_c(out, "  ");
        first = false;
        struct str value = cells == NULL ? heading_of(column) : cells[c];
        size_t width = width_measure(value, AMBIGUOUS_NARROW);
        if (column->right && width > l->widths[c])
            value = cut_front(value, l->widths[c]);
        /* Nothing is padded before the line's end. */
        if (c == last && !column->right && width < l->widths[c])
            width_pad(out, value, width, ALIGN_LEFT, AMBIGUOUS_NARROW);
        else
            width_pad(out, value, l->widths[c], column->right ? ALIGN_RIGHT : ALIGN_LEFT,
                      AMBIGUOUS_NARROW);
    }
    buffer_add_byte(out, '\n');
}

static void write_block(struct output *l)
{
    if (l->format == FORMAT_TABLE && l->cells.n > 0) {
        struct buffer out = buffer_in(l->arena);
        measure(l);
        if (!l->begun && l->colour)
            buffer_add_c(&out, "\033[1m");
        if (!l->begun)
            write_table_row(l, &out, NULL);
        if (!l->begun && l->colour)
            buffer_add_c(&out, "\033[0m");
        l->begun = true;
        for (size_t k = 0; k + l->n_columns <= l->cells.n; k += l->n_columns)
            write_table_row(l, &out, &l->cells.at[k]);
        if (out.n > 0)
            fwrite(out.p, 1, out.n, stdout);
    }
    if (l->out.n > 0)
        fwrite(l->out.p, 1, l->out.n, stdout);
    begin_block(l);
}

void output_row_end(struct output *l)
{
    if (l->format == FORMAT_JSON)
        json_close(&l->json, '}');
    if (l->format != FORMAT_TABLE)
        buffer_add_c(&l->out, l->format == FORMAT_CSV ? "\r\n" : "\n");
    l->at = 0;
    l->rows++;
    if (l->rows % BLOCK_ROWS == 0)
        write_block(l);
}

int output_end(struct output *l)
{
    write_block(l);
    int status = l->rows > 0 ? EXIT_FOUND : EXIT_NOTHING;
    arena_free(l->arena);
    return status;
}

uint64_t output_rows(const struct output *l)
{
    return l->rows;
}

void print_clean(struct str text)
{
    struct cluster cluster;
    for (size_t at = 0; at < text.n;) {
        if (text.p[at] == '\n') {
            putchar('\n');
            at++;
        } else if (cluster_next(text, &at, AMBIGUOUS_NARROW, &cluster)) {
            fwrite(cluster.draw.p, 1, cluster.draw.n, stdout);
        } else {
            break;
        }
    }
}
