/* Someone who may write nowhere reads all the same, and is told what is not kept. */
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

/* The program as nobody, whom root must become to be kept out. */
static void write_wrapper(const char *path)
{
    const char *program = getenv("BAOLAN_PROGRAM");
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fprintf(f, "#!/bin/sh\nexec %s %s \"$@\"\n",
            geteuid() == 0 ? "setpriv --reuid=65534 --regid=65534 --clear-groups" : "",
            program != NULL ? program : "build/baolan");
    fclose(f);
    chmod(path, 0755);
}

static void test_reading_without_a_place_to_write(void **state)
{
    static const char *const SAMPLES[] = {"data/samples", NULL};
    char folder[] = "/tmp/baolan-nobody-XXXXXX", wrapper[64], variables[3][64];
    (void)state;
    if (geteuid() == 0 && system("command -v setpriv >/dev/null 2>&1") != 0)
        skip();
    if (geteuid() == 0 &&
        system("setpriv --reuid=65534 --regid=65534 --clear-groups"
               " test -r \"$(pwd)/data/samples\" -a -x \"$(pwd)\" 2>/dev/null") != 0)
        skip(); /* the checkout is root's alone */
    assert_non_null(mkdtemp(folder));
    snprintf(wrapper, sizeof wrapper, "%s/baolan", folder);
    write_wrapper(wrapper);
    static const char *const NAMES[] = {"XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"};
    const char *environment[4] = {0};
    for (size_t i = 0; i < 3; i++) {
        snprintf(variables[i], sizeof variables[i], "%s=%s", NAMES[i], folder);
        environment[i] = variables[i];
    }
    chmod(folder, 0555);
    char *program = getenv("BAOLAN_PROGRAM"), *kept = program == NULL ? NULL : strdup(program);
    setenv("BAOLAN_PROGRAM", wrapper, 1);
    struct harness *h = harness_start(&(struct harness_options){
        .arguments = SAMPLES, .environment = environment, .rows = 24, .columns = 150});
    if (kept != NULL)
        setenv("BAOLAN_PROGRAM", kept, 1);
    free(kept);
    assert_true(harness_expect(h, "云泽：绘就制造强市新图景"));
    assert_true(harness_expect(h, folder));
    harness_keys(h, "j");
    assert_true(harness_expect(h, "内存"));
    harness_keys(h, "2");
    assert_true(harness_expect(h, "提案人"));
    harness_keys(h, "a");
    assert_true(harness_expect(h, "笔记不能写入"));
    harness_keys(h, "q");
    assert_int_equal(harness_wait(h), 0);
    harness_end(h);
    chmod(folder, 0755);
    unlink(wrapper);
    assert_int_equal(rmdir(folder), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_reading_without_a_place_to_write)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
