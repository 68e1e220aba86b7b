/* What a person puts right. */
#include "app/corrections.h"

#include "app/name_edits.h"

#include "baolan/buffer.h"
#include "baolan/parse.h"
#include "baolan/utf8.h"
#include "baolan/vector.h"
#include "library_internal.h"

#include <stdlib.h>

/* Bytes that are quoted of a longer record, and documents read anew for one correction. */
enum { QUOTED_MOST = 36, DOCUMENTS_MOST = 32 };

static const struct {
    enum correction_kind kind;
    const char *field;
} FIELDS[] = {
#define X(kind, field) {kind, field},
    CORRECTION_FIELD_TABLE(X)
#undef X
};

const struct str *corrections_fields(struct arena *a, enum correction_kind kind, size_t *n)
{
    VECTOR(struct str) fields = {0};
    for (size_t i = 0; i < sizeof FIELDS / sizeof *FIELDS; i++)
        if (FIELDS[i].kind == kind)
            vector_push(a, &fields, str_of(FIELDS[i].field));
    *n = fields.n;
    return fields.at;
}

/* --- What a record says ----------------------------------------------------------------------- */

struct asking {
    struct library *library;
    struct arena *arena;
    const struct correction_subject *subject;
    struct str field;
    struct str value;
    struct error *error;
};

static bool asks(const struct asking *q, const char *field)
{
    return str_eq(q->field, str_of(field));
}

static struct str names_value(struct arena *a, const struct str *names, uint32_t n)
{
    struct buffer out = buffer_in(a);
    for (uint32_t i = 0; i < n; i++) {
        if (i > 0)
            buffer_add_c(&out, "、");
        buffer_add(&out, names[i]);
    }
    return buffer_str(&out);
}

static struct str byline_value(struct arena *a, const struct stored_article *it)
{
    struct buffer out = buffer_in(a);
    for (uint32_t i = 0; i < it->n_credits; i++) {
        bool same = i > 0 && str_eq(it->credits[i].role, it->credits[i - 1].role);
        if (i > 0)
            buffer_add_c(&out, same ? "、" : "；");
        if (!same && it->credits[i].role.n > 0) {
            buffer_add(&out, it->credits[i].role);
            buffer_add_byte(&out, ' ');
        }
        buffer_add(&out, it->credits[i].name);
    }
    return buffer_str(&out);
}

static enum status document_value(struct asking *q)
{
    struct stored_document d;
    enum status status =
        store_document(q->library->store, q->arena, q->subject->record, &d, q->error);
    if (status == STATUS_OK)
        q->value = asks(q, "date") ? d.date : d.place;
    return status;
}

static enum status article_value(struct asking *q)
{
    struct stored_article it;
    enum status status =
        store_article(q->library->store, q->arena, q->subject->record, &it, q->error);
    if (status == STATUS_OK)
        q->value = asks(q, "title")    ? it.title
                   : asks(q, "byline") ? byline_value(q->arena, &it)
                   : asks(q, "date")   ? it.date
                                       : it.place;
    return status;
}

static enum status passage_value(struct asking *q)
{
    struct stored_passage it;
    enum status status =
        store_passage(q->library->store, q->arena, q->subject->record, &it, q->error);
    if (status != STATUS_OK)
        return status;
    if (asks(q, "section"))
        q->value = it.kind == PASSAGE_HEADING ? STR("heading") : STR("none");
    else if (asks(q, "record"))
        q->value = it.text;
    return status;
}

static enum status indicator_value(struct asking *q)
{
    struct stored_indicator stored;
    const struct indicator *it = &stored.it;
    enum status status =
        store_indicator(q->library->store, q->arena, q->subject->record, &stored, q->error);
    if (status != STATUS_OK)
        return status;
    q->value = asks(q, "metric")      ? it->metric
               : asks(q, "subject")   ? it->subject
               : asks(q, "period")    ? it->period
               : asks(q, "place")     ? it->region
               : asks(q, "kind")      ? str_of(indicator_kind_name(it->kind))
               : asks(q, "basis")     ? it->basis
               : asks(q, "qualifier") ? it->qualifier
               : asks(q, "target")    ? (it->target ? STR("yes") : STR("no"))
                                      : it->text;
    return status;
}

