/* Whose files are whose: what the program makes is the person's alone, links are not followed, and
 * where the person may not write, it says so before anything is lost. */
#include "../remove.h"
#include "app/review.h"
#include "baolan/files.h"
#include "baolan/library.h"

#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { NOBODY = 65534 };

struct ground {
    char root[64], pages[96], home[96], own[96];
    struct arena *arena;
};

static int set_up(void **state)
{
    struct ground *g = calloc(1, sizeof *g);
    umask(0);
    snprintf(g->root, sizeof g->root, "/tmp/baolan-rights-XXXXXX");
    assert_non_null(mkdtemp(g->root));
    chmod(g->root, 0755);
    snprintf(g->pages, sizeof g->pages, "%s/pages", g->root);
    snprintf(g->home, sizeof g->home, "%s/home", g->root);
    snprintf(g->own, sizeof g->own, "%s/own", g->root);
    mkdir(g->pages, 0755);
    mkdir(g->home, 0755);
    mkdir(g->own, 0777);
    setenv("XDG_CACHE_HOME", g->home, 1);
    setenv("XDG_DATA_HOME", g->home, 1);
    setenv("XDG_CONFIG_HOME", g->home, 1);
    g->arena = arena_new();
    const char *page = path_join(g->arena, g->pages, "one.txt");
    FILE *f = fopen(page, "w");
    assert_non_null(f);
    fputs("## 海边的镇\n\n2023年，全镇实现产值386.5亿元。\n", f);
    fclose(f);
    *state = g;
    return 0;
}

static int tear_down(void **state)
{
    struct ground *g = *state;
    remove_below(g->root);
    arena_free(g->arena);
    free(g);
    umask(022);
    return 0;
}

static void import(struct ground *g, const char *publish)
{
    struct error e = ERROR_NONE;
    const char *paths[] = {g->pages};
    struct import_options o = {.paths = paths, .n_paths = 1, .publish = publish};
    assert_int_equal(library_import(&o, &e), STATUS_OK);
}

static struct library *open_default(struct error *e)
{
    struct library *library;
    assert_int_equal(library_open(NULL, &library, e), STATUS_OK);
    return library;
}

static enum status mark(struct library *library, struct error *e)
{
    struct mark m = {.kind = STR_INIT("proposal"),
                     .content_key = 1,
                     .field = STR_INIT("note"),
                     .value = STR_INIT("x"),
                     .author = STR_INIT("me")};
    return notes_put_mark(library->marks, &m, NULL, e);
}

static size_t marks(struct ground *g, struct library *library)
{
    const struct mark *found;
    size_t n;
    struct error e = ERROR_NONE;
    assert_int_equal(notes_marks(library->marks, g->arena, STR("proposal"), &found, &n, &e),
                     STATUS_OK);
    return n;
}

/* --- Modes ----------------------------------------------------------------------------------- */

static size_t looked_at;

static int is_private(const char *path, const struct stat *st, int flag, struct FTW *ftw)
{
    (void)flag;
    (void)ftw;
    looked_at++;
    if ((st->st_mode & 077) != 0)
        fail_msg("%s has mode %o", path, (unsigned)st->st_mode & 0777);
    return 0;
}

static void what_is_made_is_the_persons_alone(void **state)
{
    struct ground *g = *state;
    struct error e = ERROR_NONE;
    import(g, NULL);
    struct library *library = open_default(&e);
    assert_int_equal(mark(library, &e), STATUS_OK);
    looked_at = 0;
    nftw(path_join(g->arena, g->home, "baolan"), is_private, 16, FTW_PHYS);
    /* Both databases, their journals, the lock, two folders. */
    assert_true(looked_at >= 6);
    library_close(library);
}

