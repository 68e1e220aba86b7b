/* Files that cannot be used, put beside where they stood: nothing of another's, and nothing that
 * may still be read, is deleted. */
#ifndef BAOLAN_STORE_ASIDE_H
#define BAOLAN_STORE_ASIDE_H

#include "baolan/memory.h"

/* Renames the database at path, with its journal, to PATH.WORD-DATE-TIME, a name that nothing has;
 * *to (in the arena) tells it. */
enum status set_aside(struct arena *a, const char *path, const char *word, const char **to,
                      struct error *e);

/* A free name PATH.WORD-DATE-TIME. */
const char *aside_name(struct arena *a, const char *path, const char *word);

/* Copies a file and its WAL to a name that nothing has, for the person alone. */
enum status copy_database(struct arena *a, const char *from, const char *to, struct error *e);

#endif
