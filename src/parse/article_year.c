/* The year in which a piece was written, as its own text tells it. What the text says of years is
 * collected first (struct year_evidence: each kind permits the year itself, or only later ones) and
 * weighed once, at the end. A year that was only when something began, or is planned for, tells
 * nothing; where the evidence is weak or does not agree there is none. */
#include "parse/date_text.h"
#include "parse/page.h"

/* How far after a year its sentence is read, and how near a word must stand to belong to it. */
enum { REGION_BYTES = 240, NEAR_BYTES = 60, SINCE_BYTES = 18 };

struct year_evidence {
    int exact;   /* said outright: 去年（2022年）, or news of the day that names its year */
    int over;    /* the newest year told of as a whole, and so over */
    int part;    /* the newest year of which a part is told, as news does: 2024年上半年 */
    int reached; /* the newest year of which a month is over: 截至2025年3月底 */
    int past;    /* the newest year in which something was: nothing is written before it */
    int planned; /* the first year that by its name something is planned for: 2024年，计划… */
    int beside;  /* the newest year told of before 今年 in one paragraph */
    bool grown;  /* `over` is told of with its growth or by its end, as only a past year is */
    bool this_year, last_year;
    bool this_part; /* a part of 今年 is told of, and not 今年以来: 今年一季度 */
};

static bool starts_at(struct str text, size_t at, const char *word)
{
    return str_starts(str_sub(text, at, text.n), str_of(word));
}

/* A word of a list that stands in text at byte at. */
static bool any_at(struct str text, size_t at, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (starts_at(text, at, words[i]))
            return true;
    return false;
}

static bool any_in(struct str text, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_has(text, str_of(words[i])))
            return true;
    return false;
}

static bool any_ends(struct str text, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_ends(text, str_of(words[i])))
            return true;
    return false;
}

#define COUNT(list) (sizeof(list) / sizeof *(list))
#define ANY_AT(text, at, list) any_at(text, at, list, COUNT(list))
#define ANY_IN(text, list) any_in(text, list, COUNT(list))
#define ANY_ENDS(text, list) any_ends(text, list, COUNT(list))

/* A year as it stands in a paragraph. */
struct named_year {
    struct str text;
    size_t sentence, start, end; /* where its sentence begins; its four digits */
    struct str before;           /* the sentence up to it, white space trimmed */
    struct str tail;             /* what follows 年 in the sentence, or less of it */
    int year;
};

/* The reading of one paragraph. */
struct year_reader {
    struct year_evidence *evidence;
    struct str text;
    size_t sentence;
    int told;       /* the newest year told of in the paragraph so far */
    bool fresh;     /* the sentence tells of the last days */
    bool in_title;  /* between 《 and 》 */
    unsigned month; /* of a day without a year that the sentence has, or 0 */
};

static void raise(int *year, int to)
{
    *year = to > *year ? to : *year;
}

/* The sentence from byte `from` on, as far as it matters. */
static struct str sentence_rest(struct str text, size_t from)
{
    struct str rest = str_sub(text, from, from + REGION_BYTES);
    for (size_t i = 0; i < rest.n;) {
        size_t at = i;
        if (point_is_stop(utf8_next(rest, &i)))
            return str_sub(rest, 0, at);
    }
    return rest;
}

/* 9月至10月, 10月1日至7日, 1—4月 after 年: a part of the year. */
static bool is_span(struct str tail)
{
    static const char *const joiners[] = {"至", "到", "—", "-", "–"};
    size_t k = 0;
    unsigned month = date_number_at(tail, &k);
    if (month < 1 || month > 12)
        return false;
    if (starts_at(tail, k, "月"))
        k += strlen("月");
    unsigned day = date_number_at(tail, &k);
    if (day > 0 && starts_at(tail, k, "日"))
        k += strlen("日");
    if (!ANY_AT(tail, k, joiners))
        return false;
    while (ANY_AT(tail, k, joiners))
        utf8_next(tail, &k);
    unsigned last = date_number_at(tail, &k);
    bool months = starts_at(tail, k, "月"), days = day > 0 && starts_at(tail, k, "日");
    /* 1至12月 is all of it. */
    return (months && last >= 1 && last < 12) || (days && last <= 31) ||
           (months && day > 0 && last == 12);
}

static const char *const grows[] = {"同比", "比上年", "较上年", "比上一年",
                                    "增长", "下降",   "增速",   "环比"};

