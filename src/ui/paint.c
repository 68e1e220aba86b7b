#include "baolan/message.h"
#include "ui/state.h"
#include "ui/words.h"

#include <stdio.h>

/* Sticky headings and column headings at most. */
enum { HEADERS_MAX = 8 };

static const struct {
    enum view_id id;
    enum message name;
} TABS[] = {
    {VIEW_LIBRARY, MESSAGE_TAB_LIBRARY},       {VIEW_PROPOSALS, MESSAGE_TAB_PROPOSALS},
    {VIEW_INDICATORS, MESSAGE_TAB_INDICATORS}, {VIEW_NAMES, MESSAGE_TAB_NAMES},
    {VIEW_FINDINGS, MESSAGE_TAB_FINDINGS},
};
enum { TAB_COUNT = sizeof TABS / sizeof *TABS };

static int tab_width(const struct ui *ui, size_t i)
{
    (void)ui;
    return 2 + (int)width_measure(str_of(message(TABS[i].name)), AMBIGUOUS_NARROW);
}

/* The column where the tabs begin: after the program's name, where there is room for it. */
static int tabs_column(const struct ui *ui)
{
    int name = (int)width_measure(str_of(message(MESSAGE_TITLE)), AMBIGUOUS_NARROW);
    if (ui->columns < 60)
        return 0;
    return name + 2 > 7 ? name + 2 : 7;
}

enum view_id paint_tab_at(struct ui *ui, int column)
{
    int at = tabs_column(ui);
    for (size_t i = 0; i < TAB_COUNT; i++) {
        int width = tab_width(ui, i);
        if (column >= at && column < at + width)
            return TABS[i].id;
        at += width;
    }
    return VIEW_COUNT;
}

static const char *count_text(struct ui *ui, int64_t n)
{
    return str_dup_c(ui->paint, words_of_count(ui->paint, n));
}

static void paint_totals(struct ui *ui, struct frame *f, int from)
{
    char line[200];
    if (ui->importing)
        snprintf(line, sizeof line, "%s ", ui->import_line);
    else if (ui->totals_known)
        snprintf(line, sizeof line, message(MESSAGE_TOTALS), count_text(ui, ui->totals.documents),
                 count_text(ui, ui->totals.proposals), count_text(ui, ui->totals.indicators));
    else
        return;
    struct str text = str_of(line);
    int width = (int)width_measure(text, f->ambiguous);
    if (from + width + 1 <= f->columns)
        frame_put(f, 0, f->columns - width, f->columns, text, ROLE_BAR);
}

static void paint_tabs(struct ui *ui, struct frame *f)
{
    frame_fill(f, (struct rect){0, 0, 1, f->columns}, ROLE_BAR);
    int at = tabs_column(ui);
    if (at > 0)
        frame_put(f, 0, 1, at, str_of(message(MESSAGE_TITLE)), ROLE_BAR);
    for (size_t i = 0; i < TAB_COUNT; i++) {
        char text[64];
        enum role role = TABS[i].id == ui->list ? ROLE_TAB : ROLE_BAR;
        snprintf(text, sizeof text, "%zu%s ", i + 1, message(TABS[i].name));
        at = frame_put(f, 0, at, f->columns, str_of(text), role);
    }
    paint_totals(ui, f, at);
}

/* The letters of a link in place of its first characters, so that nothing moves; the text after
 * them. A link that goes on from the row above has its letters there. */
