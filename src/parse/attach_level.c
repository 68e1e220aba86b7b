/* The fourth kind of indicators: amounts, counts, rates. */
#include "baolan/utf8.h"
#include "parse/attach_parts.h"

/* A quantity and what stands on both sides of it. */
struct sides {
    const struct quantity *q;
    struct stretch before, after;
    size_t limit;   /* the next quantity, or the clause's end */
    bool of;        /* 的 follows */
    bool predicate; /* another quantity follows in the clause */
};

/* 连续14年开展母亲援助工程: what lasts is the object of the verb behind it. */
static bool lasting_object(const struct attacher *a, const struct sides *s, struct attachment *out)
{
    size_t end;
    if (s->q->class != UNIT_TIME)
        return false;
    const struct lexicon_entry *e = lexicon_match(a->verbs, a->text, s->q->after, &end);
    if (!role_is(e, "object") || end >= s->limit)
        return false;
    out->metric = phrase_str(a, phrase_trim(a, phrase_after(a, end, s->limit)));
    out->subject = attach_subject_or_said(a, attach_subject(a, s->before));
    return true;
}

/* 投资1.6亿元|改造|原纺织厂3幢厂房: the end of what was done with the money before. */
static size_t deed_behind(const struct attacher *a, const struct sides *s)
{
    size_t k = (size_t)(s->q - a->quantities->at), end;
    const struct lexicon_entry *e = lexicon_match(a->verbs, a->text, s->before.start, &end);
    bool money = k > 0 && a->quantities->at[k - 1].after == s->before.start &&
                 a->quantities->at[k - 1].class == UNIT_MONEY;
    return money && e != NULL && !role_is(e, "noun") ? end : s->before.start;
}

/* True where a rate or an average begins at a byte: it is of those that stand before it. */
static bool is_told_of(const struct attacher *a, size_t at)
{
    static const struct str words[] = {STR_INIT("户均"), STR_INIT("亩均"), STR_INIT("人均"),
                                       STR_INIT("平均"), STR_INIT("年均")};
    struct str rest = str_sub(a->text, at, a->clause.end);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_starts(rest, words[i]))
            return true;
    const struct lexicon_entry *e = lexicon_match(a->metrics, a->text, at, NULL);
    return e != NULL && lexicon_flag(e, "rate");
}

