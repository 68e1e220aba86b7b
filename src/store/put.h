/* What the files that put one document into the cache share. */
#ifndef BAOLAN_STORE_PUT_H
#define BAOLAN_STORE_PUT_H

#include "writer.h"

/* A name of the document at one of its places. */
struct placed_name {
    uint32_t entity;
    struct place place;
};

/* A word of figures, and its id in the library. */
struct joined_word {
    struct str word;
    uint32_t id;
};

struct mentions_of {
    struct placed_name *at;
    size_t n, room;
};

/* What is known of the document that is put in. */
struct put {
    struct store_writer *w;
    struct database *db;
    const struct document *d;
    const struct prepared *prepared;
    struct str path;
    const struct file_stamp *stamp;
    struct error *error;
    uint32_t document;      /* its id */
    uint32_t first_passage; /* of the document */
    uint32_t *first_of;     /* passage, of each article */
    uint32_t *article_indicators;
    bool *copies; /* articles that are near copies of others */
    /* Without near copies. */
    uint32_t counted_indicators, counted_figures, counted_proposals, counted_findings;
    uint32_t characters;       /* of prose, in the document so far */
    struct mentions_of *names; /* of each article */
    struct str date;
    uint32_t mentions;
    struct joined_word subject, region, rule; /* of the last figure */
    const struct indicator *measured;         /* the last figure, and its measure's id */
    uint32_t measure;
};

/* A date as columns have it, in the arena; empty: none. */
struct str date_text(struct arena *a, struct date date);
/* The id of an article of the document that is in, of the first where it has none of that index. */
uint32_t article_of(const struct put *p, uint32_t index);
/* The passage that a place of the document stands in; 0 where it is no place of it. */
uint32_t passage_of(const struct put *p, struct place place);

/* Joins the document's names to the library's, and sorts their mentions under the articles. */
enum status put_names(struct put *p);
/* Puts in an article with its passages. */
enum status put_article(struct put *p, uint32_t index);
/* Puts in all indicators, behind the articles. */
enum status put_figures(struct put *p);
/* Puts in tables, proposals and findings, behind the articles. */
enum status put_facts(struct put *p);
/* Puts in the corrections that were tried, behind all else. */
enum status put_corrections(struct put *p);

#endif
