/* The library and the reader in a terminal: folding, reading, raw lines, outline, search within the
 * page, and a place that is kept through resizes and on the way back. */
#include "harness.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static struct harness *start_on(const char *path, int rows, int columns)
{
    const char *const arguments[] = {path, NULL};
    struct harness *h = harness_start(
        &(struct harness_options){.arguments = arguments, .rows = rows, .columns = columns});
    assert_true(harness_expect(h, "1文档"));
    return h;
}

static struct harness *start(int rows, int columns)
{
    struct harness *h = start_on("data/samples", rows, columns);
    assert_true(harness_expect(h, "云泽"));
    harness_settle(h);
    return h;
}

/* The row that the cursor is in. */
static const char *cursor_row(struct harness *h)
{
    int row, column;
    harness_cursor(h, &row, &column);
    return harness_row(h, row);
}

static void leave(struct harness *h)
{
    harness_keys(h, "q");
    assert_int_equal(harness_wait(h), 0);
    harness_end(h);
}

/* To the sample that has numbered sections. */
static void go_to_sections(struct harness *h)
{
    harness_keys(h, ":");
    harness_send(h, "filter 政府工作报告");
    harness_keys(h, "<Enter>gg");
    assert_true(harness_shows(h, "政府工作报告"));
}

static void the_tree_folds_and_opens(void **state)
{
    (void)state;
    struct harness *h = start(24, 80);
    go_to_sections(h);
    assert_non_null(strstr(cursor_row(h), "▸"));
    harness_keys(h, "l");
    assert_non_null(strstr(cursor_row(h), "▾"));
    harness_keys(h, "l");
    char section[300];
    snprintf(section, sizeof section, "%s", cursor_row(h));
    assert_null(strstr(section, "▾"));
    harness_keys(h, "<Enter>");
    /* The reader stands at the section's heading. */
    char *name = section + strspn(section, " ");
    assert_non_null(strstr(cursor_row(h), name));
    harness_keys(h, "<Backspace>");
    assert_non_null(strstr(cursor_row(h), name));
    harness_keys(h, "hh");
    assert_non_null(strstr(cursor_row(h), "▸"));
    leave(h);
}

static void raw_lines_come_and_go(void **state)
{
    (void)state;
    struct harness *h = start(24, 80);
    go_to_sections(h);
    harness_keys(h, "<Enter>");
    harness_keys(h, "jjjjj");
    char before[300];
    snprintf(before, sizeof before, "%s", cursor_row(h));
    char *screen = strdup(harness_screen(h));
    harness_keys(h, "o");
    assert_true(harness_shows(h, "│ "));
    assert_string_equal(cursor_row(h), before);
    harness_keys(h, "o");
    assert_string_equal(harness_screen(h), screen);
    free(screen);
    leave(h);
}

static void a_file_that_has_gone_is_named(void **state)
{
    (void)state;
    char folder[] = "/tmp/baolan-reader-XXXXXX", path[64];
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/page.txt", folder);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs("关于某事的通知\n\n各有关单位：\n请于本月底前报送材料，逾期不候，特此通知。\n", f);
    fclose(f);
    struct harness *h = start_on(folder, 24, 80);
    assert_true(harness_expect(h, "关于某事的通知"));
    harness_keys(h, "<Enter>jj");
    assert_int_equal(unlink(path), 0);
    harness_keys(h, "o");
    assert_true(harness_shows(h, "page.txt"));
    leave(h);
    rmdir(folder);
}

static void a_place_survives_resizes(void **state)
{
    (void)state;
    struct harness *h = start(24, 80);
    go_to_sections(h);
    harness_keys(h, "<Enter><C-d><C-d>jjj");
    char line[300];
    snprintf(line, sizeof line, "%s", cursor_row(h));
    static const int sizes[][2] = {{10, 40}, {36, 120}, {50, 200}, {100, 300}, {8, 30}, {24, 80}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        harness_resize(h, sizes[i][0], sizes[i][1]);
        harness_settle(h);
    }
    assert_string_equal(cursor_row(h), line);
    leave(h);
}

static void sentences_stand_on_lines_of_their_own(void **state)
{
    (void)state;
    struct harness *h = start(24, 80);
    go_to_sections(h);
    harness_keys(h, "<Enter>}jj");
    harness_keys(h, "s");
    assert_true(harness_shows(h, "一句一行"));
    int stops = 0;
    for (int row = 2; row < 22; row++) {
        const char *text = harness_row(h, row);
        const char *stop = strstr(text, "。");
        /* After a full stop nothing but what closes may stand in the line. */
        if (stop != NULL) {
            stops++;
            assert_true(strlen(stop) <= 2 * strlen("。"));
        }
    }
    assert_true(stops > 0);
    harness_keys(h, "s");
    leave(h);
}

static void the_outline_leads_to_a_section(void **state)
{
    (void)state;
    struct harness *h = start(24, 80);
    go_to_sections(h);
    harness_keys(h, "<Enter>tjj");
    char *name = strdup(cursor_row(h));
    harness_keys(h, "<Enter>");
    assert_non_null(strstr(cursor_row(h), name + strspn(name, " ")));
    free(name);
    leave(h);
}

