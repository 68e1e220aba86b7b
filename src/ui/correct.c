/* Putting right what stands under the cursor. A view says which record that is, and which field
 * where its cursor stands on one; asking, setting and taking back are the same everywhere. */
#include "ui/correct.h"
#include "app/name_edits.h"

#include "baolan/layout.h"
#include "baolan/message.h"
#include "baolan/utf8.h"
#include "ui/state.h"

#include <stdio.h>

/* What a person is asked while putting something right. */
struct correcting {
    struct correction_subject subject;
    const struct field_row *row; /* whose value is asked */
};

/* How a field is asked for: its label among the choices, the value that it then gets, or NULL where
 * a text is written. */
struct field_row {
    enum correction_kind kind;
    const char *field, *label, *value;
};

static const struct field_row ROWS[] = {
    {CORRECTION_DOCUMENT, "date", N_("date"), NULL},
    {CORRECTION_DOCUMENT, "place", NC_("field", "place"), NULL},
    {CORRECTION_ARTICLE, "title", N_("title"), NULL},
    {CORRECTION_ARTICLE, "byline", N_("byline"), NULL},
    {CORRECTION_ARTICLE, "date", N_("date"), NULL},
    {CORRECTION_ARTICLE, "place", NC_("field", "place"), NULL},
    {CORRECTION_PASSAGE, "break", N_("goes on from the one above"), "join"},
    {CORRECTION_PASSAGE, "break", N_("breaks before"), NULL},
    {CORRECTION_PASSAGE, "section", N_("a heading"), "heading"},
    {CORRECTION_PASSAGE, "section", N_("no heading"), "none"},
    {CORRECTION_PASSAGE, "section", N_("the title"), "title"},
    {CORRECTION_PASSAGE, "section", N_("the byline"), "byline"},
    {CORRECTION_INDICATOR, "value", N_("value"), NULL},
    {CORRECTION_INDICATOR, "metric", N_("metric"), NULL},
    {CORRECTION_INDICATOR, "subject", N_("subject"), NULL},
    {CORRECTION_INDICATOR, "period", N_("period"), NULL},
    {CORRECTION_INDICATOR, "place", NC_("field", "place"), NULL},
    {CORRECTION_INDICATOR, "kind", N_("kind"), NULL},
    {CORRECTION_INDICATOR, "basis", N_("basis"), NULL},
    {CORRECTION_INDICATOR, "qualifier", N_("qualifier"), NULL},
    {CORRECTION_INDICATOR, "target", N_("target"), NULL},
    {CORRECTION_PROPOSAL, "title", N_("title"), NULL},
    {CORRECTION_PROPOSAL, "speakers", N_("speaker"), NULL},
    {CORRECTION_PROPOSAL, "bodies", NC_("field", "body"), NULL},
    {CORRECTION_PROPOSAL, "number", N_("number"), NULL},
    {CORRECTION_PROPOSAL, "session", N_("session"), NULL},
    {CORRECTION_PROPOSAL, "category", N_("category"), NULL},
    {CORRECTION_PROPOSAL, "handlers", N_("handled by"), NULL},
    {CORRECTION_PROPOSAL, "status", N_("status"), NULL},
    {CORRECTION_PROPOSAL, "year", N_("year"), NULL},
    {CORRECTION_PROPOSAL, "reply", N_("reply"), NULL},
    {CORRECTION_PROPOSAL, "background", N_("background"), NULL},
    {CORRECTION_SUGGESTION, "title", N_("title"), NULL},
    {CORRECTION_SUGGESTION, "text", N_("text"), NULL},
    {CORRECTION_NAME, "text", N_("name"), NULL},
    {CORRECTION_NAME, "type", N_("type"), NULL},
};

/* Values that are chosen, not written: what the field takes, and what it is called. */
static const struct value_row {
    enum correction_kind kind;
    const char *field, *value, *label;
} VALUES[] = {
    {CORRECTION_INDICATOR, "kind", "level", N_("level")},
    {CORRECTION_INDICATOR, "kind", "change", N_("change")},
    {CORRECTION_INDICATOR, "kind", "share", N_("share")},
    {CORRECTION_INDICATOR, "kind", "rank", N_("rank")},
    {CORRECTION_INDICATOR, "target", "yes", N_("a target")},
    {CORRECTION_INDICATOR, "target", "no", N_("actual")},
    {CORRECTION_NAME, "type", "organisation", N_("body")},
    {CORRECTION_NAME, "type", "place", N_("place")},
    {CORRECTION_NAME, "type", "person", N_("person")},
    {CORRECTION_NAME, "type", "document", NC_("name", "document")},
    {CORRECTION_NAME, "type", "programme", N_("programme")},
    {CORRECTION_NAME, "type", "project", N_("project")},
};

