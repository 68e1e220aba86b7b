/* The reader's page: order and setting of passages, positions that survive a change of width, links
 * and matches, long articles that are laid out where they are looked at. */
#include "ui/reader_page.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

static const struct link links[] = {
    {0, 6, LINK_ENTITY, 7},
    {0, 15, LINK_ENTITY, 8},
    {6, 12, LINK_ENTITY, 9},
    {33, 44, LINK_INDICATOR, 3},
};

static struct stored_passage passages[] = {
    {.id = 11, .kind = PASSAGE_TITLE, .text = STR_INIT("关于甲乙产业发展的思考")},
    {.id = 12, .kind = PASSAGE_KICKER, .text = STR_INIT("专版")},
    {.id = 13, .kind = PASSAGE_BODY, .text = STR_INIT("导语一段。第二句在此。")},
    {.id = 14, .kind = PASSAGE_CAPTION, .text = STR_INIT("图为车间。")},
    {.id = 15, .kind = PASSAGE_HEADING, .text = STR_INIT("一、现状")},
    {.id = 16, .kind = PASSAGE_HEADING, .level = 1, .text = STR_INIT("（一）特色鲜明")},
    {.id = 17,
     .kind = PASSAGE_BODY,
     .text =
         STR_INIT("甲乙丙公司的产值，共有386.5亿元，同比增长11.1%。后来又有新的发展，前景很好。"),
     .links = links,
     .n_links = 4},
};

static struct stored_article article_of(struct stored_passage *list, uint32_t n)
{
    return (struct stored_article){.id = 1, .n_passages = n, .passages = list};
}

static struct str print_page(struct arena *a, struct reader_page *p)
{
    struct buffer out = buffer_in(a);
    for (size_t i = 0; i < reader_page_rows(p); i++) {
        struct row row = row_in(a, AMBIGUOUS_NARROW);
        reader_page_row(p, i, NO_LINK, &row);
        for (size_t k = 0; k < row.runs.n; k++)
            buffer_add(&out, row.runs.at[k].text);
        buffer_add_byte(&out, '\n');
    }
    return buffer_str(&out);
}

static void a_page_is_set_in_reading_order(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct stored_article article = article_of(passages, 7);
    struct reader_page *p = reader_page_new(a, &article, 1);
    reader_page_set(p, &(struct reader_setting){.width = 24});
    assert_string_equal(str_dup_c(a, print_page(a, p)), "          专版\n"
                                                        " 关于甲乙产业发展的思考\n"
                                                        "\n"
                                                        "    导语一段。第二句在\n"
                                                        "此。\n"
                                                        "\n"
                                                        "一、现状\n"
                                                        "（一）特色鲜明\n"
                                                        "    甲乙丙公司的产值，共\n"
                                                        "有386.5亿元，同比增长\n"
                                                        "11.1%。后来又有新的发\n"
                                                        "展，前景很好。\n"
                                                        "\n"
                                                        "    图为车间。\n");
    reader_page_set(p, &(struct reader_setting){.width = 40, .sentences = true});
    assert_true(str_has(print_page(a, p), STR("导语一段。\n第二句在此。\n")));
    reader_page_free(p);
    arena_free(a);
}

static void positions_survive_a_change_of_width(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct stored_article article = article_of(passages, 7);
    struct reader_page *p = reader_page_new(a, &article, 1);
    for (int width = 1; width < 120; width++) {
        reader_page_set(p, &(struct reader_setting){.width = width});
        for (size_t row = 0; row < reader_page_rows(p); row++) {
            struct reader_position here = reader_page_position(p, row);
            size_t back = reader_page_row_of(p, here);
            assert_true(back == row || back == row + 1);
            reader_page_set(p, &(struct reader_setting){.width = 37});
            size_t there = reader_page_row_of(p, here);
            struct reader_position found = reader_page_position(p, there);
            assert_int_equal(found.passage, here.passage);
            assert_true(found.offset <= here.offset);
            reader_page_set(p, &(struct reader_setting){.width = width});
        }
    }
    reader_page_free(p);
    arena_free(a);
}

static void rows_fit_the_width(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct stored_article article = article_of(passages, 7);
    struct reader_page *p = reader_page_new(a, &article, 1);
    static const struct reader_raw raw[] = {{1, STR_INIT("原")}, {0, STR_INIT("文")}};
    for (int width = 1; width < 320; width++) {
        bool substitute = width % 2 == 0;
        reader_page_set(p, &(struct reader_setting){.width = width,
                                                    .sentences = width % 3 == 0,
                                                    .linear = width % 5 == 0,
                                                    .ambiguous = substitute ? AMBIGUOUS_SUBSTITUTE
                                                                            : AMBIGUOUS_NARROW});
        reader_page_show_raw(p, 2, width >= 10 ? raw : NULL, width >= 10 ? 2 : 0);
        for (size_t i = 0; i < reader_page_rows(p); i++) {
            struct row row = row_in(a, substitute ? AMBIGUOUS_SUBSTITUTE : AMBIGUOUS_NARROW);
            reader_page_row(p, i, NO_LINK, &row);
            if (row.width > width && row.width > 3)
                fail_msg("width %d: row %zu takes %d: %.*s", width, i, row.width,
                         STR_ARG(vector_last(&row.runs).text));
        }
    }
    reader_page_free(p);
    arena_free(a);
}

