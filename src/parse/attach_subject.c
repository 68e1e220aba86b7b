/* Whose a figure is. */
#include "parse/attach_parts.h"

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

/* 云河区|为教育事业…, 我市|按照…: the name that stands before a preposition. */
static struct stretch before_preposition(const struct attacher *a, struct stretch s)
{
    static const struct str words[] = {STR_INIT("按照"), STR_INIT("为"),   STR_INIT("对"),
                                       STR_INIT("将"),   STR_INIT("向"),   STR_INIT("把"),
                                       STR_INIT("从"),   STR_INIT("围绕"), STR_INIT("根据"),
                                       STR_INIT("通过"), STR_INIT("依托"), STR_INIT("给")};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t at = phrase_find(a, s, words[i]), end;
        struct stretch front = {s.start, s.start + at};
        if (at == STR_NONE || at < STR("某县").n ||
            role_is(lexicon_match(a->verbs, a->text, front.end, NULL), "noun"))
            continue;
        bool region = phrase_is_region(a, s, &end) && end == front.end;
        if (region || phrase_has_head(a, front))
            s.end = front.end;
    }
    return s;
}

/* 白鹭镇是渔业大镇, 现全市, 某厂在某岛: the name ends before 是 and 在. */
struct stretch attach_before_predicate(const struct attacher *a, struct stretch s)
{
    s = before_preposition(a, s);
    static const struct str words[] = {
        STR_INIT("是"),   STR_INIT("在"),   STR_INIT("被"),   STR_INIT("已"),   STR_INIT("曾"),
        STR_INIT("日前"), STR_INIT("南起"), STR_INIT("北起"), STR_INIT("东起"), STR_INIT("西起")};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t at = phrase_find(a, s, words[i]);
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

/* 农林牧渔业总产值、社会消费品零售总额: nobody's figures. */
static bool lists_metrics(const struct attacher *a, struct stretch s)
{
    struct stretch items[LIST_ROOM], metric;
    const struct lexicon_entry *e;
    size_t n = phrase_list(a, s, items, LIST_ROOM), named = 0;
    for (size_t i = 0; i < n && i < LIST_ROOM; i++)
        named += phrase_metric(a, items[i], true, &metric, &e) && !lexicon_flag(e, "head");
    return n >= 2 && named > 0 && (named == n || phrase_metric(a, items[0], true, &metric, &e));
}

/* 五年|建成, 一天|最多做, 首个周末: over how long, or when, says of nobody. */
static bool is_span(const struct attacher *a, struct stretch s)
{
    if (phrase_starts(a, s, STR("短短")))
        return true;
    static const struct str times[] = {STR_INIT("周末"), STR_INIT("假期"), STR_INIT("当天"),
                                       STR_INIT("当日"), STR_INIT("首日"), STR_INIT("首周"),
                                       STR_INIT("首月")};
    for (size_t i = 0; i < sizeof times / sizeof *times; i++)
        if (phrase_ends(a, s, times[i]))
            return true;
    bool unit = phrase_ends(a, s, STR("年")) || phrase_ends(a, s, STR("天")) ||
                phrase_ends(a, s, STR("月"));
    return s.end == s.start + STR("五年").n && unit && numeral_digit(utf8_at(a->text, s.start)) > 0;
}

/* The end of the common verb, adverb or word of time that a phrase opens with, or its start. */
static size_t after_stop_word(const struct attacher *a, struct stretch s)
{
    const struct lexicon *words = lexicons_get(a->lexicons, LEXICON_WORDS);
    size_t ends[4], at = s.start, n = 0;
    while (n < sizeof ends / sizeof *ends && at < s.end) {
        utf8_next(a->text, &at);
        ends[n++] = at;
    }
    for (size_t i = n; i-- > 1;) {
        const struct lexicon_entry *e = lexicon_find(words, str_sub(a->text, s.start, ends[i]));
        /* 脱贫户: one character more makes a noun of it. */
        if (e != NULL && ends[i] + STR("户").n != s.end)
            return str_eq(e->fields, STR("stop")) ? ends[i] : s.start;
    }
    return s.start;
}

/* 随后又|购进, 将再: adverbs and verbs name nobody, unless the phrase ends as a name does. */
static struct stretch without_stop_words(const struct attacher *a, struct stretch s)
{
    static const struct str adverbs[] = {STR_INIT("仍"), STR_INIT("又"), STR_INIT("将"),
                                         STR_INIT("再"), STR_INIT("还"), STR_INIT("也"),
                                         STR_INIT("就"), STR_INIT("均"), STR_INIT("仅")};
    size_t from = s.start, before;
    struct str whole = str_sub(a->text, s.start, s.end);
    if (phrase_has_head(a, s) || attach_is_branch(whole) || str_ends(whole, STR("类")) ||
        str_has(whole, STR("、")) ||
        (whole.n >= STR("脱贫人口").n && lexicon_find(a->metrics, whole) != NULL))
        return s;
    do {
        before = s.start;
        s.start = after_stop_word(a, s);
        for (size_t i = 0; i < sizeof adverbs / sizeof *adverbs; i++)
            if (phrase_starts(a, s, adverbs[i]) && s.start + adverbs[i].n <= s.end)
                s.start += adverbs[i].n;
    } while (s.start > before && s.start < s.end);
    return s.start > from ? (struct stretch){s.end, s.end} : s;
}

/* 法院|最终, 城发集团|统一: how it was done is no part of the name. */
static struct stretch without_manner(const struct attacher *a, struct stretch s)
{
    static const struct str words[] = {STR_INIT("统一"), STR_INIT("最终"), STR_INIT("一次性"),
                                       STR_INIT("一位"), STR_INIT("一名"), STR_INIT("总共"),
                                       STR_INIT("合计"), STR_INIT("主要")};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (phrase_ends(a, s, words[i]) && s.end - s.start >= words[i].n + STR("法院").n)
            s.end -= words[i].n;
    return s;
}

/* 在空港物流园|建设|冷库: what is built somewhere is that place's. */
static struct str place_of(const struct attacher *a, struct stretch s)
{
    static const struct str tails[] = {STR_INIT("内"),   STR_INIT("里"),   STR_INIT("门前"),
                                       STR_INIT("规划"), STR_INIT("投资"), STR_INIT("新")};
    struct stretch items[2], verb;
    s = phrase_trim(a, s);
    if (!phrase_starts(a, s, STR("在")))
        return (struct str){0};
    s.start += STR("在").n;
    if (phrase_first_verb(a, s, &verb, NULL) && verb.start > s.start)
        s.end = verb.start;
    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++)
        if (phrase_ends(a, s, tails[i]))
            s.end -= tails[i].n;
    s = phrase_strip_links(a, phrase_trim_front(a, s));
    bool named = s.end > s.start && s.end - s.start >= STR("产业园").n && s.end - s.start <= 60 &&
                 phrase_has_head(a, s) && phrase_list(a, s, items, 2) < 2;
    return named ? phrase_str(a, s) : (struct str){0};
}

