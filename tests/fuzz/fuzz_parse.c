/* Any bytes parse, each character is in exactly one place, and what is printed of them is one line
 * of JSON. */
#include "baolan/document_json.h"
#include "baolan/parse.h"
#include "baolan/parse_stages.h"
#include "cost.h"

#include <stdlib.h>

static const struct lexicons *lexicons(void)
{
    static struct lexicons *all;
    if (all == NULL && lexicons_load(arena_new(), NULL, &all, NULL, NULL, NULL) != STATUS_OK)
        abort();
    return all;
}

static void run(struct arena *a, struct str bytes)
{
    struct parse_options options = {
        .lexicons = lexicons(), .depth = PARSE_FACTS, .path = "日报-2024-03-12-A03.txt"};
    struct document *document;
    if (document_parse(a, bytes, &options, &document, NULL) != STATUS_OK)
        return;
    if (!document_check(document, NULL))
        abort();
    struct buffer out = buffer_in(a);
    document_write_json(document, &out);
    for (size_t i = 0; i < out.n; i++)
        if ((unsigned char)out.p[i] < 0x20)
            abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    lexicons();
    return fuzz_one(run, data, size);
}
