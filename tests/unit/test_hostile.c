/* Documents and file names that mean harm: whatever they hold, nothing that a terminal obeys comes
 * out of the program, in any form it prints or exports. */
#include "../remove.h"
#include "app/briefing.h"
#include "baolan/files.h"
#include "baolan/library.h"
#include "baolan/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

struct ground {
    char root[64];
    struct arena *arena;
};

static int set_up(void **state)
{
    struct ground *g = calloc(1, sizeof *g);
    snprintf(g->root, sizeof g->root, "/tmp/baolan-hostile-XXXXXX");
    assert_non_null(mkdtemp(g->root));
    setenv("ROOT", g->root, 1);
    setenv("XDG_CACHE_HOME", g->root, 1);
    setenv("XDG_DATA_HOME", g->root, 1);
    setenv("XDG_CONFIG_HOME", g->root, 1);
    setenv("LC_ALL", "C.UTF-8", 1);
    if (getenv("BAOLAN_PROGRAM") == NULL)
        setenv("BAOLAN_PROGRAM", "build/baolan", 1);
    g->arena = arena_new();
    mkdir(path_join(g->arena, g->root, "pages"), 0700);
    *state = g;
    return 0;
}

static int tear_down(void **state)
{
    struct ground *g = *state;
    remove_below(g->root);
    arena_free(g->arena);
    free(g);
    return 0;
}

/* Everything that may be tried, with readable words between. */
#define TRICKS                                                                 \
    "\033[31m\033]52;c;aGk=\007\033P1$r\033\\\033[2J\007\b\v\f\x7F"            \
    "\xC2\x9B"                                                                 \
    "2J\xC2\x85\xC2\x90" /* C1 */                                              \
    "\xE2\x80\xAE"                                                             \
    "exe.txt\xE2\x80\xAC\xE2\x81\xA6x\xE2\x81\xA9\xD8\x9C" /* bidi */          \
    "\xE2\x80\x8B\xE2\x80\x8C\xE2\x80\x8D\xE2\x80\x8E\xE2\x80\x8F\xE2\x81\xA0" \
    "\xEF\xBB\xBF\xE2\x80\xA8\xE2\x80\xA9\xC2\xAD" /* zero-width */            \
    "\xE0\x80\x9B[31m\xC0\x9B\x9B"                                             \
    "31m\xED\xA0\x80\xF3\xA0\x81\x81" /* no characters; tags */

static const char PAGE[] =
    "## 关于" TRICKS "数字经济的提案\n■记者 张" TRICKS "三\n\n一、产" TRICKS "业\n\n"
    "2023年，海风" TRICKS "集团有限公司实现产值386.5亿" TRICKS "元，同比增长11.1%。\n\n"
    "建议：一是强化" TRICKS "规划。完善机制。二是=HYPERLINK(\"http://x\")。加大投入。\n";

static const char FORM[] =
    "案号：第031" TRICKS "号\n案由：=cmd|' /C calc'!A0" TRICKS "的提案\n提案人：@纪星" TRICKS
    "河\n主办单位：+市教育" TRICKS "局\n理由：\n放学太早，" TRICKS
    "家长不便。\n建议：\n1. -2+3" TRICKS "增加托管。\n2. 加大<script>alert(1)</script>投入。\n";

static void write_file(struct ground *g, const char *name, struct str bytes)
{
    struct error e = ERROR_NONE;
    const char *path = path_join(g->arena, path_join(g->arena, g->root, "pages"), name);
    assert_int_equal(file_replace(path, bytes, &e), STATUS_OK);
}

