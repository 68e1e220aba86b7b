/* The time expressions of plain prose: 2023年上半年, 截至6月底, 近三年, 县政协十届二次会议以来. */
#include "baolan/numeral.h"
#include "baolan/utf8.h"
#include "parse/period.h"
#include "parse/quantity.h"

#include <stdlib.h>

struct scan {
    struct str text;
    const struct lexicon *words;
    struct numeral_memo *numeral;
};

static inline bool kind_is(const struct lexicon_entry *e, const char *kind)
{
    return e != NULL && str_eq(e->role, str_of(kind));
}

static int field_int(const struct lexicon_entry *e, const char *key)
{
    struct decimal d;
    return decimal_parse(lexicon_field(e, key), &d) && d.scale == 0 && llabs(d.digits) < 10000
               ? (int)d.digits
               : 0;
}

/* The entry of this kind at byte i, longest first; moves *i past it. */
static const struct lexicon_entry *take_word(const struct scan *s, size_t *i, const char *kind)
{
    size_t end;
    const struct lexicon_entry *e = lexicon_match(s->words, s->text, *i, &end);
    if (!kind_is(e, kind))
        return NULL;
    *i = end;
    return e;
}

static bool read_numeral(const struct scan *s, size_t at, struct numeral *n)
{
    return numeral_read_once(s->numeral, s->text, at, n);
}

/* Moves *i past a word that stands there. */
static bool take_str(const struct scan *s, size_t *i, struct str w)
{
    if (!str_starts(str_sub(s->text, *i, s->text.n), w))
        return false;
    *i += w.n;
    return true;
}

static inline bool take_text(const struct scan *s, size_t *i, const char *word)
{
    return take_str(s, i, str_of(word));
}

/* A whole number of at most four digits; moves *i past it. */
static bool take_number(const struct scan *s, size_t *i, int *out)
{
    struct numeral n;
    if (!read_numeral(s, *i, &n) || n.multiplier != 0 || n.bare || n.loose || n.value.scale != 0 ||
        n.value.digits < 0 || n.value.digits > 2100)
        return false;
    *out = (int)n.value.digits;
    *i = n.end;
    return true;
}

static bool take_joiner(const struct scan *s, size_t *i, bool between)
{
    size_t after = quantity_range_joiner(s->text, *i);
    if (after != 0) {
        *i = after;
        return true;
    }
    return between && (take_text(s, i, "和") || take_text(s, i, "与"));
}

static bool is_year(int n)
{
    return n >= 1900 && n <= 2100;
}

/* Number 月, and perhaps a day after it. */
static bool read_month(const struct scan *s, size_t *i, struct time_point *p)
{
    size_t at = *i;
    int month, day;
    if (!take_number(s, &at, &month) || month < 1 || month > 12 || !take_text(s, &at, "月"))
        return false;
    p->grain = GRAIN_MONTH;
    p->month = (int8_t)month;
    *i = at;
    if (take_text(s, &at, "份") || take_text(s, &at, "底") || take_text(s, &at, "末")) {
        *i = at;
        return true;
    }
    if (take_number(s, &at, &day) && day >= 1 && day <= 31 &&
        (take_text(s, &at, "日") || take_text(s, &at, "号"))) {
        p->grain = GRAIN_DAY;
        p->day = (int8_t)day;
        *i = at;
    }
    return true;
}

static bool read_day(const struct scan *s, size_t *i, struct time_point *p)
{
    size_t at = *i;
    int day;
    if (!take_number(s, &at, &day) || day < 1 || day > 31 ||
        !(take_text(s, &at, "日") || take_text(s, &at, "号")))
        return false;
    p->grain = GRAIN_DAY;
    p->day = (int8_t)day;
    *i = at;
    return true;
}

