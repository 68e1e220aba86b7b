/* Width agrees with what terminals do, and cutting and padding keep to it. */
#include "baolan/utf8.h"
#include "baolan/width.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <unictype.h>
#include <wchar.h>

#include <cmocka.h>

static bool has_glyph(uint32_t c)
{
    return !uc_is_general_category_withtable(c, UC_CATEGORY_MASK_Cc | UC_CATEGORY_MASK_Cs |
                                                    UC_CATEGORY_MASK_Co | UC_CATEGORY_MASK_Cn) &&
           c != 0x2028 && c != 0x2029;
}

static void agrees_with_wcwidth(void **state)
{
    (void)state;
    if (setlocale(LC_CTYPE, "C.UTF-8") == NULL)
        skip();
    for (uint32_t c = 1; c < 0x110000; c++) {
        int width = point_width(c);
        if (!has_glyph(c))
            assert_int_equal(width, -1);
        else if (c != 0xAD && wcwidth((wchar_t)c) >= 0 && width != wcwidth((wchar_t)c))
            fail_msg("U+%04X: %d here, wcwidth %d", c, width, wcwidth((wchar_t)c));
    }
    setlocale(LC_CTYPE, "C");
}

/* What is drawn for any code point has the cells that are counted, in a terminal of either kind. */
static void draws_what_it_counts(void **state)
{
    (void)state;
    for (uint32_t c = 0; c < 0x110000; c++) {
        char bytes[4];
        struct str text = {bytes, utf8_write(c, bytes)};
        for (int mode = AMBIGUOUS_NARROW; mode <= AMBIGUOUS_SUBSTITUTE; mode++) {
            struct cluster cluster;
            size_t at = 0, cells = 0, point_at = 0;
            assert_true(cluster_next(text, &at, (enum ambiguous)mode, &cluster));
            assert_int_equal(at, text.n);
            while (point_at < cluster.draw.n) {
                uint32_t drawn = utf8_next(cluster.draw, &point_at);
                assert_true(point_width(drawn) > 0);
                if (mode == AMBIGUOUS_SUBSTITUTE && point_is_ambiguous(drawn))
                    fail_msg("U+%04X is drawn as ambiguous U+%04X", c, drawn);
                cells += (size_t)point_width(drawn);
            }
            if (cells != cluster.cells)
                fail_msg("U+%04X: draws %zu cells, counts %u", c, cells, cluster.cells);
        }
    }
}

static void clusters_hold_their_marks(void **state)
{
    (void)state;
    assert_int_equal(width_measure(STR("中文abc"), AMBIGUOUS_NARROW), 7);
    assert_int_equal(width_measure(STR("e\u0301a"), AMBIGUOUS_NARROW), 2);
    assert_int_equal(width_measure(STR("\u0301"), AMBIGUOUS_NARROW), 1);
    assert_int_equal(width_measure(STR("👨‍👩‍👧"), AMBIGUOUS_NARROW), 6);
    assert_int_equal(width_measure(STR("👍🏽"), AMBIGUOUS_NARROW), 2);
    assert_int_equal(width_measure(STR("❤️"), AMBIGUOUS_NARROW), 1);
    assert_int_equal(width_measure(STR("🇨🇳"), AMBIGUOUS_NARROW), 2);
    assert_int_equal(width_measure(STR("\u200B\uFEFF"), AMBIGUOUS_NARROW), 0);
    assert_int_equal(width_measure(STR("\uE000"), AMBIGUOUS_NARROW), 1);
    assert_int_equal(width_measure(STR("“①—”"), AMBIGUOUS_NARROW), 4);
    assert_int_equal(width_measure(STR("“①—”"), AMBIGUOUS_SUBSTITUTE), 9);
    struct cluster cluster;
    size_t at = 0;
    assert_true(cluster_next(STR("e\u0301\u0301x"), &at, AMBIGUOUS_NARROW, &cluster));
    assert_int_equal(cluster.draw.n, 5);
    assert_int_equal(at, 5);
}

static void invalid_bytes_are_one_cell_each(void **state)
{
    (void)state;
    struct str bad = STR("\xFF\xE4\xB8"
                         "a");
    assert_int_equal(width_measure(bad, AMBIGUOUS_NARROW), 4);
}

static void cut_and_pad_fit(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    static const char *const texts[] = {"", "中", "中文文本", "a中b文", "“引”文…", "ab\u0301c"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        for (size_t cells = 0; cells < 12; cells++)
            for (int mode = 0; mode < 2; mode++) {
                size_t used;
                struct str cut = width_cut(str_of(texts[i]), cells, (enum ambiguous)mode, &used);
                assert_int_equal(used, width_measure(cut, (enum ambiguous)mode));
                assert_true(used <= cells);
                for (int align = ALIGN_LEFT; align <= ALIGN_CENTRE; align++) {
                    struct buffer b = buffer_in(a);
                    width_pad(&b, str_of(texts[i]), cells, (enum align)align, (enum ambiguous)mode);
                    assert_int_equal(width_measure(buffer_str(&b), (enum ambiguous)mode), cells);
                }
            }
    struct buffer b = buffer_in(a);
    width_pad(&b, STR("中文文本"), 6, ALIGN_LEFT, AMBIGUOUS_NARROW);
    assert_string_equal(buffer_c(&b), "中文… ");
    arena_free(a);
}

/* All beginnings and ends of a text with characters of one to four bytes. */
static void valid_text_is_counted_alike(void **state)
{
    struct str text = STR("aé中文，\xF0\xA0\x80\x80 2024年 ¥3.5万 末");
    (void)state;
    for (size_t from = 0; from <= text.n; from++)
        for (size_t to = from; to <= text.n; to++) {
            bool whole = (from == text.n || ((unsigned char)text.p[from] & 0xC0) != 0x80) &&
                         (to == text.n || ((unsigned char)text.p[to] & 0xC0) != 0x80);
            struct str part = str_sub(text, from, to);
            if (whole)
                assert_int_equal(utf8_count_valid(part), utf8_count(part));
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_wcwidth),
        cmocka_unit_test(draws_what_it_counts),
        cmocka_unit_test(clusters_hold_their_marks),
        cmocka_unit_test(invalid_bytes_are_one_cell_each),
        cmocka_unit_test(cut_and_pad_fit),
        cmocka_unit_test(valid_text_is_counted_alike),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
