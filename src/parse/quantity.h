/* Quantities in plain prose: numeral, unit, qualifiers; what only looks like one is left out. */
#ifndef BAOLAN_PARSE_QUANTITY_H
#define BAOLAN_PARSE_QUANTITY_H

#include "baolan/lexicon.h"
#include "baolan/numeral.h"
#include "baolan/vector.h"
#include "parse/period.h"
#include "parse/plain.h"

/* One row a class: id, name in units.txt. */
#define UNIT_CLASS_TABLE(X)            \
    X(UNIT_COUNT, "count")             \
    X(UNIT_MONEY, "money")             \
    X(UNIT_PEOPLE, "people")           \
    X(UNIT_AREA, "area")               \
    X(UNIT_LENGTH, "length")           \
    X(UNIT_VOLUME, "volume")           \
    X(UNIT_WEIGHT, "weight")           \
    X(UNIT_POWER, "power")             \
    X(UNIT_ENERGY, "energy")           \
    X(UNIT_DATA, "data")               \
    X(UNIT_TIME, "time")               \
    X(UNIT_AGE, "age")                 \
    X(UNIT_SHARE, "share")             \
    X(UNIT_POINTS, "points")           \
    X(UNIT_RATIO, "ratio")             \
    X(UNIT_RANK, "rank")               \
    X(UNIT_SCORE, "score")             \
    X(UNIT_TEMPERATURE, "temperature") \
    X(UNIT_FREQUENCY, "frequency")     \
    X(UNIT_SPEED, "speed")             \
    X(UNIT_NONE, "none")

enum unit_class {
#define X(id, name) id,
    UNIT_CLASS_TABLE(X)
#undef X
        UNIT_CLASS_COUNT
};

struct quantity {
    uint32_t before;     /* where its qualifiers in front begin */
    uint32_t start, end; /* number with unit */
    uint32_t after;      /* past 以上, 左右 */
    struct decimal value;
    struct str unit; /* as printed, without 多, 余; in the arena */
    enum unit_class class;
    struct decimal base;
    struct str base_unit;
    struct str qualifier; /* as printed, in the lexicon's memory */
    bool rank;            /* 第3, 首位 */
    bool classifier;      /* the counted noun may follow */
    bool thing;           /* its unit is what is counted: 4镇 */
    bool range_first;     /* 3 of 3-5家: shares metric and subject with the next */
    bool share_form;      /* 三分之二 */
    bool label;           /* names a class (19岁以下): no indicator, part of a phrase */
};

struct quantities {
    struct quantity *at;
    size_t n, room;
};

/* The Han characters other than numerals that a quantity begins with: 第3, 前5名, 首位, 榜首, 头名,
 * 半年. */
static inline bool quantity_may_begin(uint32_t c)
{
    return c == U'第' || c == U'前' || c == U'首' || c == U'榜' || c == U'头' || c == U'半';
}

/* The marks that quantities are told by: edges of clauses, and what opens a quotation or title. */
static inline bool quantity_is_edge(uint32_t c)
{
    switch (c) {
    case ',':
    case ';':
    case ':':
    case '?':
    case '!':
    case '\t':
    case U'。':
    case U'“':
    case U'「':
    case U'‘':
    case U'《':
        return true;
    default:
        return false;
    }
}

/* Adds to a set the Han characters that a quantity begins with. */
static inline void quantity_add_first(uint64_t rows[UTF8_ROWS])
{
    static const uint32_t first[] = {U'第', U'前', U'首', U'榜', U'头', U'半'};
    for (size_t i = 0; i < sizeof first / sizeof *first; i++)
        utf8_rows_add(rows, first[i]);
}

/* The byte after a mark of range (——, -, ~, 至, 到) at a byte, or 0. */
size_t quantity_range_joiner(struct str text, size_t at);

/* Appends the quantities of f's text to *out in order; what lies in times (those of the same text)
 * is passed over. Strings are allocated in the arena. Cost is linear in the text. */
void quantities_scan(struct arena *a, const struct lexicons *lexicons, const struct plain *f,
                     struct str prose, const struct times *times, struct quantities *out);

/* Reads a table's cell that holds one number and perhaps a unit; false where it holds else. The
 * unit of a cell without one is `unit` (of the column or table), which may be empty. */
bool quantity_of_cell(struct arena *a, const struct lexicons *lexicons, struct str cell,
                      struct str unit, struct quantity *out);

#endif
