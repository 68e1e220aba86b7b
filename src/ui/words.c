#include "ui/words.h"

#include "baolan/buffer.h"
#include "baolan/message.h"
#include "baolan/utf8.h"

#include <stdio.h>

const char *words_of_finding(enum finding_kind kind)
{
    static const char *const WORDS[FINDING_KIND_COUNT] = {
        [FINDING_SUM] = N_("sum"),
        [FINDING_SHARE] = N_("share"),
        [FINDING_GROWTH] = N_("growth"),
        [FINDING_SHARE_SUM] = N_("share sum"),
        [FINDING_BOUND] = N_("part > whole"),
        [FINDING_CONFLICT] = N_("conflict"),
        [FINDING_UNIT] = N_("no unit"),
        [FINDING_RANK] = N_("rank"),
        [FINDING_COUNT_LIST] = N_("count"),
    };
    return kind < FINDING_KIND_COUNT && WORDS[kind] != NULL ? translate(WORDS[kind])
                                                            : finding_kind_name(kind);
}

const char *words_why_finding(enum finding_kind kind)
{
    static const char *const WORDS[FINDING_KIND_COUNT] = {
        [FINDING_SUM] = N_("the parts do not add up to the printed total"),
        [FINDING_SHARE] = N_("part divided by whole is not the printed share"),
        [FINDING_GROWTH] = N_("the two years' values do not give the printed growth"),
        [FINDING_SHARE_SUM] = N_("the shares of one whole make more than 100%"),
        [FINDING_BOUND] = N_("a part is larger than what it is a part of"),
        [FINDING_CONFLICT] = N_("one thing has two values; the pages tell which may be right"),
        [FINDING_UNIT] = N_("the figures beside it have a unit, this one has none"),
        [FINDING_RANK] = N_("the rank lies beyond the number of those that are ranked"),
        [FINDING_COUNT_LIST] = N_("the number is not that of the names that stand before it"),
    };
    return kind < FINDING_KIND_COUNT && WORDS[kind] != NULL ? translate(WORDS[kind]) : "";
}

const char *words_of_entity(enum entity_type type)
{
    static const char *const WORDS[ENTITY_TYPE_COUNT] = {
        [ENTITY_ORGANISATION] = N_("body"),   [ENTITY_PLACE] = N_("place"),
        [ENTITY_PERSON] = N_("person"),       [ENTITY_DOCUMENT] = NC_("name", "document"),
        [ENTITY_PROGRAMME] = N_("programme"), [ENTITY_PROJECT] = N_("project"),
    };
    return type < ENTITY_TYPE_COUNT && WORDS[type] != NULL ? translate(WORDS[type])
                                                           : entity_type_name(type);
}

const char *words_of_indicator(enum indicator_kind kind)
{
    static const char *const WORDS[INDICATOR_KIND_COUNT] = {
        [INDICATOR_LEVEL] = N_("level"),
        [INDICATOR_CHANGE] = N_("change"),
        [INDICATOR_SHARE] = N_("share"),
        [INDICATOR_RANK] = N_("rank"),
    };
    return kind < INDICATOR_KIND_COUNT && WORDS[kind] != NULL ? translate(WORDS[kind])
                                                              : indicator_kind_name(kind);
}

static bool all_digits(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!point_is_digit((unsigned char)s.p[i]))
            return false;
    return s.n > 0;
}

/* The parts of a year, half-year, quarter, month or day; 0 where it has none such. */
struct period_parts {
    int year, half, quarter, month, day;
};

static int number_of(struct str s)
{
    int n = 0;
    for (size_t i = 0; i < s.n; i++)
        n = n * 10 + (s.p[i] - '0');
    return n;
}

