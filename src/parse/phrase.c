#include "parse/phrase.h"
#include "baolan/utf8.h"
#include "parse/attach_parts.h"

#define MARKS_OPEN "“‘「《(【"

static bool is_mark(uint32_t c)
{
    switch (c) {
    case ',':
    case ';':
    case ':':
    case '?':
    case '!':
    case U'。':
    case U'、':
    case '\t':
    case ' ':
    case '.':
    case U'…':
    case U'—':
    case '-':
    case '~':
    case '*':
    case U'●':
    case U'■':
    case U'·':
        return true;
    default:
        return false;
    }
}

/* 和 in 和谐, 与 in 参与: no joiners. */
static bool is_joiner_inside(struct str text, size_t at, struct str joiner)
{
    struct str around = str_sub(text, at >= 3 ? at - 3 : 0, at + joiner.n + 3);
    static const struct str words[] = {STR_INIT("和谐"),   STR_INIT("和平"), STR_INIT("和睦"),
                                       STR_INIT("饱和"),   STR_INIT("参与"), STR_INIT("给与"),
                                       STR_INIT("普及"),   STR_INIT("涉及"), STR_INIT("以及"),
                                       STR_INIT("危及"),   STR_INIT("及时"), STR_INIT("及以上"),
                                       STR_INIT("及以下"), STR_INIT("及其"), STR_INIT("温和"),
                                       STR_INIT("总和"),   STR_INIT("共和")};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (joiner.n == 3 && str_has(around, words[i]))
            return true;
    return false;
}

