/* Which part of a whole a figure is of: said before it (教师中具有高级职称的), or by what they do
 * that stands behind it (三成来自海外). */
#include "baolan/utf8.h"
#include "parse/attach_parts.h"

bool attach_tenths(const struct attacher *a, const struct quantity *q, const struct lead *lead,
                   struct attachment *out)
{
    struct str before = str_sub(a->text, lead->np.start, q->before);
    bool form = q->share_form || str_ends(q->unit, STR("成")) ||
                (q->class == UNIT_SHARE && a->said.counted);
    /* 从目前的18%提高到40% is of what was said before 从. */
    static const struct str times[] = {STR_INIT("目前的"), STR_INIT("现在的"), STR_INIT("原来的"),
                                       STR_INIT("上年的"), STR_INIT("去年的"), STR_INIT("现有的")};
    for (size_t i = 0; i < sizeof times / sizeof *times; i++)
        form = form && !str_ends(str_trim(before), times[i]);
    /* 配套率由2021年的35%提高到62%: of the rate before 由. */
    size_t from;
    form = form && !phrase_find_from(a, (struct stretch){lead->np.end, q->before}, &from);
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

/* 62%的受访者|表示看不懂: what they say, up to a byte; empty where they say nothing. */
static struct str said_by(const struct attacher *a, size_t at, size_t limit)
{
    static const struct str verbs[] = {STR_INIT("表示"), STR_INIT("认为"), STR_INIT("反映"),
                                       STR_INIT("希望"), STR_INIT("觉得"), STR_INIT("坦言")};
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        struct stretch said = {at, limit};
        if (!phrase_starts(a, said, verbs[i]))
            continue;
        said.start += verbs[i].n;
        if (phrase_starts(a, said, STR("“")))
            said.start += STR("“").n;
        if (phrase_ends(a, said, STR("”")))
            said.end -= STR("”").n;
        if (!stretch_is_empty(said) && said.end - said.start <= 60)
            return phrase_str(a, phrase_trim(a, said));
    }
    return (struct str){0};
}

/* True where the paragraph tells what a survey found: its shares are of those who were asked. */
static bool tells_of_survey(const struct attacher *a)
{
    static const struct str words[] = {STR_INIT("问卷"), STR_INIT("受访"), STR_INIT("调查显示"),
                                       STR_INIT("抽样")};
    struct str text = str_sub(a->text, 0, a->clause.end);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_has(text, words[i]))
            return true;
    return false;
}

/* 15%的合作社|会看数据: what those who were asked do, up to a byte; empty where nothing is told. */
static struct str done_by(const struct attacher *a, size_t at, size_t limit)
{
    struct stretch done = phrase_trim(a, (struct stretch){at, limit});
    bool told = done.end > done.start + STR("会看").n && done.end - done.start <= 60;
    return told && tells_of_survey(a) ? phrase_str(a, done) : (struct str){0};
}

bool attach_share_of(const struct attacher *a, const struct quantity *q, struct stretch region,
                     const struct lead *lead, size_t limit, struct attachment *out)
{
    struct stretch after = attach_noun_after(a, q, limit), head, verb, np = lead->np;
    bool tenths = q->share_form || str_ends(q->unit, STR("成"));
    bool of = str_starts(str_sub(a->text, q->after, limit), STR("的"));
    const struct lexicon_entry *counted;
    size_t end;
    if (of && attach_kept_growth(a, q, region, out))
        return true;
    if (tenths || tells_of_survey(a))
        after = attach_counted_noun(a, after);
    of |= tenths && phrase_metric(a, after, true, &head, &counted) && lexicon_flag(counted, "head");
    if (!of || stretch_is_empty(after))
        return false;
    out->kind = INDICATOR_SHARE;
    out->rule = "share-of";
    out->metric = phrase_str(a, after);
    out->consumed = after.end;
    if (phrase_last_verb(a, np, false, &verb, NULL))
        np.end = verb.start;
    struct stretch own = phrase_trim(a, np);
    if (phrase_is_region(a, own, &end) && end == own.end)
        own.end = own.start;
    struct str told = said_by(a, out->consumed, limit);
    if (told.n == 0 && stretch_is_empty(own))
        told = done_by(a, out->consumed, limit);
    out->subject = told.n > 0 ? told : attach_subject_or_said(a, attach_subject(a, own));
    out->sector = told.n > 0;
    return true;
}

