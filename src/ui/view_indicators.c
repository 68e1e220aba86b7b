/* View 3: what the text states in figures, as a table; turned to places by years; as bars; and the
 * tables that were found. Enter opens a figure's card, and goes from the card to the sentence. */
#include "baolan/files.h"
#include "baolan/finder.h"
#include "baolan/lexicon.h"
#include "baolan/message.h"
#include "ui/indicators.h"
#include "ui/reader.h"
#include "ui/words.h"

#include <stdlib.h>

static const struct grid_column COLUMNS[] = {
    {FIGURES_METRIC, N_("Metric"), 16, 34, 0, ALIGN_LEFT},
    {FIGURES_SUBJECT, N_("Subject"), 12, 30, 2, ALIGN_LEFT},
    {FIGURES_PLACE, N_("Place"), 6, 12, 7, ALIGN_LEFT},
    {FIGURES_PERIOD, N_("Period"), 12, 14, 1, ALIGN_LEFT},
    {FIGURES_VALUE, N_("Value"), 12, 18, 0, ALIGN_RIGHT},
    {FIGURES_CHANGE, N_("Change"), 8, 10, 3, ALIGN_RIGHT},
    {FIGURES_SHARE, N_("Share"), 7, 9, 4, ALIGN_RIGHT},
    {FIGURES_RANK, N_("Rank"), 6, 8, 5, ALIGN_RIGHT},
    {FIGURES_SOURCE, N_("Source"), 14, 40, 6, ALIGN_LEFT},
};

static enum role role_of(void *context, size_t item, uint32_t column)
{
    const struct figures *f = context;
    if (column == FIGURES_VALUE)
        return figures_main(f, item)->it.target ? ROLE_NOTE : ROLE_NUMBER;
    if (column == FIGURES_CHANGE || column == FIGURES_SHARE || column == FIGURES_RANK)
        return ROLE_NUMBER;
    return column == FIGURES_SOURCE || column == FIGURES_PLACE ? ROLE_DIM : ROLE_TEXT;
}

static struct str shown_cell(void *context, size_t item, uint32_t column, struct arena *a)
{
    struct str text = figures_cell(context, item, (enum figures_column)column, a);
    if (column == FIGURES_METRIC && figures_corrected(context, item))
        return str_printf(a, "改 %.*s", STR_ARG(text));
    if (column == FIGURES_CHANGE && str_ends(text, STR("个百分点")))
        return str_printf(a, "%.*s点", (int)(text.n - STR("个百分点").n), text.p);
    return column == FIGURES_PERIOD ? words_of_period(a, text) : text;
}

static struct str summary(void *context, size_t from, size_t count, struct arena *a)
{
    struct str sum = figures_sum(context, from, count, a);
    return sum.n == 0 ? sum : str_printf(a, message(MESSAGE_SUM), STR_ARG(sum));
}

/* --- Loading --------------------------------------------------------------------------------- */

static void read_figures(struct indicators *in)
{
    struct error e = ERROR_NONE;
    in->turned = false;
    if (figures_load(&in->figures, &in->query, &e) != STATUS_OK)
        ui_say(in->view->ui, ROLE_ERROR, "%s", e.message);
}

static void load(struct indicators *in)
{
    struct store *store = ui_store(in->view->ui);
    int64_t version = store == NULL ? 0 : store_data_version(store);
    if (store != in->loaded_from || version != in->loaded_version) {
        in->loaded_from = in->figures.store = store;
        in->loaded_version = version;
        in->listed = in->turned = false;
        in->charted = 0;
    }
    if (in->listed || in->mode == INDICATORS_CHART || in->mode == INDICATORS_TABLE ||
        in->mode == INDICATORS_CARDS)
        return;
    in->listed = true;
    read_figures(in);
}

static enum status open_indicators(struct view *v, struct error *e)
{
    struct indicators *in = arena_new_of(v->arena, struct indicators);
    v->state = in;
    *in = (struct indicators){.view = v,
                              .loaded_version = -1,
                              .query = {.list = LIST_INDICATORS, .order = ORDER_ID},
                              .cells_arena = arena_new(),
                              .chart = arena_new(),
                              .shown = arena_new()};
    if (in->shown == NULL || in->cells_arena == NULL || in->chart == NULL)
        return error_set(e, STATUS_NO_MEMORY, "%s", status_name(STATUS_NO_MEMORY));
    enum status status = figures_open(&in->figures, NULL, e);
    if (status != STATUS_OK)
        return status;
    in->grid = (struct grid){.listing = &in->figures.listing,
                             .columns = COLUMNS,
                             .n_columns = sizeof COLUMNS / sizeof *COLUMNS,
                             .summary = summary,
                             .shown = shown_cell,
                             .role = role_of};
    struct str unknown, columns = str_of(options_text(ui_options(v->ui), OPTION_COLUMNS));
    if (!grid_choose(&in->grid, columns, &unknown))
        ui_say(v->ui, ROLE_WARN, message(MESSAGE_NO_COLUMN), str_dup_c(v->arena, unknown));
    return STATUS_OK;
}

