/* The real program's commands: what they print, to whom, and how they end. */
#include "../remove.h"
#include "baolan/width.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

/* A folder of its own for each test, and what the last command printed. */
struct ground {
    char root[64];
    char out[1 << 16], err[1 << 14];
};

static int set_up(void **state)
{
    struct ground *g = calloc(1, sizeof *g);
    snprintf(g->root, sizeof g->root, "/tmp/baolan-command-XXXXXX");
    assert_non_null(mkdtemp(g->root));
    setenv("XDG_CACHE_HOME", g->root, 1);
    setenv("XDG_DATA_HOME", g->root, 1);
    setenv("XDG_CONFIG_HOME", g->root, 1);
    setenv("ROOT", g->root, 1);
    *state = g;
    return 0;
}

static int tear_down(void **state)
{
    struct ground *g = *state;
    remove_below(g->root);
    free(g);
    return 0;
}

static void read_whole(const char *path, char *out, size_t room)
{
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    size_t n = fread(out, 1, room - 1, f);
    out[n] = '\0';
    fclose(f);
}

/* Runs a shell line in which $B is the program and $ROOT the folder; its exit status. */
static int run(struct ground *g, const char *line)
{
    char command[4096], out[96], err[96];
    const char *program = getenv("BAOLAN_PROGRAM");
    snprintf(out, sizeof out, "%s/out", g->root);
    snprintf(err, sizeof err, "%s/err", g->root);
    snprintf(command, sizeof command, "B='%s'; { %s ; } >%s 2>%s",
             program == NULL ? "build/baolan" : program, line, out, err);
    int status = system(command);
    read_whole(out, g->out, sizeof g->out);
    read_whole(err, g->err, sizeof g->err);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static void write_page(struct ground *g, const char *name, const char *text)
{
    char path[256];
    snprintf(path, sizeof path, "%s/pages", g->root);
    mkdir(path, 0700);
    snprintf(path, sizeof path, "%s/pages/%s", g->root, name);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
}

static size_t count_lines(const char *text)
{
    size_t n = 0;
    for (; *text != '\0'; text++)
        n += *text == '\n';
    return n;
}

/* No byte that a terminal would obey, but line ends. */
static void assert_clean(const char *text)
{
    for (const unsigned char *c = (const unsigned char *)text; *c != '\0'; c++) {
        assert_true(*c >= 0x20 || *c == '\n' || *c == '\r');
        assert_true(*c != 0x7F && !(*c == 0xC2 && c[1] >= 0x80 && c[1] < 0xA0));
    }
}

#define PAGE                                                                                                \
    "## 海边的镇\n\n一、产业\n\n2023年，全镇实现产值386.5亿元，同比增长11.1%。\n\n" \
    "二、生活\n\n居民们说，这里变了。\n"

#define PROPOSAL                                                                                                                         \
    "案号：第031号\n案由：关于增加课后托管的提案\n提案人：纪星河\n主办单位：市教育局\n理由：\n放" \
    "学太早，"                                                                                                                       \
    "存在两个问题。\n建议：\n一、延长托管。学校多开一小时。\n二、增加老师。多招几位老师。\n"

static void test_help_and_versions(void **state)
{
    struct ground *g = *state;
    assert_int_equal(run(g, "$B --help"), 0);
    assert_non_null(strstr(g->out, "import"));
    assert_int_equal(run(g, "$B --lang en import --help"), 0);
    assert_non_null(strstr(g->out, "usage: baolan import"));
    assert_int_equal(run(g, "$B --version"), 0);
    assert_int_equal(count_lines(g->out), 1);
    assert_int_equal(run(g, "$B list --no-such-option"), 2);
    assert_int_equal(count_lines(g->err), 1);
    assert_string_equal(g->out, "");
}

static void test_statuses(void **state)
{
    struct ground *g = *state;
    assert_int_equal(run(g, "$B list"), 2);
    assert_int_equal(count_lines(g->err), 1);
    write_page(g, "one.txt", PAGE);
    assert_int_equal(run(g, "$B import $ROOT/pages"), 0);
    /* In a pipe an import says nothing. */
    assert_string_equal(g->out, "");
    assert_string_equal(g->err, "");
    assert_int_equal(run(g, "$B list"), 0);
    assert_non_null(strstr(g->out, "海边的镇"));
    assert_int_equal(run(g, "$B indicators --metric 没有这个"), 1);
    assert_int_equal(run(g, "$B show nothing-of-that-name"), 2);
    assert_int_equal(run(g, "$B import $ROOT/not-there"), 2);
    assert_int_equal(run(g, "$B list > /dev/full"), 2);
    assert_int_equal(run(g, "$B forget $ROOT/pages"), 0);
    assert_int_equal(run(g, "$B list"), 1);
}

static void test_formats(void **state)
{
    struct ground *g = *state;
    write_page(g, "one.txt", PAGE);
    assert_int_equal(run(g, "$B import $ROOT/pages"), 0);
    assert_int_equal(run(g, "$B indicators --json"), 0);
    assert_true(g->out[0] == '{');
    assert_non_null(strstr(g->out, "\"value\": 386.5"));
    assert_non_null(strstr(g->out, "\"line\": 5"));
    assert_int_equal(run(g, "$B indicators --csv --bom"), 0);
    assert_true(strncmp(g->out, "\xEF\xBB\xBFid,metric,", 13) == 0);
    assert_int_equal(run(g, "$B indicators --kind change --csv"), 0);
    assert_int_equal(count_lines(g->out), 2);
    assert_int_equal(run(g, "$B indicators --kind nonsense"), 2);
    assert_int_equal(run(g, "$B indicators --csv --limit 1 产值"), 0);
    assert_int_equal(count_lines(g->out), 2);
    assert_int_equal(run(g, "$B indicators --csv 全镇产值"), 0);
    assert_int_equal(run(g, "$B indicators --by subject,year --csv"), 0);
    assert_non_null(strstr(g->out, "2023"));
    assert_int_equal(run(g, "$B indicators --by nothing,year"), 2);
    assert_int_equal(run(g, "LC_ALL=C $B --color=always list"), 0);
    assert_non_null(strstr(g->out, "海边的镇"));
}

static void test_show_by_article_and_section(void **state)
{
    struct ground *g = *state;
    write_page(g, "one.txt", PAGE);
    run(g, "$B import $ROOT/pages");
    assert_int_equal(run(g, "$B show one.txt"), 0);
    assert_non_null(strstr(g->out, "386.5亿元"));
    assert_int_equal(run(g, "$B show 'one.txt#1§生活'"), 0);
    assert_non_null(strstr(g->out, "这里变了"));
    assert_null(strstr(g->out, "386.5亿元"));
    assert_int_equal(run(g, "$B show 'one.txt#1§2'"), 0);
    assert_non_null(strstr(g->out, "这里变了"));
    assert_null(strstr(g->out, "386.5亿元"));
    static const char *const absent[] = {"one.txt#7", "one.txt#1§3", "one.txt#7§1", "one.txt§0"};
    for (size_t k = 0; k < sizeof absent / sizeof *absent; k++) {
        char line[64];
        snprintf(line, sizeof line, "$B show '%s'", absent[k]);
        assert_int_equal(run(g, line), 2);
        assert_string_equal(g->out, "");
        assert_int_equal(count_lines(g->err), 1);
    }
    assert_int_equal(run(g, "$B show --raw 'one.txt#1§生活'"), 0);
    assert_non_null(strstr(g->out, "     9  居民们说"));
}

static void test_import_takes_no_standard_input(void **state)
{
    struct ground *g = *state;
    write_page(g, "one.txt", PAGE);
    assert_int_equal(run(g, "$B --lang en import - < $ROOT/pages/one.txt"), 2);
    assert_int_equal(count_lines(g->err), 1);
    assert_non_null(strstr(g->err, "standard input"));
}

static void test_what_is_named_and_no_text_is_an_error(void **state)
{
    struct ground *g = *state;
    write_page(g, "one.txt", PAGE);
    write_page(g, "bin.txt",
               "\x7F"
               "ELF\x01\x01\x01");
    assert_int_equal(run(g, "$B import $ROOT/pages"), 0);
    assert_int_equal(count_lines(g->err), 1);
    static const char *const commands[] = {"$B import $ROOT/pages/bin.txt",
                                           "$B $ROOT/pages/bin.txt",
                                           "$B import $ROOT/pages/one.txt $ROOT/nowhere.txt"};
    for (size_t k = 0; k < 2 * sizeof commands / sizeof *commands; k++) {
        assert_int_equal(run(g, commands[k / 2]), 2);
        assert_int_equal(count_lines(g->err), 1);
    }
    assert_int_equal(run(g, "$B $ROOT/pages/bin.txt $ROOT/pages/one.txt"), 2);
    assert_non_null(strstr(g->out, "这里变了"));
    assert_int_equal(run(g, "$B import $ROOT/pages"), 0);
}

static void test_choices_are_checked(void **state)
{
    struct ground *g = *state;
    static const char *const commands[] = {"$B --color=bad list", "$B list --lang=fr",
                                           "$B --lang fr"};
    for (size_t k = 0; k < sizeof commands / sizeof *commands; k++) {
        assert_int_equal(run(g, commands[k]), 2);
        assert_int_equal(count_lines(g->err), 1);
    }
    assert_non_null(strstr(g->err, "auto|zh|en"));
}

static void test_forget_names_what_is_not_there(void **state)
{
    struct ground *g = *state;
    assert_int_equal(run(g, "$B forget /nosuch"), 2);
    assert_non_null(strstr(g->err, "/nosuch"));
    write_page(g, "one.txt", PAGE);
    run(g, "$B import $ROOT/pages");
    assert_int_equal(run(g, "$B forget /nosuch"), 2);
    assert_int_equal(count_lines(g->err), 1);
    assert_non_null(strstr(g->err, "/nosuch"));
    assert_int_equal(run(g, "$B list"), 0);
    assert_int_equal(run(g, "$B forget $ROOT/pages/one.txt"), 0);
    assert_int_equal(run(g, "$B forget $ROOT/pages"), 1);
    assert_int_equal(run(g, "$B forget $ROOT/pages"), 2);
}

/* A folder called data beside PREFIX is another's; the installed program reads PREFIX/share. */
static void test_an_installed_program_reads_its_own_data(void **state)
{
    struct ground *g = *state;
    write_page(g, "one.txt", PAGE);
    assert_int_equal(run(g, "D=${BAOLAN_DATA:-data}; unset BAOLAN_DATA; P=$ROOT/some/prefix; "
                            "mkdir -p $P/bin $P/share && cp $B $P/bin/baolan && "
                            "cp -r $D $P/share/baolan && "
                            "for d in $P/data $ROOT/some/data; do cp -r $D $d && "
                            "find $d -type f -exec sh -c 'echo nonsense >$1' - {} \\; ; done && "
                            "$P/bin/baolan import $ROOT/pages && $P/bin/baolan show 1"),
                     0);
    assert_non_null(strstr(g->out, "这里变了"));
    assert_string_equal(g->err, "");
}

/* At 40 columns no line of an answer is wider, a long path is divided after a slash, and what is
 * cited is all there; in locale C too. */
static void test_answers_fit_forty_columns(void **state)
{
    struct ground *g = *state;
    assert_int_equal(run(g, "mkdir -p $ROOT/a-folder-with-a-long-name/of-pages;"
                            " printf '2023年，云泽市规上工业实现产值386.5亿元，同比增长11.1%%，"
                            "增加值77.08亿元，同比增长2.7%%。\\n'"
                            " >$ROOT/a-folder-with-a-long-name/of-pages/a.txt;"
                            " $B import $ROOT/a-folder-with-a-long-name >/dev/null"),
                     0);
    static const char *const ASKED[] = {"COLUMNS=40 $B ask 产值",
                                        "LC_ALL=C COLUMNS=40 $B ask guishang"};
    for (size_t i = 0; i < sizeof ASKED / sizeof *ASKED; i++) {
        assert_int_equal(run(g, ASKED[i]), 0);
        assert_non_null(strstr(g->out, "386.5亿元"));
        assert_non_null(strstr(g->out, "/\n  a-folder-with-a-long-name/of-pages/\n  a.txt:1"));
        for (const char *line = g->out; *line != '\0'; line += strcspn(line, "\n") + 1) {
            struct str text = {line, strcspn(line, "\n")};
            assert_true(width_measure(text, AMBIGUOUS_NARROW) <= 40);
        }
    }
}

static void test_unknown_years_are_left_out(void **state)
{
    struct ground *g = *state;
    write_page(g, "one.txt", "## 海边的镇\n\n居民们说，这里变了。\n");
    write_page(g, "two.txt", PROPOSAL);
    run(g, "$B import $ROOT/pages");
    assert_int_equal(run(g, "$B list --json one.txt"), 0);
    assert_non_null(strstr(g->out, "\"year\": null"));
    assert_int_equal(run(g, "$B list --csv one.txt"), 0);
    assert_non_null(strstr(g->out, "1,海边的镇,,,,,,"));
    assert_int_equal(run(g, "$B proposals --json"), 0);
    assert_non_null(strstr(g->out, "\"year\": null"));
}

static void test_headings_are_whole(void **state)
{
    struct ground *g = *state;
    write_page(g, "one.txt", PAGE);
    write_page(g, "two.txt", PROPOSAL);
    run(g, "$B import $ROOT/pages");
    run(g, "$B --lang en list");
    assert_non_null(strstr(g->out, " articles  proposals  "));
    run(g, "$B --lang en proposals");
    assert_non_null(strstr(g->out, " suggestions  "));
}

static void test_parse_reads_every_readable_file(void **state)
{
    struct ground *g = *state;
    write_page(g, "one.txt", PAGE);
    write_page(g, "empty.txt", "");
    assert_int_equal(run(g, "$B parse --json $ROOT/pages/one.txt $ROOT/pages/empty.txt"), 0);
    assert_int_equal(count_lines(g->out), 2);
    assert_int_equal(run(g, "$B parse --json < $ROOT/pages/one.txt"), 0);
    assert_int_equal(count_lines(g->out), 1);
    assert_int_equal(run(g, "$B parse --json $ROOT/none.txt $ROOT/pages/one.txt"), 2);
    assert_int_equal(count_lines(g->out), 1);
    assert_int_equal(count_lines(g->err), 1);
}

static void test_paths_print_without_a_terminal(void **state)
{
    struct ground *g = *state;
    write_page(g, "one.txt", PAGE);
    assert_int_equal(run(g, "$B $ROOT/pages </dev/null"), 0);
    assert_non_null(strstr(g->out, "海边的镇"));
    assert_non_null(strstr(g->out, "居民们说"));
    assert_int_equal(run(g, "$B $ROOT/nowhere"), 2);
    assert_int_equal(run(g, "$B - < $ROOT/pages/one.txt"), 0);
    assert_non_null(strstr(g->out, "居民们说"));
}

static void test_no_control_reaches_the_terminal(void **state)
{
    struct ground *g = *state;
    static const char *const commands[] = {
        "$B $ROOT/pages",
        "$B list",
        "$B list --json",
        "$B list --csv",
        "$B show 1",
        "$B show --raw 1",
        "$B indicators",
        "$B indicators --csv",
        "$B indicators --json",
        "$B refs",
        "$B parse --json $ROOT/pages/*",
        "$B show '\033[31mx'",
        "$B '\033[31mx'",
        "$B --library '\033[31mx' list",
    };
    write_page(g, "\033[31mred\n\x7F.txt",
               "## 标题\033[31m\n\n产值\x07 5\xC2\x9B亿元，\xE2\x80\xAE同比增长3%。\r\n");
    write_page(g, "not\033text.txt",
               "\x7F"
               "ELF\x01\x01\x01");
    assert_int_equal(run(g, "$B import $ROOT/pages"), 0);
    assert_clean(g->err);
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        run(g, commands[i]);
        assert_clean(g->out);
        assert_clean(g->err);
    }
}

