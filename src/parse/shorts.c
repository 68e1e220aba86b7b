/* Short lines that are no paragraphs: headlines told by what stands under or above them,
 * cross-heads, lines of forms, lists of figures. */
#include "parse/page.h"

enum {
    CLAUSE_MOST = 52,  /* cells of a heading with a comma */
    CLAUSES_LEAST = 3, /* short lines with commas that make them headings */
    SHORT_MOST = 84    /* cells of a headline that stands on one line */
};

/* 您提出的《关于…的 / 提案》收悉。: a 《 that the next line closes inside a sentence. */
static bool leaves_title_open(const struct page *p, const struct strip *s)
{
    struct str text = strip_text(p, s);
    if (!strip_may_have(s, STR("《")))
        return false;
    size_t open = str_find_last(text, STR("《"));
    const struct strip *next = s + 1;
    if (open == STR_NONE || str_has(str_sub(text, open, text.n), STR("》")) ||
        next >= p->strips.at + p->strips.n)
        return false;
    bool sentence = next->stop != 0 || next->ending == END_STOP || next->ending == END_COLON ||
                    next->ending == END_COMMA;
    return sentence && str_has(strip_text(p, next), STR("》"));
}

/* 科技创新如何“破圈”？委员支招: a line apart that asks, and names who answers. */
static bool asks_as_title(const struct page *p, const struct strip *s)
{
    size_t at = s->stop;
    uint32_t mark = utf8_previous(strip_text(p, s), &at);
    return (mark == 0xFF1F || mark == 0xFF01) && s->commas == 0 && s->ending == END_OPEN &&
           !s->wrapped && (s == p->strips.at || s->blanks > 0);
}

bool strip_may_be_title(const struct page *p, const struct strip *s)
{
    if (s->kind != STRIP_TEXT || (s->stop != 0 && !asks_as_title(p, s)) || s->width > SHORT_MOST ||
        s->begins_inside)
        return false;
    if (s->ending == END_COMMA || s->ending == END_COLON || s->ending == END_SEMICOLON)
        return false;
    if (strip_opens_with(p, s, "news") != NULL || leaves_title_open(p, s))
        return false;
    uint32_t last = 0;
    size_t end = s->end - s->start;
    last = utf8_previous(strip_text(p, s), &end);
    return last != 0x3002;
}

bool strip_is_box_label(const struct page *p, const struct strip *s)
{
    struct str text = strip_words(p, s);
    size_t marks = ornament_length(p, text);
    struct str inner = str_trim(str_sub(text, marks, text.n));
    if (str_starts(inner, STR("【")) || str_starts(inner, STR("[")))
        return false;
    const struct lexicon_entry *e = lexicon_find(p->marks, inner);
    return e != NULL && lexicon_flag(e, "box");
}

/* 注释：, 附件: the heading of a part of the same piece. */
static bool is_part_label(const struct page *p, const struct strip *s)
{
    const struct lexicon_entry *e = lexicon_find(p->marks, strip_words(p, s));
    return e != NULL && lexicon_flag(e, "part");
}

static bool begins_with_dash(const struct page *p, const struct strip *s)
{
    uint32_t c = utf8_at(strip_text(p, s), 0);
    return c == 0x2014 || c == 0x2015 || c == 0x2500;
}

/* 老旧小区改造： over the other line of its headline. */
static bool is_colon_line(const struct page *p, uint32_t i)
{
    enum { COLON_CELLS = 40 };
    const struct strip *s = &p->strips.at[i];
    bool opens = i == 0 || s->blanks > 0 || s[-1].kind == STRIP_FURNITURE;
    return opens && s->kind == STRIP_TEXT && s->ending == END_COLON && s->stop == 0 &&
           s->commas == 0 && s->width <= COLON_CELLS &&
           (s[1].blanks == 0 || (s[1].blanks == 1 && (i == 0 || s[-1].kind == STRIP_FURNITURE))) &&
           strip_opens_with(p, s, "salute") == NULL;
}

