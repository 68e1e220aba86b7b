/* What was put right, newest first: Enter goes there, d takes one back. */
#include "baolan/message.h"
#include "ui/correct.h"
#include "ui/reader.h"
#include "ui/state.h"

#include <time.h>

struct corrections {
    struct arena *arena; /* of the list */
    const struct correction_state *list;
    size_t n;
    int64_t notes_version, store_version;
    bool read;
};

static enum status open_view(struct view *v, struct error *e)
{
    struct corrections *c = arena_new_of(v->arena, struct corrections);
    v->state = c;
    c->arena = arena_new();
    return c->arena != NULL ? STATUS_OK : error_set(e, STATUS_NO_MEMORY, "out of memory");
}

static void close_view(struct view *v)
{
    struct corrections *c = v->state;
    arena_free(c->arena);
}

static bool is_stale(struct view *v)
{
    struct corrections *c = v->state;
    struct library *library = ui_library(v->ui);
    if (library == NULL || library->marks == NULL)
        return false;
    int64_t notes = notes_data_version(library->marks);
    int64_t store = library->store == NULL ? 0 : store_data_version(library->store);
    bool stale = !c->read || notes != c->notes_version || store != c->store_version;
    c->notes_version = notes;
    c->store_version = store;
    return stale;
}

static void read_list(struct view *v)
{
    struct corrections *c = v->state;
    struct error e = ERROR_NONE;
    arena_reset(c->arena);
    c->read = true;
    if (corrections_list(ui_library(v->ui), c->arena, &c->list, &c->n, &e) != STATUS_OK) {
        c->n = 0;
        ui_say(v->ui, ROLE_ERROR, "%s", e.message);
    }
    v->focus = v->focus < c->n ? v->focus : c->n > 0 ? c->n - 1 : 0;
}

/* What this terminal changes is no other connection's change: it is read each time. */
static void layout(struct view *v)
{
    is_stale(v);
    if (ui_library(v->ui) != NULL)
        read_list(v);
}

static reaction tick(struct view *v)
{
    if (!is_stale(v))
        return REACT_NONE;
    read_list(v);
    return REACT_VIEW;
}

static size_t count(struct view *v)
{
    const struct corrections *c = v->state;
    return c->n;
}

static const struct correction_state *at(struct view *v, size_t index)
{
    const struct corrections *c = v->state;
    return index < c->n ? &c->list[c->n - 1 - index] : NULL;
}

static struct str day_of(struct arena *a, int64_t milliseconds)
{
    char text[16] = "";
    time_t seconds = (time_t)(milliseconds / 1000);
    struct tm tm;
    if (localtime_r(&seconds, &tm) != NULL)
        strftime(text, sizeof text, "%Y-%m-%d", &tm);
    return str_dup(a, str_of(text));
}

static void row(struct view *v, size_t index, struct row *out)
{
    const struct correction_state *c = at(v, index);
    struct arena *a = out->arena;
    if (c == NULL)
        return;
    int around = v->width >= 70 ? 22 : 12, author = v->width >= 70 ? 10 : 0;
    enum correction_kind kind = correction_kind_named(c->it.kind);
    struct str quoted = c->it.anchor == NULL ? STR("") : c->it.anchor->quoted;
    struct str words = correct_words(a, kind, c->it.field, c->it.value, c->it.was);
    row_add(out, ROLE_TEXT, STR(" "));
    row_column(out, ROLE_MARK, c->found ? STR("改") : str_of(translate(NC_("correction", "lost"))),
               6, ALIGN_LEFT);
    row_column(out, ROLE_DIM, quoted, around, ALIGN_LEFT);
    row_add(out, ROLE_TEXT, STR("  "));
    row_column(out, ROLE_TEXT, words, v->width - out->width - 12 - author, ALIGN_LEFT);
    row_add(out, ROLE_TEXT, STR("  "));
    row_column(out, ROLE_DIM, c->it.author, author, ALIGN_LEFT);
    row_add(out, ROLE_DIM, day_of(a, c->it.time));
}

static void title(struct view *v, struct row *out)
{
    (void)v;
    row_add(out, ROLE_TITLE, str_of(message(MESSAGE_TAB_CORRECTIONS)));
}

static void status(struct view *v, struct row *out)
{
    const struct corrections *c = v->state;
    size_t lost = 0;
    for (size_t i = 0; i < c->n; i++)
        lost += !c->list[i].found;
    row_printf(out, ROLE_BAR, translate("%zu put right"), c->n);
    if (lost > 0)
        row_printf(out, ROLE_BAR, translate(", %zu stand nowhere in this library"), lost);
}

/* Where it shows: as the library knows, else where its words stand. */
static bool find(struct view *v, size_t index, struct ring_place *out)
{
    const struct correction_state *c = at(v, index);
    struct store *store = ui_store(v->ui);
    struct stored_passage passage;
    uint32_t id, start = 0, end;
    if (c == NULL || store == NULL)
        return false;
    id = c->passage;
    struct str words = c->it.anchor == NULL ? STR("") : c->it.anchor->quoted;
    if (c->it.anchor != NULL &&
        store_find_anchor(store, c->it.anchor, &id, &start, &end, NULL) != STATUS_OK)
        start = 0, id = c->passage;
    if (id == 0 || store_passage(store, v->ui->places, id, &passage, NULL) != STATUS_OK)
        return false;
    *out = reader_place(passage.article, id, start, words);
    return true;
}

static reaction enter(struct view *v)
{
    struct ring_place to;
    if (find(v, v->focus, &to))
        return ui_go(v->ui, &to);
    ui_say(v->ui, ROLE_WARN, "%s", translate("its words stand nowhere in this library"));
    return REACT_STATUS;
}

static bool preview(struct view *v, size_t index, struct arena *a, struct ring_place *out)
{
    (void)a;
    return find(v, index, out);
}

static void place(struct view *v, struct arena *a, struct ring_place *out)
{
    (void)a;
    out->record = (int64_t)v->focus;
}

static bool restore(struct view *v, const struct ring_place *to)
{
    v->focus = (size_t)to->record;
    layout(v);
    return true;
}

static reaction remove_here(struct view *v)
{
    const struct correction_state *c = at(v, v->focus);
    struct error e = ERROR_NONE;
    bool applied;
    if (c == NULL)
        return REACT_NONE;
    if (corrections_remove(ui_library(v->ui), c->it.id, &applied, &e) != STATUS_OK)
        ui_say(v->ui, ROLE_ERROR, "%s", e.message);
    else if (applied)
        ui_say(v->ui, ROLE_GOOD, "%s", translate("taken back"));
    else
        ui_say(v->ui, ROLE_WARN, translate("kept, and shown after the next import: %s"), e.message);
    ui_look_for_changes(v->ui);
    read_list(v);
    return REACT_LAYOUT;
}

static reaction command(struct view *v, enum command id, struct str argument)
{
    (void)argument;
    if (id == COMMAND_IS_NONE)
        return remove_here(v);
    if (id != COMMAND_UNDO)
        return REACT_PASS;
    reaction r = correct_undo(v->ui, argument);
    read_list(v);
    return r;
}

const struct view_ops VIEW_OPS_CORRECTIONS = {
    .id = VIEW_CORRECTIONS,
    .context = CONTEXT_LIST,
    .open = open_view,
    .close = close_view,
    .layout = layout,
    .count = count,
    .row = row,
    .title = title,
    .status = status,
    .enter = enter,
    .preview = preview,
    .place = place,
    .restore = restore,
    .tick = tick,
    .command = command,
};
