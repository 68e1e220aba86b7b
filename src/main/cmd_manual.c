/* `baolan manual FILE`: fills in the tables of a manual page, in mdoc, from the tables that the
 * program itself is made of. FILE has a line `.\" @NAME` where table NAME shall stand. */
#include "baolan/command.h"
#include "baolan/files.h"
#include "baolan/message.h"
#include "baolan/options.h"
#include "baolan/query.h"
#include "commands.h"

#include <stdio.h>

enum { MOST_BYTES = 70 };

/* Text for mdoc: nothing in it is taken for a request, an escape or a hyphenation point, nor its
 * end for the punctuation after a macro. */
static void put_text(struct buffer *out, const char *text)
{
    char last = '\0';
    if (*text == '.' || *text == '\'')
        buffer_add_c(out, "\\&");
    for (; *text != '\0'; last = *text++)
        if (*text == '\\')
            buffer_add_c(out, "\\e");
        else if (*text == '-')
            buffer_add_c(out, "\\-");
        else if (*text == '"')
            buffer_add_c(out, "\\(dq");
        else if (*text == '\'')
            buffer_add_c(out, "\\(aq");
        else
            buffer_add_byte(out, *text == '\n' ? ' ' : *text);
    if (last != '\0' && strchr(":;,.?!)]", last) != NULL)
        buffer_add_c(out, "\\&");
}

/* The same as lines of text, which mdoc's checker wants short; Han text has no spaces to break at.
 */
static void put_lines(struct buffer *out, const char *text)
{
    struct str rest = str_of(text);
    size_t start = out->n;
    while (rest.p != NULL) {
        struct str word = str_split(&rest, ' ');
        if (out->n > start)
            buffer_add_byte(out, out->n - start + word.n > MOST_BYTES ? '\n' : ' ');
        if (out->n > start && out->p[out->n - 1] == '\n')
            start = out->n;
        put_text(out, str_dup_c(out->arena, word));
    }
    buffer_add_byte(out, '\n');
}

/* An item of a list: `.It Ic "head more"`, then what it is. */
static void put_item(struct buffer *out, const char *head, const char *more, const char *says)
{
    buffer_add_c(out, ".It Ic \"");
    put_text(out, head);
    if (more[0] != '\0') {
        buffer_add_byte(out, ' ');
        put_text(out, more);
    }
    buffer_add_c(out, "\"\n");
    put_lines(out, says);
}

static void begin_list(struct buffer *out)
{
    buffer_add_c(out, ".Bl -tag -width Ds -compact\n");
}

static void end_list(struct buffer *out)
{
    buffer_add_c(out, ".El\n");
}

static void put_parameter(struct buffer *out, const struct parameter *p,
                          const struct subcommand *command)
{
    buffer_add_c(out, ".It ");
    if (p->letter != 0 && parameter_of_letter(command, p->letter) == p)
        buffer_printf(out, "Fl %c , ", p->letter);
    buffer_add_c(out, "Fl \\-");
    put_text(out, p->name);
    if (p->argument != NULL) {
        buffer_add_c(out, " Ns = Ns Ar \"");
        put_text(out, p->argument);
        buffer_add_c(out, "\"");
    }
    buffer_add_byte(out, '\n');
    put_lines(out, translate(p->help));
}

/* What every subcommand takes. */
static void put_common(struct buffer *out)
{
    begin_list(out);
    for (size_t i = 0; parameter_at(i) != NULL; i++)
        if (parameter_is_taken(NULL, parameter_at(i)))
            put_parameter(out, parameter_at(i), NULL);
    end_list(out);
}

static void put_subcommands(struct buffer *out)
{
    buffer_add_c(out, ".Bl -tag -width Ds\n");
    for (size_t i = 0; subcommand_at(i) != NULL; i++) {
        const struct subcommand *command = subcommand_at(i);
        bool begun = false;
        if (command->help[0] == '\0')
            continue;
        put_item(out, command->name, command->operands, translate(command->help));
        for (size_t k = 0; parameter_at(k) != NULL; k++) {
            if (!parameter_is_taken(command, parameter_at(k)) ||
                parameter_is_taken(NULL, parameter_at(k)))
                continue;
            if (!begun)
                begin_list(out);
            begun = true;
            put_parameter(out, parameter_at(k), command);
        }
        if (begun)
            end_list(out);
    }
    end_list(out);
}

/* The commands of one context, below its name, with their keys. */
static void put_context(struct buffer *out, enum context context)
{
    bool begun = false;
    for (unsigned i = 0; i < COMMAND_COUNT; i++) {
        const struct command_row *row = command_row((enum command)i);
        if (row->context != context || (row->flags & COMMAND_HIDDEN))
            continue;
        if (!begun) {
            buffer_printf(out, ".Ss %s\n", context_name(context));
            begin_list(out);
        }
        begun = true;
        put_item(out, row->name, row->arguments, translate(row->help));
        if (row->keys[0] == '\0')
            continue;
        buffer_add_c(out, "(\\&");
        put_text(out, row->keys);
        buffer_add_c(out, ")\n");
    }
    if (begun)
        end_list(out);
}

static void put_commands(struct buffer *out)
{
    for (unsigned context = 0; context < CONTEXT_COUNT; context++)
        put_context(out, (enum context)context);
}

static void put_options(struct buffer *out)
{
    begin_list(out);
    for (unsigned i = 0; i < OPTION_COUNT; i++) {
        const struct option_row *row = option_row((enum option)i);
        put_item(out, row->name, row->values, translate(row->help));
        if (row->initial[0] == '\0')
            continue;
        buffer_add_byte(out, '(');
        put_text(out, row->initial);
        buffer_add_c(out, ")\n");
    }
    end_list(out);
}

static void put_query(struct buffer *out)
{
    begin_list(out);
    for (size_t i = 0; i < query_help_count(); i++)
        put_item(out, str_dup_c(out->arena, query_help_form(out->arena, i)), "",
                 query_help_text(i));
    end_list(out);
}

static bool put_table(struct buffer *out, struct str name)
{
    static const struct {
        const char *name;
        void (*put)(struct buffer *);
    } TABLES[] = {{"common", put_common},
                  {"subcommands", put_subcommands},
                  {"commands", put_commands},
                  {"options", put_options},
                  {"query", put_query}};
    for (size_t i = 0; i < sizeof TABLES / sizeof *TABLES; i++)
        if (str_eq(name, str_of(TABLES[i].name)))
            return TABLES[i].put(out), true;
    return false;
}

int command_manual(struct invocation *i)
{
    static const char MARK[] = ".\\\" @";
    struct str text;
    struct buffer out = buffer_in(i->arena);
    if (i->n_operands != 1)
        return fail_with("which file?");
    if (file_read(i->arena, i->operands[0], &text, NULL, &i->error) != STATUS_OK)
        return fail(i);
    while (text.n > 0) {
        struct str line = str_split(&text, '\n');
        if (str_starts(line, STR(MARK)) && put_table(&out, str_sub(line, sizeof MARK - 1, line.n)))
            continue;
        buffer_add(&out, line);
        buffer_add_byte(&out, '\n');
    }
    if (out.n > 0)
        fwrite(out.p, 1, out.n, stdout);
    return EXIT_FOUND;
}
