/* Any bytes as a query, and as the text that it is searched in: positions stay inside, and folding,
 * matching, pinyin and snippets end. */
#include "baolan/pinyin.h"
#include "baolan/query.h"
#include "baolan/snippet.h"
#include "cost.h"

#include <stdlib.h>

/* Bytes of the input that are the query: its cost is that of the text times these. */
enum { WORDS_MOST = 100 };

static struct pinyin *table;

static void check_spans(const struct span *spans, size_t n, size_t length)
{
    for (size_t i = 0; i < n; i++)
        if (spans[i].start > spans[i].end || spans[i].end > length ||
            (i > 0 && spans[i].start < spans[i - 1].end))
            abort();
}

static void run(struct arena *a, struct str bytes)
{
    bool typing = bytes.n > 0 && bytes.p[0] % 2 == 0;
    struct str all = str_sub(bytes, 1, bytes.n);
    size_t cut = all.n / 2 < WORDS_MOST ? all.n / 2 : WORDS_MOST;
    struct str words = str_sub(all, 0, cut), text = str_sub(all, cut, all.n);
    struct query q;
    struct query_problem problem;
    struct pattern *patterns;
    struct span *found;
    struct pinyin_query pinyin;
    struct snippet snippet;
    struct span part = {0, 0};
    if (query_parse(a, words, typing, &q, &problem) != STATUS_OK) {
        check_spans(&problem.span, 1, words.n);
        return;
    }
    size_t n = query_highlights(&q, a, true, &patterns);
    size_t count = pattern_find_all(a, patterns, n, text, &found);
    check_spans(found, count, text.n);
    snippet_of(a, text, patterns, n, count > 0 ? found[0] : part, 40, AMBIGUOUS_NARROW, &snippet);
    check_spans(snippet.marks, snippet.n_marks, snippet.text.n);
    if (table != NULL && pinyin_query_of(table, a, words, &pinyin))
        pinyin_match(&pinyin, text, &part);
    check_spans(&part, 1, text.n);
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
