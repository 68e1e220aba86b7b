/* Searching, going from place to place, and finding one's place again at the next start. */
#include "harness.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char *const SAMPLES[] = {"data/samples", NULL};

static struct harness *start(int rows, int columns, const char *const *arguments, const char *home)
{
    struct harness *h = harness_start(&(struct harness_options){
        .arguments = arguments, .rows = rows, .columns = columns, .home = home});
    assert_true(harness_expect(h, "1文档"));
    return h;
}

static struct harness *start_samples(int rows, int columns)
{
    struct harness *h = start(rows, columns, SAMPLES, NULL);
    assert_true(harness_expect(h, "云泽：绘就制造强市新图景"));
    return h;
}

static const char *cursor_row(struct harness *h)
{
    int row, column;
    harness_cursor(h, &row, &column);
    return harness_row(h, row);
}

static void leave(struct harness *h)
{
    harness_keys(h, "q");
    assert_int_equal(harness_wait(h), 0);
    harness_end(h);
}

static void test_search_by_pinyin(void **state)
{
    (void)state;
    struct harness *h = start_samples(24, 80);
    char row[4096];
    harness_keys(h, "j");
    snprintf(row, sizeof row, "%s", cursor_row(h));
    harness_keys(h, "/yunze");
    assert_true(harness_expect(h, "/yunze"));
    assert_true(harness_expect(h, "云泽"));
    harness_keys(h, "<Enter>");
    assert_non_null(strstr(cursor_row(h), "云泽"));
    harness_keys(h, "<Enter>");
    assert_non_null(strstr(cursor_row(h), "云泽"));
    harness_keys(h, "<Backspace><Backspace>");
    assert_string_equal(cursor_row(h), row);
    leave(h);
}

static void test_next_hit(void **state)
{
    (void)state;
    struct harness *h = start_samples(24, 80);
    char first[4096], second[4096];
    harness_keys(h, "/云泽湖<Enter><Enter>");
    snprintf(first, sizeof first, "%s", cursor_row(h));
    assert_non_null(strstr(first, "云泽湖"));
    harness_keys(h, "n");
    snprintf(second, sizeof second, "%s", cursor_row(h));
    assert_string_not_equal(second, first);
    assert_non_null(strstr(second, "云泽湖"));
    harness_keys(h, "N");
    assert_string_equal(cursor_row(h), first);
    leave(h);
}

static void test_next_hit_in_the_list(void **state)
{
    (void)state;
    struct harness *h = start_samples(24, 80);
    char row[4096];
    harness_keys(h, "/yunze<Enter>");
    assert_non_null(strstr(cursor_row(h), "云泽"));
    snprintf(row, sizeof row, "%s", cursor_row(h));
    harness_keys(h, "n");
    assert_string_not_equal(cursor_row(h), row);
    assert_non_null(strstr(cursor_row(h), "云泽"));
    assert_false(harness_shows(h, "找不到"));
    harness_keys(h, "N");
    assert_string_equal(cursor_row(h), row);
    leave(h);
}

/* `/` in a text looks in the text, with pinyin; Tab or a second / takes the words to the library.
 */
static void test_find_in_the_text(void **state)
{
    (void)state;
    struct harness *h = start_samples(24, 80);
    char row[4096];
    harness_keys(h, "/云泽湖<Enter><Enter>gg");
    snprintf(row, sizeof row, "%s", cursor_row(h));
    harness_keys(h, "/yunze");
    assert_true(harness_expect(h, "/yunze 1/"));
    assert_true(harness_expect(h, "Tab"));
    harness_keys(h, "<Enter>");
    assert_non_null(strstr(cursor_row(h), "云泽"));
    harness_keys(h, "n");
    assert_false(harness_shows(h, "/yunze 1/"));
    assert_non_null(strstr(cursor_row(h), "云泽"));
    harness_keys(h, "N");
    assert_true(harness_shows(h, "/yunze 1/"));
    harness_keys(h, "gg/yunze<Esc>");
    assert_string_equal(cursor_row(h), row);
    assert_false(harness_shows(h, "/yunze"));
    harness_keys(h, "/yunzehu<Tab>");
    assert_true(harness_expect(h, "云泽湖"));
    assert_true(harness_expect(h, "篇"));
    harness_keys(h, "<Esc>");
    assert_string_equal(cursor_row(h), row);
    harness_keys(h, "//");
    assert_true(harness_expect(h, "metric:"));
    harness_keys(h, "<Esc>");
    leave(h);
}

