#include "sql.h"
#include "baolan/files.h"
#include "baolan/message.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <time.h>
#include <unistd.h>

/* How long a writer waits for its turn, in waits of this length in the mean. */
enum { BUSY_MILLISECONDS = 10000, BUSY_WAIT = 4 };

/* File systems on which several machines may have the file open: their memory is not shared, which
 * WAL needs. Numbers of statfs(2). */
static const unsigned long remote_file_systems[] = {
    0x6969,     /* NFS */
    0x517B,     /* SMB */
    0xFF534D42, /* CIFS */
    0xFE534D42, /* SMB2 */
    0x65735546, /* FUSE: sshfs and its like */
    0x01021997, /* 9P */
    0x5346414F, /* AFS */
    0x00C36400, /* Ceph */
    0x73757245, /* Coda */
    0x01161970, /* GFS2 */
    0x7461636F, /* OCFS2 */
    0x0BD00BD0, /* Lustre */
};

static bool is_remote(const char *path)
{
    struct statfs st;
    if (statfs(path, &st) != 0)
        return true;
    for (size_t i = 0; i < sizeof remote_file_systems / sizeof *remote_file_systems; i++)
        if (((unsigned long)st.f_type & 0xFFFFFFFF) == remote_file_systems[i])
            return true;
    return false;
}

static enum status status_of(int code)
{
    /* While several processes make one database, one may find its journal tidied away. */
    if (code == SQLITE_IOERR_DELETE_NOENT)
        return STATUS_BUSY;
    switch (code & 0xFF) {
    case SQLITE_NOMEM:
        return STATUS_NO_MEMORY;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return STATUS_BUSY;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return STATUS_CORRUPT;
    case SQLITE_INTERRUPT:
        return STATUS_INTERRUPTED;
    case SQLITE_IOERR:
    case SQLITE_FULL:
        return STATUS_IO;
    case SQLITE_PERM:
    case SQLITE_READONLY:
    case SQLITE_AUTH:
        return STATUS_DENIED;
    case SQLITE_CANTOPEN:
        return STATUS_NOT_FOUND;
    default:
        return STATUS_DATABASE;
    }
}

/* SQLite's own words for what a person meets, which it has in English alone. */
static const char *reason(sqlite3 *handle)
{
    static const struct {
        int code;
        const char *text;
    } REASONS[] = {
        {SQLITE_BUSY, N_("another process is using the database")},
        {SQLITE_LOCKED, N_("another process is using the database")},
        {SQLITE_CORRUPT, N_("the database is damaged")},
        {SQLITE_NOTADB, N_("the file is no database")},
        {SQLITE_FULL, N_("no space left on the device")},
        {SQLITE_IOERR, N_("input/output error")},
        {SQLITE_READONLY, N_("the database cannot be written")},
        {SQLITE_CANTOPEN, N_("the database cannot be opened")},
        {SQLITE_INTERRUPT, N_("interrupted")},
        {SQLITE_NOMEM, N_("out of memory")},
    };
    for (size_t i = 0; i < sizeof REASONS / sizeof *REASONS; i++)
        if (REASONS[i].code == (sqlite3_errcode(handle) & 0xFF))
            return translate(REASONS[i].text);
    return sqlite3_errmsg(handle);
}

