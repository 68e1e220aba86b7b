/* Records by their ids. */
#include "baolan/map.h"
#include "baolan/message.h"
#include "baolan/vector.h"
#include "facts.h"
#include "records.h"

#include <stdlib.h>

/* Begins a query for one row by id: *st is at it. */
static enum status find(struct store *s, const char *sql, uint32_t id, const char *what,
                        sqlite3_stmt **st, struct error *e)
{
    bool row;
    *st = database_prepare(&s->db, sql, e);
    if (*st == NULL)
        return failed(e);
    bind_int(*st, 1, id);
    enum status status = database_step(&s->db, *st, &row, e);
    if (status == STATUS_OK && !row)
        return error_set(e, STATUS_NOT_FOUND, "no %s has the number %u", translate(what),
                         (unsigned)id);
    return status;
}

enum status store_document(struct store *s, struct arena *a, uint32_t id,
                           struct stored_document *out, struct error *e)
{
    sqlite3_stmt *st;
    enum status status = find(s, "SELECT * FROM document WHERE id=?1", id, N_("document"), &st, e);
    if (status != STATUS_OK)
        return status;
    memset(out, 0, sizeof *out);
    record_get(st, &record_document, out, false, a);
    sqlite3_reset(st);
    return STATUS_OK;
}

uint32_t stored_document_page(const struct stored_document *d, uint32_t line)
{
    uint32_t low = 0, high = d->n_page_lines;
    if (high == 0 || line == 0)
        return 0;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (d->page_lines[middle] <= line)
            low = middle + 1;
        else
            high = middle;
    }
    return low + 1;
}

enum status store_converted(struct store *s, struct arena *a, uint32_t document, struct str *text,
                            struct error *e)
{
    sqlite3_stmt *st;
    enum status status =
        find(s, "SELECT text FROM converted WHERE document=?1", document, "text of a file", &st, e);
    if (status != STATUS_OK)
        return status;
    *text = column_str(a, st, 0);
    sqlite3_reset(st);
    return STATUS_OK;
}

enum status store_article(struct store *s, struct arena *a, uint32_t id, struct stored_article *out,
                          struct error *e)
{
    sqlite3_stmt *st;
    enum status status = find(s, "SELECT * FROM article WHERE id=?1", id, N_("article"), &st, e);
    if (status != STATUS_OK)
        return status;
    memset(out, 0, sizeof *out);
    record_get(st, &record_article, out, false, a);
    sqlite3_reset(st);
    return STATUS_OK;
}

#define PASSAGE_COLUMNS "SELECT id, article, form, above, text, source FROM passage"

static void read_passage(struct arena *a, sqlite3_stmt *st, struct stored_passage *out)
{
    uint32_t form = column_u32(st, 2), above = column_u32(st, 3);
    memset(out, 0, sizeof *out);
    out->id = column_u32(st, 0);
    out->article = column_u32(st, 1);
    out->kind = (enum passage_kind)(form & ((1U << FORM_FLAGS) - 1));
    out->level = form >> FORM_LEVEL;
    out->heading = above == 0 || above >= out->id ? 0 : out->id - above;
    out->flags = form >> FORM_FLAGS & ((1U << (FORM_LEVEL - FORM_FLAGS)) - 1);
    out->text = column_unpacked(a, st, 4);
    out->runs = runs_read(a, column_view(st, 5), out->text.n, &out->n_runs);
}

enum status store_passage(struct store *s, struct arena *a, uint32_t id, struct stored_passage *out,
                          struct error *e)
{
    sqlite3_stmt *st;
    enum status status = find(s, PASSAGE_COLUMNS " WHERE id=?1", id, N_("passage"), &st, e);
    if (status != STATUS_OK)
        return status;
    read_passage(a, st, out);
    sqlite3_reset(st);
    return STATUS_OK;
}

/* Links of an article while they are gathered. */
struct placed_link {
    uint32_t passage;
    struct link link;
};

struct links {
    struct placed_link *at;
    size_t n, room;
};

