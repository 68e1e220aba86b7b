/* What does not add up inside one document. Each rule looks at few neighbours of an indicator, so
 * that the cost stays linear; each says what it computed and what rounding it allowed. */
#include "baolan/audit.h"
#include "baolan/buffer.h"
#include "baolan/map.h"
#include "baolan/parse.h"
#include "baolan/utf8.h"
#include "baolan/vector.h"

#include <math.h>

/* How many indicators back a whole, a total or a year before is looked for. */
#define BACK 120
/* A computed value this far (in percent) from the printed one belongs to something else. */
#define NEAR 3.0

struct audit {
    struct document *document;
    struct arena *arena;
    const struct lexicon *metrics, *bodies, *places, *projects;
    VECTOR(struct finding) findings;
    bool *summed; /* by indicator: a total whose parts were told to miss it */
    /* The latest share that its part and whole make, and that whole; NONE. */
    uint32_t sound_share, sound_whole;
};

static const struct indicator *at(const struct audit *a, size_t i)
{
    return &a->document->indicators[i];
}

static void add(struct audit *a, enum finding_kind kind, const uint32_t *indicators, size_t n,
                struct str computed, struct str tolerance, struct str formula)
{
    struct finding f = {.kind = kind,
                        .indicators = arena_dup(a->arena, indicators, n * sizeof *indicators),
                        .n_indicators = (uint32_t)n,
                        .printed = at(a, indicators[0])->text,
                        .computed = computed,
                        .tolerance = tolerance,
                        .formula = formula};
    vector_push(a->arena, &a->findings, f);
}

static struct str tolerance_str(struct audit *a, const struct check *c,
                                const struct indicator *like)
{
    return str_printf(a->arena, "±%.3g%.*s", c->tolerance, STR_ARG(like->unit));
}

static bool same_paragraph(const struct indicator *x, const struct indicator *y)
{
    return x->place.article == y->place.article && x->place.paragraph == y->place.paragraph;
}

static bool is_level(const struct indicator *i)
{
    return i->kind == INDICATOR_LEVEL && !i->target;
}

static bool is_exact(const struct indicator *i)
{
    return i->qualifier.n == 0;
}

/* What a printed number is multiplied with to be in its base unit. */
static double factor_of(const struct indicator *i)
{
    return decimal_double(i->value) != 0 ? decimal_double(i->base) / decimal_double(i->value) : 1;
}

/* ---- shares ---- */

/* True where the shares of the table that a share stands in were made to add to 100. */
static bool adds_to_hundred(const struct audit *a, const struct indicator *share)
{
    if (share->table >= a->document->n_tables)
        return false;
    const struct table *t = &a->document->tables[share->table];
    double sum = 0;
    for (uint32_t row = t->header_rows; row < t->rows; row++) {
        uint32_t index = t->cells[row * t->columns + share->column].indicator;
        if (index < a->document->n_indicators)
            sum += decimal_double(at(a, index)->base);
    }
    return fabs(sum - 100) < 0.05;
}

static bool may_be_its_whole(const struct indicator *part, const struct indicator *share,
                             const struct indicator *whole)
{
    return is_level(whole) && is_exact(whole) && str_eq(whole->base_unit, part->base_unit) &&
           whole->place.article == part->place.article &&
           (str_eq(whole->metric, share->metric) ||
            (str_eq(whole->metric, part->metric) && str_eq(share->metric, part->metric))) &&
           (str_eq(whole->period, part->period) || whole->period.n == 0 || part->period.n == 0 ||
            str_eq(str_sub(whole->period, 0, 4), str_sub(part->period, 0, 4))) &&
           decimal_compare(whole->base, part->base) > 0;
}

/* 三分之二, 一半: said in words, and meant roughly. */
static bool is_worded_share(const struct indicator *share)
{
    return share->unit.n == 0 && share->base_unit.n > 0;
}

/* Of shares that stand beside a sound one of the same thing, the whole is known: they may be
 * further off, by so much of a hundred. */