enum { N_ROWS = sizeof ROWS / sizeof *ROWS, N_VALUES = sizeof VALUES / sizeof *VALUES };

static struct correcting *state_of(struct ui *ui)
{
    if (ui->correcting == NULL)
        ui->correcting = arena_new_of(ui->arena, struct correcting);
    return ui->correcting;
}

static reaction nothing_here(struct ui *ui)
{
    ui_say(ui, ROLE_WARN, "%s", translate("nothing here that can be put right"));
    return REACT_STATUS;
}

/* --- Saying what was done -----------------------------------------------------------------------
 */

const char *correct_field_label(enum correction_kind kind, struct str field)
{
    for (size_t i = 0; i < N_ROWS; i++)
        if (ROWS[i].kind == kind && str_eq(field, str_of(ROWS[i].field)) && ROWS[i].value == NULL)
            return translate(ROWS[i].label);
    return "";
}

const char *correct_value_label(enum correction_kind kind, struct str field, struct str value)
{
    for (size_t i = 0; i < N_VALUES; i++)
        if (VALUES[i].kind == kind && str_eq(field, str_of(VALUES[i].field)) &&
            str_eq(value, str_of(VALUES[i].value)))
            return translate(VALUES[i].label);
    for (size_t i = 0; i < N_ROWS; i++)
        if (ROWS[i].kind == kind && str_eq(field, str_of(ROWS[i].field)) && ROWS[i].value != NULL &&
            str_eq(value, str_of(ROWS[i].value)))
            return translate(ROWS[i].label);
    return NULL;
}

struct str correct_words(struct arena *a, enum correction_kind kind, struct str field,
                         struct str value, struct str was)
{
    struct buffer out = buffer_in(a);
    struct correction named = {.kind = STR("entity"), .field = field, .value = value, .was = was};
    struct name_edit edit;
    if (kind == CORRECTION_KIND_COUNT)
        return name_edit_of(a, &named, &edit) ? name_edit_words(a, &edit) : value;
    const char *label = correct_value_label(kind, field, value);
    const char *old = correct_value_label(kind, field, was);
    if (str_eq(field, STR("record"))) {
        buffer_printf(&out, translate("“%.*s” is none"), STR_ARG(was));
        return buffer_str(&out);
    }
    if (str_eq(field, STR("break"))) {
        buffer_add_c(&out, label != NULL ? label : translate("breaks before"));
        return buffer_str(&out);
    }
    if (str_eq(field, STR("section"))) {
        buffer_add_c(&out, label != NULL ? label : translate("a heading"));
        return buffer_str(&out);
    }
    buffer_printf(&out, translate(NC_("label", "%s: ")), correct_field_label(kind, field));
    if (label != NULL)
        buffer_add_c(&out, label);
    else
        buffer_add(&out, value.n > 0 ? value : STR("—"));
    buffer_printf(&out, translate(" (read as: %s)"),
                  old != NULL ? old
                  : was.n > 0 ? str_dup_c(a, was)
                              : "—");
    return buffer_str(&out);
}

/* Why a correction is kept and not yet seen. */
static void say_done(struct ui *ui, struct str what, bool applied, const struct error *e)
{
    ui->uncorrected = ui->uncorrected || (!applied && e->status == STATUS_BUSY);
    if (applied)
        ui_say(ui, ROLE_GOOD, translate("put right: %s"), str_dup_c(ui->places, what));
    else
        ui_say(ui, ROLE_WARN, translate("kept, and shown after the next import: %s"), e->message);
}

