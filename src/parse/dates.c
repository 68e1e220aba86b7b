/* When and where: the year in which a piece was written as its own text tells it; the day, paper
 * and edition of the document, each with how it is known. */
#include "parse/page.h"

/* Years that a text of our day may name. */
enum { YEAR_LEAST = 1949, YEAR_MOST = 2099, REGION_BYTES = 240, SINCE_BYTES = 18 };

/* Four digits (half or full width, no more around them) at byte at: the year, or 0. */
static int year_at(struct str text, size_t at, size_t *end)
{
    int year = 0;
    size_t i = at;
    for (int n = 0; n < 4; n++) {
        uint32_t c = utf8_next(text, &i);
        if (!point_is_any_digit(c))
            return 0;
        year = year * 10 + (int)(c >= 0xFF10 ? c - 0xFF10 : c - '0');
    }
    uint32_t next = utf8_at(text, i);
    if (point_is_any_digit(next) || next == '.' || year < YEAR_LEAST || year > YEAR_MOST)
        return 0;
    *end = i;
    return year;
}

/* One or two digits at *at, moved past them; 0 where there are none. */
static unsigned small_number(struct str text, size_t *at)
{
    unsigned value = 0, n = 0;
    for (size_t i = *at; n < 2; n++) {
        uint32_t c = utf8_next(text, &i);
        if (!point_is_any_digit(c))
            break;
        value = value * 10 + (c >= 0xFF10 ? c - 0xFF10 : c - '0');
        *at = i;
    }
    return n == 0 ? 0 : value;
}

static bool starts_at(struct str text, size_t at, const char *word)
{
    return str_starts(str_sub(text, at, text.n), str_of(word));
}

/* 2023年6月12日, 2023-06-12, 2023/6/12, 20230612 at byte at. */
static struct date date_at(struct str text, size_t at)
{
    struct date date = {0};
    size_t end;
    int year = year_at(text, at, &end);
    if (year == 0) {
        struct str eight = str_sub(text, at, at + 8);
        unsigned digits = 0;
        for (size_t i = 0; i < eight.n; i++)
            digits += point_is_digit((unsigned char)eight.p[i]);
        size_t ignored;
        year = digits == 8 ? year_at(str_sub(eight, 0, 4), 0, &ignored) : 0;
        size_t m = 4, d = 6;
        unsigned month = small_number(eight, &m), day = small_number(eight, &d);
        if (year != 0 && month >= 1 && month <= 12 && day >= 1 && day <= 31)
            date = (struct date){(int16_t)year, (uint8_t)month, (uint8_t)day};
        return date;
    }
    static const char *const after_year[] = {"年", "-", "/", ".", "_"};
    static const char *const after_month[] = {"月", "-", "/", ".", "_"};
    for (size_t i = 0; i < sizeof after_year / sizeof *after_year; i++) {
        if (!starts_at(text, end, after_year[i]))
            continue;
        date.year = (int16_t)year;
        size_t k = end + strlen(after_year[i]);
        while (point_is_space(utf8_at(text, k)) && k < text.n)
            utf8_next(text, &k);
        unsigned month = small_number(text, &k);
        if (month < 1 || month > 12)
            return date;
        date.month = (uint8_t)month;
        if (!starts_at(text, k, after_month[i]))
            return date;
        k += strlen(after_month[i]);
        unsigned day = small_number(text, &k);
        if (day >= 1 && day <= 31)
            date.day = (uint8_t)day;
        return date;
    }
    return date;
}

