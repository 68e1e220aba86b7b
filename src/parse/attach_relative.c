/* Quantities that say something of the one before them: by how much it stands above another, how
 * much of a plan it is, how many times an average; and the parts of a ratio. */
#include "baolan/utf8.h"
#include "parse/attach_parts.h"

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

bool attach_compared(const struct attacher *a, const struct quantity *q, struct stretch region,
                     struct attachment *out)
{
    struct stretch word, np = region;
    bool above = find_change(a, region, "above", &word);
    if (q->class != UNIT_POINTS || (!above && !find_change(a, region, "below", &word)))
        return false;
    np.end = word.start;
    np = phrase_strip_links(a, phrase_trim(a, np));
    out->kind = INDICATOR_CHANGE;
    out->rule = "compared";
    out->sign = above ? 1 : -1;
    out->basis = phrase_str(
        a, phrase_strip_links(a, phrase_trim(a, (struct stretch){word.start, q->before})));
    out->metric = a->said.metric;
    out->subject = a->said.part.n > 0 ? a->said.part : a->said.subject;
    size_t start;
    bool speed = role_is(phrase_ends_in(a, a->changes, np, &start), "noun") && start == np.start;
    if (stretch_is_empty(np) || speed)
        return true;
    struct attachment part = {0};
    attach_split(a, np, false, &part);
    if (part.metric.n > 0)
        out->metric = part.metric;
    out->subject = part.subject;
    return true;
}

bool attach_of_plan(const struct attacher *a, struct stretch region, struct attachment *out)
{
    static const char *const plans[] = {"计划", "目标", "预算", "任务", "进度", "目标任务"};
    struct stretch verb;
    if (!phrase_ends(a, region, "的") || !phrase_last_verb(a, region, false, &verb, NULL) ||
        !str_ends(str_sub(a->text, verb.start, verb.end), STR("完成")))
        return false;
    struct stretch plan = phrase_trim(a, (struct stretch){verb.end, region.end - STR("的").n});
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

bool attach_times(const struct attacher *a, const struct quantity *q, struct stretch region,
                  struct attachment *out)
{
    struct stretch s = phrase_trim_front(a, region);
    if (!str_starts(q->unit, STR("倍")) || !phrase_starts(a, s, "是") ||
        !phrase_ends(a, region, "的"))
        return false;
    out->kind = INDICATOR_LEVEL;
    out->rule = "times";
    out->metric = a->said.metric;
    out->subject = a->said.subject;
    return true;
}

bool attach_tenths(const struct attacher *a, const struct quantity *q, const struct lead *lead,
                   struct attachment *out)
{
    struct str before = str_sub(a->text, lead->np.start, q->before);
    bool form = q->share_form || str_ends(q->unit, STR("成"));
    if (!form || !str_ends(str_trim(before), STR("的")) || a->said.metric.n == 0 ||
        !a->said.sentence_any)
        return false;
    struct str subject = phrase_str(a, phrase_trim(a, lead->np));
    if (subject.n == 0 || subject.n > 60)
        return false;
    out->kind = INDICATOR_SHARE;
    out->rule = "share-of-said";
    out->metric = a->said.owners.n > 0 ? a->said.owners : a->said.metric;
    out->subject = subject;
    return true;
}

/* 三次产业结构: the three sectors in the order that they are always given in. */
static const char *const sectors[] = {"第一产业", "第二产业", "第三产业"};

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
    bool three = phrase_starts(a, np, "三次产业") || phrase_starts(a, np, "三产") ||
                 phrase_starts(a, np, "产业结构");
    if (three && k - first < sizeof sectors / sizeof *sectors)
        out->subject = str_of(sectors[k - first]), out->sector = true;
    else
        out->subject = attach_whose(a);
    return true;
}

bool attach_sibling(const struct attacher *a, struct stretch np, struct attachment *out)
{
    static const char *const ends[] = {"类", "领域", "板块", "业", "部分"};
    struct stretch metric;
    const struct lexicon_entry *entry;
    np = phrase_trim(a, np);
    bool sector = attach_is_sector(a, str_sub(a->text, np.start, np.end));
    if (a->said.metric.n == 0 || !a->said.sentence_any || stretch_is_empty(np) ||
        np.end - np.start > 60 || np.end - np.start < STR("制造业").n ||
        (phrase_metric(a, np, true, &metric, &entry) && !lexicon_flag(entry, "head")))
        return false;
    bool named = sector || phrase_names(a, str_sub(a->text, np.start, np.end));
    for (size_t i = 0; i < sizeof ends / sizeof *ends && !named; i++)
        named = phrase_ends(a, np, ends[i]);
    struct str subject = named ? attach_subject(a, np) : (struct str){0};
    if (subject.n == 0)
        return false;
    out->metric = a->said.metric;
    out->subject = subject;
    out->sector = true;
    return true;
}