bool attach_share_going(const struct attacher *a, const struct quantity *q, const struct lead *lead,
                        size_t limit, struct attachment *out)
{
    static const struct str verbs[] = {STR_INIT("来自"),   STR_INIT("来源于"), STR_INIT("销往"),
                                       STR_INIT("用于"),   STR_INIT("居住在"), STR_INIT("分布在"),
                                       STR_INIT("集中在"), STR_INIT("出口到"), STR_INIT("投向"),
                                       STR_INIT("流向")};
    struct stretch rest = {q->after, limit};
    size_t verb = 0;
    if (phrase_starts(a, rest, STR("都")) || phrase_starts(a, rest, STR("均")))
        rest.start += STR("都").n;
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs && verb == 0; i++)
        if (phrase_starts(a, rest, verbs[i]))
            verb = verbs[i].n;
    struct stretch object = phrase_trim(a, phrase_after(a, rest.start + verb, limit));
    if (verb == 0 || lead->share || object.end < object.start + STR("海外").n)
        return false;
    struct stretch np = phrase_strip_links(a, phrase_trim_front(a, lead->np));
    struct attachment whole = {0};
    if (!stretch_is_empty(np) && !phrase_is(a, np, STR("其中")))
        attach_split(a, np, false, &whole);
    out->kind = INDICATOR_SHARE;
    out->rule = "share-going";
    out->metric = whole.metric.n > 0 ? whole.metric : a->said.metric;
    out->subject = phrase_str(a, object);
    out->sector = true;
    return out->metric.n > 0;
}

/* True where a phrase opens with a verb of the lexicon or of the common words. */
static bool opens_with_deed(const struct attacher *a, struct stretch s)
{
    size_t end = s.start;
    const struct lexicon_entry *e = lexicon_match(a->verbs, a->text, s.start, NULL);
    if (e != NULL)
        return !role_is(e, "noun") && !role_is(e, "link");
    utf8_next(a->text, &end);
    if (end < s.end)
        utf8_next(a->text, &end);
    const struct lexicon *words = lexicons_get(a->lexicons, LEXICON_WORDS);
    e = lexicon_find(words, str_sub(a->text, s.start, end));
    return e != NULL && str_eq(e->fields, STR("stop"));
}

bool attach_among(const struct attacher *a, const struct quantity *q, const struct lead *lead,
                  struct attachment *out)
{
    static const struct str tails[] = {STR_INIT("的人数"), STR_INIT("的比例"), STR_INIT("的有"),
                                       STR_INIT("的")};
    struct str text = str_sub(a->text, lead->np.start, lead->np.end);
    struct stretch metric;
    const struct lexicon_entry *e;
    size_t at = str_find(text, STR("中"), 0), end;
    for (; at != STR_NONE; at = str_find(text, STR("中"), at + STR("中").n)) {
        struct stretch all = {lead->np.start, lead->np.start + at};
        struct stretch some =
            phrase_trim_front(a, (struct stretch){all.end + STR("中").n, lead->np.end});
        some = phrase_strip_links(a, some);
        bool of = str_starts(str_sub(a->text, some.end, q->before), STR("的"));
        if (stretch_is_empty(all) || some.end - some.start < STR("未达标").n ||
            !opens_with_deed(a, some))
            continue;
        bool head = phrase_metric(a, all, true, &metric, &e) && lexicon_flag(e, "head");
        if (!head &&
            !(of && all.end - all.start >= STR("茶企").n && !phrase_starts(a, all, STR("在"))))
            continue;
        for (size_t i = 0; i < sizeof tails / sizeof *tails; i++)
            if (phrase_ends(a, some, tails[i]))
                some.end -= tails[i].n;
        if (phrase_starts(a, all, STR("在")))
            all.start += STR("在").n;
        if (phrase_is_region(a, all, &end) && end < all.end) {
            out->holder = phrase_str(a, (struct stretch){all.start, end});
            all.start = end;
        }
        out->kind = q->class == UNIT_SHARE ? INDICATOR_SHARE : INDICATOR_LEVEL;
        out->rule = "among";
        out->metric = phrase_str(a, phrase_trim(a, all));
        out->subject = phrase_str(a, some);
        return out->metric.n > 0;
    }
    return false;
}
