/* Tables of a page's text: each cell of tests/vectors/tables/NN.txt becomes the figure that its
 * line of NN.out says.
 *
 *     TEXT UNIT KIND METRIC | SUBJECT | PERIOD [target]
 *
 * `-` stands for what is not said. */
#include "baolan/buffer.h"
#include "baolan/files.h"
#include "baolan/parse.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

static struct arena *arena;
static struct lexicons *lexicons;

static struct str or_dash(struct str s)
{
    return s.n > 0 ? s : STR("-");
}

/* What is read of the cells of the tables of a page. */
static struct str cells_of(struct str page)
{
    struct parse_options o = {.lexicons = lexicons, .depth = PARSE_FACTS};
    struct error e = ERROR_NONE;
    struct document *d;
    struct buffer b = buffer_in(arena);
    assert_int_equal(document_parse(arena, page, &o, &d, &e), STATUS_OK);
    for (uint32_t k = 0; k < d->n_indicators; k++) {
        const struct indicator *i = &d->indicators[k];
        struct str unit = or_dash(i->unit), metric = or_dash(i->metric);
        struct str subject = or_dash(i->subject), period = or_dash(i->period);
        if (i->table == NONE)
            continue;
        buffer_printf(&b, "%.*s %.*s %s %.*s | %.*s | %.*s%s\n", STR_ARG(i->text), STR_ARG(unit),
                      indicator_kind_name(i->kind), STR_ARG(metric), STR_ARG(subject),
                      STR_ARG(period), i->target ? " target" : "");
    }
    return buffer_str(&b);
}

static struct str file_of(unsigned number, const char *ending)
{
    struct str text;
    struct error e = ERROR_NONE;
    struct str path = str_printf(arena, "tests/vectors/tables/%02u.%s", number, ending);
    return file_read(arena, str_dup_c(arena, path), &text, NULL, &e) == STATUS_OK ? text
                                                                                  : (struct str){0};
}

static void test_tables(void **state)
{
    (void)state;
    unsigned number = 1;
    size_t failed = 0;
    for (struct str page; page = file_of(number, "txt"), page.n > 0; number++) {
        struct str want = file_of(number, "out"), got = cells_of(page);
        if (str_eq(str_trim(got), str_trim(want)))
            continue;
        failed++;
        print_error("%02u wanted:\n%.*s\ngot:\n%.*s\n", number, STR_ARG(want), STR_ARG(got));
    }
    assert_true(number > 10);
    assert_int_equal(failed, 0);
}

static int setup(void **state)
{
    (void)state;
    struct error e = ERROR_NONE;
    arena = arena_new();
    return lexicons_load(arena, NULL, &lexicons, NULL, NULL, &e) == STATUS_OK ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_tables)};
    return cmocka_run_group_tests(tests, setup, teardown);
}
