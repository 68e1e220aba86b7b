/* What people expect of a program in a terminal: help, prompts with history, pastes, the
 * configuration, colours, terminals whose description is missing. */
#define _GNU_SOURCE
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

static const char *const SAMPLES[] = {"data/samples", NULL};

static struct harness *start_in(const char *home, const char *term, const char *const *environment)
{
    struct harness *h = harness_start(&(struct harness_options){.arguments = SAMPLES,
                                                                .environment = environment,
                                                                .term = term,
                                                                .rows = 24,
                                                                .columns = 80,
                                                                .home = home});
    assert_true(harness_expect(h, "云泽：绘就制造强市新图景"));
    return h;
}

static void leave(struct harness *h)
{
    harness_keys(h, "q");
    assert_int_equal(harness_wait(h), 0);
    harness_end(h);
}

/* A folder for runs that follow each other, with a configuration in it. */
static void make_home(char *home, size_t room, const char *config)
{
    char path[512];
    snprintf(home, room, "/tmp/baolan-home-XXXXXX");
    assert_non_null(mkdtemp(home));
    snprintf(path, sizeof path, "%s/config", home);
    mkdir(path, 0700);
    snprintf(path, sizeof path, "%s/config/baolan", home);
    mkdir(path, 0700);
    snprintf(path, sizeof path, "%s/config/baolan/config", home);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs(config, f);
    fclose(f);
}

static void test_topics(void **state)
{
    (void)state;
    struct harness *h = start_in(NULL, NULL, NULL);
    harness_keys(h, ":help search<Enter>");
    assert_true(harness_shows(h, "metric:产值 >100亿元"));
    harness_keys(h, ":set lang en<Enter>:help rev<Tab><Enter>");
    assert_true(harness_shows(h, "Reviewing proposals"));
    harness_keys(h, "<Backspace>:help nothing<Enter>");
    assert_true(harness_shows(h, "no help on nothing"));
    harness_keys(h, "<Backspace>");
    leave(h);
}

/* From the list of topics below `?` a topic opens, and Backspace comes back. */
static void test_topic_of_the_list(void **state)
{
    (void)state;
    struct harness *h = start_in(NULL, NULL, NULL);
    harness_keys(h, "?<C-s>reading<Enter><Enter>");
    assert_true(harness_expect(h, "阅读正文"));
    harness_keys(h, "<Backspace>");
    assert_true(harness_shows(h, ":help 主题"));
    harness_keys(h, "<Backspace>");
    leave(h);
}

static void test_editing_a_prompt(void **state)
{
    (void)state;
    struct harness *h = start_in(NULL, NULL, NULL);
    harness_keys(h, ":one two three");
    harness_keys(h, "<C-w>x<C-a>A<C-e>E");
    assert_true(harness_shows(h, ":Aone two xE"));
    harness_send(h, "\033b\033bB"); /* M-b */
    assert_true(harness_shows(h, ":Aone Btwo xE"));
    harness_send(h, "\033fF<");
    assert_true(harness_shows(h, ":Aone BtwoF< xE"));
    harness_keys(h, "<C-k>");
    assert_true(harness_shows(h, ":Aone BtwoF<"));
    assert_false(harness_shows(h, "xE"));
    harness_keys(h, "<C-a><C-y>");
    assert_true(harness_shows(h, ": xEAone BtwoF<"));
    harness_keys(h, "<C-u>云泽<Left>中");
    harness_keys(h, "<Esc>");
    leave(h);
}

/* Lines of prompts come back in the next run, each to its own prompt. */
static void test_history_is_kept(void **state)
{
    (void)state;
    char home[64];
    make_home(home, sizeof home, "");
    struct harness *h = start_in(home, NULL, NULL);
    harness_keys(h, ":set measure 36<Enter>:set hints on<Enter>");
    harness_keys(h, "&云泽<Enter>&<Esc>");
    harness_keep_home(h);
    leave(h);
    h = start_in(home, NULL, NULL);
    harness_keys(h, ":<Up>");
    assert_true(harness_shows(h, ":set hints on"));
    harness_keys(h, "<Up>");
    assert_true(harness_shows(h, ":set measure 36"));
    harness_keys(h, "<Down><Down>");
    assert_false(harness_shows(h, ":set"));
    harness_keys(h, "meas<C-r>");
    assert_true(harness_shows(h, ":set measure 36"));
    harness_keys(h, "<Esc>");
    leave(h);
}

