/* The printed page back: the stages one after the other. */
#include "parse/page.h"
#include "parse/speech.h"

struct page *page_read(struct document *d, const struct parse_options *o)
{
    struct page *p = arena_new_of(d->arena, struct page);
    p->document = d;
    p->options = o;
    p->arena = d->arena;
    p->text = d->decoded.text;
    p->marks = lexicons_get(o->lexicons, LEXICON_MARKS);
    p->bylines = lexicons_get(o->lexicons, LEXICON_BYLINES);
    p->furniture = lexicons_get(o->lexicons, LEXICON_FURNITURE);
    p->proposals = lexicons_get(o->lexicons, LEXICON_PROPOSALS);
    p->speeches = speech_page(p->text);
    page_find_strips(p);
    page_find_kinds(p);
    page_find_form_lines(p);
    page_find_speech_lines(p);
    page_find_measures(p);
    page_find_blocks(p);
    return p;
}

/* Input of one line is one paragraph, not a headline without a text. */
static void make_paragraph_of_one_line(struct document *d)
{
    uint32_t lines = 0;
    for (uint32_t i = 0; i < d->n_lines && lines < 2; i++)
        lines += str_trim(str_sub(d->decoded.text, d->lines[i].start, d->lines[i].end)).n > 0;
    if (lines != 1 || d->n_articles != 1 || d->articles[0].n_paragraphs > 0 ||
        d->articles[0].title.text.n == 0)
        return;
    struct article *article = arena_new_of(d->arena, struct article);
    struct paragraph *paragraph = arena_new_of(d->arena, struct paragraph);
    *article = d->articles[0];
    paragraph->prose = article->title;
    paragraph->heading = NONE;
    article->title = (struct prose){0};
    article->paragraphs = paragraph;
    article->n_paragraphs = 1;
    d->articles = article;
}

void parse_page(struct document *d, const struct parse_options *o)
{
    struct page *p = page_read(d, o);
    page_find_articles(p);
    make_paragraph_of_one_line(d);
    parse_forms(d, o);
    page_find_dates(p);
    page_find_dropped(p);
}
