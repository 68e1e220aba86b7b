/* How kinds of records and periods are called on the screen, in the language of the messages. */
#ifndef UI_WORDS_H
#define UI_WORDS_H

#include "baolan/document.h"

const char *words_of_finding(enum finding_kind kind);
const char *words_of_entity(enum entity_type type);
const char *words_of_indicator(enum indicator_kind kind);

/* 2023H1 as 2023年上半年, 2022-05 as 2022年5月; what is no period of that form, as it is. English
 * keeps the form of the data. Lives in the arena or as long as `period`. */
struct str words_of_period(struct arena *a, struct str period);

/* The last name of a path, without its ending. */
struct str words_of_path(struct str path);

/* True where the text has an ASCII letter: it may be pinyin. */
bool words_have_letters(struct str text);

#endif
