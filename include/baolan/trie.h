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

/* Rules out most places where no word can begin: a bit, shared by some, for each character that
 * begins (ends) a word, for each word of one character, and for each pair that begins a longer one.
 * Small, so that it stays near. */
struct trie_filter {
    uint64_t *bits;
    uint32_t mask;   /* number of bits less one; 0: it is empty */
    uint32_t *marks; /* of all that is in it */
    size_t n_marks, room;
};

struct trie {
    struct arena *arena;
    bool backward; /* words are matched from their ends */
    struct trie_edge *edges;
    size_t n_slots, n_edges;   /* n_slots is a power of two; nodes are numbered as edges come */
    struct trie_filter filter; /* what its words begin (end) with */
};

static inline struct trie trie_in(struct arena *a, bool backward)
{
    return (struct trie){.arena = a, .backward = backward};
}

/* Adds word, which is not empty, with a value below UINT32_MAX; a word known already gets the new
 * one. Words are not copied. */
void trie_add(struct trie *t, struct str word, uint32_t value);

#define TRIE_NONE UINT32_MAX

/* What stands for the edge character and the one next to it; next 0: for the character alone. */
static inline uint32_t trie_mark(uint32_t edge, uint32_t next)
{
    uint32_t hash = edge * 0x9E3779B1u ^ next * 0x85EBCA77u;
    return hash ^ hash >> 15;
}

/* In place of the next character: for what begins any word. */
#define TRIE_ANY 0x110000u

static inline bool trie_filter_has(const struct trie_filter *f, uint32_t mark)
{
    mark &= f->mask;
    return (f->bits[mark / 64] >> mark % 64 & 1) != 0;
}

/* False where no word of those in the filter begins (backward: ends) with the character. */
static inline bool trie_filter_begins(const struct trie_filter *f, uint32_t edge)
{
    return f->mask != 0 && trie_filter_has(f, trie_mark(edge, TRIE_ANY));
}

/* False where no word of those in the filter begins (backward: ends) with the character edge and
 * then next; most pairs are ruled out by it. */
static inline bool trie_filter_may(const struct trie_filter *f, uint32_t edge, uint32_t next)
{
    return f->mask != 0 &&
           (trie_filter_has(f, trie_mark(edge, next)) || trie_filter_has(f, trie_mark(edge, 0)));
}

static inline bool trie_may_match(const struct trie *t, uint32_t edge, uint32_t next)
{
    return trie_filter_may(&t->filter, edge, next);
}

/* Adds to a filter all that another one lets through. */
void trie_filter_join(struct arena *a, struct trie_filter *f, const struct trie_filter *other);

/* The value of the longest word that stands in text at byte `at` (backward: that ends there), or
 * TRIE_NONE; *edge is the byte after it (backward: its first). Cost grows with that word's length
 * alone. */
uint32_t trie_match(const struct trie *t, struct str text, size_t at, size_t *edge);

#endif
