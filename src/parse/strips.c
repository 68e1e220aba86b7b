/* Hard lines to strips, and what can be measured of each by itself. */
#include "baolan/buffer.h"
#include "parse/page.h"

unsigned point_cells(uint32_t c)
{
    if (c < 0x1100)
        return c == 0xB7 || c == 0xD7 ? 2 : 1;
    if (c < 0x2E80)
        return (c >= 0x2010 && c <= 0x2027) || c >= 0x2160 || c <= 0x115F ? 2 : 1;
    return c >= 0xFF61 && c < 0xFFE0 ? 1 : 2;
}

bool point_is_closer(uint32_t c)
{
    return c == 0x201D || c == 0x2019 || c == 0xFF09 || c == ')' || c == 0x300B || c == 0x3009 ||
           c == 0x300D || c == 0x300F || c == 0x3011 || c == 0x3015 || c == ']' || c == 0xFF3D;
}

bool point_is_opener(uint32_t c)
{
    return c == 0x201C || c == 0x2018 || c == 0xFF08 || c == '(' || c == 0x300A || c == 0x3008 ||
           c == 0x300C || c == 0x300E || c == 0x3010 || c == 0x3014 || c == '[' || c == 0xFF3B;
}

static bool is_comma(uint32_t c)
{
    return c == 0xFF0C || c == ',' || c == 0x3001;
}

enum ending text_ending(struct str text)
{
    size_t at = text.n;
    uint32_t c = utf8_previous(text, &at), last = c;
    bool bracket = false;
    while (at > 0 && (point_is_closer(c) || point_is_space(c) || c == '"')) {
        bracket = bracket || c == 0xFF09 || c == ')';
        c = utf8_previous(text, &at);
    }
    if (point_is_stop(c) || c == 0x2026)
        return END_STOP;
    if (c == '.' && at > 0 && point_is_han(utf8_previous(text, &at)))
        return END_STOP;
    if (bracket)
        return END_BRACKET;
    if (c != last)
        return END_OPEN;
    if (is_comma(c))
        return END_COMMA;
    if (c == 0xFF1B || c == ';')
        return END_SEMICOLON;
    return c == 0xFF1A || c == ':' ? END_COLON : END_OPEN;
}

/* What cannot be the first character of a paragraph. */
static bool begins_inside(struct str text)
{
    uint32_t c = utf8_at(text, 0);
    return point_is_stop(c) || is_comma(c) || c == 0xFF1B || c == 0xFF1A || c == ';' ||
           (point_is_closer(c) && c != 0x2019) || c == '%' || c == 0xFF05;
}

/* A letter-spaced line without its spaces; words of Latin script and figures keep one. */
static struct str close_spaces(struct arena *a, struct str text)
{
    struct buffer b = buffer_in(a);
    bool narrow = false, space = false;
    for (size_t at = 0; at < text.n;) {
        size_t start = at;
        uint32_t c = utf8_next(text, &at);
        if (point_is_space(c)) {
            space = true;
            continue;
        }
        bool is_narrow = point_is_latin(c) || point_is_any_digit(c);
        if (space && narrow && is_narrow)
            buffer_add_byte(&b, ' ');
        buffer_add(&b, str_sub(text, start, at));
        narrow = is_narrow;
        space = false;
    }
    return buffer_str(&b);
}

