#include "baolan/finder.h"

#include "app/reprints.h"
#include "baolan/fold.h"
#include "baolan/map.h"
#include "baolan/spelling.h"
#include "baolan/utf8.h"
#include "baolan/vector.h"

#include <stdlib.h>

enum {
    MOST_SEEN = 20000,  /* terms that are looked at for one word */
    ENOUGH_FOUND = 200, /* places in texts that tell what a word is */
    DISCOVER_BYTES = 3000000,
    POLL_EVERY = 64,
    POLL_TERMS = 2048,
    MOST_READINGS = 6,  /* that the word may stand for */
    FEW_READINGS = 4,   /* the same of letters that are but initials */
    LONGEST_TERM = 180, /* bytes; a title that is longer is a sentence */
    TERMS_MOST = 20000, /* of each kind, some hundred bytes each */
    TERM_KINDS = 3,
};

struct finder {
    struct arena *arena; /* holds this and the pinyin table */
    struct arena *terms_arena;
    struct library *library;
    const struct lexicons *lexicons;
    struct pinyin *pinyin;
    bool pinyin_tried, lexicons_tried;
    struct pinyin_index *index; /* NULL: not read yet */
    int64_t version;            /* of the store when it was */
};

enum status finder_open(struct library *library, const struct lexicons *lexicons,
                        struct finder **out, struct error *e)
{
    struct arena *arena = arena_new(), *terms = arena_new();
    *out = NULL;
    if (arena == NULL || terms == NULL) {
        arena_free(arena);
        arena_free(terms);
        return error_set(e, STATUS_NO_MEMORY, "out of memory");
    }
    struct finder *f = arena_new_of(arena, struct finder);
    *f = (struct finder){
        .arena = arena, .terms_arena = terms, .library = library, .lexicons = lexicons};
    *out = f;
    return STATUS_OK;
}

void finder_close(struct finder *f)
{
    if (f == NULL)
        return;
    arena_free(f->terms_arena);
    arena_free(f->arena);
}

void finder_forget(struct finder *f)
{
    f->index = NULL;
}

const struct pinyin *finder_pinyin(struct finder *f)
{
    if (!f->pinyin_tried && pinyin_load(f->arena, NULL, &f->pinyin, NULL) != STATUS_OK)
        f->pinyin = NULL;
    f->pinyin_tried = true;
    return f->pinyin;
}

struct terms {
    struct finder *finder;
    VECTOR(struct pinyin_term) list;
    bool (*cancelled)(void *context);
    void *context;
    bool stopped;
};

static bool visit_term(void *context, enum term_kind kind, uint32_t id, struct str term,
                       uint32_t count)
{
    struct terms *t = context;
    struct arena *a = t->finder->terms_arena;
    if (term.n == 0 || term.n > LONGEST_TERM)
        return true;
    if (t->list.n % POLL_TERMS == 0 && t->cancelled != NULL && t->cancelled(t->context)) {
        t->stopped = true;
        return false;
    }
    struct pinyin_term one = {str_dup(a, term), id, count, (uint8_t)kind};
    vector_push(a, &t->list, one);
    return true;
}

static enum status read_terms(void *context)
{
    struct terms *t = context;
    struct finder *f = t->finder;
    /* At once: what is not filled is not resident, what was grown out of stays in the arena. */
    vector_reserve(f->terms_arena, &t->list, (size_t)TERM_KINDS * TERMS_MOST);
    enum status status = store_each_term(f->library->store, TERMS_MOST, visit_term, t, NULL);
    if (status == STATUS_OK && !t->stopped)
        f->index = pinyin_index_of(f->terms_arena, f->pinyin, t->list.at, t->list.n);
    return status;
}

/* The index of terms, read anew where the library has changed; NULL where it cannot be had. */
static const struct pinyin_index *read_index(struct finder *f, bool (*cancelled)(void *context),
                                             void *context)
{
    struct terms t = {.finder = f, .cancelled = cancelled, .context = context};
    if (finder_pinyin(f) == NULL || f->library->store == NULL)
        return NULL;
    int64_t version = store_data_version(f->library->store);
    if (f->index != NULL && version == f->version)
        return f->index;
    f->index = NULL;
    f->version = version;
    arena_reset(f->terms_arena);
    arena_protect(f->terms_arena, read_terms, &t, NULL);
    return f->index;
}

static const struct pinyin_index *index_of(struct finder *f)
{
    return read_index(f, NULL, NULL);
}

void finder_prepare(struct finder *f, bool (*cancelled)(void *context), void *context)
{
    read_index(f, cancelled, context);
}

