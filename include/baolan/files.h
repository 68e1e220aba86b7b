/* Files and folders: reading, walking, writing safely, and the places of the XDG Base Directory
 * Specification 0.8. */
#ifndef BAOLAN_FILES_H
#define BAOLAN_FILES_H

#include "baolan/memory.h"

#include <stdint.h>

struct file_stamp {
    int64_t size;     /* bytes */
    int64_t modified; /* nanoseconds since 1970 */
    uint64_t device, inode;
};

/* Reads a regular file whole into the arena. STATUS_NOT_TEXT where path is neither a regular file
 * nor a link to one (a FIFO or device is never opened for reading); STATUS_DENIED,
 * STATUS_NOT_FOUND, STATUS_IO as the system says. stamp may be NULL. */
enum status file_read(struct arena *a, const char *path, struct str *bytes,
                      struct file_stamp *stamp, struct error *e);

/* Reads a stream (standard input) to its end into the arena. */
enum status file_read_descriptor(struct arena *a, int descriptor, struct str *bytes,
                                 struct error *e);

/* The stamp of a path, links followed. */
enum status file_stamp(const char *path, struct file_stamp *stamp, struct error *e);

/* True where path is a folder (links followed). */
bool file_is_folder(const char *path);

/* A pipe of which neither end waits or is handed on to other programs; false where there is none.
 */
bool file_make_pipe(int ends[2]);

/* Writes bytes to a new temporary file beside path, mode 0600, flushed to the disk, and renames it
 * to path. What stood at path stays whole until then. */
enum status file_replace(const char *path, struct str bytes, struct error *e);

/* Makes an empty file of that mode, whatever the umask is, where there is none. STATUS_DENIED where
 * a link stands at path that leads nowhere: nothing is made at its other end. */
enum status file_create(const char *path, unsigned mode, struct error *e);

/* Makes the folder and those above it: the ones made are of that mode, less what the umask takes;
 * 0700 for what is a person's own. */
enum status file_make_folders(const char *path, unsigned mode, struct error *e);

/* "folder/name" in the arena. */
char *path_join(struct arena *a, const char *folder, const char *name);
/* The last component of path. */
const char *path_name(const char *path);
/* path made absolute and normalised: links resolved where it exists, else "." and ".." undone. */
char *path_absolute(struct arena *a, const char *path);

/* What a walk found. */
enum walk_event {
    WALK_FILE,  /* a regular file whose name ends as wanted, or that was named itself */
    WALK_ERROR, /* path cannot be read; error tells why; the walk goes on */
};

/* Called for each find, in order of path within each folder. Returning false ends the walk. */
typedef bool walk_visit(void *context, enum walk_event event, const char *path,
                        const struct file_stamp *stamp, const struct error *error);

/* Walks paths: each a file, or a folder that is walked recursively for names ending in one of the
 * NULL-terminated endings (".txt"), letter case ignored. A folder is entered once however many
 * links lead to it; names that begin with a dot are passed over. STATUS_OK also where parts could
 * not be read (they were visited as WALK_ERROR); STATUS_INTERRUPTED where visit said so. */
enum status file_walk(const char *const *paths, size_t n_paths, const char *const *endings,
                      walk_visit *visit, void *context, struct error *e);

/* The folder of the administrator's configuration and lexicons: /etc/baolan, or as the program was
 * built. No variable of the environment changes it. */
const char *path_system_folder(void);

/* Where things of the program stand. Each is absolute, in the arena; folders are not made. */
char *path_config_folder(struct arena *a); /* $XDG_CONFIG_HOME/baolan or ~/.config/baolan */
char *path_cache_folder(struct arena *a);  /* $XDG_CACHE_HOME/baolan or ~/.cache/baolan */
char *path_data_folder(struct arena *a);   /* $XDG_DATA_HOME/baolan or ~/.local/share/baolan */

/* The file `name` of what the program reads as data: below $BAOLAN_DATA where that is set, else
 * data/ beside the build folder that the program runs from, else PREFIX/share/baolan of the
 * running binary, else that of the build. The first that exists; NULL where none does. */
char *path_program_data(struct arena *a, const char *name);

/* The folder of the message catalogues (LANGUAGE/LC_MESSAGES/baolan.mo): in the build folder that
 * the program runs from, else PREFIX/share/locale of the running binary, else that of the build.
 * NULL where there is none. */
char *path_locale_folder(struct arena *a);

#endif