/* Widths, counts and the first stop, in one pass. */
static void measure(struct page *p, struct strip *s)
{
    struct str text = strip_text(p, s);
    uint32_t width = 0, spaces = 0, han = 0, commas = 0, figures = 0, gaps = 0, marks = 0;
    uint32_t before = 0, singles = 0; /* Han before the last gap; those alone between two gaps */
    uint32_t last = 0; /* the character before; 0 of a Han character: which one matters nowhere */
    bool in_space = false, in_figure = false, latin_before = false, plain = true;
    struct char_set chars_han = {0, 0}, chars_others = {0, 0};
    for (size_t at = 0; at < text.n;) {
        unsigned char byte = (unsigned char)text.p[at];
        if (byte >= 0xE4 && byte <= 0xE9 && at + 3 <= text.n) { /* U+4000–9FFF: Han */
            char_set_add_bytes(&chars_han, (unsigned char)text.p[at + 1],
                               (unsigned char)text.p[at + 2]);
            at += 3;
            width += 2;
            han++;
            in_space = in_figure = latin_before = false;
            last = 0;
            continue;
        }
        uint32_t c = utf8_next(text, &at);
        plain = plain && prose_copies(last, c);
        last = c;
        char_set_add(&chars_others, c);
        if (point_is_space(c)) {
            spaces += c == 0x3000 ? 2 : 1;
            gaps += !in_space;
            singles += !in_space && han == before + 1;
            before = han;
            if (latin_before && !in_space && point_is_latin(utf8_at(text, at)))
                width++;
            in_space = true;
            in_figure = false;
            continue;
        }
        unsigned cells = point_cells(c);
        width += cells;
        marks += cells == 2 && point_is_punctuation(c);
        bool digit = point_is_any_digit(c);
        figures += digit && !in_figure;
        in_figure = digit || (in_figure && (c == '.' || c == 0xFF0E));
        han += c >= 0x3400 && point_is_han(c);
        latin_before = c < 0x80 && point_is_latin(c);
        in_space = false;
        if (is_comma(c) || c == 0xFF1B || c == ';')
            commas++;
        else if (s->stop == 0 && point_is_stop(c) && at < text.n)
            s->stop = (uint32_t)at;
    }
    s->plain = plain;
    s->chars_han = chars_han;
    s->chars_others = chars_others;
    s->width = width;
    s->spaced = width + spaces;
    s->han = (uint16_t)(han > UINT16_MAX ? UINT16_MAX : han);
    s->commas = (uint16_t)(commas > UINT16_MAX ? UINT16_MAX : commas);
    s->figures = (uint16_t)(figures > UINT16_MAX ? UINT16_MAX : figures);
    s->marks = (uint16_t)(marks > UINT16_MAX ? UINT16_MAX : marks);
    s->gaps = (uint16_t)(gaps > UINT16_MAX ? UINT16_MAX : gaps);
    singles += han == before + 1;
    bool apart = gaps >= 1 && han == gaps + 1 && width == 2 * han; /* 下 载 */
    /* ■记者 朱 容 文/图: what an ornament leads has names, with a space inside some of them. */
    uint32_t first = utf8_at(text, 0);
    bool marked = first >= 0x2500 && first < 0x2800;
    bool loose = marked ? gaps * 3 >= han * 2 : gaps * 2 >= han;
    if (((gaps >= 2 && loose && singles > 0) || apart) && !credits_part_by_space(p, text))
        s->words = close_spaces(p->arena, text);
    text = strip_words(p, s);
    s->opening = lexicon_match(p->marks, text, 0, NULL);
    s->ending = (uint8_t)text_ending(text);
    /* “你好！ : the line ends inside a quotation, and so inside a sentence. */
    if (s->ending == END_STOP && (str_ends(text, STR("！")) || str_ends(text, STR("？"))) &&
        text_has_open_quote(text))
        s->ending = END_OPEN;
    s->begins_inside = begins_inside(text);
    s->ordinal = ordinal_read(text);
}

/* The bounds of a line without white space, and the cells that stood before it. */
static struct span trimmed(struct str text, struct line line, uint32_t *indent)
{
    size_t start = line.start, end = line.end;
    uint32_t cells = 0;
    struct str whole = str_sub(text, 0, end);
    while (start < end) {
        size_t after = start;
        uint32_t c = utf8_next(whole, &after);
        if (!point_is_space(c))
            break;
        cells += c == 0x3000 ? 2 : c == '\t' ? 4 : 1;
        start = after;
    }
    while (end > start) {
        size_t before = end;
        if (!point_is_space(utf8_previous(whole, &before)))
            break;
        end = before;
    }
    *indent = cells;
    return (struct span){start, end};
}

/* 屏风山工业园。 王志 摄连日来，…: the end of a caption that runs into the text, or 0. */
static size_t caption_end(const struct page *p, struct str text)
{
    enum { BYTES_MOST = 240 };
    struct str head = str_sub(text, 0, BYTES_MOST);
    size_t at = str_find(head, STR(" 摄"), 0), end = at + strlen(" 摄");
    if (at == STR_NONE || end >= text.n)
        return 0;
    uint32_t next = utf8_at(text, end);
    size_t name = str_find_last(str_sub(head, 0, at), STR(" "));
    if (!point_is_han(next) || next == 0x5F71 || next == 0x5236 || name == STR_NONE)
        return 0; /* 摄影, 摄制 */
    struct str credit = str_sub(head, name + 1, at);
    bool sentence = text_ending(str_trim(str_sub(head, 0, name))) == END_STOP;
    return sentence && credit_line_kind(p, credit) == CREDIT_NAMES ? end : 0;
}

