/* Help: the keys that work where one came from, made from the table that binds them, and the
 * commands that no key is bound to. */
#include "baolan/message.h"
#include "baolan/query.h"
#include "ui/state.h"

/* A row: a heading, a command with its keys, or a form of a query with what it finds. */
struct help_row {
    const char *heading, *finds;
    enum command command;
    struct str keys;
    struct str line; /* of a key that is bound to a command with its arguments */
};

struct help {
    VECTOR(struct help_row) rows;
    struct arena *arena; /* of the rows, which are made anew at each visit */
};

static bool has_arguments(const struct binding *b)
{
    return b->command < COMMAND_COUNT && b->line.n > strlen(command_row(b->command)->name);
}

static struct str keys_of(const struct keymap *m, enum context from, enum command command,
                          struct arena *a)
{
    struct buffer out = buffer_in(a);
    for (size_t i = 0; i < keymap_count(m); i++) {
        const struct binding *b = keymap_at(m, i), *found = NULL;
        if (b->command != command || has_arguments(b) ||
            keymap_find(m, from, b->keys, b->n_keys, &found) != KEY_BOUND || found != b)
            continue;
        if (out.n > 0)
            buffer_add_byte(&out, ' ');
        buffer_add(&out, binding_label(b, a));
    }
    return buffer_str(&out);
}

/* Rows of the commands of one context that have keys there. */
static void add_context(struct help *h, const struct keymap *m, enum context from,
                        enum context context, const char *heading)
{
    bool begun = false;
    for (unsigned i = 0; i < COMMAND_COUNT; i++) {
        const struct command_row *row = command_row((enum command)i);
        struct str keys = keys_of(m, from, (enum command)i, h->arena);
        if (row->context != context || keys.n == 0)
            continue;
        if (!begun)
            vector_push(h->arena, &h->rows,
                        ((struct help_row){.heading = heading, .command = COMMAND_COUNT}));
        begun = true;
        vector_push(h->arena, &h->rows,
                    ((struct help_row){.command = (enum command)i, .keys = keys}));
    }
}

/* Rows of the keys of one context that are bound to a command with arguments. */
static void add_lines(struct help *h, const struct keymap *m, enum context context)
{
    for (size_t i = 0; i < keymap_count(m); i++) {
        const struct binding *b = keymap_at(m, i);
        if (b->context == context && has_arguments(b))
            vector_push(h->arena, &h->rows,
                        ((struct help_row){.command = b->command,
                                           .keys = binding_label(b, h->arena),
                                           .line = b->line}));
    }
}

static void add_unbound(struct help *h, const struct keymap *m, enum context from)
{
    vector_push(
        h->arena, &h->rows,
        ((struct help_row){.heading = message(MESSAGE_HELP_UNBOUND), .command = COMMAND_COUNT}));
    for (unsigned i = 0; i < COMMAND_COUNT; i++)
        if (!(command_row((enum command)i)->flags & COMMAND_HIDDEN) &&
            keys_of(m, from, (enum command)i, h->arena).n == 0)
            vector_push(h->arena, &h->rows, ((struct help_row){.command = (enum command)i}));
}

/* What can be asked after `/` and by `baolan search`. */
static void add_query(struct help *h)
{
    vector_push(
        h->arena, &h->rows,
        ((struct help_row){.heading = message(MESSAGE_HELP_QUERY), .command = COMMAND_COUNT}));
    for (size_t i = 0; i < query_help_count(); i++)
        vector_push(h->arena, &h->rows,
                    ((struct help_row){.finds = query_help_text(i),
                                       .command = COMMAND_COUNT,
                                       .keys = query_help_form(h->arena, i)}));
}

static void fill(struct view *v)
{
    struct help *h = v->state;
    const struct keymap *m = v->ui->keymap;
    /* One comes from the place that history was left at. */
    size_t index = ring_index(v->ui->ring);
    const struct ring_place *before = index > 0 ? ring_at(v->ui->ring, index - 1) : NULL;
    struct view *behind = before == NULL ? NULL : ui_view(v->ui, before->view);
    enum context from = behind == NULL ? CONTEXT_LIBRARY : behind->ops->context;
    arena_reset(h->arena);
    memset(&h->rows, 0, sizeof h->rows);
    if (from != CONTEXT_GLOBAL && from != CONTEXT_LIST)
        add_context(h, m, from, from, message(MESSAGE_HELP_KEYS));
    add_lines(h, m, from);
    add_context(h, m, from, CONTEXT_LIST, message(MESSAGE_HELP_LISTS));
    add_context(h, m, from, CONTEXT_GLOBAL, message(MESSAGE_HELP_EVERYWHERE));
    add_query(h);
    add_unbound(h, m, from);
}

static enum status open_help(struct view *v, struct error *e)
{
    struct help *h = arena_new_of(v->arena, struct help);
    h->arena = arena_new();
    if (h->arena == NULL)
        return error_set(e, STATUS_NO_MEMORY, "out of memory");
    v->state = h;
    return STATUS_OK;
}

static void close_help(struct view *v)
{
    struct help *h = v->state;
    arena_free(h->arena);
}

static size_t count(struct view *v)
{
    struct help *h = v->state;
    if (h->rows.n == 0)
        fill(v);
    return h->rows.n;
}

static void row(struct view *v, size_t index, struct row *out)
{
    const struct help *h = v->state;
    const struct help_row *r = &h->rows.at[index];
    if (r->heading != NULL) {
        row_add(out, ROLE_HEADING, str_of(r->heading));
        return;
    }
    int wide = v->width >= 70 || r->finds != NULL ? 22 : 14;
    row_add(out, ROLE_TEXT, STR("  "));
    row_column(out, ROLE_KEY, r->keys, wide, ALIGN_LEFT);
    row_add(out, ROLE_TEXT, STR(" "));
    if (r->finds != NULL) {
        row_add(out, ROLE_TEXT, str_of(r->finds));
        return;
    }
    if (r->line.n > 0) {
        row_add(out, ROLE_TEXT, r->line);
        return;
    }
    const struct command_row *c = command_row(r->command);
    row_column(out, ROLE_TEXT, str_of(translate(c->help)), wide + 12, ALIGN_LEFT);
    row_printf(out, ROLE_DIM, " :%s %s", c->name, c->arguments);
}

/* Enter runs the command where one came from. */
static reaction enter(struct view *v)
{
    struct help *h = v->state;
    enum command command = h->rows.at[v->focus].command;
    if (command == COMMAND_COUNT)
        return REACT_NONE;
    struct str line = h->rows.at[v->focus].line;
    reaction r = command_run(v->ui, STR("back"));
    if (line.n > 0)
        return r | command_run(v->ui, line);
    return r | (command == COMMAND_HELP ? REACT_NONE
                                        : command_run(v->ui, str_of(command_row(command)->name)));
}

static void place(struct view *v, struct arena *a, struct ring_place *out)
{
    (void)a;
    out->record = (int64_t)v->focus;
}

static bool restore(struct view *v, const struct ring_place *to)
{
    v->focus = (size_t)to->record;
    return true;
}

static void layout(struct view *v)
{
    struct help *h = v->state;
    h->rows.n = 0;
}

static void title(struct view *v, struct row *out)
{
    (void)v;
    row_add(out, ROLE_TITLE, str_of(message(MESSAGE_TAB_HELP)));
}

const struct view_ops VIEW_OPS_HELP = {
    .id = VIEW_HELP,
    .context = CONTEXT_HELP,
    .open = open_help,
    .close = close_help,
    .layout = layout,
    .count = count,
    .row = row,
    .title = title,
    .enter = enter,
    .place = place,
    .restore = restore,
};
