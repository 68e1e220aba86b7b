/* What a figure is by its clause and its metric: of a time, of a day, or of no time at all. */
#include "baolan/utf8.h"
#include "parse/phrase.h"
#include "parse/reading.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))

struct str figure_clause(const struct reading *r, const struct quantity *q)
{
    enum { NEAR = 180 };
    size_t start = q->before > NEAR + r->clause_start ? q->before - NEAR : r->clause_start;
    return str_sub(r->plain.text, start, q->before);
}

/* Words before a figure that tell what its time can be. */
struct word_list {
    struct str
        common; /* what all of them have in them: most clauses are passed over for want of it */
    struct str words[8];
};

/* 现有|民宿37家: what there is now, whatever was told before. */
static const struct word_list held = {STR_INIT("现"),
                                      {STR_INIT("现有"), STR_INIT("现存"), STR_INIT("现共有")}};
/* 可冷藏|水产品2万吨, 设有|生产线3条: what was built, and not the day on which it was. */
static const struct word_list holding = {STR_INIT("可"),
                                         {STR_INIT("可容纳"), STR_INIT("可停放"),
                                          STR_INIT("可冷藏"), STR_INIT("可储存"),
                                          STR_INIT("可同时")}};
static const struct word_list equipped = {STR_INIT("设有"), {STR_INIT("设有")}};
static const struct word_list making = {STR_INIT("加工"), {STR_INIT("日加工"), STR_INIT("年加工")}};
/* 远销|62个国家和地区, 拥有|专利83项: what is so, whatever was told of a year. */
static const struct word_list sold_to = {
    STR_INIT(""), {STR_INIT("远销"), STR_INIT("销往"), STR_INIT("出口"), STR_INIT("畅销")}};
static const struct word_list owned = {STR_INIT("拥有"), {STR_INIT("拥有")}};
/* 每月到|9个乡镇: what is done again and again. A rate (每年研发投入) is not meant. */
static const struct word_list repeated = {STR_INIT("每"),
                                          {STR_INIT("每月到"), STR_INIT("每周到"),
                                           STR_INIT("每天到"), STR_INIT("每年到"),
                                           STR_INIT("每月在"), STR_INIT("每周在")}};
static const struct word_list done = {STR_INIT(""),
                                      {STR_INIT("新增"), STR_INIT("发放"), STR_INIT("惠及"),
                                       STR_INIT("开展"), STR_INIT("培训"), STR_INIT("完成"),
                                       STR_INIT("改造")}};

/* True where a word stands in text, and 现有 not as the end of 实现 and 有. */
static bool stands_alone(struct str text, struct str word)
{
    size_t at = str_find(text, word, 0), front = at;
    uint32_t c = at != STR_NONE && at > 0 ? utf8_previous(text, &front) : 0;
    static const uint32_t years[] = {U'今', U'去', U'上', U'全', U'当', U'本', U'前', U'每'};
    bool dated = false; /* 今年|加工 */
    for (size_t i = 0; i < COUNT(years); i++)
        dated |= c == years[i] && str_starts(word, STR("年"));
    return at != STR_NONE && c != U'实' && c != U'出' && c != U'体' && c != U'呈' && !dated &&
           !point_is_digit(c);
}

static bool clause_says(const struct reading *r, const struct quantity *q,
                        const struct word_list *list)
{
    struct str before = figure_clause(r, q);
    if (list->common.n > 0 && !str_has(before, list->common))
        return false;
    for (size_t i = 0; i < COUNT(list->words) && list->words[i].n > 0; i++)
        if (stands_alone(before, list->words[i]))
            return true;
    return false;
}

bool figure_is_flow(const struct reading *r, const struct quantity *q, struct str metric)
{
    static const struct str ends[] = {
        STR_INIT("产值"),   STR_INIT("增加值"),   STR_INIT("生产总值"), STR_INIT("产量"),
        STR_INIT("收入"),   STR_INIT("支出"),     STR_INIT("投资"),     STR_INIT("利润"),
        STR_INIT("税收"),   STR_INIT("零售总额"), STR_INIT("零售额"),   STR_INIT("销售额"),
        STR_INIT("出口"),   STR_INIT("出口额"),   STR_INIT("进口"),     STR_INIT("进出口"),
        STR_INIT("用电量"), STR_INIT("发电量"),   STR_INIT("吞吐量"),   STR_INIT("周转量"),
        STR_INIT("诊疗量"), STR_INIT("出栏"),     STR_INIT("出栏量"),   STR_INIT("新增就业"),
        STR_INIT("出生率"), STR_INIT("死亡率"),   STR_INIT("增长率"),   STR_INIT("销售面积"),
        STR_INIT("营收"),   STR_INIT("成交额"),   STR_INIT("交易额"),   STR_INIT("进出口总额")};
    for (size_t i = 0; i < COUNT(ends); i++)
        if (str_ends(metric, ends[i]))
            return true;
    return clause_says(r, q, &done);
}

