/* The indicators of a document, packed, and their order by metric. */
#include "put.h"

#include <stdlib.h>

/* True where the printed text of an indicator is what its place says. */
static bool is_as_placed(const struct put *p, const struct indicator *i)
{
    if (i->place.article >= p->d->n_articles ||
        (i->place.paragraph != NONE &&
         i->place.paragraph >= p->d->articles[i->place.article].n_paragraphs))
        return false;
    struct str prose = document_prose(p->d, i->place)->text;
    return str_eq(str_sub(prose, i->place.start, i->place.end), i->text);
}

/* What few indicators have; empty for the others. */
static struct str indicator_more(const struct put *p, const struct indicator *i, struct str key)
{
    struct buffer more = buffer_in(p->w->scratch), value = buffer_in(p->w->scratch);
    if (!is_as_placed(p, i))
        more_put(&more, MORE_TEXT, i->text);
    if (i->base.digits != i->value.digits) {
        varint_put_signed(&value, i->base.digits);
        more_put(&more, MORE_BASE, buffer_str(&value));
    }
    if (!str_eq(i->metric, key))
        more_put(&more, MORE_METRIC, i->metric);
    if (i->basis.n > 0)
        more_put(&more, MORE_BASIS, i->basis);
    if (i->qualifier.n > 0)
        more_put(&more, MORE_QUALIFIER, i->qualifier);
    if (i->table < p->d->n_tables) {
        struct buffer cell = buffer_in(p->w->scratch);
        varint_put(&cell, (uint64_t)p->w->next_table + i->table);
        varint_put(&cell, i->row);
        varint_put(&cell, i->column);
        more_put(&more, MORE_CELL, buffer_str(&cell));
    }
    return buffer_str(&more);
}

/* The id of a word: most figures have those of the one before. */
static enum status word_of(struct put *p, struct joined_word *last, struct str word, uint32_t *id)
{
    if (last->id == 0 || !str_eq(last->word, word)) {
        TRY(words_join(p->w, word, &last->id, p->error));
        last->word = word;
    }
    *id = last->id;
    return STATUS_OK;
}

/* The id of what a figure is measured in: most are in what the one before is. */
static enum status measure_of(struct put *p, const struct indicator *i, uint32_t *id)
{
    const struct indicator *last = p->measured;
    if (last == NULL ||
        (int64_t)last->base.scale - last->value.scale != (int64_t)i->base.scale - i->value.scale ||
        !str_eq(last->unit, i->unit) || !str_eq(last->base_unit, i->base_unit))
        TRY(measures_join(p->w, i, &p->measure, p->error));
    p->measured = i;
    *id = p->measure;
    return STATUS_OK;
}

/* A figure as the cache has it; *metric and so on are made where the library does not have them. */
static enum status figure_of(struct put *p, uint32_t index, uint8_t rows, struct figure *f)
{
    const struct indicator *i = &p->d->indicators[index];
    struct str key = i->metric_key.n > 0 ? i->metric_key : i->metric;
    uint32_t metric, subject, region, rule, measure;
    TRY(metrics_join(p->w, key, &metric, p->error));
    TRY(word_of(p, &p->subject, i->subject, &subject));
    TRY(word_of(p, &p->region, i->region, &region));
    TRY(word_of(p, &p->rule, str_of(i->rule), &rule));
    TRY(measure_of(p, i, &measure));
    bool copy = i->place.article < p->d->n_articles && p->copies[i->place.article];
    *f =
        (struct figure){.numbers = {[FIGURE_ID] = (int64_t)p->w->next_indicator + index,
                                    [FIGURE_PASSAGE] = passage_of(p, i->place),
                                    [FIGURE_START] = i->place.start,
                                    [FIGURE_LENGTH] = i->place.end - i->place.start,
                                    [FIGURE_DIGITS] = i->value.digits,
                                    [FIGURE_SCALE] = i->value.scale,
                                    [FIGURE_MEASURE] = measure,
                                    [FIGURE_KIND] = i->kind,
                                    [FIGURE_METRIC] = metric,
                                    [FIGURE_SUBJECT] = subject,
                                    [FIGURE_FLAGS] = (i->period_resolved ? INDICATOR_RESOLVED : 0) |
                                                     (i->target ? INDICATOR_TARGET : 0) |
                                                     (copy ? INDICATOR_COPY : 0) | rows,
                                    [FIGURE_REGION] = region,
                                    [FIGURE_RULE] = rule},
                        .period = i->period,
                        .more = indicator_more(p, i, key)};
    return STATUS_OK;
}

static bool is_copy(const struct figure *f)
{
    return (f->numbers[FIGURE_FLAGS] & INDICATOR_COPY) != 0;
}

static bool begins_row(const struct figure *f)
{
    return (f->numbers[FIGURE_FLAGS] & INDICATOR_BESIDE) == 0;
}

