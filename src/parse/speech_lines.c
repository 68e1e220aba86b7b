/* Who speaks, on pages of a session's speeches: 市政协委员 尹若兰, 民建云泽市委会 祝启航, 祝启航
 * （民建云泽市委会）. Only there is a body with a name a speaker's line. */
#include "parse/page.h"
#include "parse/speech.h"

static bool is_surname(const struct lexicon *bylines, struct str name)
{
    size_t han = 0;
    for (size_t at = 0; at < name.n; han++)
        if (!point_is_han(utf8_next(name, &at)))
            return false;
    return han >= 2 && han <= 4 && word_at_start(bylines, name, "surname") != NULL;
}

static bool is_member_word(struct str text)
{
    return text.n <= 60 && (str_ends(text, STR("委员")) || str_ends(text, STR("常委")));
}

/* The words at the end of a speaker's line, behind the bodies. */
static struct str without_speech(struct str s)
{
    static const struct str ends[] = {STR_INIT("发言"), STR_INIT("大会口头"), STR_INIT("口头"),
                                      STR_INIT("书面"), STR_INIT("大会"),     STR_INIT("作")};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        if (i == 0 && !str_ends(s, ends[i]))
            return s;
        if (str_ends(s, ends[i]))
            s = str_trim(str_sub(s, 0, s.n - ends[i].n));
    }
    return s;
}

/* The name behind 市政协委员, with or without a space between. */
static struct str name_of_member(struct str text)
{
    size_t from = 0;
    for (size_t at = text.n; at > 0 && from == 0;) {
        size_t before = at;
        if (point_is_space(utf8_previous(text, &before)))
            from = at;
        at = before;
    }
    size_t office = str_find_last(text, STR("委员"));
    if (from == 0 && office != STR_NONE)
        from = office + strlen("委员");
    bool member = str_has(str_sub(text, 0, from), STR("委员")) ||
                  str_has(str_sub(text, 0, from), STR("常委"));
    return member ? str_trim(str_sub(text, from, text.n)) : (struct str){NULL, 0};
}

bool speech_read_behalf(const struct lexicon *bylines, struct str text, struct speech_line *out)
{
    enum { BYTES_MOST = 400 };
    static const struct str behalf = STR_INIT("代表");
    size_t at = str_find(text, behalf, 0);
    if (at == STR_NONE || at == 0 || text.n > BYTES_MOST || str_has(text, STR("。")) ||
        str_has(text, STR("，")) || str_has(text, STR("：")))
        return false;
    struct str name = str_trim(str_sub(text, 0, at));
    bool bracket = str_ends(name, STR("（")) && str_ends(text, STR("）"));
    if (bracket) { /* 市政协委员 X某（代表A、B发言） */
        name = str_trim(str_sub(name, 0, name.n - strlen("（")));
        text.n -= strlen("）");
    }
    struct str body = str_trim(str_sub(text, at + behalf.n, text.n));
    struct str member = name_of_member(name);
    if (bracket && member.n == 0)
        member = name;
    *out = (struct speech_line){member, without_speech(body), str_ends(body, STR("发言"))};
    return out->body.n > 0 && is_surname(bylines, member);
}

bool speech_read_line(const struct lexicon *bylines, struct str text, struct speech_line *out)
{
    if (speech_read_behalf(bylines, str_trim(text), out))
        return true;
    *out = (struct speech_line){{NULL, 0}, {NULL, 0}, false};
    static const struct str labels[] = {STR_INIT("发言人："), STR_INIT("发言者："),
                                        STR_INIT("发言委员：")};
    bool labelled = false;
    text = str_trim(text);
    for (size_t i = 0; i < sizeof labels / sizeof *labels && !labelled; i++)
        if (str_starts(text, labels[i])) {
            text = str_trim(str_sub(text, labels[i].n, text.n));
            labelled = true;
        }
    out->member = labelled;
    if (text.n == 0 || text.n > 180 || str_has(text, STR("。")) || str_has(text, STR("：")))
        return false;
    size_t wide = str_find(text, STR("（"), 0);
    if (wide != STR_NONE && wide > 0 && str_ends(text, STR("）"))) {
        out->name = str_trim(str_sub(text, 0, wide));
        out->body = str_trim(str_sub(text, wide + 3, text.n - 3));
    } else {
        size_t gap = STR_NONE;
        for (size_t at = text.n; at > 0 && gap == STR_NONE;) {
            size_t before = at;
            if (point_is_space(utf8_previous(text, &before)))
                gap = at;
            at = before;
        }
        if (gap == STR_NONE && labelled) {
            out->name = text;
            return is_surname(bylines, text);
        }
        if (gap == STR_NONE)
            return false;
        out->name = str_trim(str_sub(text, gap, text.n));
        out->body = str_trim(str_sub(text, 0, gap));
    }
    if (!is_surname(bylines, out->name) || out->body.n == 0)
        return false;
    if (is_member_word(out->body)) {
        static const struct str sectors[] = {STR_INIT("界别委员"), STR_INIT("界委员")};
        out->member = labelled || str_has(out->body, STR("政协"));
        bool sector = str_ends(out->body, sectors[0]) || str_ends(out->body, sectors[1]);
        if (sector && !str_has(out->body, STR("政协")))
            out->body.n -= strlen("委员");
        else
            out->body = (struct str){NULL, 0};
        return true;
    }
    return word_at_end(bylines, out->body, "body") != NULL ||
           word_at_end(bylines, out->body, "issuer") != NULL || str_ends(out->body, STR("界"));
}

