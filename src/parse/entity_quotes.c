/* Names in quotation marks, 《》 included: which are names and which figures of speech, and the
 * words behind the marks that say what they are. */
#include "baolan/utf8.h"
#include "parse/entity.h"

/* What stands in quotation marks, as far as it tells whether it is a name. */
struct quote {
    size_t open, close; /* of what stands between the marks */
    size_t after;       /* behind the closing mark */
    unsigned characters;
    bool sentence; /* has marks that names have not */
    bool sign;     /* has a digit, letter, + or · */
};

/* The closing mark for the opening one that ends at byte `open`. False where there is none near. */
static bool read_quote(struct str text, size_t open, uint32_t mark, struct quote *q)
{
    uint32_t close = mark == 0x201C ? 0x201D : mark == 0x300A ? 0x300B : 0x2019;
    unsigned commas = 0;
    *q = (struct quote){.open = open};
    for (size_t i = open; i < text.n && q->characters < 48;) {
        size_t at = i;
        uint32_t c = utf8_next(text, &i);
        if (c == mark || c == '\n')
            return false;
        if (c == close) {
            q->close = at;
            q->after = i;
            q->sentence |= commas > 1 || (commas == 1 && q->characters > 16) || q->characters > 28;
            return q->characters > 0;
        }
        q->characters++;
        commas += c == 0xFF0C || c == ',';
        q->sentence |= c == 0x3002 || c == 0xFF01 || c == 0xFF1F || c == 0xFF1B || c == '!' ||
                       c == '?' || c == 0x2026;
        q->sign |=
            point_is_any_digit(c) || point_is_latin(c) || c == '+' || c == 0xFF0B || c == 0xB7;
    }
    return false;
}

/* The entry of the longest word of lexicon that text[start, end) ends with. */
static const struct lexicon_entry *ending(const struct lexicon *lexicon, struct str text,
                                          size_t start, size_t end)
{
    size_t from;
    const struct lexicon_entry *entry =
        lexicon_match_before(lexicon, str_sub(text, start, end), end - start, &from);
    return entry;
}

/* What a word behind a quotation says it is. */
struct head {
    size_t end; /* behind it; 0: none */
    enum entity_type type;
    bool particular; /* 专项行动, not just 活动 */
    bool next;       /* directly behind the closing mark */
};

/* True where the character at [start, end) begins a common word: 节点. */
static bool begins_word(const struct entity_reader *r, struct str text, size_t start, size_t end)
{
    size_t next = end;
    return point_is_han(utf8_next(text, &next)) &&
           entity_word(r, str_sub(text, start, next)) != WORD_UNKNOWN;
}

/* The head at byte `from`: the last within ten characters and before a mark or stop word. */
static struct head head_after(const struct entity_reader *r, struct str text, size_t from)
{
    const struct {
        const struct lexicon *lexicon;
        const char *flag;
        enum entity_type type;
    } kinds[] = {{r->programmes, "head", ENTITY_PROGRAMME},
                 {r->documents, "head", ENTITY_DOCUMENT},
                 {r->projects, "event", ENTITY_PROJECT},
                 {r->bodies, "strong", ENTITY_ORGANISATION},
                 {r->bodies, "plain", ENTITY_ORGANISATION}};
    struct head best = {0};
    size_t i = from;
    static const struct str after = STR_INIT("上中下内外后前等为是");
    size_t first = from;
    utf8_next(text, &first);
    if (str_find(after, str_sub(text, from, first), 0) % 3 == 0 && first == from + 3 &&
        str_find(after, str_sub(text, from, first), 0) != STR_NONE)
        return best;
    for (unsigned n = 0; n < 8 && i < text.n; n++) {
        for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
            size_t end;
            const struct lexicon_entry *entry = lexicon_match(kinds[k].lexicon, text, i, &end);
            /* “十五五”规划|目标 */
            bool told =
                best.next && best.type == ENTITY_DOCUMENT && kinds[k].type == ENTITY_PROGRAMME;
            if (entry != NULL && lexicon_flag(entry, kinds[k].flag) && end > best.end && !told &&
                (entry->word.n > 3 || (n == 0 && !begins_word(r, text, i, end))))
                best = (struct head){end, kinds[k].type, lexicon_flag(entry, "end"), n == 0};
        }
        if (best.particular)
            break;
        const struct lexicon_entry *stop = lexicon_match(r->stop, text, i, NULL);
        size_t at = i, two;
        uint32_t c = utf8_next(text, &i);
        two = i;
        utf8_next(text, &two);
        if ((!point_is_han(c) && !point_is_latin(c)) ||
            (stop != NULL && lexicon_flag(stop, "stop")) ||
            (at >= best.end && entity_word(r, str_sub(text, at, two)) == WORD_STOP))
            break;
    }
    return best;
}

