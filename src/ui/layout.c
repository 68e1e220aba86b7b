#include "ui/state.h"

/* Below this nothing is shown but a sentence that says so. */
enum { LEAST_ROWS = 10, LEAST_COLUMNS = 40 };
/* From these sizes on a window has room for two panes. */
enum { STACK_ROWS = 30, SIDE_COLUMNS = 100 };

bool layout_is_too_small(const struct ui *ui)
{
    return ui->rows < LEAST_ROWS || ui->columns < LEAST_COLUMNS;
}

enum arrangement { SINGLE, STACKED, SIDE };

static enum arrangement arrangement_of(const struct ui *ui)
{
    bool fits_below = ui->rows >= LEAST_ROWS + 8;
    if (ui->zoomed || ui->list == VIEW_HELP || options_is(ui->options, OPTION_LAYOUT, "single") ||
        options_is(ui->options, OPTION_ACCESS, "on"))
        return SINGLE;
    if (options_is(ui->options, OPTION_LAYOUT, "side"))
        return ui->columns >= SIDE_COLUMNS ? SIDE : SINGLE;
    if (options_is(ui->options, OPTION_LAYOUT, "stacked"))
        return fits_below ? STACKED : SINGLE;
    return ui->rows >= STACK_ROWS ? STACKED : SINGLE;
}

/* The far end of the selection, where it is in this view: rows have no number that lasts. */
static bool hold_selection(struct ui *ui, struct view *v, struct ring_place *out)
{
    if (ui->selecting != v || v->ops->place == NULL)
        return false;
    size_t focus = v->focus;
    *out = (struct ring_place){.view = v->ops->id, .part = NONE, .link = NO_LINK};
    v->focus = ui->select_from;
    v->ops->place(v, ui->places, out);
    v->focus = focus;
    return true;
}

static void find_selection(struct ui *ui, struct view *v, const struct ring_place *held)
{
    size_t focus = v->focus, top = v->top;
    uint32_t link = v->link;
    struct ring_place to = session_find(ui, ui->places, held);
    if (v->ops->restore == NULL || !v->ops->restore(v, &to))
        ui->selecting = NULL;
    ui->select_from = v->focus;
    v->focus = focus;
    v->top = top;
    v->link = link;
}

/* Lays a view out for its pane; header rows are taken off when it is painted. */
static void fit_view(struct ui *ui, const struct pane *p)
{
    struct view *v = p->view;
    struct rect *laid = &ui->laid[v->ops->id];
    int height = p->rect.rows - (p->titled ? 1 : 0);
    if (laid->columns == p->rect.columns && laid->rows == height && !v->stale)
        return;
    laid->columns = v->width = p->rect.columns;
    laid->rows = v->height = height;
    v->stale = false;
    struct ring_place selected;
    bool selects = hold_selection(ui, v, &selected);
    if (v->ops->layout != NULL)
        v->ops->layout(v);
    if (selects)
        find_selection(ui, v, &selected);
    window_fit(v);
}

static bool is_page(const struct view *v)
{
    return v != NULL && v->ops->is_page != NULL && v->ops->is_page(v);
}

void layout_panes(struct ui *ui)
{
    struct pane *list = &ui->panes[PANE_LIST], *reader = &ui->panes[PANE_READER];
    /* The bar above; status line and hints below. */
    struct rect body = {1, 0, ui->rows - 3, ui->columns};
    list->view = ui_view(ui, ui->list);
    reader->view = ui_view(ui, VIEW_READER);
    list->rect = reader->rect = body;
    list->titled = reader->titled = false;
    list->shown = !ui->reading;
    reader->shown = ui->reading;
    reader->plain = !ui->reading && pacing_is_slow(ui);
    switch (arrangement_of(ui)) {
    case SINGLE:
        break;
    case STACKED:
        list->rect.rows = is_page(list->view) ? body.rows - body.rows / 3 : body.rows / 3;
        reader->rect.rows = pacing_rows_beside(ui, body.rows - list->rect.rows);
        list->rect.rows = body.rows - reader->rect.rows;
        reader->rect.row += list->rect.rows;
        reader->titled = list->shown = reader->shown = true;
        break;
    case SIDE:
        list->rect.columns = body.columns / 3;
        reader->rect.column = list->rect.columns + 1;
        reader->rect.columns = body.columns - list->rect.columns - 1;
        list->shown = reader->shown = true;
        break;
    }
    for (int i = 0; i < PANE_COUNT; i++) {
        if (ui->panes[i].view == NULL)
            ui->panes[i].shown = false;
        if (ui->panes[i].shown)
            fit_view(ui, &ui->panes[i]);
    }
}
