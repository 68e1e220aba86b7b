/* One document into the cache. */
#include "baolan/correction.h"
#include "baolan/segment.h"
#include "writer.h"

#include <stdlib.h>

/* The passages of an article's parts; 0 of one that it does not have. */
struct parts {
    uint32_t title; /* or the article's first passage */
    uint32_t kicker, subtitle;
    uint32_t *bylines, *headings, *paragraphs, *captions;
};

/* A name of the document at one of its places. */
struct placed_name {
    uint32_t entity;
    struct place place;
};

struct mentions_of {
    struct placed_name *at;
    size_t n, room;
};

/* What is known of the document that is put in. */
struct put {
    struct store_writer *w;
    struct database *db;
    const struct document *d;
    struct str path;
    const struct file_stamp *stamp;
    struct error *error;
    uint32_t document;      /* its id */
    uint32_t first_passage; /* of the document */
    struct parts *parts;    /* of each article */
    uint32_t *article_indicators;
    bool *copies; /* articles that are near copies of others */
    uint32_t counted_indicators, counted_proposals, counted_findings; /* without near copies */
    uint32_t characters; /* of prose, in the document so far */
    uint32_t article_characters;
    uint64_t article_hash;
    struct mentions_of *names; /* of each article */
    struct map named;          /* entities that the document counted */
    struct str date;
    uint32_t mentions;
};

#define TRY(expression)                  \
    do {                                 \
        enum status try_ = (expression); \
        if (try_ != STATUS_OK)           \
            return try_;                 \
    } while (0)

static struct str date_text(struct arena *a, struct date date)
{
    if (date.day != 0)
        return str_printf(a, "%04d-%02d-%02d", date.year, date.month, date.day);
    if (date.month != 0)
        return str_printf(a, "%04d-%02d", date.year, date.month);
    return date.year != 0 ? str_printf(a, "%04d", date.year) : (struct str){"", 0};
}

static uint32_t count_points(struct str s)
{
    uint32_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        n += ((unsigned char)s.p[i] & 0xC0) != 0x80;
    return n;
}

struct passage_values {
    enum passage_kind kind;
    uint32_t article, level, heading, flags;
    const struct prose *prose;
};

static enum status index_passage(struct put *p, uint32_t id, enum passage_kind kind,
                                 struct str text)
{
    const char *sql = kind <= PASSAGE_HEADING
                          ? "INSERT INTO head_index(rowid, tokens) VALUES(?1, ?2)"
                          : "INSERT INTO passage_index(rowid, tokens) VALUES(?1, ?2)";
    sqlite3_stmt *st = database_prepare(p->db, sql, p->error);
    if (st == NULL)
        return failed(p->error);
    bind_int(st, 1, id);
    bind_str(st, 2, segment_join(p->w->scratch, text));
    return database_finish(p->db, st, p->error);
}

/* Adds a passage; *id (may be NULL) is its. */
static enum status put_passage(struct put *p, const struct passage_values *v, uint32_t *id)
{
    struct arena_mark mark = arena_mark(p->w->scratch);
    struct buffer source = buffer_in(p->w->scratch);
    struct str text = v->prose->text;
    uint32_t mine = p->w->next_passage++;
    if (id != NULL)
        *id = mine;
    runs_write(p->d, v->prose, &source);
    sqlite3_stmt *st = database_prepare(
        p->db, "INSERT INTO passage VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)", p->error);
    if (st == NULL)
        return failed(p->error);
    bind_int(st, 1, mine);
    bind_int(st, 2, v->article);
    bind_int(st, 3, v->kind);
    bind_int(st, 4, v->level);
    bind_id(st, 5, v->heading);
    bind_int(st, 6, v->flags);
    bind_packed(st, 7, p->w->scratch, text);
    bind_blob(st, 8, buffer_str(&source));
    TRY(database_finish(p->db, st, p->error));
    TRY(index_passage(p, mine, v->kind, text));
    p->article_characters += count_points(text);
    p->article_hash = (p->article_hash ^ hash_bytes(text.p, text.n)) * 0x9E3779B97F4A7C15u;
    p->w->totals[TOTAL_passages]++;
    arena_release(p->w->scratch, mark);
    return STATUS_OK;
}

