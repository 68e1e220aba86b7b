/* Where a name begins: from its ending leftwards, word by word, to a mark or a word that no name
 * holds. */
#include "baolan/utf8.h"
#include "parse/entity.h"

static enum word_class class_of(const struct lexicon_entry *entry)
{
    if (entry == NULL)
        return WORD_UNKNOWN;
    return entry->fields.n > 0 && entry->fields.p[0] == 's' ? WORD_STOP : WORD_COMMON;
}

enum word_class entity_word(const struct entity_reader *r, struct str word)
{
    return class_of(lexicon_find(r->words, word));
}

enum word_class entity_word_before(const struct entity_reader *r, struct str text, size_t end,
                                   size_t *start)
{
    size_t starts[4], n = 0, found, at = end;
    while (n < 4 && at >= 3 && utf8_is_han_lead(text.p[at - 3]))
        starts[n++] = at -= 3;
    while (n < 4 && at > 0) {
        if (!point_is_han(utf8_previous(text, &at)))
            break;
        starts[n++] = at;
    }
    if (n < 2)
        return WORD_UNKNOWN;
    struct str near = str_sub(text, starts[n - 1], end);
    const struct lexicon_entry *entry = lexicon_match_before(r->words, near, near.n, &found);
    if (entry == NULL || starts[n - 1] + found > starts[1])
        return WORD_UNKNOWN;
    *start = starts[n - 1] + found;
    return class_of(entry);
}

/* True where the single character at [start, end), a stop word alone, begins a longer word that
 * names hold: 和谐, 家庭. */
static bool begins_word(const struct entity_reader *r, struct str text, size_t start, size_t end)
{
    size_t longer;
    const struct lexicon_entry *entry = lexicon_match(r->stop, text, start, &longer);
    if (entry != NULL && longer > end)
        return lexicon_flag(entry, "keep");
    size_t next = end;
    if (!point_is_han(utf8_next(text, &next)))
        return false;
    return entity_word(r, str_sub(text, start, next)) == WORD_COMMON;
}

static bool mark_breaks(uint32_t c)
{
    return c == 0xFF0C || c == ',' || c == 0x3002 || c == 0xFF1B || c == 0xFF1A || c == '\n';
}

/* The opening mark of what closes at byte end of text, no more than 20 characters away. */
static size_t opening_before(struct str text, size_t end, uint32_t close)
{
    uint32_t open = close == 0x201D ? 0x201C : close == 0xFF09 ? 0xFF08 : '(';
    for (size_t n = 0; n < 20 && end > 0; n++) {
        uint32_t c = utf8_previous(text, &end);
        if (c == open)
            return end;
        if (mark_breaks(c))
            return STR_NONE;
    }
    return STR_NONE;
}

/* True where the word at [start, end) governs the name that follows: 支持|平煤. A word that only
 * may, where another follows: 形成|本地区. */
static bool governs(const struct entity_reader *r, struct str text, size_t start, size_t end)
{
    size_t before = start, next = end;
    struct str word = str_sub(text, start, end);
    const struct lexicon_entry *entry = lexicon_find(r->stop, word);
    utf8_previous(text, &before);
    utf8_next(text, &next);
    utf8_next(text, &next);
    struct str left = str_sub(text, before, end - 3); /* 物流|行业 */
    if (entry != NULL && lexicon_flag(entry, "stop"))
        return entity_word(r, left) == WORD_UNKNOWN && lexicon_find(r->stop, left) == NULL;
    return entity_word(r, word) == WORD_STOP &&
           entity_word(r, str_sub(text, end, next)) != WORD_UNKNOWN;
}

static bool is_level(struct str character)
{
    static const struct str levels = STR_INIT("县市区省镇乡州");
    size_t found = str_find(levels, character, 0);
    return character.n == 3 && found != STR_NONE && found % 3 == 0;
}

/* True where the character at [start, end) joins what stands before it to a body that begins with
 * its level: 县委和|县政府, whatever 和县 means elsewhere. Not so in 泰和县, a name of its own. */
