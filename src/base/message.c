#include "baolan/message.h"

#include "baolan/files.h"

#include <assert.h>
#include <libintl.h>
#include <locale.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DOMAIN "baolan"

extern char **environ;

static const char *const TEXTS[] = {
#define MESSAGE(id, text) text,
#include "base/messages.def"
#undef MESSAGE
};

/* Written by language_set only: at the start, before there are threads, and by `set lang`. */
static enum language current = LANGUAGE_ENGLISH;

/* LANGUAGE as the person has it, for programs run from here. */
static struct {
    bool kept, was_set;
    char text[256];
} original;

static bool is_language(const char *locale, const char *name)
{
    return strncmp(locale, name, 2) == 0 && strchr("_.@:-", locale[2]) != NULL;
}

enum language language_find(const char *asked)
{
    static const char *const VARIABLES[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    if (asked != NULL && strcmp(asked, "zh") == 0)
        return LANGUAGE_CHINESE;
    if (asked != NULL && strcmp(asked, "en") == 0)
        return LANGUAGE_ENGLISH;
    const char *list = original.kept ? original.text : getenv("LANGUAGE");
    while (list != NULL && *list != '\0') {
        if (is_language(list, "zh"))
            return LANGUAGE_CHINESE;
        if (is_language(list, "en"))
            return LANGUAGE_ENGLISH;
        list = strchr(list, ':');
        list += list != NULL;
    }
    for (size_t i = 0; i < sizeof VARIABLES / sizeof *VARIABLES; i++) {
        const char *value = getenv(VARIABLES[i]);
        if (value != NULL && *value != '\0')
            return is_language(value, "en") ? LANGUAGE_ENGLISH : LANGUAGE_CHINESE;
    }
    return LANGUAGE_CHINESE;
}

static void keep_original(void)
{
    const char *value = getenv("LANGUAGE");
    original.was_set = value != NULL && strlen(value) < sizeof original.text;
    if (original.was_set)
        snprintf(original.text, sizeof original.text, "%s", value);
    original.kept = true;
}

/* Tells the C library where the catalogues are. Once: the folder does not move. */
static void bind_catalogues(void)
{
    struct arena *a = arena_new();
    const char *folder = a == NULL ? NULL : path_locale_folder(a);
    if (folder != NULL)
        bindtextdomain(DOMAIN, folder);
    bind_textdomain_codeset(DOMAIN, "UTF-8");
    arena_free(a);
}

/* In the locale "C" gettext looks for no catalogue at all; any other will do, as LANGUAGE names the
 * one that is wanted. (musl has every locale and no LANGUAGE: there the first is taken.) */
static void set_locale(void)
{
    static const char *const NAMES[] = {"zh_CN.UTF-8", "C.UTF-8", "C.utf8", "en_US.UTF-8"};
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
        if (setlocale(LC_MESSAGES, NAMES[i]) != NULL)
            return;
}

void language_set(enum language language)
{
    if (!original.kept) {
        keep_original();
        bind_catalogues();
        set_locale();
    }
    setenv("LANGUAGE", language == LANGUAGE_CHINESE ? "zh_CN" : "en", 1);
    /* Makes the C library forget what it found for the language before. */
    textdomain(textdomain(NULL));
    current = language;
}

enum language language_now(void)
{
    return current;
}

char **language_environment(struct arena *a)
{
    static const char NAME[] = "LANGUAGE=";
    size_t n = 0, kept = 0;
    while (environ[n] != NULL)
        n++;
    char **copy = arena_array(a, char *, n + 2);
    for (size_t i = 0; i < n; i++)
        if (!original.kept || strncmp(environ[i], NAME, sizeof NAME - 1) != 0)
            copy[kept++] = environ[i];
    if (original.was_set)
        copy[kept++] = str_dup_c(a, str_printf(a, "%s%s", NAME, original.text));
    copy[kept] = NULL;
    return copy;
}

/* A msgid without the context that NC_ put before it. */
static const char *without_context(const char *text)
{
    const char *context = strchr(text, '\004');
    return context == NULL ? text : context + 1;
}

const char *translate(const char *text)
{
    /* gettext answers the empty text with the catalogue's heading. */
    if (current == LANGUAGE_ENGLISH || text[0] == '\0')
        return without_context(text);
    const char *found = dgettext(DOMAIN, text);
    return found == text ? without_context(text) : found;
}

const char *translate_count(const char *one, const char *many, unsigned long n)
{
    return current == LANGUAGE_ENGLISH ? n == 1 ? one : many : dngettext(DOMAIN, one, many, n);
}

const char *message(enum message id)
{
    assert(id < MESSAGE_COUNT);
    return translate(TEXTS[id]);
}
