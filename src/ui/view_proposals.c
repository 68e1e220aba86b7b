/* View 2: the proposals of the library as a table, one of them in full, and those like it. */
#include "baolan/message.h"
#include "ui/proposals.h"
#include "ui/reader.h"

static const struct grid_column COLUMNS[] = {
    {DOCKET_MARK, N_("Review"), 18, 30, 0, ALIGN_LEFT},
    {DOCKET_NUMBER, N_("No."), 7, 10, 4, ALIGN_LEFT},
    {DOCKET_TITLE, N_("Title"), 40, 90, 0, ALIGN_LEFT},
    {DOCKET_SPEAKER, N_("Speaker"), 8, 16, 1, ALIGN_LEFT},
    {DOCKET_BODY, N_("Body"), 12, 30, 6, ALIGN_LEFT},
    {DOCKET_SUGGESTIONS, N_("Sugg."), 5, 5, 5, ALIGN_RIGHT},
    {DOCKET_SESSION, N_("Session"), 10, 16, 7, ALIGN_LEFT},
    {DOCKET_NOTE, N_("Note"), 14, 40, 2, ALIGN_LEFT},
    {DOCKET_CATEGORY, N_("Category"), 8, 12, 8, ALIGN_LEFT},
    {DOCKET_HANDLER, N_("Handler"), 10, 20, 9, ALIGN_LEFT},
    {DOCKET_STATUS, N_("Status"), 8, 12, 10, ALIGN_LEFT},
    {DOCKET_TOPIC, N_("Topic"), 8, 10, 11, ALIGN_LEFT},
};

static const uint32_t GROUPS[] = {DOCKET_BODY, DOCKET_SESSION, DOCKET_TOPIC, DOCKET_CATEGORY,
                                  DOCKET_MARK};

static enum role role_of(void *context, size_t item, uint32_t column)
{
    const struct docket *d = context;
    bool done = review_is_done(d->review, d->items[item].content_key);
    switch (column) {
    case DOCKET_TITLE:
        return done ? ROLE_DIM : ROLE_TEXT;
    case DOCKET_MARK:
        return done ? ROLE_DIM : ROLE_MARK;
    case DOCKET_NOTE:
        return ROLE_NOTE;
    case DOCKET_SUGGESTIONS:
        return ROLE_NUMBER;
    default:
        return done ? ROLE_DIM : ROLE_TEXT;
    }
}

/* --- Loading --------------------------------------------------------------------------------- */

/* What is read before the first screen, and at a moment of rest. */
enum { AT_ONCE = 1000, AT_REST = 1000 };

/* Reads what is left of the list: something is asked about all of it. */
static void take_all(struct proposals *p)
{
    struct error e = ERROR_NONE;
    if (!p->docket.whole && docket_more(&p->docket, SIZE_MAX, &e) != STATUS_OK)
        ui_say(p->view->ui, ROLE_ERROR, "%s", e.message);
}

static reaction idle(struct view *v)
{
    struct proposals *p = v->state;
    struct error quiet = ERROR_NONE;
    size_t rows = p->docket.listing.n_rows, item = grid_item(&p->grid, v->focus);
    while (!p->docket.whole && !ui_key_waits(v->ui))
        docket_more(&p->docket, AT_REST, &quiet);
    if (p->docket.whole && p->comparing)
        return page_compare(p);
    if (p->docket.whole && p->docket.listing.pending)
        return grid_idle(&p->grid, v);
    if (p->docket.listing.n_rows == rows)
        return REACT_NONE;
    if (p->mode == PROPOSALS_LIST)
        grid_focus(&p->grid, v, item);
    return REACT_VIEW;
}