/* The list of documents follows a filter letter by letter, in Chinese or pinyin. */
static void test_documents_are_filtered(void **state)
{
    (void)state;
    struct harness *h = start_samples(36, 120);
    harness_keys(h, "&gongjiao");
    assert_true(harness_expect(h, "公交"));
    assert_false(harness_shows(h, "安陵县2024年政府工作报告"));
    harness_keys(h, "<C-u>gongbao");
    assert_true(harness_expect(h, "统计公报"));
    harness_keys(h, "<C-u>公报 -2023");
    assert_true(harness_expect(h, "0/0"));
    harness_keys(h, "<Esc>");
    assert_true(harness_expect(h, "1/13"));
    harness_keys(h, "lljzM");
    assert_true(harness_expect(h, "1/13"));
    leave(h);
}

/* Back from another view, the text stands with the list that it was opened from. */
static void test_list_behind_a_text(void **state)
{
    (void)state;
    struct harness *h = start_samples(36, 120);
    harness_keys(h, "<Enter>");
    harness_settle(h);
    char *screen = strdup(harness_screen(h));
    harness_keys(h, "4");
    assert_string_not_equal(harness_screen(h), screen);
    harness_keys(h, "<Backspace>");
    harness_settle(h);
    assert_string_equal(harness_screen(h), screen);
    free(screen);
    harness_keys(h, "gp");
    assert_true(harness_expect(h, "走过的地方"));
    assert_false(harness_shows(h, "-1 0"));
    harness_keys(h, "<Backspace>");
    leave(h);
}

static void test_search_given_up(void **state)
{
    (void)state;
    struct harness *h = start_samples(36, 120);
    char row[4096];
    harness_keys(h, "jj");
    snprintf(row, sizeof row, "%s", cursor_row(h));
    harness_keys(h, "/云泽<Esc>");
    assert_string_equal(cursor_row(h), row);
    leave(h);
}

static void test_committed_han_text_searches(void **state)
{
    (void)state;
    struct harness *h = start_samples(24, 80);
    harness_send(h, "云泽湖");
    assert_true(harness_expect(h, "/云泽湖"));
    harness_keys(h, "<Enter><Enter>");
    assert_non_null(strstr(cursor_row(h), "云泽湖"));
    harness_keys(h, "gg");
    leave(h);
}

static void test_a_wrong_query_says_so(void **state)
{
    (void)state;
    struct harness *h = start_samples(24, 80);
    harness_keys(h, "/date:nonsense");
    assert_true(harness_shows(h, "/date:nonsense"));
    harness_keys(h, "<C-u>云泽<Enter>");
    assert_true(harness_shows(h, "云泽"));
    leave(h);
}

static void test_tabs(void **state)
{
    (void)state;
    struct harness *h = start_samples(36, 120);
    char row[4096];
    harness_keys(h, "jjj");
    snprintf(row, sizeof row, "%s", cursor_row(h));
    harness_keys(h, "2345");
    assert_true(harness_shows(h, "5核对"));
    harness_keys(h, "<Backspace><Backspace><Backspace><Backspace>");
    assert_string_equal(cursor_row(h), row);
    harness_keys(h, "]]]]1");
    assert_string_equal(cursor_row(h), row);
    leave(h);
}

/* The row of the screen where the text below the list begins. */
static int rule_row(struct harness *h)
{
    int row = 1;
    while (row < 36 && strncmp(harness_row(h, row), "─ ", strlen("─ ")) != 0)
        row++;
    return row;
}

