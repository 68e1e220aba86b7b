/* Opening a cache: its version, making it anew, its sums. */
#include "aside.h"
#include "baolan/clock.h"
#include "baolan/files.h"
#include "baolan/map.h"
#include "baolan/parse.h"
#include "baolan/segment.h"
#include "baolan/store_write.h"
#include "facts.h"
#include "figures.h"
#include "internal.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

/* Raised by hand where what the writer puts in changes while the schema does not. */
#define CACHE_FORMAT 5

static enum status read_schema(struct arena *a, struct str *text, struct error *e)
{
    const char *path = path_program_data(a, "schema/cache.sql");
    if (path == NULL)
        return error_set(e, STATUS_NOT_FOUND,
                         "the program's data (schema) is not installed; set BAOLAN_DATA");
    return file_read(a, path, text, NULL, e);
}

struct versioning {
    struct arena *arena;
    uint64_t hash;
    struct error *error;
};

static enum status hash_schema(void *context)
{
    struct versioning *v = context;
    struct str text = {NULL, 0};
    enum status status = read_schema(v->arena, &text, v->error);
    if (status == STATUS_OK)
        v->hash = hash_bytes(text.p, text.n);
    return status;
}

uint64_t store_version(uint64_t lexicons_version)
{
    struct versioning v = {.arena = arena_new()};
    if (v.arena == NULL || arena_protect(v.arena, hash_schema, &v, NULL) != STATUS_OK) {
        arena_free(v.arena);
        return 0;
    }
    arena_free(v.arena);
    uint64_t parts[] = {v.hash, parser_version(), CACHE_FORMAT, SEGMENT_VERSION, lexicons_version};
    uint64_t version = hash_bytes(parts, sizeof parts);
    return version == 0 ? 1 : version;
}

/* The value of a row of meta; *value holds until the next. */
static enum status read_meta(struct database *db, const char *key, int64_t *value, struct error *e)
{
    bool row;
    sqlite3_stmt *st = database_prepare(db, "SELECT value FROM meta WHERE key=?1", e);
    if (st == NULL)
        return failed(e);
    bind_str(st, 1, str_of(key));
    enum status status = database_step(db, st, &row, e);
    if (status == STATUS_OK && !row)
        return error_set(e, STATUS_UNSUPPORTED, "the cache is of another version");
    if (status == STATUS_OK)
        *value = sqlite3_column_int64(st, 0);
    sqlite3_reset(st);
    return status;
}

static enum status check_version(struct store *s, uint64_t version, struct error *e)
{
    struct versioning v = {.arena = s->arena, .error = e};
    int64_t schema = 0, stored = 0;
    /* A version is of the schema too. */
    enum status status = version != 0 ? STATUS_OK : hash_schema(&v);
    if (status != STATUS_OK)
        return status;
    status = read_meta(&s->db, "schema", &schema, e);
    if (status == STATUS_DATABASE)
        /* No table of that name: a database, but none of ours. */
        return error_set(e, STATUS_UNSUPPORTED, "the cache is of another version");
    if (status == STATUS_OK)
        status = read_meta(&s->db, "version", &stored, e);
    if (status == STATUS_OK &&
        (version != 0 ? (uint64_t)stored != version : (uint64_t)schema != v.hash))
        return error_set(e, STATUS_UNSUPPORTED, "the cache is of another version");
    return status;
}

/* A new cache while it is made; both connections are closed whatever comes. */
struct making {
    struct arena *arena;
    const char *path, *beside;
    const char *before; /* the cache whose folders are taken over */
    uint64_t version;
    struct database db, old;
    struct error *error;
};

/* Takes over the folders that the cache at path remembers, whatever its version; none where it
 * cannot tell. */
static enum status copy_folders(struct making *m)
{
    bool row = true;
    if (access(m->before, F_OK) != 0 ||
        database_open(&m->old, m->before, DATABASE_READ, false, NULL) != STATUS_OK)
        return STATUS_OK;
    sqlite3_stmt *from = database_prepare(&m->old, "SELECT path FROM folder", NULL);
    while (from != NULL && database_step(&m->old, from, &row, NULL) == STATUS_OK && row) {
        sqlite3_stmt *to = database_prepare(&m->db, "INSERT INTO folder VALUES(?1)", m->error);
        if (to == NULL)
            return failed(m->error);
        bind_str(to, 1, column_view(from, 0));
        enum status status = database_finish(&m->db, to, m->error);
        if (status != STATUS_OK)
            return status;
    }
    return STATUS_OK;
}

