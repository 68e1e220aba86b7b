/* Joining the names and metrics of documents into those of the library, and keeping their counts.
 */
#include "baolan/utf8.h"
#include "writer.h"

#include <stdlib.h>

/* Names kept in memory at most; past it all are forgotten and looked up again. */
#define KNOWN_MOST 100000
/* A spelling shorter than this joins by a name alone, never by an alias: 市局 is said of many. */
#define ALIAS_LEAST 3

void names_forget(struct store_writer *w)
{
    arena_reset(w->names);
    w->known_names = map_in(w->names);
    w->known_metrics = map_in(w->names);
    w->known_words = map_in(w->names);
    w->known_measures = map_in(w->names);
    w->made.n = w->made_keys.n = 0;
    w->next_entity = 0;
}

enum status names_make_room(struct store_writer *w, struct error *e)
{
    TRY(made_flush(w, e));
    names_forget(w);
    return STATUS_OK;
}

struct count_change *counts_of(struct store_writer *w, struct counts *counts, uint32_t id)
{
    bool is_new;
    struct map_entry *entry = map_get(&counts->by_id, (struct str){(const char *)&id, sizeof id});
    if (entry != NULL)
        return &counts->changes.at[entry->value.number];
    struct str key = str_dup(w->batch, (struct str){(const char *)&id, sizeof id});
    entry = map_put(&counts->by_id, key, &is_new);
    entry->value.number = counts->changes.n;
    struct count_change *change = vector_add(w->batch, &counts->changes);
    change->id = id;
    return change;
}

static void note_date(struct count_change *change, struct str date)
{
    char text[12] = "";
    if (date.n == 0 || date.n >= sizeof text)
        return;
    memcpy(text, date.p, date.n);
    if (change->first_date[0] == '\0' || strcmp(text, change->first_date) < 0)
        memcpy(change->first_date, text, sizeof text);
    if (strcmp(text, change->last_date) > 0)
        memcpy(change->last_date, text, sizeof text);
}

void counts_note(struct store_writer *w, const struct stored_mention *m, bool first_in_document,
                 struct str date)
{
    struct count_change *change = counts_of(w, &w->entities, m->entity);
    if (first_in_document) {
        change->documents++;
        note_date(change, date);
    }
    change->mentions++;
    w->totals[TOTAL_mentions]++;
    vector_push(w->batch, &w->mentions, *m);
}

static enum status look_up(struct store_writer *w, struct str typed, uint32_t *id, struct error *e)
{
    bool row;
    struct map_entry *known = map_get(&w->known_names, typed);
    *id = 0;
    if (known != NULL) {
        *id = (uint32_t)known->value.number;
        return STATUS_OK;
    }
    sqlite3_stmt *st = database_prepare(
        &w->store->db,
        "SELECT entity FROM spelling WHERE key=?1 AND type=?2 ORDER BY entity LIMIT 1", e);
    if (st == NULL)
        return failed(e);
    bind_str(st, 1, str_sub(typed, 1, typed.n));
    bind_int(st, 2, typed.p[0] - '0');
    enum status status = database_step(&w->store->db, st, &row, e);
    if (status == STATUS_OK && row)
        *id = column_u32(st, 0);
    sqlite3_reset(st);
    if (*id != 0)
        map_put(&w->known_names, str_dup(w->names, typed), NULL)->value.number = *id;
    return status;
}

/* Runs a statement of an entity and a text. */
static enum status run_on_entity(struct store_writer *w, const char *sql, uint32_t id,
                                 struct str text, struct error *e)
{
    sqlite3_stmt *st = database_prepare(&w->store->db, sql, e);
    if (st == NULL)
        return failed(e);
    bind_int(st, 1, id);
    bind_str(st, 2, text);
    return database_finish(&w->store->db, st, e);
}

static enum status put_key(struct store_writer *w, struct str typed, uint32_t entity, bool *is_new,
                           struct error *e)
{
    sqlite3_stmt *st =
        database_prepare(&w->store->db, INSERT_ROW("IGNORE INTO spelling", "(?, ?, ?)"), e);
    if (st == NULL)
        return failed(e);
    bind_str(st, 1, str_sub(typed, 1, typed.n));
    bind_int(st, 2, typed.p[0] - '0');
    bind_int(st, 3, entity);
    TRY(database_finish(&w->store->db, st, e));
    *is_new = sqlite3_changes(w->store->db.handle) > 0;
    return STATUS_OK;
}

/* Adds the key of a spelling; *is_new tells whether the entity did not have it. */
static enum status add_key(struct store_writer *w, struct str typed, uint32_t entity, bool *is_new,
                           struct error *e)
{
    struct map_entry *known = map_get(&w->known_names, typed);
    *is_new = false;
    if (known != NULL && known->value.number == entity)
        return STATUS_OK;
    struct made_entity *made = made_find(w, entity);
    if (made != NULL)
        *is_new = made_add_key(w, made, typed);
    else
        TRY(put_key(w, typed, entity, is_new, e));
    if (known == NULL)
        map_put(&w->known_names, str_dup(w->names, typed), NULL)->value.number = entity;
    return STATUS_OK;
}

