/* Code points of UTF-8 text, and what kind of character each is as far as Chinese pages care.
 *
 * Text inside the program is valid UTF-8 without controls (see decode.h); these functions still
 * never read past the end and always advance, whatever the bytes. */
#ifndef BAOLAN_UTF8_H
#define BAOLAN_UTF8_H

#include "baolan/str.h"

#include <stdint.h>

/* The code point that three bytes at p spell; 0 where they spell none, and for those that begin
 * with E0 or ED, of which some must not be spelt so. */
static inline uint32_t utf8_three(const unsigned char *p)
{
    unsigned lead = p[0] - 0xE1u;
    uint32_t middle = p[1] ^ 0x80u, last = p[2] ^ 0x80u;
    bool whole = (lead < 0xED - 0xE1 || lead - (0xEE - 0xE1) < 2) && (middle | last) < 0x40;
    return whole ? (p[0] & 0x0Fu) << 12 | middle << 6 | last : 0;
}

/* What utf8_next does where no character of one or three bytes stands that it reads itself. */
uint32_t utf8_next_rare(struct str s, size_t *at);

/* The code point at byte *at of s; moves *at past it. U+FFFD, and one byte, for an invalid one. 0
 * at the end, without moving. ASCII and Han, which are nearly all, are read here. */
static inline uint32_t utf8_next(struct str s, size_t *at)
{
    size_t i = *at;
    if (i + 3 <= s.n) {
        unsigned char byte = (unsigned char)s.p[i];
        if (byte < 0x80) {
            *at = i + 1;
            return byte;
        }
        uint32_t c = utf8_three((const unsigned char *)s.p + i);
        if (c != 0) {
            *at = i + 3;
            return c;
        }
    }
    return i >= s.n ? 0 : utf8_next_rare(s, at);
}

/* The code point at byte at, 0 at the end. */
static inline uint32_t utf8_at(struct str s, size_t at)
{
    return utf8_next(s, &at);
}

/* Whether a Han character (U+4000 to U+9FFF) of valid text begins with the byte. */
static inline bool utf8_is_han_lead(char byte)
{
    return (unsigned char)(byte - 0xE4) <= 0xE9 - 0xE4;
}

/* Moves *at past Han characters (U+4000 to U+9FFF) of valid text: loops that look for marks go
 * through the rest alone. */
static inline void utf8_skip_han(struct str s, size_t *at)
{
    while (*at + 3 <= s.n && utf8_is_han_lead(s.p[*at]))
        *at += 3;
}

/* Where the Han characters that stand in a row from byte `at` of any bytes end: as above, but what
 * is none, and what a cut left of one, ends them. */
size_t utf8_han_end(struct str s, size_t at);

/* The bit of a character among those that utf8_skip_han_but stops at. */
#define UTF8_BIT(c) ((uint64_t)1 << ((c)&63))

/* utf8_skip_han up to a character whose bit is in stops: loops that look for a few Han characters
 * see one in ten of the others. */
static inline void utf8_skip_han_but(struct str s, size_t *at, uint64_t stops)
{
    while (*at + 3 <= s.n && utf8_is_han_lead(s.p[*at]) && (stops >> (s.p[*at + 2] & 63) & 1) == 0)
        *at += 3;
}

/* A set of characters, told by their low twelve bits, which few share: a bit (UTF8_BIT) of a row.
 */
enum { UTF8_ROWS = 64 };
#define UTF8_ROW(c) ((c) >> 6 & (UTF8_ROWS - 1))
static inline void utf8_rows_add(uint64_t rows[UTF8_ROWS], uint32_t c)
{
    rows[UTF8_ROW(c)] |= UTF8_BIT(c);
}

/* False where the character is none of the set. */
static inline bool utf8_rows_have(const uint64_t rows[UTF8_ROWS], uint32_t c)
{
    return (rows[UTF8_ROW(c)] & UTF8_BIT(c)) != 0;
}

/* False where the last character of valid text is none of the set. */
static inline bool utf8_rows_may_end(const uint64_t rows[UTF8_ROWS], struct str text)
{
    if (text.n == 0)
        return false;
    unsigned char last = (unsigned char)text.p[text.n - 1];
    unsigned row = last < 0x80   ? last >> 6
                   : text.n >= 2 ? (unsigned char)text.p[text.n - 2] & (UTF8_ROWS - 1)
                                 : 0;
    return (rows[row] >> (last & 63) & 1) != 0;
}

