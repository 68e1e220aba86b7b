/* Every allocation of an import fails in turn, in one process, so that what leaks is told: it ends
 * in a clear error or without the file that was too large, and the next import finds the library
 * sound. Some of the allocations; all with BAOLAN_FAULTS=all. */
#include "../remove.h"
#include "baolan/library.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static atomic_long left;

/* Imports allocate on several threads. */
static bool fail_at(size_t n, void *context)
{
    (void)n;
    (void)context;
    return atomic_fetch_sub(&left, 1) != 1;
}

static void write_page(const char *root, int number)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%d.txt", root, number);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fprintf(f, "## 海边的镇\n\n202%d年，全镇实现产值386.5亿元，海风集团有限公司落户。\n", number);
    fclose(f);
}

static void test_import_survives_every_failure(void **state)
{
    (void)state;
    char root[] = "/tmp/baolan-fault-XXXXXX";
    assert_non_null(mkdtemp(root));
    setenv("XDG_CACHE_HOME", root, 1);
    setenv("XDG_DATA_HOME", root, 1);
    const char *paths[] = {root};
    struct import_options o = {.paths = paths, .n_paths = 1};
    const char *told = getenv("BAOLAN_FAULTS");
    long step = told != NULL && strcmp(told, "all") == 0 ? 1 : 17;
    bool failed = true;
    for (long k = 1; failed && k < 4000; k += k < 40 ? 1 : step) {
        struct error e = ERROR_NONE;
        write_page(root, (int)(k % 3));
        atomic_store(&left, k);
        mem_set_hook(fail_at, NULL);
        enum status status = library_import(&o, &e);
        mem_set_hook(NULL, NULL);
        failed = atomic_load(&left) <= 0;
        if (status != STATUS_OK) {
            if (status != STATUS_NO_MEMORY || e.message[0] == '\0')
                fail_msg("allocation %ld: status %d: %s", k, (int)status, e.message);
        }
    }
    assert_false(failed);
    struct error e = ERROR_NONE;
    struct library *library;
    struct store_totals t;
    struct str verdict;
    struct arena *a = arena_new();
    assert_int_equal(library_import(&o, &e), STATUS_OK);
    assert_int_equal(library_open(NULL, &library, &e), STATUS_OK);
    assert_int_equal(store_totals(library->store, &t, &e), STATUS_OK);
    assert_int_equal(t.documents, 3);
    assert_int_equal(store_check(library->store, a, &verdict, &e), STATUS_OK);
    assert_true(str_eq(verdict, STR("ok")));
    library_close(library);
    arena_free(a);
    remove_below(root);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_import_survives_every_failure)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
