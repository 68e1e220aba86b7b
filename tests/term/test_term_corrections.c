/* What was read wrong is put right with keys, each kind of thing, and is found in place after the
 * files moved and changed and were imported anew. */
#include "../remove.h"
#include "harness.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#define PAGE                                                                                                                     \
    "云泽日报\n2023-08-17 A06\n\n## 海边的镇上办起了新厂\n\n■记者 王小明\n\n"                               \
    "2022年，全镇96家企业实现产值312.4亿元，同比增长12.6%。云泽市经信局说，项目还在增加。\n\n" \
    "居民们说，这里变了样子，路宽了，灯亮了。孩子们放学以后在广场上玩。\n\n"                    \
    "一、下一步打算\n\n明年要把老街修好，把码头扩建，让更多的人来。总投资8.5亿元。\n"

#define PROPOSAL                                                                                                                   \
    "政协第十二届云泽市委员会第三次会议\n第042号提案\n\n"                                                     \
    "案由：关于支持家纺企业发展电商直播的建议\n提案人：姜晚舟\n承办单位：市商务局\n\n"         \
    "理由：近年来，直播电商成为家纺产品销售的重要渠道，但中小企业普遍不会播、播不好。\n\n" \
    "办法：\n①建设公共直播间。在柳堰镇家纺市场设置公共直播间，供中小企业免费使用。\n"       \
    "②开展主播培训。将电商直播列入职业技能培训目录，每年培训不少于500人次。\n"                  \
    "③组织产销对接。邀请电商平台、头部机构到云泽开展选品对接活动。\n"

struct ground {
    char pages[64], home[512];
    const char *arguments[2];
};

static const char *path_of(struct ground *g, const char *name)
{
    static char path[160];
    snprintf(path, sizeof path, "%s/%s", g->pages, name);
    return path;
}

static void write_page(struct ground *g, const char *name, const char *text)
{
    FILE *f = fopen(path_of(g, name), "w");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
}

static int set_up(void **state)
{
    struct ground *g = calloc(1, sizeof *g);
    snprintf(g->pages, sizeof g->pages, "/tmp/baolan-corrections-XXXXXX");
    assert_non_null(mkdtemp(g->pages));
    g->arguments[0] = g->pages;
    write_page(g, "a.txt", PAGE);
    write_page(g, "b.txt", PROPOSAL);
    *state = g;
    return 0;
}

static int tear_down(void **state)
{
    struct ground *g = *state;
    remove_below(g->pages);
    if (g->home[0] != '\0')
        remove_below(g->home);
    free(g);
    return 0;
}

static struct harness *start(struct ground *g)
{
    struct harness *h =
        harness_start(&(struct harness_options){.arguments = g->arguments,
                                                .rows = 24,
                                                .columns = 100,
                                                .home = g->home[0] == '\0' ? NULL : g->home});
    assert_true(harness_expect(h, "2篇"));
    harness_settle(h);
    return h;
}

/* Ends the program; the next one has the same home. */
static void leave(struct ground *g, struct harness *h)
{
    snprintf(g->home, sizeof g->home, "%s", harness_home(h));
    harness_keep_home(h);
    harness_keys(h, "<Esc>1q");
    assert_int_equal(harness_wait(h), 0);
    harness_end(h);
}

static void expect(struct harness *h, const char *text)
{
    if (!harness_expect(h, text))
        fail_msg("no \"%s\" on:\n%s", text, harness_screen(h));
}

static void expect_not(struct harness *h, const char *text)
{
    if (harness_shows(h, text))
        fail_msg("\"%s\" on:\n%s", text, harness_screen(h));
}

/* Keys of a correction, and what is then said or seen. */
static void put_right(struct harness *h, const char *keys, const char *seen)
{
    harness_keys(h, keys);
    expect(h, seen);
}

/* The other files that the same pages came to stand in, with more text before and behind. */
static void move_and_change(struct ground *g)
{
    char old[160];
    static const char *const NAMES[] = {"a.txt", "b.txt"};
    for (size_t i = 0; i < 2; i++) {
        snprintf(old, sizeof old, "%s", path_of(g, NAMES[i]));
        assert_int_equal(unlink(old), 0);
    }
    write_page(g, "moved-a.txt", PAGE "\n又过了一年，码头修好了，船也来了。\n");
    write_page(g, "moved-b.txt", PROPOSAL "\n（本提案由市商务局答复）\n");
}