/* utf8_skip_han up to a character that may be of the set. */
static inline void utf8_skip_han_outside(struct str s, size_t *at, const uint64_t rows[UTF8_ROWS])
{
    size_t i = *at;
    for (; i + 3 <= s.n; i += 3) {
        const unsigned char *p = (const unsigned char *)s.p + i;
        if ((unsigned char)(p[0] - 0xE4) > 0xE9 - 0xE4 ||
            (rows[p[1] & (UTF8_ROWS - 1)] >> (p[2] & 63) & 1) != 0)
            break;
    }
    *at = i;
}

/* The Han character (U+4000 to U+9FFF) at byte *at of valid text, and *at past it; 0, and *at as it
 * was, where another stands. For loops over whole texts. */
static inline uint32_t utf8_take_han(struct str s, size_t *at)
{
    const unsigned char *p = (const unsigned char *)s.p + *at;
    if (*at + 3 > s.n || (unsigned char)(p[0] - 0xE4) > 0xE9 - 0xE4)
        return 0;
    *at += 3;
    return (uint32_t)(p[0] & 0x0F) << 12 | (uint32_t)(p[1] & 0x3F) << 6 | (p[2] & 0x3F);
}

/* What utf8_previous does where no three bytes of one character stand. */
uint32_t utf8_previous_rare(struct str s, size_t *at);

/* The code point that ends before byte *at; moves *at to its start. 0 at the start. */
static inline uint32_t utf8_previous(struct str s, size_t *at)
{
    size_t i = *at;
    if (i >= 3 && i <= s.n) {
        unsigned char byte = (unsigned char)s.p[i - 1];
        if (byte < 0x80) {
            *at = i - 1;
            return byte;
        }
        uint32_t c = utf8_three((const unsigned char *)s.p + i - 3);
        if (c != 0) {
            *at = i - 3;
            return c;
        }
    }
    return utf8_previous_rare(s, at);
}

/* s without a character at either end that is not whole there. */
struct str str_whole(struct str s);

/* Code points in s. */
size_t utf8_count(struct str s);
/* The same of valid text, faster: the bytes that begin a character. */
size_t utf8_count_valid(struct str s);

/* Writes point as UTF-8 to out and returns the bytes written, 1 to 4. */
size_t utf8_write(uint32_t point, char out[4]);

/* What a reader of an output could obey or would not see: controls of all kinds, those that turn
 * the direction of writing, characters without width or shape. Line ends and tabs are among them.
 */
static inline bool point_is_unseen(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xAD || c == 0x61C ||
           (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || (c >= 0xE0000 && c <= 0xE0FFF);
}

/* A Han character, the numeral zero 〇 and the iteration mark 々 included. */
static inline bool point_is_han(uint32_t c)
{
    if (c < 0x3400)
        return c == 0x3007 || c == 0x3005;
    return (c <= 0x9FFF && (c >= 0x4E00 || c <= 0x4DBF)) || (c >= 0xF900 && c <= 0xFAFF) ||
           (c >= 0x20000 && c <= 0x3FFFF);
}

static inline bool point_is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

/* 0-9 and ０-９. */
static inline bool point_is_any_digit(uint32_t c)
{
    return point_is_digit(c) || (c >= 0xFF10 && c <= 0xFF19);
}

/* ASCII letters and their full-width forms. */
static inline bool point_is_latin(uint32_t c)
{
    c = c >= 0xFF21 && c <= 0xFF5A ? c - 0xFEE0 : c;
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* ASCII white space, U+00A0, U+2000-200B, U+3000, U+FEFF. */
static inline bool point_is_space(uint32_t c)
{
    if (c > 0x3000) /* most are Han */
        return c == 0xFEFF;
    if (c < 0x80)
        return c == ' ' || (c >= '\t' && c <= '\r');
    return c == 0xA0 || (c >= 0x2000 && c <= 0x200B) || c == 0x202F || c == 0x205F || c == 0x3000;
}

/* A mark of Chinese or Latin punctuation, brackets and quotes included; no letter, digit, space. */
bool point_is_punctuation(uint32_t c);

#endif