#define NEAR_KNOWN 30.0

/* The whole of a sound share that stands shortly before and is of the same, or NONE. */
static uint32_t known_whole(const struct audit *a, uint32_t index)
{
    if (a->sound_share == NONE || index - a->sound_share > 4)
        return NONE;
    const struct indicator *share = at(a, index), *sound = at(a, a->sound_share);
    bool same = same_paragraph(share, sound) && str_eq(share->metric, sound->metric) &&
                str_eq(share->period, sound->period) && !str_eq(share->subject, sound->subject);
    return same && may_be_its_whole(at(a, index - 1), share, at(a, a->sound_whole)) ? a->sound_whole
                                                                                    : NONE;
}

/* A count or amount and the share printed beside it, against the whole: the one whole that comes
 * near is taken, and nothing said where one fits. */
static void audit_share(struct audit *a, uint32_t index)
{
    const struct indicator *share = at(a, index), *part = at(a, index - 1);
    if (!is_level(part) || !is_exact(part) || !is_exact(share) || is_worded_share(share) ||
        !same_paragraph(part, share) || !str_eq(part->subject, share->subject) ||
        str_eq(part->base_unit, STR("%")) || share->place.start - part->place.end > 60)
        return;
    struct check nearest = {.computed = INFINITY};
    uint32_t whole = NONE;
    double printed = decimal_double(share->base);
    for (uint32_t i = index - 1, n = 0; i-- > 0 && n < BACK; n++) {
        if (!may_be_its_whole(part, share, at(a, i)))
            continue;
        struct check c = check_share(rounded_of(part, false), rounded_of(at(a, i), false),
                                     rounded_of(share, false));
        if (c.fits) {
            a->sound_share = index;
            a->sound_whole = i;
            return;
        }
        if (fabs(c.computed - printed) < fabs(nearest.computed - printed)) {
            nearest = c;
            whole = i;
        }
    }
    double near = whole != NONE && whole == known_whole(a, index) ? NEAR_KNOWN : NEAR;
    if (whole == NONE || fabs(nearest.computed - printed) > printed * near / 100)
        return;
    double factor = factor_of(share), last_digit = factor * pow(10, -share->value.scale);
    if (adds_to_hundred(a, share) && fabs(nearest.computed - printed) <= last_digit)
        return;
    uint32_t of[] = {index, index - 1, whole};
    struct str computed = audit_number(a->arena, nearest.computed / factor, share);
    nearest.tolerance /= factor;
    struct str formula = str_printf(a->arena, "%.*s ÷ %.*s = %.*s", STR_ARG(part->text),
                                    STR_ARG(at(a, whole)->text), STR_ARG(computed));
    add(a, FINDING_SHARE, of, 3, computed, tolerance_str(a, &nearest, share), formula);
}

/* ---- missing unit ---- */

static void audit_unit(struct audit *a, uint32_t index)
{
    const struct indicator *i = at(a, index);
    if (i->kind != INDICATOR_SHARE || i->unit.n > 0 || i->base_unit.n > 0)
        return;
    for (uint32_t back = 1; back <= 4; back++) {
        for (int side = 0; side < 2; side++) {
            uint32_t other = side == 0 ? index + back : index - back;
            if ((side == 1 && back > index) || other >= a->document->n_indicators)
                continue;
            const struct indicator *o = at(a, other);
            if (same_paragraph(i, o) && o->kind == INDICATOR_SHARE && o->unit.n > 0) {
                uint32_t of[] = {index, other};
                struct str computed =
                    str_printf(a->arena, "%.*s%.*s", STR_ARG(i->text), STR_ARG(o->unit));
                add(a, FINDING_UNIT, of, 2, computed, (struct str){0},
                    str_printf(a->arena, "%.*s ~ %.*s", STR_ARG(i->text), STR_ARG(o->text)));
                return;
            }
        }
    }
}

/* ---- bounds ---- */

