/* Text on its way out of the interface: what is selected, or stands under the cursor, whole and
 * without the screen's line breaks. */
#include "app/source_note.h"
#include "baolan/message.h"
#include "ui/copy.h"
#include "ui/state.h"

/* Wide enough that no column is cut. */
enum { WHOLE_WIDTH = 4000 };

/* A row as it is drawn where there is room, its columns parted by tabs. */
static void add_drawn_row(struct view *v, size_t index, struct buffer *out)
{
    int width = v->width, blanks = 0;
    struct row row = row_in(out->arena, AMBIGUOUS_NARROW);
    v->width = WHOLE_WIDTH;
    v->ops->row(v, index, &row);
    v->width = width;
    bool begun = false;
    for (size_t i = 0; i < row.runs.n; i++) {
        struct str text = row.runs.at[i].text;
        for (size_t k = 0; k < text.n; k++) {
            if (text.p[k] == ' ') {
                blanks++;
                continue;
            }
            if (begun && blanks > 0)
                buffer_add_byte(out, blanks > 1 ? '\t' : ' ');
            buffer_add_byte(out, text.p[k]);
            begun = true;
            blanks = 0;
        }
    }
    buffer_add_byte(out, '\n');
}

static void add_rows(struct view *v, size_t first, size_t end, struct buffer *out)
{
    if (v->ops->plain != NULL && v->ops->plain(v, first, end, out))
        return;
    for (size_t i = first; i < end; i++)
        add_drawn_row(v, i, out);
}

bool ui_selects(const struct ui *ui)
{
    return ui->selecting != NULL;
}

bool take_is_selected(const struct ui *ui, const struct view *v, size_t row)
{
    size_t from = ui->select_from, to = v->focus;
    return ui->selecting == v && (from <= to ? from <= row && row <= to : to <= row && row <= from);
}

/* The selected rows, or else [*first, *end) as given. */
static void selection(struct ui *ui, const struct view *v, size_t *first, size_t *end)
{
    if (ui->selecting != v)
        return;
    *first = ui->select_from < v->focus ? ui->select_from : v->focus;
    *end = (ui->select_from < v->focus ? v->focus : ui->select_from) + 1;
}

void take_rows(struct ui *ui, struct view *v, bool in_sight, struct buffer *out)
{
    size_t n = v->ops->count(v), first = in_sight ? v->top : 0;
    size_t end = in_sight ? window_end(v) : n;
    selection(ui, v, &first, &end);
    add_rows(v, first, end < n ? end : n, out);
}

reaction take_select(struct ui *ui)
{
    struct view *v = ui_focused(ui);
    ui->selecting = ui->selecting == v || v->ops->count(v) == 0 ? NULL : v;
    ui->select_from = v->focus;
    if (ui->selecting != NULL)
        ui_say(ui, ROLE_TEXT, "%s", message(MESSAGE_SELECTING));
    return REACT_VIEW;
}

/* Where a row stands; empty where it is of no text. */
static struct str note_of(struct ui *ui, struct view *v, size_t row, struct arena *a)
{
    struct ring_place at = {.part = NONE};
    bool known = false;
    if (v->ops->context == CONTEXT_READER && v->ops->place != NULL) {
        v->ops->place(v, a, &at);
        known = true;
    } else if (v->ops->preview != NULL) {
        known = v->ops->preview(v, row, a, &at);
    }
    if (!known || ui_store(ui) == NULL || at.record <= 0)
        return STR("");
    return source_note(ui_store(ui), a, (uint32_t)at.record, at.part == 0 ? NONE : at.part,
                       at.offset);
}

void ui_take(struct ui *ui, struct str text, struct str note)
{
    struct arena *a = ui->places;
    text = str_trim(text);
    if (note.n > 0)
        text = str_printf(a, "%.*s\n%.*s", STR_ARG(text), STR_ARG(note));
    ui_copy(ui, text);
}

reaction take_row(struct ui *ui, bool cited)
{
    struct view *v = ui_focused(ui);
    size_t first = v->focus, end = v->focus + 1;
    struct buffer out = buffer_in(ui->places);
    if (v->focus >= v->ops->count(v))
        return REACT_NONE;
    selection(ui, v, &first, &end);
    add_rows(v, first, end, &out);
    ui_take(ui, buffer_str(&out), cited ? note_of(ui, v, first, ui->places) : STR(""));
    bool selected = ui->selecting != NULL;
    ui->selecting = NULL;
    return selected ? REACT_VIEW : REACT_STATUS;
}
