/* Rows of the page: lines of text with what is linked, found and focused in them. */
#include "ui/reader_internal.h"

/* The first of ascending spots that ends after a position. */
static size_t first_spot(const struct reader_spot *spots, size_t n, size_t passage, size_t at)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (spots[middle].passage < passage ||
            (spots[middle].passage == passage && spots[middle].end <= at))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* A walk over spots along a line. */
struct spot_walk {
    const struct reader_spot *spots;
    size_t n, at, passage;
};

static struct spot_walk walk_from(const struct reader_spot *spots, size_t n, size_t passage,
                                  size_t start)
{
    return (struct spot_walk){spots, n, first_spot(spots, n, passage, start), passage};
}

/* The spot at byte `at`, or NULL; *until is brought down to where that changes. */
static const struct reader_spot *spot_at(struct spot_walk *w, size_t at, size_t *until)
{
    while (w->at < w->n && w->spots[w->at].passage == w->passage && w->spots[w->at].end <= at)
        w->at++;
    if (w->at >= w->n || w->spots[w->at].passage != w->passage)
        return NULL;
    const struct reader_spot *spot = &w->spots[w->at];
    size_t change = spot->start > at ? spot->start : spot->end;
    *until = change < *until ? change : *until;
    return spot->start <= at ? spot : NULL;
}

static void add_text(struct reader_page *p, size_t passage, size_t start, size_t end,
                     uint32_t focused, struct row *row)
{
    struct str text = p->passages[passage]->text;
    enum role base = reader_style(p->passages[passage])->role;
    struct spot_walk links = walk_from(p->links.at, p->links.n, passage, start);
    struct spot_walk marks = walk_from(p->marks, p->n_marks, passage, start);
    for (size_t at = start, until; at < end; at = until) {
        until = end;
        const struct reader_spot *link = spot_at(&links, at, &until);
        const struct reader_spot *mark = spot_at(&marks, at, &until);
        uint32_t number = link == NULL ? NO_LINK : (uint32_t)(link - p->links.at);
        enum role role = base;
        if (mark != NULL && p->mark != SIZE_MAX && mark == p->marks + p->mark && mark->start == at)
            row->cursor = row->width;
        if (number != NO_LINK && number == focused)
            role = ROLE_FOCUS;
        else if (mark != NULL)
            role = ROLE_MATCH;
        else if (number != NO_LINK && base != ROLE_TITLE)
            role = ROLE_LINK;
        row_add_link(row, role, str_sub(text, at, until), number);
    }
}

/* The cells of a table's row, each in its column or behind its name. */
static void add_cells(struct reader_page *p, const struct reader_block *b, uint32_t link,
                      struct row *row)
{
    int from = row->width, cursor = row->cursor;
    for (size_t i = 0; i < b->n_cells; i++) {
        row_pad(row, from + (int)b->cells[i].at);
        row_add(row, ROLE_DIM, b->cells[i].label);
        add_text(p, b->passage, b->cells[i].start, b->cells[i].end, link, row);
    }
    if (row->cursor == 0)
        row->cursor = cursor;
}

static void add_raw(struct reader_page *p, size_t index, struct row *row)
{
    row_pad(row, row->width + (int)p->margin);
    if (p->raw[index].number != 0)
        row_printf(row, ROLE_DIM, "%5u", p->raw[index].number);
    else
        row_add(row, ROLE_DIM, STR("     "));
    row_add(row, ROLE_BORDER, STR("│ "));
    row_add(row, ROLE_SOURCE, p->raw[index].text);
}

void reader_page_set_corrected(struct reader_page *p, const uint32_t *passages, size_t n)
{
    p->corrected = passages;
    p->n_corrected = n;
}

static bool is_corrected(const struct reader_page *p, const struct reader_block *b)
{
    for (size_t i = 0; i < p->n_corrected && b->from == 0; i++)
        if (p->corrected[i] == p->passages[b->passage]->id)
            return true;
    return false;
}

/* Up to where the text begins, with the mark of a correction where there is room for it. */
static void add_margin(struct row *row, int to, bool corrected)
{
    if (corrected && to - row->width >= 2) {
        int at = to - row->width >= 3 ? to - 3 : row->width;
        row_pad(row, at);
        row_add(row, ROLE_MARK, STR("改"));
    }
    row_pad(row, to);
}

