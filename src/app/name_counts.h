/* How often a name stands by year, place or document, and in how much text. Reprints count once. */
#ifndef APP_NAME_COUNTS_H
#define APP_NAME_COUNTS_H

#include "baolan/store.h"

enum name_count_key {
    COUNT_YEAR = 1,
    COUNT_PLACE = 2,
    COUNT_DOCUMENT = 4 /* its title; text is that of these documents alone */
};

struct name_count {
    struct str key; /* year and place, parted by a blank; `—` of what is not known */
    uint32_t documents, mentions;
    uint64_t characters; /* of all text of that key, whether the name stands in it or not */
};

/* Counts by `keys`, a sum of enum name_count_key, in the order of the key. Goes through the
 * articles of the library once, some million a second. */
enum status name_counts_read(struct store *s, struct arena *a, uint32_t entity, unsigned keys,
                             const struct name_count **out, size_t *n, struct error *e);

/* Mentions in 10,000 characters, in hundredths. */
uint64_t name_count_rate(const struct name_count *c);

#endif
