#include "baolan/status.h"

#include "baolan/message.h"

#include <errno.h>
#include <stdbool.h>
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

/* Bytes of the UTF-8 character that begins at c, and its code point; 0 where it is none. */
static int character(const unsigned char *c, unsigned *point)
{
    static const unsigned least[] = {0, 0, 0x80, 0x800, 0x10000};
    int n = *c < 0x80 ? 1 : *c >= 0xF0 ? 4 : *c >= 0xE0 ? 3 : 2;
    if ((*c >= 0x80 && *c < 0xC2) || *c > 0xF4)
        return 0;
    *point = n == 1 ? *c : *c & (0xFFu >> (n + 1));
    for (int i = 1; i < n; i++) {
        if ((c[i] & 0xC0) != 0x80)
            return 0;
        *point = *point << 6 | (c[i] & 0x3Fu);
    }
    return *point < least[n] || *point > 0x10FFFF ? 0 : n;
}

/* What a terminal obeys, or what turns about or hides what stands beside it. */
static bool is_control(unsigned c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xAD || c == 0x61C ||
           (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || (c >= 0xD800 && c < 0xE000);
}

static void drop_controls(char *message)
{
    unsigned char *to = (unsigned char *)message;
    for (const unsigned char *c = to; *c != '\0';) {
        unsigned point = 0;
        int n = character(c, &point);
        if (n == 0 || is_control(point)) {
            *to++ = '?';
            c += n == 0 ? 1 : n;
            continue;
        }
        while (n-- > 0)
            *to++ = *c++;
    }
    *to = '\0';
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
