/* Reading proposals, from articles made by hand. */
#include "articles.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static struct document *read(const char *text)
{
    return articles_read(text, parse_proposals);
}

static void equal(struct str got, const char *want)
{
    char *text = str_dup_c(arena, got);
    assert_string_equal(text, want);
}

static void suggestion(const struct proposal *p, uint32_t i, const char *ordinal, const char *title,
                       const char *text)
{
    assert_true(i < p->n_suggestions);
    equal(p->suggestions[i].ordinal, ordinal);
    equal(p->suggestions[i].title, title);
    equal(p->suggestions[i].text, text);
}

static void test_speech(void **state)
{
    (void)state;
    struct document *d = read("# 让老街重新热闹起来\n"
                              "@ ● 纪星河委员代表民建松浦市委、市政协第二界别组（科技）发言\n"
                              "老街游客少，店铺冷清，为此，建议：\n"
                              "一是修缮街面，留住烟火气。分段修缮。“先易后难。”再做招商。\n"
                              "二是办好集市：每月一集。引入手艺人；\n");
    assert_int_equal(d->n_proposals, 1);
    const struct proposal *p = &d->proposals[0];
    equal(p->title, "让老街重新热闹起来");
    assert_int_equal(p->n_speakers, 1);
    equal(p->speakers[0], "纪星河");
    assert_int_equal(p->n_bodies, 2);
    equal(p->bodies[0], "民建松浦市委");
    equal(p->bodies[1], "市政协第二界别组（科技）");
    equal(p->background, "老街游客少，店铺冷清");
    assert_int_equal(p->n_suggestions, 2);
    suggestion(p, 0, "一是", "修缮街面，留住烟火气", "分段修缮。“先易后难。”再做招商。");
    assert_int_equal(p->suggestions[0].n_measures, 2);
    suggestion(p, 1, "二是", "办好集市", "每月一集。引入手艺人");
    struct place m = p->suggestions[0].measures[0];
    equal(str_sub(document_prose(d, m)->text, m.start, m.end), "分段修缮。");
}

static void test_speech_without_clause(void **state)
{
    (void)state;
    struct document *d = read("# 管好一江水\n"
                              "@ 石铭委员发言\n"
                              "江水变清了，建议用三年时间建成美丽河道。\n"
                              "一、截住污水。建管网。\n"
                              "二、护好岸线。种树。\n");
    const struct proposal *p = &d->proposals[0];
    equal(p->background, "江水变清了，建议用三年时间建成美丽河道。");
    assert_int_equal(p->n_bodies, 0);
    suggestion(p, 1, "二、", "护好岸线", "种树。");
}

static void test_form(void **state)
{
    (void)state;
    struct document *d = read("# 政协第八届松浦市委员会第二次会议提案\n"
                              "案    号：第031号　界 别：教育\n"
                              "案由：关于增加课后托管的提案\n"
                              "提 案 人：纪星河、石 铭\n"
                              "主办单位：市教育局（主办）\n"
                              "会办单位：市财政局、市人社局\n"
                              "提交日期：2021年2月3日\n"
                              "理由：\n"
                              "放学太早。存在两个问题：\n"
                              "（一）没人接。家长在上班。\n"
                              "（二）没处去。对此，建议如下：\n"
                              "建议：\n"
                              "- 一、延长时间\n"
                              "延长到六点。\n"
                              "1.分批放学。\n"
                              "2.轮流值班。\n"
                              "= 二、增加补助\n"
                              "每人每天二十元。\n");
    assert_int_equal(d->n_proposals, 1);
    const struct proposal *p = &d->proposals[0];
    equal(p->number, "第031号");
    equal(p->title, "关于增加课后托管的提案");
    equal(p->session, "政协第八届松浦市委员会第二次会议");
    assert_int_equal(p->year, 2021);
    assert_int_equal(p->n_speakers, 2);
    equal(p->speakers[1], "石铭");
    equal(p->bodies[0], "教育");
    assert_int_equal(p->n_handlers, 3);
    equal(p->handlers[0], "市教育局");
    equal(p->background, "放学太早。存在两个问题：\n（一）没人接。家长在上班。\n（二）没处去。");
    assert_int_equal(p->n_suggestions, 2);
    suggestion(p, 0, "一、", "延长时间", "延长到六点。\n1.分批放学。\n2.轮流值班。");
    assert_int_equal(p->suggestions[0].n_measures, 3);
    suggestion(p, 1, "二、", "增加补助", "每人每天二十元。");
}

