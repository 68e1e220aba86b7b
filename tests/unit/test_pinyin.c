/* Pinyin: what finds what, and how well. */
#include "baolan/pinyin.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static struct arena *arena;
static struct pinyin *table;

static int setup(void **state)
{
    (void)state;
    arena = arena_new();
    return pinyin_load(arena, getenv("BAOLAN_DATA"), &table, NULL) != STATUS_OK;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static enum pinyin_rank rank_of(const char *query, const char *term)
{
    struct pinyin_query q;
    if (!pinyin_query_of(table, arena, str_of(query), &q))
        return PINYIN_NO_MATCH;
    return pinyin_match(&q, str_of(term), NULL);
}

static void test_ranks(void **state)
{
    (void)state;
    static const struct {
        const char *query, *term;
        enum pinyin_rank rank;
    } rows[] = {
        {"pinghu", "平湖", PINYIN_EXACT},
        {"ping hu", "平湖", PINYIN_EXACT},
        {"PingHu", "平湖市", PINYIN_PREFIX},
        {"pinghu", "嘉兴平湖", PINYIN_INSIDE},
        {"pingh", "平湖", PINYIN_INITIALS},
        {"ph", "平湖", PINYIN_INITIALS},
        {"ph", "平湖市", PINYIN_INITIALS_PREFIX},
        {"ph", "在平湖市", PINYIN_INITIALS_INSIDE},
        {"szjingji", "数字经济", PINYIN_INITIALS},
        {"shzjj", "数字经济", PINYIN_INITIALS},
        {"平hu", "平湖", PINYIN_EXACT},
        {"平h", "平湖", PINYIN_INITIALS},
        {"平湖", "平湖", PINYIN_EXACT},
        {"smtd", "双马通道", PINYIN_INITIALS},
        {"chongqing", "重庆", PINYIN_EXACT},
        {"zhongyao", "重要", PINYIN_EXACT},
        {"yinhang", "银行", PINYIN_EXACT},
        {"lvyou", "旅游", PINYIN_EXACT},
        {"luyou", "旅游", PINYIN_EXACT},
        {"nvxing", "女性", PINYIN_EXACT},
        {"gdp", "ＧＤＰ总量", PINYIN_PREFIX},
        {"5g", "5G网络", PINYIN_PREFIX},
        {"5gwl", "5G网络", PINYIN_INITIALS},
        {"xian", "西安", PINYIN_EXACT},
        {"xian", "县", PINYIN_EXACT},
        {"bbzl", "“八八战略”", PINYIN_INITIALS},
        {"pinghu", "冯惠芳", PINYIN_NO_MATCH},
        {"pinghu", "平", PINYIN_NO_MATCH},
        {"x", "在县", PINYIN_NO_MATCH},
        {"", "平湖", PINYIN_NO_MATCH},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (rank_of(rows[i].query, rows[i].term) != rows[i].rank)
            print_message("%s %s\n", rows[i].query, rows[i].term);
        assert_int_equal(rank_of(rows[i].query, rows[i].term), rows[i].rank);
    }
}

static void test_part(void **state)
{
    (void)state;
    struct pinyin_query q;
    struct span part;
    struct str term = STR("在“平·湖”市");
    assert_true(pinyin_query_of(table, arena, STR("pinghu"), &q));
    assert_int_equal(pinyin_match(&q, term, &part), PINYIN_INSIDE);
    assert_true(str_eq(span_of(term, part), STR("平·湖")));
}

static void test_find(void **state)
{
    (void)state;
    static const struct {
        const char *query, *text, *found;
        bool syllables;
    } rows[] = {
        {"xiangbao", "做大做强箱包产业", "箱包", true},
        {"zhongguo", "在中 国", NULL, true},
        {"xian", "去西安", "西安", true},
        {"gongye", "供业，工业", "供业", true},
        {"gdp", "gdp", NULL, false},
        {"gong", "工业", "工", false},
        {"bandaot", "半导体", NULL, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct pinyin_query q;
        struct span part;
        struct str text = str_of(rows[i].text);
        assert_true(pinyin_query_of(table, arena, str_of(rows[i].query), &q));
        assert_int_equal(pinyin_is_syllables(&q), rows[i].syllables);
        assert_int_equal(pinyin_find(&q, text, 0, &part), rows[i].found != NULL);
        if (rows[i].found != NULL)
            assert_true(str_eq(span_of(text, part), str_of(rows[i].found)));
    }
}

static void test_index(void **state)
{
    (void)state;
    static const struct pinyin_term terms[] = {
        {STR_INIT("平湖市"), 1, 5, 0},   {STR_INIT("平湖"), 2, 1, 0},
        {STR_INIT("嘉兴平湖"), 3, 9, 0}, {STR_INIT("排户"), 4, 100, 0},
        {STR_INIT("数字经济"), 5, 1, 0}, {STR_INIT("平湖大道"), 6, 8, 0},
    };
    struct pinyin_index *index = pinyin_index_of(arena, table, terms, 6);
    struct pinyin_query q;
    struct pinyin_hit hits[3];
    assert_true(pinyin_query_of(table, arena, STR("pinghu"), &q));
    assert_int_equal(pinyin_index_find(index, &q, hits, 3), 3);
    assert_int_equal(hits[0].term->id, 2);
    assert_int_equal(hits[1].term->id, 6);
    assert_int_equal(hits[2].term->id, 1);
    assert_true(pinyin_query_of(table, arena, STR("ph"), &q));
    assert_int_equal(pinyin_index_find(index, &q, hits, 3), 3);
    assert_int_equal(hits[0].term->id, 4);
}

static void test_any_bytes(void **state)
{
    (void)state;
    srand(3);
    for (size_t round = 0; round < 20000; round++) {
        char bytes[2][200];
        struct pinyin_query q;
        for (size_t k = 0; k < 2; k++)
            for (size_t i = 0; i < sizeof bytes[k]; i++)
                bytes[k][i] = (char)(rand() % 4 == 0 ? rand() : "pinghu平湖"[rand() % 12]);
        struct str term = {bytes[1], (size_t)rand() % sizeof bytes[1]};
        struct span part = {0, 0};
        if (pinyin_query_of(table, arena, (struct str){bytes[0], (size_t)rand() % 70}, &q))
            pinyin_match(&q, term, &part);
        assert_true(part.start <= part.end && part.end <= term.n);
        arena_release(arena, arena_mark(arena));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ranks),     cmocka_unit_test(test_part),
        cmocka_unit_test(test_index),     cmocka_unit_test(test_find),
        cmocka_unit_test(test_any_bytes),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
