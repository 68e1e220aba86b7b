#include "app/related.h"

#include "baolan/fold.h"
#include "baolan/map.h"
#include "baolan/utf8.h"

#include <math.h>
#include <stdlib.h>

enum {
    MENTIONS_MOST = 120,  /* of one name that reports are looked for by */
    NAMES_MOST = 48,      /* of one proposal, the rarest */
    PASSAGES_MOST = 4096, /* of one proposal */
    NAME_WEIGHT = 3,      /* a shared name counts as so many shared pairs of characters */
};
#define SCORE_LEAST 0.06
#define SUGGESTION_LEAST 0.12

/* A name or a pair of characters; names have the high bit set. */
typedef uint64_t feature;
#define FEATURE_NAME ((uint64_t)1 << 63)

struct features {
    const feature *at; /* ascending, each once */
    size_t n;
    double norm;
};

struct related {
    struct arena *arena;
    const struct docket *docket;
    struct features *of;      /* by item of the docket; NULL: none was read */
    size_t n_of, n_read;      /* the room for items, and those read so far */
    struct map counts;        /* feature → proposals that have it */
    const uint32_t *articles; /* of proposals: no reports; ascending */
    size_t n_articles;
    int64_t documents; /* of the library */
};

typedef VECTOR(feature) feature_list;

/* --- Features -------------------------------------------------------------------------------- */

static int by_value(const void *left, const void *right)
{
    feature a = *(const feature *)left, b = *(const feature *)right;
    return a < b ? -1 : a > b;
}

static size_t sort_once(feature *at, size_t n)
{
    size_t kept = 0;
    if (n > 0)
        qsort(at, n, sizeof *at, by_value);
    for (size_t i = 0; i < n; i++)
        if (i == 0 || at[i] != at[i - 1])
            at[kept++] = at[i];
    return kept;
}

/* Pairs of Han characters that stand side by side. */
static void add_pairs(struct arena *a, feature_list *list, struct str text)
{
    struct str folded = fold_str(a, text);
    uint32_t before = 0;
    for (size_t at = 0; at < folded.n;) {
        uint32_t c = utf8_next(folded, &at);
        if (point_is_han(c) && before != 0)
            vector_push(a, list, (feature)before << 24 | c);
        before = point_is_han(c) ? c : 0;
    }
}

/* The passages that a proposal stands in: ids [first, first + count). */
static uint32_t passages_of(const struct proposal *p, uint32_t *first)
{
    uint32_t least = p->place.paragraph, most = p->place.paragraph;
    for (uint32_t i = 0; i < p->n_suggestions; i++) {
        uint32_t id = p->suggestions[i].place.paragraph;
        if (id == NONE || id == 0)
            continue;
        least = least == NONE || id < least ? id : least;
        most = most == NONE || id > most ? id : most;
    }
    *first = least;
    if (least == NONE || least == 0)
        return 0;
    return most - least + 1 < PASSAGES_MOST ? most - least + 1 : PASSAGES_MOST;
}

static enum status add_names(struct related *r, struct arena *a, feature_list *list,
                             const struct proposal *p, struct error *e)
{
    const struct stored_mention *mentions;
    size_t n = 0;
    uint32_t first, count = passages_of(p, &first);
    if (count == 0)
        return STATUS_OK;
    enum status status = store_mentions_in(r->docket->store, a, first, count, &mentions, &n, e);
    for (size_t i = 0; status == STATUS_OK && i < n; i++)
        vector_push(a, list, FEATURE_NAME | mentions[i].entity);
    return status;
}

static struct map_entry *count_of(struct related *r, const feature *f)
{
    return map_get(&r->counts, (struct str){(const char *)f, sizeof *f});
}

static double weight(struct related *r, const feature *f)
{
    const struct map_entry *entry = count_of(r, f);
    double count = entry == NULL ? 1 : (double)entry->value.number;
    double w = log(1 + (double)r->docket->n_items / count);
    return (*f & FEATURE_NAME) != 0 ? NAME_WEIGHT * w : w;
}

