/* Names of the library put right: which of them are one, which are two, what they are called, which
 * are none. */
#ifndef BAOLAN_STORE_NAMES_H
#define BAOLAN_STORE_NAMES_H

#include "baolan/store_write.h"

enum name_edit_kind {
    NAME_MERGE,  /* `name` is `other`, which stays */
    NAME_SPLIT,  /* the spelling `other` is another thing of the same type */
    NAME_RENAME, /* it is called `other` */
    NAME_HIDE    /* it is no name: neither linked nor listed */
};

/* An edit says what it is about in words, so that it holds after everything is read anew. */
struct name_edit {
    enum name_edit_kind kind;
    enum entity_type type;
    struct str name;
    enum entity_type other_type; /* of a merge */
    struct str other;
    const struct str
        *spellings; /* of `name` when the edit was made, itself first: for taking back */
    size_t n_spellings;
};

/* Makes edits hold, in order, in a transaction of their own (nothing else is put in it); one that
 * holds already costs a look-up, another grows with the mentions of the names concerned. A name
 * that stands nowhere is passed over. *changed (may be NULL) counts those that did something. */
enum status store_edit_names(struct store_writer *w, const struct name_edit *edits, size_t n,
                             size_t *changed, struct error *e);
/* Takes one back, in a transaction of its own. */
enum status store_unedit_name(struct store_writer *w, const struct name_edit *edit,
                              struct error *e);

/* The entity of a type and spelling, hidden ones too; 0 and STATUS_NOT_FOUND where there is none.
 */
enum status store_entity_named(struct store *s, enum entity_type type, struct str spelling,
                               uint32_t *id, struct error *e);

#endif