static bool read_period(struct str p, struct period_parts *out)
{
    struct str year = str_sub(p, 0, 4), rest = str_sub(p, 4, p.n);
    *out = (struct period_parts){0};
    if (p.n < 4 || !all_digits(year))
        return false;
    out->year = number_of(year);
    if (rest.n == 0)
        return true;
    if (rest.n == 2 && (rest.p[0] == 'H' || rest.p[0] == 'Q')) {
        int n = rest.p[1] - '0';
        *(rest.p[0] == 'H' ? &out->half : &out->quarter) = n;
        return n >= 1 && n <= (rest.p[0] == 'H' ? 2 : 4);
    }
    struct str month = str_sub(rest, 1, 3), day = str_sub(rest, 4, 6);
    if (rest.p[0] != '-' || !all_digits(month) || month.n != 2)
        return false;
    out->month = number_of(month);
    if (rest.n == 3)
        return out->month >= 1 && out->month <= 12;
    out->day = rest.n == 6 && rest.p[3] == '-' && all_digits(day) ? number_of(day) : 0;
    return out->month >= 1 && out->month <= 12 && out->day >= 1 && out->day <= 31;
}

static void add_chinese(struct buffer *out, const struct period_parts *p)
{
    static const char *const QUARTERS[] = {"一季度", "二季度", "三季度", "四季度"};
    buffer_printf(out, "%d年", p->year);
    if (p->half > 0)
        buffer_add_c(out, p->half == 1 ? "上半年" : "下半年");
    if (p->quarter > 0)
        buffer_add_c(out, QUARTERS[p->quarter - 1]);
    if (p->month > 0)
        buffer_printf(out, "%d月", p->month);
    if (p->day > 0)
        buffer_printf(out, "%d日", p->day);
}

static void add_english(struct buffer *out, const struct period_parts *p)
{
    static const char *const MONTHS[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    if (p->half > 0)
        buffer_printf(out, "H%d ", p->half);
    if (p->quarter > 0)
        buffer_printf(out, "Q%d ", p->quarter);
    if (p->day > 0)
        buffer_printf(out, "%d ", p->day);
    if (p->month > 0)
        buffer_printf(out, "%s ", MONTHS[p->month - 1]);
    buffer_printf(out, "%d", p->year);
}

static bool add_period(struct buffer *out, struct str period)
{
    struct period_parts parts;
    bool known = read_period(period, &parts);
    if (known && language_now() == LANGUAGE_CHINESE)
        add_chinese(out, &parts);
    else if (known)
        add_english(out, &parts);
    return known;
}

struct str words_of_period(struct arena *a, struct str period)
{
    struct buffer out = buffer_in(a);
    size_t slash = str_find(period, STR("/"), 0);
    if (slash == STR_NONE)
        return add_period(&out, period) ? buffer_str(&out) : period;
    bool known = add_period(&out, str_sub(period, 0, slash));
    buffer_add_c(&out, language_now() == LANGUAGE_CHINESE ? "至" : " to ");
    known = known && add_period(&out, str_sub(period, slash + 1, period.n));
    return known ? buffer_str(&out) : period;
}

/* n in tenths of a unit, rounded down: 1.2万. */
static struct str tenths(struct arena *a, int64_t n, int64_t unit, const char *name)
{
    long long whole = n / unit, part = n % unit * 10 / unit;
    return part == 0 || whole >= 100 ? str_printf(a, "%lld%s", whole, name)
                                     : str_printf(a, "%lld.%lld%s", whole, part, name);
}

struct str words_of_count(struct arena *a, int64_t n)
{
    if (language_now() == LANGUAGE_CHINESE)
        return n >= 100000000 ? tenths(a, n, 100000000, "亿")
               : n >= 10000   ? tenths(a, n, 10000, "万")
                              : str_printf(a, "%lld", (long long)n);
    struct buffer out = buffer_in(a);
    char digits[24];
    int many = snprintf(digits, sizeof digits, "%lld", (long long)n);
    for (int i = 0; i < many; i++) {
        if (i > 0 && digits[i - 1] != '-' && (many - i) % 3 == 0)
            buffer_add_byte(&out, ',');
        buffer_add_byte(&out, digits[i]);
    }
    return buffer_str(&out);
}

struct str words_of_path(struct str path)
{
    size_t slash = str_find_last(path, STR("/"));
    if (slash != STR_NONE)
        path = str_sub(path, slash + 1, path.n);
    size_t dot = str_find_last(path, STR("."));
    return dot != STR_NONE && dot > 0 ? str_sub(path, 0, dot) : path;
}

bool words_have_letters(struct str text)
{
    for (size_t i = 0; i < text.n; i++)
        if ((text.p[i] | 0x20) >= 'a' && (text.p[i] | 0x20) <= 'z')
            return true;
    return false;
}