static bool is_harmful(uint32_t c)
{
    return (c < 0x20 && c != '\n') || (c >= 0x7F && c < 0xA0) || c == 0xAD || c == 0x61C ||
           (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || (c >= 0xE0000 && c <= 0xE0FFF);
}

/* Valid UTF-8 in which nothing is a control but line ends. */
static void assert_harmless(struct str text, const char *what)
{
    for (size_t at = 0; at < text.n;) {
        size_t start = at;
        uint32_t c = utf8_next(text, &at);
        bool broken = c == 0xFFFD && at - start != 3;
        bool line_end = c == '\r' && at < text.n && text.p[at] == '\n';
        if (broken || (is_harmful(c) && !line_end))
            fail_msg("%s: byte %zu of %zu is %02X (U+%04X): %.40s", what, start, text.n,
                     (unsigned)(unsigned char)text.p[start], (unsigned)c,
                     text.p + (start > 20 ? start - 20 : 0));
    }
}

static void run(struct ground *g, const char *command)
{
    static const char *const files[] = {"out", "err"};
    struct error e = ERROR_NONE;
    const char *line =
        str_printf(g->arena, "B=\"$BAOLAN_PROGRAM\"; { %s ; } </dev/null >$ROOT/out 2>$ROOT/err",
                   command)
            .p;
    int status = system(line);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) <= 2);
    for (size_t i = 0; i < 2; i++) {
        struct str text;
        const char *path = path_join(g->arena, g->root, files[i]);
        assert_int_equal(file_read(g->arena, path, &text, NULL, &e), STATUS_OK);
        assert_harmless(text, command);
    }
}

static const char *const COMMANDS[] = {
    "$B import $ROOT/pages",
    "$B list",
    "$B list --json",
    "$B list --csv",
    "$B list 1",
    "$B show 1; $B show 2; $B show 3; $B show 4",
    "$B show --raw 1; $B show --raw 2; $B show --raw 3; $B show --raw 4",
    "$B indicators",
    "$B indicators --json",
    "$B indicators --csv",
    "$B indicators --by=place,year",
    "$B proposals",
    "$B proposals --json",
    "$B proposals --csv",
    "$B proposals --md",
    "$B refs",
    "$B refs --csv",
    "$B refs 海风集团有限公司",
    "$B refs --json",
    "$B audit; $B audit --json",
    "$B search 产值",
    "$B search -C 2 产值",
    "$B search --json 数字",
    "$B search -l 产值",
    "$B ask 产值",
    "$B chart 产值",
    "$B sql 'SELECT * FROM documents'",
    "$B sql --json 'SELECT * FROM documents'",
    "$B sql --csv 'SELECT * FROM documents'",
    "$B parse --json $ROOT/pages/*",
    "$B parse --stage=lines $ROOT/pages/*",
    "$B parse --stage=blocks $ROOT/pages/*",
    "$B parse --stage=articles $ROOT/pages/*",
    "$B parse --check $ROOT/pages/*",
    "$B $ROOT/pages",
    "$B notes --export",
    "$B doctor",
    "printf '1\\nj\\n\\no\\nq\\n' | $B --line",
    "$B forget \"$ROOT/pages/$(printf '\\033[31mnone\\302\\233')\"",
    "$B import \"$(printf '/nowhere/\\033]0;x\\007\\n\\342\\200\\256')\"",
    "$B search \"$(printf '\\033[31m\\302\\233:x')\"",
    "$B --library \"$(printf '\\033[31m\\342\\200\\256')\" list",
    "$B --notes \"$(printf '/nowhere/\\033[31m\\233')\" list",
    "$B --color \"$(printf '\\033[31m')\" list",
    "$B list \"$(printf '\\033[31m\\234')\"",
    "$B sql \"$(printf 'SELECT \\047\\033[31m\\302\\233\\342\\200\\256\\047')\"",
};

static void nothing_that_is_printed_is_obeyed(void **state)
{
    struct ground *g = *state;
    write_file(g, "plain.txt", (struct str){PAGE, sizeof PAGE - 1});
    write_file(g, "form.txt", (struct str){FORM, sizeof FORM - 1});
    write_file(g,
               "\033[31mred\n\x7F\xC2\x9B\xE2\x80\xAE"
               "txt.exe\x9B.txt",
               (struct str){PAGE, sizeof PAGE - 1});
    write_file(g, "=cmd|calc.txt", STR("## 标题\n\n2024年，实现产值1.5亿元。\n"));
    write_file(g, "no\033text.txt",
               STR("\x7F"
                   "ELF\x01\x01\x01"));
    for (size_t i = 0; i < sizeof COMMANDS / sizeof *COMMANDS; i++)
        run(g, COMMANDS[i]);
}

