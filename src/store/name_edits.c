/* Merging, splitting, renaming and hiding names, so that what is done already costs a look-up. */
#include "baolan/store_names.h"
#include "facts.h"
#include "writer.h"

struct editing {
    struct store_writer *writer;
    struct database *db;
    struct error *error;
    bool changed; /* by the edit at hand */
};

/* --- Looking up ------------------------------------------------------------------------------ */

struct naming {
    struct store *store;
    struct arena *arena;
    enum entity_type type;
    struct str spelling;
    uint32_t id;
    struct error *error;
};

static enum status find_named(void *context)
{
    struct naming *q = context;
    bool row;
    sqlite3_stmt *st = database_prepare(
        &q->store->db,
        "SELECT entity FROM spelling WHERE key=?1 AND type=?2 ORDER BY entity LIMIT 1", q->error);
    if (st == NULL)
        return failed(q->error);
    bind_str(st, 1, spelling_key(q->arena, q->spelling));
    bind_int(st, 2, q->type);
    enum status status = database_step(&q->store->db, st, &row, q->error);
    if (status == STATUS_OK && row)
        q->id = column_u32(st, 0);
    sqlite3_reset(st);
    return status;
}

enum status store_entity_named(struct store *s, enum entity_type type, struct str spelling,
                               uint32_t *id, struct error *e)
{
    struct naming q = {s, arena_new(), type, spelling, 0, e};
    *id = 0;
    if (q.arena == NULL)
        return error_set(e, STATUS_NO_MEMORY, "out of memory");
    enum status status = arena_protect(q.arena, find_named, &q, e);
    arena_free(q.arena);
    *id = q.id;
    return status == STATUS_OK && q.id == 0 ? error_set(e, STATUS_NOT_FOUND, "not in the library")
                                            : status;
}

/* As above; 0 where there is none. */
static enum status look_up(struct editing *x, enum entity_type type, struct str spelling,
                           uint32_t *id)
{
    enum status status = store_entity_named(x->writer->store, type, spelling, id, x->error);
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

/* --- Rows ------------------------------------------------------------------------------------ */

/* Runs a statement of two numbers and a text. */
static enum status run(struct editing *x, const char *sql, int64_t one, int64_t two,
                       struct str text)
{
    sqlite3_stmt *st = database_prepare(x->db, sql, x->error);
    if (st == NULL)
        return failed(x->error);
    bind_int(st, 1, one);
    if (sqlite3_bind_parameter_count(st) > 1)
        bind_int(st, 2, two);
    if (sqlite3_bind_parameter_count(st) > 2)
        bind_str(st, 3, text);
    return database_finish(x->db, st, x->error);
}

/* Counts an entity's documents and mentions, and their first and last dates, anew. Documents hold
 * ranges of passages, so mentions in order of passage go through each once. */
static enum status recount(struct editing *x, uint32_t id)
{
    return run(x,
               "UPDATE entity SET (documents, mentions, first_date, last_date) ="
               " (SELECT count(DISTINCT d.id), count(*), coalesce(min(nullif(d.date, '')), ''),"
               "  coalesce(max(d.date), '') FROM mention m JOIN passage p ON p.id=m.passage"
               "  JOIN article a ON a.id=p.article JOIN document d ON d.id=a.document"
               "  WHERE m.entity=?1) WHERE id=?1",
               id, 0, STR(""));
}

static enum status spellings_of(struct editing *x, uint32_t id, const struct str **out, size_t *n)
{
    *n = 0;
    return store_spellings(x->writer->store, x->writer->scratch, id, out, n, x->error);
}

static bool has_key(struct arena *a, const struct str *spellings, size_t n, struct str key)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(spelling_key(a, spellings[i]), key))
            return true;
    return false;
}

