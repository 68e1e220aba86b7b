/* What the two sides of an import share: the walk, which lists what is to be read (import_walk.c),
 * and the threads that read and write it (import.c). */
#ifndef APP_IMPORT_INTERNAL_H
#define APP_IMPORT_INTERNAL_H

#include "baolan/converter.h"
#include "baolan/map.h"
#include "baolan/store_write.h"
#include "baolan/vector.h"
#include "library_internal.h"

#include <pthread.h>

#define SLOTS 32

/* A file that the library knows. */
struct known {
    int64_t size, modified;
    uint32_t document;
    bool seen;
};

/* A file to be read. */
struct todo {
    const char *path;
    const char *settings; /* the .baolan file for it, or NULL */
    struct file_stamp stamp;
    uint32_t document; /* that is known under this path, or 0 */
    bool may_be_same;  /* then its bytes may be those that were read: sha256 tells */
    unsigned char sha256[32];
};

struct outcome {
    const struct todo *todo;
    struct document *document; /* NULL: see status */
    const struct prepared *prepared;
    enum status status;
    bool same; /* the bytes are those that were read before */
    struct file_stamp stamp;
    char message[512];
};

struct slot {
    struct arena *arena; /* NULL where it is empty */
    struct outcome *outcomes;
    size_t n;
    bool full;
};

struct batch {
    size_t first, end; /* in todos */
    int64_t bytes;     /* of source */
};

/* Files that cannot be read for want of one program. */
struct missing {
    const struct converter *converter;
    uint64_t files;
};

struct import {
    const struct import_options *o;
    struct arena *arena;
    atomic_bool *cancel;
    struct error *error;
    const char *cache_path;
    struct lexicons *lexicons;
    struct converters *converters;
    VECTOR(struct missing) missing; /* converters that were wanted and have no program */
    struct standing standing;       /* corrections */
    struct store *store;
    struct store_writer *writer;
    int lock;
    struct str *roots;
    size_t n_roots;
    VECTOR(struct str) unreadable; /* folders that could not be read: nothing below them is gone */
    struct map known;              /* path → struct known */
    struct map settings;           /* folder → struct settings */
    VECTOR(struct todo) todos;
    VECTOR(struct batch) batches;
    /* Between the threads; next and slots are guarded by the mutex. */
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    struct slot slots[SLOTS];
    struct arena *idle[SLOTS]; /* of no slot; the last was used last, and is warm still */
    size_t n_idle;
    size_t next;    /* the batch that a parsing thread takes next */
    size_t written; /* batches that are written */
    int64_t ahead;  /* bytes of source of those between the two */
    bool stop;
    /* Of the writing side. */
    struct import_progress progress;
    int64_t began, told, batch_began;
    bool in_batch, bulk;
    enum status walk_status; /* of what was done at the finds of the walk */
};

bool import_is_cancelled(const struct import *m);
/* Tells the caller how far it is; not oftener than ten times a second unless `now`. */
void import_tell_progress(struct import *m, bool now);
/* Tells that a file or folder cannot be read, and counts it. */
void import_tell_problem(struct import *m, const char *path, const char *message);

/* The files and folders to be read: those of the options, else all that the library has. */
enum status import_find_roots(struct import *m);
/* Lists what is new or changed below them. */
enum status import_walk(struct import *m);
/* Whether a path that is known was looked for where it should be, and is not there. */
bool import_is_gone(const struct import *m, struct str path);
bool import_known_is_gone(void *context, struct str path);
/* Lists a document as changed, whatever its file says. */
enum status import_read_again(struct import *m, uint32_t document);

#endif
