/* Names that a person puts right: merged, split, renamed, hidden. Each edit is a correction of kind
 * `entity` in the notes, and is made to hold in the cache at once and after each import.
 *
 * Its field is merge, split, rename or hide; `was` the name as it was: `TYPE NAME`, then its
 * spellings, one a line; `value` what it became: of a merge `TYPE NAME` of the one that stays, of a
 * split the spelling, of a renaming the name, of hiding 1. */
#ifndef APP_NAME_EDITS_H
#define APP_NAME_EDITS_H

#include "baolan/correction.h"
#include "baolan/library.h"
#include "baolan/store_names.h"

/* The edit that a correction is; false where it is none. Strings live in the arena. */
bool name_edit_of(struct arena *a, const struct correction *c, struct name_edit *out);

/* Makes an edit of entity `id`: `other` is the id of the entity that it is merged with, `text` the
 * spelling or name. *applied tells whether it holds already; where not, *e says why (another
 * process imports), and the next import will apply it. STATUS_BAD_INPUT where it makes no sense. */
enum status library_edit_name(struct library *library, enum name_edit_kind kind, uint32_t id,
                              uint32_t other, struct str text, bool *applied, struct error *e);

/* A name that was hidden is shown again: its hiding is taken out of the notes. */
enum status library_show_name(struct library *library, uint32_t id, bool *applied, struct error *e);

/* The edit in words: `A → B`. */
struct str name_edit_words(struct arena *a, const struct name_edit *edit);

/* Takes one away, as corrections_undo and corrections_remove do: what stood before stands again. */
enum status library_remove_name_edit(struct library *library, const struct correction *c,
                                     bool *applied, struct error *e);

/* Makes the edits in the notes at notes_path hold in the cache that the writer writes, outside its
 * transactions: after documents were put in. No notes are no edits; *n (may be NULL) counts them.
 */
enum status name_edits_apply(struct arena *a, const char *notes_path, struct store_writer *writer,
                             size_t *n, struct error *e);

#endif
