/* Every call to the system that reading, writing, walking, watching and running a program make
 * fails in turn: what was to be done fails with a sentence, or was done; a file that is replaced is
 * the old one or the new one, whole. Where a call is only interrupted, nothing fails at all. */
#include "../remove.h"
#include "app/converter_run.h"
#include "app/program.h"
#include "app/watch.h"
#include "baolan/files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

/* --- The call that fails -----------------------------------------------------------------------
 */

static atomic_long calls, due;
static int number;       /* what errno is set to */
static bool waits_count; /* only those calls count that a signal may interrupt */
static pid_t tested;     /* a child's calls are its own */

static bool fails_now(bool waits)
{
    if (getpid() != tested || (waits_count && !waits))
        return false;
    if (atomic_fetch_add(&calls, 1) + 1 != atomic_load(&due))
        return false;
    errno = number;
    return true;
}

/* RESULT where it fails, and what is undone first: a descriptor is closed all the same. */
#define CALL(type, name, result, waits, parameters, arguments) \
    type __real_##name parameters;                             \
    type __wrap_##name parameters;                             \
    type __wrap_##name parameters                              \
    {                                                          \
        if (fails_now(waits))                                  \
            return result;                                     \
        return __real_##name arguments;                        \
    }

CALL(ssize_t, read, -1, true, (int d, void *p, size_t n), (d, p, n))
CALL(ssize_t, write, -1, true, (int d, const void *p, size_t n), (d, p, n))
CALL(int, fsync, -1, false, (int d), (d))
CALL(int, rename, -1, false, (const char *a, const char *b), (a, b))
CALL(int, mkdir, -1, false, (const char *p, mode_t m), (p, m))
CALL(int, fstat, -1, false, (int d, struct stat *s), (d, s))
CALL(int, stat, -1, false, (const char *p, struct stat *s), (p, s))
CALL(int, fchmod, -1, false, (int d, mode_t m), (d, m))
CALL(char *, realpath, NULL, false, (const char *p, char *out), (p, out))
CALL(char *, getcwd, NULL, false, (char *p, size_t n), (p, n))
CALL(int, pipe, -1, false, (int ends[2]), (ends))
CALL(pid_t, fork, -1, false, (void), ())
CALL(int, poll, -1, true, (struct pollfd * p, nfds_t n, int t), (p, n, t))
CALL(pid_t, waitpid, -1, true, (pid_t p, int *how, int o), (p, how, o))
CALL(char *, mkdtemp, NULL, false, (char *p), (p))
CALL(FILE *, tmpfile, NULL, false, (void), ())
CALL(DIR *, opendir, NULL, false, (const char *p), (p))
CALL(int, inotify_init1, -1, false, (int f), (f))

/* The same as they are called where _FORTIFY_SOURCE checks them. */
CALL(ssize_t, __read_chk, -1, true, (int d, void *p, size_t n, size_t room), (d, p, n, room))
CALL(char *, __realpath_chk, NULL, false, (const char *p, char *out, size_t room), (p, out, room))
CALL(char *, __getcwd_chk, NULL, false, (char *p, size_t n, size_t room), (p, n, room))
CALL(int, __poll_chk, -1, true, (struct pollfd * p, nfds_t n, int t, size_t room), (p, n, t, room))

int __real_open(const char *path, int flags, ...);
int __wrap_open(const char *path, int flags, mode_t mode);
int __real_close(int d);
int __wrap_close(int d);

int __wrap_open(const char *path, int flags, mode_t mode)
{
    return fails_now(false) ? -1 : __real_open(path, flags, mode);
}

int __wrap_close(int d)
{
    int result = __real_close(d);
    return fails_now(false) ? -1 : result;
}

/* --- What is done ------------------------------------------------------------------------------
 */

static char root[64];
static const char OLD[] = "旧的内容\n", NEW[] = "新的内容，比旧的长\n";