/* The year of a point: 2022年, 二〇二二年, 去年. */
static bool read_year(const struct scan *s, size_t *i, struct time_point *p)
{
    size_t at = *i;
    int year;
    const struct lexicon_entry *e = take_word(s, &at, "year");
    /* 达产后年营收: 后年 and 前年 stand at the front of a phrase. */
    size_t front = *i;
    bool glued = e != NULL && abs(field_int(e, "offset")) >= 2 &&
                 point_is_han(utf8_previous(s->text, &front));
    if (glued)
        return false;
    if (e != NULL) {
        p->relative = true;
        p->offset = (int16_t)field_int(e, "offset");
    } else if (take_number(s, &at, &year) && is_year(year) && take_text(s, &at, "年")) {
        take_text(s, &at, "度");
        p->year = (int16_t)year;
    } else {
        return false;
    }
    p->grain = GRAIN_YEAR;
    *i = at;
    return true;
}

/* What stands below a year; may give a range (前三季度, 1至6月). */
static bool read_part(const struct scan *s, size_t *i, struct time_phrase *t, bool after_year)
{
    struct time_point *p = &t->from;
    size_t end;
    const struct lexicon_entry *e = lexicon_match(s->words, s->text, *i, &end);
    struct str kind = e == NULL ? (struct str){0} : e->role;
    if (str_eq(kind, STR("half")) || str_eq(kind, STR("quarter"))) {
        p->grain = str_eq(kind, STR("half")) ? GRAIN_HALF : GRAIN_QUARTER;
        p->month = (int8_t)field_int(e, "n");
        *i = end;
        if (take_text(s, i, "末") || take_text(s, i, "底")) {
            p->month = (int8_t)(p->month * (p->grain == GRAIN_HALF ? 6 : 3));
            p->grain = GRAIN_MONTH;
        }
        return true;
    }
    if (str_eq(kind, STR("months"))) {
        t->range = true;
        t->to = *p;
        p->grain = t->to.grain = GRAIN_MONTH;
        p->month = (int8_t)field_int(e, "from");
        t->to.month = (int8_t)field_int(e, "to");
        *i = end;
        return true;
    }
    if (str_eq(kind, STR("month"))) {
        p->grain = GRAIN_MONTH;
        p->month = (int8_t)field_int(e, "n");
        p->relative |= p->year == 0;
        *i = end;
        return true;
    }
    if (after_year && (take_text(s, i, "末") || take_text(s, i, "底"))) {
        p->grain = GRAIN_MONTH;
        p->month = 12;
        return true;
    }
    if (str_eq(kind, STR("whole"))) {
        t->whole = !after_year;
        *i = end;
        return true;
    }
    if (str_eq(kind, STR("this-month"))) {
        p->grain = GRAIN_MONTH;
        p->this_month = true;
        p->month_offset = (int8_t)field_int(e, "offset");
        *i = end;
        read_day(s, i, p);
        return true;
    }
    /* 1至6月 */
    size_t at = *i;
    int from;
    if (take_number(s, &at, &from) && from >= 1 && from <= 12 && take_joiner(s, &at, false)) {
        struct time_point to = *p;
        if (read_month(s, &at, &to) && to.grain == GRAIN_MONTH) {
            t->range = true;
            p->grain = GRAIN_MONTH;
            p->month = (int8_t)from;
            t->to = to;
            *i = at;
            return true;
        }
    }
    return read_month(s, i, p);
}

static bool read_point(const struct scan *s, size_t *i, struct time_phrase *t)
{
    bool year = read_year(s, i, &t->from);
    bool part = read_part(s, i, t, year);
    if (!year && part)
        t->from.relative = true;
    if (t->range)
        t->to.relative = t->from.relative, t->to.offset = t->from.offset, t->to.year = t->from.year;
    return year || part;
}

/* A joiner and the other end: 2022年至2023年, 11月12日至14日, 三月和九月之间. */
static void read_other_end(const struct scan *s, size_t *i, struct time_phrase *t, bool between)
{
    size_t at = *i;
    struct time_phrase other = {0};
    if (t->range || !take_joiner(s, &at, between))
        return;
    size_t first = at;
    if (t->from.grain == GRAIN_DAY && read_day(s, &at, &other.from)) {
        other.from.month = t->from.month;
        other.from.relative = t->from.relative;
        other.from.this_month = t->from.this_month;
    } else if (at = first, !read_point(s, &at, &other) || other.range || other.whole) {
        return;
    }
    size_t after = at;
    bool closed = take_text(s, &after, "之间") || take_text(s, &after, "间");
    if (str_eq(str_sub(s->text, *i, first), STR("和")) ||
        str_eq(str_sub(s->text, *i, first), STR("与")))
        if (!closed)
            return;
    t->range = true;
    t->to = other.from;
    if (t->to.year == 0 && (t->to.relative || t->to.grain == GRAIN_DAY) && t->to.offset == 0) {
        t->to.year = t->from.year;
        t->to.offset = t->from.offset;
        t->to.relative = t->from.relative;
    }
    *i = closed ? after : at;
}

