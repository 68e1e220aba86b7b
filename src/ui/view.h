/* What a view is. A view gives rows and answers commands; windows, scrolling, cursor, history,
 * layout and painting are the frame's, so that every list scrolls alike.
 *
 * A view has `count` rows, of which the one at `focus` is under the cursor; its window shows rows
 * [top, top + height). Row numbers hold only until the view is laid out anew: what lasts (history,
 * resize, reload) is a struct ring_place. */
#ifndef UI_VIEW_H
#define UI_VIEW_H

#include "app/corrections.h"
#include "app/paging.h"
#include "baolan/command.h"
#include "baolan/options.h"
#include "baolan/ring.h"
#include "ui/row.h"

#include <stdbool.h>

struct ui;
struct view;

struct view_ops {
    enum view_id id;
    enum context context; /* whose keys work here, before those of lists and of everywhere */

    /* Makes v->state, once, before anything else is called; allocates in v->arena. */
    enum status (*open)(struct view *v, struct error *e);
    /* Releases what the arena does not. May be NULL. */
    void (*close)(struct view *v);

    /* Called where v->width or v->height changed, or v->stale is set (the library, an option
     * changed, and with it perhaps ui_store): lay out anew and move v->focus (and v->top, which is
     * else put right by the window) so that the same text stays under the cursor. May be NULL where
     * rows need no width. */
    void (*layout)(struct view *v);

    size_t (*count)(struct view *v);
    /* Adds row `index` (< count) to `row`, for v->width cells. Asked only for rows in sight. */
    void (*row)(struct view *v, size_t index, struct row *row);
    /* Adds the text of rows [first, end) as it goes out of the terminal, each line ended: whole,
     * without the breaks that the width makes, a table's cells parted by tabs. Text that is set
     * over several rows is added once. NULL, or false: what row adds, where there is room. */
    bool (*plain)(struct view *v, size_t first, size_t end, struct buffer *out);
    /* Rows that stay above the list: column headings, the reader's sticky headings. Fills up to
     * `room` rows (given empty) and returns how many; called with v->top known. May be
     * NULL. */
    size_t (*header)(struct view *v, struct row *rows, size_t room);
    /* What stands in the pane's title line, and what the status line says of the place (the
     * section's heading; the percentage is the frame's). May be NULL. */
    void (*title)(struct view *v, struct row *row);
    void (*status)(struct view *v, struct row *row);

    /* Whether what is in sight is the page of one thing and no list: of panes stacked over each
     * other it gets the larger. NULL: never. */
    bool (*is_page)(const struct view *v);

    /* Enter on row v->focus, or on link v->link where one is focused. Views usually call ui_go. */
    reaction (*enter)(struct view *v);
    /* What the reader below shows while row `index` is under the cursor, and marks in it; its
     * strings live as long as the arena. False: nothing. */
    bool (*preview)(struct view *v, size_t index, struct arena *a, struct ring_place *out);
    /* Moves v->focus and v->link to the next (step 1) or previous (-1) link; false: there is none.
     * May be NULL. */
    bool (*link)(struct view *v, int step);

    /* The place under the cursor, whole enough to come back to, and the way back: sets v->focus
     * (and v->link). restore returns false where the place is gone, and is then as near as it can
     * be. `out` strings live in `a`. */
    void (*place)(struct view *v, struct arena *a, struct ring_place *out);
    bool (*restore)(struct view *v, const struct ring_place *place);

    /* Called about once a second while the view is in sight, for what other processes change: looks
     * whether something did, at next to no cost. NULL: nothing does. */
    reaction (*tick)(struct view *v);

    /* Called while the view is in sight and nothing else is to be done, until it says REACT_NONE:
     * work that waits for the first moment of rest. It gives up where ui_key_waits. NULL: none. */
    reaction (*idle)(struct view *v);

    /* A command that the frame does not know itself (its row in commands.def says VIEW). Returns
     * REACT_PASS where the view does not know it either. `argument` may be empty. May be NULL. */
    reaction (*command)(struct view *v, enum command id, struct str argument);
    /* The record under the cursor that a person may put right, and its field where the cursor
     * stands on one (else empty: it is asked for); false: there is none. NULL: the view has none.
     */
    bool (*subject)(struct view *v, struct correction_subject *subject, struct str *field);
    /* Filter as one types; an empty text takes it away. NULL: the view has no filter. */
    void (*filter)(struct view *v, struct str text);
    /* Row after `from` (or before it, step -1), going round, whose text has `text`, for / n N
     * within the view; SIZE_MAX: none. NULL: the frame looks at the rows' text itself. */
    size_t (*find)(struct view *v, struct str text, size_t from, int step);
};

