#include "baolan/document.h"
#include "baolan/vector.h"

#define NAME_OF(function, type, TABLE, COUNT)                 \
    const char *function(type value)                          \
    {                                                         \
        static const char *const names[] = {TABLE(NAME_ROW)}; \
        return value < COUNT ? names[value] : "";             \
    }
#define NAME_ROW(id, name) [id] = name,

NAME_OF(paragraph_kind_name, enum paragraph_kind, PARAGRAPH_TABLE, PARAGRAPH_COUNT)
NAME_OF(evidence_name, enum evidence, EVIDENCE_TABLE, EVIDENCE_COUNT)
NAME_OF(indicator_kind_name, enum indicator_kind, INDICATOR_TABLE, INDICATOR_KIND_COUNT)
NAME_OF(entity_type_name, enum entity_type, ENTITY_TABLE, ENTITY_TYPE_COUNT)
NAME_OF(finding_kind_name, enum finding_kind, FINDING_TABLE, FINDING_KIND_COUNT)
NAME_OF(place_part_name, enum place_part, PLACE_PART_TABLE, PLACE_PART_COUNT)

size_t prose_text_offset(const struct prose *prose, size_t at)
{
    if (prose->n_pieces == 0)
        return 0;
    uint32_t low = 0, high = prose->n_pieces;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (prose->pieces[middle].at <= at)
            low = middle;
        else
            high = middle;
    }
    const struct piece *piece = &prose->pieces[low];
    size_t into = at - piece->at;
    if (into >= piece->length)
        return (size_t)piece->text + piece->text_length;
    return piece->text + (piece->length == piece->text_length ? into : 0);
}

uint32_t document_line_at(const struct document *d, size_t at)
{
    uint32_t low = 0, high = d->n_lines;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (d->lines[middle].start <= at)
            low = middle;
        else
            high = middle;
    }
    return low;
}

const struct prose *document_prose(const struct document *d, struct place place)
{
    const struct article *article = &d->articles[place.article];
    switch (place.part) {
    case PLACE_KICKER:
        return &article->kicker;
    case PLACE_SUBTITLE:
        return &article->subtitle;
    case PLACE_BYLINE:
        return &article->byline_lines[place.paragraph];
    case PLACE_HEADING:
        return &article->headings[place.paragraph].prose;
    case PLACE_CAPTION:
        return &article->captions[place.paragraph];
    default:
        return place.paragraph == NONE ? &article->title
                                       : &article->paragraphs[place.paragraph].prose;
    }
}

struct parts {
    struct arena *arena;
    uint32_t article;
    VECTOR(struct text_part) list;
};

static void add_part(struct parts *p, enum place_part part, uint32_t index,
                     const struct prose *prose)
{
    struct text_part it = {{p->article, index, 0, (uint32_t)prose->text.n, part}, prose};
    vector_push(p->arena, &p->list, it);
}

/* Headings come before the first paragraph below them. */
static void add_body(struct parts *p, const struct article *article)
{
    uint32_t next = 0;
    for (uint32_t i = 0; i < article->n_paragraphs; i++) {
        uint32_t above = article->paragraphs[i].heading;
        for (; above < article->n_headings && next <= above; next++)
            add_part(p, PLACE_HEADING, next, &article->headings[next].prose);
        add_part(p, PLACE_BODY, i, &article->paragraphs[i].prose);
    }
    for (; next < article->n_headings; next++)
        add_part(p, PLACE_HEADING, next, &article->headings[next].prose);
}

const struct text_part *document_parts(struct arena *a, const struct document *d, size_t *n)
{
    struct parts p = {.arena = a};
    for (; p.article < d->n_articles; p.article++) {
        const struct article *article = &d->articles[p.article];
        if (article->kicker.text.n > 0)
            add_part(&p, PLACE_KICKER, NONE, &article->kicker);
        if (article->title.text.n > 0)
            add_part(&p, PLACE_BODY, NONE, &article->title);
        if (article->subtitle.text.n > 0)
            add_part(&p, PLACE_SUBTITLE, NONE, &article->subtitle);
        for (uint32_t i = 0; i < article->n_byline_lines; i++)
            add_part(&p, PLACE_BYLINE, i, &article->byline_lines[i]);
        add_body(&p, article);
        for (uint32_t i = 0; i < article->n_captions; i++)
            add_part(&p, PLACE_CAPTION, i, &article->captions[i]);
    }
    *n = p.list.n;
    return p.list.at;
}
