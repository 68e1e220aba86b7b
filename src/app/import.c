/* Importing: walk, compare, parse on threads, write in order, merge.
 *
 * The walk lists what changed. Parsing threads take batches of that list in turn and leave their
 * documents in a ring of slots; the calling thread writes the slots in the list's order, so that a
 * library comes out the same however many threads there were. */
#include "app/name_edits.h"
#include "baolan/clock.h"
#include "baolan/converter.h"
#include "baolan/map.h"
#include "baolan/message.h"
#include "baolan/parse.h"
#include "baolan/sha256.h"
#include "baolan/store_write.h"
#include "baolan/vector.h"
#include "import_internal.h"
#include "library_internal.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define BATCH_BYTES (4 << 10) /* of source, parsed into one slot */
#define BATCH_FILES 64
#define AHEAD_LEAST 6           /* batches that may wait to be written, however large */
#define AHEAD_BYTES (128 << 10) /* more may while they are of less source than this */
#define PARSERS_MOST 4
#define SLOT_BYTES_KEPT (8 << 20)    /* an arena grown past this is given back */
#define FILE_BYTES_MOST (256L << 20) /* offsets in a document are 32 bits, with room to spare */
#define COMMIT_PASSAGES 50000
#define COMMIT_NANOSECONDS 500000000
#define COMMIT_NANOSECONDS_BULK 4000000000
#define PROGRESS_NANOSECONDS 100000000
#define BULK_BYTES (8 << 20) /* from here on the index is merged afterwards */

static volatile sig_atomic_t interrupted;

void library_import_interrupt(void)
{
    interrupted = 1;
}

bool import_is_cancelled(const struct import *m)
{
    return interrupted != 0 || (m->cancel != NULL && atomic_load(m->cancel));
}

/* The end of a path, without controls, for showing. */
static void show_path(struct import *m, const char *path)
{
    char *out = m->progress.path;
    size_t n = strlen(path), room = sizeof m->progress.path - 1;
    if (n > room) {
        path += n - room;
        while (((unsigned char)*path & 0xC0) == 0x80)
            path++;
    }
    for (; *path != '\0'; path++)
        *out++ = (unsigned char)*path < 0x20 || *path == 0x7F ? '?' : *path;
    *out = '\0';
}

void import_tell_progress(struct import *m, bool now)
{
    int64_t time = clock_nanoseconds();
    if (m->o->progress == NULL || (!now && time - m->told < PROGRESS_NANOSECONDS))
        return;
    m->told = time;
    m->progress.seconds = (double)(time - m->began) / 1e9;
    m->o->progress(m->o->context, &m->progress);
}

/* The notes that corrections are taken from. */
static const char *notes_of(struct import *m)
{
    return m->o->corrections != NULL ? m->o->corrections
                                     : path_join(m->arena, path_data_folder(m->arena), "notes.db");
}

static enum status take_corrections(struct import *m)
{
    const uint32_t *documents;
    size_t n = 0;
    enum status status = standing_read(m->arena, notes_of(m), m->store, import_known_is_gone, m,
                                       &m->standing, m->error);
    if (status == STATUS_OK)
        status = standing_changed(m->arena, &m->standing, m->store, &documents, &n, m->error);
    for (size_t i = 0; i < n && status == STATUS_OK; i++)
        status = import_read_again(m, documents[i]);
    return status;
}

static void divide_into_batches(struct import *m)
{
    struct batch batch = {0, 0, 0};
    for (size_t i = 0; i < m->todos.n; i++) {
        batch.bytes += m->todos.at[i].stamp.size;
        batch.end = i + 1;
        if (batch.bytes < BATCH_BYTES && batch.end - batch.first < BATCH_FILES)
            continue;
        vector_push(m->arena, &m->batches, batch);
        batch = (struct batch){batch.end, batch.end, 0};
    }
    if (batch.end > batch.first)
        vector_push(m->arena, &m->batches, batch);
}

/* On a parsing thread: one file into its outcome. */
struct reading {
    struct import *import;
    struct arena *arena;
    struct outcome *outcome;
    struct error error;
};

static bool is_same(const struct todo *todo, struct str bytes)
{
    struct sha256 hash;
    unsigned char digest[32];
    if (!todo->may_be_same)
        return false;
    sha256_begin(&hash);
    sha256_add(&hash, bytes.p, bytes.n);
    sha256_end(&hash, digest);
    return memcmp(digest, todo->sha256, sizeof digest) == 0;
}

