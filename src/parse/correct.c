/* Corrections: which of them are about a document, and where in it.
 *
 * In the document that one was made in (the same bytes, or the same path) the likest place of its
 * words is taken. In every other document, as after a move with a change, its words must stand in
 * the surroundings that they had. */
#include "parse/correct.h"

#include "baolan/buffer.h"
#include "baolan/map.h"
#include "baolan/utf8.h"
#include "parse/quantity.h"

/* Words are looked for by their first bytes. */
enum { KEY_BYTES = 6, BLOOM_BITS = 1 << 14 };

struct corrections {
    struct arena *arena;
    const struct correction *list;
    size_t n;
    struct map by_sha256, by_path, by_words; /* → index + 1 of the first in a chain */
    uint32_t *next_sha256, *next_path, *next_words;
    uint64_t bloom[BLOOM_BITS / 64];
};

static const char *const KINDS[] = {
#define X(id, name) [id] = name,
    CORRECTION_KIND_TABLE(X)
#undef X
};

static const struct {
    enum correction_kind kind;
    const char *field;
} FIELDS[] = {
#define X(kind, field) {kind, field},
    CORRECTION_FIELD_TABLE(X)
#undef X
};

const char *correction_kind_name(enum correction_kind kind)
{
    return kind < CORRECTION_KIND_COUNT ? KINDS[kind] : "";
}

enum correction_kind correction_kind_named(struct str name)
{
    unsigned i = 0;
    while (i < CORRECTION_KIND_COUNT && !str_eq(name, str_of(KINDS[i])))
        i++;
    return (enum correction_kind)i;
}

int64_t correction_key(struct str kind, const struct anchor *anchor)
{
    uint64_t hash = hash_bytes(kind.p, kind.n);
    const struct str parts[] = {anchor->quoted, anchor->before, anchor->after};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        hash = (hash ^ hash_bytes(parts[i].p, parts[i].n)) * 0x9E3779B97F4A7C15u;
    return (int64_t)hash;
}

int64_t correction_identity(const struct correction *c)
{
    uint64_t hash = (uint64_t)c->content_key;
    const struct str parts[] = {c->kind, c->field, c->value};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        hash = (hash ^ hash_bytes(parts[i].p, parts[i].n)) * 0x9E3779B97F4A7C15u;
    return (int64_t)hash;
}

/* --- Many of them ----------------------------------------------------------------------------- */

static uint64_t words_hash(const char *p)
{
    uint64_t bytes = 0;
    memcpy(&bytes, p, KEY_BYTES);
    return (bytes * 0x9E3779B97F4A7C15u) >> 50;
}

static void chain(struct map *map, uint32_t *next, struct str key, size_t index)
{
    struct map_entry *entry = map_put(map, key, NULL);
    next[index] = (uint32_t)entry->value.number;
    entry->value.number = index + 1;
}

/* The bytes that a correction's words begin with, with what follows where they are few. */
static struct str words_key(struct arena *a, const struct anchor *anchor)
{
    if (anchor->quoted.n >= KEY_BYTES)
        return str_sub(anchor->quoted, 0, KEY_BYTES);
    struct str both = str_printf(a, "%.*s%.*s", STR_ARG(anchor->quoted), STR_ARG(anchor->after));
    return both.n >= KEY_BYTES ? str_sub(both, 0, KEY_BYTES) : (struct str){NULL, 0};
}

const struct corrections *corrections_new(struct arena *a, const struct correction *list, size_t n)
{
    struct corrections *all = arena_new_of(a, struct corrections);
    *all = (struct corrections){.arena = a,
                                .list = list,
                                .n = n,
                                .by_sha256 = map_in(a),
                                .by_path = map_in(a),
                                .by_words = map_in(a),
                                .next_sha256 = arena_array(a, uint32_t, n + 1),
                                .next_path = arena_array(a, uint32_t, n + 1),
                                .next_words = arena_array(a, uint32_t, n + 1)};
    /* From the last on, so that chains are in order. */
    for (size_t i = n; i-- > 0;) {
        const struct anchor *anchor = list[i].anchor;
        if (anchor == NULL || correction_kind_named(list[i].kind) == CORRECTION_KIND_COUNT)
            continue;
        chain(&all->by_sha256, all->next_sha256,
              (struct str){(const char *)anchor->sha256, sizeof anchor->sha256}, i);
        chain(&all->by_path, all->next_path, anchor->path, i);
        struct str key = words_key(a, anchor);
        if (key.n == 0)
            continue;
        chain(&all->by_words, all->next_words, key, i);
        uint64_t bit = words_hash(key.p);
        all->bloom[bit / 64] |= (uint64_t)1 << bit % 64;
    }
    return all;
}

