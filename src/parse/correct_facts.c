/* Corrections of facts: indicators, proposals with their suggestions, and names, one mention each.
 */
#include "parse/attach.h"
#include "parse/correct.h"
#include "parse/quantity.h"

#include "baolan/buffer.h"
#include "baolan/map.h"
#include "baolan/spelling.h"

struct fact_editor {
    struct document *document;
    struct arena *arena;
    const struct parse_options *options;
    struct flat flat;
    struct indicator *indicators;
    bool *gone_indicators;
    struct proposal *proposals;
    bool *gone_proposals;
    struct entity *entities;
    uint32_t n_entities;
    VECTOR(struct applied) applied;
};

/* Where a target stands, as facts have places; false: nowhere. */
static bool find_place(const struct fact_editor *f, size_t at, struct place *out)
{
    if (at == SIZE_MAX || f->flat.n == 0)
        return false;
    size_t index = flat_part(&f->flat, at);
    *out = f->flat.parts[index].place;
    out->start = out->end = (uint32_t)(at - f->flat.starts[index]);
    return true;
}

/* Both are in the same part of the same article. */
static bool same_part(struct place a, struct place b)
{
    return a.article == b.article && a.paragraph == b.paragraph && a.part == b.part;
}

static struct str value_of(struct fact_editor *f, const struct correction *c)
{
    return str_dup(f->arena, c->value);
}

/* A field that is text: what it was is told, and it becomes the value. */
static bool set_text(struct fact_editor *f, const struct correction *c, struct str *field,
                     struct applied *applied)
{
    applied->was = *field;
    *field = value_of(f, c);
    return true;
}

/* --- Indicators ------------------------------------------------------------------------------- */

struct indicator_edit {
    struct fact_editor *f;
    const struct correction *c;
    struct indicator *it;
    struct applied *applied;
};

static bool indicator_value(struct indicator_edit *e)
{
    struct quantity q;
    struct plain plain = {0};
    plain_prose(e->f->arena, e->c->value, &plain);
    if (!quantity_of_cell(e->f->arena, e->f->options->lexicons, plain.text, STR(""), &q))
        return false;
    set_text(e->f, e->c, &e->it->text, e->applied);
    e->it->value = q.value;
    e->it->unit = q.unit;
    e->it->base = q.base;
    e->it->base_unit = q.base_unit;
    return true;
}

static bool indicator_metric(struct indicator_edit *e)
{
    set_text(e->f, e->c, &e->it->metric, e->applied);
    e->it->metric_key = spelling_join(e->f->arena, e->f->options->lexicons, e->it->metric);
    return true;
}

static bool indicator_period(struct indicator_edit *e)
{
    const struct article *article = &e->f->document->articles[e->it->place.article];
    e->applied->was = e->it->period;
    e->it->period = correction_period(e->f->arena, e->f->options->lexicons, value_of(e->f, e->c),
                                      article->date, &e->it->period_resolved);
    return true;
}

static bool indicator_kind(struct indicator_edit *e)
{
    e->applied->was = str_of(indicator_kind_name(e->it->kind));
    for (unsigned i = 0; i < INDICATOR_KIND_COUNT; i++) {
        if (!str_eq(e->c->value, str_of(indicator_kind_name((enum indicator_kind)i))))
            continue;
        e->it->kind = (enum indicator_kind)i;
        return true;
    }
    return false;
}

static bool indicator_target(struct indicator_edit *e)
{
    e->applied->was = e->it->target ? STR("yes") : STR("no");
    e->it->target = str_eq(e->c->value, STR("yes"));
    return true;
}

static bool indicator_gone(struct indicator_edit *e)
{
    e->applied->was = e->it->text;
    e->f->gone_indicators[e->it - e->f->indicators] = true;
    return true;
}

#define TEXT_FIELD(name)                                       \
    static bool indicator_##name(struct indicator_edit *e)     \
    {                                                          \
        return set_text(e->f, e->c, &e->it->name, e->applied); \
    }
TEXT_FIELD(subject)
TEXT_FIELD(region)
TEXT_FIELD(basis)
TEXT_FIELD(qualifier)
#undef TEXT_FIELD

static const struct {
    const char *field;
    bool (*set)(struct indicator_edit *e);
} INDICATOR_FIELDS[] = {
    {"value", indicator_value},     {"metric", indicator_metric},
    {"subject", indicator_subject}, {"period", indicator_period},
    {"place", indicator_region},    {"kind", indicator_kind},
    {"basis", indicator_basis},     {"qualifier", indicator_qualifier},
    {"target", indicator_target},   {"record", indicator_gone},
};

