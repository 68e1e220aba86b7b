/* Ids by other names, spellings, folders, problems, terms. */
#include "baolan/vector.h"
#include "facts.h"

/* The id in the first row, or STATUS_NOT_FOUND. */
static enum status first_id(struct store *s, sqlite3_stmt *st, uint32_t *id, struct error *e)
{
    bool row;
    *id = 0;
    enum status status = database_step(&s->db, st, &row, e);
    if (status == STATUS_OK && row)
        *id = column_u32(st, 0);
    sqlite3_reset(st);
    return status == STATUS_OK && *id == 0 ? error_set(e, STATUS_NOT_FOUND, "not in the library")
                                           : status;
}

static enum status id_by_str(struct store *s, const char *sql, struct str value, uint32_t *id,
                             struct error *e)
{
    sqlite3_stmt *st = database_prepare(&s->db, sql, e);
    *id = 0;
    if (st == NULL)
        return failed(e);
    bind_str(st, 1, value);
    return first_id(s, st, id, e);
}

enum status store_document_by_path(struct store *s, struct str path, uint32_t *id, struct error *e)
{
    return id_by_str(s, "SELECT id FROM document WHERE path=?1", path, id, e);
}

enum status store_metric_by_name(struct store *s, struct str name, uint32_t *id, struct error *e)
{
    return id_by_str(s, "SELECT id FROM metric WHERE name=?1", name, id, e);
}

enum status store_document_by_sha256(struct store *s, const unsigned char sha256[32], uint32_t *id,
                                     struct error *e)
{
    sqlite3_stmt *st =
        database_prepare(&s->db,
                         "SELECT id FROM document"
                         " WHERE substr(sha256, 1, 6)=substr(?1, 1, 6) AND sha256=?1 LIMIT 1",
                         e);
    *id = 0;
    if (st == NULL)
        return failed(e);
    bind_blob(st, 1, (struct str){(const char *)sha256, 32});
    return first_id(s, st, id, e);
}

/* The ids that a statement gives, at most room of them. */
static enum status read_ids(struct store *s, sqlite3_stmt *st, uint32_t *ids, size_t room,
                            size_t *n, struct error *e)
{
    bool row = true;
    enum status status = STATUS_OK;
    for (*n = 0; *n < room; ids[(*n)++] = column_u32(st, 0)) {
        status = database_step(&s->db, st, &row, e);
        if (status != STATUS_OK || !row)
            break;
    }
    sqlite3_reset(st);
    return status;
}

enum status store_documents_of_issue(struct store *s, struct str paper, struct str date,
                                     uint32_t *ids, size_t room, size_t *n, struct error *e)
{
    sqlite3_stmt *st = database_prepare(
        &s->db, "SELECT id FROM document WHERE date=?1 AND paper=?2 ORDER BY id", e);
    *n = 0;
    if (st == NULL)
        return failed(e);
    bind_str(st, 1, date);
    bind_str(st, 2, paper);
    return read_ids(s, st, ids, room, n, e);
}

enum status store_boxes_of(struct store *s, uint32_t article, uint32_t *ids, size_t room, size_t *n,
                           struct error *e)
{
    sqlite3_stmt *st =
        database_prepare(&s->db, "SELECT id FROM article WHERE box_of=?1 ORDER BY id", e);
    *n = 0;
    if (st == NULL)
        return failed(e);
    bind_int(st, 1, article);
    return read_ids(s, st, ids, room, n, e);
}

enum status store_continued(struct store *s, uint32_t document, bool onwards, uint32_t *ids,
                            size_t room, size_t *n, struct error *e)
{
    const char *sql =
        onwards ? "SELECT id FROM article WHERE document=?1 AND continued_to<>'' ORDER BY id"
                : "SELECT id FROM article WHERE document=?1 AND continued_from<>'' ORDER BY id";
    sqlite3_stmt *st = database_prepare(&s->db, sql, e);
    *n = 0;
    if (st == NULL)
        return failed(e);
    bind_int(st, 1, document);
    return read_ids(s, st, ids, room, n, e);
}