static const char *below(struct arena *a, const char *name)
{
    return path_join(a, root, name);
}

typedef enum status deed(struct arena *a, struct error *e);

static enum status reads(struct arena *a, struct error *e)
{
    struct str text;
    struct file_stamp stamp;
    enum status status = file_read(a, below(a, "pages/old.txt"), &text, &stamp, e);
    if (status == STATUS_OK)
        assert_true(str_eq(text, STR(OLD)) && stamp.size == sizeof OLD - 1);
    return status;
}

/* More than the reader's first room. */
static enum status reads_a_stream(struct arena *a, struct error *e)
{
    struct str text;
    int d = __real_open(below(a, "pages/long.txt"), O_RDONLY);
    enum status status = file_read_descriptor(a, d, &text, e);
    __real_close(d);
    if (status == STATUS_OK)
        assert_int_equal(text.n, 300000);
    return status;
}

static enum status replaces(struct arena *a, struct error *e)
{
    struct str text;
    const char *path = below(a, "replaced.txt");
    int d = __real_open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert_int_equal(__real_write(d, OLD, sizeof OLD - 1), sizeof OLD - 1);
    __real_close(d);
    enum status status = file_replace(path, STR(NEW), e);
    long at = atomic_exchange(&due, 0);
    assert_int_equal(file_read(a, path, &text, NULL, NULL), STATUS_OK);
    assert_true(str_eq(text, status == STATUS_OK ? STR(NEW) : STR(OLD)));
    /* Nothing is left beside it. */
    DIR *folder = __real_opendir(root);
    for (const struct dirent *entry; (entry = readdir(folder)) != NULL;)
        assert_true(strncmp(entry->d_name, "replaced.txt", 12) != 0 || entry->d_name[12] == '\0');
    closedir(folder);
    atomic_store(&due, at);
    return status;
}

static enum status makes(struct arena *a, struct error *e)
{
    const char *path = below(a, "made/one/two");
    remove_below(below(a, "made"));
    enum status status = file_make_folders(path, 0700, e);
    if (status == STATUS_OK)
        status = file_create(path_join(a, path, "empty"), 0640, e);
    if (status == STATUS_OK) {
        struct stat st;
        assert_int_equal(__real_stat(path_join(a, path, "empty"), &st), 0);
        assert_int_equal(st.st_mode & 0777, 0640);
    }
    return status;
}

static bool visit(void *context, enum walk_event event, const char *path,
                  const struct file_stamp *stamp, const struct error *error)
{
    int *seen = context;
    (void)path;
    (void)stamp;
    assert_true(event == WALK_FILE || error->message[0] != '\0');
    *seen += event == WALK_FILE;
    return true;
}

static enum status walks(struct arena *a, struct error *e)
{
    static const char *const ENDINGS[] = {".txt", NULL};
    const char *paths[] = {below(a, "pages")};
    int seen = 0;
    enum status status = file_walk(paths, 1, ENDINGS, visit, &seen, e);
    assert_true(seen <= 3 && (seen == 3 || atomic_load(&due) != 0));
    return status;
}

/* Falls back on undoing "." and "..": it never fails. */
static enum status names(struct arena *a, struct error *e)
{
    (void)e;
    assert_true(path_absolute(a, "src/../src")[0] != '\0');
    assert_true(path_absolute(a, "/nowhere/./at/../all")[0] == '/');
    return STATUS_OK;
}

static enum status filters(struct arena *a, struct error *e)
{
    static const char *const CAT[] = {"cat", NULL};
    struct buffer out = buffer_in(a);
    enum status status = program_filter(CAT, STR(OLD), &out, 20, 1000, e);
    if (status == STATUS_OK)
        assert_true(str_eq(buffer_str(&out), STR(OLD)));
    return status;
}

