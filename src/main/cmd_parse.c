/* `baolan parse`: files to JSON, one object a line, without a library. */
#include "baolan/converter.h"
#include "baolan/document_json.h"
#include "baolan/files.h"
#include "baolan/library.h"
#include "baolan/message.h"
#include "baolan/parse.h"
#include "baolan/parse_stages.h"
#include "output.h"

#include <stdio.h>

struct parsing {
    struct invocation *invocation;
    struct arena *arena;
    const struct lexicons *lexicons;
    const char *path;       /* "-": standard input */
    enum parse_stage stage; /* STAGE_COUNT: all of them, as JSON */
    struct error *error;
};

/* The settings of the nearest folder above the file that has some. */
static struct str folder_settings(struct arena *a, const char *path)
{
    struct str settings = {NULL, 0};
    const char *file = library_settings_above(a, str_of(path_absolute(a, path)));
    if (file != NULL)
        file_read(a, file, &settings, NULL, NULL);
    return settings;
}

static enum status parse_one(void *context)
{
    struct parsing *p = context;
    struct document *document;
    struct source source = {0};
    struct converters *converters;
    bool standard_input = strcmp(p->path, "-") == 0;
    struct parse_options options = {.lexicons = p->lexicons,
                                    .encoding = p->invocation->file_encoding,
                                    .depth = PARSE_FACTS,
                                    .path = standard_input ? NULL : p->path};
    enum status status = converters_load(p->arena, &converters, NULL, NULL, p->error);
    if (status == STATUS_OK && standard_input)
        status = file_read_descriptor(p->arena, 0, &source.text, p->error);
    else if (status == STATUS_OK)
        status = file_read(p->arena, p->path, &source.bytes, NULL, p->error);
    if (status == STATUS_OK && !standard_input)
        status = source_convert(p->arena, converters, p->path, NULL, NULL, &source, p->error);
    if (status != STATUS_OK)
        return status;
    if (!standard_input)
        options.folder_settings = folder_settings(p->arena, p->path);
    if (source.converted) {
        options.original = source.bytes;
        options.encoding = ENCODING_UTF8;
    }
    status = document_parse(p->arena, source.text, &options, &document, p->error);
    if (status != STATUS_OK)
        return status;
    struct buffer out = buffer_in(p->arena);
    if (p->invocation->check) {
        if (!document_check(document, p->error))
            return STATUS_CORRUPT;
    } else if (p->stage != STAGE_COUNT) {
        parse_write_stage(document, &options, p->stage, &out);
        print_clean(buffer_str(&out));
        return STATUS_OK;
    } else {
        document_write_json(document, &out);
        buffer_add_byte(&out, '\n');
    }
    if (out.n > 0)
        fwrite(out.p, 1, out.n, stdout);
    return STATUS_OK;
}

int command_parse(struct invocation *i)
{
    static char dash[] = "-";
    char *standard_input[] = {dash, NULL};
    char **paths = i->n_operands == 0 ? standard_input : i->operands;
    struct lexicons *lexicons;
    enum parse_stage stage = STAGE_COUNT;
    int result = EXIT_FOUND;
    if (i->stage != NULL) {
        stage = parse_stage_named(str_of(i->stage));
        if (stage == STAGE_COUNT)
            return fail_with("no stage is called %s", i->stage);
    }
    if (lexicons_load(i->arena, NULL, &lexicons, NULL, NULL, &i->error) != STATUS_OK)
        return fail(i);
    struct arena *arena = arena_new();
    if (arena == NULL)
        return fail_with("out of memory");
    for (; *paths != NULL; paths++) {
        struct error e = ERROR_NONE;
        struct parsing p = {i, arena, lexicons, *paths, stage, &e};
        if (arena_protect(arena, parse_one, &p, &e) != STATUS_OK)
            result = strstr(e.message, *paths) != NULL ? fail_with("%s", e.message)
                                                       : fail_with("%s: %s", *paths, e.message);
        arena_reset(arena);
    }
    arena_free(arena);
    return result;
}
