/* The folders of the XDG Base Directory Specification, and the program's own data. */
#include "baolan/files.h"

#include <stdlib.h>
#include <unistd.h>

#ifndef BAOLAN_LOCALEDIR
#define BAOLAN_LOCALEDIR "/usr/local/share/locale"
#endif
#ifndef BAOLAN_SYSCONFDIR
#define BAOLAN_SYSCONFDIR "/etc"
#endif
#ifndef BAOLAN_DATADIR
#define BAOLAN_DATADIR "/usr/local/share/baolan"
#endif

static char *xdg_folder(struct arena *a, const char *variable, const char *below_home)
{
    const char *value = getenv(variable);
    /* The specification says that relative paths are to be ignored. */
    if (value != NULL && value[0] == '/')
        return path_join(a, value, "baolan");
    const char *home = getenv("HOME");
    if (home == NULL || home[0] != '/')
        home = "/";
    return path_join(a, path_join(a, home, below_home), "baolan");
}

const char *path_system_folder(void)
{
    return BAOLAN_SYSCONFDIR "/baolan";
}

char *path_config_folder(struct arena *a)
{
    return xdg_folder(a, "XDG_CONFIG_HOME", ".config");
}

char *path_cache_folder(struct arena *a)
{
    return xdg_folder(a, "XDG_CACHE_HOME", ".cache");
}

char *path_data_folder(struct arena *a)
{
    return xdg_folder(a, "XDG_DATA_HOME", ".local/share");
}

/* The folder `up` levels above the running binary, or NULL. */
static char *above_binary(struct arena *a, int up)
{
    char path[4096];
    ssize_t n = readlink("/proc/self/exe", path, sizeof path - 1);
    if (n <= 0)
        return NULL;
    for (; up >= 0; up--) {
        while (n > 0 && path[n - 1] != '/')
            n--;
        if (n > 0)
            n--;
    }
    return str_dup_c(a, (struct str){path, (size_t)n});
}

static char *existing(struct arena *a, const char *folder, const char *name)
{
    if (folder == NULL)
        return NULL;
    char *path = path_join(a, folder, name);
    return access(path, R_OK) == 0 ? path : NULL;
}

char *path_locale_folder(struct arena *a)
{
#define CATALOGUE "zh_CN/LC_MESSAGES/baolan.mo"
    /* build/baolan has build/locale beside it, build/tests/unit/NAME two folders up. */
    static const struct {
        int up;
        const char *below;
    } from_binary[] = {{0, "locale"}, {1, "share/locale"}, {1, "locale"}, {2, "locale"}};
    for (size_t i = 0; i < sizeof from_binary / sizeof *from_binary; i++) {
        char *above = above_binary(a, from_binary[i].up);
        char *folder = above == NULL ? NULL : path_join(a, above, from_binary[i].below);
        if (existing(a, folder, CATALOGUE) != NULL)
            return folder;
    }
    char *built = str_dup_c(a, str_of(BAOLAN_LOCALEDIR));
    return existing(a, built, CATALOGUE) != NULL ? built : NULL;
}

char *path_program_data(struct arena *a, const char *name)
{
    const char *told = getenv("BAOLAN_DATA");
    if (told != NULL && told[0] != '\0')
        return existing(a, told, name);
    /* PREFIX/bin/baolan has PREFIX/share/baolan beside it, which comes first: above PREFIX a `data`
     * may stand that is another's. build/baolan stands beside data/, build/tests/NAME one folder
     * deeper. */
    static const struct {
        int up;
        const char *below;
    } from_binary[] = {{1, "share/baolan"}, {1, "data"}, {2, "data"}, {3, "data"}};
    for (size_t i = 0; i < sizeof from_binary / sizeof *from_binary; i++) {
        char *above = above_binary(a, from_binary[i].up);
        if (above == NULL)
            break;
        char *found = existing(a, path_join(a, above, from_binary[i].below), name);
        if (found != NULL)
            return found;
    }
    return existing(a, BAOLAN_DATADIR, name);
}
