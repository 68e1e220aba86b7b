/* How often a name stands where and when, and how much text there is to stand in. Near copies have
 * no mentions, so their text counts for nothing either. */
#include "baolan/map.h"
#include "baolan/vector.h"
#include "internal.h"

enum { POLL_EVERY = 1024 }; /* rows between two looks whether to go on */

struct counting {
    struct store *store;
    struct arena *arena;
    const struct store_poll *poll;
    struct error *error;
    struct map words; /* years and places, each kept once */
    size_t rows;
    VECTOR(struct stored_count) counts;
};

static bool is_cancelled(struct counting *c)
{
    return c->poll != NULL && c->rows++ % POLL_EVERY == 0 && c->poll->cancelled(c->poll->context);
}

static struct str keep_word(struct counting *c, struct str word)
{
    const struct map_entry *known = map_get(&c->words, word);
    return known != NULL ? known->key : map_put(&c->words, str_dup(c->arena, word), NULL)->key;
}

/* The article that a passage stands in: its passages [first, end), and a count for it, begun anew
 * where the one before is not of the same document, year and place. */
static enum status open_article(struct counting *c, uint32_t passage, uint32_t *first,
                                uint32_t *end)
{
    bool row;
    sqlite3_stmt *st = database_prepare(
        &c->store->db,
        "SELECT a.document, substr(a.date, 1, 4), a.place, a.first_passage, a.passages"
        " FROM passage p JOIN article a ON a.id=p.article WHERE p.id=?1",
        c->error);
    if (st == NULL)
        return failed(c->error);
    bind_int(st, 1, passage);
    enum status status = database_step(&c->store->db, st, &row, c->error);
    *first = *end = 0;
    if (status == STATUS_OK && row) {
        struct stored_count count = {.document = column_u32(st, 0),
                                     .year = keep_word(c, column_view(st, 1)),
                                     .place = keep_word(c, column_view(st, 2))};
        *first = column_u32(st, 3);
        *end = *first + column_u32(st, 4);
        const struct stored_count *before = c->counts.n > 0 ? &vector_last(&c->counts) : NULL;
        if (before == NULL || before->document != count.document ||
            before->year.p != count.year.p || before->place.p != count.place.p)
            vector_push(c->arena, &c->counts, count);
    }
    sqlite3_reset(st);
    return status;
}

enum status store_name_counts(struct store *s, struct arena *a, uint32_t entity,
                              const struct store_poll *poll, const struct stored_count **out,
                              size_t *n, struct error *e)
{
    bool row;
    enum status status;
    uint32_t first = 0, end = 0;
    struct counting c = {.store = s, .arena = a, .poll = poll, .error = e, .words = map_in(a)};
    sqlite3_stmt *st =
        database_prepare(&s->db, "SELECT passage FROM mention WHERE entity=?1 ORDER BY passage", e);
    *n = 0;
    if (st == NULL)
        return failed(e);
    bind_int(st, 1, entity);
    while ((status = database_step(&s->db, st, &row, e)) == STATUS_OK && row) {
        uint32_t passage = column_u32(st, 0);
        if (is_cancelled(&c))
            status = STATUS_INTERRUPTED;
        else if (passage < first || passage >= end)
            status = open_article(&c, passage, &first, &end);
        if (status != STATUS_OK)
            break;
        if (passage < end)
            vector_last(&c.counts).mentions++;
    }
    sqlite3_reset(st);
    *out = c.counts.at;
    *n = c.counts.n;
    return status;
}

/* Adds an article's text to the count of its year and place, which `by_word` leads to. */
static void add_text(struct counting *c, struct map *by_word, struct str year, struct str place,
                     uint64_t characters)
{
    bool is_new;
    struct arena_mark mark = arena_mark(c->arena);
    struct str key = str_printf(c->arena, "%.*s\n%.*s", STR_ARG(year), STR_ARG(place));
    const struct map_entry *known = map_get(by_word, key);
    if (known != NULL) {
        c->counts.at[known->value.number].characters += characters;
        arena_release(c->arena, mark);
        return;
    }
    map_put(by_word, key, &is_new)->value.number = c->counts.n;
    struct stored_count count = {
        .year = keep_word(c, year), .place = keep_word(c, place), .characters = characters};
    vector_push(c->arena, &c->counts, count);
}

enum status store_text_counts(struct store *s, struct arena *a, const struct store_poll *poll,
                              const struct stored_count **out, size_t *n, struct error *e)
{
    bool row;
    enum status status;
    struct counting c = {.store = s, .arena = a, .poll = poll, .error = e, .words = map_in(a)};
    struct map by_word = map_in(a);
    sqlite3_stmt *st = database_prepare(&s->db,
                                        "SELECT substr(date, 1, 4), place, characters"
                                        " FROM article WHERE id NOT IN (SELECT article FROM copy)",
                                        e);
    *n = 0;
    if (st == NULL)
        return failed(e);
    while ((status = database_step(&s->db, st, &row, e)) == STATUS_OK && row) {
        if (is_cancelled(&c)) {
            status = STATUS_INTERRUPTED;
            break;
        }
        add_text(&c, &by_word, column_view(st, 0), column_view(st, 1),
                 (uint64_t)sqlite3_column_int64(st, 2));
    }
    sqlite3_reset(st);
    *out = c.counts.at;
    *n = c.counts.n;
    return status;
}
