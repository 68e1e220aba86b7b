/* What corrections did to the cache, and anchors for new ones. */
#include "baolan/store_corrections.h"
#include "baolan/utf8.h"
#include "baolan/vector.h"
#include "internal.h"

#define COLUMNS                                                                              \
    "SELECT document, identity, found, kind, record, part, passage, field, value, was FROM " \
    "corrected"

static enum status read_rows(struct store *s, struct arena *a, sqlite3_stmt *st,
                             const struct stored_correction **out, size_t *n, struct error *e)
{
    bool row;
    enum status status;
    VECTOR(struct stored_correction) list = {0};
    while ((status = database_step(&s->db, st, &row, e)) == STATUS_OK && row) {
        struct stored_correction c = {
            .document = column_u32(st, 0),
            .identity = sqlite3_column_int64(st, 1),
            .found = sqlite3_column_int(st, 2) != 0,
            .kind = (enum correction_kind)sqlite3_column_int(st, 3),
            .record = column_u32(st, 4),
            .part = column_u32(st, 5),
            .passage = column_u32(st, 6),
            .field = column_str(a, st, 7),
            .value = column_str(a, st, 8),
            .was = column_str(a, st, 9),
        };
        vector_push(a, &list, c);
    }
    *out = list.at;
    *n = list.n;
    return status;
}

/* Most libraries have none: to ask that first is a third of preparing one of the queries below. */
static enum status any_row(struct store *s, bool *any, struct error *e)
{
    *any = false;
    sqlite3_stmt *st = database_prepare(&s->db, "SELECT 1 FROM corrected LIMIT 1", e);
    if (st == NULL)
        return failed(e);
    enum status status = database_step(&s->db, st, any, e);
    sqlite3_reset(st);
    return status;
}

enum status store_corrections(struct store *s, struct arena *a, uint32_t document,
                              const struct stored_correction **out, size_t *n, struct error *e)
{
    bool any;
    *n = 0;
    *out = NULL;
    enum status status = any_row(s, &any, e);
    if (status != STATUS_OK || !any)
        return status;
    sqlite3_stmt *st =
        database_prepare(&s->db, COLUMNS " WHERE ?1=0 OR document=?1 ORDER BY document, seq", e);
    if (st == NULL)
        return failed(e);
    bind_int(st, 1, document);
    return read_rows(s, a, st, out, n, e);
}

enum status store_corrections_of(struct store *s, struct arena *a, enum correction_kind kind,
                                 uint32_t record, uint32_t part,
                                 const struct stored_correction **out, size_t *n, struct error *e)
{
    bool any;
    *n = 0;
    *out = NULL;
    enum status status = any_row(s, &any, e);
    if (status != STATUS_OK || !any)
        return status;
    sqlite3_stmt *st = database_prepare(&s->db,
                                        COLUMNS " WHERE kind=?1 AND record=?2 AND part=?3"
                                                " AND found ORDER BY document, seq",
                                        e);
    if (st == NULL)
        return failed(e);
    bind_int(st, 1, kind);
    bind_int(st, 2, record);
    bind_int(st, 3, part);
    return read_rows(s, a, st, out, n, e);
}

enum status store_looked_for(struct store *s, struct arena *a, const int64_t **out, size_t *n,
                             struct error *e)
{
    bool row;
    enum status status;
    VECTOR(int64_t) list = {0};
    sqlite3_stmt *st = database_prepare(&s->db, "SELECT identity FROM looked_for", e);
    *n = 0;
    if (st == NULL)
        return failed(e);
    while ((status = database_step(&s->db, st, &row, e)) == STATUS_OK && row) {
        int64_t identity = sqlite3_column_int64(st, 0);
        vector_push(a, &list, identity);
    }
    *out = list.at;
    *n = list.n;
    return status;
}

/* Text before a byte of a passage, or after it, from as many passages as it takes. */
static enum status around(struct store *s, struct arena *a, const struct stored_document *d,
                          uint32_t passage, bool backwards, struct str start, struct str *out,
                          struct error *e)
{
    bool row = true;
    enum status status = STATUS_OK;
    struct str text = start;
    sqlite3_stmt *st = database_prepare(&s->db,
                                        backwards ? "SELECT unpack(text) FROM passage WHERE id<?1 "
                                                    "AND id>=?2 AND id<?3 ORDER BY id DESC LIMIT 16"
                                                  : "SELECT unpack(text) FROM passage WHERE id>?1 "
                                                    "AND id>=?2 AND id<?3 ORDER BY id LIMIT 16",
                                        e);
    if (st == NULL)
        return failed(e);
    bind_int(st, 1, passage);
    bind_int(st, 2, d->first_passage);
    bind_int(st, 3, (int64_t)d->first_passage + d->passages);
    while (text.n < ANCHOR_AROUND && (status = database_step(&s->db, st, &row, e)) == STATUS_OK &&
           row) {
        struct buffer both = buffer_in(a);
        buffer_add(&both, backwards ? column_view(st, 0) : text);
        buffer_add(&both, backwards ? text : column_view(st, 0));
        text = buffer_str(&both);
    }
    sqlite3_reset(st);
    *out = text;
    return status;
}

