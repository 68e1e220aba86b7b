/* Whose a figure is that its own phrase does not tell: what the sentence built, counted or named
 * before. Candidates are tried in one order, from what only one kind of metric has to what any
 * may have; where none fits, the subject at hand is left. */
#include "parse/attach_parts.h"

/* 建设精密结构件项目，总投资5.2亿元: of what is built. */
static struct str what_is_built(const struct attacher *a, struct metric_at at,
                                struct attachment *out)
{
    bool fixed = at.entry != NULL && lexicon_flag(at.entry, "fixed") && out->fixed;
    return fixed ? attach_built(a, a->clause.start) : (struct str){0};
}

/* 护理员620人，平均年龄51岁; 带动农户1.3万户，户均增收3200元: of each of those, and no longer. */
static struct str each_of_them(const struct attacher *a, struct metric_at at,
                               struct attachment *out)
{
    (void)at;
    bool average = str_starts(out->metric, STR("平均"));
    bool wage = str_ends(out->metric, STR("工资")) &&
                (str_starts(out->metric, STR("月")) || str_starts(out->metric, STR("日")));
    bool each = average || wage || str_starts(out->metric, STR("人均")) ||
                str_starts(out->metric, STR("户均"));
    struct str whose = each && a->said.people.n > 0 ? a->said.people
                       : average                    ? a->said.owners
                                                    : (struct str){0};
    out->sector |= whose.n > 0;
    return whose;
}

/* 该项目总投资…, 项目计划总投资…: of the one named before. */
static struct str project_before(const struct attacher *a, struct metric_at at,
                                 struct attachment *out)
{
    (void)out;
    size_t head = at.name.start + (phrase_starts(a, at.name, STR("该")) ? STR("该").n : 0);
    struct stretch named = {head, head + STR("项目").n};
    bool points = phrase_is(a, named, STR("项目")) || phrase_is(a, named, STR("工程"));
    return points ? attach_antecedent(a, str_sub(a->text, named.start, named.end), a->clause.start)
                  : (struct str){0};
}

/* 生猪存栏8万头，出栏9万头; 粮食播面…，总产…: of the product just spoken of. */
static struct str product_at_hand(const struct attacher *a, struct metric_at at,
                                  struct attachment *out)
{
    (void)out;
    bool product =
        at.entry != NULL && lexicon_flag(at.entry, "product") && a->said.sector && a->said.spoken;
    return product ? a->said.subject : (struct str){0};
}

/* 现有陶瓷企业217家，年销售收入5亿元: those just counted earn it. */
static struct str earners_counted(const struct attacher *a, struct metric_at at,
                                  struct attachment *out)
{
    (void)out;
    struct str whose = attach_whose(a);
    bool money = at.entry != NULL && lexicon_flag(at.entry, "money") &&
                 !lexicon_flag(at.entry, "regional") && !at.counted;
    bool of_region = whose.n == 0 || role_is(lexicon_find(a->labels, whose), "region");
    return money && of_region && a->said.counted && a->said.sentence_any &&
                   at.name.start == at.from && str_eq(a->said.count, a->said.owners)
               ? a->said.owners
               : (struct str){0};
}

/* 开发区实施重点项目65个，总投资428亿元: the projects just counted cost that. */
static struct str projects_counted(const struct attacher *a, struct metric_at at,
                                   struct attachment *out)
{
    static const struct str costs[] = {STR_INIT("总投资"), STR_INIT("计划投资"),
                                       STR_INIT("协议投资"), STR_INIT("年度投资")};
    bool cost = false;
    (void)at;
    for (size_t i = 0; i < sizeof costs / sizeof *costs; i++)
        cost |= str_ends(out->metric, costs[i]);
    bool counted = a->said.sentence_any && str_ends(a->said.count, STR("项目")) &&
                   a->said.count.n > STR("项目").n && str_eq(a->said.count_whose, attach_whose(a));
    out->sector |= cost && counted;
    return cost && counted ? a->said.count : (struct str){0};
}