static int by_place(const void *a, const void *b)
{
    const struct placed_link *x = a, *y = b;
    if (x->passage != y->passage)
        return x->passage < y->passage ? -1 : 1;
    if (x->link.start != y->link.start)
        return x->link.start < y->link.start ? -1 : 1;
    if (x->link.kind != y->link.kind)
        return x->link.kind < y->link.kind ? -1 : 1;
    return (x->link.target > y->link.target) - (x->link.target < y->link.target);
}

static enum status read_names(struct store *s, struct arena *a, const struct stored_article *of,
                              struct links *links, struct error *e)
{
    bool row = false;
    sqlite3_stmt *st = database_prepare(&s->db, "SELECT names FROM article WHERE id=?1", e);
    if (st == NULL)
        return failed(e);
    struct hidden hidden;
    bind_int(st, 1, of->id);
    enum status status = hidden_read(s, a, &hidden, e);
    if (status == STATUS_OK)
        status = database_step(&s->db, st, &row, e);
    if (status != STATUS_OK || !row)
        return status;
    struct str names = column_view(st, 0);
    struct stored_mention m = {.passage = of->first_passage};
    while (names_next(&names, &m)) {
        if (hidden_has(&hidden, m.entity))
            continue;
        struct placed_link one = {m.passage, {m.start, m.end, LINK_ENTITY, m.entity}};
        vector_push(a, links, one);
    }
    sqlite3_reset(st);
    return STATUS_OK;
}

/* The indicators of a document: [*first, *first + *count). */
static enum status first_indicators(struct store *s, uint32_t document, uint32_t *first,
                                    uint32_t *count, struct error *e)
{
    sqlite3_stmt *st;
    enum status status = find(s, "SELECT first_indicator, indicators FROM document WHERE id=?1",
                              document, N_("document"), &st, e);
    if (status != STATUS_OK)
        return status;
    *first = column_u32(st, 0);
    *count = column_u32(st, 1);
    sqlite3_reset(st);
    return STATUS_OK;
}

static enum status read_figures(struct store *s, struct arena *a, const struct stored_article *of,
                                struct links *links, struct error *e)
{
    enum { FEW = 64 }; /* are read past sooner than searched */
    bool row;
    uint32_t first = 0, count = 0, from, after = of->first_passage + of->n_passages;
    enum status status = first_indicators(s, of->document, &first, &count, e);
    from = first;
    if (status == STATUS_OK && count > FEW)
        status = indicator_at(s, first, count, of->first_passage, &from, e);
    if (status != STATUS_OK)
        return status;
    sqlite3_stmt *st = database_prepare(&s->db,
                                        "SELECT passage, start, length, id FROM indicator"
                                        " WHERE id>=?1 AND id<?2 ORDER BY id",
                                        e);
    if (st == NULL)
        return failed(e);
    bind_int(st, 1, from);
    bind_int(st, 2, (int64_t)first + count);
    while ((status = database_step(&s->db, st, &row, e)) == STATUS_OK && row &&
           column_u32(st, 0) < after) {
        if (column_u32(st, 0) < of->first_passage)
            continue;
        uint32_t start = column_u32(st, 1), end = start + column_u32(st, 2);
        struct placed_link one = {column_u32(st, 0),
                                  {start, end, LINK_INDICATOR, column_u32(st, 3)}};
        vector_push(a, links, one);
    }
    sqlite3_reset(st);
    return status;
}

/* Gives each passage its links, in order of place. */
static enum status read_links(struct store *s, struct arena *a, const struct stored_article *of,
                              struct stored_passage *passages, struct error *e)
{
    struct links found = {0};
    enum status status = read_names(s, a, of, &found, e);
    if (status == STATUS_OK)
        status = read_figures(s, a, of, &found, e);
    if (status != STATUS_OK)
        return status;
    if (found.n > 1)
        qsort(found.at, found.n, sizeof *found.at, by_place);
    struct link *links = arena_array(a, struct link, found.n + 1);
    for (size_t i = 0; i < found.n; i++) {
        uint32_t at = found.at[i].passage - of->first_passage;
        links[i] = found.at[i].link;
        if (at >= of->n_passages)
            continue;
        if (passages[at].n_links++ == 0)
            passages[at].links = &links[i];
    }
    return STATUS_OK;
}