/* Reads the library anew where it is another one, or changed. */
static void load(struct proposals *p)
{
    struct error e = ERROR_NONE;
    struct store *store = ui_store(p->view->ui);
    int64_t version = store == NULL ? 0 : store_data_version(store);
    if (store == p->loaded_from && version == p->loaded_version)
        return;
    int64_t content_key = p->docket.n_items > 0 && p->item < p->docket.n_items
                              ? p->docket.items[p->item].content_key
                              : 0;
    p->loaded_from = p->docket.store = store;
    p->loaded_version = version;
    p->related = NULL;
    arena_reset(p->kin);
    if (docket_begin(&p->docket, AT_ONCE, &e) != STATUS_OK)
        ui_say(p->view->ui, ROLE_ERROR, "%s", e.message);
    size_t item = docket_item_of(&p->docket, content_key);
    if (item == LISTING_NO_ITEM && content_key != 0 && !p->docket.whole) {
        take_all(p);
        item = docket_item_of(&p->docket, content_key);
    }
    if (p->mode == PROPOSALS_LIST)
        return;
    if (item == LISTING_NO_ITEM)
        p->mode = PROPOSALS_LIST;
    else
        page_open(p, item);
}

static struct str shown_cell(void *context, size_t item, uint32_t column, struct arena *a)
{
    struct str text = docket_cell(context, item, (enum docket_column)column, a);
    if (column != DOCKET_TITLE)
        return text;
    if (docket_corrected(context, item))
        text = str_printf(a, "改 %.*s", STR_ARG(text));
    uint32_t copies = docket_copies(context, item);
    return copies == 0
               ? text
               : str_printf(a, "%.*s 〔%s %u〕", STR_ARG(text), translate("Same text"), copies);
}

static enum status open_proposals(struct view *v, struct error *e)
{
    struct proposals *p = arena_new_of(v->arena, struct proposals);
    v->state = p;
    *p = (struct proposals){.view = v,
                            .record = arena_new(),
                            .lines = arena_new(),
                            .kin = arena_new(),
                            .loaded_version = -1};
    if (p->record == NULL || p->lines == NULL || p->kin == NULL)
        return error_set(e, STATUS_NO_MEMORY, "%s", status_name(STATUS_NO_MEMORY));
    enum status status = review_form_load(v->arena, &p->form, NULL, NULL, e);
    if (status == STATUS_OK)
        status = review_open(v->arena, ui_marks(v->ui), &p->form, STR("proposal"), ui_author(v->ui),
                             &p->review, e);
    if (status == STATUS_OK)
        status = docket_open(&p->docket, NULL, p->review, e);
    if (status != STATUS_OK)
        return status;
    p->grid = (struct grid){.listing = &p->docket.listing,
                            .columns = COLUMNS,
                            .groups = GROUPS,
                            .n_groups = sizeof GROUPS / sizeof *GROUPS,
                            .n_columns = sizeof COLUMNS / sizeof *COLUMNS,
                            .uncut = DOCKET_MARK + 1,
                            .shown = shown_cell,
                            .role = role_of};
    load(p);
    return STATUS_OK;
}

static void close_proposals(struct view *v)
{
    struct proposals *p = v->state;
    docket_close(&p->docket);
    review_close(p->review);
    arena_free(p->record);
    arena_free(p->lines);
    arena_free(p->kin);
}

static void layout(struct view *v)
{
    struct proposals *p = v->state;
    size_t item = proposals_item(p);
    load(p);
    grid_fit(&p->grid, v);
    if (p->mode != PROPOSALS_LIST)
        page_fill(p);
    else
        grid_focus(&p->grid, v, item);
}

/* --- Rows ------------------------------------------------------------------------------------ */

static size_t count(struct view *v)
{
    const struct proposals *p = v->state;
    return p->mode == PROPOSALS_LIST ? grid_count(&p->grid) : p->sheet.lines.n;
}

