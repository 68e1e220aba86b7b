/* Places by how their names end: administrative units, sites, waters, and what stands beside ranks
 * and firsts. */
#include "baolan/utf8.h"
#include "parse/entity.h"

static bool has_level(struct str name)
{
    return entity_after_level(name, 0, name.n) > 0;
}

/* True where the character before byte end is a numeral: 三区 are three. */
static bool is_counted(struct str text, size_t end)
{
    static const struct str numerals = STR_INIT("一二三四五六七八九十两几多各");
    size_t found = end < 3 ? STR_NONE : str_find(numerals, str_sub(text, end - 3, end), 0);
    return found != STR_NONE && found % 3 == 0;
}

/* The start of the two characters before byte end, where the nearer one, or the farther, is a stop
 * word that names of places begin with too; else end. */
static size_t soft_start(const struct entity_reader *r, struct str text, size_t end)
{
    size_t one = end, two;
    if (!point_is_han(utf8_previous(text, &one)))
        return end;
    two = one;
    if (!point_is_han(utf8_previous(text, &two)))
        return end;
    const struct lexicon_entry *first = lexicon_find(r->stop, str_sub(text, two, one));
    const struct lexicon_entry *second = lexicon_find(r->stop, str_sub(text, one, end));
    if (lexicon_find(r->stop, str_sub(text, two, end)) != NULL)
        return end;
    if (second != NULL && lexicon_flag(second, "soft") && first == NULL &&
        entity_bounds_left(r, text, two))
        return two; /* 固原市, 泰和县 */
    return first != NULL && lexicon_flag(first, "soft") && second == NULL ? two : end;
}

/* True where another name of the same kind stands beside [from, end) in a list: X街道、Y街道. */
static bool is_listed(struct str text, size_t from, size_t start, size_t end)
{
    static const struct str comma = STR_INIT("、");
    struct str kind = str_sub(text, start, end);
    struct str left = str_sub(text, 0, from), right = str_sub(text, end, text.n);
    if (str_ends(left, comma) && str_ends(str_sub(left, 0, left.n - comma.n), kind))
        return true;
    if (!str_starts(right, comma))
        return false;
    size_t next = str_find(str_sub(right, comma.n, comma.n + 15 + kind.n), kind, 0);
    return next != STR_NONE && next >= 6;
}

/* True where a word that a place follows stands before byte start: 在, 位于, 走进, 家住. */
static bool is_located(const struct entity_reader *r, struct str text, size_t start)
{
    size_t at;
    const struct lexicon_entry *entry = lexicon_match_before(r->stop, text, start, &at);
    return entry != NULL && lexicon_flag(entry, "at");
}

/* True where nothing or a mark stands before byte `start`, or a word that a place follows. */
static bool stands_alone(const struct entity_reader *r, struct str text, size_t start)
{
    size_t before = start;
    return start == 0 || !point_is_han(utf8_previous(text, &before)) || is_located(r, text, start);
}

/* True where a rare character alone stands before 县: 泸县. */
static bool is_old_county(const struct entity_reader *r, struct str text, const struct reach *reach,
                          size_t start, size_t end)
{
    return str_eq(str_sub(text, start, end), STR("县")) && reach->unknown == 1 &&
           lexicon_find(r->stop, str_sub(text, reach->start, start)) == NULL &&
           entity_bounds_left(r, text, reach->start);
}

/* The byte after what stands before an administrative unit's name at byte `from`: another unit, or
 * a body that names where it is behind itself (政协|海州市). */
static size_t after_governing(const struct entity_reader *r, struct str text, size_t from,
                              size_t to)
{
    size_t after = from, body;
    for (size_t at = from; at < to; utf8_next(text, &at)) {
        const struct lexicon_entry *entry = lexicon_match(r->bodies, text, at, &body);
        if (entry != NULL && body < to && entry->word.n >= 6 &&
            (lexicon_flag(entry, "prefix") || lexicon_flag(entry, "strong")))
            after = body;
    }
    size_t level = entity_after_level(text, from, to);
    if (level == from + 3 && str_starts(str_sub(text, from, to), STR("镇")) &&
        entity_bounds_left(r, text, from))
        level = from; /* 走进|镇沅县 */
    return level > after ? level : after;
}

/* How sure an administrative unit's name is that ends with [start, end), and where it begins. */
static enum weight admin_weight(const struct entity_reader *r, struct str text, size_t start,
                                size_t end, struct reach *reach)
{
    struct str kind = str_sub(text, start, end);
    *reach = entity_reach(r, text, start, 4);
    if (reach->characters == 1 && is_old_county(r, text, reach, start, end))
        return WEIGHT_WEAK;
    if (reach->characters < 2) {
        reach->start = soft_start(r, text, start);
        reach->characters = reach->start < start ? 2 : 0;
        /* 当阳市: 当 alone would leave a name of one character. */
        return reach->characters == 0    ? WEIGHT_NONE
               : str_eq(kind, STR("市")) ? WEIGHT_STRONG
                                         : WEIGHT_WEAK;
    }
    size_t level = after_governing(r, text, reach->start, start);
    if (level > reach->start) {
        reach->start = level; /* 洮溪县|青萝镇 */
        reach->characters = (unsigned)utf8_count(str_sub(text, level, start));
        return reach->characters < 2 ? WEIGHT_NONE : WEIGHT_STRONG;
    }
    if (reach->unknown > 0 || is_listed(text, reach->start, start, end))
        return WEIGHT_STRONG;
    /* 青石镇 is made of a common word: a name where it comes again, standing by itself. */
    bool seat = reach->characters == 2 && entity_bounds_left(r, text, reach->start) &&
                (str_eq(kind, STR("市")) || str_eq(kind, STR("县")));
    return seat || stands_alone(r, text, reach->start) ? WEIGHT_WEAK : WEIGHT_NONE;
}

