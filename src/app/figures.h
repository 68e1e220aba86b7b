/* The figures of a library, document or metric as a table: a row is what the text says of one
 * metric, subject and period, with its change, share and rank beside its value. */
#ifndef APP_FIGURES_H
#define APP_FIGURES_H

#include "app/listing.h"
#include "app/series.h"
#include "baolan/message.h"
#include "baolan/store.h"

/* Indicators kept in memory at most. Of more, each is a row by itself that is read when it is in
 * sight; to be filtered, sorted by more than 2 characters of a text, or grouped, they are gone
 * through once, and of each that is a row a number is kept. */
enum { FIGURES_MOST = 12000 };

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

enum { FIGURES_PAGE = 512 };

struct figures {
    struct arena *items_arena;
    struct store *store;
    const struct lexicons *lexicons; /* for units in comparisons; NULL: numbers alone */
    struct stored_indicator *indicators;
    size_t n_indicators, room;
    size_t joined; /* of the indicators, when the rows were made */
    bool whole;    /* all that are to be read were read; what follows tells where reading goes on */
    struct list_query query;
    uint32_t after;
    size_t most;  /* FIGURES_MOST, less in tests */
    uint64_t all; /* that the query lists; n_indicators of them are read, or gone through */
    /* Of more than `most`: those seen last. */
    struct arena *seen_arena, *slots;
    struct figures_seen *seen;
    const struct figure *items;
    size_t n_items;
    const uint32_t *corrected; /* ids of indicators that a person put right, ascending */
    size_t n_corrected;
    struct str *sources; /* by item; p == NULL: not yet read */
    struct listing listing;
};

enum status figures_open(struct figures *f, struct store *store, struct error *e);
void figures_close(struct figures *f);

/* Reads what the query lists (its list is LIST_INDICATORS). Sort, group and filter stay; where
 * there are more than `most`, it is to be called again after they were set. A filter knows
 * >100亿元, >=,
 * <, <=, = against the value, in any unit of its kind. */
enum status figures_load(struct figures *f, const struct list_query *query, struct error *e);
/* The same with at most `most` indicators; then, as long as it is not `whole`, so many more. Rows
 * are made anew when there are twice as many, and at the end; those gone through, at the end. Texts
 * of the query must live as long as the rows. */
enum status figures_begin(struct figures *f, const struct list_query *query, size_t most,
                          struct error *e);
enum status figures_more(struct figures *f, size_t most, struct error *e);

/* True where the library has more than are kept in memory. */
bool figures_paged(const struct figures *f);

/* The indicator that a row is about: its value, else the first there is. Where they are paged it
 * lives until other rows are asked about. */
const struct stored_indicator *figures_main(const struct figures *f, size_t item);
/* True where a person put one of its indicators right. */
bool figures_corrected(const struct figures *f, size_t item);
struct str figures_cell(const struct figures *f, size_t item, enum figures_column column,
                        struct arena *a);
/* The item that has an indicator, or LISTING_NO_ITEM. */
size_t figures_item(const struct figures *f, uint32_t indicator);

/* All indicators of the shown rows, in their order, for series.h; of paged ones the first
 * FIGURES_MOST. */
size_t figures_shown(const struct figures *f, struct arena *a, const struct series_figure **out);

/* What a figure is of in one run, as a person types it: 云泽市规上工业增加值. */
struct str figures_name(struct arena *a, const struct indicator *it);

/* One of them; its text says its unit also where a table says it elsewhere. */
struct series_figure figures_series(struct arena *a, const struct stored_indicator *it);

/* The sum of the values of rows [from, from + count), where adding them means something: all are
 * actual levels of one metric, period and unit, and parts of one table or of different places,
 * without a total among them. Empty where not. */
struct str figures_sum(const struct figures *f, size_t from, size_t count, struct arena *a);

#endif