/* Says in the entity's row that it has a spelling. */
static enum status add_spelling(struct editing *x, uint32_t id, struct str spelling)
{
    const struct str *known;
    size_t n;
    TRY(spellings_of(x, id, &known, &n));
    for (size_t i = 0; i < n; i++)
        if (str_eq(known[i], spelling))
            return STATUS_OK;
    return run(x, "UPDATE entity SET spellings=spellings||char(10)||?3 WHERE id=?1 AND ?2=?2", id,
               0, spelling);
}

/* Takes spellings out of the entity's row, by their keys; its name stays. */
static enum status drop_spellings(struct editing *x, uint32_t id, const struct str *spellings,
                                  size_t n)
{
    struct arena *a = x->writer->scratch;
    const struct str *known;
    size_t n_known;
    struct buffer left = buffer_in(a);
    TRY(spellings_of(x, id, &known, &n_known));
    for (size_t i = 1; i < n_known; i++) {
        if (has_key(a, spellings, n, spelling_key(a, known[i])))
            continue;
        buffer_add_byte(&left, '\n');
        buffer_add(&left, known[i]);
    }
    return run(x, "UPDATE entity SET spellings=?3 WHERE id=?1 AND ?2=?2", id, 0, buffer_str(&left));
}

static enum status add_key(struct editing *x, enum entity_type type, struct str spelling,
                           uint32_t id)
{
    return run(x, "INSERT OR IGNORE INTO spelling VALUES(?3, ?2, ?1)", id, type,
               spelling_key(x->writer->scratch, spelling));
}

static enum status new_entity(struct editing *x, enum entity_type type, struct str name,
                              uint32_t *id)
{
    TRY(run(x, "INSERT INTO entity VALUES(NULL, ?3, ?1, '', 0, 0, '', '', ?2)", type, 0, name));
    *id = (uint32_t)sqlite3_last_insert_rowid(x->db->handle);
    x->writer->totals[TOTAL_entities]++;
    return add_key(x, type, name, *id);
}

static enum status is_hidden(struct editing *x, uint32_t id, bool *hidden)
{
    bool row;
    sqlite3_stmt *st = database_prepare(x->db, "SELECT hidden FROM entity WHERE id=?1", x->error);
    *hidden = false;
    if (st == NULL)
        return failed(x->error);
    bind_int(st, 1, id);
    enum status status = database_step(x->db, st, &row, x->error);
    if (status == STATUS_OK && row)
        *hidden = sqlite3_column_int(st, 0) != 0;
    sqlite3_reset(st);
    return status;
}

/* --- Mentions -------------------------------------------------------------------------------- */

/* The mentions of an entity in order of place; with keys, those alone whose spelling has one. */
static enum status mentions_of(struct editing *x, uint32_t entity, const struct map *keys,
                               struct stored_mention **out, size_t *n)
{
    struct arena *a = x->writer->scratch;
    bool row;
    enum status status;
    VECTOR(struct stored_mention) found = {0};
    sqlite3_stmt *st =
        database_prepare(x->db,
                         "SELECT m.passage, m.start, m.end, unpack(p.text) FROM mention m"
                         " JOIN passage p ON p.id=m.passage WHERE m.entity=?1"
                         " ORDER BY m.passage, m.start",
                         x->error);
    if (st == NULL)
        return failed(x->error);
    bind_int(st, 1, entity);
    while ((status = database_step(x->db, st, &row, x->error)) == STATUS_OK && row) {
        struct stored_mention m = {entity, column_u32(st, 0), column_u32(st, 1), column_u32(st, 2)};
        struct arena_mark mark = arena_mark(a);
        struct str said = str_sub(column_view(st, 3), m.start, m.end);
        bool wanted = keys == NULL || map_get(keys, spelling_key(a, said)) != NULL;
        arena_release(a, mark);
        if (wanted)
            vector_push(a, &found, m);
    }
    *out = found.at;
    *n = found.n;
    return status;
}

