/* The program inside a real tmux and a real GNU screen: what it sends goes through another terminal
 * and back. Each is skipped where it is not installed. */
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

struct inside {
    char folder[64], program[512];
    struct harness *harness;
};

static bool find_program(const char *name, char *out, size_t room)
{
    static const char *const FOLDERS[] = {"/usr/bin", "/usr/local/bin", "/bin"};
    for (size_t i = 0; i < sizeof FOLDERS / sizeof *FOLDERS; i++) {
        snprintf(out, room, "%s/%s", FOLDERS[i], name);
        if (access(out, X_OK) == 0)
            return true;
    }
    fprintf(stderr, "%s is not installed\n", name);
    return false;
}

static const char *the_program(void)
{
    const char *program = getenv("BAOLAN_PROGRAM");
    return program == NULL ? "build/baolan" : program;
}

/* Runs another program than the one under test. */
static void start_outer(struct inside *in, const char *outer, const char *const *arguments,
                        const char *const *environment)
{
    snprintf(in->program, sizeof in->program, "%s", the_program());
    setenv("BAOLAN_PROGRAM", outer, 1);
    in->harness = harness_start(&(struct harness_options){
        .arguments = arguments, .environment = environment, .rows = 30, .columns = 100});
    setenv("BAOLAN_PROGRAM", in->program, 1);
}

static bool wrote(struct harness *h, const char *bytes)
{
    size_t n;
    const char *output = harness_output(h, &n);
    return memmem(output, n, bytes, strlen(bytes)) != NULL;
}

/* Reading, copying, searching, another size, leaving. */
static void walk(struct inside *in)
{
    struct harness *h = in->harness;
    char head[4096];
    assert_true(harness_expect(h, "1文档"));
    assert_true(harness_expect(h, "云泽：绘就制造强市新图景"));
    harness_keys(h, "<Down><Up><Enter>");
    assert_true(harness_expect(h, "在本文中查找"));
    harness_keys(h, "y");
    assert_true(harness_expect(h, "剪贴板"));
    assert_true(wrote(h, "\033]52;")); /* it was handed on */
    snprintf(head, sizeof head, "%s", harness_row(h, 1));
    for (int i = 0; i < 4; i++)
        harness_keys(h, "<PageDown>");
    harness_keys(h, "gg");
    assert_string_equal(harness_row(h, 1), head);
    harness_keys(h, "<Backspace>/yunze");
    assert_true(harness_expect(h, "/yunze"));
    harness_keys(h, "<C-c>"); /* Esc is held back for a while in both */
    harness_resize(h, 24, 80);
    assert_true(harness_expect(h, "1文档"));
    harness_keys(h, "q");
    assert_int_equal(harness_wait(h), 0);
    harness_end(h);
}

static void remove_folder(const struct inside *in)
{
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", in->folder);
    assert_int_equal(system(command), 0);
}

static void test_inside_tmux(void **state)
{
    (void)state;
    struct inside in = {.folder = "/tmp/baolan-tmux-XXXXXX"};
    char tmux[64], command[640], socket[96];
    if (!find_program("tmux", tmux, sizeof tmux))
        skip();
    assert_non_null(mkdtemp(in.folder));
    snprintf(socket, sizeof socket, "%s/s", in.folder);
    snprintf(command, sizeof command, "exec '%s' data/samples", the_program());
    const char *arguments[] = {"-u", "-S", socket, "-f", "/dev/null", "new-session", command, NULL};
    start_outer(&in, tmux, arguments, NULL);
    walk(&in);
    remove_folder(&in);
}

static void test_inside_screen(void **state)
{
    (void)state;
    struct inside in = {.folder = "/tmp/baolan-screen-XXXXXX"};
    char screen[64], sockets[96], settings[96];
    if (!find_program("screen", screen, sizeof screen))
        skip();
    assert_non_null(mkdtemp(in.folder));
    snprintf(sockets, sizeof sockets, "SCREENDIR=%s", in.folder);
    snprintf(settings, sizeof settings, "%s/screenrc", in.folder);
    FILE *f = fopen(settings, "w");
    assert_non_null(f);
    fputs("startup_message off\n", f);
    fclose(f);
    const char *environment[] = {sockets, "SYSSCREENRC=/dev/null", NULL};
    const char *arguments[] = {"-U", "-c", settings, the_program(), "data/samples", NULL};
    start_outer(&in, screen, arguments, environment);
    walk(&in);
    remove_folder(&in);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_inside_tmux),
                                       cmocka_unit_test(test_inside_screen)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
