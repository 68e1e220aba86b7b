/* Lists: the k-th value belongs to the k-th name. */
#include "baolan/utf8.h"
#include "parse/attach_parts.h"

/* Only 、 or 和 between two quantities: the second goes on from the first. */
bool attach_is_joiner(const struct attacher *a, struct stretch s)
{
    static const struct str joiners[] = {
        STR_INIT(""),     STR_INIT("、"), STR_INIT("和"),   STR_INIT("及"), STR_INIT("与"),
        STR_INIT("以及"), STR_INIT(","),  STR_INIT("、和"), STR_INIT(":"),  STR_INIT("-"),
        STR_INIT("~"),    STR_INIT("至"), STR_INIT("—")};
    for (size_t i = 0; i < sizeof joiners / sizeof *joiners; i++)
        if (phrase_is(a, s, joiners[i]))
            return true;
    return false;
}

/* The items of a list as subjects: without 等…, 两大…, a verb after the last. */
size_t attach_list_items(const struct attacher *a, struct stretch s, struct stretch *items)
{
    struct stretch verb;
    if (!attach_may_list(a, s))
        return 0;
    s = phrase_trim(a, s);
    size_t n = phrase_list(a, s, items, LIST_ROOM);
    if (n < 2 || n > LIST_ROOM)
        return 0;
    struct stretch *tail = &items[n - 1];
    static const struct str cuts[] = {
        STR_INIT("等"),   STR_INIT("两大"), STR_INIT("三大"), STR_INIT("四大"), STR_INIT("五大"),
        STR_INIT("两家"), STR_INIT("两个"), STR_INIT("三个"), STR_INIT("增幅"), STR_INIT("增速")};
    for (size_t i = 0; i < sizeof cuts / sizeof *cuts; i++) {
        size_t at = phrase_find(a, *tail, cuts[i]);
        if (at != STR_NONE && at > 0)
            tail->end = tail->start + at;
    }
    /* 事故起数、死亡人数较“十三五”同期分别下降: with what they are compared. */
    static const struct str sides[] = {STR_INIT("较“"), STR_INIT("比“")};
    for (size_t i = 0; i < sizeof sides / sizeof *sides; i++) {
        size_t at = phrase_find(a, *tail, sides[i]);
        if (at != STR_NONE && at > 0)
            tail->end = tail->start + at;
    }
    if ((phrase_ends(a, *tail, STR("较")) || phrase_ends(a, *tail, STR("比"))) &&
        tail->end - tail->start > STR("人数").n)
        tail->end -= STR("较").n;
    /* 电气、化工、纺织3个行业: how many they are. */
    for (size_t i = tail->start + STR("纺织").n; i < tail->end;) {
        size_t at = i;
        uint32_t c = utf8_next(a->text, &i), next = utf8_at(a->text, i);
        bool many = point_is_any_digit(c) || numeral_digit(c) > 1;
        if (many && (next == U'个' || next == U'大' || next == U'家' || next == U'类'))
            tail->end = at;
    }
    if (phrase_first_verb(a, *tail, &verb, NULL) && verb.start > tail->start)
        tail->end = verb.start;
    struct stretch first = items[0];
    if (phrase_last_verb(a, first, true, &verb, NULL) && verb.end < first.end)
        items[0].start = verb.end;
    /* “2”即汽车电子 */
    size_t at = phrase_find_last(a, items[0], STR("即"));
    if (at != STR_NONE)
        items[0].start += at + STR("即").n;
    for (size_t i = 0; i < n; i++) {
        size_t end;
        items[i] = phrase_strip_links(a, phrase_trim_front(a, items[i]));
        if (phrase_is_region(a, items[i], &end) && end < items[i].end)
            items[i].start = end;
        if (stretch_is_empty(items[i]) || items[i].end - items[i].start > 60)
            return 0;
    }
    return n;
}

/* The metric that the last item of a list ends with: with its sector (宁西县|规上工业增加值) unless
 * that is the item (农村居民|人均可支配收入). */
static bool item_metric(const struct attacher *a, struct stretch item, struct stretch *metric)
{
    /* 高技术服务业|投资: a branch by a longer name than the lexicon knows. */
    if (phrase_metric(a, item, true, metric, NULL) && metric->start > item.start) {
        struct stretch front = {item.start, metric->start};
        if (!phrase_has_head(a, front) && phrase_metric(a, item, false, metric, NULL) &&
            attach_is_branch(phrase_str(a, (struct stretch){item.start, metric->start})))
            return true;
    }
    return (phrase_metric(a, item, true, metric, NULL) && metric->start > item.start) ||
           (phrase_metric(a, item, false, metric, NULL) && metric->start > item.start);
}

