/* Running a query: candidates from the index, checked against the text, ranked, grouped.
 *
 * A clause with words goes twice over the index: titles and headings first, so that they are among
 * the hits however many there are, then the rest. Where a passage with all words is rare, articles
 * with the words apart are looked for, beginning from the rarest word. */
#include "baolan/clock.h"
#include "baolan/map.h"
#include "baolan/utf8.h"
#include "search_internal.h"

#include <math.h>

enum {
    MOST_EXAMINED = 5000, /* passages read before a count is given up as "at least" */
    FEW_HITS = 50,        /* fewer, and words that stand apart are looked for too */
    RARE = 1000,          /* candidates of a word that a search for words apart may begin from */
    MOST_SEEN = 100000,   /* passages that are remembered for a count */
    MOST_PLACES = 8,      /* of one term, to reckon nearness from */
    MOST_WORDS = 64,      /* of a clause that are searched */
};

enum {
    HEAD_KINDS = 1 << PASSAGE_TITLE | 1 << PASSAGE_KICKER | 1 << PASSAGE_SUBTITLE |
                 1 << PASSAGE_BYLINE | 1 << PASSAGE_HEADING /* of the index of heads */
};

/* One clause at work. */
struct clause {
    struct searching *s;
    const struct query_clause *it;
    struct filter filter;
    const struct query_term **words; /* its positive terms of text */
    size_t n_words;
    struct hits *hits; /* of the whole query */
    struct map *seen;  /* passages that were found already; NULL: none can be found twice */
    bool single;       /* the query has no other */
    bool apart;        /* words that stand apart are looked for now */
    uint64_t count, examined;
    size_t most;
    bool full; /* stopped before the end */
    enum status status;
};

/* A passage while it is examined. */
struct passage {
    uint32_t id, article, level;
    enum passage_kind kind;
    struct str text; /* a view until the statement is reset */
    struct folded folded;
    sqlite3_stmt *statement;
};

static enum status read_passage(struct clause *c, uint32_t id, struct passage *out)
{
    bool more;
    sqlite3_stmt *st;
    TRY(search_row(c->s, "SELECT article, kind, unpack(text) FROM passage WHERE id=?1", id, &st,
                   &more));
    *out = (struct passage){.id = id, .statement = st};
    if (!more)
        return STATUS_NOT_FOUND;
    out->article = column_u32(st, 0);
    out->kind = (enum passage_kind)column_u32(st, 1);
    out->text = column_view(st, 2);
    fold(c->s->arena, out->text, &out->folded);
    return STATUS_OK;
}

/* Where a term stands in the passage; at most MOST_PLACES. */
struct places {
    uint32_t start[MOST_PLACES], end[MOST_PLACES];
    size_t n;
    bool pinyin; /* not as written */
};

static void find_places(const struct query_term *term, struct str folded, struct places *out)
{
    out->n = 0;
    out->pinyin = false;
    for (uint32_t i = 0; i < term->n_patterns; i++) {
        struct span where;
        size_t at = 0;
        while (out->n < MOST_PLACES && pattern_find(&term->patterns[i], folded, at, &where)) {
            out->start[out->n] = (uint32_t)where.start;
            out->end[out->n++] = (uint32_t)where.end;
            at = where.end;
        }
        if (i == 0)
            out->pinyin = out->n == 0;
    }
}

/* Bytes of the shortest piece of text with all terms in it, found from each place of the first. */
static uint32_t nearness(const struct places *places, size_t n)
{
    uint32_t best = UINT32_MAX;
    for (size_t i = 0; n > 0 && i < places[0].n; i++) {
        uint32_t from = places[0].start[i], to = places[0].end[i];
        for (size_t k = 1; k < n; k++) {
            uint32_t nearest = UINT32_MAX, at = 0;
            for (size_t m = 0; m < places[k].n; m++) {
                uint32_t p = places[k].start[m];
                uint32_t gap =
                    p > places[0].start[i] ? p - places[0].start[i] : places[0].start[i] - p;
                if (gap < nearest) {
                    nearest = gap;
                    at = p;
                }
            }
            from = at < from ? at : from;
            to = at > to ? at : to;
        }
        best = to - from < best ? to - from : best;
    }
    return best;
}

