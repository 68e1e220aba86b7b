/* What only looks like a quantity: parts of names, classes, numbering, ways of speaking. */
#include "baolan/utf8.h"
#include "parse/quantity_scan.h"

bool quantity_has_label(const struct quantity_scan *s, size_t i, const char *role)
{
    return quantity_label_is(lexicon_match(s->labels, s->text, i, NULL), role);
}

bool quantity_is_said_to_last(const struct quantity_scan *s, const struct quantity *q)
{
    size_t start;
    const struct lexicon_entry *e = lexicon_match_before(s->verbs, s->text, q->before, &start);
    return q->before < q->start || (e != NULL && start >= s->clause && lexicon_flag(e, "lasting"));
}

bool quantity_touches_a_name(const struct quantity_scan *s, size_t start, size_t end, bool ascii)
{
    size_t b = start;
    uint32_t before = utf8_previous(s->text, &b), after = utf8_at(s->text, end);
    if (before == '+' || after == '+' || before == '@' || before == '#' || before == '_' ||
        before == '=' || before == '$')
        return true;
    if (!ascii)
        return false;
    if (point_is_latin(before) || before == '.' || point_is_digit(before))
        return true;
    if (before == '/' || after == '.')
        return after != '.' || point_is_digit(utf8_at(s->text, end + 1)) ||
               point_is_latin(utf8_at(s->text, end + 1));
    return false;
}

bool quantity_in_name(const struct quantity_scan *s, size_t start, size_t end)
{
    return start < s->title_end || (s->quote != STR_NONE && start >= s->quote &&
                                    start < s->quote_end && end <= s->quote_end);
}

/* A count of speech: 三个方面, 两个维护. */
static bool is_rhetoric(const struct quantity_scan *s, const struct quantity *q)
{
    struct decimal ten = {12, 0};
    return q->classifier && decimal_compare(q->value, ten) <= 0 &&
           quantity_has_label(s, q->end, "rhetoric");
}

bool quantity_is_way_of_speaking(const struct quantity_scan *s, const struct quantity *q)
{
    struct str rest = str_sub(s->text, q->end, s->text.n);
    const struct lexicon_entry *change = lexicon_match(s->changes, s->text, q->end, NULL);
    bool changes = quantity_label_is(change, "up") || quantity_label_is(change, "down");
    if (quantity_has_label(s, q->end, "after") || is_rhetoric(s, q))
        return true;
    if (q->class != UNIT_TIME)
        return false;
    /* 五年来; 5年提高4.5个百分点: over which years, and no measure. */
    return str_starts(rest, STR("来")) || str_starts(rest, STR("以来")) ||
           (str_eq(q->unit, STR("年")) && changes && !quantity_is_said_to_last(s, q));
}

/* 年产3万吨零部件项目: the number belongs to the project's name. */
static bool names_a_project(const struct quantity_scan *s, const struct quantity *q)
{
    struct str before = str_sub(s->text, quantity_near(s, q->before), q->before);
    static const struct str yearly[] = {STR_INIT("年产"),   STR_INIT("年加工"), STR_INIT("年处理"),
                                        STR_INIT("日处理"), STR_INIT("日产"),   STR_INIT("年屠宰"),
                                        STR_INIT("年出栏")};
    bool capacity = false;
    for (size_t i = 0; i < sizeof yearly / sizeof *yearly; i++)
        capacity |= str_ends(before, yearly[i]);
    if (!capacity)
        return false;
    for (size_t i = q->after;
         i < s->text.n && i < q->after + STR("新能源汽车电机铝合金零部件生产线建设项目").n;) {
        if (str_starts(str_sub(s->text, i, s->text.n), STR("项目")))
            return true;
        uint32_t c = utf8_next(s->text, &i);
        if (quantity_is_boundary(c) && c != U'、')
            return false;
    }
    return false;
}

/* True where another number stands between byte `at` and the end of the clause. */
static bool counts_on(const struct quantity_scan *s, size_t at)
{
    size_t most = at + 90;
    while (at < s->text.n && at < most) {
        uint32_t c = utf8_next(s->text, &at);
        if (c == ',' || c == ';' || c == U'。' || c == U'、')
            return false;
        if (point_is_any_digit(c) || c == U'的')
            return true;
    }
    return false;
}

