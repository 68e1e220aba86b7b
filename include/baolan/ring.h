/* History: one ring of places that back and forward walk symmetrically. A place is never a row of
 * the screen: it names a record and a byte in it, and quotes the text there, so that it is found
 * again after a resize, a new start, or a new parse. */
#ifndef BAOLAN_RING_H
#define BAOLAN_RING_H

#include "baolan/memory.h"

#include <stdbool.h>
#include <stdint.h>

/* One row a view: id, name as commands and the configuration spell it, its tab's digit or 0. */
#define VIEW_TABLE(X)                   \
    X(VIEW_LIBRARY, "library", 1)       \
    X(VIEW_PROPOSALS, "proposals", 2)   \
    X(VIEW_INDICATORS, "indicators", 3) \
    X(VIEW_NAMES, "names", 4)           \
    X(VIEW_FINDINGS, "findings", 5)     \
    X(VIEW_SEARCH, "search", 0)         \
    X(VIEW_READER, "reader", 0)         \
    X(VIEW_LINKS, "links", 0)           \
    X(VIEW_PLACES, "places", 0)         \
    X(VIEW_HELP, "help", 0)             \
    X(VIEW_CORRECTIONS, "corrections", 0)

enum view_id {
#define X(id, name, digit) id,
    VIEW_TABLE(X)
#undef X
        VIEW_COUNT
};

const char *view_name(enum view_id id);
/* VIEW_COUNT where there is none of that name. */
enum view_id view_named(struct str name);

/* Where one was. */
struct ring_place {
    enum view_id view;
    int64_t record;      /* what the view lists: a document, an article, a proposal …; 0: none */
    uint32_t part;       /* of the record: a paragraph's index, or NONE */
    uint32_t offset;     /* byte in that part's prose */
    uint32_t link;       /* the focused link, or UINT32_MAX */
    uint32_t behind;     /* of the reader: 1 + the view behind it, or 0: not known */
    uint32_t above;      /* lines of the window above it when it was left: a hint */
    uint32_t row;        /* 1 + the record's row in its list, or 0: not known */
    int64_t row_of;      /* tells that list, and the library as it stood (see ui_keep_row) */
    struct str anchor;   /* the text there, a few characters; may be empty */
    struct str state;    /* filter, sort: what the view needs besides; may be empty */
    struct str found_by; /* of a place kept from an earlier run, whose record may have another id by
                            now: how it is found, in the interface's own words; else empty */
};

struct ring;

/* A ring of at most `room` places in the arena; the oldest fall out. */
struct ring *ring_new(struct arena *a, size_t room);

/* Leaves `from` and arrives at `to`: what lay forward is kept behind the arrival only where it is
 * the same journey (going again to where forward would lead); else it is dropped. Strings are
 * copied. */
void ring_go(struct ring *r, const struct ring_place *from, const struct ring_place *to);

/* The place one step back (forward) with `now` remembered for the way back; NULL at the end. Valid
 * until the ring changes. */
const struct ring_place *ring_back(struct ring *r, const struct ring_place *now);
const struct ring_place *ring_forward(struct ring *r, const struct ring_place *now);

/* Fills the ring with places kept from an earlier run, oldest first; one stands at `index`. */
void ring_keep(struct ring *r, const struct ring_place *places, size_t n, size_t index);

/* For a list of places and for saving: count, the index one stands at, and place i, oldest first.
 */
size_t ring_count(const struct ring *r);
size_t ring_index(const struct ring *r);
const struct ring_place *ring_at(const struct ring *r, size_t i);

#endif
