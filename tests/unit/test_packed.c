/* Texts as the cache keeps them come back as they were; of damaged ones nothing is asked but an
 * end.
 */
#include "baolan/utf8.h"
#include "store/internal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static struct arena *arena;

static struct str unpacked(struct str packed)
{
    char *out = arena_alloc(arena, TEXT_UNPACKED_MOST(packed.n));
    size_t n = text_unpack(packed, out);
    assert_true(n <= TEXT_UNPACKED_MOST(packed.n));
    return (struct str){out, n};
}

static void assert_returns(struct str text)
{
    struct str packed, again;
    if (!text_pack(arena, text, &packed))
        return; /* it is kept as it is */
    again = unpacked(packed);
    assert_int_equal(again.n, text.n);
    if (text.n > 0)
        assert_memory_equal(again.p, text.p, text.n);
}

static void test_texts(void **state)
{
    static const char *const texts[] = {"",
                                        "GDP 3.5%",
                                        "云泽市2022年实现产值386.5亿元，同比增长11.1%。",
                                        "阿·买买提“四群八链”—…",
                                        "繁體：㐀𠮷，全角ＡＢ％",
                                        "é ß Ω ы",
                                        "\xE4\xBA",
                                        "\xFF\xFE\x80 x",
                                        "\xEF\xBF\xBD",
                                        "\xE3\x80",
                                        "\x01\x1F，的\x0B\t\n\x7F"};
    struct str packed;
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_returns(str_of(texts[i]));
    assert_true(text_pack(arena, STR("近年来，平稳"), &packed));
    assert_int_equal(packed.n, 11);
    assert_false(text_pack(arena, STR("plain"), &packed));
}

static void test_all_points(void **state)
{
    (void)state;
    for (uint32_t point = 1; point < 0x110000; point += point < 0x10000 ? 1 : 257) {
        char text[4];
        struct arena_mark mark = arena_mark(arena);
        if (point < 0xD800 || point >= 0xE000)
            assert_returns((struct str){text, utf8_write(point, text)});
        arena_release(arena, mark);
    }
}

static void test_any_bytes(void **state)
{
    char bytes[64];
    uint32_t seed = 1;
    (void)state;
    for (int round = 0; round < 20000; round++) {
        struct arena_mark mark = arena_mark(arena);
        size_t n = (size_t)round % (sizeof bytes + 1);
        for (size_t i = 0; i < n; i++)
            bytes[i] = (char)((seed = seed * 1664525u + 1013904223u) >> 24);
        unpacked((struct str){bytes, n});
        assert_returns((struct str){bytes, n});
        arena_release(arena, mark);
    }
}

static int set_up(void **state)
{
    (void)state;
    arena = arena_new();
    return arena == NULL ? -1 : 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_texts),
        cmocka_unit_test(test_all_points),
        cmocka_unit_test(test_any_bytes),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