/* Two phrases that may well name the same: one in the other, or a third of their pairs shared. */
static bool alike(struct str x, struct str y)
{
    if (x.n == 0 || y.n == 0 || str_has(x, y) || str_has(y, x))
        return true;
    size_t shared = 0, pairs = 0;
    for (size_t i = 0; i + 6 <= x.n; i += 3, pairs++)
        shared += str_has(y, str_sub(x, i, i + 6));
    size_t all = pairs + (y.n >= 6 ? (y.n - 3) / 3 : 0);
    return all > shared && 3 * shared >= all - shared;
}

/* 增加值 above the 产值 of the same: metrics.txt says what lies within what. */
static void audit_bound(struct audit *a, uint32_t index)
{
    const struct indicator *i = at(a, index);
    if (!is_level(i) || !is_exact(i))
        return;
    const struct lexicon_entry *e = lexicon_find(a->metrics, i->metric_key);
    struct str within = e == NULL ? (struct str){0} : lexicon_field(e, "within");
    if (within.n == 0)
        return;
    uint32_t first = index > 6 ? index - 6 : 0;
    for (uint32_t k = first; k < index + 7 && k < a->document->n_indicators; k++) {
        const struct indicator *o = at(a, k);
        if (k == index || !same_paragraph(i, o) || !is_level(o) || !str_eq(i->period, o->period) ||
            !str_eq(i->base_unit, o->base_unit) || !str_ends(o->metric_key, within) ||
            !alike(i->subject, o->subject) || decimal_compare(i->base, o->base) <= 0)
            continue;
        uint32_t of[] = {index, k};
        add(a, FINDING_BOUND, of, 2, str_printf(a->arena, "≤ %.*s", STR_ARG(o->text)),
            (struct str){0},
            str_printf(a->arena, "%.*s %.*s > %.*s %.*s", STR_ARG(i->metric), STR_ARG(i->text),
                       STR_ARG(o->metric), STR_ARG(o->text)));
        return;
    }
}

/* ---- sums ---- */

/* Once a total: a breakdown is met with as what follows it and as a table. */
static void report_sum(struct audit *a, uint32_t total, const uint32_t *parts, size_t n,
                       const struct check *c)
{
    if (a->summed[total])
        return;
    a->summed[total] = true;
    uint32_t *of = arena_array(a->arena, uint32_t, n + 1);
    const struct indicator *t = at(a, total);
    struct buffer formula = buffer_in(a->arena);
    of[0] = total;
    memcpy(of + 1, parts, n * sizeof *of);
    for (size_t i = 0; i < n; i++)
        buffer_printf(&formula, "%s%.*s", i > 0 ? " + " : "", STR_ARG(at(a, parts[i])->text));
    double factor = factor_of(t);
    struct str computed = audit_number(a->arena, c->computed / factor, t);
    buffer_printf(&formula, " = %.*s", STR_ARG(computed));
    struct check scaled = {.tolerance = c->tolerance / factor};
    add(a, FINDING_SUM, of, n + 1, computed, tolerance_str(a, &scaled, t), buffer_str(&formula));
}

#define PARTS_MOST 24

/* The parts of a breakdown in prose against its whole. */
static void audit_table_sum(struct audit *a, uint32_t index)
{
    const struct table *t = &a->document->tables[index];
    uint32_t parts[PARTS_MOST];
    struct rounded values[PARTS_MOST];
    size_t n = 0;
    if (!t->from_prose || t->rows < 4 || t->rows > PARTS_MOST)
        return;
    uint32_t total = t->cells[(t->rows - 1) * t->columns + 1].indicator;
    double shares = 0;
    for (uint32_t row = t->header_rows; row + 1 < t->rows; row++) {
        uint32_t part = t->cells[row * t->columns + 1].indicator;
        uint32_t share = t->cells[row * t->columns + 2].indicator;
        if (part == NONE || share == NONE || !is_exact(at(a, part)))
            return;
        values[n] = rounded_of(at(a, part), false);
        parts[n++] = part;
        shares += decimal_double(at(a, share)->base);
    }
    if (total == NONE || n < 2)
        return;
    struct check c = check_sum(values, n, rounded_of(at(a, total), false));
    double whole = decimal_double(at(a, total)->base);
    if (!c.fits && fabs(c.computed - whole) <= whole * NEAR / 100 && shares > 99)
        report_sum(a, total, parts, n, &c);
}

