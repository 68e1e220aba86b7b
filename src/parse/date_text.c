/* Dates as pages print them. */
#include "parse/date_text.h"
#include "baolan/utf8.h"

/* Years that a text of our day may name. */
enum { YEAR_LEAST = 1949, YEAR_MOST = 2099 };

/* Four digits (half or full width, no more around them) at byte at: the year, or 0. */
int date_year_at(struct str text, size_t at, size_t *end)
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
unsigned date_number_at(struct str text, size_t *at)
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
struct date date_at(struct str text, size_t at)
{
    struct date date = {0};
    size_t end;
    int year = date_year_at(text, at, &end);
    if (year == 0) {
        struct str eight = str_sub(text, at, at + 8);
        unsigned digits = 0;
        for (size_t i = 0; i < eight.n; i++)
            digits += point_is_digit((unsigned char)eight.p[i]);
        size_t ignored;
        year = digits == 8 ? date_year_at(str_sub(eight, 0, 4), 0, &ignored) : 0;
        size_t m = 4, d = 6;
        unsigned month = date_number_at(eight, &m), day = date_number_at(eight, &d);
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
        unsigned month = date_number_at(text, &k);
        if (month < 1 || month > 12)
            return date;
        date.month = (uint8_t)month;
        if (!starts_at(text, k, after_month[i]))
            return date;
        k += strlen(after_month[i]);
        unsigned day = date_number_at(text, &k);
        if (day >= 1 && day <= 31)
            date.day = (uint8_t)day;
        return date;
    }
    return date;
}

/* The first date with a day (else a month) in text. */
struct date date_find(struct str text)
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
