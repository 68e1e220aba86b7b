#include "ui/ui.h"

#include "app/restrict.h"
#include "baolan/files.h"
#include "baolan/finder.h"
#include "baolan/message.h"
#include "ui/state.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static const struct view_ops *const VIEWS[VIEW_COUNT] = {
    [VIEW_LIBRARY] = &VIEW_OPS_LIBRARY,         [VIEW_PROPOSALS] = &VIEW_OPS_PROPOSALS,
    [VIEW_INDICATORS] = &VIEW_OPS_INDICATORS,   [VIEW_NAMES] = &VIEW_OPS_NAMES,
    [VIEW_FINDINGS] = &VIEW_OPS_FINDINGS,       [VIEW_SEARCH] = &VIEW_OPS_SEARCH,
    [VIEW_READER] = &VIEW_OPS_READER,           [VIEW_HELP] = &VIEW_OPS_HELP,
    [VIEW_PLACES] = &VIEW_OPS_PLACES,           [VIEW_LINKS] = &VIEW_OPS_LINKS,
    [VIEW_CORRECTIONS] = &VIEW_OPS_CORRECTIONS,
};

void ui_say(struct ui *ui, enum role role, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    vsnprintf(ui->said, sizeof ui->said, format, list);
    va_end(list);
    ui->said_role = role;
    ui->dirty = true;
}

void ui_warn(struct ui *ui)
{
    if (ui->said[0] == '\0' && ui->warned < ui->given->n_warnings)
        ui_say(ui, ROLE_WARN, "%s", ui->given->warnings[ui->warned++]);
}

struct store *ui_store(struct ui *ui)
{
    return ui->library == NULL ? NULL : ui->library->store;
}

struct notes *ui_notes(struct ui *ui)
{
    return ui->library == NULL ? NULL : ui->library->notes;
}

struct notes *ui_marks(struct ui *ui)
{
    return ui->library == NULL ? NULL : ui->library->marks;
}

struct str ui_author(const struct ui *ui)
{
    return ui->library == NULL ? STR("") : str_of(library_author(ui->library));
}

const struct options *ui_options(const struct ui *ui)
{
    return ui->options;
}

enum ambiguous ui_ambiguous(const struct ui *ui)
{
    return options_is(ui->options, OPTION_AMBIGUOUS, "substitute") ? AMBIGUOUS_SUBSTITUTE
                                                                   : AMBIGUOUS_NARROW;
}

bool ui_speaks(const struct ui *ui)
{
    return options_is(ui->options, OPTION_ACCESS, "on");
}

static bool may(struct ui *ui, bool allowed, const struct error *e)
{
    if (!allowed)
        ui_say(ui, ROLE_ERROR, "%s", e->message);
    return allowed;
}

bool ui_may_run(struct ui *ui)
{
    struct error e = ERROR_NONE;
    return may(ui, restrict_may_run(ui->options, &e), &e);
}

bool ui_may_write(struct ui *ui, const char *path)
{
    struct error e = ERROR_NONE;
    return may(ui, restrict_may_write(ui->options, path, &e), &e);
}

bool ui_reads(const struct ui *ui)
{
    return ui->reading;
}

void ui_set_option(struct ui *ui, enum option id, const char *value)
{
    options_set(ui->options, str_of(option_row(id)->name), str_of(value), NULL);
    ui_apply_options(ui);
}

struct library *ui_library(struct ui *ui)
{
    return ui->library;
}

struct finder *ui_finder(struct ui *ui)
{
    struct error e = ERROR_NONE;
    if (ui->finder == NULL && ui_store(ui) != NULL &&
        finder_open(ui_library(ui), NULL, &ui->finder, &e) != STATUS_OK)
        ui_say(ui, ROLE_ERROR, "%s", e.message);
    return ui->finder;
}

struct opening {
    struct view *view;
    struct error *error;
};

static enum status open_view(void *context)
{
    struct opening *o = context;
    return o->view->ops->open == NULL ? STATUS_OK : o->view->ops->open(o->view, o->error);
}

struct view *ui_view(struct ui *ui, enum view_id id)
{
    struct view *v = &ui->views[id];
    struct error e = ERROR_NONE;
    if (ui->opened[id])
        return v;
    *v = (struct view){.ops = VIEWS[id], .ui = ui, .link = NO_LINK, .stale = true};
    v->arena = arena_new();
    enum status status = STATUS_NO_MEMORY;
    if (v->arena != NULL)
        status = arena_protect(v->arena, open_view, &(struct opening){v, &e}, &e);
    if (status != STATUS_OK) {
        arena_free(v->arena);
        ui_say(ui, ROLE_ERROR, "%s", e.message);
        return NULL;
    }
    ui->opened[id] = true;
    return v;
}

