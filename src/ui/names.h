/* View 4's state, and the page of one name: everywhere it stands, its figures, its neighbours, the
 * proposals that speak of it, or its counts. */
#ifndef UI_NAMES_H
#define UI_NAMES_H

#include "app/name_counts.h"
#include "app/name_index.h"
#include "ui/grid.h"
#include "ui/name_edit.h"
#include "ui/sheet.h"

/* What a line of the page is. */
enum names_entry {
    NAME_TITLE,
    NAME_SPELLING,
    NAME_SECTION,
    NAME_SOURCE,
    NAME_MENTION,
    NAME_FIGURE,
    NAME_NEIGHBOUR,
    NAME_PROPOSAL,
    NAME_COUNT,
};

struct names {
    struct view *view;
    struct name_index index;
    struct store *loaded_from;
    int64_t loaded_version;
    struct grid grid;
    uint32_t entity; /* of the page, or 0: the list */
    struct arena *record, *lines;
    bool counting; /* the page is of its counts by year and place */
    bool summed;   /* what they are made of was read */
    struct name_sums sums;
    int64_t sums_until; /* clock_nanoseconds */
    struct name_page page;
    uint32_t page_of; /* the name whose page was read last, or 0 */
    struct sheet sheet;
    struct name_here here;
    bool index_read; /* a page needs no list: it is read when it is looked at */
};

/* Makes the page of n->entity, which was read, at the view's width; the focus stays on its line. */
void names_fill_page(struct names *n);

/* Reads what the counts of the name are made of while no key waits; false where one did before that
 * was done. */
bool names_sum_up(struct names *n);

#endif
