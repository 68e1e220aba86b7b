/* Marks, notes, mergers, undo and export from the view of proposals. */
#include "app/briefing.h"
#include "app/program.h"
#include "baolan/files.h"
#include "baolan/finder.h"
#include "baolan/message.h"
#include "ui/proposals.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

size_t proposals_item(const struct proposals *p)
{
    return p->mode == PROPOSALS_LIST ? grid_item(&p->grid, p->view->focus) : p->item;
}

static reaction complain(struct proposals *p, const struct error *e)
{
    ui_say(p->view->ui, ROLE_ERROR, "%s", e->message);
    return REACT_STATUS;
}

void proposals_changed(struct proposals *p)
{
    grid_fit(&p->grid, p->view);
    if (p->mode != PROPOSALS_LIST)
        page_fill(p);
}

static struct review_subject subject_of(struct proposals *p, size_t item)
{
    return (struct review_subject){p->docket.items[item].content_key,
                                   docket_anchor(&p->docket, item, p->view->arena)};
}

/* What the next change is about: the item under the cursor, all items of the group whose label is
 * under it, or all that is listed where that was asked for. */
static void take_subjects(struct proposals *p)
{
    const struct listing *l = &p->docket.listing;
    VECTOR(struct review_subject) list = {0};
    size_t from = 0, to = l->n_rows;
    if (!p->all || p->mode != PROPOSALS_LIST) {
        size_t item = proposals_item(p);
        from = p->mode == PROPOSALS_LIST ? p->view->focus : 0;
        to = from;
        if (item != LISTING_NO_ITEM)
            vector_push(p->view->arena, &list, subject_of(p, item));
        else if (from < l->n_rows)
            to = from + 1 + listing_row_at(l, from).count;
    }
    for (size_t i = from; i < to; i++) {
        size_t item = listing_row_at(l, i).item;
        if (item != LISTING_NO_ITEM)
            vector_push(p->view->arena, &list,
                        ((struct review_subject){p->docket.items[item].content_key, NULL}));
    }
    p->all = false;
    p->subjects = list.at;
    p->n_subjects = list.n;
}

static void say_set(struct proposals *p, struct str label, struct str value)
{
    if (p->n_subjects == 1)
        ui_say(p->view->ui, ROLE_GOOD, message(MESSAGE_REVIEW_SET), STR_ARG(label),
               STR_ARG(value.n > 0 ? value : STR("—")));
    else
        ui_say(p->view->ui, ROLE_GOOD, message(MESSAGE_REVIEW_SET_ALL), p->n_subjects,
               STR_ARG(label), STR_ARG(value.n > 0 ? value : STR("—")));
}

static reaction set(struct proposals *p, struct str field, struct str value, bool word)
{
    struct error e = ERROR_NONE;
    enum status status =
        word ? review_toggle_word(p->review, p->subjects, p->n_subjects, field, value, &e)
             : review_set(p->review, p->subjects, p->n_subjects, field, value, &e);
    proposals_changed(p);
    if (status != STATUS_OK)
        return complain(p, &e);
    const struct review_choice *c = review_choice(&p->form, field, value);
    struct str now =
        p->n_subjects == 1 ? review_value(p->review, p->subjects[0].content_key, field) : value;
    say_set(p, c == NULL ? field : c->label, now);
    return REACT_VIEW;
}

static reaction written(struct ui *ui, void *context, struct str text)
{
    struct proposals *p = context;
    const struct review_choice *c = review_choice(&p->form, p->field, STR(""));
    bool word = c != NULL && c->list;
    (void)ui;
    text = text.p == NULL ? text : str_trim(text);
    if (text.p == NULL || (word && text.n == 0))
        return REACT_STATUS;
    return set(p, p->field, text, word);
}

static reaction reasoned(struct ui *ui, void *context, struct str text)
{
    struct proposals *p = context;
    struct error e = ERROR_NONE;
    (void)ui;
    if (text.p == NULL) {
        ui_say(p->view->ui, ROLE_DIM, "%s", message(MESSAGE_REVIEW_GIVEN_UP));
        return REACT_STATUS;
    }
    text = str_trim(text);
    review_group(p->review, true);
    reaction r = set(p, p->field, p->value, false);
    enum status status = STATUS_OK;
    if (text.n > 0)
        status = review_set(p->review, p->subjects, p->n_subjects,
                            str_printf(p->view->arena, "%.*s-reason", STR_ARG(p->field)), text, &e);
    review_group(p->review, false);
    proposals_changed(p);
    return status == STATUS_OK ? r : complain(p, &e);
}

