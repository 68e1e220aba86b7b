/* The articles of a document: their passages, and the names in them. */
#include "facts.h"
#include "put.h"
#include "records.h"

uint32_t passage_of(const struct put *p, struct place place)
{
    if (place.article >= p->d->n_articles)
        return 0;
    const struct article *article = &p->d->articles[place.article];
    const struct parts *parts = &p->prepared->articles[place.article].parts;
    const struct {
        const uint32_t *passages;
        uint32_t n;
    } listed[PLACE_PART_COUNT] = {
        [PLACE_BODY] = {parts->paragraphs, article->n_paragraphs},
        [PLACE_BYLINE] = {parts->bylines, article->n_byline_lines},
        [PLACE_HEADING] = {parts->headings, article->n_headings},
        [PLACE_CAPTION] = {parts->captions, article->n_captions},
    };
    uint32_t number = parts->title;
    if (place.part == PLACE_KICKER || place.part == PLACE_SUBTITLE)
        number = place.part == PLACE_KICKER ? parts->kicker : parts->subtitle;
    else if (place.part < PLACE_PART_COUNT && place.paragraph < listed[place.part].n)
        number = listed[place.part].passages[place.paragraph];
    return number == 0 ? 0 : p->first_of[place.article] + number - 1;
}

static enum status index_passage(struct put *p, uint32_t id, const struct prepared_passage *it)
{
    const char *sql = it->kind <= PASSAGE_HEADING
                          ? "INSERT INTO head_index(rowid, tokens) VALUES(?1, ?2)"
                          : "INSERT INTO passage_index(rowid, tokens) VALUES(?1, ?2)";
    sqlite3_stmt *st = database_prepare(p->db, sql, p->error);
    if (st == NULL)
        return failed(p->error);
    bind_int(st, 1, id);
    bind_str(st, 2, it->tokens);
    return database_finish(p->db, st, p->error);
}

/* The passages of an article while they are put in. */
struct putting {
    uint32_t article, first; /* its first passage */
};

/* Binds a passage from the parameter `at` on. */
static void bind_passage(sqlite3_stmt *st, int at, const struct putting *q, uint32_t id,
                         const struct prepared_passage *it)
{
    bind_int(st, at, id);
    bind_int(st, at + 1, q->article);
    bind_int(st, at + 2,
             (int64_t)it->kind | it->flags << FORM_FLAGS | (int64_t)it->level << FORM_LEVEL);
    bind_int(st, at + 3, it->heading == 0 ? 0 : id - (q->first + it->heading - 1));
    (it->is_packed ? bind_blob : bind_str)(st, at + 4, it->text);
    bind_blob(st, at + 5, it->source);
}

/* Most articles have a few: they are put in by one statement, one of these. */
#define ROW "(?, ?, ?, ?, ?, ?)"
#define ROWS_1 INSERT_ROW("FAIL INTO passage", ROW)
#define ROWS_2 ROWS_1 ", " ROW
#define ROWS_4 ROWS_1 ROWS_3(ROW)
#define ROWS_5 ROWS_4 ", " ROW
#define ROWS_7 ROWS_4 ROWS_3(ROW)
#define ROWS_8 ROWS_7 ", " ROW
static const char *const PASSAGE_SQL[] = {
    ROWS_1, ROWS_2, ROWS_2 ", " ROW, ROWS_4, ROWS_5, ROWS_5 ", " ROW, ROWS_7, ROWS_8,
};
enum { PASSAGES_AT_ONCE = sizeof PASSAGE_SQL / sizeof *PASSAGE_SQL };

