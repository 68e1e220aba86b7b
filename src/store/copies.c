/* Near copies (同文): each article that is one of another is joined to the first of its kind, and
 * counts for nothing in the sums over the library. The cost of an article is a few look-ups,
 * however large the library: candidates are told by sketches, and read through to be sure. */
#include "baolan/sketch.h"
#include "baolan/vector.h"
#include "writer.h"

enum {
    CANDIDATES_MOST = 4, /* that are read through */
    SHARED_LEAST = 2,    /* hashes in common */
    KNOWN_BYTES_MOST = 8 << 20
};

/* The articles that share most hashes with one, the best first. */
struct candidates {
    struct candidate {
        uint32_t article, shared;
    } at[CANDIDATES_MOST];
    size_t n;
};

/* Numbers that are kept in memory: the runs of an article. */
struct kept {
    size_t n;
    struct sketch_marks marks;
    uint32_t numbers[];
};

void copies_forget(struct store_writer *w)
{
    for (size_t i = 0; i < 2; i++) {
        arena_reset(w->runs[i].arena);
        w->runs[i] =
            (struct known_runs){.arena = w->runs[i].arena, .by_article = map_in(w->runs[i].arena)};
    }
}

static struct str key_of(const uint32_t *number)
{
    return (struct str){(const char *)number, sizeof *number};
}

/* What was not asked for while as much was kept anew is forgotten. */
static void turn_over(struct store_writer *w)
{
    struct known_runs old = w->runs[1];
    arena_reset(old.arena);
    w->runs[1] = w->runs[0];
    w->runs[0] = (struct known_runs){.arena = old.arena, .by_article = map_in(old.arena)};
}

static const struct kept *keep_runs(struct store_writer *w, uint32_t article, const uint32_t *runs,
                                    size_t n, const struct sketch_marks *marks)
{
    size_t bytes = sizeof(struct kept) + n * sizeof *runs;
    if (w->runs[0].bytes + bytes > KNOWN_BYTES_MOST / 2)
        turn_over(w);
    struct known_runs *known = &w->runs[0];
    struct kept *kept = arena_alloc(known->arena, bytes);
    kept->n = n;
    kept->marks = *marks;
    if (n > 0)
        memcpy(kept->numbers, runs, n * sizeof *runs);
    known->bytes += bytes;
    map_put(&known->by_article, str_dup(known->arena, key_of(&article)), NULL)->value.pointer =
        kept;
    return kept;
}

/* Holds until the next are kept, or looked for. */
static const struct kept *find_kept(struct store_writer *w, uint32_t article)
{
    const struct map_entry *entry = map_get(&w->runs[0].by_article, key_of(&article));
    if (entry != NULL)
        return entry->value.pointer;
    entry = map_get(&w->runs[1].by_article, key_of(&article));
    if (entry == NULL)
        return NULL;
    const struct kept *kept = entry->value.pointer;
    /* Kept longer, where there is room without turning them over. */
    size_t bytes = sizeof *kept + kept->n * sizeof *kept->numbers;
    if (w->runs[0].bytes + bytes > KNOWN_BYTES_MOST / 2)
        return kept;
    return keep_runs(w, article, kept->numbers, kept->n, &kept->marks);
}

static enum status run(struct store_writer *w, const char *sql, int64_t first, int64_t second,
                       struct error *e)
{
    sqlite3_stmt *st = database_prepare(&w->store->db, sql, e);
    if (st == NULL)
        return failed(e);
    bind_int(st, 1, first);
    if (sqlite3_bind_parameter_count(st) > 1)
        bind_int(st, 2, second);
    return database_finish(&w->store->db, st, e);
}

/* Puts an article among the best where it is one: of those that share as many hashes the first
 * ones. */
static void rank_candidate(struct candidates *best, struct candidate one)
{
    size_t at = best->n;
    while (at > 0 &&
           (best->at[at - 1].shared < one.shared ||
            (best->at[at - 1].shared == one.shared && best->at[at - 1].article > one.article)))
        at--;
    if (at == CANDIDATES_MOST)
        return;
    best->n += best->n < CANDIDATES_MOST;
    for (size_t i = best->n - 1; i > at; i--)
        best->at[i] = best->at[i - 1];
    best->at[at] = one;
}

