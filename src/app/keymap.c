#include "baolan/keymap.h"

#include "baolan/utf8.h"
#include "baolan/vector.h"

static const char *const KEY_NAMES[] = {
#define X(id, name) name,
    KEY_TABLE(X)
#undef X
};

static key key_named(struct str name)
{
    if (str_eq(name, STR("lt")))
        return '<';
    if (str_eq(name, STR("gt")))
        return '>';
    for (unsigned i = 0; i < sizeof KEY_NAMES / sizeof *KEY_NAMES; i++)
        if (str_eq(name, str_of(KEY_NAMES[i])))
            return KEY_NAMED + i;
    size_t at = 0;
    key point = utf8_next(name, &at);
    return at == name.n ? point : 0;
}

/* The name between the brackets, with modifiers before it: C-d, M-x, S-Tab. */
static key read_bracketed(struct str name)
{
    key modifiers = 0;
    while (name.n > 2 && name.p[1] == '-') {
        switch (name.p[0]) {
        case 'C':
            modifiers |= KEY_CTRL;
            break;
        case 'M':
        case 'A':
            modifiers |= KEY_ALT;
            break;
        case 'S':
            modifiers |= KEY_SHIFT;
            break;
        default:
            return 0;
        }
        name = str_sub(name, 2, name.n);
    }
    key k = key_named(name);
    return k == 0 ? 0 : k | modifiers;
}

key key_read(struct str text, size_t *at)
{
    if (*at >= text.n)
        return 0;
    if (text.p[*at] == '<') {
        size_t end = str_find(text, STR(">"), *at);
        if (end != STR_NONE) {
            key k = read_bracketed(str_sub(text, *at + 1, end));
            if (k != 0)
                *at = end + 1;
            return k;
        }
    }
    key k = utf8_next(text, at);
    return k == ' ' ? KEY_SPACE : k;
}

void key_write(key k, struct buffer *out)
{
    key base = k & ~(key)KEY_MODIFIERS;
    bool plain = base < KEY_NAMED && (k & KEY_MODIFIERS) == 0;
    if (plain && base != '<') {
        buffer_add_point(out, base);
        return;
    }
    buffer_add_byte(out, '<');
    if (k & KEY_CTRL)
        buffer_add_c(out, "C-");
    if (k & KEY_ALT)
        buffer_add_c(out, "M-");
    if (k & KEY_SHIFT)
        buffer_add_c(out, "S-");
    if (base == '<')
        buffer_add_c(out, "lt");
    else if (base == '>')
        buffer_add_c(out, "gt");
    else if (base >= KEY_NAMED && base < KEY_NAMED_END)
        buffer_add_c(out, KEY_NAMES[base - KEY_NAMED]);
    else
        buffer_add_point(out, base);
    buffer_add_byte(out, '>');
}

struct keymap {
    struct arena *arena;
    VECTOR(struct binding) bindings;
};

/* The keys of a text; 0 where they are none, too many, or unknown. */
static int read_keys(struct str text, key keys[KEYS_MAX])
{
    int n = 0;
    for (size_t at = 0; at < text.n; n++) {
        key k = n < KEYS_MAX ? key_read(text, &at) : 0;
        if (k == 0)
            return 0;
        keys[n] = k;
    }
    return n;
}

static bool same_keys(const struct binding *b, const key *keys, int n)
{
    return b->n_keys == n && b->keys[0] == keys[0] &&
           memcmp(b->keys, keys, sizeof *keys * (size_t)n) == 0;
}

static struct binding *find_exact(const struct keymap *m, enum context context, const key *keys,
                                  int n)
{
    for (size_t i = 0; i < m->bindings.n; i++) {
        struct binding *b = &m->bindings.at[i];
        if (b->context == context && same_keys(b, keys, n))
            return b;
    }
    return NULL;
}

/* Binds to a command whose name the line begins with; the line must outlive the keymap. */
static enum status bind_line(struct keymap *m, enum context context, struct str keys,
                             struct str line, enum command command, struct error *e)
{
    struct binding b = {.context = context, .line = line, .command = command};
    b.n_keys = read_keys(keys, b.keys);
    if (b.n_keys == 0)
        return error_set(e, STATUS_BAD_INPUT, "no such key: %.*s", STR_ARG(keys));
    struct binding *old = find_exact(m, context, b.keys, b.n_keys);
    if (old != NULL)
        *old = b;
    else
        vector_push(m->arena, &m->bindings, b);
    return STATUS_OK;
}

