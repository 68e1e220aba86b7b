/* Lists of ids, read once a batch and written in the order of their numbers. */
#include "postings.h"

#include <stdlib.h>

static const struct {
    const char *select, *put, *drop;
    uint32_t most;
    bool for_good; /* a list that was full once stays so */
} TABLES[POSTINGS_TABLES] = {
    [POSTINGS_SKETCH] = {"SELECT articles FROM sketch WHERE hash=?1",
                         "REPLACE INTO sketch VALUES(?1, ?2)", "DELETE FROM sketch WHERE hash=?1",
                         SKETCH_MOST, false},
    [POSTINGS_CLUE] = {"SELECT indicators FROM clue WHERE key=?1",
                       "REPLACE INTO clue VALUES(?1, ?2)", "DELETE FROM clue WHERE key=?1",
                       CLUE_MOST, true},
};

void postings_begin(struct postings *p, struct database *db, struct arena *a)
{
    *p = (struct postings){.db = db, .arena = a};
    for (size_t i = 0; i < POSTINGS_TABLES; i++)
        p->by_key[i] = map_in(a);
}

/* Each id less the one before; nothing where the list is full for good. */
static void read_ids(struct postings *p, struct posting *list, bool for_good, struct str blob)
{
    uint32_t id = 0;
    list->full = for_good && blob.n == 0;
    while (blob.n > 0) {
        id += (uint32_t)varint_get(&blob);
        vector_push(p->arena, &list->ids, id);
    }
}

static enum status read_list(struct postings *p, enum postings_table table, struct posting *list,
                             struct error *e)
{
    bool row;
    sqlite3_stmt *st = database_prepare(p->db, TABLES[table].select, e);
    if (st == NULL)
        return failed(e);
    bind_int(st, 1, list->key);
    enum status status = database_step(p->db, st, &row, e);
    list->stored = status == STATUS_OK && row;
    if (list->stored)
        read_ids(p, list, TABLES[table].for_good, column_view(st, 0));
    sqlite3_reset(st);
    return status;
}

enum status postings_find(struct postings *p, enum postings_table table, int64_t key,
                          struct posting **out, struct error *e)
{
    struct map *known = &p->by_key[table];
    struct map_entry *entry = map_get(known, (struct str){(const char *)&key, sizeof key});
    if (entry != NULL) {
        *out = entry->value.pointer;
        return STATUS_OK;
    }
    struct posting *list = arena_new_of(p->arena, struct posting);
    list->key = key;
    enum status status = read_list(p, table, list, e);
    if (status != STATUS_OK)
        return status;
    struct str name = {(const char *)&list->key, sizeof list->key};
    map_put(known, name, NULL)->value.pointer = list;
    *out = list;
    return STATUS_OK;
}

/* Where an id stands, or would. */
static size_t place_of(const struct posting *list, uint32_t id)
{
    size_t at = list->ids.n;
    while (at > 0 && list->ids.at[at - 1] >= id)
        at--;
    return at;
}

enum status postings_add(struct postings *p, enum postings_table table, int64_t key, uint32_t id,
                         struct error *e)
{
    struct posting *list;
    enum status status = postings_find(p, table, key, &list, e);
    if (status != STATUS_OK || list->full)
        return status;
    size_t at = place_of(list, id);
    if (at < list->ids.n && list->ids.at[at] == id)
        return STATUS_OK;
    if (list->ids.n == TABLES[table].most && TABLES[table].for_good) {
        list->full = list->changed = true;
        return STATUS_OK;
    }
    if (at == TABLES[table].most)
        return STATUS_OK;
    if (list->ids.n == TABLES[table].most)
        list->ids.n--;
    list->changed = true;
    vector_push(p->arena, &list->ids, id);
    memmove(&list->ids.at[at + 1], &list->ids.at[at],
            (list->ids.n - 1 - at) * sizeof *list->ids.at);
    list->ids.at[at] = id;
    return STATUS_OK;
}

enum status postings_remove(struct postings *p, enum postings_table table, int64_t key,
                            uint32_t first, uint32_t end, struct error *e)
{
    struct posting *list;
    enum status status = postings_find(p, table, key, &list, e);
    if (status != STATUS_OK || list->full)
        return status;
    size_t from = place_of(list, first), to = place_of(list, end);
    if (from == to)
        return STATUS_OK;
    memmove(&list->ids.at[from], &list->ids.at[to], (list->ids.n - to) * sizeof *list->ids.at);
    list->ids.n -= to - from;
    list->changed = true;
    return STATUS_OK;
}

static enum status write_list(struct postings *p, enum postings_table table,
                              const struct posting *list, struct error *e)
{
    struct arena_mark mark = arena_mark(p->arena);
    struct buffer blob = buffer_in(p->arena);
    uint32_t before = 0;
    bool kept = list->full || list->ids.n > 0;
    if (!kept && !list->stored)
        return STATUS_OK;
    for (size_t i = 0; i < list->ids.n && !list->full; i++) {
        varint_put(&blob, list->ids.at[i] - before);
        before = list->ids.at[i];
    }
    sqlite3_stmt *st = database_prepare(p->db, kept ? TABLES[table].put : TABLES[table].drop, e);
    if (st == NULL)
        return failed(e);
    bind_int(st, 1, list->key);
    if (kept)
        bind_blob(st, 2, buffer_str(&blob));
    enum status status = database_finish(p->db, st, e);
    arena_release(p->arena, mark);
    return status;
}

static int by_key(const void *a, const void *b)
{
    int64_t x = (*(struct posting *const *)a)->key, y = (*(struct posting *const *)b)->key;
    return (x > y) - (x < y);
}

enum status postings_flush(struct postings *p, struct error *e)
{
    enum status status = STATUS_OK;
    for (int table = 0; table < POSTINGS_TABLES; table++) {
        const struct map *known = &p->by_key[table];
        struct posting **changed = arena_array(p->arena, struct posting *, known->n + 1);
        size_t n = 0;
        for (size_t i = 0; i < known->n; i++) {
            struct posting *list = known->at[i].value.pointer;
            if (list->changed)
                changed[n++] = list;
        }
        if (n > 1)
            qsort(changed, n, sizeof *changed, by_key);
        for (size_t i = 0; i < n && status == STATUS_OK; i++)
            status = write_list(p, (enum postings_table)table, changed[i], e);
    }
    return status;
}