static enum status put_front(struct put *p, const struct article *article, uint32_t id)
{
    struct parts *parts = &p->parts[article - p->d->articles];
    const struct {
        enum passage_kind kind;
        const struct prose *prose;
        uint32_t *passage;
    } front[] = {
        {PASSAGE_KICKER, &article->kicker, &parts->kicker},
        {PASSAGE_TITLE, &article->title, &parts->title},
        {PASSAGE_SUBTITLE, &article->subtitle, &parts->subtitle},
    };
    for (size_t i = 0; i < sizeof front / sizeof *front; i++) {
        if (front[i].prose->text.n == 0)
            continue;
        struct passage_values v = {front[i].kind, id, 0, 0, 0, front[i].prose};
        TRY(put_passage(p, &v, front[i].passage));
    }
    for (uint32_t i = 0; i < article->n_byline_lines; i++) {
        struct passage_values v = {PASSAGE_BYLINE, id, 0, 0, 0, &article->byline_lines[i]};
        TRY(put_passage(p, &v, &parts->bylines[i]));
    }
    return STATUS_OK;
}

static enum status put_heading(struct put *p, const struct article *article, uint32_t id,
                               uint32_t index, uint32_t *headings)
{
    const struct heading *heading = &article->headings[index];
    struct passage_values v = {
        .kind = PASSAGE_HEADING,
        .article = id,
        .level = heading->level,
        .heading = heading->parent < index ? headings[heading->parent] : 0,
        .flags = (heading->run_in ? (uint32_t)PASSAGE_RUN_IN : 0) |
                 (heading->displaced ? (uint32_t)PASSAGE_DISPLACED : 0),
        .prose = &heading->prose,
    };
    return put_passage(p, &v, &headings[index]);
}

static enum passage_kind passage_kind_of(enum paragraph_kind kind)
{
    static const enum passage_kind kinds[PARAGRAPH_COUNT] = {
        [PARAGRAPH_BODY] = PASSAGE_BODY,
        [PARAGRAPH_NOTE] = PASSAGE_NOTE,
        [PARAGRAPH_TABLE_ROW] = PASSAGE_TABLE_ROW,
    };
    return kind < PARAGRAPH_COUNT ? kinds[kind] : PASSAGE_BODY;
}

/* Headings come before the first paragraph below them. */
static enum status put_body(struct put *p, const struct article *article, uint32_t id)
{
    uint32_t next = 0;
    const struct parts *parts = &p->parts[article - p->d->articles];
    uint32_t *headings = parts->headings;
    for (uint32_t i = 0; i < article->n_paragraphs; i++) {
        const struct paragraph *paragraph = &article->paragraphs[i];
        uint32_t above = paragraph->heading < article->n_headings ? paragraph->heading : NONE;
        while (above != NONE && next <= above) {
            TRY(put_heading(p, article, id, next, headings));
            next++;
        }
        struct passage_values v = {
            .kind = passage_kind_of(paragraph->kind),
            .article = id,
            .heading = above == NONE ? 0 : headings[above],
            .flags = (paragraph->cut_before ? (uint32_t)PASSAGE_CUT_BEFORE : 0) |
                     (paragraph->cut_after ? (uint32_t)PASSAGE_CUT_AFTER : 0),
            .prose = &paragraph->prose,
        };
        TRY(put_passage(p, &v, &parts->paragraphs[i]));
    }
    for (; next < article->n_headings; next++)
        TRY(put_heading(p, article, id, next, headings));
    for (uint32_t i = 0; i < article->n_captions; i++) {
        struct passage_values v = {PASSAGE_CAPTION, id, 0, 0, 0, &article->captions[i]};
        TRY(put_passage(p, &v, &parts->captions[i]));
    }
    return STATUS_OK;
}

