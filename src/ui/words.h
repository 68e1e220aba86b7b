/* How kinds of records and periods are called on the screen, in the language of the messages. */
#ifndef UI_WORDS_H
#define UI_WORDS_H

#include "baolan/document.h"

const char *words_of_finding(enum finding_kind kind);
/* A sentence on what is wrong, without its stop. */
const char *words_why_finding(enum finding_kind kind);
const char *words_of_entity(enum entity_type type);
const char *words_of_indicator(enum indicator_kind kind);

/* A period or date as the language writes it: 2023H1 as 2023年上半年 or H1 2023, 2023-05-09 as
 * 2023年5月9日 or 9 May 2023; what is none of these forms, as it is. Lives in the arena or as long
 * as `period`. */
struct str words_of_period(struct arena *a, struct str period);

/* A count as the language writes it in few cells: 12345 as 1.2万 (rounded down) or 12,345. */
struct str words_of_count(struct arena *a, int64_t n);

/* The last name of a path, without its ending. */
struct str words_of_path(struct str path);

/* True where the text has an ASCII letter: it may be pinyin. */
bool words_have_letters(struct str text);

#endif