static enum status add_spelling(struct store_writer *w, struct str key, struct str text,
                                uint32_t entity, struct error *e)
{
    bool is_new;
    enum status status = add_key(w, key, entity, &is_new, e);
    if (status != STATUS_OK || !is_new)
        return status;
    struct made_entity *made = made_find(w, entity);
    if (made != NULL) {
        made_add_spelling(w, made, text);
        return STATUS_OK;
    }
    return run_on_entity(w,
                         "UPDATE entity SET spellings=spellings||char(10)||?2"
                         " WHERE id=?1 AND name<>?2",
                         entity, text, e);
}

/* Keeps the fullest spelling as the name. */
static enum status lengthen_name(struct store_writer *w, uint32_t id, struct str name,
                                 struct error *e)
{
    struct made_entity *made = made_find(w, id);
    if (made != NULL) {
        made_lengthen(w, made, name);
        return STATUS_OK;
    }
    return run_on_entity(w,
                         "UPDATE entity SET spellings=spellings||char(10)||name, name=?2"
                         " WHERE id=?1 AND length(name) < length(?2)",
                         id, name, e);
}

enum status names_join(struct store_writer *w, const struct entity *entity, const struct str *keys,
                       uint32_t *id, struct error *e)
{
    if (w->known_names.n > KNOWN_MOST)
        TRY(names_make_room(w, e));
    enum status status = look_up(w, keys[0], id, e);
    bool by_alias = false;
    for (uint32_t i = 0; i < entity->n_aliases && *id == 0 && status == STATUS_OK; i++) {
        if (utf8_count(entity->aliases[i]) < ALIAS_LEAST)
            continue;
        status = look_up(w, keys[i + 1], id, e);
        by_alias = *id != 0;
    }
    if (status == STATUS_OK && *id == 0) {
        status = made_add(w, entity, id, e);
        w->totals[TOTAL_entities]++;
    } else if (status == STATUS_OK && by_alias) {
        status = lengthen_name(w, *id, entity->name, e);
    }
    if (status == STATUS_OK)
        status = add_spelling(w, keys[0], entity->name, *id, e);
    for (uint32_t i = 0; i < entity->n_aliases && status == STATUS_OK; i++)
        status = add_spelling(w, keys[i + 1], entity->aliases[i], *id, e);
    return status;
}

enum status metrics_join(struct store_writer *w, struct str name, uint32_t *id, struct error *e)
{
    *id = 0;
    if (name.n == 0)
        return STATUS_OK;
    if (w->known_metrics.n > KNOWN_MOST)
        TRY(names_make_room(w, e));
    struct map_entry *known = map_get(&w->known_metrics, name);
    if (known != NULL) {
        *id = (uint32_t)known->value.number;
        return STATUS_OK;
    }
    struct database *db = &w->store->db;
    struct error problem = ERROR_NONE;
    enum status status = store_metric_by_name(w->store, name, id, &problem);
    if (status != STATUS_OK && status != STATUS_NOT_FOUND)
        return error_set(e, status, "%s", problem.message);
    if (status == STATUS_NOT_FOUND) {
        sqlite3_stmt *st = database_prepare(db, "INSERT INTO metric(name) VALUES(?1)", e);
        if (st == NULL)
            return failed(e);
        bind_str(st, 1, name);
        status = database_finish(db, st, e);
        *id = (uint32_t)sqlite3_last_insert_rowid(db->handle);
        w->totals[TOTAL_metrics]++;
    }
    if (status == STATUS_OK)
        map_put(&w->known_metrics, str_dup(w->names, name), NULL)->value.number = *id;
    return status;
}

/* Takes out an entity that nothing speaks of any more, and its keys. */
static enum status drop_entity(struct store_writer *w, uint32_t id, struct error *e)
{
    struct database *db = &w->store->db;
    struct stored_entity entity;
    const struct str *spellings = NULL;
    size_t n = 0;
    enum status status = store_entity(w->store, w->scratch, id, &entity, e);
    if (status == STATUS_OK)
        status = store_spellings(w->store, w->scratch, id, &spellings, &n, e);
    for (size_t i = 0; i < n && status == STATUS_OK; i++) {
        sqlite3_stmt *st =
            database_prepare(db, "DELETE FROM spelling WHERE key=?1 AND entity=?2", e);
        if (st == NULL)
            return failed(e);
        bind_str(st, 1, spelling_key(w->scratch, spellings[i]));
        bind_int(st, 2, id);
        status = database_finish(db, st, e);
    }
    if (status == STATUS_OK)
        status = run_on_entity(w, "DELETE FROM entity WHERE id=?1", id, STR(""), e);
    w->totals[TOTAL_entities] -= !entity.hidden;
    names_forget(w);
    return status;
}

