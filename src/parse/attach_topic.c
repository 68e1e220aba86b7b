/* Clauses without a quantity: what the sentence is about. */
#include "baolan/utf8.h"
#include "parse/attach_parts.h"

/* 北至柳荫镇, 东与某县相连: how far it reaches and what lies beside it. */
static bool tells_where(const struct attacher *a, struct stretch np)
{
    static const struct str sides[] = {STR_INIT("东"), STR_INIT("南"), STR_INIT("西"),
                                       STR_INIT("北")};
    static const struct str links[] = {STR_INIT("至"), STR_INIT("与"), STR_INIT("临"),
                                       STR_INIT("接"), STR_INIT("靠"), STR_INIT("邻"),
                                       STR_INIT("连"), STR_INIT("抵")};
    size_t at = np.start;
    for (size_t i = 0; i < sizeof sides / sizeof *sides; i++)
        if (phrase_starts(a, (struct stretch){at, np.end}, sides[i]))
            at += sides[i].n;
    for (size_t i = 0; i < sizeof links / sizeof *links && at > np.start; i++)
        if (phrase_starts(a, (struct stretch){at, np.end}, links[i]))
            return true;
    return false;
}

/* 与某大学|共建研究院: what two founded is not what the sentence goes on about. */
static bool with_partner(const struct attacher *a, struct stretch s, struct stretch verb)
{
    return phrase_starts(a, s, STR("与")) ||
           (phrase_is(a, verb, STR("共建")) &&
            str_has(str_sub(a->text, s.start, verb.start), STR("与")));
}

/* 合作社|与某公司|签订协议: of two that agree on something, who is named first. */
static struct stretch before_partner(const struct attacher *a, struct stretch s)
{
    static const struct str deeds[] = {STR_INIT("签订"), STR_INIT("签署"), STR_INIT("签约"),
                                       STR_INIT("共建"), STR_INIT("合作"), STR_INIT("达成"),
                                       STR_INIT("联合")};
    struct stretch items[2], rest = {s.end, a->text.n};
    bool agree = false;
    for (size_t i = 0; i < sizeof deeds / sizeof *deeds; i++)
        agree |= phrase_starts(a, rest, deeds[i]);
    if (!agree || phrase_list(a, s, items, 2) != 2 || items[0].end - items[0].start < STR("某社").n)
        return s;
    return phrase_trim(a, items[0]);
}

/* A clause that is only a name, or begins with one: 上榜的临港镇, 该园二期正如火如荼地建设中. */
static void note_topic(struct attacher *a, struct stretch np, bool whole)
{
    if (tells_where(a, np))
        return;
    np = attach_before_predicate(a, np);
    struct stretch tail = phrase_trim(a, phrase_after_of(a, np)), front;
    struct stretch items[2];
    if (phrase_is_adverbial(a, np) || phrase_opens_with_verb(a, tail) ||
        (a->n_clauses > 1 && !whole))
        return;
    bool named = phrase_has_head(a, tail) && tail.end - tail.start <= 90;
    static const struct str places[] = {STR_INIT("中"),   STR_INIT("上"),  STR_INIT("下"),
                                        STR_INIT("里"),   STR_INIT("时"),  STR_INIT("后"),
                                        STR_INIT("前"),   STR_INIT("内"),  STR_INIT("方面"),
                                        STR_INIT("来说"), STR_INIT("以来")};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        if (phrase_ends(a, tail, places[i]))
            return;
    bool product = whole && tail.start > np.start && tail.end - tail.start <= 48 &&
                   tail.end - tail.start >= STR("直流无刷马达").n;
    if (!named && phrase_named_front(a, tail, &front)) {
        /* 市委、市政府和区党工委决策部署: whose orders, not who is spoken of. */
        if (phrase_list(a, front, items, 2) > 1)
            return;
        if (whole) {
            a->said.pending =
                phrase_str(a, phrase_strip_links(a, (struct stretch){front.end, tail.end}));
            a->said.pending_change = false;
            a->said.pending_now = true;
        }
        tail = front;
        named = true;
    }
    if (!named && !product)
        return;
    tail = before_partner(a, tail);
    struct str topic = phrase_str(a, tail);
    /* 基地采用…模式，吸纳农户46户: of the one that parse_anaphors() knows by its name. */
    if (a->said.subject.n == 0 && (str_eq(topic, STR("基地")) || str_eq(topic, STR("园区")))) {
        a->said.subject = topic;
        return;
    }
    if (attach_is_no_name(a, tail) ||
        (attach_is_anaphor(topic) && (a->said.subject.n > 0 || !str_starts(topic, STR("该")))) ||
        role_is(lexicon_find(a->labels, topic), "stopword"))
        return;
    if (role_is(lexicon_find(a->labels, topic), "region")) {
        a->said.subject = topic;
        a->said.sector = false;
        return;
    }
    if (a->said.topic.n == 0 || !a->said.sentence_any || (whole && named)) {
        a->said.topic = topic;
        a->said.subject = topic;
        a->said.sector = false;
        a->said.metric = (struct str){0};
    }
}

