/* notes.db: corrections, and what was done last. */
#include "baolan/clock.h"
#include "baolan/correction.h"
#include "baolan/vector.h"
#include "notes_internal.h"

/* The same record, field and value from the same author is the same correction. */
static enum status stands_already(struct notes *n, const struct correction *c, bool *stands,
                                  struct error *e)
{
    sqlite3_stmt *st = database_prepare(
        &n->db,
        "SELECT 1 FROM correction c LEFT JOIN anchor a ON a.id=c.anchor WHERE c.kind=?1"
        " AND c.content_key=?2 AND c.field=?3 AND c.value=?4 AND c.author=?5"
        " AND (?6 IS NULL OR a.quoted=?6)",
        e);
    if (st == NULL)
        return failed(e);
    bind_str(st, 1, c->kind);
    bind_int(st, 2, c->content_key);
    bind_str(st, 3, c->field);
    bind_str(st, 4, c->value);
    bind_str(st, 5, c->author);
    if (c->anchor != NULL)
        bind_str(st, 6, c->anchor->quoted);
    enum status status = database_step(&n->db, st, stands, e);
    sqlite3_reset(st);
    return status;
}

static enum status insert(struct notes *n, const struct correction *c, struct error *e)
{
    int64_t anchor;
    enum status status = notes_put_anchor(n, c->anchor, &anchor, e);
    if (status != STATUS_OK)
        return status;
    sqlite3_stmt *st = database_prepare(
        &n->db, "INSERT INTO correction VALUES(NULL, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)", e);
    if (st == NULL)
        return failed(e);
    bind_str(st, 1, c->kind);
    bind_int(st, 2, c->content_key);
    bind_str(st, 3, c->field);
    bind_str(st, 4, c->value);
    bind_str(st, 5, c->was);
    bind_str(st, 6, c->author);
    bind_int(st, 7, c->time != 0 ? c->time : clock_wall_milliseconds());
    if (anchor != 0)
        bind_int(st, 8, anchor);
    return database_finish(&n->db, st, e);
}

enum status notes_put_correction(struct notes *n, const struct correction *c, struct error *e)
{
    enum status status = notes_begin(n, e);
    if (status != STATUS_OK)
        return status;
    return notes_end(n, insert(n, c, e), e);
}

enum status notes_put_corrections(struct notes *n, const struct correction *list, size_t count,
                                  size_t *added, struct error *e)
{
    size_t new = 0;
    enum status status = notes_begin(n, e);
    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        bool stands = false;
        status = stands_already(n, &list[i], &stands, e);
        if (status != STATUS_OK || stands)
            continue;
        status = insert(n, &list[i], e);
        new ++;
    }
    if (added != NULL)
        *added = new;
    return notes_end(n, status, e);
}

static struct correction read_correction(struct arena *a, sqlite3_stmt *st)
{
    struct correction c = {.id = sqlite3_column_int64(st, 0),
                           .kind = column_str(a, st, 1),
                           .content_key = sqlite3_column_int64(st, 2),
                           .field = column_str(a, st, 3),
                           .value = column_str(a, st, 4),
                           .was = column_str(a, st, 5),
                           .author = column_str(a, st, 6),
                           .time = sqlite3_column_int64(st, 7)};
    if (sqlite3_column_type(st, 8) != SQLITE_NULL) {
        struct anchor *anchor = arena_new_of(a, struct anchor);
        notes_read_anchor(a, st, 8, anchor);
        c.anchor = anchor;
    }
    return c;
}

enum status notes_corrections(struct notes *n, struct arena *a, struct str kind,
                              const struct correction **out, size_t *count, struct error *e)
{
    bool row;
    enum status status;
    VECTOR(struct correction) list = {0};
    sqlite3_stmt *st = database_prepare(
        &n->db,
        "SELECT c.id, c.kind, c.content_key, c.field, c.value, c.was, c.author, c.time,"
        " " ANCHOR_COLUMNS " FROM correction c LEFT JOIN anchor a ON a.id=c.anchor"
        " WHERE ?1='' OR c.kind=?1 ORDER BY c.id",
        e);
    *out = NULL;
    *count = 0;
    if (st == NULL)
        return failed(e);
    bind_str(st, 1, kind.p == NULL ? STR("") : kind);
    while ((status = database_step(&n->db, st, &row, e)) == STATUS_OK && row) {
        struct correction c = read_correction(a, st);
        vector_push(a, &list, c);
    }
    *out = list.at;
    *count = list.n;
    return status;
}

