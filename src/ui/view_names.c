/* View 4: the index of names, and one of them. */
#include "baolan/message.h"
#include "ui/names.h"
#include "ui/reader.h"
#include "ui/words.h"

static const struct grid_column COLUMNS[] = {
    {NAMES_NAME, N_("Name"), 24, 60, 0, ALIGN_LEFT},
    {NAMES_TYPE, N_("Type"), 8, 12, 1, ALIGN_LEFT},
    {NAMES_DOCUMENTS, N_("Docs"), 6, 9, 0, ALIGN_RIGHT},
    {NAMES_MENTIONS, N_("Mentions"), 8, 9, 2, ALIGN_RIGHT},
    {NAMES_FIRST, N_("First"), 10, 10, 4, ALIGN_LEFT},
    {NAMES_LAST, N_("Last"), 10, 10, 3, ALIGN_LEFT},
};

/* Names and days are mostly had by one. */
static const uint32_t GROUPS[] = {NAMES_TYPE, NAMES_DOCUMENTS};

static enum role role_of(void *context, size_t item, uint32_t column)
{
    (void)context;
    (void)item;
    return column == NAMES_NAME                                    ? ROLE_TEXT
           : column == NAMES_DOCUMENTS || column == NAMES_MENTIONS ? ROLE_NUMBER
                                                                   : ROLE_DIM;
}

/* --- Loading --------------------------------------------------------------------------------- */

static void read_index(struct names *n)
{
    struct error e = ERROR_NONE;
    n->index_read = true;
    if (name_index_load(&n->index, &e) != STATUS_OK)
        ui_say(n->view->ui, ROLE_ERROR, "%s", e.message);
}

/* Reads the rest of the page, one part or all of it. */
static void read_on(struct names *n, bool all)
{
    struct error e = ERROR_NONE;
    enum status status = STATUS_OK;
    store_hold(n->index.store);
    do
        status = name_page_go_on(n->index.store, n->record, &n->page, &e);
    while (all && !n->page.whole && status == STATUS_OK);
    store_let_go(n->index.store);
    if (status == STATUS_OK)
        return;
    n->page.whole = true;
    ui_say(n->view->ui, ROLE_ERROR, "%s", e.message);
}

/* Reads the entity's page; false where it is gone. What does not stand in the first screen of a
 * long one is read at rest. */
static bool read_page(struct names *n, uint32_t entity)
{
    enum { LONG = 64 }; /* mentions */
    struct error e = ERROR_NONE;
    if (entity != 0 && n->page_of == entity) {
        n->entity = entity;
        return true;
    }
    arena_reset(n->record);
    n->entity = n->page_of = 0;
    n->summed = false;
    if (n->index.store == NULL || entity == 0)
        return false;
    store_hold(n->index.store);
    enum status status = name_page_read(n->index.store, n->record, entity, &n->page, &e);
    store_let_go(n->index.store);
    if (status != STATUS_OK) {
        ui_say(n->view->ui, ROLE_ERROR, "%s", e.message);
        return false;
    }
    n->entity = n->page_of = entity;
    if (n->page.n_mentions < LONG)
        read_on(n, true);
    return true;
}

static void load(struct names *n)
{
    struct store *store = ui_store(n->view->ui);
    int64_t version = store == NULL ? 0 : store_data_version(store);
    if (store == n->loaded_from && version == n->loaded_version)
        return;
    n->loaded_from = n->index.store = store;
    n->loaded_version = version;
    n->index_read = false;
    n->page_of = 0;
    if (n->entity != 0)
        read_page(n, n->entity);
}

/* The list, read where it was not yet. */
static void need_index(struct names *n)
{
    load(n);
    if (!n->index_read)
        read_index(n);
}

