/* Keys: from bytes of terminals to keys, in every form that terminals send. */
#include "ui/keys.h"

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

/* The names of all keys that bytes give, with the Esc delay passed at the end. */
static const char *keys_of(const char *bytes, size_t n)
{
    struct decoder *d = decoder_new(arena);
    struct buffer out = buffer_in(arena);
    struct input input;
    decoder_feed(d, (const unsigned char *)bytes, n);
    for (int flush = 0; flush < 2; flush++)
        while (decoder_next(d, flush != 0, &input)) {
            if (input.kind == INPUT_PASTE)
                buffer_printf(&out, "{%.*s}", STR_ARG(input.paste));
            else if (input.kind == INPUT_MOUSE)
                buffer_printf(&out, "(%d %d,%d)", input.button, input.row, input.column);
            else
                key_write(input.key, &out);
        }
    return buffer_c(&out);
}

#define KEYS(bytes, expected) assert_string_equal(keys_of(bytes, sizeof(bytes) - 1), expected)

static void test_plain(void **state)
{
    (void)state;
    KEYS("jk/", "jk/");
    KEYS("报览", "报览");
    KEYS("\r\n\t \x7f\x08", "<Enter><Enter><Tab><Space><Backspace><Backspace>");
    KEYS("\x01\x04\x0c\x1a", "<C-a><C-d><C-l><C-z>");
    KEYS("<", "<lt>");
    KEYS("\033>\033<", "<M-gt><M-lt>");
}

/* Bytes that spell no character are no keys: a surrogate, Esc in three bytes, what lies past the
 * last character. */
static void test_no_character(void **state)
{
    (void)state;
    KEYS("\xED\xA3\xBA", "");
    KEYS("\xE0\x80\x9B", "");
    KEYS("\xF4\x90\x80\x80", "");
    KEYS("a\xE0\x80\x9B"
         "b",
         "ab");
}

static void test_arrows_in_both_forms(void **state)
{
    (void)state;
    KEYS("\033[A\033[B\033[C\033[D", "<Up><Down><Right><Left>");
    KEYS("\033OA\033OB\033OC\033OD", "<Up><Down><Right><Left>");
    KEYS("\033[H\033[F\033OH\033OF", "<Home><End><Home><End>");
    KEYS("\033[1~\033[4~\033[7~\033[8~", "<Home><End><Home><End>");
    KEYS("\033[5~\033[6~\033[2~\033[3~", "<PageUp><PageDown><Insert><Delete>");
}

static void test_function_keys(void **state)
{
    (void)state;
    KEYS("\033OP\033OQ\033OR\033OS", "<F1><F2><F3><F4>");
    KEYS("\033[11~\033[12~\033[15~\033[24~", "<F1><F2><F5><F12>");
    KEYS("\033[[A\033[[E", "<F1><F5>");
}

static void test_keypad_of_putty(void **state)
{
    (void)state;
    KEYS("\033Op\033Oy\033OM\033Ok", "09<Enter>+");
}

static void test_modifiers(void **state)
{
    (void)state;
    KEYS("\033[1;5A\033[1;2B\033[1;3C", "<C-Up><S-Down><M-Right>");
    KEYS("\033[5;5~", "<C-PageUp>");
    KEYS("\033[Z", "<S-Tab>");
    KEYS("\033x", "<M-x>");
    KEYS("\033\033[A", "<M-Up>");
    KEYS("\033[97;5u\033[27;5;105~", "<C-a><C-i>");
}

static void test_lone_escape(void **state)
{
    (void)state;
    KEYS("\033", "<Esc>");
    KEYS("\033\033", "<Esc><Esc>");
    KEYS("\033[", "<M-[>");
    KEYS("\033O", "<M-O>");
}

static void test_a_sequence_in_pieces(void **state)
{
    (void)state;
    struct decoder *d = decoder_new(arena);
    struct input input;
    decoder_feed(d, (const unsigned char *)"\033", 1);
    assert_false(decoder_next(d, false, &input));
    assert_true(decoder_waits(d));
    decoder_feed(d, (const unsigned char *)"[5", 2);
    assert_false(decoder_next(d, false, &input));
    decoder_feed(d, (const unsigned char *)"~\xe6\x8a", 3);
    assert_true(decoder_next(d, false, &input));
    assert_int_equal(input.key, KEY_PAGE_UP);
    assert_false(decoder_next(d, false, &input));
    decoder_feed(d, (const unsigned char *)"\xa5", 1);
    assert_true(decoder_next(d, false, &input));
    assert_int_equal(input.key, 0x62A5);
    assert_false(decoder_waits(d));
}

static void test_paste(void **state)
{
    (void)state;
    KEYS("\033[200~q\n报\033[201~j", "{q 报}j");
    KEYS("\033[200~\033[A\033[201~", "{ [A}");
}

static void test_mouse(void **state)
{
    (void)state;
    KEYS("\033[<0;5;3M\033[<0;5;3m", "(0 2,4)");
    KEYS("\033[<64;1;1M\033[<65;1;1M", "(3 0,0)(4 0,0)");
    KEYS("\033[M !!j", "j");
}

static void test_what_is_no_key(void **state)
{
    (void)state;
    KEYS("\xff\xfej", "j");
    KEYS("\033[?1;2cj", "j");
    KEYS("\033[I\033[Oj", "j");
    KEYS("\xe6", "");
}

static void test_any_bytes_end(void **state)
{
    (void)state;
    uint32_t seed = 7;
    char bytes[512];
    for (int round = 0; round < 2000; round++) {
        for (size_t i = 0; i < sizeof bytes; i++) {
            seed = seed * 1664525 + 1013904223;
            bytes[i] = (seed >> 24) % 4 == 0   ? '\033'
                       : (seed >> 16) % 3 == 0 ? '['
                                               : (char)(seed >> 8);
        }
        struct arena_mark mark = arena_mark(arena);
        keys_of(bytes, sizeof bytes);
        arena_release(arena, mark);
    }
}

static void test_input_method_left_on(void **state)
{
    (void)state;
    assert_int_equal(key_without_input_method(0x3001), '/');
    assert_int_equal(key_without_input_method(0xFF1A), ':');
    assert_int_equal(key_without_input_method(0xFF1F), '?');
    assert_int_equal(key_without_input_method(0xFF4A), 'j');
    assert_int_equal(key_without_input_method(0xFF12), '2');
    assert_int_equal(key_without_input_method(0x62A5), 0x62A5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plain),
        cmocka_unit_test(test_no_character),
        cmocka_unit_test(test_arrows_in_both_forms),
        cmocka_unit_test(test_function_keys),
        cmocka_unit_test(test_keypad_of_putty),
        cmocka_unit_test(test_modifiers),
        cmocka_unit_test(test_lone_escape),
        cmocka_unit_test(test_a_sequence_in_pieces),
        cmocka_unit_test(test_paste),
        cmocka_unit_test(test_mouse),
        cmocka_unit_test(test_what_is_no_key),
        cmocka_unit_test(test_any_bytes_end),
        cmocka_unit_test(test_input_method_left_on),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
