/* What the files that write the cache share. */
#ifndef BAOLAN_STORE_WRITER_H
#define BAOLAN_STORE_WRITER_H

#include "baolan/map.h"
#include "baolan/store_write.h"
#include "baolan/vector.h"
#include "facts.h"
#include "figures.h"
#include "postings.h"
#include "prepared.h"

/* The sums that a batch changes; written at its commit. One row a sum. */
#define TOTAL_TABLE(X) \
    X(documents)       \
    X(articles)        \
    X(passages)        \
    X(characters)      \
    X(bytes)           \
    X(proposals)       \
    X(indicators)      \
    X(figures) X(metrics) X(entities) X(mentions) X(findings) X(tables) X(problems) X(commits)

enum total {
#define X(name) TOTAL_##name,
    TOTAL_TABLE(X)
#undef X
        TOTAL_COUNT
};

/* What a batch changes in the counts of an entity, or a metric. */
struct count_change {
    uint32_t id;
    int64_t documents, mentions;
    char first_date[12], last_date[12];
    uint32_t put; /* the document that counted it last: which of the writer's puts */
};

struct counts {
    VECTOR(struct count_change) changes;
    struct map by_id; /* 4 bytes of id → index in changes */
};

/* A row of indicator_order. */
struct ordered_figure {
    int64_t metric;
    uint32_t period; /* its number among those of the batch */
    uint32_t id;
};

/* A name that the batch made; it is not in its table yet. */
struct made_entity {
    uint32_t id;
    enum entity_type type;
    struct str name, spellings; /* as their columns have them */
    size_t last_key;            /* of its keys in made_keys, counted from 1; 0: none */
};

struct made_key {
    struct str typed; /* see typed_key */
    uint32_t entity;
    size_t before; /* of the same entity, counted from 1; 0: none */
};

/* Runs of articles that are kept in memory. */
struct known_runs {
    struct arena *arena;
    struct map by_article;
    size_t bytes;
};

struct store_writer {
    struct arena *arena; /* the caller's: holds this */
    struct store *store;
    struct arena *batch;   /* what holds until the commit */
    struct arena *scratch; /* what holds for one document */
    struct arena *names;   /* the joined names that are kept in memory */
    bool bulk;
    uint32_t puts; /* documents that were put in */
    uint32_t next_document, next_article, next_passage, next_indicator, next_proposal, next_finding,
        next_table;
    uint32_t passages_before; /* next_passage at the beginning of the batch */
    int changes_before;       /* rows changed on the connection before the batch */
    int64_t totals[TOTAL_COUNT];
    struct counts entities, metrics;
    VECTOR(struct stored_mention) mentions; /* that are not in their table yet */
    bool promoted;                          /* some of them are of documents of earlier batches */
    VECTOR(struct ordered_figure) ordered;  /* that are not in their table yet */
    struct map periods;                     /* of the batch → their numbers, from 0 on */
    uint32_t last_period;                   /* that was asked for */
    struct map known_names;                 /* type and key → entity */
    struct map known_metrics;
    struct map known_words;
    struct map known_measures;       /* shift, unit TAB base unit → id */
    VECTOR(struct made_entity) made; /* their ids follow each other */
    VECTOR(struct made_key) made_keys;
    uint32_t next_entity;      /* 0: to be looked up */
    struct known_runs runs[2]; /* of articles; where the first is full, the second is emptied and
                                * takes its place */
    struct map
        known_figures; /* id → struct stored_indicator, of those that others were held against */
    struct postings postings; /* of the batch */
};

/* The change of entity or metric id in this batch. */
struct count_change *counts_of(struct store_writer *w, struct counts *counts, uint32_t id);

/* The library's entity for a name of a document, made where there is none; all its spellings are
 * joined to it. keys: of its name, then of its aliases (typed_key). */
enum status names_join(struct store_writer *w, const struct entity *entity, const struct str *keys,
                       uint32_t *id, struct error *e);
/* The metric's id, made where there is none; 0 for the empty name. */
enum status metrics_join(struct store_writer *w, struct str name, uint32_t *id, struct error *e);
/* The id of a word that stands in many rows; 0 for the empty one. */
enum status words_join(struct store_writer *w, struct str word, uint32_t *id, struct error *e);
/* The id of what an indicator is measured in: its unit, the base unit, and the scale there less the
 * scale as printed. */