size_t finder_terms(struct finder *f, struct arena *a, struct str words, struct pinyin_hit *out,
                    size_t most)
{
    struct pinyin_query q;
    const struct pinyin_index *index = index_of(f);
    if (index == NULL || !pinyin_query_of(f->pinyin, a, words, &q))
        return 0;
    return pinyin_index_find(index, &q, out, most);
}

/* Answers of one kind are not mixed with weaker ones: full syllables, initials of a whole term or
 * its beginning, initials inside. */
static int strength(enum pinyin_rank rank)
{
    return rank <= PINYIN_INSIDE ? 0 : rank <= PINYIN_INITIALS_PREFIX ? 1 : 2;
}

static bool has_latin(struct str s)
{
    for (size_t at = 0; at < s.n;)
        if (point_is_latin(utf8_next(s, &at)))
            return true;
    return false;
}

/* What a word's letters may stand for: parts of terms, weighed by all terms that have them. */
struct reading {
    struct str text;
    uint64_t weight;
};

struct readings {
    struct arena *arena;
    const struct pinyin_query *query;
    struct map known; /* text → index in list */
    VECTOR(struct reading) list;
    int strength; /* of the list; weaker answers are left out */
    size_t seen;
};

static void count_reading(struct readings *r, struct str text, uint64_t weight)
{
    bool is_new;
    if (text.n == 0)
        return;
    struct map_entry *entry = map_put(&r->known, text, &is_new);
    if (is_new) {
        entry->value.number = r->list.n;
        vector_push(r->arena, &r->list, ((struct reading){text, 0}));
    }
    r->list.at[entry->value.number].weight += weight;
    r->seen++;
}

static bool add_reading(void *context, const struct pinyin_term *term, enum pinyin_rank rank)
{
    struct readings *r = context;
    struct span part = {0, 0};
    if (strength(rank) > r->strength)
        return true;
    if (strength(rank) < r->strength) {
        r->strength = strength(rank);
        r->known = map_in(r->arena);
        r->list.n = 0;
    }
    pinyin_match(r->query, term->text, &part);
    struct str text = pattern_of(r->arena, span_of(term->text, part), false).text;
    /* A term of its own before a part of another. */
    bool whole = rank == PINYIN_EXACT || rank == PINYIN_INITIALS;
    count_reading(r, text, (uint64_t)(term->weight + 1) * (whole ? 4 : 1));
    return r->seen < MOST_SEEN;
}

/* Words of the texts themselves. */
struct discovery {
    const struct search_options *options; /* of the run at hand, or NULL */
    struct readings *readings;
    size_t passages;
};

static bool discover_in(void *context, struct str text)
{
    struct discovery *d = context;
    struct readings *r = d->readings;
    const struct search_options *o = d->options;
    struct span part;
    for (size_t at = 0; pinyin_find(r->query, text, at, &part); at = part.end)
        count_reading(r, pattern_of(r->arena, span_of(text, part), false).text, 1);
    if (++d->passages % POLL_EVERY == 0 && o != NULL && o->cancelled != NULL &&
        o->cancelled(o->context))
        return false;
    return r->seen < ENOUGH_FOUND;
}

/* What no title, name or metric has is looked for in the latest texts, as far as time allows. */
static void discover(struct finder *f, struct readings *r, bool typing,
                     const struct search_options *o)
{
    struct readings weaker = *r;
    struct discovery d = {.options = o, .readings = r};
    *r = (struct readings){.arena = r->arena, .query = r->query, .known = map_in(r->arena)};
    search_texts(f->library->store, typing ? DISCOVER_BYTES : UINT64_MAX, discover_in, &d, NULL);
    if (r->list.n == 0)
        *r = weaker;
}

static int by_weight(const void *a, const void *b)
{
    const struct reading *x = a, *y = b;
    if (x->weight != y->weight)
        return x->weight > y->weight ? -1 : 1;
    return str_cmp(x->text, y->text);
}

/* Adds to a term's patterns the other spellings of what it names, as figures join them. */
static void add_spellings(struct finder *f, struct arena *a, struct query_term *t)
{
    struct str spellings[MOST_READINGS];
    size_t n = t->quoted || t->words.n == 0
                   ? 0
                   : spelling_variants(a, finder_lexicons(f), t->words, spellings, MOST_READINGS);
    if (n == 0)
        return;
    struct pattern *patterns = arena_array(a, struct pattern, n + 1);
    patterns[0] = t->patterns[0];
    for (size_t i = 0; i < n; i++)
        patterns[i + 1] = pattern_of(a, spellings[i], false);
    t->patterns = patterns;
    t->n_patterns = (uint32_t)n + 1;
}