static enum status proposal_value(struct asking *q)
{
    struct stored_proposal stored;
    const struct proposal *it = &stored.it;
    struct arena *a = q->arena;
    enum status status =
        store_load_proposal(q->library->store, a, q->subject->record, &stored, q->error);
    if (status != STATUS_OK)
        return status;
    q->value = asks(q, "speakers")     ? names_value(a, it->speakers, it->n_speakers)
               : asks(q, "bodies")     ? names_value(a, it->bodies, it->n_bodies)
               : asks(q, "handlers")   ? names_value(a, it->handlers, it->n_handlers)
               : asks(q, "number")     ? it->number
               : asks(q, "session")    ? it->session
               : asks(q, "category")   ? it->category
               : asks(q, "status")     ? it->status
               : asks(q, "reply")      ? it->reply
               : asks(q, "year")       ? (it->year == 0 ? STR("") : str_printf(a, "%d", it->year))
               : asks(q, "background") ? it->background
                                       : it->title;
    return status;
}

static enum status suggestion_value(struct asking *q)
{
    struct stored_proposal stored;
    enum status status =
        store_load_proposal(q->library->store, q->arena, q->subject->record, &stored, q->error);
    if (status != STATUS_OK)
        return status;
    if (q->subject->part >= stored.it.n_suggestions)
        return error_set(q->error, STATUS_NOT_FOUND, "there is no such suggestion");
    const struct suggestion *it = &stored.it.suggestions[q->subject->part];
    q->value = asks(q, "title") || (asks(q, "record") && it->title.n > 0) ? it->title : it->text;
    return status;
}

/* The mention of a name that begins at a byte of a passage. */
static enum status find_mention(struct asking *q, struct stored_mention *out)
{
    const struct stored_mention *list;
    size_t n;
    enum status status =
        store_mentions_in(q->library->store, q->arena, q->subject->record, 1, &list, &n, q->error);
    for (size_t i = 0; i < n && status == STATUS_OK; i++) {
        if (list[i].start != q->subject->part ||
            (q->subject->end != 0 && list[i].end != q->subject->end))
            continue;
        *out = list[i];
        return STATUS_OK;
    }
    return status == STATUS_OK ? error_set(q->error, STATUS_NOT_FOUND, "there is no name here")
                               : status;
}

static enum status name_value(struct asking *q)
{
    struct stored_mention mention;
    struct stored_entity entity;
    struct stored_passage passage;
    enum status status = find_mention(q, &mention);
    if (status == STATUS_OK)
        status = store_passage(q->library->store, q->arena, mention.passage, &passage, q->error);
    if (status == STATUS_OK)
        status = store_entity(q->library->store, q->arena, mention.entity, &entity, q->error);
    if (status == STATUS_OK)
        q->value = asks(q, "type") ? str_of(entity_type_name(entity.type))
                                   : str_sub(passage.text, mention.start, mention.end);
    return status;
}

static enum status read_value(void *context)
{
    typedef enum status reader(struct asking * q);
    static reader *const READERS[CORRECTION_KIND_COUNT] = {
        [CORRECTION_DOCUMENT] = document_value,     [CORRECTION_ARTICLE] = article_value,
        [CORRECTION_PASSAGE] = passage_value,       [CORRECTION_INDICATOR] = indicator_value,
        [CORRECTION_PROPOSAL] = proposal_value,     [CORRECTION_NAME] = name_value,
        [CORRECTION_SUGGESTION] = suggestion_value,
    };
    struct asking *q = context;
    q->value = STR("");
    if (q->library->store == NULL)
        return error_set(q->error, STATUS_NOT_FOUND, "nothing was imported yet");
    return READERS[q->subject->kind](q);
}

