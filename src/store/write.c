/* Writing: batches, sums, what is taken out, merging the index. */
#include "writer.h"

static enum status write_index_option(struct store_writer *w, const char *option, int64_t value,
                                      struct error *e)
{
    static const char *const sql[] = {"INSERT INTO head_index(head_index, rank) VALUES(?1, ?2)",
                                      "INSERT INTO passage_index(passage_index, rank)"
                                      " VALUES(?1, ?2)"};
    enum status status = STATUS_OK;
    for (size_t i = 0; i < sizeof sql / sizeof *sql && status == STATUS_OK; i++) {
        sqlite3_stmt *st = database_prepare(&w->store->db, sql[i], e);
        if (st == NULL)
            return failed(e);
        bind_str(st, 1, str_of(option));
        bind_int(st, 2, value);
        status = database_finish(&w->store->db, st, e);
    }
    return status;
}

/* Segments of a size that are merged into one after an import in bulk. Fewer are read as fast as
 * one is, and take no more room. */
enum { MERGED_LEAST = 16 };

/* In bulk the index writes large segments and leaves them unmerged: three times as fast. */
static enum status set_bulk(struct store_writer *w, bool bulk, struct error *e)
{
    enum status status = write_index_option(w, "automerge", bulk ? 0 : 4, e);
    if (status == STATUS_OK)
        status = write_index_option(w, "crisismerge", bulk ? 512 : 16, e);
    if (status == STATUS_OK)
        status = write_index_option(w, "hashsize", bulk ? 16 << 20 : 1 << 20, e);
    if (status == STATUS_OK && bulk)
        status = write_index_option(w, "usermerge", MERGED_LEAST, e);
    return status;
}

/* True where an import in bulk ended without setting the index back: it was killed. */
static bool was_left_in_bulk(struct store_writer *w)
{
    bool row;
    sqlite3_stmt *st = database_prepare(
        &w->store->db, "SELECT 1 FROM passage_index_config WHERE k='automerge' AND v=0", NULL);
    if (st == NULL || database_step(&w->store->db, st, &row, NULL) != STATUS_OK)
        return false;
    sqlite3_reset(st);
    return row;
}

struct opening {
    struct store *store;
    struct arena *arena;
    struct store_writer *writer;
};

static enum status open_protected(void *context)
{
    struct opening *o = context;
    o->writer = arena_new_of(o->arena, struct store_writer);
    o->writer->arena = o->arena;
    o->writer->store = o->store;
    return STATUS_OK;
}

enum status store_writer_open(struct store *s, struct arena *a, bool bulk,
                              struct store_writer **out, struct error *e)
{
    struct opening o = {s, a, NULL};
    enum status status = arena_protect(a, open_protected, &o, e);
    if (status != STATUS_OK)
        return status;
    struct store_writer *w = o.writer;
    w->batch = arena_new();
    w->scratch = arena_new();
    w->names = arena_new();
    w->runs[0].arena = arena_new();
    w->runs[1].arena = arena_new();
    w->bulk = bulk;
    if (w->batch == NULL || w->scratch == NULL || w->names == NULL || w->runs[0].arena == NULL ||
        w->runs[1].arena == NULL)
        status = error_set(e, STATUS_NO_MEMORY, "out of memory");
    if (status == STATUS_OK) {
        names_forget(w);
        copies_forget(w);
        status =
            database_run(&s->db, "PRAGMA cache_size=-49152; PRAGMA wal_autocheckpoint=2000", e);
    }
    if (status == STATUS_OK && bulk != was_left_in_bulk(w))
        status = set_bulk(w, bulk, e);
    if (status != STATUS_OK)
        store_writer_close(w);
    *out = status == STATUS_OK ? w : NULL;
    return status;
}

void store_writer_close(struct store_writer *w)
{
    if (w == NULL)
        return;
    if (sqlite3_get_autocommit(w->store->db.handle) == 0)
        database_run(&w->store->db, "ROLLBACK", NULL);
    if (w->bulk)
        set_bulk(w, false, NULL);
    database_run(&w->store->db, "PRAGMA cache_size=-4096", NULL);
    arena_free(w->batch);
    arena_free(w->scratch);
    arena_free(w->names);
    arena_free(w->runs[0].arena);
    arena_free(w->runs[1].arena);
}

