/* Options: one table, src/app/options.def, read from the configuration and set while running. */
#ifndef BAOLAN_OPTIONS_H
#define BAOLAN_OPTIONS_H

#include "baolan/memory.h"

#include <stdbool.h>

enum option {
#define OPTION(id, name, values, initial, help) id,
#include "app/options.def"
#undef OPTION
    OPTION_COUNT
};

struct option_row {
    const char *name;
    const char *values; /* words separated by |, or NUMBER, or TEXT */
    const char *initial;
    const char *help; /* a msgid */
};

struct options;

/* All options at their defaults. */
struct options *options_new(struct arena *a);

/* Sets the option of that name; STATUS_NOT_FOUND or STATUS_BAD_INPUT with a sentence in *e. */
enum status options_set(struct options *o, struct str name, struct str value, struct error *e);

/* Its value as text; never NULL. */
const char *options_text(const struct options *o, enum option id);
/* Its value as a number, 0 where it is none. */
long options_number(const struct options *o, enum option id);
/* True where its value is `value`. */
bool options_is(const struct options *o, enum option id, const char *value);

const struct option_row *option_row(enum option id);
enum option option_named(struct str name); /* OPTION_COUNT: none */

#endif
