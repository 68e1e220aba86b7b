/* Figures of one thing with two values in two documents. */
#include "baolan/audit.h"
#include "baolan/buffer.h"
#include "records.h"
#include "writer.h"

/* Figures that a batch keeps in memory. */
enum { KNOWN_FIGURES_MOST = 8192 };

struct across {
    struct store_writer *w;
    struct error *error;
    const struct document *d;
    uint32_t document;
    struct buffer keys; /* of its clues */
    VECTOR(const struct stored_indicator *)
    others; /* of one thing with the figure at hand, perhaps */
    VECTOR(const struct stored_indicator *) reported; /* with what the figure at hand disagrees */
};

/* A reprint says again what was found once: the same value in the same words. */
static bool is_reported(const struct across *x, const struct stored_indicator *other)
{
    for (size_t i = 0; i < x->reported.n; i++)
        if (decimal_compare(x->reported.at[i]->it.base, other->it.base) == 0)
            return true;
    return false;
}

static enum status put_dispute(struct across *x, const struct indicator *i, uint32_t indicator,
                               const struct stored_indicator *other, const struct check *c)
{
    struct arena *a = x->w->scratch;
    const uint32_t indicators[] = {indicator, other->id};
    double factor =
        decimal_double(i->value) != 0 ? decimal_double(i->base) / decimal_double(i->value) : 1;
    const struct str formula[] = {i->subject.n > 0 ? i->subject : i->region,
                                  STR(" "),
                                  i->metric_key,
                                  STR(": "),
                                  i->text,
                                  STR(" ≠ "),
                                  other->it.text};
    struct buffer whole = buffer_in(a);
    for (size_t k = 0; k < sizeof formula / sizeof *formula; k++)
        buffer_add(&whole, formula[k]);
    const struct stored_finding row = {
        .id = x->w->next_finding++,
        .document = x->document,
        .across = other->document,
        .it = {.kind = FINDING_CONFLICT,
               .indicators = indicators,
               .n_indicators = 2,
               .printed = i->text,
               .computed = other->it.text,
               .tolerance = str_printf(a, "±%.3g%.*s", c->tolerance / factor, STR_ARG(i->unit)),
               .formula = buffer_str(&whole)}};
    x->w->totals[TOTAL_findings]++;
    return record_put(&x->w->store->db, &record_finding, &row, a, x->error);
}

/* Whether a document disagrees with another one. */
static bool is_disputed(struct across *x, uint32_t document)
{
    bool row = false;
    sqlite3_stmt *st = database_prepare(
        &x->w->store->db,
        "SELECT 1 FROM finding WHERE across>0 AND (across=?1 OR document=?1) LIMIT 1", x->error);
    if (st == NULL)
        return false;
    bind_int(st, 1, document);
    row = database_step(&x->w->store->db, st, &row, x->error) == STATUS_OK && row;
    sqlite3_reset(st);
    return row;
}

/* True where another document prints the very paragraph, and what it disputes was found there. */
static bool is_reprint(struct across *x, const struct indicator *i,
                       const struct stored_indicator *other)
{
    struct stored_passage passage;
    struct error quiet = ERROR_NONE;
    return decimal_compare(i->base, other->it.base) == 0 &&
           store_passage(x->w->store, x->w->scratch, other->it.place.paragraph, &passage, &quiet) ==
               STATUS_OK &&
           str_eq(passage.text, document_prose(x->d, i->place)->text) &&
           is_disputed(x, other->document);
}

/* A stored figure; it is asked for with each that comes of one thing with it. */
static enum status find_figure(struct across *x, uint32_t id, const struct stored_indicator **out)
{
    struct store_writer *w = x->w;
    const struct map_entry *known =
        map_get(&w->known_figures, (struct str){(const char *)&id, sizeof id});
    if (known != NULL) {
        *out = known->value.pointer;
        return STATUS_OK;
    }
    bool keep = w->known_figures.n < KNOWN_FIGURES_MOST;
    struct arena *a = keep ? w->batch : w->scratch;
    struct stored_indicator *it = arena_new_of(a, struct stored_indicator);
    TRY(store_indicator(w->store, a, id, it, x->error));
    if (keep)
        map_put(&w->known_figures, (struct str){(const char *)&it->id, sizeof it->id}, NULL)
            ->value.pointer = it;
    *out = it;
    return STATUS_OK;
}

/* A figure of another document that is of one thing with the figure at hand, perhaps. */
static enum status read_other(struct across *x, const struct indicator *i, uint32_t id,
                              bool *reprint)
{
    const struct stored_indicator *other;
    TRY(find_figure(x, id, &other));
    if (other->document == x->document)
        return STATUS_OK;
    *reprint = *reprint || is_reprint(x, i, other);
    vector_push(x->w->scratch, &x->others, other);
    return STATUS_OK;
}

/* The figures of other documents under the clues, each once; *reprint tells that one of them is the
 * figure itself. */
