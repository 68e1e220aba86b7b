/* The one division of text into tokens, for import, query and highlighting: each Han character (and
 * kana, hangul syllable) is a token, each run of letters and each run of digits is one; punctuation
 * and white space are none. Tokens are of the folded text. */
#ifndef BAOLAN_SEGMENT_H
#define BAOLAN_SEGMENT_H

#include "baolan/fold.h"

/* Raised where the tokens of some text change: indexes made before are stale. */
#define SEGMENT_VERSION 1

/* What a folded character is to search. */
enum point_class { CLASS_MARK, CLASS_SPACE, CLASS_HAN, CLASS_LETTER, CLASS_DIGIT };

enum point_class point_class(uint32_t point);

struct token {
    struct str text;    /* in the folded text */
    struct span folded; /* its place there; folded_source_span tells the place in the source */
    enum point_class kind;
};

/* The token at or after byte *at of folded text; moves *at past it. False where there is none. A
 * run of more than 64 bytes is divided. */
bool segment_next(struct str folded, size_t *at, struct token *out);

/* The tokens of source with a space between, for an FTS5 table with the `ascii` tokenizer. */
struct str segment_join(struct arena *a, struct str source);

#endif