/* 杨集镇, 张村镇: a town whose name ends within 集镇, 村镇, where it comes again. */
static void scan_market_town(struct entity_reader *r, uint32_t unit, size_t start, size_t end)
{
    static const struct str kinds[] = {STR_INIT("集镇"), STR_INIT("村镇"), STR_INIT("市镇"),
                                       STR_INIT("城镇"), STR_INIT("集乡")};
    struct str text = r->units.at[unit].text;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (end < 6 || !str_eq(str_sub(text, end - 6, end), kinds[i]))
            continue;
        struct reach reach = entity_reach(r, text, start - 3, 2);
        if (reach.characters != 1 || reach.unknown != 1 ||
            lexicon_find(r->stop, str_sub(text, reach.start, start - 3)) != NULL)
            return;
        map_put(&r->places_seen, str_sub(text, reach.start, end), NULL)->value.number++;
        entity_add(r, unit, reach.start, end, ENTITY_PLACE, WEIGHT_WEAK, "admin");
    }
}

/* Administrative units: of the lengths that their names may have, all are counted, and the
 * resolution takes what the document repeats. */
static void scan_admin(struct entity_reader *r, uint32_t unit, size_t start, size_t end)
{
    struct str text = r->units.at[unit].text;
    struct reach reach;
    if (is_counted(text, start))
        return;
    if (entity_is_within_word(r, text, start, end)) {
        scan_market_town(r, unit, start, end);
        return;
    }
    enum weight weight = admin_weight(r, text, start, end, &reach);
    if (weight == WEIGHT_NONE || utf8_at(text, reach.start) == 0xFF09 ||
        entity_is_class(text, reach.start, str_sub(text, reach.start, end)))
        return;
    size_t region = entity_region_before(r, text, reach.start);
    if (region < reach.start) /* 江西省玉屏县 */
        entity_add(r, unit, region, end, ENTITY_PLACE, weight, "admin");
    size_t shortest = reach.start + 3 == start ? 3 : 6;
    for (size_t at = reach.start; at + shortest <= start; utf8_next(text, &at))
        map_put(&r->places_seen, str_sub(text, at, end), NULL)->value.number++;
    entity_add(r, unit, reach.start, end, ENTITY_PLACE, weight, "admin");
}

/* True where what follows says on which side of a site: 石臼山|下的. */
static bool is_beside(struct str text, size_t end)
{
    static const struct str sides = STR_INIT("上下里外旁边畔脚");
    size_t after = end;
    utf8_next(text, &after);
    size_t found = str_find(sides, str_sub(text, end, after), 0);
    return after > end && found != STR_NONE && found % 3 == 0;
}

/* True where a town ends two Han characters before byte `start`. */
static bool stands_in_town(struct str text, size_t start)
{
    static const struct str towns[] = {STR_INIT("镇"), STR_INIT("乡"), STR_INIT("街道")};
    size_t two = start;
    for (unsigned n = 0; n < 2; n++)
        if (!point_is_han(utf8_previous(text, &two)))
            return false;
    for (size_t i = 0; i < sizeof towns / sizeof *towns; i++)
        if (str_ends(str_sub(text, 0, two), towns[i]) && start - two == 6)
            return true;
    return false;
}