static bool is_bar(uint32_t c)
{
    return c == '|' || c == 0xFF5C || c == 0x2502;
}

/* 文件名称 | 某县政府工作报告 | |: the bytes of the headline's cell in a row of a site's table;
 * empty where it is none. */
static struct span name_cell(const struct page *p, struct str text)
{
    struct span none = {0, 0};
    const struct lexicon_entry *e = word_at_start(p->furniture, text, "name");
    size_t at = e == NULL ? 0 : e->word.n, start = 0, end = 0;
    bool barred = false;
    for (size_t after = at; e != NULL && after < text.n; at = after) {
        uint32_t c = utf8_next(text, &after);
        if (end > 0 && is_bar(c))
            break;
        if (start == 0 && !is_bar(c) && !point_is_space(c))
            start = at;
        barred = barred || is_bar(c);
        end = start > 0 && !point_is_space(c) ? after : end;
    }
    return barred && end > start ? (struct span){start, end} : none;
}

static void add_strip(struct page *p, struct span span, struct strip like)
{
    struct str text = str_sub(p->text, span.start, span.end);
    struct span name = name_cell(p, text);
    if (!span_is_empty(name)) {
        struct strip *label = vector_add(p->arena, &p->strips);
        *label = like;
        label->start = (uint32_t)span.start;
        label->end = (uint32_t)(span.start + name.start);
        while (label->end > label->start &&
               (point_is_space((unsigned char)p->text.p[label->end - 1]) ||
                p->text.p[label->end - 1] == '|'))
            label->end--;
        text = str_sub(text, name.start, name.end);
        span = (struct span){span.start + name.start, span.start + name.end};
        like.blanks = 0;
        like.first_of_page = false;
    }
    size_t caption = caption_end(p, text);
    if (caption > 0) {
        struct strip *s = vector_add(p->arena, &p->strips);
        *s = like;
        s->start = (uint32_t)span.start;
        s->end = (uint32_t)(span.start + caption);
        span.start += caption;
        like.blanks = 0;
        like.first_of_page = false;
    }
    struct strip *s = vector_add(p->arena, &p->strips);
    *s = like;
    s->start = (uint32_t)span.start;
    s->end = (uint32_t)span.end;
}

/* Adds the strips of a line, those of a form's table label by label. */
static void add_line(struct page *p, struct span span, struct strip like)
{
    enum { PAIRS_MOST = 12 };
    struct span pairs[PAIRS_MOST];
    bool tabbed = memchr(p->text.p + span.start, '\t', span.end - span.start) != NULL;
    size_t n = tabbed ? form_pairs(p, span, pairs, PAIRS_MOST) : 0;
    if (n == 0)
        add_strip(p, span, like);
    for (size_t i = 0; i < n; i++) {
        struct line pair = {.start = (uint32_t)pairs[i].start, .end = (uint32_t)pairs[i].end};
        uint32_t indent;
        span = trimmed(p->text, pair, &indent);
        if (span_is_empty(span))
            continue;
        add_strip(p, span, like);
        like.blanks = 0;
        like.first_of_page = false;
    }
}

void page_find_strips(struct page *p)
{
    const struct document *d = p->document;
    vector_reserve(p->arena, &p->strips, d->n_lines);
    uint32_t blanks = 0, page = 1;
    for (uint32_t i = 0; i < d->n_lines; i++) {
        uint32_t indent;
        struct span span = trimmed(p->text, d->lines[i], &indent);
        if (span_is_empty(span)) {
            blanks++;
            continue;
        }
        struct strip s = {.line = i, .next = NONE};
        s.indent = (uint16_t)(indent > 1000 ? 1000 : indent);
        s.first_of_page = d->lines[i].page != page;
        page = d->lines[i].page;
        s.blanks = (uint16_t)(blanks > 99 ? 99 : blanks);
        if (s.first_of_page && s.blanks == 0)
            s.blanks = 1;
        blanks = 0;
        add_line(p, span, s);
    }
    page_split_columns(p);
    for (size_t i = 0; i < p->strips.n; i++)
        measure(p, &p->strips.at[i]);
}
