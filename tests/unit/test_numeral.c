/* Numerals of Chinese prose and exact decimals. */
#include "baolan/numeral.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct arena *arena;

/* "VALUE|rest" of the numeral at the start of text, or "-". */
static const char *read(const char *text)
{
    struct numeral n;
    struct str s = str_of(text);
    if (!numeral_read(s, 0, &n))
        return "-";
    struct str value = decimal_str(arena, n.value);
    struct str rest = str_sub(s, n.end, s.n);
    return str_dup_c(arena, str_printf(arena, "%.*s|%.*s", STR_ARG(value), STR_ARG(rest)));
}

static void test_numerals(void **state)
{
    (void)state;
    static const struct {
        const char *text, *want;
    } cases[] = {
        {"83397人", "83397|人"},
        {"1,234.5", "1234.5|"},
        {"164.0亿元", "164.0|亿元"},
        {"12.5.3", "12.5|.3"},
        {"7万5千4百个", "75400|个"},
        {"3万4000个", "34000|个"},
        {"1千零20个", "1020|个"},
        {"120万台", "120|万台"},
        {"一百五十二个", "152|个"},
        {"十五", "15|"},
        {"两千四百五", "2450|"},
        {"一百零一万一千", "1011000|"},
        {"四千三百亿个", "4300|亿个"},
        {"二十一万亿个", "21|万亿个"},
        {"五亿零六个", "500000006|个"},
        {"十点二三三", "10.233|"},
        {"两千点零", "2000.0|"},
        {"千万元", "1000|万元"},
        {"亿元", "1|亿元"},
        {"二〇二五年", "2025|年"},
        {"三千四百五十几万", "3450|几万"},
        {"五六个", "-"},
        {"万", "1|万"},
        {"人", "-"},
        {"", "-"},
        {"99999999999999999999", "-"},
        {"1,234,567元", "1234567|元"},
        {"1,2345元", "1|,2345元"},
        {"12,34元", "12|,34元"},
        {"0,123元", "0|,123元"},
        {"1,23", "1|,23"},
        {"1,234.5,678", "1234.5|,678"},
        {"12.年", "12|.年"},
        {"三百二百", "500|"},
        {"廿五岁", "-"},
        {"两万零三", "20003|"},
        {"三万五", "35000|"},
        {"三百五", "350|"},
        {"三百零五", "305|"},
        {"一亿二千万人", "120000000|人"},
        {"一亿五", "150000000|"},
        {"三万零五", "30005|"},
        {"一万二千三百四十五", "12345|"},
        {"百分之", "100|分之"},
        {"零", "0|"},
        {"〇点五", "0.5|"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (strcmp(read(cases[i].text), cases[i].want) != 0)
            fail_msg("%s: %s, not %s", cases[i].text, read(cases[i].text), cases[i].want);
}

static void test_flags(void **state)
{
    (void)state;
    struct numeral n;
    assert_true(numeral_read(STR("千万元"), 0, &n));
    assert_true(n.bare && n.han);
    assert_int_equal(n.multiplier, STR("万").n);
    assert_true(numeral_read(STR("二〇二五"), 0, &n));
    assert_true(n.sequence);
    assert_true(numeral_read(STR("十个"), 0, &n));
    assert_false(n.bare);
}

static struct decimal d(const char *text)
{
    struct decimal out;
    assert_true(decimal_parse(str_of(text), &out));
    return out;
}

static void test_decimals(void **state)
{
    (void)state;
    struct decimal out;
    assert_int_equal(decimal_compare(decimal_multiply(d("0.5"), d("1e8")),
                                     decimal_multiply(d("5000"), d("1e4"))),
                     0);
    assert_true(decimal_compare(d("-6.91"), d("-6.9")) < 0);
    assert_true(decimal_compare(d("164.0"), d("164")) == 0);
    assert_true(decimal_compare(d("1e17"), d("0.001")) > 0);
    struct str text = decimal_str(arena, d("-0.05"));
    assert_true(str_eq(text, STR("-0.05")));
    text = decimal_str(arena, decimal_multiply(d("20.5"), d("1e8")));
    assert_true(str_eq(text, STR("2050000000")));
    assert_false(decimal_parse(STR("12a"), &out));
    assert_false(decimal_parse(STR(""), &out));
    assert_false(decimal_parse(STR("-"), &out));
}

/* What is read, and as it is written again; NULL: no decimal. */
static void test_decimals_are_read(void **state)
{
    (void)state;
    static const struct {
        const char *text, *want;
    } cases[] = {
        {"+5", "5"},       {"-0", "0"},         {"1e3", "1000"},
        {"1E+3", "1000"},  {"15e-1", "1.5"},    {"1.50", "1.50"},
        {"5e-3", "0.005"}, {"1,234", "1234"},   {"1,23", NULL},
        {"1e", NULL},      {"1e-", NULL},       {"1ex", NULL},
        {"1e5x", NULL},    {"+", NULL},         {"--1", NULL},
        {".5", NULL},      {"5.", NULL},        {"1.2.3", NULL},
        {"0e9", "0"},      {"-12.5e1", "-125"}, {"999999999999999999999", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct decimal out;
        bool good = decimal_parse(str_of(cases[i].text), &out);
        if (good != (cases[i].want != NULL))
            fail_msg("%s", cases[i].text);
        if (good)
            assert_string_equal(str_dup_c(arena, decimal_str(arena, out)), cases[i].want);
    }
}

/* Products that do not fit lose their last digits, and no more; order holds over any scales. */
static void test_large_decimals(void **state)
{
    (void)state;
    struct decimal large = d("123456789012345678"), product = decimal_multiply(large, large);
    double exact = 123456789012345678.0 * 123456789012345678.0;
    assert_true(decimal_double(product) > exact * 0.999999 &&
                decimal_double(product) < exact * 1.000001);
    product = decimal_multiply(d("-123456789012345678"), large);
    assert_true(decimal_double(product) < -exact * 0.999999);
    static const char *const ASCENDING[] = {"-1e30",
                                            "-123456789012345678",
                                            "-1e-20",
                                            "0",
                                            "1e-30",
                                            "1e-20",
                                            "0.1",
                                            "123456789012345678",
                                            "123456789012345679",
                                            "1e30",
                                            "2e30"};
    size_t n = sizeof ASCENDING / sizeof *ASCENDING;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < n; k++) {
            int order = decimal_compare(d(ASCENDING[i]), d(ASCENDING[k]));
            if ((order > 0) != (i > k) || (order < 0) != (i < k))
                fail_msg("%s and %s: %d", ASCENDING[i], ASCENDING[k], order);
        }
    assert_int_equal(decimal_str(arena, d("1e62")).n, 63);
    assert_string_equal(str_dup_c(arena, decimal_str(arena, d("1e-20"))), "0.00000000000000000001");
}

static int setup(void **state)
{
    (void)state;
    arena = arena_new();
    return arena == NULL;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numerals),       cmocka_unit_test(test_flags),
        cmocka_unit_test(test_decimals),       cmocka_unit_test(test_decimals_are_read),
        cmocka_unit_test(test_large_decimals),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
