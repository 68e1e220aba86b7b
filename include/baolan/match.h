/* What it means that words stand in a text: the rule of search, of highlighting and of the search
 * within a page.
 *
 * Words and text are compared folded (fold.h), punctuation included: 云河 does not stand in 云，河.
 * White space of the text is passed over wherever it parts no letters and no digits, so that a hard
 * line end or letter-spacing hides nothing. Letters match as whole words and digits as whole
 * figures (6.5 does not stand in 386.5), or, for a prefix pattern, as the beginning of one. */
#ifndef BAOLAN_MATCH_H
#define BAOLAN_MATCH_H

#include "baolan/segment.h"

struct pattern {
    struct str text; /* folded; a space only where letters or digits must be parted */
    bool prefix;     /* the last word or figure may go on */
};

/* The pattern of words, which live in the arena. */
struct pattern pattern_of(struct arena *a, struct str words, bool prefix);

/* True where the pattern has a character that the index knows. */
bool pattern_has_tokens(const struct pattern *p);

/* The first match in folded text at or after byte from: its bytes there. */
bool pattern_find(const struct pattern *p, struct str folded, size_t from, struct span *out);

/* All matches of any of n patterns in source, as spans of source that ascend and do not overlap;
 * their number is returned. Cost is linear in the source for each pattern. */
size_t pattern_find_all(struct arena *a, const struct pattern *patterns, size_t n,
                        struct str source, struct span **out);

#endif
