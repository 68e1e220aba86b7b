/* People by what stands beside their names, and names in lists that end in `等企业`. */
#include "baolan/utf8.h"
#include "parse/entity.h"

/* The byte after the surname at byte `at`, or `at`; *weak where the character begins other words
 * too. */
static size_t surname_end(const struct entity_reader *r, struct str text, size_t at, bool *weak)
{
    size_t end;
    const struct lexicon_entry *entry = lexicon_match(r->surnames, text, at, &end);
    if (entry == NULL)
        return at;
    *weak = lexicon_flag(entry, "weak");
    return end;
}

/* True where s is a common word or one that bounds names: 重要. */
static bool is_word(const struct entity_reader *r, struct str s)
{
    return entity_word(r, s) != WORD_UNKNOWN || lexicon_find(r->stop, s) != NULL;
}

static size_t han_after(struct str text, size_t at, unsigned n)
{
    for (; n > 0; n--)
        if (!point_is_han(utf8_next(text, &at)))
            return STR_NONE;
    return at;
}

static bool says_at(const struct entity_reader *r, struct str text, size_t at)
{
    const struct lexicon_entry *entry = lexicon_match(r->people, text, at, NULL);
    return entry != NULL && (lexicon_flag(entry, "says") || lexicon_flag(entry, "acts"));
}

/* True where no character of the given name [from, to) is a particle: 李昂|向. */
static bool is_given(const struct entity_reader *r, struct str text, size_t from, size_t to)
{
    for (size_t i = from, at = from; i < to; at = i) {
        utf8_next(text, &i);
        const struct lexicon_entry *entry = lexicon_find(r->stop, str_sub(text, at, i));
        if (entry != NULL && lexicon_flag(entry, "stop") && !lexicon_flag(entry, "soft"))
            return false;
    }
    return true;
}

/* True of a question: 富不富; and of one character twice: 殷殷. */
static bool is_question(struct str name)
{
    if (str_eq(str_sub(name, 0, 3), str_sub(name, 3, 6)))
        return true;
    return name.n == 9 && str_eq(str_sub(name, 3, 6), STR("不")) &&
           str_eq(str_sub(name, 0, 3), str_sub(name, 6, 9));
}

bool entity_is_person(const struct entity_reader *r, struct str name)
{
    bool weak;
    size_t end = surname_end(r, name, 0, &weak);
    size_t given = utf8_count(str_sub(name, end, name.n));
    return end > 0 && !is_question(name) && is_given(r, name, end, name.n) && given >= 1 &&
           given <= 2;
}

/* True where the characters on both sides of byte `at` are a word. */
static bool ends_within_word(const struct entity_reader *r, struct str text, size_t at)
{
    size_t last = at, next = at;
    return point_is_han(utf8_previous(text, &last)) && point_is_han(utf8_next(text, &next)) &&
           is_word(r, str_sub(text, last, next));
}

