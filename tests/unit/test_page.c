/* The printed page back: vectors show how pages read (a page in, its articles out), and what must
 * hold of any page, whole or damaged. */
#include "baolan/files.h"
#include "baolan/parse.h"
#include "baolan/parse_stages.h"
#include "parse/page.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static const char folder[] = "tests/vectors/pages";

static struct lexicons *lexicons;
static struct arena *lexicon_arena;

static struct document *read_bytes(struct arena *a, struct str bytes)
{
    struct parse_options options = {.lexicons = lexicons, .depth = PARSE_PAGE};
    struct error e = ERROR_NONE;
    struct document *d = NULL;
    assert_int_equal(document_parse(a, bytes, &options, &d, &e), STATUS_OK);
    return d;
}

static struct document *read_page(struct arena *a, const char *text)
{
    return read_bytes(a, str_of(text));
}

static void assert_str(struct str got, const char *want)
{
    if (!str_eq(got, str_of(want)))
        fail_msg("\"%.*s\", expected \"%s\"", STR_ARG(got), want);
}

static struct str file_text(struct arena *a, const char *name, const char *ending)
{
    struct error e = ERROR_NONE;
    struct str path = str_printf(a, "%s/%s%s", folder, name, ending), text = {NULL, 0};
    if (file_read(a, path.p, &text, NULL, &e) != STATUS_OK)
        fail_msg("%s", e.message);
    return text;
}

static struct str articles_of(struct arena *a, struct document *d)
{
    struct parse_options options = {.lexicons = lexicons, .depth = PARSE_PAGE};
    struct buffer out = buffer_in(a);
    parse_write_stage(d, &options, STAGE_ARTICLES, &out);
    return buffer_str(&out);
}

/* Calls visit(name without ending) for each vector. */
static void each_vector(void (*visit)(struct arena *a, const char *name))
{
    DIR *d = opendir(folder);
    assert_non_null(d);
    unsigned n = 0;
    for (struct dirent *entry = readdir(d); entry != NULL; entry = readdir(d)) {
        struct str name = str_of(entry->d_name);
        if (!str_ends(name, STR(".in")))
            continue;
        struct arena *a = arena_new();
        visit(a, str_dup_c(a, str_sub(name, 0, name.n - 3)));
        arena_free(a);
        n++;
    }
    closedir(d);
    assert_true(n >= 7);
}

static void compare_vector(struct arena *a, const char *name)
{
    struct document *d = read_bytes(a, file_text(a, name, ".in"));
    struct str want = file_text(a, name, ".out"), got = articles_of(a, d);
    if (!str_eq(want, got))
        fail_msg("%s reads as\n%.*s", name, STR_ARG(got));
}

static void vectors_read_as_shown(void **state)
{
    (void)state;
    each_vector(compare_vector);
}

static uint32_t random_state = 7;

static uint32_t random_below(uint32_t n)
{
    random_state = random_state * 1664525u + 1013904223u;
    return (random_state >> 8) % n;
}

/* Lines dropped, doubled, cut and put out of order. */
static struct str damaged(struct arena *a, struct str text)
{
    struct buffer b = buffer_in(a);
    for (struct str rest = text; rest.p != NULL;) {
        struct str line = str_split(&rest, '\n');
        uint32_t what = random_below(12);
        if (what == 0)
            continue;
        if (what == 1)
            buffer_add(&b, line);
        if (what == 2)
            line = str_sub(line, random_below((uint32_t)line.n + 1), line.n);
        if (what == 3)
            buffer_add_c(&b, "      ");
        buffer_add(&b, line);
        buffer_add_byte(&b, what == 4 ? '\f' : '\n');
    }
    return buffer_str(&b);
}

static void check_vector(struct arena *a, const char *name)
{
    struct str text = file_text(a, name, ".in");
    for (int n = 0; n < 30; n++) {
        struct error e = ERROR_NONE;
        struct document *d = read_bytes(a, n == 0 ? text : damaged(a, text));
        if (!document_check(d, &e))
            fail_msg("%s, damage %d: %s", name, n, e.message);
    }
}

static void nothing_is_lost(void **state)
{
    (void)state;
    each_vector(check_vector);
}

static void check_tells_what_is_lost(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct error e = ERROR_NONE;
    struct document *d = read_page(a, "一个标题\n\n本报讯 昨天下雨了。\n");
    assert_true(document_check(d, &e));
    struct article *article = (struct article *)d->articles;
    struct prose title = article->title;
    article->title = (struct prose){0};
    assert_false(document_check(d, &e));
    assert_non_null(strstr(e.message, "line 1"));
    e = ERROR_NONE;
    article->title = article->kicker = title;
    assert_false(document_check(d, &e));
    assert_non_null(strstr(e.message, "two places"));
    arena_free(a);
}

