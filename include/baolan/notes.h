/* What a person did: marks, notes, bookmarks, history, last positions. A file of its own, durable
 * when a function returns, never touched by an import. Everything stands on content: a hash of what
 * it is about, and an anchor that finds its words again. */
#ifndef BAOLAN_NOTES_H
#define BAOLAN_NOTES_H

#include "baolan/buffer.h"
#include "baolan/store.h"

struct notes;

/* Opens notes.db at path, made where it is missing; older ones are brought up to date, a step a
 * transaction, after a copy beside them (PATH.before-N). */
enum status notes_open(const char *path, struct notes **out, struct error *e);
/* For a first screen: opens what can be read as it stands without making anything beside it, or
 * looking through the whole for damage, which grows with the notes. notes_mend, to be called before
 * anything is written, opens it as notes_open does; where that fails it can only be closed. */
enum status notes_open_unchecked(const char *path, struct notes **out, struct error *e);
enum status notes_mend(struct notes *n, struct error *e);
/* The same of a review file that a group shares: its mode and group are respected, and where it is
 * made here, they are its folder's. STATUS_UNSUPPORTED, for both, where path is a database of
 * another program or was made by a later one. */
enum status notes_open_shared(const char *path, struct notes **out, struct error *e);
void notes_close(struct notes *n);
/* What a person must know before the first mark, or NULL. STATUS_CORRUPT in *why (may be NULL):
 * they were damaged; how many records were recovered into new ones, and where the damaged file is
 * kept (shared ones are left as they are, and not opened). STATUS_DENIED: they can be read alone.
 */
const char *notes_warning(const struct notes *n, enum status *why);
/* Changes when another connection has committed. */
int64_t notes_data_version(struct notes *n);
enum status notes_check(struct notes *n, struct arena *a, struct str *message, struct error *e);

struct mark {
    struct str kind;     /* proposal, article, document, entity, finding */
    int64_t content_key; /* of the record */
    struct str field;    /* reading, handling, note, tag, … */
    struct str value;    /* empty: taken back */
    struct str author;
    int64_t time;                /* milliseconds since 1970; 0 given to notes_put_mark: now */
    const struct anchor *anchor; /* for notes_put_marks: where it stands, or NULL; never read */
};

/* Sets a field; the value before stays in the history. anchor may be NULL. */
enum status notes_put_mark(struct notes *n, const struct mark *mark, const struct anchor *anchor,
                           struct error *e);
/* The same for many at once, in one transaction. */
enum status notes_put_marks(struct notes *n, const struct mark *marks, size_t count,
                            struct error *e);
/* The fields that stand of one record, the latest of each author, by field; empty values left out.
 */
enum status notes_marks_of(struct notes *n, struct arena *a, struct str kind, int64_t content_key,
                           const struct mark **out, size_t *count, struct error *e);
/* All that stand of a kind, by content_key and field. */
enum status notes_marks(struct notes *n, struct arena *a, struct str kind, const struct mark **out,
                        size_t *count, struct error *e);
/* Where the marks of a record stand, as far as any of them told: the latest. STATUS_NOT_FOUND where
 * none did. */
enum status notes_mark_anchor(struct notes *n, struct arena *a, struct str kind,
                              int64_t content_key, struct anchor *out, struct error *e);
/* When the author last set a mark, in milliseconds since 1970; 0: never. */
enum status notes_last_mark(struct notes *n, struct str author, int64_t *time, struct error *e);
/* Takes back the author's latest change: what stood before stands again. STATUS_NOT_FOUND where
 * there is none. *undone (may be NULL) is the mark that was taken back. */
enum status notes_undo_mark(struct notes *n, struct arena *a, struct str author,
                            struct mark *undone, struct error *e);

/* Corrections, see baolan/correction.h. Sets one; time 0: now. */
struct correction;
enum status notes_put_correction(struct notes *n, const struct correction *c, struct error *e);
/* The same for many at once, in one transaction; those that stand already are passed over, and
 * *added (may be NULL) counts the others. */
enum status notes_put_corrections(struct notes *n, const struct correction *list, size_t count,
                                  size_t *added, struct error *e);
/* All of a kind (an empty one: of all kinds), in the order in which they were made. */
enum status notes_corrections(struct notes *n, struct arena *a, struct str kind,
                              const struct correction **out, size_t *count, struct error *e);
/* Reads corrections from text, a JSON object a line, as `baolan corrections --json` writes them;
 * what is none is counted in *bad. They are not set. */
enum status notes_read_corrections(struct notes *n, struct arena *a, struct str text,
                                   const struct correction **out, size_t *count, size_t *bad,
                                   struct error *e);
/* A number that changes when a correction is made or taken away. */
int64_t notes_corrections_stamp(struct notes *n);
/* Takes one away for good; what stood before it stands again. STATUS_NOT_FOUND where it is gone. */
enum status notes_remove_correction(struct notes *n, int64_t id, struct error *e);

/* Records of a kind that were drawn from a library to be judged, each known by its anchor. */
struct sampled {
    struct anchor anchor;
    char answer; /* 'y' right, 'n' wrong, '\0' not yet judged */
};
/* Keeps a sample; *id is its. Records that have an answer are judged already. */
enum status notes_put_sample(struct notes *n, struct str library, struct str kind, uint64_t seed,
                             const struct sampled *records, size_t count, int64_t *id,
                             struct error *e);
/* The latest sample of a library and kind, in order. STATUS_NOT_FOUND where there is none. */
enum status notes_sample(struct notes *n, struct arena *a, struct str library, struct str kind,
                         int64_t *id, uint64_t *seed, const struct sampled **out, size_t *count,
                         struct error *e);
enum status notes_answer_sample(struct notes *n, int64_t id, size_t index, char answer,
                                struct error *e);

/* All of it as JSON, for keeping and for notes_import: an object with an array a table. */
enum status notes_export(struct notes *n, struct buffer *out, struct error *e);
/* Takes over what notes_export wrote, in one transaction; of what stands here already only what is
 * newer. *taken counts records. STATUS_BAD_INPUT where it is not such JSON. */
enum status notes_import(struct notes *n, struct str json, int64_t *taken, struct error *e);

struct bookmark {
    struct str name;
    struct anchor anchor;
    int64_t time;
};
enum status notes_put_bookmark(struct notes *n, struct str name, const struct anchor *anchor,
                               struct error *e);
enum status notes_bookmark(struct notes *n, struct arena *a, struct str name, struct bookmark *out,
                           struct error *e);
enum status notes_bookmarks(struct notes *n, struct arena *a, const struct bookmark **out,
                            size_t *count, struct error *e);
enum status notes_remove_bookmark(struct notes *n, struct str name, struct error *e);

/* Last positions, in the interface's own words: of a library (sha256 NULL) or of a document. */
enum status notes_put_place(struct notes *n, struct str library, const unsigned char *sha256,
                            struct str place, struct error *e);
/* STATUS_NOT_FOUND where there is none. */
enum status notes_place(struct notes *n, struct arena *a, struct str library,
                        const unsigned char *sha256, struct str *place, struct error *e);

/* The ring of places of a library: replaced whole, read oldest first. */
enum status notes_put_history(struct notes *n, struct str library, const struct str *places,
                              size_t count, struct error *e);
enum status notes_history(struct notes *n, struct arena *a, struct str library,
                          const struct str **places, size_t *count, struct error *e);

#endif
