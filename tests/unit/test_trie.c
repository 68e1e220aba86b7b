/* The set of words that lexicons and the search for names match with. */
#include "baolan/trie.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static struct arena *arena;

/* The value of exactly this word. */
static uint32_t value_of(const struct trie *t, struct str word)
{
    size_t edge = STR_NONE;
    uint32_t found = trie_match(t, word, t->backward ? word.n : 0, &edge);
    return edge == (t->backward ? 0 : word.n) ? found : TRIE_NONE;
}

static void test_forward(void **state)
{
    (void)state;
    struct trie t = trie_in(arena, false);
    size_t edge = 0;
    assert_int_equal(trie_match(&t, STR("云栖镇"), 0, &edge), TRIE_NONE);
    trie_add(&t, STR("云栖"), 0);
    trie_add(&t, STR("云栖镇"), 1);
    trie_add(&t, STR("镇"), 2);
    trie_add(&t, STR("A1"), 3);
    trie_finish(&t);
    struct str text = STR("在云栖镇A1云栖");
    assert_int_equal(trie_match(&t, text, 3, &edge), 1);
    assert_int_equal(edge, 12);
    assert_int_equal(trie_match(&t, text, 9, &edge), 2);
    assert_int_equal(trie_match(&t, text, 12, &edge), 3);
    assert_int_equal(trie_match(&t, text, 14, &edge), 0);
    assert_int_equal(edge, text.n);
    assert_int_equal(trie_match(&t, text, 0, &edge), TRIE_NONE);
    assert_int_equal(trie_match(&t, text, text.n, &edge), TRIE_NONE);
    assert_int_equal(trie_match(&t, text, text.n + 1, &edge), TRIE_NONE);
    assert_int_equal(value_of(&t, STR("云栖")), 0);
    assert_int_equal(value_of(&t, STR("云栖镇")), 1);
    assert_int_equal(value_of(&t, STR("云")), TRIE_NONE);
    assert_int_equal(value_of(&t, STR("云栖镇A")), TRIE_NONE);
    assert_int_equal(value_of(&t, STR("")), TRIE_NONE);
    trie_add(&t, STR("镇"), 7);
    trie_add(&t, STR("云桥"), 8);
    trie_finish(&t);
    assert_int_equal(value_of(&t, STR("云桥")), 8);
    assert_int_equal(value_of(&t, STR("云栖镇")), 1);
    assert_int_equal(trie_match(&t, text, 9, &edge), 7);
}

static void test_seek(void **state)
{
    (void)state;
    struct trie t = trie_in(arena, false);
    struct str text = STR("在云a栖é，镇");
    size_t at = 0, next = 0;
    trie_finish(&t);
    assert_int_equal(trie_seek(&t, text, &at, &next), 0);
    trie_add(&t, STR("云栖"), 0);
    trie_add(&t, STR("é"), 1);
    trie_add(&t, STR("镇"), 2);
    trie_finish(&t);
    assert_int_equal(trie_seek(&t, text, &at, &next), U'云');
    assert_int_equal(at, 3);
    assert_int_equal(next, 6);
    assert_int_equal(trie_seek(&t, text, &at, &next), U'云');
    at = next;
    assert_int_equal(trie_seek(&t, text, &at, &next), U'é');
    at = next;
    assert_int_equal(trie_seek(&t, text, &at, &next), U'镇');
    assert_int_equal(next, text.n);
    at = next;
    assert_int_equal(trie_seek(&t, text, &at, &next), 0);
}

static void test_backward(void **state)
{
    (void)state;
    struct trie t = trie_in(arena, true);
    size_t edge = 0;
    trie_add(&t, STR("公司"), 0);
    trie_add(&t, STR("有限公司"), 1);
    trie_finish(&t);
    assert_int_equal(value_of(&t, STR("有限公司")), 1);
    assert_int_equal(value_of(&t, STR("限公司")), TRIE_NONE);
    struct str text = STR("某有限公司");
    assert_int_equal(trie_match(&t, text, text.n, &edge), 1);
    assert_int_equal(edge, 3);
    assert_int_equal(trie_match(&t, STR("公司"), 6, &edge), 0);
    assert_int_equal(edge, 0);
    assert_int_equal(trie_match(&t, text, 0, &edge), TRIE_NONE);
    assert_true(trie_begins(&t, U'司'));
    assert_false(trie_begins(&t, U'公'));
}

/* Every word is found at its place among many that begin alike. */
static void test_many(void **state)
{
    (void)state;
    struct trie t = trie_in(arena, false);
    for (uint32_t i = 0; i < 2000; i++)
        trie_add(&t, str_printf(arena, "词%u。", i), i);
    trie_finish(&t);
    for (uint32_t i = 0; i < 2000; i++) {
        size_t edge = 0;
        struct str text = str_printf(arena, "x词%u。x", i);
        assert_int_equal(trie_match(&t, text, 1, &edge), i);
        assert_int_equal(edge, text.n - 1);
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
        cmocka_unit_test(test_forward),
        cmocka_unit_test(test_seek),
        cmocka_unit_test(test_backward),
        cmocka_unit_test(test_many),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
