/* Pages changed in many small ways, as copying, converting and typesetting change them: lines lost,
 * joined, indented, broken anew, marks of another width, words of the lexicons set in between.
 * Whatever came of it, each character is in exactly one place, and what was read stands where it
 * says. The same changes each time. */
#include "baolan/buffer.h"
#include "baolan/files.h"
#include "baolan/parse.h"
#include "baolan/parse_stages.h"
#include "baolan/utf8.h"
#include "baolan/vector.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { LINES_MOST = 90, CHANGES_MOST = 12, VERSIONS = 12 };

static struct arena *arena;
static struct lexicons *lexicons;
static uint64_t dice = 20260101;

struct strs {
    VECTOR(struct str) list;
};

static struct strs words, pages;

static size_t chance(size_t n)
{
    dice = dice * 6364136223846793005u + 1442695040888963407u;
    return n == 0 ? 0 : (size_t)(dice >> 33) % n;
}

/* Set in at the beginning or end of a line, or between two of its characters. */
static const char *const PIECES[] = {
    "一、",      "（一）",
    "1.",        "1．",
    "（1）",     "①",
    "第一，",    "##",
    "　　",      "    ",
    "\t",        "|",
    "| --- |",   "——",
    "……",        "：",
    "；",        "“",
    "”",         "《",
    "》",        "（",
    "）",        "【",
    "】",        "■",
    "☆",         "◎",
    "%",         "‰",
    "±0.5",      "-3.2%",
    "1/3",       "三分之一",
    "百分之五",  "3∶1",
    "1:2.5",     "3.5亿元",
    "12.3万户",  "二成",
    "十余名",    "数百家",
    "几十个",    "半年",
    "三年半",    "两个半月",
    "5元3角",    "翻两番",
    "2024年",    "去年底",
    "上半年",    "三季度末",
    "今年以来",  "近三年",
    "3月15日",   "春节期间",
    "1—9月",     "2021至2023年",
    "同比",      "环比",
    "比上年",    "分别",
    "其中",      "合计",
    "占",        "达到",
    "增长",      "下降",
    "提高到",    "由",
    "排名第三",  "居全省前列",
    "记者 张三", "通讯员",
    "摄影",      "（作者系市委党校教师）",
    "本报讯",    "新华社北京5月1日电",
    "来源：",    "责任编辑",
    "下转第2版", "上接第一版",
    "建议：",    "案由：",
    "提案人：",  "办理情况：",
    "我建议",    "一是",
    "二是",      "有限公司",
    "工业园",    "县委书记",
    "副主任",    "“三农”",
    "以下简称",  "该公司",
    "该市",      "等5个",
    "两会",      "《条例》",
    "A03版",     "http://a.b/c",
};

static struct str line_of(struct str page, size_t *at)
{
    struct str rest = str_sub(page, *at, page.n), line = str_split(&rest, '\n');
    *at += line.n + 1;
    return line;
}

static size_t boundary(struct str s, size_t at)
{
    while (at > 0 && at < s.n && ((unsigned char)s.p[at] & 0xC0) == 0x80)
        at--;
    return at;
}

static struct str any_words(void)
{
    return chance(2) == 0 ? str_of(PIECES[chance(sizeof PIECES / sizeof *PIECES)])
                          : words.list.at[chance(words.list.n)];
}

static void put_between(struct arena *a, struct str *line)
{
    size_t at = boundary(*line, chance(line->n + 1));
    struct str word = any_words();
    *line = str_printf(a, "%.*s%.*s%.*s", STR_ARG(str_sub(*line, 0, at)), STR_ARG(word),
                       STR_ARG(str_sub(*line, at, line->n)));
}

static void put_before(struct arena *a, struct str *line)
{
    *line = str_printf(a, "%.*s%.*s", STR_ARG(any_words()), STR_ARG(*line));
}

static void put_behind(struct arena *a, struct str *line)
{
    *line = str_printf(a, "%.*s%.*s", STR_ARG(*line), STR_ARG(any_words()));
}

static void drop(struct arena *a, struct str *line)
{
    (void)a;
    *line = STR("");
}