/* 单|蓝莓一项; 单位, 单座菇棚 and 单个 are words of their own. */
static bool is_alone(const struct attacher *a, struct stretch s)
{
    static const struct str words[] = {STR_INIT("单位"), STR_INIT("单座"), STR_INIT("单个"),
                                       STR_INIT("单株"), STR_INIT("单体")};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (phrase_starts(a, s, words[i]))
            return false;
    return true;
}

/* 先后深入|某镇、某镇等8个乡镇: they were gone to, and did nothing. */
static bool is_visited(const struct attacher *a, struct stretch s)
{
    static const struct str verbs[] = {STR_INIT("深入"), STR_INIT("走访"), STR_INIT("赴"),
                                       STR_INIT("前往"), STR_INIT("走进"), STR_INIT("来到"),
                                       STR_INIT("调研"), STR_INIT("考察")};
    static const struct str across[] = {STR_INIT("分布在"), STR_INIT("分布于"), STR_INIT("遍布")};
    struct str before = str_sub(a->text, a->clause.start, s.start);
    for (size_t i = 0; i < sizeof across / sizeof *across; i++)
        if (str_ends(before, across[i]))
            return true;
    if (!phrase_ends(a, s, STR("等")))
        return false;
    static const struct str goes[] = {STR_INIT("销往"), STR_INIT("出口"), STR_INIT("远销")};
    for (size_t i = 0; i < sizeof goes / sizeof *goes; i++)
        if (str_has(str_sub(a->text, s.start, s.end), goes[i]))
            return true;
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (str_ends(before, verbs[i]))
            return true;
    return false;
}