/* The time expression that begins at (or, where `ends`, ends at) a byte; its other edge. */
static bool time_at(const struct attacher *a, size_t at, bool ends, size_t *other)
{
    if (((ends ? a->time_ends : a->time_starts) & UTF8_BIT(at)) == 0)
        return false;
    size_t low = 0, high = a->times->n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        const struct time_phrase *t = &a->times->at[middle];
        size_t edge = ends ? t->end : t->start;
        if (edge == at) {
            *other = ends ? t->start : t->end;
            return true;
        }
        if (edge < at)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

static bool is_closed_later(const struct attacher *a, struct stretch s, uint32_t open)
{
    struct str rest = str_sub(a->text, s.start, s.start + 300 < s.end ? s.start + 300 : s.end);
    return (open == U'“' && str_has(rest, STR("”"))) || (open == U'‘' && str_has(rest, STR("’"))) ||
           (open == U'「' && str_has(rest, STR("」"))) ||
           (open == U'《' && str_has(rest, STR("》"))) || (open == '(' && str_has(rest, STR(")")));
}

/* A mark, a closing bracket or one that nothing closes: no phrase begins with it. */
static bool may_not_begin(const struct attacher *a, struct stretch s, uint32_t c)
{
    if (c >= 0x4E00 && c <= 0x9FFF)
        return c == U'的';
    return is_mark(c) || c == U'”' || c == U'’' || c == U'》' || c == ')' || c == U'」' ||
           c == U'】' ||
           ((c == U'“' || c == U'‘' || c == U'《' || c == '(' || c == U'「') &&
            !is_closed_later(a, s, c));
}

struct stretch phrase_take_front(const struct attacher *a, struct stretch s)
{
    for (;;) {
        size_t at = s.start, end;
        if (stretch_is_empty(s))
            return s;
        uint32_t c = utf8_next(a->text, &at);
        if (may_not_begin(a, s, c)) {
            s.start = at;
            continue;
        }
        if (time_at(a, s.start, false, &end) && end <= s.end) {
            s.start = end;
            continue;
        }
        /* 2.实现城镇新增就业 */
        size_t after = at;
        bool numbered = point_is_digit(c) && after < s.end && a->text.p[after] == '.' &&
                        point_is_han(utf8_at(a->text, after + 1));
        if (numbered) {
            s.start = after + 1;
            continue;
        }
        const struct lexicon_entry *e = lexicon_match(a->labels, a->text, s.start, &end);
        if ((role_is(e, "connective") || role_is(e, "modifier")) && end <= s.end) {
            s.start = end;
            continue;
        }
        return s;
    }
}

/* A mark, an opening bracket or a closing one that nothing in `inside` opens: no phrase ends so. */
static bool may_not_end(struct str inside, uint32_t c)
{
    if (c >= 0x4E00 && c <= 0x9FFF)
        return c == U'的';
    return is_mark(c) || c == U'“' || c == U'‘' || c == U'《' || c == '(' ||
           (c == U'”' && !str_has(inside, STR("“"))) || (c == U'’' && !str_has(inside, STR("‘"))) ||
           (c == U'》' && !str_has(inside, STR("《"))) || (c == ')' && !str_has(inside, STR("(")));
}

struct stretch phrase_take_back(const struct attacher *a, struct stretch s)
{
    while (!stretch_is_empty(s)) {
        size_t at = s.end, start;
        uint32_t c = utf8_previous(a->text, &at);
        if (may_not_end(str_sub(a->text, s.start, at), c)) {
            s.end = at;
            continue;
        }
        if (time_at(a, s.end, true, &start) && start >= s.start) {
            s.end = start;
            continue;
        }
        break;
    }
    return s;
}

/* 开业率, 慰问品, 建设局: what looks like a verb is the front of a noun. */
static bool is_noun_front(struct str text, size_t end)
{
    size_t at = end;
    switch (utf8_next(text, &at)) {
    case U'率':
    case U'额':
    case U'量':
    case U'者':
    case U'性':
    case U'型':
        return true;
    /* These end a noun only where no other character follows: 服务业 | 达, but 开展业务. */
    case U'数':
    case U'面':
    case U'值':
    case U'费':
    case U'商':
    case U'品':
    case U'员':
    case U'力':
    case U'业':
    case U'期':
    case U'区':
    case U'园':
    case U'房':
    case U'权':
    case U'处':
    case U'局':
    case U'队':
    case U'站':
    case U'线':
    case U'物':
    case U'金':
    case U'证':
    case U'器':
    case U'机':
    case U'厂': {
        uint32_t next = utf8_at(text, at);
        return !point_is_han(next) || next == U'达' || next == U'为' || next == U'的';
    }
    default:
        return false;
    }
}

bool phrase_opens_with_verb(const struct attacher *a, struct stretch s)
{
    size_t end;
    const struct lexicon_entry *e = lexicon_match(a->verbs, a->text, s.start, &end);
    return e != NULL && end < s.end && !role_is(e, "noun") && !is_noun_front(a->text, end) &&
           e->word.n >= STR("支持").n;
}

bool phrase_is_adverbial(const struct attacher *a, struct stretch s)
{
    s = phrase_trim_front(a, s);
    size_t end;
    const struct lexicon_entry *adverb = lexicon_match(a->verbs, a->text, s.start, &end);
    if (adverb != NULL && lexicon_flag(adverb, "adverb") && end < s.end)
        s.start = end;
    const struct lexicon_entry *e = lexicon_match(a->labels, a->text, s.start, &end);
    return role_is(e, "preposition") && end < s.end &&
           !role_is(lexicon_match(a->verbs, a->text, s.start, NULL), "noun");
}

struct stretch phrase_trim(const struct attacher *a, struct stretch s)
{
    return phrase_trim_back(a, phrase_trim_front(a, s));
}

struct str phrase_str(const struct attacher *a, struct stretch s)
{
    if (stretch_is_empty(s))
        return (struct str){0};
    return plain_printed(a->arena, a->plain, a->prose, s.start, s.end);
}

size_t phrase_skip_quote(const struct attacher *a, size_t i, size_t limit)
{
    if (i < a->text.n && (unsigned char)(a->text.p[i] - 0xE4) <= 0xE9 - 0xE4)
        return i; /* most are Han */
    uint32_t c = utf8_at(a->text, i);
    struct str close = c == U'“'    ? STR("”")
                       : c == U'《' ? STR("》")
                       : c == '('   ? STR(")")
                                    : STR("");
    if (close.n == 0)
        return i;
    size_t end = str_find(str_sub(a->text, i, i + 64 < limit ? i + 64 : limit), close, 0);
    return end == STR_NONE ? i : i + end + close.n;
}

static bool walk_verbs(const struct attacher *a, struct stretch s, bool any, bool first,
                       struct stretch *verb, const struct lexicon_entry **entry)
{
    bool found = false;
    const struct str text = str_sub(a->text, 0, s.end);
    /* Most characters begin no verb of either kind. */
    for (size_t i = s.start; utf8_skip_han_outside(text, &i, a->deeds), i < s.end;) {
        size_t next = i;
        uint32_t c = utf8_next(a->text, &next);
        size_t after = point_is_han(c) ? i : phrase_skip_quote(a, i, s.end), end;
        if (after != i) {
            i = after;
            continue;
        }
        const struct lexicon_entry *e = lexicon_match(a->verbs, a->text, i, &end);
        if (e == NULL || end > s.end) {
            size_t change_end;
            const struct lexicon_entry *change =
                any && e == NULL ? lexicon_match(a->changes, a->text, i, &change_end) : NULL;
            if (change != NULL && !role_is(change, "basis") && !role_is(change, "from") &&
                !role_is(change, "noun") && change_end <= s.end &&
                change->word.n >= STR("增长").n) {
                *verb = (struct stretch){i, change_end};
                *entry = change;
                found = true;
                if (first)
                    return true;
                i = change_end;
                continue;
            }
            i = next;
            continue;
        }
        /* Single characters are verbs only where a phrase ends with them. */
        bool counts =
            role_is(e, "object") || lexicon_flag(e, "object") || role_is(e, "event") ||
            (any && !role_is(e, "noun") && !role_is(e, "weak") && e->word.n >= STR("占比").n) ||
            (any && (role_is(e, "rank") || role_is(e, "share")));
        bool deed = role_is(e, "object") || role_is(e, "event");
        counts = counts && !(deed && is_noun_front(a->text, end));
        if (counts) {
            *verb = (struct stretch){i, end};
            *entry = e;
            found = true;
            if (first)
                return true;
        }
        i = end;
    }
    return found;
}

/* True where memo tells of s, which is not empty. */
static bool is_known(const struct found *memo, struct stretch s)
{
    return memo->of.end == s.end && memo->of.start == s.start && s.end > s.start;
}

/* Gives out what was found. */
static bool give(const struct found *found, struct stretch *at, const struct lexicon_entry **entry)
{
    if (found->any)
        *at = found->at;
    if (found->any && entry != NULL)
        *entry = found->entry;
    return found->any;
}

static bool find_verb(const struct attacher *a, struct stretch s, bool any, bool first,
                      struct stretch *verb, const struct lexicon_entry **entry)
{
    struct found *memo = &a->memo->verb[any + first];
    if (!is_known(memo, s)) {
        memo->of = s;
        memo->any = walk_verbs(a, s, any, first, &memo->at, &memo->entry);
    }
    return give(memo, verb, entry);
}

bool phrase_last_verb(const struct attacher *a, struct stretch s, bool any, struct stretch *verb,
                      const struct lexicon_entry **entry)
{
    return find_verb(a, s, any, false, verb, entry);
}

bool phrase_first_verb(const struct attacher *a, struct stretch s, struct stretch *verb,
                       const struct lexicon_entry **entry)
{
    return find_verb(a, s, true, true, verb, entry);
}

/* 农村, 社区, 城市: what ends like a place and names none. */
static bool is_kind_of_place(struct str s)
{
    static const struct str kinds[] = {
        STR_INIT("农村"),     STR_INIT("乡村"),     STR_INIT("城市"),   STR_INIT("城镇"),
        STR_INIT("社区"),     STR_INIT("城区"),     STR_INIT("小区"),   STR_INIT("园区"),
        STR_INIT("景区"),     STR_INIT("村镇"),     STR_INIT("山区"),   STR_INIT("库区"),
        STR_INIT("全区"),     STR_INIT("地区"),     STR_INIT("灾区"),   STR_INIT("县市"),
        STR_INIT("市县"),     STR_INIT("省市"),     STR_INIT("棚户区"), STR_INIT("各县"),
        STR_INIT("各市"),     STR_INIT("各区"),     STR_INIT("行政村"), STR_INIT("自然村"),
        STR_INIT("美丽乡村"), STR_INIT("老旧小区"), STR_INIT("城乡")};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (str_eq(s, kinds[i]))
            return true;
    return false;
}

/* True where a phrase is a region, or ends like a name, adverbs aside. */
static bool is_named(const struct attacher *a, struct stretch front)
{
    size_t region, start;
    const struct lexicon_entry *adverb = phrase_ends_in(a, a->verbs, front, &start);
    if (role_is(adverb, "link"))
        front.end = start;
    /* 共|接诊|患者: an adverb alone. */
    if (stretch_is_empty(front))
        return adverb != NULL;
    return (phrase_is_region(a, front, &region) && region == front.end) ||
           (phrase_has_head(a, front) &&
            !is_kind_of_place(str_sub(a->text, front.start, front.end)));
}

bool phrase_common_verb(const struct attacher *a, struct stretch s, struct stretch *verb)
{
    const struct lexicon *words = lexicons_get(a->lexicons, LEXICON_WORDS);
    size_t most = STR("签发").n, least = STR("证书").n;
    for (size_t i = s.start; i + most + least <= s.end;) {
        size_t after = phrase_skip_quote(a, i, s.end);
        if (after != i) {
            i = after;
            continue;
        }
        if (i == s.start || is_named(a, (struct stretch){s.start, i})) {
            const struct lexicon_entry *e = lexicon_find(words, str_sub(a->text, i, i + most));
            /* 通|高速公路 is no 通高. */
            size_t second = i, name = i;
            utf8_next(a->text, &second);
            lexicon_match(a->metrics, a->text, second, &name);
            /* 已婚, 未婚 are what people are. */
            uint32_t c = utf8_at(a->text, i);
            bool state = c == U'已' || c == U'未';
            bool stop = e != NULL && str_eq(e->fields, STR("stop"));
            /* 该镇|种植|油菜: behind a name a word that is as often a noun is the verb. */
            size_t weak_end;
            bool weak = i > s.start &&
                        role_is(lexicon_match(a->verbs, a->text, i, &weak_end), "weak") &&
                        weak_end == i + most;
            if ((stop || weak) && name <= i + most && !state) {
                *verb = (struct stretch){i, i + most};
                return true;
            }
        }
        utf8_next(a->text, &i);
    }
    return false;
}

/* True for an entry that is only a prefix. */
static bool only_prefix(const struct lexicon_entry *e)
{
    return str_starts(e->fields, STR("prefix"));
}

bool phrase_splits_word(const struct attacher *a, size_t at)
{
    size_t before = at, after = at;
    utf8_previous(a->text, &before);
    utf8_next(a->text, &after);
    const struct lexicon *words = lexicons_get(a->lexicons, LEXICON_WORDS);
    return lexicon_find(words, str_sub(a->text, before, after)) != NULL;
}

/* 一次|性化解率, 生物多样|性指数: no word begins with what only ends words; those two characters
 * more are of the name. */
static size_t before_suffix(const struct attacher *a, struct stretch s, size_t start)
{
    switch (utf8_at(a->text, start)) {
    case U'性':
    case U'型':
    case U'者':
        for (int i = 0; i < 2 && start > s.start; i++)
            utf8_previous(a->text, &start);
        return start;
    default:
        return start;
    }
}

/* True for a common word. */
static bool is_word(const struct attacher *a, size_t start, size_t end)
{
    const struct lexicon *words = lexicons_get(a->lexicons, LEXICON_WORDS);
    return lexicon_find(words, str_sub(a->text, start, end)) != NULL;
}

/* 幼儿|园覆盖率, 排水|沟整治率: a character left over from the word before it goes with that one.
 * 深|加工率 stays what it is. */
static size_t past_lone_character(const struct attacher *a, struct stretch s, size_t start)
{
    static const struct str ends[] = {
        STR_INIT("场"), STR_INIT("园"), STR_INIT("村"), STR_INIT("区"), STR_INIT("站"),
        STR_INIT("店"), STR_INIT("厂"), STR_INIT("沟"), STR_INIT("河"), STR_INIT("库"),
        STR_INIT("路"), STR_INIT("楼"), STR_INIT("户"), STR_INIT("者"), STR_INIT("员"),
        STR_INIT("品"), STR_INIT("域")};
    size_t two = STR("整治").n, next = start + STR("沟").n;
    if (start < s.start + two || next + two >= s.end || is_word(a, start, start + two) ||
        is_word(a, start, next + two) || !is_word(a, next, next + two))
        return start;
    bool whole = is_word(a, start - two, next);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        whole |= phrase_is(a, (struct stretch){start, next}, ends[i]);
    return whole ? next : start;
}

/* …率, …强度: the name of the rate with what it is of, up to four characters. */
static size_t rate_start(const struct attacher *a, struct stretch s, size_t start)
{
    struct stretch of = phrase_after_of(a, s);
    if (of.start > s.start && of.start < start)
        return of.start;
    for (int i = 0; i < 4 && start > s.start; i++)
        utf8_previous(a->text, &start);
    while (start > s.start && start + STR("转化率").n < s.end && phrase_splits_word(a, start))
        utf8_next(a->text, &start);
    start = past_lone_character(a, s, before_suffix(a, s, start));
    /* “随叫|随到”率: nor is a quotation. */
    size_t close = str_find(str_sub(a->text, start, s.end), STR("”"), 0);
    size_t open =
        str_find_last(str_sub(a->text, s.start, start + (close == STR_NONE ? 0 : close)), STR("“"));
    if (close != STR_NONE && open != STR_NONE && s.start + open < start)
        start = s.start + open;
    /* 美丽|海湾建成率: two characters more are of the name too, where they name no place. */
    struct stretch front = {s.start, start};
    size_t end;
    bool region =
        start > s.start && role_is(lexicon_match(a->labels, a->text, s.start, &end), "region");
    if (start > s.start && start - s.start <= STR("美丽").n && !region &&
        !phrase_has_head(a, front))
        return s.start;
    return start;
}

/* 年 of 全年, 去年, 2026年. */
static bool is_of_a_time(const struct attacher *a, size_t at)
{
    uint32_t before = utf8_previous(a->text, &at);
    switch (before) {
    case U'全':
    case U'今':
    case U'去':
    case U'明':
    case U'当':
    case U'上':
    case U'每':
    case U'近':
    case U'半':
        return true;
    default:
        return point_is_any_digit(before);
    }
}

/* 2026年|产值 is no 年产值. */
static bool takes_a_year(const struct attacher *a, size_t at)
{
    return utf8_at(a->text, at) == U'年' && is_of_a_time(a, at);
}

/* 高技术|制造业投资: the branch is longer than the entry knows it. */
static bool is_of_a_branch(const struct attacher *a, struct stretch s, size_t start,
                           const struct lexicon_entry *e)
{
    size_t end;
    if (start <= s.start || !str_starts(e->word, STR("制造业")) || e->word.n == STR("制造业").n ||
        str_eq(e->word, STR("制造业采购经理指数")))
        return false;
    bool region = role_is(lexicon_match(a->labels, a->text, s.start, &end), "region");
    return !(region && end == start);
}

/* 居民人均食品烟酒消费支出: what is measured begins with 人均. Where that stands before byte `edge`
 * of s, else edge. */
static size_t rate_begins(const struct attacher *a, struct stretch s, size_t edge)
{
    static const struct str words[] = {STR_INIT("人均"), STR_INIT("户均"), STR_INIT("亩均"),
                                       STR_INIT("每亩"), STR_INIT("每户"), STR_INIT("每人")};
    if (!phrase_may_have(a, s, STR("均")) && !phrase_may_have(a, s, STR("每")))
        return edge;
    const size_t most = STR("人均食品烟酒消费品").n;
    size_t from = edge > s.start + most ? edge - most : s.start;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t at = phrase_find_last(a, (struct stretch){from, edge}, words[i]);
        if (at != STR_NONE)
            return from + at;
    }
    return edge;
}

