/* Notes as JSON, whole: what is written is what is read, whatever columns the schema has. SQLite's
 * own functions read it, so that no second parser of JSON is needed. */
#include "baolan/clock.h"
#include "baolan/json.h"
#include "notes_internal.h"

#include <stdio.h>

/* Tables in the order in which they are read, and what tells two rows of each to be about the same:
 * of those only what is newer than what stands is taken. */
static const struct {
    const char *name;
    const char *same; /* NULL: an anchor, which others point to */
} TABLES[] = {
    {"anchor", NULL},
    {"mark", "kind field author content_key"},
    {"correction", "kind field author content_key"},
    {"bookmark", "name"},
    {"place", "library sha256"},
    {"history", "library"},
};
enum { N_TABLES = sizeof TABLES / sizeof *TABLES };

/* --- Writing --------------------------------------------------------------------------------- */

static void write_value(struct json *j, struct arena *a, sqlite3_stmt *st, int column)
{
    const char *name = sqlite3_column_name(st, column);
    struct str bytes;
    struct buffer hex = buffer_in(a);
    switch (sqlite3_column_type(st, column)) {
    case SQLITE_NULL:
        json_null(j, name);
        break;
    case SQLITE_INTEGER:
        json_int(j, name, sqlite3_column_int64(st, column));
        break;
    case SQLITE_BLOB:
        bytes = column_view(st, column);
        for (size_t i = 0; i < bytes.n; i++)
            buffer_printf(&hex, "%02x", (unsigned)(unsigned char)bytes.p[i]);
        json_str(j, name, buffer_str(&hex));
        break;
    default:
        json_str(j, name, column_view(st, column));
    }
}

static enum status write_table(struct notes *n, const char *table, struct json *j, struct error *e)
{
    bool row;
    enum status status;
    struct str sql = str_printf(n->arena, "SELECT * FROM %s ORDER BY 1", table);
    sqlite3_stmt *st = database_prepare(&n->db, sql.p, e);
    if (st == NULL)
        return failed(e);
    json_open(j, table, '[');
    while ((status = database_step(&n->db, st, &row, e)) == STATUS_OK && row) {
        struct arena_mark mark = arena_mark(n->arena);
        buffer_add_c(j->out, j->comma ? ",\n " : "\n ");
        j->comma = false;
        json_open(j, NULL, '{');
        for (int i = 0; i < sqlite3_column_count(st); i++)
            write_value(j, n->arena, st, i);
        json_close(j, '}');
        arena_release(n->arena, mark);
    }
    json_close(j, ']');
    return status;
}

struct writing {
    struct notes *notes;
    struct buffer *out;
    struct error *error;
};

static enum status write_all(void *context)
{
    const struct writing *w = context;
    struct notes *n = w->notes;
    struct json j = json_to(w->out);
    /* One state of all tables, whoever writes meanwhile. */
    enum status status = database_run(&n->db, "BEGIN", w->error);
    json_open(&j, NULL, '{');
    json_int(&j, "baolan-notes", 1);
    json_int(&j, "exported", clock_wall_milliseconds());
    for (size_t i = 0; i < N_TABLES && status == STATUS_OK; i++)
        status = write_table(n, TABLES[i].name, &j, w->error);
    json_close(&j, '}');
    buffer_add_byte(w->out, '\n');
    return status;
}

enum status notes_export(struct notes *n, struct buffer *out, struct error *e)
{
    enum status status = arena_protect(out->arena, write_all, &(struct writing){n, out, e}, e);
    database_run(&n->db, "ROLLBACK", NULL);
    return status;
}

/* --- Reading --------------------------------------------------------------------------------- */

