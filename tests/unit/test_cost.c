/* The watch of the fuzz targets over cost: what grows as a square is told, in memory as in time (of
 * which memory is what a busy machine does not change); what is linear, dear at its end or dear
 * beyond some length is not. */
#include "../fuzz/cost.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static void square(struct arena *a, struct str bytes)
{
    arena_alloc(a, bytes.n * bytes.n / 200);
}

static void linear(struct arena *a, struct str bytes)
{
    arena_alloc(a, bytes.n * 400);
}

/* Only an x costs, and it stands after 8,500 other bytes. */
static void dear_at_its_end(struct arena *a, struct str bytes)
{
    for (size_t i = 0; i < bytes.n; i++)
        if (bytes.p[i] == 'x')
            arena_alloc(a, 1 << 20);
}

static void dear_beyond_a_length(struct arena *a, struct str bytes)
{
    arena_alloc(a, bytes.n > 20000 ? bytes.n * 400 : bytes.n);
}

static void only_what_grows_as_a_square_is_told(void **state)
{
    static char late[9000];
    static const struct {
        fuzz_run *run;
        bool grows;
    } ROWS[] = {
        {square, true},
        {linear, false},
        {dear_at_its_end, false},
        {dear_beyond_a_length, false},
    };
    (void)state;
    memset(late, '.', sizeof late);
    late[8500] = 'x';
    const struct str inputs[] = {STR("ab"), {late, sizeof late}};
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++)
        for (size_t j = 0; j < 2; j++)
            if (fuzz_cost_grows(ROWS[i].run, inputs[j]) != ROWS[i].grows)
                fail_msg("row %zu, input %zu", i, j);
    assert_false(fuzz_cost_grows(square, STR("")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(only_what_grows_as_a_square_is_told)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