static void indent(struct arena *a, struct str *line)
{
    *line = str_printf(a, "　　%.*s", STR_ARG(str_trim(*line)));
}

static void break_line(struct arena *a, struct str *line)
{
    size_t at = boundary(*line, chance(line->n + 1));
    *line = str_printf(a, "%.*s\n%.*s", STR_ARG(str_sub(*line, 0, at)),
                       STR_ARG(str_sub(*line, at, line->n)));
}

/* A column of a newspaper. */
static void break_narrow(struct arena *a, struct str *line)
{
    struct buffer out = buffer_in(a);
    size_t width = 8 + chance(20), n = 0;
    for (size_t at = 0, next; at < line->n; at = next) {
        next = at;
        utf8_next(*line, &next);
        buffer_add(&out, str_sub(*line, at, next));
        if (++n % width == 0)
            buffer_add_byte(&out, '\n');
    }
    *line = buffer_str(&out);
}

static void space_out(struct arena *a, struct str *line)
{
    struct buffer out = buffer_in(a);
    for (size_t at = 0, next; at < line->n; at = next) {
        next = at;
        utf8_next(*line, &next);
        buffer_add(&out, str_sub(*line, at, next));
        buffer_add_byte(&out, ' ');
    }
    *line = buffer_str(&out);
}

static void end_short(struct arena *a, struct str *line)
{
    (void)a;
    line->n = boundary(*line, chance(line->n + 1));
}

static void twice(struct arena *a, struct str *line)
{
    *line = str_printf(a, "%.*s\n%.*s", STR_ARG(*line), STR_ARG(*line));
}

/* Marks and digits of the other width, and the other joiner. */
static void other_marks(struct arena *a, struct str *line)
{
    static const char *const PAIRS[][2] = {
        {"，", ","}, {"。", "；"}, {"、", "，"}, {"：", ":"},    {"（", "("}, {"）", ")"},
        {"“", "\""}, {"1", "１"},  {"2", "二"},  {"年", "年底"}, {".", "．"}, {"%", "个百分点"}};
    const char *const *pair = PAIRS[chance(sizeof PAIRS / sizeof *PAIRS)];
    size_t at = str_find(*line, str_of(pair[0]), 0);
    if (at != STR_NONE)
        *line = str_printf(a, "%.*s%s%.*s", STR_ARG(str_sub(*line, 0, at)), pair[1],
                           STR_ARG(str_sub(*line, at + strlen(pair[0]), line->n)));
}

static void set_beside(struct arena *a, struct str *line)
{
    struct str page = pages.list.at[chance(pages.list.n)];
    size_t at = chance(page.n);
    line_of(page, &at);
    struct str other = at < page.n ? line_of(page, &at) : STR("");
    const char *gap = chance(2) == 0 ? "    " : "\n";
    *line = str_printf(a, "%.*s%s%.*s", STR_ARG(*line), gap, STR_ARG(other));
}

typedef void change(struct arena *a, struct str *line);
static change *const CHANGES[] = {put_between, put_before,  put_behind,   drop,        indent,
                                  break_line,  put_between, break_narrow, space_out,   end_short,
                                  twice,       other_marks, set_beside,   put_between, other_marks};

/* Some of a page's lines, some of them changed. */
static struct str changed(struct arena *a, struct str page)
{
    struct strs lines = {0};
    struct buffer out = buffer_in(a);
    size_t at = chance(2) == 0 ? 0 : chance(page.n);
    if (at > 0)
        line_of(page, &at);
    for (size_t n = 0; at < page.n && n < LINES_MOST; n++)
        vector_push(a, &lines.list, line_of(page, &at));
    for (size_t n = 1 + chance(CHANGES_MOST); n > 0 && lines.list.n > 0; n--)
        CHANGES[chance(sizeof CHANGES / sizeof *CHANGES)](
            a, &lines.list.at[chance(lines.list.n < 12 || n % 2 == 0 ? lines.list.n : 12)]);
    for (size_t i = 0; i < lines.list.n; i++)
        buffer_printf(&out, "%.*s%s", STR_ARG(lines.list.at[i]), chance(40) == 0 ? "" : "\n");
    return buffer_str(&out);
}

