/* The real program in a pseudo-terminal, watched by a model of a terminal (libvterm): tests send
 * keys and look at the screen. Each run has private XDG folders, which go with it. */
#ifndef TERM_HARNESS_H
#define TERM_HARNESS_H

#include <stdbool.h>
#include <stddef.h>

struct harness;

struct harness_options {
    const char *const *arguments;   /* after the program's name, NULL-terminated */
    const char *const *environment; /* "NAME=VALUE" over the private ones, NULL-terminated; a bare
                                       "NAME" takes a variable away; may be NULL */
    const char *term;               /* NULL: xterm-256color */
    int rows, columns;
    bool ambiguous_wide; /* a terminal that draws characters of ambiguous width in two cells */
    unsigned user; /* the program runs as this user, which root alone may ask for; 0: as oneself */
    const char
        *home; /* an earlier run's harness_home, kept by harness_keep_home; NULL: a new one */
};

/* Starts $BAOLAN_PROGRAM (build/baolan). Never NULL: a failure ends the test. */
struct harness *harness_start(const struct harness_options *options);

/* Sends bytes as they are, or keys by name ("jj<Enter><C-d>", "<lt>" for <), and waits until the
 * program has been quiet for a moment. */
void harness_send(struct harness *h, const char *bytes);
void harness_keys(struct harness *h, const char *keys);

/* Waits until the screen shows the text; false after ten seconds. */
bool harness_expect(struct harness *h, const char *text);
/* Reads what the program writes until it is quiet. */
void harness_settle(struct harness *h);

/* A row of the screen, trailing blanks dropped, until the next call; and all rows with line ends.
 */
const char *harness_row(struct harness *h, int row);
const char *harness_screen(struct harness *h);
/* True where the screen shows the text now, on one row. */
bool harness_shows(struct harness *h, const char *text);
/* The row that shows the text, or -1. */
int harness_find(struct harness *h, const char *text);
/* The number of cells of a row whose background is not that of the cell before: a mark begins and
 * ends with one. */
int harness_background_changes(struct harness *h, int row);
void harness_cursor(struct harness *h, int *row, int *column);
/* True while the program has taken the terminal's other screen. */
bool harness_is_full_screen(struct harness *h);

void harness_resize(struct harness *h, int rows, int columns);
void harness_signal(struct harness *h, int number);
/* True where the process is stopped now. */
bool harness_is_stopped(struct harness *h);
/* Closes the terminal under the program. */
void harness_hang_up(struct harness *h);

/* Bytes written by the program so far. */
size_t harness_bytes(const struct harness *h);
/* What was written, all of it; `n` bytes. */
const char *harness_output(const struct harness *h, size_t *n);

/* Waits for the end, ten seconds at most: the exit status, 128 + the signal, or -1. */
int harness_wait(struct harness *h);
/* The private folder, which holds config/, cache/ and data/. */
const char *harness_home(const struct harness *h);
/* The folder outlives the harness. */
void harness_keep_home(struct harness *h);
/* Ends the program where it still runs, and frees all. */
void harness_end(struct harness *h);

#endif