static void test_tables(void **state)
{
    (void)state;
    struct document *d = read("# 提案登记表\n"
                              "| 案号 | 12 | 界别 | 农业 |\n"
                              "| --- | --- | --- | --- |\n"
                              "| 案由 | 关于疏浚河道的建议 | 提案人 | 石铭 |\n"
                              "| 建议 | ①清淤。先上游。②护岸。 | |\n");
    assert_int_equal(d->n_proposals, 1);
    equal(d->proposals[0].title, "关于疏浚河道的建议");
    equal(d->proposals[0].speakers[0], "石铭");
    suggestion(&d->proposals[0], 0, "①", "清淤", "先上游。");
    suggestion(&d->proposals[0], 1, "②", "护岸", "");
    d = read("# 提案一览\n"
             "| 案号 | 案由 | 提案人 | 承办单位 |\n"
             "|---|---|---|---|\n"
             "| 1 | 关于修路的提案 | 石铭 | 市交通局 |\n"
             "| 2 | 关于建桥的提案 | 民盟松浦市委 | 市交通局 |\n");
    assert_int_equal(d->n_proposals, 2);
    equal(d->proposals[1].title, "关于建桥的提案");
    equal(d->proposals[1].bodies[0], "民盟松浦市委");
}

/* Rows over several lines, and a list of people that goes on in lines of its own. */
static void test_lines(void **state)
{
    (void)state;
    struct document *d = read("# 提案目录\n"
                              "编号    提案题目            提案人      承办单位\n"
                              "  关于推广中医适宜\n"
                              "7                         石铭、      市卫健委\n"
                              "  技术的提案              江寄舟\n"
                              "8  关于修缮老桥的提案       石铭        市住建局\n");
    assert_int_equal(d->n_proposals, 2);
    equal(d->proposals[0].title, "关于推广中医适宜技术的提案");
    assert_int_equal(d->proposals[0].n_speakers, 2);
    equal(d->proposals[0].handlers[0], "市卫健委");
    equal(d->proposals[1].title, "关于修缮老桥的提案");
    d = read(
        "# 关于支持首店的提案\n"
        "@ 第一提案人：石铭\n"
        "@ 附议人：毕扬、贝满、\n"
        "@ 郁青    乐忧\n"
        "@ （共4人）\n"
        "@ 承办单位：市商务局（主办）、市城管局（会办）\n"
        "首店不多，而且大都开在同一个商圈里，市民往来不便。建议：一、出台办法。二、搭建平台。\n");
    assert_int_equal(d->n_proposals, 1);
    assert_int_equal(d->proposals[0].n_joint, 4);
    equal(d->proposals[0].joint[3], "乐忧");
    assert_int_equal(d->proposals[0].n_handlers, 2);
    assert_int_equal(d->proposals[0].n_suggestions, 2);
    suggestion(&d->proposals[0], 1, "二、", "搭建平台", "");
}

/* Who else deals with a proposal, and what a reply's mark tells. */
static void test_letter(void **state)
{
    (void)state;
    struct document *d =
        read("# 松浦市住建局对市政协八届二次会议第9号提案的答复\n"
             "@ 松建函〔2024〕5号    B类\n"
             "石铭委员：\n"
             "您提出的《关于加装电梯的提案》收悉。经商市财政局、市资规局，现答复如下：\n"
             "= 三、下一步建议\n"
             "简化审批。\n");
    assert_int_equal(d->n_proposals, 1);
    equal(d->proposals[0].status, "正在办理");
    assert_int_equal(d->proposals[0].n_handlers, 3);
    equal(d->proposals[0].handlers[2], "市资规局");
    assert_int_equal(d->proposals[0].n_suggestions, 0);
}

