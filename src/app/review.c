#include "app/review.h"

#include "baolan/buffer.h"
#include "baolan/clock.h"
#include "baolan/fold.h"

/* One field of one record as it was before a step. */
struct before {
    int64_t content_key;
    struct str field, value;
    const struct anchor *anchor;
};

struct step {
    const struct before *before;
    size_t n;
    uint32_t group;
};

/* What takes back a field that another person set, whose own mark an empty one would let stand. */
#define TAKEN_BACK STR("-")
/* The field that tells whose work a record is. */
#define ASSIGNED STR("assigned")

struct review {
    struct arena *arena;
    struct arena *read; /* the marks; reset where they are read anew */
    struct notes *notes;
    const struct review_form *form;
    struct str kind, author;
    struct map marks; /* content key and field → struct review_mark */
    int64_t version;
    VECTOR(struct step) steps;
    uint32_t group, groups; /* the group that is open, or 0; groups so far */
};

/* --- The marks in memory --------------------------------------------------------------------- */

static struct str mark_key(struct arena *a, int64_t content_key, struct str field)
{
    char *bytes = arena_alloc(a, sizeof content_key + field.n);
    memcpy(bytes, &content_key, sizeof content_key);
    if (field.n > 0)
        memcpy(bytes + sizeof content_key, field.p, field.n);
    return (struct str){bytes, sizeof content_key + field.n};
}

const struct review_mark *review_marks(const struct review *r, int64_t content_key,
                                       struct str field)
{
    char bytes[sizeof content_key + 64];
    if (field.n > 64)
        return NULL;
    memcpy(bytes, &content_key, sizeof content_key);
    if (field.n > 0)
        memcpy(bytes + sizeof content_key, field.p, field.n);
    const struct map_entry *entry =
        map_get(&r->marks, (struct str){bytes, sizeof content_key + field.n});
    return entry == NULL ? NULL : entry->value.pointer;
}

static bool is_own(const struct review *r, const struct review_mark *mark)
{
    return str_eq(mark->author, r->author);
}

/* Takes an author's latest mark in: in place of the one before, one's own first, else before those
 * of the others, which come in the order in which they were set. */
static void remember(struct review *r, const struct mark *m)
{
    struct map_entry *entry = map_put(&r->marks, mark_key(r->read, m->content_key, m->field), NULL);
    struct review_mark *mark = arena_new_of(r->read, struct review_mark);
    *mark = (struct review_mark){str_dup(r->read, m->value), str_dup(r->read, m->author), m->time,
                                 NULL};
    struct review_mark *first = entry->value.pointer;
    bool own_first = first != NULL && is_own(r, first);
    mark->next = own_first ? first->next : first;
    if (own_first && !is_own(r, mark))
        first->next = mark;
    else
        entry->value.pointer = mark;
}

static enum status read_marks(struct review *r, struct error *e)
{
    const struct mark *marks;
    size_t n;
    arena_reset(r->read);
    r->marks = map_in(r->read);
    r->version = notes_data_version(r->notes);
    enum status status = notes_marks(r->notes, r->read, r->kind, &marks, &n, e);
    for (size_t i = 0; status == STATUS_OK && i < n; i++)
        remember(r, &marks[i]);
    return status;
}

enum status review_open(struct arena *a, struct notes *notes, const struct review_form *form,
                        struct str kind, struct str author, struct review **out, struct error *e)
{
    struct review *r = arena_new_of(a, struct review);
    *r = (struct review){.arena = a, .notes = notes, .form = form, .read = arena_new()};
    *out = r;
    if (r->read == NULL) {
        *out = NULL;
        return error_set(e, STATUS_NO_MEMORY, "%s", status_name(STATUS_NO_MEMORY));
    }
    r->kind = str_dup(a, kind);
    r->author = str_dup(a, author);
    r->marks = map_in(r->read);
    enum status status = notes == NULL ? STATUS_OK : read_marks(r, e);
    if (status != STATUS_OK) {
        review_close(r);
        *out = NULL;
    }
    return status;
}

void review_close(struct review *r)
{
    if (r != NULL)
        arena_free(r->read);
}

const struct review_form *review_form(const struct review *r)
{
    return r->form;
}

struct str review_author(const struct review *r)
{
    return r->author;
}

enum status review_refresh(struct review *r, bool *changed, struct error *e)
{
    *changed = r->notes != NULL && notes_data_version(r->notes) != r->version;
    return *changed ? read_marks(r, e) : STATUS_OK;
}

