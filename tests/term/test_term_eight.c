/* Eight terminals on one library, each reading and marking, while an import writes: no error is
 * shown, and every mark that a screen told as kept is there. BAOLAN_SECONDS for longer than ten. */
#include "harness.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

enum { TERMINALS = 8 };

static const char *program(void)
{
    const char *told = getenv("BAOLAN_PROGRAM");
    return told != NULL ? told : "build/baolan";
}

/* A command of the program in the private folders of a harness; its exit status. */
static int run(const char *home, const char *arguments)
{
    char line[1024];
    snprintf(line, sizeof line,
             "HOME=%s XDG_CONFIG_HOME=%s/config XDG_CACHE_HOME=%s/cache XDG_DATA_HOME=%s/data"
             " LC_ALL=C.UTF-8 %s %s",
             home, home, home, home, program(), arguments);
    int status = system(line);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void write_page(const char *home, int number, int round)
{
    char path[512];
    snprintf(path, sizeof path, "%s/pages", home);
    mkdir(path, 0700);
    snprintf(path, sizeof path, "%s/pages/%d.txt", home, number);
    FILE *f = fopen(path, "w");
    if (f == NULL)
        return;
    for (int i = 0; i < 20; i++)
        fprintf(f, "## 海边的镇%d\n\n2023年，全镇实现产值%d.5亿元，海风集团有限公司落户。\n\n", i,
                (round * 7 + i) % 900 + 1);
    fclose(f);
}

/* An import that waits its turn: one that another process is at, a terminal among them, refuses
 * others. */
static bool is_read_in(const char *home, const char *arguments)
{
    for (int tries = 0; tries < 100; tries++) {
        if (run(home, arguments) == 0)
            return true;
        nanosleep(&(struct timespec){0, 100000000}, NULL);
    }
    return false;
}

/* Imports again and again until it is ended. */
static pid_t import_for_ever(const char *home)
{
    pid_t child = fork();
    if (child != 0)
        return child;
    char arguments[512];
    snprintf(arguments, sizeof arguments, "import --quiet %s/pages 2>/dev/null", home);
    for (int round = 1;; round++) {
        for (int i = 0; i < 10; i++)
            write_page(home, i, round + i);
        if (!is_read_in(home, arguments))
            _exit(1);
    }
}

static bool shows_trouble(struct harness *h)
{
    static const char *const WORDS[] = {"locked", "另一个进程", "error",
                                        "错误",   "损坏",       "读写出错"};
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
        if (harness_shows(h, WORDS[i]))
            return true;
    return false;
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* One turn at a terminal: a note that must be told as kept, and a look at the other views. */
static void take_turn(struct harness *h, int number, int round)
{
    char keys[64], told[64];
    snprintf(keys, sizeof keys, "m<C-u>t%d-%d<Enter>", number, round);
    snprintf(told, sizeof told, "批注：t%d-%d", number, round);
    harness_keys(h, keys);
    assert_true(harness_expect(h, told));
    assert_false(shows_trouble(h));
    harness_keys(h, round % 2 == 0 ? "1jj<Enter>" : "3j");
    assert_false(shows_trouble(h));
    harness_keys(h, "2");
    assert_true(harness_expect(h, "提案人"));
}

static void test_eight_terminals_and_an_import(void **state)
{
    static const char *const SAMPLES[] = {"data/samples", NULL};
    const char *seconds = getenv("BAOLAN_SECONDS");
    struct harness *h[TERMINALS];
    char author[TERMINALS][32], home[256], line[1024];
    int rounds = 0;
    (void)state;
    for (int i = 0; i < TERMINALS; i++) {
        snprintf(author[i], sizeof author[i], "BAOLAN_AUTHOR=t%d", i);
        const char *const environment[] = {author[i], NULL};
        h[i] = harness_start(&(struct harness_options){.arguments = i == 0 ? SAMPLES : NULL,
                                                       .environment = environment,
                                                       .rows = 30,
                                                       .columns = 140,
                                                       .home = i == 0 ? NULL : home});
        if (i == 0)
            snprintf(home, sizeof home, "%s", harness_home(h[0]));
        assert_true(harness_expect(h[i], "云泽：绘就制造强市新图景"));
        harness_keys(h[i], "2");
        assert_true(harness_expect(h[i], "提案人"));
    }
    /* The first terminal shows a page before it has read in the last. */
    assert_true(is_read_in(home, "import --quiet data/samples 2>/dev/null"));
    pid_t importer = import_for_ever(home);
    assert_true(importer > 0);
    for (double end = now() + (seconds == NULL ? 10 : atof(seconds)); now() < end; rounds++)
        for (int i = 0; i < TERMINALS; i++)
            take_turn(h[i], i, rounds);
    /* It would have ended by itself where an import failed. */
    assert_int_equal(waitpid(importer, NULL, WNOHANG), 0);
    kill(importer, SIGKILL);
    waitpid(importer, NULL, 0);
    assert_true(rounds > 0);
    /* Eight authors' last notes stand beside each other. */
    for (int i = 0; i < TERMINALS; i++) {
        snprintf(line, sizeof line,
                 "--author=nobody proposals --json by:t%d 2>/dev/null | grep -q 't%d:.*t%d-%d'", i,
                 i, i, rounds - 1);
        assert_int_equal(run(home, line), 0);
    }
    snprintf(line, sizeof line, "doctor >/dev/null");
    assert_int_equal(run(home, line), 0);
    for (int i = TERMINALS - 1; i >= 0; i--) {
        harness_keys(h[i], "q");
        assert_int_equal(harness_wait(h[i]), 0);
        harness_end(h[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_eight_terminals_and_an_import)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