/* --- The text --------------------------------------------------------------------------------- */

void flat_read(struct arena *a, const struct document *d, struct flat *out)
{
    struct buffer text = buffer_in(a);
    out->parts = document_parts(a, d, &out->n);
    size_t *starts = arena_array(a, size_t, out->n + 1);
    for (size_t i = 0; i < out->n; i++) {
        starts[i] = text.n;
        buffer_add(&text, out->parts[i].prose->text);
    }
    starts[out->n] = text.n;
    out->starts = starts;
    out->text = buffer_str(&text);
}

size_t flat_part(const struct flat *f, size_t at)
{
    size_t low = 0, high = f->n;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (f->starts[middle] <= at)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* --- Places ----------------------------------------------------------------------------------- */

/* Bytes of the surroundings that are as they were. */
static size_t likeness(const struct flat *f, const struct anchor *anchor, size_t at)
{
    return str_common_end(str_sub(f->text, 0, at), anchor->before) +
           str_common_beginning(str_sub(f->text, at + anchor->quoted.n, f->text.n), anchor->after);
}

/* The likest place in the document that the correction was made in: a third of the surroundings
 * must be left, or the words be many and stand there once. */
static size_t place_at_home(const struct flat *f, const struct anchor *anchor)
{
    size_t best = SIZE_MAX, most = 0, places = 0;
    size_t around = anchor->before.n + anchor->after.n;
    for (size_t at = str_find(f->text, anchor->quoted, 0); at != STR_NONE && places < 10000;
         at = str_find(f->text, anchor->quoted, at + 1), places++) {
        size_t like = likeness(f, anchor, at);
        if (best == SIZE_MAX || like > most) {
            best = at;
            most = like;
        }
    }
    bool certain = most * 3 >= around || (places == 1 && anchor->quoted.n >= 12);
    return certain ? best : SIZE_MAX;
}

/* True where the words stand as they stood: in a copy, or where the file was moved and changed. */
static bool is_elsewhere(const struct flat *f, const struct correction *c, size_t at)
{
    const struct anchor *anchor = c->anchor;
    if (!str_starts(str_sub(f->text, at, f->text.n), anchor->quoted))
        return false;
    size_t like = likeness(f, anchor, at), around = anchor->before.n + anchor->after.n;
    return like * 2 >= around && like + anchor->quoted.n >= ANCHOR_AROUND;
}

struct finding_targets {
    struct arena *arena;
    const struct corrections *all;
    const struct flat *flat;
    unsigned kinds;
    struct map seen; /* index of a correction → index + 1 in the list */
    struct correction_targets *out;
};

/* The target of a correction, made where there is none; NULL where it is of another kind. */
static struct correction_target *target_of(struct finding_targets *t, size_t index, bool *is_new)
{
    const struct correction *c = &t->all->list[index];
    enum correction_kind kind = correction_kind_named(c->kind);
    if ((t->kinds >> kind & 1) == 0)
        return NULL;
    size_t *key = arena_new_of(t->arena, size_t);
    *key = index;
    struct map_entry *entry =
        map_put(&t->seen, (struct str){(const char *)key, sizeof *key}, is_new);
    if (*is_new) {
        struct correction_target target = {c, kind, SIZE_MAX};
        vector_push(t->arena, &t->out->list, target);
        entry->value.number = t->out->list.n;
    }
    return &t->out->list.at[entry->value.number - 1];
}

static void find_at_home(struct finding_targets *t, const struct map *map, const uint32_t *next,
                         struct str key)
{
    const struct map_entry *entry = map_get(map, key);
    for (size_t i = entry == NULL ? 0 : entry->value.number; i != 0; i = next[i - 1]) {
        bool is_new;
        struct correction_target *target = target_of(t, i - 1, &is_new);
        if (target != NULL && is_new)
            target->at = place_at_home(t->flat, target->correction->anchor);
    }
}

static void find_elsewhere(struct finding_targets *t)
{
    struct str text = t->flat->text;
    for (size_t at = 0; at + KEY_BYTES <= text.n; utf8_next(text, &at)) {
        uint64_t bit = words_hash(text.p + at);
        if ((t->all->bloom[bit / 64] >> bit % 64 & 1) == 0)
            continue;
        const struct map_entry *entry =
            map_get(&t->all->by_words, str_sub(text, at, at + KEY_BYTES));
        for (size_t i = entry == NULL ? 0 : entry->value.number; i != 0;
             i = t->all->next_words[i - 1]) {
            const struct correction *c = &t->all->list[i - 1];
            enum correction_kind kind = correction_kind_named(c->kind);
            bool of_file = kind == CORRECTION_ARTICLE || kind == CORRECTION_DOCUMENT;
            bool is_new;
            /* Notices of one wording are of many days. */
            if ((of_file && !c->away) || !is_elsewhere(t->flat, c, at))
                continue;
            struct correction_target *target = target_of(t, i - 1, &is_new);
            if (target != NULL && is_new)
                target->at = at;
        }
    }
}

void correction_targets_find(struct arena *a, const struct corrections *all,
                             const struct document *d, const struct flat *f, unsigned kinds,
                             struct correction_targets *out)
{
    struct finding_targets t = {
        .arena = a, .all = all, .flat = f, .kinds = kinds, .seen = map_in(a), .out = out};
    find_at_home(&t, &all->by_sha256, all->next_sha256,
                 (struct str){(const char *)d->sha256, sizeof d->sha256});
    find_at_home(&t, &all->by_path, all->next_path, d->path);
    find_elsewhere(&t);
    /* In the order in which they were made: each list was, and there are few. */
    for (size_t i = 1; i < out->list.n; i++) {
        struct correction_target moved = out->list.at[i];
        size_t k = i;
        for (; k > 0 && out->list.at[k - 1].correction > moved.correction; k--)
            out->list.at[k] = out->list.at[k - 1];
        out->list.at[k] = moved;
    }
}

void correction_note(struct document *d, const struct applied *list, size_t n)
{
    struct applied *all = arena_array(d->arena, struct applied, d->n_applied + n + 1);
    if (d->n_applied > 0)
        memcpy(all, d->applied, sizeof *all * d->n_applied);
    if (n > 0)
        memcpy(all + d->n_applied, list, sizeof *all * n);
    d->applied = all;
    d->n_applied += (uint32_t)n;
}

void correction_own_reading(const struct applied *before, size_t n, struct applied *applied)
{
    for (size_t i = 0; i < n; i++) {
        const struct applied *b = &before[i];
        bool same = b->found && b->kind == applied->kind && b->article == applied->article &&
                    b->record == applied->record && b->seq == applied->seq &&
                    b->place.paragraph == applied->place.paragraph &&
                    b->place.part == applied->place.part &&
                    b->place.start == applied->place.start &&
                    str_eq(b->correction->field, applied->correction->field);
        if (!same)
            continue;
        applied->was = b->was;
        return;
    }
}

/* --- Values ----------------------------------------------------------------------------------- */

static int number_of(struct str s)
{
    int value = 0;
    if (s.n == 0 || s.n > 4)
        return -1;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return -1;
        value = value * 10 + (s.p[i] - '0');
    }
    return value;
}

