#include "ui/state.h"

#include "baolan/utf8.h"

#include <stdio.h>

void ui_prompt(struct ui *ui, const char *label, struct str initial, prompt_done *done,
               prompt_done *changed, void *context)
{
    struct prompt *p = &ui->prompt;
    memset(p, 0, sizeof *p);
    p->active = true;
    p->done = done;
    p->changed = changed;
    p->context = context;
    snprintf(p->label, sizeof p->label, "%s", label);
    p->n = initial.n < PROMPT_ROOM - 1 ? initial.n : 0;
    if (p->n > 0)
        memcpy(p->text, initial.p, p->n);
    p->at = p->n;
}

void ui_prompt_other(struct ui *ui, prompt_done *other, const char *hint)
{
    ui->prompt.other = other;
    ui->prompt.hint = hint;
}

void ui_choose(struct ui *ui, const char *label, prompt_done *done, void *context)
{
    ui_prompt(ui, label, STR(""), done, NULL, context);
    ui->prompt.one_key = true;
}

static struct str text_of(const struct prompt *p)
{
    return (struct str){p->text, p->n};
}

static void set_text(struct prompt *p, struct str text)
{
    p->n = text.n < PROMPT_ROOM - 1 ? text.n : PROMPT_ROOM - 1;
    memmove(p->text, text.p == NULL ? "" : text.p, p->n);
    p->at = p->n;
}

/* The start of the cluster before byte at. */
static size_t before(const struct prompt *p, size_t at)
{
    struct cluster c;
    size_t start = 0;
    for (size_t i = 0; i < at && cluster_next(text_of(p), &i, AMBIGUOUS_NARROW, &c);)
        start = c.start;
    return start;
}

static size_t after(const struct prompt *p, size_t at)
{
    struct cluster c;
    return cluster_next(text_of(p), &at, AMBIGUOUS_NARROW, &c) ? c.end : p->n;
}

static bool is_word(const struct prompt *p, size_t at)
{
    uint32_t c = utf8_at(text_of(p), at);
    return at < p->n && !point_is_space(c) && !point_is_punctuation(c);
}

static size_t word_before(const struct prompt *p, size_t at)
{
    while (at > 0 && !is_word(p, before(p, at)))
        at = before(p, at);
    while (at > 0 && is_word(p, before(p, at)))
        at = before(p, at);
    return at;
}

static size_t word_after(const struct prompt *p, size_t at)
{
    while (at < p->n && !is_word(p, at))
        at = after(p, at);
    while (at < p->n && is_word(p, at))
        at = after(p, at);
    return at;
}

static void insert(struct prompt *p, struct str text)
{
    if (p->n + text.n >= PROMPT_ROOM)
        return;
    memmove(p->text + p->at + text.n, p->text + p->at, p->n - p->at);
    memcpy(p->text + p->at, text.p, text.n);
    p->n += text.n;
    p->at += text.n;
}

/* Takes bytes [from, to) away; keep: for C-y. */
static void erase(struct prompt *p, size_t from, size_t to, bool keep)
{
    if (keep && to > from)
        snprintf(p->cut, sizeof p->cut, "%.*s", (int)(to - from), p->text + from);
    memmove(p->text + from, p->text + to, p->n - to);
    p->n -= to - from;
    p->at = from;
}

/* Line number `back` of this prompt's history, 1 the newest; NULL past the oldest. */
static const struct str *history_line(const struct ui *ui, size_t back)
{
    const struct prompt_history *h = &ui->history;
    for (size_t i = h->lines.n; i-- > 0;)
        if (str_eq(h->labels.at[i], str_of(ui->prompt.label)) && --back == 0)
            return &h->lines.at[i];
    return NULL;
}

static void go_history(struct ui *ui, bool older)
{
    struct prompt *p = &ui->prompt;
    if (older) {
        const struct str *line = history_line(ui, p->history + 1);
        if (line == NULL)
            return;
        if (p->history++ == 0)
            snprintf(p->kept, sizeof p->kept, "%.*s", (int)p->n, p->text);
        set_text(p, *line);
    } else if (p->history > 0) {
        const struct str *line = --p->history == 0 ? NULL : history_line(ui, p->history);
        set_text(p, line == NULL ? str_of(p->kept) : *line);
    }
}

/* C-r: the next older line that has what was typed. */
static void search_history(struct ui *ui)
{
    struct prompt *p = &ui->prompt;
    size_t back = p->history;
    const struct str *line;
    if (back == 0)
        snprintf(p->kept, sizeof p->kept, "%.*s", (int)p->n, p->text);
    while ((line = history_line(ui, ++back)) != NULL)
        if (str_has(*line, str_of(p->kept))) {
            p->history = back;
            set_text(p, *line);
            return;
        }
}

static void remember(struct ui *ui, struct str text)
{
    const struct str *last = history_line(ui, 1);
    if (text.n == 0 || (last != NULL && str_eq(*last, text)))
        return;
    vector_push(ui->arena, &ui->history.labels, str_dup(ui->arena, str_of(ui->prompt.label)));
    vector_push(ui->arena, &ui->history.lines, str_dup(ui->arena, text));
}

static void complete(struct ui *ui, int step)
{
    struct prompt *p = &ui->prompt;
    if (p->completion == 0)
        p->completion_n = p->n;
    p->completion += step > 0 ? 1 : p->completion > 1 ? (size_t)-1 : 0;
    char typed[PROMPT_ROOM];
    if (p->completion == 1 && step > 0)
        snprintf(p->kept, sizeof p->kept, "%.*s", (int)p->completion_n, p->text);
    snprintf(typed, sizeof typed, "%s", p->kept);
    struct str line = command_complete(ui, str_of(typed), p->completion - 1);
    if (line.n == 0 && p->completion > 1) {
        p->completion = 1;
        line = command_complete(ui, str_of(typed), 0);
    }
    if (line.n > 0)
        set_text(p, line);
}

