/* All that stands about one name. */
#include "app/name_index.h"

#include "baolan/map.h"
#include "baolan/vector.h"

#include <math.h>
#include <stdlib.h>

/* Records of one article looked at, at most. */
enum { LISTED_MOST = 256, KEYS_MOST = 16 * LISTED_MOST };

struct reading {
    struct store *store;
    struct arena *arena;
    struct name_page *page;
    struct error *error;
    struct map articles; /* id → its number in order of first sight */
    VECTOR(struct stored_article) read;
};

static struct str id_key(struct arena *a, uint32_t id)
{
    uint32_t *kept = arena_new_of(a, uint32_t);
    *kept = id;
    return (struct str){(const char *)kept, sizeof *kept};
}

/* --- Mentions -------------------------------------------------------------------------------- */

static enum status article_of(struct reading *r, uint32_t id, const struct stored_article **out)
{
    struct map_entry *entry = map_get(&r->articles, (struct str){(const char *)&id, sizeof id});
    enum status status = STATUS_OK;
    if (entry == NULL) {
        entry = map_put(&r->articles, id_key(r->arena, id), NULL);
        entry->value.number = r->read.n;
        status = store_article(r->store, r->arena, id, vector_add(r->arena, &r->read), r->error);
    }
    *out = &r->read.at[entry->value.number];
    return status;
}

static int by_date(const void *left, const void *right)
{
    const struct name_mention *a = left, *b = right;
    int order = str_cmp(a->date, b->date);
    if (order != 0)
        return a->date.n == 0 ? 1 : b->date.n == 0 ? -1 : order;
    if (a->at.passage != b->at.passage)
        return a->at.passage < b->at.passage ? -1 : 1;
    return a->at.start < b->at.start ? -1 : a->at.start > b->at.start;
}

static enum status read_mentions(struct reading *r)
{
    struct stored_mention *at = arena_array(r->arena, struct stored_mention, MENTIONS_SHOWN);
    size_t n = 0;
    enum status status =
        store_mentions(r->store, r->page->entity.id, NULL, at, MENTIONS_SHOWN, &n, r->error);
    struct name_mention *list = arena_array(r->arena, struct name_mention, n + 1);
    size_t kept = 0;
    for (size_t i = 0; i < n && status == STATUS_OK; i++) {
        struct stored_passage passage;
        const struct stored_article *article;
        /* What only the form of a page told has no words in a passage. */
        if (at[i].end <= at[i].start)
            continue;
        status = store_passage(r->store, r->arena, at[i].passage, &passage, r->error);
        if (status == STATUS_OK)
            status = article_of(r, passage.article, &article);
        if (status == STATUS_OK)
            list[kept++] = (struct name_mention){at[i],         article->id,    article->document,
                                                 article->date, article->title, passage.text};
    }
    if (kept > 0)
        qsort(list, kept, sizeof *list, by_date);
    uint32_t *articles = arena_array(r->arena, uint32_t, r->read.n + 1);
    for (size_t i = 0; i < r->read.n; i++)
        articles[i] = r->read.at[i].id;
    r->page->articles = articles;
    r->page->n_articles = r->read.n;
    r->page->mentions = list;
    r->page->n_mentions = status == STATUS_OK ? kept : 0;
    return status;
}

/* --- Neighbours ------------------------------------------------------------------------------ */

struct counted {
    struct name_neighbour neighbour;
    double weight;
};

static int by_weight(const void *left, const void *right)
{
    const struct counted *a = left, *b = right;
    if (a->weight != b->weight)
        return a->weight > b->weight ? -1 : 1;
    return a->neighbour.entity.id < b->neighbour.entity.id ? -1 : 1;
}

