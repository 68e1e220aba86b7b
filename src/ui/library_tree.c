#include "ui/library_tree.h"

bool library_tree_open_arenas(struct library_tree *t)
{
    t->arena = arena_new();
    t->pages = arena_new();
    if (t->arena != NULL && t->pages != NULL)
        return true;
    library_tree_free(t);
    return false;
}

void library_tree_free(struct library_tree *t)
{
    arena_free(t->arena);
    arena_free(t->pages);
    *t = (struct library_tree){0};
}

static void forget_branches(struct library_tree *t)
{
    arena_reset(t->arena);
    memset(&t->branches, 0, sizeof t->branches);
}

enum status library_tree_read(struct library_tree *t, struct store *s, const struct list_query *q,
                              struct error *e)
{
    forget_branches(t);
    t->filtered = false;
    return paging_read(&t->list, t->pages, s, q, e);
}

void library_tree_filter(struct library_tree *t, const uint32_t *ids, size_t n)
{
    forget_branches(t);
    t->filtered = true;
    t->found = ids;
    t->n_found = n;
}

/* --- Rows ------------------------------------------------------------------------------------ */

static size_t documents_of(const struct library_tree *t)
{
    return t->filtered ? t->n_found : t->list.count;
}

size_t library_tree_rows(const struct library_tree *t)
{
    size_t n = documents_of(t);
    for (size_t i = 0; i < t->branches.n; i++)
        n += t->branches.at[i].below.n;
    return n;
}

/* Where a row stands: a document, or the node number `at` below a branch's. */
struct spot {
    size_t document;
    struct tree_branch *branch; /* of the document; NULL: it has none */
    size_t at;                  /* SIZE_MAX: the document itself */
    size_t row;                 /* of the document */
};

static struct spot spot_of(struct library_tree *t, size_t row)
{
    size_t before = 0; /* rows below the branches passed */
    for (size_t i = 0; i < t->branches.n; i++) {
        struct tree_branch *b = &t->branches.at[i];
        size_t at = b->document + before;
        if (row < at)
            break;
        if (row <= at + b->below.n)
            return (struct spot){b->document, b, row == at ? SIZE_MAX : row - at - 1, at};
        before += b->below.n;
    }
    return (struct spot){row - before, NULL, SIZE_MAX, row};
}

struct tree_node library_tree_node(struct library_tree *t, size_t row)
{
    struct spot s = spot_of(t, row);
    if (s.branch != NULL)
        return s.at == SIZE_MAX ? s.branch->node : s.branch->below.at[s.at];
    uint32_t id = 0;
    if (s.document < documents_of(t))
        id = t->filtered ? t->found[s.document] : paging_id(&t->list, s.document);
    return (struct tree_node){.id = id, .kind = NODE_DOCUMENT};
}

/* --- Unfolding ------------------------------------------------------------------------------- */