/* 130家规上企业, 9位市政协委员: the noun behind is what is counted. */
static void counted_noun(const struct attacher *a, struct sides *s, struct attachment *out)
{
    struct stretch verb, metric, listed[LIST_ROOM];
    const struct lexicon_entry *head;
    struct str subject = {0};
    bool predicate = s->predicate;
    out->rule = "count-noun";
    /* 31个行业中有22个增长: the field of what follows, and none of its owners. */
    bool field = phrase_ends(a, s->after, STR("中")) &&
                 s->after.end > s->after.start + STR("行业").n &&
                 !phrase_splits_word(a, s->after.end - STR("中").n);
    if (field) {
        s->after.end -= STR("中").n;
        predicate = false;
    }
    /* 12条生产线整齐排列: what they do is no part of what is counted. */
    bool ends = phrase_metric(a, s->after, true, &metric, &head) || phrase_has_head(a, s->after);
    if (s->q->class == UNIT_PEOPLE || !ends)
        s->after = attach_counted_noun(a, s->after);
    if (!stretch_is_empty(s->before)) {
        bool object = phrase_last_verb(a, s->before, false, &verb, NULL);
        predicate = predicate && !object;
        struct stretch place = {s->before.end, s->before.end};
        if (object)
            place = phrase_trim(a, (struct stretch){verb.end, s->before.end});
        while (phrase_starts(a, place, STR("了")))
            place.start += STR("了").n;
        /* 可覆盖|城南片区|5个小区: where they are stands behind the verb. */
        if (object && !stretch_is_empty(place) && phrase_has_head(a, place) &&
            !phrase_is(a, place, STR("全国")) && !phrase_is(a, place, STR("全球")))
            s->before = place;
        else if (object)
            s->before.end = verb.start;
        size_t done = deed_behind(a, s);
        /* The mill is whose the houses are, and no more spoken of. */
        if (done > s->before.start && done < s->before.end) {
            s->before.start = done;
            out->sector = true;
        }
        subject = attach_subject(a, s->before);
        /* 在全市9个街道, 对主城区7个小区: where they are. */
        size_t at;
        if (subject.n == 0 && role_is(phrase_ends_in(a, a->labels, s->before, &at), "region"))
            subject = phrase_str(a, (struct stretch){at, s->before.end});
    }
    /* 两家企业产值合计…: the noun that is counted ends before what is measured. */
    if (phrase_metric(a, s->after, true, &metric, &head) && !lexicon_flag(head, "head") &&
        (lexicon_flag(head, "money") || lexicon_flag(head, "rate")) &&
        metric.start > s->after.start && s->limit < a->clause.end)
        s->after.end = metric.start;
    out->consumed = s->after.end + (field ? STR("中").n : 0);
    /* 水源地|达标率保持100%, 大棚|亩均收入2万元: the next phrase begins with whose it is. */
    if (predicate && stretch_is_empty(s->before) && is_told_of(a, s->after.end))
        out->consumed = s->after.start;
    out->metric = phrase_str(a, s->after);
    bool names = !stretch_is_empty(s->before) && phrase_list(a, s->before, listed, LIST_ROOM) > 1;
    /* 3台机床、12名工人 are a list. */
    uint32_t next = utf8_at(a->text, s->after.end);
    predicate = predicate && next != U'、' && next != U'和';
    bool known = phrase_metric(a, s->after, true, &metric, &head);
    if (known && metric.start == s->after.start) {
        /* 规上工业企业 is a word of its own: its head is 企业. */
        struct stretch tail = {s->after.end - STR("企业").n, s->after.end};
        known = tail.start > s->after.start && phrase_metric(a, tail, true, &metric, &head) &&
                lexicon_flag(head, "owner");
    }
    if (predicate && !names && s->q->before <= a->clause.start + 120 && known) {
        out->subject = out->metric;
        out->metric = phrase_str(a, metric);
    } else if (predicate && stretch_is_empty(s->before)) {
        /* 15个行业更是只有1家: what follows is theirs. */
        out->names = phrase_str(a, (struct stretch){s->q->before, s->after.end});
    } else {
        out->subject = attach_subject_or_said(a, subject);
    }
}

/* 满载420吨鲜果, 做80斤面: a weight, a volume or an area of what stands right behind it, where no
 * metric stands before it. */
static bool is_of_noun_behind(const struct attacher *a, const struct sides *s)
{
    struct stretch metric;
    bool mass = s->q->class == UNIT_WEIGHT || s->q->class == UNIT_VOLUME ||
                s->q->class == UNIT_AREA || s->q->class == UNIT_LENGTH;
    return mass && !s->of && s->q->after == s->q->end && !stretch_is_empty(s->after) &&
           !phrase_metric(a, s->before, true, &metric, NULL);
}

/* 隧道长|1280米, 叶片重|58吨: the single character that says what is measured. False where it ends
 * a longer word. */
static bool measured_by_character(const struct attacher *a, const struct sides *s,
                                  struct attachment *out)
{
    static const struct str words[] = {STR_INIT("长"), STR_INIT("宽"), STR_INIT("高"),
                                       STR_INIT("深"), STR_INIT("厚"), STR_INIT("重")};
    bool size = s->q->class == UNIT_LENGTH || s->q->class == UNIT_WEIGHT;
    for (size_t i = 0; i < sizeof words / sizeof *words && size; i++) {
        struct stretch front = {s->before.start, s->before.end - words[i].n};
        if (!phrase_ends(a, s->before, words[i]) || front.end < front.start + STR("隧道").n)
            continue;
        out->metric = words[i];
        out->subject = attach_subject_or_said(a, attach_subject(a, front));
        return true;
    }
    return false;
}

/* 建设了|3000亩. */
static bool was_done(const struct attacher *a, const struct sides *s)
{
    struct str before = str_sub(a->text, s->before.start, s->q->before);
    return str_ends(before, STR("了"));
}

