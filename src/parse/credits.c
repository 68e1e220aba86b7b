/* Bylines, speakers, picture credits: lines and line ends that say who made a piece. */
#include "parse/credits.h"
#include "baolan/buffer.h"
#include "parse/speech.h"

/* 某某省人民政府省长胡玉亭: a post and a name of a letter-spaced line, whose spaces were closed.
 * The bytes of the post, or 0. */
static size_t glued_post(const struct page *p, struct str text)
{
    static const size_t names[] = {9, 6, 12};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (text.n <= names[i] + 6)
            continue;
        struct str post = str_sub(text, 0, text.n - names[i]);
        if (word_at_end(p->bylines, post, "post") != NULL &&
            credit_is_name(p, str_sub(text, post.n, text.n)))
            return post.n;
    }
    return 0;
}

/* 省长 胡玉亭: a post, then a name (perhaps with a space in it). */
static bool read_post(const struct page *p, struct str text, struct credit_list *out)
{
    struct str rest = text, post = credit_next_token(&rest), name = str_trim(rest);
    size_t glued = name.n == 0 ? glued_post(p, post) : 0;
    if (glued > 0) {
        name = str_sub(post, glued, post.n);
        post = str_sub(post, 0, glued);
    }
    if (post.n == 0 || post.n > 75 || name.n == 0 || word_at_end(p->bylines, post, "post") == NULL)
        return false;
    struct str again = name, first = credit_next_token(&again), second = credit_next_token(&again);
    if (second.n > 0)
        name = credit_next_token(&again).n > 0 ? (struct str){NULL, 0}
                                               : credit_join_name(p, first, second);
    if (name.n == 0 || !credit_is_name(p, name))
        return false;
    if (out != NULL)
        credit_add(p, out, post, name);
    return true;
}

/* 方也委员代表民盟…、…发言: the bytes of the name before 委员, or 0. */
static size_t speaker_length(const struct page *p, struct str text)
{
    static const struct str words[] = {STR_INIT("委员代表"), STR_INIT("代表")};
    bool says = str_has(str_sub(text, 0, 64), words[1]);
    for (size_t i = 0; says && i < sizeof words / sizeof *words; i++) {
        size_t at = str_find(str_sub(text, 0, 64), words[i], 0);
        if (at == STR_NONE || at == 0)
            continue;
        struct str name = str_trim(str_sub(text, 0, at));
        if (i == 0 && credit_count_han(name) >= 2 && credit_count_han(name) <= 12)
            return name.n;
        if (i == 1 && credit_is_name(p, name) && word_at_end(p->bylines, text, "speech") != NULL)
            return name.n;
    }
    size_t at = str_find(str_sub(text, 0, 48), STR("委员"), 0);
    if (at != STR_NONE && at > 0) {
        struct str rest = str_sub(text, at + strlen("委员"), text.n);
        bool ends = rest.n == 0 || str_eq(rest, STR("：")) || str_eq(rest, STR(":")) ||
                    str_eq(rest, STR("发言"));
        if (ends && credit_is_name(p, str_trim(str_sub(text, 0, at))))
            return at;
    }
    return 0;
}

/* ——杜某某委员代表…: a speaker's name behind dashes; empty where none stands there. */
static struct str speaker_behind_dashes(const struct page *p, struct str text)
{
    size_t at = 0, length;
    while (str_starts(str_sub(text, at, text.n), STR("—")))
        at += strlen("—");
    struct str rest = str_trim(str_sub(text, at, text.n));
    length = at == 0 ? 0 : speaker_length(p, rest);
    struct str name = str_sub(rest, 0, length);
    return length > 0 && credit_is_name(p, name) ? name : (struct str){NULL, 0};
}

static bool is_bracketed(struct str text)
{
    return (str_starts(text, STR("（")) || str_starts(text, STR("("))) &&
           (str_ends(text, STR("）")) || str_ends(text, STR(")")));
}

static bool is_ending_bracket(struct str text)
{
    return str_ends(text, STR("）")) || str_ends(text, STR(")"));
}

static struct str unbracketed(struct str text)
{
    size_t open = text.n > 0 && text.p[0] == '(' ? 1 : 3;
    size_t close = text.n > 0 && text.p[text.n - 1] == ')' ? 1 : 3;
    return str_trim(str_sub(text, open, text.n - close));
}

