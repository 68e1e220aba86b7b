/* notes.db: transactions, anchors, marks. */
#include "baolan/notes.h"
#include "baolan/clock.h"
#include "baolan/vector.h"
#include "notes_internal.h"

int64_t notes_data_version(struct notes *n)
{
    return database_data_version(&n->db);
}

enum status notes_check(struct notes *n, struct arena *a, struct str *message, struct error *e)
{
    return database_check(&n->db, a, message, e);
}

enum status notes_put_anchor(struct notes *n, const struct anchor *anchor, int64_t *id,
                             struct error *e)
{
    *id = 0;
    if (anchor == NULL)
        return STATUS_OK;
    sqlite3_stmt *st =
        database_prepare(&n->db, "INSERT INTO anchor VALUES(NULL, ?1, ?2, ?3, ?4, ?5, ?6, ?7)", e);
    if (st == NULL)
        return failed(e);
    bind_blob(st, 1, (struct str){(const char *)anchor->sha256, sizeof anchor->sha256});
    bind_str(st, 2, anchor->path);
    bind_int(st, 3, (int64_t)anchor->passage_key);
    bind_int(st, 4, anchor->offset);
    bind_str(st, 5, anchor->quoted);
    bind_str(st, 6, anchor->before);
    bind_str(st, 7, anchor->after);
    enum status status = database_finish(&n->db, st, e);
    *id = sqlite3_last_insert_rowid(n->db.handle);
    return status;
}

enum status notes_begin(struct notes *n, struct error *e)
{
    return database_run(&n->db, "BEGIN IMMEDIATE", e);
}

enum status notes_end(struct notes *n, enum status status, struct error *e)
{
    if (status == STATUS_OK)
        status = database_run(&n->db, "COMMIT", e);
    if (status != STATUS_OK)
        database_run(&n->db, "ROLLBACK", NULL);
    notes_share_files(n);
    return status;
}

static enum status insert_mark(struct notes *n, const struct mark *mark, int64_t anchor,
                               struct error *e)
{
    sqlite3_stmt *st =
        database_prepare(&n->db, "INSERT INTO mark VALUES(NULL, ?1, ?2, ?3, ?4, ?5, ?6, ?7)", e);
    if (st == NULL)
        return failed(e);
    bind_str(st, 1, mark->kind);
    bind_int(st, 2, mark->content_key);
    bind_str(st, 3, mark->field);
    bind_str(st, 4, mark->value);
    bind_str(st, 5, mark->author);
    bind_int(st, 6, mark->time != 0 ? mark->time : clock_wall_milliseconds());
    if (anchor != 0)
        bind_int(st, 7, anchor);
    return database_finish(&n->db, st, e);
}

enum status notes_put_mark(struct notes *n, const struct mark *mark, const struct anchor *anchor,
                           struct error *e)
{
    int64_t id;
    enum status status = notes_begin(n, e);
    if (status != STATUS_OK)
        return status;
    status = notes_put_anchor(n, anchor, &id, e);
    if (status == STATUS_OK)
        status = insert_mark(n, mark, id, e);
    return notes_end(n, status, e);
}

enum status notes_put_marks(struct notes *n, const struct mark *marks, size_t count,
                            struct error *e)
{
    enum status status = notes_begin(n, e);
    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        int64_t id;
        status = notes_put_anchor(n, marks[i].anchor, &id, e);
        if (status == STATUS_OK)
            status = insert_mark(n, &marks[i], id, e);
    }
    return notes_end(n, status, e);
}

static enum status read_marks(struct notes *n, struct arena *a, sqlite3_stmt *st,
                              const struct mark **out, size_t *count, struct error *e)
{
    bool row;
    enum status status;
    VECTOR(struct mark) marks = {0};
    while ((status = database_step(&n->db, st, &row, e)) == STATUS_OK && row) {
        struct mark mark = {
            .kind = column_str(a, st, 0),
            .content_key = sqlite3_column_int64(st, 1),
            .field = column_str(a, st, 2),
            .value = column_str(a, st, 3),
            .author = column_str(a, st, 4),
            .time = sqlite3_column_int64(st, 5),
        };
        vector_push(a, &marks, mark);
    }
    *out = marks.at;
    *count = marks.n;
    return status;
}

/* Of the rows of one author and field, the newest stands; max(id) picks its other columns. */
#define STANDING                                                \
    "SELECT kind, content_key, field, value, author, time FROM" \
    " (SELECT kind, content_key, field, value, author, time, max(id) AS id FROM mark"

enum status notes_marks_of(struct notes *n, struct arena *a, struct str kind, int64_t content_key,
                           const struct mark **out, size_t *count, struct error *e)
{
    sqlite3_stmt *st = database_prepare(
        &n->db,
        STANDING " WHERE kind=?1 AND content_key=?2 GROUP BY field, author) WHERE value<>''"
                 " ORDER BY field, id",
        e);
    *count = 0;
    if (st == NULL)
        return failed(e);
    bind_str(st, 1, kind);
    bind_int(st, 2, content_key);
    return read_marks(n, a, st, out, count, e);
}

enum status notes_marks(struct notes *n, struct arena *a, struct str kind, const struct mark **out,
                        size_t *count, struct error *e)
{
    sqlite3_stmt *st = database_prepare(
        &n->db,
        STANDING " WHERE kind=?1 GROUP BY content_key, field, author) WHERE value<>''"
                 " ORDER BY content_key, field, id",
        e);
    *count = 0;
    if (st == NULL)
        return failed(e);
    bind_str(st, 1, kind);
    return read_marks(n, a, st, out, count, e);
}

enum status notes_undo_mark(struct notes *n, struct arena *a, struct str author,
                            struct mark *undone, struct error *e)
{
    bool row;
    sqlite3_stmt *st = database_prepare(&n->db,
                                        "SELECT id, kind, content_key, field, value, author, time"
                                        " FROM mark WHERE author=?1 ORDER BY id DESC LIMIT 1",
                                        e);
    if (st == NULL)
        return failed(e);
    bind_str(st, 1, author);
    enum status status = database_step(&n->db, st, &row, e);
    if (status == STATUS_OK && !row)
        return error_set(e, STATUS_NOT_FOUND, "there is nothing to undo");
    if (status != STATUS_OK)
        return status;
    int64_t id = sqlite3_column_int64(st, 0);
    if (undone != NULL)
        *undone = (struct mark){
            .kind = column_str(a, st, 1),
            .content_key = sqlite3_column_int64(st, 2),
            .field = column_str(a, st, 3),
            .value = column_str(a, st, 4),
            .author = column_str(a, st, 5),
            .time = sqlite3_column_int64(st, 6),
        };
    sqlite3_reset(st);
    st = database_prepare(&n->db, "DELETE FROM mark WHERE id=?1", e);
    if (st == NULL)
        return failed(e);
    bind_int(st, 1, id);
    return database_finish(&n->db, st, e);
}
