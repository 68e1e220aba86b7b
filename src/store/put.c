/* One document into the cache: its row, and the parts in their order. */
#include "put.h"
#include "records.h"

/* Writes the last `digits` digits of a number before `end`. */
static void put_digits(char *end, unsigned number, int digits)
{
    for (; digits > 0; digits--, number /= 10)
        *--end = (char)('0' + number % 10);
}

struct str date_text(struct arena *a, struct date date)
{
    if (date.day == 0 && date.month == 0 && date.year == 0)
        return (struct str){"", 0};
    size_t n = date.day != 0 ? 10 : date.month != 0 ? 7 : 4;
    char *text = arena_dup(a, "0000-00-00", 11);
    put_digits(text + 4, (unsigned)date.year, 4);
    put_digits(text + 7, (unsigned)date.month, n > 4 ? 2 : 0);
    put_digits(text + 10, (unsigned)date.day, n > 7 ? 2 : 0);
    return (struct str){text, n};
}

uint32_t article_of(const struct put *p, uint32_t index)
{
    return p->w->next_article - p->d->n_articles + (index < p->d->n_articles ? index : 0);
}

/* Lines at which the pages after the first begin. */
static const uint32_t *page_lines(const struct put *p, uint32_t *n)
{
    VECTOR(uint32_t) lines = {0};
    uint32_t page = 1;
    for (uint32_t i = 0; i < p->d->n_lines; i++)
        for (; page < p->d->lines[i].page; page++)
            vector_push(p->w->scratch, &lines, p->d->lines[i].number);
    *n = (uint32_t)lines.n;
    return lines.at;
}

static enum status put_document_row(struct put *p)
{
    const struct document *d = p->d;
    const struct store_writer *w = p->w;
    struct stored_document row = {
        .id = p->document,
        .path = p->path,
        .size = p->stamp->size,
        .modified = p->stamp->modified,
        .encoding = d->decoded.encoding,
        .replaced = (uint32_t)d->decoded.replaced,
        .title = d->n_articles > 0 ? d->articles[0].title.text : (struct str){"", 0},
        .paper = d->paper,
        .edition = d->edition,
        .date = p->date,
        .date_from = d->date_from,
        .place = d->place,
        .place_from = d->place_from,
        .lines = d->n_lines,
        .characters = p->characters,
        .first_article = w->next_article - d->n_articles,
        .articles = d->n_articles,
        .first_passage = p->first_passage,
        .passages = w->next_passage - p->first_passage,
        .first_indicator = w->next_indicator,
        .indicators = d->n_indicators,
        .first_proposal = w->next_proposal,
        .proposals = d->n_proposals,
        .first_finding = w->next_finding,
        .findings = d->n_findings,
        .first_table = w->next_table,
        .tables = d->n_tables,
        .mentions = p->mentions,
    };
    memcpy(row.sha256, d->sha256, sizeof row.sha256);
    row.page_lines = page_lines(p, &row.n_page_lines);
    return record_put(p->db, &record_document, &row, w->scratch, p->error);
}

static enum status put_converted(struct put *p)
{
    sqlite3_stmt *st = database_prepare(p->db, "INSERT INTO converted VALUES(?1, ?2)", p->error);
    if (st == NULL)
        return failed(p->error);
    bind_int(st, 1, p->document);
    bind_str(st, 2, p->d->decoded.text);
    return database_finish(p->db, st, p->error);
}

static void add_totals(struct put *p)
{
    struct store_writer *w = p->w;
    w->next_indicator += p->d->n_indicators;
    w->next_proposal += p->d->n_proposals;
    w->next_finding += p->d->n_findings;
    w->next_table += p->d->n_tables;
    w->totals[TOTAL_documents]++;
    w->totals[TOTAL_characters] += p->characters;
    w->totals[TOTAL_bytes] += p->stamp->size;
    w->totals[TOTAL_proposals] += p->counted_proposals;
    w->totals[TOTAL_indicators] += p->counted_indicators;
    w->totals[TOTAL_figures] += p->counted_figures;
    w->totals[TOTAL_findings] += p->counted_findings;
    w->totals[TOTAL_tables] += p->d->n_tables;
}