/* A suggestion alone is taken with all that it says. */
static bool plain(struct view *v, size_t first, size_t end, struct buffer *out)
{
    const struct proposals *p = v->state;
    const struct sheet_entry *e =
        p->mode == PROPOSALS_PAGE && end == first + 1 ? sheet_at(&p->sheet, first) : NULL;
    if (p->mode == PROPOSALS_LIST) {
        grid_plain(&p->grid, first, end, out);
    } else if (e != NULL && e->kind == ENTRY_SUGGESTION &&
               e->number < p->proposal.it.n_suggestions) {
        const struct suggestion *s = &p->proposal.it.suggestions[e->number];
        buffer_printf(out, "%.*s%.*s%s%.*s\n", STR_ARG(s->ordinal), STR_ARG(s->title),
                      s->title.n > 0 ? "。" : "", STR_ARG(s->text));
    } else {
        sheet_plain(&p->sheet, first, end, out);
    }
    return true;
}

static void row(struct view *v, size_t index, struct row *out)
{
    const struct proposals *p = v->state;
    if (p->mode == PROPOSALS_LIST)
        grid_row(&p->grid, index, out);
    else
        sheet_row(&p->sheet, index, out);
}

static size_t header(struct view *v, struct row *rows, size_t room)
{
    const struct proposals *p = v->state;
    if (p->mode != PROPOSALS_LIST || room == 0)
        return 0;
    return grid_header(&p->grid, &rows[0]);
}

static void title(struct view *v, struct row *out)
{
    const struct proposals *p = v->state;
    row_add(out, ROLE_TITLE,
            p->mode == PROPOSALS_LIST ? str_of(message(MESSAGE_TAB_PROPOSALS))
                                      : p->proposal.it.title);
}

static void status(struct view *v, struct row *out)
{
    const struct proposals *p = v->state;
    const struct listing *l = &p->docket.listing;
    row_printf(out, ROLE_BAR, message(MESSAGE_REVIEW_PROGRESS), docket_done(&p->docket),
               l->n_shown);
    if (l->n_shown < l->n_items)
        row_printf(out, ROLE_BAR, "  (%zu)", l->n_items);
    if (l->filter.n > 0)
        row_printf(out, ROLE_BAR, "  & %.*s", STR_ARG(l->filter));
    grid_progress(&p->grid, out);
    if (p->mode != PROPOSALS_LIST) {
        row_add(out, ROLE_BAR, STR("  "));
        row_add(out, ROLE_BAR, p->proposal.it.title);
    }
}

static bool preview(struct view *v, size_t index, struct arena *a, struct ring_place *out)
{
    (void)a;
    const struct proposals *p = v->state;
    if (p->mode != PROPOSALS_LIST) {
        const struct sheet_entry *e = sheet_at(&p->sheet, index);
        if (e == NULL || e->target.view != VIEW_READER)
            return false;
        *out = e->target;
        return true;
    }
    size_t item = grid_item(&p->grid, index);
    if (item == LISTING_NO_ITEM)
        return false;
    const struct docket_item *it = &p->docket.items[item];
    *out = reader_place(it->article, it->passage, it->start, STR(""));
    return true;
}

/* --- Places ---------------------------------------------------------------------------------- */

static const char MODES[] = {'L', 'P', 'S'};

static void place(struct view *v, struct arena *a, struct ring_place *out)
{
    const struct proposals *p = v->state;
    size_t item = proposals_item(p);
    const struct sheet_entry *e = p->mode == PROPOSALS_LIST ? NULL : sheet_at(&p->sheet, v->focus);
    struct str table = grid_state(&p->grid, a);
    out->record = item == LISTING_NO_ITEM ? 0 : (int64_t)p->docket.items[item].id;
    out->part = e == NULL ? NONE : e->kind;
    out->offset = e == NULL ? 0 : e->number;
    out->state = str_printf(a, "%c%.*s", MODES[p->mode], STR_ARG(table));
    if (item != LISTING_NO_ITEM)
        out->anchor = docket_cell(&p->docket, item, DOCKET_TITLE, a);
}