bool figure_is_of_whole_year(struct str metric)
{
    static const struct str ends[] = {
        STR_INIT("出生率"),   STR_INIT("死亡率"),   STR_INIT("增长率"), STR_INIT("出栏"),
        STR_INIT("出生人口"), STR_INIT("死亡人口"), STR_INIT("出栏量")};
    for (size_t i = 0; i < COUNT(ends); i++)
        if (str_ends(metric, ends[i]))
            return true;
    return false;
}

bool figure_is_lifetime(const struct quantity *q, const struct indicator *out)
{
    bool years = q->class == UNIT_TIME && str_eq(q->base_unit, STR("年"));
    bool measured = str_ends(out->metric, STR("年限")) || str_ends(out->metric, STR("寿命"));
    return (years && !measured) || (q->class == UNIT_AGE && str_eq(out->metric, STR("年龄")));
}

/* 2021年至2023年，新增用地210亩，人才缺口|约1200人: what is wanting is so now. */
static bool is_gap(const struct reading *r, const struct indicator *out)
{
    return r->period >= 0 && r->times.at[r->period].range && str_ends(out->metric, STR("缺口"));
}

/* 产品远销|62个国家和地区, 拥有|专利83项 */
static bool is_standing(const struct reading *r, const struct quantity *q,
                        const struct indicator *out)
{
    static const struct str places[] = {STR_INIT("国家"), STR_INIT("国家和地区"), STR_INIT("省份"),
                                        STR_INIT("省（区、市）"), STR_INIT("省(区、市)")};
    static const struct str rights[] = {STR_INIT("专利"), STR_INIT("商标"), STR_INIT("著作权")};
    bool place = false, right = false;
    for (size_t i = 0; i < COUNT(places); i++)
        place |= str_ends(out->metric, places[i]);
    for (size_t i = 0; i < COUNT(rights); i++)
        right |= str_ends(out->metric, rights[i]);
    return (place && clause_says(r, q, &sold_to)) || (right && clause_says(r, q, &owned));
}

/* 今年10月完工，…年接待游客|500万人次: what goes on every year is not of a day or month. */
static bool is_yearly(const struct reading *r, const struct indicator *out)
{
    const struct time_phrase *t = r->period >= 0 ? &r->times.at[r->period] : NULL;
    return t != NULL && !t->range && t->from.grain >= GRAIN_MONTH &&
           (str_starts(out->metric, STR("年")) || str_starts(out->metric, STR("年均"))) &&
           !str_starts(out->metric, STR("年末")) && !str_starts(out->metric, STR("年度"));
}

/* 关停小煤窑，退出煤炭产能|210万吨: what was done in a time. */
static bool leaves(const struct reading *r, const struct quantity *q, const struct indicator *out)
{
    static const struct word_list done_to = {
        STR_INIT(""), {STR_INIT("退出"), STR_INIT("淘汰"), STR_INIT("压减"), STR_INIT("化解")}};
    return str_ends(out->metric, STR("产能")) && clause_says(r, q, &done_to);
}

bool figure_is_timeless(struct reading *r, const struct quantity *q, const struct indicator *out,
                        bool fixed)
{
    /* 每吨运费500元: a rate, and not of the time of the sentence before. */
    bool each = r->period == TIME_INHERITED && r->heading_period.n == 0 &&
                str_has(figure_clause(r, q), STR("每"));
    bool here = r->period >= 0 && r->times.at[r->period].start >= r->clause_start;
    /* 截至2023年底…。现有养老机构19家: what there was then. */
    bool until_now = r->period == TIME_INHERITED && r->inherited.n > 0 && r->inherited_until;
    bool until =
        until_now && str_starts(str_sub(r->plain.text, r->sentence_start, q->start), STR("现有"));
    bool exists = !here && !until && clause_says(r, q, &held);
    /* 整合现有|83个商标，新增…: what is done next is not so already. */
    r->held = !here && !until && (r->held || (exists && !target_is_existing(r, q)));
    bool flows = out->kind == INDICATOR_CHANGE && str_eq(q->unit, STR("%"));
    if (r->lacking && r->period == TIME_INHERITED && !flows)
        return true;
    if (here)
        return false;
    bool stands = r->heading_period.n == 0 && !until_now && is_standing(r, q, out);
    return (fixed && !leaves(r, q, out)) || stands || each || exists || r->held || is_gap(r, out) ||
           is_yearly(r, out) || clause_says(r, q, &holding) || clause_says(r, q, &equipped) ||
           clause_says(r, q, &making) || clause_says(r, q, &repeated);
}
