/* The cache of a library: what was read out of its files, in SQLite.
 *
 * A struct store is one connection; each thread has its own. Reading functions allocate what they
 * give in the caller's arena (and so run inside arena_protect); ids are stable until the document
 * is read anew. Ids begin at 1; 0 is none. The reading side never waits for an import. */
#ifndef BAOLAN_STORE_H
#define BAOLAN_STORE_H

#include "baolan/anchor.h"
#include "baolan/document.h"

struct store;

enum store_mode {
    STORE_READ,      /* a library that others may be writing */
    STORE_WRITE,     /* makes it where it is missing or of another version */
    STORE_PUBLISHED, /* read-only, immutable: not a byte is written beside it */
};

/* The version that a cache must have: a hash of the schema, parser_version and the lexicons. 0
 * where the schema cannot be read. */
uint64_t store_version(uint64_t lexicons_version);

/* Opens the database at path. version 0 accepts any (of the same schema). STATUS_NOT_FOUND where
 * there is none, STATUS_UNSUPPORTED where it has another version, STATUS_CORRUPT where it is
 * damaged; with STORE_WRITE each of these three makes an empty one beside it, takes over the
 * remembered folders, and renames it into place. What stood there and is damaged, or of another
 * program, is not deleted: store_set_aside tells where it is now. A reader that meets with damage
 * later leaves PATH.suspect, by which the next writer looks through the whole. */
enum status store_open(const char *path, enum store_mode mode, uint64_t version, struct store **out,
                       struct error *e);
/* Where store_open put what stood at its path; NULL: nothing was put aside. */
const char *store_set_aside(const struct store *s);
/* False where a file stands at path that is no cache of this program, whole or damaged. */
bool store_is_ours(const char *path);
void store_close(struct store *s);

/* Until it is let go, all that is asked of s is of one moment, and no question takes locks of its
 * own: for the many small ones of a screen. Not to be held while one waits for anything: what
 * others commit is not seen. Each hold is let go once. NULL is nothing; where it cannot be held,
 * nothing changes. */
void store_hold(struct store *s);
void store_let_go(struct store *s);

/* A number that changes when another connection has committed, and is another for each store that
 * is opened. Costs no read of the tables. */
int64_t store_data_version(struct store *s);

/* SQLite's quick_check: *message is "ok" or the first problem. Reads the whole file. */
enum status store_check(struct store *s, struct arena *a, struct str *message, struct error *e);

/* Sums over the library; kept by the writer, so that reading them costs a few rows. */
struct store_totals {
    int64_t documents, articles, passages, characters, bytes, proposals, indicators, figures,
        metrics, entities, mentions, findings, tables, problems;
    int64_t commits; /* changes with each change of what the cache holds, and from cache to cache */
};
enum status store_totals(struct store *s, struct store_totals *out, struct error *e);

/* One row a kind of passage: id, name. */
#define PASSAGE_TABLE(X)            \
    X(PASSAGE_TITLE, "title")       \
    X(PASSAGE_KICKER, "kicker")     \
    X(PASSAGE_SUBTITLE, "subtitle") \
    X(PASSAGE_BYLINE, "byline")     \
    X(PASSAGE_HEADING, "heading")   \
    X(PASSAGE_BODY, "body")         \
    X(PASSAGE_NOTE, "note")         \
    X(PASSAGE_TABLE_ROW, "table")   \
    X(PASSAGE_CAPTION, "caption")

enum passage_kind {
#define X(id, name) id,
    PASSAGE_TABLE(X)
#undef X
        PASSAGE_KIND_COUNT
};
const char *passage_kind_name(enum passage_kind kind);

enum passage_flag {
    PASSAGE_RUN_IN = 1,    /* a heading that stood at the head of a paragraph's first line */
    PASSAGE_DISPLACED = 2, /* a heading that stood elsewhere */
    PASSAGE_CUT_BEFORE = 4,
    PASSAGE_CUT_AFTER = 8,
};

/* Text [at, at + length) of a passage comes from bytes [start, end) of the file, on that line.
 * Where length == end - start and the file is UTF-8 they are equal byte for byte, but for
 * punctuation that was set in place of other. */
struct source_run {
    uint32_t at, length;
    uint64_t start, end;
    uint32_t line; /* 1, 2, … */
};

