/* The program inside a real tmux: what it sends goes through another terminal and back. Skipped
 * where tmux is not installed. */
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

static const char *find_tmux(void)
{
    static const char *const PATHS[] = {"/usr/bin/tmux", "/usr/local/bin/tmux", "/bin/tmux"};
    for (size_t i = 0; i < sizeof PATHS / sizeof *PATHS; i++)
        if (access(PATHS[i], X_OK) == 0)
            return PATHS[i];
    return NULL;
}

static void test_inside_tmux(void **state)
{
    (void)state;
    const char *tmux = find_tmux(), *program = getenv("BAOLAN_PROGRAM");
    if (tmux == NULL)
        skip();
    char command[512], folder[] = "/tmp/baolan-tmux-XXXXXX", socket[64];
    assert_non_null(mkdtemp(folder));
    snprintf(socket, sizeof socket, "%s/s", folder);
    snprintf(command, sizeof command, "exec '%s' data/samples",
             program == NULL ? "build/baolan" : program);
    const char *arguments[] = {"-u", "-S", socket, "-f", "/dev/null", "new-session", command, NULL};
    const char *kept = program;
    setenv("BAOLAN_PROGRAM", tmux, 1);
    struct harness *h = harness_start(
        &(struct harness_options){.arguments = arguments, .rows = 30, .columns = 100});
    if (kept != NULL)
        setenv("BAOLAN_PROGRAM", kept, 1);
    else
        unsetenv("BAOLAN_PROGRAM");
    assert_true(harness_expect(h, "1文档"));
    assert_true(harness_expect(h, "云泽：绘就制造强市新图景"));
    harness_keys(h, "<Down><Up><Enter>");
    assert_true(harness_expect(h, "在本文中查找"));
    harness_keys(h, "y");
    size_t n;
    const char *bytes = harness_output(h, &n);
    assert_non_null(memmem(bytes, n, "\033]52;", 5)); /* tmux handed it on */
    harness_keys(h, "<PageDown><Up><Backspace>/yunze");
    assert_true(harness_expect(h, "/yunze"));
    harness_keys(h, "<C-c>"); /* tmux holds Esc back for half a second */
    harness_resize(h, 24, 80);
    assert_true(harness_expect(h, "1文档"));
    harness_keys(h, "q");
    assert_int_equal(harness_wait(h), 0);
    harness_end(h);
    unlink(socket);
    rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_inside_tmux)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