/* What an indicator says now in a field that is text, to tell two that stand at one place. */
static struct str indicator_text(const struct indicator *it, struct str field)
{
    return str_eq(field, STR("metric"))      ? it->metric
           : str_eq(field, STR("subject"))   ? it->subject
           : str_eq(field, STR("period"))    ? it->period
           : str_eq(field, STR("place"))     ? it->region
           : str_eq(field, STR("basis"))     ? it->basis
           : str_eq(field, STR("qualifier")) ? it->qualifier
                                             : it->text;
}

static bool covers(struct place a, struct place b)
{
    return same_part(a, b) && a.start <= b.start && b.start < a.end;
}

static uint32_t indicator_at(const struct fact_editor *f, struct place place,
                             const struct correction *c)
{
    uint32_t found = NONE;
    for (uint32_t i = 0; i < f->document->n_indicators; i++) {
        const struct indicator *it = &f->indicators[i];
        if (!covers(it->place, place))
            continue;
        if (found == NONE)
            found = i;
        if (str_eq(indicator_text(&f->document->indicators[i], c->field), c->was))
            return i;
    }
    return found;
}

static void correct_indicator(struct fact_editor *f, const struct correction *c,
                              struct applied *applied, struct place place)
{
    applied->record = indicator_at(f, place, c);
    if (applied->record == NONE)
        return;
    applied->place = f->indicators[applied->record].place;
    struct indicator_edit e = {f, c, &f->indicators[applied->record], applied};
    for (size_t i = 0; i < sizeof INDICATOR_FIELDS / sizeof *INDICATOR_FIELDS; i++)
        if (str_eq(c->field, str_of(INDICATOR_FIELDS[i].field)))
            applied->found = INDICATOR_FIELDS[i].set(&e);
}

/* --- Proposals -------------------------------------------------------------------------------- */

static struct str names_value(struct arena *a, const struct str *names, uint32_t n)
{
    struct buffer out = buffer_in(a);
    for (uint32_t i = 0; i < n; i++) {
        if (i > 0)
            buffer_add_c(&out, "、");
        buffer_add(&out, names[i]);
    }
    return buffer_str(&out);
}

static bool set_names(struct fact_editor *f, const struct correction *c, const struct str **names,
                      uint32_t *n, struct applied *applied)
{
    applied->was = names_value(f->arena, *names, *n);
    *names = correction_names(f->arena, value_of(f, c), n);
    return true;
}

/* What a review stands on stays as the parser read it. */
static void keep_identity(struct fact_editor *f, struct proposal *it)
{
    struct buffer out = buffer_in(f->arena);
    if (it->identity.n > 0)
        return;
    buffer_add(&out, it->title);
    buffer_add_byte(&out, '\t');
    for (uint32_t i = 0; i < it->n_speakers; i++) {
        if (i > 0)
            buffer_add_byte(&out, '\n');
        buffer_add(&out, it->speakers[i]);
    }
    buffer_add_byte(&out, '\t');
    buffer_add(&out, it->number);
    it->identity = buffer_str(&out);
}

/* The proposal that stands at a place: the one that begins there, else the one around it. */
static uint32_t proposal_at(const struct fact_editor *f, struct place place)
{
    uint32_t found = NONE;
    for (uint32_t i = 0; i < f->document->n_proposals; i++) {
        const struct proposal *it = &f->proposals[i];
        if (same_part(it->place, place) && it->place.start == place.start)
            return i;
        if (it->article == place.article &&
            (it->place.paragraph == NONE ||
             (place.paragraph != NONE &&
              (it->place.paragraph < place.paragraph || covers(it->place, place)))))
            found = i;
    }
    return found;
}