/* True where the words of a mention have one of the keys. */
static enum status has_said(struct editing *x, const struct stored_mention *m,
                            const struct map *keys, bool *out)
{
    struct stored_passage passage;
    struct arena *a = x->writer->scratch;
    struct arena_mark mark = arena_mark(a);
    enum status status = store_passage(x->writer->store, a, m->passage, &passage, x->error);
    *out = status == STATUS_OK &&
           map_get(keys, spelling_key(a, str_sub(passage.text, m->start, m->end))) != NULL;
    arena_release(a, mark);
    return status;
}

/* In an article's own list of names, those of an entity are now another's: all, or with keys those
 * whose words have one. */
static enum status change_article(struct editing *x, uint32_t id, uint32_t from, uint32_t to,
                                  const struct map *keys)
{
    struct arena *a = x->writer->scratch;
    bool row;
    VECTOR(struct stored_mention) all = {0};
    struct buffer out = buffer_in(a);
    sqlite3_stmt *st =
        database_prepare(x->db, "SELECT first_passage, names FROM article WHERE id=?1", x->error);
    if (st == NULL)
        return failed(x->error);
    bind_int(st, 1, id);
    TRY(database_step(x->db, st, &row, x->error));
    if (!row)
        return STATUS_OK;
    uint32_t first = column_u32(st, 0);
    struct stored_mention m = {.passage = first};
    for (struct str names = column_view(st, 1); names_next(&names, &m);)
        vector_push(a, &all, m);
    sqlite3_reset(st);
    for (size_t i = 0; i < all.n; i++) {
        bool moves = all.at[i].entity == from;
        if (moves && keys != NULL)
            TRY(has_said(x, &all.at[i], keys, &moves));
        if (moves)
            all.at[i].entity = to;
    }
    names_write(&out, first, all.at, names_sort(all.at, all.n));
    st = database_prepare(x->db, "UPDATE article SET names=?2 WHERE id=?1", x->error);
    if (st == NULL)
        return failed(x->error);
    bind_int(st, 1, id);
    bind_blob(st, 2, buffer_str(&out));
    return database_finish(x->db, st, x->error);
}

/* The articles in which mentions stand, and the near copies of them, whose names are in no index.
 */
static enum status articles_of(struct editing *x, const struct stored_mention *mentions, size_t n,
                               uint32_t **out, size_t *count)
{
    VECTOR(uint32_t) articles = {0};
    uint32_t last = 0;
    for (size_t i = 0; i < n; i++) {
        bool row;
        enum status status;
        if (i > 0 && mentions[i].passage == mentions[i - 1].passage)
            continue;
        sqlite3_stmt *st = database_prepare(x->db,
                                            "SELECT article FROM passage WHERE id=?1 UNION ALL"
                                            " SELECT c.article FROM passage p JOIN copy c"
                                            " ON c.first=p.article WHERE p.id=?1",
                                            x->error);
        if (st == NULL)
            return failed(x->error);
        bind_int(st, 1, mentions[i].passage);
        for (bool own = true;
             (status = database_step(x->db, st, &row, x->error)) == STATUS_OK && row; own = false) {
            uint32_t article = column_u32(st, 0);
            if (own && article == last) {
                sqlite3_reset(st);
                break;
            }
            last = own ? article : last;
            vector_push(x->writer->scratch, &articles, article);
        }
        TRY(status);
    }
    *out = articles.at;
    *count = articles.n;
    return STATUS_OK;
}

/* Gives mentions of an entity to another, in the index of names and in the articles' own lists. */
static enum status move_mentions(struct editing *x, uint32_t from, uint32_t to,
                                 const struct map *keys)
{
    struct stored_mention *moved;
    uint32_t *articles;
    size_t n, n_articles;
    TRY(mentions_of(x, from, keys, &moved, &n));
    TRY(articles_of(x, moved, n, &articles, &n_articles));
    for (size_t i = 0; i < n; i++) {
        sqlite3_stmt *st = database_prepare(
            x->db,
            "UPDATE OR REPLACE mention SET entity=?2 WHERE entity=?1 AND passage=?3 AND start=?4",
            x->error);
        if (st == NULL)
            return failed(x->error);
        bind_int(st, 1, from);
        bind_int(st, 2, to);
        bind_int(st, 3, moved[i].passage);
        bind_int(st, 4, moved[i].start);
        TRY(database_finish(x->db, st, x->error));
    }
    for (size_t i = 0; i < n_articles; i++)
        TRY(change_article(x, articles[i], from, to, keys));
    return STATUS_OK;
}

