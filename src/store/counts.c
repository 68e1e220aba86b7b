/* How often a name stands where and when, and how much text there is to stand in. Near copies have
 * no mentions, so their text counts for nothing either. */
#include "baolan/vector.h"
#include "internal.h"

enum status store_name_counts(struct store *s, struct arena *a, uint32_t entity,
                              const struct stored_count **out, size_t *n, struct error *e)
{
    bool row;
    enum status status;
    VECTOR(struct stored_count) counts = {0};
    sqlite3_stmt *st =
        database_prepare(&s->db,
                         "SELECT a.document, substr(a.date, 1, 4), a.place, count(*) FROM mention m"
                         " JOIN passage p ON p.id=m.passage JOIN article a ON a.id=p.article"
                         " WHERE m.entity=?1 GROUP BY 1, 2, 3",
                         e);
    *n = 0;
    if (st == NULL)
        return failed(e);
    bind_int(st, 1, entity);
    while ((status = database_step(&s->db, st, &row, e)) == STATUS_OK && row) {
        struct stored_count count = {.document = column_u32(st, 0),
                                     .year = column_str(a, st, 1),
                                     .place = column_str(a, st, 2),
                                     .mentions = column_u32(st, 3)};
        vector_push(a, &counts, count);
    }
    *out = counts.at;
    *n = counts.n;
    return status;
}

enum status store_text_counts(struct store *s, struct arena *a, const struct stored_count **out,
                              size_t *n, struct error *e)
{
    bool row;
    enum status status;
    VECTOR(struct stored_count) counts = {0};
    sqlite3_stmt *st = database_prepare(&s->db,
                                        "SELECT substr(date, 1, 4), place, sum(characters)"
                                        " FROM article WHERE id NOT IN (SELECT article FROM copy)"
                                        " GROUP BY 1, 2",
                                        e);
    *n = 0;
    if (st == NULL)
        return failed(e);
    while ((status = database_step(&s->db, st, &row, e)) == STATUS_OK && row) {
        struct stored_count count = {.year = column_str(a, st, 0),
                                     .place = column_str(a, st, 1),
                                     .characters = (uint64_t)sqlite3_column_int64(st, 2)};
        vector_push(a, &counts, count);
    }
    *out = counts.at;
    *n = counts.n;
    return status;
}
