/* A paragraph clause by clause. */
#include "baolan/utf8.h"
#include "parse/attach_parts.h"

void attach_open(struct attacher *a)
{
    a->memo = arena_new_of(a->arena, struct phrase_memo);
    a->verbs = lexicons_get(a->lexicons, LEXICON_VERBS);
    a->changes = lexicons_get(a->lexicons, LEXICON_CHANGES);
    a->metrics = lexicons_get(a->lexicons, LEXICON_METRICS);
    a->labels = lexicons_get(a->lexicons, LEXICON_LABELS);
    a->qualifiers = lexicons_get(a->lexicons, LEXICON_QUALIFIERS);
    for (size_t i = 0; i < UTF8_ROWS; i++)
        a->deeds[i] = a->verbs->forward.begins[i] | a->changes->forward.begins[i];
}

void attach_begin(struct attacher *a, const struct plain *f, struct str prose,
                  const struct times *times, const struct quantities *quantities)
{
    *a->memo = (struct phrase_memo){0};
    a->plain = f;
    a->text = f->text;
    a->prose = prose;
    a->times = times;
    a->time_starts = a->time_ends = 0;
    for (size_t i = 0; i < times->n; i++) {
        a->time_starts |= UTF8_BIT(times->at[i].start);
        a->time_ends |= UTF8_BIT(times->at[i].end);
    }
    a->quantities = quantities;
    a->sentence = (struct stretch){SIZE_MAX, SIZE_MAX};
    attach_enter_clause(a, (struct stretch){0, 0});
    a->said = (struct carried){0};
    a->lists.n = 0;
}

void attach_heading(struct attacher *a, struct str heading)
{
    const struct lexicon_entry *best = NULL;
    for (size_t i = 0; i < heading.n;) {
        size_t end;
        const struct lexicon_entry *e = lexicon_match(a->metrics, heading, i, &end);
        const struct lexicon_entry *change =
            e == NULL ? NULL : lexicon_match(a->changes, heading, end, NULL);
        if (e != NULL && !str_eq(e->fields, STR("prefix")) && !lexicon_flag(e, "head") &&
            (role_is(change, "up") || role_is(change, "down") || role_is(change, "to")))
            best = e;
        if (e != NULL)
            i = end;
        else
            utf8_next(heading, &i);
    }
    if (best != NULL)
        a->said.metric = best->word;
}

/* Only a name is carried into the next sentence; a region only from one without a figure, which
 * introduces those that follow: 全县经济稳中有进。全年实现…. */
static bool carries_subject(const struct attacher *a, struct stretch sentence, bool region)
{
    struct str subject = a->said.subject;
    if ((region && a->said.spoken) || !phrase_names(a, subject) || subject.n > 60)
        return false;
    /* 城镇和乡村消费品零售额分别…: a list is over with its sentence. */
    if (str_has(subject, STR("、")) || str_has(subject, STR("和")))
        return false;
    /* A report's sentences each begin anew. */
    if (a->report && !phrase_starts(a, sentence, STR("其中")))
        return false;
    /* 我局 writes of itself. */
    if (str_starts(subject, STR("我")))
        return false;
    if (attach_is_branch(subject) && !str_ends(subject, STR("产业")))
        return false;
    /* 10亿元以上项目 is a class, and over with its sentence. */
    return !point_is_any_digit(utf8_at(subject, 0));
}

/* A class of projects is spoken of no longer than its part of the sentence. */
static void end_class(struct attacher *a)
{
    if (a->said.classed)
        a->said.subject = a->said.whose;
    a->said.classed = false;
}

void attach_begin_part(struct attacher *a)
{
    end_class(a);
    a->n_clauses = 0;
    a->said.topic = (struct str){0};
    a->said.sentence_any = false;
}

