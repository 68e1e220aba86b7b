#include "baolan/audit.h"
#include "baolan/map.h"
#include "baolan/utf8.h"

#include <math.h>

struct rounded rounded_of(const struct indicator *i, bool printed)
{
    double value = decimal_double(i->value), step = 0.5 * pow(10, -i->value.scale);
    if (printed)
        return (struct rounded){value, step};
    double base = decimal_double(i->base);
    double factor = value != 0 ? base / value : 1;
    return (struct rounded){base, step * fabs(factor)};
}

/* What floating point may add to a tolerance. */
static double dust(double value)
{
    return fabs(value) * 1e-9 + 1e-9;
}

static struct check check_of(double computed, double printed, double tolerance)
{
    tolerance += dust(computed);
    return (struct check){fabs(computed - printed) <= tolerance, computed, tolerance};
}

struct check check_sum(const struct rounded *parts, size_t n, struct rounded total)
{
    double sum = 0, tolerance = total.step;
    for (size_t i = 0; i < n; i++) {
        sum += parts[i].value;
        tolerance += parts[i].step;
    }
    return check_of(sum, total.value, tolerance);
}

/* The spread of a / b where both are rounded. */
static double spread(struct rounded a, struct rounded b)
{
    if (b.value == 0)
        return INFINITY;
    return a.step / fabs(b.value) + fabs(a.value) * b.step / (b.value * b.value);
}

struct check check_share(struct rounded part, struct rounded whole, struct rounded share)
{
    if (whole.value == 0)
        return (struct check){true, share.value, INFINITY};
    return check_of(part.value / whole.value * 100, share.value,
                    share.step + 100 * spread(part, whole));
}

struct check check_growth(struct rounded now, struct rounded before, struct rounded change)
{
    if (before.value == 0)
        return (struct check){true, change.value, INFINITY};
    return check_of((now.value / before.value - 1) * 100, change.value,
                    change.step + 100 * spread(now, before));
}

struct check check_same(struct rounded a, struct rounded b)
{
    return check_of(b.value, a.value, a.step + b.step);
}

bool indicators_same_thing(const struct indicator *a, const struct indicator *b)
{
    return a->kind == b->kind && !a->target && !b->target && a->qualifier.n == 0 &&
           b->qualifier.n == 0 && a->metric_key.n > 0 && str_eq(a->metric_key, b->metric_key) &&
           str_eq(a->region, b->region) &&
           (str_eq(a->subject, b->subject) || (indicator_is_of_region(a->subject, a->region) &&
                                               indicator_is_of_region(b->subject, b->region))) &&
           str_eq(a->period, b->period) && a->period_resolved && b->period_resolved &&
           str_eq(a->base_unit, b->base_unit);
}

size_t names_shared_run(struct str a, struct str b)
{
    size_t best = 0;
    for (size_t i = 0; i < a.n && i < 300;) {
        size_t end = i, run = 0, next = i;
        while (end < a.n) {
            next = end;
            utf8_next(a, &next);
            if (!str_has(b, str_sub(a, i, next)))
                break;
            end = next;
            run++;
        }
        best = run > best ? run : best;
        utf8_next(a, &i);
    }
    return best;
}

static bool are_in_two_regions(const struct indicator *a, const struct indicator *b)
{
    return a->region.n > 0 && b->region.n > 0 && !str_eq(a->region, b->region);
}

bool indicators_may_be_one(const struct indicator *a, const struct indicator *b)
{
    size_t shorter = utf8_count(a->subject.n < b->subject.n ? a->subject : b->subject);
    if (a->kind != INDICATOR_LEVEL || b->kind != INDICATOR_LEVEL || a->target || b->target ||
        a->qualifier.n > 0 || b->qualifier.n > 0 || a->metric_key.n == 0 ||
        !str_eq(a->metric_key, b->metric_key) || !str_eq(a->base_unit, b->base_unit) ||
        are_in_two_regions(a, b) ||
        (!str_eq(a->period, b->period) && a->period.n > 0 && b->period.n > 0))
        return false;
    bool timeless = a->period.n == 0 || b->period.n == 0;
    if (timeless && !str_eq(a->metric_key, STR("总投资")))
        return false;
    size_t run = names_shared_run(a->subject, b->subject);
    return run >= 4 && 2 * run >= shorter;
}

/* Whose a figure is across documents: a region's as a whole, else the subject's. */
static struct str holder(const struct indicator *i)
{
    return indicator_is_of_region(i->subject, i->region) ? i->region : i->subject;
}

static uint64_t clue(const struct indicator *i, struct str whose, struct str when)
{
    uint64_t hash = hash_bytes(i->metric_key.p, i->metric_key.n);
    hash = hash * 31 + hash_bytes(whose.p, whose.n);
    return hash * 31 + hash_bytes(when.p, when.n);
}

/* Characters of a run that two names of one thing share at least. */
enum { RUN_LEAST = 4 };

size_t audit_clues(const struct indicator *i, uint64_t *out)
{
    size_t n = 0;
    struct str whose = holder(i);
    if (!i->distinct)
        return 0;
    if (i->period.n > 0) {
        out[n++] = clue(i, whose, i->period);
        return n;
    }
    for (size_t start = 0; start < whose.n && n < CLUES_MOST;) {
        size_t end = start, run = 0;
        while (end < whose.n && run < RUN_LEAST) {
            utf8_next(whose, &end);
            run++;
        }
        if (run == RUN_LEAST)
            out[n++] = clue(i, str_sub(whose, start, end), STR(""));
        utf8_next(whose, &start);
    }
    return n;
}

bool audit_disputes(const struct indicator *a, const struct indicator *b, struct check *out)
{
    bool dated = a->period.n > 0;
    bool one = dated ? str_eq(holder(a), holder(b)) && !are_in_two_regions(a, b) &&
                           str_eq(a->period, b->period) && str_eq(a->metric_key, b->metric_key) &&
                           str_eq(a->base_unit, b->base_unit) && a->kind == b->kind
                     : b->period.n == 0 && indicators_may_be_one(a, b);
    if (!one || a->target || b->target || a->qualifier.n > 0 || b->qualifier.n > 0)
        return false;
    struct rounded x = rounded_of(a, false), y = rounded_of(b, false);
    *out = check_same(x, y);
    return !out->fits && x.value > 0 && y.value > 0 && x.value < 3 * y.value &&
           y.value < 3 * x.value;
}

struct str audit_number(struct arena *a, double value, const struct indicator *like)
{
    int decimals = like->value.scale > 0 && like->value.scale < 9 ? like->value.scale : 0;
    return str_printf(a, "%.*f%.*s", decimals, value, STR_ARG(like->unit));
}
