/* View 5, 核对: what does not add up. A finding opens into what was computed and the sentences that
 * it was computed from; one that is none is dismissed for good. */
#include "app/finding_list.h"
#include "baolan/layout.h"
#include "baolan/message.h"
#include "ui/correct.h"
#include "ui/grid.h"
#include "ui/reader.h"
#include "ui/sheet.h"
#include "ui/words.h"

enum findings_entry { FINDING_TITLE, FINDING_FIELD, FINDING_SENTENCE };

/* Dismissals that can be taken back. */
enum { UNDONE_MOST = 64 };

struct findings {
    struct view *view;
    struct finding_list list;
    struct store *loaded_from;
    int64_t loaded_version;
    struct grid grid;
    bool page; /* shows `item` in full */
    size_t item;
    uint32_t undone[UNDONE_MOST]; /* ids whose dismissal `u` takes back, the latest last */
    size_t n_undone;
    struct arena *lines;
    struct sheet sheet;
};

static const struct grid_column COLUMNS[] = {
    {FINDING_LIST_KIND, N_("Kind"), 9, 13, 0, ALIGN_LEFT},
    {FINDING_LIST_PRINTED, N_("Printed"), 11, 18, 0, ALIGN_RIGHT},
    {FINDING_LIST_COMPUTED, N_("Against"), 11, 18, 0, ALIGN_RIGHT},
    {FINDING_LIST_FORMULA, N_("Formula"), 20, 70, 1, ALIGN_LEFT},
    {FINDING_LIST_SOURCE, N_("Source"), 14, 40, 2, ALIGN_LEFT},
};

static enum role role_of(void *context, size_t item, uint32_t column)
{
    const struct finding_list *f = context;
    if (f->dismissed[item] || column == FINDING_LIST_SOURCE)
        return ROLE_DIM;
    if (column == FINDING_LIST_KIND)
        return ROLE_WARN;
    return column == FINDING_LIST_FORMULA ? ROLE_TEXT : ROLE_NUMBER;
}

/* --- Loading --------------------------------------------------------------------------------- */

/* What is read before the first screen, and at a moment of rest. */
enum { AT_ONCE = 1000, AT_REST = 1000 };

static void read_list(struct findings *f)
{
    struct error e = ERROR_NONE;
    if (finding_list_begin(&f->list, AT_ONCE, &e) != STATUS_OK)
        ui_say(f->view->ui, ROLE_ERROR, "%s", e.message);
}

/* Reads what is left of the list: something is asked about all of it. */
static void take_all(struct findings *f)
{
    struct error e = ERROR_NONE;
    if (!f->list.whole && finding_list_more(&f->list, SIZE_MAX, &e) != STATUS_OK)
        ui_say(f->view->ui, ROLE_ERROR, "%s", e.message);
}

/* The item of a finding, up to which the list is read on. */
static size_t item_of(struct findings *f, uint32_t id)
{
    struct error e = ERROR_NONE;
    while (!f->list.whole && f->list.last < id)
        if (finding_list_more(&f->list, AT_REST, &e) != STATUS_OK)
            ui_say(f->view->ui, ROLE_ERROR, "%s", e.message);
    return finding_list_item(&f->list, id);
}

static reaction idle(struct view *v)
{
    struct findings *f = v->state;
    struct error quiet = ERROR_NONE;
    size_t rows = f->list.listing.n_rows, item = grid_item(&f->grid, v->focus);
    while (!f->list.whole && !ui_key_waits(v->ui))
        finding_list_more(&f->list, AT_REST, &quiet);
    if (f->list.whole && f->list.listing.pending)
        return grid_idle(&f->grid, v);
    if (f->list.listing.n_rows == rows)
        return REACT_NONE;
    if (!f->page)
        grid_focus(&f->grid, v, item);
    return REACT_VIEW;
}

static void load(struct findings *f)
{
    struct store *store = ui_store(f->view->ui);
    int64_t version = store == NULL ? 0 : store_data_version(store);
    if (store == f->loaded_from && version == f->loaded_version)
        return;
    f->loaded_from = f->list.store = store;
    f->loaded_version = version;
    f->page = false;
    f->n_undone = 0;
    read_list(f);
}

