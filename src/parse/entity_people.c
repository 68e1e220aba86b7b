/* People by what stands beside their names: titles, kin, what they say. */
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

bool entity_is_word(const struct entity_reader *r, struct str s)
{
    return entity_word(r, s) != WORD_UNKNOWN || lexicon_find(r->stop, s) != NULL;
}

size_t entity_han_after(struct str text, size_t at, unsigned n)
{
    for (; n > 0; n--)
        if (!point_is_han(utf8_next(text, &at)))
            return STR_NONE;
    return at;
}

bool entity_says_at(const struct entity_reader *r, struct str text, size_t at)
{
    const struct lexicon_entry *entry = lexicon_match(r->people, text, at, NULL);
    return entry != NULL && (lexicon_flag(entry, "says") || lexicon_flag(entry, "acts"));
}

bool entity_is_given(const struct entity_reader *r, struct str text, size_t from, size_t to)
{
    for (size_t i = from, at = from; i < to; at = i) {
        utf8_next(text, &i);
        const struct lexicon_entry *entry = lexicon_find(r->stop, str_sub(text, at, i));
        if (entry == NULL || !lexicon_flag(entry, "stop") || lexicon_flag(entry, "soft"))
            continue;
        size_t longer;
        entry = lexicon_match(r->stop, text, at, &longer);
        if (!lexicon_flag(entry, "keep") || longer > to + 3)
            return false; /* not so in 栗再生 */
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
    return end > 0 && !is_question(name) && entity_is_given(r, name, end, name.n) && given >= 1 &&
           given <= 2;
}

/* True where the characters on both sides of byte `at` are a word. */
static bool ends_within_word(const struct entity_reader *r, struct str text, size_t at)
{
    size_t last = at, next = at;
    return point_is_han(utf8_previous(text, &last)) && point_is_han(utf8_next(text, &next)) &&
           entity_is_word(r, str_sub(text, last, next));
}

/* True where the character at [start, end) joins a name to what follows: 郭鹏|及其家人. */
static bool joins(const struct entity_reader *r, struct str text, size_t start, size_t end)
{
    static const struct str joints = STR_INIT("及和与");
    size_t joint = str_find(joints, str_sub(text, start, end), 0);
    return joint != STR_NONE && joint % 3 == 0 && point_is_han(utf8_at(text, end)) &&
           !entity_says_at(r, text, end);
}

/* True where a character alone that no name holds stands at byte `at`: 跟. */
static bool particle_at(const struct entity_reader *r, struct str text, size_t at)
{
    size_t end, next = at;
    const struct lexicon_entry *entry = lexicon_match(r->stop, text, at, &end);
    utf8_next(text, &next);
    return entry != NULL && end == next && lexicon_flag(entry, "stop") &&
           !lexicon_flag(entry, "soft");
}

/* A name that begins at byte `at`, behind a title or not: its end, or `at`. */
static size_t person_end(const struct entity_reader *r, struct str text, size_t at)
{
    bool weak = false;
    size_t surname = surname_end(r, text, at, &weak);
    if (surname == at || is_question(str_sub(text, at, at + 9)))
        return at;
    size_t one = entity_han_after(text, surname, 1), two = entity_han_after(text, surname, 2);
    if (one == STR_NONE || !entity_is_given(r, text, surname, one))
        return at;
    if (two != STR_NONE && (!entity_is_given(r, text, one, two) || joins(r, text, one, two)))
        two = STR_NONE;
    /* 主任高云岗，: a mark or particle tells a name whose surname begins other words too. */
    if (weak && two != STR_NONE &&
        (!point_is_han(utf8_at(text, two)) || particle_at(r, text, two)) &&
        !entity_is_word(r, str_sub(text, at, one)) &&
        !entity_is_word(r, str_sub(text, surname, two)))
        return two;
    if (entity_says_at(r, text, one) && !entity_is_word(r, str_sub(text, at, one)))
        return one;
    bool says = two != STR_NONE && entity_says_at(r, text, two);
    const struct lexicon_entry *given =
        two == STR_NONE ? NULL : lexicon_find(r->stop, str_sub(text, surname, two));
    bool kept = says && given != NULL && lexicon_flag(given, "keep"); /* 栗|再生|主持 */
    if (two != STR_NONE && ((given != NULL && !kept) || (!says && ends_within_word(r, text, two))))
        two = STR_NONE; /* 富|起来, 包联服|务 */
    if (two != STR_NONE &&
        (entity_says_at(r, text, two) || (!weak && entity_may_end(r, text, two))))
        return !entity_is_word(r, str_sub(text, at, one)) ? two : at;
    /* 叶山|重点督办: what follows is a word, and no other name goes before one. */
    size_t word = entity_han_after(text, one, 2),
           longer = two == STR_NONE ? two : entity_han_after(text, two, 2);
    if (!weak && word != STR_NONE && entity_word(r, str_sub(text, one, word)) != WORD_UNKNOWN &&
        (longer == STR_NONE || entity_word(r, str_sub(text, two, longer)) == WORD_UNKNOWN) &&
        !entity_is_word(r, str_sub(text, at, one)))
        return one;
    if (!weak && entity_may_end(r, text, one) && !ends_within_word(r, text, one) &&
        !entity_is_word(r, str_sub(text, at, one)))
        return one;
    return at;
}

/* A name between a title and a verb of saying, or a plain one of three characters, whose surname
 * may be a rare one: 设计师蔚然说, 理事长荀令香算了. Its end, or `at`. */
static size_t stranger_end(const struct entity_reader *r, struct str text, size_t at)
{
    size_t two = entity_han_after(text, at, 2), three = entity_han_after(text, at, 3), word;
    bool weak = true;
    if (two == STR_NONE || is_question(str_sub(text, at, at + 9)) ||
        entity_is_word(r, str_sub(text, at, two)) || !entity_is_given(r, text, at, two))
        return at;
    if (entity_says_at(r, text, two))
        return two;
    if (three == STR_NONE || !entity_is_given(r, text, two, three) ||
        entity_word_before(r, text, three, &word) != WORD_UNKNOWN)
        return at;
    if (entity_says_at(r, text, three))
        return three;
    size_t next = entity_han_after(text, three, 1);
    size_t last = three;
    utf8_previous(text, &last);
    bool surname = surname_end(r, text, at, &weak) > at && !weak;
    return surname && next != STR_NONE && !entity_is_word(r, str_sub(text, last, next)) ? three
                                                                                        : at;
}

/* True where a person's name in a list ends: at a mark, 等 or what a person does. */
static bool ends_person(const struct entity_reader *r, struct str text, size_t at)
{
    size_t next = at;
    uint32_t c = utf8_next(text, &next);
    return !point_is_han(c) || c == 0x7B49 || entity_says_at(r, text, at);
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
        size_t one = surname == at ? STR_NONE : entity_han_after(text, surname, 1);
        size_t two = surname == at ? STR_NONE : entity_han_after(text, surname, 2);
        bool ends_two =
            two != STR_NONE && ends_person(r, text, two) && entity_is_given(r, text, surname, two);
        end = ends_two ? two : one != STR_NONE && ends_person(r, text, one) ? one : STR_NONE;
        if (end == STR_NONE || !entity_is_given(r, text, surname, end) ||
            entity_is_word(r, str_sub(text, at, end)))
            return;
        entity_add(r, unit, at, end, ENTITY_PERSON, WEIGHT_STRONG, "title");
    }
}