static bool is_company(const struct attacher *a, struct stretch s)
{
    static const struct str ends[] = {STR_INIT("公司"), STR_INIT("集团"), STR_INIT("合作社"),
                                      STR_INIT("厂")};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (phrase_ends(a, s, ends[i]) && s.end - s.start >= ends[i].n + STR("某某").n)
            return true;
    return false;
}

/* 加快科创走廊建设, 走进智能车间: the sentence goes on about what the verb names. */
static bool note_object(struct attacher *a, struct stretch verb, struct stretch clause,
                        const struct lexicon_entry *e)
{
    static const struct str openers[] = {STR_INIT("加快"), STR_INIT("推进"), STR_INIT("推动"),
                                         STR_INIT("走进"), STR_INIT("来到"), STR_INIT("建设"),
                                         STR_INIT("打造")};
    static const struct str tails[] = {STR_INIT("建设"), STR_INIT("发展"),     STR_INIT("提质"),
                                       STR_INIT("扩容"), STR_INIT("提质扩容"), STR_INIT("提升")};
    bool opens = false;
    for (size_t i = 0; i < sizeof openers / sizeof *openers; i++)
        opens |= str_eq(e->word, openers[i]);
    if (!opens)
        return false;
    struct stretch object = phrase_trim(a, (struct stretch){verb.end, clause.end});
    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++)
        if (phrase_ends(a, object, tails[i]))
            object.end -= tails[i].n;
    struct stretch whole = object;
    object = phrase_trim(a, phrase_after_of(a, object));
    /* 走进某公司的智能车间: what is told there is the company's. */
    struct stretch owner = phrase_trim(a, (struct stretch){whole.start, object.start});
    if (owner.end > owner.start && is_company(a, owner))
        object = owner;
    struct stretch inner, items[2];
    if (object.end - object.start < STR("云河走廊").n || object.end - object.start > 75 ||
        phrase_first_verb(a, object, &inner, NULL) || phrase_list(a, object, items, 2) > 1 ||
        !phrase_has_head(a, object))
        return false;
    a->said.topic = a->said.subject = phrase_str(a, object);
    a->said.sector = false;
    return true;
}