static const char *const until_words[] = {"截至", "截止", "截止到", "截至到"};

/* A part of the year is told of: 2024年上半年, 2024年国庆假期, or a month in
 * which the survey was made that the piece reports on. */
static bool tells_part(const struct named_year *m)
{
    static const char *const parts[] = {"上半年", "一季度",   "第一季度", "二季度",     "第二季度",
                                        "三季度", "第三季度", "前三季度", "前三个季度", "前两季度",
                                        "国庆",   "春节",     "“五一”",   "五一",       "端午",
                                        "中秋",   "清明",     "元旦",     "暑期",       "前4",
                                        "前7",    "前8",      "前5",      "前10",       "前11"};
    static const char *const surveys[] = {"调查", "调研", "走访", "问卷"};
    if (ANY_AT(m->tail, 0, parts) || is_span(m->tail))
        return true;
    size_t k = 0;
    unsigned month = date_number_at(m->tail, &k);
    if (month < 1 || month > 12 || !starts_at(m->tail, k, "月"))
        return false;
    if (ANY_ENDS(m->before, until_words))
        return false;
    k += strlen("月");
    struct str rest = str_sub(m->tail, k, m->tail.n);
    bool whole_month =
        starts_at(rest, 0, "份") || starts_at(rest, 0, "，") || starts_at(rest, 0, ",");
    return whole_month && month < 12 && (ANY_IN(rest, surveys) || str_has(rest, STR("同比")));
}

/* 截至2025年|3月底: a month of the year was over when the text was written. */
static bool is_month_reached(const struct named_year *m)
{
    size_t k = 0;
    unsigned month = date_number_at(m->tail, &k);
    return ANY_ENDS(m->before, until_words) && month >= 1 && month < 12 &&
           starts_at(m->tail, k, "月");
}

/* The year is told of as one that is over: by its end (截至2022年底), as a whole (2022年全年) or by
 * what it came to (2022年，全村产值达到3800万元). */
static bool tells_whole(const struct named_year *m, bool *grown)
{
    static const char *const ends[] = {"底", "末"};
    static const char *const came_to[] = {"实现", "达", "完成", "突破", "累计", "共", "超过"};
    *grown = true;
    if (ANY_AT(m->tail, 0, ends))
        return ANY_ENDS(m->before, until_words) || m->before.n == 0 || starts_at(m->tail, 3, "，");
    if (starts_at(m->tail, 0, "全年"))
        return true;
    uint32_t next = utf8_at(m->tail, 0);
    if (m->tail.n == 0 || point_is_any_digit(next) || starts_at(m->tail, 0, "下半年") ||
        starts_at(m->tail, 0, "四季度"))
        return false;
    size_t i = m->before.n;
    uint32_t c = i > 0 ? utf8_previous(m->before, &i) : U'，';
    bool leads = c == U'，' || c == ',' || c == U'、' || c == U'；' || c == ';' || c == U'：';
    *grown = leads && ANY_IN(m->tail, grows);
    return *grown || (leads && ANY_IN(m->tail, came_to));
}

/* A word of planning stands in text. */
static bool plans(struct str text)
{
    static const char *const words[] = {"计划", "力争", "将",   "拟",     "预计", "争取",
                                        "确保", "打算", "有望", "有哪些", "目标", "预期"};
    static const char *const none[] = {"计划生育", "行动计划", "年度计划", "目标任务", "完成目标"};
    return ANY_IN(text, words) && !ANY_IN(text, none);
}

/* The last clause of text. */
static struct str last_clause(struct str text)
{
    size_t at = text.n;
    while (at > 0) {
        size_t i = at;
        uint32_t c = utf8_previous(text, &i);
        if (c == ',' || c == U'，' || c == ';' || c == U'；' || text.n - i > NEAR_BYTES)
            break;
        at = i;
    }
    return str_sub(text, at, text.n);
}

