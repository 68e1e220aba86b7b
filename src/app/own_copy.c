/* A published library as its reader has put it right.
 *
 * What is published is never written. Where a person's corrections do not stand in it yet, the
 * person reads a copy below the own cache, in which they do: made anew from what is published, with
 * all of them, whenever either changes, so that nothing has to be taken back in it. Beside it
 * stands what it is a copy of. Most readers have none, and all of these read one file. */
#include "baolan/map.h"
#include "library_internal.h"

#include <stdio.h>
#include <unistd.h>

enum { STAMP_ROOM = 128 };

const char *own_copy_of(struct arena *a, const char *published)
{
    const char *path = path_absolute(a, published);
    struct str name = str_printf(a, "%016llx", (unsigned long long)hash_bytes(path, strlen(path)));
    const char *all = path_join(a, path_cache_folder(a), ".read");
    return path_join(a, path_join(a, all, str_dup_c(a, name)), "cache.db");
}

static const char *beside(struct arena *a, const struct library *library)
{
    return str_printf(a, "%s.of", library->own_path).p;
}

/* What is published, as the file beside the copy names it; false where it is gone. */
static bool write_stamp(const struct library *library, char text[STAMP_ROOM])
{
    struct file_stamp s;
    if (file_stamp(library->cache_path, &s, NULL) != STATUS_OK)
        return false;
    snprintf(text, STAMP_ROOM, "%llx %llx %lld %lld\n", (unsigned long long)s.device,
             (unsigned long long)s.inode, (long long)s.size, (long long)s.modified);
    return true;
}

enum own_copy own_copy_state(struct library *library)
{
    char now[STAMP_ROOM];
    struct str kept = STR("");
    if (library->own_path == NULL || access(library->own_path, F_OK) != 0)
        return OWN_COPY_NONE;
    struct arena_mark mark = arena_mark(library->arena);
    file_read(library->arena, beside(library->arena, library), &kept, NULL, NULL);
    bool same = write_stamp(library, now) && str_eq(kept, str_of(now));
    arena_release(library->arena, mark);
    return same ? OWN_COPY_FRESH : OWN_COPY_STALE;
}

enum status own_copy_keep(struct library *library, const char *made, struct error *e)
{
    char now[STAMP_ROOM];
    if (!write_stamp(library, now))
        return error_set(e, STATUS_NOT_FOUND, "%s: it is gone", library->cache_path);
    if (rename(made, library->own_path) != 0)
        return error_set(e, STATUS_IO, "%s: it cannot be written", library->own_path);
    struct arena_mark mark = arena_mark(library->arena);
    enum status status = file_replace(beside(library->arena, library), str_of(now), e);
    arena_release(library->arena, mark);
    return status;
}

void own_copy_drop(struct library *library, const char *made)
{
    struct arena_mark mark = arena_mark(library->arena);
    unlink(made);
    unlink(library->own_path);
    unlink(beside(library->arena, library));
    arena_release(library->arena, mark);
}
