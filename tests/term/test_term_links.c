/* Links that are no names: continued pieces, series, pages that are pointed to, proposals; and a
 * chain of jumps across the views, all the way back. */
#include "harness.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/* Two pages of one issue. */
static const char FIRST[] =
    "云泽日报   2024年4月9日 星期二   第1版 要闻\n\n"
    "“稳”住基本盘 跑出开门红\n\n——云泽经济“首季报”①\n\n■记者 江一苇\n\n"
    "本报讯 一季度，云泽市规上工业产值达到123.4亿元，同比增长8.1%。"
    "云泽市禾木智能装备有限公司的订单排到了年底，全文见第2版。\n\n"
    "“我们今年要再招200人。”云泽市禾木智能装备有限公司总经理岳知秋说。（下转第2版）\n";
static const char SECOND[] = "云泽日报   2024年4月9日 星期二   第2版 综合\n\n"
                             "“新”业态释放活力\n\n——云泽经济“首季报”②\n\n■记者 江一苇\n\n"
                             "本报讯 一季度，云泽市社会消费品零售总额达到56.7亿元，同比增长6.2%。"
                             "禾木智能在云泽湖畔建起了展厅。\n";

static void put(const char *folder, const char *name, const char *text)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    assert_int_equal(fwrite(text, 1, strlen(text), f), strlen(text));
    assert_int_equal(fclose(f), 0);
}

struct pages {
    char folder[64];
};

static struct harness *start_pages(struct pages *pages, int rows, int columns)
{
    snprintf(pages->folder, sizeof pages->folder, "/tmp/baolan-links-XXXXXX");
    assert_non_null(mkdtemp(pages->folder));
    put(pages->folder, "a01.txt", FIRST);
    put(pages->folder, "a02.txt", SECOND);
    const char *arguments[] = {pages->folder, NULL};
    struct harness *h = harness_start(
        &(struct harness_options){.arguments = arguments, .rows = rows, .columns = columns});
    assert_true(harness_expect(h, "跑出开门红"));
    return h;
}

static void leave(struct harness *h)
{
    harness_keys(h, "q");
    assert_int_equal(harness_wait(h), 0);
    harness_end(h);
}

static void leave_pages(struct harness *h, const struct pages *pages)
{
    char path[128];
    leave(h);
    snprintf(path, sizeof path, "%s/a01.txt", pages->folder);
    unlink(path);
    snprintf(path, sizeof path, "%s/a02.txt", pages->folder);
    unlink(path);
    rmdir(pages->folder);
}

static const char *cursor_row(struct harness *h)
{
    int row, column;
    harness_cursor(h, &row, &column);
    return harness_row(h, row);
}

/* A piece of a series leads to the others, and back to the very line. */
static void test_series(void **state)
{
    (void)state;
    struct pages pages;
    struct harness *h = start_pages(&pages, 24, 80);
    char row[4096];
    harness_keys(h, "/开门红<Enter><Enter>");
    assert_true(harness_expect(h, "系列 2"));
    harness_keys(h, "G<S-Tab>");
    snprintf(row, sizeof row, "%s", cursor_row(h));
    while (strstr(cursor_row(h), "系列 2") == NULL)
        harness_keys(h, "<S-Tab>");
    snprintf(row, sizeof row, "%s", cursor_row(h));
    harness_keys(h, "<Enter>");
    assert_true(harness_expect(h, "社会消费品零售总额"));
    harness_keys(h, "<Backspace>");
    assert_string_equal(cursor_row(h), row);
    leave_pages(h, &pages);
}

/* The page that the text points to is a link in the text. */
static void test_page(void **state)
{
    (void)state;
    struct pages pages;
    struct harness *h = start_pages(&pages, 24, 80);
    harness_keys(h, "/开门红<Enter><Enter>");
    assert_true(harness_expect(h, "另见 第2版"));
    harness_keys(h, "gg");
    for (int i = 0; i < 40 && strstr(cursor_row(h), "另见") == NULL; i++)
        harness_keys(h, "<Tab>");
    assert_non_null(strstr(cursor_row(h), "另见"));
    harness_keys(h, "<Enter>");
    assert_true(harness_expect(h, "社会消费品零售总额"));
    leave_pages(h, &pages);
}

