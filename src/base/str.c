#include "baolan/str.h"

#include <stdint.h>

size_t str_find(struct str s, struct str part, size_t from)
{
    if (part.n == 0 || from > s.n || s.n - from < part.n)
        return STR_NONE;
    /* Most Han characters begin with one of six bytes; their last bytes tell them apart. */
    size_t key = part.n >= 3 && (unsigned char)part.p[0] >= 0xE0 ? 2 : 0;
    const char *at = s.p + from + key;
    const char *end = s.p + s.n - part.n + 1 + key;
    /* One Han character is what is looked for most, in short stretches: no call is worth its cost.
     */
    enum { SHORT = 24 };
    if (part.n == 3 && key == 2 && end - at <= SHORT) {
        for (; at < end; at++)
            if (at[0] == part.p[2] && at[-1] == part.p[1] && at[-2] == part.p[0])
                return (size_t)(at - key - s.p);
        return STR_NONE;
    }
    while ((at = memchr(at, part.p[key], (size_t)(end - at))) != NULL) {
        if (at[-(ptrdiff_t)(key / 2)] == part.p[key - key / 2] &&
            memcmp(at - key, part.p, part.n) == 0)
            return (size_t)(at - key - s.p);
        if (++at == end)
            break;
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
