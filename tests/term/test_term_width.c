/* Every view under several descriptions of terminals and in both settings for characters of
 * ambiguous width: what stands on the screen is what stands there once it is painted anew, also in
 * a terminal that draws those characters in two cells. */
#define _GNU_SOURCE
#include "harness.h"

#include "baolan/utf8.h"
#include "baolan/width.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char *const SAMPLES[] = {"data/samples", NULL};

static void assert_in_step(struct harness *h, const char *where)
{
    char *before = strdup(harness_screen(h));
    assert_non_null(before);
    harness_keys(h, "<C-l>");
    if (strcmp(before, harness_screen(h)) != 0)
        fail_msg("out of step after %s:\n%s\npainted anew:\n%s", where, before, harness_screen(h));
    free(before);
}

/* Through all views, forth and back, with scrolling by lines and pages. What a search finds may
 * come late. */
static void walk(struct harness *h)
{
    static const char *const STEPS[] = {
        "jj<Enter>jjjjjjjj", "<PageDown><C-e><Tab>o", "<Backspace>2j<Enter><PageDown>",
        "<Backspace>3jt",    "4j<Enter>jj",           "5j<Enter>",
        "?<PageDown>",
    };
    for (size_t i = 0; i < sizeof STEPS / sizeof *STEPS; i++) {
        harness_keys(h, STEPS[i]);
        assert_in_step(h, STEPS[i]);
    }
    harness_keys(h, "<Backspace>/yunze");
    assert_true(harness_expect(h, " 处，"));
    harness_settle(h);
    assert_in_step(h, "/yunze");
    harness_keys(h, "<Enter>");
}

static bool start(const char *term, bool wide, struct harness **out)
{
    struct harness *h = *out = harness_start(&(struct harness_options){
        .arguments = SAMPLES, .term = term, .rows = 24, .columns = 80, .ambiguous_wide = wide});
    for (int wait = 0; wait < 50 && !harness_shows(h, "6提案") && !harness_shows(h, "baolan:");
         wait++)
        harness_settle(h);
    return !harness_shows(h, "baolan:"); /* a description may not be installed */
}

static void leave(struct harness *h)
{
    harness_keys(h, "q");
    assert_int_equal(harness_wait(h), 0);
}

/* The first character of ambiguous width in what was written since byte `from`; 0: there is none.
 */
static uint32_t ambiguous_since(struct harness *h, size_t from)
{
    size_t n;
    const char *bytes = harness_output(h, &n);
    for (size_t at = from; at < n;) {
        uint32_t c = utf8_next((struct str){bytes, n}, &at);
        if (point_is_ambiguous(c))
            return c;
    }
    return 0;
}

static const char *const TERMS[] = {"xterm-256color", "tmux", "screen", "linux", "vt100"};

static void test_narrow(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof TERMS / sizeof *TERMS; i++) {
        struct harness *h;
        if (start(TERMS[i], false, &h)) {
            walk(h);
            leave(h);
        }
        harness_end(h);
    }
}

static void test_substitutes(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof TERMS / sizeof *TERMS; i++) {
        struct harness *h;
        if (start(TERMS[i], true, &h)) {
            harness_keys(h, ":set ambiguous substitute<Enter>"); /* while it runs */
            harness_keys(h, "<C-l>");
            size_t from = harness_bytes(h);
            walk(h);
            assert_int_equal(ambiguous_since(h, from), 0);
            /* And back: then such a terminal shows it at once. */
            harness_keys(h, ":set ambiguous narrow<Enter><C-l>");
            assert_int_not_equal(ambiguous_since(h, from), 0);
            leave(h);
        }
        harness_end(h);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_narrow),
        cmocka_unit_test(test_substitutes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