static void test_reply(void **state)
{
    (void)state;
    struct document *d = read("# 松浦市水利局关于市政协八届二次会议第7号提案的答复\n"
                              "石铭委员：\n"
                              "您提出的《关于疏浚河道的建议》收悉，现答复如下：\n"
                              "上游清淤已完成。\n");
    assert_int_equal(d->n_proposals, 1);
    const struct proposal *p = &d->proposals[0];
    equal(p->title, "关于疏浚河道的建议");
    equal(p->number, "第7号");
    equal(p->speakers[0], "石铭");
    equal(p->handlers[0], "松浦市水利局");
    equal(p->status, "已办理");
    assert_true(p->reply.n > 0);
}

static void test_news(void **state)
{
    (void)state;
    struct document *d =
        read("# 委员热议民生\n"
             "政协会议昨天继续举行。市政协委员石铭认为，停车太难。他建议，一是多建车库；"
             "二是错时开放。纪星河委员建议，给社区配书房。让孩子有书看。\n"
             "会议还有别的议程。\n");
    assert_int_equal(d->n_proposals, 2);
    equal(d->proposals[0].speakers[0], "石铭");
    equal(d->proposals[0].background, "市政协委员石铭认为，停车太难。");
    suggestion(&d->proposals[0], 0, "一是", "多建车库", "");
    suggestion(&d->proposals[0], 1, "二是", "错时开放", "");
    equal(d->proposals[1].speakers[0], "纪星河");
    suggestion(&d->proposals[1], 0, "", "给社区配书房", "让孩子有书看。");
    d = read("# 政协委员建言\n"
             "= 桥要修\n"
             "“桥窄。”委员石铭走访发现，桥也旧。\n"
             "石铭委员建议，一是加宽。加到十米。二是加固。\n");
    assert_int_equal(d->n_proposals, 1);
    equal(d->proposals[0].title, "桥要修");
    equal(d->proposals[0].background, "“桥窄。”委员石铭走访发现，桥也旧。");
    suggestion(&d->proposals[0], 0, "一是", "加宽", "加到十米。");
}

static void test_nothing(void **state)
{
    (void)state;
    struct document *d = read("# 工作研究\n"
                              "委员会昨天开会。会议：讨论。\n"
                              "= 三、对策建议\n"
                              "（一）加强领导。要开会。\n");
    assert_int_equal(d->n_proposals, 0);
    d = read("# 政协提案\n");
    assert_int_equal(d->n_proposals, 0);
}

/* Offices before the name, two members together, and lines of NAME：words. */
static void test_members_of_a_story(void **state)
{
    (void)state;
    struct document *d =
        read("# 委员们带着提案来\n"
             "参加政协会议的委员陆续报到。\n"
             "全国政协委员、松浦市政协原秘书长石铭海与全国政协委员、松浦市政协原主席冯远桥将提交"
             "一份联名提案，建议在个人信息保护方面完善法规。\n"
             "全国政协委员、松浦市工商联副主席、某集团有限公司董事长沈雨则指出，专项资金被取消，"
             "效果无法取代，建议能继续保留。\n"
             "全国政协委员 胡青禾：建议在教育上也结对帮扶。\n");
    assert_int_equal(d->n_proposals, 3);
    assert_int_equal(d->proposals[0].n_speakers, 2);
    equal(d->proposals[0].speakers[0], "石铭海");
    equal(d->proposals[0].speakers[1], "冯远桥");
    suggestion(&d->proposals[0], 0, "", "在个人信息保护方面完善法规", "");
    equal(d->proposals[1].speakers[0], "沈雨");
    suggestion(&d->proposals[1], 0, "", "能继续保留", "");
    equal(d->proposals[2].speakers[0], "胡青禾");
    suggestion(&d->proposals[2], 0, "", "在教育上也结对帮扶", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_members_of_a_story),
        cmocka_unit_test(test_speech),
        cmocka_unit_test(test_speech_without_clause),
        cmocka_unit_test(test_form),
        cmocka_unit_test(test_tables),
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_letter),
        cmocka_unit_test(test_reply),
        cmocka_unit_test(test_news),
        cmocka_unit_test(test_nothing),
    };
    return cmocka_run_group_tests(tests, articles_set_up, articles_tear_down);
}
