/* What the files of the reader's view share. */
#ifndef UI_READER_STATE_H
#define UI_READER_STATE_H

#include "ui/reader.h"
#include "ui/reader_page.h"
#include "ui/view.h"

struct reader {
    const struct lexicon *units; /* that stay with their numbers; NULL: not read */
    struct arena *arena;         /* of the document in sight; forgotten with it */
    struct stored_document document;
    struct reader_page *page; /* NULL: none */
    int64_t data_version;     /* of the store when it was read */
    uint64_t corrections;     /* that were applied to it: a hash of them */
    bool glanced;             /* it was read without what its form leads to: it is only looked at */

    struct reader_position here; /* of the cursor when the page was last laid out or moved in */
    size_t here_row;             /* its row then */

    struct arena *found_arena;    /* of the matches and the raw lines */
    struct str words;             /* that are marked; empty: none */
    size_t found_from, found_top; /* rows of cursor and window when a search in the page began */

    bool outline;      /* the headings are listed */
    bool outline_list; /* … in place of the text, for want of room beside it */
};

/* reader_links.c */
/* Adds the links that the article's form tells to its passages, and a line for each at its end,
 * whose passages have ids of their own from *next_id down. */
enum status reader_add_links(struct store *store, struct arena *a,
                             const struct stored_document *document, struct stored_article *article,
                             uint32_t *next_id, struct error *e);

/* reader_load.c: the document in sight. */
/* Shows the document that an article stands in; false where it is gone. */
bool reader_load(struct view *v, uint32_t article);
void reader_forget(struct reader *r);
/* Reads the document again where the library changed; true where it did. */
bool reader_refresh(struct view *v);
/* The article under the cursor; NULL: there is none. */
const struct stored_article *reader_article(const struct view *v);

/* reader.c */
struct reader *reader_of(const struct view *v);
/* The position under the cursor. */
struct reader_position reader_here(const struct view *v);
/* Puts the cursor on a position. */
void reader_go(struct view *v, struct reader_position position);

/* reader_correct.c: the record under the cursor, for who puts it right. */
bool reader_subject(struct view *v, struct correction_subject *subject, struct str *field);
/* What corrections a document has, as one number; marks them on the page where there is one. */
uint64_t reader_corrections(struct reader *r, struct store *store, uint32_t document, bool mark);

/* reader_outline.c: the headings, beside the text or in its place. */
int reader_outline_width(const struct view *v); /* cells taken from the text; 0: none */
void reader_outline_toggle(struct view *v);
size_t reader_outline_count(const struct view *v);
void reader_outline_list_row(struct view *v, size_t index, struct row *row);
/* The outline's part of a row of the text. */
void reader_outline_beside(struct view *v, size_t index, struct row *row);
void reader_outline_enter(struct view *v);

/* reader_source.c: raw lines of the passage under the cursor; shown or taken away. */
void reader_source_toggle(struct view *v);
/* Wraps them anew after a change of width. */
void reader_source_layout(struct view *v);

/* reader_take.c: text out of the reader. */
reaction reader_copy(struct view *v, bool sentence, bool cited);
bool reader_plain(struct view *v, size_t first, size_t end, struct buffer *out);
reaction reader_edit(struct view *v);

/* reader_find.c */
size_t reader_find(struct view *v, struct str words, size_t from, int step);
void reader_mark_words(struct view *v, struct str words);
/* The cursor came to words that are marked: they are the match it is at. */
void reader_find_arrive(struct view *v);
/* Asks for words, and marks them as they are typed; with an argument goes to the next match. */
reaction reader_find_command(struct view *v, struct str argument);
/* Says the words that are marked, and at which match the cursor is; nothing where none are. */
void reader_find_status(const struct view *v, struct row *out);

#endif
