/* Texts, figures and lists of ids as the cache keeps them come back as they were; of damaged ones
 * nothing is asked but an end. */
#include "baolan/utf8.h"
#include "store/figures.h"
#include "store/postings.h"

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
    assert_int_equal(packed.n, 7);
    assert_false(text_pack(arena, STR("plain"), &packed));
}

/* Pairs of characters have codes of their own, wherever in a text they begin. */
static void test_pairs(void **state)
{
    struct str packed;
    (void)state;
    assert_true(text_pack(arena, STR("服务"), &packed));
    assert_int_equal(packed.n, 2);
    assert_true(text_pack(arena, STR("蝴服务蝶服务"), &packed));
    assert_int_equal(packed.n, 8);
    static const char *const texts[] = {"服务服务",   "服服务",   "务服",
                                        "服\xE5\x8A", "服务\xE5", "3服务5"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_returns(str_of(texts[i]));
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

/* A figure whose fields are drawn so that neighbours often share them. */
static struct figure figure_drawn(uint32_t id, uint32_t *seed)
{
    static const char *const periods[] = {"", "2023", "2023H1"};
    struct figure f = {.numbers = {[FIGURE_ID] = id}};
    for (int i = FIGURE_PASSAGE; i < FIGURE_COLUMNS; i++) {
        *seed = *seed * 1664525u + 1013904223u;
        if (i != FIGURE_PERIOD && i != FIGURE_MORE)
            f.numbers[i] = *seed >> 24 & 3;
    }
    f.numbers[FIGURE_DIGITS] = (int64_t)*seed * (id % 2 == 0 ? 99999 : -1);
    f.period = str_of(periods[*seed % 3]);
    f.more = *seed % 5 == 0 ? STR("t\x01x") : (struct str){NULL, 0};
    return f;
}

static void test_figures(void **state)
{
    enum { MANY = 200 };
    struct figure figures[MANY], before = {.period = {NULL, 0}};
    struct buffer packed = buffer_in(arena);
    uint32_t seed = 7;
    (void)state;
    for (uint32_t i = 0; i < MANY; i++) {
        figures[i] = figure_drawn(100 + i, &seed);
        figure_write(&packed, &before, &figures[i]);
        before = figures[i];
    }
    struct str rest = buffer_str(&packed);
    struct figure f = {.numbers = {[FIGURE_ID] = 99}};
    for (uint32_t i = 0; i < MANY; i++) {
        assert_true(figure_next(&rest, &f));
        assert_memory_equal(f.numbers, figures[i].numbers, sizeof f.numbers);
        assert_true(str_eq(f.period, figures[i].period) && str_eq(f.more, figures[i].more));
    }
    assert_false(figure_next(&rest, &f));
    for (size_t n = 0; n < packed.n; n++) {
        rest = str_sub(buffer_str(&packed), 0, n);
        while (figure_next(&rest, &f))
            continue;
    }
}

static void find(struct postings *p, enum postings_table table, struct posting **out)
{
    assert_int_equal(postings_find(p, table, -5, out, NULL), STATUS_OK);
}

/* Of a sketch the first articles are kept; a clue that too many figures share tells nothing, and
 * does so for good. */
static void test_postings(void **state)
{
    struct database db;
    struct postings p;
    struct posting *list;
    (void)state;
    assert_int_equal(database_open(&db, ":memory:", DATABASE_WRITE, false, NULL), STATUS_OK);
    database_run(&db,
                 "CREATE TABLE sketch(hash INTEGER PRIMARY KEY, articles BLOB);"
                 "CREATE TABLE clue(key INTEGER PRIMARY KEY, indicators BLOB)",
                 NULL);
    for (int table = 0; table < POSTINGS_TABLES; table++) {
        enum postings_table t = (enum postings_table)table;
        postings_begin(&p, &db, arena);
        for (uint32_t id = 100; id > 0; id--)
            postings_add(&p, t, -5, id == 50 ? 51 : id, NULL);
        assert_int_equal(postings_flush(&p, NULL), STATUS_OK);
        postings_begin(&p, &db, arena);
        find(&p, t, &list);
        assert_true(list->stored && list->full == (t == POSTINGS_CLUE));
        assert_int_equal(list->ids.n, t == POSTINGS_CLUE ? 0 : SKETCH_MOST);
        postings_remove(&p, t, -5, 2, 1000, NULL);
        postings_flush(&p, NULL);
        postings_begin(&p, &db, arena);
        find(&p, t, &list);
        assert_int_equal(list->ids.n, t == POSTINGS_CLUE ? 0 : 1);
        postings_remove(&p, t, -5, 1, 2, NULL);
        postings_flush(&p, NULL);
        postings_begin(&p, &db, arena);
        find(&p, t, &list);
        assert_true(list->stored == (t == POSTINGS_CLUE));
    }
    database_close(&db);
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
        cmocka_unit_test(test_texts),      cmocka_unit_test(test_pairs),
        cmocka_unit_test(test_all_points), cmocka_unit_test(test_any_bytes),
        cmocka_unit_test(test_figures),    cmocka_unit_test(test_postings),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
