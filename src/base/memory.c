#include "baolan/memory.h"
#include "baolan/vector.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

static mem_hook *hook;
static void *hook_context;

void mem_set_hook(mem_hook *new_hook, void *context)
{
    hook = new_hook;
    hook_context = context;
}

static bool is_allowed(size_t n)
{
    return hook == NULL || hook(n, hook_context);
}

void *mem_alloc(size_t n)
{
    return is_allowed(n) ? malloc(n) : NULL;
}

void mem_free(void *p)
{
    free(p);
}

/* Blocks are a list, the newest first. */
struct block {
    struct block *older;
    size_t size, used;
    _Alignas(max_align_t) char bytes[];
};

struct trap {
    jmp_buf back;
    struct trap *outer;
};

struct arena {
    struct block *newest;
    size_t held;
    struct trap *trap;
};

#define BLOCK_LEAST ((size_t)8 << 10)
#define BLOCK_MOST ((size_t)1 << 20)

struct arena *arena_new(void)
{
    struct arena *a = mem_alloc(sizeof *a);
    if (a != NULL)
        *a = (struct arena){NULL, 0, NULL};
    return a;
}

static void free_blocks_down_to(struct arena *a, const struct block *keep)
{
    while (a->newest != keep) {
        struct block *b = a->newest;
        a->newest = b->older;
        a->held -= b->size;
        mem_free(b);
    }
}

void arena_free(struct arena *a)
{
    if (a == NULL)
        return;
    free_blocks_down_to(a, NULL);
    mem_free(a);
}

void arena_reset(struct arena *a)
{
    struct block *kept = a->newest;
    if (kept == NULL)
        return;
    /* The newest is the largest but for those of one large piece, which are not worth keeping. */
    while (kept->older != NULL && kept->size > BLOCK_MOST)
        kept = kept->older;
    free_blocks_down_to(a, kept);
    a->newest = kept->older;
    free_blocks_down_to(a, NULL);
    *kept = (struct block){.size = kept->size};
    a->newest = kept;
    a->held = kept->size;
}

size_t arena_size(const struct arena *a)
{
    return a->held;
}

static _Noreturn void fail(struct arena *a)
{
    if (a->trap != NULL)
        longjmp(a->trap->back, 1);
    fputs("baolan: out of memory\n", stderr);
    exit(2);
}

static size_t aligned(size_t n)
{
    const size_t to = _Alignof(max_align_t);
    return (n + to - 1) / to * to;
}

static void add_block(struct arena *a, size_t least)
{
    size_t size = a->newest == NULL ? BLOCK_LEAST : a->newest->size * 2;
    if (size > BLOCK_MOST)
        size = BLOCK_MOST;
    if (size < least)
        size = least;
    struct block *b = mem_alloc(sizeof *b + size);
    if (b == NULL)
        fail(a);
    *b = (struct block){.older = a->newest, .size = size};
    a->newest = b;
    a->held += size;
}

/* n bytes, of which the first `filled` are for the caller to fill; the others are zeroed. */
static inline void *take(struct arena *a, size_t n, size_t filled)
{
    if (n > SIZE_MAX / 4)
        fail(a);
    if (!is_allowed(n))
        fail(a);
    n = aligned(n == 0 ? 1 : n);
    if (a->newest == NULL || a->newest->size - a->newest->used < n)
        add_block(a, n);
    char *p = a->newest->bytes + a->newest->used;
    a->newest->used += n;
    memset(p + filled, 0, n - filled);
    return p;
}

void *arena_alloc(struct arena *a, size_t n)
{
    return take(a, n, 0);
}

/* A block grown from old to n bytes; its new bytes are zeroed where asked. */
static void *grow(struct arena *a, void *p, size_t old, size_t n, bool zeroed)
{
    if (n <= old)
        return p;
    if (n > SIZE_MAX / 4)
        fail(a);
    struct block *b = a->newest;
    size_t held = aligned(old == 0 ? 1 : old);
    size_t wanted = aligned(n);
    if (p != NULL && b != NULL && (char *)p + held == b->bytes + b->used &&
        b->size - b->used >= wanted - held) {
        if (zeroed)
            memset((char *)p + old, 0, wanted - old);
        b->used += wanted - held;
        return p;
    }
    void *grown = take(a, n, zeroed ? old : wanted);
    if (old > 0)
        memcpy(grown, p, old);
    return grown;
}

void *arena_grow(struct arena *a, void *p, size_t old, size_t n)
{
    return grow(a, p, old, n, true);
}

struct str str_dup(struct arena *a, struct str s)
{
    return (struct str){str_dup_c(a, s), s.n};
}

char *str_dup_c(struct arena *a, struct str s)
{
    char *p = arena_alloc(a, s.n + 1);
    if (s.n > 0)
        memcpy(p, s.p, s.n);
    return p;
}

void *arena_dup(struct arena *a, const void *p, size_t n)
{
    void *copy = take(a, n, aligned(n == 0 ? 1 : n));
    if (n > 0)
        memcpy(copy, p, n);
    return copy;
}

struct str str_printf(struct arena *a, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int n = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    struct str s = {NULL, n < 0 ? 0 : (size_t)n};
    char *p = arena_alloc(a, s.n + 1);
    vsnprintf(p, s.n + 1, format, again);
    va_end(again);
    s.p = p;
    return s;
}

struct arena_mark arena_mark(struct arena *a)
{
    return (struct arena_mark){a->newest, a->newest == NULL ? 0 : a->newest->used};
}

void arena_release(struct arena *a, struct arena_mark mark)
{
    free_blocks_down_to(a, mark.block);
    if (a->newest != NULL)
        a->newest->used = mark.used;
}

enum status arena_protect(struct arena *a, enum status (*body)(void *context), void *context,
                          struct error *e)
{
    struct trap trap = {.outer = a->trap};
    if (setjmp(trap.back) != 0) {
        a->trap = trap.outer;
        return error_set(e, STATUS_NO_MEMORY, "out of memory");
    }
    a->trap = &trap;
    enum status status = body(context);
    a->trap = trap.outer;
    return status;
}

void *vector_grow_(struct arena *a, void *at, size_t size, size_t *room, size_t least)
{
    size_t wanted = *room < 8 ? 8 : *room * 2;
    if (wanted < least)
        wanted = least;
    if (wanted > SIZE_MAX / 8 / size)
        fail(a);
    at = grow(a, at, *room * size, wanted * size, false);
    *room = wanted;
    return at;
}