/* The same words in every encoding that is read, with C1 controls as that encoding spells them. */
static void controls_are_dropped_in_every_encoding(void **state)
{
    struct ground *g = *state;
    /* 产值1亿元 with ESC, CSI and a bidi control between. */
    write_file(g, "utf16le.txt",
               STR("\xFF\xFE\xA7\x4E\x1B\x00[\x00"
                   "3\x00"
                   "1\x00m\x00<P\x9B\x00"
                   "2\x00J\x00.\x20"
                   "1\x00\xBFN\x43\x51\n\x00"));
    write_file(g, "utf16be.txt",
               STR("\xFE\xFF\x4E\xA7\x00\x1B\x00[\x00"
                   "3\x00"
                   "1\x00mP<\x00\x9B\x00"
                   "2\x00J\x20."
                   "\x00"
                   "1N\xBF\x51\x43\x00\n"));
    write_file(g, "gb18030.txt",
               STR("\xB2\xFA\x1B[31m\xD6\xB5\x81\x30\x84\x33"
                   "2J\x81\x36\xA5\x35"
                   "1\xD2\xDA\xD4\xAA"
                   "\x9B"
                   "31m\n"));
    static const char *const commands[] = {"$B parse --json $ROOT/pages/*",
                                           "$B import $ROOT/pages",
                                           "$B show 1; $B show 2; $B show 3",
                                           "$B show --raw 1; $B show --raw 2; $B show --raw 3",
                                           "$B list --json",
                                           "$B search 产"};
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        run(g, commands[i]);
}

/* A title of a megabyte, ten thousand nested headings, a line of brackets: read in the time that so
 * many bytes take, and shown. */
static void monstrous_pages_are_read(void **state)
{
    struct ground *g = *state;
    struct buffer title = buffer_in(g->arena), nested = buffer_in(g->arena);
    struct buffer brackets = buffer_in(g->arena);
    buffer_add_c(&title, "## ");
    while (title.n < 1 << 20)
        buffer_add_c(&title, "数字经济\033[31m产业发展");
    buffer_add_c(&title, "\n\n2023年，全镇实现产值386.5亿元。\n");
    for (int i = 0; i < 10000; i++) {
        static const char *const marks[] = {"一、", "（一）", "1.", "（1）", "①"};
        buffer_printf(&nested, "%.*s %s第%d节\n\n第%d段的正文在此。\n\n", 1 + i % 6, "######",
                      marks[i % 5], i, i);
    }
    for (int i = 0; i < 100000; i++)
        buffer_add_c(&brackets, i % 2 == 0 ? "《“（" : "\n（");
    write_file(g, "title.txt", buffer_str(&title));
    write_file(g, "nested.txt", buffer_str(&nested));
    write_file(g, "brackets.txt", buffer_str(&brackets));
    static const char *const commands[] = {"$B import $ROOT/pages",
                                           "$B list",
                                           "$B list nested.txt | head -n 50",
                                           "$B show title.txt | head -c 5000000",
                                           "$B indicators",
                                           "$B proposals"};
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        run(g, commands[i]);
}

/* --- Exports --------------------------------------------------------------------------------- */

static struct str exported(struct ground *g, struct docket *d, enum briefing_format format)
{
    struct error e = ERROR_NONE;
    struct buffer out = buffer_in(g->arena);
    struct briefing_options options = {.title = STR("=1+1")};
    assert_int_equal(briefing_write(d, format, &options, &out, &e), STATUS_OK);
    return buffer_str(&out);
}