static bool restore(struct view *v, const struct ring_place *to)
{
    struct proposals *p = v->state;
    char mode = to->state.n > 0 ? to->state.p[0] : to->record != 0 ? 'P' : 'L';
    load(p);
    size_t item = docket_item(&p->docket, (uint32_t)to->record);
    if (item == LISTING_NO_ITEM && to->record != 0) {
        take_all(p);
        item = docket_item(&p->docket, (uint32_t)to->record);
    }
    if (to->state.n > 1)
        grid_restore(&p->grid, v, str_sub(to->state, 1, to->state.n));
    p->mode = mode == 'P' ? PROPOSALS_PAGE : mode == 'S' ? PROPOSALS_SIMILAR : PROPOSALS_LIST;
    if (item == LISTING_NO_ITEM)
        p->mode = PROPOSALS_LIST;
    if (p->mode == PROPOSALS_LIST)
        return grid_focus(&p->grid, v, item);
    page_open(p, item);
    v->focus = v->top = 0;
    page_fill(p);
    size_t row_of = to->part == NONE ? SIZE_MAX : sheet_find(&p->sheet, to->part, to->offset);
    v->focus = row_of == SIZE_MAX ? 0 : row_of;
    return true;
}

static reaction go(struct proposals *p, size_t item, char mode)
{
    struct arena *a = p->view->arena;
    struct str table = grid_state(&p->grid, a);
    struct ring_place to = {.view = VIEW_PROPOSALS,
                            .record = p->docket.items[item].id,
                            .part = NONE,
                            .link = NO_LINK,
                            .state = str_printf(a, "%c%.*s", mode, STR_ARG(table))};
    return ui_go(p->view->ui, &to);
}

static reaction enter(struct view *v)
{
    struct proposals *p = v->state;
    if (p->mode == PROPOSALS_LIST) {
        size_t item = grid_item(&p->grid, v->focus);
        return item == LISTING_NO_ITEM ? REACT_NONE : go(p, item, 'P');
    }
    const struct sheet_entry *e = sheet_at(&p->sheet, v->focus);
    if (e == NULL)
        return REACT_NONE;
    if (e->kind == ENTRY_SECTION)
        return page_fold(p, 0);
    if (e->kind == ENTRY_MERGE)
        return proposals_merge(p, &p->similar[e->number]);
    if (e->kind == ENTRY_OTHER)
        return go(p, p->similar[e->number].item, 'P');
    return e->target.view == VIEW_COUNT ? REACT_NONE : ui_go(v->ui, &e->target);
}

void proposals_show(struct proposals *p, size_t row_of)
{
    struct view *v = p->view;
    size_t item = grid_item(&p->grid, row_of);
    if (p->mode == PROPOSALS_LIST) {
        v->focus = row_of;
        return;
    }
    if (item == LISTING_NO_ITEM)
        return;
    bool same = item == p->item;
    page_open(p, item);
    if (!same)
        v->focus = v->top = 0;
    page_fill(p);
    if (!same)
        v->focus = 0;
}

/* J and K within the page: the next or previous proposal of the list. */
static reaction step(struct proposals *p, int by)
{
    const struct listing *l = &p->docket.listing;
    size_t at = listing_row_of(l, p->item);
    for (at = at == SIZE_MAX ? 0 : at; by > 0 ? at + 1 < l->n_rows : at > 0;) {
        at = by > 0 ? at + 1 : at - 1;
        if (listing_row_at(l, at).item == LISTING_NO_ITEM)
            continue;
        proposals_show(p, at);
        return REACT_VIEW;
    }
    ui_say(p->view->ui, ROLE_DIM, "%s", message(MESSAGE_NO_ITEM));
    return REACT_STATUS;
}

static reaction tick(struct view *v)
{
    struct proposals *p = v->state;
    struct error quiet = ERROR_NONE;
    bool changed = false;
    if (review_refresh(p->review, &changed, &quiet) != STATUS_OK || !changed)
        return REACT_NONE;
    proposals_changed(p);
    return REACT_VIEW;
}

