/* What period a time expression is, counted from a date. */
#include "parse/period.h"

static int days_of(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[(month - 1) % 12];
}

/* Fills the year (and month) of a point from the article's date. False where they are not known. */
static bool settle(struct time_point *p, struct date now)
{
    if (p->relative_day) {
        if (now.year == 0 || now.month == 0 || now.day == 0)
            return false;
        int y = now.year, m = now.month, d = now.day + p->day_offset;
        if (d < 1) {
            m = m == 1 ? 12 : m - 1;
            y -= m == 12;
            d += days_of(y, m);
        } else if (d > days_of(y, m)) {
            d -= days_of(y, m);
            m = m == 12 ? 1 : m + 1;
            y += m == 1;
        }
        p->year = (int16_t)y;
        p->month = (int8_t)m;
        p->day = (int8_t)d;
        return true;
    }
    if (p->year == 0) {
        if (now.year == 0)
            return false;
        p->year = (int16_t)(now.year + p->offset);
    }
    if (p->this_month) {
        if (now.month == 0)
            return false;
        int month = now.month + p->month_offset;
        if (month < 1) {
            month += 12;
            p->year--;
        }
        p->month = (int8_t)month;
        if (p->day > days_of(p->year, month)) {
            p->month = (int8_t)(month == 1 ? 12 : month - 1);
            p->year = (int16_t)(p->year - (month == 1));
        }
    } else if (p->grain == GRAIN_DAY && p->month == 2 && p->day == 29) {
        while (days_of(p->year, 2) < 29)
            p->year++;
    }
    return true;
}

static struct str point_str(struct arena *a, const struct time_point *p)
{
    switch (p->grain) {
    case GRAIN_HALF:
        return str_printf(a, "%dH%d", p->year, p->month);
    case GRAIN_QUARTER:
        return str_printf(a, "%dQ%d", p->year, p->month);
    case GRAIN_MONTH:
        return str_printf(a, "%d-%02d", p->year, p->month);
    case GRAIN_DAY:
        return str_printf(a, "%d-%02d-%02d", p->year, p->month, p->day);
    default:
        return str_printf(a, "%d", p->year);
    }
}

/* Months that are a half year, a quarter or a year have that name. */
static struct str range_str(struct arena *a, struct time_point *from, struct time_point *to)
{
    if (from->grain == GRAIN_MONTH && to->grain == GRAIN_MONTH && from->year == to->year) {
        int months = to->month - from->month + 1;
        if (months == 12)
            return str_printf(a, "%d", from->year);
        if (months == 6 && from->month % 6 == 1)
            return str_printf(a, "%dH%d", from->year, from->month / 6 + 1);
        if (months == 3 && from->month % 3 == 1)
            return str_printf(a, "%dQ%d", from->year, from->month / 3 + 1);
    }
    struct str first = point_str(a, from), last = point_str(a, to);
    return str_printf(a, "%.*s/%.*s", STR_ARG(first), STR_ARG(last));
}

struct str period_resolve(struct arena *a, const struct plain *f, struct str prose,
                          const struct time_phrase *t, struct date now, bool *resolved)
{
    *resolved = true;
    if (t->now)
        return (struct str){0};
    struct time_point from = t->from, to = t->to;
    if (!t->vague && settle(&from, now) && (!t->range || settle(&to, now)) &&
        (!t->open || now.year != 0)) {
        if (t->range && to.year < from.year)
            to.year = from.year;
        /* 8月至2月 runs into the next year. */
        if (t->range && to.year == from.year && to.grain >= GRAIN_MONTH && to.month < from.month)
            to.year++;
        if (t->open) {
            if (from.grain == GRAIN_YEAR && from.year == now.year)
                return point_str(a, &from);
            /* “十四五”以来, said after those years: no longer than they ran. */
            int last =
                t->range && to.grain == GRAIN_YEAR && to.year < now.year ? to.year : now.year;
            struct str first = point_str(a, &from);
            return str_printf(a, "%.*s/%d", STR_ARG(first), last);
        }
        return t->range ? range_str(a, &from, &to) : point_str(a, &from);
    }
    *resolved = false;
    /* 截至7月20日 is not what was on that day; 9月底 says so itself. */
    struct str word = str_sub(f->text, t->until_start, t->printed_start);
    bool until = t->until && (t->same || t->from.grain == GRAIN_DAY) && str_starts(word, STR("截"));
    return plain_printed(a, f, prose, until ? t->until_start : t->printed_start, t->printed_end);
}

int period_year(struct str period)
{
    int year = 0;
    size_t i = 0;
    while (i < period.n && i < 4 && point_is_digit((unsigned char)period.p[i]))
        year = year * 10 + (period.p[i++] - '0');
    return i == 4 ? year : 0;
}

int period_last_year(struct str period)
{
    size_t slash = str_find(period, STR("/"), 0);
    return period_year(slash == STR_NONE ? period : str_sub(period, slash + 1, period.n));
}
