#include "ui/grid.h"

#include "baolan/files.h"
#include "baolan/finder.h"
#include "baolan/json.h"
#include "baolan/message.h"
#include "baolan/options.h"
#include "ui/words.h"

#include <stdio.h>

/* Cells between two columns, rows that are looked at for what columns hold, cells of the widest
 * column, of the widest figure, and of a heading's arrow. */
enum { GAP = 1, ROWS_LOOKED_AT = 120, CELLS_MOST = 120, SHORT_MOST = 18, ARROW = 1 };

/* The shown column of the highest rank, or n_columns where none may go. */
static size_t next_to_go(const struct grid *t)
{
    size_t worst = t->n_columns;
    for (size_t i = 0; i < t->n_columns; i++)
        if (t->widths[i] > 0 && t->columns[i].rank > 0 &&
            (worst == t->n_columns || t->columns[i].rank >= t->columns[worst].rank))
            worst = i;
    return worst;
}

static int used(const struct grid *t)
{
    int sum = 0, shown = 0;
    for (size_t i = 0; i < t->n_columns; i++) {
        sum += t->widths[i];
        shown += t->widths[i] > 0;
    }
    return sum + (shown > 0 ? shown - 1 : 0) * GAP;
}

static struct str cell_of(const struct grid *t, size_t item, uint32_t column, struct arena *a)
{
    const struct listing *l = t->listing;
    return t->shown != NULL ? t->shown(l->context, item, column, a)
                            : l->ops->cell(l->context, item, column, a);
}

static bool is_uncut(const struct grid *t, const struct grid_column *c)
{
    return t->uncut == c->column + 1;
}

/* The cells that the first rows want of a column, and its heading; 0 where they have nothing in it:
 * it gives its place to others. Of a text one row in ten may be cut, of a figure or a period none.
 */
static int wanted(const struct grid *t, const struct grid_column *c, size_t from,
                  enum ambiguous ambiguous)
{
    const struct listing *l = t->listing;
    size_t most = (size_t)c->most, n = 0;
    unsigned short rows_of[CELLS_MOST + 1] = {0}; /* by the cells that they want */
    if (most > CELLS_MOST)
        most = CELLS_MOST;
    for (size_t i = from; i < l->n_rows && n < ROWS_LOOKED_AT; i++, n++) {
        struct arena_mark mark = arena_mark(l->words);
        size_t item = listing_row_at(l, i).item, cells = 0;
        if (item != LISTING_NO_ITEM)
            cells = width_measure(cell_of(t, item, c->column, l->words), ambiguous);
        rows_of[cells < most ? cells : most]++;
        arena_release(l->words, mark);
    }
    if (n > 0 && rows_of[0] == n)
        return 0;
    size_t cut = c->most > SHORT_MOST && !is_uncut(t, c) ? (n - rows_of[0]) / 10 : 0;
    size_t want = most, wider = rows_of[most];
    while (want > 0 && wider <= cut)
        wider += rows_of[--want];
    size_t label = width_measure(str_of(translate(c->label)), ambiguous) + ARROW;
    want = want > label ? want : label;
    return (int)(want < most ? want : most);
}

/* Cells that are left go round, one a column, to those that are narrower than `to`. */
static void give(struct grid *t, int left, const int *to)
{
    for (bool grew = true; left > 0 && grew;) {
        grew = false;
        for (size_t i = 0; i < t->n_columns && left > 0; i++)
            if (t->widths[i] > 0 && t->widths[i] < to[i]) {
                t->widths[i]++;
                left--;
                grew = true;
            }
    }
}

/* Where even the columns that stay are too wide, the widest gives way, so that cuts are seen. */
static void squeeze(struct grid *t, int width)
{
    for (int over = used(t) - width; over > 0; over--) {
        size_t widest = 0;
        for (size_t i = 1; i < t->n_columns; i++)
            if (t->widths[i] > t->widths[widest])
                widest = i;
        if (t->widths[widest] <= 2)
            break;
        t->widths[widest]--;
    }
}