/* RETURNING costs a table of its own each time it runs: a second question is asked where one is
 * needed. The number that a statement of an id gives, 0 where it has no row. */
static enum status number_of(struct store_writer *w, const char *sql, uint32_t id, int64_t *number,
                             struct error *e)
{
    bool row;
    sqlite3_stmt *st = database_prepare(&w->store->db, sql, e);
    *number = 0;
    if (st == NULL)
        return failed(e);
    bind_int(st, 1, id);
    enum status status = database_step(&w->store->db, st, &row, e);
    if (status == STATUS_OK && row)
        *number = sqlite3_column_int64(st, 0);
    sqlite3_reset(st);
    return status;
}

/* The id of the row that was just inserted with OR IGNORE, else what `select` finds: a statement
 * with the same texts bound. */
static enum status joined_id(struct store_writer *w, sqlite3_stmt *select, uint32_t *id,
                             struct error *e)
{
    bool row;
    if (sqlite3_changes(w->store->db.handle) > 0) {
        *id = (uint32_t)sqlite3_last_insert_rowid(w->store->db.handle);
        return STATUS_OK;
    }
    enum status status = database_step(&w->store->db, select, &row, e);
    *id = status == STATUS_OK && row ? column_u32(select, 0) : 0;
    sqlite3_reset(select);
    return status;
}

static bool changes_nothing(const struct count_change *c)
{
    return c->documents == 0 && c->mentions == 0 && c->first_date[0] == '\0' &&
           c->last_date[0] == '\0';
}

static enum status flush_entity(struct store_writer *w, const struct count_change *c,
                                struct error *e)
{
    struct database *db = &w->store->db;
    int64_t left = 1;
    if (changes_nothing(c))
        return STATUS_OK;
    sqlite3_stmt *st =
        database_prepare(db,
                         "UPDATE entity SET documents=documents+?2, mentions=mentions+?3,"
                         " first_date=CASE WHEN ?4='' OR (first_date<>'' AND first_date<=?4)"
                         " THEN first_date ELSE ?4 END, last_date=max(last_date, ?5)"
                         " WHERE id=?1",
                         e);
    if (st == NULL)
        return failed(e);
    bind_int(st, 1, c->id);
    bind_int(st, 2, c->documents);
    bind_int(st, 3, c->mentions);
    bind_str(st, 4, str_of(c->first_date));
    bind_str(st, 5, str_of(c->last_date));
    enum status status = database_finish(db, st, e);
    if (status == STATUS_OK && c->documents < 0 && sqlite3_changes(db->handle) > 0)
        status = number_of(w, "SELECT documents FROM entity WHERE id=?1", c->id, &left, e);
    return status == STATUS_OK && left <= 0 ? drop_entity(w, c->id, e) : status;
}

enum status words_join(struct store_writer *w, struct str word, uint32_t *id, struct error *e)
{
    struct database *db = &w->store->db;
    struct map_entry *known = map_get(&w->known_words, word);
    *id = known == NULL ? 0 : (uint32_t)known->value.number;
    if (known != NULL || word.n == 0)
        return STATUS_OK;
    if (w->known_words.n > KNOWN_MOST)
        TRY(names_make_room(w, e));
    sqlite3_stmt *st = database_prepare(db, "INSERT OR IGNORE INTO word(text) VALUES(?1)", e);
    if (st == NULL)
        return failed(e);
    bind_str(st, 1, word);
    enum status status = database_finish(db, st, e);
    if (status == STATUS_OK &&
        (st = database_prepare(db, "SELECT id FROM word WHERE text=?1", e)) == NULL)
        status = failed(e);
    if (status == STATUS_OK) {
        bind_str(st, 1, word);
        status = joined_id(w, st, id, e);
    }
    if (status == STATUS_OK)
        map_put(&w->known_words, str_dup(w->names, word), NULL)->value.number = *id;
    return status;
}

