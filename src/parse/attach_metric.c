/* What is measured and whose it is, from the noun phrase before a quantity. */
#include "baolan/utf8.h"
#include "parse/attach_parts.h"

/* The first quantity that starts at or after a byte. */
static size_t first_quantity(const struct attacher *a, size_t at)
{
    size_t low = 0, high = a->quantities->n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (a->quantities->at[middle].start < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The last class label in a phrase (亿元以上, 60周岁以上, 产值超5亿元), or NULL. */
static const struct quantity *class_label(const struct attacher *a, struct stretch np)
{
    const struct quantity *label = NULL;
    for (size_t i = first_quantity(a, np.start); i < a->quantities->n; i++) {
        const struct quantity *q = &a->quantities->at[i];
        if (q->start >= np.end)
            break;
        if (q->label && q->after <= np.end)
            label = q;
    }
    return label;
}

/* 以旧换新补贴发放1.2亿元, 公司投入1200万元: the verb stands last; what is measured is the noun
 * before it, or, behind a name, what the verb says. */
static bool measured_by_verb(const struct attacher *a, struct stretch *np, struct stretch verb,
                             struct str *subject)
{
    struct stretch before = phrase_trim(a, (struct stretch){np->start, verb.start}), metric;
    bool deed = phrase_is(a, verb, STR("完成")) || phrase_is(a, verb, STR("实现"));
    *np = verb;
    if (stretch_is_empty(before))
        return false;
    /* 沿海港口完成1251万吨: of what was measured before. */
    if (deed && a->said.metric.n > 0 && !phrase_metric(a, before, true, &metric, NULL)) {
        np->end = np->start;
        return true;
    }
    if (phrase_metric(a, before, true, &metric, NULL)) {
        *subject = (struct str){0};
        *np = before;
    }
    return true;
}

/* True where the verb that np opens with, up to byte `end`, is what is done to what is measured:
 * what follows says more of itself than a metric that the verb is part of (改造面积, 建设用地). */
static bool is_work(const struct attacher *a, struct stretch np, const struct lexicon_entry *verb,
                    size_t end)
{
    struct stretch metric;
    const struct lexicon_entry *e;
    bool builds = verb != NULL && role_is(verb, "weak") && lexicon_flag(verb, "builds");
    if (verb == NULL || !(lexicon_flag(verb, "work") || role_is(verb, "up") || builds))
        return false;
    builds |= role_is(verb, "up");
    size_t least = builds ? STR("农村公路").n : STR("站点").n;
    if (end + least > np.end)
        return false;
    return !phrase_metric(a, np, true, &metric, &e) || lexicon_flag(e, "head") ||
           (!lexicon_flag(e, "rate") && metric.start >= end + STR("老旧").n);
}

/* 改造|老旧管网, 建设或改造|地下管网, 培训|护理员: without what is done to what is measured. */
static struct stretch without_work(const struct attacher *a, struct stretch np)
{
    static const struct str joiners[] = {STR_INIT("、"), STR_INIT("或"), STR_INIT("和")};
    for (;;) {
        size_t end;
        const struct lexicon_entry *e = lexicon_match(a->verbs, a->text, np.start, &end);
        /* 改善提升|绿水长廊 */
        if (e == NULL || !lexicon_flag(e, "work")) {
            size_t grown;
            const struct lexicon_entry *up = lexicon_match(a->changes, a->text, np.start, &grown);
            if (role_is(up, "up") && up->word.n >= STR("提升").n) {
                e = up;
                end = grown;
            }
        }
        if (!is_work(a, np, e, end))
            return np;
        for (size_t i = 0; i < sizeof joiners / sizeof *joiners; i++) {
            struct stretch rest = {end, np.end};
            if (phrase_starts(a, rest, joiners[i]))
                end += joiners[i].n;
        }
        np = phrase_trim(a, (struct stretch){end, np.end});
    }
}

/* 班列开行|1500列: what is counted stands before the verb. Of 惠及 and its like it is who gains,
 * whom nothing names. */
static bool is_counted_by(const struct attacher *a, struct stretch verb)
{
    static const struct str others[] = {
        STR_INIT("覆盖"), STR_INIT("惠及"), STR_INIT("服务"), STR_INIT("带动"), STR_INIT("吸引"),
        STR_INIT("吸纳"), STR_INIT("解决"), STR_INIT("涉及"), STR_INIT("受益"), STR_INIT("有")};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (phrase_ends(a, verb, others[i]))
            return false;
    return !str_starts(str_sub(a->text, verb.end, a->text.n), STR("的"));
}

/* 力争到2026年|班列: the noun from behind the last time in it. */
static struct stretch before_verb(const struct attacher *a, struct stretch s)
{
    for (size_t i = phrase_times_before(a, s.end); i-- > 0 && a->times->at[i].start >= s.start;)
        if (a->times->at[i].end < s.end) {
            s.start = a->times->at[i].end;
            break;
        }
    return phrase_strip_links(a, phrase_trim_front(a, s));
}

/* Takes verb and subject off the front: 云河实现|产值. False where nothing is left behind the verb.
 */
static bool split_at_verb(const struct attacher *a, struct stretch *np, bool counted,
                          struct str *subject)
{
    struct stretch metric, verb;
    const struct lexicon_entry *entry;
    const struct quantity *label = counted ? class_label(a, *np) : NULL;
    /* 亿元以上新签约项目 is one class. */
    if (label != NULL && label->after > label->end &&
        phrase_last_verb(a, *np, false, &verb, NULL) && verb.start >= label->after)
        return true;
    /* 城镇新增就业 is one name, its verb included. */
    bool known = phrase_metric(a, *np, true, &metric, &entry);
    bool whole_name = known && !lexicon_flag(entry, "head");
    size_t word = known ? metric.end - entry->word.n : np->end;
    size_t name = !whole_name                   ? np->end
                  : lexicon_flag(entry, "rate") ? metric.start
                                                : metric.end - entry->word.n;
    if (phrase_last_verb(a, *np, false, &verb, NULL) && !(name <= verb.start && verb.end > name)) {
        struct stretch object = phrase_trim(a, (struct stretch){verb.end, np->end});
        while (phrase_starts(a, object, STR("了")) || phrase_starts(a, object, STR("着")) ||
               (phrase_starts(a, object, STR("有")) &&
                !role_is(lexicon_match(a->verbs, a->text, object.start, NULL), "noun")) ||
               (phrase_starts(a, object, STR("出")) && !phrase_starts(a, object, STR("出口"))))
            object.start += STR("了").n;
        *subject = attach_subject(a, (struct stretch){np->start, verb.start});
        /* 建筑企业31家，完成产值65.9亿元: those just counted did it. */
        bool did = phrase_is(a, verb, STR("实现")) || phrase_is(a, verb, STR("完成")) ||
                   phrase_is(a, verb, STR("接待"));
        struct str whose = attach_whose(a);
        bool body = phrase_names(a, whose) && !role_is(lexicon_find(a->labels, whose), "region");
        if (subject->n == 0 && !counted && did && verb.start == np->start && !body)
            *subject = a->said.owners;
        if (stretch_is_empty(object) && counted && subject->n > 0 && is_counted_by(a, verb)) {
            *np = before_verb(a, (struct stretch){np->start, verb.start});
            *subject = (struct str){0};
            return true;
        }
        if (stretch_is_empty(object))
            return !counted && measured_by_verb(a, np, verb, subject);
        /* 新建和|改善提升|绿水长廊 */
        uint32_t joiner = utf8_at(a->text, verb.end);
        bool joined = joiner == U'和' || joiner == U'、' || joiner == U'或' || joiner == U'及';
        *np = joined ? without_work(a, object) : object;
        return true;
    }
    /* 社区食堂38家，每天服务老人2600人次 */
    static const struct str often[] = {STR_INIT("每天"),   STR_INIT("每年"), STR_INIT("每月"),
                                       STR_INIT("每周"),   STR_INIT("日均"), STR_INIT("累计"),
                                       STR_INIT("每学期"), STR_INIT("沿途")};
    struct stretch done = *np;
    for (size_t i = 0; i < sizeof often / sizeof *often; i++)
        if (phrase_starts(a, done, often[i]))
            done.start += often[i].n;
    struct stretch worked = without_work(a, done);
    if (worked.start > done.start) {
        *np = worked;
        return true;
    }
    bool serves = phrase_starts(a, done, STR("服务")) && done.end - done.start > STR("服务业").n &&
                  a->said.counted;
    if (counted || serves)
        *np = done;
    if ((counted || serves) && phrase_opens_with_verb(a, *np)) {
        if (serves)
            *subject = a->said.owners;
        lexicon_match(a->verbs, a->text, np->start, &np->start);
        *np = phrase_trim(a, *np);
    } else if (!whole_name && label == NULL && phrase_common_verb(a, *np, &verb) &&
               verb.start < word && (counted || verb.start > np->start)) {
        struct stretch front = {np->start, verb.start};
        if (!stretch_is_empty(front))
            *subject = attach_subject(a, phrase_strip_links(a, front));
        *np = phrase_trim(a, (struct stretch){verb.end, np->end});
    }
    return true;
}

/* 全县|60周岁以上老人: of a group by its age. Of an age alone (百岁老人) only the noun stays, and
 * the group is nobody's name. */
static bool split_age(const struct attacher *a, struct stretch *np, const struct quantity *label,
                      struct str *subject, struct attachment *out)
{
    size_t end;
    struct str region = {0};
    if (phrase_is_region(a, *np, &end) && end <= label->start) {
        region = phrase_str(a, (struct stretch){np->start, end});
        np->start = end;
    }
    if (label->after <= label->end) {
        if (region.n > 0)
            *subject = region;
        np->start = label->after;
        return false;
    }
    if (phrase_is_adverbial(a, *np))
        np->start = label->start;
    out->holder = region.n > 0 ? region : *subject;
    out->metric = phrase_str(a, (struct stretch){label->after, np->end});
    out->subject = phrase_str(a, phrase_trim(a, *np));
    out->sector = true;
    return true;
}

/* 亿元以上数字制造业企业 56家, 60周岁以上老人9万人: the class is whose it is, its head the metric.
 * True where metric and subject are set. */
static bool split_class(const struct attacher *a, struct stretch *np, struct str *subject,
                        struct attachment *out)
{
    const struct quantity *label = class_label(a, *np);
    const struct lexicon_entry *head;
    struct stretch metric;
    size_t end;
    if (label == NULL)
        return false;
    if (label->class == UNIT_AGE && np->end - label->after >= STR("老人").n)
        return split_age(a, np, label, subject, out);
    /* 其中10亿元以上9个: of what was counted before. */
    if (label->after > label->end && label->after >= np->end && a->said.counted &&
        a->said.sentence_any) {
        out->metric = a->said.metric;
        out->subject = phrase_str(a, *np);
        return true;
    }
    if (!phrase_metric(a, *np, true, &metric, &head) || !lexicon_flag(head, "head"))
        return false;
    if (phrase_is_region(a, *np, &end) && end < np->end) {
        out->holder = phrase_str(a, (struct stretch){np->start, end});
        np->start = end;
    } else {
        out->holder = *subject;
    }
    out->metric = phrase_str(a, metric);
    out->subject = phrase_str(a, phrase_trim(a, *np));
    out->classed = str_ends(out->metric, STR("项目"));
    return true;
}

/* Takes a region, and what stands before 的, off the front as the subject. *region is the region
 * right in front of what is left, empty where none is. */
static void split_front(const struct attacher *a, struct stretch *np, bool object,
                        struct str *subject, struct stretch *region)
{
    struct stretch metric;
    const struct lexicon_entry *entry;
    size_t end;
    /* 新增全国文明城市: 全国 belongs to the name. */
    bool named =
        object && (phrase_starts(a, *np, STR("全国")) || phrase_starts(a, *np, STR("全球")));
    if (!named && phrase_is_region(a, *np, &end) && end < np->end) {
        *region = (struct stretch){np->start, end};
        if (subject->n == 0)
            *subject = phrase_str(a, *region);
        *np = phrase_trim_front(a, (struct stretch){end, np->end});
        /* 我市|老城区|机动车保有量: of the nearer one. */
        if (phrase_is_region(a, *np, &end) && end < np->end && region->end == np->start) {
            *region = (struct stretch){np->start, end};
            *subject = phrase_str(a, *region);
            *np = phrase_trim_front(a, (struct stretch){end, np->end});
        }
        /* 全县有床位, 全市现有养老机构: what a region has. */
        const struct lexicon_entry *e = lexicon_match(a->verbs, a->text, np->start, &end);
        bool has = role_is(e, "link") && str_ends(e->word, STR("有"));
        /* 全县共|接待游客 */
        bool adverb = role_is(e, "link") && lexicon_flag(e, "adverb") &&
                      phrase_opens_with_verb(a, (struct stretch){end, np->end});
        if ((has || adverb) && end < np->end)
            *np = phrase_trim_front(a, (struct stretch){end, np->end});
    }
    if (region->end != np->start)
        region->start = region->end = np->start;
    struct stretch tail = phrase_after_of(a, *np);
    bool known = phrase_metric(a, *np, true, &metric, &entry) && !lexicon_flag(entry, "head");
    if (tail.start > np->start && tail.end - tail.start >= STR("企业").n && !known) {
        struct stretch of = {np->start, tail.start - STR("的").n};
        /* 纳入监测的旅游区: which ones, not whose. */
        if (subject->n == 0 && !phrase_opens_with_verb(a, of))
            *subject = attach_subject(a, of);
        *np = phrase_trim(a, tail);
    }
}

/* 务农人员, 公办机构: a phrase that ends with what is counted elsewhere is whose figure it is. */
static bool ends_in_counted(const struct attacher *a, struct stretch s)
{
    size_t start;
    const struct lexicon_entry *e = phrase_ends_in(a, a->metrics, s, &start);
    return e != NULL && lexicon_flag(e, "owner") && start >= s.start;
}

/* 营业性, 开放型: of which sort, not whose. */
static bool is_adjective(struct str s)
{
    static const struct str ends[] = {STR_INIT("性"), STR_INIT("型"), STR_INIT("式"),
                                      STR_INIT("化")};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (str_ends(s, ends[i]))
            return true;
    return false;
}

/* 累计接待|游客: s from behind the words of linking and doing that it opens with, up to byte
 * `least` of the metric in it. */
static struct stretch without_adverbs(const struct attacher *a, struct stretch s,
                                      struct stretch metric)
{
    while (s.start < metric.start) {
        size_t end;
        const struct lexicon_entry *e = lexicon_match(a->verbs, a->text, s.start, &end);
        if (e == NULL || role_is(e, "noun") || role_is(e, "weak") || end > metric.start)
            break;
        s.start = end;
    }
    return s;
}

/* 全县|规上工业增加值: of a region the sector is part of what is measured. False for the three
 * sectors and for 居民, whose figure it is. */
static bool sector_of_region(const struct attacher *a, struct stretch np, struct stretch metric,
                             struct str holder, struct stretch *whole)
{
    const struct lexicon_entry *e;
    struct str own = str_sub(a->text, np.start, metric.start);
    if (!role_is(lexicon_find(a->labels, holder), "region") ||
        !phrase_metric(a, np, true, whole, NULL) || whole->start != np.start)
        return false;
    e = lexicon_find(a->metrics, own);
    return !str_ends(own, STR("居民")) && !(e != NULL && lexicon_flag(e, "own")) &&
           attach_is_sector(a, own);
}

/* 全县 of 全县, 全县油茶产业: the region that a subject begins with; empty where none does. */
static struct str region_in_front(const struct attacher *a, struct str subject)
{
    size_t end = 0;
    bool region = role_is(lexicon_match(a->labels, subject, 0, &end), "region");
    return region ? str_sub(subject, 0, end) : (struct str){0};
}

/* 粮食|总产量: whose it is stands before it; of a region that is spoken of it is a figure of its
 * own (全县…，茶油产量4620吨), unless its parts are told of. */
static bool is_of_product(const struct attacher *a, const struct lexicon_entry *entry,
                          struct str holder)
{
    if (!lexicon_flag(entry, "product"))
        return false;
    return lexicon_flag(entry, "thing") || a->said.grouped || a->said.parts ||
           region_in_front(a, holder).n == 0 || phrase_starts(a, a->clause, STR("其中"));
}

/* 全县|楠竹林面积: of a crop by a longer name, the region is whose it is. */
static bool is_grown(const struct attacher *a, struct stretch rest,
                     const struct lexicon_entry *entry)
{
    bool measure = str_ends(entry->word, STR("面积")) || str_eq(entry->word, STR("总产量"));
    return measure && rest.end - rest.start >= STR("楠竹林").n && !phrase_has_head(a, rest);
}

/* True for a word of two characters that is common, and neither a verb nor an adverb. */
static bool is_common_noun(const struct attacher *a, struct stretch s)
{
    struct str word = str_sub(a->text, s.start, s.end);
    const struct lexicon_entry *e = lexicon_find(a->verbs, word);
    const struct lexicon_entry *common =
        lexicon_find(lexicons_get(a->lexicons, LEXICON_WORDS), word);
    return s.end == s.start + STR("智能").n && common != NULL &&
           str_eq(common->fields, STR("common")) && (e == NULL || role_is(e, "noun"));
}

/* A phrase that ends with a metric of the lexicon. */
static void split_known(const struct attacher *a, struct stretch np, struct stretch region,
                        struct stretch metric, const struct lexicon_entry *entry, bool counted,
                        struct str *subject, struct attachment *out)
{
    struct stretch rest = phrase_trim(a, (struct stretch){np.start, metric.start});
    bool head = lexicon_flag(entry, "head") ||
                (counted && !lexicon_flag(entry, "money") && !lexicon_flag(entry, "rate") &&
                 !lexicon_flag(entry, "generic") && !lexicon_flag(entry, "product"));
    struct stretch front;
    bool named = !head && !lexicon_flag(entry, "generic") && !phrase_has_head(a, rest) &&
                 phrase_named_front(a, rest, &front);
    /* 云河县|规上工业增加值: what stands behind the name is of the metric. */
    if (named) {
        struct stretch behind = phrase_trim(a, (struct stretch){front.end, metric.end});
        metric = without_adverbs(a, behind, metric);
        rest = front;
    }
    struct str own = head ? (struct str){0} : attach_subject(a, rest);
    /* Of a region or a body that is spoken of, 渔业产值 is a figure of its own. */
    struct str holder = subject->n > 0 ? *subject : attach_whose(a);
    bool held = (role_is(lexicon_find(a->labels, holder), "region") || phrase_names(a, holder)) &&
                !str_ends(holder, STR("企业"));
    bool branches = attach_is_branch(own) && attach_is_branch(holder);
    bool part = own.n > 0 && held && stretch_is_empty(region) && !branches && !named &&
                !is_of_product(a, entry, holder) && rest.end - rest.start <= STR("生活垃圾").n &&
                !phrase_has_head(a, rest) && !ends_in_counted(a, rest) &&
                !attach_is_sector(a, own) && !str_ends(own, STR("居民"));
    bool of_region = role_is(lexicon_find(a->labels, *subject), "region");
    if (part && lexicon_flag(entry, "product") && subject->n == 0)
        *subject = region_in_front(a, holder);
    /* 新造林|每亩补助, 持证员工的|补贴: for what it is paid, and no kind of it. */
    struct stretch before = {rest.start, metric.end};
    bool paid_for = phrase_has(a, before, STR("每")) || phrase_has(a, before, STR("的"));
    /* 制造业高质量发展|指数: an index is named by what it is of. */
    bool kind = (lexicon_flag(entry, "kind") && !paid_for && !phrase_has_head(a, rest)) ||
                is_adjective(own) ||
                (str_eq(entry->word, STR("指数")) && phrase_ends(a, rest, STR("发展")));
    struct stretch whole;
    if (!head && sector_of_region(a, np, metric, holder, &whole)) {
        metric = whole;
        own = (struct str){0};
    } else if (head || part || kind)
        metric = np; /* a counted noun keeps what stands before it; 渔业产值 of 全镇 */
    else if (of_region && !stretch_is_empty(region) && is_grown(a, rest, entry))
        metric = np;
    else if ((subject->n == 0 || of_region) && own.n > 0) {
        out->holder = *subject;
        *subject = own;
        /* 全县|规上工业 is the county's. */
        if (!stretch_is_empty(region) && str_eq(own, phrase_str(a, rest)))
            *subject = phrase_str(a, (struct stretch){region.start, rest.end});
    } else if ((subject->n > 0 && !stretch_is_empty(rest) &&
                (counted || rest.end - rest.start <= 36)) ||
               is_common_noun(a, rest))
        metric = np; /* 智能|算力: a common word is nobody, and says which sort */
    out->fixed = lexicon_flag(entry, "fixed");
    out->sector =
        own.n > 0 && !part && (attach_is_sector(a, own) || lexicon_flag(entry, "product"));
    out->metric = phrase_str(a, metric);
}

/* 生产总值(GDP): without the gloss in Latin letters behind a metric. */
static struct stretch without_gloss(const struct attacher *a, struct stretch np)
{
    struct str text = str_sub(a->text, np.start, np.end);
    size_t open = phrase_find_last(a, np, STR("("));
    if (open == STR_NONE || open == 0 || !str_ends(text, STR(")")) ||
        !point_is_latin((unsigned char)text.p[open + 1]))
        return np;
    return (struct stretch){np.start, np.start + open};
}

/* 地区生产总值连续迈上4个万亿元台阶、达…: without the steps that were taken. */
static struct stretch without_step(const struct attacher *a, struct stretch np)
{
    struct stretch verb;
    if (!phrase_ends(a, np, STR("台阶")) || !phrase_first_verb(a, np, &verb, NULL) ||
        verb.start <= np.start)
        return np;
    return phrase_strip_links(a, phrase_trim_front(a, (struct stretch){np.start, verb.start}));
}

/* 一天能|挣, 每天只需|交: what is done stands behind the last word of being able. */
static struct stretch after_auxiliary(const struct attacher *a, struct stretch s)
{
    static const struct str words[] = {STR_INIT("能够"), STR_INIT("可以"), STR_INIT("只需"),
                                       STR_INIT("仅需"), STR_INIT("能"),   STR_INIT("可")};
    const struct lexicon *common = lexicons_get(a->lexicons, LEXICON_WORDS);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t at = phrase_find_last(a, s, words[i]);
        size_t start = s.start + at, end = start + words[i].n, before = start, after = end;
        if (at == STR_NONE || end >= s.end)
            continue;
        utf8_previous(a->text, &before);
        utf8_next(a->text, &after);
        bool inside = words[i].n <= STR("能").n &&
                      (lexicon_find(common, str_sub(a->text, before, end)) != NULL ||
                       lexicon_find(common, str_sub(a->text, start, after)) != NULL);
        if (!inside)
            return (struct stretch){end, s.end};
    }
    return s;
}

/* 全市集中开工项目90个, 实施重点项目31个: where no name is at hand, the class of projects is whose
 * the figure is. */
static bool split_projects(const struct attacher *a, struct stretch np, struct attachment *out)
{
    struct str whose = attach_whose(a);
    struct stretch verb;
    size_t end;
    bool class_before = str_ends(whose, STR("项目"));
    if (!phrase_ends(a, np, STR("项目")) ||
        np.end - np.start > STR("投资超亿元的重点工业技改项目").n ||
        (whose.n > 0 && !role_is(lexicon_find(a->labels, whose), "region") && !class_before) ||
        class_label(a, np) != NULL)
        return false;
    if (phrase_is_region(a, np, &end)) {
        out->holder = phrase_str(a, (struct stretch){np.start, end});
        np = phrase_trim(a, (struct stretch){end, np.end});
    }
    for (;;) {
        const struct lexicon_entry *e = lexicon_match(a->verbs, a->text, np.start, &end);
        struct stretch rest = phrase_trim(a, (struct stretch){end, np.end});
        bool bare = rest.end - rest.start <= STR("项目").n;
        if (e == NULL || bare || role_is(e, "noun") || role_is(e, "event") ||
            (!role_is(e, "link") && phrase_first_verb(a, rest, &verb, NULL)))
            break;
        np = rest;
    }
    if (np.end - np.start < STR("重点项目").n || phrase_named_front(a, np, &verb))
        return false;
    out->subject = phrase_str(a, np);
    out->metric = STR("项目");
    out->classed = true;
    return true;
}

/* 商业网点的泊位2500个，道路泊位5300个: what was counted before, of another. */
static bool split_again(const struct attacher *a, struct stretch np, struct attachment *out)
{
    struct str whole = phrase_str(a, np), metric = a->said.metric;
    const struct lexicon_entry *e = lexicon_find(a->metrics, metric);
    if (e == NULL || !lexicon_flag(e, "head") || lexicon_flag(e, "owner") || !a->said.spoken ||
        !a->said.counted || !str_ends(whole, metric) || whole.n < metric.n + STR("道路").n ||
        phrase_is(a, np, STR("项目")) || str_eq(metric, STR("项目")) || a->said.subject.n == 0)
        return false;
    out->metric = metric;
    out->subject = str_sub(whole, 0, whole.n - metric.n);
    out->sector = true;
    return true;
}

/* 已储备|化肥, 可新增|学位: without the adverb and the verb that it stands before. */
static struct stretch without_deed(const struct attacher *a, struct stretch np)
{
    static const struct str adverbs[] = {STR_INIT("已"), STR_INIT("可"), STR_INIT("共")};
    for (size_t i = 0; i < sizeof adverbs / sizeof *adverbs; i++) {
        size_t end;
        if (!phrase_starts(a, np, adverbs[i]))
            continue;
        const struct lexicon_entry *e =
            lexicon_match(a->verbs, a->text, np.start + adverbs[i].n, &end);
        if ((role_is(e, "object") || role_is(e, "weak")) && e->word.n >= STR("储备").n &&
            end + STR("化肥").n <= np.end)
            return (struct stretch){end, np.end};
    }
    return np;
}

/* 老林|亩均产油: what is measured of each begins with 亩均; whose it is stands before. */
static struct str split_each(const struct attacher *a, struct stretch *np)
{
    static const struct str words[] = {STR_INIT("亩均"), STR_INIT("户均"),  STR_INIT("人均"),
                                       STR_INIT("月均"), STR_INIT("日均"),  STR_INIT("平均"),
                                       STR_INIT("每亩"), STR_INIT("每户"),  STR_INIT("每人"),
                                       STR_INIT("每吨"), STR_INIT("每公斤")};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t at = phrase_find(a, *np, words[i]);
        struct stretch front = {np->start, np->start + at};
        if (at == STR_NONE || at < STR("老林").n || front.end + words[i].n >= np->end)
            continue;
        struct str whose = attach_subject(a, front);
        if (whose.n == 0)
            continue;
        np->start = front.end;
        return whose;
    }
    return (struct str){0};
}