struct view {
    const struct view_ops *ops;
    void *state;
    struct ui *ui;
    struct arena *arena;    /* lives as long as the view */
    int width, height;      /* cells and rows for list rows in its pane */
    size_t focus, top;      /* row numbers */
    uint32_t link;          /* focused link, or NO_LINK */
    bool stale;             /* lay out anew before the next painting */
    struct str filter_text; /* the filter in force; set by the frame */
};

/* What a view may ask of the frame. */

/* Keeps in a place the row (SIZE_MAX: none) that its record has in a list; and gives it back where
 * the library stands as it did then and the list has the same order and filter, else SIZE_MAX. */
void ui_keep_row(const struct ui *ui, const struct paging *list, size_t row,
                 struct ring_place *place);
size_t ui_kept_row(const struct ui *ui, const struct paging *list, const struct ring_place *place);

/* Leaves a place in the ring and goes to `place`: the view of its id takes the focus there. */
reaction ui_go(struct ui *ui, const struct ring_place *place);
/* A line above the hints until the next key; STR printf. */
void ui_say(struct ui *ui, enum role role, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* The view of an id; made where it is not yet. NULL where that failed (it was said). */
struct view *ui_view(struct ui *ui, enum view_id id);
/* The list view behind the reader: its next (1) or previous (-1) item goes into the reader. */
reaction ui_step_list(struct ui *ui, int step);
/* Asks for a line: `label` before it, `initial` in it; done is called with the text on Enter
 * (`text.p` == NULL: given up). changed (may be NULL) is called after each edit. */
typedef reaction prompt_done(struct ui *ui, void *context, struct str text);
void ui_prompt(struct ui *ui, const char *label, struct str initial, prompt_done *done,
               prompt_done *changed, void *context);
/* Asks for one key: done is called with what it types, at once. The label tells the choices. */
void ui_choose(struct ui *ui, const char *label, prompt_done *done, void *context);
/* To be called after ui_prompt: Tab, or its label as the first character, ends the prompt with
 * `other` in place of done; the status line says what it does. */
void ui_prompt_other(struct ui *ui, prompt_done *other, const char *hint);
/* Search of the whole library, its prompt open with `initial` in it. */
reaction ui_search(struct ui *ui, struct str initial);
/* Runs another program on the terminal (an editor) and comes back; argv ends with NULL. */
reaction ui_run_program(struct ui *ui, const char *const argv[], struct error *e);
/* True where a key waits to be read: what takes long may give up, and is asked again. */
bool ui_key_waits(const struct ui *ui);
/* The store of the library in sight, and the options in force. */
struct store;
struct store *ui_store(struct ui *ui); /* NULL while nothing is imported */
struct notes;
struct notes *ui_notes(struct ui *ui);     /* NULL where they cannot be opened */
struct notes *ui_marks(struct ui *ui);     /* where marks are kept; NULL where they cannot be */
struct str ui_author(const struct ui *ui); /* of the marks */
const struct options *ui_options(const struct ui *ui);
/* How characters of ambiguous width are drawn. */
enum ambiguous ui_ambiguous(const struct ui *ui);
/* True where rows are to be said in sentences: for screen readers and braille. */
bool ui_speaks(const struct ui *ui);
/* Whether the reader has the keys; else it shows what the list's cursor stands on. */
bool ui_reads(const struct ui *ui);
/* False, which is said, where restricted use forbids to run another program, or to write at an
 * absolute path. */
bool ui_may_run(struct ui *ui);
bool ui_may_write(struct ui *ui, const char *path);
/* Sets an option, to one of its values, as `set` does. */
void ui_set_option(struct ui *ui, enum option id, const char *value);
struct library;
struct library *ui_library(struct ui *ui); /* NULL: there is none */

/* What asks the library in words and pinyin; NULL: there is none. */
struct finder;
struct finder *ui_finder(struct ui *ui);

/* Sends text to the clipboard of the terminal (OSC 52), through tmux and screen too, and says so.
 */
void ui_copy(struct ui *ui, struct str text);
/* The same with where the text stands on a line below it, which may be empty. */
void ui_take(struct ui *ui, struct str text, struct str note);
/* True while rows of the view with the focus are selected. */
bool ui_selects(const struct ui *ui);

/* The tables of the views, one a file view_NAME.c or reader.c. */
extern const struct view_ops VIEW_OPS_LIBRARY, VIEW_OPS_READER, VIEW_OPS_PROPOSALS,
    VIEW_OPS_INDICATORS, VIEW_OPS_LINKS, VIEW_OPS_NAMES, VIEW_OPS_FINDINGS, VIEW_OPS_SEARCH,
    VIEW_OPS_PLACES, VIEW_OPS_HELP, VIEW_OPS_CORRECTIONS;

#endif