static void close_indicators(struct view *v)
{
    struct indicators *in = v->state;
    figures_close(&in->figures);
    arena_free(in->cells_arena);
    arena_free(in->chart);
    arena_free(in->shown);
}

/* --- Modes ----------------------------------------------------------------------------------- */

static bool make_board(struct indicators *in)
{
    static bool (*const MAKERS[INDICATORS_MODE_COUNT])(struct indicators *) = {
        [INDICATORS_PIVOT] = board_pivot,
        [INDICATORS_CHART] = board_chart,
        [INDICATORS_TABLE] = board_table,
        [INDICATORS_CARDS] = board_cards,
    };
    arena_reset(in->shown);
    memset(&in->rows, 0, sizeof in->rows);
    return MAKERS[in->mode] == NULL || MAKERS[in->mode](in);
}

static void show_list(struct indicators *in)
{
    in->mode = INDICATORS_LIST;
    load(in);
}

static reaction idle(struct view *v)
{
    struct indicators *in = v->state;
    reaction r = REACT_NONE;
    if (in->mode == INDICATORS_LIST && in->listed)
        return grid_idle(&in->grid, v);
    r = board_idle(in);
    if (r != REACT_NONE && !make_board(in))
        show_list(in);
    return r;
}

static void layout(struct view *v)
{
    struct indicators *in = v->state;
    size_t item = grid_item(&in->grid, v->focus);
    load(in);
    grid_fit(&in->grid, v);
    if (in->mode == INDICATORS_LIST)
        grid_focus(&in->grid, v, item);
    else if (!make_board(in))
        show_list(in);
}

static uint32_t indicator_at(const struct indicators *in, size_t index)
{
    if (in->mode == INDICATORS_CARDS) {
        const struct sheet_entry *e = sheet_at(&in->sheet, index);
        return e == NULL ? 0 : e->number;
    }
    if (in->mode != INDICATORS_LIST)
        return index < in->rows.n ? in->rows.at[index].indicator : 0;
    size_t item = grid_item(&in->grid, index);
    return item == LISTING_NO_ITEM ? 0 : figures_main(&in->figures, item)->id;
}

static size_t count(struct view *v)
{
    const struct indicators *in = v->state;
    return in->mode == INDICATORS_LIST    ? grid_count(&in->grid)
           : in->mode == INDICATORS_CARDS ? in->sheet.lines.n
                                          : in->rows.n;
}

static bool plain(struct view *v, size_t first, size_t end, struct buffer *out)
{
    const struct indicators *in = v->state;
    if (in->mode == INDICATORS_CARDS)
        sheet_plain(&in->sheet, first, end, out);
    else if (in->mode == INDICATORS_LIST)
        grid_plain(&in->grid, first, end, out);
    return in->mode == INDICATORS_CARDS || in->mode == INDICATORS_LIST;
}

static void row(struct view *v, size_t index, struct row *out)
{
    const struct indicators *in = v->state;
    if (in->mode == INDICATORS_LIST) {
        grid_row(&in->grid, index, out);
        return;
    }
    if (in->mode == INDICATORS_CARDS) {
        sheet_row(&in->sheet, index, out);
        return;
    }
    const struct row *made = &in->rows.at[index].row;
    for (size_t i = 0; i < made->runs.n; i++)
        row_add(out, made->runs.at[i].role, made->runs.at[i].text);
}

static size_t header(struct view *v, struct row *rows, size_t room)
{
    const struct indicators *in = v->state;
    if (in->mode != INDICATORS_LIST || room == 0)
        return 0;
    return grid_header(&in->grid, &rows[0]);
}

static void title(struct view *v, struct row *out)
{
    (void)v;
    row_add(out, ROLE_TITLE, str_of(message(MESSAGE_TAB_INDICATORS)));
}

