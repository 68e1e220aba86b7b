#include "baolan/config.h"
#include "baolan/files.h"
#include "baolan/message.h"
#include "ui/correct.h"
#include "ui/help_topics.h"
#include "ui/state.h"

#include <stdio.h>

typedef reaction handler(struct ui *ui, struct str argument);

static reaction do_down(struct ui *ui, struct str argument)
{
    (void)argument;
    return window_move(ui_focused(ui), 1);
}

static reaction do_up(struct ui *ui, struct str argument)
{
    (void)argument;
    return window_move(ui_focused(ui), -1);
}

static reaction do_page_down(struct ui *ui, struct str argument)
{
    (void)argument;
    return window_page(ui_focused(ui), 1, false);
}

static reaction do_page_up(struct ui *ui, struct str argument)
{
    (void)argument;
    return window_page(ui_focused(ui), -1, false);
}

static reaction do_half_down(struct ui *ui, struct str argument)
{
    (void)argument;
    return window_page(ui_focused(ui), 1, true);
}

static reaction do_half_up(struct ui *ui, struct str argument)
{
    (void)argument;
    return window_page(ui_focused(ui), -1, true);
}

static reaction do_first(struct ui *ui, struct str argument)
{
    (void)argument;
    return window_go(ui_focused(ui), 0);
}

static reaction do_last(struct ui *ui, struct str argument)
{
    (void)argument;
    struct view *v = ui_focused(ui);
    size_t n = v->ops->count(v);
    return window_go(v, n == 0 ? 0 : n - 1);
}

static reaction do_scroll_down(struct ui *ui, struct str argument)
{
    (void)argument;
    return window_scroll(ui_focused(ui), 1);
}

static reaction do_scroll_up(struct ui *ui, struct str argument)
{
    (void)argument;
    return window_scroll(ui_focused(ui), -1);
}

static reaction do_centre(struct ui *ui, struct str argument)
{
    (void)argument;
    return window_centre(ui_focused(ui));
}

static reaction do_enter(struct ui *ui, struct str argument)
{
    (void)argument;
    struct view *v = ui_focused(ui);
    if (v->ops->enter == NULL || v->ops->count(v) == 0)
        return REACT_NONE;
    return v->ops->enter(v);
}

static reaction arrive(struct ui *ui, const struct ring_place *place, enum message none)
{
    if (place == NULL) {
        ui_say(ui, ROLE_DIM, "%s", message(none));
        return REACT_STATUS;
    }
    return ui_show_place(ui, place);
}

static reaction do_back(struct ui *ui, struct str argument)
{
    (void)argument;
    struct ring_place now = ui_place(ui);
    return arrive(ui, ring_back(ui->ring, &now), MESSAGE_NO_HISTORY_BACK);
}

static reaction do_forward(struct ui *ui, struct str argument)
{
    (void)argument;
    struct ring_place now = ui_place(ui);
    return arrive(ui, ring_forward(ui->ring, &now), MESSAGE_NO_HISTORY_FORWARD);
}

static reaction step_link(struct ui *ui, int step)
{
    struct view *v = ui_focused(ui);
    if (v->ops->link == NULL || !v->ops->link(v, step)) {
        ui_say(ui, ROLE_DIM, "%s", message(MESSAGE_NO_LINK));
        return REACT_STATUS;
    }
    window_fit(v);
    return REACT_ROW;
}

static reaction do_link_next(struct ui *ui, struct str argument)
{
    (void)argument;
    return step_link(ui, 1);
}

static reaction do_link_previous(struct ui *ui, struct str argument)
{
    (void)argument;
    return step_link(ui, -1);
}

/* Of the article that is read, or that the list shows. */
static reaction do_links(struct ui *ui, struct str argument)
{
    struct view *v = ui_focused(ui);
    struct ring_place shown = ui_place(ui);
    struct ring_place to = {.view = VIEW_LINKS, .part = NONE, .link = NO_LINK, .state = STR("A")};
    (void)argument;
    if (!ui->reading && (v->ops->preview == NULL || v->ops->count(v) == 0 ||
                         !v->ops->preview(v, v->focus, ui->paint, &shown)))
        shown.record = 0;
    to.record = shown.record;
    return to.record == 0 ? REACT_PASS : ui_go(ui, &to);
}