static enum status open_names(struct view *v, struct error *e)
{
    struct names *n = arena_new_of(v->arena, struct names);
    v->state = n;
    *n = (struct names){.view = v,
                        .loaded_version = -1,
                        .record = arena_new(),
                        .lines = arena_new(),
                        .here = {.view = v}};
    if (n->record == NULL || n->lines == NULL)
        return error_set(e, STATUS_NO_MEMORY, "%s", status_name(STATUS_NO_MEMORY));
    enum status status = name_index_open(&n->index, NULL, words_of_entity, e);
    if (status != STATUS_OK)
        return status;
    n->grid = (struct grid){.listing = &n->index.listing,
                            .columns = COLUMNS,
                            .n_columns = sizeof COLUMNS / sizeof *COLUMNS,
                            .groups = GROUPS,
                            .n_groups = sizeof GROUPS / sizeof *GROUPS,
                            .role = role_of};
    return STATUS_OK;
}

static void close_names(struct view *v)
{
    struct names *n = v->state;
    name_index_close(&n->index);
    arena_free(n->record);
    arena_free(n->lines);
}

static void layout(struct view *v)
{
    struct names *n = v->state;
    size_t item = grid_item(&n->grid, v->focus);
    uint32_t id = n->entity == 0 && n->index_read ? name_index_at(&n->index, item)->id : 0;
    load(n);
    if (n->entity != 0) {
        names_fill_page(n);
        return;
    }
    bool was_read = n->index_read;
    need_index(n);
    grid_fit(&n->grid, v);
    if (id != 0 && !was_read)
        grid_focus(&n->grid, v, id);
}

/* --- Rows ------------------------------------------------------------------------------------ */

static size_t count(struct view *v)
{
    const struct names *n = v->state;
    return n->entity == 0 ? grid_count(&n->grid) : n->sheet.lines.n;
}

static bool plain(struct view *v, size_t first, size_t end, struct buffer *out)
{
    const struct names *n = v->state;
    if (n->entity == 0)
        grid_plain(&n->grid, first, end, out);
    else
        sheet_plain(&n->sheet, first, end, out);
    return true;
}

static void row(struct view *v, size_t index, struct row *out)
{
    const struct names *n = v->state;
    if (n->entity == 0)
        grid_row(&n->grid, index, out);
    else
        sheet_row(&n->sheet, index, out);
}

static size_t header(struct view *v, struct row *rows, size_t room)
{
    const struct names *n = v->state;
    if (n->entity != 0 || room == 0)
        return 0;
    return grid_header(&n->grid, &rows[0]);
}

static void title(struct view *v, struct row *out)
{
    const struct names *n = v->state;
    row_add(out, ROLE_TITLE,
            n->entity == 0 ? str_of(message(MESSAGE_TAB_NAMES)) : n->page.entity.name);
}

static void status(struct view *v, struct row *out)
{
    const struct names *n = v->state;
    const struct listing *l = &n->index.listing;
    if (n->entity != 0) {
        row_add(out, ROLE_BAR, n->page.entity.name);
        row_printf(out, ROLE_BAR, "  ");
        uint32_t documents = n->page.entity.documents, mentions = n->page.entity.mentions;
        row_printf(out, ROLE_BAR, translate_count("%u document, ", "%u documents, ", documents),
                   documents);
        row_printf(out, ROLE_BAR, translate_count("%u place", "%u places", mentions), mentions);
        return;
    }
    row_printf(out, ROLE_BAR, message(MESSAGE_SHOWN_OF), l->n_shown, l->n_items);
    grid_progress(&n->grid, out);
    if (l->filter.n > 0)
        row_printf(out, ROLE_BAR, "  & %.*s", STR_ARG(l->filter));
}

/* The name's first mention. */
static bool first_mention(struct names *n, uint32_t entity, struct arena *a, struct ring_place *out)
{
    struct stored_mention m;
    struct stored_passage passage;
    struct error quiet = ERROR_NONE;
    size_t found = 0;
    bool has = store_mentions(n->index.store, entity, NULL, &m, 1, &found, &quiet) == STATUS_OK &&
               found == 1 &&
               store_passage(n->index.store, a, m.passage, &passage, &quiet) == STATUS_OK;
    if (has)
        *out = reader_place(passage.article, m.passage, m.start,
                            str_sub(passage.text, m.start, m.end));
    return has;
}