/* A name that begins at byte `at`, behind a title or not: its end, or `at`. */
static size_t person_end(const struct entity_reader *r, struct str text, size_t at)
{
    bool weak = false;
    size_t surname = surname_end(r, text, at, &weak);
    if (surname == at || is_question(str_sub(text, at, at + 9)))
        return at;
    size_t one = han_after(text, surname, 1), two = han_after(text, surname, 2);
    if (one == STR_NONE || !is_given(r, text, surname, one))
        return at;
    if (two != STR_NONE && !is_given(r, text, one, two))
        two = STR_NONE;
    /* 主任高云岗，: a mark tells a name whose surname begins other words too. */
    if (weak && two != STR_NONE && !point_is_han(utf8_at(text, two)) &&
        !is_word(r, str_sub(text, at, one)) && !is_word(r, str_sub(text, surname, two)))
        return two;
    if (says_at(r, text, one) && !is_word(r, str_sub(text, at, one)))
        return one;
    if (two != STR_NONE && (lexicon_find(r->stop, str_sub(text, surname, two)) != NULL ||
                            (!says_at(r, text, two) && ends_within_word(r, text, two))))
        two = STR_NONE; /* 富|起来, 包联服|务 */
    if (two != STR_NONE && (says_at(r, text, two) || (!weak && entity_may_end(r, text, two))))
        return !is_word(r, str_sub(text, at, one)) ? two : at;
    /* 叶山|重点督办: what follows is a word, and no other name goes before one. */
    size_t word = han_after(text, one, 2), longer = two == STR_NONE ? two : han_after(text, two, 2);
    if (!weak && word != STR_NONE && entity_word(r, str_sub(text, one, word)) != WORD_UNKNOWN &&
        (longer == STR_NONE || entity_word(r, str_sub(text, two, longer)) == WORD_UNKNOWN) &&
        !is_word(r, str_sub(text, at, one)))
        return one;
    if (!weak && entity_may_end(r, text, one) && !ends_within_word(r, text, one) &&
        !is_word(r, str_sub(text, at, one)))
        return one;
    return at;
}

/* A name between a title and a verb of saying, or a plain one of three characters, whose surname
 * may be a rare one: 设计师蔚然说, 理事长荀令香算了. Its end, or `at`. */
static size_t stranger_end(const struct entity_reader *r, struct str text, size_t at)
{
    size_t two = han_after(text, at, 2), three = han_after(text, at, 3), word;
    bool weak = true;
    if (two == STR_NONE || is_question(str_sub(text, at, at + 9)) ||
        is_word(r, str_sub(text, at, two)) || !is_given(r, text, at, two))
        return at;
    if (says_at(r, text, two))
        return two;
    if (three == STR_NONE || !is_given(r, text, two, three) ||
        entity_word_before(r, text, three, &word) != WORD_UNKNOWN)
        return at;
    if (says_at(r, text, three))
        return three;
    size_t next = han_after(text, three, 1);
    size_t last = three;
    utf8_previous(text, &last);
    bool surname = surname_end(r, text, at, &weak) > at && !weak;
    return surname && next != STR_NONE && !is_word(r, str_sub(text, last, next)) ? three : at;
}

/* True where a person's name in a list ends: at a mark, 等 or what a person does. */
static bool ends_person(const struct entity_reader *r, struct str text, size_t at)
{
    size_t next = at;
    uint32_t c = utf8_next(text, &next);
    return !point_is_han(c) || c == 0x7B49 || says_at(r, text, at);
}

/* Those that a list goes on with behind a person: 副主席黎平、苏文、安定远出席. */
static void add_others(struct entity_reader *r, uint32_t unit, size_t person)
{
    struct str text = r->units.at[unit].text;
    for (size_t at = person, end; at < text.n; at = end) {
        bool weak;
        if (utf8_next(text, &at) != 0x3001) /* 、 */
            return;
        size_t surname = surname_end(r, text, at, &weak);
        size_t one = surname == at ? STR_NONE : han_after(text, surname, 1);
        size_t two = surname == at ? STR_NONE : han_after(text, surname, 2);
        bool ends_two =
            two != STR_NONE && ends_person(r, text, two) && is_given(r, text, surname, two);
        end = ends_two ? two : one != STR_NONE && ends_person(r, text, one) ? one : STR_NONE;
        if (end == STR_NONE || !is_given(r, text, surname, end) ||
            is_word(r, str_sub(text, at, end)))
            return;
        entity_add(r, unit, at, end, ENTITY_PERSON, WEIGHT_STRONG, "title");
    }
}