static reaction do_link_labels(struct ui *ui, struct str argument)
{
    if (ui_speaks(ui)) /* letters on a screen tell nothing to who hears it */
        return do_links(ui, argument);
    ui->labelling = true;
    ui->label_first = -1;
    ui->n_labels = 0;
    paint_frame(ui);
    if (ui->n_labels > 0)
        return REACT_VIEW;
    ui->labelling = false;
    ui_say(ui, ROLE_DIM, "%s", message(MESSAGE_NO_LINK));
    return REACT_STATUS;
}

static reaction do_item_next(struct ui *ui, struct str argument)
{
    (void)argument;
    return ui_step_list(ui, 1);
}

static reaction do_item_previous(struct ui *ui, struct str argument)
{
    (void)argument;
    return ui_step_list(ui, -1);
}

/* A tab: the view as it was left, the list with the focus. */
static reaction go_tab(struct ui *ui, enum view_id id)
{
    if (!ui->reading && ui->list == id)
        return REACT_NONE;
    if (ui_view(ui, id) == NULL)
        return REACT_STATUS;
    struct view *v = ui_view(ui, id);
    struct ring_place from = ui_place(ui);
    struct ring_place to = {.view = id, .part = NONE, .link = NO_LINK};
    if (v->ops->place != NULL)
        v->ops->place(v, ui->paint, &to);
    to.view = id;
    ring_go(ui->ring, &from, &to);
    ui->list = id;
    ui->reading = false;
    ui->has_preview = false;
    return REACT_LAYOUT;
}

#define TAB(name, id)                                                  \
    static reaction do_view_##name(struct ui *ui, struct str argument) \
    {                                                                  \
        (void)argument;                                                \
        return go_tab(ui, id);                                         \
    }
TAB(proposals, VIEW_PROPOSALS)
TAB(indicators, VIEW_INDICATORS)
TAB(names, VIEW_NAMES)
TAB(findings, VIEW_FINDINGS)
TAB(places, VIEW_PLACES)
TAB(corrections, VIEW_CORRECTIONS)
#undef TAB

/* The documents; or those of another library. */
static reaction do_view_library(struct ui *ui, struct str argument)
{
    return argument.n > 0 ? libraries_open(ui, argument) : go_tab(ui, VIEW_LIBRARY);
}

static reaction do_pane_next(struct ui *ui, struct str argument)
{
    (void)argument;
    struct view *list = ui_view(ui, ui->list);
    if (ui->reading || ui->has_preview || list == NULL || list->ops->preview == NULL) {
        ui->reading = !ui->reading;
        return REACT_LAYOUT;
    }
    return list->ops->count(list) > 0 && list->ops->enter != NULL ? list->ops->enter(list)
                                                                  : REACT_NONE;
}

static reaction do_zoom(struct ui *ui, struct str argument)
{
    (void)argument;
    ui->zoomed = !ui->zoomed;
    return REACT_LAYOUT;
}

/* Searching within the rows of the focused view. */

static reaction find_step(struct ui *ui, int step)
{
    struct view *v = ui_focused(ui);
    size_t row = window_find(v, str_of(ui->find_text), v->focus, step);
    if (row == SIZE_MAX) {
        ui_say(ui, ROLE_WARN, message(MESSAGE_NOT_FOUND), ui->find_text);
        return REACT_STATUS;
    }
    return window_go(v, row);
}

static reaction found(struct ui *ui, void *context, struct str text)
{
    (void)context;
    if (text.n == 0)
        return REACT_STATUS;
    snprintf(ui->find_text, sizeof ui->find_text, "%.*s", STR_ARG(text));
    return find_step(ui, 1);
}

static reaction do_find(struct ui *ui, struct str argument)
{
    if (argument.n > 0)
        return found(ui, NULL, argument);
    ui_prompt(ui, message(MESSAGE_PROMPT_FIND), STR(""), found, NULL, NULL);
    return REACT_STATUS;
}

/* True in a text that a search led to, unless something else was looked for in it since. */
static bool walks_hits(struct ui *ui)
{
    struct view *list = ui_view(ui, ui->list);
    struct ring_place hit = {.view = VIEW_READER};
    return ui->reading && ui->list == VIEW_SEARCH && list->ops->count(list) > 0 &&
           list->ops->preview(list, list->focus, ui->paint, &hit) &&
           (hit.state.n == 0 || str_eq(hit.state, str_of(ui->find_text)));
}

