/* Bytes that are written once, one after the other, and read at any place: in memory while they are
 * few, then in a file without a name that goes with the program. So what is sorted may be longer
 * than memory. */
#ifndef BAOLAN_SPOOL_H
#define BAOLAN_SPOOL_H

#include "baolan/memory.h"

enum { SPOOL_BLOCK = 1 << 16, SPOOL_BLOCKS = 32 };

/* Zeroed, it is empty and in no need of spool_close. */
struct spool {
    unsigned char
        *blocks[SPOOL_BLOCKS]; /* in memory; of a file, the first is what is written next */
    int file;                  /* descriptor + 1; 0: in memory */
    uint64_t size, written;    /* bytes; of them in the file */
};

/* Adds n bytes. Memory is taken in the arena, 2 MB at most; beyond that a file is made in $TMPDIR,
 * /var/tmp or /tmp, of mode 0600. STATUS_IO, STATUS_DENIED as the
 * system says. */
enum status spool_add(struct spool *s, struct arena *a, const void *bytes, size_t n,
                      struct error *e);

/* Reads n bytes from `at`, all of which were added. */
enum status spool_read(const struct spool *s, uint64_t at, void *bytes, size_t n, struct error *e);

/* Forgets all; the arena's memory stays with it until it is reset. */
void spool_close(struct spool *s);

#endif