static void correct_proposal(struct fact_editor *f, const struct correction *c,
                             struct applied *applied, struct place place)
{
    applied->record = proposal_at(f, place);
    if (applied->record == NONE)
        return;
    struct proposal *it = &f->proposals[applied->record];
    const struct {
        const char *field;
        struct str *text;
        const struct str **names;
        uint32_t *n;
    } fields[] = {
        {"title", &it->title, NULL, NULL},
        {"speakers", NULL, &it->speakers, &it->n_speakers},
        {"bodies", NULL, &it->bodies, &it->n_bodies},
        {"number", &it->number, NULL, NULL},
        {"session", &it->session, NULL, NULL},
        {"category", &it->category, NULL, NULL},
        {"handlers", NULL, &it->handlers, &it->n_handlers},
        {"status", &it->status, NULL, NULL},
        {"background", &it->background, NULL, NULL},
        {"reply", &it->reply, NULL, NULL},
    };
    keep_identity(f, it);
    applied->place = it->place;
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (str_eq(c->field, str_of(fields[i].field)))
            applied->found = fields[i].text != NULL
                                 ? set_text(f, c, fields[i].text, applied)
                                 : set_names(f, c, fields[i].names, fields[i].n, applied);
    if (str_eq(c->field, STR("year"))) {
        struct date date;
        applied->found = correction_date(c->value, &date);
        applied->was = it->year == 0 ? STR("") : str_printf(f->arena, "%d", it->year);
        it->year = applied->found ? date.year : it->year;
    }
    if (!str_eq(c->field, STR("record")))
        return;
    applied->was = it->title;
    applied->found = f->gone_proposals[applied->record] = true;
}

static void remove_suggestion(struct fact_editor *f, struct proposal *it, uint32_t seq)
{
    struct suggestion *left = arena_array(f->arena, struct suggestion, it->n_suggestions + 1);
    uint32_t n = 0;
    for (uint32_t i = 0; i < it->n_suggestions; i++)
        if (i != seq)
            left[n++] = it->suggestions[i];
    it->suggestions = left;
    it->n_suggestions = n;
    /* Those behind it have moved up. */
    for (size_t i = 0; i < f->applied.n; i++) {
        struct applied *applied = &f->applied.at[i];
        if (applied->kind == CORRECTION_SUGGESTION && applied->found &&
            &f->proposals[applied->record] == it && applied->seq > seq && applied->seq != NONE)
            applied->seq--;
    }
}

static bool correct_suggestion_of(struct fact_editor *f, const struct correction *c,
                                  struct applied *applied, uint32_t proposal, uint32_t seq)
{
    struct proposal *it = &f->proposals[proposal];
    struct suggestion *all = arena_array(f->arena, struct suggestion, it->n_suggestions + 1);
    memcpy(all, it->suggestions, sizeof *all * it->n_suggestions);
    it->suggestions = all;
    applied->record = proposal;
    applied->seq = seq;
    applied->place = all[seq].place;
    if (str_eq(c->field, STR("title")))
        return set_text(f, c, &all[seq].title, applied);
    if (str_eq(c->field, STR("text"))) {
        all[seq].n_measures = 0;
        return set_text(f, c, &all[seq].text, applied);
    }
    applied->was = all[seq].title.n > 0 ? all[seq].title : all[seq].text;
    remove_suggestion(f, it, seq);
    applied->seq = NONE;
    return true;
}

static void correct_suggestion(struct fact_editor *f, const struct correction *c,
                               struct applied *applied, struct place place)
{
    for (uint32_t i = 0; i < f->document->n_proposals && !applied->found; i++)
        for (uint32_t k = 0; k < f->proposals[i].n_suggestions && !applied->found; k++) {
            const struct place *at = &f->proposals[i].suggestions[k].place;
            if (same_part(*at, place) && at->start == place.start)
                applied->found = correct_suggestion_of(f, c, applied, i, k);
        }
}

/* --- Names ------------------------------------------------------------------------------------ */

/* The mention that begins at a place, of so many bytes: others may begin there too. */
static bool mention_at(const struct fact_editor *f, struct place place, size_t bytes,
                       uint32_t *entity, uint32_t *mention)
{
    for (*entity = 0; *entity < f->n_entities; (*entity)++)
        for (*mention = 0; *mention < f->entities[*entity].n_mentions; (*mention)++) {
            const struct place *at = &f->entities[*entity].mentions[*mention].place;
            if (same_part(*at, place) && at->start == place.start && at->end - at->start == bytes)
                return true;
        }
    return false;
}

static void remove_mention(struct fact_editor *f, uint32_t entity, uint32_t mention)
{
    struct entity *it = &f->entities[entity];
    struct mention *left = arena_array(f->arena, struct mention, it->n_mentions + 1);
    uint32_t n = 0;
    for (uint32_t i = 0; i < it->n_mentions; i++)
        if (i != mention)
            left[n++] = it->mentions[i];
    it->mentions = left;
    it->n_mentions = n;
}

