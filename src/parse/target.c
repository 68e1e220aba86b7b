#include "baolan/utf8.h"
#include "parse/phrase.h"
#include "parse/reading.h"

int item_number(struct str text, size_t at)
{
    static const struct str first[] = {STR_INIT("首先"), STR_INIT("其次"), STR_INIT("再次"),
                                       STR_INIT("最后")};
    struct str rest = str_sub(text, at, text.n);
    for (size_t i = 0; i < sizeof first / sizeof *first; i++)
        if (str_starts(rest, first[i]))
            return (int)i + 1;
    size_t i = 0;
    uint32_t c = rest.n > 0 ? utf8_next(rest, &i) : 0;
    bool numbered = c == U'第';
    if (numbered)
        c = utf8_next(rest, &i);
    int n = c == U'十' ? 10 : numeral_digit(c);
    uint32_t mark = utf8_at(rest, i);
    bool item = numbered ? mark == ',' : mark == U'是' || mark == U'要' || mark == U'、';
    return item && n > 0 ? n : 0;
}

/* 市教育局负责人表示，…: a sentence of somebody else, behind what was asked for. */
static bool is_told(const struct reading *r, size_t sentence)
{
    static const struct str words[] = {STR_INIT("表示,"), STR_INIT("介绍,"), STR_INIT("回应"),
                                       STR_INIT("说,"),   STR_INIT("答复"),  STR_INIT("据"),
                                       STR_INIT("”")};
    struct str head = str_sub(r->plain.text, sentence, sentence + 90);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_has(head, words[i]))
            return true;
    return false;
}

void target_begin(const struct reading *r, struct target_scan *t, size_t sentence)
{
    bool item = r->item > 1;
    bool asked = t->asked && (item || !is_told(r, sentence));
    *t = (struct target_scan){
        .at = sentence, .begin = sentence, .planned = asked, .list = item, .asked = asked};
}

/* True for 将 that is 把, with its object behind it: 将产品合格率提高到95%, 将无根水添加到豆芽中.
 * What is to come has a verb, an adverb or a time there. */
static bool takes_object(const struct reading *r, size_t end)
{
    static const struct str futures[] = {
        STR_INIT("于"),   STR_INIT("在"),   STR_INIT("会"),   STR_INIT("为"),   STR_INIT("有"),
        STR_INIT("是"),   STR_INIT("可"),   STR_INIT("再"),   STR_INIT("还"),   STR_INIT("以"),
        STR_INIT("对"),   STR_INIT("把"),   STR_INIT("继续"), STR_INIT("进一"), STR_INIT("陆续"),
        STR_INIT("逐步"), STR_INIT("全面"), STR_INIT("全力"), STR_INIT("更"),   STR_INIT("共同"),
        STR_INIT("新"),   STR_INIT("超"),   STR_INIT("近"),   STR_INIT("不"),   STR_INIT("达"),
        STR_INIT("从"),   STR_INIT("由"),   STR_INIT("分"),   STR_INIT("按"),   STR_INIT("与"),
        STR_INIT("重"),   STR_INIT("有效"), STR_INIT("持续"), STR_INIT("主要"), STR_INIT("率先"),
        STR_INIT("采取"), STR_INIT("首"),   STR_INIT("同"),   STR_INIT("进"),   STR_INIT("大力")};
    static const struct str moves[] = {STR_INIT("入股"), STR_INIT("用于"), STR_INIT("到"),
                                       STR_INIT("至"),   STR_INIT("为"),   STR_INIT("入"),
                                       STR_INIT("由"),   STR_INIT("从"),   STR_INIT("成"),
                                       STR_INIT("给"),   STR_INIT("出"),   STR_INIT("与")};
    struct str text = r->plain.text, rest = str_sub(text, end, text.n);
    for (size_t i = 0; i < sizeof futures / sizeof *futures; i++)
        if (str_starts(rest, futures[i]))
            return false;
    if (lexicon_match(r->attacher.verbs, text, end, NULL) != NULL ||
        lexicon_match(r->attacher.changes, text, end, NULL) != NULL ||
        lexicon_match(lexicons_get(r->options->lexicons, LEXICON_PERIODS), text, end, NULL) != NULL)
        return false;
    size_t stop = end;
    for (size_t at = end; at < text.n && at < end + 120;) {
        uint32_t c = utf8_next(text, &at);
        if (c == ',' || c == ';' || c == U'。')
            break;
        stop = at;
    }
    for (size_t i = 0; i < sizeof moves / sizeof *moves; i++)
        if (str_has(str_sub(text, end, stop), moves[i]))
            return true;
    return false;
}

/* 实施扩容|计划|，…, 285个|计划|新开工项目, 建议|877件: a word of planning that is a noun, or part
 * of one. */
