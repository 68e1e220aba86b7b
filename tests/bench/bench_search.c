/* Measures search over a folder of pages: bench_search FOLDER [ripgrep]
 *
 * The folder is imported into a cache of its own; then queries of each class run to their first
 * results with a capped count, in process, beside ripgrep over the same files where it is there.
 * Prints medians. BENCH_CACHE names a cache that was made before, BENCH_VERBOSE tells each query,
 * BENCH_QUERY is the only one.
 */
#include "../remove.h"
#include "baolan/clock.h"
#include "baolan/files.h"
#include "baolan/finder.h"
#include "queries.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { ROUNDS = 5 };

static int by_time(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

static int64_t median(int64_t *times, size_t n)
{
    qsort(times, n, sizeof *times, by_time);
    return n == 0 ? 0 : times[n / 2];
}

/* What others do on the machine does not count. */
static int64_t processor_nanoseconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

/* Nanoseconds of one search, and of the processor's in it; the second of ROUNDS and on count. */
static int64_t time_query(struct finder *f, struct arena *a, const char *text, uint64_t *count,
                          int64_t *processor)
{
    int64_t times[ROUNDS], worked[ROUNDS];
    for (size_t i = 0; i < ROUNDS; i++) {
        struct query q;
        struct query_problem problem;
        struct search_results out;
        struct search_options o = {.most = 200};
        struct error e = ERROR_NONE;
        int64_t start = clock_nanoseconds(), began = processor_nanoseconds();
        finder_run(f, a, str_of(text), true, &o, &q, &out, &problem, &e);
        times[i] = clock_nanoseconds() - start;
        worked[i] = processor_nanoseconds() - began;
        *count = out.count;
        arena_reset(a);
    }
    *processor = median(worked + 1, ROUNDS - 1);
    return median(times + 1, ROUNDS - 1);
}

static int64_t time_ripgrep(const char *folder, const char *text)
{
    char command[1024];
    int64_t times[3];
    snprintf(command, sizeof command, "rg --count-matches -F -- '%s' '%s' >/dev/null", text,
             folder);
    for (size_t i = 0; i < 3; i++) {
        int64_t start = clock_nanoseconds();
        if (system(command) == -1)
            return 0;
        times[i] = clock_nanoseconds() - start;
    }
    return median(times, 3);
}

static void run_class(struct finder *f, struct arena *a, const struct query_class *c,
                      const char *folder)
{
    int64_t ours[QUERIES_MOST], theirs[QUERIES_MOST], worst = 0, processor = 0;
    size_t n = 0;
    for (; n < QUERIES_MOST && c->queries[n] != NULL; n++) {
        uint64_t count;
        int64_t worked;
        ours[n] = time_query(f, a, c->queries[n], &count, &worked);
        if (getenv("BENCH_VERBOSE") != NULL)
            printf("  %-32s %8.2f ms %8.2f of the processor %llu\n", c->queries[n],
                   (double)ours[n] / 1e6, (double)worked / 1e6, (unsigned long long)count);
        worst = ours[n] > worst ? ours[n] : worst;
        processor = worked > processor ? worked : processor;
        if (c == QUERY_CLASSES)
            theirs[n] = time_ripgrep(folder, c->queries[n]);
    }
    printf("search %-16s median %7.2f ms  worst %7.2f ms (processor %.2f)", c->name,
           (double)median(ours, n) / 1e6, (double)worst / 1e6, (double)processor / 1e6);
    if (c == QUERY_CLASSES)
        printf("  ripgrep %7.2f ms", (double)median(theirs, n) / 1e6);
    printf("\n");
}

int main(int argc, char **argv)
{
    char root[] = "/tmp/baolan-bench-XXXXXX";
    struct error e = ERROR_NONE;
    struct library *library;
    struct finder *finder;
    struct store_totals totals = {0};
    if (argc < 2 || mkdtemp(root) == NULL)
        return 2;
    if (getenv("BENCH_CACHE") == NULL) {
        setenv("XDG_CACHE_HOME", root, 1);
        setenv("XDG_DATA_HOME", root, 1);
    }
    const char *folder = argv[1];
    struct import_options o = {.paths = &folder, .n_paths = 1};
    int64_t start = clock_nanoseconds();
    if (getenv("BENCH_CACHE") == NULL && library_import(&o, &e) != STATUS_OK)
        return 2;
    double seconds = (double)(clock_nanoseconds() - start) / 1e9;
    const char *made = getenv("BENCH_CACHE");
    enum status opened = made == NULL ? library_open(NULL, &library, &e)
                                      : library_open_published(made, &library, &e);
    if (opened != STATUS_OK || library->store == NULL ||
        finder_open(library, NULL, &finder, &e) != STATUS_OK ||
        store_totals(library->store, &totals, &e) != STATUS_OK) {
        fprintf(stderr, "%s\n", e.message);
        return 2;
    }
    struct file_stamp stamp = {0};
    file_stamp(library->cache_path, &stamp, NULL);
    printf("import %.1f MB in %.1f s, %lld passages, cache %.1f MB\n", (double)totals.bytes / 1e6,
           seconds, (long long)totals.passages, (double)stamp.size / 1e6);
    struct arena *a = arena_new();
    const struct query_class own = {"of one query", {getenv("BENCH_QUERY"), NULL}};
    if (own.queries[0] != NULL)
        run_class(finder, a, &own, folder);
    for (size_t i = 0; own.queries[0] == NULL && i < QUERY_CLASS_COUNT; i++)
        run_class(finder, a, &QUERY_CLASSES[i], folder);
    arena_free(a);
    finder_close(finder);
    library_close(library);
    remove_below(root);
    return 0;
}
