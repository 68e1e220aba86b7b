/* How indicators and mentions, of which a library has most, are kept small. */
#ifndef BAOLAN_STORE_FACTS_H
#define BAOLAN_STORE_FACTS_H

#include "internal.h"

/* The column indicator.flags. */
enum indicator_flag {
    INDICATOR_RESOLVED = 1, /* its period */
    INDICATOR_TARGET = 2,
    INDICATOR_COPY = 4,   /* stands in a near copy of another article: no list of all has it */
    INDICATOR_BESIDE = 8, /* stands in the row of another: a change beside its value */
    INDICATOR_LEADS = 16  /* others stand in its row */
};

/* The column indicator.more: what few indicators have, fields one after the other, each a letter,
 * the length and the bytes. One row a field: id, letter, name in SQL (indicator_more). */
#define MORE_TABLE(X)                                                                \
    X(MORE_TEXT, 't', "text")     /* as printed, where the passage's text differs */ \
    X(MORE_BASE, 'b', "base")     /* digits in the base unit, a signed varint */     \
    X(MORE_METRIC, 'm', "metric") /* as printed, where the metric's name differs */  \
    X(MORE_BASIS, 's', "basis")                                                      \
    X(MORE_QUALIFIER, 'q', "qualifier")                                              \
    X(MORE_CELL, 'c', "cell") /* table, row, column: varints */

enum more_field {
#define X(id, letter, name) id,
    MORE_TABLE(X)
#undef X
        MORE_FIELD_COUNT
};

void more_put(struct buffer *b, enum more_field field, struct str value);
/* A view; p == NULL where it does not have the field. */
struct str more_get(struct str more, enum more_field field);

/* BESIDE and LEADS of each indicator of a document, in the arena. A row is what an article says of
 * one metric, subject, place and period, as long as each kind is said once; a figure that is said
 * again begins another row. */
const uint8_t *facts_rows(struct arena *a, const struct document *d);

/* Sorts mentions by place, each once; how many are left. */
size_t names_sort(struct stored_mention *list, size_t n);

/* The column article.names: its mentions in order of place, each as passages from the one before,
 * bytes from it (or from the passage's beginning), length, entity: varints. */
void names_write(struct buffer *b, uint32_t first_passage, const struct stored_mention *mentions,
                 size_t n);
/* The next mention; *m is the one before, at the beginning {.passage = first passage}. False at the
 * end. */
bool names_next(struct str *rest, struct stored_mention *m);

/* Makes indicator_more(more, name) known to SQL on this connection. */
enum status facts_register(struct database *db, struct error *e);

#endif
