/* The sequence that puts text on a terminal's clipboard: OSC 52 of xterm's control sequences. */
#ifndef UI_COPY_H
#define UI_COPY_H

#include "baolan/memory.h"

/* Terminals take no more than this; bytes of text. */
enum { COPY_MAX = 55000 };

/* What stands between the program and the terminal. */
enum copy_through { COPY_DIRECT, COPY_TMUX, COPY_SCREEN };

/* The sequence in the arena, wrapped so that tmux (allow-passthrough) or screen hands it on. For
 * tmux the bare sequence stands before it: with `set-clipboard on` tmux takes that one. */
struct str copy_sequence(struct arena *a, struct str text, enum copy_through through);

#endif
