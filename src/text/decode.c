/* Bytes to clean text, zero-copy where nothing changes.
 *
 * UTF-8 is scanned once for the first byte that may not stay; only from there on is it copied. The
 * other encodings are read character by character; GB18030 goes through iconv in chunks that end
 * between characters, into room that was measured before iconv_open, so that no allocation can fail
 * while its descriptor is open. */
#include "baolan/decode.h"

#include "baolan/utf8.h"
#include "baolan/vector.h"
#include "decode_detect.h"

#include <errno.h>
#include <iconv.h>

enum {
    CHUNK = 8 * 1024,       /* bytes of GB18030 a call of iconv */
    ANCHOR_EVERY = 4 * 1024 /* bytes of text in a long line */
};

/* A point that may not pass. */
static bool forbidden(uint32_t c)
{
    if (c < 0xA0)
        return (c < 0x20 && c != '\t' && c != '\n' && c != '\f') || c >= 0x7F;
    return c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x2028 && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069);
}

/* Where the run of points that may stay ends: the first byte at or after `at` that is a CR, a
 * control, the start of a forbidden point or of none. */
static size_t clean_run(struct str s, size_t at)
{
    const unsigned char *p = (const unsigned char *)s.p;
    while (at < s.n) {
        at = utf8_han_end(s, at); /* most of a Chinese text, none of it forbidden */
        unsigned char c = at < s.n ? p[at] : 0;
        if (at == s.n) {
            return at;
        } else if (c >= 0x20 && c < 0x7F) {
            at++;
        } else if (c == '\n' || c == '\t' || c == '\f') {
            at++;
        } else {
            size_t next = at;
            uint32_t point = utf8_next(s, &next);
            bool invalid = (point == 0xFFFD && next - at == 1) ||
                           (point >= 0xD800 && point < 0xE000) || point > 0x10FFFF ||
                           (next - at == 3 && point < 0x800) || (next - at == 4 && point < 0x10000);
            if (invalid || forbidden(point))
                return at;
            at = next;
        }
    }
    return at;
}

struct writer {
    struct arena *arena;
    struct decoded *out;
    char *text;
    size_t n;
    VECTOR(struct decode_anchor) anchors;
};

static void anchor(struct writer *w, size_t source, bool same)
{
    struct decode_anchor a = {w->n, source, same};
    if (w->anchors.n > 0 && vector_last(&w->anchors).text == w->n)
        vector_last(&w->anchors) = a;
    else
        vector_push(w->arena, &w->anchors, a);
}

static void put_replacement(struct writer *w)
{
    memcpy(w->text + w->n, "\xEF\xBF\xBD", 3);
    w->n += 3;
    w->out->replaced++;
}

static void finish(struct writer *w)
{
    w->out->text = (struct str){w->text, w->n};
    w->out->anchors = w->anchors.at;
    w->out->n_anchors = w->anchors.n;
}

/* Bytes that the text of s from `at` on takes at most. */
static size_t utf8_room(struct str s, size_t at)
{
    size_t room = s.n - at;
    while ((at = clean_run(s, at)) < s.n) {
        room += 2;
        at++;
    }
    return room;
}

static void decode_utf8(struct writer *w, size_t start)
{
    struct str source = w->out->source;
    size_t at = clean_run(source, start);
    if (start > 0)
        anchor(w, start, true);
    if (at == source.n) {
        struct str rest = str_sub(source, start, source.n);
        w->out->text = rest;
        w->out->anchors = w->anchors.at;
        w->out->n_anchors = w->anchors.n;
        return;
    }
    w->text = arena_alloc(w->arena, utf8_room(source, start));
    for (size_t from = start;;) {
        memcpy(w->text + w->n, source.p + from, at - from);
        w->n += at - from;
        if (at == source.n)
            break;
        size_t next = at;
        uint32_t point = utf8_next(source, &next);
        if (point == '\r') {
            next += next < source.n && source.p[next] == '\n';
            w->text[w->n++] = '\n';
        } else {
            if (point != 0xFFFD && !forbidden(point))
                next = at + 1; /* an overlong form or a surrogate */
            w->out->nuls += point == 0 && next > at;
            put_replacement(w);
        }
        if (next - at != (point == '\r' ? 1 : 3))
            anchor(w, next, true);
        from = next;
        at = clean_run(source, from);
    }
    finish(w);
}

