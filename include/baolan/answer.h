/* One question, a few figures: each with its sentence and where it stands. */
#ifndef BAOLAN_ANSWER_H
#define BAOLAN_ANSWER_H

#include "baolan/finder.h"

struct card {
    struct stored_indicator indicator; /* metric, value, period, … as it was read */
    struct str region;                 /* whose figure it is; empty: not known */
    struct str sentence;               /* the sentence that it stands in */
    struct span value;                 /* the figure: bytes of the sentence */
    struct str file, title, date;      /* of the document */
    uint32_t line;                     /* of the figure in the file; 0: not known */
    uint32_t page;                     /* of the file; 0: it has none */
    struct str dispute; /* what does not add up about it, as a formula; empty: nothing known */
};

/* The card of one indicator, in the arena. */
enum status card_of(struct library *library, struct arena *a, uint32_t indicator, struct card *out,
                    struct error *e);

/* The figures that answer a question best: words, pinyin, names of places, years, in any order,
 * with or without spaces. At most `most` of them; *n may be 0. */
enum status answer(struct finder *f, struct library *library, struct arena *a, struct str question,
                   struct card *out, size_t most, size_t *n, struct error *e);

#endif