static struct str draw_letters(struct ui *ui, struct frame *f, const struct view *v, size_t index,
                               const struct run *run, int at_row, int *column)
{
    size_t l = 0, at = 0;
    while (l < ui->n_labels && (ui->labels[l].view != v || ui->labels[l].link != run->link))
        l++;
    bool two = ui->n_labels > LETTERS;
    size_t first = two ? l / LETTERS : l;
    bool out_of_play = two && ui->label_first >= 0 && first != (size_t)ui->label_first;
    if (l == ui->n_labels || ui->labels[l].row != index || out_of_play)
        return run->text;
    char letters[2] = {LABEL_LETTERS[first], LABEL_LETTERS[l % LETTERS]};
    int end = *column, limit = *column + (two ? 2 : 1);
    struct cluster cluster;
    while (end < limit && cluster_next(run->text, &at, f->ambiguous, &cluster))
        end += (int)cluster.cells;
    end = end < limit ? limit : end;
    *column = frame_put(f, at_row, *column, limit, (struct str){letters, two ? 2 : 1}, ROLE_MATCH);
    while (*column < end)
        *column = frame_put(f, at_row, *column, end, STR(" "), run->role);
    return str_sub(run->text, at, run->text.n);
}

/* Draws a row; where it has the view's focused link, the cursor's column is there. */
static void draw_row(struct ui *ui, struct frame *f, const struct view *v, const struct row *row,
                     size_t index, int at_row, struct rect body, int *cursor)
{
    int column = body.column, limit = body.column + body.columns;
    const struct pane *reader = &ui->panes[PANE_READER];
    bool plain = reader->plain && v == reader->view;
    for (size_t i = 0; i < row->runs.n && column < limit; i++) {
        const struct run *run = &row->runs.at[i];
        enum role role = plain && run->role == ROLE_LINK ? ROLE_TEXT : run->role;
        bool focus = run->link != NO_LINK && run->link == v->link;
        if (focus && cursor != NULL && *cursor < 0)
            *cursor = column;
        struct str text = run->text;
        if (ui->labelling && run->link != NO_LINK && (i == 0 || run[-1].link != run->link))
            text = draw_letters(ui, f, v, index, run, at_row, &column);
        column = frame_put(f, at_row, column, limit, text, focus ? ROLE_FOCUS : role);
    }
}

static void collect_row(struct ui *ui, struct view *v, const struct row *row, size_t index)
{
    for (size_t i = 0; i < row->runs.n && ui->n_labels < LABELS_MAX; i++) {
        uint32_t link = row->runs.at[i].link;
        bool new = link != NO_LINK;
        for (size_t l = 0; l < ui->n_labels; l++)
            new = new && !(ui->labels[l].view == v && ui->labels[l].link == link);
        if (new)
            ui->labels[ui->n_labels++] = (struct label){v, index, link};
    }
}

/* Gives letters to the links in sight, in reading order. Between two letters they stay. */
static void collect_labels(struct ui *ui, struct view *v, enum ambiguous ambiguous, size_t n)
{
    if (!ui->labelling || ui->label_first >= 0)
        return;
    ui->n_labels = 0;
    for (size_t i = 0; i < (size_t)v->height && v->top + i < n; i++) {
        struct row row = row_in(ui->paint, ambiguous);
        v->ops->row(v, v->top + i, &row);
        collect_row(ui, v, &row, v->top + i);
    }
}

/* Header rows, which may change with the first row in sight, which may change with their number:
 * settled in a few steps. */
static size_t settle_headers(struct ui *ui, struct view *v, struct rect body, struct row *headers)
{
    size_t n = 0;
    for (int step = 0; step < 3; step++) {
        for (size_t i = 0; i < HEADERS_MAX; i++)
            headers[i] = row_in(ui->paint, ui_ambiguous(ui));
        size_t room = body.rows > 6 ? HEADERS_MAX : 1;
        size_t top = v->top;
        n = v->ops->header == NULL ? 0 : v->ops->header(v, headers, room);
        v->height = body.rows - (int)n;
        if (v->height < 1)
            v->height = 1;
        window_fit(v);
        if (v->top == top)
            break;
    }
    return n;
}

static bool has_focus(const struct ui *ui, enum pane_id id)
{
    return (id == PANE_READER) == ui->reading;
}

/* What an empty view says: in an empty library, how to begin, once on the screen; else what to
 * do. */