enum status store_load_article(struct store *s, struct arena *a, uint32_t id,
                               struct stored_article *out, struct error *e)
{
    bool row;
    enum status status = store_article(s, a, id, out, e);
    if (status != STATUS_OK)
        return status;
    struct stored_passage *passages = arena_array(a, struct stored_passage, out->n_passages + 1);
    sqlite3_stmt *st =
        database_prepare(&s->db, PASSAGE_COLUMNS " WHERE id>=?1 AND id<?2 ORDER BY id", e);
    if (st == NULL)
        return failed(e);
    bind_int(st, 1, out->first_passage);
    bind_int(st, 2, (int64_t)out->first_passage + out->n_passages);
    uint32_t n = 0;
    while ((status = database_step(&s->db, st, &row, e)) == STATUS_OK && row)
        if (n < out->n_passages)
            read_passage(a, st, &passages[n++]);
    if (status != STATUS_OK)
        return status;
    if (n != out->n_passages)
        return error_set(e, STATUS_CORRUPT, "the cache lacks passages of article %u", (unsigned)id);
    out->passages = passages;
    return read_links(s, a, out, passages, e);
}

/* What few indicators have. */
static void read_more(struct arena *a, struct str more, struct indicator *it)
{
    struct str base = more_get(more, MORE_BASE), cell = more_get(more, MORE_CELL);
    struct str metric = more_get(more, MORE_METRIC), text = more_get(more, MORE_TEXT);
    if (base.p != NULL)
        it->base.digits = varint_get_signed(&base);
    if (cell.p != NULL) {
        it->table = (uint32_t)varint_get(&cell);
        it->row = (uint32_t)varint_get(&cell);
        it->column = (uint32_t)varint_get(&cell);
    }
    if (metric.p != NULL)
        it->metric = str_dup(a, metric);
    if (text.p != NULL)
        it->text = str_dup(a, text);
    it->basis = str_dup(a, more_get(more, MORE_BASIS));
    it->qualifier = str_dup(a, more_get(more, MORE_QUALIFIER));
}

enum status store_indicator(struct store *s, struct arena *a, uint32_t id,
                            struct stored_indicator *out, struct error *e)
{
    sqlite3_stmt *st;
    enum status status = find(s,
                              "SELECT i.*, m.name, r.text, u.text, s.text, p.article, t.document,"
                              " x.unit, x.base_unit, x.shift,"
                              " substr(CAST(unpack(p.text) AS BLOB), i.start+1, i.length)"
                              " FROM indicator i JOIN passage p ON p.id=i.passage"
                              " JOIN article t ON t.id=p.article JOIN measure x ON x.id=i.measure"
                              " LEFT JOIN metric m ON m.id=i.metric"
                              " LEFT JOIN word r ON r.id=i.region LEFT JOIN word u ON u.id=i.rule"
                              " LEFT JOIN word s ON s.id=i.subject WHERE i.id=?1",
                              id, "indicator", &st, e);
    if (status != STATUS_OK)
        return status;
    memset(out, 0, sizeof *out);
    out->id = id;
    out->document = column_u32(st, 20);
    out->metric = column_u32(st, 8);
    struct indicator *it = &out->it;
    uint32_t start = column_u32(st, 2);
    it->place = place_in(column_u32(st, 19), column_u32(st, 1), start, start + column_u32(st, 3));
    it->value = (struct decimal){sqlite3_column_int64(st, 4), sqlite3_column_int(st, 5)};
    it->kind = (enum indicator_kind)sqlite3_column_int(st, 7);
    it->period = column_str(a, st, 10);
    it->period_resolved = (column_u32(st, 11) & INDICATOR_RESOLVED) != 0;
    it->target = (column_u32(st, 11) & INDICATOR_TARGET) != 0;
    out->beside = (column_u32(st, 11) & INDICATOR_BESIDE) != 0;
    out->leads = (column_u32(st, 11) & INDICATOR_LEADS) != 0;
    it->metric = it->metric_key = column_str(a, st, 15);
    it->region = column_str(a, st, 16);
    it->rule = column_str(a, st, 17).p;
    it->subject = column_str(a, st, 18);
    it->unit = column_str(a, st, 21);
    it->base_unit = column_str(a, st, 22);
    it->base = (struct decimal){it->value.digits, it->value.scale + sqlite3_column_int(st, 23)};
    it->text = column_str(a, st, 24);
    it->table = NONE;
    read_more(a, column_view(st, 14), it);
    sqlite3_reset(st);
    return STATUS_OK;
}

