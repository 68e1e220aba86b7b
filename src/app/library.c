/* Opening a library, taking files out of it, and the raw lines of its files. */
#include "baolan/files.h"
#include "baolan/message.h"
#include "baolan/sha256.h"
#include "baolan/store_write.h"
#include "baolan/utf8.h"
#include "baolan/vector.h"
#include "library_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static bool name_is_good(struct str name)
{
    if (name.n == 0 || name.n > 100)
        return false;
    for (size_t at = 0; at < name.n;) {
        uint32_t c = utf8_next(name, &at);
        if (!point_is_digit(c) && !point_is_latin(c) && !point_is_han(c) && c != '-' && c != '_')
            return false;
    }
    return true;
}

enum status library_cache_path(struct arena *a, const char *name, const char **path,
                               struct error *e)
{
    if (name == NULL)
        name = LIBRARY_DEFAULT;
    if (!name_is_good(str_of(name))) {
        error_set(e, STATUS_BAD_INPUT,
                  "%s: a library's name is letters, digits, \"-\", \"_\" and Han", name);
        return STATUS_BAD_INPUT;
    }
    *path = path_join(a, path_join(a, path_cache_folder(a), name), "cache.db");
    return STATUS_OK;
}

enum status library_lock(struct arena *a, const char *cache_path, int *lock, struct error *e)
{
    char *folder =
        str_dup_c(a, str_sub(str_of(cache_path), 0, (size_t)(path_name(cache_path) - cache_path)));
    enum status status = file_make_folders(folder, 0700, e);
    if (status != STATUS_OK)
        return status;
    const char *path = path_join(a, folder, "lock");
    *lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (*lock < 0)
        return error_set_errno(e, errno, path);
    if (flock(*lock, LOCK_EX | LOCK_NB) == 0)
        return STATUS_OK;
    close(*lock);
    *lock = -1;
    return error_set(e, STATUS_BUSY, "another process is importing into this library");
}

void library_unlock(int lock)
{
    if (lock >= 0)
        close(lock);
}

bool path_is_below(struct str path, struct str root)
{
    while (root.n > 0 && root.p[root.n - 1] == '/')
        root.n--;
    return str_starts(path, root) && (path.n == root.n || path.p[root.n] == '/');
}

struct opening {
    struct arena *arena;
    const char *name;
    const char *cache_path; /* of a published one, or NULL */
    bool at_once;           /* notes are looked through later */
    struct library *library;
    struct error *error;
};

static enum store_mode mode_of(const struct library *library)
{
    return library->published ? STORE_PUBLISHED : STORE_READ;
}

static bool identity_of(const char *path, struct file_stamp *stamp)
{
    return file_stamp(path, stamp, NULL) == STATUS_OK;
}

/* What is read: of a published library one's own copy, where it is of what is published now. */
static const char *path_to_read(struct library *library)
{
    return own_copy_state(library) == OWN_COPY_FRESH ? library->own_path : library->cache_path;
}

static void open_cache(struct library *library)
{
    const char *path = path_to_read(library);
    if (!identity_of(path, &library->opened))
        library->opened = (struct file_stamp){0};
    if (store_open(path, mode_of(library), library->version, &library->store, NULL) != STATUS_OK)
        library->store = NULL;
}

/* Who sits here, as far as the system knows. */
static const char *login_name(struct arena *a)
{
    static const char *const NAMES[] = {"USER", "LOGNAME"};
    const char *told = getenv("BAOLAN_AUTHOR");
    if (told != NULL && *told != '\0')
        return str_dup_c(a, str_of(told));
    const struct passwd *user = getpwuid(geteuid());
    if (user != NULL && user->pw_name != NULL && *user->pw_name != '\0')
        return str_dup_c(a, str_of(user->pw_name));
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        const char *value = getenv(NAMES[i]);
        if (value != NULL && *value != '\0')
            return str_dup_c(a, str_of(value));
    }
    return "reviewer";
}

static void tell_of_notes(const struct library *library, struct error *e)
{
    enum status why;
    const char *warning = library->notes == NULL ? NULL : notes_warning(library->notes, &why);
    if (warning != NULL)
        error_set(e, why, "%s", warning);
}

