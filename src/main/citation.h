/* Where a fact stands: its sentence, its file, its line. */
#ifndef MAIN_CITATION_H
#define MAIN_CITATION_H

#include "command_line.h"

struct citation {
    uint32_t document, article;
    struct str file, title, date;
    uint32_t line;                    /* in the file; 0: not known */
    uint32_t page;                    /* of the file; 0: it has none */
    struct str sentence;              /* the sentence, or clauses, around it */
    struct str before, quoted, after; /* the passage parted at it */
};

/* The citation of bytes [start, end) of a passage, in i->arena. */
enum status cite(struct invocation *i, struct store *s, uint32_t passage, uint32_t start,
                 uint32_t end, struct citation *out);

#endif
