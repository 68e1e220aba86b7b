/* Which time holds for a figure: the last one said before it, as far as that reaches. */
#include "baolan/utf8.h"
#include "parse/phrase.h"
#include "parse/reading.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))

bool figure_time_is_dateline(const struct reading *r, const struct time_phrase *t)
{
    struct str after = str_sub(r->plain.text, t->end, t->end + 3);
    return str_eq(after, STR("讯")) || str_eq(after, STR("电"));
}

/* 投产 after a time: it is the event's, not the figure's. */
static bool is_event(const struct reading *r, const struct time_phrase *t, struct stretch clause)
{
    struct stretch verb, rest = {t->end, clause.end < t->end + 90 ? clause.end : t->end + 90};
    const struct lexicon_entry *e;
    static const struct str ends[] = {STR_INIT("建成"), STR_INIT("投用"), STR_INIT("投入使用"),
                                      STR_INIT("建成投用")};
    for (size_t i = 0; i < COUNT(ends); i++)
        if (rest.end == clause.end &&
            str_ends(str_sub(r->plain.text, rest.start, rest.end), ends[i]))
            return true;
    return phrase_first_verb(&r->attacher, rest, &verb, &e) && role_is(e, "event");
}

/* True where nothing but connectives and words of planning stands before a time: 力争到2025年. */
static bool leads_clause(const struct reading *r, struct stretch clause,
                         const struct time_phrase *t)
{
    const struct lexicon *targets = lexicons_get(r->options->lexicons, LEXICON_TARGETS);
    size_t head = clause.start, end;
    if (t->start > clause.start + 120)
        return false;
    while (head < t->start) {
        size_t trimmed = phrase_trim_front(&r->attacher, (struct stretch){head, t->end}).start;
        if (trimmed > head) {
            head = trimmed;
            continue;
        }
        const struct lexicon_entry *e = lexicon_match(targets, r->plain.text, head, &end);
        if (e == NULL &&
            role_is(lexicon_match(r->attacher.labels, r->plain.text, head, &end), "preposition"))
            e = r->attacher.labels == NULL
                    ? NULL
                    : lexicon_match(r->attacher.labels, r->plain.text, head, &end);
        if (e == NULL)
            return false;
        head = end;
    }
    return true;
}

/* 由|上年|的8个增加到12个, 由|目前|的88%提高到95%: the time of where it began, and of nothing else.
 */
static bool is_where_from(const struct reading *r, const struct time_phrase *t)
{
    struct str text = r->plain.text;
    size_t at = t->start, end = t->end;
    uint32_t c = utf8_previous(text, &at);
    bool of = str_starts(str_sub(text, end, text.n), STR("的"));
    bool from = c == U'由' || c == U'从' || str_starts(str_sub(text, t->start, end), STR("从"));
    /* 从2020年的5.2万元提高到|2025年|的7.4万元 */
    bool to = of && c == U'到' && !t->until;
    /* 增长11.8%，上年同期|为下降9.2% */
    if (t->basis && str_ends(str_sub(text, t->start, end), STR("同期")) &&
        (str_starts(str_sub(text, end, text.n), STR("为")) ||
         str_starts(str_sub(text, end, text.n), STR("是"))))
        return true;
    return (from || to) && !t->open && !t->range && (of || point_is_digit(utf8_at(text, end)));
}

/* 在2025年度“小巨人”企业名单中: a list of a year, and the year of who is on it. */
static bool names_list(struct str rest)
{
    static const struct str lists[] = {STR_INIT("名单"), STR_INIT("榜单"),   STR_INIT("排行榜"),
                                       STR_INIT("排名"), STR_INIT("百强榜"), STR_INIT("500强”榜")};
    static const struct str ends[] = {STR_INIT("中"),   STR_INIT("里"),   STR_INIT("上"),
                                      STR_INIT("公布"), STR_INIT("发布"), STR_INIT("揭晓"),
                                      STR_INIT("出炉")};
    for (size_t i = 0; i < COUNT(lists); i++) {
        size_t at = str_find_last(rest, lists[i]);
        if (at == STR_NONE)
            continue;
        for (size_t k = 0; k < COUNT(ends); k++)
            if (str_ends(rest, ends[k]))
                return true;
    }
    return false;
}