/* What a year that is followed by 年 tells. */
static void weigh_year(struct year_reader *r, const struct named_year *m)
{
    static const char *const bounds[] = {"到", "至", "—", "-", "–", "~", "力争"};
    static const char *const bases[] = {"比", "较", "与", "同", "跟", "于"};
    static const char *const begins[] = {"起", "以来", "至今", "开始", "成立", "底前", "以前"};
    struct year_evidence *e = r->evidence;
    struct str near = str_sub(m->tail, 0, SINCE_BYTES);
    if (ANY_ENDS(m->before, bounds) && !ANY_ENDS(m->before, until_words))
        return;
    if (ANY_ENDS(m->before, bases)) {
        raise(&e->past, m->year);
        if (starts_at(m->tail, 0, "全年")) {
            e->grown = e->grown || m->year > e->over;
            raise(&e->over, m->year);
        }
        return;
    }
    struct str soon = str_sub(m->tail, 0, NEAR_BYTES);
    if (plans(last_clause(m->before)))
        return;
    if (plans(soon)) {
        if (!point_is_any_digit(utf8_at(m->tail, 0)) && (e->planned == 0 || e->planned > m->year))
            e->planned = m->year;
        return;
    }
    if (str_has(near, STR("底前")))
        return;
    static const char *const dawn[] = {"新年伊始", "伊始", "开年", "年初", "新春"};
    raise(&e->past, m->year);
    /* 2024年伊始，…。过去的2023年，…: the year that has begun, and the one before it. */
    if (ANY_AT(m->tail, 0, dawn))
        raise(&e->part, m->year);
    if (str_ends(m->before, STR("过去的")) && e->exact == 0)
        e->exact = m->year + 1;
    if (ANY_IN(near, begins) || str_ends(m->before, STR("自")) || str_ends(m->before, STR("从")))
        return;
    if (is_month_reached(m)) { /* 今年 beside it may be the same year */
        raise(&e->reached, m->year);
        return;
    }
    raise(&r->told, m->year);
    bool grown = false;
    if (tells_part(m)) {
        raise(&e->part, m->year);
    } else if (tells_whole(m, &grown)) {
        e->grown = m->year > e->over ? grown : m->year == e->over ? e->grown || grown : e->grown;
        raise(&e->over, m->year);
    }
}

/* News of a day that names the year itself: 12月5日，记者在2018年…现场会上获悉, 在日前公布的
 * “2024…”榜单中, 5月9日，举行2023年…大会. Returns the year in which that was written, or 0. */
static int year_of_news(const struct year_reader *r, const struct named_year *m)
{
    static const char *const learnt[] = {"获悉", "了解到"};
    static const char *const held[] = {"公布", "发布", "举行", "召开", "举办", "揭晓", "出炉"};
    static const char *const at[] = {"在", "从"};
    static const char *const never[] = {"到", "至", "从", "自", "于", "—", "-", "达", "比", "较"};
    bool of_year = utf8_at(m->text, m->end) == U'年';
    struct str region = str_sub(m->text, m->end, m->end + REGION_BYTES);
    if (r->month > 0 && of_year && ANY_ENDS(m->before, at) && ANY_IN(region, learnt)) {
        /* 1月20日，记者从2024年…经济运行发布会上获悉: of the year that is over. */
        bool over = r->month <= 3 && !tells_part(m) && str_has(m->tail, STR("经济运行"));
        return over ? m->year + 1 : m->year;
    }
    static const char *const begins[] = {"起", "以来", "至今", "开始", "成立", "底前"};
    if (ANY_ENDS(m->before, never) || (of_year && ANY_IN(str_sub(m->tail, 0, SINCE_BYTES), begins)))
        return 0;
    if ((!r->fresh && r->month == 0) || m->start - m->sentence > REGION_BYTES)
        return 0;
    if (!ANY_IN(str_sub(m->text, m->sentence, m->end + REGION_BYTES), held))
        return 0;
    /* 12月1日，|2021年全市…现场会举行: nothing stands between the day and the year. */
    bool day_alone = (str_ends(m->before, STR("日，")) || str_ends(m->before, STR("日,"))) &&
                     of_year && !starts_at(m->text, m->end, "年度");
    return r->month == 0 || ANY_IN(m->before, held) || day_alone ? m->year : 0;
}

/* 今年（2023年）, 去年(2022年): the year in brackets at byte at; 0 where there is none. */
static int bracketed_year(struct str text, size_t at)
{
    size_t end;
    if (starts_at(text, at, "（"))
        return date_year_at(text, at + strlen("（"), &end);
    return starts_at(text, at, "(") ? date_year_at(text, at + 1, &end) : 0;
}

static void read_this_year(struct year_reader *r, size_t at)
{
    struct year_evidence *e = r->evidence;
    int year = bracketed_year(r->text, at + strlen("今年"));
    static const char *const parts[] = {"上半年", "一季度", "二季度", "三季度", "前"};
    struct str rest = str_sub(r->text, at + strlen("今年"), r->text.n);
    e->this_year = true;
    e->this_part = e->this_part || ANY_AT(rest, 0, parts) || point_is_any_digit(utf8_at(rest, 0));
    e->exact = year != 0 ? year : e->exact;
    raise(&e->beside, r->told);
}