/* 养老保险和, 支持项目, 抓好稳增长: a list that goes on behind the figure, or what was done. */
bool attach_is_no_name(const struct attacher *a, struct stretch s)
{
    static const struct str joiners[] = {STR_INIT("和"), STR_INIT("与"), STR_INIT("及"),
                                         STR_INIT("以及"), STR_INIT("或")};
    for (size_t i = 0; i < sizeof joiners / sizeof *joiners; i++)
        if (phrase_ends(a, s, joiners[i]) && !phrase_splits_word(a, s.end - joiners[i].n))
            return true;
    const struct lexicon_entry *e = lexicon_match(a->verbs, a->text, s.start, NULL);
    /* 推广“信用村|”模式: half a quotation; 文旅融合也让小镇: what was made of whom. */
    if (phrase_has(a, s, STR("“")) != phrase_has(a, s, STR("”")) || phrase_has(a, s, STR("也让")))
        return true;
    if (phrase_has(a, s, STR("至")))
        return false;
    static const struct str counts[] = {STR_INIT("一家"), STR_INIT("一个"), STR_INIT("一座"),
                                        STR_INIT("一所"), STR_INIT("一项"), STR_INIT("一批")};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        if (phrase_is(a, s, counts[i]))
            return true;
    if (is_visited(a, s))
        return true;
    return (role_is(e, "other") || role_is(e, "object")) && phrase_opens_with_verb(a, s);
}

/* 将军, 使馆: the first character is of a word. */
static bool starts_with_word(const struct attacher *a, struct stretch s)
{
    size_t at = s.start;
    utf8_next(a->text, &at);
    return at < s.end && phrase_splits_word(a, at);
}

