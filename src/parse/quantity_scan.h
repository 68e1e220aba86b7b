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
    size_t clause; /* where the clause at hand begins */
    size_t quote;  /* where the quotation at hand begins (past its mark), or STR_NONE */
    size_t quote_end;
    size_t title_end; /* the end of the 《…》 at hand */
};

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

/* 3/5, with nothing that makes it a date. */
bool quantity_read_slash(const struct quantity_scan *s, struct numeral *n, struct quantity *q);

/* 收入比缩小至1.62:1: how many to one, a number without a unit. Returns the byte after it, or 0. */
size_t quantity_read_to_one(struct quantity_scan *s, size_t start, const struct numeral *n);

/* 3.6:54.5:41.9 after 结构 or 比: each part is a share. Returns the byte after it, 0 where it is no
 * ratio. */
size_t quantity_read_ratio(struct quantity_scan *s, size_t start, const struct numeral *n);

#endif