/* n and N walk what a search found, through all documents, or what was looked for in this one. */
static reaction find_on(struct ui *ui, int step)
{
    return walks_hits(ui) ? ui_step_list(ui, step) : find_step(ui, step);
}

static reaction do_find_next(struct ui *ui, struct str argument)
{
    (void)argument;
    return find_on(ui, 1);
}

static reaction do_find_previous(struct ui *ui, struct str argument)
{
    (void)argument;
    return find_on(ui, -1);
}

/* Filtering: the list follows each letter. */

static reaction set_filter(struct ui *ui, void *context, struct str text)
{
    struct view *v = context;
    v->filter_text = str_dup(v->arena, text);
    v->ops->filter(v, v->filter_text);
    window_fit(v);
    ui->has_preview = false;
    return REACT_VIEW;
}

static reaction end_filter(struct ui *ui, void *context, struct str text)
{
    return set_filter(ui, context, text.p == NULL ? STR("") : text);
}

static reaction do_filter(struct ui *ui, struct str argument)
{
    struct view *v = ui_view(ui, ui->list);
    if (v == NULL || v->ops->filter == NULL)
        return REACT_PASS;
    ui->reading = false;
    if (argument.n > 0)
        return set_filter(ui, v, argument);
    ui_prompt(ui, message(MESSAGE_PROMPT_FILTER), v->filter_text, end_filter, set_filter, v);
    return REACT_LAYOUT | set_filter(ui, v, v->filter_text);
}

/* Searching the library: the view of results follows each letter. */

static reaction searched(struct ui *ui, void *context, struct str text)
{
    (void)context;
    if (text.n == 0)
        return do_back(ui, STR(""));
    snprintf(ui->find_text, sizeof ui->find_text, "%.*s", STR_ARG(text));
    return REACT_VIEW;
}

static reaction search_changed(struct ui *ui, void *context, struct str text)
{
    struct view *v = context;
    return set_filter(ui, v, text);
}

reaction ui_search(struct ui *ui, struct str initial)
{
    struct view *v = ui_view(ui, VIEW_SEARCH);
    if (v == NULL)
        return REACT_STATUS;
    reaction r = go_tab(ui, VIEW_SEARCH);
    ui_prompt(ui, message(MESSAGE_PROMPT_SEARCH), initial, searched, search_changed, v);
    return r | REACT_LAYOUT | set_filter(ui, v, initial);
}

static reaction do_search(struct ui *ui, struct str argument)
{
    struct view *v = ui_view(ui, VIEW_SEARCH);
    if (v == NULL)
        return REACT_STATUS;
    if (argument.n == 0)
        return ui_search(ui, STR(""));
    return go_tab(ui, VIEW_SEARCH) | set_filter(ui, v, argument);
}

/* Of the program. */

static reaction prompted(struct ui *ui, void *context, struct str text)
{
    (void)context;
    return text.n == 0 ? REACT_STATUS : command_run(ui, text);
}

static reaction do_prompt(struct ui *ui, struct str argument)
{
    (void)argument;
    ui_prompt(ui, ":", STR(""), prompted, NULL, NULL);
    ui->prompt.completes = true;
    return REACT_STATUS;
}

static struct str next_word(struct str *rest)
{
    *rest = str_trim(*rest);
    struct str word = str_split(rest, ' ');
    *rest = str_trim(*rest);
    return word;
}

static reaction do_set(struct ui *ui, struct str argument)
{
    struct error e = ERROR_NONE;
    struct str name = next_word(&argument);
    enum option id = option_named(name);
    if (id != OPTION_COUNT && argument.n == 0) {
        ui_say(ui, ROLE_TEXT, "%s = %s", option_row(id)->name, options_text(ui->options, id));
        return REACT_STATUS;
    }
    if (options_set(ui->options, name, argument, &e) != STATUS_OK) {
        ui_say(ui, ROLE_ERROR, "%s", e.message);
        return REACT_STATUS;
    }
    ui_apply_options(ui);
    return REACT_LAYOUT | REACT_REPAINT;
}