/* What a phrase says of whose a figure is. */
struct str attach_subject(const struct attacher *a, struct stretch s)
{
    size_t end;
    if (stretch_is_empty(s))
        return (struct str){0};
    if (phrase_is_adverbial(a, s)) {
        /* 以某企业为代表的制造业: the phrase behind it may be one. */
        struct stretch of = phrase_after_of(a, s);
        if (of.start == s.start)
            return place_of(a, s);
        /* 对新建冷库的主体给予…: which ones, where their name alone says too little. */
        if (phrase_starts(a, s, STR("对")) && of.end <= of.start + STR("睦邻点").n &&
            of.end >= of.start + STR("主体").n && s.end - s.start <= 75)
            return phrase_str(a, (struct stretch){s.start + STR("对").n, of.end});
        s = of;
    }
    /* 25项经验|获全国推广|、83项案例: what was told of those counted before. */
    if ((phrase_starts(a, s, STR("获")) || phrase_starts(a, s, STR("被"))) &&
        !phrase_has_head(a, s))
        return (struct str){0};
    /* 产业|投资: which sort. */
    if (phrase_is(a, s, STR("产业")))
        return (struct str){0};
    /* 提请省人大常委会|审议法规草案: who is asked has no figure. */
    if (phrase_starts(a, s, STR("提请")))
        return (struct str){0};
    /* 光卖藕就收入6万元: what was done for it. */
    if (phrase_ends(a, phrase_trim(a, s), STR("就")))
        return (struct str){0};
    s = phrase_strip_links(a, phrase_trim_front(a, s));
    if (stretch_is_empty(s))
        return (struct str){0};
    if (phrase_is_region(a, s, &end) && str_starts(str_sub(a->text, end, s.end), STR("在")))
        return phrase_str(a, (struct stretch){s.start, end});
    struct stretch tail = phrase_after_of(a, s);
    /* 用地紧张的企业 stays whole: what stands after 的 alone says too little. */
    if (tail.end - tail.start > STR("企业").n)
        s = phrase_trim(a, tail);
    struct stretch verb;
    /* 我区实现春季集中签约…: whoever did it stands before the verb, or 共 before that. */
    bool of_region = phrase_is_region(a, s, &end);
    /* 引进全国|领先的生产线: how good it is. */
    static const struct str best[] = {STR_INIT("领先"), STR_INIT("首"), STR_INIT("唯一"),
                                      STR_INIT("最")};
    for (size_t i = 0; i < sizeof best / sizeof *best && of_region; i++)
        if (phrase_starts(a, (struct stretch){end, s.end}, best[i]))
            return (struct str){0};
    size_t deed =
        of_region && str_starts(str_sub(a->text, end, s.end), STR("共")) ? end + STR("共").n : end;
    if (of_region &&
        ((phrase_first_verb(a, (struct stretch){end, s.end}, &verb, NULL) && verb.start == end) ||
         (phrase_first_verb(a, (struct stretch){deed, s.end}, &verb, NULL) && verb.start == deed)))
        return phrase_str(a, (struct stretch){s.start, end});
    if (phrase_is_region(a, s, &end) && s.end - end >= STR("企业").n)
        s.start = end;
    s = phrase_strip_links(a, phrase_trim_front(a, s));
    const struct lexicon_entry *e;
    /* A phrase with a verb of its own says what was done, not whose the figure is. */
    if (phrase_first_verb(a, s, &verb, &e)) {
        if (verb.start - s.start >= STR("某地").n)
            s.end = verb.start;
        else
            s.start = verb.end;
        s = phrase_strip_links(a, phrase_trim_front(a, s));
    }
    if (phrase_ends(a, s, STR("同时")))
        return (struct str){0};
    static const struct str places[] = {
        STR_INIT("中"), STR_INIT("上"), STR_INIT("下"), STR_INIT("里"),   STR_INIT("时"),
        STR_INIT("后"), STR_INIT("前"), STR_INIT("内"), STR_INIT("方面"), STR_INIT("期间")};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        if (phrase_ends(a, s, places[i]) && !phrase_ends(a, s, STR("以上")) &&
            !phrase_ends(a, s, STR("以下")) && !phrase_ends(a, s, STR("初中")) &&
            !phrase_ends(a, s, STR("高中")))
            s.end -= places[i].n;
    static const struct str fronts[] = {STR_INIT("将"), STR_INIT("把"), STR_INIT("让"),
                                        STR_INIT("使")};
    for (size_t i = 0; i < sizeof fronts / sizeof *fronts; i++)
        if (phrase_starts(a, s, fronts[i]) && !starts_with_word(a, s))
            s.start += fronts[i].n;
    if (phrase_ends(a, s, STR("年产")) || phrase_ends(a, s, STR("日产")))
        s.end -= STR("年产").n;
    const struct lexicon_entry *prefix = lexicon_find(a->metrics, str_sub(a->text, s.start, s.end));
    /* PM2.5 */
    size_t least = point_is_latin(utf8_at(a->text, s.start)) ? STR("PM2").n : STR("某地").n;
    if (s.end - s.start > 120 || s.end - s.start < least ||
        (prefix != NULL && str_eq(prefix->fields, STR("prefix"))))
        return (struct str){0};
    if (phrase_starts(a, s, STR("年均")) && s.end - s.start >= STR("年均煤炭").n)
        s.start += STR("年均").n;
    if (phrase_starts(a, s, STR("仅")) || (phrase_starts(a, s, STR("单")) && is_alone(a, s)))
        utf8_next(a->text, &s.start);
    /* 事故起数、|死亡人数: the measure before is nobody. */
    bool counts = prefix != NULL && (prefix->fields.n == 0 || lexicon_flag(prefix, "money")) &&
                  phrase_ends(a, s, STR("数"));
    if (s.end - s.start < least || counts)
        return (struct str){0};
    if (phrase_ends(a, s, STR("至少")) || phrase_ends(a, s, STR("最多")))
        s = phrase_trim_back(a, (struct stretch){s.start, s.end - STR("至少").n});
    s.start = after_count(a, s);
    s = attach_before_predicate(a, s);
    /* 他种了6个大棚: who he is, parse_anaphors() finds. */
    if ((phrase_starts(a, s, STR("他")) || phrase_starts(a, s, STR("她"))) &&
        !phrase_starts(a, s, STR("他们")) && !phrase_starts(a, s, STR("她们")))
        return STR("他");
    static const struct str pronouns[] = {STR_INIT("我们"), STR_INIT("他们"), STR_INIT("其"),
                                          STR_INIT("将其"), STR_INIT("它们"), STR_INIT("大家"),
                                          STR_INIT("这"),   STR_INIT("每")};
    for (size_t i = 0; i < sizeof pronouns / sizeof *pronouns; i++)
        if (phrase_starts(a, s, pronouns[i]) && !phrase_starts(a, s, STR("其他")) &&
            !phrase_starts(a, s, STR("其它")))
            return (struct str){0};
    const struct lexicon_entry *verbal = lexicon_find(a->verbs, str_sub(a->text, s.start, s.end));
    if ((verbal != NULL && !role_is(verbal, "noun")) || attach_is_no_name(a, s) ||
        role_is(lexicon_find(a->labels, str_sub(a->text, s.start, s.end)), "stopword") ||
        lists_metrics(a, s) || is_span(a, s))
        return (struct str){0};
    return phrase_str(a, without_manner(a, without_stop_words(a, s)));
}