static bool preview(struct view *v, size_t index, struct arena *a, struct ring_place *out)
{
    struct names *n = v->state;
    if (n->entity != 0) {
        const struct sheet_entry *e = sheet_at(&n->sheet, index);
        if (e == NULL || e->target.view != VIEW_READER)
            return false;
        *out = e->target;
        return true;
    }
    size_t item = grid_item(&n->grid, index);
    return item != LISTING_NO_ITEM && first_mention(n, name_index_at(&n->index, item)->id, a, out);
}

/* --- Places ---------------------------------------------------------------------------------- */

static void place(struct view *v, struct arena *a, struct ring_place *out)
{
    struct names *n = v->state;
    const struct sheet_entry *e = n->entity == 0 ? NULL : sheet_at(&n->sheet, v->focus);
    size_t item = n->entity == 0 ? grid_item(&n->grid, v->focus) : LISTING_NO_ITEM;
    out->record = n->entity != 0            ? n->entity
                  : item != LISTING_NO_ITEM ? (int64_t)name_index_at(&n->index, item)->id
                                            : 0;
    out->part = e == NULL ? NONE : e->kind;
    out->offset = e == NULL ? 0 : sheet_mark(&n->sheet, v->focus);
    if (n->entity == 0)
        grid_keep_row(&n->grid, v, out);
    out->state = str_printf(a, "%c%.*s",
                            n->entity == 0 ? 'L'
                            : n->counting  ? 'C'
                                           : 'P',
                            STR_ARG(grid_state(&n->grid, a)));
}

static bool restore(struct view *v, const struct ring_place *to)
{
    struct names *n = v->state;
    char what = to->state.n > 0 ? to->state.p[0] : to->record != 0 ? 'P' : 'L';
    bool page = what != 'L';
    n->counting = what == 'C';
    load(n);
    if (to->state.n > 1)
        grid_restore(&n->grid, v, str_sub(to->state, 1, to->state.n));
    if (page && read_page(n, (uint32_t)to->record)) {
        v->focus = v->top = 0;
        if (to->part > NAME_MENTION && to->part != NONE && !n->page.whole)
            read_on(n, true);
        memset(&n->sheet, 0, sizeof n->sheet);
        names_fill_page(n);
        size_t row_of =
            to->part == NONE ? SIZE_MAX : sheet_find_mark(&n->sheet, to->part, to->offset);
        v->focus = row_of == SIZE_MAX ? 0 : row_of;
        return true;
    }
    n->entity = 0;
    v->focus = 0;
    need_index(n);
    return grid_return(&n->grid, v, (size_t)to->record, to);
}

static reaction enter(struct view *v)
{
    struct names *n = v->state;
    if (n->entity != 0) {
        const struct sheet_entry *e = sheet_at(&n->sheet, v->focus);
        return e == NULL || e->target.view == VIEW_COUNT ? REACT_NONE : ui_go(v->ui, &e->target);
    }
    size_t item = grid_item(&n->grid, v->focus);
    struct arena *a = item == LISTING_NO_ITEM ? NULL : arena_new();
    if (a == NULL)
        return REACT_NONE;
    struct ring_place to = {.view = VIEW_NAMES,
                            .record = name_index_at(&n->index, item)->id,
                            .part = NONE,
                            .link = NO_LINK};
    to.state = str_printf(a, "P%.*s", STR_ARG(grid_state(&n->grid, a)));
    reaction r = ui_go(v->ui, &to);
    arena_free(a);
    return r;
}

