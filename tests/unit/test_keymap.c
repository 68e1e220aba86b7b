/* Commands, keys bound to them, options, and the configuration that sets both. */
#include "baolan/config.h"
#include "baolan/message.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

static struct arena *arena;
static char warnings[2048];

static int set_up(void **state)
{
    (void)state;
    language_set(LANGUAGE_ENGLISH);
    arena = arena_new();
    return arena == NULL;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static void warn(void *context, const char *text)
{
    (void)context;
    size_t n = strlen(warnings);
    snprintf(warnings + n, sizeof warnings - n, "%s\n", text);
}

static enum key_match find(const struct keymap *m, enum context context, const char *text,
                           const struct binding **out)
{
    key keys[KEYS_MAX];
    int n = 0;
    struct str s = str_of(text);
    for (size_t at = 0; at < s.n && n < KEYS_MAX;)
        keys[n++] = key_read(s, &at);
    return keymap_find(m, context, keys, n, out);
}

static void test_beginnings_of_names(void **state)
{
    (void)state;
    assert_int_equal(command_typed(STR("q")), COMMAND_QUIT);
    assert_int_equal(command_typed(STR("find")), COMMAND_FIND);
    assert_int_equal(command_typed(STR("fin")), COMMAND_COUNT);
    assert_int_equal(command_typed(STR("")), COMMAND_COUNT);
    assert_int_equal(command_typed(STR("promp")), COMMAND_COUNT); /* hidden */
}

static void test_every_command_is_sound(void **state)
{
    (void)state;
    for (unsigned i = 0; i < COMMAND_COUNT; i++) {
        const struct command_row *row = command_row((enum command)i);
        assert_int_equal(command_named(str_of(row->name)), i);
        assert_true(row->help[0] != '\0');
        struct str rest = str_of(row->keys);
        while (rest.p != NULL) {
            struct str keys = str_split(&rest, ' ');
            size_t at = 0;
            while (at < keys.n)
                assert_true(key_read(keys, &at) != 0);
        }
    }
}

static void test_no_key_hides_a_longer_one(void **state)
{
    (void)state;
    const struct keymap *m = keymap_new(arena);
    for (size_t i = 0; i < keymap_count(m); i++) {
        const struct binding *b = keymap_at(m, i), *found = NULL;
        for (int n = 1; n < b->n_keys; n++)
            assert_int_equal(keymap_find(m, b->context, b->keys, n, &found), KEY_PREFIX);
        assert_int_equal(keymap_find(m, b->context, b->keys, b->n_keys, &found), KEY_BOUND);
    }
}

static void test_inner_contexts_come_first(void **state)
{
    (void)state;
    struct keymap *m = keymap_new(arena);
    const struct binding *b = NULL;
    assert_int_equal(find(m, CONTEXT_READER, "q", &b), KEY_BOUND);
    assert_int_equal(b->command, COMMAND_QUIT);
    assert_int_equal(keymap_bind(m, CONTEXT_READER, STR("q"), STR("back"), NULL), STATUS_OK);
    assert_int_equal(find(m, CONTEXT_READER, "q", &b), KEY_BOUND);
    assert_int_equal(b->command, COMMAND_BACK);
    assert_int_equal(find(m, CONTEXT_LIBRARY, "q", &b), KEY_BOUND);
    assert_int_equal(b->command, COMMAND_QUIT);
    assert_int_equal(keymap_bind(m, CONTEXT_READER, STR("q"), STR(""), NULL), STATUS_OK);
    assert_int_equal(find(m, CONTEXT_READER, "q", &b), KEY_UNBOUND);
}

static void test_sequences(void **state)
{
    (void)state;
    const struct keymap *m = keymap_new(arena);
    const struct binding *b = NULL;
    assert_int_equal(find(m, CONTEXT_READER, "g", &b), KEY_PREFIX);
    assert_int_equal(find(m, CONTEXT_READER, "gg", &b), KEY_BOUND);
    assert_int_equal(b->command, COMMAND_FIRST);
    assert_int_equal(find(m, CONTEXT_READER, "gq", &b), KEY_UNBOUND);
}

static void test_key_names_go_round(void **state)
{
    (void)state;
    static const char *const NAMES[] = {"j",     "<C-d>",   "<S-Tab>", "<M-x>",    "<lt>",
                                        "<F12>", "<Space>", "报",      "<C-S-Up>", "<C-M-Up>"};
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        struct buffer out = buffer_in(arena), again = buffer_in(arena);
        size_t at = 0;
        key k = key_read(str_of(NAMES[i]), &at);
        assert_int_equal(at, strlen(NAMES[i]));
        key_write(k, &out);
        at = 0;
        key_write(key_read(buffer_str(&out), &at), &again);
        assert_string_equal(buffer_c(&out), buffer_c(&again));
    }
    size_t at = 0;
    assert_int_equal(key_read(STR("<Nonsense>"), &at), 0);
}