/* 闲置农房8426栋，建筑面积101万平方米: as large as what was just counted. */
static struct str size_of_counted(const struct attacher *a, struct metric_at at,
                                  struct attachment *out)
{
    static const struct str sizes[] = {STR_INIT("面积"), STR_INIT("总面积"), STR_INIT("建筑面积"),
                                       STR_INIT("总建筑面积"), STR_INIT("占地面积")};
    struct str whose = attach_whose(a);
    bool size = false;
    (void)at;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        size |= str_eq(out->metric, sizes[i]);
    bool of_region = whose.n == 0 || role_is(lexicon_find(a->labels, whose), "region");
    bool counted = size && of_region && a->said.counted && a->said.sentence_any &&
                   a->said.count.n >= STR("农房").n;
    out->sector |= counted;
    return counted ? a->said.count : (struct str){0};
}

/* 全县集聚五金企业3200家，从业人员9.6万人: they work there. */
static struct str staff_of_counted(const struct attacher *a, struct metric_at at,
                                   struct attachment *out)
{
    static const struct str staff[] = {STR_INIT("从业人员"), STR_INIT("员工"), STR_INIT("职工"),
                                       STR_INIT("用工")};
    bool works = false;
    for (size_t i = 0; i < sizeof staff / sizeof *staff; i++)
        works |= str_eq(out->metric, staff[i]);
    bool counted = works && a->said.counted && a->said.sentence_any && a->said.owners.n > 0 &&
                   str_ends(a->said.owners, STR("企业")) && at.name.start == at.from &&
                   str_eq(a->said.owners, a->said.count) &&
                   role_is(lexicon_find(a->labels, a->said.count_whose), "region");
    out->sector |= counted;
    return counted ? a->said.owners : (struct str){0};
}

/* 改造老旧小区24个，惠及居民3860户: what was done to those just counted. */
static struct str what_was_mended(const struct attacher *a, struct metric_at at,
                                  struct attachment *out)
{
    (void)out;
    struct stretch phrase = {at.from, at.name.end};
    bool reaches = phrase_starts(a, phrase, STR("惠及"));
    return reaches && a->said.counted && a->said.sentence_any && attach_whose(a).n == 0
               ? a->said.count
               : (struct str){0};
}

/* 全县油茶种植面积12万亩，涉及农户8600户: whose the class of things was, has the next. */
static struct str region_of_class(const struct attacher *a, struct metric_at at,
                                  struct attachment *out)
{
    (void)out;
    size_t end;
    struct str whose = attach_whose(a);
    const struct lexicon_entry *e = lexicon_match(a->labels, whose, 0, &end);
    bool class = at.counted && role_is(e, "region") && end < whose.n && !phrase_names(a, whose);
    return class ? str_sub(whose, 0, end) : (struct str){0};
}

/* 高新区新签约亿元以上项目34个，…，实际到位外资1.4亿美元: what is counted next and what came from
 * abroad is no project's. */
static struct str holder_of_class(const struct attacher *a, struct metric_at at,
                                  struct attachment *out)
{
    static const struct str others[] = {STR_INIT("外资"), STR_INIT("外资金"), STR_INIT("技改投资")};
    bool other = at.counted && !phrase_starts(a, a->clause, STR("其中"));
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        other |= str_ends(out->metric, others[i]);
    return other && a->said.classed ? a->said.whose : (struct str){0};
}

struct str attach_owner_untold(const struct attacher *a, struct metric_at at,
                               struct attachment *out)
{
    static struct str (*const candidates[])(const struct attacher *, struct metric_at,
                                            struct attachment *) = {
        what_is_built,   each_of_them,     project_before,  product_at_hand,
        earners_counted, projects_counted, size_of_counted, staff_of_counted,
        what_was_mended, region_of_class,  holder_of_class,
    };
    struct str whose = {0};
    for (size_t i = 0; i < sizeof candidates / sizeof *candidates && whose.n == 0; i++)
        whose = candidates[i](a, at, out);
    return whose;
}
