/* A cache for one run, where the person's own cannot be written: in memory where the system has a
 * file system there. */
#include "baolan/files.h"
#include "baolan/message.h"
#include "commands.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static bool can_be_written(struct arena *a, const char *library)
{
    const char *folder =
        path_join(a, path_cache_folder(a), library == NULL ? LIBRARY_DEFAULT : library);
    if (file_make_folders(folder, 0700, NULL) != STATUS_OK || access(folder, W_OK | X_OK) != 0)
        return false;
    const char *cache = path_join(a, folder, "cache.db");
    return access(cache, F_OK) != 0 || access(cache, W_OK) == 0;
}

const char *private_cache_begin(struct arena *a, const char *library)
{
    const char *const folders[] = {getenv("XDG_RUNTIME_DIR"), "/dev/shm", getenv("TMPDIR"), "/tmp"};
    if ((library != NULL && strchr(library, '/') != NULL) || can_be_written(a, library))
        return NULL;
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        if (folders[i] == NULL || folders[i][0] != '/')
            continue;
        char *made = path_join(a, folders[i], "baolan-XXXXXX");
        if (mkdtemp(made) != NULL && setenv("XDG_CACHE_HOME", made, 1) == 0)
            return made;
    }
    return NULL;
}

static int remove_entry(const char *path, const struct stat *st, int flag, struct FTW *ftw)
{
    (void)st;
    (void)flag;
    (void)ftw;
    return remove(path);
}

void private_cache_end(const char *folder)
{
    if (folder != NULL)
        nftw(folder, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
}