static enum status read_features(struct related *r, struct arena *scratch, size_t item,
                                 struct error *e)
{
    struct stored_proposal p;
    feature_list list = {0};
    enum status status =
        store_load_proposal(r->docket->store, scratch, r->docket->items[item].id, &p, e);
    if (status != STATUS_OK)
        return status;
    add_pairs(scratch, &list, p.it.title);
    for (uint32_t i = 0; i < p.it.n_suggestions; i++) {
        add_pairs(scratch, &list, p.it.suggestions[i].title);
        add_pairs(scratch, &list, p.it.suggestions[i].text);
    }
    status = add_names(r, scratch, &list, &p.it, e);
    size_t n = sort_once(list.at, list.n);
    feature *kept = arena_array(r->arena, feature, n + 1);
    if (n > 0)
        memcpy(kept, list.at, n * sizeof *kept);
    r->of[item] = (struct features){kept, n, 0};
    for (size_t i = 0; i < n; i++)
        map_put(&r->counts, (struct str){(const char *)&kept[i], sizeof kept[i]}, NULL)
            ->value.number++;
    return status;
}

static int by_number(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    return a < b ? -1 : a > b;
}

static bool is_of_proposal(const struct related *r, uint32_t article)
{
    return bsearch(&article, r->articles, r->n_articles, sizeof article, by_number) != NULL;
}

/* The articles of the docket's proposals, anew where it has grown. */
static void know_articles(struct related *r)
{
    const struct docket *d = r->docket;
    if (r->n_articles == d->n_items)
        return;
    uint32_t *articles = arena_array(r->arena, uint32_t, d->n_items + 1);
    for (size_t i = 0; i < d->n_items; i++)
        articles[i] = d->items[i].article;
    qsort(articles, d->n_items, sizeof *articles, by_number);
    r->articles = articles;
    r->n_articles = d->n_items;
}

enum status related_new(struct arena *a, const struct docket *d, struct related **out,
                        struct error *e)
{
    struct related *r = arena_new_of(a, struct related);
    struct store_totals totals = {0};
    *r = (struct related){.arena = a, .docket = d, .counts = map_in(a)};
    enum status status = store_totals(d->store, &totals, e);
    r->documents = totals.documents;
    *out = r;
    return status;
}

/* All are read: how much each weighs. */
static void weigh_items(struct related *r)
{
    for (size_t i = 0; i < r->n_of; i++) {
        double sum = 0;
        for (size_t k = 0; k < r->of[i].n; k++)
            sum += pow(weight(r, &r->of[i].at[k]), 2);
        r->of[i].norm = sqrt(sum);
    }
}

enum status related_prepare(struct related *r, size_t items, bool *whole, struct error *e)
{
    const struct docket *d = r->docket;
    enum status status = STATUS_OK;
    if (r->of == NULL || r->n_of != d->n_items) {
        r->counts = map_in(r->arena);
        r->of = arena_array(r->arena, struct features, d->n_items + 1);
        memset(r->of, 0, (d->n_items + 1) * sizeof *r->of);
        r->n_of = d->n_items;
        r->n_read = 0;
    }
    *whole = r->n_read == r->n_of;
    if (*whole)
        return STATUS_OK;
    struct arena *scratch = arena_new();
    if (scratch == NULL)
        return error_set(e, STATUS_NO_MEMORY, "%s", status_name(STATUS_NO_MEMORY));
    for (; items > 0 && r->n_read < r->n_of && status == STATUS_OK; items--) {
        status = read_features(r, scratch, r->n_read, e);
        r->n_read += status == STATUS_OK;
        arena_reset(scratch);
    }
    arena_free(scratch);
    *whole = r->n_read == r->n_of;
    if (status == STATUS_OK && *whole)
        weigh_items(r);
    return status;
}

size_t related_prepared(const struct related *r)
{
    return r->n_read;
}

/* Reads what all proposals say, once. */
static enum status make_index(struct related *r, struct error *e)
{
    bool whole;
    return related_prepare(r, SIZE_MAX, &whole, e);
}

/* --- Similar proposals ----------------------------------------------------------------------- */

/* weights: of a's features, squared. */
static double cosine(const struct features *a, const double *weights, const struct features *b)
{
    double sum = 0;
    for (size_t i = 0, k = 0; i < a->n && k < b->n;) {
        feature x = a->at[i], y = b->at[k];
        if (x == y)
            sum += weights[i];
        i += x <= y;
        k += y <= x;
    }
    return a->norm > 0 && b->norm > 0 ? sum / (a->norm * b->norm) : 0;
}

