#include "ui/words.h"

#include "baolan/buffer.h"
#include "baolan/message.h"
#include "baolan/utf8.h"

const char *words_of_finding(enum finding_kind kind)
{
    static const char *const WORDS[FINDING_KIND_COUNT][2] = {
        [FINDING_SUM] = {"合计", "sum"},
        [FINDING_SHARE] = {"占比", "share"},
        [FINDING_GROWTH] = {"增幅", "growth"},
        [FINDING_SHARE_SUM] = {"占比之和", "share sum"},
        [FINDING_BOUND] = {"部分超全体", "part > whole"},
        [FINDING_CONFLICT] = {"前后不一", "conflict"},
        [FINDING_UNIT] = {"缺单位", "no unit"},
        [FINDING_RANK] = {"位次", "rank"},
        [FINDING_COUNT_LIST] = {"数目", "count"},
    };
    return kind < FINDING_KIND_COUNT && WORDS[kind][0] != NULL
               ? message_of(WORDS[kind][0], WORDS[kind][1])
               : finding_kind_name(kind);
}

const char *words_of_entity(enum entity_type type)
{
    static const char *const WORDS[ENTITY_TYPE_COUNT][2] = {
        [ENTITY_ORGANISATION] = {"机构", "body"},   [ENTITY_PLACE] = {"地方", "place"},
        [ENTITY_PERSON] = {"人物", "person"},       [ENTITY_DOCUMENT] = {"文件", "document"},
        [ENTITY_PROGRAMME] = {"举措", "programme"}, [ENTITY_PROJECT] = {"项目", "project"},
    };
    return type < ENTITY_TYPE_COUNT && WORDS[type][0] != NULL
               ? message_of(WORDS[type][0], WORDS[type][1])
               : entity_type_name(type);
}

const char *words_of_indicator(enum indicator_kind kind)
{
    static const char *const WORDS[INDICATOR_KIND_COUNT][2] = {
        [INDICATOR_LEVEL] = {"数值", "level"},
        [INDICATOR_CHANGE] = {"增减", "change"},
        [INDICATOR_SHARE] = {"占比", "share"},
        [INDICATOR_RANK] = {"位次", "rank"},
    };
    return kind < INDICATOR_KIND_COUNT && WORDS[kind][0] != NULL
               ? message_of(WORDS[kind][0], WORDS[kind][1])
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
