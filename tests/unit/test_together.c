/* A review file that a group shares: several processes at once, several authors, whose mark stands
 * for whom, and to whom the file belongs. */
#include "../remove.h"
#include "app/review.h"
#include "baolan/clock.h"
#include "baolan/files.h"
#include "baolan/library.h"

#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

struct ground {
    char root[64], path[80];
    struct arena *arena;
    struct review_form form;
};

static int set_up(void **state)
{
    struct ground *g = calloc(1, sizeof *g);
    struct error e = ERROR_NONE;
    snprintf(g->root, sizeof g->root, "/tmp/baolan-together-XXXXXX");
    assert_non_null(mkdtemp(g->root));
    snprintf(g->path, sizeof g->path, "%s/review.db", g->root);
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

/* --- Several authors ------------------------------------------------------------------------- */

struct seat {
    struct notes *notes;
    struct review *review;
};

static struct seat sit(struct ground *g, const char *author)
{
    struct seat seat;
    struct error e = ERROR_NONE;
    assert_int_equal(notes_open_shared(g->path, &seat.notes, &e), STATUS_OK);
    assert_int_equal(review_open(g->arena, seat.notes, &g->form, STR("proposal"), str_of(author),
                                 &seat.review, &e),
                     STATUS_OK);
    return seat;
}

static void leave(struct seat *seat)
{
    review_close(seat->review);
    notes_close(seat->notes);
}

static void set(struct seat *seat, int64_t record, const char *field, const char *value)
{
    struct error e = ERROR_NONE;
    struct review_subject subject = {record, NULL};
    assert_int_equal(review_set(seat->review, &subject, 1, str_of(field), str_of(value), &e),
                     STATUS_OK);
}

static void look(struct seat *seat)
{
    bool changed;
    struct error e = ERROR_NONE;
    assert_int_equal(review_refresh(seat->review, &changed, &e), STATUS_OK);
    assert_true(changed);
}

#define VALUE(seat, key, field, expected) \
    assert_true(str_eq(review_value((seat).review, key, STR(field)), STR(expected)))

static void ones_own_mark_stands(void **state)
{
    struct ground *g = *state;
    struct seat wang = sit(g, "小王"), li = sit(g, "小李");
    struct error e = ERROR_NONE;
    set(&wang, 7, "reading", "已阅");
    set(&wang, 7, "handling", "立案");
    look(&li);
    /* What a colleague decided is told; what a colleague has read is not read. */
    VALUE(li, 7, "handling", "立案");
    VALUE(li, 7, "reading", "未阅");
    assert_false(review_is_done(li.review, 7));
    assert_true(str_eq(review_others(li.review, 7, g->arena), STR("小王:已阅 立案")));
    set(&li, 7, "handling", "转意见");
    set(&wang, 7, "note", "先缓");
    look(&wang);
    look(&li);
    VALUE(li, 7, "handling", "转意见");
    VALUE(wang, 7, "handling", "立案");
    assert_true(str_eq(review_others(wang.review, 7, g->arena), STR("小李:转意见")));
    assert_true(str_eq(review_others(li.review, 7, g->arena), STR("小王:已阅 立案 批注 先缓")));
    const struct review_mark *mark = review_mark(li.review, 7, STR("note"));
    assert_non_null(mark);
    assert_true(str_eq(mark->author, STR("小王")));
    assert_true(mark->time > 0);
    /* Undo takes back what one did oneself, whatever the other did since. */
    assert_int_equal(review_undo(li.review, NULL, &e), STATUS_OK);
    VALUE(li, 7, "handling", "立案");
    look(&wang);
    VALUE(wang, 7, "handling", "立案");
    assert_int_equal(review_others(wang.review, 7, g->arena).n, 0);
    leave(&wang);
    leave(&li);
}

static void marks_are_found_by_author_and_assigned(void **state)
{
    struct ground *g = *state;
    struct seat wang = sit(g, "wang"), li = sit(g, "li");
    set(&wang, 1, "handling", "立案");
    set(&wang, 2, "assigned", "Li");
    set(&li, 3, "key", "重点");
    look(&li);
    assert_int_equal(review_admits(li.review, 1, STR("by:wang")), 1);
    assert_int_equal(review_admits(li.review, 1, STR("by：WANG")), 1);
    assert_int_equal(review_admits(li.review, 1, STR("by:li")), 0);
    assert_int_equal(review_admits(li.review, 3, STR("by:li")), 1);
    assert_int_equal(review_admits(li.review, 2, STR("@li")), 1);
    assert_int_equal(review_admits(li.review, 2, STR("＠li")), 1);
    assert_int_equal(review_admits(li.review, 3, STR("@li")), 0);
    assert_int_equal(review_admits(li.review, 2, STR("@")), 0);
    assert_int_equal(review_admits(li.review, 2, STR("交通")), -1);
    set(&wang, 2, "assigned", "li");
    look(&li);
    assert_int_equal(review_admits(li.review, 2, STR("@")), 1);
    set(&wang, 2, "assigned", "");
    look(&li);
    assert_int_equal(review_admits(li.review, 2, STR("@li")), 0);
    leave(&wang);
    leave(&li);
}

/* --- The file -------------------------------------------------------------------------------- */

static void only_marks_go_into_the_shared_file(void **state)
{
    struct ground *g = *state;
    struct library *library;
    struct error e = ERROR_NONE;
    struct str place;
    assert_int_equal(library_open(NULL, &library, &e), STATUS_OK);
    assert_ptr_equal(library->marks, library->notes);
    assert_int_equal(library_share(library, g->path, "小王", &e), STATUS_OK);
    assert_ptr_not_equal(library->marks, library->notes);
    assert_string_equal(library->author, "小王");
    assert_int_equal(notes_put_place(library->notes, STR("default"), NULL, STR("here"), &e),
                     STATUS_OK);
    assert_int_equal(notes_place(library->marks, g->arena, STR("default"), NULL, &place, &e),
                     STATUS_NOT_FOUND);
    /* A review file that cannot be had is no reason to keep marks elsewhere, unseen by the group.
     */
    e = ERROR_NONE;
    assert_int_not_equal(library_share(library, "/nowhere/at/all/review.db", "", &e), STATUS_OK);
    assert_null(library->marks);
    assert_non_null(strstr(e.message, "/nowhere/at/all"));
    library_close(library);
}

static mode_t rights_of(const char *path)
{
    struct stat st;
    assert_int_equal(lstat(path, &st), 0);
    return st.st_mode & 0777;
}

static void mode_and_group_are_respected(void **state)
{
    struct ground *g = *state;
    struct notes *notes;
    struct error e = ERROR_NONE;
    struct mark mark = {
        STR_INIT("proposal"), 1, STR_INIT("note"), STR_INIT("x"), STR_INIT("me"), 0, NULL};
    char beside[96];
    struct stat st;
    umask(022);
    /* In a folder of the person's own: theirs alone. */
    assert_int_equal(notes_open_shared(g->path, &notes, &e), STATUS_OK);
    assert_int_equal(rights_of(g->path), 0600);
    notes_close(notes);
    unlink(g->path);
    /* In a folder that a group writes: the group's, with what SQLite puts beside it. */
    gid_t group = geteuid() == 0 ? 12345 : getegid();
    assert_int_equal(chown(g->root, (uid_t)-1, group), 0);
    assert_int_equal(chmod(g->root, 0770), 0);
    assert_int_equal(notes_open_shared(g->path, &notes, &e), STATUS_OK);
    assert_int_equal(notes_put_mark(notes, &mark, NULL, &e), STATUS_OK);
    snprintf(beside, sizeof beside, "%s-wal", g->path);
    const char *const files[] = {g->path, beside};
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(rights_of(files[i]), 0660);
        assert_int_equal(stat(files[i], &st), 0);
        assert_int_equal(st.st_gid, group);
    }
    notes_close(notes);
    /* A file that is there keeps its own. */
    assert_int_equal(chmod(g->path, 0640), 0);
    assert_int_equal(notes_open_shared(g->path, &notes, &e), STATUS_OK);
    assert_int_equal(notes_put_mark(notes, &mark, NULL, &e), STATUS_OK);
    assert_int_equal(rights_of(g->path), 0640);
    assert_int_equal(rights_of(beside), 0640);
    notes_close(notes);
}

