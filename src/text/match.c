#include "baolan/match.h"

#include "baolan/buffer.h"
#include "baolan/utf8.h"
#include "baolan/vector.h"

#include <stdlib.h>

/* White space between these parts two words. */
static bool parts_words(enum point_class before, enum point_class after)
{
    return before == after && (before == CLASS_LETTER || before == CLASS_DIGIT);
}

struct pattern pattern_of(struct arena *a, struct str words, bool prefix)
{
    struct str folded = fold_str(a, words);
    struct buffer text = buffer_in(a);
    enum point_class before = CLASS_SPACE;
    bool space = false;
    for (size_t at = 0; at < folded.n;) {
        size_t start = at;
        enum point_class kind = point_class(utf8_next(folded, &at));
        if (kind == CLASS_SPACE) {
            space = true;
            continue;
        }
        if (space && parts_words(before, kind))
            buffer_add_byte(&text, ' ');
        buffer_add(&text, str_sub(folded, start, at));
        before = kind;
        space = false;
    }
    return (struct pattern){buffer_str(&text), prefix};
}

bool pattern_has_tokens(const struct pattern *p)
{
    struct token token;
    size_t at = 0;
    return segment_next(p->text, &at, &token);
}

static bool is_digit_at(struct str s, size_t at)
{
    return at < s.n && s.p[at] >= '0' && s.p[at] <= '9';
}

/* True where the mark at byte at stands inside a figure: 386.5, 1,234. */
static bool joins_digits(struct str s, size_t at)
{
    if (at == 0 || at >= s.n || !is_digit_at(s, at - 1) || !is_digit_at(s, at + 1))
        return false;
    if (s.p[at] == '.')
        return true;
    return s.p[at] == ',' && is_digit_at(s, at + 2) && is_digit_at(s, at + 3) &&
           !is_digit_at(s, at + 4);
}

/* True where a word or figure that begins with this kind may begin at byte at. */
static bool begins_word(struct str s, size_t at, enum point_class kind)
{
    if (at == 0 || kind < CLASS_LETTER)
        return true;
    size_t before = at;
    if (point_class(utf8_previous(s, &before)) == kind)
        return false;
    return kind != CLASS_DIGIT || !joins_digits(s, at - 1);
}

static bool ends_word(struct str s, size_t at, enum point_class kind)
{
    if (at >= s.n || kind < CLASS_LETTER)
        return true;
    if (point_class(utf8_at(s, at)) == kind)
        return false;
    return kind != CLASS_DIGIT || !joins_digits(s, at);
}

static size_t skip_space(struct str s, size_t at)
{
    while (at < s.n) {
        size_t next = at;
        if (point_class(utf8_next(s, &next)) != CLASS_SPACE)
            break;
        at = next;
    }
    return at;
}

/* The end of the match that begins at byte at, or STR_NONE. */
static size_t match_at(const struct pattern *p, struct str s, size_t at)
{
    enum point_class before = CLASS_SPACE;
    for (size_t i = 0; i < p->text.n;) {
        if (p->text.p[i] == ' ') {
            size_t next = skip_space(s, at);
            if (next == at)
                return STR_NONE;
            at = next;
            i++;
            before = CLASS_SPACE;
            continue;
        }
        size_t start = i;
        uint32_t wanted = utf8_next(p->text, &i);
        enum point_class kind = point_class(wanted);
        if (start == 0 && !begins_word(s, at, kind))
            return STR_NONE;
        if (start > 0 && !parts_words(before, kind))
            at = skip_space(s, at);
        if (i - start > s.n - at || memcmp(s.p + at, p->text.p + start, i - start) != 0)
            return STR_NONE;
        at += i - start;
        before = kind;
    }
    return p->prefix || ends_word(s, at, before) ? at : STR_NONE;
}

bool pattern_find(const struct pattern *p, struct str folded, size_t from, struct span *out)
{
    size_t first = 0;
    if (p->text.n == 0)
        return false;
    utf8_next(p->text, &first);
    struct str head = str_sub(p->text, 0, first);
    for (size_t at = from; (at = str_find(folded, head, at)) != STR_NONE; at += first) {
        size_t end = match_at(p, folded, at);
        if (end != STR_NONE) {
            *out = (struct span){at, end};
            return true;
        }
    }
    return false;
}

static int by_start(const void *a, const void *b)
{
    const struct span *x = a, *y = b;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return x->end == y->end ? 0 : x->end > y->end ? -1 : 1;
}

size_t pattern_find_all(struct arena *a, const struct pattern *patterns, size_t n,
                        struct str source, struct span **out)
{
    VECTOR(struct span) found = {0};
    struct folded folded;
    fold(a, source, &folded);
    for (size_t i = 0; i < n; i++) {
        struct span match;
        for (size_t at = 0; pattern_find(&patterns[i], folded.text, at, &match); at = match.end)
            vector_push(a, &found, folded_source_span(&folded, match.start, match.end));
    }
    if (n > 1 && found.n > 0)
        qsort(found.at, found.n, sizeof *found.at, by_start);
    size_t kept = 0;
    for (size_t i = 0; i < found.n; i++)
        if (kept == 0 || found.at[i].start >= found.at[kept - 1].end)
            found.at[kept++] = found.at[i];
    *out = found.at;
    return kept;
}
