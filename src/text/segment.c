#include "baolan/segment.h"

#include "baolan/utf8.h"

#include <unictype.h>

enum { LONGEST_RUN = 64 };

/* Kana, bopomofo and hangul syllables: each stands for itself, as Han characters do. */
static bool is_syllable(uint32_t c)
{
    return (c >= 0x3041 && c <= 0x30FF && c != 0x30FB) || (c >= 0x3105 && c <= 0x312F) ||
           (c >= 0x31F0 && c <= 0x31FF) || (c >= 0xAC00 && c <= 0xD7A3);
}

enum point_class point_class(uint32_t c)
{
    if (c < 0x80) {
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
            return CLASS_LETTER;
        if (c >= '0' && c <= '9')
            return CLASS_DIGIT;
        return point_is_space(c) ? CLASS_SPACE : CLASS_MARK;
    }
    if (point_is_han(c) || is_syllable(c))
        return CLASS_HAN;
    if (point_is_space(c))
        return CLASS_SPACE;
    if ((c >= 0x2000 && c < 0x2C00) || (c >= 0x3000 && c < 0x3040) || c == 0xFFFD)
        return CLASS_MARK;
    bool letter = uc_is_property_alphabetic(c) || uc_is_general_category(c, UC_CATEGORY_M);
    return letter ? CLASS_LETTER : CLASS_MARK;
}

bool segment_next(struct str folded, size_t *at, struct token *out)
{
    size_t next = *at, start = next;
    enum point_class kind = CLASS_MARK;
    while (next < folded.n) {
        start = next;
        kind = point_class(utf8_next(folded, &next));
        if (kind > CLASS_SPACE)
            break;
    }
    *at = next;
    if (kind <= CLASS_SPACE)
        return false;
    while (kind != CLASS_HAN && next < folded.n) {
        if (point_class(utf8_next(folded, &next)) != kind || next - start > LONGEST_RUN)
            break;
        *at = next;
    }
    *out = (struct token){str_sub(folded, start, *at), {start, *at}, kind};
    return true;
}

/* Writes the Han characters that stand from s[at] on, each behind a blank; moves past them. */
static size_t join_han(char *out, struct str s, size_t *at)
{
    const unsigned char *p = (const unsigned char *)s.p;
    size_t n = 0, i = *at;
    for (; i + 3 <= s.n; i += 3, n += 4) {
        /* U+4E00 to U+9FFF: nearly all. */
        bool han = p[i] == 0xE4 ? p[i + 1] >= 0xB8 : p[i] > 0xE4 && p[i] <= 0xE9;
        if (!han || ((p[i + 1] ^ 0x80) | (p[i + 2] ^ 0x80)) >= 0x40)
            break;
        out[n] = ' ';
        memcpy(out + n + 1, p + i, 3);
    }
    *at = i;
    return n;
}

struct str segment_join(struct arena *a, struct str source)
{
    struct str folded = fold_str(a, source);
    struct token token;
    /* A token of one byte has a blank before it. */
    char *out = arena_alloc(a, 2 * folded.n + 1);
    size_t n = 0, at = 0;
    do {
        n += join_han(out + n, folded, &at);
        if (!segment_next(folded, &at, &token))
            break;
        out[n++] = ' ';
        memcpy(out + n, token.text.p, token.text.n);
        n += token.text.n;
    } while (true);
    return n == 0 ? (struct str){"", 0} : (struct str){out + 1, n - 1};
}
