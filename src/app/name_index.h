/* The index of names: every name of the library as a table, and all that stands about one. */
#ifndef APP_NAME_INDEX_H
#define APP_NAME_INDEX_H

#include "app/listing.h"
#include "app/paging.h"
#include "baolan/message.h"
#include "baolan/store.h"

/* Names read at most into memory. Where a library has more, the list is paged through in the order
 * of the library (by name, or by documents); filtered, grouped or sorted otherwise, it is gone
 * through once, and the ids are kept of what is shown. */
enum { NAMES_MOST = 20000 };

/* One row a column: id, name as sort and filter take it, what the screen says. */
#define NAMES_TABLE(X)                                       \
    X(NAMES_NAME, "name", N_("Name"))                        \
    X(NAMES_TYPE, "type", N_("Type"))                        \
    X(NAMES_DOCUMENTS, "documents", N_("Documents"))         \
    X(NAMES_MENTIONS, "mentions", NC_("column", "Mentions")) \
    X(NAMES_FIRST, "first", N_("First"))                     \
    X(NAMES_LAST, "last", N_("Last"))

enum names_column {
#define X(id, name, label) id,
    NAMES_TABLE(X)
#undef X
        NAMES_COLUMN_COUNT
};

struct name_index {
    struct arena *items_arena, *kept, *words;
    struct store *store;
    const char *(*type_word)(enum entity_type type); /* how a type is called on the screen */
    const struct stored_entity *items;               /* where they are in memory */
    size_t n_items;
    struct paging paging; /* where they are not, in the library's order: listing.whole */
    const struct stored_entity *passing; /* while they are gone through */
    struct arena *pages;
    struct arena *seen_arena; /* of what was looked at, forgotten now and then */
    struct seen_name {
        struct stored_entity entity;
        size_t item;
        bool known;
    } * seen;
    size_t most;  /* that are read into memory: NAMES_MOST */
    uint64_t all; /* names in the library */
    bool hidden;  /* those that a person hid, in place of the others */
    struct listing listing;
};

enum status name_index_open(struct name_index *x, struct store *store,
                            const char *(*type_word)(enum entity_type type), struct error *e);
void name_index_close(struct name_index *x);
/* Reads the names, or opens the list of all, as NAMES_MOST says; sort, group and filter stay, and
 * decide. To be called again after they were set where all > NAMES_MOST. */
enum status name_index_load(struct name_index *x, struct error *e);
/* What is known of an item until the next call; of one that is gone, nothing: id 0. */
const struct stored_entity *name_index_at(struct name_index *x, size_t item);
/* The item of an entity, or LISTING_NO_ITEM. */
size_t name_index_item(struct name_index *x, uint32_t entity);

/* --- One name -------------------------------------------------------------------------------- */

/* What is read of one name at most. */
enum {
    MENTIONS_SHOWN = 400,
    FIGURES_SHOWN = 40,
    NEIGHBOURS_SHOWN = 16,
    PROPOSALS_SHOWN = 20,
    ARTICLES_READ = 60, /* articles in which figures and proposals are looked for */
};

/* A place where it stands, with what stands around it. */
struct name_mention {
    struct stored_mention at;
    uint32_t article, document;
    struct str date, title; /* of the article */
    struct str text;        /* of the passage */
};

struct name_neighbour {
    struct stored_entity entity;
    uint32_t together; /* passages in which both stand */
};

struct name_page {
    struct stored_entity entity;
    const struct str *spellings;
    size_t n_spellings;
    const struct name_mention *mentions; /* by date, then in order of place */
    size_t n_mentions;
    const struct stored_indicator *figures; /* whose subject it is */
    size_t n_figures;
    const struct name_neighbour *neighbours; /* those that stand with it most, weighed by rarity */
    size_t n_neighbours;
    const struct stored_proposal *proposals; /* that speak of it */
    size_t n_proposals;
};

enum status name_page_read(struct store *s, struct arena *a, uint32_t entity, struct name_page *out,
                           struct error *e);

#endif