bool speech_page(struct str text)
{
    enum { HEAD_BYTES = 1500 };
    static const struct str words[] = {
        STR_INIT("大会发言"), STR_INIT("口头发言"), STR_INIT("发言摘登"),    STR_INIT("发言摘要"),
        STR_INIT("发言选登"), STR_INIT("书面发言"), STR_INIT("会议上的发言")};
    const struct str speech = STR("发言"); /* each of them begins or ends with it */
    struct str head = str_sub(text, 0, HEAD_BYTES);
    for (size_t at = str_find(head, speech, 0); at != STR_NONE;
         at = str_find(head, speech, at + speech.n))
        for (size_t i = 0; i < sizeof words / sizeof *words; i++)
            if (str_starts(str_sub(head, at, head.n), words[i]) ||
                str_ends(str_sub(head, 0, at + speech.n), words[i]))
                return str_has(text, STR("政协")) || str_has(text, STR("两会"));
    return false;
}

/* 民盟云泽市总支, below the title of a proposal: a body alone. */
static bool is_body_line(const struct page *p, const struct strip *s)
{
    enum { CELLS_MOST = 40 };
    struct str text = strip_words(p, s);
    return s->width <= CELLS_MOST && s->gaps == 0 && s->ordinal.kind == ORDINAL_NONE &&
           word_at_end(p->bylines, text, "body") != NULL;
}

/* How many lines above strip i are the title of a proposal: 关于…的提案 in one, or in two. */
static uint32_t title_lines(const struct page *p, uint32_t i)
{
    const struct strip *last = &p->strips.at[i - 1], *first = last - 1;
    if (strip_is_proposal_title(p, last))
        return 1;
    struct str text = strip_words(p, last);
    bool ends = str_ends(text, STR("的提案")) || str_ends(text, STR("的建议"));
    bool begins = i >= 2 && first->kind == STRIP_TEXT && strip_may_be_title(p, first) &&
                  str_starts(strip_words(p, first), STR("关于"));
    return ends && begins && last->blanks == 0 ? 2 : 0;
}

static bool announces_speeches(struct str text)
{
    return str_has(text, STR("发言")) || str_has(text, STR("政协")) || str_has(text, STR("次会议"));
}

/* 市政协委员大会发言摘编 over the title of the first speech is the page's; so is the headline over
 * ——…大会发言摘登, which stands apart from it. */
static void mark_page_line(struct page *p)
{
    static const struct str ends[] = {STR_INIT("发言摘编"), STR_INIT("发言摘登"),
                                      STR_INIT("发言选登"), STR_INIT("发言摘要"),
                                      STR_INIT("发言选编"), STR_INIT("大会发言")};
    for (uint32_t i = 0; i + 2 < p->strips.n && p->speeches; i++) {
        struct strip *s = &p->strips.at[i];
        if (s->kind == STRIP_SPEAKER)
            return;
        bool over = s->kind == STRIP_TEXT && s[1].kind == STRIP_TEXT &&
                    s[2].kind == STRIP_SPEAKER && strip_may_be_title(p, s) &&
                    strip_may_be_title(p, s + 1);
        bool announces = false;
        for (size_t k = 0; k < sizeof ends / sizeof *ends && over; k++)
            announces = announces || str_ends(strip_words(p, s), ends[k]);
        bool dashed = str_starts(strip_words(p, s), STR("—"));
        if (!announces || (dashed && (s->blanks == 0 || s[1].blanks == 0)))
            continue;
        s->kind = STRIP_CAPTION;
        if (dashed && i == 1 && s[-1].kind == STRIP_TEXT && strip_may_be_title(p, s - 1))
            s[-1].kind = STRIP_CAPTION;
    }
}

void page_find_speech_lines(struct page *p)
{
    mark_page_line(p);
    struct speech_line line;
    for (uint32_t i = 1; i < p->strips.n; i++) {
        struct strip *s = &p->strips.at[i];
        bool title = s[-1].kind == STRIP_TEXT && strip_may_be_title(p, s - 1);
        if (s->kind != STRIP_TEXT || s->stop != 0 || s->figures > 0 || s->commas > 0 ||
            (s->ending != END_OPEN && s->ending != END_BRACKET) || !title)
            continue;
        struct str text = strip_text(p, s);
        text = str_trim(str_sub(text, ornament_length(p, text), text.n));
        if (speech_read_line(p->bylines, text, &line)) {
            if (p->speeches || line.member)
                s->kind = STRIP_SPEAKER;
        } else if (s->blanks <= 1 && is_body_line(p, s)) {
            uint32_t lines = title_lines(p, i);
            for (uint32_t k = 1; k <= lines; k++)
                s[-(int)k].kind = STRIP_TITLE;
            if (lines > 0)
                s->kind = STRIP_BYLINE;
        }
    }
}

void page_find_speech_head(struct page *p)
{
    uint32_t speaker = 0;
    while (speaker < p->blocks.n && p->blocks.at[speaker].kind != BLOCK_SPEAKER)
        speaker++;
    if (speaker == p->blocks.n || speaker < 2)
        return;
    struct block *own = &p->blocks.at[speaker - 1], *above = own - 1;
    if (own->kind != BLOCK_TITLE || above->kind != BLOCK_TITLE || own->blanks == 0)
        return;
    if (announces_speeches(strip_words(p, &p->strips.at[above->last])))
        above->kind = BLOCK_CAPTION;
}
