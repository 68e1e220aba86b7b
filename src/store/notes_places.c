/* notes.db: bookmarks, last positions, history. */
#include "baolan/clock.h"
#include "baolan/vector.h"
#include "notes_internal.h"

enum status notes_put_bookmark(struct notes *n, struct str name, const struct anchor *anchor,
                               struct error *e)
{
    int64_t id;
    enum status status = notes_begin(n, e);
    if (status != STATUS_OK)
        return status;
    status = notes_put_anchor(n, anchor, &id, e);
    sqlite3_stmt *st =
        database_prepare(&n->db, "INSERT OR REPLACE INTO bookmark VALUES(?1, ?2, ?3)", e);
    if (st == NULL)
        return notes_end(n, failed(e), e);
    bind_str(st, 1, name);
    bind_int(st, 2, id);
    bind_int(st, 3, clock_wall_milliseconds());
    if (status == STATUS_OK)
        status = database_finish(&n->db, st, e);
    return notes_end(n, status, e);
}

#define BOOKMARKS \
    "SELECT b.name, b.time, " ANCHOR_COLUMNS " FROM bookmark b JOIN anchor a ON a.id=b.anchor"

void notes_read_anchor(struct arena *a, sqlite3_stmt *st, int first, struct anchor *out)
{
    struct str hash = column_view(st, first);
    memset(out, 0, sizeof *out);
    if (hash.n > 0)
        memcpy(out->sha256, hash.p, hash.n < 32 ? hash.n : 32);
    out->path = column_str(a, st, first + 1);
    out->passage_key = (uint64_t)sqlite3_column_int64(st, first + 2);
    out->offset = column_u32(st, first + 3);
    out->quoted = column_str(a, st, first + 4);
    out->before = column_str(a, st, first + 5);
    out->after = column_str(a, st, first + 6);
}

static void read_bookmark(struct arena *a, sqlite3_stmt *st, struct bookmark *out)
{
    out->name = column_str(a, st, 0);
    out->time = sqlite3_column_int64(st, 1);
    notes_read_anchor(a, st, 2, &out->anchor);
}

enum status notes_mark_anchor(struct notes *n, struct arena *a, struct str kind,
                              int64_t content_key, struct anchor *out, struct error *e)
{
    bool row;
    sqlite3_stmt *st = database_prepare(
        &n->db,
        "SELECT a.sha256, a.path, a.passage_key, a.offset, a.quoted, a.before, a.after"
        " FROM mark m JOIN anchor a ON a.id=m.anchor WHERE m.kind=?1 AND m.content_key=?2"
        " ORDER BY m.id DESC LIMIT 1",
        e);
    if (st == NULL)
        return failed(e);
    bind_str(st, 1, kind);
    bind_int(st, 2, content_key);
    enum status status = database_step(&n->db, st, &row, e);
    if (status == STATUS_OK && !row)
        return error_set(e, STATUS_NOT_FOUND, "no mark tells where it stands");
    if (status == STATUS_OK)
        notes_read_anchor(a, st, 0, out);
    sqlite3_reset(st);
    return status;
}

enum status notes_bookmark(struct notes *n, struct arena *a, struct str name, struct bookmark *out,
                           struct error *e)
{
    bool row;
    sqlite3_stmt *st = database_prepare(&n->db, BOOKMARKS " WHERE b.name=?1", e);
    if (st == NULL)
        return failed(e);
    bind_str(st, 1, name);
    enum status status = database_step(&n->db, st, &row, e);
    if (status == STATUS_OK && !row)
        return error_set(e, STATUS_NOT_FOUND, "there is no bookmark of that name");
    if (status == STATUS_OK)
        read_bookmark(a, st, out);
    sqlite3_reset(st);
    return status;
}

