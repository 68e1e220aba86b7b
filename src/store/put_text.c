/* The articles of a document: their passages, and the names in them. */
#include "baolan/segment.h"
#include "put.h"

#include <stdlib.h>

uint32_t passage_of(const struct put *p, struct place place)
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

enum status put_names(struct put *p)
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

enum status put_article(struct put *p, uint32_t index)
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