/* 1995-1997年, 从2016到2018 */
static bool read_years(const struct scan *s, size_t *i, bool from_word, struct time_phrase *t)
{
    size_t at = *i;
    int first, last;
    if (!take_number(s, &at, &first) || !is_year(first))
        return false;
    if (!take_joiner(s, &at, false) || !take_number(s, &at, &last) || !is_year(last))
        return false;
    if (!take_text(s, &at, "年") && !from_word)
        return false;
    t->from = (struct time_point){.grain = GRAIN_YEAR, .year = (int16_t)first};
    t->to = (struct time_point){.grain = GRAIN_YEAR, .year = (int16_t)last};
    t->range = true;
    *i = at;
    return true;
}

/* 近三年, 过去十年, 五年来, 近1个月. */
static bool read_back(const struct scan *s, size_t *i, struct time_phrase *t)
{
    size_t at = *i;
    bool this = str_starts(str_sub(s->text, at, s->text.n), STR("这"));
    bool back = take_word(s, &at, "back") != NULL;
    bool ahead = !back && take_word(s, &at, "ahead") != NULL;
    int n;
    struct numeral numeral;
    if (!read_numeral(s, at, &numeral) || numeral.bare || numeral.multiplier != 0 ||
        numeral.value.scale != 0)
        return false;
    n = numeral.value.digits > 0 && numeral.value.digits < 100 ? (int)numeral.value.digits : 0;
    at = numeral.end;
    bool years = take_text(s, &at, "年");
    /* 十年前: as printed. */
    if (years && n > 0 && !back && take_text(s, &at, "前")) {
        t->vague = true;
        t->from = (struct time_point){.grain = GRAIN_YEAR, .relative = true, .offset = (int16_t)-n};
        *i = at;
        return true;
    }
    /* 今后五年: as printed. */
    if (ahead) {
        if (n == 0 || (!years && !take_text(s, &at, "个月")))
            return false;
        t->vague = true;
        t->from = (struct time_point){.grain = GRAIN_YEAR, .relative = true, .offset = (int16_t)n};
        *i = at;
        return true;
    }
    /* 三年|内, 两个月|内: as printed. */
    size_t within = at;
    if (n > 0 && !back && (years || take_text(s, &within, "个月")) && take_text(s, &within, "内")) {
        t->vague = true;
        t->from = (struct time_point){.grain = GRAIN_YEAR, .relative = true};
        *i = within;
        return true;
    }
    if (n == 0 || (!years && !(back && (take_text(s, &at, "个月") || take_text(s, &at, "周") ||
                                        take_text(s, &at, "天")))))
        return false;
    bool came = take_text(s, &at, "多来") || take_text(s, &at, "来") || take_text(s, &at, "间");
    /* 这五年; 这一年 and 这两天 are times that were just told of. */
    if ((!back && !came) || (this && (n == 1 || !years)))
        return false;
    *i = at;
    t->vague = !years;
    t->from = (struct time_point){.grain = GRAIN_YEAR, .relative = true, .offset = (int16_t)-n};
    /* 一年来 is the year that is over. */
    if (years && n == 1)
        return true;
    t->span = years;
    t->to = (struct time_point){.grain = GRAIN_YEAR, .relative = true};
    t->range = true;
    return true;
}

/* “2030启航计划”: a programme is named after the year that it aims at. */
static bool names_programme(struct str rest)
{
    enum { NAME_MOST = 60 };
    static const struct str ends[] = {STR_INIT("计划”"), STR_INIT("行动”"), STR_INIT("工程”"),
                                      STR_INIT("战略”"), STR_INIT("规划”"), STR_INIT("愿景”")};
    struct str near = str_sub(rest, 0, NAME_MOST);
    size_t close = str_find(near, STR("”"), 0);
    struct str name = str_sub(near, 0, close == STR_NONE ? 0 : close + STR("”").n);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (str_ends(name, ends[i]))
            return true;
    return false;
}