/* No cell begins with what a spreadsheet computes; a number keeps its sign. */
static void assert_no_formula(struct str csv)
{
    bool quoted = false, begins = true;
    for (size_t i = 0; i < csv.n; i++) {
        char c = csv.p[i];
        if (begins && c == '"') {
            quoted = true;
            begins = false;
            assert_true(strchr("=+-@", csv.p[i + 1]) == NULL);
            continue;
        }
        if (begins)
            assert_true(strchr("=@+", c) == NULL &&
                        (c != '-' || (csv.p[i + 1] >= '0' && csv.p[i + 1] <= '9')));
        begins = !quoted && (c == ',' || c == '\n');
        if (quoted && c == '"' && csv.p[i + 1] == '"')
            i++;
        else if (quoted && c == '"')
            quoted = false;
    }
}

static void no_listing_holds_a_formula(void **state)
{
    static const char *const LISTINGS[] = {
        "$B list --csv",
        "$B indicators --csv",
        "$B proposals --csv",
        "$B refs --csv",
        "$B audit --csv",
        "$B search --csv 产值",
        "$B ask --csv 产值",
        "$B sql --csv \"SELECT '=1+1' AS a, '@x' AS b, '-x' AS c, '+x' AS d, -5 AS e\""};
    struct ground *g = *state;
    struct error e = ERROR_NONE;
    write_file(g, "form.txt", (struct str){FORM, sizeof FORM - 1});
    write_file(g, "=cmd|calc.txt",
               STR("## =HYPERLINK(\"http://x\")\n\n"
                   "=2+3，2024年，@海风集团实现产值1.5亿元，同比增长-2.5%。\n"));
    run(g, "$B import --quiet $ROOT/pages");
    for (size_t i = 0; i < sizeof LISTINGS / sizeof *LISTINGS; i++) {
        struct str csv;
        run(g, LISTINGS[i]);
        assert_int_equal(file_read(g->arena, path_join(g->arena, g->root, "out"), &csv, NULL, &e),
                         STATUS_OK);
        assert_true(csv.n > 0);
        assert_no_formula(csv);
    }
}

static void exports_are_harmless(void **state)
{
    struct ground *g = *state;
    struct error e = ERROR_NONE;
    struct library *library;
    struct review_form form;
    struct review *review;
    struct docket d;
    const char *paths[] = {path_join(g->arena, g->root, "pages")};
    struct import_options o = {.paths = paths, .n_paths = 1};
    write_file(g, "form.txt", (struct str){FORM, sizeof FORM - 1});
    assert_int_equal(library_import(&o, &e), STATUS_OK);
    assert_int_equal(library_open(NULL, &library, &e), STATUS_OK);
    assert_int_equal(review_form_load(g->arena, &form, NULL, NULL, &e), STATUS_OK);
    assert_int_equal(
        review_open(g->arena, library->marks, &form, STR("proposal"), STR("me"), &review, &e),
        STATUS_OK);
    assert_int_equal(docket_open(&d, library->store, review, &e), STATUS_OK);
    assert_int_equal(docket_load(&d, &e), STATUS_OK);
    assert_int_equal(d.n_items, 1);
    struct review_subject about = {d.items[0].content_key, NULL};
    assert_int_equal(review_set(review, &about, 1, STR("note"),
                                STR("=SUM(A1)\033[31m\xE2\x80\xAE<img src=x> *bold* [a](b)"), &e),
                     STATUS_OK);
    struct str csv = exported(g, &d, BRIEFING_CSV);
    struct str json = exported(g, &d, BRIEFING_JSON);
    struct str md = exported(g, &d, BRIEFING_MARKDOWN);
    assert_harmless(csv, "CSV");
    assert_harmless(json, "JSON");
    assert_harmless(md, "Markdown");
    assert_no_formula(csv);
    assert_true(str_has(csv, STR("'=SUM(A1)")));
    for (size_t i = 0; i < md.n; i++)
        assert_true(md.p[i] != '<' || (i > 0 && md.p[i - 1] == '\\'));
    assert_true(str_has(md, STR("\\*bold\\*")));
    assert_true(str_has(md, STR("\\[a\\]")));
    docket_close(&d);
    review_close(review);
    library_close(library);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(nothing_that_is_printed_is_obeyed),
        TEST(controls_are_dropped_in_every_encoding),
        TEST(monstrous_pages_are_read),
        TEST(no_listing_holds_a_formula),
        TEST(exports_are_harmless),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