enum status store_document_of_passage(struct store *s, uint32_t passage, uint32_t *id,
                                      struct error *e)
{
    sqlite3_stmt *st = database_prepare(
        &s->db, "SELECT a.document FROM passage p JOIN article a ON a.id=p.article WHERE p.id=?1",
        e);
    *id = 0;
    if (st == NULL)
        return failed(e);
    bind_int(st, 1, passage);
    return first_id(s, st, id, e);
}

struct spelling_search {
    struct store *store;
    struct arena *arena;
    struct str spelling;
    uint32_t *ids;
    size_t room, n;
    struct error *error;
};

static enum status search_spelling(void *context)
{
    struct spelling_search *q = context;
    bool row;
    enum status status;
    sqlite3_stmt *st =
        database_prepare(&q->store->db,
                         "SELECT e.id FROM spelling s JOIN entity e ON e.id=s.entity WHERE s.key=?1"
                         " AND NOT e.hidden"
                         " ORDER BY e.mentions DESC, e.id LIMIT ?2",
                         q->error);
    if (st == NULL)
        return failed(q->error);
    bind_str(st, 1, spelling_key(q->arena, q->spelling));
    bind_int(st, 2, (int64_t)q->room);
    while ((status = database_step(&q->store->db, st, &row, q->error)) == STATUS_OK && row)
        if (q->n < q->room)
            q->ids[q->n++] = column_u32(st, 0);
    return status;
}

enum status store_entities_by_spelling(struct store *s, struct str spelling, uint32_t *ids,
                                       size_t room, size_t *n, struct error *e)
{
    struct spelling_search q = {s, arena_new(), spelling, ids, room, 0, e};
    *n = 0;
    if (q.arena == NULL)
        return error_set(e, STATUS_NO_MEMORY, "out of memory");
    enum status status = arena_protect(q.arena, search_spelling, &q, e);
    arena_free(q.arena);
    *n = q.n;
    return status;
}

/* The first column of all rows. */
static enum status column_of(struct store *s, struct arena *a, sqlite3_stmt *st,
                             const struct str **out, size_t *n, struct error *e)
{
    bool row;
    enum status status;
    VECTOR(struct str) items = {0};
    while ((status = database_step(&s->db, st, &row, e)) == STATUS_OK && row) {
        struct str item = column_str(a, st, 0);
        vector_push(a, &items, item);
    }
    *out = items.at;
    *n = items.n;
    return status;
}

enum status store_spellings(struct store *s, struct arena *a, uint32_t entity,
                            const struct str **out, size_t *n, struct error *e)
{
    bool row;
    uint32_t count = 0;
    *n = 0;
    sqlite3_stmt *st =
        database_prepare(&s->db, "SELECT name||spellings FROM entity WHERE id=?1", e);
    if (st == NULL)
        return failed(e);
    bind_int(st, 1, entity);
    enum status status = database_step(&s->db, st, &row, e);
    if (status == STATUS_OK && row) {
        *out = lines_split(a, column_str(a, st, 0), &count);
        *n = count;
    }
    sqlite3_reset(st);
    return status;
}

enum status store_folders(struct store *s, struct arena *a, const struct str **out, size_t *n,
                          struct error *e)
{
    sqlite3_stmt *st = database_prepare(&s->db, "SELECT path FROM folder ORDER BY path", e);
    *n = 0;
    return st == NULL ? failed(e) : column_of(s, a, st, out, n, e);
}

enum status store_problems(struct store *s, struct arena *a, const struct stored_problem **out,
                           size_t *n, struct error *e)
{
    bool row;
    enum status status;
    VECTOR(struct stored_problem) problems = {0};
    sqlite3_stmt *st =
        database_prepare(&s->db, "SELECT path, message, status FROM problem ORDER BY path", e);
    *n = 0;
    if (st == NULL)
        return failed(e);
    while ((status = database_step(&s->db, st, &row, e)) == STATUS_OK && row) {
        struct stored_problem problem = {column_str(a, st, 0), column_str(a, st, 1),
                                         (enum status)sqlite3_column_int(st, 2)};
        vector_push(a, &problems, problem);
    }
    *out = problems.at;
    *n = problems.n;
    return status;
}

