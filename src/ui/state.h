/* What the frame's own files share; views see ui/view.h alone. */
#ifndef UI_STATE_H
#define UI_STATE_H

#include "baolan/notes.h"
#include "ui/frame.h"
#include "ui/keys.h"
#include "ui/terminal.h"
#include "ui/ui.h"
#include "ui/view.h"

/* Letters that `f` puts on links, and links that get one. */
#define LABEL_LETTERS "asdfjklghqwertyuiopzxcvbnm"
/* One letter a link, or two where there are more links than letters. */
enum { LETTERS = 26, LABELS_MAX = LETTERS * LETTERS, PROMPT_ROOM = 2048, SAID_ROOM = 512 };

enum pane_id { PANE_LIST, PANE_READER, PANE_COUNT };

struct pane {
    struct view *view;
    struct rect rect; /* its title line included */
    bool shown, titled;
    bool plain; /* links have no colour: the line is slow, and they are not walked from here */
};

struct prompt {
    bool active;
    char label[256];
    char text[PROMPT_ROOM];
    size_t n, at; /* bytes, and the cursor's byte */
    prompt_done *done, *changed, *other;
    const char *hint; /* what Tab does, where there is another way to end */
    void *context;
    bool one_key;           /* the first key that types something ends it */
    bool completes;         /* Tab completes commands: the prompt of `:` */
    size_t completion;      /* candidates tried so far; 0: none */
    size_t completion_n;    /* bytes of what was typed before completing */
    size_t history;         /* lines back in the history; 0: the line being written */
    char kept[PROMPT_ROOM]; /* that line, while an older one is shown */
    char cut[PROMPT_ROOM];  /* what C-k, C-u and C-w took, for C-y */
};

/* Lines given to prompts, newest last, each with its prompt's label before it. */
struct prompt_history {
    VECTOR(struct str) labels;
    VECTOR(struct str) lines;
    size_t from_before; /* of them, those that were kept from an earlier run */
};

/* A link in sight that has a letter, and where it is drawn. */
struct label {
    struct view *view;
    size_t row;
    uint32_t link;
};

struct ui {
    const struct ui_options *given;
    struct arena *arena; /* lives as long as the interface */
    struct arena *paint; /* forgotten at each painting */
    struct arena *places;
    struct options *options;
    struct keymap *keymap;
    struct terminal *terminal;
    struct decoder *decoder;
    struct view views[VIEW_COUNT];
    bool opened[VIEW_COUNT];
    struct rect laid[VIEW_COUNT]; /* the sizes that views were laid out for */
    struct pane panes[PANE_COUNT];
    enum view_id list; /* the view in the list's pane */
    bool reading;      /* the reader has the focus */
    bool zoomed;
    int rows, columns;
    struct library *library; /* in sight; NULL: there is none */
    struct ring *ring;
    struct arena *left_arena;    /* of the place that the last jump left */
    struct ring_place left;      /* view VIEW_COUNT: there was none */
    struct ring_place previewed; /* what the reader shows for the list */
    bool has_preview;
    key keys[KEYS_MAX]; /* pressed so far of a sequence */
    int n_keys;
    enum command awaiting; /* it was pressed, and its letter is awaited; else COMMAND_COUNT */
    char said[SAID_ROOM];
    size_t warned; /* warnings that were said so far */
    enum role said_role;
    struct prompt prompt;
    struct prompt_history history;
    struct view *selecting;                  /* the view that rows are selected in, or NULL */
    size_t select_from;                      /* the other end of the selection is the focus */
    int64_t notes_version, corrections_made; /* of the marks, when they were last looked at */
    bool uncorrected;              /* a correction waits for the import that runs to end */
    struct correcting *correcting; /* what is being put right; NULL: nothing was yet */
    bool labelling;
    struct label labels[LABELS_MAX];
    size_t n_labels;
    int label_first; /* the first of two letters, where it was pressed; else -1 */
    char find_text[PROMPT_ROOM];
    struct finder *finder; /* NULL: not asked for yet; see ui_finder */
    struct store_totals totals;
    bool totals_known;
    const struct store *store_seen; /* when the totals were taken; never looked into */
    int64_t data_version;
    struct import_job *import;  /* running, or NULL */
    struct import_options look; /* of the imports that look for what changed */
    bool looking;               /* the running import is one of these */
    bool resume_due;            /* the place of the last run is gone to once the import has ended */
    bool look_again;            /* once it has ended, or another process's has */
    int64_t look_at;            /* not before this (clock_nanoseconds) */
    struct watch *watch;        /* NULL: nothing is watched */
    bool watch_due;             /* the folders are to be watched once a screen stands */
    bool told_asking;
    char watched[8]; /* the option as it was when watching began; empty: it did not yet */
    char import_line[160];
    bool importing;
    int64_t line_free; /* when the line has sent what was written (clock_nanoseconds) */
    int64_t last_key;  /* when keys were last read (clock_nanoseconds) */
    int key_gap;       /* milliseconds between those and the ones before, as far as that matters */
    bool held;         /* keys follow each other as those of a key held down */
    bool hurried;      /* another key may come at once: the reader waits with following the list */
    bool dirty, repaint, quit;
    int signals[2];
    struct str script;
    size_t script_at;
};