#define ROW_OF(metric)                                                                 \
    "SELECT j.id, j.flags FROM indicator i CROSS JOIN passage p ON p.id=i.passage"     \
    " CROSS JOIN article t ON t.id=p.article CROSS JOIN document d ON d.id=t.document" \
    " CROSS JOIN indicator_order o ON o.metric=" metric " AND o.period=i.period"       \
    " AND o.id>=d.first_indicator AND o.id<d.first_indicator+d.indicators"             \
    " CROSS JOIN indicator j ON j.id=o.id"                                             \
    " WHERE i.id=?1 AND i.metric<>0 AND j.subject=i.subject AND j.region=i.region"     \
    " AND j.flags&2=i.flags&2 AND j.passage>=t.first_passage"                          \
    " AND j.passage<t.first_passage+t.passages ORDER BY o.id"

/* Of those before it the last that begins a row; of those behind it all up to the next that does.
 * They are looked for by metric and period within the document, among those that are no copies, or
 * among copies. */
enum status store_figure(struct store *s, uint32_t id, uint32_t ids[INDICATOR_KIND_COUNT],
                         size_t *n, struct error *e)
{
    static const char *const SQL[] = {ROW_OF("i.metric"), ROW_OF("~i.metric")};
    bool row, found = false;
    for (int copies = 0; copies <= 1 && !found; copies++) {
        sqlite3_stmt *st = database_prepare(&s->db, SQL[copies], e);
        if (st == NULL)
            return failed(e);
        bind_int(st, 1, id);
        enum status status;
        *n = 0;
        while ((status = database_step(&s->db, st, &row, e)) == STATUS_OK && row) {
            bool begins = (column_u32(st, 1) & INDICATOR_BESIDE) == 0;
            if (begins && found)
                break;
            *n = begins ? 0 : *n;
            if (*n < INDICATOR_KIND_COUNT)
                ids[(*n)++] = column_u32(st, 0);
            found = found || column_u32(st, 0) == id;
        }
        sqlite3_reset(st);
        if (status != STATUS_OK)
            return status;
    }
    if (!found) {
        ids[0] = id; /* of no metric */
        *n = 1;
    }
    return STATUS_OK;
}

enum status store_figure_keys(struct store *s, struct arena *a, uint32_t first, uint32_t end,
                              const struct figure_key **out, size_t *n, struct error *e)
{
    bool row;
    enum status status;
    struct figure_key *keys = arena_array(a, struct figure_key, end - first + 1);
    *n = 0;
    *out = keys;
    sqlite3_stmt *st = database_prepare(
        &s->db,
        "SELECT i.id, i.metric, i.subject, i.region, i.kind, i.flags, i.period, i.digits, i.scale,"
        " i.more, x.base_unit, x.shift FROM indicator i CROSS JOIN measure x ON x.id=i.measure"
        " WHERE i.id>=?1 AND i.id<?2 ORDER BY i.id",
        e);
    if (st == NULL)
        return failed(e);
    bind_int(st, 1, first);
    bind_int(st, 2, end);
    while ((status = database_step(&s->db, st, &row, e)) == STATUS_OK && row) {
        struct str base = more_get(column_view(st, 9), MORE_BASE);
        if (*n > end - first)
            continue;
        keys[(*n)++] = (struct figure_key){
            .id = column_u32(st, 0),
            .metric = column_u32(st, 1),
            .subject = column_u32(st, 2),
            .region = column_u32(st, 3),
            .kind = (enum indicator_kind)column_u32(st, 4),
            .leads = (column_u32(st, 5) & INDICATOR_LEADS) != 0,
            .period = column_str(a, st, 6),
            .base_unit = column_str(a, st, 10),
            .base = {base.p != NULL ? varint_get_signed(&base) : sqlite3_column_int64(st, 7),
                     sqlite3_column_int(st, 8) + sqlite3_column_int(st, 11)}};
    }
    return status;
}