void grid_fit(struct grid *t, const struct view *v)
{
    enum ambiguous ambiguous = ui_ambiguous(v->ui);
    int want[GRID_COLUMNS_MOST] = {0}, most[GRID_COLUMNS_MOST] = {0};
    t->speaks = ui_speaks(v->ui);
    for (size_t i = 0; i < t->n_columns; i++) {
        const struct grid_column *c = &t->columns[i];
        bool stays = t->columns == t->chosen || c->rank == 0;
        want[i] = wanted(t, c, is_uncut(t, c) ? v->top : 0, ambiguous);
        if (want[i] == 0 && stays)
            want[i] = c->least;
        t->widths[i] = want[i] < c->least || is_uncut(t, c) ? want[i] : c->least;
        most[i] = c->align == ALIGN_LEFT ? c->most : want[i];
    }
    for (size_t go = next_to_go(t); used(t) > v->width && go < t->n_columns; go = next_to_go(t))
        t->widths[go] = 0;
    squeeze(t, v->width);
    give(t, v->width - used(t), want);
    /* Rows further down may want more than the first. */
    give(t, v->width - used(t), most);
}

size_t grid_count(const struct grid *t)
{
    return t->listing->n_rows;
}

size_t grid_item(const struct grid *t, size_t row)
{
    return row < t->listing->n_rows ? listing_row_at(t->listing, row).item : LISTING_NO_ITEM;
}

void grid_plain(const struct grid *t, size_t first, size_t end, struct buffer *out)
{
    for (size_t i = first; i < end && i < t->listing->n_rows; i++) {
        struct listing_row r = listing_row_at(t->listing, i);
        if (r.item == LISTING_NO_ITEM)
            buffer_add(out, listing_label(t->listing, &r, out->arena));
        for (size_t k = 0; r.item != LISTING_NO_ITEM && k < t->n_columns; k++) {
            if (k > 0)
                buffer_add_byte(out, '\t');
            buffer_add(out, str_trim(cell_of(t, r.item, t->columns[k].column, out->arena)));
        }
        buffer_add_byte(out, '\n');
    }
}

/* The star of a target is a word. */
static struct str said(struct str text, struct arena *a)
{
    bool target = text.n > 1 && text.p[text.n - 1] == '*';
    return target ? str_printf(a, "%.*s %s", (int)text.n - 1, text.p, translate("target")) : text;
}

/* 题目 关于…的提案，提案人 某某，建议 3 */
static void say_row(const struct grid *t, size_t item, struct row *row)
{
    for (size_t i = 0; i < t->n_columns; i++) {
        struct str text = str_trim(cell_of(t, item, t->columns[i].column, row->arena));
        if (text.n == 0)
            continue;
        row_printf(row, ROLE_DIM, "%s%s ", row->width > 0 ? "，" : "",
                   translate(t->columns[i].label));
        row_add(row, ROLE_TEXT, said(text, row->arena));
    }
}

void grid_row(const struct grid *t, size_t index, struct row *row)
{
    const struct listing *l = t->listing;
    struct listing_row row_here = listing_row_at(l, index);
    const struct listing_row *r = &row_here;
    if (r->item == LISTING_NO_ITEM) {
        struct str label = listing_label(l, r, row->arena);
        row_add(row, ROLE_HEADING, label.n > 0 ? label : STR("—"));
        if (r->count > 0)
            row_printf(row, ROLE_DIM, "  %zu", r->count);
        if (t->summary != NULL && r->count > 0) {
            struct str said = t->summary(l->context, index + 1, r->count, row->arena);
            row_add(row, ROLE_TEXT, said.n > 0 ? STR("  ") : said);
            row_add(row, ROLE_NUMBER, said);
        }
        return;
    }
    if (t->speaks) {
        say_row(t, r->item, row);
        return;
    }
    bool first = true;
    for (size_t i = 0; i < t->n_columns; i++) {
        uint32_t column = t->columns[i].column;
        if (t->widths[i] == 0)
            continue;
        if (!first)
            row_add(row, ROLE_TEXT, STR(" "));
        first = false;
        row_column(row, t->role == NULL ? ROLE_TEXT : t->role(l->context, r->item, column),
                   cell_of(t, r->item, column, row->arena), t->widths[i], t->columns[i].align);
    }
}

