/* Spellings of what figures are of: 规上工业 and 规模以上工业 are one subject, GDP and 地区生产总值
 * one metric. Which, the lexicons `metrics` (its keys) and `spellings` say. */
#ifndef BAOLAN_SPELLING_H
#define BAOLAN_SPELLING_H

#include "baolan/lexicon.h"

/* The one spelling under which a subject or a metric is collected; name itself where it is that, or
 * where all is NULL. It lives in the arena, in the lexicons, or is name. */
struct str spelling_join(struct arena *a, const struct lexicons *all, struct str name);

/* Puts the other spellings of what a person typed to out, at most room of them, none of them name
 * itself, and returns how many; none where all is NULL. They live as those of spelling_join do. */
size_t spelling_variants(struct arena *a, const struct lexicons *all, struct str name,
                         struct str *out, size_t room);

#endif
