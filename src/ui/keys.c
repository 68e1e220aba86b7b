#include "ui/keys.h"

#include "baolan/utf8.h"

/* A paste longer than this loses its end: prompts take one line. */
enum { PASTE_MAX = 64 * 1024 };

struct decoder {
    unsigned char bytes[DECODER_ROOM + 256];
    size_t n, at;
    struct buffer paste;
    bool pasting;
};

/* What a try to read one input from the bytes found. */
enum found { FOUND, NEED_MORE, NOTHING };

struct decoder *decoder_new(struct arena *a)
{
    struct decoder *d = arena_new_of(a, struct decoder);
    d->paste = buffer_in(a);
    return d;
}

void decoder_feed(struct decoder *d, const unsigned char *bytes, size_t n)
{
    memmove(d->bytes, d->bytes + d->at, d->n - d->at);
    d->n -= d->at;
    d->at = 0;
    if (n > sizeof d->bytes - d->n)
        n = sizeof d->bytes - d->n;
    memcpy(d->bytes + d->n, bytes, n);
    d->n += n;
}

bool decoder_waits(const struct decoder *d)
{
    return d->at < d->n && !d->pasting;
}

/* Numbers of `CSI number ~`. */
static key key_of_tilde(int number)
{
    static const struct {
        int number;
        key key;
    } KEYS[] = {
        {1, KEY_HOME}, {2, KEY_INSERT}, {3, KEY_DELETE},    {4, KEY_END},  {5, KEY_PAGE_UP},
        {7, KEY_HOME}, {8, KEY_END},    {6, KEY_PAGE_DOWN}, {11, KEY_F1},  {12, KEY_F2},
        {13, KEY_F3},  {14, KEY_F4},    {15, KEY_F5},       {17, KEY_F6},  {18, KEY_F7},
        {19, KEY_F8},  {20, KEY_F9},    {21, KEY_F10},      {23, KEY_F11}, {24, KEY_F12},
    };
    for (size_t i = 0; i < sizeof KEYS / sizeof *KEYS; i++)
        if (KEYS[i].number == number)
            return KEYS[i].key;
    return 0;
}

/* Final letters of CSI and SS3 alike. */
static key key_of_letter(unsigned char letter)
{
    static const struct {
        unsigned char letter;
        key key;
    } KEYS[] = {
        {'A', KEY_UP},  {'B', KEY_DOWN}, {'C', KEY_RIGHT}, {'D', KEY_LEFT},
        {'F', KEY_END}, {'H', KEY_HOME}, {'P', KEY_F1},    {'Q', KEY_F2},
        {'R', KEY_F3},  {'S', KEY_F4},   {'E', '5'},
    };
    for (size_t i = 0; i < sizeof KEYS / sizeof *KEYS; i++)
        if (KEYS[i].letter == letter)
            return KEYS[i].key;
    return 0;
}

/* The keypad in its application mode: SS3 j … y are * + , - . / 0 … 9, M is Enter. */
static key key_of_keypad(unsigned char letter)
{
    if (letter >= 'j' && letter <= 'y')
        return (key)(letter - 'j' + '*');
    return letter == 'M' ? KEY_ENTER : letter == 'I' ? KEY_TAB : 0;
}

/* The second parameter of a sequence: 1 + (1 Shift, 2 Alt, 4 Ctrl). */
static key modifiers_of(int parameter)
{
    key modifiers = 0;
    int bits = parameter > 1 ? parameter - 1 : 0;
    if (bits & 1)
        modifiers |= KEY_SHIFT;
    if (bits & 2)
        modifiers |= KEY_ALT;
    if (bits & 4)
        modifiers |= KEY_CTRL;
    return modifiers;
}

static key key_of_control(unsigned char c)
{
    switch (c) {
    case 0:
        return KEY_CTRL | ' ';
    case '\t':
        return KEY_TAB;
    case '\r':
    case '\n':
        return KEY_ENTER;
    case 8:
    case 0x7F:
        return KEY_BACKSPACE;
    case ' ':
        return KEY_SPACE;
    case 27:
        return KEY_ESCAPE;
    default:
        return KEY_CTRL | (c <= 26 ? (key)(c + 'a' - 1) : (key)(c + '@'));
    }
}

/* A code point that came as a number (CSI code ; modifiers u), as the same key in bytes. */
static key key_of_code(int code, key modifiers)
{
    key k = code < 0x20 || code == 0x7F || code == ' ' ? key_of_control((unsigned char)code)
                                                       : (key)code;
    if (k < KEY_NAMED)
        modifiers &= ~(key)KEY_SHIFT;
    return k | modifiers;
}