static enum status open_findings(struct view *v, struct error *e)
{
    struct findings *f = arena_new_of(v->arena, struct findings);
    v->state = f;
    *f = (struct findings){.view = v, .loaded_version = -1, .lines = arena_new()};
    if (f->lines == NULL)
        return error_set(e, STATUS_NO_MEMORY, "%s", status_name(STATUS_NO_MEMORY));
    enum status status =
        finding_list_open(&f->list, NULL, ui_marks(v->ui), ui_author(v->ui), words_of_finding, e);
    if (status != STATUS_OK)
        return status;
    f->grid = (struct grid){.listing = &f->list.listing,
                            .columns = COLUMNS,
                            .n_columns = sizeof COLUMNS / sizeof *COLUMNS,
                            .role = role_of};
    load(f);
    return STATUS_OK;
}

static void close_findings(struct view *v)
{
    struct findings *f = v->state;
    finding_list_close(&f->list);
    arena_free(f->lines);
}

/* --- The page -------------------------------------------------------------------------------- */

static void add_field(struct findings *f, enum message name, struct str value, enum role role)
{
    struct sheet_entry e = sheet_entry_of(FINDING_FIELD, (uint32_t)name);
    if (value.n == 0)
        return;
    e.lead = str_printf(f->sheet.arena, "%s  ", message(name));
    e.text = value;
    e.role = role;
    e.indent = 2;
    sheet_add(&f->sheet, &e);
}

/* The sentence that a figure stands in, with the figure marked. */
static void add_sentence(struct findings *f, uint32_t number)
{
    struct stored_indicator figure;
    struct stored_passage passage;
    struct error quiet = ERROR_NONE;
    struct arena *a = f->sheet.arena;
    uint32_t id = finding_list_at(&f->list, f->item)->finding.it.indicators[number];
    if (store_indicator(f->list.store, a, id, &figure, &quiet) != STATUS_OK ||
        store_passage(f->list.store, a, figure.it.place.paragraph, &passage, &quiet) != STATUS_OK)
        return;
    struct span sentence = {0, 0};
    for (size_t at = 0; at < passage.text.n && at <= figure.it.place.start;)
        sentence = sentence_next(passage.text, &at);
    struct sheet_entry e = sheet_entry_of(FINDING_SENTENCE, number);
    e.lead = str_printf(a, "%u  ", number + 1);
    e.text = span_of(passage.text, sentence);
    if (figure.it.place.end <= sentence.end)
        e.strong = (struct span){figure.it.place.start - sentence.start,
                                 figure.it.place.end - sentence.start};
    e.indent = 2;
    e.target = reader_place(figure.it.place.article, figure.it.place.paragraph,
                            figure.it.place.start, figure.it.text);
    sheet_add(&f->sheet, &e);
}

static void fill_page(struct findings *f)
{
    struct view *v = f->view;
    const struct stored_finding *s = &finding_list_at(&f->list, f->item)->finding;
    const struct sheet_entry *at = sheet_at(&f->sheet, v->focus);
    struct sheet_entry was = at != NULL ? *at : sheet_entry_of(FINDING_SENTENCE, 0);
    sheet_begin(&f->sheet, f->lines, v->width, ui_ambiguous(v->ui));
    struct sheet_entry e = sheet_entry_of(FINDING_TITLE, 0);
    e.text = str_of(words_of_finding(s->it.kind));
    e.role = ROLE_WARN;
    e.single = true;
    sheet_add(&f->sheet, &e);
    struct sheet_entry why = sheet_entry_of(FINDING_TITLE, 1);
    why.text = str_of(words_why_finding(s->it.kind));
    why.role = ROLE_DIM;
    why.indent = 2;
    sheet_add(&f->sheet, &why);
    add_field(f, MESSAGE_FINDING_PRINTED, s->it.printed, ROLE_NUMBER);
    add_field(f, MESSAGE_FINDING_COMPUTED, s->it.computed, ROLE_NUMBER);
    add_field(f, MESSAGE_FINDING_FORMULA, s->it.formula, ROLE_TEXT);
    add_field(f, MESSAGE_FINDING_TOLERANCE, s->it.tolerance, ROLE_TEXT);
    add_field(f, MESSAGE_FINDING_SOURCE, finding_list_at(&f->list, f->item)->source, ROLE_DIM);
    sheet_blank(&f->sheet);
    for (uint32_t i = 0; i < s->it.n_indicators; i++)
        add_sentence(f, i);
    size_t row = sheet_find(&f->sheet, was.kind, was.number);
    v->focus = row == SIZE_MAX ? 0 : row;
}

