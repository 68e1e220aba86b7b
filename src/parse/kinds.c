/* What each strip is by itself: byline, caption, furniture, page number, row of a table, or text.
 */
#include "parse/page.h"

/* - 5 -, — 12 —, 第5页, 第 3 页 共 10 页, A05, 5/12, rules: a line without words. */
bool text_is_page_number(struct str text, bool alone)
{
    size_t digits = 0, letters = 0, han = 0, marks = 0;
    if (text.n > 60)
        return false;
    for (size_t at = 0; at < text.n;) {
        uint32_t c = utf8_next(text, &at);
        if (point_is_any_digit(c))
            digits++;
        else if (point_is_latin(c))
            letters++;
        else if (c == 0x7B2C || c == 0x9875 || c == 0x5171 || c == 0x7248) /* 第页共版 */
            han++;
        else if (point_is_han(c))
            return false;
        else if (point_is_stop(c) || c == '%' || c == 0xFF05 || c == 0x3001 || c == 0xFF0C ||
                 c == 0x2030 || point_is_closer(c) || point_is_opener(c) || c == ',')
            return false;
        else if (!point_is_space(c))
            marks++;
    }
    if (digits == 0)
        return letters == 0 && han == 0;
    if (digits == 2 && text.n == 2 && text.p[0] == '0') /* 03 over the third piece of a page */
        return true;
    if (han > 0)
        return digits <= 6 && letters <= 2;
    if (letters > 0)
        return letters == 1 && digits <= 3 && marks == 0 && alone;
    return digits <= 4 && (marks >= 2 || alone) && marks <= 12;
}

/* 03: a number that only pages and parts are given so. */
static bool is_padded(struct str text)
{
    return text.n == 2 && text.p[0] == '0' && point_is_digit((unsigned char)text.p[1]);
}

/* A line of ornaments, dashes, box lines. */
static bool is_rule(struct str text)
{
    for (size_t at = 0; at < text.n;) {
        uint32_t c = utf8_next(text, &at);
        if (point_is_han(c) || point_is_latin(c) || point_is_any_digit(c) ||
            (c >= 0xC0 && c < 0x2000) || c == 0xFFFD)
            return false;
        if (point_is_stop(c) || point_is_closer(c) || point_is_opener(c))
            return false;
    }
    return true;
}

static bool is_circled(uint32_t c)
{
    return c >= 0x2460 && c <= 0x2473; /* ① to ⑳ */
}

/* 图1：2011—2015年…: the title of a figure. */
static bool is_numbered_figure(struct str text, const struct strip *s)
{
    size_t at = strlen("图");
    if (!str_starts(text, STR("图")) || s->width > 100)
        return false;
    size_t digits = 0;
    if (str_starts(text, STR("图片")))
        at = strlen("图片");
    while (point_is_any_digit(utf8_at(text, at)) || is_circled(utf8_at(text, at)) ||
           utf8_at(text, at) == '-') {
        utf8_next(text, &at);
        digits++;
    }
    uint32_t c = utf8_at(text, at);
    if (digits > 0 && (c == 0xFF1A || c == ':')) /* 图②：村民在采藕。 */
        return true;
    if (s->stop != 0 || s->ending == END_STOP)
        return false;
    if (digits > 0 && c == 0) /* 图片1: where a page of the web had one */
        return true;
    return digits > 0 && (point_is_space(c) || c == 0x3001 || c == '.');
}

/* 委员在老街调研。（资料图片）: what stands in the last brackets says what the line is. */
static bool ends_as_picture(const struct page *p, struct str text)
{
    size_t shut = str_ends(text, STR("）")) ? strlen("）") : str_ends(text, STR(")")) ? 1 : 0;
    if (shut == 0)
        return false;
    size_t wide = str_find_last(text, STR("（")), narrow = str_find_last(text, STR("("));
    size_t open = wide != STR_NONE ? wide + strlen("（") : narrow != STR_NONE ? narrow + 1 : 0;
    if (open == 0 || open >= text.n - shut)
        return false;
    const struct lexicon_entry *e =
        lexicon_find(p->marks, str_trim(str_sub(text, open, text.n - shut)));
    return e != NULL && lexicon_flag(e, "caption");
}

