#include "baolan/store_sql.h"

#include "baolan/files.h"
#include "internal.h"

enum status store_sql_help(struct arena *a, struct str *text, struct error *e)
{
    const char *path = path_program_data(a, "schema/views.sql");
    if (path == NULL)
        return error_set(e, STATUS_NOT_FOUND,
                         "the program's data (schema) is not installed; set BAOLAN_DATA");
    return file_read(a, path, text, NULL, e);
}

/* Reading alone; the views need it of the tables below them. */
static int authorize(void *context, int action, const char *one, const char *two,
                     const char *database, const char *view)
{
    (void)context;
    (void)one;
    (void)database;
    (void)view;
    switch (action) {
    case SQLITE_SELECT:
    case SQLITE_READ:
    case SQLITE_RECURSIVE:
        return SQLITE_OK;
    case SQLITE_FUNCTION:
        return two != NULL && sqlite3_stricmp(two, "load_extension") == 0 ? SQLITE_DENY : SQLITE_OK;
    default:
        return SQLITE_DENY;
    }
}

/* query_only holds for views of the connection's own too, so it is lifted while they are made. */
static enum status make_views(struct store *s, struct arena *a, struct error *e)
{
    struct str views = {NULL, 0};
    bool row;
    sqlite3_stmt *st =
        database_prepare(&s->db, "SELECT 1 FROM sqlite_temp_schema WHERE name='passages'", e);
    if (st == NULL)
        return failed(e);
    enum status status = database_step(&s->db, st, &row, e);
    sqlite3_reset(st);
    if (status != STATUS_OK || row)
        return status;
    status = store_sql_help(a, &views, e);
    if (status == STATUS_OK)
        status = database_run(&s->db, "PRAGMA query_only=OFF", e);
    if (status == STATUS_OK)
        status = database_run(&s->db, str_dup_c(a, views), e);
    enum status closed = database_run(&s->db, "PRAGMA query_only=ON", e);
    return status == STATUS_OK ? closed : status;
}

static enum status wrong(struct store *s, struct error *e)
{
    return error_set(e, STATUS_BAD_INPUT, "%s", sqlite3_errmsg(s->db.handle));
}

static struct sql_value value_at(sqlite3_stmt *st, int at)
{
    struct sql_value v = {.kind = SQL_NULL};
    switch (sqlite3_column_type(st, at)) {
    case SQLITE_INTEGER:
        v.kind = SQL_INTEGER;
        v.integer = sqlite3_column_int64(st, at);
        break;
    case SQLITE_FLOAT:
        v.kind = SQL_REAL;
        v.real = sqlite3_column_double(st, at);
        break;
    case SQLITE_TEXT:
    case SQLITE_BLOB:
        v.kind = sqlite3_column_type(st, at) == SQLITE_TEXT ? SQL_TEXT : SQL_BYTES;
        v.text = column_view(st, at);
        break;
    default:
        break;
    }
    return v;
}

static enum status each_row(struct store *s, struct arena *a, sqlite3_stmt *st, sql_head *head,
                            sql_row *row, void *context, struct error *e)
{
    size_t n = (size_t)sqlite3_column_count(st);
    struct str *names = arena_array(a, struct str, n + 1);
    struct sql_value *values = arena_array(a, struct sql_value, n + 1);
    for (size_t i = 0; i < n; i++)
        names[i] = str_dup(a, str_of(sqlite3_column_name(st, (int)i)));
    if (!head(context, names, n))
        return STATUS_OK;
    int code;
    while ((code = sqlite3_step(st)) == SQLITE_ROW) {
        for (size_t i = 0; i < n; i++)
            values[i] = value_at(st, (int)i);
        if (!row(context, values, n))
            return STATUS_OK;
    }
    if (code == SQLITE_INTERRUPT)
        return error_set(e, STATUS_INTERRUPTED, "interrupted");
    return code == SQLITE_DONE ? STATUS_OK : wrong(s, e);
}

struct asking {
    struct store *store;
    struct arena *arena;
    sqlite3_stmt *statement;
    sql_head *head;
    sql_row *row;
    void *context;
    struct error *error;
};

static enum status ask(void *context)
{
    struct asking *q = context;
    return each_row(q->store, q->arena, q->statement, q->head, q->row, q->context, q->error);
}

enum status store_sql(struct store *s, struct arena *a, struct str sql, sql_head *head,
                      sql_row *row, void *context, struct error *e)
{
    const char *rest = NULL;
    struct asking q = {s, a, NULL, head, row, context, e};
    enum status status = make_views(s, a, e);
    if (status != STATUS_OK)
        return status;
    struct str text = str_dup(a, sql);
    sqlite3_set_authorizer(s->db.handle, authorize, NULL);
    int code = sqlite3_prepare_v2(s->db.handle, text.p, (int)text.n, &q.statement, &rest);
    if (code != SQLITE_OK)
        status = wrong(s, e);
    else if (q.statement == NULL || sqlite3_column_count(q.statement) == 0)
        status = error_set(e, STATUS_BAD_INPUT, "this is no SELECT");
    else if (str_trim(str_of(rest)).n > 0)
        status = error_set(e, STATUS_BAD_INPUT, "one statement at a time");
    else
        status = arena_protect(a, ask, &q, e);
    sqlite3_finalize(q.statement);
    sqlite3_set_authorizer(s->db.handle, NULL, NULL);
    return status;
}
