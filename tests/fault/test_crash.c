/* kill -9 at random moments of an import and of a review beside it: both databases are sound, no
 * mark is lost that was told as kept, and the next import completes. 60 moments; BAOLAN_CRASHES=500
 * for more, BAOLAN_SEED for others. */
#include "../remove.h"
#include "app/review.h"
#include "baolan/clock.h"
#include "baolan/library.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

enum { PAGES = 12, RECORDS = 5 };

struct ground {
    char root[64], pages[96];
    struct arena *arena;
    struct review_form form;
};

static void write_page(const struct ground *g, int number, long value)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%d.txt", g->pages, number);
    FILE *f = fopen(path, "w");
    if (f == NULL)
        return;
    for (int i = 0; i < 20; i++)
        fprintf(f, "## 海边的镇%d\n\n2023年，全镇实现产值%ld.5亿元，海风集团有限公司落户。\n\n", i,
                value % 1000 + 1);
    fclose(f);
}

static int set_up(void **state)
{
    struct ground *g = calloc(1, sizeof *g);
    struct error e = ERROR_NONE;
    snprintf(g->root, sizeof g->root, "%s/baolan-crash-XXXXXX",
             access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    assert_non_null(mkdtemp(g->root));
    snprintf(g->pages, sizeof g->pages, "%s/pages", g->root);
    mkdir(g->pages, 0700);
    for (int i = 0; i < PAGES; i++)
        write_page(g, i, i);
    setenv("XDG_CACHE_HOME", g->root, 1);
    setenv("XDG_DATA_HOME", g->root, 1);
    setenv("XDG_CONFIG_HOME", g->root, 1);
    g->arena = arena_new();
    assert_int_equal(review_form_load(g->arena, &g->form, NULL, NULL, &e), STATUS_OK);
    *state = g;
    return 0;
}

static int tear_down(void **state)
{
    struct ground *g = *state;
    remove_below(g->root);
    arena_free(g->arena);
    free(g);
    return 0;
}

static enum status import(const struct ground *g, struct error *e)
{
    const char *paths[] = {g->pages};
    struct import_options o = {.paths = paths, .n_paths = 1};
    return library_import(&o, e);
}

/* Both loop until they are killed. */
static void import_for_ever(const struct ground *g, long round)
{
    for (long i = 0;; i++) {
        struct error e = ERROR_NONE;
        for (int page = 0; page < PAGES; page += 2)
            write_page(g, page, round * 7 + i + page);
        if (import(g, &e) != STATUS_OK) {
            fprintf(stderr, "import: %s\n", e.message);
            _exit(1);
        }
    }
}

/* One mark that was told as kept. */
struct kept {
    int64_t record;
    long value;
};

static void review_for_ever(const struct ground *g, long from, int tell)
{
    struct error e = ERROR_NONE;
    struct library *library;
    struct review *review;
    if (library_open(NULL, &library, &e) != STATUS_OK || library->marks == NULL ||
        review_open(g->arena, library->marks, &g->form, STR("proposal"), STR("me"), &review, &e) !=
            STATUS_OK) {
        fprintf(stderr, "review: %s\n", e.message);
        _exit(1);
    }
    for (long value = from;; value++) {
        struct kept kept = {value % RECORDS, value};
        struct review_subject about = {kept.record, NULL};
        if (review_set(review, &about, 1, STR("note"), str_printf(g->arena, "%ld", value), &e) !=
            STATUS_OK) {
            fprintf(stderr, "mark: %s\n", e.message);
            _exit(1);
        }
        if (write(tell, &kept, sizeof kept) != sizeof kept)
            _exit(1);
        nanosleep(&(struct timespec){0, 200000}, NULL);
    }
}

static void kill_and_wait(pid_t child)
{
    int status;
    kill(child, SIGKILL);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
}

static void is_sound(struct ground *g, const long *kept, long next)
{
    struct error e = ERROR_NONE;
    struct library *library;
    struct store_totals t;
    struct str verdict;
    const struct mark *marks;
    size_t n;
    long stands[RECORDS];
    assert_int_equal(import(g, &e), STATUS_OK);
    assert_int_equal(library_open(NULL, &library, &e), STATUS_OK);
    assert_int_equal(e.status, STATUS_OK);
    assert_non_null(library->store);
    assert_non_null(library->notes);
    assert_int_equal(store_check(library->store, g->arena, &verdict, &e), STATUS_OK);
    assert_true(str_eq(verdict, STR("ok")));
    assert_int_equal(notes_check(library->notes, g->arena, &verdict, &e), STATUS_OK);
    assert_true(str_eq(verdict, STR("ok")));
    assert_int_equal(store_totals(library->store, &t, &e), STATUS_OK);
    assert_int_equal(t.documents, PAGES);
    assert_int_equal(notes_marks(library->notes, g->arena, STR("proposal"), &marks, &n, &e),
                     STATUS_OK);
    for (int i = 0; i < RECORDS; i++)
        stands[i] = -1;
    for (size_t i = 0; i < n; i++)
        stands[marks[i].content_key] = strtol(str_dup_c(g->arena, marks[i].value), NULL, 10);
    /* What was told, or what was written after that and not told any more. */
    for (int i = 0; i < RECORDS; i++)
        assert_true(stands[i] >= kept[i] && stands[i] < next);
    library_close(library);
}

static long number(const char *name, long otherwise)
{
    const char *told = getenv(name);
    return told != NULL && atol(told) > 0 ? atol(told) : otherwise;
}

static void a_killed_program_loses_nothing(void **state)
{
    struct ground *g = *state;
    struct error e = ERROR_NONE;
    uint64_t random = (uint64_t)number("BAOLAN_SEED", 20260101);
    long rounds = number("BAOLAN_CRASHES", 60), value = 0, told = 0;
    long kept[RECORDS];
    for (int i = 0; i < RECORDS; i++)
        kept[i] = -1;
    assert_int_equal(import(g, &e), STATUS_OK);
    for (long round = 0; round < rounds; round++) {
        int ends[2];
        struct kept one;
        assert_int_equal(pipe(ends), 0);
        pid_t importer = fork();
        if (importer == 0)
            import_for_ever(g, round);
        pid_t reviewer = fork();
        if (reviewer == 0)
            review_for_ever(g, value, ends[1]);
        close(ends[1]);
        random = random * 6364136223846793005u + 1442695040888963407u;
        long wait = (long)(random >> 33) % 120000000;
        nanosleep(&(struct timespec){0, wait}, NULL);
        kill_and_wait(round % 2 == 0 ? importer : reviewer);
        kill_and_wait(round % 2 == 0 ? reviewer : importer);
        while (read(ends[0], &one, sizeof one) == sizeof one) {
            kept[one.record] = one.value;
            value = one.value + 1;
            told++;
        }
        close(ends[0]);
        /* One more may have been written than was told. */
        value += RECORDS;
        is_sound(g, kept, value);
        arena_reset(g->arena);
        assert_int_equal(review_form_load(g->arena, &g->form, NULL, NULL, &e), STATUS_OK);
    }
    assert_true(told > 0);
    fprintf(stderr, "%ld kills, %ld marks told as kept\n", rounds, told);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {TEST(a_killed_program_loses_nothing)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
