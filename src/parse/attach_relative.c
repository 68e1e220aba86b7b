/* Quantities that say something of the one before them: by how much it stands above another, how
 * much of a plan it is, how many times an average; and the parts of a ratio. */
#include "baolan/utf8.h"
#include "parse/attach_parts.h"

/* The metric of a phrase, where it names one, and whose it says that it is. */
static void measured_in(const struct attacher *a, struct stretch np, struct attachment *out)
{
    struct attachment part = {0};
    attach_split(a, np, false, &part);
    if (part.metric.n > 0)
        out->metric = part.metric;
    out->subject = part.subject;
}

/* The last word of a role of changes.txt in a region; false where there is none. */
static bool find_change(const struct attacher *a, struct stretch region, const char *role,
                        struct stretch *word)
{
    bool found = false;
    for (size_t i = region.start; i < region.end;) {
        size_t end;
        if (role_is(lexicon_match(a->changes, a->text, i, &end), role) && end <= region.end) {
            *word = (struct stretch){i, end};
            found = true;
            i = end;
        } else {
            utf8_next(a->text, &i);
        }
    }
    return found;
}

/* 提高 and 加快 are no 高 and 快. */
static bool ends_in_change(const struct attacher *a, struct stretch region)
{
    size_t start;
    const struct lexicon_entry *e = phrase_ends_in(a, a->changes, region, &start);
    return e != NULL && e->word.n >= STR("提高").n;
}

/* 分别高, 低 right before a number, behind 比 or 较: as 高于, 低于. */
static bool plain_comparison(const struct attacher *a, struct stretch region, struct stretch *word,
                             bool *above)
{
    static const struct str words[] = {STR_INIT("高"), STR_INIT("快"), STR_INIT("多"),
                                       STR_INIT("低"), STR_INIT("慢"), STR_INIT("少")};
    struct stretch front = {a->clause.start, region.end};
    if (!phrase_has(a, front, STR("比")) && !phrase_has(a, front, STR("较")))
        return false;
    region = phrase_trim_back(a, region);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (phrase_ends(a, region, words[i]) && !ends_in_change(a, region)) {
            *word = (struct stretch){region.end - words[i].n, region.end};
            *above = i < 3;
            return true;
        }
    return false;
}

/* Finds the comparison in front of a quantity and how it is printed: 高于全省平均, 比全省分别高. */
static bool find_comparison(const struct attacher *a, const struct quantity *q,
                            struct stretch region, struct stretch *words, bool *above)
{
    struct stretch word;
    *above = find_change(a, region, "above", &word);
    if (*above || find_change(a, region, "below", &word)) {
        *words = (struct stretch){word.start, q->before};
        return true;
    }
    if (!plain_comparison(a, region, &word, above))
        return false;
    struct str text = str_sub(a->text, a->clause.start, word.start);
    size_t at = str_find_last(text, STR("比"));
    if (at == STR_NONE)
        at = str_find_last(text, STR("较"));
    *words = (struct stretch){a->clause.start + at, word.start};
    return true;
}

/* 每公斤均价比邻县低|16元: an amount by which one price stands below another. */
static bool stands_beside(const struct attacher *a, const struct quantity *q, struct stretch region,
                          struct stretch *words, bool *above)
{
    struct stretch word;
    bool amount = q->class == UNIT_MONEY || q->class == UNIT_SHARE || q->class == UNIT_TEMPERATURE;
    if (!amount || !plain_comparison(a, region, &word, above))
        return false;
    size_t at = str_find_last(str_sub(a->text, region.start, word.start), STR("比"));
    if (at == STR_NONE)
        return false;
    *words = (struct stretch){region.start + at, word.start};
    return word.start > words->start + STR("比").n;
}

/* 增长6.4%，高于全市平均0.9个百分点: what stands above is the growth; 占比27%，高于…: the share. */
static struct str compared_metric(const struct attacher *a, const struct quantity *q)
{
    size_t k = (size_t)(q - a->quantities->at);
    if (q->class != UNIT_POINTS || a->said.metric.n == 0)
        return a->said.metric;
    bool grew =
        a->said.kind == INDICATOR_CHANGE && k > 0 && a->quantities->at[k - 1].class == UNIT_SHARE;
    if (a->said.part.n > 0 && a->said.share.n > 0)
        return a->said.share;
    return grew ? attach_joined(a, a->said.metric, STR("增速")) : a->said.metric;
}

