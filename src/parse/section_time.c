/* When what says no time of its own was: the title of a communique, the heading of a report's
 * section (一、2025年和“十四五”时期工作回顾), and the words with which a paragraph turns from the
 * year to the years behind it (过去五年, 一年来). */
#include "baolan/utf8.h"
#include "parse/reading.h"

int16_t year_of(struct str title)
{
    size_t at = str_find(title, STR("年"), 0);
    if (at == STR_NONE || at < 4)
        return 0;
    int year = period_year(str_sub(title, at - 4, at));
    return year >= 1949 && year <= 2100 ? (int16_t)year : 0;
}

struct named {
    struct str year, span, other; /* periods, or empty; `other` a second span */
    int16_t number;               /* the year's */
    bool span_first;
};

/* A period of whole years without 以来: “十四五”以来 is 2021/2025 here. */
static struct str years_of(struct reading *r, const struct plain *plain, struct str prose,
                           struct time_phrase t, struct date now)
{
    bool resolved;
    t.open = t.vague = false;
    return period_resolve(r->arena, plain, prose, &t, now, &resolved);
}

/* The times of a title or heading. */
static const struct times *times_of(struct reading *r, struct str title)
{
    r->title_times.n = 0;
    plain_prose(r->arena, title, &r->title_plain);
    times_scan(r->arena, r->options->lexicons, &r->title_plain, &r->title_times);
    return &r->title_times;
}

/* The year and the span of years that a title or heading names. */
static void read_named(struct reading *r, struct str title, struct named *n)
{
    *n = (struct named){0};
    const struct times *times = times_of(r, title);
    for (size_t i = 0; i < times->n; i++) {
        const struct time_phrase *t = &times->at[i];
        /* The day of the meeting at which it was said is no section's time. */
        bool part = t->from.grain == GRAIN_HALF || t->from.grain == GRAIN_QUARTER || t->range;
        if ((t->from.year == 0 && !(part && t->from.relative)) || t->basis ||
            (!t->range && t->from.grain == GRAIN_DAY))
            continue;
        bool span = t->range && t->from.grain == GRAIN_YEAR;
        struct str *slot = !span ? &n->year : n->span.n > 0 ? &n->other : &n->span;
        if (slot->n > 0)
            continue;
        *slot = years_of(r, &r->title_plain, title, *t, r->now);
        if (span && n->year.n == 0)
            n->span_first = true;
        if (!span)
            n->number = t->from.year;
    }
}

/* True for the title of a piece that is about one time: a communique, a summary of a year. */
static bool sums_up(struct str title)
{
    static const struct str ends[] = {STR_INIT("通报"), STR_INIT("情况"), STR_INIT("总结"),
                                      STR_INIT("年报"), STR_INIT("统计"), STR_INIT("分析"),
                                      STR_INIT("简析"), STR_INIT("简况"), STR_INIT("概况"),
                                      STR_INIT("运行"), STR_INIT("形势"), STR_INIT("综述")};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (str_ends(title, ends[i]))
            return true;
    return str_has(title, STR("公报"));
}

/* 一季度全区经济“开门红”: a title that begins with a part of a year, of which the piece tells. */
static bool is_of_part(struct reading *r, struct str title)
{
    const struct times *times = times_of(r, title);
    const struct time_phrase *t = times->n > 0 ? &times->at[0] : NULL;
    return t != NULL && t->start == 0 && !t->vague && !t->open && !t->basis && !t->now &&
           (t->from.grain == GRAIN_HALF || t->from.grain == GRAIN_QUARTER ||
            (t->range && t->from.grain == GRAIN_MONTH));
}

void section_time_begin(struct reading *r, struct str title)
{
    struct section_time *s = &r->section;
    *s = (struct section_time){
        .heading = NONE, .top = NONE, .below = NONE - 1, .opened_under = NONE - 1};
    struct named named = {0};
    if (sums_up(title) || is_of_part(r, title)) {
        read_named(r, title, &named);
        s->title = named.year;
        if (named.number != 0)
            r->year_context = (int16_t)named.number;
    }
}