bool correction_date(struct str value, struct date *out)
{
    *out = (struct date){0};
    if (value.n == 0)
        return true;
    struct str rest = value, year = str_split(&rest, '-');
    struct str month = str_split(&rest, '-'), day = rest;
    int y = number_of(year), m = month.p == NULL ? 0 : number_of(month);
    int d = day.p == NULL ? 0 : number_of(day);
    if (year.n != 4 || y < 1900 || y > 2100 || m < 0 || m > 12 || d < 0 || d > 31 ||
        (month.p != NULL && m == 0) || (day.p != NULL && d == 0))
        return false;
    *out = (struct date){(int16_t)y, (uint8_t)m, (uint8_t)d};
    return true;
}

const struct str *correction_names(struct arena *a, struct str value, uint32_t *n)
{
    VECTOR(struct str) names = {0};
    size_t from = 0;
    for (size_t at = 0; value.n > 0 && at <= value.n;) {
        size_t here = at;
        uint32_t c = utf8_next(value, &at);
        if (here < value.n && c != U'、' && c != U'；' && c != ';')
            continue;
        struct str name = str_trim(str_sub(value, from, here));
        if (name.n > 0)
            vector_push(a, &names, name);
        from = at;
        if (here >= value.n)
            break;
    }
    *n = (uint32_t)names.n;
    return names.at;
}