/* The person who signs behind a title, set apart by spaces: 市长　韩牧野. */
static bool signs_at(struct entity_reader *r, uint32_t unit, size_t end)
{
    struct str text = r->units.at[unit].text;
    size_t start = end, next = end;
    while (point_is_space(utf8_next(text, &next)))
        start = next;
    size_t last = start;
    for (next = start; point_is_han(utf8_next(text, &next)); last = next)
        ;
    struct str name = str_sub(text, start, last);
    if (start == end || utf8_count(name) > 3 || !entity_is_person(r, name) ||
        entity_is_word(r, name))
        return false;
    entity_add(r, unit, start, last, ENTITY_PERSON, WEIGHT_STRONG, "title");
    return true;
}

/* A surname alone before a title: 高书记. It is the person of that surname whom the text names, or
 * somebody where it comes again. */
static void scan_address(struct entity_reader *r, uint32_t unit, size_t title, size_t end)
{
    struct str text = r->units.at[unit].text;
    size_t start = title;
    uint32_t c = utf8_previous(text, &start);
    struct str surname = str_sub(text, start, title);
    const struct lexicon_entry *entry = lexicon_find(r->people, str_sub(text, title, end));
    if (!point_is_han(c) || c == 0x4EFB || entry == NULL ||
        !lexicon_flag(entry, "after") || /* 任 */
        lexicon_find(r->surnames, surname) == NULL || !entity_bounds_left(r, text, start) ||
        entity_is_word(r, str_sub(text, start, end)))
        return;
    entity_add(r, unit, start, end, ENTITY_PERSON, WEIGHT_STRONG, "address");
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
    struct str titled = str_sub(text, 0, end);
    if ((str_ends(titled, STR("儿")) || str_ends(titled, STR("民"))) &&
        ends_within_word(r, text, end))
        return false; /* 妇女儿童, 乡村民宿 */
    if (signs_at(r, unit, end))
        return true;
    if (str_starts(rest, STR("老")) || str_starts(rest, STR("小"))) {
        bool weak = false;
        size_t after = surname_end(r, text, end + 3, &weak);
        if (after > end + 3 && !weak && entity_word(r, str_sub(text, end, after)) == WORD_UNKNOWN) {
            entity_add(r, unit, end, after, ENTITY_PERSON, WEIGHT_STRONG, "title");
            return true;
        }
    }
    size_t foreign = entity_foreign_end(r, text, end), person = foreign;
    if (utf8_count(str_sub(text, end, foreign)) < 4)
        person = person_end(r, text, end);
    if (person == end)
        person = stranger_end(r, text, end);
    if (person == end)
        person = foreign;
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
    if (n == 0 || entry == NULL || !lexicon_flag(entry, "after"))
        return false;
    if (n < 2 || n > 3) {
        scan_address(r, unit, title, end);
        return false;
    }
    struct str name = str_sub(text, starts[n - 1], title);
    size_t word;
    bool weak = false;
    if (surname_end(r, name, 0, &weak) == 0 || weak || !entity_is_person(r, name) ||
        entity_word_before(r, text, title, &word) != WORD_UNKNOWN) {
        scan_address(r, unit, title, end);
        return false;
    }
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

bool entity_scan_acts(struct entity_reader *r, uint32_t unit, size_t verb)
{
    struct str text = r->units.at[unit].text;
    size_t start = after_body(r, text, verb);
    struct str name = str_sub(text, start, verb);
    bool weak = false;
    if (start == verb || surname_end(r, name, 0, &weak) == 0 || weak ||
        !entity_is_person(r, name) || entity_is_word(r, name))
        return false;
    entity_add(r, unit, start, verb, ENTITY_PERSON, WEIGHT_STRONG, "says");
    return true;
}

/* Adds the person who begins at byte `at`; false where none does. */
static bool add_person(struct entity_reader *r, uint32_t unit, size_t at)
{
    size_t end = person_end(r, r->units.at[unit].text, at);
    entity_add(r, unit, at, end, ENTITY_PERSON, WEIGHT_STRONG, "told");
    return end > at;
}

void entity_scan_decade(struct entity_reader *r, uint32_t unit, size_t start, size_t end)
{
    struct str text = r->units.at[unit].text;
    if (start >= 2 && point_is_digit((unsigned char)text.p[start - 1]) &&
        point_is_digit((unsigned char)text.p[start - 2]))
        add_person(r, unit, end);
}

void entity_scan_age(struct entity_reader *r, uint32_t unit, size_t start, size_t end)
{
    struct str text = r->units.at[unit].text;
    size_t from = start;
    if (start == 0 || !point_is_digit((unsigned char)text.p[start - 1]))
        return;
    if (str_starts(str_sub(text, end, text.n), STR("的"))) {
        add_person(r, unit, end + 3);
        return;
    }
    while (from > 0 && point_is_digit((unsigned char)text.p[from - 1]))
        from--;
    if (str_ends(str_sub(text, 0, from), STR("今年")))
        entity_scan_says(r, unit, from - 6);
}

/* True where name can be a person's wherever it stands: no word, and not what ends as places,
 * prizes and deeds do. */
static bool is_on_roll(const struct entity_reader *r, struct str name)
{
    if (!entity_is_person(r, name) || str_ends(name, STR("村")))
        return false;
    for (size_t i = 0; i < name.n;)
        if (!point_is_han(utf8_next(name, &i)))
            return false;
    const struct lexicon *const others[] = {r->places, r->programmes, r->projects, r->stop};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        const struct lexicon_entry *entry = lexicon_match_before(others[i], name, name.n, NULL);
        if (entry == NULL)
            continue;
        bool whole = entry->word.n == name.n || !lexicon_flag(entry, "region"); /* 吕亚洲 */
        if ((entry->word.n > 3 && whole) || lexicon_flag(entry, "admin"))
            return false;
    }
    return !entity_is_word(r, name) && entity_region_end(r, name, 0) == 0;
}