/* “2024镇域经济…”: a year that begins a quoted name. */
static bool read_name_year(const struct scan *s, size_t *i, struct time_phrase *t)
{
    size_t at = *i, before = at;
    int year;
    uint32_t c = utf8_previous(s->text, &before);
    if ((c != U'“' && c != U'《' && c != U'「') || !take_number(s, &at, &year) || year < 1990 ||
        !is_year(year) || at - *i != 4 || !point_is_han(utf8_at(s->text, at)) ||
        names_programme(str_sub(s->text, at, s->text.n)))
        return false;
    t->from = (struct time_point){.grain = GRAIN_YEAR, .year = (int16_t)year};
    *i = at;
    return true;
}

/* 国庆假期|前5天, |首日. */
static void take_first_days(const struct scan *s, size_t *i)
{
    struct numeral n;
    size_t at = *i;
    if (take_text(s, &at, "首日"))
        *i = at;
    else if (take_text(s, &at, "前") && numeral_read(s->text, at, &n) &&
             str_starts(str_sub(s->text, n.end, s->text.n), STR("天")))
        *i = n.end + STR("天").n;
}

static bool read_phrase(const struct scan *s, size_t *i, struct time_phrase *t)
{
    const struct lexicon_entry *e;
    size_t end;
    e = lexicon_match(s->words, s->text, *i, &end);
    if (kind_is(e, "now")) {
        t->now = true;
        *i = end;
        return true;
    }
    if (kind_is(e, "holiday")) {
        t->vague = t->holiday = true;
        t->from = (struct time_point){.grain = GRAIN_YEAR, .relative = true};
        *i = end;
        take_first_days(s, i);
        return true;
    }
    if (kind_is(e, "same")) {
        t->same = true;
        *i = end;
        return true;
    }
    if (kind_is(e, "day")) {
        t->from = (struct time_point){
            .grain = GRAIN_DAY, .relative_day = true, .day_offset = (int8_t)field_int(e, "offset")};
        *i = end;
        return true;
    }
    if (kind_is(e, "plan")) {
        t->from = (struct time_point){.grain = GRAIN_YEAR, .year = (int16_t)field_int(e, "from")};
        t->to = (struct time_point){.grain = GRAIN_YEAR, .year = (int16_t)field_int(e, "to")};
        t->range = true;
        *i = end;
        if (take_text(s, i, "末")) {
            t->from = t->to;
            t->range = false;
        }
        return true;
    }
    if (read_name_year(s, i, t))
        return true;
    if (read_years(s, i, false, t) || read_back(s, i, t))
        return true;
    t->of_context = kind_is(e, "year") && str_eq(lexicon_field(e, "of"), STR("context"));
    if (!read_point(s, i, t))
        return false;
    if (take_text(s, i, "同期")) {
        t->basis = true;
        return true;
    }
    read_other_end(s, i, t, true);
    return true;
}

static void read_tail(const struct scan *s, struct time_phrase *t, size_t *i)
{
    size_t end;
    const struct lexicon_entry *e;
    /* 2021年开港以来: the event at the time belongs to it. */
    struct str near = str_sub(s->text, *i, *i + STR("四个汉字以来").n + STR("以来").n);
    size_t since = str_find(near, STR("以来"), 0);
    bool plain = since != STR_NONE && since > 0 && !t->now && !t->range;
    for (size_t k = *i; plain && k < *i + since;)
        plain = point_is_han(utf8_next(s->text, &k));
    if (plain) {
        *i += since + STR("以来").n;
        t->open = true;
        t->printed_end = (uint32_t)*i;
        return;
    }
    /* 3月|当月, 2020年|当年: said once more. */
    if (t->from.grain == GRAIN_MONTH && !t->from.this_month)
        take_text(s, i, "当月");
    else if (t->from.grain == GRAIN_YEAR && t->from.year != 0)
        take_text(s, i, "当年");
    else if (t->from.grain == GRAIN_QUARTER)
        take_text(s, i, "当季");
    while ((e = lexicon_match(s->words, s->text, *i, &end)) != NULL) {
        if (kind_is(e, "open"))
            t->open = true;
        else if (!kind_is(e, "tail") && !kind_is(e, "silent") && !kind_is(e, "festival") &&
                 !kind_is(e, "holiday") && !kind_is(e, "whole"))
            break;
        t->vague |= kind_is(e, "festival") || kind_is(e, "holiday");
        if (t->now)
            break;
        *i = end;
        if (!kind_is(e, "silent"))
            t->printed_end = (uint32_t)end;
    }
    /* 1月7日|18时 */
    int hour;
    size_t at = *i;
    bool day = t->same || (t->from.grain == GRAIN_DAY && !t->range && !t->now);
    if (day && take_number(s, &at, &hour) && hour <= 24 && take_text(s, &at, "时")) {
        take_text(s, &at, "许");
        t->vague |= t->same;
        *i = at;
        t->printed_end = (uint32_t)at;
    }
}

