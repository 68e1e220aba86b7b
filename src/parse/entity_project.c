/* Investments, events and sessions by how their names end, and what ends like a document's or
 * programme's name without marks. */
#include "baolan/utf8.h"
#include "parse/entity.h"

void entity_scan_plain(struct entity_reader *r, uint32_t unit, size_t start, size_t end,
                       enum entity_type type, const char *rule)
{
    struct str text = r->units.at[unit].text;
    struct reach reach = entity_reach(r, text, start, 20);
    bool placed = entity_begins_with_place(r, str_sub(text, reach.start, end));
    enum weight weight = WEIGHT_WEAK;
    if (str_ends(str_sub(text, 0, start), STR("作")))
        return; /* 作工作报告 */
    if (reach.characters < 2 || str_has(str_sub(text, reach.start, start), STR("”")))
        return;
    bool particular = (type == ENTITY_PROGRAMME && end - start >= 9) ||
                      (type == ENTITY_DOCUMENT && reach.common > 2);
    if (reach.unknown > 1 || placed || particular)
        weight = WEIGHT_STRONG;
    else if (reach.unknown == 0 && reach.common < 2)
        return;
    if (type == ENTITY_DOCUMENT || type == ENTITY_PROJECT)
        reach.start = entity_before_issue(r, text, reach.start);
    while (type == ENTITY_PROGRAMME && reach.start > 0 &&
           point_is_digit((unsigned char)text.p[reach.start - 1]))
        reach.start--; /* 12338妇女维权热线 */
    entity_add(r, unit, reach.start, end, type, weight, rule);
}

/* The administrative unit at [*start, end) that governs a session: 海州|区政协, 市|政协, or end. */
static size_t before_session(const struct entity_reader *r, struct str text, size_t end)
{
    static const struct str levels[] = {STR_INIT("市"), STR_INIT("省"), STR_INIT("县"),
                                        STR_INIT("区"), STR_INIT("州"), STR_INIT("旗"),
                                        STR_INIT("镇"), STR_INIT("乡")};
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
        if (!str_ends(str_sub(text, 0, end), levels[i]))
            continue;
        struct reach reach = entity_reach(r, text, end - levels[i].n, 10);
        return reach.unknown > 0 && reach.characters >= 2 ? reach.start : end - levels[i].n;
    }
    return entity_region_before(r, text, end);
}

/* Where the term that ends at byte `end` begins: 第十七届, 十四届; `end` where there is none. */
static size_t before_term(struct str text, size_t end)
{
    static const struct str numerals = STR_INIT("〇一二三四五六七八九十");
    if (!str_ends(str_sub(text, 0, end), STR("届")))
        return end;
    size_t start = end - 3;
    for (size_t at = start; at > 0; start = at) {
        uint32_t c = utf8_previous(text, &at);
        size_t found = str_find(numerals, str_sub(text, at, start), 0);
        if (c == 0x7B2C) /* 第 */
            return at;
        if (!point_is_any_digit(c) && (found == STR_NONE || found % 3 != 0))
            break;
    }
    return start;
}

/* A session: 政协第…届…委员会第…次会议, 市政协…届…次会议, 县第…届人民代表大会第…次会议. */
static bool scan_session(struct entity_reader *r, uint32_t unit, size_t end)
{
    static const struct str bodies[] = {STR_INIT("政协"),       STR_INIT("人民代表大会"),
                                        STR_INIT("人大常委会"), STR_INIT("人大"),
                                        STR_INIT("中国共产党"), STR_INIT("中共")};
    struct str text = str_sub(r->units.at[unit].text, 0, end);
    size_t from = end > 120 ? end - 120 : 0;
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        size_t at = str_find_last(str_sub(text, from, end), bodies[i]);
        struct str between = at == STR_NONE ? STR("") : str_sub(text, from + at, end);
        if (at == STR_NONE || !str_has(str_sub(text, from, end), STR("届")) ||
            str_has(between, STR("，")) || str_has(between, STR("、")) ||
            str_has(between, STR("。")) || str_has(between, STR("召开")) ||
            str_has(between, STR("举行")) || str_find(between, STR("会议"), 0) + 6 != between.n)
            continue;
        size_t start = from + at;
        if (str_ends(str_sub(text, 0, start), STR("全国")))
            start -= STR("全国").n;
        start = before_session(r, text, before_term(text, start));
        entity_add(r, unit, start, end, ENTITY_PROJECT, WEIGHT_STRONG, "session");
        return true;
    }
    return false;
}