static enum search_class class_of(enum passage_kind kind)
{
    static const enum search_class classes[PASSAGE_KIND_COUNT] = {
        [PASSAGE_TITLE] = SEARCH_TITLE,     [PASSAGE_KICKER] = SEARCH_TITLE,
        [PASSAGE_SUBTITLE] = SEARCH_TITLE,  [PASSAGE_BYLINE] = SEARCH_CAPTION,
        [PASSAGE_HEADING] = SEARCH_HEADING, [PASSAGE_BODY] = SEARCH_BODY,
        [PASSAGE_NOTE] = SEARCH_BODY,       [PASSAGE_TABLE_ROW] = SEARCH_CAPTION,
        [PASSAGE_CAPTION] = SEARCH_CAPTION,
    };
    return kind < PASSAGE_KIND_COUNT ? classes[kind] : SEARCH_CAPTION;
}

static bool is_excluded(const struct clause *c, struct str folded)
{
    struct span where;
    for (uint32_t i = 0; i < c->it->n_terms; i++) {
        const struct query_term *t = &c->it->terms[i];
        if (t->field == QUERY_TEXT && t->negated && term_find(t, folded, &where) != NULL)
            return true;
    }
    return false;
}

/* True where the passage is a new one for this query. */
static bool is_new(struct clause *c, uint32_t passage)
{
    /* Only what few passages answer is looked for a second time in a clause. */
    if (c->seen == NULL || (c->single && !c->apart && c->seen->n >= FEW_HITS))
        return true;
    struct str key = {(const char *)&passage, sizeof passage};
    if (map_get(c->seen, key) != NULL)
        return false;
    map_put(c->seen, str_dup(c->seen->arena, key), NULL);
    return true;
}

static struct search_hit hit_of(const struct passage *p, const struct places *places, size_t n,
                                const struct range *range, bool apart)
{
    struct search_hit hit = {.passage = p->id,
                             .article = p->article,
                             .kind = p->kind,
                             .class = class_of(p->kind),
                             .apart = apart};
    uint32_t first = UINT32_MAX, last = 0;
    for (size_t i = 0; i < n; i++) {
        hit.matches += (uint32_t)places[i].n;
        hit.pinyin = hit.pinyin || (places[i].n > 0 && places[i].pinyin);
        for (size_t k = 0; k < places[i].n; k++)
            if (places[i].start[k] < first) {
                first = places[i].start[k];
                last = places[i].end[k];
            }
    }
    if (first != UINT32_MAX) {
        struct span source = folded_source_span(&p->folded, first, last);
        hit.start = (uint32_t)source.start;
        hit.end = (uint32_t)source.end;
    } else if (range != NULL && range->start <= range->stop && range->stop <= p->text.n) {
        hit.start = range->start;
        hit.end = range->stop;
    }
    hit.score = 60.0 * hit.matches / ((double)p->text.n + 60);
    if (n > 1 && !apart)
        hit.score += 2.0 / (1 + nearness(places, n) / 60.0);
    return hit;
}

/* True where the passage answers the clause; *hit tells how. `any`: one of the words is enough, the
 * others stand elsewhere in the article. */
static bool answers(struct clause *c, const struct passage *p, const struct range *range, bool any,
                    struct search_hit *hit)
{
    struct places places[MOST_WORDS];
    size_t found = 0;
    if ((c->filter.kinds >> p->kind & 1) == 0)
        return false;
    for (size_t i = 0; i < c->n_words; i++) {
        find_places(c->words[i], p->folded.text, &places[i]);
        found += places[i].n > 0;
        if (!any && places[i].n == 0)
            return false;
    }
    if ((found == 0 && c->n_words > 0) || is_excluded(c, p->folded.text))
        return false;
    *hit = hit_of(p, places, c->n_words, range, any && found < c->n_words);
    return true;
}

/* Examines one passage; counts it and keeps it where it answers. */
static enum status examine(struct clause *c, uint32_t id, const struct range *range, bool any)
{
    struct passage p;
    struct search_hit hit;
    struct arena_mark mark = arena_mark(c->s->arena);
    c->examined++;
    enum status status = read_passage(c, id, &p);
    if (status != STATUS_OK)
        return status == STATUS_NOT_FOUND ? STATUS_OK : status;
    bool good = answers(c, &p, range, any, &hit);
    sqlite3_reset(p.statement);
    arena_release(c->s->arena, mark);
    if (!good || !is_new(c, id))
        return STATUS_OK;
    c->count++;
    if (c->hits->n < c->most)
        vector_push(c->s->arena, c->hits, hit);
    return STATUS_OK;
}

