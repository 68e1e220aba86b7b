/* A piece of a text around what was found in it, one line long. */
#ifndef BAOLAN_SNIPPET_H
#define BAOLAN_SNIPPET_H

#include "baolan/match.h"
#include "baolan/width.h"

struct snippet {
    struct str text;          /* `…` where it was cut; line ends and tabs are spaces */
    const struct span *marks; /* what the patterns match: bytes of the snippet, ascending */
    size_t n_marks;
};

/* The piece of text, at most `cells` wide, with focus (bytes of text) in its middle where text
 * enough stands on both sides. In the arena. */
void snippet_of(struct arena *a, struct str text, const struct pattern *patterns, size_t n,
                struct span focus, size_t cells, enum ambiguous ambiguous, struct snippet *out);

#endif
