/* What stands near a proposal: other proposals that ask for the same, and what the reports of the
 * library say on the names that it speaks of.
 *
 * Proposals are compared by the names they share and by the pairs of Han characters in their titles
 * and suggestions; each counts the more, the fewer proposals (or documents) have it. */
#ifndef APP_RELATED_H
#define APP_RELATED_H

#include "app/docket.h"

struct related;

/* Holds until the docket is loaded anew. Lives in the arena. What all proposals of the docket say,
 * with their suggestions and names, is read when the first is compared with the others, or before
 * by related_prepare. */
enum status related_new(struct arena *a, const struct docket *d, struct related **out,
                        struct error *e);

/* Reads what the next `items` proposals of the docket say, which must be whole; *whole: nothing is
 * left to read, and proposals are compared at once. */
enum status related_prepare(struct related *r, size_t items, bool *whole, struct error *e);

/* How many were read. */
size_t related_prepared(const struct related *r);

/* Two suggestions that ask for much the same: indices in the two proposals. */
struct shared_suggestion {
    uint32_t own, other;
};

struct similar {
    size_t item;             /* in the docket */
    double score;            /* 0 … 1 */
    const struct str *names; /* shared, the rarest first */
    size_t n_names;
    const struct shared_suggestion *suggestions;
    size_t n_suggestions;
};

/* The proposals most like item, best first, at most room; those that share next to nothing are left
 * out. */
enum status related_proposals(struct related *r, struct arena *a, size_t item, size_t room,
                              const struct similar **out, size_t *n, struct error *e);

struct report {
    uint32_t article, document;   /* ids */
    uint32_t passage, start, end; /* the rarest shared name in the passage that has most of them */
    struct str title, date;       /* of the article */
    struct str text;              /* of the passage */
    double score;
    const struct str *names; /* shared, the rarest first: why it stands here */
    size_t n_names;
};

/* The articles of other documents that speak of the same names, those with most and rarest first,
 * at most room. */
enum status related_reports(struct related *r, struct arena *a, size_t item, size_t room,
                            const struct report **out, size_t *n, struct error *e);

/* The proposals of the docket in which an entity is mentioned, in order. */
enum status related_by_name(struct related *r, struct arena *a, uint32_t entity,
                            const size_t **items, size_t *n, struct error *e);

#endif