/* 公布|今年上半年|招商成绩单: figures of that time are made known. */
static bool makes_known(struct str text, const struct time_phrase *t, struct stretch clause)
{
    enum { FAR = 60, LISTED_MOST = 120 };
    static const struct str verbs[] = {STR_INIT("公布"), STR_INIT("发布"), STR_INIT("通报"),
                                       STR_INIT("晒出"), STR_INIT("交出"), STR_INIT("披露"),
                                       STR_INIT("介绍")};
    static const struct str ends[] = {STR_INIT("成绩单"), STR_INIT("答卷"), STR_INIT("数据"),
                                      STR_INIT("情况"),   STR_INIT("账单"), STR_INIT("名单"),
                                      STR_INIT("半年报"), STR_INIT("快报")};
    size_t from = t->start > clause.start + FAR ? t->start - FAR : clause.start;
    struct str before = str_sub(text, from, t->start), after = str_sub(text, t->end, clause.end);
    if (after.n > LISTED_MOST)
        return false;
    for (size_t i = 0; i < COUNT(ends); i++)
        for (size_t k = 0; str_has(after, ends[i]) && k < sizeof verbs / sizeof *verbs; k++)
            if (str_has(before, verbs[k]))
                return true;
    return false;
}

/* True for a clause with a word of planning. */
static bool is_planned(const struct reading *r, struct stretch clause)
{
    enum { MOST = 240 };
    if (clause.end - clause.start > MOST)
        return false;
    const struct lexicon *targets = lexicons_get(r->options->lexicons, LEXICON_TARGETS);
    for (size_t i = clause.start; i < clause.end;) {
        size_t end;
        const struct lexicon_entry *e = lexicon_match(targets, r->plain.text, i, &end);
        if (role_is(e, "target"))
            return true;
        if (e != NULL)
            i = end;
        else
            utf8_next(r->plain.text, &i);
    }
    return false;
}

/* Takes note of the year that 全年 is of from now on: that of 2024年 or, but in a report that looks
 * back over the year before its own, of 去年. */
static void set_year_context(struct reading *r, const struct time_phrase *t)
{
    bool relative = t->from.relative && t->from.grain <= GRAIN_QUARTER && !t->of_context &&
                    !t->whole && !t->vague && r->now.year != 0 && !r->reports;
    if (t->range)
        return;
    if (t->from.year != 0)
        r->year_context = t->from.year;
    else if (relative)
        r->year_context = (int16_t)(r->now.year + t->from.offset);
}

