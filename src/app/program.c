#include "app/program.h"

#include "baolan/clock.h"
#include "baolan/vector.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

/* Signals that this program treats in its own way, and another one should not. */
static void default_signals(posix_spawnattr_t *attributes)
{
    static const int NUMBERS[] = {SIGPIPE, SIGINT, SIGQUIT, SIGTSTP, SIGHUP, SIGTERM, SIGWINCH};
    sigset_t set, none;
    sigemptyset(&set);
    sigemptyset(&none);
    for (size_t i = 0; i < sizeof NUMBERS / sizeof *NUMBERS; i++)
        sigaddset(&set, NUMBERS[i]);
    posix_spawnattr_setsigdefault(attributes, &set);
    posix_spawnattr_setsigmask(attributes, &none);
    posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
}

static enum status spawn(const char *const argv[], const posix_spawn_file_actions_t *actions,
                         pid_t *child, struct error *e)
{
    posix_spawnattr_t attributes;
    struct arena *a = arena_new();
    if (a == NULL)
        return error_set(e, STATUS_NO_MEMORY, "out of memory");
    posix_spawnattr_init(&attributes);
    default_signals(&attributes);
    int failed = posix_spawnp(child, argv[0], actions, &attributes, (char *const *)argv,
                              language_environment(a));
    posix_spawnattr_destroy(&attributes);
    arena_free(a);
    return failed == 0 ? STATUS_OK : error_set_errno(e, failed, argv[0]);
}

static enum status ended(const char *name, int how, struct error *e)
{
    if (WIFEXITED(how) && WEXITSTATUS(how) == 0)
        return STATUS_OK;
    /* posix_spawn of some systems tells a missing program by the status that a shell would. */
    if (WIFEXITED(how) && WEXITSTATUS(how) == 127)
        return error_set(e, STATUS_NOT_FOUND, "%s: no such program", name);
    if (WIFEXITED(how))
        return error_set(e, STATUS_IO, "%s: ended with status %d", name, WEXITSTATUS(how));
    return error_set(e, STATUS_IO, "%s: ended by signal %d", name, WTERMSIG(how));
}

static int wait_for(pid_t child)
{
    int how = 0;
    while (waitpid(child, &how, 0) < 0 && errno == EINTR)
        continue;
    return how;
}

static enum status say_too_much(const char *name, struct error *e)
{
    return error_set(e, STATUS_INTERRUPTED, "%s: took too long or wrote too much", name);
}

/* Reads descriptor, which a program of that name writes to, to its end. */
static enum status collect(const char *name, int descriptor, struct buffer *out, unsigned seconds,
                           size_t most, struct error *e)
{
    int64_t end = clock_nanoseconds() + (int64_t)seconds * 1000000000;
    char bytes[8192];
    size_t total = 0;
    for (;;) {
        int64_t left = (end - clock_nanoseconds()) / 1000000;
        struct pollfd p = {.fd = descriptor, .events = POLLIN};
        int ready = left <= 0 ? 0 : poll(&p, 1, (int)left);
        if (ready == 0)
            return say_too_much(name, e);
        ssize_t n = ready < 0 ? -1 : read(descriptor, bytes, sizeof bytes);
        if (n < 0 && (errno == EINTR || errno == EAGAIN))
            continue;
        if (n < 0)
            return error_set_errno(e, errno, name);
        if (n == 0)
            return STATUS_OK;
        total += (size_t)n;
        if (total > most)
            return say_too_much(name, e);
        if (out != NULL)
            buffer_add(out, (struct str){bytes, (size_t)n});
    }
}

/* A file without a name that holds the input, at its beginning; NULL where that fails. */
static FILE *input_file(struct str input)
{
    FILE *f = tmpfile();
    if (f == NULL)
        return NULL;
    if ((input.n > 0 && fwrite(input.p, 1, input.n, f) != input.n) || fflush(f) != 0 ||
        lseek(fileno(f), 0, SEEK_SET) != 0) {
        fclose(f);
        return NULL;
    }
    return f;
}

enum status program_filter(const char *const argv[], struct str input, struct buffer *out,
                           unsigned seconds, size_t most, struct error *e)
{
    int ends[2];
    pid_t child = 0;
    posix_spawn_file_actions_t actions;
    FILE *file = input_file(input);
    if (file == NULL || pipe(ends) != 0) {
        if (file != NULL)
            fclose(file);
        return error_set_errno(e, errno, argv[0]);
    }
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, fileno(file), STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addclose(&actions, ends[0]);
    posix_spawn_file_actions_addclose(&actions, ends[1]);
    enum status status = spawn(argv, &actions, &child, e);
    posix_spawn_file_actions_destroy(&actions);
    fclose(file);
    close(ends[1]);
    if (status != STATUS_OK) {
        close(ends[0]);
        return status;
    }
    status = collect(argv[0], ends[0], out, seconds, most, e);
    close(ends[0]);
    if (status != STATUS_OK)
        kill(child, SIGKILL);
    int how = wait_for(child);
    return status == STATUS_OK ? ended(argv[0], how, e) : status;
}

enum status program_run(const char *const argv[], struct error *e)
{
    pid_t child = -1;
    struct sigaction ignored = {.sa_handler = SIG_IGN}, was_int, was_quit;
    sigemptyset(&ignored.sa_mask);
    sigaction(SIGINT, &ignored, &was_int);
    sigaction(SIGQUIT, &ignored, &was_quit);
    enum status status = spawn(argv, NULL, &child, e);
    if (status == STATUS_OK)
        status = ended(argv[0], wait_for(child), e);
    sigaction(SIGINT, &was_int, NULL);
    sigaction(SIGQUIT, &was_quit, NULL);
    return status;
}

const char *const *program_editor(struct arena *a, const char *path)
{
    VECTOR(const char *) argv = {0};
    const char *named = getenv("VISUAL");
    if (named == NULL || *named == '\0')
        named = getenv("EDITOR");
    struct str rest = str_of(named == NULL ? "" : named);
    while (rest.p != NULL && rest.n > 0) {
        struct str word = str_split(&rest, ' ');
        if (word.n > 0)
            vector_push(a, &argv, str_dup_c(a, word));
    }
    if (argv.n == 0)
        vector_push(a, &argv, "vi");
    vector_push(a, &argv, path);
    vector_push(a, &argv, NULL);
    return argv.at;
}