/* Whether the clause has done what is worth it while one types. */
static bool is_enough(struct clause *c)
{
    const struct search_options *o = c->s->options;
    bool late = o->few > 0 && c->hits->n >= o->few && clock_nanoseconds() > o->until;
    bool enough = c->hits->n >= c->most || c->examined >= MOST_EXAMINED || late;
    c->full = c->full || (enough && !c->s->options->exact);
    /* Nobody waits for the count of so many that memory would grow with them. */
    if (c->seen != NULL && c->seen->n > MOST_SEEN && c->s->options->cancelled != NULL)
        c->full = true;
    return c->full;
}

/* The same of a clause that goes through passages without an index of words. */
static bool is_worked_out(struct clause *c)
{
    c->full = c->full || (!c->s->options->exact && c->s->walk_steps > WALK_STEPS);
    return is_enough(c);
}

static bool visit_candidate(void *context, uint32_t passage, const struct range *range)
{
    struct clause *c = context;
    const struct range *left = range;
    c->status = filter_test(c->s, &c->filter, passage, &left);
    if (c->status == STATUS_OK && (c->filter.untried.n == 0 || left != NULL))
        c->status = examine(c, passage, left, false);
    return c->status == STATUS_OK && !is_enough(c);
}

/* The filter's passages for a walk: NULL where it leaves all. */
static const struct ranges *within(const struct clause *c)
{
    return c->filter.all ? NULL : &c->filter.ranges;
}

/* Letters or digits of a word that is nothing else and may go on; 0 of any other. */
static size_t letters_that_go_on(const struct query_term *term)
{
    const struct pattern *p = &term->patterns[0];
    size_t n = 0;
    while (p->prefix && n < p->text.n &&
           point_class((unsigned char)p->text.p[p->text.n - 1 - n]) >= CLASS_LETTER)
        n++;
    return n == p->text.n ? n : 0;
}

/* True for a word of one letter or digit that may go on: the index has to join all that begin with
 * it before it gives the first, and nothing ends that. */
static bool is_costly(const struct clause *c, const struct query_term *term)
{
    return !search_waits(c->s) && letters_that_go_on(term) == 1;
}

static bool has_costly(const struct clause *c)
{
    size_t n = 0;
    for (size_t i = 0; i < c->n_words; i++)
        n += is_costly(c, c->words[i]);
    return n > 0 && n < c->n_words;
}

/* True where a word's beginning is too short to be looked for apart from the others while one
 * types: that asks the index for it several times over. */
static bool has_short_beginning(const struct clause *c)
{
    enum { SHORT = 2 };
    for (size_t i = 0; i < c->n_words && !c->s->options->exact; i++) {
        size_t n = letters_that_go_on(c->words[i]);
        if (n > 0 && n <= SHORT)
            return true;
    }
    return false;
}

/* All words of the clause, as one FTS5 expression; what is costly is left to the look at the text
 * where there is another word. */
static struct str words_expression(struct clause *c)
{
    struct buffer out = buffer_in(c->s->arena);
    bool spare = has_costly(c);
    for (size_t i = 0; i < c->n_words; i++) {
        if (spare && is_costly(c, c->words[i]))
            continue;
        buffer_add_c(&out, out.n > 0 ? " AND (" : "(");
        buffer_add(&out, match_expression(c->s, c->words[i]));
        buffer_add_c(&out, ")");
    }
    return buffer_str(&out);
}

static enum status run_words(struct clause *c)
{
    struct str expression = words_expression(c);
    bool costly = c->n_words == 1 && is_costly(c, c->words[0]);
    for (int index = INDEX_HEADS; index <= INDEX_TEXTS && !c->full; index++) {
        uint32_t kinds = index == INDEX_HEADS ? HEAD_KINDS : ~(uint32_t)HEAD_KINDS;
        c->examined = 0;
        if ((c->filter.kinds & kinds) == 0)
            continue;
        if (index == INDEX_TEXTS && c->hits->n >= FEW_HITS && costly) {
            c->full = true;
            break;
        }
        TRY(each_candidate(c->s, (enum search_index)index, expression, within(c), visit_candidate,
                           c));
        TRY(c->status);
    }
    return STATUS_OK;
}

/* A clause of fields alone: the head of each article, or each passage that a field named. */
static enum status run_fields(struct clause *c)
{
    const struct ranges *r = &c->filter.ranges;
    struct range everything = {1, c->s->passages, 0, 0};
    struct ranges all = {&everything, 1, 1};
    bool each = c->filter.passages || c->filter.all || c->filter.kinds != ~0u;
    r = c->filter.all ? &all : r;
    c->s->walk_steps = 0;
    for (size_t i = 0; i < r->n; i++) {
        uint32_t end = each ? r->at[i].end : r->at[i].first + 1;
        for (uint32_t id = r->at[i].first; id < end; id++) {
            if (id % POLL_EVERY == 0 && is_cancelled(c->s))
                return STATUS_INTERRUPTED;
            const struct range *left = &r->at[i];
            TRY(filter_test(c->s, &c->filter, id, &left));
            if (left != NULL)
                TRY(examine(c, id, left, false));
            if (is_worked_out(c))
                return STATUS_OK;
        }
    }
    return STATUS_OK;
}