/* True where the words before the opening mark say that something is being built or held. */
bool entity_is_being_made(struct str text, size_t mark)
{
    static const struct str verbs[] = {STR_INIT("建设"), STR_INIT("建设运营"), STR_INIT("打造"),
                                       STR_INIT("构建"), STR_INIT("规划"),     STR_INIT("筹建"),
                                       STR_INIT("新建")};
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (str_ends(str_sub(text, 0, mark), verbs[i]))
            return true;
    return false;
}

/* True where a character stands twice at the distance of a slogan's halves: 一街道一中心. */
static bool is_parallel(struct str inner)
{
    size_t first = 0, n = utf8_count(inner);
    uint32_t head = utf8_next(inner, &first);
    size_t again = str_find(inner, str_sub(inner, 0, first), first);
    return head == 0x4E00 && again != STR_NONE && n >= 4; /* 一 */
}

/* True where the quotation is speech or a figure of it: a clause by itself (，“…”。), or what a
 * problem consists in (“有床无医”的问题). */
static bool is_speech(struct str text, const struct quote *q, size_t mark)
{
    static const struct str troubles[] = {
        STR_INIT("问题"), STR_INIT("现象"), STR_INIT("难题"), STR_INIT("困境"), STR_INIT("局面"),
        STR_INIT("短板"), STR_INIT("矛盾"), STR_INIT("瓶颈"), STR_INIT("误区"), STR_INIT("尴尬"),
        STR_INIT("顽疾"), STR_INIT("烦恼"), STR_INIT("状况"), STR_INIT("怪圈")};
    size_t before = mark, after = q->after;
    uint32_t left = utf8_previous(text, &before), right = utf8_next(text, &after);
    struct str rest = str_sub(text, q->after, text.n);
    bool opens = left == 0xFF0C || left == 0xFF1A || left == 0x3002 || left == ':';
    bool closes = right == 0xFF0C || right == 0x3002 || right == 0;
    if (opens && closes && q->characters > 4 && !q->sign)
        return true;
    if (str_starts(rest, STR("的")))
        rest = str_sub(rest, 3, rest.n);
    /* “飞线充电”、进楼入户充电等现象 */
    size_t etc =
        str_starts(rest, STR("、")) ? str_find(str_sub(rest, 0, 60), STR("等"), 0) : STR_NONE;
    if (etc != STR_NONE && str_find(str_sub(rest, 0, etc), STR("，"), 0) == STR_NONE)
        rest = str_sub(rest, etc + 3, rest.n);
    for (size_t i = 0; i < sizeof troubles / sizeof *troubles; i++)
        if (str_starts(rest, troubles[i]))
            return true;
    return false;
}

/* The type that the quoted words themselves tell. */
static enum entity_type quoted_type(const struct entity_reader *r, struct str text,
                                    const struct quote *q, size_t mark)
{
    const struct lexicon_entry *entry = ending(r->projects, text, q->open, q->close);
    if (entry != NULL && lexicon_flag(entry, "event"))
        return ENTITY_PROJECT;
    if (is_parallel(str_sub(text, q->open, q->close)) ||
        str_has(str_sub(text, q->open, q->close), STR("+")))
        return ENTITY_PROGRAMME;
    entry = ending(r->documents, text, q->open, q->close);
    if (entry != NULL && lexicon_flag(entry, "end"))
        return ENTITY_DOCUMENT;
    entry = ending(r->bodies, text, q->open, q->close);
    if (entry == NULL || entry->word.n <= 3 || q->characters < 5)
        return ENTITY_PROGRAMME;
    return entity_is_being_made(text, mark) ? ENTITY_PROJECT : ENTITY_ORGANISATION;
}

