/* Columns of a view that is a table, fitted to the pane's width. */
#ifndef UI_COLUMNS_H
#define UI_COLUMNS_H

#include "ui/row.h"

#include <stdbool.h>

enum { COLUMNS_MAX = 12 };

struct column {
    const char *zh, *en; /* its heading */
    int least;           /* cells that it needs */
    int share;           /* of the cells left over; 0: it does not grow */
    int rank;            /* columns of a higher rank go first where there is no room */
    enum align align;
};

struct columns {
    const struct column *of;
    int n;
    int widths[COLUMNS_MAX]; /* 0: left out */
};

/* Fits the columns, with a blank between them, to so many cells. */
void columns_fit(struct columns *t, const struct column *columns, int n, int width);

/* The headings; the column `sorted` (-1: none) carries an arrow. */
void columns_header(const struct columns *t, struct row *row, int sorted, bool descending);

/* Adds a cell to the row; call for each column in order, also for those left out. */
void columns_cell(const struct columns *t, struct row *row, int column, enum role role,
                  struct str text);

#endif