bool entity_scan_title(struct entity_reader *r, uint32_t unit, size_t title, size_t end)
{
    struct str text = r->units.at[unit].text;
    struct str rest = str_sub(text, end, text.n);
    size_t body;
    if (lexicon_match(r->bodies, text, title, &body) != NULL && body > end)
        return false; /* 常委|会 */
    if (lexicon_match(r->people, text, title, &body) != NULL && body > end)
        return false; /* 董事|长 */
    if (str_ends(str_sub(text, 0, end), STR("儿")) && ends_within_word(r, text, end))
        return false; /* 妇女儿童 */
    if (str_starts(rest, STR("老")) || str_starts(rest, STR("小"))) {
        bool weak = false;
        size_t after = surname_end(r, text, end + 3, &weak);
        if (after > end + 3 && !weak && entity_word(r, str_sub(text, end, after)) == WORD_UNKNOWN) {
            entity_add(r, unit, end, after, ENTITY_PERSON, WEIGHT_STRONG, "title");
            return true;
        }
    }
    size_t person = person_end(r, text, end);
    if (person == end)
        person = stranger_end(r, text, end);
    if (person > end) {
        entity_add(r, unit, end, person, ENTITY_PERSON, WEIGHT_STRONG, "title");
        add_others(r, unit, person);
        return true;
    }
    /* 张三局长: the name must begin after a mark. */
    size_t starts[4], n = 0;
    for (size_t at = title; n < 4 && at > 0;) {
        if (!point_is_han(utf8_previous(text, &at)))
            break;
        starts[n++] = at;
    }
    const struct lexicon_entry *entry = lexicon_find(r->people, str_sub(text, title, end));
    if (n < 2 || n > 3 || entry == NULL || !lexicon_flag(entry, "after"))
        return false;
    struct str name = str_sub(text, starts[n - 1], title);
    size_t word;
    bool weak = false;
    if (surname_end(r, name, 0, &weak) == 0 || weak || !entity_is_person(r, name) ||
        entity_word_before(r, text, title, &word) != WORD_UNKNOWN)
        return false;
    entity_add(r, unit, starts[n - 1], title, ENTITY_PERSON, WEIGHT_STRONG, "title");
    return true;
}

void entity_scan_old(struct entity_reader *r, uint32_t unit, size_t start, size_t end)
{
    struct str text = r->units.at[unit].text;
    bool weak = false;
    size_t after = surname_end(r, text, end, &weak), before = start;
    uint32_t c = utf8_previous(text, &before);
    if (after == end || weak || entity_word(r, str_sub(text, start, after)) != WORD_UNKNOWN ||
        (point_is_han(c) && c != 0x7684)) /* 的 */
        return;
    entity_add(r, unit, start, after, ENTITY_PERSON, WEIGHT_WEAK, "old");
}

/* Where a person's name of three characters or two begins behind a body: 县文联|舒云龙表示. */
static size_t after_body(const struct entity_reader *r, struct str text, size_t verb)
{
    for (size_t n = 9; n >= 6; n -= 3) {
        const struct lexicon_entry *entry =
            verb < n ? NULL : lexicon_match_before(r->bodies, text, verb - n, NULL);
        if (entry != NULL && entry->word.n >= 6 && lexicon_flag(entry, "strong"))
            return verb - n;
    }
    return verb;
}

bool entity_scan_says(struct entity_reader *r, uint32_t unit, size_t verb)
{
    struct str text = r->units.at[unit].text;
    size_t start = verb, n = 0;
    while (start > 0 && n < 4) {
        size_t before = start;
        if (!point_is_han(utf8_previous(text, &before)))
            break;
        start = before;
        n++;
    }
    if (n == 4) {
        start = after_body(r, text, verb);
        n = (unsigned)utf8_count(str_sub(text, start, verb));
    }
    struct str name = str_sub(text, start, verb);
    bool weak = false;
    size_t word;
    if (n < 2 || n > 3 || surname_end(r, name, 0, &weak) == 0 || weak || !entity_is_person(r, name))
        return false;
    if (entity_word_before(r, text, verb, &word) != WORD_UNKNOWN ||
        entity_word(r, str_sub(name, 0, 6)) != WORD_UNKNOWN)
        return false;
    entity_add(r, unit, start, verb, ENTITY_PERSON, WEIGHT_STRONG, "says");
    return true;
}