/* Words that stand apart. Articles that have one word, as ranges of passages. */
struct apart {
    struct clause *c;
    const struct query_term *term;
    const struct ranges *within; /* NULL: all */
    struct ranges articles;      /* may have one twice until they are settled */
    size_t candidates;
    enum status status;
};

static bool visit_apart(void *context, uint32_t passage, const struct range *range)
{
    struct apart *w = context;
    struct searching *s = w->c->s;
    bool more;
    struct span where;
    if (++w->candidates > RARE && w->within == NULL && !s->options->exact)
        return false;
    (void)range;
    /* Another passage of an article that is known already. */
    if (w->articles.n > 0 && passage < vector_last(&w->articles).end &&
        passage >= vector_last(&w->articles).first)
        return true;
    sqlite3_stmt *st;
    w->status = search_row(s,
                           "SELECT unpack(p.text), a.first_passage, a.passages FROM passage p"
                           " JOIN article a ON a.id=p.article WHERE p.id=?1",
                           passage, &st, &more);
    if (w->status != STATUS_OK || !more)
        return w->status == STATUS_OK;
    struct arena_mark mark = arena_mark(s->arena);
    bool found = term_find(w->term, fold_str(s->arena, column_view(st, 0)), &where) != NULL;
    arena_release(s->arena, mark);
    uint32_t first = column_u32(st, 1), end = first + column_u32(st, 2);
    sqlite3_reset(st);
    if (found)
        vector_push(s->arena, &w->articles, ((struct range){first, end, 0, 0}));
    return true;
}

/* Candidates of each word, counted up to RARE. */
static bool visit_count(void *context, uint32_t passage, const struct range *range)
{
    (void)passage;
    (void)range;
    return ++*(size_t *)context < RARE;
}

static enum status rarest_first(struct clause *c)
{
    size_t counts[MOST_WORDS];
    for (size_t i = 0; i < c->n_words; i++) {
        struct str expression = match_expression(c->s, c->words[i]);
        counts[i] = 0;
        TRY(each_candidate(c->s, INDEX_HEADS, expression, NULL, visit_count, &counts[i]));
        TRY(each_candidate(c->s, INDEX_TEXTS, expression, NULL, visit_count, &counts[i]));
        for (size_t k = i; k > 0 && counts[k] < counts[k - 1]; k--) {
            const struct query_term *term = c->words[k];
            size_t count = counts[k];
            c->words[k] = c->words[k - 1];
            counts[k] = counts[k - 1];
            c->words[k - 1] = term;
            counts[k - 1] = count;
        }
    }
    return STATUS_OK;
}

static enum status run_apart(struct clause *c)
{
    struct ranges articles = {0};
    c->apart = true;
    TRY(rarest_first(c));
    for (size_t i = 0; i < c->n_words; i++) {
        struct apart w = {.c = c, .term = c->words[i], .within = i > 0 ? &articles : NULL};
        struct str expression = match_expression(c->s, w.term);
        /* Fields of passages say nothing of the article's other passages. */
        if (i == 0 && !c->filter.all && !c->filter.parts)
            w.within = &c->filter.ranges;
        for (int index = INDEX_HEADS; index <= INDEX_TEXTS; index++) {
            TRY(each_candidate(c->s, (enum search_index)index, expression, w.within, visit_apart,
                               &w));
            TRY(w.status);
        }
        if (w.within == NULL && w.candidates > RARE && !c->s->options->exact) {
            c->full = true; /* as far as it is worth */
            return STATUS_OK;
        }
        articles = w.articles;
        ranges_settle(&articles);
    }
    c->s->walk_steps = 0;
    for (size_t i = 0; i < articles.n; i++)
        for (uint32_t id = articles.at[i].first; id < articles.at[i].end; id++) {
            if (is_worked_out(c))
                return STATUS_OK;
            if (id % POLL_EVERY == 0 && is_cancelled(c->s))
                return STATUS_INTERRUPTED;
            const struct range *range = NULL;
            size_t cursor = 0;
            if (!c->filter.all && (range = ranges_find(&c->filter.ranges, &cursor, id)) == NULL)
                continue;
            TRY(filter_test(c->s, &c->filter, id, &range));
            if (c->filter.untried.n > 0 && range == NULL)
                continue;
            TRY(examine(c, id, range, true));
        }
    return STATUS_OK;
}