/* A total and the parts that follow it in the same or the next sentence (其中…): like parts of one
 * kind, which come near the total and do not make it. */
static void audit_following_parts(struct audit *a, uint32_t index)
{
    const struct indicator *t = at(a, index);
    uint32_t parts[PARTS_MOST];
    struct rounded values[PARTS_MOST];
    size_t n = 0;
    double whole = decimal_double(t->base), sum = 0;
    if (!is_level(t) || !is_exact(t) || t->metric.n == 0 || t->table != NONE || whole <= 0)
        return;
    for (uint32_t i = index + 1; i < a->document->n_indicators && i < index + 16; i++) {
        const struct indicator *p = at(a, i);
        if (!same_paragraph(t, p) || n >= PARTS_MOST)
            break;
        if (p->kind != INDICATOR_LEVEL)
            continue;
        bool like = is_level(p) && is_exact(p) && str_eq(p->base_unit, t->base_unit) &&
                    str_eq(p->period, t->period) && str_eq(p->metric, t->metric) &&
                    !str_eq(p->subject, t->subject) && p->subject.n > 0;
        if (!like || decimal_compare(p->base, t->base) > 0)
            break;
        values[n] = rounded_of(p, false);
        sum += values[n].value;
        parts[n++] = i;
        if (n < 2)
            continue;
        struct check c = check_sum(values, n, rounded_of(t, false));
        if (c.fits)
            return;
        if (n >= 3 && fabs(sum - whole) <= whole * 0.01) {
            report_sum(a, index, parts, n, &c);
            return;
        }
        if (sum > whole)
            return;
    }
}

/* The product of a place and of its three industries, which stand behind it. */
static void audit_industries(struct audit *a, uint32_t index)
{
    static const struct str industries[] = {STR_INIT("第一产业"), STR_INIT("第二产业"),
                                            STR_INIT("第三产业")};
    enum { INDUSTRIES = sizeof industries / sizeof *industries, AHEAD = 16 };
    const struct indicator *t = at(a, index);
    uint32_t parts[INDUSTRIES];
    struct rounded values[INDUSTRIES];
    size_t n = 0;
    if (!is_level(t) || !is_exact(t) || !str_eq(t->metric_key, STR("地区生产总值")))
        return;
    for (uint32_t i = index + 1; i < a->document->n_indicators && i < index + AHEAD; i++) {
        const struct indicator *p = at(a, i);
        if (n == INDUSTRIES || !same_paragraph(t, p))
            break;
        if (!is_level(p) || !str_eq(p->metric_key, STR("增加值")) ||
            !str_ends(p->subject, industries[n]))
            continue;
        if (!is_exact(p) || !str_eq(p->base_unit, t->base_unit) || !str_eq(p->period, t->period))
            return;
        values[n] = rounded_of(p, false);
        parts[n++] = i;
    }
    if (n < INDUSTRIES)
        return;
    double whole = decimal_double(t->base);
    struct check c = check_sum(values, n, rounded_of(t, false));
    if (!c.fits && fabs(c.computed - whole) <= whole * NEAR / 100)
        report_sum(a, index, parts, n, &c);
}

/* ---- shares of one whole above 100 % ---- */

