/* Bodies by how their names end: how far such a name reaches, and what is none. */
#include "baolan/utf8.h"
#include "parse/entity.h"

/* A brand before a line of business: 远帆科技. */
static void scan_business(struct entity_reader *r, uint32_t unit, size_t start, size_t end)
{
    struct str text = r->units.at[unit].text;
    struct reach reach = entity_reach(r, text, start, 6);
    bool plain = reach.common == 0 && reach.unknown >= 2 && reach.unknown <= 4;
    for (size_t i = reach.start; i < start;)
        plain &= point_is_han(utf8_next(text, &i));
    if (plain && !entity_is_within_word(r, text, start, end))
        entity_add(r, unit, reach.start, end, ENTITY_ORGANISATION, WEIGHT_WEAK, "business");
}

/* Moves reach past common words that stand before a region: 代表|江苏省人民政府. */
static void skip_to_region(const struct entity_reader *r, struct str text, struct reach *reach,
                           size_t end)
{
    for (size_t at = reach->start; at < end;) {
        size_t next = at, word = 0;
        if (entity_region_end(r, text, at) > at) {
            reach->start = at;
            return;
        }
        for (size_t n = 12; n >= 6 && word == 0; n -= 3)
            if (at + n <= end && entity_word(r, str_sub(text, at, at + n)) != WORD_UNKNOWN)
                word = n;
        utf8_next(text, &next);
        if (word == 0)
            return;
        at += word;
    }
}

/* 市委|市政府: a committee named by itself before what it governs. */
static void skip_committee(const struct entity_reader *r, struct str text, struct reach *reach,
                           size_t end)
{
    size_t after;
    const struct lexicon_entry *entry = lexicon_match(r->bodies, text, reach->start, &after);
    if (entry == NULL || !lexicon_flag(entry, "whole") || after > end)
        return;
    if (str_eq(str_sub(text, after, after + 3), str_sub(text, reach->start, reach->start + 3))) {
        reach->start = after;
        reach->characters = (unsigned)utf8_count(str_sub(text, after, end));
    }
}

/* 贺明远代表|市政协: a person who speaks for a body is no part of its name. */
static void skip_represented(const struct entity_reader *r, struct str text, struct reach *reach,
                             size_t start, size_t end)
{
    static const struct str speaks = STR_INIT("代表");
    size_t at = str_find(str_sub(text, reach->start, start), speaks, 0);
    if (at == STR_NONE || at == 0)
        return;
    size_t after = reach->start + at + speaks.n;
    const struct lexicon_entry *body = lexicon_match(r->bodies, text, after, NULL);
    if (!entity_begins_with_place(r, str_sub(text, after, end)) &&
        (body == NULL || body->word.n < 6))
        return;
    reach->start = after;
    reach->characters = (unsigned)utf8_count(str_sub(text, after, start));
}

/* Reaches over 和 and 与 in the names of offices and faculties, where what stands left of it begins
 * as their names do: 市文化和旅游局, 某大学建筑与土木工程学院. */
static void join_left(const struct entity_reader *r, struct str text, struct reach *reach,
                      const struct lexicon_entry *entry, size_t end)
{
    static const struct str offices[] = {STR_INIT("局"),   STR_INIT("厅"),     STR_INIT("委员会"),
                                         STR_INIT("学院"), STR_INIT("研究所"), STR_INIT("研究院")};
    struct str right = str_sub(text, reach->start, end);
    bool office = false;
    for (size_t i = 0; i < sizeof offices / sizeof *offices; i++)
        office |= str_ends(entry->word, offices[i]);
    size_t and = reach->start;
    uint32_t c = utf8_previous(text, &and);
    if (!office || (c != 0x548C && c != 0x4E0E) || entity_begins_with_place(r, right)) /* 和 与 */
        return;
    struct reach left = entity_reach(r, text, and, 16);
    struct str name = str_sub(text, left.start, and);
    const struct lexicon_entry *whole = lexicon_match_before(r->bodies, name, name.n, NULL);
    bool body = whole != NULL && !lexicon_flag(whole, "business") && !lexicon_flag(whole, "prefix");
    bool school = str_has(name, STR("大学")) || str_has(name, STR("科学院"));
    if (left.characters < 3 || body || (!entity_begins_with_place(r, name) && !school))
        return;
    reach->start = left.start;
    reach->characters += left.characters + 1;
    reach->unknown += left.unknown + 1;
}

/* True where the name begins with quoted words of manner: “枫桥式”派出所 is none. */
static bool is_manner(struct str name)
{
    size_t close = str_find(name, STR("”"), 0);
    struct str inner = str_sub(name, 0, close == STR_NONE ? 0 : close);
    return str_starts(name, STR("“")) && (str_ends(inner, STR("式")) || str_ends(inner, STR("型")));
}

