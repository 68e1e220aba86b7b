/* Breaking prose into lines, as Chinese is set.
 *
 * No `，。、）》”` begins a line and no `（《“` ends one; a number stays with its unit, `第12号`,
 * `2024—2025年` and a short `《…》` stay whole where that does not leave a third of the line empty;
 * spaces at line ends are trimmed. Where nothing may break, a line breaks between any two clusters:
 * each line takes at least one, so that the work always ends. Positions are bytes of the text. */
#ifndef BAOLAN_LAYOUT_H
#define BAOLAN_LAYOUT_H

#include "baolan/lexicon.h"
#include "baolan/span.h"
#include "baolan/width.h"

/* The most cells of a line of prose, however wide the window: 40 Han characters. */
enum { LAYOUT_CELLS_MAX = 80 };

/* Text longer than this is laid out in parts of its own; see layout_part_end. Bytes. */
enum { LAYOUT_PART_MAX = 16384 };

struct layout_options {
    unsigned width;  /* cells of a line, at least 1 */
    unsigned indent; /* cells by which the first line is set in; less than width, or it is 0 */
    unsigned hang;   /* cells past width where closing marks may stand to save a line: 0 or 2 */
    enum ambiguous ambiguous;
    const struct lexicon *units; /* words that stay with the number before them; may be NULL */
};

/* text[start, end) is drawn, set in by indent; what lies between the end of a line and the start of
 * the next is white space. */
struct layout_line {
    size_t start, end;
    unsigned cells; /* of text[start, end): indent + cells <= width + hang, but for a line of one
                       cluster that is wider than the width itself */
    unsigned indent;
};

struct layout {
    const struct layout_line *lines;
    size_t n_lines;
};

/* Lays out text into lines in the arena; empty text has one empty line. A line feed ends a line.
 * Linear in text.n; memory is some bytes for each byte of text, so long text goes in parts. */
struct layout layout_text(struct arena *a, struct str text, const struct layout_options *options);

/* The line that byte `at` stands in (white space between lines belongs to the line before). */
size_t layout_line_at(const struct layout *layout, size_t at);

/* Where the part of a long text that begins at `from` ends: text.n where little is left, else after
 * the first end of a sentence in LAYOUT_PART_MAX/2 … LAYOUT_PART_MAX bytes, else at a character.
 * Depends on nothing but text and from, so that parts are the same at every width. */
size_t layout_part_end(struct str text, size_t from);

/* The sentence that begins at byte *at, with its closing marks and quotes and the white space
 * after it; moves *at past it. Empty at the end of the text. Stops are 。！？； and a line feed;
 * a stop within brackets or quotes ends a sentence only where what closes them all follows it. */
struct span sentence_next(struct str text, size_t *at);

#endif
