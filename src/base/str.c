#include "baolan/str.h"

#include <stdint.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* Whether the first n bytes of part stand before `at`: they are few, and a call costs more. */
static inline bool has_beginning(const char *at, const char *part, size_t n)
{
    for (at -= n; n > 0 && *at == *part; n--)
        at++, part++;
    return n == 0;
}

static size_t find_byte(struct str s, char byte, size_t from)
{
    const char *found = memchr(s.p + from, byte, s.n - from);
    return found == NULL ? STR_NONE : (size_t)(found - s.p);
}

#ifdef __SSE2__
enum { PLACES = 16 };
typedef __m128i bytes;

static inline bytes bytes_of(char c)
{
    return _mm_set1_epi8(c);
}

/* A bit for each of the PLACES places from `at` on where these two bytes stand. */
static inline uint32_t find_pairs(const char *at, bytes first, bytes second)
{
    bytes here = _mm_loadu_si128((const __m128i *)(const void *)at);
    bytes next = _mm_loadu_si128((const __m128i *)(const void *)(at + 1));
    return (uint32_t)_mm_movemask_epi8(
        _mm_and_si128(_mm_cmpeq_epi8(here, first), _mm_cmpeq_epi8(next, second)));
}
#else
enum { PLACES = 1 };
typedef char bytes;

static inline bytes bytes_of(char c)
{
    return c;
}

static inline uint32_t find_pairs(const char *at, bytes first, bytes second)
{
    return at[0] == first && at[1] == second;
}
#endif

/* Most Han characters begin with one of six bytes. So a part is looked for by its last two bytes,
 * which stand together in few other places. */
size_t str_find(struct str s, struct str part, size_t from)
{
    if (part.n == 0 || from > s.n || s.n - from < part.n)
        return STR_NONE;
    if (part.n == 1)
        return find_byte(s, part.p[0], from);
    const size_t before = part.n - 2;
    const char *at = s.p + from + before, *end = s.p + s.n - 1;
    if (end - at < PLACES) {
        for (; at < end; at++)
            if (at[1] == part.p[before + 1] && at[0] == part.p[before] &&
                has_beginning(at, part.p, before))
                return (size_t)(at - s.p) - before;
        return STR_NONE;
    }
    const bytes first = bytes_of(part.p[before]), second = bytes_of(part.p[before + 1]);
    for (; at < end; at += PLACES) {
        if (end - at < PLACES) /* some places are looked at twice */
            at = end - PLACES;
        for (uint32_t pairs = find_pairs(at, first, second); pairs != 0; pairs &= pairs - 1) {
            const char *found = at + __builtin_ctz(pairs);
            if (has_beginning(found, part.p, before))
                return (size_t)(found - s.p) - before;
        }
    }
    return STR_NONE;
}

/* The last place of byte in p[from, to), or STR_NONE. Eight bytes that do not have it are passed at
 * a time: their differences from it have no zero byte. */
static size_t find_last_byte(const char *p, size_t from, size_t to, char byte)
{
    const uint64_t ones = 0x0101010101010101u;
    const uint64_t wanted = ones * (unsigned char)byte;
    for (; to - from >= sizeof wanted; to -= sizeof wanted) {
        uint64_t eight;
        memcpy(&eight, p + to - sizeof eight, sizeof eight);
        eight ^= wanted;
        if (((eight - ones) & ~eight & ones << 7) != 0)
            break;
    }
    while (to > from)
        if (p[--to] == byte)
            return to;
    return STR_NONE;
}

size_t str_find_last(struct str s, struct str part)
{
    if (part.n == 0 || s.n < part.n)
        return STR_NONE;
    size_t first = part.n - 1; /* no part ends before it */
    for (size_t end = s.n; (end = find_last_byte(s.p, first, end, part.p[first])) != STR_NONE;)
        if (memcmp(s.p + end - first, part.p, part.n) == 0)
            return end - first;
    return STR_NONE;
}

static const char ideographic_space[] = "\xe3\x80\x80";

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

struct str str_trim(struct str s)
{
    const struct str wide = STR(ideographic_space);
    for (;;) {
        if (s.n > 0 && is_blank(s.p[0]))
            s = str_sub(s, 1, s.n);
        else if (str_starts(s, wide))
            s = str_sub(s, wide.n, s.n);
        else
            break;
    }
    for (;;) {
        if (s.n > 0 && is_blank(s.p[s.n - 1]))
            s.n--;
        else if (str_ends(s, wide))
            s.n -= wide.n;
        else
            break;
    }
    return s;
}

int str_cmp(struct str a, struct str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int order = n == 0 ? 0 : memcmp(a.p, b.p, n);
    if (order != 0)
        return order;
    return (a.n > b.n) - (a.n < b.n);
}

struct str str_split(struct str *rest, char separator)
{
    struct str piece = *rest;
    const char *at = rest->n == 0 ? NULL : memchr(rest->p, separator, rest->n);
    if (at == NULL) {
        *rest = (struct str){NULL, 0};
        return piece;
    }
    piece.n = (size_t)(at - rest->p);
    *rest = str_sub(*rest, piece.n + 1, rest->n);
    return piece;
}

size_t str_common_beginning(struct str a, struct str b)
{
    size_t n = 0;
    while (n < a.n && n < b.n && a.p[n] == b.p[n])
        n++;
    return n;
}

size_t str_common_end(struct str a, struct str b)
{
    size_t n = 0;
    while (n < a.n && n < b.n && a.p[a.n - 1 - n] == b.p[b.n - 1 - n])
        n++;
    return n;
}