/* 汽车保有量3230万辆，其中新能源汽车356万辆: the part of an amount just said, in its unit. */
static bool part_of_amount(const struct attacher *a, const struct sides *s, struct attachment *out)
{
    size_t k = (size_t)(s->q - a->quantities->at), start;
    struct stretch metric, verb;
    const struct lexicon_entry *whole =
        lexicon_match_before(a->metrics, a->said.amount, a->said.amount.n, &start);
    bool lists = phrase_starts(a, a->clause, STR("其中")) || a->said.parts;
    if (k == 0 || s->of || !stretch_is_empty(s->after) || !lists || whole == NULL ||
        (lexicon_flag(whole, "head") && s->q->class != UNIT_PEOPLE) ||
        !str_eq(a->said.amount_unit, s->q->base_unit) ||
        phrase_metric(a, s->before, true, &metric, NULL) ||
        phrase_last_verb(a, s->before, true, &verb, NULL))
        return false;
    /* 民营经济…。其中，第一产业…: attach_sibling() tells of which economy. */
    const struct lexicon_entry *own =
        lexicon_find(a->metrics, str_sub(a->text, s->before.start, s->before.end));
    if (a->said.whole.n > 0 && own != NULL && lexicon_flag(own, "own"))
        return false;
    out->rule = "part";
    out->metric = a->said.amount;
    out->subject = phrase_str(a, s->before);
    out->sector = true;
    return true;
}

/* 受访新居民中，男性612人: a group of those that the sentence tells some of. */
static bool group_among(const struct attacher *a, const struct sides *s, struct attachment *out)
{
    struct stretch metric, verb;
    if (a->said.among.n == 0 || s->of || !stretch_is_empty(s->after) ||
        s->q->class != UNIT_PEOPLE || phrase_metric(a, s->before, true, &metric, NULL) ||
        phrase_last_verb(a, s->before, true, &verb, NULL))
        return false;
    out->rule = "part";
    out->metric = a->said.among;
    out->subject = phrase_str(a, s->before);
    out->sector = true;
    return true;
}

/* 投资8600万元|建设|食用菌产业园, 投入1.2亿元|用于|民生工程: where nobody is said to spend, of what
 * it is spent on. */
static bool spent_on(const struct attacher *a, const struct sides *s, struct attachment *out)
{
    static const struct str words[] = {STR_INIT("投资"), STR_INIT("投入"), STR_INIT("投入资金"),
                                       STR_INIT("总投资"), STR_INIT("计划投资")};
    static const struct str tails[] = {STR_INIT("建设"), STR_INIT("改造"), STR_INIT("工作"),
                                       STR_INIT("的建设力度"), STR_INIT("建设力度")};
    struct stretch at = {s->q->after, s->limit}, inner;
    bool spent = false;
    if (s->q->class != UNIT_MONEY)
        return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        spent |= phrase_is(a, s->before, words[i]);
    if (!spent || phrase_trim_front(a, a->clause).start != s->before.start)
        return false;
    if (phrase_starts(a, at, STR("用于")))
        at.start += STR("用于").n;
    size_t end = at.start, k = (size_t)(s->q - a->quantities->at);
    const struct lexicon_entry *e = lexicon_match(a->verbs, a->text, at.start, &end);
    bool deed = role_is(e, "object") || role_is(e, "other") || role_is(e, "weak");
    if (!deed && at.start == s->q->after && !phrase_starts(a, at, STR("对")))
        return false;
    at.start = deed ? end : at.start + (phrase_starts(a, at, STR("对")) ? STR("对").n : 0);
    bool counts =
        s->limit < a->clause.end && k + 1 < a->quantities->n && a->quantities->at[k + 1].classifier;
    struct stretch object =
        counts ? attach_noun_after(a, &a->quantities->at[k + 1], a->clause.end)
               : phrase_trim(a, phrase_after_of(a, phrase_after(a, at.start, s->limit)));
    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++)
        if (phrase_ends(a, object, tails[i]) && object.end - object.start > STR("产业园建设").n)
            object.end -= tails[i].n;
    if (object.end - object.start < STR("产业园").n || object.end - object.start > 75 ||
        phrase_first_verb(a, object, &inner, NULL))
        return false;
    out->metric = phrase_str(a, s->before);
    out->subject = phrase_str(a, object);
    out->sector = counts || !phrase_has_head(a, object); /* a park is spoken of further */
    return true;
}

