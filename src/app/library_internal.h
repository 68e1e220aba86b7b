/* What the files of the library share. */
#ifndef BAOLAN_LIBRARY_INTERNAL_H
#define BAOLAN_LIBRARY_INTERNAL_H

#include "baolan/converter.h"
#include "baolan/correction.h"
#include "baolan/library.h"

#include <stdatomic.h>

/* The cache of library name (NULL: the default), in the arena. STATUS_BAD_INPUT where the name may
 * not be a folder's. */
enum status library_cache_path(struct arena *a, const char *name, const char **path,
                               struct error *e);

/* The right to write the cache at path: STATUS_BUSY where another has it. *lock is closed by
 * library_unlock. Makes the folders above it. */
enum status library_lock(struct arena *a, const char *cache_path, int *lock, struct error *e);
void library_unlock(int lock);

/* The version that a cache must have, of the program and of its lexicons as they stand now; the
 * lexicons are read where a file of them was written since they were last. */
uint64_t library_version(struct arena *a);

/* True where path is root or stands below it. */
bool path_is_below(struct str path, struct str root);

/* library_import that ends where *cancel becomes true. */
enum status library_import_until(const struct import_options *options, atomic_bool *cancel,
                                 struct error *e);

/* Of a published library: where the reader's own copy of it stands, as he put it right; and whether
 * there is one that is of what is published now. */
enum own_copy { OWN_COPY_NONE, OWN_COPY_FRESH, OWN_COPY_STALE };
const char *own_copy_of(struct arena *a, const char *published);
enum own_copy own_copy_state(struct library *library);
/* Puts the file that was made of what is published now in its place; or takes both away, where what
 * is published says all that was put right. */
enum status own_copy_keep(struct library *library, const char *made, struct error *e);
void own_copy_drop(struct library *library, const char *made);

/* The folders that the library of a name (NULL: the default) remembers. */
enum status library_folders(struct arena *a, const char *name, const struct str **folders,
                            size_t *n, struct error *e);

/* How a file is read. */
struct file_reading {
    const char *path;
    const char *settings; /* the .baolan file for it, or NULL */
    enum encoding encoding;
    const struct lexicons *lexicons;
    const struct corrections *corrections; /* NULL: none */
    const struct converters *converters;
    converter_stop *stop; /* may be NULL */
    void *context;        /* for stop */
};

/* Parses what stands at a path, whose bytes source holds already: they must live as long as the
 * arena. */
enum status file_parse(struct arena *a, const struct file_reading *reading, struct source *source,
                       struct document **out, struct error *e);

/* Corrections that stand in notes.db at a path (none where there is no such file), in the arena.
 * is_gone tells whether a file that the library knows is no longer there; NULL: none is. */
struct standing {
    const struct correction *list;
    size_t n;
    const struct corrections *all; /* the same, ready to be applied; NULL: none */
    const int64_t *identities;     /* of each */
    bool is_new; /* the library was last imported with others: set by standing_changed */
};
typedef bool path_is_gone(void *context, struct str path);
enum status standing_read(struct arena *a, const char *notes_path, struct store *s,
                          path_is_gone *is_gone, void *context, struct standing *out,
                          struct error *e);
/* The documents whose records are not as the standing corrections have them: those with one that no
 * longer stands, and those that a new one may be about. */
enum status standing_changed(struct arena *a, struct standing *standing, struct store *s,
                             const uint32_t **documents, size_t *n, struct error *e);
/* Of a published library: the documents that a correction which it does not know may be about, but
 * for those in which others stand that are not at hand here. */
enum status standing_added(struct arena *a, const struct standing *standing, struct store *s,
                           const uint32_t **documents, size_t *n, struct error *e);

#endif