static reaction set(struct ui *ui, const struct correction_subject *subject, struct str field,
                    struct str value)
{
    struct error e = ERROR_NONE;
    struct str was = STR("");
    bool applied;
    corrections_value(ui_library(ui), ui->places, subject, field, &was, NULL);
    if (corrections_set(ui_library(ui), subject, field, value, &applied, &e) != STATUS_OK) {
        ui_say(ui, ROLE_ERROR, "%s", e.message);
        return REACT_STATUS;
    }
    ui_look_for_changes(ui);
    say_done(ui, correct_words(ui->places, subject->kind, field, value, was), applied, &e);
    return REACT_LAYOUT;
}

/* --- Asking -------------------------------------------------------------------------------------
 */

/* The keys of choices, in order. */
static const char CHOICES[] = "123456789abefghjklmnop";

/* Adds `1 title  2 byline` to a label. */
static void add_choice(struct buffer *out, size_t number, const char *label)
{
    buffer_printf(out, number == 1 ? " %c %s" : "  %c %s",
                  CHOICES[(number - 1) % (sizeof CHOICES - 1)], label);
}

/* The number of the choice that was typed; 0: none. */
static size_t choice_of(struct str text)
{
    const char *at = text.n == 1 ? strchr(CHOICES, text.p[0]) : NULL;
    return at == NULL || *at == '\0' ? 0 : (size_t)(at - CHOICES) + 1;
}

static reaction written(struct ui *ui, void *context, struct str text)
{
    struct correcting *c = context;
    if (text.p == NULL)
        return REACT_STATUS;
    return set(ui, &c->subject, str_of(c->row->field), str_trim(text));
}

/* Where a paragraph breaks, its first words say. */
static reaction broken(struct ui *ui, void *context, struct str text)
{
    struct correcting *c = context;
    struct stored_passage passage;
    struct store *store = ui_store(ui);
    if (text.p == NULL || store == NULL ||
        store_passage(store, ui->places, c->subject.record, &passage, NULL) != STATUS_OK)
        return REACT_STATUS;
    text = str_trim(text);
    size_t at = str_find(passage.text, text, c->subject.part);
    if (at == STR_NONE)
        at = str_find(passage.text, text, 0);
    if (at == STR_NONE || at == 0) {
        ui_say(ui, ROLE_ERROR, translate("the paragraph has no such words inside it"));
        return REACT_STATUS;
    }
    c->subject.part = (uint32_t)at;
    return set(ui, &c->subject, STR("break"), STR("split"));
}

static reaction chose_value(struct ui *ui, void *context, struct str text)
{
    struct correcting *c = context;
    size_t number = 0, wanted = choice_of(text);
    for (size_t i = 0; i < N_VALUES; i++)
        if (VALUES[i].kind == c->row->kind && strcmp(VALUES[i].field, c->row->field) == 0 &&
            ++number == wanted)
            return set(ui, &c->subject, str_of(c->row->field), str_of(VALUES[i].value));
    return REACT_STATUS;
}

/* True where the field's values are chosen: then they are asked for. */
static bool ask_choice(struct ui *ui, struct correcting *c)
{
    struct buffer label = buffer_in(ui->places);
    size_t number = 0;
    buffer_printf(&label, "%s:", translate(c->row->label));
    for (size_t i = 0; i < N_VALUES; i++)
        if (VALUES[i].kind == c->row->kind && strcmp(VALUES[i].field, c->row->field) == 0)
            add_choice(&label, ++number, translate(VALUES[i].label));
    buffer_add_c(&label, "  ");
    if (number > 0)
        ui_choose(ui, str_dup_c(ui->places, buffer_str(&label)), chose_value, c);
    return number > 0;
}

/* The sentence that begins at or after a byte of a passage, as the words that a break is before. */
static struct str sentence_from(struct str text, size_t from)
{
    struct span last = {0, 0};
    for (size_t at = 0; at < text.n;) {
        struct span sentence = sentence_next(text, &at);
        if (sentence.start > 0)
            last = sentence;
        if (sentence.start > 0 && sentence.start >= from)
            break;
    }
    struct str words = span_of(text, last);
    return str_whole(str_sub(words, 0, 36));
}

static reaction ask_break(struct ui *ui, struct correcting *c)
{
    struct stored_passage passage;
    struct store *store = ui_store(ui);
    if (store == NULL ||
        store_passage(store, ui->places, c->subject.record, &passage, NULL) != STATUS_OK)
        return nothing_here(ui);
    ui_prompt(ui, translate("a paragraph begins with: "),
              sentence_from(passage.text, c->subject.part), broken, NULL, c);
    return REACT_STATUS;
}