enum status store_correction_anchor(struct store *s, struct arena *a, uint32_t passage,
                                    uint32_t start, uint32_t end, struct anchor *out,
                                    struct error *e)
{
    struct stored_passage p;
    struct stored_document d;
    uint32_t document;
    enum status status = store_anchor(s, a, passage, start, end, out, e);
    if (status == STATUS_OK)
        status = store_passage(s, a, passage, &p, e);
    if (status == STATUS_OK)
        status = store_document_of_passage(s, passage, &document, e);
    if (status == STATUS_OK)
        status = store_document(s, a, document, &d, e);
    if (status == STATUS_OK)
        status = around(s, a, &d, passage, true, str_sub(p.text, 0, start), &out->before, e);
    if (status == STATUS_OK)
        status = around(s, a, &d, passage, false, str_sub(p.text, end, p.text.n), &out->after, e);
    if (status != STATUS_OK)
        return status;
    out->before = str_whole(
        str_sub(out->before, out->before.n < ANCHOR_AROUND ? 0 : out->before.n - ANCHOR_AROUND,
                out->before.n));
    out->after = str_whole(str_sub(out->after, 0, ANCHOR_AROUND));
    return STATUS_OK;
}

struct document_set {
    uint32_t *ids;
    size_t room, n;
};

static void add_document(struct document_set *set, uint32_t id)
{
    for (size_t i = 0; i < set->n; i++)
        if (set->ids[i] == id)
            return;
    if (set->n < set->room)
        set->ids[set->n++] = id;
}

/* Documents of the same bytes: there may be several. */
static enum status add_of_sha256(struct store *s, const struct anchor *anchor,
                                 struct document_set *set, struct error *e)
{
    bool row;
    enum status status;
    sqlite3_stmt *st = database_prepare(&s->db, "SELECT id FROM document WHERE sha256=?1", e);
    if (st == NULL)
        return failed(e);
    bind_blob(st, 1, (struct str){(const char *)anchor->sha256, sizeof anchor->sha256});
    while ((status = database_step(&s->db, st, &row, e)) == STATUS_OK && row)
        add_document(set, column_u32(st, 0));
    return status;
}

/* Characters at the end of s, or its beginning, that make the words more telling. */
static struct str end_of(struct str s)
{
    return str_whole(str_sub(s, s.n < 12 ? 0 : s.n - 12, s.n));
}

static enum status add_of_words(struct store *s, struct arena *a, const struct anchor *anchor,
                                struct document_set *set, struct error *e)
{
    enum { FOUND_MOST = 64 };
    struct str before = end_of(anchor->before), after = str_whole(str_sub(anchor->after, 0, 12));
    const struct str tries[] = {
        str_printf(a, "%.*s%.*s%.*s", STR_ARG(before), STR_ARG(anchor->quoted), STR_ARG(after)),
        str_printf(a, "%.*s%.*s", STR_ARG(anchor->quoted), STR_ARG(after)),
        str_printf(a, "%.*s%.*s", STR_ARG(before), STR_ARG(anchor->quoted)),
        anchor->quoted,
    };
    uint32_t passages[FOUND_MOST], document;
    size_t n = 0;
    enum status status = STATUS_OK;
    for (size_t i = 0; i < sizeof tries / sizeof *tries && n == 0 && status == STATUS_OK; i++)
        status = store_match(s, tries[i], 0, passages, FOUND_MOST, &n, e);
    for (size_t i = 0; i < n && status == STATUS_OK; i++) {
        status = store_document_of_passage(s, passages[i], &document, e);
        add_document(set, document);
    }
    return status;
}

enum status store_documents_of_anchor(struct store *s, const struct anchor *anchor, uint32_t *ids,
                                      size_t room, size_t *n, struct error *e)
{
    struct document_set set = {ids, room, 0};
    struct arena *a = arena_new();
    uint32_t document;
    if (a == NULL)
        return error_set(e, STATUS_NO_MEMORY, "out of memory");
    enum status status = add_of_sha256(s, anchor, &set, e);
    if (status == STATUS_OK &&
        store_document_by_path(s, anchor->path, &document, NULL) == STATUS_OK)
        add_document(&set, document);
    if (status == STATUS_OK)
        status = add_of_words(s, a, anchor, &set, e);
    arena_free(a);
    *n = set.n;
    return status;
}
