/* A range of bytes [start, end) in some text; which one, the owner says. */
#ifndef BAOLAN_SPAN_H
#define BAOLAN_SPAN_H

#include "baolan/str.h"

struct span {
    size_t start, end;
};

static inline struct str span_of(struct str text, struct span s)
{
    return str_sub(text, s.start, s.end);
}

static inline bool span_is_empty(struct span s)
{
    return s.end <= s.start;
}

static inline bool span_overlaps(struct span a, struct span b)
{
    return a.start < b.end && b.start < a.end;
}

#endif
