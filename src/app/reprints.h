/* Hits in near copies (同文): given once, with how often they are printed. */
#ifndef APP_REPRINTS_H
#define APP_REPRINTS_H

#include "baolan/search.h"

/* Leaves out each hit whose passage stands word for word in another article of the same near
 * copies that has a hit before it; the one that stays counts them (search_hit.copies). A document
 * whose hits all go is no group any more. */
enum status reprints_leave_out(struct store *s, struct arena *a, struct search_results *r,
                               struct error *e);

#endif