static bool is_stopped(void *context)
{
    return import_is_cancelled(context);
}

static enum status read_file(void *context)
{
    struct reading *r = context;
    const struct todo *todo = r->outcome->todo;
    struct file_reading reading = {.path = todo->path,
                                   .settings = todo->settings,
                                   .encoding = r->import->o->encoding,
                                   .lexicons = r->import->lexicons,
                                   .corrections = r->import->standing.all,
                                   .converters = r->import->converters,
                                   .stop = is_stopped,
                                   .context = r->import};
    struct source source;
    if (todo->stamp.size > FILE_BYTES_MOST)
        return error_set(&r->error, STATUS_BAD_INPUT, "%s: larger than 256 MB", todo->path);
    enum status status =
        file_read(r->arena, todo->path, &source.bytes, &r->outcome->stamp, &r->error);
    if (status != STATUS_OK)
        return status;
    if (r->outcome->stamp.modified < todo->stamp.modified)
        r->outcome->stamp.modified = todo->stamp.modified;
    r->outcome->same = is_same(todo, source.bytes);
    if (r->outcome->same)
        return STATUS_OK;
    status = file_parse(r->arena, &reading, &source, &r->outcome->document, &r->error);
    if (status == STATUS_OK)
        r->outcome->prepared = store_prepare(r->arena, r->outcome->document);
    return status;
}

/* The problem of a file, with the file's name in it; error_set leaves no control in either. */
static void name_problem(struct outcome *outcome, const struct error *problem)
{
    struct error path = ERROR_NONE, both = ERROR_NONE;
    if (outcome->status == STATUS_OK)
        return;
    error_set(&path, outcome->status, "%s", path_name(outcome->todo->path));
    if (strstr(problem->message, path.message) != NULL)
        error_set(&both, outcome->status, "%s", problem->message);
    else
        error_set(&both, outcome->status, "%.300s: %.200s", outcome->todo->path, problem->message);
    memcpy(outcome->message, both.message, sizeof outcome->message);
}

static void fill_slot(struct import *m, struct slot *slot, struct batch batch)
{
    for (size_t i = batch.first; i < batch.end && !import_is_cancelled(m); i++) {
        struct outcome *outcome = &slot->outcomes[slot->n++];
        struct reading r = {m, slot->arena, outcome, ERROR_NONE};
        memset(outcome, 0, sizeof *outcome);
        outcome->todo = &m->todos.at[i];
        outcome->stamp = outcome->todo->stamp;
        outcome->status = arena_protect(slot->arena, read_file, &r, &r.error);
        name_problem(outcome, &r.error);
    }
}

/* Empties an arena, and gives back what an unusually large file took. */
static struct arena *empty_arena(struct arena *a)
{
    struct arena *fresh = arena_size(a) < SLOT_BYTES_KEPT ? NULL : arena_new();
    if (fresh == NULL) {
        arena_reset(a);
        return a;
    }
    arena_free(a);
    return fresh;
}

/* True where the next batch has a slot: that of the batch SLOTS before it is empty once it is
 * written. */
static bool may_go_on(const struct import *m)
{
    if (m->next < m->written + AHEAD_LEAST)
        return true;
    return m->next < m->written + SLOTS && m->ahead + m->batches.at[m->next].bytes <= AHEAD_BYTES;
}

static void *parse_batches(void *context)
{
    struct import *m = context;
    pthread_mutex_lock(&m->mutex);
    for (;;) {
        while (!m->stop && m->next < m->batches.n && !may_go_on(m))
            pthread_cond_wait(&m->changed, &m->mutex);
        if (m->stop || m->next >= m->batches.n)
            break;
        size_t mine = m->next++;
        m->ahead += m->batches.at[mine].bytes;
        struct slot *slot = &m->slots[mine % SLOTS];
        slot->arena = m->idle[--m->n_idle];
        pthread_mutex_unlock(&m->mutex);
        fill_slot(m, slot, m->batches.at[mine]);
        pthread_mutex_lock(&m->mutex);
        slot->full = true;
        pthread_cond_broadcast(&m->changed);
    }
    pthread_mutex_unlock(&m->mutex);
    return NULL;
}