static void links_are_not_followed(void **state)
{
    struct ground *g = *state;
    struct error e = ERROR_NONE;
    const char *target = path_join(g->arena, g->own, "elsewhere");
    const char *folder = path_join(g->arena, g->home, "baolan/default");
    const char *const links[] = {"baolan/notes.db", "baolan/default/cache.db.new",
                                 "baolan/default/lock"};
    assert_int_equal(file_make_folders(folder, 0700, &e), STATUS_OK);
    for (size_t i = 0; i < sizeof links / sizeof *links; i++)
        assert_int_equal(symlink(target, path_join(g->arena, g->home, links[i])), 0);
    const char *paths[] = {g->pages};
    struct import_options o = {.paths = paths, .n_paths = 1};
    assert_int_not_equal(library_import(&o, &e), STATUS_OK);
    assert_true(e.message[0] != '\0');
    unlink(path_join(g->arena, g->home, links[2]));
    import(g, NULL);
    e = ERROR_NONE;
    struct library *library = open_default(&e);
    assert_null(library->notes);
    assert_true(e.message[0] != '\0');
    library_close(library);
    assert_int_not_equal(access(target, F_OK), 0);
    /* An export takes the place of a link, not of what it leads to. */
    const char *link = path_join(g->arena, g->own, "out.csv");
    struct str kept;
    assert_int_equal(file_replace(target, STR("mine"), &e), STATUS_OK);
    assert_int_equal(symlink(target, link), 0);
    assert_int_equal(file_replace(link, STR("export"), &e), STATUS_OK);
    e = ERROR_NONE;
    assert_int_equal(file_read(g->arena, target, &kept, NULL, &e), STATUS_OK);
    assert_true(str_eq(kept, STR("mine")));
}

/* --- Another person -------------------------------------------------------------------------- */

/* A copy of the program's data that anyone reads, for a checkout that is root's alone. */
static void share_data(const struct ground *g)
{
    const char *data = getenv("BAOLAN_DATA");
    char command[512], copy[96];
    snprintf(copy, sizeof copy, "%s/data", g->root);
    snprintf(command, sizeof command, "cp -r '%s/.' %s && chmod -R a+rX %s",
             data != NULL ? data : "data", copy, copy);
    if (access(copy, F_OK) != 0) {
        assert_int_equal(mkdir(copy, 0755), 0);
        assert_int_equal(system(command), 0); // NOLINT(cert-env33-c): the test's own words
    }
    setenv("BAOLAN_DATA", copy, 1);
}

/* Runs a test as someone who may write only what is theirs; root becomes nobody for it. */
static void as_another(struct ground *g, void (*run)(struct ground *g))
{
    const char *data = getenv("BAOLAN_DATA");
    char *kept = data != NULL ? strdup(data) : NULL;
    share_data(g);
    fflush(NULL);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        if (geteuid() == 0 && (setgid(NOBODY) != 0 || setuid(NOBODY) != 0))
            _exit(3);
        run(g);
        _exit(0);
    }
    if (kept != NULL)
        setenv("BAOLAN_DATA", kept, 1);
    else
        unsetenv("BAOLAN_DATA");
    free(kept);
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