/* A long list, left at a row of another order than that in which it comes back. */
static void test_a_row_is_of_its_order(void **state)
{
    (void)state;
    enum { FILES = 300 };
    char home[64], folder[96], path[128];
    make_home(home, sizeof home, "");
    snprintf(folder, sizeof folder, "%s/pages", home);
    mkdir(folder, 0700);
    for (int i = 0; i < FILES; i++) {
        snprintf(path, sizeof path, "%s/%04d.txt", folder, i);
        FILE *file = fopen(path, "w");
        assert_non_null(file);
        fprintf(file, "第%d页。\n", i);
        fclose(file);
    }
    struct harness *h = harness_start(&(struct harness_options){
        .arguments = (const char *const[]){folder, NULL}, .rows = 24, .columns = 80, .home = home});
    assert_true(harness_expect(h, "300篇"));
    harness_settle(h);
    harness_keys(h, "Rgg");
    for (int i = 0; i < 13; i++)
        harness_keys(h, "jjjjjjjjjj");
    assert_true(harness_expect(h, "131/300"));
    harness_keep_home(h);
    leave(h);
    h = harness_start(&(struct harness_options){
        .arguments = (const char *const[]){NULL}, .rows = 24, .columns = 80, .home = home});
    assert_true(harness_expect(h, "170/300"));
    leave(h);
}

/* View, filter, line, and where the line stood in the window. */
static void test_the_place_comes_back(void **state)
{
    (void)state;
    char home[64], screen[16384];
    make_home(home, sizeof home, "");
    struct harness *h = start_in(home, NULL, NULL);
    assert_true(harness_expect(h, "13篇"));
    harness_keys(h, "3&年<Enter><C-d><C-d>kkk");
    harness_settle(h); /* the list is filtered in steps */
    snprintf(screen, sizeof screen, "%s", harness_screen(h));
    harness_keep_home(h);
    leave(h);
    h = harness_start(&(struct harness_options){.rows = 24, .columns = 80, .home = home});
    assert_true(harness_expect(h, "& 年"));
    harness_settle(h);
    assert_string_equal(harness_screen(h), screen);
    harness_keep_home(h);
    leave(h);
    /* With another lexicon, as with another version, all is read anew first. */
    char path[256];
    snprintf(path, sizeof path, "%s/config/baolan/lexicons", home);
    assert_int_equal(mkdir(path, 0700), 0);
    snprintf(path, sizeof path, "%s/config/baolan/lexicons/units.txt", home);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs("网箱 class=count classifier han\n", f);
    fclose(f);
    h = harness_start(&(struct harness_options){.rows = 24, .columns = 80, .home = home});
    assert_true(harness_expect(h, "& 年"));
    harness_settle(h);
    assert_string_equal(harness_screen(h), screen);
    leave(h);
}

/* Without a name the library opens that was left last, unless it has gone. */
static void test_the_last_library(void **state)
{
    (void)state;
    static const char *const NAMED[] = {"--library", "proposals", "data/samples/提案", NULL};
    static const char *const NONE[] = {NULL};
    char home[64], line[128];
    make_home(home, sizeof home, "");
    struct harness *first = start_in(home, NULL, NULL);
    assert_true(harness_expect(first, "13篇"));
    harness_keep_home(first);
    leave(first);
    for (int i = 0; i < 3; i++) {
        struct harness *h = harness_start(&(struct harness_options){
            .arguments = i == 0 ? NAMED : NONE, .rows = 24, .columns = 80, .home = home});
        harness_keep_home(h);
        assert_true(harness_expect(h, i < 2 ? "2篇" : "13篇"));
        leave(h);
        snprintf(line, sizeof line, "rm -rf %s/cache/baolan/proposals", home);
        if (i == 1)
            assert_int_equal(system(line), 0);
    }
}

/* A click on a link does what Enter on it does; the wheel scrolls; a click on a tab is its key. */
static void test_mouse(void **state)
{
    (void)state;
    struct harness *h = start_in(NULL, NULL, NULL);
    char followed[8192], click[96], top[512];
    int row, column;
    harness_keys(h, ":set mouse on<Enter><Enter><Tab>");
    harness_cursor(h, &row, &column);
    harness_keys(h, "<Enter>");
    snprintf(followed, sizeof followed, "%s", harness_screen(h));
    harness_keys(h, "<Backspace><Esc>");
    assert_string_not_equal(harness_screen(h), followed);
    snprintf(click, sizeof click, "\033[<0;%d;%dM\033[<0;%d;%dm", column + 1, row + 1, column + 1,
             row + 1);
    harness_send(h, click);
    assert_string_equal(harness_screen(h), followed);
    harness_keys(h, "<Backspace>");
    snprintf(top, sizeof top, "%s", harness_row(h, 2));
    harness_send(h, "\033[<65;10;10M");
    assert_string_not_equal(harness_row(h, 2), top);
    harness_send(h, "\033[<64;10;10M");
    assert_string_equal(harness_row(h, 2), top);
    harness_send(h, "\033[<0;16;1M"); /* 2提案 */
    assert_true(harness_expect(h, "提案人"));
    leave(h);
}

/* What is pasted outside a prompt is looked for, and never runs as keys. */
static void test_paste(void **state)
{
    (void)state;
    struct harness *h = start_in(NULL, NULL, NULL);
    harness_send(h, "\033[200~quit\nq\033[201~");
    assert_true(harness_shows(h, "/quit q"));
    harness_keys(h, "<Esc>");
    harness_send(h, ":\033[200~set lang en\033[201~");
    harness_keys(h, "<Enter>");
    assert_true(harness_expect(h, "1Docs"));
    leave(h);
}

