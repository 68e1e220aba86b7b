/* All figures of the metric and subject of one, over the library. */
#ifndef APP_FIGURE_PAGE_H
#define APP_FIGURE_PAGE_H

#include "baolan/store.h"
#include "baolan/vector.h"

/* Figures read at most. */
enum { ALIKE_SHOWN = 200, ALIKE_READ = 5000 };

struct figure_alike {
    struct stored_indicator it;
    struct str date, title; /* of its article */
};

struct figure_page {
    struct stored_indicator it;
    VECTOR(struct figure_alike) alike; /* itself among them, by period and date */
    size_t read;                       /* figures of the metric that were looked at */
    struct list_from from;             /* where the next of them stand */
    bool whole;                        /* all of them were, or enough */
};

/* Begins the page of a figure: reads it alone. STATUS_NOT_FOUND where it is gone. */
enum status figure_page_begin(struct store *s, struct arena *a, uint32_t indicator,
                              struct figure_page *out, struct error *e);
/* Looks at some more figures of its metric, into the same arena, until it is whole. */
enum status figure_page_step(struct store *s, struct arena *a, struct figure_page *page,
                             struct error *e);

/* True of two figures of one metric where both are of one kind, region and subject. */
bool figure_is_alike(const struct indicator *a, const struct indicator *b);

#endif
