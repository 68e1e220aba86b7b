/* One description a record of the cache: its columns in their order, by which its row is written
 * and read. What a row keeps is what the record in memory has, so that the two cannot differ. */
#ifndef BAOLAN_STORE_RECORDS_H
#define BAOLAN_STORE_RECORDS_H

#include "internal.h"

enum field_kind {
    FIELD_U32,
    FIELD_ID,  /* a U32 that is NULL where it is 0 */
    FIELD_INT, /* an int or an enum */
    FIELD_I64,
    FIELD_BOOL,
    FIELD_TEXT,
    FIELD_LONG,    /* a text that brief reading leaves out */
    FIELD_PACKED,  /* the same, kept packed */
    FIELD_HASH,    /* 32 bytes */
    FIELD_LINES,   /* an array of texts and its count: one a line */
    FIELD_CREDITS, /* an array of credits and its count */
    FIELD_STEPS,   /* an array of ascending U32 and its count, each less the one before; or NULL */
    FIELD_NUMBERS, /* an array of U32 and its count */
    FIELD_PLACES,  /* an array of places and its count: passage, start, end */
    FIELD_BLOB,    /* bytes as they are */
};

struct field {
    enum field_kind kind;
    size_t at, count; /* offsets in the record; of arrays the count's as well */
};

struct record {
    const char *insert;
    const struct field *fields;
    int n;
};

/* Rows that have no record of their own outside the store. */
struct suggestion_row {
    uint32_t proposal, seq;
    struct suggestion it; /* its places hold ids */
};

struct table_row {
    struct stored_table stored; /* without cells */
    struct str cells;           /* columns by TAB, rows by LF */
    struct str indicators;      /* of each cell its index in the document + 1, or 0: varints */
};

extern const struct record record_document, record_article, record_proposal, record_suggestion,
    record_finding, record_table;

/* Binds a record to the first parameters of a statement. */
void record_bind(sqlite3_stmt *st, const struct record *r, const void *values, struct arena *a);

/* Writes a row of what `values`, a record of that description, has. The arena holds what is made
 * on the way. */
enum status record_put(struct database *db, const struct record *r, const void *values,
                       struct arena *a, struct error *e);
/* Fills a zeroed record from the row that a statement of all columns is at; its texts live in the
 * arena. brief: long texts are left empty. */
void record_get(sqlite3_stmt *st, const struct record *r, void *values, bool brief,
                struct arena *a);

#endif