/* --- Asking ---------------------------------------------------------------------------------- */

bool review_stands(const struct review_mark *mark)
{
    return mark->value.n > 0 && !str_eq(mark->value, TAKEN_BACK);
}

/* Of this field everyone's value is their own alone. */
static bool is_personal(const struct review *r, struct str field)
{
    const struct review_choice *done = review_done(r->form);
    return done != NULL && str_eq(done->field, field);
}

const struct review_mark *review_mark(const struct review *r, int64_t content_key, struct str field)
{
    const struct review_mark *mark = review_marks(r, content_key, field);
    if (mark != NULL && is_own(r, mark)) {
        if (mark->value.n > 0)
            return review_stands(mark) ? mark : NULL;
        mark = mark->next;
    }
    while (mark != NULL && !review_stands(mark))
        mark = mark->next;
    return is_personal(r, field) ? NULL : mark;
}

struct str review_value(const struct review *r, int64_t content_key, struct str field)
{
    const struct review_mark *mark = review_mark(r, content_key, field);
    if (mark != NULL)
        return mark->value;
    for (size_t i = 0; i < r->form->n_choices; i++)
        if (r->form->choices[i].initial && str_eq(r->form->choices[i].field, field))
            return r->form->choices[i].value;
    return (struct str){NULL, 0};
}

bool review_is_done(const struct review *r, int64_t content_key)
{
    const struct review_choice *done = review_done(r->form);
    return done != NULL && str_eq(review_value(r, content_key, done->field), done->value);
}

struct str review_summary(const struct review *r, int64_t content_key, struct arena *a)
{
    struct buffer out = buffer_in(a);
    for (size_t i = 0; i < r->form->n_fields; i++) {
        struct str field = r->form->fields[i];
        const struct review_mark *mark = review_mark(r, content_key, field);
        if (mark != NULL && !is_own(r, mark))
            continue;
        struct str value = review_value(r, content_key, field);
        const struct review_choice *choice = review_choice(r->form, field, value);
        if (value.n == 0 || choice == NULL || choice->text || choice->list)
            continue;
        if (out.n > 0)
            buffer_add_byte(&out, ' ');
        buffer_add(&out, value);
    }
    return buffer_str(&out);
}

/* --- Others ---------------------------------------------------------------------------------- */

/* The others who marked a record, each once. */
static size_t others_of(const struct review *r, int64_t content_key, struct arena *a,
                        const struct str **out)
{
    VECTOR(struct str) names = {0};
    for (size_t i = 0; i < r->form->n_fields; i++) {
        const struct review_mark *m = review_marks(r, content_key, r->form->fields[i]);
        for (; m != NULL; m = m->next) {
            bool known = is_own(r, m) || !review_stands(m);
            for (size_t k = 0; k < names.n && !known; k++)
                known = str_eq(names.at[k], m->author);
            if (!known)
                vector_push(a, &names, m->author);
        }
    }
    *out = names.at;
    return names.n;
}

/* What one of them says that review_value does not tell. */
static void add_said(const struct review *r, int64_t content_key, struct str author,
                     struct buffer *out)
{
    for (size_t i = 0; i < r->form->n_fields; i++) {
        struct str field = r->form->fields[i];
        const struct review_mark *m = review_marks(r, content_key, field);
        while (m != NULL && !str_eq(m->author, author))
            m = m->next;
        if (m == NULL || !review_stands(m))
            continue;
        const struct review_choice *c = review_choice(r->form, field, STR(""));
        if (out->n > 0)
            buffer_add_byte(out, ' ');
        if (c != NULL && (c->text || c->list)) {
            buffer_add(out, c->label);
            buffer_add_c(out, " ");
        }
        buffer_add(out, m->value);
    }
}

struct str review_others(const struct review *r, int64_t content_key, struct arena *a)
{
    const struct str *names;
    struct buffer out = buffer_in(a);
    size_t n = others_of(r, content_key, a, &names);
    for (size_t i = 0; i < n; i++) {
        struct buffer said = buffer_in(a);
        add_said(r, content_key, names[i], &said);
        if (said.n == 0)
            continue;
        if (out.n > 0)
            buffer_add_byte(&out, ' ');
        buffer_add(&out, names[i]);
        buffer_add_byte(&out, ':');
        buffer_add(&out, buffer_str(&said));
    }
    return buffer_str(&out);
}

