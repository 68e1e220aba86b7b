#include "baolan/numeral.h"
#include "baolan/buffer.h"
#include "baolan/utf8.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* No numeral is longer, in bytes: what is, is none. */
#define LENGTH_LIMIT 128
#define DIGITS_LIMIT INT64_C(100000000000000000) /* what may still be multiplied by ten */

struct decimal decimal_reduce(struct decimal d)
{
    if (d.digits == 0)
        return (struct decimal){0, 0};
    while (d.digits % 10 == 0) {
        d.digits /= 10;
        d.scale--;
    }
    return d;
}

struct decimal decimal_multiply(struct decimal a, struct decimal b)
{
    a = decimal_reduce(a);
    b = decimal_reduce(b);
    int64_t digits;
    while (__builtin_mul_overflow(a.digits, b.digits, &digits)) {
        struct decimal *larger = llabs(a.digits) > llabs(b.digits) ? &a : &b;
        larger->digits = (larger->digits + (larger->digits < 0 ? -5 : 5)) / 10;
        larger->scale--;
    }
    return decimal_reduce((struct decimal){digits, a.scale + b.scale});
}

/* A power of ten; those that a double holds exactly are at hand. */
static double power_of_ten(int32_t power)
{
    static const double exact[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                   1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                   1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    return (size_t)power < sizeof exact / sizeof *exact ? exact[power] : pow(10, power);
}

double decimal_double(struct decimal d)
{
    return d.scale >= 0 ? (double)d.digits / power_of_ten(d.scale)
                        : (double)d.digits * power_of_ten(-d.scale);
}

int decimal_compare(struct decimal a, struct decimal b)
{
    a = decimal_reduce(a);
    b = decimal_reduce(b);
    if (a.digits == b.digits && a.scale == b.scale)
        return 0;
    /* To one scale, as far as digits fit; where they do not, the two differ by powers of ten. */
    while (a.scale < b.scale && llabs(a.digits) < DIGITS_LIMIT) {
        a.digits *= 10;
        a.scale++;
    }
    while (b.scale < a.scale && llabs(b.digits) < DIGITS_LIMIT) {
        b.digits *= 10;
        b.scale++;
    }
    if (a.scale == b.scale)
        return (a.digits > b.digits) - (a.digits < b.digits);
    double x = decimal_double(a), y = decimal_double(b);
    return (x > y) - (x < y);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Digits with thousands' commas and a fraction; returns the byte after them. */
static size_t read_digits(struct str text, size_t at, struct decimal *out, bool *fits)
{
    struct decimal d = {0, 0};
    bool point = false;
    size_t i = at, group = 0;
    for (; i < text.n && i - at < LENGTH_LIMIT; i++) {
        char c = text.p[i];
        if (c == '.' && !point && i + 1 < text.n && is_digit(text.p[i + 1])) {
            point = true;
            continue;
        }
        if (c == ',' && !point && (group == 0 ? i - at >= 1 && i - at <= 3 : i - group == 4) &&
            i + 3 < text.n && is_digit(text.p[i + 1]) && is_digit(text.p[i + 2]) &&
            is_digit(text.p[i + 3]) && !(i + 4 < text.n && is_digit(text.p[i + 4])) &&
            text.p[at] != '0') {
            group = i;
            continue;
        }
        if (!is_digit(c))
            break;
        if (d.digits >= DIGITS_LIMIT) {
            *fits = false;
            continue;
        }
        d.digits = d.digits * 10 + (c - '0');
        d.scale += point;
    }
    *out = d;
    return i;
}

bool decimal_parse(struct str text, struct decimal *out)
{
    size_t i = 0;
    bool negative = i < text.n && text.p[i] == '-', fits = true;
    if (negative || (i < text.n && text.p[i] == '+'))
        i++;
    if (i >= text.n || !is_digit(text.p[i]))
        return false;
    i = read_digits(text, i, out, &fits);
    if (i < text.n && (text.p[i] == 'e' || text.p[i] == 'E')) {
        bool down = i + 1 < text.n && text.p[i + 1] == '-';
        size_t at = i + 1 + (down || (i + 1 < text.n && text.p[i + 1] == '+'));
        int32_t power = 0;
        if (at >= text.n)
            return false;
        for (i = at; i < text.n && is_digit(text.p[i]) && power < 100; i++)
            power = power * 10 + (text.p[i] - '0');
        out->scale += down ? power : -power;
    }
    if (negative)
        out->digits = -out->digits;
    return fits && i == text.n;
}

struct str decimal_str(struct arena *a, struct decimal d)
{
    char digits[24];
    int n = snprintf(digits, sizeof digits, "%lld", llabs((long long)d.digits));
    struct buffer out = buffer_in(a);
    if (d.digits < 0)
        buffer_add_byte(&out, '-');
    if (d.scale <= 0) {
        buffer_add(&out, (struct str){digits, (size_t)n});
        for (int32_t i = d.scale; i < 0 && i > -64 && d.digits != 0; i++)
            buffer_add_byte(&out, '0');
        return buffer_str(&out);
    }
    for (int32_t i = n; i <= d.scale && i < 64; i++) {
        buffer_add_byte(&out, '0');
        if (i == n)
            buffer_add_byte(&out, '.');
    }
    for (int i = 0; i < n; i++) {
        if (i > 0 && n - i == d.scale)
            buffer_add_byte(&out, '.');
        buffer_add_byte(&out, digits[i]);
    }
    return buffer_str(&out);
}

/* One row a character of numerals: the value of a digit, or 16 + the power of ten of a multiplier.
 */
#define NUMERALS(X, k)  \
    X(k, U'零', 0)      \
    X(k, U'〇', 0)      \
    X(k, U'一', 1)      \
    X(k, U'壹', 1)      \
    X(k, U'二', 2)      \
    X(k, U'两', 2)      \
    X(k, U'兩', 2)      \
    X(k, U'贰', 2)      \
    X(k, U'三', 3)      \
    X(k, U'叁', 3)      \
    X(k, U'四', 4)      \
    X(k, U'肆', 4)      \
    X(k, U'五', 5)      \
    X(k, U'伍', 5)      \
    X(k, U'六', 6)      \
    X(k, U'陆', 6)      \
    X(k, U'七', 7)      \
    X(k, U'柒', 7)      \
    X(k, U'八', 8)      \
    X(k, U'捌', 8)      \
    X(k, U'九', 9)      \
    X(k, U'玖', 9)      \
    X(k, U'十', 16 + 1) \
    X(k, U'拾', 16 + 1) \
    X(k, U'百', 16 + 2) \
    X(k, U'佰', 16 + 2) \
    X(k, U'千', 16 + 3) \
    X(k, U'仟', 16 + 3) \
    X(k, U'万', 16 + 4) \
    X(k, U'萬', 16 + 4) \
    X(k, U'亿', 16 + 8) \
    X(k, U'億', 16 + 8)

#define BIT(k, point, value) | (((point) >> 6 & 15) == (k) ? UINT64_C(1) << ((point)&63) : 0)
#define BITS(k) 0 NUMERALS(BIT, k)
const uint64_t numeral_bits[16] = {BITS(0),  BITS(1),  BITS(2),  BITS(3), BITS(4),  BITS(5),
                                   BITS(6),  BITS(7),  BITS(8),  BITS(9), BITS(10), BITS(11),
                                   BITS(12), BITS(13), BITS(14), BITS(15)};

int numeral_character(uint32_t point)
{
    switch (point) {
#define CASE(k, point, value) \
    case point:               \
        return value;
        NUMERALS(CASE, 0)
#undef CASE
    default:
        return -1;
    }
}

/* What place values have added up to: (yi + wan + section) + digit. */
struct places {
    int64_t yi, wan, section, digit; /* digit -1: none pending */
    int last_power;                  /* of the last multiplier below 万 */
    bool zero;
};

static bool add_power(struct places *p, int power)
{
    static const int64_t tens[] = {1, 10, 100, 1000};
    int64_t one = p->digit < 0 ? 1 : p->digit;
    bool overflow = false;
    if (power < 4) {
        int64_t part;
        overflow |= __builtin_mul_overflow(one, tens[power], &part);
        overflow |= __builtin_add_overflow(p->section, part, &p->section);
    } else {
        if (p->digit > 0)
            overflow |= __builtin_add_overflow(p->section, p->digit, &p->section);
        if (power == 4) {
            if (p->wan != 0)
                return false;
            overflow |= __builtin_mul_overflow(p->section == 0 ? 1 : p->section, 10000, &p->wan);
        } else {
            int64_t all = p->yi + p->wan + p->section;
            overflow |= __builtin_mul_overflow(all == 0 ? 1 : all, 100000000, &p->yi);
            p->wan = 0;
        }
        p->section = 0;
    }
    p->digit = -1;
    p->zero = false;
    p->last_power = power;
    return !overflow;
}

static int64_t sum(const struct places *p)
{
    int64_t digit = p->digit < 0 ? 0 : p->digit;
    /* 两千四百五, 三万五: the last digit counts the next lower place where no 零 stands before it.
     */
    if (digit > 0 && digit < 10 && !p->zero)
        for (int power = 1; power < p->last_power; power++)
            digit *= 10;
    return p->yi + p->wan + p->section + digit;
}

/* 点 and the digits after it. */
static size_t read_fraction(struct str text, size_t at, struct decimal *value)
{
    size_t i = at;
    if (utf8_next(text, &i) != U'点')
        return at;
    size_t end = i;
    while (i < text.n && value->digits < DIGITS_LIMIT) {
        uint32_t c = utf8_next(text, &i);
        int digit = point_is_digit(c) ? (int)(c - '0') : numeral_digit(c);
        if (digit < 0 || c == U'两')
            break;
        value->digits = value->digits * 10 + digit;
        value->scale++;
        end = i;
    }
    return value->scale == 0 ? at : end;
}

/* 二〇二五, 二零一六: true, and past it, where at least three Han digits stand in a row. */
static bool read_sequence(struct str text, size_t at, struct numeral *out)
{
    size_t i = at, n = 0;
    int64_t value = 0;
    out->end = at;
    while (n < 9) {
        uint32_t c = utf8_next(text, &i);
        int digit = c == U'两' ? -1 : numeral_digit(c);
        if (digit < 0) {
            if (numeral_power(c) != 0)
                return false;
            break;
        }
        value = value * 10 + digit;
        out->end = i;
        n++;
    }
    if (n < 3)
        return false;
    out->value = (struct decimal){value, 0};
    out->han = out->sequence = true;
    return true;
}

struct walk {
    struct places p, before; /* `before`: ahead of the closing run of 万 and 亿 */
    size_t end, before_end;
    bool in_run, earlier_run;
    bool han, ascii, digits; /* digits: a digit of either kind was seen */
    bool loose;
};

/* Takes one character (or one run of ASCII digits); false: the numeral ends before it. -1 in *bad
 * where the whole is no numeral. */
static bool take(struct str text, size_t *at, struct walk *w, bool *bad)
{
    size_t i = *at;
    uint32_t c = utf8_next(text, &i);
    int power = numeral_power(c);
    if (power != 0) {
        if (power >= 4 && !w->in_run) {
            w->earlier_run = w->before_end != 0;
            w->before = w->p;
            w->before_end = *at;
            w->in_run = true;
        } else if (power < 4) {
            w->in_run = false;
        }
        /* 十百 in falling order only: 百千 are two words. */
        if (power < 4 && w->p.digit < 0 && w->p.last_power != 0 && w->p.last_power < 4 &&
            power >= w->p.last_power)
            return false;
        if (!add_power(&w->p, power))
            *bad = true;
        *at = i;
        return !*bad;
    }
    int64_t digit = numeral_digit(c);
    struct decimal ascii = {0, 0};
    if (point_is_digit(c)) {
        bool fits = true;
        i = read_digits(text, *at, &ascii, &fits);
        if (!fits || ascii.scale != 0)
            return false;
        digit = ascii.digits;
        w->ascii = true;
    }
    if (digit < 0)
        return false;
    if (w->p.digit > 0) {
        *bad = true;
        return false;
    }
    if (digit == 0)
        w->p.zero = true;
    else
        w->p.digit = digit;
    w->digits = true;
    w->han |= !point_is_digit(c);
    w->in_run = false;
    *at = i;
    return true;
}

static bool read_places(struct str text, size_t at, struct numeral *out)
{
    struct walk w = {.p = {.digit = -1}};
    w.before.digit = -1;
    bool bad = false;
    size_t i = at;
    while (i < text.n && i - at < LENGTH_LIMIT && take(text, &i, &w, &bad))
        ;
    if (bad || i == at)
        return false;
    out->han = w.han || !w.ascii;
    out->bare = !w.digits && !(w.p.last_power == 1 && w.p.section == 10);
    if (w.in_run && !w.earlier_run) {
        out->end = w.before_end;
        out->multiplier = i - w.before_end;
        out->value = (struct decimal){w.before_end == at ? 1 : sum(&w.before), 0};
        return true;
    }
    out->end = i;
    out->value = (struct decimal){sum(&w.p), 0};
    size_t next = i;
    if (w.p.digit < 0 && !w.in_run && utf8_next(text, &next) == U'几') {
        out->loose = true;
        return true;
    }
    out->end = read_fraction(text, i, &out->value);
    return true;
}

bool numeral_read(struct str text, size_t at, struct numeral *out)
{
    *out = (struct numeral){.end = at};
    if (at < text.n && is_digit(text.p[at])) {
        bool fits = true;
        out->end = read_digits(text, at, &out->value, &fits);
        if (!fits)
            return false;
        size_t i = out->end;
        uint32_t c = utf8_next(text, &i);
        if (out->value.scale != 0 || numeral_power(c) == 0)
            return true;
        /* 7万5千4百 goes on after its multiplier; 7万 does not. */
        uint32_t next = utf8_at(text, i);
        if (!point_is_digit(next) && numeral_digit(next) < 0)
            return true;
        struct numeral mixed = {.end = at};
        if (read_places(text, at, &mixed))
            *out = mixed;
        return true;
    }
    uint32_t c = utf8_at(text, at);
    if (numeral_digit(c) < 0 && numeral_power(c) == 0)
        return false;
    return read_sequence(text, at, out) || read_places(text, at, out);
}
