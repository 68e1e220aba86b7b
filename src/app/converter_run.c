/* One converter on one file, in a folder and a process group of its own.
 *
 * posix_spawn cannot set limits, so this forks; the importing threads run beside it, hence the
 * child calls nothing but what may be called in a signal handler until it becomes another program.
 */
#include "app/converter_run.h"

#include "baolan/buffer.h"
#include "baolan/clock.h"
#include "baolan/message.h"
#include "baolan/vector.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* Every so often the stop is asked for; descriptors closed in the child at most. */
enum { SLICE_MILLISECONDS = 100, DESCRIPTORS_MOST = 4096, CANNOT_RUN = 126 };

struct running {
    struct arena *arena;
    const struct converter_limits *limits;
    const char *const *argv;
    const char *const *environment;
    const char *input; /* what its standard input reads */
    const char *folder;
    const char *errors; /* where its standard error goes */
    int descriptors;    /* to be closed in the child */
    int output;         /* the end of its standard output that is read here */
    pid_t child;
};

static void limit(int what, unsigned long most)
{
    struct rlimit r;
    if (getrlimit(what, &r) != 0)
        return;
    if (r.rlim_max == RLIM_INFINITY || r.rlim_max > most)
        r.rlim_max = most;
    r.rlim_cur = r.rlim_max;
    setrlimit(what, &r);
}

static void set_limits(const struct converter_limits *l)
{
    limit(RLIMIT_CORE, 0);
    if (l->seconds > 0)
        limit(RLIMIT_CPU, l->seconds);
    if (l->megabytes > 0)
        limit(RLIMIT_AS, l->megabytes << 20);
    if (l->output_megabytes > 0)
        limit(RLIMIT_FSIZE, l->output_megabytes << 20);
}

/* In the child: only functions that are safe after a fork among threads. */
static void become(const struct running *r, int output)
{
    static const int NUMBERS[] = {SIGPIPE, SIGINT, SIGQUIT, SIGTSTP, SIGHUP, SIGTERM, SIGWINCH};
    struct sigaction plain = {.sa_handler = SIG_DFL};
    sigset_t none;
    setpgid(0, 0);
    for (size_t i = 0; i < sizeof NUMBERS / sizeof *NUMBERS; i++)
        sigaction(NUMBERS[i], &plain, NULL);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    int input = open(r->input, O_RDONLY | O_NOCTTY);
    int errors = open(r->errors, O_WRONLY | O_CREAT | O_EXCL, 0600);
    if (input < 0 || errors < 0 || dup2(output, 1) < 0 || dup2(input, 0) < 0 ||
        dup2(errors, 2) < 0 || chdir(r->folder) != 0)
        _exit(CANNOT_RUN);
    for (int i = 3; i < r->descriptors; i++)
        close(i);
    set_limits(r->limits);
    execve(r->argv[0], (char *const *)r->argv, (char *const *)r->environment);
    _exit(CANNOT_RUN);
}

static enum status start(struct running *r, struct error *e)
{
    int ends[2];
    if (pipe(ends) != 0)
        return error_set_errno(e, errno, "pipe");
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    r->child = fork();
    if (r->child == 0)
        become(r, ends[1]);
    int number = errno;
    close(ends[1]);
    r->output = ends[0];
    if (r->child > 0) {
        setpgid(r->child, r->child); /* whoever of the two comes first */
        return STATUS_OK;
    }
    close(ends[0]);
    r->output = -1;
    return error_set_errno(e, number, "fork");
}

struct collecting {
    struct running *running;
    converter_stop *stop;
    void *context;
    struct buffer out;
    int64_t end; /* of its time (clock_nanoseconds) */
    struct error *error;
};

static enum status say_limit(struct collecting *c, const char *what)
{
    return error_set(c->error, STATUS_BAD_INPUT, "%s: %s", path_name(c->running->argv[0]), what);
}

/* True where the program has ended. It is not reaped yet: until then nobody else can have its
 * process group's number. */
static bool has_ended(const struct running *r)
{
    siginfo_t info = {0};
    int failed = waitid(P_PID, (id_t)r->child, &info, WEXITED | WNOHANG | WNOWAIT);
    return (failed != 0 && errno != EINTR) || info.si_pid == r->child;
}

/* What it writes, to its end. */
static enum status read_output(void *context)
{
    struct collecting *c = context;
    const struct converter_limits *l = c->running->limits;
    char bytes[16384];
    for (;;) {
        struct pollfd p = {.fd = c->running->output, .events = POLLIN};
        int ready = poll(&p, 1, SLICE_MILLISECONDS);
        if (c->stop != NULL && c->stop(c->context))
            return error_set(c->error, STATUS_INTERRUPTED, "interrupted");
        if (l->seconds > 0 && clock_nanoseconds() > c->end)
            return say_limit(c, translate("took too long"));
        if (ready == 0 && has_ended(c->running))
            return STATUS_OK; /* what it started may hold its output open for ever */
        if (ready <= 0)
            continue;
        ssize_t n = read(p.fd, bytes, sizeof bytes);
        if (n < 0 && (errno == EINTR || errno == EAGAIN))
            continue;
        if (n < 0)
            return error_set_errno(c->error, errno, c->running->argv[0]);
        if (n == 0)
            return STATUS_OK;
        buffer_add(&c->out, (struct str){bytes, (size_t)n});
        if (l->output_megabytes > 0 && c->out.n > l->output_megabytes << 20)
            return say_limit(c, translate("wrote too much"));
    }
}