/* The end of an administrative unit's name of two or three characters that begins at byte `start`
 * and stops before `end`; or `start`. */
static size_t seat_end(const struct entity_reader *r, struct str text, size_t start, size_t end)
{
    static const struct str levels[] = {STR_INIT("县"),   STR_INIT("镇"), STR_INIT("乡"),
                                        STR_INIT("街道"), STR_INIT("市"), STR_INIT("区")};
    for (size_t n = 6; n <= 9; n += 3)
        for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
            size_t after = start + n + levels[i].n;
            if (after > end || !str_eq(str_sub(text, start + n, after), levels[i]) ||
                !point_is_han(utf8_at(text, start)) ||
                entity_is_within_word(r, text, start + n, after))
                continue;
            return after;
        }
    return start;
}

/* The town that a body is named after stands there, be it made of a common word: 石桥镇卫生院. */
static void add_seat(struct entity_reader *r, uint32_t unit, size_t start, size_t end)
{
    struct str text = r->units.at[unit].text;
    size_t after = seat_end(r, text, start, end);
    const struct lexicon_entry *first = lexicon_match(r->stop, text, start, NULL);
    if (after == start || entity_region_end(r, text, start) > start ||
        (first != NULL && !lexicon_flag(first, "keep")) ||
        lexicon_match_before(r->bodies, text, after, NULL) != NULL)
        return;
    map_put(&r->places_seen, str_sub(text, start, after), NULL)->value.number++;
    entity_add(r, unit, start, after, ENTITY_PLACE, WEIGHT_STRONG, "admin");
}

/* Reaches over one word that elsewhere governs names to the town or county before it:
 * 溪南县影像诊断中心. */
static void rescue_place(const struct entity_reader *r, struct str text, struct reach *reach,
                         size_t end)
{
    enum { RESCUED = 18 };
    size_t from = reach->start > RESCUED ? reach->start - RESCUED : 0, word;
    if (entity_word_before(r, text, reach->start, &word) != WORD_STOP || word < from ||
        lexicon_find(r->stop, str_sub(text, word, reach->start)) != NULL)
        return;
    struct reach left = entity_reach(r, text, word, 8);
    size_t seat = seat_end(r, text, left.start, word + 1);
    if (seat == left.start || left.unknown == 0)
        return;
    reach->start = left.start;
    reach->characters = (unsigned)utf8_count(str_sub(text, left.start, end));
    reach->unknown += left.unknown;
}

/* Leaves out the verb that hands something to a body that begins with its level: 商|市民政局. */
static void drop_verb(struct str text, struct reach *reach, size_t end)
{
    static const struct str verbs = STR_INIT("商交报函送转请致呈访");
    static const struct str levels = STR_INIT("市省县区州");
    for (size_t at = reach->start; at + 6 <= end && at < reach->start + 9; at += 3) {
        size_t verb = str_find(verbs, str_sub(text, at, at + 3), 0);
        size_t level = str_find(levels, str_sub(text, at + 3, at + 6), 0);
        if (verb == STR_NONE || verb % 3 != 0 || level == STR_NONE || level % 3 != 0)
            continue;
        reach->start = at + 3;
        reach->characters = (unsigned)utf8_count(str_sub(text, at + 3, end));
        return;
    }
}

/* True where it is the office of a person in another body: 县商务局|党组|书记. */
static bool is_office(const struct entity_reader *r, struct str text,
                      const struct lexicon_entry *entry, size_t start, size_t end)
{
    if (!lexicon_flag(entry, "class") || lexicon_match_before(r->bodies, text, start, NULL) == NULL)
        return false;
    const struct lexicon_entry *title = lexicon_match(r->people, text, end, NULL);
    return title != NULL && lexicon_flag(title, "title");
}

/* True where an office of a person stands in [start, end): 俄罗斯副总理切尔内申|科. */
static bool holds_title(const struct entity_reader *r, struct str text, size_t start, size_t end)
{
    for (size_t i = start; i < end; utf8_next(text, &i)) {
        size_t after;
        const struct lexicon_entry *entry = lexicon_match(r->people, text, i, &after);
        if (entry != NULL && entry->word.n > 6 && lexicon_flag(entry, "title") && after < end)
            return true;
    }
    return false;
}

/* 市政协|提案委员会: reaches over one word that elsewhere governs names to the body whose organ it
 * is. */
