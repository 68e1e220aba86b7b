/* What a document says, as the parser read it: articles, their headings and paragraphs, and the
 * facts in them. All records live in one arena and keep their place in the source.
 *
 * Three texts: the *source* is the file's bytes; the *text* is what decoding made of it (struct
 * decoded); *prose* is what the printed page said: pieces of the text joined, stray spaces closed,
 * punctuation set. Places in facts are byte spans of a paragraph's prose. */
#ifndef BAOLAN_DOCUMENT_H
#define BAOLAN_DOCUMENT_H

#include "baolan/decode.h"
#include "baolan/numeral.h"
#include "baolan/span.h"

#include <stdint.h>

/* No such index. */
#define NONE UINT32_MAX

/* A run of prose and the run of text it comes from. Where both have the same length the bytes are
 * equal; else one character was set in place of another (`，` for `,`). */
struct piece {
    uint32_t at, length;        /* bytes in the prose */
    uint32_t text, text_length; /* bytes in the text */
};

/* Set text that knows where it stands. Pieces ascend in `at` and cover it without gaps or overlap;
 * they need not ascend in `text`. */
struct prose {
    struct str text;
    const struct piece *pieces;
    uint32_t n_pieces;
};

/* A hard line of the text, without its line end. */
struct line {
    uint32_t start, end; /* bytes in the text */
    uint32_t number;     /* 1, 2, … in the source */
    uint32_t page;       /* 1, 2, …: after each form feed one more */
};

struct credit {
    struct str role; /* 记者, 通讯员, 摄影, 作者, 委员, … as printed or implied */
    struct str name;
};

/* A heading above paragraphs. */
struct heading {
    struct prose prose; /* with its printed number, without markdown marks or closing stop */
    uint32_t parent;    /* the heading one level out, or NONE */
    uint32_t level;     /* 0 outermost */
    bool run_in;        /* stood at the head of a paragraph's first line */
    bool displaced;     /* stood elsewhere and was put back by its number */
};

/* One row a kind: id, name in JSON and the cache. */
#define PARAGRAPH_TABLE(X)                                  \
    X(PARAGRAPH_BODY, "body")                               \
    X(PARAGRAPH_NOTE, "note") /* 编者按, 核心提示 */ \
    X(PARAGRAPH_TABLE_ROW, "table")

enum paragraph_kind {
#define X(id, name) id,
    PARAGRAPH_TABLE(X)
#undef X
        PARAGRAPH_COUNT
};

struct paragraph {
    struct prose prose;
    uint32_t heading; /* innermost heading above it, index in the article's headings, or NONE */
    enum paragraph_kind kind;
    bool cut_before, cut_after; /* its beginning or end is on another page */
};

/* How a date or place is known. */
#define EVIDENCE_TABLE(X)                                                  \
    X(EVIDENCE_NONE, "none")                                               \
    X(EVIDENCE_TEXT, "text")         /* the piece's own words */           \
    X(EVIDENCE_DATELINE, "dateline") /* 本报讯…日电, a date line */ \
    X(EVIDENCE_MASTHEAD, "masthead")                                       \
    X(EVIDENCE_PATH, "path")                                               \
    X(EVIDENCE_FOLDER, "folder") /* a .baolan file */                      \
    X(EVIDENCE_PERSON, "person") /* a correction */

enum evidence {
#define X(id, name) id,
    EVIDENCE_TABLE(X)
#undef X
        EVIDENCE_COUNT
};

/* A day, month or year: month and day are 0 where unknown; year 0: nothing is known. */
struct date {
    int16_t year;
    uint8_t month, day;
};

struct article {
    struct prose title, kicker, subtitle; /* text.n == 0: none */
    const struct prose *byline_lines;     /* the printed lines that the credits were read from */
    uint32_t n_byline_lines;
    const struct credit *credits;
    uint32_t n_credits;
    const struct heading *headings; /* in reading order */
    uint32_t n_headings;
    const struct paragraph *paragraphs; /* in reading order */
    uint32_t n_paragraphs;
    const struct prose *captions; /* captions, picture credits, furniture with words */
    uint32_t n_captions;
    int year;         /* told by the article's own text; 0: not */
    struct date date; /* best known */
    enum evidence date_from;
    struct str place; /* whose 我市 it is, as 云泽市; empty: not known */
    enum evidence place_from;
    struct str continued_from, continued_to; /* 上接第1版, 下转第2版: the page, else empty */
    uint32_t box_of; /* the article this commentary or box belongs to, or NONE */
};