/* 比2020年, 较上年: a comparison's other side. */
static bool is_basis(struct str text, size_t start, size_t end)
{
    uint32_t c = utf8_previous(text, &start);
    struct str after = str_sub(text, end, text.n);
    /* 与上年比, 和去年同期相比 */
    bool with = (c == U'与' || c == U'和') &&
                (str_starts(after, STR("比")) || str_starts(after, STR("相比")));
    /* 低于2020年; 始建于2020年 and 相当于2020年 are none. */
    uint32_t side = c == U'于' ? utf8_previous(text, &start) : 0;
    bool beside = side == U'高' || side == U'低' || side == U'快' || side == U'慢' ||
                  side == U'多' || side == U'少' || side == U'优' || side == U'好';
    /* 是|2015年|的3.2倍 */
    struct numeral times;
    bool multiple = str_starts(after, STR("的")) && numeral_read(text, end + STR("的").n, &times) &&
                    utf8_at(text, times.end) == U'倍';
    return multiple || c == U'比' || c == U'较' || c == U'跟' || c == U'同' || beside || with;
}

static bool may_begin(struct str text, size_t i)
{
    if (!point_is_digit((unsigned char)text.p[i]))
        return true;
    size_t before = i;
    uint32_t c = utf8_previous(text, &before);
    return !point_is_digit(c) && !point_is_latin(c) && c != '.';
}

/* 县政协十届二次会议以来, 公司成立之初: a time told by an event, whose name runs from the edge of
 * the clause to the word at byte `at` that ends at `end`. Never resolved. */
static bool read_event(const struct scan *s, size_t at, size_t end, const struct times *before,
                       struct time_phrase *t)
{
    enum { EVENT_MOST = 75 };
    size_t edge = at, least = before->n > 0 ? before->at[before->n - 1].end : 0;
    while (edge > least && at - edge < EVENT_MOST) {
        size_t i = edge;
        uint32_t c = utf8_previous(s->text, &i);
        if (!point_is_han(c) && c != U'“' && c != U'”')
            break;
        edge = i;
    }
    size_t i = edge;
    uint32_t mark = edge > 0 ? utf8_previous(s->text, &i) : U'。';
    bool clause = mark == ',' || mark == U'。' || mark == ';' || mark == ':' || mark == '\t';
    struct str quote = STR("“"), phrase = str_sub(s->text, edge, at);
    if (str_starts(phrase, quote) && !str_has(phrase, STR("”"))) {
        clause = true;
        edge += quote.n;
    }
    if (!clause || at < edge + STR("会议").n)
        return false;
    /* 公司|成立之初: who it was is told by the same words. */
    bool begins = !str_starts(str_sub(s->text, at, end), STR("以来"));
    t->start = (uint32_t)(begins && at > edge + STR("成立").n ? at - STR("成立").n : edge);
    t->printed_start = (uint32_t)edge;
    t->end = t->printed_end = (uint32_t)end;
    t->vague = true;
    t->open = !begins;
    return true;
}

/* False where what stands after the number at byte i, which is no word of time, makes it none: of
 * the numbers of a report most count something. */
