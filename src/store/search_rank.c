/* Hits rated, grouped by document, and the groups put in order. */
#include "baolan/map.h"
#include "search_internal.h"

#include <math.h>
#include <stdlib.h>

/* What is known of an article, for ranking. */
struct about {
    uint32_t document;
    bool proposal;
    struct str date;
};

static enum status about_article(struct searching *s, uint32_t article, struct about *out)
{
    bool more;
    sqlite3_stmt *st;
    TRY(search_row(
        s,
        "SELECT a.document, d.date, EXISTS(SELECT 1 FROM proposal p WHERE p.id>=d.first_proposal"
        " AND p.id<d.first_proposal+d.proposals AND p.article=a.id)"
        " FROM article a JOIN document d ON d.id=a.document WHERE a.id=?1",
        article, &st, &more));
    if (more)
        *out = (struct about){column_u32(st, 0), sqlite3_column_int(st, 2) != 0,
                              column_str(s->arena, st, 1)};
    sqlite3_reset(st);
    return STATUS_OK;
}

/* A group while it is ranked. */
struct ranked {
    struct search_group group;
    double score;
    struct str date;
};

/* Fills in documents and final scores: text as written before pinyin, together before apart, then
 * by where it stands. */
static enum status rate(struct searching *s, struct hits *hits, struct map *dates)
{
    static const double weights[] = {[SEARCH_TITLE] = 16,
                                     [SEARCH_HEADING] = 8,
                                     [SEARCH_PROPOSAL] = 4,
                                     [SEARCH_BODY] = 2,
                                     [SEARCH_CAPTION] = 1};
    struct about about = {0};
    uint32_t known = 0;
    for (size_t i = 0; i < hits->n; i++) {
        struct search_hit *h = &hits->at[i];
        if (h->article != known)
            TRY(about_article(s, h->article, &about));
        known = h->article;
        h->document = about.document;
        if (about.proposal && h->class == SEARCH_BODY)
            h->class = SEARCH_PROPOSAL;
        h->score += weights[h->class] + (h->pinyin ? 0 : 64) + (h->apart ? 0 : 32);
        struct str key = {(const char *)&h->document, sizeof h->document};
        bool is_first;
        if (map_get(dates, key) == NULL) {
            struct str *date = arena_new_of(s->arena, struct str);
            *date = about.date;
            map_put(dates, str_dup(s->arena, key), &is_first)->value.pointer = date;
        }
    }
    return STATUS_OK;
}

static int by_document(const void *a, const void *b)
{
    const struct search_hit *x = a, *y = b;
    if (x->document != y->document)
        return x->document < y->document ? -1 : 1;
    return x->passage < y->passage ? -1 : x->passage > y->passage;
}

static int by_rank(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    /* What hardly differs in score is put in order of date, newest first. */
    double left = floor(x->score * 4), right = floor(y->score * 4);
    if (left != right)
        return left > right ? -1 : 1;
    int date = str_cmp(y->date, x->date);
    if (date != 0)
        return date;
    return x->group.document < y->group.document ? -1 : x->group.document > y->group.document;
}

enum status search_rank(struct searching *s, struct hits *hits, struct search_results *out)
{
    VECTOR(struct ranked) ranked = {0};
    struct map dates = map_in(s->arena);
    TRY(rate(s, hits, &dates));
    if (hits->n > 1)
        qsort(hits->at, hits->n, sizeof *hits->at, by_document);
    for (size_t i = 0; i < hits->n; i++) {
        const struct search_hit *h = &hits->at[i];
        if (ranked.n == 0 || vector_last(&ranked).group.document != h->document) {
            struct str key = {(const char *)&h->document, sizeof h->document};
            struct ranked *r = vector_add(s->arena, &ranked);
            r->group = (struct search_group){h->document, (uint32_t)i, 0};
            r->date = *(const struct str *)map_get(&dates, key)->value.pointer;
        }
        struct ranked *r = &vector_last(&ranked);
        r->group.n++;
        r->score = h->score > r->score ? h->score : r->score;
    }
    if (ranked.n > 1)
        qsort(ranked.at, ranked.n, sizeof *ranked.at, by_rank);
    struct search_hit *sorted = arena_array(s->arena, struct search_hit, hits->n);
    struct search_group *groups = arena_array(s->arena, struct search_group, ranked.n);
    size_t n = 0;
    for (size_t i = 0; i < ranked.n; i++) {
        groups[i] = ranked.at[i].group;
        groups[i].first = (uint32_t)n;
        memcpy(sorted + n, hits->at + ranked.at[i].group.first, groups[i].n * sizeof *sorted);
        n += groups[i].n;
    }
    out->hits = sorted;
    out->n_hits = n;
    out->groups = groups;
    out->n_groups = ranked.n;
    return STATUS_OK;
}
