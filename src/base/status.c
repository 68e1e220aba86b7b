#include "baolan/status.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static const char *const names[STATUS_COUNT] = {
#define X(id, name) [id] = name,
    STATUS_TABLE(X)
#undef X
};

const char *status_name(enum status status)
{
    return status < STATUS_COUNT ? names[status] : "unknown";
}

/* Cuts a message that did not fit at a whole UTF-8 character. */
static void cut_at_character(char *message, size_t room)
{
    size_t n = strlen(message);
    if (n + 1 < room)
        return;
    while (n > 0 && ((unsigned char)message[n - 1] & 0xC0) == 0x80)
        n--;
    if (n > 0)
        message[n - 1] = '\0';
}

static void drop_controls(char *message)
{
    for (unsigned char *c = (unsigned char *)message; *c != '\0'; c++)
        if (*c < 0x20 || *c == 0x7F || (*c == 0xC2 && c[1] >= 0x80 && c[1] < 0xA0))
            *c = '?';
}

enum status error_set(struct error *e, enum status status, const char *format, ...)
{
    if (e == NULL || e->status != STATUS_OK)
        return status;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(e->message, sizeof e->message, format, arguments);
    va_end(arguments);
    e->status = status;
    cut_at_character(e->message, sizeof e->message);
    drop_controls(e->message);
    return status;
}

enum status error_set_errno(struct error *e, int number, const char *what)
{
    enum status status = STATUS_IO;
    if (number == EACCES || number == EPERM)
        status = STATUS_DENIED;
    else if (number == ENOENT || number == ENOTDIR)
        status = STATUS_NOT_FOUND;
    else if (number == ENOMEM)
        status = STATUS_NO_MEMORY;
    return error_set(e, status, "%s: %s", what, strerror(number));
}
