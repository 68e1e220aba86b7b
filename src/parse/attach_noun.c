/* What is counted: the noun behind a quantity. */
#include "baolan/utf8.h"
#include "parse/attach_parts.h"

/* 小区|户均车位, 企业|没有专利: an average or a lack of those that are counted is told of them
 * behind their noun. */
static struct stretch before_average(const struct attacher *a, struct stretch s)
{
    static const struct str words[] = {STR_INIT("户均"), STR_INIT("亩均"), STR_INIT("人均"),
                                       STR_INIT("平均"), STR_INIT("年均"), STR_INIT("没有"),
                                       STR_INIT("共设"), STR_INIT("尚未"), STR_INIT("缺少")};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t at = phrase_find(a, s, words[i]);
        if (at != STR_NONE && at >= STR("企业").n)
            s.end = s.start + at;
    }
    return s;
}

/* 三项|指标增速均居: what is counted ends before its growth. */
static struct stretch before_rate(const struct attacher *a, struct stretch s)
{
    size_t i = s.start;
    if (!stretch_is_empty(s))
        utf8_next(a->text, &i);
    const struct str text = str_sub(a->text, 0, s.end);
    while (utf8_skip_han_outside(text, &i, a->changes->forward.begins), i < s.end) {
        if (role_is(lexicon_match(a->changes, a->text, i, NULL), "noun"))
            return (struct stretch){s.start, i};
        utf8_next(a->text, &i);
    }
    return s;
}

/* 3157亿元车购税资金|支持地方建设: what the money is ends with the first name of money. */
static struct stretch to_money(const struct attacher *a, struct stretch s)
{
    for (size_t i = s.start; i < s.end;) {
        size_t end;
        const struct lexicon_entry *e = lexicon_match(a->metrics, a->text, i, &end);
        if (e != NULL && lexicon_flag(e, "kind") && end <= s.end)
            return (struct stretch){s.start, end};
        utf8_next(a->text, &i);
    }
    return s;
}

/* 6个重点工程投资|就达3.6亿元: without the single words before the next quantity. */
static struct stretch without_last_link(const struct attacher *a, struct stretch s)
{
    static const struct str links[] = {STR_INIT("和"), STR_INIT("与"), STR_INIT("及"),
                                       STR_INIT("达"), STR_INIT("为"), STR_INIT("有"),
                                       STR_INIT("是"), STR_INIT("就"), STR_INIT("共"),
                                       STR_INIT("均"), STR_INIT("超")};
    for (size_t i = 0; i < sizeof links / sizeof *links; i++)
        if (phrase_ends(a, s, links[i]) && s.end - s.start > STR("企业").n) {
            s.end -= links[i].n;
            i = 0;
        }
    return s;
}

/* 愿意, 流入, 天天: a common word that no noun holds, and that no list of words of ours tells more
 * of. */
static bool is_plain_deed(const struct attacher *a, size_t at, size_t end)
{
    const struct lexicon *words = lexicons_get(a->lexicons, LEXICON_WORDS);
    const struct lexicon_entry *e = lexicon_find(words, str_sub(a->text, at, end));
    if (e == NULL || !str_eq(e->fields, STR("stop")) ||
        lexicon_match(a->verbs, a->text, at, NULL) != NULL)
        return false;
    /* 返乡|务工人员: a verb in front of those who do it is part of their name. */
    e = lexicon_match(a->metrics, a->text, end, NULL);
    return e == NULL || !lexicon_flag(e, "head");
}

/* 农户, 合作社: a phrase that ends with the name of what does something. */
static bool names_a_doer(const struct attacher *a, struct stretch s)
{
    const struct lexicon_entry *e;
    struct stretch metric;
    size_t end;
    static const struct str places[] = {STR_INIT("市"),  STR_INIT("县"), STR_INIT("区"),
                                        STR_INIT("镇"),  STR_INIT("乡"), STR_INIT("村"),
                                        STR_INIT("国家")};
    if (s.end - s.start < STR("农户").n)
        return false;
    bool verb = phrase_opens_with_verb(a, s) || is_plain_deed(a, s.start, s.end);
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        if (phrase_ends(a, s, places[i]) && !phrase_is_region(a, s, &end) && !verb)
            return true;
    return (phrase_starts(a, s, STR("“")) && phrase_ends(a, s, STR("”"))) ||
           (phrase_metric(a, s, true, &metric, &e) && lexicon_flag(e, "head"));
}

