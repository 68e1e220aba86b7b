#include "parse/attach.h"
#include "baolan/utf8.h"
#include "parse/phrase.h"

#define LIST_ROOM 16

/* What the words right before a quantity say about it. */
struct lead {
    struct stretch np; /* the phrase in front of those words */
    struct str basis;
    int sign;
    bool change, noun, to, share, rank, apart; /* apart: 分别 */
    bool of;             /* the region goes on from the quantity before: …的高分位列 */
    struct stretch verb; /* of share or rank */
};

void attach_begin(struct attacher *a, const struct plain *f, struct str prose,
                  const struct times *times, const struct quantities *quantities)
{
    a->verbs = lexicons_get(a->lexicons, LEXICON_VERBS);
    a->changes = lexicons_get(a->lexicons, LEXICON_CHANGES);
    a->metrics = lexicons_get(a->lexicons, LEXICON_METRICS);
    a->labels = lexicons_get(a->lexicons, LEXICON_LABELS);
    a->qualifiers = lexicons_get(a->lexicons, LEXICON_QUALIFIERS);
    a->plain = f;
    a->text = f->text;
    a->prose = prose;
    a->times = times;
    a->quantities = quantities;
    a->said = (struct carried){0};
}

void attach_begin_part(struct attacher *a)
{
    a->n_clauses = 0;
    a->said.topic = (struct str){0};
    a->said.sentence_any = false;
}

void attach_begin_sentence(struct attacher *a, struct stretch sentence)
{
    a->sentence = sentence;
    a->n_clauses = 0;
    a->said.topic = (struct str){0};
    a->said.pending_now = false;
    if (a->said.sector) {
        a->said.sector = false;
        a->said.subject = a->said.whose;
    }
    if (role_is(lexicon_find(a->labels, a->said.subject), "region"))
        a->said.subject = (struct str){0};
    a->said.list = (struct stretch){0};
    a->said.sentence_any = false;
}

static bool text_is(const struct attacher *a, struct stretch s, const char *word)
{
    return str_eq(str_sub(a->text, s.start, s.end), str_of(word));
}

static bool ends_with(const struct attacher *a, struct stretch s, const char *word)
{
    return str_ends(str_sub(a->text, s.start, s.end), str_of(word));
}

static bool starts_with(const struct attacher *a, struct stretch s, const char *word)
{
    return str_starts(str_sub(a->text, s.start, s.end), str_of(word));
}

/* Without adverbs and other words of linking at the end. */
static struct stretch strip_links(const struct attacher *a, struct stretch s)
{
    for (;;) {
        s = phrase_trim_back(a, s);
        size_t start;
        const struct lexicon_entry *e = phrase_ends_in(a, a->verbs, s, &start);
        /* 马达 is no 马 with a verb behind it: of single characters only adverbs are taken. */
        if (e == NULL || !(role_is(e, "link") || role_is(e, "rank")) ||
            (e->word.n < STR("共有").n && !lexicon_flag(e, "adverb")))
            return s;
        if (e->word.n >= str_sub(a->text, s.start, s.end).n)
            return (struct stretch){s.start, s.start};
        s.end = start;
    }
}

/* Takes the words of change, share, rank, quantity off the end of a region. */
static struct lead read_lead(const struct attacher *a, struct stretch region)
{
    struct lead lead = {.np = region};
    lead.of = starts_with(a, region, "的");
    struct stretch *np = &lead.np;
    for (;;) {
        *np = phrase_trim_back(a, *np);
        size_t start;
        if (stretch_is_empty(*np))
            break;
        size_t verb_start = np->end, change_start = np->end;
        const struct lexicon_entry *change = phrase_ends_in(a, a->changes, *np, &change_start);
        const struct lexicon_entry *verb = phrase_ends_in(a, a->verbs, *np, &verb_start);
        if (change != NULL && (verb == NULL || change_start <= verb_start)) {
            if (role_is(change, "basis")) {
                if (lead.basis.n == 0)
                    lead.basis = phrase_str(a, (struct stretch){change_start, np->end});
            } else if (role_is(change, "to")) {
                if (!lead.change)
                    lead.to = true;
            } else if (role_is(change, "noun")) {
                if (lead.change || lead.to)
                    break;
                lead.change = lead.noun = true;
                lead.sign = 1;
            } else if (!role_is(change, "from")) {
                if (lead.change || lead.to)
                    break;
                /* 提高到2025年的7.4万元: where it went, not by how much. */
                struct str rest = str_sub(a->text, np->end, region.end);
                lead.to = str_starts(rest, STR("到")) || str_starts(rest, STR("至"));
                lead.change = !lead.to;
                lead.sign = role_is(change, "down") ? -1 : 1;
            }
            np->end = change_start;
            continue;
        }
        if (verb != NULL) {
            if (role_is(verb, "link")) {
                lead.apart |= str_starts(verb->word, STR("分别"));
            } else if (role_is(verb, "share") && !lead.change) {
                lead.share = true;
                lead.verb = (struct stretch){verb_start, np->end};
                np->end = verb_start;
                *np = phrase_trim_back(a, *np);
                *np = strip_links(a, *np);
                break;
            } else {
                break;
            }
            np->end = verb_start;
            continue;
        }
        const struct lexicon_entry *q = phrase_ends_in(a, a->qualifiers, *np, &start);
        if (q != NULL && str_eq(lexicon_field(q, "at"), STR("before"))) {
            np->end = start;
            continue;
        }
        break;
    }
    *np = phrase_trim_front(a, *np);
    return lead;
}

