/* Names: where they may stand, the kinds that are looked for, and the stage that puts them
 * together. What counts as a name is told by form alone (shared/gold/GUIDE.md, Reference). */
#include "baolan/fold.h"
#include "baolan/utf8.h"
#include "parse/entity.h"

static uint32_t add_unit(struct entity_reader *r, struct str text, struct place place,
                         enum unit_kind kind)
{
    struct str simplified = fold_han_str(r->arena, text, r->document->traditional);
    struct unit unit = {simplified, text, place, kind};
    vector_push(r->arena, &r->units, unit);
    return (uint32_t)r->units.n - 1;
}

/* Where the lines of a headline end: a name does not run over the end of one, be they set as one
 * line. Not so where a word does. */
static void find_breaks(struct entity_reader *r, const struct prose *prose)
{
    struct str text = r->units.at[r->units.n - 1].text, source = r->document->decoded.text;
    r->breaks.n = 0;
    for (uint32_t i = 1; i < prose->n_pieces; i++) {
        const struct piece *last = &prose->pieces[i - 1], *piece = &prose->pieces[i];
        size_t from = last->text + last->text_length, at = piece->at, next = piece->at;
        size_t before = piece->at;
        if (piece->text < from || !str_has(str_sub(source, from, piece->text), STR("\n")))
            continue;
        utf8_previous(text, &before);
        utf8_next(text, &next);
        if (entity_word(r, str_sub(text, before, next)) == WORD_UNKNOWN)
            vector_push(r->arena, &r->breaks, at);
    }
}

static void scan_headline(struct entity_reader *r, const struct prose *prose, uint32_t article,
                          enum place_part part)
{
    struct place place = {article, NONE, 0, (uint32_t)prose->text.n, part};
    if (prose->text.n == 0)
        return;
    uint32_t unit = add_unit(r, prose->text, place, UNIT_TEXT);
    find_breaks(r, prose);
    entity_scan(r, unit);
    r->breaks.n = 0;
}

static void scan_prose(struct entity_reader *r, const struct prose *prose, uint32_t article,
                       uint32_t number, enum place_part part)
{
    struct place place = {article, number, 0, (uint32_t)prose->text.n, part};
    if (prose->text.n > 0)
        entity_scan(r, add_unit(r, prose->text, place, UNIT_TEXT));
}

/* Lines in which names are looked for that stand elsewhere. */
static void search_lines(struct entity_reader *r, const struct prose *lines, uint32_t n,
                         uint32_t article, enum place_part part, enum unit_kind kind)
{
    for (uint32_t i = 0; i < n; i++) {
        struct place place = {article, i, 0, (uint32_t)lines[i].text.n, part};
        if (lines[i].text.n > 0)
            add_unit(r, lines[i].text, place, kind);
    }
}

/* A name that the page or a proposal's form gives as such. */
static void add_given(struct entity_reader *r, struct str name, uint32_t article,
                      enum entity_type type)
{
    if (name.n == 0 || utf8_count(name) > 40)
        return;
    uint32_t unit = add_unit(r, name, place_in(article, NONE, 0, 0), UNIT_GIVEN);
    entity_add(r, unit, 0, name.n, type, WEIGHT_STRONG, "given");
}

/* True where a piece of news names the author behind its dateline: 新华社…日电（王岚）. */
static bool is_reporter(const struct article *a, struct str name)
{
    enum { LEAD_BYTES = 90 };
    struct str lead =
        a->n_paragraphs == 0 ? STR("") : str_sub(a->paragraphs[0].prose.text, 0, LEAD_BYTES);
    size_t bracket = str_find(lead, STR("（"), 0);
    if (bracket == STR_NONE || !str_starts(str_sub(lead, bracket + 3, lead.n), name))
        return false;
    struct str sent = str_sub(lead, 0, bracket);
    return str_ends(sent, STR("电")) || str_ends(sent, STR("讯")) || str_ends(sent, STR("报道"));
}

/* Speakers and authors; reporters and photographers are none of what the piece is about. */
static void scan_credits(struct entity_reader *r, uint32_t article)
{
    const struct article *a = &r->document->articles[article];
    for (uint32_t i = 0; i < a->n_credits; i++) {
        const struct credit *credit = &a->credits[i];
        bool speaker = str_eq(credit->role, STR("委员"));
        if (!speaker && (!str_eq(credit->role, STR("作者")) || is_reporter(a, credit->name) ||
                         str_starts(credit->name, STR("本报"))))
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
            scan_prose(r, &a->headings[next].prose, article, next, PLACE_HEADING);
        scan_prose(r, &a->paragraphs[i].prose, article, i, PLACE_BODY);
    }
    for (; next < a->n_headings; next++)
        scan_prose(r, &a->headings[next].prose, article, next, PLACE_HEADING);
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
        .sounds = lexicons_get(o->lexicons, LEXICON_SOUNDS),
        .documents = lexicons_get(o->lexicons, LEXICON_DOCUMENTS),
        .programmes = lexicons_get(o->lexicons, LEXICON_PROGRAMMES),
        .projects = lexicons_get(o->lexicons, LEXICON_PROJECTS),
        .stop = lexicons_get(o->lexicons, LEXICON_STOPWORDS),
        .words = lexicons_get(o->lexicons, LEXICON_WORDS),
        .ends = lexicons_name_ends(o->lexicons),
        .places_seen = map_in(d->arena),
    };
    uint32_t proposal = 0;
    entity_find_cues(&r);
    for (uint32_t i = 0; i < d->n_articles; i++) {
        const struct article *a = &d->articles[i];
        scan_headline(&r, &a->kicker, i, PLACE_KICKER);
        scan_headline(&r, &a->title, i, PLACE_BODY);
        scan_headline(&r, &a->subtitle, i, PLACE_SUBTITLE);
        search_lines(&r, a->byline_lines, a->n_byline_lines, i, PLACE_BYLINE, UNIT_BYLINE);
        scan_credits(&r, i);
        for (; proposal < d->n_proposals && d->proposals[proposal].article <= i; proposal++)
            if (d->proposals[proposal].article == i)
                scan_proposal(&r, &d->proposals[proposal]);
        scan_body(&r, i);
        search_lines(&r, a->captions, a->n_captions, i, PLACE_CAPTION, UNIT_CAPTION);
    }
    entity_resolve(&r);
}
