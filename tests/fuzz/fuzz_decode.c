/* Any bytes decode to valid UTF-8 without controls, and offsets lead back into the source. */
#include "baolan/decode.h"
#include "baolan/utf8.h"
#include "cost.h"

#include <stdlib.h>

static void check(const struct decoded *d)
{
    /* Finding an offset costs more than passing a character. */
    enum { EVERY = 40 };
    size_t last = 0, last_at = 0;
    for (size_t at = 0; at < d->text.n;) {
        size_t start = at;
        uint32_t c = utf8_next(d->text, &at);
        if (c == 0xFFFD && at - start != 3)
            abort();
        if ((c < 0x20 && c != '\n' && c != '\t' && c != '\f') || (c >= 0x7F && c < 0xA0))
            abort();
        if (start < last_at + EVERY)
            continue;
        last_at = start;
        size_t offset = decode_source_offset(d, start);
        if (offset < last || offset > d->source.n)
            abort();
        last = offset;
    }
}

static void run(struct arena *a, struct str bytes)
{
    struct decoded decoded;
    if (bytes.n > 0 && decode(a, str_sub(bytes, 1, bytes.n),
                              (enum encoding)((unsigned char)bytes.p[0] % ENCODING_COUNT), &decoded,
                              NULL) == STATUS_OK)
        check(&decoded);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return fuzz_one(run, data, size);
}