/* The first date with a day (else a month) in text. */
static struct date find_date(struct str text)
{
    struct date best = {0};
    for (size_t at = 0; at + 4 <= text.n;) {
        size_t start = at;
        uint32_t c = utf8_next(text, &at);
        if (!point_is_any_digit(c))
            continue;
        struct date date = date_at(text, start);
        if (date.day != 0)
            return date;
        if (date.month != 0 && best.month == 0)
            best = date;
        while (at < text.n && point_is_any_digit(utf8_at(text, at)))
            utf8_next(text, &at);
    }
    return best;
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

#define COUNT(list) (sizeof(list) / sizeof *(list))

static const char *const this_year[] = {
    "今年上半年", "今年一季度", "今年前",     "今年1",      "今年以来", "今年，", "今年,",
    "今年是",     "今年第",     "今年三季度", "今年二季度", "今年2",    "今年3",  "今年4",
    "今年5",      "今年6",      "今年7",      "今年8",      "今年9"};
static const char *const recent[] = {"日前", "近日", "昨天", "昨日", "今天", "今日", "刚刚"};
static const char *const not_before[] = {"到", "至", "从", "自", "于", "—", "-", "达"};
static const char *const not_after[] = {"以来", "起", "至今", "底前", "成立", "开始"};

/* Whether the year at [start, end) states something of that whole year or its end: not a target,
 * a beginning or a span. */
static bool is_statement(struct str text, size_t start, size_t end)
{
    for (size_t i = 0; i < COUNT(not_before); i++) {
        struct str word = str_of(not_before[i]);
        struct str before = str_trim(str_sub(text, 0, start));
        if (str_ends(before, word) && !str_ends(before, STR("截至")))
            return false;
    }
    if (!starts_at(text, end, "年"))
        return false;
    return !any_in(str_sub(text, end + 3, end + 3 + SINCE_BYTES), not_after, COUNT(not_after));
}

static const char *const past_end[] = {"年底", "年末"};
static const char *const year_part[] = {"年1至",    "年1—",       "年1-",        "年1月至",
                                        "年上半年", "年前三季度", "年一季度",    "年第一季度",
                                        "年1月—",   "年前两季度", "年前三个季度"};

struct year_votes {
    int told;    /* by a statement beside 今年, 去年 or a recent event */
    int closed;  /* the newest year whose end is past: 截至2022年底 */
    int part;    /* the newest year of which a part is told: 2022年1至10月 */
    int reached; /* the newest year of which a month is over: 截至2025年3月底 */
    int opens;   /* the newest year that a sentence opens with: 2022年，全县… */
    int newest;  /* of all */
    int latest;  /* the newest that something is stated of, and not planned for */
    bool this_year, last_year;
    bool this_part; /* 今年一季度, and no 今年以来 */
};

/* 截至2025年|3月底: a month of the year that was over when the text was written. */
static bool is_month_reached(struct str text, size_t start, size_t end)
{
    size_t k = end + strlen("年");
    unsigned month = starts_at(text, end, "年") ? small_number(text, &k) : 0;
    return str_ends(str_sub(text, 0, start), STR("截至")) && month >= 1 && month < 12 &&
           starts_at(text, k, "月");
}

/* 2023年|9月至10月: some months of the year. */
static bool is_span_of_months(struct str text, size_t end)
{
    size_t k = end + strlen("年");
    if (!starts_at(text, end, "年") || small_number(text, &k) == 0 || !starts_at(text, k, "月至"))
        return false;
    k += strlen("月至");
    unsigned month = small_number(text, &k);
    return month >= 1 && month <= 12 && starts_at(text, k, "月");
}

/* The year in brackets after 今年 or 去年, at byte at; 0 where there is none. */
static int bracketed_year(struct str text, size_t at)
{
    size_t end;
    if (starts_at(text, at, "（"))
        return year_at(text, at + 3, &end);
    return starts_at(text, at, "(") ? year_at(text, at + 1, &end) : 0;
}

static void read_this_year(struct str text, size_t at, int stated, struct year_votes *v)
{
    if (!starts_at(text, at, "今年"))
        return;
    bool told = any_at(text, at, this_year, COUNT(this_year));
    int year = bracketed_year(text, at + strlen("今年"));
    v->this_year = v->this_year || told;
    struct str part = str_sub(text, at + strlen("今年"), text.n);
    bool this_part = told && !str_starts(part, STR("以来")) && !str_starts(part, STR("是")) &&
                     !str_starts(part, STR("，")) && !str_starts(part, STR(","));
    v->this_part = v->this_part || this_part;
    if (year != 0)
        v->told = year;
    else if (this_part && v->reached != 0 && v->reached == v->newest && v->told == 0)
        v->told = v->reached;
    else if (told && stated != 0 && stated != v->reached && v->told == 0)
        v->told = stated + 1; /* 今年 beside 截至2022年5月 may be 2022 too */
}

static void read_last_year(struct str text, size_t at, struct year_votes *v)
{
    int year = bracketed_year(text, at + strlen("去年"));
    v->last_year = true;
    if (year != 0)
        v->told = year + 1;
}

/* 12月1日，2021年全市…现场会举行: nothing stands between the day and the year, which is no 年度. */
static bool is_day_alone(struct str head, struct str text, size_t end)
{
    head = str_trim(head);
    return (str_ends(head, STR("日，")) || str_ends(head, STR("日,"))) &&
           starts_at(text, end, "年") && !starts_at(text, end, "年度");
}

/* Reads one paragraph: the sentences from the year on. */
static void read_years(struct str text, struct year_votes *v)
{
    int stated = 0;
    size_t sentence = 0;
    bool fresh = false; /* the sentence tells of the last days */
    bool dated = false; /* it has a day without a year */
    for (size_t at = 0; at < text.n;) {
        size_t start = at, end;
        uint32_t c = utf8_next(text, &at);
        if (c >= 0x4E00 && c <= 0x9FFF) {
            if (c == 0x4ECA) /* 今 */
                read_this_year(text, start, stated, v);
            else if (c == 0x53BB && starts_at(text, start, "去年")) /* 去 */
                read_last_year(text, start, v);
            if (c == 0x4ECA || c == 0x65E5 || c == 0x8FD1 || c == 0x6628 || c == 0x521A)
                fresh = fresh || any_at(text, start, recent, COUNT(recent)); /* 日近昨刚 */
            continue;
        }
        if (point_is_stop(c)) {
            sentence = at;
            fresh = dated = false;
            continue;
        }
        if (!point_is_any_digit(c) ||
            (start > 0 && point_is_any_digit((unsigned char)text.p[start - 1])))
            continue;
        int year = year_at(text, start, &end);
        size_t k = start;
        unsigned month = year == 0 ? small_number(text, &k) : 0;
        if (month >= 1 && month <= 12 && starts_at(text, k, "月")) {
            k += 3;
            size_t before = start;
            uint32_t previous = utf8_previous(text, &before);
            unsigned day = small_number(text, &k);
            dated = dated || (day > 0 && starts_at(text, k, "日") && previous != 0x5E74);
        }
        if (year == 0)
            continue;
        at = end;
        bool statement = is_statement(text, start, end);
        if (statement) {
            stated = year > stated ? year : stated;
            bool past = any_at(text, end, past_end, COUNT(past_end));
            v->closed = past && year > v->closed ? year : v->closed;
            bool part =
                any_at(text, end, year_part, COUNT(year_part)) || is_span_of_months(text, end);
            v->latest = year > v->latest ? year : v->latest;
            if (is_month_reached(text, start, end))
                v->reached = year > v->reached ? year : v->reached;
            v->part = part && year > v->part ? year : v->part;
            bool opens = str_trim(str_sub(text, sentence, start)).n == 0 &&
                         (starts_at(text, end, "年，") || starts_at(text, end, "年,"));
            v->opens = opens && year > v->opens ? year : v->opens;
        }
        v->newest = year > v->newest ? year : v->newest;
        /* 12月5日，记者在2018年…现场会上获悉 */
        static const char *const learnt[] = {"获悉", "了解到"};
        bool reported = dated && statement &&
                        str_ends(str_trim(str_sub(text, sentence, start)), STR("在")) &&
                        any_in(str_sub(text, end, end + REGION_BYTES), learnt, COUNT(learnt));
        v->told = reported && v->told == 0 ? year : v->told;
        /* 在日前公布的“2024…”榜单中; 5月9日，举行2023年…大会 */
        bool named = statement || utf8_at(text, end) != 0x5E74;
        static const char *const held[] = {"公布", "发布", "举行", "召开", "举办", "揭晓", "出炉"};
        struct str head = str_sub(text, sentence, start);
        if (v->told == 0 && named && (fresh || dated) && head.n <= REGION_BYTES &&
            any_in(str_sub(text, sentence, end + REGION_BYTES), held, COUNT(held)) &&
            (!dated || any_in(head, held, COUNT(held)) || is_day_alone(head, text, end)))
            v->told = year;
    }
}

/* A date line or subtitle with a full date is the piece's own word, and （2023年3月）. */
static int year_of_head(const struct article *a)
{
    enum { DATE_BYTES = 30 };
    struct date date = find_date(a->subtitle.text);
    if (date.day != 0)
        return date.year;
    for (uint32_t i = 0; i < a->n_byline_lines; i++) {
        struct str line = a->byline_lines[i].text;
        bool bracket = str_starts(line, STR("（")) || str_starts(line, STR("("));
        date = find_date(line);
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

/* 2024年1月8日上午，…开幕: the full date that the first sentence opens with, where the piece names
 * no later year: what it tells of is news. */
static struct date date_of_lead(const struct article *a, int newest)
{
    enum { HEAD_BYTES = 48 };
    if (a->n_paragraphs == 0)
        return (struct date){0};
    struct date date = find_date(str_sub(a->paragraphs[0].prose.text, 0, HEAD_BYTES));
    return date.day != 0 && date.year == newest ? date : (struct date){0};
}

static void find_year(struct article *a)
{
    if (a->year == 0) /* else a form's date told it */
        a->year = year_of_head(a);
    if (a->year == 0)
        a->year = year_of_tail(a);
    struct year_votes votes = {0};
    read_years(a->title.text, &votes);
    votes = (struct year_votes){.part = votes.part, .newest = votes.part, .latest = votes.part};
    for (uint32_t i = 0; i < a->n_paragraphs && a->year == 0; i++) {
        read_years(a->paragraphs[i].prose.text, &votes);
        a->year = votes.told;
    }
    if (a->year == 0 && votes.closed != 0 && votes.this_year)
        a->year = votes.closed + 1;
    else if (a->year == 0 && votes.part != 0 &&
             (votes.part == votes.latest || (!votes.this_year && !votes.last_year)))
        a->year = votes.part;
    else if (a->year == 0 && votes.reached != 0 && votes.reached == votes.newest && votes.this_part)
        a->year = votes.reached;
    /* 去年，面对…。2022年，全县…: they are one year. */
    else if (a->year == 0 && votes.last_year && !votes.this_year && votes.opens != 0 &&
             votes.opens == votes.newest)
        a->year = votes.opens + 1;
    else if (a->year == 0) {
        struct date lead = date_of_lead(a, votes.newest);
        a->year = lead.year;
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

/* The value of a key in the text of a .baolan file. */
static struct str setting(struct str text, const char *key)
{
    struct str wanted = str_of(key);
    while (text.p != NULL) {
        struct str line = str_trim(str_split(&text, '\n'));
        if (str_starts(line, wanted) && line.n > wanted.n && line.p[wanted.n] == '=')
            return str_trim(str_sub(line, wanted.n + 1, line.n));
    }
    return STR("");
}

/* The name of a paper that ends at byte end of text: Han characters before it. */
static struct str paper_name(struct str text, size_t end)
{
    size_t start = end, chars = 0;
    for (size_t before = end; chars < 12; chars++) {
        if (!point_is_han(utf8_previous(text, &before)))
            break;
        start = before;
    }
    return str_sub(text, start, end);
}

/* A paper's name in a masthead, a 来源： or a path. */
static struct str find_paper(const struct page *p, struct str text)
{
    for (size_t at = 0; at < text.n;) {
        size_t end;
        const struct lexicon_entry *e = lexicon_match(p->furniture, text, at, &end);
        uint32_t next = e != NULL ? utf8_at(text, end) : 0;
        if (e != NULL && lexicon_flag(e, "paper") && !(point_is_han(next) && next != 0x5BA2)) {
            struct str name = paper_name(text, end);
            if (name.n > e->word.n)
                return name;
        }
        utf8_next(text, &at);
    }
    return STR("");
}

/* A05, C3, 第3版 (given as 3): the code of a page. */
static struct str find_edition(struct str text)
{
    for (size_t at = 0; at < text.n;) {
        size_t start = at;
        uint32_t c = utf8_next(text, &at);
        size_t end = at;
        while (end < text.n && point_is_digit((unsigned char)text.p[end]))
            end++;
        bool alone = start == 0 || !point_is_latin((unsigned char)text.p[start - 1]);
        if (c >= 'A' && c <= 'Z' && end > at && end - at <= 2 && alone)
            return str_sub(text, start, end);
        if (c == 0x7B2C && end > at && end - at <= 2 && starts_at(text, end, "版"))
            return str_sub(text, at, end);
    }
    return STR("");
}

static void set_date(struct document *d, struct date date, enum evidence from)
{
    if (date.year == 0 || d->date.day != 0 || (d->date.year != 0 && date.day == 0))
        return;
    d->date = date;
    d->date_from = from;
}

/* The number of `digits` digits at *at of path; moves *at. -1 where there are fewer. */
static int digits_at(struct str path, size_t *at, size_t digits)
{
    int value = 0;
    for (size_t i = 0; i < digits; i++) {
        if (*at >= path.n || !point_is_digit((unsigned char)path.p[*at]))
            return -1;
        value = value * 10 + (path.p[(*at)++] - '0');
    }
    return value;
}

/* Matches the end of a path with a folder's pattern: %Y %m %d, * for anything but /. */
static bool match_path(struct str pattern, struct str path, struct date *date)
{
    size_t at = 0;
    for (size_t i = 0; i < pattern.n; i++) {
        char c = pattern.p[i];
        if (c == '*') {
            struct str rest = str_sub(pattern, i + 1, pattern.n);
            char stop = rest.n == 0 ? '\0' : rest.p[0];
            while (at < path.n && path.p[at] != '/' && path.p[at] != stop)
                at++;
        } else if (c == '%' && i + 1 < pattern.n) {
            char field = pattern.p[++i];
            int value = digits_at(path, &at, field == 'Y' ? 4 : 2);
            if (value < 0)
                return false;
            if (field == 'Y')
                date->year = (int16_t)value;
            else if (field == 'm')
                date->month = (uint8_t)(value <= 12 ? value : 0);
            else if (field == 'd')
                date->day = (uint8_t)(value <= 31 ? value : 0);
        } else if (at < path.n && path.p[at] == c) {
            at++;
        } else {
            return false;
        }
    }
    return at == path.n;
}

/* The last parts of a path, as many as the pattern has. */
static struct str path_end(struct str path, struct str pattern)
{
    size_t parts = 1, start = path.n;
    for (size_t i = 0; i < pattern.n; i++)
        parts += pattern.p[i] == '/';
    while (start > 0 && (path.p[start - 1] != '/' || --parts > 0))
        start--;
    return str_sub(path, start, path.n);
}

static void read_path(struct page *p, struct str settings)
{
    struct document *d = p->document;
    struct str path = str_of(p->options->path), tail = path;
    size_t slash = STR_NONE;
    for (size_t i = path.n, n = 0; i-- > 0 && n < 2;)
        if (path.p[i] == '/' && n++ < 2)
            slash = i;
    if (slash != STR_NONE)
        tail = str_sub(path, slash + 1, path.n);
    if (tail.n == 0)
        return;
    struct str pattern = setting(settings, "path");
    struct date date = {0};
    if (pattern.n > 0 && match_path(pattern, path_end(path, pattern), &date))
        set_date(d, date, EVIDENCE_PATH);
    set_date(d, find_date(tail), EVIDENCE_PATH);
    if (d->paper.n == 0)
        d->paper = find_paper(p, tail);
    size_t name = str_find_last(tail, STR("/")), dot;
    tail = name == STR_NONE ? tail : str_sub(tail, name + 1, tail.n);
    dot = str_find_last(tail, STR("."));
    struct str edition = find_edition(tail),
               stem = str_sub(tail, 0, dot == STR_NONE ? tail.n : dot);
    if (d->edition.n == 0 && (d->date_from == EVIDENCE_PATH || str_eq(edition, stem)))
        d->edition = edition;
}

/* The masthead and the site's lines round the piece. */
static void read_furniture(struct page *p)
{
    struct document *d = p->document;
    bool time = false;
    for (size_t i = 0; i < p->strips.n; i++) {
        const struct strip *s = &p->strips.at[i];
        if (s->kind != STRIP_FURNITURE)
            continue;
        struct str text = strip_text(p, s);
        const struct lexicon_entry *e = furniture_word(p, s);
        if (str_starts(text, STR("今天是")))
            continue; /* when the page was looked at */
        bool masthead = e == NULL;
        if (d->paper.n == 0)
            d->paper = find_paper(p, text);
        if (d->edition.n == 0 && masthead)
            d->edition = find_edition(text);
        struct date date = find_date(text);
        if (masthead && !time)
            set_date(d, date, EVIDENCE_MASTHEAD);
        else if (time || (e != NULL && lexicon_flag(e, "time")) || date.day != 0)
            set_date(d, date, EVIDENCE_DATELINE);
        time = e != NULL && lexicon_flag(e, "time") && date.year == 0;
    }
}

/* Not the arrow, nor the space, before a page. */
static bool is_page_name(uint32_t c)
{
    return point_is_han(c) || point_is_any_digit(c) || point_is_latin(c);
}

static void find_continued(const struct page *p, struct article *a)
{
    for (uint32_t i = 0; i < a->n_captions; i++) {
        struct str text = a->captions[i].text;
        for (size_t at = 0; at < text.n;) {
            size_t end;
            const struct lexicon_entry *e = lexicon_match(p->marks, text, at, &end);
            utf8_next(text, &at);
            if (e == NULL || !(lexicon_flag(e, "from") || lexicon_flag(e, "to")))
                continue;
            size_t to = end + text_page_length(str_sub(text, end, text.n));
            while (end < to && !is_page_name(utf8_at(text, end)))
                utf8_next(text, &end);
            struct str where = str_sub(text, end, to);
            if (lexicon_flag(e, "from"))
                a->continued_from = where;
            else
                a->continued_to = where;
        }
    }
}

void page_find_dates(struct page *p)
{
    struct document *d = p->document;
    struct str settings = p->options->folder_settings;
    struct str paper = setting(settings, "paper"), place = setting(settings, "place");
    struct article *articles = (struct article *)d->articles;
    read_furniture(p);
    read_path(p, settings);
    if (d->paper.n == 0)
        d->paper = paper;
    bool named = page_find_region(p);
    if (place.n > 0 && (!named || str_eq(place, d->place))) {
        d->place = place;
        d->place_from = EVIDENCE_FOLDER;
    }
    for (uint32_t i = 0; i < d->n_articles; i++) {
        struct article *a = &articles[i];
        find_year(a);
        find_continued(p, a);
        if (d->date.year != 0 && (a->date.year == 0 || (d->date.day != 0 && a->date.day == 0))) {
            a->date = d->date;
            a->date_from = d->date_from;
        }
        a->place = d->place;
        a->place_from = d->place_from;
    }
}
