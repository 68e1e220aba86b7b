/* Pictures: what their texts say, told by who took them and by the gaps that pictures leave. Photo
 * news with a headline of its own is a piece, all else captions. */
#include "parse/page.h"

/* The words of strip s end with whose picture it is: …。 程全 摄, or are just that. *alone: the
 * latter. */
static bool ends_with_photographer(const struct page *p, const struct strip *s, bool *alone)
{
    struct str text = strip_text(p, s);
    if (s->kind != STRIP_TEXT && s->kind != STRIP_CAPTION && s->kind != STRIP_BYLINE)
        return false;
    size_t from = text.n;
    while (from > 0) {
        size_t at = from;
        uint32_t c = utf8_previous(text, &at);
        if (point_is_stop(c) || (point_is_closer(c) && c != 0xFF09))
            break;
        from = at;
    }
    *alone = from == 0;
    struct str credit = str_trim(str_sub(text, from, text.n));
    return credit.n > 0 && credit_line_kind(p, credit) == CREDIT_PHOTO;
}

/* The lines [from, to) of a picture's text, with a headline of their own over it (photo news) or
 * none (a caption of several lines). */
static void mark_picture(struct page *p, uint32_t from, uint32_t to, bool alone)
{
    struct strip *strips = p->strips.at, *first = &strips[from];
    uint32_t body = from;
    bool headed = strip_may_be_title(p, first) && first->commas == 0 && to - from >= 2u + alone &&
                  !strip_is_numbered(first) && first->ending == END_OPEN &&
                  (p->indents || first[1].wrapped || to - from == 2u + alone) &&
                  (p->indents ? strip_is_indented(first + 1) && !strip_is_indented(first)
                              : first->width + SHORT_BY <= strips[from + 1].width);
    if (headed)
        body++;
    bool indented = p->indents && strip_is_indented(&strips[body]);
    uint32_t title = headed ? from : from - 1;
    bool line_above = !headed && from > 0 && strips[title].kind == STRIP_TEXT &&
                      strip_may_be_title(p, &strips[title]) && strips[title].commas == 0 &&
                      !strip_is_numbered(&strips[title]) &&
                      (title == 0 || strips[title].blanks > 0 || strips[title - 1].blanks > 0);
    const struct strip *before = title > 0 ? &strips[title - 1] : NULL;
    bool breaks_in = !p->indents && line_above && before != NULL && before->kind == STRIP_TEXT &&
                     strips[title].blanks > 0 && strips[from].blanks > 0 && before->wrapped &&
                     (before->ending == END_OPEN || before->ending == END_COMMA);
    bool above = breaks_in || (line_above && indented && !strip_is_indented(&strips[title]));
    if (headed || above) {
        strips[title].kind = STRIP_TITLE;
        if (title > 0 && strips[title].blanks == 0 && strips[title - 1].kind == STRIP_TEXT &&
            strip_may_be_title(p, &strips[title - 1]) && strips[title - 1].blanks > 0)
            strips[title - 1].kind = STRIP_TITLE;
        for (uint32_t i = body; i < to; i++)
            strips[i].kind = STRIP_TEXT;
        if (alone)
            strips[to - 1].kind = STRIP_BYLINE;
        else
            strips[to - 1].ending = END_STOP;
        return;
    }
    bool under_head = from > 0 && (strips[from - 1].kind == STRIP_BYLINE ||
                                   strips[from - 1].kind == STRIP_SPEAKER);
    if (indented || under_head || (line_above && !p->indents)) /* which, the blocks tell */
        return;
    for (uint32_t i = from; i < to; i++) {
        strips[i].kind = STRIP_CAPTION;
        strips[i].continues = i > from;
    }
}

/* The short line over the few lines that end right above a photographer's own line `at`, where no
 * blank line parts them from the piece before; `at` where there is none. */
