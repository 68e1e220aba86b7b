/* A set of words, to find the longest one that begins or ends at a place of a text. In an arena.
 *
 * Words are gathered in a hash table of edges; trie_finish then lays the nodes out level by level,
 * the children of one beside each other and in order, so that what is matched stays in few cache
 * lines. Only then are words found. */
#ifndef BAOLAN_TRIE_H
#define BAOLAN_TRIE_H

#include "baolan/memory.h"
#include "baolan/utf8.h"

struct trie_edge {
    uint32_t from;  /* node, 0 the root */
    uint32_t point; /* the character */
    uint32_t to;    /* 0: a free slot */
    uint32_t value; /* of the word that ends here, + 1; 0: none does */
};

struct trie_node {
    uint32_t first; /* its children are those from here to the next node's first */
    uint32_t value; /* as above */
    uint64_t ways;  /* a bit (UTF8_BIT) for each child: most characters lead to none */
};

/* The children of the root among 32 characters that follow each other. */
struct trie_row {
    uint32_t bits;   /* one for each that there is */
    uint32_t before; /* the node before the first of them */
};

struct trie {
    struct arena *arena;
    bool backward; /* words are matched from their ends */
    struct trie_edge *edges;
    size_t n_slots, n_edges; /* n_slots is a power of two; nodes are numbered as edges come */
    /* Made by trie_finish: nodes[0] is the root, points[i] leads to nodes[i]; the rows reach from
     * the root's first child to its last. */
    struct trie_node *nodes;
    uint32_t *points;
    struct trie_row *rows;
    uint32_t first_row, n_rows;
    uint64_t begins[UTF8_ROWS]; /* the root's children once more, for loops over whole texts */
};

static inline struct trie trie_in(struct arena *a, bool backward)
{
    return (struct trie){.arena = a, .backward = backward};
}

/* Adds word, which is not empty, with a value below UINT32_MAX; a word known already gets the new
 * one. Words are not copied. It is found after the next trie_finish. */
void trie_add(struct trie *t, struct str word, uint32_t value);

/* Makes all words that were added findable. Cost grows with their length in all. */
void trie_finish(struct trie *t);

#define TRIE_NONE UINT32_MAX

/* False where no word begins (backward: ends) with the character. */
static inline bool trie_begins(const struct trie *t, uint32_t edge)
{
    uint32_t row = edge / 32 - t->first_row;
    return row < t->n_rows && (t->rows[row].bits >> edge % 32 & 1) != 0;
}

/* trie_match where a word of a forward trie begins with the character point, which `at` is behind
 * already, or one of a backward trie ends with it, which `at` is before. */
uint32_t trie_match_forward(const struct trie *t, struct str text, size_t at, uint32_t point,
                            size_t *edge);
uint32_t trie_match_backward(const struct trie *t, struct str text, size_t at, uint32_t point,
                             size_t *edge);

/* The first character at or behind byte *at of valid text that a word of a forward trie begins
 * with, and *at its place, *next the byte behind it; 0 where there is none. For whole texts. */
uint32_t trie_seek(const struct trie *t, struct str text, size_t *at, size_t *next);

/* trie_match, with the direction of the trie known where it is called. */
static inline uint32_t trie_match_toward(const struct trie *t, struct str text, size_t at,
                                         size_t *edge, bool backward)
{
    uint32_t point = backward ? utf8_previous(text, &at) : utf8_next(text, &at);
    if (point == 0 || !trie_begins(t, point))
        return TRIE_NONE;
    return backward ? trie_match_backward(t, text, at, point, edge)
                    : trie_match_forward(t, text, at, point, edge);
}

/* The value of the longest word that stands in text at byte `at` (backward: that ends there), or
 * TRIE_NONE; *edge is the byte after it (backward: its first). Cost grows with that word's length
 * alone; most places are told to have none without a call. */
static inline uint32_t trie_match(const struct trie *t, struct str text, size_t at, size_t *edge)
{
    return trie_match_toward(t, text, at, edge, t->backward);
}

#endif