/* 新增企业26家，总数达到238家: all of those that were counted; 增长62%，总量连续四年…: of what was
 * measured. */
static bool in_total(const struct attacher *a, const struct sides *s, struct attachment *out)
{
    const struct lexicon_entry *e =
        lexicon_find(a->metrics, str_sub(a->text, s->before.start, s->before.end));
    if (e == NULL || !lexicon_flag(e, "generic") || a->said.metric.n == 0 || !a->said.spoken)
        return false;
    bool counted =
        s->q->classifier && a->said.count.n > 0 && str_eq(s->q->unit, a->said.count_unit);
    out->metric = counted ? a->said.count : attach_joined(a, a->said.metric, e->word);
    out->subject = counted ? a->said.count_whose : a->said.subject;
    return true;
}

/* 产值386.5亿元, 租借2000平方米的仓库, 总投资113亿元的云河项目. */
/* 总规模50亿元的产业|引导基金: a fund's name goes on over the verbs in it. */
static void to_fund(const struct attacher *a, struct sides *s)
{
    size_t most = s->after.end + 45 < s->limit ? s->after.end + 45 : s->limit;
    if (!s->of || stretch_is_empty(s->after) || phrase_ends(a, s->after, STR("基金")))
        return;
    size_t at = str_find(str_sub(a->text, s->after.end, most), STR("基金"), 0);
    if (at != STR_NONE && !str_has(str_sub(a->text, s->after.end, s->after.end + at), STR(",")))
        s->after.end += at + STR("基金").n;
}

static void phrase_before(const struct attacher *a, struct sides *s, struct attachment *out)
{
    struct stretch verb, metric;
    bool owner = s->of && !s->q->classifier && !stretch_is_empty(s->after);
    if (measured_by_character(a, s, out) || part_of_amount(a, s, out) || group_among(a, s, out) ||
        spent_on(a, s, out))
        return;
    if (owner && !phrase_metric(a, s->before, true, &metric, NULL)) {
        if (phrase_last_verb(a, s->before, true, &verb, NULL))
            s->before.end = verb.start;
        out->metric = phrase_str(a, s->after);
        out->subject = attach_subject_or_said(a, attach_subject(a, s->before));
        return;
    }
    /* 在临江等乡镇建设了3000亩产业园: what was done to what stands behind. */
    if (is_of_noun_behind(a, s) || (!s->of && !stretch_is_empty(s->after) && was_done(a, s))) {
        out->consumed = s->after.end;
        out->metric = phrase_str(a, s->after);
        out->subject = attach_subject_or_said(a, attach_subject(a, s->before));
        return;
    }
    /* 给予最高100万元补助: the noun behind is what the verb gives. */
    if (!s->of && !stretch_is_empty(s->after) &&
        phrase_last_verb(a, s->before, false, &verb, NULL) && verb.end == s->before.end) {
        out->consumed = s->after.end;
        out->metric = phrase_str(a, s->after);
        out->subject = attach_subject_or_said(
            a, attach_subject(a, (struct stretch){s->before.start, verb.start}));
        return;
    }
    if (in_total(a, s, out))
        return;
    bool money = s->q->class == UNIT_MONEY && !phrase_last_verb(a, s->before, true, &verb, NULL);
    if (money && attach_sibling(a, s->before, false, out))
        return;
    attach_split(a, s->before, s->q->classifier, out);
    if (out->metric.n == 0 && s->q->class == UNIT_TIME)
        out->metric = phrase_str(a, s->before);
    /* 投入|1.2亿元: the verb says what the money is. */
    if (out->metric.n == 0 && s->q->class == UNIT_MONEY && phrase_ends(a, s->before, STR("投入")))
        out->metric = STR("投入");
    /* 护理保险|覆盖|5600万人: nothing but that they are people is said of them. */
    if (out->metric.n == 0 && stretch_is_empty(s->after) && str_eq(s->q->base_unit, STR("人")) &&
        phrase_last_verb(a, s->before, false, &verb, NULL) && verb.end == s->before.end)
        out->metric = STR("人数");
    if (out->metric.n == 0 && !stretch_is_empty(s->after)) {
        out->metric = phrase_str(a, s->after);
        out->consumed = s->after.end;
    } else if (out->metric.n == 0) {
        out->metric = a->said.metric;
    }
    /* 立案5002件: what was done is what is counted. */
    if (out->metric.n == 0 && phrase_first_verb(a, s->before, &verb, NULL) &&
        verb.start == s->before.start && verb.end == s->before.end)
        out->metric = phrase_str(a, verb);
    /* 94.9分的高分 says of whom nothing. */
    owner = owner && s->after.end - s->after.start > STR("高分").n;
    if (owner && !phrase_has_head(a, s->after)) {
        /* 芯片设计和封装测试项目: a verb inside the name does not end it. */
        size_t most = s->after.end + 60 < s->limit ? s->after.end + 60 : s->limit;
        size_t at = phrase_find(a, (struct stretch){s->after.end, most}, STR("项目"));
        if (at != STR_NONE)
            s->after.end += at + STR("项目").n;
    }
    to_fund(a, s);
    bool object = owner && phrase_last_verb(a, s->before, false, &verb, NULL);
    if (owner && (!object ||
                  phrase_metric(a, (struct stretch){verb.end, s->before.end}, true, &metric, NULL)))
        out->subject = phrase_str(a, attach_before_predicate(a, s->after));
}

