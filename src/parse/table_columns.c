#include "parse/table_columns.h"
#include "baolan/buffer.h"
#include "baolan/utf8.h"
#include "parse/phrase.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))

static bool has_any(struct str text, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_has(text, str_of(words[i])))
            return true;
    return false;
}

struct str table_clean(struct arena *a, struct str text)
{
    struct buffer b = buffer_in(a);
    bool spaced = false;
    for (size_t i = 0; i < text.n;) {
        uint32_t c = utf8_next(text, &i);
        if (point_is_space(c) || c == '#' || c == '*' || c == 0xFF03) {
            spaced = true;
            continue;
        }
        buffer_add_point(&b, c);
    }
    return spaced ? buffer_str(&b) : text;
}

struct str table_take_unit(struct str *text)
{
    struct str close = str_ends(*text, STR("）")) ? STR("）") : STR(")");
    struct str open = str_ends(*text, STR("）")) ? STR("（") : STR("(");
    if (!str_ends(*text, close))
        return (struct str){0};
    size_t at = str_find_last(*text, open);
    if (at == STR_NONE)
        return (struct str){0};
    struct str unit = str_sub(*text, at + open.n, text->n - close.n);
    *text = str_trim(str_sub(*text, 0, at));
    return unit;
}

/* The last month of a period within a year: 2024-09 of 2024-01/2024-09, 2024Q1 or 2024H1. */
static struct str last_month(struct arena *a, struct str period)
{
    int year = period_last_year(period);
    size_t slash = str_find(period, STR("/"), 0);
    struct str last = slash == STR_NONE ? period : str_sub(period, slash + 1, period.n);
    struct str part = str_sub(last, STR("2024").n, last.n);
    int n = part.n > 1 ? part.p[1] - '0' : 0;
    if (str_starts(part, STR("-")))
        return str_sub(last, 0, STR("2024-09").n);
    if (year == 0 || n < 1 || n > 4)
        return (struct str){0};
    return str_printf(a, "%d-%02d", year, str_starts(part, STR("Q")) ? 3 * n : 6 * n);
}

static struct str without(struct arena *a, struct str text, size_t start, size_t end)
{
    struct str front = str_sub(text, 0, start), back = str_sub(text, end, text.n);
    return front.n == 0  ? back
           : back.n == 0 ? front
                         : str_printf(a, "%.*s%.*s", STR_ARG(front), STR_ARG(back));
}

/* 本月, 年末 and 上年 in the table's own time. */
static struct str relative_period(struct arena *a, struct str text, struct str whole,
                                  struct str *rest)
{
    static const struct str months[] = {STR_INIT("本月"), STR_INIT("当月")};
    static const struct str ends[] = {STR_INIT("年末"), STR_INIT("年底"), STR_INIT("期末")};
    static const struct str before[] = {STR_INIT("上年同期"), STR_INIT("去年同期"),
                                        STR_INIT("上年"), STR_INIT("去年")};
    static const struct str sides[] = {STR_INIT("比"), STR_INIT("较"), STR_INIT("为"),
                                       STR_INIT("占"), STR_INIT("与"), STR_INIT("同")};
    int year = period_last_year(whole);
    for (size_t i = 0; i < COUNT(months); i++)
        if (str_starts(text, months[i])) {
            *rest = str_sub(text, months[i].n, text.n);
            return last_month(a, whole);
        }
    for (size_t i = 0; i < COUNT(ends) && year != 0 && whole.n == 4; i++)
        if (str_starts(text, ends[i])) {
            *rest = str_sub(text, ends[i].n, text.n);
            return str_printf(a, "%d-12", year);
        }
    for (size_t i = 0; i < COUNT(sides); i++)
        if (str_has(text, sides[i]))
            return (struct str){0};
    for (size_t i = 0; i < COUNT(before) && year != 0; i++)
        if (str_starts(text, before[i])) {
            *rest = str_sub(text, before[i].n, text.n);
            size_t slash = str_find(whole, STR("/"), 0);
            struct str part = str_sub(whole, 4, slash == STR_NONE ? whole.n : slash);
            if (slash == STR_NONE)
                return str_printf(a, "%d%.*s", year - 1, STR_ARG(part));
            return str_printf(a, "%d%.*s/%d%.*s", period_year(whole) - 1, STR_ARG(part), year - 1,
                              STR_ARG(str_sub(whole, slash + 5, whole.n)));
        }
    return (struct str){0};
}