static void open_page(struct findings *f, size_t item)
{
    f->page = true;
    f->item = item;
    memset(&f->sheet, 0, sizeof f->sheet);
    f->view->focus = f->view->top = 0;
    fill_page(f);
}

static void layout(struct view *v)
{
    struct findings *f = v->state;
    size_t item = grid_item(&f->grid, v->focus);
    load(f);
    grid_fit(&f->grid, v);
    if (f->page)
        fill_page(f);
    else
        grid_focus(&f->grid, v, item);
}

/* --- Rows ------------------------------------------------------------------------------------ */

static size_t count(struct view *v)
{
    const struct findings *f = v->state;
    return f->page ? f->sheet.lines.n : grid_count(&f->grid);
}

static bool plain(struct view *v, size_t first, size_t end, struct buffer *out)
{
    const struct findings *f = v->state;
    if (!f->page)
        grid_plain(&f->grid, first, end, out);
    else
        sheet_plain(&f->sheet, first, end, out);
    return true;
}

static void row(struct view *v, size_t index, struct row *out)
{
    const struct findings *f = v->state;
    if (f->page)
        sheet_row(&f->sheet, index, out);
    else
        grid_row(&f->grid, index, out);
}

static size_t header(struct view *v, struct row *rows, size_t room)
{
    const struct findings *f = v->state;
    if (f->page || room == 0)
        return 0;
    return grid_header(&f->grid, &rows[0]);
}

static void title(struct view *v, struct row *out)
{
    (void)v;
    row_add(out, ROLE_TITLE, str_of(message(MESSAGE_TAB_FINDINGS)));
}

static void status(struct view *v, struct row *out)
{
    const struct findings *f = v->state;
    size_t shown = f->list.listing.n_shown;
    row_printf(out, ROLE_BAR, translate_count("%zu does not add up", "%zu do not add up", shown),
               shown);
    if (f->list.n_dismissed > 0)
        row_printf(out, ROLE_BAR, message(MESSAGE_FINDINGS_DISMISSED), f->list.n_dismissed);
    if (f->list.listing.filter.n > 0)
        row_printf(out, ROLE_BAR, "  & %.*s", STR_ARG(f->list.listing.filter));
}

static bool preview(struct view *v, size_t index, struct arena *a, struct ring_place *out)
{
    struct findings *f = v->state;
    struct stored_indicator figure;
    struct error quiet = ERROR_NONE;
    if (f->page) {
        const struct sheet_entry *e = sheet_at(&f->sheet, index);
        if (e == NULL || e->target.view != VIEW_READER)
            return false;
        *out = e->target;
        return true;
    }
    size_t item = grid_item(&f->grid, index);
    if (item == LISTING_NO_ITEM || finding_list_at(&f->list, item)->finding.it.n_indicators == 0)
        return false;
    bool found =
        store_indicator(f->list.store, a, finding_list_at(&f->list, item)->finding.it.indicators[0],
                        &figure, &quiet) == STATUS_OK;
    if (found)
        *out = reader_place(figure.it.place.article, figure.it.place.paragraph,
                            figure.it.place.start, figure.it.text);
    return found;
}

/* --- Places ---------------------------------------------------------------------------------- */

static void place(struct view *v, struct arena *a, struct ring_place *out)
{
    const struct findings *f = v->state;
    size_t item = f->page ? f->item : grid_item(&f->grid, v->focus);
    const struct sheet_entry *e = f->page ? sheet_at(&f->sheet, v->focus) : NULL;
    out->record = item == LISTING_NO_ITEM ? 0 : (int64_t)f->list.ids[item];
    out->part = e == NULL ? NONE : e->kind;
    out->offset = e == NULL ? 0 : e->number;
    out->state = str_printf(a, "%c%.*s", f->page ? 'P' : 'L', STR_ARG(grid_state(&f->grid, a)));
}

