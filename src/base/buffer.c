#include "baolan/buffer.h"

#include "baolan/vector.h"

#include <stdarg.h>
#include <stdio.h>

void buffer_reserve(struct buffer *b, size_t more)
{
    enum { LEAST = 64 };
    if (b->room - b->n > more)
        return;
    size_t wanted = b->n + more + 1;
    b->p = vector_grow_(b->arena, b->p, 1, &b->room, wanted < LEAST ? LEAST : wanted);
}

void buffer_add(struct buffer *b, struct str s)
{
    if (s.n == 0)
        return;
    buffer_reserve(b, s.n);
    memcpy(b->p + b->n, s.p, s.n);
    b->n += s.n;
}

void buffer_add_c(struct buffer *b, const char *c)
{
    buffer_add(b, str_of(c));
}

void buffer_add_point(struct buffer *b, uint32_t point)
{
    if (point > 0x10FFFF || (point >= 0xD800 && point < 0xE000))
        point = 0xFFFD;
    if (point < 0x80) {
        buffer_add_byte(b, (char)point);
        return;
    }
    int more = point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
    static const unsigned char lead[] = {0, 0xC0, 0xE0, 0xF0};
    buffer_add_byte(b, (char)(lead[more] | point >> 6 * more));
    while (more-- > 0)
        buffer_add_byte(b, (char)(0x80 | (point >> 6 * more & 0x3F)));
}

void buffer_printf(struct buffer *b, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    buffer_reserve(b, 0);
    size_t room = b->room - b->n;
    int n = vsnprintf(b->p + b->n, room, format, arguments);
    va_end(arguments);
    if (n > 0 && (size_t)n >= room) {
        buffer_reserve(b, (size_t)n);
        vsnprintf(b->p + b->n, (size_t)n + 1, format, again);
    }
    b->n += n > 0 ? (size_t)n : 0;
    va_end(again);
}

const char *buffer_c(struct buffer *b)
{
    buffer_reserve(b, 1);
    b->p[b->n] = '\0';
    return b->p;
}
