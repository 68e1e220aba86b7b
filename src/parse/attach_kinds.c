/* Three kinds of indicators: shares, ranks, changes. */
#include "baolan/utf8.h"
#include "parse/attach_parts.h"

/* 工业用地 and 低效用地: two names that end in one noun. */
static bool ends_alike(struct str a, struct str b)
{
    size_t noun = STR("用地").n;
    return a.n > noun && b.n > noun && !str_eq(a, b) && str_ends(b, str_sub(a, a.n - noun, a.n));
}

/* 护理型床位占比65%, 50岁以上菇农占比76%: with no whole said, those of the part's own kind. False
 * where the phrase before 占 names no kind, or the part of an amount just said. */
static bool share_of_kind(const struct attacher *a, struct stretch part, struct attachment *out)
{
    struct stretch metric, tail = phrase_after_of(a, part);
    const struct lexicon_entry *e;
    size_t noun = STR("店铺").n;
    bool head = phrase_metric(a, part, true, &metric, &e) && lexicon_flag(e, "head");
    struct str kind = {0};
    if (head && metric.end - metric.start < part.end - part.start)
        kind = e->word;
    else if (!head && tail.start > part.start && tail.end - tail.start >= noun)
        kind = phrase_str(a, tail);
    bool goes_on = phrase_starts(a, a->clause, STR("其中")) && a->said.sentence_any;
    if (kind.n == 0 || (goes_on && !head))
        return false;
    if (goes_on && str_ends(a->said.metric, kind))
        return false;
    out->metric = kind;
    return true;
}

/* 工业总产值 of 产值, 社会消费品零售总额 of 零售额: the sum of what the part is measured in;
 * *within where 总 stands inside the name, as in the second. */
static bool is_total_of(struct str whole, struct str part, bool *within)
{
    struct str all = STR("总");
    size_t at = str_find_last(whole, all), last = STR("额").n;
    if (part.n < STR("产值").n || at == STR_NONE || at + all.n >= whole.n)
        return false;
    struct str front = str_sub(whole, 0, at), tail = str_sub(whole, at + all.n, whole.n);
    *within = tail.n == last && part.n > last && str_ends(part, tail) &&
              str_ends(front, str_sub(part, 0, part.n - last));
    return *within || str_eq(part, tail);
}