/* The text below becomes that of the row under the cursor, after a moment. */
static bool text_follows(struct harness *h)
{
    char list[4096], title[64];
    snprintf(list, sizeof list, "%s", cursor_row(h));
    const char *begin = strstr(list, "▸ ");
    assert_non_null(begin);
    snprintf(title, sizeof title, "%.24s", begin + strlen("▸ "));
    for (int wait = 0; wait < 20; wait++) {
        harness_settle(h);
        for (int row = rule_row(h); row < 33; row++)
            if (strstr(harness_row(h, row), title) != NULL)
                return true;
    }
    fprintf(stderr, "%s is not the title of\n%s", title, harness_screen(h));
    return false;
}

static void test_a_held_key_and_the_text_beside(void **state)
{
    (void)state;
    struct harness *h = start_samples(36, 120);
    harness_send(h, "jjjj");
    assert_true(text_follows(h));
    leave(h);
}

/* There the text below a list has no more lines than the line carries in a moment. */
static void test_a_held_key_on_a_slow_line(void **state)
{
    (void)state;
    struct harness *h = start_samples(36, 120);
    int rule = rule_row(h);
    harness_keys(h, ":set link 8000<Enter>");
    assert_true(rule_row(h) > rule);
    harness_send(h, "jjjj");
    assert_true(text_follows(h));
    harness_keys(h, "<Enter>");
    assert_true(rule_row(h) > rule);
    harness_keys(h, ":set link 0<Enter>");
    assert_int_equal(rule_row(h), rule);
    leave(h);
}

static void test_places(void **state)
{
    (void)state;
    struct harness *h = start_samples(24, 80);
    harness_keys(h, "j<Enter>jjjj");
    harness_keys(h, "gp");
    assert_true(harness_expect(h, "走过的地方"));
    harness_keys(h, "q");
    assert_false(harness_shows(h, "走过的地方"));
    leave(h);
}

static void test_the_place_is_kept(void **state)
{
    (void)state;
    char home[256], row[4096], back[4096];
    struct harness *h = start_samples(24, 80);
    harness_keys(h, "jj");
    snprintf(back, sizeof back, "%s", cursor_row(h));
    harness_keys(h, "<Enter><C-d>");
    for (int i = 0; i < 5 && *cursor_row(h) == '\0'; i++)
        harness_keys(h, "j");
    snprintf(row, sizeof row, "%s", cursor_row(h));
    snprintf(home, sizeof home, "%s", harness_home(h));
    harness_keep_home(h);
    leave(h);
    for (int i = 0; i < 2; i++) {
        h = start(24, 80, NULL, home);
        harness_settle(h);
        assert_string_equal(cursor_row(h), row);
        if (i == 0) {
            harness_keep_home(h);
            harness_signal(h, SIGTERM);
            assert_int_equal(harness_wait(h), 0);
            harness_end(h);
        }
    }
    harness_keys(h, "<Backspace>");
    assert_string_equal(cursor_row(h), back);
    harness_keys(h, "]");
    assert_string_equal(cursor_row(h), row);
    leave(h);
}

static void test_mouse(void **state)
{
    (void)state;
    struct harness *h = start_samples(36, 120);
    char row[4096];
    harness_send(h, "\033[<0;10;6M\033[<0;10;6m"); /* never asked for, and still understood */
    snprintf(row, sizeof row, "%s", harness_row(h, 5));
    assert_string_equal(cursor_row(h), row);
    harness_keys(h, "<C-t>");
    assert_true(harness_expect(h, "鼠标已开"));
    harness_send(h, "\033[<65;10;20M\033[<65;10;20M");
    harness_send(h, "\033[<0;10;1M");
    harness_keys(h, "<C-t>");
    assert_true(harness_shows(h, "鼠标已关"));
    leave(h);
}

static void test_link_letters(void **state)
{
    (void)state;
    struct harness *h = start_samples(36, 120);
    harness_keys(h, "<Enter>f");
    harness_keys(h, "<Esc>");
    harness_keys(h, "<Tab><Tab><S-Tab>");
    leave(h);
}