static reaction do_bind(struct ui *ui, struct str argument)
{
    struct error e = ERROR_NONE;
    struct str where = next_word(&argument), keys = next_word(&argument);
    enum context context = context_named(where);
    if (context == CONTEXT_COUNT)
        error_set(&e, STATUS_BAD_INPUT, "no such context: %.*s", STR_ARG(where));
    else
        keymap_bind(ui->keymap, context, keys, argument, &e);
    if (e.status != STATUS_OK)
        ui_say(ui, ROLE_ERROR, "%s", e.message);
    return REACT_STATUS;
}

static reaction do_mouse(struct ui *ui, struct str argument)
{
    (void)argument;
    bool on = options_is(ui->options, OPTION_MOUSE, "off");
    options_set(ui->options, STR("mouse"), on ? STR("on") : STR("off"), NULL);
    ui_apply_options(ui);
    ui_say(ui, ROLE_TEXT, "%s", message(on ? MESSAGE_MOUSE_ON : MESSAGE_MOUSE_OFF));
    return REACT_STATUS;
}

/* The text of a view's title or status, in one line. */
static struct str line_of(struct ui *ui, struct view *v, void (*part)(struct view *v, struct row *))
{
    struct row row = row_in(ui->paint, AMBIGUOUS_NARROW);
    struct buffer out = buffer_in(ui->places);
    if (part != NULL)
        part(v, &row);
    for (size_t i = 0; i < row.runs.n; i++)
        buffer_add(&out, row.runs.at[i].text);
    return buffer_str(&out);
}

static reaction do_where(struct ui *ui, struct str argument)
{
    (void)argument;
    struct view *v = ui_focused(ui);
    struct str title = line_of(ui, v, v->ops->title), status = line_of(ui, v, v->ops->status);
    size_t n = v->ops->count(v), at = n == 0 ? (size_t)0 : v->focus + 1;
    if (status.n == 0 || str_eq(str_trim(title), str_trim(status)))
        ui_say(ui, ROLE_TEXT, message(MESSAGE_WHERE_ONCE), at, n, str_dup_c(ui->places, title));
    else
        ui_say(ui, ROLE_TEXT, message(MESSAGE_WHERE), at, n, str_dup_c(ui->places, title),
               str_dup_c(ui->places, status));
    return REACT_STATUS;
}

static reaction do_repaint(struct ui *ui, struct str argument)
{
    (void)argument;
    (void)ui;
    return REACT_LAYOUT | REACT_REPAINT;
}

static reaction do_screenshot(struct ui *ui, struct str argument)
{
    struct error e = ERROR_NONE;
    struct buffer out = buffer_in(ui->places);
    frame_print(paint_frame(ui), &out, false);
    const char *path = path_absolute(ui->places, str_dup_c(ui->places, argument));
    if (!ui_may_write(ui, path))
        return REACT_STATUS;
    if (file_replace(path, buffer_str(&out), &e) == STATUS_OK)
        ui_say(ui, ROLE_GOOD, message(MESSAGE_WRITTEN), path);
    else
        ui_say(ui, ROLE_ERROR, "%s", e.message);
    return REACT_STATUS;
}

static reaction do_copy(struct ui *ui, struct str argument)
{
    (void)argument;
    return take_row(ui, false);
}

static reaction do_copy_cited(struct ui *ui, struct str argument)
{
    (void)argument;
    return take_row(ui, true);
}

static reaction do_copy_screen(struct ui *ui, struct str argument)
{
    (void)argument;
    return shell_copy_screen(ui);
}

static reaction do_select(struct ui *ui, struct str argument)
{
    (void)argument;
    return take_select(ui);
}

static reaction do_cancel(struct ui *ui, struct str argument)
{
    (void)argument;
    struct view *v = ui_focused(ui);
    v->link = NO_LINK;
    ui->selecting = NULL;
    return REACT_VIEW;
}

static reaction do_suspend(struct ui *ui, struct str argument)
{
    (void)argument;
    loop_suspend(ui);
    return REACT_LAYOUT | REACT_REPAINT;
}