static enum status open_protected(void *context)
{
    struct opening *o = context;
    struct arena *a = o->arena;
    struct library *library = o->library = arena_new_of(a, struct library);
    library->arena = a;
    library->name = str_dup_c(a, str_of(o->name == NULL ? LIBRARY_DEFAULT : o->name));
    if (o->cache_path == NULL) {
        enum status status = library_cache_path(a, library->name, &library->cache_path, o->error);
        if (status != STATUS_OK)
            return status;
    } else {
        library->cache_path = str_dup_c(a, str_of(o->cache_path));
        library->own_path = own_copy_of(a, library->cache_path);
        library->published = true;
    }
    if (!library->published)
        library->version = library_version(a);
    const char *folder = path_data_folder(a);
    library->notes_path = path_join(a, folder, "notes.db");
    open_cache(library);
    /* A library can be read without what a person did. */
    if (file_make_folders(folder, 0700, o->error) != STATUS_OK ||
        (o->at_once ? notes_open_unchecked : notes_open)(library->notes_path, &library->notes,
                                                         o->error) != STATUS_OK)
        library->notes = NULL;
    tell_of_notes(library, o->error);
    library->marks = library->notes;
    library->marks_path = library->notes_path;
    return STATUS_OK;
}

const char *library_author(struct library *library)
{
    if (library->author == NULL)
        library->author = login_name(library->arena);
    return library->author;
}

static enum status open_any(const char *name, const char *cache_path, bool at_once,
                            struct library **out, struct error *e)
{
    struct opening o = {arena_new(), name, cache_path, at_once, NULL, e};
    *out = NULL;
    if (o.arena == NULL)
        return error_set(e, STATUS_NO_MEMORY, "out of memory");
    enum status status = arena_protect(o.arena, open_protected, &o, e);
    if (status == STATUS_OK)
        *out = o.library;
    else if (o.library != NULL)
        library_close(o.library);
    else
        arena_free(o.arena);
    return status;
}

static enum status open_published(const char *folder, bool at_once, struct library **out,
                                  struct error *e)
{
    char path[4096];
    snprintf(path, sizeof path, "%.4000s/cache.db", folder);
    enum status status = open_any(folder, path, at_once, out, e);
    if (status == STATUS_OK && *out != NULL && (*out)->store == NULL) {
        library_close(*out);
        *out = NULL;
        return error_set(e, STATUS_NOT_FOUND, "%s: not a library that can be read", path);
    }
    return status;
}

enum status library_open_published(const char *folder, struct library **out, struct error *e)
{
    return open_published(folder, false, out, e);
}

static enum status open_either(const char *name, bool at_once, struct library **out,
                               struct error *e)
{
    if (name != NULL && strchr(name, '/') != NULL)
        return open_published(name, at_once, out, e);
    return open_any(name, NULL, at_once, out, e);
}

enum status library_open(const char *name, struct library **out, struct error *e)
{
    return open_either(name, false, out, e);
}

enum status library_open_at_once(const char *name, struct library **out, struct error *e)
{
    return open_either(name, true, out, e);
}

void library_mend_notes(struct library *library, struct error *e)
{
    const char *told = library->notes == NULL ? NULL : notes_warning(library->notes, NULL);
    if (library->notes != NULL && notes_mend(library->notes, e) == STATUS_OK &&
        notes_warning(library->notes, NULL) != told)
        tell_of_notes(library, e);
}

void library_close(struct library *library)
{
    if (library == NULL)
        return;
    store_close(library->store);
    if (library->marks != library->notes)
        notes_close(library->marks);
    notes_close(library->notes);
    arena_free(library->arena);
}

const char *library_review_path(struct arena *a, const char *path)
{
    const char *home = getenv("HOME");
    bool below_home = strncmp(path, "~/", 2) == 0 && home != NULL;
    return path_absolute(a, below_home ? path_join(a, home, path + 2) : path);
}

struct sharing {
    struct library *library;
    const char *path, *author;
    struct error *error;
};

