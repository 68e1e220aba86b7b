/* The scan for quantities that its files share. */
#ifndef BAOLAN_PARSE_QUANTITY_SCAN_H
#define BAOLAN_PARSE_QUANTITY_SCAN_H

#include "parse/quantity.h"

struct quantity_scan {
    struct arena *arena;
    struct str text;
    const struct plain *plain; /* NULL: text is what is printed */
    struct str prose;
    const struct lexicon *units, *qualifiers, *labels, *verbs, *changes;
    const struct times *times;
    size_t next_time;
    struct quantities *out;
    struct numeral_memo numeral;
    size_t clause; /* where the clause at hand begins */
    size_t quote;  /* where the quotation at hand begins (past its mark), or STR_NONE */
    size_t quote_end;
    size_t title_end; /* the end of the 《…》 at hand */
};

/* A unit as it stands behind a numeral. */
struct quantity_unit {
    size_t multipliers; /* bytes of 十百千万亿 in front */
    size_t end;
    int32_t power; /* of those */
    const struct lexicon_entry *entry;
    const struct lexicon_entry *per; /* the unit under `/` */
    struct str inner;                /* 多, 余 between numeral and unit */
    size_t inner_at;
};

/* The class of a name in units.txt. */
enum unit_class quantity_class_named(struct str name);

/* The unit whose word stands at a byte, or NULL; *end is the byte after it. */
const struct lexicon_entry *quantity_unit_match(const struct quantity_scan *s, size_t at,
                                                size_t *end);

/* [多余来几] [十百千万亿]* [多余来] unit [/unit] at a byte; entry is NULL where no unit follows. */
struct quantity_unit quantity_unit_read(const struct quantity_scan *s, size_t at);

/* What is printed at bytes [start, end) of the plain text. */
struct str quantity_printed(const struct quantity_scan *s, size_t start, size_t end);

/* The unit without 多 and 余, as printed. */
struct str quantity_unit_printed(const struct quantity_scan *s, size_t from,
                                 const struct quantity_unit *u);

/* Sets value, unit and class that a quantity is compared by, from a unit's entry (may be NULL) and
 * the power of ten before it. */
void quantity_set_base(struct quantity *q, const struct lexicon_entry *entry, int32_t power);

/* True where a word of this role stands at byte i. */
bool quantity_has_label(const struct quantity_scan *s, size_t i, const char *role);

/* 连续三年, 工期两年: a word before says that what follows lasts. */
bool quantity_is_said_to_last(const struct quantity_scan *s, const struct quantity *q);

/* Numbers that touch letters, signs of sums, telephone numbers, versions. */
bool quantity_touches_a_name(const struct quantity_scan *s, size_t start, size_t end, bool ascii);

/* True where what follows names a thing that the quantity describes: 19岁以下14387人, 50亿元以上的
 * 项目, 亿元以上企业, 超过5家的行业. */
bool quantity_names_a_class(const struct quantity_scan *s, const struct quantity *q, bool bare,
                            bool han);

/* True where a unitless number is one all the same: 指数达114.29, 占比12.9, 大于1. */
bool quantity_stands_alone(const struct quantity_scan *s, const struct quantity *q);

/* False for a unit that its numeral or what follows shows to be none: 二成立, 三次会议. */
bool quantity_unit_fits(const struct quantity_scan *s, const struct quantity_unit *u,
                        const struct numeral *n, const struct quantity *q);

/* 三个方面, 24小时热线, 五年来: no measure of anything. */
bool quantity_is_way_of_speaking(const struct quantity_scan *s, const struct quantity *q);

/* True for an entry of this role. */
bool quantity_label_is(const struct lexicon_entry *e, const char *role);

/* True for what ends a phrase behind a number. */
bool quantity_is_boundary(uint32_t c);

/* Where the clause begins, or what of it is near a byte: no look back costs more than this. */
size_t quantity_near(const struct quantity_scan *s, size_t at);

/* True where bytes [start, end) lie in a quoted name or a title in 《》. */
bool quantity_in_name(const struct quantity_scan *s, size_t start, size_t end);

/* Appends a quantity. */
void quantity_push(struct quantity_scan *s, struct quantity q);

/* The qualifiers that end before q->start; moves q->before to where they begin. */
void quantity_qualifiers_before(const struct quantity_scan *s, struct quantity *q);

/* The byte after a word for the first place (首位) that begins at i, or 0. */
size_t quantity_first_place(struct str text, size_t i);

/* A rank that begins at byte i. Returns where to go on. */
size_t quantity_read_rank(struct quantity_scan *s, size_t i);

/* The value of a fraction X分之Y and of 百分之Y; moves *at past it. */
bool quantity_read_fraction(struct quantity_scan *s, size_t start, size_t *at, struct quantity *q);

/* 一半 at byte `start`, a half of what stands before it. Returns the byte after it, 0 where it is
 * none; 另一半 is passed over. */
size_t quantity_read_one_half(struct quantity_scan *s, size_t start);

/* Takes a qualifier behind q->end (以上, 左右); sets q->after. */
void quantity_qualifier_after(const struct quantity_scan *s, struct quantity *q);

/* 3/5, with nothing that makes it a date. */
bool quantity_read_slash(const struct quantity_scan *s, struct numeral *n, struct quantity *q);

/* 收入比缩小至1.62:1: how many to one, a number without a unit. Returns the byte after it, or 0. */
size_t quantity_read_to_one(struct quantity_scan *s, size_t start, const struct numeral *n);

/* 3.6:54.5:41.9 after 结构 or 比: each part is a share. Returns the byte after it, 0 where it is no
 * ratio. */
size_t quantity_read_ratio(struct quantity_scan *s, size_t start, const struct numeral *n);

#endif
