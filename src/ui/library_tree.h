/* The library as a tree: documents, their articles, the sections of these. Only what is unfolded
 * is kept; documents are rows by number (app/paging.h), and what a row says is read when it is in
 * sight. A document of one article shows its sections at once. */
#ifndef UI_LIBRARY_TREE_H
#define UI_LIBRARY_TREE_H

#include "app/paging.h"
#include "baolan/vector.h"

enum node_kind { NODE_DOCUMENT, NODE_ARTICLE, NODE_SECTION };

struct tree_node {
    uint32_t id;      /* of the document, article or heading's passage */
    uint32_t article; /* of a section; of a document, its only article where that is known, or 0 */
    uint8_t kind;     /* enum node_kind */
    uint8_t depth;    /* 0: document */
    bool open;        /* its children follow */
    bool leaf;        /* known to have none */
};

/* A document that was unfolded, or tried to be. */
struct tree_branch {
    size_t document; /* its row among the documents */
    struct tree_node node;
    VECTOR(struct tree_node) below;
};

struct library_tree {
    struct arena *arena;   /* of the branches */
    struct arena *pages;   /* of the list */
    struct paging list;    /* all documents, … */
    const uint32_t *found; /* or these, where filtered; not owned */
    size_t n_found;
    bool filtered;
    VECTOR(struct tree_branch) branches; /* by row */
};

/* Both arenas are made; false where there is no memory. */
bool library_tree_open_arenas(struct library_tree *t);
void library_tree_free(struct library_tree *t);

/* The documents of a query, all folded, in place of what the tree has. */
enum status library_tree_read(struct library_tree *t, struct store *s, const struct list_query *q,
                              struct error *e);
/* Only these documents of it, in this order; they must live as long. */
void library_tree_filter(struct library_tree *t, const uint32_t *ids, size_t n);

size_t library_tree_rows(const struct library_tree *t);
/* The node of a row (< rows). */
struct tree_node library_tree_node(struct library_tree *t, size_t row);

/* Shows the children of a row; a node without any becomes a leaf. */
enum status library_tree_unfold(struct library_tree *t, struct store *s, size_t row,
                                struct error *e);
void library_tree_fold(struct library_tree *t, size_t row);
void library_tree_fold_all(struct library_tree *t);

/* Of all documents, the how manieth it is in which a row stands, from 0; SIZE_MAX while some are
 * filtered out. */
size_t library_tree_document(struct library_tree *t, size_t row);

/* The row one level out; `row` itself at the top. */
size_t library_tree_parent(struct library_tree *t, size_t row);

/* The row of a document, of an article or section in it (0: of none), what stands above it
 * unfolded; SIZE_MAX: there is none. */
size_t library_tree_find(struct library_tree *t, struct store *s, uint32_t document,
                         uint32_t article, uint32_t section, struct error *e);

#endif
