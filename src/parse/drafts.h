/* What articles.c, heads.c and fragments.c share: the articles of a page while they are made. */
#ifndef PARSE_DRAFTS_H
#define PARSE_DRAFTS_H

#include "parse/page.h"

typedef VECTOR(uint32_t) index_vector;

struct draft {
    struct article article;
    index_vector body;        /* blocks in reading order */
    index_vector signed_ends; /* those of its body that end with a credit */
    struct prose_list captions, byline_lines;
    struct credit_list credits;
    struct str source;     /* the body that a site says it comes from: signs it if no one does */
    uint32_t first;        /* its first block: the order on the page */
    uint32_t kicker_block; /* the block of its kicker, or NONE */
    uint32_t lead_credits; /* of its credits, those at the head of its first paragraph */
    bool titled, fragment, heaped, boxed;
    bool signed_by;    /* has a byline of its own line */
    bool headed_below; /* its headline stands under text of it */
    bool noted;        /* begins with an editor's note, which may stand over the headline */
    bool closed;       /* who wrote it stands below its last paragraph: nothing more is of it */
};

struct maker {
    struct page *page;
    VECTOR(struct draft) drafts;
    uint32_t current;        /* a draft, or NONE */
    uint32_t main;           /* the last draft that is no box */
    bool even;               /* blank lines stand evenly: */
    uint16_t usual_gap;      /* so many between paragraphs, */
    uint16_t headline_gap;   /* at least so many before a headline that is sure, */
    uint16_t crosshead_gap;  /* and before any short line over a paragraph */
    uint32_t *owner;         /* of each block that stands in a body: its draft */
    index_vector inside;     /* short lines between two pieces of one paragraph: blocks */
    struct prose_list early; /* captions before the first article */
};

/* Helpers: articles.c */
void draft_push(struct page *p, struct prose_list *list, struct prose prose);
struct draft *draft_new(struct maker *m, uint32_t block);
struct block *block_at(struct maker *m, uint32_t i); /* NULL past the end */
/* The next block from i on that is no caption, furniture or dropped mark. */
uint32_t block_significant(struct maker *m, uint32_t i);
bool block_is_aside(const struct block *b);   /* stands anywhere */
bool block_is_headish(const struct block *b); /* a title or a short line */

/* What a line of a headline is. */
enum head_line { HEAD_PLAIN, HEAD_MARKDOWN, HEAD_SUB, HEAD_NAMES, HEAD_NOTE, HEAD_LABEL };

/* Headlines: heads.c */
enum head_line head_line_kind(struct maker *m, const struct strip *s);
/* Some strips as one headline, without marks and ornaments. */
struct prose head_set_strips(struct page *p, const index_vector *strips);
struct prose head_without_dashes(struct page *p, struct prose prose);
/* Reads the headline of blocks [*i, end) and leaves *i at the last. */
void head_read(struct maker *m, struct draft *d, uint32_t *i, uint32_t end);
/* The end of the run of headline blocks that begins at i. */
uint32_t head_end(struct maker *m, uint32_t i);

/* Where articles end: borders.c. Measures the page, once; then tells whether the short lines from
 * block i on, under the body of d, are the headline of another piece. */
void borders_measure(struct maker *m);
bool border_before(struct maker *m, const struct draft *d, uint32_t i);

/* Makes the article of a draft: finish.c */
void draft_finish(struct maker *m, struct draft *d, struct article *out);

/* What stands out of place is put right: fragments.c */
void fragments_put_right(struct maker *m);

/* Moves the blocks of draft `from` from its at-th on to the end of draft `to`, with who signs them:
 * fragments.c */
void draft_move_blocks(struct maker *m, size_t from, size_t at, size_t to);

/* Gives a piece back its last parts, which stand below another's end: returns.c */
void parts_return(struct maker *m);

#endif