void figure_time_take(struct reading *r, size_t index, struct stretch clause, bool has_quantity,
                      bool first_clause)
{
    const struct time_phrase *t = &r->times.at[index];
    bool leads = leads_clause(r, clause, t);
    bool alone = leads && t->end + STR("。").n >= clause.end;
    static const struct str aims[] = {STR_INIT("任务"), STR_INIT("目标"), STR_INIT("计划"),
                                      STR_INIT("预算")};
    for (size_t i = 0; i < sizeof aims / sizeof *aims && t->whole; i++)
        if (str_starts(str_sub(r->plain.text, t->end, r->plain.text.n), aims[i]))
            return;
    /* 2019年起，…: when something began. */
    struct str rest = str_sub(r->plain.text, t->end, r->plain.text.n);
    if (!t->now && (str_starts(rest, STR("起,")) || str_starts(rest, STR("开始,"))))
        return;
    if (is_where_from(r, t)) {
        r->own_time = (int)index;
        return;
    }
    /* 今后五年 in a report: the years that its section is about. */
    bool ahead = t->vague && t->from.offset > 0;
    if (t->basis || figure_time_is_dateline(r, t) || (ahead && r->reports))
        return;
    /* 届时: the time just said. */
    if (t->now && str_starts(str_sub(r->plain.text, t->start, t->end), STR("届时")))
        return;
    if (t->now) {
        const struct time_phrase *before = r->period >= 0 ? &r->times.at[r->period] : NULL;
        bool since = before != NULL && before->printed_start == before->start && before->open;
        bool from =
            before != NULL &&
            str_starts(str_sub(r->plain.text, before->printed_start, before->end), STR("自"));
        if ((!since && !from) ||
            str_starts(str_sub(r->plain.text, t->start, t->end), STR("目前"))) {
            r->period = TIME_NONE;
            if (leads && first_clause)
                r->base_period = TIME_NONE;
        }
        return;
    }
    if (t->same && !t->vague) {
        if (r->opening >= 0)
            r->period = r->opening;
        return;
    }
    bool since = str_starts(str_sub(r->plain.text, t->printed_start, t->end), STR("自"));
    if (leads && first_clause)
        r->opening = (int)index;
    /* 5月份增速由负转正，增长0.7% */
    bool turns = leads && str_has(str_sub(r->plain.text, t->end, clause.end), STR("增速"));
    /* 力争到2026年实现培训全覆盖，…: what is planned for a time is planned on. */
    enum { LISTED_MOST = 180 };
    bool listed = !has_quantity && clause.end - t->end < LISTED_MOST &&
                  t->from.grain == GRAIN_YEAR && t->from.year != 0 && !t->range &&
                  names_list(str_sub(r->plain.text, t->end, clause.end));
    bool known = !has_quantity && makes_known(r->plain.text, t, clause);
    bool aimed = leads && !has_quantity && !is_event(r, t, clause) && is_planned(r, clause);
    if (!has_quantity && !alone && !turns && !aimed && !listed && !known &&
        !(leads && first_clause && !is_event(r, t, clause)) && !(since && leads) && !since)
        return;
    if (has_quantity && is_event(r, t, clause) && !leads)
        return;
    r->period = (int)index;
    r->of_event = is_event(r, t, clause);
    /* 4月10日，记者获悉，一季度，…: the day of the news is not what it tells of. */
    bool news = leads && !first_clause && r->base_period >= 0 &&
                r->times.at[r->base_period].from.grain == GRAIN_DAY &&
                !r->times.at[r->base_period].range &&
                (t->from.grain != GRAIN_DAY || t->range || t->holiday);
    if (!known && (!leads || (!first_clause && !news)))
        return;
    r->base_period = (int)index;
    r->announced = r->announced || known;
    /* 2024年，全县稳中有进，全年实现…: the year that 全年 is of. */
    set_year_context(r, t);
}

bool figure_time_is_from(const struct reading *r, const struct quantity *q)
{
    enum { NEAR = 60 };
    struct str text = r->plain.text;
    /* …|提高到, |增加至: a word of change behind it, that goes to a level. */
    if (!role_is(lexicon_match(r->attacher.changes, text, q->after, NULL), "to"))
        return false;
    size_t start = q->before > NEAR ? q->before - NEAR : 0;
    if (start < r->clause_start)
        start = r->clause_start;
    struct str before = str_sub(text, start, q->before);
    return str_has(before, STR("由")) || str_has(before, STR("从"));
}

/* The year that 当年 and 上年 count from: that of the time said before, or the article's. */
static int year_at_hand(const struct reading *r, const struct time_phrase *t)
{
    enum { FEW = 6 };
    const struct time_phrase *before = t, *least = r->times.at;
    if (t - least > FEW)
        least = t - FEW;
    while (before > least) {
        before--;
        if (before->from.year != 0 && !before->range && !before->basis)
            return before->from.year;
    }
    int year = period_year(r->inherited.n > 0 ? r->inherited : r->heading_period);
    return year != 0 ? year : r->year_context != 0 ? r->year_context : r->now.year;
}

/* What a time expression counts its years from: the article's date, or the year that the text
 * speaks of. */