struct children {
    struct library_tree *tree;
    struct store *store;
    size_t row;
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

static enum status add_articles(struct children *c, struct tree_node *of)
{
    struct arena *a = c->tree->arena;
    struct stored_document document;
    enum status status = store_document(c->store, a, of->id, &document, c->error);
    if (status != STATUS_OK)
        return status;
    if (document.articles == 1) {
        of->article = document.first_article;
        return add_sections(c, document.first_article, 1);
    }
    for (uint32_t i = 0; i < document.articles; i++) {
        struct tree_node node = {
            .id = document.first_article + i, .kind = NODE_ARTICLE, .depth = 1};
        vector_push(a, &c->found, node);
    }
    return STATUS_OK;
}

/* The branch of a document, made where there is none. */
static struct tree_branch *branch_of(struct library_tree *t, const struct spot *s,
                                     struct tree_node node)
{
    if (s->branch != NULL)
        return s->branch;
    struct tree_branch made = {.document = s->document, .node = node};
    vector_push(t->arena, &t->branches, made);
    size_t at = t->branches.n - 1;
    for (; at > 0 && t->branches.at[at - 1].document > s->document; at--)
        t->branches.at[at] = t->branches.at[at - 1];
    t->branches.at[at] = made;
    return &t->branches.at[at];
}

static void insert_below(struct library_tree *t, struct tree_branch *b, size_t at,
                         const struct children *c)
{
    vector_reserve(t->arena, &b->below, c->found.n);
    if (b->below.n > at)
        memmove(b->below.at + at + c->found.n, b->below.at + at,
                (b->below.n - at) * sizeof *b->below.at);
    if (c->found.n > 0)
        memcpy(b->below.at + at, c->found.at, c->found.n * sizeof *b->below.at);
    b->below.n += c->found.n;
}

static enum status unfold_body(void *context)
{
    struct children *c = context;
    struct library_tree *t = c->tree;
    struct spot s = spot_of(t, c->row);
    struct tree_node node = library_tree_node(t, c->row);
    enum status status = s.at == SIZE_MAX ? add_articles(c, &node)
                                          : add_sections(c, node.id, (uint8_t)(node.depth + 1));
    if (status != STATUS_OK)
        return status;
    node.leaf = c->found.n == 0;
    node.open = c->found.n > 0;
    struct tree_branch *b = branch_of(t, &s, node);
    if (s.at == SIZE_MAX)
        b->node = node;
    else
        b->below.at[s.at] = node;
    insert_below(t, b, s.at == SIZE_MAX ? 0 : s.at + 1, c);
    return STATUS_OK;
}

enum status library_tree_unfold(struct library_tree *t, struct store *s, size_t row,
                                struct error *e)
{
    struct tree_node node = library_tree_node(t, row);
    if (node.id == 0 || node.open || node.leaf)
        return STATUS_OK;
    struct children c = {.tree = t, .store = s, .row = row, .error = e};
    return arena_protect(t->arena, unfold_body, &c, e);
}

void library_tree_fold(struct library_tree *t, size_t row)
{
    struct spot s = spot_of(t, row);
    if (s.branch == NULL)
        return;
    struct tree_branch *b = s.branch;
    struct tree_node *node = s.at == SIZE_MAX ? &b->node : &b->below.at[s.at];
    size_t from = s.at == SIZE_MAX ? 0 : s.at + 1, to = from;
    while (to < b->below.n && b->below.at[to].depth > node->depth)
        to++;
    node->open = false;
    if (to < b->below.n)
        memmove(b->below.at + from, b->below.at + to, (b->below.n - to) * sizeof *b->below.at);
    b->below.n -= to - from;
}

void library_tree_fold_all(struct library_tree *t)
{
    forget_branches(t);
}

size_t library_tree_parent(struct library_tree *t, size_t row)
{
    struct spot s = spot_of(t, row);
    if (s.at == SIZE_MAX)
        return row;
    for (size_t i = s.at; i-- > 0;)
        if (s.branch->below.at[i].depth < s.branch->below.at[s.at].depth)
            return s.row + 1 + i;
    return s.row;
}

size_t library_tree_document(struct library_tree *t, size_t row)
{
    struct spot s = spot_of(t, row);
    return t->filtered ? SIZE_MAX : s.document;
}

/* --- Finding --------------------------------------------------------------------------------- */

static size_t row_of_document(struct library_tree *t, uint32_t id)
{
    size_t document = SIZE_MAX;
    for (size_t i = 0; t->filtered && i < t->n_found && document == SIZE_MAX; i++)
        document = t->found[i] == id ? i : SIZE_MAX;
    if (!t->filtered)
        document = paging_row(&t->list, id);
    if (document == SIZE_MAX)
        return SIZE_MAX;
    size_t row = document;
    for (size_t i = 0; i < t->branches.n && t->branches.at[i].document < document; i++)
        row += t->branches.at[i].below.n;
    return row;
}

/* The row of a node below the document of a row; SIZE_MAX: there is none. */
static size_t row_below(struct library_tree *t, size_t document, enum node_kind kind, uint32_t id)
{
    struct spot s = spot_of(t, document);
    for (size_t i = 0; s.branch != NULL && i < s.branch->below.n; i++)
        if (s.branch->below.at[i].kind == kind && s.branch->below.at[i].id == id)
            return document + 1 + i;
    return SIZE_MAX;
}

size_t library_tree_find(struct library_tree *t, struct store *s, uint32_t document,
                         uint32_t article, uint32_t section, struct error *e)
{
    size_t at = row_of_document(t, document);
    if (at == SIZE_MAX || (article == 0 && section == 0))
        return at;
    if (library_tree_unfold(t, s, at, e) != STATUS_OK)
        return at;
    bool only = library_tree_node(t, at).article != 0;
    size_t inner = only ? at : row_below(t, at, NODE_ARTICLE, article);
    if (inner == SIZE_MAX || section == 0)
        return inner == SIZE_MAX ? at : inner;
    if (library_tree_unfold(t, s, inner, e) != STATUS_OK)
        return inner;
    size_t found = row_below(t, at, NODE_SECTION, section);
    return found == SIZE_MAX ? inner : found;
}