struct view *ui_focused(struct ui *ui)
{
    return ui_view(ui, ui->reading ? VIEW_READER : ui->list);
}

struct ring_place ui_place(struct ui *ui)
{
    struct view *v = ui_focused(ui);
    struct ring_place place = {
        .view = ui->reading ? VIEW_READER : ui->list, .part = NONE, .link = NO_LINK};
    if (v != NULL && v->ops->place != NULL)
        v->ops->place(v, ui->places, &place);
    place.view = ui->reading ? VIEW_READER : ui->list;
    place.behind = ui->reading ? 1 + (uint32_t)ui->list : 0;
    if (v != NULL && v->focus >= v->top)
        place.above = (uint32_t)(v->focus - v->top);
    return place;
}

static int64_t list_now(const struct ui *ui, const struct paging *list)
{
    return ui->totals.commits == 0
               ? 0
               : (int64_t)(paging_identity(list) ^ (uint64_t)ui->totals.commits);
}

void ui_keep_row(const struct ui *ui, const struct paging *list, size_t row,
                 struct ring_place *place)
{
    place->row = row >= UINT32_MAX ? 0 : (uint32_t)row + 1;
    place->row_of = list_now(ui, list);
}

size_t ui_kept_row(const struct ui *ui, const struct paging *list, const struct ring_place *place)
{
    bool same = place->row > 0 && place->row_of != 0 && place->row_of == list_now(ui, list);
    return same ? (size_t)place->row - 1 : SIZE_MAX;
}

reaction ui_show_place(struct ui *ui, const struct ring_place *place)
{
    struct ring_place to = session_find(ui, ui->places, place);
    ui->reading = to.view == VIEW_READER;
    if (!ui->reading)
        ui->list = to.view;
    else if (to.behind > 0)
        ui->list = (enum view_id)(to.behind - 1);
    ui->has_preview = false;
    struct view *v = ui_view(ui, to.view);
    if (v == NULL)
        return REACT_LAYOUT;
    layout_panes(ui);
    v->link = NO_LINK;
    if (v->ops->restore != NULL)
        v->ops->restore(v, &to);
    /* What was looked for is what n and N go on with. */
    if (ui->reading && to.state.n > 0)
        snprintf(ui->find_text, sizeof ui->find_text, "%.*s", STR_ARG(to.state));
    v->top = v->focus > to.above ? v->focus - to.above : 0;
    window_fit(v);
    return REACT_LAYOUT;
}

reaction ui_go(struct ui *ui, const struct ring_place *place)
{
    struct ring_place from = ui_place(ui), to = *place;
    ring_go(ui->ring, &from, place);
    /* What the last jump left may be where this one goes: its strings outlive the change. */
    struct arena *kept = arena_new();
    if (kept != NULL) {
        from.anchor = str_dup(kept, from.anchor);
        from.state = str_dup(kept, from.state);
        from.found_by = str_dup(kept, from.found_by);
        reaction r = ui_show_place(ui, &to);
        arena_free(ui->left_arena);
        ui->left_arena = kept;
        ui->left = from;
        return r;
    }
    return ui_show_place(ui, &to);
}

static bool same_place(const struct ring_place *a, const struct ring_place *b)
{
    return a->record == b->record && a->part == b->part && a->offset == b->offset;
}

reaction ui_step_list(struct ui *ui, int step)
{
    struct view *v = ui_view(ui, ui->list);
    struct ring_place place = {.view = VIEW_READER, .part = NONE, .link = NO_LINK}, here = place;
    size_t n = v == NULL || v->ops->preview == NULL ? 0 : v->ops->count(v);
    struct ring_place now = ui_place(ui);
    if (n > 0)
        v->ops->preview(v, v->focus, ui->paint, &here);
    for (size_t row = v == NULL ? 0 : v->focus; n > 0;) {
        if (step > 0 ? row + 1 >= n : row == 0)
            break;
        row += step > 0 ? 1 : (size_t)-1;
        /* Rows may lead to the same place: an article and the document of one article. */
        if (!v->ops->preview(v, row, ui->paint, &place) || same_place(&place, &here) ||
            (place.record == now.record && place.part == NONE))
            continue;
        v->focus = row;
        window_fit(v);
        place.view = VIEW_READER;
        return ui_show_place(ui, &place);
    }
    ui_say(ui, ROLE_DIM, "%s", message(MESSAGE_NO_ITEM));
    return REACT_STATUS;
}

void ui_make_stale(struct ui *ui)
{
    for (int i = 0; i < VIEW_COUNT; i++)
        ui->views[i].stale = true;
    ui->has_preview = false;
    ui->dirty = true;
}