static bool is_region(const struct attacher *a, struct stretch s, size_t *end)
{
    return role_is(lexicon_match(a->labels, a->text, s.start, end), "region") && *end <= s.end;
}

/* 甲区、乙园3大主平台: the summing name after the list. */
static size_t after_count(const struct attacher *a, struct stretch s)
{
    for (size_t i = s.start; i < s.end;) {
        size_t at = i;
        uint32_t c = utf8_next(a->text, &at);
        bool number = (c >= '1' && c <= '9') || numeral_digit(c) > 1;
        if (number && i > s.start && utf8_at(a->text, at) == U'大' &&
            at + STR("大主平台").n <= s.end)
            return i;
        i = at;
    }
    return s.start;
}

/* 白鹭镇是渔业大镇, 现全市, 某厂在某岛: the name ends before 是 and 在. */
static struct stretch before_predicate(const struct attacher *a, struct stretch s)
{
    static const char *const words[] = {"是", "在", "被", "已", "日前"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t at = str_find(str_sub(a->text, s.start, s.end), str_of(words[i]), 0);
        if (at != STR_NONE && at >= STR("某镇").n &&
            !role_is(lexicon_match(a->verbs, a->text, s.start + at, NULL), "noun"))
            s.end = s.start + at;
    }
    size_t end;
    const struct lexicon_entry *adverb = lexicon_match(a->verbs, a->text, s.start, &end);
    if (adverb != NULL && lexicon_flag(adverb, "adverb") &&
        role_is(lexicon_match(a->labels, a->text, end, NULL), "region"))
        s.start = end;
    return s;
}

/* What a phrase says of whose a figure is. */
static struct str subject_of(const struct attacher *a, struct stretch s)
{
    size_t end;
    if (phrase_is_adverbial(a, s)) {
        /* 以某企业为代表的制造业: the phrase behind it may be one. */
        struct stretch of = phrase_after_of(a, s);
        if (of.start == s.start)
            return (struct str){0};
        s = of;
    }
    s = strip_links(a, phrase_trim(a, s));
    if (stretch_is_empty(s))
        return (struct str){0};
    if (is_region(a, s, &end) && str_starts(str_sub(a->text, end, s.end), STR("在")))
        return phrase_str(a, (struct stretch){s.start, end});
    struct stretch tail = phrase_after_of(a, s);
    /* 用地紧张的企业 stays whole: what stands after 的 alone says too little. */
    if (tail.end - tail.start > STR("企业").n)
        s = phrase_trim(a, tail);
    if (is_region(a, s, &end) && s.end - end >= STR("企业").n)
        s.start = end;
    s = strip_links(a, phrase_trim(a, s));
    struct stretch verb;
    const struct lexicon_entry *e;
    /* A phrase with a verb of its own says what was done, not whose the figure is. */
    if (phrase_first_verb(a, s, &verb, &e)) {
        if (verb.start - s.start >= STR("平湖").n)
            s.end = verb.start;
        else
            s.start = verb.end;
        s = strip_links(a, phrase_trim(a, s));
    }
    static const char *const places[] = {"中", "上", "下", "里",   "时",
                                         "后", "前", "内", "方面", "期间"};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        if (ends_with(a, s, places[i]))
            s.end -= strlen(places[i]);
    const struct lexicon_entry *prefix = lexicon_find(a->metrics, str_sub(a->text, s.start, s.end));
    if (s.end - s.start > 120 || s.end - s.start < STR("平湖").n ||
        (prefix != NULL && str_eq(prefix->fields, STR("prefix"))))
        return (struct str){0};
    s.start = after_count(a, s);
    s = before_predicate(a, s);
    if (role_is(lexicon_find(a->labels, str_sub(a->text, s.start, s.end)), "stopword"))
        return (struct str){0};
    return phrase_str(a, s);
}

static bool is_anaphor(struct str s)
{
    static const char *const words[] = {"项目",   "该项目", "公司",   "该公司", "企业",
                                        "该企业", "园区",   "该园区", "活动",   "其",
                                        "该镇",   "该村",   "该园",   "基地",   "工程"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_eq(s, str_of(words[i])))
            return true;
    return false;
}

/* The subject at hand for a metric of its own: a sector's turn is over then. */
static struct str whose(const struct attacher *a)
{
    return a->said.sector ? a->said.whose : a->said.subject;
}

/* The subject said here, or the one at hand. */
static struct str subject_or_said(const struct attacher *a, struct str own)
{
    if (own.n > 0 && !(is_anaphor(own) && whose(a).n > 0))
        return own;
    return whose(a);
}

/* The last class label in a phrase (亿元以上, 60周岁以上, 产值超5亿元), if any. */
static bool class_label(const struct attacher *a, struct stretch np, struct stretch *label)
{
    bool found = false;
    for (size_t i = 0; i < a->quantities->n; i++) {
        const struct quantity *q = &a->quantities->at[i];
        if (q->start >= np.end)
            break;
        if (q->label && q->start >= np.start && q->after <= np.end) {
            *label = (struct stretch){q->start, q->after};
            found = true;
        }
    }
    return found;
}

static bool label_is_age(const struct attacher *a, struct stretch np)
{
    for (size_t i = 0; i < a->quantities->n; i++) {
        const struct quantity *q = &a->quantities->at[i];
        if (q->label && q->start >= np.start && q->after <= np.end)
            return q->class == UNIT_AGE;
    }
    return false;
}

static bool sector_word(const struct attacher *a, struct str s)
{
    const struct lexicon_entry *e = lexicon_find(a->metrics, s);
    return e != NULL && lexicon_flag(e, "sector");
}

