/* Prose in the one form that the readers of quantities know (case kept, unlike baolan/fold.h):
 * full-width ASCII halved, traditional characters simplified, dashes and
 * ratio marks joined to `-`, `~`, `:`, white space dropped but for one space between two Latin
 * letters or digits. Each byte knows the byte of the prose it comes from. */
#ifndef BAOLAN_PARSE_PLAIN_H
#define BAOLAN_PARSE_PLAIN_H

#include "baolan/vector.h"

#include <stdint.h>

struct plain {
    struct str text;
    const uint32_t *at; /* of each byte of text, and of its end: the byte in the prose */
    VECTOR(char) bytes; /* reused from paragraph to paragraph */
    VECTOR(uint32_t) map;
};

/* Folds prose into *out, whose buffers grow in the arena and are used again by the next call. */
void plain_prose(struct arena *a, struct str prose, struct plain *out);

/* Bytes [start, end) of the plain text as they stand in the prose, white space dropped: a view
 * where there is none, else a copy in the arena. */
struct str plain_printed(struct arena *a, const struct plain *f, struct str prose, size_t start,
                         size_t end);

#endif