void ui_apply_options(struct ui *ui)
{
    language_set(language_find(options_text(ui->options, OPTION_LANGUAGE)));
    terminal_theme(ui->terminal, options_text(ui->options, OPTION_THEME));
    terminal_mouse(ui->terminal, options_is(ui->options, OPTION_MOUSE, "on"));
    watching_options(ui);
    ui_make_stale(ui);
}

static void take_totals(struct ui *ui)
{
    struct store *store = ui_store(ui);
    ui->totals_known = store != NULL && store_totals(store, &ui->totals, NULL) == STATUS_OK;
    ui->store_seen = store;
    ui->data_version = store == NULL ? 0 : store_data_version(store);
}

void ui_look_for_changes(struct ui *ui)
{
    library_refresh(ui->library);
    struct store *store = ui_store(ui);
    bool anew = store != ui->store_seen; /* a correction may have opened it anew already */
    if (!anew && (store == NULL || store_data_version(store) == ui->data_version))
        return;
    if (anew && ui->finder != NULL)
        finder_forget(ui->finder);
    take_totals(ui);
    ui_make_stale(ui);
}

static enum status read_script(struct ui *ui, struct error *e)
{
    const char *path = getenv("BAOLAN_SCRIPT");
    if (path == NULL || *path == '\0')
        return STATUS_OK;
    return file_read(ui->arena, path, &ui->script, NULL, e);
}

static enum status open_ui(struct ui *ui, struct error *e)
{
    if (!terminal_locale())
        return error_set(e, STATUS_UNSUPPORTED, "%s", message(MESSAGE_LOCALE));
    enum status status = read_script(ui, e);
    if (status == STATUS_OK)
        status = loop_prepare(ui, e);
    if (status == STATUS_OK)
        status =
            terminal_open(ui->arena, options_text(ui->options, OPTION_THEME), &ui->terminal, e);
    return status;
}

/* A size until the first page is printed. */
static enum status open_lines(struct ui *ui, struct error *e)
{
    if (!terminal_locale())
        return error_set(e, STATUS_UNSUPPORTED, "%s", message(MESSAGE_LOCALE));
    ui->rows = 24;
    ui->columns = 80;
    return STATUS_OK;
}

void ui_close_views(struct ui *ui)
{
    finder_close(ui->finder);
    ui->finder = NULL;
    for (int i = 0; i < VIEW_COUNT; i++) {
        if (!ui->opened[i])
            continue;
        if (ui->views[i].ops->close != NULL)
            ui->views[i].ops->close(&ui->views[i]);
        arena_free(ui->views[i].arena);
        ui->opened[i] = false;
        ui->views[i] = (struct view){0};
        ui->laid[i] = (struct rect){0};
    }
}

static void close_ui(struct ui *ui)
{
    terminal_close(ui->terminal);
    if (!ui->given->lines)
        loop_end(ui);
    ui_close_views(ui);
    libraries_leave(ui);
    arena_free(ui->left_arena);
}

static enum status run(void *context)
{
    struct ui *ui = context;
    struct error e = ERROR_NONE;
    enum status status = ui->given->lines ? open_lines(ui, &e) : open_ui(ui, &e);
    if (status != STATUS_OK) {
        fprintf(stderr, "baolan: %s\n", e.message);
        watching_end(ui);
        return status;
    }
    if (!ui->given->lines)
        terminal_size(&ui->rows, &ui->columns);
    ui_apply_options(ui);
    struct store *store = ui_store(ui);
    store_hold(store);
    take_totals(ui);
    watching_begin(ui);
    ui_warn(ui);
    session_resume_prompts(ui);
    if (!ui->given->anew)
        session_resume(ui);
    store_let_go(store);
    if (ui->given->lines)
        line_run(ui);
    else
        loop_run(ui);
    session_save(ui);
    watching_end(ui);
    close_ui(ui);
    return STATUS_OK;
}

int ui_run(const struct ui_options *given)
{
    struct arena *arena = arena_new(), *paint = arena_new(), *places = arena_new();
    enum status status = STATUS_NO_MEMORY;
    if (arena != NULL && paint != NULL && places != NULL) {
        struct ui *ui = arena_new_of(arena, struct ui);
        *ui = (struct ui){.given = given, .arena = arena, .paint = paint, .places = places};
        ui->import = given->import;
        ui->library = given->library;
        ui->options = given->options != NULL ? given->options : options_new(arena);
        ui->keymap = given->keymap != NULL ? given->keymap : keymap_new(arena);
        ui->decoder = decoder_new(arena);
        ui->awaiting = COMMAND_COUNT;
        ui->ring = ring_new(arena, RING_ROOM);
        ui->list = VIEW_LIBRARY;
        status = run(ui);
    } else if (given->import != NULL) {
        import_cancel(given->import);
        import_join(given->import, NULL);
    }
    arena_free(paint);
    arena_free(places);
    arena_free(arena);
    return status == STATUS_OK ? 0 : 2;
}