static bool restore(struct view *v, const struct ring_place *to)
{
    struct findings *f = v->state;
    bool page = to->state.n > 0 ? to->state.p[0] == 'P' : to->record != 0;
    load(f);
    if (to->state.n > 1)
        grid_restore(&f->grid, v, str_sub(to->state, 1, to->state.n));
    size_t item = item_of(f, (uint32_t)to->record);
    if (page && item != LISTING_NO_ITEM) {
        open_page(f, item);
        size_t row_of = to->part == NONE ? SIZE_MAX : sheet_find(&f->sheet, to->part, to->offset);
        v->focus = row_of == SIZE_MAX ? v->focus : row_of;
        return true;
    }
    f->page = false;
    v->focus = 0;
    return grid_focus(&f->grid, v, item);
}

static reaction enter(struct view *v)
{
    struct findings *f = v->state;
    if (f->page) {
        const struct sheet_entry *e = sheet_at(&f->sheet, v->focus);
        return e == NULL || e->target.view == VIEW_COUNT ? REACT_NONE : ui_go(v->ui, &e->target);
    }
    size_t item = grid_item(&f->grid, v->focus);
    struct arena *a = item == LISTING_NO_ITEM ? NULL : arena_new();
    if (a == NULL)
        return REACT_NONE;
    struct ring_place to = {
        .view = VIEW_FINDINGS, .record = f->list.ids[item], .part = NONE, .link = NO_LINK};
    to.state = str_printf(a, "P%.*s", STR_ARG(grid_state(&f->grid, a)));
    reaction r = ui_go(v->ui, &to);
    arena_free(a);
    return r;
}

/* --- Commands -------------------------------------------------------------------------------- */

static reaction dismiss(struct findings *f, size_t item, bool dismissed)
{
    struct error e = ERROR_NONE;
    if (item == LISTING_NO_ITEM)
        return REACT_NONE;
    if (finding_list_dismiss(&f->list, item, dismissed, &e) != STATUS_OK) {
        ui_say(f->view->ui, ROLE_ERROR, "%s", e.message);
        return REACT_STATUS;
    }
    if (dismissed) {
        if (f->n_undone == UNDONE_MOST)
            memmove(f->undone, f->undone + 1, --f->n_undone * sizeof *f->undone);
        f->undone[f->n_undone++] = f->list.ids[item];
    }
    ui_say(f->view->ui, ROLE_GOOD, "%s",
           message(dismissed ? MESSAGE_DISMISSED : MESSAGE_REVIEW_UNDONE));
    return REACT_VIEW;
}

/* Dismisses all of the item's kind, or takes that back where they are. */
static reaction dismiss_kind(struct findings *f, size_t item)
{
    struct error e = ERROR_NONE;
    if (item == LISTING_NO_ITEM)
        return REACT_NONE;
    enum finding_kind kind = finding_list_at(&f->list, item)->finding.it.kind;
    bool dismissed = (f->list.gone_kinds >> kind & 1) == 0;
    if (finding_list_dismiss_kind(&f->list, kind, dismissed, &e) != STATUS_OK) {
        ui_say(f->view->ui, ROLE_ERROR, "%s", e.message);
        return REACT_STATUS;
    }
    f->page = false;
    f->view->focus = f->view->top = 0;
    read_list(f);
    ui_say(f->view->ui, ROLE_GOOD,
           message(dismissed ? MESSAGE_DISMISSED_KIND : MESSAGE_RESTORED_KIND),
           words_of_finding(kind));
    return REACT_VIEW;
}

/* Reads the list with or without what was dismissed; an open page keeps its finding. */
static void read_again(struct findings *f, bool dismissed)
{
    uint32_t id = f->page ? f->list.ids[f->item] : 0;
    f->list.show_dismissed = dismissed;
    read_list(f);
    f->item = f->page ? item_of(f, id) : 0;
    f->page = f->page && f->item != LISTING_NO_ITEM;
}

/* Takes the latest dismissal back, also one that is no longer listed; where this run has none, that
 * of the item under the cursor. */
