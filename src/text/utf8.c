#include "baolan/utf8.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#ifdef __SSE2__
/* Bytes of the Han characters that stand in a row at p, of the five that may. */
static inline unsigned han_bytes(const char *p)
{
    enum { ALL = 0x7FFF, LEADS = 0x1249 }; /* a bit for each byte: every third begins one */
    __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)p);
    __m128i above = _mm_sub_epi8(bytes, _mm_set1_epi8((char)0xE4));
    __m128i lead = _mm_cmpeq_epi8(_mm_min_epu8(above, _mm_set1_epi8(0xE9 - 0xE4)), above);
    __m128i rest = _mm_cmplt_epi8(bytes, _mm_set1_epi8((char)0xC0)); /* signed: 80 to BF */
    unsigned right = ((unsigned)_mm_movemask_epi8(lead) & LEADS) |
                     ((unsigned)_mm_movemask_epi8(rest) & (ALL & ~LEADS));
    return right == ALL ? 15 : (unsigned)__builtin_ctz(~right) / 3 * 3;
}
#endif

size_t utf8_han_end(struct str s, size_t at)
{
#ifdef __SSE2__
    while (at + sizeof(__m128i) <= s.n) {
        unsigned n = han_bytes(s.p + at);
        at += n;
        if (n < 15)
            return at;
    }
#endif
    const unsigned char *p = (const unsigned char *)s.p;
    while (at + 3 <= s.n && utf8_is_han_lead(s.p[at]) &&
           ((p[at + 1] ^ 0x80) | (p[at + 2] ^ 0x80)) < 0x40)
        at += 3;
    return at;
}

uint32_t utf8_next_rare(struct str s, size_t *at)
{
    const unsigned char *p = (const unsigned char *)s.p + *at;
    size_t left = s.n - *at;
    if (p[0] < 0x80) {
        *at += 1;
        return p[0];
    }
    if (p[0] >= 0xC2 && p[0] < 0xE0 && left >= 2 && (p[1] & 0xC0) == 0x80) {
        *at += 2;
        return (uint32_t)(p[0] & 0x1F) << 6 | (p[1] & 0x3F);
    }
    if ((p[0] & 0xF0) == 0xE0 && left >= 3 && (p[1] & 0xC0) == 0x80 && (p[2] & 0xC0) == 0x80) {
        uint32_t c = (uint32_t)(p[0] & 0x0F) << 12 | (uint32_t)(p[1] & 0x3F) << 6 | (p[2] & 0x3F);
        if (c >= 0x800 && (c < 0xD800 || c >= 0xE000)) {
            *at += 3;
            return c;
        }
    }
    if (p[0] >= 0xF0 && p[0] < 0xF5 && left >= 4 && (p[1] & 0xC0) == 0x80 &&
        (p[2] & 0xC0) == 0x80 && (p[3] & 0xC0) == 0x80) {
        uint32_t c = (uint32_t)(p[0] & 0x07) << 18 | (uint32_t)(p[1] & 0x3F) << 12 |
                     (uint32_t)(p[2] & 0x3F) << 6 | (p[3] & 0x3F);
        if (c >= 0x10000 && c <= 0x10FFFF) {
            *at += 4;
            return c;
        }
    }
    *at += 1;
    return 0xFFFD;
}

uint32_t utf8_previous_rare(struct str s, size_t *at)
{
    if (*at == 0 || *at > s.n)
        return 0;
    size_t start = *at - 1;
    while (start > 0 && *at - start < 4 && ((unsigned char)s.p[start] & 0xC0) == 0x80)
        start--;
    size_t after = start;
    uint32_t point = utf8_next(s, &after);
    if (after != *at) {
        *at -= 1;
        return 0xFFFD;
    }
    *at = start;
    return point;
}

size_t utf8_count(struct str s)
{
    size_t count = 0;
    for (size_t at = 0; at < s.n; count++)
        utf8_next(s, &at);
    return count;
}

size_t utf8_count_valid(struct str s)
{
    const uint64_t ones = 0x0101010101010101u;
    size_t count = s.n, at = 0;
    for (; s.n - at >= sizeof ones; at += sizeof ones) {
        uint64_t bytes;
        memcpy(&bytes, s.p + at, sizeof bytes);
        /* A bit for each byte that goes on with a character, 10xxxxxx; their sum is the highest. */
        count -= (size_t)(((bytes >> 7 & ~bytes >> 6) & ones) * ones >> 56);
    }
    for (; at < s.n; at++)
        count -= ((unsigned char)s.p[at] & 0xC0) == 0x80;
    return count;
}

size_t utf8_write(uint32_t point, char out[4])
{
    if (point > 0x10FFFF || (point >= 0xD800 && point < 0xE000))
        point = 0xFFFD;
    if (point < 0x80) {
        out[0] = (char)point;
        return 1;
    }
    size_t n = point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    static const unsigned char lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
    for (size_t i = n; i-- > 1; point >>= 6)
        out[i] = (char)(0x80 | (point & 0x3F));
    out[0] = (char)(lead[n] | point);
    return n;
}

bool point_is_punctuation(uint32_t c)
{
    if (c < 0x80)
        return c > ' ' && c < 0x7F && !point_is_digit(c) && !point_is_latin(c);
    return (c >= 0xA1 && c <= 0xBF && c != 0xAA && c != 0xB2 && c != 0xB3 && c != 0xB9 &&
            c != 0xBA) ||
           (c >= 0x2010 && c <= 0x2027) || (c >= 0x2030 && c <= 0x205E) ||
           (c >= 0x3001 && c <= 0x3004) || (c >= 0x3008 && c <= 0x3020) || c == 0x30FB ||
           (c >= 0xFF01 && c <= 0xFF0F) || (c >= 0xFF1A && c <= 0xFF20) ||
           (c >= 0xFF3B && c <= 0xFF40) || (c >= 0xFF5B && c <= 0xFF65) ||
           (c >= 0xFE30 && c <= 0xFE6B) || c == 0x2236;
}

struct str str_whole(struct str s)
{
    while (s.n > 0 && ((unsigned char)s.p[0] & 0xC0) == 0x80)
        s = str_sub(s, 1, s.n);
    size_t n = s.n;
    while (n > 0 && ((unsigned char)s.p[n - 1] & 0xC0) == 0x80)
        n--;
    if (n == 0)
        return s;
    unsigned char lead = (unsigned char)s.p[n - 1];
    size_t wants = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    return n - 1 + wants <= s.n ? s : str_sub(s, 0, n - 1);
}
