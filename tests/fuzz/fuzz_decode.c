/* Any bytes decode to valid UTF-8 without controls, and offsets lead back into the source. */
#include "baolan/decode.h"
#include "baolan/utf8.h"

#include <stdint.h>
#include <stdlib.h>

struct job {
    struct arena *arena;
    struct str bytes;
    enum encoding encoding;
};

static void check(const struct decoded *d)
{
    size_t last = 0;
    for (size_t at = 0; at < d->text.n;) {
        size_t start = at;
        uint32_t c = utf8_next(d->text, &at);
        if (c == 0xFFFD && at - start != 3)
            abort();
        if ((c < 0x20 && c != '\n' && c != '\t' && c != '\f') || (c >= 0x7F && c < 0xA0))
            abort();
        size_t offset = decode_source_offset(d, start);
        if (offset < last || offset > d->source.n)
            abort();
        last = offset;
    }
}

static enum status run(void *context)
{
    struct job *job = context;
    struct decoded decoded;
    if (decode(job->arena, job->bytes, job->encoding, &decoded, NULL) == STATUS_OK)
        check(&decoded);
    return STATUS_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    struct job job = {
        .arena = arena_new(),
        .bytes = {(const char *)data + 1, size - 1},
        .encoding = (enum encoding)(data[0] % ENCODING_COUNT),
    };
    arena_protect(job.arena, run, &job, NULL);
    arena_free(job.arena);
    return 0;
}
