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
                         const struct indicator *share)
{
    double p = decimal_double(part->base), w = decimal_double(whole->base);
    double printed = decimal_double(share->value);
    if (w <= 0 || p > w)
        return false;
    return fabs(p / w * 100 - printed) <= 3 * half_step(share->value) + 1e-9;
}

/* The nearest earlier level that the part is `share` of; SIZE_MAX where none is. */
static size_t find_whole(const struct reading *r, size_t part, const struct indicator *share)
{
    const struct indicator *p = &r->indicators.at[part];
    for (size_t i = part, n = 0; i-- > r->article_first && n < BACK; n++) {
        const struct indicator *w = &r->indicators.at[i];
        if (w->kind == INDICATOR_LEVEL && str_eq(w->base_unit, p->base_unit) &&
            may_be_whole(p, w, share))
            return i;
    }
    return SIZE_MAX;
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
        p->metric_key = s->metric_key = metric_key(r->options->lexicons, p->metric);
        return;
    }
    if (str_eq(p->metric, w->metric)) {
        if (!rate)
            s->subject = p->subject;
        return;
    }
    if (!r->notes.at[part].counted && r->notes.at[part].class != UNIT_PEOPLE) {
        return;
    }
    if (rate) {
        s->subject = w->metric;
        p->subject = p->metric;
        p->metric = w->metric;
        return;
    }
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
    p->metric_key = metric_key(r->options->lexicons, p->metric);
    s->metric_key = metric_key(r->options->lexicons, s->metric);
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
