/* What can still be read of damaged notes, row by row, into new ones. */
#include "aside.h"
#include "baolan/files.h"
#include "notes_internal.h"

#include <stdio.h>
#include <unistd.h>

struct salvage {
    struct arena *arena;
    struct database *from, *to;
    const char *table;
    int columns;
    int64_t saved;
};

/* Writes the row that `st` stands on; true where it was not there yet. */
static void save_row(struct salvage *s, sqlite3_stmt *st, int first)
{
    struct str sql = str_printf(s->arena, "INSERT OR IGNORE INTO %s VALUES(?1", s->table);
    for (int i = 1; i < s->columns; i++)
        sql = str_printf(s->arena, "%.*s,?%d", STR_ARG(sql), i + 1);
    sqlite3_stmt *put =
        database_prepare(s->to, str_printf(s->arena, "%.*s)", STR_ARG(sql)).p, NULL);
    if (put == NULL)
        return;
    for (int i = 0; i < s->columns; i++)
        sqlite3_bind_value(put, i + 1, sqlite3_column_value(st, first + i));
    if (database_finish(s->to, put, NULL) == STATUS_OK)
        s->saved += sqlite3_changes(s->to->handle);
}

/* Rows from a rowid on, as far as they can be read; true at the end of the table. *last is that of
 * the last one read. */
static bool read_rows(struct salvage *s, bool down, int64_t *last)
{
    bool row = true;
    sqlite3_stmt *st = database_prepare(
        s->from,
        str_printf(s->arena, "SELECT rowid, * FROM %s WHERE rowid %s ?1 ORDER BY rowid%s", s->table,
                   down ? "<" : ">", down ? " DESC" : "")
            .p,
        NULL);
    if (st == NULL)
        return false;
    bind_int(st, 1, *last);
    enum status status;
    while ((status = database_step(s->from, st, &row, NULL)) == STATUS_OK && row) {
        struct arena_mark mark = arena_mark(s->arena);
        *last = sqlite3_column_int64(st, 0);
        save_row(s, st, 1);
        arena_release(s->arena, mark);
    }
    return status == STATUS_OK;
}

/* Upwards, leaping over what cannot be read in ever longer leaps; then downwards from the end. */
static void save_table(struct salvage *s)
{
    int64_t last = INT64_MIN, end = INT64_MAX;
    for (int64_t leap = 1; leap < (int64_t)1 << 40; leap *= 2) {
        int64_t before = last;
        if (read_rows(s, false, &last))
            return;
        if (last != before)
            leap = 1;
        if (last < INT64_MAX - leap)
            last = (last == INT64_MIN ? 0 : last) + leap;
    }
    read_rows(s, true, &end);
}

/* A table that has no rowid is read in its own order. */
static bool has_rowid(struct salvage *s)
{
    return database_prepare(s->to, str_printf(s->arena, "SELECT rowid FROM %s", s->table).p,
                            NULL) != NULL;
}

static void save_in_order(struct salvage *s)
{
    bool row = true;
    sqlite3_stmt *st =
        database_prepare(s->from, str_printf(s->arena, "SELECT * FROM %s", s->table).p, NULL);
    while (st != NULL && database_step(s->from, st, &row, NULL) == STATUS_OK && row)
        save_row(s, st, 0);
}

/* The tables that the new notes have are those that are looked for in the old ones. */
static enum status save_all(struct salvage *s, struct error *e)
{
    bool row;
    const char *tables[32];
    size_t n = 0;
    sqlite3_stmt *st = database_prepare(
        s->to, "SELECT name FROM sqlite_schema WHERE type='table' AND name NOT LIKE 'sqlite_%'", e);
    if (st == NULL)
        return failed(e);
    while (database_step(s->to, st, &row, e) == STATUS_OK && row)
        if (n < sizeof tables / sizeof *tables)
            tables[n++] = str_dup_c(s->arena, column_view(st, 0));
    for (size_t i = 0; i < n; i++) {
        s->table = tables[i];
        st = database_prepare(s->to, str_printf(s->arena, "SELECT * FROM %s", tables[i]).p, e);
        if (st == NULL)
            return failed(e);
        s->columns = sqlite3_column_count(st);
        if (has_rowid(s))
            save_table(s);
        else
            save_in_order(s);
    }
    return STATUS_OK;
}

/* Notes of one schema have their tables at the same pages: where the first page, which tells where
 * tables begin, is lost, that of the new ones stands in for it. */
static bool lend_first_page(struct notes *n, const char *copy)
{
    enum { PAGE = 8192, PAGES_AT = 28, FREE_AT = 32, FREE_BYTES = 8 };
    struct str fresh, old;
    struct buffer out = buffer_in(n->arena);
    if (database_run(&n->db, "PRAGMA wal_checkpoint(TRUNCATE)", NULL) != STATUS_OK ||
        file_read(n->arena, n->path, &fresh, NULL, NULL) != STATUS_OK ||
        file_read(n->arena, copy, &old, NULL, NULL) != STATUS_OK || fresh.n < PAGE || old.n < PAGE)
        return false;
    buffer_add(&out, str_sub(fresh, 0, PAGE));
    buffer_add(&out, str_sub(old, PAGE, old.n));
    uint32_t pages = (uint32_t)(old.n / PAGE);
    for (int i = 0; i < 4; i++)
        out.p[PAGES_AT + i] = (char)(pages >> (24 - 8 * i));
    memset(out.p + FREE_AT, 0, FREE_BYTES);
    return file_replace(copy, buffer_str(&out), NULL) == STATUS_OK;
}

static bool can_be_read(struct database *db)
{
    bool row;
    sqlite3_stmt *st =
        database_prepare(db, "SELECT name FROM sqlite_schema WHERE name='mark'", NULL);
    return st != NULL && database_step(db, st, &row, NULL) == STATUS_OK && row;
}

enum status notes_salvage(struct notes *n, const char *damaged, int64_t *saved, struct error *e)
{
    static const char *const ENDINGS[] = {"", "-wal", "-shm", "-journal"};
    struct database from;
    struct salvage s = {.arena = n->arena, .from = &from, .to = &n->db};
    /* A copy: reading one may change it. */
    const char *copy = aside_name(n->arena, n->path, "reading");
    enum status status = copy_database(n->arena, damaged, copy, e);
    *saved = 0;
    if (status != STATUS_OK)
        return status;
    bool readable = database_open(&from, copy, DATABASE_READ, false, NULL) == STATUS_OK;
    if (!readable || !can_be_read(&from)) {
        database_close(&from);
        readable = lend_first_page(n, copy) &&
                   database_open(&from, copy, DATABASE_READ, false, NULL) == STATUS_OK;
    }
    if (readable) {
        status = notes_begin(n, e);
        if (status == STATUS_OK)
            status = notes_end(n, save_all(&s, e), e);
    }
    database_close(&from);
    for (size_t i = 0; i < sizeof ENDINGS / sizeof *ENDINGS; i++)
        unlink(str_printf(n->arena, "%s%s", copy, ENDINGS[i]).p);
    *saved = s.saved;
    return status;
}
