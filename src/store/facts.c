#include "facts.h"

#include "baolan/map.h"

#include <stdlib.h>

static const struct {
    char letter;
    const char *name;
} fields[] = {
#define X(id, letter, name) {letter, name},
    MORE_TABLE(X)
#undef X
};

void more_put(struct buffer *b, enum more_field field, struct str value)
{
    buffer_add_byte(b, fields[field].letter);
    varint_put(b, value.n);
    buffer_add(b, value);
}

struct str more_get(struct str more, enum more_field field)
{
    while (more.n > 0) {
        char letter = more.p[0];
        more = str_sub(more, 1, more.n);
        size_t n = (size_t)varint_get(&more);
        if (letter == fields[field].letter)
            return str_sub(more, 0, n);
        more = str_sub(more, n < more.n ? n : more.n, more.n);
    }
    return (struct str){NULL, 0};
}

/* A row that other figures may join. */
struct open_row {
    uint32_t first, lead; /* figures: the first that told it, and that which leads it now */
    unsigned kinds;       /* that were said, a bit each */
};

static struct str metric_of(const struct indicator *i)
{
    return i->metric_key.n > 0 ? i->metric_key : i->metric;
}

/* Of what a row is told by. */
static uint64_t row_hash(const struct indicator *i)
{
    const struct str texts[] = {metric_of(i), i->subject, i->region, i->period};
    uint64_t hash = (uint64_t)i->place.article << 1 | i->target;
    for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
        hash = (hash ^ hash_bytes(texts[k].p, texts[k].n)) * 0x9E3779B97F4A7C15u;
    return hash ^ hash >> 32;
}

static bool in_one_row(const struct indicator *a, const struct indicator *b)
{
    return a->place.article == b->place.article && a->target == b->target &&
           str_eq(metric_of(a), metric_of(b)) && str_eq(a->subject, b->subject) &&
           str_eq(a->region, b->region) && str_eq(a->period, b->period);
}

const uint8_t *facts_rows(struct arena *a, const struct document *d)
{
    uint8_t *flags = arena_array(a, uint8_t, d->n_indicators + 1);
    size_t n_slots = 16;
    while (n_slots < (size_t)d->n_indicators * 2)
        n_slots *= 2;
    struct open_row *slots = arena_array(a, struct open_row, n_slots);
    for (uint32_t i = 0; i < d->n_indicators; i++) {
        const struct indicator *it = &d->indicators[i];
        if (metric_of(it).n == 0)
            continue;
        size_t at = (size_t)row_hash(it) & (n_slots - 1);
        while (slots[at].kinds != 0 && !in_one_row(&d->indicators[slots[at].first], it))
            at = (at + 1) & (n_slots - 1);
        struct open_row *row = &slots[at];
        if (row->kinds == 0 || (row->kinds >> it->kind & 1) != 0) {
            *row = (struct open_row){row->kinds == 0 ? i : row->first, i, 1u << it->kind};
            continue;
        }
        row->kinds |= 1u << it->kind;
        flags[row->lead] |= INDICATOR_LEADS;
        flags[i] |= INDICATOR_BESIDE;
    }
    return flags;
}

static int by_place(const void *a, const void *b)
{
    const struct stored_mention *x = a, *y = b;
    if (x->passage != y->passage)
        return x->passage < y->passage ? -1 : 1;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return (x->entity > y->entity) - (x->entity < y->entity);
}

size_t names_sort(struct stored_mention *list, size_t n)
{
    size_t kept = 0;
    if (n > 1)
        qsort(list, n, sizeof *list, by_place);
    for (size_t i = 0; i < n; i++)
        if (kept == 0 || by_place(&list[kept - 1], &list[i]) != 0)
            list[kept++] = list[i];
    return kept;
}

void names_write(struct buffer *b, uint32_t first_passage, const struct stored_mention *mentions,
                 size_t n)
{
    struct stored_mention before = {.passage = first_passage};
    for (size_t i = 0; i < n; i++) {
        const struct stored_mention *m = &mentions[i];
        varint_put(b, m->passage - before.passage);
        varint_put(b, m->start - (m->passage == before.passage ? before.start : 0));
        varint_put(b, m->end - m->start);
        varint_put(b, m->entity);
        before = *m;
    }
}

bool names_next(struct str *rest, struct stored_mention *m)
{
    if (rest->n == 0)
        return false;
    uint32_t passages = (uint32_t)varint_get(rest), start = (uint32_t)varint_get(rest);
    m->passage += passages;
    m->start = passages == 0 ? m->start + start : start;
    m->end = m->start + (uint32_t)varint_get(rest);
    m->entity = (uint32_t)varint_get(rest);
    return true;
}

static void more_sql(sqlite3_context *context, int n, sqlite3_value **values)
{
    (void)n;
    const void *p = sqlite3_value_blob(values[0]);
    struct str more = {p, p == NULL ? 0 : (size_t)sqlite3_value_bytes(values[0])};
    const char *name = (const char *)sqlite3_value_text(values[1]);
    for (size_t i = 0; name != NULL && i < MORE_CELL; i++) {
        struct str value = more_get(more, (enum more_field)i);
        if (strcmp(name, fields[i].name) != 0 || value.p == NULL)
            continue;
        if (i == MORE_BASE)
            sqlite3_result_int64(context, varint_get_signed(&value));
        else
            sqlite3_result_text64(context, value.p, value.n, SQLITE_TRANSIENT, SQLITE_UTF8);
    }
}

enum status facts_register(struct database *db, struct error *e)
{
    int code = sqlite3_create_function_v2(db->handle, "indicator_more", 2,
                                          SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS,
                                          NULL, more_sql, NULL, NULL, NULL);
    return code == SQLITE_OK ? STATUS_OK : database_fail(db, e);
}