/* 占全市产值的56%, 占全球40%的市场份额, 占比36.3%. */
void attach_share(const struct attacher *a, const struct quantity *q, const struct lead *lead,
                  size_t limit, struct attachment *out)
{
    bool counted_before = a->said.counted;
    struct stretch verb = lead->verb, whole = {0}, before = lead->np, metric;
    /* 占|地区生产总值, which is no 占地. */
    if (phrase_ends(a, verb, STR("地区")))
        verb.end -= STR("地区").n;
    /* 制造业增加值占地区生产总值比重达33.5%: the whole stands between 占 and 比重. */
    size_t takes = str_find_last(str_sub(a->text, before.start, before.end), STR("占"));
    bool inside = takes != STR_NONE && (takes == 0 || takes >= STR("产业").n) &&
                  verb.start >= before.end && before.start + takes + STR("占全市").n <= before.end;
    if (inside) {
        whole = phrase_trim(a, (struct stretch){before.start + takes + STR("占").n, before.end});
        if (phrase_ends(a, whole, STR("的")))
            whole.end -= STR("的").n;
        before.end = before.start + takes;
    }
    struct str own = {0};
    out->kind = INDICATOR_SHARE;
    out->rule = "share";
    if (!inside && verb.end < q->before)
        whole = phrase_strip_links(a, phrase_trim_front(a, (struct stretch){verb.end, q->before}));
    before = phrase_strip_links(a, phrase_trim_front(a, before));
    struct stretch after = attach_noun_after(a, q, limit);
    bool of_after = str_starts(str_sub(a->text, q->after, limit), STR("的"));
    size_t end;
    if (!stretch_is_empty(before)) {
        struct attachment part = {0};
        struct stretch m;
        const struct lexicon_entry *entry;
        attach_split(a, before, false, &part);
        bool known = phrase_metric(a, before, true, &m, &entry);
        if (known && lexicon_flag(entry, "generic") && m.start < before.end &&
            phrase_is(a, (struct stretch){m.end - STR("数量").n, m.end}, STR("数量"))) {
            own = attach_subject(a, (struct stretch){before.start, m.end - STR("数量").n});
        } else if (known && !lexicon_flag(entry, "head")) {
            out->metric = part.metric;
            own = part.subject;
        } else {
            own = attach_subject(a, before);
            out->sector = own.n > 0 && !phrase_has_head(a, before);
        }
    }
    if (of_after && !stretch_is_empty(after)) {
        out->metric = phrase_str(a, after);
    } else if (!stretch_is_empty(whole)) {
        if (phrase_is_region(a, whole, &end))
            whole = phrase_trim(a, (struct stretch){end, whole.end});
        whole = phrase_after_of(a, whole);
        const struct lexicon_entry *all = NULL;
        /* 项目11个，占总数的六成: of all that were counted. */
        if (out->metric.n == 0 && phrase_metric(a, whole, true, &metric, &all) &&
            lexicon_flag(all, "generic") && metric.start == whole.start &&
            metric.end - metric.start == all->word.n && a->said.metric.n > 0) {
            out->metric = a->said.metric;
        } else if (phrase_metric(a, whole, true, &metric, NULL)) {
            struct str of = phrase_str(a, metric);
            struct str part = out->metric.n > 0 ? out->metric
                              : own.n > 0       ? (struct str){0}
                                                : a->said.metric;
            bool same = part.n == 0 || str_ends(of, part) ||
                        (str_ends(part, of) && (own.n > 0 || a->said.kind == INDICATOR_LEVEL));
            /* What is added makes the product: 增加值272亿元，占地区生产总值的62.6%. */
            same |= own.n == 0 && str_ends(part, STR("增加值")) &&
                    (str_ends(of, STR("生产总值")) || str_ends(of, STR("GDP")));
            bool sum_name = false, total = is_total_of(of, part, &sum_name);
            same |= total;
            /* 出口额1.6亿元，占产值的12.6%: what is shared is the whole's, by another metric. */
            if (!same && out->metric.n > 0)
                own = phrase_str(a, before);
            else if (!same && !counted_before)
                own = part.n > 0 &&
                              ((a->said.parts && a->said.sector) || str_ends(a->said.subject, part))
                          ? a->said.subject
                          : part;
            out->sector |= !same && own.n > 0;
            /* 高新技术产业增加值占规上工业增加值的…: the sector is of the whole alone. */
            out->metric = part.n > 0 && str_ends(of, part) &&
                                  phrase_metric(a, whole, false, &metric, NULL) &&
                                  str_eq(part, phrase_str(a, metric))
                              ? part
                          : total && (sum_name || out->metric.n > 0) ? part
                                                                     : of;
        } else if (out->metric.n == 0 && whole.end - whole.start >= STR("总数").n &&
                   !attach_is_sector(a, str_sub(a->text, whole.start, whole.end)))
            out->metric = phrase_str(a, whole);
    } else {
        out->share_of_whole = true;
    }
    /* 工业用地2.4万亩，其中低效用地占28%: a part of what was measured, by the same noun. */
    if (out->share_of_whole && phrase_starts(a, a->clause, STR("其中")) && a->said.sentence_any &&
        out->metric.n > 0 && ends_alike(a->said.metric, phrase_str(a, before))) {
        out->metric = a->said.metric;
        own = phrase_str(a, before);
        out->sector = true;
    }
    /* 选择“子女入学”的占63.9%: what was chosen tells which. */
    if (out->share_of_whole && own.n == 0 && phrase_starts(a, before, STR("选择"))) {
        struct stretch chosen = {before.start + STR("选择").n, before.end};
        if (phrase_starts(a, chosen, STR("“")) && phrase_ends(a, chosen, STR("”")))
            chosen = (struct stretch){chosen.start + STR("“").n, chosen.end - STR("”").n};
        own = phrase_str(a, chosen);
        out->sector = true;
    }
    if (out->share_of_whole && out->metric.n == 0)
        share_of_kind(a, before, out);
    if (out->metric.n == 0)
        out->metric = a->said.metric;
    /* 经济建设方面66件，占39%: of the count right before. */
    bool of_group = a->said.among.n > 0 && str_eq(a->said.among, a->said.metric);
    bool of_count = own.n == 0 && stretch_is_empty(before) && (counted_before || of_group);
    /* 第三产业增加值117亿元，占地区生产总值的47%: of the sector just told of. */
    bool of_sector = own.n == 0 && stretch_is_empty(before) && a->said.sector &&
                     a->said.sentence_any && a->said.kind != INDICATOR_SHARE;
    /* 清洁能源装机规模超7900万千瓦、装机占比超93%: of the same, said in the same clause. */
    bool of_clause = own.n == 0 && a->said.subject_clause == a->clause.start + 1 &&
                     out->metric.n > 0 && str_has(a->said.metric, out->metric);
    bool at_hand = of_count || of_sector || of_clause;
    out->subject = at_hand ? a->said.subject : attach_subject_or_said(a, own);
}