/* 拥有一支668人的队伍: without 一支. */
static struct stretch without_article(const struct attacher *a, struct stretch s)
{
    static const struct str articles[] = {
        STR_INIT("一支"), STR_INIT("一个"), STR_INIT("一批"), STR_INIT("一座"), STR_INIT("一家"),
        STR_INIT("一条"), STR_INIT("一片"), STR_INIT("一处"), STR_INIT("一套"), STR_INIT("一项"),
        STR_INIT("一栋"), STR_INIT("一幢"), STR_INIT("一台")};
    for (size_t i = 0; phrase_may_have(a, s, STR("一")) && i < sizeof articles / sizeof *articles;
         i++)
        if (phrase_ends(a, s, articles[i]))
            s.end -= articles[i].n;
    return s;
}

/* 全县辖|4镇: the unit is what is counted. */
static bool counts_itself(const struct attacher *a, struct sides *s, struct attachment *out)
{
    struct stretch verb, metric;
    if (!s->q->thing || s->of || phrase_metric(a, s->before, true, &metric, NULL))
        return false;
    if (phrase_last_verb(a, s->before, false, &verb, NULL))
        s->before.end = verb.start;
    s->before = phrase_trim(a, s->before);
    static const struct str holds[] = {STR_INIT("下辖"), STR_INIT("现辖"), STR_INIT("辖")};
    for (size_t i = 0; i < sizeof holds / sizeof *holds; i++)
        if (phrase_ends(a, s->before, holds[i]))
            s->before.end -= holds[i].n;
    out->metric = s->q->base_unit;
    out->subject = attach_subject_or_said(a, attach_subject(a, s->before));
    return true;
}

/* 古民居60处，其中列入保护单位的有18处: of those that were counted by the same word. */
static bool counted_among(const struct attacher *a, const struct sides *s, struct attachment *out)
{
    struct stretch to = {s->before.start, s->q->before};
    static const struct str ends[] = {STR_INIT("的有"),   STR_INIT("的达"),   STR_INIT("的只有"),
                                      STR_INIT("的仅有"), STR_INIT("的共有"), STR_INIT("的就有"),
                                      STR_INIT("的仅"),   STR_INIT("的")};
    bool among = false;
    for (size_t i = 0; s->q->classifier && i < sizeof ends / sizeof *ends; i++)
        among |= phrase_ends(a, to, ends[i]);
    bool counted = a->said.count.n > 0 && a->said.spoken && str_eq(s->q->unit, a->said.count_unit);
    if (!s->q->classifier || !among || !(counted || a->said.among.n > 0) ||
        stretch_is_empty(s->before) || !stretch_is_empty(s->after))
        return false;
    out->rule = "counted-among";
    out->metric = a->said.among.n > 0 ? a->said.among : a->said.count;
    out->subject = attach_subject(a, s->before);
    if (out->subject.n == 0) /* 正在解决的43件: what was done is said as a verb alone */
        out->subject = phrase_str(a, s->before);
    return true;
}

