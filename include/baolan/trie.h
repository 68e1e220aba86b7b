/* A set of words, to find the longest one that begins or ends at a place of a text. In an arena.
 *
 * Edges are kept in one open hash table, so that a character costs one probe; places where no
 * word's first (or, backward, last) two characters stand cost a look at two bits. */
#ifndef BAOLAN_TRIE_H
#define BAOLAN_TRIE_H

#include "baolan/memory.h"

#include <stdint.h>

struct trie_edge {
    uint32_t from;  /* node, 0 the root */
    uint32_t point; /* the character */
    uint32_t to;    /* 0: a free slot */
    uint32_t value; /* of the word that ends here, + 1; 0: none does */
};

struct trie {
    struct arena *arena;
    bool backward; /* words are matched from their ends */
    struct trie_edge *edges;
    size_t n_slots, n_edges; /* n_slots is a power of two; nodes are numbered as edges come */
    uint64_t *singles;       /* a bit for each word of one character; 65,536 bits */
    uint64_t *pairs; /* a bit, shared by some, for each pair that begins (ends) a longer word */
};

static inline struct trie trie_in(struct arena *a, bool backward)
{
    return (struct trie){.arena = a, .backward = backward};
}

/* Adds word, which is not empty, with a value below UINT32_MAX; a word known already gets the new
 * one. Words are not copied. */
void trie_add(struct trie *t, struct str word, uint32_t value);

#define TRIE_NONE UINT32_MAX

/* The bit of a pair: the edge character and the one next to it. */
static inline uint32_t trie_pair(uint32_t edge, uint32_t next)
{
    return (edge * 0x9E37u ^ next * 0x3D4Du) & 0xFFFF;
}

static inline bool trie_bit(const uint64_t *bits, uint32_t at)
{
    return (bits[at / 64] >> at % 64 & 1) != 0;
}

/* False where no word begins (backward: ends) with the character edge and then next; most pairs are
 * ruled out so without a look into the table. */
static inline bool trie_may_match(const struct trie *t, uint32_t edge, uint32_t next)
{
    return t->singles != NULL &&
           (trie_bit(t->singles, edge & 0xFFFF) || trie_bit(t->pairs, trie_pair(edge, next)));
}

/* The value of the longest word that stands in text at byte `at` (backward: that ends there), or
 * TRIE_NONE; *edge is the byte after it (backward: its first). Cost grows with that word's length
 * alone. */
uint32_t trie_match(const struct trie *t, struct str text, size_t at, size_t *edge);

#endif
