/* Furniture: the words of a paper's page and of a web site round a piece. Some lines tell it by
 * themselves, some by where they stand: menus, the head of a page, running titles. */
#include "parse/page.h"

#include "baolan/map.h"

/* With full-width colons and brackets, as the lexicon has them. */
static struct str widened(const struct page *p, const struct strip *s)
{
    struct str text = strip_words(p, s);
    if (!strip_may_have(s, STR(":")) && !strip_may_have(s, STR("(")) &&
        !strip_may_have(s, STR(")")) && !strip_may_have(s, STR("[")) &&
        !strip_may_have(s, STR("]")))
        return text;
    static const struct {
        char narrow;
        const char *wide;
    } marks[] = {{':', "："}, {'(', "（"}, {')', "）"}, {'[', "【"}, {']', "】"}};
    char set[512];
    size_t n = 0, first = 0;
    bool any = false;
    while (first < text.n &&
           ((unsigned char)text.p[first] >= 0x80 ||
            (text.p[first] != ':' && text.p[first] != '(' && text.p[first] != ')' &&
             text.p[first] != '[' && text.p[first] != ']')))
        first++;
    if (first == text.n)
        return text;
    for (size_t at = 0; at < text.n && n + 4 < sizeof set; at++) {
        const char *wide = NULL;
        for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
            wide = text.p[at] == marks[i].narrow ? marks[i].wide : wide;
        if (wide == NULL)
            set[n++] = text.p[at];
        else
            memcpy(set + n, wide, 3), n += 3, any = true;
    }
    return any ? str_dup(p->arena, (struct str){set, n}) : text;
}

/* 打印本页 关闭窗口: words of a site alone, with spaces between them. The first, or NULL. */
static const struct lexicon_entry *furniture_words(const struct page *p, struct str text)
{
    const struct lexicon_entry *first = NULL;
    size_t words = 0;
    for (size_t from = 0, at = 0; from < text.n; from = at) {
        size_t end = from;
        while (at < text.n && !point_is_space(utf8_at(text, at))) {
            utf8_next(text, &at);
            end = at;
        }
        while (at < text.n && point_is_space(utf8_at(text, at)))
            utf8_next(text, &at);
        const struct lexicon_entry *e = lexicon_find(p->furniture, str_sub(text, from, end));
        if (e == NULL || !lexicon_flag(e, "line"))
            return NULL;
        first = first == NULL ? e : first;
        words++;
    }
    return words >= 2 ? first : NULL;
}

/* 责任编辑 王丽 版式设计 赵敏: such words, each with a name after it, which may be letter-spaced.
 */
static bool names_editors(const struct page *p, struct str text)
{
    enum { NAME_LEAST = 2, NAME_MOST = 4 };
    unsigned words = 0, names = 0, letters = 0;
    bool has_role;
    for (struct str rest = text; rest.n > 0;) {
        size_t at = 0, end = 0;
        while (at < rest.n && point_is_space(utf8_at(rest, at)))
            utf8_next(rest, &at);
        for (end = at; end < rest.n && !point_is_space(utf8_at(rest, end));)
            utf8_next(rest, &end);
        struct str token = str_sub(rest, at, end);
        rest = str_sub(rest, end, rest.n);
        if (token.n > 0 && utf8_count(token) == 1 && point_is_han(utf8_at(token, 0))) {
            names += letters++ == 0;
            continue;
        }
        if (letters > 0 && (letters < NAME_LEAST || letters > NAME_MOST))
            return false;
        letters = 0;
        const struct lexicon_entry *e = lexicon_find(p->furniture, token);
        if (e != NULL && lexicon_flag(e, "editor"))
            words++;
        else if (token.n > 0 && !credits_read_roles(p, token, NULL, &has_role))
            return false;
        else
            names += token.n > 0;
    }
    bool whole = letters == 0 || (letters >= NAME_LEAST && letters <= NAME_MOST);
    return words >= 1 && names >= words && whole;
}

/* 责编齐鸣, as a line that was letter-spaced is read. */
static bool is_editor(const struct page *p, struct str text, const struct lexicon_entry *word)
{
    bool has_role;
    struct str name = str_sub(text, word->word.n, text.n);
    return name.n > 0 && credits_read_roles(p, name, NULL, &has_role) && !has_role;
}

