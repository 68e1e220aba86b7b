/* The ring of places: back and forward undo each other. */
#include "baolan/ring.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct arena *arena;

static int set_up(void **state)
{
    (void)state;
    arena = arena_new();
    return arena == NULL;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static struct ring_place at(int64_t record)
{
    return (struct ring_place){.view = VIEW_READER,
                               .record = record,
                               .link = UINT32_MAX,
                               .anchor = str_printf(arena, "place %d", (int)record)};
}

static void go(struct ring *r, int64_t from, int64_t to)
{
    struct ring_place a = at(from), b = at(to);
    ring_go(r, &a, &b);
}

static int64_t back(struct ring *r, int64_t from)
{
    struct ring_place now = at(from);
    const struct ring_place *p = ring_back(r, &now);
    return p == NULL ? -1 : p->record;
}

static int64_t forward(struct ring *r, int64_t from)
{
    struct ring_place now = at(from);
    const struct ring_place *p = ring_forward(r, &now);
    return p == NULL ? -1 : p->record;
}

static void test_back_and_forward(void **state)
{
    (void)state;
    struct ring *r = ring_new(arena, 10);
    assert_int_equal(back(r, 1), -1);
    assert_int_equal(forward(r, 1), -1);
    go(r, 1, 2);
    go(r, 2, 3);
    assert_int_equal(back(r, 3), 2);
    assert_int_equal(back(r, 2), 1);
    assert_int_equal(back(r, 1), -1);
    assert_int_equal(forward(r, 1), 2);
    assert_int_equal(forward(r, 2), 3);
    assert_int_equal(forward(r, 3), -1);
}

static void test_where_one_moved_to_is_remembered(void **state)
{
    (void)state;
    struct ring *r = ring_new(arena, 10);
    go(r, 1, 2);
    assert_int_equal(back(r, 25), 1); /* one had moved from 2 to 25 */
    assert_int_equal(forward(r, 15), 25);
    assert_int_equal(back(r, 25), 15);
}

static void test_a_new_way_drops_what_lay_ahead(void **state)
{
    (void)state;
    struct ring *r = ring_new(arena, 10);
    go(r, 1, 2);
    go(r, 2, 3);
    back(r, 3);
    back(r, 2);
    go(r, 1, 2); /* the same way again */
    assert_int_equal(forward(r, 2), 3);
    back(r, 3);
    back(r, 2);
    go(r, 1, 9);
    assert_int_equal(forward(r, 9), -1);
    assert_int_equal(back(r, 9), 1);
}

static void test_the_oldest_fall_out(void **state)
{
    (void)state;
    struct ring *r = ring_new(arena, 4);
    for (int i = 1; i < 20; i++)
        go(r, i, i + 1);
    assert_int_equal(ring_count(r), 4);
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(ring_at(r, i)->record, 17 + (int)i);
    assert_null(ring_at(r, 4));
    for (int i = 20; i > 17; i--)
        assert_int_equal(back(r, i), i - 1);
    assert_int_equal(back(r, 17), -1);
}

static void test_texts_are_kept(void **state)
{
    (void)state;
    struct ring *r = ring_new(arena, 3);
    for (int i = 1; i < 12; i++) {
        go(r, i, i + 1);
        const struct ring_place *p = ring_at(r, ring_index(r));
        assert_true(str_eq(p->anchor, str_printf(arena, "place %d", i + 1)));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_back_and_forward),
        cmocka_unit_test(test_where_one_moved_to_is_remembered),
        cmocka_unit_test(test_a_new_way_drops_what_lay_ahead),
        cmocka_unit_test(test_the_oldest_fall_out),
        cmocka_unit_test(test_texts_are_kept),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
