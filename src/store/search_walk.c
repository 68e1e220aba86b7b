/* Candidates: a walk along the index of words, within the ranges that the fields leave. */
#include "baolan/utf8.h"
#include "search_internal.h"

enum { MOST_ASTRAY = 100 /* steps outside of the ranges before the next is gone to */ };

enum status search_row(struct searching *s, const char *sql, uint32_t id, sqlite3_stmt **out,
                       bool *found)
{
    *found = false;
    *out = database_prepare(&s->store->db, sql, s->error);
    if (*out == NULL)
        return failed(s->error);
    bind_int(*out, 1, id);
    return database_step(&s->store->db, *out, found, s->error);
}

bool search_waits(const struct searching *s)
{
    return s->options->exact && s->options->cancelled == NULL;
}

/* The tokens of a pattern as a phrase. Where the last is one letter or digit that may go on (12.5,
 * 2023年1) the index would join all that begins with it before it gives the first, so that only the
 * tokens before it are asked for, unless somebody waits for all: the text is looked at anyway. */
static void add_phrase(const struct searching *s, const struct pattern *p, struct buffer *out)
{
    struct token token, last = {{NULL, 0}, {0, 0}, CLASS_HAN};
    size_t at = 0, n = 0;
    for (; segment_next(p->text, &at, &token); n++) {
        buffer_add_c(out, n > 1 ? " " : n > 0 ? "" : out->n > 0 ? " OR \"" : "\"");
        buffer_add(out, last.text);
        last = token;
    }
    /* A prefix ends in letters or digits; a Han character is whole, and so is 5 in 12.5%. */
    bool goes_on = p->prefix && last.kind != CLASS_HAN && last.folded.end == p->text.n;
    bool left_out = goes_on && n > 1 && utf8_count(last.text) == 1 && !search_waits(s);
    if (!left_out) {
        buffer_add_c(out, n > 1 ? " " : "");
        buffer_add(out, last.text);
    }
    if (n > 0)
        buffer_add_c(out, goes_on && !left_out ? "\" *" : "\"");
}

struct str match_expression(struct searching *s, const struct query_term *term)
{
    struct buffer out = buffer_in(s->arena);
    for (uint32_t i = 0; i < term->n_patterns; i++)
        add_phrase(s, &term->patterns[i], &out);
    return buffer_str(&out);
}

const struct pattern *term_find(const struct query_term *term, struct str folded,
                                struct span *where)
{
    for (uint32_t i = 0; i < term->n_patterns; i++)
        if (pattern_find(&term->patterns[i], folded, 0, where))
            return &term->patterns[i];
    return NULL;
}

/* A walk along an index, within ranges. */
struct walk {
    struct searching *s;
    sqlite3_stmt *statement;
    const struct ranges *within;
    size_t cursor;
    int64_t last;  /* passage that may be wanted */
    size_t astray; /* passages since the last that lay within */
    size_t steps;
    bool stays; /* beginning anew costs as much as going on */
};

/* Begins anew from a passage on. */
static void walk_from(struct walk *w, uint32_t passage)
{
    sqlite3_reset(w->statement);
    bind_int(w->statement, 2, passage);
    search_spend(w->s, STEPS_OF_SEEK);
    w->astray = 0;
}

/* The range that a passage lies in; where none, and the next one is far, the walk goes there. */
static const struct range *walk_range(struct walk *w, uint32_t passage)
{
    const struct range *range = ranges_find(w->within, &w->cursor, passage);
    if (range != NULL) {
        w->astray = 0;
        return range;
    }
    size_t next = w->cursor + (w->within->at[w->cursor].first <= passage);
    if (++w->astray > MOST_ASTRAY && next < w->within->n && !w->stays)
        walk_from(w, w->within->at[next].first);
    return NULL;
}

/* Whether the walk is to be given up, with its status. */
static bool walk_ends(struct walk *w, enum status *status)
{
    struct searching *s = w->s;
    if (w->steps++ % POLL_EVERY == 0 && is_cancelled(s))
        *status = STATUS_INTERRUPTED;
    return search_spend(s, 1) || *status != STATUS_OK;
}

enum status each_candidate(struct searching *s, enum search_index index, struct str expression,
                           const struct ranges *within, candidate_visit *visit, void *context)
{
    bool more;
    enum status status;
    const char *sql = index == INDEX_HEADS ? "SELECT rowid FROM head_index WHERE head_index"
                                             " MATCH ?1 AND rowid>=?2 ORDER BY rowid"
                                           : "SELECT rowid FROM passage_index WHERE passage_index"
                                             " MATCH ?1 AND rowid>=?2 ORDER BY rowid";
    /* All that begins with a prefix is joined at each beginning. */
    struct walk w = {.s = s,
                     .within = within,
                     .last = INT64_MAX,
                     .stays = str_find(expression, STR("*"), 0) != STR_NONE};
    s->walk_steps = 0;
    if (within != NULL && within->n == 0)
        return STATUS_OK;
    w.statement = database_prepare(&s->store->db, sql, s->error);
    if (w.statement == NULL)
        return failed(s->error);
    bind_str(w.statement, 1, expression);
    bind_int(w.statement, 2, within == NULL ? 0 : within->at[0].first);
    if (within != NULL)
        w.last = (int64_t)vector_last(within).end - 1;
    while ((status = database_step(&s->store->db, w.statement, &more, s->error)) == STATUS_OK &&
           more) {
        uint32_t passage = column_u32(w.statement, 0);
        if (walk_ends(&w, &status) || passage > w.last)
            break;
        const struct range *range = within == NULL ? NULL : walk_range(&w, passage);
        if ((within == NULL || range != NULL) && !visit(context, passage, range))
            break;
    }
    sqlite3_reset(w.statement);
    return status;
}
