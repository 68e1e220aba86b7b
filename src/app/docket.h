/* The docket: all proposals of a library with their review, as a table that is filtered, sorted,
 * grouped, and gone through one by one. */
#ifndef APP_DOCKET_H
#define APP_DOCKET_H

#include "app/listing.h"
#include "app/review.h"
#include "baolan/message.h"

/* One row a column: id, name as sort and filter take it, heading as a briefing has it, what the
 * screen says. */
#define DOCKET_TABLE(X)                                       \
    X(DOCKET_NUMBER, "number", "案号", N_("No."))             \
    X(DOCKET_TITLE, "title", "题目", N_("Title"))             \
    X(DOCKET_SPEAKER, "speaker", "提案人", N_("Speaker"))     \
    X(DOCKET_BODY, "body", "代表", N_("Body"))                \
    X(DOCKET_SESSION, "session", "届次", N_("Session"))       \
    X(DOCKET_SUGGESTIONS, "suggestions", "建议", N_("Sugg.")) \
    X(DOCKET_MARK, "mark", "审阅", N_("Review"))              \
    X(DOCKET_NOTE, "note", "批注", N_("Note"))                \
    X(DOCKET_CATEGORY, "category", "类别", N_("Category"))    \
    X(DOCKET_HANDLER, "handler", "承办", N_("Handler"))       \
    X(DOCKET_STATUS, "status", "办理", N_("Status"))          \
    X(DOCKET_TOPIC, "topic", "主题", N_("Topic"))

enum docket_column {
#define X(id, name, heading, label) id,
    DOCKET_TABLE(X)
#undef X
        DOCKET_COLUMN_COUNT
};

/* A proposal of the list; what it says is read where it is asked for. */
struct docket_item {
    int64_t content_key;
    uint32_t id, document, article, passage, start; /* ids of the store; bytes in the passage */
};

struct docket {
    struct arena *items_arena, *lexicon;
    struct store *store;
    struct review *review;
    const struct lexicon *topics; /* NULL: cannot be read */
    struct docket_item *items;
    size_t n_items, room;
    struct docket_cache *cache; /* what was read last */
    bool whole;                 /* all that there are were read */
    const uint32_t *corrected;  /* ids of those that a person put right, ascending */
    size_t n_corrected;
    struct listing listing;
};

/* An empty docket; docket_load fills it. docket_close frees its arenas, not store and review. */
enum status docket_open(struct docket *d, struct store *store, struct review *review,
                        struct error *e);
void docket_close(struct docket *d);
/* Reads the proposals anew (the library changed); filter, sort and group stay. Rows are made. Marks
 * of proposals that say something else now are given to what stands in their place. */
enum status docket_load(struct docket *d, struct error *e);
/* The same with at most `most` of them; then, as long as it is not `whole`, at most so many more.
 * Rows are made anew when there are twice as many, and at the end. */
enum status docket_begin(struct docket *d, size_t most, struct error *e);
enum status docket_more(struct docket *d, size_t most, struct error *e);

/* What a proposal says without suggestions, background and reply, in the arena; empty where it
 * cannot be read. */
const struct stored_proposal *docket_brief(const struct docket *d, size_t item, struct arena *a);

/* A cell's text, in the arena. */
struct str docket_cell(const struct docket *d, size_t item, enum docket_column column,
                       struct arena *a);
/* A column as a briefing heads it, and as the screen does. */
const char *docket_column_heading(enum docket_column column);
const char *docket_column_label(enum docket_column column);

/* True where a person put it, or one of its suggestions, right. */
bool docket_corrected(const struct docket *d, size_t item);
/* Other articles that print the same text as the proposal's own; 0 too where that cannot be read.
 */
uint32_t docket_copies(const struct docket *d, size_t item);

/* The item of a proposal's id, or of a content key, or LISTING_NO_ITEM. */
size_t docket_item(const struct docket *d, uint32_t proposal);
size_t docket_item_of(const struct docket *d, int64_t content_key);

/* The first row after `row`, going round, whose proposal is not done; SIZE_MAX where all are. */
size_t docket_next_unread(const struct docket *d, size_t row);

/* How many of the shown proposals are done. */
size_t docket_done(const struct docket *d);

/* The anchor of a proposal, in the arena; NULL where its place cannot be read. */
const struct anchor *docket_anchor(const struct docket *d, size_t item, struct arena *a);

#endif