/* True where a time stands at the front of a sentence of the paragraph:
 * 各位代表，刚刚过去的|2025年. */
static bool opens_sentence(const struct reading *r, const struct time_phrase *t)
{
    static const struct str before[] = {STR_INIT("刚刚过去的"), STR_INIT("刚过去的"),
                                        STR_INIT("过去的"), STR_INIT("各位代表,"),
                                        STR_INIT("回顾")};
    struct str head = str_sub(r->plain.text, 0, t->start);
    for (size_t i = 0; i < sizeof before / sizeof *before; i++)
        if (str_ends(head, before[i]))
            head = str_sub(head, 0, head.n - before[i].n);
    size_t at = head.n;
    uint32_t c = utf8_previous(head, &at);
    return head.n == 0 || c == U'。' || c == U'—' || c == U'!' || c == U';';
}

/* Turns to the year or to the years behind it where a sentence opens so. Of a paragraph's times
 * those from `first` on are read; returns the time after the last. */
static void turn(struct reading *r, const struct time_phrase *t)
{
    struct section_time *s = &r->section;
    bool years = t->range && t->from.grain == GRAIN_YEAR;
    bool year = !t->range && t->from.grain == GRAIN_YEAR && !t->basis && !t->now &&
                ((t->from.year != 0 && t->from.year == s->year) ||
                 (t->from.relative && (t->from.offset == -1 ||
                                       (s->year != 0 && r->now.year + t->from.offset == s->year))));
    /* Under a heading of the five years alone the text turns to the last of them, too. */
    bool last = r->reports && s->year == 0 && s->span.n > 0 && !t->range && !t->basis &&
                t->from.grain == GRAIN_YEAR && t->from.year == r->year_context;
    if ((!years && !year && !last) || !opens_sentence(r, t))
        return;
    if (last) {
        s->year = t->from.year;
        s->period = str_printf(r->arena, "%d", s->year);
    }
    if (years) {
        struct date now = {s->year != 0 ? s->year : r->year_context, 0, 0};
        struct str span = years_of(r, &r->plain, r->at->prose.text, *t, now);
        s->looks_back = true;
        if (str_eq(span, s->other)) {
            s->other = s->span;
            s->span = span;
        } else if (r->reports && s->span.n == 0 && period_year(span) < r->now.year) {
            s->span = span;
        }
    } else {
        s->looks_back = false;
    }
}

/* 我们编制了|“十五五”|规划纲要: a first sentence that turns to the second span of years of the
 * heading, which are to come. */
static void turn_to_plan(struct reading *r)
{
    static const struct str plans[] = {STR_INIT("规划"), STR_INIT("纲要"), STR_INIT("时期")};
    struct section_time *s = &r->section;
    struct str text = r->plain.text;
    size_t stop = str_find(text, STR("。"), 0);
    if (s->other.n == 0 || period_year(s->other) < r->now.year)
        return;
    for (size_t i = 0; i < r->times.n && r->times.at[i].start < stop; i++) {
        const struct time_phrase *t = &r->times.at[i];
        bool plan = false;
        for (size_t k = 0; k < sizeof plans / sizeof *plans; k++)
            plan |= str_starts(str_sub(text, t->end, text.n), plans[k]) ||
                    str_ends(str_sub(text, t->start, t->end), plans[k]);
        if (!plan || !t->range || t->from.year != period_year(s->other))
            continue;
        struct str span = s->other;
        s->other = s->span;
        s->span = span;
        s->looks_back = true;
        return;
    }
}

/* 一、工作回顾. */
static bool looks_back(const struct article *article, uint32_t heading)
{
    for (; heading != NONE && heading < article->n_headings;
         heading = article->headings[heading].parent)
        if (str_has(article->headings[heading].prose.text, STR("回顾")))
            return true;
    return false;
}

/* The outermost heading above a paragraph. */
static uint32_t outermost(const struct article *article, uint32_t heading)
{
    while (heading < article->n_headings && article->headings[heading].parent != NONE)
        heading = article->headings[heading].parent;
    return heading;
}

