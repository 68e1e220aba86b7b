/* Search over a library's cache: what a query finds, ranked and grouped.
 *
 * The unit is the passage: a clause is answered by a passage in which all its words stand; where
 * none or few do, also by articles in which all of them stand apart (`apart`). Candidates come from
 * the index; each is checked against its folded text by the rule of match.h, so that the answer is
 * what a plain scan of all passages would give. Fields narrow the passages down. */
#ifndef BAOLAN_SEARCH_H
#define BAOLAN_SEARCH_H

#include "baolan/notes.h"
#include "baolan/query.h"
#include "baolan/store.h"

struct search_options {
    uint32_t most; /* hits that are kept; 0: 1000 */
    uint32_t few;  /* so many are enough once clock_nanoseconds() is past `until`; 0: never */
    int64_t until;
    bool exact;          /* go on past them and past what is worth it while one types:
                            for a moment of rest, or a command */
    uint32_t rows;       /* that a field is worked out from before it is tested article by article;
                            0: some thousands */
    uint32_t document;   /* only in this one; 0: all */
    bool copies;         /* finder_run: hits of near copies each by itself, else once */
    struct notes *notes; /* for mark:; may be NULL */
    const struct lexicons *lexicons; /* for units in comparisons; may be NULL: numbers alone */
    /* Asked every few dozen passages; true ends the search with STATUS_INTERRUPTED. May be NULL. */
    bool (*cancelled)(void *context);
    void *context;
};

/* Where a hit stands, best first. */
enum search_class {
    SEARCH_TITLE,
    SEARCH_HEADING,
    SEARCH_PROPOSAL, /* in an article that is a proposal */
    SEARCH_BODY,
    SEARCH_CAPTION /* captions, bylines, rows of tables */
};

struct search_hit {
    uint32_t passage, article, document;
    enum passage_kind kind;
    enum search_class class;
    bool apart;  /* the words stand in several passages of the article */
    bool pinyin; /* found by what pinyin made of a word */
    uint32_t start,
        end; /* the first match: bytes of the passage; equal where a field alone found */
    uint32_t matches;
    uint32_t copies; /* hits in near copies that were left out for it */
    double score;
};

/* The hits of a document, in reading order after the best one's place among the groups. */
struct search_group {
    uint32_t document, first, n; /* hits[first, first + n) */
};

struct search_results {
    const struct search_hit *hits; /* group by group */
    size_t n_hits;
    const struct search_group *groups; /* the best hit's first */
    size_t n_groups;
    uint64_t count; /* passages found */
    bool exact;     /* no more than count; else at least */
};

/* Runs a query. STATUS_BAD_INPUT with *problem filled where a field's words mean nothing (a date
 * that is none); STATUS_INTERRUPTED where cancelled said so. Results live in the arena. */
enum status search_run(struct store *s, struct arena *a, const struct query *q,
                       const struct search_options *o, struct search_results *out,
                       struct query_problem *problem, struct error *e);

/* Calls visit with the texts of passages, the latest that were read first, until it returns false
 * or `bytes` of them went by. */
typedef bool text_visit(void *context, struct str text);
enum status search_texts(struct store *s, uint64_t bytes, text_visit *visit, void *context,
                         struct error *e);

#endif
