/* The matcher keeps, while it walks a term's characters, the set of places in the query that it may
 * have come to, as bits of a number: its cost is linear in the term, whatever the query. */
#include "baolan/pinyin.h"

#include "baolan/files.h"
#include "baolan/fold.h"
#include "baolan/segment.h"
#include "baolan/utf8.h"
#include "baolan/vector.h"

enum { LONGEST_SYLLABLE = 6, FIRST = 0x3007, LAST = 0x9FFF, MOST_POINTS = 63 };

/* A character's readings: `count` numbers in `lists` from `start`. */
struct readings {
    uint32_t start;
    uint32_t count;
};

struct pinyin {
    char (*syllables)[LONGEST_SYLLABLE + 2]; /* letters, NUL, and their number last */
    size_t n_syllables;
    uint16_t *lists;
    struct readings of[LAST - FIRST + 1];
    uint32_t *starters; /* of each character: bits of what it may begin with (see letter_bit) */
    uint32_t *seconds;  /* the same of the second letters of its readings */
};

/* A bit a letter; digits share one, other characters five. */
static uint32_t point_bit(uint32_t c)
{
    if (c >= 'a' && c <= 'z')
        return 1u << (c - 'a');
    if (c >= '0' && c <= '9')
        return 1u << 26;
    return 1u << (27 + c % 5);
}

static struct readings readings_of(const struct pinyin *t, uint32_t c)
{
    return c >= FIRST && c <= LAST ? t->of[c - FIRST] : (struct readings){0, 0};
}

/* Adds the syllable of a line, and its form with u for v. */
static uint16_t add_syllable(struct pinyin *t, uint16_t *n, struct str name, bool u)
{
    char *s = t->syllables[*n];
    memset(s, 0, sizeof *t->syllables);
    for (size_t i = 0; i < name.n; i++)
        s[i] = u && name.p[i] == 'v' ? 'u' : name.p[i];
    s[LONGEST_SYLLABLE + 1] = (char)name.n;
    return (*n)++;
}

struct pair {
    uint16_t point; /* less FIRST */
    uint16_t syllable;
};

static void finish(struct pinyin *t, struct arena *a, const struct pair *pairs, size_t n)
{
    for (size_t i = 0; i < n; i++)
        t->of[pairs[i].point].count++;
    uint32_t start = 0;
    for (size_t i = 0; i <= LAST - FIRST; i++) {
        t->of[i].start = start;
        start += t->of[i].count;
        t->of[i].count = 0;
    }
    t->lists = arena_array(a, uint16_t, start + 1);
    t->starters = arena_array(a, uint32_t, LAST - FIRST + 1);
    t->seconds = arena_array(a, uint32_t, LAST - FIRST + 1);
    for (size_t i = 0; i < n; i++) {
        struct readings *r = &t->of[pairs[i].point];
        const char *syllable = t->syllables[pairs[i].syllable];
        t->lists[r->start + r->count++] = pairs[i].syllable;
        t->starters[pairs[i].point] |= point_bit((unsigned char)syllable[0]);
        if (syllable[1] != '\0')
            t->seconds[pairs[i].point] |= point_bit((unsigned char)syllable[1]);
    }
}

enum status pinyin_load(struct arena *a, const char *data, struct pinyin **out, struct error *e)
{
    const char *path =
        data != NULL ? path_join(a, data, "pinyin.txt") : path_program_data(a, "pinyin.txt");
    struct str text;
    if (path == NULL)
        return error_set(e, STATUS_NOT_FOUND,
                         "the program's data (pinyin.txt) is not installed; set BAOLAN_DATA");
    enum status status = file_read(a, path, &text, NULL, e);
    if (status != STATUS_OK)
        return status;
    struct pinyin *t = arena_new_of(a, struct pinyin);
    enum { MOST_SYLLABLES = 1000 };
    t->syllables = arena_alloc(a, MOST_SYLLABLES * sizeof *t->syllables);
    VECTOR(struct pair) pairs = {0};
    uint16_t n = 0;
    while (text.p != NULL && n + 2 < MOST_SYLLABLES) {
        struct str line = str_trim(str_split(&text, '\n'));
        size_t space = str_find(line, STR(" "), 0);
        if (line.n == 0 || line.p[0] == '#' || space == STR_NONE || space > LONGEST_SYLLABLE)
            continue;
        struct str name = str_sub(line, 0, space);
        bool has_v = str_has(name, STR("v"));
        uint16_t syllable = add_syllable(t, &n, name, false);
        uint16_t other = has_v ? add_syllable(t, &n, name, true) : syllable;
        for (size_t at = space + 1; at < line.n;) {
            uint32_t c = utf8_next(line, &at);
            if (c < FIRST || c > LAST)
                continue;
            vector_push(a, &pairs, ((struct pair){(uint16_t)(c - FIRST), syllable}));
            if (has_v)
                vector_push(a, &pairs, ((struct pair){(uint16_t)(c - FIRST), other}));
        }
    }
    t->n_syllables = n;
    finish(t, a, pairs.at, pairs.n);
    *out = t;
    return STATUS_OK;
}