/* Counts in how many of the lists each article stands, which most do in one alone. */
static void rank_candidates(struct posting *const *lists, size_t n, struct candidates *best)
{
    enum { SLOT_BITS = 10, SLOTS = 1 << SLOT_BITS };
    _Static_assert(SLOTS >= 2 * SKETCH_SIZE * SKETCH_MOST, "slots stay free");
    struct candidate slots[SLOTS], *several[SKETCH_SIZE * SKETCH_MOST];
    size_t n_several = 0;
    memset(slots, 0, sizeof slots);
    for (size_t k = 0; k < n; k++)
        for (size_t i = 0; i < lists[k]->ids.n; i++) {
            uint32_t article = lists[k]->ids.at[i];
            size_t slot = article * 0x9E3779B1u >> (32 - SLOT_BITS);
            while (slots[slot].shared != 0 && slots[slot].article != article)
                slot = (slot + 1) & (SLOTS - 1);
            slots[slot].article = article;
            if (++slots[slot].shared == SHARED_LEAST)
                several[n_several++] = &slots[slot];
        }
    for (size_t i = 0; i < n_several; i++)
        rank_candidate(best, *several[i]);
}

static enum status find_candidates(struct store_writer *w, const struct sketch *sketch,
                                   struct candidates *best, struct error *e)
{
    struct posting *lists[SKETCH_SIZE];
    for (uint32_t i = 0; i < sketch->n; i++)
        TRY(postings_find(&w->postings, POSTINGS_SKETCH, sketch->hashes[i], &lists[i], e));
    rank_candidates(lists, sketch->n, best);
    return STATUS_OK;
}

/* The runs of a stored article's paragraphs. */
static enum status stored_runs(struct store_writer *w, uint32_t article, const struct kept **out,
                               struct error *e)
{
    bool row;
    enum status status;
    uint32_t *runs;
    VECTOR(struct str) texts = {0};
    *out = find_kept(w, article);
    if (*out != NULL)
        return STATUS_OK;
    sqlite3_stmt *st = database_prepare(
        &w->store->db,
        "SELECT unpack(p.text) FROM article a JOIN passage p ON p.id>=a.first_passage"
        " AND p.id<a.first_passage+a.passages WHERE a.id=?1"
        " AND p.kind BETWEEN ?2 AND ?3 ORDER BY p.id",
        e);
    if (st == NULL)
        return failed(e);
    bind_int(st, 1, article);
    bind_int(st, 2, PASSAGE_BODY);
    bind_int(st, 3, PASSAGE_TABLE_ROW);
    while ((status = database_step(&w->store->db, st, &row, e)) == STATUS_OK && row)
        vector_push(w->scratch, &texts, column_str(w->scratch, st, 0));
    TRY(status);
    size_t n = sketch_runs(w->scratch, texts.at, texts.n, &runs);
    struct sketch_marks marks;
    sketch_mark(runs, n, &marks);
    *out = keep_runs(w, article, runs, n, &marks);
    return STATUS_OK;
}

static enum status find_first(struct store_writer *w, const struct prepared_article *article,
                              uint32_t *first, struct error *e)
{
    const struct sketch *sketch = &article->sketch;
    struct candidates list = {.n = 0};
    *first = 0;
    TRY(find_candidates(w, sketch, &list, e));
    for (size_t i = 0; i < list.n && *first == 0; i++) {
        const struct kept *others;
        TRY(stored_runs(w, list.at[i].article, &others, e));
        if (sketch_may_be_alike(&article->marks, &others->marks) &&
            sketch_alike(article->runs, article->n_runs, others->numbers, others->n))
            *first = list.at[i].article;
    }
    return STATUS_OK;
}

static enum status add_sketch(struct store_writer *w, uint32_t article, const struct sketch *sketch,
                              struct error *e)
{
    for (uint32_t i = 0; i < sketch->n; i++)
        TRY(postings_add(&w->postings, POSTINGS_SKETCH, sketch->hashes[i], article, e));
    return STATUS_OK;
}

/* The sketch of a stored article: made again, as it is asked for where one goes alone. */
static enum status stored_sketch(struct store_writer *w, uint32_t article, struct sketch *out,
                                 struct error *e)
{
    const struct kept *runs;
    TRY(stored_runs(w, article, &runs, e));
    *out = sketch_of(runs->numbers, runs->n);
    return STATUS_OK;
}

enum status copies_join(struct store_writer *w, const struct prepared_article *article, uint32_t id,
                        uint32_t *first, struct error *e)
{
    *first = 0;
    if (article->sketch.n == 0)
        return STATUS_OK;
    TRY(find_first(w, article, first, e));
    if (*first == 0) {
        /* The next that has hashes of it is held against it. */
        keep_runs(w, id, article->runs, article->n_runs, &article->marks);
        return add_sketch(w, id, &article->sketch, e);
    }
    return run(w, "INSERT INTO copy VALUES(?1, ?2)", id, *first, e);
}