/* The count of commits sets out from the time, so that no other cache that stood here has had it.
 */
static enum status begin_commits(struct making *m)
{
    sqlite3_stmt *st =
        database_prepare(&m->db, "INSERT INTO total VALUES('commits', ?1)", m->error);
    if (st == NULL)
        return failed(m->error);
    bind_int(st, 1, clock_nanoseconds());
    return database_finish(&m->db, st, m->error);
}

static enum status fill_new(void *context)
{
    struct making *m = context;
    struct str schema = {NULL, 0};
    enum status status = read_schema(m->arena, &schema, m->error);
    if (status == STATUS_OK)
        status = database_open(&m->db, m->beside, DATABASE_CREATE, false, m->error);
    if (status == STATUS_OK)
        status = tokens_register(&m->db, m->error);
    if (status == STATUS_OK)
        status = packed_register(&m->db, m->error);
    if (status == STATUS_OK)
        status = facts_register(&m->db, m->error);
    if (status == STATUS_OK)
        status = figures_register(&m->db, m->error);
    if (status == STATUS_OK)
        status = database_run(&m->db, "PRAGMA page_size=8192; PRAGMA journal_mode=DELETE; BEGIN",
                              m->error);
    if (status == STATUS_OK)
        status = database_run(&m->db, str_dup_c(m->arena, schema), m->error);
    if (status != STATUS_OK)
        return status;
    sqlite3_stmt *st = database_prepare(
        &m->db, "INSERT INTO meta VALUES('schema', ?1), ('version', ?2), ('parser', ?3)", m->error);
    if (st == NULL)
        return failed(m->error);
    bind_int(st, 1, (int64_t)hash_bytes(schema.p, schema.n));
    bind_int(st, 2, (int64_t)m->version);
    bind_int(st, 3, parser_version());
    status = database_finish(&m->db, st, m->error);
    if (status == STATUS_OK)
        status = begin_commits(m);
    if (status == STATUS_OK)
        status = copy_folders(m);
    return status == STATUS_OK ? database_run(&m->db, "COMMIT", m->error) : status;
}

/* Puts an empty cache at path: made beside it, then renamed over it. The old one's journal goes
 * first: it would be taken for the new one's. */
static enum status make_new(struct arena *a, const char *path, const char *before, uint64_t version,
                            struct error *e)
{
    struct making m = {.arena = a, .path = path, .before = before, .version = version, .error = e};
    m.beside = str_printf(a, "%s.new", path).p;
    const char *const leftovers[] = {
        m.beside,
        str_printf(a, "%s-journal", m.beside).p,
    };
    const char *const journals[] = {
        str_printf(a, "%s-wal", path).p,
        str_printf(a, "%s-shm", path).p,
        str_printf(a, "%s-journal", path).p,
    };
    for (size_t i = 0; i < sizeof leftovers / sizeof *leftovers; i++)
        unlink(leftovers[i]);
    enum status status = arena_protect(a, fill_new, &m, e);
    database_close(&m.old);
    database_close(&m.db);
    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; i < sizeof journals / sizeof *journals; i++)
        unlink(journals[i]);
    return rename(m.beside, path) == 0 ? STATUS_OK : error_set_errno(e, errno, path);
}

/* What a reader leaves that met with damage: the next writer looks through the whole. */
static const char *suspect_path(struct arena *a, const char *path)
{
    return str_printf(a, "%s.suspect", path).p;
}

