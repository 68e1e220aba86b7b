/* Every allocation of what a person does fails in turn, SQLite's among them: reading in, opening,
 * listing, searching, marking, exporting, the interface itself. Each time it ends with a sentence,
 * never by a signal, and both databases are sound. Some of the allocations; all with
 * BAOLAN_FAULTS=all. */
#include "../remove.h"
#include "app/briefing.h"
#include "baolan/files.h"
#include "baolan/finder.h"
#include "baolan/library.h"
#include "ui/ui.h"

#include <limits.h>
#include <pty.h>
#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { SOME = 60, FAILED = 1, DONE = 0, WORDLESS = 7 };

static atomic_long left;
static sqlite3_mem_methods system_methods;

/* The one that is due, and no other. */
static bool is_due(void)
{
    return atomic_fetch_sub(&left, 1) == 1;
}

static bool fail_at(size_t n, void *context)
{
    (void)n;
    (void)context;
    return !is_due();
}

static void *sql_malloc(int n)
{
    return is_due() ? NULL : system_methods.xMalloc(n);
}

static void *sql_realloc(void *p, int n)
{
    return is_due() ? NULL : system_methods.xRealloc(p, n);
}

struct ground {
    char root[64];
};

static char page_path[80];
/* How often something was attempted. */
static long attempts;

static const char PAGE[] = "案号：第031号\n案由：关于增加课后托管的提案\n提案人：纪星河\n"
                           "主办单位：市教育局\n理由：\n放学太早，2023年实现产值386.5亿元。\n"
                           "建议：\n1. 增加托管。\n2. 加大投入。\n";

/* --- What is done ---------------------------------------------------------------------------- */

static enum status search(struct arena *a, struct library *library, struct error *e)
{
    static const char *const QUERIES[] = {"托管", "tuoguan", "mark:x 产值>1亿元"};
    struct finder *finder;
    enum status status = finder_open(library, NULL, &finder, e);
    for (size_t i = 0; i < sizeof QUERIES / sizeof *QUERIES && status == STATUS_OK; i++) {
        struct search_options o = {0};
        struct query query;
        struct search_results results;
        struct query_problem problem;
        status =
            finder_run(finder, a, str_of(QUERIES[i]), false, &o, &query, &results, &problem, e);
    }
    finder_close(finder);
    return status;
}

static enum status review(struct arena *a, struct library *library, struct error *e)
{
    struct review_form form;
    struct review *r = NULL;
    struct docket d = {0};
    enum status status = review_form_load(a, &form, NULL, NULL, e);
    if (status == STATUS_OK)
        status = review_open(a, library->marks, &form, STR("proposal"), STR("me"), &r, e);
    if (status == STATUS_OK)
        status = docket_open(&d, library->store, r, e);
    if (status == STATUS_OK)
        status = docket_load(&d, e);
    if (status == STATUS_OK && d.n_items > 0) {
        struct review_subject about = {d.items[0].content_key, NULL};
        status = review_set(r, &about, 1, STR("note"), STR("x"), e);
        if (status == STATUS_OK)
            status = review_undo(r, NULL, e);
    }
    for (int format = BRIEFING_MARKDOWN; format <= BRIEFING_JSON && status == STATUS_OK; format++) {
        struct buffer out = buffer_in(a);
        struct briefing_options options = {0};
        status = briefing_write(&d, (enum briefing_format)format, &options, &out, e);
    }
    docket_close(&d);
    review_close(r);
    return status;
}

static enum status write_notes(struct arena *a, struct library *library, struct error *e)
{
    struct buffer out = buffer_in(a);
    int64_t taken;
    enum status status = notes_export(library->notes, &out, e);
    return status == STATUS_OK ? notes_import(library->notes, buffer_str(&out), &taken, e) : status;
}

typedef enum status deed(struct arena *a, struct library *library, struct error *e);

struct doing {
    struct arena *arena;
    struct library *library;
    deed *deed;
    struct error *error;
};

