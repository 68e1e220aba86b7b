/* Line breaking loses nothing, always advances, keeps to the width; the vectors show how it reads.
 * A vector's input is options (`width 20 indent 4 hang 2`) on the first line, then the text; its
 * output the lines as set. */
#include "baolan/files.h"
#include "baolan/layout.h"
#include "baolan/utf8.h"
#include "text/breaks.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static uint32_t random_state;

static uint32_t random_below(uint32_t n)
{
    random_state = random_state * 1664525u + 1013904223u;
    return (random_state >> 8) % n;
}

static struct str random_text(struct arena *a)
{
    static const char *const bits[] = {
        "中",     "文",          "亿元",
        "第",     "号",          "，",
        "。",     "“",           "”",
        "《",     "》",          "（",
        "）",     "12",          "3.5",
        "％",     "%",           " ",
        "　",     "\n",          "—",
        "——",     "……",          "abc",
        "a-b",    "e\u0301",     "👨‍👩‍👧",
        "\u200B", "\t",          "年",
        "万",     "2024—2025年", "、",
        "\xFF",   "①",           "·",
        "‘",      "’",           "；",
        "：",     "! ",          "(",
        ")",      "ａ",          "９",
        "\uE001", "\u0301",      "℃",
    };
    struct buffer b = buffer_in(a);
    for (uint32_t n = random_below(60); n > 0; n--)
        buffer_add_c(&b, bits[random_below(sizeof bits / sizeof *bits)]);
    return buffer_str(&b);
}

static bool all_white(struct str s)
{
    for (size_t at = 0; at < s.n;) {
        uint32_t c = utf8_next(s, &at);
        if (c != ' ' && c != '\t' && c != '\n' && c != U'　')
            return false;
    }
    return true;
}

static void check_layout(struct str text, const struct layout_options *o, struct layout layout)
{
    assert_true(layout.n_lines >= 1);
    size_t end = 0;
    for (size_t i = 0; i < layout.n_lines; i++) {
        const struct layout_line *line = &layout.lines[i];
        assert_true(line->start >= end && line->end >= line->start && line->end <= text.n);
        assert_true(all_white(str_sub(text, end, line->start)));
        struct str drawn = str_sub(text, line->start, line->end);
        assert_int_equal(line->cells, width_measure(drawn, o->ambiguous));
        size_t at = 0;
        struct cluster cluster;
        bool one = !cluster_next(drawn, &at, o->ambiguous, &cluster) || at == drawn.n ||
                   width_measure(str_sub(drawn, at, drawn.n), o->ambiguous) == 0;
        assert_true(line->indent + line->cells <= o->width + o->hang || one);
        if (line->indent + line->cells > o->width && !one) {
            uint32_t last = 0;
            for (at = 0; cluster_next(drawn, &at, o->ambiguous, &cluster);)
                last = cluster.cells > 0 ? utf8_at(drawn, cluster.start) : last;
            assert_true(break_is_closing(last));
        }
        assert_int_equal(layout_line_at(&layout, line->start), i);
        end = line->end;
    }
    assert_true(all_white(str_sub(text, end, text.n)));
}

static void random_text_is_kept(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    for (random_state = 1; random_state < 400; random_state++) {
        uint32_t seed = random_state;
        for (unsigned width = 1; width <= 80; width += width < 12 ? 1 : 7) {
            struct str text = random_text(a);
            struct layout_options o = {.width = width,
                                       .indent = random_below(2) * 4,
                                       .hang = random_below(2) * 2,
                                       .ambiguous = (enum ambiguous)random_below(2)};
            check_layout(text, &o, layout_text(a, text, &o));
        }
        arena_reset(a);
        random_state = seed;
    }
    arena_free(a);
}

static struct str set_text(struct arena *a, struct str text, const struct layout_options *o)
{
    struct buffer b = buffer_in(a);
    struct layout layout = layout_text(a, text, o);
    check_layout(text, o, layout);
    for (size_t i = 0; i < layout.n_lines; i++) {
        for (unsigned n = 0; n < layout.lines[i].indent; n++)
            buffer_add_byte(&b, ' ');
        buffer_add(&b, str_sub(text, layout.lines[i].start, layout.lines[i].end));
        buffer_add_byte(&b, '\n');
    }
    return buffer_str(&b);
}