/* What a place in a passage leads to. */
enum link_kind {
    LINK_ENTITY,
    LINK_INDICATOR,
    LINK_ARTICLE /* set by who shows a page; the store keeps none */
};
struct link {
    uint32_t start, end; /* bytes in the passage's text */
    enum link_kind kind;
    uint32_t target; /* id of the entity, indicator or article */
};

struct stored_passage {
    uint32_t id, article;
    enum passage_kind kind;
    uint32_t level;   /* of a heading */
    uint32_t heading; /* id of the passage of the heading above it, or 0 */
    uint32_t flags;   /* enum passage_flag */
    struct str text;
    const struct source_run *runs; /* ascending in at */
    uint32_t n_runs;
    const struct link *links; /* ascending in start; filled by store_load_article alone */
    uint32_t n_links;
};

struct stored_document {
    uint32_t id;
    struct str path;
    unsigned char sha256[32];
    int64_t size, modified;
    enum encoding encoding;
    uint32_t replaced;
    struct str title, paper, edition, date /* 2023-05-09, 2023-05, 2023 or empty */, place;
    enum evidence date_from, place_from;
    uint32_t lines, characters;
    uint32_t first_article, articles, first_passage, passages, first_indicator, indicators,
        first_proposal, proposals, first_finding, findings, first_table, tables, mentions;
    const uint32_t *page_lines; /* lines at which pages 2, 3, ... begin */
    uint32_t n_page_lines;      /* 0: no pages are told apart */
};

/* The page that a line stands on, 1 and up; 0 where no pages are told apart. */
uint32_t stored_document_page(const struct stored_document *d, uint32_t line);

struct stored_article {
    uint32_t id, document;
    struct str title, kicker, subtitle, date, place, continued_from, continued_to;
    enum evidence date_from, place_from;
    int year;        /* 0: not told */
    uint32_t box_of; /* article id or 0 */
    const struct credit *credits;
    uint32_t n_credits;
    uint32_t first_passage, n_passages, characters, indicators;
    int64_t content_key;                   /* hash of its title and text: what marks stand on */
    const struct stored_passage *passages; /* filled by store_load_article alone, else NULL */
};

/* Places in the records below hold ids: place.article and place.paragraph are ids of the article
 * and the passage; .start and .end bytes in the passage's text. */
struct stored_indicator {
    uint32_t id, document;
    struct indicator it; /* it.table is the found table's id, or NONE */
    uint32_t metric;     /* id of its metric, 0 where it has none */
    bool beside;         /* stands in the row of another: see store_figure */
    bool leads;          /* others stand in its row */
};

struct stored_proposal {
    uint32_t id, document;
    struct proposal it; /* suggestions are filled by store_load_proposal alone */
    uint32_t n_suggestions;
    int64_t content_key; /* hash of title, speakers and number */
};

struct stored_metric {
    uint32_t id;
    struct str name;
    uint32_t indicators;
};

struct stored_entity {
    uint32_t id;
    struct str name;
    enum entity_type type;
    uint32_t documents, mentions;
    struct str first_date, last_date;
    bool hidden; /* a person said that it is no name: it is neither linked nor listed */
};

struct stored_mention {
    uint32_t entity, passage, start, end;
};

struct stored_finding {
    uint32_t id, document;
    uint32_t article;  /* of the disputed figure; 0: of two documents */
    uint32_t across;   /* the other document, where two documents disagree; else 0 */
    struct finding it; /* indicators are ids */
    int64_t content_key;
};

/* Tables that were read: cells row by row; a cell's indicator is an id, or NONE. */
struct stored_table {
    uint32_t id, document;
    struct table it;
};

/* One record by its id. STATUS_NOT_FOUND where there is none. */
enum status store_document(struct store *s, struct arena *a, uint32_t id,
                           struct stored_document *out, struct error *e);
/* The text that a converter made of the document's file; STATUS_NOT_FOUND where the file is text
 * itself. */
enum status store_converted(struct store *s, struct arena *a, uint32_t document, struct str *text,
                            struct error *e);
enum status store_article(struct store *s, struct arena *a, uint32_t id, struct stored_article *out,
                          struct error *e);
enum status store_passage(struct store *s, struct arena *a, uint32_t id, struct stored_passage *out,
                          struct error *e);