enum status notes_bookmarks(struct notes *n, struct arena *a, const struct bookmark **out,
                            size_t *count, struct error *e)
{
    bool row;
    enum status status;
    VECTOR(struct bookmark) bookmarks = {0};
    sqlite3_stmt *st = database_prepare(&n->db, BOOKMARKS " ORDER BY b.name", e);
    *count = 0;
    if (st == NULL)
        return failed(e);
    while ((status = database_step(&n->db, st, &row, e)) == STATUS_OK && row)
        read_bookmark(a, st, vector_add(a, &bookmarks));
    *out = bookmarks.at;
    *count = bookmarks.n;
    return status;
}

enum status notes_remove_bookmark(struct notes *n, struct str name, struct error *e)
{
    sqlite3_stmt *st = database_prepare(&n->db, "DELETE FROM bookmark WHERE name=?1", e);
    if (st == NULL)
        return failed(e);
    bind_str(st, 1, name);
    return database_finish(&n->db, st, e);
}

/* Of a document, or of the library itself by the empty hash. */
static struct str hash_of(const unsigned char *sha256)
{
    return sha256 == NULL ? (struct str){"", 0} : (struct str){(const char *)sha256, 32};
}

enum status notes_put_place(struct notes *n, struct str library, const unsigned char *sha256,
                            struct str place, struct error *e)
{
    sqlite3_stmt *st =
        database_prepare(&n->db, "INSERT OR REPLACE INTO place VALUES(?1, ?2, ?3, ?4)", e);
    if (st == NULL)
        return failed(e);
    bind_str(st, 1, library);
    bind_blob(st, 2, hash_of(sha256));
    bind_str(st, 3, place);
    bind_int(st, 4, clock_wall_milliseconds());
    return database_finish(&n->db, st, e);
}

enum status notes_place(struct notes *n, struct arena *a, struct str library,
                        const unsigned char *sha256, struct str *place, struct error *e)
{
    bool row;
    sqlite3_stmt *st =
        database_prepare(&n->db, "SELECT place FROM place WHERE library=?1 AND sha256=?2", e);
    if (st == NULL)
        return failed(e);
    bind_str(st, 1, library);
    bind_blob(st, 2, hash_of(sha256));
    enum status status = database_step(&n->db, st, &row, e);
    if (status == STATUS_OK && !row)
        return error_set(e, STATUS_NOT_FOUND, "no place is remembered");
    if (status == STATUS_OK)
        *place = column_str(a, st, 0);
    sqlite3_reset(st);
    return status;
}

static enum status replace_history(struct notes *n, struct str library, const struct str *places,
                                   size_t count, struct error *e)
{
    sqlite3_stmt *st = database_prepare(&n->db, "DELETE FROM history WHERE library=?1", e);
    if (st == NULL)
        return failed(e);
    bind_str(st, 1, library);
    enum status status = database_finish(&n->db, st, e);
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        st = database_prepare(&n->db, "INSERT INTO history VALUES(NULL, ?1, ?2, ?3)", e);
        if (st == NULL)
            return failed(e);
        bind_str(st, 1, library);
        bind_str(st, 2, places[i]);
        bind_int(st, 3, clock_wall_milliseconds());
        status = database_finish(&n->db, st, e);
    }
    return status;
}

enum status notes_put_history(struct notes *n, struct str library, const struct str *places,
                              size_t count, struct error *e)
{
    enum status status = notes_begin(n, e);
    if (status != STATUS_OK)
        return status;
    return notes_end(n, replace_history(n, library, places, count, e), e);
}

enum status notes_history(struct notes *n, struct arena *a, struct str library,
                          const struct str **places, size_t *count, struct error *e)
{
    bool row;
    enum status status;
    VECTOR(struct str) items = {0};
    sqlite3_stmt *st =
        database_prepare(&n->db, "SELECT place FROM history WHERE library=?1 ORDER BY id", e);
    *count = 0;
    if (st == NULL)
        return failed(e);
    bind_str(st, 1, library);
    while ((status = database_step(&n->db, st, &row, e)) == STATUS_OK && row) {
        struct str item = column_str(a, st, 0);
        vector_push(a, &items, item);
    }
    *places = items.at;
    *count = items.n;
    return status;
}
