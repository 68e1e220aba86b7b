/* A document's passages as their columns and the index have them. */
#include "baolan/map.h"
#include "baolan/segment.h"
#include "baolan/utf8.h"
#include "baolan/vector.h"
#include "prepared.h"

struct preparing {
    struct arena *arena;
    const struct document *d;
    const struct article *article;
    struct prepared_article *out;
};

/* The text as its column has it. */
static void pack(struct arena *a, struct prepared_passage *one, struct str text)
{
    struct arena_mark mark = arena_mark(a);
    one->is_packed = text_pack(a, text, &one->text);
    if (one->is_packed)
        return;
    arena_release(a, mark);
    one->text = text;
}

/* Adds a passage; returns its number in the article. */
static uint32_t add(struct preparing *p, const struct prepared_passage *values,
                    const struct prose *prose)
{
    struct buffer source = buffer_in(p->arena);
    struct prepared_passage *one = vector_add(p->arena, &p->out->passages);
    struct str text = prose->text;
    *one = *values;
    pack(p->arena, one, text);
    runs_write(p->d, prose, &source);
    one->source = buffer_str(&source);
    one->tokens = segment_join(p->arena, text);
    p->out->characters += (uint32_t)utf8_count_valid(text);
    p->out->hash = (p->out->hash ^ hash_bytes(text.p, text.n)) * 0x9E3779B97F4A7C15u;
    return (uint32_t)p->out->passages.n;
}

static uint32_t add_plain(struct preparing *p, enum passage_kind kind, const struct prose *prose)
{
    struct prepared_passage values = {.kind = kind};
    return add(p, &values, prose);
}

static void add_front(struct preparing *p)
{
    const struct article *article = p->article;
    struct parts *parts = &p->out->parts;
    parts->title = 1;
    if (article->kicker.text.n > 0)
        parts->kicker = add_plain(p, PASSAGE_KICKER, &article->kicker);
    if (article->title.text.n > 0)
        parts->title = add_plain(p, PASSAGE_TITLE, &article->title);
    if (article->subtitle.text.n > 0)
        parts->subtitle = add_plain(p, PASSAGE_SUBTITLE, &article->subtitle);
    for (uint32_t i = 0; i < article->n_byline_lines; i++)
        parts->bylines[i] = add_plain(p, PASSAGE_BYLINE, &article->byline_lines[i]);
}

static void add_heading(struct preparing *p, uint32_t index)
{
    const struct heading *heading = &p->article->headings[index];
    uint32_t *headings = p->out->parts.headings;
    struct prepared_passage values = {
        .kind = PASSAGE_HEADING,
        .level = heading->level,
        .heading = heading->parent < index ? headings[heading->parent] : 0,
        .flags = (heading->run_in ? (uint32_t)PASSAGE_RUN_IN : 0) |
                 (heading->displaced ? (uint32_t)PASSAGE_DISPLACED : 0),
    };
    headings[index] = add(p, &values, &heading->prose);
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
static void add_body(struct preparing *p)
{
    uint32_t next = 0;
    const struct article *article = p->article;
    const struct parts *parts = &p->out->parts;
    for (uint32_t i = 0; i < article->n_paragraphs; i++) {
        const struct paragraph *paragraph = &article->paragraphs[i];
        uint32_t above = paragraph->heading < article->n_headings ? paragraph->heading : NONE;
        while (above != NONE && next <= above)
            add_heading(p, next++);
        struct prepared_passage values = {
            .kind = passage_kind_of(paragraph->kind),
            .heading = above == NONE ? 0 : parts->headings[above],
            .flags = (paragraph->cut_before ? (uint32_t)PASSAGE_CUT_BEFORE : 0) |
                     (paragraph->cut_after ? (uint32_t)PASSAGE_CUT_AFTER : 0),
        };
        parts->paragraphs[i] = add(p, &values, &paragraph->prose);
    }
    while (next < article->n_headings)
        add_heading(p, next++);
    for (uint32_t i = 0; i < article->n_captions; i++)
        parts->captions[i] = add_plain(p, PASSAGE_CAPTION, &article->captions[i]);
}

static void prepare_article(struct arena *a, const struct document *d, uint32_t index,
                            struct prepared_article *out)
{
    const struct article *article = &d->articles[index];
    struct preparing p = {a, d, article, out};
    out->parts = (struct parts){
        .bylines = arena_array(a, uint32_t, article->n_byline_lines + 1),
        .headings = arena_array(a, uint32_t, article->n_headings + 1),
        .paragraphs = arena_array(a, uint32_t, article->n_paragraphs + 1),
        .captions = arena_array(a, uint32_t, article->n_captions + 1),
    };
    add_front(&p);
    add_body(&p);
    struct str *texts = arena_array(a, struct str, article->n_paragraphs + 1);
    for (uint32_t i = 0; i < article->n_paragraphs; i++)
        texts[i] = article->paragraphs[i].prose.text;
    uint32_t *runs;
    out->n_runs = sketch_runs(a, texts, article->n_paragraphs, &runs);
    out->runs = runs;
    out->sketch = sketch_of(runs, out->n_runs);
    sketch_mark(runs, out->n_runs, &out->marks);
}

struct str typed_key(struct arena *a, enum entity_type type, struct str spelling)
{
    struct buffer b = buffer_in(a);
    buffer_add_byte(&b, (char)('0' + type));
    buffer_add(&b, spelling_key(a, spelling));
    return buffer_str(&b);
}

const struct prepared *store_prepare(struct arena *a, const struct document *d)
{
    struct prepared *out = arena_new_of(a, struct prepared);
    out->articles = arena_array(a, struct prepared_article, d->n_articles + 1);
    out->keys = arena_array(a, struct str *, d->n_entities + 1);
    for (uint32_t i = 0; i < d->n_articles; i++)
        prepare_article(a, d, i, &out->articles[i]);
    for (uint32_t i = 0; i < d->n_entities; i++) {
        const struct entity *entity = &d->entities[i];
        struct str *keys = out->keys[i] = arena_array(a, struct str, entity->n_aliases + 1);
        keys[0] = typed_key(a, entity->type, entity->name);
        for (uint32_t k = 0; k < entity->n_aliases; k++)
            keys[k + 1] = typed_key(a, entity->type, entity->aliases[k]);
    }
    return out;
}
