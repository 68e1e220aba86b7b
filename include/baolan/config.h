/* The configuration: the administrator's, /etc/baolan/config, then the person's,
 * $XDG_CONFIG_HOME/baolan/config, line by line over it: lines `set NAME VALUE` (or
 * `NAME = VALUE`) and `bind CONTEXT KEYS COMMAND`, `#` begins a comment. */
#ifndef BAOLAN_CONFIG_H
#define BAOLAN_CONFIG_H

#include "baolan/keymap.h"
#include "baolan/options.h"

/* Reads the text of a configuration into options and keymap. Each line that cannot be read is
 * reported through warn as "NAME line N: what", and the rest is used. m may be NULL: bindings are
 * passed over. */
void config_read(struct str text, const char *name, struct options *o, struct keymap *m,
                 void (*warn)(void *context, const char *message), void *context);

/* The same from the person's file. STATUS_OK where there is none. */
enum status config_load(struct arena *a, struct options *o, struct keymap *m,
                        void (*warn)(void *context, const char *message), void *context,
                        struct error *e);

/* A configuration file that sets everything to what is in force, with a comment on each line: what
 * `baolan config --print` writes. */
void config_print(const struct options *o, const struct keymap *m, struct buffer *out);

/* True where the configuration says `restricted`: no other program is to be run. */
bool config_is_restricted(struct arena *a);

#endif
