/* Names by their form: what may end one here, and what tells a name from a class. */
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

bool entity_begins_with_place(const struct entity_reader *r, struct str name)
{
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
    struct str head = str_sub(name, 0, STR("云泽溪湖市").n);
    uint32_t second = 0; /* the level that stands too near the front, and counts no more behind */
    for (size_t at = 0, next = 0; at < head.n; at = next) {
        uint32_t c = utf8_next(head, &next);
        bool level =
            c == U'市' || c == U'省' || c == U'县' || c == U'区' || c == U'镇' || c == U'州';
        if (level && c != second && (at == 0 || at >= STR("云泽").n))
            return true;
        second = level && second == 0 ? c : second;
    }
    return str_has(str_sub(name, 0, 24), STR("街道"));
}

bool entity_is_within_word(const struct entity_reader *r, struct str text, size_t start, size_t end)
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

size_t entity_after_level(struct str text, size_t from, size_t to)
{
    size_t after = from;
    for (size_t i = from; i < to;) {
        uint32_t c = utf8_next(text, &i);
        if (c == U'市' || c == U'省' || c == U'县' || c == U'区' || c == U'镇' || c == U'乡' ||
            c == U'村')
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
    if (entity_after_level(name, 0, 3) > 0 && entry != NULL && lexicon_flag(entry, "kind"))
        return true; /* 市|老旧小区改造项目 */
    struct str third = str_sub(name, 6, 9);
    bool manner = str_eq(third, STR("化")) || str_eq(third, STR("级"));
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        manner &= !str_eq(str_sub(name, 3, 9), others[i]);
    manner &= entity_word(r, str_sub(name, 6, 12)) == WORD_UNKNOWN; /* 渠南化工园区 */
    return manner && name.n > 9 && reach->unknown <= 2;
}

size_t entity_region_before(const struct entity_reader *r, struct str text, size_t end)
{
    size_t start;
    const struct lexicon_entry *entry = lexicon_match_before(r->places, text, end, &start);
    return entry != NULL && lexicon_flag(entry, "region") ? start : end;
}

/* A document or programme whose name ends with entry, or is it; entry may be NULL. */
static void scan_plain(struct entity_reader *r, uint32_t unit, const struct lexicon_entry *entry,
                       size_t end, enum entity_type type, const char *rule)
{
    if (entry != NULL && lexicon_flag(entry, "whole"))
        entity_add(r, unit, end - entry->word.n, end, type, WEIGHT_STRONG, rule);
    if (entry != NULL && lexicon_flag(entry, "end"))
        entity_scan_plain(r, unit, end - entry->word.n, end, type, rule);
}

/* All that may end at byte `end`. */
static void scan_end(struct entity_reader *r, uint32_t unit, const struct name_end *name,
                     size_t end)
{
    const struct lexicon_entry *entry = name->entries[NAME_BODY];
    if (entry != NULL)
        entity_scan_body(r, unit, entry, end - entry->word.n, end);
    entry = name->entries[NAME_PLACE];
    if (entry != NULL)
        entity_scan_place(r, unit, entry, end - entry->word.n, end);
    scan_plain(r, unit, name->entries[NAME_DOCUMENT], end, ENTITY_DOCUMENT, "document");
    scan_plain(r, unit, name->entries[NAME_PROGRAMME], end, ENTITY_PROGRAMME, "programme");
    entry = name->entries[NAME_PROJECT];
    if (entry != NULL)
        entity_scan_project(r, unit, entry, end - entry->word.n, end);
    entry = name->entries[NAME_PERSON];
    if (entry != NULL && lexicon_flag(entry, "title"))
        entity_scan_title(r, unit, end - entry->word.n, end);
    if (entry != NULL && lexicon_flag(entry, "says"))
        entity_scan_says(r, unit, end - entry->word.n);
    if (entry != NULL && lexicon_flag(entry, "acts"))
        entity_scan_acts(r, unit, end - entry->word.n);
}

static bool is_count(struct str s)
{
    static const struct str counts = STR_INIT("两二三四五六七八九十");
    return s.n == 3 && str_find(counts, s, 0) != STR_NONE && str_find(counts, s, 0) % 3 == 0;
}

/* The Han characters that entity_scan looks behind or around, beside those that end a name. */
static const uint32_t cues[] = {U'更', U'改', U'前', U'原', U'等', U'作', U'家',
                                U'后', U'岁', U'唯', U'老', U'届', U'第'};

void entity_find_cues(struct entity_reader *r)
{
    memcpy(r->cues, r->ends->trie.begins, sizeof r->cues);
    for (size_t i = 0; i < sizeof cues / sizeof *cues; i++)
        utf8_rows_add(r->cues, cues[i]);
}

void entity_scan(struct entity_reader *r, uint32_t unit)
{
    struct str text = r->units.at[unit].text;
    size_t quoted = 0, at;
    r->chain = (struct stretch){0, 0};
    for (size_t i = 0; utf8_skip_han_outside(text, &i, r->cues), at = i, i < text.n;) {
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
        case 0x539F: /* 原名 */
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
        case 0x3001: /* 、 */
            entity_scan_roll(r, unit, at, i);
            break;
        case 0x540E: /* 后 */
            entity_scan_decade(r, unit, at, i);
            break;
        case 0x5C81: /* 岁 */
            entity_scan_age(r, unit, at, i);
            break;
        case 0x552F: /* 唯一 */
            if (str_starts(str_sub(text, i, text.n), STR("一")))
                entity_scan_superlative(r, unit, at);
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
            entity_scan_ranked(r, unit, at);
            break;
        default:
            break;
        }
        const struct name_end *name = name_ends_match(r->ends, text, at, c);
        if (name != NULL)
            scan_end(r, unit, name, i);
    }
}
