/* Which encoding bytes are in, and whether they are text at all. */
#include "decode_detect.h"

#include "baolan/utf8.h"

/* How much of the beginning decides. */
enum { SAMPLE = 256 * 1024 };

struct signature {
    size_t at;
    struct str bytes;
    bool printable; /* the bytes alone could begin a text: only with a control near by */
};

static const struct signature signatures[] = {
    {0, STR_INIT("\x89PNG\r\n\x1a\n"), false},
    {0,
     STR_INIT("\x7f"
              "ELF"),
     false},
    {0, STR_INIT("%PDF-"), false},
    {0, STR_INIT("PK\x03\x04"), false},
    {0, STR_INIT("PK\x05\x06"), false},
    {0, STR_INIT("\xFF\xD8\xFF"), false},
    {0, STR_INIT("\x1F\x8B\x08"), false},
    {0,
     STR_INIT("\xFD"
              "7zXZ\0"),
     false},
    {0, STR_INIT("7z\xBC\xAF\x27\x1C"), false},
    {0, STR_INIT("\x28\xB5\x2F\xFD"), false},
    {0, STR_INIT("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), false},
    {0, STR_INIT("SQLite format 3\0"), false},
    {0, STR_INIT("\xCA\xFE\xBA\xBE"), false},
    {0, STR_INIT("II*\0"), false},
    {0, STR_INIT("MM\0*"), false},
    {0, STR_INIT("Rar!\x1A\x07"), false},
    {0, STR_INIT("BZh"), true},
    {0, STR_INIT("GIF87a"), true},
    {0, STR_INIT("GIF89a"), true},
    {0, STR_INIT("RIFF"), true},
    {0, STR_INIT("OggS"), true},
    {0, STR_INIT("ID3"), true},
    {0, STR_INIT("MZ"), true},
    {0, STR_INIT("BM"), true},
    {4, STR_INIT("ftyp"), true},
    {257, STR_INIT("ustar"), true},
};

/* Controls that no text has, whatever its encoding. */
static bool has_odd_control(struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c < 0x20 && (c < '\b' || c > '\r') && c != 0x1B && c != 0x1A)
            return true;
    }
    return false;
}

static bool known_binary(struct str bytes)
{
    for (size_t i = 0; i < sizeof signatures / sizeof *signatures; i++) {
        const struct signature *s = &signatures[i];
        if (str_eq(str_sub(bytes, s->at, s->at + s->bytes.n), s->bytes) &&
            (!s->printable || has_odd_control(str_sub(bytes, 0, 512))))
            return true;
    }
    return false;
}

/* Code units that Chinese text is made of. */
static bool usual_unit(uint32_t c)
{
    return (c >= 0x20 && c < 0x7F) || c == '\n' || c == '\r' || c == '\t' || c == '\f' ||
           (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x2010 && c <= 0x2026) ||
           (c >= 0x3000 && c <= 0x301F) || (c >= 0xFF01 && c <= 0xFF5E) || c == 0xA0 || c == 0xB7 ||
           (c >= 0x2460 && c <= 0x2473);
}

/* True where the bytes read as 16-bit units of this order make Chinese or Latin text. Two printable
 * ASCII bytes say nothing: as a unit they are a Han character in either order. */
static bool reads_as_utf16(struct str bytes, bool little)
{
    size_t usual = 0, unusual = 0, line_ends = 0;
    for (size_t i = 0; i + 1 < bytes.n; i += 2) {
        unsigned char a = (unsigned char)bytes.p[i], b = (unsigned char)bytes.p[i + 1];
        uint32_t unit = little ? (uint32_t)(b << 8 | a) : (uint32_t)(a << 8 | b);
        if (a >= 0x20 && a < 0x7F && b >= 0x20 && b < 0x7F)
            continue;
        if (usual_unit(unit))
            usual++;
        else
            unusual++;
        line_ends += unit == '\n' || unit == '\r';
    }
    size_t least = bytes.n % 2 == 0 ? 2 : 16;
    return usual >= least && usual + line_ends >= 9 * unusual;
}

