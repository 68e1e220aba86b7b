/* Numbered lines of a wrapped column: which are headings, which begin a paragraph. A line that is
 * full tells neither by itself; the lines nearest to it that have numbers of the same kind do. */
#include "parse/page.h"

enum {
    LEAD_MOST = 44 * 3, /* bytes of a run-in heading's words */
    LINE_MOST = 168,    /* cells of a heading on a line */
    PLAIN_MOST = 100,   /* the same where lines are not wrapped */
    STACKED_LEAST = 2   /* headings with a cross-head right under them, which make it a habit */
};

/* Whether strip i was ended, not wrapped: the word after it had room on it. */
static bool was_ended(const struct page *p, uint32_t i)
{
    const struct strip *s = &p->strips.at[i];
    if (i + 1 >= p->strips.n || !strip_is_full(s))
        return true;
    return strip_would_fit(p, s->width + (p->lost_indents ? 4u : s->indent), s->measure, s + 1);
}

static bool stands_before_text(const struct page *p, uint32_t i)
{
    const struct strip *next = i + 1 < p->strips.n ? &p->strips.at[i + 1] : NULL;
    return next != NULL && next->kind == STRIP_TEXT && !strip_is_numbered(next);
}

static enum number_shape shape_of(const struct page *p, uint32_t i)
{
    const struct strip *s = &p->strips.at[i];
    if (s->kind != STRIP_TEXT || !s->wrapped || !strip_is_numbered(s) ||
        s->ordinal.kind == ORDINAL_MARKDOWN)
        return SHAPE_NONE;
    if (s->stop != 0)
        return s->stop <= LEAD_MOST ? SHAPE_LEAD : SHAPE_TEXT;
    if (s->ending == END_STOP)
        return SHAPE_NONE;
    if (!stands_before_text(p, i) || was_ended(p, i))
        return s->ending == END_OPEN || s->ending == END_BRACKET ? SHAPE_LINE : SHAPE_NONE;
    return s->ending == END_COMMA || s->ending == END_SEMICOLON ? SHAPE_TEXT : SHAPE_FULL;
}

/* A heading's second line: no sentence, and ended before its column did. */
static bool is_second_line(const struct page *p, uint32_t i)
{
    const struct strip *s = &p->strips.at[i];
    return s->blanks == 0 && s->ending == END_OPEN && s->stop == 0 && !strip_is_first(p, s) &&
           !(p->indents && strip_is_indented(s)) && s->wrapped && s->han > 0 && was_ended(p, i) &&
           !text_has_open_quote(strip_words(p, s)) &&
           (s->width + SHORT_BY <= s->measure || s->commas <= 1);
}

void page_find_shapes(struct page *p)
{
    uint8_t last[ORDINAL_COUNT] = {0};
    for (uint32_t i = 0; i < p->strips.n; i++) {
        struct strip *s = &p->strips.at[i];
        s->shape = (uint8_t)shape_of(p, i);
        s->shape_before = last[s->ordinal.kind];
        p->stacked[s->ordinal.kind] += s->shape == SHAPE_LINE && stands_before_text(p, i) &&
                                       s[1].ordinal.kind == ORDINAL_NONE && s[1].blanks == 0 &&
                                       is_second_line(p, i + 1);
        if (s->shape != SHAPE_NONE)
            last[s->ordinal.kind] = s->shape;
    }
    memset(last, 0, sizeof last);
    for (uint32_t i = (uint32_t)p->strips.n; i-- > 0;) {
        struct strip *s = &p->strips.at[i];
        s->shape_after = last[s->ordinal.kind];
        if (s->shape != SHAPE_NONE)
            last[s->ordinal.kind] = s->shape;
    }
}

/* What the neighbours of a full line say it is: SHAPE_LINE, SHAPE_LEAD, SHAPE_TEXT or SHAPE_NONE.
 * That full lines 1. 2. 3. follow one another is no chance: then they begin paragraphs. */
static enum number_shape vote(const struct strip *s)
{
    enum number_shape before = (enum number_shape)s->shape_before;
    enum number_shape after = (enum number_shape)s->shape_after;
    bool item = s->ordinal.kind >= ORDINAL_ARABIC && s->ordinal.kind <= ORDINAL_CIRCLED;
    bool full = before == SHAPE_FULL || after == SHAPE_FULL;
    if (item && full && before != SHAPE_LINE && after != SHAPE_LINE)
        return SHAPE_TEXT;
    if (before == SHAPE_FULL || before == SHAPE_NONE)
        return after == SHAPE_FULL ? SHAPE_NONE : after;
    if (after == SHAPE_FULL || after == SHAPE_NONE || after == before)
        return before;
    return before == SHAPE_LINE || after == SHAPE_LINE ? SHAPE_NONE : SHAPE_TEXT;
}