static const char *empty_text(struct ui *ui, const struct view *v, bool focused)
{
    bool nothing = ui_store(ui) == NULL || (ui->totals_known && ui->totals.documents == 0);
    if (nothing && !focused)
        return "";
    if (nothing)
        return message(ui->importing ? MESSAGE_EMPTY_IMPORTING : MESSAGE_FIRST_START);
    if (v->ops->id == VIEW_SEARCH)
        return message(MESSAGE_EMPTY_SEARCH);
    return message(v->filter_text.n > 0 ? MESSAGE_EMPTY_FILTER : MESSAGE_EMPTY);
}

static void paint_empty(struct ui *ui, struct frame *f, const struct view *v, struct rect body,
                        int row, bool focused)
{
    struct str rest = str_of(empty_text(ui, v, focused));
    for (; rest.p != NULL && row < body.row + body.rows; row++)
        frame_put(f, row, body.column + 2, body.column + body.columns, str_split(&rest, '\n'),
                  ROLE_DIM);
}

/* Gives a line of a row its colours, and the cursor where it has it. */
static void mark_line(struct ui *ui, struct frame *f, const struct view *v, size_t index,
                      int at_row, struct rect body, bool focused)
{
    if (take_is_selected(ui, v, index))
        frame_tint(f, at_row, body.column, body.column + body.columns, ROLE_SELECTED);
    if (index == v->focus && v->ops->context != CONTEXT_READER)
        frame_tint(f, at_row, body.column, body.column + body.columns,
                   focused ? ROLE_SELECTED : ROLE_CURRENT);
}

/* Draws a row on as many lines of the screen as it takes, and returns how many these are. */
static int draw_lines(struct ui *ui, struct frame *f, const struct view *v, const struct row *row,
                      size_t index, int at_row, struct rect body, bool focused)
{
    int first = at_row, end = body.row + body.rows;
    bool placed = !focused || index != v->focus;
    struct layout lines = {NULL, 1};
    if (window_folds(v))
        lines = row_lines(row, v->width);
    for (size_t i = 0; i < lines.n_lines && at_row < end; i++, at_row++) {
        struct row part = lines.n_lines > 1 ? row_part(row, &lines.lines[i]) : *row;
        int cursor = -1;
        draw_row(ui, f, v, &part, index, at_row, body, &cursor);
        mark_line(ui, f, v, index, at_row, body, focused);
        if (!placed && cursor >= 0)
            frame_cursor(f, at_row, cursor);
        placed = placed || cursor >= 0;
    }
    if (!placed)
        frame_cursor(f, first, body.column + row->cursor);
    return at_row - first;
}

static void paint_rows(struct ui *ui, struct frame *f, enum pane_id id, struct rect body)
{
    struct view *v = ui->panes[id].view;
    bool focused = has_focus(ui, id);
    size_t n = v->ops->count(v);
    if (focused)
        collect_labels(ui, v, f->ambiguous, n);
    int at_row = body.row + body.rows - v->height;
    for (size_t index = v->top; at_row < body.row + body.rows && index < n; index++) {
        struct row row = row_in(ui->paint, f->ambiguous);
        v->ops->row(v, index, &row);
        at_row += draw_lines(ui, f, v, &row, index, at_row, body, focused);
    }
    if (n == 0)
        paint_empty(ui, f, v, body, body.row + body.rows - v->height, focused);
    if (n == 0 && focused)
        frame_cursor(f, body.row + body.rows - v->height, body.column);
}

/* The line above a pane that is not the first: its title in a rule. */
static void paint_title(struct ui *ui, struct frame *f, const struct pane *p, bool focused)
{
    bool ascii =
        options_is(ui->options, OPTION_BORDERS, "ascii") || f->ambiguous == AMBIGUOUS_SUBSTITUTE;
    struct str rule = ascii ? STR("-") : STR("─");
    struct row row = row_in(ui->paint, f->ambiguous);
    int limit = p->rect.column + p->rect.columns, column = p->rect.column;
    if (p->view->ops->title != NULL)
        p->view->ops->title(p->view, &row);
    column = frame_put(f, p->rect.row, column, limit, rule, ROLE_BORDER);
    column = frame_put(f, p->rect.row, column, limit, STR(" "), ROLE_BORDER);
    for (size_t i = 0; i < row.runs.n; i++)
        column = frame_put(f, p->rect.row, column, limit - 4, row.runs.at[i].text,
                           focused ? row.runs.at[i].role : ROLE_DIM);
    column = frame_put(f, p->rect.row, column, limit, STR(" "), ROLE_BORDER);
    while (column < limit)
        column = frame_put(f, p->rect.row, column, limit, rule, ROLE_BORDER);
}

