/* A growing string in an arena: what is written piece by piece and then taken as a struct str. */
#ifndef BAOLAN_BUFFER_H
#define BAOLAN_BUFFER_H

#include "baolan/memory.h"

#include <stdint.h>

struct buffer {
    struct arena *arena;
    char *p;
    size_t n, room;
};

static inline struct buffer buffer_in(struct arena *a)
{
    return (struct buffer){a, NULL, 0, 0};
}

void buffer_add(struct buffer *b, struct str s);
void buffer_add_c(struct buffer *b, const char *c);
/* Makes room for so many bytes more. */
void buffer_reserve(struct buffer *b, size_t more);
static inline void buffer_add_byte(struct buffer *b, char c)
{
    if (b->room - b->n < 2)
        buffer_reserve(b, 1);
    b->p[b->n++] = c;
}
/* Appends the code point as UTF-8; a surrogate or a value past U+10FFFF becomes U+FFFD. */
void buffer_add_point(struct buffer *b, uint32_t point);
void buffer_printf(struct buffer *b, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* What was written so far; holds until the next write. */
static inline struct str buffer_str(const struct buffer *b)
{
    return (struct str){b->p, b->n};
}

/* The same, ended by a NUL that does not count. */
const char *buffer_c(struct buffer *b);

#endif