/* The byte of the flat text that a place begins at: mentions are in reading order. */
static size_t place_order(const struct fact_editor *f, struct place place)
{
    for (size_t i = 0; i < f->flat.n; i++)
        if (same_part(f->flat.parts[i].place, place))
            return f->flat.starts[i] + place.start;
    return 0;
}

/* Adds a mention to the document's name of that spelling and type, made where there is none. */
static void add_mention(struct fact_editor *f, struct mention mention, enum entity_type type)
{
    struct entity *it = NULL;
    for (uint32_t i = 0; i < f->n_entities && it == NULL; i++)
        for (uint32_t k = 0; k < f->entities[i].n_aliases && it == NULL; k++)
            if (f->entities[i].type == type && str_eq(f->entities[i].aliases[k], mention.spelling))
                it = &f->entities[i];
    if (it == NULL) {
        struct str *alias = arena_new_of(f->arena, struct str);
        *alias = mention.spelling;
        it = &f->entities[f->n_entities++];
        *it = (struct entity){
            .name = *alias, .type = type, .aliases = alias, .n_aliases = 1, .rule = "person"};
    }
    struct mention *more = arena_array(f->arena, struct mention, it->n_mentions + 1);
    size_t at = place_order(f, mention.place);
    uint32_t n = 0, from = 0;
    while (from < it->n_mentions && place_order(f, it->mentions[from].place) <= at)
        more[n++] = it->mentions[from++];
    more[n++] = mention;
    while (from < it->n_mentions)
        more[n++] = it->mentions[from++];
    it->mentions = more;
    it->n_mentions = n;
}

/* Where the value stands over the mention: the words that it should have been. */
static bool place_of_name(const struct fact_editor *f, struct str value, struct place *place)
{
    struct str text = document_prose(f->document, *place)->text;
    for (size_t at = str_find(text, value, 0); at != STR_NONE; at = str_find(text, value, at + 1)) {
        if (at + value.n <= place->start || at >= place->end)
            continue;
        place->start = (uint32_t)at;
        place->end = (uint32_t)(at + value.n);
        return true;
    }
    return false;
}

static enum entity_type type_named(struct str name, enum entity_type otherwise)
{
    for (unsigned i = 0; i < ENTITY_TYPE_COUNT; i++)
        if (str_eq(name, str_of(entity_type_name((enum entity_type)i))))
            return (enum entity_type)i;
    return otherwise;
}

static void correct_name(struct fact_editor *f, const struct correction *c, struct applied *applied,
                         struct place place)
{
    uint32_t entity, index;
    if (!mention_at(f, place, c->anchor->quoted.n, &entity, &index))
        return;
    struct mention mention = f->entities[entity].mentions[index];
    enum entity_type type = f->entities[entity].type;
    applied->was = mention.spelling;
    applied->place = mention.place;
    if (str_eq(c->field, STR("type"))) {
        applied->was = str_of(entity_type_name(type));
        type = type_named(c->value, type);
    } else if (str_eq(c->field, STR("text"))) {
        if (!place_of_name(f, c->value, &mention.place))
            return;
        mention.spelling = value_of(f, c);
        applied->place = mention.place;
    }
    applied->found = true;
    remove_mention(f, entity, index);
    if (!str_eq(c->field, STR("record")))
        add_mention(f, mention, type);
}

/* --- All of them ------------------------------------------------------------------------------ */

static void correct(struct fact_editor *f, const struct correction_target *t)
{
    typedef void corrector(struct fact_editor *, const struct correction *, struct applied *,
                           struct place);
    static corrector *const CORRECTORS[CORRECTION_KIND_COUNT] = {
        [CORRECTION_INDICATOR] = correct_indicator,
        [CORRECTION_PROPOSAL] = correct_proposal,
        [CORRECTION_SUGGESTION] = correct_suggestion,
        [CORRECTION_NAME] = correct_name,
    };
    struct place place;
    struct applied applied = {.correction = t->correction, .kind = t->kind, .record = NONE};
    if (find_place(f, t->at, &place)) {
        applied.article = place.article;
        CORRECTORS[t->kind](f, t->correction, &applied, place);
    }
    correction_own_reading(f->applied.at, f->applied.n, &applied);
    vector_push(f->arena, &f->applied, applied);
}