/* Names in the passages where this one stands, counted once a passage. */
static enum status count_neighbours(struct reading *r, struct map *counts)
{
    uint32_t before = 0;
    for (size_t i = 0; i < r->page->n_mentions; i++) {
        const struct stored_mention *others;
        size_t n;
        uint32_t passage = r->page->mentions[i].at.passage;
        if (passage == before)
            continue;
        before = passage;
        enum status status =
            store_mentions_in(r->store, r->arena, passage, 1, &others, &n, r->error);
        if (status != STATUS_OK)
            return status;
        struct map seen = map_in(r->arena);
        for (size_t k = 0; k < n; k++) {
            bool is_new;
            struct str key = {(const char *)&others[k].entity, sizeof others[k].entity};
            map_put(&seen, key, &is_new);
            if (is_new && others[k].entity != r->page->entity.id)
                map_put(counts, key, NULL)->value.number++;
        }
    }
    return STATUS_OK;
}

static enum status read_neighbours(struct reading *r)
{
    struct map counts = map_in(r->arena);
    struct store_totals totals;
    enum status status = store_totals(r->store, &totals, r->error);
    if (status == STATUS_OK)
        status = count_neighbours(r, &counts);
    struct counted *list = arena_array(r->arena, struct counted, counts.n + 1);
    for (size_t i = 0; i < counts.n && status == STATUS_OK; i++) {
        uint32_t id;
        memcpy(&id, counts.at[i].key.p, sizeof id);
        status = store_entity(r->store, r->arena, id, &list[i].neighbour.entity, r->error);
        list[i].neighbour.together = (uint32_t)counts.at[i].value.number;
        uint32_t documents = list[i].neighbour.entity.documents;
        list[i].weight = (double)list[i].neighbour.together *
                         log(1 + (double)totals.documents / (documents > 0 ? documents : 1));
    }
    if (status != STATUS_OK || counts.n == 0)
        return status;
    qsort(list, counts.n, sizeof *list, by_weight);
    size_t n = counts.n < NEIGHBOURS_SHOWN ? counts.n : NEIGHBOURS_SHOWN;
    struct name_neighbour *neighbours = arena_array(r->arena, struct name_neighbour, n);
    for (size_t i = 0; i < n; i++)
        neighbours[i] = list[i].neighbour;
    r->page->neighbours = neighbours;
    r->page->n_neighbours = n;
    return STATUS_OK;
}

/* --- Figures and proposals ------------------------------------------------------------------- */

static bool is_spelling(const struct name_page *p, struct str text)
{
    for (size_t i = 0; i < p->n_spellings; i++)
        if (str_eq(p->spellings[i], text))
            return true;
    return false;
}

/* Whether a word that figures name is a spelling of it. */
static enum status is_subject(struct reading *r, uint32_t word, bool *out)
{
    struct str text = {NULL, 0};
    enum status status =
        word == 0 ? STATUS_OK : store_word(r->store, r->arena, word, &text, r->error);
    *out = status == STATUS_OK && is_spelling(r->page, text);
    return status;
}

/* Leaves of ids of an article's figures those whose subject it is: few are, and a whole figure
 * costs ten times what tells its subject. */
static enum status keep_own(struct reading *r, uint32_t *ids, size_t *n)
{
    const struct figure_key *keys;
    size_t n_keys, kept = 0, k = 0;
    uint32_t word = 0;
    bool own = false;
    /* Those of an article stand together, but in a damaged cache. */
    if (*n == 0 || ids[*n - 1] - ids[0] > KEYS_MOST)
        return STATUS_OK;
    struct arena_mark mark = arena_mark(r->arena);
    enum status status =
        store_figure_keys(r->store, r->arena, ids[0], ids[*n - 1] + 1, &keys, &n_keys, r->error);
    for (size_t i = 0; i < *n && status == STATUS_OK; i++) {
        while (k < n_keys && keys[k].id < ids[i])
            k++;
        if (k == n_keys || keys[k].id != ids[i])
            continue;
        if (keys[k].subject != word)
            status = is_subject(r, keys[k].subject, &own);
        word = keys[k].subject;
        if (own && word != 0)
            ids[kept++] = ids[i];
    }
    arena_release(r->arena, mark);
    *n = kept;
    return status;
}

