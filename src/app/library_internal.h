/* What the files of the library share. */
#ifndef BAOLAN_LIBRARY_INTERNAL_H
#define BAOLAN_LIBRARY_INTERNAL_H

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

/* True where path is root or stands below it. */
bool path_is_below(struct str path, struct str root);

/* library_import that ends where *cancel becomes true. */
enum status library_import_until(const struct import_options *options, atomic_bool *cancel,
                                 struct error *e);

#endif