/* Sets metric and subject from a noun phrase that names the metric last. */
static void split_np(const struct attacher *a, struct stretch np, bool counted,
                     struct attachment *out)
{
    struct stretch metric, verb;
    const struct lexicon_entry *entry;
    size_t end;
    np = phrase_trim(a, np);
    struct str subject = {0};
    /* 城镇新增就业 is one name, its verb included. */
    bool whole_name = phrase_metric(a, np, true, &metric, &entry) && !lexicon_flag(entry, "head");
    if (phrase_last_verb(a, np, false, &verb, NULL) &&
        !(whole_name && metric.start <= verb.start && verb.end > metric.start)) {
        struct stretch object = phrase_trim(a, (struct stretch){verb.end, np.end});
        while (starts_with(a, object, "了") || starts_with(a, object, "有") ||
               starts_with(a, object, "着") || starts_with(a, object, "出"))
            object.start += STR("了").n;
        subject = subject_of(a, (struct stretch){np.start, verb.start});
        if (stretch_is_empty(phrase_trim(a, object))) {
            out->subject = subject_or_said(a, subject);
            return;
        }
        np = phrase_trim(a, object);
    } else if (counted && phrase_opens_with_verb(a, np)) {
        lexicon_match(a->verbs, a->text, np.start, &np.start);
        np = phrase_trim(a, np);
    }
    size_t list_end = str_find_last(str_sub(a->text, np.start, np.end), STR("等"));
    if (counted && list_end != STR_NONE && list_end > 0 &&
        np.start + list_end + STR("等产品").n <= np.end)
        np = phrase_trim(a, (struct stretch){np.start + list_end + STR("等").n, np.end});
    struct stretch classed = {0};
    if (class_label(a, np, &classed)) {
        const struct lexicon_entry *head;
        bool age = utf8_at(a->text, classed.end) != 0 && label_is_age(a, np);
        if (age && np.end - classed.end >= STR("老人").n) {
            np.start = classed.end;
        } else if (phrase_metric(a, np, true, &metric, &head) && lexicon_flag(head, "head")) {
            if (is_region(a, np, &end) && end < np.end)
                np.start = end;
            out->metric = phrase_str(a, metric);
            out->subject = phrase_str(a, phrase_trim(a, np));
            return;
        }
    }
    if (is_region(a, np, &end) && end < np.end) {
        struct stretch rest = phrase_trim_front(a, (struct stretch){end, np.end});
        if (subject.n == 0)
            subject = phrase_str(a, (struct stretch){np.start, end});
        np = rest;
    }
    struct stretch tail = phrase_after_of(a, np);
    bool known = phrase_metric(a, np, true, &metric, &entry) && !lexicon_flag(entry, "head");
    if (tail.start > np.start && tail.end - tail.start >= STR("企业").n && !known) {
        if (subject.n == 0)
            subject = subject_of(a, (struct stretch){np.start, tail.start - STR("的").n});
        np = phrase_trim(a, tail);
    }
    bool sectors =
        subject.n > 0 || (whose(a).n > 0 && !role_is(lexicon_find(a->labels, whose(a)), "region"));
    if (phrase_metric(a, np, sectors, &metric, &entry)) {
        bool head = lexicon_flag(entry, "head");
        struct stretch rest = phrase_trim(a, (struct stretch){np.start, metric.start});
        out->fixed = lexicon_flag(entry, "fixed");
        head |= counted && !lexicon_flag(entry, "money") && !lexicon_flag(entry, "rate");
        struct str own = head ? (struct str){0} : subject_of(a, rest);
        bool part = own.n > 0 && rest.end - rest.start <= STR("生活垃圾").n &&
                    !phrase_has_head(a, rest) && !sector_word(a, own) &&
                    (subject.n > 0 || whose(a).n > 0);
        bool region = role_is(lexicon_find(a->labels, subject), "region");
        if (head || part)
            metric = np; /* a counted noun keeps what stands before it; 渔业产值 of 全镇 */
        else if ((subject.n == 0 || region) && own.n > 0)
            subject = own;
        else if (subject.n > 0 && !stretch_is_empty(rest) &&
                 (counted || rest.end - rest.start <= 36))
            metric = np;
        out->sector = own.n > 0 && !part && sector_word(a, own);
        out->metric = phrase_str(a, metric);
    } else if (counted && subject.n == 0 && phrase_named_front(a, np, &metric)) {
        subject = phrase_str(a, metric);
        out->metric = phrase_str(a, phrase_trim(a, (struct stretch){metric.end, np.end}));
    } else if (np.end - np.start <= 90) {
        out->metric = phrase_str(a, np);
    }
    out->subject = subject_or_said(a, subject);
}

