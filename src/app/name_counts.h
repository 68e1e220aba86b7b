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

/* What counts are made of, in the arena it was read into. */
struct name_sums {
    const struct stored_count *name, *text;
    size_t n_name, n_text;
};

/* Reads it for an entity: goes through its mentions, and through all articles of the library, some
 * half a million a second. poll (may be NULL) ends it: STATUS_INTERRUPTED. */
enum status name_sums_read(struct store *s, struct arena *a, uint32_t entity,
                           const struct store_poll *poll, struct name_sums *out, struct error *e);

/* Counts by `keys`, a sum of enum name_count_key, in the order of the key. The store is asked for
 * documents alone. */
enum status name_counts_of(struct store *s, struct arena *a, const struct name_sums *sums,
                           unsigned keys, const struct name_count **out, size_t *n,
                           struct error *e);

/* Mentions in 10,000 characters, in hundredths. */
uint64_t name_count_rate(const struct name_count *c);

#endif
