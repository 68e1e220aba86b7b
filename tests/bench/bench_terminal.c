/* What a program costs in a terminal: bench_terminal LABEL KEYS COMMAND ARG... runs COMMAND in a
 * pseudo-terminal of 120x36 and types the keys of KEYS one by one, each TIMES over. Prints one
 * line, fields parted by `|`: LABEL, the median start in milliseconds and its bytes, resident
 * megabytes at the end, and for each key the median, the 99th percentile (milliseconds to its last
 * byte) and the mean of its bytes. `\n` `\d` (Page Down) and `\e` may stand in KEYS. */
#include "terminal.h"

#include <stdio.h>

enum { STARTS = 15, TIMES = 100 };

/* The next key of *keys as bytes. */
static size_t next_key(const char **keys, char out[8])
{
    char c = *(*keys)++;
    if (c == '\\' && **keys != '\0') {
        c = *(*keys)++;
        if (c == 'd') {
            memcpy(out, "\033[6~", 4);
            return 4;
        }
        c = c == 'n' ? '\r' : c == 'e' ? '\033' : c;
    }
    out[0] = c;
    return 1;
}

static double resident_megabytes(pid_t child)
{
    char path[64], line[256];
    double kilobytes = 0;
    snprintf(path, sizeof path, "/proc/%d/status", (int)child);
    FILE *f = fopen(path, "r");
    while (f != NULL && fgets(line, sizeof line, f) != NULL)
        if (strncmp(line, "VmHWM:", 6) == 0)
            kilobytes = strtod(line + 6, NULL);
    if (f != NULL)
        fclose(f);
    return kilobytes / 1000;
}

static void print_key(int terminal, const char *key, size_t n)
{
    double times[TIMES] = {0};
    size_t total = 0;
    for (int i = 0; i < TIMES; i++) {
        if (write(terminal, key, n) != (ssize_t)n)
            break;
        struct answer a = listen_to(terminal, QUIET_MS, 0);
        times[i] = a.last_ms;
        total += a.bytes;
    }
    qsort(times, TIMES, sizeof *times, by_value);
    printf("|%.2f|%.2f|%zu", times[TIMES / 2], times[TIMES * 99 / 100], total / TIMES);
}

int main(int argc, char **argv)
{
    if (argc < 4) {
        fputs("usage: bench_terminal LABEL KEYS COMMAND ARG...\n", stderr);
        return 2;
    }
    double starts[STARTS];
    struct answer answer;
    int terminal;
    for (int i = 0; i < STARTS; i++) {
        pid_t child = start(argv + 3, &terminal, &answer);
        starts[i] = answer.last_ms;
        if (!stop(child, terminal))
            return 1;
    }
    qsort(starts, STARTS, sizeof *starts, by_value);
    pid_t child = start(argv + 3, &terminal, &answer);
    char first[8];
    const char *keys = argv[2];
    /* The resident size is that of the start and the first key: later ones load more. */
    printf("%s|%.1f|%zu", argv[1], starts[STARTS / 2], answer.bytes);
    printf("|%.1f", resident_megabytes(child));
    while (*keys != '\0') {
        size_t n = next_key(&keys, first);
        print_key(terminal, first, n);
    }
    printf("\n");
    return stop(child, terminal) ? 0 : 1;
}
