/* Keys, their names, and what they are bound to. A key is bound to a command line, as `:` takes it,
 * so that keys, the configuration and scripts are one language. */
#ifndef BAOLAN_KEYMAP_H
#define BAOLAN_KEYMAP_H

#include "baolan/buffer.h"
#include "baolan/command.h"

#include <stdint.h>

/* A key: a code point, or one of the names below, with modifiers in the high bits. Letters carry
 * their case and never KEY_SHIFT; control letters are KEY_CTRL with the small letter, but for Tab,
 * Enter, Esc and Backspace, which terminals cannot tell from C-i, C-m, C-[ and C-h. */
typedef uint32_t key;

enum {
    KEY_NAMED = 0x110000, /* named keys begin here */
    KEY_SHIFT = 0x1000000,
    KEY_ALT = 0x2000000,
    KEY_CTRL = 0x4000000,
    KEY_MODIFIERS = 0x7000000,
};

/* One row a named key: id, name between < and >. */
#define KEY_TABLE(X)              \
    X(KEY_ENTER, "Enter")         \
    X(KEY_ESCAPE, "Esc")          \
    X(KEY_TAB, "Tab")             \
    X(KEY_BACKSPACE, "Backspace") \
    X(KEY_SPACE, "Space")         \
    X(KEY_UP, "Up")               \
    X(KEY_DOWN, "Down")           \
    X(KEY_LEFT, "Left")           \
    X(KEY_RIGHT, "Right")         \
    X(KEY_HOME, "Home")           \
    X(KEY_END, "End")             \
    X(KEY_PAGE_UP, "PageUp")      \
    X(KEY_PAGE_DOWN, "PageDown")  \
    X(KEY_INSERT, "Insert")       \
    X(KEY_DELETE, "Delete")       \
    X(KEY_F1, "F1")               \
    X(KEY_F2, "F2")               \
    X(KEY_F3, "F3")               \
    X(KEY_F4, "F4")               \
    X(KEY_F5, "F5")               \
    X(KEY_F6, "F6")               \
    X(KEY_F7, "F7")               \
    X(KEY_F8, "F8")               \
    X(KEY_F9, "F9")               \
    X(KEY_F10, "F10")             \
    X(KEY_F11, "F11")             \
    X(KEY_F12, "F12")

enum key_name {
    KEY_NAMED_FIRST = KEY_NAMED - 1,
#define X(id, name) id,
    KEY_TABLE(X)
#undef X
        KEY_NAMED_END
};

/* Keys in a sequence at most. */
#define KEYS_MAX 4

/* Reads one key from text at *at ("j", "<C-d>", "<lt>" for <) and moves *at past it; 0 at the end
 * or where a name in angle brackets is unknown. */
key key_read(struct str text, size_t *at);

/* Writes a key's name as key_read takes it. */
void key_write(key k, struct buffer *out);

struct binding {
    enum context context;
    key keys[KEYS_MAX];
    int n_keys;
    struct str line; /* the command line; empty: the key is taken away */
    enum command command;
};

struct keymap;

/* The keys of commands.def. */
struct keymap *keymap_new(struct arena *a);

/* Binds keys in a context to a command line; an empty line unbinds. STATUS_BAD_INPUT with a
 * sentence where the keys or the command's name cannot be read. */
enum status keymap_bind(struct keymap *m, enum context context, struct str keys, struct str line,
                        struct error *e);

enum key_match { KEY_UNBOUND, KEY_PREFIX, KEY_BOUND };

/* What n keys mean in a context and those above it: the innermost context that knows them decides.
 * KEY_BOUND fills *out, KEY_PREFIX says that more keys may follow. */
enum key_match keymap_find(const struct keymap *m, enum context context, const key *keys, int n,
                           const struct binding **out);

/* The first binding of a command that works in the context (not hidden by an inner one), or NULL.
 */
const struct binding *keymap_binding(const struct keymap *m, enum context context,
                                     enum command command);

/* All bindings in the order made; later ones replace earlier ones of the same context and keys. */
size_t keymap_count(const struct keymap *m);
const struct binding *keymap_at(const struct keymap *m, size_t i);

/* The binding's keys as key_read takes them. */
struct str binding_keys(const struct binding *b, struct arena *a);
/* The same for a person: Enter, Ctrl-D, S-Tab, gg. */
struct str binding_label(const struct binding *b, struct arena *a);

#endif
