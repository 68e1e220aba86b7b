/* Corrections that stand, and the documents that they make stale. */
#include "baolan/map.h"
#include "baolan/store_corrections.h"
#include "baolan/vector.h"
#include "library_internal.h"

#include <unistd.h>

/* Documents that one correction may be about. */
enum { DOCUMENTS_MOST = 32 };

static bool document_stays(struct arena *a, struct store *s, uint32_t id, path_is_gone *is_gone,
                           void *context)
{
    struct stored_document d;
    return store_document(s, a, id, &d, NULL) == STATUS_OK &&
           (is_gone == NULL || !is_gone(context, d.path));
}

/* True where neither the bytes nor the path that a correction was made in are in the library. */
static bool is_away(struct arena *a, struct store *s, const struct correction *c,
                    path_is_gone *is_gone, void *context)
{
    uint32_t id;
    if (c->anchor == NULL)
        return false;
    struct arena_mark mark = arena_mark(a);
    bool here = (store_document_by_sha256(s, c->anchor->sha256, &id, NULL) == STATUS_OK &&
                 document_stays(a, s, id, is_gone, context)) ||
                (store_document_by_path(s, c->anchor->path, &id, NULL) == STATUS_OK &&
                 document_stays(a, s, id, is_gone, context));
    arena_release(a, mark);
    return !here;
}

enum status standing_read(struct arena *a, const char *notes_path, struct store *s,
                          path_is_gone *is_gone, void *context, struct standing *out,
                          struct error *e)
{
    struct notes *notes;
    const struct correction *all;
    size_t n = 0;
    VECTOR(struct correction) anchored = {0};
    *out = (struct standing){0};
    if (access(notes_path, F_OK) != 0)
        return STATUS_OK;
    enum status status = notes_open(notes_path, &notes, e);
    if (status != STATUS_OK)
        return status;
    status = notes_corrections(notes, a, STR(""), &all, &n, e);
    notes_close(notes);
    for (size_t i = 0; i < n && status == STATUS_OK; i++) {
        struct correction c = all[i];
        if (c.anchor == NULL || correction_kind_named(c.kind) == CORRECTION_KIND_COUNT)
            continue;
        c.away = is_away(a, s, &c, is_gone, context);
        vector_push(a, &anchored, c);
    }
    int64_t *identities = arena_array(a, int64_t, anchored.n + 1);
    for (size_t i = 0; i < anchored.n; i++)
        identities[i] = correction_identity(&anchored.at[i]);
    out->identities = identities;
    out->list = anchored.at;
    out->n = anchored.n;
    if (out->n > 0)
        out->all = corrections_new(a, out->list, out->n);
    return status;
}

static struct str identity_key(struct arena *a, int64_t identity)
{
    return str_dup(a, (struct str){(const char *)&identity, sizeof identity});
}

struct changed_set {
    struct arena *arena;
    struct map seen;
    VECTOR(uint32_t) list;
};

static bool is_in(const struct changed_set *set, uint32_t document)
{
    return map_get(&set->seen, (struct str){(const char *)&document, sizeof document}) != NULL;
}

static void add_changed(struct changed_set *set, uint32_t document)
{
    bool is_new;
    map_put(&set->seen, str_dup(set->arena, (struct str){(const char *)&document, sizeof document}),
            &is_new);
    if (is_new)
        vector_push(set->arena, &set->list, document);
}

enum status standing_changed(struct arena *a, struct standing *standing, struct store *s,
                             const uint32_t **documents, size_t *n, struct error *e)
{
    const struct stored_correction *tried;
    const int64_t *looked;
    size_t n_tried = 0, n_ids = 0, n_looked = 0;
    uint32_t ids[DOCUMENTS_MOST];
    struct map stands = map_in(a), known = map_in(a);
    struct changed_set set = {.arena = a, .seen = map_in(a)};
    *n = 0;
    enum status status = store_corrections(s, a, 0, &tried, &n_tried, e);
    if (status == STATUS_OK)
        status = store_looked_for(s, a, &looked, &n_looked, e);
    for (size_t i = 0; i < standing->n; i++)
        map_put(&stands, identity_key(a, standing->identities[i]), NULL);
    for (size_t i = 0; i < n_looked && status == STATUS_OK; i++) {
        map_put(&known, identity_key(a, looked[i]), NULL);
        standing->is_new |= map_get(&stands, identity_key(a, looked[i])) == NULL;
    }
    standing->is_new |= n_looked != stands.n;
    for (size_t i = 0; i < n_tried && status == STATUS_OK; i++) {
        struct str key = identity_key(a, tried[i].identity);
        map_put(&known, key, NULL);
        if (map_get(&stands, key) == NULL)
            add_changed(&set, tried[i].document);
    }
    for (size_t i = 0; i < standing->n && status == STATUS_OK; i++) {
        const struct correction *c = &standing->list[i];
        if (map_get(&known, identity_key(a, standing->identities[i])) != NULL)
            continue;
        status = store_documents_of_anchor(s, c->anchor, ids, DOCUMENTS_MOST, &n_ids, e);
        for (size_t k = 0; k < n_ids && status == STATUS_OK; k++)
            add_changed(&set, ids[k]);
    }
    *documents = set.list.at;
    *n = set.list.n;
    return status;
}

enum status standing_added(struct arena *a, const struct standing *standing, struct store *s,
                           const uint32_t **documents, size_t *n, struct error *e)
{
    const struct stored_correction *tried;
    size_t n_tried = 0, n_ids = 0, n_looked = 0;
    const int64_t *looked;
    uint32_t ids[DOCUMENTS_MOST];
    struct map stands = map_in(a), known = map_in(a);
    struct changed_set others = {.arena = a, .seen = map_in(a)};
    struct changed_set set = {.arena = a, .seen = map_in(a)};
    enum status status = store_corrections(s, a, 0, &tried, &n_tried, e);
    if (status == STATUS_OK)
        status = store_looked_for(s, a, &looked, &n_looked, e);
    for (size_t i = 0; i < standing->n; i++)
        map_put(&stands, identity_key(a, standing->identities[i]), NULL);
    for (size_t i = 0; i < n_looked && status == STATUS_OK; i++)
        map_put(&known, identity_key(a, looked[i]), NULL);
    for (size_t i = 0; i < n_tried && status == STATUS_OK; i++) {
        struct str key = identity_key(a, tried[i].identity);
        map_put(&known, key, NULL);
        if (tried[i].found && map_get(&stands, key) == NULL)
            add_changed(&others, tried[i].document);
    }
    for (size_t i = 0; i < standing->n && status == STATUS_OK; i++) {
        if (map_get(&known, identity_key(a, standing->identities[i])) != NULL)
            continue;
        status =
            store_documents_of_anchor(s, standing->list[i].anchor, ids, DOCUMENTS_MOST, &n_ids, e);
        for (size_t k = 0; k < n_ids && status == STATUS_OK; k++)
            if (!is_in(&others, ids[k]))
                add_changed(&set, ids[k]);
    }
    *documents = set.list.at;
    *n = set.list.n;
    return status;
}
