/* Indicators, of which a library has more than of anything else, as the cache keeps them: packed,
 * FIGURES_PACKED rows in one of the table indicator_pack, read in SQL as the table `indicator`. */
#ifndef BAOLAN_STORE_FIGURES_H
#define BAOLAN_STORE_FIGURES_H

#include "internal.h"

enum { FIGURES_PACKED = 16 };

/* The columns of `indicator`, in their order. One row a column. */
#define FIGURE_TABLE(X)                                                       \
    X(FIGURE_ID, "id")                                                        \
    X(FIGURE_PASSAGE, "passage") /* where it stands */                        \
    X(FIGURE_START, "start")                                                  \
    X(FIGURE_LENGTH, "length")                                                \
    X(FIGURE_DIGITS, "digits") /* as printed */                               \
    X(FIGURE_SCALE, "scale")                                                  \
    X(FIGURE_MEASURE, "measure") /* measure.id */                             \
    X(FIGURE_KIND, "kind")       /* enum indicator_kind */                    \
    X(FIGURE_METRIC, "metric")   /* metric.id, of its key; 0: none */         \
    X(FIGURE_SUBJECT, "subject") /* word.id; 0: none */                       \
    X(FIGURE_PERIOD, "period")                                                \
    X(FIGURE_FLAGS, "flags")   /* enum indicator_flag of src/store/facts.h */ \
    X(FIGURE_REGION, "region") /* word.id; 0: none */                         \
    X(FIGURE_RULE, "rule")     /* word.id; 0: none */                         \
    X(FIGURE_MORE, "more")     /* NULL or what few have; see src/store/facts.h */

enum figure_column {
#define X(id, name) id,
    FIGURE_TABLE(X)
#undef X
        FIGURE_COLUMNS
};

struct figure {
    int64_t numbers[FIGURE_COLUMNS]; /* of all columns but these two */
    struct str period, more;
};

/* Packs a figure behind the one before it, the first behind a zeroed one. */
void figure_write(struct buffer *out, const struct figure *before, const struct figure *f);
/* The next of a row; *f is the one before, at the beginning zeroed with the id before the row's
 * first. Its texts are views. False at the end. */
bool figure_next(struct str *rest, struct figure *f);

/* Makes the table `indicator` known to SQL on this connection, for reading. */
enum status figures_register(struct database *db, struct error *e);

#endif