const struct lexicon_entry *furniture_word(const struct page *p, const struct strip *s)
{
    if (s->width > 80)
        return NULL;
    struct str text = widened(p, s);
    const struct lexicon_entry *e = lexicon_find(p->furniture, text);
    if (e != NULL && (lexicon_flag(e, "line") || lexicon_flag(e, "start")))
        return e;
    e = s->gaps > 0 ? furniture_words(p, text) : NULL;
    if (e != NULL)
        return e;
    e = word_at_start(p->furniture, text, "editor");
    if (e != NULL && s->stop == 0 && utf8_at(text, e->word.n) == 0xFF1A)
        return e;
    if (e != NULL && (names_editors(p, text) || is_editor(p, text, e)))
        return e;
    e = word_at_start(p->furniture, text, "start");
    return e != NULL && (s->stop == 0 || s->width < 40) ? e : NULL;
}

static bool has_date(const struct page *p, const struct strip *s)
{
    struct str text = strip_words(p, s);
    if (!strip_may_have(s, STR("月")))
        return strip_may_have(s, STR("星期")) && str_has(text, STR("星期"));
    size_t year = str_find(text, STR("年"), 0), month = str_find(text, STR("月"), 0);
    return (year != STR_NONE && month != STR_NONE && month > year) || str_has(text, STR("星期"));
}

static bool is_han_digit(uint32_t c)
{
    static const char digits[] = "一二三四五六七八九十";
    char one[4];
    struct str text = {one, utf8_write(c, one)};
    return c > 0x7F && str_has(str_of(digits), text);
}

/* The code of a page of a paper: A05, C3, 第3版. */
static bool has_edition(const struct page *p, const struct strip *s)
{
    struct str text = strip_words(p, s);
    if (!strip_may_have(s, STR("版")) && !char_set_may_have_letter(&s->chars_others))
        return false;
    for (size_t at = 0; at < text.n;) {
        size_t start = at;
        uint32_t c = utf8_next(text, &at);
        if (c == 0x7248 && start > 0) { /* 版 */
            size_t before = start;
            uint32_t number = utf8_previous(text, &before);
            size_t ahead = before;
            bool first = before == 0 || utf8_previous(text, &ahead) == 0x7B2C; /* 第 */
            if (point_is_any_digit(number) || (first && is_han_digit(number)))
                return true;
        }
        if (c >= 'A' && c <= 'Z' &&
            (start == 0 || !point_is_latin((unsigned char)text.p[start - 1]))) {
            size_t digits = at;
            while (digits < text.n && point_is_digit((unsigned char)text.p[digits]))
                digits++;
            if (digits > at && digits - at <= 2 &&
                (digits == text.n || !point_is_latin((unsigned char)text.p[digits])))
                return true;
        }
    }
    return false;
}

/* 2026-01-31 07:00:44, 2026年02月10日 07时41分: when a page of the web was put there. */
static bool is_timestamp(struct str text)
{
    size_t digits = 0, marks = 0;
    if (text.n > 48 || text.n < 12 || text.p[0] != '2')
        return false;
    for (size_t at = 0; at < text.n;) {
        uint32_t c = utf8_next(text, &at);
        digits += point_is_digit(c);
        marks += c == ':' || c == 0x65F6; /* 时 */
        if (!point_is_digit(c) && !point_is_space(c) && c != '-' && c != '/' && c != ':' &&
            c != 0x5E74 && c != 0x6708 && c != 0x65E5 && c != 0x65F6 && c != 0x5206 && c != 0x79D2)
            return false;
    }
    return digits >= 8 && marks > 0;
}

/* 首页 > 政务信息 > 要闻, a line each: what stands after > is of the path. */
static bool is_crumb(const struct page *p, uint32_t i)
{
    if (i == 0 || p->strips.at[i].width > 24)
        return false;
    struct str before = strip_text(p, &p->strips.at[i - 1]);
    return str_eq(before, STR(">")) || str_eq(before, STR("＞")) || str_eq(before, STR("»"));
}

/* 调查研究 雷池视点 第三版: names of a paper's parts, a page's code among them as a word of its
 * own, at the head of all. */
