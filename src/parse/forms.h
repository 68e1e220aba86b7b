/* An article as items (form_items.c), and the rows of a form's table (form_rows.c), from which
 * forms.c writes articles. */
#ifndef BAOLAN_PARSE_FORMS_H
#define BAOLAN_PARSE_FORMS_H

#include "parse/proposal.h"
#include "parse/prose.h"

enum item_kind { ITEM_LINE, ITEM_TITLE, ITEM_BYLINE, ITEM_HEADING, ITEM_PARAGRAPH };

/* One prose of the page, in reading order. */
struct item {
    struct prose prose;
    enum item_kind kind;
    uint32_t index; /* of a heading or paragraph */
    bool table_row; /* a paragraph that the page sets as a row of a table */
};

struct items {
    struct item *at;
    size_t n, room;
};

/* The article's headings and paragraphs in reading order, and the lines around them where they
 * stand in the text. */
struct items form_items(const struct proposal_reader *r, const struct article *a);

/* A prose as a segment of no paragraph. */
struct segment prose_segment(const struct prose *prose);

/* True where the item has bars between cells. */
bool item_is_row(const struct item *item);

/* The field that the whole line is the label of, its value on the next; else FIELD_NONE. */
enum field item_label(const struct proposal_reader *r, const struct item *item);

/* The item after the value of the label that item i is. */
size_t item_after_value(const struct proposal_reader *r, const struct items *items, size_t i);

/* The byte after ●, ■ and the like at the head of s, and after the number of a title. */
size_t item_ornament_end(struct str s);

/* The title of a reply, 第0094号 alone. */
bool item_is_reply_title(const struct item *item);
bool item_is_number(const struct item *item);

/* True of a row that begins with a short word before a colon or space, and no figure after it:
 * the label and value of a field that no lexicon has (经办人 朱某). */
bool item_is_other_field(const struct item *item);

/* True of a text that ends as sentences do, or is longer than a field's value. */
bool text_is_sentence(struct str text);

/* True where the items are those of an office's form, and no table of a proposal a row. */
bool form_is(const struct proposal_reader *r, const struct items *items);

/* The item that titles a form without 案由: the article's title where it is a proposal's, else
 * another line that is; items->n where there is none. */
size_t form_title(const struct items *items);

/* True where 案由 has a value. */
bool form_has_title(const struct proposal_reader *r, const struct items *items);

/* The first item of the form itself: a number alone, a label or a row of its own. */
size_t form_start(const struct proposal_reader *r, const struct items *items);

/* A cell of a row, which may be printed on several lines. */
struct form_cell {
    struct prose prose;      /* its lines joined */
    struct prose_list lines; /* from the first that is not blank */
};

struct form_row {
    struct form_cell cells[CELLS_MAX];
    size_t n;
};

/* Reads the row that begins at item i, whose text has bars: of a table drawn with lines it goes on
 * as far as no line parts it. Returns the item after it. */
size_t form_row_read(const struct proposal_reader *r, const struct items *items, size_t i,
                     struct form_row *row);

/* The paragraphs of a cell: lines that its width broke are one. */
size_t form_cell_paragraphs(struct arena *a, const struct form_cell *cell, struct prose **out);

#endif
