/* Sets of passages as ranges of ids, with the bytes that made a passage one of them. */
#ifndef BAOLAN_STORE_RANGES_H
#define BAOLAN_STORE_RANGES_H

#include "baolan/vector.h"

#include <stdint.h>

struct range {
    uint32_t first, end;  /* ids */
    uint32_t start, stop; /* bytes of the passage, where it is one alone; else equal */
};

struct ranges {
    struct range *at;
    size_t n, room;
};

/* Sorts, and joins what overlaps; neighbours stay apart. */
void ranges_settle(struct ranges *r);
/* Both settled; the result is. */
struct ranges ranges_both(struct arena *a, const struct ranges *left, const struct ranges *right);
/* What of [1, end) is not in r. */
struct ranges ranges_without(struct arena *a, const struct ranges *r, uint32_t end);

/* The range that id lies in, or NULL. *cursor begins at 0 and moves on with ascending ids. */
const struct range *ranges_find(const struct ranges *r, size_t *cursor, uint32_t id);

#endif
