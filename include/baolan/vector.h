/* Growing arrays in an arena.
 *
 *     VECTOR(struct line) lines = {0};
 *     vector_push(arena, &lines, line);
 *     for (size_t i = 0; i < lines.n; i++) use(lines.at[i]);
 */
#ifndef BAOLAN_VECTOR_H
#define BAOLAN_VECTOR_H

#include "baolan/memory.h"

#define VECTOR(type)    \
    struct {            \
        type *at;       \
        size_t n, room; \
    }

/* Room for count more elements. */
#define vector_reserve(arena, v, count)                                                 \
    ((v)->n + (size_t)(count) > (v)->room                                               \
         ? (void)((v)->at = vector_grow_((arena), (v)->at, sizeof *(v)->at, &(v)->room, \
                                         (v)->n + (size_t)(count)))                     \
         : (void)0)

/* Appends a copy of item. */
#define vector_push(arena, v, item) \
    (vector_reserve((arena), (v), 1), (void)((v)->at[(v)->n++] = (item)))

/* Appends a zeroed element and gives its address, which holds until the next growth. */
#define vector_add(arena, v)                                                            \
    (vector_reserve((arena), (v), 1), vector_zero_((v)->at, sizeof *(v)->at, (v)->n++), \
     (v)->at + (v)->n - 1)

#define vector_last(v) ((v)->at[(v)->n - 1])

/* For the macros above alone. */
void *vector_grow_(struct arena *a, void *at, size_t size, size_t *room, size_t least);
static inline void vector_zero_(void *at, size_t size, size_t index)
{
    memset((char *)at + size * index, 0, size);
}

#endif
