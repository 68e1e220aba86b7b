/* The interface: everything on the terminal, from the first screen to the last key. */
#ifndef UI_UI_H
#define UI_UI_H

#include "baolan/keymap.h"
#include "baolan/library.h"
#include "baolan/options.h"

struct ui_options {
    struct library *library;   /* open for reading; store may be NULL while nothing is imported */
    struct options *options;   /* as configuration and command line say */
    struct keymap *keymap;     /* with the configuration's bindings; NULL: the defaults */
    struct import_job *import; /* an import that runs beside the interface, or NULL; ui_run joins
                                  it, on every way out */
    bool anew;  /* begin at the library's beginning, not where one was when one left */
    bool lines; /* a prompt with printed answers, on standard input and output */
    const char *const *warnings; /* errors in the configuration, said at the start */
    size_t n_warnings;
};

/* Runs until the person leaves; returns the exit status of the program: 0, or 2 with a sentence on
 * standard error where the terminal or the locale does not do. The terminal is restored on every
 * way out, signals and crashes included. */
int ui_run(const struct ui_options *options);

#endif
