/* The query language of `/` and `baolan search`.
 *
 *     query   = clause { OR clause }            either side; `|` too
 *     clause  = term { term }                   all of them
 *     term    = [-] [FIELD:] ( WORD | "WORDS" ) [COMPARE]
 *     @WORD   is assigned:WORD
 *     COMPARE = ( > | >= | < | <= | = ) NUMBER[UNIT]
 *
 * WORD ends at white space (U+3000 too); Chinese quotes, colons and signs count as ASCII ones. A
 * word may end in `*`: letters or digits may go on. A COMPARE without metric: before it asks for
 * any indicator. Fields are the rows of QUERY_FIELD_TABLE. */
#ifndef BAOLAN_QUERY_H
#define BAOLAN_QUERY_H

#include "baolan/match.h"
#include "baolan/message.h"

/* One row a field: id, name, what it asks for, the help as a msgid. */
#define QUERY_FIELD_TABLE(X)                                               \
    X(QUERY_TEXT, "", N_("words of the text"))                             \
    X(QUERY_TITLE, "title", N_("words of a title or heading"))             \
    X(QUERY_SPEAKER, "speaker", N_("who speaks or signs"))                 \
    X(QUERY_BODY, "body", N_("the body that hands a proposal in"))         \
    X(QUERY_NAME, "name", N_("a name that is mentioned, in any spelling")) \
    X(QUERY_TYPE, "type", N_("type of record or name"))                    \
    X(QUERY_DOCUMENT, "doc", N_("a document's path or title"))             \
    X(QUERY_DATE, "date", N_("a date, or from..to"))                       \
    X(QUERY_MARK, "mark", N_("a mark or note"))                            \
    X(QUERY_BY, "by", N_("who marked it"))                                 \
    X(QUERY_ASSIGNED, "assigned", N_("whose work it is: @NAME"))           \
    X(QUERY_METRIC, "metric", N_("an indicator's name"))

/* One row a form of a query, to be shown where one asks for help: the form, what it finds. */
#define QUERY_FORM_TABLE(X)                                           \
    X("产业 人才", N_("both words"))                                  \
    X("chanye  cy  产ye", N_("pinyin, initials, mixed with Han"))     \
    X("\"数字经济\"", N_("as it is written, no pinyin"))              \
    X("3D*", N_("the beginning of a word or figure"))                 \
    X("-词", N_("without"))                                           \
    X("甲 OR 乙", N_("either"))                                       \
    X("metric:产值 >100亿元", N_("an indicator, its value compared")) \
    X(">100亿元", N_("any indicator's value"))

/* What follows are these rows and those of the fields, one after the other: what is written, and
 * what it finds, in the language of message.h. index < query_help_count(). */
size_t query_help_count(void);
struct str query_help_form(struct arena *a, size_t index);
const char *query_help_text(size_t index);

enum query_field {
#define X(id, name, help) id,
    QUERY_FIELD_TABLE(X)
#undef X
        QUERY_FIELD_COUNT
};

/* Bytes of a query at most: what a search costs goes with them. */
#define QUERY_MOST 2048

enum query_compare {
    COMPARE_NONE,
    COMPARE_ABOVE,
    COMPARE_FROM, /* >= */
    COMPARE_BELOW,
    COMPARE_TO, /* <= */
    COMPARE_EQUAL
};

struct query_term {
    enum query_field field;
    bool negated;
    bool quoted;
    struct str words;               /* as written, without quotes and the closing `*` */
    struct span span;               /* of the whole term in the query */
    struct span words_span;         /* of the words */
    const struct pattern *patterns; /* what it may stand for: as written, then what pinyin found */
    uint32_t n_patterns;
    enum query_compare compare;
    struct str value;       /* 100亿元 */
    struct span value_span; /* of it in the query */
};

struct query_clause {
    const struct query_term *terms;
    uint32_t n_terms;
};

struct query {
    struct str text;
    const struct query_clause *clauses;
    uint32_t n_clauses;
};

/* What is wrong with a query, and where: bytes of its text. */
struct query_problem {
    struct span span;
    struct str message; /* in the language of message.h */
};

/* Parses text into the arena. typing: the last word may go on. STATUS_BAD_INPUT with *problem
 * filled where it is no query; an empty one has no clauses and is none either: STATUS_NOT_FOUND. */
enum status query_parse(struct arena *a, struct str text, bool typing, struct query *out,
                        struct query_problem *problem);

const char *query_field_name(enum query_field field);
const char *query_field_help(enum query_field field);

/* The patterns of what is searched in the text itself: what highlighting marks. Returns their
 * number; field QUERY_TITLE counts where titles is set. */
size_t query_highlights(const struct query *q, struct arena *a, bool titles, struct pattern **out);

#endif
