#include "cost.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum {
    SHORT = 8192,         /* bytes that an input is repeated to, and four times that */
    FACTOR = 4,           /* of length */
    SLACK = 3,            /* times the factor: what cost may grow by; a square grows by 4 more */
    TRIES = 3,            /* of a measurement that looks bad: a busy machine is no finding */
    SHARE = 4,            /* at most one part in so many of the time goes into this */
    MILLISECONDS = 60,    /* below which growth is not measured */
    ARENA_BYTES = 1 << 22 /* the same of memory */
};

struct job {
    fuzz_run *run;
    struct arena *arena;
    struct str bytes;
};

struct cost {
    double seconds;
    size_t bytes;
};

static enum status run_protected(void *context)
{
    const struct job *job = context;
    job->run(job->arena, job->bytes);
    return STATUS_OK;
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static struct cost cost_of(fuzz_run *run, struct str bytes)
{
    struct job job = {run, arena_new(), bytes};
    double began = now();
    arena_protect(job.arena, run_protected, &job, NULL);
    struct cost cost = {now() - began, arena_size(job.arena)};
    arena_free(job.arena);
    return cost;
}

static struct str repeated(struct str bytes, char *to, size_t n)
{
    for (size_t at = 0; at < n; at += bytes.n)
        memcpy(to + at, bytes.p, n - at < bytes.n ? n - at : bytes.n);
    return (struct str){to, n};
}

/* Aborts where four times the input costs by far more than four times as much. */
static void check_growth(fuzz_run *run, struct str bytes)
{
    char *room = malloc((size_t)SHORT * FACTOR);
    double limit = FACTOR * SLACK;
    if (room == NULL)
        return;
    for (int i = 0; i < TRIES; i++) {
        struct cost small = cost_of(run, repeated(bytes, room, SHORT));
        struct cost large = cost_of(run, repeated(bytes, room, (size_t)SHORT * FACTOR));
        bool slow = large.seconds * 1000 > MILLISECONDS && large.seconds > small.seconds * limit;
        bool big = large.bytes > ARENA_BYTES && (double)large.bytes > (double)small.bytes * limit;
        if (!slow && !big)
            break;
        fprintf(stderr, "cost grows from %.1f ms, %zu bytes to %.1f ms, %zu bytes\n",
                small.seconds * 1000, small.bytes, large.seconds * 1000, large.bytes);
        if (i + 1 == TRIES)
            abort();
    }
    free(room);
}

int fuzz_one(fuzz_run *run, const uint8_t *data, size_t size)
{
    static double spent, checked;
    struct str bytes = {(const char *)data, size};
    spent += cost_of(run, bytes).seconds;
    if (size < 4 || checked * SHARE > spent)
        return 0;
    double began = now();
    check_growth(run, bytes);
    checked += now() - began;
    spent += now() - began;
    return 0;
}