void attach_begin_sentence(struct attacher *a, struct stretch sentence)
{
    struct str before = a->said.subject;
    a->said.before = a->said.amount_whose.n > 0 ? a->said.amount : (struct str){0};
    a->said.before_whose = a->said.amount_whose;
    bool again = sentence.start == a->sentence.start; /* 其中，: its first clause was empty */
    a->sentence = sentence;
    a->n_clauses = 0;
    a->said.topic = (struct str){0};
    a->said.pending_now = false;
    a->said.parts = phrase_starts(a, sentence, STR("其中"));
    a->said.among = a->said.people = (struct str){0};
    a->said.purpose = false;
    end_class(a);
    if (a->said.sector) {
        a->said.sector = false;
        a->said.subject = a->said.whose;
    }
    bool region = role_is(lexicon_find(a->labels, a->said.subject), "region");
    if (!again)
        a->said.wider = region && !a->report && phrase_starts(a, sentence, STR("其中"))
                            ? a->said.subject
                            : (struct str){0};
    if (a->said.subject.n > 0 && !carries_subject(a, sentence, region))
        a->said.subject = (struct str){0};
    a->said.list = (struct stretch){0};
    a->lists.n = 0;
    a->said.region = a->said.owners = a->said.part = (struct str){0};
    a->said.n_levels = 0;
    a->said.sentence_any = a->said.spoken = false;
    /* 分行业看，…增长面达76.5%。其中，…: still of what the groups are of. */
    bool goes_on = phrase_starts(a, sentence, STR("其中"));
    a->said.grouped = a->said.grouped && goes_on && a->said.group.n > 0;
    if (!again)
        a->said.whole = (struct str){0};
    if (goes_on && !again && !role_is(lexicon_find(a->labels, before), "region") &&
        !phrase_names(a, before))
        a->said.whole = before;
    if (goes_on && !a->said.grouped)
        attach_group(a);
}

/* 竹加工企业168家，其中规上企业29家: the part of a count just said, by the same noun. */
static bool is_part_of_counted(const struct attacher *a, struct str metric)
{
    struct str whole = a->said.metric;
    size_t noun = STR("企业").n;
    return a->said.counted && phrase_starts(a, a->clause, STR("其中")) && whole.n >= noun &&
           metric.n >= noun && !str_eq(whole, metric) &&
           str_eq(str_sub(whole, whole.n - noun, whole.n),
                  str_sub(metric, metric.n - noun, metric.n));
}

/* Of 床位, 医院床位 are those of 医院; of 竹加工企业, 规上企业 are a part. */
static void set_part(const struct attacher *a, struct attachment *out)
{
    struct str whole = a->said.metric, metric = out->metric;
    out->subject = whole;
    out->sector = true;
    if (str_ends(metric, whole) && phrase_names(a, str_sub(metric, 0, metric.n - whole.n))) {
        out->subject = str_sub(metric, 0, metric.n - whole.n);
        out->metric = whole;
    }
}

/* Keeps a level or share for 分别 later in the sentence. */
static void note_level(struct attacher *a, const struct attachment *o)
{
    bool amount = o->kind == INDICATOR_LEVEL || o->kind == INDICATOR_SHARE;
    if (!amount || o->metric.n == 0 || a->said.n_levels >= ATTACH_LEVELS)
        return;
    a->said.levels[2 * a->said.n_levels] = o->metric;
    a->said.levels[2 * a->said.n_levels + 1] = o->subject;
    a->said.n_levels++;
}

/* Takes note of what an attached quantity says for those that follow. */
static void note_said(struct attacher *a, const struct quantity *q, const struct attachment *o)
{
    bool level = o->kind == INDICATOR_LEVEL && o->metric.n > 0;
    note_level(a, o);
    if (role_is(lexicon_find(a->labels, o->subject), "region"))
        a->said.region = o->subject;
    if (role_is(lexicon_find(a->labels, o->holder), "region"))
        a->said.region = o->holder;
    size_t start;
    const struct lexicon_entry *e =
        lexicon_match_before(a->metrics, o->metric, o->metric.n, &start);
    if (level && q->class == UNIT_COUNT && e != NULL && lexicon_flag(e, "owner"))
        a->said.owners = o->metric;
}

/* 分别增长3.9倍、2.3倍和|10.9% */
static bool both_grow(const struct attachment *previous, const struct quantity *before,
                      const struct quantity *q)
{
    return previous->kind == INDICATOR_CHANGE &&
           (before->class == UNIT_RATIO || before->class == UNIT_SHARE) &&
           (q->class == UNIT_RATIO || q->class == UNIT_SHARE);
}

/* 覆盖率, 投入强度, 增长面: a percentage of its own; of anything else it is a share (工程量的45%).
 */
