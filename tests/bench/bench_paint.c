/* Search as one types it: bench_paint COMMAND ARG... runs COMMAND in a pseudo-terminal, types `/`
 * and queries of each class into it, letter by letter, and prints for each class the milliseconds
 * from a letter to the last byte of the screen that follows it: those of the letter that completes
 * a query, and of all letters. That screen has the first results and their count, capped where
 * there are more; what is counted behind it does not belong to it. BENCH_VERBOSE tells each query.
 */
#include "queries.h"
#include "terminal.h"

#include <stdio.h>

enum { TIMES_MOST = 1024 };

struct times {
    double at[TIMES_MOST];
    size_t n;
};

static void add(struct times *t, double ms)
{
    if (t->n < TIMES_MOST)
        t->at[t->n++] = ms;
}

static double part(struct times *t, size_t percent)
{
    qsort(t->at, t->n, sizeof *t->at, by_value);
    return t->n == 0 ? 0 : t->at[t->n * percent / 100 < t->n ? t->n * percent / 100 : t->n - 1];
}

static double type(int terminal, const char *bytes, size_t n)
{
    if (write(terminal, bytes, n) != (ssize_t)n)
        return 0;
    return listen_to(terminal, 1000, 1).first_ms;
}

/* Bytes of the character that text begins with. */
static size_t character(const char *text)
{
    size_t n = 1;
    while (((unsigned char)text[n] & 0xC0) == 0x80)
        n++;
    return n;
}

static void run_class(int terminal, const struct query_class *c)
{
    struct times whole = {.n = 0}, letters = {.n = 0};
    for (size_t i = 0; i < QUERIES_MOST && c->queries[i] != NULL; i++) {
        double ms = 0;
        type(terminal, "/\025", 2); /* Ctrl-U: whatever stood there */
        for (const char *at = c->queries[i]; *at != '\0'; at += character(at)) {
            ms = type(terminal, at, character(at));
            add(&letters, ms);
        }
        add(&whole, ms);
        if (getenv("BENCH_VERBOSE") != NULL)
            printf("  %-32s %8.2f ms\n", c->queries[i], ms);
        type(terminal, "\033", 1);
    }
    printf(
        "key to paint %-16s median %7.2f ms  worst %7.2f ms  each letter: median %7.2f ms  99th of"
        " 100 %7.2f ms\n",
        c->name, part(&whole, 50), part(&whole, 100), part(&letters, 50), part(&letters, 99));
    fflush(stdout);
}

int main(int argc, char **argv)
{
    int terminal;
    struct answer answer;
    if (argc < 2) {
        fputs("usage: bench_paint COMMAND ARG...\n", stderr);
        return 2;
    }
    pid_t child = start(argv + 1, &terminal, &answer);
    for (size_t i = 0; i < QUERY_CLASS_COUNT; i++)
        run_class(terminal, &QUERY_CLASSES[i]);
    return stop(child, terminal) ? 0 : 1;
}
