#include "baolan/status.h"

#include "baolan/message.h"

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
    return translate(status < STATUS_COUNT ? names[status] : N_("unknown"));
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
    vsnprintf(e->message, sizeof e->message, translate(format), arguments);
    va_end(arguments);
    e->status = status;
    cut_at_character(e->message, sizeof e->message);
    drop_controls(e->message);
    return status;
}

/* strerror's own words for what a person meets: the C library's catalogue is seldom installed. */
static const char *errno_text(int number)
{
    static const struct {
        int number;
        const char *text;
    } TEXTS[] = {
        {ENOENT, N_("no such file or folder")},
        {ENOTDIR, N_("not a folder")},
        {EISDIR, N_("this is a folder")},
        {EACCES, N_("permission denied")},
        {EPERM, N_("not permitted")},
        {EROFS, N_("the file system is read-only")},
        {ENOSPC, N_("no space left on the device")},
        {EDQUOT, N_("your quota of disk space is used up")},
        {EFBIG, N_("the file is too large")},
        {EEXIST, N_("the file exists")},
        {EIO, N_("input/output error")},
        {ENOMEM, N_("out of memory")},
        {EMFILE, N_("too many open files")},
        {ENFILE, N_("too many open files")},
        {ENAMETOOLONG, N_("the name is too long")},
        {ELOOP, N_("too many symbolic links")},
        {EBUSY, N_("in use")},
        {EPIPE, N_("nobody reads what is written")},
        {EXDEV, N_("on another file system")},
        {EINVAL, N_("not possible here")},
    };
    for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++)
        if (TEXTS[i].number == number)
            return translate(TEXTS[i].text);
    return strerror(number);
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
    return error_set(e, status, "%s: %s", what, errno_text(number));
}