/* The keys that work here, or the page of a topic. */
static reaction do_help(struct ui *ui, struct str argument)
{
    const char *topic = argument.n == 0 ? NULL : help_topic_named(argument);
    if (argument.n > 0 && topic == NULL) {
        ui_say(ui, ROLE_WARN, message(MESSAGE_NO_TOPIC), str_dup_c(ui->places, argument));
        return REACT_STATUS;
    }
    struct ring_place to = {.view = VIEW_HELP, .part = NONE, .link = NO_LINK};
    if (topic != NULL)
        to.state = str_of(topic);
    return ui_go(ui, &to);
}

static reaction do_quit(struct ui *ui, struct str argument)
{
    (void)argument;
    if ((ui->list == VIEW_HELP || ui->list == VIEW_PLACES || ui->list == VIEW_CORRECTIONS) &&
        !ui->reading)
        return do_back(ui, argument);
    return REACT_QUIT;
}

/* What the frame does itself. What is not here, the views answer. */
static handler *const HANDLERS[COMMAND_COUNT] = {
    [COMMAND_DOWN] = do_down,
    [COMMAND_UP] = do_up,
    [COMMAND_PAGE_DOWN] = do_page_down,
    [COMMAND_PAGE_UP] = do_page_up,
    [COMMAND_HALF_DOWN] = do_half_down,
    [COMMAND_HALF_UP] = do_half_up,
    [COMMAND_FIRST] = do_first,
    [COMMAND_LAST] = do_last,
    [COMMAND_SCROLL_DOWN] = do_scroll_down,
    [COMMAND_SCROLL_UP] = do_scroll_up,
    [COMMAND_CENTRE] = do_centre,
    [COMMAND_ENTER] = do_enter,
    [COMMAND_BACK] = do_back,
    [COMMAND_FORWARD] = do_forward,
    [COMMAND_PLACES] = do_view_places,
    [COMMAND_LINK_NEXT] = do_link_next,
    [COMMAND_LINK_PREVIOUS] = do_link_previous,
    [COMMAND_LINK_LABELS] = do_link_labels,
    [COMMAND_ITEM_NEXT] = do_item_next,
    [COMMAND_ITEM_PREVIOUS] = do_item_previous,
    [COMMAND_VIEW_LIBRARY] = do_view_library,
    [COMMAND_VIEW_PROPOSALS] = do_view_proposals,
    [COMMAND_VIEW_INDICATORS] = do_view_indicators,
    [COMMAND_VIEW_NAMES] = do_view_names,
    [COMMAND_VIEW_FINDINGS] = do_view_findings,
    [COMMAND_PANE_NEXT] = do_pane_next,
    [COMMAND_ZOOM] = do_zoom,
    [COMMAND_SEARCH] = do_search,
    [COMMAND_FIND] = do_find,
    [COMMAND_FIND_NEXT] = do_find_next,
    [COMMAND_FIND_PREVIOUS] = do_find_previous,
    [COMMAND_FILTER] = do_filter,
    [COMMAND_LINKS] = do_links,
    [COMMAND_BOOKMARK] = bookmark_set,
    [COMMAND_GO_BOOKMARK] = bookmark_go,
    [COMMAND_UNDO] = correct_undo,
    [COMMAND_CORRECT] = correct_command,
    [COMMAND_IS_NONE] = correct_is_none,
    [COMMAND_AS_READ] = correct_as_read,
    [COMMAND_CORRECTIONS] = do_view_corrections,
    [COMMAND_HELP] = do_help,
    [COMMAND_PROMPT] = do_prompt,
    [COMMAND_SET] = do_set,
    [COMMAND_BIND] = do_bind,
    [COMMAND_MOUSE] = do_mouse,
    [COMMAND_WHERE] = do_where,
    [COMMAND_COPY] = do_copy,
    [COMMAND_COPY_CITED] = do_copy_cited,
    [COMMAND_COPY_SCREEN] = do_copy_screen,
    [COMMAND_SELECT] = do_select,
    [COMMAND_PIPE] = shell_pipe,
    [COMMAND_SHELL] = shell_command,
    [COMMAND_REPAINT] = do_repaint,
    [COMMAND_SCREENSHOT] = do_screenshot,
    [COMMAND_CANCEL] = do_cancel,
    [COMMAND_SUSPEND] = do_suspend,
    [COMMAND_QUIT] = do_quit,
};

