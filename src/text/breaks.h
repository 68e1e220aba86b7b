/* Where a line of Chinese prose may break: UAX #14, then what Chinese setting adds. */
#ifndef TEXT_BREAKS_H
#define TEXT_BREAKS_H

#include "baolan/lexicon.h"

/* In order of freedom. */
enum break_kind {
    BREAK_NEVER, /* would part a mark from its word, or a number */
    BREAK_GLUED, /* better not: number and unit, a short title */
    BREAK_FREE,
};

/* For each byte of text whether a line may end before it, as an enum break_kind; text.n + 1
 * elements in the arena. */
const unsigned char *breaks_find(struct arena *a, struct str text, const struct lexicon *units);

/* Marks that may not begin a line: ，。、；：！？）》」』”’… */
bool break_is_closing(uint32_t point);
/* Marks that may not end a line: （《「『“‘ */
bool break_is_opening(uint32_t point);
/* 。！？； and their narrow forms but for the full stop, which decimals have. */
bool break_is_stop(uint32_t point);

#endif
