/* What of a list is shown, in its order: items given one by one, each with a key of bytes, and then
 * had by row. Sorted a run at a time and the runs merged, so that memory is bounded (some 8 MB)
 * whatever the number of items; what is more is in a spool's file. Until all runs are merged the
 * first rows are known: the best so far. */
#ifndef APP_ORDERING_H
#define APP_ORDERING_H

#include "baolan/spool.h"
#include "baolan/vector.h"

/* Bytes of a key at most; what is longer is cut. Rows that are known while it is sorted. */
enum { ORDERING_KEY_MOST = 600, ORDERING_HEAD = 256 };

struct ordering_run {
    uint64_t at, end; /* in `records` */
};

struct ordering {
    struct arena *arena, *work; /* of what is kept, and of what sorting needs */
    bool sorted;                /* else rows stand as they are given */
    bool whole;                 /* every row is known */
    uint32_t n_given;
    uint32_t n_items, n_groups; /* that can be asked for */
    struct spool items, groups; /* an item a row; the first item's row of each group: uint32_t */
    unsigned char *group;       /* the key of the last group */
    size_t group_n;
    struct spool records;
    VECTOR(struct ordering_run) runs;
    unsigned char *run; /* in hand */
    size_t run_n;
    VECTOR(uint32_t) offsets; /* of its records */
    struct ordering_head *head, *next_head;
    struct ordering_merge *merge; /* NULL: not begun */
};

/* False where there is no memory. */
bool ordering_open(struct ordering *o);
void ordering_close(struct ordering *o);

/* Forgets all, for a list that is sorted by key or stands as it comes. */
void ordering_begin(struct ordering *o, bool sorted);

/* A row: its key is compared byte by byte, and of equal ones the first given comes first; the
 * first `group_n` bytes tell its group. Unsorted, only `group_n` > 0 matters: a group begins. */
enum status ordering_add(struct ordering *o, uint32_t item, struct str key, size_t group_n,
                         struct error *e);

/* Has the best of what was given among the rows that are shown, where there are none yet. */
enum status ordering_show(struct ordering *o, struct error *e);

/* To be called after the last, until it is `whole`: merges some `most` rows more. */
enum status ordering_merge(struct ordering *o, size_t most, struct error *e);

/* The item of a row < n_items; 0 where it cannot be read. */
uint32_t ordering_item(const struct ordering *o, uint32_t row);
/* The row of a group's first item. */
uint32_t ordering_group(const struct ordering *o, uint32_t group);
/* The row of an item, UINT32_MAX where it has none (that is known). Goes through the rows. */
uint32_t ordering_row(const struct ordering *o, uint32_t item);

#endif