static enum status read_others(struct across *x, const struct indicator *i, const uint64_t *clues,
                               size_t n_clues, bool *reprint)
{
    struct map seen = map_in(x->w->scratch);
    x->others.n = 0;
    *reprint = false;
    for (size_t k = 0; k < n_clues; k++) {
        struct posting *alike;
        bool is_new;
        TRY(postings_find(&x->w->postings, POSTINGS_CLUE, (int64_t)clues[k], &alike, x->error));
        for (size_t o = 0; o < alike->ids.n && !alike->full; o++) {
            const uint32_t *id = &alike->ids.at[o];
            map_put(&seen, (struct str){(const char *)id, sizeof *id}, &is_new);
            if (is_new)
                TRY(read_other(x, i, *id, reprint));
        }
    }
    return STATUS_OK;
}

/* Compares one figure with those of one thing in other documents. */
static enum status put_figure(struct across *x, const struct indicator *i, uint32_t indicator)
{
    uint64_t clues[CLUES_MOST];
    struct check check;
    bool reprint;
    size_t n_clues = audit_clues(i, clues);
    TRY(read_others(x, i, clues, n_clues, &reprint));
    x->reported.n = 0;
    for (size_t o = 0; o < x->others.n && !reprint; o++) {
        const struct stored_indicator *other = x->others.at[o];
        if (!audit_disputes(i, &other->it, &check) || is_reported(x, other))
            continue;
        vector_push(x->w->scratch, &x->reported, other);
        TRY(put_dispute(x, i, indicator, other, &check));
    }
    for (size_t k = 0; k < n_clues; k++)
        TRY(postings_add(&x->w->postings, POSTINGS_CLUE, (int64_t)clues[k], indicator, x->error));
    buffer_add(&x->keys, (struct str){(const char *)clues, n_clues * sizeof *clues});
    return STATUS_OK;
}

static enum status put_keys(struct across *x)
{
    if (x->keys.n == 0)
        return STATUS_OK;
    sqlite3_stmt *st =
        database_prepare(&x->w->store->db, "INSERT INTO clued VALUES(?1, ?2)", x->error);
    if (st == NULL)
        return failed(x->error);
    bind_int(st, 1, x->document);
    bind_blob(st, 2, buffer_str(&x->keys));
    return database_finish(&x->w->store->db, st, x->error);
}

/* What a figure says, parted by tabs. */
static struct str said_key(struct arena *a, const struct indicator *i)
{
    const struct str texts[] = {i->metric_key, i->subject, i->region, i->period, i->text};
    struct buffer key = buffer_in(a);
    for (size_t k = 0; k < sizeof texts / sizeof *texts; k++) {
        buffer_add(&key, texts[k]);
        buffer_add_byte(&key, '\t');
    }
    return buffer_str(&key);
}

enum status across_put(struct store_writer *w, const struct document *d, uint32_t document,
                       uint32_t first_indicator, struct error *e)
{
    struct across x = {
        .w = w, .error = e, .d = d, .document = document, .keys = buffer_in(w->scratch)};
    struct map said = map_in(w->scratch);
    for (uint32_t i = 0; i < d->n_indicators; i++) {
        const struct indicator *it = &d->indicators[i];
        bool is_new;
        if (!it->distinct)
            continue;
        /* What the document says twice is compared once. */
        map_put(&said, said_key(w->scratch, it), &is_new);
        if (is_new)
            TRY(put_figure(&x, it, first_indicator + i));
    }
    return put_keys(&x);
}

/* Takes a document's figures out of the clues. */
static enum status remove_clues(struct store_writer *w, const struct stored_document *d,
                                struct error *e)
{
    bool row;
    uint64_t key;
    sqlite3_stmt *st =
        database_prepare(&w->store->db, "SELECT keys FROM clued WHERE document=?1", e);
    if (st == NULL)
        return failed(e);
    bind_int(st, 1, d->id);
    TRY(database_step(&w->store->db, st, &row, e));
    struct str keys = row ? column_str(w->scratch, st, 0) : (struct str){NULL, 0};
    sqlite3_reset(st);
    for (size_t i = 0; i + sizeof key <= keys.n; i += sizeof key) {
        memcpy(&key, keys.p + i, sizeof key);
        TRY(postings_remove(&w->postings, POSTINGS_CLUE, (int64_t)key, d->first_indicator,
                            d->first_indicator + d->indicators, e));
    }
    st = database_prepare(&w->store->db, "DELETE FROM clued WHERE document=?1", e);
    if (st == NULL)
        return failed(e);
    bind_int(st, 1, d->id);
    return database_finish(&w->store->db, st, e);
}

enum status across_remove(struct store_writer *w, const struct stored_document *d, struct error *e)
{
    struct database *db = &w->store->db;
    sqlite3_stmt *st = database_prepare(
        db, "DELETE FROM finding WHERE across>0 AND (across=?1 OR document=?1)", e);
    if (st == NULL)
        return failed(e);
    bind_int(st, 1, d->id);
    TRY(database_finish(db, st, e));
    w->totals[TOTAL_findings] -= sqlite3_changes(db->handle);
    return remove_clues(w, d, e);
}
