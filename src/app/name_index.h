/* The index of names: every name of the library as a table, and all that stands about one. */
#ifndef APP_NAME_INDEX_H
#define APP_NAME_INDEX_H

#include "app/listing.h"
#include "baolan/message.h"
#include "baolan/store.h"

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
    struct store *store;
    const char *(*type_word)(enum entity_type type); /* how a type is called on the screen */
    struct arena *seen_arena; /* of what was looked at, forgotten now and then */
    struct seen_name {
        struct stored_entity entity;
        size_t item;
        bool known;
    } * seen;
    bool hidden;            /* those that a person hid, in place of the others */
    struct listing listing; /* its items are ids of entities */
};

enum status name_index_open(struct name_index *x, struct store *store,
                            const char *(*type_word)(enum entity_type type), struct error *e);
void name_index_close(struct name_index *x);
/* Lists the names of the store anew; sort, group and filter stay. */
enum status name_index_load(struct name_index *x, struct error *e);
/* What is known of an item until the next call; of one that is gone, nothing: id 0. */
const struct stored_entity *name_index_at(struct name_index *x, size_t item);

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
    const uint32_t *articles; /* of the mentions, in order of place */
    size_t n_articles;
    unsigned parts; /* that were read behind the mentions */
    bool whole;     /* all of them were */
};

/* Reads what a page begins with: the name, its spellings, its mentions. */
enum status name_page_read(struct store *s, struct arena *a, uint32_t entity, struct name_page *out,
                           struct error *e);
/* Reads the next part of a page that is not whole yet, into the same arena. */
enum status name_page_go_on(struct store *s, struct arena *a, struct name_page *page,
                            struct error *e);

#endif