static reaction ask_text(struct proposals *p, const struct review_choice *c)
{
    struct str now = p->n_subjects == 1 && !c->list
                         ? review_value(p->review, p->subjects[0].content_key, c->field)
                         : STR("");
    p->field = c->field;
    ui_prompt(p->view->ui, str_printf(p->view->arena, "%.*s：", STR_ARG(c->label)).p, now, written,
              NULL, p);
    return REACT_STATUS;
}

/* The mark is set once the reason is given, empty or not; Esc leaves all as it was. */
static reaction ask_reason(struct proposals *p, const struct review_choice *c)
{
    p->field = c->field;
    p->value = c->value;
    ui_prompt(p->view->ui, message(MESSAGE_REVIEW_REASON), STR(""), reasoned, NULL, p);
    return REACT_STATUS;
}

/* The choice that letters spell: the value of a field, or a value alone (`review lian`). */
static const struct review_choice *choice_by_sound(struct proposals *p, struct str field,
                                                   struct str value)
{
    struct finder *finder = ui_finder(p->view->ui);
    const struct pinyin *table = finder == NULL ? NULL : finder_pinyin(finder);
    struct arena *a = p->view->arena;
    struct arena_mark mark = arena_mark(a);
    struct str *values = arena_array(a, struct str, p->form.n_choices + 1);
    bool has_field = review_choice(&p->form, field, STR("")) != NULL;
    for (size_t i = 0; i < p->form.n_choices; i++)
        if (!has_field || str_eq(p->form.choices[i].field, field))
            values[i] = p->form.choices[i].value;
    size_t chosen = table == NULL ? SIZE_MAX
                                  : pinyin_choose(table, a, has_field ? value : field, values,
                                                  p->form.n_choices);
    arena_release(a, mark);
    return chosen == SIZE_MAX ? NULL : &p->form.choices[chosen];
}

reaction proposals_review(struct proposals *p, struct str argument)
{
    struct str value = str_trim(argument), field = str_split(&value, ' ');
    value = value.p == NULL ? STR("") : str_trim(value);
    const struct review_choice *c = review_choice(&p->form, field, value);
    if (c == NULL && (c = choice_by_sound(p, field, value)) != NULL)
        field = c->field, value = c->value;
    if (c == NULL) {
        ui_say(p->view->ui, ROLE_WARN, message(MESSAGE_REVIEW_NO_FIELD),
               str_dup_c(p->view->arena, argument));
        return REACT_STATUS;
    }
    take_subjects(p);
    if (p->n_subjects == 0)
        return REACT_NONE;
    if ((c->text || c->list) && value.n == 0)
        return ask_text(p, c);
    if (c->reason)
        return ask_reason(p, c);
    return set(p, field, value.n > 0 ? value : c->value, c->list);
}

reaction proposals_mark_read(struct proposals *p)
{
    const struct review_choice *done = review_done(&p->form);
    bool all = p->all;
    size_t row =
        p->mode == PROPOSALS_LIST ? p->view->focus : listing_row_of(&p->docket.listing, p->item);
    take_subjects(p);
    if (done == NULL || p->n_subjects == 0)
        return REACT_NONE;
    reaction r = set(p, done->field, done->value, false);
    if (all)
        return r;
    size_t next = docket_next_unread(&p->docket, row == SIZE_MAX ? 0 : row);
    if (next == SIZE_MAX)
        ui_say(p->view->ui, ROLE_GOOD, "%s", message(MESSAGE_REVIEW_ALL_READ));
    else
        proposals_show(p, next);
    return REACT_VIEW;
}

reaction proposals_undo(struct proposals *p)
{
    struct error e = ERROR_NONE;
    int64_t content_key = 0;
    enum status status = review_undo(p->review, &content_key, &e);
    if (status == STATUS_NOT_FOUND) {
        ui_say(p->view->ui, ROLE_DIM, "%s", message(MESSAGE_REVIEW_NO_UNDO));
        return REACT_STATUS;
    }
    proposals_changed(p);
    if (status != STATUS_OK)
        return complain(p, &e);
    size_t row = listing_row_of(&p->docket.listing, docket_item_of(&p->docket, content_key));
    if (row != SIZE_MAX && p->mode != PROPOSALS_SIMILAR)
        proposals_show(p, row);
    ui_say(p->view->ui, ROLE_GOOD, "%s", message(MESSAGE_REVIEW_UNDONE));
    return REACT_VIEW;
}

