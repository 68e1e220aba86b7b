#include "app/name_edits.h"

#include "baolan/buffer.h"
#include "baolan/map.h"
#include "baolan/message.h"
#include "baolan/vector.h"
#include "library_internal.h"

#include <unistd.h>

static const char KIND[] = "entity";

static const struct str FIELDS[] = {
    [NAME_MERGE] = STR_INIT("merge"),
    [NAME_SPLIT] = STR_INIT("split"),
    [NAME_RENAME] = STR_INIT("rename"),
    [NAME_HIDE] = STR_INIT("hide"),
};

/* --- As corrections -------------------------------------------------------------------------- */

/* `TYPE NAME`, the type in its own words. */
static bool read_named(struct str text, enum entity_type *type, struct str *name)
{
    struct str word = str_split(&text, ' ');
    for (int i = 0; i < ENTITY_TYPE_COUNT; i++)
        if (str_eq(word, str_of(entity_type_name((enum entity_type)i)))) {
            *type = (enum entity_type)i;
            *name = text.p == NULL ? STR("") : text;
            return name->n > 0;
        }
    return false;
}

static struct str write_named(struct arena *a, enum entity_type type, struct str name)
{
    return str_printf(a, "%s %.*s", entity_type_name(type), STR_ARG(name));
}

bool name_edit_of(struct arena *a, const struct correction *c, struct name_edit *out)
{
    size_t kind = 0, n = sizeof FIELDS / sizeof *FIELDS;
    VECTOR(struct str) spellings = {0};
    struct str rest = c->was, first = str_split(&rest, '\n');
    while (kind < n && !str_eq(c->field, FIELDS[kind]))
        kind++;
    *out = (struct name_edit){.kind = (enum name_edit_kind)kind, .other = c->value};
    if (!str_eq(c->kind, str_of(KIND)) || kind == n || !read_named(first, &out->type, &out->name))
        return false;
    if (kind == NAME_MERGE && !read_named(c->value, &out->other_type, &out->other))
        return false;
    vector_push(a, &spellings, out->name);
    while (rest.p != NULL) {
        struct str spelling = str_split(&rest, '\n');
        if (spelling.n > 0 && !str_eq(spelling, out->name))
            vector_push(a, &spellings, spelling);
    }
    out->spellings = spellings.at;
    out->n_spellings = spellings.n;
    return out->other.n > 0;
}

/* --- In the cache ---------------------------------------------------------------------------- */

static enum status edit_batch(struct store_writer *writer, const struct name_edit *edits, size_t n,
                              const struct name_edit *undone, struct error *e)
{
    enum status status = store_begin(writer, e);
    if (status == STATUS_OK && undone != NULL)
        status = store_unedit_name(writer, undone, e);
    if (status == STATUS_OK && n > 0)
        status = store_edit_names(writer, edits, n, NULL, e);
    return status == STATUS_OK ? store_commit(writer, e) : status;
}

/* The edits among corrections, in the order in which they were made. */
static enum status read_edits(struct notes *notes, struct arena *a, struct name_edit **out,
                              size_t *n, struct error *e)
{
    const struct correction *all;
    size_t n_all = 0;
    VECTOR(struct name_edit) edits = {0};
    enum status status = notes_corrections(notes, a, str_of(KIND), &all, &n_all, e);
    for (size_t i = 0; i < n_all && status == STATUS_OK; i++) {
        struct name_edit edit;
        if (name_edit_of(a, &all[i], &edit))
            vector_push(a, &edits, edit);
    }
    *out = edits.at;
    *n = edits.n;
    return status;
}

enum status name_edits_apply(struct arena *a, const char *notes_path, struct store_writer *writer,
                             size_t *counted, struct error *e)
{
    struct notes *notes = NULL;
    struct name_edit *edits = NULL;
    size_t n = 0;
    if (access(notes_path, F_OK) != 0)
        return STATUS_OK;
    enum status status = notes_open(notes_path, &notes, e);
    if (status == STATUS_OK)
        status = read_edits(notes, a, &edits, &n, e);
    notes_close(notes);
    if (counted != NULL)
        *counted = n;
    return status == STATUS_OK && n > 0 ? edit_batch(writer, edits, n, NULL, e) : status;
}

