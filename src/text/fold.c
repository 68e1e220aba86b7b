/* Folding by tables: a page of 64 points, a block of 16-bit values. A value is 0 for what stays, a
 * point below U+D800, or a string's number above VALUE_STRING. */
#include "baolan/fold.h"

#include "baolan/utf8.h"
#include "baolan/vector.h"

enum { VALUE_STRING = 0xE000 };

struct fold_pair {
    uint32_t point;
    uint16_t value;
};

#include "fold_table.inc"

static uint16_t value_of(uint32_t point)
{
    if (point < 0x10000)
        return fold_blocks[fold_pages[point >> 6]][point & 63];
    size_t low = 0, high = sizeof fold_pairs / sizeof *fold_pairs;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (fold_pairs[middle].point < point)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < sizeof fold_pairs / sizeof *fold_pairs && fold_pairs[low].point == point;
    return found ? fold_pairs[low].value : 0;
}

uint32_t fold_han(uint32_t point)
{
    uint16_t value = point_is_han(point) ? value_of(point) : 0;
    return value == 0 || value >= VALUE_STRING ? point : value;
}

/* The first and last of the rows of 64 characters that fold_han_bits has a bit for each of. */
enum { HAN_ROW_FIRST = 0x4E00 / 64, HAN_ROW_LAST = 0x9FFF / 64 };

void fold_skip_plain_han(struct str text, size_t *at)
{
    const unsigned char *p = (const unsigned char *)text.p;
    size_t i = *at;
    while (text.n - i >= 3) {
        /* That of a shorter character would be far above the last, as the first byte tells it. */
        uint32_t row = ((uint32_t)p[i] << 6 | (p[i + 1] & 0x3Fu)) - (0xE0u << 6) - HAN_ROW_FIRST;
        if (row > HAN_ROW_LAST - HAN_ROW_FIRST || (fold_han_bits[row] >> (p[i + 2] & 63) & 1) != 0)
            break;
        i += 3;
    }
    *at = i;
}

uint64_t fold_traditional(struct str text)
{
    uint64_t bits = 0;
    for (size_t i = 0; fold_skip_plain_han(text, &i), i < text.n;) {
        uint32_t point = utf8_next(text, &i);
        bits |= fold_han(point) != point ? UTF8_BIT(point) : 0;
    }
    return bits;
}

/* The next character behind byte *end that has a simplified one of as many bytes: its place, *end
 * behind it; text.n where there is none. */
static size_t next_traditional(struct str text, uint64_t bits, size_t *end, char simplified[4])
{
    for (size_t i = *end, at; utf8_skip_han_but(text, &i, bits), at = i, i < text.n;) {
        uint32_t point = utf8_next(text, &i), plain;
        if ((bits & UTF8_BIT(point)) == 0 || (plain = fold_han(point)) == point ||
            utf8_write(plain, simplified) != i - at)
            continue;
        *end = i;
        return at;
    }
    return text.n;
}

struct str fold_han_str(struct arena *a, struct str text, uint64_t bits)
{
    char *copy = NULL, bytes[4];
    for (size_t end = bits == 0 ? text.n : 0, at;
         (at = next_traditional(text, bits, &end, bytes)) < text.n;) {
        if (copy == NULL) {
            copy = arena_alloc(a, text.n);
            memcpy(copy, text.p, text.n);
        }
        memcpy(copy + at, bytes, end - at);
    }
    return copy == NULL ? text : (struct str){copy, text.n};
}

struct writer {
    struct arena *arena;
    char *text;
    size_t n, room;
    VECTOR(struct fold_run) runs; /* wanted only where with_runs */
    bool with_runs;
};

static void make_room(struct writer *w, size_t more)
{
    if (w->n + more <= w->room)
        return;
    size_t room = w->n + more + w->room / 2;
    w->text = arena_grow(w->arena, w->text, w->room, room);
    w->room = room;
}

static void run(struct writer *w, size_t source, bool step)
{
    if (!w->with_runs)
        return;
    struct fold_run r = {(uint32_t)w->n, (uint32_t)source, step};
    if (w->runs.n > 0 && vector_last(&w->runs).at == r.at)
        vector_last(&w->runs) = r;
    else
        vector_push(w->arena, &w->runs, r);
}

/* Writes what the point of source[start, end) folds to. */
static void put_folded(struct writer *w, uint16_t value, size_t start, size_t end)
{
    char utf8[4];
    struct str folded;
    if (value >= VALUE_STRING)
        folded = str_of(fold_strings[value - VALUE_STRING]);
    else
        folded = (struct str){utf8, utf8_write(value, utf8)};
    make_room(w, folded.n);
    if (folded.n != end - start)
        run(w, start, false);
    if (folded.n > 0)
        memcpy(w->text + w->n, folded.p, folded.n);
    w->n += folded.n;
    if (folded.n != end - start)
        run(w, end, true);
}