/* Where in the query a syllable fits: bits of places. */
struct pinyin_fit {
    uint64_t whole;    /* all of it */
    uint64_t last;     /* its beginning, of two letters or more, up to the query's end */
    uint64_t initial;  /* its first letter */
    uint64_t initials; /* zh, ch, sh */
    uint32_t length;
};

static struct pinyin_fit fit_of(const struct pinyin_query *q, const char *syllable)
{
    struct pinyin_fit fit = {.length = (uint32_t)syllable[LONGEST_SYLLABLE + 1]};
    for (uint32_t at = 0; at < q->n; at++) {
        uint32_t k = 0;
        while (k < fit.length && at + k < q->n && q->points[at + k] == (unsigned char)syllable[k])
            k++;
        uint64_t bit = 1ull << at;
        fit.whole |= k == fit.length ? bit : 0;
        fit.last |= at + k == q->n && k > 1 && k < fit.length ? bit : 0;
        fit.initial |= k > 0 ? bit : 0;
        fit.initials |= k >= 2 && syllable[1] == 'h' ? bit : 0;
    }
    return fit;
}

bool pinyin_query_of(const struct pinyin *table, struct arena *a, struct str words,
                     struct pinyin_query *out)
{
    struct str folded = fold_str(a, words);
    *out = (struct pinyin_query){.table = table};
    for (size_t at = 0; at < folded.n;) {
        uint32_t c = utf8_next(folded, &at);
        enum point_class kind = point_class(c);
        if (kind <= CLASS_SPACE)
            continue;
        if (out->n == MOST_POINTS)
            return false;
        out->latin = out->latin || (c >= 'a' && c <= 'z');
        out->points[out->n++] = c;
        out->bits |= point_bit(c);
    }
    struct pinyin_fit *fits = arena_array(a, struct pinyin_fit, table->n_syllables);
    for (size_t i = 0; i < table->n_syllables; i++)
        fits[i] = fit_of(out, table->syllables[i]);
    out->fits = fits;
    return out->n > 0;
}

/* Places of the query that a walk may have come to: by full syllables alone, and by any way. */
struct reach {
    uint64_t full, any;
};

/* From each place in `from`, the places after this character. */
static struct reach step(const struct pinyin_query *q, struct reach from, uint32_t c)
{
    struct reach to = {0, 0};
    struct readings r = readings_of(q->table, c);
    uint64_t same = 0, end = 1ull << q->n;
    if ((q->bits & point_bit(c)) != 0)
        for (uint32_t i = 0; i < q->n; i++)
            same |= (uint64_t)(q->points[i] == c) << i;
    to.full = (from.full & same) << 1;
    to.any = (from.any & same) << 1;
    for (uint32_t i = 0; i < r.count; i++) {
        const struct pinyin_fit *fit = &q->fits[q->table->lists[r.start + i]];
        to.full |= (from.full & fit->whole) << fit->length | (from.full & fit->last ? end : 0);
        to.any |= (from.any & fit->whole) << fit->length | (from.any & fit->last ? end : 0) |
                  (from.any & fit->initial) << 1 | (from.any & fit->initials) << 2;
    }
    return to;
}

/* The best rank of the query from a term's character number i on; *end is the character after. */
static enum pinyin_rank match_from(const struct pinyin_query *q, const uint32_t *points, size_t n,
                                   size_t i, size_t *end)
{
    struct reach reach = {1, 1};
    uint64_t goal = 1ull << q->n;
    enum pinyin_rank best = PINYIN_NO_MATCH;
    for (size_t k = i; k < n && reach.any != 0; k++) {
        reach = step(q, reach, points[k]);
        if ((reach.any & goal) == 0)
            continue;
        bool full = (reach.full & goal) != 0, whole = k + 1 == n;
        enum pinyin_rank rank = i > 0 ? PINYIN_INSIDE : whole ? PINYIN_EXACT : PINYIN_PREFIX;
        if (!full)
            rank += PINYIN_INITIALS;
        if (rank < best) {
            best = rank;
            *end = k + 1;
        }
    }
    return best;
}

/* A single initial says too little to be looked for inside a term. */
static size_t starts_to_try(const struct pinyin_query *q, size_t n)
{
    return q->n == 1 && q->latin ? (n > 0) : n;
}

/* What character number i may begin with, low half, and what may come second then, high half: a
 * reading's second letter or the next character. */
