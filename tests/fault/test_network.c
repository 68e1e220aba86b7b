/* A network file system, as the C library would show it: SQLite's shared memory is not used there,
 * and where it gives no locks, a folder beside the file is the lock. */
#define _DEFAULT_SOURCE
#include "../remove.h"
#include "baolan/files.h"
#include "baolan/notes.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/vfs.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

/* What the calls below tell in place of the system. */
static bool remote, lockless;

/* These stand before the C library's own, for SQLite too. */
int fcntl(int descriptor, int command, ...);
int fcntl64(int descriptor, int command, ...);

static int control(int descriptor, int command, long argument)
{
    if (lockless && (command == F_SETLK || command == F_SETLKW || command == F_GETLK)) {
        errno = ENOLCK;
        return -1;
    }
    return (int)syscall(SYS_fcntl, descriptor, command, argument);
}

int fcntl(int descriptor, int command, ...)
{
    va_list list;
    va_start(list, command);
    long argument = va_arg(list, long);
    va_end(list);
    return control(descriptor, command, argument);
}

int fcntl64(int descriptor, int command, ...)
{
    va_list list;
    va_start(list, command);
    long argument = va_arg(list, long);
    va_end(list);
    return control(descriptor, command, argument);
}

int statfs(const char *path, struct statfs *out)
{
    int result = (int)syscall(SYS_statfs, path, out);
    if (result == 0 && remote)
        out->f_type = 0x6969; /* NFS */
    return result;
}

static char root[64], path[80];
static struct arena *arena;

static int set_up(void **state)
{
    (void)state;
    arena = arena_new();
    snprintf(root, sizeof root, "/tmp/baolan-network-XXXXXX");
    if (arena == NULL || mkdtemp(root) == NULL)
        return 1;
    snprintf(path, sizeof path, "%s/review.db", root);
    remote = true;
    lockless = false;
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    remote = lockless = false;
    arena_free(arena);
    return remove_below(root);
}

static struct notes *open_notes(void)
{
    struct notes *n;
    struct error e = ERROR_NONE;
    if (notes_open_shared(path, &n, &e) != STATUS_OK)
        fail_msg("%s", e.message);
    return n;
}

static enum status put(struct notes *n, int64_t record, const char *author)
{
    struct error e = ERROR_NONE;
    struct mark m = {.kind = STR("proposal"),
                     .content_key = record,
                     .field = STR("note"),
                     .value = STR("x"),
                     .author = str_of(author)};
    enum status status = notes_put_mark(n, &m, NULL, &e);
    if (status != STATUS_OK)
        fprintf(stderr, "%s\n", e.message);
    return status;
}

static size_t count(struct notes *n)
{
    const struct mark *marks;
    size_t found;
    struct error e = ERROR_NONE;
    assert_int_equal(notes_marks(n, arena, STR("proposal"), &marks, &found, &e), STATUS_OK);
    return found;
}

static bool exists(const char *ending)
{
    return access(str_printf(arena, "%s%s", path, ending).p, F_OK) == 0;
}

static void no_shared_memory_over_the_network(void **state)
{
    (void)state;
    struct notes *n = open_notes(), *other = open_notes();
    assert_int_equal(put(n, 1, "a"), STATUS_OK);
    assert_int_equal(put(other, 2, "b"), STATUS_OK);
    assert_int_equal(count(n), 2);
    assert_false(exists("-wal"));
    assert_false(exists("-shm"));
    notes_close(n);
    notes_close(other);
    /* The same file on the disk itself goes over to WAL. */
    remote = false;
    n = open_notes();
    assert_int_equal(put(n, 3, "a"), STATUS_OK);
    assert_true(exists("-wal"));
    notes_close(n);
}

/* Processes that take turns by the folder: none is lost. */
static void without_locks_a_folder_is_the_lock(void **state)
{
    enum { PROCESSES = 4, MARKS = 25 };
    (void)state;
    lockless = true;
    struct notes *n = open_notes();
    for (int i = 0; i < PROCESSES; i++) {
        pid_t child = fork();
        assert_true(child >= 0);
        if (child > 0)
            continue;
        struct notes *own = open_notes();
        for (int64_t k = 0; k < MARKS; k++)
            if (put(own, 1000 * i + k, "me") != STATUS_OK)
                _exit(1);
        notes_close(own);
        _exit(0);
    }
    for (int status; wait(&status) > 0;)
        assert_int_equal(status, 0);
    assert_int_equal(count(n), PROCESSES * MARKS);
    notes_close(n);
    assert_false(exists(".lock"));
}

static void a_lock_that_was_left_behind_is_broken(void **state)
{
    (void)state;
    lockless = true;
    notes_close(open_notes());
    const char *lock = str_printf(arena, "%s.lock", path).p;
    assert_int_equal(mkdir(lock, 0700), 0);
    assert_int_equal(utimes(lock, (struct timeval[2]){{1000000000, 0}, {1000000000, 0}}), 0);
    struct notes *n = open_notes();
    assert_int_equal(put(n, 1, "me"), STATUS_OK);
    notes_close(n);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(no_shared_memory_over_the_network),
        TEST(without_locks_a_folder_is_the_lock),
        TEST(a_lock_that_was_left_behind_is_broken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
