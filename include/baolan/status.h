/* What a function that can fail returns, and the message that goes with it. */
#ifndef BAOLAN_STATUS_H
#define BAOLAN_STATUS_H

#include <stdarg.h>

/* One row a status: id, name as printed in diagnostics. */
#define STATUS_TABLE(X)                   \
    X(STATUS_OK, "ok")                    \
    X(STATUS_NOT_FOUND, "not found")      \
    X(STATUS_NO_MEMORY, "out of memory")  \
    X(STATUS_IO, "input/output error")    \
    X(STATUS_DENIED, "permission denied") \
    X(STATUS_NOT_TEXT, "not a text file") \
    X(STATUS_BAD_INPUT, "bad input")      \
    X(STATUS_DATABASE, "database error")  \
    X(STATUS_BUSY, "busy")                \
    X(STATUS_CORRUPT, "corrupt database") \
    X(STATUS_INTERRUPTED, "interrupted")  \
    X(STATUS_UNSUPPORTED, "not supported")

enum status {
#define X(id, name) id,
    STATUS_TABLE(X)
#undef X
        STATUS_COUNT
};

/* Filled by whatever fails first; a later error_set on a filled one adds nothing, so that the
 * message names the cause. The text is UTF-8, one line, without a final full stop. */
struct error {
    enum status status;
    char message[512];
};

#define ERROR_NONE ((struct error){STATUS_OK, ""})

/* Fills *e (which may be NULL) unless it is filled already; returns status, so that one can write
 * `return error_set(e, STATUS_IO, "%s: cannot be read", path);`. Control characters that come in
 * through arguments are replaced by '?'. */
enum status error_set(struct error *e, enum status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The same from errno: STATUS_DENIED for EACCES and EPERM, STATUS_NOT_FOUND for ENOENT and
 * ENOTDIR, STATUS_NO_MEMORY for ENOMEM, else STATUS_IO; strerror's text is appended. */
enum status error_set_errno(struct error *e, int number, const char *what);

/* The name of a status, a static string. */
const char *status_name(enum status status);

#endif
