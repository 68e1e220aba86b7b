/* Where a figure holds: the region whose it is (全县, 云泽市), or in which the class of things is
 * that it is about (规上工业, 城镇居民). A body, a person or a project that has a name of its own
 * is in no region here: its name says whose the figure is. */
#include "baolan/fold.h"
#include "baolan/map.h"
#include "baolan/parse.h"
#include "parse/attach.h"

struct regions {
    const struct document *document;
    const struct lexicon *labels, *bodies, *places;
    struct map names;                            /* spelling of an entity → its index */
    uint64_t begins[UTF8_ROWS], ends[UTF8_ROWS]; /* the characters that these begin and end with */
    size_t longest;                              /* bytes of one of them */
};

/* The last character of a word. */
static struct str last_of(struct str word)
{
    size_t at = word.n;
    utf8_previous(word, &at);
    return str_sub(word, at, word.n);
}

static bool is_later(const struct place *a, const struct place *b)
{
    return a->paragraph > b->paragraph || (a->paragraph == b->paragraph && a->start > b->start);
}

/* The last place of a kind (镇) that the text of an article names before a figure, or empty. */
static struct str last_place(const struct regions *r, const struct place *at, struct str kind)
{
    const struct document *d = r->document;
    const struct mention *best = NULL;
    struct str name = {0};
    for (uint32_t i = 0; i < d->n_entities; i++) {
        const struct entity *e = &d->entities[i];
        for (uint32_t k = 0; e->type == ENTITY_PLACE && k < e->n_mentions; k++) {
            const struct mention *m = &e->mentions[k];
            if (m->place.article != at->article || m->place.part != PLACE_BODY ||
                m->place.paragraph == NONE || is_later(&m->place, at) || !str_ends(e->name, kind) ||
                (best != NULL && !is_later(&m->place, &best->place)))
                continue;
            best = m;
            name = e->name;
        }
    }
    return name;
}

/* What 我市, 全省, 全国 mean on a page of `home`; empty where the page does not say. */
static struct str region_of_label(const struct regions *r, const struct indicator *in,
                                  struct str label, struct str home)
{
    struct str level = last_of(label);
    if (str_eq(level, STR("国")))
        return STR("全国");
    if (str_eq(level, STR("球")))
        return STR("全球");
    if (str_ends(home, level))
        return home;
    bool small = str_eq(level, STR("镇")) || str_eq(level, STR("村"));
    bool in_text = in->place.part == PLACE_BODY && in->place.paragraph != NONE;
    return small && in_text ? last_place(r, &in->place, level) : (struct str){0};
}

/* The entity that the subject begins with, the longest; its end in *end. */
static const struct entity *entity_at_front(const struct regions *r, struct str subject,
                                            size_t *end)
{
    enum { NAME_BYTES = 120 };
    const struct entity *found = NULL;
    if (!utf8_rows_have(r->begins, utf8_at(subject, 0)))
        return NULL;
    for (size_t at = 0; at < subject.n && at < NAME_BYTES && at < r->longest;) {
        uint32_t c = utf8_next(subject, &at);
        const struct map_entry *known =
            utf8_rows_have(r->ends, c) ? map_get(&r->names, str_sub(subject, 0, at)) : NULL;
        if (known == NULL)
            continue;
        found = &r->document->entities[known->value.number];
        *end = at;
    }
    return found;
}

/* True of 公司, 合作社: what only a name before it would tell. */
static bool is_a_body(const struct regions *r, struct str subject)
{
    return lexicon_match_before(r->bodies, subject, subject.n, NULL) != NULL;
}

/* The place as a region: a town is one, a park in it none. */
static struct str region_of_place(const struct regions *r, struct str name)
{
    size_t start = name.n;
    const struct lexicon_entry *e = lexicon_match_before(r->places, name, name.n, &start);
    if (e == NULL)
        return (struct str){0};
    struct str full = lexicon_field(e, "full");
    if (start == 0 && full.n > 0)
        return full;
    bool region = lexicon_flag(e, "admin") || (start == 0 && lexicon_flag(e, "region"));
    return region ? name : (struct str){0};
}

/* 全省 of 全省规上工业, 云泽市 of 云泽市规上工业: the region said right before the class of things
 * that a figure is about; empty where there is none, `home` where it is not said. */
