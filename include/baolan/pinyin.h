/* Chinese found without an input method: full pinyin, initials, a mixture of both, with Han
 * characters between (`pinghu`, `ping hu`, `ph`, `szjingji`, `平hu`). u or v stands for ü. Every
 * everyday reading of a character counts. */
#ifndef BAOLAN_PINYIN_H
#define BAOLAN_PINYIN_H

#include "baolan/memory.h"
#include "baolan/span.h"

#include <stdint.h>

struct pinyin;

/* Reads data/pinyin.txt (made from the Unihan database) below folder data, or where
 * path_program_data finds it (NULL). Lives in the arena. */
enum status pinyin_load(struct arena *a, const char *data, struct pinyin **out, struct error *e);

/* How well a term answers, best first. */
enum pinyin_rank {
    PINYIN_EXACT,    /* the whole term, by full syllables */
    PINYIN_PREFIX,   /* its beginning */
    PINYIN_INSIDE,   /* a part of it */
    PINYIN_INITIALS, /* the whole term, by initials or a mixture */
    PINYIN_INITIALS_PREFIX,
    PINYIN_INITIALS_INSIDE,
    PINYIN_NO_MATCH
};

/* A query made ready: its letters, digits and Han characters, at most 63. Lives in the arena. */
struct pinyin_query {
    const struct pinyin *table;
    uint32_t points[64]; /* 0-terminated */
    uint32_t n;
    bool latin;    /* has a letter: it may be pinyin */
    uint32_t bits; /* of the points, for quick tests */
    const struct pinyin_fit *fits;
};

/* False where the query is empty or too long to be one. */
bool pinyin_query_of(const struct pinyin *table, struct arena *a, struct str words,
                     struct pinyin_query *out);

/* How the term answers the query; *part (may be NULL) is the part that does, bytes of the term. */
enum pinyin_rank pinyin_match(const struct pinyin_query *query, struct str term, struct span *part);

/* Which of n names the words spell best, the first of equals; SIZE_MAX: none, or the words are no
 * letters. `scratch` is left as it was. */
size_t pinyin_choose(const struct pinyin *table, struct arena *scratch, struct str words,
                     const struct str *names, size_t n);

/* True where the query is two full syllables or more and nothing else. */
bool pinyin_is_syllables(const struct pinyin_query *query);

/* The first part of text at or after byte `from` that the query spells by full syllables; for text
 * of any length, in time linear in it. */
bool pinyin_find(const struct pinyin_query *query, struct str text, size_t from, struct span *part);

/* A list of terms to search: titles, names, metrics. */
struct pinyin_term {
    struct str text;
    uint32_t id, weight; /* the heavier of two equal answers comes first */
    uint8_t kind;        /* the caller's */
};
struct pinyin_index;

/* Makes an index over terms, which must live as long as it does. 4 bytes a character. */
struct pinyin_index *pinyin_index_of(struct arena *a, const struct pinyin *table,
                                     const struct pinyin_term *terms, size_t n);

struct pinyin_hit {
    const struct pinyin_term *term;
    enum pinyin_rank rank;
};

/* Calls visit for each term that answers, in the index's order; returning false ends it. */
typedef bool pinyin_visit(void *context, const struct pinyin_term *term, enum pinyin_rank rank);
void pinyin_index_each(const struct pinyin_index *index, const struct pinyin_query *query,
                       pinyin_visit *visit, void *context);

/* The best answers, at most `most` of them, into out: by rank, then the weight, then the shorter
 * term. Returns their number. */
size_t pinyin_index_find(const struct pinyin_index *index, const struct pinyin_query *query,
                         struct pinyin_hit *out, size_t most);

#endif
