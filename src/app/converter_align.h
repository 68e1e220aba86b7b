/* Columns of a converted page. */
#ifndef APP_CONVERTER_ALIGN_H
#define APP_CONVERTER_ALIGN_H

#include "baolan/memory.h"

/* Text whose columns are aligned by characters (as `pdftotext -layout` prints them: a Han character
 * takes as much as a space) set anew so that they are aligned by cells. Pages are parted by form
 * feeds. The result lives in the arena. */
struct str converter_align(struct arena *a, struct str text);

#endif
