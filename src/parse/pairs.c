#include "parse/pairs.h"

#include "baolan/utf8.h"

#include <string.h>

enum { HAN_BYTES = 3, PAIR_BYTES = 2 * HAN_BYTES };

/* U+4000 to U+9FFF by their first byte; “ and ”, whose pair with a character tells that the word
 * is quoted in both. */
static bool is_word_at(struct str text, size_t at)
{
    const unsigned char *c = (const unsigned char *)text.p + at;
    return (unsigned char)(c[0] - 0xE4) <= 0xE9 - 0xE4 ||
           (c[0] == 0xE2 && c[1] == 0x80 && (c[2] == 0x9C || c[2] == 0x9D));
}

bool pair_next(struct str text, size_t *at, struct str *pair)
{
    while (*at + PAIR_BYTES <= text.n) {
        size_t from = *at;
        if (!is_word_at(text, from)) {
            utf8_next(text, at);
            continue;
        }
        *at += HAN_BYTES;
        if (is_word_at(text, *at)) {
            *pair = str_sub(text, from, from + PAIR_BYTES);
            return true;
        }
    }
    return false;
}

unsigned pairs_shared(struct str words, struct str text)
{
    unsigned n = 0;
    struct str pair;
    for (size_t at = 0; pair_next(words, &at, &pair);)
        n += str_has(text, pair);
    return n;
}

static unsigned bit_of(struct str pair)
{
    enum { BITS_SHIFT = 19 }; /* leaves 13: 8192 bits */
    uint32_t hash = 0;
    for (size_t i = 0; i < pair.n; i++)
        hash = hash * 131 + (unsigned char)pair.p[i];
    return (hash * 2654435761u) >> BITS_SHIFT;
}

void pair_set_fill(struct pair_set *set, struct str text)
{
    struct str pair;
    memset(set, 0, sizeof *set);
    for (size_t at = 0; pair_next(text, &at, &pair);) {
        unsigned bit = bit_of(pair);
        set->bits[bit / 64] |= (uint64_t)1 << bit % 64;
    }
}

unsigned pair_set_shared(const struct pair_set *set, struct str text, unsigned *all)
{
    unsigned shared = 0;
    struct str pair;
    *all = 0;
    for (size_t at = 0; pair_next(text, &at, &pair); ++*all) {
        unsigned bit = bit_of(pair);
        shared += (unsigned)(set->bits[bit / 64] >> bit % 64 & 1);
    }
    return shared;
}
