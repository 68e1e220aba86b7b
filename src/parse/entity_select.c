/* Which of the candidates that overlap holds, and where a longer name's places stand. */
#include "baolan/utf8.h"
#include "parse/entity.h"

#include <stdlib.h>

int entity_compare(const void *left, const void *right)
{
    const struct candidate *a = left, *b = right;
    if (a->unit != b->unit)
        return a->unit < b->unit ? -1 : 1;
    if (a->start != b->start)
        return a->start < b->start ? -1 : 1;
    if (a->end != b->end)
        return a->end > b->end ? -1 : 1;
    return (b->weight > a->weight) - (b->weight < a->weight);
}

struct str entity_spelling(const struct entity_reader *r, const struct candidate *c)
{
    return str_sub(r->units.at[c->unit].text, c->start, c->end);
}

/* Shortens an administrative unit's name to what the document repeats: 集聚地青石镇 beside 青石镇.
 */
static void trim_admin(const struct entity_reader *r, struct candidate *c)
{
    struct str text = r->units.at[c->unit].text;
    size_t most = 0, start = c->start;
    for (size_t at = c->start; at < c->end; utf8_next(text, &at)) {
        const struct map_entry *entry = map_get(&r->places_seen, str_sub(text, at, c->end));
        if (entry != NULL && entry->value.number > most) {
            most = entry->value.number;
            start = at;
        }
    }
    c->start = (uint32_t)start;
}

/* True where the candidate is the other spelling of a definition, or in it: it is no name of its
 * own. *next is the first definition that does not end before it. */
static bool is_defined(const struct entity_reader *r, const struct candidate *c, size_t *next)
{
    for (; *next < r->definitions.n; ++*next) {
        const struct definition *d = &r->definitions.at[*next];
        if (d->unit > c->unit || (d->unit == c->unit && d->end > c->start))
            return d->unit == c->unit && d->end > d->start && c->start + 3 >= d->start &&
                   c->end <= d->end + 3;
    }
    return false;
}

/* Tells each name the other spelling that a definition gives it. */
static void attach_definitions(struct entity_reader *r)
{
    size_t i = 0;
    for (size_t k = 0; k < r->definitions.n; k++) {
        struct definition *d = &r->definitions.at[k];
        struct candidate *full = NULL;
        for (; i < r->candidates.n; i++) {
            struct candidate *c = &r->candidates.at[i];
            if (c->unit > d->unit || (c->unit == d->unit && c->start >= d->start)) {
                /* A更名为B */
                if (d->end == d->start && c->unit == d->unit && c->start == d->start)
                    d->end = c->end;
                break;
            }
            /* The closing mark may stand between. */
            if (c->unit == d->unit && c->end <= d->full && c->end + 3 >= d->full)
                full = c;
        }
        if (full != NULL && d->end > d->start)
            full->defined = (uint32_t)k;
    }
}

/* True where quotation marks stand around the candidate: “百匠归乡” is no township. */
static bool is_quoted(const struct entity_reader *r, const struct candidate *c)
{
    struct str text = r->units.at[c->unit].text;
    return str_ends(str_sub(text, 0, c->start), STR("“")) &&
           str_starts(str_sub(text, c->end, text.n), STR("”"));
}

bool entity_is_district(struct str name)
{
    return name.n >= 9 && name.n <= 12 && str_ends(name, STR("区"));
}

void entity_select(struct entity_reader *r)
{
    struct map counts = map_in(r->arena);
    for (size_t i = 0; i < r->candidates.n; i++) {
        struct candidate *c = &r->candidates.at[i];
        struct map_entry *entry = map_put(&counts, entity_spelling(r, c), NULL);
        entry->value.number += c->weight == WEIGHT_STRONG ? 2 : 1;
    }
    if (r->candidates.n > 0)
        qsort(r->candidates.at, r->candidates.n, sizeof *r->candidates.at, entity_compare);
    size_t kept = 0, definition = 0;
    VECTOR(struct candidate) inner = {0};
    for (size_t i = 0; i < r->candidates.n; i++) {
        struct candidate c = r->candidates.at[i];
        if (is_defined(r, &c, &definition))
            continue;
        if (map_get(&counts, entity_spelling(r, &c))->value.number < 2)
            continue;
        /* A place that a longer name holds is known, though it does not stand there itself. */
        bool district = strcmp(c.rule, "site") == 0 && entity_is_district(entity_spelling(r, &c));
        if ((strcmp(c.rule, "admin") == 0 || strcmp(c.rule, "region") == 0 ||
             strcmp(c.rule, "chain") == 0 || district) &&
            !is_quoted(r, &c))
            vector_push(r->arena, &inner, c);
        struct candidate *last = kept == 0 ? NULL : &r->candidates.at[kept - 1];
        if (last == NULL || last->unit != c.unit || c.start >= last->end)
            r->candidates.at[kept++] = c;
        else if (c.end - c.start > last->end - last->start)
            *last = c;
    }
    r->candidates.n = kept;
    attach_definitions(r);
    for (size_t i = 0; i < inner.n; i++)
        vector_push(r->arena, &r->candidates, inner.at[i]);
    for (size_t i = 0; i < r->candidates.n; i++)
        if (strcmp(r->candidates.at[i].rule, "admin") == 0)
            trim_admin(r, &r->candidates.at[i]);
}