static bool is_head_of_names(const struct page *p, const struct strip *s)
{
    enum { HEAD_STRIPS = 3, NAME_CHARS = 6, HAN_MOST = 20, NAMES_LEAST = 2 };
    struct str text = strip_words(p, s);
    unsigned names = 0, codes = 0;
    if (s - p->strips.at >= HEAD_STRIPS || s->gaps == 0 || s->han > HAN_MOST || s->commas > 0)
        return false;
    for (size_t at = 0; at < text.n;) {
        size_t from = at;
        while (at < text.n && !point_is_space(utf8_at(text, at)))
            utf8_next(text, &at);
        struct str word = str_sub(text, from, at);
        if (utf8_count(word) > NAME_CHARS)
            return false;
        bool code = str_starts(word, STR("第")) && str_ends(word, STR("版"));
        codes += code;
        names += !code && word.n > 0;
        while (at < text.n && point_is_space(utf8_at(text, at)))
            utf8_next(text, &at);
    }
    return codes == 1 && names >= NAMES_LEAST;
}

/* The masthead or running head of a paper: its name or a page code, with a date or a rubric, and
 * no sentence. */
bool furniture_is_masthead(const struct page *p, const struct strip *s)
{
    if (s->width > 90 || s->ending == END_STOP || s->ending == END_COMMA || s->commas > 1 ||
        s->han > 40)
        return false;
    struct str text = strip_words(p, s);
    bool paper = false, dated = has_date(p, s), edition = has_edition(p, s);
    if (s->width > 24 && !dated && !edition && s->gaps == 0)
        return false;
    for (size_t at = 0; at < text.n && !paper;) {
        size_t end;
        const struct lexicon_entry *e = lexicon_match(p->furniture, text, at, &end);
        if (e != NULL && lexicon_flag(e, "paper")) {
            uint32_t next = utf8_at(text, end);
            paper = next == 0 || !point_is_han(next) || next == 0x7248;
        }
        utf8_next(text, &at);
    }
    if (paper)
        return s->width <= 24 || dated || edition || s->gaps >= 1;
    if (edition && is_head_of_names(p, s))
        return true;
    return edition && s->han <= (dated ? 24 : 8) && s->width <= (dated ? 60 : 40) &&
           text_ending(text) == END_OPEN && !str_has(text, STR("“"));
}

/* 首页 > 政务公开 > 政府工作报告, 首页 概况 要闻 提案: the way to a page of a site, or its menu. */
static bool is_site_path(const struct page *p, const struct strip *s)
{
    struct str text = strip_words(p, s);
    unsigned arrows = 0, words = 0;
    bool word = false, home = str_starts(text, STR("首页")) || str_starts(text, STR("网站首页"));
    if (!home && !strip_may_have(s, STR(">")) && !strip_may_have(s, STR("＞")) &&
        !strip_may_have(s, STR("»")) && !strip_may_have(s, STR("›")))
        return false;
    for (size_t at = 0; at < text.n && text.n <= 240;) {
        size_t from = at;
        utf8_skip_han(text, &at);
        if (at > from) {
            words += !word;
            word = true;
            continue;
        }
        uint32_t c = utf8_next(text, &at);
        bool arrow = c == '>' || c == 0xFF1E || c == 0xBB || c == 0x203A;
        if (point_is_stop(c) || c == 0xFF0C || c == ',' || point_is_digit(c))
            return false;
        arrows += arrow;
        words += !word && !arrow && !point_is_space(c);
        word = !arrow && !point_is_space(c);
    }
    return (arrows > 0 && (home || arrows >= 2) && words > arrows) || (home && words >= 3);
}

/* 泽政办发〔2024〕16号: the number of an authority's document. */
static bool is_document_number(const struct page *p, const struct strip *s)
{
    enum { NUMBER_BYTES = 72 };
    struct str text = strip_words(p, s);
    if (!strip_may_have(s, STR("号")))
        return false;
    size_t signer = str_find(text, STR("签发人"), 0); /* …号      签发人：李某某 */
    if (signer != STR_NONE)
        text = str_trim(str_sub(text, 0, signer));
    if (text.n > NUMBER_BYTES || !str_ends(text, STR("号")))
        return false;
    size_t open = str_find(text, STR("〔"), 0), close = str_find(text, STR("〕"), 0);
    if (open == STR_NONE)
        open = str_find(text, STR("["), 0), close = str_find(text, STR("]"), 0);
    if (open == STR_NONE || close == STR_NONE || close < open + 5 || (open > 0 && open < 6))
        return false;
    struct str year = str_sub(text, close - 4, close);
    for (size_t i = 0; i < year.n; i++)
        if (!point_is_digit((unsigned char)year.p[i]))
            return false;
    return !str_has(text, STR("，")) && !str_has(str_sub(text, 0, open), STR("《"));
}

