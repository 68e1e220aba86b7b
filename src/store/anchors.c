/* Anchors: what something is about, found again by its words. */
#include "baolan/segment.h"
#include "baolan/utf8.h"
#include "internal.h"

enum status store_anchor(struct store *s, struct arena *a, uint32_t passage, uint32_t start,
                         uint32_t end, struct anchor *out, struct error *e)
{
    struct stored_passage p;
    struct stored_document d;
    uint32_t document;
    enum status status = store_passage(s, a, passage, &p, e);
    if (status == STATUS_OK)
        status = store_document_of_passage(s, passage, &document, e);
    if (status == STATUS_OK)
        status = store_document(s, a, document, &d, e);
    if (status != STATUS_OK)
        return status;
    memcpy(out->sha256, d.sha256, sizeof out->sha256);
    out->path = d.path;
    out->passage_key = passage_key(p.text);
    out->offset = start;
    out->quoted = str_sub(p.text, start, end);
    out->before =
        str_whole(str_sub(p.text, start < ANCHOR_AROUND ? 0 : start - ANCHOR_AROUND, start));
    out->after = str_whole(str_sub(p.text, end, (size_t)end + ANCHOR_AROUND));
    return STATUS_OK;
}

struct best {
    const struct anchor *anchor;
    uint32_t passage, start, end;
    size_t score;
};

/* Weighs each place of the quotation in a passage: the passage unchanged is beyond compare. */
static void weigh(struct best *best, uint32_t passage, struct str text)
{
    const struct anchor *anchor = best->anchor;
    size_t same = passage_key(text) == anchor->passage_key ? 1000 : 0;
    if (anchor->quoted.n == 0 && same != 0) {
        *best = (struct best){anchor, passage, anchor->offset, anchor->offset, same};
        return;
    }
    size_t at = str_find(text, anchor->quoted, 0);
    for (; at != STR_NONE; at = str_find(text, anchor->quoted, at + 1)) {
        size_t end = at + anchor->quoted.n;
        size_t score = 1 + same + (same != 0 && at == anchor->offset ? 1000 : 0) +
                       str_common_end(str_sub(text, 0, at), anchor->before) +
                       str_common_beginning(str_sub(text, end, text.n), anchor->after);
        if (score > best->score)
            *best = (struct best){anchor, passage, (uint32_t)at, (uint32_t)end, score};
    }
}

static enum status weigh_rows(struct store *s, sqlite3_stmt *st, struct best *best, struct error *e)
{
    bool row;
    enum status status;
    while ((status = database_step(&s->db, st, &row, e)) == STATUS_OK && row)
        weigh(best, column_u32(st, 0), column_view(st, 1));
    return status;
}

static enum status weigh_document(struct store *s, uint32_t document, struct best *best,
                                  struct error *e)
{
    sqlite3_stmt *st =
        database_prepare(&s->db,
                         "SELECT p.id, unpack(p.text) FROM document d CROSS JOIN passage p"
                         " ON p.id>=d.first_passage"
                         " AND p.id<d.first_passage+d.passages WHERE d.id=?1",
                         e);
    if (st == NULL)
        return failed(e);
    bind_int(st, 1, document);
    return weigh_rows(s, st, best, e);
}

/* The words as one phrase of the index's query language: tokens hold no quotation mark. */
static struct str phrase_of(struct arena *a, struct str words)
{
    struct buffer b = buffer_in(a);
    struct str tokens = segment_join(a, words);
    buffer_add_byte(&b, '"');
    buffer_add(&b, tokens);
    buffer_add_byte(&b, '"');
    return tokens.n == 0 ? (struct str){NULL, 0} : buffer_str(&b);
}

struct phrase_search {
    struct store *store;
    struct arena *arena;
    struct str words;
    uint32_t after;
    uint32_t *ids;
    size_t n, found;
    struct best *best; /* or NULL: only ids */
    struct error *error;
};

/* The passages of both indexes that answer ?1. */
#define EITHER_INDEX                                                   \
    "SELECT rowid FROM head_index WHERE head_index MATCH ?1 UNION ALL" \
    " SELECT rowid FROM passage_index WHERE passage_index MATCH ?1"

static enum status search_phrase(void *context)
{
    struct phrase_search *q = context;
    struct database *db = &q->store->db;
    bool row;
    enum status status;
    struct str phrase = phrase_of(q->arena, q->words);
    if (phrase.n == 0)
        return STATUS_OK;
    if (q->best != NULL) {
        sqlite3_stmt *st = database_prepare(db,
                                            "SELECT p.id, unpack(p.text) FROM (" EITHER_INDEX
                                            ") f CROSS JOIN passage p ON p.id=f.rowid"
                                            " ORDER BY f.rowid LIMIT 200",
                                            q->error);
        if (st == NULL)
            return failed(q->error);
        bind_str(st, 1, phrase);
        return weigh_rows(q->store, st, q->best, q->error);
    }
    sqlite3_stmt *st = database_prepare(db,
                                        "SELECT rowid FROM (" EITHER_INDEX ")"
                                        " WHERE rowid>?2 ORDER BY rowid LIMIT ?3",
                                        q->error);
    if (st == NULL)
        return failed(q->error);
    bind_str(st, 1, phrase);
    bind_int(st, 2, q->after);
    bind_int(st, 3, (int64_t)q->n);
    while ((status = database_step(db, st, &row, q->error)) == STATUS_OK && row)
        if (q->found < q->n)
            q->ids[q->found++] = column_u32(st, 0);
    return status;
}

static enum status run_search(struct phrase_search *q, struct error *e)
{
    q->arena = arena_new();
    q->error = e;
    if (q->arena == NULL)
        return error_set(e, STATUS_NO_MEMORY, "out of memory");
    enum status status = arena_protect(q->arena, search_phrase, q, e);
    arena_free(q->arena);
    return status;
}

enum status store_match(struct store *s, struct str words, uint32_t after, uint32_t *ids, size_t n,
                        size_t *found, struct error *e)
{
    struct phrase_search q = {.store = s, .words = words, .after = after, .ids = ids, .n = n};
    enum status status = run_search(&q, e);
    *found = q.found;
    return status;
}

enum status store_find_anchor(struct store *s, const struct anchor *anchor, uint32_t *passage,
                              uint32_t *start, uint32_t *end, struct error *e)
{
    struct best best = {.anchor = anchor};
    uint32_t document;
    enum status status = store_document_by_sha256(s, anchor->sha256, &document, NULL);
    if (status == STATUS_OK)
        status = weigh_document(s, document, &best, e);
    if (best.score == 0 && (status == STATUS_OK || status == STATUS_NOT_FOUND)) {
        status = store_document_by_path(s, anchor->path, &document, NULL);
        if (status == STATUS_OK)
            status = weigh_document(s, document, &best, e);
    }
    if (best.score == 0 && (status == STATUS_OK || status == STATUS_NOT_FOUND)) {
        struct phrase_search q = {.store = s, .words = anchor->quoted, .best = &best};
        status = run_search(&q, e);
    }
    *passage = best.passage;
    *start = best.start;
    *end = best.end;
    if (status != STATUS_OK)
        return error_set(e, status, "the library cannot be read");
    if (best.score == 0)
        return error_set(e, STATUS_NOT_FOUND, "the words stand nowhere in the library");
    return STATUS_OK;
}