static uint64_t beginnings(const struct pinyin *t, const uint32_t *points, size_t n, size_t i)
{
    uint32_t c = points[i], first = point_bit(c), second = 0;
    if (c >= FIRST && c <= LAST) {
        first |= t->starters[c - FIRST];
        second = t->seconds[c - FIRST];
    }
    if (i + 1 < n) {
        uint32_t next = points[i + 1];
        second |= point_bit(next);
        if (next >= FIRST && next <= LAST)
            second |= t->starters[next - FIRST];
    }
    return (uint64_t)second << 32 | first;
}

static bool may_begin(const struct pinyin_query *q, uint64_t beginning)
{
    bool first = (uint32_t)beginning & point_bit(q->points[0]);
    return first && (q->n < 2 || (beginning >> 32 & point_bit(q->points[1])) != 0);
}

/* The best rank over all beginnings. */
static enum pinyin_rank match_points(const struct pinyin_query *q, const uint32_t *points, size_t n,
                                     struct span *part)
{
    enum pinyin_rank best = PINYIN_NO_MATCH;
    for (size_t i = 0, last = starts_to_try(q, n); i < last; i++) {
        if (!may_begin(q, beginnings(q->table, points, n, i)))
            continue;
        size_t to = i;
        enum pinyin_rank rank = match_from(q, points, n, i, &to);
        if (rank < best) {
            best = rank;
            *part = (struct span){i, to};
        }
    }
    return best;
}

/* The characters of a term that count, and where each stands; at most room of them. */
static size_t term_points(struct str term, uint32_t *points, uint32_t *places, size_t room)
{
    size_t n = 0;
    for (size_t at = 0; at < term.n && n < room;) {
        uint32_t start = (uint32_t)at, c = utf8_next(term, &at);
        enum point_class kind = point_class(c);
        if (kind <= CLASS_SPACE && !(c >= 0xFF10 && c <= 0xFF5A))
            continue;
        if (c >= 0xFF10 && c <= 0xFF5A)
            c -= 0xFEE0;
        if (places != NULL)
            places[n] = start;
        points[n++] = c >= 'A' && c <= 'Z' ? c + 32 : c;
    }
    return n;
}

enum { LONGEST_TERM = 120 };

enum pinyin_rank pinyin_match(const struct pinyin_query *query, struct str term, struct span *part)
{
    uint32_t points[LONGEST_TERM], places[LONGEST_TERM];
    size_t n = term_points(term, points, places, LONGEST_TERM);
    struct span match = {0, 0};
    if (query->n == 0)
        return PINYIN_NO_MATCH;
    enum pinyin_rank rank = match_points(query, points, n, &match);
    if (part != NULL && match.end > match.start) {
        part->start = places[match.start];
        part->end = places[match.end - 1];
        utf8_next(term, &part->end);
    }
    return rank;
}

size_t pinyin_choose(const struct pinyin *table, struct arena *scratch, struct str words,
                     const struct str *names, size_t n)
{
    struct pinyin_query query;
    struct arena_mark mark = arena_mark(scratch);
    enum pinyin_rank best = PINYIN_NO_MATCH;
    size_t chosen = SIZE_MAX;
    bool letters = pinyin_query_of(table, scratch, words, &query) && query.latin;
    for (size_t i = 0; letters && i < n; i++) {
        enum pinyin_rank rank = pinyin_match(&query, names[i], NULL);
        if (rank < best) {
            best = rank;
            chosen = i;
        }
    }
    arena_release(scratch, mark);
    return chosen;
}

bool pinyin_is_syllables(const struct pinyin_query *query)
{
    uint64_t one = 1, more = 0; /* places after one syllable at most, and after several */
    for (uint32_t at = 0; at < query->n; at++)
        for (size_t i = 0; ((one | more) >> at & 1) != 0 && i < query->table->n_syllables; i++) {
            const struct pinyin_fit *fit = &query->fits[i];
            if ((fit->whole >> at & 1) == 0)
                continue;
            if (at == 0)
                one |= 1ull << fit->length;
            else
                more |= 1ull << (at + fit->length);
        }
    return query->n > 0 && (more >> query->n & 1) != 0;
}

bool pinyin_find(const struct pinyin_query *query, struct str text, size_t from, struct span *part)
{
    uint64_t goal = 1ull << query->n;
    for (size_t at = from; at < text.n;) {
        size_t start = at;
        uint32_t c = utf8_next(text, &at);
        if (c < FIRST || c > LAST ||
            (query->table->starters[c - FIRST] & point_bit(query->points[0])) == 0)
            continue;
        struct reach reach = step(query, (struct reach){1, 1}, c);
        size_t end = at;
        while (reach.full != 0 && (reach.full & goal) == 0 && end < text.n) {
            uint32_t next = utf8_next(text, &end);
            if (point_class(next) != CLASS_HAN)
                break;
            reach = step(query, reach, next);
        }
        if ((reach.full & goal) != 0) {
            *part = (struct span){start, end};
            return true;
        }
    }
    return false;
}