/* A plenum of the central committee: 党的二十届三中全会. */
static bool scan_plenum(struct entity_reader *r, uint32_t unit, const struct lexicon_entry *entry,
                        size_t start, size_t end)
{
    struct str text = r->units.at[unit].text;
    size_t number = start;
    utf8_previous(text, &number);
    size_t term = before_term(text, number);
    if (!str_eq(entry->word, STR("中全会")) || term == number)
        return false;
    if (str_ends(str_sub(text, 0, term), STR("党的")))
        term -= STR("党的").n;
    entity_add(r, unit, term, end, ENTITY_PROJECT, WEIGHT_STRONG, "session");
    return true;
}

/* Where an investment's name begins after a body that it belongs to: 某园区|云谷二期. A phase of
 * a body is no investment of its own. */
static size_t after_body(const struct entity_reader *r, struct str text, size_t from, size_t start)
{
    size_t begin = from;
    for (size_t i = from; i <= start; utf8_next(text, &i)) {
        size_t body;
        const struct lexicon_entry *entry = lexicon_match_before(r->bodies, text, i, &body);
        if (entry != NULL && entry->word.n >= 6 && body > from &&
            !lexicon_flag(entry, "business") && (start - i >= 6 || i == start))
            begin = i;
        if (i == text.n)
            break;
    }
    return begin;
}

static bool is_comma(uint32_t c)
{
    return c == 0xFF0C || c == ',';
}

/* True where the text goes on with what an investment costs. */
static bool is_invested(struct str text, size_t end)
{
    size_t next = end;
    if (is_comma(utf8_next(text, &next)))
        end = next;
    return str_starts(str_sub(text, end, text.n), STR("总投资")) ||
           str_starts(str_sub(text, end, text.n), STR("计划总投资"));
}

void entity_scan_project(struct entity_reader *r, uint32_t unit, const struct lexicon_entry *entry,
                         size_t start, size_t end)
{
    struct str text = r->units.at[unit].text;
    size_t title = end;
    if (lexicon_match(r->people, text, start, &title) != NULL && title > end)
        return; /* 项目经理 */
    if (lexicon_flag(entry, "session")) {
        if (!scan_plenum(r, unit, entry, start, end))
            scan_session(r, unit, end);
        return;
    }
    if (lexicon_flag(entry, "event")) {
        entity_scan_plain(r, unit, start, end, ENTITY_PROJECT, "event");
        return;
    }
    struct reach reach = entity_reach(r, text, start, 20);
    bool placed = entity_begins_with_place(r, str_sub(text, reach.start, end));
    bool phase = lexicon_flag(entry, "phase");
    if (phase)
        reach.start = after_body(r, text, reach.start, start);
    if (reach.start == start || str_has(str_sub(text, reach.start, start), STR("”")) ||
        entity_is_class(text, reach.start, str_sub(text, reach.start, end)) ||
        entity_is_kind(r, str_sub(text, reach.start, end), &reach))
        return;
    bool region = entity_region_end(r, text, reach.start) > reach.start;
    bool named = region || reach.unknown > 2 ||
                 (reach.unknown > 1 && (placed || reach.common > 1)) ||
                 (reach.characters > 3 && is_invested(text, end)) ||
                 (reach.characters > 1 && lexicon_flag(entry, "sure")) ||
                 entity_is_costed(text, reach.start);
    if (phase ? reach.unknown > 1 : named)
        entity_add(r, unit, reach.start, end, ENTITY_PROJECT, WEIGHT_STRONG, "project");
}

void entity_scan_edition(struct entity_reader *r, uint32_t unit, size_t edition)
{
    static const struct str ends[] = {STR_INIT("节"), STR_INIT("会"),   STR_INIT("赛"),
                                      STR_INIT("展"), STR_INIT("论坛"), STR_INIT("周")};
    struct str text = r->units.at[unit].text;
    size_t term = str_find_last(str_sub(text, edition > 21 ? edition - 21 : 0, edition), STR("第"));
    size_t i = edition;
    if (term == STR_NONE)
        return;
    term += edition > 21 ? edition - 21 : 0;
    for (unsigned n = 0; n < 14 && i < text.n; n++) {
        struct str rest = str_sub(text, i, text.n);
        for (size_t k = 0; k < sizeof ends / sizeof *ends && n > 1; k++)
            if (str_starts(rest, ends[k]) && !entity_goes_on(r, text, i, i + ends[k].n)) {
                bool body =
                    str_starts(rest, STR("会")) && (str_ends(str_sub(text, 0, i), STR("委员")) ||
                                                    str_ends(str_sub(text, 0, i), STR("大")));
                if (!body)
                    entity_add(r, unit, term, i + ends[k].n, ENTITY_PROJECT, WEIGHT_STRONG,
                               "event");
                return;
            }
        uint32_t c = utf8_next(text, &i);
        if (!point_is_han(c) && c != 0x201C && c != 0x201D && !point_is_latin(c))
            return;
    }
}