/* J and K within a page: the next or previous name of the list. */
static reaction step(struct names *n, int by)
{
    need_index(n);
    size_t row_of = listing_row_of(&n->index.listing, n->entity);
    for (; row_of != SIZE_MAX && (by > 0 ? row_of + 1 < grid_count(&n->grid) : row_of > 0);) {
        row_of = by > 0 ? row_of + 1 : row_of - 1;
        size_t item = grid_item(&n->grid, row_of);
        if (item == LISTING_NO_ITEM || !read_page(n, name_index_at(&n->index, item)->id))
            continue;
        n->view->focus = n->view->top = 0;
        memset(&n->sheet, 0, sizeof n->sheet);
        names_fill_page(n);
        return REACT_VIEW;
    }
    ui_say(n->view->ui, ROLE_DIM, "%s", message(MESSAGE_NO_ITEM));
    return REACT_STATUS;
}

/* Takes what the cursor stands on for the commands that put names right. */
static void look_here(struct names *n)
{
    const struct sheet_entry *e = n->entity == 0 ? NULL : sheet_at(&n->sheet, n->view->focus);
    size_t item = n->entity == 0 ? grid_item(&n->grid, n->view->focus) : LISTING_NO_ITEM;
    n->here.entity = n->entity != 0            ? n->entity
                     : item != LISTING_NO_ITEM ? name_index_at(&n->index, item)->id
                                               : 0;
    n->here.spelling = e != NULL && e->kind == NAME_SPELLING ? e->text : STR("");
}

/* The page of counts of the name here, or back to its mentions. */
static reaction open_counts(struct names *n)
{
    struct arena *a = n->here.entity == 0 ? NULL : arena_new();
    if (a == NULL)
        return REACT_NONE;
    struct ring_place to = {
        .view = VIEW_NAMES, .record = n->here.entity, .part = NONE, .link = NO_LINK};
    to.state = str_printf(a, "%c%.*s", n->entity != 0 && n->counting ? 'P' : 'C',
                          STR_ARG(grid_state(&n->grid, a)));
    reaction r = ui_go(n->view->ui, &to);
    arena_free(a);
    return r;
}

static reaction command(struct view *v, enum command id, struct str argument)
{
    struct names *n = v->state;
    look_here(n);
    reaction r = name_edit_command(&n->here, id, argument);
    if (!(r & REACT_PASS))
        return r;
    if (id == COMMAND_COUNTS)
        return open_counts(n);
    if (id == COMMAND_HIDDEN_NAMES) {
        n->here.hidden = n->index.hidden = !n->index.hidden;
        n->entity = 0;
        v->focus = v->top = 0;
        read_index(n);
        return REACT_LAYOUT;
    }
    if (n->entity == 0) {
        need_index(n);
        if (grid_wants_all(id))
            listing_finish(&n->index.listing);
        return grid_command(&n->grid, v, id, argument);
    }
    if (id == COMMAND_ITEM_NEXT || id == COMMAND_ITEM_PREVIOUS)
        return step(n, id == COMMAND_ITEM_NEXT ? 1 : -1);
    return REACT_PASS;
}

static void filter(struct view *v, struct str text)
{
    struct names *n = v->state;
    if (n->entity != 0) {
        n->entity = 0;
        v->focus = v->top = 0;
    }
    need_index(n);
    grid_filter(&n->grid, v, text);
}

static reaction idle(struct view *v)
{
    struct names *n = v->state;
    if (n->entity != 0 && n->counting && !n->summed && names_sum_up(n)) {
        names_fill_page(n);
        return REACT_VIEW;
    }
    if (n->entity != 0 && !n->counting && !n->page.whole) {
        read_on(n, false);
        names_fill_page(n);
        return REACT_VIEW;
    }
    return n->entity == 0 && n->index_read ? grid_idle(&n->grid, v) : REACT_NONE;
}

static bool is_page(const struct view *v)
{
    const struct names *n = v->state;
    return n->entity != 0;
}

const struct view_ops VIEW_OPS_NAMES = {
    .id = VIEW_NAMES,
    .context = CONTEXT_NAMES,
    .open = open_names,
    .close = close_names,
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
    .filter = filter,
};
