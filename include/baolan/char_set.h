/* Which characters stand in a text, told roughly by one pass over it: who looks for many words in
 * one line asks here first, and most of them need not be looked for. */
#ifndef BAOLAN_CHAR_SET_H
#define BAOLAN_CHAR_SET_H

#include "baolan/utf8.h"

/* A bit for the last six bits of each character, and one for the six before them. */
struct char_set {
    uint64_t last, before;
};

static inline void char_set_add(struct char_set *set, uint32_t c)
{
    set->last |= (uint64_t)1 << (c & 63);
    set->before |= (uint64_t)1 << (c >> 6 & 63);
}

/* Adds a character by the last two of its several bytes. */
static inline void char_set_add_bytes(struct char_set *set, unsigned char before,
                                      unsigned char last)
{
    set->last |= (uint64_t)1 << (last & 63);
    set->before |= (uint64_t)1 << (before & 63);
}

static inline struct char_set char_set_of(struct str text)
{
    struct char_set set = {0, 0};
    for (size_t at = 0; at < text.n;) {
        const unsigned char *p = (const unsigned char *)text.p + at;
        if ((unsigned char)(p[0] - 0xE4) <= 0xE9 - 0xE4 && at + 3 <= text.n) {
            char_set_add_bytes(&set, p[1], p[2]);
            at += 3;
        } else {
            char_set_add(&set, utf8_next(text, &at));
        }
    }
    return set;
}

/* False where the last character of word, which is valid and not empty, is none of the set, and so
 * the word stands nowhere in the text; true for one in twenty of the others in a short line. */
static inline bool char_set_may_have(const struct char_set *set, struct str word)
{
    unsigned char last = (unsigned char)word.p[word.n - 1];
    unsigned before = last < 0x80 ? last >> 6 : (unsigned char)word.p[word.n - 2] & 63u;
    return (set->last >> (last & 63) & set->before >> before & 1) != 0;
}

/* False where no letter of ASCII stands in the text. */
static inline bool char_set_may_have_letter(const struct char_set *set)
{
    return (set->before >> ('A' >> 6) & 1) != 0;
}

/* str_has(text, word), text being what the set was made of or a part of it. */
static inline bool char_set_has(const struct char_set *set, struct str text, struct str word)
{
    return char_set_may_have(set, word) && str_has(text, word);
}

#endif