static bool find_metric(const struct attacher *a, struct stretch s, bool sectors,
                        struct stretch *metric, const struct lexicon_entry **entry)
{
    size_t start, from = s.start;
    const struct lexicon_entry *e;
    /* An alias joins spellings; the metric is the shorter word that it ends with. */
    while ((e = phrase_ends_in(a, a->metrics, (struct stretch){from, s.end}, &start)) != NULL &&
           (lexicon_flag(e, "alias") || is_of_a_branch(a, s, start, e) || takes_a_year(a, start))) {
        from = start;
        utf8_next(a->text, &from);
    }
    if (e == NULL || only_prefix(e))
        return false;
    *entry = e;
    size_t edge = start;
    if (lexicon_flag(e, "generic")) {
        struct stretch of = phrase_after_of(a, s);
        edge = of.start < start && start - of.start <= STR("企业规上服务业").n ? of.start : start;
    } else if (lexicon_flag(e, "rate") && e->word.n <= STR("强度").n) {
        edge = rate_start(a, s, start);
    }
    while (edge > s.start && !lexicon_flag(e, "generic")) {
        const struct lexicon_entry *p =
            phrase_ends_in(a, a->metrics, (struct stretch){s.start, edge}, &start);
        if (p == NULL || !lexicon_flag(p, "prefix") || (lexicon_flag(p, "sector") && !sectors) ||
            lexicon_flag(p, "own") || (str_eq(p->word, STR("年")) && is_of_a_time(a, start)))
            break;
        edge = start;
    }
    size_t rate = rate_begins(a, s, edge);
    edge = rate < edge ? rate : edge;
    *metric = (struct stretch){edge, s.end};
    return true;
}