struct applying {
    struct library *library;
    struct arena *arena;
    const struct name_edit *edit, *undone; /* one of them is NULL */
    struct store *store;
    struct store_writer *writer;
    int lock;
    struct error *error;
};

static enum status apply_protected(void *context)
{
    struct applying *x = context;
    enum status status = library_lock(x->arena, x->library->cache_path, &x->lock, x->error);
    if (status == STATUS_OK)
        status = store_open(x->library->cache_path, STORE_WRITE, 0, &x->store, x->error);
    if (status == STATUS_OK)
        status = store_writer_open(x->store, x->arena, false, &x->writer, x->error);
    return status == STATUS_OK
               ? edit_batch(x->writer, x->edit, x->edit != NULL, x->undone, x->error)
               : status;
}

/* Makes one edit hold, or takes one back; what could not be done is told in *e. */
static void apply(struct library *library, const struct name_edit *edit,
                  const struct name_edit *undone, bool *applied, struct error *e)
{
    struct error problem = ERROR_NONE;
    struct applying x = {.library = library,
                         .arena = arena_new(),
                         .edit = edit,
                         .undone = undone,
                         .lock = -1,
                         .error = &problem};
    enum status status = STATUS_NO_MEMORY;
    *applied = false;
    if (library->published) /* the reader's own copy of it is made anew, from the notes */
        status = library_recorrect(library, library->marks_path, NULL, &problem);
    else if (x.arena != NULL)
        status = arena_protect(x.arena, apply_protected, &x, &problem);
    store_writer_close(x.writer);
    store_close(x.store);
    library_unlock(x.lock);
    arena_free(x.arena);
    *applied = status == STATUS_OK;
    if (!*applied)
        error_set(e, status, "%s", problem.message);
}

/* --- Making and undoing ---------------------------------------------------------------------- */

struct making {
    struct library *library;
    struct arena *arena;
    enum name_edit_kind kind;
    uint32_t id, other;
    struct str text;
    struct correction made;
    struct name_edit edit;
    struct error *error;
};

/* What the edit says of the entity that it is about. */
static enum status describe(struct making *m)
{
    struct store *s = m->library->store;
    struct stored_entity own, other;
    const struct str *spellings;
    size_t n;
    struct buffer was = buffer_in(m->arena);
    enum status status = store_entity(s, m->arena, m->id, &own, m->error);
    if (status == STATUS_OK)
        status = store_spellings(s, m->arena, m->id, &spellings, &n, m->error);
    if (status == STATUS_OK && m->kind == NAME_MERGE)
        status = store_entity(s, m->arena, m->other, &other, m->error);
    if (status != STATUS_OK)
        return status;
    buffer_add(&was, write_named(m->arena, own.type, own.name));
    for (size_t i = 1; i < n; i++) {
        buffer_add_byte(&was, '\n');
        buffer_add(&was, spellings[i]);
    }
    struct str key = write_named(m->arena, own.type, own.name);
    m->made = (struct correction){
        .kind = str_of(KIND),
        .content_key = (int64_t)hash_bytes(key.p, key.n),
        .field = FIELDS[m->kind],
        .value = m->kind == NAME_MERGE  ? write_named(m->arena, other.type, other.name)
                 : m->kind == NAME_HIDE ? STR("1")
                                        : m->text,
        .was = buffer_str(&was),
        .author = str_of(library_author(m->library)),
    };
    return STATUS_OK;
}

/* Refuses what makes no sense. */
static enum status check(struct making *m)
{
    if (m->kind == NAME_MERGE && m->id == m->other)
        return error_set(m->error, STATUS_BAD_INPUT, "a name is one with itself already");
    if (m->kind == NAME_SPLIT) {
        for (size_t i = 1; i < m->edit.n_spellings; i++)
            if (str_eq(m->edit.spellings[i], m->text))
                return STATUS_OK;
        return error_set(m->error, STATUS_BAD_INPUT, "%.*s is no other spelling of %.*s",
                         STR_ARG(m->text), STR_ARG(m->edit.name));
    }
    if (m->kind == NAME_RENAME && str_has(m->text, STR("\n")))
        return error_set(m->error, STATUS_BAD_INPUT, "a name stands on one line");
    return STATUS_OK;
}

