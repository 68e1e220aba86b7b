/* notes.db: opening, bringing up to date, sharing it with a group. */
#include "aside.h"
#include "baolan/files.h"
#include "baolan/message.h"
#include "notes_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static int64_t user_version(struct database *db)
{
    bool row;
    sqlite3_stmt *st = database_prepare(db, "PRAGMA user_version", NULL);
    if (st == NULL || database_step(db, st, &row, NULL) != STATUS_OK || !row)
        return -1;
    int64_t version = sqlite3_column_int64(st, 0);
    sqlite3_reset(st);
    return version;
}

/* The SQL of step n of the schema: from its own "-- step" line to the next; empty past the last. */
static struct str step_of(struct str schema, int64_t n)
{
    char head[32], next[32];
    snprintf(head, sizeof head, "-- step %lld\n", (long long)n);
    snprintf(next, sizeof next, "-- step %lld\n", (long long)n + 1);
    size_t start = str_find(schema, str_of(head), 0);
    size_t end = str_find(schema, str_of(next), 0);
    return start == STR_NONE ? (struct str){NULL, 0} : str_sub(schema, start, end);
}

/* --- Files ----------------------------------------------------------------------------------- */

void notes_share_files(const struct notes *n)
{
    static const char *const ENDINGS[] = {"-wal", "-shm", "-journal"};
    struct stat own, beside;
    char path[4096];
    if (!n->shared || stat(n->path, &own) != 0)
        return;
    for (size_t i = 0; i < sizeof ENDINGS / sizeof *ENDINGS; i++) {
        int room = snprintf(path, sizeof path, "%s%s", n->path, ENDINGS[i]);
        if (room < 0 || (size_t)room >= sizeof path || lstat(path, &beside) != 0 ||
            beside.st_uid != geteuid() || beside.st_gid == own.st_gid)
            continue;
        /* Where the person is not of the group, the folder's rights must do. */
        if (lchown(path, (uid_t)-1, own.st_gid) == 0)
            chmod(path, own.st_mode & 0777);
    }
}

/* An empty file for the database to be made in: the person's alone; a shared one is of its folder's
 * group, where the group may write the folder. SQLite gives what it makes beside it the same mode.
 */
static enum status make_file(const char *path, bool shared, struct error *e)
{
    struct stat folder;
    char above[4096];
    if (!shared)
        return file_create(path, 0600, e);
    int descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return errno == EEXIST ? file_create(path, 0600, e) : error_set_errno(e, errno, path);
    size_t n = (size_t)(path_name(path) - path);
    if (n + 2 <= sizeof above) {
        memcpy(above, path, n);
        memcpy(above + n, ".", 2);
        if (stat(above, &folder) == 0 && (folder.st_mode & S_IWGRP) != 0 &&
            (fchown(descriptor, (uid_t)-1, folder.st_gid) == 0 || folder.st_gid == getegid()))
            fchmod(descriptor, 0660);
    }
    close(descriptor);
    return STATUS_OK;
}

/* --- Bringing up to date ---------------------------------------------------------------------- */

/* A whole copy as it stands, before it is changed. */
static enum status back_up(struct notes *n, int64_t version, struct error *e)
{
    const char *copy = str_printf(n->arena, "%s.before-%lld", n->path, (long long)version + 1).p;
    const char *beside = str_printf(n->arena, "%s.%ld", copy, (long)getpid()).p;
    unlink(beside);
    enum status status = make_file(beside, n->shared, e);
    sqlite3_stmt *st = database_prepare(&n->db, "VACUUM INTO ?1", e);
    if (st == NULL || status != STATUS_OK)
        return failed(e);
    bind_str(st, 1, str_of(beside));
    status = database_finish(&n->db, st, e);
    if (status == STATUS_OK && rename(beside, copy) != 0)
        status = error_set_errno(e, errno, copy);
    if (status != STATUS_OK)
        unlink(beside);
    return status;
}

static enum status run_steps(struct notes *n, struct str schema, int64_t from, struct error *e)
{
    struct str step;
    int64_t version = from;
    enum status status = STATUS_OK;
    while (status == STATUS_OK && (step = step_of(schema, version + 1)).n > 0) {
        version++;
        status = database_run(&n->db, str_dup_c(n->arena, step), e);
    }
    return status != STATUS_OK
               ? status
               : database_run(
                     &n->db, str_printf(n->arena, "PRAGMA user_version=%lld", (long long)version).p,
                     e);
}

/* All steps that are missing, in one transaction. */
static enum status bring_up_to_date(struct notes *n, struct error *e)
{
    struct str schema;
    int64_t version = user_version(&n->db);
    if (version < 0)
        return database_fail(&n->db, e);
    const char *file = path_program_data(n->arena, "schema/notes.sql");
    if (file == NULL)
        return error_set(e, STATUS_NOT_FOUND,
                         "the program's data (schema) is not installed; set BAOLAN_DATA");
    enum status status = file_read(n->arena, file, &schema, NULL, e);
    if (status != STATUS_OK)
        return status;
    if (version > 0 && step_of(schema, version).n == 0)
        return error_set(e, STATUS_UNSUPPORTED, "%s: made by a later baolan", n->path);
    if (step_of(schema, version + 1).n == 0)
        return STATUS_OK;
    if (version > 0)
        status = back_up(n, version, e);
    if (status == STATUS_OK)
        status = notes_begin(n, e);
    if (status != STATUS_OK)
        return status;
    /* Another process may have made the steps while this one waited. */
    return notes_end(n, run_steps(n, schema, user_version(&n->db), e), e);
}