static struct str credits_text(struct arena *a, const struct article *article)
{
    struct buffer b = buffer_in(a);
    for (uint32_t i = 0; i < article->n_credits; i++) {
        if (i > 0)
            buffer_add_byte(&b, '\n');
        buffer_add(&b, article->credits[i].role);
        buffer_add_byte(&b, '\t');
        buffer_add(&b, article->credits[i].name);
    }
    return buffer_str(&b);
}

/* The passage that a place of the document stands in; 0 where it is no place of it. */
static uint32_t passage_of(const struct put *p, struct place place)
{
    if (place.article >= p->d->n_articles)
        return 0;
    const struct article *article = &p->d->articles[place.article];
    const struct parts *parts = &p->parts[place.article];
    const struct {
        const uint32_t *passages;
        uint32_t n;
    } listed[PLACE_PART_COUNT] = {
        [PLACE_BODY] = {parts->paragraphs, article->n_paragraphs},
        [PLACE_BYLINE] = {parts->bylines, article->n_byline_lines},
        [PLACE_HEADING] = {parts->headings, article->n_headings},
        [PLACE_CAPTION] = {parts->captions, article->n_captions},
    };
    if (place.part == PLACE_KICKER || place.part == PLACE_SUBTITLE)
        return place.part == PLACE_KICKER ? parts->kicker : parts->subtitle;
    return place.part < PLACE_PART_COUNT && place.paragraph < listed[place.part].n
               ? listed[place.part].passages[place.paragraph]
               : parts->title;
}

/* Joins the document's names to the library's, and sorts their mentions under the articles. */
static enum status join_entities(struct put *p)
{
    struct arena *a = p->w->scratch;
    p->names = arena_array(a, struct mentions_of, p->d->n_articles + 1);
    for (uint32_t i = 0; i < p->d->n_entities; i++) {
        const struct entity *entity = &p->d->entities[i];
        uint32_t id;
        if (entity->name.n == 0 || entity->n_mentions == 0)
            continue;
        TRY(names_join(p->w, entity, &id, p->error));
        for (uint32_t k = 0; k < entity->n_mentions; k++) {
            struct placed_name one = {id, entity->mentions[k].place};
            if (one.place.article < p->d->n_articles)
                vector_push(a, &p->names[one.place.article], one);
        }
    }
    return STATUS_OK;
}

static int by_place(const void *a, const void *b)
{
    const struct stored_mention *x = a, *y = b;
    if (x->passage != y->passage)
        return x->passage < y->passage ? -1 : 1;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return (x->entity > y->entity) - (x->entity < y->entity);
}

static void count_mention(struct put *p, const struct stored_mention *m)
{
    bool is_new;
    struct str key =
        str_dup(p->w->scratch, (struct str){(const char *)&m->entity, sizeof m->entity});
    map_put(&p->named, key, &is_new);
    counts_note(p->w, m, is_new, p->date);
}

/* The mentions of an article whose passages are known, as its column has them; counted, and kept
 * for the index of names. */
static struct str article_names(struct put *p, uint32_t index, uint32_t first)
{
    const struct mentions_of *of = &p->names[index];
    struct stored_mention *list = arena_array(p->w->scratch, struct stored_mention, of->n + 1);
    struct buffer out = buffer_in(p->w->scratch);
    size_t n = 0, kept = 0;
    for (size_t i = 0; i < of->n; i++) {
        uint32_t passage = passage_of(p, of->at[i].place);
        if (passage >= first)
            list[n++] = (struct stored_mention){of->at[i].entity, passage, of->at[i].place.start,
                                                of->at[i].place.end};
    }
    if (n > 1)
        qsort(list, n, sizeof *list, by_place);
    for (size_t i = 0; i < n; i++)
        if (kept == 0 || by_place(&list[kept - 1], &list[i]) != 0)
            list[kept++] = list[i];
    for (size_t i = 0; i < kept && !p->copies[index]; i++)
        count_mention(p, &list[i]);
    p->mentions += (uint32_t)kept;
    names_write(&out, first, list, kept);
    return buffer_str(&out);
}