/* Headlines above a byline or speaker: up to four lines back to the end of the text before. */
static void mark_titles_above(struct page *p, uint32_t at)
{
    struct strip *strips = p->strips.at;
    uint32_t n = 0, han = 0;
    for (uint32_t i = at; i-- > 0 && n < 5;) {
        struct strip *s = &strips[i];
        if (s->kind == STRIP_DROP || s->kind == STRIP_FURNITURE)
            continue;
        bool line = strip_may_be_title(p, s) || (n > 0 && is_colon_line(p, i));
        if (!line || strip_is_numbered(s) || strip_is_box_label(p, s) ||
            (p->indents && strip_is_indented(s) && strips[at].indent == 0 && s->wrapped))
            break;
        /* A full line that runs on from an unfinished one is the end of a paragraph. */
        const struct strip *before = i > 0 ? &strips[i - 1] : NULL;
        bool runs_on = before != NULL && before->kind == STRIP_TEXT && s->blanks == 0 &&
                       s->wrapped && strip_is_full(s) && strip_is_full(before) &&
                       before->commas > 0 && before->ending != END_STOP &&
                       before->ending != END_COLON;
        runs_on = runs_on && !begins_with_dash(p, before);
        runs_on = runs_on || (before != NULL && before->kind == STRIP_TEXT && s->blanks == 0 &&
                              before->stop != 0 && before->ending == END_OPEN);
        /* So is one with a comma that a gap parts from the headline's other lines. */
        runs_on = runs_on || (n > 0 && s->wrapped && strip_is_full(s) && s->commas > 0 &&
                              s->ending == END_OPEN && s[1].blanks > 0);
        han += s->han;
        if (han > 90 || runs_on)
            break;
        s->kind = STRIP_TITLE;
        n++;
        /* Gaps of a picture or of the page end a headline. */
        if (begins_with_dash(p, s))
            continue; /* a subtitle has its headline above it, whatever the gap */
        if (s->blanks >= p->gap)
            break;
        if (s->blanks > 0 && i > 0 && strips[i - 1].kind == STRIP_TEXT &&
            strips[i - 1].blanks >= p->gap)
            break;
    }
}

/* Whether line `at`, that the line `next` follows, fills its column though it may be a headline's:
 * a paragraph's first line looks so unless what is below begins anew. */
static bool may_be_first_line(const struct page *p, const struct strip *s, const struct strip *next)
{
    if (next->blanks > 0 || s->measure == 0 || s->width + SHORT_BY <= s->measure)
        return false;
    bool anew =
        p->indents ? strip_is_indented(next) && !strip_is_indented(s) : strip_is_first(p, next);
    bool two_lines =
        strip_may_be_title(p, next) && next->commas == 0 && next->width + SHORT_BY <= next->measure;
    return !anew && !two_lines;
}

/* A byline that opens its piece: the lines under it, up to the first sentence, are the headline. */
static void mark_titles_below(struct page *p, uint32_t at, bool body_before)
{
    struct strip *strips = p->strips.at;
    for (uint32_t i = at + 1, n = 0; i < p->strips.n && n < 3; i++, n++) {
        struct strip *s = &strips[i];
        const struct strip *next = i + 1 < p->strips.n ? s + 1 : NULL;
        if (!strip_may_be_title(p, s) || s->commas > 0 || strip_is_numbered(s) || next == NULL ||
            next->begins_inside || (n > 0 && (s->blanks > 0 || s->width + SHORT_BY > s->measure)) ||
            (n == 0 && body_before && may_be_first_line(p, s, next)))
            return;
        if (n > 0 && s->measure == 0)
            return;
        s->kind = STRIP_TITLE;
        strips[at].opens = true;
        if (next->blanks > 0)
            return;
    }
}

/* A byline between two pieces, none of whose headlines stands right above it: it opens the one
 * below where it stands nearer to it, or as near on a page whose first byline opens its piece. */
static bool opens_piece(const struct page *p, uint32_t i, bool first_opens)
{
    const struct strip *s = &p->strips.at[i], *before = s - 1, *next = s + 1;
    if (i == 0 || i + 1 >= p->strips.n || s->blanks == 0 || strip_is_bracketed(p, s))
        return false;
    bool ended = before->kind != STRIP_TEXT || before->ending == END_STOP;
    return ended && (next->blanks < s->blanks || (first_opens && next->blanks == s->blanks));
}

/* Whether the line under a whole byline holds more of its names: names, or the rest of one. */
static bool goes_on_names(const struct page *p, struct str byline, const struct strip *next)
{
    size_t at = byline.n;
    utf8_previous(byline, &at);
    bool half = at > 0 && point_is_space((unsigned char)byline.p[at - 1]); /* 记者 陆青 王 */
    enum credit_line kind = strip_credit(p, next);
    return next->han <= 4 &&
           (half || next->han == 1 || kind == CREDIT_NAMES || kind == CREDIT_BYLINE);
}