/* --- Opening --------------------------------------------------------------------------------- */

/* A database of another program must not be written to, not even to set its journal. */
static enum status check_ours(struct notes *n, struct error *e)
{
    bool row = false;
    int64_t version = 0, tables = 0, ours = 0;
    /* Both as they stand at one moment. */
    enum status status = database_run(&n->db, "BEGIN", e);
    if (status != STATUS_OK)
        return status;
    sqlite3_stmt *st = database_prepare(
        &n->db, "SELECT count(*), sum(name IN ('mark', 'anchor')) FROM sqlite_schema", e);
    status = st == NULL ? failed(e) : database_step(&n->db, st, &row, e);
    version = user_version(&n->db);
    if (status == STATUS_OK && row) {
        tables = sqlite3_column_int64(st, 0);
        ours = sqlite3_column_int64(st, 1);
        sqlite3_reset(st);
    }
    if (status == STATUS_OK)
        status = database_run(&n->db, "COMMIT", e);
    if (status == STATUS_OK && (version == 0 ? tables > 0 : ours < 2))
        return error_set(e, STATUS_UNSUPPORTED, "%s: a database, but not of baolan", n->path);
    return status;
}

struct opening {
    struct arena *arena;
    const char *path;
    bool shared, unchecked;
    struct notes *notes;
    struct error *error;
};

static enum status open_once(struct notes *n, struct error *e)
{
    enum status status = make_file(n->path, n->shared, e);
    if (status == STATUS_OK)
        status = database_open(&n->db, n->path, DATABASE_READ, false, e);
    if (status == STATUS_OK)
        status = check_ours(n, e);
    if (status == STATUS_OK)
        status = database_let_write(&n->db, n->path, true, e);
    if (status == STATUS_OK)
        status = bring_up_to_date(n, e);
    if (status != STATUS_OK)
        database_close(&n->db);
    return status;
}

static bool has_marks(struct database *db)
{
    return database_prepare(db, "SELECT count(*) FROM mark", NULL) != NULL;
}

static bool is_sound(struct notes *n)
{
    struct str verdict;
    return database_check(&n->db, n->arena, &verdict, NULL) == STATUS_OK &&
           str_eq(verdict, STR("ok"));
}

static enum status open_sound(struct notes *n, struct error *e)
{
    enum status status = open_once(n, e);
    if (status != STATUS_OK || is_sound(n))
        return status;
    database_close(&n->db);
    return error_set(e, STATUS_CORRUPT, "%s: damaged", n->path);
}

/* New notes with what can be read of the damaged ones, which are kept beside them. Of several that
 * find the damage one does it. */