/* 运费每吨|500元, 价格每斤|4元: by what it is reckoned is no part of the name. */
static struct stretch without_unit(const struct attacher *a, struct stretch np)
{
    static const struct str units[] = {
        STR_INIT("每吨"), STR_INIT("每斤"),     STR_INIT("每公斤"),
        STR_INIT("每亩"), STR_INIT("每辆"),     STR_INIT("每人"),
        STR_INIT("每户"), STR_INIT("每平方米"), STR_INIT("每立方米")};
    for (size_t i = 0; phrase_may_have(a, np, STR("每")) && i < sizeof units / sizeof *units; i++)
        if (phrase_ends(a, np, units[i]) && np.end - np.start >= units[i].n + STR("运费").n)
            np.end -= units[i].n;
    return np;
}

/* 每千名儿童|拥有医师, 每千人口|托位数: what is measured of so many is theirs; of whom they are so
 * many (老旧小区|每百户), where that is said and no region. */
static struct str split_per(const struct attacher *a, struct stretch *np)
{
    static const struct str words[] = {STR_INIT("每千"), STR_INIT("每百"), STR_INIT("每万"),
                                       STR_INIT("每十万")};
    struct stretch verb, metric;
    size_t at = STR_NONE, end;
    if (!phrase_may_have(a, *np, STR("每")))
        return (struct str){0};
    for (size_t i = 0; i < sizeof words / sizeof *words && at == STR_NONE; i++)
        at = phrase_find(a, *np, words[i]);
    /* 每百元营业收入中的成本: of money, and nobody. */
    size_t many = np->start + at + STR("每百").n;
    if (at == STR_NONE || utf8_at(a->text, many) == U'元')
        return (struct str){0};
    struct stretch front = {np->start, np->start + at}, per = {np->start + at, np->end};
    if (phrase_first_verb(a, per, &verb, NULL) && verb.end < np->end)
        per.end = verb.start, np->start = verb.end;
    else if (phrase_metric(a, per, true, &metric, NULL) && metric.start > per.start)
        per.end = np->start = metric.start;
    else
        return (struct str){0};
    bool region = phrase_is_region(a, front, &end) && end == front.end;
    struct str whose = region ? (struct str){0} : attach_subject(a, front);
    return whose.n > 0 ? whose : phrase_str(a, phrase_trim(a, per));
}