static bool is_noun(struct str text, const struct lexicon_entry *e, size_t start, size_t end)
{
    bool plan = str_eq(e->word, STR("计划")), advice = str_eq(e->word, STR("建议"));
    size_t front = start;
    uint32_t next = utf8_at(text, end), before = utf8_previous(text, &front);
    if (next == U'”')
        return true;
    if (!plan && !advice)
        return false;
    if (advice)
        return point_is_digit(next);
    /* 按照计划，今年建设… is one. */
    bool by = before == U'照' || before == U'按' || before == U'据';
    bool ends = next == ',' || next == U'。' || next == ';' || next == U'、';
    return (ends && !by) || before == U'个' || before == U'项';
}

/* 预计全年…完成312亿元；工业增加值增长8.5%: what a sentence plans for a year from its beginning on,
 * its parts go on with, as long as none of them has a time of its own. */
static bool goes_on(const struct reading *r, const struct target_scan *t, size_t part)
{
    static const struct str years[] = {STR_INIT("全年"), STR_INIT("今年"), STR_INIT("明年"),
                                       STR_INIT("年内")};
    static const struct str done[] = {STR_INIT("已"),   STR_INIT("目前"), STR_INIT("去年"),
                                      STR_INIT("截至"), STR_INIT("上年"), STR_INIT("其中")};
    struct str text = r->plain.text, head = str_sub(text, t->begin, t->begin + 90);
    struct str rest = str_sub(text, part, part + 45);
    bool year = false;
    for (size_t i = 0; i < sizeof years / sizeof *years; i++)
        year |= str_has(head, years[i]);
    for (size_t i = 0; i < sizeof done / sizeof *done; i++)
        if (str_starts(rest, done[i]))
            return false;
    size_t first = 0, last = r->quantities.n; /* the first quantity of the sentence */
    while (first < last) {
        size_t middle = first + (last - first) / 2;
        if (r->quantities.at[middle].start < t->begin)
            first = middle + 1;
        else
            last = middle;
    }
    return year && t->planned && t->word < t->begin + head.n &&
           (first == r->quantities.n || t->word < r->quantities.at[first].start);
}

bool target_at(const struct reading *r, struct target_scan *t, size_t at)
{
    const struct lexicon *words = lexicons_get(r->options->lexicons, LEXICON_TARGETS);
    struct str text = r->plain.text, said = str_sub(text, 0, at);
    while (utf8_skip_han_outside(said, &t->at, words->forward.begins), t->at < at) {
        size_t end, next = t->at;
        uint32_t c = utf8_next(text, &next);
        if (c == ',' || c == ';' || c == ':')
            t->own = false;
        if (c == ':' && t->planned)
            t->list = true;
        if (c == ';' && !t->list && !goes_on(r, t, next))
            t->planned = false;
        const struct lexicon_entry *e = NULL;
        if (trie_begins(&words->forward, c))
            e = lexicon_match(words, text, t->at, &end);
        if (e == NULL) {
            t->at = next;
            continue;
        }
        /* 规划建设了: it is done. */
        bool done = str_starts(str_sub(text, end, text.n), STR("了"));
        if (role_is(e, "target") && !done && !is_noun(text, e, t->at, end) &&
            !(str_eq(e->word, STR("将")) && takes_object(r, end))) {
            t->planned = true;
            t->done = false;
            t->word = t->at;
        }
        if (lexicon_flag(e, "asked"))
            t->asked = true;
        if (lexicon_flag(e, "after"))
            t->after = end;
        if (role_is(e, "own"))
            t->own = true;
        size_t front = t->at;
        uint32_t before = role_is(e, "done") ? utf8_previous(text, &front) : 0;
        /* 由目前的88%提高到95%: the aim goes on. */
        if (role_is(e, "done") && before != U'由' && before != U'从') {
            t->planned = t->list;
            t->done = true;
        }
        t->at = end;
    }
    return t->planned || t->own;
}

bool target_is_existing(const struct reading *r, const struct quantity *q)
{
    struct str before = str_sub(r->plain.text, r->clause_start, q->before);
    if (!q->classifier || before.n > 120 || !point_is_han(utf8_at(r->plain.text, q->after)))
        return false;
    if (str_ends(before, STR("现有")))
        return true;
    size_t to = str_find_last(before, STR("对")), in = str_find_last(before, STR("在"));
    size_t at = to == STR_NONE ? in : in == STR_NONE ? to : to > in ? to : in;
    struct stretch verb;
    return at != STR_NONE && q->before > r->clause_start + at + STR("对").n &&
           !phrase_first_verb(&r->attacher,
                              (struct stretch){r->clause_start + at + STR("对").n, q->before},
                              &verb, NULL);
}