bool attach_compared(const struct attacher *a, const struct quantity *q, struct stretch region,
                     struct attachment *out)
{
    struct stretch words, np = region;
    bool above;
    if (q->class == UNIT_POINTS ? !find_comparison(a, q, region, &words, &above)
                                : !stands_beside(a, q, region, &words, &above))
        return false;
    np.end = words.start > np.start ? words.start : np.start;
    np = phrase_strip_links(a, phrase_trim_front(a, np));
    out->kind = INDICATOR_CHANGE;
    out->rule = "compared";
    out->sign = above ? 1 : -1;
    out->basis = phrase_str(a, phrase_strip_links(a, phrase_trim_front(a, words)));
    out->metric = compared_metric(a, q);
    out->subject = a->said.part.n > 0 ? a->said.part : a->said.subject;
    size_t start;
    bool speed = role_is(phrase_ends_in(a, a->changes, np, &start), "noun") && start == np.start;
    if (stretch_is_empty(np) || speed)
        return true;
    measured_in(a, np, out);
    return true;
}

/* The bracket that is open where a quantity begins, or STR_NONE. */
static size_t open_bracket(const struct attacher *a, const struct quantity *q)
{
    bool any = phrase_may_have(a, a->clause, STR("("));
    for (size_t at = q->start; any && at > a->clause.start; at--)
        if (a->text.p[at - 1] == '(' || a->text.p[at - 1] == ')')
            return a->text.p[at - 1] == '(' ? at - 1 : STR_NONE;
    return STR_NONE;
}

bool attach_is_aside(const struct attacher *a, const struct quantity *q)
{
    return open_bracket(a, q) != STR_NONE;
}

bool attach_bracketed(const struct attacher *a, const struct quantity *q, struct attachment *out)
{
    if (q->before == 0 || a->text.p[q->before - 1] != '(')
        return false;
    size_t open = open_bracket(a, q);
    if (open == STR_NONE || open + STR("(").n != q->before || a->said.metric.n == 0 ||
        utf8_at(a->text, q->after) != ')')
        return false;
    struct str text = str_sub(a->text, a->clause.start, open);
    size_t at = str_find_last(text, STR("比"));
    if (at == STR_NONE)
        return false;
    struct stretch np = {a->clause.start + at + STR("比").n, open};
    static const struct str joiners[] = {STR_INIT(")和"), STR_INIT(")、"), STR_INIT(")与"),
                                         STR_INIT(")及")};
    for (size_t i = 0; i < sizeof joiners / sizeof *joiners; i++) {
        size_t join = str_find_last(str_sub(a->text, np.start, np.end), joiners[i]);
        if (join != STR_NONE)
            np.start += join + joiners[i].n;
    }
    static const struct str tails[] = {STR_INIT("平均水平"), STR_INIT("平均"), STR_INIT("水平")};
    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++)
        if (phrase_ends(a, np, tails[i]))
            np.end -= tails[i].n;
    out->kind = a->said.kind == INDICATOR_RANK ? INDICATOR_LEVEL : a->said.kind;
    if (q->class == UNIT_SHARE && out->kind == INDICATOR_LEVEL)
        out->kind = INDICATOR_CHANGE;
    out->rule = "compared-with";
    out->metric = a->said.metric;
    out->subject = phrase_str(a, phrase_trim(a, np));
    return true;
}

bool attach_kept_growth(const struct attacher *a, const struct quantity *q, struct stretch region,
                        struct attachment *out)
{
    struct str after = str_sub(a->text, q->after, q->after + STR("的快速增长").n);
    struct stretch verb, np = region;
    if (!str_has(after, STR("增长")) && !str_has(after, STR("增速")) &&
        !str_has(after, STR("增幅")))
        return false;
    if (phrase_last_verb(a, region, true, &verb, NULL))
        np.end = verb.start;
    struct lead lead = {.np = phrase_strip_links(a, phrase_trim_front(a, np)), .sign = 1};
    attach_change(a, q, &lead, out);
    return true;
}

bool attach_of_plan(const struct attacher *a, struct stretch region, struct attachment *out)
{
    static const struct str plans[] = {STR_INIT("计划"), STR_INIT("目标"), STR_INIT("预算"),
                                       STR_INIT("任务"), STR_INIT("进度"), STR_INIT("目标任务")};
    bool told = false, of = phrase_ends(a, region, STR("的"));
    if (!of && !phrase_may_have(a, region, STR("为")) && !phrase_may_have(a, region, STR("占")))
        return false;
    for (size_t i = 0; i < sizeof plans / sizeof *plans; i++)
        told |= phrase_may_have(a, region, plans[i]);
    if (!told)
        return false;
    struct stretch verb, front = phrase_trim_front(a, region);
    bool is = phrase_starts(a, front, STR("为")) || phrase_starts(a, front, STR("占"));
    if (is)
        verb = (struct stretch){front.start, front.start + STR("为").n};
    else if (!of || !phrase_last_verb(a, region, false, &verb, NULL) ||
             !str_ends(str_sub(a->text, verb.start, verb.end), STR("完成")))
        return false;
    struct stretch plan = phrase_trim(a, (struct stretch){verb.end, region.end});
    bool is_plan = false;
    for (size_t i = 0; i < sizeof plans / sizeof *plans; i++)
        is_plan |= phrase_ends(a, plan, plans[i]);
    if (!is_plan)
        return false;
    struct stretch whose = {region.start, verb.start};
    out->kind = INDICATOR_SHARE;
    out->rule = "share-of-plan";
    out->metric = phrase_str(a, plan);
    out->subject = attach_subject_or_said(a, attach_subject(a, whose));
    return true;
}

