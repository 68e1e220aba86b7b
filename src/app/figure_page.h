/* All figures of the metric and subject of one, over the library. */
#ifndef APP_FIGURE_PAGE_H
#define APP_FIGURE_PAGE_H

#include "baolan/store.h"

/* Figures read at most. */
enum { ALIKE_SHOWN = 200, ALIKE_READ = 5000 };

struct figure_alike {
    struct stored_indicator it;
    struct str date, title; /* of its article */
};

struct figure_page {
    struct stored_indicator it;
    const struct figure_alike *alike; /* itself among them, by period and date */
    size_t n_alike;
    bool more; /* the metric has more figures than were read */
};

/* STATUS_NOT_FOUND where the figure is gone. Cost grows with the figures of the metric, to a most.
 */
enum status figure_page_read(struct store *s, struct arena *a, uint32_t indicator,
                             struct figure_page *out, struct error *e);

/* True of two figures of one metric where both are of one kind, region and subject. */
bool figure_is_alike(const struct indicator *a, const struct indicator *b);

#endif