static int by_score(const void *left, const void *right)
{
    const struct similar *a = left, *b = right;
    if (a->score != b->score)
        return a->score > b->score ? -1 : 1;
    return a->item < b->item ? -1 : a->item > b->item;
}

/* A name and how few documents have it. */
struct weighed_name {
    uint32_t entity;
    struct str name;
    double weight;
};

static int by_weight(const void *left, const void *right)
{
    const struct weighed_name *a = left, *b = right;
    if (a->weight != b->weight)
        return a->weight > b->weight ? -1 : 1;
    return a->entity < b->entity ? -1 : a->entity > b->entity;
}

/* The names among n features, those of the fewest documents first. */
static enum status weigh_names(struct related *r, struct arena *a, const feature *at, size_t n,
                               struct weighed_name **out, size_t *count, struct error *e)
{
    VECTOR(struct weighed_name) names = {0};
    enum status status = STATUS_OK;
    for (size_t i = 0; i < n && status == STATUS_OK; i++) {
        struct stored_entity entity;
        if ((at[i] & FEATURE_NAME) == 0)
            continue;
        status = store_entity(r->docket->store, a, (uint32_t)(at[i] & UINT32_MAX), &entity, e);
        if (status == STATUS_OK)
            vector_push(a, &names,
                        ((struct weighed_name){
                            entity.id, entity.name,
                            log(1 + (double)r->documents /
                                        (entity.documents > 0 ? entity.documents : 1))}));
    }
    if (names.n > 0)
        qsort(names.at, names.n, sizeof *names.at, by_weight);
    *out = names.at;
    *count = names.n;
    return status;
}

static enum status share_names(struct related *r, struct arena *a, const struct features *own,
                               struct similar *s, struct error *e)
{
    const struct features *other = &r->of[s->item];
    feature_list shared = {0};
    struct weighed_name *names;
    size_t n;
    for (size_t i = 0, k = 0; i < own->n && k < other->n;) {
        if (own->at[i] == other->at[k])
            vector_push(a, &shared, own->at[i]);
        bool step_own = own->at[i] <= other->at[k], step_other = own->at[i] >= other->at[k];
        i += step_own;
        k += step_other;
    }
    enum status status = weigh_names(r, a, shared.at, shared.n, &names, &n, e);
    struct str *list = arena_array(a, struct str, n + 1);
    for (size_t i = 0; i < n; i++)
        list[i] = names[i].name;
    s->names = list;
    s->n_names = n;
    return status;
}

/* Twice the weight that two ascending lists share, by the sum of their weights. */
static double likeness(struct related *r, const feature_list *a, const feature_list *b)
{
    double shared = 0, sum = 0;
    for (size_t i = 0, k = 0; i < a->n || k < b->n;) {
        bool step_a = k == b->n || (i < a->n && a->at[i] <= b->at[k]);
        bool step_b = i == a->n || (k < b->n && a->at[i] >= b->at[k]);
        double w = weight(r, step_a ? &a->at[i] : &b->at[k]);
        shared += step_a && step_b ? w : 0;
        sum += step_a && step_b ? 2 * w : w;
        i += step_a;
        k += step_b;
    }
    return sum > 0 ? 2 * shared / sum : 0;
}

/* A lead clause counts twice: it says what is asked, the rest how. */
static double suggestion_likeness(struct related *r, const feature_list own[2],
                                  const feature_list other[2])
{
    return (2 * likeness(r, &own[0], &other[0]) + likeness(r, &own[1], &other[1])) / 3;
}

static void suggestion_pairs(struct arena *a, const struct suggestion *s, feature_list out[2])
{
    memset(out, 0, 2 * sizeof *out);
    add_pairs(a, &out[0], s->title);
    add_pairs(a, &out[1], s->text);
    if (s->title.n == 0)
        add_pairs(a, &out[0], s->text);
    for (int i = 0; i < 2; i++)
        out[i].n = sort_once(out[i].at, out[i].n);
}