enum status store_word(struct store *s, struct arena *a, uint32_t id, struct str *out,
                       struct error *e)
{
    sqlite3_stmt *st;
    enum status status = find(s, "SELECT text FROM word WHERE id=?1", id, "word", &st, e);
    if (status != STATUS_OK)
        return status;
    *out = column_str(a, st, 0);
    sqlite3_reset(st);
    return STATUS_OK;
}

enum status store_metric(struct store *s, struct arena *a, uint32_t id, struct stored_metric *out,
                         struct error *e)
{
    sqlite3_stmt *st;
    enum status status = find(s, "SELECT * FROM metric WHERE id=?1", id, N_("metric"), &st, e);
    if (status != STATUS_OK)
        return status;
    *out = (struct stored_metric){id, column_str(a, st, 1), column_u32(st, 2)};
    sqlite3_reset(st);
    return STATUS_OK;
}

enum status store_each_of_metric(struct store *s, uint32_t metric, metric_visit *visit,
                                 void *context, struct error *e)
{
    bool row, goes_on = true;
    enum status status;
    sqlite3_stmt *st = database_prepare(
        &s->db,
        "SELECT i.id, s.text, r.text, i.kind, i.flags, i.period, x.base_unit,"
        " p.article, i.more"
        " FROM indicator_order o CROSS JOIN indicator i ON i.id=o.id"
        " JOIN measure x ON x.id=i.measure JOIN passage p ON p.id=i.passage"
        " LEFT JOIN word s ON s.id=i.subject"
        " LEFT JOIN word r ON r.id=i.region WHERE o.metric=?1 ORDER BY o.period, o.id",
        e);
    if (st == NULL)
        return failed(e);
    bind_int(st, 1, metric);
    while ((status = database_step(&s->db, st, &row, e)) == STATUS_OK && row && goes_on) {
        struct metric_figure f = {.id = column_u32(st, 0),
                                  .subject = column_view(st, 1),
                                  .region = column_view(st, 2),
                                  .kind = (enum indicator_kind)column_u32(st, 3),
                                  .target = (column_u32(st, 4) & INDICATOR_TARGET) != 0,
                                  .period = column_view(st, 5),
                                  .base_unit = column_view(st, 6),
                                  .article = column_u32(st, 7),
                                  .basis = more_get(column_view(st, 8), MORE_BASIS)};
        goes_on = visit(context, &f);
    }
    sqlite3_reset(st);
    return status;
}

enum status store_entity(struct store *s, struct arena *a, uint32_t id, struct stored_entity *out,
                         struct error *e)
{
    sqlite3_stmt *st;
    enum status status = find(s, "SELECT * FROM entity WHERE id=?1", id, N_("name"), &st, e);
    if (status != STATUS_OK)
        return status;
    *out = (struct stored_entity){
        .id = id,
        .name = column_str(a, st, 1),
        .type = (enum entity_type)sqlite3_column_int(st, 2),
        .documents = column_u32(st, 4),
        .mentions = column_u32(st, 5),
        .first_date = column_str(a, st, 6),
        .last_date = column_str(a, st, 7),
        .hidden = sqlite3_column_int(st, 8) != 0,
    };
    sqlite3_reset(st);
    return STATUS_OK;
}

static enum status read_proposal(struct store *s, struct arena *a, uint32_t id, bool brief,
                                 struct stored_proposal *out, struct error *e)
{
    sqlite3_stmt *st;
    enum status status = find(s, "SELECT * FROM proposal WHERE id=?1", id, N_("proposal"), &st, e);
    if (status != STATUS_OK)
        return status;
    memset(out, 0, sizeof *out);
    record_get(st, &record_proposal, out, brief, a);
    out->it.place.article = out->it.article;
    sqlite3_reset(st);
    return STATUS_OK;
}

enum status store_proposal(struct store *s, struct arena *a, uint32_t id,
                           struct stored_proposal *out, struct error *e)
{
    return read_proposal(s, a, id, false, out, e);
}

enum status store_proposal_brief(struct store *s, struct arena *a, uint32_t id,
                                 struct stored_proposal *out, struct error *e)
{
    return read_proposal(s, a, id, true, out, e);
}

/* The same places, of an article. */
static const struct place *places_in(struct arena *a, uint32_t article, const struct place *places,
                                     uint32_t n)
{
    struct place *out = arena_array(a, struct place, n + 1);
    for (uint32_t i = 0; i < n; i++)
        out[i] = place_in(article, places[i].paragraph, places[i].start, places[i].end);
    return out;
}

