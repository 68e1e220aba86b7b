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
    uint32_t ways;  /* a bit, shared by some, for each child: most characters lead to none */
};

/* The children of the root among 32 characters that follow each other. */
struct trie_row {
    uint32_t bits;   /* one for each that there is */
    uint32_t before; /* the node before the first of them */
};

/* Characters beyond these may begin a word of any filter. */
#define TRIE_FILTER_POINTS 0x10000u

/* Rules out places where no word of several tries begins (ends): a bit for each character that
 * does, and one, shared by some, for each word of one character and each pair that begins more. */
struct trie_filter {
    uint32_t *begins; /* NULL: it is empty */
    uint64_t *bits;
    uint32_t mask;   /* number of bits less one */
    uint32_t *marks; /* of all that is in it */
    size_t n_marks, room;
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

/* What stands for the edge character and the one next to it; next 0: for the character alone. */
static inline uint32_t trie_mark(uint32_t edge, uint32_t next)
{
    uint32_t hash = edge * 0x9E3779B1u ^ next * 0x85EBCA77u;
    return hash ^ hash >> 15;
}

static inline bool trie_filter_has(const struct trie_filter *f, uint32_t mark)
{
    mark &= f->mask;
    return (f->bits[mark / 64] >> mark % 64 & 1) != 0;
}

/* False where no word of those in the filter begins (backward: ends) with the character. */
static inline bool trie_filter_begins(const struct trie_filter *f, uint32_t edge)
{
    return f->begins != NULL &&
           (edge >= TRIE_FILTER_POINTS || (f->begins[edge / 32] >> edge % 32 & 1) != 0);
}

/* False where no word of those in the filter begins (backward: ends) with the character edge and
 * then next; most pairs are ruled out by it. */
static inline bool trie_filter_may(const struct trie_filter *f, uint32_t edge, uint32_t next)
{
    return trie_filter_begins(f, edge) &&
           (trie_filter_has(f, trie_mark(edge, next)) || trie_filter_has(f, trie_mark(edge, 0)));
}

/* False where no word begins (backward: ends) with the character. */
static inline bool trie_begins(const struct trie *t, uint32_t edge)
{
    uint32_t row = edge / 32 - t->first_row;
    return row < t->n_rows && (t->rows[row].bits >> edge % 32 & 1) != 0;
}

/* Adds the words of a trie that is finished to a filter. */
void trie_filter_add(struct arena *a, struct trie_filter *f, const struct trie *t);

/* trie_match where a word begins (ends) with the character point, which *at is behind already. */
uint32_t trie_match_from(const struct trie *t, struct str text, size_t at, uint32_t point,
                         size_t *edge);

/* trie_match, with the direction of the trie known where it is called. */
static inline uint32_t trie_match_toward(const struct trie *t, struct str text, size_t at,
                                         size_t *edge, bool backward)
{
    uint32_t point = backward ? utf8_previous(text, &at) : utf8_next(text, &at);
    return point != 0 && trie_begins(t, point) ? trie_match_from(t, text, at, point, edge)
                                               : TRIE_NONE;
}

/* The value of the longest word that stands in text at byte `at` (backward: that ends there), or
 * TRIE_NONE; *edge is the byte after it (backward: its first). Cost grows with that word's length
 * alone; most places are told to have none without a call. */
static inline uint32_t trie_match(const struct trie *t, struct str text, size_t at, size_t *edge)
{
    return trie_match_toward(t, text, at, edge, t->backward);
}

/* The value of exactly this word, or TRIE_NONE. */
uint32_t trie_find(const struct trie *t, struct str word);

#endif
