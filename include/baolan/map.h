/* A hash map from strings to pointers or numbers, in an arena. Keys are not copied: they must live
 * as long as the map. Iteration is in order of insertion. */
#ifndef BAOLAN_MAP_H
#define BAOLAN_MAP_H

#include "baolan/memory.h"

struct map_entry {
    struct str key;
    uint64_t hash;
    union {
        void *pointer;
        size_t number;
    } value;
};

struct map {
    struct arena *arena;
    struct map_entry *at; /* at[0..n) in order of insertion */
    size_t n, room;
    uint32_t *slots; /* index + 1 into at, 0 for free */
    size_t n_slots;  /* a power of two, or 0 */
};

static inline struct map map_in(struct arena *a)
{
    return (struct map){.arena = a};
}

/* What map_get does where there are keys. */
struct map_entry *map_find(const struct map *m, struct str wanted);

/* The entry of a key, or NULL. Holds until the next map_put of a new key. */
static inline struct map_entry *map_get(const struct map *m, struct str wanted)
{
    return m->n == 0 ? NULL : map_find(m, wanted);
}

/* The entry of key, made with a zero value where there was none; *is_new (may be NULL) tells. */
struct map_entry *map_put(struct map *m, struct str key, bool *is_new);

/* A 64-bit hash of bytes, eight at a time; the same in every run on machines of one byte order. */
uint64_t hash_bytes(const void *p, size_t n);

#endif
