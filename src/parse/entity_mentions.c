/* Everywhere the spellings of things stand. */
#include "baolan/buffer.h"
#include "baolan/trie.h"
#include "baolan/utf8.h"
#include "parse/entity_thing.h"

/* What stands around a spelling that counts in quotation marks only. */
static const struct {
    struct str open, close;
} QUOTES[] = {{STR_INIT("“"), STR_INIT("”")}, {STR_INIT("《"), STR_INIT("》")}};
/* The bytes of each of these marks. */
enum { QUOTE_BYTES = 3 };

/* True where [start, end) stands as a name: not inside a Latin word or number. */
static bool stands(struct str text, size_t start, size_t end)
{
    size_t before = start, first = start, last = end;
    uint32_t left = utf8_previous(text, &before), right = utf8_at(text, end);
    uint32_t head = utf8_next(text, &first), tail = utf8_previous(text, &last);
    if ((point_is_latin(head) && point_is_latin(left)) ||
        (point_is_digit(head) && (point_is_digit(left) || left == '.')))
        return false;
    return !((point_is_latin(tail) && point_is_latin(right)) ||
             (point_is_digit(tail) && point_is_digit(right)));
}

/* True where a place's bare name of two characters begins a longer one: 水南 in 水南渡. */
static bool is_part_of_site(const struct resolver *v, const struct alias *alias, struct str text,
                            size_t end)
{
    size_t after = end;
    if (alias->spelling.n != 6 || v->things.at[alias->thing].type != ENTITY_PLACE)
        return false;
    utf8_next(text, &after);
    const struct lexicon_entry *entry = lexicon_find(v->r->places, str_sub(text, end, after));
    return entry != NULL && lexicon_flag(entry, "site") && entity_may_end(v->r, text, after);
}

/* A spelling in traditional characters. */
static void add_printed(struct resolver *v, struct thing *thing, struct str spelling)
{
    for (size_t i = 0; i < thing->aliases.n; i++)
        if (str_eq(thing->aliases.at[i], spelling))
            return;
    vector_push(v->arena, &thing->aliases, spelling);
}

static void add_mention(struct resolver *v, const struct unit *unit, const struct alias *alias,
                        size_t start, size_t end)
{
    struct thing *thing = &v->things.at[alias->thing];
    struct mention mention = {str_sub(unit->printed, start, end), unit->place};
    if (unit->kind == UNIT_BYLINE && !thing->given)
        return;
    if (!str_eq(mention.spelling, alias->spelling))
        add_printed(v, thing, mention.spelling);
    if (unit->kind != UNIT_GIVEN) {
        mention.place.start = (uint32_t)start;
        mention.place.end = (uint32_t)end;
    }
    if (thing->mentions.n == 0) {
        thing->unit = (uint32_t)(unit - v->r->units.at);
        thing->start = (uint32_t)start;
    }
    vector_push(v->arena, &thing->mentions, mention);
}

/* Drops what a page's form gave without a place where the name is found in the article's text. */
static void drop_given(struct thing *thing)
{
    size_t kept = 0;
    for (size_t first = 0, end = 0; first < thing->mentions.n; first = end) {
        uint32_t article = thing->mentions.at[first].place.article;
        bool placed = false;
        for (end = first;
             end < thing->mentions.n && thing->mentions.at[end].place.article == article; end++)
            placed |= thing->mentions.at[end].place.end > 0;
        for (size_t i = first; i < end; i++)
            if (!placed || thing->mentions.at[i].place.end > 0)
                thing->mentions.at[kept++] = thing->mentions.at[i];
    }
    thing->mentions.n = kept;
}

/* The known administrative unit or region that begins at byte `at` of a name which ends at `end`,
 * and stops before it: its end, or `at`. */
static size_t inner_end(const struct resolver *v, const struct unit *unit, uint32_t outer,
                        size_t at, size_t end, const struct alias **alias)
{
    enum { INNER_MOST = 24, INNER_LEAST = 6 };
    size_t region = entity_region_end(v->r, unit->text, at);
    for (size_t n = INNER_MOST; n >= INNER_LEAST; n -= 3) {
        struct str inner = str_sub(unit->text, at, at + n);
        const struct map_entry *entry = at + n < end ? map_get(&v->by_spelling, inner) : NULL;
        *alias = entry == NULL ? NULL : &v->aliases.at[entry->value.number];
        bool place = *alias != NULL && !(*alias)->quoted && (*alias)->thing != outer &&
                     v->things.at[(*alias)->thing].type == ENTITY_PLACE;
        if (place &&
            (at + n == region || entity_is_admin(v->r, inner) || entity_is_district(inner) ||
             strcmp(v->things.at[(*alias)->thing].rule, "chain") == 0))
            return at + n;
    }
    return at;
}

/* The administrative units that a longer name at [start, end) begins with stand there too: 石门镇
 * in 石门镇便民服务中心; 某某县, 石门镇 in 某某县石门镇梨溪村. A body's region does not. */
static void add_inner(struct resolver *v, const struct unit *unit, uint32_t outer, size_t start,
                      size_t end)
{
    bool place = v->things.at[outer].type == ENTITY_PLACE;
    size_t body;
    const struct lexicon_entry *entry = lexicon_match(v->r->bodies, unit->text, start, &body);
    if (entry != NULL && body < end && !place)
        start = body; /* 政协|某市六届二次会议 */
    for (size_t at = start, after; at < end; at = after) {
        const struct alias *alias;
        after = inner_end(v, unit, outer, at, end, &alias);
        size_t region = entity_region_end(v->r, unit->text, at);
        if (after == at && (region == at || region >= end))
            return;
        if (after == at)
            after = region;
        else if (place || after != region)
            add_mention(v, unit, alias, at, after);
    }
}

void entity_find_mentions(struct resolver *v)
{
    struct entity_reader *r = v->r;
    struct trie trie = trie_in(v->arena, false);
    for (size_t i = 0; i < v->aliases.n; i++) {
        const struct alias *alias = &v->aliases.at[i];
        if (!alias->quoted)
            trie_add(&trie, alias->spelling, (uint32_t)i);
        for (size_t k = 0; alias->quoted && k < sizeof QUOTES / sizeof *QUOTES; k++) {
            struct buffer b = buffer_in(v->arena);
            buffer_add(&b, QUOTES[k].open);
            buffer_add(&b, alias->spelling);
            buffer_add(&b, QUOTES[k].close);
            trie_add(&trie, buffer_str(&b), (uint32_t)i);
        }
    }
    trie_finish(&trie);
    for (size_t u = 0; u < r->units.n; u++) {
        const struct unit *unit = &r->units.at[u];
        uint32_t c;
        for (size_t at = 0, next; (c = trie_seek(&trie, unit->text, &at, &next)) != 0;) {
            size_t i = at, end = at;
            uint32_t found = trie_match_forward(&trie, unit->text, next, c, &end);
            if (found != TRIE_NONE && v->aliases.at[found].quoted) {
                i += QUOTE_BYTES;
                end -= QUOTE_BYTES;
            }
            if (found == TRIE_NONE || !stands(unit->text, i, end) ||
                is_part_of_site(v, &v->aliases.at[found], unit->text, end)) {
                at = next;
                continue;
            }
            add_mention(v, unit, &v->aliases.at[found], i, end);
            if (unit->kind != UNIT_GIVEN)
                add_inner(v, unit, v->aliases.at[found].thing, i, end);
            at = end;
        }
    }
    for (size_t i = 0; i < v->things.n; i++)
        drop_given(&v->things.at[i]);
}