/* 在柳林镇东村幸福院，12名老人…: the sentence tells of the place that it opens with. */
static bool note_place(struct attacher *a, struct stretch clause)
{
    static const struct str tails[] = {STR_INIT("内"), STR_INIT("里"), STR_INIT("中"),
                                       STR_INIT("现场"), STR_INIT("采访时")};
    if (!phrase_starts(a, clause, STR("在")) || a->n_clauses > 1)
        return false;
    struct stretch s = {clause.start + STR("在").n, clause.end}, items[2], verb;
    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++)
        if (phrase_ends(a, s, tails[i]))
            s.end -= tails[i].n;
    s = phrase_trim(a, phrase_after_of(a, phrase_trim(a, s)));
    if (s.end - s.start < STR("云河公司").n || s.end - s.start > 75 || !phrase_has_head(a, s) ||
        phrase_first_verb(a, s, &verb, NULL) || phrase_list(a, s, items, 2) > 1)
        return false;
    a->said.topic = a->said.subject = phrase_str(a, s);
    a->said.sector = false;
    return true;
}

/* 依托市职业学院开设护理专业，每年培训200人: the school does what follows. */
static bool note_school(struct attacher *a, struct stretch clause)
{
    static const struct str openers[] = {STR_INIT("依托"), STR_INIT("支持"), STR_INIT("委托"),
                                         STR_INIT("联合")};
    static const struct str deeds[] = {STR_INIT("开设"), STR_INIT("开办"), STR_INIT("设置"),
                                       STR_INIT("设立"), STR_INIT("提供")};
    static const struct str schools[] = {STR_INIT("学院"), STR_INIT("学校"),     STR_INIT("大学"),
                                         STR_INIT("中专"), STR_INIT("校区"),     STR_INIT("职高"),
                                         STR_INIT("党校"), STR_INIT("教育中心"), STR_INIT("事务所"),
                                         STR_INIT("协会")};
    struct stretch s = clause;
    size_t end = SIZE_MAX;
    for (size_t i = 0; i < sizeof openers / sizeof *openers; i++)
        if (phrase_starts(a, s, openers[i]))
            end = s.start + openers[i].n;
    if (end > s.end)
        return false;
    s.start = end;
    for (size_t i = 0; i < sizeof deeds / sizeof *deeds; i++) {
        size_t at = phrase_find(a, s, deeds[i]);
        struct stretch school = {s.start, s.start + at};
        for (size_t k = 0; at != STR_NONE && k < sizeof schools / sizeof *schools; k++) {
            if (!phrase_ends(a, school, schools[k]) || school.end - school.start > 75)
                continue;
            a->said.topic = a->said.subject = phrase_str(a, school);
            a->said.sector = false;
            return true;
        }
    }
    return false;
}

void attach_group(struct attacher *a)
{
    a->said.grouped = true;
    a->said.group = a->said.metric.n > 0 ? a->said.metric : a->said.pending;
    /* 民营经济增加值…，占地区生产总值的62.6%。其中，第一产业18亿元: of what had an amount. */
    if (a->said.kind == INDICATOR_SHARE && a->said.amount.n > 0)
        a->said.group = a->said.amount;
}

/* 分产业看, 按经营地分, 从产品产量看: what follows tells of groups of what was said, or of the
 * metric named. */
static bool note_grouping(struct attacher *a, struct stretch clause)
{
    static const struct str ends[] = {STR_INIT("看"), STR_INIT("分"), STR_INIT("来看"),
                                      STR_INIT("来说")};
    static const struct str starts[] = {STR_INIT("分"), STR_INIT("按"), STR_INIT("从")};
    struct stretch metric;
    size_t opener = 0, tail = 0;
    clause = phrase_trim_back(a, clause);
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (phrase_starts(a, clause, starts[i]))
            opener = starts[i].n;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (phrase_ends(a, clause, ends[i]))
            tail = ends[i].n;
    if (opener == 0 || tail == 0 || opener + tail >= clause.end - clause.start)
        return false;
    attach_group(a);
    struct stretch by = {clause.start + opener, clause.end - tail};
    const struct lexicon_entry *entry;
    /* 从年龄看: the groups are classes of age, and still of those that were counted. */
    if (phrase_metric(a, by, true, &metric, &entry) && !lexicon_flag(entry, "head") &&
        !phrase_is(a, by, STR("年龄")))
        a->said.metric = a->said.group = phrase_str(a, metric);
    return true;
}

