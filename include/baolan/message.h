/* What the program says, in Chinese and English: one table, src/text/messages.def. */
#ifndef BAOLAN_MESSAGE_H
#define BAOLAN_MESSAGE_H

enum message {
#define MESSAGE(id, zh, en) id,
#include "text/messages.def"
#undef MESSAGE
    MESSAGE_COUNT
};

enum language { LANGUAGE_CHINESE, LANGUAGE_ENGLISH };

/* The language asked for ("zh", "en"; NULL or another: by LC_ALL, LC_MESSAGES, LANG, where anything
 * but an English locale is Chinese). */
enum language language_find(const char *asked);
/* Sets the language of everything said from now on; called once, at the start. */
void language_set(enum language language);
enum language language_now(void);

/* The text of a message in that language, for printf where it has conversions. */
const char *message(enum message id) __attribute__((returns_nonnull));

/* One of two texts by language, for tables that carry both. */
const char *message_of(const char *zh, const char *en)
    __attribute__((format_arg(1), format_arg(2)));

#endif