static void audit_share_sum(struct audit *a, uint32_t index)
{
    const struct table *t = &a->document->tables[index];
    uint32_t of[PARTS_MOST];
    size_t n = 0;
    double sum = 0, tolerance = 0;
    if (!t->from_prose || t->rows > PARTS_MOST)
        return;
    for (uint32_t row = t->header_rows; row + 1 < t->rows; row++) {
        uint32_t share = t->cells[row * t->columns + 2].indicator;
        if (share == NONE)
            continue;
        struct rounded r = rounded_of(at(a, share), false);
        sum += r.value;
        tolerance += r.step;
        of[n++] = share;
    }
    if (n >= 2 && sum > 100 + tolerance + 0.05)
        add(a, FINDING_SHARE_SUM, of, n, STR("≤ 100%"), str_printf(a->arena, "±%.3g%%", tolerance),
            str_printf(a->arena, "Σ = %.6g%%", sum));
}

/* ---- growth ---- */

/* 2023H1 → 2022H1; empty where the period is no year or part of one. */
static struct str year_before(struct arena *a, struct str period)
{
    int year = 0;
    for (size_t i = 0; i < 4 && i < period.n; i++)
        year = year * 10 + (period.p[i] - '0');
    if (period.n < 4 || year < 1900 || year > 2100 || str_has(period, STR("/")))
        return (struct str){0};
    return str_printf(a, "%d%.*s", year - 1, STR_ARG(str_sub(period, 4, period.n)));
}

/* Value added and national accounts grow at constant prices: no arithmetic on their amounts. */
static bool grows_in_real_terms(struct str metric)
{
    return str_has(metric, STR("增加值")) || str_has(metric, STR("生产总值")) ||
           str_has(metric, STR("可支配收入"));
}

static void audit_growth(struct audit *a, uint32_t index)
{
    const struct indicator *c = at(a, index), *now = at(a, index - 1);
    if (!str_eq(c->unit, STR("%")) || c->target || !is_exact(c) || !is_level(now) ||
        !is_exact(now) || !same_paragraph(c, now) || !str_eq(c->metric_key, now->metric_key) ||
        !str_eq(c->subject, now->subject) || !str_eq(c->period, now->period) ||
        grows_in_real_terms(c->metric_key) ||
        (c->basis.n > 0 && !str_eq(c->basis, STR("同比")) && !str_has(c->basis, STR("上年"))))
        return;
    struct str before = year_before(a->arena, now->period);
    if (before.n == 0)
        return;
    uint32_t first = index > BACK ? index - BACK : 0;
    for (uint32_t i = first; i < index + BACK && i < a->document->n_indicators; i++) {
        const struct indicator *o = at(a, i);
        if (!is_level(o) || !is_exact(o) || !str_eq(o->period, before) ||
            !str_eq(o->metric_key, now->metric_key) || !str_eq(o->subject, now->subject) ||
            !str_eq(o->region, now->region) || !str_eq(o->base_unit, now->base_unit))
            continue;
        struct check check =
            check_growth(rounded_of(now, false), rounded_of(o, false), rounded_of(c, true));
        if (check.fits || fabs(check.computed - decimal_double(c->value)) < 0.15)
            return;
        uint32_t of[] = {index, index - 1, i};
        struct str computed = audit_number(a->arena, check.computed, c);
        add(a, FINDING_GROWTH, of, 3, computed, tolerance_str(a, &check, c),
            str_printf(a->arena, "%.*s ÷ %.*s − 1 = %.*s", STR_ARG(now->text), STR_ARG(o->text),
                       STR_ARG(computed)));
        return;
    }
}

/* ---- one thing with two values ---- */

static bool is_distinct_thing(const struct audit *a, const struct indicator *i)
{
    if (!is_level(i) || !is_exact(i) || i->subject.n == 0 || !str_eq(i->base_unit, STR("元")))
        return false;
    const struct lexicon_entry *e = lexicon_find(a->metrics, i->metric_key);
    return e != NULL && lexicon_flag(e, "money") && (i->period.n > 0 || lexicon_flag(e, "fixed"));
}