struct str attach_joined(const struct attacher *a, struct str metric, struct str tail)
{
    if (metric.n == 0 || str_ends(metric, tail))
        return metric.n == 0 ? tail : metric;
    return str_printf(a->arena, "%.*s%.*s", STR_ARG(metric), STR_ARG(tail));
}

/* 增加值总量列全省第3; 由2019年的全省第2下滑至2022年的第3. */
void attach_rank(const struct attacher *a, struct stretch region, bool follows,
                 struct attachment *out)
{
    struct stretch verb, np = region;
    size_t from;
    out->kind = INDICATOR_RANK;
    out->rule = "rank";
    bool has_verb = phrase_find_role(a, region, "rank", &verb);
    if (!has_verb && phrase_find_role(a, region, "share", &verb))
        has_verb = true;
    if (has_verb)
        np.end = verb.start;
    if (phrase_find_from(a, np, &from))
        np.end = from;
    else if (!has_verb && follows)
        np.end = np.start;
    np = phrase_strip_links(a, phrase_trim_front(a, np));
    /* 在全省园区中排名第7: so is what stands behind 在. */
    if (phrase_is_adverbial(a, np))
        np.start = np.end;
    /* 连续11年全国第一: the region is the field, and no metric. */
    size_t field;
    if (phrase_is_region(a, np, &field) && field == np.end)
        np.start = np.end;
    bool of = phrase_starts(a, region, STR("的"));
    out->metric = a->said.metric;
    out->subject = a->said.subject;
    if (a->said.pending_now && a->said.pending.n > 0 && !follows && stretch_is_empty(np)) {
        out->metric = a->said.pending_change ? attach_joined(a, a->said.pending, STR("增速"))
                                             : a->said.pending;
    } else if (!follows && stretch_is_empty(np) && a->said.kind == INDICATOR_CHANGE) {
        out->metric = attach_joined(a, a->said.metric, STR("增速"));
    }
    if (stretch_is_empty(np) || of)
        return;
    if (role_is(lexicon_find(a->changes, str_sub(a->text, np.start, np.end)), "noun")) {
        out->metric = attach_joined(a, a->said.metric, str_sub(a->text, np.start, np.end));
        return;
    }
    struct attachment part = {0};
    struct stretch metric;
    const struct lexicon_entry *generic =
        lexicon_find(a->metrics, str_sub(a->text, np.start, np.end));
    if (generic != NULL && lexicon_flag(generic, "generic") && a->said.metric.n > 0) {
        out->metric = attach_joined(a, a->said.metric, generic->word);
        return;
    }
    attach_split(a, np, false, &part);
    if (phrase_metric(a, np, true, &metric, NULL) || np.end - np.start <= 36) {
        out->metric = part.metric;
        out->own_metric = true;
    }
    out->subject = part.subject;
    out->sector = part.sector;
}

struct str attach_share_word(const struct attacher *a, struct stretch s)
{
    static const struct str words[] = {STR_INIT("比重"), STR_INIT("占比"), STR_INIT("比例"),
                                       STR_INIT("份额")};
    struct str last = {0};
    size_t best = 0;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t at = phrase_find_last(a, s, words[i]);
        if (at != STR_NONE && (last.n == 0 || at > best)) {
            best = at;
            last = words[i];
        }
    }
    return last;
}

/* 增速同比提高0.8个百分点: of the growth of what was said. */
static bool change_of_rate(const struct attacher *a, struct stretch np, struct attachment *out)
{
    if (!role_is(lexicon_find(a->changes, str_sub(a->text, np.start, np.end)), "noun") &&
        !phrase_is(a, np, STR("降幅")) && !phrase_is(a, np, STR("跌幅")))
        return false;
    out->rule = "change-of-rate";
    out->metric = attach_joined(a, a->said.metric, str_sub(a->text, np.start, np.end));
    out->subject = a->said.subject;
    return true;
}

