/* Exact decimals, and the numerals of Chinese prose: 83397, 1,234.5, 一百五十二, 7万5千4百, 十点二.
 *
 * A value is digits / 10^scale and never a float: what is printed is what was read. The multiplier
 * that ends a numeral belongs to the unit (386.5亿元 is 386.5 and 亿元), so that the reader of
 * numerals stops before it; inside a numeral it is part of the value (3万4000 is 34000). */
#ifndef BAOLAN_NUMERAL_H
#define BAOLAN_NUMERAL_H

#include "baolan/memory.h"

#include <stdint.h>

/* An exact decimal: digits / 10^scale. 386.5 is 3865, 1. */
struct decimal {
    int64_t digits;
    int32_t scale; /* may be negative after normalising units: 5, -7 is 50000000 */
};

/* The same value with no trailing zero in its digits: 164.0 is 164. Zero has scale 0. */
struct decimal decimal_reduce(struct decimal d);

/* The product. Where it does not fit, the last digits are rounded away. */
struct decimal decimal_multiply(struct decimal a, struct decimal b);

/* <0, 0, >0 as a is less than, equal to, greater than b, exactly. */
int decimal_compare(struct decimal a, struct decimal b);

/* The nearest double, for comparisons with a tolerance. */
double decimal_double(struct decimal d);

/* Reads an ASCII decimal with sign, thousands' commas, exponent (`1e8`). False where text is none
 * or has more than 18 digits. */
bool decimal_parse(struct str text, struct decimal *out);

/* Plain digits, no exponent: 50000000, -6.91, 164.0. Allocated in the arena. */
struct str decimal_str(struct arena *a, struct decimal d);

struct numeral {
    struct decimal value;
    size_t end;        /* the byte after it, before a closing 万 or 亿 */
    size_t multiplier; /* bytes of the closing 万, 亿, 万亿 after end; 0: none */
    bool han;          /* has a Han digit */
    bool bare;         /* only multipliers: 千(万元), 亿(元), 百(亿) */
    bool loose;        /* 三千四百五十几: the last digit is not said */
    bool sequence;     /* digit after digit, 二〇二五, as years are written */
};

/* Reads the numeral that begins at byte `at` of text (no sign, no spaces inside). False where there
 * is none, where it does not fit, or where Han digits only stand beside each other (五六个). */
bool numeral_read(struct str text, size_t at, struct numeral *out);

/* The numeral that was last looked for in a text: readers try one place for one form after another.
 * All zero: none was. */
struct numeral_memo {
    size_t past; /* one more than the byte; 0: none */
    bool found;
    struct numeral numeral;
};

/* numeral_read in the one text that m is for. */
static inline bool numeral_read_once(struct numeral_memo *m, struct str text, size_t at,
                                     struct numeral *out)
{
    if (m->past != at + 1) {
        m->past = at + 1;
        m->found = numeral_read(text, at, &m->numeral);
    }
    *out = m->numeral;
    return m->found;
}

/* A bit for the low ten bits of each Han digit and multiplier: nearly all other characters are told
 * off by it. */
extern const uint64_t numeral_bits[16];

/* False for what is no Han digit and no multiplier; true for these and for few others. */
static inline bool numeral_may_be(uint32_t point)
{
    return (numeral_bits[point >> 6 & 15] >> (point & 63) & 1) != 0;
}

/* A digit's value, or 16 and a multiplier's power of ten; -1 for all else. */
int numeral_character(uint32_t point);

/* The value of a Han digit 零〇一二两三…九 and the formal 壹贰…, or -1. */
static inline int numeral_digit(uint32_t point)
{
    int c = numeral_may_be(point) ? numeral_character(point) : -1;
    return c < 16 ? c : -1;
}

/* The power of ten of 十百千万亿 and their formal and traditional forms, or 0. */
static inline int numeral_power(uint32_t point)
{
    int c = numeral_may_be(point) ? numeral_character(point) : -1;
    return c > 16 ? c - 16 : 0;
}

#endif