static bool name_has(struct arena *a, struct str text, struct str folded)
{
    return folded.n == 0 || str_has(fold_str(a, text), folded);
}

int review_admits(const struct review *r, int64_t content_key, struct str word)
{
    struct arena_mark mark = arena_mark(r->read);
    struct str folded = fold_str(r->read, word);
    bool by = str_starts(folded, STR("by:")), to = str_starts(folded, STR("@")), found = false;
    struct str name = str_sub(folded, by ? strlen("by:") : 1, folded.n);
    for (size_t i = 0; (by || to) && i < r->form->n_fields && !found; i++) {
        if (to && !str_eq(r->form->fields[i], ASSIGNED))
            continue;
        const struct review_mark *m = review_marks(r, content_key, r->form->fields[i]);
        for (; m != NULL && !found; m = m->next)
            found = review_stands(m) &&
                    (to && name.n == 0 ? str_eq(m->value, r->author)
                                       : name_has(r->read, to ? m->value : m->author, name));
    }
    arena_release(r->read, mark);
    return by || to ? found : -1;
}

/* --- Changing -------------------------------------------------------------------------------- */

/* Sets each subject's field to its own value, in one step. */
static enum status put(struct review *r, const struct review_subject *subjects, size_t n,
                       struct str field, const struct str *values, bool undoable, struct error *e)
{
    if (r->notes == NULL)
        return error_set(e, STATUS_DENIED, "the notes cannot be written");
    struct mark *marks = arena_array(r->arena, struct mark, n + 1);
    struct before *before = arena_array(r->arena, struct before, n + 1);
    struct str name = str_dup(r->arena, field);
    for (size_t i = 0; i < n; i++) {
        const struct review_mark *was = review_marks(r, subjects[i].content_key, field);
        bool own = was != NULL && is_own(r, was);
        before[i] = (struct before){subjects[i].content_key, name,
                                    str_dup(r->arena, own ? was->value : STR("")), NULL};
        /* Taken back, another's value would stand; undone, it shall. */
        const struct review_mark *shown = review_mark(r, subjects[i].content_key, field);
        bool foreign = undoable && (own ? was->next != NULL : shown != NULL);
        marks[i] = (struct mark){.kind = r->kind,
                                 .content_key = subjects[i].content_key,
                                 .field = name,
                                 .value = values[i].n == 0 && foreign ? TAKEN_BACK : values[i],
                                 .author = r->author,
                                 .time = clock_wall_milliseconds(),
                                 .anchor = subjects[i].anchor};
    }
    enum status status = n == 1 ? notes_put_mark(r->notes, &marks[0], subjects[0].anchor, e)
                                : notes_put_marks(r->notes, marks, n, e);
    for (size_t i = 0; status == STATUS_OK && i < n; i++)
        remember(r, &marks[i]);
    if (status == STATUS_OK && undoable)
        vector_push(r->arena, &r->steps, ((struct step){before, n, r->group}));
    return status;
}

enum status review_set(struct review *r, const struct review_subject *subjects, size_t n,
                       struct str field, struct str value, struct error *e)
{
    const struct review_choice *choice = review_choice(r->form, field, value);
    bool all = choice != NULL && choice->toggle && value.n > 0;
    for (size_t i = 0; all && i < n; i++)
        all = str_eq(review_value(r, subjects[i].content_key, field), value);
    struct str *values = arena_array(r->arena, struct str, n + 1);
    struct str copy = all ? STR("") : str_dup(r->arena, value);
    for (size_t i = 0; i < n; i++)
        values[i] = copy;
    return n == 0 ? STATUS_OK : put(r, subjects, n, field, values, true, e);
}

static bool has_word(struct str list, struct str word)
{
    while (list.p != NULL)
        if (str_eq(str_split(&list, ' '), word))
            return true;
    return false;
}

static struct str with_word(struct arena *a, struct str list, struct str word, bool wanted)
{
    struct buffer out = buffer_in(a);
    while (list.p != NULL) {
        struct str one = str_split(&list, ' ');
        if (one.n == 0 || str_eq(one, word))
            continue;
        if (out.n > 0)
            buffer_add_byte(&out, ' ');
        buffer_add(&out, one);
    }
    if (wanted && out.n > 0)
        buffer_add_byte(&out, ' ');
    if (wanted)
        buffer_add(&out, word);
    return buffer_str(&out);
}