bool entity_scan_described(struct entity_reader *r, uint32_t unit, size_t end)
{
    struct str text = r->units.at[unit].text;
    for (size_t n = 9; n >= 6; n -= 3) {
        struct str name = str_sub(text, end, end + n);
        size_t word;
        uint32_t mark = utf8_at(text, end + n);
        bool plain = !point_is_han(mark) && (n > 6 || mark == 0x3001 || mark == 0xFF0C);
        bool ends = name.n == n && (plain || entity_says_at(r, text, end + n));
        bool weak = true;
        if (!ends || surname_end(r, name, 0, &weak) == 0 || weak || !is_on_roll(r, name) ||
            lexicon_match_before(r->programmes, name, n, NULL) != NULL ||
            entity_word_before(r, name, n, &word) != WORD_UNKNOWN)
            continue;
        entity_add(r, unit, end, end + n, ENTITY_PERSON, WEIGHT_STRONG, "told");
        return true;
    }
    return false;
}

/* The start of the person whose name ends at byte `end`, of three characters if it may, or `end`.
 */
static size_t roll_start(const struct entity_reader *r, struct str text, size_t end)
{
    size_t starts[4], n = 0;
    for (size_t at = end; n < 3 && at > 0 && point_is_han(utf8_previous(text, &at));)
        starts[n++] = at;
    for (; n >= 2; n--)
        if (is_on_roll(r, str_sub(text, starts[n - 1], end)))
            return starts[n - 1];
    return end;
}

