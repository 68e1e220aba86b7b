/* Files that come, change and go while the library is open. */
#define _GNU_SOURCE
#include "harness.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

struct ground {
    char folder[64];
};

static void write_page(const struct ground *g, const char *name, const char *text)
{
    char path[256], beside[256];
    snprintf(path, sizeof path, "%s/%s", g->folder, name);
    snprintf(beside, sizeof beside, "%s/.beside", g->folder);
    FILE *f = fopen(beside, "w");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
    assert_int_equal(rename(beside, path), 0);
}

#define PARAGRAPHS                                                                       \
    "第一段说的是海边的镇，镇上的人都这样说，说了很多年。\n\n" \
    "第二段说的是山里的村，村里的人都这样说，说了很多年。\n\n" \
    "第三段说的是城里的厂，厂里的人都这样说，说了很多年。\n\n" \
    "第四段说的是湖上的船，船上的人都这样说，说了很多年。\n"

static void set_up_pages(struct ground *g)
{
    snprintf(g->folder, sizeof g->folder, "/tmp/baolan-watch-XXXXXX");
    assert_non_null(mkdtemp(g->folder));
    write_page(g, "b.txt", "## 四段话的来历\n\n" PARAGRAPHS);
    write_page(g, "c.txt", "## 另外一篇文章\n\n这一篇说的是别的事情，说得也不长。\n");
}

static void remove_pages(const struct ground *g)
{
    char command[128];
    snprintf(command, sizeof command, "rm -rf %s", g->folder);
    assert_int_equal(system(command), 0);
}

static const char *cursor_row(struct harness *h)
{
    int row, column;
    harness_cursor(h, &row, &column);
    return harness_row(h, row);
}

static struct harness *start(const struct ground *g)
{
    const char *arguments[] = {g->folder, NULL};
    struct harness *h =
        harness_start(&(struct harness_options){.arguments = arguments, .rows = 24, .columns = 80});
    assert_true(harness_expect(h, "四段话的来历"));
    assert_true(harness_expect(h, "另外一篇文章"));
    return h;
}

static void test_what_changes_appears(void **state)
{
    struct ground g;
    char path[256];
    (void)state;
    set_up_pages(&g);
    struct harness *h = start(&g);
    write_page(&g, "a.txt", "## 新来的一篇文章\n\n这一篇是后来才有的，说得也不长。\n");
    assert_true(harness_expect(h, "新来的一篇文章"));
    write_page(&g, "c.txt", "## 改了名的文章\n\n这一篇说的是别的事情，说得也不长。\n");
    assert_true(harness_expect(h, "改了名的文章"));
    assert_false(harness_shows(h, "另外一篇文章"));
    snprintf(path, sizeof path, "%s/new", g.folder);
    assert_int_equal(mkdir(path, 0700), 0);
    usleep(600000); /* so that the folder is not only found by the look that its coming makes */
    write_page(&g, "new/d.txt", "## 新文件夹里的文章\n\n这一篇在下面一层，说得也不长。\n");
    assert_true(harness_expect(h, "新文件夹里的文章"));
    snprintf(path, sizeof path, "%s/a.txt", g.folder);
    unlink(path);
    assert_true(harness_expect(h, "3篇"));
    assert_false(harness_shows(h, "新来的一篇文章"));
    harness_keys(h, "q");
    assert_int_equal(harness_wait(h), 0);
    harness_end(h);
    remove_pages(&g);
}

static void test_the_place_is_kept(void **state)
{
    struct ground g;
    char row[4096];
    (void)state;
    set_up_pages(&g);
    struct harness *h = start(&g);
    while (strstr(cursor_row(h), "四段话") == NULL)
        harness_keys(h, "j");
    harness_keys(h, "<Enter>");
    assert_true(harness_expect(h, "第三段说的"));
    for (int i = 0; i < 40 && strstr(cursor_row(h), "第三段") == NULL; i++)
        harness_keys(h, "j");
    snprintf(row, sizeof row, "%s", cursor_row(h));
    assert_non_null(strstr(row, "第三段"));
    /* Another file, which comes before this one in the library. */
    write_page(&g, "a.txt", "## 新来的一篇文章\n\n这一篇是后来才有的，说得也不长。\n");
    assert_true(harness_expect(h, "3篇"));
    assert_string_equal(cursor_row(h), row);
    /* This one, with more above the place. */
    write_page(
        &g, "b.txt",
        "## 四段话的来历\n\n新添的一段，放在最前面，说的是从前没有说过的话。\n\n" PARAGRAPHS);
    assert_true(harness_expect(h, "新添的一段"));
    assert_non_null(strstr(cursor_row(h), "第三段"));
    harness_keys(h, "<Backspace>");
    assert_non_null(strstr(cursor_row(h), "四段话"));
    harness_keys(h, "q");
    assert_int_equal(harness_wait(h), 0);
    harness_end(h);
    remove_pages(&g);
}

