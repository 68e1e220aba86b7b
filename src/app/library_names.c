/* The libraries that a person has, and what they remember. */
#include "baolan/vector.h"
#include "library_internal.h"

#include <dirent.h>
#include <unistd.h>

const char *const *library_names(struct arena *a, size_t *n)
{
    VECTOR(const char *) names = {0};
    const char *folder = path_cache_folder(a);
    DIR *d = opendir(folder);
    for (struct dirent *entry = d == NULL ? NULL : readdir(d); entry != NULL; entry = readdir(d)) {
        const char *cache = path_join(a, path_join(a, folder, entry->d_name), "cache.db");
        if (entry->d_name[0] == '.' || access(cache, R_OK) != 0)
            continue;
        size_t at = names.n;
        vector_push(a, &names, str_dup_c(a, str_of(entry->d_name)));
        for (; at > 0 && strcmp(names.at[at - 1], names.at[at]) > 0; at--) {
            const char *later = names.at[at - 1];
            names.at[at - 1] = names.at[at];
            names.at[at] = later;
        }
    }
    if (d != NULL)
        closedir(d);

    *n = names.n;
    return names.at;
}

enum status library_folders(struct arena *a, const char *name, const struct str **folders,
                            size_t *n, struct error *e)
{
    const char *path;
    struct store *named;
    enum status status = library_cache_path(a, name, &path, e);
    if (status == STATUS_OK)
        status = store_open(path, STORE_READ, 0, &named, e);
    if (status != STATUS_OK)
        return status;
    status = store_folders(named, a, folders, n, e);
    store_close(named);
    return status;
}
