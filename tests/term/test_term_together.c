/* Two terminals of two people, one review file: each sees what the other marks, while neither
 * touches a key. */
#include "harness.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static struct harness *sit(const char *name, const char *notes)
{
    char author[64], file[128];
    snprintf(author, sizeof author, "--author=%s", name);
    snprintf(file, sizeof file, "--notes=%s", notes);
    const char *const arguments[] = {author, file, "data/samples", NULL};
    struct harness *h = harness_start(
        &(struct harness_options){.arguments = arguments, .rows = 24, .columns = 170});
    assert_true(harness_expect(h, "云泽：绘就制造强市新图景"));
    harness_keys(h, "2");
    assert_true(harness_expect(h, "提案人"));
    return h;
}

static void leave(struct harness *h)
{
    harness_keys(h, "q");
    assert_int_equal(harness_wait(h), 0);
    harness_end(h);
}

static void test_two_see_each_other(void **state)
{
    (void)state;
    char notes[] = "/tmp/baolan-notes-XXXXXX";
    assert_non_null(mkdtemp(notes));
    char file[64];
    snprintf(file, sizeof file, "%s/review.db", notes);
    struct harness *wang = sit("wang", file), *li = sit("li", file);
    harness_keys(wang, "a");
    assert_true(harness_expect(wang, "立案"));
    assert_true(harness_expect(li, "wang:立案"));
    harness_keys(li, "!");
    assert_true(harness_expect(wang, "li:重点"));
    harness_keys(li, "mok<Enter>");
    harness_keys(wang, "<Enter>");
    assert_true(harness_expect(wang, "ok（li"));
    harness_keys(wang, "<Backspace>&by:li<Enter>");
    assert_true(harness_expect(wang, "& by:li"));
    assert_true(harness_expect(wang, "li:重点"));
    harness_keys(wang, "@li<Enter>");
    assert_true(harness_expect(li, "wang:立"));
    harness_keys(li, "&@<Enter>");
    assert_true(harness_expect(li, "& @"));
    assert_true(harness_expect(li, "wang:"));
    /* Undo takes back one's own alone. */
    harness_keys(li, "uu");
    assert_true(harness_expect(li, "wang:立案"));
    leave(wang);
    leave(li);
    unlink(file);
    rmdir(notes);
}

static void test_a_file_that_cannot_be_had_is_told(void **state)
{
    (void)state;
    const char *const arguments[] = {"--notes=/nowhere/review.db", "data/samples", NULL};
    struct harness *h = harness_start(
        &(struct harness_options){.arguments = arguments, .rows = 24, .columns = 170});
    assert_true(harness_expect(h, "/nowhere/review.db"));
    harness_keys(h, "2");
    assert_true(harness_expect(h, "13篇 · 6提案"));
    harness_keys(h, "a");
    assert_true(harness_expect(h, "笔记不能写入"));
    leave(h);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_two_see_each_other),
        cmocka_unit_test(test_a_file_that_cannot_be_had_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
