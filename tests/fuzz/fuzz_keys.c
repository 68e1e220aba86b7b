/* Any bytes as what a terminal sends: keys, pastes and the mouse come out of them, whatever pieces
 * they come in, and nothing is held for ever. */
#include "cost.h"
#include "ui/keys.h"

#include <stdlib.h>

static size_t take(struct decoder *d, bool flush, struct arena *a)
{
    struct input input;
    size_t n = 0;
    while (decoder_next(d, flush, &input)) {
        n++;
        if (input.kind == INPUT_KEY) {
            struct buffer name = buffer_in(a);
            size_t at = 0;
            key_write(input.key, &name);
            /* A key's name is the key. */
            if (input.key == 0 || key_read(buffer_str(&name), &at) != input.key)
                abort();
            key_without_input_method(input.key);
        } else if (input.kind == INPUT_PASTE) {
            for (size_t i = 0; i < input.paste.n; i++)
                if ((unsigned char)input.paste.p[i] < 0x20)
                    abort();
        } else if (input.row < 0 || input.column < 0) {
            abort();
        }
    }
    return n;
}

static void run(struct arena *a, struct str bytes)
{
    struct decoder *d = decoder_new(a);
    size_t keys = 0, at = 0;
    /* The first byte says how long the pieces are in which the others come. */
    size_t piece = bytes.n == 0 ? 1 : 1 + (unsigned char)bytes.p[0] * 8u;
    for (at = 1; at < bytes.n; at += piece) {
        struct str part = str_sub(bytes, at, at + piece < bytes.n ? at + piece : bytes.n);
        decoder_feed(d, (const unsigned char *)part.p, part.n);
        keys += take(d, piece % 3 == 0, a);
    }
    keys += take(d, true, a);
    if (decoder_waits(d) || keys > bytes.n)
        abort();
    for (at = 0; at < bytes.n;) {
        size_t before = at;
        if (key_read(bytes, &at) == 0 && at == before)
            at++;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return fuzz_one(run, data, size);
}