static enum status converts(struct arena *a, struct error *e)
{
    const char *const argv[] = {"/bin/cat", NULL};
    struct converter cat = {.ending = ".odd", .argv = argv, .program = "cat"};
    struct converter_limits limits = {20, 512, 1};
    struct str text;
    enum status status = converter_process(&cat, &limits, a, below(a, "pages/old.txt"), STR(OLD),
                                           NULL, NULL, &text, e);
    if (status == STATUS_OK)
        assert_true(str_eq(text, STR(OLD)));
    return status;
}

/* Its thread makes calls too, at its own time. */
static enum status watches(struct arena *a, struct error *e)
{
    struct watch *watch;
    struct str roots[] = {str_of(below(a, "pages"))};
    enum status status = watch_start(roots, 1, false, &watch, e);
    if (status != STATUS_OK)
        return status;
    assert_true(watch_descriptor(watch) >= 0);
    watch_stop(watch);
    return STATUS_OK;
}

static const struct {
    const char *name;
    deed *deed;
    bool passes_interrupts; /* all calls are made anew that a signal ends */
} DEEDS[] = {
    {"read", reads, true},       {"read a stream", reads_a_stream, true},
    {"replace", replaces, true}, {"make folders", makes, true},
    {"walk", walks, true},       {"names", names, true},
    {"filter", filters, true},   {"convert", converts, true},
    {"watch", watches, false},
};

static enum status attempt(deed *what, long at, int error_number, struct error *e)
{
    struct arena *a = arena_new();
    *e = ERROR_NONE;
    tested = getpid();
    number = error_number;
    waits_count = error_number == EINTR;
    atomic_store(&calls, 0);
    atomic_store(&due, at);
    enum status status = what(a, e);
    atomic_store(&due, 0);
    arena_free(a);
    return status;
}

static void each_call_may_fail(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof DEEDS / sizeof *DEEDS; i++) {
        struct error e;
        if (attempt(DEEDS[i].deed, 0, EIO, &e) != STATUS_OK)
            fail_msg("%s: %s", DEEDS[i].name, e.message);
        long made = atomic_load(&calls);
        assert_true(made > 0);
        for (long at = 1; at <= made; at++)
            if (attempt(DEEDS[i].deed, at, EIO, &e) != STATUS_OK && e.message[0] == '\0')
                fail_msg("%s, call %ld of %ld: no word was said", DEEDS[i].name, at, made);
    }
}

static void an_interrupted_call_is_made_again(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof DEEDS / sizeof *DEEDS; i++) {
        struct error e;
        if (attempt(DEEDS[i].deed, 0, EINTR, &e) != STATUS_OK)
            fail_msg("%s: %s", DEEDS[i].name, e.message);
        long made = atomic_load(&calls);
        for (long at = 1; at <= made && DEEDS[i].passes_interrupts; at++)
            if (attempt(DEEDS[i].deed, at, EINTR, &e) != STATUS_OK)
                fail_msg("%s, call %ld of %ld: %s", DEEDS[i].name, at, made, e.message);
    }
}

static void put(struct arena *a, const char *name, char byte, size_t n)
{
    FILE *f = fopen(below(a, name), "w");
    assert_non_null(f);
    for (size_t i = 0; i < n; i++)
        fputc(byte, f);
    fclose(f);
}

static int set_up(void **state)
{
    struct error e = ERROR_NONE;
    (void)state;
    snprintf(root, sizeof root, "/tmp/baolan-calls-XXXXXX");
    if (__real_mkdtemp(root) == NULL)
        return -1;
    struct arena *a = arena_new();
    assert_int_equal(file_make_folders(below(a, "pages/deeper"), 0700, &e), STATUS_OK);
    assert_int_equal(file_replace(below(a, "pages/old.txt"), STR(OLD), &e), STATUS_OK);
    put(a, "pages/long.txt", 'x', 300000);
    put(a, "pages/deeper/one.txt", 'y', 10);
    arena_free(a);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    remove_below(root);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_call_may_fail),
        cmocka_unit_test(an_interrupted_call_is_made_again),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