size_t grid_header(const struct grid *t, struct row *row)
{
    const struct listing *l = t->listing;
    bool first = true;
    if (t->speaks)
        return 0;
    for (size_t i = 0; i < t->n_columns; i++) {
        const struct grid_column *c = &t->columns[i];
        if (t->widths[i] == 0)
            continue;
        if (!first)
            row_add(row, ROLE_TITLE, STR(" "));
        first = false;
        struct str label = str_of(translate(c->label));
        if (c->column == l->sort)
            label = str_printf(row->arena, "%.*s%s", STR_ARG(label), l->descending ? "↓" : "↑");
        row_column(row, ROLE_TITLE, label, t->widths[i], c->align);
    }
    return 1;
}

bool grid_focus(const struct grid *t, struct view *v, size_t item)
{
    size_t row = listing_row_of(t->listing, item);
    if (item == LISTING_NO_ITEM || row == SIZE_MAX)
        return false;
    v->focus = row;
    return true;
}

void grid_keep_row(const struct grid *t, const struct view *v, struct ring_place *place)
{
    const struct listing *l = t->listing;
    if (l->order == NULL && l->store != NULL)
        ui_keep_row(v->ui, &l->paging, v->focus, place);
}

bool grid_return(const struct grid *t, struct view *v, size_t item, const struct ring_place *place)
{
    listing_expect(t->listing, item, ui_kept_row(v->ui, &t->listing->paging, place));
    return grid_focus(t, v, item);
}

/* --- Commands -------------------------------------------------------------------------------- */

/* The next shown column after `column`, going round; from none the first, and after the last none
 * where `none` allows it. */
static uint32_t next_column(const struct grid *t, uint32_t column, bool none)
{
    size_t at = t->n_columns;
    for (size_t i = 0; i < t->n_columns; i++)
        if (t->columns[i].column == column)
            at = i;
    for (size_t i = at == t->n_columns ? 0 : at + 1; i < t->n_columns; i++)
        if (t->widths[i] > 0)
            return t->columns[i].column;
    return none || t->n_columns == 0 ? LISTING_NO_COLUMN : t->columns[0].column;
}

/* The table of pinyin is read when letters are typed first. */
static void take_pinyin(struct grid *t, struct view *v, struct str text)
{
    if (words_have_letters(text) && ui_finder(v->ui) != NULL)
        t->listing->pinyin = finder_pinyin(ui_finder(v->ui));
}

static reaction no_column(struct view *v, struct str name)
{
    ui_say(v->ui, ROLE_WARN, message(MESSAGE_NO_COLUMN), str_dup_c(v->arena, name));
    return REACT_STATUS;
}

static reaction sort_by(struct grid *t, struct view *v, struct str argument)
{
    take_pinyin(t, v, argument);
    uint32_t column = argument.n > 0 ? listing_column(t->listing, argument)
                                     : next_column(t, t->listing->sort, false);
    if (argument.n > 0 && column == LISTING_NO_COLUMN)
        return no_column(v, argument);
    listing_set_sort(t->listing, column, false);
    return REACT_VIEW;
}

/* The column to group by after the one in force; after the last none. */
static uint32_t next_group(const struct grid *t)
{
    size_t i = 0;
    if (t->groups == NULL)
        return next_column(t, t->listing->group, true);
    if (t->listing->group != LISTING_NO_COLUMN)
        while (i < t->n_groups && t->groups[i++] != t->listing->group)
            continue;
    return i < t->n_groups ? t->groups[i] : LISTING_NO_COLUMN;
}

static reaction group_by(struct grid *t, struct view *v, struct str argument)
{
    bool none = argument.n == 0 || str_eq(argument, STR("none"));
    take_pinyin(t, v, argument);
    uint32_t column = argument.n == 0 ? next_group(t) : listing_column(t->listing, argument);
    if (!none && column == LISTING_NO_COLUMN)
        return no_column(v, argument);
    listing_set_group(t->listing, column);
    return REACT_VIEW;
}

