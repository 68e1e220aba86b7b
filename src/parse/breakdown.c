#include "baolan/spelling.h"
#include "baolan/utf8.h"
#include "parse/reading.h"

#include <math.h>

/* How far back the whole of a share is looked for. */
#define BACK 200

/* Half a unit of the last printed digit. */
static double half_step(struct decimal d)
{
    return 0.5 * pow(10, -d.scale);
}

/* True where part / whole, both rounded as printed, may be the printed share; a last digit more is
 * allowed, for shares that were made to add to 100. */
static bool may_be_whole(const struct indicator *part, const struct indicator *whole,
                         const struct indicator *share, double steps)
{
    double p = decimal_double(part->base), w = decimal_double(whole->base);
    double printed = decimal_double(share->value);
    if (w <= 0 || p > w)
        return false;
    return fabs(p / w * 100 - printed) <= steps * half_step(share->value) + 1e-9;
}

/* The nearest earlier level that the part is `share` of within so many half steps of the share's
 * last digit; SIZE_MAX where none is. */
static size_t find_whole_within(const struct reading *r, size_t part, const struct indicator *share,
                                double steps)
{
    const struct indicator *p = &r->indicators.at[part];
    for (size_t i = part, n = 0; i-- > r->article_first && n < BACK; n++) {
        const struct indicator *w = &r->indicators.at[i];
        if (w->kind == INDICATOR_LEVEL && str_eq(w->base_unit, p->base_unit) &&
            may_be_whole(p, w, share, steps))
            return i;
    }
    return SIZE_MAX;
}

/* The whole of the part before, where it fits too, else the nearest that fits. */
static size_t find_whole(const struct reading *r, size_t part, const struct indicator *share)
{
    const struct indicator *p = &r->indicators.at[part];
    if (part >= r->article_first + 2) {
        uint32_t before = r->notes.at[part - 1].whole;
        if (before != NONE && str_eq(r->indicators.at[before].base_unit, p->base_unit) &&
            may_be_whole(p, &r->indicators.at[before], share, 3))
            return before;
    }
    size_t whole = find_whole_within(r, part, share, 1);
    return whole != SIZE_MAX ? whole : find_whole_within(r, part, share, 3);
}

static bool is_rate(const struct indicator *i)
{
    return i->kind == INDICATOR_LEVEL && str_eq(i->unit, STR("%")) &&
           str_ends(i->metric, STR("率"));
}

/* A count and its 占比 beside it: what the count's phrase names is a part of the whole. */
static void resolve_pair(struct reading *r, size_t part, size_t share)
{
    struct indicator *p = &r->indicators.at[part], *s = &r->indicators.at[share];
    bool rate = is_rate(s);
    size_t whole = find_whole(r, part, s);
    if (whole == SIZE_MAX)
        return;
    const struct indicator *w = &r->indicators.at[whole];
    if (w->metric.n == 0)
        return;
    if (p->metric.n == 0) {
        p->metric = s->metric = w->metric;
        p->metric_key = s->metric_key = spelling_join(r->arena, r->options->lexicons, p->metric);
        return;
    }
    if (str_eq(p->metric, w->metric)) {
        if (!rate)
            s->subject = p->subject;
        return;
    }
    if (!r->notes.at[part].counted && r->notes.at[part].class != UNIT_PEOPLE) {
        /* 一般公共预算收入12.4亿元，其中税收收入8.1亿元，占比65.3% */
        if (!rate && r->notes.at[part].sentence == r->notes.at[whole].sentence) {
            s->subject = p->metric;
            s->metric = w->metric;
            s->metric_key = w->metric_key;
        }
        return;
    }
    if (rate) {
        if (!str_has(s->metric, p->metric))
            return;
        s->subject = w->metric;
        p->subject = p->metric;
        p->metric = w->metric;
        return;
    }
    r->notes.at[part].whole = r->notes.at[share].whole = (uint32_t)whole;
    s->metric = w->metric;
    if (str_ends(p->metric, w->metric)) {
        /* 女性新居民 of 新居民. */
        s->subject = p->metric;
    } else {
        s->subject = p->metric;
        p->subject = p->metric;
        p->metric = w->metric;
    }
    if (p->period.n == 0 && r->notes.at[part].sentence == r->notes.at[whole].sentence) {
        p->period = s->period = w->period;
        p->period_resolved = s->period_resolved = w->period_resolved;
    }
    p->metric_key = spelling_join(r->arena, r->options->lexicons, p->metric);
    s->metric_key = spelling_join(r->arena, r->options->lexicons, s->metric);
}