/* The first line of what it complained of. */
static struct str complaint(const struct running *r)
{
    struct str text;
    if (file_read(r->arena, r->errors, &text, NULL, NULL) != STATUS_OK)
        return (struct str){"", 0};
    text = str_sub(str_trim(text), 0, 200);
    struct str line = str_split(&text, '\n');
    return line.p == NULL ? (struct str){"", 0} : line;
}

static enum status ended(const struct running *r, int how, struct error *e)
{
    const char *name = path_name(r->argv[0]);
    if (WIFEXITED(how) && WEXITSTATUS(how) == 0)
        return STATUS_OK;
    struct str why = complaint(r);
    if (why.n > 0)
        return error_set(e, STATUS_BAD_INPUT, "%s: %.*s", name, STR_ARG(why));
    if (WIFSIGNALED(how))
        return error_set(e, STATUS_BAD_INPUT, "%s: ended by signal %d", name, WTERMSIG(how));
    return error_set(e, STATUS_BAD_INPUT, "%s: ended with status %d", name, WEXITSTATUS(how));
}

/* Waits until the program has ended, which may be long after it closed its output. */
static enum status wait_for_end(struct collecting *c)
{
    const struct timespec pause = {.tv_nsec = 5000000};
    while (!has_ended(c->running)) {
        if (c->stop != NULL && c->stop(c->context))
            return error_set(c->error, STATUS_INTERRUPTED, "interrupted");
        if (c->running->limits->seconds > 0 && clock_nanoseconds() > c->end)
            return say_limit(c, translate("took too long"));
        nanosleep(&pause, NULL);
    }
    return STATUS_OK;
}

/* Runs it and waits for its end; nothing of its group outlives this. */
static enum status run(struct running *r, struct collecting *c)
{
    c->end = clock_nanoseconds() + (int64_t)r->limits->seconds * 1000000000;
    enum status status = start(r, c->error);
    if (status != STATUS_OK)
        return status;
    status = arena_protect(r->arena, read_output, c, c->error);
    close(r->output);
    if (status == STATUS_OK)
        status = wait_for_end(c);
    int how = 0;
    kill(-r->child, SIGKILL);
    while (waitpid(r->child, &how, 0) < 0 && errno == EINTR)
        continue;
    return status == STATUS_OK ? ended(r, how, c->error) : status;
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *at)
{
    (void)st;
    (void)kind;
    (void)at;
    remove(path);
    return 0;
}

static const char *const *argv_of(struct arena *a, const struct converter *converter,
                                  const char *path)
{
    VECTOR(const char *) argv = {0};
    for (size_t i = 0; converter->argv[i] != NULL; i++)
        vector_push(a, &argv, strcmp(converter->argv[i], "{}") == 0 ? path : converter->argv[i]);
    vector_push(a, &argv, NULL);
    return argv.at;
}

/* What the program may need, and nothing of the person's; what it keeps goes with the folder. */
static const char *const *environment_in(struct arena *a, const char *folder)
{
    VECTOR(const char *) list = {0};
    const char *path = getenv("PATH");
    vector_push(a, &list,
                str_printf(a, "PATH=%s", path != NULL ? path : "/usr/local/bin:/usr/bin:/bin").p);
    vector_push(a, &list, str_printf(a, "HOME=%s", folder).p);
    vector_push(a, &list, str_printf(a, "TMPDIR=%s", folder).p);
    vector_push(a, &list, "LC_ALL=C.UTF-8");
    vector_push(a, &list, NULL);
    return list.at;
}

static int descriptors_open(void)
{
    long most = sysconf(_SC_OPEN_MAX);
    return most < 0 || most > DESCRIPTORS_MOST ? DESCRIPTORS_MOST : (int)most;
}

struct job {
    const struct converter *converter;
    const struct converter_limits *limits;
    const char *path;
    struct str input;
    char *folder;
    struct collecting collecting;
};

static enum status run_in_folder(void *context)
{
    struct job *job = context;
    struct arena *a = job->collecting.out.arena;
    struct running r = {.arena = a,
                        .limits = job->limits,
                        .argv = argv_of(a, job->converter, job->path),
                        .environment = environment_in(a, job->folder),
                        .input = job->converter->takes_path ? "/dev/null" : job->path,
                        .folder = job->folder,
                        .errors = path_join(a, job->folder, "errors"),
                        .descriptors = descriptors_open()};
    job->collecting.running = &r;
    if (job->input.p != NULL) {
        r.input = path_join(a, job->folder, "input");
        enum status status = file_replace(r.input, job->input, job->collecting.error);
        if (status != STATUS_OK)
            return status;
    }
    return run(&r, &job->collecting);
}

enum status converter_process(const struct converter *converter,
                              const struct converter_limits *limits, struct arena *a,
                              const char *path, struct str input, converter_stop *stop,
                              void *context, struct str *text, struct error *e)
{
    const char *above = getenv("TMPDIR");
    if (above == NULL || above[0] != '/')
        above = "/tmp";
    struct job job = {converter,
                      limits,
                      path,
                      input,
                      path_join(a, above, "baolan-XXXXXX"),
                      .collecting = {.stop = stop, .context = context, .error = e}};
    job.collecting.out = buffer_in(a);
    if (mkdtemp(job.folder) == NULL) /* mode 0700 */
        return error_set_errno(e, errno, job.folder);
    /* Where memory ends the folder goes all the same. */
    enum status status = arena_protect(a, run_in_folder, &job, e);
    *text = buffer_str(&job.collecting.out);
    nftw(job.folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    return status;
}