bool phrase_metric(const struct attacher *a, struct stretch s, bool sectors, struct stretch *metric,
                   const struct lexicon_entry **entry)
{
    struct found *memo = &a->memo->metric[sectors];
    if (!is_known(memo, s)) {
        memo->of = s;
        memo->any = find_metric(a, s, sectors, &memo->at, &memo->entry);
    }
    return give(memo, metric, entry);
}

/* 援助工程, 帮扶行动: the verb is part of a name. */
static bool names_an_undertaking(struct str text, size_t end)
{
    struct str rest = str_sub(text, end, text.n);
    return str_starts(rest, STR("工程")) || str_starts(rest, STR("行动"));
}

struct stretch phrase_after(const struct attacher *a, size_t at, size_t limit)
{
    struct stretch s = {at, limit};
    for (size_t i = at; i < limit;) {
        size_t after = phrase_skip_quote(a, i, limit), other;
        if (after != i) {
            i = after;
            continue;
        }
        size_t next = i;
        uint32_t c = utf8_next(a->text, &next);
        if ((is_mark(c) && c != '-' && c != U'·') || c == U'”' || c == ')' || c == U'’' ||
            c == U'》') {
            s.end = i;
            break;
        }
        const struct lexicon_entry *e = lexicon_match(a->verbs, a->text, i, &other);
        bool of = i >= at + STR("的").n && str_eq(str_sub(a->text, i - STR("的").n, i), STR("的"));
        if (e != NULL && i > at && !of && !role_is(e, "noun") && !role_is(e, "weak") &&
            !(role_is(e, "object") && names_an_undertaking(a->text, other)) &&
            (e->word.n >= STR("实现").n || role_is(e, "share"))) {
            s.end = i;
            break;
        }
        if (i >= at + STR("企业").n && c == U'已' && e != NULL && role_is(e, "link")) {
            s.end = i;
            break;
        }
        if (i > at && e == NULL && (c == U'和' || c == U'与' || c == U'及') && i - at > 24) {
            s.end = i;
            break;
        }
        const struct lexicon_entry *change = lexicon_match(a->changes, a->text, i, NULL);
        if (i > at && change != NULL && !role_is(change, "from") && !role_is(change, "noun") &&
            change->word.n >= STR("增长").n) {
            s.end = i;
            break;
        }
        if (i > at && time_at(a, i, false, &other)) {
            s.end = i;
            break;
        }
        i = e != NULL && (role_is(e, "noun") || role_is(e, "weak")) && other <= limit ? other
                                                                                      : next;
    }
    return s;
}

