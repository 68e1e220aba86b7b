/* Names by their form: what ends as the names of bodies, places, documents, programmes and projects
 * end, and what stands beside ranks, editions and firsts. */
#include "baolan/utf8.h"
#include "parse/entity.h"

void entity_add(struct entity_reader *r, uint32_t unit, size_t start, size_t end,
                enum entity_type type, enum weight weight, const char *rule)
{
    struct candidate candidate = {unit,   (uint32_t)start,       (uint32_t)end, type,
                                  weight, (struct str){NULL, 0}, rule,          NONE};
    if (end > start && weight != WEIGHT_NONE)
        vector_push(r->arena, &r->candidates, candidate);
}

/* --- Endings --------------------------------------------------------------------------------- */

bool entity_begins_with_place(const struct entity_reader *r, struct str name)
{
    static const struct str levels[] = {STR_INIT("市"), STR_INIT("省"), STR_INIT("县"),
                                        STR_INIT("区"), STR_INIT("镇"), STR_INIT("州")};
    static const struct str areas[] = {STR_INIT("市区"), STR_INIT("市场"), STR_INIT("市民"),
                                       STR_INIT("县城"), STR_INIT("县域"), STR_INIT("区域")};
    if (entity_region_end(r, name, 0) > 0)
        return true;
    for (size_t i = 0; i < sizeof areas / sizeof *areas; i++)
        if (str_starts(name, areas[i]))
            return false; /* 市区公园 */
    const struct lexicon_entry *entry = lexicon_match(r->bodies, name, 0, NULL);
    if (entry != NULL && lexicon_flag(entry, "prefix"))
        return true;
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
        if (str_starts(name, levels[i]))
            return true;
        size_t at = str_find(name, levels[i], 0);
        if (at != STR_NONE && at >= 6 && at <= 12)
            return true;
    }
    return str_has(str_sub(name, 0, 24), STR("街道"));
}

/* True where a longer common word ends or goes on at the ending [start, end): 布局, 市民. */
static bool is_within_word(const struct entity_reader *r, struct str text, size_t start, size_t end)
{
    size_t word = end, next = end;
    if (entity_word_before(r, text, end, &word) != WORD_UNKNOWN && word < start)
        return true;
    const struct lexicon_entry *entry = lexicon_match_before(r->stop, text, end, &word);
    if (entry != NULL && word < start)
        return true;
    size_t last = end, longer = end;
    utf8_previous(text, &last);
    if (lexicon_match(r->stop, text, last, &longer) != NULL && longer > end)
        return true;
    return point_is_han(utf8_next(text, &next)) &&
           entity_word(r, str_sub(text, last, next)) != WORD_UNKNOWN;
}

bool entity_goes_on(const struct entity_reader *r, struct str text, size_t start, size_t end)
{
    size_t next = end, from = start, longer;
    if (lexicon_match(r->stop, text, start, &longer) != NULL && longer > end)
        return true;
    if (!point_is_han(utf8_next(text, &next)))
        return false;
    for (; from < end; utf8_next(text, &from))
        if (next - from <= 12 && next - from >= 9 &&
            entity_word(r, str_sub(text, from, next)) != WORD_UNKNOWN)
            return true;
    return false;
}