static void audit_conflicts(struct audit *a)
{
    struct map known = map_in(a->arena);
    for (uint32_t i = 0; i < a->document->n_indicators; i++) {
        const struct indicator *now = at(a, i);
        if (!is_distinct_thing(a, now))
            continue;
        struct str key = str_printf(a->arena, "%.*s\t%.*s\t%.*s", STR_ARG(now->metric_key),
                                    STR_ARG(now->subject), STR_ARG(now->period));
        bool is_new;
        struct map_entry *entry = map_put(&known, key, &is_new);
        if (is_new) {
            entry->value.number = i;
            continue;
        }
        uint32_t first = (uint32_t)entry->value.number;
        const struct indicator *then = at(a, first);
        struct check c = check_same(rounded_of(now, false), rounded_of(then, false));
        bool apart = !same_paragraph(now, then) || now->table != then->table;
        if (c.fits || !apart || !indicators_same_thing(now, then))
            continue;
        uint32_t of[] = {i, first};
        add(a, FINDING_CONFLICT, of, 2, then->text, tolerance_str(a, &c, now),
            str_printf(a->arena, "%.*s %.*s: %.*s ≠ %.*s", STR_ARG(now->subject),
                       STR_ARG(now->metric), STR_ARG(now->text), STR_ARG(then->text)));
    }
}

/* ---- ranks ---- */

/* 五县四区 is a field of nine. 0 where the words before a rank name none. */
static int field_size(struct str before)
{
    int size = 0;
    for (size_t i = 0; i < before.n;) {
        uint32_t c = utf8_next(before, &i);
        int digit = numeral_digit(c);
        size_t next = i;
        uint32_t unit = utf8_next(before, &next);
        if (digit > 0 && (unit == U'县' || unit == U'区' || unit == U'市'))
            size += digit;
    }
    return size;
}

static void audit_rank(struct audit *a, uint32_t index)
{
    const struct indicator *i = at(a, index);
    const struct prose *prose = document_prose(a->document, i->place);
    size_t start = i->place.start > 15 ? i->place.start - 15 : 0;
    int size = field_size(str_sub(prose->text, start, i->place.start));
    if (size < 2 || i->value.scale != 0 || i->value.digits <= size)
        return;
    add(a, FINDING_RANK, &index, 1, str_printf(a->arena, "≤ %d", size), (struct str){0},
        str_printf(a->arena, "%.*s > %d", STR_ARG(i->text), size));
}

/* ---- a number and the names that it counts ---- */

/* Names joined by 、 and 和 that end right at byte `end`, none of them long; 0 where 等 stands. */
static size_t names_before(struct str text, size_t end)
{
    size_t n = 1, length = 0;
    for (size_t i = end; i > 0 && i + 600 > end;) {
        size_t previous = i;
        uint32_t c = utf8_previous(text, &previous);
        if (c == U'、') {
            n++;
            length = 0;
        } else if (c == U'，' || c == U'。' || c == U'；' || c == U'：' || c == ',' || c == U'等' ||
                   ++length > 12) {
            return c == U'等' || length > 12 ? 0 : n;
        }
        i = previous;
    }
    return n;
}

/* 甲、乙、丙两家: a Han numeral right behind names counts them. */
static void audit_count_list(struct audit *a, uint32_t index)
{
    const struct indicator *i = at(a, index);
    const struct prose *prose = document_prose(a->document, i->place);
    int digit = numeral_digit(utf8_at(i->text, 0));
    if (!is_level(i) || !is_exact(i) || digit < 2 || i->value.scale != 0 ||
        i->value.digits != digit || !str_eq(i->unit, STR("家")))
        return;
    size_t names = names_before(prose->text, i->place.start);
    if (names < 2 || names == (size_t)digit)
        return;
    add(a, FINDING_COUNT_LIST, &index, 1, str_printf(a->arena, "%zu", names), (struct str){0},
        str_printf(a->arena, "%.*s ≠ %zu", STR_ARG(i->text), names));
}

