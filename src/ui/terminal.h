/* The terminal: shows frames, sending only what differs from the one before. The only part of the
 * program that knows curses. It never asks the terminal anything, and it reads nothing from it:
 * keys are decoded by ui/keys.h. */
#ifndef UI_TERMINAL_H
#define UI_TERMINAL_H

#include "baolan/status.h"
#include "ui/frame.h"

struct terminal;

/* Sets a locale in which Chinese can be shown: the environment's, else C.UTF-8, else zh_CN.UTF-8;
 * false where none is there. */
bool terminal_locale(void);

/* Takes over the terminal on standard input and output. STATUS_UNSUPPORTED where TERM is unknown or
 * cannot move its cursor. `theme` as theme_find takes it. */
enum status terminal_open(struct arena *a, const char *theme, struct terminal **out,
                          struct error *e);

/* Gives the terminal back as it was. Idempotent. */
void terminal_close(struct terminal *t);

/* The same from a signal handler, once, whatever the state: only functions that are safe there are
 * called. Does nothing where no terminal is taken over. */
void terminal_rescue(void);

/* Below, t may be NULL where no terminal was taken over: nothing is done. */

/* Gives the terminal back for a while (a stop signal, another program) and takes it over again. */
void terminal_suspend(struct terminal *t);
void terminal_resume(struct terminal *t);

/* The size as the system says it now, and the order to believe it. */
void terminal_size(int *rows, int *columns);
void terminal_resize(struct terminal *t, int rows, int columns);

/* Shows f from row `first` on, with the rows above it, and the cursor in them, as
 * they are; with `anew`, as if nothing were
 * on the screen. Returns the bytes sent; 0 where they cannot be counted. */
size_t terminal_show(struct terminal *t, const struct frame *f, int first, bool anew);

/* About how many bytes it takes to show f; what moved by a few rows is scrolled. */
size_t terminal_estimate(const struct terminal *t, const struct frame *f);

/* Sends a sequence that shows nothing, past curses; false: the terminal is not one that takes any.
 */
bool terminal_send(struct terminal *t, struct str sequence);

void terminal_theme(struct terminal *t, const char *theme);
void terminal_mouse(struct terminal *t, bool on);

#endif
