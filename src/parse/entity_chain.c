/* Administrative units that stand one in another: 某市同安区莲花镇军营村. Each goes with the level
 * below its own, which tells where each name begins, be it made of common words. */
#include "baolan/utf8.h"
#include "parse/entity.h"

/* The levels of units, higher ones first; those that hold another's ending before it. */
static const struct {
    struct str word;
    unsigned rank;
} LEVELS[] = {
    {STR_INIT("自治州"), 2}, {STR_INIT("地区"), 2},   {STR_INIT("州"), 2},   {STR_INIT("盟"), 2},
    {STR_INIT("市"), 2},     {STR_INIT("自治县"), 3}, {STR_INIT("县"), 3},   {STR_INIT("新区"), 3},
    {STR_INIT("区"), 3},     {STR_INIT("旗"), 3},     {STR_INIT("街道"), 4}, {STR_INIT("镇"), 4},
    {STR_INIT("苏木"), 4},   {STR_INIT("乡"), 4},     {STR_INIT("社区"), 5}, {STR_INIT("嘎查"), 5},
    {STR_INIT("村"), 5},
};

enum {
    RANK_COUNTY = 3,
    RANK_TOWN = 4,
    RANK_BELOW = 6, /* below all levels */
    STEM_MOST = 4,
    PEOPLE_MOST = 6 /* of a town that is called after a people: 羊桥土家族乡 */
};

/* True of the characters that names of levels end with. */
static bool ends_level(uint32_t c)
{
    switch (c) {
    case U'州':
    case U'区':
    case U'盟':
    case U'市':
    case U'县':
    case U'旗':
    case U'道':
    case U'镇':
    case U'木':
    case U'乡':
    case U'查':
    case U'村':
        return true;
    default:
        return false;
    }
}

/* The level that ends at byte `end` of text; its rank, or 0. */
static unsigned level_before(struct str text, size_t end, size_t *start)
{
    struct str before = str_sub(text, 0, end);
    size_t last = end;
    if (!ends_level(utf8_previous(text, &last)))
        return 0;
    for (size_t i = 0; i < sizeof LEVELS / sizeof *LEVELS; i++)
        if (str_ends(before, LEVELS[i].word)) {
            *start = end - LEVELS[i].word.n;
            return LEVELS[i].rank;
        }
    return 0;
}

/* True where text[start, level) can be the name of a unit whose level stands at [level, end). */
static bool is_stem(const struct entity_reader *r, struct str text, size_t start, size_t level,
                    size_t end)
{
    struct str stem = str_sub(text, start, level), kind = str_sub(text, level, end);
    size_t characters = utf8_count(stem), last = level;
    for (size_t i = 0; i < stem.n;)
        if (!point_is_han(utf8_next(stem, &i)))
            return false;
    static const struct str particles = STR_INIT("的了和与及是在等");
    size_t second = start + 3, particle = str_find(particles, str_sub(stem, 0, 3), 0);
    if ((particle != STR_NONE && particle % 3 == 0) || !entity_is_given(r, text, second, level))
        return false; /* 军营村的|村民; not so 金城镇后阳村 */
    const struct lexicon_entry *entry = lexicon_match_before(r->places, text, end, NULL);
    size_t longer;
    if (entry != NULL && lexicon_flag(entry, "none"))
        return false;
    lexicon_match_before(r->places, text, end, &longer);
    if (entry != NULL && longer < level)
        return false; /* 示范|区 */
    entry = lexicon_find(r->stop, stem);
    bool governs = entity_word_before(r, text, level, &longer) == WORD_STOP && longer > start;
    if (entry != NULL || governs)
        return false;
    entry = lexicon_match_before(r->stop, text, level, &longer);
    if (entry != NULL && longer > start && level - longer > 3 && !lexicon_flag(entry, "keep"))
        return false; /* 面推进|区 */
    utf8_previous(text, &last);
    if (entity_is_word(r, str_sub(text, last, level + 3)) &&
        (characters != 2 || !str_eq(kind, STR("区"))))
        return false; /* 家乡, 城市, 老旧小区; not so 金山区 */
    static const struct str counts = STR_INIT("各全我本该多每");
    size_t count = str_find(counts, str_sub(stem, 0, 3), 0);
    return count == STR_NONE || count % 3 != 0;
}

/* True where a chain may begin with the name [start, level). A word that elsewhere governs names
 * needs a mark or particle before it: 到当阳市三元镇. */
