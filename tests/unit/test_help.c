/* The pages of `:help TOPIC`: there in both languages, with the keys that are bound. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "app/review.h"
#include "baolan/message.h"
#include "baolan/width.h"
#include "ui/help_topics.h"

static struct str page_of(struct arena *a, const char *topic, const struct keymap *m)
{
    struct error e = ERROR_NONE;
    struct str text = help_topic_text(a, topic, m, &e);
    assert_string_equal(e.message, "");
    return text;
}

static void test_every_topic(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct keymap *m = keymap_new(a);
    struct review_form form;
    assert_int_equal(review_form_load(a, &form, NULL, NULL, NULL), STATUS_OK);
    assert_int_equal(review_bind_keys(&form, m, NULL), STATUS_OK);
    for (int language = LANGUAGE_CHINESE; language <= LANGUAGE_ENGLISH; language++) {
        language_set((enum language)language);
        for (size_t i = 0; help_topic(i) != NULL; i++) {
            struct str text = page_of(a, help_topic(i), m);
            assert_true(text.n > 200);
            for (size_t at = 0; (at = str_find(text, STR("{"), at)) != STR_NONE; at++)
                if (at + 1 < text.n && text.p[at + 1] >= 'a' && text.p[at + 1] <= 'z')
                    fail_msg("%s: no command %.40s", help_topic(i), text.p + at);
            /* Examples are set as they are. */
            for (struct str rest = text; rest.p != NULL;) {
                struct str line = str_split(&rest, '\n');
                if (str_starts(line, STR("  ")) && width_measure(line, AMBIGUOUS_NARROW) > 80)
                    fail_msg("%s: longer than a line: %.*s", help_topic(i), STR_ARG(line));
            }
        }
    }
    arena_free(a);
}

static void test_keys_that_are_bound(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct keymap *m = keymap_new(a);
    struct error e = ERROR_NONE;
    language_set(LANGUAGE_ENGLISH);
    assert_true(str_has(page_of(a, "reading", m), STR("Tab goes to the next link")));
    keymap_bind(m, CONTEXT_LIST, STR("<Tab>"), STR(""), &e);
    assert_true(str_has(page_of(a, "reading", m), STR(":link-next goes to the next link")));
    keymap_bind(m, CONTEXT_LIST, STR("gl"), STR("link-next"), &e);
    assert_true(str_has(page_of(a, "reading", m), STR("gl goes to the next link")));
    arena_free(a);
}

static void test_names_of_topics(void **state)
{
    (void)state;
    assert_string_equal(help_topic_named(STR("search")), "search");
    assert_string_equal(help_topic_named(STR("se")), "search");
    assert_null(help_topic_named(STR("searching")));
    assert_null(help_topic_named(STR("../lexicons/units")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_topic),
        cmocka_unit_test(test_keys_that_are_bound),
        cmocka_unit_test(test_names_of_topics),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