enum status review_toggle_word(struct review *r, const struct review_subject *subjects, size_t n,
                               struct str field, struct str word, struct error *e)
{
    bool all = true;
    for (size_t i = 0; i < n; i++)
        all = all && has_word(review_value(r, subjects[i].content_key, field), word);
    struct str *values = arena_array(r->arena, struct str, n + 1);
    for (size_t i = 0; i < n; i++)
        values[i] =
            with_word(r->arena, review_value(r, subjects[i].content_key, field), word, !all);
    return n == 0 ? STATUS_OK : put(r, subjects, n, field, values, true, e);
}

void review_group(struct review *r, bool begin)
{
    r->group = begin ? ++r->groups : 0;
}

size_t review_marked(const struct review *r, struct arena *a, const int64_t **out)
{
    VECTOR(int64_t) list = {0};
    struct map seen = map_in(a);
    for (size_t i = 0; i < r->marks.n; i++) {
        bool is_new;
        int64_t content_key;
        struct str key_of = str_sub(r->marks.at[i].key, 0, sizeof content_key);
        memcpy(&content_key, key_of.p, sizeof content_key);
        map_put(&seen, key_of, &is_new);
        if (is_new)
            vector_push(a, &list, content_key);
    }
    *out = list.at;
    return list.n;
}

enum status review_anchor(struct review *r, struct arena *a, int64_t content_key,
                          struct anchor *out, struct error *e)
{
    if (r->notes == NULL)
        return error_set(e, STATUS_NOT_FOUND, "no notes");
    return notes_mark_anchor(r->notes, a, r->kind, content_key, out, e);
}

/* The field that says whence marks were taken over; it keeps them from being taken over again. */
#define ADOPTED STR("adopted")

enum status review_adopt(struct review *r, int64_t from, int64_t to, const struct anchor *anchor,
                         struct error *e)
{
    const struct mark *standing;
    size_t n;
    struct arena *a = arena_new();
    if (a == NULL)
        return error_set(e, STATUS_NO_MEMORY, "%s", status_name(STATUS_NO_MEMORY));
    enum status status = notes_marks_of(r->notes, a, r->kind, from, &standing, &n, e);
    struct mark *marks = arena_array(a, struct mark, n + 1);
    for (size_t i = 0; status == STATUS_OK && i < n; i++) {
        marks[i] = standing[i];
        marks[i].content_key = to;
        marks[i].anchor = anchor;
    }
    marks[status == STATUS_OK ? n : 0] =
        (struct mark){.kind = r->kind,
                      .content_key = to,
                      .field = ADOPTED,
                      .value = str_printf(a, "%lld", (long long)from),
                      .author = r->author};
    if (status == STATUS_OK && n > 0)
        status = notes_put_marks(r->notes, marks, n + 1, e);
    arena_free(a);
    return status == STATUS_OK ? read_marks(r, e) : status;
}

static enum status undo_step(struct review *r, const struct step *step, struct error *e)
{
    struct review_subject *subjects = arena_array(r->arena, struct review_subject, step->n + 1);
    struct str *values = arena_array(r->arena, struct str, step->n + 1);
    for (size_t i = 0; i < step->n; i++) {
        subjects[i] = (struct review_subject){step->before[i].content_key, NULL};
        values[i] = step->before[i].value;
    }
    return put(r, subjects, step->n, step->before[0].field, values, false, e);
}

enum status review_undo(struct review *r, int64_t *content_key, struct error *e)
{
    if (r->notes == NULL)
        return error_set(e, STATUS_NOT_FOUND, "nothing to undo");
    if (r->steps.n == 0) {
        struct mark undone;
        enum status status = notes_undo_mark(r->notes, r->arena, r->author, &undone, e);
        if (status == STATUS_OK && content_key != NULL)
            *content_key = undone.content_key;
        return status == STATUS_OK ? read_marks(r, e) : status;
    }
    uint32_t group = vector_last(&r->steps).group;
    enum status status = STATUS_OK;
    do {
        const struct step step = vector_last(&r->steps);
        status = undo_step(r, &step, e);
        if (status != STATUS_OK)
            return status;
        if (content_key != NULL)
            *content_key = step.before[0].content_key;
        r->steps.n--;
    } while (group != 0 && r->steps.n > 0 && vector_last(&r->steps).group == group);
    return status;
}