static bool may_begin(const struct entity_reader *r, struct str text, size_t start, size_t level)
{
    size_t before = start;
    const struct lexicon_entry *entry = lexicon_match_before(r->stop, text, start, NULL);
    if (entity_word(r, str_sub(text, start, level)) == WORD_STOP)
        return start == 0 || !point_is_han(utf8_previous(text, &before)) ||
               (entry != NULL && lexicon_flag(entry, "stop"));
    return entity_bounds_left(r, text, start);
}

/* The start of the chain of higher units that ends at byte `end`, as far as it reaches; STR_NONE
 * where none does that begins where a name may. The units go to starts and ends, lowest first. */
static size_t chain_before(const struct entity_reader *r, struct str text, size_t end,
                           unsigned below, struct chain *chain)
{
    size_t level, next = end;
    unsigned rank = level_before(text, end, &level);
    utf8_next(text, &next);
    if (rank == RANK_TOWN && entity_word(r, str_sub(text, level, next)) != WORD_UNKNOWN)
        return STR_NONE; /* 乡|村, 镇|长 */
    if (rank == 0 || rank > below || (rank == below && rank != 2) || chain->n == CHAIN_MOST)
        return STR_NONE;
    unsigned most = str_ends(str_sub(text, 0, level), STR("族")) ? PEOPLE_MOST : STEM_MOST;
    size_t start = level;
    for (unsigned n = 1; n <= most && start > 0; n++) {
        utf8_previous(text, &start);
        if (n < 2 || !is_stem(r, text, start, level, end))
            continue;
        unsigned number = chain->n++;
        chain->units[number] = (struct stretch){start, end};
        size_t region = entity_region_before(r, text, start);
        if (region < start && rank > 1)
            return region;
        size_t higher = chain_before(r, text, start, rank, chain);
        if (higher != STR_NONE)
            return higher;
        chain->n = number + 1;
        if (may_begin(r, text, start, level))
            return start;
        chain->n = number;
    }
    return STR_NONE;
}

void entity_add_chain(struct entity_reader *r, uint32_t unit, const struct chain *chain)
{
    struct str text = r->units.at[unit].text;
    for (unsigned i = 0; i < chain->n; i++) {
        const struct stretch *s = &chain->units[i];
        map_put(&r->places_seen, str_sub(text, s->start, s->end), NULL)->value.number++;
        entity_add(r, unit, s->start, s->end, ENTITY_PLACE, WEIGHT_STRONG, "chain");
    }
    size_t level;
    /* A village goes with its town, and with all that it stands in. */
    bool village = level_before(text, chain->units[0].end, &level) > RANK_TOWN;
    for (unsigned i = 1; village && i < chain->n; i++)
        entity_add(r, unit, chain->units[i].start, chain->units[0].end, ENTITY_PLACE, WEIGHT_STRONG,
                   "site");
    r->chain = (struct stretch){chain->units[chain->n - 1].start, chain->units[0].end};
}

size_t entity_site_in_town(struct entity_reader *r, uint32_t unit, size_t end)
{
    struct str text = r->units.at[unit].text;
    struct chain chain = {0};
    size_t level, start = end;
    for (unsigned n = 0; n < STEM_MOST && start > 0; n++) {
        if (!point_is_han(utf8_previous(text, &start)))
            break;
        if (n == 0 || level_before(text, start, &level) != RANK_TOWN)
            continue;
        struct reach reach = entity_reach(r, text, end, n + 1);
        bool own = reach.start <= start && reach.unknown > 0;
        if (!own || chain_before(r, text, start, RANK_BELOW, &chain) == STR_NONE)
            continue;
        entity_add_chain(r, unit, &chain);
        return start;
    }
    return end;
}

/* True where the end of a higher unit stands where the name of one may begin that has its level at
 * byte `level`: most have none, which is soon told. */
static bool may_stand_in_another(struct str text, size_t level)
{
    size_t start = level, higher;
    for (unsigned n = 1; n <= PEOPLE_MOST && start > 0; n++) {
        utf8_previous(text, &start);
        if (n > 1 && level_before(text, start, &higher) > 0)
            return true;
    }
    return false;
}

bool entity_read_chain(const struct entity_reader *r, struct str text, size_t end,
                       struct chain *chain)
{
    *chain = (struct chain){0};
    size_t level;
    unsigned rank = level_before(text, end, &level);
    if (rank < RANK_COUNTY || !may_stand_in_another(text, level))
        return false;
    size_t start = chain_before(r, text, end, RANK_BELOW, chain);
    return start != STR_NONE && chain->n > 1;
}
