/* Text out of the terminal: by OSC 52, through a command, on a bare screen. */
#define _GNU_SOURCE
#include "harness.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static const char *const SAMPLES[] = {"data/samples", NULL};

static struct harness *start(const char *const *environment)
{
    struct harness *h = harness_start(&(struct harness_options){
        .arguments = SAMPLES, .environment = environment, .rows = 24, .columns = 80});
    assert_true(harness_expect(h, "云泽：绘就制造强市新图景"));
    assert_true(harness_expect(h, "6提案"));
    return h;
}

static void leave(struct harness *h)
{
    harness_keys(h, "q");
    assert_int_equal(harness_wait(h), 0);
    harness_end(h);
}

static int digit_of(char c)
{
    static const char DIGITS[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *at = c == '\0' ? NULL : strchr(DIGITS, c);
    return at == NULL ? -1 : (int)(at - DIGITS);
}

/* What was last sent to the clipboard. */
static const char *clipboard(struct harness *h)
{
    static char text[1 << 16];
    static const char MARK[] = "\033]52;c;";
    size_t n, out = 0, bits = 0, held = 0;
    const char *bytes = harness_output(h, &n), *last = NULL;
    for (size_t i = 0; i + sizeof MARK < n; i++)
        if (memcmp(bytes + i, MARK, sizeof MARK - 1) == 0)
            last = bytes + i + sizeof MARK - 1;
    assert_non_null(last);
    for (; digit_of(*last) >= 0; last++) {
        held = held << 6 | (size_t)digit_of(*last);
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            text[out++] = (char)(held >> bits & 255);
        }
    }
    text[out] = '\0';
    return text;
}

static void open_speech(struct harness *h)
{
    harness_keys(h, "/近年来，云泽始终坚持<Enter><Enter>");
    assert_true(harness_expect(h, "在本文中查找"));
}

static void test_what_y_takes(void **state)
{
    (void)state;
    struct harness *h = start(NULL);
    harness_keys(h, "/近年来，云泽始终坚持<Enter><Enter>");
    assert_true(harness_expect(h, "在本文中查找"));
    harness_keys(h, "y");
    assert_non_null(strstr(clipboard(h), "近年来，云泽始终坚持制造强市不动摇"));
    assert_non_null(strstr(clipboard(h), "今年上半年"));
    assert_null(strchr(clipboard(h), '\n'));
    harness_keys(h, "gy");
    assert_non_null(strstr(clipboard(h), "近年来，云泽始终坚持"));
    assert_null(strstr(clipboard(h), "今年上半年"));
    harness_keys(h, "Y");
    assert_non_null(strstr(clipboard(h), "今年上半年"));
    assert_non_null(strstr(clipboard(h), "——云泽日报 2023-08-17 A06版，市经信局课题组，《"));
    assert_non_null(strstr(clipboard(h), "《关于云泽市电机储能产业发展的调查与思考》"));
    assert_non_null(strstr(clipboard(h), ".txt:"));
    /* Three lines are less than the paragraph. */
    harness_keys(h, "Vjjy");
    assert_non_null(strstr(clipboard(h), "近年来，云泽始终坚持"));
    assert_null(strstr(clipboard(h), "从调查情况看"));
    leave(h);
}

static void test_rows_and_suggestions(void **state)
{
    (void)state;
    struct harness *h = start(NULL);
    harness_keys(h, "2");
    assert_true(harness_expect(h, "提案人"));
    harness_keys(h, "&直播基地<Enter>y");
    assert_non_null(strstr(clipboard(h), "陆承志"));
    assert_non_null(strchr(clipboard(h), '\t'));
    harness_keys(h, "Y");
    assert_non_null(strstr(clipboard(h), "\n——"));
    harness_keys(h, "<Enter>");
    assert_true(harness_expect(h, "背景"));
    for (int i = 0; i < 60 && harness_find(h, "- 一") < 0; i++)
        harness_keys(h, "j");
    int row = 0, column;
    for (int i = 0; i < 60; i++) {
        harness_cursor(h, &row, &column);
        if (strstr(harness_row(h, row), "- 一") != NULL)
            break;
        harness_keys(h, "j");
    }
    harness_keys(h, "y");
    assert_non_null(strstr(clipboard(h), "。"));
    assert_null(strstr(clipboard(h), "- "));
    leave(h);
}