reaction proposals_merge(struct proposals *p, const struct similar *with)
{
    struct error e = ERROR_NONE;
    struct arena *a = p->view->arena;
    const struct stored_proposal *other = docket_brief(&p->docket, with->item, a);
    struct review_subject subject = subject_of(p, p->item);
    struct str name =
        other->it.number.n == 0
            ? other->it.title
            : str_printf(a, "%.*s %.*s", STR_ARG(other->it.number), STR_ARG(other->it.title));
    review_group(p->review, true);
    enum status status = review_set(p->review, &subject, 1, STR("handling"), STR("并案"), &e);
    if (status == STATUS_OK)
        status = review_set(p->review, &subject, 1, STR("merger"), name, &e);
    review_group(p->review, false);
    proposals_changed(p);
    if (status != STATUS_OK)
        return complain(p, &e);
    ui_say(p->view->ui, ROLE_GOOD, message(MESSAGE_REVIEW_MERGED), STR_ARG(name));
    return REACT_VIEW;
}

/* --- A note in the editor -------------------------------------------------------------------- */

/* A file of the person's alone that holds text; NULL with *e filled where it cannot be made. */
static const char *scratch_file(struct arena *a, struct str text, struct error *e)
{
    const char *folder = getenv("TMPDIR");
    char *path =
        path_join(a, folder == NULL || *folder == '\0' ? "/tmp" : folder, "baolan-note-XXXXXX");
    int descriptor = mkstemp(path);
    if (descriptor < 0) {
        error_set_errno(e, errno, path);
        return NULL;
    }
    bool whole = write(descriptor, text.p == NULL ? "" : text.p, text.n) == (ssize_t)text.n;
    if (close(descriptor) != 0 || !whole)
        error_set(e, STATUS_IO, "%s: cannot be written", path);
    return path;
}

reaction proposals_edit_note(struct proposals *p)
{
    struct error e = ERROR_NONE;
    struct arena *a = p->view->arena;
    struct str text;
    p->all = false;
    if (!ui_may_run(p->view->ui))
        return REACT_STATUS;
    take_subjects(p);
    if (p->n_subjects == 0)
        return REACT_NONE;
    struct str was = review_value(p->review, p->subjects[0].content_key, STR("note"));
    const char *path = scratch_file(a, was, &e);
    if (path == NULL)
        return complain(p, &e);
    reaction r = REACT_NONE;
    if (e.status == STATUS_OK)
        r = ui_run_program(p->view->ui, program_editor(a, path), &e);
    enum status status = e.status == STATUS_OK ? file_read(a, path, &text, NULL, &e) : e.status;
    unlink(path);
    if (status != STATUS_OK)
        return r | complain(p, &e);
    text = str_trim(text);
    return str_eq(text, was) ? r : r | set(p, STR("note"), text, false);
}

/* --- Export ---------------------------------------------------------------------------------- */

static reaction write_out(struct proposals *p, struct str path, bool overwrite);

static reaction answered(struct ui *ui, void *context, struct str text)
{
    struct proposals *p = context;
    if (text.n > 0 && (text.p[0] == 'y' || text.p[0] == 'Y'))
        return write_out(p, str_of(p->export_path), true);
    ui_say(ui, ROLE_DIM, "%s", message(MESSAGE_EXPORT_KEPT));
    return REACT_STATUS;
}

static reaction write_out(struct proposals *p, struct str path, bool overwrite)
{
    struct error e = ERROR_NONE;
    struct briefing_options options = {
        .byte_order_mark = options_is(ui_options(p->view->ui), OPTION_CSV_MARK, "on")};
    struct arena *a = arena_new();
    const char *written = "";
    if (a == NULL || !ui_may_write(p->view->ui, path_absolute(a, str_dup_c(a, path)))) {
        arena_free(a);
        return REACT_STATUS;
    }
    enum status status = briefing_export(&p->docket, a, path, overwrite, &options, &written, &e);
    p->export_path = str_dup_c(p->view->arena, str_of(written));
    arena_free(a);
    if (status == STATUS_OK) {
        ui_say(p->view->ui, ROLE_GOOD, message(MESSAGE_WRITTEN), p->export_path);
        return REACT_STATUS;
    }
    if (status == STATUS_DENIED && !overwrite && access(p->export_path, F_OK) == 0) {
        ui_prompt(p->view->ui, message(MESSAGE_EXPORT_OVERWRITE), STR(""), answered, NULL, p);
        return REACT_STATUS;
    }
    return complain(p, &e);
}

static reaction named(struct ui *ui, void *context, struct str text)
{
    (void)ui;
    text = str_trim(text);
    return text.n == 0 ? REACT_STATUS : write_out(context, text, false);
}

reaction proposals_export(struct proposals *p, struct str argument)
{
    char name[64] = "提案.md";
    time_t now = time(NULL);
    struct tm tm;
    if (argument.n > 0)
        return write_out(p, argument, false);
    if (localtime_r(&now, &tm) != NULL)
        strftime(name, sizeof name, "提案-%Y%m%d.md", &tm);
    ui_prompt(p->view->ui, message(MESSAGE_EXPORT_TO), str_of(name), named, NULL, p);
    return REACT_STATUS;
}
