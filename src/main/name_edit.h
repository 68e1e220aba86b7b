/* Names put right from the command line: `baolan refs NAME --merge OTHER`. */
#ifndef MAIN_NAME_EDIT_H
#define MAIN_NAME_EDIT_H

#include "command_line.h"

/* True where the options ask for an edit. */
bool name_edit_is_asked(const struct invocation *i);
/* Makes it; kinds has a bit for each entity type that the name may be of, 0: all. The exit status.
 */
int name_edit_run(struct invocation *i, struct library *library, uint32_t kinds);

#endif
