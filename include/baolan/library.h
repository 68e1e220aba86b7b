/* A library: folders with a name, their cache, and the notes beside it. */
#ifndef BAOLAN_LIBRARY_H
#define BAOLAN_LIBRARY_H

#include "baolan/files.h"
#include "baolan/lexicon.h"
#include "baolan/notes.h"
#include "baolan/store.h"

#define LIBRARY_DEFAULT "default"

/* What the interface notes the library under that it was left in: no library can be called so. */
#define LIBRARY_LAST STR("<last>")

struct library {
    struct arena *arena; /* holds this and what it points to */
    const char *name;    /* of a published one: its folder */
    bool published;
    const char *cache_path; /* $XDG_CACHE_HOME/baolan/NAME/cache.db */
    const char *own_path; /* of a published one: the reader's copy of it, if he put things right */
    const char *notes_path;   /* $XDG_DATA_HOME/baolan/notes.db */
    uint64_t version;         /* that the cache must have; 0 until the lexicons are read */
    struct store *store;      /* a reader, or NULL: nothing was imported yet */
    struct file_stamp opened; /* the file that the store reads */
    struct notes *notes;      /* NULL where it cannot be opened */
    struct notes *marks;      /* where marks are kept: notes, or a review file that is shared */
    const char *marks_path;
    const char *author; /* of the marks set here; NULL: not asked yet, see library_author */
};

/* Opens the library NAME (NULL: LIBRARY_DEFAULT) for reading; name is letters, digits, "-", "_" and
 * Han. STATUS_OK with store == NULL where it has no cache yet or one of another version (then the
 * folders in it are read anew by library_import with no paths). A notes.db that cannot be opened
 * fills *e, and the library opens without it; one that was damaged fills it too (notes_recovered).
 */
enum status library_open(const char *name, struct library **out, struct error *e);
/* The same for a first screen, with what it does not need left for library_mend_notes, which is to
 * be called before anything is noted, and which fills *e as library_open does. */
enum status library_open_at_once(const char *name, struct library **out, struct error *e);
void library_mend_notes(struct library *library, struct error *e);
/* A published library, by its folder: not a byte is written below it; notes are the person's own.
 * library_open gives the same for a name with a slash in it. */
enum status library_open_published(const char *folder, struct library **out, struct error *e);
void library_close(struct library *library);
/* Keeps marks from now on in the review file at path ("~/" is the home folder), which a group
 * shares; everything else stays in the person's own notes. An empty path: in those too. Where it
 * cannot be opened *e is filled and library->marks is NULL: a mark must not go elsewhere than it
 * seems to. author names who sets them; empty: $BAOLAN_AUTHOR, else the login name. */
enum status library_share(struct library *library, const char *path, const char *author,
                          struct error *e);
/* Who sets marks here: as told to library_share, else as the system knows; it is asked once. */
const char *library_author(struct library *library);
/* The names of the person's libraries, in order; *n of them, in the arena. */
const char *const *library_names(struct arena *a, size_t *n);
/* Where a review file is that a configuration names: "~/" is the home folder. */
const char *library_review_path(struct arena *a, const char *path);
/* Opens the cache anew where another file stands at its path, or it had none; true where it did.
 * Records and ids read before are then of another cache. */
bool library_refresh(struct library *library);

/* How far an import has come. Plain numbers, copied whole. */
struct import_progress {
    uint64_t files_found; /* by the walk so far */
    bool walk_done;
    uint64_t files_done; /* read, or found unchanged */
    uint64_t files_read, files_unchanged, files_gone, files_skipped /* with a problem */;
    uint64_t named_skipped;           /* of those, what stands in paths itself */
    uint64_t bytes_found, bytes_done; /* of the files that are read */
    double seconds;
    bool merging;      /* the index is being merged: nothing more to read */
    char path[256];    /* the file at hand, cut at the front, without controls */
    char problem[256]; /* the last one told; empty: none */
};

struct import_options {
    const char *library; /* NULL: LIBRARY_DEFAULT */
    const char *const *paths;
    size_t n_paths; /* 0: the folders that the library remembers; what stood below one that is not
                       there now is kept */
    enum encoding encoding;
    /* A folder whose cache.db is a published library, read by others while a new one is made beside
     * it and renamed into its place; NULL: the person's own cache. */
    const char *publish;
    /* The notes.db that corrections are taken from; NULL: the person's own. */
    const char *corrections;
    /* Called from the importing thread: at most ten times a second, and once at the end. */
    void (*progress)(void *context, const struct import_progress *progress);
    /* A file that was not read in, one line; from the importing thread. */
    void (*problem)(void *context, const char *message);
    void *context;
};

struct import_job;

/* Imports on the calling thread (which writes) and one of its own (which parses). STATUS_BUSY where
 * another process imports into the same library; STATUS_INTERRUPTED after import_cancel, with what
 * was done kept. */
enum status library_import(const struct import_options *options, struct error *e);

/* The same on a thread of its own. The options and what they point to must live until
 * import_join. */
enum status import_start(const struct import_options *options, struct import_job **out,
                         struct error *e);
/* Readable when there is news: the job writes a byte to it, at most ten times a second, and one at
 * its end. For poll(). */
int import_descriptor(const struct import_job *job);
/* A copy of how far it is; true while it runs. Empties the descriptor. */
bool import_poll(struct import_job *job, struct import_progress *out);
/* Asks it to stop; it does within a file. */
void import_cancel(struct import_job *job);
/* Waits for the end and frees the job. */
enum status import_join(struct import_job *job, struct error *e);

/* Reads documents anew from their files and writes them with the corrections that stand in the
 * notes at notes_path. STATUS_BUSY while another process imports. A document whose file is gone is
 * left as it is, with STATUS_NOT_FOUND. In a published library all that stand hold from now on in
 * the reader's own copy of it, which is opened in its place: records read before are of another
 * cache. */
enum status library_reread(struct library *library, const char *notes_path,
                           const uint32_t *documents, size_t n, struct error *e);

/* The same for the documents whose records are not as the corrections have them that stand now:
 * some were made elsewhere. *n (may be NULL) counts them. */
enum status library_recorrect(struct library *library, const char *notes_path, size_t *n,
                              struct error *e);

/* The .baolan file of the nearest folder above an absolute path, in the arena, or NULL. */
const char *library_settings_above(struct arena *a, struct str path);

/* Ends library_import that runs in this process; may be called from a signal handler. */
void library_import_interrupt(void);

/* Takes paths (files, or folders with all below them) out of the library, and out of what it
 * remembers; *removed counts documents. STATUS_NOT_FOUND where a path is not in it: the others
 * are taken out all the same. */
enum status library_forget(const char *library, const char *const *paths, size_t n_paths,
                           uint64_t *removed, struct error *e);

/* Raw lines [first, last] of a document's file, decoded and without controls, as it stands on the
 * disk now; *changed tells that it is no longer the one that was read. */
struct raw_line {
    uint32_t number;
    struct str text;
};
enum status library_source_lines(struct library *library, struct arena *a,
                                 const struct stored_document *document, uint32_t first,
                                 uint32_t last, const struct raw_line **out, size_t *n,
                                 bool *changed, struct error *e);

#endif
