/* The version that a cache must have. Half a megabyte of lexicons would be read for it at each
 * start, so what they came to is kept, with the stamp that their files had. */
#include "baolan/clock.h"
#include "library_internal.h"

#include <stdlib.h>
#include <string.h>

/* A file that was just written may be written again without its time being another. */
#define SETTLED_MILLISECONDS 2000

struct known {
    unsigned long long stamp, version;
};

/* Where it is kept: no library can be called so. */
static const char *path_of_known(struct arena *a)
{
    return path_join(a, path_cache_folder(a), ".lexicons");
}

static bool read_known(struct arena *a, struct known *known)
{
    struct str text;
    if (file_read(a, path_of_known(a), &text, NULL, NULL) != STATUS_OK)
        return false;
    enum { HEXADECIMAL = 16 };
    char *end, *after;
    known->stamp = strtoull(str_dup_c(a, text), &end, HEXADECIMAL);
    known->version = strtoull(end, &after, HEXADECIMAL);
    return *end == ' ' && after > end + 1;
}

uint64_t library_version(struct arena *a)
{
    int64_t newest = 0;
    struct known known, now = {.stamp = lexicons_stamp(a, NULL, &newest)};
    if (read_known(a, &known) && known.stamp == now.stamp)
        return store_version(known.version);
    now.version = lexicons_read_version(a, NULL);
    if (clock_wall_milliseconds() - newest / 1000000 > SETTLED_MILLISECONDS)
        file_replace(path_of_known(a), str_printf(a, "%llx %llx\n", now.stamp, now.version), NULL);
    return store_version(now.version);
}