struct stretch phrase_after_of(const struct attacher *a, struct stretch s)
{
    size_t limit = s.end, at;
    /* 旅游目的地 is one word. */
    do {
        at = phrase_find_last(a, (struct stretch){s.start, limit}, STR("的"));
        if (at == STR_NONE || s.start + at + STR("的").n >= s.end)
            return s;
        limit = s.start + at;
    } while (str_ends(str_sub(a->text, s.start, limit), STR("目")) ||
             str_ends(str_sub(a->text, s.start, limit), STR("波罗")));
    return (struct stretch){s.start + at + STR("的").n, s.end};
}

/* 新能源|汽车: a line of business behind another is a kind of goods, and no company. */
static bool is_goods(const struct attacher *a, struct str s, size_t start,
                     const struct lexicon_entry *e)
{
    if (!lexicon_flag(e, "business"))
        return false;
    const struct lexicon *bodies = lexicons_get(a->lexicons, LEXICON_BODIES);
    e = lexicon_match_before(bodies, s, start, &(size_t){0});
    return start == 0 || (e != NULL && lexicon_flag(e, "business"));
}

bool phrase_names(const struct attacher *a, struct str s)
{
    static const enum name_lexicon lists[] = {NAME_BODY, NAME_PLACE, NAME_PROJECT};
    size_t start = s.n;
    uint32_t last = utf8_previous(s, &start);
    const struct name_end *found = name_ends_match(lexicons_name_ends(a->lexicons), s, start, last);
    for (size_t i = 0; found != NULL && i < sizeof lists / sizeof *lists; i++) {
        const struct lexicon_entry *body = found->entries[lists[i]];
        if (body != NULL && !is_goods(a, s, s.n - body->word.n, body))
            return true;
    }
    const struct lexicon_entry *e = lexicon_match_before(a->labels, s, s.n, &start);
    return e != NULL && (role_is(e, "head") || lexicon_flag(e, "head") || role_is(e, "region"));
}

