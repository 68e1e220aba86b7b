/* Names that are new to the library, kept until the batch ends: then their counts are known, and
 * each is written once, its spellings in the order of their table. */
#include "baolan/utf8.h"
#include "writer.h"

#include <stdlib.h>

struct made_entity *made_find(struct store_writer *w, uint32_t id)
{
    uint32_t first = w->made.n == 0 ? 0 : w->made.at[0].id;
    return first == 0 || id < first || id - first >= w->made.n ? NULL : &w->made.at[id - first];
}

static enum status find_next(struct store_writer *w, struct error *e)
{
    bool row;
    sqlite3_stmt *st = database_prepare(&w->store->db, "SELECT max(id) FROM entity", e);
    if (st == NULL)
        return failed(e);
    TRY(database_step(&w->store->db, st, &row, e));
    w->next_entity = row ? column_u32(st, 0) + 1 : 1;
    sqlite3_reset(st);
    return STATUS_OK;
}

enum status made_add(struct store_writer *w, const struct entity *entity, uint32_t *id,
                     struct error *e)
{
    if (w->next_entity == 0)
        TRY(find_next(w, e));
    struct made_entity made = {.id = w->next_entity++,
                               .type = entity->type,
                               .name = str_dup(w->batch, entity->name),
                               .spellings = {"", 0}};
    vector_push(w->batch, &w->made, made);
    *id = made.id;
    return STATUS_OK;
}

bool made_add_key(struct store_writer *w, struct made_entity *made, struct str typed)
{
    for (size_t i = made->last_key; i > 0; i = w->made_keys.at[i - 1].before)
        if (str_eq(w->made_keys.at[i - 1].typed, typed))
            return false;
    struct made_key key = {str_dup(w->batch, typed), made->id, made->last_key};
    vector_push(w->batch, &w->made_keys, key);
    made->last_key = w->made_keys.n;
    return true;
}

void made_add_spelling(struct store_writer *w, struct made_entity *made, struct str text)
{
    if (!str_eq(made->name, text))
        made->spellings =
            str_printf(w->batch, "%.*s\n%.*s", STR_ARG(made->spellings), STR_ARG(text));
}

void made_lengthen(struct store_writer *w, struct made_entity *made, struct str name)
{
    if (utf8_count(made->name) >= utf8_count(name))
        return;
    made->spellings =
        str_printf(w->batch, "%.*s\n%.*s", STR_ARG(made->spellings), STR_ARG(made->name));
    made->name = str_dup(w->batch, name);
}

static const struct count_change *counted(struct store_writer *w, uint32_t id)
{
    static const struct count_change none = {0};
    struct str key = {(const char *)&id, sizeof id};
    const struct map_entry *entry = map_get(&w->entities.by_id, key);
    return entry == NULL ? &none : &w->entities.changes.at[entry->value.number];
}

static void bind_entity(sqlite3_stmt *st, int at, const struct made_entity *made,
                        const struct count_change *c)
{
    bind_int(st, at, made->id);
    bind_str(st, at + 1, made->name);
    bind_int(st, at + 2, made->type);
    bind_str(st, at + 3, made->spellings);
    bind_int(st, at + 4, c->documents);
    bind_int(st, at + 5, c->mentions);
    bind_str(st, at + 6, str_of(c->first_date));
    bind_str(st, at + 7, str_of(c->last_date));
}

/* What is written is not written again with the changes of the batch. */
static void forget_change(struct store_writer *w, uint32_t id)
{
    struct str key = {(const char *)&id, sizeof id};
    const struct map_entry *entry = map_get(&w->entities.by_id, key);
    if (entry != NULL)
        w->entities.changes.at[entry->value.number] = (struct count_change){.id = id};
}

#define ENTITY_INTO "FAIL INTO entity"
#define ENTITY_ROW "(?, ?, ?, ?, ?, ?, ?, ?, 0)"

static enum status flush_entities(struct store_writer *w, struct error *e)
{
    enum { COLUMNS = 8 };
    for (size_t i = 0, n; i < w->made.n; i += n) {
        n = w->made.n - i >= ROWS_AT_ONCE ? ROWS_AT_ONCE : 1;
        sqlite3_stmt *st = database_prepare(
            &w->store->db,
            n == 1 ? INSERT_ROW(ENTITY_INTO, ENTITY_ROW) : INSERT_ROWS(ENTITY_INTO, ENTITY_ROW), e);
        if (st == NULL)
            return failed(e);
        for (size_t k = 0; k < n; k++) {
            const struct made_entity *made = &w->made.at[i + k];
            bind_entity(st, 1 + (int)k * COLUMNS, made, counted(w, made->id));
        }
        TRY(database_finish(&w->store->db, st, e));
        for (size_t k = 0; k < n; k++)
            forget_change(w, w->made.at[i + k].id);
    }
    w->made.n = 0;
    return STATUS_OK;
}

static struct str untyped(const struct made_key *key)
{
    return str_sub(key->typed, 1, key->typed.n);
}

static int by_spelling(const void *a, const void *b)
{
    const struct made_key *x = a, *y = b;
    int order = str_cmp(untyped(x), untyped(y));
    if (order != 0)
        return order;
    if (x->typed.p[0] != y->typed.p[0])
        return x->typed.p[0] < y->typed.p[0] ? -1 : 1;
    return (x->entity > y->entity) - (x->entity < y->entity);
}

/* What a name that is gone left under a number that is taken anew stays as it is. */
#define KEY_INTO "IGNORE INTO spelling"
#define KEY_ROW "(?, ?, ?)"

static enum status flush_keys(struct store_writer *w, struct error *e)
{
    enum { COLUMNS = 3 };
    if (w->made_keys.n > 1)
        qsort(w->made_keys.at, w->made_keys.n, sizeof *w->made_keys.at, by_spelling);
    for (size_t i = 0, n; i < w->made_keys.n; i += n) {
        n = w->made_keys.n - i >= ROWS_AT_ONCE ? ROWS_AT_ONCE : 1;
        sqlite3_stmt *st = database_prepare(
            &w->store->db, n == 1 ? INSERT_ROW(KEY_INTO, KEY_ROW) : INSERT_ROWS(KEY_INTO, KEY_ROW),
            e);
        if (st == NULL)
            return failed(e);
        for (size_t k = 0; k < n; k++) {
            const struct made_key *key = &w->made_keys.at[i + k];
            int at = 1 + (int)k * COLUMNS;
            bind_str(st, at, untyped(key));
            bind_int(st, at + 1, key->typed.p[0] - '0');
            bind_int(st, at + 2, key->entity);
        }
        TRY(database_finish(&w->store->db, st, e));
    }
    w->made_keys.n = 0;
    return STATUS_OK;
}

enum status made_flush(struct store_writer *w, struct error *e)
{
    TRY(flush_entities(w, e));
    return flush_keys(w, e);
}
