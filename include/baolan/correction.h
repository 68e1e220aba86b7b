/* Corrections: what a person put right in what the parser read.
 *
 * A correction gives one field of one record another value, and stands on an anchor: the quoted
 * words where the record begins, with what stands before and after them in reading order, across
 * passages. It is applied while a document is parsed, so that whatever is made of the document sees
 * the corrected reading: those of the page (titles, bylines, dates, places, breaks) before facts
 * are looked for, those of facts after that and before the figures are checked. */
#ifndef BAOLAN_CORRECTION_H
#define BAOLAN_CORRECTION_H

#include "baolan/anchor.h"
#include "baolan/document.h"
#include "baolan/lexicon.h"

/* What is corrected. Row: id, name in notes.db and on the command line. */
#define CORRECTION_KIND_TABLE(X)           \
    X(CORRECTION_DOCUMENT, "document")     \
    X(CORRECTION_ARTICLE, "article")       \
    X(CORRECTION_PASSAGE, "passage")       \
    X(CORRECTION_INDICATOR, "indicator")   \
    X(CORRECTION_PROPOSAL, "proposal")     \
    X(CORRECTION_SUGGESTION, "suggestion") \
    X(CORRECTION_NAME, "name") /* one mention of a name */

enum correction_kind {
#define X(id, name) id,
    CORRECTION_KIND_TABLE(X)
#undef X
        CORRECTION_KIND_COUNT
};

const char *correction_kind_name(enum correction_kind kind);
enum correction_kind correction_kind_named(struct str name); /* CORRECTION_KIND_COUNT: none */

/* What can be said of each. Row: kind, field.
 *
 * Values are text as the field has it; empty: it has none. A date is 2023-05-09, 2023-05 or 2023; a
 * byline `ROLE NAME、NAME；ROLE NAME`; several speakers, bodies or handlers are parted by 、; a
 * target is yes or no. `break` is join (with the passage before) or split (here); `section` is
 * heading, or a number (the heading's level, 1 outermost), none (a paragraph), title or byline.
 * `record` none: this is no record of its kind. */
#define CORRECTION_FIELD_TABLE(X)        \
    X(CORRECTION_DOCUMENT, "date")       \
    X(CORRECTION_DOCUMENT, "place")      \
    X(CORRECTION_ARTICLE, "title")       \
    X(CORRECTION_ARTICLE, "byline")      \
    X(CORRECTION_ARTICLE, "date")        \
    X(CORRECTION_ARTICLE, "place")       \
    X(CORRECTION_PASSAGE, "break")       \
    X(CORRECTION_PASSAGE, "section")     \
    X(CORRECTION_PASSAGE, "record")      \
    X(CORRECTION_INDICATOR, "value")     \
    X(CORRECTION_INDICATOR, "metric")    \
    X(CORRECTION_INDICATOR, "subject")   \
    X(CORRECTION_INDICATOR, "period")    \
    X(CORRECTION_INDICATOR, "place")     \
    X(CORRECTION_INDICATOR, "kind")      \
    X(CORRECTION_INDICATOR, "basis")     \
    X(CORRECTION_INDICATOR, "qualifier") \
    X(CORRECTION_INDICATOR, "target")    \
    X(CORRECTION_INDICATOR, "record")    \
    X(CORRECTION_PROPOSAL, "title")      \
    X(CORRECTION_PROPOSAL, "speakers")   \
    X(CORRECTION_PROPOSAL, "bodies")     \
    X(CORRECTION_PROPOSAL, "number")     \
    X(CORRECTION_PROPOSAL, "session")    \
    X(CORRECTION_PROPOSAL, "category")   \
    X(CORRECTION_PROPOSAL, "handlers")   \
    X(CORRECTION_PROPOSAL, "status")     \
    X(CORRECTION_PROPOSAL, "year")       \
    X(CORRECTION_PROPOSAL, "reply")      \
    X(CORRECTION_PROPOSAL, "background") \
    X(CORRECTION_PROPOSAL, "record")     \
    X(CORRECTION_SUGGESTION, "title")    \
    X(CORRECTION_SUGGESTION, "text")     \
    X(CORRECTION_SUGGESTION, "record")   \
    X(CORRECTION_NAME, "text")           \
    X(CORRECTION_NAME, "type")           \
    X(CORRECTION_NAME, "record")

struct correction {
    int64_t id;          /* in notes.db */
    struct str kind;     /* as named above, or `entity`: corrections of names, see names.h */
    int64_t content_key; /* of what it is about: correction_key, or the entity's own */
    struct str field, value;
    struct str was; /* the parser's own reading when it was made */
    struct str author;
    int64_t time;                /* milliseconds since 1970 */
    const struct anchor *anchor; /* NULL: none (of an entity) */
    /* The document that it was made in is no longer in the library, so that it may have moved; set
     * by who applies it. */
    bool away;
};

/* The key of what an anchored correction is about. */
int64_t correction_key(struct str kind, const struct anchor *anchor);
/* The key of a correction with what it says: equal for the same one in another notes.db. */
int64_t correction_identity(const struct correction *c);

/* False where the kind has no such field, or the field cannot have the value; e says why. */
bool correction_check(struct arena *a, const struct lexicons *lexicons, const struct correction *c,
                      struct error *e);

/* Many of them, made ready for finding those of a document in time linear in its text. Lives in the
 * arena, and points to the list. */
struct corrections;
const struct corrections *corrections_new(struct arena *a, const struct correction *list, size_t n);

/* A correction that was tried on a document. */
struct applied {
    const struct correction *correction;
    enum correction_kind kind;
    bool found;         /* false: what it is about does not stand here */
    uint32_t article;   /* index; of all kinds but CORRECTION_DOCUMENT */
    uint32_t record;    /* index: indicator, proposal; of a suggestion, its proposal */
    uint32_t seq;       /* of a suggestion in its proposal */
    struct place place; /* the part where it shows; of facts, where they stand */
    struct str was;     /* the parser's own reading, now */
};

#endif
