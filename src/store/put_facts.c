/* What a document's text was found to say: tables, proposals, findings. */
#include "put.h"
#include "records.h"

/* A cell's text without what divides cells. */
static void add_cell(struct buffer *b, struct str text)
{
    for (size_t i = 0; i < text.n; i++)
        buffer_add_byte(b, text.p[i] == '\t' || text.p[i] == '\n' ? ' ' : text.p[i]);
}

/* A place of the document with the ids of its article and its passage. */
static struct place stored_place(const struct put *p, struct place place)
{
    return place_in(article_of(p, place.article), passage_of(p, place), place.start, place.end);
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
    struct table_row row = {
        {p->w->next_table + index, p->document, *t}, buffer_str(&cells), buffer_str(&indicators)};
    row.stored.it.article = article_of(p, t->article);
    row.stored.it.place = stored_place(p, t->place);
    return record_put(p->db, &record_table, &row, p->w->scratch, p->error);
}

static enum status put_suggestion(struct put *p, uint32_t proposal, uint32_t seq,
                                  const struct suggestion *s)
{
    struct suggestion_row row = {proposal, seq, *s};
    struct place *measures = arena_array(p->w->scratch, struct place, s->n_measures + 1);
    for (uint32_t i = 0; i < s->n_measures; i++)
        measures[i] = stored_place(p, s->measures[i]);
    row.it.measures = measures;
    row.it.place = stored_place(p, s->place);
    return record_put(p->db, &record_suggestion, &row, p->w->scratch, p->error);
}

/* A member's words in a story with several have no headline of their own: what is suggested first
 * tells them apart. */
static struct str title_of(const struct proposal *it)
{
    return it->title.n > 0 || it->n_suggestions == 0 ? it->title : it->suggestions[0].title;
}

/* What review marks stand on: the same proposal in another file keeps them. */
static uint64_t proposal_key(struct arena *a, const struct proposal *it, struct str speakers)
{
    struct buffer b = buffer_in(a);
    if (it->identity.n > 0)
        return hash_bytes(it->identity.p, it->identity.n);
    buffer_add(&b, title_of(it));
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
    struct stored_proposal row = {.id = p->w->next_proposal + index,
                                  .document = p->document,
                                  .it = *it,
                                  .n_suggestions = it->n_suggestions};
    row.it.title = title_of(it);
    row.it.article = article_of(p, it->article);
    row.it.place = stored_place(p, it->place);
    row.content_key = (int64_t)proposal_key(a, it, lines_join(a, it->speakers, it->n_speakers));
    p->counted_proposals += !p->copies[it->article < p->d->n_articles ? it->article : 0];
    TRY(record_put(p->db, &record_proposal, &row, a, p->error));
    for (uint32_t i = 0; i < it->n_suggestions; i++)
        TRY(put_suggestion(p, row.id, i, &it->suggestions[i]));
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
    uint32_t article = finding_article(p->d, f);
    struct stored_finding row = {.id = p->w->next_finding + index,
                                 .document = p->document,
                                 .article = article == NONE ? 0 : article_of(p, article),
                                 .it = *f};
    p->counted_findings += article == NONE || !p->copies[article];
    return record_put(p->db, &record_finding, &row, p->w->scratch, p->error);
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