static void links_do_not_overlap_and_have_roles(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct stored_article article = article_of(passages, 7);
    struct reader_page *p = reader_page_new(a, &article, 1);
    reader_page_set(p, &(struct reader_setting){.width = 80});
    const struct reader_spot *spots;
    assert_int_equal(reader_page_links(p, &spots), 2);
    assert_int_equal(spots[0].link, 1);
    assert_int_equal(spots[1].link, 3);
    struct reader_spot found = {spots[0].passage, 12, 21, 0};
    reader_page_mark(p, &found, 1);
    size_t row_number = reader_page_row_of(p, (struct reader_position){spots[0].passage, 0});
    struct row row = row_in(a, AMBIGUOUS_NARROW);
    reader_page_row(p, row_number, 1, &row);
    static const struct {
        enum role role;
        const char *text;
    } wanted[] = {
        {ROLE_LINK, "甲乙丙公"},
        {ROLE_MATCH, "司"},
        {ROLE_MATCH, "的产"},
    };
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(row.runs.at[i + 1].role, wanted[i].role);
        assert_true(str_eq(row.runs.at[i + 1].text, str_of(wanted[i].text)));
    }
    assert_int_equal(reader_page_link_at(p, (struct reader_position){spots[0].passage, 3}), 0);
    assert_int_equal(reader_page_link_at(p, (struct reader_position){0, 0}), NO_LINK);
    reader_page_free(p);
    arena_free(a);
}

static void headings_are_found_from_anywhere(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct stored_article article = article_of(passages, 7);
    struct reader_page *p = reader_page_new(a, &article, 1);
    size_t body = reader_page_find_passage(p, 17);
    size_t inner = reader_page_heading(p, body);
    assert_int_equal(reader_page_passage(p, inner)->id, 16);
    size_t outer = reader_page_heading_above(p, inner);
    assert_int_equal(reader_page_passage(p, outer)->id, 15);
    assert_int_equal(reader_page_heading_above(p, outer), SIZE_MAX);
    assert_int_equal(reader_page_heading(p, 0), SIZE_MAX);
    assert_int_equal(reader_page_section_step(p, 1, 1), outer);
    assert_int_equal(reader_page_section_step(p, inner, -1), outer);
    assert_int_equal(reader_page_section_step(p, 0, -1), SIZE_MAX);
    reader_page_free(p);
    arena_free(a);
}

static void raw_lines_stand_below_their_passage(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct stored_article article = article_of(passages, 7);
    struct reader_page *p = reader_page_new(a, &article, 1);
    reader_page_set(p, &(struct reader_setting){.width = 60});
    static const struct reader_raw raw[] = {{41, STR_INIT("导语一")}, {42, STR_INIT("段。")}};
    size_t rows = reader_page_rows(p), passage = reader_page_find_passage(p, 13);
    reader_page_show_raw(p, passage, raw, 2);
    assert_int_equal(reader_page_rows(p), rows + 2);
    struct row row = row_in(a, AMBIGUOUS_NARROW);
    size_t at = reader_page_row_of(p, (struct reader_position){passage, 0});
    reader_page_row(p, at + 2, NO_LINK, &row);
    assert_int_equal(vector_last(&row.runs).role, ROLE_SOURCE);
    assert_true(str_eq(vector_last(&row.runs).text, STR("段。")));
    assert_int_equal(reader_page_position(p, at + 2).passage, passage);
    reader_page_show_raw(p, passage, NULL, 0);
    assert_int_equal(reader_page_rows(p), rows);
    reader_page_free(p);
    arena_free(a);
}

/* A paragraph of some megabytes: rows in sight are exact, and scrolling keeps the text. */
static void a_long_paragraph_is_laid_out_where_it_is_read(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct buffer b = buffer_in(a);
    for (int i = 0; i < 60000; i++)
        buffer_printf(&b, "第%d句说的是甲乙丙丁，别无他意。", i);
    struct stored_passage one = {.id = 5, .kind = PASSAGE_BODY, .text = buffer_str(&b)};
    struct stored_article article = article_of(&one, 1);
    struct reader_page *p = reader_page_new(a, &article, 1);
    reader_page_set(p, &(struct reader_setting){.width = 80});
    size_t top = reader_page_rows(p) / 2, focus = top + 3;
    reader_page_settle(p, &top, &focus, 22);
    size_t at = reader_page_position(p, top).offset;
    for (int i = 0; i < 1000; i++) {
        top--, focus--;
        reader_page_settle(p, &top, &focus, 22);
        size_t now = reader_page_position(p, top).offset;
        assert_true(now < at && at - now < 200);
        assert_int_equal(focus, top + 3);
        at = now;
        for (size_t row = top; row < top + 22; row++) {
            struct row r = row_in(a, AMBIGUOUS_NARROW);
            reader_page_row(p, row, NO_LINK, &r);
            assert_true(r.runs.n > 0 && r.width <= 80);
        }
    }
    struct reader_position end = {0, one.text.n};
    focus = reader_page_row_of(p, end);
    top = focus > 21 ? focus - 21 : 0;
    reader_page_settle(p, &top, &focus, 22);
    assert_int_equal(focus + 1, reader_page_rows(p));
    reader_page_free(p);
    arena_free(a);
}