bool phrase_has_head(const struct attacher *a, struct stretch s)
{
    return phrase_names(a, str_sub(a->text, s.start, s.end));
}

/* 市场, 市内, 区域, 县级: no place ends there. */
static bool goes_on(uint32_t c)
{
    switch (c) {
    case U'场':
    case U'内':
    case U'级':
    case U'民':
    case U'政':
    case U'域':
    case U'长':
    case U'委':
    case U'郊':
    case U'外':
    case U'值':
    case U'价':
    case U'容':
    case U'面':
    case U'县':
    case U'区':
    case U'属':
    case U'直':
    case U'管':
    case U'间':
    case U'位':
    case U'块':
    case U'办':
    case U'局':
    case U'厅':
    case U'两':
    case U'乡':
    case U'市':
    case U'集':
    case U'企':
        return true;
    default:
        return false;
    }
}

/* 某公司总经理张三: the body before the title. */
static bool speaker_body(const struct attacher *a, struct stretch s, struct stretch *front)
{
    const struct str text = str_sub(a->text, 0, s.end);
    for (size_t i = s.start;
         utf8_skip_han_outside(text, &i, a->labels->forward.begins), i < s.end;) {
        size_t end;
        const struct lexicon_entry *e = lexicon_match(a->labels, a->text, i, &end);
        if (i > s.start && role_is(e, "title")) {
            *front = (struct stretch){s.start, i};
            return i - s.start >= STR("公司").n && !phrase_opens_with_verb(a, *front);
        }
        i = role_is(e, "other") ? end : i;
        utf8_next(a->text, &i);
    }
    return false;
}