static void matches_are_walked_and_counted(void **state)
{
    (void)state;
    struct harness *h = start(24, 80);
    go_to_sections(h);
    harness_keys(h, "<Enter><C-s>");
    harness_send(h, "亿元");
    harness_keys(h, "<Enter>");
    assert_true(harness_shows(h, "/亿元 1/"));
    assert_non_null(strstr(cursor_row(h), "亿元"));
    harness_keys(h, "n");
    assert_false(harness_shows(h, "/亿元 1/"));
    assert_non_null(strstr(cursor_row(h), "亿元"));
    harness_keys(h, "N");
    assert_true(harness_shows(h, "/亿元 1/"));
    leave(h);
}

static void the_section_stays_in_sight(void **state)
{
    (void)state;
    struct harness *h = start(24, 80);
    go_to_sections(h);
    harness_keys(h, "<Enter>}");
    char *name = strdup(cursor_row(h));
    harness_keys(h, "<C-e><C-e>jj");
    const char *heading = name + strspn(name, " ");
    assert_non_null(strstr(harness_row(h, 1), heading));
    assert_non_null(strstr(harness_row(h, 22), heading));
    free(name);
    leave(h);
}

static void links_lead_away_and_back(void **state)
{
    (void)state;
    struct harness *h = start(24, 80);
    go_to_sections(h);
    harness_keys(h, "<Enter>}<Tab><Tab>");
    char *screen = strdup(harness_screen(h));
    int row, column, back_row, back_column;
    harness_cursor(h, &row, &column);
    harness_keys(h, "<Enter>");
    assert_string_not_equal(harness_screen(h), screen);
    harness_keys(h, "<Backspace>");
    harness_cursor(h, &back_row, &back_column);
    assert_string_equal(harness_screen(h), screen);
    assert_int_equal(row, back_row);
    assert_int_equal(column, back_column);
    harness_keys(h, "]");
    assert_string_not_equal(harness_screen(h), screen);
    harness_keys(h, "[");
    assert_string_equal(harness_screen(h), screen);
    /* A letter on a link follows it; another key gives up. */
    harness_keys(h, "f");
    assert_string_not_equal(harness_screen(h), screen);
    harness_keys(h, "<Esc>");
    assert_string_equal(harness_screen(h), screen);
    free(screen);
    leave(h);
}

static void write_page(const char *path, int more)
{
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs("关于某事的通知\n\n各有关单位：\n", f);
    for (int i = 0; i < more; i++)
        fprintf(f, "    这是后来加上的第%d段，原来的文章里并没有这样的话。\n", i);
    for (int i = 0; i < 40; i++)
        fprintf(f, "    这是原来就有的第%d段，请各单位照此办理，不得有误。\n", i);
    fclose(f);
}

/* Another process reads the file anew while it is being read: the text changes, the place stays. */
static void a_place_survives_an_import(void **state)
{
    (void)state;
    char folder[] = "/tmp/baolan-reader-XXXXXX", path[64];
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/page.txt", folder);
    write_page(path, 0);
    struct harness *h = start_on(folder, 24, 80);
    assert_true(harness_expect(h, "关于某事的通知"));
    harness_settle(h);
    harness_keys(h, "<Enter><C-d><C-d>");
    char line[300];
    snprintf(line, sizeof line, "%s", cursor_row(h));
    assert_non_null(strstr(line, "原来就有的"));
    write_page(path, 7);
    const char *const arguments[] = {"import", folder, NULL};
    struct harness *import = harness_start(&(struct harness_options){
        .arguments = arguments, .rows = 24, .columns = 80, .home = harness_home(h)});
    assert_int_equal(harness_wait(import), 0);
    harness_keep_home(import);
    harness_end(import);
    sleep(2);
    harness_settle(h);
    assert_string_equal(cursor_row(h), line);
    harness_keys(h, "ggjjj");
    assert_true(harness_shows(h, "后来加上的第0段"));
    leave(h);
    unlink(path);
    rmdir(folder);
}

static void what_is_copied_goes_to_the_terminal(void **state)
{
    (void)state;
    struct harness *h = start(24, 80);
    go_to_sections(h);
    harness_keys(h, "<Enter>");
    harness_keys(h, "y");
    size_t n;
    const char *output = harness_output(h, &n);
    bool found = false;
    for (size_t i = 0; i + 7 <= n && !found; i++)
        found = memcmp(output + i, "\033]52;c;", 7) == 0;
    assert_true(found);
    assert_true(harness_shows(h, "剪贴板"));
    leave(h);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_tree_folds_and_opens),
        cmocka_unit_test(raw_lines_come_and_go),
        cmocka_unit_test(a_file_that_has_gone_is_named),
        cmocka_unit_test(a_place_survives_resizes),
        cmocka_unit_test(sentences_stand_on_lines_of_their_own),
        cmocka_unit_test(the_outline_leads_to_a_section),
        cmocka_unit_test(matches_are_walked_and_counted),
        cmocka_unit_test(the_section_stays_in_sight),
        cmocka_unit_test(links_lead_away_and_back),
        cmocka_unit_test(a_place_survives_an_import),
        cmocka_unit_test(what_is_copied_goes_to_the_terminal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
