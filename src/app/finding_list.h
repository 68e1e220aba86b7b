/* What does not add up, as a table; what a person dismissed stays out of it. */
#ifndef APP_FINDING_LIST_H
#define APP_FINDING_LIST_H

#include "app/listing.h"
#include "baolan/map.h"
#include "baolan/message.h"
#include "baolan/notes.h"

/* One row a column: id, name as sort and filter take it, what the screen says. */
#define FINDING_LIST_TABLE(X)                           \
    X(FINDING_LIST_KIND, "kind", N_("Kind"))            \
    X(FINDING_LIST_PRINTED, "printed", N_("Printed"))   \
    X(FINDING_LIST_COMPUTED, "computed", N_("Against")) \
    X(FINDING_LIST_FORMULA, "formula", N_("Formula"))   \
    X(FINDING_LIST_SOURCE, "source", N_("Source"))

enum finding_list_column {
#define X(id, name, label) id,
    FINDING_LIST_TABLE(X)
#undef X
        FINDING_LIST_COLUMN_COUNT
};

/* A finding with what its row says of where it stands. */
struct finding_record {
    struct stored_finding finding;
    struct str source; /* the title of its document */
    uint32_t copies;   /* other articles that print the same */
};

/* The list holds the ids of its items; records are read as they are asked for, and few are kept. */
struct finding_list {
    struct arena *items_arena, *scratch;
    struct arena *arrays[2]; /* of the arrays by item, and the next that they grow into */
    struct store *store;
    struct notes *notes; /* NULL: nothing can be dismissed */
    struct str author;
    const char *(*kind_word)(enum finding_kind kind);
    uint32_t *ids; /* of the items, rising */
    size_t n_items, room;
    uint32_t last;       /* that was read, shown or not */
    bool whole;          /* all that there are were read */
    struct map gone;     /* content keys that were dismissed */
    uint32_t gone_kinds; /* kinds that were, a bit each */
    bool show_dismissed; /* set before finding_list_begin */
    size_t n_dismissed;  /* that were left out, or are shown */
    bool *dismissed;     /* by item */
    struct finding_cache *cache;
    struct listing listing;
};

enum status finding_list_open(struct finding_list *f, struct store *store, struct notes *notes,
                              struct str author, const char *(*kind_word)(enum finding_kind kind),
                              struct error *e);
void finding_list_close(struct finding_list *f);
/* Reads the findings anew, at most `most` of them; then, as long as it is not `whole`, so many
 * more. Rows are made anew when there are twice as many, and at the end. */
enum status finding_list_begin(struct finding_list *f, size_t most, struct error *e);
enum status finding_list_more(struct finding_list *f, size_t most, struct error *e);
/* The item of a finding that was read, LISTING_NO_ITEM where it is none of them. */
size_t finding_list_item(const struct finding_list *f, uint32_t finding);

/* The record of an item; it lives until some hundreds of others were asked for, or the list is read
 * anew. One that the store cannot give has its id and nothing else. */
const struct finding_record *finding_list_at(const struct finding_list *f, size_t item);

/* Dismisses an item for good, or takes that back; its row stays until the list is made anew. */
enum status finding_list_dismiss(struct finding_list *f, size_t item, bool dismissed,
                                 struct error *e);

/* Dismisses all findings of a kind for good, those to come too, or takes that back; the list is to
 * be begun anew. */
enum status finding_list_dismiss_kind(struct finding_list *f, enum finding_kind kind,
                                      bool dismissed, struct error *e);

#endif
