/* A review of proposals in a terminal, from the first mark to the exported briefing: what was
 * marked when the program is killed is there at the next start, and what one terminal marks another
 * shows by itself. And the views of figures, names and findings as a person walks them. */
#define _GNU_SOURCE
#include "harness.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static const char *const SAMPLES[] = {"data/samples", NULL};

static struct harness *start(const char *home)
{
    struct harness *h = harness_start(
        &(struct harness_options){.arguments = SAMPLES, .rows = 24, .columns = 110, .home = home});
    assert_true(harness_expect(h, "云泽：绘就制造强市新图景"));
    assert_true(harness_expect(h, "6提案"));
    harness_settle(h);
    return h;
}

static const char *cursor_row(struct harness *h)
{
    int row, column;
    harness_cursor(h, &row, &column);
    return harness_row(h, row);
}

static void assert_cursor_on(struct harness *h, const char *text)
{
    if (strstr(cursor_row(h), text) == NULL)
        fail_msg("the cursor is on \"%s\", not on %s:\n%s", cursor_row(h), text, harness_screen(h));
}

static void leave(struct harness *h)
{
    harness_keys(h, "q");
    assert_int_equal(harness_wait(h), 0);
    harness_end(h);
}

static char *whole_file(const char *path)
{
    char *text = calloc(1, 1 << 20);
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    assert_true(fread(text, 1, (1 << 20) - 1, f) > 0);
    fclose(f);
    return text;
}

/* The first half of a review; then the program is killed. */
static void review_and_die(char *home, size_t room)
{
    struct harness *h = start(NULL);
    harness_keys(h, "2");
    assert_true(harness_expect(h, "已阅 0/6"));
    harness_keys(h, "&直播基地<Enter>");
    assert_cursor_on(h, "陆承志");
    harness_keys(h, "a");
    assert_true(harness_expect(h, "处理：立案"));
    harness_keys(h, "m请商务局先答复<Enter>");
    harness_keys(h, "!");
    assert_cursor_on(h, "未阅 立案 重点");
    assert_cursor_on(h, "请商务局先答复");
    harness_keys(h, "<Space>");
    assert_true(harness_expect(h, "已阅 1/1"));
    snprintf(home, room, "%s", harness_home(h));
    harness_keep_home(h);
    harness_signal(h, SIGKILL);
    harness_wait(h);
    harness_end(h);
}

static void finish_review(struct harness *h)
{
    harness_keys(h, "2&直播基地<Enter>");
    assert_cursor_on(h, "已阅 立案 重点");
    assert_cursor_on(h, "请商务局先答复");
    harness_keys(h, "x");
    harness_keys(h, "<Esc>");
    assert_true(harness_expect(h, "没有标记"));
    assert_cursor_on(h, "已阅 立案 重点");
    /* A reason is asked for; one step back takes back both. */
    harness_keys(h, "x已列入规划<Enter>");
    assert_cursor_on(h, "不立案");
    harness_keys(h, "u");
    assert_cursor_on(h, "已阅 立案 重点");
    /* A merger with a proposal that asks for the same. */
    harness_keys(h, "=");
    assert_true(harness_expect(h, "关于支持家纺企业发展电商直播的建议"));
    for (int i = 0; i < 12 && strstr(cursor_row(h), "支持家纺企业") == NULL; i++)
        harness_keys(h, "j");
    harness_keys(h, "<Enter>");
    assert_true(harness_expect(h, "已记并案"));
    harness_keys(h, "<Backspace>");
    assert_cursor_on(h, "并案");
    /* All that is listed at once, and back. */
    harness_keys(h, "&<C-u>政协第十二届<Enter>B");
    assert_true(harness_expect(h, "下一个审阅键"));
    harness_keys(h, "T");
    assert_true(harness_expect(h, "待办"));
    harness_keys(h, "u");
    assert_false(harness_shows(h, "重点 待办"));
}

static void export_list(struct harness *h)
{
    char keys[600], path[500];
    struct stat st;
    snprintf(path, sizeof path, "%s/out.md", harness_home(h));
    snprintf(keys, sizeof keys, "&<C-u>直播基地<Enter>e<C-u>%s<Enter>", path);
    harness_keys(h, keys);
    assert_true(harness_expect(h, "已写入"));
    char *text = whole_file(path);
    assert_non_null(strstr(text, "请商务局先答复"));
    assert_non_null(strstr(text, "处理：并案"));
    assert_non_null(strstr(text, "统筹规划建设直播基地"));
    free(text);
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    snprintf(keys, sizeof keys, "e<C-u>%s<Enter>", path);
    harness_keys(h, keys);
    assert_true(harness_expect(h, "覆盖"));
    harness_keys(h, "n<Enter>");
    assert_true(harness_expect(h, "没有写"));
}