enum status keymap_bind(struct keymap *m, enum context context, struct str keys, struct str line,
                        struct error *e)
{
    line = str_trim(line);
    struct str rest = line;
    struct str name = str_split(&rest, ' ');
    enum command command = line.n > 0 ? command_named(name) : COMMAND_COUNT;
    if (line.n > 0 && command == COMMAND_COUNT)
        return error_set(e, STATUS_BAD_INPUT, "no such command: %.*s", STR_ARG(name));
    return bind_line(m, context, keys, str_dup(m->arena, line), command, e);
}

struct keymap *keymap_new(struct arena *a)
{
    struct keymap *m = arena_new_of(a, struct keymap);
    m->arena = a;
    for (unsigned i = 0; i < COMMAND_COUNT; i++) {
        const struct command_row *row = command_row((enum command)i);
        struct str rest = str_of(row->keys);
        while (rest.p != NULL) {
            struct str keys = str_split(&rest, ' ');
            if (keys.n > 0)
                bind_line(m, row->context, keys, str_of(row->name), (enum command)i, NULL);
        }
    }
    return m;
}

enum key_match keymap_find(const struct keymap *m, enum context context, const key *keys, int n,
                           const struct binding **out)
{
    bool prefix = false;
    for (; context < CONTEXT_COUNT; context = context_parent(context)) {
        const struct binding *b = find_exact(m, context, keys, n);
        if (b != NULL && !prefix) {
            *out = b;
            return b->line.n > 0 ? KEY_BOUND : KEY_UNBOUND;
        }
        for (size_t i = 0; i < m->bindings.n && !prefix; i++) {
            const struct binding *c = &m->bindings.at[i];
            prefix = c->n_keys > n && c->context == context && c->keys[0] == keys[0] &&
                     c->line.n > 0 && memcmp(c->keys, keys, sizeof *keys * (size_t)n) == 0;
        }
    }
    return prefix ? KEY_PREFIX : KEY_UNBOUND;
}

/* Whether what is bound in `outer` is found from `context`. */
static bool leads_to(enum context context, enum context outer)
{
    while (context < CONTEXT_COUNT && context != outer)
        context = context_parent(context);
    return context == outer;
}

const struct binding *keymap_binding(const struct keymap *m, enum context context,
                                     enum command command)
{
    for (size_t i = 0; i < m->bindings.n; i++) {
        const struct binding *b = &m->bindings.at[i], *found = NULL;
        if (b->command == command && leads_to(context, b->context) &&
            keymap_find(m, context, b->keys, b->n_keys, &found) == KEY_BOUND && found == b)
            return b;
    }
    return NULL;
}

size_t keymap_count(const struct keymap *m)
{
    return m->bindings.n;
}

const struct binding *keymap_at(const struct keymap *m, size_t i)
{
    return &m->bindings.at[i];
}

struct str binding_keys(const struct binding *b, struct arena *a)
{
    struct buffer out = buffer_in(a);
    for (int i = 0; i < b->n_keys; i++)
        key_write(b->keys[i], &out);
    return buffer_str(&out);
}

struct str binding_label(const struct binding *b, struct arena *a)
{
    struct buffer out = buffer_in(a);
    for (int i = 0; i < b->n_keys; i++) {
        key k = b->keys[i], base = k & ~(key)KEY_MODIFIERS;
        if (i > 0 && (base >= KEY_NAMED || (k & KEY_MODIFIERS)))
            buffer_add_byte(&out, ' ');
        if (k & KEY_CTRL)
            buffer_add_c(&out, "Ctrl-");
        if (k & KEY_ALT)
            buffer_add_c(&out, "Alt-");
        if (k & KEY_SHIFT)
            buffer_add_c(&out, "S-");
        if (base >= KEY_NAMED && base < KEY_NAMED_END)
            buffer_add_c(&out, KEY_NAMES[base - KEY_NAMED]);
        else if ((k & KEY_CTRL) && base >= 'a' && base <= 'z')
            buffer_add_byte(&out, (char)(base - 'a' + 'A'));
        else
            buffer_add_point(&out, base);
    }
    return buffer_str(&out);
}