static enum status begin_if_needed(struct import *m)
{
    if (m->in_batch)
        return STATUS_OK;
    m->batch_began = clock_nanoseconds();
    enum status status = store_begin(m->writer, m->error);
    m->in_batch = status == STATUS_OK;
    return status;
}

static enum status commit_if_due(struct import *m, bool now)
{
    int64_t most = m->bulk ? COMMIT_NANOSECONDS_BULK : COMMIT_NANOSECONDS;
    if (!m->in_batch || (!now && store_batch_passages(m->writer) < COMMIT_PASSAGES &&
                         clock_nanoseconds() - m->batch_began < most))
        return STATUS_OK;
    m->in_batch = false;
    return store_commit(m->writer, m->error);
}

/* Only what the file itself is to blame for is remembered; the rest is tried again each time. */
static bool is_lasting(enum status status)
{
    return status == STATUS_NOT_TEXT || status == STATUS_BAD_INPUT;
}

static enum status write_failure(struct import *m, const struct outcome *outcome)
{
    enum status status = STATUS_OK;
    struct str path = str_of(outcome->todo->path);
    import_tell_problem(m, outcome->todo->path, outcome->message);
    bool gone = outcome->status == STATUS_NOT_FOUND;
    if (outcome->todo->document != 0 && (gone || is_lasting(outcome->status))) {
        status = store_remove(m->writer, outcome->todo->document, m->error);
        m->progress.files_gone += gone;
    }
    if (status == STATUS_OK && !gone)
        status =
            store_put_problem(m->writer, path, is_lasting(outcome->status) ? &outcome->stamp : NULL,
                              outcome->status, outcome->message, m->error);
    return status;
}

static enum status write_outcome(struct import *m, const struct outcome *outcome)
{
    const struct todo *todo = outcome->todo;
    struct str path = str_of(todo->path);
    enum status status = begin_if_needed(m);
    if (status != STATUS_OK)
        return status;
    show_path(m, todo->path);
    if (outcome->status != STATUS_OK) {
        status = write_failure(m, outcome);
    } else if (outcome->same) {
        status = store_touch(m->writer, todo->document, path, &outcome->stamp, m->error);
        m->progress.files_unchanged++;
    } else {
        status = store_put(m->writer, path, &outcome->stamp, outcome->document, outcome->prepared,
                           m->error);
        m->progress.files_read++;
    }
    m->progress.files_done++;
    m->progress.bytes_done += (uint64_t)todo->stamp.size;
    return status;
}

/* Waits for the next slot in order; NULL where there is none any more. */
static struct slot *next_slot(struct import *m)
{
    struct slot *slot = &m->slots[m->written % SLOTS];
    pthread_mutex_lock(&m->mutex);
    while (!slot->full)
        pthread_cond_wait(&m->changed, &m->mutex);
    pthread_mutex_unlock(&m->mutex);
    return slot;
}

static void free_slot(struct import *m, struct slot *slot)
{
    struct arena *a = empty_arena(slot->arena);
    slot->n = 0;
    slot->arena = NULL;
    pthread_mutex_lock(&m->mutex);
    m->idle[m->n_idle++] = a;
    slot->full = false;
    m->ahead -= m->batches.at[m->written].bytes;
    m->written++;
    pthread_cond_broadcast(&m->changed);
    pthread_mutex_unlock(&m->mutex);
}

static enum status write_batches(struct import *m)
{
    enum status status = STATUS_OK;
    while (m->written < m->batches.n && status == STATUS_OK && !import_is_cancelled(m)) {
        struct slot *slot = next_slot(m);
        for (size_t i = 0; i < slot->n && status == STATUS_OK && !import_is_cancelled(m); i++) {
            status = write_outcome(m, &slot->outcomes[i]);
            if (status == STATUS_OK)
                status = commit_if_due(m, false);
            import_tell_progress(m, false);
        }
        free_slot(m, slot);
    }
    return status;
}

static size_t parsers_wanted(const struct import *m)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    size_t wanted = cores < 2 ? 1 : cores > PARSERS_MOST ? PARSERS_MOST : (size_t)cores;
    return wanted < m->batches.n ? wanted : m->batches.n;
}