static struct date reckoned_from(const struct reading *r, const struct time_phrase *t)
{
    /* 全年 and 年末 are of the year that the text speaks of. */
    bool of_context = t->whole || (t->from.relative && t->from.offset == 0 &&
                                   t->from.grain == GRAIN_MONTH && t->from.month == 12);
    /* A report's 五年来 ends with the year that it reports on. */
    if ((of_context || (t->span && r->reports)) && r->year_context != 0)
        return (struct date){r->year_context, 0, 0};
    if (t->of_context)
        return (struct date){(int16_t)year_at_hand(r, t), 0, 0};
    /* 过去一年 below 2025年工作回顾 is that year, though it may still run. */
    if (r->section.reviews && r->section.year != 0 && t->from.relative && t->from.offset == -1 &&
        str_starts(str_sub(r->plain.text, t->start, t->end), STR("过去")))
        return (struct date){(int16_t)(r->section.year + 1), 0, 0};
    /* 上半年 after 2024年上半年, in a text that says nothing of its own year. */
    bool part = t->from.year == 0 && t->from.offset == 0 && t->from.grain > GRAIN_YEAR &&
                !t->from.this_month && !t->from.relative_day;
    /* 上半年 in what a report says of the year before its own. */
    if (part && r->reports && r->year_context != 0 && !r->advice)
        return (struct date){r->year_context, 0, 0};
    if (r->now.year == 0 && part && r->year_of_part != 0)
        return (struct date){r->year_of_part, 0, 0};
    return r->now;
}

/* True for the end of a month, at which something was counted: 2022-12. */
static bool is_day_of_count(struct str period)
{
    return period.n == STR("2022-12").n && period.p[4] == '-';
}

/* 由|48%提高到71%: where it began, before the time that is spoken of. */
static bool is_start(const struct reading *r, const struct quantity *q)
{
    size_t at = q->before;
    uint32_t c = utf8_previous(r->plain.text, &at);
    /* 从2019年到2022年，由…: the time has where it began in it. */
    const struct time_phrase *t = r->period >= 0 ? &r->times.at[r->period] : NULL;
    bool both = t != NULL && t->range && !t->span && t->from.year != 0;
    return !both && (c == U'由' || c == U'从') && figure_time_is_from(r, q);
}

/* 上年同期的, beside 2025年一季度: the same part of the year before. */
static struct str same_part_of(struct reading *r, const struct time_phrase *t)
{
    struct str now = r->period >= 0 ? (struct str){0} : r->inherited;
    bool resolved = true;
    if (r->period >= 0)
        now = period_resolve(r->arena, &r->plain, r->at->prose.text, &r->times.at[r->period],
                             reckoned_from(r, &r->times.at[r->period]), &resolved);
    if (now.n == 0)
        now = r->heading_period;
    int year = resolved ? period_year(now) : 0;
    if (year == 0 || t->from.grain != GRAIN_YEAR)
        return (struct str){0};
    year += t->from.year != 0 ? t->from.year - year : t->from.offset;
    struct str part = str_sub(now, 4, now.n);
    size_t slash = str_find(part, STR("/"), 0);
    if (slash == STR_NONE)
        return str_printf(r->arena, "%d%.*s", year, STR_ARG(part));
    struct str first = str_sub(part, 0, slash), last = str_sub(part, slash + 1, part.n);
    return str_printf(r->arena, "%d%.*s/%d%.*s", year, STR_ARG(first),
                      year + period_year(last) - period_year(now),
                      STR_ARG(str_sub(last, 4, last.n)));
}

/* 由上年的|8个增加到12个: the time of this one figure. False where it has none such. */
static bool set_own_time(struct reading *r, const struct quantity *q, struct indicator *out)
{
    const struct time_phrase *t = r->own_time >= 0 ? &r->times.at[r->own_time] : NULL;
    /* 由上年的9.6:45.1:45.3调整为: of each of its parts. */
    uint32_t next = utf8_at(r->plain.text, q->after);
    bool more = (q->share_form && next == ':') || next == U'、' || next == U'和';
    size_t front = q->start;
    uint32_t before = utf8_previous(r->plain.text, &front);
    bool part = (q->share_form && before == ':') || before == U'、' || before == U'和';
    if (!more)
        r->own_time = TIME_NONE;
    if (t == NULL || t->end > q->start || (q->start - t->end > STR("的下降了").n && !part))
        return false;
    if (t->now)
        return true;
    if (t->basis)
        out->period = same_part_of(r, t);
    else
        out->period = period_resolve(r->arena, &r->plain, r->at->prose.text, t, reckoned_from(r, t),
                                     &out->period_resolved);
    return true;
}