/* 新建公园16个，…，目前已建成9个: of what was counted by the same word, where only a verb stands
 * before the number; 22个乡镇中，仍有9个没有充电桩: of those, what they do tells which. */
static bool counted_again(const struct attacher *a, const struct sides *s, struct attachment *out)
{
    static const struct str states[] = {STR_INIT("没有"), STR_INIT("未"), STR_INIT("尚未"),
                                        STR_INIT("无"),   STR_INIT("不"), STR_INIT("存在"),
                                        STR_INIT("缺")};
    struct stretch verb, rest = {s->q->after, s->limit};
    bool same = s->q->classifier && a->said.count.n > 0 && a->said.sentence_any &&
                str_eq(s->q->unit, a->said.count_unit);
    if (!same || s->of)
        return false;
    for (size_t i = 0; i < sizeof states / sizeof *states; i++)
        if (a->said.counted && stretch_is_empty(s->before) && phrase_starts(a, rest, states[i])) {
            out->rule = "counted-among";
            out->metric = a->said.count;
            out->subject = phrase_str(a, phrase_trim(a, rest));
            out->classed = true;
            out->consumed = rest.end;
            return true;
        }
    /* 提案192件，…，经济建设方面66件; 龙头企业48家，其中省级15家 */
    if (stretch_is_empty(s->after) &&
        (phrase_ends(a, s->before, STR("方面")) || phrase_ends(a, s->before, STR("领域")) ||
         phrase_ends(a, s->before, STR("级")))) {
        out->metric = a->said.count;
        out->subject = phrase_str(a, s->before);
        out->sector = true;
        return true;
    }
    if (!stretch_is_empty(s->after) || !phrase_last_verb(a, s->before, false, &verb, NULL) ||
        verb.end != s->before.end)
        return false;
    struct stretch front = phrase_trim(a, (struct stretch){s->before.start, verb.start});
    if (!stretch_is_empty(phrase_strip_links(a, front)) && !phrase_is(a, front, STR("已")))
        return false;
    out->metric = a->said.count;
    out->subject = a->said.count_whose;
    return true;
}

/* The byte where 每人, 每年 or 每个人 begins that s ends with; the end of s where none does. */
static size_t each_begins(const struct attacher *a, struct stretch s)
{
    size_t at = s.end;
    for (int i = 0; i < 3 && at > s.start; i++)
        if (utf8_previous(a->text, &at) == U'每')
            return i > 0 ? at : s.end;
    return s.end;
}

/* 给予每人|800元, 夜班补贴提高到每班|40元: by what it is reckoned is no part of the name that
 * stands before, nor of the verb. */
static struct stretch without_each(const struct attacher *a, struct stretch s)
{
    struct stretch front = s, verb, metric;
    for (size_t at; (at = each_begins(a, front)) < front.end;)
        front.end = at;
    if (front.end == s.end || stretch_is_empty(front))
        return s;
    struct stretch np = phrase_strip_links(a, phrase_trim_front(a, lead_read(a, front).np));
    bool given = phrase_last_verb(a, np, false, &verb, NULL) && verb.end == np.end;
    return given || phrase_metric(a, np, true, &metric, NULL) ? np : s;
}

/* 分红186万元，户均5000元，单场最高21万元: of what was measured in the same unit, for each of them.
 */