static reaction finish(struct ui *ui, bool accepted)
{
    struct prompt *p = &ui->prompt;
    struct str text = str_dup(ui->places, text_of(p));
    p->active = false;
    if (!accepted)
        text.p = NULL, text.n = 0;
    else if (!p->one_key)
        remember(ui, text);
    return p->done(ui, p->context, text) | REACT_STATUS;
}

/* Ends the prompt in its other way, with what was typed. */
static reaction end_other(struct ui *ui)
{
    struct prompt *p = &ui->prompt;
    struct str text = str_dup(ui->places, text_of(p));
    p->active = false;
    return p->other(ui, p->context, text) | REACT_STATUS;
}

static bool is_label_again(const struct prompt *p, key k)
{
    return p->n == 0 && p->label[0] != '\0' && p->label[1] == '\0' && k == (key)p->label[0];
}

/* Moves the cursor or takes text away; false: the key does neither. */
static bool edit(struct ui *ui, key k)
{
    struct prompt *p = &ui->prompt;
    switch (k) {
    case KEY_LEFT:
    case KEY_CTRL | 'b':
        p->at = before(p, p->at);
        return true;
    case KEY_RIGHT:
    case KEY_CTRL | 'f':
        p->at = after(p, p->at);
        return true;
    case KEY_HOME:
    case KEY_CTRL | 'a':
        p->at = 0;
        return true;
    case KEY_END:
    case KEY_CTRL | 'e':
        p->at = p->n;
        return true;
    case KEY_ALT | 'b':
    case KEY_CTRL | KEY_LEFT:
        p->at = word_before(p, p->at);
        return true;
    case KEY_ALT | 'f':
    case KEY_CTRL | KEY_RIGHT:
        p->at = word_after(p, p->at);
        return true;
    case KEY_BACKSPACE:
        erase(p, before(p, p->at), p->at, false);
        return true;
    case KEY_DELETE:
    case KEY_CTRL | 'd':
        erase(p, p->at, after(p, p->at), false);
        return true;
    case KEY_CTRL | 'k':
        erase(p, p->at, p->n, true);
        return true;
    case KEY_CTRL | 'u':
        erase(p, 0, p->at, true);
        return true;
    case KEY_CTRL | 'w':
    case KEY_ALT | KEY_BACKSPACE:
        erase(p, word_before(p, p->at), p->at, true);
        return true;
    case KEY_ALT | 'd':
        erase(p, p->at, word_after(p, p->at), true);
        return true;
    case KEY_CTRL | 'y':
        insert(p, str_of(p->cut));
        return true;
    case KEY_UP:
    case KEY_CTRL | 'p':
        go_history(ui, true);
        return true;
    case KEY_CTRL | 'r':
        search_history(ui);
        return true;
    case KEY_DOWN:
    case KEY_CTRL | 'n':
        go_history(ui, false);
        return true;
    default:
        return false;
    }
}

static void type(struct prompt *p, key k)
{
    char bytes[4];
    uint32_t point = k == KEY_SPACE ? ' ' : k;
    if (point < KEY_NAMED && point >= ' ')
        insert(p, (struct str){bytes, utf8_write(point, bytes)});
}

reaction prompt_input(struct ui *ui, const struct input *input)
{
    struct prompt *p = &ui->prompt;
    if (input->kind == INPUT_MOUSE)
        return REACT_NONE;
    if (input->kind == INPUT_PASTE) {
        insert(p, input->paste);
    } else {
        key k = input->key;
        bool leave = k == KEY_ESCAPE || k == (KEY_CTRL | 'c') || k == (KEY_CTRL | 'g') ||
                     (k == KEY_BACKSPACE && p->n == 0);
        if (leave || k == KEY_ENTER)
            return finish(ui, !leave);
        if (p->other != NULL && (k == KEY_TAB || is_label_again(p, key_without_input_method(k))))
            return end_other(ui);
        if (p->completes && (k == KEY_TAB || k == (KEY_TAB | KEY_SHIFT))) {
            complete(ui, k == KEY_TAB ? 1 : -1);
            return REACT_STATUS;
        }
        p->completion = 0;
        if (p->one_key) {
            type(p, key_without_input_method(k));
            return p->n > 0 ? finish(ui, true) : REACT_STATUS;
        }
        if (!edit(ui, k))
            type(p, k);
    }
    return REACT_STATUS |
           (p->changed == NULL ? REACT_NONE : p->changed(ui, p->context, text_of(p)));
}

int prompt_draw(struct ui *ui, struct frame *f, int row)
{
    const struct prompt *p = &ui->prompt;
    int start = frame_put(f, row, 0, f->columns, str_of(p->label), ROLE_KEY);
    int room = f->columns - start - 1;
    /* What is left of the cursor must fit: the text's beginning moves out to the left. */
    size_t from = 0;
    while (from < p->at &&
           (int)width_measure(str_sub(text_of(p), from, p->at), f->ambiguous) > room)
        from = after(p, from);
    frame_put(f, row, start, f->columns, str_sub(text_of(p), from, p->n), ROLE_TEXT);
    return start + (int)width_measure(str_sub(text_of(p), from, p->at), f->ambiguous);
}
