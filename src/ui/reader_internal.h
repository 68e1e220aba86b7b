/* What the files of the reader's page share. */
#ifndef UI_READER_INTERNAL_H
#define UI_READER_INTERNAL_H

#include "baolan/vector.h"
#include "ui/reader_page.h"

enum set_side { SET_LEFT, SET_CENTRE };

/* How a kind of passage is set. */
struct block_style {
    unsigned rank;   /* order on the page */
    unsigned indent; /* cells, of the first line */
    unsigned inset;  /* cells, of all lines, on both sides */
    enum set_side side;
    enum role role;
    unsigned before; /* blank rows above */
};

/* A cell of a table's row: bytes of the passage's text, and the cell of the line where it stands;
 * or, where rows are said, what is said before it. */
struct reader_cell {
    size_t start, end;
    unsigned at;
    struct str label;
};

/* A passage, or a part of a long one. */
struct reader_block {
    size_t passage;
    size_t from, to; /* bytes of the passage's text */
    size_t before;   /* blank rows */
    size_t row, rows;
    const struct layout_line *lines; /* bytes of the passage's text; NULL: not laid out */
    size_t n_lines;
    const struct reader_cell *cells; /* of a table's row that is set in columns, else NULL */
    size_t n_cells;
};

struct reader_page {
    struct arena *arena;                 /* the document's */
    struct arena *lines_arena, *scratch; /* of lines, for one setting; of layout's tables */
    const struct stored_article *articles;
    size_t n_articles;
    const struct stored_passage **passages; /* in reading order */
    size_t n_passages;
    VECTOR(struct reader_block) blocks;
    VECTOR(struct reader_spot) links;
    const struct reader_spot *marks;
    size_t n_marks, mark; /* mark: the one the cursor is at, or SIZE_MAX */
    struct reader_setting setting;
    unsigned margin, text_width, hang; /* cells */
    size_t bytes, rows;
    const uint32_t *corrected; /* ids of passages */
    size_t n_corrected;
    size_t raw_passage;
    const struct reader_raw *raw;
    size_t n_raw;
};

/* Cells before a raw line: its number and a rule. */
enum { RAW_MARGIN = 7 };

const struct block_style *reader_style(const struct stored_passage *passage);

/* reader_table.c: sets tables in columns where they fit the width; for who hears the screen each
 * row as a sentence that names its columns. */
void reader_set_tables(struct reader_page *p);

/* The inset of a style where the page is wide enough for it. */
unsigned reader_inset(const struct reader_page *p, const struct block_style *style);

/* The block that a row stands in, the last one where row is past the end; NULL: there is none. */
struct reader_block *reader_block_at(struct reader_page *p, size_t row);

#endif