static void test_review_from_start_to_export(void **state)
{
    (void)state;
    char home[400];
    review_and_die(home, sizeof home);
    struct harness *h = start(home);
    finish_review(h);
    export_list(h);
    leave(h);
}

static void test_two_terminals(void **state)
{
    (void)state;
    struct harness *h = start(NULL);
    struct harness *other = harness_start(&(struct harness_options){
        .arguments = SAMPLES, .rows = 24, .columns = 110, .home = harness_home(h)});
    harness_keep_home(other);
    assert_true(harness_expect(other, "6提案"));
    harness_settle(other);
    harness_keys(h, "2");
    harness_keys(other, "2");
    assert_true(harness_expect(other, "已阅 0/6"));
    harness_keys(h, "<Space>");
    assert_true(harness_expect(other, "已阅 1/6"));
    harness_keys(other, "u");
    leave(other);
    leave(h);
}

/* One proposal in full: to a measure's sentence and back to its line, on to the next. */
/* By body, by session, by what they are about, by category, by mark, and as they were. */
/* A column is as wide as what stands in it: marks of two characters leave their place to the
 * titles, and no figure or period is cut. */
static void test_columns_fit_what_they_hold(void **state)
{
    (void)state;
    struct harness *h = start(NULL);
    harness_resize(h, 24, 80);
    harness_keys(h, "2");
    assert_true(harness_expect(h, "关于加快建设家纺直播基地推动家纺产业转型升级的提案"));
    harness_keys(h, "3");
    assert_true(harness_expect(h, "指标"));
    harness_settle(h);
    for (int row = 1; row < 20; row++)
        assert_null(strstr(harness_row(h, row), "亿…"));
    leave(h);
}

static void test_groups(void **state)
{
    (void)state;
    struct harness *h = start(NULL);
    harness_keys(h, "2gb");
    assert_true(harness_expect(h, "民建云泽市基层委  1"));
    harness_keys(h, "gb");
    assert_true(harness_expect(h, "政协第十二届云泽市委员会第四次会议  5"));
    harness_keys(h, "gb");
    assert_true(harness_expect(h, "产业经济  4"));
    assert_true(harness_shows(h, "文化旅游  1"));
    harness_keys(h, "gb");
    assert_true(harness_expect(h, "经济建设  1"));
    harness_keys(h, "gb");
    assert_true(harness_expect(h, "未阅  6"));
    harness_keys(h, "gb");
    assert_false(harness_shows(h, "未阅  6"));
    leave(h);
}

static void test_page_of_a_proposal(void **state)
{
    (void)state;
    struct harness *h = start(NULL);
    harness_keys(h, "2&直播基地<Enter><Enter>");
    assert_true(harness_expect(h, "届次"));
    assert_true(harness_expect(h, "陆承志"));
    for (int i = 0; i < 60 && strstr(cursor_row(h), "由市商务局牵头") == NULL; i++)
        harness_keys(h, "j");
    assert_cursor_on(h, "由市商务局牵头");
    harness_keys(h, "<Enter>");
    assert_true(harness_expect(h, "构建多层次人才培养体系"));
    harness_keys(h, "<Backspace>");
    assert_cursor_on(h, "由市商务局牵头");
    harness_keys(h, "za");
    assert_false(harness_shows(h, "由市商务局牵头"));
    harness_keys(h, "<Backspace>&<C-u><Enter>ggj<Enter>");
    char first[200];
    snprintf(first, sizeof first, "%s", harness_row(h, 1));
    harness_keys(h, "J");
    assert_string_not_equal(harness_row(h, 1), first);
    harness_keys(h, "K");
    assert_string_equal(harness_row(h, 1), first);
    leave(h);
}

static void test_editor_writes_the_note(void **state)
{
    (void)state;
    static const char *const ENVIRONMENT[] = {"EDITOR=tests/term/append", "VISUAL", NULL};
    struct harness *h = harness_start(&(struct harness_options){
        .arguments = SAMPLES, .environment = ENVIRONMENT, .rows = 24, .columns = 110});
    assert_true(harness_expect(h, "6提案"));
    harness_settle(h);
    harness_keys(h, "2E");
    assert_true(harness_expect(h, "批注：写自编辑器"));
    leave(h);
}

