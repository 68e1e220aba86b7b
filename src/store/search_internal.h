/* What the files of the search share. */
#ifndef BAOLAN_STORE_SEARCH_INTERNAL_H
#define BAOLAN_STORE_SEARCH_INTERNAL_H

#include "baolan/search.h"
#include "internal.h"
#include "ranges.h"

enum { SEARCH_MOST = 1000 }; /* hits that are kept where the options do not say */

/* While one types, work is bounded: what is not reached is found when the search is run again
 * without bounds, at a moment of rest. Each bound is some ten milliseconds; a step is one along an
 * index of words, and other work is told in such steps. */
enum {
    FIELD_ROWS = 5000,  /* that a field is worked out from before it is tested article by article */
    FIELD_FRONTS = 600, /* the same of titles and bylines, which are read and compared */
    WALK_STEPS = 40000, /* of one walk along an index, with the fields tested on the way */
    ALL_STEPS = 90000,  /* of all walks of a query */
    STEPS_OF_SEEK = 60, /* going to a place of an index */
    STEPS_OF_WINDOW = 60, /* beginning to test fields in an article */
    STEPS_OF_ROW = 3,     /* a row that they are tested on */
};

enum { POLL_EVERY = 32 }; /* passages between two looks whether to go on */

struct hits {
    struct search_hit *at;
    size_t n, room;
};

struct searching {
    struct store *store;
    struct arena *arena;
    const struct search_options *options;
    uint32_t passages;  /* ids lie below this */
    size_t most_ranges; /* a field that stands alone gives no more; */
    bool cut;           /* and then this is set, and where work was given up */
    size_t rows;        /* of the field at hand */
    bool over;          /* there are more of them than are worth it */
    size_t steps;       /* of all walks */
    size_t walk_steps;  /* of the walk at hand */
    struct query_problem *problem;
    struct error *error;
};

/* What an indicator is compared with. */
struct wanted {
    enum query_compare compare;
    double value;
    struct str unit; /* of the base; empty: the number as printed */
};

/* What indicators are measured in, by id: a few hundred rows for millions of indicators. */
struct measure {
    struct str base_unit;
    int32_t shift;
};
struct measures {
    struct measure *at;
    size_t n, room;
};

/* A field of a clause at work: what is found out about it once. */
struct field {
    const struct query_term *term;
    bool ready;
    struct wanted wanted;
    struct measures measures;
    const uint32_t *ids;    /* metrics or names that the words are in */
    const uint32_t *sorted; /* the same, ascending */
    size_t n_ids;
    const int64_t *keys[2]; /* of marked articles and proposals, ascending */
    size_t n_keys[2];
};

/* An article in which fields are tested, and the passages of it that all of them leave. */
struct window {
    uint32_t article, document;
    uint32_t first, end; /* passages; both 0: none yet */
    uint32_t first_indicator, indicators, first_proposal, proposals; /* of the document */
    struct ranges left;
};

/* What a clause's fields leave: the passages, all where `all`; and kinds, as bits. */
struct filter {
    struct ranges ranges;
    bool all;
    bool passages; /* some field was about passages, not about whole articles */
    bool
        parts; /* the same, of fields that are not wanted too: what is left is less than articles */
    uint32_t kinds;
    struct {
        struct field *at;
        size_t n, room;
    } untried; /* fields that are tested article by article */
    struct window window;
};

/* Works out the fields of a clause. */
enum status filter_of(struct searching *s, const struct query_clause *clause, struct filter *out);

/* Tests the fields that were left: *range is what of its article the passage lies in, NULL where
 * it is not left. */
enum status filter_test(struct searching *s, struct filter *f, uint32_t passage,
                        const struct range **range);

/* Counts work; whether there is enough of it. */
static inline bool search_spend(struct searching *s, size_t steps)
{
    s->steps += steps;
    s->walk_steps += steps;
    if (!s->options->exact && (s->walk_steps > WALK_STEPS || s->steps > ALL_STEPS))
        s->cut = true;
    return !s->options->exact && (s->walk_steps > WALK_STEPS || s->steps > ALL_STEPS);
}

static inline size_t search_rows(const struct searching *s)
{
    return s->options->rows != 0 ? s->options->rows : s->options->exact ? SIZE_MAX : FIELD_ROWS;
}

/* Counts rows of a field; false where they are enough. */
bool field_spend(struct searching *s, size_t rows);
/* Adds passages to what a field has found; false where there are enough of them. */
bool field_add(struct searching *s, struct ranges *out, struct range range);
/* A statement whose last value is the most rows that it may give. */
sqlite3_stmt *field_statement(struct searching *s, const char *sql);
/* Whether a text that is not folded has the term. */
bool field_stands_in(struct searching *s, const struct query_term *term, struct str text);

/* Ids in ascending order, in the arena; and whether one is among such. */
const uint32_t *ids_sorted(struct arena *a, const uint32_t *ids, size_t n);
bool ids_have(const uint32_t *sorted, size_t n, uint32_t id);

/* A field in all passages, as far as it is worth; and in one article. type:indicator is one of
 * figures too. */
enum status filter_metric(struct searching *s, struct field *f, struct ranges *out);
enum status window_figures(struct searching *s, struct field *f, const struct window *w,
                           struct ranges *out);
/* What is compared, and the metrics that the words are in, into the field. */
enum status field_figures(struct searching *s, struct field *f);
/* Names that the words are in, into the field. */
enum status field_names(struct searching *s, struct field *f);
/* The content keys of marked articles and proposals, into the field. */
enum status field_marks(struct searching *s, struct field *f);
bool keys_have(const int64_t *sorted, size_t n, int64_t key);
/* Whether a document has the words in its path or title. */
bool field_in_document(struct searching *s, const struct query_term *t, struct str path,
                       struct str title);
/* The dates from and before which the term asks for. */
enum status field_dates(struct searching *s, const struct query_term *t, struct str *from,
                        struct str *before);
enum { TITLE_KINDS = 1 << PASSAGE_TITLE | 1 << PASSAGE_KICKER | 1 << PASSAGE_SUBTITLE };

/* Whether somebody waits for all that there is, and nothing ends it before. */
bool search_waits(const struct searching *s);

/* The tokens of a term as an FTS5 expression: its patterns, any of them. What answers it may have
 * less than the term. */
struct str match_expression(struct searching *s, const struct query_term *term);

/* The two indexes: of titles, bylines and headings, and of all other passages. */
enum search_index { INDEX_HEADS, INDEX_TEXTS };

/* Calls visit for each passage of an index that answers an FTS5 expression, by ascending id, with
 * the range that it lies in; within NULL: all, and no range. Returning false ends it. */
typedef bool candidate_visit(void *context, uint32_t passage, const struct range *range);
enum status each_candidate(struct searching *s, enum search_index index, struct str expression,
                           const struct ranges *within, candidate_visit *visit, void *context);

/* The first pattern of a term that stands in folded text, its place; NULL where none does. */
const struct pattern *term_find(const struct query_term *term, struct str folded,
                                struct span *where);

/* The row that SQL gives for an id, for whoever resets the statement then; *found: there is one. */
enum status search_row(struct searching *s, const char *sql, uint32_t id, sqlite3_stmt **out,
                       bool *found);

/* Puts hits in order: by document, the best first. */
enum status search_rank(struct searching *s, struct hits *hits, struct search_results *out);

static inline bool is_cancelled(const struct searching *s)
{
    return s->options->cancelled != NULL && s->options->cancelled(s->options->context);
}

#endif
