/* The query language. */
#include "baolan/buffer.h"
#include "baolan/message.h"
#include "baolan/query.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static struct arena *arena;

static int setup(void **state)
{
    (void)state;
    arena = arena_new();
    language_set(LANGUAGE_ENGLISH);
    return arena == NULL;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

/* A query as a line: clauses parted by |, terms by spaces, what they were read as. */
static const char *shown(const char *text, bool typing)
{
    static const char *const signs[] = {"", ">", ">=", "<", "<=", "="};
    struct query q;
    struct query_problem problem;
    struct buffer out = buffer_in(arena);
    enum status status = query_parse(arena, str_of(text), typing, &q, &problem);
    if (status == STATUS_BAD_INPUT)
        buffer_printf(&out, "%zu-%zu ", problem.span.start, problem.span.end);
    if (status != STATUS_OK)
        return buffer_c((buffer_add_c(&out, status_name(status)), &out));
    for (uint32_t i = 0; i < q.n_clauses; i++) {
        buffer_add_c(&out, i > 0 ? " |" : "");
        for (uint32_t k = 0; k < q.clauses[i].n_terms; k++) {
            const struct query_term *t = &q.clauses[i].terms[k];
            buffer_printf(&out, "%s%s%s:", out.n > 0 ? " " : "", t->negated ? "-" : "",
                          query_field_name(t->field));
            if (t->n_patterns > 0)
                buffer_printf(&out, "%.*s%s", STR_ARG(t->patterns[0].text),
                              t->patterns[0].prefix ? "*" : "");
            buffer_printf(&out, "%s%.*s", signs[t->compare], STR_ARG(t->value));
        }
    }
    return buffer_c(&out);
}

static void test_a_query_is_not_too_long(void **state)
{
    (void)state;
    struct query q;
    struct query_problem problem;
    char *text = arena_array(arena, char, QUERY_MOST + 1);
    memset(text, 'a', QUERY_MOST + 1);
    assert_int_equal(query_parse(arena, (struct str){text, QUERY_MOST}, false, &q, &problem),
                     STATUS_OK);
    assert_int_equal(query_parse(arena, (struct str){text, QUERY_MOST + 1}, false, &q, &problem),
                     STATUS_BAD_INPUT);
    assert_int_equal(problem.span.start, QUERY_MOST);
}

static void test_queries(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"平湖", ":平湖"},
        {"平湖　数字经济", ":平湖 :数字经济"},
        {"“数字 经济” -箱包", ":数字经济 -:箱包"},
        {"title:产业 speaker：张三", "title:产业 speaker:张三"},
        {"平湖 OR 嘉兴 | 杭州", ":平湖 | :嘉兴 | :杭州"},
        {"metric:产值>100亿元", "metric:产值>100亿元"},
        {"metric:产值 >=100亿元 平湖", "metric:产值>=100亿元 :平湖"},
        {"＞１００", "metric:>１００"},
        {"≤5%", "metric:<=5%"},
        {"5G*", ":5g*"},
        {"by:小王 @li -＠小李", "by:小王 assigned:li -assigned:小李"},
        {"@", "0-1 bad input"},
        {"date:2022..2023 箱包", "date:2022..2023 :箱包"},
        {"-", "0-1 bad input"},
        {"http://a.b", ":http://a.b"},
        {"OR 平湖", "0-2 bad input"},
        {"平湖 OR", "9-9 bad input"},
        {"-平湖", "0-7 bad input"},
        {"foo:平湖", "0-4 bad input"},
        {"平湖 title:", "7-13 bad input"},
        {"\"平湖", "0-7 bad input"},
        {"。，", "0-6 bad input"},
        {"产值 >", "7-8 bad input"},
        {"  ", "not found"},
        {"", "not found"},
        {"金华|嘉兴", ":金华|嘉兴"},
        {"orange OR ORB", ":orange | :orb"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_string_equal(shown(rows[i][0], false), rows[i][1]);
    assert_string_equal(shown("平湖 5", true), ":平湖 :5*");
    assert_string_equal(shown("平湖 OR ", true), ":平湖");
    assert_string_equal(shown("\"平湖", true), ":平湖");
}

static void test_any_bytes(void **state)
{
    (void)state;
    static const char *const pieces[] = {"平湖", " ",  "OR", "|", "-",    "\"",      "title:", ">",
                                         "1",    "：", "　", "*", "\xFF", "metric:", "“",      "("};
    srand(5);
    for (size_t round = 0; round < 20000; round++) {
        struct str text = STR("");
        for (int i = 0, n = rand() % 12; i < n; i++)
            text = str_printf(arena, "%.*s%s", STR_ARG(text),
                              pieces[(size_t)rand() % (sizeof pieces / sizeof *pieces)]);
        struct query q;
        struct query_problem problem;
        if (query_parse(arena, text, rand() % 2 == 0, &q, &problem) == STATUS_BAD_INPUT) {
            assert_true(problem.span.start <= problem.span.end && problem.span.end <= text.n);
            assert_true(problem.message.n > 0);
        }
        arena_reset(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_queries),
        cmocka_unit_test(test_a_query_is_not_too_long),
        cmocka_unit_test(test_any_bytes),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
