/* The table of converters: which program reads which ending. */
#include "baolan/converter.h"

#include "baolan/config.h"

#include "app/converter_align.h"
#include "app/converter_run.h"
#include "baolan/decode.h"
#include "baolan/message.h"
#include "baolan/vector.h"

#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <unistd.h>

struct package {
    struct str program, name;
};

struct converters {
    VECTOR(struct converter) list;
    VECTOR(struct package) packages;
    VECTOR(struct str) texts;   /* endings of files that are text */
    VECTOR(struct str) aligned; /* programs whose columns are aligned by characters */
    struct converter_limits limits;
    bool restricted; /* no program is to be run */
};

struct loading {
    struct arena *arena;
    struct converters *into;
    const char *data; /* the folder that {data} stands for */
};

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

/* The program's path, as execvp would find it; NULL where there is none. */
static const char *find_program(struct arena *a, struct str name)
{
    const char *path = getenv("PATH");
    if (str_has(name, STR("/"))) {
        const char *itself = str_dup_c(a, name);
        return access(itself, X_OK) == 0 && !file_is_folder(itself) ? itself : NULL;
    }
    struct str rest = str_of(path != NULL ? path : "/usr/local/bin:/usr/bin:/bin");
    while (rest.p != NULL) {
        struct str folder = str_split(&rest, ':');
        if (folder.n == 0 || folder.p[0] != '/')
            continue;
        const char *file = path_join(a, str_dup_c(a, folder), str_dup_c(a, name));
        if (access(file, X_OK) == 0 && !file_is_folder(file))
            return file;
    }
    return NULL;
}

/* The word with {data} for the folder of the data. */
static const char *fill_data(const struct loading *l, struct str word)
{
    size_t at = str_find(word, STR("{data}"), 0);
    if (at == STR_NONE)
        return str_dup_c(l->arena, word);
    return str_printf(l->arena, "%.*s%s%.*s", STR_ARG(str_sub(word, 0, at)), l->data,
                      STR_ARG(str_sub(word, at + 6, word.n)))
        .p;
}

static struct converter *find(struct converters *c, struct str ending)
{
    for (size_t i = 0; i < c->list.n; i++)
        if (str_eq(str_of(c->list.at[i].ending), ending))
            return &c->list.at[i];
    return NULL;
}

static enum status read_converter(struct loading *l, struct str ending, struct str command,
                                  struct error *e)
{
    struct converters *c = l->into;
    struct converter *old = find(c, ending);
    VECTOR(const char *) argv = {0};
    struct str rest = command, program = next_word(&rest);
    if (program.n == 0)
        return error_set(e, STATUS_BAD_INPUT, "*%.*s: no command", STR_ARG(ending));
    /* A line before this one has a program that is there, or leaves such files alone. */
    if (old != NULL && (old->argv != NULL || old->program == NULL))
        return STATUS_OK;
    struct converter one = {.ending = str_dup_c(l->arena, ending)};
    if (!str_eq(program, STR("none"))) {
        const char *path = find_program(l->arena, program);
        one.program = str_dup_c(l->arena, program);
        if (path != NULL)
            vector_push(l->arena, &argv, path);
        while (path != NULL && rest.n > 0) {
            struct str word = next_word(&rest);
            one.takes_path = one.takes_path || str_eq(word, STR("{}"));
            vector_push(l->arena, &argv, fill_data(l, word));
        }
        if (path != NULL)
            vector_push(l->arena, &argv, NULL);
        one.argv = argv.at;
    }
    if (old == NULL)
        vector_push(l->arena, &c->list, one);
    else if (one.argv != NULL)
        *old = one;
    return STATUS_OK;
}