static void another_programs_database_is_left_alone(void **state)
{
    struct ground *g = *state;
    struct notes *notes;
    struct error e = ERROR_NONE;
    struct str before, after;
    sqlite3 *db;
    assert_int_equal(sqlite3_open(g->path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "CREATE TABLE t(a); INSERT INTO t VALUES(1)", 0, 0, 0), 0);
    sqlite3_close(db);
    assert_int_equal(file_read(g->arena, g->path, &before, NULL, &e), STATUS_OK);
    assert_int_equal(notes_open_shared(g->path, &notes, &e), STATUS_UNSUPPORTED);
    assert_int_equal(notes_open(g->path, &notes, NULL), STATUS_UNSUPPORTED);
    struct error again = ERROR_NONE;
    assert_int_equal(file_read(g->arena, g->path, &after, NULL, &again), STATUS_OK);
    assert_true(str_eq(before, after));
}

static void a_later_programs_notes_are_left_alone(void **state)
{
    struct ground *g = *state;
    struct notes *notes;
    struct error e = ERROR_NONE;
    sqlite3 *db;
    assert_int_equal(notes_open(g->path, &notes, &e), STATUS_OK);
    notes_close(notes);
    assert_int_equal(sqlite3_open(g->path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "PRAGMA user_version=900", 0, 0, 0), 0);
    sqlite3_close(db);
    assert_int_equal(notes_open(g->path, &notes, &e), STATUS_UNSUPPORTED);
    assert_non_null(strstr(e.message, "later"));
}

