/* Frames: cells stay whole whatever is written over them, and print as text. */
#include "ui/frame.h"

#include "baolan/utf8.h"
#include "ui/theme.h"

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

static const char *print(const struct frame *f)
{
    struct buffer out = buffer_in(arena);
    frame_print(f, &out, false);
    return buffer_c(&out);
}

/* Every wide cell is followed by its filler, and fillers stand nowhere else. */
static void assert_whole(const struct frame *f)
{
    for (int row = 0; row < f->rows; row++)
        for (int column = 0; column < f->columns; column++) {
            const struct cell *c = frame_at(f, row, column);
            if (c->width == 2) {
                assert_true(column + 1 < f->columns);
                assert_int_equal(c[1].width, 0);
            }
            if (c->width == 0) {
                assert_true(column > 0);
                assert_int_equal(c[-1].width, 2);
            }
        }
}

static void test_wide_text(void **state)
{
    (void)state;
    struct frame *f = frame_new(arena, 2, 8);
    assert_int_equal(frame_put(f, 0, 0, 8, STR("报a览"), ROLE_TEXT), 5);
    assert_string_equal(print(f), "报a览\n\n");
    assert_whole(f);
}

static void test_a_wide_character_at_the_edge(void **state)
{
    (void)state;
    struct frame *f = frame_new(arena, 1, 5);
    assert_int_equal(frame_put(f, 0, 0, 5, STR("报览报"), ROLE_TEXT), 5);
    assert_string_equal(print(f), "报览\n");
    assert_whole(f);
}

static void test_halves_become_blanks(void **state)
{
    (void)state;
    struct frame *f = frame_new(arena, 1, 6);
    frame_put(f, 0, 0, 6, STR("报览报"), ROLE_TEXT);
    frame_put(f, 0, 1, 6, STR("x"), ROLE_TEXT);
    assert_string_equal(print(f), " x览报\n");
    frame_put(f, 0, 3, 6, STR("章"), ROLE_TEXT);
    assert_string_equal(print(f), " x 章\n");
    assert_whole(f);
    frame_put(f, 0, 0, 6, STR("报览报"), ROLE_TEXT);
    frame_fill(f, (struct rect){0, 1, 1, 2}, ROLE_TEXT);
    assert_string_equal(print(f), "    报\n");
    assert_whole(f);
}

static void test_outside_is_nothing(void **state)
{
    (void)state;
    struct frame *f = frame_new(arena, 2, 4);
    frame_put(f, -1, 0, 4, STR("x"), ROLE_TEXT);
    frame_put(f, 2, 0, 4, STR("x"), ROLE_TEXT);
    frame_put(f, 0, 4, 9, STR("x"), ROLE_TEXT);
    frame_fill(f, (struct rect){-3, -3, 20, 2}, ROLE_TEXT);
    frame_tint(f, 5, 0, 4, ROLE_BAR);
    frame_cursor(f, 99, 99);
    assert_int_equal(f->cursor_row, 1);
    assert_int_equal(f->cursor_column, 3);
    assert_string_equal(print(f), "\n\n");
}

static void test_combining_marks_stay_with_their_character(void **state)
{
    (void)state;
    struct frame *f = frame_new(arena, 1, 4);
    assert_int_equal(frame_put(f, 0, 0, 4, STR("e\xcc\x81x"), ROLE_TEXT), 2);
    assert_int_equal(frame_at(f, 0, 0)->n, 3);
    assert_string_equal(print(f), "e\xcc\x81x\n");
}

static void test_substitutes_are_of_certain_width(void **state)
{
    (void)state;
    struct frame *f = frame_new(arena, 1, 20);
    f->ambiguous = AMBIGUOUS_SUBSTITUTE;
    int end = frame_put(f, 0, 0, 20, STR("“报”①—"), ROLE_TEXT);
    assert_int_equal(end, (int)width_measure(STR("“报”①—"), AMBIGUOUS_SUBSTITUTE));
    for (int i = 0; i < 20; i++) {
        struct str text = {frame_at(f, 0, i)->text, frame_at(f, 0, i)->n};
        size_t at = 0;
        if (text.n > 0)
            assert_false(point_is_ambiguous(utf8_next(text, &at)));
    }
    assert_whole(f);
}

static void test_any_writing_leaves_whole_cells(void **state)
{
    (void)state;
    static const char *const TEXTS[] = {
        "报", "x", "报览", "ab报", "“①”", "e\xcc\x81", "\xf0\x9f\x98\x80"};
    struct frame *f = frame_new(arena, 3, 9);
    uint32_t seed = 3;
    for (int i = 0; i < 5000; i++) {
        seed = seed * 1664525 + 1013904223;
        int row = (int)(seed >> 8) % 3, column = (int)(seed >> 12) % 10;
        int limit = (int)(seed >> 16) % 10;
        frame_put(f, row, column, limit, str_of(TEXTS[(seed >> 20) % 7]), ROLE_TEXT);
        if (seed % 5 == 0)
            frame_fill(f, (struct rect){row, column, 1, limit}, ROLE_BAR);
        assert_whole(f);
    }
}

/* Whatever colours the terminal has for itself, a background comes with its foreground. */
static void test_looks_are_legible_on_any_terminal(void **state)
{
    static const int COLOURS[] = {0, 8, 16, 256};
    (void)state;
    for (int theme = 0; theme < THEME_COUNT; theme++)
        for (int role = 0; role < ROLE_COUNT; role++)
            for (size_t i = 0; i < 4; i++) {
                struct look look = theme_look((enum theme)theme, (enum role)role, COLOURS[i]);
                assert_true(look.background < 0 || look.foreground >= 0);
                assert_true(look.foreground < 0 || look.foreground != look.background);
            }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_wide_text),
        cmocka_unit_test(test_a_wide_character_at_the_edge),
        cmocka_unit_test(test_halves_become_blanks),
        cmocka_unit_test(test_outside_is_nothing),
        cmocka_unit_test(test_combining_marks_stay_with_their_character),
        cmocka_unit_test(test_substitutes_are_of_certain_width),
        cmocka_unit_test(test_looks_are_legible_on_any_terminal),
        cmocka_unit_test(test_any_writing_leaves_whole_cells),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
