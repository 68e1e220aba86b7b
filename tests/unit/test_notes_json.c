/* Notes written as JSON and taken over: all is there again, and what is newer stands. */
#include "../remove.h"
#include "baolan/files.h"
#include "baolan/notes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

static struct arena *arena;
static char root[64];

static int set_up(void **state)
{
    (void)state;
    arena = arena_new();
    snprintf(root, sizeof root, "/tmp/baolan-json-XXXXXX");
    return arena == NULL || mkdtemp(root) == NULL;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(arena);
    return remove_below(root);
}

static struct notes *open_notes(const char *name)
{
    struct notes *n;
    struct error e = ERROR_NONE;
    assert_int_equal(notes_open(path_join(arena, root, name), &n, &e), STATUS_OK);
    return n;
}

static void put(struct notes *n, int64_t about, const char *value, int64_t time,
                const struct anchor *anchor)
{
    struct error e = ERROR_NONE;
    struct mark m = {.kind = STR("proposal"),
                     .content_key = about,
                     .field = STR("note"),
                     .value = str_of(value),
                     .author = STR("小王"),
                     .time = time};
    assert_int_equal(notes_put_mark(n, &m, anchor, &e), STATUS_OK);
}

static struct str value_of(struct notes *n, int64_t about)
{
    const struct mark *marks;
    size_t count;
    struct error e = ERROR_NONE;
    assert_int_equal(notes_marks_of(n, arena, STR("proposal"), about, &marks, &count, &e),
                     STATUS_OK);
    return count == 0 ? STR("") : marks[0].value;
}

static struct str export(struct notes *n)
{
    struct buffer out = buffer_in(arena);
    struct error e = ERROR_NONE;
    assert_int_equal(notes_export(n, &out, &e), STATUS_OK);
    return buffer_str(&out);
}

static int64_t import(struct notes *n, struct str json)
{
    int64_t taken = -1;
    struct error e = ERROR_NONE;
    if (notes_import(n, json, &taken, &e) != STATUS_OK)
        fail_msg("%s", e.message);
    return taken;
}

static const struct anchor ANCHOR = {.sha256 = {1, 2, 0xFE},
                                     .path = STR_INIT("/a/\"b\"\n\033[31m.txt"),
                                     .passage_key = 0xFEDCBA9876543210u,
                                     .offset = 7,
                                     .quoted = STR_INIT("产值"),
                                     .before = STR_INIT("全镇"),
                                     .after = STR_INIT("亿元")};

static void what_is_written_is_read(void **state)
{
    (void)state;
    struct notes *from = open_notes("from.db"), *to = open_notes("to.db");
    struct error e = ERROR_NONE;
    struct bookmark bookmark;
    struct anchor anchor;
    struct str place;
    const struct str *history;
    size_t n;
    put(from, -5, "先\"缓\"\n一缓\t\\", 1000, &ANCHOR);
    put(from, INT64_MIN, "x", 1001, NULL);
    struct str places[] = {STR("one\ttwo"), STR("three")};
    assert_int_equal(notes_put_bookmark(from, STR("a"), &ANCHOR, &e), STATUS_OK);
    assert_int_equal(notes_put_place(from, STR("default"), ANCHOR.sha256, STR("p"), &e), STATUS_OK);
    assert_int_equal(notes_put_history(from, STR("default"), places, 2, &e), STATUS_OK);
    struct str json = export(from);
    for (size_t i = 0; i < json.n; i++)
        assert_true((unsigned char)json.p[i] >= 0x20 || json.p[i] == '\n');
    assert_int_equal(import(to, json), 6);
    assert_true(str_eq(value_of(to, -5), STR("先\"缓\"\n一缓\t\\")));
    assert_true(str_eq(value_of(to, INT64_MIN), STR("x")));
    assert_int_equal(notes_mark_anchor(to, arena, STR("proposal"), -5, &anchor, &e), STATUS_OK);
    assert_memory_equal(anchor.sha256, ANCHOR.sha256, 32);
    assert_true(anchor.passage_key == ANCHOR.passage_key && anchor.offset == 7);
    assert_true(str_eq(anchor.path, ANCHOR.path) && str_eq(anchor.after, ANCHOR.after));
    assert_int_equal(notes_bookmark(to, arena, STR("a"), &bookmark, &e), STATUS_OK);
    assert_true(str_eq(bookmark.anchor.quoted, STR("产值")));
    assert_int_equal(notes_place(to, arena, STR("default"), ANCHOR.sha256, &place, &e), STATUS_OK);
    assert_true(str_eq(place, STR("p")));
    assert_int_equal(notes_history(to, arena, STR("default"), &history, &n, &e), STATUS_OK);
    assert_int_equal(n, 2);
    assert_true(str_eq(history[0], places[0]));
    /* Once more brings nothing, and leaves nothing behind. */
    struct str before = export(to);
    assert_int_equal(import(to, json), 0);
    struct str after = export(to);
    assert_true(str_eq(str_sub(before, str_find(before, STR("anchor"), 0), before.n),
                       str_sub(after, str_find(after, STR("anchor"), 0), after.n)));
    notes_close(from);
    notes_close(to);
}

static void what_is_newer_stands(void **state)
{
    (void)state;
    struct notes *from = open_notes("from.db"), *to = open_notes("to.db");
    put(from, 1, "old", 1000, NULL);
    put(from, 2, "first", 1000, NULL);
    put(from, 2, "new", 3000, NULL);
    put(to, 1, "mine", 2000, &ANCHOR);
    put(to, 2, "mine", 2000, &ANCHOR);
    assert_int_equal(import(to, export(from)), 1);
    assert_true(str_eq(value_of(to, 1), STR("mine")));
    assert_true(str_eq(value_of(to, 2), STR("new")));
    notes_close(from);
    notes_close(to);
}

static void what_is_no_export_is_refused(void **state)
{
    (void)state;
    static const char *const BAD[] = {
        "",
        "null",
        "[]",
        "{}",
        "{\"baolan-notes\": 2}",
        "{\"baolan-notes\": 1, \"mark\": [{\"kind\": \"proposal\"}]}",
        "{\"baolan-notes\": 1, \"mark\": [7]}",
        "{\"baolan-notes\": 1, \"anchor\": [{\"id\": 1, \"sha256\": \"xy\"}]}",
        "{\"baolan-notes\": 1",
    };
    struct notes *n = open_notes("notes.db");
    put(n, 1, "mine", 2000, NULL);
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        int64_t taken;
        struct error e = ERROR_NONE;
        assert_int_not_equal(notes_import(n, str_of(BAD[i]), &taken, &e), STATUS_OK);
        assert_true(e.message[0] != '\0');
        assert_int_equal(taken, 0);
    }
    assert_true(str_eq(value_of(n, 1), STR("mine")));
    notes_close(n);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(what_is_written_is_read),
        TEST(what_is_newer_stands),
        TEST(what_is_no_export_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
