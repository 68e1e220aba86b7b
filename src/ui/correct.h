/* Putting right what stands under the cursor: the commands correct, is-none, as-read and undo. */
#ifndef UI_CORRECT_H
#define UI_CORRECT_H

#include "ui/view.h"

struct correcting;

/* Asks for the field where the cursor stands on none, then for its value; `FIELD VALUE` in the
 * argument sets it at once. */
reaction correct_command(struct ui *ui, struct str argument);
/* What stands here is none of its kind. */
reaction correct_is_none(struct ui *ui, struct str argument);
/* Says what the parser read where a person corrected it. */
reaction correct_as_read(struct ui *ui, struct str argument);
/* Takes back one's latest correction. */
reaction correct_undo(struct ui *ui, struct str argument);

/* What a field is called. */
const char *correct_field_label(enum correction_kind kind, struct str field);
/* What a value that is chosen is called; NULL where it is text. */
const char *correct_value_label(enum correction_kind kind, struct str field, struct str value);

/* A correction in words: "subject: 规上企业 (read as: 全市)"; an empty was is left out. */
struct str correct_words(struct arena *a, enum correction_kind kind, struct str field,
                         struct str value, struct str was);

#endif
