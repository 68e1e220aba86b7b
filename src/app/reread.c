/* One file read anew, by itself: after a correction. */
#include "app/name_edits.h"
#include "baolan/parse.h"
#include "baolan/store_write.h"
#include "library_internal.h"

#include <time.h>
#include <unistd.h>

/* Folders above a file that its settings may stand in. */
enum { SETTINGS_UP = 16 };

/* How long a correction waits for another import to end. */
enum { WAIT_MILLISECONDS = 600 };

enum status file_parse(struct arena *a, const struct file_reading *reading, struct source *source,
                       struct document **out, struct error *e)
{
    struct parse_options options = {.lexicons = reading->lexicons,
                                    .encoding = reading->encoding,
                                    .depth = PARSE_FACTS,
                                    .path = reading->path,
                                    .corrections = reading->corrections};
    if (reading->settings != NULL)
        file_read(a, reading->settings, &options.folder_settings, NULL, NULL);
    enum status status = source_convert(a, reading->converters, reading->path, reading->stop,
                                        reading->context, source, e);
    if (status != STATUS_OK)
        return status;
    if (source->converted) {
        options.original = source->bytes;
        options.encoding = ENCODING_UTF8;
    }
    return document_parse(a, source->text, &options, out, e);
}

const char *library_settings_above(struct arena *a, struct str path)
{
    for (int up = 0; up <= SETTINGS_UP; up++) {
        size_t slash = str_find_last(path, STR("/"));
        if (slash == STR_NONE || slash == 0)
            return NULL;
        path = str_sub(path, 0, slash);
        const char *settings = path_join(a, str_dup_c(a, path), ".baolan");
        if (access(settings, R_OK) == 0)
            return settings;
    }
    return NULL;
}

struct rereading {
    struct library *library;
    const char *cache_path; /* that is written */
    struct arena *arena;
    const char *notes_path;
    const uint32_t *documents;
    size_t n;
    bool changed; /* the documents are those that corrections made stale */
    struct error *error;
    struct store *store;
    struct store_writer *writer;
    int lock;
    struct lexicons *lexicons;
    struct converters *converters;
    struct standing standing;
};

static enum status reread_one(struct rereading *r, uint32_t id)
{
    struct arena *a = r->arena;
    struct stored_document d;
    struct document *parsed;
    struct file_stamp stamp, settings_stamp;
    struct source source;
    enum status status = store_document(r->store, a, id, &d, r->error);
    if (status != STATUS_OK)
        return status;
    const char *path = str_dup_c(a, d.path);
    struct file_reading reading = {.path = path,
                                   .settings = library_settings_above(a, d.path),
                                   .encoding = d.encoding,
                                   .lexicons = r->lexicons,
                                   .corrections = r->standing.all,
                                   .converters = r->converters};
    status = file_read(a, path, &source.bytes, &stamp, r->error);
    if (status == STATUS_OK)
        status = file_parse(a, &reading, &source, &parsed, r->error);
    if (status != STATUS_OK)
        return status;
    if (reading.settings != NULL &&
        file_stamp(reading.settings, &settings_stamp, NULL) == STATUS_OK &&
        settings_stamp.modified > stamp.modified)
        stamp.modified = settings_stamp.modified;
    return store_put(r->writer, d.path, &stamp, parsed, store_prepare(a, parsed), r->error);
}

/* The right to write. A look at the folders that finds nothing is soon over: that is waited for. */
static enum status lock_soon(struct rereading *r)
{
    struct error problem;
    enum status status = STATUS_BUSY;
    for (int waited = 0; status == STATUS_BUSY && waited <= WAIT_MILLISECONDS; waited += 20) {
        const struct timespec pause = {.tv_nsec = 20000000};
        problem = ERROR_NONE;
        if (waited > 0)
            nanosleep(&pause, NULL);
        status = library_lock(r->arena, r->cache_path, &r->lock, &problem);
    }
    return status == STATUS_OK ? status : error_set(r->error, status, "%s", problem.message);
}