static enum status put_article_row(struct put *p, uint32_t index, uint32_t id, uint32_t first,
                                   struct str sketch)
{
    const struct article *article = &p->d->articles[index];
    struct arena *a = p->w->scratch;
    struct str names = article_names(p, index, first);
    sqlite3_stmt *st = database_prepare(p->db,
                                        "INSERT INTO article VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7,"
                                        " ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18,"
                                        " ?19, ?20, ?21)",
                                        p->error);
    if (st == NULL)
        return failed(p->error);
    bind_int(st, 1, id);
    bind_int(st, 2, p->document);
    bind_str(st, 3, article->title.text);
    bind_str(st, 4, article->kicker.text);
    bind_str(st, 5, article->subtitle.text);
    bind_str(st, 6, credits_text(a, article));
    bind_int(st, 7, article->year);
    bind_str(st, 8, date_text(a, article->date));
    bind_int(st, 9, article->date_from);
    bind_str(st, 10, article->place);
    bind_int(st, 11, article->place_from);
    bind_str(st, 12, article->continued_from);
    bind_str(st, 13, article->continued_to);
    bind_id(st, 14, article->box_of < p->d->n_articles ? id - index + article->box_of : 0);
    bind_int(st, 15, first);
    bind_int(st, 16, (int64_t)p->w->next_passage - first);
    bind_int(st, 17, p->article_characters);
    bind_int(st, 18, p->article_indicators[index]);
    bind_int(st, 19, (int64_t)p->article_hash);
    if (names.n > 0)
        bind_blob(st, 20, names);
    if (sketch.n > 0)
        bind_blob(st, 21, sketch);
    return database_finish(p->db, st, p->error);
}

static enum status put_article(struct put *p, uint32_t index)
{
    const struct article *article = &p->d->articles[index];
    uint32_t id = p->w->next_article++, first = p->w->next_passage;
    p->article_characters = 0;
    p->article_hash = 0;
    p->parts[index] = (struct parts){
        .title = first,
        .bylines = arena_array(p->w->scratch, uint32_t, article->n_byline_lines + 1),
        .headings = arena_array(p->w->scratch, uint32_t, article->n_headings + 1),
        .paragraphs = arena_array(p->w->scratch, uint32_t, article->n_paragraphs + 1),
        .captions = arena_array(p->w->scratch, uint32_t, article->n_captions + 1),
    };
    uint32_t copied;
    struct str sketch;
    TRY(copies_join(p->w, article, id, &copied, &sketch, p->error));
    p->copies[index] = copied != 0;
    TRY(put_front(p, article, id));
    TRY(put_body(p, article, id));
    TRY(put_article_row(p, index, id, first, sketch));
    p->characters += p->article_characters;
    p->w->totals[TOTAL_articles]++;
    return STATUS_OK;
}

static uint32_t article_of(const struct put *p, uint32_t index)
{
    return p->w->next_article - p->d->n_articles + (index < p->d->n_articles ? index : 0);
}

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

