/* What the stages after the page make of its prose: parts, and an article's fingerprint. Its
 * functions stand apart from page.h, whose names of numbering are the page's own. */
#ifndef PARSE_PROSE_H
#define PARSE_PROSE_H

#include "baolan/parse.h"

/* Bytes [from, to) of a prose, without white space at both ends. */
struct prose prose_sub(struct arena *a, const struct prose *prose, size_t from, size_t to);

/* A fingerprint of an article's folded text for near copies: equal texts give equal ones, near
 * copies few differing bits. */
uint64_t article_fingerprint(const struct article *article);

#endif
