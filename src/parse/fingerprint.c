/* A fingerprint for near copies (simhash over runs of four characters of the folded text): two
 * prints of one piece differ in few of its 64 bits, whatever their line breaks and punctuation. */
#include "parse/page.h"

enum { RUN = 4, LEAST_CHARS = 40 };

struct summer {
    int32_t sums[64];
    uint64_t run; /* the last characters, 16 bits each */
    uint32_t chars;
};

/* A good mix of a 64-bit number (the finaliser of MurmurHash3). */
static uint64_t mix(uint64_t x)
{
    x ^= x >> 33;
    x *= 0xFF51AFD7ED558CCDu;
    x ^= x >> 33;
    x *= 0xC4CEB9FE1A85EC53u;
    return x ^ x >> 33;
}

static void add_text(struct summer *s, struct str text)
{
    for (size_t at = 0; at < text.n;) {
        uint32_t c = utf8_next(text, &at);
        if (!point_is_han(c) && !point_is_any_digit(c) && !point_is_latin(c))
            continue;
        if (c >= 0xFF10 && c <= 0xFF5A)
            c -= 0xFEE0;
        s->run = s->run << 16 | (c & 0xFFFF);
        if (++s->chars < RUN)
            continue;
        uint64_t hash = mix(s->run);
        if ((hash >> 60) != 0) /* one run in sixteen is enough */
            continue;
        hash = mix(hash);
        for (unsigned bit = 0; bit < 64; bit++)
            s->sums[bit] += (int32_t)(hash >> bit & 1) * 2 - 1;
    }
}

uint64_t article_fingerprint(const struct article *article)
{
    struct summer s = {.chars = 0};
    for (uint32_t i = 0; i < article->n_paragraphs; i++)
        add_text(&s, article->paragraphs[i].prose.text);
    if (s.chars < LEAST_CHARS)
        return 0;
    uint64_t print = 0;
    for (unsigned bit = 0; bit < 64; bit++)
        print |= (uint64_t)(s.sums[bit] > 0) << bit;
    return print == 0 ? 1 : print;
}