static enum status open_existing(struct store *s, const char *path, enum store_mode mode,
                                 uint64_t version, struct error *e)
{
    static const enum database_mode modes[] = {[STORE_READ] = DATABASE_READ,
                                               [STORE_WRITE] = DATABASE_WRITE,
                                               [STORE_PUBLISHED] = DATABASE_IMMUTABLE};
    if (access(path, F_OK) != 0)
        return error_set_errno(e, errno, path);
    if (mode == STORE_READ && access(suspect_path(s->arena, path), F_OK) == 0)
        return error_set(e, STATUS_CORRUPT, "%s: damaged", path);
    struct error problem = ERROR_NONE;
    enum status status = database_open(&s->db, path, modes[mode], false, &problem);
    if (status != STATUS_OK && mode == STORE_READ && status != STATUS_CORRUPT) {
        /* A folder that cannot be written to has no room for WAL's shared memory. */
        struct error again = ERROR_NONE;
        if (database_open(&s->db, path, DATABASE_IMMUTABLE, false, &again) == STATUS_OK)
            status = STATUS_OK;
    }
    if (status != STATUS_OK)
        return error_set(e, problem.status, "%s", problem.message);
    status = tokens_register(&s->db, e);
    if (status == STATUS_OK)
        status = packed_register(&s->db, e);
    if (status == STATUS_OK)
        status = facts_register(&s->db, e);
    if (status == STATUS_OK)
        status = figures_register(&s->db, e);
    if (status == STATUS_OK)
        status = check_version(s, version, e);
    if (status != STATUS_OK)
        database_close(&s->db);
    else if (mode != STORE_PUBLISHED)
        s->db.suspect = suspect_path(s->arena, path);
    return status;
}

struct opening {
    struct store *store;
    struct arena *arena;
    const char *path;
    enum store_mode mode;
    uint64_t version;
    struct error *error;
};

static bool calls_for_new(enum status status)
{
    return status == STATUS_NOT_FOUND || status == STATUS_UNSUPPORTED || status == STATUS_CORRUPT;
}

/* Why a file may not be written to, or NULL: looked at without changing it. */
static const char *reason_to_set_aside(struct arena *a, const char *path)
{
    struct database db;
    bool row;
    struct str verdict;
    const char *reason = NULL;
    struct file_stamp stamp;
    if (file_stamp(path, &stamp, NULL) != STATUS_OK || stamp.size == 0)
        return NULL;
    enum status status = database_open(&db, path, DATABASE_READ, false, NULL);
    if (status != STATUS_OK)
        return status == STATUS_CORRUPT ? "damaged" : NULL;
    /* What cannot be read at the moment is not damaged for that. */
    struct error problem = ERROR_NONE;
    sqlite3_stmt *st = database_prepare(
        &db, "SELECT sum(name IN ('meta', 'document', 'passage')) FROM sqlite_schema", &problem);
    status = st == NULL ? problem.status : database_step(&db, st, &row, &problem);
    if (status == STATUS_CORRUPT)
        reason = "damaged";
    else if (status == STATUS_OK && sqlite3_column_int(st, 0) < 3)
        reason = "foreign";
    else if (access(suspect_path(a, path), F_OK) == 0 &&
             (database_check(&db, a, &verdict, NULL) != STATUS_OK || !str_eq(verdict, STR("ok"))))
        reason = "damaged";
    database_close(&db);
    return reason;
}

struct looking {
    struct arena *arena;
    const char *path;
    bool ours;
};

static enum status look(void *context)
{
    struct looking *l = context;
    l->ours = reason_to_set_aside(l->arena, l->path) == NULL;
    return STATUS_OK;
}

bool store_is_ours(const char *path)
{
    struct looking l = {arena_new(), path, false};
    if (l.arena != NULL)
        arena_protect(l.arena, look, &l, NULL);
    arena_free(l.arena);
    return l.ours;
}

static enum status open_for_writing(struct opening *o, struct error *e)
{
    struct store *s = o->store;
    const char *reason = reason_to_set_aside(o->arena, o->path);
    enum status status = STATUS_OK;
    if (reason != NULL)
        status = set_aside(o->arena, o->path, reason, &s->aside, e);
    unlink(suspect_path(o->arena, o->path));
    if (status != STATUS_OK)
        return status;
    struct error problem = ERROR_NONE;
    status = open_existing(s, o->path, STORE_WRITE, o->version, &problem);
    if (!calls_for_new(status))
        return status == STATUS_OK ? status : error_set(e, status, "%s", problem.message);
    status = make_new(o->arena, o->path, s->aside != NULL ? s->aside : o->path, o->version, e);
    return status == STATUS_OK ? open_existing(s, o->path, STORE_WRITE, o->version, e) : status;
}

