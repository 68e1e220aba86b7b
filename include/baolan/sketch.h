/* Near copies of a text: prints of one piece share most of their runs of four characters, whatever
 * their line breaks, spaces and punctuation. */
#ifndef BAOLAN_SKETCH_H
#define BAOLAN_SKETCH_H

#include "baolan/memory.h"

#include <stdint.h>

enum { SKETCH_SIZE = 8 };

/* The hashes of all runs of the texts, ascending, each once; in the arena. */
size_t sketch_runs(struct arena *a, const struct str *texts, size_t n, uint32_t **runs);

/* The least hashes of a text's runs: two texts have as large a share of them in common as of all
 * their runs (bottom-k sketch of A. Broder, "On the resemblance and containment of documents"). */
struct sketch {
    uint32_t hashes[SKETCH_SIZE]; /* ascending */
    uint32_t n;                   /* 0: too short to tell */
};

/* runs: ascending, each once. */
struct sketch sketch_of(const uint32_t *runs, size_t n);

/* A bit for each of a text's runs, shared with others: what of two texts can be told at once. */
enum { MARK_WORDS = 32 };
struct sketch_marks {
    size_t n; /* of the runs */
    uint64_t bits[MARK_WORDS];
};
void sketch_mark(const uint32_t *runs, size_t n, struct sketch_marks *out);
/* False only where sketch_alike is: most that are held against each other are of one kind, and not
 * alike. */
bool sketch_may_be_alike(const struct sketch_marks *left, const struct sketch_marks *right);

/* Whether two texts with these runs are prints of one piece: three quarters of the shorter stand in
 * the longer, which is at most twice as long; and of those with figures as well: the next month's
 * report has the words of this one's, and other figures. */
bool sketch_alike(const uint32_t *left, size_t n_left, const uint32_t *right, size_t n_right);

#endif