/* 开发区|入驻企业: what a park counts as its own; empty where none stands before byte `head`. */
static struct str split_park(const struct attacher *a, struct stretch *np, size_t head)
{
    static const struct str parks[] = {STR_INIT("开发区"), STR_INIT("高新区"), STR_INIT("经开区"),
                                       STR_INIT("产业园"), STR_INIT("高新园"), STR_INIT("工业园")};
    for (size_t i = 0; i < sizeof parks / sizeof *parks; i++) {
        size_t at = phrase_find(a, (struct stretch){np->start, head}, parks[i]);
        struct stretch park = {np->start, np->start + at + parks[i].n};
        if (at == STR_NONE || (park.end < head && utf8_at(a->text, park.end) == U'区'))
            continue;
        np->start = park.end;
        return phrase_str(a, park);
    }
    return (struct str){0};
}

/* 对美国|出口: with whom the trade is, is whose the figure is. */
static bool split_trade(const struct attacher *a, struct stretch np, struct attachment *out)
{
    static const struct str trades[] = {STR_INIT("进出口总值"), STR_INIT("进出口总额"),
                                        STR_INIT("进出口"), STR_INIT("出口"), STR_INIT("进口")};
    struct stretch items[2];
    if (!phrase_starts(a, np, STR("对")))
        return false;
    for (size_t i = 0; i < sizeof trades / sizeof *trades; i++) {
        struct stretch with = {np.start + STR("对").n, np.end - trades[i].n};
        if (!phrase_ends(a, np, trades[i]) || with.end < with.start + STR("美国").n ||
            with.end - with.start > 60)
            continue;
        if (phrase_list(a, with, items, 2) > 1)
            return false;
        out->subject = phrase_str(a, phrase_trim(a, with));
        out->metric = trades[i];
        out->sector = true;
        return true;
    }
    return false;
}

