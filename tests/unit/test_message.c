/* Messages: the language that is found, texts in both, and what programs run from here are told. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "baolan/memory.h"
#include "baolan/message.h"
#include "baolan/status.h"

#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static enum language found(const char *language, const char *lc_all, const char *lang)
{
    const char *const names[] = {"LANGUAGE", "LC_ALL", "LANG"};
    const char *const values[] = {language, lc_all, lang};
    unsetenv("LC_MESSAGES");
    for (size_t i = 0; i < 3; i++)
        if (values[i] == NULL)
            unsetenv(names[i]);
        else
            setenv(names[i], values[i], 1);
    return language_find("auto");
}

/* Before anything has set a language: the environment is read as the person has it. */
static void test_language_of_the_environment(void **state)
{
    (void)state;
    assert_int_equal(found(NULL, NULL, NULL), LANGUAGE_CHINESE);
    assert_int_equal(found(NULL, "C", NULL), LANGUAGE_CHINESE);
    assert_int_equal(found(NULL, NULL, "en_GB.UTF-8"), LANGUAGE_ENGLISH);
    assert_int_equal(found(NULL, "zh_CN.UTF-8", "en_GB.UTF-8"), LANGUAGE_CHINESE);
    assert_int_equal(found("en_US:zh_CN", "zh_CN.UTF-8", NULL), LANGUAGE_ENGLISH);
    assert_int_equal(found("de:zh", "en_US.UTF-8", NULL), LANGUAGE_CHINESE);
    assert_int_equal(found("de", "en_US.UTF-8", NULL), LANGUAGE_ENGLISH);
    assert_int_equal(found("english", NULL, NULL), LANGUAGE_CHINESE);
    assert_int_equal(language_find("zh"), LANGUAGE_CHINESE);
    assert_int_equal(language_find("en"), LANGUAGE_ENGLISH);
}

static void test_both_languages(void **state)
{
    (void)state;
    setenv("LC_ALL", "C", 1);
    setenv("LANGUAGE", "de", 1);
    assert_string_equal(translate("documents"), "documents");
    language_set(LANGUAGE_CHINESE);
    assert_string_equal(translate("documents"), "文档");
    assert_string_equal(message(MESSAGE_TITLE), "报览");
    assert_string_equal(translate("what nobody says"), "what nobody says");
    assert_string_equal(translate(""), "");
    language_set(LANGUAGE_ENGLISH);
    assert_string_equal(translate("documents"), "documents");
    assert_string_equal(message(MESSAGE_TITLE), "baolan");
    language_set(LANGUAGE_CHINESE);
    assert_string_equal(translate("documents"), "文档");
}

static void test_one_word_in_two_meanings(void **state)
{
    (void)state;
    language_set(LANGUAGE_CHINESE);
    assert_string_equal(translate("document"), "文档");
    assert_string_equal(translate(NC_("name", "document")), "文件");
    language_set(LANGUAGE_ENGLISH);
    assert_string_equal(translate(NC_("name", "document")), "document");
}

/* Chinese puts the number before the kind; the arguments follow the words. */
static void test_order_of_arguments(void **state)
{
    struct error e = ERROR_NONE;
    (void)state;
    language_set(LANGUAGE_CHINESE);
    error_set(&e, STATUS_NOT_FOUND, "no %s has the number %u", translate("article"), 7U);
    assert_string_equal(e.message, "没有编号为 7 的文章");
    e = ERROR_NONE;
    error_set_errno(&e, ENOENT, "/nowhere");
    assert_string_equal(e.message, "/nowhere：没有这个文件或文件夹");
    language_set(LANGUAGE_ENGLISH);
    e = ERROR_NONE;
    error_set_errno(&e, ENOENT, "/nowhere");
    assert_string_equal(e.message, "/nowhere: no such file or folder");
}

static const char *variable(char **environment, const char *name)
{
    for (; *environment != NULL; environment++)
        if (strncmp(*environment, name, strlen(name)) == 0)
            return *environment + strlen(name);
    return NULL;
}

static void test_programs_keep_their_language(void **state)
{
    (void)state;
    language_set(LANGUAGE_CHINESE);
    assert_string_equal(getenv("LANGUAGE"), "zh_CN");
    struct arena *a = arena_new();
    char **environment = language_environment(a);
    assert_string_equal(variable(environment, "LANGUAGE="), "de");
    assert_string_equal(variable(environment, "LC_ALL="), "C");
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_language_of_the_environment),
        cmocka_unit_test(test_both_languages),
        cmocka_unit_test(test_one_word_in_two_meanings),
        cmocka_unit_test(test_order_of_arguments),
        cmocka_unit_test(test_programs_keep_their_language),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
