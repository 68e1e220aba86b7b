#include "ui/frame.h"

#include <assert.h>

static struct cell *cell_at(struct frame *f, int row, int column)
{
    return &f->cells[(size_t)row * (size_t)f->columns + (size_t)column];
}

static void set_blank(struct cell *c, enum role role)
{
    c->text[0] = ' ';
    c->n = 1;
    c->width = 1;
    c->role = (uint8_t)role;
}

struct frame *frame_new(struct arena *a, int rows, int columns)
{
    assert(rows > 0 && columns > 0);
    struct frame *f = arena_new_of(a, struct frame);
    f->rows = rows;
    f->columns = columns;
    f->cells = arena_array(a, struct cell, (size_t)rows * (size_t)columns);
    frame_fill(f, (struct rect){0, 0, rows, columns}, ROLE_TEXT);
    return f;
}

/* A wide character of which one half is about to be overwritten becomes blanks. */
static void split_wide(struct frame *f, int row, int column)
{
    if (column < 0 || column >= f->columns)
        return;
    struct cell *c = cell_at(f, row, column);
    if (c->width == 0 && column > 0) {
        set_blank(c - 1, (enum role)c[-1].role);
        set_blank(c, (enum role)c->role);
    }
}

void frame_fill(struct frame *f, struct rect where, enum role role)
{
    for (int row = where.row; row < where.row + where.rows; row++) {
        if (row < 0 || row >= f->rows)
            continue;
        int to = where.column + where.columns;
        if (to > f->columns)
            to = f->columns;
        split_wide(f, row, where.column);
        split_wide(f, row, to);
        for (int column = where.column < 0 ? 0 : where.column; column < to; column++)
            set_blank(cell_at(f, row, column), role);
    }
}

static void put_cell(struct frame *f, int row, int column, struct str text, int width,
                     enum role role)
{
    split_wide(f, row, column);
    split_wide(f, row, column + width);
    struct cell *c = cell_at(f, row, column);
    size_t n = text.n;
    if (n > CELL_BYTES)
        for (n = CELL_BYTES; n > 0 && ((unsigned char)text.p[n] & 0xC0) == 0x80;)
            n--;
    memcpy(c->text, text.p, n);
    c->n = (uint8_t)n;
    c->width = (uint8_t)width;
    c->role = (uint8_t)role;
    if (width == 2) {
        c[1].n = 0;
        c[1].width = 0;
        c[1].role = (uint8_t)role;
    }
}

int frame_put(struct frame *f, int row, int column, int limit, struct str text, enum role role)
{
    if (limit > f->columns)
        limit = f->columns;
    if (row < 0 || row >= f->rows || column < 0)
        return column;
    struct cluster c;
    for (size_t at = 0; column < limit && cluster_next(text, &at, f->ambiguous, &c);) {
        int cells = (int)c.cells;
        if (cells == 0)
            continue;
        if (cells > 2) {
            for (size_t i = 0; i < c.draw.n && column < limit; i++)
                put_cell(f, row, column++, str_sub(c.draw, i, i + 1), 1, role);
            continue;
        }
        if (cells == 2 && c.draw.n == 2 && (unsigned char)c.draw.p[0] < 0x80) {
            put_cell(f, row, column++, str_sub(c.draw, 0, 1), 1, role);
            if (column < limit)
                put_cell(f, row, column++, str_sub(c.draw, 1, 2), 1, role);
            continue;
        }
        if (column + cells > limit) {
            put_cell(f, row, column++, STR(" "), 1, role);
            break;
        }
        put_cell(f, row, column, c.draw, cells, role);
        column += cells;
    }
    return column;
}

void frame_tint(struct frame *f, int row, int from, int to, enum role role)
{
    if (row < 0 || row >= f->rows)
        return;
    for (int column = from < 0 ? 0 : from; column < to && column < f->columns; column++)
        cell_at(f, row, column)->role = (uint8_t)role;
}

void frame_cursor(struct frame *f, int row, int column)
{
    f->cursor_row = row < 0 ? 0 : row >= f->rows ? f->rows - 1 : row;
    f->cursor_column = column < 0 ? 0 : column >= f->columns ? f->columns - 1 : column;
}

static void print_row(const struct frame *f, int row, struct buffer *out)
{
    size_t keep = out->n;
    for (int column = 0; column < f->columns; column++) {
        const struct cell *c = frame_at(f, row, column);
        buffer_add(out, (struct str){c->text, c->n});
        if (!(c->n == 1 && c->text[0] == ' '))
            keep = out->n;
    }
    out->n = keep;
    buffer_add_byte(out, '\n');
}

void frame_print(const struct frame *f, struct buffer *out, bool roles)
{
    for (int row = 0; row < f->rows; row++)
        print_row(f, row, out);
    for (int row = 0; roles && row < f->rows; row++) {
        for (int column = 0; column < f->columns; column++)
            buffer_add_byte(out, (char)('a' + frame_at(f, row, column)->role));
        buffer_add_byte(out, '\n');
    }
}