/* Hot, NEWS: a word of the site's own, alone on its line. */
static bool is_latin_word(struct str text)
{
    enum { LETTERS_MOST = 12 };
    for (size_t at = 0; at < text.n;)
        if (!point_is_latin(utf8_next(text, &at)))
            return false;
    return text.n >= 2 && text.n <= LETTERS_MOST;
}

/* 字体：大 中 小 来源：县委办 点击：512次: two labels of a site on a line. */
static bool is_labelled(const struct page *p, const struct strip *s)
{
    enum { LINE_CELLS = 120, LABELS_LEAST = 2 };
    unsigned labels = 0;
    if (s->width > LINE_CELLS || s->stop != 0 || s->ending == END_STOP || s->gaps == 0 ||
        (!strip_may_have(s, STR("：")) && !strip_may_have(s, STR(":"))))
        return false;
    struct str text = widened(p, s);
    for (size_t at = 0; at < text.n && labels < LABELS_LEAST; utf8_next(text, &at)) {
        size_t end;
        const struct lexicon_entry *e = lexicon_match(p->furniture, text, at, &end);
        labels += e != NULL && lexicon_flag(e, "value") && str_ends(e->word, STR("："));
    }
    return labels >= LABELS_LEAST;
}

bool furniture_is_web_line(const struct page *p, uint32_t i)
{
    struct str text = strip_words(p, &p->strips.at[i]);
    if (is_labelled(p, &p->strips.at[i]))
        return true;
    return is_document_number(p, &p->strips.at[i]) || is_timestamp(text) || is_crumb(p, i) ||
           is_site_path(p, &p->strips.at[i]) || is_latin_word(text);
}

bool furniture_is_small(const struct strip *s)
{
    enum { SMALL_CELLS = 24 };
    return s->width <= SMALL_CELLS && s->stop == 0 && s->ending == END_OPEN && s->commas == 0 &&
           s->figures == 0 && s->ordinal.kind == ORDINAL_NONE;
}

/* --- Lines that their neighbours tell -------------------------------------------------------- */

enum {
    MENU_CELLS = 14,   /* of an entry of a menu */
    MENU_LEAST = 4,    /* entries */
    PAGE_CELLS = 32,   /* of 综合新闻 with its letters */
    RUBRIC_CELLS = 20, /* of 综合新闻 beside the date of a paper's page */
    HEAD_LINES = 12,   /* lines of a page's head */
    HEAD_HAN = 24,     /* Han characters of a line with its date */
    TITLE_CELLS = 64   /* of a running title */
};

static bool is_plain_line(const struct strip *s, uint32_t cells)
{
    return s->kind == STRIP_TEXT && s->width <= cells && s->stop == 0 && s->commas == 0 &&
           s->ending == END_OPEN && s->ordinal.kind == ORDINAL_NONE && !s->ornament;
}

/* The first lines of a web page are words of its menu, a line each, before anything longer. */
static void mark_menu(struct page *p)
{
    uint32_t entries = 0, end = 0;
    for (uint32_t i = 0; i < p->strips.n; i++) {
        const struct strip *s = &p->strips.at[i];
        bool entry = is_plain_line(s, MENU_CELLS) && s->figures == 0 &&
                     word_at_end(p->marks, strip_words(p, s), "title") == NULL;
        if (!entry && s->kind != STRIP_DROP && s->kind != STRIP_FURNITURE)
            break;
        entries += entry;
        if (s->kind == STRIP_DROP && s->blanks == 0)
            continue;
        end = i + 1;
    }
    if (entries < MENU_LEAST)
        return;
    /* What stands after the last blank line may be a headline over several lines. */
    uint32_t last = end;
    while (last > 1 && p->strips.at[last - 1].kind == STRIP_TEXT &&
           p->strips.at[last - 1].blanks == 0)
        last--;
    if (end < p->strips.n && last > 0 && p->strips.at[last - 1].blanks > 0 &&
        end - last < MENU_LEAST - 1)
        end = last - 1;
    for (uint32_t i = 0; i < end; i++)
        if (p->strips.at[i].kind == STRIP_TEXT)
            p->strips.at[i].kind = STRIP_FURNITURE;
}