static void reach_owner(const struct entity_reader *r, struct str text, struct reach *reach,
                        const struct lexicon_entry *entry, size_t end)
{
    static const struct str organs[] = {STR_INIT("委员会"), STR_INIT("办公室"), STR_INIT("办")};
    size_t word, body;
    bool organ = false;
    for (size_t i = 0; i < sizeof organs / sizeof *organs; i++)
        organ |= str_eq(entry->word, organs[i]);
    if (!organ || reach->characters > 0 || entity_word_before(r, text, end, &word) != WORD_STOP ||
        lexicon_find(r->stop, str_sub(text, word, end)) != NULL)
        return;
    const struct lexicon_entry *owner = lexicon_match_before(r->bodies, text, word, &body);
    if (owner == NULL || !lexicon_flag(owner, "strong"))
        return;
    struct reach left = entity_reach(r, text, body, 10);
    reach->start = left.start;
    reach->characters = (unsigned)utf8_count(str_sub(text, left.start, end));
    reach->unknown = left.unknown + 1;
}

/* The start of an item of a list that ends as the one before it does:
 * 金城镇卫生院、下马峪乡|卫生院; or `start`. */
static size_t item_start(const struct entity_reader *r, struct str text, size_t start,
                         const struct lexicon_entry *entry)
{
    enum { MISSED_MOST = 9 };
    struct str before = str_sub(text, start > MISSED_MOST + 3 ? start - MISSED_MOST - 3 : 0, start);
    size_t comma = str_find_last(before, STR("、"));
    if (comma == STR_NONE || entry->word.n < 6 ||
        !str_ends(str_sub(text, 0, start - before.n + comma), entry->word))
        return start;
    size_t from = start - before.n + comma + STR("、").n;
    if (lexicon_match(r->stop, text, from, NULL) != NULL)
        return start;
    for (size_t i = from; i < start;)
        if (!point_is_han(utf8_next(text, &i)))
            return start;
    return from;
}

/* True where the name tells a school or hospital by its number: 第二中学. */
static bool is_numbered(struct str name, const struct lexicon_entry *entry)
{
    static const struct str kinds[] = {STR_INIT("中学"), STR_INIT("小学"), STR_INIT("医院"),
                                       STR_INIT("幼儿园"), STR_INIT("人民医院")};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (str_eq(entry->word, kinds[i]))
            return str_starts(name, STR("第")) && name.n == entry->word.n + 6;
    return false;
}

/* True where the body is counted: 妇幼保健院1个. */
static bool is_counted_after(struct str text, size_t end)
{
    static const struct str classifiers = STR_INIT("个所家座处");
    size_t at = end, next;
    while (at < text.n && point_is_digit((unsigned char)text.p[at]))
        at++;
    next = at;
    utf8_next(text, &next);
    size_t found = str_find(classifiers, str_sub(text, at, next), 0);
    return at > end && found != STR_NONE && found % 3 == 0;
}

/* True where it is a person who has finished a school, not its name: 何明月|大学毕业. */
static bool is_graduate(struct entity_reader *r, uint32_t unit, size_t start, size_t name,
                        size_t end)
{
    static const struct str degrees[] = {STR_INIT("毕业"), STR_INIT("学历"), STR_INIT("文化")};
    struct str text = r->units.at[unit].text, rest = str_sub(text, end, text.n);
    bool told = false;
    for (size_t i = 0; i < sizeof degrees / sizeof *degrees; i++)
        told |= str_starts(rest, degrees[i]);
    for (size_t n = 9; told && n >= 6; n -= 3) {
        if (name < start + n || !entity_is_person(r, str_sub(text, name - n, name)))
            continue;
        size_t title;
        const struct lexicon_entry *entry = lexicon_match_before(r->people, text, name - n, &title);
        if (name == start + n || (entry != NULL && lexicon_flag(entry, "title"))) {
            entity_add(r, unit, name - n, name, ENTITY_PERSON, WEIGHT_STRONG, "title");
            return true;
        }
    }
    return false;
}

/* How sure a body's name is by its ending and what stands before that. */
static enum weight body_weight(const struct lexicon_entry *entry, const struct reach *reach,
                               bool placed)
{
    bool class = lexicon_flag(entry, "class"), single = entry->word.n == 3;
    if (class && !placed && (reach->characters < 2 || reach->unknown == 0))
        return WEIGHT_NONE; /* 党支部, 关键支部 */
    if (lexicon_flag(entry, "strong"))
        return reach->unknown > 0 || placed || reach->common > 1 ? WEIGHT_STRONG : WEIGHT_WEAK;
    if (single)
        return placed && reach->characters >= 3 ? WEIGHT_STRONG
               : reach->unknown >= 3            ? WEIGHT_WEAK
                                                : WEIGHT_NONE;
    if (placed || reach->unknown > 1)
        return WEIGHT_STRONG;
    if (reach->characters < 4 && reach->unknown == 0)
        return WEIGHT_NONE;
    return reach->common > 1 && lexicon_flag(entry, "plain") ? WEIGHT_STRONG : WEIGHT_WEAK;
}

