/* A set of words, to find the longest one that begins or ends at a place of a text. In an arena.
 *
 * Edges are kept in one open hash table, so that a character costs one probe; places where no
 * word's first (or, backward, last) character stands cost one look at a bit. */
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
    uint64_t
        *first; /* a bit for each character of the BMP that begins (ends) a word; 65,536 bits */
};

static inline struct trie trie_in(struct arena *a, bool backward)
{
    return (struct trie){.arena = a, .backward = backward};
}

/* Adds word, which is not empty, with a value below UINT32_MAX; a word known already gets the new
 * one. Words are not copied. */
void trie_add(struct trie *t, struct str word, uint32_t value);

#define TRIE_NONE UINT32_MAX

/* The value of the longest word that stands in text at byte `at` (backward: that ends there), or
 * TRIE_NONE; *edge is the byte after it (backward: its first). Cost grows with that word's length
 * alone. */
uint32_t trie_match(const struct trie *t, struct str text, size_t at, size_t *edge);

#endif
