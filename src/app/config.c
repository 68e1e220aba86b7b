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

enum status config_load(struct arena *a, struct options *o, struct keymap *m,
                        void (*warn)(void *context, const char *message), void *context,
                        struct error *e)
{
    char *path = path_join(a, path_config_folder(a), "config");
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

static void print_options(const struct options *o, struct buffer *out)
{
    for (unsigned i = 0; i < OPTION_COUNT; i++) {
        const struct option_row *row = option_row((enum option)i);
        buffer_printf(out, "# %s (%s)\nset %s %s\n", translate(row->help), row->values, row->name,
                      options_text(o, (enum option)i));
    }
}

static void print_bindings(const struct keymap *m, struct buffer *out)
{
    for (size_t i = 0; i < keymap_count(m); i++) {
        const struct binding *b = keymap_at(m, i);
        struct str keys = binding_keys(b, out->arena);
        buffer_printf(out, "bind %s %.*s %.*s", context_name(b->context), STR_ARG(keys),
                      STR_ARG(b->line));
        if (b->command != COMMAND_COUNT) {
            const struct command_row *row = command_row(b->command);
            buffer_printf(out, "\n# ^ %s", translate(row->help));
        }
        buffer_add_byte(out, '\n');
    }
}

void config_print(const struct options *o, const struct keymap *m, struct buffer *out)
{
    buffer_add_c(out, translate("# configuration of baolan: $XDG_CONFIG_HOME/baolan/config\n"
                                "# set OPTION VALUE\n# bind CONTEXT KEYS COMMAND\n\n"));
    print_options(o, out);
    buffer_add_byte(out, '\n');
    print_bindings(m, out);
}