bool attach_is_anaphor(struct str s)
{
    static const struct str words[] = {
        STR_INIT("项目"), STR_INIT("该项目"), STR_INIT("公司"), STR_INIT("该公司"),
        STR_INIT("企业"), STR_INIT("该企业"), STR_INIT("园区"), STR_INIT("该园区"),
        STR_INIT("活动"), STR_INIT("其"),     STR_INIT("该镇"), STR_INIT("该村"),
        STR_INIT("该园"), STR_INIT("基地"),   STR_INIT("工程"), STR_INIT("该工程"),
        STR_INIT("产品"), STR_INIT("设备"),   STR_INIT("会议")};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_eq(s, words[i]))
            return true;
    static const struct str fronts[] = {STR_INIT("这家"), STR_INIT("这个"), STR_INIT("这座"),
                                        STR_INIT("这些")};
    for (size_t i = 0; i < sizeof fronts / sizeof *fronts; i++)
        if (str_starts(s, fronts[i]) && s.n <= STR("该专业合作社").n)
            return true;
    return false;
}

/* 12条重点产业链项目, 三年行动. */
static bool opens_with_number(struct str s)
{
    uint32_t c = utf8_at(s, 0);
    return s.n > 0 && (point_is_any_digit(c) || numeral_digit(c) > 0);
}

/* The subject at hand for a metric of its own: a sector's turn is over then. */
struct str attach_whose(const struct attacher *a)
{
    struct str whose = a->said.sector ? a->said.whose : a->said.subject;
    /* A report tells of one deed after the other: a list or a kind of things is over with its own.
     */
    bool over =
        a->report &&
        (str_has(whose, STR("、")) || opens_with_number(whose) || str_ends(whose, STR("等")) ||
         (!role_is(lexicon_find(a->labels, whose), "region") && !phrase_names(a, whose)));
    return over ? a->said.region : whose;
}

/* Where the clause that holds a byte begins. */
static size_t clause_start(const struct attacher *a, size_t at)
{
    while (at > 0) {
        size_t before = at;
        uint32_t c = utf8_previous(a->text, &before);
        if (c == ',' || c == ';' || c == ':' || c == U'。' || c == '!' || c == '?')
            break;
        at = before;
    }
    return at;
}

struct str attach_antecedent(const struct attacher *a, struct str head, size_t before)
{
    enum { TRIES = 4, FAR = 900 };
    size_t from = before > FAR ? before - FAR : 0;
    for (int i = 0; i < TRIES; i++) {
        size_t at = str_find_last(str_sub(a->text, from, before), head);
        if (at == STR_NONE)
            break;
        at += from;
        struct stretch np = {clause_start(a, at), at + head.n}, verb;
        before = at;
        if (np.end - np.start > 150)
            continue;
        if (phrase_last_verb(a, (struct stretch){np.start, at}, true, &verb, NULL))
            np.start = verb.end;
        /* 云河产业园是此次开工的最大项目: its name stands before 是. */
        size_t from_clause = clause_start(a, at);
        size_t is = str_find(str_sub(a->text, from_clause, np.end), STR("是"), 0);
        if (is != STR_NONE && is >= STR("产业园").n && !phrase_starts(a, np, STR("该")))
            np = (struct stretch){from_clause, from_clause + is};
        np = phrase_trim(a, phrase_after_of(a, phrase_trim(a, np)));
        if (phrase_starts(a, np, STR("在")) || phrase_starts(a, np, STR("了")))
            np.start += STR("在").n;
        bool points = phrase_starts(a, np, STR("该")) || phrase_starts(a, np, STR("这")) ||
                      phrase_starts(a, np, STR("此")) || phrase_starts(a, np, STR("各"));
        uint32_t c = utf8_at(a->text, np.start);
        bool counted = point_is_any_digit(c) || numeral_digit(c) > 0;
        if (np.end - np.start >= head.n + STR("改造").n && np.end - np.start <= 90 && !points &&
            !counted)
            return phrase_str(a, np);
    }
    return (struct str){0};
}

/* 该楼, 该工厂: the one that was named before in the paragraph. Of places with an administration
 * and of bodies parse_anaphors() knows the names. */
