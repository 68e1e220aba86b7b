/* Indicators out of sentences: the files of tests/vectors/indicators hold them with what they say.
 *
 *     = DATE SENTENCE          a paragraph of an article of that year, month or day (0: not known)
 *     text kind metric | subject | period flags
 *
 * `-` stands for what is not said; flags are `target` and `#` for a findings line that follows. */
#include "baolan/audit.h"
#include "baolan/buffer.h"
#include "baolan/files.h"
#include "baolan/parse.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static struct arena *arena;
static struct lexicons *lexicons;

static struct document *read(struct str sentence, struct date date)
{
    struct document *d = arena_new_of(arena, struct document);
    struct article *article = arena_new_of(arena, struct article);
    struct paragraph *paragraph = arena_new_of(arena, struct paragraph);
    struct parse_options o = {.lexicons = lexicons};
    *paragraph = (struct paragraph){.prose = {.text = sentence}, .heading = NONE};
    *article = (struct article){.paragraphs = paragraph,
                                .n_paragraphs = 1,
                                .year = date.year,
                                .date = date,
                                .box_of = NONE};
    *d = (struct document){.arena = arena, .articles = article, .n_articles = 1};
    parse_indicators(d, &o);
    parse_audit(d, &o);
    return d;
}

static struct str or_dash(struct str s)
{
    return s.n > 0 ? s : STR("-");
}

static struct str told(const struct document *d)
{
    struct buffer b = buffer_in(arena);
    for (uint32_t k = 0; k < d->n_indicators; k++) {
        const struct indicator *i = &d->indicators[k];
        struct str metric = or_dash(i->metric), subject = or_dash(i->subject);
        struct str period = or_dash(i->period), value = decimal_str(arena, i->value);
        buffer_printf(&b, "%.*s %.*s %s %.*s | %.*s | %.*s%s\n", STR_ARG(i->text), STR_ARG(value),
                      indicator_kind_name(i->kind), STR_ARG(metric), STR_ARG(subject),
                      STR_ARG(period), i->target ? " target" : "");
    }
    for (uint32_t k = 0; k < d->n_findings; k++) {
        const struct finding *f = &d->findings[k];
        buffer_printf(&b, "# %s %.*s\n", finding_kind_name(f->kind), STR_ARG(f->formula));
    }
    return buffer_str(&b);
}

/* 2024, 2024-03, 2024-03-01 */
static struct date date_of(struct str words)
{
    int year = 0, month = 0, day = 0;
    sscanf(str_dup_c(arena, words), "%d-%d-%d", &year, &month, &day);
    return (struct date){(int16_t)year, (uint8_t)month, (uint8_t)day};
}

/* Compares one block: its head line and the lines after it. */
static size_t check_block(struct str head, struct str want)
{
    struct str rest = str_trim(str_sub(head, 1, head.n));
    struct str date = str_split(&rest, ' ');
    struct str got = told(read(str_trim(rest), date_of(date)));
    if (str_eq(str_trim(got), str_trim(want)))
        return 0;
    print_error("%.*s\nwanted:\n%.*s\ngot:\n%.*s\n", STR_ARG(rest), STR_ARG(want), STR_ARG(got));
    return 1;
}

static void check_file(const char *path)
{
    struct str text, head = {0}, want = {0};
    struct error e = ERROR_NONE;
    size_t failed = 0, blocks = 0;
    assert_int_equal(file_read(arena, path, &text, NULL, &e), STATUS_OK);
    while (text.p != NULL) {
        struct str line = str_split(&text, '\n');
        bool begins = str_starts(line, STR("= "));
        if ((begins || text.p == NULL) && head.n > 0) {
            failed += check_block(head, want);
            blocks++;
        }
        if (begins) {
            head = line;
            want = (struct str){line.p + line.n + 1, 0};
        } else if (head.n > 0) {
            want.n = (size_t)(line.p + line.n - want.p);
        }
    }
    assert_true(blocks > 0);
    assert_int_equal(failed, 0);
}