/* True of what is said in plain words: 无法发力; 天时、地利、人和. */
static bool is_saying(struct str inner)
{
    static const struct str begins[] = {
        STR_INIT("无法"), STR_INIT("不会"), STR_INIT("不能"), STR_INIT("没有"),   STR_INIT("难以"),
        STR_INIT("不敢"), STR_INIT("不想"), STR_INIT("不愿"), STR_INIT("为什么"), STR_INIT("怎样")};
    for (size_t i = 0; i < sizeof begins / sizeof *begins; i++)
        if (str_starts(inner, begins[i]))
            return true;
    unsigned parts = 0;
    for (struct str rest = inner; rest.p != NULL;) {
        size_t comma = str_find(rest, STR("、"), 0);
        struct str part = str_sub(rest, 0, comma == STR_NONE ? rest.n : comma);
        if (part.n != 6)
            return false;
        parts++;
        rest = comma == STR_NONE ? (struct str){NULL, 0} : str_sub(rest, comma + 3, rest.n);
    }
    return parts >= 3;
}

/* True of the short names of cups, loans, codes: 橙农贷. */
static bool ends_as_product(struct str inner)
{
    static const struct str ends = STR_INIT("杯贷险码卡券制");
    size_t found = inner.n < 3 ? STR_NONE : str_find(ends, str_sub(inner, inner.n - 3, inner.n), 0);
    return found != STR_NONE && found % 3 == 0;
}

/* True where the quoted words are a name: long enough and plain, or with a sign, or with a head
 * that only names have. */
static bool is_name(const struct entity_reader *r, struct str text, const struct quote *q,
                    const struct head *head)
{
    struct str inner = str_sub(text, q->open, q->close);
    const struct lexicon_entry *entry = lexicon_match(r->programmes, inner, 0, NULL);
    if (q->sentence || (entry != NULL && lexicon_flag(entry, "figure")))
        return false;
    if (is_saying(inner))
        return false;
    if (str_starts(inner, STR("如何")) || str_starts(inner, STR("怎么")) ||
        str_starts(inner, STR("我")) || str_ends(inner, STR("的")))
        return false;
    bool manner =
        str_ends(inner, STR("式")) || str_ends(inner, STR("型")) || str_ends(inner, STR("化"));
    if (head->end > 0 && (q->characters >= 3 || q->sign))
        return head->particular || !manner || !head->next;
    if (q->sign || ends_as_product(inner))
        return q->characters >= 3;
    return q->characters >= 4;
}

/* A name before the quotation that belongs to it: 数字经济“筑巢工程”. */
static size_t left_of_quote(const struct entity_reader *r, struct str text, const struct quote *q,
                            size_t mark)
{
    const struct lexicon_entry *entry = ending(r->programmes, text, q->open, q->close);
    if (entry == NULL || !lexicon_flag(entry, "head") || entry->word.n < 6 ||
        str_ends(str_sub(text, 0, mark), STR("”")))
        return mark;
    struct reach reach = entity_reach(r, text, mark, 10);
    return reach.characters >= 4 ? reach.start : mark;
}

static bool is_headline(const struct unit *unit)
{
    return unit->place.part == PLACE_KICKER || unit->place.part == PLACE_SUBTITLE ||
           (unit->place.part == PLACE_BODY && unit->place.paragraph == NONE);
}

/* True of four plain characters in a headline, which are a figure of speech there unless the text
 * takes them up: 科技成果“落地生金”. */
static bool is_headline_figure(const struct entity_reader *r, uint32_t unit, const struct quote *q,
                               const struct head *head)
{
    size_t word, mark = q->open - 3;
    struct str text = r->units.at[unit].text;
    return is_headline(&r->units.at[unit]) && q->after == text.n && head->end == 0 && !q->sign &&
           q->characters <= 4 && entity_word_before(r, text, mark, &word) != WORD_STOP;
}

/* True where the words before the mark say that it is a figure of speech: 托起“最美夕阳红”,
 * 成为市民家门口的“精神粮仓”. */
