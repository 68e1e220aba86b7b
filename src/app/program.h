/* Running another program: by an argument vector, never through a shell. */
#ifndef APP_PROGRAM_H
#define APP_PROGRAM_H

#include "baolan/buffer.h"

#include <stdint.h>

/* Runs argv[0], found on PATH, with input on its standard input, and adds what it writes to *out
 * (NULL: thrown away). STATUS_NOT_FOUND where there is no such program, STATUS_IO where it ends
 * with another status than 0, STATUS_INTERRUPTED where it takes more than `seconds` or writes more
 * than `most` bytes; it is ended then. */
enum status program_filter(const char *const argv[], struct str input, struct buffer *out,
                           unsigned seconds, size_t most, struct error *e);

/* Runs argv[0] on the terminal (an editor) and waits for its end. The caller has given the terminal
 * back. Signals that the terminal sends go to the program alone. */
enum status program_run(const char *const argv[], struct error *e);

/* The editor that the person uses ($VISUAL, $EDITOR, else vi) as an argument vector with `path` for
 * its last argument: words parted by spaces, in the arena, NULL at the end. */
const char *const *program_editor(struct arena *a, const char *path);

#endif
