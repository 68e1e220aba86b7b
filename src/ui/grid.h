/* What the views that are tables have in common: columns that fit the pane, headings that say how
 * the list is sorted, labels of groups, and the commands that sort, filter and group. */
#ifndef UI_GRID_H
#define UI_GRID_H

#include "app/listing.h"
#include "ui/view.h"

/* Columns of one table at most. */
enum { GRID_COLUMNS_MOST = 16 };

struct grid_column {
    uint32_t column;   /* of the listing */
    const char *label; /* a msgid */
    int least, most;   /* cells */
    int rank;          /* those of the highest rank leave a narrow pane first; 0: never */
    enum align align;
};

struct grid {
    struct listing *listing;
    const struct grid_column *columns;
    size_t n_columns;
    int widths[GRID_COLUMNS_MOST]; /* 0: not shown */
    uint32_t uncut; /* 1 + the column of which no cell in sight is cut, as far as `most` goes: what
                       a person sets; 0: none */
    /* Those that the reader chose, in his order, where `columns` is them; and all there are. */
    struct grid_column chosen[GRID_COLUMNS_MOST];
    const struct grid_column *all;
    size_t n_all;
    const uint32_t *groups; /* columns that `group` goes through; NULL: those that are shown */
    size_t n_groups;
    size_t painted; /* items that were looked at when rows were last shown */
    bool speaks;    /* rows are sentences, each cell with its column's name */
    /* What is said behind a group's label of its items, rows [from, from + count); may be NULL. */
    struct str (*summary)(void *context, size_t from, size_t count, struct arena *a);
    /* A cell as it is shown, where that is not as the listing has it; may be NULL. */
    struct str (*shown)(void *context, size_t item, uint32_t column, struct arena *a);
    /* How a cell is drawn; NULL: as text. */
    enum role (*role)(void *context, size_t item, uint32_t column);
};

/* Gives each column its width in the view's pane. */
void grid_fit(struct grid *t, const struct view *v);

size_t grid_count(const struct grid *t);
void grid_row(const struct grid *t, size_t index, struct row *row);
/* Adds rows [first, end) whole, all columns, parted by tabs. */
void grid_plain(const struct grid *t, size_t first, size_t end, struct buffer *out);
/* The row of column headings: 1; 0 where rows say them. */
size_t grid_header(const struct grid *t, struct row *row);

/* The item in a row, or LISTING_NO_ITEM for a label or past the end. */
size_t grid_item(const struct grid *t, size_t row);
/* Moves the focus to an item's row; false where it is not shown. */
bool grid_focus(const struct grid *t, struct view *v, size_t item);
/* Keeps the row of the focus in a place, where the rows are the store's. */
void grid_keep_row(const struct grid *t, const struct view *v, struct ring_place *place);
/* The same as grid_focus for the item of a place that is gone back to, which may know its row. */
bool grid_return(const struct grid *t, struct view *v, size_t item, const struct ring_place *place);

/* Shows the columns of these names, in their order; none: all, as at first. False, and the first
 * name that is no column in *unknown, where one is not known: nothing changes. */
bool grid_choose(struct grid *t, struct str names, struct str *unknown);

/* True for the commands that are about the whole list, not only about what is in sight: it is
 * finished first. */
bool grid_wants_all(enum command id);
/* Goes on with the list's rows while no key waits: REACT_VIEW now and then, and REACT_NONE where
 * nothing is left to do. To be called at rest. */
reaction grid_idle(struct grid *t, struct view *v);
/* How far the list has come, for the status line, where it has not come to its end. */
void grid_progress(const struct grid *t, struct row *out);
/* Answers sort, sort-reverse, group, columns and export (what is listed, as CSV, never over a file
 * that is there); REACT_PASS for what else. The focus stays on its item. */
reaction grid_command(struct grid *t, struct view *v, enum command id, struct str argument);
/* Filters, with the focus kept on its item where it is still shown. */
void grid_filter(struct grid *t, struct view *v, struct str text);

/* Sort, group and filter as one text for a place's state, and back. */
struct str grid_state(const struct grid *t, struct arena *a);
void grid_restore(struct grid *t, struct view *v, struct str state);

#endif
