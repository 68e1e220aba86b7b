/* The library as a tree: documents, their articles, the sections of these. Only ids are kept; what
 * a row says is read when it is in sight. A document of one article shows its sections at once. */
#ifndef UI_LIBRARY_TREE_H
#define UI_LIBRARY_TREE_H

#include "baolan/store.h"
#include "baolan/vector.h"

enum node_kind { NODE_DOCUMENT, NODE_ARTICLE, NODE_SECTION };

struct tree_node {
    uint32_t id;      /* of the document, article or heading's passage */
    uint32_t article; /* of a section; of a document, its only article, or 0 */
    uint8_t kind;     /* enum node_kind */
    uint8_t depth;    /* 0: document */
    bool open;        /* its children follow */
    bool leaf;        /* known to have none */
};

struct library_tree {
    struct arena *arena;
    VECTOR(struct tree_node) nodes;
};

/* Reads the documents of a query, all folded, in place of what the tree has. */
enum status library_tree_read(struct library_tree *t, struct store *s, const struct list_query *q,
                              struct error *e);

/* Shows the children of a node; a node without any becomes a leaf. */
enum status library_tree_open(struct library_tree *t, struct store *s, size_t node,
                              struct error *e);
void library_tree_close(struct library_tree *t, size_t node);

/* The node one level out; `node` itself at the top. */
size_t library_tree_parent(const struct library_tree *t, size_t node);

/* The node of a kind and id, documents and articles above it opened; SIZE_MAX: there is none. */
size_t library_tree_find(struct library_tree *t, struct store *s, uint32_t document,
                         uint32_t article, uint32_t section, struct error *e);

#endif