/* 300亩|土地|建设专区, 2000亩|杏林|发展旅游: a verb that is as often part of a noun is one behind
 * the land that is measured. */
static bool is_deed_on_land(const struct attacher *a, const struct quantity *q, size_t at)
{
    return q->class == UNIT_AREA && role_is(lexicon_match(a->verbs, a->text, at, NULL), "weak");
}

/* 农户|愿意搬迁, 毒豆芽|流入市场: what those that are counted do is no part of their name. A tail
 * that ends as a name does is one: 企业|帮扶中心. */
static struct stretch before_deed(const struct attacher *a, const struct quantity *q,
                                  struct stretch s)
{
    size_t two = STR("愿意").n, start;
    for (size_t i = s.start; i + two <= s.end;) {
        size_t after = phrase_skip_quote(a, i, s.end);
        if (after != i) {
            i = after;
            continue;
        }
        struct stretch front = {s.start, i}, tail = {i, s.end};
        bool whole = tail.end - tail.start != STR("出入口").n;
        bool deed =
            whole && i >= s.start + two &&
            (is_deed_on_land(a, q, i) || (is_plain_deed(a, i, i + two) && names_a_doer(a, front)));
        if (deed && !phrase_splits_word(a, i) && !phrase_has_head(a, tail) &&
            phrase_ends_in(a, a->metrics, tail, &start) == NULL)
            return front;
        utf8_next(a->text, &i);
    }
    return s;
}

/* 监测对象稳定|消除风险, 民生实事全面|完成: how it was done is no part of what was counted, nor
 * that it is done everywhere (模式全覆盖). */
static struct stretch without_manner(const struct attacher *a, struct stretch s)
{
    static const struct str words[] = {
        STR_INIT("全面"),   STR_INIT("稳定"), STR_INIT("如期"), STR_INIT("显著"), STR_INIT("全线"),
        STR_INIT("双双"),   STR_INIT("全部"), STR_INIT("没有"), STR_INIT("未能"), STR_INIT("尚未"),
        STR_INIT("全覆盖"), STR_INIT("和"),   STR_INIT("与"),   STR_INIT("及")};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (phrase_ends(a, s, words[i]) && s.end - s.start >= words[i].n + STR("事项").n) {
            s.end -= words[i].n;
            i = 0;
        }
    return s;
}

/* 重大项目|建设, 城中村|改造: what is done to things that have a name of their own. */
static struct stretch without_works(const struct attacher *a, struct stretch s)
{
    static const struct str works[] = {STR_INIT("建设"), STR_INIT("改造"), STR_INIT("提质升级"),
                                       STR_INIT("布局")};
    for (size_t i = 0; i < sizeof works / sizeof *works; i++) {
        struct stretch front = {s.start, s.end - works[i].n};
        if (phrase_ends(a, s, works[i]) && front.end >= s.start + STR("产业园").n &&
            (phrase_has_head(a, front) || names_a_doer(a, front)))
            return front;
    }
    return s;
}

/* 县|被认定为…, 农产品产量|居全国第一, 青少年|赴首都: a word of one character with which what is
 * told of those that are counted begins. */
static bool begins_predicate(const struct attacher *a, size_t at, size_t limit)
{
    static const struct str words[] = {STR_INIT("被"),   STR_INIT("让"),  STR_INIT("赴"),
                                       STR_INIT("获"),   STR_INIT("在"),  STR_INIT("居全"),
                                       STR_INIT("通硬"), STR_INIT("立起")};
    struct str rest = str_sub(a->text, at, limit);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_starts(rest, words[i]))
            return !phrase_splits_word(a, at) &&
                   !(words[i].n <= STR("在").n &&
                     lexicon_find(lexicons_get(a->lexicons, LEXICON_WORDS),
                                  str_sub(rest, 0, STR("在建").n)) != NULL);
    return false;
}

static struct stretch before_predicate(const struct attacher *a, struct stretch s)
{
    for (size_t i = s.start; i < s.end;) {
        size_t after = phrase_skip_quote(a, i, s.end);
        if (after != i) {
            i = after;
            continue;
        }
        if (i > s.start && begins_predicate(a, i, s.end))
            return phrase_strip_links(a, phrase_trim_front(a, (struct stretch){s.start, i}));
        utf8_next(a->text, &i);
    }
    return s;
}