/* Adds how many of a document's proposals and findings are of one of its articles. */
static enum status count_facts(struct store_writer *w, const struct stored_document *d,
                               uint32_t article, uint32_t *proposals, uint32_t *findings,
                               struct error *e)
{
    static const char *const sql[] = {
        "SELECT count(*) FROM proposal WHERE id>=?1 AND id<?2 AND article=?3",
        "SELECT count(*) FROM finding WHERE id>=?1 AND id<?2 AND article=?3"};
    const uint32_t from[] = {d->first_proposal, d->first_finding};
    const uint32_t n[] = {d->proposals, d->findings};
    uint32_t *const out[] = {proposals, findings};
    for (int i = 0; i < 2; i++) {
        bool row;
        sqlite3_stmt *st = n[i] == 0 ? NULL : database_prepare(&w->store->db, sql[i], e);
        if (n[i] == 0)
            continue;
        if (st == NULL)
            return failed(e);
        bind_int(st, 1, from[i]);
        bind_int(st, 2, (int64_t)from[i] + n[i]);
        bind_int(st, 3, article);
        TRY(database_step(&w->store->db, st, &row, e));
        *out[i] += row ? column_u32(st, 0) : 0;
        sqlite3_reset(st);
    }
    return STATUS_OK;
}

enum status copies_in(struct store_writer *w, const struct stored_document *d,
                      struct copy_ranges *out, struct error *e)
{
    bool row;
    enum status status;
    *out = (struct copy_ranges){0};
    sqlite3_stmt *st =
        database_prepare(&w->store->db,
                         "SELECT a.first_passage, a.passages, a.indicators, a.id FROM copy c"
                         " JOIN article a ON a.id=c.article WHERE c.article>=?1 AND c.article<?2"
                         " ORDER BY c.article",
                         e);
    if (st == NULL)
        return failed(e);
    bind_int(st, 1, d->first_article);
    bind_int(st, 2, (int64_t)d->first_article + d->articles);
    VECTOR(uint32_t) articles = {0};
    while ((status = database_step(&w->store->db, st, &row, e)) == STATUS_OK && row) {
        struct copy_range range = {column_u32(st, 0), column_u32(st, 0) + column_u32(st, 1)};
        out->indicators += column_u32(st, 2);
        vector_push(w->scratch, out, range);
        vector_push(w->scratch, &articles, column_u32(st, 3));
    }
    for (size_t i = 0; status == STATUS_OK && i < articles.n; i++)
        status = count_facts(w, d, articles.at[i], &out->proposals, &out->findings, e);
    return status;
}

bool copies_have(const struct copy_ranges *copies, uint32_t passage)
{
    for (size_t i = 0; i < copies->n; i++)
        if (passage >= copies->at[i].first && passage < copies->at[i].end)
            return true;
    return false;
}

/* Counts the names of an article that is no copy any more; a document counts once for a name,
 * whichever of its articles has it. */
static enum status count_names(struct store_writer *w, const struct stored_document *d,
                               const struct stored_article *article, struct error *e)
{
    const struct stored_mention *mentions;
    struct copy_ranges copies;
    struct map counted = map_in(w->scratch);
    size_t n;
    TRY(copies_in(w, d, &copies, e));
    TRY(store_mentions_in(w->store, w->scratch, d->first_passage, d->passages, &mentions, &n, e));
    uint32_t end = article->first_passage + article->n_passages;
    for (int own = 0; own <= 1; own++)
        for (size_t i = 0; i < n; i++) {
            const struct stored_mention *m = &mentions[i];
            bool mine = m->passage >= article->first_passage && m->passage < end, is_new;
            if (mine != (own == 1) || copies_have(&copies, m->passage))
                continue;
            map_put(&counted, (struct str){(const char *)&m->entity, sizeof m->entity}, &is_new);
            if (own == 0)
                continue;
            counts_note(w, m, is_new, d->date);
        }
    return STATUS_OK;
}

/* Makes a copy the first of its kind, in the place of one that goes. */
static enum status promote(struct store_writer *w, uint32_t gone, uint32_t id, struct error *e)
{
    struct stored_article article;
    struct stored_document d;
    struct sketch sketch;
    TRY(run(w, "DELETE FROM copy WHERE article=?1", id, 0, e));
    TRY(run(w, "UPDATE copy SET first=?1 WHERE first=?2", id, gone, e));
    TRY(store_article(w->store, w->scratch, id, &article, e));
    TRY(store_document(w->store, w->scratch, article.document, &d, e));
    uint32_t proposals = 0, findings = 0;
    TRY(figures_count(w, &d, article.first_passage, article.first_passage + article.n_passages, e));
    TRY(count_facts(w, &d, id, &proposals, &findings, e));
    w->totals[TOTAL_proposals] += proposals;
    w->totals[TOTAL_findings] += findings;
    w->promoted = true;
    TRY(count_names(w, &d, &article, e));
    TRY(stored_sketch(w, id, &sketch, e));
    return add_sketch(w, id, &sketch, e);
}

