/* Time expressions in plain prose, and what period each one is. */
#ifndef BAOLAN_PARSE_PERIOD_H
#define BAOLAN_PARSE_PERIOD_H

#include "baolan/document.h"
#include "baolan/lexicon.h"
#include "baolan/vector.h"
#include "parse/plain.h"

enum time_grain { GRAIN_YEAR, GRAIN_HALF, GRAIN_QUARTER, GRAIN_MONTH, GRAIN_DAY };

/* One end of a period. */
struct time_point {
    enum time_grain grain;
    int16_t year;      /* the year, or 0: not said */
    int16_t offset;    /* of 去年 -1, 今年 0; only where relative */
    bool relative;     /* to the article's year */
    int8_t month, day; /* or the number of the half or quarter in month */
    bool this_month;   /* 本月 */
    int8_t month_offset;
    int8_t day_offset;
    bool relative_day; /* 昨天 */
};

struct time_phrase {
    uint32_t start, end;    /* the bytes to pass over */
    uint32_t printed_start; /* where what is printed begins (past 截至, 在) */
    uint32_t printed_end;
    uint32_t until_start; /* where 截至 begins; only where until */
    struct time_point from, to;
    bool range;
    bool open;       /* 以来 */
    bool now;        /* 目前: no period */
    bool span;       /* 近三年, 过去十年: years back from the article's */
    bool basis;      /* 比2020年, 去年同期: what is compared with */
    bool whole;      /* 全年: the year said before */
    bool until;      /* 截至, 到 */
    bool vague;      /* never resolved: 近1个月 */
    bool holiday;    /* “五一”假期 */
    bool of_context; /* 当年, 上年: counted from the year that the text speaks of */
    bool same;       /* 当天: the time that a sentence before began with */
};

/* A byte at which a time, a quantity or a mark may stand, and the character there. */
struct time_start {
    uint32_t at, point;
};

struct times {
    struct time_phrase *at;
    size_t n, room;
    const struct lexicon *words;      /* those that `first` is for */
    uint64_t first[UTF8_ROWS];        /* what a time or a quantity may begin with */
    VECTOR(struct time_start) starts; /* ascending */
};

/* Appends the time expressions of f's text to *out, ascending, and sets its starts. Cost is linear.
 */
void times_scan(struct arena *a, const struct lexicons *lexicons, const struct plain *f,
                struct times *out);

/* The period as GUIDE.md writes it (2023H1, 2022-05, 2019/2022), resolved by the article's year
 * and date, which may be unknown; *resolved is false where it could not be and is given as printed.
 * Empty for 目前. */
struct str period_resolve(struct arena *a, const struct plain *f, struct str prose,
                          const struct time_phrase *t, struct date now, bool *resolved);

/* The first year of a period so written, or 0. */
int period_year(struct str period);

/* The last year of a period, resolved or printed: 2025 of 2021/2025; or 0. */
int period_last_year(struct str period);

#endif