static enum status parse_and_write(struct import *m)
{
    pthread_t threads[PARSERS_MOST];
    size_t n = 0, wanted = parsers_wanted(m);
    enum status status = STATUS_OK;
    for (size_t i = 0; i < SLOTS; i++) {
        m->slots[i].outcomes = arena_array(m->arena, struct outcome, BATCH_FILES);
        struct arena *a = arena_new();
        if (a == NULL)
            status = error_set(m->error, STATUS_NO_MEMORY, "out of memory");
        else
            m->idle[m->n_idle++] = a;
    }
    while (status == STATUS_OK && n < wanted &&
           pthread_create(&threads[n], NULL, parse_batches, m) == 0)
        n++;
    if (status == STATUS_OK && n == 0 && wanted > 0)
        status = error_set(m->error, STATUS_NO_MEMORY, "a thread cannot be made");
    if (status == STATUS_OK)
        status = write_batches(m);
    pthread_mutex_lock(&m->mutex);
    m->stop = true;
    pthread_cond_broadcast(&m->changed);
    pthread_mutex_unlock(&m->mutex);
    for (size_t i = 0; i < n; i++)
        pthread_join(threads[i], NULL);
    return status;
}

/* Takes out what the walk did not come by, though it stands below what was walked. */
static enum status remove_gone(struct import *m)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < m->known.n && status == STATUS_OK && !import_is_cancelled(m); i++) {
        const struct known *known = m->known.at[i].value.pointer;
        struct str path = m->known.at[i].key;
        if (known->seen || !import_is_gone(m, path))
            continue;
        status = begin_if_needed(m);
        if (status != STATUS_OK)
            break;
        if (known->document != 0)
            status = store_remove(m->writer, known->document, m->error);
        else
            status = store_put_problem(m->writer, path, NULL, STATUS_OK, "", m->error);
        m->progress.files_gone += known->document != 0;
        if (status == STATUS_OK)
            status = commit_if_due(m, false);
    }
    return status;
}

static enum status remember_roots(struct import *m)
{
    enum status status = begin_if_needed(m);
    for (size_t i = 0; i < m->n_roots && m->o->n_paths > 0 && status == STATUS_OK; i++)
        if (access(str_dup_c(m->arena, m->roots[i]), F_OK) == 0)
            status = store_add_folder(m->writer, m->roots[i], m->error);
    return status == STATUS_OK ? commit_if_due(m, true) : status;
}

static enum status merge_index(struct import *m)
{
    bool more = true;
    enum status status = STATUS_OK;
    m->progress.merging = true;
    while (more && status == STATUS_OK && !import_is_cancelled(m)) {
        status = store_merge(m->writer, &more, m->error);
        import_tell_progress(m, false);
    }
    m->progress.merging = false;
    return status;
}

static enum status write_all(struct import *m)
{
    m->bulk = m->progress.bytes_found >= BULK_BYTES;
    enum status status = store_writer_open(m->store, m->arena, m->bulk, &m->writer, m->error);
    if (status != STATUS_OK)
        return status;
    status = remember_roots(m);
    if (status == STATUS_OK)
        status = parse_and_write(m);
    if (status == STATUS_OK && !import_is_cancelled(m))
        status = remove_gone(m);
    if (status == STATUS_OK && !import_is_cancelled(m) && m->standing.is_new)
        status = begin_if_needed(m);
    if (status == STATUS_OK && !import_is_cancelled(m) && m->standing.is_new)
        status = store_set_looked_for(m->writer, m->standing.identities, m->standing.n, m->error);
    if (status == STATUS_OK)
        status = commit_if_due(m, true);
    if (status == STATUS_OK)
        status = name_edits_apply(m->arena, notes_of(m), m->writer, NULL, m->error);
    if (status == STATUS_OK && m->bulk)
        status = merge_index(m);
    store_writer_close(m->writer);
    m->writer = NULL;
    return status;
}

static enum status import_locked(struct import *m)
{
    enum status status =
        converters_load(m->arena, &m->converters, m->o->problem, m->o->context, m->error);
    if (status != STATUS_OK)
        return status;
    status = store_open(m->cache_path, STORE_WRITE, library_version(m->arena), &m->store, m->error);
    if (status != STATUS_OK)
        return status;
    if (store_set_aside(m->store) != NULL && m->o->problem != NULL) {
        struct error said = ERROR_NONE;
        error_set(&said, STATUS_CORRUPT, "%s could not be used and is kept as %s", m->cache_path,
                  store_set_aside(m->store));
        m->o->problem(m->o->context, said.message);
    }
    status = import_find_roots(m);
    if (status == STATUS_OK)
        status = import_walk(m);
    if (status == STATUS_OK)
        status = take_corrections(m);
    if (status == STATUS_OK) {
        divide_into_batches(m);
        /* Not needed where nothing changed, which is most of the time. */
        if (m->batches.n > 0)
            status = lexicons_load(m->arena, NULL, &m->lexicons, NULL, NULL, m->error);
    }
    if (status == STATUS_OK) {
        status = write_all(m);
    }
    if (status == STATUS_OK && m->o->publish != NULL)
        status = store_settle(m->store, m->error);
    store_close(m->store);
    m->store = NULL;
    return status;
}