/* The period of a quantity, as struct indicator has it. */
void figure_time_set(struct reading *r, const struct quantity *q, struct indicator *out, bool fixed)
{
    out->period_resolved = true;
    r->own = set_own_time(r, q, out);
    if (r->own || figure_is_lifetime(q, out) || is_start(r, q) ||
        figure_is_timeless(r, q, out, fixed))
        return;
    if (r->period >= 0) {
        const struct time_phrase *t = &r->times.at[r->period];
        /* 全部达产后可新增…: the time said before is not that of what follows. */
        if (r->target.after > t->start)
            return;
        out->period = period_resolve(r->arena, &r->plain, r->at->prose.text, t, reckoned_from(r, t),
                                     &out->period_resolved);
        /* 年末常住人口12.24万人，出生率12.31‰: what goes on all year is of the year. */
        if (out->period_resolved && !t->range && t->from.grain == GRAIN_MONTH &&
            t->from.month == 12 && q->start > t->end && figure_is_of_whole_year(r, out->metric))
            out->period = str_sub(out->period, 0, 4);
        set_year_context(r, t);
        if (t->from.year != 0 && t->from.grain > GRAIN_YEAR)
            r->year_of_part = t->from.year;
    } else if (r->period == TIME_INHERITED && r->target.after == 0) {
        bool said = r->inherited.n > 0;
        /* 年末企业286家。增加值增长7.7%: not on that day, but in the time that runs. What is said
         * of 截至2022年底 goes on, whatever it is. */
        if (said && r->inherited_resolved && !r->inherited_until && is_day_of_count(r->inherited) &&
            figure_is_flow(r, q, out->metric)) {
            bool running = r->running.n > 0 && period_year(r->running) == period_year(r->inherited);
            out->period = running ? r->running : r->heading_period;
            if (out->period.n == 0 && str_ends(r->inherited, STR("12")))
                out->period = str_sub(r->inherited, 0, 4);
            return;
        }
        out->period = said ? r->inherited : r->heading_period;
        /* 生产总值年均增长5.9% below 一、2025年及“十四五”时期工作回顾: in the years, not in the
         * one. */
        bool year = out->period.n == STR("2025").n && r->section.span.n > 0;
        if (year && out->kind == INDICATOR_CHANGE && str_has(figure_clause(r, q), STR("年均")))
            out->period = r->section.span;
        out->period_resolved =
            said ? r->inherited_resolved : out->period.n == 0 || period_year(out->period) != 0;
    }
}

/* 我们也清醒地看到，…: a sentence of what is wanting, which its reader finds so today. */
static bool tells_lacks(struct str text, size_t at)
{
    static const struct str words[] = {STR_INIT("清醒看到"),   STR_INIT("清醒地看到"),
                                       STR_INIT("清醒认识到"), STR_INIT("清醒地认识到"),
                                       STR_INIT("也要看到"),   STR_INIT("也应看到")};
    struct str head = str_sub(text, at, at + 60);
    for (size_t i = 0; str_has(head, STR("到")) && i < sizeof words / sizeof *words; i++)
        if (str_has(head, words[i]))
            return true;
    return false;
}

/* What somebody says in quotation marks, 比如…, 但产业仍存在…问题: a sentence that leaves what was
 * told of a time. */
static bool turns_away(struct str text, size_t at)
{
    struct str rest = str_sub(text, at, at + STR("“一座四方城里的”").n);
    bool quoted = str_starts(rest, STR("“"));
    static const struct str buts[] = {STR_INIT("但"), STR_INIT("然而"), STR_INIT("不过"),
                                      STR_INIT("可是")};
    static const struct str lacks[] = {STR_INIT("存在"), STR_INIT("问题"), STR_INIT("不足"),
                                       STR_INIT("短板"), STR_INIT("困难")};
    struct str head = str_sub(text, at, at + 90);
    for (size_t i = 0; i < sizeof buts / sizeof *buts; i++)
        for (size_t k = 0; str_starts(head, buts[i]) && k < sizeof lacks / sizeof *lacks; k++)
            if (str_has(head, lacks[k]))
                return true;
    return (quoted && !str_has(rest, STR("”"))) || str_starts(rest, STR("比如")) ||
           str_starts(rest, STR("例如"));
}