/* 第一产业占地区生产总值的比重上升3.8个百分点: of a share. */
static bool change_of_share(const struct attacher *a, struct stretch np, struct attachment *out)
{
    static const struct str tails[] = {STR_INIT("比重"),   STR_INIT("比例"),   STR_INIT("份额"),
                                       STR_INIT("的比重"), STR_INIT("的比例"), STR_INIT("的份额")};
    size_t tail = 0;
    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++)
        if (phrase_ends(a, np, tails[i]))
            tail = tails[i].n;
    size_t at = phrase_find(a, np, STR("占"));
    if (tail == 0 || at == STR_NONE || np.start + at + STR("占").n + tail >= np.end)
        return false;
    struct stretch part = {np.start, np.start + at};
    out->rule = "change-of-share";
    out->metric = attach_share_word(a, np);
    out->subject = attach_subject_or_said(a, phrase_str(a, phrase_trim(a, part)));
    return true;
}

/* 同比增长11.1%; 一般公共预算收入增长13.3%; 增速8.6%. */
void attach_change(const struct attacher *a, const struct quantity *q, const struct lead *lead,
                   struct attachment *out)
{
    bool points = q->class == UNIT_POINTS;
    struct stretch np = lead->np;
    out->kind = INDICATOR_CHANGE;
    out->rule = "change";
    out->sign = lead->sign;
    out->basis = lead->basis;
    size_t end;
    np = phrase_strip_links(a, phrase_trim_front(a, np));
    /* 比2020年 and its like: the other side of the comparison. */
    for (size_t i = phrase_times_before(a, np.end + 24); i-- > 0 && out->basis.n == 0;) {
        const struct time_phrase *t = &a->times->at[i];
        if (t->end < np.start)
            break;
        if (t->basis && t->start >= a->clause.start && t->end <= np.end + 24 &&
            t->end >= np.start && t->start >= STR("比").n) {
            out->basis = phrase_str(a, (struct stretch){t->start - STR("比").n, t->end});
            if (np.end > t->start - STR("比").n)
                np.end = t->start - STR("比").n;
        }
    }
    np = phrase_strip_links(a, phrase_trim_front(a, np));
    /* 比加入合作社之前增加1万元: the other side is an event. */
    if (out->basis.n == 0 && phrase_starts(a, np, STR("比")) &&
        (phrase_ends(a, np, STR("前")) || phrase_ends(a, np, STR("时")) ||
         phrase_ends(a, np, STR("以往")))) {
        out->basis = phrase_str(a, np);
        np.end = np.start;
    }
    /* 扣除留抵退税因素后增长5.2%: how it was reckoned. */
    if ((phrase_starts(a, np, STR("扣除")) || phrase_starts(a, np, STR("剔除"))) &&
        (phrase_ends(a, np, STR("后")) || phrase_ends(a, np, STR("因素")))) {
        out->basis = out->basis.n > 0 ? out->basis : phrase_str(a, np);
        np.end = np.start;
    }
    if (phrase_is_region(a, np, &end) && end == np.end)
        np.end = np.start;
    if (stretch_is_empty(np)) {
        bool pending = a->said.pending_now && a->said.pending.n > 0;
        out->metric = pending ? a->said.pending : a->said.metric;
        /* 占总量的比重达44%，提高5个百分点: what grew is the share. */
        if (!pending && points && a->said.part.n > 0 && a->said.share.n > 0)
            out->metric = a->said.share;
        out->subject = a->said.part.n > 0 ? a->said.part : a->said.subject;
        return;
    }
    struct attachment part = {0};
    struct str share = attach_share_word(a, np);
    if (points && a->said.part.n > 0 && share.n > 0 && share.n == np.end - np.start) {
        out->metric = share;
        out->subject = a->said.part;
        return;
    }
    if (change_of_rate(a, np, out) || change_of_share(a, np, out))
        return;
    if (attach_sibling(a, np, true, out))
        return;
    attach_split(a, np, false, &part);
    out->metric = part.metric.n > 0 ? part.metric : a->said.metric;
    out->subject = part.subject;
    out->sector = part.sector;
}