static enum status share_protected(void *context)
{
    const struct sharing *s = context;
    struct library *library = s->library;
    struct arena *a = library->arena;
    if (*s->author != '\0')
        library->author = str_dup_c(a, str_of(s->author));
    if (*s->path == '\0')
        return STATUS_OK;
    library->marks_path = library_review_path(a, s->path);
    library->marks = NULL;
    enum status status = notes_open_shared(library->marks_path, &library->marks, s->error), why;
    /* Marks that can be seen and not set. */
    if (status == STATUS_OK && notes_warning(library->marks, &why) != NULL)
        error_set(s->error, why, "%s", notes_warning(library->marks, NULL));
    return status;
}

enum status library_share(struct library *library, const char *path, const char *author,
                          struct error *e)
{
    struct sharing s = {library, path, author, e};
    if (library->marks != library->notes)
        notes_close(library->marks);
    library->marks = library->notes;
    library->marks_path = library->notes_path;
    enum status status = arena_protect(library->arena, share_protected, &s, e);
    /* One's own copy of a published library holds the corrections that stand in these marks. */
    library_refresh(library);
    return status;
}

bool library_refresh(struct library *library)
{
    struct file_stamp now;
    struct store *fresh;
    /* Another one was published: what was put right is put right in that one too. */
    if (own_copy_state(library) == OWN_COPY_STALE)
        library_recorrect(library, library->marks_path, NULL, NULL);
    const char *path = path_to_read(library);
    if (!identity_of(path, &now) ||
        (library->store != NULL && now.device == library->opened.device &&
         now.inode == library->opened.inode))
        return false;
    /* What is open goes on being read until there is something else that can be. */
    if (store_open(path, mode_of(library), library->version, &fresh, NULL) != STATUS_OK)
        return false;
    store_close(library->store);
    library->store = fresh;
    library->opened = now;
    return true;
}

struct forgetting {
    struct arena *arena;
    const char *library;
    const char *const *paths;
    size_t n_paths;
    uint64_t *removed;
    struct error *error;
    struct store *store;
    struct store_writer *writer;
    int lock;
    struct str *roots;
    bool *found; /* of each root: the library has something there */
    VECTOR(uint32_t) documents;
    VECTOR(struct str) problems;
};

static void collect(void *context, struct str path, int64_t size, int64_t modified,
                    uint32_t document)
{
    struct forgetting *f = context;
    (void)size;
    (void)modified;
    for (size_t i = 0; i < f->n_paths; i++) {
        if (!path_is_below(path, f->roots[i]))
            continue;
        f->found[i] = true;
        if (document != 0) {
            vector_push(f->arena, &f->documents, document);
        } else {
            struct str copy = str_dup(f->arena, path);
            vector_push(f->arena, &f->problems, copy);
        }
        return;
    }
}

static enum status remove_collected(struct forgetting *f)
{
    enum status status = store_writer_open(f->store, f->arena, false, &f->writer, f->error);
    if (status != STATUS_OK)
        return status;
    struct store_writer *w = f->writer;
    status = store_begin(w, f->error);
    for (size_t i = 0; i < f->documents.n && status == STATUS_OK; i++)
        status = store_remove(w, f->documents.at[i], f->error);
    for (size_t i = 0; i < f->problems.n && status == STATUS_OK; i++)
        status = store_put_problem(w, f->problems.at[i], NULL, STATUS_OK, "", f->error);
    for (size_t i = 0; i < f->n_paths && status == STATUS_OK; i++)
        status = store_remove_folder(w, f->roots[i], f->error);
    if (status == STATUS_OK)
        status = store_commit(w, f->error);
    if (status == STATUS_OK)
        *f->removed = f->documents.n;
    return status;
}

/* A folder that the library remembers is found, though nothing of it was read. */
static enum status find_remembered(struct forgetting *f)
{
    const struct str *folders;
    size_t n;
    enum status status = store_folders(f->store, f->arena, &folders, &n, f->error);
    for (size_t k = 0; k < n && status == STATUS_OK; k++)
        for (size_t i = 0; i < f->n_paths; i++)
            f->found[i] = f->found[i] || path_is_below(folders[k], f->roots[i]);
    return status;
}