/* L lists the links of the article; each leads on. */
static void test_list(void **state)
{
    (void)state;
    struct pages pages;
    struct harness *h = start_pages(&pages, 36, 120);
    harness_keys(h, "/开门红<Enter><Enter>L");
    assert_true(harness_expect(h, "云泽市禾木智能装备有限公司"));
    assert_true(harness_shows(h, "系列 2"));
    assert_true(harness_shows(h, "123.4亿元"));
    harness_keys(h, "<C-s>岳知秋<Enter><Enter>");
    assert_true(harness_expect(h, "我们今年要再招200人"));
    harness_keys(h, "<Backspace>");
    assert_non_null(strstr(cursor_row(h), "岳知秋"));
    leave_pages(h, &pages);
}

/* A proposal leads to the reports on the same things, and says what both speak of. */
static void test_reports(void **state)
{
    (void)state;
    const char *arguments[] = {"data/samples", NULL};
    struct harness *h = harness_start(
        &(struct harness_options){.arguments = arguments, .rows = 36, .columns = 120});
    assert_true(harness_expect(h, "云泽：绘就制造强市新图景"));
    harness_keys(h, "2jL");
    assert_true(harness_expect(h, "本文提案"));
    assert_true(harness_shows(h, "相关报道"));
    assert_true(harness_shows(h, "都讲到"));
    leave(h);
}

/* Eight jumps, across text, list of links, names, figures, proposals and checks, and back: each
 * step back shows the very screen that the jump left. */
static void test_chain(void **state)
{
    (void)state;
    static const char *const JUMPS[] = {"<Enter>",    "4", "<Enter>", "jjjjj<Enter>", "L",
                                        "jjj<Enter>", "3", "<Enter>", "<Enter>"};
    enum { JUMPS_N = sizeof JUMPS / sizeof *JUMPS };
    const char *arguments[] = {"data/samples", NULL};
    char *left[JUMPS_N];
    struct harness *h =
        harness_start(&(struct harness_options){.arguments = arguments, .rows = 24, .columns = 80});
    assert_true(harness_expect(h, "云泽：绘就制造强市新图景"));
    harness_keys(h, "jj");
    for (int i = 0; i < JUMPS_N; i++) {
        /* Moves within the view come first; what is left is kept, then Enter or the key jumps. */
        const char *jump = JUMPS[i];
        char moves[16] = "";
        size_t n = strspn(jump, "j");
        memcpy(moves, jump, n);
        harness_keys(h, moves);
        harness_settle(h);
        left[i] = strdup(harness_screen(h));
        harness_keys(h, jump + n);
        harness_settle(h);
        assert_string_not_equal(harness_screen(h), left[i]);
    }
    for (int i = JUMPS_N; i-- > 0;) {
        harness_keys(h, "<Backspace>");
        harness_settle(h);
        if (strcmp(harness_screen(h), left[i]) != 0) {
            print_message("back from jump %d: %s", i, left[i]);
            assert_string_equal(harness_screen(h), left[i]);
        }
        free(left[i]);
    }
    leave(h);
}

/* Enter on a figure opens its card, what `baolan ask` prints: value, period, place, sentence,
 * file and line; Enter there goes to the sentence in its page; back comes to the row. */