/* --- Merging --------------------------------------------------------------------------------- */

/* Mentions of two entities, or of one. */
static enum status count_mentions(struct editing *x, uint32_t one, uint32_t two, int64_t *out)
{
    bool row;
    sqlite3_stmt *st = database_prepare(
        x->db, "SELECT count(*) FROM mention WHERE entity=?1 OR entity=?2", x->error);
    if (st == NULL)
        return failed(x->error);
    bind_int(st, 1, one);
    bind_int(st, 2, two);
    TRY(database_step(x->db, st, &row, x->error));
    *out = row ? sqlite3_column_int64(st, 0) : 0;
    sqlite3_reset(st);
    return STATUS_OK;
}

/* All of entity `from` becomes part of `into`. */
static enum status merge(struct editing *x, uint32_t from, uint32_t into)
{
    const struct str *spellings;
    size_t n;
    bool hidden;
    TRY(spellings_of(x, from, &spellings, &n));
    TRY(is_hidden(x, from, &hidden));
    int64_t before, after;
    TRY(count_mentions(x, from, into, &before));
    TRY(move_mentions(x, from, into, NULL));
    TRY(count_mentions(x, into, into, &after));
    x->writer->totals[TOTAL_mentions] += after - before;
    for (size_t i = 0; i < n; i++) {
        struct str key = spelling_key(x->writer->scratch, spellings[i]);
        TRY(run(x, "UPDATE OR IGNORE spelling SET entity=?2 WHERE key=?3 AND entity=?1", from, into,
                key));
        TRY(run(x, "DELETE FROM spelling WHERE key=?3 AND entity=?1 AND ?2=?2", from, 0, key));
        TRY(add_spelling(x, into, spellings[i]));
    }
    TRY(run(x, "DELETE FROM entity WHERE id=?1", from, 0, STR("")));
    x->writer->totals[TOTAL_entities] -= !hidden;
    x->changed = true;
    return recount(x, into);
}

static enum status edit_merge(struct editing *x, const struct name_edit *edit)
{
    uint32_t from, into;
    TRY(look_up(x, edit->type, edit->name, &from));
    TRY(look_up(x, edit->other_type, edit->other, &into));
    if (from == 0 || from == into)
        return STATUS_OK;
    /* What it is merged with may stand only in documents that are not read yet. */
    if (into == 0)
        TRY(new_entity(x, edit->other_type, edit->other, &into));
    return merge(x, from, into);
}

/* --- Splitting ------------------------------------------------------------------------------- */

/* What these spellings of entity `from` stand for becomes entity `to`, or a new one of the first
 * spelling's name. */
static enum status split(struct editing *x, uint32_t from, enum entity_type from_type, uint32_t to,
                         enum entity_type type, const struct str *spellings, size_t n)
{
    struct arena *a = x->writer->scratch;
    if (to == 0)
        TRY(new_entity(x, type, spellings[0], &to));
    struct map keys = map_in(a);
    for (size_t i = 0; i < n; i++)
        map_put(&keys, spelling_key(a, spellings[i]), NULL);
    TRY(move_mentions(x, from, to, &keys));
    for (size_t i = 0; i < n; i++) {
        struct str key = spelling_key(a, spellings[i]);
        TRY(run(x, "DELETE FROM spelling WHERE key=?3 AND entity=?1 AND ?2=?2", from, from_type,
                key));
        TRY(add_key(x, type, spellings[i], to));
        TRY(add_spelling(x, to, spellings[i]));
    }
    TRY(drop_spellings(x, from, spellings, n));
    x->changed = true;
    TRY(recount(x, from));
    return recount(x, to);
}

