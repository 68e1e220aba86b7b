/* notes.db: samples of records, and what a person said of each. */
#include "baolan/clock.h"
#include "baolan/vector.h"
#include "notes_internal.h"

static enum status put_record(struct notes *n, int64_t sample, size_t seq,
                              const struct sampled *record, struct error *e)
{
    int64_t anchor;
    enum status status = notes_put_anchor(n, &record->anchor, &anchor, e);
    if (status != STATUS_OK)
        return status;
    sqlite3_stmt *st = database_prepare(&n->db, "INSERT INTO sampled VALUES(?1, ?2, ?3, ?4)", e);
    if (st == NULL)
        return failed(e);
    bind_int(st, 1, sample);
    bind_int(st, 2, (int64_t)seq);
    bind_str(st, 3, (struct str){&record->answer, record->answer != '\0'});
    bind_int(st, 4, anchor);
    return database_finish(&n->db, st, e);
}

enum status notes_put_sample(struct notes *n, struct str library, struct str kind, uint64_t seed,
                             const struct sampled *records, size_t count, int64_t *id,
                             struct error *e)
{
    enum status status = notes_begin(n, e);
    if (status != STATUS_OK)
        return status;
    sqlite3_stmt *st =
        database_prepare(&n->db, "INSERT INTO sample VALUES(NULL, ?1, ?2, ?3, ?4)", e);
    if (st == NULL)
        return notes_end(n, failed(e), e);
    bind_str(st, 1, library);
    bind_str(st, 2, kind);
    bind_int(st, 3, (int64_t)seed);
    bind_int(st, 4, clock_wall_milliseconds());
    status = database_finish(&n->db, st, e);
    *id = sqlite3_last_insert_rowid(n->db.handle);
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        status = put_record(n, *id, i, &records[i], e);
    return notes_end(n, status, e);
}

static enum status find_sample(struct notes *n, struct str library, struct str kind, int64_t *id,
                               uint64_t *seed, struct error *e)
{
    bool row;
    sqlite3_stmt *st = database_prepare(&n->db,
                                        "SELECT id, seed FROM sample WHERE library=?1 AND kind=?2"
                                        " ORDER BY id DESC LIMIT 1",
                                        e);
    if (st == NULL)
        return failed(e);
    bind_str(st, 1, library);
    bind_str(st, 2, kind);
    enum status status = database_step(&n->db, st, &row, e);
    if (status == STATUS_OK && !row)
        status = error_set(e, STATUS_NOT_FOUND, "no sample was drawn yet");
    if (status == STATUS_OK) {
        *id = sqlite3_column_int64(st, 0);
        *seed = (uint64_t)sqlite3_column_int64(st, 1);
    }
    sqlite3_reset(st);
    return status;
}

enum status notes_sample(struct notes *n, struct arena *a, struct str library, struct str kind,
                         int64_t *id, uint64_t *seed, const struct sampled **out, size_t *count,
                         struct error *e)
{
    bool row;
    VECTOR(struct sampled) list = {0};
    *count = 0;
    enum status status = find_sample(n, library, kind, id, seed, e);
    if (status != STATUS_OK)
        return status;
    sqlite3_stmt *st = database_prepare(&n->db,
                                        "SELECT s.answer, " ANCHOR_COLUMNS
                                        " FROM sampled s JOIN anchor a ON a.id=s.anchor"
                                        " WHERE s.sample=?1 ORDER BY s.seq",
                                        e);
    if (st == NULL)
        return failed(e);
    bind_int(st, 1, *id);
    while ((status = database_step(&n->db, st, &row, e)) == STATUS_OK && row) {
        struct str answer = column_view(st, 0);
        struct sampled record = {.answer = answer.n > 0 ? answer.p[0] : '\0'};
        notes_read_anchor(a, st, 1, &record.anchor);
        vector_push(a, &list, record);
    }
    *out = list.at;
    *count = list.n;
    return status;
}

enum status notes_answer_sample(struct notes *n, int64_t id, size_t index, char answer,
                                struct error *e)
{
    sqlite3_stmt *st =
        database_prepare(&n->db, "UPDATE sampled SET answer=?3 WHERE sample=?1 AND seq=?2", e);
    if (st == NULL)
        return failed(e);
    bind_int(st, 1, id);
    bind_int(st, 2, (int64_t)index);
    bind_str(st, 3, (struct str){&answer, answer != '\0'});
    return database_finish(&n->db, st, e);
}
