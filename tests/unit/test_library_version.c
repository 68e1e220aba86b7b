/* The version of a cache follows the lexicons, and is kept while their files stay as they are. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../remove.h"
#include "app/library_internal.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>

/* A lexicon of the person's own, written an hour ago. */
static void write_units(struct arena *a, const char *home, struct str text, long ago)
{
    const char *path = path_join(a, home, "baolan/lexicons/units.txt");
    assert_int_equal(file_replace(path, text, NULL), STATUS_OK);
    const struct timespec then[2] = {{time(NULL) - ago, 0}, {time(NULL) - ago, 0}};
    assert_int_equal(utimensat(AT_FDCWD, path, then, 0), 0);
}

static void test_follows_lexicons(void **state)
{
    (void)state;
    char home[] = "/tmp/baolan-version-XXXXXX";
    struct arena *a = arena_new();
    assert_non_null(mkdtemp(home));
    setenv("XDG_CONFIG_HOME", home, 1);
    setenv("XDG_CACHE_HOME", home, 1);
    assert_int_equal(file_make_folders(path_join(a, home, "baolan/lexicons"), 0700, NULL),
                     STATUS_OK);
    const char *kept = path_join(a, home, "baolan/.lexicons");
    write_units(a, home, STR("亩 area\n"), 3600);
    uint64_t first = library_version(a);
    assert_true(first != 0);
    assert_int_equal(library_version(a), first);
    /* The same words written again, and others of the same length. */
    write_units(a, home, STR("亩 area\n"), 1800);
    assert_int_equal(library_version(a), first);
    write_units(a, home, STR("顷 area\n"), 900);
    assert_true(library_version(a) != first);
    /* What was written a moment ago may be written again within its time. */
    assert_int_equal(file_replace(kept, STR("nothing of use"), NULL), STATUS_OK);
    write_units(a, home, STR("亩 area\n"), 0);
    assert_int_equal(library_version(a), first);
    struct str text;
    assert_int_equal(file_read(a, kept, &text, NULL, NULL), STATUS_OK);
    assert_true(str_eq(text, STR("nothing of use")));
    remove_below(home);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_follows_lexicons)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