static reaction ask_value(struct ui *ui, struct correcting *c, const struct field_row *row)
{
    struct error e = ERROR_NONE;
    struct str now;
    c->row = row;
    if (row->value != NULL) {
        c->subject.part = 0;
        return set(ui, &c->subject, str_of(row->field), str_of(row->value));
    }
    if (row->kind == CORRECTION_PASSAGE)
        return ask_break(ui, c);
    if (ask_choice(ui, c))
        return REACT_STATUS;
    if (corrections_value(ui_library(ui), ui->places, &c->subject, str_of(row->field), &now, &e) !=
        STATUS_OK) {
        ui_say(ui, ROLE_ERROR, "%s", e.message);
        return REACT_STATUS;
    }
    if (now.n >= PROMPT_ROOM - 1) {
        ui_say(ui, ROLE_WARN, "%s", translate("too long for one line: only d is possible here"));
        return REACT_STATUS;
    }
    ui_prompt(ui, str_printf(ui->places, translate(NC_("label", "%s: ")), translate(row->label)).p,
              now, written, NULL, c);
    return REACT_STATUS;
}

/* A heading is asked for other breaks than a paragraph. */
static bool is_offered(struct ui *ui, const struct field_row *row,
                       const struct correction_subject *subject)
{
    struct stored_passage passage;
    struct store *store = ui_store(ui);
    if (row->kind != subject->kind)
        return false;
    if (row->kind != CORRECTION_PASSAGE)
        return true;
    if (store == NULL ||
        store_passage(store, ui->places, subject->record, &passage, NULL) != STATUS_OK)
        return false;
    bool heading = passage.kind == PASSAGE_HEADING;
    if (strcmp(row->field, "break") == 0)
        return !heading;
    if (row->value != NULL && strcmp(row->value, "heading") == 0)
        return !heading;
    return row->value == NULL || strcmp(row->value, "none") != 0 || heading;
}

static const struct field_row *row_chosen(struct ui *ui, const struct correcting *c,
                                          struct str text)
{
    size_t number = 0, wanted = choice_of(text);
    for (size_t i = 0; i < N_ROWS; i++)
        if (is_offered(ui, &ROWS[i], &c->subject) && ++number == wanted)
            return &ROWS[i];
    return NULL;
}

static reaction chose_field(struct ui *ui, void *context, struct str text)
{
    struct correcting *c = context;
    const struct field_row *row = row_chosen(ui, c, text);
    return row == NULL ? REACT_STATUS : ask_value(ui, c, row);
}

static reaction chose_none(struct ui *ui, void *context, struct str text)
{
    struct correcting *c = context;
    const struct field_row *row = row_chosen(ui, c, text);
    return row == NULL ? REACT_STATUS : set(ui, &c->subject, str_of(row->field), STR(""));
}

static reaction ask_field(struct ui *ui, struct correcting *c, const char *question,
                          prompt_done *done)
{
    struct buffer label = buffer_in(ui->places);
    size_t number = 0;
    buffer_add_c(&label, question);
    for (size_t i = 0; i < N_ROWS; i++)
        if (is_offered(ui, &ROWS[i], &c->subject))
            add_choice(&label, ++number, translate(ROWS[i].label));
    buffer_add_c(&label, "  ");
    if (number == 0)
        return nothing_here(ui);
    ui_choose(ui, str_dup_c(ui->places, buffer_str(&label)), done, c);
    return REACT_STATUS;
}

/* --- The commands -------------------------------------------------------------------------------
 */

static bool find_subject(struct ui *ui, struct correction_subject *subject, struct str *field)
{
    struct view *v = ui_focused(ui);
    *subject = (struct correction_subject){0};
    *field = STR("");
    return v != NULL && v->ops->subject != NULL && ui_library(ui) != NULL && ui_store(ui) != NULL &&
           v->ops->count(v) > 0 && v->ops->subject(v, subject, field);
}