static bool is_rate(const struct attacher *a, struct str metric)
{
    static const struct str ends[] = {
        STR_INIT("率"),   STR_INIT("度"),   STR_INIT("面"), STR_INIT("比"),   STR_INIT("比例"),
        STR_INIT("比值"), STR_INIT("比率"), STR_INIT("数"), STR_INIT("息"),   STR_INIT("值"),
        STR_INIT("价"),   STR_INIT("水平"), STR_INIT("幅"), STR_INIT("缺口"), STR_INIT("点"),
        STR_INIT("感"),   STR_INIT("贡献"), STR_INIT("差")};
    const struct lexicon_entry *e =
        lexicon_match_before(a->metrics, metric, metric.n, &(size_t){0});
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (str_ends(metric, ends[i]))
            return true;
    return metric.n == 0 || (e != NULL && (lexicon_flag(e, "rate") || lexicon_flag(e, "index")));
}

static void attach_one(struct attacher *a, size_t k, size_t last, struct stretch region,
                       struct lead lead, const struct attachment *previous,
                       const struct quantity *previous_q, struct attachment *out)
{
    const struct quantity *q = &a->quantities->at[k];
    size_t limit = attach_limit_after(a, k, last);
    struct stretch verb;
    if (attach_ratio(a, k, out))
        return;
    if (attach_bracketed(a, q, out))
        return;
    struct stretch after = {0};
    if (q->classifier)
        after = attach_noun_after(a, q, limit);
    bool noun = !stretch_is_empty(after);
    if (previous != NULL && attach_is_joiner(a, region) && !noun && !q->thing &&
        (previous_q->class == q->class || both_grow(previous, previous_q, q) ||
         (q->rank && previous->kind == INDICATOR_RANK)) &&
        (q->class != UNIT_PEOPLE || stretch_is_empty(region) ||
         str_eq(q->base_unit, previous_q->base_unit)) &&
        !str_starts(str_sub(a->text, q->after, limit), STR("的"))) {
        *out = *previous;
        return;
    }
    if (attach_compared(a, q, region, out) || attach_of_plan(a, region, out) ||
        attach_times(a, q, region, out))
        return;
    if (q->rank) {
        attach_rank(a, region, previous_q != NULL && previous_q->rank, out);
        return;
    }
    /* 比重由31.4%提高到36.5%: the second goes on from the first. */
    if (previous != NULL && lead.to && stretch_is_empty(lead.np) &&
        previous->kind == INDICATOR_SHARE && previous_q->class == q->class) {
        *out = *previous;
        return;
    }
    if (!lead.change && !noun && attach_among(a, q, &lead, out))
        return;
    bool share_class = q->class == UNIT_SHARE || (q->class == UNIT_NONE && lead.share);
    /* 完善提升20个服务网络: a count of things is none of change. */
    bool counts_things = noun && !lead.noun && lead.sign > 0 && lead.basis.n == 0;
    bool lasts = q->class == UNIT_TIME && lead.noun;
    if (lead.change && !lead.to && !counts_things && !lasts) {
        attach_change(a, q, &lead, out);
        return;
    }
    if (share_class && lead.share) {
        attach_share(a, q, &lead, limit, out);
        return;
    }
    if (share_class && !lead.to && phrase_find_role(a, region, "share", &verb) &&
        !phrase_names_a_rate(a, (struct stretch){region.start, verb.end}, verb.start)) {
        lead.verb = verb;
        lead.np = (struct stretch){region.start, verb.start};
        attach_share(a, q, &lead, limit, out);
        return;
    }
    if (share_class && (attach_share_going(a, q, &lead, limit, out) ||
                        attach_share_of(a, q, region, &lead, limit, out)))
        return;
    if (share_class && attach_tenths(a, q, &lead, out))
        return;
    /* 占比首次超过一半，达52.7%: the same share once more. */
    if (share_class && previous == NULL && !lead.change && stretch_is_empty(lead.np) && k > 0 &&
        a->said.kind == INDICATOR_SHARE && a->said.sentence_any &&
        a->quantities->at[k - 1].class == UNIT_SHARE) {
        out->kind = INDICATOR_SHARE;
        out->rule = "share-again";
        out->metric = a->said.metric;
        out->subject = a->said.part.n > 0 ? a->said.part : a->said.subject;
        return;
    }
    if (!q->classifier)
        after = attach_noun_after(a, q, limit);
    attach_level(a, k, last, &lead, after, out);
    if (q->classifier && a->said.sentence_any && is_part_of_counted(a, out->metric))
        set_part(a, out);
    /* 主要零部件近50%在本地采购: a percentage of things that goes on is a share. */
    uint32_t next = utf8_at(a->text, q->after);
    if (share_class && out->kind == INDICATOR_LEVEL && point_is_han(next) && next != U'和' &&
        !str_ends(out->metric, STR("率")) && !str_ends(out->metric, STR("度")))
        out->kind = INDICATOR_SHARE;
    /* 中小学生中学过游泳的不足15% */
    struct str before = str_sub(a->text, region.start, q->before);
    bool among = str_ends(before, STR("的")) && str_has(before, STR("中"));
    static const struct str shares[] = {STR_INIT("占有率"), STR_INIT("份额"), STR_INIT("占比"),
                                        STR_INIT("比重")};
    for (size_t i = 0; i < sizeof shares / sizeof *shares; i++)
        among |= str_ends(out->metric, shares[i]);
    if ((q->share_form || (share_class && (among || !is_rate(a, out->metric)))) &&
        out->kind == INDICATOR_LEVEL)
        out->kind = INDICATOR_SHARE;
}

