#include "baolan/message.h"
#include "baolan/utf8.h"
#include "ui/state.h"

/* What commands made necessary is taken together here, and painted once by the loop. */
static void react(struct ui *ui, reaction r)
{
    if (r & REACT_QUIT)
        ui->quit = true;
    if (r & REACT_REPAINT)
        ui->repaint = true;
    if (r != REACT_NONE)
        ui->dirty = true;
}

static struct str keys_text(struct ui *ui)
{
    struct binding pending = {.n_keys = ui->n_keys};
    memcpy(pending.keys, ui->keys, sizeof ui->keys);
    return binding_label(&pending, ui->places);
}

/* A letter of a link was pressed: the last one follows it. */
static reaction choose_label(struct ui *ui, key k)
{
    int letter = 0;
    while (letter < LETTERS && (key)LABEL_LETTERS[letter] != k)
        letter++;
    bool two = ui->n_labels > LETTERS;
    if (letter < LETTERS && two && ui->label_first < 0) {
        ui->label_first = letter;
        return REACT_VIEW;
    }
    ui->labelling = false;
    size_t chosen = (size_t)(two ? ui->label_first * LETTERS + letter : letter);
    if (letter == LETTERS || chosen >= ui->n_labels)
        return REACT_VIEW;
    struct view *v = ui->labels[chosen].view;
    v->focus = ui->labels[chosen].row;
    v->link = ui->labels[chosen].link;
    return REACT_VIEW | (v->ops->enter == NULL ? REACT_NONE : v->ops->enter(v));
}

/* True where a key is bound to a command alone that takes the next key as its letter. */
static bool awaits_letter(const struct binding *b)
{
    return b->command < COMMAND_COUNT && (command_row(b->command)->flags & COMMAND_LETTER) != 0 &&
           str_eq(b->line, str_of(command_row(b->command)->name));
}

static reaction take_letter(struct ui *ui, key k)
{
    enum command command = ui->awaiting;
    struct buffer line = buffer_in(ui->places);
    ui->awaiting = COMMAND_COUNT;
    ui->n_keys = 0;
    if (k >= KEY_NAMED || k <= ' ')
        return REACT_STATUS;
    buffer_printf(&line, "%s ", command_row(command)->name);
    buffer_add_point(&line, k);
    return command_run(ui, buffer_str(&line));
}

/* Text that came outside a prompt, committed by an input method or pasted, is what one looks for:
 * a paste must never run as commands. */
static reaction look_for(struct ui *ui, const struct input *text)
{
    reaction r = command_run(ui, ui->reading ? STR("find-page") : STR("search"));
    return ui->prompt.active ? r | prompt_input(ui, text) : r;
}

static reaction press(struct ui *ui, key k)
{
    struct view *v = ui_focused(ui);
    const struct binding *b = NULL;
    if (ui->labelling)
        return choose_label(ui, k);
    if (ui->awaiting < COMMAND_COUNT)
        return take_letter(ui, k);
    k = key_without_input_method(k);
    if (k < KEY_NAMED && point_is_han(k) && ui->n_keys == 0)
        return look_for(ui, &(struct input){.kind = INPUT_KEY, .key = k});
    if (ui->n_keys > 0 && k == KEY_ESCAPE) {
        ui->n_keys = 0;
        return REACT_STATUS;
    }
    ui->keys[ui->n_keys++] = k;
    enum context context = v == NULL ? CONTEXT_GLOBAL : v->ops->context;
    switch (keymap_find(ui->keymap, context, ui->keys, ui->n_keys, &b)) {
    case KEY_BOUND:
        if (awaits_letter(b)) {
            ui->awaiting = b->command;
            return REACT_STATUS;
        }
        ui->n_keys = 0;
        return command_run(ui, b->line);
    case KEY_PREFIX:
        if (ui->n_keys < KEYS_MAX)
            return REACT_STATUS;
        break;
    case KEY_UNBOUND:
        break;
    }
    struct str keys = keys_text(ui);
    ui_say(ui, ROLE_DIM, message(MESSAGE_NOT_BOUND), str_dup_c(ui->places, keys));
    ui->n_keys = 0;
    return REACT_STATUS;
}

static reaction click(struct ui *ui, int row, int column)
{
    enum pane_id pane;
    size_t index;
    uint32_t link;
    if (row == 0 && paint_tab_at(ui, column) != VIEW_COUNT)
        return command_run(ui, str_of(view_name(paint_tab_at(ui, column))));
    if (!paint_hit(ui, row, column, &pane, &index, &link))
        return REACT_NONE;
    struct view *v = ui->panes[pane].view;
    bool again = ui_focused(ui) == v && v->focus == index && link == NO_LINK && pane == PANE_LIST;
    ui->reading = pane == PANE_READER;
    v->focus = index;
    v->link = link;
    if ((again || link != NO_LINK) && v->ops->enter != NULL)
        return REACT_LAYOUT | v->ops->enter(v);
    return REACT_LAYOUT;
}

static reaction mouse(struct ui *ui, const struct input *input)
{
    enum pane_id pane;
    size_t index;
    uint32_t link;
    if (input->button == MOUSE_LEFT)
        return click(ui, input->row, input->column);
    if (input->button != MOUSE_WHEEL_UP && input->button != MOUSE_WHEEL_DOWN)
        return REACT_NONE;
    if (!paint_hit(ui, input->row, input->column, &pane, &index, &link))
        return REACT_NONE;
    return window_scroll(ui->panes[pane].view, input->button == MOUSE_WHEEL_UP ? -3 : 3);
}

void input_handle(struct ui *ui, const struct input *input)
{
    if (layout_is_too_small(ui)) {
        if (input->kind == INPUT_KEY && input->key == 'q')
            ui->quit = true;
        return;
    }
    layout_panes(ui);
    if (ui->prompt.active) {
        react(ui, prompt_input(ui, input));
        return;
    }
    if (ui->said[0] != '\0') {
        ui->said[0] = '\0';
        ui->dirty = true;
    }
    if (input->kind == INPUT_KEY)
        react(ui, press(ui, input->key));
    else if (input->kind == INPUT_MOUSE)
        react(ui, mouse(ui, input));
    else if (str_trim(input->paste).n > 0)
        react(ui, look_for(ui, input));
    ui_warn(ui);
}