static void read_last_year(struct year_reader *r, size_t at)
{
    static const char *const bases[] = {"比", "较", "与", "同", "跟", "于"};
    struct year_evidence *e = r->evidence;
    int year = bracketed_year(r->text, at + strlen("去年"));
    bool basis = ANY_ENDS(str_sub(r->text, 0, at), bases) || starts_at(r->text, at, "去年同期");
    e->last_year = e->last_year || !basis;
    e->exact = year != 0 ? year + 1 : e->exact;
}

/* A word at byte at that begins with c: of the year at hand, or of the last days. */
static void read_word(struct year_reader *r, size_t at, uint32_t c)
{
    static const char *const recent[] = {"日前", "近日", "昨天", "昨日", "今天", "今日", "刚刚"};
    if (c == U'今' && starts_at(r->text, at, "今年"))
        read_this_year(r, at);
    else if (c == U'去' && starts_at(r->text, at, "去年"))
        read_last_year(r, at);
    else if (c == U'今' || c == U'日' || c == U'近' || c == U'昨' || c == U'刚')
        r->fresh = r->fresh || ANY_AT(r->text, at, recent);
}

/* 12月5日 without a year: the day of the news. */
static void read_day(struct year_reader *r, size_t start)
{
    size_t k = start, before = start;
    unsigned month = date_number_at(r->text, &k);
    if (month < 1 || month > 12 || !starts_at(r->text, k, "月"))
        return;
    k += strlen("月");
    if (date_number_at(r->text, &k) > 0 && starts_at(r->text, k, "日") &&
        utf8_previous(r->text, &before) != U'年' && r->month == 0)
        r->month = month;
}

/* Reads one paragraph, or a title. */
static void read_years(struct str text, struct year_evidence *e)
{
    /* The Han characters that read_word looks behind. */
    static const uint64_t words[UTF8_ROWS] = {
        [UTF8_ROW(U'今')] = UTF8_BIT(U'今'), [UTF8_ROW(U'去')] = UTF8_BIT(U'去'),
        [UTF8_ROW(U'日')] = UTF8_BIT(U'日'), [UTF8_ROW(U'近')] = UTF8_BIT(U'近'),
        [UTF8_ROW(U'昨')] = UTF8_BIT(U'昨'), [UTF8_ROW(U'刚')] = UTF8_BIT(U'刚')};
    struct year_reader r = {.evidence = e, .text = text};
    for (size_t at = 0; utf8_skip_han_outside(text, &at, words), at < text.n;) {
        size_t start = at;
        uint32_t c = utf8_next(text, &at);
        if (c >= 0x4E00 && c <= 0x9FFF) {
            read_word(&r, start, c);
            continue;
        }
        if (point_is_stop(c)) {
            r.sentence = at;
            r.fresh = false;
            r.month = 0;
            continue;
        }
        if (c == U'《' || c == U'》')
            r.in_title = c == U'《';
        if (!point_is_any_digit(c) ||
            (start > 0 && point_is_any_digit((unsigned char)text.p[start - 1])))
            continue;
        struct named_year m = {.text = text, .sentence = r.sentence, .start = start};
        m.year = date_year_at(text, start, &m.end);
        if (m.year == 0) {
            read_day(&r, start);
            continue;
        }
        at = m.end;
        m.before = str_trim(str_sub(text, m.sentence, start));
        bool of_year = starts_at(text, m.end, "年");
        m.tail = of_year ? sentence_rest(text, m.end + strlen("年")) : (struct str){0};
        int news = e->exact == 0 ? year_of_news(&r, &m) : 0;
        e->exact = news != 0 ? news : e->exact;
        if (of_year && !r.in_title)
            weigh_year(&r, &m);
    }
}

/* A date line or subtitle with a full date is the piece's own word, and （2023年3月）. */
static int year_of_head(const struct article *a)
{
    enum { DATE_BYTES = 30 };
    struct date date = date_find(a->subtitle.text);
    if (date.day != 0)
        return date.year;
    for (uint32_t i = 0; i < a->n_byline_lines; i++) {
        struct str line = a->byline_lines[i].text;
        bool bracket = str_starts(line, STR("（")) || str_starts(line, STR("("));
        date = date_find(line);
        if (date.day != 0 || (bracket && date.month != 0 && line.n <= DATE_BYTES))
            return date.year;
    }
    return 0;
}

