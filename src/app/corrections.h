/* What a person puts right: making, undoing and telling corrections. See baolan/correction.h. */
#ifndef APP_CORRECTIONS_H
#define APP_CORRECTIONS_H

#include "baolan/library.h"
#include "baolan/store_corrections.h"

/* A record that is put right. */
struct correction_subject {
    enum correction_kind kind;
    uint32_t record; /* id; of a suggestion its proposal's, of a name its passage's */
    uint32_t part;   /* number of a suggestion; start of a name; byte of a passage to split it at */
    uint32_t end;    /* of a name: names may begin where another does */
};

/* A field of a record, as it reads now and as a person edits it. */
enum status corrections_value(struct library *library, struct arena *a,
                              const struct correction_subject *subject, struct str field,
                              struct str *out, struct error *e);

/* The fields of a kind, in order; *n of them. */
const struct str *corrections_fields(struct arena *a, enum correction_kind kind, size_t *n);

/* Gives a field another value: kept at once, then the documents that it is about are read anew.
 * *applied tells whether they were; where not, *e says why (another process imports, the file is
 * gone), and the next import will. STATUS_BAD_INPUT where the field cannot have the value; nothing
 * is kept then. */
enum status corrections_set(struct library *library, const struct correction_subject *subject,
                            struct str field, struct str value, bool *applied, struct error *e);

/* Takes back the author's latest correction; *undone lives in the arena. STATUS_NOT_FOUND where
 * there is none. *applied as above. */
enum status corrections_undo(struct library *library, struct arena *a, struct correction *undone,
                             bool *applied, struct error *e);
/* True where the author's latest correction was made after his latest mark. */
bool corrections_are_latest(struct library *library);
/* Takes one away by its id in the notes. */
enum status corrections_remove(struct library *library, int64_t id, bool *applied, struct error *e);

/* The records of kinds (bits 1 << kind) that were put right, ascending, in the arena. */
enum status corrections_records(struct store *s, struct arena *a, unsigned kinds,
                                const uint32_t **ids, size_t *n, struct error *e);
/* True where id is among them. */
bool corrections_has(const uint32_t *ids, size_t n, uint32_t id);

/* Takes corrections over from text, as `baolan corrections --json` writes them: those that stand
 * already are passed over, and what is no correction is counted in *bad. Then the documents that
 * they are about are read anew; *applied as above. */
enum status corrections_take(struct library *library, struct arena *a, struct str text,
                             size_t *taken, size_t *bad, bool *applied, struct error *e);

/* All that stand, each with where it stands now. */
struct correction_state {
    struct correction it;
    bool found;       /* it holds somewhere in the library */
    uint32_t passage; /* where it shows, or 0 */
};
enum status corrections_list(struct library *library, struct arena *a,
                             const struct correction_state **out, size_t *n, struct error *e);

#endif
