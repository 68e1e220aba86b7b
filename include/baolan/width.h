/* How many terminal cells text takes: one function measures, one cuts, one pads.
 *
 * Text is drawn cluster by cluster: a character with the marks that combine with it. What a
 * terminal may draw in more than one way (a sequence of emoji, a variation selector, a flag) is
 * taken apart into what all terminals draw alike; what has no glyph (controls, private use,
 * unassigned) gets a visible stand-in of one cell; invisible format characters are left out. So the
 * cells counted here are the cells a terminal uses. */
#ifndef BAOLAN_WIDTH_H
#define BAOLAN_WIDTH_H

#include "baolan/buffer.h"

/* Characters of East Asian width "ambiguous" (“ ” — … ① ■ ─) take one cell in most terminals and
 * two in some. Narrow believes one; substitute draws others in their place that are one or two in
 * both (＂ -- .. (1) # -), so that the screen is in step with either kind. */
enum ambiguous { AMBIGUOUS_NARROW, AMBIGUOUS_SUBSTITUTE };

/* Cells of one code point: 0 combining or invisible, 1, 2; -1 where it has no glyph of its own
 * (control, surrogate, private use, unassigned). Agrees with glibc's wcwidth in C.UTF-8, but for
 * the soft hyphen, which is invisible here. */
int point_width(uint32_t point);

/* True where terminals disagree whether the character is one cell or two. */
bool point_is_ambiguous(uint32_t point);

/* What is drawn, measured and moved over as one. */
struct cluster {
    size_t start, end; /* bytes in the text */
    struct str draw;   /* the bytes to send: a view of the text, or a static string */
    unsigned cells;    /* that draw takes; 0 only where draw is empty. Where it is wider than two,
                          draw is ASCII, a cell a byte. */
};

/* The cluster at byte *at; moves *at past it. False at the end. Always advances. A TAB is one
 * space: who shows raw lines expands it. */
bool cluster_next(struct str text, size_t *at, enum ambiguous ambiguous, struct cluster *out);

/* Cells of text. */
size_t width_measure(struct str text, enum ambiguous ambiguous);

/* The longest beginning of text, in whole clusters, that is not wider than `cells`; *used (may be
 * NULL) is its width. */
struct str width_cut(struct str text, size_t cells, enum ambiguous ambiguous, size_t *used);

enum align { ALIGN_LEFT, ALIGN_RIGHT, ALIGN_CENTRE };

/* Appends text as it is drawn in exactly `cells` cells: spaces are added, or the end is cut off and
 * `…` (`..` with substitutes) stands in its last cells. */
void width_pad(struct buffer *out, struct str text, size_t cells, enum align align,
               enum ambiguous ambiguous);

#endif
