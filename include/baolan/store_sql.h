/* SQL of a person's own over the views of data/schema/views.sql, read-only.
 *
 * Layer: store */
#ifndef BAOLAN_STORE_SQL_H_
#define BAOLAN_STORE_SQL_H_

#include "baolan/store.h"

enum sql_kind { SQL_NULL, SQL_INTEGER, SQL_REAL, SQL_TEXT, SQL_BYTES };

struct sql_value {
    enum sql_kind kind;
    int64_t integer;
    double real;
    struct str text; /* or bytes; holds until the next row */
};

/* Called once with the names of the columns, then for each row; returning false ends it. */
typedef bool sql_head(void *context, const struct str *names, size_t n);
typedef bool sql_row(void *context, const struct sql_value *values, size_t n);

/* Runs one SELECT (or VALUES, WITH, EXPLAIN). STATUS_BAD_INPUT with SQLite's words in *e where it
 * is none, is wrong, or would do anything but read. */
enum status store_sql(struct store *s, struct arena *a, struct str sql, sql_head *head,
                      sql_row *row, void *context, struct error *e);

/* The text of views.sql, which documents what can be asked. */
enum status store_sql_help(struct arena *a, struct str *text, struct error *e);

#endif