struct str attach_built(const struct attacher *a, size_t before)
{
    struct stretch built = {0};
    for (size_t i = a->sentence.start, end; i < before;) {
        const struct lexicon_entry *e = lexicon_match(a->verbs, a->text, i, &end);
        if (e == NULL) {
            utf8_next(a->text, &i);
            continue;
        }
        i = end;
        if (!lexicon_flag(e, "builds"))
            continue;
        struct stretch object = phrase_after(a, end, before), name;
        while (phrase_starts(a, object, STR("了")))
            object.start += STR("了").n;
        object = phrase_trim(a, phrase_after_of(a, object));
        if (phrase_named_front(a, object, &name) && phrase_has_head(a, name))
            object = phrase_trim(a, (struct stretch){name.end, object.end});
        /* 建设4条生产线: how many are built, and nothing by its name. */
        bool counted = point_is_any_digit(utf8_at(a->text, object.start));
        if (object.end - object.start >= STR("新厂房").n && object.end - object.start <= 75 &&
            phrase_has_head(a, object) && !counted)
            built = object;
    }
    return phrase_str(a, built);
}

/* 市商务局副局长某某介绍: an authority tells of its region, and not of itself. */
static bool of_authority(const struct attacher *a, struct stretch s)
{
    static const struct str ends[] = {STR_INIT("局"),    STR_INIT("改委"), STR_INIT("健委"),
                                      STR_INIT("办"),    STR_INIT("厅"),   STR_INIT("供销社"),
                                      STR_INIT("党支部")};
    struct stretch front;
    if (!phrase_named_front(a, s, &front))
        return false;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (phrase_ends(a, front, ends[i]))
            return true;
    return false;
}

/* 受访学生, 参训农民工: a phrase that names people. */
static bool names_people(const struct attacher *a, struct stretch s)
{
    static const struct str ends[] = {STR_INIT("学生"), STR_INIT("者"),  STR_INIT("员"),
                                      STR_INIT("人"),   STR_INIT("民"),  STR_INIT("户"),
                                      STR_INIT("工"),   STR_INIT("家长")};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (phrase_ends(a, s, ends[i]))
            return s.end - s.start >= STR("受访者").n;
    return false;
}

/* 全县加工企业中，…的仅1家: some of them are told of next. */
static bool note_group_of(struct attacher *a, struct stretch clause)
{
    static const struct str has[] = {STR_INIT("现有"), STR_INIT("共有"), STR_INIT("拥有"),
                                     STR_INIT("有")};
    struct stretch s = clause, metric;
    const struct lexicon_entry *e;
    size_t end;
    if (phrase_starts(a, s, STR("在")))
        s = phrase_trim_front(a, (struct stretch){s.start + STR("在").n, s.end});
    if (!phrase_ends(a, s, STR("中")) || phrase_is_adverbial(a, s))
        return false;
    s = phrase_trim_back(a, (struct stretch){s.start, s.end - STR("中").n});
    struct str region = {0};
    if (phrase_is_region(a, s, &end) && end < s.end) {
        region = phrase_str(a, (struct stretch){s.start, end});
        s.start = end;
    }
    for (size_t i = 0; i < sizeof has / sizeof *has; i++)
        if (phrase_starts(a, s, has[i]))
            s.start += has[i].n;
    bool head = phrase_metric(a, s, true, &metric, &e) && lexicon_flag(e, "head");
    if (!head && !names_people(a, s))
        return false;
    a->said.among = a->said.metric = phrase_str(a, s);
    if (region.n > 0)
        a->said.subject = a->said.region = region;
    return true;
}