static enum status make(void *context)
{
    struct making *m = context;
    if (m->library->marks == NULL)
        return error_set(m->error, STATUS_DENIED, "the notes cannot be opened");
    if (m->library->store == NULL)
        return error_set(m->error, STATUS_NOT_FOUND, "nothing was imported yet");
    enum status status = describe(m);
    if (status == STATUS_OK && !name_edit_of(m->arena, &m->made, &m->edit))
        status = error_set(m->error, STATUS_BAD_INPUT, "there is no name given");
    if (status == STATUS_OK)
        status = check(m);
    return status == STATUS_OK ? notes_put_correction(m->library->marks, &m->made, m->error)
                               : status;
}

enum status library_edit_name(struct library *library, enum name_edit_kind kind, uint32_t id,
                              uint32_t other, struct str text, bool *applied, struct error *e)
{
    struct making m = {.library = library,
                       .arena = arena_new(),
                       .kind = kind,
                       .id = id,
                       .other = other,
                       .text = str_trim(text),
                       .error = e};
    *applied = false;
    if (m.arena == NULL)
        return error_set(e, STATUS_NO_MEMORY, "out of memory");
    enum status status = arena_protect(m.arena, make, &m, e);
    if (status == STATUS_OK)
        apply(library, &m.edit, NULL, applied, e);
    arena_free(m.arena);
    return status;
}

enum status library_remove_name_edit(struct library *library, const struct correction *c,
                                     bool *applied, struct error *e)
{
    struct arena *a = arena_new();
    struct name_edit edit;
    *applied = false;
    if (a == NULL)
        return error_set(e, STATUS_NO_MEMORY, "out of memory");
    enum status status = notes_remove_correction(library->marks, c->id, e);
    if (status == STATUS_OK && name_edit_of(a, c, &edit))
        apply(library, NULL, &edit, applied, e);
    arena_free(a);
    return status;
}

enum status library_show_name(struct library *library, uint32_t id, bool *applied, struct error *e)
{
    struct arena *a = arena_new();
    struct stored_entity entity = {0};
    const struct correction *all;
    size_t n = 0;
    *applied = false;
    if (a == NULL)
        return error_set(e, STATUS_NO_MEMORY, "out of memory");
    enum status status = library->marks == NULL
                             ? error_set(e, STATUS_DENIED, "the notes cannot be opened")
                             : store_entity(library->store, a, id, &entity, e);
    if (status == STATUS_OK)
        status = notes_corrections(library->marks, a, str_of(KIND), &all, &n, e);
    const struct correction *found = NULL;
    for (size_t i = 0; i < n && status == STATUS_OK; i++) {
        struct name_edit edit;
        if (name_edit_of(a, &all[i], &edit) && edit.kind == NAME_HIDE && edit.type == entity.type &&
            str_eq(edit.name, entity.name))
            found = &all[i];
    }
    if (status == STATUS_OK)
        status = found == NULL ? error_set(e, STATUS_NOT_FOUND, "it is not hidden")
                               : library_remove_name_edit(library, found, applied, e);
    arena_free(a);
    return status;
}

struct str name_edit_words(struct arena *a, const struct name_edit *edit)
{
    static const char *const FORMS[] = {
        [NAME_MERGE] = N_("%.*s is %.*s"),
        [NAME_SPLIT] = N_("of %.*s, %.*s is a name of its own"),
        [NAME_RENAME] = N_("%.*s is called %.*s"),
    };
    struct buffer out = buffer_in(a);
    if (edit->kind == NAME_HIDE)
        buffer_printf(&out, translate("%.*s is no name"), STR_ARG(edit->name));
    else
        buffer_printf(&out, translate(FORMS[edit->kind]), STR_ARG(edit->name),
                      STR_ARG(edit->other));
    return buffer_str(&out);
}