/* 第二、第三产业; 一、二、三产业: each in full. */
static struct str sector_named(const struct attacher *a, struct stretch item)
{
    struct str name = phrase_str(a, item);
    static const struct str ordinals[] = {STR_INIT("一"), STR_INIT("二"), STR_INIT("三")};
    for (size_t i = 0; i < sizeof ordinals / sizeof *ordinals; i++) {
        struct str bare = ordinals[i], tail = name;
        if (str_starts(tail, STR("第")))
            tail = str_sub(tail, STR("第").n, tail.n);
        if (str_eq(tail, bare) ||
            (str_starts(tail, bare) && str_eq(str_sub(tail, bare.n, tail.n), STR("产业"))))
            return str_printf(a->arena, "第%.*s产业", STR_ARG(ordinals[i]));
    }
    return name;
}

/* 非织造布、新材料及医药制造、食品制造业: items joined by 及 or 与 are one where they are more than
 * the values. Returns how many there are then. */
static size_t join_items(const struct attacher *a, struct stretch *items, size_t count, size_t n)
{
    size_t kept = count > 0;
    for (size_t i = 1; i < count; i++) {
        struct str between = str_sub(a->text, items[i - 1].end, items[i].start);
        bool joins = str_has(between, STR("及")) || str_has(between, STR("与")) ||
                     str_has(between, STR("和"));
        if (joins && count - i + kept > n)
            items[kept - 1].end = items[i].end;
        else
            items[kept++] = items[i];
    }
    return kept;
}

/* 城乡居民人均可支配收入分别…: the first is the town's. */
static bool distribute_town_and_country(const struct attacher *a, struct stretch item,
                                        struct attachment *const *out)
{
    struct stretch metric;
    if (!phrase_starts(a, item, STR("城乡")) || !phrase_metric(a, item, false, &metric, NULL))
        return false;
    struct stretch of = {item.start + STR("城乡").n, metric.start};
    struct str who = stretch_is_empty(of) ? STR("") : phrase_str(a, of);
    static const struct str fronts[] = {STR_INIT("城镇"), STR_INIT("农村")};
    for (size_t i = 0; i < 2; i++) {
        out[i]->metric = phrase_str(a, metric);
        out[i]->subject = str_printf(a->arena, "%.*s%.*s", STR_ARG(fronts[i]), STR_ARG(who));
    }
    return true;
}

/* The last list of names in the sentence, empty where none is: most are never asked for. */
static struct stretch list_said(struct attacher *a)
{
    struct stretch items[LIST_ROOM];
    while (a->lists.n > 0) {
        struct stretch s = vector_last(&a->lists);
        a->lists.n--;
        if (attach_list_items(a, s, items) >= 2) {
            a->said.list = s;
            a->lists.n = 0;
        }
    }
    return a->said.list;
}

/* k values in a row belong to the k names before them. */
static void distribute(struct attacher *a, size_t n, struct stretch region, bool apart,
                       struct attachment *const *out)
{
    struct stretch items[LIST_ROOM], metric;
    size_t count = attach_list_items(a, region, items);
    if (n == 2 && count <= 1 && apart &&
        distribute_town_and_country(a, phrase_trim(a, region), out))
        return;
    if (count > n)
        count = join_items(a, items, count, n);
    if (count != n) {
        struct stretch said = list_said(a);
        if (!stretch_is_empty(said))
            count = attach_list_items(a, said, items);
        if (count != n)
            return;
        for (size_t i = 0; i < n; i++)
            out[i]->subject = phrase_str(a, items[i]);
        return;
    }
    if (rule_is(out[0]->rule, "sibling")) {
        for (size_t i = 0; i < n; i++) {
            out[i]->metric = out[0]->metric;
            out[i]->subject = phrase_str(a, items[i]);
        }
        return;
    }
    if (rule_is(out[0]->rule, "change-of-share")) {
        for (size_t i = 0; i < n; i++)
            out[i]->subject = sector_named(a, items[i]);
        return;
    }
    if (!apart && out[0]->kind != INDICATOR_CHANGE && out[0]->kind != INDICATOR_LEVEL)
        return;
    size_t with_metric = 0;
    for (size_t i = 0; i < n; i++)
        with_metric += phrase_metric(a, items[i], true, &metric, NULL);
    /* 甲、乙、丙等产业增加值分别…: one metric behind the whole list, whose tail 等 cut off. */
    bool shared =
        with_metric == 0 && phrase_metric(a, phrase_trim(a, region), false, &metric, NULL);
    if (with_metric == n || (with_metric == 0 && !shared && out[0]->kind == INDICATOR_CHANGE)) {
        for (size_t i = 0; i < n; i++) {
            struct attachment part = {0};
            attach_split(a, items[i], false, &part);
            out[i]->metric = part.metric;
            if (i == 0 || part.subject.n > 0)
                out[i]->subject = part.subject;
            else
                out[i]->subject = out[0]->subject;
        }
        return;
    }
    /* 甲县、乙县规上工业增加值分别…: the last item ends with what is measured of all. */
    struct stretch *tail = &items[n - 1];
    bool last = item_metric(a, *tail, &metric);
    if (last)
        *tail = phrase_trim(a, (struct stretch){tail->start, metric.start});
    for (size_t i = 0; i < n; i++) {
        out[i]->subject = sector_named(a, items[i]);
        out[i]->metric = last ? phrase_str(a, metric) : out[0]->metric;
    }
}