static uint32_t picture_head(const struct page *p, uint32_t at)
{
    enum { LINES_BACK = 7 };
    const struct strip *strips = p->strips.at;
    for (uint32_t i = at; i-- > 1 && at - i <= LINES_BACK && strips[i].kind == STRIP_TEXT;) {
        const struct strip *s = &strips[i], *before = s - 1;
        if (s[1].blanks > 0)
            return at;
        bool ended = before->ending == END_STOP || before->ending == END_BRACKET ||
                     before->kind != STRIP_TEXT ||
                     (s->blanks == 0 && before->stop == 0 && strip_may_be_title(p, before));
        if (i + 2 <= at && ended && strip_may_be_title(p, s) && s->commas == 0 && s[1].wrapped &&
            s->width + SHORT_BY <= s[1].measure && strip_is_full(&s[1]) && !strip_is_numbered(s))
            return i;
    }
    return at;
}

/* 采茶机在茶园作业。 past a gap that no paragraph leaves: one short sentence says what a picture
 * shows. */
static void mark_sentences_apart(struct page *p)
{
    enum { GAP_LEAST = 2, CELLS_MOST = 40, HAN_LEAST = 6 };
    for (uint32_t i = 1; i + 1 < p->strips.n && p->gap == 3; i++) {
        struct strip *s = &p->strips.at[i];
        const struct strip *before = s - 1;
        bool alone = s->blanks >= GAP_LEAST && s[1].blanks > 0 && s->stop == 0 &&
                     s->ending == END_STOP && s->commas == 0 && s->figures == 0;
        if (alone && s->kind == STRIP_TEXT && s->wrapped && s->width <= CELLS_MOST &&
            s->width + SHORT_BY <= s->measure && s->han >= HAN_LEAST && !s->begins_inside &&
            !s->ornament && s->ordinal.kind == ORDINAL_NONE && before->kind == STRIP_TEXT &&
            before->ending == END_STOP && !(p->indents && strip_is_indented(s)))
            s->kind = STRIP_CAPTION;
    }
}

/* A caption's first line above the one that names who took the picture: below a paragraph's short
 * last line it begins none, having no indent, and it is the wider of the two. */
static void mark_captions_above(struct page *p)
{
    bool alone;
    for (uint32_t i = 2; i < p->strips.n && p->indents; i++) {
        struct strip *s = &p->strips.at[i], *first = s - 1;
        const struct strip *before = s - 2;
        if (s->kind != STRIP_CAPTION || s->blanks > 0 || first->blanks > 0 ||
            first->kind != STRIP_TEXT || strip_is_indented(first) || first->width < s->width ||
            first->stop != 0 || first->ending != END_OPEN || before->kind != STRIP_TEXT ||
            before->ending != END_STOP || strip_is_full(before) ||
            !ends_with_photographer(p, s, &alone) || alone)
            continue;
        first->kind = STRIP_CAPTION;
        s->continues = true;
    }
}

/* What stands between blank lines and ends with …摄 is of a picture. */
static void mark_pictures(struct page *p)
{
    enum { LINES_MOST = 9 };
    for (uint32_t i = 0, end; i < p->strips.n; i = end) {
        const struct strip *strips = p->strips.at;
        bool sentence = false, alone = false;
        for (end = i + 1; end < p->strips.n && strips[end].blanks == 0; end++)
            if (strips[end].kind != STRIP_TEXT && strips[end].kind != STRIP_CAPTION) {
                end += strips[end].kind == STRIP_BYLINE;
                break;
            }
        for (uint32_t k = i; k < end && end - i <= LINES_MOST; k++)
            sentence = sentence || strips[k].stop != 0 || strips[k].ending == END_STOP;
        bool apart =
            (i == 0 || strips[i].blanks > 0) && (end >= p->strips.n || strips[end].blanks > 0);
        if (apart && sentence && (strips[i].kind == STRIP_TEXT || end - i > 1) &&
            end - i <= LINES_MOST && ends_with_photographer(p, &strips[end - 1], &alone))
            mark_picture(p, i, end, alone);
        else if (end - i > LINES_MOST && strips[end - 1].kind == STRIP_CAPTION &&
                 ends_with_photographer(p, &strips[end - 1], &alone) && alone &&
                 picture_head(p, end - 1) + 1 < end)
            mark_picture(p, picture_head(p, end - 1), end, alone);
    }
}

void page_find_pictures(struct page *p)
{
    mark_captions_above(p);
    mark_sentences_apart(p);
    mark_pictures(p);
}