/* One of a text's marks that is no words: page numbers, rules, 【字号：…】, ornaments. */
struct dropped {
    struct span span; /* in the text */
};

/* What of an article a place is in. One row a part: id, name in JSON. */
#define PLACE_PART_TABLE(X)                                          \
    X(PLACE_BODY, "body") /* a paragraph, or the title where NONE */ \
    X(PLACE_KICKER, "kicker")                                        \
    X(PLACE_SUBTITLE, "subtitle")                                    \
    X(PLACE_BYLINE, "byline")                                        \
    X(PLACE_HEADING, "heading")                                      \
    X(PLACE_CAPTION, "caption")

enum place_part {
#define X(id, name) id,
    PLACE_PART_TABLE(X)
#undef X
        PLACE_PART_COUNT
};

/* Where in the prose of a document something stands. */
struct place {
    uint32_t article;
    uint32_t
        paragraph; /* index of the paragraph, byline line, heading or caption; NONE of a title */
    uint32_t start, end; /* bytes in that part's prose */
    enum place_part part;
};

/* Bytes of a paragraph, or of the title where `paragraph` is NONE. */
static inline struct place place_in(uint32_t article, uint32_t paragraph, uint32_t start,
                                    uint32_t end)
{
    return (struct place){article, paragraph, start, end, PLACE_BODY};
}

struct suggestion {
    struct str ordinal; /* 一是, （一）, 1. as printed */
    struct str title;   /* lead clause, without ordinal and closing stop */
    struct str text;    /* the rest */
    struct place place;
    const struct place *measures; /* sentences of `text`, which may be of several paragraphs */
    uint32_t n_measures;
};

struct proposal {
    struct str title;
    const struct str *speakers;
    uint32_t n_speakers;
    const struct str *joint; /* who joined the speakers: 联名, 附议 */
    uint32_t n_joint;
    const struct str *bodies;
    uint32_t n_bodies;
    struct str background;
    const struct suggestion *suggestions;
    uint32_t n_suggestions;
    struct str number; /* 案号 */
    struct str session; /* 政协第十四届云泽市委员会第五次会议, normalised as printed */
    int year;           /* 0: not known */
    struct str status; /* what a reply tells: 已办理, 正在办理, 列入计划; else empty */
    struct str category;
    const struct str *handlers; /* 承办单位, the lead one first */
    uint32_t n_handlers;
    struct str reply;
    uint32_t article;
    struct place place;
    struct str identity; /* title, speakers and number as the parser read them, where a person
                            corrected them; else empty */
};

#define INDICATOR_TABLE(X)        \
    X(INDICATOR_LEVEL, "level")   \
    X(INDICATOR_CHANGE, "change") \
    X(INDICATOR_SHARE, "share")   \
    X(INDICATOR_RANK, "rank")

enum indicator_kind {
#define X(id, name) id,
    INDICATOR_TABLE(X)
#undef X
        INDICATOR_KIND_COUNT
};

struct indicator {
    struct str text;      /* number and unit as printed, white space dropped */
    struct decimal value; /* the number alone, with its sign */
    struct str unit;      /* as printed, multiplier included */
    struct decimal base;  /* the value in the unit's base, to compare 0.5亿元 and 5000万元 */
    struct str base_unit; /* 元, 人, 平方米, …; the dimension's name where units differ */
    enum indicator_kind kind;
    struct str metric;     /* may be empty */
    struct str metric_key; /* the metric's name joined over its spellings */
    struct str subject;    /* empty: the article's whole region */
    struct str period;     /* 2023H1 …, empty: none */
    bool period_resolved;  /* false where the period is as printed for want of a year */
    struct str basis;      /* 同比, … or empty */
    struct str qualifier;  /* 约, … or empty */
    bool target;
    struct str region;  /* where it holds: 我市 → 云泽市; empty: not known, or of one body */
    struct place place; /* of the quantity */
    uint32_t table;     /* index in the document's tables, or NONE */
    uint32_t row, column; /* in that table */
    const char *rule;     /* the rule that made it, a static string */
    bool distinct;        /* the one amount of a thing that other documents may name too; not kept
                             in the store */
};

/* A table, from aligned text or from prose that is one. */
struct table_cell {
    struct str text;
    uint32_t indicator; /* index, or NONE */
    struct place place;
};
struct table {
    struct str title;
    struct str unit; /* 单位：亿元; empty: none or per column */
    uint32_t article;
    struct place place; /* of the first cell */
    bool from_prose;
    uint32_t rows, columns, header_rows;
    const struct table_cell *cells; /* rows * columns, row by row */
};