static struct str region_before(const struct regions *r, const struct indicator *in,
                                struct str home)
{
    enum { SENTENCE_BYTES = 240, NAME_CHARACTERS = 8 };
    if (in->place.part != PLACE_BODY || in->place.paragraph == NONE)
        return home;
    struct str text = document_prose(r->document, in->place)->text;
    size_t from = in->place.start > SENTENCE_BYTES ? in->place.start - SENTENCE_BYTES : 0;
    struct str before = str_sub(text, from, in->place.start);
    size_t at = str_find_last(before, in->subject), start;
    if (at == STR_NONE)
        return home;
    const struct lexicon_entry *label = lexicon_match_before(r->labels, before, at, &start);
    if (role_is(label, "region"))
        return region_of_label(r, in, label->word, home);
    start = at;
    if (!utf8_rows_may_end(r->ends, str_sub(before, 0, at)))
        return home;
    for (int i = 0; i < NAME_CHARACTERS && start > 0; i++) {
        uint32_t c = utf8_previous(before, &start);
        const struct map_entry *known =
            utf8_rows_have(r->begins, c) ? map_get(&r->names, str_sub(before, start, at)) : NULL;
        if (known == NULL)
            continue;
        const struct entity *e = &r->document->entities[known->value.number];
        struct str region = e->type == ENTITY_PLACE ? region_of_place(r, e->name) : STR("");
        if (region.n > 0)
            return region;
    }
    return home;
}

static struct str region_of(const struct regions *r, const struct indicator *in)
{
    const struct document *d = r->document;
    struct str home = d->articles[in->place.article].place, subject = in->subject;
    size_t end = 0;
    if (home.n == 0)
        home = d->place;
    if (subject.n == 0)
        return home;
    if (role_is(lexicon_find(r->labels, subject), "region"))
        return region_of_label(r, in, subject, home);
    /* 该镇: the one that was named last. */
    struct str this = STR("该");
    if (str_starts(subject, this) && in->place.part == PLACE_BODY && in->place.paragraph != NONE) {
        struct str kind = str_sub(subject, this.n, subject.n);
        struct str last = kind.n > 0 ? last_place(r, &in->place, kind) : kind;
        if (last.n > 0)
            return last;
    }
    const struct entity *e = entity_at_front(r, subject, &end);
    bool place = e != NULL && e->type == ENTITY_PLACE;
    bool named = e != NULL && (e->type == ENTITY_ORGANISATION || e->type == ENTITY_PERSON ||
                               e->type == ENTITY_PROJECT);
    if (named || (is_a_body(r, subject) && !(place && end == subject.n)))
        return (struct str){0};
    if (place)
        return region_of_place(r, e->name);
    const struct lexicon_entry *front = lexicon_match(r->labels, subject, 0, &end);
    return role_is(front, "region") ? region_of_label(r, in, front->word, home)
                                    : region_before(r, in, home);
}

static void add_name(struct regions *r, struct str name, uint32_t entity)
{
    size_t end = name.n;
    map_put(&r->names, name, NULL)->value.number = entity;
    utf8_rows_add(r->begins, utf8_at(name, 0));
    utf8_rows_add(r->ends, utf8_previous(name, &end));
    if (name.n > r->longest)
        r->longest = name.n;
}

void parse_figure_regions(struct document *d, const struct parse_options *o)
{
    struct regions r = {.document = d,
                        .labels = lexicons_get(o->lexicons, LEXICON_LABELS),
                        .bodies = lexicons_get(o->lexicons, LEXICON_BODIES),
                        .places = lexicons_get(o->lexicons, LEXICON_PLACES),
                        .names = map_in(d->arena)};
    if (d->n_indicators == 0)
        return;
    for (uint32_t i = 0; i < d->n_entities; i++)
        for (uint32_t k = 0; k < d->entities[i].n_aliases; k++)
            add_name(&r, d->entities[i].aliases[k], i);
    struct indicator *own = arena_dup(d->arena, d->indicators, d->n_indicators * sizeof *own);
    for (uint32_t i = 0; i < d->n_indicators; i++)
        own[i].region = region_of(&r, &own[i]);
    d->indicators = own;
}

bool indicator_is_of_region(struct str subject, struct str region)
{
    static const struct str said[] = {{"我", 3}, {"全", 3}, {"本", 3}, {"该", 3}};
    if (subject.n == 0)
        return true;
    if (region.n == 0)
        return false;
    if (str_eq(subject, region))
        return true;
    /* 云泽 of 云泽市, 全市 of it */
    size_t stem = region.n - last_of(region).n;
    if (str_eq(subject, str_sub(region, 0, stem)))
        return true;
    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        if (str_starts(subject, said[i]) &&
            str_eq(str_sub(subject, said[i].n, subject.n), last_of(region)))
            return true;
    return false;
}
