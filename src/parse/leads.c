/* How a piece of news begins: 本报讯（记者 …）, 本报7月4日讯, 记者…报道：, （记者 …）; and what
 * says that it goes on elsewhere. */
#include "parse/page.h"

enum {
    HEAD_BYTES = 240, /* that are looked at */
    OPEN_BYTES = 60,  /* before the bracket with the names */
    AHEAD_BYTES = 45  /* of who sends it, and when */
};

/* 本报7月4日讯, 中新网某地2月4日电, 云上云溪报道: who sends a piece, before a bracket with names.
 */
static bool is_sender(struct str text)
{
    static const struct str words[] = {STR_INIT("讯"), STR_INIT("电"), STR_INIT("报道"),
                                       STR_INIT("消息")};
    static const struct str marks[] = {STR_INIT("，"), STR_INIT("。"), STR_INIT("、"),
                                       STR_INIT("："), STR_INIT("“"),  STR_INIT("《")};
    bool sends = false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        sends = sends || str_ends(text, words[i]);
    for (size_t i = 0; sends && i < sizeof marks / sizeof *marks; i++)
        sends = !str_has(text, marks[i]);
    return sends && text.n <= AHEAD_BYTES;
}

/* The bracket that names the authors, right at the head or after who sends the piece. */
static bool bracket_lead(const struct page *p, struct str head, struct news_lead *out)
{
    size_t wide = str_find(head, STR("（"), 0), narrow = str_find(head, STR("("), 0);
    size_t open = wide < narrow ? wide : narrow;
    if (open == STR_NONE || open > OPEN_BYTES)
        return false;
    size_t start = open + (open == wide ? strlen("（") : 1);
    size_t shut = str_find(head, STR("）"), start), half = str_find(head, STR(")"), start);
    size_t close = shut < half ? shut : half;
    struct str ahead = str_trim(str_sub(head, 0, open));
    bool sent = is_sender(ahead);
    bool news = sent || word_at_start(p->marks, head, "news") != NULL;
    if (close == STR_NONE || close <= start || (open > 0 && !news))
        return false;
    bool has_role = false;
    if (!credits_read_roles(p, str_sub(head, start, close), NULL, &has_role) ||
        !(has_role || sent)) /* right after the sender names alone will do */
        return false;
    *out = (struct news_lead){start, close, !has_role};
    return true;
}

/* 记者李敏报道：, perhaps after 本报讯. */
static bool report_lead(const struct page *p, struct str head, struct news_lead *out)
{
    static const struct str after[] = {STR_INIT("："), STR_INIT(":"), STR_INIT("，"),
                                       STR_INIT(" ")};
    const struct lexicon_entry *e = word_at_start(p->marks, head, "news");
    size_t start = e == NULL ? 0 : e->word.n;
    while (start < head.n && point_is_space(utf8_at(head, start)))
        utf8_next(head, &start);
    if (word_at_start(p->bylines, str_sub(head, start, head.n), "role") == NULL)
        return false;
    size_t end = str_find(str_sub(head, 0, start + OPEN_BYTES + AHEAD_BYTES), STR("报道"), start);
    if (end == STR_NONE)
        return false;
    struct str rest = str_sub(head, end + strlen("报道"), head.n);
    bool stops = false;
    for (size_t i = 0; i < sizeof after / sizeof *after; i++)
        stops = stops || str_starts(rest, after[i]);
    bool has_role = false;
    if (!stops || !credits_read_roles(p, str_sub(head, start, end), NULL, &has_role) || !has_role)
        return false;
    *out = (struct news_lead){start, end, false};
    return true;
}

bool news_lead_read(const struct page *p, struct str text, struct news_lead *out)
{
    struct str head = str_sub(text, 0, HEAD_BYTES);
    return bracket_lead(p, head, out) || report_lead(p, head, out);
}

bool text_opens_news(const struct page *p, struct str text)
{
    struct news_lead lead;
    return word_at_start(p->marks, text, "news") != NULL || news_lead_read(p, text, &lead);
}

/* The bytes of 编者按 at the head of text, with 【】 round it. */
static size_t note_length(const struct page *p, struct str text)
{
    static const struct str brackets[][2] = {{STR_INIT("【"), STR_INIT("】")},
                                             {STR_INIT("["), STR_INIT("]")},
                                             {STR_INIT("（"), STR_INIT("）")},
                                             {STR_INIT(""), STR_INIT("")}};
    size_t from = ornament_length(p, text);
    for (size_t i = 0; i < sizeof brackets / sizeof *brackets; i++) {
        struct str open = brackets[i][0], shut = brackets[i][1];
        struct str rest = str_sub(text, from, text.n);
        if (!str_starts(rest, open))
            continue;
        const struct lexicon_entry *e =
            word_at_start(p->marks, str_sub(rest, open.n, rest.n), "note");
        if (e != NULL && str_starts(str_sub(rest, open.n + e->word.n, rest.n), shut))
            return from + open.n + e->word.n + shut.n;
    }
    return 0;
}

bool text_is_note(const struct page *p, struct str text)
{
    return note_length(p, text) > 0;
}

bool text_is_note_label(const struct page *p, struct str text)
{
    size_t length = note_length(p, text);
    struct str rest = str_trim(str_sub(text, length, text.n));
    return length > 0 && (rest.n == 0 || str_eq(rest, STR("：")) || str_eq(rest, STR(":")));
}

size_t text_page_length(struct str text)
{
    size_t page = str_find(text, STR("版"), 0);
    if (page != STR_NONE)
        return page + strlen("版");
    bool digit = false;
    size_t end = 0;
    for (size_t at = 0; at < text.n;) {
        uint32_t c = utf8_next(text, &at);
        bool figure = point_is_digit(c), letter = c >= 'A' && c <= 'Z';
        if (!figure && !letter && c != 0x2192 && c != '>' && !point_is_space(c)) /* → */
            break;
        digit = digit || figure;
        end = figure ? at : end;
    }
    return digit ? end : 0;
}

size_t text_continued_length(const struct page *p, struct str text)
{
    enum { BYTES_MOST = 60 };
    size_t open = str_starts(text, STR("（")) ? strlen("（") : text.n > 0 && text.p[0] == '(';
    struct str inner = str_sub(text, open, text.n < BYTES_MOST ? text.n : BYTES_MOST);
    const struct lexicon_entry *e = word_at_start(p->marks, inner, "from");
    if (e == NULL)
        e = word_at_start(p->marks, inner, "to");
    size_t page = e == NULL ? 0 : text_page_length(str_sub(inner, e->word.n, inner.n));
    if (page == 0)
        return 0;
    size_t end = open + e->word.n + page;
    struct str rest = str_sub(text, end, text.n);
    return open == 0                     ? end
           : str_starts(rest, STR("）")) ? end + 3
           : str_starts(rest, STR(")"))  ? end + 1
                                         : 0;
}