static enum status next_id(struct store_writer *w, const char *sql, uint32_t *next, struct error *e)
{
    bool row;
    sqlite3_stmt *st = database_prepare(&w->store->db, sql, e);
    if (st == NULL)
        return failed(e);
    enum status status = database_step(&w->store->db, st, &row, e);
    int64_t last = row ? sqlite3_column_int64(st, 0) : 0;
    sqlite3_reset(st);
    if (status == STATUS_OK && last > UINT32_MAX - (1 << 24))
        return error_set(e, STATUS_UNSUPPORTED, "the library has too many records");
    *next = (uint32_t)last + 1;
    return status;
}

enum status store_begin(struct store_writer *w, struct error *e)
{
    const struct {
        const char *sql;
        uint32_t *next;
    } ids[] = {
        {"SELECT max(id) FROM document", &w->next_document},
        {"SELECT max(id) FROM article", &w->next_article},
        {"SELECT max(id) FROM passage", &w->next_passage},
        {"SELECT id FROM indicator ORDER BY id DESC LIMIT 1", &w->next_indicator},
        {"SELECT max(id) FROM proposal", &w->next_proposal},
        {"SELECT max(id) FROM finding", &w->next_finding},
        {"SELECT max(id) FROM found_table", &w->next_table},
    };
    enum status status = database_run(&w->store->db, "BEGIN IMMEDIATE", e);
    for (size_t i = 0; i < sizeof ids / sizeof *ids && status == STATUS_OK; i++)
        status = next_id(w, ids[i].sql, ids[i].next, e);
    w->passages_before = w->next_passage;
    w->changes_before = sqlite3_total_changes(w->store->db.handle);
    arena_reset(w->batch);
    memset(w->totals, 0, sizeof w->totals);
    memset(&w->mentions, 0, sizeof w->mentions);
    memset(&w->ordered, 0, sizeof w->ordered);
    memset(&w->made, 0, sizeof w->made);
    memset(&w->made_keys, 0, sizeof w->made_keys);
    w->promoted = false;
    w->known_figures = map_in(w->batch);
    w->periods = map_in(w->batch);
    postings_begin(&w->postings, &w->store->db, w->batch);
    w->entities = (struct counts){.by_id = map_in(w->batch)};
    w->metrics = (struct counts){.by_id = map_in(w->batch)};
    return status;
}

uint32_t store_batch_passages(const struct store_writer *w)
{
    return w->next_passage - w->passages_before;
}

static enum status flush_totals(struct store_writer *w, struct error *e)
{
    static const char *const names[] = {
#define X(name) #name,
        TOTAL_TABLE(X)
#undef X
    };
    for (size_t i = 0; i < TOTAL_COUNT; i++) {
        if (w->totals[i] == 0)
            continue;
        sqlite3_stmt *st = database_prepare(
            &w->store->db,
            "INSERT INTO total VALUES(?1, ?2) ON CONFLICT(name) DO UPDATE SET n=n+?2", e);
        if (st == NULL)
            return failed(e);
        bind_str(st, 1, str_of(names[i]));
        bind_int(st, 2, w->totals[i]);
        enum status status = database_finish(&w->store->db, st, e);
        if (status != STATUS_OK)
            return status;
    }
    return STATUS_OK;
}

static enum status roll_back(struct store_writer *w, enum status status)
{
    database_run(&w->store->db, "ROLLBACK", NULL);
    names_forget(w);
    copies_forget(w);
    return status;
}

struct flushing {
    struct store_writer *writer;
    struct error *error;
};

static enum status flush_protected(void *context)
{
    const struct flushing *f = context;
    enum status status = mentions_flush(f->writer, f->error);
    if (status == STATUS_OK)
        status = figures_flush(f->writer, f->error);
    if (status == STATUS_OK)
        status = postings_flush(&f->writer->postings, f->error);
    if (status == STATUS_OK)
        status = names_flush(f->writer, f->error);
    struct store_writer *w = f->writer;
    w->totals[TOTAL_commits] = sqlite3_total_changes(w->store->db.handle) != w->changes_before;
    return status == STATUS_OK ? flush_totals(f->writer, f->error) : status;
}