/* 公司产品进入海外市场，今年出货3200吨: of the company that parse_anaphors() knows by its name. */
static void note_company(struct attacher *a, struct stretch s)
{
    static const struct str words[] = {STR_INIT("公司"), STR_INIT("企业")};
    bool first = a->n_clauses == 0 && a->said.subject.n == 0 && !a->report;
    for (size_t i = 0; i < sizeof words / sizeof *words && first; i++)
        if (phrase_starts(a, s, words[i]) && s.end > s.start + STR("公司产品").n)
            a->said.subject = STR("公司");
}

/* 再生铝项目, 卫生院综合楼: a phrase that ends as what is built does. */
static bool names_a_work(const struct attacher *a, struct stretch np)
{
    static const struct str ends[] = {STR_INIT("项目"), STR_INIT("工程"),  STR_INIT("公司"),
                                      STR_INIT("基地"), STR_INIT("楼"),    STR_INIT("馆"),
                                      STR_INIT("中心"), STR_INIT("产业园")};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (phrase_ends(a, np, ends[i]))
            return true;
    return false;
}

/* 由县局打造的“产业大脑”, 教育线路——“长廊”, 推出“大棚贷”信贷产品: the sentence goes on about the
 * name that a clause ends with, or that was brought out. */
static bool note_quoted_last(struct attacher *a, struct stretch s)
{
    static const struct str before[] = {STR_INIT("的"), STR_INIT("—"), STR_INIT("推出")};
    struct str text = str_sub(a->text, s.start, s.end);
    size_t open = phrase_find_last(a, s, STR("“")), close = phrase_find_last(a, s, STR("”"));
    if (open == STR_NONE || close == STR_NONE || close < open + STR("“香菇").n ||
        close > open + STR("“").n + 45)
        return false;
    struct str front = str_sub(text, 0, open), rest = str_sub(text, close + STR("”").n, text.n);
    static const struct str made[] = {STR_INIT("打造"), STR_INIT("建设"), STR_INIT("研发"),
                                      STR_INIT("开发"), STR_INIT("线路"), STR_INIT("上线")};
    bool is_made = false;
    for (size_t i = 0; i < sizeof made / sizeof *made; i++)
        is_made |= str_has(front, made[i]);
    bool lent = str_ends(front, before[2]) &&
                (str_ends(str_sub(text, open, close), STR("贷")) || str_has(rest, STR("贷")));
    if (!lent && (!is_made || rest.n > 0 || str_has(front, STR("是")) ||
                  (!str_ends(front, before[0]) && !str_ends(front, before[1]))))
        return false;
    a->said.topic = a->said.subject =
        phrase_str(a, (struct stretch){s.start + open + STR("“").n, s.start + close});
    a->said.sector = false;
    return true;
}

/* “香菇大脑”于去年上线: a clause that opens with a name in quotation marks is about it. */
static bool note_quoted(struct attacher *a, struct stretch s)
{
    static const struct str next[] = {STR_INIT("于"),   STR_INIT("自"), STR_INIT("先后"),
                                      STR_INIT("上线"), STR_INIT("获"), STR_INIT("入选"),
                                      STR_INIT("已"),   STR_INIT("是"), STR_INIT("在")};
    size_t end = phrase_skip_quote(a, s.start, s.end);
    if (note_quoted_last(a, s))
        return true;
    if (utf8_at(a->text, s.start) != U'“' || end == s.start || a->n_clauses > 1)
        return false;
    struct stretch name = {s.start + STR("“").n, end - STR("”").n}, rest = {end, s.end};
    if (name.end - name.start < STR("香菇").n || name.end - name.start > 45 ||
        str_has(str_sub(a->text, name.start, name.end), STR(",")))
        return false;
    for (size_t i = 0; i < sizeof next / sizeof *next; i++) {
        if (!phrase_starts(a, rest, next[i]))
            continue;
        a->said.topic = a->said.subject = phrase_str(a, name);
        a->said.sector = false;
        return true;
    }
    return false;
}