reaction correct_command(struct ui *ui, struct str argument)
{
    struct correcting *c = state_of(ui);
    struct str field;
    if (!find_subject(ui, &c->subject, &field))
        return nothing_here(ui);
    if (argument.n > 0) {
        struct str value = argument;
        field = str_split(&value, ' ');
        return set(ui, &c->subject, field, value.p == NULL ? STR("") : str_trim(value));
    }
    for (size_t i = 0; i < N_ROWS && field.n > 0; i++)
        if (ROWS[i].kind == c->subject.kind && str_eq(field, str_of(ROWS[i].field)))
            return ask_value(ui, c, &ROWS[i]);
    return ask_field(ui, c, translate("put right:"), chose_field);
}

reaction correct_is_none(struct ui *ui, struct str argument)
{
    struct correcting *c = state_of(ui);
    struct correction_subject *subject = &c->subject;
    struct stored_passage passage;
    struct str field;
    (void)argument;
    if (!find_subject(ui, subject, &field))
        return nothing_here(ui);
    bool of_file = subject->kind == CORRECTION_ARTICLE || subject->kind == CORRECTION_DOCUMENT;
    if (of_file && field.n == 0)
        return ask_field(ui, c, translate("there is none:"), chose_none);
    if (of_file ||
        (subject->kind == CORRECTION_PROPOSAL && field.n > 0 && !str_eq(field, STR("title"))))
        return set(ui, subject, field, STR(""));
    if (subject->kind == CORRECTION_PASSAGE) {
        subject->part = 0;
        if (store_passage(ui_store(ui), ui->places, subject->record, &passage, NULL) == STATUS_OK &&
            passage.kind == PASSAGE_HEADING)
            return set(ui, subject, STR("section"), STR("none"));
    }
    return set(ui, subject, STR("record"), STR("none"));
}

/* The corrections that show where the cursor stands: the record's own, and for a passage all in
 * it. */
static bool is_about(const struct stored_correction *c, const struct correction_subject *subject)
{
    if (!c->found)
        return false;
    if (subject->kind == CORRECTION_PASSAGE && c->passage == subject->record)
        return true;
    return c->kind == subject->kind && c->record == subject->record &&
           (c->part == subject->part || subject->kind == CORRECTION_PROPOSAL);
}

reaction correct_as_read(struct ui *ui, struct str argument)
{
    struct correction_subject subject;
    const struct stored_correction *list;
    struct buffer out = buffer_in(ui->places);
    struct error e = ERROR_NONE;
    struct str field;
    size_t n;
    (void)argument;
    if (!find_subject(ui, &subject, &field))
        return nothing_here(ui);
    if (store_corrections(ui_store(ui), ui->places, 0, &list, &n, &e) != STATUS_OK) {
        ui_say(ui, ROLE_ERROR, "%s", e.message);
        return REACT_STATUS;
    }
    for (size_t i = 0; i < n; i++) {
        if (!is_about(&list[i], &subject))
            continue;
        if (out.n > 0)
            buffer_add_c(&out, "  ");
        buffer_add(&out, correct_words(ui->places, list[i].kind, list[i].field, list[i].value,
                                       list[i].was));
    }
    if (out.n == 0)
        ui_say(ui, ROLE_TEXT, "%s", translate("this stands as it was read"));
    else
        ui_say(ui, ROLE_TEXT, "改 %s", str_dup_c(ui->places, buffer_str(&out)));
    return REACT_STATUS;
}

reaction correct_undo(struct ui *ui, struct str argument)
{
    struct correction undone;
    struct error e = ERROR_NONE;
    bool applied;
    (void)argument;
    if (ui_library(ui) == NULL)
        return REACT_PASS;
    enum status status = corrections_undo(ui_library(ui), ui->places, &undone, &applied, &e);
    if (status == STATUS_NOT_FOUND) {
        ui_say(ui, ROLE_DIM, "%s", message(MESSAGE_REVIEW_NO_UNDO));
        return REACT_STATUS;
    }
    if (status != STATUS_OK) {
        ui_say(ui, ROLE_ERROR, "%s", e.message);
        return REACT_STATUS;
    }
    ui_look_for_changes(ui);
    if (applied)
        ui_say(ui, ROLE_GOOD, translate("taken back: %s"),
               str_dup_c(ui->places, correct_words(ui->places, correction_kind_named(undone.kind),
                                                   undone.field, undone.value, undone.was)));
    else
        say_done(ui, STR(""), applied, &e);
    return REACT_LAYOUT;
}