/* 废弃矿山生态|修复示范工程, 校企|联合实验室: where what stands before the verb at the end of s
 * names nothing that is counted, and what ends the clause behind it does, the verb is part of the
 * name. */
static struct stretch with_undertaking(const struct attacher *a, struct stretch s, size_t limit)
{
    enum { FAR = 24 };
    size_t end = s.end, verb_end;
    const struct lexicon_entry *e = lexicon_match(a->verbs, a->text, s.end, &verb_end);
    if (e == NULL || (!role_is(e, "other") && !role_is(e, "link") &&
                      !str_starts(str_sub(a->text, verb_end, limit), STR("示范"))))
        return s;
    while (end < limit && end - s.end <= FAR) {
        size_t next = end;
        uint32_t c = utf8_next(a->text, &next);
        if (!point_is_han(c))
            break;
        end = next;
    }
    struct stretch object = {verb_end, end}, verb;
    if (end - s.end > FAR)
        return s;
    /* 普通高中招生|计划 */
    if (object.end <= object.start)
        return role_is(e, "link") ? (struct stretch){s.start, end} : s;
    bool outcome = phrase_starts(a, object, STR("为")) || phrase_starts(a, object, STR("成")) ||
                   phrase_starts(a, object, STR("到")) || phrase_starts(a, object, STR("了"));
    bool named =
        phrase_has_head(a, object) && !outcome && !phrase_last_verb(a, object, false, &verb, NULL);
    return !named || phrase_has_head(a, s) || names_a_doer(a, s) ? s
                                                                 : (struct stretch){s.start, end};
}

/* The phrase after a quantity that names what is counted; empty where none does. */
struct stretch attach_noun_after(const struct attacher *a, const struct quantity *q, size_t limit)
{
    struct stretch none = {q->after, q->after};
    size_t at = q->after;
    bool of = str_starts(str_sub(a->text, at, limit), STR("的"));
    uint32_t c = utf8_at(a->text, at);
    /* 13家5A级景区 */
    bool grade =
        point_is_digit(c) && at + 1 < limit && point_is_latin((unsigned char)a->text.p[at + 1]);
    if (!(point_is_han(c) || c == U'“' || c == U'《' || point_is_latin(c) || grade) || at >= limit)
        return none;
    /* 35元一斤: what it is the price of, not what it is. */
    if (q->class == UNIT_MONEY && c == U'一')
        return none;
    if (of)
        at += STR("的").n;
    size_t link_end;
    const struct lexicon_entry *e = lexicon_match(a->verbs, a->text, at, &link_end);
    if (!of && role_is(e, "link") && e->word.n >= STR("已升").n) {
        at = link_end;
        e = lexicon_match(a->verbs, a->text, at, NULL);
    }
    const struct lexicon_entry *change = lexicon_match(a->changes, a->text, at, NULL);
    if (change != NULL && !role_is(change, "from") && !role_is(change, "noun"))
        return none;
    /* 100万元补助: a verb that is the money's name. */
    if (e != NULL && !point_is_han(utf8_at(a->text, at + e->word.n)) && q->class == UNIT_MONEY &&
        lexicon_find(a->metrics, e->word) != NULL)
        return (struct stretch){at, at + e->word.n};
    if (e != NULL && !role_is(e, "noun") && !role_is(e, "weak")) {
        /* 4个具有地方辨识度的全国性现代产业集群: what stands after 的. */
        struct stretch clause = {at, limit};
        struct stretch tail = phrase_after_of(a, clause);
        if (tail.start == clause.start || !(role_is(e, "other") || role_is(e, "object")))
            return none;
        return phrase_trim(a, phrase_after(a, tail.start, limit));
    }
    struct stretch s = phrase_after(a, at, limit);
    if (s.end < limit && role_is(lexicon_match(a->verbs, a->text, s.end, NULL), "other")) {
        struct stretch tail = phrase_after_of(a, (struct stretch){at, limit});
        if (tail.start > s.end)
            s = phrase_after(a, tail.start, limit);
    }
    if (q->classifier && q->class != UNIT_PEOPLE && s.end < limit) {
        struct stretch whole = with_undertaking(a, s, limit);
        if (whole.end > s.end)
            return phrase_trim(a, phrase_after_of(a, whole));
    }
    s = before_average(a, before_rate(a, s));
    if (q->class == UNIT_MONEY)
        s = to_money(a, s);
    if (s.end >= limit)
        s = without_last_link(a, s);
    if (phrase_ends(a, s, STR("之一")))
        s.end -= STR("之一").n;
    struct stretch tail = phrase_after_of(a, s), metric;
    const struct lexicon_entry *head;
    /* 46家企业的问卷: the counted noun stands before 的 where it has a head. */
    if (tail.start > s.start && !of) {
        struct stretch front = {s.start, tail.start - STR("的").n};
        if (phrase_metric(a, front, true, &metric, &head) && lexicon_flag(head, "head"))
            return phrase_strip_links(a, phrase_trim_front(a, front));
    }
    s = before_predicate(a, phrase_strip_links(a, phrase_trim_front(a, tail)));
    return without_works(a, without_manner(a, before_deed(a, q, s)));
}

