/* What a text calls its things besides their names: `（以下简称“星屿科技”）`, `（原岚川轴承厂）`,
 * `A更名为B`. The other spelling becomes one of the thing's, whatever its form. */
#include "baolan/utf8.h"
#include "parse/entity.h"

enum {
    OTHER_LEAST = 2,
    OTHER_MOST = 24, /* characters of the other spelling */
    FULL_MOST = 40   /* characters of the name that it stands for */
};

/* The words that begin such a bracket, those that hold another first. */
static const struct {
    struct str word;
    bool former; /* no short form: its characters need not stand in the name */
} OPENINGS[] = {
    {STR_INIT("以下统一简称"), false}, {STR_INIT("以下简称为"), false},
    {STR_INIT("以下简称"), false},     {STR_INIT("以下统称"), false},
    {STR_INIT("以下称"), false},       {STR_INIT("下文简称"), false},
    {STR_INIT("下文称"), false},       {STR_INIT("下称"), false},
    {STR_INIT("简称为"), false},       {STR_INIT("简称"), false},
    {STR_INIT("原名"), true},          {STR_INIT("曾用名"), true},
    {STR_INIT("前身为"), true},        {STR_INIT("前身是"), true},
    {STR_INIT("又称"), true},          {STR_INIT("又名"), true},
    {STR_INIT("也称"), true},          {STR_INIT("原"), true},
};

/* The verbs between two names of one thing. */
static const struct str RENAMED[] = {
    STR_INIT("正式更名为"), STR_INIT("更名为"), STR_INIT("改名为"), STR_INIT("改称"),
    STR_INIT("原名为"),     STR_INIT("原名"),   STR_INIT("原为"),   STR_INIT("的前身是"),
    STR_INIT("的前身为"),   STR_INIT("前身是"), STR_INIT("前身为"),
};

/* The closing mark of an opening one, or 0. */
static uint32_t closing_of(uint32_t open)
{
    return open == 0x201C ? 0x201D : open == 0x300A ? 0x300B : open == 0x2018 ? 0x2019 : 0;
}

/* The spelling that begins at byte `at`: [*start, *end) without its marks. False where none stands
 * there. */
static bool read_spelling(struct str text, size_t at, size_t *start, size_t *end)
{
    size_t i = at;
    uint32_t c = utf8_next(text, &i);
    if (c == ':' || c == 0xFF1A) {
        at = i;
        c = utf8_next(text, &i);
    }
    uint32_t close = closing_of(c);
    *start = close == 0 ? at : i;
    i = *start;
    for (unsigned n = 0; n <= OTHER_MOST && i < text.n; n++) {
        *end = i;
        c = utf8_next(text, &i);
        bool ends = close != 0 ? c == close
                               : c == 0xFF09 || c == ')' || c == 0xFF0C || c == ',' ||
                                     c == 0x3002 || c == 0xFF1B;
        if (ends)
            return n >= OTHER_LEAST;
        if (close == 0 && !point_is_han(c) && !point_is_latin(c) && !point_is_any_digit(c) &&
            c != 0xB7)
            return false;
    }
    return false;
}

/* The type that a spelling's ending tells, or ENTITY_TYPE_COUNT. */
static enum entity_type ending_type(const struct entity_reader *r, struct str name)
{
    const struct lexicon_entry *entry = lexicon_match_before(r->documents, name, name.n, NULL);
    if (entry != NULL && (lexicon_flag(entry, "head") || lexicon_flag(entry, "end")))
        return ENTITY_DOCUMENT;
    entry = lexicon_match_before(r->bodies, name, name.n, NULL);
    if (entry != NULL && !lexicon_flag(entry, "prefix"))
        return ENTITY_ORGANISATION;
    if (lexicon_match_before(r->projects, name, name.n, NULL) != NULL)
        return ENTITY_PROJECT;
    if (lexicon_match_before(r->places, name, name.n, NULL) != NULL)
        return ENTITY_PLACE;
    entry = lexicon_match_before(r->programmes, name, name.n, NULL);
    return entry != NULL && lexicon_flag(entry, "head") ? ENTITY_PROGRAMME : ENTITY_TYPE_COUNT;
}

/* The leftmost byte that a name which ends at `end` must reach so that the characters of its short
 * form stand in it in their order, or STR_NONE. */
static size_t reach_of_short(struct str text, size_t end, struct str shorter)
{
    size_t left = shorter.n, at = end;
    uint32_t want = utf8_previous(shorter, &left);
    for (unsigned n = 0; n < FULL_MOST && at > 0; n++) {
        uint32_t c = utf8_previous(text, &at);
        if (c == 0xFF0C || c == 0x3002 || c == 0xFF1B || c == 0xFF1A || c == 0x3001)
            return STR_NONE;
        if (c != want)
            continue;
        if (left == 0)
            return at;
        want = utf8_previous(shorter, &left);
    }
    return STR_NONE;
}

/* Adds the name that ends at `end` and that another spelling stands for. A short form tells how
 * far it reaches at least: 中国科学院某材料技术与工程研究所. */
static bool add_full(struct entity_reader *r, uint32_t unit, size_t end, struct str other,
                     bool former)
{
    struct str text = r->units.at[unit].text;
    size_t last = end;
    uint32_t mark = utf8_previous(text, &last);
    if (mark == 0x300B || mark == 0x201D)
        return true;
    size_t start = entity_reach(r, text, end, FULL_MOST).start;
    if (!former) {
        size_t least = reach_of_short(text, end, other);
        if (least == STR_NONE)
            return false;
        if (least < start)
            start = entity_reach(r, text, least, FULL_MOST).start;
    }
    struct str name = str_sub(text, start, end);
    enum entity_type type = ending_type(r, name);
    if (type == ENTITY_TYPE_COUNT)
        type = ending_type(r, other);
    if (type == ENTITY_TYPE_COUNT || utf8_count(name) < 3)
        return false;
    entity_add(r, unit, start, end, type, WEIGHT_STRONG, "definition");
    return true;
}

size_t entity_scan_definition(struct entity_reader *r, uint32_t unit, size_t at, size_t open)
{
    struct str text = r->units.at[unit].text;
    for (size_t k = 0; k < sizeof OPENINGS / sizeof *OPENINGS; k++) {
        size_t start, end;
        if (!str_starts(str_sub(text, open, open + OPENINGS[k].word.n), OPENINGS[k].word))
            continue;
        if (!read_spelling(text, open + OPENINGS[k].word.n, &start, &end))
            return open;
        struct str other = str_sub(text, start, end);
        /* （原件） names nothing. */
        if (OPENINGS[k].former && ending_type(r, other) == ENTITY_TYPE_COUNT)
            return open;
        if (!add_full(r, unit, at, other, OPENINGS[k].former))
            return open;
        struct definition d = {unit, (uint32_t)at, (uint32_t)start, (uint32_t)end};
        vector_push(r->arena, &r->definitions, d);
        return end;
    }
    return open;
}

void entity_scan_renamed(struct entity_reader *r, uint32_t unit, size_t at)
{
    struct str text = r->units.at[unit].text;
    for (size_t k = 0; k < sizeof RENAMED / sizeof *RENAMED; k++) {
        size_t start = at + RENAMED[k].n;
        if (!str_starts(str_sub(text, at, start), RENAMED[k]))
            continue;
        if (str_starts(str_sub(text, start, text.n), STR("“")))
            start += STR("“").n;
        struct definition d = {unit, (uint32_t)at, (uint32_t)start, (uint32_t)start};
        vector_push(r->arena, &r->definitions, d);
        return;
    }
}
