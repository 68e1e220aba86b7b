/* The walk of an import: what is below the library's files and folders, against what it knows. */
#include "baolan/message.h"
#include "import_internal.h"

static const char *const plain_endings[] = {".txt", ".md", ".text", NULL};

/* True where the person named the path itself, and not a folder above it. */
static bool is_named(const struct import *m, const char *path)
{
    for (size_t i = 0; i < m->n_roots && m->o->n_paths > 0; i++)
        if (str_eq(m->roots[i], str_of(path)))
            return true;
    return false;
}

static void say_problem(struct import *m, const char *message)
{
    struct str cut = str_sub(str_of(message), 0, sizeof m->progress.problem - 1);
    while (cut.n > 0 && cut.n < strlen(message) && ((unsigned char)message[cut.n] & 0xC0) == 0x80)
        cut.n--;
    memcpy(m->progress.problem, cut.p, cut.n);
    m->progress.problem[cut.n] = '\0';
    if (m->o->problem != NULL)
        m->o->problem(m->o->context, message);
}

void import_tell_problem(struct import *m, const char *path, const char *message)
{
    m->progress.files_skipped++;
    m->progress.named_skipped += is_named(m, path);
    say_problem(m, message);
}

/* The settings that hold for a folder: the .baolan file in it, or in the nearest folder above it
 * that has one. */
struct settings {
    const char *path; /* NULL: none */
    int64_t modified;
};

static const struct settings *settings_of(struct import *m, struct str folder, int up)
{
    struct map_entry *entry = map_get(&m->settings, folder);
    if (entry != NULL)
        return entry->value.pointer;
    struct settings *mine = arena_new_of(m->arena, struct settings);
    const char *path = path_join(m->arena, str_dup_c(m->arena, folder), ".baolan");
    struct file_stamp stamp;
    if (file_stamp(path, &stamp, NULL) == STATUS_OK) {
        *mine = (struct settings){path, stamp.modified};
    } else if (up > 0) {
        size_t slash = str_find_last(folder, STR("/"));
        if (slash != STR_NONE && slash > 0)
            *mine = *settings_of(m, str_sub(folder, 0, slash), up - 1);
    }
    map_put(&m->settings, str_dup(m->arena, folder), NULL)->value.pointer = mine;
    return mine;
}

static void add_todo(struct import *m, const char *path, const struct file_stamp *stamp,
                     const struct settings *settings, const struct known *known)
{
    struct todo todo = {.path = str_dup_c(m->arena, str_of(path)),
                        .settings = settings->path,
                        .stamp = *stamp,
                        .document = known == NULL ? 0 : known->document};
    if (todo.document != 0 && settings->modified <= known->modified &&
        m->o->encoding == ENCODING_AUTO) {
        struct arena_mark mark = arena_mark(m->arena);
        struct stored_document d;
        if (store_document(m->store, m->arena, todo.document, &d, NULL) == STATUS_OK) {
            memcpy(todo.sha256, d.sha256, sizeof todo.sha256);
            todo.may_be_same = true;
        }
        arena_release(m->arena, mark);
    }
    vector_push(m->arena, &m->todos, todo);
    m->progress.bytes_found += (uint64_t)stamp->size;
}

/* What the library keeps as a file's time: settings that are newer make it newer. */
static struct file_stamp stamp_with(const struct file_stamp *stamp, const struct settings *settings)
{
    struct file_stamp with = *stamp;
    if (settings->modified > with.modified)
        with.modified = settings->modified;
    return with;
}

/* Counts a file whose converter has no program: that is told once, not for each file. */
static bool is_without_program(struct import *m, const char *path)
{
    const struct converter *converter = converter_for(m->converters, path);
    if (converter == NULL || converter->argv != NULL)
        return false;
    m->progress.files_skipped++;
    m->progress.named_skipped += is_named(m, path);
    for (size_t i = 0; i < m->missing.n; i++)
        if (m->missing.at[i].converter == converter) {
            m->missing.at[i].files++;
            return true;
        }
    struct missing one = {converter, 1};
    vector_push(m->arena, &m->missing, one);
    return true;
}

static void tell_missing(struct import *m)
{
    for (size_t i = 0; i < m->missing.n; i++) {
        const struct missing *one = &m->missing.at[i];
        struct error why = ERROR_NONE, both = ERROR_NONE;
        converter_say_missing(one->converter, &why);
        error_set(&both, why.status, "%llu files %s were not read: %s",
                  (unsigned long long)one->files, one->converter->ending, why.message);
        say_problem(m, both.message);
    }
}

static bool note_find(struct import *m, enum walk_event event, const char *path,
                      const struct file_stamp *stamp, const struct error *error)
{
    if (event == WALK_ERROR) {
        /* A folder that is not there now, a stick that was taken out, keeps what was read of it. */
        if (error->status != STATUS_NOT_FOUND || m->o->n_paths == 0) {
            struct str copy = str_dup(m->arena, str_of(path));
            vector_push(m->arena, &m->unreadable, copy);
        }
        import_tell_problem(m, path, error->message);
        return !import_is_cancelled(m);
    }
    m->progress.files_found++;
    size_t folder = (size_t)(path_name(path) - path);
    const struct settings *settings =
        settings_of(m, str_sub(str_of(path), 0, folder > 1 ? folder - 1 : folder), 16);
    struct file_stamp with = stamp_with(stamp, settings);
    struct map_entry *entry = map_get(&m->known, str_of(path));
    struct known *known = entry == NULL ? NULL : entry->value.pointer;
    if (known != NULL && known->seen)
        return true;
    if (known != NULL)
        known->seen = true;
    /* Who names a file that could not be read is to hear again why. */
    bool again = known != NULL && known->document == 0 && is_named(m, path);
    if (known != NULL && !again && known->size == with.size && known->modified == with.modified &&
        m->o->encoding == ENCODING_AUTO) {
        m->progress.files_unchanged++;
        m->progress.files_done++;
    } else if (is_without_program(m, path)) {
        m->progress.files_done++;
    } else {
        add_todo(m, path, &with, settings, known);
    }
    import_tell_progress(m, false);
    return !import_is_cancelled(m);
}

