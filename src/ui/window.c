#include "ui/state.h"

static size_t rows_of(struct view *v)
{
    return v->ops->count(v);
}

static size_t height_of(const struct view *v)
{
    return v->height > 0 ? (size_t)v->height : 1;
}

void window_fit(struct view *v)
{
    size_t n = rows_of(v), height = height_of(v);
    if (n == 0) {
        v->focus = v->top = 0;
        return;
    }
    if (v->focus >= n)
        v->focus = n - 1;
    if (v->focus < v->top)
        v->top = v->top - v->focus > height / 2
                     ? v->focus - (v->focus < height / 3 ? v->focus : height / 3)
                     : v->focus;
    else if (v->focus >= v->top + height)
        v->top = v->focus - (v->top + height) >= height / 2 ? v->focus - height / 3
                                                            : v->focus - height + 1;
    size_t last = n > height ? n - height : 0;
    if (v->top > last)
        v->top = last;
}

reaction window_go(struct view *v, size_t row)
{
    v->focus = row;
    v->link = NO_LINK;
    window_fit(v);
    return REACT_VIEW;
}

reaction window_move(struct view *v, long rows)
{
    size_t n = rows_of(v), to = v->focus;
    if (rows < 0)
        to -= (size_t)-rows < to ? (size_t)-rows : to;
    else
        to += (size_t)rows;
    if (n > 0 && to >= n)
        to = n - 1;
    if (to == v->focus && v->link == NO_LINK)
        return REACT_STATUS;
    return window_go(v, to);
}

reaction window_scroll(struct view *v, long rows)
{
    size_t n = rows_of(v), height = height_of(v), last = n > height ? n - height : 0;
    size_t top = v->top;
    if (rows < 0)
        top -= (size_t)-rows < top ? (size_t)-rows : top;
    else
        top += (size_t)rows;
    if (top > last)
        top = last;
    v->top = top;
    if (v->focus < top)
        v->focus = top, v->link = NO_LINK;
    if (v->focus >= top + height)
        v->focus = top + height - 1, v->link = NO_LINK;
    window_fit(v);
    return REACT_VIEW;
}

reaction window_page(struct view *v, int pages, bool half)
{
    long height = (long)height_of(v);
    long rows = half ? height / 2 : height - 1;
    rows = (rows < 1 ? 1 : rows) * pages;
    size_t top = v->top, focus = v->focus;
    window_scroll(v, rows);
    if (v->top == top)
        return window_move(v, rows);
    /* The cursor keeps its line of the window. */
    v->focus = focus - top + v->top;
    v->link = NO_LINK;
    window_fit(v);
    return REACT_VIEW;
}

reaction window_centre(struct view *v)
{
    size_t half = height_of(v) / 2;
    v->top = v->focus > half ? v->focus - half : 0;
    window_fit(v);
    return REACT_VIEW;
}

struct str window_text(struct view *v, size_t index)
{
    struct row row = row_in(v->ui->paint, AMBIGUOUS_NARROW);
    struct buffer text = buffer_in(v->ui->paint);
    v->ops->row(v, index, &row);
    for (size_t i = 0; i < row.runs.n; i++)
        buffer_add(&text, row.runs.at[i].text);
    return buffer_str(&text);
}

size_t window_find(struct view *v, struct str text, size_t from, int step)
{
    size_t n = rows_of(v);
    if (n == 0 || text.n == 0)
        return SIZE_MAX;
    if (v->ops->find != NULL)
        return v->ops->find(v, text, from, step);
    for (size_t i = 0; i < n; i++) {
        struct arena_mark mark = arena_mark(v->ui->paint);
        from = step > 0 ? (from + 1) % n : (from + n - 1) % n;
        bool found = str_has(window_text(v, from), text);
        arena_release(v->ui->paint, mark);
        if (found)
            return from;
    }
    return SIZE_MAX;
}