void breakdown_resolve(struct reading *r, size_t first)
{
    for (size_t i = first + 1; i < r->indicators.n; i++) {
        const struct indicator *share = &r->indicators.at[i];
        const struct indicator *part = &r->indicators.at[i - 1];
        bool beside = share->place.start - part->place.end < 30 && part->kind == INDICATOR_LEVEL &&
                      !is_rate(part) && r->notes.at[i - 1].class != UNIT_SHARE;
        if (beside &&
            ((share->kind == INDICATOR_SHARE && r->notes.at[i].share_of_whole) || is_rate(share)))
            resolve_pair(r, i - 1, i);
    }
}

/* The last indicator of the breakdown that begins at `first`: parts of one whole, each with its
 * share beside it, in one paragraph. */
static size_t breakdown_end(const struct reading *r, size_t first)
{
    size_t i = first;
    while (i + 1 < r->indicators.n && r->notes.at[i].whole == r->notes.at[first].whole &&
           r->notes.at[i + 1].whole == r->notes.at[first].whole &&
           r->indicators.at[i].kind == INDICATOR_LEVEL &&
           r->indicators.at[i + 1].kind == INDICATOR_SHARE &&
           r->indicators.at[i].place.paragraph == r->indicators.at[first].place.paragraph)
        i += 2;
    return i;
}

static struct str breakdown_title(const struct reading *r, const struct indicator *first,
                                  const struct indicator *whole)
{
    const struct article *article = &r->document->articles[r->article];
    uint32_t heading = article->paragraphs[first->place.paragraph].heading;
    return heading == NONE || heading >= article->n_headings
               ? whole->metric
               : article->headings[heading].prose.text;
}

static void set_cell(struct table_cell *cell, struct str text, struct place place)
{
    *cell = (struct table_cell){.text = text, .indicator = NONE, .place = place};
}

/* label | figure | share, and the whole as the last row. */
static void add_breakdown(struct reading *r, size_t first, size_t end)
{
    const struct indicator *whole = &r->indicators.at[r->notes.at[first].whole];
    struct place place = r->indicators.at[first].place;
    uint32_t index = (uint32_t)r->tables.n, rows = (uint32_t)(end - first) / 2 + 2;
    struct table t = {.title = breakdown_title(r, &r->indicators.at[first], whole),
                      .unit = whole->unit,
                      .article = r->article,
                      .place = place,
                      .from_prose = true,
                      .rows = rows,
                      .columns = 3,
                      .header_rows = 1};
    struct table_cell *cells = arena_array(r->arena, struct table_cell, rows * 3);
    set_cell(&cells[0], STR(""), place);
    set_cell(&cells[1], whole->metric, place);
    set_cell(&cells[2], STR("占比"), place);
    for (size_t i = first; i < end; i += 2) {
        uint32_t row = (uint32_t)(i - first) / 2 + 1;
        struct table_cell *c = &cells[row * 3];
        set_cell(&c[0], r->indicators.at[i].subject, r->indicators.at[i].place);
        for (uint32_t k = 0; k < 2; k++) {
            struct indicator *part = &r->indicators.at[i + k];
            set_cell(&c[k + 1], part->text, part->place);
            c[k + 1].indicator = (uint32_t)(i + k);
            part->table = index;
            part->row = row;
            part->column = k + 1;
        }
    }
    struct table_cell *last = &cells[(rows - 1) * 3];
    set_cell(&last[0], STR("合计"), whole->place);
    set_cell(&last[1], whole->text, whole->place);
    last[1].indicator = r->notes.at[first].whole;
    set_cell(&last[2], STR(""), whole->place);
    t.cells = cells;
    vector_push(r->arena, &r->tables, t);
}

void breakdown_tables(struct reading *r)
{
    for (size_t i = r->article_first; i < r->indicators.n;) {
        size_t end = r->notes.at[i].whole == NONE ? i : breakdown_end(r, i);
        if (end >= i + 4)
            add_breakdown(r, i, end);
        i = end > i ? end : i + 1;
    }
}