enum status store_commit(struct store_writer *w, struct error *e)
{
    struct flushing f = {w, e};
    enum status status = writer_protect(w, flush_protected, &f, e);
    if (status == STATUS_OK)
        status = database_run(&w->store->db, "COMMIT", e);
    return status == STATUS_OK ? status : roll_back(w, status);
}

/* Takes the mentions of a document out of the index of names and out of their counts. */
static enum status remove_mentions(struct store_writer *w, const struct stored_document *d,
                                   const struct copy_ranges *copies, struct error *e)
{
    const struct stored_mention *mentions;
    size_t n = 0;
    struct map seen = map_in(w->scratch);
    enum status status = d->passages == 0 ? STATUS_OK
                                          : mentions_in(w->store, w->scratch, d->first_passage,
                                                        d->passages, &mentions, &n, e);
    for (size_t i = 0; i < n && status == STATUS_OK; i++) {
        const struct stored_mention *m = &mentions[i];
        bool is_new;
        if (copies_have(copies, m->passage))
            continue;
        struct count_change *change = counts_of(w, &w->entities, m->entity);
        map_put(&seen, (struct str){(const char *)&m->entity, sizeof m->entity}, &is_new);
        change->documents -= is_new;
        change->mentions--;
        w->totals[TOTAL_mentions]--;
        sqlite3_stmt *st = database_prepare(
            &w->store->db, "DELETE FROM mention WHERE entity=?1 AND passage=?2 AND start=?3", e);
        if (st == NULL)
            return failed(e);
        bind_int(st, 1, m->entity);
        bind_int(st, 2, m->passage);
        bind_int(st, 3, m->start);
        status = database_finish(&w->store->db, st, e);
    }
    return status;
}

static enum status delete_range(struct store_writer *w, const char *sql, uint32_t first,
                                uint32_t count, struct error *e)
{
    if (count == 0)
        return STATUS_OK;
    sqlite3_stmt *st = database_prepare(&w->store->db, sql, e);
    if (st == NULL)
        return failed(e);
    bind_int(st, 1, first);
    bind_int(st, 2, (int64_t)first + count);
    return database_finish(&w->store->db, st, e);
}

static void uncount_totals(struct store_writer *w, const struct stored_document *d,
                           const struct copy_ranges *copies)
{
    w->totals[TOTAL_documents]--;
    w->totals[TOTAL_articles] -= d->articles;
    w->totals[TOTAL_passages] -= d->passages;
    w->totals[TOTAL_characters] -= d->characters;
    w->totals[TOTAL_bytes] -= d->size;
    w->totals[TOTAL_proposals] -= d->proposals - copies->proposals;
    w->totals[TOTAL_indicators] -= d->indicators - copies->indicators;
    w->totals[TOTAL_findings] -= d->findings - copies->findings;
    w->totals[TOTAL_tables] -= d->tables;
}