reaction command_run(struct ui *ui, struct str line)
{
    line = str_dup(ui->places, str_trim(line));
    struct str argument = line, name = next_word(&argument);
    enum command id = command_typed(name);
    struct view *v = ui_focused(ui);
    if (id == COMMAND_COUNT) {
        ui_say(ui, ROLE_ERROR, message(MESSAGE_NO_COMMAND), str_dup_c(ui->places, name));
        return REACT_STATUS;
    }
    if (ui->given->lines && (command_row(id)->flags & COMMAND_SCREEN)) {
        ui_say(ui, ROLE_WARN, message(MESSAGE_LINE_SCREEN), command_row(id)->name);
        return REACT_STATUS;
    }
    reaction r = REACT_PASS;
    if (v != NULL && v->ops->command != NULL)
        r = v->ops->command(v, id, argument);
    if ((r & REACT_PASS) && HANDLERS[id] != NULL && (v != NULL || id == COMMAND_QUIT))
        r = HANDLERS[id](ui, argument);
    if (!(r & REACT_PASS))
        return r;
    ui_say(ui, ROLE_WARN, message(MESSAGE_NOT_HERE), command_row(id)->name);
    return REACT_STATUS;
}

/* Candidate i of those whose name begins with `start`; *skip counts down to it. */
static const char *candidate(enum completion kind, struct str start, size_t skip)
{
    for (size_t i = 0; kind == COMPLETE_TOPIC && help_topic(i) != NULL; i++)
        if (str_starts(str_of(help_topic(i)), start) && skip-- == 0)
            return help_topic(i);
    unsigned n = kind == COMPLETE_OPTION    ? OPTION_COUNT
                 : kind == COMPLETE_COMMAND ? COMMAND_COUNT
                                            : 0;
    for (unsigned i = 0; i < n; i++) {
        const char *name = kind == COMPLETE_OPTION ? option_row((enum option)i)->name
                                                   : command_row((enum command)i)->name;
        bool hidden =
            kind == COMPLETE_COMMAND && (command_row((enum command)i)->flags & COMMAND_HIDDEN);
        if (!hidden && str_starts(str_of(name), start) && skip-- == 0)
            return name;
    }
    return NULL;
}

/* Candidate i among the words that an option allows. */
static struct str option_word(struct str name, struct str start, size_t skip)
{
    enum option id = option_named(name);
    struct str rest = id == OPTION_COUNT ? (struct str){NULL, 0} : str_of(option_row(id)->values);
    while (rest.p != NULL) {
        struct str word = str_split(&rest, '|');
        if (str_starts(word, start) && skip-- == 0)
            return word;
    }
    return (struct str){NULL, 0};
}

static struct str complete_library(struct ui *ui, struct str command, struct str start, size_t skip)
{
    size_t n;
    const char *const *names = library_names(ui->places, &n);
    for (size_t i = 0; i < n; i++)
        if (str_starts(str_of(names[i]), start) && skip-- == 0)
            return str_printf(ui->places, "%.*s %s", STR_ARG(command), names[i]);
    return STR("");
}

struct str command_complete(struct ui *ui, struct str line, size_t i)
{
    struct str rest = line, name = str_split(&rest, ' ');
    enum command id = command_named(name);
    if (rest.p == NULL) {
        const char *found_name = candidate(COMPLETE_COMMAND, name, i);
        return found_name == NULL ? STR("") : str_of(found_name);
    }
    if (id != COMMAND_COUNT && command_row(id)->completion == COMPLETE_TOPIC) {
        const char *topic = candidate(COMPLETE_TOPIC, rest, i);
        return topic == NULL ? STR("") : str_printf(ui->places, "%.*s %s", STR_ARG(name), topic);
    }
    if (id != COMMAND_COUNT && command_row(id)->completion == COMPLETE_LIBRARY)
        return complete_library(ui, name, rest, i);
    if (id == COMMAND_COUNT || command_row(id)->completion != COMPLETE_OPTION)
        return STR("");
    struct str value = rest, option = str_split(&value, ' ');
    if (value.p == NULL) {
        const char *found_name = candidate(COMPLETE_OPTION, option, i);
        return found_name == NULL ? STR("") : str_printf(ui->places, "set %s", found_name);
    }
    struct str word = option_word(option, value, i);
    return word.n == 0 ? STR("")
                       : str_printf(ui->places, "set %.*s %.*s", STR_ARG(option), STR_ARG(word));
}