/* A byline that its column's width broke: read with the line under it, it is one. */
static void join_bylines(struct page *p)
{
    enum { LINES_MOST = 3 };
    for (uint32_t i = 0; i + 1 < p->strips.n; i++) {
        struct strip *s = &p->strips.at[i];
        bool may = (s->kind == STRIP_TEXT && s->ornament) || s->kind == STRIP_BYLINE;
        if (!may || s->stop != 0 || s->ending != END_OPEN || s->commas > 1)
            continue;
        struct str whole = strip_words(p, s);
        for (uint32_t k = i + 1; k < p->strips.n && k < i + LINES_MOST; k++) {
            struct strip *next = &p->strips.at[k];
            if (next->blanks > 0 || next->kind != STRIP_TEXT || next->stop != 0 ||
                next->ending != END_OPEN || next->ornament || next->width > s->width + FULL_SLACK ||
                next->ordinal.kind != ORDINAL_NONE ||
                (s->kind == STRIP_BYLINE && !goes_on_names(p, whole, next)))
                break;
            whole = str_printf(p->arena, "%.*s%.*s", STR_ARG(whole), STR_ARG(strip_words(p, next)));
            enum credit_line kind = credit_line_kind(p, whole);
            if (kind != CREDIT_BYLINE && kind != CREDIT_PHOTO)
                continue;
            s->kind = STRIP_BYLINE;
            for (uint32_t line = i + 1; line <= k; line++) {
                p->strips.at[line].kind = STRIP_BYLINE;
                p->strips.at[line].continues = true;
            }
            i = k;
            break;
        }
    }
}

/* 秦石: a name alone, or two or three. */
static bool is_names_alone(const struct page *p, const struct strip *s)
{
    enum { NAMES_CELLS = 22 };
    return s->width <= NAMES_CELLS && s->han >= 2 && s->figures == 0 && s->ending == END_OPEN &&
           !s->begins_inside && s->ordinal.kind == ORDINAL_NONE && !s->ornament &&
           (s->han <= 4 || s->gaps > 0) && strip_credit(p, s) == CREDIT_NAMES;
}

/* 青石 under the headline of 短评: a commentary is signed with a pen name too. */
static bool is_pen_name(const struct page *p, uint32_t i)
{
    enum { NAME_MOST = 4, TITLE_LEAST = 10 };
    const struct strip *s = &p->strips.at[i];
    return i >= 2 && s->han >= 2 && s->han <= NAME_MOST && s->width == 2u * s->han &&
           s[-1].width >= TITLE_LEAST && strip_is_box_label(p, s - 2);
}

/* 云泽市统计局, 秦石 between a headline that nothing stands over and its text: who signs the piece.
 */
static void mark_issuers(struct page *p)
{
    enum { TITLE_LEAST = 10 };
    for (uint32_t i = 1; i + 1 < p->strips.n; i++) {
        struct strip *s = &p->strips.at[i];
        const struct strip *title = s - 1, *next = s + 1;
        bool two_lines = i >= 2 && title[-1].kind == STRIP_TEXT &&
                         strip_may_be_title(p, title - 1) && title[-1].commas == 0 &&
                         (i == 2 || title[-1].blanks > 0);
        bool heads = i == 1 || two_lines || title->blanks > 0 ||
                     title[-1].kind == STRIP_FURNITURE || title[-1].kind == STRIP_DROP ||
                     strip_is_box_label(p, title - 1) ||
                     text_is_rubric(p, strip_words(p, title - 1));
        bool ended = !s->wrapped || s->width + SHORT_BY <= s->measure;
        if (s->kind != STRIP_TEXT || s->blanks > 0 || !heads || !ended ||
            !(head_is_issuer(p, s) || is_pen_name(p, i) ||
              (title->width >= TITLE_LEAST && is_names_alone(p, s))) ||
            !strip_may_be_title(p, title) || title->commas > (title->blanks > 0) ||
            next->kind != STRIP_TEXT || strip_is_numbered(title) ||
            (next->stop == 0 && !strip_is_full(next)))
            continue;
        s->kind = STRIP_BYLINE;
    }
}

