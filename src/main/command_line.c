/* Options, help, and the table of subcommands. */
#include "command_line.h"
#include "baolan/files.h"
#include "baolan/message.h"
#include "commands.h"

#include <getopt.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#ifndef BAOLAN_VERSION
#define BAOLAN_VERSION "0"
#endif

static const struct parameter rows[] = {
#define X(name, letter, argument, help) \
    {#name, letter, argument, offsetof(struct invocation, name), help},
    TEXT_OPTION_TABLE(X)
#undef X
#define X(name, letter, help) {#name, letter, NULL, offsetof(struct invocation, name), help},
        FLAG_OPTION_TABLE(X)
#undef X
};
#define N_ROWS (sizeof rows / sizeof *rows)

static const char common[] = "help version lang library notes author encoding color line";

static const struct subcommand subcommands[] = {
#define X(name, operands, options, help) {#name, command_##name, operands, options, help},
    SUBCOMMAND_TABLE(X)
#undef X
};
#define N_SUBCOMMANDS (sizeof subcommands / sizeof *subcommands)

const struct subcommand *subcommand_named(const char *name)
{
    for (size_t i = 0; i < N_SUBCOMMANDS; i++)
        if (strcmp(subcommands[i].name, name) == 0)
            return &subcommands[i];
    return NULL;
}

const struct parameter *parameter_at(size_t index)
{
    return index < N_ROWS ? &rows[index] : NULL;
}

const struct subcommand *subcommand_at(size_t index)
{
    return index < N_SUBCOMMANDS ? &subcommands[index] : NULL;
}

static bool has_word(const char *words, const char *word)
{
    struct str rest = str_of(words);
    while (rest.p != NULL)
        if (str_eq(str_split(&rest, ' '), str_of(word)))
            return true;
    return false;
}

bool parameter_is_taken(const struct subcommand *command, const struct parameter *row)
{
    return has_word(common, row->name) ||
           (command != NULL && has_word(command->options, row->name));
}

const struct parameter *parameter_of_letter(const struct subcommand *command, int letter)
{
    struct str lists[] = {str_of(command == NULL ? "" : command->options), str_of(common)};
    for (size_t k = 0; k < 2; k++)
        while (lists[k].p != NULL) {
            struct str name = str_split(&lists[k], ' ');
            for (size_t i = 0; i < N_ROWS; i++)
                if (rows[i].letter != 0 && rows[i].letter == letter &&
                    str_eq(name, str_of(rows[i].name)))
                    return &rows[i];
        }
    return NULL;
}

static void print_options(const struct subcommand *command)
{
    for (size_t i = 0; i < N_ROWS; i++) {
        char names[64];
        if (!parameter_is_taken(command, &rows[i]))
            continue;
        bool letter = parameter_of_letter(command, rows[i].letter) == &rows[i];
        snprintf(names, sizeof names, "%c%c%s --%s%s%s", letter ? '-' : ' ',
                 letter ? rows[i].letter : ' ', letter ? "," : " ", rows[i].name,
                 rows[i].argument == NULL ? "" : "=",
                 rows[i].argument == NULL ? "" : rows[i].argument);
        printf("  %-28s %s\n", names, translate(rows[i].help));
    }
}

static int print_help(const struct subcommand *command)
{
    if (command != NULL) {
        printf("%s: baolan %s [%s] %s\n%s\n\n", translate("usage"), command->name,
               translate("OPTION..."), command->operands, translate(command->help));
        print_options(command);
        return EXIT_FOUND;
    }
    printf("%s: baolan [%s] [PATH...]\n       baolan %s ...\n\n%s\n\n", translate("usage"),
           translate("OPTION..."), translate("COMMAND"),
           translate("Browse Chinese report pages, proposals and their figures in a terminal."));
    for (size_t i = 0; i < N_SUBCOMMANDS && subcommands[i].help[0] != '\0'; i++) {
        char line[96];
        snprintf(line, sizeof line, "%s %s", subcommands[i].name, subcommands[i].operands);
        printf("  %-32s %s\n", line, translate(subcommands[i].help));
    }
    putchar('\n');
    print_options(NULL);
    printf("\n%s\n", translate("Exit status: 0 found, 1 nothing found, 2 an error."));
    return EXIT_FOUND;
}

/* Fills the tables that getopt_long takes. */
static void option_tables(const struct subcommand *command, struct option *longs, char *letters)
{
    size_t n = 0;
    /* Before the subcommand's name, an operand ends the options. */
    if (command == NULL)
        *letters++ = '+';
    /* A missing value is told from an unknown option. */
    *letters++ = ':';
    for (size_t i = 0; i < N_ROWS; i++) {
        if (!parameter_is_taken(command, &rows[i]))
            continue;
        longs[n++] = (struct option){rows[i].name,
                                     rows[i].argument == NULL ? no_argument : required_argument,
                                     NULL, (int)(1000 + i)};
        if (rows[i].letter == 0 || parameter_of_letter(command, rows[i].letter) != &rows[i])
            continue;
        *letters++ = rows[i].letter;
        if (rows[i].argument != NULL)
            *letters++ = ':';
    }
    longs[n] = (struct option){0};
    *letters = '\0';
}

static const struct parameter *row_of(const struct subcommand *command, int code)
{
    return code >= 1000 ? &rows[code - 1000] : parameter_of_letter(command, code);
}

/* Says what is wrong with the option that getopt stopped at; getopt's own words come in the
 * encoding of a locale that may have no Chinese. */
static bool wrong_option(const struct subcommand *command, int code, const char *word)
{
    const char letter[] = {'-', (char)optopt, '\0'};
    if (optopt > 0 && optopt < 1000)
        word = letter;
    if (code == ':')
        fail_with("%s wants a value", word);
    else if (optopt >= 1000)
        fail_with("%s takes no value", word);
    else if (command != NULL)
        fail_with("no option %s; baolan %s --help lists what there is", word, command->name);
    else
        fail_with("no option %s; baolan --help lists what there is", word);
    return false;
}

/* Reads options of argv up to the operands; false where one is wrong, which was said. */
static bool read_options(struct invocation *i, const struct subcommand *command, int argc,
                         char **argv, int *operands)
{
    struct option longs[N_ROWS + 1];
    char letters[3 * N_ROWS + 3];
    option_tables(command, longs, letters);
    optind = 0; /* glibc: begin anew */
    opterr = 0;
    for (int code; (code = getopt_long(argc, argv, letters, longs, NULL)) != -1;) {
        const struct parameter *row = row_of(command, code);
        if (row == NULL)
            return wrong_option(command, code, argv[optind - 1]);
        char *field = (char *)i + row->offset;
        if (row->argument != NULL)
            *(const char **)(void *)field = optarg;
        else
            *(bool *)(void *)field = true;
    }
    *operands = optind;
    return true;
}

/* argv with words like -箱包, which exclude something and are no options, after a `--`. */
static char **set_aside(struct invocation *i, int *argc, char **argv)
{
    static char end[] = "--";
    char **sorted = arena_array(i->arena, char *, (size_t)*argc + 2);
    int n = 0, k = 0;
    for (; k < *argc && strcmp(argv[k], end) != 0; k++)
        if (argv[k][0] != '-' || (unsigned char)argv[k][1] < 0x80)
            sorted[n++] = argv[k];
    int stop = k;
    /* With nothing to set aside argv stays as it is: a `--` more would be taken for the value of an
     * option that lacks one. */
    if (n == stop)
        return argv;
    sorted[n++] = end;
    for (k = 0; k < stop; k++)
        if (argv[k][0] == '-' && (unsigned char)argv[k][1] >= 0x80)
            sorted[n++] = argv[k];
    for (k = stop + 1; k < *argc; k++)
        sorted[n++] = argv[k];
    *argc = n;
    return sorted;
}

int fail_with(const char *format, ...)
{
    struct error e = ERROR_NONE;
    char text[480];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, translate(format), arguments);
    va_end(arguments);
    /* error_set leaves no control in it. */
    error_set(&e, STATUS_BAD_INPUT, "%s", text);
    fprintf(stderr, "baolan: %s\n", e.message);
    return EXIT_ERROR;
}