static enum status put_indicator(struct put *p, uint32_t index)
{
    const struct indicator *i = &p->d->indicators[index];
    struct str key = i->metric_key.n > 0 ? i->metric_key : i->metric;
    uint32_t metric, subject, region, rule, measure;
    TRY(metrics_join(p->w, key, &metric, p->error));
    TRY(words_join(p->w, i->subject, &subject, p->error));
    TRY(words_join(p->w, i->region, &region, p->error));
    TRY(words_join(p->w, str_of(i->rule), &rule, p->error));
    TRY(measures_join(p->w, i, &measure, p->error));
    bool copy = i->place.article < p->d->n_articles && p->copies[i->place.article];
    p->counted_indicators += !copy;
    if (metric != 0 && !copy)
        counts_of(p->w, &p->w->metrics, metric)->mentions++;
    struct str more = indicator_more(p, i, key);
    sqlite3_stmt *st = database_prepare(p->db,
                                        "INSERT INTO indicator VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7,"
                                        " ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
                                        p->error);
    if (st == NULL)
        return failed(p->error);
    bind_int(st, 1, (int64_t)p->w->next_indicator + index);
    bind_int(st, 2, passage_of(p, i->place));
    bind_int(st, 3, i->place.start);
    bind_int(st, 4, i->place.end - i->place.start);
    bind_int(st, 5, i->value.digits);
    bind_int(st, 6, i->value.scale);
    bind_int(st, 7, measure);
    bind_int(st, 8, i->kind);
    bind_int(st, 9, metric);
    bind_int(st, 10, subject);
    bind_str(st, 11, i->period);
    bind_int(st, 12,
             (i->period_resolved ? INDICATOR_RESOLVED : 0) | (i->target ? INDICATOR_TARGET : 0) |
                 (copy ? INDICATOR_COPY : 0));
    bind_int(st, 13, region);
    bind_int(st, 14, rule);
    if (more.n > 0)
        bind_blob(st, 15, more);
    return database_finish(p->db, st, p->error);
}

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

/* Lines at which the pages after the first begin. */
static struct buffer page_lines(const struct put *p)
{
    struct buffer out = buffer_in(p->w->scratch);
    uint32_t page = 1, before = 0;
    for (uint32_t i = 0; i < p->d->n_lines; i++)
        for (; page < p->d->lines[i].page; page++) {
            varint_put(&out, p->d->lines[i].number - before);
            before = p->d->lines[i].number;
        }
    return out;
}

struct corrected_ids {
    uint32_t record, part, passage;
};

static struct corrected_ids corrected_ids(const struct put *p, const struct applied *it)
{
    const struct document *d = p->d;
    uint32_t passage = 0;
    switch (it->kind) {
    case CORRECTION_DOCUMENT:
        return (struct corrected_ids){p->document, 0, p->first_passage};
    case CORRECTION_ARTICLE:
        return (struct corrected_ids){article_of(p, it->article), 0, passage_of(p, it->place)};
    case CORRECTION_PASSAGE:
        passage = passage_of(p, it->place);
        return (struct corrected_ids){passage, 0, passage};
    case CORRECTION_INDICATOR:
        passage = passage_of(p, it->place);
        if (it->record >= d->n_indicators)
            return (struct corrected_ids){0, 0, passage};
        return (struct corrected_ids){p->w->next_indicator + it->record, 0, passage};
    case CORRECTION_PROPOSAL:
    case CORRECTION_SUGGESTION:
        passage = passage_of(p, it->place);
        if (it->record >= d->n_proposals)
            return (struct corrected_ids){0, 0, passage};
        return (struct corrected_ids){p->w->next_proposal + it->record, it->seq, passage};
    case CORRECTION_NAME:
        passage = passage_of(p, it->place);
        return (struct corrected_ids){passage, it->place.start, passage};
    default:
        break;
    }
    return (struct corrected_ids){0, 0, 0};
}