/* True where bytes that may be none of UTF-8 begin with a character of U+4E00 to U+9FFF that
 * folding leaves as it is. */
static inline bool is_plain_han(const unsigned char *p, size_t n)
{
    if (n < 3 || ((p[1] ^ 0x80) | (p[2] ^ 0x80)) >= 0x40)
        return false;
    uint32_t row = ((uint32_t)p[0] << 6 | (p[1] & 0x3Fu)) - (0xE0u << 6) - HAN_ROW_FIRST;
    return row <= HAN_ROW_LAST - HAN_ROW_FIRST && (fold_han_bits[row] >> (p[2] & 63) & 1) == 0;
}

/* Where the first point at or after `at` stands that folding changes; *value is what it becomes. */
static size_t unchanged_run(struct str s, size_t at, uint16_t *value, size_t *end)
{
    const unsigned char *p = (const unsigned char *)s.p;
    while (at < s.n) {
        unsigned char c = p[at];
        if (c < 0x80) {
            if (c >= 'A' && c <= 'Z') {
                *value = (uint16_t)(c + 32);
                *end = at + 1;
                return at;
            }
            if (c == '`') {
                *value = '\'';
                *end = at + 1;
                return at;
            }
            at++;
            continue;
        }
        size_t next = at;
        if (is_plain_han(p + at, s.n - at)) {
            at += 3;
            continue;
        }
        uint32_t point = utf8_next(s, &next);
        *value = point == 0xFFFD && next - at == 1 ? 0xFFFD : value_of(point);
        if (*value != 0) {
            *end = next;
            return at;
        }
        at = next;
    }
    return at;
}

static void fold_into(struct writer *w, struct str source, size_t at, uint16_t value, size_t end)
{
    size_t from = 0;
    for (;;) {
        make_room(w, at - from);
        if (at > from)
            memcpy(w->text + w->n, source.p + from, at - from);
        w->n += at - from;
        if (at >= source.n)
            return;
        if (value == 0xFFFD) {
            run(w, at, false);
            make_room(w, 3);
            w->n += utf8_write(0xFFFD, w->text + w->n);
            run(w, end, true);
        } else {
            put_folded(w, value, at, end);
        }
        from = end;
        at = unchanged_run(source, from, &value, &end);
    }
}

void fold(struct arena *a, struct str source, struct folded *out)
{
    struct writer w = {.arena = a, .with_runs = true};
    uint16_t value = 0;
    size_t end = 0;
    size_t at = unchanged_run(source, 0, &value, &end);
    *out = (struct folded){.text = source, .source = source};
    if (at >= source.n)
        return;
    make_room(&w, source.n + 16);
    fold_into(&w, source, at, value, end);
    out->text = (struct str){w.text, w.n};
    out->runs = w.runs.at;
    out->n_runs = w.runs.n;
}

struct str fold_str(struct arena *a, struct str source)
{
    struct writer w = {.arena = a};
    uint16_t value = 0;
    size_t end = 0;
    size_t at = unchanged_run(source, 0, &value, &end);
    if (at >= source.n)
        return source;
    make_room(&w, source.n + 16);
    fold_into(&w, source, at, value, end);
    return (struct str){w.text, w.n};
}

/* The run that folded byte `at` stands in: its index + 1, or 0 before the first. */
static size_t run_at(const struct folded *f, size_t at)
{
    size_t low = 0, high = f->n_runs;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (f->runs[middle].at <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

size_t folded_source_start(const struct folded *f, size_t at)
{
    if (at >= f->text.n)
        return f->source.n;
    size_t i = run_at(f, at);
    if (i == 0)
        return at;
    const struct fold_run *r = &f->runs[i - 1];
    return r->step ? r->source + (at - r->at) : r->source;
}

struct span folded_source_span(const struct folded *f, size_t start, size_t end)
{
    struct span span = {folded_source_start(f, start), 0};
    if (end <= start) {
        span.end = span.start;
        return span;
    }
    /* The end of the last character, so that what has no width after it stays outside. */
    size_t last = end;
    utf8_previous(f->text, &last);
    size_t i = run_at(f, last);
    if (i == 0 || f->runs[i - 1].step) {
        span.end = folded_source_start(f, last) + (end - last);
        return span;
    }
    span.end = f->runs[i - 1].source;
    utf8_next(f->source, &span.end);
    return span;
}
