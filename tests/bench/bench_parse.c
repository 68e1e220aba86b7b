/* How fast files are read: bench_parse FILE... prints MB/s of pages, indicators and all facts, and
 * whether cost stays in proportion to size. Medians of several runs on one core. */
#include "baolan/files.h"
#include "baolan/parse.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define RUNS 5

/* How far a file is read: its page; proposals, tables and indicators too; or everything. */
enum extent { PAGE, INDICATORS, EVERYTHING };

struct job {
    struct arena *arena;
    struct str bytes;
    const struct lexicons *lexicons;
    enum extent extent;
};

static enum status parse(void *context)
{
    struct job *job = context;
    struct parse_options options = {.lexicons = job->lexicons,
                                    .depth = job->extent == EVERYTHING ? PARSE_FACTS : PARSE_PAGE};
    struct document *document;
    enum status status = document_parse(job->arena, job->bytes, &options, &document, NULL);
    if (status == STATUS_OK && job->extent == INDICATORS) {
        parse_proposals(document, &options);
        parse_tables(document, &options);
        parse_indicators(document, &options);
    }
    return status;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Time that this process had on a core: what else runs does not count. */
static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Median MB/s of parsing files one by one. */
static double rate(const struct str *files, size_t n, const struct lexicons *lexicons,
                   enum extent extent, int repeat, int runs)
{
    double rates[RUNS];
    for (int run = 0; run < runs; run++) {
        size_t bytes = 0;
        double begin = seconds();
        for (int k = 0; k < repeat; k++)
            for (size_t i = 0; i < n; i++) {
                struct job job = {arena_new(), files[i], lexicons, extent};
                arena_protect(job.arena, parse, &job, NULL);
                arena_free(job.arena);
                bytes += files[i].n;
            }
        rates[run] = (double)bytes / 1e6 / (seconds() - begin);
    }
    qsort(rates, (size_t)runs, sizeof *rates, by_value);
    return rates[runs / 2];
}

/* All files after one another, again and again, to `bytes`. */
static struct str joined(struct arena *a, const struct str *files, size_t n, size_t bytes)
{
    char *p = arena_alloc(a, bytes);
    size_t filled = 0;
    for (size_t i = 0; filled < bytes; i = (i + 1) % n) {
        size_t part = files[i].n < bytes - filled ? files[i].n : bytes - filled;
        memcpy(p + filled, files[i].p, part);
        filled += part;
        if (filled < bytes)
            p[filled++] = '\n';
    }
    return (struct str){p, bytes};
}

static struct str repeated(struct arena *a, struct str unit, size_t bytes)
{
    char *p = arena_alloc(a, bytes);
    for (size_t i = 0; i < bytes; i++)
        p[i] = unit.p[i % unit.n];
    return (struct str){p, bytes / unit.n * unit.n};
}

static void print_growth(struct arena *a, const char *what, struct str unit, size_t bytes,
                         const struct lexicons *lexicons)
{
    struct str small = repeated(a, unit, bytes / 10), large = repeated(a, unit, bytes);
    double fast = rate(&small, 1, lexicons, PAGE, 1, 1);
    double slow = rate(&large, 1, lexicons, PAGE, 1, 1);
    printf("parse: page: %-22s %6.1f MB/s at %5.1f MB, %6.1f MB/s at %5.1f MB\n", what, fast,
           (double)small.n / 1e6, slow, (double)large.n / 1e6);
}

int main(int argc, char **argv)
{
    /* A million lines of each. */
    static const struct {
        const char *what;
        struct str line;
    } lines[] = {
        {"headings", {"（一）标题\n", 16}},
        {"fields", {"案号：1\n", 11}},
        {"short lines", {"幸福花园\n", 13}},
        {"bylines", {"本报记者 张三\n", 20}},
    };
    struct arena *a = arena_new();
    struct lexicons *lexicons;
    struct error e = ERROR_NONE;
    if (lexicons_load(a, NULL, &lexicons, NULL, NULL, &e) != STATUS_OK || argc < 2) {
        fprintf(stderr, "bench_parse: %s\n", argc < 2 ? "name files" : e.message);
        return 2;
    }
    struct str *files = arena_array(a, struct str, argc);
    size_t n = 0, bytes = 0;
    for (int i = 1; i < argc; i++)
        if (file_read(a, argv[i], &files[n], NULL, NULL) == STATUS_OK)
            bytes += files[n++].n;
    if (bytes == 0)
        return 2;
    int repeat = (int)(4000000 / bytes) + 1;
    printf("parse: %zu files, %.2f MB, each run %d times over, median of %d runs, one core\n", n,
           (double)bytes / 1e6, repeat, RUNS);
    printf("parse: page                         %6.1f MB/s\n",
           rate(files, n, lexicons, PAGE, repeat, RUNS));
    printf("parse: page and indicators          %6.1f MB/s\n",
           rate(files, n, lexicons, INDICATORS, repeat, RUNS));
    printf("parse: page and all facts           %6.1f MB/s\n",
           rate(files, n, lexicons, EVERYTHING, repeat, RUNS));
    struct str whole = joined(a, files, n, bytes);
    print_growth(a, "pages in one file", whole, 100000000, lexicons);
    print_growth(a, "one line", STR("全市实现产值3.5亿元，增长4.1%，"), 10000000, lexicons);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        print_growth(a, lines[i].what, lines[i].line, 1000000 * lines[i].line.n, lexicons);
    arena_free(a);
    return 0;
}
