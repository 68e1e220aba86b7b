/* The review of proposals: independent fields with values, as data/review.txt defines them, kept in
 * notes.db, or in a review file that a group shares, by the content of what they are about; changes
 * of one or many at once, and undo.
 *
 * Each author's latest value of a field stands. One's own is shown first, the others' beside it;
 * where one said nothing of a field, the latest of the others' is its value, except of the field
 * that tells what is done: what a colleague has read, one has not. */
#ifndef APP_REVIEW_H
#define APP_REVIEW_H

#include "baolan/keymap.h"
#include "baolan/map.h"
#include "baolan/notes.h"
#include "baolan/vector.h"

/* One line of review.txt. */
struct review_choice {
    struct str field, value, key, label;
    bool initial, done, reason, toggle, text, list;
};

struct review_form {
    const struct review_choice *choices;
    size_t n_choices;
    const struct str *fields; /* each once, in order */
    size_t n_fields;
};

/* Reads the form from text in the arena; lines that cannot be read go to warn (may be NULL) as
 * "NAME:LINE: what". */
void review_form_read(struct arena *a, struct str text, const char *name, struct review_form *out,
                      void (*warn)(void *context, const char *message), void *context);

/* The same from the person's review.txt, else from the program's data. An empty form where there is
 * none. */
enum status review_form_load(struct arena *a, struct review_form *out,
                             void (*warn)(void *context, const char *message), void *context,
                             struct error *e);

/* Binds the form's keys in the context of proposals to `review FIELD [VALUE]`. */
enum status review_bind_keys(const struct review_form *form, struct keymap *m, struct error *e);

/* The choice of a field's value, or the field's own where value is empty or it takes any text;
 * NULL: there is none. */
const struct review_choice *review_choice(const struct review_form *form, struct str field,
                                          struct str value);
/* The choice whose flag `done` is set, or NULL. */
const struct review_choice *review_done(const struct review_form *form);

struct review_mark {
    struct str value, author;
    int64_t time;                   /* milliseconds since 1970 */
    const struct review_mark *next; /* another author's; NULL after the last */
};

struct review;

/* A review of records of `kind` (as struct mark has it) by `author`. notes may be NULL: then
 * nothing is known and nothing can be set. The review lives in the arena; review_close frees what
 * it keeps besides. Where it cannot be opened *out is NULL; where memory ends, and the arena leaves
 * through arena_protect, it is what was begun, to be closed. */
enum status review_open(struct arena *a, struct notes *notes, const struct review_form *form,
                        struct str kind, struct str author, struct review **out, struct error *e);
void review_close(struct review *r);
const struct review_form *review_form(const struct review *r);
struct str review_author(const struct review *r);

/* Reads the marks anew where another connection changed them; *changed tells. Costs next to nothing
 * where none did. */
enum status review_refresh(struct review *r, bool *changed, struct error *e);

/* The value of a field: what was set, else its initial value, else empty. Valid until the review
 * changes. */
struct str review_value(const struct review *r, int64_t content_key, struct str field);
/* What was set of a field, each author's latest: one's own first, then the latest of the others';
 * NULL where nobody did. */
const struct review_mark *review_marks(const struct review *r, int64_t content_key,
                                       struct str field);
/* False of one that was taken back. */
bool review_stands(const struct review_mark *mark);
/* The mark that review_value tells, or NULL. */
const struct review_mark *review_mark(const struct review *r, int64_t content_key,
                                      struct str field);
bool review_is_done(const struct review *r, int64_t content_key);

/* One's own values of fields that have fixed values, in order, joined by a space: 已阅 立案 重点.
 */
struct str review_summary(const struct review *r, int64_t content_key, struct arena *a);

/* What each of the others says: "小王:已阅 重点 小李:立案". */
struct str review_others(const struct review *r, int64_t content_key, struct arena *a);
/* Answers a word of a filter: `by:NAME` (someone whose name has NAME in it marked it), `@NAME` (it
 * is assigned to such a one; `@` alone: to oneself): 1 for yes, 0 for no; -1: the word is neither.
 */
int review_admits(const struct review *r, int64_t content_key, struct str word);

/* What a change is about: a content key, and where it stands (NULL: nowhere that is known). */
struct review_subject {
    int64_t content_key;
    const struct anchor *anchor;
};

/* Sets a field of n subjects in one durable step, which review_undo takes back as one. A toggled
 * value is taken away where all of them have it; an empty value takes a field back. */
enum status review_set(struct review *r, const struct review_subject *subjects, size_t n,
                       struct str field, struct str value, struct error *e);
/* Adds a word to a field of the kind `list`, for each of n subjects; where all have it, it is taken
 * out. */
enum status review_toggle_word(struct review *r, const struct review_subject *subjects, size_t n,
                               struct str field, struct str word, struct error *e);
/* Begins and ends a group of changes that are undone as one. */
void review_group(struct review *r, bool begin);

/* The content keys that have marks, each once; `out` lives in `a`. */
size_t review_marked(const struct review *r, struct arena *a, const int64_t **out);
/* Where what a content key stood for stands, as the marks told. STATUS_NOT_FOUND where none did. */
enum status review_anchor(struct review *r, struct arena *a, int64_t content_key,
                          struct anchor *out, struct error *e);
/* Gives the marks of one content key to another that has none: what they are about was read anew
 * and says something else now. No step that is undone. */
enum status review_adopt(struct review *r, int64_t from, int64_t to, const struct anchor *anchor,
                         struct error *e);

/* Takes back the author's latest step: of this run, else the latest mark of an earlier one.
 * *content_key (may be NULL) is the first subject that changed. STATUS_NOT_FOUND where there is
 * none. */
enum status review_undo(struct review *r, int64_t *content_key, struct error *e);

#endif
