#include "parse/plain.h"
#include "baolan/buffer.h"
#include "baolan/fold.h"
#include "baolan/utf8.h"

/* The plain form of a character; 0 where it is dropped. */
static uint32_t plain_point(uint32_t c)
{
    if (c < 0x80)
        return c;
    if (c >= 0xFF01 && c <= 0xFF5E)
        return c - 0xFEE0;
    switch (c) {
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2212:
    case 0xFE63:
        return '-';
    case 0x223C:
    case 0x301C:
        return '~';
    case 0x2236:
    case 0xFE55:
        return ':';
    case 0xFF0C:
        return ',';
    case 0xFF61:
        return U'。';
    case 0x200B:
    case 0xFEFF:
        return 0;
    /* Folding takes these for 复, 着, 了, 借, 干; in simplified text they stand for themselves:
     * 覆盖, 显著, 瞭望, 慰藉, 乾隆. */
    case U'覆':
    case U'著':
    case U'瞭':
    case U'藉':
    case U'乾':
        return c;
    default:
        return fold_han(c);
    }
}

static bool is_word(uint32_t c)
{
    return point_is_digit(c) || point_is_latin(c);
}

void plain_prose(struct arena *a, struct str prose, struct plain *out)
{
    vector_reserve(a, &out->bytes, prose.n + 1);
    vector_reserve(a, &out->map, prose.n + 1);
    char *bytes = out->bytes.at;
    uint32_t *map = out->map.at;
    size_t n = 0;
    uint32_t previous = 0;
    bool space = false;
    uint32_t space_at = 0;
    for (size_t i = 0; i < prose.n;) {
        size_t at = i;
        if ((unsigned char)prose.p[i] >= 0x80)
            fold_skip_plain_han(prose, &i);
        if (i > at) {
            space = false;
            previous = U'一'; /* whichever it is: no word of Latin letters, no dash */
            memcpy(bytes + n, prose.p + at, i - at);
            for (; at < i; at += 3, n += 3)
                map[n] = map[n + 1] = map[n + 2] = (uint32_t)at;
            continue;
        }
        uint32_t point = utf8_next(prose, &i);
        uint32_t c = plain_point(point);
        if (c == 0)
            continue;
        if (point_is_space(c) && c != '\t') {
            if (!space)
                space_at = (uint32_t)at;
            space = true;
            continue;
        }
        if (space && is_word(previous) && is_word(c)) {
            map[n] = space_at;
            bytes[n++] = ' ';
        }
        space = false;
        /* One em dash between figures is a range; two are punctuation. */
        if (c == 0x2014 && previous != 0x2014 && utf8_at(prose, i) != 0x2014)
            c = '-';
        previous = c;
        if (c < 0x80) {
            map[n] = (uint32_t)at;
            bytes[n++] = (char)c;
            continue;
        }
        size_t length = c == point ? i - at : utf8_write(c, bytes + n);
        for (size_t k = 0; k < length; k++) {
            if (c == point)
                bytes[n + k] = prose.p[at + k];
            map[n + k] = (uint32_t)at;
        }
        n += length;
    }
    map[n] = (uint32_t)prose.n;
    out->text = (struct str){bytes, n};
    out->at = map;
}

struct str plain_printed(struct arena *a, const struct plain *f, struct str prose, size_t start,
                         size_t end)
{
    if (start >= end)
        return (struct str){prose.p, 0};
    size_t from = f->at[start], to = f->at[end - 1];
    utf8_next(prose, &to);
    struct str printed = str_sub(prose, from, to);
    bool spaced = false;
    for (size_t i = 0; utf8_skip_han(printed, &i), i < printed.n && !spaced;)
        if ((unsigned char)printed.p[i] > ' ' && (unsigned char)printed.p[i] < 0x80)
            i++;
        else
            spaced = point_is_space(utf8_next(printed, &i));
    if (!spaced)
        return printed;
    struct buffer clean = buffer_in(a);
    for (size_t i = 0; i < printed.n;) {
        uint32_t c = utf8_next(printed, &i);
        if (!point_is_space(c))
            buffer_add_point(&clean, c);
    }
    return buffer_str(&clean);
}