void attach_note_clause(struct attacher *a, struct stretch clause)
{
    struct stretch s = phrase_trim_front(a, clause), verb, metric;
    const struct lexicon_entry *e, *entry;
    attach_enter_clause(a, clause);
    note_company(a, s);
    if (phrase_is(a, clause, STR("其中"))) {
        a->said.parts = true;
        return;
    }
    if (stretch_is_empty(s) || note_grouping(a, clause))
        return;
    bool speech = phrase_ends(a, s, STR("说")) || phrase_ends(a, s, STR("表示")) ||
                  phrase_ends(a, s, STR("介绍")) || phrase_ends(a, s, STR("告诉记者")) ||
                  phrase_ends(a, s, STR("指出")) || phrase_ends(a, s, STR("透露")) ||
                  phrase_ends(a, s, STR("算了一笔账")) || phrase_ends(a, s, STR("坦言")) ||
                  phrase_ends(a, s, STR("感慨"));
    a->said.purpose = phrase_starts(a, s, STR("为")) || phrase_starts(a, s, STR("作为")) ||
                      (a->said.purpose && phrase_opens_with_verb(a, s));
    a->n_clauses = speech ? 0 : a->n_clauses + !a->said.purpose;
    if (speech && of_authority(a, s))
        return;
    if (attach_may_list(a, s))
        vector_push(a->arena, &a->lists, s);
    if (note_place(a, s) || note_school(a, s) || note_group_of(a, s) || note_quoted(a, s))
        return;
    bool has_verb = phrase_first_verb(a, s, &verb, &e);
    struct stretch np = s, tail = phrase_after_of(a, s);
    /* 上榜的临港镇: a verb before 的 belongs to the name. */
    if (phrase_starts(a, s, STR("是")) || phrase_starts(a, s, STR("为")))
        return;
    if (has_verb && verb.start == s.start && note_object(a, verb, s, e))
        return;
    /* 获得证书的某公司|主要生产…: who does it stands behind 的. */
    size_t body = phrase_find(a, tail, STR("公司"));
    struct stretch who = {tail.start, tail.start + body + STR("公司").n};
    if (has_verb && verb.start == s.start && tail.start > verb.end && body != STR_NONE &&
        who.end < tail.end && is_company(a, who)) {
        note_topic(a, who, true);
        return;
    }
    if (has_verb && verb.start == s.start && tail.start > verb.end &&
        !phrase_first_verb(a, tail, &verb, &e)) {
        note_topic(a, tail, true);
        return;
    }
    size_t from;
    if (has_verb)
        np.end = verb.start;
    if (phrase_find_from(a, np, &from) && from > np.start + STR("平").n)
        np.end = from;
    np = phrase_strip_links(a, phrase_trim_front(a, np));
    /* 规上工业增加值按可比价格计算，同比增长…: how it was reckoned is no part of it. */
    size_t reckoned;
    bool told = has_verb;
    if (role_is(phrase_ends_in(a, a->changes, np, &reckoned), "basis") && reckoned > np.start)
        np = phrase_trim(a, (struct stretch){np.start, reckoned}), told = true;
    if (has_verb && lexicon_flag(e, "founding") && !with_partner(a, s, verb)) {
        /* 组建志愿服务队: what is founded is what the sentence goes on about. */
        struct stretch object = phrase_after(a, verb.end, s.end);
        while (phrase_starts(a, object, STR("了")))
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
        metric.end - metric.start >= STR("产值").n && (told || noun != NULL)) {
        struct attachment part = {0};
        attach_split(a, np, false, &part);
        a->said.pending = part.metric;
        a->said.pending_change = noun != NULL;
        a->said.pending_now = true;
        if (part.subject.n > 0)
            a->said.subject = part.subject;
        return;
    }
    /* 再生铝项目竣工投产，年产能…: what came to be is spoken of next. */
    bool event = has_verb && role_is(e, "event") && phrase_has_head(a, np) && names_a_work(a, np);
    note_topic(a, np, !has_verb || event);
}
