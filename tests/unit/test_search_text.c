/* Folding, segmenting and matching. */
#include "baolan/fold.h"
#include "baolan/match.h"
#include "baolan/segment.h"
#include "baolan/snippet.h"
#include "baolan/utf8.h"

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
    return arena == NULL;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static void assert_folds(const char *source, const char *folded)
{
    struct folded f;
    fold(arena, str_of(source), &f);
    assert_string_equal(str_dup_c(arena, f.text), folded);
    assert_string_equal(str_dup_c(arena, fold_str(arena, str_of(source))), folded);
}

static void test_fold(void **state)
{
    (void)state;
    assert_folds("平湖", "平湖");
    assert_folds("３８６．５億元（ＡＢｃ）", "386.5亿元(abc)");
    assert_folds("①㎡Ⅳ㈠…", "1m2iv(一)...");
    assert_folds("“八八戰略”——「臺灣」", "\"八八战略\"--\"台湾\"");
    assert_folds("乾燥後裏徵收產業說明著名", "干燥后里征收产业说明着名");
    assert_folds("平\u200B湖\uFEFF", "平湖");
    assert_folds("二○二三年·Ａ・Ｂ", "二〇二三年·a·b");
    assert_folds("\xFF平\xE5", "\uFFFD平\uFFFD");
    assert_folds("", "");
}

/* What changes is told by bits, and keeps its place. */
static void test_fold_han(void **state)
{
    (void)state;
    struct str text = STR("平湖著名，臺灣𠀀八戰略abc。"),
               plain = STR("平湖着名，台湾𠀀八战略abc。");
    uint64_t bits = fold_traditional(text);
    assert_true(bits == (UTF8_BIT(U'著') | UTF8_BIT(U'臺') | UTF8_BIT(U'灣') | UTF8_BIT(U'戰')));
    assert_true(str_eq(fold_han_str(arena, text, bits), plain));
    assert_true(str_eq(fold_han_str(arena, text, UINT64_MAX), plain));
    struct str part = str_sub(text, 0, STR("平湖").n);
    assert_ptr_equal(fold_han_str(arena, part, bits).p, part.p);
    assert_true(fold_traditional(part) == 0);
    for (uint32_t c = 0x3400; c < 0xA000; c++) {
        char utf8[4];
        struct str one = {utf8, utf8_write(c, utf8)};
        assert_true(fold_traditional(one) == (fold_han(c) != c ? UTF8_BIT(c) : 0));
    }
}

static void test_fold_is_idempotent(void **state)
{
    (void)state;
    for (uint32_t c = 1; c < 0x110000; c++) {
        if (c >= 0xD800 && c < 0xE000)
            continue;
        char utf8[4];
        struct str once = fold_str(arena, (struct str){utf8, utf8_write(c, utf8)});
        struct str twice = fold_str(arena, once);
        assert_true(str_eq(once, twice));
        arena_reset(arena);
    }
}

static void test_offsets(void **state)
{
    (void)state;
    struct folded f;
    struct str source = STR("甲①㎡\u200B乙ABC３億");
    fold(arena, source, &f);
    assert_true(str_eq(f.text, STR("甲1m2乙abc3亿")));
    struct span m2 = folded_source_span(&f, 4, 6);
    assert_true(str_eq(span_of(source, m2), STR("㎡")));
    assert_true(str_eq(span_of(source, folded_source_span(&f, 5, 6)), STR("㎡")));
    assert_true(str_eq(span_of(source, folded_source_span(&f, 6, 12)), STR("乙ABC")));
    assert_true(str_eq(span_of(source, folded_source_span(&f, 0, 3)), STR("甲")));
    assert_true(str_eq(span_of(source, folded_source_span(&f, 12, 16)), STR("３億")));
    size_t last = 0;
    for (size_t i = 0; i <= f.text.n; i++) {
        assert_true(folded_source_start(&f, i) >= last);
        last = folded_source_start(&f, i);
    }
    assert_int_equal(last, source.n);
}

static void test_segment(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"平湖市386.5亿元。", "平 湖 市 386 5 亿 元"},
        {"５Ｇ网络、3D打印", "5 g 网 络 3 d 打 印"},
        {"Hello, World-wide", "hello world wide"},
        {"。，、", ""},
        {"café ② カナ", "café 2 カ ナ"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_string_equal(str_dup_c(arena, segment_join(arena, str_of(rows[i][0]))), rows[i][1]);
}

static bool matches(const char *words, const char *text, bool prefix)
{
    struct pattern p = pattern_of(arena, str_of(words), prefix);
    struct span *found;
    return pattern_find_all(arena, &p, 1, str_of(text), &found) > 0;
}

/* A run is divided before the letter that would make it longer than 64 bytes, whatever the letters'
 * own length, and nothing of it is lost. */
static void test_long_runs_are_divided(void **state)
{
    static const char *const LETTERS[] = {"a", "\xC3\xA9", "\xE0\xB8\x81", "\xF0\x90\x8C\xB0"};
    (void)state;
    for (size_t i = 0; i < sizeof LETTERS / sizeof *LETTERS; i++) {
        char text[4 * 100 + 1] = "";
        struct token token;
        size_t at = 0, last = 0, n = strlen(LETTERS[i]);
        for (int k = 0; k < 100; k++)
            strcat(text, LETTERS[i]);
        while (segment_next(str_of(text), &at, &token)) {
            assert_int_equal(token.folded.start, last);
            assert_true(token.text.n <= 64 && token.text.n % n == 0);
            last = token.folded.end;
        }
        assert_int_equal(last, 100 * n);
    }
}

