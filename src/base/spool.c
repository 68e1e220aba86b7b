#include "baolan/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { MEMORY = SPOOL_BLOCK * SPOOL_BLOCKS };

static int open_file(void)
{
    const char *folders[] = {getenv("TMPDIR"), "/var/tmp", "/tmp"};
    int file = -1;
    for (size_t i = 0; i < sizeof folders / sizeof *folders && file < 0; i++) {
        char path[4096];
        int n = folders[i] == NULL || *folders[i] == '\0'
                    ? -1
                    : snprintf(path, sizeof path, "%s/baolan-spool-XXXXXX", folders[i]);
        if (n < 0 || (size_t)n >= sizeof path)
            continue;
        file = mkstemp(path); /* of mode 0600, and of no other's making */
        if (file >= 0)
            unlink(path);
    }
    if (file >= 0)
        fcntl(file, F_SETFD, FD_CLOEXEC);
    return file;
}

static enum status write_out(struct spool *s, const unsigned char *bytes, size_t n, struct error *e)
{
    while (n > 0) {
        ssize_t done = pwrite(s->file - 1, bytes, n, (off_t)s->written);
        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return error_set_errno(e, done < 0 ? errno : ENOSPC, "baolan-spool");
        bytes += done;
        n -= (size_t)done;
        s->written += (uint64_t)done;
    }
    return STATUS_OK;
}

/* All that is in memory goes to a file, and from then on a block at a time. */
static enum status go_to_file(struct spool *s, struct error *e)
{
    int file = open_file();
    enum status status = STATUS_OK;
    if (file < 0)
        return error_set_errno(e, errno, "baolan-spool");
    s->file = file + 1;
    for (int i = 0; i < SPOOL_BLOCKS && status == STATUS_OK; i++)
        status = write_out(s, s->blocks[i], SPOOL_BLOCK, e);
    return status;
}

/* Where the next byte goes, and how many there is room for. */
static unsigned char *room(struct spool *s, struct arena *a, size_t *n)
{
    size_t block = s->file > 0 ? 0 : (size_t)(s->size / SPOOL_BLOCK);
    size_t used = (size_t)(s->file > 0 ? s->size - s->written : s->size % SPOOL_BLOCK);
    if (s->blocks[block] == NULL)
        s->blocks[block] = arena_alloc(a, SPOOL_BLOCK);
    *n = SPOOL_BLOCK - used;
    return s->blocks[block] + used;
}

enum status spool_add(struct spool *s, struct arena *a, const void *bytes, size_t n,
                      struct error *e)
{
    const unsigned char *from = bytes;
    enum status status = STATUS_OK;
    while (n > 0) {
        size_t some;
        if (s->file == 0 && s->size == MEMORY)
            status = go_to_file(s, e);
        else if (s->file > 0 && s->size - s->written == SPOOL_BLOCK)
            status = write_out(s, s->blocks[0], SPOOL_BLOCK, e);
        if (status != STATUS_OK)
            return status;
        unsigned char *to = room(s, a, &some);
        some = some < n ? some : n;
        memcpy(to, from, some);
        from += some;
        n -= some;
        s->size += some;
    }
    return STATUS_OK;
}

static enum status read_in(const struct spool *s, uint64_t at, unsigned char *to, size_t n,
                           struct error *e)
{
    while (n > 0) {
        ssize_t done = pread(s->file - 1, to, n, (off_t)at);
        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return error_set_errno(e, done < 0 ? errno : EIO, "baolan-spool");
        to += done;
        n -= (size_t)done;
        at += (uint64_t)done;
    }
    return STATUS_OK;
}

enum status spool_read(const struct spool *s, uint64_t at, void *bytes, size_t n, struct error *e)
{
    unsigned char *to = bytes;
    enum status status = STATUS_OK;
    while (n > 0 && status == STATUS_OK) {
        size_t some = n;
        if (s->file > 0 && at < s->written) {
            some = s->written - at < n ? (size_t)(s->written - at) : n;
            status = read_in(s, at, to, some, e);
        } else {
            uint64_t from = s->file > 0 ? at - s->written : at;
            size_t inside = (size_t)(from % SPOOL_BLOCK);
            some = SPOOL_BLOCK - inside < n ? SPOOL_BLOCK - inside : n;
            memcpy(to, s->blocks[from / SPOOL_BLOCK] + inside, some);
        }
        to += some;
        at += some;
        n -= some;
    }
    return status;
}

void spool_close(struct spool *s)
{
    if (s->file > 0)
        close(s->file - 1);
    *s = (struct spool){0};
}
