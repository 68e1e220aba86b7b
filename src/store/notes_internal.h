#ifndef BAOLAN_STORE_NOTES_INTERNAL_H
#define BAOLAN_STORE_NOTES_INTERNAL_H

#include "baolan/notes.h"
#include "internal.h"

struct notes {
    struct arena *arena; /* holds this */
    struct database db;
    const char *path;
    const char *warning; /* what is told of it, or NULL */
    enum status why;     /* of the warning */
    bool unchecked;      /* open as it stood, not to be written to */
    bool shared;         /* by a group: what SQLite makes beside it belongs to the group too */
};

/* Gives the files beside a shared one its group, which SQLite leaves to the process that makes
 * them. */
void notes_share_files(const struct notes *n);

/* Takes over what can be read of the damaged notes at a path; *saved counts rows. */
enum status notes_salvage(struct notes *n, const char *damaged, int64_t *saved, struct error *e);

/* A transaction: notes_end commits where status is STATUS_OK, else takes all back, and gives what
 * came of it. */
enum status notes_begin(struct notes *n, struct error *e);
enum status notes_end(struct notes *n, enum status status, struct error *e);

/* Adds an anchor; 0 for NULL. */
enum status notes_put_anchor(struct notes *n, const struct anchor *anchor, int64_t *id,
                             struct error *e);

/* The anchor in seven columns from `first` on, as ANCHOR_COLUMNS names them. */
#define ANCHOR_COLUMNS "a.sha256, a.path, a.passage_key, a.offset, a.quoted, a.before, a.after"
void notes_read_anchor(struct arena *a, sqlite3_stmt *st, int first, struct anchor *out);

#endif