static reaction ask_all(struct proposals *p)
{
    if (p->mode != PROPOSALS_LIST || p->docket.listing.n_shown == 0)
        return REACT_NONE;
    p->all = true;
    ui_say(p->view->ui, ROLE_WARN, message(MESSAGE_REVIEW_ALL), p->docket.listing.n_shown);
    return REACT_STATUS;
}

static reaction command(struct view *v, enum command id, struct str argument)
{
    struct proposals *p = v->state;
    size_t item = proposals_item(p);
    reaction seen = tick(v);
    /* Moves need no more than there is; all else is about the whole list. */
    bool orders = id == COMMAND_SORT || id == COMMAND_SORT_REVERSE || id == COMMAND_GROUP;
    bool all = grid_wants_all(id) ||
               (command_row(id)->context == CONTEXT_PROPOSALS && id != COMMAND_SIMILAR);
    if (all || orders)
        take_all(p);
    if (all)
        listing_finish(&p->docket.listing);
    switch (id) {
    case COMMAND_REVIEW:
        return seen | proposals_review(p, argument);
    case COMMAND_REVIEW_ALL:
        return seen | ask_all(p);
    case COMMAND_MARK_READ:
        return seen | proposals_mark_read(p);
    case COMMAND_UNDO:
        if (ui_library(v->ui) != NULL && corrections_are_latest(ui_library(v->ui)))
            return REACT_PASS;
        return seen | proposals_undo(p);
    case COMMAND_NOTE_EDIT:
        return seen | proposals_edit_note(p);
    case COMMAND_EXPORT:
        return seen | proposals_export(p, argument);
    case COMMAND_SIMILAR:
        return item == LISTING_NO_ITEM ? REACT_NONE : seen | go(p, item, 'S');
    default:
        break;
    }
    p->all = false;
    if (p->mode == PROPOSALS_LIST)
        return seen | grid_command(&p->grid, v, id, argument);
    switch (id) {
    case COMMAND_FOLD:
        return seen | page_fold(p, 0);
    case COMMAND_FOLD_ALL:
        return seen | page_fold(p, 1);
    case COMMAND_UNFOLD_ALL:
        return seen | page_fold(p, -1);
    case COMMAND_ITEM_NEXT:
        return seen | step(p, 1);
    case COMMAND_ITEM_PREVIOUS:
        return seen | step(p, -1);
    default:
        return REACT_PASS;
    }
}

/* On the page, the cursor stands on a field. */
static bool subject(struct view *v, struct correction_subject *out, struct str *field)
{
    const struct proposals *p = v->state;
    size_t item = proposals_item(p);
    const struct sheet_entry *e = p->mode == PROPOSALS_LIST ? NULL : sheet_at(&p->sheet, v->focus);
    if (item == LISTING_NO_ITEM || p->mode == PROPOSALS_SIMILAR)
        return false;
    *out = (struct correction_subject){CORRECTION_PROPOSAL, p->docket.items[item].id, 0, 0};
    if (e != NULL)
        page_subject(p, e, out, field);
    return true;
}

static void filter(struct view *v, struct str text)
{
    struct proposals *p = v->state;
    if (p->mode != PROPOSALS_LIST) {
        p->mode = PROPOSALS_LIST;
        v->focus = 0;
    }
    take_all(p);
    grid_filter(&p->grid, v, text);
}

static bool is_page(const struct view *v)
{
    const struct proposals *p = v->state;
    return p->mode != PROPOSALS_LIST;
}

const struct view_ops VIEW_OPS_PROPOSALS = {
    .id = VIEW_PROPOSALS,
    .context = CONTEXT_PROPOSALS,
    .open = open_proposals,
    .close = close_proposals,
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
    .tick = tick,
    .command = command,
    .subject = subject,
    .filter = filter,
};