/* --- Eight at once --------------------------------------------------------------------------- */

enum { PROCESSES = 8, OFTEN = 1000000 };

/* Seconds that they write: enough to meet; BAOLAN_SECONDS for longer. */
static int64_t seconds(void)
{
    const char *told = getenv("BAOLAN_SECONDS");
    return told != NULL && atoi(told) > 0 ? atoi(told) : 4;
}

static struct mark mark_of(struct arena *a, int64_t record, const char *field, int64_t value,
                           struct str author)
{
    return (struct mark){.kind = STR("proposal"),
                         .content_key = record,
                         .field = str_of(field),
                         .value = str_printf(a, "%lld", (long long)value),
                         .author = author};
}

/* One process: writes marks of its own keys and of one that all write, reads what stands, and tells
 * how many were kept. Never returns. */
static void write_marks(const struct ground *g, int number, int answer)
{
    struct notes *notes;
    struct error e = ERROR_NONE;
    struct arena *a = arena_new();
    int64_t kept = 0, end = clock_nanoseconds() + seconds() * 1000000000;
    char author[16];
    snprintf(author, sizeof author, "p%d", number);
    enum status status = notes_open_shared(g->path, &notes, &e);
    while (status == STATUS_OK && clock_nanoseconds() < end) {
        arena_reset(a);
        const struct mark *standing;
        size_t n;
        struct mark own = mark_of(a, (int64_t)number * OFTEN + kept, "note", kept, str_of(author));
        struct mark all[2] = {mark_of(a, 1, "note", kept, str_of(author)), own};
        status = notes_put_marks(notes, all, 2, &e);
        kept += status == STATUS_OK;
        if (status == STATUS_OK)
            status = notes_marks_of(notes, a, STR("proposal"), 1, &standing, &n, &e);
    }
    if (status != STATUS_OK) {
        fprintf(stderr, "process %d after %lld marks: %s\n", number, (long long)kept, e.message);
        kept = -1;
    }
    if (write(answer, &kept, sizeof kept) != sizeof kept)
        _exit(2);
    notes_close(notes);
    _exit(0);
}

static void eight_processes_lose_nothing(void **state)
{
    struct ground *g = *state;
    struct error e = ERROR_NONE;
    int answers[PROCESSES][2];
    int64_t kept[PROCESSES], total = 0;
    for (int i = 0; i < PROCESSES; i++) {
        assert_int_equal(pipe(answers[i]), 0);
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0)
            write_marks(g, i + 1, answers[i][1]);
        close(answers[i][1]);
    }
    for (int i = 0; i < PROCESSES; i++) {
        assert_int_equal(read(answers[i][0], &kept[i], sizeof kept[i]), sizeof kept[i]);
        close(answers[i][0]);
        assert_true(kept[i] > 0);
        total += kept[i];
    }
    while (wait(NULL) > 0)
        continue;
    struct notes *notes;
    const struct mark *marks;
    size_t n, of_all = 0;
    struct str verdict;
    assert_int_equal(notes_open_shared(g->path, &notes, &e), STATUS_OK);
    assert_int_equal(notes_check(notes, g->arena, &verdict, &e), STATUS_OK);
    assert_true(str_eq(verdict, STR("ok")));
    assert_int_equal(notes_marks(notes, g->arena, STR("proposal"), &marks, &n, &e), STATUS_OK);
    assert_int_equal(n, total + PROCESSES);
    for (size_t i = 0; i < n; i++) {
        int number = marks[i].author.p[1] - '1';
        int64_t value = strtoll(str_dup_c(g->arena, marks[i].value), NULL, 10);
        if (marks[i].content_key == 1) {
            /* Of each author the latest stands. */
            assert_int_equal(value, kept[number] - 1);
            of_all++;
        } else {
            assert_int_equal(marks[i].content_key, (int64_t)(number + 1) * OFTEN + value);
        }
    }
    assert_int_equal(of_all, PROCESSES);
    notes_close(notes);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(ones_own_mark_stands),
        TEST(marks_are_found_by_author_and_assigned),
        TEST(only_marks_go_into_the_shared_file),
        TEST(mode_and_group_are_respected),
        TEST(another_programs_database_is_left_alone),
        TEST(a_later_programs_notes_are_left_alone),
        TEST(eight_processes_lose_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