enum status remove_document(struct store_writer *w, uint32_t id, struct error *e)
{
    struct stored_document d;
    enum status status = store_document(w->store, w->scratch, id, &d, e);
    if (status != STATUS_OK)
        return status;
    uint32_t passage = d.first_passage;
    /* What the batch at hand put in is not in the index of names yet. */
    if (passage >= w->passages_before || w->promoted)
        status = mentions_flush(w, e);
    if (status == STATUS_OK)
        status = figures_flush(w, e);
    w->known_figures = map_in(w->batch);
    struct copy_ranges copies = {0};
    if (status == STATUS_OK)
        status = copies_in(w, &d, &copies, e);
    if (status == STATUS_OK)
        status = remove_mentions(w, &d, &copies, e);
    if (status == STATUS_OK)
        status = figures_remove(w, d.first_indicator, d.first_indicator + d.indicators, e);
    if (status == STATUS_OK)
        status = copies_remove(w, &d, e);
    const struct {
        const char *sql;
        uint32_t first, count;
    } ranges[] = {
        /* The index is told the very tokens that it was given. */
        {"INSERT INTO head_index(head_index, rowid, tokens)"
         " SELECT 'delete', id, tokens FROM head_tokens WHERE id>=?1 AND id<?2",
         passage, d.passages},
        {"INSERT INTO passage_index(passage_index, rowid, tokens)"
         " SELECT 'delete', id, tokens FROM passage_tokens WHERE id>=?1 AND id<?2",
         passage, d.passages},
        {"DELETE FROM passage WHERE id>=?1 AND id<?2", passage, d.passages},
        {"DELETE FROM article WHERE id>=?1 AND id<?2", d.first_article, d.articles},
        {"DELETE FROM suggestion WHERE proposal>=?1 AND proposal<?2", d.first_proposal,
         d.proposals},
        {"DELETE FROM proposal WHERE id>=?1 AND id<?2", d.first_proposal, d.proposals},
        {"DELETE FROM finding WHERE id>=?1 AND id<?2", d.first_finding, d.findings},
        {"DELETE FROM found_table WHERE id>=?1 AND id<?2", d.first_table, d.tables},
        {"DELETE FROM corrected WHERE document>=?1 AND document<?2", id, 1},
        {"DELETE FROM document WHERE id>=?1 AND id<?2", id, 1},
        {"DELETE FROM converted WHERE document>=?1 AND document<?2", id, 1},
    };
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges && status == STATUS_OK; i++)
        status = delete_range(w, ranges[i].sql, ranges[i].first, ranges[i].count, e);
    if (status == STATUS_OK)
        status = across_remove(w, &d, e);
    uncount_totals(w, &d, &copies);
    return status;
}

/* The arenas of a writer that are not protected yet. */
struct protecting {
    struct arena *const *arenas;
    size_t n;
    enum status (*body)(void *context);
    void *context;
    struct error *error;
};

static enum status protect_next(void *context)
{
    struct protecting *p = context;
    if (p->n == 0)
        return p->body(p->context);
    struct protecting inner = *p;
    inner.arenas++;
    inner.n--;
    return arena_protect(p->arenas[0], protect_next, &inner, p->error);
}

enum status writer_protect(struct store_writer *w, enum status (*body)(void *context),
                           void *context, struct error *e)
{
    struct arena *const arenas[] = {w->batch, w->scratch, w->names, w->runs[0].arena,
                                    w->runs[1].arena};
    struct protecting p = {arenas, sizeof arenas / sizeof *arenas, body, context, e};
    return protect_next(&p);
}

struct removal {
    struct store_writer *writer;
    uint32_t document;
    struct error *error;
};

static enum status remove_protected(void *context)
{
    struct removal *r = context;
    return remove_document(r->writer, r->document, r->error);
}

enum status store_remove(struct store_writer *w, uint32_t document, struct error *e)
{
    struct removal r = {w, document, e};
    arena_reset(w->scratch);
    return writer_protect(w, remove_protected, &r, e);
}

enum status store_touch(struct store_writer *w, uint32_t document, struct str path,
                        const struct file_stamp *stamp, struct error *e)
{
    sqlite3_stmt *st = database_prepare(
        &w->store->db, "UPDATE document SET path=?2, size=?3, modified=?4 WHERE id=?1", e);
    if (st == NULL)
        return failed(e);
    bind_int(st, 1, document);
    bind_str(st, 2, path);
    bind_int(st, 3, stamp->size);
    bind_int(st, 4, stamp->modified);
    return database_finish(&w->store->db, st, e);
}

static enum status run_with_path(struct store_writer *w, const char *sql, struct str path,
                                 struct error *e)
{
    sqlite3_stmt *st = database_prepare(&w->store->db, sql, e);
    if (st == NULL)
        return failed(e);
    bind_str(st, 1, path);
    return database_finish(&w->store->db, st, e);
}

enum status store_add_folder(struct store_writer *w, struct str path, struct error *e)
{
    return run_with_path(w, "INSERT OR IGNORE INTO folder VALUES(?1)", path, e);
}