unsigned correction_named(struct str name, const char *(*name_of)(unsigned), unsigned n)
{
    unsigned i = 0;
    while (i < n && !str_eq(name, str_of(name_of(i))))
        i++;
    return i;
}

struct str correction_period(struct arena *a, const struct lexicons *lexicons, struct str value,
                             struct date now, bool *resolved)
{
    struct plain plain = {0};
    struct times times = {0};
    *resolved = true;
    if (value.n == 0 ||
        (value.n >= 4 && number_of(str_sub(value, 0, 4)) > 0 && !str_has(value, STR("年"))))
        return value;
    plain_prose(a, value, &plain);
    times_scan(a, lexicons, &plain, &times);
    if (times.n != 1)
        return value;
    struct str period = period_resolve(a, &plain, value, &times.at[0], now, resolved);
    return period.n > 0 ? period : value;
}

static const char *kind_name_of(unsigned i)
{
    return indicator_kind_name((enum indicator_kind)i);
}

static const char *type_name_of(unsigned i)
{
    return entity_type_name((enum entity_type)i);
}

static bool is_one_of(struct str value, const char *words)
{
    for (struct str rest = str_of(words); rest.p != NULL;)
        if (str_eq(str_split(&rest, ' '), value))
            return true;
    return false;
}

/* The values of fields that do not take every text. */
static bool value_is_good(struct arena *a, const struct lexicons *lexicons,
                          enum correction_kind kind, struct str field, struct str value)
{
    struct date date;
    struct quantity quantity;
    struct plain plain = {0};
    if (str_eq(field, STR("year")) && value.n != 0 && value.n != 4)
        return false;
    if (str_eq(field, STR("date")) || str_eq(field, STR("year")))
        return correction_date(value, &date);
    if (str_eq(field, STR("record")))
        return is_one_of(value, "none");
    if (str_eq(field, STR("break")))
        return is_one_of(value, "join split");
    if (str_eq(field, STR("section")))
        return is_one_of(value, "heading none title byline 1 2 3 4 5 6 7 8 9");
    if (str_eq(field, STR("target")))
        return is_one_of(value, "yes no");
    if (kind == CORRECTION_INDICATOR && str_eq(field, STR("kind")))
        return correction_named(value, kind_name_of, INDICATOR_KIND_COUNT) < INDICATOR_KIND_COUNT;
    if (kind == CORRECTION_NAME && str_eq(field, STR("type")))
        return correction_named(value, type_name_of, ENTITY_TYPE_COUNT) < ENTITY_TYPE_COUNT;
    if (str_eq(field, STR("value"))) {
        plain_prose(a, value, &plain);
        return quantity_of_cell(a, lexicons, plain.text, STR(""), &quantity);
    }
    return kind != CORRECTION_NAME || value.n > 0;
}

bool correction_check(struct arena *a, const struct lexicons *lexicons, const struct correction *c,
                      struct error *e)
{
    enum correction_kind kind = correction_kind_named(c->kind);
    bool known = false;
    for (size_t i = 0; i < sizeof FIELDS / sizeof *FIELDS; i++)
        known = known || (FIELDS[i].kind == kind && str_eq(c->field, str_of(FIELDS[i].field)));
    if (!known) {
        error_set(e, STATUS_BAD_INPUT, "no such field: %.*s %.*s", STR_ARG(c->kind),
                  STR_ARG(c->field));
        return false;
    }
    if (value_is_good(a, lexicons, kind, c->field, c->value))
        return true;
    error_set(e, STATUS_BAD_INPUT, "%.*s cannot be %.*s", STR_ARG(c->field), STR_ARG(c->value));
    return false;
}
