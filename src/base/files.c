#include "baolan/files.h"
#include "baolan/buffer.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static struct file_stamp stamp_of(const struct stat *st)
{
    return (struct file_stamp){
        .size = st->st_size,
        .modified = (int64_t)st->st_mtim.tv_sec * 1000000000 + st->st_mtim.tv_nsec,
        .device = st->st_dev,
        .inode = st->st_ino,
    };
}

enum status file_stamp(const char *path, struct file_stamp *stamp, struct error *e)
{
    struct stat st;
    if (stat(path, &st) != 0)
        return error_set_errno(e, errno, path);
    *stamp = stamp_of(&st);
    return STATUS_OK;
}

bool file_is_folder(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* Reads to the end, with room for so many bytes at first. */
static enum status read_all(struct arena *a, int descriptor, size_t room, const char *name,
                            struct str *bytes, struct error *e)
{
    size_t n = 0;
    char *p = arena_alloc(a, room);
    for (;;) {
        if (n == room) {
            p = arena_grow(a, p, room, room * 2);
            room *= 2;
        }
        ssize_t got = read(descriptor, p + n, room - n);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return error_set_errno(e, errno, name);
        if (got == 0)
            break;
        n += (size_t)got;
    }
    *bytes = (struct str){p, n};
    return STATUS_OK;
}

enum status file_read_descriptor(struct arena *a, int descriptor, struct str *bytes,
                                 struct error *e)
{
    return read_all(a, descriptor, (size_t)1 << 16, "standard input", bytes, e);
}

struct reading {
    struct arena *arena;
    int descriptor;
    const char *path;
    struct str *bytes;
    struct file_stamp *stamp;
    struct error *error;
};

static enum status read_open(void *context)
{
    const struct reading *r = context;
    int descriptor = r->descriptor;
    const char *path = r->path;
    struct error *e = r->error;
    struct stat st;
    if (fstat(descriptor, &st) != 0)
        return error_set_errno(e, errno, path);
    if (!S_ISREG(st.st_mode))
        return error_set(e, STATUS_NOT_TEXT, "%s: not a regular file", path);
    if (r->stamp != NULL)
        *r->stamp = stamp_of(&st);
    return read_all(r->arena, descriptor, (size_t)st.st_size + 1, path, r->bytes, e);
}

enum status file_read(struct arena *a, const char *path, struct str *bytes,
                      struct file_stamp *stamp, struct error *e)
{
    /* O_NONBLOCK: opening a FIFO without a writer must not wait. */
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0)
        return error_set_errno(e, errno, path);
    struct reading reading = {a, descriptor, path, bytes, stamp, e};
    /* Where memory ends the descriptor is closed all the same. */
    enum status status = arena_protect(a, read_open, &reading, e);
    close(descriptor);
    return status;
}

static bool write_all(int descriptor, struct str bytes)
{
    while (bytes.n > 0) {
        ssize_t put = write(descriptor, bytes.p, bytes.n);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return false;
        bytes = str_sub(bytes, (size_t)put, bytes.n);
    }
    return true;
}

enum status file_replace(const char *path, struct str bytes, struct error *e)
{
    char beside[4096];
    int n = snprintf(beside, sizeof beside, "%s.XXXXXX", path);
    if (n < 0 || (size_t)n >= sizeof beside)
        return error_set(e, STATUS_BAD_INPUT, "%s: the name is too long", path);
    int descriptor = mkstemp(beside);
    if (descriptor < 0)
        return error_set_errno(e, errno, path);
    bool good = write_all(descriptor, bytes) && fsync(descriptor) == 0;
    int number = errno;
    if (close(descriptor) != 0 && good) {
        good = false;
        number = errno;
    }
    if (good && rename(beside, path) != 0) {
        good = false;
        number = errno;
    }
    if (good)
        return STATUS_OK;
    unlink(beside);
    return error_set_errno(e, number, path);
}

enum status file_create(const char *path, unsigned mode, struct error *e)
{
    struct stat st;
    int descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, (mode_t)mode);
    if (descriptor < 0 && errno != EEXIST)
        return error_set_errno(e, errno, path);
    if (descriptor < 0)
        return stat(path, &st) == 0
                   ? STATUS_OK
                   : error_set(e, STATUS_DENIED, "%s: a link that leads nowhere", path);
    enum status status =
        fchmod(descriptor, (mode_t)mode) == 0 ? STATUS_OK : error_set_errno(e, errno, path);
    close(descriptor);
    return status;
}

enum status file_make_folders(const char *path, unsigned mode, struct error *e)
{
    char part[4096];
    size_t n = strlen(path);
    if (n >= sizeof part)
        return error_set(e, STATUS_BAD_INPUT, "%s: the name is too long", path);
    memcpy(part, path, n + 1);
    for (size_t i = 1; i <= n; i++) {
        if (part[i] != '/' && part[i] != '\0')
            continue;
        char kept = part[i];
        part[i] = '\0';
        if (mkdir(part, (mode_t)mode) != 0 && errno != EEXIST)
            return error_set_errno(e, errno, part);
        part[i] = kept;
    }
    if (!file_is_folder(path))
        return error_set_errno(e, ENOTDIR, path);
    return STATUS_OK;
}

char *path_join(struct arena *a, const char *folder, const char *name)
{
    struct buffer b = buffer_in(a);
    buffer_add_c(&b, folder);
    if (b.n > 0 && b.p[b.n - 1] != '/')
        buffer_add_byte(&b, '/');
    buffer_add_c(&b, name);
    buffer_c(&b);
    return b.p;
}

const char *path_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

/* Undoes "." and ".." of an absolute path by name alone. */
static char *normalise(struct arena *a, const char *path)
{
    struct buffer b = buffer_in(a);
    struct str rest = str_of(path);
    while (rest.p != NULL) {
        struct str part = str_split(&rest, '/');
        if (part.n == 0 || str_eq(part, STR(".")))
            continue;
        if (str_eq(part, STR(".."))) {
            while (b.n > 0 && b.p[--b.n] != '/')
                continue;
            continue;
        }
        buffer_add_byte(&b, '/');
        buffer_add(&b, part);
    }
    if (b.n == 0)
        buffer_add_byte(&b, '/');
    buffer_c(&b);
    return b.p;
}

char *path_absolute(struct arena *a, const char *path)
{
    char resolved[PATH_MAX];
    if (realpath(path, resolved) != NULL)
        return str_dup_c(a, str_of(resolved));
    if (path[0] == '/')
        return normalise(a, path);
    char here[4096];
    if (getcwd(here, sizeof here) == NULL)
        return str_dup_c(a, str_of(path));
    return normalise(a, path_join(a, here, path));
}

bool file_make_pipe(int ends[2])
{
    if (pipe(ends) != 0)
        return false;
    for (int i = 0; i < 2; i++) {
        fcntl(ends[i], F_SETFD, FD_CLOEXEC);
        fcntl(ends[i], F_SETFL, O_NONBLOCK);
    }
    return true;
}