struct pinyin_index {
    const struct pinyin *table;
    const struct pinyin_term *terms;
    size_t n;
    uint32_t *points; /* of all terms, one after the other */
    uint32_t *starts; /* of each term, and one more */
};

struct pinyin_index *pinyin_index_of(struct arena *a, const struct pinyin *table,
                                     const struct pinyin_term *terms, size_t n)
{
    struct pinyin_index *index = arena_new_of(a, struct pinyin_index);
    *index = (struct pinyin_index){.table = table, .terms = terms, .n = n};
    size_t total = 0;
    uint32_t points[LONGEST_TERM];
    index->starts = arena_array(a, uint32_t, n + 1);
    for (size_t i = 0; i < n; i++)
        total += term_points(terms[i].text, points, NULL, LONGEST_TERM);
    index->points = arena_array(a, uint32_t, total + 1);
    size_t at = 0;
    for (size_t i = 0; i < n; i++) {
        index->starts[i] = (uint32_t)at;
        at += term_points(terms[i].text, index->points + at, NULL, LONGEST_TERM);
    }
    index->starts[n] = (uint32_t)at;
    return index;
}

static bool better(const struct pinyin_hit *a, const struct pinyin_hit *b)
{
    if (a->rank != b->rank)
        return a->rank < b->rank;
    if (a->term->weight != b->term->weight)
        return a->term->weight > b->term->weight;
    if (a->term->text.n != b->term->text.n)
        return a->term->text.n < b->term->text.n;
    return a->term < b->term;
}

/* Puts a hit among the best so far. */
static size_t keep_hit(struct pinyin_hit *out, size_t found, size_t most, struct pinyin_hit hit)
{
    if (found == most && !better(&hit, &out[most - 1]))
        return found;
    size_t k = found < most ? found++ : most - 1;
    for (; k > 0 && better(&hit, &out[k - 1]); k--)
        out[k] = out[k - 1];
    out[k] = hit;
    return found;
}

/* Bits of the 64 points from `at` on where a match may begin by its first letter. */
static uint64_t candidates(const struct pinyin_index *index, const struct pinyin_query *q,
                           size_t at, size_t total)
{
    size_t n = total - at < 64 ? total - at : 64;
    uint64_t bits = 0;
    uint32_t wanted = point_bit(q->points[0]);
    const uint32_t *starters = index->table->starters;
    for (size_t i = 0; i < n; i++) {
        uint32_t c = index->points[at + i];
        uint32_t first = point_bit(c) | (c >= FIRST && c <= LAST ? starters[c - FIRST] : 0);
        bits |= (uint64_t)((first & wanted) != 0) << i;
    }
    return bits;
}

void pinyin_index_each(const struct pinyin_index *index, const struct pinyin_query *query,
                       pinyin_visit *visit, void *context)
{
    size_t term = 0, total = index->starts[index->n];
    struct pinyin_hit best = {NULL, PINYIN_NO_MATCH};
    if (query->n == 0)
        return;
    for (size_t block = 0; block < total; block += 64) {
        uint64_t bits = candidates(index, query, block, total);
        for (; bits != 0; bits &= bits - 1) {
            size_t at = block + (size_t)__builtin_ctzll(bits), to;
            while (index->starts[term + 1] <= at)
                term++;
            const struct pinyin_term *here = &index->terms[term];
            if (best.term != here) {
                if (best.rank != PINYIN_NO_MATCH && !visit(context, best.term, best.rank))
                    return;
                best = (struct pinyin_hit){here, PINYIN_NO_MATCH};
            }
            size_t start = index->starts[term], n = index->starts[term + 1] - start;
            if (at - start >= starts_to_try(query, n) ||
                !may_begin(query, beginnings(query->table, index->points + start, n, at - start)))
                continue;
            enum pinyin_rank rank = match_from(query, index->points + start, n, at - start, &to);
            best.rank = rank < best.rank ? rank : best.rank;
        }
    }
    if (best.rank != PINYIN_NO_MATCH)
        visit(context, best.term, best.rank);
}

struct best_hits {
    struct pinyin_hit *at;
    size_t n, most;
};

static bool keep_best(void *context, const struct pinyin_term *term, enum pinyin_rank rank)
{
    struct best_hits *b = context;
    b->n = keep_hit(b->at, b->n, b->most, (struct pinyin_hit){term, rank});
    return true;
}

size_t pinyin_index_find(const struct pinyin_index *index, const struct pinyin_query *query,
                         struct pinyin_hit *out, size_t most)
{
    struct best_hits best = {out, 0, most};
    if (most > 0)
        pinyin_index_each(index, query, keep_best, &best);
    return best.n;
}