static int nibble(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* from_hex(text) in SQL. */
static void from_hex(sqlite3_context *context, int count, sqlite3_value **values)
{
    const char *text = (const char *)sqlite3_value_text(values[0]);
    size_t n = text == NULL ? 0 : (size_t)sqlite3_value_bytes(values[0]) / 2;
    unsigned char *bytes = sqlite3_malloc64(n + 1);
    (void)count;
    if (bytes == NULL) {
        sqlite3_result_error_nomem(context);
        return;
    }
    for (size_t i = 0; i < n; i++) {
        int high = nibble(text[2 * i]), low = nibble(text[2 * i + 1]);
        if (high < 0 || low < 0) {
            sqlite3_free(bytes);
            sqlite3_result_error(context, "not hexadecimal", -1);
            return;
        }
        bytes[i] = (unsigned char)(high << 4 | low);
    }
    sqlite3_result_blob64(context, bytes, n, sqlite3_free);
}

struct reading {
    struct notes *notes;
    struct arena *arena;
    struct str json;
    int64_t anchors; /* ids of anchors so far: those that are read follow */
    int64_t *taken;
    struct error *error;
};

/* The columns of a table, each as what is read into it; ids are given anew. */
static enum status columns_of(struct reading *r, const char *table, struct str *names,
                              struct str *values)
{
    bool row;
    enum status status;
    struct arena *a = r->arena;
    struct str sql = str_printf(a, "SELECT name, type FROM pragma_table_info('%s')", table);
    sqlite3_stmt *st = database_prepare(&r->notes->db, sql.p, r->error);
    *names = *values = STR("");
    if (st == NULL)
        return failed(r->error);
    while ((status = database_step(&r->notes->db, st, &row, r->error)) == STATUS_OK && row) {
        struct str name = column_str(a, st, 0), type = column_str(a, st, 1);
        struct str value = str_printf(a, "json_extract(j.value, '$.%.*s')", STR_ARG(name));
        bool is_anchor = strcmp(table, "anchor") == 0;
        if (str_eq(name, STR("id")) && !is_anchor)
            continue;
        if (str_eq(name, STR("id")) || str_eq(name, STR("anchor")))
            value = str_printf(a, "%.*s + %lld", STR_ARG(value), (long long)r->anchors);
        else if (str_eq(type, STR("BLOB")))
            value = str_printf(a, "from_hex(%.*s)", STR_ARG(value));
        const char *comma = names->n > 0 ? ", " : "";
        *names = str_printf(a, "%.*s%s%.*s", STR_ARG(*names), comma, STR_ARG(name));
        *values = str_printf(a, "%.*s%s%.*s", STR_ARG(*values), comma, STR_ARG(value));
    }
    return status;
}

/* " AND t.COLUMN = its value" for each column that tells sameness. */
static struct str sameness(struct reading *r, const char *columns)
{
    struct str rest = str_of(columns), out = STR("");
    while (rest.p != NULL) {
        struct str name = str_split(&rest, ' ');
        bool blob = str_eq(name, STR("sha256"));
        out = str_printf(r->arena, "%.*s AND t.%.*s = %sjson_extract(j.value, '$.%.*s')%s",
                         STR_ARG(out), STR_ARG(name), blob ? "from_hex(" : "", STR_ARG(name),
                         blob ? ")" : "");
    }
    return out;
}

static enum status read_table(struct reading *r, size_t table)
{
    struct str names, values, only = STR("");
    struct database *db = &r->notes->db;
    const char *name = TABLES[table].name, *same = TABLES[table].same;
    enum status status = columns_of(r, name, &names, &values);
    if (status != STATUS_OK)
        return status;
    /* Materialised first: rows read here are no reason to leave out others of the same. */
    if (same != NULL)
        only = str_printf(r->arena,
                          " WHERE NOT EXISTS (SELECT 1 FROM %s t WHERE t.time >="
                          " json_extract(j.value, '$.time')%.*s)",
                          name, STR_ARG(sameness(r, same)));
    database_run(db, "DROP TABLE IF EXISTS temp.incoming", NULL);
    sqlite3_stmt *st = database_prepare(
        db,
        str_printf(r->arena,
                   "CREATE TEMP TABLE incoming AS SELECT %.*s FROM json_each(?1, '$.%s') j%.*s"
                   " ORDER BY j.key",
                   STR_ARG(values), name, STR_ARG(only))
            .p,
        r->error);
    if (st == NULL)
        return failed(r->error);
    bind_str(st, 1, r->json);
    status = database_finish(db, st, r->error);
    if (status == STATUS_OK)
        status = database_run(db,
                              str_printf(r->arena,
                                         "INSERT OR REPLACE INTO %s(%.*s) SELECT * FROM"
                                         " temp.incoming ORDER BY rowid",
                                         name, STR_ARG(names))
                                  .p,
                              r->error);
    if (status == STATUS_OK && same != NULL)
        *r->taken += sqlite3_changes(db->handle);
    return status;
}

static enum status check_form(struct reading *r)
{
    bool row;
    struct database *db = &r->notes->db;
    sqlite3_stmt *st = database_prepare(
        db, "SELECT json_valid(?1) AND coalesce(json_extract(?1, '$.\"baolan-notes\"') = 1, 0)",
        r->error);
    if (st == NULL)
        return failed(r->error);
    bind_str(st, 1, r->json);
    bool good =
        database_step(db, st, &row, NULL) == STATUS_OK && row && sqlite3_column_int(st, 0) == 1;
    sqlite3_reset(st);
    return good ? STATUS_OK : error_set(r->error, STATUS_BAD_INPUT, "not notes of baolan in JSON");
}

static enum status read_all(struct reading *r)
{
    bool row;
    struct database *db = &r->notes->db;
    enum status status = check_form(r);
    sqlite3_stmt *st = database_prepare(db, "SELECT coalesce(max(id), 0) FROM anchor", r->error);
    if (st == NULL || status != STATUS_OK)
        return failed(r->error);
    status = database_step(db, st, &row, r->error);
    r->anchors = status == STATUS_OK ? sqlite3_column_int64(st, 0) : 0;
    sqlite3_reset(st);
    for (size_t i = 0; i < N_TABLES && status == STATUS_OK; i++)
        status = read_table(r, i);
    /* Anchors of what was left out. */
    if (status == STATUS_OK)
        status = database_run(
            db,
            "DELETE FROM anchor WHERE id NOT IN (SELECT anchor FROM mark WHERE anchor NOT NULL"
            " UNION SELECT anchor FROM bookmark UNION SELECT anchor FROM correction WHERE anchor"
            " NOT NULL)",
            r->error);
    return status;
}

static enum status read_protected(void *context)
{
    struct reading *r = context;
    int code = sqlite3_create_function_v2(r->notes->db.handle, "from_hex", 1, SQLITE_UTF8, NULL,
                                          from_hex, NULL, NULL, NULL);
    if (code != SQLITE_OK)
        return database_fail(&r->notes->db, r->error);
    enum status status = notes_begin(r->notes, r->error);
    return status == STATUS_OK ? notes_end(r->notes, read_all(r), r->error) : status;
}

enum status notes_import(struct notes *n, struct str json, int64_t *taken, struct error *e)
{
    struct reading r = {n, arena_new(), json, 0, taken, e};
    *taken = 0;
    if (r.arena == NULL)
        return error_set(e, STATUS_NO_MEMORY, "out of memory");
    enum status status = arena_protect(r.arena, read_protected, &r, e);
    if (status != STATUS_OK)
        database_run(&n->db, "ROLLBACK", NULL);
    database_run(&n->db, "DROP TABLE IF EXISTS temp.incoming", NULL);
    arena_free(r.arena);
    return status;
}