/* Places that back and forward walk at most. */
enum { RING_ROOM = 500 };

/* ui.c */
/* Closes all views: each is made anew when it is asked for. */
void ui_close_views(struct ui *ui);
struct view *ui_focused(struct ui *ui);
/* Says the next of the warnings that the interface began with, where nothing else is said. */
void ui_warn(struct ui *ui);
/* Shows a place without touching history. */
reaction ui_show_place(struct ui *ui, const struct ring_place *place);
/* The place under the cursor of the focused view; strings hold until the next call. */
struct ring_place ui_place(struct ui *ui);
/* Marks all views to be laid out anew (an option, the library changed). */
void ui_make_stale(struct ui *ui);
void ui_apply_options(struct ui *ui);
/* The same where another process wrote to the library. */
void ui_look_for_changes(struct ui *ui);

/* window.c: moving in a view's rows. */
reaction window_move(struct view *v, long rows);
reaction window_page(struct view *v, int pages, bool half);
reaction window_go(struct view *v, size_t row);
reaction window_scroll(struct view *v, long rows);
reaction window_centre(struct view *v);
/* Puts focus and top inside the rows, focus in sight. */
void window_fit(struct view *v);
/* True where a row that is longer than the window goes on in the next line of the screen; else it
 * is cut there. */
bool window_folds(const struct view *v);
/* The row after the last in sight. */
size_t window_end(struct view *v);
/* The next row that has text, going round; SIZE_MAX: none. */
size_t window_find(struct view *v, struct str text, size_t from, int step);
/* A row's text without roles, in the painting arena. */
struct str window_text(struct view *v, size_t index);

/* layout.c */
/* Sets where the panes stand, and lays out views whose size changed. */
void layout_panes(struct ui *ui);
bool layout_is_too_small(const struct ui *ui);

/* paint.c */
struct frame *paint_frame(struct ui *ui);
/* What is at a cell of the screen, for the mouse. */
bool paint_hit(struct ui *ui, int row, int column, enum pane_id *pane, size_t *index,
               uint32_t *link);
/* The tab at a column of the bar, or VIEW_COUNT. */
enum view_id paint_tab_at(struct ui *ui, int column);

/* commands.c */
reaction command_run(struct ui *ui, struct str line);
/* What Tab in `:` makes of the line: candidate number i, or an empty text past the last. */
struct str command_complete(struct ui *ui, struct str line, size_t i);

