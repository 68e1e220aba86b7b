/* A program in a pseudo-terminal of 120x36, and how long it takes to answer, for the benches. */
#ifndef TESTS_BENCH_TERMINAL_H
#define TESTS_BENCH_TERMINAL_H

#include "baolan/clock.h"

#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* Quiet must last longer than a program may wait before it paints what follows a key: what comes
 * then belongs to that key, not to the next one. */
enum { QUIET_MS = 130 };

/* What is sent after such a gap is another screen: the first one's bytes come all at once. */
enum { GAP_MS = 10 };

/* What comes before the first screen (modes of the terminal) is less; no screen is. Bytes. */
enum { SCREEN_LEAST = 256 };

struct answer {
    double first_ms; /* to the last byte of the first screen */
    double last_ms;
    size_t bytes;
};

/* Reads until nothing has come for a while; first_wait is how long the first `least` bytes may
 * take. */
static struct answer listen_to(int terminal, int first_wait, size_t least)
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
        double now = (double)(clock_nanoseconds() - begin) / 1e6;
        if (a.bytes == 0 || (a.first_ms == a.last_ms && now - a.last_ms < GAP_MS))
            a.first_ms = now;
        a.last_ms = now;
        a.bytes += (size_t)n;
        wait = a.bytes < least ? first_wait : QUIET_MS;
    }
    return a;
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

#endif