static void test_match(void **state)
{
    (void)state;
    static const struct {
        const char *words, *text;
        bool whole, prefix;
    } rows[] = {
        {"平湖", "在平湖市", true, true},
        {"平湖", "平，湖", false, false},
        {"平湖", "平\n　湖", true, true},
        {"平 湖", "平湖", true, true},
        {"386.5亿元", "产值３８６．５億元", true, true},
        {"386.5", "386.55", false, true},
        {"386.5亿元", "1386.5亿元", false, false},
        {"6.5亿元", "386.5亿元", false, false},
        {"5亿元", "386.5亿元", false, false},
        {"386", "386.5亿元", false, true},
        {"234", "1,234人", false, false},
        {"2023", "2022，2023，2024", true, true},
        {"3D打印", "3d打印机", true, true},
        {"5G", "5GB", false, true},
        {"foo bar", "foo\n bar", true, true},
        {"foo bar", "foobar", false, false},
        {"foobar", "foo bar", false, false},
        {"“箱包”", "\"箱包\"", true, true},
        {"臺灣", "台湾", true, true},
        {"", "平湖", false, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(matches(rows[i].words, rows[i].text, false), rows[i].whole);
        assert_int_equal(matches(rows[i].words, rows[i].text, true), rows[i].prefix);
    }
}

static void test_find_all(void **state)
{
    (void)state;
    struct pattern p[] = {pattern_of(arena, STR("平湖"), false),
                          pattern_of(arena, STR("湖市"), false)};
    struct str text = STR("平湖市，平 湖，湖市");
    struct span *found;
    assert_int_equal(pattern_find_all(arena, p, 2, text, &found), 3);
    assert_true(str_eq(span_of(text, found[0]), STR("平湖")));
    assert_true(str_eq(span_of(text, found[1]), STR("平 湖")));
    assert_true(str_eq(span_of(text, found[2]), STR("湖市")));
}

/* What matches is found by its tokens too: the index never misses a match. */
static void test_tokens_cover_matches(void **state)
{
    (void)state;
    static const char *const pieces[] = {"平", "湖", " ",  "\n", "3",  "8", ".",      ",",
                                         "a",  "Ｂ", "，", "億", "㎡", "“", "\u200B", "①"};
    srand(7);
    for (size_t round = 0; round < 20000; round++) {
        struct str s[2];
        for (size_t k = 0; k < 2; k++) {
            s[k] = STR("");
            for (int i = 0, n = 1 + rand() % (k == 0 ? 4 : 24); i < n; i++)
                s[k] = str_printf(arena, "%.*s%s", STR_ARG(s[k]),
                                  pieces[(size_t)rand() % (sizeof pieces / sizeof *pieces)]);
        }
        struct pattern p = pattern_of(arena, s[0], false);
        struct span *found;
        if (pattern_has_tokens(&p) && pattern_find_all(arena, &p, 1, s[1], &found) > 0) {
            struct str tokens = str_printf(arena, " %.*s ", STR_ARG(segment_join(arena, s[0])));
            struct str all = str_printf(arena, " %.*s ", STR_ARG(segment_join(arena, s[1])));
            assert_true(str_has(all, tokens));
            assert_true(found[0].end <= s[1].n && found[0].start < found[0].end);
        }
        arena_reset(arena);
    }
}

static void test_snippet(void **state)
{
    (void)state;
    struct str text = STR("甲乙丙丁戊己庚辛壬癸平湖子丑寅卯辰巳午未申酉戌亥");
    struct pattern p = pattern_of(arena, STR("平湖"), false);
    struct span focus = {30, 36};
    struct snippet s;
    snippet_of(arena, text, &p, 1, focus, 22, AMBIGUOUS_NARROW, &s);
    assert_string_equal(str_dup_c(arena, s.text), "…庚辛壬癸平湖子丑寅卯…");
    assert_int_equal(s.n_marks, 1);
    assert_true(str_eq(span_of(s.text, s.marks[0]), STR("平湖")));
    snippet_of(arena, text, &p, 1, focus, 100, AMBIGUOUS_NARROW, &s);
    assert_true(str_eq(s.text, text));
    for (size_t cells = 1; cells < 60; cells++)
        for (size_t at = 0; at < text.n; at += 3) {
            snippet_of(arena, text, &p, 1, (struct span){at, at + 9}, cells, AMBIGUOUS_NARROW, &s);
            assert_true(width_measure(s.text, AMBIGUOUS_NARROW) <= (cells < 4 ? 4 : cells));
            for (size_t i = 0; i < s.n_marks; i++)
                assert_true(s.marks[i].end <= s.text.n);
        }
    snippet_of(arena, STR(""), &p, 1, (struct span){0, 0}, 10, AMBIGUOUS_NARROW, &s);
    assert_int_equal(s.text.n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fold),
        cmocka_unit_test(test_fold_han),
        cmocka_unit_test(test_fold_is_idempotent),
        cmocka_unit_test(test_offsets),
        cmocka_unit_test(test_segment),
        cmocka_unit_test(test_long_runs_are_divided),
        cmocka_unit_test(test_match),
        cmocka_unit_test(test_find_all),
        cmocka_unit_test(test_tokens_cover_matches),
        cmocka_unit_test(test_snippet),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