static void test_through_multiplexers(void **state)
{
    static const char *const TMUX[] = {"TMUX=/tmp/x,1,0", NULL};
    static const char *const SCREEN[] = {"TMUX", "STY=1.x", NULL};
    const char *bytes;
    size_t n;
    (void)state;
    struct harness *h = start(TMUX);
    open_speech(h);
    harness_keys(h, "y");
    bytes = harness_output(h, &n);
    assert_non_null(memmem(bytes, n, "\033Ptmux;\033\033]52;c;", 15));
    leave(h);
    h = start(SCREEN);
    open_speech(h);
    harness_keys(h, "y");
    bytes = harness_output(h, &n);
    assert_non_null(memmem(bytes, n, "\033P\033]52;c;", 9));
    leave(h);
}

static void test_pipe_and_bare_screen(void **state)
{
    (void)state;
    struct harness *h = start(NULL);
    char path[300], line[4096];
    snprintf(path, sizeof path, "%s/out", harness_home(h));
    harness_keys(h, "/近年来，云泽始终坚持<Enter><Enter>");
    assert_true(harness_expect(h, "在本文中查找"));
    snprintf(line, sizeof line, "|grep 近年来 > %s<Enter>", path);
    harness_keys(h, line);
    assert_true(harness_expect(h, "按 Enter"));
    harness_keys(h, "<Enter>");
    assert_true(harness_expect(h, "在本文中查找"));
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    assert_non_null(fgets(line, sizeof line, f));
    fclose(f);
    assert_non_null(strstr(line, "近年来，云泽始终坚持"));
    assert_non_null(strstr(line, "今年上半年")); /* no hard breaks */
    harness_keys(h, "gc");
    assert_true(harness_expect(h, "按 Enter"));
    assert_false(harness_is_full_screen(h));
    assert_true(harness_shows(h, "云泽始终坚持"));
    assert_false(harness_shows(h, "─"));
    harness_keys(h, "<Enter>");
    assert_true(harness_expect(h, "在本文中查找"));
    assert_true(harness_is_full_screen(h));
    leave(h);
}

/* On the command line a place is a link where the terminal has links, and text elsewhere. */
static void test_links_of_the_command_line(void **state)
{
    static const char *const ASK[] = {"ask", "产值", NULL};
    static const char *const FORCED[] = {"FORCE_HYPERLINK=1", NULL};
    static const char *const KNOWN[] = {"TERM=xterm-kitty", "FORCE_HYPERLINK", "TMUX", "STY", NULL};
    static const char *const PLAIN[] = {"FORCE_HYPERLINK", "VTE_VERSION", "TERM_PROGRAM", NULL};
    static const struct {
        const char *const *environment;
        bool link;
    } ROWS[] = {{FORCED, true}, {KNOWN, true}, {PLAIN, false}};
    (void)state;
    struct harness *h = start(NULL);
    char home[256];
    snprintf(home, sizeof home, "%s", harness_home(h));
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        harness_keep_home(h);
        if (i == 0)
            leave(h);
        else
            harness_end(h);
        h = harness_start(&(struct harness_options){.arguments = ASK,
                                                    .environment = ROWS[i].environment,
                                                    .home = home,
                                                    .rows = 40,
                                                    .columns = 80});
        size_t n;
        assert_int_equal(harness_wait(h), 0);
        const char *bytes = harness_output(h, &n);
        assert_int_equal(memmem(bytes, n, "\033]8;;file://", 12) != NULL, ROWS[i].link);
    }
    harness_end(h);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_y_takes),
        cmocka_unit_test(test_rows_and_suggestions),
        cmocka_unit_test(test_through_multiplexers),
        cmocka_unit_test(test_pipe_and_bare_screen),
        cmocka_unit_test(test_links_of_the_command_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