enum status store_each_term(struct store *s, uint32_t most, term_visit *visit, void *context,
                            struct error *e)
{
    static const struct {
        const char *sql;
        enum term_kind kind;
    } sources[] = {
        {"SELECT id, title, 1 FROM article WHERE title<>'' ORDER BY id DESC LIMIT ?1", TERM_TITLE},
        {"SELECT id, name, mentions FROM entity WHERE NOT hidden ORDER BY documents DESC LIMIT ?1",
         TERM_ENTITY},
        {"SELECT id, name, indicators FROM metric ORDER BY indicators DESC LIMIT ?1", TERM_METRIC},
    };
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
        bool row;
        enum status status;
        sqlite3_stmt *st = database_prepare(&s->db, sources[i].sql, e);
        if (st == NULL)
            return failed(e);
        bind_int(st, 1, most);
        while ((status = database_step(&s->db, st, &row, e)) == STATUS_OK && row)
            if (!visit(context, sources[i].kind, column_u32(st, 0), column_view(st, 1),
                       column_u32(st, 2))) {
                sqlite3_reset(st);
                return STATUS_OK;
            }
        if (status != STATUS_OK)
            return status;
    }
    return STATUS_OK;
}

enum status store_each_proposal(struct store *s, uint32_t after, size_t most, proposal_visit *visit,
                                void *context, struct error *e)
{
    bool row, goes_on = true;
    enum status status;
    sqlite3_stmt *st = database_prepare(
        &s->db,
        "SELECT id, document, article, passage, start, content_key FROM proposal p"
        " WHERE id>?1 AND NOT EXISTS (SELECT 1 FROM copy c WHERE c.article=p.article)"
        " ORDER BY id LIMIT ?2",
        e);
    if (st == NULL)
        return failed(e);
    bind_int(st, 1, after);
    bind_int(st, 2, most > INT32_MAX ? INT32_MAX : (int64_t)most);
    while ((status = database_step(&s->db, st, &row, e)) == STATUS_OK && row && goes_on) {
        struct proposal_row one = {column_u32(st, 0), column_u32(st, 1),
                                   column_u32(st, 2), column_u32(st, 3),
                                   column_u32(st, 4), sqlite3_column_int64(st, 5)};
        goes_on = visit(context, &one);
    }
    sqlite3_reset(st);
    return status;
}

enum status store_each_document(struct store *s, document_visit *visit, void *context,
                                struct error *e)
{
    bool row;
    enum status status;
    sqlite3_stmt *st =
        database_prepare(&s->db, "SELECT id, title, path FROM document ORDER BY id", e);
    if (st == NULL)
        return failed(e);
    while ((status = database_step(&s->db, st, &row, e)) == STATUS_OK && row)
        if (!visit(context, column_u32(st, 0), column_view(st, 1), column_view(st, 2))) {
            sqlite3_reset(st);
            break;
        }
    return status;
}

static enum status read_mentions(struct store *s, sqlite3_stmt *st, struct stored_mention *out,
                                 size_t room, size_t *n, struct error *e)
{
    bool row;
    enum status status;
    while ((status = database_step(&s->db, st, &row, e)) == STATUS_OK && row)
        if (*n < room)
            out[(*n)++] = (struct stored_mention){column_u32(st, 0), column_u32(st, 1),
                                                  column_u32(st, 2), column_u32(st, 3)};
    return status;
}

