/* The state of reading a document's indicators, shared by the stages of it. */
#ifndef BAOLAN_PARSE_READING_H
#define BAOLAN_PARSE_READING_H

#include "baolan/parse.h"
#include "baolan/vector.h"
#include "parse/attach.h"

/* What an indicator's place in its paragraph says beyond struct indicator. */
struct reading_note {
    enum unit_class class;
    bool share_of_whole; /* 占比 without the whole */
    bool whole_of_time;  /* its metric belongs to no period */
    bool counted;        /* a classifier's count */
    uint32_t whole;      /* the indicator that it is a part of, or NONE */
    uint32_t sentence;   /* running number in the document */
};

struct reading {
    struct document *document;
    const struct parse_options *options;
    struct arena *arena;
    VECTOR(struct indicator) indicators;
    VECTOR(struct reading_note) notes; /* as many */
    VECTOR(struct table) tables;       /* those of the text first */
    uint32_t next_table;               /* of the text, not yet read */
    uint32_t article, paragraph;
    const struct paragraph *at;
    struct plain plain;
    struct times times;
    struct quantities quantities;
    struct attacher attacher;
    VECTOR(struct attachment) made; /* of the paragraph's quantities */
    struct date now;                /* of the article */
    int period, base_period;        /* times index, TIME_NONE, TIME_INHERITED */
    struct str inherited;           /* the period carried from the sentence or list before */
    bool inherited_resolved;
    struct str list_period; /* of the sentence that ends with 如下: */
    bool list_resolved;
    uint32_t list_heading;   /* the heading that it stands under */
    struct str metric_whole; /* the counted whole of the list */
    int16_t year_context;    /* the year that 全年 means, or 0 */
    size_t clause_start;
    bool advice; /* under a heading of advice or aims */
    uint32_t sentence;
    size_t article_first; /* the article's first indicator */
};

/* Sets target on what is planned: quantities [first, last) of the sentence. */
void target_mark(const struct reading *r, struct stretch sentence, size_t at, bool *target);

/* Finds the whole of each 占比 from first on, and what is counted in a breakdown. */
void breakdown_resolve(struct reading *r, size_t first);

/* Makes tables of the breakdowns of the article at hand; they are added to r->tables. */
void breakdown_tables(struct reading *r);

/* Adds the indicators of a table of the text (of the document's tables). */
void table_facts(struct reading *r, uint32_t table);

#endif