static bool stands(const struct document *d, const struct place *place)
{
    if (place->article >= d->n_articles || place->start > place->end)
        return false;
    const struct article *in = &d->articles[place->article];
    return place->part != PLACE_BODY || place->paragraph == NONE ||
           (place->paragraph < in->n_paragraphs &&
            place->end <= in->paragraphs[place->paragraph].prose.text.n);
}

static const char *fault_of(const struct document *d, struct error *e)
{
    if (!document_check(d, e))
        return e->message;
    for (uint32_t i = 0; i < d->n_indicators; i++)
        if (!stands(d, &d->indicators[i].place) || d->indicators[i].text.n == 0)
            return "an indicator does not stand in its paragraph";
    for (uint32_t i = 0; i < d->n_entities; i++)
        for (uint32_t k = 0; k < d->entities[i].n_mentions; k++)
            if (!stands(d, &d->entities[i].mentions[k].place))
                return "a mention does not stand in its paragraph";
    for (uint32_t i = 0; i < d->n_proposals; i++)
        if (d->proposals[i].article >= d->n_articles)
            return "a proposal is of no article";
    for (uint32_t i = 0; i < d->n_findings; i++)
        for (uint32_t k = 0; k < d->findings[i].n_indicators; k++)
            if (d->findings[i].indicators[k] >= d->n_indicators)
                return "a finding is about no indicator";
    return NULL;
}

static void each_character_stays_in_one_place(void **state)
{
    struct parse_options o = {
        .lexicons = lexicons, .depth = PARSE_FACTS, .path = "日报/2024-03-12/A03.txt"};
    size_t indicators = 0, entities = 0;
    (void)state;
    for (size_t i = 0; i < pages.list.n; i++)
        for (size_t version = 0; version < VERSIONS; version++) {
            struct arena *a = arena_new();
            struct document *d;
            struct error e = ERROR_NONE;
            struct str text = changed(a, pages.list.at[i]);
            assert_int_equal(document_parse(a, text, &o, &d, &e), STATUS_OK);
            const char *fault = fault_of(d, &e);
            if (fault != NULL) {
                fwrite(text.p, 1, text.n, stderr);
                fail_msg("page %zu, version %zu, as above: %s", i, version, fault);
            }
            indicators += d->n_indicators;
            entities += d->n_entities;
            arena_free(a);
        }
    /* They are pages still. */
    assert_true(indicators > 10 * pages.list.n && entities > 10 * pages.list.n);
}

static bool take_page(void *context, enum walk_event event, const char *path,
                      const struct file_stamp *stamp, const struct error *error)
{
    struct str text;
    (void)context;
    (void)stamp;
    (void)error;
    if (event == WALK_FILE && file_read(arena, path, &text, NULL, NULL) == STATUS_OK)
        vector_push(arena, &pages.list, text);
    return true;
}

static bool take_words(void *context, enum walk_event event, const char *path,
                       const struct file_stamp *stamp, const struct error *error)
{
    struct str text;
    (void)context;
    (void)stamp;
    (void)error;
    if (event != WALK_FILE || file_read(arena, path, &text, NULL, NULL) != STATUS_OK)
        return true;
    for (size_t at = 0; at < text.n;) {
        struct str line = line_of(text, &at), word = str_split(&line, ' ');
        if (word.n > 0 && word.p[0] != '#')
            vector_push(arena, &words.list, word);
    }
    return true;
}

static int set_up(void **state)
{
    static const char *const FOLDERS[] = {"tests/pages", "tests/facts", "tests/names",
                                          "tests/proposals", "data/samples"};
    static const char *const LEXICONS[] = {"data/lexicons"};
    static const char *const ENDINGS[] = {".txt", ".md", NULL};
    struct error e = ERROR_NONE;
    (void)state;
    arena = arena_new();
    return lexicons_load(arena, NULL, &lexicons, NULL, NULL, &e) == STATUS_OK &&
                   file_walk(FOLDERS, 5, ENDINGS, take_page, NULL, &e) == STATUS_OK &&
                   file_walk(LEXICONS, 1, ENDINGS, take_words, NULL, &e) == STATUS_OK
               ? 0
               : -1;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_character_stays_in_one_place)};
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
