#include "cost.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum {
    SHORT = 8192,         /* bytes that an input is repeated to, or cut to */
    FACTOR = 4,           /* of length, between two measurements */
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

static void keep_least(struct cost *least, struct cost cost)
{
    if (cost.seconds < least->seconds)
        least->seconds = cost.seconds;
    if (cost.bytes < least->bytes)
        least->bytes = cost.bytes;
}

static bool is_steep(struct cost small, struct cost large)
{
    const double limit = FACTOR * SLACK;
    return (large.seconds * 1000 > MILLISECONDS && large.seconds > small.seconds * limit) ||
           (large.bytes > ARENA_BYTES && (double)large.bytes > (double)small.bytes * limit);
}

/* Whether so many bytes of the room cost by far more than four times a quarter of them. What a busy
 * machine adds differs from try to try: the least of each cost is what it is. */
static bool is_steep_at(fuzz_run *run, struct str room, size_t n)
{
    struct cost small = cost_of(run, str_sub(room, 0, n / FACTOR));
    struct cost large = cost_of(run, str_sub(room, 0, n));
    for (int i = 1; i < TRIES && is_steep(small, large); i++) {
        keep_least(&small, cost_of(run, str_sub(room, 0, n / FACTOR)));
        keep_least(&large, cost_of(run, str_sub(room, 0, n)));
    }
    if (!is_steep(small, large))
        return false;
    fprintf(stderr, "%zu bytes: cost grows from %.1f ms, %zu bytes to %.1f ms, %zu bytes\n", n,
            small.seconds * 1000, small.bytes, large.seconds * 1000, large.bytes);
    return true;
}

/* Each length is the same bytes over and over, whole: what is dear at the end of an input is as
 * large a part of the short one. A step, beyond which more is done, is met at one length only. */
bool fuzz_cost_grows(fuzz_run *run, struct str bytes)
{
    size_t n = bytes.n < SHORT ? bytes.n : SHORT;
    if (n == 0)
        return false;
    size_t least = (SHORT + n - 1) / n * n, most = least * FACTOR * FACTOR;
    char *p = malloc(most);
    if (p == NULL)
        return false;
    for (size_t at = 0; at < most; at += n)
        memcpy(p + at, bytes.p, n);
    struct str room = {p, most};
    bool grows = is_steep_at(run, room, least * FACTOR) && is_steep_at(run, room, most);
    free(p);
    return grows;
}

int fuzz_one(fuzz_run *run, const uint8_t *data, size_t size)
{
    static double spent, checked;
    struct str bytes = {(const char *)data, size};
    spent += cost_of(run, bytes).seconds;
    if (size < 4 || checked * SHARE > spent)
        return 0;
    double began = now();
    if (fuzz_cost_grows(run, bytes))
        abort();
    checked += now() - began;
    spent += now() - began;
    return 0;
}