enum status corrections_value(struct library *library, struct arena *a,
                              const struct correction_subject *subject, struct str field,
                              struct str *out, struct error *e)
{
    struct asking q = {library, a, subject, field, {NULL, 0}, e};
    enum status status = arena_protect(a, read_value, &q, e);
    *out = q.value;
    return status;
}

/* --- Where it stands -------------------------------------------------------------------------- */

struct stretch_of_text {
    uint32_t passage, start, end;
};

/* What an article is known by: its first heading or paragraph, which no correction of its title or
 * byline changes; its title where it has neither. */
static enum status article_stretch(struct asking *q, uint32_t article, struct stretch_of_text *out)
{
    struct stored_article it;
    struct stored_passage passage;
    enum status status = store_article(q->library->store, q->arena, article, &it, q->error);
    if (status != STATUS_OK)
        return status;
    out->passage = it.first_passage;
    for (uint32_t i = 0; i < it.n_passages; i++) {
        status =
            store_passage(q->library->store, q->arena, it.first_passage + i, &passage, q->error);
        if (status != STATUS_OK || passage.kind < PASSAGE_HEADING)
            continue;
        out->passage = passage.id;
        break;
    }
    return status;
}

static enum status find_stretch(struct asking *q, struct stretch_of_text *out)
{
    struct store *s = q->library->store;
    struct stored_document d;
    struct stored_indicator indicator;
    struct stored_proposal proposal;
    struct stored_mention mention;
    uint32_t record = q->subject->record;
    enum status status = STATUS_OK;
    *out = (struct stretch_of_text){0};
    switch (q->subject->kind) {
    case CORRECTION_DOCUMENT:
        status = store_document(s, q->arena, record, &d, q->error);
        return status == STATUS_OK ? article_stretch(q, d.first_article, out) : status;
    case CORRECTION_ARTICLE:
        return article_stretch(q, record, out);
    case CORRECTION_PASSAGE:
        *out = (struct stretch_of_text){record, q->subject->part, 0};
        return status;
    case CORRECTION_INDICATOR:
        status = store_indicator(s, q->arena, record, &indicator, q->error);
        *out = (struct stretch_of_text){indicator.it.place.paragraph, indicator.it.place.start,
                                        indicator.it.place.end};
        return status;
    case CORRECTION_NAME:
        status = find_mention(q, &mention);
        *out = (struct stretch_of_text){record, mention.start, mention.end};
        return status;
    default:
        break;
    }
    status = store_load_proposal(s, q->arena, record, &proposal, q->error);
    if (status != STATUS_OK)
        return status;
    const struct place *place = &proposal.it.place;
    if (q->subject->kind == CORRECTION_SUGGESTION && q->subject->part < proposal.it.n_suggestions)
        place = &proposal.it.suggestions[q->subject->part].place;
    *out = (struct stretch_of_text){place->paragraph, place->start, 0};
    return status;
}

/* The anchor of a record; what is long, or has no end of its own, is known by its beginning. */
static enum status find_anchor(struct asking *q, struct anchor *out)
{
    struct stretch_of_text at;
    struct stored_passage passage;
    struct store *s = q->library->store;
    enum status status = find_stretch(q, &at);
    if (status == STATUS_OK)
        status = store_passage(s, q->arena, at.passage, &passage, q->error);
    if (status != STATUS_OK)
        return status;
    size_t end = at.end > at.start ? at.end : passage.text.n;
    if (end - at.start > QUOTED_MOST)
        end = at.start + str_whole(str_sub(passage.text, at.start, at.start + QUOTED_MOST)).n;
    if (end <= at.start)
        return error_set(q->error, STATUS_UNSUPPORTED, "there are no words to know it by");
    return store_correction_anchor(s, q->arena, at.passage, at.start, (uint32_t)end, out, q->error);
}

/* --- Making and undoing ----------------------------------------------------------------------- */

