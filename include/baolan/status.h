/* What a function that can fail returns, and the message that goes with it. */
#ifndef BAOLAN_STATUS_H
#define BAOLAN_STATUS_H

#include "baolan/message.h"

#include <stdarg.h>

/* One row a status: id, name as a message has it. */
#define STATUS_TABLE(X)                       \
    X(STATUS_OK, N_("ok"))                    \
    X(STATUS_NOT_FOUND, N_("not found"))      \
    X(STATUS_NO_MEMORY, N_("out of memory"))  \
    X(STATUS_IO, N_("input/output error"))    \
    X(STATUS_DENIED, N_("permission denied")) \
    X(STATUS_NOT_TEXT, N_("not a text file")) \
    X(STATUS_BAD_INPUT, N_("bad input"))      \
    X(STATUS_DATABASE, N_("database error"))  \
    X(STATUS_BUSY, N_("busy"))                \
    X(STATUS_CORRUPT, N_("corrupt database")) \
    X(STATUS_INTERRUPTED, N_("interrupted"))  \
    X(STATUS_UNSUPPORTED, N_("not supported"))

enum status {
#define X(id, name) id,
    STATUS_TABLE(X)
#undef X
        STATUS_COUNT
};

/* Filled by whatever fails first; a later error_set on a filled one adds nothing, so that the
 * message names the cause. The text is UTF-8, one line, in the language of
 * messages, without a final full stop. */
struct error {
    enum status status;
    char message[512];
};

#define ERROR_NONE ((struct error){STATUS_OK, ""})

/* Fills *e (which may be NULL) unless it is filled already, with the format translated (message.h;
 * the catalogue finds a literal here by itself); returns status, so that one can write
 * `return error_set(e, STATUS_IO, "%s: cannot be read", path);`. Control characters that come in
 * through arguments are replaced by '?'. */
enum status error_set(struct error *e, enum status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The same from errno: STATUS_DENIED for EACCES and EPERM, STATUS_NOT_FOUND for ENOENT and
 * ENOTDIR, STATUS_NO_MEMORY for ENOMEM, else STATUS_IO; the system's words for it are appended. */
enum status error_set_errno(struct error *e, int number, const char *what);

/* Leaves a function that returns a status with the one that an expression gives, unless that is
 * STATUS_OK. */
#define TRY(expression)                  \
    do {                                 \
        enum status try_ = (expression); \
        if (try_ != STATUS_OK)           \
            return try_;                 \
    } while (0)

/* The name of a status, translated. */
const char *status_name(enum status status);

#endif
