/* A list of the store by row number, of which only the rows near the last one asked for are in
 * memory: a list of a million rows costs what a page of it costs. */
#ifndef APP_PAGER_H
#define APP_PAGER_H

#include "baolan/store.h"

/* Ids kept at a time. */
enum { PAGER_ROOM = 512 };

struct pager {
    struct store *store; /* NULL: an empty list */
    struct list_query query;
    uint64_t count;
    uint32_t ids[PAGER_ROOM];
    size_t first, n; /* ids[0, n) are rows [first, first + n) */
};

/* Makes the list of a query; strings of the query must live as long. */
enum status pager_open(struct pager *p, struct store *store, const struct list_query *query,
                       struct error *e);

/* The id at a row, 0 where there is none (any more). */
uint32_t pager_id(struct pager *p, size_t row);

/* The same without reading: 0 where the row is not in memory. The store may be closed. */
uint32_t pager_peek(const struct pager *p, size_t row);

/* The row of an id: `near` where it stands there, else where it stands among the rows around, else
 * SIZE_MAX. */
size_t pager_row(struct pager *p, uint32_t id, size_t near);

#endif
