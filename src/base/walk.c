/* Walking folders: in order of name, each folder once, whatever links lead to it. */
#include "baolan/files.h"
#include "baolan/vector.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/stat.h>

struct walk {
    struct arena *arena;
    const char *const *endings;
    walk_visit *visit;
    void *context;
    VECTOR(struct file_stamp) entered;
    const char *const *paths;
    size_t n_paths;
    bool no_memory;
};

static bool tell_error(struct walk *w, const char *path, int number)
{
    struct error e = ERROR_NONE;
    error_set_errno(&e, number, path);
    return w->visit(w->context, WALK_ERROR, path, NULL, &e);
}

static bool ends_as_wanted(const struct walk *w, const char *name)
{
    size_t n = strlen(name);
    for (const char *const *ending = w->endings; *ending != NULL; ending++) {
        size_t m = strlen(*ending);
        if (n > m && strcasecmp(name + n - m, *ending) == 0)
            return true;
    }
    return false;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool was_entered(struct walk *w, const struct stat *st)
{
    for (size_t i = 0; i < w->entered.n; i++)
        if (w->entered.at[i].device == st->st_dev && w->entered.at[i].inode == st->st_ino)
            return true;
    struct file_stamp stamp = {.device = st->st_dev, .inode = st->st_ino};
    vector_push(w->arena, &w->entered, stamp);
    return false;
}

static bool walk_path(struct walk *w, const char *path, bool named);

struct reading {
    struct walk *walk;
    DIR *folder;
    VECTOR(char *) names;
    int number; /* errno, where it could not be read to its end */
};

static enum status read_names(void *context)
{
    struct reading *r = context;
    errno = 0;
    for (const struct dirent *entry; (entry = readdir(r->folder)) != NULL; errno = 0)
        if (entry->d_name[0] != '.') {
            char *name = str_dup_c(r->walk->arena, str_of(entry->d_name));
            vector_push(r->walk->arena, &r->names, name);
        }
    r->number = errno;
    return STATUS_OK;
}

static bool walk_folder(struct walk *w, const char *path)
{
    struct reading r = {.walk = w, .folder = opendir(path)};
    if (r.folder == NULL)
        return tell_error(w, path, errno);
    /* Where memory ends the folder is closed all the same. */
    enum status status = arena_protect(w->arena, read_names, &r, NULL);
    closedir(r.folder);
    if (status != STATUS_OK) {
        w->no_memory = true;
        return false;
    }
    if (r.number != 0 && !tell_error(w, path, r.number))
        return false;
    if (r.names.n > 0)
        qsort(r.names.at, r.names.n, sizeof *r.names.at, by_name);
    for (size_t i = 0; i < r.names.n; i++)
        if (!walk_path(w, path_join(w->arena, path, r.names.at[i]), false))
            return false;
    return true;
}

static bool walk_path(struct walk *w, const char *path, bool named)
{
    struct stat st;
    if (stat(path, &st) != 0)
        /* A dangling link below a folder is no file of the library. */
        return named || errno != ENOENT ? tell_error(w, path, errno) : true;
    if (S_ISDIR(st.st_mode))
        return was_entered(w, &st) ? true : walk_folder(w, path);
    if (!S_ISREG(st.st_mode)) {
        if (!named)
            return true;
        struct error e = ERROR_NONE;
        error_set(&e, STATUS_NOT_TEXT, "%s: not a regular file", path);
        return w->visit(w->context, WALK_ERROR, path, NULL, &e);
    }
    if (!named && !ends_as_wanted(w, path))
        return true;
    struct file_stamp stamp = {
        .size = st.st_size,
        .modified = (int64_t)st.st_mtim.tv_sec * 1000000000 + st.st_mtim.tv_nsec,
        .device = st.st_dev,
        .inode = st.st_ino,
    };
    return w->visit(w->context, WALK_FILE, path, &stamp, NULL);
}

static enum status walk_all(void *context)
{
    struct walk *w = context;
    for (size_t i = 0; i < w->n_paths; i++)
        if (!walk_path(w, w->paths[i], true))
            return w->no_memory ? STATUS_NO_MEMORY : STATUS_INTERRUPTED;
    return STATUS_OK;
}

enum status file_walk(const char *const *paths, size_t n_paths, const char *const *endings,
                      walk_visit *visit, void *context, struct error *e)
{
    struct walk w = {arena_new(), endings, visit, context, {0}, paths, n_paths, false};
    if (w.arena == NULL)
        return error_set(e, STATUS_NO_MEMORY, "out of memory");
    enum status status = arena_protect(w.arena, walk_all, &w, e);
    arena_free(w.arena);
    return status == STATUS_NO_MEMORY ? error_set(e, status, "out of memory") : status;
}