static enum status open_protected(void *context)
{
    struct opening *o = context;
    struct store *s = o->store = arena_new_of(o->arena, struct store);
    s->arena = o->arena;
    s->opened = clock_nanoseconds() / 1000;
    return o->mode == STORE_WRITE ? open_for_writing(o, o->error)
                                  : open_existing(s, o->path, o->mode, o->version, o->error);
}

const char *store_set_aside(const struct store *s)
{
    return s->aside;
}

enum status store_open(const char *path, enum store_mode mode, uint64_t version, struct store **out,
                       struct error *e)
{
    struct opening o = {NULL, arena_new(), path, mode, version, e};
    *out = NULL;
    if (o.arena == NULL)
        return error_set(e, STATUS_NO_MEMORY, "out of memory");
    enum status status = arena_protect(o.arena, open_protected, &o, e);
    if (status == STATUS_OK) {
        *out = o.store;
        return status;
    }
    if (o.store != NULL)
        database_close(&o.store->db);
    arena_free(o.arena);
    return status;
}

void store_close(struct store *s)
{
    if (s == NULL)
        return;
    database_close(&s->db);
    arena_free(s->arena);
}

static void run_quietly(struct store *s, const char *sql)
{
    sqlite3_stmt *st = database_prepare(&s->db, sql, NULL);
    if (st != NULL)
        database_finish(&s->db, st, NULL);
}

void store_hold(struct store *s)
{
    if (s != NULL && s->holds++ == 0)
        run_quietly(s, "BEGIN");
}

void store_let_go(struct store *s)
{
    if (s != NULL && --s->holds == 0)
        run_quietly(s, "COMMIT");
}

enum status store_settle(struct store *s, struct error *e)
{
    return database_run(&s->db, "PRAGMA journal_mode=DELETE", e);
}

enum status store_copy(const char *from, const char *to, struct error *e)
{
    struct database db;
    enum status status = database_open(&db, from, DATABASE_IMMUTABLE, false, e);
    if (status != STATUS_OK)
        return status;
    sqlite3_stmt *st = database_prepare(&db, "VACUUM INTO ?1", e);
    if (st == NULL || file_create(to, 0600, e) != STATUS_OK) {
        status = failed(e);
    } else {
        bind_str(st, 1, str_of(to));
        status = database_finish(&db, st, e);
    }
    database_close(&db);
    return status;
}

int64_t store_data_version(struct store *s)
{
    return (int64_t)((uint64_t)s->opened << 16) + database_data_version(&s->db);
}

enum status store_check(struct store *s, struct arena *a, struct str *message, struct error *e)
{
    return database_check(&s->db, a, message, e);
}

enum status store_totals(struct store *s, struct store_totals *out, struct error *e)
{
    static const struct {
        const char *name;
        size_t offset;
    } fields[] = {
#define FIELD(name) {#name, offsetof(struct store_totals, name)}
        FIELD(documents), FIELD(articles),   FIELD(passages), FIELD(characters), FIELD(bytes),
        FIELD(proposals), FIELD(indicators), FIELD(figures),  FIELD(metrics),    FIELD(entities),
        FIELD(mentions),  FIELD(findings),   FIELD(tables),   FIELD(problems),   FIELD(commits),
#undef FIELD
    };
    memset(out, 0, sizeof *out);
    sqlite3_stmt *st = database_prepare(&s->db, "SELECT name, n FROM total", e);
    if (st == NULL)
        return failed(e);
    bool row = true;
    enum status status;
    while ((status = database_step(&s->db, st, &row, e)) == STATUS_OK && row) {
        struct str name = column_view(st, 0);
        for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
            if (str_eq(name, str_of(fields[i].name))) {
                int64_t n = sqlite3_column_int64(st, 1);
                memcpy((char *)out + fields[i].offset, &n, sizeof n);
            }
    }
    return status;
}
