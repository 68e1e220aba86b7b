#include "baolan/document_json.h"
#include "baolan/files.h"
#include "baolan/parse.h"

#include <stdio.h>
#include <string.h>

struct job {
    struct arena *arena;
    const char *path;
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
    document_write_json(document, &out);
    buffer_add_byte(&out, '\n');
    return fwrite(out.p, 1, out.n, stdout) == out.n && fflush(stdout) == 0 ? STATUS_OK : STATUS_IO;
}

int main(int argc, char **argv)
{
    if (argc < 3 || strcmp(argv[1], "parse") != 0 || strcmp(argv[2], "--json") != 0) {
        fputs("usage: baolan parse --json [FILE]\n", stderr);
        return 2;
    }
    struct error e = ERROR_NONE;
    struct job job = {arena_new(), argc > 3 ? argv[3] : NULL, &e};
    enum status status = arena_protect(job.arena, run, &job, &e);
    arena_free(job.arena);
    if (status == STATUS_OK)
        return 0;
    fprintf(stderr, "baolan: %s\n", e.message);
    return 2;
}