/* 本报讯 under a line that is no sentence: that is its headline. */
static bool opens_news(const struct page *p, uint32_t i)
{
    enum { TITLE_CELLS = 60 };
    const struct strip *s = &p->strips.at[i];
    const struct lexicon_entry *e = strip_opens_with(p, s, "news");
    return e != NULL && lexicon_flag(e, "start") && s[-1].kind == STRIP_TEXT &&
           s[-1].width <= TITLE_CELLS && strip_may_be_title(p, s - 1);
}

/* 关于…的调研 with a blank line above it, in which nothing stands open: the title of a paper. */
static bool is_paper_title(const struct page *p, uint32_t i)
{
    const struct strip *s = &p->strips.at[i], *next = s + 1;
    struct str text = strip_words(p, s);
    if (s->kind != STRIP_TEXT || i + 1 >= p->strips.n || !str_starts(text, STR("关于")) ||
        (s->blanks == 0 && !s->column_start) || s->ending != END_OPEN || s->commas > 0 ||
        word_at_end(p->marks, text, "title") == NULL || !strip_may_be_title(p, s))
        return false;
    bool ended = i == 0 || s[-1].kind != STRIP_TEXT || s[-1].ending == END_STOP;
    bool parted = next->blanks > 0 || strip_is_first(p, next) ||
                  (p->indents && strip_is_indented(next) && !strip_is_indented(s));
    bool prose = next->commas > 0 || strip_is_full(next) || !strip_may_be_title(p, next);
    return ended && next->kind == STRIP_TEXT && parted && prose;
}

/* A headline stands over byline i, or over the other lines of the byline right above it. */
static bool has_title_above(const struct page *p, uint32_t i)
{
    const struct strip *strips = p->strips.at;
    while (i > 0 && strips[i].blanks == 0 && strips[i - 1].kind == STRIP_BYLINE)
        i--;
    return i > 0 && strips[i - 1].kind == STRIP_TITLE;
}

/* （作者系…） / headline / name: below the note that signs a piece the next one begins. */
static bool begins_signed_piece(const struct page *p, uint32_t i)
{
    enum { NAME_CELLS = 10 };
    const struct strip *s = &p->strips.at[i], *name = s + 1;
    if (i == 0 || i + 2 >= p->strips.n || s[-1].kind != STRIP_BYLINE || s->blanks == 0 ||
        !strip_is_bracketed(p, s - 1) || !strip_may_be_title(p, s) || strip_is_numbered(s))
        return false;
    return name->kind == STRIP_TEXT && name->blanks == 0 && name->width <= NAME_CELLS &&
           name[1].blanks > 0 && strip_credit(p, name) == CREDIT_NAMES;
}

static void mark_titles(struct page *p)
{
    bool body_before = false, first_opens = false, first = true;
    for (uint32_t i = 0; i < p->strips.n; i++) {
        struct strip *s = &p->strips.at[i];
        if (s->kind == STRIP_TEXT && (s->stop != 0 || s->ending == END_STOP))
            body_before = true;
        if (is_paper_title(p, i))
            s->kind = STRIP_TITLE;
        if (begins_signed_piece(p, i)) {
            s->kind = STRIP_TITLE;
            s[1].kind = STRIP_BYLINE;
        }
        bool news = s->kind == STRIP_TEXT && i > 0 && opens_news(p, i);
        if (s->kind != STRIP_BYLINE && s->kind != STRIP_SPEAKER && !news)
            continue;
        if (!news || s[-1].kind == STRIP_TEXT)
            mark_titles_above(p, i);
        if (news)
            continue;
        bool titled = has_title_above(p, i);
        if (!titled && s->kind == STRIP_BYLINE && !s->continues &&
            (!body_before || opens_piece(p, i, first_opens)))
            mark_titles_below(p, i, body_before);
        first_opens = first ? s->opens : first_opens;
        first = first && s->kind != STRIP_BYLINE;
        body_before = false;
    }
}

bool strip_is_bracketed(const struct page *p, const struct strip *s)
{
    uint32_t c = utf8_at(strip_text(p, s), 0);
    return (c == 0xFF08 || c == '(') && s->ending == END_BRACKET;
}

