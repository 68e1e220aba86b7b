/* Where a text stands, as one line to put below it. */
#ifndef APP_SOURCE_NOTE_H
#define APP_SOURCE_NOTE_H

#include "baolan/store.h"

/* "——云泽日报 2023-06-12 A03版，记者沈知远，《title》，第3页，/a/b.txt:12", with what is not known
 * left out; in the arena. passage is the id of one of the article's, or NONE for the article as a
 * whole. Empty where there is no such article. */
struct str source_note(struct store *s, struct arena *a, uint32_t article, uint32_t passage,
                       uint32_t offset);

/* The source line that byte `offset` of a passage comes from; 0: not known. */
uint32_t passage_line(const struct stored_passage *passage, size_t offset);

#endif