static void paint_pane(struct ui *ui, struct frame *f, enum pane_id id)
{
    const struct pane *p = &ui->panes[id];
    struct row headers[HEADERS_MAX];
    struct rect body = p->rect;
    if (p->titled) {
        paint_title(ui, f, p, has_focus(ui, id));
        body.row++;
        body.rows--;
    }
    size_t n = settle_headers(ui, p->view, body, headers);
    for (size_t i = 0; i < n; i++)
        draw_row(ui, f, p->view, &headers[i], SIZE_MAX, body.row + (int)i, body, NULL);
    paint_rows(ui, f, id, body);
    if (body.column > 0)
        for (int row = 0; row < body.rows; row++)
            frame_put(f, body.row + row, body.column - 1, body.column,
                      f->ambiguous == AMBIGUOUS_SUBSTITUTE ? STR("|") : STR("│"), ROLE_BORDER);
}

/* The list moves the reader beside it. */
static void follow_list(struct ui *ui)
{
    struct pane *list = &ui->panes[PANE_LIST], *reader = &ui->panes[PANE_READER];
    if (ui->hurried || ui->reading || !list->shown || !reader->shown ||
        list->view->ops->preview == NULL)
        return;
    struct ring_place place = {.view = VIEW_READER, .part = NONE, .link = NO_LINK};
    if (list->view->ops->count(list->view) == 0 ||
        !list->view->ops->preview(list->view, list->view->focus, ui->paint, &place))
        return;
    if (ui->has_preview && ui->previewed.record == place.record &&
        ui->previewed.part == place.part && ui->previewed.offset == place.offset)
        return;
    ui->previewed = place;
    ui->previewed.state = ui->previewed.anchor = STR(""); /* they go with the painting */
    ui->has_preview = true;
    reader->view->link = NO_LINK;
    reader->view->ops->restore(reader->view, &place);
    size_t focus = reader->view->focus;
    reader->view->top = focus > place.above ? focus - place.above : 0;
    window_fit(reader->view);
}

/* While a command is typed: what it may become, and what the one that is typed does. */
static void paint_candidates(struct ui *ui, struct frame *f, int at_row)
{
    const struct prompt *p = &ui->prompt;
    struct str typed = {p->text, p->n}, rest = typed, name = str_split(&rest, ' ');
    enum command id = command_named(name);
    int column = 1;
    frame_fill(f, (struct rect){at_row, 0, 1, f->columns}, ROLE_BAR);
    if (id != COMMAND_COUNT) {
        const struct command_row *row = command_row(id);
        struct str help =
            str_printf(ui->paint, "%s %s  %s  ", row->name, row->arguments, translate(row->help));
        column = frame_put(f, at_row, column, f->columns, help, ROLE_BAR);
        if (rest.p == NULL)
            return;
    }
    struct str before = p->completion > 0 ? str_of(p->kept) : typed;
    for (size_t i = 0; column + 8 < f->columns; i++) {
        struct str line = command_complete(ui, before, i);
        size_t space = str_find_last(line, STR(" "));
        if (line.n == 0)
            return;
        enum role role = p->completion == i + 1 ? ROLE_TAB : ROLE_BAR;
        column = frame_put(f, at_row, column, f->columns,
                           space == STR_NONE ? line : str_sub(line, space + 1, line.n), role);
        column += 2;
    }
}