/* Where a figure stands in the order by metric. */
static int64_t metric_in_order(const struct figure *f)
{
    return is_copy(f) ? ~f->numbers[FIGURE_METRIC] : f->numbers[FIGURE_METRIC];
}

/* The number of a period among those of the batch: most figures have that of the one before. */
static uint32_t period_number(struct store_writer *w, struct str period)
{
    struct map *known = &w->periods;
    if (known->n > 0 && str_eq(known->at[w->last_period].key, period))
        return w->last_period;
    struct map_entry *entry = map_get(known, period);
    if (entry == NULL)
        entry = map_put(known, str_dup(w->batch, period), NULL);
    w->last_period = (uint32_t)(entry - known->at);
    return w->last_period;
}

/* Adds a figure to the order, and where it counts to the counts. */
static void note_figure(struct store_writer *w, const struct figure *f)
{
    uint32_t metric = (uint32_t)f->numbers[FIGURE_METRIC];
    struct ordered_figure one = {metric_in_order(f), period_number(w, f->period),
                                 (uint32_t)f->numbers[FIGURE_ID]};
    vector_push(w->batch, &w->ordered, one);
    if (metric != 0 && !is_copy(f))
        counts_of(w, &w->metrics, metric)->mentions++;
}

static enum status put_pack(struct store_writer *w, int64_t first, struct str packed,
                            struct error *e)
{
    sqlite3_stmt *st =
        database_prepare(&w->store->db, "REPLACE INTO indicator_pack VALUES(?1, ?2)", e);
    if (st == NULL)
        return failed(e);
    bind_int(st, 1, first);
    bind_blob(st, 2, packed);
    return database_finish(&w->store->db, st, e);
}

/* The ids of a document's figures follow each other, and begin a row of their own. */
enum status put_figures(struct put *p)
{
    uint32_t n = p->d->n_indicators;
    const uint8_t *rows = facts_rows(p->w->scratch, p->d);
    struct buffer packed = buffer_in(p->w->scratch);
    struct figure before = {.period = {NULL, 0}}, f;
    for (uint32_t i = 0; i < n; i++) {
        TRY(figure_of(p, i, rows[i], &f));
        note_figure(p->w, &f);
        p->counted_indicators += !is_copy(&f);
        p->counted_figures += !is_copy(&f) && begins_row(&f);
        figure_write(&packed, &before, &f);
        before = f;
        if (i % FIGURES_PACKED != FIGURES_PACKED - 1 && i + 1 < n)
            continue;
        TRY(put_pack(p->w, f.numbers[FIGURE_ID] - i % FIGURES_PACKED, buffer_str(&packed),
                     p->error));
        packed.n = 0;
        before = (struct figure){.period = {NULL, 0}};
    }
    return STATUS_OK;
}

static int by_text(const void *a, const void *b)
{
    const struct map_entry *const *x = a, *const *y = b;
    return str_cmp((*x)->key, (*y)->key);
}

/* The place of each period among those of the batch. */
static const uint32_t *rank_periods(struct store_writer *w, struct arena *a)
{
    const struct map *known = &w->periods;
    const struct map_entry **sorted = arena_array(a, const struct map_entry *, known->n + 1);
    uint32_t *ranks = arena_array(a, uint32_t, known->n + 1);
    for (size_t i = 0; i < known->n; i++)
        sorted[i] = &known->at[i];
    if (known->n > 1)
        qsort(sorted, known->n, sizeof *sorted, by_text);
    for (uint32_t i = 0; i < known->n; i++)
        ranks[sorted[i] - known->at] = i;
    return ranks;
}

/* The figures of the batch in the order of their table. */
static const struct order_row *sort_figures(struct store_writer *w, struct arena *a)
{
    const uint32_t *ranks = rank_periods(w, a);
    struct order_row *rows = arena_array(a, struct order_row, w->ordered.n + 1);
    for (size_t i = 0; i < w->ordered.n; i++) {
        const struct ordered_figure *f = &w->ordered.at[i];
        rows[i] = (struct order_row){(uint64_t)f->metric ^ (uint64_t)1 << 63,
                                     (uint64_t)ranks[f->period] << 32 | f->id, (uint32_t)i};
    }
    return order_rows(a, rows, w->ordered.n);
}

/* Binds a row of the order from the parameter `at` on. */
static void bind_order(sqlite3_stmt *st, int at, int64_t metric, struct str period, int64_t id)
{
    bind_int(st, at, metric);
    bind_str(st, at + 1, period);
    bind_int(st, at + 2, id);
}

static enum status take_out_of_order(struct store_writer *w, const struct figure *f,
                                     struct error *e)
{
    sqlite3_stmt *st = database_prepare(
        &w->store->db, "DELETE FROM indicator_order WHERE metric=?1 AND period=?2 AND id=?3", e);
    if (st == NULL)
        return failed(e);
    bind_order(st, 1, metric_in_order(f), f->period, f->numbers[FIGURE_ID]);
    return database_finish(&w->store->db, st, e);
}

