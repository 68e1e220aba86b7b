/* Links that the sense of an article tells: the proposals that stand in it, and those that ask for
 * what it speaks of, by the names that both have. */
#include "app/article_links.h"
#include "baolan/map.h"
#include "baolan/vector.h"

#include <math.h>
#include <stdlib.h>

enum {
    NAMES_MOST = 40,     /* names of an article that are looked for, the rarest first */
    MENTIONS_MOST = 128, /* of one name */
    COMMON_LEAST = 200,  /* a name of so many documents says nothing of what is asked */
    ASKED_MOST = 8,      /* proposals told */
    OF_ARTICLE = 64,     /* proposals of one article */
    NAMES_TOLD = 6
};

struct name {
    struct stored_entity entity;
    double weight;
};

/* A proposal, or the article of a report, that shares names. */
struct asked {
    struct stored_proposal proposal;  /* id 0: a report */
    uint32_t article, passage, start; /* of a report: where the rarest shared name stands */
    uint64_t names;                   /* bit i: name i is in both; NAMES_MOST < 64 */
    double score;
};

struct sensing {
    struct store *store;
    struct arena *arena;
    const struct stored_article *article;
    struct error *error;
    VECTOR(struct name) names;
    VECTOR(struct asked) asked, reports;
    bool proposes;         /* the article has proposals, so that reports are looked for */
    struct map by_article; /* article → 1 + index of its first in proposals, or 0: it has none */
    VECTOR(struct stored_proposal) proposals;
    struct map by_proposal; /* → index in asked */
    struct map by_report;   /* article → index in reports */
};

static int by_weight(const void *left, const void *right)
{
    const struct name *a = left, *b = right;
    if (a->weight != b->weight)
        return a->weight > b->weight ? -1 : 1;
    return a->entity.id < b->entity.id ? -1 : 1;
}

static struct str key_of(struct arena *a, uint32_t id)
{
    uint32_t *kept = arena_new_of(a, uint32_t);
    *kept = id;
    return (struct str){(const char *)kept, sizeof *kept};
}

/* The names of the article that are rare enough to tell what it is about. */
static enum status read_names(struct sensing *x)
{
    const struct stored_mention *mentions;
    struct store_totals totals;
    size_t n;
    struct map seen = map_in(x->arena);
    enum status status = store_totals(x->store, &totals, x->error);
    if (status == STATUS_OK)
        status = store_mentions_in(x->store, x->arena, x->article->first_passage,
                                   x->article->n_passages, &mentions, &n, x->error);
    for (size_t i = 0; status == STATUS_OK && i < n; i++) {
        bool is_new;
        struct name name;
        map_put(&seen, key_of(x->arena, mentions[i].entity), &is_new);
        if (!is_new)
            continue;
        status = store_entity(x->store, x->arena, mentions[i].entity, &name.entity, x->error);
        uint32_t documents = name.entity.documents;
        name.weight = log(1 + (double)totals.documents / (documents > 0 ? documents : 1));
        if (status == STATUS_OK && documents < COMMON_LEAST)
            vector_push(x->arena, &x->names, name);
    }
    if (x->names.n > 0)
        qsort(x->names.at, x->names.n, sizeof *x->names.at, by_weight);
    if (x->names.n > NAMES_MOST)
        x->names.n = NAMES_MOST;
    return status;
}

/* The passages of a proposal, from the first of its own to the last. */
static bool has_passage(const struct proposal *p, uint32_t passage)
{
    uint32_t least = p->place.paragraph, most = least;
    for (uint32_t i = 0; i < p->n_suggestions; i++) {
        uint32_t id = p->suggestions[i].place.paragraph;
        least = id < least ? id : least;
        most = id > most ? id : most;
    }
    return passage >= least && passage <= most;
}

/* The proposals of an article, read once: [*first, *end) of x->proposals. */
static enum status proposals_of(struct sensing *x, uint32_t article, size_t *first, size_t *end)
{
    bool is_new;
    uint32_t ids[OF_ARTICLE];
    size_t found = 0;
    struct map_entry *entry = map_put(&x->by_article, key_of(x->arena, article), &is_new);
    *first = is_new ? x->proposals.n : entry->value.number;
    if (is_new) {
        struct list_query query = {.list = LIST_PROPOSALS, .order = ORDER_ID, .article = article};
        enum status status =
            store_list(x->store, &query, (struct list_from){0}, ids, OF_ARTICLE, &found, x->error);
        entry->value.number = x->proposals.n;
        for (size_t i = 0; i < found && status == STATUS_OK; i++)
            status = store_load_proposal(x->store, x->arena, ids[i],
                                         vector_add(x->arena, &x->proposals), x->error);
        if (status != STATUS_OK)
            return status;
    }
    for (*end = *first; *end < x->proposals.n && x->proposals.at[*end].it.article == article;
         ++*end)
        ;
    return STATUS_OK;
}

/* Counts name number i for what shares it. */
static void share(struct sensing *x, struct asked *asked, size_t i)
{
    if ((asked->names >> i & 1) == 0)
        asked->score += x->names.at[i].weight;
    asked->names |= (uint64_t)1 << i;
}