/* Bytes of the UTF-16 character at byte at. */
static size_t utf16_length(struct str s, size_t at, bool little)
{
    if (s.n - at < 2)
        return 1;
    size_t high = little ? 1 : 0;
    if (((unsigned char)s.p[at + high] & 0xFC) != 0xD8 || s.n - at < 4 ||
        ((unsigned char)s.p[at + 2 + high] & 0xFC) != 0xDC)
        return 2;
    return 4;
}

static size_t source_length(enum encoding encoding, struct str s, size_t at)
{
    if (encoding == ENCODING_GB18030)
        return gb_length(s, at);
    return utf16_length(s, at, encoding == ENCODING_UTF16LE);
}

static uint32_t unit_at(struct str s, size_t at, bool little)
{
    unsigned char a = (unsigned char)s.p[at], b = (unsigned char)s.p[at + 1];
    return little ? (uint32_t)(b << 8 | a) : (uint32_t)(a << 8 | b);
}

/* The point of the UTF-16 character of n bytes at byte at; FORBIDDEN_POINT where there is none. */
enum { FORBIDDEN_POINT = 0x110000 };
static uint32_t utf16_point(struct str s, size_t at, size_t n, bool little)
{
    if (n == 1)
        return FORBIDDEN_POINT;
    uint32_t unit = unit_at(s, at, little);
    if (n == 4)
        return 0x10000 + ((unit & 0x3FF) << 10) + (unit_at(s, at + 2, little) & 0x3FF);
    return unit >= 0xD800 && unit < 0xE000 ? FORBIDDEN_POINT : unit;
}

/* Writes the point that source[at, at + n) stands for. A CR becomes LF; the LF after it is passed
 * over. */
static void put_point(struct writer *w, uint32_t point, size_t at, size_t n, bool *after_return)
{
    bool second_half = point == '\n' && *after_return;
    *after_return = point == '\r';
    if (second_half) {
        anchor(w, at + n, false);
        return;
    }
    if (w->anchors.n == 0 || w->n - vector_last(&w->anchors).text >= ANCHOR_EVERY)
        anchor(w, at, false);
    if (point == '\r')
        point = '\n';
    if (point >= FORBIDDEN_POINT || forbidden(point)) {
        w->out->nuls += point == 0;
        put_replacement(w);
    } else {
        w->n += utf8_write(point, w->text + w->n);
    }
    if (point == '\n')
        anchor(w, at + n, false);
}

static void decode_utf16(struct writer *w, size_t start)
{
    struct str s = w->out->source;
    bool little = w->out->encoding == ENCODING_UTF16LE, after_return = false;
    w->text = arena_alloc(w->arena, (s.n - start) / 2 * 3 + 3);
    for (size_t at = start; at < s.n;) {
        size_t n = utf16_length(s, at, little);
        put_point(w, utf16_point(s, at, n, little), at, n, &after_return);
        at += n;
    }
    finish(w);
}

/* Converts a run of whole GB18030 characters; what iconv does not know becomes U+FFFD, one a
 * character. Returns the bytes written. */
static size_t convert_gb(iconv_t converter, struct str run, char *out, size_t room)
{
    char *from = (char *)(uintptr_t)run.p, *to = out;
    size_t left = run.n;
    while (left > 0) {
        if (converter != (iconv_t)-1 && iconv(converter, &from, &left, &to, &room) != (size_t)-1)
            break;
        struct str rest = {from, left};
        size_t n = gb_length(rest, 0);
        bool ascii = n == 1 && (unsigned char)*from < 0x80;
        size_t written = utf8_write(ascii ? (unsigned char)*from : 0xFFFD, to);
        from += n;
        left -= n;
        to += written;
        room -= written;
    }
    return (size_t)(to - out);
}

/* Bytes of text and anchors that s takes at most from `at` on. */
static void measure_gb(struct str s, size_t at, size_t *room, size_t *lines)
{
    *room = 0;
    *lines = 0;
    while (at < s.n) {
        unsigned char c = (unsigned char)s.p[at];
        size_t n = gb_length(s, at);
        *lines += c == '\n' || c == '\r';
        *room += n == 1 && c >= 0x20 && c < 0x7F ? 1 : n == 4 ? 4 : 3;
        at += n;
    }
}

