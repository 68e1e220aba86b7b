/* An article as items, and the rows of a form's table: what forms.c and form_rows.c share. */
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
};

struct items {
    struct item *at;
    size_t n, room;
};

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
 * as far as no line parts it (text is the document's). Returns the item after it. */
size_t form_row_read(struct arena *a, struct str text, const struct proposal_reader *r,
                     const struct items *items, size_t i, struct form_row *row);

/* The paragraphs of a cell: lines that its width broke are one. */
size_t form_cell_paragraphs(struct arena *a, const struct form_cell *cell, struct prose **out);

#endif