static struct str named_before(const struct attacher *a, struct str own)
{
    static const struct str others[] = {
        STR_INIT("镇"), STR_INIT("乡"), STR_INIT("县"),   STR_INIT("区"), STR_INIT("市"),
        STR_INIT("村"), STR_INIT("省"), STR_INIT("公司"), STR_INIT("局"), STR_INIT("州")};
    struct str this = STR("该"), none = {0};
    if (!str_starts(own, this) || own.n > STR("该服务站点").n || own.n <= this.n)
        return none;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (str_ends(own, others[i]))
            return none;
    return attach_antecedent(a, str_sub(own, this.n, own.n), a->clause.start);
}

/* The subject said here, or the one at hand. */
struct str attach_subject_or_said(const struct attacher *a, struct str own)
{
    static const struct str heads[] = {STR_INIT("项目"), STR_INIT("工程")};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        struct str head = heads[i], name;
        if (!str_ends(own, head) || own.n > STR("该").n + head.n || !attach_is_anaphor(own))
            continue;
        name = attach_antecedent(a, head, a->clause.start);
        if (name.n > 0)
            return name;
    }
    struct str named = named_before(a, own);
    if (named.n > 0)
        return named;
    if (own.n > 0 && !(attach_is_anaphor(own) && attach_whose(a).n > 0 && !a->said.classed))
        return own;
    return attach_whose(a);
}

bool attach_is_branch(struct str s)
{
    static const struct str no_branches[] = {STR_INIT("企业"), STR_INIT("就业"), STR_INIT("创业"),
                                             STR_INIT("作业"), STR_INIT("物业"), STR_INIT("毕业"),
                                             STR_INIT("失业")};
    for (size_t i = 0; i < sizeof no_branches / sizeof *no_branches; i++)
        if (str_ends(s, no_branches[i]))
            return false;
    return str_ends(s, STR("业"));
}

bool attach_is_sector(const struct attacher *a, struct str s)
{
    const struct lexicon_entry *e = lexicon_find(a->metrics, s);
    return e != NULL && lexicon_flag(e, "sector");
}

/* 云河县, 我市, 开发区: what has inhabitants, revenue and investment; 千亿县 is a class. */
static bool is_place(const struct attacher *a, struct str s)
{
    static const struct str ends[] = {STR_INIT("县"),   STR_INIT("市"), STR_INIT("区"),
                                      STR_INIT("镇"),   STR_INIT("乡"), STR_INIT("省"),
                                      STR_INIT("州"),   STR_INIT("旗"), STR_INIT("村"),
                                      STR_INIT("街道"), STR_INIT("园"), STR_INIT("新城")};
    const struct lexicon *labels = a->labels;
    if (role_is(lexicon_find(labels, s), "region"))
        return true;
    for (size_t i = 0; i < s.n;) {
        uint32_t c = utf8_next(s, &i);
        if (point_is_any_digit(c) || c == U'亿' || c == U'万')
            return false;
    }
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (str_ends(s, ends[i]))
            return true;
    return false;
}

/* 规上工业|增加值, 建筑业|总产值: the branch is said in what is measured. */
static bool names_its_branch(struct str metric)
{
    static const struct str others[] = {STR_INIT("营业"), STR_INIT("从业"), STR_INIT("行业"),
                                        STR_INIT("产业"), STR_INIT("商业")};
    size_t at = str_find(metric, STR("业"), 0);
    struct str front = str_sub(metric, 0, at == STR_NONE ? 0 : at + STR("业").n);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (str_ends(front, others[i]))
            return false;
    return front.n >= STR("工业").n && front.n < metric.n && attach_is_branch(front);
}

struct str attach_owner(const struct attacher *a, struct str metric, struct str subject)
{
    /* 全县建筑企业31家，全年完成建筑业总产值66亿元: the county's, and not only theirs. */
    if (a->said.owners.n > 0 && str_eq(subject, a->said.owners) && str_ends(subject, STR("企业")) &&
        names_its_branch(metric))
        return a->said.region;
    size_t start = metric.n;
    /* 固定资产投资增速 is whose the investment is. */
    if (!role_is(lexicon_match_before(a->changes, metric, metric.n, &start), "noun") || start == 0)
        start = metric.n;
    const struct lexicon_entry *e = lexicon_find(a->metrics, str_sub(metric, 0, start));
    bool regional = e != NULL && lexicon_flag(e, "regional");
    return subject.n == 0 || !regional || is_place(a, subject) ? subject : a->said.region;
}