static void test_options(void **state)
{
    (void)state;
    struct options *o = options_new(arena);
    struct error e = ERROR_NONE;
    assert_true(options_is(o, OPTION_THEME, "auto"));
    assert_int_equal(options_set(o, STR("theme"), STR("light"), &e), STATUS_OK);
    assert_true(options_is(o, OPTION_THEME, "light"));
    assert_int_equal(options_set(o, STR("theme"), STR("pink"), &e), STATUS_BAD_INPUT);
    assert_non_null(strstr(e.message, "dark|light"));
    assert_int_equal(options_set(o, STR("measure"), STR("30"), NULL), STATUS_OK);
    assert_int_equal(options_number(o, OPTION_MEASURE), 30);
    assert_int_equal(options_set(o, STR("measure"), STR("-1"), NULL), STATUS_BAD_INPUT);
    assert_int_equal(options_set(o, STR("nonsense"), STR("1"), NULL), STATUS_NOT_FOUND);
}

static void test_configuration(void **state)
{
    (void)state;
    struct options *o = options_new(arena);
    struct keymap *m = keymap_new(arena);
    const struct binding *b = NULL;
    warnings[0] = '\0';
    config_read(STR("# mine\n\nset theme mono\nset nothing 1\n bind list X set theme dark\n"
                    "bind reader <Nope> down\nnonsense\nbind list Y no-such\nset measure 20"),
                "config", o, m, warn, NULL);
    assert_true(options_is(o, OPTION_THEME, "mono"));
    assert_int_equal(options_number(o, OPTION_MEASURE), 20);
    assert_int_equal(find(m, CONTEXT_READER, "X", &b), KEY_BOUND);
    assert_true(str_eq(b->line, STR("set theme dark")));
    assert_non_null(strstr(warnings, "config line 4:"));
    assert_non_null(strstr(warnings, "config line 6:"));
    assert_non_null(strstr(warnings, "config line 7:"));
    assert_non_null(strstr(warnings, "config line 8:"));
    assert_null(strstr(warnings, "line 5:"));
}

static void test_what_is_printed_reads_back(void **state)
{
    (void)state;
    struct options *o = options_new(arena);
    struct keymap *m = keymap_new(arena);
    struct buffer first = buffer_in(arena), second = buffer_in(arena);
    options_set(o, STR("theme"), STR("contrast"), NULL);
    keymap_bind(m, CONTEXT_LIST, STR("gx"), STR("set theme dark"), NULL);
    config_print(o, m, &first);
    warnings[0] = '\0';
    struct options *again = options_new(arena);
    struct keymap *keys = keymap_new(arena);
    config_read(buffer_str(&first), "config", again, keys, warn, NULL);
    assert_string_equal(warnings, "");
    config_print(again, keys, &second);
    assert_string_equal(buffer_c(&first), buffer_c(&second));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_beginnings_of_names),
        cmocka_unit_test(test_every_command_is_sound),
        cmocka_unit_test(test_no_key_hides_a_longer_one),
        cmocka_unit_test(test_inner_contexts_come_first),
        cmocka_unit_test(test_sequences),
        cmocka_unit_test(test_key_names_go_round),
        cmocka_unit_test(test_options),
        cmocka_unit_test(test_configuration),
        cmocka_unit_test(test_what_is_printed_reads_back),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
