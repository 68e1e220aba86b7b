/* What the files of the search share. */
#ifndef BAOLAN_STORE_SEARCH_INTERNAL_H
#define BAOLAN_STORE_SEARCH_INTERNAL_H

#include "baolan/search.h"
#include "internal.h"
#include "ranges.h"

enum { SEARCH_MOST = 1000 }; /* hits that are kept where the options do not say */

struct searching {
    struct store *store;
    struct arena *arena;
    const struct search_options *options;
    uint32_t passages;  /* ids lie below this */
    size_t most_ranges; /* a field that stands alone gives no more; */
    bool cut;           /* and then this is set */
    struct query_problem *problem;
    struct error *error;
};

/* What a clause's fields leave: the passages, all where `all`; and kinds, as bits. */
struct filter {
    struct ranges ranges;
    bool all;
    bool passages; /* some field was about passages, not about whole articles */
    uint32_t kinds;
};

/* Works out the fields of a clause. */
enum status filter_of(struct searching *s, const struct query_clause *clause, struct filter *out);

/* The tokens of a term as an FTS5 expression: its patterns, any of them. */
struct str match_expression(struct arena *a, const struct query_term *term);

/* The two indexes: of titles, bylines and headings, and of all other passages. */
enum search_index { INDEX_HEADS, INDEX_TEXTS };

/* Calls visit for each passage of an index that answers an FTS5 expression, by ascending id.
 * Returning false ends it. */
typedef bool candidate_visit(void *context, uint32_t passage);
enum status each_candidate(struct searching *s, enum search_index index, struct str expression,
                           candidate_visit *visit, void *context);

/* The first pattern of a term that stands in folded text, its place; NULL where none does. */
const struct pattern *term_find(const struct query_term *term, struct str folded,
                                struct span *where);

static inline bool is_cancelled(const struct searching *s)
{
    return s->options->cancelled != NULL && s->options->cancelled(s->options->context);
}

#endif