/* What was measured in passing: the next figure is not of it. */
static bool is_passing(const struct attachment *o)
{
    return (o->kind == INDICATOR_RANK && !o->own_metric) || rule_is(o->rule, "share-of-plan") ||
           rule_is(o->rule, "change-of-rate") || rule_is(o->rule, "compared");
}

/* 占比, 在园幼儿占比: what a share is called where it grows, with what is shared where the share
 * itself named that. */
static struct str share_called(const struct attacher *a, const struct quantity *q,
                               const struct attachment *o)
{
    if (o->kind != INDICATOR_SHARE)
        return (struct str){0};
    struct str word = attach_share_word(a, (struct stretch){a->clause.start, q->before});
    bool named = o->share_of_whole && word.n > 0 && !str_eq(o->metric, a->said.metric);
    return named ? attach_joined(a, o->metric, word) : word;
}

/* Takes over what quantity q says for those that follow. */
static void carry_on(struct attacher *a, const struct quantity *q, const struct attachment *o)
{
    a->said.kind = o->kind;
    a->said.share = share_called(a, q, o);
    if (o->kind == INDICATOR_LEVEL) {
        a->said.amount = o->metric;
        a->said.amount_unit = q->base_unit;
        a->said.amount_whose = o->subject;
        a->said.parts = rule_is(o->rule, "part");
    }
    if (o->metric.n > 0 && !is_passing(o))
        a->said.metric = o->metric;
    if (a->said.grouped && a->said.group.n == 0)
        a->said.group = a->said.metric;
    if (o->own_metric)
        a->said.pending_now = false;
    note_said(a, q, o);
    /* 出口额 as a part of 产值 is a figure, and has none of its own. */
    a->said.part = o->kind == INDICATOR_SHARE ? o->subject : (struct str){0};
    bool carries = o->kind != INDICATOR_SHARE || phrase_names(a, o->subject) ||
                   lexicon_match_before(a->metrics, o->subject, o->subject.n, NULL) == NULL;
    if (carries && o->subject.n > 0 && !str_eq(o->subject, a->said.subject)) {
        /* 某合作社…，棉花收入…，带动农户…: what is no name holds for its own figure. */
        bool among = rule_is(o->rule, "among") || rule_is(o->rule, "counted-among");
        bool passing = o->sector || (!among && !phrase_names(a, o->subject) &&
                                     a->said.sentence_any && phrase_names(a, a->said.subject));
        if (passing && !a->said.sector)
            a->said.whose = a->said.subject;
        if (o->sector && o->holder.n > 0)
            a->said.whose = o->holder;
        if (o->classed && !a->said.sector && !a->said.classed)
            a->said.whose = o->holder.n > 0 ? o->holder : a->said.subject;
        a->said.sector = passing;
        a->said.classed = o->classed;
        a->said.subject = o->subject;
        a->said.subject_clause = a->clause.start + 1;
    }
    a->said.counted = q->class == UNIT_COUNT;
    /* 游客98万人次: visits are nobody's average. */
    if (q->class == UNIT_PEOPLE && o->kind == INDICATOR_LEVEL && o->metric.n > 0 &&
        !str_has(o->metric, STR("均")) && !str_ends(q->unit, STR("次")))
        a->said.people = o->metric;
    if (q->classifier && o->metric.n > 0) {
        a->said.count = o->metric;
        a->said.count_unit = q->unit;
        a->said.count_whose = o->subject;
    }
    if (o->names.n > 0) {
        if (!a->said.sector)
            a->said.whose = a->said.subject;
        a->said.sector = true;
        a->said.subject = o->names;
    }
    a->said.any = a->said.sentence_any = a->said.spoken = true;
    a->said.pending_now = a->said.pending_now && o->kind != INDICATOR_LEVEL;
}