/* True where one of the words stands in the sentence that begins at byte `at`. */
static bool sentence_says(struct str text, size_t at, const struct str *words, size_t n)
{
    enum { MOST = 300 };
    struct str sentence = str_sub(text, at, at + MOST);
    size_t stop = str_find(sentence, STR("。"), 0);
    sentence = str_sub(sentence, 0, stop == STR_NONE ? sentence.n : stop);
    for (size_t i = 0; i < n; i++)
        if (str_has(sentence, words[i]))
            return true;
    return false;
}

/* 2023年9月至10月，调研组走访…163户: when that was done is not the time of what was seen. */
static const struct str visits[] = {STR_INIT("调研组"), STR_INIT("走访"), STR_INIT("召开座谈会"),
                                    STR_INIT("课题组")};
/* 2024年3月，…开展问卷调查: when it was asked is the time of what those asked said. */
static const struct str surveys[] = {STR_INIT("问卷"), STR_INIT("抽样调查"), STR_INIT("调查队")};
static const struct str answers[] = {STR_INIT("受访"), STR_INIT("被访"), STR_INIT("调查显示"),
                                     STR_INIT("问卷显示"), STR_INIT("受调查")};

bool figure_time_is_visit(struct reading *r)
{
    if (r->of_visit == VISIT_UNKNOWN)
        r->of_visit = sentence_says(r->plain.text, r->sentence_start, visits, COUNT(visits))
                          ? VISIT_MADE
                          : VISIT_NONE;
    return r->of_visit == VISIT_MADE;
}

/* True where the sentence tells of a survey. */
static bool is_survey(struct reading *r)
{
    if (r->of_survey == VISIT_UNKNOWN)
        r->of_survey = sentence_says(r->plain.text, r->sentence_start, surveys, COUNT(surveys))
                           ? VISIT_MADE
                           : VISIT_NONE;
    return r->of_survey == VISIT_MADE;
}

/* 2月28日，…举行开工活动。此次开工的项目共16个: the day that the sentence before opened with. */
static void take_occasion(struct reading *r, size_t start)
{
    static const struct str words[] = {STR_INIT("此次"), STR_INIT("本次")};
    struct str rest = str_sub(r->plain.text, start, r->plain.text.n);
    const struct time_phrase *t = r->opening >= 0 ? &r->times.at[r->opening] : NULL;
    if (t == NULL || r->inherited.n > 0 || t->basis || t->now ||
        (!str_starts(rest, words[0]) && !str_starts(rest, words[1])))
        return;
    r->inherited = period_resolve(r->arena, &r->plain, r->at->prose.text, t, reckoned_from(r, t),
                                  &r->inherited_resolved);
}

/* True for a sentence that goes on with what was done since a time: 其中…, 新建学校12所,
 * 共开展活动62次. What another did is not told of 去年以来. */
static bool sums_on(const struct reading *r, size_t start)
{
    static const struct str words[] = {STR_INIT("累计"), STR_INIT("共计"), STR_INIT("合计"),
                                       STR_INIT(",共")};
    struct str text = r->plain.text;
    return str_starts(str_sub(text, start, text.n), STR("其中")) ||
           lexicon_match(r->attacher.verbs, text, start, NULL) != NULL ||
           sentence_says(text, start, words, COUNT(words));
}

void figure_time_begin_sentence(struct reading *r, size_t start)
{
    take_occasion(r, start);
    int item = r->item = item_number(r->plain.text, start);
    if (r->inherited_open && start > 0 && !sums_on(r, start))
        r->inherited = (struct str){0};
    r->of_event = r->announced = r->held = false;
    r->lacking = tells_lacks(r->plain.text, start);
    r->sentence_start = start;
    r->of_visit = r->of_survey = VISIT_UNKNOWN;
    /* “今年亩产可达1500公斤。”负责人介绍，…: what was said of a time in quotation marks ends there.
     */
    if (turns_away(r->plain.text, start) ||
        str_starts(str_sub(r->plain.text, start, r->plain.text.n), STR("”")))
        r->inherited = (struct str){0};
    /* What one item of a list says of its time is not the next one's. */
    if (item == 1) {
        r->list_before = r->inherited;
        r->list_before_resolved = r->inherited_resolved;
    } else if (item > 1) {
        r->inherited = r->list_before;
        r->inherited_resolved = r->list_before_resolved;
    }
}

