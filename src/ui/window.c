#include "ui/state.h"

static size_t rows_of(struct view *v)
{
    return v->ops->count(v);
}

static size_t height_of(const struct view *v)
{
    return v->height > 0 ? (size_t)v->height : 1;
}

/* Lines of the screen that a row takes: more than one only where it is read from its beginning to
 * its end. */
static size_t lines_of(struct view *v, size_t index)
{
    if (!window_folds(v))
        return 1;
    struct arena_mark mark = arena_mark(v->ui->paint);
    struct row row = row_in(v->ui->paint, ui_ambiguous(v->ui));
    v->ops->row(v, index, &row);
    size_t n = row_lines(&row, v->width).n_lines;
    arena_release(v->ui->paint, mark);
    return n;
}

bool window_folds(const struct view *v)
{
    return ui_speaks(v->ui) && !v->ui->given->lines && v->width > 0;
}

/* The first row of those that fill the window up to and with row `last`, which is always one. */
static size_t first_with(struct view *v, size_t last)
{
    size_t height = height_of(v), first = last;
    if (!window_folds(v))
        return last + 1 > height ? last + 1 - height : 0;
    for (size_t lines = lines_of(v, last); first > 0; first--) {
        lines += lines_of(v, first - 1);
        if (lines > height)
            break;
    }
    return first;
}

size_t window_end(struct view *v)
{
    size_t n = rows_of(v), height = height_of(v), end = v->top;
    if (!window_folds(v) || end >= n)
        return end < n && n - end > height ? end + height : n;
    for (size_t lines = 0; end < n; end++) {
        lines += lines_of(v, end);
        if (lines > height && end > v->top)
            break;
    }
    return end;
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
    size_t least = first_with(v, v->focus), last = first_with(v, n - 1);
    size_t above = v->focus < height / 3 ? v->focus : height / 3;
    if (v->focus < v->top)
        v->top = v->top - v->focus > height / 2 ? v->focus - above : v->focus;
    else if (v->top < least)
        v->top = least - v->top > height / 2 ? v->focus - above : least;
    if (v->top < least)
        v->top = least;
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
    size_t n = rows_of(v), last = n > 0 ? first_with(v, n - 1) : 0, top = v->top;
    if (rows < 0)
        top -= (size_t)-rows < top ? (size_t)-rows : top;
    else
        top += (size_t)rows;
    if (top > last)
        top = last;
    v->top = top;
    if (v->focus < top)
        v->focus = top, v->link = NO_LINK;
    if (v->focus >= window_end(v))
        v->focus = window_end(v) - 1, v->link = NO_LINK;
    window_fit(v);
    return REACT_VIEW;
}

/* Rows that a page forth or back from here holds. */
static size_t page_of(struct view *v, bool forth)
{
    if (!window_folds(v))
        return height_of(v);
    return forth ? window_end(v) - v->top : v->top + 1 - first_with(v, v->top);
}

reaction window_page(struct view *v, int pages, bool half)
{
    long height = (long)page_of(v, pages > 0);
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
    size_t half = page_of(v, true) / 2;
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