bool quantity_names_a_class(const struct quantity_scan *s, const struct quantity *q, bool bare,
                            bool han)
{
    uint32_t next = utf8_at(s->text, q->after);
    bool share = q->class == UNIT_SHARE || q->class == UNIT_POINTS;
    bool tail = q->after > q->end;
    bool noun = point_is_han(next) && next != U'的' &&
                lexicon_match(s->verbs, s->text, q->after, NULL) == NULL &&
                lexicon_match(s->changes, s->text, q->after, NULL) == NULL;
    bool of = next == U'的';
    if (share)
        return false;
    /* 30岁以下占34%: a class by its bound, whose share follows. */
    if (tail && next == U'占' && str_starts(str_sub(s->text, q->end, q->after), STR("以")))
        return true;
    /* 引进5家以上龙头企业 counts things; 100人以上企业 names a class. */
    bool things = q->class == UNIT_COUNT && q->classifier && noun && !counts_on(s, q->after) &&
                  str_eq(str_sub(s->text, q->end, q->after), STR("以上"));
    if (things)
        return false;
    if (tail && (noun || of || point_is_digit(next)))
        return !str_ends(str_sub(s->text, q->end, q->after), STR("左右")) || point_is_digit(next);
    if (bare && (noun || of || q->before == q->start))
        return true;
    if (noun && names_a_project(s, q))
        return true;
    /* 100兆瓦级储能, 330千伏线路 name what they describe. */
    if (next == U'级' || (noun && str_ends(q->unit, STR("千伏"))))
        return true;
    if (q->class == UNIT_AGE || q->class == UNIT_TIME) {
        if (point_is_digit(next))
            return true;
        if (next == U'大' && !tail)
            return false;
        if (q->class == UNIT_TIME && (noun || of || han) && !quantity_is_said_to_last(s, q) &&
            !(han && quantity_is_boundary(next)))
            return true;
    }
    size_t start;
    const struct lexicon_entry *e = lexicon_match_before(s->qualifiers, s->text, q->start, &start);
    return of && e != NULL && lexicon_flag(e, "compare");
}

bool quantity_stands_alone(const struct quantity_scan *s, const struct quantity *q)
{
    struct str clause = str_sub(s->text, quantity_near(s, q->before), q->before);
    size_t start;
    if (!quantity_is_boundary(utf8_at(s->text, q->after)) && utf8_at(s->text, q->after) != U'的' &&
        lexicon_match(s->verbs, s->text, q->after, NULL) == NULL &&
        lexicon_match(s->changes, s->text, q->after, NULL) == NULL)
        return false;
    const struct lexicon_entry *verb = lexicon_match_before(s->verbs, s->text, q->before, &start);
    if (verb != NULL && quantity_label_is(verb, "share"))
        return true;
    static const struct str heads[] = {STR_INIT("指数"),   STR_INIT("系数"),   STR_INIT("得分"),
                                       STR_INIT("比值"),   STR_INIT("性别比"), STR_INIT("收入比"),
                                       STR_INIT("消费比"), STR_INIT("总分"),   STR_INIT("高度")};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        if (str_has(clause, heads[i]))
            return true;
    return false;
}

/* Seconds are scores only beside what is scored: 满意度94.9分. */
static bool is_score(const struct quantity_scan *s, const struct quantity *q)
{
    static const struct str heads[] = {
        STR_INIT("指数"), STR_INIT("得分"), STR_INIT("满意度"), STR_INIT("评分"), STR_INIT("总分"),
        STR_INIT("分数"), STR_INIT("高分"), STR_INIT("成绩"),   STR_INIT("考核"), STR_INIT("测评")};
    struct str clause = str_sub(s->text, quantity_near(s, q->end), q->end + 30);
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        if (str_has(clause, heads[i]))
            return true;
    return false;
}

/* 翻一番, 翻了两番. */
static bool is_doubling(const struct quantity_scan *s, const struct lexicon_entry *unit, size_t at)
{
    struct str before = str_sub(s->text, 0, at);
    return str_eq(unit->word, STR("番")) &&
           (str_ends(before, STR("翻")) || str_ends(before, STR("翻了")));
}

