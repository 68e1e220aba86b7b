/* The figures of a library, document or metric as a table: a row is what the text says of one
 * metric, subject and period, with its change, share and rank beside its value. */
#ifndef APP_FIGURES_H
#define APP_FIGURES_H

#include "app/listing.h"
#include "app/series.h"
#include "baolan/message.h"
#include "baolan/store.h"

/* One row a column: id, name as sort and filter take it, what the screen says. */
#define FIGURES_TABLE(X)                         \
    X(FIGURES_METRIC, "metric", N_("Metric"))    \
    X(FIGURES_SUBJECT, "subject", N_("Subject")) \
    X(FIGURES_PERIOD, "period", N_("Period"))    \
    X(FIGURES_VALUE, "value", N_("Value"))       \
    X(FIGURES_CHANGE, "change", N_("Change"))    \
    X(FIGURES_SHARE, "share", N_("Share"))       \
    X(FIGURES_RANK, "rank", N_("Rank"))          \
    X(FIGURES_PLACE, "place", N_("Place"))       \
    X(FIGURES_SOURCE, "source", N_("Source"))

enum figures_column {
#define X(id, name, label) id,
    FIGURES_TABLE(X)
#undef X
        FIGURES_COLUMN_COUNT
};

/* One row: the indicators of each kind that it joins, or NULL; one at least is there. */
struct figure {
    const struct stored_indicator *of[INDICATOR_KIND_COUNT];
};

struct lexicons;

struct figures {
    struct store *store;
    const struct lexicons *lexicons; /* for units in comparisons; NULL: numbers alone */
    struct arena *seen_arena;        /* of what was looked at, forgotten now and then */
    struct figures_seen *seen;
    struct arena *slots, *keys_arena, *names_arena;
    struct figures_keys *keys; /* what rows are ordered by, read ahead */
    struct str source;         /* of source_document; p == NULL: not yet read */
    uint32_t source_document;
    struct arena *corrected_arena;
    const uint32_t *corrected; /* ids of indicators that a person put right, ascending */
    size_t n_corrected;
    struct listing listing; /* its items are ids: of the indicator that a row begins with */
};

enum status figures_open(struct figures *f, struct store *store, struct error *e);
void figures_close(struct figures *f);

/* Lists the rows of what the query lists (its list is LIST_INDICATORS); sort, group and filter
 * stay. A filter knows >100亿元, >=, <, <=, = against the value, in any unit of its kind. Texts of
 * the query must live as long as the rows. */
enum status figures_load(struct figures *f, const struct list_query *query, struct error *e);

/* What a row joins; it lives until other rows are asked about. */
const struct figure *figures_row(const struct figures *f, size_t item);
/* The indicator that a row is about: its value, else the first there is. The same. */
const struct stored_indicator *figures_main(const struct figures *f, size_t item);
/* True where a person put one of its indicators right. */
bool figures_corrected(const struct figures *f, size_t item);
struct str figures_cell(const struct figures *f, size_t item, enum figures_column column,
                        struct arena *a);
/* The item whose row has an indicator, or LISTING_NO_ITEM. */
size_t figures_item(const struct figures *f, uint32_t indicator);

/* What a figure is of in one run, as a person types it: 云泽市规上工业增加值. */
struct str figures_name(struct arena *a, const struct indicator *it);

/* Whose a figure is, as series tell it: without the region where that is said in front
 * (全县规上工业 of 东平县), spelt as the lexicons (may be NULL) join it; empty where it is the
 * region. */
struct str figures_subject(struct arena *a, const struct lexicons *lexicons, struct str subject,
                           struct str region);

/* How a change runs (series.h), by its period and basis. */
enum series_pace figures_pace(enum indicator_kind kind, struct str period, struct str basis);

/* Whether its article alone tells whose a figure of the metric is (series.h: home): subject (as
 * figures_subject gives it) and region do not say whose, or say what anybody's may be. */
bool figures_are_at_home(const struct lexicons *lexicons, struct str metric_key, struct str subject,
                         struct str region);

/* An indicator for series.h; its text says its unit also where a table says it elsewhere, its
 * subject is that of figures_subject. */
struct series_figure figures_series(struct arena *a, const struct lexicons *lexicons,
                                    const struct stored_indicator *it);

/* The sum of the values of rows [from, from + count), where adding them means something: all are
 * actual levels of one metric, period and unit, and parts of one table or of different places,
 * without a total among them. Empty where not. */
struct str figures_sum(const struct figures *f, size_t from, size_t count, struct arena *a);

#endif
