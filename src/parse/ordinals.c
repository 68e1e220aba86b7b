/* Numbering at the head of a line: 一、 （一） 1. (1) ① 第一章 ### and the leads 一是, 第一，. */
#include "parse/page.h"

const char *ordinal_name(enum ordinal_kind kind)
{
    static const char *const names[] = {
#define X(id, name) [id] = name,
        ORDINAL_TABLE(X)
#undef X
    };
    return kind < ORDINAL_COUNT ? names[kind] : "";
}

/* 一 … 十, 百: the digit, 10, 100, or 0. */
static unsigned han_digit(uint32_t c)
{
    static const struct {
        uint32_t point;
        unsigned value;
    } digits[] = {{0x4E00, 1}, {0x4E8C, 2}, {0x4E09, 3}, {0x56DB, 4},  {0x4E94, 5},  {0x516D, 6},
                  {0x4E03, 7}, {0x516B, 8}, {0x4E5D, 9}, {0x5341, 10}, {0x767E, 100}};
    for (size_t i = 0; i < sizeof digits / sizeof *digits; i++)
        if (digits[i].point == c)
            return digits[i].value;
    return 0;
}

/* A Han numeral up to 199 at *at; 0 where there is none. */
static unsigned han_number(struct str text, size_t *at)
{
    unsigned total = 0, digit = 0;
    size_t i = *at;
    for (int n = 0; n < 5; n++) {
        size_t after = i;
        unsigned value = han_digit(utf8_next(text, &after));
        if (value == 0)
            break;
        if (value >= 10) {
            total += (digit == 0 ? 1 : digit) * value;
            digit = 0;
        } else if (digit != 0) {
            return 0;
        } else {
            digit = value;
        }
        i = after;
    }
    *at = i;
    return total + digit;
}

static unsigned arabic_number(struct str text, size_t *at)
{
    unsigned value = 0;
    size_t i = *at;
    for (int n = 0;; n++) {
        size_t after = i;
        uint32_t c = utf8_next(text, &after);
        if (!point_is_any_digit(c))
            break;
        if (n == 3)
            return 0;
        value = value * 10 + (c >= 0xFF10 ? c - 0xFF10 : c - '0');
        i = after;
    }
    *at = i;
    return value;
}

static size_t skip_spaces(struct str text, size_t at)
{
    for (size_t after = at; point_is_space(utf8_next(text, &after)); at = after)
        ;
    return at;
}

static struct ordinal made(enum ordinal_kind kind, size_t length, unsigned value)
{
    if (value == 0 || value > 999 || length > 250)
        return (struct ordinal){0, 0, 0};
    return (struct ordinal){(uint8_t)kind, (uint8_t)length, (uint16_t)value};
}

/* 第一章, 第一部分, and the lead 第一， */
static struct ordinal read_counted(struct str text)
{
    static const struct {
        struct str word;
        enum ordinal_kind kind;
    } units[] = {{STR_INIT("部分"), ORDINAL_PART},  {STR_INIT("编"), ORDINAL_PART},
                 {STR_INIT("章"), ORDINAL_CHAPTER}, {STR_INIT("节"), ORDINAL_CLAUSE},
                 {STR_INIT("，"), ORDINAL_LEAD},    {STR_INIT("、"), ORDINAL_LEAD},
                 {STR_INIT(","), ORDINAL_LEAD}};
    size_t at = strlen("第");
    size_t start = at;
    unsigned value = han_number(text, &at);
    if (value == 0) {
        at = start;
        value = arabic_number(text, &at);
    }
    if (value == 0)
        return made(ORDINAL_NONE, 0, 0);
    struct str rest = str_sub(text, at, text.n);
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (str_starts(rest, units[i].word))
            return made(units[i].kind, at + units[i].word.n, value);
    return made(ORDINAL_NONE, 0, 0);
}

/* 一、 一. 一是 一要; but not 一、二线城市, which goes on counting. */
static struct ordinal read_han(struct str text)
{
    size_t at = 0;
    unsigned value = han_number(text, &at);
    if (value == 0)
        return made(ORDINAL_NONE, 0, 0);
    size_t mark = skip_spaces(text, at), after = mark;
    uint32_t c = utf8_next(text, &after);
    if (c == 0x3001 || c == '.' || c == 0xFF0E) {
        size_t next = after;
        unsigned digit = han_digit(utf8_next(text, &next));
        uint32_t following = utf8_at(text, next);
        bool counts_on = digit == value + 1 && following != 0x3007 && following != 0x25CB;
        if (digit != 0 && (counts_on || following == 0x3001))
            return made(ORDINAL_NONE, 0, 0);
        return made(ORDINAL_HAN, after, value);
    }
    if (mark == at && (c == 0x662F || c == 0x8981)) /* 是 要 */
        return made(ORDINAL_LEAD, after, value);
    return made(ORDINAL_NONE, 0, 0);
}

/* （一） (1) 1） 1. 1、 */
static struct ordinal read_paren(struct str text, size_t open)
{
    size_t at = skip_spaces(text, open);
    size_t start = at;
    unsigned value = han_number(text, &at);
    enum ordinal_kind kind = ORDINAL_HAN_PAREN;
    if (value == 0) {
        at = start;
        value = arabic_number(text, &at);
        kind = ORDINAL_ARABIC_PAREN;
    }
    at = skip_spaces(text, at);
    uint32_t c = value == 0 ? 0 : utf8_next(text, &at);
    if (c != 0xFF09 && c != ')')
        return made(ORDINAL_NONE, 0, 0);
    return made(kind, at, value);
}

static struct ordinal read_arabic(struct str text)
{
    size_t at = 0;
    unsigned value = arabic_number(text, &at);
    if (value == 0 || value > 199)
        return made(ORDINAL_NONE, 0, 0);
    size_t after = skip_spaces(text, at);
    uint32_t c = utf8_next(text, &after);
    if (c == ')' || c == 0xFF09)
        return made(ORDINAL_ARABIC_PAREN, after, value);
    if (c != '.' && c != 0xFF0E && c != 0x3001)
        return made(ORDINAL_NONE, 0, 0);
    uint32_t next = utf8_at(text, skip_spaces(text, after));
    if (point_is_any_digit(utf8_at(text, after)) || (c == 0x3001 && point_is_any_digit(next)))
        return made(ORDINAL_NONE, 0, 0);
    return made(ORDINAL_ARABIC, after, value);
}

struct ordinal ordinal_read(struct str text)
{
    if (text.n == 0)
        return made(ORDINAL_NONE, 0, 0);
    size_t after = 0;
    uint32_t c = utf8_next(text, &after);
    if (c >= '0' && c <= '9')
        return read_arabic(text);
    if (c < 0x80) {
        if (c == '(')
            return read_paren(text, after);
        if (c != '#')
            return made(ORDINAL_NONE, 0, 0);
        unsigned depth = 0;
        while (depth < text.n && depth < 6 && text.p[depth] == '#')
            depth++;
        bool ends = depth < text.n && (text.p[depth] == ' ' || (text.p[depth] & 0x80) != 0);
        return made(ends ? ORDINAL_MARKDOWN : ORDINAL_NONE, depth, depth);
    }
    if (c == 0x7B2C) /* 第 */
        return read_counted(text);
    if (c == 0xFF08)
        return read_paren(text, after);
    if (c >= 0x2460 && c <= 0x2473)
        return made(ORDINAL_CIRCLED, after, c - 0x2460 + 1);
    if (point_is_any_digit(c))
        return read_arabic(text);
    return han_digit(c) != 0 ? read_han(text) : made(ORDINAL_NONE, 0, 0);
}