static const struct grid_column *column_named(const struct grid *t, struct str name)
{
    uint32_t column = listing_column(t->listing, name);
    for (size_t i = 0; i < t->n_all && column != LISTING_NO_COLUMN; i++)
        if (t->all[i].column == column)
            return &t->all[i];
    return NULL;
}

bool grid_choose(struct grid *t, struct str names, struct str *unknown)
{
    struct grid_column chosen[GRID_COLUMNS_MOST] = {0};
    size_t n = 0;
    if (t->all == NULL) {
        t->all = t->columns;
        t->n_all = t->n_columns;
    }
    for (size_t at = 0; at < names.n;) {
        size_t end = at;
        while (end < names.n && names.p[end] != ' ' && names.p[end] != ',')
            end++;
        struct str name = str_sub(names, at, end);
        at = end + 1;
        if (name.n == 0)
            continue;
        const struct grid_column *c = column_named(t, name);
        if (c == NULL || n == GRID_COLUMNS_MOST) {
            *unknown = name;
            return false;
        }
        chosen[n] = *c;
        /* In a narrow pane the last that were asked for leave first. */
        chosen[n].rank = (int)n;
        n++;
    }
    memcpy(t->chosen, chosen, n * sizeof *chosen);
    t->columns = n > 0 ? t->chosen : t->all;
    t->n_columns = n > 0 ? n : t->n_all;
    return true;
}

static reaction choose(struct grid *t, struct view *v, struct str argument)
{
    struct str unknown;
    take_pinyin(t, v, argument);
    if (!grid_choose(t, argument, &unknown))
        return no_column(v, unknown);
    grid_fit(t, v);
    return REACT_VIEW;
}

/* --- Export ---------------------------------------------------------------------------------- */

static void write_csv(const struct grid *t, struct arena *a, struct buffer *out)
{
    const struct listing *l = t->listing;
    for (size_t i = 0; i < t->n_columns; i++)
        csv_cell(out, str_of(translate(t->columns[i].label)), i == 0);
    buffer_add_c(out, "\r\n");
    for (size_t r = 0; r < l->n_rows; r++) {
        if (listing_row_at(l, r).item == LISTING_NO_ITEM)
            continue;
        for (size_t i = 0; i < t->n_columns; i++)
            csv_cell(out,
                     l->ops->cell(l->context, listing_row_at(l, r).item, t->columns[i].column, a),
                     i == 0);
        buffer_add_c(out, "\r\n");
    }
}

static reaction export_to(struct ui *ui, void *context, struct str text)
{
    struct grid *t = context;
    struct error e = ERROR_NONE, quiet = ERROR_NONE;
    struct file_stamp stamp;
    text = str_trim(text);
    struct arena *a = text.n == 0 ? NULL : arena_new();
    if (a == NULL)
        return REACT_STATUS;
    struct buffer out = buffer_in(a);
    const char *path = path_absolute(a, str_dup_c(a, text));
    if (options_is(ui_options(ui), OPTION_CSV_MARK, "on"))
        buffer_add_c(&out, "\xEF\xBB\xBF");
    if (file_stamp(path, &stamp, &quiet) == STATUS_OK) {
        ui_say(ui, ROLE_ERROR, message(MESSAGE_EXPORT_EXISTS), path);
    } else if (ui_may_write(ui, path)) {
        write_csv(t, a, &out);
        if (file_replace(path, buffer_str(&out), &e) == STATUS_OK)
            ui_say(ui, ROLE_GOOD, message(MESSAGE_WRITTEN), path);
        else
            ui_say(ui, ROLE_ERROR, "%s", e.message);
    }
    arena_free(a);
    return REACT_STATUS;
}

static reaction export_list(struct grid *t, struct view *v, struct str argument)
{
    if (argument.n > 0)
        return export_to(v->ui, t, argument);
    ui_prompt(v->ui, message(MESSAGE_EXPORT_CSV),
              str_printf(v->arena, "%s.csv", view_name(v->ops->id)), export_to, NULL, t);
    return REACT_STATUS;
}

bool grid_wants_all(enum command id)
{
    return id == COMMAND_EXPORT || id == COMMAND_PIPE;
}

/* Items that are looked at between two looks for a key. */
enum { STEP = 256 };