void entity_scan_body(struct entity_reader *r, uint32_t unit, const struct lexicon_entry *entry,
                      size_t start, size_t end)
{
    struct str text = r->units.at[unit].text;
    if (entity_goes_on(r, text, start, end))
        return;
    if (lexicon_flag(entry, "business")) {
        scan_business(r, unit, start, end);
        return;
    }
    if (lexicon_flag(entry, "whole") && !entity_is_within_word(r, text, start, end))
        entity_add(r, unit, start, end, ENTITY_ORGANISATION, WEIGHT_STRONG, "body");
    if (!lexicon_flag(entry, "strong") && !lexicon_flag(entry, "weak"))
        return;
    bool single = entry->word.n == 3;
    size_t cover;
    const struct lexicon_entry *word = lexicon_match_before(r->stop, text, end, &cover);
    if ((entry->word.n <= 6 && entity_is_within_word(r, text, start, end)) ||
        (word != NULL && cover < start))
        return;
    struct reach reach = entity_reach(r, text, start, 28);
    if (reach.start > r->chain.start && reach.start < r->chain.end) {
        reach.start = r->chain.start; /* 厦门市同|安区卫生院 */
        reach.characters = (unsigned)utf8_count(str_sub(text, reach.start, start));
        reach.unknown++;
    }
    size_t item = item_start(r, text, reach.start, entry);
    if (item < reach.start) {
        reach.start = item;
        reach.characters = (unsigned)utf8_count(str_sub(text, item, start));
    }
    reach_owner(r, text, &reach, entry, start);
    skip_to_region(r, text, &reach, start);
    skip_committee(r, text, &reach, start);
    join_left(r, text, &reach, entry, start);
    skip_represented(r, text, &reach, start, end);
    drop_verb(text, &reach, start);
    if (is_graduate(r, unit, reach.start, start, end) || is_office(r, text, entry, start, end) ||
        (single && holds_title(r, text, reach.start, end)))
        return;
    if (!single)
        rescue_place(r, text, &reach, start);
    struct str name = str_sub(text, reach.start, end);
    static const struct str sites[] = {STR_INIT("新院区"), STR_INIT("老院区")};
    bool ward = str_eq(entry->word, STR("科")) && str_has(name, STR("医院"));
    if (str_ends(name, sites[0]) || str_ends(name, sites[1]) || ward)
        return;
    if (is_manner(name) || is_counted_after(text, end) ||
        entity_is_class(text, reach.start, name) ||
        (!lexicon_flag(entry, "whole") && entity_is_kind(r, name, &reach)) ||
        (lexicon_flag(entry, "whole") && reach.characters == 1))
        return;
    bool placed = entity_begins_with_place(r, str_sub(text, reach.start, start)) ||
                  (reach.characters > 0 && entity_begins_with_place(r, entry->word));
    if (reach.characters == 0 || (lexicon_flag(entry, "whole") && reach.unknown == 0 && !placed))
        return;
    enum weight weight = body_weight(entry, &reach, placed || is_numbered(name, entry));
    const struct lexicon_entry *title = lexicon_match(r->people, text, end, NULL);
    if (weight == WEIGHT_WEAK && lexicon_flag(entry, "strong") && title != NULL &&
        lexicon_flag(title, "title") && str_starts(title->word, STR("副")))
        weight = WEIGHT_STRONG; /* 教师进修学院|副院长 */
    bool group = reach.characters >= 2 && reach.characters <= 3 && str_eq(entry->word, STR("集团"));
    if (group && entity_bounds_left(r, text, reach.start))
        weight = WEIGHT_STRONG;
    bool costs = entity_is_costed(text, reach.start);
    bool invested = str_starts(str_sub(text, end, text.n), STR("总投资")) || costs;
    add_seat(r, unit, reach.start, start);
    if (costs && reach.characters >= 3)
        weight = WEIGHT_STRONG;
    invested |= str_eq(entry->word, STR("中心")) || str_ends(entry->word, STR("研究中心"))
                    ? entity_is_being_made(text, reach.start)
                    : false;
    entity_add(r, unit, reach.start, end, invested ? ENTITY_PROJECT : ENTITY_ORGANISATION, weight,
               "body");
    if (lexicon_flag(entry, "brand") || group)
        entity_scan_beside(r, unit, reach.start, ENTITY_ORGANISATION);
}
