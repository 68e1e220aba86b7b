/* Restricted use: what is said once cannot be unsaid, and where files may be written. */
#include "app/restrict.h"
#include "baolan/config.h"
#include "baolan/files.h"

#include <pwd.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

static struct arena *arena;

static int set_up(void **state)
{
    (void)state;
    arena = arena_new();
    return arena == NULL ? -1 : 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static void count(void *context, const char *message)
{
    (void)message;
    ++*(int *)context;
}

static void test_it_is_not_lifted(void **state)
{
    struct options *o = options_new(arena);
    struct error e = ERROR_NONE;
    int warnings = 0;
    (void)state;
    assert_true(restrict_may_run(o, NULL));
    /* The administrator's file is read first, then the person's over it. */
    config_read(STR("restricted = yes\ntheme = dark\n"), "system", o, NULL, count, &warnings);
    config_read(STR("set restricted no\nrestricted = no\nset theme light\n"), "own", o, NULL, count,
                &warnings);
    assert_int_equal(warnings, 2);
    assert_string_equal(options_text(o, OPTION_THEME), "light");
    assert_int_equal(options_set(o, STR("restricted"), STR("no"), &e), STATUS_DENIED);
    assert_false(restrict_may_run(o, NULL));
    assert_int_equal(options_set(o, STR("restricted"), STR("yes"), NULL), STATUS_OK);
}

static void test_files_are_written_below_the_home_folder(void **state)
{
    struct options *o = options_new(arena);
    const struct passwd *user = getpwuid(geteuid());
    (void)state;
    if (user == NULL || access(user->pw_dir, F_OK) != 0)
        skip();
    const char *inside = path_join(arena, user->pw_dir, "figures.csv");
    const char *outside = path_join(arena, user->pw_dir, "../figures.csv");
    assert_true(restrict_may_write(o, "/figures.csv", NULL));
    options_set(o, STR("restricted"), STR("yes"), NULL);
    assert_true(restrict_may_write(o, inside, NULL));
    assert_false(restrict_may_write(o, outside, NULL));
    assert_false(restrict_may_write(o, "/figures.csv", NULL));
    assert_false(restrict_may_write(o, "/no/such/folder/figures.csv", NULL));
    /* What the environment tells of a home is not asked. */
    setenv("HOME", "/", 1);
    assert_false(restrict_may_write(o, "/figures.csv", NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_it_is_not_lifted, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_files_are_written_below_the_home_folder, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