static bool joins_level(const struct entity_reader *r, struct str text, size_t start, size_t end)
{
    static const struct str joints = STR_INIT("和与及");
    size_t before = start, next = end;
    utf8_next(text, &next);
    size_t joint = str_find(joints, str_sub(text, start, end), 0);
    if (end - start != 3 || joint == STR_NONE || joint % 3 != 0 ||
        !is_level(str_sub(text, end, next)) || !point_is_han(utf8_previous(text, &before)))
        return false;
    return is_level(str_sub(text, before, start)) || !entity_bounds_left(r, text, before);
}

/* True where the character at byte `at` ends a date: 2022年. */
static bool is_dated(struct str text, size_t at)
{
    size_t next = at, digit = at;
    uint32_t c = utf8_next(text, &next);
    return (c == 0x5E74 || c == 0x6708 || c == 0x65E5) && /* 年 月 日 */
           point_is_any_digit(utf8_previous(text, &digit));
}

enum step { STEP_END, STEP_UNKNOWN, STEP_COMMON };

/* One word or character to the left of *at. */
static enum step step_left(const struct entity_reader *r, struct str text, size_t *at)
{
    size_t before = *at, start = 0, stop_start = 0;
    uint32_t c = utf8_previous(text, &before);
    if (c == 0x201D || c == 0xFF09 || c == ')') {
        size_t open = opening_before(text, before, c);
        if (open == STR_NONE || open == 0)
            return STEP_END;
        *at = open;
        return STEP_UNKNOWN;
    }
    if (point_is_latin(c) || c == 0xB7 || c == '+' ||
        (point_is_digit(c) && point_is_latin(utf8_at(text, *at)))) {
        *at = before;
        return STEP_UNKNOWN;
    }
    size_t digit = before;
    bool date = c == 0x5E74 || c == 0x6708 || c == 0x65E5; /* 年 月 日 */
    if (!point_is_han(c) || (date && point_is_any_digit(utf8_previous(text, &digit))))
        return STEP_END;
    const struct lexicon_entry *region = lexicon_match_before(r->places, text, *at, &start);
    if (region != NULL && lexicon_flag(region, "region")) {
        *at = start;
        return STEP_UNKNOWN;
    }
    enum word_class class = entity_word_before(r, text, *at, &start);
    if (class != WORD_UNKNOWN && is_dated(text, start)) {
        *at = before; /* 2022年|青洑县 */
        return STEP_UNKNOWN;
    }
    /* 山东|汉方 is not 山|东汉|方. */
    size_t place;
    if (class != WORD_UNKNOWN && *at - start == 6) {
        region = lexicon_match_before(r->places, text, before, &place);
        if (region != NULL && lexicon_flag(region, "region") && place < start) {
            *at = before;
            return STEP_UNKNOWN;
        }
    }
    const struct lexicon_entry *entry = lexicon_match_before(r->stop, text, *at, &stop_start);
    bool longer = entry != NULL && (class == WORD_UNKNOWN || stop_start <= start);
    if (longer && !lexicon_flag(entry, "stop")) {
        *at = stop_start;
        return STEP_COMMON;
    }
    if (longer) {
        if (joins_level(r, text, stop_start, *at))
            return STEP_END;
        if (stop_start < before || !begins_word(r, text, stop_start, *at))
            return STEP_END;
        *at = stop_start;
        return STEP_UNKNOWN;
    }
    if (class == WORD_STOP)
        return STEP_END;
    if (class == WORD_COMMON && *at - start == 6 && joins_level(r, text, start, before)) {
        *at = before; /* 县委和|县政府 */
        return STEP_UNKNOWN;
    }
    if (class == WORD_COMMON && *at - start == 6 && joins_level(r, text, before, *at))
        return STEP_END; /* 会议和|县政府 */
    /* Of two words that overlap, the one that governs ends the name. */
    if (class == WORD_COMMON && *at - start == 6 && start > 0) {
        size_t third = start;
        utf8_previous(text, &third);
        if (governs(r, text, third, before)) {
            *at = before;
            return STEP_UNKNOWN;
        }
    }
    *at = class == WORD_COMMON ? start : before;
    return class == WORD_COMMON ? STEP_COMMON : STEP_UNKNOWN;
}

