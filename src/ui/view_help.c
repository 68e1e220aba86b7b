/* Help: the keys that work where one came from, made from the table that binds them, and the
 * commands that no key is bound to; or the page of a topic. */
#include "baolan/layout.h"
#include "baolan/message.h"
#include "baolan/query.h"
#include "baolan/width.h"
#include "ui/help_topics.h"
#include "ui/state.h"

/* A row: a heading, a command with its keys, a form of a query with what it finds, a topic with its
 * title, or a line of a topic's page. */
struct help_row {
    const char *heading, *finds, *topic;
    struct str text;
    enum command command;
    struct str keys;
    struct str line; /* of a key that is bound to a command with its arguments */
};

struct help {
    VECTOR(struct help_row) rows;
    struct arena *arena; /* of the rows, which are made anew at each visit */
    const char *topic;   /* whose page it is; NULL: the keys */
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

static void add_topics(struct help *h, const struct keymap *m)
{
    vector_push(
        h->arena, &h->rows,
        ((struct help_row){.heading = message(MESSAGE_HELP_TOPICS), .command = COMMAND_COUNT}));
    for (size_t i = 0; help_topic(i) != NULL; i++) {
        struct str page = help_topic_text(h->arena, help_topic(i), m, NULL);
        vector_push(h->arena, &h->rows,
                    ((struct help_row){.topic = help_topic(i),
                                       .finds = str_dup_c(h->arena, str_split(&page, '\n')),
                                       .command = COMMAND_COUNT,
                                       .keys = str_of(help_topic(i))}));
    }
}

static void add_line(struct help *h, struct str text, const char *heading)
{
    vector_push(h->arena, &h->rows,
                ((struct help_row){.heading = heading, .text = text, .command = COMMAND_COUNT}));
}

/* A topic's page: its title, then each line of it, broken at the width where it is no example. */
static void fill_page(struct view *v)
{
    struct help *h = v->state;
    struct error e = ERROR_NONE;
    struct str page = help_topic_text(h->arena, h->topic, v->ui->keymap, &e);
    unsigned width = v->width < 4                  ? 4
                     : v->width > LAYOUT_CELLS_MAX ? LAYOUT_CELLS_MAX
                                                   : (unsigned)v->width;
    if (e.status != STATUS_OK)
        page = str_dup(h->arena, str_of(e.message));
    add_line(h, (struct str){NULL, 0}, str_dup_c(h->arena, str_split(&page, '\n')));
    while (page.p != NULL) {
        struct str line = str_split(&page, '\n');
        bool example =
            str_starts(line, STR("  ")) && width_measure(line, ui_ambiguous(v->ui)) <= width;
        if (line.n == 0 || example) {
            add_line(h, line, NULL);
            continue;
        }
        struct layout_options o = {.width = width, .ambiguous = ui_ambiguous(v->ui)};
        struct layout layout = layout_text(h->arena, line, &o);
        for (size_t i = 0; i < layout.n_lines; i++)
            add_line(h, str_sub(line, layout.lines[i].start, layout.lines[i].end), NULL);
    }
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
    if (h->topic != NULL) {
        fill_page(v);
        return;
    }
    if (from != CONTEXT_GLOBAL && from != CONTEXT_LIST)
        add_context(h, m, from, from, message(MESSAGE_HELP_KEYS));
    add_lines(h, m, from);
    add_context(h, m, from, CONTEXT_LIST, message(MESSAGE_HELP_LISTS));
    add_context(h, m, from, CONTEXT_GLOBAL, message(MESSAGE_HELP_EVERYWHERE));
    add_topics(h, m);
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
    if (r->topic == NULL && r->command == COMMAND_COUNT && r->finds == NULL) {
        row_add(out, ROLE_TEXT, r->text);
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
    if (h->rows.at[v->focus].topic != NULL)
        return command_run(v->ui, str_printf(v->ui->places, "help %s", h->rows.at[v->focus].topic));
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
    const struct help *h = v->state;
    (void)a;
    out->record = (int64_t)v->focus;
    if (h->topic != NULL)
        out->state = str_of(h->topic);
}

static bool restore(struct view *v, const struct ring_place *to)
{
    struct help *h = v->state;
    h->topic = to->state.n == 0 ? NULL : help_topic_named(to->state);
    h->rows.n = 0;
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
    const struct help *h = v->state;
    row_add(out, ROLE_TITLE, str_of(message(MESSAGE_TAB_HELP)));
    if (h->topic != NULL)
        row_printf(out, ROLE_TITLE, "  %s", h->topic);
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
