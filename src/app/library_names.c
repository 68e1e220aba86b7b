/* The libraries that a person has. */
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