enum status measures_join(struct store_writer *w, const struct indicator *i, uint32_t *id,
                          struct error *e);
/* Writes the mentions of the batch, in the order of their table. */
enum status mentions_flush(struct store_writer *w, struct error *e);
/* Writes the order of the batch's figures. */
enum status figures_flush(struct store_writer *w, struct error *e);
/* Takes the figures from `first` on before `end` out, and out of their order and their metrics'
 * counts; they are in their tables. */
enum status figures_remove(struct store_writer *w, uint32_t first, uint32_t end, struct error *e);
/* Counts the figures of a document that stand in the passages from `from` on before `to`: they are
 * in no copy any more. */
enum status figures_count(struct store_writer *w, const struct stored_document *d, uint32_t from,
                          uint32_t to, struct error *e);
/* Writes what the batch changed in entities and metrics. */
enum status names_flush(struct store_writer *w, struct error *e);
/* Forgets what is in memory of names, and what was made, as after a rollback. */
void names_forget(struct store_writer *w);
/* Writes what was made, and forgets. */
enum status names_make_room(struct store_writer *w, struct error *e);

/* Names that are new: names_made.c. The entity as it will be written; NULL where it is in its
 * table. Holds until the next is made. */
struct made_entity *made_find(struct store_writer *w, uint32_t id);
enum status made_add(struct store_writer *w, const struct entity *entity, uint32_t *id,
                     struct error *e);
/* False where it has the key. */
bool made_add_key(struct store_writer *w, struct made_entity *made, struct str typed);
/* Adds a spelling other than the name. */
void made_add_spelling(struct store_writer *w, struct made_entity *made, struct str text);
/* Makes a name that has more characters the name, and what was the name a spelling. */
void made_lengthen(struct store_writer *w, struct made_entity *made, struct str name);
/* Writes them, with what the batch counted of them so far. */
enum status made_flush(struct store_writer *w, struct error *e);

/* Adds a mention to the index of names and to the counts of its name; first_in_document: no other
 * of its document is counted. */
void counts_note(struct store_writer *w, const struct stored_mention *m, bool first_in_document,
                 struct str date);

/* Near copies: copies.c. Passages of articles that are copies. */
struct copy_range {
    uint32_t first, end;
};
struct copy_ranges {
    struct copy_range *at;
    size_t n, room;
    uint32_t indicators, proposals, findings; /* in them */
};
/* Looks whether an article that is about to be put in as `id` is a near copy of one that is there
 * and notes it: *first is that article, 0 where there is none. */
enum status copies_join(struct store_writer *w, const struct prepared_article *article, uint32_t id,
                        uint32_t *first, struct error *e);
/* Forgets what is in memory of sketches, which a removal changes. */
void copies_forget(struct store_writer *w);
/* The copies among the articles of a document. */
enum status copies_in(struct store_writer *w, const struct stored_document *d,
                      struct copy_ranges *out, struct error *e);
bool copies_have(const struct copy_ranges *copies, uint32_t passage);
/* Takes the articles of a document out of their groups; where one was the first of its kind, one of
 * its copies takes its place and counts. */
enum status copies_remove(struct store_writer *w, const struct stored_document *d, struct error *e);

/* A row's place in the order of its table, and which it is of those that are sorted. */
struct order_row {
    uint64_t high, low;
    uint32_t index;
};
/* Sorts rows; what is returned holds as long as they do and the arena. */
const struct order_row *order_rows(struct arena *a, struct order_row *rows, size_t n);

/* arena_protect for all arenas of the writer. */
enum status writer_protect(struct store_writer *w, enum status (*body)(void *context),
                           void *context, struct error *e);

/* Compares the figures of a document that was put in with those of the others: two values of one
 * thing become a finding of both. Cost grows with the document's figures. */
enum status across_put(struct store_writer *w, const struct document *d, uint32_t document,
                       uint32_t first_indicator, struct error *e);
/* Takes out what was found between a document and others, and its clues. */
enum status across_remove(struct store_writer *w, const struct stored_document *d, struct error *e);

/* Takes out what belongs to a document, and its row. */
enum status remove_document(struct store_writer *w, uint32_t id, struct error *e);

#endif