bool phrase_named_front(const struct attacher *a, struct stretch s, struct stretch *front)
{
    static const struct str ends[] = {
        STR_INIT("镇"), STR_INIT("街道"), STR_INIT("乡"), STR_INIT("县"), STR_INIT("市"),
        STR_INIT("区"), STR_INIT("村"),   STR_INIT(")"),  STR_INIT("州"), STR_INIT("旗")};
    bool found = false;
    if (speaker_body(a, s, front))
        return true;
    for (size_t k = 0; k < sizeof ends / sizeof *ends; k++) {
        size_t at = phrase_find_last(a, s, ends[k]);
        size_t edge = at == STR_NONE ? 0 : s.start + at + ends[k].n;
        uint32_t next = edge == 0 ? 0 : utf8_at(a->text, edge);
        bool firm = ends[k].p[0] == ')' && (next == U'有' || next == U'公' || next == U'股');
        if (edge != 0 && (goes_on(next) || firm))
            continue;
        struct str named = str_sub(a->text, s.start, edge);
        if (edge != 0 && (is_kind_of_place(named) || str_ends(named, STR("农村"))))
            continue;
        if (edge != 0 && at >= STR("平").n && edge + STR("女性").n <= s.end &&
            (!found || edge > front->end)) {
            *front = (struct stretch){s.start, edge};
            found = true;
        }
    }
    return found;
}