struct counts {
    size_t pairs; /* characters of several bytes */
    size_t bad;   /* bytes that are none */
    size_t nuls, controls, total;
};

static struct counts count_utf8(struct str bytes)
{
    struct counts c = {0};
    for (size_t at = 0; at < bytes.n;) {
        size_t start = at;
        at = utf8_han_end(bytes, at); /* most of a Chinese text */
        c.total += (at - start) / 3;
        c.pairs += (at - start) / 3;
        if (at == bytes.n)
            break;
        start = at;
        uint32_t point = utf8_next(bytes, &at);
        c.total++;
        if (point == 0xFFFD && at - start == 1)
            c.bad++;
        else if (at - start >= 3)
            c.pairs++;
        else if (point == 0)
            c.nuls++;
        else if (point < 0x20 && (point < '\b' || point > '\r') && point != 0x1B && point != 0x1A)
            c.controls++;
    }
    return c;
}

static struct counts count_gb(struct str bytes)
{
    struct counts c = {0};
    for (size_t at = 0; at < bytes.n; c.total++) {
        size_t n = gb_length(bytes, at);
        if (n > 1)
            c.pairs++;
        else if ((unsigned char)bytes.p[at] >= 0x80)
            c.bad++;
        at += n;
    }
    return c;
}

size_t gb_length(struct str s, size_t at)
{
    const unsigned char *p = (const unsigned char *)s.p + at;
    size_t left = s.n - at;
    if (p[0] < 0x81 || p[0] == 0xFF || left < 2)
        return 1;
    if (p[1] >= 0x40 && p[1] != 0x7F && p[1] != 0xFF)
        return 2;
    if (p[1] >= '0' && p[1] <= '9' && left >= 4 && p[2] >= 0x81 && p[2] != 0xFF && p[3] >= '0' &&
        p[3] <= '9')
        return 4;
    return 1;
}

size_t decode_bom(struct str bytes, enum encoding *encoding)
{
    static const struct {
        struct str mark;
        enum encoding encoding;
    } marks[] = {
        {STR_INIT("\xEF\xBB\xBF"), ENCODING_UTF8},
        {STR_INIT("\xFF\xFE"), ENCODING_UTF16LE},
        {STR_INIT("\xFE\xFF"), ENCODING_UTF16BE},
        {STR_INIT("\x84\x31\x95\x33"), ENCODING_GB18030},
    };
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (str_starts(bytes, marks[i].mark)) {
            *encoding = marks[i].encoding;
            return marks[i].mark.n;
        }
    return 0;
}

enum encoding decode_detect(struct str bytes, bool *binary)
{
    *binary = known_binary(bytes);
    struct str sample = str_sub(bytes, 0, SAMPLE);
    /* A sample's end may cut a character. */
    size_t cut = sample.n < bytes.n ? 4 : 0;
    struct counts u = count_utf8(sample);
    if (u.bad <= cut && u.nuls == 0) {
        *binary = *binary || (u.controls >= 32 && u.controls * 4 > u.total);
        return ENCODING_UTF8;
    }
    if (!*binary && reads_as_utf16(sample, true))
        return ENCODING_UTF16LE;
    if (!*binary && reads_as_utf16(sample, false))
        return ENCODING_UTF16BE;
    size_t strange = u.nuls + u.controls;
    *binary = *binary || (strange >= 16 && strange * 10 > sample.n);
    /* Three bytes seldom form a character by chance. */
    if (u.pairs >= u.bad)
        return ENCODING_UTF8;
    struct counts g = count_gb(sample);
    if (g.bad <= 1 + cut || g.bad * 50 <= g.pairs)
        return ENCODING_GB18030;
    *binary = *binary || (strange >= 8 && (u.bad + strange) * 4 > sample.n);
    return ENCODING_UTF8;
}