/* The next ids are theirs. */
static enum status put_passages(struct put *p, const struct putting *q,
                                const struct prepared_passage *list, size_t n_list)
{
    enum { COLUMNS = 6 };
    for (size_t i = 0, n; i < n_list; i += n) {
        n = n_list - i < PASSAGES_AT_ONCE ? n_list - i : PASSAGES_AT_ONCE;
        sqlite3_stmt *st = database_prepare(p->db, PASSAGE_SQL[n - 1], p->error);
        if (st == NULL)
            return failed(p->error);
        for (size_t k = 0; k < n; k++)
            bind_passage(st, 1 + (int)k * COLUMNS, q, p->w->next_passage + (uint32_t)k,
                         &list[i + k]);
        TRY(database_finish(p->db, st, p->error));
        for (size_t k = 0; k < n; k++)
            TRY(index_passage(p, p->w->next_passage++, &list[i + k]));
    }
    p->w->totals[TOTAL_passages] += (int64_t)n_list;
    return STATUS_OK;
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
        TRY(names_join(p->w, entity, p->prepared->keys[i], &id, p->error));
        for (uint32_t k = 0; k < entity->n_mentions; k++) {
            struct placed_name one = {id, entity->mentions[k].place};
            if (one.place.article < p->d->n_articles)
                vector_push(a, &p->names[one.place.article], one);
        }
    }
    return STATUS_OK;
}

static void count_mention(struct put *p, const struct stored_mention *m)
{
    struct count_change *change = counts_of(p->w, &p->w->entities, m->entity);
    bool is_new = change->put != p->w->puts;
    change->put = p->w->puts;
    counts_note(p->w, m, is_new, p->date);
}

/* The mentions of an article whose passages are known, as its column has them; counted, and kept
 * for the index of names. */
static struct str article_names(struct put *p, uint32_t index, uint32_t first)
{
    const struct mentions_of *of = &p->names[index];
    struct stored_mention *list = arena_array(p->w->scratch, struct stored_mention, of->n + 1);
    struct buffer out = buffer_in(p->w->scratch);
    size_t n = 0;
    for (size_t i = 0; i < of->n; i++) {
        uint32_t passage = passage_of(p, of->at[i].place);
        if (passage >= first)
            list[n++] = (struct stored_mention){of->at[i].entity, passage, of->at[i].place.start,
                                                of->at[i].place.end};
    }
    n = names_sort(list, n);
    for (size_t i = 0; i < n && !p->copies[index]; i++)
        count_mention(p, &list[i]);
    p->mentions += (uint32_t)n;
    names_write(&out, first, list, n);
    return buffer_str(&out);
}

static enum status put_article_row(struct put *p, uint32_t index, uint32_t id, uint32_t first)
{
    const struct article *article = &p->d->articles[index];
    const struct prepared_article *prepared = &p->prepared->articles[index];
    struct arena *a = p->w->scratch;
    struct str names = article_names(p, index, first);
    const struct stored_article row = {
        .id = id,
        .document = p->document,
        .title = article->title.text,
        .kicker = article->kicker.text,
        .subtitle = article->subtitle.text,
        .credits = article->credits,
        .n_credits = article->n_credits,
        .year = article->year,
        .date = date_text(a, article->date),
        .date_from = article->date_from,
        .place = article->place,
        .place_from = article->place_from,
        .continued_from = article->continued_from,
        .continued_to = article->continued_to,
        .box_of = article->box_of < p->d->n_articles ? id - index + article->box_of : 0,
        .first_passage = first,
        .n_passages = p->w->next_passage - first,
        .characters = prepared->characters,
        .indicators = p->article_indicators[index],
        .content_key = (int64_t)prepared->hash,
    };
    sqlite3_stmt *st = database_prepare(p->db, record_article.insert, p->error);
    if (st == NULL)
        return failed(p->error);
    record_bind(st, &record_article, &row, a);
    if (names.n > 0)
        bind_blob(st, record_article.n + 1, names);
    return database_finish(p->db, st, p->error);
}

enum status put_article(struct put *p, uint32_t index)
{
    const struct prepared_article *article = &p->prepared->articles[index];
    uint32_t id = p->w->next_article++, first = p->w->next_passage, copied;
    p->first_of[index] = first;
    TRY(copies_join(p->w, article, id, &copied, p->error));
    p->copies[index] = copied != 0;
    TRY(put_passages(p, &(struct putting){id, first}, article->passages.at, article->passages.n));
    TRY(put_article_row(p, index, id, first));
    p->characters += article->characters;
    p->w->totals[TOTAL_articles]++;
    return STATUS_OK;
}