struct str table_period(struct reading *r, struct str text, struct str whole, struct str *rest)
{
    struct plain plain = {0};
    struct times times = {0};
    *rest = text;
    struct str relative = relative_period(r->arena, text, whole, rest);
    if (relative.n > 0)
        return relative;
    plain_prose(r->arena, text, &plain);
    times_scan(r->arena, r->options->lexicons, &plain, &times);
    int year = period_last_year(whole);
    struct date now = {(int16_t)(year != 0 ? year : r->now.year), 0, 0};
    for (size_t i = 0; i < times.n; i++) {
        struct time_phrase t = times.at[i];
        bool part = t.range || t.from.grain == GRAIN_HALF || t.from.grain == GRAIN_QUARTER ||
                    t.from.grain == GRAIN_MONTH;
        bool resolved;
        if (t.basis || t.now || t.vague || t.open || (t.from.year == 0 && !part))
            continue;
        struct str period = period_resolve(r->arena, &plain, text, &t, now, &resolved);
        if (!resolved)
            continue;
        *rest = without(r->arena, text, plain.at[t.start],
                        t.end < plain.text.n ? plain.at[t.end] : text.n);
        return period;
    }
    return (struct str){0};
}

/* Words of a header that say what is measured of a metric, and are none. */
static const struct str measures[] = {
    STR_INIT("比上年同期"), STR_INIT("比上年"),   STR_INIT("较上年"),
    STR_INIT("比去年"),     STR_INIT("年均"),     STR_INIT("完成年度计划"),
    STR_INIT("完成年计划"), STR_INIT("占年计划"), STR_INIT("为年计划"),
    STR_INIT("完成预算"),   STR_INIT("为预算"),   STR_INIT("占预算"),
    STR_INIT("完成率"),     STR_INIT("绝对数"),   STR_INIT("绝对量"),
    STR_INIT("绝对值"),     STR_INIT("数值"),     STR_INIT("总量"),
    STR_INIT("实绩"),       STR_INIT("完成数"),   STR_INIT("执行数"),
    STR_INIT("决算数"),     STR_INIT("预算数"),   STR_INIT("计划数"),
    STR_INIT("目标值"),     STR_INIT("实际"),     STR_INIT("累计"),
    STR_INIT("数量"),       STR_INIT("完成"),     STR_INIT("预算"),
    STR_INIT("计划"),       STR_INIT("目标"),     STR_INIT("执行"),
    STR_INIT("决算"),       STR_INIT("同比增长"), STR_INIT("比上年增长"),
    STR_INIT("比上年增减"), STR_INIT("同比增减"), STR_INIT("年均增长"),
    STR_INIT("增长"),       STR_INIT("增速"),     STR_INIT("增幅"),
    STR_INIT("增减额"),     STR_INIT("增减幅度"), STR_INIT("增加额"),
    STR_INIT("增减"),       STR_INIT("增长率"),   STR_INIT("同比"),
    STR_INIT("占比"),       STR_INIT("比重"),     STR_INIT("构成"),
    STR_INIT("位次"),       STR_INIT("排名"),     STR_INIT("名次"),
    STR_INIT("情况"),       STR_INIT("±"),        STR_INIT("%"),
    STR_INIT("％"),         STR_INIT("、"),       STR_INIT("数"),
    STR_INIT("值"),         STR_INIT("全市"),     STR_INIT("全省"),
    STR_INIT("全县")};

/* What is left of a header without such words at its ends, where that is a metric. */
static struct str metric_of(const struct reading *r, struct str name)
{
    const struct lexicon *metrics = lexicons_get(r->options->lexicons, LEXICON_METRICS);
    size_t start;
    for (bool more = true; more;) {
        bool whole = lexicon_match_before(metrics, name, name.n, &start) != NULL;
        more = false;
        for (size_t i = 0; i < COUNT(measures) && !more; i++) {
            struct str front = str_sub(name, 0, name.n - measures[i].n);
            if (str_eq(name, measures[i]))
                return (struct str){0};
            if (measures[i].n >= name.n || !str_ends(name, measures[i]))
                continue;
            /* 总量 is a metric too, but not beside one: 地区生产总值|总量 */
            bool mark = measures[i].n <= STR("数").n;
            more =
                !whole || (!mark && lexicon_match_before(metrics, front, front.n, &start) != NULL);
            if (more)
                name = front;
        }
    }
    return name.n > 0 && lexicon_match_before(metrics, name, name.n, &start) != NULL
               ? name
               : (struct str){0};
}