static void test_card(void **state)
{
    (void)state;
    struct pages pages;
    struct harness *h = start_pages(&pages, 24, 80);
    char row[4096];
    harness_keys(h, "3&56.7亿元<Enter>");
    /* Beside the list the figure is marked in its sentence, and nothing else is. */
    harness_resize(h, 36, 120);
    assert_true(harness_expect(h, "湖畔建起了展厅"));
    assert_int_equal(harness_background_changes(h, harness_find(h, "56.7亿元，")), 2);
    harness_resize(h, 24, 80);
    snprintf(row, sizeof row, "%s", cursor_row(h));
    assert_non_null(strstr(row, "56.7亿元"));
    harness_keys(h, "<Enter>");
    assert_true(harness_expect(h, "a02.txt:9"));
    assert_true(harness_shows(h, "社会消费品零售总额"));
    assert_true(harness_shows(h, "一季度"));
    assert_true(harness_shows(h, "同比增长6.2%"));
    assert_false(harness_shows(h, "湖畔建起了展厅"));
    harness_keys(h, "<Enter>");
    assert_true(harness_expect(h, "湖畔建起了展厅"));
    assert_non_null(strstr(cursor_row(h), "56.7亿元"));
    harness_keys(h, "<Backspace><Backspace>");
    assert_string_equal(cursor_row(h), row);
    harness_keys(h, "i");
    assert_true(harness_expect(h, "湖畔建起了展厅"));
    assert_non_null(strstr(cursor_row(h), "56.7亿元"));
    harness_keys(h, "<Backspace><Enter>");
    assert_true(harness_expect(h, "a02.txt:9"));
    harness_resize(h, 24, 40); /* file and line are whole however narrow it is */
    assert_true(harness_expect(h, "a02.txt:9"));
    leave(h);
}

/* m and ' with a letter, and '' to and fro. */
static void test_bookmarks(void **state)
{
    (void)state;
    struct pages pages;
    struct harness *h = start_pages(&pages, 24, 80);
    char row[4096];
    harness_keys(h, "/开门红<Enter><Enter>");
    assert_true(harness_expect(h, "另见 第2版"));
    harness_keys(h, "G");
    for (int i = 0; i < 20 && strstr(cursor_row(h), "岳知秋") == NULL; i++)
        harness_keys(h, "k");
    assert_non_null(strstr(cursor_row(h), "岳知秋"));
    snprintf(row, sizeof row, "%s", cursor_row(h));
    harness_keys(h, "ma");
    assert_true(harness_shows(h, "书签 a"));
    harness_keys(h, "4");
    assert_false(harness_shows(h, row));
    harness_keys(h, "'a");
    assert_string_equal(cursor_row(h), row);
    harness_keys(h, "''");
    assert_false(harness_shows(h, row));
    harness_keys(h, "''");
    assert_string_equal(cursor_row(h), row);
    harness_keys(h, "gp");
    assert_true(harness_expect(h, "' a"));
    harness_keys(h, "gg<Enter>");
    assert_string_equal(cursor_row(h), row);
    leave_pages(h, &pages);
}

/* Two names are made one, and two again; one is hidden, and shown again. */
static void test_names_put_right(void **state)
{
    (void)state;
    struct pages pages;
    struct harness *h = start_pages(&pages, 24, 80);
    harness_keys(h, "4&岳知秋<Enter>M");
    assert_true(harness_shows(h, "就是"));
    harness_keys(h, "&<C-u>云泽市<Enter>M");
    assert_true(harness_expect(h, "岳知秋 就是 云泽市"));
    harness_keys(h, "<Enter>");
    assert_true(harness_expect(h, "又作  岳知秋"));
    harness_keys(h, "u");
    assert_true(harness_expect(h, "已撤回：岳知秋 就是 云泽市"));
    assert_false(harness_shows(h, "又作  岳知秋"));
    harness_keys(h, "<Backspace>d");
    assert_true(harness_expect(h, "云泽市 不是名称"));
    harness_keys(h, "X");
    assert_true(harness_expect(h, "1/1"));
    harness_keys(h, "dX");
    assert_true(harness_expect(h, "云泽市"));
    leave_pages(h, &pages);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_series),    cmocka_unit_test(test_page),
        cmocka_unit_test(test_list),      cmocka_unit_test(test_reports),
        cmocka_unit_test(test_chain),     cmocka_unit_test(test_card),
        cmocka_unit_test(test_bookmarks), cmocka_unit_test(test_names_put_right),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