/* 某食品有限公司|年加工海带: the company that a phrase opens with; empty where none does. */
static struct str split_company(const struct attacher *a, struct stretch *np)
{
    static const struct str ends[] = {STR_INIT("有限公司"), STR_INIT("集团"), STR_INIT("合作社")};
    static const struct str behind[] = {STR_INIT("的"), STR_INIT("等"), STR_INIT("、"),
                                        STR_INIT("和"), STR_INIT("与"), STR_INIT("及"),
                                        STR_INIT("(")};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        size_t at = phrase_find(a, *np, ends[i]);
        if (at == STR_NONE || at < STR("某某").n)
            continue;
        struct stretch body = {np->start, np->start + at + ends[i].n};
        struct stretch rest = {body.end, np->end};
        bool goes_on = rest.end < rest.start + STR("海带").n;
        for (size_t k = 0; k < sizeof behind / sizeof *behind; k++)
            goes_on |= phrase_starts(a, rest, behind[k]);
        if (goes_on || phrase_is_adverbial(a, body) || phrase_has_head(a, rest))
            continue;
        *np = phrase_trim(a, rest);
        return phrase_str(a, phrase_trim(a, body));
    }
    return (struct str){0};
}

void attach_split(const struct attacher *a, struct stretch np, bool counted, struct attachment *out)
{
    struct stretch metric;
    const struct lexicon_entry *entry = NULL;
    struct str subject = {0};
    np = without_step(a, without_gloss(a, phrase_trim(a, np)));
    np = phrase_strip_links(a, without_unit(a, np));
    /* 香菇肉片、油麦菜——仅花费12元 */
    size_t dash = phrase_find_last(a, np, STR("—"));
    if (dash != STR_NONE && np.start + dash + STR("—").n < np.end)
        np = phrase_trim(a, (struct stretch){np.start + dash + STR("—").n, np.end});
    static const struct str speakers[] = {STR_INIT("我们"), STR_INIT("咱们"), STR_INIT("他们")};
    for (size_t i = 0; i < sizeof speakers / sizeof *speakers; i++)
        if (phrase_starts(a, np, speakers[i]) && np.end - np.start > speakers[i].n)
            np = phrase_trim_front(a, (struct stretch){np.start + speakers[i].n, np.end});
    if (phrase_starts(a, np, STR("仅")))
        np = phrase_trim_front(a, (struct stretch){np.start + STR("仅").n, np.end});
    if (phrase_starts(a, np, STR("把")) ||
        (phrase_starts(a, np, STR("将")) && np.start == a->clause.start))
        np = phrase_trim_front(a, (struct stretch){np.start + STR("把").n, np.end});
    np = without_deed(a, np);
    size_t now;
    /* 现|全市有服务站10个 */
    if (phrase_starts(a, np, STR("现")) &&
        phrase_is_region(a, (struct stretch){np.start + STR("现").n, np.end}, &now))
        np.start += STR("现").n;
    if (split_trade(a, np, out))
        return;
    if (phrase_starts(a, np, STR("其")) && !phrase_starts(a, np, STR("其他")) &&
        !phrase_starts(a, np, STR("其它")))
        np.start += STR("其").n;
    size_t front = np.start;
    if (counted && split_projects(a, np, out))
        return;
    subject = split_per(a, &np);
    if (subject.n > 0)
        out->sector = true;
    else if (!split_at_verb(a, &np, counted, &subject)) {
        out->subject = attach_subject_or_said(a, subject);
        return;
    }
    /* 医疗队|累计|巡诊: who did it stands before, what was done behind. */
    size_t total = phrase_find(a, np, STR("累计"));
    if (counted && subject.n == 0 && total != STR_NONE && total >= STR("某队").n &&
        np.start + total + STR("累计巡诊").n <= np.end) {
        subject = attach_subject(a, (struct stretch){np.start, np.start + total});
        np = phrase_trim(a, (struct stretch){np.start + total + STR("累计").n, np.end});
    }
    size_t list_end = phrase_find_last(a, np, STR("等"));
    if (counted && list_end != STR_NONE && list_end > 0 &&
        np.start + list_end + STR("等产品").n <= np.end)
        np = phrase_trim(a, (struct stretch){np.start + list_end + STR("等").n, np.end});
    if (split_class(a, &np, &subject, out) ||
        (counted && subject.n == 0 && split_again(a, np, out)))
        return;
    struct stretch region = {0};
    if (subject.n == 0)
        subject = split_company(a, &np);
    split_front(a, &np, np.start > front && counted, &subject, &region);
    struct str whose = subject.n > 0 ? subject : attach_whose(a);
    bool sectors = whose.n > 0 && !role_is(lexicon_find(a->labels, whose), "region") &&
                   (subject.n > 0 || phrase_names(a, whose));
    bool known = phrase_metric(a, np, sectors, &metric, &entry);
    /* 云河县规上工业增加值: the sector is the county's. */
    if (known && sectors && metric.start > np.start)
        known = phrase_metric(a, np, false, &metric, &entry);
    if (known && counted && subject.n == 0 && lexicon_flag(entry, "head"))
        subject = split_park(a, &np, metric.end - entry->word.n);
    if (known) {
        split_known(a, np, region, metric, entry, counted, &subject, out);
    } else if (counted && subject.n == 0 && phrase_named_front(a, np, &metric)) {
        subject = phrase_str(a, metric);
        out->metric = phrase_str(a, phrase_trim(a, (struct stretch){metric.end, np.end}));
    } else if (np.end - np.start <= 90) {
        struct str each = split_each(a, &np);
        subject = subject.n > 0 ? subject : each;
        out->metric = phrase_str(a, phrase_trim(a, after_auxiliary(a, np)));
    }
    if (subject.n == 0)
        subject = attach_owner_untold(
            a, (struct metric_at){.name = np, .from = front, .entry = entry, .counted = counted},
            out);
    out->subject = attach_subject_or_said(a, subject);
}