/* 人均收入仅为|全市平均水平|的87%, 亩均效益只有|邻县|的一半: how much it is of another amount of
 * its kind. */
static bool attach_measured_by(const struct attacher *a, const struct quantity *q,
                               struct stretch region, struct attachment *out)
{
    static const struct str links[] = {STR_INIT("为"),     STR_INIT("是"),   STR_INIT("只有"),
                                       STR_INIT("相当于"), STR_INIT("只及"), STR_INIT("不及"),
                                       STR_INIT("达到"),   STR_INIT("不到"), STR_INIT("不足")};
    size_t at = STR_NONE, length = 0;
    struct stretch metric;
    if (q->class != UNIT_SHARE || !phrase_ends(a, region, STR("的")))
        return false;
    for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
        size_t found = phrase_find_last(a, region, links[i]);
        if (found != STR_NONE && (at == STR_NONE || found > at)) {
            at = found;
            length = links[i].n;
        }
    }
    if (at == STR_NONE || a->text.n == 0)
        return false;
    struct stretch np = {region.start, region.start + at};
    struct stretch of =
        phrase_trim(a, (struct stretch){region.start + at + length, region.end - STR("的").n});
    const struct lexicon_entry *e;
    if (stretch_is_empty(of) || phrase_metric(a, of, true, &metric, &e))
        return false;
    np = phrase_strip_links(a, phrase_trim_front(a, np));
    out->kind = INDICATOR_SHARE;
    out->rule = "measured-by";
    out->metric = a->said.metric;
    out->subject = a->said.subject;
    if (stretch_is_empty(np))
        return a->said.metric.n > 0;
    measured_in(a, np, out);
    return true;
}

bool attach_times(const struct attacher *a, const struct quantity *q, struct stretch region,
                  struct attachment *out)
{
    if (attach_measured_by(a, q, region, out))
        return true;
    if (!str_starts(q->unit, STR("倍")) || !phrase_ends(a, region, STR("的")) ||
        !phrase_starts(a, phrase_trim_front(a, region), STR("是")))
        return false;
    out->kind = INDICATOR_LEVEL;
    out->rule = "times";
    out->metric = a->said.metric;
    out->subject = a->said.subject;
    return true;
}

/* 三次产业结构: the three sectors in the order that they are always given in. */
static const struct str sectors[] = {STR_INIT("第一产业"), STR_INIT("第二产业"),
                                     STR_INIT("第三产业")};

bool attach_ratio(const struct attacher *a, size_t k, struct attachment *out)
{
    const struct quantity *q = &a->quantities->at[k];
    if (!str_eq(q->base_unit, STR("比")) || !q->share_form)
        return false;
    size_t first = k, from = a->sentence.start;
    while (first > 0 && a->quantities->at[first - 1].share_form &&
           a->quantities->at[first - 1].end + STR(":").n == a->quantities->at[first].start)
        first--;
    struct str text = str_sub(a->text, from, a->quantities->at[first].start);
    size_t at = str_find_last(text, STR("结构"));
    if (at == STR_NONE)
        return false;
    struct stretch np = {from, from + at + STR("结构").n};
    for (size_t i = np.start; i < np.end;) {
        uint32_t c = utf8_next(a->text, &i);
        if (c == ',' || c == ';' || c == U'。' || c == ':')
            np.start = i;
    }
    np = phrase_trim(a, phrase_after_of(a, np));
    size_t end;
    if (phrase_is_region(a, np, &end) && end < np.end)
        np = phrase_trim(a, (struct stretch){end, np.end});
    out->kind = INDICATOR_SHARE;
    out->rule = "ratio";
    out->metric = phrase_str(a, np);
    bool three = phrase_starts(a, np, STR("三次产业")) || phrase_starts(a, np, STR("三产")) ||
                 phrase_starts(a, np, STR("产业结构"));
    if (three && k - first < sizeof sectors / sizeof *sectors)
        out->subject = sectors[k - first], out->sector = true;
    else
        out->subject = attach_whose(a);
    return true;
}

