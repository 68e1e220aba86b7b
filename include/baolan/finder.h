/* Asking a library: the query language with pinyin resolved against what the library names, for the
 * search line, for `baolan search` and for completion. */
#ifndef BAOLAN_FINDER_H
#define BAOLAN_FINDER_H

#include "baolan/library.h"
#include "baolan/pinyin.h"
#include "baolan/search.h"

/* Keeps the library's terms (titles, names, metrics) in memory once pinyin was asked for. For one
 * thread. */
struct finder;

/* A finder over an open library, which must outlive it, with a store in it. lexicons may be NULL:
 * they are then read when a comparison first needs their units. Nothing is read yet. */
enum status finder_open(struct library *library, const struct lexicons *lexicons,
                        struct finder **out, struct error *e);
void finder_close(struct finder *f);

/* The library's store is another one: its terms are read anew when they are asked for next. */
void finder_forget(struct finder *f);

/* Reads what pinyin is looked for in, where it is not read: asked for beforehand, the first letter
 * is as quick as the others. `cancelled` is asked now and then whether to give up. */
void finder_prepare(struct finder *f, bool (*cancelled)(void *context), void *context);

/* Parses text and adds to each word that may be pinyin what it may stand for in this library: the
 * best few terms. A missing pinyin table leaves the query as it is written. Statuses of
 * query_parse. */
enum status finder_parse(struct finder *f, struct arena *a, struct str text, bool typing,
                         struct query *out, struct query_problem *problem, struct error *e);

/* Parses and runs; notes and lexicons of the options are set here. *query may be used for
 * highlighting afterwards. */
enum status finder_run(struct finder *f, struct arena *a, struct str text, bool typing,
                       const struct search_options *o, struct query *query,
                       struct search_results *out, struct query_problem *problem, struct error *e);

/* Terms that words (Chinese, pinyin or both) find, best first, at most `most`; the kind of a term
 * is an enum term_kind, its id that of the article, entity or metric. */
size_t finder_terms(struct finder *f, struct arena *a, struct str words, struct pinyin_hit *out,
                    size_t most);

/* What words that are letters, or have some, may stand for among the library's terms, as patterns
 * for its texts, best first; their number is returned. For a search within a page. */
size_t finder_readings(struct finder *f, struct arena *a, struct str words,
                       const struct pattern **out);

/* The lexicons, read where they were not given; NULL where they cannot be. */
const struct lexicons *finder_lexicons(struct finder *f);

/* The pinyin table, or NULL where its data is missing: for filters of lists (pinyin_match). */
const struct pinyin *finder_pinyin(struct finder *f);

#endif
