/* Restricted use, as an administrator sets it for a server: no other program is run, and nothing is
 * written outside the home folder. The option `restricted` tells; once it is yes, nothing lifts it.
 */
#ifndef APP_RESTRICT_H
#define APP_RESTRICT_H

#include "baolan/options.h"
#include "baolan/status.h"

/* False, with *e filled, where other programs may not be run. */
bool restrict_may_run(const struct options *o, struct error *e);

/* False, with *e filled, where a file may not be written at an absolute path: it is not below the
 * home folder that the system's accounts tell (the environment could tell another), links
 * followed. */
bool restrict_may_write(const struct options *o, const char *path, struct error *e);

#endif
