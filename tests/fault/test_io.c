/* The disk fails at every place in turn, in an import and in a review session: each time there is a
 * clear message, both databases are sound, what was told as kept is there, and the next import
 * completes. Every place with BAOLAN_FAULTS=all; without it, some of them. */
#include "../remove.h"
#include "app/review.h"
#include "baolan/library.h"
#include "fault_vfs.h"

#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

enum { PAGES = 3, SOME = 20 };

struct ground {
    char root[64], cache[128], pages[96];
    struct arena *arena;
    struct review_form form;
};

static void write_page(struct ground *g, int number, int value)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%d.txt", g->pages, number);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fprintf(f, "## 海边的镇\n\n2023年，全镇实现产值%d.5亿元，海风集团有限公司落户。\n", value);
    fclose(f);
}

static int set_up(void **state)
{
    struct ground *g = calloc(1, sizeof *g);
    struct error e = ERROR_NONE;
    fault_vfs_register();
    /* In memory where that can be: thousands of syncs wait for no disk. */
    snprintf(g->root, sizeof g->root, "%s/baolan-io-XXXXXX",
             access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    assert_non_null(mkdtemp(g->root));
    snprintf(g->cache, sizeof g->cache, "%s/baolan", g->root);
    snprintf(g->pages, sizeof g->pages, "%s/pages", g->root);
    mkdir(g->pages, 0700);
    for (int i = 0; i < PAGES; i++)
        write_page(g, i, 100 + i);
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

/* The places at which n calls fail: all, or some that lie apart. */
static long stride(long n)
{
    const char *told = getenv("BAOLAN_FAULTS");
    return told != NULL && strcmp(told, "all") == 0 ? 1 : n / SOME + 1;
}

/* What fails at the moment, for the message of a test that fails. */
static struct fault_plan now;

static void says_why(enum status status, const struct error *e)
{
    if (status != STATUS_OK && e->message[0] == '\0')
        fail_msg("status %d without a word: call %ld of %x", (int)status, now.at, now.calls);
}

static enum status import(struct ground *g, struct error *e)
{
    const char *paths[] = {g->pages};
    struct import_options o = {.paths = paths, .n_paths = 1};
    *e = ERROR_NONE;
    return library_import(&o, e);
}

static void is_sound(struct ground *g, struct library *library)
{
    struct error e = ERROR_NONE;
    struct str verdict;
    assert_non_null(library->store);
    assert_int_equal(store_check(library->store, g->arena, &verdict, &e), STATUS_OK);
    assert_true(str_eq(verdict, STR("ok")));
    assert_non_null(library->notes);
    assert_int_equal(notes_check(library->notes, g->arena, &verdict, &e), STATUS_OK);
    assert_true(str_eq(verdict, STR("ok")));
}

static void has_all(struct ground *g)
{
    struct error e = ERROR_NONE;
    struct library *library;
    struct store_totals t;
    assert_int_equal(library_open(NULL, &library, &e), STATUS_OK);
    is_sound(g, library);
    assert_int_equal(store_totals(library->store, &t, &e), STATUS_OK);
    assert_int_equal(t.documents, PAGES);
    assert_int_equal(t.indicators, PAGES);
    library_close(library);
}

/* --- Import ---------------------------------------------------------------------------------- */

/* An import into nothing, or into a library in which one page has changed. */
static enum status import_once(struct ground *g, bool anew, int value,
                               const struct fault_plan *plan, long *calls, struct error *e)
{
    if (anew)
        remove_below(g->cache);
    else
        write_page(g, 1, value);
    fault_vfs_plan(plan);
    enum status status = import(g, e);
    *calls = fault_vfs_end();
    return status;
}

static void import_fails(struct ground *g, bool anew, struct fault_plan plan)
{
    struct error e = ERROR_NONE;
    long calls;
    int value = 1000;
    assert_int_equal(import(g, &e), STATUS_OK);
    plan.at = 0;
    assert_int_equal(import_once(g, anew, ++value, &plan, &calls, &e), STATUS_OK);
    assert_true(calls > 0);
    long step = stride(calls), total = calls, met = 0;
    for (plan.at = 1; plan.at <= total; plan.at += step) {
        now = plan;
        enum status status = import_once(g, anew, ++value, &plan, &calls, &e);
        met += fault_vfs_failed();
        says_why(status, &e);
        /* What was told as done is done, though something failed on the way. */
        if (status == STATUS_OK)
            has_all(g);
        assert_int_equal(import(g, &e), STATUS_OK);
        has_all(g);
    }
    assert_true(met > 0);
}

static void an_import_survives_every_failure(void **state)
{
    static const struct fault_plan PLANS[] = {
        {.calls = FAULT_WRITE},
        {.calls = FAULT_WRITE, .lasting = true, .torn = true},
        {.calls = FAULT_WRITE, .lasting = true, .code = SQLITE_FULL},
        {.calls = FAULT_SYNC},
        {.calls = FAULT_READ, .torn = true},
        {.calls = FAULT_OPEN | FAULT_DELETE | FAULT_MEMORY},
        {.calls = FAULT_LOCK},
        {.calls = FAULT_OPEN | FAULT_READ | FAULT_WRITE | FAULT_SYNC, .lasting = true},
    };
    for (size_t i = 0; i < sizeof PLANS / sizeof *PLANS; i++)
        for (int anew = 0; anew < 2; anew++)
            import_fails(*state, anew != 0, PLANS[i]);
}

/* --- Review ---------------------------------------------------------------------------------- */

enum { MARKS = 6 };

/* A session: marks, an undo, a place. Tells what of it was shown as kept. */
struct session {
    bool kept[MARKS]; /* mark i of record 100 + i */
    bool undoing;     /* of the last of them was asked for, */
    bool undone;      /* and told as done */
    bool opened;
};

static void review(struct ground *g, int round, struct session *s)
{
    struct error e = ERROR_NONE;
    struct library *library;
    struct review *review = NULL;
    *s = (struct session){0};
    if (library_open(NULL, &library, &e) != STATUS_OK)
        return;
    s->opened = library->notes != NULL;
    if (!s->opened)
        assert_true(e.message[0] != '\0');
    e = ERROR_NONE;
    enum status status =
        review_open(g->arena, library->marks, &g->form, STR("proposal"), STR("me"), &review, &e);
    says_why(status, &e);
    for (int i = 0; i < MARKS && status == STATUS_OK; i++) {
        struct review_subject about = {100 + i, NULL};
        e = ERROR_NONE;
        enum status set =
            review_set(review, &about, 1, STR("note"), str_printf(g->arena, "%d-%d", round, i), &e);
        says_why(set, &e);
        s->kept[i] = set == STATUS_OK;
        /* What could not be written is not shown either. */
        if (set != STATUS_OK)
            assert_false(str_eq(review_value(review, 100 + i, STR("note")),
                                str_printf(g->arena, "%d-%d", round, i)));
    }
    s->undoing = s->kept[MARKS - 1];
    if (s->undoing)
        s->undone = review_undo(review, NULL, &e) == STATUS_OK;
    if (library->notes != NULL) {
        notes_put_place(library->notes, STR("default"), NULL, STR("here"), NULL);
        notes_put_history(library->notes, STR("default"), &STR("there"), 1, NULL);
    }
    review_close(review);
    library_close(library);
}

static void session_stands(struct ground *g, int round, const struct session *s)
{
    struct error e = ERROR_NONE;
    struct library *library;
    struct review *review;
    assert_int_equal(library_open(NULL, &library, &e), STATUS_OK);
    is_sound(g, library);
    assert_int_equal(
        review_open(g->arena, library->marks, &g->form, STR("proposal"), STR("me"), &review, &e),
        STATUS_OK);
    for (int i = 0; i < MARKS; i++) {
        struct str said = str_printf(g->arena, "%d-%d", round, i);
        bool stands = str_eq(review_value(review, 100 + i, STR("note")), said);
        bool taken_back = s->undone && i == MARKS - 1;
        /* An undo that failed at its last step may have been done all the same. */
        if (s->kept[i] && !(s->undoing && i == MARKS - 1) && !stands)
            fail_msg("mark %d is lost: call %ld of %x%s", i, now.at, now.calls,
                     now.lasting ? ", lasting" : "");
        if (taken_back)
            assert_false(stands);
    }
    review_close(review);
    library_close(library);
}

static void a_review_survives_every_failure(void **state)
{
    static const struct fault_plan PLANS[] = {
        {.calls = FAULT_WRITE},
        {.calls = FAULT_WRITE, .torn = true},
        {.calls = FAULT_WRITE, .lasting = true, .code = SQLITE_FULL},
        {.calls = FAULT_SYNC},
        {.calls = FAULT_READ, .torn = true},
        {.calls = FAULT_OPEN | FAULT_DELETE | FAULT_MEMORY},
        {.calls = FAULT_LOCK},
        {.calls = FAULT_OPEN | FAULT_READ | FAULT_WRITE | FAULT_SYNC, .lasting = true},
    };
    struct ground *g = *state;
    struct error e;
    struct session s;
    int round = 0;
    assert_int_equal(import(g, &e), STATUS_OK);
    for (size_t i = 0; i < sizeof PLANS / sizeof *PLANS; i++) {
        struct fault_plan plan = PLANS[i];
        fault_vfs_plan(&plan);
        review(g, ++round, &s);
        long total = fault_vfs_end(), step = stride(total);
        assert_true(total > 0 && s.opened && s.undone);
        session_stands(g, round, &s);
        for (plan.at = 1; plan.at <= total; plan.at += step) {
            now = plan;
            fault_vfs_plan(&plan);
            review(g, ++round, &s);
            fault_vfs_end();
            session_stands(g, round, &s);
        }
    }
}

/* --- Full, and without locks ----------------------------------------------------------------- */

static void a_full_disk_is_named(void **state)
{
    struct ground *g = *state;
    struct error e;
    struct fault_plan plan = {.calls = FAULT_WRITE, .at = 1, .lasting = true, .code = SQLITE_FULL};
    fault_vfs_plan(&plan);
    assert_int_equal(import(g, &e), STATUS_IO);
    fault_vfs_end();
    assert_non_null(strstr(e.message, "space"));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(an_import_survives_every_failure),
        TEST(a_review_survives_every_failure),
        TEST(a_full_disk_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