enum status figures_flush(struct store_writer *w, struct error *e)
{
    enum { COLUMNS = 3 };
    struct arena_mark mark = arena_mark(w->batch);
    const struct order_row *rows = sort_figures(w, w->batch);
    for (size_t i = 0, n; i < w->ordered.n; i += n) {
        n = w->ordered.n - i >= ROWS_AT_ONCE ? ROWS_AT_ONCE : 1;
        sqlite3_stmt *st =
            database_prepare(&w->store->db,
                             n == 1 ? INSERT_ROW("FAIL INTO indicator_order", "(?, ?, ?)")
                                    : INSERT_ROWS("FAIL INTO indicator_order", "(?, ?, ?)"),
                             e);
        if (st == NULL)
            return failed(e);
        for (size_t k = 0; k < n; k++) {
            const struct ordered_figure *f = &w->ordered.at[rows[i + k].index];
            bind_order(st, 1 + (int)k * COLUMNS, f->metric, w->periods.at[f->period].key, f->id);
        }
        TRY(database_finish(&w->store->db, st, e));
    }
    arena_release(w->batch, mark);
    w->ordered.n = 0;
    return STATUS_OK;
}

struct pack {
    int64_t first;
    struct str packed;
};

struct packs {
    struct pack *at;
    size_t n, room;
};

/* The rows of a document's figures. */
static enum status read_packs(struct store_writer *w, uint32_t first, uint32_t end,
                              struct packs *out, struct error *e)
{
    bool row;
    enum status status;
    *out = (struct packs){0};
    sqlite3_stmt *st = database_prepare(
        &w->store->db,
        "SELECT first, packed FROM indicator_pack WHERE first>=?1 AND first<?2 ORDER BY first", e);
    if (st == NULL)
        return failed(e);
    bind_int(st, 1, first);
    bind_int(st, 2, end);
    while ((status = database_step(&w->store->db, st, &row, e)) == STATUS_OK && row) {
        struct pack one = {sqlite3_column_int64(st, 0), column_str(w->scratch, st, 1)};
        vector_push(w->scratch, out, one);
    }
    return status;
}

enum status figures_remove(struct store_writer *w, uint32_t first, uint32_t end, struct error *e)
{
    struct packs packs;
    TRY(read_packs(w, first, end, &packs, e));
    for (size_t i = 0; i < packs.n; i++) {
        struct figure f = {.numbers = {[FIGURE_ID] = packs.at[i].first - 1}};
        while (figure_next(&packs.at[i].packed, &f)) {
            uint32_t metric = (uint32_t)f.numbers[FIGURE_METRIC];
            TRY(take_out_of_order(w, &f, e));
            w->totals[TOTAL_figures] -= !is_copy(&f) && begins_row(&f);
            if (metric != 0 && !is_copy(&f))
                counts_of(w, &w->metrics, metric)->mentions--;
        }
    }
    sqlite3_stmt *st = database_prepare(
        &w->store->db, "DELETE FROM indicator_pack WHERE first>=?1 AND first<?2", e);
    if (st == NULL)
        return failed(e);
    bind_int(st, 1, first);
    bind_int(st, 2, end);
    return database_finish(&w->store->db, st, e);
}

/* Counts a figure that is in no copy any more. */
static enum status count_figure(struct store_writer *w, struct figure *f, struct error *e)
{
    TRY(take_out_of_order(w, f, e));
    f->numbers[FIGURE_FLAGS] &= ~INDICATOR_COPY;
    note_figure(w, f);
    w->totals[TOTAL_indicators]++;
    w->totals[TOTAL_figures] += begins_row(f);
    return STATUS_OK;
}

enum status figures_count(struct store_writer *w, const struct stored_document *d, uint32_t from,
                          uint32_t to, struct error *e)
{
    struct packs packs;
    TRY(read_packs(w, d->first_indicator, d->first_indicator + d->indicators, &packs, e));
    for (size_t i = 0; i < packs.n; i++) {
        struct figure f = {.numbers = {[FIGURE_ID] = packs.at[i].first - 1}};
        struct figure before = {.period = {NULL, 0}};
        struct buffer packed = buffer_in(w->scratch);
        bool changed = false;
        while (figure_next(&packs.at[i].packed, &f)) {
            struct figure now = f;
            if (f.numbers[FIGURE_PASSAGE] >= from && f.numbers[FIGURE_PASSAGE] < to) {
                TRY(count_figure(w, &now, e));
                changed = true;
            }
            figure_write(&packed, &before, &now);
            before = now;
        }
        if (changed)
            TRY(put_pack(w, packs.at[i].first, buffer_str(&packed), e));
    }
    return STATUS_OK;
}