static enum status share_suggestions(struct related *r, struct arena *a, size_t item,
                                     struct similar *s, struct error *e)
{
    struct stored_proposal own, other;
    VECTOR(struct shared_suggestion) shared = {0};
    enum status status =
        store_load_proposal(r->docket->store, a, r->docket->items[item].id, &own, e);
    if (status == STATUS_OK)
        status = store_load_proposal(r->docket->store, a, r->docket->items[s->item].id, &other, e);
    if (status != STATUS_OK)
        return status;
    feature_list(*theirs)[2] = arena_alloc(a, sizeof *theirs * (other.it.n_suggestions + 1));
    for (uint32_t k = 0; k < other.it.n_suggestions; k++)
        suggestion_pairs(a, &other.it.suggestions[k], theirs[k]);
    for (uint32_t i = 0; i < own.it.n_suggestions; i++) {
        feature_list ours[2];
        suggestion_pairs(a, &own.it.suggestions[i], ours);
        for (uint32_t k = 0; k < other.it.n_suggestions; k++)
            if (suggestion_likeness(r, ours, theirs[k]) >= SUGGESTION_LEAST)
                vector_push(a, &shared, ((struct shared_suggestion){i, k}));
    }
    s->suggestions = shared.at;
    s->n_suggestions = shared.n;
    return status;
}

enum status related_proposals(struct related *r, struct arena *a, size_t item, size_t room,
                              const struct similar **out, size_t *n, struct error *e)
{
    VECTOR(struct similar) all = {0};
    enum status made = make_index(r, e);
    *n = 0;
    if (made != STATUS_OK)
        return made;
    const struct features *own = &r->of[item];
    double *weights = arena_array(a, double, own->n + 1);
    for (size_t i = 0; i < own->n; i++)
        weights[i] = pow(weight(r, &own->at[i]), 2);
    for (size_t i = 0; i < r->n_of; i++) {
        double score = i == item ? 0 : cosine(own, weights, &r->of[i]);
        if (score >= SCORE_LEAST)
            vector_push(a, &all, ((struct similar){.item = i, .score = score}));
    }
    if (all.n > 0)
        qsort(all.at, all.n, sizeof *all.at, by_score);
    *n = all.n < room ? all.n : room;
    *out = all.at;
    enum status status = STATUS_OK;
    for (size_t i = 0; i < *n && status == STATUS_OK; i++) {
        status = share_names(r, a, &r->of[item], &all.at[i], e);
        if (status == STATUS_OK)
            status = share_suggestions(r, a, item, &all.at[i], e);
    }
    return status;
}

/* --- Reports --------------------------------------------------------------------------------- */

/* A passage where names of the proposal stand. */
struct hit {
    uint32_t passage, start, end;
    size_t name; /* in order of weight: the smaller the rarer */
};

static int by_passage(const void *left, const void *right)
{
    const struct hit *a = left, *b = right;
    if (a->passage != b->passage)
        return a->passage < b->passage ? -1 : 1;
    return a->name < b->name ? -1 : a->name > b->name;
}

struct hits {
    VECTOR(struct hit) list;
};

static enum status find_hits(struct related *r, struct arena *a, const struct weighed_name *names,
                             size_t n, const struct stored_document *own, struct hits *out,
                             struct error *e)
{
    struct stored_mention *mentions = arena_array(a, struct stored_mention, MENTIONS_MOST);
    enum status status = STATUS_OK;
    for (size_t i = 0; i < n && status == STATUS_OK; i++) {
        size_t found = 0;
        status = store_mentions(r->docket->store, names[i].entity, NULL, mentions, MENTIONS_MOST,
                                &found, e);
        for (size_t k = 0; status == STATUS_OK && k < found; k++) {
            const struct stored_mention *m = &mentions[k];
            if (m->passage - own->first_passage >= own->passages)
                vector_push(a, &out->list, ((struct hit){m->passage, m->start, m->end, i}));
        }
    }
    if (out->list.n > 0)
        qsort(out->list.at, out->list.n, sizeof *out->list.at, by_passage);
    return status;
}

/* One article's report while hits are gone through. */
struct gathered {
    struct report report;
    uint64_t names;      /* bit i: name i stands in the article; NAMES_MOST < 64 */
    double best_passage; /* score of report.passage */
};

