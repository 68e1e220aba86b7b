#include "ui/library_tree.h"

struct reading {
    struct library_tree *tree;
    struct store *store;
    const struct list_query *query;
    struct error *error;
};

static enum status read_body(void *context)
{
    struct reading *r = context;
    struct arena *a = r->tree->arena;
    uint64_t n = 0;
    bool exact;
    size_t found = 0;
    enum status status = store_list_count(r->store, r->query, UINT32_MAX, &n, &exact, r->error);
    if (status != STATUS_OK || n == 0)
        return status;
    uint32_t *ids = arena_array(a, uint32_t, n);
    status =
        store_list(r->store, r->query, (struct list_from){0}, ids, (size_t)n, &found, r->error);
    if (status != STATUS_OK)
        return status;
    vector_reserve(a, &r->tree->nodes, found + found / 4 + 64);
    for (size_t i = 0; i < found; i++) {
        struct tree_node node = {.id = ids[i], .kind = NODE_DOCUMENT};
        vector_push(a, &r->tree->nodes, node);
    }
    return STATUS_OK;
}

enum status library_tree_read(struct library_tree *t, struct store *s, const struct list_query *q,
                              struct error *e)
{
    struct reading r = {t, s, q, e};
    arena_reset(t->arena);
    memset(&t->nodes, 0, sizeof t->nodes);
    return arena_protect(t->arena, read_body, &r, e);
}

struct children {
    struct library_tree *tree;
    struct store *store;
    size_t node;
    VECTOR(struct tree_node) found;
    struct error *error;
};

/* The sections of an article. */
static enum status add_sections(struct children *c, uint32_t article, uint8_t depth)
{
    struct arena *a = c->tree->arena;
    struct stored_article whole;
    enum status status = store_load_article(c->store, a, article, &whole, c->error);
    for (uint32_t i = 0; status == STATUS_OK && i < whole.n_passages; i++) {
        const struct stored_passage *p = &whole.passages[i];
        if (p->kind != PASSAGE_HEADING)
            continue;
        struct tree_node node = {.id = p->id,
                                 .article = article,
                                 .kind = NODE_SECTION,
                                 .depth = (uint8_t)(depth + (p->level < 9 ? p->level : 9)),
                                 .leaf = true};
        vector_push(a, &c->found, node);
    }
    return status;
}

static enum status add_articles(struct children *c, uint32_t id)
{
    struct arena *a = c->tree->arena;
    struct stored_document document;
    enum status status = store_document(c->store, a, id, &document, c->error);
    if (status != STATUS_OK)
        return status;
    if (document.articles == 1) {
        c->tree->nodes.at[c->node].article = document.first_article;
        return add_sections(c, document.first_article, 1);
    }
    for (uint32_t i = 0; i < document.articles; i++) {
        struct tree_node node = {
            .id = document.first_article + i, .kind = NODE_ARTICLE, .depth = 1};
        vector_push(a, &c->found, node);
    }
    return STATUS_OK;
}

static void insert_children(struct children *c)
{
    struct library_tree *t = c->tree;
    size_t after = c->node + 1, n = c->found.n;
    vector_reserve(t->arena, &t->nodes, n);
    memmove(t->nodes.at + after + n, t->nodes.at + after,
            (t->nodes.n - after) * sizeof *t->nodes.at);
    memcpy(t->nodes.at + after, c->found.at, n * sizeof *t->nodes.at);
    t->nodes.n += n;
}

static enum status open_body(void *context)
{
    struct children *c = context;
    struct tree_node *node = &c->tree->nodes.at[c->node];
    enum status status = node->kind == NODE_DOCUMENT
                             ? add_articles(c, node->id)
                             : add_sections(c, node->id, (uint8_t)(node->depth + 1));
    if (status != STATUS_OK)
        return status;
    node->leaf = c->found.n == 0;
    node->open = c->found.n > 0;
    if (node->open)
        insert_children(c);
    return STATUS_OK;
}

enum status library_tree_open(struct library_tree *t, struct store *s, size_t node, struct error *e)
{
    if (t->nodes.at[node].open || t->nodes.at[node].leaf)
        return STATUS_OK;
    struct children c = {.tree = t, .store = s, .node = node, .error = e};
    return arena_protect(t->arena, open_body, &c, e);
}

void library_tree_close(struct library_tree *t, size_t node)
{
    size_t end = node + 1;
    while (end < t->nodes.n && t->nodes.at[end].depth > t->nodes.at[node].depth)
        end++;
    memmove(t->nodes.at + node + 1, t->nodes.at + end, (t->nodes.n - end) * sizeof *t->nodes.at);
    t->nodes.n -= end - node - 1;
    t->nodes.at[node].open = false;
}

size_t library_tree_parent(const struct library_tree *t, size_t node)
{
    for (size_t i = node; i-- > 0;)
        if (t->nodes.at[i].depth < t->nodes.at[node].depth)
            return i;
    return node;
}

static size_t find_node(const struct library_tree *t, size_t from, enum node_kind kind, uint32_t id)
{
    for (size_t i = from; i < t->nodes.n; i++)
        if (t->nodes.at[i].kind == kind && t->nodes.at[i].id == id)
            return i;
    return SIZE_MAX;
}

size_t library_tree_find(struct library_tree *t, struct store *s, uint32_t document,
                         uint32_t article, uint32_t section, struct error *e)
{
    size_t at = find_node(t, 0, NODE_DOCUMENT, document);
    if (at == SIZE_MAX || (article == 0 && section == 0))
        return at;
    if (library_tree_open(t, s, at, e) != STATUS_OK)
        return at;
    size_t inner = t->nodes.at[at].article != 0 ? at : find_node(t, at, NODE_ARTICLE, article);
    if (inner == SIZE_MAX || section == 0)
        return inner == SIZE_MAX ? at : inner;
    if (library_tree_open(t, s, inner, e) != STATUS_OK)
        return inner;
    size_t found = find_node(t, inner, NODE_SECTION, section);
    return found == SIZE_MAX ? inner : found;
}