static void test_articles(void **state)
{
    struct ground *g = *state;
    struct harness *h = start(g);
    harness_keys(h, "<Enter>");
    expect(h, "海边的镇上办起了新厂");
    put_right(h, "c1<C-u>镇上办起了新工厂<Enter>", "改 镇上办起了新工厂");
    put_right(h, "c2<C-u>记者 李小红<Enter>", "改 记者 李小红");
    put_right(h, "c3<C-u>2024-02-03<Enter>", "日期：2024-02-03（原读：2023-08-17）");
    put_right(h, "c4<C-u>青屿县<Enter>", "地方：青屿县");
    put_right(h, "w", "原读：海边的镇上办起了新厂");
    put_right(h, "d1", "标题：—");
    expect(h, "改 记者 李小红");
    put_right(h, "u", "改 镇上办起了新工厂");
    leave(g, h);
    move_and_change(g);
    h = start(g);
    expect(h, "镇上办起了新工厂");
    expect(h, "2024年2月3日");
    harness_keys(h, "gg<Enter>");
    expect(h, "改 镇上办起了新工厂");
    expect(h, "改 记者 李小红");
    expect(h, "船也来了");
    leave(g, h);
}

static void test_breaks(void **state)
{
    struct ground *g = *state;
    struct harness *h = start(g);
    harness_keys(h, "<Enter>)))");
    put_right(h, "c1", "与上段相连");
    expect(h, "在增加。居民们说");
    harness_keys(h, "gg)))");
    put_right(h, "d", "不是小标题");
    harness_keys(h, "gg))))");
    put_right(h, "c2<C-u>总投资<Enter>", "在此断开");
    leave(g, h);
    move_and_change(g);
    h = start(g);
    harness_keys(h, "gg<Enter>");
    expect(h, "船也来了");
    expect(h, "在增加。居民们说");
    expect(h, "改 总投资8.5亿元");
    harness_keys(h, "t");
    expect_not(h, "▸一、下一步打算");
    leave(g, h);
}

static void test_figures(void **state)
{
    struct ground *g = *state;
    struct harness *h = start(g);
    harness_keys(h, "3&312<Enter>");
    expect(h, "312.4亿元");
    put_right(h, "c3<C-u>规上企业<Enter>", "对象：规上企业");
    put_right(h, "c2<C-u>总产值<Enter>", "改 总产值");
    put_right(h, "c4<C-u>2021年上半年<Enter>", "2021年上半年");
    put_right(h, "c61", "种类：数值");
    put_right(h, "c91", "目标：目标");
    harness_keys(h, "&<C-u>8.5<Enter>");
    put_right(h, "c1<C-u>85亿元<Enter>", "数值：85亿元（原读：8.5亿元）");
    harness_keys(h, "&<C-u>500<Enter>");
    put_right(h, "d", "不作数：“500人次”");
    leave(g, h);
    move_and_change(g);
    h = start(g);
    harness_keys(h, "3&<C-u><Enter>gg");
    expect(h, "改 总产值");
    expect(h, "规上企业");
    expect(h, "2021年上半年");
    expect(h, "85亿元");
    expect_not(h, "500人次");
    leave(g, h);
}

/* Goes down to the row that has the text. */
static void go_to(struct harness *h, const char *text)
{
    int row, column;
    for (int i = 0; i < 40; i++) {
        harness_cursor(h, &row, &column);
        if (strstr(harness_row(h, row), text) != NULL)
            return;
        harness_keys(h, "j");
    }
    fail_msg("no row \"%s\" on:\n%s", text, harness_screen(h));
}

static void test_proposals_and_suggestions(void **state)
{
    struct ground *g = *state;
    struct harness *h = start(g);
    harness_keys(h, "2");
    expect(h, "第042号");
    put_right(h, "a", "立案");
    put_right(h, "c1<C-u>关于帮助家纺企业的建议<Enter>", "改 关于帮助家纺企业的建议");
    put_right(h, "c2<C-u>姜晚舟、林小河<Enter>", "林小河");
    harness_keys(h, "<Enter>");
    go_to(h, "建设公共直播间");
    put_right(h, "c<C-u>建好直播间<Enter>", "① 建好直播间");
    go_to(h, "开展主播培训");
    put_right(h, "d", "不作数：“开展主播培训”");
    expect(h, "建议 2");
    leave(g, h);
    move_and_change(g);
    h = start(g);
    harness_keys(h, "2");
    expect(h, "改 关于帮助家纺企业的建议");
    expect(h, "立案");
    harness_keys(h, "<Enter>");
    expect(h, "林小河");
    expect(h, "① 建好直播间");
    expect(h, "建议 2");
    expect_not(h, "开展主播培训");
    leave(g, h);
}

