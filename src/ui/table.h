/* What the views that are tables have in common: columns that fit the pane, headings that say how
 * the list is sorted, labels of groups, and the commands that sort, filter and group. */
#ifndef UI_TABLE_H
#define UI_TABLE_H

#include "app/listing.h"
#include "ui/view.h"

/* Columns of one table at most. */
enum { TABLE_COLUMNS_MOST = 16 };

struct table_column {
    uint32_t column; /* of the listing */
    const char *zh, *en;
    int least, most; /* cells */
    int rank;        /* those of the highest rank leave a narrow pane first; 0: never */
    enum align align;
};

struct table {
    struct listing *listing;
    const struct table_column *columns;
    size_t n_columns;
    int widths[TABLE_COLUMNS_MOST]; /* 0: not shown */
    /* How a cell is drawn; NULL: as text. */
    enum role (*role)(void *context, size_t item, uint32_t column);
};

/* Gives each column its width in a pane of `width` cells. */
void table_fit(struct table *t, int width);

size_t table_count(const struct table *t);
void table_row(const struct table *t, size_t index, struct row *row);
/* The row of column headings. */
void table_header(const struct table *t, struct row *row);

/* The item in a row, or LISTING_NO_ITEM for a label or past the end. */
size_t table_item(const struct table *t, size_t row);
/* Moves the focus to an item's row; false where it is not shown. */
bool table_focus(const struct table *t, struct view *v, size_t item);

/* Answers sort, sort-reverse and group; REACT_PASS for what else. The focus stays on its item. */
reaction table_command(struct table *t, struct view *v, enum command id, struct str argument);
/* Filters, with the focus kept on its item where it is still shown. */
void table_filter(struct table *t, struct view *v, struct str text);

/* Sort, group and filter as one text for a place's state, and back. */
struct str table_state(const struct table *t, struct arena *a);
void table_restore(struct table *t, struct view *v, struct str state);

#endif
