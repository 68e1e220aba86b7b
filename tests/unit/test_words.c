/* Dates, periods and counts as each language writes them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "baolan/memory.h"
#include "baolan/message.h"
#include "ui/words.h"

static void test_periods(void **state)
{
    (void)state;
    static const struct {
        const char *period, *zh, *en;
    } ROWS[] = {
        {"2023", "2023年", "2023"},
        {"2023H1", "2023年上半年", "H1 2023"},
        {"2023Q4", "2023年四季度", "Q4 2023"},
        {"2023-05", "2023年5月", "May 2023"},
        {"2023-05-09", "2023年5月9日", "9 May 2023"},
        {"2021-01/2023-12", "2021年1月至2023年12月", "Jan 2021 to Dec 2023"},
        {"2021/2025", "2021年至2025年", "2021 to 2025"},
        /* What is none of these stays as it is. */
        {"", "", ""},
        {"202", "202", "202"},
        {"2023-13", "2023-13", "2023-13"},
        {"2023-05-9", "2023-05-9", "2023-05-9"},
        {"2023Q5", "2023Q5", "2023Q5"},
        {"2023H", "2023H", "2023H"},
        {"2023-05-", "2023-05-", "2023-05-"},
        {"2023/", "2023/", "2023/"},
        {"十四五", "十四五", "十四五"},
    };
    struct arena *a = arena_new();
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        language_set(LANGUAGE_CHINESE);
        struct str zh = words_of_period(a, str_of(ROWS[i].period));
        language_set(LANGUAGE_ENGLISH);
        struct str en = words_of_period(a, str_of(ROWS[i].period));
        assert_string_equal(str_dup_c(a, zh), ROWS[i].zh);
        assert_string_equal(str_dup_c(a, en), ROWS[i].en);
    }
    arena_free(a);
}

static void test_counts(void **state)
{
    (void)state;
    static const struct {
        int64_t n;
        const char *zh, *en;
    } ROWS[] = {
        {0, "0", "0"},
        {999, "999", "999"},
        {1000, "1000", "1,000"},
        {9999, "9999", "9,999"},
        {10000, "1万", "10,000"},
        {12345, "1.2万", "12,345"},
        {1999999, "199万", "1,999,999"},
        {123456789, "1.2亿", "123,456,789"},
        {-1234, "-1234", "-1,234"},
        {-123, "-123", "-123"},
    };
    struct arena *a = arena_new();
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        language_set(LANGUAGE_CHINESE);
        assert_string_equal(str_dup_c(a, words_of_count(a, ROWS[i].n)), ROWS[i].zh);
        language_set(LANGUAGE_ENGLISH);
        assert_string_equal(str_dup_c(a, words_of_count(a, ROWS[i].n)), ROWS[i].en);
    }
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_periods),
        cmocka_unit_test(test_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
