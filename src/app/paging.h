/* A list of the store as rows by number, however long it is: only ids are kept, and only of the
 * pages that were looked at. A page is read by key from the nearest place that is known, so that
 * the first row, the last one and the neighbours of what is in sight cost the same in any library.
 */
#ifndef APP_PAGING_H
#define APP_PAGING_H

#include "baolan/store.h"

enum { PAGING_ROWS = 128 }; /* ids that are read at once */

struct paging {
    struct arena *arena; /* the caller's, of the pages alone: reset with each paging_read */
    struct store *store;
    struct list_query query; /* its strings are the caller's, and outlive the list */
    int64_t version;         /* of the store when the list was read: see store_data_version */
    size_t count;            /* rows */
    uint32_t **pages;        /* ids of page i; NULL: not read yet */
    uint32_t expected;       /* an id and its row, where that is known beforehand; or 0 */
    size_t expected_row;
};

/* Begins a list in place of the one before: counts its rows, reads none. `store` may be NULL: no
 * rows. The arena is the paging's alone; freed by the caller. Where it fails the list is empty. */
enum status paging_read(struct paging *p, struct arena *arena, struct store *store,
                        const struct list_query *query, struct error *e);

/* The id of row `index` (< count); 0 where it cannot be read: the library has changed since. */
uint32_t paging_id(struct paging *p, size_t index);

/* The row of an id; SIZE_MAX where the list does not have it. Unless it is on a page that was
 * looked at, or expected, that costs a walk over the index from its beginning, some ten million
 * rows a second. */
size_t paging_row(struct paging *p, uint32_t id);

/* A hash of the query: of two lists that differ in order or filter it differs. */
uint64_t paging_identity(const struct paging *p);

/* Tells the row that an id had in this very list while the library stood as it stands now (see
 * store_totals, commits), so that paging_row finds it in any library at the same cost. SIZE_MAX:
 * it is not known. */
void paging_expect(struct paging *p, uint32_t id, size_t row);

#endif