static enum status read_limit(struct converters *c, struct str what, struct str value,
                              struct error *e)
{
    unsigned long number = 0;
    for (size_t i = 0; i < value.n; i++)
        number = value.p[i] < '0' || value.p[i] > '9' || number > 1000000
                     ? 0
                     : number * 10 + (unsigned long)(value.p[i] - '0');
    const struct {
        const char *name;
        unsigned long *at;
    } rows[] = {{"seconds", &c->limits.seconds},
                {"megabytes", &c->limits.megabytes},
                {"output", &c->limits.output_megabytes}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (str_eq(what, str_of(rows[i].name)) && number > 0) {
            /* The person's own line, which is read first, holds. */
            if (*rows[i].at == 0)
                *rows[i].at = number;
            return STATUS_OK;
        }
    return error_set(e, STATUS_BAD_INPUT, "limit takes seconds, megabytes or output, and a number");
}

static enum status read_line(struct loading *l, struct str line, struct error *e)
{
    struct str rest = line, verb = next_word(&rest);
    if (verb.n == 0 || verb.p[0] == '#')
        return STATUS_OK;
    if (str_eq(verb, STR("package"))) {
        struct package package = {next_word(&rest), rest};
        package.program = str_dup(l->arena, package.program);
        package.name = str_dup(l->arena, package.name);
        vector_push(l->arena, &l->into->packages, package);
        return STATUS_OK;
    }
    if (str_eq(verb, STR("text"))) {
        struct str ending = str_dup(l->arena, str_sub(rest, 1, rest.n));
        vector_push(l->arena, &l->into->texts, ending);
        return STATUS_OK;
    }
    if (str_eq(verb, STR("align"))) {
        struct str program = str_dup(l->arena, rest);
        vector_push(l->arena, &l->into->aligned, program);
        return STATUS_OK;
    }
    if (str_eq(verb, STR("limit"))) {
        struct str what = next_word(&rest);
        return read_limit(l->into, what, rest, e);
    }
    if (verb.n > 2 && verb.p[0] == '*' && verb.p[1] == '.')
        return read_converter(l, str_sub(verb, 1, verb.n), rest, e);
    return error_set(e, STATUS_BAD_INPUT, "neither *.ENDING, package, text, align nor limit: %.*s",
                     STR_ARG(verb));
}

static void read_lines(struct loading *l, const char *name, struct str text,
                       void (*warn)(void *context, const char *message), void *context)
{
    for (int number = 1; text.p != NULL; number++) {
        struct error e = ERROR_NONE;
        char line[1024];
        if (read_line(l, str_split(&text, '\n'), &e) == STATUS_OK || warn == NULL)
            continue;
        snprintf(line, sizeof line, message(MESSAGE_CONFIG_LINE), name, number, e.message);
        warn(context, line);
    }
}

static void mark_texts(struct converters *c)
{
    for (size_t i = 0; i < c->texts.n; i++) {
        struct converter *one = find(c, c->texts.at[i]);
        if (one != NULL)
            one->is_text = true;
    }
}

static void name_packages(struct converters *c)
{
    for (size_t i = 0; i < c->list.n; i++)
        for (size_t k = 0; k < c->packages.n && c->list.at[i].program != NULL; k++)
            if (str_eq(c->packages.at[k].program, str_of(c->list.at[i].program))) {
                c->list.at[i].package = c->packages.at[k].name.p;
                break;
            }
}

enum status converters_load(struct arena *a, struct converters **out,
                            void (*warn)(void *context, const char *message), void *context,
                            struct error *e)
{
    static const char NAME[] = "converters.txt";
    char *own = path_join(a, path_config_folder(a), NAME), *data = path_program_data(a, NAME);
    struct loading l = {a, arena_new_of(a, struct converters), NULL};
    struct str text;
    *out = l.into;
    l.into->restricted = config_is_restricted(a);
    if (data == NULL)
        return error_set(e, STATUS_NOT_FOUND,
                         "the program's data (%s) is not installed; set BAOLAN_DATA", NAME);
    size_t folder = (size_t)(path_name(data) - data);
    l.data = str_dup_c(a, str_sub(str_of(data), 0, folder - 1));
    if (file_read(a, own, &text, NULL, NULL) == STATUS_OK)
        read_lines(&l, own, text, warn, context);
    enum status status = file_read(a, data, &text, NULL, e);
    if (status == STATUS_OK)
        read_lines(&l, data, text, warn, context);
    name_packages(l.into);
    mark_texts(l.into);
    return status;
}

const char *const *converters_endings(const struct converters *c, struct arena *a,
                                      const char *const *plain)
{
    VECTOR(const char *) endings = {0};
    for (; *plain != NULL; plain++)
        vector_push(a, &endings, *plain);
    for (size_t i = 0; i < c->list.n; i++)
        if (c->list.at[i].program != NULL)
            vector_push(a, &endings, c->list.at[i].ending);
    vector_push(a, &endings, NULL);
    return endings.at;
}

const struct converter *converter_for(const struct converters *c, const char *path)
{
    size_t n = strlen(path);
    for (size_t i = 0; i < c->list.n; i++) {
        const struct converter *one = &c->list.at[i];
        size_t m = strlen(one->ending);
        if (one->program != NULL && n > m && strcasecmp(path + n - m, one->ending) == 0)
            return one;
    }
    return NULL;
}

size_t converters_count(const struct converters *c)
{
    return c->list.n;
}

const struct converter *converters_at(const struct converters *c, size_t i)
{
    return &c->list.at[i];
}

enum status converter_say_missing(const struct converter *converter, struct error *e)
{
    const char *package = converter->package != NULL ? converter->package : converter->program;
    return error_set(e, STATUS_UNSUPPORTED, "%s is missing: install %s", converter->program,
                     package);
}

/* The file's text in UTF-8. */
static enum status read_text(struct arena *a, const char *path, struct str *text, struct error *e)
{
    struct decoded decoded;
    struct str bytes;
    enum status status = file_read(a, path, &bytes, NULL, e);
    if (status == STATUS_OK)
        status = decode(a, bytes, ENCODING_AUTO, &decoded, e);
    if (status == STATUS_OK)
        *text = decoded.text;
    return status;
}

enum status converter_run(const struct converters *c, const struct converter *converter,
                          struct arena *a, const char *path, converter_stop *stop, void *context,
                          struct str *text, struct error *e)
{
    if (converter->argv == NULL)
        return converter_say_missing(converter, e);
    if (c->restricted)
        return error_set(e, STATUS_UNSUPPORTED, "restricted: no converter is run");
    struct str input = {NULL, 0};
    enum status status = converter->is_text ? read_text(a, path, &input, e) : STATUS_OK;
    if (status == STATUS_OK)
        status = converter_process(converter, &c->limits, a, path, input, stop, context, text, e);
    for (size_t i = 0; i < c->aligned.n && status == STATUS_OK; i++)
        if (str_eq(c->aligned.at[i], str_of(converter->program)))
            *text = converter_align(a, *text);
    if (status == STATUS_OK && str_trim(*text).n == 0)
        return error_set(e, STATUS_BAD_INPUT, "there is no text in it (a scan needs OCR first)");
    return status;
}

enum status source_convert(struct arena *a, const struct converters *c, const char *path,
                           converter_stop *stop, void *context, struct source *source,
                           struct error *e)
{
    const struct converter *converter = converter_for(c, path);
    source->converted = converter != NULL;
    source->text = source->bytes;
    if (converter == NULL)
        return STATUS_OK;
    return converter_run(c, converter, a, path_absolute(a, path), stop, context, &source->text, e);
}