reaction grid_idle(struct grid *t, struct view *v)
{
    struct listing *l = t->listing;
    if (!l->pending)
        return REACT_NONE;
    size_t item = grid_item(t, v->focus);
    bool moved = v->focus > 0;
    do
        listing_step(l, STEP);
    while (l->pending && !ui_key_waits(v->ui) && l->seen < 2 * t->painted);
    if (l->pending && l->seen < 2 * t->painted)
        return REACT_NONE;
    t->painted = l->seen;
    if (l->error.status != STATUS_OK)
        ui_say(v->ui, ROLE_ERROR, "%s", l->error.message);
    if (moved && !grid_focus(t, v, item))
        v->focus = v->focus < l->n_rows ? v->focus : 0;
    return REACT_VIEW;
}

void grid_progress(const struct grid *t, struct row *out)
{
    const struct listing *l = t->listing;
    if (l->pending)
        row_printf(out, ROLE_BAR, "  … %u%%",
                   l->n_items == 0 ? 0 : (unsigned)((uint64_t)l->seen * 99 / l->n_items));
}

/* After the rows were made anew the focus is on its item where that is known at once, else on the
 * first row: what is not yet known must not move the screen later. */
static void keep_focus(struct grid *t, struct view *v, size_t item)
{
    t->painted = t->listing->seen;
    if (t->listing->pending || !grid_focus(t, v, item))
        v->focus = v->top = 0;
    if (t->listing->error.status != STATUS_OK)
        ui_say(v->ui, ROLE_ERROR, "%s", t->listing->error.message);
}

reaction grid_command(struct grid *t, struct view *v, enum command id, struct str argument)
{
    size_t item = grid_item(t, v->focus);
    reaction r = REACT_VIEW;
    if (id == COMMAND_SORT)
        r = sort_by(t, v, argument);
    else if (id == COMMAND_SORT_REVERSE)
        listing_set_sort(t->listing, t->listing->sort, !t->listing->descending);
    else if (id == COMMAND_GROUP)
        r = group_by(t, v, argument);
    else if (id == COMMAND_COLUMNS)
        r = choose(t, v, argument);
    else if (id == COMMAND_EXPORT)
        return export_list(t, v, argument);
    else
        return REACT_PASS;
    if (id != COMMAND_COLUMNS)
        keep_focus(t, v, item);
    return r;
}

void grid_filter(struct grid *t, struct view *v, struct str text)
{
    take_pinyin(t, v, text);
    size_t item = grid_item(t, v->focus);
    listing_set_filter(t->listing, text);
    keep_focus(t, v, item);
}

/* --- Places ---------------------------------------------------------------------------------- */

struct str grid_state(const struct grid *t, struct arena *a)
{
    const struct listing *l = t->listing;
    return str_printf(a, "%lld %d %lld %.*s",
                      l->sort == LISTING_NO_COLUMN ? -1LL : (long long)l->sort, l->descending,
                      l->group == LISTING_NO_COLUMN ? -1LL : (long long)l->group,
                      STR_ARG(l->filter));
}

void grid_restore(struct grid *t, struct view *v, struct str state)
{
    long long sort, group;
    int descending, n = 0;
    char numbers[64];
    snprintf(numbers, sizeof numbers, "%.*s", STR_ARG(str_sub(state, 0, 60)));
    /* What does not fit a number is another version's, and no worse than a wrong column. */
    /* NOLINTNEXTLINE(cert-err34-c) */
    if (sscanf(numbers, "%lld %d %lld %n", &sort, &descending, &group, &n) < 3)
        return;
    struct listing *l = t->listing;
    uint32_t s = sort < 0 ? LISTING_NO_COLUMN : (uint32_t)sort;
    uint32_t g = group < 0 ? LISTING_NO_COLUMN : (uint32_t)group;
    struct str filter = str_sub(state, (size_t)n, state.n);
    if (l->sort != s || l->descending != (descending != 0) || l->group != g ||
        !str_eq(l->filter, filter))
        listing_set(l, filter, s, descending != 0, g);
    t->painted = l->seen;
    v->filter_text = str_dup(v->arena, filter);
}