static enum status put_corrected(struct put *p, uint32_t seq)
{
    const struct applied *it = &p->d->applied[seq];
    struct corrected_ids ids = {0, 0, 0};
    if (it->found)
        ids = corrected_ids(p, it);
    sqlite3_stmt *st = database_prepare(
        p->db, "INSERT INTO corrected VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        p->error);
    if (st == NULL)
        return failed(p->error);
    bind_int(st, 1, p->document);
    bind_int(st, 2, seq);
    bind_int(st, 3, correction_identity(it->correction));
    bind_int(st, 4, it->found);
    bind_int(st, 5, it->kind);
    bind_int(st, 6, ids.record);
    bind_int(st, 7, ids.part);
    bind_int(st, 8, ids.passage);
    bind_str(st, 9, it->correction->field);
    bind_str(st, 10, it->correction->value);
    bind_str(st, 11, it->was);
    return database_finish(p->db, st, p->error);
}

static enum status put_document_row(struct put *p)
{
    const struct document *d = p->d;
    const struct store_writer *w = p->w;
    struct buffer pages = page_lines(p);
    const struct {
        uint32_t next, count;
    } ranges[] = {
        {w->next_article - d->n_articles, d->n_articles},
        {p->first_passage, w->next_passage - p->first_passage},
        {w->next_indicator, d->n_indicators},
        {w->next_proposal, d->n_proposals},
        {w->next_finding, d->n_findings},
        {w->next_table, d->n_tables},
    };
    sqlite3_stmt *st = database_prepare(
        p->db,
        "INSERT INTO document VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14,"
        " ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30)",
        p->error);
    if (st == NULL)
        return failed(p->error);
    bind_int(st, 1, p->document);
    bind_str(st, 2, p->path);
    bind_blob(st, 3, (struct str){(const char *)d->sha256, sizeof d->sha256});
    bind_int(st, 4, p->stamp->size);
    bind_int(st, 5, p->stamp->modified);
    bind_int(st, 6, d->decoded.encoding);
    bind_int(st, 7, (int64_t)d->decoded.replaced);
    bind_str(st, 8, d->n_articles > 0 ? d->articles[0].title.text : (struct str){"", 0});
    bind_str(st, 9, d->paper);
    bind_str(st, 10, d->edition);
    bind_str(st, 11, date_text(w->scratch, d->date));
    bind_int(st, 12, d->date_from);
    bind_str(st, 13, d->place);
    bind_int(st, 14, d->place_from);
    bind_int(st, 15, d->n_lines);
    bind_int(st, 16, p->characters);
    for (int i = 0; i < 6; i++) {
        bind_int(st, 17 + 2 * i, ranges[i].next);
        bind_int(st, 18 + 2 * i, ranges[i].count);
    }
    bind_int(st, 29, p->mentions);
    if (pages.n > 0)
        bind_blob(st, 30, buffer_str(&pages));
    return database_finish(p->db, st, p->error);
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

static enum status put_facts(struct put *p)
{
    const struct document *d = p->d;
    for (uint32_t i = 0; i < d->n_tables; i++)
        TRY(put_table(p, i));
    for (uint32_t i = 0; i < d->n_indicators; i++)
        TRY(put_indicator(p, i));
    for (uint32_t i = 0; i < d->n_proposals; i++)
        TRY(put_proposal(p, i));
    for (uint32_t i = 0; i < d->n_findings; i++)
        TRY(put_finding(p, i));
    for (uint32_t i = 0; i < d->n_applied; i++)
        TRY(put_corrected(p, i));
    return STATUS_OK;
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
    p->parts = arena_array(p->w->scratch, struct parts, d->n_articles + 1);
    p->article_indicators = arena_array(p->w->scratch, uint32_t, d->n_articles + 1);
    p->copies = arena_array(p->w->scratch, bool, d->n_articles + 1);
    for (uint32_t i = 0; i < d->n_indicators; i++)
        if (d->indicators[i].place.article < d->n_articles)
            p->article_indicators[d->indicators[i].place.article]++;
    p->named = map_in(p->w->scratch);
    p->date = date_text(p->w->scratch, d->date);
    TRY(join_entities(p));
    for (uint32_t i = 0; i < d->n_articles; i++)
        TRY(put_article(p, i));
    TRY(put_facts(p));
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
                      const struct document *d, struct error *e)
{
    struct put p = {.w = w, .db = &w->store->db, .d = d, .path = path, .stamp = stamp, .error = e};
    arena_reset(w->scratch);
    return writer_protect(w, put_protected, &p, e);
}
