/* A table of records of any kind and any length: which of them are shown (filter), in what order
 * (sort), under what labels (group). The one mechanism of all lists that are tables.
 *
 * Where items come from: a list of the store, whose items are ids and are read by key a page at a
 * time (listing_set_store), or the numbers 0 … n-1 of a list that its owner holds
 * (listing_set_items). The listing knows items by number alone; what one says, its owner tells.
 *
 *     list of the store ── no filter, no group, an order the store has ──> paging.h: rows by number
 *           │
 *           └── filter ── key of bytes ──> ordering.h: runs, merged ──> rows by number
 *                 ↑                             │
 *                 └── a filter that is typed on ┘  narrows what the one before it admitted
 *
 * Work is done in steps. Setting filter, sort or group does the first; listing_step the others,
 * while no key waits. Until then `pending` is set, and the rows are the best so far: those found,
 * or of a sorted list the first of those found. Memory is bounded (two orderings of some 8 MB);
 * what is longer goes to a file without a name. A row costs the same in any list.
 *
 * Sorting compares bytes: an empty cell stands last whichever way one sorts, equal ones stand in
 * the order of their source.
 *
 * Rows are made anew only when filter, sort or group are set: an item that changes so that the
 * filter would no longer admit it stays where it is until then. */
#ifndef APP_LISTING_H
#define APP_LISTING_H

#include "app/ordering.h"
#include "app/paging.h"
#include "baolan/buffer.h"
#include "baolan/pinyin.h"

#define LISTING_NO_COLUMN UINT32_MAX
#define LISTING_MOST_COLUMNS 32
#define LISTING_MOST_SPELLINGS 6
#define LISTING_NO_ITEM ((size_t)-1)

struct listing_ops {
    uint32_t n_columns;
    /* The names of a column as `sort`, `group` and COLUMN:WORD take it, in English and Chinese. */
    const char *(*name)(uint32_t column, bool shown);
    /* A cell's text, in `a` or living as long as the item; may be empty. */
    struct str (*cell)(void *context, size_t item, uint32_t column, struct arena *a);
    /* Adds the bytes that order the item by a column, none where the cell is empty; false: the
     * cell's text does. NULL: of every column. */
    bool (*key)(void *context, size_t item, uint32_t column, struct buffer *out);
    /* Gives the query the store's own order by a column; false: it has none. NULL: of no column. */
    bool (*order)(void *context, uint32_t column, struct list_query *query);
    /* The label that an item stands under when grouped by a column, in `a`. NULL: its cell. */
    struct str (*label)(void *context, size_t item, uint32_t column, struct arena *a);
    /* More that a filter's words are looked for in, beyond the cells; may be NULL. */
    struct str (*more)(void *context, size_t item, struct arena *a);
    /* Answers a word of the filter that is no text (>100亿元): 1 admits the item, 0 refuses it,
     * -1 leaves the word to be looked for as text. May be NULL. */
    int (*admit)(void *context, size_t item, struct str word);
    /* Puts other spellings of a filter's word, which admit as it does, into out, in `a` or living
     * as long as the listing, and returns how many, at most LISTING_MOST_SPELLINGS. May be NULL. */
    size_t (*spellings)(void *context, struct arena *a, struct str word, struct str *out);
};

struct listing_row {
    size_t item;  /* LISTING_NO_ITEM: a group's label (listing_label) */
    size_t first; /* the item itself, of a group its first */
    size_t count; /* items in the group; 0: not known yet */
};

struct listing {
    const struct listing_ops *ops;
    void *context;
    struct arena *kept, *words; /* texts of the filter; of the item in hand */
    struct arena *pages;
    const struct pinyin *pinyin; /* finds Chinese by letters in filters; may be NULL */
    struct str filter;           /* a copy in `kept` */
    uint32_t sort, group;        /* columns, or LISTING_NO_COLUMN */
    bool descending;
    struct store *store; /* NULL: items are numbers */
    struct list_query query;
    size_t n_items;       /* of the source */
    struct paging paging; /* rows where they are the store's */
    struct ordering orders[2];
    struct ordering *order;    /* the rows; NULL: all of the source in its own order */
    struct listing_scan *scan; /* what is in hand while it is pending */
    bool pending;              /* not all rows are known yet: listing_step */
    size_t seen;               /* items of the source that were looked at */
    size_t n_rows, n_shown;    /* rows, and items among them */
    struct error error;        /* of the last making: the rows are not all */
};

/* False where there is no memory. The listing is empty. */
bool listing_open(struct listing *l, const struct listing_ops *ops, void *context);
void listing_close(struct listing *l);

/* There are n items now, 0 … n-1; or those of a list of the store, whose texts the caller keeps.
 * Rows are made. `store` may be NULL: there are none. */
void listing_set_items(struct listing *l, size_t n_items);
void listing_set_store(struct listing *l, struct store *store, const struct list_query *query);

/* Filter: words parted by white space, all of which an item must have: a plain one in its text
 * (folded, as search does), COLUMN:WORD in that column, -WORD not. Empty: all. */
void listing_set_filter(struct listing *l, struct str filter);
void listing_set_sort(struct listing *l, uint32_t column, bool descending);
void listing_set_group(struct listing *l, uint32_t column);
/* All three, with the rows made once. */
void listing_set(struct listing *l, struct str filter, uint32_t sort, bool descending,
                 uint32_t group);

/* Goes on for some `most` items where it is pending; l->error tells of failures, which end it. */
void listing_step(struct listing *l, size_t most);
/* Goes on to the end. */
void listing_finish(struct listing *l);

/* A row, < n_rows, and the label of one that is a group. */
struct listing_row listing_row_at(const struct listing *l, size_t row);
struct str listing_label(const struct listing *l, const struct listing_row *row, struct arena *a);

/* Whether the filter in force admits an item. */
bool listing_admits(struct listing *l, size_t item);

/* The column of that name, in English, in Chinese, or (where there is a table of pinyin) by the
 * letters of the Chinese one; or LISTING_NO_COLUMN. */
uint32_t listing_column(const struct listing *l, struct str name);

/* The row that shows an item, or SIZE_MAX. */
size_t listing_row_of(const struct listing *l, size_t item);
/* Tells the row that the item had before, in this order and filter, or SIZE_MAX; see
 * paging_expect. */
void listing_expect(struct listing *l, size_t item, size_t row);

/* Bytes for listing_ops.key: in the order of the number; of decimals whatever their scale. */
void listing_key_number(struct buffer *out, uint64_t number);
void listing_key_decimal(struct buffer *out, int64_t digits, int32_t scale);

#endif
