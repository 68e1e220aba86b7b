/* Names in lists: what `等企业` says that they are, and what stands beside known ones. */
#include "baolan/utf8.h"
#include "parse/entity.h"

/* What `等…` says its list is of. */
static bool list_type(const struct entity_reader *r, struct str text, size_t at,
                      enum entity_type *type)
{
    static const struct {
        struct str word;
        enum entity_type type;
    } kinds[] = {
        {STR_INIT("企业"), ENTITY_ORGANISATION}, {STR_INIT("公司"), ENTITY_ORGANISATION},
        {STR_INIT("平台"), ENTITY_ORGANISATION}, {STR_INIT("集团"), ENTITY_ORGANISATION},
        {STR_INIT("项目"), ENTITY_ORGANISATION}, {STR_INIT("县市"), ENTITY_PLACE},
        {STR_INIT("城市"), ENTITY_PLACE},        {STR_INIT("地区"), ENTITY_PLACE},
        {STR_INIT("省份"), ENTITY_PLACE},        {STR_INIT("县区"), ENTITY_PLACE},
        {STR_INIT("学校"), ENTITY_ORGANISATION}, {STR_INIT("高校"), ENTITY_ORGANISATION},
        {STR_INIT("医院"), ENTITY_ORGANISATION}, {STR_INIT("院校"), ENTITY_ORGANISATION},
        {STR_INIT("资源"), ENTITY_PLACE},        {STR_INIT("景点"), ENTITY_PLACE},
        {STR_INIT("景区"), ENTITY_PLACE},        {STR_INIT("古迹"), ENTITY_PLACE},
        {STR_INIT("小区"), ENTITY_PLACE},        {STR_INIT("楼盘"), ENTITY_PLACE},
        {STR_INIT("乡镇"), ENTITY_PLACE},        {STR_INIT("村庄"), ENTITY_PLACE},
        {STR_INIT("专家"), ENTITY_PERSON},       {STR_INIT("担任"), ENTITY_PERSON},
        {STR_INIT("委员"), ENTITY_PERSON},       {STR_INIT("领导"), ENTITY_PERSON},
        {STR_INIT("同志"), ENTITY_PERSON},       {STR_INIT("负责人"), ENTITY_PERSON},
    };
    static const struct str others[] = {STR_INIT("领域"), STR_INIT("行业"), STR_INIT("产业"),
                                        STR_INIT("环节"), STR_INIT("方面"), STR_INIT("业态"),
                                        STR_INIT("功能"), STR_INIT("要素"), STR_INIT("服务")};
    struct str rest = str_sub(text, at, at + 33);
    size_t best = STR_NONE, place = at;
    uint32_t c = utf8_next(text, &place);
    size_t next = place;
    utf8_next(text, &next);
    if (c == 0x5730 && !entity_is_word(r, str_sub(text, at, next))) { /* 等地 */
        *type = ENTITY_PLACE;
        return true;
    }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (str_starts(rest, others[i]) || str_starts(rest, STR("资源环境")))
            return false;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        size_t found = str_find(rest, kinds[i].word, 0);
        if (found < best && found != STR_NONE) {
            best = found;
            *type = kinds[i].type;
        }
    }
    for (size_t i = 0; best != STR_NONE && i < best;) {
        c = utf8_next(rest, &i);
        if (!point_is_han(c) && !point_is_any_digit(c)) /* 等5名委员 */
            return false;
    }
    return best != STR_NONE;
}

static bool is_body(const struct entity_reader *r, struct str name)
{
    const struct lexicon_entry *entry = lexicon_match_before(r->bodies, name, name.n, NULL);
    return entry != NULL && lexicon_flag(entry, "strong");
}

static bool is_site(const struct entity_reader *r, struct str name)
{
    const struct lexicon_entry *entry = lexicon_match_before(r->places, name, name.n, NULL);
    return entry != NULL && lexicon_flag(entry, "site");
}

void entity_scan_beside(struct entity_reader *r, uint32_t unit, size_t end, enum entity_type type)
{
    struct str text = r->units.at[unit].text;
    for (unsigned items = 0; items < 4; items++) {
        size_t before = end;
        if (utf8_previous(text, &before) != 0x3001) /* 、 */
            return;
        struct reach reach = entity_reach(r, text, before, 4);
        if (reach.characters < 2 || reach.common > 0 || !entity_bounds_left(r, text, reach.start))
            return;
        entity_add(r, unit, reach.start, before, type, WEIGHT_STRONG, "list");
        end = reach.start;
    }
}

void entity_scan_list(struct entity_reader *r, uint32_t unit, size_t etc, size_t kind)
{
    struct str text = r->units.at[unit].text;
    enum entity_type type = ENTITY_ORGANISATION;
    if (!list_type(r, text, kind, &type))
        return;
    /* Of what is a sight or resource, a place has the ending of one. */
    struct str said = str_sub(text, kind, kind + 18);
    bool sites = str_has(said, STR("资源")) || str_has(said, STR("景"));
    size_t end = etc;
    for (unsigned items = 0; items < 8; items++) {
        struct reach reach = entity_reach(r, text, end, 9);
        struct str name = str_sub(text, reach.start, end);
        bool single = items == 0;
        size_t before = reach.start;
        uint32_t c = utf8_previous(text, &before);
        single = single && c != 0x3001;
        single &= reach.unknown < 3 || reach.common > 0;
        bool plain = reach.unknown < 2 || reach.characters > 8 || reach.characters < 2 ||
                     (type == ENTITY_PLACE && sites && !is_site(r, name));
        /* So is that of a school: 石桥中学、月亮湾小学等学校. */
        if (type == ENTITY_ORGANISATION && reach.characters >= 4 && reach.characters <= 9 &&
            !single && is_body(r, name))
            plain = false;
        /* A place's ending is enough: 文昌阁. */
        if (type == ENTITY_PLACE && reach.characters >= 3 && is_site(r, name))
            plain = false;
        if (type == ENTITY_PERSON)
            plain = !entity_is_person(r, name);
        if (type == ENTITY_ORGANISATION &&
            (str_ends(name, STR("体验")) || str_ends(name, STR("研学"))))
            plain = true; /* 晒面体验、面食研学等项目 */
        if (type == ENTITY_PLACE && reach.characters > 5 && !is_site(r, name))
            plain = true;
        if (!plain && !(single && entity_region_end(r, name, 0) == name.n))
            entity_add(r, unit, reach.start, end, type, single ? WEIGHT_WEAK : WEIGHT_STRONG,
                       "list");
        if (c != 0x3001)
            return;
        end = before;
    }
}

void entity_scan_persons(struct entity_reader *r, uint32_t unit, size_t end)
{
    struct str text = r->units.at[unit].text;
    size_t starts[8], ends[8], n = 0;
    for (; n < 8; n++) {
        size_t start = end, at = end;
        for (unsigned k = 0; k < 4 && at > 0; k++) {
            if (!point_is_han(utf8_previous(text, &at)))
                break;
            if (k > 0 && entity_is_person(r, str_sub(text, at, end)))
                start = at;
        }
        size_t before = start;
        if (start == end || entity_word(r, str_sub(text, start, end)) != WORD_UNKNOWN)
            break;
        starts[n] = start;
        ends[n] = end;
        if (utf8_previous(text, &before) != 0x3001) { /* 、 */
            n++;
            break;
        }
        end = before;
    }
    for (size_t i = 0; n > 1 && i < n; i++)
        entity_add(r, unit, starts[i], ends[i], ENTITY_PERSON, WEIGHT_STRONG, "list");
}