/* Reads the documents anew that an anchor may be about. */
static enum status apply(struct library *library, const struct anchor *anchor, bool *applied,
                         struct error *e)
{
    uint32_t ids[DOCUMENTS_MOST];
    size_t n = 0;
    struct error problem = ERROR_NONE;
    *applied = false;
    if (anchor == NULL || library->store == NULL)
        return STATUS_OK;
    enum status status =
        store_documents_of_anchor(library->store, anchor, ids, DOCUMENTS_MOST, &n, e);
    if (status != STATUS_OK)
        return status;
    status = library_reread(library, library->marks_path, ids, n, &problem);
    *applied = status == STATUS_OK;
    if (!*applied)
        error_set(e, status, "%s", problem.message);
    return STATUS_OK;
}

struct making {
    struct asking q;
    struct correction made;
    bool *applied;
};

/* What the parser read, where an earlier correction kept it; else what stands now. */
static enum status own_reading(struct making *m)
{
    const struct stored_correction *before;
    size_t n = 0;
    const struct correction_subject *subject = m->q.subject;
    enum status status = read_value(&m->q);
    m->made.was = m->q.value;
    if (status == STATUS_OK)
        status = store_corrections_of(m->q.library->store, m->q.arena, subject->kind,
                                      subject->record, subject->part, &before, &n, m->q.error);
    for (size_t i = 0; i < n && status == STATUS_OK; i++)
        if (str_eq(before[i].field, m->q.field))
            m->made.was = before[i].was;
    return status;
}

/* A correction that cannot be (a first paragraph joined to the one above it, a name that does not
 * stand there) is not kept. */
static enum status keep_or_refuse(struct making *m)
{
    struct library *library = m->q.library;
    const struct stored_correction *tried;
    const struct correction *all;
    size_t n = 0, n_all = 0;
    bool applied;
    int64_t identity = correction_identity(&m->made);
    enum status status = store_corrections(library->store, m->q.arena, 0, &tried, &n, m->q.error);
    for (size_t i = 0; i < n && status == STATUS_OK; i++)
        if (tried[i].identity == identity && tried[i].found)
            return STATUS_OK;
    if (status == STATUS_OK)
        status =
            notes_corrections(library->marks, m->q.arena, m->made.kind, &all, &n_all, m->q.error);
    if (status == STATUS_OK && n_all > 0)
        status = notes_remove_correction(library->marks, all[n_all - 1].id, m->q.error);
    if (status == STATUS_OK)
        status = apply(library, m->made.anchor, &applied, m->q.error);
    *m->applied = false;
    return status == STATUS_OK
               ? error_set(m->q.error, STATUS_BAD_INPUT, "this cannot be put right so")
               : status;
}

static enum status make(void *context)
{
    struct making *m = context;
    struct library *library = m->q.library;
    struct lexicons *lexicons;
    struct anchor anchor;
    if (library->marks == NULL)
        return error_set(m->q.error, STATUS_DENIED, "the notes cannot be opened");
    enum status status = lexicons_load(m->q.arena, NULL, &lexicons, NULL, NULL, m->q.error);
    if (status == STATUS_OK && !correction_check(m->q.arena, lexicons, &m->made, m->q.error))
        status = STATUS_BAD_INPUT;
    if (status == STATUS_OK)
        status = own_reading(m);
    if (status == STATUS_OK)
        status = find_anchor(&m->q, &anchor);
    if (status != STATUS_OK)
        return status;
    m->made.anchor = &anchor;
    m->made.content_key = correction_key(m->made.kind, &anchor);
    status = notes_put_correction(library->marks, &m->made, m->q.error);
    if (status == STATUS_OK)
        status = apply(library, &anchor, m->applied, m->q.error);
    return status == STATUS_OK && *m->applied ? keep_or_refuse(m) : status;
}