static enum status do_protected(void *context)
{
    const struct doing *d = context;
    return d->deed(d->arena, d->library, d->error);
}

/* The deed in an open library, as a command does it. */
static int in_library(deed *what)
{
    struct error e = ERROR_NONE;
    struct library *library = NULL;
    struct arena *a = arena_new();
    enum status status = a == NULL ? STATUS_NO_MEMORY : library_open(NULL, &library, &e);
    if (a == NULL)
        error_set(&e, status, "out of memory");
    /* A library may open without its cache or notes; then something was said, or is missing. */
    if (status == STATUS_OK && (library->store == NULL || library->notes == NULL)) {
        library_close(library);
        arena_free(a);
        return FAILED;
    }
    struct doing doing = {a, library, what, &e};
    if (status == STATUS_OK)
        status = arena_protect(a, do_protected, &doing, &e);
    library_close(library);
    arena_free(a);
    return status == STATUS_OK ? DONE : e.message[0] != '\0' ? FAILED : WORDLESS;
}

/* The page has changed since it was read in last. */
static int import_once(void)
{
    struct error e = ERROR_NONE;
    const char *paths[] = {page_path};
    struct import_options o = {.paths = paths, .n_paths = 1};
    FILE *f = fopen(page_path, "w");
    if (f == NULL)
        return WORDLESS;
    fprintf(f, "%s3. 派出%ld人。\n", PAGE, attempts);
    fclose(f);
    return library_import(&o, &e) == STATUS_OK ? DONE : e.message[0] != '\0' ? FAILED : WORDLESS;
}

static int search_once(void)
{
    return in_library(search);
}

static int review_once(void)
{
    return in_library(review);
}

static int notes_once(void)
{
    return in_library(write_notes);
}

/* The interface in a terminal that nobody looks at, with keys from a script. */
static int interface_once(void)
{
    int master, terminal;
    struct error e = ERROR_NONE;
    struct winsize size = {24, 80, 0, 0};
    struct library *library;
    if (openpty(&master, &terminal, NULL, NULL, &size) != 0)
        return WORDLESS;
    dup2(terminal, STDIN_FILENO);
    dup2(terminal, STDOUT_FILENO);
    setenv("TERM", "xterm", 1);
    if (library_open(NULL, &library, &e) != STATUS_OK)
        return e.message[0] != '\0' ? FAILED : WORDLESS;
    struct ui_options ui = {.library = library};
    int status = ui_run(&ui);
    library_close(library);
    return status == 0 ? DONE : FAILED;
}

/* --- Failing in turn ------------------------------------------------------------------------- */

/* Runs it in a process of its own; its exit status. How many allocations it made comes back where
 * none is to fail. */
static int attempt(struct ground *g, int (*run)(void), long at, long *made)
{
    int ends[2], status;
    char errors[80];
    assert_int_equal(pipe(ends), 0);
    snprintf(errors, sizeof errors, "%s/errors", g->root);
    fflush(NULL);
    attempts++;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        if (freopen(errors, "w", stderr) == NULL)
            _exit(WORDLESS);
        alarm(60);
        sqlite3_mem_methods methods;
        sqlite3_config(SQLITE_CONFIG_GETMALLOC, &system_methods);
        methods = system_methods;
        methods.xMalloc = sql_malloc;
        methods.xRealloc = sql_realloc;
        sqlite3_config(SQLITE_CONFIG_MALLOC, &methods);
        atomic_store(&left, at == 0 ? LONG_MAX : at);
        mem_set_hook(fail_at, NULL);
        int result = run();
        mem_set_hook(NULL, NULL);
        long used = LONG_MAX - atomic_load(&left);
        if (write(ends[1], &used, sizeof used) != sizeof used)
            _exit(WORDLESS);
        _exit(result);
    }
    close(ends[1]);
    if (read(ends[0], made, sizeof *made) != sizeof *made)
        *made = 0;
    close(ends[0]);
    assert_int_equal(waitpid(child, &status, 0), child);
    if (!WIFEXITED(status))
        fail_msg("allocation %ld ended it by signal %d", at, WTERMSIG(status));
    return WEXITSTATUS(status);
}

