/* What a document's text was found to say: tables, proposals, findings. */
#include "put.h"

/* A cell's text without what divides cells. */
static void add_cell(struct buffer *b, struct str text)
{
    for (size_t i = 0; i < text.n; i++)
        buffer_add_byte(b, text.p[i] == '\t' || text.p[i] == '\n' ? ' ' : text.p[i]);
}

static enum status put_table(struct put *p, uint32_t index)
{
    const struct table *t = &p->d->tables[index];
    struct buffer cells = buffer_in(p->w->scratch), indicators = buffer_in(p->w->scratch);
    for (uint32_t i = 0; i < t->rows * t->columns; i++) {
        if (i > 0)
            buffer_add_byte(&cells, i % t->columns == 0 ? '\n' : '\t');
        add_cell(&cells, t->cells[i].text);
        uint32_t indicator = t->cells[i].indicator;
        varint_put(&indicators, indicator < p->d->n_indicators ? indicator + 1 : 0);
    }
    sqlite3_stmt *st = database_prepare(
        p->db,
        "INSERT INTO found_table VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        p->error);
    if (st == NULL)
        return failed(p->error);
    bind_int(st, 1, (int64_t)p->w->next_table + index);
    bind_int(st, 2, p->document);
    bind_int(st, 3, article_of(p, t->article));
    bind_int(st, 4, passage_of(p, t->place));
    bind_int(st, 5, t->place.start);
    bind_str(st, 6, t->title);
    bind_str(st, 7, t->unit);
    bind_int(st, 8, t->from_prose);
    bind_int(st, 9, t->rows);
    bind_int(st, 10, t->columns);
    bind_int(st, 11, t->header_rows);
    bind_packed(st, 12, p->w->scratch, buffer_str(&cells));
    bind_blob(st, 13, buffer_str(&indicators));
    return database_finish(p->db, st, p->error);
}

static enum status put_suggestion(struct put *p, uint32_t proposal, uint32_t seq,
                                  const struct suggestion *s)
{
    struct buffer measures = buffer_in(p->w->scratch);
    for (uint32_t i = 0; i < s->n_measures; i++) {
        varint_put(&measures, passage_of(p, s->measures[i]));
        varint_put(&measures, s->measures[i].start);
        varint_put(&measures, s->measures[i].end);
    }
    sqlite3_stmt *st = database_prepare(
        p->db, "INSERT INTO suggestion VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)", p->error);
    if (st == NULL)
        return failed(p->error);
    bind_int(st, 1, proposal);
    bind_int(st, 2, seq);
    bind_str(st, 3, s->ordinal);
    bind_str(st, 4, s->title);
    bind_packed(st, 5, p->w->scratch, s->text);
    bind_int(st, 6, passage_of(p, s->place));
    bind_int(st, 7, s->place.start);
    bind_int(st, 8, s->place.end);
    bind_blob(st, 9, buffer_str(&measures));
    return database_finish(p->db, st, p->error);
}

/* What review marks stand on: the same proposal in another file keeps them. */
static uint64_t proposal_key(struct arena *a, const struct proposal *it, struct str speakers)
{
    struct buffer b = buffer_in(a);
    if (it->identity.n > 0)
        return hash_bytes(it->identity.p, it->identity.n);
    buffer_add(&b, it->title);
    buffer_add_byte(&b, '\t');
    buffer_add(&b, speakers);
    buffer_add_byte(&b, '\t');
    buffer_add(&b, it->number);
    return hash_bytes(b.p, b.n);
}

static enum status put_proposal(struct put *p, uint32_t index)
{
    const struct proposal *it = &p->d->proposals[index];
    struct arena *a = p->w->scratch;
    uint32_t id = p->w->next_proposal + index;
    struct str speakers = lines_join(a, it->speakers, it->n_speakers);
    sqlite3_stmt *st = database_prepare(p->db,
                                        "INSERT INTO proposal VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7,"
                                        " ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18,"
                                        " ?19)",
                                        p->error);
    if (st == NULL)
        return failed(p->error);
    p->counted_proposals += !p->copies[it->article < p->d->n_articles ? it->article : 0];
    bind_int(st, 1, id);
    bind_int(st, 2, p->document);
    bind_int(st, 3, article_of(p, it->article));
    bind_int(st, 4, passage_of(p, it->place));
    bind_int(st, 5, it->place.start);
    bind_int(st, 6, it->place.end);
    bind_str(st, 7, it->title);
    bind_str(st, 8, speakers);
    bind_str(st, 9, lines_join(a, it->bodies, it->n_bodies));
    bind_str(st, 10, lines_join(a, it->handlers, it->n_handlers));
    bind_packed(st, 11, a, it->background);
    bind_str(st, 12, it->number);
    bind_str(st, 13, it->session);
    bind_int(st, 14, it->year);
    bind_str(st, 15, it->status);
    bind_str(st, 16, it->category);
    bind_str(st, 17, it->reply);
    bind_int(st, 18, it->n_suggestions);
    bind_int(st, 19, (int64_t)proposal_key(a, it, speakers));
    TRY(database_finish(p->db, st, p->error));
    for (uint32_t i = 0; i < it->n_suggestions; i++)
        TRY(put_suggestion(p, id, i, &it->suggestions[i]));
    return STATUS_OK;
}

/* The index of the article that the disputed figure stands in, or NONE. */
static uint32_t finding_article(const struct document *d, const struct finding *f)
{
    uint32_t first = f->n_indicators > 0 ? f->indicators[0] : NONE;
    uint32_t article = first < d->n_indicators ? d->indicators[first].place.article : NONE;
    return article < d->n_articles ? article : NONE;
}

static enum status put_finding(struct put *p, uint32_t index)
{
    const struct finding *f = &p->d->findings[index];
    struct buffer indicators = buffer_in(p->w->scratch);
    for (uint32_t i = 0; i < f->n_indicators; i++)
        varint_put(&indicators, f->indicators[i]);
    sqlite3_stmt *st = database_prepare(
        p->db, "INSERT INTO finding VALUES(?1, ?2, ?3, 0, ?9, ?4, ?5, ?6, ?7, ?8)", p->error);
    if (st == NULL)
        return failed(p->error);
    bind_int(st, 1, (int64_t)p->w->next_finding + index);
    bind_int(st, 2, p->document);
    bind_int(st, 3, f->kind);
    bind_blob(st, 4, buffer_str(&indicators));
    bind_str(st, 5, f->printed);
    bind_str(st, 6, f->computed);
    bind_str(st, 7, f->tolerance);
    bind_str(st, 8, f->formula);
    uint32_t article = finding_article(p->d, f);
    bind_int(st, 9, article == NONE ? 0 : article_of(p, article));
    p->counted_findings += article == NONE || !p->copies[article];
    return database_finish(p->db, st, p->error);
}

enum status put_facts(struct put *p)
{
    for (uint32_t i = 0; i < p->d->n_tables; i++)
        TRY(put_table(p, i));
    for (uint32_t i = 0; i < p->d->n_proposals; i++)
        TRY(put_proposal(p, i));
    for (uint32_t i = 0; i < p->d->n_findings; i++)
        TRY(put_finding(p, i));
    return STATUS_OK;
}