enum status store_indicator(struct store *s, struct arena *a, uint32_t id,
                            struct stored_indicator *out, struct error *e);
/* The row of the table of figures that an indicator stands in: what an article says of one metric,
 * subject, place and period, each kind once. The indicator it begins with, and how many stand in
 * it, with their ids in order. Lists of such rows: list_query.rows. */
enum status store_figure(struct store *s, uint32_t id, uint32_t ids[INDICATOR_KIND_COUNT],
                         size_t *n, struct error *e);
/* What figures are ordered by, without what is printed: cheap to be read of very many. */
struct figure_key {
    uint32_t id, metric, subject, region; /* metrics and words; 0: none */
    enum indicator_kind kind;
    bool leads;
    struct str period, base_unit;
    struct decimal base;
};
/* Those of ids [first, end), in order, in the arena. */
enum status store_figure_keys(struct store *s, struct arena *a, uint32_t first, uint32_t end,
                              const struct figure_key **out, size_t *n, struct error *e);
/* The text of a word that figures name: a subject, a region. */
enum status store_word(struct store *s, struct arena *a, uint32_t id, struct str *out,
                       struct error *e);
enum status store_metric(struct store *s, struct arena *a, uint32_t id, struct stored_metric *out,
                         struct error *e);
/* What tells the figures of a metric apart; those in near copies are left out. In order of period
 * and id, until visit returns false. Strings live as long as the call. */
struct metric_figure {
    uint32_t id;
    enum indicator_kind kind;
    bool target;
    struct str subject, region, period, base_unit, basis;
    uint32_t article;
};
typedef bool metric_visit(void *context, const struct metric_figure *figure);
enum status store_each_of_metric(struct store *s, uint32_t metric, metric_visit *visit,
                                 void *context, struct error *e);
enum status store_entity(struct store *s, struct arena *a, uint32_t id, struct stored_entity *out,
                         struct error *e);
enum status store_proposal(struct store *s, struct arena *a, uint32_t id,
                           struct stored_proposal *out, struct error *e);
/* The same without background and reply: for lists of many. */
enum status store_proposal_brief(struct store *s, struct arena *a, uint32_t id,
                                 struct stored_proposal *out, struct error *e);
enum status store_finding(struct store *s, struct arena *a, uint32_t id, struct stored_finding *out,
                          struct error *e);
enum status store_table(struct store *s, struct arena *a, uint32_t id, struct stored_table *out,
                        struct error *e);

/* The same with all that belongs to it: an article with its passages and their links; a proposal
 * with its suggestions and measures. */
enum status store_load_article(struct store *s, struct arena *a, uint32_t id,
                               struct stored_article *out, struct error *e);
enum status store_load_proposal(struct store *s, struct arena *a, uint32_t id,
                                struct stored_proposal *out, struct error *e);

/* Articles that are boxes or commentaries of one; and those of a document that say where they come
 * from or, `onwards`, that they go on elsewhere. By id, at most room of them. */
enum status store_boxes_of(struct store *s, uint32_t article, uint32_t *ids, size_t room, size_t *n,
                           struct error *e);
enum status store_continued(struct store *s, uint32_t document, bool onwards, uint32_t *ids,
                            size_t room, size_t *n, struct error *e);

/* Near copies of an article (同文), reprints in other papers say, itself left out, the oldest
 * first; COPIES_MOST of them where there are more. */
enum { COPIES_MOST = 200 };
enum status store_copies(struct store *s, struct arena *a, uint32_t article, const uint32_t **ids,
                         size_t *n, struct error *e);
/* What an article and its near copies have in common: the id of the first of them; 0 where it has
 * none. A look at an index. */
enum status store_copies_root(struct store *s, uint32_t article, uint32_t *root, struct error *e);
/* How many there are, counted to COPIES_MOST; a look at an index. */
enum status store_copies_count(struct store *s, uint32_t article, uint32_t *n, struct error *e);

/* Ids by other names; 0 in *id and STATUS_NOT_FOUND where there is none. */
enum status store_document_by_path(struct store *s, struct str path, uint32_t *id, struct error *e);
enum status store_document_by_sha256(struct store *s, const unsigned char sha256[32], uint32_t *id,
                                     struct error *e);