/* 2024年3月22日 星期五: the date of a paper; without a weekday it may be a piece's own. */
static bool is_date_line(struct str text, bool *weekday)
{
    *weekday = str_has(text, STR("星期")) || str_has(text, STR("农历"));
    return text.n <= 90 && str_has(text, STR("年")) && str_has(text, STR("月")) &&
           str_has(text, STR("日")) && (utf8_at(text, 0) == '1' || utf8_at(text, 0) == '2');
}

/* 第1128期, 总第36期: which number of a paper it is. */
static bool names_issue(struct str text)
{
    size_t from = str_find(text, STR("第"), 0);
    size_t to = from == STR_NONE ? STR_NONE : str_find(text, STR("期"), from);
    if (to == STR_NONE || to <= from + strlen("第") || to > from + 18)
        return false;
    for (size_t at = from + strlen("第"); at < to;) {
        uint32_t c = utf8_next(text, &at);
        if (!point_is_any_digit(c) && !is_han_digit(c) && !point_is_space(c))
            return false;
    }
    return true;
}

/* 02 要闻, 专题 05: a page's number beside its rubric. */
static bool is_numbered_rubric(const struct strip *s, struct str text)
{
    size_t head = 0, tail = text.n;
    while (head < text.n && point_is_digit((unsigned char)text.p[head]))
        head++;
    while (tail > 0 && point_is_digit((unsigned char)text.p[tail - 1]))
        tail--;
    bool first = head > 0 && head <= 2 && point_is_space(utf8_at(text, head));
    bool last = tail < text.n && text.n - tail <= 2 && tail > 0 &&
                point_is_space((unsigned char)text.p[tail - 1]);
    return is_plain_line(s, RUBRIC_CELLS) && s->figures == 1 && (first || last);
}

/* 要闻 YAOWEN, 综合新闻 2: the name of a page, with its letters or its number. */
static bool is_page_name(const struct page *p, const struct strip *s, struct str text)
{
    bool named = false;
    if (!is_plain_line(s, PAGE_CELLS))
        return false;
    for (size_t at = 0; at < text.n;) {
        size_t from = at;
        uint32_t c = utf8_next(text, &at);
        if (point_is_latin(c) || point_is_digit(c) || point_is_space(c) || c == 0xB7 || c == '|' ||
            c == '/')
            continue;
        while (at < text.n && !point_is_space(utf8_at(text, at)))
            utf8_next(text, &at);
        const struct lexicon_entry *e = lexicon_find(p->furniture, str_sub(text, from, at));
        if (e == NULL || !lexicon_flag(e, "page"))
            return false;
        named = true;
    }
    return named;
}

/* What a line at the head of a page is for telling the others. */
enum head_mark { HEAD_NOTHING, HEAD_RUBRIC, HEAD_WEAK, HEAD_STRONG };

static enum head_mark head_mark(const struct page *p, const struct strip *s)
{
    struct str text = strip_words(p, s);
    bool weekday;
    if (s->width > 90 || s->stop != 0 || s->ending == END_STOP || s->ending == END_COMMA)
        return HEAD_NOTHING;
    const struct lexicon_entry *editor = word_at_start(p->furniture, text, "editor");
    uint32_t after = editor == NULL ? 0 : utf8_at(text, editor->word.n);
    if (after == ' ' || after == '/' || after == ':' || after == 0xFF1A || after == 0x3000 ||
        after == '|' || after == 0xFF0F)
        return HEAD_STRONG;
    if (is_date_line(text, &weekday))
        return weekday || names_issue(text) ? HEAD_STRONG : HEAD_WEAK;
    bool issue = names_issue(text) && str_has(text, STR("年"));
    if (s->han <= HEAD_HAN && (issue || (weekday && has_date(p, s))))
        return HEAD_STRONG;
    if ((s == p->strips.at && is_numbered_rubric(s, text)) || is_page_name(p, s, text))
        return HEAD_STRONG;
    if (s->kind == STRIP_FURNITURE)
        return furniture_is_masthead(p, s) ? HEAD_STRONG : HEAD_WEAK;
    if (s->kind == STRIP_DROP || text_is_page_number(text, true))
        return HEAD_WEAK;
    bool rubric = is_plain_line(s, RUBRIC_CELLS) && s->figures == 0 &&
                  word_at_end(p->marks, text, "title") == NULL;
    return rubric ? HEAD_RUBRIC : HEAD_NOTHING;
}