/* The phrase after a quantity that names what is counted; empty where none does. */
static struct stretch noun_after(const struct attacher *a, const struct quantity *q, size_t limit)
{
    struct stretch none = {q->after, q->after};
    size_t at = q->after;
    bool of = str_starts(str_sub(a->text, at, limit), STR("的"));
    uint32_t c = utf8_at(a->text, at);
    if (!(point_is_han(c) || c == U'“' || c == U'《' || point_is_latin(c)) || at >= limit)
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
    if (e != NULL && !role_is(e, "noun") && !role_is(e, "weak")) {
        /* 4个具有平湖辨识度的全国性现代产业集群: what stands after 的. */
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
    struct stretch tail = phrase_after_of(a, s), metric;
    const struct lexicon_entry *head;
    /* 46家企业的问卷: the counted noun stands before 的 where it has a head. */
    if (tail.start > s.start && !of) {
        struct stretch front = {s.start, tail.start - STR("的").n};
        if (phrase_metric(a, front, true, &metric, &head) && lexicon_flag(head, "head"))
            return strip_links(a, phrase_trim(a, front));
    }
    return strip_links(a, phrase_trim(a, tail));
}

/* 9位市政协委员作大会发言: the noun of persons ends with its head. */
static struct stretch person_noun(const struct attacher *a, struct stretch s)
{
    for (size_t i = s.start; i < s.end;) {
        size_t end;
        const struct lexicon_entry *e = lexicon_match(a->metrics, a->text, i, &end);
        if (e != NULL && lexicon_flag(e, "head") && end < s.end && end - s.start >= STR("委员").n) {
            s.end = end;
            return s;
        }
        utf8_next(a->text, &i);
    }
    return s;
}

/* The limit of what may follow quantity k in its clause. */
static size_t limit_after(const struct attacher *a, size_t k, size_t last)
{
    for (size_t i = k + 1; i < last; i++)
        if (!a->quantities->at[i].label)
            return a->quantities->at[i].before;
    return a->clause.end;
}

/* 占全市产值的56%, 占全球40%的市场份额, 占比36.3%. */
static void attach_share(const struct attacher *a, const struct quantity *q, struct stretch region,
                         const struct lead *lead, size_t limit, struct attachment *out)
{
    bool counted_before = a->said.counted;
    struct stretch verb = lead->verb, whole = {0}, before = lead->np, metric;
    struct str own = {0};
    out->kind = INDICATOR_SHARE;
    out->rule = "share";
    if (!stretch_is_empty(whole) || verb.end < q->before) {
        whole = strip_links(a, phrase_trim(a, (struct stretch){verb.end, q->before}));
    }
    before = strip_links(a, phrase_trim(a, before));
    struct stretch after = noun_after(a, q, limit);
    bool of_after = str_starts(str_sub(a->text, q->after, limit), STR("的"));
    size_t end;
    (void)region;
    if (!stretch_is_empty(before)) {
        struct attachment part = {0};
        struct stretch m;
        const struct lexicon_entry *entry;
        split_np(a, before, false, &part);
        bool known = phrase_metric(a, before, true, &m, &entry);
        if (known && lexicon_flag(entry, "generic") && m.start < before.end &&
            text_is(a, (struct stretch){m.end - STR("数量").n, m.end}, "数量")) {
            own = subject_of(a, (struct stretch){before.start, m.end - STR("数量").n});
        } else if (known && !lexicon_flag(entry, "head")) {
            out->metric = part.metric;
            own = part.subject;
        } else {
            own = subject_of(a, before);
            out->sector = own.n > 0 && !phrase_has_head(a, before);
        }
    }
    if (of_after && !stretch_is_empty(after)) {
        out->metric = phrase_str(a, after);
    } else if (!stretch_is_empty(whole)) {
        if (is_region(a, whole, &end))
            whole = phrase_trim(a, (struct stretch){end, whole.end});
        whole = phrase_after_of(a, whole);
        if (phrase_metric(a, whole, true, &metric, NULL)) {
            struct str of = phrase_str(a, metric);
            struct str part = out->metric.n > 0 ? out->metric
                              : own.n > 0       ? (struct str){0}
                                                : a->said.metric;
            bool same = part.n == 0 || str_ends(of, part) || str_ends(part, of);
            /* 出口额1.6亿元，占产值的12.6%: what is shared is the whole's, by another metric. */
            if (!same && out->metric.n > 0)
                own = phrase_str(a, before);
            else if (!same && !counted_before)
                own = part;
            out->sector |= !same && own.n > 0;
            out->metric = of;
        } else if (out->metric.n == 0 && whole.end - whole.start >= STR("总数").n)
            out->metric = phrase_str(a, whole);
    } else {
        out->share_of_whole = true;
    }
    if (out->metric.n == 0)
        out->metric = a->said.metric;
    out->subject = subject_or_said(a, own);
}

/* The share verb in a region, if any: the last one. */
static bool find_role(const struct attacher *a, struct stretch region, const char *role,
                      struct stretch *verb)
{
    bool found = false;
    for (size_t i = region.start; i < region.end;) {
        size_t end;
        const struct lexicon_entry *e = lexicon_match(a->verbs, a->text, i, &end);
        if (e != NULL && end <= region.end && e->word.n > 0) {
            if (role_is(e, role)) {
                *verb = (struct stretch){i, end};
                found = true;
            }
            i = end;
        } else {
            utf8_next(a->text, &i);
        }
    }
    return found;
}

static bool find_from(const struct attacher *a, struct stretch region, size_t *at)
{
    for (size_t i = region.start; i < region.end;) {
        if (role_is(lexicon_match(a->changes, a->text, i, NULL), "from")) {
            *at = i;
            return true;
        }
        utf8_next(a->text, &i);
    }
    return false;
}

static struct str joined(const struct attacher *a, struct str metric, struct str tail)
{
    if (metric.n == 0 || str_ends(metric, tail))
        return metric.n == 0 ? tail : metric;
    return str_printf(a->arena, "%.*s%.*s", STR_ARG(metric), STR_ARG(tail));
}

/* 增加值总量列嘉兴第3; 由2019年的嘉兴第2下滑至2022年的第3. */
static void attach_rank(const struct attacher *a, struct stretch region, bool follows,
                        struct attachment *out)
{
    struct stretch verb, np = region;
    size_t from;
    out->kind = INDICATOR_RANK;
    out->rule = "rank";
    bool has_verb = find_role(a, region, "rank", &verb);
    if (!has_verb && find_role(a, region, "share", &verb))
        has_verb = true;
    if (has_verb)
        np.end = verb.start;
    if (find_from(a, np, &from))
        np.end = from;
    else if (!has_verb && follows)
        np.end = np.start;
    np = strip_links(a, phrase_trim(a, np));
    bool of = starts_with(a, region, "的");
    out->metric = a->said.metric;
    out->subject = a->said.subject;
    if (a->said.pending_now && a->said.pending.n > 0 && !follows && stretch_is_empty(np)) {
        out->metric =
            a->said.pending_change ? joined(a, a->said.pending, STR("增速")) : a->said.pending;
    } else if (!follows && stretch_is_empty(np) && a->said.kind == INDICATOR_CHANGE) {
        out->metric = joined(a, a->said.metric, STR("增速"));
    }
    if (stretch_is_empty(np) || of)
        return;
    if (role_is(lexicon_find(a->changes, str_sub(a->text, np.start, np.end)), "noun")) {
        out->metric = joined(a, a->said.metric, str_sub(a->text, np.start, np.end));
        return;
    }
    struct attachment part = {0};
    struct stretch metric;
    split_np(a, np, false, &part);
    if (phrase_metric(a, np, true, &metric, NULL) || np.end - np.start <= 36) {
        out->metric = part.metric;
        out->own_metric = true;
    }
    out->subject = part.subject;
    out->sector = part.sector;
}

/* 同比增长11.1%; 一般公共预算收入增长13.3%; 增速8.6%. */
static void attach_change(const struct attacher *a, const struct lead *lead, struct attachment *out)
{
    struct stretch np = lead->np, metric;
    out->kind = INDICATOR_CHANGE;
    out->rule = "change";
    out->sign = lead->sign;
    out->basis = lead->basis;
    size_t end;
    np = strip_links(a, phrase_trim(a, np));
    /* 比2020年 and its like: the other side of the comparison. */
    for (size_t i = a->times->n; i-- > 0 && out->basis.n == 0;) {
        const struct time_phrase *t = &a->times->at[i];
        if (t->basis && t->start >= a->clause.start && t->end <= np.end + 24 &&
            t->end >= np.start && t->start >= STR("比").n) {
            out->basis = phrase_str(a, (struct stretch){t->start - STR("比").n, t->end});
            if (np.end > t->start - STR("比").n)
                np.end = t->start - STR("比").n;
        }
    }
    np = strip_links(a, phrase_trim(a, np));
    if (is_region(a, np, &end) && end == np.end)
        np.end = np.start;
    if (stretch_is_empty(np)) {
        bool pending = a->said.pending_now && a->said.pending.n > 0;
        out->metric = pending ? a->said.pending : a->said.metric;
        out->subject = a->said.subject;
        return;
    }
    struct attachment part = {0};
    split_np(a, np, false, &part);
    (void)metric;
    out->metric = part.metric.n > 0 ? part.metric : a->said.metric;
    out->subject = part.subject;
    out->sector = part.sector;
}

/* 130家企业, 产值386.5亿元, 新居民283215人. */
static void attach_level(const struct attacher *a, size_t k, size_t last, const struct lead *lead,
                         struct attachment *out)
{
    const struct quantity *q = &a->quantities->at[k];
    size_t limit = limit_after(a, k, last);
    struct stretch before = strip_links(a, lead->np), after = noun_after(a, q, limit), metric;
    bool of = str_starts(str_sub(a->text, q->after, limit), STR("的"));
    out->kind = INDICATOR_LEVEL;
    out->rule = "level";
    if (q->class == UNIT_AGE && !phrase_metric(a, before, true, &metric, NULL)) {
        out->metric = STR("年龄");
        out->subject = a->said.subject;
        return;
    }
    bool counted = q->classifier;
    if (q->class == UNIT_TIME && stretch_is_empty(before)) {
        /* 连续14年开展母亲援助工程: what lasts is the object of the verb behind it. */
        size_t end;
        const struct lexicon_entry *e = lexicon_match(a->verbs, a->text, q->after, &end);
        if (role_is(e, "object") && end < limit) {
            out->metric = phrase_str(a, phrase_trim(a, phrase_after(a, end, limit)));
            out->subject = a->said.subject;
            return;
        }
    }
    if (!stretch_is_empty(after) && (counted || (of && stretch_is_empty(before)))) {
        out->rule = "count-noun";
        bool predicate = last > k + 1 && limit < a->clause.end;
        struct stretch verb;
        struct str subject = {0};
        if (q->class == UNIT_PEOPLE)
            after = person_noun(a, after);
        if (!stretch_is_empty(before)) {
            bool object = phrase_last_verb(a, before, false, &verb, NULL);
            predicate = predicate && !object;
            if (object)
                before.end = verb.start;
            subject = subject_of(a, before);
        }
        const struct lexicon_entry *head;
        /* 两家企业产值合计…: the noun that is counted ends before what is measured. */
        if (phrase_metric(a, after, true, &metric, &head) && !lexicon_flag(head, "head") &&
            lexicon_flag(head, "money") && metric.start > after.start && limit < a->clause.end)
            after.end = metric.start;
        out->consumed = after.end;
        out->metric = phrase_str(a, after);
        struct stretch listed[LIST_ROOM];
        bool names = !stretch_is_empty(before) && phrase_list(a, before, listed, LIST_ROOM) > 1;
        if (predicate && !names && stretch_is_empty(before))
            subject = (struct str){0};
        if (predicate && !names && q->before <= a->clause.start + 120 &&
            phrase_metric(a, after, true, &metric, &head) && metric.start > after.start) {
            out->subject = out->metric;
            out->metric = phrase_str(a, metric);
            return;
        }
        if (predicate && stretch_is_empty(before)) {
            /* 15个行业更是只有1家: what follows is theirs. */
            out->names = phrase_str(a, (struct stretch){q->before, after.end});
            return;
        }
        out->subject = subject_or_said(a, subject);
        return;
    }
    if (!stretch_is_empty(before)) {
        struct stretch verb;
        if (of && !stretch_is_empty(after) && !phrase_metric(a, before, true, &metric, NULL)) {
            /* 租借2000平方米的仓库: what is measured stands after it. */
            if (phrase_last_verb(a, before, true, &verb, NULL))
                before.end = verb.start;
            out->metric = phrase_str(a, after);
            out->subject = subject_or_said(a, subject_of(a, before));
            return;
        }
        split_np(a, before, counted, out);
        if (out->metric.n == 0 && q->class == UNIT_TIME)
            out->metric = phrase_str(a, before);
        if (out->metric.n == 0)
            out->metric = !stretch_is_empty(after) ? phrase_str(a, after) : a->said.metric;
        if (of && !stretch_is_empty(after)) {
            /* 总投资113亿元的润泽项目: whose it is stands after it. */
            struct str own = phrase_str(a, after);
            bool object = phrase_last_verb(a, before, false, &verb, NULL);
            if (!object ||
                phrase_metric(a, (struct stretch){verb.end, before.end}, true, &metric, NULL))
                out->subject = own;
        }
        return;
    }
    if (!stretch_is_empty(after)) {
        out->metric = phrase_str(a, after);
        out->subject = a->said.subject;
        return;
    }
    bool pending = a->said.pending_now && a->said.pending.n > 0;
    out->metric = pending ? a->said.pending : a->said.metric;
    out->subject = a->said.subject;
    if (pending && a->said.pending_change && q->class == UNIT_SHARE) {
        out->kind = INDICATOR_CHANGE;
        out->sign = 1;
    }
}

/* Only 、 or 和 between two quantities: the second goes on from the first. */
static bool is_joiner(const struct attacher *a, struct stretch s)
{
    static const char *const joiners[] = {"", "、", "和", "及", "与", "以及", ",", "、和"};
    for (size_t i = 0; i < sizeof joiners / sizeof *joiners; i++)
        if (text_is(a, s, joiners[i]))
            return true;
    return false;
}

static void attach_one(struct attacher *a, size_t k, size_t last, struct stretch region,
                       const struct attachment *previous, const struct quantity *previous_q,
                       struct attachment *out)
{
    const struct quantity *q = &a->quantities->at[k];
    size_t limit = limit_after(a, k, last);
    struct stretch verb;
    bool noun = q->classifier && !stretch_is_empty(noun_after(a, q, limit));
    if (previous != NULL && is_joiner(a, region) && !noun &&
        (previous_q->class == q->class || q->rank) &&
        !str_starts(str_sub(a->text, q->after, limit), STR("的"))) {
        *out = *previous;
        return;
    }
    struct lead lead = read_lead(a, region);
    if (q->rank) {
        attach_rank(a, region, previous_q != NULL && previous_q->rank, out);
        return;
    }
    bool share_class = q->class == UNIT_SHARE || (q->class == UNIT_NONE && lead.share);
    /* 完善提升20个服务网络: a count of things is none of change. */
    bool counts_things = noun && !lead.noun && lead.sign > 0 && lead.basis.n == 0;
    if (lead.change && !lead.to && !counts_things) {
        attach_change(a, &lead, out);
        return;
    }
    if (share_class && lead.share) {
        attach_share(a, q, region, &lead, limit, out);
        return;
    }
    if (share_class && !lead.to && find_role(a, region, "share", &verb)) {
        lead.verb = verb;
        lead.np = (struct stretch){region.start, verb.start};
        attach_share(a, q, region, &lead, limit, out);
        return;
    }
    bool of = str_starts(str_sub(a->text, q->after, limit), STR("的"));
    if (share_class && of && !stretch_is_empty(noun_after(a, q, limit))) {
        out->kind = INDICATOR_SHARE;
        out->rule = "share-of";
        out->metric = phrase_str(a, noun_after(a, q, limit));
        out->consumed = noun_after(a, q, limit).end;
        struct stretch object;
        struct stretch np = lead.np;
        if (phrase_last_verb(a, np, false, &object, NULL))
            np.end = object.start;
        size_t end;
        struct stretch own = phrase_trim(a, np);
        if (is_region(a, own, &end) && end == own.end)
            own.end = own.start;
        out->subject = subject_or_said(a, subject_of(a, own));
        return;
    }
    attach_level(a, k, last, &lead, out);
    if (q->share_form && out->kind == INDICATOR_LEVEL)
        out->kind = INDICATOR_SHARE;
}

/* The items of a list as subjects: without 等…, 两大…, a verb after the last. */
static size_t list_items(const struct attacher *a, struct stretch s, struct stretch *items)
{
    struct stretch verb;
    s = phrase_trim(a, s);
    size_t n = phrase_list(a, s, items, LIST_ROOM);
    if (n < 2 || n > LIST_ROOM)
        return 0;
    struct stretch *tail = &items[n - 1];
    static const char *const cuts[] = {"等",   "两大", "三大", "四大",
                                       "五大", "两家", "两个", "三个"};
    for (size_t i = 0; i < sizeof cuts / sizeof *cuts; i++) {
        size_t at = str_find(str_sub(a->text, tail->start, tail->end), str_of(cuts[i]), 0);
        if (at != STR_NONE && at > 0)
            tail->end = tail->start + at;
    }
    if (phrase_first_verb(a, *tail, &verb, NULL) && verb.start > tail->start)
        tail->end = verb.start;
    struct stretch first = items[0];
    if (phrase_last_verb(a, first, true, &verb, NULL) && verb.end < first.end)
        items[0].start = verb.end;
    /* “2”即汽车电子 */
    size_t at = str_find_last(str_sub(a->text, items[0].start, items[0].end), STR("即"));
    if (at != STR_NONE)
        items[0].start += at + STR("即").n;
    for (size_t i = 0; i < n; i++) {
        size_t end;
        items[i] = strip_links(a, phrase_trim(a, items[i]));
        if (is_region(a, items[i], &end) && end < items[i].end)
            items[i].start = end;
        if (stretch_is_empty(items[i]) || items[i].end - items[i].start > 60)
            return 0;
    }
    return n;
}

/* k values in a row belong to the k names before them. */
static void distribute(struct attacher *a, size_t first, size_t n, struct stretch region,
                       bool apart, struct attachment *const *out)
{
    struct stretch items[LIST_ROOM], metric;
    (void)first;
    size_t count = list_items(a, region, items);
    if (count != n) {
        if (!stretch_is_empty(a->said.list))
            count = list_items(a, a->said.list, items);
        if (count != n)
            return;
        for (size_t i = 0; i < n; i++)
            out[i]->subject = phrase_str(a, items[i]);
        return;
    }
    if (!apart && out[0]->kind != INDICATOR_CHANGE && out[0]->kind != INDICATOR_LEVEL)
        return;
    size_t with_metric = 0;
    for (size_t i = 0; i < n; i++)
        with_metric += phrase_metric(a, items[i], true, &metric, NULL);
    if (with_metric == n || (with_metric == 0 && out[0]->kind == INDICATOR_CHANGE)) {
        for (size_t i = 0; i < n; i++) {
            struct attachment part = {0};
            split_np(a, items[i], false, &part);
            out[i]->metric = part.metric;
            if (i == 0 || part.subject.n > 0)
                out[i]->subject = part.subject;
            else
                out[i]->subject = out[0]->subject;
        }
        return;
    }
    for (size_t i = 0; i < n; i++) {
        struct stretch item = items[i];
        if (i == n - 1 && phrase_metric(a, item, false, &metric, NULL)) {
            item = phrase_trim(a, (struct stretch){item.start, metric.start});
            out[i]->metric = phrase_str(a, metric);
        }
        out[i]->subject = phrase_str(a, item);
        if (i > 0)
            out[i]->metric = out[0]->metric;
    }
}

/* Finds runs of like quantities joined by 、 and gives each its name. */
static void distribute_runs(struct attacher *a, size_t first, size_t last, struct attachment *out,
                            const struct stretch *regions)
{
    for (size_t k = first; k < last;) {
        struct attachment *run[LIST_ROOM];
        const struct quantity *q = &a->quantities->at[k];
        size_t n = 0, next = k;
        while (next < last && n < LIST_ROOM) {
            const struct quantity *p = &a->quantities->at[next];
            const char *rule = out[next - first].rule;
            if (p->label || p->range_first || strcmp(rule, "share-of") == 0 ||
                strcmp(rule, "count-noun") == 0)
                break;
            if (n > 0 && (!is_joiner(a, regions[next - first]) || p->class != q->class))
                if (!(p->rank && q->rank && is_joiner(a, regions[next - first])))
                    break;
            run[n++] = &out[next - first];
            next++;
        }
        if (n >= 2) {
            struct stretch region = regions[k - first];
            struct str text = str_sub(a->text, region.start, region.end);
            size_t at = str_find(text, STR("分别"), 0);
            bool apart = at != STR_NONE;
            struct stretch list =
                apart ? (struct stretch){region.start, region.start + at} : region;
            struct stretch verb;
            if (apart) {
                list = phrase_trim(a, list);
                distribute(a, k, n, list, true, run);
            } else {
                struct lead lead = read_lead(a, region);
                list = lead.np;
                if (phrase_last_verb(a, list, false, &verb, NULL))
                    list = (struct stretch){list.start, verb.start};
                distribute(a, k, n, list, false, run);
            }
        }
        k = next > k ? next : k + 1;
    }
}

/* A list of names in a clause, for values that come later in the sentence. */
static void note_list(struct attacher *a, struct stretch s)
{
    struct stretch items[LIST_ROOM];
    if (list_items(a, s, items) >= 2)
        a->said.list = s;
}

void attach_clause(struct attacher *a, struct stretch clause, size_t first, size_t last,
                   struct attachment *out)
{
    a->clause = clause;
    a->n_clauses++;
    size_t from = clause.start;
    const struct attachment *previous = NULL;
    const struct quantity *previous_q = NULL;
    struct stretch *regions = arena_array(a->arena, struct stretch, last - first + 1);
    for (size_t k = first; k < last; k++) {
        const struct quantity *q = &a->quantities->at[k];
        struct attachment *o = &out[k - first];
        *o = (struct attachment){.sign = 1};
        regions[k - first] = (struct stretch){from, q->before > from ? q->before : from};
        if (q->label)
            continue;
        if (previous_q != NULL && previous_q->range_first) {
            *o = *previous;
        } else {
            attach_one(a, k, last, regions[k - first], previous, previous_q, o);
        }
        if (o->rule == NULL)
            o->rule = "level";
        previous = o;
        previous_q = q;
        from = o->consumed > q->after ? o->consumed : q->after;
        a->said.kind = o->kind;
        if (o->metric.n > 0 && (o->kind != INDICATOR_RANK || o->own_metric))
            a->said.metric = o->metric;
        if (o->own_metric)
            a->said.pending_now = false;
        if (o->subject.n > 0 && !str_eq(o->subject, a->said.subject)) {
            if (o->sector && !a->said.sector)
                a->said.whose = a->said.subject;
            a->said.sector = o->sector;
            a->said.subject = o->subject;
        }
        a->said.counted = q->class == UNIT_COUNT;
        if (o->names.n > 0) {
            if (!a->said.sector)
                a->said.whose = a->said.subject;
            a->said.sector = true;
            a->said.subject = o->names;
        }
        a->said.any = a->said.sentence_any = true;
        a->said.pending_now = a->said.pending_now && o->kind != INDICATOR_LEVEL;
    }
    distribute_runs(a, first, last, out, regions);
    for (size_t k = first; k < last; k++) {
        if (!a->quantities->at[k].label) {
            struct stretch np = read_lead(a, regions[k - first]).np;
            if (!stretch_is_empty(np) && stretch_is_empty(a->said.list))
                note_list(a, np);
            break;
        }
    }
}

/* A clause that is only a name, or begins with one: 上榜的独山港镇, 该园二期正如火如荼地建设中. */
static void note_topic(struct attacher *a, struct stretch np, bool whole)
{
    np = before_predicate(a, np);
    struct stretch tail = phrase_trim(a, phrase_after_of(a, np)), front;
    if (phrase_is_adverbial(a, np) || phrase_opens_with_verb(a, tail) ||
        (a->n_clauses > 1 && !whole))
        return;
    bool named = phrase_has_head(a, tail) && tail.end - tail.start <= 90;
    static const char *const places[] = {"中", "上", "下", "里",   "时",
                                         "后", "前", "内", "方面", "来说"};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        if (ends_with(a, tail, places[i]))
            return;
    bool product = whole && tail.start > np.start && tail.end - tail.start <= 48 &&
                   tail.end - tail.start >= STR("直流无刷马达").n;
    if (!named && phrase_named_front(a, tail, &front)) {
        if (whole) {
            a->said.pending = phrase_str(a, strip_links(a, (struct stretch){front.end, tail.end}));
            a->said.pending_change = false;
            a->said.pending_now = true;
        }
        tail = front;
        named = true;
    }
    if (!named && !product)
        return;
    struct str topic = phrase_str(a, tail);
    if (is_anaphor(topic) || role_is(lexicon_find(a->labels, topic), "region"))
        return;
    if (a->said.topic.n == 0 || !a->said.sentence_any || (whole && named)) {
        a->said.topic = topic;
        a->said.subject = topic;
        a->said.sector = false;
        a->said.metric = (struct str){0};
    }
}

void attach_note_clause(struct attacher *a, struct stretch clause)
{
    struct stretch s = phrase_trim_front(a, clause), verb, metric, items[LIST_ROOM];
    const struct lexicon_entry *e, *entry;
    a->clause = clause;
    if (stretch_is_empty(s))
        return;
    bool speech = ends_with(a, s, "说") || ends_with(a, s, "表示") || ends_with(a, s, "介绍") ||
                  ends_with(a, s, "告诉记者") || ends_with(a, s, "指出") || ends_with(a, s, "透露");
    a->n_clauses = speech ? 0 : a->n_clauses + 1;
    if (list_items(a, s, items) >= 2)
        a->said.list = s;
    bool has_verb = phrase_first_verb(a, s, &verb, &e);
    struct stretch np = s, tail = phrase_after_of(a, s);
    /* 上榜的独山港镇: a verb before 的 belongs to the name. */
    if (starts_with(a, s, "是") || starts_with(a, s, "为"))
        return;
    if (has_verb && verb.start == s.start && tail.start > verb.end &&
        !phrase_first_verb(a, tail, &verb, &e)) {
        note_topic(a, tail, true);
        return;
    }
    size_t from;
    if (has_verb)
        np.end = verb.start;
    if (find_from(a, np, &from) && from > np.start + STR("平").n)
        np.end = from;
    np = strip_links(a, phrase_trim(a, np));
    if (has_verb && lexicon_flag(e, "founding")) {
        /* 组建志愿服务队: what is founded is what the sentence goes on about. */
        struct stretch object = phrase_after(a, verb.end, s.end);
        while (starts_with(a, object, "了"))
            object.start += STR("了").n;
        object = phrase_trim(a, phrase_after_of(a, object));
        if (object.end - object.start >= STR("服务站").n && object.end - object.start <= 75 &&
            phrase_has_head(a, object)) {
            a->said.topic = a->said.subject = phrase_str(a, object);
            a->said.metric = a->said.subject;
            return;
        }
    }
    if (stretch_is_empty(np))
        return;
    /* 增加值增速连续多年低于…: a metric whose figure comes in a later clause. */
    size_t start;
    const struct lexicon_entry *noun = phrase_ends_in(a, a->changes, np, &start);
    if (role_is(noun, "noun") && start > np.start)
        np.end = start;
    else
        noun = NULL;
    if (phrase_metric(a, np, true, &metric, &entry) && !lexicon_flag(entry, "head") &&
        metric.end - metric.start >= STR("产值").n && (has_verb || noun != NULL)) {
        struct attachment part = {0};
        split_np(a, np, false, &part);
        a->said.pending = part.metric;
        a->said.pending_change = noun != NULL;
        a->said.pending_now = true;
        if (part.subject.n > 0)
            a->said.subject = part.subject;
        return;
    }
    note_topic(a, np, !has_verb);
}
