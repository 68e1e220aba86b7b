/* One SQLite connection: statements prepared once, values bound and read as struct str. */
#ifndef BAOLAN_STORE_SQL_H
#define BAOLAN_STORE_SQL_H

#include "baolan/buffer.h"
#include "baolan/memory.h"

#include <sqlite3.h>
#include <stdint.h>

#define DATABASE_STATEMENTS 1024 /* a power of two; more than twice what the program has */
#define DATABASE_RECENT 128      /* a power of two */

struct database {
    sqlite3 *handle;
    sqlite3_stmt *statements[DATABASE_STATEMENTS]; /* open hash by their SQL */
    size_t n_statements;
    sqlite3_stmt *recent[DATABASE_RECENT]; /* of them, by where their SQL stands in memory */
    const char *vfs;                       /* of SQLite; NULL: its own choice */
    const char
        *suspect; /* a file that is made where the database turns out to be damaged; or NULL */
};

enum database_mode {
    DATABASE_READ,      /* others may write */
    DATABASE_WRITE,     /* must exist */
    DATABASE_CREATE,    /* made where it is missing */
    DATABASE_IMMUTABLE, /* nothing is written beside it */
};

/* Opens path; durable: every commit is flushed to the disk. */
enum status database_open(struct database *db, const char *path, enum database_mode mode,
                          bool durable, struct error *e);
/* Makes a connection that was opened for reading one that writes, as DATABASE_WRITE does. */
enum status database_let_write(struct database *db, const char *path, bool durable,
                               struct error *e);
void database_close(struct database *db);

/* The statement of this SQL, reset and without bindings; NULL with *e filled where it cannot be
 * prepared. It holds until the next call with the same SQL. */
sqlite3_stmt *database_prepare(struct database *db, const char *sql, struct error *e);

/* Runs SQL of several statements without values. */
enum status database_run(struct database *db, const char *sql, struct error *e);

/* Fills *e from the connection's last problem. */
enum status database_fail(struct database *db, struct error *e);

/* Steps to the next row: STATUS_OK with *row told; on the end or a problem the statement is reset.
 */
enum status database_step(struct database *db, sqlite3_stmt *st, bool *row, struct error *e);
/* Runs a statement that gives no rows. */
enum status database_finish(struct database *db, sqlite3_stmt *st, struct error *e);

/* SQL that inserts one row, or ROWS_AT_ONCE of them, which costs each a third less.
 * into: FAIL or IGNORE, INTO and the table; row: the parameters of one, as (?, ?). With FAIL a row
 * that cannot be put in leaves those before it, so that SQLite needs no journal of the statement:
 * what fails is rolled back with all else. */
#define ROWS_AT_ONCE 16
#define INSERT_ROW(into, row) "INSERT OR " into " VALUES" row
#define ROWS_3(row) ", " row ", " row ", " row
#define ROWS_15(row) ROWS_3(row) ROWS_3(row) ROWS_3(row) ROWS_3(row) ROWS_3(row)
#define INSERT_ROWS(into, row) INSERT_ROW(into, row) ROWS_15(row)

/* quick_check's verdict. */
enum status database_check(struct database *db, struct arena *a, struct str *message,
                           struct error *e);
int64_t database_data_version(struct database *db);

/* Values; text and blobs are not copied, and must hold until the statement was run. */
void bind_int(sqlite3_stmt *st, int at, int64_t value);
void bind_id(sqlite3_stmt *st, int at, uint32_t id); /* NULL for 0 */
void bind_str(sqlite3_stmt *st, int at, struct str s);
void bind_blob(sqlite3_stmt *st, int at, struct str s);

uint32_t column_u32(sqlite3_stmt *st, int at);
/* A view that holds until the next step. */
struct str column_view(sqlite3_stmt *st, int at);
struct str column_str(struct arena *a, sqlite3_stmt *st, int at);

/* Numbers in 7 bits a byte, small ones short; signed ones with the sign in the lowest bit. */
void varint_put(struct buffer *b, uint64_t value);
void varint_put_signed(struct buffer *b, int64_t value);
uint64_t varint_get(struct str *rest);
int64_t varint_get_signed(struct str *rest);

#endif