static void test_doctor(void **state)
{
    struct ground *g = *state;
    write_page(g, "one.txt", PAGE);
    run(g, "$B import $ROOT/pages");
    assert_int_equal(run(g, "$B --lang en doctor"), 0);
    assert_non_null(strstr(g->out, "sound"));
    assert_non_null(strstr(g->out, "cache.db"));
    assert_int_equal(run(g, "printf nonsense > $ROOT/baolan/notes.db; $B doctor"), 2);
    assert_non_null(strstr(g->out, "notes.db.damaged-"));
    assert_int_equal(run(g, "$B doctor"), 0);
    assert_int_equal(run(g, "printf nonsense > $ROOT/baolan/notes.db; $B list"), 0);
    assert_non_null(strstr(g->err, "notes.db.damaged-"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

/* Answers from a pipe; the sample is left and gone on with. */
static void test_records_are_judged(void **state)
{
    struct ground *g = *state;
    write_page(g, "one.txt",
               "## 甲\n\n2023年，全县实现产值10亿元，增长5%，新增企业20家，投资3亿元。\n");
    assert_int_equal(run(g, "$B import $ROOT/pages"), 0);
    assert_int_equal(
        run(g, "printf 'y\\nn\\nq\\n' | $B check --sample 3 --seed 4 --kind indicators"), 0);
    assert_non_null(strstr(g->out, "[1/3]"));
    assert_non_null(strstr(g->out, "【"));
    assert_int_equal(run(g, "$B check --csv"), 0);
    assert_non_null(strstr(g->out, "indicators,3,2,1,0.500,0.095,0.905,4"));
    assert_int_equal(run(g, "printf 'y\\n' | $B check --sample 9 --kind indicators"), 0);
    assert_null(strstr(g->out, "[1/3]"));
    assert_non_null(strstr(g->out, "[3/3]"));
    assert_int_equal(run(g, "$B check --csv"), 0);
    assert_non_null(strstr(g->out, "indicators,3,3,2,0.667"));
    assert_int_equal(run(g, "$B check --sample none"), 2);
}

/* Two pages that spell one metric and one subject differently, and a third that has another. */
static void test_spellings_are_one_metric(void **state)
{
    struct ground *g = *state;
    write_page(g, "one.txt",
               "## 东平县2023年政府工作报告\n\n2023年，全县规上工业增加值增长9.4%，"
               "地区生产总值达到310亿元。\n");
    write_page(g, "two.txt",
               "## 西宁县2023年政府工作报告\n\n2023年，全县规模以上工业增加值增长6.9%，"
               "GDP达到280亿元。\n");
    write_page(g, "three.txt", "## 南安县2023年政府工作报告\n\n2023年，全县农业增加值增长3.1%。\n");
    assert_int_equal(run(g, "$B import $ROOT/pages"), 0);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(run(g, i == 0
                                    ? "$B indicators --metric 规上工业增加值 --by place,year"
                                    : "$B indicators --metric 规模以上工业增加值 --by place,year"),
                         0);
        assert_non_null(strstr(g->out, "9.4%"));
        assert_non_null(strstr(g->out, "6.9%"));
        assert_null(strstr(g->out, "3.1%"));
    }
    assert_int_equal(run(g, "$B indicators 规上工业增加值"), 0);
    assert_non_null(strstr(g->out, "6.9"));
    assert_int_equal(run(g, "$B chart GDP"), 0);
    assert_non_null(strstr(g->out, "310亿元"));
    assert_non_null(strstr(g->out, "280亿元"));
    assert_int_equal(run(g, "$B search 'metric:GDP >300亿元'"), 0);
    assert_non_null(strstr(g->out, "310亿元"));
    /* Of a metric of which only growth is known the table is of its growth. */
    assert_int_equal(run(g, "$B indicators --metric 农业增加值 --by place,year"), 0);
    assert_non_null(strstr(g->out, "3.1%"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_help_and_versions),
        TEST(test_statuses),
        TEST(test_formats),
        TEST(test_records_are_judged),
        TEST(test_show_by_article_and_section),
        TEST(test_import_takes_no_standard_input),
        TEST(test_what_is_named_and_no_text_is_an_error),
        TEST(test_choices_are_checked),
        TEST(test_forget_names_what_is_not_there),
        TEST(test_an_installed_program_reads_its_own_data),
        TEST(test_unknown_years_are_left_out),
        TEST(test_answers_fit_forty_columns),
        TEST(test_headings_are_whole),
        TEST(test_parse_reads_every_readable_file),
        TEST(test_paths_print_without_a_terminal),
        TEST(test_no_control_reaches_the_terminal),
        TEST(test_doctor),
        TEST(test_spellings_are_one_metric),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