/* The proposals of an article in whose text a mention stands; *any tells whether there are. */
static enum status share_proposals(struct sensing *x, uint32_t article, uint32_t passage, size_t i,
                                   bool *any)
{
    size_t first = 0, end = 0;
    enum status status = proposals_of(x, article, &first, &end);
    *any = false;
    for (; first < end && status == STATUS_OK; first++) {
        const struct stored_proposal *p = &x->proposals.at[first];
        bool is_new;
        if (!has_passage(&p->it, passage))
            continue;
        struct map_entry *entry = map_put(&x->by_proposal, key_of(x->arena, p->id), &is_new);
        if (is_new) {
            entry->value.number = x->asked.n;
            vector_add(x->arena, &x->asked)->proposal = *p;
        }
        share(x, &x->asked.at[entry->value.number], i);
        *any = true;
    }
    return status;
}

static enum status gather(struct sensing *x, size_t i)
{
    struct stored_mention mentions[MENTIONS_MOST];
    size_t found = 0;
    enum status status = store_mentions(x->store, x->names.at[i].entity.id, NULL, mentions,
                                        MENTIONS_MOST, &found, x->error);
    for (size_t k = 0; k < found && status == STATUS_OK; k++) {
        struct stored_passage passage;
        bool proposed = false, is_new;
        status = store_passage(x->store, x->arena, mentions[k].passage, &passage, x->error);
        if (status != STATUS_OK || passage.article == x->article->id)
            continue;
        status = share_proposals(x, passage.article, mentions[k].passage, i, &proposed);
        if (status != STATUS_OK || proposed || !x->proposes)
            continue;
        struct map_entry *entry =
            map_put(&x->by_report, key_of(x->arena, passage.article), &is_new);
        if (is_new) {
            entry->value.number = x->reports.n;
            struct asked *report = vector_add(x->arena, &x->reports);
            report->article = passage.article;
            report->passage = mentions[k].passage;
            report->start = mentions[k].start;
        }
        share(x, &x->reports.at[entry->value.number], i);
    }
    return status;
}

static int by_score(const void *left, const void *right)
{
    const struct asked *a = left, *b = right;
    if (a->score != b->score)
        return a->score > b->score ? -1 : 1;
    if (a->proposal.id != b->proposal.id)
        return a->proposal.id < b->proposal.id ? -1 : 1;
    return a->article < b->article ? -1 : a->article > b->article;
}

/* Tells which names are shared, the rarest first. */
static void tell_names(struct sensing *x, struct article_link *link, uint64_t names)
{
    struct str *list = arena_array(x->arena, struct str, NAMES_TOLD);
    for (size_t i = 0; i < x->names.n && link->n_names < NAMES_TOLD; i++)
        if ((names >> i & 1) != 0)
            list[link->n_names++] = x->names.at[i].entity.name;
    link->names = list;
}

static struct article_link link_to(struct sensing *x, enum article_link_kind kind,
                                   const struct stored_proposal *p, uint64_t names)
{
    struct article_link link = {
        .kind = kind, .article = p->it.article, .proposal = p->id, .title = p->it.title};
    tell_names(x, &link, names);
    return link;
}

static enum status link_to_report(struct sensing *x, const struct asked *report,
                                  struct article_link *out)
{
    struct stored_article it;
    enum status status = store_article(x->store, x->arena, report->article, &it, x->error);
    *out = (struct article_link){.kind = ARTICLE_LINK_REPORT,
                                 .article = report->article,
                                 .there = report->passage,
                                 .there_start = report->start,
                                 .title = it.title,
                                 .date = it.date};
    tell_names(x, out, report->names);
    return status;
}

enum status article_links_of_sense(struct store *s, struct arena *a,
                                   const struct stored_article *article,
                                   const struct article_link **out, size_t *n, struct error *e)
{
    struct sensing x = {.store = s,
                        .arena = a,
                        .article = article,
                        .error = e,
                        .by_article = map_in(a),
                        .by_proposal = map_in(a),
                        .by_report = map_in(a)};
    VECTOR(struct article_link) links = {0};
    size_t first = 0, end = 0;
    enum status status = proposals_of(&x, article->id, &first, &end);
    x.proposes = first < end;
    for (; status == STATUS_OK && first < end; first++) {
        struct article_link link = link_to(&x, ARTICLE_LINK_PROPOSAL, &x.proposals.at[first], 0);
        vector_push(a, &links, link);
    }
    if (status == STATUS_OK)
        status = read_names(&x);
    for (size_t i = 0; i < x.names.n && status == STATUS_OK; i++)
        status = gather(&x, i);
    if (x.asked.n > 0)
        qsort(x.asked.at, x.asked.n, sizeof *x.asked.at, by_score);
    for (size_t i = 0; i < x.asked.n && i < ASKED_MOST && status == STATUS_OK; i++) {
        struct article_link link =
            link_to(&x, ARTICLE_LINK_ASKED, &x.asked.at[i].proposal, x.asked.at[i].names);
        vector_push(a, &links, link);
    }
    if (x.reports.n > 0)
        qsort(x.reports.at, x.reports.n, sizeof *x.reports.at, by_score);
    for (size_t i = 0; i < x.reports.n && i < ASKED_MOST && status == STATUS_OK; i++) {
        struct article_link link;
        status = link_to_report(&x, &x.reports.at[i], &link);
        vector_push(a, &links, link);
    }
    *out = links.at;
    *n = links.n;
    return status;
}