int64_t notes_corrections_stamp(struct notes *n)
{
    bool row;
    int64_t stamp = 0;
    sqlite3_stmt *st = database_prepare(
        &n->db, "SELECT ifnull(max(id), 0) * 1000003 + count(*) FROM correction", NULL);
    if (st != NULL && database_step(&n->db, st, &row, NULL) == STATUS_OK && row)
        stamp = sqlite3_column_int64(st, 0);
    sqlite3_reset(st);
    return stamp;
}

enum status notes_remove_correction(struct notes *n, int64_t id, struct error *e)
{
    sqlite3_stmt *st = database_prepare(&n->db, "DELETE FROM correction WHERE id=?1", e);
    if (st == NULL)
        return failed(e);
    bind_int(st, 1, id);
    enum status status = database_finish(&n->db, st, e);
    if (status == STATUS_OK && sqlite3_changes(n->db.handle) == 0)
        return error_set(e, STATUS_NOT_FOUND, "there is no such correction any more");
    return status;
}

enum status notes_last_mark(struct notes *n, struct str author, int64_t *time, struct error *e)
{
    bool row;
    sqlite3_stmt *st = database_prepare(
        &n->db, "SELECT time FROM mark WHERE author=?1 ORDER BY id DESC LIMIT 1", e);
    *time = 0;
    if (st == NULL)
        return failed(e);
    bind_str(st, 1, author);
    enum status status = database_step(&n->db, st, &row, e);
    if (status == STATUS_OK && row)
        *time = sqlite3_column_int64(st, 0);
    sqlite3_reset(st);
    return status;
}

static void read_hex(struct str hex, unsigned char out[32])
{
    for (size_t i = 0; i < 32 && 2 * i + 1 < hex.n; i++) {
        unsigned byte = 0;
        for (size_t k = 2 * i; k < 2 * i + 2; k++) {
            char c = hex.p[k];
            byte = byte << 4 | (unsigned)(c >= 'a' ? c - 'a' + 10 : c - '0');
        }
        out[i] = (unsigned char)byte;
    }
}

/* SQLite reads the JSON, so that no second parser of it is needed. */
static enum status read_line(struct notes *n, struct arena *a, struct str line,
                             struct correction *c, bool *good, struct error *e)
{
    bool row;
    struct anchor *anchor = arena_new_of(a, struct anchor);
    sqlite3_stmt *st = database_prepare(
        &n->db,
        "SELECT x.j->>'kind', x.j->>'field', x.j->>'value', x.j->>'was', x.j->>'author',"
        " x.j->>'time', x.j->>'content_key', lower(x.j->>'sha256'), x.j->>'path',"
        " x.j->>'passage_key', x.j->>'offset', x.j->>'quoted', x.j->>'before', x.j->>'after'"
        " FROM (SELECT CASE WHEN json_valid(?1) THEN ?1 ELSE '{}' END AS j) x",
        e);
    *good = false;
    if (st == NULL)
        return failed(e);
    bind_str(st, 1, line);
    enum status status = database_step(&n->db, st, &row, e);
    if (status != STATUS_OK || !row)
        return status;
    *c = (struct correction){.kind = column_str(a, st, 0),
                             .field = column_str(a, st, 1),
                             .value = column_str(a, st, 2),
                             .was = column_str(a, st, 3),
                             .author = column_str(a, st, 4),
                             .time = sqlite3_column_int64(st, 5),
                             .content_key = sqlite3_column_int64(st, 6)};
    read_hex(column_view(st, 7), anchor->sha256);
    anchor->path = column_str(a, st, 8);
    anchor->passage_key = (uint64_t)sqlite3_column_int64(st, 9);
    anchor->offset = column_u32(st, 10);
    anchor->quoted = column_str(a, st, 11);
    anchor->before = column_str(a, st, 12);
    anchor->after = column_str(a, st, 13);
    c->anchor = anchor->quoted.n > 0 ? anchor : NULL;
    *good = c->kind.n > 0 && c->field.n > 0;
    sqlite3_reset(st);
    return STATUS_OK;
}

enum status notes_read_corrections(struct notes *n, struct arena *a, struct str text,
                                   const struct correction **out, size_t *count, size_t *bad,
                                   struct error *e)
{
    VECTOR(struct correction) list = {0};
    enum status status = STATUS_OK;
    *bad = 0;
    for (struct str rest = text; rest.p != NULL && status == STATUS_OK;) {
        struct correction c;
        struct str line = str_trim(str_split(&rest, '\n'));
        bool good;
        if (line.n == 0)
            continue;
        status = read_line(n, a, line, &c, &good, e);
        if (status == STATUS_OK && good)
            vector_push(a, &list, c);
        *bad += !good;
    }
    *out = list.at;
    *count = list.n;
    return status;
}