/* A caption by its words: ends with 摄, names its picture's giver. */
static bool is_caption(const struct page *p, const struct strip *s, bool *photo_line)
{
    struct str text = strip_words(p, s);
    *photo_line = false;
    if (s->width > 160)
        return false;
    if (strip_opens_with(p, s, "caption") != NULL || is_numbered_figure(text, s))
        return true;
    if (ends_as_picture(p, text))
        return true;
    const struct lexicon_entry *e = word_at_end(p->marks, text, "credit");
    struct str inner = text;
    if (e == NULL && (str_ends(text, STR("）")) || str_ends(text, STR(")")))) {
        inner = str_sub(text, 0, text.n - (str_ends(text, STR(")")) ? 1 : 3));
        e = word_at_end(p->marks, inner, "credit");
    }
    size_t before = e == NULL ? 0 : inner.n - e->word.n;
    uint32_t name = e == NULL ? 0 : utf8_previous(inner, &before);
    if (!point_is_han(name) && !point_is_space(name))
        e = NULL;
    enum { BRACKET_CELLS = 48 };
    if (e != NULL && inner.n < text.n && s->width <= BRACKET_CELLS && s->stop == 0 &&
        (text.p[0] == '(' || str_starts(text, STR("（"))))
        return true; /* （某县融媒体中心供图） */
    if (e != NULL && s->gaps + s->figures > 0 && inner.n > e->word.n) {
        bool spaced =
            inner.n > e->word.n && point_is_space((unsigned char)inner.p[inner.n - e->word.n - 1]);
        return e->word.n > 3 || !str_eq(e->word, STR("作")) || (spaced && s->width <= 20);
    }
    if (e != NULL && e->word.n == 3 && !str_eq(e->word, STR("作")) && s->ending == END_OPEN)
        return true;
    /* 恒岳电机电驱动总成下线 摄影 卢映川 */
    size_t space = s->gaps > 0 ? str_find_last(text, STR(" ")) : STR_NONE;
    while (space != STR_NONE && space > 0 && s->stop == 0) {
        struct str tail = str_trim(str_sub(text, space, text.n));
        e = word_at_start(p->bylines, tail, "role");
        if (e != NULL && lexicon_flag(e, "photo") && credit_line_kind(p, tail) == CREDIT_PHOTO)
            return true;
        space = str_find_last(str_sub(text, 0, space), STR(" "));
    }
    return false;
}

static bool is_between_bars(struct str text)
{
    size_t end = text.n;
    uint32_t first = utf8_at(text, 0), last = utf8_previous(text, &end);
    return first == last && (first == '|' || first == 0xFF5C || first == 0x2502 ||
                             first == 0x2503 || first == 0x2551);
}

/* A row between bars: | 指标 | 2021 | 2022 |. */
static bool is_barred_row(const struct strip *s, struct str text)
{
    if (!strip_may_have(s, STR("|")) && !strip_may_have(s, STR("｜")) &&
        !strip_may_have(s, STR("│")) && !strip_may_have(s, STR("┃")) &&
        !strip_may_have(s, STR("║")))
        return false;
    unsigned bars = 0;
    for (size_t at = 0; utf8_skip_han(text, &at), at < text.n;) {
        uint32_t c = utf8_next(text, &at);
        bars += c == '|' || c == 0xFF5C || c == 0x2502 || c == 0x2503 || c == 0x2551;
    }
    return bars >= 3 || (bars == 2 && is_between_bars(text));
}

/* A row of a table: two or more wide gaps and mostly figures or short cells. */
static bool is_row(const struct page *p, const struct strip *s)
{
    struct str text = strip_text(p, s);
    if (is_barred_row(s, text) && (s->spaced <= 300 || is_between_bars(text)))
        return true;
    if (s->spaced > 300 || s->commas > 3 || s->ending == END_STOP || s->gaps == 0)
        return false;
    unsigned cells = 1, figures = 0, run = 0;
    bool start = true;
    for (size_t at = 0; at < text.n;) {
        uint32_t c = utf8_next(text, &at);
        if (point_is_space(c)) {
            run += c == 0x3000 || c == '\t' ? 2 : 1;
            continue;
        }
        if (run >= 2) {
            cells++;
            start = true;
        } else if (run > 0) {
            start = false;
        }
        if (start && (point_is_any_digit(c) || c == '-' || c == 0x2014))
            figures++;
        start = false;
        run = 0;
    }
    return (cells >= 3 && figures >= 1) || (cells >= 4 && s->han <= 40) ||
           (cells >= 2 && figures >= 1 && s->spaced > s->width + 6);
}

/* 本报记者  白芷  通讯员  陆青: who wrote a piece, however wide the gaps are. */
static bool is_spaced_byline(const struct page *p, const struct strip *s)
{
    enum { LINE_CELLS = 80 };
    return s->width <= LINE_CELLS && s->figures == 0 && s->ending == END_OPEN && s->commas == 0 &&
           strip_credit(p, s) == CREDIT_BYLINE;
}