/* False where the C library has no converter. */
static bool decode_gb(struct writer *w, size_t start)
{
    struct str s = w->out->source;
    size_t room, lines;
    bool after_return = false;
    measure_gb(s, start, &room, &lines);
    w->text = arena_alloc(w->arena, room + 4);
    vector_reserve(w->arena, &w->anchors, lines + room / ANCHOR_EVERY + 4);
    iconv_t converter = iconv_open("UTF-8", "GB18030");
    if (converter == (iconv_t)-1)
        return false;
    for (size_t at = start; at < s.n;) {
        char buffer[CHUNK * 3 + 16];
        size_t end = at;
        while (end < s.n && end - at < CHUNK)
            end += gb_length(s, end);
        struct str text = {buffer,
                           convert_gb(converter, str_sub(s, at, end), buffer, sizeof buffer)};
        for (size_t i = 0; i < text.n && at < end;) {
            size_t n = gb_length(s, at);
            uint32_t point = utf8_next(text, &i);
            put_point(w, point == 0xFFFD ? FORBIDDEN_POINT : point, at, n, &after_return);
            at += n;
        }
        at = end;
    }
    iconv_close(converter);
    finish(w);
    return true;
}

enum status decode(struct arena *a, struct str bytes, enum encoding wanted, struct decoded *out,
                   struct error *e)
{
    enum encoding marked = ENCODING_AUTO;
    size_t start = decode_bom(bytes, &marked);
    *out = (struct decoded){.source = bytes, .encoding = wanted};
    if (wanted != ENCODING_AUTO && marked != wanted)
        start = 0;
    if (wanted == ENCODING_AUTO && start > 0)
        out->encoding = marked;
    if (out->encoding == ENCODING_AUTO) {
        bool binary;
        out->encoding = decode_detect(bytes, &binary);
        if (binary)
            return error_set(e, STATUS_NOT_TEXT, "this is not a text file");
    }
    out->bom = start > 0;
    struct writer w = {.arena = a, .out = out};
    if (out->encoding == ENCODING_UTF8)
        decode_utf8(&w, start);
    else if (out->encoding != ENCODING_GB18030)
        decode_utf16(&w, start);
    else if (!decode_gb(&w, start))
        return error_set(e, STATUS_UNSUPPORTED, "the system has no converter for GB18030");
    return STATUS_OK;
}

size_t decode_source_offset(const struct decoded *d, size_t at)
{
    if (at >= d->text.n)
        return d->source.n;
    if (d->n_anchors == 0)
        return at;
    if (at < d->anchors[0].text)
        return at < d->anchors[0].source ? at : d->anchors[0].source;
    size_t low = 0, high = d->n_anchors;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (d->anchors[middle].text <= at)
            low = middle;
        else
            high = middle;
    }
    size_t limit = high < d->n_anchors ? d->anchors[high].source : d->source.n;
    size_t source = d->anchors[low].source, text = d->anchors[low].text;
    if (d->anchors[low].same) {
        source += at - text;
        return source < limit ? source : limit;
    }
    while (text < at && source < limit) {
        size_t next = text;
        utf8_next(d->text, &next);
        if (next > at)
            break;
        text = next;
        source += source_length(d->encoding, d->source, source);
    }
    return source < limit ? source : limit;
}

enum encoding encoding_named(struct str name)
{
    static const struct {
        const char *name;
        enum encoding encoding;
    } names[] = {
        {"auto", ENCODING_AUTO},       {"utf8", ENCODING_UTF8},       {"utf16", ENCODING_UTF16LE},
        {"utf16le", ENCODING_UTF16LE}, {"utf16be", ENCODING_UTF16BE}, {"gb18030", ENCODING_GB18030},
        {"gbk", ENCODING_GB18030},     {"gb2312", ENCODING_GB18030},  {"cp936", ENCODING_GB18030},
        {"euccn", ENCODING_GB18030},
    };
    char plain[16];
    size_t n = 0;
    for (size_t i = 0; i < name.n; i++) {
        char c = name.p[i];
        if (c == '-' || c == '_' || c == ' ')
            continue;
        if (n + 1 >= sizeof plain)
            return ENCODING_COUNT;
        plain[n++] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
    }
    plain[n] = '\0';
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(plain, names[i].name) == 0)
            return names[i].encoding;
    return ENCODING_COUNT;
}

const char *encoding_name(enum encoding encoding)
{
    static const char *const names[] = {
#define X(id, name) [id] = name,
        ENCODING_TABLE(X)
#undef X
    };
    return encoding < ENCODING_COUNT ? names[encoding] : "";
}