/* 工业科 执笔：沈洁: from 执笔 on. */
static struct str from_writer(struct str inner)
{
    size_t at = str_find(str_sub(inner, 0, 48), STR("执笔"), 0);
    return at == STR_NONE ? inner : str_sub(inner, at, inner.n);
}

/* （作者系…）, （作者单位：…）, （执笔：…） */
static bool is_author_note(struct str inner)
{
    static const struct str heads[] = {STR_INIT("作者系"), STR_INIT("作者为"), STR_INIT("作者单位"),
                                       STR_INIT("作者："), STR_INIT("作者:"),  STR_INIT("作者是"),
                                       STR_INIT("执笔"),   STR_INIT("课题组")};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        if (str_starts(inner, heads[i]))
            return true;
    return false;
}

/* 作者单位：云泽市农业农村局, without brackets: no name. */
static bool says_where_author_works(struct str text)
{
    return str_starts(text, STR("作者单位")) || str_starts(text, STR("作者系"));
}

/* 摄影 …, or 记者 … 摄 where the words are not by the same hand: 文/摄. */
static bool is_photo_credit(const struct page *p, struct str text)
{
    bool wrote = false;
    for (struct str rest = text, token = credit_next_token(&rest); token.n > 0;
         token = credit_next_token(&rest))
        wrote = wrote || str_eq(token, STR("文"));
    if (str_ends(text, STR("摄")) && !wrote)
        return true;
    const struct lexicon_entry *e = word_at_start(p->bylines, text, "role");
    return e != NULL && lexicon_flag(e, "photo");
}

static bool is_body(const struct page *p, struct str text)
{
    return word_at_end(p->bylines, text, "body") != NULL ||
           word_at_end(p->bylines, text, "issuer") != NULL;
}

/* 市委党校 张三 李四: the names behind where they work; empty where it is none. */
static struct str names_behind_body(const struct page *p, struct str text)
{
    enum { BODY_CHARS = 4 };
    struct str none = {NULL, 0}, rest = text, body = credit_next_token(&rest);
    struct str names = str_trim(rest);
    if (names.n == 0 || !is_body(p, body) || utf8_count(body) < BODY_CHARS ||
        word_at_end(p->bylines, body, "common") != NULL)
        return none;
    unsigned n = 0;
    for (struct str token = credit_next_token(&rest); token.n > 0;
         token = credit_next_token(&rest), n++)
        if (!credit_is_name(p, token))
            return none;
    return n > 0 ? names : none;
}

/* 张三（市委党校）, 市委党校 张三: names, without what says where they work; else text itself. */
static struct str without_body(const struct page *p, struct str text)
{
    struct str names = names_behind_body(p, text);
    if (names.n > 0)
        return names;
    size_t open = str_find(text, STR("（"), 0), skip = strlen("（");
    if (open == STR_NONE)
        open = str_find(text, STR("("), 0), skip = 1;
    if (open == STR_NONE || open == 0 || !is_ending_bracket(text))
        return text;
    size_t shut = str_ends(text, STR("）")) ? strlen("）") : 1;
    struct str name = str_trim(str_sub(text, 0, open));
    struct str body = str_trim(str_sub(text, open + skip, text.n - shut));
    return is_body(p, body) && credit_is_name(p, name) ? name : text;
}

bool credits_part_by_space(const struct page *p, struct str text)
{
    enum { LINE_BYTES = 180 };
    struct str rest = str_trim(str_sub(text, ornament_length(p, text), text.n));
    size_t most = 0;
    bool has_role = false;
    if (rest.n > LINE_BYTES)
        return false;
    for (struct str left = rest, token = credit_next_token(&left); token.n > 0;
         token = credit_next_token(&left))
        most = token.n > most ? token.n : most;
    bool taken = str_ends(rest, STR(" 摄")); /* 唐 宇 方 晴 摄 */
    return (most > strlen("字") || taken) && credits_read_roles(p, rest, NULL, &has_role) &&
           has_role;
}