static bool of_each(const struct attacher *a, const struct sides *s, struct attachment *out)
{
    static const struct str words[] = {
        STR_INIT("户均"),   STR_INIT("村均"),     STR_INIT("人均"),    STR_INIT("亩均"),
        STR_INIT("店均"),   STR_INIT("单场最"),   STR_INIT("单日最"),  STR_INIT("最多的"),
        STR_INIT("最少的"), STR_INIT("平均每户"), STR_INIT("平均每人")};
    bool each = false;
    if (s->of || !stretch_is_empty(s->after) || a->said.metric.n == 0 ||
        !str_eq(a->said.amount_unit, s->q->base_unit))
        return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        each |= phrase_is(a, s->before, words[i]);
    if (!each)
        return false;
    out->rule = "each";
    out->metric = a->said.amount;
    out->subject = a->said.amount_whose;
    return true;
}

/* 按每生每年|120元|给予补助: what is given stands behind the verb of giving. */
static bool given_behind(const struct attacher *a, const struct sides *s, struct attachment *out)
{
    static const struct str verbs[] = {STR_INIT("给予"), STR_INIT("予以"), STR_INIT("的标准给予"),
                                       STR_INIT("的标准发放"), STR_INIT("标准给予")};
    struct stretch rest = {s->q->after, s->limit}, metric, noun = {0};
    const struct lexicon_entry *e;
    if (s->q->class != UNIT_MONEY)
        return false;
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs && stretch_is_empty(noun); i++)
        if (phrase_starts(a, rest, verbs[i]))
            noun = phrase_trim(a, phrase_after(a, rest.start + verbs[i].n, s->limit));
    if (stretch_is_empty(noun) || !phrase_metric(a, noun, true, &metric, &e) ||
        !lexicon_flag(e, "money"))
        return false;
    out->rule = "given";
    out->metric = phrase_str(a, noun);
    out->subject = a->said.subject;
    return true;
}

/* 全程历时|14个月, 从签约到投产|只用了14个月: how long it took, by the word that says so or by its
 * two ends. */
static bool took_so_long(const struct attacher *a, const struct sides *s, struct attachment *out)
{
    static const struct str nouns[] = {STR_INIT("用时"), STR_INIT("历时"), STR_INIT("耗时")};
    static const struct str verbs[] = {STR_INIT("只用"), STR_INIT("仅用"), STR_INIT("只需"),
                                       STR_INIT("仅需"), STR_INIT("最快")};
    struct stretch front = {a->clause.start, s->q->before};
    struct str text = str_sub(a->text, front.start, front.end);
    /* 历时14个月|攻关: what was done stands behind. */
    if (s->q->class != UNIT_TIME || s->of ||
        (point_is_han(utf8_at(a->text, s->q->after)) &&
         lexicon_match(a->changes, a->text, s->q->after, NULL) == NULL))
        return false;
    size_t from = phrase_find_last(a, front, STR("从")), to = STR_NONE;
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs && to == STR_NONE; i++)
        to = phrase_find_last(a, front, verbs[i]);
    for (size_t i = 0; i < sizeof nouns / sizeof *nouns; i++)
        if (str_has(
                str_sub(text, text.n > STR("历时只有").n ? text.n - STR("历时只有").n : 0, text.n),
                nouns[i])) {
            out->rule = "took";
            out->metric = nouns[i];
            out->subject = attach_subject_or_said(a, attach_subject(a, s->before));
            return true;
        }
    struct stretch ends = {a->clause.start + (from == STR_NONE ? 0 : from),
                           a->clause.start + (to == STR_NONE ? 0 : to)};
    if (from == STR_NONE || to == STR_NONE || ends.end < ends.start + STR("从拿地到开工").n ||
        ends.end - ends.start > 60 || !str_has(str_sub(a->text, ends.start, ends.end), STR("到")))
        return false;
    out->rule = "took";
    out->metric = phrase_str(a, phrase_strip_links(a, ends));
    out->subject =
        attach_subject_or_said(a, attach_subject(a, (struct stretch){a->clause.start, ends.start}));
    return true;
}

