#include "baolan/config.h"

#include "baolan/files.h"
#include "baolan/message.h"

#include <stdio.h>

/* The next word of a line; moves *rest past it and the white space after. */
static struct str next_word(struct str *rest)
{
    *rest = str_trim(*rest);
    size_t n = 0;
    while (n < rest->n && rest->p[n] != ' ' && rest->p[n] != '\t')
        n++;
    struct str word = str_sub(*rest, 0, n);
    *rest = str_trim(str_sub(*rest, n, rest->n));
    return word;
}

static enum status read_line(struct str line, struct options *o, struct keymap *m, struct error *e)
{
    struct str verb = next_word(&line);
    if (verb.n == 0 || verb.p[0] == '#')
        return STATUS_OK;
    if (str_eq(verb, STR("set"))) {
        struct str name = next_word(&line);
        return options_set(o, name, line, e);
    }
    if (line.n > 0 && line.p[0] == '=')
        return options_set(o, verb, str_trim(str_sub(line, 1, line.n)), e);
    if (m == NULL && str_eq(verb, STR("bind")))
        return STATUS_OK;
    if (str_eq(verb, STR("bind"))) {
        struct str where = next_word(&line), keys = next_word(&line);
        enum context context = context_named(where);
        if (context == CONTEXT_COUNT)
            return error_set(e, STATUS_BAD_INPUT, "no such context: %.*s", STR_ARG(where));
        return keymap_bind(m, context, keys, line, e);
    }
    return error_set(e, STATUS_BAD_INPUT, "neither set nor bind: %.*s", STR_ARG(verb));
}

void config_read(struct str text, const char *name, struct options *o, struct keymap *m,
                 void (*warn)(void *context, const char *message), void *context)
{
    int number = 0;
    while (text.p != NULL) {
        struct error e = ERROR_NONE;
        number++;
        if (read_line(str_split(&text, '\n'), o, m, &e) == STATUS_OK || warn == NULL)
            continue;
        char line[1024];
        snprintf(line, sizeof line, message(MESSAGE_CONFIG_LINE), name, number, e.message);
        warn(context, line);
    }
}

static enum status load_file(struct arena *a, const char *path, struct options *o, struct keymap *m,
                             void (*warn)(void *context, const char *message), void *context,
                             struct error *e)
{
    struct error mine = ERROR_NONE;
    struct str text;
    enum status status = file_read(a, path, &text, NULL, &mine);
    if (status == STATUS_NOT_FOUND)
        return STATUS_OK;
    if (status != STATUS_OK)
        return error_set(e, status, "%s", mine.message);
    config_read(text, path, o, m, warn, context);
    return STATUS_OK;
}

enum status config_load(struct arena *a, struct options *o, struct keymap *m,
                        void (*warn)(void *context, const char *message), void *context,
                        struct error *e)
{
    const char *system = path_join(a, path_system_folder(), "config");
    const char *own = path_join(a, path_config_folder(a), "config");
    enum status status = load_file(a, system, o, m, warn, context, e);
    /* What the administrator says and cannot be read must not be taken for nothing said. */
    if (status != STATUS_OK)
        options_set(o, STR("restricted"), STR("yes"), NULL);
    enum status mine = load_file(a, own, o, m, warn, context, e);
    return status != STATUS_OK ? status : mine;
}

bool config_is_restricted(struct arena *a)
{
    struct options *o = options_new(a);
    config_load(a, o, NULL, NULL, NULL, NULL);
    return options_is(o, OPTION_RESTRICTED, "yes");
}

static void print_options(const struct options *o, struct buffer *out)
{
    for (unsigned i = 0; i < OPTION_COUNT; i++) {
        const struct option_row *row = option_row((enum option)i);
        buffer_printf(out, "# %s (%s)\nset %s %s\n", translate(row->help), row->values, row->name,
                      options_text(o, (enum option)i));
    }
}

/* Bindings, each command's behind what it does, each context's behind its name. */
static void print_bindings(const struct keymap *m, struct buffer *out, bool *bound)
{
    const struct binding *before = NULL;
    for (size_t i = 0; i < keymap_count(m); i++) {
        const struct binding *b = keymap_at(m, i);
        if (before == NULL || b->context != before->context)
            buffer_printf(out, "\n# -- %s\n", context_name(b->context));
        if (b->command != COMMAND_COUNT)
            bound[b->command] = true;
        if (b->command != COMMAND_COUNT && (before == NULL || b->command != before->command))
            buffer_printf(out, "# %s\n", translate(command_row(b->command)->help));
        buffer_printf(out, "bind %s %.*s %.*s\n", context_name(b->context),
                      STR_ARG(binding_keys(b, out->arena)), STR_ARG(b->line));
        before = b;
    }
}

/* Commands that have no key, as lines to be completed. */
static void print_unbound(struct buffer *out, const bool *bound)
{
    buffer_printf(out, "\n# -- %s\n", message(MESSAGE_HELP_UNBOUND));
    for (unsigned i = 0; i < COMMAND_COUNT; i++) {
        const struct command_row *row = command_row((enum command)i);
        if (!bound[i] && !(row->flags & COMMAND_HIDDEN))
            buffer_printf(out, "# %s\n# bind %s KEYS %s %s\n", translate(row->help),
                          context_name(row->context), row->name, row->arguments);
    }
}

void config_print(const struct options *o, const struct keymap *m, struct buffer *out)
{
    buffer_add_c(out, translate("# configuration of baolan: $XDG_CONFIG_HOME/baolan/config\n"
                                "# set OPTION VALUE\n# bind CONTEXT KEYS COMMAND\n\n"));
    print_options(o, out);
    buffer_add_c(
        out, translate("\n# Keys are asked for in the view's own context, then in list, then in "
                       "global.\n# They are written gg, <C-d>, <A-f>, <S-Tab>, <Enter>, "
                       "<F1>; without a command a key does nothing.\n"));
    bool bound[COMMAND_COUNT] = {false};
    print_bindings(m, out, bound);
    print_unbound(out, bound);
}