/* **本报记者 方也**: the marks that set a line of Markdown bold or slanted are no words. */
static struct str without_emphasis(struct str text)
{
    text = str_trim(text);
    size_t marks = 0;
    while (marks < 3 && 2 * marks + 2 < text.n && text.p[marks] == '*' &&
           text.p[text.n - 1 - marks] == '*')
        marks++;
    return str_trim(str_sub(text, marks, text.n - marks));
}

enum credit_line credit_line_kind(const struct page *p, struct str text)
{
    text = without_emphasis(text);
    size_t marks = ornament_length(p, text);
    struct str rest = without_body(p, str_trim(str_sub(text, marks, text.n)));
    bool has_role = false;
    if (rest.n == 0 || rest.n > 300)
        return CREDIT_NONE;
    if (speaker_length(p, rest) > 0 &&
        (marks > 0 || word_at_end(p->bylines, rest, "speech") != NULL || rest.n < 40))
        return CREDIT_SPEAKER;
    struct speech_line speech;
    if (speaker_behind_dashes(p, rest).n > 0 ||
        (speech_read_behalf(p->bylines, rest, &speech) && (marks > 0 || speech.member)))
        return CREDIT_SPEAKER;
    if (rest.n > 180)
        return CREDIT_NONE;
    if (is_bracketed(rest)) {
        struct str inner = from_writer(unbracketed(rest));
        if (is_author_note(inner))
            return CREDIT_BYLINE;
        if (credits_read_roles(p, inner, NULL, &has_role) && has_role)
            return is_photo_credit(p, inner) ? CREDIT_PHOTO : CREDIT_BYLINE;
        return CREDIT_NONE;
    }
    if (says_where_author_works(rest))
        return CREDIT_BYLINE;
    if (credits_read_roles(p, rest, NULL, &has_role)) {
        if (has_role)
            return is_photo_credit(p, rest) ? CREDIT_PHOTO : CREDIT_BYLINE;
        return marks > 0 ? CREDIT_BYLINE : CREDIT_NAMES;
    }
    if (marks > 0 && rest.n <= 90 && word_at_end(p->bylines, rest, "body") != NULL &&
        text_ending(rest) == END_OPEN && !str_has(rest, STR("，")) && !str_has(rest, STR("：")))
        return CREDIT_BYLINE;
    return read_post(p, rest, NULL) ? CREDIT_NAMES : CREDIT_NONE;
}

enum credit_line strip_credit(const struct page *p, const struct strip *s)
{
    uint8_t *known = &p->strips.at[s - p->strips.at].credit;
    if (*known == 0)
        *known = (uint8_t)(credit_line_kind(p, strip_words(p, s)) + 1);
    return (enum credit_line)(*known - 1);
}

void credits_read(const struct page *p, struct str text, struct credit_list *out)
{
    text = without_emphasis(text);
    struct str rest = str_trim(str_sub(text, ornament_length(p, text), text.n));
    rest = without_body(p, rest);
    bool has_role;
    size_t speaker = speaker_length(p, rest);
    struct speech_line speech;
    if (speech_read_line(p->bylines, rest, &speech) && (p->speeches || speech.member)) {
        credit_add(p, out, STR("委员"), speech.name);
        return;
    }
    struct str behind = speaker_behind_dashes(p, rest);
    if (behind.n > 0) {
        credit_add(p, out, STR("委员"), behind);
        return;
    }
    if (speaker > 0 && !is_bracketed(rest)) {
        struct str names = str_sub(rest, 0, speaker);
        for (struct str name = credit_next_token(&names); name.n > 0;
             name = credit_next_token(&names))
            credit_add(p, out, STR("委员"), name);
        return;
    }
    if (is_bracketed(rest)) {
        rest = from_writer(unbracketed(rest));
        if (is_author_note(rest) && !str_starts(rest, STR("作者：")) &&
            !str_starts(rest, STR("执笔")))
            return;
    }
    size_t before = out->n;
    if (says_where_author_works(rest) || credits_read_roles(p, rest, out, &has_role))
        return;
    out->n = before;
    if (read_post(p, rest, out))
        return;
    size_t colon = str_find(rest, STR("："), 0); /* 提案者：九三学社… */
    if (colon != STR_NONE)
        rest = str_trim(str_sub(rest, colon + strlen("："), rest.n));
    if (rest.n > 0 && rest.n <= 90)
        credit_add(p, out, STR("作者"), rest);
}