/* A brand before a line of business: 远帆科技. */
static void scan_business(struct entity_reader *r, uint32_t unit, size_t start, size_t end)
{
    struct str text = r->units.at[unit].text;
    struct reach reach = entity_reach(r, text, start, 6);
    bool plain = reach.common == 0 && reach.unknown >= 2 && reach.unknown <= 4;
    for (size_t i = reach.start; i < start;)
        plain &= point_is_han(utf8_next(text, &i));
    if (plain && !is_within_word(r, text, start, end))
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
    if (!entity_begins_with_place(r, str_sub(text, after, end)))
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

bool entity_is_class(struct str text, size_t start, struct str name)
{
    static const struct str classifiers = STR_INIT("个家座批所支条处项片类");
    static const struct str kinds = STR_INIT("型性");
    static const struct str many = STR_INIT("一二两三四五六七八九十百千万首多几各");
    size_t one = start, two;
    struct str third = str_sub(name, 6, 9);
    if (third.n == 3 && name.n > 9 && str_find(kinds, third, 0) % 3 == 0 &&
        str_find(kinds, third, 0) != STR_NONE)
        return true;
    if (!point_is_han(utf8_previous(text, &one)))
        return false;
    two = one;
    size_t found = str_find(classifiers, str_sub(text, one, start), 0);
    uint32_t c = utf8_previous(text, &two);
    size_t number = str_find(many, str_sub(text, two, one), 0);
    return found != STR_NONE && found % 3 == 0 &&
           (point_is_any_digit(c) || (two < one && number != STR_NONE && number % 3 == 0));
}

bool entity_is_costed(struct str text, size_t start)
{
    struct str before = str_sub(text, start > 48 ? start - 48 : 0, start);
    size_t at = str_find_last(before, STR("投资"));
    return str_ends(before, STR("元的")) && at != STR_NONE &&
           str_find(before, STR("，"), at) == STR_NONE;
}

/* The byte after the last character in text[from, to) that levels an administrative unit, or from:
 * 海州市|望潮镇. */
static size_t after_level(struct str text, size_t from, size_t to)
{
    static const struct str levels = STR_INIT("市省县区镇乡村");
    size_t after = from;
    for (size_t i = from, at = from; i < to; at = i) {
        utf8_next(text, &i);
        size_t found = str_find(levels, str_sub(text, at, i), 0);
        if (found != STR_NONE && found % 3 == 0)
            after = i;
    }
    return after;
}

bool entity_is_kind(const struct entity_reader *r, struct str name, const struct reach *reach)
{
    static const struct str others[] = {STR_INIT("文化"), STR_INIT("绿化"), STR_INIT("石化"),
                                        STR_INIT("消化"), STR_INIT("炼化"), STR_INIT("转化")};
    const struct lexicon_entry *entry = lexicon_match(r->stop, name, 0, NULL);
    if (entry != NULL && lexicon_flag(entry, "kind") && reach->unknown <= 2)
        return true;
    entry = lexicon_match(r->stop, name, 3, NULL);
    if (after_level(name, 0, 3) > 0 && entry != NULL && lexicon_flag(entry, "kind"))
        return true; /* 市|老旧小区改造项目 */
    struct str third = str_sub(name, 6, 9);
    bool manner = str_eq(third, STR("化")) || str_eq(third, STR("级"));
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        manner &= !str_eq(str_sub(name, 3, 9), others[i]);
    manner &= entity_word(r, str_sub(name, 6, 12)) == WORD_UNKNOWN; /* 渠南化工园区 */
    return manner && name.n > 9 && reach->unknown <= 2;
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
                !point_is_han(utf8_at(text, start)) || is_within_word(r, text, start + n, after))
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
    static const struct str verbs = STR_INIT("商交报函送转请致呈");
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

static void scan_body(struct entity_reader *r, uint32_t unit, const struct lexicon_entry *entry,
                      size_t start, size_t end)
{
    struct str text = r->units.at[unit].text;
    if (entity_goes_on(r, text, start, end))
        return;
    if (lexicon_flag(entry, "business")) {
        scan_business(r, unit, start, end);
        return;
    }
    if (lexicon_flag(entry, "whole") && !is_within_word(r, text, start, end))
        entity_add(r, unit, start, end, ENTITY_ORGANISATION, WEIGHT_STRONG, "body");
    if (!lexicon_flag(entry, "strong") && !lexicon_flag(entry, "weak"))
        return;
    bool single = entry->word.n == 3;
    size_t cover;
    const struct lexicon_entry *word = lexicon_match_before(r->stop, text, end, &cover);
    if ((entry->word.n <= 6 && is_within_word(r, text, start, end)) ||
        (word != NULL && cover < start))
        return;
    struct reach reach = entity_reach(r, text, start, 28);
    skip_to_region(r, text, &reach, start);
    skip_committee(r, text, &reach, start);
    join_left(r, text, &reach, entry, start);
    skip_represented(r, text, &reach, start, end);
    drop_verb(text, &reach, start);
    if (is_graduate(r, unit, reach.start, start, end))
        return;
    if (!single)
        rescue_place(r, text, &reach, start);
    struct str name = str_sub(text, reach.start, end);
    if (is_manner(name) || is_counted_after(text, end) ||
        entity_is_class(text, reach.start, name) ||
        (!lexicon_flag(entry, "whole") && entity_is_kind(r, name, &reach)) ||
        (lexicon_flag(entry, "whole") && reach.characters == 1))
        return;
    bool placed = entity_begins_with_place(r, str_sub(text, reach.start, start)) ||
                  (reach.characters > 0 && entity_begins_with_place(r, entry->word));
    if (reach.characters == 0 || (lexicon_flag(entry, "whole") && reach.unknown == 0 && !placed))
        return;
    enum weight weight = body_weight(entry, &reach, placed);
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

static bool has_level(struct str name)
{
    return after_level(name, 0, name.n) > 0;
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

size_t entity_region_before(const struct entity_reader *r, struct str text, size_t end)
{
    size_t start;
    const struct lexicon_entry *entry = lexicon_match_before(r->places, text, end, &start);
    return entry != NULL && lexicon_flag(entry, "region") ? start : end;
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
    size_t level = after_level(text, from, to);
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
    if (is_within_word(r, text, start, end)) {
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
    if ((is_within_word(r, text, start, end) && !(single && is_beside(text, end))) ||
        is_counted(text, start))
        return;
    struct reach reach = entity_reach(r, text, start, single && !village ? 4 : 16);
    size_t level = single && !village ? after_level(text, reach.start, start) : reach.start;
    if (village && reach.characters < 2 && stands_in_town(text, start)) {
        level = start - 6; /* 永丰镇|三元村, whatever 三元 means elsewhere */
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

static void scan_place(struct entity_reader *r, uint32_t unit, const struct lexicon_entry *entry,
                       size_t start, size_t end)
{
    if (lexicon_flag(entry, "none"))
        return;
    if (lexicon_flag(entry, "region")) {
        entity_add(r, unit, start, end, ENTITY_PLACE, WEIGHT_STRONG, "region");
    } else if (lexicon_flag(entry, "admin")) {
        scan_admin(r, unit, start, end);
    } else {
        scan_site(r, unit, entry, start, end);
    }
}

/* All that may end at byte `end`. */
static void scan_end(struct entity_reader *r, uint32_t unit, size_t end)
{
    struct str text = r->units.at[unit].text;
    size_t start;
    const struct lexicon_entry *entry = lexicon_match_before(r->bodies, text, end, &start);
    if (entry != NULL)
        scan_body(r, unit, entry, start, end);
    entry = lexicon_match_before(r->places, text, end, &start);
    if (entry != NULL)
        scan_place(r, unit, entry, start, end);
    entry = lexicon_match_before(r->documents, text, end, &start);
    if (entry != NULL && lexicon_flag(entry, "whole"))
        entity_add(r, unit, start, end, ENTITY_DOCUMENT, WEIGHT_STRONG, "document");
    if (entry != NULL && lexicon_flag(entry, "end"))
        entity_scan_plain(r, unit, start, end, ENTITY_DOCUMENT, "document");
    entry = lexicon_match_before(r->programmes, text, end, &start);
    if (entry != NULL && lexicon_flag(entry, "whole"))
        entity_add(r, unit, start, end, ENTITY_PROGRAMME, WEIGHT_STRONG, "programme");
    if (entry != NULL && lexicon_flag(entry, "end"))
        entity_scan_plain(r, unit, start, end, ENTITY_PROGRAMME, "programme");
    entry = lexicon_match_before(r->projects, text, end, &start);
    if (entry != NULL)
        entity_scan_project(r, unit, entry, start, end);
    entry = lexicon_match_before(r->people, text, end, &start);
    if (entry != NULL && lexicon_flag(entry, "title"))
        entity_scan_title(r, unit, start, end);
    if (entry != NULL && lexicon_flag(entry, "says"))
        entity_scan_says(r, unit, start);
}

static bool is_count(struct str s)
{
    static const struct str counts = STR_INIT("两二三四五六七八九十");
    return s.n == 3 && str_find(counts, s, 0) != STR_NONE && str_find(counts, s, 0) % 3 == 0;
}

/* `列海州第3`: what a rank is in is a place. */
static void scan_ranked(struct entity_reader *r, uint32_t unit, size_t end)
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

/* `、海州唯一的`: what is the only one, or the first, is so of a place. at is where that is said.
 */
static void scan_superlative(struct entity_reader *r, uint32_t unit, size_t at)
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

void entity_scan(struct entity_reader *r, uint32_t unit)
{
    struct str text = r->units.at[unit].text;
    uint32_t last = 0;
    size_t quoted = 0;
    for (size_t i = 0; i < text.n;) {
        size_t at = i;
        uint32_t c = utf8_next(text, &i);
        switch (c) {
        case 0x201C: /* “ */
        case 0x300A: /* 《 */
            if (at >= quoted)
                quoted = entity_scan_quote(r, unit, at, i, c);
            break;
        case 0xFF08: /* （ */
        case '(':
            if (at > 0)
                quoted = entity_scan_definition(r, unit, at, i);
            break;
        case 0x66F4: /* 更名 */
        case 0x6539: /* 改名 */
        case 0x524D: /* 前身 */
            entity_scan_renamed(r, unit, at);
            break;
        case 0x7B49: /* 等 */
            entity_scan_list(r, unit, at, i);
            break;
        case 0x4F5C: /* 作为 */
            if (str_starts(str_sub(text, i, text.n), STR("为")))
                entity_scan_persons(r, unit, at);
            break;
        case 0x5BB6: /* 家, after a numeral */
            if (at >= 3 && is_count(str_sub(text, at - 3, at)))
                entity_scan_list(r, unit, at - 3, i);
            break;
        case 0x552F: /* 唯一 */
            if (str_starts(str_sub(text, i, text.n), STR("一")))
                scan_superlative(r, unit, at);
            break;
        case 0x8001: /* 老 */
            entity_scan_old(r, unit, at, i);
            break;
        case 0xB7: /* · */
        case 0x2022:
        case 0x30FB:
            entity_scan_foreign(r, unit, at, i);
            break;
        case 0x5C4A: /* 届 */
            entity_scan_edition(r, unit, i);
            break;
        case 0x7B2C: /* 第 */
            scan_ranked(r, unit, at);
            break;
        default:
            break;
        }
        if (trie_filter_may(&r->ends, c, last))
            scan_end(r, unit, i);
        last = c;
    }
}
