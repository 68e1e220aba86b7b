/* The printed page back: the stages one after the other. */
#include "parse/page.h"

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
    page_find_strips(p);
    page_find_kinds(p);
    page_find_measures(p);
    page_find_blocks(p);
    return p;
}

void parse_page(struct document *d, const struct parse_options *o)
{
    struct page *p = page_read(d, o);
    page_find_articles(p);
    page_find_dates(p);
    page_find_dropped(p);
}