static void ordinals_are_read(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum ordinal_kind kind;
        unsigned value;
    } rows[] = {
        {"一、综合", ORDINAL_HAN, 1},
        {"十二、附则", ORDINAL_HAN, 12},
        {"（三）做法", ORDINAL_HAN_PAREN, 3},
        {"( 二 ) 做法", ORDINAL_HAN_PAREN, 2},
        {"1.目标", ORDINAL_ARABIC, 1},
        {"12、目标", ORDINAL_ARABIC, 12},
        {"(4)目标", ORDINAL_ARABIC_PAREN, 4},
        {"③目标", ORDINAL_CIRCLED, 3},
        {"第二章 总则", ORDINAL_CHAPTER, 2},
        {"第一部分", ORDINAL_PART, 1},
        {"第三节 其他", ORDINAL_CLAUSE, 3},
        {"## 标题", ORDINAL_MARKDOWN, 2},
        {"一是加快", ORDINAL_LEAD, 1},
        {"第一，加快", ORDINAL_LEAD, 1},
        {"一、二线城市", ORDINAL_NONE, 0},
        {"1.5亿元", ORDINAL_NONE, 0},
        {"2023年", ORDINAL_NONE, 0},
        {"三产融合", ORDINAL_NONE, 0},
        {"（二〇二三年）", ORDINAL_NONE, 0},
        {"第一书记", ORDINAL_NONE, 0},
        {"", ORDINAL_NONE, 0},
        {"（", ORDINAL_NONE, 0},
        {"一、二〇二三年工作", ORDINAL_HAN, 1},
        {"一、“十四五”回顾", ORDINAL_HAN, 1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct ordinal o = ordinal_read(str_of(rows[i].text));
        if (o.kind != rows[i].kind || o.value != rows[i].value)
            fail_msg("%s: %s %u", rows[i].text, ordinal_name((enum ordinal_kind)o.kind), o.value);
    }
}