/* Takes 家 of `16家公司` off. */
static void drop_classifier(struct str text, struct reach *reach)
{
    static const struct str classifiers = STR_INIT("家个名位批项座条");
    size_t before = reach->start, after = reach->start;
    if (!point_is_any_digit(utf8_previous(text, &before)) || utf8_next(text, &after) == 0)
        return;
    size_t found = str_find(classifiers, str_sub(text, reach->start, after), 0);
    if (found == STR_NONE || reach->characters == 0)
        return;
    reach->start = after;
    reach->characters--;
    reach->unknown -= reach->unknown > 0;
}

struct reach entity_reach(const struct entity_reader *r, struct str text, size_t end, unsigned most)
{
    struct reach reach = {.start = end};
    size_t least = 0;
    for (size_t i = 0; i < r->breaks.n && r->breaks.at[i] <= end; i++)
        least = r->breaks.at[i];
    while (reach.start > least && reach.characters < most) {
        size_t at = reach.start;
        enum step step = step_left(r, text, &at);
        if (step == STEP_END || at < least)
            break;
        reach.unknown += step == STEP_UNKNOWN;
        reach.common += step == STEP_COMMON;
        reach.characters += (unsigned)utf8_count(str_sub(text, at, reach.start));
        reach.start = at;
    }
    drop_classifier(text, &reach);
    /* Words that names hold, but that govern one where they stand before it. */
    for (;;) {
        size_t after;
        const struct lexicon_entry *entry = lexicon_match(r->stop, text, reach.start, &after);
        if (entry == NULL || !lexicon_flag(entry, "trim") || after > end)
            return reach;
        reach.characters -= (unsigned)utf8_count(str_sub(text, reach.start, after));
        reach.common -= reach.common > 0;
        reach.start = after;
    }
}

size_t entity_before_issue(const struct entity_reader *r, struct str text, size_t start)
{
    static const struct str units[] = {STR_INIT("批"), STR_INIT("届"), STR_INIT("次")};
    struct str before = str_sub(text, 0, start);
    size_t at = start;
    if (str_ends(before, STR("首届")))
        return start - STR("首届").n;
    for (; at > 0 && start - at < 5 && point_is_digit((unsigned char)text.p[at - 1]); at--)
        ;
    if (start - at == 4 && (text.p[at] == '1' || text.p[at] == '2'))
        return at; /* 2024江湾半程马拉松 */
    at = start;
    if (str_ends(before, STR("年"))) {
        for (at -= 3; at > 0 && point_is_digit((unsigned char)text.p[at - 1]);)
            at--;
        return start - at == 7 ? at : start;
    }
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        size_t term = str_find_last(str_sub(text, start > 15 ? start - 15 : 0, start), STR("第"));
        if (!str_ends(before, units[i]) || term == STR_NONE)
            continue;
        term += start > 15 ? start - 15 : 0;
        struct reach reach = entity_reach(r, text, term, 8);
        return entity_region_end(r, text, reach.start) > reach.start || reach.characters >= 2
                   ? reach.start
                   : term;
    }
    return start;
}

bool entity_may_end(const struct entity_reader *r, struct str text, size_t at)
{
    if (at >= text.n)
        return true;
    size_t next = at;
    uint32_t c = utf8_next(text, &next);
    if (!point_is_han(c) && !point_is_latin(c))
        return true;
    const struct lexicon_entry *entry = lexicon_match(r->people, text, at, NULL);
    if (entry != NULL && (lexicon_flag(entry, "says") || lexicon_flag(entry, "title")))
        return true;
    entry = lexicon_match(r->stop, text, at, NULL);
    if (entry != NULL)
        return lexicon_flag(entry, "stop");
    utf8_next(text, &next);
    return entity_word(r, str_sub(text, at, next)) == WORD_STOP;
}

bool entity_bounds_left(const struct entity_reader *r, struct str text, size_t at)
{
    size_t before = at, start;
    if (at == 0 || !point_is_han(utf8_previous(text, &before)))
        return true;
    const struct lexicon_entry *entry = lexicon_match_before(r->stop, text, at, &start);
    return (entry != NULL && !lexicon_flag(entry, "keep")) ||
           entity_word_before(r, text, at, &start) == WORD_STOP;
}

size_t entity_region_end(const struct entity_reader *r, struct str text, size_t at)
{
    size_t end;
    const struct lexicon_entry *entry = lexicon_match(r->places, text, at, &end);
    return entry != NULL && lexicon_flag(entry, "region") ? end : at;
}
