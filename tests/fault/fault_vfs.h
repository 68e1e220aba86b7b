/* A file system under SQLite that fails on demand: the n-th call of a kind fails, or every one from
 * the n-th on, as when a disk dies or fills up; a write may be torn in the middle. */
#ifndef TESTS_FAULT_VFS_H
#define TESTS_FAULT_VFS_H

#include <stdbool.h>

enum fault_call {
    FAULT_OPEN = 1,
    FAULT_READ = 2,
    FAULT_WRITE = 4, /* and truncating */
    FAULT_SYNC = 8,
    FAULT_LOCK = 16,
    FAULT_DELETE = 32,
    FAULT_MEMORY = 64, /* mapping the memory that processes share in WAL mode */
};

struct fault_plan {
    unsigned calls; /* bits of enum fault_call that count, and fail */
    long at;        /* the first that fails; 0: none, only counted */
    bool lasting;   /* all after it fail too */
    bool torn;      /* half of what is read or written is, before it fails */
    int code;       /* what SQLite is told; 0: an error of the kind of call */
};

/* Puts it under every database that is opened from now on. Call before the first. */
void fault_vfs_register(void);
/* From now on, calls are counted anew and fail as planned. */
void fault_vfs_plan(const struct fault_plan *plan);
/* Calls that counted since then; nothing fails any more. */
long fault_vfs_end(void);
/* Whether any call failed since fault_vfs_plan. */
bool fault_vfs_failed(void);

#endif
