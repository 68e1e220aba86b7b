/* What a program costs in a terminal: bench_terminal LABEL KEYS COMMAND ARG... runs COMMAND in a
 * pseudo-terminal of 120x36 and types the keys of KEYS one by one, each TIMES over. Prints one
 * line, fields parted by `|`: LABEL, the median start in milliseconds and its bytes, resident
 * megabytes at the end, and for each key the median, the 99th percentile (milliseconds to its last
 * byte) and the mean of its bytes. `\n` `\d` (Page Down) and `\e` may stand in KEYS. */
#include "baolan/clock.h"

#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* Quiet must last longer than a program may wait before it paints what follows a key: what comes
 * then belongs to that key, not to the next one. */
enum { STARTS = 15, TIMES = 100, QUIET_MS = 130 };

/* What comes before the first screen (modes of the terminal) is less; no screen is. Bytes. */
enum { SCREEN_LEAST = 256 };

struct answer {
    double last_ms;
    size_t bytes;
};

/* Reads until nothing has come for a while; first_wait is how long the first `least` bytes may
 * take. */
static struct answer listen_to(int terminal, int first_wait, size_t least)
{
    struct answer a = {0, 0};
    int64_t begin = clock_nanoseconds();
    int wait = first_wait;
    char bytes[65536];
    for (;;) {
        struct pollfd p = {terminal, POLLIN, 0};
        if (poll(&p, 1, wait) <= 0)
            break;
        ssize_t n = read(terminal, bytes, sizeof bytes);
        if (n <= 0)
            break;
        a.last_ms = (double)(clock_nanoseconds() - begin) / 1e6;
        a.bytes += (size_t)n;
        wait = a.bytes < least ? first_wait : QUIET_MS;
    }
    return a;
}

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

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static pid_t start(char **command, int *terminal, struct answer *answer)
{
    struct winsize size = {.ws_row = 36, .ws_col = 120};
    pid_t child = forkpty(terminal, NULL, NULL, &size);
    if (child == 0) {
        setenv("TERM", "xterm-256color", 1);
        setenv("LC_ALL", "C.UTF-8", 1);
        execvp(command[0], command);
        _exit(127);
    }
    *answer = listen_to(*terminal, 20000, SCREEN_LEAST);
    return child;
}

/* False where the command could not be run. */
static bool stop(pid_t child, int terminal)
{
    int status;
    kill(child, SIGTERM);
    listen_to(terminal, 500, 0);
    close(terminal);
    kill(child, SIGKILL);
    return waitpid(child, &status, 0) == child &&
           !(WIFEXITED(status) && WEXITSTATUS(status) == 127);
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
    struct answer answer = {0, 0};
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