/* Figures of the articles that mention it whose subject it is. */
static enum status read_figures(struct reading *r)
{
    VECTOR(struct stored_indicator) list = {0};
    enum status status = STATUS_OK;
    for (size_t i = 0; i < r->page->n_articles && i < ARTICLES_READ && status == STATUS_OK; i++) {
        uint32_t ids[LISTED_MOST];
        size_t found = 0;
        struct list_query query = {
            .list = LIST_INDICATORS, .order = ORDER_ID, .article = r->page->articles[i]};
        if (list.n == FIGURES_SHOWN)
            break;
        status =
            store_list(r->store, &query, (struct list_from){0}, ids, LISTED_MOST, &found, r->error);
        if (status == STATUS_OK)
            status = keep_own(r, ids, &found);
        for (size_t k = 0; k < found && status == STATUS_OK && list.n < FIGURES_SHOWN; k++) {
            struct stored_indicator it;
            status = store_indicator(r->store, r->arena, ids[k], &it, r->error);
            if (status == STATUS_OK && is_spelling(r->page, it.it.subject))
                vector_push(r->arena, &list, it);
        }
    }
    r->page->figures = list.at;
    r->page->n_figures = list.n;
    return status;
}

/* Whether a mention stands in the proposal's own text. */
static bool speaks_of(const struct name_page *page, const struct proposal *p)
{
    uint32_t least = p->place.paragraph, most = least;
    for (uint32_t i = 0; i < p->n_suggestions; i++) {
        uint32_t id = p->suggestions[i].place.paragraph;
        least = id < least ? id : least;
        most = id > most ? id : most;
    }
    for (size_t i = 0; i < page->n_mentions; i++)
        if (page->mentions[i].at.passage >= least && page->mentions[i].at.passage <= most)
            return true;
    return false;
}

static enum status read_proposals(struct reading *r)
{
    VECTOR(struct stored_proposal) list = {0};
    enum status status = STATUS_OK;
    for (size_t i = 0; i < r->page->n_articles && i < ARTICLES_READ && status == STATUS_OK; i++) {
        uint32_t ids[LISTED_MOST];
        size_t found = 0;
        struct list_query query = {
            .list = LIST_PROPOSALS, .order = ORDER_ID, .article = r->page->articles[i]};
        status =
            store_list(r->store, &query, (struct list_from){0}, ids, LISTED_MOST, &found, r->error);
        for (size_t k = 0; k < found && status == STATUS_OK && list.n < PROPOSALS_SHOWN; k++) {
            struct stored_proposal p;
            status = store_load_proposal(r->store, r->arena, ids[k], &p, r->error);
            if (status == STATUS_OK && speaks_of(r->page, &p.it))
                vector_push(r->arena, &list, p);
        }
    }
    r->page->proposals = list.at;
    r->page->n_proposals = list.n;
    return status;
}

enum status name_page_read(struct store *s, struct arena *a, uint32_t entity, struct name_page *out,
                           struct error *e)
{
    struct reading r = {.store = s, .arena = a, .page = out, .error = e, .articles = map_in(a)};
    *out = (struct name_page){0};
    enum status status = store_entity(s, a, entity, &out->entity, e);
    if (status == STATUS_OK)
        status = store_spellings(s, a, entity, &out->spellings, &out->n_spellings, e);
    return status == STATUS_OK ? read_mentions(&r) : status;
}

enum status name_page_go_on(struct store *s, struct arena *a, struct name_page *page,
                            struct error *e)
{
    static enum status (*const PARTS[])(struct reading *) = {read_figures, read_neighbours,
                                                             read_proposals};
    struct reading r = {.store = s, .arena = a, .page = page, .error = e};
    enum status status = page->whole ? STATUS_OK : PARTS[page->parts++](&r);
    page->whole = page->parts == sizeof PARTS / sizeof *PARTS;
    return status;
}