void reader_page_row(struct reader_page *p, size_t index, uint32_t link, struct row *row)
{
    struct reader_block *b = reader_block_at(p, index);
    if (b == NULL || index < b->row + b->before || index >= b->row + b->rows)
        return;
    size_t in = index - b->row - b->before;
    if (b->lines == NULL)
        return;
    if (in >= b->n_lines) {
        add_raw(p, in - b->n_lines, row);
        return;
    }
    const struct layout_line *line = &b->lines[in];
    const struct block_style *style = reader_style(p->passages[b->passage]);
    unsigned before = p->margin + line->indent + reader_inset(p, style);
    if (style->side == SET_CENTRE && line->cells < p->text_width)
        before += (p->text_width - line->cells) / 2;
    bool corrected = in == 0 && is_corrected(p, b);
    int start = row->width, room = (int)before;
    add_margin(row, start + room, corrected);
    row->cursor = row->width;
    if (b->cells != NULL)
        add_cells(p, b, link, row);
    else
        add_text(p, b->passage, line->start, line->end, link, row);
    if (corrected && room < 2)
        row_add(row, ROLE_MARK, STR(" 改"));
}

size_t reader_page_passages(const struct reader_page *p)
{
    return p->n_passages;
}

const struct stored_passage *reader_page_passage(const struct reader_page *p, size_t passage)
{
    return p->passages[passage];
}

size_t reader_page_find_passage(const struct reader_page *p, uint32_t id)
{
    for (size_t i = 0; i < p->n_passages; i++)
        if (p->passages[i]->id == id)
            return i;
    return SIZE_MAX;
}

const struct stored_article *reader_page_article(const struct reader_page *p, size_t passage)
{
    if (passage >= p->n_passages)
        return p->n_articles > 0 ? &p->articles[0] : NULL;
    for (size_t i = 0; i < p->n_articles; i++)
        if (p->articles[i].id == p->passages[passage]->article)
            return &p->articles[i];
    return &p->articles[0];
}

size_t reader_page_find_article(const struct reader_page *p, uint32_t id)
{
    for (size_t i = 0; i < p->n_passages; i++)
        if (p->passages[i]->article == id)
            return i;
    return SIZE_MAX;
}

size_t reader_page_heading(const struct reader_page *p, size_t passage)
{
    if (passage >= p->n_passages)
        return SIZE_MAX;
    uint32_t article = p->passages[passage]->article;
    for (size_t i = passage + 1; i-- > 0 && p->passages[i]->article == article;)
        if (p->passages[i]->kind == PASSAGE_HEADING)
            return i;
    return SIZE_MAX;
}

size_t reader_page_heading_above(const struct reader_page *p, size_t heading)
{
    uint32_t level = p->passages[heading]->level, article = p->passages[heading]->article;
    for (size_t i = heading; i-- > 0 && p->passages[i]->article == article;)
        if (p->passages[i]->kind == PASSAGE_HEADING && p->passages[i]->level < level)
            return i;
    return SIZE_MAX;
}

size_t reader_page_section_step(const struct reader_page *p, size_t passage, int step)
{
    for (size_t i = passage + (size_t)step; i < p->n_passages; i += (size_t)step)
        if (p->passages[i]->kind == PASSAGE_HEADING || p->passages[i]->kind == PASSAGE_TITLE)
            return i;
    return SIZE_MAX;
}

size_t reader_page_links(const struct reader_page *p, const struct reader_spot **out)
{
    *out = p->links.at;
    return p->links.n;
}

uint32_t reader_page_link_at(const struct reader_page *p, struct reader_position position)
{
    size_t i = first_spot(p->links.at, p->links.n, position.passage, position.offset);
    if (i >= p->links.n || p->links.at[i].passage != position.passage ||
        p->links.at[i].start > position.offset)
        return NO_LINK;
    return (uint32_t)i;
}

void reader_page_mark(struct reader_page *p, const struct reader_spot *spots, size_t n)
{
    p->marks = spots;
    p->n_marks = n;
    p->mark = SIZE_MAX;
}

void reader_page_set_mark(struct reader_page *p, size_t index)
{
    p->mark = index < p->n_marks ? index : SIZE_MAX;
}

size_t reader_page_mark_at(const struct reader_page *p)
{
    return p->mark;
}

size_t reader_page_marked(const struct reader_page *p, const struct reader_spot **out)
{
    *out = p->marks;
    return p->n_marks;
}
