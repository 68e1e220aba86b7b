#include "baolan/message.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static const char *const TEXTS[][2] = {
#define MESSAGE(id, zh, en) {zh, en},
#include "text/messages.def"
#undef MESSAGE
};

/* Set once before any thread starts, read ever after. */
static enum language current = LANGUAGE_CHINESE;

static enum language language_of_locale(const char *locale)
{
    return strncmp(locale, "en", 2) == 0 ? LANGUAGE_ENGLISH : LANGUAGE_CHINESE;
}

enum language language_find(const char *asked)
{
    static const char *const VARIABLES[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    if (asked != NULL && strcmp(asked, "zh") == 0)
        return LANGUAGE_CHINESE;
    if (asked != NULL && strcmp(asked, "en") == 0)
        return LANGUAGE_ENGLISH;
    for (size_t i = 0; i < sizeof VARIABLES / sizeof *VARIABLES; i++) {
        const char *value = getenv(VARIABLES[i]);
        if (value != NULL && *value != '\0')
            return language_of_locale(value);
    }
    return LANGUAGE_CHINESE;
}

void language_set(enum language language)
{
    current = language;
}

enum language language_now(void)
{
    return current;
}

const char *message(enum message id)
{
    assert(id < MESSAGE_COUNT);
    return TEXTS[id][current];
}

const char *message_of(const char *zh, const char *en)
{
    return current == LANGUAGE_ENGLISH ? en : zh;
}