static void test_figures(void **state)
{
    (void)state;
    struct harness *h = start(NULL);
    harness_keys(h, "3&产值 >300亿元<Enter>");
    assert_true(harness_expect(h, "& 产值 >300亿元"));
    assert_false(harness_shows(h, "168.5亿元"));
    assert_true(harness_expect(h, "352.6亿元"));
    for (int i = 0; i < 40 && strstr(cursor_row(h), "352.6亿元") == NULL; i++)
        harness_keys(h, "j");
    harness_keys(h, "B");
    assert_true(harness_expect(h, "█"));
    harness_keys(h, "<Backspace>");
    assert_cursor_on(h, "352.6亿元");
    char keys[600], path[500];
    snprintf(path, sizeof path, "%s/figures.csv", harness_home(h));
    snprintf(keys, sizeof keys, "e<C-u>%s<Enter>", path);
    harness_keys(h, keys);
    assert_true(harness_expect(h, "已写入"));
    char *csv = whole_file(path);
    assert_non_null(strstr(csv, "352.6亿元"));
    assert_null(strstr(csv, "168.5亿元"));
    free(csv);
    harness_keys(h, keys);
    assert_true(harness_expect(h, "没有写"));
    harness_keys(h, "t");
    assert_true(harness_expect(h, "2023年"));
    assert_true(harness_expect(h, "—"));
    harness_keys(h, "ggB"); /* a line of the table without a figure */
    assert_true(harness_expect(h, "在这里不适用"));
    harness_keys(h, "<Backspace><Enter>");
    assert_true(harness_expect(h, "352.6亿元"));
    harness_keys(h, "<Backspace>");
    assert_cursor_on(h, "352.6亿元");
    leave(h);
}

/* A chain across the views, and all the way back. */
static void test_chain_across_views(void **state)
{
    (void)state;
    struct harness *h = start(NULL);
    harness_keys(h, "4&柳堰镇<Enter>");
    assert_cursor_on(h, "柳堰镇");
    harness_keys(h, "<Enter>");
    assert_true(harness_expect(h, "出处"));
    harness_keys(h, "jjjjj");
    char mention[400];
    snprintf(mention, sizeof mention, "%s", cursor_row(h));
    harness_keys(h, "<Enter>");
    assert_true(harness_expect(h, "柳堰"));
    harness_keys(h, "2j<Enter>");
    assert_true(harness_expect(h, "背景"));
    harness_keys(h, "5");
    harness_keys(h, "<Backspace><Backspace><Backspace><Backspace>");
    assert_string_equal(cursor_row(h), mention);
    harness_keys(h, "<Backspace>");
    assert_cursor_on(h, "柳堰镇");
    leave(h);
}

static void test_findings(void **state)
{
    (void)state;
    char home[400];
    struct harness *h = start(NULL);
    harness_keys(h, "5");
    assert_true(harness_expect(h, "算式"));
    assert_true(harness_expect(h, "对不上"));
    char first[300];
    snprintf(first, sizeof first, "%s", cursor_row(h));
    harness_keys(h, "u");
    assert_true(harness_expect(h, "没有可撤销的"));
    harness_keys(h, "x");
    assert_true(harness_expect(h, "不再提示"));
    /* Also once it is no longer listed. */
    harness_keys(h, "X");
    harness_keys(h, "X");
    harness_keys(h, "u");
    assert_true(harness_expect(h, "已撤销"));
    assert_string_equal(cursor_row(h), first);
    harness_keys(h, "x");
    assert_true(harness_expect(h, "不再提示"));
    snprintf(home, sizeof home, "%s", harness_home(h));
    harness_keep_home(h);
    leave(h);
    h = start(home);
    harness_keys(h, "5");
    assert_true(harness_expect(h, "不再提示 1"));
    assert_string_not_equal(cursor_row(h), first);
    leave(h);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_review_from_start_to_export),
        cmocka_unit_test(test_two_terminals),
        cmocka_unit_test(test_columns_fit_what_they_hold),
        cmocka_unit_test(test_groups),
        cmocka_unit_test(test_page_of_a_proposal),
        cmocka_unit_test(test_editor_writes_the_note),
        cmocka_unit_test(test_figures),
        cmocka_unit_test(test_chain_across_views),
        cmocka_unit_test(test_findings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