static enum column_role role_of(struct str name, struct str rest)
{
    static const char *const none[] = {"年限", "期限", "属性", "备注", "单位名称", "责任",
                                       "电话", "日期", "地址", "说明", "负责人",   "起止"};
    static const char *const change[] = {"增长", "同比", "增速",   "增减",  "增幅",
                                         "增加", "±",    "比上年", "较上年"};
    static const char *const share[] = {"占比",     "比重",     "构成",   "为预算",   "占预算",
                                        "完成预算", "完成年度", "完成率", "占年计划", "为年计划"};
    static const char *const rank[] = {"排名", "位次", "名次"};
    static const char *const plan[] = {"预算", "计划", "目标"};
    static const char *const amount[] = {"绝对", "数值", "总量", "实绩", "完成", "本年",
                                         "累计", "数量", "执行", "决算", "实际", "本期"};
    if (str_eq(name, STR("单位")) || str_eq(name, STR("计量单位")))
        return COLUMN_UNIT;
    if (has_any(name, none, COUNT(none)))
        return COLUMN_NONE;
    if (has_any(rest, change, COUNT(change)))
        return COLUMN_CHANGE;
    if (has_any(rest, share, COUNT(share)))
        return COLUMN_SHARE;
    if (has_any(rest, plan, COUNT(plan)))
        return COLUMN_PLAN;
    if (has_any(rest, rank, COUNT(rank)))
        return COLUMN_RANK;
    if (rest.n == 0 || str_eq(rest, STR("数")) || has_any(rest, amount, COUNT(amount)))
        return COLUMN_AMOUNT;
    return COLUMN_METRIC;
}

/* 全县, 城市 and 农村 above the figures of what the rows name. */
static bool is_scope(const struct reading *r, struct str name)
{
    static const struct str scopes[] = {STR_INIT("城市"), STR_INIT("农村"), STR_INIT("城镇"),
                                        STR_INIT("乡村"), STR_INIT("全国")};
    const struct lexicon *labels = lexicons_get(r->options->lexicons, LEXICON_LABELS);
    for (size_t i = 0; i < COUNT(scopes); i++)
        if (str_eq(name, scopes[i]))
            return true;
    return role_is(lexicon_find(labels, name), "region");
}

/* True for a column behind the first that names what stands to the right of it: 支出项目. */
static bool names_rows(const struct table *t, uint32_t index)
{
    uint32_t named = 0;
    for (uint32_t row = t->header_rows; row < t->rows; row++) {
        struct str text = t->cells[row * t->columns + index].text;
        if (text.n > 0 && !point_is_han(utf8_at(text, 0)))
            return false;
        named += text.n > 0;
    }
    return named > 1 && index + 1 < t->columns;
}

static struct column read_column(struct reading *r, const struct table *t, uint32_t index,
                                 struct str whole)
{
    static const char *const amounts[] = {"额", "量", "数"};
    struct buffer name = buffer_in(r->arena);
    for (uint32_t row = 0; row < t->header_rows; row++)
        buffer_add(&name, table_clean(r->arena, t->cells[row * t->columns + index].text));
    struct column c = {.name = buffer_str(&name)};
    struct str rest;
    c.unit = table_take_unit(&c.name);
    c.period = table_period(r, c.name, whole, &rest);
    c.role = role_of(c.name, rest);
    if (c.role == COLUMN_METRIC && is_scope(r, rest)) {
        c.role = COLUMN_AMOUNT;
        c.subject = rest;
    } else if (c.role == COLUMN_METRIC)
        c.metric = rest;
    else if (c.role != COLUMN_UNIT && c.role != COLUMN_NONE)
        c.metric = metric_of(r, rest);
    c.percent = str_ends(c.name, STR("%")) || str_ends(c.name, STR("％"));
    /* 增减额 is an amount. */
    bool amount = false;
    for (size_t i = 0; i < COUNT(amounts); i++)
        amount |= str_ends(rest, str_of(amounts[i]));
    c.percent |= c.role == COLUMN_SHARE || (c.role == COLUMN_CHANGE && !amount);
    return c;
}

struct column *table_columns(struct reading *r, const struct table *t, struct str whole,
                             uint32_t *label)
{
    static const struct str numbers[] = {STR_INIT("序号"), STR_INIT("编号"), STR_INIT("排名"),
                                         STR_INIT("名次"), STR_INIT("位次"), STR_INIT("排序")};
    struct column *columns = arena_array(r->arena, struct column, t->columns);
    *label = 0;
    for (uint32_t k = 0; k < t->columns; k++)
        columns[k] = read_column(r, t, k, whole);
    for (size_t i = 0; i < COUNT(numbers) && t->columns > 2; i++)
        if (str_eq(columns[0].name, numbers[i])) {
            *label = 1;
            columns[0].role = i < 2 ? COLUMN_NONE : COLUMN_RANK;
        }
    columns[*label].role = COLUMN_LABEL;
    for (uint32_t k = *label + 1; k < t->columns; k++)
        if (columns[k].role == COLUMN_METRIC && names_rows(t, k))
            columns[k] = (struct column){.role = COLUMN_LABEL, .name = columns[k].name};
    return columns;
}