enum status corrections_set(struct library *library, const struct correction_subject *subject,
                            struct str field, struct str value, bool *applied, struct error *e)
{
    struct making m = {.q = {library, arena_new(), subject, field, {NULL, 0}, e},
                       .made = {.kind = str_of(correction_kind_name(subject->kind)),
                                .field = field,
                                .value = value,
                                .author = str_of(library_author(library))},
                       .applied = applied};
    *applied = false;
    if (m.q.arena == NULL)
        return error_set(e, STATUS_NO_MEMORY, "out of memory");
    enum status status = arena_protect(m.q.arena, make, &m, e);
    arena_free(m.q.arena);
    return status;
}

static enum status take_back(struct library *library, const struct correction *c, bool *applied,
                             struct error *e)
{
    if (correction_kind_named(c->kind) == CORRECTION_KIND_COUNT)
        return library_remove_name_edit(library, c, applied, e);
    enum status status = notes_remove_correction(library->marks, c->id, e);
    return status == STATUS_OK ? apply(library, c->anchor, applied, e) : status;
}

enum status corrections_undo(struct library *library, struct arena *a, struct correction *undone,
                             bool *applied, struct error *e)
{
    const struct correction *all;
    size_t n = 0;
    *applied = false;
    if (library->marks == NULL)
        return error_set(e, STATUS_DENIED, "the notes cannot be opened");
    enum status status = notes_corrections(library->marks, a, STR(""), &all, &n, e);
    while (status == STATUS_OK && n > 0) {
        const struct correction *c = &all[--n];
        if (!str_eq(c->author, str_of(library_author(library))))
            continue;
        *undone = *c;
        return take_back(library, c, applied, e);
    }
    return status == STATUS_OK ? error_set(e, STATUS_NOT_FOUND, "there is nothing to undo")
                               : status;
}

bool corrections_are_latest(struct library *library)
{
    struct arena *a = library->marks == NULL ? NULL : arena_new();
    struct str author = str_of(library_author(library));
    const struct correction *all;
    size_t n = 0;
    int64_t marked = 0, made = 0;
    if (a == NULL)
        return false;
    if (notes_corrections(library->marks, a, STR(""), &all, &n, NULL) == STATUS_OK)
        while (made == 0 && n-- > 0)
            if (str_eq(all[n].author, author))
                made = all[n].time;
    notes_last_mark(library->marks, author, &marked, NULL);
    arena_free(a);
    return made > marked;
}

enum status corrections_remove(struct library *library, int64_t id, bool *applied, struct error *e)
{
    struct arena *a = arena_new();
    const struct correction *all;
    size_t n = 0;
    *applied = false;
    if (a == NULL)
        return error_set(e, STATUS_NO_MEMORY, "out of memory");
    enum status status = library->marks == NULL
                             ? error_set(e, STATUS_DENIED, "the notes cannot be opened")
                             : notes_corrections(library->marks, a, STR(""), &all, &n, e);
    const struct correction *found = NULL;
    for (size_t i = 0; i < n && status == STATUS_OK; i++)
        if (all[i].id == id)
            found = &all[i];
    if (status == STATUS_OK)
        status = found == NULL ? error_set(e, STATUS_NOT_FOUND, "there is no such correction")
                               : take_back(library, found, applied, e);
    arena_free(a);
    return status;
}

struct taking {
    struct library *library;
    struct arena *arena;
    struct str text;
    size_t *taken, *bad;
    bool *applied;
    struct error *error;
};

/* A correction of names has its own fields, which who applies it checks. */
static bool is_good(struct arena *a, const struct lexicons *lexicons, const struct correction *c)
{
    struct error quiet = ERROR_NONE;
    return str_eq(c->kind, STR("entity")) ||
           (c->anchor != NULL && correction_check(a, lexicons, c, &quiet));
}

