/* What the files of the view of indicators share. */
#ifndef UI_INDICATORS_H
#define UI_INDICATORS_H

#include "app/figure_sets.h"
#include "ui/grid.h"
#include "ui/sheet.h"

enum indicators_mode {
    INDICATORS_LIST,
    INDICATORS_PIVOT,
    INDICATORS_CHART,
    INDICATORS_TABLE,
    INDICATORS_CARDS,
    INDICATORS_MODE_COUNT
};

/* A row of the modes other than the list: made anew for each width. */
struct board_row {
    struct row row;
    uint32_t indicator;      /* where Enter goes, or 0 */
    const uint32_t *figures; /* all that the row shows, where these are several */
    size_t n_figures;
};

/* The most figures whose cards are shown together. */
enum { CARDS_MOST = 64 };

struct indicators {
    struct view *view;
    struct figures figures;
    struct store *loaded_from;
    int64_t loaded_version;
    bool listed; /* the table was read from it: charts and found tables need none */
    struct list_query query;
    struct grid grid;
    enum indicators_mode mode;
    uint32_t indicator; /* that chart and table are about; its metric is the pivot's */
    enum pivot_key pivot_key;
    struct figure_cells cells; /* of the pivot, where `turned` */
    bool turned;
    uint32_t turned_metric;
    enum pivot_key turned_key;
    struct arena *cells_arena;
    struct arena *chart; /* holds the figures of the chart, where `charted` is its indicator */
    const struct series_figure *charted_figures;
    size_t n_charted;
    uint32_t charted;    /* 0: none, or not read to the end */
    int64_t chart_until; /* clock_nanoseconds */
    struct arena *shown; /* what the mode shows: its rows and what they are made of */
    VECTOR(struct board_row) rows;
    struct sheet sheet;         /* of the cards */
    uint32_t cards[CARDS_MOST]; /* figures whose cards are shown */
    size_t n_cards;
};

/* What figures are read and joined with, read where they were not yet; NULL where they cannot be.
 */
const struct lexicons *indicators_lexicons(struct indicators *in);

/* board_*.c: make the rows of a mode for the view's width; false where there is nothing to show
 * (which was said). */
bool board_pivot(struct indicators *in);
bool board_chart(struct indicators *in);
bool board_table(struct indicators *in);
bool board_cards(struct indicators *in);

/* Goes on with the figures of pivot or chart while no key waits: REACT_VIEW where the rows are to
 * be made anew, or REACT_NONE. */
reaction board_idle(struct indicators *in);

/* The figures whose cards are shown, as text for a place's state: "12,15;". And back: returns the
 * bytes read, 0 where it is no such text. */
struct str cards_text(const struct indicators *in, struct arena *a);
size_t cards_read(struct indicators *in, struct str text);

/* An empty row at the end, to be filled. */
struct row *board_add(struct indicators *in, uint32_t indicator);

/* True where no Unicode blocks or lines are to be drawn. */
bool board_is_ascii(const struct indicators *in);

#endif
