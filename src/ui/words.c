#include "ui/words.h"

#include "baolan/buffer.h"
#include "baolan/message.h"
#include "baolan/utf8.h"

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

static struct str without_zero(struct str s)
{
    return s.n > 1 && s.p[0] == '0' ? str_sub(s, 1, s.n) : s;
}

static bool add_period(struct buffer *out, struct str p)
{
    static const char *const QUARTERS[] = {"一季度", "二季度", "三季度", "四季度"};
    struct str rest = str_sub(p, 4, p.n);
    if (!all_digits(str_sub(p, 0, 4)) || p.n < 4)
        return false;
    buffer_printf(out, "%.4s年", p.p);
    if (rest.n == 0)
        return true;
    if (rest.n == 2 && rest.p[0] == 'H' && (rest.p[1] == '1' || rest.p[1] == '2'))
        return buffer_add_c(out, rest.p[1] == '1' ? "上半年" : "下半年"), true;
    if (rest.n == 2 && rest.p[0] == 'Q' && rest.p[1] >= '1' && rest.p[1] <= '4')
        return buffer_add_c(out, QUARTERS[rest.p[1] - '1']), true;
    struct str month = str_sub(rest, 1, 3), day = str_sub(rest, 4, 6);
    if (rest.p[0] != '-' || !all_digits(month) || month.n != 2)
        return false;
    buffer_printf(out, "%.*s月", STR_ARG(without_zero(month)));
    if (rest.n == 3)
        return true;
    if (rest.n != 6 || rest.p[3] != '-' || !all_digits(day))
        return false;
    buffer_printf(out, "%.*s日", STR_ARG(without_zero(day)));
    return true;
}

struct str words_of_period(struct arena *a, struct str period)
{
    if (language_now() != LANGUAGE_CHINESE || period.n < 4)
        return period;
    struct buffer out = buffer_in(a);
    size_t slash = str_find(period, STR("/"), 0);
    if (slash == STR_NONE)
        return add_period(&out, period) ? buffer_str(&out) : period;
    bool known = add_period(&out, str_sub(period, 0, slash));
    buffer_add_c(&out, "至");
    known = known && add_period(&out, str_sub(period, slash + 1, period.n));
    return known ? buffer_str(&out) : period;
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