/* 案由：…, 界    别：文化艺术: a label of a form and its value on a line. */
static bool is_field(const struct page *p, const struct strip *s)
{
    enum { LABEL_MOST = 7 };
    struct str text = strip_text(p, s);
    size_t han = 0;
    if (s->kind != STRIP_TEXT || s->wrapped)
        return false;
    for (size_t at = 0; at < text.n && han <= LABEL_MOST;) {
        uint32_t c = utf8_next(text, &at);
        if (c == 0xFF1A || c == ':')
            return han >= 2;
        han += point_is_han(c);
        if (!point_is_han(c) && !point_is_space(c))
            return false;
    }
    return false;
}

/* Fields stand in a row: one alone is a headline with a colon. */
bool strip_is_form_line(const struct page *p, uint32_t i)
{
    const struct strip *s = &p->strips.at[i];
    bool above = i > 0 && s->blanks == 0 && is_field(p, s - 1);
    bool below = i + 1 < p->strips.n && s[1].blanks == 0 && is_field(p, s + 1);
    return is_field(p, s) && (above || below);
}

/* 2026年1月31日在…会议上: when a report was given, on a line or on two. */
static bool is_dateline(const struct page *p, uint32_t i)
{
    const struct strip *s = &p->strips.at[i];
    struct str text = strip_words(p, s);
    if (s->commas > 0 || s->stop != 0 || !text_is_dateline(text))
        return false;
    if (!strip_is_full(s) || str_ends(text, STR("上")) || str_ends(text, STR("）")))
        return true;
    const struct strip *next = i + 1 < p->strips.n ? s + 1 : NULL;
    struct str rest = next == NULL ? (struct str){NULL, 0} : strip_words(p, next);
    return next != NULL && next->blanks == 0 && !strip_is_full(next) &&
           (str_ends(rest, STR("上")) || str_ends(rest, STR("）")));
}

/* A headline that its column's width broke: a full line and a short one without a sentence, above
 * what is no text or past a blank line. */
static bool is_broken_title(const struct page *p, uint32_t i)
{
    const struct strip *s = &p->strips.at[i], *next = s + 1;
    if (i + 1 >= p->strips.n || !s->wrapped || s->commas > 0 || !strip_is_full(s) ||
        next->blanks > 0 || !strip_may_be_title(p, next) || strip_is_full(next) || next->commas > 0)
        return false;
    return i + 2 >= p->strips.n || next[1].blanks > 0 || next[1].kind == STRIP_FURNITURE ||
           next[1].kind == STRIP_BYLINE;
}

/* A clause with a comma between another line of a headline and a long paragraph. */
static bool is_clause_of_head(const struct page *p, uint32_t i)
{
    const struct strip *s = &p->strips.at[i], *before = s - 1, *next = s + 1;
    if (i == 0 || i + 1 >= p->strips.n || s->width > CLAUSE_MOST || s->ending != END_OPEN)
        return false;
    bool below = (before->kind == STRIP_SHORT || before->kind == STRIP_TITLE) && s->blanks <= 1;
    return below && next->kind == STRIP_TEXT && next->width > SHORT_MOST && !next->begins_inside;
}

/* A line set in the middle of an indented column, at the head of a page or under another such. */
static bool is_centred(const struct page *p, uint32_t i)
{
    enum { INDENT_LEAST = 6 };
    const struct strip *s = &p->strips.at[i];
    bool head = p->blocks.n == 0 || vector_last(&p->blocks).kind == BLOCK_FURNITURE ||
                (s[-1].kind == STRIP_SHORT && s[-1].indent >= INDENT_LEAST);
    return p->indents && s->indent >= INDENT_LEAST && head && s->commas == 0;
}

/* 如何破解“用工难”？: a headline that asks or calls, at the head of a page, under another of its
 * lines or over a subtitle. */
static bool calls_out(const struct page *p, uint32_t i, const struct strip *open)
{
    enum { CALL_CELLS = 44 };
    const struct strip *s = &p->strips.at[i], *before = s - 1, *next = s + 1;
    struct str text = strip_words(p, s);
    if (open != NULL || s->width > CALL_CELLS || s->commas > 1 || i + 1 >= p->strips.n ||
        word_at_start(p->marks, text, "salute") != NULL)
        return false;
    bool head = p->blocks.n == 0 || vector_last(&p->blocks).kind == BLOCK_FURNITURE;
    bool under = i > 0 && ((before->kind == STRIP_SHORT && s->blanks == 0) ||
                           (strip_is_box_label(p, before) && next->blanks > 0));
    return head || under || begins_with_dash(p, next);
}

