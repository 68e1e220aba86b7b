#include "app/reprints.h"

#include "baolan/fold.h"
#include "baolan/map.h"

struct leaving {
    struct store *store;
    struct arena *arena;
    struct map kept;        /* article's group and folded passage → index of the hit + 1 */
    uint32_t article, root; /* the last that was asked for; root 0: it has no copies */
};

/* What the article has in common with its near copies, 0 where it has none. */
static enum status find_root(struct leaving *l, uint32_t article, struct error *e)
{
    if (article == l->article)
        return STATUS_OK;
    enum status status = store_copies_root(l->store, article, &l->root, e);
    if (status == STATUS_OK)
        l->article = article;
    return status;
}

/* The entry of what a hit says, NULL where its article has no copies. */
static enum status entry_of(struct leaving *l, const struct search_hit *hit,
                            struct map_entry **entry, struct error *e)
{
    struct stored_passage passage;
    *entry = NULL;
    enum status status = find_root(l, hit->article, e);
    if (status != STATUS_OK || l->root == 0)
        return status;
    status = store_passage(l->store, l->arena, hit->passage, &passage, e);
    if (status != STATUS_OK)
        return status;
    struct str words = fold_str(l->arena, passage.text);
    *entry = map_put(&l->kept, str_printf(l->arena, "%u %.*s", l->root, STR_ARG(words)), NULL);
    return STATUS_OK;
}

enum status reprints_leave_out(struct store *s, struct arena *a, struct search_results *r,
                               struct error *e)
{
    struct leaving l = {.store = s, .arena = a, .kept = map_in(a)};
    struct search_hit *hits = arena_array(a, struct search_hit, r->n_hits);
    struct search_group *groups = arena_array(a, struct search_group, r->n_groups);
    size_t n = 0, n_groups = 0;
    for (size_t g = 0; g < r->n_groups; g++) {
        struct search_group group = {r->groups[g].document, (uint32_t)n, 0};
        for (uint32_t k = 0; k < r->groups[g].n; k++) {
            const struct search_hit *hit = &r->hits[r->groups[g].first + k];
            struct map_entry *entry;
            enum status status = entry_of(&l, hit, &entry, e);
            if (status != STATUS_OK)
                return status;
            size_t before = entry == NULL ? 0 : entry->value.number;
            if (before > 0 && hits[before - 1].article != hit->article) {
                hits[before - 1].copies++;
                r->count -= r->count > 0;
                continue;
            }
            hits[n++] = *hit;
            group.n++;
            if (entry != NULL && before == 0)
                entry->value.number = n;
        }
        if (group.n > 0)
            groups[n_groups++] = group;
    }
    r->hits = hits;
    r->n_hits = n;
    r->groups = groups;
    r->n_groups = n_groups;
    return STATUS_OK;
}