static void paint_status(struct ui *ui, struct frame *f, int at_row)
{
    struct view *v = ui_focused(ui);
    struct row row = row_in(ui->paint, f->ambiguous);
    char place[64];
    frame_fill(f, (struct rect){at_row, 0, 1, f->columns}, ROLE_BAR);
    if (v == NULL)
        return;
    size_t n = v->ops->count(v);
    if (v->ops->status != NULL)
        v->ops->status(v, &row);
    else if (v->ops->title != NULL)
        v->ops->title(v, &row);
    size_t end = v->top + (size_t)v->height;
    size_t percent = n == 0 || end >= n ? 100 : end * 100 / n;
    /* A text's line number tells nothing, and would be sent anew with every step of the cursor. */
    if (v->ops->context == CONTEXT_READER)
        snprintf(place, sizeof place, " %3zu%% ", percent);
    else
        snprintf(place, sizeof place, " %zu/%zu %3zu%% ", n == 0 ? (size_t)0 : v->focus + 1, n,
                 percent);
    int end_column = f->columns - (int)strlen(place), limit = end_column, column = 1;
    if (ui->prompt.active && ui->prompt.hint != NULL) {
        struct str hint = str_of(ui->prompt.hint);
        limit -= (int)width_measure(hint, f->ambiguous) + 1;
        frame_put(f, at_row, limit, end_column, hint, ROLE_BAR);
    }
    for (size_t i = 0; i < row.runs.n && column < limit; i++)
        column = frame_put(f, at_row, column, limit, row.runs.at[i].text, ROLE_BAR);
    frame_put(f, at_row, end_column, f->columns, str_of(place), ROLE_BAR);
}

/* The keys of the commands that say so, as far as they fit. */
/* A key and what it does, from `column` on, where both fit before `end`: the column after them;
 * else the column it came with. Row -1: only measures. */
static int put_hint(struct ui *ui, struct frame *f, int at_row, int column, int end,
                    enum command command)
{
    const struct command_row *row = command_row(command);
    if (!(row->flags & COMMAND_HINT))
        return column;
    const struct binding *b = keymap_binding(ui->keymap, ui_focused(ui)->ops->context, command);
    if (b == NULL)
        return column;
    struct str keys = binding_label(b, ui->paint), name = str_of(translate(row->help));
    int width = (int)(width_measure(keys, f->ambiguous) + width_measure(name, f->ambiguous)) + 3;
    if (column + width > end)
        return column;
    if (at_row >= 0)
        frame_put(f, at_row, frame_put(f, at_row, column, end, keys, ROLE_KEY) + 1, end, name,
                  ROLE_DIM);
    return column + width;
}

/* As many keys as fit; how to learn of the others, and how to leave, stand always. */
static void paint_hints(struct ui *ui, struct frame *f, int at_row)
{
    static const enum command ALWAYS[] = {COMMAND_HELP, COMMAND_QUIT};
    int column = 1, end = f->columns;
    if (ui_focused(ui) == NULL || options_is(ui->options, OPTION_HINTS, "off") ||
        options_is(ui->options, OPTION_ACCESS, "on"))
        return;
    for (size_t i = 0; i < sizeof ALWAYS / sizeof *ALWAYS; i++)
        end -= put_hint(ui, f, -1, 0, f->columns, ALWAYS[i]);
    for (unsigned i = 0; i < COMMAND_COUNT; i++)
        if (i != COMMAND_HELP && i != COMMAND_QUIT)
            column = put_hint(ui, f, at_row, column, end, (enum command)i);
    for (size_t i = 0; i < sizeof ALWAYS / sizeof *ALWAYS; i++)
        column = put_hint(ui, f, at_row, column, f->columns, ALWAYS[i]);
}

/* What is said; where it is longer than the line, the status line gives way to its beginning. */
static void paint_said(struct ui *ui, struct frame *f, int at_row)
{
    struct layout_options options = {.width = (unsigned)(f->columns > 2 ? f->columns - 2 : 1),
                                     .ambiguous = f->ambiguous};
    struct str said = str_of(ui->said);
    struct layout lines = layout_text(ui->paint, said, &options);
    int first = at_row - (lines.n_lines > 1 ? 1 : 0);
    if (first < at_row)
        frame_fill(f, (struct rect){first, 0, 1, f->columns}, ROLE_TEXT);
    for (size_t i = 0; i < lines.n_lines && first + (int)i <= at_row; i++)
        frame_put(f, first + (int)i, 1, f->columns,
                  str_sub(said, lines.lines[i].start, lines.lines[i].end), ui->said_role);
}