bool figure_time_is_passing(const struct reading *r)
{
    const struct time_phrase *t = &r->times.at[r->period];
    const struct section_time *s = &r->section;
    if (r->period == r->base_period)
        return false;
    /* 占比达到66%，近3年提升21个百分点。 */
    if (t->span)
        return true;
    /* 2025年总量比2020年增加7400亿元: below the five years, of which the report goes on to tell. */
    bool last = s->span.n > STR("2025").n && !t->range && t->from.grain == GRAIN_YEAR &&
                period_year(str_sub(s->span, s->span.n - STR("2025").n, s->span.n)) == t->from.year;
    return r->reports && s->looks_back && last;
}

void figure_time_end_sentence(struct reading *r, size_t next)
{
    const struct time_phrase *t = r->base_period >= 0 ? &r->times.at[r->base_period] : NULL;
    if (r->period == TIME_NONE) {
        r->inherited = (struct str){0};
    } else if (t != NULL && r->period == r->base_period && !r->of_event && !t->holiday &&
               ((r->announced && r->inherited.n == 0) ||
                str_starts(str_sub(r->plain.text, next, r->plain.text.n), STR("其中")))) {
        /* 2024年，全县实施提升工程。其中，投资…: said without a figure, and still so; as is what
         * was made known of 一季度. */
        r->inherited = period_resolve(r->arena, &r->plain, r->at->prose.text, t,
                                      reckoned_from(r, t), &r->inherited_resolved);
    }
}

void figure_time_note(struct reading *r, const struct indicator *made)
{
    static const struct str bases[] = {STR_INIT("同比"), STR_INIT("比上年"), STR_INIT("较上年"),
                                       STR_INIT("比去年"), STR_INIT("较去年")};
    bool compared = false;
    bool year = made->period.n == STR("2023").n, part = made->period.n == STR("2023H1").n;
    if (made->period_resolved && !made->target && !r->own && (year || part))
        r->running = made->period;
    if (r->survey.n == 0 && r->period >= 0 && made->period_resolved && made->period.n > 0 &&
        is_survey(r) && !figure_time_is_visit(r))
        r->survey = made->period;
    for (size_t i = 0; i < sizeof bases / sizeof *bases; i++)
        compared |= str_starts(made->basis, bases[i]);
    if (!compared || made->kind != INDICATOR_CHANGE || made->target)
        return;
    r->n_compared++;
    const struct time_phrase *t = r->period >= 0 ? &r->times.at[r->period] : NULL;
    if (t == NULL || t->vague || t->open || (!t->range && t->from.grain == GRAIN_DAY) ||
        made->period.n == 0)
        return;
    /* A month told of in passing is not what a report on a quarter is of. */
    bool month = !t->range && t->from.grain == GRAIN_MONTH;
    if (month && r->reported.n > 0 && !r->reported_month)
        return;
    r->reported_month = month;
    r->reported = made->period;
    r->reported_resolved = made->period_resolved;
}

void figure_time_begin_paragraph(struct reading *r)
{
    enum { SETTLED = 2 };
    struct str text = r->plain.text;
    if (r->inherited.n > 0 || r->heading_period.n > 0 || r->advice || r->quantities.n == 0)
        return;
    if (r->times.n > 0 && r->times.at[0].start < r->quantities.at[0].start)
        return;
    for (size_t i = 0; i < COUNT(answers) && r->survey.n > 0; i++)
        if (str_has(text, answers[i])) {
            r->inherited = r->survey;
            r->inherited_resolved = true;
            return;
        }
    if (r->reported.n == 0)
        return;
    bool compared = str_has(text, STR("同比")) || str_has(text, STR("比上年"));
    /* What the first sentence says grew goes on from the paragraphs before; of a later one only
     * where they compared several figures. */
    size_t stop = str_find(text, STR("。"), 0);
    struct str head = str_sub(text, 0, stop == STR_NONE ? text.n : stop);
    struct str where = r->n_compared >= SETTLED ? text : r->n_compared > 0 ? head : STR("");
    bool grows = str_has(where, STR("增长")) || str_has(where, STR("下降"));
    if (compared || grows) {
        r->inherited = r->reported;
        r->inherited_resolved = r->reported_resolved;
    }
}
