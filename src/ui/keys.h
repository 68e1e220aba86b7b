/* From the bytes that a terminal sends to keys. Arrows and function keys are understood in both
 * their forms (CSI and SS3) whatever mode the terminal is in; ^H and ^? are both Backspace. */
#ifndef UI_KEYS_H
#define UI_KEYS_H

#include "baolan/keymap.h"

#include <stdbool.h>

enum input_kind { INPUT_KEY, INPUT_PASTE, INPUT_MOUSE };

enum mouse_button { MOUSE_LEFT, MOUSE_MIDDLE, MOUSE_RIGHT, MOUSE_WHEEL_UP, MOUSE_WHEEL_DOWN };

struct input {
    enum input_kind kind;
    key key;          /* INPUT_KEY */
    struct str paste; /* INPUT_PASTE: valid until the next call; controls have become spaces */
    enum mouse_button button; /* INPUT_MOUSE: pressed there */
    int row, column;          /* counted from 0 */
};

struct decoder;

struct decoder *decoder_new(struct arena *a);

/* Takes what was read. At most DECODER_ROOM bytes at a time, after decoder_next said false. */
#define DECODER_ROOM 4096
void decoder_feed(struct decoder *d, const unsigned char *bytes, size_t n);

/* The next key, paste or press of the mouse; false where more bytes are needed. With `flush` the
 * wait is over: a lone Esc is the key Esc, a broken sequence is dropped. */
bool decoder_next(struct decoder *d, bool flush, struct input *out);

/* True where an unfinished sequence is held, so that decoder_next must be called with flush when
 * the Esc delay has passed. */
bool decoder_waits(const struct decoder *d);

/* What a key means outside prompts while an input method is left on: 、 is /, ： is :, full-width
 * letters, digits and marks are their ASCII forms. Other keys are themselves. */
key key_without_input_method(key k);

#endif