/* shell.c: the commands `shell` and `pipe`. */
reaction shell_command(struct ui *ui, struct str argument);
reaction shell_pipe(struct ui *ui, struct str argument);
/* What is in sight or selected as plain text on the bare screen, for the terminal's own mouse. */
reaction shell_copy_screen(struct ui *ui);

/* take.c: text out of the interface. */
bool take_is_selected(const struct ui *ui, const struct view *v, size_t row);
reaction take_select(struct ui *ui);
/* The selection, or else all rows of the view or those in sight. */
void take_rows(struct ui *ui, struct view *v, bool in_sight, struct buffer *out);
/* What is selected or under the cursor to the clipboard, cited: with where it stands. */
reaction take_row(struct ui *ui, bool cited);

/* line.c: the interface without cursor addressing. */
void line_run(struct ui *ui);

/* watching.c: what is read in beside the interface. */
void watching_begin(struct ui *ui);
/* To be called when a screen was painted: the first one waits for no folder to be looked through.
 */
void watching_painted(struct ui *ui);
void watching_end(struct ui *ui);
/* Watches, or no longer, where the option says otherwise than when watching began. */
void watching_options(struct ui *ui);
/* Fills the descriptors to wait for: WATCHING_DESCRIPTORS of them, -1 where there is none. */
enum { WATCHING_DESCRIPTORS = 2 };
void watching_descriptors(const struct ui *ui, int descriptors[WATCHING_DESCRIPTORS]);
/* Takes what the import and the watch have to tell. */
void watching_news(struct ui *ui);
/* Called now and then: looks again where that is due. */
void watching_tick(struct ui *ui);

/* bookmarks.c: the commands `bookmark` and `go-bookmark`. */
reaction bookmark_set(struct ui *ui, struct str letter);
reaction bookmark_go(struct ui *ui, struct str letter);
/* The place in a text of a bookmark, or of what the list's cursor shows; false: there is none. */
bool bookmark_place(struct ui *ui, struct arena *a, const struct bookmark *b,
                    struct ring_place *out);

/* prompt.c */
reaction prompt_input(struct ui *ui, const struct input *input);
int prompt_draw(struct ui *ui, struct frame *f, int row);

/* input.c */
void input_handle(struct ui *ui, const struct input *input);

/* libraries.c */
/* Goes over to a library by its name, or the folder of a published one. */
reaction libraries_open(struct ui *ui, struct str name);
/* Closes the library in sight where it was opened here. */
void libraries_leave(struct ui *ui);

/* session.c: what is kept across starts. Both do nothing where there are no notes. */
void session_save(struct ui *ui);
void session_resume(struct ui *ui);
/* The lines that prompts were given in earlier runs. */
void session_resume_prompts(struct ui *ui);
/* The place itself, of one that was kept: its record's id as it is now. Strings live in `a`. */
struct ring_place session_find(struct ui *ui, struct arena *a, const struct ring_place *place);

/* pacing.c: what a slow line carries, and keys that are held down. */
/* To be called when keys are read. */
void pacing_key(struct ui *ui);
/* Milliseconds until a key that was held down counts as let go: since the last one came, not since
 * what it changed could be painted, which a slow line delays. */
int pacing_hurry_left(const struct ui *ui);
/* Milliseconds until the line has sent what was written before; 0 where its speed is not set. */
int pacing_line_delay(const struct ui *ui);
/* Of the rows that the text below a list would get, those that the line carries fast enough. */
int pacing_rows_beside(const struct ui *ui, int rows);
/* True where the line's speed is set, and a screen of text takes it too long. */
bool pacing_is_slow(const struct ui *ui);
/* Paints what is there now, or of it what the line can carry before the next key. */
void pacing_paint(struct ui *ui);

/* loop.c */
enum status loop_prepare(struct ui *ui, struct error *e);
void loop_run(struct ui *ui);
/* Gives the views in sight a moment of rest; true where that changed what is seen. */
bool loop_rest(struct ui *ui);
void loop_end(struct ui *ui);
void loop_suspend(struct ui *ui);

#endif
