/* Figures as series: one metric of one subject over periods; and turned to a table of places or
 * subjects by years. Knows no store and no screen. */
#ifndef APP_SERIES_H
#define APP_SERIES_H

#include "baolan/buffer.h"
#include "baolan/document.h"
#include "baolan/map.h"

/* How a change runs: growth against the year before (also the yearly mean of a span), over a whole
 * span, or against the month, quarter or stand just before. Other kinds have the first. */
enum series_pace { PACE_YEAR, PACE_SPAN, PACE_RECENT };

/* One figure; strings are the caller's. */
struct series_figure {
    struct str metric;  /* joined over its spellings */
    struct str subject; /* empty where it is the region itself */
    struct str region, period;
    bool period_resolved;
    enum indicator_kind kind;
    struct decimal base; /* in base_unit */
    struct str base_unit;
    struct str text; /* as printed, with unit */
    bool target;
    enum series_pace pace;
    uint32_t home; /* the article that alone tells whose it is; 0: subject and region do */
    uint32_t id;   /* the caller's */
};

struct series_point {
    struct str period;
    const struct series_figure *actual, *target; /* either may be NULL */
    uint32_t others; /* further figures of the same period, from other places */
};

struct series {
    struct str metric, subject, region, base_unit;
    enum indicator_kind kind;
    enum series_pace pace;
    uint32_t home;                     /* 0: of figures of any article */
    const struct series_point *points; /* by period; those without one last */
    uint32_t n_points;
};

/* Divides n figures into series: same metric, subject, region, kind, base unit, pace and home,
 * those of most points first. Of several figures of one period the first stands; but where an
 * article gives one period two values of what only it tells the owner of, they are of several
 * owners, and each is alone. */
void series_divide(struct arena *a, const struct series_figure *figures, size_t n,
                   const struct series **out, size_t *count);

/* A bar of value / most in `cells` cells, by eighths of a cell (or `#` where ascii is set). A
 * negative value, a most of 0 and what is no number give an empty bar; a value too small to be
 * seen gives its thinnest mark. */
void series_bar(struct buffer *out, double value, double most, unsigned cells, bool ascii);

/* Where zero and the edges of a chart lie: the cells left of zero, where values below it go. Of
 * ranks the first has the longest bar. */
struct series_scale {
    double least, most; /* least <= 0 <= most */
    unsigned left, right;
    double last; /* of ranks one behind the last, which bars are drawn back from; else 0 */
};
struct series_scale series_scale(const struct series *s, unsigned cells);
/* True where two series differ by their place alone. */
bool series_compare(const struct series *a, const struct series *b);
/* The same of one of n series: those that differ from it by their place alone have its scale, so
 * that places compare. */
struct series_scale series_scale_among(const struct series *all, size_t n, const struct series *s,
                                       unsigned cells);

/* The value's bar on that scale, left + right cells wide with blanks. */
void series_draw(struct buffer *out, const struct series_scale *scale, double value, bool target,
                 bool ascii);

/* What a pivot's rows and columns are. Years that a period spans are those of its last: what was
 * reached in 2021/2025 stands under 2025. */
enum pivot_key { PIVOT_PLACE, PIVOT_SUBJECT, PIVOT_METRIC, PIVOT_PERIOD, PIVOT_YEAR };

struct pivot_cell {
    const struct series_figure *figure; /* NULL: no page says anything */
    struct str text;                    /* in the pivot's unit, or as printed; with the period where
                                           it is a part of the year */
    size_t n_value; /* bytes of text before that and before the mark of a target */
};

struct pivot {
    struct str subject, metric;       /* empty: of several */
    struct str unit;                  /* of all cells; empty: each says its own */
    const struct str *rows, *columns; /* labels; columns ascending */
    size_t n_rows, n_columns;
    const struct pivot_cell *cells; /* row by row */
};

/* Of figures that are given one by one those that series_pivot would show, of every kind: one a
 * cell. */
struct series_cells {
    struct arena *arena;
    enum pivot_key rows, columns;
    struct map cells; /* kind, row, column → number in `figures` */
    struct series_figure *figures;
    size_t n, room;
};
struct series_cells series_cells_in(struct arena *a, enum pivot_key rows, enum pivot_key columns);
/* True where it stands in its cell now: its strings are copied. */
bool series_cells_add(struct series_cells *c, const struct series_figure *f);

/* Turns the figures of a kind to a table of rows by columns; those without either are left out. Of
 * a cell's several figures one of the whole year stands before one of a part, an actual one before
 * a target, one of the place itself before one of something in it, then the first. */
void series_pivot(struct arena *a, const struct series_figure *figures, size_t n,
                  enum pivot_key rows, enum pivot_key columns, enum indicator_kind kind,
                  struct pivot *out);

/* A figure as a cell says it: without the unit where all have that one, with the part of the year
 * that it is of, and * behind a target. *n_value (may be NULL) is what of it is the value, in
 * bytes. */
struct str series_cell(struct arena *a, const struct series_figure *f, struct str unit,
                       size_t *n_value);

#endif
