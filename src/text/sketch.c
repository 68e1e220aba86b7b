#include "baolan/sketch.h"

#include "baolan/utf8.h"

#include <string.h>

enum { RUN = 4, RUNS_LEAST = 36 };

/* Runs of the texts as one: a run may begin in one text and end in the next. */
struct reader {
    uint64_t run;    /* the last characters, 16 bits each */
    uint32_t digits; /* a bit each: which of them are digits */
    size_t chars;
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

/* The next character that counts, from s[*at] on; false at the end. */
static bool next_character(struct str s, size_t *at, uint32_t *out)
{
    while (*at < s.n) {
        uint32_t c = utf8_next(s, at);
        if (!point_is_han(c) && !point_is_any_digit(c) && !point_is_latin(c))
            continue;
        *out = c >= 0xFF10 && c <= 0xFF5A ? c - 0xFEE0 : c;
        return true;
    }
    return false;
}

/* Adds a character; writes the run that it ends, and returns how many were written. */
static inline size_t add_character(struct reader *r, uint32_t c, bool is_digit, uint32_t *hash)
{
    r->run = r->run << 16 | (c & 0xFFFF);
    r->digits = r->digits << 1 | is_digit;
    /* The lowest bit tells runs with a digit. */
    *hash = ((uint32_t)(mix(r->run) >> 32) & ~1u) | ((r->digits & 0xF) != 0);
    return ++r->chars >= RUN;
}

/* Writes the runs that end in a text. */
static size_t runs_of(struct reader *r, struct str text, uint32_t *out)
{
    const unsigned char *p = (const unsigned char *)text.p;
    size_t n = 0, at = 0;
    uint32_t c;
    do {
        /* U+4E00 to U+9FFF: nearly all. */
        while (text.n - at >= 3 && ((p[at + 1] ^ 0x80) | (p[at + 2] ^ 0x80)) < 0x40) {
            c = ((uint32_t)p[at] << 12 | (p[at + 1] & 0x3Fu) << 6 | (p[at + 2] & 0x3Fu)) -
                (0xE0u << 12);
            if (c - 0x4E00 > 0x9FFF - 0x4E00)
                break;
            n += add_character(r, c, false, &out[n]);
            at += 3;
        }
        if (!next_character(text, &at, &c))
            return n;
        n += add_character(r, c, point_is_digit(c), &out[n]);
    } while (true);
}

enum { BITS = 8, BUCKETS = 1 << BITS, CROWD = 32 };

/* Moves numbers into the order of eight of their bits. counts: how many have each. */
static void move_by(unsigned shift, uint32_t *counts, const uint32_t *from, uint32_t *to, size_t n)
{
    uint32_t at = 0;
    for (size_t i = 0; i < BUCKETS; i++) {
        uint32_t count = counts[i];
        counts[i] = at;
        at += count;
    }
    for (size_t i = 0; i < n; i++)
        to[counts[from[i] >> shift & (BUCKETS - 1)]++] = from[i];
}

static void count_by(unsigned shift, uint32_t counts[BUCKETS], const uint32_t *runs, size_t n)
{
    memset(counts, 0, BUCKETS * sizeof *counts);
    for (size_t i = 0; i < n; i++)
        counts[runs[i] >> shift & (BUCKETS - 1)]++;
}

/* By insertion: for what is nearly in order. */
static void settle(const uint32_t *from, uint32_t *to, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        size_t at = i;
        for (; at > 0 && to[at - 1] > from[i]; at--)
            to[at] = to[at - 1];
        to[at] = from[i];
    }
}

/* Hashes are spread evenly, so that by their highest bits those of a short text are all but sorted;
 * where they crowd, they are sorted by eight bits at a time, to and fro, the lowest first. */
