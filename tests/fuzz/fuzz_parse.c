/* Any bytes parse, and what is printed of them is one line of JSON. */
#include "baolan/document_json.h"
#include "baolan/parse.h"

#include <stdint.h>
#include <stdlib.h>

struct job {
    struct arena *arena;
    struct str bytes;
    const struct lexicons *lexicons;
};

static const struct lexicons *lexicons(void)
{
    static struct lexicons *all;
    if (all == NULL && lexicons_load(arena_new(), NULL, &all, NULL, NULL, NULL) != STATUS_OK)
        abort();
    return all;
}

static enum status run(void *context)
{
    struct job *job = context;
    struct parse_options options = {
        .lexicons = job->lexicons, .depth = PARSE_FACTS, .path = "日报-2024-03-12-A03.txt"};
    struct document *document;
    if (document_parse(job->arena, job->bytes, &options, &document, NULL) != STATUS_OK)
        return STATUS_OK;
    struct buffer out = buffer_in(job->arena);
    document_write_json(document, &out);
    for (size_t i = 0; i < out.n; i++)
        if ((unsigned char)out.p[i] < 0x20)
            abort();
    return STATUS_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct job job = {
        .arena = arena_new(), .bytes = {(const char *)data, size}, .lexicons = lexicons()};
    arena_protect(job.arena, run, &job, NULL);
    arena_free(job.arena);
    return 0;
}