enum status store_load_proposal(struct store *s, struct arena *a, uint32_t id,
                                struct stored_proposal *out, struct error *e)
{
    bool row;
    enum status status = store_proposal(s, a, id, out, e);
    if (status != STATUS_OK)
        return status;
    VECTOR(struct suggestion) suggestions = {0};
    sqlite3_stmt *st =
        database_prepare(&s->db, "SELECT * FROM suggestion WHERE proposal=?1 ORDER BY seq", e);
    if (st == NULL)
        return failed(e);
    bind_int(st, 1, id);
    while ((status = database_step(&s->db, st, &row, e)) == STATUS_OK && row) {
        struct suggestion_row one = {0};
        record_get(st, &record_suggestion, &one, false, a);
        one.it.place.article = out->it.article;
        one.it.measures = places_in(a, out->it.article, one.it.measures, one.it.n_measures);
        vector_push(a, &suggestions, one.it);
    }
    out->it.suggestions = suggestions.at;
    out->it.n_suggestions = (uint32_t)suggestions.n;
    return status;
}

enum status store_finding(struct store *s, struct arena *a, uint32_t id, struct stored_finding *out,
                          struct error *e)
{
    sqlite3_stmt *st;
    enum status status = find(s,
                              "SELECT f.*, d.first_indicator FROM finding f JOIN document d"
                              " ON d.id=f.document WHERE f.id=?1",
                              id, "finding", &st, e);
    if (status != STATUS_OK)
        return status;
    memset(out, 0, sizeof *out);
    record_get(st, &record_finding, out, false, a);
    struct finding *it = &out->it;
    /* Those between two documents are ids, the others count from the document's first. */
    uint32_t first = out->across != 0 ? 0 : column_u32(st, record_finding.n);
    uint32_t *indicators = arena_array(a, uint32_t, it->n_indicators + 1);
    for (uint32_t i = 0; i < it->n_indicators; i++)
        indicators[i] = first + it->indicators[i];
    it->indicators = indicators;
    sqlite3_reset(st);
    struct arena_mark mark = arena_mark(a);
    struct str key = str_printf(a, "%d\t%.*s\t%.*s\t%.*s", (int)it->kind, STR_ARG(it->printed),
                                STR_ARG(it->computed), STR_ARG(it->formula));
    out->content_key = (int64_t)hash_bytes(key.p, key.n);
    arena_release(a, mark);
    return STATUS_OK;
}

static void read_cells(struct arena *a, struct table *t, struct str cells, struct str indicators,
                       uint32_t first_indicator)
{
    struct table_cell *out = arena_array(a, struct table_cell, (size_t)t->rows * t->columns + 1);
    for (uint32_t row = 0; row < t->rows; row++) {
        struct str line = str_split(&cells, '\n');
        for (uint32_t column = 0; column < t->columns; column++) {
            struct table_cell *cell = &out[row * t->columns + column];
            uint32_t indicator = (uint32_t)varint_get(&indicators);
            cell->text = str_split(&line, '\t');
            cell->indicator = indicator == 0 ? NONE : first_indicator + indicator - 1;
        }
    }
    t->cells = out;
}

enum status store_table(struct store *s, struct arena *a, uint32_t id, struct stored_table *out,
                        struct error *e)
{
    sqlite3_stmt *st;
    enum status status = find(s,
                              "SELECT t.*, d.first_indicator FROM found_table t JOIN document d"
                              " ON d.id=t.document WHERE t.id=?1",
                              id, "table", &st, e);
    if (status != STATUS_OK)
        return status;
    struct table_row one = {0};
    record_get(st, &record_table, &one, false, a);
    struct table *t = &one.stored.it;
    t->place.article = t->article;
    t->place.end = t->place.start;
    /* A damaged row must not ask for more cells than its text can have. */
    if ((uint64_t)t->rows * t->columns > one.cells.n + 1)
        t->rows = t->columns = 0;
    read_cells(a, t, one.cells, one.indicators, column_u32(st, record_table.n));
    *out = one.stored;
    sqlite3_reset(st);
    return STATUS_OK;
}
