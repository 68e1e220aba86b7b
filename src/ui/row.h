/* One row of a view: runs of text, each with a role and perhaps a link. Views build rows; the
 * frame lays them out, so no view knows where on the screen it stands. */
#ifndef UI_ROW_H
#define UI_ROW_H

#include "baolan/layout.h"
#include "baolan/vector.h"
#include "baolan/width.h"
#include "ui/role.h"

#include <stdint.h>

#define NO_LINK UINT32_MAX

struct run {
    struct str text;
    enum role role;
    uint32_t link; /* a number that the view knows, or NO_LINK */
};

/* Lives for one painting, as everything allocated in its arena. */
struct row {
    struct arena *arena;
    enum ambiguous ambiguous; /* how characters of ambiguous width are drawn */
    VECTOR(struct run) runs;
    int width;  /* cells used so far */
    int cursor; /* the cell where the hardware cursor stands when the row has the focus */
};

static inline struct row row_in(struct arena *a, enum ambiguous ambiguous)
{
    return (struct row){.arena = a, .ambiguous = ambiguous};
}

/* Adds text, which must live until the painting's end. */
void row_add(struct row *r, enum role role, struct str text);
void row_add_link(struct row *r, enum role role, struct str text, uint32_t link);
/* The same from printf, into the row's arena. */
void row_printf(struct row *r, enum role role, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Spaces up to the given cell; nothing where the row is already there. */
void row_pad(struct row *r, int to);
/* A column: text cut to `width` cells (with … at the cut) or padded to it. */
void row_column(struct row *r, enum role role, struct str text, int width, enum align align);

/* The lines that a row takes where it is longer than `width` cells, set as prose is; of one that
 * fits, one. Lines after the first stand ROW_HANG cells in. Positions are bytes of the row's runs
 * as one text. In the row's arena. */
enum { ROW_HANG = 2 };
struct layout row_lines(const struct row *r, int width);
/* The part of a row that is such a line. */
struct row row_part(const struct row *r, const struct layout_line *line);

#endif
