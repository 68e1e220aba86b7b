/* The outline: an article's headings, in a column beside the text where the window is wide, else in
 * its place until one is chosen. */
#include "ui/reader_state.h"

/* Cells of the column, and of the window that has room for it. */
enum { OUTLINE_CELLS = 30, OUTLINE_FROM = 110 };

int reader_outline_width(const struct view *v)
{
    const struct reader *r = reader_of(v);
    return r->outline && v->width >= OUTLINE_FROM ? OUTLINE_CELLS : 0;
}

/* The passage of outline row `index`: titles and headings in order. */
static size_t passage_of(const struct view *v, size_t index)
{
    const struct reader_page *page = reader_of(v)->page;
    size_t passage = reader_page_section_step(page, SIZE_MAX, 1);
    while (passage != SIZE_MAX && index-- > 0)
        passage = reader_page_section_step(page, passage, 1);
    return passage;
}

size_t reader_outline_count(const struct view *v)
{
    const struct reader_page *page = reader_of(v)->page;
    size_t n = 0;
    for (size_t h = reader_page_section_step(page, SIZE_MAX, 1); h != SIZE_MAX;
         h = reader_page_section_step(page, h, 1))
        n++;
    return n;
}

/* The outline row of the section that a passage stands in. */
static size_t row_of(const struct view *v, size_t passage)
{
    const struct reader_page *page = reader_of(v)->page;
    size_t n = 0;
    for (size_t h = reader_page_section_step(page, SIZE_MAX, 1); h <= passage && h != SIZE_MAX;
         h = reader_page_section_step(page, h, 1))
        n++;
    return n == 0 ? 0 : n - 1;
}

static enum role role_of(const struct view *v, size_t index)
{
    const struct reader_page *page = reader_of(v)->page;
    size_t passage = passage_of(v, index);
    bool title = passage != SIZE_MAX && reader_page_passage(page, passage)->kind == PASSAGE_TITLE;
    return title ? ROLE_TITLE : ROLE_TEXT;
}

static void add_row(const struct view *v, size_t index, enum role role, int width, struct row *row)
{
    const struct reader *r = reader_of(v);
    size_t passage = passage_of(v, index);
    if (passage == SIZE_MAX)
        return;
    const struct stored_passage *section = reader_page_passage(r->page, passage);
    int indent = section->kind == PASSAGE_TITLE ? 1 : 3 + 2 * (int)section->level;
    row_pad(row, row->width + (indent < width / 2 ? indent : 1));
    row_column(row, role, section->text, width - row->width, ALIGN_LEFT);
}

void reader_outline_list_row(struct view *v, size_t index, struct row *row)
{
    add_row(v, index, role_of(v, index), v->width, row);
}

void reader_outline_beside(struct view *v, size_t index, struct row *row)
{
    struct reader *r = reader_of(v);
    int width = reader_outline_width(v);
    if (width == 0)
        return;
    size_t n = reader_outline_count(v), height = v->height < 1 ? 1 : (size_t)v->height;
    size_t current = row_of(v, reader_page_position(r->page, v->focus).passage);
    size_t first = current < height / 2 || n <= height ? 0 : current - height / 2;
    if (n > height && first > n - height)
        first = n - height;
    size_t at = first + (index - v->top);
    if (index >= v->top && at < n)
        add_row(v, at, at == current ? ROLE_CURRENT : role_of(v, at), width - 2, row);
    row_pad(row, width - 2);
    row_add(row, ROLE_BORDER, STR("│ "));
}

void reader_outline_toggle(struct view *v)
{
    struct reader *r = reader_of(v);
    if (v->width >= OUTLINE_FROM) {
        r->outline = !r->outline;
        v->stale = true;
        return;
    }
    if (r->outline_list) {
        r->outline_list = false;
        reader_go(v, r->here);
        return;
    }
    r->here = reader_page_position(r->page, v->focus);
    r->here_row = v->focus;
    r->outline_list = true;
    v->link = NO_LINK;
    v->focus = row_of(v, r->here.passage);
    v->top = 0;
}

void reader_outline_enter(struct view *v)
{
    struct reader *r = reader_of(v);
    size_t passage = passage_of(v, v->focus);
    r->outline_list = false;
    reader_go(v, (struct reader_position){passage == SIZE_MAX ? 0 : passage, 0});
    v->top = v->focus;
}