/* True where the character at [start, end) stands for a sound of foreign names. */
static bool is_sound(const struct entity_reader *r, struct str text, size_t start, size_t end)
{
    return lexicon_find(r->sounds, str_sub(text, start, end)) != NULL;
}

/* True where the text at byte `at` goes on in words: what a person does, or what bounds names. */
static bool goes_on_in_words(const struct entity_reader *r, struct str text, size_t at)
{
    const struct lexicon_entry *stop = lexicon_match(r->stop, text, at, NULL);
    size_t two = han_after(text, at, 2);
    return says_at(r, text, at) ||
           (stop != NULL && lexicon_flag(stop, "stop") && !lexicon_flag(stop, "soft")) ||
           (two != STR_NONE && entity_word(r, str_sub(text, at, two)) == WORD_STOP);
}

/* The part of a foreign name that ends at byte `end`: its start, at most eight sounds away. */
static size_t sounds_before(const struct entity_reader *r, struct str text, size_t end)
{
    size_t start = end;
    for (unsigned n = 0; n < 8 && start > 0; n++) {
        size_t before = start, title;
        const struct lexicon_entry *entry = lexicon_match_before(r->people, text, start, &title);
        utf8_previous(text, &before);
        if ((entry != NULL && lexicon_flag(entry, "title")) || !is_sound(r, text, before, start) ||
            entity_region_before(r, text, start) < start)
            break;
        start = before;
    }
    return start;
}

/* The end of the part of a foreign name that begins at byte `start`. */
static size_t sounds_after(const struct entity_reader *r, struct str text, size_t start)
{
    size_t end = start;
    for (unsigned n = 0; n < 8 && end < text.n; n++) {
        size_t next = end;
        utf8_next(text, &next);
        if (!is_sound(r, text, end, next) || (n > 1 && goes_on_in_words(r, text, end)))
            break;
        end = next;
    }
    return end;
}

static bool is_dot(uint32_t c)
{
    return c == 0xB7 || c == 0x2022 || c == 0x30FB;
}

void entity_scan_foreign(struct entity_reader *r, uint32_t unit, size_t dot, size_t end)
{
    struct str text = r->units.at[unit].text;
    size_t start = sounds_before(r, text, dot), before = start, after = end;
    bool within = is_dot(utf8_previous(text, &before));
    /* Its first dot finds the whole. */
    if (start == dot || (within && sounds_before(r, text, before) < before) ||
        utf8_count(str_sub(text, start, dot)) > 7)
        return;
    for (size_t part = end; part < text.n; part = after) {
        size_t next = sounds_after(r, text, part);
        if (next == part)
            break;
        end = after = next;
        if (!is_dot(utf8_next(text, &after)))
            break;
    }
    struct str last = str_sub(text, dot, end);
    if (end > dot && utf8_count(last) >= 3)
        entity_add(r, unit, start, end, ENTITY_PERSON, WEIGHT_STRONG, "foreign");
}

/* --- Lists ----------------------------------------------------------------------------------- */

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
        {STR_INIT("专家"), ENTITY_PERSON},       {STR_INIT("担任"), ENTITY_PERSON},
        {STR_INIT("委员"), ENTITY_PERSON},       {STR_INIT("领导"), ENTITY_PERSON},
        {STR_INIT("同志"), ENTITY_PERSON},       {STR_INIT("负责人"), ENTITY_PERSON},
    };
    (void)r;
    static const struct str others[] = {STR_INIT("领域"), STR_INIT("行业"), STR_INIT("产业"),
                                        STR_INIT("环节"), STR_INIT("方面"), STR_INIT("业态"),
                                        STR_INIT("功能"), STR_INIT("要素"), STR_INIT("服务")};
    struct str rest = str_sub(text, at, at + 33);
    size_t best = STR_NONE;
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
        uint32_t c = utf8_next(rest, &i);
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