static void test_vectors(void **state)
{
    (void)state;
    check_file("tests/vectors/indicators/sentences.txt");
    check_file("tests/vectors/indicators/forms.txt");
    check_file("tests/vectors/indicators/days.txt");
    check_file("tests/vectors/indicators/measured.txt");
    check_file("tests/vectors/indicators/nouns.txt");
    check_file("tests/vectors/indicators/times.txt");
    check_file("tests/vectors/indicators/targets.txt");
    check_file("tests/vectors/indicators/subjects.txt");
}

/* What people and programs may add: a unit that is in no file of the program. */
static void test_any_bytes(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",
        "，",
        "占",
        "1",
        "亿",
        "百分之",
        "第",
        "\xE4\xB8",
        "1\xE4",
        "亿元亿元亿元",
        "3-",
        "3-5",
        "从2016到",
        "截至",
        "占比；占比；占比",
        "“1",
        "《2",
        "）3）",
        "分别分别1、2、3",
        "增长增长增长1%",
        "同比、、、和2%",
        "9999999999999999999999亿元",
        "-.5%",
        "1/0",
        "0分之0",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        told(read(str_of(texts[i]), (struct date){.year = 2023}));
}

static struct rounded of(double value, double step)
{
    return (struct rounded){value, step};
}

static void test_arithmetic(void **state)
{
    (void)state;
    struct rounded parts[] = {of(140.7, .05), of(42, .5), of(31.9, .05)};
    assert_true(check_sum(parts, 3, of(214.7, .05)).fits);
    assert_false(check_sum(parts, 3, of(216, .05)).fits);
    assert_false(check_share(of(140.7, .05), of(386.5, .05), of(36.3, .05)).fits);
    assert_true(check_share(of(140.7, .05), of(386.5, .05), of(36.4, .05)).fits);
    assert_true(check_growth(of(13.73, .005), of(5.4, .05), of(154, .5)).fits);
    assert_true(check_same(of(50, .5), of(50.4, .05)).fits);
    assert_false(check_same(of(130, .5), of(113, .5)).fits);
    assert_true(check_share(of(1, 0), of(0, 0), of(5, 0)).fits);
}

/* Where figures hold, on a page that says whose it is. */
static void test_regions(void **state)
{
    (void)state;
    static const struct {
        const char *text, *region;
    } cases[] = {
        {"55.1亿元", "青溪县"},                         /* nobody named: the page's own */
        {"55.2亿元", "青溪县"},                         /* 全县 */
        {"5.3%", "全国"},       {"5.4%", ""},           /* 全省: which is not said */
        {"55.5亿元", "青溪县"},                         /* a class of things */
        {"55.6亿元", ""},                               /* a body with a name */
        {"55.7亿元", "白石镇"}, {"55.8亿元", "江苏省"}, /* a place is its own region */
        {"55.9亿元", "白石镇"},                         /* 该镇: the one named last */
    };
    struct str page =
        STR("青溪县经济运行\n\n"
            "2023年，实现地区生产总值55.1亿元。全县一般公共预算收入55.2亿元。\n"
            "全国居民消费价格上涨5.3%。全省规上工业增加值增长5.4%。\n"
            "规上工业实现产值55.5亿元。青溪县人民医院实现产值55.6亿元。\n"
            "白石镇实现工业总产值55.7亿元。该镇工业投资达55.9亿元。江苏省实现工业总产值55.8亿元。\n"
            "青溪县人民政府表示，青溪县将继续努力，我县发展向好。\n");
    struct parse_options o = {.lexicons = lexicons, .depth = PARSE_FACTS};
    struct error e = ERROR_NONE;
    struct document *d;
    assert_int_equal(document_parse(arena, page, &o, &d, &e), STATUS_OK);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct indicator *found = NULL;
        for (uint32_t k = 0; k < d->n_indicators; k++)
            if (str_eq(d->indicators[k].text, str_of(cases[i].text)))
                found = &d->indicators[k];
        assert_non_null(found);
        if (!str_eq(found->region, str_of(cases[i].region)))
            fail_msg("%s: %.*s, not %s", cases[i].text, STR_ARG(found->region), cases[i].region);
    }
    assert_true(indicator_is_of_region(STR(""), STR("")));
    assert_true(indicator_is_of_region(STR("全县"), STR("青溪县")));
    assert_true(indicator_is_of_region(STR("青溪"), STR("青溪县")));
    assert_false(indicator_is_of_region(STR("全市"), STR("青溪县")));
    assert_false(indicator_is_of_region(STR("规上工业"), STR("青溪县")));
    assert_false(indicator_is_of_region(STR("全县"), STR("")));
}