enum status store_metric_by_name(struct store *s, struct str name, uint32_t *id, struct error *e);
/* The documents of a paper and day, in the order of the library, at most room of them. */
enum status store_documents_of_issue(struct store *s, struct str paper, struct str date,
                                     uint32_t *ids, size_t room, size_t *n, struct error *e);
/* The document that a passage stands in. */
enum status store_document_of_passage(struct store *s, uint32_t passage, uint32_t *id,
                                      struct error *e);
/* The entities that have this spelling (spaces, dots and quotes ignored), most mentioned first, at
 * most room of them. */
enum status store_entities_by_spelling(struct store *s, struct str spelling, uint32_t *ids,
                                       size_t room, size_t *n, struct error *e);
/* All spellings of an entity. */
enum status store_spellings(struct store *s, struct arena *a, uint32_t entity,
                            const struct str **out, size_t *n, struct error *e);

/* Lists: ids in an order, paged by key, so that a page costs the same wherever it stands.
 *
 * One row an order: id, list, name as options take it. Every order is ended by the id. */
enum store_list {
    LIST_DOCUMENTS,
    LIST_PROPOSALS,
    LIST_INDICATORS,
    LIST_METRICS,
    LIST_ENTITIES,
    LIST_FINDINGS,
    LIST_TABLES,
    LIST_COUNT
};

#define ORDER_TABLE(X)                                 \
    X(ORDER_ID, LIST_COUNT, "position") /* any list */ \
    X(ORDER_PATH, LIST_DOCUMENTS, "path")              \
    X(ORDER_DATE, LIST_DOCUMENTS, "date")              \
    X(ORDER_TITLE, LIST_DOCUMENTS, "title")            \
    X(ORDER_PROPOSAL_TITLE, LIST_PROPOSALS, "title")   \
    X(ORDER_SPEAKER, LIST_PROPOSALS, "speaker")        \
    X(ORDER_SESSION, LIST_PROPOSALS, "session")        \
    X(ORDER_NUMBER, LIST_PROPOSALS, "number")          \
    X(ORDER_METRIC, LIST_INDICATORS, "metric")         \
    X(ORDER_METRIC_COUNT, LIST_METRICS, "indicators")  \
    X(ORDER_METRIC_NAME, LIST_METRICS, "name")         \
    X(ORDER_ENTITY_NAME, LIST_ENTITIES, "name")        \
    X(ORDER_DOCUMENTS, LIST_ENTITIES, "documents")     \
    X(ORDER_FINDING_KIND, LIST_FINDINGS, "kind")

enum store_order {
#define X(id, list, name) id,
    ORDER_TABLE(X)
#undef X
        ORDER_COUNT
};

/* What to list; a zeroed one beyond `list` is the whole list in order of id. */
struct list_query {
    enum store_list list;
    enum store_order order;
    bool descending;
    uint32_t document; /* only of this document: indicators, proposals, findings, tables */
    uint32_t article;  /* only of this article: indicators, proposals, tables */
    uint32_t metric;   /* only of this metric: indicators */
    bool rows;         /* indicators: those that begin a row of figures (store_figure) */
    uint32_t kinds;    /* bits 1 << kind: indicator kind, entity type, finding kind; 0: all */
    struct str period; /* indicators: begins with this */
    /* Contained in the text; these read every row that the rest of the query admits: subject of
     * indicators; name of entities and metrics; speakers, bodies, session of proposals; title or
     * path of documents. */
    struct str subject, name, speaker, body, session;
    bool hidden; /* entities: those that are hidden, in place of the others */
};

/* Where a page begins: after the row `after` (0: at the first), having passed over `skip` more;
 * with `backwards` the rows before `after` (0: from the last), nearest first. */
struct list_from {
    uint32_t after;
    uint64_t skip;
    bool backwards;
};

/* At most n ids into ids; *found tells how many. Cost grows with n + skip. */
enum status store_list(struct store *s, const struct list_query *q, struct list_from from,
                       uint32_t *ids, size_t n, size_t *found, struct error *e);

/* How many rows the list has: from stored sums where nothing but kind, document or metric is
 * asked, else counted up to cap; *exact tells whether all were counted. */
enum status store_list_count(struct store *s, const struct list_query *q, uint64_t cap,
                             uint64_t *count, bool *exact, struct error *e);