static enum status gather(struct related *r, struct arena *a, const struct hits *hits,
                          const struct weighed_name *names, struct gathered **out, size_t *n,
                          struct error *e)
{
    VECTOR(struct gathered) list = {0};
    struct map articles = map_in(a);
    for (size_t i = 0; i < hits->list.n;) {
        struct stored_passage passage;
        const struct hit *first = &hits->list.at[i];
        uint64_t set = 0;
        double score = 0;
        for (; i < hits->list.n && hits->list.at[i].passage == first->passage; i++) {
            uint64_t bit = (uint64_t)1 << hits->list.at[i].name;
            score += (set & bit) == 0 ? names[hits->list.at[i].name].weight : 0;
            set |= bit;
        }
        enum status status = store_passage(r->docket->store, a, first->passage, &passage, e);
        if (status != STATUS_OK)
            return status;
        bool is_new;
        if (is_of_proposal(r, passage.article))
            continue;
        uint32_t *id = arena_new_of(a, uint32_t);
        *id = passage.article;
        struct map_entry *entry =
            map_put(&articles, (struct str){(const char *)id, sizeof *id}, &is_new);
        if (is_new) {
            entry->value.number = list.n;
            vector_add(a, &list)->report.article = passage.article;
        }
        struct gathered *g = &list.at[entry->value.number];
        g->names |= set;
        if (score > g->best_passage) {
            g->best_passage = score;
            g->report.passage = first->passage;
            g->report.start = first->start;
            g->report.end = first->end;
            g->report.text = passage.text;
        }
    }
    *out = list.at;
    *n = list.n;
    return STATUS_OK;
}

static int by_report_score(const void *left, const void *right)
{
    const struct report *a = &((const struct gathered *)left)->report;
    const struct report *b = &((const struct gathered *)right)->report;
    if (a->score != b->score)
        return a->score > b->score ? -1 : 1;
    return a->article < b->article ? -1 : a->article > b->article;
}

static void name_report(struct arena *a, struct gathered *g, const struct weighed_name *names,
                        size_t n)
{
    struct str *list = arena_array(a, struct str, n + 1);
    for (size_t i = 0; i < n; i++)
        if ((g->names >> i & 1) != 0) {
            list[g->report.n_names++] = names[i].name;
            g->report.score += names[i].weight;
        }
    g->report.names = list;
}

enum status related_reports(struct related *r, struct arena *a, size_t item, size_t room,
                            const struct report **out, size_t *n, struct error *e)
{
    struct stored_document own;
    struct weighed_name *names;
    struct gathered *list;
    struct hits hits = {0};
    size_t n_names, n_list = 0;
    struct stored_proposal proposal;
    feature_list own_names = {0};
    *n = 0;
    know_articles(r);
    enum status status =
        store_document(r->docket->store, a, r->docket->items[item].document, &own, e);
    if (status == STATUS_OK)
        status = store_load_proposal(r->docket->store, a, r->docket->items[item].id, &proposal, e);
    if (status == STATUS_OK)
        status = add_names(r, a, &own_names, &proposal.it, e);
    if (status == STATUS_OK)
        status = weigh_names(r, a, own_names.at, sort_once(own_names.at, own_names.n), &names,
                             &n_names, e);
    if (status != STATUS_OK)
        return status;
    n_names = n_names < NAMES_MOST ? n_names : NAMES_MOST;
    status = find_hits(r, a, names, n_names, &own, &hits, e);
    if (status == STATUS_OK)
        status = gather(r, a, &hits, names, &list, &n_list, e);
    if (status != STATUS_OK || n_list == 0)
        return status;
    for (size_t i = 0; i < n_list; i++)
        name_report(a, &list[i], names, n_names);
    qsort(list, n_list, sizeof *list, by_report_score);
    struct report *reports = arena_array(a, struct report, room + 1);
    for (size_t i = 0; i < n_list && i < room && status == STATUS_OK; i++) {
        struct stored_article article;
        status = store_article(r->docket->store, a, list[i].report.article, &article, e);
        reports[i] = list[i].report;
        reports[i].document = article.document;
        reports[i].title = article.title;
        reports[i].date = article.date;
        *n = i + 1;
    }
    *out = reports;
    return status;
}

enum status related_by_name(struct related *r, struct arena *a, uint32_t entity,
                            const size_t **items, size_t *n, struct error *e)
{
    VECTOR(size_t) list = {0};
    feature wanted = FEATURE_NAME | entity;
    enum status status = make_index(r, e);
    *n = 0;
    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; i < r->n_of; i++)
        if (r->of[i].n > 0 &&
            bsearch(&wanted, r->of[i].at, r->of[i].n, sizeof wanted, by_value) != NULL)
            vector_push(a, &list, i);
    *items = list.at;
    *n = list.n;
    return STATUS_OK;
}
