/* Names: where they may stand, the kinds that are looked for, and the stage that puts them
 * together. What counts as a name is told by form alone (shared/gold/GUIDE.md, Reference). */
#include "baolan/utf8.h"
#include "parse/entity.h"

static uint32_t add_unit(struct entity_reader *r, struct str text, uint32_t article,
                         uint32_t paragraph, bool placed)
{
    struct unit unit = {text, article, paragraph, placed, false};
    vector_push(r->arena, &r->units, unit);
    return (uint32_t)r->units.n - 1;
}

static void scan_text(struct entity_reader *r, struct str text, uint32_t article,
                      uint32_t paragraph, bool placed)
{
    if (text.n == 0)
        return;
    uint32_t unit = add_unit(r, text, article, paragraph, placed);
    entity_scan(r, unit);
}

/* A name that the page or a proposal's form gives as such. */
static void add_given(struct entity_reader *r, struct str name, uint32_t article,
                      enum entity_type type)
{
    if (name.n == 0 || utf8_count(name) > 40)
        return;
    uint32_t unit = add_unit(r, name, article, NONE, false);
    r->units.at[unit].given = true;
    entity_add(r, unit, 0, name.n, type, WEIGHT_STRONG, "given");
}

/* Speakers and authors; reporters and photographers are none of what the piece is about. */
static void scan_credits(struct entity_reader *r, uint32_t article)
{
    const struct article *a = &r->document->articles[article];
    for (uint32_t i = 0; i < a->n_credits; i++) {
        const struct credit *credit = &a->credits[i];
        bool speaker = str_eq(credit->role, STR("委员"));
        if (!speaker && !str_eq(credit->role, STR("作者")))
            continue;
        bool person = speaker || entity_is_person(r, credit->name);
        add_given(r, credit->name, article, person ? ENTITY_PERSON : ENTITY_ORGANISATION);
    }
}

static void scan_proposal(struct entity_reader *r, const struct proposal *p)
{
    for (uint32_t i = 0; i < p->n_speakers; i++)
        add_given(r, p->speakers[i], p->article, ENTITY_PERSON);
    for (uint32_t i = 0; i < p->n_joint; i++)
        add_given(r, p->joint[i], p->article, ENTITY_PERSON);
    for (uint32_t i = 0; i < p->n_bodies; i++)
        add_given(r, p->bodies[i], p->article, ENTITY_ORGANISATION);
    for (uint32_t i = 0; i < p->n_handlers; i++)
        add_given(r, p->handlers[i], p->article, ENTITY_ORGANISATION);
}

/* Headings and paragraphs in reading order. */
static void scan_body(struct entity_reader *r, uint32_t article)
{
    const struct article *a = &r->document->articles[article];
    uint32_t next = 0;
    for (uint32_t i = 0; i < a->n_paragraphs; i++) {
        uint32_t heading = a->paragraphs[i].heading;
        for (; heading != NONE && next <= heading && next < a->n_headings; next++)
            scan_text(r, a->headings[next].prose.text, article, i, false);
        scan_text(r, a->paragraphs[i].prose.text, article, i, true);
    }
    for (; next < a->n_headings; next++)
        scan_text(r, a->headings[next].prose.text, article, NONE, false);
}

/* Adds a lexicon's endings to those that are looked for. */
static void mark_ends(struct entity_reader *r, const struct lexicon *lexicon)
{
    const struct trie *words = lexicon_backward(lexicon);
    for (size_t i = 0; words->singles != NULL && i < 65536 / 64; i++) {
        r->ends.singles[i] |= words->singles[i];
        r->ends.pairs[i] |= words->pairs[i];
    }
}

void parse_entities(struct document *d, const struct parse_options *o)
{
    struct entity_reader r = {
        .document = d,
        .arena = d->arena,
        .bodies = lexicons_get(o->lexicons, LEXICON_BODIES),
        .places = lexicons_get(o->lexicons, LEXICON_PLACES),
        .people = lexicons_get(o->lexicons, LEXICON_PEOPLE),
        .surnames = lexicons_get(o->lexicons, LEXICON_SURNAMES),
        .documents = lexicons_get(o->lexicons, LEXICON_DOCUMENTS),
        .programmes = lexicons_get(o->lexicons, LEXICON_PROGRAMMES),
        .projects = lexicons_get(o->lexicons, LEXICON_PROJECTS),
        .stop = lexicons_get(o->lexicons, LEXICON_STOPWORDS),
        .words = lexicons_get(o->lexicons, LEXICON_WORDS),
        .ends = {.singles = arena_array(d->arena, uint64_t, 65536 / 64),
                 .pairs = arena_array(d->arena, uint64_t, 65536 / 64)},
        .places_seen = map_in(d->arena),
    };
    mark_ends(&r, r.bodies);
    mark_ends(&r, r.places);
    mark_ends(&r, r.documents);
    mark_ends(&r, r.programmes);
    mark_ends(&r, r.projects);
    mark_ends(&r, r.people);
    uint32_t proposal = 0;
    for (uint32_t i = 0; i < d->n_articles; i++) {
        const struct article *a = &d->articles[i];
        scan_text(&r, a->kicker.text, i, NONE, false);
        scan_text(&r, a->title.text, i, NONE, true);
        scan_text(&r, a->subtitle.text, i, NONE, false);
        scan_credits(&r, i);
        for (; proposal < d->n_proposals && d->proposals[proposal].article <= i; proposal++)
            if (d->proposals[proposal].article == i)
                scan_proposal(&r, &d->proposals[proposal]);
        scan_body(&r, i);
    }
    entity_resolve(&r);
}