/* 更新改造道路80条: in a report the government does what a clause opens with, not what the clause
 * before was about. What was completed is that clause's still. */
static void note_own_deed(struct attacher *a, struct stretch clause)
{
    static const struct str theirs[] = {STR_INIT("完成"), STR_INIT("实现"), STR_INIT("拥有"),
                                        STR_INIT("集聚"), STR_INIT("吸纳"), STR_INIT("带动"),
                                        STR_INIT("接待")};
    if (!a->report)
        return;
    struct stretch s = phrase_trim_front(a, clause);
    size_t end = clause.end; /* as it stays where no verb opens it */
    const struct lexicon_entry *e = lexicon_match(a->verbs, a->text, s.start, &end);
    /* 净增571元: how much more it was. */
    bool grew = end < clause.end && point_is_any_digit(utf8_at(a->text, end));
    if (!role_is(e, "object") || end >= clause.end || grew)
        return;
    for (size_t i = 0; i < sizeof theirs / sizeof *theirs; i++)
        if (str_ends(e->word, theirs[i]))
            return;
    if (!role_is(lexicon_find(a->labels, a->said.subject), "region"))
        a->said.subject = a->said.region;
    a->said.sector = false;
}

/* A share, its change, a part of what was measured: of a sector too, though only places have the
 * whole. */
static bool is_of_a_part(const struct attacher *a, const struct attachment *o)
{
    bool of_share = a->said.part.n > 0 && str_eq(o->subject, a->said.part);
    return of_share || o->kind == INDICATOR_SHARE || o->kind == INDICATOR_RANK ||
           rule_is(o->rule, "change-of-share") || rule_is(o->rule, "sibling") ||
           rule_is(o->rule, "part");
}

void attach_clause(struct attacher *a, struct stretch clause, size_t first, size_t last,
                   struct attachment *out)
{
    attach_enter_clause(a, clause);
    a->n_clauses++;
    note_own_deed(a, clause);
    size_t from = clause.start;
    const struct attachment *previous = NULL;
    const struct quantity *previous_q = NULL;
    struct stretch opening = {0}; /* the phrase before the first quantity */
    size_t levels = a->said.n_levels;
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
            /* 3至5家企业: what is counted stands behind the second number. */
            bool range = q->range_first && q->classifier && k + 1 < last;
            struct lead lead = lead_read(a, regions[k - first]);
            if (previous == NULL)
                opening = lead.np;
            attach_one(a, range ? k + 1 : k, last, regions[k - first], lead, previous, previous_q,
                       o);
        }
        if (o->rule == NULL)
            o->rule = "level";
        /* 香菇线上销售额…。今年一季度，线上销售额…: the same goes on. */
        if (o->subject.n == 0 && o->kind == INDICATOR_LEVEL && !a->report && a->said.before.n > 0 &&
            str_eq(o->metric, a->said.before))
            o->subject = a->said.before_whose;
        if (!is_of_a_part(a, o))
            o->subject = attach_owner(a, o->metric, o->subject);
        previous = o;
        previous_q = q;
        from = o->consumed > q->after ? o->consumed : q->after;
        if (!attach_is_aside(a, q))
            carry_on(a, q, o);
    }
    attach_lists(a, first, last, out, regions);
    /* 全市进出口总值387亿元。其中，出口312亿元: of the same region. */
    for (size_t k = first; k < last && a->said.wider.n > 0; k++)
        if (out[k - first].subject.n == 0)
            out[k - first].subject = a->said.wider;
    /* What the lists gave each value is what is said of it. */
    a->said.n_levels = levels;
    for (size_t k = first; k < last; k++)
        if (!a->quantities->at[k].label)
            note_level(a, &out[k - first]);
    if (a->said.n_levels > levels + 1 && previous != NULL && previous->metric.n > 0 &&
        !is_passing(previous) && !attach_is_aside(a, previous_q))
        a->said.metric = previous->metric;
    if (!stretch_is_empty(opening))
        attach_note_list(a, opening);
}
