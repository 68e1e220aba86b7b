/* What is drawn in place of characters that are one cell in some terminals and two in others. */
#ifndef TEXT_SUBSTITUTE_H
#define TEXT_SUBSTITUTE_H

#include "baolan/str.h"

#include <stdint.h>

/* A static string for an ambiguous character, and the cells it takes. From a table; else the ASCII
 * of its compatibility decomposition (á → a, Ⅳ → IV is in the table); else `?`. */
struct str substitute_of(uint32_t point, unsigned *cells);

#endif