int fail(struct invocation *i)
{
    fprintf(stderr, "baolan: %s\n", i->error.message);
    return EXIT_ERROR;
}

static bool wants_colour(const struct invocation *i)
{
    const char *none = getenv("NO_COLOR"), *terminal = getenv("TERM");
    if (i->color != NULL && strcmp(i->color, "always") == 0)
        return true;
    if (i->color != NULL && strcmp(i->color, "never") == 0)
        return false;
    return isatty(1) && (none == NULL || *none == '\0') && terminal != NULL &&
           strcmp(terminal, "dumb") != 0;
}

/* False where an option whose argument is one of a|b|c has another, which was said. */
static bool are_choices_known(const struct invocation *i)
{
    for (size_t k = 0; k < N_ROWS; k++) {
        if (rows[k].argument == NULL || strchr(rows[k].argument, '|') == NULL)
            continue;
        const char *given;
        memcpy(&given, (const char *)i + rows[k].offset, sizeof given);
        struct str rest = str_of(rows[k].argument);
        bool known = given == NULL;
        while (!known && rest.p != NULL)
            known = str_eq(str_split(&rest, '|'), str_of(given));
        if (known)
            continue;
        fail_with("--%s takes %s, not %s", rows[k].name, rows[k].argument, given);
        return false;
    }
    return true;
}

