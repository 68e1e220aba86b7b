/* What the files that apply corrections share. */
#ifndef PARSE_CORRECT_H
#define PARSE_CORRECT_H

#include "baolan/parse.h"
#include "baolan/vector.h"

/* The text of all parts of a document, one after the other without anything between. */
struct flat {
    struct str text;
    const struct text_part *parts;
    const size_t *starts; /* of each part; one more than parts, the end */
    size_t n;
};

void flat_read(struct arena *a, const struct document *d, struct flat *out);
/* The part that byte `at` stands in, at < text.n. */
size_t flat_part(const struct flat *f, size_t at);

/* A correction that is to be tried, and the byte of the text where its words stand; SIZE_MAX:
 * nowhere. */
struct correction_target {
    const struct correction *correction;
    enum correction_kind kind;
    size_t at;
};

struct correction_targets {
    VECTOR(struct correction_target) list;
};

/* The corrections of kinds (bits 1 << kind) that are to be tried on the document, in the order in
 * which they were made. */
void correction_targets_find(struct arena *a, const struct corrections *all,
                             const struct document *d, const struct flat *f, unsigned kinds,
                             struct correction_targets *out);

/* Adds what was tried to the document's list. */
void correction_note(struct document *d, const struct applied *list, size_t n);

/* Where one of those before corrected the same field, what was read is what it says. */
void correction_own_reading(const struct applied *before, size_t n, struct applied *applied);

/* The date that a value says; false where it says none. The empty value is no date, and good. */
bool correction_date(struct str value, struct date *out);
/* Its parts by 、 and ；. */
const struct str *correction_names(struct arena *a, struct str value, uint32_t *n);
/* The index of a name among n; n where it is none. */
unsigned correction_named(struct str name, const char *(*name_of)(unsigned), unsigned n);

/* The period that a person wrote, as GUIDE.md writes it, or as it stands. */
struct str correction_period(struct arena *a, const struct lexicons *lexicons, struct str value,
                             struct date now, bool *resolved);

#endif