/* A signature's date at the end: the last paragraph is just a date. */
static int year_of_tail(const struct article *a)
{
    uint32_t head = a->title.n_pieces > 0 ? a->title.pieces[0].text : 0;
    for (uint32_t i = a->n_captions; i-- > 0 && a->n_captions - i < 4;) {
        if (a->captions[i].pieces[0].text < head)
            continue; /* of the page's head */
        struct date date = date_at(a->captions[i].text, 0);
        if (date.day != 0 && a->captions[i].text.n <= 24)
            return date.year;
    }
    if (a->n_paragraphs == 0)
        return 0;
    struct str last = a->paragraphs[a->n_paragraphs - 1].prose.text;
    struct date date = last.n <= 24 ? date_at(last, 0) : (struct date){0};
    return date.day != 0 ? date.year : 0;
}

/* 2024年1月8日上午，…开幕: the full date that the first sentence opens with, behind 本报讯, where
 * nothing is told of a later year: what the piece tells of is news. */
static struct date date_of_lead(const struct article *a, const struct year_evidence *e)
{
    enum { HEAD_BYTES = 48, NAMES_BYTES = 150 };
    if (a->n_paragraphs == 0)
        return (struct date){0};
    struct str text = a->paragraphs[0].prose.text, head = str_sub(text, 0, NAMES_BYTES);
    size_t names = str_find(head, STR("讯（"), 0), close = str_find(head, STR("）"), 0);
    size_t from = names != STR_NONE && close != STR_NONE && close > names ? close : 0;
    struct date date = date_find(str_sub(text, from, from + HEAD_BYTES));
    /* 2023年9月的江城: where the piece begins is when it was written. */
    struct date month = date_at(text, 0);
    if (date.day == 0 && month.month != 0 && month.year >= e->past &&
        str_has(str_sub(text, 0, HEAD_BYTES), STR("月的")))
        return month;
    return date.day != 0 && date.year >= e->past ? date : (struct date){0};
}

/* What a title says: the part of a year that the piece is of, the year of a communique. */
static int year_of_title(struct str title, struct year_evidence *e)
{
    struct year_evidence said = {0};
    read_years(title, &said);
    e->part = e->past = said.part;
    size_t at = str_find(title, STR("年"), 0), end;
    int year = at != STR_NONE && at >= 4 ? date_year_at(title, at - 4, &end) : 0;
    /* 2023年国民经济和社会发展统计公报 comes out in the year after. */
    return year != 0 && str_has(title, STR("统计公报")) ? year + 1 : 0;
}

/* The year that the evidence tells, or 0. */
static int weigh(const struct year_evidence *e)
{
    if (e->exact != 0)
        return e->exact;
    int after = e->over + 1;
    if (e->over != 0 && e->over >= e->part && e->past <= after &&
        (e->this_year || (e->last_year && e->grown) || e->planned == after))
        return after;
    if (e->part != 0 && e->past <= e->part)
        return e->part;
    if (e->beside != 0 && e->past <= e->beside + 1)
        return e->beside + 1;
    if (e->reached != 0 && e->past <= e->reached && e->this_part)
        return e->reached;
    /* 去年…。2024年有哪些新举措？ */
    if (e->last_year && !e->this_year && e->past < e->planned)
        return e->planned;
    return 0;
}

void page_find_year(struct article *a)
{
    struct year_evidence e = {0};
    if (a->year == 0) /* else a form's date told it */
        a->year = year_of_head(a);
    if (a->year == 0)
        a->year = year_of_tail(a);
    if (a->year == 0)
        a->year = year_of_title(a->title.text, &e);
    if (a->year == 0) {
        for (uint32_t i = 0; i < a->n_paragraphs; i++)
            read_years(a->paragraphs[i].prose.text, &e);
        struct date lead = date_of_lead(a, &e);
        a->year = lead.year != 0 ? lead.year : weigh(&e);
        if (a->date.year == 0 && lead.year != 0) {
            a->date = lead;
            a->date_from = EVIDENCE_TEXT;
        }
    }
    if (a->year != 0 && a->date.year == 0) {
        a->date.year = (int16_t)a->year;
        a->date_from = EVIDENCE_TEXT;
    }
}