/* The link of the figures and names of the first paragraph that a name is. */
static void focus_name(struct harness *h)
{
    harness_keys(h, "gg<Enter>");
    for (int i = 0; i < 12; i++) {
        harness_keys(h, "<Tab>c");
        if (harness_shows(h, "1 名称"))
            return;
        harness_keys(h, "<Esc>");
    }
    fail_msg("no name on:\n%s", harness_screen(h));
}

static void test_names(void **state)
{
    struct ground *g = *state;
    struct harness *h = start(g);
    focus_name(h);
    harness_keys(h, "1");
    expect(h, "名称：");
    put_right(h, "<C-u>经信局<Enter>", "名称：经信局");
    leave(g, h);
    move_and_change(g);
    h = start(g);
    harness_keys(h, "4");
    expect(h, "经信局");
    expect_not(h, "云泽市经信局");
    leave(g, h);
}

static void test_the_list_and_undo(void **state)
{
    struct ground *g = *state;
    struct harness *h = start(g);
    harness_keys(h, "<Enter>");
    put_right(h, "c1<C-u>镇上办起了新工厂<Enter>", "改 镇上办起了新工厂");
    put_right(h, "c4<C-u>青屿县<Enter>", "地方：青屿县");
    harness_keys(h, ":corrections<Enter>");
    expect(h, "改正 2 处");
    expect(h, "标题：镇上办起了新工厂");
    harness_keys(h, "j<Enter>");
    expect(h, "孩子们放学");
    harness_keys(h, "<Backspace>");
    expect(h, "改正 2 处");
    put_right(h, "d", "已撤回");
    expect(h, "改正 1 处");
    put_right(h, "u", "已撤回：地方：青屿县");
    expect(h, "改正 0 处");
    harness_keys(h, "1<Enter>");
    expect(h, "海边的镇上办起了新厂");
    leave(g, h);
}

/* Where the cursor stands on a line that is a date, that is what is put right. */
static void test_a_date_line(void **state)
{
    struct ground *g = *state;
    write_page(g, "a.txt",
               "关于海边各镇变化的通告\n\n云泽市统计局\n（2024年3月8日）\n\n"
               "2023年，全市生产总值682.4亿元，增长6.8%。各镇的路都修好了，灯也亮了。\n");
    struct harness *h = start(g);
    harness_keys(h, "<Enter>");
    expect(h, "（2024年3月8日）");
    harness_keys(h, "gg");
    go_to(h, "（2024年3月8日）");
    put_right(h, "c<C-u>2024-03-09<Enter>", "日期：2024-03-09");
    expect(h, "2024年3月9日");
    leave(g, h);
}

/* Two people with one review file: what one puts right, the other sees. */
static void test_others_see_it(void **state)
{
    struct ground *g = *state;
    char review[160];
    snprintf(review, sizeof review, "%s/review.db", g->pages);
    const char *arguments[] = {"--notes", review, "--author", "小王", g->pages, NULL};
    struct harness_options o = {.arguments = arguments, .rows = 24, .columns = 100};
    struct harness *one = harness_start(&o);
    arguments[3] = "小李";
    struct harness *two = harness_start(&o);
    expect(one, "2篇");
    expect(two, "2篇");
    harness_keys(two, "<Enter>");
    expect(two, "海边的镇上办起了新厂");
    harness_keys(one, "<Enter>");
    put_right(one, "c1<C-u>镇上办起了新工厂<Enter>", "改 镇上办起了新工厂");
    expect(two, "改 镇上办起了新工厂");
    put_right(one, "u", "海边的镇上办起了新厂");
    expect(two, "海边的镇上办起了新厂");
    harness_keys(one, "1q");
    harness_keys(two, "1q");
    assert_int_equal(harness_wait(one), 0);
    assert_int_equal(harness_wait(two), 0);
    harness_end(one);
    harness_end(two);
}

/* What its words are gone of is kept and told. */
static void test_lost_corrections_are_told(void **state)
{
    struct ground *g = *state;
    struct harness *h = start(g);
    harness_keys(h, "<Enter>");
    put_right(h, "c1<C-u>镇上办起了新工厂<Enter>", "改 镇上办起了新工厂");
    leave(g, h);
    write_page(g, "a.txt", "## 别的事\n\n今天没有数字可说，只有风和海，天晴。\n");
    h = start(g);
    harness_keys(h, "gw");
    expect(h, "未找到");
    expect(h, "1 处在本文库中找不到");
    leave(g, h);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_articles, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_breaks, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_figures, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_proposals_and_suggestions, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_names, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_the_list_and_undo, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_date_line, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_others_see_it, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_lost_corrections_are_told, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
