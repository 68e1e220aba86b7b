/* The folded form of text, in which things are compared and searched: full-width forms as
 * half-width ones, compatibility forms as what they stand for (① is 1, ㎡ is m2), lower case,
 * simplified for traditional characters, one form of quotes and dashes, characters without width
 * dropped. Made from the Unicode Character Database (data/unicode). Folding twice changes nothing.
 */
#ifndef BAOLAN_FOLD_H
#define BAOLAN_FOLD_H

#include "baolan/memory.h"
#include "baolan/span.h"

#include <stdint.h>

/* Where a run of folded text comes from: folded[at, …) and source[source, …) run byte for byte in
 * step up to the next run, or, where not `step`, all of it comes from one character. */
struct fold_run {
    uint32_t at, source;
    bool step;
};

struct folded {
    struct str text;
    struct str source; /* what was folded, by reference */
    const struct fold_run *runs;
    size_t n_runs;
};

/* Folds source (below 4 GB) into the arena. Invalid bytes become U+FFFD. */
void fold(struct arena *a, struct str source, struct folded *out);

/* The folded text alone: source itself where folding changes nothing. */
struct str fold_str(struct arena *a, struct str source);

/* The simplified form of a traditional character; any other point as it is. */
uint32_t fold_han(uint32_t point);

/* Moves *at, in valid text, beyond the Han characters of U+4E00 to U+9FFF that stand there and that
 * folding leaves as they are: nearly all of a text, without a look at each by its caller. */
void fold_skip_plain_han(struct str text, size_t *at);

/* A bit (UTF8_BIT) for each character of valid text that has a simplified form: 0 in nearly all
 * texts, and one or two in most others, as 著 has one. */
uint64_t fold_traditional(struct str text);

/* Valid text with each traditional character as the simplified one where that has as many bytes, so
 * that places in both are the same; text itself where nothing changes. Looks only at characters
 * whose bits are among those that fold_traditional gave of text or of what it is a part of;
 * UINT64_MAX where that is not known. */
struct str fold_han_str(struct arena *a, struct str text, uint64_t bits);

/* Byte of the source that the folded character at byte `at` comes from. */
size_t folded_source_start(const struct folded *f, size_t at);
/* The span of the source that folded bytes [start, end) come from. */
struct span folded_source_span(const struct folded *f, size_t start, size_t end);

#endif
