/* Short lists of ids under numbers, one row a number: what the tables sketch and clue are. What a
 * batch asks for is kept in memory until its commit, which writes what changed in the order of the
 * numbers. */
#ifndef BAOLAN_STORE_POSTINGS_H
#define BAOLAN_STORE_POSTINGS_H

#include "baolan/map.h"
#include "baolan/vector.h"
#include "internal.h"

enum postings_table {
    POSTINGS_SKETCH, /* hash → articles, the first SKETCH_MOST */
    POSTINGS_CLUE,   /* key → indicators; more than CLUE_MOST tell nothing, and leave it full */
    POSTINGS_TABLES
};

enum { SKETCH_MOST = 64, CLUE_MOST = 40 };

struct posting {
    int64_t key;
    VECTOR(uint32_t) ids; /* ascending */
    bool full;            /* more than CLUE_MOST were under it: ids tell nothing */
    bool changed, stored; /* since it was read; it has a row */
};

struct postings {
    struct database *db;
    struct arena *arena;
    struct map by_key[POSTINGS_TABLES];
};

/* Begins with none in memory; the arena holds until they are flushed. */
void postings_begin(struct postings *p, struct database *db, struct arena *a);

/* The list under a number, perhaps empty; holds until the flush. */
enum status postings_find(struct postings *p, enum postings_table table, int64_t key,
                          struct posting **out, struct error *e);
enum status postings_add(struct postings *p, enum postings_table table, int64_t key, uint32_t id,
                         struct error *e);
/* Takes out the ids from `first` on before `end`. */
enum status postings_remove(struct postings *p, enum postings_table table, int64_t key,
                            uint32_t first, uint32_t end, struct error *e);

/* Writes what changed. */
enum status postings_flush(struct postings *p, struct error *e);

#endif
