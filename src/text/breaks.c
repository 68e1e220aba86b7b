#include "text/breaks.h"
#include "baolan/utf8.h"

#include <unilbrk.h>

static bool has_point(const uint32_t *list, size_t n, uint32_t c)
{
    for (size_t i = 0; i < n; i++)
        if (list[i] == c)
            return true;
    return false;
}

#define LISTED(list, c) has_point((list), sizeof(list) / sizeof *(list), (c))

bool break_is_closing(uint32_t c)
{
    static const uint32_t closing[] = {
        U'，', U'。', U'、', U'；', U'：', U'！', U'？', U'）', U'》', U'〉', U'」', U'』',
        U'】', U'〕', U'〗', U'］', U'｝', U'”',  U'’',  U'％', U'．', U',',  U';',  U':',
        U'!',  U'?',  U')',  U']',  U'}',  U'%',  U'‰',  U'…',  U'·',  U'・', U'℃',
    };
    return c != 0 && !point_is_han(c) && LISTED(closing, c);
}

bool break_is_opening(uint32_t c)
{
    static const uint32_t opening[] = {
        U'（', U'《', U'〈', U'「', U'『', U'【', U'〔', U'〖', U'［',
        U'｛', U'“',  U'‘',  U'(',  U'[',  U'{',  U'￥', U'＄', U'$',
    };
    return c != 0 && !point_is_han(c) && LISTED(opening, c);
}

bool break_is_stop(uint32_t c)
{
    return c == U'。' || c == U'！' || c == U'？' || c == U'；' || c == U'!' || c == U'?';
}

static bool is_range_mark(uint32_t c)
{
    return c == U'-' || c == U'–' || c == U'—' || c == U'~' || c == U'～' || c == U'－';
}

static bool is_multiplier(uint32_t c)
{
    return c == U'万' || c == U'亿' || c == U'千' || c == U'百';
}

/* Han numerals that a multiplier may follow: 五百万, 千万, 数亿. */
static bool is_han_digit(uint32_t c)
{
    static const uint32_t digits[] = {U'一', U'二', U'两', U'三', U'四', U'五', U'六', U'七',
                                      U'八', U'九', U'十', U'百', U'千', U'万', U'几', U'数'};
    return LISTED(digits, c);
}

/* A character as the rules see it, with its neighbours. */
struct spot {
    size_t at, after; /* bytes */
    uint32_t before, point;
};

/* UAX #14 takes “ ” and ‘ ’ for marks that may stand on either side and so parts nothing from them.
 * In Chinese they open and close. */
static void set_quotes(struct str text, const struct spot *s, unsigned char *breaks)
{
    if ((s->point == U'“' || s->point == U'‘') && s->at > 0) {
        bool after_word = point_is_han(s->before) || break_is_closing(s->before);
        if (after_word && s->before != U'·')
            breaks[s->at] = BREAK_FREE;
    }
    if (s->point == U'”' || s->point == U'’') {
        uint32_t next = utf8_at(text, s->after);
        if (point_is_han(next) || break_is_opening(next))
            breaks[s->after] = BREAK_FREE;
    }
}

/* Glues [from, to): a line ends inside only where it would else stay short. */
static void glue(unsigned char *breaks, size_t from, size_t to)
{
    for (size_t i = from + 1; i < to; i++)
        if (breaks[i] == BREAK_FREE)
            breaks[i] = BREAK_GLUED;
}

/* The end of the unit that follows a number at byte `at`: a word of the lexicon, else one Han
 * character, two where the first multiplies. */
static size_t unit_end(struct str text, size_t at, const struct lexicon *units)
{
    size_t end = at, word = at;
    if (utf8_at(text, at) == ' ')
        end++;
    uint32_t c = utf8_at(text, end);
    if (units != NULL && lexicon_match(units, text, end, &word) != NULL && word > end)
        return word;
    if (!point_is_han(c) && !break_is_closing(c))
        return at;
    utf8_next(text, &end);
    if (is_multiplier(c)) {
        size_t more = end;
        if (units != NULL && lexicon_match(units, text, end, &word) != NULL && word > end)
            return word;
        if (point_is_han(utf8_next(text, &more)))
            return more;
    }
    return end;
}

/* A number from byte `at`: digits with points and commas, ranges of years, 第 before and a unit
 * behind. Returns the byte where to go on. */
static size_t glue_number(struct str text, size_t at, uint32_t before, const struct lexicon *units,
                          unsigned char *breaks)
{
    size_t from = before == U'第' ? at - 3 : at, end = at;
    for (size_t next = at; next < text.n; end = next) {
        uint32_t c = utf8_next(text, &next);
        if (point_is_any_digit(c))
            continue;
        while (is_range_mark(c) && next < text.n)
            c = utf8_next(text, &next);
        if (c != '.' && c != ',' && !point_is_any_digit(c))
            break;
        if (!point_is_any_digit(utf8_at(text, next)) && !point_is_any_digit(c))
            break;
    }
    glue(breaks, from, unit_end(text, end, units));
    return end > at ? end : at;
}

/* The most bytes of a title that is kept whole: ten Han characters and its brackets. */
enum { TITLE_MAX = 36 };

static void glue_title(struct str text, size_t at, unsigned char *breaks)
{
    size_t end = str_find(str_sub(text, 0, at + TITLE_MAX), STR("》"), at);
    if (end != STR_NONE)
        glue(breaks, at, end);
}

static enum break_kind kind_of(char c)
{
    return c == UC_BREAK_POSSIBLE || c == UC_BREAK_MANDATORY || c == UC_BREAK_CR_BEFORE_LF
               ? BREAK_FREE
               : BREAK_NEVER;
}

const unsigned char *breaks_find(struct arena *a, struct str text, const struct lexicon *units)
{
    unsigned char *breaks = arena_array(a, unsigned char, text.n + 1);
    breaks[text.n] = BREAK_FREE;
    if (text.n == 0)
        return breaks;
    char *found = arena_alloc(a, text.n);
    /* The encoding's name makes ① ■ and their like break as Han characters do. */
    u8_possible_linebreaks((const uint8_t *)text.p, text.n, "GBK", found);
    for (size_t i = 0; i < text.n; i++)
        breaks[i] = (unsigned char)kind_of(found[i]);
    size_t numbered = 0;
    struct spot s = {0};
    for (; s.after < text.n; s.before = s.point) {
        s.at = s.after;
        s.point = utf8_next(text, &s.after);
        set_quotes(text, &s, breaks);
        if (s.at > 0 && (break_is_closing(s.point) || break_is_opening(s.before)) &&
            s.before != ' ' && s.before != '\n')
            breaks[s.at] = BREAK_NEVER;
        if (is_multiplier(s.point) && is_han_digit(s.before))
            glue(breaks, s.at - 3, unit_end(text, s.at, units));
        if (point_is_any_digit(s.point) && s.at >= numbered)
            numbered = glue_number(text, s.at, s.before, units, breaks);
        else if (s.point == U'《')
            glue_title(text, s.at, breaks);
    }
    return breaks;
}
