/* Writing a library's cache: one writer at a time, a transaction a batch. */
#ifndef BAOLAN_STORE_WRITE_H
#define BAOLAN_STORE_WRITE_H

#include "baolan/files.h"
#include "baolan/store.h"

/* A writer over a store opened with STORE_WRITE; lives in the arena until store_writer_close. */
struct store_writer;

/* bulk: index segments are not merged while writing, but by store_writer_merge afterwards. */
enum status store_writer_open(struct store *s, struct arena *a, bool bulk,
                              struct store_writer **out, struct error *e);
/* Ends without committing what is open. */
void store_writer_close(struct store_writer *w);

/* A transaction; what is added between stands as a whole or not at all. */
enum status store_begin(struct store_writer *w, struct error *e);
enum status store_commit(struct store_writer *w, struct error *e);

/* What of a document takes time to make and nothing of the library: made in the arena by any
 * thread, with views into the document. */
struct prepared;
const struct prepared *store_prepare(struct arena *a, const struct document *d);

/* Puts a document in; one that had this path is taken out first. A path whose bytes did not change
 * is told by store_touch instead. */
enum status store_put(struct store_writer *w, struct str path, const struct file_stamp *stamp,
                      const struct document *d, const struct prepared *prepared, struct error *e);
/* The same content with a new stamp or at a new path. */
enum status store_touch(struct store_writer *w, uint32_t document, struct str path,
                        const struct file_stamp *stamp, struct error *e);
enum status store_remove(struct store_writer *w, uint32_t document, struct error *e);

/* Remembers, or forgets, a folder that was asked for. */
enum status store_add_folder(struct store_writer *w, struct str path, struct error *e);
enum status store_remove_folder(struct store_writer *w, struct str path, struct error *e);
/* Remembers that a file could not be read; status STATUS_OK forgets it. */
enum status store_put_problem(struct store_writer *w, struct str path,
                              const struct file_stamp *stamp, enum status status,
                              const char *message, struct error *e);

/* Remembers which corrections stood: the identities of those that were looked for. */
enum status store_set_looked_for(struct store_writer *w, const int64_t *identities, size_t n,
                                 struct error *e);

/* Copies a cache that nobody writes to another path. */
enum status store_copy(const char *from, const char *to, struct error *e);
/* Leaves the file whole by itself, without a journal beside it: for one that is to be published. */
enum status store_settle(struct store *s, struct error *e);

/* Passages written since the last store_begin. */
uint32_t store_batch_passages(const struct store_writer *w);

/* One step of merging the index, outside a transaction; *more tells whether there is another. */
enum status store_merge(struct store_writer *w, bool *more, struct error *e);

/* Calls visit for every file that the library knows at a path or below it (empty: everywhere), with
 * what an import compares: document is 0 for one that could not be read. */
typedef void known_visit(void *context, struct str path, int64_t size, int64_t modified,
                         uint32_t document);
enum status store_each_known(struct store *s, struct arena *a, struct str root, known_visit *visit,
                             void *context, struct error *e);

#endif
