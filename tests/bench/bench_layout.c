/* How fast text is measured and broken into lines: bench_layout FILE... prints MB/s, medians of
 * several runs on one core. */
#include "baolan/clock.h"
#include "baolan/decode.h"
#include "baolan/files.h"
#include "baolan/layout.h"
#include "baolan/vector.h"

#include <stdio.h>
#include <stdlib.h>

#define RUNS 9

struct texts {
    struct str *at;
    size_t n, room;
    size_t bytes;
};

static size_t measure(struct arena *a, struct str text)
{
    (void)a;
    return width_measure(text, AMBIGUOUS_NARROW);
}

static size_t break_lines(struct arena *a, struct str text)
{
    struct layout_options o = {.width = 76, .indent = 4, .hang = 2};
    struct arena_mark mark = arena_mark(a);
    size_t n = 0;
    for (size_t at = 0; at < text.n;) {
        size_t end = layout_part_end(text, at);
        n += layout_text(a, str_sub(text, at, end), &o).n_lines;
        at = end;
    }
    arena_release(a, mark);
    return n;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void print_rate(const char *name, const struct texts *texts,
                       size_t (*work)(struct arena *a, struct str text))
{
    double rates[RUNS];
    size_t result = 0;
    struct arena *a = arena_new();
    for (int run = 0; run < RUNS; run++) {
        int64_t begin = clock_nanoseconds();
        for (size_t i = 0; i < texts->n; i++)
            result += work(a, texts->at[i]);
        double seconds = (double)(clock_nanoseconds() - begin) / 1e9;
        rates[run] = (double)texts->bytes / 1e6 / seconds;
    }
    qsort(rates, RUNS, sizeof *rates, by_value);
    printf("%s: %.0f MB/s (%zu)\n", name, rates[RUNS / 2], result / RUNS);
    arena_free(a);
}

int main(int argc, char **argv)
{
    struct arena *a = arena_new();
    struct texts texts = {0};
    for (int i = 1; i < argc; i++) {
        struct str bytes;
        struct decoded decoded;
        if (file_read(a, argv[i], &bytes, NULL, NULL) != STATUS_OK ||
            decode(a, bytes, ENCODING_AUTO, &decoded, NULL) != STATUS_OK)
            continue;
        vector_push(a, &texts, decoded.text);
        texts.bytes += decoded.text.n;
    }
    print_rate("measuring text", &texts, measure);
    print_rate("breaking lines", &texts, break_lines);
    arena_free(a);
    return 0;
}