/* 一、奋力前行：2025年是收官之年。…: a section whose heading names no time and whose first sentence
 * opens with it. Fills *n and returns the outermost heading, or NONE. */
static uint32_t read_opening(struct reading *r, const struct paragraph *p, struct named *n)
{
    const struct article *article = &r->document->articles[r->article];
    struct section_time *s = &r->section;
    uint32_t top = outermost(article, p->heading);
    const struct time_phrase *t = r->times.n > 0 ? &r->times.at[0] : NULL;
    bool opens = t != NULL && t->start == 0 && t->from.year != 0 && !t->basis && !t->open &&
                 t->from.grain == GRAIN_YEAR;
    if (s->opened_under != top) {
        s->opened_under = top;
        s->opened = (struct str){0};
        s->opened_year = 0;
        if (opens) {
            s->opened = years_of(r, &r->plain, p->prose.text, *t, r->now);
            s->opened_year = t->range ? 0 : t->from.year;
        }
    }
    if (s->opened.n == 0)
        return NONE;
    if (s->opened_year != 0) {
        n->year = s->opened;
        n->number = s->opened_year;
    } else {
        n->span = s->opened;
        n->span_first = true;
    }
    return top;
}

/* The period at hand, in the section below heading `top`. */
static struct str section_time_here(struct reading *r, uint32_t top)
{
    struct section_time *s = &r->section;
    s->top = top;
    if (s->year != 0)
        r->year_context = s->year;
    if (r->times.n > 0 && r->times.at[0].start < STR("各位代表，刚刚过去的2025年").n)
        turn(r, &r->times.at[0]);
    turn_to_plan(r);
    if (top == NONE && s->period.n == 0)
        return s->looks_back ? (struct str){0} : s->title;
    return s->looks_back ? s->span : s->period;
}

struct str section_time_of(struct reading *r, const struct paragraph *p)
{
    const struct article *article = &r->document->articles[r->article];
    struct section_time *s = &r->section;
    uint32_t top = s->top;
    struct named named = {0};
    if (p->heading == s->below)
        return section_time_here(r, top);
    top = NONE;
    s->below = p->heading;
    for (uint32_t h = p->heading; h != NONE && h < article->n_headings;
         h = article->headings[h].parent) {
        struct named found;
        read_named(r, article->headings[h].prose.text, &found);
        if (found.year.n > 0 || (r->reports && found.span.n > 0)) {
            named = found;
            top = h;
        }
    }
    /* Under “十五五”开好局 the text may open with the year that it means. */
    if (named.year.n == 0 && r->reports && p->heading != NONE) {
        struct named opened = {0};
        uint32_t above = read_opening(r, p, &opened);
        if (above != NONE && (top == NONE || opened.year.n > 0)) {
            top = above;
            named = opened;
        }
    }
    if (top == NONE && r->reports && looks_back(article, p->heading))
        named.year = str_printf(r->arena, "%d", r->now.year - 1);
    if (top != s->heading || (top == NONE && named.year.n > 0 && s->period.n == 0)) {
        struct str title = s->title;
        *s = (struct section_time){.heading = top,
                                   .title = title,
                                   .below = p->heading,
                                   .opened_under = s->opened_under,
                                   .opened = s->opened,
                                   .opened_year = s->opened_year,
                                   .period = named.year,
                                   .span = r->reports ? named.span : (struct str){0},
                                   .other = r->reports ? named.other : (struct str){0},
                                   .year = named.number,
                                   .looks_back = named.span_first && r->reports};
    }
    s->reviews = looks_back(article, p->heading);
    return section_time_here(r, top);
}

void section_time_end(struct reading *r)
{
    for (size_t i = 0; i < r->times.n; i++)
        turn(r, &r->times.at[i]);
}

bool section_is_past(const struct reading *r)
{
    return r->reports && r->section.heading != NONE && !section_is_planned(r);
}

bool section_is_planned(const struct reading *r)
{
    const struct section_time *s = &r->section;
    struct str period = s->looks_back ? s->span : s->period;
    return r->reports && s->heading != NONE && !s->reviews && r->now.year != 0 &&
           period_year(period) >= r->now.year;
}