/* The entity of type and spelling that is not `but`; 0: there is none. */
static enum status other_named(struct editing *x, enum entity_type type, struct str spelling,
                               uint32_t but, uint32_t *id)
{
    bool row;
    sqlite3_stmt *st = database_prepare(
        x->db,
        "SELECT entity FROM spelling WHERE key=?1 AND type=?2 AND entity<>?3 ORDER BY entity"
        " DESC LIMIT 1",
        x->error);
    *id = 0;
    if (st == NULL)
        return failed(x->error);
    bind_str(st, 1, spelling_key(x->writer->scratch, spelling));
    bind_int(st, 2, type);
    bind_int(st, 3, but);
    enum status status = database_step(x->db, st, &row, x->error);
    if (status == STATUS_OK && row)
        *id = column_u32(st, 0);
    sqlite3_reset(st);
    return status;
}

static enum status edit_split(struct editing *x, const struct name_edit *edit)
{
    struct arena *a = x->writer->scratch;
    uint32_t from, other;
    bool has;
    TRY(look_up(x, edit->type, edit->name, &from));
    if (from == 0 || str_eq(spelling_key(a, edit->name), spelling_key(a, edit->other)))
        return STATUS_OK;
    sqlite3_stmt *st = database_prepare(
        x->db, "SELECT 1 FROM spelling WHERE key=?1 AND type=?2 AND entity=?3", x->error);
    if (st == NULL)
        return failed(x->error);
    bind_str(st, 1, spelling_key(a, edit->other));
    bind_int(st, 2, edit->type);
    bind_int(st, 3, from);
    TRY(database_step(x->db, st, &has, x->error));
    sqlite3_reset(st);
    if (!has)
        return STATUS_OK;
    TRY(other_named(x, edit->type, edit->other, from, &other));
    return split(x, from, edit->type, other, edit->type, &edit->other, 1);
}

/* --- Renaming and hiding --------------------------------------------------------------------- */

static enum status set_name(struct editing *x, uint32_t id, enum entity_type type, struct str name)
{
    struct stored_entity entity;
    TRY(store_entity(x->writer->store, x->writer->scratch, id, &entity, x->error));
    if (str_eq(entity.name, name))
        return STATUS_OK;
    TRY(add_spelling(x, id, name));
    TRY(add_key(x, type, name, id));
    /* The row's spellings are those besides the name. */
    const struct str *all;
    size_t n;
    struct buffer others = buffer_in(x->writer->scratch);
    TRY(spellings_of(x, id, &all, &n));
    for (size_t i = 0; i < n; i++) {
        if (str_eq(all[i], name))
            continue;
        buffer_add_byte(&others, '\n');
        buffer_add(&others, all[i]);
    }
    TRY(run(x, "UPDATE entity SET name=?3 WHERE id=?1 AND ?2=?2", id, 0, name));
    x->changed = true;
    return run(x, "UPDATE entity SET spellings=?3 WHERE id=?1 AND ?2=?2", id, 0,
               buffer_str(&others));
}

static enum status edit_rename(struct editing *x, const struct name_edit *edit)
{
    uint32_t id;
    TRY(look_up(x, edit->type, edit->name, &id));
    return id == 0 ? STATUS_OK : set_name(x, id, edit->type, edit->other);
}

static enum status set_hidden(struct editing *x, uint32_t id, bool hidden)
{
    TRY(run(x, "UPDATE entity SET hidden=?2 WHERE id=?1 AND hidden<>?2", id, hidden, STR("")));
    int rows = sqlite3_changes(x->db->handle);
    x->writer->totals[TOTAL_entities] += hidden ? -rows : rows;
    x->changed |= rows > 0;
    return STATUS_OK;
}