/* Bytes [from, to) of prose with the spaces that the source has between its pieces: names keep
 * theirs. A line end counts as nothing where joined, else as a space. */
static struct str source_from(const struct page *p, const struct prose *prose, size_t from,
                              size_t to, bool joined)
{
    struct buffer b = buffer_in(p->arena);
    size_t end = 0;
    for (uint32_t i = 0; i < prose->n_pieces; i++) {
        const struct piece *piece = &prose->pieces[i];
        size_t start = piece->at < from ? from : piece->at, stop = piece->at + piece->length;
        stop = stop > to ? to : stop;
        if (start >= stop)
            continue;
        bool gap = end != 0 && piece->text > end;
        bool line = gap && (piece->text - end > 40 ||
                            str_has(str_sub(p->text, end, piece->text), STR("\n")));
        if (gap && (!line || !joined))
            buffer_add_byte(&b, ' ');
        buffer_add(&b, str_sub(prose->text, start, stop));
        end = (size_t)piece->text + piece->text_length;
    }
    return str_trim(buffer_str(&b));
}

/* The byte of the last opening bracket of text. */
static size_t last_open(struct str text)
{
    size_t wide = str_find_last(text, STR("（")), narrow = str_find_last(text, STR("("));
    if (wide == STR_NONE)
        return narrow;
    return narrow != STR_NONE && narrow > wide ? narrow : wide;
}

size_t credits_at_end(const struct page *p, const struct prose *prose, struct str *source)
{
    struct str text = prose->text;
    /* Only the last stretch is looked at: a credit is short. */
    size_t from = text.n > 240 ? text.n - 240 : 0;
    while (from > 0 && ((unsigned char)text.p[from] & 0xC0) == 0x80)
        from--;
    struct str tail = str_sub(text, from, text.n);
    if (is_ending_bracket(tail)) {
        size_t open = last_open(tail);
        if (open != STR_NONE && from + open > 0 &&
            text_ending(str_sub(text, 0, from + open)) == END_STOP) {
            for (int joined = 1; joined >= 0; joined--) {
                *source = source_from(p, prose, from + open, text.n, joined);
                bool has_role;
                struct str inner = is_bracketed(*source) ? unbracketed(*source) : *source;
                if (is_author_note(inner) || credits_read_roles(p, inner, NULL, &has_role))
                    return from + open;
            }
        }
    }
    for (size_t at = tail.n; at > 0;) {
        uint32_t c = utf8_previous(tail, &at);
        if (point_is_stop(c) && at > 0) {
            size_t after = at;
            utf8_next(tail, &after);
            while (point_is_closer(utf8_at(tail, after)))
                utf8_next(tail, &after);
            bool has_role = false;
            for (int joined = 1; joined >= 0 && after < tail.n; joined--) {
                *source = source_from(p, prose, from + after, text.n, joined);
                if (credits_read_roles(p, *source, NULL, &has_role) && has_role)
                    return from + after;
            }
            return STR_NONE;
        }
        if (c < 0x2500 || c >= 0x2800 || ornament_length(p, str_sub(tail, at, tail.n)) == 0)
            continue;
        if (from + at == 0 || text_ending(str_sub(text, 0, from + at)) != END_STOP)
            return STR_NONE;
        for (int joined = 1; joined >= 0; joined--) {
            *source = source_from(p, prose, from + at, text.n, joined);
            enum credit_line kind = credit_line_kind(p, *source);
            if (kind == CREDIT_BYLINE || kind == CREDIT_PHOTO)
                return from + at;
        }
        return STR_NONE;
    }
    return STR_NONE;
}

void credits_of_lead(const struct page *p, const struct prose *prose, struct credit_list *out)
{
    struct news_lead lead;
    bool has_role;
    if (!news_lead_read(p, prose->text, &lead))
        return;
    size_t before = out->n;
    struct str names = source_from(p, prose, lead.start, lead.end, true);
    if (!credits_read_roles(p, names, out, &has_role) || !(has_role || lead.names_alone))
        out->n = before;
}
