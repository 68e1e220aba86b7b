/* What the program says. English stands in the source and is the msgid; other languages are
 * catalogues, data/po/LANGUAGE.po, which the C library's gettext reads.
 *
 * A short text that one place says is written there, in translate("…"); one that several say is a
 * row of src/base/messages.def. What error_set and fail_with take is translated by them. */
#ifndef BAOLAN_MESSAGE_H
#define BAOLAN_MESSAGE_H

enum message {
#define MESSAGE(id, text) id,
#include "base/messages.def"
#undef MESSAGE
    MESSAGE_COUNT
};

enum language { LANGUAGE_CHINESE, LANGUAGE_ENGLISH };

/* Marks a text of a table for the catalogue; whoever shows it calls translate. NC_ tells apart
 * words that English has once and another language twice. */
#define N_(text) text
#define NC_(context, text) (context "\004" text)

/* The language asked for ("zh", "en"; NULL or another: the first of LANGUAGE's, else by LC_ALL,
 * LC_MESSAGES, LANG, where anything but an English locale is Chinese). */
enum language language_find(const char *asked);
/* Sets the language of everything said from now on, and the LC_MESSAGES that it needs.
 * Until then it is English. Called by one thread at a time. */
void language_set(enum language language);
enum language language_now(void);

/* The environment for a program run from here: LANGUAGE is in it as it was before language_set. Its
 * strings are those of environ or in the arena. */
struct arena;
char **language_environment(struct arena *a);

/* A msgid in the language that is set; itself where the catalogue lacks it. For printf where it has
 * conversions; an empty text stays empty. */
const char *translate(const char *text) __attribute__((returns_nonnull, format_arg(1)));
/* The same where a count n decides between the two. */
const char *translate_count(const char *one, const char *many, unsigned long n)
    __attribute__((returns_nonnull, format_arg(1), format_arg(2)));

/* The text of a row, translated. */
const char *message(enum message id) __attribute__((returns_nonnull));

#endif
