/* Watching a library's folders: a thread that tells when something in them may have changed. */
#ifndef APP_WATCH_H
#define APP_WATCH_H

#include "baolan/memory.h"

#include <stdbool.h>

struct watch;

/* Starts watching the roots (folders, with all below them, or files) on a thread of its own. With
 * inotify a folder takes one watch, however many files stand in it; where there is no inotify, on
 * file systems of the network, for folders past what the system gives watches for, and for all
 * where `ask` is set, news comes at intervals instead, of 1 second at first and of 15 later, and
 * who hears it looks. STATUS_OK also where a root is not there. */
enum status watch_start(const struct str *roots, size_t n, bool ask, struct watch **out,
                        struct error *e);

/* Readable when there is news. For poll(). */
int watch_descriptor(const struct watch *w);

/* True where something may have changed since the last call. Empties the descriptor. */
bool watch_take(struct watch *w);

/* True where news comes at intervals, for a part of the folders or all: nothing tells of them. */
bool watch_asks(const struct watch *w);

/* Ends the thread and frees the watch; NULL is allowed. */
void watch_stop(struct watch *w);

#endif