static enum status run_clause(struct clause *c)
{
    c->words = arena_array(c->s->arena, const struct query_term *, MOST_WORDS);
    TRY(filter_of(c->s, c->it, &c->filter));
    for (uint32_t i = 0; i < c->it->n_terms && c->n_words < MOST_WORDS; i++)
        if (c->it->terms[i].field == QUERY_TEXT && !c->it->terms[i].negated)
            c->words[c->n_words++] = &c->it->terms[i];
    if (!c->filter.all && c->filter.ranges.n == 0)
        return STATUS_OK;
    if (c->n_words == 0)
        return run_fields(c);
    TRY(run_words(c));
    if (c->n_words < 2 || c->count >= FEW_HITS)
        return STATUS_OK;
    if (has_costly(c) || has_short_beginning(c)) {
        c->full = true;
        return STATUS_OK;
    }
    return run_apart(c);
}

static enum status count_passages(struct searching *s)
{
    bool more;
    sqlite3_stmt *st =
        database_prepare(&s->store->db, "SELECT ifnull(max(id), 0) FROM passage", s->error);
    if (st == NULL)
        return failed(s->error);
    TRY(database_step(&s->store->db, st, &more, s->error));
    s->passages = more ? column_u32(st, 0) + 1 : 1;
    sqlite3_reset(st);
    return STATUS_OK;
}

/* A whole run, under protection, so that the connection's handler never outlives it. */
struct run {
    struct searching searching;
    const struct query *query;
    struct search_results *out;
};

static enum status run_query(void *context)
{
    struct run *r = context;
    struct searching *s = &r->searching;
    struct hits hits = {0};
    struct map seen = map_in(s->arena);
    TRY(count_passages(s));
    for (uint32_t i = 0; i < r->query->n_clauses; i++) {
        struct clause c = {.s = s, .it = &r->query->clauses[i], .hits = &hits};
        c.single = r->query->n_clauses == 1;
        c.seen = r->query->n_clauses > 1 || c.it->n_terms > 1 ? &seen : NULL;
        c.most = s->options->most == 0 ? SEARCH_MOST : s->options->most;
        size_t before = hits.n;
        TRY(run_clause(&c));
        /* A rare clause weighs more than a common one. */
        double rarity = log(1 + (double)s->passages / (double)(c.count + 1)) / 8;
        for (size_t k = before; k < hits.n; k++)
            hits.at[k].score += rarity;
        r->out->count += c.count;
        r->out->exact = r->out->exact && !c.full && !s->cut;
    }
    return search_rank(s, &hits, r->out);
}

static int ask_cancelled(void *context)
{
    return is_cancelled(context);
}

enum status search_run(struct store *s, struct arena *a, const struct query *q,
                       const struct search_options *o, struct search_results *out,
                       struct query_problem *problem, struct error *e)
{
    enum { STEPS = 20000 }; /* of SQLite's machine, some tenths of a millisecond */
    struct run r = {.query = q, .out = out};
    r.searching =
        (struct searching){.store = s, .arena = a, .options = o, .problem = problem, .error = e};
    *out = (struct search_results){.exact = true};
    if (o->cancelled != NULL)
        sqlite3_progress_handler(s->db.handle, STEPS, ask_cancelled, &r.searching);
    enum status status = arena_protect(a, run_query, &r, e);
    sqlite3_progress_handler(s->db.handle, 0, NULL, NULL);
    return status;
}

enum status search_texts(struct store *s, uint64_t bytes, text_visit *visit, void *context,
                         struct error *e)
{
    bool more;
    enum status status;
    sqlite3_stmt *st =
        database_prepare(&s->db, "SELECT unpack(text) FROM passage ORDER BY id DESC LIMIT ?1", e);
    if (st == NULL)
        return failed(e);
    /* No passage is empty. */
    bind_int(st, 1, bytes > INT64_MAX ? INT64_MAX : (int64_t)bytes);
    for (uint64_t seen = 0;
         (status = database_step(&s->db, st, &more, e)) == STATUS_OK && more && seen < bytes;) {
        struct str text = column_view(st, 0);
        seen += text.n;
        if (!visit(context, text))
            break;
    }
    sqlite3_reset(st);
    return status;
}