static enum status drop_sketch(struct store_writer *w, uint32_t id, struct error *e)
{
    struct sketch sketch;
    TRY(stored_sketch(w, id, &sketch, e));
    for (uint32_t i = 0; i < sketch.n; i++)
        TRY(postings_remove(&w->postings, POSTINGS_SKETCH, sketch.hashes[i], id, id + 1, e));
    return STATUS_OK;
}

/* The first of an article's copies, or 0. */
static enum status first_copy(struct store_writer *w, uint32_t id, uint32_t *copy, struct error *e)
{
    bool row;
    sqlite3_stmt *st =
        database_prepare(&w->store->db, "SELECT min(article) FROM copy WHERE first=?1", e);
    if (st == NULL)
        return failed(e);
    bind_int(st, 1, id);
    TRY(database_step(&w->store->db, st, &row, e));
    *copy = row ? column_u32(st, 0) : 0;
    sqlite3_reset(st);
    return STATUS_OK;
}

enum status copies_remove(struct store_writer *w, const struct stored_document *d, struct error *e)
{
    uint32_t end = d->first_article + d->articles, copy;
    copies_forget(w);
    TRY(run(w, "DELETE FROM copy WHERE article>=?1 AND article<?2", d->first_article, end, e));
    for (uint32_t id = d->first_article; id < end; id++) {
        TRY(drop_sketch(w, id, e));
        TRY(first_copy(w, id, &copy, e));
        if (copy != 0)
            TRY(promote(w, id, copy, e));
    }
    copies_forget(w);
    return STATUS_OK;
}

enum status store_copies(struct store *s, struct arena *a, uint32_t article, const uint32_t **ids,
                         size_t *n, struct error *e)
{
    bool row;
    enum status status;
    VECTOR(uint32_t) list = {0};
    sqlite3_stmt *st = database_prepare(
        &s->db,
        "WITH kin(first) AS (SELECT ifnull((SELECT first FROM copy WHERE article=?1), ?1))"
        " SELECT a.id FROM (SELECT first AS id FROM kin UNION ALL"
        "   SELECT * FROM (SELECT c.article FROM copy c JOIN kin ON c.first=kin.first LIMIT ?2)) k"
        " JOIN article a ON a.id=k.id JOIN document d ON d.id=a.document"
        " WHERE a.id<>?1 ORDER BY d.date, a.id",
        e);
    if (st == NULL)
        return failed(e);
    bind_int(st, 1, article);
    bind_int(st, 2, COPIES_MOST);
    while ((status = database_step(&s->db, st, &row, e)) == STATUS_OK && row)
        vector_push(a, &list, column_u32(st, 0));
    *ids = list.at;
    *n = list.n;
    return status;
}

/* Of a first one all that are its copies; of a copy the other ones, and the first. */
enum status store_copies_root(struct store *s, uint32_t article, uint32_t *root, struct error *e)
{
    bool row;
    sqlite3_stmt *st = database_prepare(&s->db,
                                        "SELECT ifnull((SELECT first FROM copy WHERE article=?1),"
                                        " (SELECT first FROM copy WHERE first=?1 LIMIT 1))",
                                        e);
    *root = 0;
    if (st == NULL)
        return failed(e);
    bind_int(st, 1, article);
    enum status status = database_step(&s->db, st, &row, e);
    if (status == STATUS_OK && row)
        *root = column_u32(st, 0);
    sqlite3_reset(st);
    return status;
}

enum status store_copies_count(struct store *s, uint32_t article, uint32_t *n, struct error *e)
{
    bool row;
    sqlite3_stmt *st =
        database_prepare(&s->db,
                         "SELECT count(*) FROM copy"
                         " WHERE first=ifnull((SELECT first FROM copy WHERE article=?1), ?1)",
                         e);
    *n = 0;
    if (st == NULL)
        return failed(e);
    bind_int(st, 1, article);
    bind_int(st, 2, COPIES_MOST);
    enum status status = database_step(&s->db, st, &row, e);
    if (status == STATUS_OK && row)
        *n = column_u32(st, 0);
    sqlite3_reset(st);
    return status;
}
