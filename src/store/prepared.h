/* What of a document takes time to make and nothing of the library, so that any thread can make it:
 * the writer is one thread, and all wait for it. */
#ifndef BAOLAN_STORE_PREPARED_H
#define BAOLAN_STORE_PREPARED_H

#include "baolan/sketch.h"
#include "baolan/store_write.h"
#include "internal.h"

/* The passages of an article's parts, counted from 1 in the article; 0 of one that it does not
 * have. */
struct parts {
    uint32_t title; /* or the article's first passage */
    uint32_t kicker, subtitle;
    uint32_t *bylines, *headings, *paragraphs, *captions;
};

struct prepared_passage {
    enum passage_kind kind;
    uint32_t level, flags;
    uint32_t heading; /* the passage above it, counted from 1; 0: none */
    bool is_packed;
    struct str text;   /* as its column has it: packed, or as it is */
    struct str source; /* where its pieces stand; see runs_write */
    struct str tokens; /* for the index */
};

struct prepared_article {
    struct {
        struct prepared_passage *at;
        size_t n, room;
    } passages;
    struct parts parts;
    uint32_t characters;
    uint64_t hash;
    struct sketch sketch;
    const uint32_t *runs; /* of its paragraphs; see sketch_runs */
    size_t n_runs;
    struct sketch_marks marks; /* of the runs */
};

struct prepared {
    struct prepared_article *articles; /* of the document */
    struct str **keys;                 /* of its entities: each name's, then its aliases' */
};

/* The key that a spelling of a type is joined by: a digit of the type, then its letters. */
struct str typed_key(struct arena *a, enum entity_type type, struct str spelling);

#endif
