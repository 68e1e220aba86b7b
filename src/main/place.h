/* Where something stands, as the command line prints it: FILE:LINE, a link where the terminal has
 * such, and the page. */
#ifndef MAIN_PLACE_H
#define MAIN_PLACE_H

#include "baolan/memory.h"
#include "baolan/str.h"

#include <stdint.h>

/* Between the two, what is printed leads to the file (OSC 8 of terminals that are known to have
 * it, by their own variables; FORCE_HYPERLINK=1 or 0 says so for others). Both print nothing where
 * standard output is no terminal. path is absolute. */
void link_begin(struct str path);
void link_end(void);

/* FILE:LINE and the page, without a line's end. line 0: not known; page 0: none. */
void print_place(struct str path, uint32_t line, uint32_t page);

/* The same as lines of at most `width` cells with `indent` cells before each, divided after a
 * slash where there is one, and with the last line's end. */
void print_place_within(struct arena *a, struct str path, uint32_t line, uint32_t page,
                        size_t indent, size_t width);

#endif