void attach_level(const struct attacher *a, size_t k, size_t last, const struct lead *lead,
                  struct stretch after, struct attachment *out)
{
    struct sides s = {
        .q = &a->quantities->at[k], .limit = attach_limit_after(a, k, last), .after = after};
    struct stretch metric;
    s.before = phrase_strip_links(a, without_article(a, lead->np));
    /* 日均7.5万人次: how many a day of those just counted. */
    if ((phrase_is(a, s.before, STR("日")) || phrase_is(a, s.before, STR("月"))) &&
        a->said.sentence_any && str_starts(str_sub(a->text, s.before.end, s.q->before), STR("均")))
        s.before.start = s.before.end;
    s.of = str_starts(str_sub(a->text, s.q->after, s.limit), STR("的"));
    s.predicate = last > k + 1 && s.limit < a->clause.end;
    out->kind = INDICATOR_LEVEL;
    out->rule = "level";
    if (s.q->class == UNIT_AGE && !phrase_metric(a, s.before, true, &metric, NULL)) {
        /* 人均预期寿命较2020年提高1.16岁、达到|79.72岁 */
        bool life = a->said.sentence_any && str_ends(a->said.metric, STR("寿命"));
        out->metric = life ? a->said.metric : STR("年龄");
        out->subject = a->said.subject;
        if (s.of && (str_starts(str_sub(a->text, s.q->after, s.limit), STR("的他")) ||
                     str_starts(str_sub(a->text, s.q->after, s.limit), STR("的她"))))
            out->subject = STR("他");
        return;
    }
    if (s.q->class == UNIT_MONEY)
        s.before = phrase_strip_links(a, without_each(a, s.before));
    if (lasting_object(a, &s, out) || counts_itself(a, &s, out) || of_each(a, &s, out) ||
        given_behind(a, &s, out) || took_so_long(a, &s, out))
        return;
    if (counted_among(a, &s, out))
        return;
    const struct lexicon_entry *money;
    /* 项目370个总投资59亿元: what is measured next is not what is counted. */
    if (!s.of && !stretch_is_empty(s.before) && s.predicate && s.after.end >= s.limit &&
        phrase_metric(a, s.after, true, &metric, &money) && metric.start == s.after.start &&
        lexicon_flag(money, "money"))
        s.after.end = s.after.start;
    if (counted_again(a, &s, out))
        return;
    bool counts = s.q->classifier && !(s.of && !stretch_is_empty(s.before));
    if (!stretch_is_empty(s.after) && (counts || (s.of && stretch_is_empty(s.before)))) {
        counted_noun(a, &s, out);
    } else if (!stretch_is_empty(s.before)) {
        phrase_before(a, &s, out);
    } else if (!stretch_is_empty(s.after)) {
        out->metric = phrase_str(a, s.after);
        out->consumed = s.after.end;
        out->subject = a->said.subject;
    } else if (s.q->class == UNIT_PEOPLE && a->said.count_unit.n > 0 && a->said.spoken &&
               (str_eq(s.q->base_unit, STR("户")) || str_eq(s.q->base_unit, STR("人"))) &&
               utf8_previous(a->text, &(size_t){s.q->before}) == U'、' &&
               !str_eq(s.q->unit, a->said.count_unit)) {
        /* 15个村、3777户、14836人 */
        out->metric = str_eq(s.q->base_unit, STR("户")) ? STR("户数") : STR("人数");
        out->subject = a->said.subject;
    } else if (s.q->class == UNIT_COUNT && s.q->classifier &&
               str_eq(s.q->unit, a->said.count_unit)) {
        /* 企业30家，平均年限16年，其中21家…: of those that were counted by the same word. */
        out->metric = a->said.count;
        out->subject = a->said.subject;
    } else {
        bool pending = a->said.pending_now && a->said.pending.n > 0;
        out->metric = pending ? a->said.pending : a->said.metric;
        out->subject = a->said.subject;
        /* 投入资金1700万元。…达到260名: people are no money. */
        const struct lexicon_entry *was =
            lexicon_match_before(a->metrics, out->metric, out->metric.n, NULL);
        if (s.q->class == UNIT_PEOPLE && was != NULL && lexicon_flag(was, "money"))
            out->metric = (struct str){0};
        if (pending && a->said.pending_change && s.q->class == UNIT_SHARE) {
            out->kind = INDICATOR_CHANGE;
            out->sign = 1;
        }
    }
}