enum status store_remove_folder(struct store_writer *w, struct str path, struct error *e)
{
    return run_with_path(w, "DELETE FROM folder WHERE path=?1", path, e);
}

enum status store_put_problem(struct store_writer *w, struct str path,
                              const struct file_stamp *stamp, enum status status,
                              const char *message, struct error *e)
{
    enum status result = run_with_path(w, "DELETE FROM problem WHERE path=?1", path, e);
    if (result != STATUS_OK)
        return result;
    w->totals[TOTAL_problems] -= sqlite3_changes(w->store->db.handle);
    if (status == STATUS_OK)
        return STATUS_OK;
    sqlite3_stmt *st =
        database_prepare(&w->store->db, "INSERT INTO problem VALUES(?1, ?2, ?3, ?4, ?5)", e);
    if (st == NULL)
        return failed(e);
    bind_str(st, 1, path);
    bind_int(st, 2, stamp == NULL ? -1 : stamp->size);
    bind_int(st, 3, stamp == NULL ? -1 : stamp->modified);
    bind_int(st, 4, status);
    bind_str(st, 5, str_of(message));
    w->totals[TOTAL_problems]++;
    return database_finish(&w->store->db, st, e);
}

enum status store_set_looked_for(struct store_writer *w, const int64_t *identities, size_t n,
                                 struct error *e)
{
    enum status status = database_run(&w->store->db, "DELETE FROM looked_for", e);
    for (size_t i = 0; i < n && status == STATUS_OK; i++) {
        sqlite3_stmt *st =
            database_prepare(&w->store->db, "INSERT OR IGNORE INTO looked_for VALUES(?1)", e);
        if (st == NULL)
            return failed(e);
        bind_int(st, 1, identities[i]);
        status = database_finish(&w->store->db, st, e);
    }
    return status;
}

enum status store_merge(struct store_writer *w, bool *more, struct error *e)
{
    /* Leaves of 4 KB that a step writes: as many are free at the end, and stay in the file. */
    enum { STEP_LEAVES = 100 };
    int before = sqlite3_total_changes(w->store->db.handle);
    enum status status = write_index_option(w, "merge", STEP_LEAVES, e);
    /* FTS5 tells by the count of changes whether a step found anything to do: two a merge of one
     * of the two indexes, one where there was nothing. */
    *more = status == STATUS_OK && sqlite3_total_changes(w->store->db.handle) - before >= 3;
    return status;
}

/* Rows whose path is ?1, or begins with ?2 (what stands below it: from ?2 on, before ?3). */
static enum status each_row(struct store *s, const char *sql, const struct str between[3],
                            known_visit *visit, void *context, struct error *e)
{
    bool row;
    enum status status;
    sqlite3_stmt *st = database_prepare(&s->db, sql, e);
    if (st == NULL)
        return failed(e);
    for (int i = 0; i < 3; i++)
        bind_str(st, i + 1, between[i]);
    while ((status = database_step(&s->db, st, &row, e)) == STATUS_OK && row)
        visit(context, column_view(st, 0), sqlite3_column_int64(st, 1), sqlite3_column_int64(st, 2),
              column_u32(st, 3));
    return status;
}

enum status store_each_known(struct store *s, struct arena *a, struct str root, known_visit *visit,
                             void *context, struct error *e)
{
#define BELOW " WHERE path=?1 OR (path>=?2 AND path<?3)"
    static const char *const sql[] = {"SELECT path, size, modified, id FROM document" BELOW,
                                      "SELECT path, size, modified, 0 FROM problem" BELOW};
#undef BELOW
    size_t n = root.n > 0 && root.p[root.n - 1] == '/' ? root.n - 1 : root.n;
    /* '0' follows '/'. */
    struct str between[3] = {root, STR(""), STR("\xFF")};
    if (root.n > 0) {
        between[1] = str_printf(a, "%.*s/", (int)n, root.p);
        between[2] = str_printf(a, "%.*s0", (int)n, root.p);
    }
    enum status status = each_row(s, sql[0], between, visit, context, e);
    return status == STATUS_OK ? each_row(s, sql[1], between, visit, context, e) : status;
}