static void status(struct view *v, struct row *out)
{
    const struct indicators *in = v->state;
    const struct listing *l = &in->figures.listing;
    if (in->mode == INDICATORS_CHART || in->mode == INDICATORS_TABLE) {
        row_add(out, ROLE_BAR, str_of(message(MESSAGE_TAB_INDICATORS)));
        return;
    }
    row_printf(out, ROLE_BAR, translate_count("%zu row", "%zu rows", l->n_shown), l->n_shown);
    if (l->filter.n > 0)
        row_printf(out, ROLE_BAR, "  & %.*s", STR_ARG(l->filter));
    grid_progress(&in->grid, out);
    if (in->mode == INDICATORS_PIVOT && !in->cells.whole)
        row_add(out, ROLE_BAR, STR("  …"));
}

/* --- Places ---------------------------------------------------------------------------------- */

static bool reader_of(const struct indicators *in, uint32_t id, struct arena *a,
                      struct ring_place *out)
{
    struct stored_indicator it;
    struct error quiet = ERROR_NONE;
    if (id == 0 || in->figures.store == NULL ||
        store_indicator(in->figures.store, a, id, &it, &quiet) != STATUS_OK)
        return false;
    *out = reader_place(it.it.place.article, it.it.place.paragraph, it.it.place.start, it.it.text);
    return true;
}

static bool preview(struct view *v, size_t index, struct arena *a, struct ring_place *out)
{
    struct indicators *in = v->state;
    return reader_of(in, indicator_at(in, index), a, out);
}

static const char MODES[INDICATORS_MODE_COUNT] = {'L', 'V', 'C', 'T', 'K'};

/* Mode, key of the pivot, the cards shown, and the table's order and filter. */
static struct str state_of(const struct indicators *in, enum indicators_mode mode, struct arena *a)
{
    struct str cards = mode == INDICATORS_CARDS ? cards_text(in, a) : STR("");
    struct str state = grid_state(&in->grid, a);
    return str_printf(a, "%c%d%.*s%.*s", MODES[mode], (int)in->pivot_key, STR_ARG(cards),
                      STR_ARG(state));
}

static void place(struct view *v, struct arena *a, struct ring_place *out)
{
    const struct indicators *in = v->state;
    uint32_t id = indicator_at(in, v->focus);
    out->record = in->mode == INDICATORS_LIST ? id : in->indicator;
    out->part = id;
    out->offset = (uint32_t)v->focus;
    if (in->mode == INDICATORS_LIST)
        grid_keep_row(&in->grid, v, out);
    out->state = state_of(in, in->mode, a);
}

static reaction show_mode(struct indicators *in, enum indicators_mode mode)
{
    in->mode = mode;
    if (!make_board(in)) {
        show_list(in);
        return REACT_STATUS;
    }
    return REACT_VIEW;
}

static bool restore(struct view *v, const struct ring_place *to)
{
    struct indicators *in = v->state;
    /* A link in the text leads to the figure among others of its metric. */
    enum indicators_mode mode =
        to->state.n == 0 && to->record != 0 ? INDICATORS_CHART : INDICATORS_LIST;
    for (int i = 0; to->state.n > 0 && i < INDICATORS_MODE_COUNT; i++)
        if (to->state.p[0] == MODES[i])
            mode = (enum indicators_mode)i;
    in->mode = mode;
    load(in);
    if (to->state.n > 2) {
        in->pivot_key = to->state.p[1] == '1'   ? PIVOT_SUBJECT
                        : to->state.p[1] == '2' ? PIVOT_METRIC
                                                : PIVOT_PLACE;
        struct str rest = str_sub(to->state, 2, to->state.n);
        size_t cards = mode == INDICATORS_CARDS ? cards_read(in, rest) : 0;
        grid_restore(&in->grid, v, str_sub(rest, cards, rest.n));
    }
    in->indicator = (uint32_t)to->record;
    if (mode == INDICATORS_LIST)
        return grid_return(&in->grid, v, figures_item(&in->figures, (uint32_t)to->record), to);
    show_mode(in, mode);
    if (in->mode == INDICATORS_LIST)
        return grid_focus(&in->grid, v, figures_item(&in->figures, (uint32_t)to->record));
    v->focus = to->offset < count(v) ? to->offset : 0;
    return true;
}

/* --- Commands -------------------------------------------------------------------------------- */

static reaction go_mode(struct indicators *in, enum indicators_mode mode, uint32_t indicator)
{
    struct arena *a = arena_new();
    if (a == NULL)
        return REACT_NONE;
    struct ring_place to = {.view = VIEW_INDICATORS,
                            .record = indicator,
                            .part = NONE,
                            .link = NO_LINK,
                            .state = state_of(in, mode, a)};
    reaction r = ui_go(in->view->ui, &to);
    arena_free(a);
    return r;
}