static struct layout_options options_of(struct str line)
{
    struct layout_options o = {.width = 40};
    while (line.p != NULL) {
        struct str name = str_split(&line, ' ');
        unsigned value = (unsigned)strtoul(line.p == NULL ? "" : line.p, NULL, 10);
        str_split(&line, ' ');
        unsigned *option = str_eq(name, STR("width"))    ? &o.width
                           : str_eq(name, STR("indent")) ? &o.indent
                           : str_eq(name, STR("hang"))   ? &o.hang
                                                         : NULL;
        assert_non_null(option);
        *option = value;
    }
    return o;
}

static void vectors_are_set_as_shown(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    const char *folder = "tests/vectors/layout";
    DIR *d = opendir(folder);
    assert_non_null(d);
    int found = 0;
    for (struct dirent *entry; (entry = readdir(d)) != NULL;) {
        struct str name = str_of(entry->d_name);
        if (!str_ends(name, STR(".in")))
            continue;
        struct error e = ERROR_NONE;
        struct str in, wanted = STR("");
        const char *path = path_join(a, folder, entry->d_name);
        assert_int_equal(file_read(a, path, &in, NULL, &e), STATUS_OK);
        struct str out_path = str_printf(a, "%.*s.out", (int)strlen(path) - 3, path);
        struct layout_options o = options_of(str_split(&in, '\n'));
        struct str got = set_text(a, str_trim(in), &o);
        if (getenv("UPDATE_VECTORS") != NULL)
            assert_int_equal(file_replace(out_path.p, got, &e), STATUS_OK);
        assert_int_equal(file_read(a, out_path.p, &wanted, NULL, &e), STATUS_OK);
        if (!str_eq(got, wanted))
            fail_msg("%s:\n%.*s", entry->d_name, STR_ARG(got));
        found++;
    }
    closedir(d);
    assert_true(found > 0);
    arena_free(a);
}

static void a_long_word_still_advances(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct buffer b = buffer_in(a);
    for (int i = 0; i < 100000; i++)
        buffer_add_byte(&b, 'x');
    struct layout_options o = {.width = 1};
    assert_int_equal(layout_text(a, buffer_str(&b), &o).n_lines, 100000);
    arena_free(a);
}

static void parts_cover_long_text(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct buffer b = buffer_in(a);
    for (int i = 0; i < 20000; i++)
        buffer_add_c(&b, i % 37 == 0 ? "句。" : "字");
    struct str text = buffer_str(&b);
    size_t at = 0;
    while (at < text.n) {
        size_t end = layout_part_end(text, at);
        assert_true(end > at && end - at <= LAYOUT_PART_MAX);
        assert_true(end == text.n || ((unsigned char)text.p[end] & 0xC0) != 0x80);
        at = end;
    }
    arena_free(a);
}

static void sentences_end_where_they_end(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *sentences[5];
    } cases[] = {
        {"第一句。第二句！第三句", {"第一句。", "第二句！", "第三句"}},
        {"他说：“好。很好。”走了。", {"他说：“好。很好。”", "走了。"}},
        {"一是快；二是好。", {"一是快；", "二是好。"}},
        {"纺织、服装……等产业。真的？！是。", {"纺织、服装……等产业。", "真的？！", "是。"}},
        {"（注：见表。见图）后文。再。", {"（注：见表。见图）后文。", "再。"}},
        {"产值1.5亿元。 增长2％。", {"产值1.5亿元。 ", "增长2％。"}},
        {"", {NULL}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct str text = str_of(cases[i].text);
        size_t at = 0, n = 0;
        for (; at < text.n; n++) {
            struct str sentence = span_of(text, sentence_next(text, &at));
            assert_non_null(cases[i].sentences[n]);
            if (!str_eq(sentence, str_of(cases[i].sentences[n])))
                fail_msg("%zu: %.*s", i, STR_ARG(sentence));
        }
        assert_null(cases[i].sentences[n]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_text_is_kept),          cmocka_unit_test(vectors_are_set_as_shown),
        cmocka_unit_test(a_long_word_still_advances),   cmocka_unit_test(parts_cover_long_text),
        cmocka_unit_test(sentences_end_where_they_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