static enum status say_absent(struct forgetting *f, const char *path)
{
    return error_set(f->error, STATUS_NOT_FOUND,
                     "%s is not in the library; baolan list shows what is", path);
}

static enum status forget_protected(void *context)
{
    struct forgetting *f = context;
    const char *cache_path = NULL;
    enum status status = library_cache_path(f->arena, f->library, &cache_path, f->error);
    if (status != STATUS_OK)
        return status;
    if (access(cache_path, F_OK) != 0)
        return say_absent(f, f->paths[0]);
    f->roots = arena_array(f->arena, struct str, f->n_paths + 1);
    f->found = arena_array(f->arena, bool, f->n_paths + 1);
    for (size_t i = 0; i < f->n_paths; i++)
        f->roots[i] = str_of(path_absolute(f->arena, f->paths[i]));
    status = library_lock(f->arena, cache_path, &f->lock, f->error);
    if (status == STATUS_OK)
        status = store_open(cache_path, STORE_WRITE, 0, &f->store, f->error);
    if (status == STATUS_OK)
        status = store_each_known(f->store, f->arena, STR(""), collect, f, f->error);
    if (status == STATUS_OK)
        status = find_remembered(f);
    if (status == STATUS_OK)
        status = remove_collected(f);
    for (size_t i = 0; i < f->n_paths && status == STATUS_OK; i++)
        if (!f->found[i])
            status = say_absent(f, f->paths[i]);
    return status;
}

enum status library_forget(const char *library, const char *const *paths, size_t n_paths,
                           uint64_t *removed, struct error *e)
{
    struct forgetting f = {.arena = arena_new(),
                           .library = library,
                           .paths = paths,
                           .n_paths = n_paths,
                           .removed = removed,
                           .error = e,
                           .lock = -1};
    *removed = 0;
    if (f.arena == NULL)
        return error_set(e, STATUS_NO_MEMORY, "out of memory");
    enum status status = arena_protect(f.arena, forget_protected, &f, e);
    store_writer_close(f.writer);
    store_close(f.store);
    library_unlock(f.lock);
    arena_free(f.arena);
    return status;
}

/* The text of a document's source: its file decoded, or what was made of it when it was read in. */
static enum status source_text(struct library *library, struct arena *a,
                               const struct stored_document *document, struct str bytes,
                               struct str *text, struct error *e)
{
    struct decoded decoded;
    if (library->store != NULL &&
        store_converted(library->store, a, document->id, text, NULL) == STATUS_OK)
        return STATUS_OK;
    enum status status = decode(a, bytes, document->encoding, &decoded, e);
    if (status == STATUS_OK)
        *text = decoded.text;
    return status;
}

enum status library_source_lines(struct library *library, struct arena *a,
                                 const struct stored_document *document, uint32_t first,
                                 uint32_t last, const struct raw_line **out, size_t *n,
                                 bool *changed, struct error *e)
{
    struct str bytes, rest;
    struct sha256 hash;
    unsigned char digest[32];
    VECTOR(struct raw_line) lines = {0};
    *n = 0;
    enum status status = file_read(a, str_dup_c(a, document->path), &bytes, NULL, e);
    if (status == STATUS_OK)
        status = source_text(library, a, document, bytes, &rest, e);
    if (status != STATUS_OK)
        return status;
    sha256_begin(&hash);
    sha256_add(&hash, bytes.p, bytes.n);
    sha256_end(&hash, digest);
    *changed = memcmp(digest, document->sha256, sizeof digest) != 0;
    for (uint32_t number = 1; rest.p != NULL && number <= last; number++) {
        struct raw_line line = {number, str_split(&rest, '\n')};
        while (line.text.n > 0 && line.text.p[0] == '\f')
            line.text = str_sub(line.text, 1, line.text.n);
        if (number >= first)
            vector_push(a, &lines, line);
    }
    *out = lines.at;
    *n = lines.n;
    return STATUS_OK;
}