/* The head of a printed page: its number, paper, rubric, date and editors, in any order. What
 * stands above its last sure line belongs to it. */
static void mark_page_head(struct page *p, uint32_t from)
{
    uint32_t end = from, strong = 0;
    for (uint32_t i = from; i < p->strips.n && i < from + HEAD_LINES; i++) {
        const struct strip *s = &p->strips.at[i];
        enum head_mark mark = head_mark(p, s);
        if (mark == HEAD_NOTHING || (i > from && s->first_of_page))
            break;
        strong += mark == HEAD_STRONG;
        if (mark == HEAD_STRONG || (mark == HEAD_WEAK && strong > 0))
            end = i + 1;
    }
    for (uint32_t i = from; i < end; i++)
        if (p->strips.at[i].kind != STRIP_DROP)
            p->strips.at[i].kind = STRIP_FURNITURE;
}

/* The first words of a page: after a form feed, or below the number of the page before. */
static bool is_page_start(const struct page *p, uint32_t i)
{
    const struct strip *s = &p->strips.at[i];
    if (i == 0 || s->first_of_page)
        return true;
    return s[-1].kind == STRIP_DROP &&
           (s[-1].first_of_page || str_has(strip_words(p, s - 1), STR("页")));
}

/* A short line at the head of a page that others have too: the running title. */
static void mark_running_titles(struct page *p)
{
    struct map seen = map_in(p->arena);
    for (int pass = 0; pass < 2; pass++)
        for (uint32_t i = 0; i < p->strips.n; i++) {
            struct strip *s = &p->strips.at[i];
            if (!is_page_start(p, i) || !is_plain_line(s, TITLE_CELLS))
                continue;
            struct map_entry *e = map_put(&seen, strip_words(p, s), NULL);
            e->value.number += pass == 0;
            if (pass == 1 && e->value.number >= 2 && i > 0)
                s->kind = STRIP_FURNITURE;
        }
}

/* What the head of the first page says stands at the head of the next ones too, wherever
 * extraction put it. */
static void mark_repeated_heads(struct page *p)
{
    struct map heads = map_in(p->arena);
    uint32_t i = 0, n = 0;
    for (; i < p->strips.n && i < HEAD_LINES && p->strips.at[i].kind != STRIP_TEXT; i++)
        if (p->strips.at[i].kind == STRIP_FURNITURE) {
            map_put(&heads, strip_words(p, &p->strips.at[i]), NULL);
            n++;
        }
    for (; n > 0 && i < p->strips.n; i++) {
        struct strip *s = &p->strips.at[i];
        bool parted = s->blanks > 0 || s[-1].kind == STRIP_FURNITURE || s[-1].kind == STRIP_DROP;
        if (parted && is_plain_line(s, TITLE_CELLS) && map_get(&heads, strip_words(p, s)) != NULL)
            s->kind = STRIP_FURNITURE;
    }
}

void furniture_mark_surroundings(struct page *p)
{
    if (p->strips.n == 0)
        return;
    mark_menu(p);
    mark_page_head(p, 0);
    for (uint32_t i = 1; i < p->strips.n; i++) {
        const struct strip *s = &p->strips.at[i];
        bool masthead = s->kind == STRIP_FURNITURE && s[-1].kind != STRIP_FURNITURE &&
                        furniture_is_masthead(p, s);
        if (s->first_of_page || masthead)
            mark_page_head(p, i);
    }
    mark_running_titles(p);
    mark_repeated_heads(p);
}