/* Adds to a term's patterns what its letters may stand for in this library. */
static void add_readings(struct finder *f, struct arena *a, struct query_term *t, bool in_texts,
                         bool typing, const struct search_options *o)
{
    struct pinyin_query q;
    if (t->quoted || t->n_patterns != 1 || utf8_count(t->words) < 2 || !has_latin(t->words))
        return;
    const struct pinyin_index *index = index_of(f);
    if (index == NULL || !pinyin_query_of(f->pinyin, a, t->words, &q))
        return;
    struct readings r = {.arena = a, .query = &q, .known = map_in(a), .strength = 2};
    pinyin_index_each(index, &q, add_reading, &r);
    in_texts = in_texts && t->field == QUERY_TEXT && pinyin_is_syllables(&q);
    if (in_texts && (r.list.n == 0 || r.strength > 0))
        discover(f, &r, typing, o);
    if (r.list.n > 1)
        qsort(r.list.at, r.list.n, sizeof *r.list.at, by_weight);
    struct pattern *patterns = arena_array(a, struct pattern, MOST_READINGS + 1);
    /* What is read from initials is often no word, and each costs the index a phrase. */
    size_t n = 1, most = r.strength > 0 ? FEW_READINGS : MOST_READINGS;
    patterns[0] = t->patterns[0];
    for (size_t i = 0; i < r.list.n && n <= most; i++) {
        struct pattern p = {r.list.at[i].text, false};
        if (pattern_has_tokens(&p) && !str_eq(p.text, patterns[0].text))
            patterns[n++] = p;
    }
    t->patterns = patterns;
    t->n_patterns = (uint32_t)n;
}

static enum status parse(struct finder *f, struct arena *a, struct str text, bool typing,
                         const struct search_options *o, struct query *out,
                         struct query_problem *problem, struct error *e)
{
    enum status status = query_parse(a, text, typing, out, problem);
    if (status == STATUS_BAD_INPUT)
        return error_set(e, status, "%.*s", STR_ARG(problem->message));
    if (status != STATUS_OK)
        return status;
    for (uint32_t i = 0; i < out->n_clauses; i++)
        for (uint32_t k = 0; k < out->clauses[i].n_terms; k++) {
            /* The parser made them in this arena: they are the finder's to complete. */
            struct query_term *t = (struct query_term *)(uintptr_t)&out->clauses[i].terms[k];
            if (t->field == QUERY_METRIC)
                add_spellings(f, a, t);
            if (t->field != QUERY_DATE && t->field != QUERY_TYPE && t->words.n > 0)
                add_readings(f, a, t, true, typing, o);
        }
    return STATUS_OK;
}

size_t finder_readings(struct finder *f, struct arena *a, struct str words,
                       const struct pattern **out)
{
    struct pattern *pattern = arena_new_of(a, struct pattern);
    struct query_term term = {.words = words, .patterns = pattern, .n_patterns = 1};
    *pattern = pattern_of(a, words, false);
    add_readings(f, a, &term, false, true, NULL);
    *out = term.patterns + 1;
    return term.n_patterns - 1;
}

enum status finder_parse(struct finder *f, struct arena *a, struct str text, bool typing,
                         struct query *out, struct query_problem *problem, struct error *e)
{
    return parse(f, a, text, typing, NULL, out, problem, e);
}

const struct lexicons *finder_lexicons(struct finder *f)
{
    struct lexicons *read;
    if (f->lexicons == NULL && !f->lexicons_tried &&
        lexicons_load_figures(f->arena, NULL, &read, NULL) == STATUS_OK)
        f->lexicons = read;
    f->lexicons_tried = true;
    return f->lexicons;
}

/* The lexicons where the query compares figures, else what there is. */
static const struct lexicons *lexicons_for(struct finder *f, const struct query *q)
{
    for (uint32_t i = 0; i < q->n_clauses; i++)
        for (uint32_t k = 0; k < q->clauses[i].n_terms; k++)
            if (q->clauses[i].terms[k].compare != COMPARE_NONE)
                return finder_lexicons(f);
    return f->lexicons;
}

enum status finder_run(struct finder *f, struct arena *a, struct str text, bool typing,
                       const struct search_options *o, struct query *query,
                       struct search_results *out, struct query_problem *problem, struct error *e)
{
    struct search_options options = *o;
    *out = (struct search_results){.exact = true};
    enum status status = parse(f, a, text, typing, o, query, problem, e);
    if (status != STATUS_OK)
        return status;
    if (f->library->store == NULL)
        return error_set(e, STATUS_NOT_FOUND, "nothing was imported yet");
    options.notes = f->library->marks;
    options.lexicons = lexicons_for(f, query);
    status = search_run(f->library->store, a, query, &options, out, problem, e);
    if (status == STATUS_BAD_INPUT)
        error_set(e, status, "%.*s", STR_ARG(problem->message));
    if (status == STATUS_OK && !o->copies && o->document == 0)
        status = reprints_leave_out(f->library->store, a, out, e);
    return status;
}
