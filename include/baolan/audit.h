/* Arithmetic on printed figures: does what is printed add up, rounding allowed?
 *
 * A printed value stands for an interval: half a unit of its last printed digit to each side. A
 * check fits where the intervals meet. Pure functions on values; the audit of a document
 * (parse_audit) and the one across documents (in the store) are made of them. */
#ifndef BAOLAN_AUDIT_H
#define BAOLAN_AUDIT_H

#include "baolan/document.h"

/* A value in its base unit and half a unit of its last printed digit in the same. */
struct rounded {
    double value, step;
};

/* What a check computed. */
struct check {
    bool fits;
    double computed;  /* what should have been printed, in the printed one's unit */
    double tolerance; /* how far off the printed one might be and still fit */
};

/* The value of an indicator (as printed where `printed`, else in its base unit). */
struct rounded rounded_of(const struct indicator *i, bool printed);

/* The sum of parts against a printed total. */
struct check check_sum(const struct rounded *parts, size_t n, struct rounded total);

/* part / whole in percent against a printed share. */
struct check check_share(struct rounded part, struct rounded whole, struct rounded share);

/* Growth in percent from `before` to `now` against a printed change. */
struct check check_growth(struct rounded now, struct rounded before, struct rounded change);

/* Two printings of one value. */
struct check check_same(struct rounded a, struct rounded b);

/* True where both say a value of the same thing: metric, subject, region, period, kind, neither a
 * target nor qualified, and in the same base unit. Whether they agree, check_same tells. */
bool indicators_same_thing(const struct indicator *a, const struct indicator *b);

/* The longest run of characters that two names share. */
size_t names_shared_run(struct str a, struct str b);

/* True where two indicators of different documents may well be of one thing although the names
 * differ (云河·某国际信息港项目, 某·云河信息港): the same metric and unit, neither a
 * target nor qualified, no two regions, a run of four or more characters in both names and at least
 * half of the shorter; and the same period, or a metric that belongs to none (总投资). Whether they
 * agree, check_same tells. */
bool indicators_may_be_one(const struct indicator *a, const struct indicator *b);

/* The keys under which other documents' figures of the same thing are found: of its metric, whose
 * it is and its period; where it is of no period, of its metric and each run of four characters in
 * the name. Writes at most CLUES_MOST of them and returns how many; 0 where !i->distinct. */
enum { CLUES_MOST = 24 };
size_t audit_clues(const struct indicator *i, uint64_t *out);

/* True where two distinct figures of different documents are of one thing and disagree by more than
 * rounding explains, and by less than would make them different things (a factor of three);
 * *computed is the check. */
bool audit_disputes(const struct indicator *a, const struct indicator *b, struct check *out);

/* "36.4" for 36.40265: as many decimals as the indicator was printed with, and its unit. */
struct str audit_number(struct arena *a, double value, const struct indicator *like);

#endif
