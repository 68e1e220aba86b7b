/* Databases that are damaged, or another program's: what can be read is recovered, nothing that is
 * not ours is changed, and the damaged file is kept. */
#include "../remove.h"
#include "baolan/files.h"
#include "baolan/library.h"

#include <fcntl.h>
#include <glob.h>
#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

enum { PAGE = 8192, MARKS = 400 };

struct ground {
    char root[64], notes[96], cache[96], page[96];
    struct arena *arena;
};

static int set_up(void **state)
{
    struct ground *g = calloc(1, sizeof *g);
    snprintf(g->root, sizeof g->root, "/tmp/baolan-damage-XXXXXX");
    assert_non_null(mkdtemp(g->root));
    snprintf(g->notes, sizeof g->notes, "%s/notes.db", g->root);
    snprintf(g->cache, sizeof g->cache, "%s/baolan/default/cache.db", g->root);
    snprintf(g->page, sizeof g->page, "%s/page.txt", g->root);
    setenv("XDG_CACHE_HOME", g->root, 1);
    setenv("XDG_DATA_HOME", g->root, 1);
    setenv("XDG_CONFIG_HOME", g->root, 1);
    FILE *f = fopen(g->page, "w");
    assert_non_null(f);
    for (int i = 0; i < 200; i++)
        fprintf(f, "## 海边的镇%d\n\n2023年，全镇实现产值%d.5亿元，海风集团有限公司落户。\n\n", i,
                i);
    fclose(f);
    g->arena = arena_new();
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

/* --- Notes ----------------------------------------------------------------------------------- */

static void write_marks(struct ground *g)
{
    struct notes *notes;
    struct error e = ERROR_NONE;
    struct anchor anchor = {.path = STR("/a/b.txt"),
                            .quoted = STR("产值"),
                            .before = STR("全镇实现"),
                            .after = STR("386.5亿元")};
    assert_int_equal(notes_open(g->notes, &notes, &e), STATUS_OK);
    for (int64_t i = 0; i < MARKS; i++) {
        struct mark m = {.kind = STR("proposal"),
                         .content_key = i,
                         .field = STR("note"),
                         .value = str_printf(g->arena, "批注 %lld", (long long)i),
                         .author = STR("me")};
        assert_int_equal(notes_put_mark(notes, &m, &anchor, &e), STATUS_OK);
    }
    assert_int_equal(notes_put_bookmark(notes, STR("here"), &anchor, &e), STATUS_OK);
    assert_int_equal(notes_put_place(notes, STR("default"), NULL, STR("a place"), &e), STATUS_OK);
    notes_close(notes);
}

static void overwrite(const char *path, off_t at, size_t n)
{
    int file = open(path, O_WRONLY);
    assert_true(file >= 0);
    char *junk = malloc(n);
    memset(junk, 0xA5, n);
    assert_int_equal(pwrite(file, junk, n, at), n);
    free(junk);
    close(file);
}

static off_t size_of(const char *path)
{
    struct stat st;
    assert_int_equal(stat(path, &st), 0);
    return st.st_size;
}

/* How many files stand beside path whose names go on with `more`. */
static size_t beside(const char *path, const char *more)
{
    char pattern[160];
    glob_t found = {0};
    snprintf(pattern, sizeof pattern, "%s%s", path, more);
    size_t n = glob(pattern, 0, NULL, &found) == 0 ? found.gl_pathc : 0;
    globfree(&found);
    return n;
}

static enum status open_notes(struct ground *g, bool late, struct notes **notes, struct error *e)
{
    enum status status = (late ? notes_open_unchecked : notes_open)(g->notes, notes, e);
    return status == STATUS_OK && late ? notes_mend(*notes, e) : status;
}

/* Marks that stand after opening damaged notes, at once or with the look for damage late, each as
 * it was written. */
static size_t recovered(struct ground *g, bool late)
{
    struct notes *notes;
    struct error e = ERROR_NONE;
    const struct mark *marks;
    size_t n;
    struct str verdict;
    assert_int_equal(open_notes(g, late, &notes, &e), STATUS_OK);
    assert_non_null(notes_warning(notes, NULL));
    assert_non_null(strstr(notes_warning(notes, NULL), "damaged"));
    assert_int_equal(notes_check(notes, g->arena, &verdict, &e), STATUS_OK);
    assert_true(str_eq(verdict, STR("ok")));
    assert_int_equal(notes_marks(notes, g->arena, STR("proposal"), &marks, &n, &e), STATUS_OK);
    for (size_t i = 0; i < n; i++) {
        struct str said = str_printf(g->arena, "批注 %lld", (long long)marks[i].content_key);
        assert_true(str_eq(marks[i].value, said));
    }
    notes_close(notes);
    /* The second time nothing is wrong. */
    assert_int_equal(open_notes(g, late, &notes, &e), STATUS_OK);
    assert_null(notes_warning(notes, NULL));
    notes_close(notes);
    assert_int_equal(beside(g->notes, ".damaged-*"), 1);
    assert_int_equal(beside(g->notes, ".reading*"), 0);
    return n;
}

static void notes_without_their_first_page_are_recovered(void **state)
{
    struct ground *g = *state;
    write_marks(g);
    overwrite(g->notes, 0, PAGE);
    assert_int_equal(recovered(g, false), MARKS);
}

static void notes_without_their_header_are_recovered(void **state)
{
    struct ground *g = *state;
    write_marks(g);
    overwrite(g->notes, 0, 64);
    assert_int_equal(recovered(g, true), MARKS);
}

/* Whatever page is lost, what stands in others is there again. */
static void notes_with_a_lost_page_are_recovered_in_part(void **state)
{
    struct ground *g = *state;
    struct str whole;
    struct error e = ERROR_NONE;
    size_t all = 0, pages = 0, lost = 0;
    write_marks(g);
    assert_int_equal(file_read(g->arena, g->notes, &whole, NULL, &e), STATUS_OK);
    for (off_t at = PAGE; at < size_of(g->notes); at += PAGE) {
        assert_int_equal(file_replace(g->notes, whole, &e), STATUS_OK);
        overwrite(g->notes, at, PAGE);
        size_t n = recovered(g, at / PAGE % 2 == 0);
        all += n;
        pages++;
        lost += n == 0;
        const char *kept = str_printf(g->arena, "rm -f %s.damaged-*", g->notes).p;
        assert_int_equal(system(kept), 0);
    }
    /* The one page by which all the others are reached takes all along; no other does. */
    assert_true(lost <= 1);
    assert_true(all > pages * MARKS * 3 / 4);
}

static void notes_that_are_no_database_are_kept(void **state)
{
    struct ground *g = *state;
    struct error e = ERROR_NONE;
    assert_int_equal(file_replace(g->notes, STR("A letter, not a database.\n"), &e), STATUS_OK);
    assert_int_equal(recovered(g, true), 0);
    struct notes *notes;
    assert_int_equal(file_replace(g->notes, STR("Another letter that a group may read.\n"), &e),
                     STATUS_OK);
    assert_int_equal(notes_open_shared(g->notes, &notes, &e), STATUS_CORRUPT);
    assert_int_equal(beside(g->notes, ".damaged-*"), 1);
}

/* Notes as the first version left them: a copy stands beside them before they are changed. */
static void older_notes_are_copied_before_they_change(void **state)
{
    struct ground *g = *state;
    struct error e = ERROR_NONE;
    struct str schema;
    struct notes *notes;
    struct stat st;
    sqlite3 *db;
    const char *file = path_program_data(g->arena, "schema/notes.sql");
    assert_int_equal(file_read(g->arena, file, &schema, NULL, &e), STATUS_OK);
    struct str first = str_sub(schema, str_find(schema, STR("-- step 1\n"), 0),
                               str_find(schema, STR("-- step 2\n"), 0));
    assert_int_equal(sqlite3_open(g->notes, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, str_dup_c(g->arena, first), 0, 0, 0), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db,
                                  "PRAGMA user_version=1; INSERT INTO mark VALUES"
                                  "(1, 'proposal', 7, 'note', 'old', 'me', 1, NULL)",
                                  0, 0, 0),
                     SQLITE_OK);
    sqlite3_close(db);
    assert_int_equal(notes_open(g->notes, &notes, &e), STATUS_OK);
    notes_close(notes);
    const char *copy = str_printf(g->arena, "%s.before-2", g->notes).p;
    assert_int_equal(stat(copy, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    assert_int_equal(beside(g->notes, ".before-*"), 1);
    sqlite3_stmt *row;
    assert_int_equal(sqlite3_open(copy, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db,
                                        "SELECT value, (SELECT user_version FROM"
                                        " pragma_user_version) FROM mark",
                                        -1, &row, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_step(row), SQLITE_ROW);
    assert_string_equal(sqlite3_column_text(row, 0), "old");
    assert_int_equal(sqlite3_column_int(row, 1), 1);
    sqlite3_finalize(row);
    sqlite3_close(db);
    /* Once is enough. */
    assert_int_equal(notes_open(g->notes, &notes, &e), STATUS_OK);
    notes_close(notes);
    assert_int_equal(beside(g->notes, ".before-*"), 1);
}

/* --- Cache ----------------------------------------------------------------------------------- */

static struct str told;

static void keep_problem(void *context, const char *message)
{
    struct ground *g = context;
    told = str_dup(g->arena, str_of(message));
}

static void import(struct ground *g)
{
    struct error e = ERROR_NONE;
    const char *paths[] = {g->page};
    struct import_options o = {.paths = paths, .n_paths = 1, .problem = keep_problem, .context = g};
    told = STR("");
    assert_int_equal(library_import(&o, &e), STATUS_OK);
}

static void the_cache_is_whole(struct ground *g)
{
    struct library *library;
    struct error e = ERROR_NONE;
    struct store_totals t;
    struct str verdict;
    assert_int_equal(library_open(NULL, &library, &e), STATUS_OK);
    assert_non_null(library->store);
    assert_int_equal(store_totals(library->store, &t, &e), STATUS_OK);
    assert_int_equal(t.documents, 1);
    assert_int_equal(store_check(library->store, g->arena, &verdict, &e), STATUS_OK);
    assert_true(str_eq(verdict, STR("ok")));
    library_close(library);
}

static void a_foreign_cache_is_set_aside(void **state)
{
    struct ground *g = *state;
    struct error e = ERROR_NONE;
    struct str before, after;
    sqlite3 *db;
    import(g);
    unlink(g->cache);
    assert_int_equal(sqlite3_open(g->cache, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "CREATE TABLE t(a); INSERT INTO t VALUES(1)", 0, 0, 0), 0);
    sqlite3_close(db);
    assert_int_equal(file_read(g->arena, g->cache, &before, NULL, &e), STATUS_OK);
    import(g);
    the_cache_is_whole(g);
    assert_int_equal(beside(g->cache, ".foreign-*"), 1);
    assert_true(str_has(told, STR(".foreign-")));
    glob_t found = {0};
    assert_int_equal(glob(str_printf(g->arena, "%s.foreign-*", g->cache).p, 0, NULL, &found), 0);
    assert_int_equal(file_read(g->arena, found.gl_pathv[0], &after, NULL, &e), STATUS_OK);
    globfree(&found);
    assert_true(str_eq(before, after));
}

static void a_cache_that_is_no_database_is_set_aside(void **state)
{
    struct ground *g = *state;
    struct error e = ERROR_NONE;
    import(g);
    assert_int_equal(file_replace(g->cache, STR("A letter, not a database.\n"), &e), STATUS_OK);
    import(g);
    the_cache_is_whole(g);
    assert_int_equal(beside(g->cache, ".damaged-*"), 1);
}

/* A page in the midst of the file: a reader meets with it, and the next import begins anew. */
static void a_damaged_cache_is_made_anew_once_it_is_noticed(void **state)
{
    struct ground *g = *state;
    struct library *library;
    struct error e = ERROR_NONE;
    struct str verdict;
    import(g);
    for (off_t at = 2 * PAGE; at < size_of(g->cache); at += PAGE)
        overwrite(g->cache, at, PAGE);
    assert_int_equal(library_open(NULL, &library, &e), STATUS_OK);
    if (library->store != NULL) {
        uint32_t id;
        assert_int_not_equal(store_document_by_path(library->store, str_of(g->page), &id, &e),
                             STATUS_OK);
        store_check(library->store, g->arena, &verdict, NULL);
    }
    library_close(library);
    import(g);
    the_cache_is_whole(g);
    assert_int_equal(beside(g->cache, ".damaged-*"), 1);
    assert_int_equal(beside(g->cache, ".suspect"), 0);
}

/* An import that meets with the damage itself goes on with a new cache at once. */
static void an_import_into_a_damaged_cache_succeeds(void **state)
{
    struct ground *g = *state;
    import(g);
    for (off_t at = 2 * PAGE; at < size_of(g->cache); at += PAGE)
        overwrite(g->cache, at, PAGE);
    FILE *f = fopen(g->page, "a");
    assert_non_null(f);
    fputs("## 又一篇\n\n2024年，全镇实现产值1.5亿元。\n", f);
    fclose(f);
    import(g);
    the_cache_is_whole(g);
    assert_int_equal(beside(g->cache, ".damaged-*"), 1);
}

/* Publishing does not write over what is no library. */
static void publishing_leaves_a_foreign_file_alone(void **state)
{
    struct ground *g = *state;
    struct error e = ERROR_NONE;
    char path[128];
    const char *paths[] = {g->page};
    struct import_options o = {.paths = paths, .n_paths = 1, .publish = g->root};
    struct str after;
    snprintf(path, sizeof path, "%s/cache.db", g->root);
    assert_int_equal(file_replace(path, STR("A letter, not a database.\n"), &e), STATUS_OK);
    assert_int_equal(library_import(&o, &e), STATUS_DENIED);
    struct error again = ERROR_NONE;
    assert_int_equal(file_read(g->arena, path, &after, NULL, &again), STATUS_OK);
    assert_true(str_eq(after, STR("A letter, not a database.\n")));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(notes_without_their_first_page_are_recovered),
        TEST(notes_without_their_header_are_recovered),
        TEST(notes_with_a_lost_page_are_recovered_in_part),
        TEST(notes_that_are_no_database_are_kept),
        TEST(older_notes_are_copied_before_they_change),
        TEST(a_foreign_cache_is_set_aside),
        TEST(a_cache_that_is_no_database_is_set_aside),
        TEST(a_damaged_cache_is_made_anew_once_it_is_noticed),
        TEST(an_import_into_a_damaged_cache_succeeds),
        TEST(publishing_leaves_a_foreign_file_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
