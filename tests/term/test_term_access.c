/* The interface for screen readers and braille: one pane, no borders, rows as sentences that are
 * whole in every window. */
#include "harness.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const char *const SAMPLES[] = {"data/samples", NULL};

static struct harness *start(int rows, int columns)
{
    struct harness *h = harness_start(
        &(struct harness_options){.arguments = SAMPLES, .rows = rows, .columns = columns});
    assert_true(harness_expect(h, "云泽：绘就制造强市新图景"));
    harness_keys(h, ":set access on<Enter>");
    return h;
}

static void leave(struct harness *h)
{
    harness_keys(h, "q");
    assert_int_equal(harness_wait(h), 0);
    harness_end(h);
}

/* One pane, no borders, columns as words of a sentence, links as a list. */
static void test_for_screen_readers(void **state)
{
    (void)state;
    struct harness *h = start(40, 140);
    assert_true(harness_expect(h, "+ 云泽：绘就制造强市新图景，云泽日报"));
    assert_null(strpbrk(harness_screen(h), "|"));
    static const char *const BORDERS[] = {"─", "│", "▸", "▾"};
    for (size_t i = 0; i < sizeof BORDERS / sizeof *BORDERS; i++)
        assert_false(harness_shows(h, BORDERS[i]));
    harness_keys(h, "2");
    assert_true(harness_expect(h, "提案人 陆承志，"));
    harness_keys(h, ".");
    assert_true(harness_expect(h, "第1行，共6行 · "));
    harness_keys(h, "1<Enter>");
    assert_true(harness_expect(h, "向“链”而行"));
    harness_keys(h, "f"); /* a list, and no letters over the text */
    assert_false(harness_shows(h, "向“链”而行"));
    assert_true(harness_shows(h, "云泽：绘就制造强市新图景"));
    leave(h);
}

/* Rows that are longer than the window go on below, and the cursor comes to each of them. */
static void test_rows_are_whole(void **state)
{
    (void)state;
    char last[512];
    int row, column;
    struct harness *h = start(24, 80);
    harness_keys(h, "2");
    assert_true(harness_expect(h, "题目 做好“湖”文章 推动文旅深度融合，提案人 姜晚舟"));
    assert_true(harness_shows(h, "主题 文化旅游"));
    int first = harness_find(h, "题目 关于支持家纺"), second = harness_find(h, "第017号");
    assert_true(second > first + 1);
    harness_keys(h, "j");
    harness_cursor(h, &row, &column);
    assert_int_equal(row, second);
    harness_keys(h, "3G");
    harness_cursor(h, &row, &column);
    snprintf(last, sizeof last, "%s", harness_row(h, row));
    assert_non_null(strstr(last, "指标 ")); /* where the last row begins, in sight to its end */
    harness_keys(h, "<C-b><C-b>");
    assert_false(harness_shows(h, last));
    harness_keys(h, "<C-f><C-f>G");
    harness_cursor(h, &row, &column);
    assert_string_equal(harness_row(h, row), last);
    /* A display of forty cells. */
    harness_resize(h, 12, 40);
    harness_cursor(h, &row, &column);
    assert_non_null(strstr(harness_row(h, row), "指标 "));
    harness_keys(h, "gg");
    harness_cursor(h, &row, &column);
    assert_int_equal(row, 1);
    for (int i = 0; i < 12; i++)
        harness_keys(h, "j");
    harness_cursor(h, &row, &column);
    assert_non_null(strstr(harness_row(h, row), "指标 "));
    leave(h);
}

/* A table within a text: each row says what its figures are. */
static void test_tables_are_said(void **state)
{
    (void)state;
    struct harness *h = start(24, 80);
    harness_keys(h, "j<Enter><C-s>规上工业合计<Enter>");
    assert_true(harness_expect(h, "规上工业合计：企业数（家） 612，产值（亿元） 1218.6"));
    harness_keys(h, "gg<C-s>2019<Enter>");
    assert_true(harness_expect(h, "2022 247.5，2023 268.9"));
    leave(h);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_for_screen_readers),
        cmocka_unit_test(test_rows_are_whole),
        cmocka_unit_test(test_tables_are_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