/* The prose of a page that is one paragraph. */
static void punctuation_is_set(void **state)
{
    (void)state;
    static const struct {
        const char *in, *out;
    } rows[] = {
        {"今年,产值达1,200万元,增长8.5%。", "今年，产值达1,200万元，增长8.5%。"},
        {"他说:\"好!\"就走了.", "他说：“好！”就走了。"},
        {"采用Open Data平台(二期)建设,时间为9:30。", "采用Open Data平台（二期）建设，时间为9:30。"},
        {"已 婚 83397 人 ，占 比 74.7%。", "已婚83397人，占比74.7%。"},
        {"你好吗?他好;我也好。", "你好吗？他好；我也好。"},
        {"参见f(x)=1,x=2的式子。", "参见f(x)=1,x=2的式子。"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct arena *a = arena_new();
        struct document *d = read_page(a, rows[i].in);
        struct error e = ERROR_NONE;
        assert_int_equal(d->n_articles, 1);
        assert_int_equal(d->articles[0].n_paragraphs, 1);
        assert_str(d->articles[0].paragraphs[0].prose.text, rows[i].out);
        assert_true(document_check(d, &e));
        arena_free(a);
    }
}

static void prose_knows_where_it_stands(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct document *d = read_page(a, "小城故事多\n\n本报讯 今 天,天气很好。\n");
    const struct prose *prose = &d->articles[0].paragraphs[0].prose;
    size_t at = str_find(prose->text, STR("天气"), 0);
    assert_int_not_equal(at, STR_NONE);
    struct str source = str_sub(d->decoded.text, prose_text_offset(prose, at), d->decoded.text.n);
    assert_true(str_starts(source, STR("天气很好")));
    arena_free(a);
}

static void credits_are_read(void **state)
{
    (void)state;
    static const struct {
        const char *line, *role, *name;
        unsigned n;
    } rows[] = {
        {"■记者 方也", "记者", "方也", 1},
        {"□ 本报记者 方也 通讯员 白芷", "记者", "方也", 2},
        {"本报见习记者方也 本报特约通讯员 白芷", "见习记者", "方也", 2},
        {"□本报评论员", "作者", "本报评论员", 1},
        {"◎记者方也 通讯员白芷 陈小满", "记者", "方也", 3},
        {"■ 方 也", "作者", "方也", 1},
        {"■ 县委党校课题组", "作者", "县委党校课题组", 1},
        {"记者 方也 文/摄", "记者", "方也", 1},
        {"作者：方也", "作者", "方也", 1},
        {"● 方也委员代表区工商联发言", "委员", "方也", 1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct arena *a = arena_new();
        struct str page =
            str_printf(a, "标题在这里\n\n%s\n\n本报讯 昨天，天气很好，市民出门。\n", rows[i].line);
        struct document *d = read_bytes(a, page);
        assert_int_equal(d->n_articles, 1);
        assert_str(d->articles[0].title.text, "标题在这里");
        if (d->articles[0].n_credits != rows[i].n)
            fail_msg("%s: %u credits", rows[i].line, d->articles[0].n_credits);
        assert_str(d->articles[0].credits[0].role, rows[i].role);
        assert_str(d->articles[0].credits[0].name, rows[i].name);
        arena_free(a);
    }
}

static void where_and_when_are_known(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct parse_options options = {.lexicons = lexicons,
                                    .depth = PARSE_PAGE,
                                    .path = "/tmp/archive/2021-04-08/A02.txt",
                                    .folder_settings =
                                        STR("paper=云麓时报\nplace=云麓区\npath=%Y-%m-%d/*\n")};
    struct error e = ERROR_NONE;
    struct document *d;
    struct str text = STR("清晨的云麓\n\n本报讯 昨天，我市天气很好。\n");
    assert_int_equal(document_parse(a, text, &options, &d, &e), STATUS_OK);
    assert_int_equal(d->date.year, 2021);
    assert_int_equal(d->date.month, 4);
    assert_int_equal(d->date.day, 8);
    assert_int_equal(d->date_from, EVIDENCE_PATH);
    assert_str(d->paper, "云麓时报");
    assert_str(d->place, "云麓区");
    assert_int_equal(d->place_from, EVIDENCE_FOLDER);
    text = STR("松溪县2020年统计公报\n\n松溪县统计局\n\n（2021年3月9日）\n\n松溪县全年增长5%。"
               "松溪县人民政府抓项目。松溪人勤劳。\n");
    options.folder_settings = STR("");
    options.path = NULL;
    assert_int_equal(document_parse(a, text, &options, &d, &e), STATUS_OK);
    assert_int_equal(d->articles[0].year, 2021);
    assert_str(d->articles[0].credits[0].name, "松溪县统计局");
    assert_str(d->place, "松溪县");
    arena_free(a);
}

/* The region is the one that a page speaks of as its own, not words that end like a region's name.
 */
static void regions_are_names(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"2026年贵州省人民政府工作报告\n\n各位代表：推进省级开发区建设，推进省级公园建设，推进省道"
         "改造，"
         "推进省内协作，建设省级平台。全省生产总值增长5%。\n",
         "贵州省"},
        {"政府工作报告\n\n2026年1月在广西壮族自治区第十四届人民代表大会第四次会议上\n\n全区经济增长"
         "5%，全区粮食丰收。全自治区就业稳定，自治区党委、自治区政府作出部署。\n",
         "广西壮族自治区"},
        {"盐州开渔\n\n昨天，盐州市举行开渔节，全市渔船出海。盐州市农业农村局说，盐州有渔船三百艘。"
         "\n",
         "盐州市"},
        {"九泉市新年\n\n九泉市人民政府昨天发布公告，九泉市全市免费开放公园。我市市民踊跃参观。\n",
         "九泉市"},
        {"石溪庄市工业\n\n石溪庄市工业增长，石溪庄市人民政府说，石溪庄市出口增长。我市领先。"
         "看石溪庄市。\n",
         "石溪庄市"},
        {"曲棠风电\n\n我市推动风电发展，曲棠市新能源园好戏连台。曲棠风电研究院说，曲棠的风好。"
         "全市增长。\n",
         "曲棠市"},
        {"2021年沅县国民经济和社会发展统计公报\n\n2021年，沅县统计局初步核算，沅县生产总值增长。全"
         "县"
         "粮食增产，邻县政府来人参观。\n",
         "沅县"},
        {"经济运行\n\n全市坚决贯彻落实市委、市政府决策部署，落实市委部署，落实市政府要求，全市增长"
         "。\n",
         ""},
        {"松源縣茶業\n\n我縣今年新建茶園。松源縣政府表示，全縣茶農收入增加。松源縣農業局介紹，茶廠"
         "已有"
         "九十六家。\n",
         "松源縣"},
        {"公司上市\n\n公司上市以来，公司上市募资十亿元，公司上市后扩产，城市更新，门市房。\n", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena *a = arena_new();
        struct parse_options options = {.lexicons = lexicons, .depth = PARSE_PAGE};
        struct error e = ERROR_NONE;
        struct document *d;
        assert_int_equal(document_parse(a, str_of(cases[i][0]), &options, &d, &e), STATUS_OK);
        assert_str(d->place, cases[i][1]);
        arena_free(a);
    }
}

static int set_up(void **state)
{
    (void)state;
    struct error e = ERROR_NONE;
    lexicon_arena = arena_new();
    return lexicons_load(lexicon_arena, "data", &lexicons, NULL, NULL, &e) == STATUS_OK ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(lexicon_arena);
    return 0;
}

/* The stage of lines tells where a paragraph that other pieces cut goes on. */
static void seams_are_shown(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct document *d = read_bytes(a, file_text(a, "seams", ".in"));
    struct parse_options options = {.lexicons = lexicons, .depth = PARSE_PAGE};
    struct buffer out = buffer_in(a);
    parse_write_stage(d, &options, STAGE_LINES, &out);
    struct str lines = buffer_str(&out);
    assert_true(str_has(lines, STR("巧手果农 [goes on at 27]\n")));
    assert_true(str_has(lines, STR("园区里的 [goes on from 16]\n")));
    assert_false(str_has(lines, STR("谁能 [goes")));
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vectors_read_as_shown),    cmocka_unit_test(nothing_is_lost),
        cmocka_unit_test(check_tells_what_is_lost), cmocka_unit_test(ordinals_are_read),
        cmocka_unit_test(punctuation_is_set),       cmocka_unit_test(prose_knows_where_it_stands),
        cmocka_unit_test(credits_are_read),         cmocka_unit_test(where_and_when_are_known),
        cmocka_unit_test(regions_are_names),        cmocka_unit_test(seams_are_shown),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