enum status store_mentions(struct store *s, uint32_t entity, const struct stored_mention *after,
                           struct stored_mention *out, size_t n, size_t *found, struct error *e)
{
    sqlite3_stmt *st =
        database_prepare(&s->db,
                         "SELECT * FROM mention WHERE entity=?1 AND (passage, start) > (?2, ?3)"
                         " ORDER BY passage, start LIMIT ?4",
                         e);
    *found = 0;
    if (st == NULL)
        return failed(e);
    bind_int(st, 1, entity);
    bind_int(st, 2, after == NULL ? -1 : (int64_t)after->passage);
    bind_int(st, 3, after == NULL ? -1 : (int64_t)after->start);
    bind_int(st, 4, (int64_t)n);
    return read_mentions(s, st, out, n, found, e);
}

enum status hidden_read(struct store *s, struct arena *a, struct hidden *out, struct error *e)
{
    bool row;
    enum status status;
    VECTOR(uint32_t) ids = {0};
    sqlite3_stmt *st =
        database_prepare(&s->db, "SELECT id FROM entity WHERE hidden=1 ORDER BY id", e);
    if (st == NULL)
        return failed(e);
    while ((status = database_step(&s->db, st, &row, e)) == STATUS_OK && row) {
        uint32_t id = column_u32(st, 0);
        vector_push(a, &ids, id);
    }
    *out = (struct hidden){ids.at, ids.n};
    return status;
}

bool hidden_has(const struct hidden *hidden, uint32_t entity)
{
    size_t low = 0, high = hidden->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (hidden->ids[middle] < entity)
            low = middle + 1;
        else
            high = middle;
    }
    return low < hidden->n && hidden->ids[low] == entity;
}

enum status store_mentions_in(struct store *s, struct arena *a, uint32_t first, uint32_t count,
                              const struct stored_mention **out, size_t *n, struct error *e)
{
    struct hidden hidden;
    enum status status = hidden_read(s, a, &hidden, e);
    if (status == STATUS_OK)
        status = mentions_in(s, a, first, count, out, n, e);
    if (status != STATUS_OK || hidden.n == 0)
        return status;
    struct stored_mention *left = arena_array(a, struct stored_mention, *n + 1);
    size_t kept = 0;
    for (size_t i = 0; i < *n; i++)
        if (!hidden_has(&hidden, (*out)[i].entity))
            left[kept++] = (*out)[i];
    *out = left;
    *n = kept;
    return status;
}

enum status mentions_in(struct store *s, struct arena *a, uint32_t first, uint32_t count,
                        const struct stored_mention **out, size_t *n, struct error *e)
{
    bool row;
    enum status status;
    VECTOR(struct stored_mention) mentions = {0};
    sqlite3_stmt *st = database_prepare(&s->db,
                                        "SELECT first_passage, names FROM article"
                                        " WHERE id>=(SELECT article FROM passage WHERE id=?1)"
                                        " AND id<=(SELECT article FROM passage WHERE id=?2)",
                                        e);
    *n = 0;
    if (st == NULL)
        return failed(e);
    bind_int(st, 1, first);
    bind_int(st, 2, (int64_t)first + count - 1);
    while ((status = database_step(&s->db, st, &row, e)) == STATUS_OK && row) {
        struct stored_mention mention = {.passage = column_u32(st, 0)};
        for (struct str names = column_view(st, 1); names_next(&names, &mention);)
            if (mention.passage >= first && mention.passage - first < count)
                vector_push(a, &mentions, mention);
    }
    *out = mentions.at;
    *n = mentions.n;
    return status;
}

enum status indicator_at(struct store *s, uint32_t first, uint32_t count, uint32_t passage,
                         uint32_t *out, struct error *e)
{
    uint32_t low = first, high = first + count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        bool row;
        sqlite3_stmt *st = database_prepare(&s->db, "SELECT passage FROM indicator WHERE id=?1", e);
        if (st == NULL)
            return failed(e);
        bind_int(st, 1, middle);
        enum status status = database_step(&s->db, st, &row, e);
        if (status != STATUS_OK)
            return status;
        bool before = row && column_u32(st, 0) < passage;
        sqlite3_reset(st);
        if (before)
            low = middle + 1;
        else
            high = middle;
    }
    *out = low;
    return STATUS_OK;
}
