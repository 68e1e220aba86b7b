/* Figures of a library as its turned table and its charts need them: gone through in steps, and of
 * each cell, or point of a series, one kept, so that memory grows with what is shown. */
#ifndef APP_FIGURE_SETS_H
#define APP_FIGURE_SETS_H

#include "app/figures.h"
#include "app/series.h"

/* What stands in the cells of a turned table: of the rows of a list of figures that its filter
 * admits. */
struct figure_cells {
    struct figures *figures;
    struct arena *arena;
    struct list_query query;
    uint32_t after; /* the last row that was gone through */
    bool whole;     /* all of them were */
    size_t seen;
    struct series_cells cells;
};

/* Begins anew, with the rows of a metric (0: of all). The arena is the caller's, who resets it;
 * figures and their filter must stay as they are until the last step. */
void figure_cells_begin(struct figure_cells *c, struct arena *a, struct figures *f, uint32_t metric,
                        enum pivot_key rows, enum pivot_key columns);
/* Goes on for some `most` rows. */
enum status figure_cells_step(struct figure_cells *c, size_t most, struct error *e);

/* The figures of an indicator's series, and of at most `others` more of its metric: those of most
 * periods. Of each period and series one that is actual and one target: the first. Goes through
 * all figures of the metric, unless poll (may be NULL) ends it: STATUS_INTERRUPTED. Subjects that
 * the lexicons (may be NULL) join are one. */
enum status figure_series(struct store *s, struct arena *a, const struct lexicons *lexicons,
                          const struct stored_indicator *it, size_t others,
                          const struct store_poll *poll, const struct series_figure **out,
                          size_t *n, struct error *e);

#endif