/* Which documents are read anew. */
static enum status choose_documents(struct rereading *r)
{
    if (r->library->published)
        return standing_added(r->arena, &r->standing, r->store, &r->documents, &r->n, r->error);
    if (r->changed)
        return standing_changed(r->arena, &r->standing, r->store, &r->documents, &r->n, r->error);
    return STATUS_OK;
}

static enum status begin_copy(struct rereading *r)
{
    unlink(r->cache_path);
    return store_copy(r->library->cache_path, r->cache_path, r->error);
}

/* Ends the writing of a copy. Where nothing had to be written, what is published is read. */
static enum status end_copy(struct rereading *r, bool needed)
{
    store_writer_close(r->writer);
    r->writer = NULL;
    enum status status = store_settle(r->store, r->error);
    store_close(r->store);
    r->store = NULL;
    if (status == STATUS_OK && needed)
        return own_copy_keep(r->library, r->cache_path, r->error);
    own_copy_drop(r->library, r->cache_path);
    return status;
}

static enum status reread_protected(void *context)
{
    struct rereading *r = context;
    enum status gone = STATUS_OK;
    size_t names = 0;
    enum status status = lock_soon(r);
    if (status == STATUS_OK && r->library->published)
        status = begin_copy(r);
    if (status == STATUS_OK)
        status = lexicons_load(r->arena, NULL, &r->lexicons, NULL, NULL, r->error);
    if (status == STATUS_OK)
        status = converters_load(r->arena, &r->converters, NULL, NULL, r->error);
    if (status == STATUS_OK)
        status = store_open(r->cache_path, STORE_WRITE, r->library->version, &r->store, r->error);
    if (status == STATUS_OK)
        status =
            standing_read(r->arena, r->notes_path, r->store, NULL, NULL, &r->standing, r->error);
    if (status == STATUS_OK)
        status = choose_documents(r);
    if (status == STATUS_OK)
        status = store_writer_open(r->store, r->arena, false, &r->writer, r->error);
    if (status == STATUS_OK)
        status = store_begin(r->writer, r->error);
    for (size_t i = 0; i < r->n && status == STATUS_OK; i++) {
        status = reread_one(r, r->documents[i]);
        if (status != STATUS_NOT_FOUND)
            continue;
        gone = status;
        status = STATUS_OK;
    }
    if (status == STATUS_OK)
        status = store_commit(r->writer, r->error);
    if (status == STATUS_OK)
        status = name_edits_apply(r->arena, r->notes_path, r->writer, &names, r->error);
    if (status == STATUS_OK && r->library->published)
        status = end_copy(r, r->n > 0 || names > 0);
    return status == STATUS_OK ? gone : status;
}

static enum status reread(struct rereading *r)
{
    r->lock = -1;
    r->arena = arena_new();
    if (r->arena == NULL)
        return error_set(r->error, STATUS_NO_MEMORY, "out of memory");
    enum status status = STATUS_OK;
    bool published = r->library->published;
    r->cache_path = r->library->cache_path;
    if (published)
        r->cache_path = str_printf(r->arena, "%s.next", r->library->own_path).p;
    if (r->n > 0 || r->changed || published)
        status = arena_protect(r->arena, reread_protected, r, r->error);
    store_writer_close(r->writer);
    store_close(r->store);
    if (status != STATUS_OK && published && r->lock >= 0)
        unlink(r->cache_path);
    /* One that cannot be made anew is not tried again and again. */
    if (status != STATUS_OK && r->lock >= 0 && own_copy_state(r->library) == OWN_COPY_STALE)
        own_copy_drop(r->library, r->cache_path);
    library_unlock(r->lock);
    arena_free(r->arena);
    if (published && status != STATUS_BUSY)
        library_refresh(r->library);
    return status;
}

enum status library_reread(struct library *library, const char *notes_path,
                           const uint32_t *documents, size_t n, struct error *e)
{
    struct rereading r = {
        .library = library, .notes_path = notes_path, .documents = documents, .n = n, .error = e};
    return reread(&r);
}

enum status library_recorrect(struct library *library, const char *notes_path, size_t *n,
                              struct error *e)
{
    struct rereading r = {
        .library = library, .notes_path = notes_path, .changed = true, .error = e};
    enum status status = reread(&r);
    if (n != NULL)
        *n = r.n;
    return status;
}
