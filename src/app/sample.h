/* How often the parser is right, on the person's own pages: records drawn at random, what a person
 * says of each, and the precision that follows from that. */
#ifndef APP_SAMPLE_H
#define APP_SAMPLE_H

#include "app/corrections.h"

/* What is drawn. Row: id, name on the command line. */
#define SAMPLE_TABLE(X)                \
    X(SAMPLE_INDICATORS, "indicators") \
    X(SAMPLE_PROPOSALS, "proposals")   \
    X(SAMPLE_NAMES, "names") /* mentions */

enum sample_kind {
#define X(id, name) id,
    SAMPLE_TABLE(X)
#undef X
        SAMPLE_KIND_COUNT
};

const char *sample_kind_name(enum sample_kind kind);

struct sample {
    enum sample_kind kind;
    int64_t id;
    uint64_t seed;
    const struct sampled *records;
    size_t n;
    bool resumed; /* it was drawn earlier, and not all of it is judged */
};

/* The sample of a kind that is not wholly judged yet; else a new one of n records (fewer where the
 * library has fewer), drawn with equal chances by seed (0: by the clock), and kept. A record that a
 * person put right is judged already: it was wrong. STATUS_NOT_FOUND where there is none of the
 * kind in the library. */
enum status sample_open(struct library *library, struct arena *a, enum sample_kind kind, size_t n,
                        uint64_t seed, struct sample *out, struct error *e);
/* The latest sample of a kind, judged or not. STATUS_NOT_FOUND where none was drawn. */
enum status sample_latest(struct library *library, struct arena *a, enum sample_kind kind,
                          struct sample *out, struct error *e);

/* A record of the sample, as it stands now. */
struct sample_record {
    struct correction_subject subject;
    uint32_t passage, start, end;
};
/* STATUS_NOT_FOUND where it stands nowhere any more. */
enum status sample_find(struct library *library, struct arena *a, const struct sample *s,
                        size_t index, struct sample_record *out, struct error *e);

/* Keeps what a person says of a record: 'y', 'n', or '\0' for nothing. */
enum status sample_answer(struct library *library, struct arena *a, struct sample *s, size_t index,
                          char answer, struct error *e);

/* What follows: of `judged` records `right` were right; the share, and the interval that holds the
 * library's own with 95 % (Wilson's score interval). All 0 where none is judged. */
struct sample_result {
    size_t judged, right;
    double precision, low, high;
};
struct sample_result sample_result(const struct sample *s);

#endif
