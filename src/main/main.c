#include "baolan/document_json.h"
#include "baolan/files.h"
#include "baolan/parse.h"
#include "baolan/parse_stages.h"

#include <stdio.h>
#include <string.h>

struct job {
    struct arena *arena;
    const char *path;
    enum parse_stage stage; /* STAGE_COUNT: no stage */
    bool check;
    struct error *error;
};

static enum status run(void *context)
{
    struct job *job = context;
    struct parse_options options = {.depth = PARSE_FACTS, .path = job->path};
    struct lexicons *lexicons;
    struct document *document;
    struct str bytes;
    enum status status = lexicons_load(job->arena, NULL, &lexicons, NULL, NULL, job->error);
    if (status != STATUS_OK)
        return status;
    options.lexicons = lexicons;
    if (job->path == NULL)
        status = file_read_descriptor(job->arena, 0, &bytes, job->error);
    else
        status = file_read(job->arena, job->path, &bytes, NULL, job->error);
    if (status == STATUS_OK)
        status = document_parse(job->arena, bytes, &options, &document, job->error);
    if (status != STATUS_OK)
        return status;
    struct buffer out = buffer_in(job->arena);
    if (job->check) {
        if (!document_check(document, job->error))
            return STATUS_CORRUPT;
    } else if (job->stage != STAGE_COUNT) {
        parse_write_stage(document, &options, job->stage, &out);
    } else {
        document_write_json(document, &out);
        buffer_add_byte(&out, '\n');
    }
    return fwrite(out.p, 1, out.n, stdout) == out.n && fflush(stdout) == 0 ? STATUS_OK : STATUS_IO;
}

int main(int argc, char **argv)
{
    struct error e = ERROR_NONE;
    struct job job = {.stage = STAGE_COUNT, .error = &e};
    int at = 2;
    bool known = argc > 2 && strcmp(argv[1], "parse") == 0;
    if (known && strcmp(argv[at], "--check") == 0)
        job.check = true;
    else if (known && argc > 3 && strcmp(argv[at], "--stage") == 0)
        known = (job.stage = parse_stage_named(str_of(argv[++at]))) != STAGE_COUNT;
    else
        known = known && strcmp(argv[at], "--json") == 0;
    if (!known) {
        fputs("usage: baolan parse --json|--check|--stage lines|blocks|articles [FILE]\n", stderr);
        return 2;
    }
    job.arena = arena_new();
    job.path = argc > at + 1 ? argv[at + 1] : NULL;
    enum status status = arena_protect(job.arena, run, &job, &e);
    arena_free(job.arena);
    if (status == STATUS_OK)
        return 0;
    fprintf(stderr, "baolan: %s\n", e.message);
    return 2;
}