static void test_layouts(void **state)
{
    (void)state;
    struct harness *h = start_samples(36, 120);
    harness_keys(h, ":set layout side<Enter>");
    assert_true(harness_shows(h, "│"));
    harness_keys(h, "jjj<Enter>jj<Backspace>");
    harness_keys(h, ":set layout single<Enter>");
    assert_false(harness_shows(h, "│"));
    harness_keys(h, ":set layout auto<Enter>Z");
    harness_keys(h, "Z");
    harness_keys(h, ":set ambiguous substitute<Enter>");
    assert_false(harness_shows(h, "“"));
    harness_keys(h, ":set ambiguous narrow<Enter>");
    harness_keys(h, ":set theme mono<Enter>:set theme light<Enter>:set theme contrast<Enter>");
    harness_keys(h, ":set lang en<Enter>");
    assert_true(harness_shows(h, "1Docs"));
    leave(h);
}

static void test_first_start(void **state)
{
    (void)state;
    struct harness *h = start(24, 80, NULL, NULL);
    assert_true(harness_expect(h, "文库还是空的"));
    harness_keys(h, "j<Enter>2345n.?<Backspace>1/云泽<Enter><Enter>");
    leave(h);
    h = start(36, 120, NULL, NULL);
    assert_true(harness_expect(h, "文库还是空的"));
    const char *said = strstr(harness_screen(h), "文库还是空的");
    assert_null(strstr(said + 1, "文库还是空的")); /* not in the pane beside it too */
    leave(h);
}

/* The same program without cursor addressing. */
static void test_line_mode(void **state)
{
    (void)state;
    struct harness *h = harness_start(&(struct harness_options){
        .arguments = SAMPLES, .term = "dumb", .rows = 60, .columns = 100});
    assert_true(harness_expect(h, ">  1"));
    assert_true(harness_expect(h, "> "));
    harness_keys(h, "1<Enter>");
    assert_true(harness_expect(h, "云泽：绘就制造强市新图景 ("));
    harness_keys(h, "back<Enter>/yunze<Enter>");
    assert_true(harness_expect(h, "/yunze"));
    harness_keys(h, ".<Enter>nonsense<Enter>");
    assert_true(harness_expect(h, "没有命令 nonsense"));
    harness_keys(h, "|wc -l<Enter>!echo 'from a' shell<Enter>zoom<Enter>");
    assert_true(harness_expect(h, "from a shell"));
    assert_true(harness_expect(h, "zoom 只用于屏幕"));
    harness_keys(h, "proposals<Enter>&直播基地<Enter>");
    assert_true(harness_expect(h, "提案人 陆承志"));
    harness_keys(h, "y<Enter>");
    assert_true(harness_expect(h, "未阅    第017号"));
    harness_keys(h, "indicators<Enter>&规上电机储能企业 产值<Enter>chart<Enter>");
    assert_true(harness_expect(h, "2022年 3"));
    assert_false(harness_shows(h, "█"));
    size_t n;
    const char *bytes = harness_output(h, &n);
    for (size_t i = 0; i < n; i++)
        assert_true(bytes[i] != '\033');
    harness_keys(h, "q<Enter>");
    assert_int_equal(harness_wait(h), 0);
    harness_end(h);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_search_by_pinyin),
        cmocka_unit_test(test_next_hit),
        cmocka_unit_test(test_next_hit_in_the_list),
        cmocka_unit_test(test_find_in_the_text),
        cmocka_unit_test(test_documents_are_filtered),
        cmocka_unit_test(test_list_behind_a_text),
        cmocka_unit_test(test_search_given_up),
        cmocka_unit_test(test_committed_han_text_searches),
        cmocka_unit_test(test_a_wrong_query_says_so),
        cmocka_unit_test(test_tabs),
        cmocka_unit_test(test_a_held_key_and_the_text_beside),
        cmocka_unit_test(test_a_held_key_on_a_slow_line),
        cmocka_unit_test(test_places),
        cmocka_unit_test(test_the_place_is_kept),
        cmocka_unit_test(test_mouse),
        cmocka_unit_test(test_link_letters),
        cmocka_unit_test(test_layouts),
        cmocka_unit_test(test_first_start),
        cmocka_unit_test(test_line_mode),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
