/* Aligned lines as rows and columns. */
#ifndef BAOLAN_PARSE_GRID_H
#define BAOLAN_PARSE_GRID_H

#include "baolan/memory.h"

#include <stdint.h>

/* A run of a line without a gap in it, and the terminal cells that it takes. */
struct token {
    struct str text;
    uint32_t left, right; /* cells: [left, right) */
    uint32_t walls;       /* the bars and TABs before it, but for a bar that begins the line */
};

struct tokens {
    struct token *at;
    size_t n, room;
};

/* Splits a line into tokens at TAB, `|` and its like, and gaps of two or more spaces (one is enough
 * before a figure); letter-spaced words (产  值) are put together again, in the arena. */
void grid_split(struct arena *a, struct str line, struct tokens *out);

/* The bars and TABs of a line, but for bars that begin and end it. */
uint32_t grid_walls(struct str line);

/* True for a line of rules (────, |---|---|) or blanks alone. */
bool grid_is_rule(struct str line);

/* True for 682.4, -3.6, 1,234, 12%, —. */
bool grid_is_figure(struct str text);

/* Where columns stand: the right edges (figures) and left edges of a row of figures. */
struct columns {
    struct token *at; /* text unused */
    size_t n;
};

/* The column whose cells overlap the token most, else the nearest one; columns->n where there are
 * none. */
size_t grid_column(const struct columns *columns, const struct token *token);

#endif
