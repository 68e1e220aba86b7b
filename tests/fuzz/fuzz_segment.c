/* Any bytes folded and divided into tokens: tokens ascend, stand in the text, are never too long,
 * and lead back into what they were folded from. */
#include "baolan/pinyin.h"
#include "baolan/segment.h"
#include "cost.h"

#include <stdlib.h>

enum { TOKEN_MOST = 64 };

static struct pinyin *table;

static void run(struct arena *a, struct str bytes)
{
    struct folded folded;
    struct token token;
    size_t last = 0, tokens = 0;
    fold(a, bytes, &folded);
    for (size_t at = 0; segment_next(folded.text, &at, &token); last = at) {
        struct span source = folded_source_span(&folded, token.folded.start, token.folded.end);
        if (token.folded.start < last || token.folded.end != at || at <= token.folded.start ||
            token.text.n != at - token.folded.start || token.text.n > TOKEN_MOST ||
            source.start > source.end || source.end > bytes.n)
            abort();
        tokens++;
    }
    struct str joined = segment_join(a, bytes);
    size_t parts = 0;
    for (size_t i = 0; i < joined.n; i++)
        parts += joined.p[i] == ' ';
    if (tokens != (joined.n == 0 ? 0 : parts + 1))
        abort();
    struct pinyin_query query;
    if (table != NULL && bytes.n > 0)
        pinyin_query_of(table, a, str_sub(bytes, 0, bytes.n < 64 ? bytes.n : 64), &query);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct arena *kept;
    if (kept == NULL) {
        kept = arena_new();
        if (pinyin_load(kept, NULL, &table, NULL) != STATUS_OK)
            table = NULL;
    }
    return fuzz_one(run, data, size);
}
