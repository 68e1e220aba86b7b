/* Pairs of neighbouring Han characters and quotation marks: what two texts have in common of them
 * tells how far they speak of the same. Nearly all words are of two characters, so no dictionary is
 * needed. */
#ifndef PARSE_PAIRS_H
#define PARSE_PAIRS_H

#include "baolan/str.h"

#include <stdbool.h>
#include <stdint.h>

/* The next pair of text from byte *at on, into *pair; *at is then where the search goes on. False
 * at the end. */
bool pair_next(struct str text, size_t *at, struct str *pair);

/* How many pairs of `words`, each as often as it stands there, text has too. Takes the product of
 * both lengths: one of them should be a line. */
unsigned pairs_shared(struct str words, struct str text);

/* The pairs of one text, to compare many others with; now and then one seems to be in it that is
 * not. Up to some hundred pairs. */
struct pair_set {
    uint64_t bits[128];
};

/* Makes it the pairs of text. */
void pair_set_fill(struct pair_set *set, struct str text);
/* How many pairs of text are in it; *all: how many it has. */
unsigned pair_set_shared(const struct pair_set *set, struct str text, unsigned *all);

#endif
