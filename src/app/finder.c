#include "baolan/finder.h"

#include "baolan/fold.h"
#include "baolan/utf8.h"
#include "baolan/vector.h"

enum {
    MOST_HITS = 24,     /* terms that are looked at for one word */
    MOST_READINGS = 6,  /* that the word may stand for */
    LONGEST_TERM = 180, /* bytes; a title that is longer is a sentence */
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
};

static bool visit_term(void *context, enum term_kind kind, uint32_t id, struct str term,
                       uint32_t count)
{
    struct terms *t = context;
    struct arena *a = t->finder->terms_arena;
    if (term.n == 0 || term.n > LONGEST_TERM)
        return true;
    struct pinyin_term one = {str_dup(a, term), id, count, (uint8_t)kind};
    vector_push(a, &t->list, one);
    return true;
}

static enum status read_terms(void *context)
{
    struct terms *t = context;
    struct finder *f = t->finder;
    enum status status = store_each_term(f->library->store, visit_term, t, NULL);
    if (status == STATUS_OK)
        f->index = pinyin_index_of(f->terms_arena, f->pinyin, t->list.at, t->list.n);
    return status;
}

/* The index of terms, read anew where the library has changed; NULL where it cannot be had. */
static const struct pinyin_index *index_of(struct finder *f)
{
    struct terms t = {.finder = f};
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

/* Adds to a term's patterns the parts of the library's terms that its letters may stand for. */
static void add_readings(struct finder *f, struct arena *a, struct query_term *t)
{
    struct pinyin_hit hits[MOST_HITS];
    struct pinyin_query q;
    VECTOR(struct pattern) patterns = {0};
    if (t->quoted || t->n_patterns != 1 || utf8_count(t->words) < 2 || !has_latin(t->words))
        return;
    size_t n = finder_terms(f, a, t->words, hits, MOST_HITS);
    if (n == 0 || !pinyin_query_of(f->pinyin, a, t->words, &q))
        return;
    vector_push(a, &patterns, t->patterns[0]);
    for (size_t i = 0; i < n && strength(hits[i].rank) == strength(hits[0].rank); i++) {
        struct span part = {0, 0};
        pinyin_match(&q, hits[i].term->text, &part);
        struct pattern p = pattern_of(a, span_of(hits[i].term->text, part), false);
        bool known = !pattern_has_tokens(&p);
        for (size_t k = 0; k < patterns.n && !known; k++)
            known = str_eq(patterns.at[k].text, p.text);
        if (!known && patterns.n <= MOST_READINGS)
            vector_push(a, &patterns, p);
    }
    t->patterns = patterns.at;
    t->n_patterns = (uint32_t)patterns.n;
}

enum status finder_parse(struct finder *f, struct arena *a, struct str text, bool typing,
                         struct query *out, struct query_problem *problem, struct error *e)
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
            if (t->field != QUERY_DATE && t->field != QUERY_TYPE && t->words.n > 0)
                add_readings(f, a, t);
        }
    return STATUS_OK;
}

/* The lexicons where the query compares figures, else what there is. */
static const struct lexicons *lexicons_for(struct finder *f, const struct query *q)
{
    struct lexicons *read;
    bool compares = false;
    for (uint32_t i = 0; i < q->n_clauses; i++)
        for (uint32_t k = 0; k < q->clauses[i].n_terms; k++)
            compares = compares || q->clauses[i].terms[k].compare != COMPARE_NONE;
    if (compares && f->lexicons == NULL && !f->lexicons_tried &&
        lexicons_load(f->arena, NULL, &read, NULL, NULL, NULL) == STATUS_OK)
        f->lexicons = read;
    f->lexicons_tried = f->lexicons_tried || compares;
    return f->lexicons;
}

enum status finder_run(struct finder *f, struct arena *a, struct str text, bool typing,
                       const struct search_options *o, struct query *query,
                       struct search_results *out, struct query_problem *problem, struct error *e)
{
    struct search_options options = *o;
    *out = (struct search_results){.exact = true};
    enum status status = finder_parse(f, a, text, typing, query, problem, e);
    if (status != STATUS_OK)
        return status;
    if (f->library->store == NULL)
        return error_set(e, STATUS_NOT_FOUND, "nothing was imported yet");
    options.notes = f->library->notes;
    options.lexicons = lexicons_for(f, query);
    status = search_run(f->library->store, a, query, &options, out, problem, e);
    if (status == STATUS_BAD_INPUT)
        error_set(e, status, "%.*s", STR_ARG(problem->message));
    return status;
}
