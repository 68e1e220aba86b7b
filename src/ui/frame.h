/* A frame: the grid of cells that one painting of the screen makes. It knows no terminal; the
 * terminal sends what differs from the frame before, and tests print it as text. */
#ifndef UI_FRAME_H
#define UI_FRAME_H

#include "baolan/buffer.h"
#include "baolan/width.h"
#include "ui/role.h"

#include <stdbool.h>
#include <stdint.h>

/* Bytes of UTF-8 that a cell holds: a character and its combining marks; marks past that are
 * left out. */
#define CELL_BYTES 22

struct cell {
    char text[CELL_BYTES]; /* one grapheme cluster; not NUL-terminated */
    uint8_t n;             /* bytes of text in use; 0 in a filler */
    uint8_t width;         /* 1 or 2; 0: the filler after a wide character */
    uint8_t role;          /* enum role */
};

struct frame {
    int rows, columns;
    struct cell *cells; /* rows * columns, row by row; not to be written but by functions below */
    int cursor_row, cursor_column;
    enum ambiguous ambiguous;
};

/* A rectangle of cells, counted from 0 at the top left. */
struct rect {
    int row, column, rows, columns;
};

/* A blank frame in the arena. */
struct frame *frame_new(struct arena *a, int rows, int columns);

/* Blank cells of a role. What straddles the edges loses its other half too. */
void frame_fill(struct frame *f, struct rect where, enum role role);

/* Writes text at row, column, in cells up to (not including) column `limit`, and returns the column
 * after it. A wide character that does not fit before the limit leaves a blank; control characters
 * and what has no width on its own are shown as U+FFFD. Outside the frame nothing is written. */
int frame_put(struct frame *f, int row, int column, int limit, struct str text, enum role role);

/* Gives cells of a row another role, with their text kept. */
void frame_tint(struct frame *f, int row, int from, int to, enum role role);

void frame_cursor(struct frame *f, int row, int column);

/* The frame as text, a line a row, trailing spaces dropped; with roles, where `roles` is set, in a
 * second block of letters (a = first role). */
void frame_print(const struct frame *f, struct buffer *out, bool roles);

/* The cell at row, column; both inside the frame. */
static inline const struct cell *frame_at(const struct frame *f, int row, int column)
{
    return &f->cells[(size_t)row * (size_t)f->columns + (size_t)column];
}

/* True where both cells look alike. */
static inline bool cell_same(const struct cell *a, const struct cell *b)
{
    return a->n == b->n && a->width == b->width && a->role == b->role &&
           memcmp(a->text, b->text, a->n) == 0;
}

#endif
