#include "app/restrict.h"

#include "baolan/files.h"

#include <pwd.h>
#include <stdlib.h>
#include <unistd.h>

bool restrict_may_run(const struct options *o, struct error *e)
{
    if (!options_is(o, OPTION_RESTRICTED, "yes"))
        return true;
    error_set(e, STATUS_DENIED, "restricted: no other program is run from here");
    return false;
}

/* The folder of a path as it is in truth; NULL where there is none. The caller frees it. */
static char *folder_of(const char *path)
{
    struct arena *a = arena_new();
    if (a == NULL)
        return NULL;
    size_t n = (size_t)(path_name(path) - path);
    char *folder = realpath(n > 1 ? str_dup_c(a, str_sub(str_of(path), 0, n - 1)) : "/", NULL);
    arena_free(a);
    return folder;
}

bool restrict_may_write(const struct options *o, const char *path, struct error *e)
{
    if (!options_is(o, OPTION_RESTRICTED, "yes"))
        return true;
    const struct passwd *user = getpwuid(geteuid());
    char *home = user == NULL ? NULL : realpath(user->pw_dir, NULL), *folder = folder_of(path);
    struct str below = str_of(folder), above = str_of(home);
    bool good = home != NULL && folder != NULL && above.n > 1 && str_starts(below, above) &&
                (below.n == above.n || below.p[above.n] == '/');
    free(home);
    free(folder);
    if (!good)
        error_set(e, STATUS_DENIED, "restricted: nothing is written outside the home folder");
    return good;
}