static enum status edit_hide(struct editing *x, const struct name_edit *edit)
{
    uint32_t id;
    TRY(look_up(x, edit->type, edit->name, &id));
    return id == 0 ? STATUS_OK : set_hidden(x, id, true);
}

/* --- Edits ----------------------------------------------------------------------------------- */

typedef enum status editor(struct editing *x, const struct name_edit *edit);

static enum status unedit_merge(struct editing *x, const struct name_edit *edit)
{
    uint32_t into;
    TRY(look_up(x, edit->other_type, edit->other, &into));
    if (into == 0 || edit->n_spellings == 0)
        return STATUS_OK;
    return split(x, into, edit->other_type, 0, edit->type, edit->spellings, edit->n_spellings);
}

static enum status unedit_split(struct editing *x, const struct name_edit *edit)
{
    uint32_t into, from;
    TRY(look_up(x, edit->type, edit->name, &into));
    TRY(other_named(x, edit->type, edit->other, into, &from));
    return into == 0 || from == 0 ? STATUS_OK : merge(x, from, into);
}

static enum status unedit_rename(struct editing *x, const struct name_edit *edit)
{
    uint32_t id;
    TRY(look_up(x, edit->type, edit->other, &id));
    if (id == 0)
        return STATUS_OK;
    TRY(set_name(x, id, edit->type, edit->name));
    if (has_key(x->writer->scratch, edit->spellings, edit->n_spellings,
                spelling_key(x->writer->scratch, edit->other)))
        return STATUS_OK;
    TRY(run(x, "DELETE FROM spelling WHERE key=?3 AND entity=?1 AND type=?2", id, edit->type,
            spelling_key(x->writer->scratch, edit->other)));
    return drop_spellings(x, id, &edit->other, 1);
}

static enum status unedit_hide(struct editing *x, const struct name_edit *edit)
{
    uint32_t id;
    TRY(look_up(x, edit->type, edit->name, &id));
    return id == 0 ? STATUS_OK : set_hidden(x, id, false);
}

static editor *const EDITORS[] = {
    [NAME_MERGE] = edit_merge,
    [NAME_SPLIT] = edit_split,
    [NAME_RENAME] = edit_rename,
    [NAME_HIDE] = edit_hide,
};
static editor *const UNEDITORS[] = {
    [NAME_MERGE] = unedit_merge,
    [NAME_SPLIT] = unedit_split,
    [NAME_RENAME] = unedit_rename,
    [NAME_HIDE] = unedit_hide,
};

struct editing_all {
    struct editing x;
    const struct name_edit *edits;
    size_t n, changed;
    editor *const *editors;
};

static enum status edit_all(void *context)
{
    struct editing_all *all = context;
    struct store_writer *w = all->x.writer;
    enum status status = made_flush(w, all->x.error);
    for (size_t i = 0; i < all->n && status == STATUS_OK; i++) {
        all->x.changed = false;
        status = all->editors[all->edits[i].kind](&all->x, &all->edits[i]);
        all->changed += all->x.changed;
        arena_reset(w->scratch);
    }
    names_forget(w);
    return status;
}

static enum status run_editors(struct store_writer *w, const struct name_edit *edits, size_t n,
                               editor *const *editors, size_t *changed, struct error *e)
{
    struct editing_all all = {.x = {.writer = w, .db = &w->store->db, .error = e},
                              .edits = edits,
                              .n = n,
                              .editors = editors};
    enum status status = n == 0 ? STATUS_OK : writer_protect(w, edit_all, &all, e);
    if (changed != NULL)
        *changed = all.changed;
    return status;
}

enum status store_edit_names(struct store_writer *w, const struct name_edit *edits, size_t n,
                             size_t *changed, struct error *e)
{
    return run_editors(w, edits, n, EDITORS, changed, e);
}

enum status store_unedit_name(struct store_writer *w, const struct name_edit *edit, struct error *e)
{
    return run_editors(w, edit, 1, UNEDITORS, NULL, e);
}
