/* What sections.c and heap.c share: the blocks of one article on their way to headings. */
#ifndef PARSE_SECTIONS_H
#define PARSE_SECTIONS_H

#include "parse/page.h"

struct section_item {
    uint32_t block;            /* in page->blocks */
    uint32_t lead, lead_after; /* of a numbered paragraph: where its lead ends, 0: has none */
    bool heads, runs_in, displaced;
    bool plain; /* a heading whatever its number: a sentence that stands as a cross-head */
};

struct sections {
    struct page *page;
    struct section_item *at;
    size_t n;
    bool run_in[ORDINAL_COUNT];   /* most paragraphs of the kind have a lead */
    bool all_lead[ORDINAL_COUNT]; /* all have */
    uint32_t rank[ORDINAL_COUNT];
};

bool section_is_numbered(const struct block *b);

/* Puts a heap of headings, at the end or the beginning of the article, back to where the restarts
 * of the numbering inside it show that they belong. */
void sections_place_heap(struct sections *s);

#endif