/* 务工人员 ends with 人员, and not with 工人: another such noun begins within this one and outlasts
 * it.
 */
static bool overlapped(const struct attacher *a, size_t start, size_t end)
{
    for (size_t i = start; utf8_next(a->text, &i) != 0 && i < end;) {
        size_t other;
        const struct lexicon_entry *e = lexicon_match(a->metrics, a->text, i, &other);
        if (e != NULL && lexicon_flag(e, "head") && other > end)
            return true;
    }
    return false;
}

/* 国家级中小企业|特色产业集群: a name goes on behind the noun, and ends with a noun that is
 * counted. */
static bool goes_on_as_name(const struct attacher *a, struct stretch tail)
{
    struct stretch verb, metric;
    const struct lexicon_entry *e;
    uint32_t c = utf8_at(a->text, tail.start);
    if (!point_is_han(c) || phrase_opens_with_verb(a, tail) ||
        phrase_first_verb(a, tail, &verb, NULL) || begins_predicate(a, tail.start, tail.end) ||
        is_plain_deed(a, tail.start, tail.start + STR("特色").n) || c == U'及' || c == U'和' ||
        c == U'与' || c == U'把' || c == U'以' || c == U'作' || c == U'中')
        return false;
    return phrase_has_head(a, tail) ||
           (phrase_metric(a, tail, true, &metric, &e) && lexicon_flag(e, "head"));
}

/* 行业|大模型, 农村|科技特派员: from the end of one such noun to that of the last right behind it.
 */
static size_t over_heads(const struct attacher *a, size_t end, size_t limit)
{
    size_t next;
    const struct lexicon_entry *e;
    while (end < limit && (e = lexicon_match(a->metrics, a->text, end, &next)) != NULL &&
           lexicon_flag(e, "head") && next <= limit)
        end = next;
    return end;
}

/* 9位市政协委员作大会发言: the noun of what is counted ends with its head. */
struct stretch attach_counted_noun(const struct attacher *a, struct stretch s)
{
    for (size_t i = s.start; i < s.end;) {
        size_t end, after = phrase_skip_quote(a, i, s.end);
        if (after != i && i > s.start) { /* 村(社区): the bracket belongs to the noun before it */
            i = after;
            continue;
        }
        const struct lexicon_entry *e = lexicon_match(a->metrics, a->text, i, &end);
        if (e != NULL && lexicon_flag(e, "head") && end < s.end && end - s.start >= STR("委员").n &&
            !overlapped(a, i, end) && !goes_on_as_name(a, (struct stretch){end, s.end})) {
            end = over_heads(a, end, s.end);
            if (utf8_at(a->text, end) == '(')
                end = phrase_skip_quote(a, end, s.end);
            s.end = end;
            return s;
        }
        utf8_next(a->text, &i);
    }
    return s;
}

/* The limit of what may follow quantity k in its clause. */
size_t attach_limit_after(const struct attacher *a, size_t k, size_t last)
{
    for (size_t i = k + 1; i < last; i++)
        if (!a->quantities->at[i].label)
            return a->quantities->at[i].before;
    return a->clause.end;
}