static int setup(void **state)
{
    (void)state;
    struct error e = ERROR_NONE;
    arena = arena_new();
    return arena != NULL && lexicons_load(arena, NULL, &lexicons, NULL, NULL, &e) == STATUS_OK ? 0
                                                                                               : -1;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static const struct indicator *found(const struct document *d, const char *text)
{
    for (uint32_t i = 0; i < d->n_indicators; i++)
        if (str_eq(d->indicators[i].text, str_of(text)))
            return &d->indicators[i];
    fail_msg("%s is not found", text);
    return NULL;
}

/* What a report set beside the year before in one paragraph dates what it sets so in the next;
 * what is compared with nothing has no time but its own. */
static void test_time_of_report(void **state)
{
    (void)state;
    static const struct {
        const char *text, *period;
    } cases[] = {
        {"55.1亿元", "2025Q1"}, {"5.1%", "2025Q1"},  {"55.2亿元", "2025Q1"}, {"5.2%", "2025Q1"},
        {"55.3亿元", ""},       {"5.4%", "2025-03"}, {"55.5亿元", "2025Q1"}, {"5.5%", "2025Q1"},
    };
    struct str page = STR("青溪县经济平稳开局\n\n"
                          "　　2025年一季度，全县实现地区生产总值55.1亿元，同比增长5.1%。\n"
                          "　　工业用电量明显回升，工业产值55.2亿元，同比增长5.2%。\n"
                          "　　青溪港码头工程总投资55.3亿元，正在建设之中。\n"
                          "　　3月当月，全县用电量同比增长5.4%，升势不减。\n"
                          "　　全县实现税收55.5亿元，增长5.5%，收入质量稳步提高。\n");
    struct parse_options o = {.lexicons = lexicons, .depth = PARSE_FACTS};
    struct error e = ERROR_NONE;
    struct document *d;
    assert_int_equal(document_parse(arena, page, &o, &d, &e), STATUS_OK);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct str period = found(d, cases[i].text)->period;
        if (!str_eq(period, str_of(cases[i].period)))
            fail_msg("%s: %.*s, not %s", cases[i].text, STR_ARG(period), cases[i].period);
    }
}

/* Which time holds for a figure, and whether it is planned: each page's last figure is asked for.
 */