static reaction undo(struct findings *f, size_t item)
{
    if (ui_library(f->view->ui) != NULL && corrections_are_latest(ui_library(f->view->ui)))
        return correct_undo(f->view->ui, STR(""));
    if (f->n_undone == 0) {
        if (item != LISTING_NO_ITEM && f->list.dismissed[item])
            return dismiss(f, item, false);
        ui_say(f->view->ui, ROLE_DIM, "%s", message(MESSAGE_REVIEW_NO_UNDO));
        return REACT_STATUS;
    }
    uint32_t id = f->undone[--f->n_undone];
    item = item_of(f, id);
    bool hidden = item == LISTING_NO_ITEM;
    if (hidden) {
        read_again(f, true);
        item = item_of(f, id);
    }
    reaction r = dismiss(f, item, false);
    if (hidden)
        read_again(f, false);
    if (!f->page)
        grid_focus(&f->grid, f->view, item_of(f, id));
    return r;
}

static reaction step(struct findings *f, int by)
{
    size_t at = listing_row_of(&f->list.listing, f->item);
    for (; at != SIZE_MAX && (by > 0 ? at + 1 < grid_count(&f->grid) : at > 0);) {
        at = by > 0 ? at + 1 : at - 1;
        if (grid_item(&f->grid, at) == LISTING_NO_ITEM)
            continue;
        open_page(f, grid_item(&f->grid, at));
        return REACT_VIEW;
    }
    ui_say(f->view->ui, ROLE_DIM, "%s", message(MESSAGE_NO_ITEM));
    return REACT_STATUS;
}

static reaction command(struct view *v, enum command id, struct str argument)
{
    struct findings *f = v->state;
    size_t item = f->page ? f->item : grid_item(&f->grid, v->focus);
    bool orders = id == COMMAND_SORT || id == COMMAND_SORT_REVERSE || id == COMMAND_GROUP;
    if (orders || grid_wants_all(id))
        take_all(f);
    if (grid_wants_all(id))
        listing_finish(&f->list.listing);
    switch (id) {
    case COMMAND_DISMISS:
        return item == LISTING_NO_ITEM ? REACT_NONE : dismiss(f, item, !f->list.dismissed[item]);
    case COMMAND_DISMISS_KIND:
        return dismiss_kind(f, item);
    case COMMAND_UNDISMISS:
        return undo(f, item);
    case COMMAND_DISMISSED:
        f->list.show_dismissed = !f->list.show_dismissed;
        f->page = false;
        v->focus = 0;
        read_list(f);
        return REACT_VIEW;
    case COMMAND_ITEM_NEXT:
    case COMMAND_ITEM_PREVIOUS:
        return f->page ? step(f, id == COMMAND_ITEM_NEXT ? 1 : -1) : REACT_PASS;
    default:
        return f->page ? REACT_PASS : grid_command(&f->grid, v, id, argument);
    }
}

/* The disputed figure; on the page, the figure that the cursor stands on. */
static bool subject(struct view *v, struct correction_subject *out, struct str *field)
{
    const struct findings *f = v->state;
    size_t item = f->page ? f->item : grid_item(&f->grid, v->focus);
    const struct sheet_entry *e = f->page ? sheet_at(&f->sheet, v->focus) : NULL;
    (void)field;
    if (item == LISTING_NO_ITEM || finding_list_at(&f->list, item)->finding.it.n_indicators == 0)
        return false;
    const struct finding *it = &finding_list_at(&f->list, item)->finding.it;
    uint32_t number = e != NULL && e->target.view == VIEW_READER ? e->number : 0;
    *out = (struct correction_subject){
        CORRECTION_INDICATOR, it->indicators[number < it->n_indicators ? number : 0], 0, 0};
    return true;
}

static void filter(struct view *v, struct str text)
{
    struct findings *f = v->state;
    if (f->page) {
        f->page = false;
        v->focus = v->top = 0;
    }
    take_all(f);
    grid_filter(&f->grid, v, text);
}

static bool is_page(const struct view *v)
{
    const struct findings *f = v->state;
    return f->page;
}

const struct view_ops VIEW_OPS_FINDINGS = {
    .id = VIEW_FINDINGS,
    .context = CONTEXT_FINDINGS,
    .open = open_findings,
    .close = close_findings,
    .layout = layout,
    .idle = idle,
    .count = count,
    .row = row,
    .plain = plain,
    .header = header,
    .title = title,
    .is_page = is_page,
    .status = status,
    .enter = enter,
    .preview = preview,
    .place = place,
    .restore = restore,
    .command = command,
    .subject = subject,
    .filter = filter,
};