/* What the common options mean. */
static bool settle(struct invocation *i)
{
    if (!are_choices_known(i))
        return false;
    i->colour = wants_colour(i);
    i->left = limit_of(i, UINT64_MAX);
    if (i->encoding != NULL) {
        i->file_encoding = encoding_named(str_of(i->encoding));
        if (i->file_encoding == ENCODING_COUNT) {
            fail_with("no encoding is called %s", i->encoding);
            return false;
        }
    }
    return true;
}

int command_line_run(struct invocation *i, int argc, char **argv)
{
    static char program[] = "baolan";
    int operands;
    language_set(language_find(NULL));
    if (!read_options(i, NULL, argc, argv, &operands))
        return EXIT_ERROR;
    language_set(language_find(i->lang));
    const struct subcommand *command = operands < argc ? subcommand_named(argv[operands]) : NULL;
    if (command != NULL) {
        argc -= operands;
        argv += operands;
        argv[0] = program;
        argv = set_aside(i, &argc, argv);
        if (!read_options(i, command, argc, argv, &operands))
            return EXIT_ERROR;
    }
    language_set(language_find(i->lang));
    if (i->help)
        return print_help(command);
    if (i->version) {
        puts("baolan " BAOLAN_VERSION);
        return EXIT_FOUND;
    }
    if (!settle(i))
        return EXIT_ERROR;
    i->operands = argv + operands;
    i->n_operands = argc - operands;
    i->program = command == NULL ? "" : command->name;
    choose_library(i, command);
    return command == NULL ? command_browse(i) : command->run(i);
}

struct library *open_library(struct invocation *i)
{
    struct library *library;
    struct error *e = &i->error;
    if (library_open(i->library, &library, e) != STATUS_OK) {
        fail(i);
        return NULL;
    }
    /* Notes that cannot be opened are no reason not to list; that they were damaged is told. */
    if (e->status == STATUS_CORRUPT)
        fail(i);
    *e = ERROR_NONE;
    if (library->store == NULL && access(library->cache_path, F_OK) == 0) {
        /* One of another version is made anew from the folders that it remembers. */
        if (import_paths(i, NULL, 0) == EXIT_ERROR) {
            library_close(library);
            return NULL;
        }
        library_refresh(library);
    }
    if (library->store == NULL) {
        fail_with("the library “%s” has nothing yet: baolan import FOLDER", library->name);
        library_close(library);
        return NULL;
    }
    if (!find_marks(i, library)) {
        library_close(library);
        return NULL;
    }
    return library;
}

static bool is_number(const char *text)
{
    return *text != '\0' && strspn(text, "0123456789") == strlen(text) && strlen(text) < 10;
}

uint32_t find_document(struct invocation *i, struct store *s, const char *operand)
{
    uint32_t id, ids[64];
    size_t n;
    struct stored_document d;
    if (is_number(operand) &&
        store_document(s, i->arena, (uint32_t)strtoul(operand, NULL, 10), &d, NULL) == STATUS_OK)
        return d.id;
    struct str path = str_of(path_absolute(i->arena, operand));
    if (store_document_by_path(s, path, &id, NULL) == STATUS_OK)
        return id;
    struct list_query q = {.list = LIST_DOCUMENTS, .order = ORDER_PATH, .name = str_of(operand)};
    if (store_list(s, &q, (struct list_from){0}, ids, sizeof ids / sizeof *ids, &n, &i->error) !=
        STATUS_OK)
        return 0;
    /* Of several whose path has it, the one that is called so. */
    for (size_t k = 0; k < n && n > 1; k++)
        if (store_document(s, i->arena, ids[k], &d, NULL) == STATUS_OK &&
            strcmp(path_name(str_dup_c(i->arena, d.path)), operand) == 0)
            return ids[k];
    if (n == 1)
        return ids[0];
    error_set(&i->error, STATUS_NOT_FOUND,
              n == 0 ? N_("no document of the library is called %s")
                     : N_("more than one document is called %s"),
              operand);
    return 0;
}

uint64_t limit_of(const struct invocation *i, uint64_t otherwise)
{
    return i->limit == NULL ? otherwise : strtoull(i->limit, NULL, 10);
}
