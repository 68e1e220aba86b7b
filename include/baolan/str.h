/* Strings as views: a pointer and a length in bytes, never owned, never NUL-terminated by contract.
 *
 * A view into an arena lives as long as the arena. What outlives it is copied by a function whose
 * name ends in _dup. */
#ifndef BAOLAN_STR_H
#define BAOLAN_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct str {
    const char *p;
    size_t n;
};

/* The view of a string literal. */
#define STR(literal) ((struct str){(literal), sizeof(literal) - 1})
/* The same as a constant initialiser. */
#define STR_INIT(literal)              \
    {                                  \
        (literal), sizeof(literal) - 1 \
    }
/* The two arguments that "%.*s" takes. Only for ASCII padding-free printing. */
#define STR_ARG(s) (int)(s).n, (s).p

/* A view of the NUL-terminated string c; c may be NULL, which gives the empty view. */
static inline struct str str_of(const char *c)
{
    return (struct str){c, c == NULL ? 0 : strlen(c)};
}

/* Whether n bytes are the same. Han characters differ most in their last bytes: looking there first
 * saves nearly every call. */
static inline bool str_same_bytes(const char *a, const char *b, size_t n)
{
    return n == 0 || (a[n - 1] == b[n - 1] && memcmp(a, b, n) == 0);
}

static inline bool str_eq(struct str a, struct str b)
{
    return a.n == b.n && str_same_bytes(a.p, b.p, a.n);
}

static inline bool str_starts(struct str s, struct str with)
{
    return s.n >= with.n && str_same_bytes(s.p, with.p, with.n);
}

static inline bool str_ends(struct str s, struct str with)
{
    return s.n >= with.n && (with.n == 0 || str_same_bytes(s.p + s.n - with.n, with.p, with.n));
}

/* Bytes [from, to) of s; both are clipped to s. */
static inline struct str str_sub(struct str s, size_t from, size_t to)
{
    if (s.n == 0)
        return s; /* its p may be NULL, to which nothing can be added */
    if (to > s.n)
        to = s.n;
    if (from > to)
        from = to;
    return (struct str){s.p + from, to - from};
}

#define STR_NONE ((size_t)-1)

/* Where part first stands in s at or after byte from, or STR_NONE. The empty part is never found.
 */
size_t str_find(struct str s, struct str part, size_t from);

/* Where part last stands in s, or STR_NONE. */
size_t str_find_last(struct str s, struct str part);

static inline bool str_has(struct str s, struct str part)
{
    return str_find(s, part, 0) != STR_NONE;
}

/* How many bytes a and b have in common where they begin (end). */
size_t str_common_beginning(struct str a, struct str b);
size_t str_common_end(struct str a, struct str b);

/* s without ASCII white space and U+3000 at both ends. */
struct str str_trim(struct str s);

/* Order by bytes, which for UTF-8 is the order by code points: <0, 0, >0. */
int str_cmp(struct str a, struct str b);

/* Splits *rest at the first byte separator: returns what stands before it and moves *rest past it.
 * The last piece leaves *rest with p == NULL, which ends a loop. */
struct str str_split(struct str *rest, char separator);

#endif
