/* Numbers of other forms: fractions, 3/5, ratios. */
#include "baolan/utf8.h"
#include "parse/quantity_scan.h"

/* The value of a fraction X分之Y and of 百分之Y; moves *at past it. */
bool quantity_read_fraction(struct quantity_scan *s, size_t start, size_t *at, struct quantity *q)
{
    static const struct {
        struct str word, unit;
    } parts[] = {{STR_INIT("百分之"), STR_INIT("%")},
                 {STR_INIT("千分之"), STR_INIT("‰")},
                 {STR_INIT("万分之"), STR_INIT("万分之")}};
    struct str rest = str_sub(s->text, start, s->text.n);
    struct numeral n;
    bool han = rest.n > 0 && !point_is_digit((unsigned char)rest.p[0]);
    for (size_t i = 0; han && i < sizeof parts / sizeof *parts; i++) {
        size_t length = parts[i].word.n, b = start;
        if (!str_starts(rest, parts[i].word))
            continue;
        uint32_t before = utf8_previous(s->text, &b);
        if (numeral_digit(before) >= 0 || numeral_power(before) != 0 ||
            !numeral_read(s->text, start + length, &n))
            continue;
        q->value = n.value;
        q->unit = parts[i].unit;
        q->class = UNIT_SHARE;
        q->base = (struct decimal){n.value.digits, n.value.scale + (int32_t)i};
        q->base_unit = STR("%");
        *at = n.end;
        return true;
    }
    struct numeral below;
    if (!numeral_read_once(&s->numeral, s->text, start, &below) || below.value.digits <= 0 ||
        below.bare || !str_starts(str_sub(s->text, below.end, s->text.n), STR("分之")) ||
        !numeral_read(s->text, below.end + STR("分之").n, &n) || n.bare ||
        n.value.digits > below.value.digits)
        return false;
    double value = decimal_double(n.value) / decimal_double(below.value);
    q->value = decimal_reduce((struct decimal){(int64_t)(value * 10000 + 0.5), 4});
    q->class = UNIT_SHARE;
    q->share_form = true;
    q->base = decimal_multiply(q->value, (struct decimal){100, 0});
    q->base_unit = STR("%");
    *at = n.end;
    return true;
}

size_t quantity_read_one_half(struct quantity_scan *s, size_t start)
{
    static const struct str others[] = {STR_INIT("另"), STR_INIT("这"),  STR_INIT("那"),
                                        STR_INIT("上"), STR_INIT("下"),  STR_INIT("前"),
                                        STR_INIT("后"), STR_INIT("的另")};
    struct str rest = str_sub(s->text, start, s->text.n), before = str_sub(s->text, 0, start);
    size_t end = start + STR("一半").n;
    if (!str_starts(rest, STR("一半")) || utf8_at(s->text, end) == U'是' ||
        quantity_in_name(s, start, end))
        return 0;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (str_ends(before, others[i]))
            return end;
    struct quantity q = {.start = (uint32_t)start,
                         .end = (uint32_t)end,
                         .value = {5, 1},
                         .class = UNIT_SHARE,
                         .share_form = true,
                         .base = {50, 0},
                         .base_unit = STR_INIT("%")};
    quantity_qualifiers_before(s, &q);
    quantity_qualifier_after(s, &q);
    quantity_push(s, q);
    return end;
}

/* 3/5, with nothing that makes it a date. */
bool quantity_read_slash(const struct quantity_scan *s, struct numeral *n, struct quantity *q)
{
    struct numeral below;
    size_t at = n->end + 1;
    if (n->value.scale != 0 || n->end >= s->text.n || s->text.p[n->end] != '/' ||
        !numeral_read(s->text, at, &below) || below.han || below.value.scale != 0 ||
        below.value.digits <= n->value.digits || below.value.digits > 100 || n->value.digits <= 0 ||
        !quantity_is_boundary(utf8_at(s->text, below.end)))
        return false;
    double value = decimal_double(n->value) / decimal_double(below.value);
    q->value = decimal_reduce((struct decimal){(int64_t)(value * 10000 + 0.5), 4});
    q->class = UNIT_SHARE;
    q->share_form = true;
    q->base = decimal_multiply(q->value, (struct decimal){100, 0});
    q->base_unit = STR("%");
    n->end = below.end;
    return true;
}

/* 收入比缩小至1.62:1: how many to one, a number without a unit. Returns the byte after it, or 0. */
size_t quantity_read_to_one(struct quantity_scan *s, size_t start, const struct numeral *n)
{
    if (n->end >= s->text.n || s->text.p[n->end] != ':')
        return 0;
    struct str before = str_sub(s->text, quantity_near(s, start), start);
    size_t end = n->end + STR(":1").n;
    if (n->han || !str_starts(str_sub(s->text, n->end, s->text.n), STR(":1")) ||
        point_is_any_digit(utf8_at(s->text, end)) || utf8_at(s->text, end) == '.' ||
        utf8_at(s->text, end) == ':' || !str_has(before, STR("比")))
        return 0;
    struct quantity q = {.start = (uint32_t)start,
                         .before = (uint32_t)start,
                         .end = (uint32_t)end,
                         .after = (uint32_t)end,
                         .value = n->value,
                         .base = n->value,
                         .class = UNIT_NONE};
    quantity_qualifiers_before(s, &q);
    quantity_push(s, q);
    return end;
}

/* 3.6:54.5:41.9 after 结构 or 比: each part is a share. Returns the byte after it, 0 where it is no
 * ratio. */
size_t quantity_read_ratio(struct quantity_scan *s, size_t start, const struct numeral *n)
{
    if (n->han || n->end >= s->text.n || s->text.p[n->end] != ':')
        return 0;
    struct str before = str_sub(s->text, quantity_near(s, start), start);
    struct numeral part = *n;
    size_t at = start, first = s->out->n;
    if (!(str_has(before, STR("结构")) || str_has(before, STR("比为")) ||
          str_has(before, STR("构成")) || str_has(before, STR("之比"))))
        return 0;
    for (;;) {
        struct quantity q = {.start = (uint32_t)at,
                             .before = (uint32_t)at,
                             .end = (uint32_t)part.end,
                             .after = (uint32_t)part.end,
                             .value = part.value,
                             .base = part.value,
                             .base_unit = STR_INIT("比"),
                             .class = UNIT_SHARE,
                             .share_form = true};
        if (at == start)
            quantity_qualifiers_before(s, &q);
        quantity_push(s, q);
        if (part.end >= s->text.n || s->text.p[part.end] != ':')
            break;
        at = part.end + 1;
        if (!numeral_read(s->text, at, &part) || part.han)
            break;
    }
    if (s->out->n - first < 2) {
        s->out->n = first;
        return 0;
    }
    return s->out->at[s->out->n - 1].end;
}