enum status measures_join(struct store_writer *w, const struct indicator *i, uint32_t *id,
                          struct error *e)
{
    struct database *db = &w->store->db;
    int64_t shift = (int64_t)i->base.scale - i->value.scale;
    struct arena_mark mark = arena_mark(w->scratch);
    struct buffer b = buffer_in(w->scratch);
    varint_put_signed(&b, shift);
    buffer_add(&b, i->unit);
    buffer_add_byte(&b, '\t');
    buffer_add(&b, i->base_unit);
    struct str key = buffer_str(&b);
    struct map_entry *known = map_get(&w->known_measures, key);
    *id = known == NULL ? 0 : (uint32_t)known->value.number;
    if (known == NULL && w->known_measures.n > KNOWN_MOST)
        TRY(names_make_room(w, e));
    if (known == NULL)
        key = str_dup(w->names, key);
    arena_release(w->scratch, mark);
    if (known != NULL)
        return STATUS_OK;
    static const char *const sql[] = {
        "INSERT OR IGNORE INTO measure(unit, base_unit, shift) VALUES(?1, ?2, ?3)",
        "SELECT id FROM measure WHERE unit=?1 AND base_unit=?2 AND shift=?3"};
    enum status status = STATUS_OK;
    for (int step = 0; step < 2 && status == STATUS_OK; step++) {
        sqlite3_stmt *st = database_prepare(db, sql[step], e);
        if (st == NULL)
            return failed(e);
        bind_str(st, 1, i->unit);
        bind_str(st, 2, i->base_unit);
        bind_int(st, 3, shift);
        status = step == 0 ? database_finish(db, st, e) : joined_id(w, st, id, e);
    }
    if (status == STATUS_OK)
        map_put(&w->known_measures, key, NULL)->value.number = *id;
    return status;
}

/* The mentions of the batch in the order of their table. */
static const struct order_row *sort_mentions(struct store_writer *w, struct arena *a)
{
    struct order_row *rows = arena_array(a, struct order_row, w->mentions.n + 1);
    for (size_t i = 0; i < w->mentions.n; i++) {
        const struct stored_mention *m = &w->mentions.at[i];
        rows[i] = (struct order_row){m->entity, (uint64_t)m->passage << 32 | m->start, (uint32_t)i};
    }
    return order_rows(a, rows, w->mentions.n);
}

/* Binds a mention from the parameter `at` on. */
static void bind_mention(sqlite3_stmt *st, int at, const struct stored_mention *m)
{
    bind_int(st, at, m->entity);
    bind_int(st, at + 1, m->passage);
    bind_int(st, at + 2, m->start);
    bind_int(st, at + 3, m->end);
}

enum status mentions_flush(struct store_writer *w, struct error *e)
{
    enum { COLUMNS = 4 };
    struct arena_mark mark = arena_mark(w->batch);
    const struct order_row *rows = sort_mentions(w, w->batch);
    for (size_t i = 0, n; i < w->mentions.n; i += n) {
        n = w->mentions.n - i >= ROWS_AT_ONCE ? ROWS_AT_ONCE : 1;
        sqlite3_stmt *st =
            database_prepare(&w->store->db,
                             n == 1 ? INSERT_ROW("FAIL INTO mention", "(?, ?, ?, ?)")
                                    : INSERT_ROWS("FAIL INTO mention", "(?, ?, ?, ?)"),
                             e);
        if (st == NULL)
            return failed(e);
        for (size_t k = 0; k < n; k++)
            bind_mention(st, 1 + (int)k * COLUMNS, &w->mentions.at[rows[i + k].index]);
        TRY(database_finish(&w->store->db, st, e));
    }
    arena_release(w->batch, mark);
    w->mentions.n = 0;
    return STATUS_OK;
}

static enum status flush_metric(struct store_writer *w, const struct count_change *c,
                                struct error *e)
{
    struct database *db = &w->store->db;
    sqlite3_stmt *st =
        database_prepare(db, "UPDATE metric SET indicators=indicators+?2 WHERE id=?1", e);
    if (st == NULL)
        return failed(e);
    bind_int(st, 1, c->id);
    bind_int(st, 2, c->mentions);
    enum status status = database_finish(db, st, e);
    if (status != STATUS_OK || c->mentions >= 0)
        return status;
    st = database_prepare(db, "DELETE FROM metric WHERE id=?1 AND indicators<=0", e);
    if (st == NULL)
        return failed(e);
    bind_int(st, 1, c->id);
    status = database_finish(db, st, e);
    if (status == STATUS_OK && sqlite3_changes(db->handle) > 0) {
        w->totals[TOTAL_metrics]--;
        names_forget(w);
    }
    return status;
}

static int by_id(const void *a, const void *b)
{
    uint32_t x = ((const struct count_change *)a)->id, y = ((const struct count_change *)b)->id;
    return (x > y) - (x < y);
}

enum status names_flush(struct store_writer *w, struct error *e)
{
    enum status status = made_flush(w, e);
    /* In order of id, neighbours' pages are at hand. The map is not asked any more. */
    if (w->entities.changes.n > 1)
        qsort(w->entities.changes.at, w->entities.changes.n, sizeof *w->entities.changes.at, by_id);
    for (size_t i = 0; i < w->entities.changes.n && status == STATUS_OK; i++)
        status = flush_entity(w, &w->entities.changes.at[i], e);
    for (size_t i = 0; i < w->metrics.changes.n && status == STATUS_OK; i++)
        status = flush_metric(w, &w->metrics.changes.at[i], e);
    return status;
}