/* Beside a published cache: a copy of it, so that only what changed is read. */
static enum status begin_publishing(struct import *m, const char *published)
{
    unlink(m->cache_path);
    unlink(str_printf(m->arena, "%s-wal", m->cache_path).p);
    if (access(published, F_OK) != 0)
        return STATUS_OK;
    if (!store_is_ours(published))
        return error_set(m->error, STATUS_DENIED, "%s: not a library of baolan; it is left alone",
                         published);
    return store_copy(published, m->cache_path, m->error);
}

static enum status import_protected(void *context)
{
    struct import *m = context;
    enum status status = STATUS_OK;
    const char *published = NULL;
    if (m->o->publish != NULL) {
        published = path_join(m->arena, m->o->publish, "cache.db");
        m->cache_path = path_join(m->arena, m->o->publish, "cache.db.next");
    } else {
        status = library_cache_path(m->arena, m->o->library, &m->cache_path, m->error);
    }
    /* Readers enter it, where the publisher's umask allows. */
    if (published != NULL)
        status = file_make_folders(m->o->publish, 0777, m->error);
    if (status == STATUS_OK)
        status = library_lock(m->arena, m->cache_path, &m->lock, m->error);
    if (status == STATUS_OK && published != NULL)
        status = begin_publishing(m, published);
    if (status == STATUS_OK)
        status = import_locked(m);
    /* For everybody who may enter the folder. */
    if (status == STATUS_OK && published != NULL && !import_is_cancelled(m) &&
        (chmod(m->cache_path, 0644) != 0 || rename(m->cache_path, published) != 0))
        status = error_set_errno(m->error, errno, published);
    if (status != STATUS_OK && published != NULL && m->lock >= 0)
        unlink(m->cache_path);
    return status;
}

/* Whatever way the import ended: where memory ended it came here from anywhere. */
static void let_go(struct import *m)
{
    store_writer_close(m->writer);
    store_close(m->store);
    for (size_t i = 0; i < SLOTS; i++)
        arena_free(m->slots[i].arena);
    for (size_t i = 0; i < m->n_idle; i++)
        arena_free(m->idle[i]);
    library_unlock(m->lock);
}

static enum status import_once(const struct import_options *options, atomic_bool *cancel,
                               struct error *e)
{
    struct import m = {.o = options,
                       .arena = arena_new(),
                       .cancel = cancel,
                       .error = e,
                       .lock = -1,
                       .began = clock_nanoseconds()};
    if (m.arena == NULL)
        return error_set(e, STATUS_NO_MEMORY, "out of memory");
    interrupted = 0;
    pthread_mutex_init(&m.mutex, NULL);
    pthread_cond_init(&m.changed, NULL);
    enum status status = arena_protect(m.arena, import_protected, &m, e);
    if (status == STATUS_OK && import_is_cancelled(&m))
        status = STATUS_INTERRUPTED;
    if (status == STATUS_INTERRUPTED)
        error_set(e, status, "interrupted; what was read is kept");
    import_tell_progress(&m, true);
    let_go(&m);
    pthread_cond_destroy(&m.changed);
    pthread_mutex_destroy(&m.mutex);
    arena_free(m.arena);
    return status;
}

enum status library_import_until(const struct import_options *options, atomic_bool *cancel,
                                 struct error *e)
{
    struct error problem = ERROR_NONE;
    enum status status = import_once(options, cancel, &problem);
    /* Damage that is met with on the way: the second time finds it, and begins anew. */
    if (status == STATUS_CORRUPT) {
        problem = ERROR_NONE;
        status = import_once(options, cancel, &problem);
    }
    return status == STATUS_OK ? status : error_set(e, status, "%s", problem.message);
}

enum status library_import(const struct import_options *options, struct error *e)
{
    return library_import_until(options, NULL, e);
}
