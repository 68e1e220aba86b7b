/* The spellings that figures are collected under. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "baolan/spelling.h"

static int load(void **state)
{
    struct arena *a = arena_new();
    struct lexicons *all;
    assert_int_equal(lexicons_load_figures(a, NULL, &all, NULL), STATUS_OK);
    static void *both[2];
    both[0] = a;
    both[1] = all;
    *state = both;
    return 0;
}

static int unload(void **state)
{
    arena_free(((void **)*state)[0]);
    return 0;
}

static void test_one_spelling(void **state)
{
    struct arena *a = ((void **)*state)[0];
    const struct lexicons *all = ((void **)*state)[1];
    static const char *const ROWS[][2] = {
        {"规上工业", "规模以上工业"},
        {"规模工业", "规模以上工业"},
        {"规模以上工业", "规模以上工业"},
        {"全市规上服务业企业", "全市规模以上服务业企业"},
        {"限上批发业", "限额以上批发业"},
        {"一产", "第一产业"},
        {"GDP", "地区生产总值"},
        {"规上工业增加值", "规模以上工业增加值"},
        /* Other words with the same characters. */
        {"法规上报", "法规上报"},
        {"统一产品", "统一产品"},
        {"居民企业", "居民企业"},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        struct str joined = spelling_join(a, all, str_of(ROWS[i][0]));
        assert_string_equal(str_dup_c(a, joined), ROWS[i][1]);
    }
    assert_string_equal(str_dup_c(a, spelling_join(a, NULL, STR("规上工业"))), "规上工业");
}

static bool has(struct arena *a, const struct lexicons *all, const char *typed, const char *other)
{
    struct str out[8];
    bool found = false;
    size_t n = spelling_variants(a, all, str_of(typed), out, 8);
    for (size_t i = 0; i < n; i++) {
        assert_false(str_eq(out[i], str_of(typed)));
        found = found || str_eq(out[i], str_of(other));
    }
    return found;
}

static void test_other_spellings(void **state)
{
    struct arena *a = ((void **)*state)[0];
    const struct lexicons *all = ((void **)*state)[1];
    struct str one[1];
    assert_true(has(a, all, "GDP", "地区生产总值"));
    assert_true(has(a, all, "地区生产总值", "GDP"));
    assert_true(has(a, all, "规上工业", "规模以上工业"));
    assert_true(has(a, all, "规模以上工业", "规上工业"));
    assert_true(has(a, all, "规模以上工业", "规模工业"));
    assert_true(has(a, all, "规上工业增加值", "规模以上工业增加值"));
    assert_false(has(a, all, "第一产业增加值", "一产增加值"));
    assert_int_equal(spelling_variants(a, all, STR("造船完工量"), one, 1), 0);
    assert_int_equal(spelling_variants(a, all, STR("GDP"), one, 1), 1);
    assert_int_equal(spelling_variants(a, all, STR("GDP"), one, 0), 0);
    assert_int_equal(spelling_variants(a, NULL, STR("GDP"), one, 1), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_one_spelling, load, unload),
        cmocka_unit_test_setup_teardown(test_other_spellings, load, unload),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
