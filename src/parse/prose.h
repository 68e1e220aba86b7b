/* What the stages after the page make of its prose: parts. Its
 * functions stand apart from page.h, whose names of numbering are the page's own. */
#ifndef PARSE_PROSE_H
#define PARSE_PROSE_H

#include "baolan/parse.h"

/* Bytes [from, to) of a prose, without white space at both ends. */
struct prose prose_sub(struct arena *a, const struct prose *prose, size_t from, size_t to);

/* Both, one after the other. */
struct prose prose_join(struct arena *a, const struct prose *first, const struct prose *second);

struct prose_list {
    struct prose *at;
    size_t n, room;
};

#endif