enum status database_fail(struct database *db, struct error *e)
{
    if (db->handle == NULL)
        return error_set(e, STATUS_NO_MEMORY, "out of memory");
    const char *file = sqlite3_db_filename(db->handle, "main");
    int code = sqlite3_extended_errcode(db->handle);
    if (status_of(code) == STATUS_CORRUPT && db->suspect != NULL)
        close(open(db->suspect, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
    return error_set(e, status_of(code), "%s: %s", file == NULL ? translate("database") : file,
                     reason(db->handle));
}

/* path as a URI in which SQLite takes nothing for a parameter. */
static bool immutable_uri(const char *path, char *uri, size_t room)
{
    size_t n = (size_t)snprintf(uri, room, "file:");
    for (const char *c = path; *c != '\0'; c++) {
        if (n + 32 > room)
            return false;
        if (strchr("%?#", *c) != NULL)
            n += (size_t)snprintf(uri + n, room - n, "%%%02X", (unsigned)*c);
        else
            uri[n++] = *c;
    }
    snprintf(uri + n, room - n, "?immutable=1");
    return true;
}

static enum status open_handle(struct database *db, const char *path, enum database_mode mode,
                               struct error *e)
{
    static const int flags[] = {
        [DATABASE_READ] = SQLITE_OPEN_READWRITE,
        [DATABASE_WRITE] = SQLITE_OPEN_READWRITE,
        [DATABASE_CREATE] = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
        [DATABASE_IMMUTABLE] = SQLITE_OPEN_READONLY | SQLITE_OPEN_URI,
    };
    char uri[8192];
    if (mode == DATABASE_IMMUTABLE && !immutable_uri(path, uri, sizeof uri))
        return error_set(e, STATUS_BAD_INPUT, "%s: the name is too long", path);
    const char *name = mode == DATABASE_IMMUTABLE ? uri : path;
    int code = sqlite3_open_v2(name, &db->handle, flags[mode] | SQLITE_OPEN_NOMUTEX, db->vfs);
    if (code == SQLITE_OK)
        return STATUS_OK;
    return database_fail(db, e);
}

/* Short waits of changing length: with SQLite's own, which grow to a tenth of a second, one process
 * among several busy ones may never get its turn. */
static int wait_for_turn(void *context, int tries)
{
    (void)context;
    if (tries >= BUSY_MILLISECONDS / BUSY_WAIT)
        return 0;
    sqlite3_sleep(1 + (tries * 7 + (int)getpid()) % (2 * BUSY_WAIT - 1));
    return 1;
}

/* Where another process does the same at this moment, SQLite gives up at once instead of waiting.
 */
static enum status set_journal(struct database *db, bool remote, struct error *e)
{
    const char *sql = remote ? "PRAGMA journal_mode=TRUNCATE" : "PRAGMA journal_mode=WAL";
    enum status status = STATUS_BUSY;
    struct error problem;
    for (int waited = 0; status == STATUS_BUSY && waited < BUSY_MILLISECONDS; waited += 10) {
        if (waited > 0)
            sqlite3_sleep(10);
        problem = ERROR_NONE;
        status = database_run(db, sql, &problem);
    }
    return status == STATUS_OK ? status : error_set(e, status, "%s", problem.message);
}

enum status database_let_write(struct database *db, const char *path, bool durable, struct error *e)
{
    enum status status = database_run(db, "PRAGMA query_only=OFF; PRAGMA page_size=8192", e);
    if (status == STATUS_OK)
        status = set_journal(db, db->vfs != NULL || is_remote(path), e);
    if (status == STATUS_OK)
        status =
            database_run(db, durable ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL", e);
    if (status == STATUS_OK)
        status = database_run(db, "PRAGMA journal_size_limit=67108864", e);
    return status;
}

static enum status set_up(struct database *db, const char *path, enum database_mode mode,
                          bool durable, struct error *e)
{
    sqlite3_extended_result_codes(db->handle, 1);
    sqlite3_busy_handler(db->handle, wait_for_turn, NULL);
    enum status status = database_run(db,
                                      "PRAGMA cache_size=-4096; PRAGMA temp_store=MEMORY;"
                                      "PRAGMA mmap_size=0; PRAGMA trusted_schema=ON;"
                                      "PRAGMA secure_delete=OFF;",
                                      e);
    if (status != STATUS_OK || mode == DATABASE_IMMUTABLE)
        return status;
    if (mode == DATABASE_READ)
        return database_run(db, "PRAGMA query_only=ON", e);
    return database_let_write(db, path, durable, e);
}

/* SQLite's count of the memory in use, which nobody asks for, takes a lock for each block; of the
 * pages that it would take at once at the start most are not used by a first screen. */
static void configure(void)
{
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    sqlite3_config(SQLITE_CONFIG_PAGECACHE, NULL, 0, 0);
}

/* Some file systems of the network give no locks at all, or say that another has them for ever. */
static bool has_no_locks(const char *path)
{
    char probe[4096];
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_len = 1};
    int n = snprintf(probe, sizeof probe, "%s.lock-%ld", path, (long)getpid());
    if (n < 0 || (size_t)n >= sizeof probe)
        return false;
    /* Not the file itself: closing it would give back the locks that this process has on it. */
    int descriptor = open(probe, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return false;
    bool none = fcntl(descriptor, F_SETLK, &lock) != 0;
    close(descriptor);
    unlink(probe);
    return none;
}

/* A lock that is a folder outlives a process that was killed; none is held for so long. */
static void break_stale_lock(const char *path)
{
    enum { STALE_SECONDS = 300 };
    char lock[4096];
    struct stat st;
    int n = snprintf(lock, sizeof lock, "%s.lock", path);
    if (n > 0 && (size_t)n < sizeof lock && lstat(lock, &st) == 0 && S_ISDIR(st.st_mode) &&
        time(NULL) - st.st_mtime > STALE_SECONDS)
        rmdir(lock);
}

static enum status open_with(struct database *db, const char *path, enum database_mode mode,
                             bool durable, const char *vfs, struct error *e)
{
    memset(db, 0, sizeof *db);
    db->vfs = vfs;
    enum status status = open_handle(db, path, mode, e);
    if (status == STATUS_OK)
        status = set_up(db, path, mode, durable, e);
    return status;
}

enum status database_open(struct database *db, const char *path, enum database_mode mode,
                          bool durable, struct error *e)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, configure);
    memset(db, 0, sizeof *db);
    /* There a folder beside the file is the lock, which every system makes once only. */
    /* SQLite gives what it makes beside a file the file's mode. */
    enum status status = mode == DATABASE_CREATE ? file_create(path, 0600, e) : STATUS_OK;
    if (status != STATUS_OK)
        return status;
    bool lockless = mode != DATABASE_IMMUTABLE && is_remote(path) && has_no_locks(path);
    if (lockless)
        break_stale_lock(path);
    status = open_with(db, path, mode, durable, lockless ? "unix-dotfile" : NULL, e);
    if (status != STATUS_OK)
        database_close(db);
    return status;
}

static void finalise_all(struct database *db)
{
    for (size_t i = 0; i < DATABASE_STATEMENTS; i++) {
        sqlite3_finalize(db->statements[i]);
        db->statements[i] = NULL;
    }
    db->n_statements = 0;
    memset(db->recent, 0, sizeof db->recent);
}

void database_close(struct database *db)
{
    finalise_all(db);
    sqlite3_close_v2(db->handle);
    db->handle = NULL;
}

/* A hash of a few parts of the text: statements are told apart by comparing them. */
static size_t slot_of(const char *sql)
{
    size_t n = strlen(sql);
    uint64_t hash = n;
    for (size_t part = 1; part <= 4 && n >= 8; part++) {
        uint64_t word;
        memcpy(&word, sql + (n - 8) * part / 4, sizeof word);
        hash = (hash ^ word) * 0x9E3779B97F4A7C15u;
    }
    return (size_t)(hash >> 40) & (DATABASE_STATEMENTS - 1);
}

/* Forgets the statements that no one is reading rows of. */
static void make_room(struct database *db)
{
    sqlite3_stmt *busy[DATABASE_STATEMENTS];
    size_t n = 0;
    for (size_t i = 0; i < DATABASE_STATEMENTS; i++) {
        if (db->statements[i] != NULL && sqlite3_stmt_busy(db->statements[i]))
            busy[n++] = db->statements[i];
        else
            sqlite3_finalize(db->statements[i]);
        db->statements[i] = NULL;
    }
    db->n_statements = n;
    memset(db->recent, 0, sizeof db->recent);
    while (n-- > 0) {
        size_t i = slot_of(sqlite3_sql(busy[n]));
        while (db->statements[i] != NULL)
            i = (i + 1) & (DATABASE_STATEMENTS - 1);
        db->statements[i] = busy[n];
    }
}

/* Where the statement is looked for first whose SQL stands at this place in memory: another text
 * may have stood there, so the texts are compared all the same. */
static sqlite3_stmt **recent_slot(struct database *db, const char *sql)
{
    uint64_t hash = (uint64_t)(uintptr_t)sql * 0x9E3779B97F4A7C15u;
    return &db->recent[(size_t)(hash >> 40) & (DATABASE_RECENT - 1)];
}

static bool is_of(sqlite3_stmt *st, const char *sql)
{
    return strcmp(sqlite3_sql(st), sql) == 0;
}

/* The statement as it is kept, made where it is not. */
static sqlite3_stmt *find_statement(struct database *db, const char *sql, struct error *e)
{
    if (db->n_statements * 2 > DATABASE_STATEMENTS)
        make_room(db);
    size_t i = slot_of(sql);
    while (db->statements[i] != NULL && !is_of(db->statements[i], sql))
        i = (i + 1) & (DATABASE_STATEMENTS - 1);
    if (db->statements[i] != NULL)
        return db->statements[i];
    if (sqlite3_prepare_v3(db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &db->statements[i],
                           NULL) != SQLITE_OK) {
        db->statements[i] = NULL;
        database_fail(db, e);
        return NULL;
    }
    db->n_statements++;
    return db->statements[i];
}

sqlite3_stmt *database_prepare(struct database *db, const char *sql, struct error *e)
{
    sqlite3_stmt **recent = recent_slot(db, sql);
    if (*recent == NULL || !is_of(*recent, sql))
        *recent = find_statement(db, sql, e);
    if (*recent == NULL)
        return NULL;
    sqlite3_reset(*recent);
    sqlite3_clear_bindings(*recent);
    return *recent;
}

enum status database_run(struct database *db, const char *sql, struct error *e)
{
    return sqlite3_exec(db->handle, sql, NULL, NULL, NULL) == SQLITE_OK ? STATUS_OK
                                                                        : database_fail(db, e);
}

enum status database_step(struct database *db, sqlite3_stmt *st, bool *row, struct error *e)
{
    int code = sqlite3_step(st);
    *row = code == SQLITE_ROW;
    if (code == SQLITE_ROW)
        return STATUS_OK;
    enum status status = code == SQLITE_DONE ? STATUS_OK : database_fail(db, e);
    sqlite3_reset(st);
    return status;
}

enum status database_finish(struct database *db, sqlite3_stmt *st, struct error *e)
{
    bool row = true;
    enum status status = STATUS_OK;
    while (status == STATUS_OK && row)
        status = database_step(db, st, &row, e);
    return status;
}

enum status database_check(struct database *db, struct arena *a, struct str *message,
                           struct error *e)
{
    bool row;
    sqlite3_stmt *st = database_prepare(db, "PRAGMA quick_check(1)", e);
    if (st == NULL)
        return e == NULL ? STATUS_DATABASE : e->status;
    enum status status = database_step(db, st, &row, e);
    *message = status == STATUS_OK && row ? column_str(a, st, 0) : (struct str){NULL, 0};
    sqlite3_reset(st);
    return status;
}

int64_t database_data_version(struct database *db)
{
    bool row;
    sqlite3_stmt *st = database_prepare(db, "PRAGMA data_version", NULL);
    if (st == NULL || database_step(db, st, &row, NULL) != STATUS_OK || !row)
        return 0;
    int64_t version = sqlite3_column_int64(st, 0);
    sqlite3_reset(st);
    return version;
}

void bind_int(sqlite3_stmt *st, int at, int64_t value)
{
    sqlite3_bind_int64(st, at, value);
}

void bind_id(sqlite3_stmt *st, int at, uint32_t id)
{
    if (id == 0)
        sqlite3_bind_null(st, at);
    else
        sqlite3_bind_int64(st, at, id);
}

void bind_str(sqlite3_stmt *st, int at, struct str s)
{
    sqlite3_bind_text64(st, at, s.p == NULL ? "" : s.p, s.n, SQLITE_STATIC, SQLITE_UTF8);
}

void bind_blob(sqlite3_stmt *st, int at, struct str s)
{
    sqlite3_bind_blob64(st, at, s.p == NULL ? "" : s.p, s.n, SQLITE_STATIC);
}

uint32_t column_u32(sqlite3_stmt *st, int at)
{
    return (uint32_t)sqlite3_column_int64(st, at);
}

struct str column_view(sqlite3_stmt *st, int at)
{
    const void *p = sqlite3_column_blob(st, at);
    return (struct str){p, p == NULL ? 0 : (size_t)sqlite3_column_bytes(st, at)};
}

struct str column_str(struct arena *a, sqlite3_stmt *st, int at)
{
    struct str view = column_view(st, at);
    return view.n == 0 ? (struct str){"", 0} : str_dup(a, view);
}

void varint_put(struct buffer *b, uint64_t value)
{
    enum { LONGEST = 10 };
    if (b->room - b->n <= LONGEST)
        buffer_reserve(b, LONGEST);
    for (; value >= 0x80; value >>= 7)
        b->p[b->n++] = (char)(0x80 | (value & 0x7F));
    b->p[b->n++] = (char)value;
}

void varint_put_signed(struct buffer *b, int64_t value)
{
    varint_put(b, (uint64_t)value << 1 ^ (value < 0 ? UINT64_MAX : 0));
}

uint64_t varint_get(struct str *rest)
{
    uint64_t value = 0;
    size_t i = 0;
    for (unsigned shift = 0; i < rest->n && shift < 64; shift += 7) {
        unsigned char byte = (unsigned char)rest->p[i++];
        value |= (uint64_t)(byte & 0x7F) << shift;
        if (byte < 0x80)
            break;
    }
    *rest = str_sub(*rest, i, rest->n);
    return value;
}

int64_t varint_get_signed(struct str *rest)
{
    uint64_t value = varint_get(rest);
    return (int64_t)(value >> 1 ^ (value & 1 ? UINT64_MAX : 0));
}