/* Villages, roads, waters, landforms, parks. */
static void scan_site(struct entity_reader *r, uint32_t unit, const struct lexicon_entry *entry,
                      size_t start, size_t end)
{
    struct str text = r->units.at[unit].text;
    bool single = entry->word.n == 3;
    bool village = str_eq(entry->word, STR("村")) || str_eq(entry->word, STR("社区"));
    if ((entity_is_within_word(r, text, start, end) && !(single && is_beside(text, end))) ||
        is_counted(text, start))
        return;
    struct reach reach = entity_reach(r, text, start, single && !village ? 4 : 16);
    size_t level = single && !village ? entity_after_level(text, reach.start, start) : reach.start;
    if (village && reach.characters < 2 && stands_in_town(text, start)) {
        level = start - 6; /* 永丰镇|三元村, whatever 三元 means elsewhere */
        reach = (struct reach){level - 3, 1, 0, 2};
    }
    size_t own_start = village ? start : entity_site_in_town(r, unit, start);
    if (own_start < start) { /* 大有镇|下溪水库, whatever 有 means elsewhere */
        level = own_start;
        reach = (struct reach){level - 3, 1, 0, 2};
    }
    bool inside = level > reach.start; /* 鹿鸣镇|石臼山 */
    if (inside) {
        reach.start = level;
        reach.characters = (unsigned)utf8_count(str_sub(text, level, start));
    }
    struct str name = str_sub(text, reach.start, start);
    if (entity_is_class(text, reach.start, str_sub(text, reach.start, end)) ||
        entity_is_kind(r, str_sub(text, reach.start, end), &reach))
        return;
    bool placed = entity_begins_with_place(r, name) || (inside && reach.characters >= 2);
    bool town = str_eq(entry->word, STR("新城")) && reach.characters == 2;
    bool located = is_located(r, text, reach.start) && reach.characters >= 2;
    bool own = reach.common == 0 && reach.unknown >= 2 && reach.unknown <= 4;
    bool beside = single && is_beside(text, end) && reach.characters >= 2 && reach.unknown > 0;
    static const struct str classes[] = {STR_INIT("景区"), STR_INIT("基地"), STR_INIT("片区"),
                                         STR_INIT("街区"), STR_INIT("商圈"), STR_INIT("茶园"),
                                         STR_INIT("果园"), STR_INIT("古镇"), STR_INIT("古村")};
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
        if (str_eq(entry->word, classes[i]) && entity_region_end(r, name, 0) == name.n)
            return; /* 云南景区 are many */
    bool water = reach.characters == 1 && reach.unknown == 1 && lexicon_flag(entry, "water");
    for (size_t i = 0; i < name.n;)
        if (point_is_latin(utf8_next(name, &i)))
            return;
    if (single && !village && !water &&
        (reach.characters > 3 || has_level(name) || (reach.common > 0 && !located) ||
         reach.unknown == 0))
        return;
    bool built = (str_eq(entry->word, STR("机场")) || entity_is_costed(text, reach.start)) &&
                 !single && reach.characters >= 2 &&
                 (entity_is_being_made(text, reach.start) || entity_is_costed(text, reach.start));
    if (built)
        entity_add(r, unit, reach.start, end, ENTITY_PROJECT, WEIGHT_STRONG, "site");
    else if (town || located || beside ||
             ((village || single) && inside && reach.characters >= 2) ||
             (village && (own || placed)) || (!single && (placed || reach.unknown > 1)) ||
             (reach.characters >= 2 && is_listed(text, reach.start, start, end)))
        entity_add(r, unit, reach.start, end, ENTITY_PLACE, WEIGHT_STRONG, "site");
    else if (reach.unknown > 1 || water)
        entity_add(r, unit, reach.start, end, ENTITY_PLACE, WEIGHT_WEAK, "site");
}

void entity_scan_place(struct entity_reader *r, uint32_t unit, const struct lexicon_entry *entry,
                       size_t start, size_t end)
{
    struct chain chain;
    if (lexicon_flag(entry, "none"))
        return;
    if (entity_read_chain(r, r->units.at[unit].text, end, &chain) &&
        !entity_goes_on(r, r->units.at[unit].text, start, end) &&
        !entity_is_within_word(r, r->units.at[unit].text, start, end)) {
        entity_add_chain(r, unit, &chain);
        return;
    }
    if (lexicon_flag(entry, "region")) {
        entity_add(r, unit, start, end, ENTITY_PLACE, WEIGHT_STRONG, "region");
    } else if (lexicon_flag(entry, "admin")) {
        scan_admin(r, unit, start, end);
    } else {
        scan_site(r, unit, entry, start, end);
    }
}

void entity_scan_ranked(struct entity_reader *r, uint32_t unit, size_t end)
{
    static const struct str verbs[] = {STR_INIT("列"), STR_INIT("居"), STR_INIT("位居")};
    struct str text = r->units.at[unit].text;
    for (size_t n = 6; n <= 9 && n < end; n += 3)
        for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
            struct str name = str_sub(text, end - n, end);
            if (!str_ends(str_sub(text, 0, end - n), verbs[i]))
                continue;
            if (entity_word(r, name) == WORD_UNKNOWN && lexicon_find(r->stop, name) == NULL &&
                !has_level(name) && point_is_han(utf8_at(name, 0)))
                entity_add(r, unit, end - n, end, ENTITY_PLACE, WEIGHT_STRONG, "rank");
        }
}

void entity_scan_superlative(struct entity_reader *r, uint32_t unit, size_t at)
{
    struct str text = r->units.at[unit].text;
    size_t start = at, before;
    for (unsigned n = 0; n < 3; n++) {
        before = start;
        if (!point_is_han(utf8_previous(text, &before)))
            break;
        start = before;
    }
    struct str name = str_sub(text, start, at);
    before = start;
    if (name.n != 6 || point_is_han(utf8_previous(text, &before)) ||
        entity_word(r, name) != WORD_UNKNOWN || lexicon_match(r->stop, name, 0, NULL) != NULL ||
        lexicon_match_before(r->stop, name, name.n, NULL) != NULL || has_level(name))
        return;
    entity_add(r, unit, start, at, ENTITY_PLACE, WEIGHT_STRONG, "superlative");
}