/* One row a kind of indicator: what is looked at. */
static const struct {
    enum indicator_kind kind;
    void (*rule)(struct audit *a, uint32_t index);
    uint32_t least; /* indicators that must stand before it */
} rules[] = {
    {INDICATOR_SHARE, audit_share, 1},      {INDICATOR_SHARE, audit_unit, 0},
    {INDICATOR_LEVEL, audit_bound, 0},      {INDICATOR_LEVEL, audit_following_parts, 0},
    {INDICATOR_CHANGE, audit_growth, 1},    {INDICATOR_RANK, audit_rank, 0},
    {INDICATOR_LEVEL, audit_industries, 0}, {INDICATOR_LEVEL, audit_count_list, 0},
};

/* ---- figures that other documents may give too ---- */

/* A name by which another document means the same: no sector, no class, no 项目 alone. */
static bool names_one_thing(const struct audit *a, struct str subject)
{
    static const struct str kinds[] = {STR_INIT("企业"), STR_INIT("产业"), STR_INIT("行业"),
                                       STR_INIT("业"),   STR_INIT("居民"), STR_INIT("类")};
    size_t start;
    if (utf8_count(subject) < 4 || point_is_any_digit(utf8_at(subject, 0)) ||
        str_has(subject, STR("、")) || str_has(subject, STR("等")) ||
        str_has(subject, STR("元以上")))
        return false;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (str_ends(subject, kinds[i]))
            return false;
    const struct lexicon *const lists[] = {a->bodies, a->places, a->projects};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        if (lexicon_match_before(lists[i], subject, subject.n, &start) != NULL)
            return true;
    return str_ends(subject, STR("项目")) || str_ends(subject, STR("工程")) ||
           str_ends(subject, STR("港")) || str_ends(subject, STR("基地"));
}

static bool is_distinct(const struct audit *a, const struct indicator *i)
{
    if (!is_level(i) || !is_exact(i) || i->table != NONE || !i->period_resolved)
        return false;
    const struct lexicon_entry *e = lexicon_find(a->metrics, i->metric_key);
    if (e == NULL)
        return false;
    bool timeless = i->period.n == 0;
    if (timeless && !(lexicon_flag(e, "fixed") && lexicon_flag(e, "money")))
        return false;
    if (!timeless && str_has(i->period, STR("/")))
        return false;
    if (i->region.n > 0 && indicator_is_of_region(i->subject, i->region))
        return !timeless && lexicon_flag(e, "regional");
    return str_eq(i->base_unit, STR("元")) && names_one_thing(a, i->subject);
}

void parse_audit(struct document *d, const struct parse_options *o)
{
    struct audit a = {.document = d, .arena = d->arena, .sound_share = NONE, .sound_whole = NONE};
    a.summed = arena_array(a.arena, bool, d->n_indicators + 1);
    a.metrics = lexicons_get(o->lexicons, LEXICON_METRICS);
    a.bodies = lexicons_get(o->lexicons, LEXICON_BODIES);
    a.places = lexicons_get(o->lexicons, LEXICON_PLACES);
    a.projects = lexicons_get(o->lexicons, LEXICON_PROJECTS);
    for (uint32_t i = 0; i < d->n_indicators; i++)
        for (size_t k = 0; k < sizeof rules / sizeof *rules; k++)
            if (rules[k].kind == d->indicators[i].kind && i >= rules[k].least)
                rules[k].rule(&a, i);
    for (uint32_t i = 0; i < d->n_tables; i++) {
        audit_table_sum(&a, i);
        audit_share_sum(&a, i);
    }
    audit_conflicts(&a);
    struct indicator *all =
        arena_dup(a.arena, d->indicators, d->n_indicators * sizeof *d->indicators);
    for (uint32_t i = 0; i < d->n_indicators; i++)
        all[i].distinct = is_distinct(&a, &all[i]);
    d->indicators = all;
    d->findings = a.findings.at;
    d->n_findings = (uint32_t)a.findings.n;
}