static void paint_bottom(struct ui *ui, struct frame *f, int at_row)
{
    if (ui->prompt.active) {
        frame_cursor(f, at_row, prompt_draw(ui, f, at_row));
        return;
    }
    if (ui->said[0] != '\0')
        paint_said(ui, f, at_row);
    else
        paint_hints(ui, f, at_row);
    if (ui->n_keys == 0)
        return;
    struct binding pending = {.n_keys = ui->n_keys};
    memcpy(pending.keys, ui->keys, sizeof ui->keys);
    struct str keys = binding_label(&pending, ui->paint);
    int width = (int)width_measure(keys, f->ambiguous) + 1;
    frame_fill(f, (struct rect){at_row, f->columns - width - 1, 1, width + 1}, ROLE_KEY);
    frame_put(f, at_row, f->columns - width, f->columns, keys, ROLE_KEY);
}

struct frame *paint_frame(struct ui *ui)
{
    arena_reset(ui->paint);
    struct frame *f = frame_new(ui->paint, ui->rows, ui->columns);
    f->ambiguous = ui_ambiguous(ui);
    if (layout_is_too_small(ui)) {
        frame_put(f, 0, 0, f->columns, str_of(message(MESSAGE_TOO_SMALL)), ROLE_TEXT);
        return f;
    }
    struct store *store = ui_store(ui);
    store_hold(store);
    layout_panes(ui);
    follow_list(ui);
    paint_tabs(ui, f);
    for (int i = 0; i < PANE_COUNT; i++)
        if (ui->panes[i].shown)
            paint_pane(ui, f, (enum pane_id)i);
    if (ui->prompt.active && ui->prompt.completes)
        paint_candidates(ui, f, f->rows - 2);
    else
        paint_status(ui, f, f->rows - 2);
    paint_bottom(ui, f, f->rows - 1);
    store_let_go(store);
    return f;
}

/* The row at a line of the window, and what of it stands there; false: none. */
static bool row_hit(struct ui *ui, struct view *v, int line, size_t *index, struct row *out)
{
    size_t n = v->ops->count(v);
    for (*index = v->top; *index < n; ++*index) {
        struct row row = row_in(ui->paint, ui_ambiguous(ui));
        if (!window_folds(v))
            *index += (size_t)line, line = 0;
        if (*index >= n)
            return false;
        v->ops->row(v, *index, &row);
        struct layout lines = row_lines(&row, window_folds(v) ? v->width : row.width);
        if ((size_t)line < lines.n_lines) {
            *out = row_part(&row, &lines.lines[line]);
            return true;
        }
        line -= (int)lines.n_lines;
    }
    return false;
}

bool paint_hit(struct ui *ui, int row, int column, enum pane_id *pane, size_t *index,
               uint32_t *link)
{
    for (int i = 0; i < PANE_COUNT; i++) {
        const struct pane *p = &ui->panes[i];
        const struct view *v = p->view;
        int first = p->shown ? p->rect.row + p->rect.rows - v->height : 0;
        if (!p->shown || row < first || row >= p->rect.row + p->rect.rows ||
            column < p->rect.column || column >= p->rect.column + p->rect.columns)
            continue;
        *pane = (enum pane_id)i;
        *link = NO_LINK;
        struct row built;
        if (!row_hit(ui, p->view, row - first, index, &built))
            return false;
        int at = p->rect.column;
        for (size_t r = 0; r < built.runs.n; r++) {
            int width = (int)width_measure(built.runs.at[r].text, ui_ambiguous(ui));
            if (column >= at && column < at + width)
                *link = built.runs.at[r].link;
            at += width;
        }
        return true;
    }
    return false;
}
