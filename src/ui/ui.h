/* The interface: everything on the terminal, from the first screen to the last key. */
#ifndef UI_UI_H
#define UI_UI_H

#include "baolan/options.h"
#include "baolan/status.h"

#include <stdbool.h>

struct store;

struct ui_options {
    struct store *store;         /* open on the library; never closed here */
    struct options *options;     /* read from the configuration and the command line */
    const struct keymap *keymap; /* with the configuration's bindings; NULL: the defaults */
    const char *const *warnings; /* errors in the configuration, said at the start */
    int n_warnings;
    int import_pipe; /* a descriptor that becomes readable when an import has news, or -1 */
    /* Called when it is readable: reads it empty, writes what the status line says of the import
     * to `line`, and returns true where the library changed. */
    bool (*import_news)(void *context, char *line, int size);
    void *import_context;
};

/* Runs until the person leaves; returns the exit status of the program (0, or 2 with a sentence on
 * standard error where the terminal or the locale does not do). The terminal is restored on every
 * way out, signals and crashes included. */
int ui_run(const struct ui_options *options);

#endif