void entity_scan_roll(struct entity_reader *r, uint32_t unit, size_t comma, size_t end)
{
    enum { ROLL_MOST = 24, ROLL_LEAST = 3 };
    struct str text = r->units.at[unit].text;
    struct stretch names[ROLL_MOST];
    size_t n = 0, full = 0, before = roll_start(r, text, comma), left = before;
    if (before == comma || utf8_previous(text, &left) == 0x3001) /* 、 */
        return;
    names[n++] = (struct stretch){before, comma};
    for (size_t at = end; n < ROLL_MOST; at = end) {
        size_t two = entity_han_after(text, at, 2), three = entity_han_after(text, at, 3);
        bool third = three != STR_NONE && ends_person(r, text, three) &&
                     is_on_roll(r, str_sub(text, at, three));
        bool second =
            two != STR_NONE && ends_person(r, text, two) && is_on_roll(r, str_sub(text, at, two));
        size_t last = third ? three : second ? two : at;
        if (last == at)
            break;
        names[n++] = (struct stretch){at, last};
        end = last;
        if (utf8_next(text, &end) != 0x3001)
            break;
    }
    for (size_t i = 0; i < n; i++)
        full += names[i].end - names[i].start > 6;
    for (size_t i = 0; n >= ROLL_LEAST && full * 2 >= n && i < n; i++)
        entity_add(r, unit, names[i].start, names[i].end, ENTITY_PERSON, WEIGHT_STRONG, "list");
}