#define CHECK(condition)                                                                  \
    do {                                                                                  \
        if (!(condition)) {                                                               \
            fprintf(stderr, "%s:%d: %s does not hold\n", __FILE__, __LINE__, #condition); \
            _exit(1);                                                                     \
        }                                                                                 \
    } while (0)

static void read_only_notes(struct ground *g)
{
    struct error e = ERROR_NONE;
    struct library *library = open_default(&e);
    /* Told at once, and what was marked before is shown. */
    CHECK(library->notes != NULL);
    CHECK(e.status == STATUS_DENIED && strstr(e.message, "notes.db cannot be written") != NULL);
    CHECK(marks(g, library) == 1);
    e = ERROR_NONE;
    CHECK(mark(library, &e) == STATUS_DENIED && e.message[0] != '\0');
    library_close(library);
}

static void notes_that_cannot_be_written_are_told_before_the_first_mark(void **state)
{
    struct ground *g = *state;
    struct error e = ERROR_NONE;
    import(g, NULL);
    struct library *library = open_default(&e);
    assert_int_equal(mark(library, &e), STATUS_OK);
    library_close(library);
    chmod(path_join(g->arena, g->home, "baolan"), 0555);
    chmod(path_join(g->arena, g->home, "baolan/notes.db"), 0444);
    as_another(g, read_only_notes);
    /* The folder alone is enough. */
    chmod(path_join(g->arena, g->home, "baolan/notes.db"), 0666);
    as_another(g, read_only_notes);
    chmod(path_join(g->arena, g->home, "baolan"), 0755);
}

static void no_notes_at_all(struct ground *g)
{
    struct error e = ERROR_NONE;
    (void)g;
    struct library *library = open_default(&e);
    CHECK(library->notes == NULL && library->marks == NULL);
    CHECK(e.status == STATUS_DENIED && e.message[0] != '\0');
    CHECK(library->store != NULL);
    library_close(library);
}

static void a_folder_without_notes_that_cannot_be_written_is_told(void **state)
{
    struct ground *g = *state;
    import(g, NULL);
    chmod(path_join(g->arena, g->home, "baolan"), 0555);
    chmod(path_join(g->arena, g->home, "baolan/default"), 0555);
    chmod(path_join(g->arena, g->home, "baolan/default/cache.db"), 0444);
    as_another(g, no_notes_at_all);
    chmod(path_join(g->arena, g->home, "baolan"), 0755);
    chmod(path_join(g->arena, g->home, "baolan/default"), 0755);
}

static void read_published(struct ground *g)
{
    struct error e = ERROR_NONE;
    struct library *library;
    struct store_totals t;
    setenv("XDG_CACHE_HOME", g->own, 1);
    setenv("XDG_DATA_HOME", g->own, 1);
    setenv("XDG_CONFIG_HOME", g->own, 1);
    CHECK(library_open(g->home, &library, &e) == STATUS_OK);
    CHECK(store_totals(library->store, &t, &e) == STATUS_OK && t.documents == 1);
    CHECK(mark(library, &e) == STATUS_OK);
    CHECK(marks(g, library) == 1);
    library_close(library);
    CHECK(access(path_join(g->arena, g->own, "baolan/notes.db"), F_OK) == 0);
}

static size_t entries;

static int count_entry(const char *path, const struct stat *st, int flag, struct FTW *ftw)
{
    (void)path;
    (void)st;
    (void)flag;
    (void)ftw;
    entries++;
    return 0;
}

static void another_persons_library_is_read_with_ones_own_notes(void **state)
{
    struct ground *g = *state;
    import(g, g->home);
    chmod(g->home, 0555);
    entries = 0;
    nftw(g->home, count_entry, 16, FTW_PHYS);
    size_t before = entries;
    as_another(g, read_published);
    entries = 0;
    nftw(g->home, count_entry, 16, FTW_PHYS);
    assert_int_equal(entries, before);
    chmod(g->home, 0755);
}

/* A library in which not all can be read, or is no file: the rest is read, nothing waits. */
static void import_the_rest(struct ground *g)
{
    struct error e = ERROR_NONE;
    struct store_totals t;
    const char *paths[] = {g->pages};
    struct import_options o = {.paths = paths, .n_paths = 1};
    setenv("XDG_CACHE_HOME", g->own, 1);
    setenv("XDG_DATA_HOME", g->own, 1);
    CHECK(library_import(&o, &e) == STATUS_OK);
    struct library *library = open_default(&e);
    CHECK(store_totals(library->store, &t, &e) == STATUS_OK);
    CHECK(t.documents == 1);
    library_close(library);
}

static void odd_things_in_a_folder_are_passed_over(void **state)
{
    struct ground *g = *state;
    struct arena *a = g->arena;
    assert_int_equal(mkfifo(path_join(a, g->pages, "fifo.txt"), 0666), 0);
    assert_int_equal(symlink("/dev/zero", path_join(a, g->pages, "zero.txt")), 0);
    assert_int_equal(symlink("loop.txt", path_join(a, g->pages, "loop.txt")), 0);
    assert_int_equal(symlink(g->pages, path_join(a, g->pages, "again")), 0);
    assert_int_equal(symlink("/nowhere/at/all", path_join(a, g->pages, "lost.txt")), 0);
    mkdir(path_join(a, g->pages, "closed"), 0000);
    assert_int_equal(file_replace(path_join(a, g->pages, "closed.txt"), STR("x"), NULL), STATUS_OK);
    chmod(path_join(a, g->pages, "closed.txt"), 0000);
    if (geteuid() == 0)
        assert_int_equal(mknod(path_join(a, g->pages, "device.txt"), S_IFCHR | 0666, 1 << 8 | 5),
                         0);
    as_another(g, import_the_rest);
    chmod(path_join(a, g->pages, "closed"), 0700);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(what_is_made_is_the_persons_alone),
        TEST(links_are_not_followed),
        TEST(notes_that_cannot_be_written_are_told_before_the_first_mark),
        TEST(a_folder_without_notes_that_cannot_be_written_is_told),
        TEST(another_persons_library_is_read_with_ones_own_notes),
        TEST(odd_things_in_a_folder_are_passed_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