/* 翻了近|一倍, 增长|一倍: what grew by as much again. */
static bool is_once_more(const struct quantity_scan *s, const struct lexicon_entry *unit,
                         const struct quantity *q)
{
    size_t start;
    const struct lexicon_entry *e = lexicon_match_before(s->changes, s->text, q->before, &start);
    return str_eq(unit->word, STR("倍")) &&
           (quantity_label_is(e, "up") || str_ends(str_sub(s->text, 0, q->before), STR("翻了")));
}

bool quantity_unit_fits(const struct quantity_scan *s, const struct quantity_unit *u,
                        const struct numeral *n, const struct quantity *q)
{
    const struct lexicon_entry *e = u->entry;
    uint32_t next = utf8_at(s->text, u->end);
    if (is_doubling(s, e, q->start))
        return true;
    /* 十多道 counts whatever the word that counts. */
    if (n->han && u->power == 0 && u->inner.n == 0 &&
        (lexicon_flag(e, "digits") || !lexicon_flag(e, "han"))) {
        /* 年, 天, 小时 after a Han numeral only where something is said to last. */
        if (quantity_class_named(e->role) != UNIT_TIME)
            return false;
        if (!quantity_is_said_to_last(s, q) && !quantity_is_boundary(next) && next != U'半')
            return false;
        if (str_eq(e->word, STR("年")) && n->value.digits == 1)
            return false;
        /* 这五年, 奋进的五年: a way of naming years, no measure. */
        size_t front = q->start;
        uint32_t before = utf8_previous(s->text, &front);
        if (before == U'这' || before == U'的' || before == U'那' || before == U'头')
            return false;
    }
    if (n->han && n->value.digits == 0 && !n->bare)
        return false;
    if (n->han && n->value.digits == 1 && n->value.scale == 0 && u->power == 0 && !n->bare &&
        !is_once_more(s, e, q)) {
        enum unit_class class = quantity_class_named(e->role);
        if (class == UNIT_COUNT || class == UNIT_PEOPLE || class == UNIT_TIME ||
            class == UNIT_RATIO || class == UNIT_AREA || class == UNIT_WEIGHT)
            return false;
    }
    if (str_eq(e->word, STR("分")))
        return is_score(s, q);
    size_t session = q->start;
    struct str rest = str_sub(s->text, u->end, s->text.n);
    /* 六届三次全会, 三次会议: numbering; 两位数 is a way of speaking. */
    if (str_eq(e->word, STR("次")) &&
        (utf8_previous(s->text, &session) == U'届' || (n->han && str_starts(rest, STR("会议"))) ||
         (n->han && str_starts(rest, STR("全会")))))
        return false;
    if (str_eq(e->word, STR("位")) && str_starts(rest, STR("数")))
        return false;
    /* 便宜5角; 5角 of a star are none. */
    if (str_eq(e->word, STR("角")))
        return n->value.scale == 0 && n->value.digits < 10 &&
               (quantity_is_boundary(next) || point_is_digit(next));
    /* 二人 is they both. */
    if (n->han && str_eq(e->word, STR("人")) && utf8_at(s->text, q->start) == U'二' &&
        u->end == n->end + STR("人").n)
        return n->value.digits != 2;
    if (str_eq(e->word, STR("成"))) {
        /* 三成 is a share; 二成立, 一成本 are no words of number. */
        if (n->bare)
            return false;
        static const struct str words[] = {
            STR_INIT("势"), STR_INIT("型"), STR_INIT("立"), STR_INIT("本"), STR_INIT("功"),
            STR_INIT("为"), STR_INIT("员"), STR_INIT("果"), STR_INIT("绩"), STR_INIT("效"),
            STR_INIT("长"), STR_INIT("都"), STR_INIT("品"), STR_INIT("交"), STR_INIT("年"),
            STR_INIT("熟"), STR_INIT("套"), STR_INIT("了"), STR_INIT("就"), STR_INIT("渝")};
        for (size_t i = 0; i < sizeof words / sizeof *words; i++)
            if (str_starts(str_sub(s->text, u->end, s->text.n), words[i]))
                return false;
    }
    if (str_eq(e->word, STR("对")) || str_eq(e->word, STR("面")) || str_eq(e->word, STR("把")) ||
        str_eq(e->word, STR("次")) || str_eq(e->word, STR("层")))
        return next != U'外' && next != U'待' && next != U'级' && next != U'向';
    return true;
}
