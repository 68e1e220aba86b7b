#include "baolan/decode.h"

#include <strings.h>

enum status decode(struct arena *a, struct str bytes, enum encoding wanted, struct decoded *out,
                   struct error *e)
{
    (void)a;
    (void)wanted;
    (void)e;
    *out = (struct decoded){.text = bytes, .encoding = ENCODING_UTF8, .source = bytes};
    return STATUS_OK;
}

size_t decode_source_offset(const struct decoded *d, size_t at)
{
    (void)d;
    return at;
}

enum encoding encoding_named(struct str name)
{
    (void)name;
    return ENCODING_COUNT;
}

const char *encoding_name(enum encoding encoding)
{
    static const char *const names[] = {
#define X(id, name) [id] = name,
        ENCODING_TABLE(X)
#undef X
    };
    return encoding < ENCODING_COUNT ? names[encoding] : "";
}