/* In a process of its own too: SQLite's allocator can be set before its first use alone. */
static void look_whether_sound(void)
{
    struct error e = ERROR_NONE;
    struct library *library;
    struct str verdict;
    struct arena *a = arena_new();
    if (library_open(NULL, &library, &e) != STATUS_OK || library->store == NULL ||
        store_check(library->store, a, &verdict, &e) != STATUS_OK || !str_eq(verdict, STR("ok")) ||
        library->notes == NULL || notes_warning(library->notes, NULL) != NULL)
        _exit(1);
    library_close(library);
    arena_free(a);
}

static void is_sound(void)
{
    int status;
    fflush(NULL);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        look_whether_sound();
        _exit(0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

static void fails_in_turn(struct ground *g, int (*run)(void))
{
    long made, unused;
    const char *told = getenv("BAOLAN_FAULTS");
    assert_int_equal(attempt(g, run, 0, &made), DONE);
    assert_true(made > 100);
    long ended = 0;
    long step = told != NULL && strcmp(told, "all") == 0 ? 1 : made / SOME + 1;
    for (long at = 1; at <= made; at += at < 20 ? 1 : step) {
        int result = attempt(g, run, at, &unused);
        /* The program may end itself, where nothing is left to do; the library never does. */
        bool may_end = run == interface_once || run == review_once;
        if (result != DONE && result != FAILED && (result != 2 || !may_end))
            fail_msg("allocation %ld of %ld: status %d", at, made, result);
        ended += result != DONE;
        if (at % 10 == 0)
            is_sound();
    }
    is_sound();
    /* Few can be done without. */
    assert_true(ended > 10);
    fprintf(stderr, "%ld allocations, %ld of those that failed ended it\n", made, ended);
}

static int set_up(void **state)
{
    struct ground *g = calloc(1, sizeof *g);
    struct error e = ERROR_NONE;
    char script[80];
    snprintf(g->root, sizeof g->root, "%s/baolan-use-XXXXXX",
             access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    assert_non_null(mkdtemp(g->root));
    setenv("XDG_CACHE_HOME", g->root, 1);
    setenv("XDG_DATA_HOME", g->root, 1);
    setenv("XDG_CONFIG_HOME", g->root, 1);
    setenv("LC_ALL", "C.UTF-8", 1);
    snprintf(page_path, sizeof page_path, "%s/page.txt", g->root);
    snprintf(script, sizeof script, "%s/keys", g->root);
    assert_int_equal(file_replace(script, STR("jj2<Enter>mx<Enter>o1<Enter>/托管<Enter>5q"), &e),
                     STATUS_OK);
    setenv("BAOLAN_SCRIPT", script, 1);
    pid_t child = fork();
    /* SQLite is set up once a process: here it must not have been. */
    if (child == 0)
        _exit(import_once());
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    *state = g;
    return 0;
}

static int tear_down(void **state)
{
    struct ground *g = *state;
    remove_below(g->root);
    free(g);
    return 0;
}

static void importing_survives_every_failure(void **state)
{
    fails_in_turn(*state, import_once);
}

static void searching_survives_every_failure(void **state)
{
    fails_in_turn(*state, search_once);
}

static void reviewing_survives_every_failure(void **state)
{
    fails_in_turn(*state, review_once);
}

static void writing_notes_survives_every_failure(void **state)
{
    fails_in_turn(*state, notes_once);
}

static void the_interface_survives_every_failure(void **state)
{
    fails_in_turn(*state, interface_once);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(importing_survives_every_failure),     TEST(searching_survives_every_failure),
        TEST(reviewing_survives_every_failure),     TEST(writing_notes_survives_every_failure),
        TEST(the_interface_survives_every_failure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