static void test_time_at_hand(void **state)
{
    (void)state;
    static const struct {
        const char *page, *text, *period;
        bool target;
    } cases[] = {
        /* News of a day tells of the days that it names. */
        {"　　10月8日，县文旅局发布数据，2024年10月1日至7日，接待游客98.6万人次；实现收入6."
         "1亿元。\n",
         "6.1亿元", "2024-10-01/2024-10-07", false},
        /* What is made known of a time, and the occasion that a sentence before opened with. */
        {"　　日前，开发区公布2024年上半年招商成绩单：新签约项目18个。\n", "18个", "2024H1", false},
        {"　　2024年2月28日，园区举行集中开工活动。此次开工的项目共16个。\n", "16个", "2024-02-28",
         false},
        /* 全年 is of the year said last. */
        {"　　2024年，全区产值增长5%。\n　　去年，区里坚持改善民生，全年民生支出61.3亿元。\n"
         "　　今年，全区支出8亿元。\n",
         "61.3亿元", "2024", false},
        /* A count at the year's end dates counts only; with 截至 it dates what is told beside it.
         */
        {"　　2023年末企业286家，净增19家。规模以上工业增加值增长7.7%。\n", "7.7%", "2023", false},
        {"　　2023年末企业286家，净增19家。其中规上企业12家。\n", "12家", "2023-12", false},
        {"　　截至2023年底，全市企业56家、产值351.2亿元。其中大企业产值201.6亿元。\n", "201.6亿元",
         "2023-12", false},
        /* Who was asked answers as of the survey; what a visit saw has no such time. */
        {"　　2024年3月，调查队开展问卷调查，回收问卷1138份。\n　　受访者中，男性612人。\n",
         "612人", "2024-03", false},
        {"　　2023年9月至10月，调研组走访老人163户。\n　　全县建成敬老院14所。\n", "14所", "",
         false},
        {"　　2024年，公司产值5亿元。过去，一根毛竹只卖10元。\n", "10元", "", false},
        /* What a sentence plans for a year its parts go on with; a figure in front of the plan not.
         */
        {"　　2024年预计全年生产总值增长6%；固定资产投资增长7%。\n", "7%", "2024", true},
        {"　　2024年，新签约项目22个，计划总投资128亿元；工业增加值同比增长9.3%。\n", "9.3%",
         "2024", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct str page = str_printf(arena, "青溪县新闻\n\n%s", cases[i].page);
        struct parse_options o = {.lexicons = lexicons, .depth = PARSE_FACTS};
        struct error e = ERROR_NONE;
        struct document *d;
        assert_int_equal(document_parse(arena, page, &o, &d, &e), STATUS_OK);
        const struct indicator *one = found(d, cases[i].text);
        if (!str_eq(one->period, str_of(cases[i].period)) || one->target != cases[i].target)
            fail_msg("%s: %.*s%s", cases[i].page, STR_ARG(one->period),
                     one->target ? ", planned" : "");
    }
}

/* A figure of a page, with its period and whether it is planned. */
struct timed {
    const char *text, *period;
    bool target;
};

static void check_times(struct str page, const struct timed *cases, size_t n)
{
    struct parse_options o = {.lexicons = lexicons, .depth = PARSE_FACTS};
    struct error e = ERROR_NONE;
    struct document *d;
    assert_int_equal(document_parse(arena, page, &o, &d, &e), STATUS_OK);
    for (size_t i = 0; i < n; i++) {
        const struct indicator *one = found(d, cases[i].text);
        if (!str_eq(one->period, str_of(cases[i].period)) || one->target != cases[i].target)
            fail_msg("%s: %.*s%s", cases[i].text, STR_ARG(one->period),
                     one->target ? ", planned" : "");
    }
}

/* A report's review of a year that still runs is no plan; below the five years a paragraph may turn
 * to the last of them, and what grew on the average did so in all. */
static void test_time_of_work_report(void **state)
{
    (void)state;
    static const struct timed cases[] = {
        {"51.1%", "2021/2025", false}, {"52.2%", "2025", false}, {"53.3%", "2021/2025", false},
        {"54家", "2025", false},       {"55.5%", "2026", true},
    };
    struct str page = STR("政府工作报告\n——2025年12月26日在青溪县人民代表大会上\n\n"
                          "一、2025年和“十四五”时期工作回顾\n"
                          "　　“十四五”时期是极不平凡的五年。工业投资增长51.1%。\n"
                          "　　刚刚过去的2025年，面对困难，我们全力以赴。工业用电量增长52.2%。\n"
                          "　　经济实力跃升。生产总值年均增长53.3%。\n"
                          "　　过去一年，新增企业54家。\n"
                          "二、2026年目标任务\n"
                          "　　明年主要预期目标是：生产总值增长55.5%。\n");
    check_times(page, cases, sizeof cases / sizeof *cases);
}

/* 五年来 may open a sentence of a paragraph without a figure; what is told of one year in passing,
 * or of a programme with a year in its name, leaves the time at hand. */
static void test_years_of_work_report(void **state)
{
    (void)state;
    static const struct timed cases[] = {
        {"51.1%", "2025", false},       {"52个", "2021/2025", false},
        {"53.3%", "2025", false},       {"54个", "2025", false},
        {"55家", "2021/2025", false},   {"56亿元", "2025", false},
        {"57亿元", "2021/2025", false}, {"58%", "2021/2025", false},
        {"59所", "2021/2025", false},   {"61个百分点", "2023/2025", false},
        {"62万头", "2025", false},      {"63个", "2025", false},
        {"64件", "2025", false},        {"65个", "2021/2025", false},
    };
    struct str page =
        STR("2026年青溪县政府工作报告\n——2026年1月20日在青溪县人民代表大会上\n\n"
            "一、2025年及“十四五”时期工作回顾\n"
            "　　2025年是很不平凡的一年。工业投资增长51.1%。\n"
            "　　2025年是“十四五”收官之年。五年来，我们奋发进取，实现良好开局。\n"
            "　　——基础设施实现新跃升。通用机场增加52个。\n"
            "　　——综合实力实现新跃升。经济总量增长，2025年比2020年增加53.3%，结构优化。"
            "重点湖泊新增65个。\n"
            "　　一年来，新建项目54个。\n"
            "　　——这五年，创新动能更加强劲。实验室达到55家。工业产值从2020年的"
            "36亿元提高到2025年的56亿元。农业产值增加57亿元。总量增长58%。\n"
            "　　过去的五年极不平凡，全县新建学校59所。\n"
            "　　一年来，农田建成面积占比提高，近3年提升61个百分点。生猪加工量突破62万头。"
            "“2030启航计划”启动实施，新建平台63个。办结人大代表议案建议64件。\n"
            "二、2026年目标任务\n");
    check_times(page, cases, sizeof cases / sizeof *cases);
}

/* Words of planning are nouns in what a report says of the years behind it; what it plans is of the
 * years of its section, whatever else a sentence names. */
static void test_plans_of_work_report(void **state)
{
    (void)state;
    static const struct timed cases[] = {
        {"51亿元", "2025", false},  {"52%", "2025", false},      {"53件", "2025", false},
        {"54个", "2025", false},    {"55%", "2021/2025", false}, {"56万户", "2025", false},
        {"57%", "2026/2030", true}, {"58个", "2026", true},      {"59万千瓦", "2026", true},
        {"61%", "2021/2025", true}, {"62家", "2026/2030", true},
    };
    struct str page =
        STR("2026年青溪县政府工作报告\n——2026年1月20日在青溪县人民代表大会上\n\n"
            "一、2025年工作回顾\n"
            "　　一年来，争取“两重”资金51亿元。推进参保计划，参保率稳定在52%。办理代表建议53件。\n"
            "　　纳入重大工程的5个计划新开工项目全部开工，新建学校54个。年末失业率从上半年5.5%降到"
            "5.3%。惠及家庭56万户。\n"
            "二、“十四五”时期发展成就和“十五五”时期主要目标\n"
            "　　“十四五”以来，面对困难，生产总值年均增长55%。研发投入预计年均增长61%。\n"
            "　　我们编制了“十五五”规划纲要，提交大会审查。综合考虑，生产总值年均增长57%。\n"
            "　　今后五年，我们要统筹两个大局，培育龙头企业62家。\n"
            "三、2026年重点工作\n"
            "　　加快建设“十四五”批复的58个基地，确保新增装机59万千瓦。\n");
    check_times(page, cases, sizeof cases / sizeof *cases);
}

/* A part of a year that is over tells in which year a piece was written. */
static void test_year_of_part(void **state)
{
    (void)state;
    static const struct {
        const char *page;
        int year;
    } cases[] = {
        {"2024年一季度全区经济运行情况\n\n　　今年以来，全区经济平稳开局。\n", 2024},
        {"青溪老街换新颜\n\n　　截至2025年3月底，老街引进商户163家。\n"
         "　　今年一季度，老街接待游客41.8万人次。\n",
         2025},
        {"青溪老街换新颜\n\n　　截至2025年3月底，老街引进商户163家。\n"
         "　　今年以来，老街开展活动41次。\n",
         0},
        {"青溪老街换新颜\n\n　　2022年6月，老街启动更新。去年，老街接待游客41.8万人次。\n", 0},
        /* The conference of the day is on the part of the year that it names. */
        {"青溪经济稳中有进\n\n　　本报讯 7月23日，记者从2024年上半年青溪县经济运行情况发布会上"
         "获悉，上半年全县实现地区生产总值186.4亿元，同比增长6.3%。\n",
         2024},
        {"青溪消费回暖\n\n　　本报讯 10月8日，县文旅局发布数据，2024年10月1日至7日，全县接待游客"
         "98.6万人次。全县计划到2025年底新增民宿10家。\n",
         2024},
        /* A day behind 本报讯, whatever is planned for later years. */
        {"青溪新材料项目投产\n\n　　本报讯（记者 柳一）2025年1月8日，总投资36亿元的项目投产。"
         "到2027年，产值力争突破500亿元。\n",
         2025},
        /* A year told of with its growth is the one that is called 去年; one of an event is not. */
        {"青溪出口增长\n\n　　据海关统计，2024年，全县进出口总值386.9亿元，比上年增长9.4%。\n"
         "　　去年，民营企业进出口298.3亿元。\n",
         2025},
        {"青溪出口增长\n\n　　2024年，全县进出口总值386.9亿元，比去年增长9.4%。\n", 0},
        {"矿坑变景区\n\n　　2019年，镇里引入公司，共建矿谷。\n　　去年接待游客41.6万人次。\n", 0},
        {"牡蛎壳里有产业\n\n　　2022年，公司投资1.2亿元建成项目。去年公司销售收入8600万元。\n", 0},
        {"竹子撑起产业\n\n　　2023年，全镇竹产业产值达5."
         "4亿元。\n　　2024年，该镇计划引进企业3家。\n",
         2024},
        {"一季度开门红\n\n　　今年一季度，全市生产总值增长6.2%，比2023年全年快0.4个百分点。\n",
         2024},
        {"新居民问卷\n\n　　2024年3月，调查队开展问卷调查，发放问卷1200份。\n"
         "　　愿意长住的占87.9%，较2022年提高6.4个百分点。\n",
         2024},
        {"民生账单\n\n　　2024年新年伊始，处处是热潮。过去的2023年，全镇产值286.4亿元。\n", 2024},
        {"专精特新观察\n\n　　2023年9月的江城，江风送爽。去年，企业投资8600万元。\n", 2023},
        /* What is told of a later year is not from before it. */
        {"青溪老街\n\n　　2022年，老街营业额达3000万元。2024年5月，二期开街。\n　　今年，客流大增。"
         "\n",
         0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct parse_options o = {.lexicons = lexicons, .depth = PARSE_FACTS};
        struct error e = ERROR_NONE;
        struct document *d;
        assert_int_equal(document_parse(arena, str_of(cases[i].page), &o, &d, &e), STATUS_OK);
        assert_true(d->n_articles > 0);
        if (d->articles[0].year != cases[i].year)
            fail_msg("%s: %d, not %d", cases[i].page, d->articles[0].year, cases[i].year);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_vectors),
        cmocka_unit_test(test_any_bytes),
        cmocka_unit_test(test_arithmetic),
        cmocka_unit_test(test_regions),
        cmocka_unit_test(test_time_of_report),
        cmocka_unit_test(test_year_of_part),
        cmocka_unit_test(test_time_at_hand),
        cmocka_unit_test(test_time_of_work_report),
        cmocka_unit_test(test_years_of_work_report),
        cmocka_unit_test(test_plans_of_work_report),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