struct sequence {
    int parameters[4];
    int n;
    unsigned char private, final;
    size_t length; /* bytes, from the byte after ESC [ */
};

/* Reads the rest of a control sequence. */
static enum found read_sequence(const unsigned char *p, size_t n, struct sequence *s)
{
    size_t i = 0;
    if (i < n && p[i] >= '<' && p[i] <= '?')
        s->private = p[i++];
    for (; i < n && p[i] < 0x40; i++) {
        if (p[i] < 0x20)
            return NOTHING;
        if (p[i] >= '0' && p[i] <= '9' && s->n < 4) {
            int *value = &s->parameters[s->n];
            *value = *value < 100000 ? *value * 10 + (p[i] - '0') : *value;
        }
        if ((p[i] == ';' || p[i] == ':') && s->n < 4)
            s->n++;
    }
    if (i == n)
        return n > 64 ? NOTHING : NEED_MORE;
    s->final = p[i];
    s->length = i + 1;
    return FOUND;
}

static bool read_mouse(const struct sequence *s, struct input *out)
{
    int button = s->parameters[0] & ~(4 | 8 | 16);
    *out = (struct input){
        .kind = INPUT_MOUSE, .row = s->parameters[2] - 1, .column = s->parameters[1] - 1};
    if (s->final != 'M' || out->row < 0 || out->column < 0)
        return false;
    if (button >= 0 && button <= 2)
        out->button = (enum mouse_button)button;
    else if (button == 64 || button == 65)
        out->button = button == 64 ? MOUSE_WHEEL_UP : MOUSE_WHEEL_DOWN;
    else
        return false;
    return true;
}

/* A control sequence from the byte after ESC [. *used bytes were read; out->key 0: no key. */
static enum found read_csi(struct decoder *d, const unsigned char *p, size_t n, size_t *used,
                           struct input *out)
{
    struct sequence s = {0};
    out->kind = INPUT_KEY;
    out->key = 0;
    if (n > 0 && p[0] == '[') { /* the Linux console: ESC [ [ A … E are F1 … F5 */
        *used = 2;
        if (n > 1 && p[1] >= 'A' && p[1] <= 'E')
            out->key = KEY_F1 + (key)(p[1] - 'A');
        return n > 1 ? FOUND : NEED_MORE;
    }
    if (n > 0 && p[0] == 'M') { /* the mouse's old form, never asked for: passed over */
        *used = 4;
        return n >= 4 ? FOUND : NEED_MORE;
    }
    enum found found = read_sequence(p, n, &s);
    if (found != FOUND) {
        *used = 0;
        return found;
    }
    *used = s.length;
    if (s.private == '<' && (s.final == 'M' || s.final == 'm')) {
        if (!read_mouse(&s, out))
            *out = (struct input){.kind = INPUT_KEY, .key = 0};
        return FOUND;
    }
    key modifiers = modifiers_of(s.parameters[1]);
    if (s.private != 0)
        return FOUND;
    if (s.final == '~' && s.parameters[0] == 200)
        d->pasting = true;
    else if (s.final == '~' && s.parameters[0] == 27 && s.n >= 2)
        out->key = key_of_code(s.parameters[2], modifiers);
    else if (s.final == '~')
        out->key = key_of_tilde(s.parameters[0]);
    else if (s.final == 'u')
        return out->key = key_of_code(s.parameters[0], modifiers), FOUND;
    else if (s.final == 'Z')
        out->key = KEY_TAB | KEY_SHIFT;
    else
        out->key = key_of_letter(s.final);
    if (out->key != 0)
        out->key |= modifiers;
    return FOUND;
}