static enum status recover(struct notes *n, struct error *e)
{
    const char *kept;
    int64_t saved = 0;
    n->why = STATUS_CORRUPT;
    struct error quiet = ERROR_NONE;
    const char *guard = str_printf(n->arena, "%s.recovery", n->path).p;
    int lock = open(guard, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (lock < 0)
        return error_set_errno(e, errno, guard);
    enum status status = flock(lock, LOCK_EX) == 0 ? STATUS_OK : error_set_errno(e, errno, guard);
    if (status == STATUS_OK && open_sound(n, &quiet) != STATUS_OK) {
        status = set_aside(n->arena, n->path, "damaged", &kept, e);
        if (status == STATUS_OK)
            status = open_once(n, e);
        if (status == STATUS_OK)
            status = notes_salvage(n, kept, &saved, e);
        if (status == STATUS_OK)
            n->warning =
                str_printf(n->arena,
                           translate("%s was damaged: %lld records were recovered; the damaged "
                                     "file is kept as %s"),
                           n->path, (long long)saved, kept)
                    .p;
    }
    unlink(guard);
    close(lock);
    return status;
}

const char *notes_warning(const struct notes *n, enum status *why)
{
    if (why != NULL)
        *why = n->warning == NULL ? STATUS_OK : n->why;
    return n->warning;
}

/* Neither the file nor what SQLite puts beside it could be written. */
static bool is_locked_away(struct notes *n)
{
    struct str folder = str_sub(str_of(n->path), 0, (size_t)(path_name(n->path) - n->path));
    const char *above = folder.n == 0 ? "." : str_dup_c(n->arena, folder);
    return access(n->path, R_OK) == 0 && (access(n->path, W_OK) != 0 || access(above, W_OK) != 0);
}

/* Notes that cannot be written are shown all the same. */
static enum status open_for_reading(struct notes *n, struct error *e)
{
    struct error quiet = ERROR_NONE;
    enum status status = database_open(&n->db, n->path, DATABASE_READ, false, &quiet);
    if (status != STATUS_OK || !has_marks(&n->db)) {
        database_close(&n->db);
        /* WAL's shared memory has no room in a folder that cannot be written. */
        status = database_open(&n->db, n->path, DATABASE_IMMUTABLE, false, e);
        if (status == STATUS_OK && !has_marks(&n->db)) {
            database_close(&n->db);
            status = error_set(e, STATUS_DENIED, "%s: the notes cannot be read", n->path);
        }
    }
    if (status != STATUS_OK)
        return status;
    n->why = STATUS_DENIED;
    n->warning =
        str_printf(n->arena, translate("%s cannot be written: no mark can be set"), n->path).p;
    return status;
}

/* Opens for writing, or where that cannot be for reading, and fills *e where neither can be. */
static enum status open_whole(struct notes *n, struct error *e)
{
    enum { TRIES = 50, WAIT = 20 };
    struct error problem = ERROR_NONE;
    enum status status =
        is_locked_away(n) ? open_for_reading(n, &problem) : open_sound(n, &problem);
    /* Others make it, or bring it up to date, at the same time. */
    for (int i = 0; i < TRIES && status == STATUS_BUSY; i++) {
        sqlite3_sleep(WAIT);
        problem = ERROR_NONE;
        status = open_sound(n, &problem);
    }
    if (status == STATUS_CORRUPT && !n->shared) {
        problem = ERROR_NONE;
        status = recover(n, &problem);
    }
    if (status != STATUS_OK)
        return error_set(e, status, "%s", problem.message);
    notes_share_files(n);
    return STATUS_OK;
}

static bool has_table(const struct notes *n, const char *name)
{
    return sqlite3_table_column_metadata(n->db.handle, "main", name, NULL, NULL, NULL, NULL, NULL,
                                         NULL) == SQLITE_OK;
}

/* Opens as the file stands, with nothing made beside it: where no other has it open, none of it is
 * in a journal, and it is of this version. */
static bool open_as_it_stands(struct notes *n)
{
    static const char *const BESIDE[] = {"-wal", "-journal"};
    struct str schema;
    const char *file = path_program_data(n->arena, "schema/notes.sql");
    for (size_t i = 0; i < sizeof BESIDE / sizeof *BESIDE; i++)
        if (access(str_printf(n->arena, "%s%s", n->path, BESIDE[i]).p, F_OK) == 0)
            return false;
    if (file == NULL || access(n->path, W_OK) != 0 ||
        file_read(n->arena, file, &schema, NULL, NULL) != STATUS_OK ||
        database_open(&n->db, n->path, DATABASE_IMMUTABLE, false, NULL) != STATUS_OK)
        return false;
    int64_t version = user_version(&n->db);
    bool known = version > 0 && step_of(schema, version).n > 0 &&
                 step_of(schema, version + 1).n == 0 && has_table(n, "mark") &&
                 has_table(n, "anchor");
    if (!known)
        database_close(&n->db);
    return known;
}

static enum status open_protected(void *context)
{
    struct opening *o = context;
    struct notes *n = o->notes = arena_new_of(o->arena, struct notes);
    n->arena = o->arena;
    n->path = str_dup_c(o->arena, str_of(o->path));
    n->shared = o->shared;
    n->unchecked = o->unchecked && open_as_it_stands(n);
    return n->unchecked ? STATUS_OK : open_whole(n, o->error);
}

static enum status open_any(const char *path, bool shared, bool unchecked, struct notes **out,
                            struct error *e)
{
    struct opening o = {arena_new(), path, shared, unchecked, NULL, e};
    *out = NULL;
    if (o.arena == NULL)
        return error_set(e, STATUS_NO_MEMORY, "out of memory");
    enum status status = arena_protect(o.arena, open_protected, &o, e);
    if (status == STATUS_OK) {
        *out = o.notes;
        return status;
    }
    if (o.notes != NULL)
        database_close(&o.notes->db);
    arena_free(o.arena);
    return status;
}

enum status notes_open(const char *path, struct notes **out, struct error *e)
{
    return open_any(path, false, false, out, e);
}

enum status notes_open_unchecked(const char *path, struct notes **out, struct error *e)
{
    return open_any(path, false, true, out, e);
}

static enum status mend_protected(void *context)
{
    struct opening *o = context;
    struct notes *n = o->notes;
    n->unchecked = false;
    database_close(&n->db);
    return open_whole(n, o->error);
}

enum status notes_mend(struct notes *n, struct error *e)
{
    struct opening o = {.notes = n, .error = e};
    return n->unchecked ? arena_protect(n->arena, mend_protected, &o, e) : STATUS_OK;
}

enum status notes_open_shared(const char *path, struct notes **out, struct error *e)
{
    return open_any(path, true, false, out, e);
}

void notes_close(struct notes *n)
{
    if (n == NULL)
        return;
    database_close(&n->db);
    arena_free(n->arena);
}