/* The cards of figures; `about` is the one that the mode before was about. */
static reaction go_cards(struct indicators *in, const uint32_t *figures, size_t n, uint32_t about)
{
    in->n_cards = n < CARDS_MOST ? n : CARDS_MOST;
    memcpy(in->cards, figures, in->n_cards * sizeof *in->cards);
    return go_mode(in, INDICATORS_CARDS, about);
}

/* Goes to the sentence of the figure at the cursor, in its page. */
static reaction go_page(struct indicators *in)
{
    struct ring_place to;
    struct arena *a = arena_new();
    reaction r = REACT_NONE;
    if (a != NULL && reader_of(in, indicator_at(in, in->view->focus), a, &to))
        r = ui_go(in->view->ui, &to);
    arena_free(a);
    return r;
}

/* From a row to the cards of its figures, from a card to its sentence. */
static reaction enter(struct view *v)
{
    struct indicators *in = v->state;
    uint32_t indicator = indicator_at(in, v->focus);
    if (in->mode == INDICATORS_CARDS)
        return go_page(in);
    const struct board_row *r =
        in->mode != INDICATORS_LIST && v->focus < in->rows.n ? &in->rows.at[v->focus] : NULL;
    if (r != NULL && r->n_figures > 1)
        return go_cards(in, r->figures, r->n_figures, r->indicator);
    return indicator == 0 ? REACT_NONE : go_cards(in, &indicator, 1, indicator);
}

/* `t` goes from places to subjects to metrics by years. */
static reaction pivot(struct indicators *in, struct str argument)
{
    if (argument.n > 0)
        in->pivot_key = str_eq(argument, STR("subject"))  ? PIVOT_SUBJECT
                        : str_eq(argument, STR("metric")) ? PIVOT_METRIC
                                                          : PIVOT_PLACE;
    if (in->mode != INDICATORS_PIVOT)
        return go_mode(in, INDICATORS_PIVOT, indicator_at(in, in->view->focus));
    if (argument.n == 0)
        in->pivot_key = (enum pivot_key)((in->pivot_key + 1) % 3);
    in->view->focus = in->view->top = 0;
    return show_mode(in, INDICATORS_PIVOT);
}

static reaction command(struct view *v, enum command id, struct str argument)
{
    struct indicators *in = v->state;
    uint32_t indicator = indicator_at(in, v->focus);
    bool listed = in->mode == INDICATORS_LIST;
    if (listed && grid_wants_all(id))
        listing_finish(&in->figures.listing);
    if (id == COMMAND_PIVOT)
        return pivot(in, argument);
    if (id == COMMAND_IN_PAGE)
        return go_page(in);
    if (id == COMMAND_CHART || id == COMMAND_TABLE)
        return indicator == 0
                   ? REACT_PASS
                   : go_mode(in, id == COMMAND_CHART ? INDICATORS_CHART : INDICATORS_TABLE,
                             indicator);
    return in->mode == INDICATORS_LIST ? grid_command(&in->grid, v, id, argument) : REACT_PASS;
}

static bool subject(struct view *v, struct correction_subject *out, struct str *field)
{
    const struct indicators *in = v->state;
    (void)field;
    out->kind = CORRECTION_INDICATOR;
    out->record = indicator_at(in, v->focus);
    return out->record != 0;
}

const struct lexicons *indicators_lexicons(struct indicators *in)
{
    struct finder *finder = ui_finder(in->view->ui);
    in->figures.lexicons = finder == NULL ? NULL : finder_lexicons(finder);
    return in->figures.lexicons;
}

static void filter(struct view *v, struct str text)
{
    struct indicators *in = v->state;
    if (text.n > 0)
        indicators_lexicons(in);
    if (in->mode != INDICATORS_LIST)
        v->focus = v->top = 0;
    show_list(in);
    grid_filter(&in->grid, v, text);
    in->turned = false;
}

const struct view_ops VIEW_OPS_INDICATORS = {
    .id = VIEW_INDICATORS,
    .context = CONTEXT_INDICATORS,
    .open = open_indicators,
    .close = close_indicators,
    .layout = layout,
    .idle = idle,
    .count = count,
    .row = row,
    .plain = plain,
    .header = header,
    .title = title,
    .status = status,
    .enter = enter,
    .preview = preview,
    .place = place,
    .restore = restore,
    .command = command,
    .subject = subject,
    .filter = filter,
};