/* What follows ESC. */
static enum found read_escape(struct decoder *d, const unsigned char *p, size_t n, bool flush,
                              size_t *used, struct input *out)
{
    enum found found = NEED_MORE;
    size_t inner = 0;
    if (n > 0 && p[0] == '[') {
        found = read_csi(d, p + 1, n - 1, &inner, out);
        *used = 1 + inner;
        if (n == 1 && flush) { /* Alt with [ */
            out->key = KEY_ALT | '[';
            return FOUND;
        }
    } else if (n > 0 && p[0] == 'O') {
        if (n == 1 && flush) {
            *used = 1;
            out->key = KEY_ALT | 'O';
            return FOUND;
        }
        found = n > 1 ? FOUND : NEED_MORE;
        *used = 2;
        if (n > 1) {
            out->key = key_of_letter(p[1]);
            if (out->key == 0)
                out->key = key_of_keypad(p[1]);
        }
    } else if (n > 0 && p[0] == 27) { /* ESC before a sequence: Alt with it */
        found = read_escape(d, p + 1, n - 1, flush, &inner, out);
        *used = 1 + inner;
        if (found == FOUND && out->kind == INPUT_KEY && out->key == KEY_ESCAPE)
            *used = 0; /* two presses of Esc, of which this is the first */
        else if (found == FOUND && out->kind == INPUT_KEY && out->key != 0)
            out->key |= KEY_ALT;
    } else if (n > 0) {
        struct str rest = {(const char *)p, n};
        *used = 0;
        key k =
            p[0] <= ' ' || p[0] == 0x7F ? (*used = 1, key_of_control(p[0])) : utf8_next(rest, used);
        out->key = k | KEY_ALT;
        return FOUND;
    }
    if (found == NEED_MORE && flush && n == 0) {
        *used = 0;
        out->key = KEY_ESCAPE;
        return FOUND;
    }
    return found;
}

/* Bytes that the lead byte of a UTF-8 character promises. */
static size_t promised(unsigned char lead)
{
    return lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 1;
}

/* Takes bytes of a paste up to its end mark; true when it is whole. */
static bool read_paste(struct decoder *d, struct input *out)
{
    static const char END[] = "\033[201~";
    while (d->at < d->n) {
        struct str rest = {(const char *)d->bytes + d->at, d->n - d->at};
        if (str_starts(rest, STR(END))) {
            d->at += sizeof END - 1;
            d->pasting = false;
            *out = (struct input){.kind = INPUT_PASTE, .paste = buffer_str(&d->paste)};
            return true;
        }
        if (rest.p[0] == END[0] && rest.n < sizeof END - 1 && str_starts(STR(END), rest))
            return false;
        unsigned char c = (unsigned char)rest.p[0];
        if (d->paste.n < PASTE_MAX)
            buffer_add_byte(&d->paste, c < 0x20 || c == 0x7F ? ' ' : (char)c);
        d->at++;
    }
    return false;
}

/* One input from the bytes at hand, without pastes. */
static enum found read_one(struct decoder *d, bool flush, size_t *used, struct input *out)
{
    const unsigned char *p = d->bytes + d->at;
    size_t n = d->n - d->at;
    *out = (struct input){.kind = INPUT_KEY};
    *used = 1;
    if (p[0] == 27) {
        enum found found = read_escape(d, p + 1, n - 1, flush, used, out);
        *used += 1;
        return found;
    }
    if (p[0] <= ' ' || p[0] == 0x7F) {
        out->key = key_of_control(p[0]);
        return FOUND;
    }
    if (n < promised(p[0]) && !flush)
        return NEED_MORE;
    *used = 0;
    out->key = utf8_next((struct str){(const char *)p, n}, used);
    return out->key == 0xFFFD || (out->key >= 0x80 && out->key < 0xA0) ? NOTHING : FOUND;
}

bool decoder_next(struct decoder *d, bool flush, struct input *out)
{
    while (d->at < d->n) {
        if (d->pasting) {
            if (read_paste(d, out))
                return true;
            return false;
        }
        size_t used = 1;
        enum found found = read_one(d, flush, &used, out);
        if (found == NEED_MORE && !flush)
            return false;
        if (used > d->n - d->at || used == 0)
            used = found == FOUND && used > 0 ? d->n - d->at : 1;
        d->at += used;
        if (d->pasting)
            d->paste.n = 0;
        if (found == FOUND && (out->kind != INPUT_KEY || out->key != 0))
            return true;
    }
    return false;
}

key key_without_input_method(key k)
{
    static const struct {
        key from, to;
    } KEYS[] = {
        {0x3001, '/'}, {0x3002, '.'}, {0x3000, KEY_SPACE}, {0x3010, '['},  {0x3011, ']'},
        {0x300A, '<'}, {0x300B, '>'}, {0x2018, '\''},      {0x2019, '\''}, {0x201C, '"'},
        {0x201D, '"'}, {0x00B7, '`'}, {0x2026, '^'},       {0xFFE5, '$'},
    };
    if (k >= 0xFF01 && k <= 0xFF5E)
        return k - 0xFEE0;
    for (size_t i = 0; i < sizeof KEYS / sizeof *KEYS; i++)
        if (KEYS[i].from == k)
            return KEYS[i].to;
    return k;
}
