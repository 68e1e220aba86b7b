/* What 该镇 and 该公司 stand for as the subjects of figures. */
#include "baolan/parse.h"

enum { KIND_BYTES = 12 /* of 该产业园区, without 该 */ };

/* True where `p` stands before `at`, in the title or the text of one article. */
static bool is_before(const struct place *p, const struct place *at)
{
    if (p->article != at->article || p->part != PLACE_BODY)
        return false;
    if (p->paragraph == NONE)
        return true;
    return p->paragraph < at->paragraph || (p->paragraph == at->paragraph && p->start < at->start);
}

static bool is_later(const struct place *a, const struct place *b)
{
    if (a->paragraph == NONE || b->paragraph == NONE)
        return a->paragraph != NONE;
    return a->paragraph > b->paragraph || (a->paragraph == b->paragraph && a->start > b->start);
}

/* The name last said before a place that ends with `kind`, or empty. */
static struct str last_named(const struct document *d, const struct place *at, struct str kind)
{
    const struct mention *best = NULL;
    struct str name = {0};
    for (uint32_t i = 0; i < d->n_entities; i++) {
        const struct entity *e = &d->entities[i];
        if ((e->type != ENTITY_PLACE && e->type != ENTITY_ORGANISATION) ||
            !str_ends(e->name, kind) || e->name.n < kind.n + STR("某").n)
            continue;
        for (uint32_t k = 0; k < e->n_mentions; k++) {
            const struct mention *m = &e->mentions[k];
            if (!is_before(&m->place, at) || (best != NULL && !is_later(&m->place, &best->place)))
                continue;
            best = m;
            name = str_ends(m->spelling, kind) ? m->spelling : e->name;
        }
    }
    return name;
}

/* 镇 of 该镇, or empty. */
static struct str anaphor_kind(const struct indicator *in)
{
    struct str this = STR("该");
    if (!str_starts(in->subject, this) || in->subject.n > this.n + KIND_BYTES ||
        in->place.part != PLACE_BODY || in->place.paragraph == NONE)
        return (struct str){0};
    return str_sub(in->subject, this.n, in->subject.n);
}

void parse_anaphors(struct document *d)
{
    struct indicator *own = NULL;
    for (uint32_t i = 0; i < d->n_indicators; i++) {
        struct str kind = anaphor_kind(&d->indicators[i]), name = {0};
        if (kind.n > 0)
            name = last_named(d, &d->indicators[i].place, kind);
        if (name.n == 0)
            continue;
        if (own == NULL) {
            own = arena_array(d->arena, struct indicator, d->n_indicators);
            memcpy(own, d->indicators, d->n_indicators * sizeof *own);
            d->indicators = own;
        }
        own[i].subject = name;
    }
}
