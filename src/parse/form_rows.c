/* Rows of a form's table. A table that is drawn with lines prints a row on as many lines as its
 * longest cell takes, and a label above, beside or below the middle of its value. */
#include "parse/forms.h"

#include "baolan/utf8.h"
#include "baolan/vector.h"

/* Lines that a row is printed on at most. */
enum { LINES_MOST = 240 };

/* A line of the drawing stands between two proses of the text. */
static bool is_parted(struct str text, const struct prose *above, const struct prose *below)
{
    static const struct str rules[] = {STR_INIT("---"), STR_INIT("==="), STR_INIT("──"),
                                       STR_INIT("━━"), STR_INIT("══")};
    const struct piece *last = &above->pieces[above->n_pieces - 1];
    uint32_t from = last->text + last->text_length, to = below->pieces[0].text;
    struct str gap = to > from ? str_sub(text, from, to) : (struct str){NULL, 0};
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        if (str_has(gap, rules[i]))
            return true;
    return from > to;
}

static void add_line(struct arena *a, struct form_cell *cell, const struct prose *row,
                     const struct segment *part)
{
    static const struct prose blank = {0};
    if (part->text.n == 0) {
        if (cell->lines.n > 0)
            vector_push(a, &cell->lines, blank);
        return;
    }
    size_t from = (size_t)(part->text.p - row->text.p);
    struct prose line = prose_sub(a, row, from, from + part->text.n);
    cell->prose = prose_join(a, &cell->prose, &line);
    vector_push(a, &cell->lines, line);
}

static size_t cells_of(const struct item *item, struct segment cells[CELLS_MAX])
{
    struct segment s = {item->prose.text, SEGMENT_PARAGRAPH, 0, NONE, 0, &item->prose};
    return proposal_cells(&s, cells);
}

/* True where a line of cells goes on with the row: its first cell is empty, or the row's is, or
 * both are the parts of one label. */
static bool goes_on(const struct proposal_reader *r, const struct form_row *row,
                    const struct segment *cells, size_t n)
{
    enum { LABEL_BYTES = 60 };
    char both[LABEL_BYTES];
    struct str above = row->cells[0].prose.text, below = cells[0].text;
    if (n != row->n)
        return false;
    if (above.n == 0 || below.n == 0)
        return true;
    if (above.n + below.n > sizeof both)
        return false;
    memcpy(both, above.p, above.n);
    memcpy(both + above.n, below.p, below.n);
    return proposal_label(r, (struct str){both, above.n + below.n}) != FIELD_NONE;
}

size_t form_row_read(const struct proposal_reader *r, const struct items *items, size_t i,
                     struct form_row *row)
{
    struct segment cells[CELLS_MAX];
    *row = (struct form_row){.n = cells_of(&items->at[i], cells)};
    for (size_t k = 0; k < row->n; k++)
        add_line(r->arena, &row->cells[k], &items->at[i].prose, &cells[k]);
    size_t most = i + LINES_MOST < items->n ? i + LINES_MOST : items->n;
    for (i++; i < most && row->n > 1; i++) {
        const struct item *item = &items->at[i];
        size_t n = item->kind == ITEM_PARAGRAPH && proposal_is_row(item->prose.text)
                       ? cells_of(item, cells)
                       : 0;
        if (n == 0 || is_parted(r->document->decoded.text, &item[-1].prose, &item->prose) ||
            !goes_on(r, row, cells, n))
            break;
        for (size_t k = 0; k < n; k++)
            add_line(r->arena, &row->cells[k], &item->prose, &cells[k]);
    }
    return i;
}

/* A line after which another one of the cell begins a paragraph. */
static bool ends_paragraph(struct str line, struct str next, size_t widest)
{
    enum { NARROW_BY = 2 };
    size_t at = line.n;
    uint32_t c = utf8_previous(line, &at);
    bool narrow = utf8_count(line) + NARROW_BY < widest;
    bool ended = mark_ends_sentence(c) || mark_is_colon(c) || mark_is_semicolon(c);
    return (ended && narrow) || ((ended || narrow) && ordinal_at(next, 0).kind != ORDINAL_NONE);
}

size_t form_cell_paragraphs(struct arena *a, const struct form_cell *cell, struct prose **out)
{
    struct prose_list list = {0};
    size_t widest = 0;
    for (size_t i = 0; i < cell->lines.n; i++) {
        size_t width = utf8_count(cell->lines.at[i].text);
        widest = width > widest ? width : widest;
    }
    for (size_t i = 0; i < cell->lines.n; i++) {
        const struct prose *line = &cell->lines.at[i];
        if (line->text.n == 0)
            continue;
        if (i == 0 || line[-1].text.n == 0 || ends_paragraph(line[-1].text, line->text, widest))
            vector_push(a, &list, *line);
        else
            vector_last(&list) = prose_join(a, &vector_last(&list), line);
    }
    *out = list.at;
    return list.n;
}
