/* The one door to the heap, and arenas on top of it.
 *
 * All memory of the program comes from arenas: a document, a view, a query has one, and its records
 * go at once with it. An allocation in an arena never returns NULL. Where the heap is exhausted it
 * leaves the function that arena_protect called, which then returns STATUS_NO_MEMORY; so code that
 * builds records needs no check a line, and a test can fail every allocation in turn. */
#ifndef BAOLAN_MEMORY_H
#define BAOLAN_MEMORY_H

#include "baolan/status.h"
#include "baolan/str.h"

#include <stddef.h>
#include <stdint.h>

/* Heap blocks. NULL where there is no memory (or the hook below says so). */
void *mem_alloc(size_t n);
void mem_free(void *p);

/* Called before each mem_alloc and arena_alloc with the size asked for; returning false makes that
 * allocation fail. NULL, the default, allows all. For tests; set while one thread runs. */
typedef bool mem_hook(size_t n, void *context);
void mem_set_hook(mem_hook *hook, void *context);

struct arena;

/* A new empty arena, or NULL where there is no memory. Released with arena_free. */
struct arena *arena_new(void);

/* Releases the arena and all that was allocated in it; NULL is allowed. */
void arena_free(struct arena *a);

/* Forgets all that was allocated but keeps one block for reuse. */
void arena_reset(struct arena *a);

/* Bytes that the arena holds from the heap. */
size_t arena_size(const struct arena *a);

/* n bytes, aligned for any type, zeroed. Never NULL: see above. Outside arena_protect exhaustion
 * ends the program with a message and status 2. */
void *arena_alloc(struct arena *a, size_t n);

/* A block grown from old to n bytes with its contents kept; in place where it was the last one. */
void *arena_grow(struct arena *a, void *p, size_t old, size_t n);

#define arena_new_of(a, type) ((type *)arena_alloc((a), sizeof(type)))
#define arena_array(a, type, count) ((type *)arena_alloc((a), sizeof(type) * (size_t)(count)))

/* A copy of s in the arena, with a NUL after it that does not count. */
struct str str_dup(struct arena *a, struct str s);

/* The same as a C string. */
char *str_dup_c(struct arena *a, struct str s);

/* A copy of n bytes; p may be NULL where n is 0. */
void *arena_dup(struct arena *a, const void *p, size_t n);

/* printf into the arena. */
struct str str_printf(struct arena *a, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* A mark of how full the arena is, and the return to it: what was allocated since is forgotten. */
struct arena_mark {
    void *block;
    size_t used;
};
struct arena_mark arena_mark(struct arena *a);
void arena_release(struct arena *a, struct arena_mark mark);

/* Runs body(context) so that exhaustion in this arena inside it returns STATUS_NO_MEMORY from here,
 * with *e filled. Else what body returned. Protections nest; the innermost one catches. */
enum status arena_protect(struct arena *a, enum status (*body)(void *context), void *context,
                          struct error *e);

#endif
