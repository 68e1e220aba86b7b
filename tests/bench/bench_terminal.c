/* What a program costs in a terminal: bench_terminal KEYS COMMAND ARG... runs COMMAND in a
 * pseudo-terminal of 120x36 and types the keys of KEYS one by one, each ten times over. Prints the
 * start's milliseconds and bytes, and of each key the median and the worst time to its last byte
 * and the median of its bytes. `\n` `\d` (Page Down) and `\e` may stand in KEYS. */
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

#define TIMES 10
#define QUIET_MS 80

struct answer {
    double first_ms, last_ms;
    size_t bytes;
};

/* Reads until nothing has come for a while; first_wait is how long the first byte may take. */
static struct answer listen_to(int terminal, int first_wait)
{
    struct answer a = {0, 0, 0};
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
        if (a.bytes == 0)
            a.first_ms = a.last_ms;
        a.bytes += (size_t)n;
        wait = QUIET_MS;
    }
    return a;
}

static int by_time(const void *a, const void *b)
{
    double x = ((const struct answer *)a)->last_ms, y = ((const struct answer *)b)->last_ms;
    return (x > y) - (x < y);
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

static bool run(const char *keys, char **command, double *start_ms)
{
    struct winsize size = {.ws_row = 36, .ws_col = 120};
    int terminal;
    pid_t child = forkpty(&terminal, NULL, NULL, &size);
    if (child == 0) {
        setenv("TERM", "xterm-256color", 1);
        setenv("LC_ALL", "C.UTF-8", 1);
        execvp(command[0], command);
        _exit(127);
    }
    struct answer start = listen_to(terminal, 20000);
    *start_ms = start.last_ms;
    if (keys != NULL) {
        printf("  start %.1f ms, %zu bytes\n", start.last_ms, start.bytes);
        while (*keys != '\0') {
            char key[8];
            const char *shown = keys;
            size_t n = next_key(&keys, key);
            struct answer answers[TIMES] = {0};
            size_t total = 0;
            for (int i = 0; i < TIMES; i++) {
                if (write(terminal, key, n) != (ssize_t)n)
                    break;
                answers[i] = listen_to(terminal, 2 * QUIET_MS);
                total += answers[i].bytes;
            }
            qsort(answers, TIMES, sizeof *answers, by_time);
            printf("  key %.*s: median %.2f ms, worst %.2f ms, mean %zu bytes\n",
                   (int)(keys - shown), shown, answers[TIMES / 2].last_ms,
                   answers[TIMES - 1].last_ms, total / TIMES);
        }
    }
    kill(child, SIGTERM);
    listen_to(terminal, 500);
    close(terminal);
    kill(child, SIGKILL);
    int status;
    return waitpid(child, &status, 0) == child &&
           !(WIFEXITED(status) && WEXITSTATUS(status) == 127);
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fputs("usage: bench_terminal KEYS COMMAND ARG...\n", stderr);
        return 2;
    }
    double starts[TIMES];
    for (int i = 0; i < TIMES; i++)
        if (!run(NULL, argv + 2, &starts[i]))
            return 1;
    qsort(starts, TIMES, sizeof *starts, by_value);
    printf("  %d starts to the last byte: median %.1f ms\n", TIMES, starts[TIMES / 2]);
    return run(argv[1], argv + 2, &starts[0]) ? 0 : 1;
}
