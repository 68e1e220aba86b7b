/* Who is named where in the texts of a document, for figures that only point at them. */
#ifndef BAOLAN_PARSE_ANAPHORS_H
#define BAOLAN_PARSE_ANAPHORS_H

#include "baolan/document.h"
#include "baolan/vector.h"

/* One mention of a person, or of a body, place or project. */
struct person {
    struct place place;
    struct str name;
    enum entity_type type;
};

/* Mentions in reading order. */
struct people {
    VECTOR(struct person) seen;
};

/* The index of the first mention at or after a place. */
size_t people_first_after(const struct people *people, const struct place *at);

/* Whose a figure in quoted speech is that its own words leave to the speaker: of who says 我, of
 * the body in whose name 我们 or its manager speaks. Empty where it is not in such speech. */
struct str quoted_owner(const struct document *d, const struct people *people,
                        const struct people *named, const struct indicator *in);

#endif