static void sort_runs(uint32_t *runs, uint32_t *spare, size_t n)
{
    uint32_t counts[BUCKETS], most = 0;
    count_by(32 - BITS, counts, runs, n);
    for (size_t i = 0; i < BUCKETS; i++)
        most = counts[i] > most ? counts[i] : most;
    if (most <= CROWD) {
        move_by(32 - BITS, counts, runs, spare, n);
        settle(spare, runs, n);
        return;
    }
    for (unsigned shift = 0; shift < 32; shift += 2 * BITS) {
        count_by(shift, counts, runs, n);
        move_by(shift, counts, runs, spare, n);
        count_by(shift + BITS, counts, spare, n);
        move_by(shift + BITS, counts, spare, runs, n);
    }
}

size_t sketch_runs(struct arena *a, const struct str *texts, size_t n, uint32_t **runs)
{
    size_t characters = 0, found = 0, kept = 0;
    for (size_t i = 0; i < n; i++)
        characters += utf8_count_valid(texts[i]); /* of what is not valid none is in a run */
    uint32_t *all = arena_array(a, uint32_t, characters + 1);
    struct reader r = {0};
    for (size_t i = 0; i < n; i++)
        found += runs_of(&r, texts[i], all + found);
    struct arena_mark mark = arena_mark(a);
    sort_runs(all, arena_array(a, uint32_t, found + 1), found);
    arena_release(a, mark);
    for (size_t i = 0; i < found; i++)
        if (kept == 0 || all[kept - 1] != all[i])
            all[kept++] = all[i];
    *runs = all;
    return kept;
}

struct sketch sketch_of(const uint32_t *runs, size_t n)
{
    struct sketch s = {.n = n < RUNS_LEAST ? 0 : SKETCH_SIZE};
    if (s.n > 0)
        memcpy(s.hashes, runs, sizeof s.hashes);
    return s;
}

void sketch_mark(const uint32_t *runs, size_t n, struct sketch_marks *out)
{
    *out = (struct sketch_marks){.n = n};
    for (size_t i = 0; i < n; i++)
        out->bits[runs[i] >> 1 & (MARK_WORDS - 1)] |= (uint64_t)1 << (runs[i] >> 26);
}

static unsigned bits_in(uint64_t x)
{
    x -= x >> 1 & 0x5555555555555555u;
    x = (x & 0x3333333333333333u) + (x >> 2 & 0x3333333333333333u);
    x = (x + (x >> 4)) & 0x0F0F0F0F0F0F0F0Fu;
    return (unsigned)(x * 0x0101010101010101u >> 56);
}

bool sketch_may_be_alike(const struct sketch_marks *left, const struct sketch_marks *right)
{
    const struct sketch_marks *brief = left->n < right->n ? left : right,
                              *full = left->n < right->n ? right : left;
    size_t missed = 0;
    if (full->n > 2 * brief->n)
        return false;
    for (size_t i = 0; i < MARK_WORDS && missed * 4 <= brief->n; i++)
        missed += bits_in(brief->bits[i] & ~full->bits[i]);
    return missed * 4 <= brief->n;
}

static size_t with_digits(const uint32_t *runs, size_t n)
{
    size_t found = 0;
    for (size_t i = 0; i < n; i++)
        found += runs[i] & 1;
    return found;
}

bool sketch_alike(const uint32_t *left, size_t n_left, const uint32_t *right, size_t n_right)
{
    const uint32_t *brief = n_left < n_right ? left : right,
                   *full = n_left < n_right ? right : left;
    size_t n_brief = n_left < n_right ? n_left : n_right, n_full = n_left + n_right - n_brief;
    size_t shared = 0, figures = 0, i = 0;
    if (n_full > 2 * n_brief)
        return false;
    /* No further than a quarter of the shorter is missed: most that are held against each other are
     * of one kind, and not alike. */
    for (size_t k = 0; i < n_brief && k < n_full && (i - shared) * 4 <= n_brief;) {
        uint32_t x = brief[i], y = full[k];
        shared += x == y;
        figures += x == y && (x & 1) != 0;
        i += x <= y;
        k += y <= x;
    }
    return shared * 4 >= n_brief * 3 && figures * 4 >= with_digits(brief, n_brief) * 3;
}