static bool may_be_time(const struct scan *s, size_t i)
{
    struct numeral n;
    size_t before = i;
    if (!may_begin(s->text, i) || !read_numeral(s, i, &n))
        return false;
    switch (utf8_at(s->text, n.end)) {
    case U'年':
    case U'月':
    case U'日':
    case U'号':
    case U'个':
    case U'周':
    case U'天':
    case U'多':
    case U'至':
    case U'到':
    case U'—':
    case '-':
    case '~':
        return true;
    default: {
        uint32_t mark = utf8_previous(s->text, &before);
        return mark == U'“' || mark == U'《' || mark == U'「';
    }
    }
}

/* Of Chinese text most characters begin neither a time nor a quantity: those that may are found
 * once, for both. */
static void find_starts(struct arena *a, const struct scan *s, struct times *out)
{
    struct str text = s->text;
    if (out->words != s->words) {
        out->words = s->words;
        for (size_t i = 0; i < UTF8_ROWS; i++)
            out->first[i] = numeral_bits[i & 15] | s->words->forward.begins[i];
        utf8_rows_add(out->first, U'从');
        quantity_add_first(out->first);
    }
    out->starts.n = 0;
    for (size_t i = 0; utf8_skip_han_outside(text, &i, out->first), i < text.n;) {
        uint32_t start = (uint32_t)i, c = utf8_next(text, &i);
        /* No number begins within a row of digits. */
        bool begins =
            point_is_digit(c)
                ? start == 0 || !point_is_digit((unsigned char)text.p[start - 1])
                : point_is_han(c) || quantity_is_edge(c) || trie_begins(&s->words->forward, c);
        if (begins)
            vector_push(a, &out->starts, ((struct time_start){start, c}));
    }
}

void times_scan(struct arena *a, const struct lexicons *lexicons, const struct plain *f,
                struct times *out)
{
    struct numeral_memo numeral = {0};
    struct scan s = {f->text, lexicons_get(lexicons, LEXICON_PERIODS), &numeral};
    find_starts(a, &s, out);
    for (size_t i = 0, k = 0; k < out->starts.n; k++) {
        if (out->starts.at[k].at < i)
            continue;
        i = out->starts.at[k].at;
        size_t start = i, at = i, end;
        uint32_t c = out->starts.at[k].point;
        /* A time begins with a figure or a word of time. */
        bool figure = point_is_digit(c) || numeral_may_be(c) || c == U'从';
        if (!figure && !trie_begins(&s.words->forward, c)) {
            continue;
        }
        const struct lexicon_entry *e = lexicon_match(s.words, f->text, i, &end);
        if (e == NULL && !point_is_digit(c) && numeral_digit(c) < 0 && numeral_power(c) == 0 &&
            c != U'从') {
            continue;
        }
        if (e == NULL && c != U'从' && !may_be_time(&s, i)) {
            continue;
        }
        struct time_phrase t = {.start = (uint32_t)i};
        bool since = kind_is(e, "since") || take_text(&s, &at, "从");
        bool until = kind_is(e, "until");
        if (since || until)
            at = since && at > i ? at : end;
        t.printed_start = (uint32_t)(since ? i : at);
        size_t body = at;
        bool found = may_begin(f->text, at) &&
                     ((since && read_years(&s, &at, true, &t)) || read_phrase(&s, &at, &t));
        if (!found && until) {
            t.from.relative = t.from.this_month = true;
            found = at < f->text.n && read_day(&s, &at, &t.from);
        }
        if (!found && (kind_is(e, "open") || (e != NULL && lexicon_flag(e, "event"))) &&
            read_event(&s, i, end, out, &t)) {
            vector_push(a, out, t);
            i = end;
            continue;
        }
        if (!found)
            continue;
        t.printed_end = (uint32_t)at;
        read_tail(&s, &t, &at);
        if (!t.open && body > start)
            t.printed_start =
                (uint32_t)(since && str_starts(str_sub(f->text, start, body), STR("自")) ? start
                                                                                         : body);
        t.until = until;
        t.until_start = (uint32_t)start;
        t.basis |= is_basis(f->text, start, at);
        t.end = (uint32_t)at;
        vector_push(a, out, t);
        i = at;
    }
}
