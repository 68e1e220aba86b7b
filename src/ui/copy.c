#include "ui/copy.h"

#include "app/program.h"

#include "baolan/buffer.h"
#include "baolan/message.h"
#include "baolan/utf8.h"
#include "ui/state.h"

#include <stdio.h>
#include <stdlib.h>

static void add_base64(struct buffer *out, struct str s)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < s.n; i += 3) {
        uint32_t three = 0;
        for (size_t k = 0; k < 3; k++)
            three = three << 8 | (i + k < s.n ? (unsigned char)s.p[i + k] : 0u);
        for (size_t k = 0; k < 4; k++)
            buffer_add_byte(out, i + k > s.n ? '=' : digits[three >> (18 - 6 * k) & 63]);
    }
}

/* screen hands on at most 768 bytes at a time. */
enum { SCREEN_BYTES = 700 };

struct str copy_sequence(struct arena *a, struct str text, enum copy_through through)
{
    struct buffer bare = buffer_in(a), out = buffer_in(a);
    buffer_add_c(&bare, "\033]52;c;");
    add_base64(&bare, text);
    buffer_add_c(&bare, "\a");
    struct str sequence = buffer_str(&bare);
    if (through == COPY_DIRECT)
        return sequence;
    if (through == COPY_TMUX) {
        buffer_add(&out, sequence);
        buffer_add_c(&out, "\033Ptmux;\033");
        buffer_add(&out, sequence);
        buffer_add_c(&out, "\033\\");
        return buffer_str(&out);
    }
    for (size_t at = 0; at < sequence.n; at += SCREEN_BYTES) {
        buffer_add_c(&out, "\033P");
        buffer_add(&out, str_sub(sequence, at, at + SCREEN_BYTES));
        buffer_add_c(&out, "\033\\");
    }
    return buffer_str(&out);
}

/* tmux as it is installed takes no such sequence from a program, but a buffer from its own command,
 * which it hands on to the terminal (-w, since 3.2). */
static bool tmux_takes(struct str text)
{
    static const char *const COMMAND[] = {"tmux", "load-buffer", "-w", "-", NULL};
    enum { SECONDS = 2, ANSWER_BYTES = 4096 };
    return program_filter(COMMAND, text, NULL, SECONDS, ANSWER_BYTES, NULL) == STATUS_OK;
}

/* What is pasted elsewhere is what was seen here. */
static struct str seen(struct arena *a, struct str text)
{
    struct buffer out = buffer_in(a);
    for (size_t at = 0; at < text.n;) {
        uint32_t c = utf8_next(text, &at);
        if (!point_is_unseen(c) || c == '\n' || c == '\t')
            buffer_add_point(&out, c);
    }
    return buffer_str(&out);
}

void ui_copy(struct ui *ui, struct str text)
{
    text = seen(ui->paint, text);
    enum copy_through through = getenv("TMUX") != NULL  ? COPY_TMUX
                                : getenv("STY") != NULL ? COPY_SCREEN
                                                        : COPY_DIRECT;
    if (text.n > COPY_MAX) {
        ui_say(ui, ROLE_WARN, message(MESSAGE_COPY_TOO_LONG), text.n);
        return;
    }
    if (ui->given->lines) {
        if (text.n > 0)
            fwrite(text.p, 1, text.n, stdout);
        putchar('\n');
        return;
    }
    if ((through == COPY_TMUX && tmux_takes(text)) ||
        terminal_send(ui->terminal, copy_sequence(ui->paint, text, through)))
        ui_say(ui, ROLE_TEXT,
               translate_count("sent to the clipboard: %zu character",
                               "sent to the clipboard: %zu characters", utf8_count(text)),
               utf8_count(text));
    else
        ui_say(ui, ROLE_WARN, "%s", message(MESSAGE_COPY_UNABLE));
}