/* The line under it goes on with what it fills its column with: ——这五年，… */
static bool is_first_line(const struct page *p, uint32_t i)
{
    const struct strip *s = &p->strips.at[i], *next = s + 1;
    uint32_t extent = s->width + (p->lost_indents ? 4u : s->indent);
    return i + 1 < p->strips.n && s->wrapped && next->blanks == 0 && next->kind == STRIP_TEXT &&
           !(p->indents && strip_is_indented(next)) && extent + FULL_SLACK >= s->measure;
}

/* “稳”字打底： / 老厂有了新订单: a cross-head of two lines, the first of which leads over to the
 * other, between blank lines. */
static bool leads_cross_head(const struct page *p, uint32_t i, const struct strip *open)
{
    enum { LINE_CELLS = 32, HAN_LEAST = 4 };
    const struct strip *s = &p->strips.at[i], *next = s + 1;
    bool ended = open == NULL || open->ending == END_STOP || open->ending == END_BRACKET;
    if (!ended || i + 2 >= p->strips.n || s->blanks == 0 || !is_colon_line(p, i) ||
        s->han < HAN_LEAST || strip_is_numbered(s) || strip_is_form_line(p, i))
        return false;
    struct str text = strip_words(p, s);
    utf8_previous(text, &text.n);
    return next->width <= LINE_CELLS && next->han >= HAN_LEAST && strip_may_be_title(p, next) &&
           next->commas == 0 && !strip_is_numbered(next) && next[1].blanks > 0 &&
           next[1].kind == STRIP_TEXT && word_at_end(p->marks, text, "announce") == NULL &&
           lexicon_find(p->proposals, text) == NULL &&
           (!next->wrapped || next->width + SHORT_BY <= next->measure);
}

/* A line of a wrapped column between blank lines, after a sentence's end: a paragraph would go on
 * under it. */
static bool stands_alone(const struct page *p, const struct strip *s, const struct strip *next,
                         const struct strip *open)
{
    enum { HAN_LEAST = 5 };
    bool ended = open == NULL || open->ending == END_STOP || open->ending == END_BRACKET;
    if (!ended || next == NULL || (s->blanks == 0 && !s->column_start) || next->blanks == 0 ||
        p->stray_blanks || s->ending != END_OPEN || next->kind != STRIP_TEXT || next->begins_inside)
        return false;
    return s->han >= HAN_LEAST;
}