/* Lines that are selected stay so while a file comes that stands before theirs, and while theirs is
 * written anew. */
static void test_the_selection_is_kept(void **state)
{
    struct ground g;
    char said[4096];
    (void)state;
    set_up_pages(&g);
    struct harness *h = start(&g);
    while (strstr(cursor_row(h), "四段话") == NULL)
        harness_keys(h, "j");
    harness_keys(h, "<Enter>");
    assert_true(harness_expect(h, "第三段说的"));
    harness_keys(h, "ggVjjjjy");
    assert_true(harness_expect(h, "剪贴板"));
    snprintf(said, sizeof said, "%s", harness_row(h, 23));
    harness_keys(h, "ggVjjjj");
    write_page(&g, "a.txt", "## 新来的一篇文章\n\n这一篇是后来才有的，说得也不长。\n");
    assert_true(harness_expect(h, "3篇"));
    write_page(&g, "b.txt",
               "## 四段话的来历\n\n" PARAGRAPHS "\n末了又添了一段，说的是从前的话。\n");
    assert_true(harness_expect(h, "末了又添了一段"));
    harness_keys(h, "y");
    assert_true(harness_expect(h, "剪贴板"));
    assert_string_equal(harness_row(h, 23), said);
    harness_keys(h, "q");
    assert_int_equal(harness_wait(h), 0);
    harness_end(h);
    remove_pages(&g);
}

/* Where the system tells nothing: the folders are looked through now and then. */
static void test_asking(void **state)
{
    struct ground g;
    (void)state;
    set_up_pages(&g);
    struct harness *h = start(&g);
    harness_keys(h, ":set watch off<Enter>");
    write_page(&g, "a.txt", "## 新来的一篇文章\n\n这一篇是后来才有的，说得也不长。\n");
    usleep(600000);
    harness_settle(h);
    assert_false(harness_shows(h, "新来的一篇文章"));
    harness_keys(h, ":set watch ask<Enter>");
    assert_true(harness_expect(h, "新来的一篇文章"));
    while (strstr(cursor_row(h), "四段话") == NULL)
        harness_keys(h, "j");
    write_page(&g, "c.txt", "## 改了名的文章\n\n这一篇说的是别的事情，说得也不长。\n");
    assert_true(harness_expect(h, "改了名的文章") || harness_expect(h, "改了名的文章"));
    assert_non_null(strstr(cursor_row(h), "四段话"));
    harness_keys(h, "q");
    assert_int_equal(harness_wait(h), 0);
    harness_end(h);
    remove_pages(&g);
}

static void test_a_change_while_it_was_closed(void **state)
{
    struct ground g;
    char home[256];
    (void)state;
    set_up_pages(&g);
    struct harness *h = start(&g);
    harness_keep_home(h);
    snprintf(home, sizeof home, "%s", harness_home(h));
    harness_keys(h, "q");
    assert_int_equal(harness_wait(h), 0);
    harness_end(h);
    write_page(&g, "a.txt", "## 新来的一篇文章\n\n这一篇是后来才有的，说得也不长。\n");
    h = harness_start(&(struct harness_options){.rows = 24, .columns = 80, .home = home});
    assert_true(harness_expect(h, "新来的一篇文章"));
    /* Without its folder the library keeps what it read. */
    remove_pages(&g);
    usleep(1500000);
    harness_keys(h, "<C-l>");
    assert_true(harness_expect(h, "3篇"));
    harness_keys(h, "q");
    assert_int_equal(harness_wait(h), 0);
    harness_end(h);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_changes_appears),
        cmocka_unit_test(test_the_place_is_kept),
        cmocka_unit_test(test_the_selection_is_kept),
        cmocka_unit_test(test_asking),
        cmocka_unit_test(test_a_change_while_it_was_closed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