/* True for a phrase that ends as what is measured does, in the lexicon or not: …率, …量, …收入. */
static bool names_a_measure(const struct attacher *a, struct stretch np)
{
    static const struct str ends[] = {
        STR_INIT("率"),   STR_INIT("量"),   STR_INIT("额"),   STR_INIT("值"),   STR_INIT("数"),
        STR_INIT("度"),   STR_INIT("费"),   STR_INIT("价"),   STR_INIT("积"),   STR_INIT("力"),
        STR_INIT("耗"),   STR_INIT("资"),   STR_INIT("款"),   STR_INIT("比"),   STR_INIT("收入"),
        STR_INIT("支出"), STR_INIT("消费"), STR_INIT("零售"), STR_INIT("投入"), STR_INIT("产出"),
        STR_INIT("进口"), STR_INIT("出口"), STR_INIT("水平"), STR_INIT("规模"), STR_INIT("面积"),
        STR_INIT("人次"), STR_INIT("速度"), STR_INIT("订单"), STR_INIT("收益"), STR_INIT("效益"),
        STR_INIT("需求"), STR_INIT("时间"), STR_INIT("时长"), STR_INIT("周期"), STR_INIT("工期"),
        STR_INIT("天数")};
    struct stretch metric;
    const struct lexicon_entry *entry;
    if (phrase_metric(a, np, true, &metric, &entry) && !lexicon_flag(entry, "head"))
        return true;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (phrase_ends(a, np, ends[i]))
            return true;
    return false;
}

/* 制造业, 食品烟酒类: a phrase that names a part of an economy. */
static bool names_a_part(const struct attacher *a, struct stretch np)
{
    static const struct str ends[] = {STR_INIT("类"), STR_INIT("领域"), STR_INIT("板块"),
                                      STR_INIT("业"), STR_INIT("部分")};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (phrase_ends(a, np, ends[i]))
            return true;
    return phrase_names(a, str_sub(a->text, np.start, np.end));
}

/* 新增, 新开工: what was done anew; 新能源 is a branch. */
static bool opens_anew(const struct attacher *a, struct stretch np)
{
    return phrase_starts(a, np, STR("新")) && !names_a_part(a, np);
}

/* 规上工业增加值增长8%，其中纺织业…: of a branch it is the value added, and no more of the sector.
 */
static struct str without_sector(const struct attacher *a, struct str metric, struct str subject)
{
    static const struct str sectors_of[] = {STR_INIT("规模以上工业"), STR_INIT("规上工业"),
                                            STR_INIT("规模工业"), STR_INIT("工业")};
    for (size_t i = 0; i < sizeof sectors_of / sizeof *sectors_of; i++) {
        struct str front = sectors_of[i];
        struct str rest = str_sub(metric, front.n, metric.n);
        if (str_starts(metric, front) && attach_is_branch(subject) &&
            lexicon_find(a->metrics, rest) != NULL)
            return rest;
    }
    return metric;
}

bool attach_sibling(const struct attacher *a, struct stretch np, bool change,
                    struct attachment *out)
{
    struct stretch verb;
    np = phrase_trim(a, np);
    bool sector = attach_is_sector(a, str_sub(a->text, np.start, np.end));
    bool follows = (a->said.spoken && (sector || names_a_part(a, np) ||
                                       (change && a->said.kind == INDICATOR_CHANGE))) ||
                   (a->said.grouped && (change || sector));
    struct str metric = a->said.grouped && a->said.group.n > 0 ? a->said.group : a->said.metric;
    if (metric.n == 0 || !follows || stretch_is_empty(np) || np.end - np.start > 75 ||
        np.end - np.start < STR("铝材").n || (!sector && names_a_measure(a, np)) ||
        phrase_is_adverbial(a, np) || opens_anew(a, np) ||
        phrase_last_verb(a, np, false, &verb, NULL))
        return false;
    struct str subject = phrase_str(a, np);
    size_t end;
    /* 低保标准增长9.9%，生活补贴标准提高25%: a measure of the same sort, and of its own. */
    if (metric.n > STR("标准").n && subject.n > metric.n &&
        str_ends(subject, str_sub(metric, metric.n - STR("标准").n, metric.n)))
        return false;
    if (phrase_is_region(a, np, &end) && end < np.end)
        subject = phrase_str(a, (struct stretch){end, np.end});
    /* 民营经济增加值…。其中，第一产业18亿元: that of the private economy, not of the county. */
    const struct lexicon_entry *e = lexicon_find(a->metrics, subject);
    if (a->said.whole.n > 0 && e != NULL && lexicon_flag(e, "own"))
        subject = str_printf(a->arena, "%.*s%.*s", STR_ARG(a->said.whole), STR_ARG(subject));
    out->metric = without_sector(a, metric, subject);
    out->subject = subject;
    out->sector = true;
    out->rule = "sibling";
    return true;
}