/* Whether the text of an unwrapped or short line is a unit that sentences do not make. */
bool strip_is_short(const struct page *p, uint32_t i, const struct strip *open)
{
    const struct strip *s = &p->strips.at[i];
    if (is_part_label(p, s) && (open == NULL || open->ending == END_STOP || s->blanks > 0))
        return true;
    if (leads_cross_head(p, i, open) || strip_is_box_label(p, s))
        return true;
    if (!strip_may_be_title(p, s) || strip_is_form_line(p, i) ||
        (s->ending == END_STOP && !calls_out(p, i, open)))
        return false;
    if (open == NULL && (is_dateline(p, i) || is_centred(p, i)))
        return true;
    bool quoted = open != NULL && s->blanks == 0 && open == s - 1 && open->ending == END_OPEN &&
                  text_has_open_quote(strip_words(p, open));
    if (quoted)
        return false;
    if (open == NULL &&
        ((begins_with_dash(p, s) && !is_first_line(p, i)) || strip_is_bracketed(p, s)))
        return true;
    bool begins = p->blocks.n == 0 || vector_last(&p->blocks).kind == BLOCK_FURNITURE;
    if (open == NULL && begins && s->commas == 0 && i + 1 < p->strips.n &&
        (s[1].blanks > 0 || strip_is_first(p, s + 1)))
        return s->width <= SHORT_MOST;
    if (open == NULL && begins && is_broken_title(p, i))
        return true;
    const struct strip *next = i + 1 < p->strips.n ? s + 1 : NULL;
    bool before_open = open != NULL && (open->ending == END_OPEN || open->ending == END_COMMA);
    bool adjacent = s->blanks == 0 && open == s - 1;
    if (s->wrapped) {
        if ((before_open && adjacent && strip_is_full(open)) ||
            (s->commas >= 2 && next != NULL && next->blanks == 0))
            return false;
        bool letter_spaced = s->spaced * 10 > s->width * 13;
        uint32_t width = letter_spaced ? s->width : s->spaced;
        bool ended =
            p->exact && next != NULL && next->blanks == 0 && next->kind == STRIP_TEXT &&
            next->measure == s->measure && s->commas == 0 &&
            strip_would_fit(p, width + (p->lost_indents ? 4u : s->indent), s->measure, next);
        if (width + SHORT_BY <= s->measure || ended)
            return !(p->indents && strip_is_indented(s) && next != NULL && next->blanks == 0 &&
                     s->width + s->indent + FULL_SLACK >= s->measure);
        /* A full line is a heading only where nothing can go on with it. */
        bool after = next == NULL || next->blanks > 0 || strip_is_numbered(next) ||
                     (p->indents && strip_is_indented(next));
        bool fresh = open == NULL || s->blanks > 0 || open->ending == END_STOP;
        if (p->indents && !strip_is_indented(s) && after && fresh && s->commas == 0)
            return true;
        if (fresh && s->commas == 0 && stands_alone(p, s, next, open))
            return true;
        bool named = word_at_end(p->marks, strip_words(p, s), "head") != NULL;
        if (fresh && next != NULL && s->commas == 0 && (strip_is_numbered(next) || named))
            return true;
        return fresh && after && next != NULL && s->commas == 0 && s->blanks > 0 &&
               next->blanks > 0 &&
               (strip_is_first(p, next) || strip_is_numbered(next) || p->spaced_out) &&
               word_at_end(p->marks, strip_words(p, s), "title") != NULL;
    }
    if (adjacent && before_open &&
        (open->width > SHORT_MOST || text_has_open_quote(strip_words(p, open))))
        return false;
    /* A clause with a comma is a heading where several stand so, or where paragraphs have an indent
     * and it has none between blank lines, else a paragraph's beginning. */
    bool stands_out = p->indents && !strip_is_indented(s) && s->blanks > 0 && next != NULL &&
                      next->blanks > 0 && strip_is_indented(next) && s->width <= CLAUSE_MOST &&
                      s->commas == 1;
    bool opens = i == 0 || stands_out || strip_is_box_label(p, s - 1) ||
                 s[-1].kind == STRIP_FURNITURE || is_clause_of_head(p, i);
    if (s->commas > 0 && !opens && !s->ornament &&
        (p->n_clauses < CLAUSES_LEAST || s->width > CLAUSE_MOST))
        return false;
    return s->width <= SHORT_MOST;
}

/* 共办理提案572件 / 占38.8%: short lines that count something, one under the other, are the lines
 * of a picture or a list: none of them is a heading. */
static void mark_figure_lists(struct page *p)
{
    enum { LINES_LEAST = 3, LINE_CELLS = 60 };
    for (uint32_t i = 0; i < p->strips.n;) {
        uint32_t end = i, counting = 0;
        bool body =
            i > 0 && p->strips.at[i - 1].stop + (p->strips.at[i - 1].ending == END_STOP) > 0;
        for (; end < p->strips.n; end++) {
            const struct strip *s = &p->strips.at[end];
            if (s->wrapped || s->width > LINE_CELLS || !strip_may_be_title(p, s) || s->ornament ||
                s->ordinal.kind != ORDINAL_NONE || (end > i && s->blanks > 0) ||
                strip_credit(p, s) == CREDIT_NAMES)
                break;
            counting += s->figures > 0;
        }
        bool list = body && end - i >= LINES_LEAST && counting * 2 >= end - i && counting >= 2;
        for (; i < end; i++)
            p->strips.at[i].listed = list;
        i = end == i ? i + 1 : end;
    }
}

/* Unwrapped short lines with a comma that stand above a paragraph. */
static void count_clauses(struct page *p)
{
    for (uint32_t i = 0; i + 1 < p->strips.n; i++) {
        const struct strip *s = &p->strips.at[i], *next = s + 1;
        p->n_clauses += s->commas > 0 && s->width <= CLAUSE_MOST && !s->wrapped &&
                        strip_may_be_title(p, s) && !strip_is_numbered(s) &&
                        next->kind == STRIP_TEXT && next->width > SHORT_MOST &&
                        !next->begins_inside && (i == 0 || s[-1].ending == END_STOP);
    }
}

void page_find_shorts(struct page *p)
{
    join_bylines(p);
    mark_issuers(p);
    page_find_shapes(p);
    page_find_pictures(p);
    mark_titles(p);
    page_find_breaks(p);
    count_clauses(p);
    mark_figure_lists(p);
}