/* Copies that can be changed; names may become more, at most one a correction. */
static void copy_facts(struct fact_editor *f, size_t n_targets)
{
    struct document *d = f->document;
    f->indicators = arena_array(f->arena, struct indicator, d->n_indicators + 1);
    f->gone_indicators = arena_array(f->arena, bool, d->n_indicators + 1);
    f->proposals = arena_array(f->arena, struct proposal, d->n_proposals + 1);
    f->gone_proposals = arena_array(f->arena, bool, d->n_proposals + 1);
    f->entities = arena_array(f->arena, struct entity, d->n_entities + n_targets + 1);
    f->n_entities = d->n_entities;
    if (d->n_indicators > 0)
        memcpy(f->indicators, d->indicators, sizeof *f->indicators * d->n_indicators);
    if (d->n_proposals > 0)
        memcpy(f->proposals, d->proposals, sizeof *f->proposals * d->n_proposals);
    if (d->n_entities > 0)
        memcpy(f->entities, d->entities, sizeof *f->entities * d->n_entities);
}

/* Takes out what is no record; *now is where each one's new index is written, NONE of those. */
static uint32_t close_up(void *items, size_t size, uint32_t n, const bool *gone, uint32_t *now)
{
    uint32_t left = 0;
    char *at = items;
    for (uint32_t i = 0; i < n; i++) {
        now[i] = gone[i] ? NONE : left;
        if (gone[i])
            continue;
        memmove(at + size * left, at + size * i, size);
        left++;
    }
    return left;
}

static void renumber_cells(struct fact_editor *f, const uint32_t *now, uint32_t n)
{
    struct document *d = f->document;
    struct table *tables = arena_array(f->arena, struct table, d->n_tables + 1);
    for (uint32_t t = 0; t < d->n_tables; t++) {
        tables[t] = d->tables[t];
        size_t n_cells = (size_t)tables[t].rows * tables[t].columns;
        struct table_cell *cells = arena_array(f->arena, struct table_cell, n_cells + 1);
        for (size_t i = 0; i < n_cells; i++) {
            cells[i] = tables[t].cells[i];
            if (cells[i].indicator < n)
                cells[i].indicator = now[cells[i].indicator];
        }
        tables[t].cells = cells;
    }
    d->tables = tables;
}

static void take_facts(struct fact_editor *f)
{
    struct document *d = f->document;
    uint32_t *indicators = arena_array(f->arena, uint32_t, d->n_indicators + 1);
    uint32_t *proposals = arena_array(f->arena, uint32_t, d->n_proposals + 1);
    uint32_t n = close_up(f->indicators, sizeof *f->indicators, d->n_indicators, f->gone_indicators,
                          indicators);
    if (n < d->n_indicators)
        renumber_cells(f, indicators, d->n_indicators);
    for (size_t i = 0; i < f->applied.n; i++) {
        struct applied *applied = &f->applied.at[i];
        if (applied->kind == CORRECTION_INDICATOR && applied->record < d->n_indicators)
            applied->record = indicators[applied->record];
    }
    d->indicators = f->indicators;
    d->n_indicators = n;
    n = close_up(f->proposals, sizeof *f->proposals, d->n_proposals, f->gone_proposals, proposals);
    for (size_t i = 0; i < f->applied.n; i++) {
        struct applied *applied = &f->applied.at[i];
        bool of_proposal =
            applied->kind == CORRECTION_PROPOSAL || applied->kind == CORRECTION_SUGGESTION;
        if (of_proposal && applied->record < d->n_proposals)
            applied->record = proposals[applied->record];
    }
    d->proposals = f->proposals;
    d->n_proposals = n;
    d->entities = f->entities;
    d->n_entities = f->n_entities;
}

void parse_correct_facts(struct document *d, const struct parse_options *o)
{
    static const unsigned KINDS = 1u << CORRECTION_INDICATOR | 1u << CORRECTION_PROPOSAL |
                                  1u << CORRECTION_SUGGESTION | 1u << CORRECTION_NAME;
    struct fact_editor f = {.document = d, .arena = d->arena, .options = o};
    struct correction_targets targets = {0};
    if (o->corrections == NULL)
        return;
    flat_read(d->arena, d, &f.flat);
    correction_targets_find(d->arena, o->corrections, d, &f.flat, KINDS, &targets);
    if (targets.list.n == 0)
        return;
    copy_facts(&f, targets.list.n);
    for (size_t i = 0; i < targets.list.n; i++)
        correct(&f, &targets.list.at[i]);
    take_facts(&f);
    correction_note(d, f.applied.at, f.applied.n);
}