#define ENTITY_TABLE(X)                    \
    X(ENTITY_ORGANISATION, "organisation") \
    X(ENTITY_PLACE, "place")               \
    X(ENTITY_PERSON, "person")             \
    X(ENTITY_DOCUMENT, "document")         \
    X(ENTITY_PROGRAMME, "programme")       \
    X(ENTITY_PROJECT, "project")

enum entity_type {
#define X(id, name) id,
    ENTITY_TABLE(X)
#undef X
        ENTITY_TYPE_COUNT
};

struct mention {
    struct str spelling;
    struct place place;
};

/* A name and everywhere it stands in the document. */
struct entity {
    struct str name; /* the fullest spelling in the document */
    enum entity_type type;
    const struct str *aliases; /* all spellings found, name included */
    uint32_t n_aliases;
    const struct mention *mentions; /* in reading order */
    uint32_t n_mentions;
    const char *rule;
};

#define FINDING_TABLE(X)                                                                   \
    X(FINDING_SUM, "sum")               /* parts against their total */                    \
    X(FINDING_SHARE, "share")           /* share against part / whole */                   \
    X(FINDING_GROWTH, "growth")         /* growth against both years' values */            \
    X(FINDING_SHARE_SUM, "share-sum")   /* shares of one whole above 100 % */              \
    X(FINDING_BOUND, "bound")           /* a part above its whole: 增加值 > 产值 */   \
    X(FINDING_CONFLICT, "conflict")     /* one thing with two values */                    \
    X(FINDING_UNIT, "unit")             /* a unit missing where its neighbours have one */ \
    X(FINDING_RANK, "rank")             /* a rank outside its field */                     \
    X(FINDING_COUNT_LIST, "count-list") /* 4个镇 with three names */

enum finding_kind {
#define X(id, name) id,
    FINDING_TABLE(X)
#undef X
        FINDING_KIND_COUNT
};

/* Something that does not add up. */
struct finding {
    enum finding_kind kind;
    const uint32_t *indicators; /* indices, the disputed one first */
    uint32_t n_indicators;
    struct str printed, computed; /* both as text, with unit */
    struct str tolerance;         /* the rounding that was allowed, as text */
    struct str formula;           /* 140.7 ÷ 386.5 = 36.4% */
};

struct applied;

struct document {
    struct arena *arena;
    struct str path;
    struct decoded decoded;
    unsigned char sha256[32]; /* of the file's bytes */
    bool converted;           /* the source is what a converter made of the file */
    const struct line *lines;
    uint32_t n_lines;
    uint64_t traditional;      /* bits of the traditional characters it may have: fold.h */
    struct str paper, edition; /* 云泽日报, A03; empty: not known */
    struct date date;
    enum evidence date_from;
    struct str place;
    enum evidence place_from;
    const struct article *articles;
    uint32_t n_articles;
    const struct dropped *dropped;
    uint32_t n_dropped;
    const struct proposal *proposals;
    uint32_t n_proposals;
    const struct indicator *indicators;
    uint32_t n_indicators;
    const struct table *tables;
    uint32_t n_tables;
    const struct entity *entities;
    uint32_t n_entities;
    const struct finding *findings;
    uint32_t n_findings;
    const struct applied *applied; /* corrections that were tried, see baolan/correction.h */
    uint32_t n_applied;
};

/* The names in the tables above; "" past their ends. */
const char *paragraph_kind_name(enum paragraph_kind kind);
const char *evidence_name(enum evidence evidence);
const char *indicator_kind_name(enum indicator_kind kind);
const char *entity_type_name(enum entity_type type);
const char *finding_kind_name(enum finding_kind kind);
const char *place_part_name(enum place_part part);

/* The byte of the document's text that byte `at` of the prose comes from. */
size_t prose_text_offset(const struct prose *prose, size_t at);

/* The line that byte `at` of the text stands in: an index in document->lines. */
uint32_t document_line_at(const struct document *d, size_t at);

/* True where a figure of `subject` is the region's as a whole: the subject is empty, the region's
 * name with or without its level, or points at it (全市). */
bool indicator_is_of_region(struct str subject, struct str region);

/* The prose of the part of an article that a place is in. */
const struct prose *document_prose(const struct document *d, struct place place);

/* A piece of set text: a whole part of an article. */
struct text_part {
    struct place place; /* from its first byte to its last */
    const struct prose *prose;
};

/* All parts in reading order: the passages that a library keeps of the document. */
const struct text_part *document_parts(struct arena *a, const struct document *d, size_t *n);

#endif
