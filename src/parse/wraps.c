/* Wrapped lines: which are full, which begin a paragraph, and what they are told by. */
#include "parse/page.h"

bool strip_is_full(const struct strip *s)
{
    if (!s->wrapped)
        return false;
    bool letter_spaced = s->spaced * 10 > s->width * 13;
    return s->width + FULL_SLACK >= s->measure || (!letter_spaced && s->spaced + 2 >= s->measure);
}

enum { INDENT_CELLS = 4, MARK_CELLS = 2 };

/* The line under it, where it goes on with it; else NULL. */
static const struct strip *line_below(const struct page *p, const struct strip *s)
{
    const struct strip *next = s + 1;
    return next < p->strips.at + p->strips.n && next->kind == STRIP_TEXT && next->blanks == 0 &&
                   !next->column_start && next->measure == s->measure
               ? next
               : NULL;
}

/* The first line of a paragraph whose indent of two characters was lost: narrower by those. A long
 * figure that had no room makes a line as narrow; with an indent it would have been too wide. */
bool strip_is_first(const struct page *p, const struct strip *s)
{
    if (!p->lost_indents || !s->wrapped)
        return false;
    const struct strip *next = line_below(p, s);
    bool room = next != NULL && s->width + strip_first_cells(p, next) <= s->measure;
    if (s->ending == END_STOP) /* whose mark may stand past the column's edge */
        return room && next->ending != END_STOP && strip_is_full(next) && !strip_is_narrow(next) &&
               s->width + INDENT_CELLS <= s->measure + MARK_CELLS &&
               s->width + INDENT_CELLS > s->measure;
    bool hangs = s->ending == END_COMMA || s->ending == END_SEMICOLON;
    uint32_t extent = s->width + INDENT_CELLS - (hangs ? MARK_CELLS : 0);
    return strip_is_narrow(s) && (next == NULL || room || extent <= s->measure);
}

bool strip_is_indented(const struct strip *s)
{
    return s->indent >= 2 && s->indent <= 12;
}

bool strip_is_numbered(const struct strip *s)
{
    return s->ordinal.kind != ORDINAL_NONE && s->ordinal.kind != ORDINAL_LEAD;
}

uint32_t strip_first_cells(const struct page *p, const struct strip *s)
{
    struct str text = strip_words(p, s);
    size_t at = 0;
    uint32_t c = utf8_next(text, &at), cells = point_cells(c);
    if (point_is_opener(c))
        cells += point_cells(utf8_next(text, &at));
    bool word = point_is_digit(c) || point_is_latin(c);
    for (size_t after = at; at < text.n; at = after) {
        c = utf8_next(text, &after);
        bool joins = word && (point_is_digit(c) || point_is_latin(c) || c == '.' || c == '%');
        word = word && joins;
        if (!joins && !point_is_closer(c) && !point_is_stop(c) && c != 0xFF0C && c != 0x3001)
            break;
        cells += point_cells(c);
    }
    return cells;
}

bool strip_would_fit(const struct page *p, uint32_t extent, uint32_t measure, const struct strip *s)
{
    uint32_t cells = strip_first_cells(p, s);
    return p->exact ? extent + cells <= measure : extent + cells + 1 < measure;
}

/* A quotation or a work's name begins that does not end. */
bool text_has_open_quote(struct str text)
{
    int open = 0;
    for (size_t at = 0; utf8_skip_han(text, &at), at < text.n;) {
        uint32_t c = utf8_next(text, &at);
        open += (c == 0x201C || c == 0x300A) - (c == 0x201D || c == 0x300B); /* “” 《》 */
    }
    return open > 0;
}