static void remember_known(void *context, struct str path, int64_t size, int64_t modified,
                           uint32_t document)
{
    struct import *m = context;
    struct known *known = arena_new_of(m->arena, struct known);
    *known = (struct known){size, modified, document, false};
    map_put(&m->known, str_dup(m->arena, path), NULL)->value.pointer = known;
}

/* What was asked for, made absolute, or else what the library remembers. */
enum status import_find_roots(struct import *m)
{
    const struct str *folders;
    enum status status = STATUS_OK;
    if (m->o->n_paths == 0) {
        /* What the library that is named remembers, or else what was published. */
        if (m->o->publish != NULL && m->o->library != NULL)
            library_folders(m->arena, m->o->library, &folders, &m->n_roots, NULL);
        if (m->n_roots == 0)
            status = store_folders(m->store, m->arena, &folders, &m->n_roots, m->error);
        m->roots = arena_array(m->arena, struct str, m->n_roots + 1);
        for (size_t i = 0; i < m->n_roots && status == STATUS_OK; i++)
            m->roots[i] = folders[i];
        return status;
    }
    m->n_roots = m->o->n_paths;
    m->roots = arena_array(m->arena, struct str, m->n_roots + 1);
    for (size_t i = 0; i < m->n_roots; i++)
        m->roots[i] = str_of(path_absolute(m->arena, m->o->paths[i]));
    return status;
}

struct find {
    struct import *import;
    enum walk_event event;
    const char *path;
    const struct file_stamp *stamp;
    const struct error *error;
    bool goes_on;
};

static enum status take_find(void *context)
{
    struct find *f = context;
    f->goes_on = note_find(f->import, f->event, f->path, f->stamp, f->error);
    return STATUS_OK;
}

/* Where memory ends here the walk is ended, which lets go of its own. */
static bool visit(void *context, enum walk_event event, const char *path,
                  const struct file_stamp *stamp, const struct error *error)
{
    struct import *m = context;
    struct find find = {m, event, path, stamp, error, false};
    m->walk_status = arena_protect(m->arena, take_find, &find, m->error);
    return find.goes_on;
}

enum status import_walk(struct import *m)
{
    const char **paths = arena_array(m->arena, const char *, m->n_roots + 1);
    for (size_t i = 0; i < m->n_roots; i++)
        paths[i] = str_dup_c(m->arena, m->roots[i]);
    m->known = map_in(m->arena);
    m->settings = map_in(m->arena);
    enum status status = STATUS_OK;
    for (size_t i = 0; i < m->n_roots && status == STATUS_OK; i++)
        status = store_each_known(m->store, m->arena, m->roots[i], remember_known, m, m->error);
    if (status == STATUS_OK)
        status =
            file_walk(paths, m->n_roots, converters_endings(m->converters, m->arena, plain_endings),
                      visit, m, m->error);
    if (m->walk_status != STATUS_OK)
        return error_set(m->error, m->walk_status, "out of memory");
    tell_missing(m);
    m->progress.walk_done = true;
    import_tell_progress(m, true);
    return status;
}

bool import_is_gone(const struct import *m, struct str path)
{
    bool below = false;
    for (size_t i = 0; i < m->n_roots && !below; i++)
        below = path_is_below(path, m->roots[i]);
    for (size_t i = 0; i < m->unreadable.n && below; i++)
        below = !path_is_below(path, m->unreadable.at[i]);
    return below;
}

/* --- Corrections: what they are about is read again, though its file did not change. */

bool import_known_is_gone(void *context, struct str path)
{
    struct import *m = context;
    const struct map_entry *entry = map_get(&m->known, path);
    const struct known *known = entry == NULL ? NULL : entry->value.pointer;
    return known != NULL && !known->seen && import_is_gone(m, path);
}

enum status import_read_again(struct import *m, uint32_t document)
{
    struct stored_document d;
    struct file_stamp stamp;
    for (size_t i = 0; i < m->todos.n; i++)
        if (m->todos.at[i].document == document) {
            m->todos.at[i].may_be_same = false;
            return STATUS_OK;
        }
    enum status status = store_document(m->store, m->arena, document, &d, m->error);
    const char *path = status == STATUS_OK ? str_dup_c(m->arena, d.path) : "";
    if (status != STATUS_OK || import_known_is_gone(m, d.path) ||
        file_stamp(path, &stamp, NULL) != STATUS_OK)
        return status;
    size_t folder = (size_t)(path_name(path) - path);
    const struct settings *settings =
        settings_of(m, str_sub(d.path, 0, folder > 1 ? folder - 1 : folder), 16);
    struct file_stamp with = stamp_with(&stamp, settings);
    if (map_get(&m->known, d.path) == NULL)
        remember_known(m, d.path, d.size, d.modified, document);
    struct known *known = map_get(&m->known, d.path)->value.pointer;
    if (known->seen) {
        m->progress.files_unchanged--;
        m->progress.files_done--;
    }
    add_todo(m, path, &with, settings, known);
    m->todos.at[m->todos.n - 1].may_be_same = false;
    return STATUS_OK;
}