/* Wrong lines are named, and the others hold. */
static void test_errors_of_the_configuration(void **state)
{
    (void)state;
    char home[64];
    make_home(home, sizeof home, "set hints off\nset theme pink\nbind list Q quit\n");
    struct harness *h = start_in(home, NULL, NULL);
    assert_true(harness_expect(h, "第2行"));
    assert_true(harness_expect(h, "contrast|mono")); /* whole, on two lines */
    assert_false(harness_shows(h, "Backspace 返回"));
    harness_keys(h, "Q");
    assert_int_equal(harness_wait(h), 0);
    harness_end(h);
}

static bool wrote(struct harness *h, const char *bytes)
{
    size_t n;
    const char *output = harness_output(h, &n);
    return memmem(output, n, bytes, strlen(bytes)) != NULL;
}

/* The bar's background on dark (236) and on light (254), without the terminal being asked. */
static void test_light_and_dark(void **state)
{
    (void)state;
    static const char *const LIGHT[] = {"COLORFGBG=0;15", NULL};
    static const char *const DARK[] = {"COLORFGBG=15;default;0", NULL};
    struct harness *h = start_in(NULL, NULL, LIGHT);
    assert_true(wrote(h, "48;5;254"));
    assert_false(wrote(h, "\033[c"));
    leave(h);
    h = start_in(NULL, NULL, DARK);
    assert_true(wrote(h, "48;5;236"));
    harness_keys(h, ":set theme light<Enter>");
    assert_true(wrote(h, "48;5;254"));
    harness_keys(h, ":set theme contrast<Enter>j");
    leave(h);
    h = start_in(NULL, "linux", NULL);
    assert_false(wrote(h, "48;5;"));
    leave(h);
}

/* A terminal of direct colours gets red, green and blue, not numbers of the palette. */
static void test_direct_colours(void **state)
{
    (void)state;
    static const char DESCRIPTION[] =
        "baolan-direct|test,\n\tuse=xterm-256color, RGB, colors#0x1000000, pairs#0x7FFF,\n"
        "\tsetaf=\\E[%?%p1%{8}%<%t3%p1%d%e38:2::%p1%{65536}%/%d:%p1%{256}%/%{255}%&%d:%p1%{255}"
        "%&%d%;m,\n"
        "\tsetab=\\E[%?%p1%{8}%<%t4%p1%d%e48:2::%p1%{65536}%/%d:%p1%{256}%/%{255}%&%d:%p1%{255}"
        "%&%d%;m,\n";
    char home[64], line[512], terminfo[128];
    make_home(home, sizeof home, "");
    snprintf(line, sizeof line, "%s/description", home);
    FILE *f = fopen(line, "w");
    assert_non_null(f);
    fputs(DESCRIPTION, f);
    fclose(f);
    snprintf(line, sizeof line, "cd %s && tic -x -o terminfo description 2>errors", home);
    if (system(line) != 0)
        skip();
    snprintf(terminfo, sizeof terminfo, "TERMINFO=%s/terminfo", home);
    const char *const environment[] = {terminfo, NULL};
    struct harness *h = start_in(home, "baolan-direct", environment);
    assert_true(wrote(h, "48:2::48:48:48")); /* 236 of the palette */
    leave(h);
}

/* A type whose description is not installed is one that understands the same. */
static void test_terminals_without_a_description(void **state)
{
    (void)state;
    static const char *const TYPES[] = {"putty", "putty-256color", "xterm-kitty-256", "foot-extra"};
    for (size_t i = 0; i < sizeof TYPES / sizeof *TYPES; i++) {
        struct harness *h = start_in(NULL, TYPES[i], NULL);
        assert_true(harness_is_full_screen(h));
        if (strstr(TYPES[i], "256") != NULL)
            assert_true(wrote(h, "48;5;236"));
        /* PuTTY's function keys and the keypad in its application mode. */
        harness_send(h, "\033[11~");
        assert_true(harness_expect(h, "这里可用的键"));
        harness_send(h, "\033Oq\033OM");
        leave(h);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_topics),
        cmocka_unit_test(test_topic_of_the_list),
        cmocka_unit_test(test_editing_a_prompt),
        cmocka_unit_test(test_history_is_kept),
        cmocka_unit_test(test_the_place_comes_back),
        cmocka_unit_test(test_the_last_library),
        cmocka_unit_test(test_mouse),
        cmocka_unit_test(test_paste),
        cmocka_unit_test(test_errors_of_the_configuration),
        cmocka_unit_test(test_a_row_is_of_its_order),
        cmocka_unit_test(test_light_and_dark),
        cmocka_unit_test(test_direct_colours),
        cmocka_unit_test(test_terminals_without_a_description),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