/* The next ids of a writer. */
enum { NEXT_COUNT = 7 };

static void next_ids(struct store_writer *w, uint32_t *out[NEXT_COUNT])
{
    uint32_t *const ids[NEXT_COUNT] = {&w->next_document,  &w->next_article,  &w->next_passage,
                                       &w->next_indicator, &w->next_proposal, &w->next_finding,
                                       &w->next_table};
    memcpy(out, ids, sizeof ids);
}

/* What is read anew keeps its ids as far as they suffice, so that lists keep their order and what
 * is looked at stays where it is. end: what the next ids are afterwards, 0 as they come to be. */
static enum status take_place(struct put *p, uint32_t end[NEXT_COUNT])
{
    struct stored_document was;
    uint32_t old, *next[NEXT_COUNT];
    size_t parts;
    enum status status = store_document_by_path(p->w->store, p->path, &old, NULL);
    if (status == STATUS_NOT_FOUND)
        return STATUS_OK;
    if (status != STATUS_OK)
        return database_fail(p->db, p->error);
    TRY(store_document(p->w->store, p->w->scratch, old, &was, p->error));
    TRY(remove_document(p->w, old, p->error));
    document_parts(p->w->scratch, p->d, &parts);
    const struct {
        uint32_t first, had;
        size_t has;
    } ranges[NEXT_COUNT] = {
        {was.id, 1, 1},
        {was.first_article, was.articles, p->d->n_articles},
        {was.first_passage, was.passages, parts},
        {was.first_indicator, was.indicators, p->d->n_indicators},
        {was.first_proposal, was.proposals, p->d->n_proposals},
        {was.first_finding, was.findings, p->d->n_findings},
        {was.first_table, was.tables, p->d->n_tables},
    };
    next_ids(p->w, next);
    for (size_t i = 0; i < NEXT_COUNT; i++) {
        if (ranges[i].has > ranges[i].had || ranges[i].had == 0)
            continue;
        end[i] = *next[i];
        *next[i] = ranges[i].first;
    }
    return STATUS_OK;
}

static enum status put_protected(void *context)
{
    struct put *p = context;
    const struct document *d = p->d;
    uint32_t end[NEXT_COUNT] = {0}, *next[NEXT_COUNT];
    TRY(take_place(p, end));
    p->document = p->w->next_document++;
    p->first_passage = p->w->next_passage;
    p->first_of = arena_array(p->w->scratch, uint32_t, d->n_articles + 1);
    p->article_indicators = arena_array(p->w->scratch, uint32_t, d->n_articles + 1);
    p->copies = arena_array(p->w->scratch, bool, d->n_articles + 1);
    for (uint32_t i = 0; i < d->n_indicators; i++)
        if (d->indicators[i].place.article < d->n_articles)
            p->article_indicators[d->indicators[i].place.article]++;
    p->w->puts++;
    p->date = date_text(p->w->scratch, d->date);
    TRY(put_names(p));
    for (uint32_t i = 0; i < d->n_articles; i++)
        TRY(put_article(p, i));
    TRY(put_figures(p));
    TRY(put_facts(p));
    TRY(put_corrections(p));
    TRY(put_document_row(p));
    if (d->converted)
        TRY(put_converted(p));
    add_totals(p);
    next_ids(p->w, next);
    uint32_t first_indicator = p->w->next_indicator - d->n_indicators;
    for (size_t i = 0; i < NEXT_COUNT; i++)
        if (end[i] != 0)
            *next[i] = end[i];
    TRY(across_put(p->w, d, p->document, first_indicator, p->error));
    return store_put_problem(p->w, p->path, NULL, STATUS_OK, "", p->error);
}

enum status store_put(struct store_writer *w, struct str path, const struct file_stamp *stamp,
                      const struct document *d, const struct prepared *prepared, struct error *e)
{
    struct put p = {.w = w,
                    .db = &w->store->db,
                    .d = d,
                    .prepared = prepared,
                    .path = path,
                    .stamp = stamp,
                    .error = e};
    arena_reset(w->scratch);
    return writer_protect(w, put_protected, &p, e);
}
