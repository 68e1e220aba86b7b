/* A table of records of any kind: which of them are shown (filter), in what order (sort), under
 * what labels (group). It knows items by number alone; what an item says, its owner tells.
 *
 * Rows are made anew only when filter, sort or group are set: an item that changes so that the
 * filter would no longer admit it stays where it is until then. */
#ifndef APP_LISTING_H
#define APP_LISTING_H

#include "baolan/memory.h"
#include "baolan/pinyin.h"

#include <stdint.h>

#define LISTING_NO_COLUMN UINT32_MAX
#define LISTING_MOST_COLUMNS 32
#define LISTING_NO_RANK UINT64_MAX
#define LISTING_NO_ITEM ((size_t)-1)

struct listing_ops {
    uint32_t n_columns;
    /* The names of a column as `sort`, `group` and COLUMN:WORD take it, in English and Chinese. */
    const char *(*name)(uint32_t column, bool shown);
    /* A cell's text, in `a` or living as long as the item; may be empty. */
    struct str (*cell)(void *context, size_t item, uint32_t column, struct arena *a);
    /* The order of two items by a column, neither of whose cells is empty; NULL: that of the cells'
     * text. An empty cell stands last whichever way one sorts. */
    int (*compare)(void *context, size_t left, size_t right, uint32_t column);
    /* The label that an item stands under when grouped by a column. NULL: its cell. */
    struct str (*label)(void *context, size_t item, uint32_t column, struct arena *a);
    /* A number that orders items as a column does, above 0; 0: the cell is empty. For lists that
     * are gone through once (listing_scan), and where there is no `compare`; NULL or
     * LISTING_NO_RANK where a column has none. */
    uint64_t (*rank)(void *context, size_t item, uint32_t column);
    /* More that a filter's words are looked for in, beyond the cells; may be NULL. */
    struct str (*more)(void *context, size_t item, struct arena *a);
    /* Answers a word of the filter that is no text (>100亿元): 1 admits the item, 0 refuses it,
     * -1 leaves the word to be looked for as text. May be NULL. */
    int (*admit)(void *context, size_t item, struct str word);
};

struct listing_row {
    size_t item;      /* LISTING_NO_ITEM: a group's label */
    struct str label; /* of a group */
    size_t count;     /* items in the group */
};

/* Items of a list that was gone through, which stand under one label. */
struct listing_group {
    size_t first;     /* its first item in the order */
    struct str label; /* p == NULL: not yet asked for */
};

struct listing {
    const struct listing_ops *ops;
    void *context;
    size_t n_items;
    struct arena *kept;          /* filter texts and rows; reset with each making */
    struct arena *words;         /* folded text of the items; reset by listing_set_items */
    struct str *folded;          /* of item i; p == NULL: not yet made. NULL: too many to keep */
    struct str hand;             /* of the item in hand, where they are too many */
    const struct pinyin *pinyin; /* finds Chinese by letters in filters; may be NULL */
    struct str filter;           /* a copy in `kept` */
    uint32_t sort, group;        /* columns, or LISTING_NO_COLUMN */
    bool descending;
    bool whole; /* every item is a row, in the order that its owner gives them: see below */
    const struct listing_row *rows; /* NULL where it is whole: see listing_row_at */
    const uint32_t *order;          /* where it is whole: the items that are rows; NULL: all */
    struct listing_group *groups;   /* of them, and where each begins */
    size_t n_groups;
    struct listing_scan *scan; /* while it is gone through */
    size_t n_rows, n_shown;    /* rows, and items among them */
};

/* A row, < n_rows. */
struct listing_row listing_row_at(const struct listing *l, size_t row);

/* Both arenas are the listing's alone; freed by the caller. */
void listing_begin(struct listing *l, const struct listing_ops *ops, void *context,
                   struct arena *kept, struct arena *words);

/* There are n items now; texts remembered of them are forgotten, and the rows are made. */
void listing_set_items(struct listing *l, size_t n_items);

/* The same for a list too long to be gone through: each item is a row, nothing is read. How it is
 * sorted the listing says, and its owner does; a filter or group is for listing_set_items. */
void listing_set_whole(struct listing *l, size_t n_items);

/* A list too long for memory that is filtered, grouped or sorted otherwise than its owner can: the
 * owner gives each item once, and a number each is kept of those that the filter admits. While an
 * item is given, the operations are asked about it and no other; afterwards about those in sight.
 * Rows are in the order of the ranks; of a column without any, in the order that they are given,
 * which then is its own. */
void listing_scan_begin(struct listing *l);
void listing_scan_add(struct listing *l, uint32_t item);
void listing_scan_end(struct listing *l);

/* What an item says changed: the next filter reads it anew. Its row stays. */
void listing_touch(struct listing *l, size_t item);

/* Filter: words parted by white space, all of which an item must have: a plain one in its text
 * (folded, as search does), COLUMN:WORD in that column, -WORD not. Empty: all. */
void listing_set_filter(struct listing *l, struct str filter);
void listing_set_sort(struct listing *l, uint32_t column, bool descending);
void listing_set_group(struct listing *l, uint32_t column);

/* The column of that name, in English, in Chinese, or (where there is a table of pinyin) by the
 * letters of the Chinese one; or LISTING_NO_COLUMN. */
uint32_t listing_column(const struct listing *l, struct str name);

/* The row that shows an item, or SIZE_MAX. */
size_t listing_row_of(const struct listing *l, size_t item);

#endif