/* 接待游客…，实现收入…，同比分别增长32.1%和40.5%: the n values belong to the last n levels. */
static bool distribute_over_levels(const struct attacher *a, size_t n, struct stretch list,
                                   struct attachment *const *out)
{
    struct lead lead = lead_read(a, list);
    if (!stretch_is_empty(phrase_strip_links(a, phrase_trim_front(a, lead.np))) ||
        out[0]->kind != INDICATOR_CHANGE || a->said.n_levels < n)
        return false;
    for (size_t i = 0; i < n; i++) {
        size_t k = a->said.n_levels - n + i;
        out[i]->metric = a->said.levels[2 * k];
        out[i]->subject = a->said.levels[2 * k + 1];
    }
    return true;
}

/* 增长7.1%|和下降|0.8%: a joiner, with words of change or none behind it. */
static bool is_next_in_row(const struct attacher *a, struct stretch s)
{
    static const struct str joiners[] = {STR_INIT("、"), STR_INIT("和"), STR_INIT("与"),
                                         STR_INIT("及")};
    if (attach_is_joiner(a, s))
        return true;
    for (size_t i = 0; i < sizeof joiners / sizeof *joiners; i++)
        if (phrase_starts(a, s, joiners[i])) {
            s.start += joiners[i].n;
            struct lead lead = lead_read(a, s);
            return lead.change && stretch_is_empty(lead.np);
        }
    return false;
}

/* 货运量、周转量分别完成…: the values that follow are of different things. */
static bool apart_from(const struct attacher *a, struct stretch s)
{
    return phrase_has(a, s, STR("分别"));
}

/* 6个世界级、7个国家级、9个区域级产业集群: the noun stands behind the last. */
static void complete_levels(const struct attacher *a, size_t n, struct attachment *out)
{
    struct str level = STR("级");
    for (size_t k = n; k-- > 1;) {
        size_t at = str_find(out[k].metric, level, 0);
        if (at != STR_NONE && at + level.n < out[k].metric.n && str_ends(out[k - 1].metric, level))
            out[k - 1].metric =
                str_printf(a->arena, "%.*s%.*s", STR_ARG(out[k - 1].metric),
                           STR_ARG(str_sub(out[k].metric, at + level.n, out[k].metric.n)));
    }
}

/* Finds runs of like quantities joined by 、 and gives each its name. */
void attach_lists(struct attacher *a, size_t first, size_t last, struct attachment *out,
                  const struct stretch *regions)
{
    complete_levels(a, last - first, out);
    for (size_t k = first; k < last;) {
        struct attachment *run[LIST_ROOM];
        const struct quantity *q = &a->quantities->at[k];
        size_t n = 0, next = k;
        while (next < last && n < LIST_ROOM) {
            const struct quantity *p = &a->quantities->at[next];
            const char *rule = out[next - first].rule;
            if (p->label || p->range_first || rule_is(rule, "share-of") ||
                rule_is(rule, "count-noun"))
                break;
            bool joined = n > 0 && is_next_in_row(a, regions[next - first]);
            bool alike =
                p->class == q->class || (p->rank && q->rank) || apart_from(a, regions[k - first]);
            if (n > 0 && !(joined && alike))
                break;
            run[n++] = &out[next - first];
            next++;
        }
        if (n >= 2) {
            struct stretch region = regions[k - first];
            struct str text = str_sub(a->text, region.start, region.end);
            size_t at = str_find(text, STR("分别"), 0);
            bool apart = at != STR_NONE;
            struct stretch list =
                apart ? (struct stretch){region.start, region.start + at} : region;
            struct stretch verb;
            /* 电气、化工两个行业产值分别…: the names stand before how many they are. */
            if (k > first && a->quantities->at[k - 1].classifier)
                attach_note_list(a, lead_read(a, regions[k - 1 - first]).np);
            if (apart) {
                list = phrase_trim(a, lead_read(a, list).np);
                if (!distribute_over_levels(a, n, list, run))
                    distribute(a, n, list, true, run);
            } else {
                struct lead lead = lead_read(a, region);
                list = lead.np;
                if (stretch_is_empty(list) && distribute_over_levels(a, n, list, run)) {
                    k = next;
                    continue;
                }
                if (phrase_last_verb(a, list, false, &verb, NULL))
                    list = (struct stretch){list.start, verb.start};
                distribute(a, n, list, false, run);
            }
        }
        k = next > k ? next : k + 1;
    }
}

void attach_note_list(struct attacher *a, struct stretch s)
{
    struct stretch items[LIST_ROOM];
    if (attach_may_list(a, s) && stretch_is_empty(list_said(a)) &&
        attach_list_items(a, s, items) >= 2)
        a->said.list = s;
}