/* Bytes of the joiner that begins with the point c at byte i; 0 where none does. */
static size_t joiner_at(const struct attacher *a, uint32_t c, size_t i, size_t limit)
{
    switch (c) {
    case U'、':
        return STR("、").n;
    case U'以':
        return str_starts(str_sub(a->text, i, limit), STR("以及")) ? STR("以及").n : 0;
    case U'和':
    case U'与':
    case U'及':
        return is_joiner_inside(a->text, i, STR("和")) ? 0 : STR("和").n;
    default:
        return 0;
    }
}

size_t phrase_list(const struct attacher *a, struct stretch s, struct stretch *items, size_t room)
{
    size_t n = 0, start = s.start;
    for (size_t i = s.start; i <= s.end;) {
        size_t next = i;
        uint32_t c = i < s.end ? utf8_next(a->text, &next) : 0;
        size_t length = joiner_at(a, c, i, s.end);
        if (i < s.end && length == 0) {
            bool opens = c == U'“' || c == U'《' || c == '(';
            size_t after = opens ? phrase_skip_quote(a, i, s.end) : i;
            i = after != i ? after : next;
            continue;
        }
        struct stretch item = {start, i < s.end ? i : s.end};
        if (!stretch_is_empty(item)) {
            if (n < room)
                items[n] = item;
            n++;
        }
        if (i >= s.end)
            break;
        start = i = i + length;
    }
    return n;
}