/* 3  民生·社会        兰溪报: the head of a page has wide gaps too, but no rows below it. */
static bool is_spaced_head(const struct page *p, uint32_t i)
{
    enum { LINE_CELLS = 60, HAN_MOST = 24, NEAR = 3 };
    const struct strip *s = &p->strips.at[i];
    if ((i > 0 && !s->first_of_page) || s->width > LINE_CELLS || s->han > HAN_MOST ||
        s->figures > 4 || s->commas > 0 || s->ending != END_OPEN)
        return false;
    for (uint32_t k = i + 1; k < p->strips.n && k <= i + NEAR; k++)
        if (is_row(p, &p->strips.at[k]) && !is_spaced_byline(p, &p->strips.at[k]))
            return false;
    return s->gaps >= 2 || text_is_page_number(strip_words(p, s), true);
}

/* A row of an office's form whose table has lost its lines: a label, a wide gap and its value
 * (案由      关于…的提案), or several labels with their values. The label may be letter-spaced. */
static bool is_form_row(const struct page *p, const struct strip *s)
{
    enum { LABEL_MOST = 6 };
    struct str text = strip_text(p, s);
    char label[LABEL_MOST * 3];
    size_t n = 0;
    if (s->spaced > 300 || s->spaced < s->width + 2 || s->ending == END_STOP)
        return false;
    for (size_t at = 0; at < text.n && n < LABEL_MOST;) {
        uint32_t c = utf8_next(text, &at);
        if (point_is_space(c))
            continue;
        if (c < 0x4E00 || c > 0x9FFF)
            return false;
        memcpy(label + 3 * n++, text.p + at - 3, 3);
        const struct lexicon_entry *e = lexicon_find(p->proposals, (struct str){label, 3 * n});
        struct str field = e == NULL ? (struct str){NULL, 0} : lexicon_field(e, "label");
        if (field.n == 0 || !point_is_space(utf8_at(text, at)))
            continue;
        return !str_eq(field, STR("background")) && !str_eq(field, STR("suggestions")) &&
               !str_eq(field, STR("reply"));
    }
    return false;
}

static bool is_bracketed_name(const struct page *p, struct str text)
{
    size_t open = str_starts(text, STR("（")) ? strlen("（") : text.n > 0 && text.p[0] == '(';
    size_t shut = str_ends(text, STR("）")) ? strlen("）") : 1;
    if (open == 0 || text.n <= open + shut)
        return false;
    struct str inner = str_trim(str_sub(text, open, text.n - shut));
    return inner.n >= 2 * strlen("名") && lexicon_find(p->marks, inner) == NULL &&
           (credit_line_kind(p, inner) == CREDIT_NAMES ||
            word_at_end(p->bylines, inner, "issuer") != NULL);
}

/* ▲市民在古城猜灯谜: a sentence that points at its picture, no item of a list of such. */
static bool points_at_picture(const struct page *p, const struct strip *s)
{
    enum { CAPTION_CELLS = 100 };
    struct str text = strip_text(p, s);
    uint32_t mark = utf8_at(text, 0);
    if ((mark != 0x25B2 && mark != 0x25BC) || s->width > CAPTION_CELLS || s->stop != 0 ||
        s->ending == END_COMMA || point_is_space(utf8_at(text, strlen("▲"))))
        return false;
    const struct strip *end = p->strips.at + p->strips.n;
    bool above = s > p->strips.at && utf8_at(strip_text(p, s - 1), 0) == mark;
    bool below = s + 1 < end && utf8_at(strip_text(p, s + 1), 0) == mark;
    return !above && !below;
}

static void set_text_kind(struct page *p, struct strip *s)
{
    struct str text = strip_words(p, s);
    bool photo_line;
    size_t marks = ornament_length(p, text);
    s->ornament = marks > 0;
    if (points_at_picture(p, s)) {
        s->kind = STRIP_CAPTION;
        return;
    }
    if (marks > 0 && s->ordinal.kind == ORDINAL_NONE) {
        struct ordinal inner = ordinal_read(str_sub(text, marks, text.n));
        if (inner.kind != ORDINAL_NONE && inner.kind != ORDINAL_LEAD)
            s->ordinal = (struct ordinal){inner.kind, (uint8_t)(inner.length + marks), inner.value};
    }
    if (s->width > 200 || text_is_rubric(p, text))
        return;
    if (text_continued_length(p, text) == text.n || text_is_note_label(p, text)) {
        s->kind = STRIP_CAPTION;
        return;
    }
    bool opens_news = strip_opens_with(p, s, "news") != NULL;
    bool may_be_byline =
        !opens_news && (marks > 0 || s->ending == END_OPEN || s->ending == END_BRACKET);
    enum { CREDIT_CELLS = 48 }; /* of a line whose ? may be a lost · */
    enum credit_line credit = may_be_byline && (s->stop == 0 || s->width <= CREDIT_CELLS)
                                  ? strip_credit(p, s)
                                  : CREDIT_NONE;
    /* （朱敏 黄伟） after a sentence's end signs what stands above it. */
    if (credit == CREDIT_NONE && s->ending == END_BRACKET && s > p->strips.at &&
        s[-1].ending == END_STOP && is_bracketed_name(p, text))
        credit = CREDIT_BYLINE;
    if (credit == CREDIT_BYLINE && strip_is_place_label(p, (uint32_t)(s - p->strips.at)))
        return;
    /* （本版文字由…提供，记者 … 整理）: of the page, no paragraph of the last piece. */
    bool note = s->ending == END_BRACKET && s->stop == 0 && s->blanks > 0 &&
                str_starts(text, STR("（本版"));
    if (credit == CREDIT_SPEAKER)
        s->kind = STRIP_SPEAKER;
    else if (note)
        s->kind = STRIP_CAPTION;
    else if (credit == CREDIT_BYLINE ||
             (credit == CREDIT_PHOTO && (marks > 0 || s->ending == END_BRACKET)))
        s->kind = STRIP_BYLINE;
    else if (credit == CREDIT_PHOTO || is_caption(p, s, &photo_line))
        s->kind = STRIP_CAPTION;
}