static enum status take(void *context)
{
    struct taking *t = context;
    struct arena *a = t->arena;
    struct lexicons *lexicons;
    struct decoded clean;
    const struct correction *list;
    size_t n = 0, good = 0;
    if (t->library->marks == NULL)
        return error_set(t->error, STATUS_DENIED, "the notes cannot be opened");
    enum status status = lexicons_load(a, NULL, &lexicons, NULL, NULL, t->error);
    /* What comes from a file may hold controls. */
    if (status == STATUS_OK)
        status = decode(a, t->text, ENCODING_UTF8, &clean, t->error);
    if (status == STATUS_OK)
        status =
            notes_read_corrections(t->library->marks, a, clean.text, &list, &n, t->bad, t->error);
    struct correction *kept = arena_array(a, struct correction, n + 1);
    for (size_t i = 0; i < n && status == STATUS_OK; i++) {
        if (is_good(a, lexicons, &list[i]))
            kept[good++] = list[i];
        else
            ++*t->bad;
    }
    if (status == STATUS_OK)
        status = notes_put_corrections(t->library->marks, kept, good, t->taken, t->error);
    if (status != STATUS_OK)
        return status;
    struct error problem = ERROR_NONE;
    *t->applied = t->library->store != NULL && library_recorrect(t->library, t->library->marks_path,
                                                                 NULL, &problem) == STATUS_OK;
    if (!*t->applied)
        error_set(t->error, problem.status, "%s", problem.message);
    return STATUS_OK;
}

enum status corrections_take(struct library *library, struct arena *a, struct str text,
                             size_t *taken, size_t *bad, bool *applied, struct error *e)
{
    struct taking t = {library, a, text, taken, bad, applied, e};
    *taken = *bad = 0;
    *applied = false;
    return arena_protect(a, take, &t, e);
}

/* --- All of them ------------------------------------------------------------------------------ */

static const struct stored_correction *state_of(const struct stored_correction *tried, size_t n,
                                                int64_t identity)
{
    const struct stored_correction *best = NULL;
    for (size_t i = 0; i < n; i++)
        if (tried[i].identity == identity && (best == NULL || (tried[i].found && !best->found)))
            best = &tried[i];
    return best;
}

enum status corrections_list(struct library *library, struct arena *a,
                             const struct correction_state **out, size_t *n, struct error *e)
{
    const struct correction *all;
    const struct stored_correction *tried = NULL;
    size_t n_all = 0, n_tried = 0;
    VECTOR(struct correction_state) list = {0};
    enum status status = STATUS_OK;
    *out = NULL;
    *n = 0;
    if (library->marks == NULL)
        return STATUS_OK;
    status = notes_corrections(library->marks, a, STR(""), &all, &n_all, e);
    if (status == STATUS_OK && library->store != NULL)
        status = store_corrections(library->store, a, 0, &tried, &n_tried, e);
    for (size_t i = 0; i < n_all && status == STATUS_OK; i++) {
        const struct stored_correction *state =
            state_of(tried, n_tried, correction_identity(&all[i]));
        /* A name's is no document's: it holds wherever the name stands. */
        bool named = correction_kind_named(all[i].kind) == CORRECTION_KIND_COUNT;
        struct correction_state c = {all[i], named || (state != NULL && state->found),
                                     state != NULL ? state->passage : 0};
        vector_push(a, &list, c);
    }
    *out = list.at;
    *n = list.n;
    return status;
}

static int compare_ids(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

enum status corrections_records(struct store *s, struct arena *a, unsigned kinds,
                                const uint32_t **ids, size_t *n, struct error *e)
{
    const struct stored_correction *all;
    size_t n_all = 0, found = 0;
    enum status status = store_corrections(s, a, 0, &all, &n_all, e);
    uint32_t *list = arena_array(a, uint32_t, n_all + 1);
    for (size_t i = 0; i < n_all && status == STATUS_OK; i++)
        if (all[i].found && (kinds >> all[i].kind & 1) != 0 && all[i].record != 0)
            list[found++] = all[i].record;
    qsort(list, found, sizeof *list, compare_ids);
    *ids = list;
    *n = found;
    return status;
}

bool corrections_has(const uint32_t *ids, size_t n, uint32_t id)
{
    return n > 0 && bsearch(&id, ids, n, sizeof *ids, compare_ids) != NULL;
}