/* `名称    亿元  12.5` of the file, spaces closed: its pieces tell where the cells were. */
static void tables_stand_in_columns(void **state)
{
    (void)state;
    static const struct source_run head[] = {{0, 3, 0, 3, 1}, {3, 3, 5, 8, 1}, {6, 6, 20, 26, 1}};
    static const struct source_run first[] = {{0, 12, 30, 42, 2}, {12, 4, 50, 54, 2}};
    static const struct source_run second[] = {{0, 6, 60, 66, 3}, {6, 3, 80, 83, 3}};
    struct stored_passage rows[] = {
        {.id = 1,
         .kind = PASSAGE_TABLE_ROW,
         .text = STR_INIT("指标产值"),
         .runs = head,
         .n_runs = 3},
        {.id = 2,
         .kind = PASSAGE_TABLE_ROW,
         .text = STR_INIT("甲乙丙丁12.5"),
         .runs = first,
         .n_runs = 2},
        {.id = 3,
         .kind = PASSAGE_TABLE_ROW,
         .text = STR_INIT("戊己340"),
         .runs = second,
         .n_runs = 2},
    };
    struct arena *a = arena_new();
    struct stored_article article = article_of(rows, 3);
    struct reader_page *p = reader_page_new(a, &article, 1);
    reader_page_set(p, &(struct reader_setting){.width = 40});
    assert_string_equal(str_dup_c(a, print_page(a, p)), "指标       产值\n"
                                                        "甲乙丙丁   12.5\n"
                                                        "戊己      340\n");
    reader_page_set(p, &(struct reader_setting){.width = 10});
    assert_true(str_has(print_page(a, p), STR("甲乙丙丁\n12.5\n")));
    /* For who hears it, each with its column's name. */
    reader_page_set(p, &(struct reader_setting){.width = 40, .linear = true});
    assert_string_equal(str_dup_c(a, print_page(a, p)), "指标产值\n"
                                                        "甲乙丙丁：产值 12.5\n"
                                                        "戊己：产值 340\n");
    reader_page_free(p);
    arena_free(a);
}

/* Thirty cells of a digit each, more than are set in columns: none is lost. */
static void a_table_of_many_columns_is_whole(void **state)
{
    (void)state;
    struct source_run runs[30];
    char text[31] = "";
    for (uint32_t i = 0; i < 30; i++) {
        runs[i] = (struct source_run){i, 1, 3 * i, 3 * i + 1, 1};
        text[i] = (char)('0' + i % 10);
    }
    struct stored_passage row = {
        .id = 1, .kind = PASSAGE_TABLE_ROW, .text = str_of(text), .runs = runs, .n_runs = 30};
    struct arena *a = arena_new();
    struct stored_article article = article_of(&row, 1);
    struct reader_page *p = reader_page_new(a, &article, 1);
    reader_page_set(p, &(struct reader_setting){.width = 82});
    struct str shown = print_page(a, p);
    size_t digits = 0;
    for (size_t i = 0; i < shown.n; i++)
        digits += shown.p[i] >= '0' && shown.p[i] <= '9';
    assert_int_equal(digits, 30);
    reader_page_free(p);
    arena_free(a);
}

static void an_empty_article_has_no_rows(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct stored_article article = article_of(NULL, 0);
    struct reader_page *p = reader_page_new(a, &article, 1);
    reader_page_set(p, &(struct reader_setting){.width = 80});
    assert_int_equal(reader_page_rows(p), 0);
    size_t top = 0, focus = 0;
    reader_page_settle(p, &top, &focus, 10);
    struct row row = row_in(a, AMBIGUOUS_NARROW);
    reader_page_row(p, 0, NO_LINK, &row);
    assert_int_equal(row.runs.n, 0);
    reader_page_free(p);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_page_is_set_in_reading_order),
        cmocka_unit_test(positions_survive_a_change_of_width),
        cmocka_unit_test(rows_fit_the_width),
        cmocka_unit_test(links_do_not_overlap_and_have_roles),
        cmocka_unit_test(headings_are_found_from_anywhere),
        cmocka_unit_test(raw_lines_stand_below_their_passage),
        cmocka_unit_test(a_long_paragraph_is_laid_out_where_it_is_read),
        cmocka_unit_test(tables_stand_in_columns),
        cmocka_unit_test(a_table_of_many_columns_is_whole),
        cmocka_unit_test(an_empty_article_has_no_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
