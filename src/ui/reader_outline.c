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

/* The passage of outline row `index`: the title, then the headings. */
static size_t passage_of(const struct view *v, size_t index)
{
    const struct reader_page *page = reader_of(v)->page;
    size_t passage = 0;
    if (index == 0)
        return 0;
    for (passage = reader_page_heading_step(page, SIZE_MAX, 1); passage != SIZE_MAX && --index > 0;)
        passage = reader_page_heading_step(page, passage, 1);
    return passage;
}

size_t reader_outline_count(const struct view *v)
{
    const struct reader_page *page = reader_of(v)->page;
    size_t n = 1;
    for (size_t h = reader_page_heading_step(page, SIZE_MAX, 1); h != SIZE_MAX;
         h = reader_page_heading_step(page, h, 1))
        n++;
    return n;
}

/* The outline row of the section that a passage stands in. */
static size_t row_of(const struct view *v, size_t passage)
{
    const struct reader_page *page = reader_of(v)->page;
    size_t heading = reader_page_heading(page, passage), n = 0;
    if (heading == SIZE_MAX)
        return 0;
    for (size_t h = reader_page_heading_step(page, SIZE_MAX, 1); h <= heading;
         h = reader_page_heading_step(page, h, 1))
        n++;
    return n;
}

static void add_row(const struct view *v, size_t index, enum role role, int width, struct row *row)
{
    const struct reader *r = reader_of(v);
    size_t passage = passage_of(v, index);
    struct str text = r->article.title;
    int indent = 1;
    if (index > 0) {
        text = reader_page_passage(r->page, passage)->text;
        indent += 2 * (int)reader_page_passage(r->page, passage)->level;
    }
    row_pad(row, row->width + (indent < width / 2 ? indent : 1));
    row_column(row, role, text, width - row->width, ALIGN_LEFT);
}

void reader_outline_list_row(struct view *v, size_t index, struct row *row)
{
    add_row(v, index, index == 0 ? ROLE_TITLE : ROLE_HEADING, v->width, row);
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
        add_row(v, at, at == current ? ROLE_CURRENT : ROLE_DIM, width - 2, row);
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