/* How many rows stand before a row of the list; STATUS_NOT_FOUND where the list does not have it.
 * Costs a walk over the order's index up to it. */
enum status store_list_row(struct store *s, const struct list_query *q, uint32_t id, uint64_t *row,
                           struct error *e);

/* Mentions of an entity in order of place, after `after` (NULL: from the first), at most n. */
enum status store_mentions(struct store *s, uint32_t entity, const struct stored_mention *after,
                           struct stored_mention *out, size_t n, size_t *found, struct error *e);
/* Mentions in passages [first, first + count), in order of place. */
enum status store_mentions_in(struct store *s, struct arena *a, uint32_t first, uint32_t count,
                              const struct stored_mention **out, size_t *n, struct error *e);

/* Counts of one document, year and place (of a text's: of all documents). Near copies have neither.
 */
struct stored_count {
    uint32_t document; /* id; 0 of a text's */
    struct str year, place;
    uint32_t mentions;   /* of a name's */
    uint64_t characters; /* of a text's */
};
/* Whether to give up what takes long: asked now and then; where it is, STATUS_INTERRUPTED. */
struct store_poll {
    bool (*cancelled)(void *context);
    void *context;
};
/* How often an entity stands in each document, by year and place of its articles: what is of one
 * document stands together, and may have one year and place several times. poll may be NULL. */
enum status store_name_counts(struct store *s, struct arena *a, uint32_t entity,
                              const struct store_poll *poll, const struct stored_count **out,
                              size_t *n, struct error *e);
/* How many characters there are by year and place. Goes through all articles. poll may be NULL. */
enum status store_text_counts(struct store *s, struct arena *a, const struct store_poll *poll,
                              const struct stored_count **out, size_t *n, struct error *e);

/* Calls visit for every term worth finding by pinyin: titles, names, metrics, with the id of the
 * article, entity or metric and how often it stands; of each kind at most `most`: the latest
 * titles, the names in most documents, the metrics with most figures. Returning false ends it. */
enum term_kind { TERM_TITLE, TERM_ENTITY, TERM_METRIC };
typedef bool term_visit(void *context, enum term_kind kind, uint32_t id, struct str term,
                        uint32_t count);
enum status store_each_term(struct store *s, uint32_t most, term_visit *visit, void *context,
                            struct error *e);

/* What a list of all proposals must know of each: the next `most` at most after the id `after`, in
 * order of id, until visit returns false. Those in near copies are left out. */
struct proposal_row {
    uint32_t id, document, article, passage, start; /* bytes in the passage */
    int64_t content_key;
};
typedef bool proposal_visit(void *context, const struct proposal_row *row);
enum status store_each_proposal(struct store *s, uint32_t after, size_t most, proposal_visit *visit,
                                void *context, struct error *e);

/* Calls visit with each document's title and path, by ascending id, until it returns false. */
typedef bool document_visit(void *context, uint32_t id, struct str title, struct str path);
enum status store_each_document(struct store *s, document_visit *visit, void *context,
                                struct error *e);

/* What was asked to be imported, and what could not be. */
enum status store_folders(struct store *s, struct arena *a, const struct str **out, size_t *n,
                          struct error *e);
struct stored_problem {
    struct str path, message;
    enum status status;
};
enum status store_problems(struct store *s, struct arena *a, const struct stored_problem **out,
                           size_t *n, struct error *e);

/* The anchor of bytes [start, end) of a passage; up to ANCHOR_AROUND bytes before and after are
 * kept. */
enum status store_anchor(struct store *s, struct arena *a, uint32_t passage, uint32_t start,
                         uint32_t end, struct anchor *out, struct error *e);

/* Finds it again: in the document of the same bytes, else of the same path, else anywhere by its
 * words; the passage of the same text first, else the one whose quotation has the likest
 * surroundings. STATUS_NOT_FOUND where the words stand nowhere. */
enum status store_find_anchor(struct store *s, const struct anchor *anchor, uint32_t *passage,
                              uint32_t *start, uint32_t *end, struct error *e);

/* Passages that hold the words as a phrase, by id after `after`, at most n: candidates, to be
 * checked against the text by whoever needs more than the tokens tell. */
enum status store_match(struct store *s, struct str words, uint32_t after, uint32_t *ids, size_t n,
                        size_t *found, struct error *e);

#endif
