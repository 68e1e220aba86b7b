/* An import on a thread of its own, that tells through a pipe. */
#include "library_internal.h"

#include <errno.h>
#include <pthread.h>
#include <unistd.h>

struct import_job {
    struct arena *arena;
    struct import_options options;
    void (*progress)(void *context, const struct import_progress *progress);
    void *context;
    void (*problem)(void *context, const char *message);
    atomic_bool cancel;
    pthread_t thread;
    pthread_mutex_t mutex;
    struct import_progress last; /* guarded by the mutex */
    bool running;                /* guarded by the mutex */
    int pipe[2];
    enum status status;
    struct error error;
};

/* A full pipe has news in it already. */
static void ring(struct import_job *job)
{
    while (write(job->pipe[1], "!", 1) < 0 && errno == EINTR)
        continue;
}

static void keep_progress(void *context, const struct import_progress *progress)
{
    struct import_job *job = context;
    pthread_mutex_lock(&job->mutex);
    job->last = *progress;
    pthread_mutex_unlock(&job->mutex);
    if (job->progress != NULL)
        job->progress(job->context, progress);
    ring(job);
}

static void pass_problem(void *context, const char *message)
{
    struct import_job *job = context;
    if (job->problem != NULL)
        job->problem(job->context, message);
}

static void *run(void *context)
{
    struct import_job *job = context;
    job->status = library_import_until(&job->options, &job->cancel, &job->error);
    pthread_mutex_lock(&job->mutex);
    job->running = false;
    pthread_mutex_unlock(&job->mutex);
    ring(job);
    return NULL;
}

struct making {
    struct arena *arena;
    struct import_job *job;
};

static enum status make(void *context)
{
    struct making *m = context;
    m->job = arena_new_of(m->arena, struct import_job);
    return STATUS_OK;
}

enum status import_start(const struct import_options *options, struct import_job **out,
                         struct error *e)
{
    struct making m = {arena_new(), NULL};
    *out = NULL;
    if (m.arena == NULL || arena_protect(m.arena, make, &m, e) != STATUS_OK) {
        arena_free(m.arena);
        return error_set(e, STATUS_NO_MEMORY, "out of memory");
    }
    struct import_job *job = m.job;
    job->arena = m.arena;
    job->options = *options;
    job->progress = options->progress;
    job->problem = options->problem;
    job->context = options->context;
    job->options.progress = keep_progress;
    job->options.problem = pass_problem;
    job->options.context = job;
    job->running = true;
    atomic_init(&job->cancel, false);
    pthread_mutex_init(&job->mutex, NULL);
    if (!file_make_pipe(job->pipe)) {
        enum status status = error_set_errno(e, errno, "pipe");
        arena_free(job->arena);
        return status;
    }
    if (pthread_create(&job->thread, NULL, run, job) != 0) {
        close(job->pipe[0]);
        close(job->pipe[1]);
        arena_free(job->arena);
        return error_set(e, STATUS_NO_MEMORY, "a thread cannot be made");
    }
    *out = job;
    return STATUS_OK;
}

int import_descriptor(const struct import_job *job)
{
    return job->pipe[0];
}

bool import_poll(struct import_job *job, struct import_progress *out)
{
    char drain[64];
    while (read(job->pipe[0], drain, sizeof drain) > 0)
        continue;
    pthread_mutex_lock(&job->mutex);
    *out = job->last;
    bool running = job->running;
    pthread_mutex_unlock(&job->mutex);
    return running;
}

void import_cancel(struct import_job *job)
{
    atomic_store(&job->cancel, true);
}

enum status import_join(struct import_job *job, struct error *e)
{
    pthread_join(job->thread, NULL);
    close(job->pipe[0]);
    close(job->pipe[1]);
    pthread_mutex_destroy(&job->mutex);
    enum status status = job->status;
    if (status != STATUS_OK)
        error_set(e, status, "%s", job->error.message);
    arena_free(job->arena);
    return status;
}
