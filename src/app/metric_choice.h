/* The metrics that a person names: 产值, GDP, 规上工业增加值. */
#ifndef APP_METRIC_CHOICE_H
#define APP_METRIC_CHOICE_H

#include "baolan/store.h"

enum { METRICS_MOST = 64, OWNERS_MOST = 8 };

struct lexicons;

struct metric_choice {
    uint32_t ids[METRICS_MOST];
    size_t n;
    bool owned[METRICS_MOST];       /* the name says whose it is too: metric_choice_admits */
    struct str owners[OWNERS_MOST]; /* the spellings of whose it is */
    size_t n_owners;
    struct str owner; /* as the lexicons join them */
};

/* The metric of that very name, by any spelling that the lexicons (may be NULL) join, and the
 * metric that the name ends with, of those whom its beginning names (增加值 of 规上工业). Where
 * there is neither, the metrics in whose names it stands, the most used first. The rest lives in
 * the arena. */
enum status metric_choice(struct store *store, struct arena *a, const struct lexicons *lexicons,
                          struct str name, struct metric_choice *out, struct error *e);

/* Whether a figure of ids[k] is meant, by its subject. */
bool metric_choice_admits(const struct metric_choice *c, size_t k, struct str subject);

/* Whether a subject, as the lexicons join it, is all that the name says of whose ids[k] is. */
bool metric_choice_is_owner(const struct metric_choice *c, size_t k, struct str subject);

#endif