/* 表1 …, 单位：亿元 and brackets above and among the rows of a table. */
static void mark_table_lines(struct page *p)
{
    for (uint32_t i = 0; i < p->strips.n; i++) {
        struct strip *s = &p->strips.at[i];
        if (s->kind != STRIP_TEXT || s->width > 80 || s->ending == END_STOP)
            continue;
        bool above = i > 0 && (s[-1].kind == STRIP_ROW || s[-1].kind == STRIP_CAPTION);
        uint32_t next = i + 1;
        while (next < p->strips.n && next < i + 4 && p->strips.at[next].kind != STRIP_ROW)
            next++;
        bool below = next < p->strips.n && p->strips.at[next].kind == STRIP_ROW;
        struct str text = strip_words(p, s);
        uint32_t c = utf8_at(text, 0);
        bool unit = str_starts(text, STR("单位：")) || str_starts(text, STR("单位:")) ||
                    str_starts(text, STR("（单位"));
        bool title = str_starts(text, STR("表")) && point_is_any_digit(utf8_at(text, 3));
        if (below && (unit || title))
            s->kind = STRIP_CAPTION;
        else if (above && below && s->blanks == 0 && (c == 0xFF08 || c == '(') &&
                 s->ending == END_BRACKET && s->width <= 40)
            s->kind = STRIP_ROW;
    }
}

void page_find_kinds(struct page *p)
{
    bool tail = false, ending = false;
    uint32_t value_of = NONE;
    for (uint32_t i = 0; i < p->strips.n; i++) {
        struct strip *s = &p->strips.at[i];
        struct str text = strip_words(p, s);
        uint16_t after = i + 1 < p->strips.n ? p->strips.at[i + 1].blanks : 1;
        bool before = s->blanks > 0 || i == 0 || s->first_of_page;
        bool alone = before && after > 0;
        alone = alone || (is_padded(text) && (before || after > 0));
        const struct lexicon_entry *e = furniture_word(p, s);
        if (tail || value_of == i || furniture_is_web_line(p, i)) {
            s->kind = STRIP_FURNITURE;
        } else if (e == NULL && is_rule(text)) {
            s->kind = STRIP_DROP;
        } else if (text_is_page_number(text, alone)) {
            s->kind = STRIP_DROP;
        } else if (e != NULL) {
            s->kind = STRIP_FURNITURE;
            if (lexicon_flag(e, "value") && utf8_count(e->word) == utf8_count(text) &&
                i + 1 < p->strips.n && p->strips.at[i + 1].width <= 40 &&
                (!lexicon_flag(e, "time") || p->strips.at[i + 1].figures > 0))
                value_of = i + 1;
            /* What follows is of the site, unless most of the page is still to come. */
            bool late = (size_t)s->start * 10 > p->text.n * 7;
            tail = lexicon_flag(e, "tail") && late;
            ending = ending || (late && (lexicon_flag(e, "source") || lexicon_flag(e, "editor")));
        } else if (furniture_is_masthead(p, s) || (ending && furniture_is_small(s))) {
            s->kind = STRIP_FURNITURE;
        } else {
            bool row = is_row(p, s);
            if (row && is_spaced_head(p, i))
                s->kind = STRIP_FURNITURE;
            else if ((row && !head_is_issuer(p, s) && !is_spaced_byline(p, s)) || is_form_row(p, s))
                s->kind = STRIP_ROW;
            else
                set_text_kind(p, s);
        }
    }
    mark_table_lines(p);
    furniture_mark_surroundings(p);
}