/* Whether the lead of a numbered paragraph runs on into the lines below and stops there: one line,
 * or more where the column is narrow. */
static bool lead_runs_on(const struct page *p, uint32_t i)
{
    const struct strip *s = &p->strips.at[i];
    size_t own = s->end - s->start;
    uint32_t lines = s->measure <= 22 ? 3 : s->measure <= 30 ? 2 : 1;
    for (uint32_t k = i + 1; k < p->strips.n && k <= i + lines; k++) {
        const struct strip *next = &p->strips.at[k];
        if (next->kind != STRIP_TEXT || strip_is_numbered(next) ||
            (p->indents && strip_is_indented(next)) || (k > i + 1 && next->blanks > 0))
            return false;
        size_t stop = next->stop != 0            ? next->stop
                      : next->ending == END_STOP ? next->end - next->start
                                                 : 0;
        if (stop > 0 && next->stop == 0 && k == i + 1)
            return false;
        if (stop > 0)
            return own + stop <= LEAD_MOST && next->commas <= 3 &&
                   (stop <= 24 || k > i + 1 || !strip_is_first(p, next));
        if (k == i + 1 && strip_is_first(p, next))
            return false;
        own += next->end - next->start;
    }
    return false;
}

/* 7.“三大高地”：革命老区…: an item that defines its word; no heading. */
static bool defines(const struct page *p, const struct strip *s)
{
    struct str text = strip_words(p, s);
    size_t colon = str_find(text, STR("："), 0);
    bool item = s->ordinal.kind >= ORDINAL_ARABIC && s->ordinal.kind <= ORDINAL_CIRCLED;
    return item && colon != STR_NONE && colon > (size_t)s->ordinal.length + strlen("双字") &&
           utf8_count(str_sub(text, colon, text.n)) > 4;
}

/* The same for a full line that text follows. */
static bool full_line_is_heading(const struct page *p, uint32_t i, bool *two_lines)
{
    const struct strip *s = &p->strips.at[i], *next = s + 1;
    bool short_next = next->width + SHORT_BY <= next->measure || !next->wrapped;
    if (defines(p, s))
        return false;
    *two_lines = is_second_line(p, i + 1) && p->stacked[s->ordinal.kind] < STACKED_LEAST;
    if (*two_lines)
        return true;
    if (p->indents && strip_is_indented(next))
        return true;
    /* A sentence of two lines that stands alone: whether it heads what follows, sections tell. */
    bool alone = next->blanks == 0 && next->stop == 0 && next->ending == END_STOP &&
                 was_ended(p, i + 1) && s->end - s->start + (next->end - next->start) <= LEAD_MOST;
    if (alone && next->commas <= 2)
        return false;
    switch (vote(s)) {
    case SHAPE_TEXT:
        return false;
    case SHAPE_LINE:
        return true;
    case SHAPE_LEAD: {
        size_t stop = next->stop != 0            ? next->stop
                      : next->ending == END_STOP ? next->end - next->start
                                                 : 0;
        if (stop > 0 && s->end - s->start + stop <= LEAD_MOST)
            return false;
        break;
    }
    default:
        break;
    }
    if (lead_runs_on(p, i))
        return false;
    if (next->blanks == 0 && short_next && next->ending == END_OPEN && next->stop == 0)
        return true;
    /* Without a blank line or an indent, a lead of several lines looks the same: it has commas. */
    return next->blanks > 0 || p->lost_indents || p->indents || short_next || next->stop != 0 ||
           s->commas == 0 || next->commas == 0;
}

bool strip_is_heading(const struct page *p, uint32_t i, bool *two_lines)
{
    const struct strip *s = &p->strips.at[i];
    *two_lines = false;
    if (!s->wrapped && text_has_open_quote(strip_words(p, s)))
        return false;
    if (s->ending == END_COMMA && s->stop == 0 && strip_is_full(s) && stands_before_text(p, i) &&
        is_second_line(p, i + 1)) {
        *two_lines = true; /* 三、推动“十五五”开好局、 / 起好步 */
        return true;
    }
    if (s->stop != 0 || s->ending == END_COMMA || s->ending == END_SEMICOLON ||
        s->ending == END_STOP || s->width > LINE_MOST)
        return false;
    if (s->ending == END_COLON && s->width > 40)
        return false;
    if (!s->wrapped)
        return s->width <= PLAIN_MOST;
    if (!stands_before_text(p, i) || was_ended(p, i))
        return !text_has_open_quote(strip_words(p, s));
    return !p->strips.at[i + 1].begins_inside && full_line_is_heading(p, i, two_lines);
}
