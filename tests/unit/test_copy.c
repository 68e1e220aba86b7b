/* Text on its way to a terminal's clipboard. */
#include "ui/copy.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void text_is_sent_in_base64(void **state)
{
    (void)state;
    static const struct {
        const char *text, *sequence;
    } cases[] = {
        {"", "\033]52;c;\a"},        {"a", "\033]52;c;YQ==\a"},        {"ab", "\033]52;c;YWI=\a"},
        {"abc", "\033]52;c;YWJj\a"}, {"报览", "\033]52;c;5oql6KeI\a"},
    };
    struct arena *a = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_true(str_eq(copy_sequence(a, str_of(cases[i].text), COPY_DIRECT),
                           str_of(cases[i].sequence)));
    arena_free(a);
}

static void multiplexers_hand_it_on(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    assert_true(str_eq(copy_sequence(a, STR("a"), COPY_TMUX),
                       STR("\033]52;c;YQ==\a\033Ptmux;\033\033]52;c;YQ==\a\033\\")));
    struct str long_text = {arena_alloc(a, 2000), 2000};
    struct str sequence = copy_sequence(a, long_text, COPY_SCREEN);
    size_t at = 0, parts = 0;
    while (at < sequence.n) {
        assert_true(str_starts(str_sub(sequence, at, sequence.n), STR("\033P")));
        size_t end = str_find(sequence, STR("\033\\"), at);
        assert_true(end != STR_NONE && end - at <= 768);
        at = end + 2;
        parts++;
    }
    assert_int_equal(parts, 4);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_sent_in_base64),
        cmocka_unit_test(multiplexers_hand_it_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