static bool is_figurative(struct str text, const struct quote *q, const struct head *head,
                          size_t mark)
{
    static const struct str verbs[] = {
        STR_INIT("托起"), STR_INIT("跑出"), STR_INIT("交出"), STR_INIT("唱好"), STR_INIT("唱响"),
        STR_INIT("念好"), STR_INIT("走好"), STR_INIT("当好"), STR_INIT("种下"), STR_INIT("端稳"),
        STR_INIT("端牢"), STR_INIT("扎紧"), STR_INIT("拧紧"), STR_INIT("按下"), STR_INIT("点燃"),
        STR_INIT("架起"), STR_INIT("奏响"), STR_INIT("吃上"), STR_INIT("戴上"), STR_INIT("插上"),
        STR_INIT("装上"), STR_INIT("敲开"), STR_INIT("撑起"), STR_INIT("扛起"), STR_INIT("换来"),
        STR_INIT("迎来"), STR_INIT("吃下"), STR_INIT("送上"), STR_INIT("变成"), STR_INIT("变身"),
        STR_INIT("化身")};
    struct str before = str_sub(text, mark > 60 ? mark - 60 : 0, mark);
    if (head->end > 0 || q->sign)
        return false;
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (str_ends(before, verbs[i]))
            return true;
    size_t becomes = str_find_last(before, STR("成为"));
    return str_ends(before, STR("的")) && becomes != STR_NONE &&
           str_find(before, STR("，"), becomes) == STR_NONE;
}

/* True of what people are awarded: 全国最美退役军人. */
static bool is_honour(struct str inner)
{
    static const struct str begins[] = {STR_INIT("全国"), STR_INIT("全省"), STR_INIT("最美"),
                                        STR_INIT("中国"), STR_INIT("十佳"), STR_INIT("优秀"),
                                        STR_INIT("先进"), STR_INIT("劳动")};
    for (size_t i = 0; i < sizeof begins / sizeof *begins; i++)
        if (str_starts(inner, begins[i]))
            return true;
    return false;
}

/* Adds the quotation as a name; false where it is none, and may hold some. */
static bool add_quote(struct entity_reader *r, uint32_t unit, const struct quote *q, size_t mark)
{
    struct str text = r->units.at[unit].text;
    struct head head = head_after(r, text, q->after);
    if (head.end == 0 && entity_scan_described(r, unit, q->after) &&
        !is_honour(str_sub(text, q->open, q->close)))
        return false;
    if (!is_name(r, text, q, &head) || is_speech(text, q, mark))
        return false;
    bool figure = is_headline_figure(r, unit, q, &head) || is_figurative(text, q, &head, mark);
    enum weight weight = figure ? WEIGHT_WEAK : WEIGHT_STRONG;
    enum entity_type type = head.end > 0 ? head.type : quoted_type(r, text, q, mark);
    if (head.end > 0 && type == ENTITY_PROGRAMME) {
        enum entity_type own = quoted_type(r, text, q, mark);
        type = own == ENTITY_PROJECT ? own : type;
    }
    if (type == ENTITY_ORGANISATION && head.end > 0 && entity_is_being_made(text, mark))
        type = ENTITY_PROJECT;
    size_t left = left_of_quote(r, text, q, mark);
    if (type == ENTITY_DOCUMENT && head.end > 0)
        left = entity_before_issue(r, text, left);
    bool whole = head.end > 0 || left < mark;
    entity_add(r, unit, whole ? left : q->open,
               head.end > 0 ? head.end
               : whole      ? q->after
                            : q->close,
               type, weight, "quotation");
    /* “幸福医保”先锋岗名单 is a list, and 幸福医保 is not. */
    if (type != ENTITY_DOCUMENT || head.next || head.end == 0)
        vector_last(&r->candidates).core = str_sub(text, q->open, q->close);
    else
        entity_add(r, unit, q->open, q->close, ENTITY_PROGRAMME, WEIGHT_STRONG, "quotation");
    return true;
}

/* True of 《建议》 and 《纲要草案》, which only say what kind of document is meant: one that the
 * text has named, if any. */
static bool is_bare_head(const struct entity_reader *r, struct str inner)
{
    size_t at = inner.n, start;
    while (at > 0) {
        const struct lexicon_entry *entry = lexicon_match_before(r->documents, inner, at, &start);
        if (entry == NULL || !lexicon_flag(entry, "head"))
            return false;
        at = start;
    }
    return true;
}

size_t entity_scan_quote(struct entity_reader *r, uint32_t unit, size_t at, size_t open,
                         uint32_t mark)
{
    struct quote q;
    if (!read_quote(r->units.at[unit].text, open, mark, &q))
        return open;
    if (mark == 0x300A && is_bare_head(r, str_sub(r->units.at[unit].text, q.open, q.close)))
        return q.after;
    if (mark == 0x300A)
        entity_add(r, unit, q.open, q.close, ENTITY_DOCUMENT, WEIGHT_STRONG, "book-marks");
    else if (!add_quote(r, unit, &q, at))
        return open;
    return q.after;
}
