/* Any bytes as a query, and as the text that it is searched in: positions stay inside, and folding,
 * matching, pinyin and snippets end. */
#include "baolan/pinyin.h"
#include "baolan/query.h"
#include "baolan/snippet.h"

#include <stdint.h>
#include <stdlib.h>

struct job {
    struct arena *arena;
    struct str text;
    bool typing;
};

static struct pinyin *table;

static void check_spans(const struct span *spans, size_t n, size_t length)
{
    for (size_t i = 0; i < n; i++)
        if (spans[i].start > spans[i].end || spans[i].end > length ||
            (i > 0 && spans[i].start < spans[i - 1].end))
            abort();
}

static enum status run(void *context)
{
    struct job *job = context;
    struct arena *a = job->arena;
    size_t half = job->text.n / 2;
    struct str words = str_sub(job->text, 0, half), text = str_sub(job->text, half, job->text.n);
    struct query q;
    struct query_problem problem;
    struct pattern *patterns;
    struct span *found;
    struct pinyin_query pinyin;
    struct snippet snippet;
    struct span part = {0, 0};
    if (query_parse(a, words, job->typing, &q, &problem) != STATUS_OK) {
        check_spans(&problem.span, 1, words.n);
        return STATUS_OK;
    }
    size_t n = query_highlights(&q, a, true, &patterns);
    size_t count = pattern_find_all(a, patterns, n, text, &found);
    check_spans(found, count, text.n);
    snippet_of(a, text, patterns, n, count > 0 ? found[0] : part, 40, AMBIGUOUS_NARROW, &snippet);
    check_spans(snippet.marks, snippet.n_marks, snippet.text.n);
    if (table != NULL && pinyin_query_of(table, a, words, &pinyin))
        pinyin_match(&pinyin, text, &part);
    check_spans(&part, 1, text.n);
    return STATUS_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct arena *kept;
    if (kept == NULL) {
        kept = arena_new();
        if (pinyin_load(kept, NULL, &table, NULL) != STATUS_OK)
            table = NULL;
    }
    if (size == 0)
        return 0;
    struct job job = {arena_new(), {(const char *)data + 1, size - 1}, data[0] % 2 == 0};
    arena_protect(job.arena, run, &job, NULL);
    arena_free(job.arena);
    return 0;
}
