/* Bylines, speakers, picture credits: lines and line ends that say who made a piece. */
#include "baolan/buffer.h"
#include "parse/page.h"
#include "parse/speech.h"

const struct lexicon_entry *word_at_start(const struct lexicon *l, struct str text,
                                          const char *flag)
{
    const struct lexicon_entry *entry = lexicon_match(l, text, 0, NULL);
    if (entry == NULL)
        return NULL;
    if (lexicon_flag(entry, flag))
        return entry;
    /* A shorter word may carry the flag. */
    size_t n = entry->word.n;
    while (n > 0) {
        size_t before = n;
        utf8_previous(text, &before);
        n = before;
        entry = n == 0 ? NULL : lexicon_find(l, str_sub(text, 0, n));
        if (entry != NULL && lexicon_flag(entry, flag))
            return entry;
    }
    return NULL;
}

const struct lexicon_entry *word_at_end(const struct lexicon *l, struct str text, const char *flag)
{
    size_t start;
    const struct lexicon_entry *entry = lexicon_match_before(l, text, text.n, &start);
    if (entry == NULL)
        return NULL;
    if (lexicon_flag(entry, flag))
        return entry;
    while (start < text.n) {
        utf8_next(text, &start);
        entry = start >= text.n ? NULL : lexicon_find(l, str_sub(text, start, text.n));
        if (entry != NULL && lexicon_flag(entry, flag))
            return entry;
    }
    return NULL;
}

size_t ornament_length(const struct page *p, struct str text)
{
    size_t at = 0;
    for (;;) {
        size_t after = at;
        uint32_t c = utf8_next(text, &after);
        if (c == 0)
            return at;
        if (!point_is_space(c)) {
            size_t end;
            const struct lexicon_entry *e = c < 0x2000 || (c >= 0x3000 && c < 0xE000)
                                                ? NULL
                                                : lexicon_match(p->marks, text, at, &end);
            if (e == NULL || !lexicon_flag(e, "ornament"))
                return at;
            after = end;
        }
        at = after;
    }
}

/* Bytes of a family name at the head of text, 0 where there is none. */
static size_t surname_length(const struct page *p, struct str text)
{
    const struct lexicon_entry *e = word_at_start(p->bylines, text, "surname");
    return e == NULL ? 0 : e->word.n;
}

static size_t count_han(struct str text)
{
    size_t n = 0;
    for (size_t at = 0; at < text.n;) {
        uint32_t c = utf8_next(text, &at);
        if (!point_is_han(c) && c != 0xB7 && c != 0x2022)
            return 0;
        n++;
    }
    return n;
}

/* A person's name: two or three characters that begin with a family name, four with one of two
 * characters, or parts with · between them. */
static bool is_name(const struct page *p, struct str text)
{
    size_t han = count_han(text);
    if (str_has(text, STR("·")))
        return han >= 4 && han <= 12;
    static const char *const never_last[] = {"了", "的", "是", "在"};
    for (size_t i = 0; i < sizeof never_last / sizeof *never_last; i++)
        if (str_ends(text, str_of(never_last[i])))
            return false;
    size_t surname = surname_length(p, text) / 3;
    return surname > 0 && han > surname && han <= surname + 2 && han >= 2;
}

/* The next run without space or separator. */
static struct str next_token(struct str *rest)
{
    size_t at = 0;
    for (size_t after = 0;; at = after) {
        uint32_t c = utf8_next(*rest, &after);
        if (c == 0 || !(point_is_space(c) || c == 0x3001 || c == ',' || c == 0xFF0C || c == '/' ||
                        c == 0xFF0F || c == ':' || c == 0xFF1A || c == '|'))
            break;
    }
    size_t end = at;
    for (size_t after = at;; end = after) {
        uint32_t c = utf8_next(*rest, &after);
        if (c == 0 || point_is_space(c) || c == 0x3001 || c == ',' || c == 0xFF0C || c == '/' ||
            c == 0xFF0F || c == ':' || c == 0xFF1A || c == '|')
            break;
    }
    struct str token = str_sub(*rest, at, end);
    *rest = str_sub(*rest, end, rest->n);
    return token;
}

/* Takes as one what is printed with a space behind each character: a role (记 者), a name of three
 * characters that stands alone (方 也 知). Names of two are joined as they come. */
static struct str close_token(const struct page *p, struct str token, struct str *rest)
{
    enum { ROLE_MOST = 3, MOST = 4 };
    struct buffer all = buffer_in(p->arena);
    struct str after[MOST] = {*rest}, joined[MOST] = {token};
    size_t n = 1;
    if (token.n != 3)
        return token;
    buffer_add(&all, token);
    for (struct str left = *rest, last = token; n < MOST; n++) {
        struct str next = next_token(&left);
        if (next.n != 3 || count_han(next) != 1 ||
            str_trim((struct str){last.p + last.n, (size_t)(next.p - last.p) - last.n}).n > 0)
            break;
        buffer_add(&all, next);
        joined[n] = str_dup(p->arena, buffer_str(&all));
        after[n] = left;
        last = next;
    }
    for (size_t i = 1; i < n && i < ROLE_MOST; i++) {
        const struct lexicon_entry *e = lexicon_find(p->bylines, joined[i]);
        if (e != NULL && lexicon_flag(e, "role")) {
            *rest = after[i];
            return joined[i];
        }
    }
    struct str third = n == 3 ? str_sub(joined[2], joined[1].n, joined[2].n) : (struct str){0};
    const struct lexicon_entry *e = n == 3 ? lexicon_find(p->bylines, third) : NULL;
    if (n != 3 || !is_name(p, joined[2]) ||
        (e != NULL && lexicon_flag(e, "role"))) /* 方 也 文/图 */
        return token;
    *rest = after[2];
    return joined[2];
}

static void add_credit(const struct page *p, struct credit_list *out, struct str role,
                       struct str name)
{
    if (name.n == 0)
        return;
    struct credit credit = {role.n == 0 ? STR("作者") : role, name};
    vector_push(p->arena, out, credit);
}

/* A name printed with a space to fill three characters' width: 方 也 is one name. */
static struct str join_name(const struct page *p, struct str first, struct str second)
{
    return str_printf(p->arena, "%.*s%.*s", STR_ARG(first), STR_ARG(second));
}

/* How much of a token is a role word at its head; the words of a role may follow one another. A
 * role of one character is one by itself: 文史资料 has none. */
static size_t role_length(const struct page *p, struct str token,
                          const struct lexicon_entry **entry)
{
    const struct lexicon_entry *e = word_at_start(p->bylines, token, "role");
    if (e != NULL && e->word.n == strlen("文") && token.n > e->word.n)
        e = NULL;
    *entry = e;
    return e == NULL ? 0 : e->word.n;
}

static bool is_report_word(struct str token)
{
    return str_eq(token, STR("报道")) || str_eq(token, STR("摄")) || str_eq(token, STR("文")) ||
           str_eq(token, STR("图")) || str_eq(token, STR("摄影报道")) ||
           str_eq(token, STR("整理")) || str_eq(token, STR("供稿")) ||
           (str_ends(token, STR("报道")) && token.n <= 24); /* 青屿报道 */
}

static struct str role_of(const struct lexicon_entry *entry)
{
    return lexicon_flag(entry, "author") ? STR("作者") : entry->word;
}

/* The bytes of the first name of several that stand without spaces (a letter-spaced line had its
 * spaces closed), before another name or a role word; 0 where they are none. */
static size_t glued_name(const struct page *p, struct str token)
{
    static const size_t lengths[] = {9, 6, 12};
    const struct lexicon_entry *entry;
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        struct str rest = str_sub(token, lengths[i], token.n);
        if (rest.n == 0 || !is_name(p, str_sub(token, 0, lengths[i])))
            continue;
        bool goes_on = is_name(p, rest) || role_length(p, rest, &entry) > 0 ||
                       (surname_length(p, rest) > 0 && rest.n >= 12);
        if (goes_on)
            return lengths[i];
    }
    return 0;
}

/* What the reading of roles and names has come to. */
struct role_reader {
    const struct page *page;
    struct credit_list *out; /* or NULL */
    struct str rest, role;
    struct str held;    /* a single character that waits for the other half of its name */
    struct str pending; /* what is left of a token */
    size_t names;
    bool has_role;
    bool verb; /* the role is a verb of ordinary text too: only names follow it */
};

static void read_name(struct role_reader *r, struct str name)
{
    if (r->out != NULL)
        add_credit(r->page, r->out, r->role, name);
    r->names++;
}

static bool join_held(struct role_reader *r, struct str token)
{
    struct str name = join_name(r->page, r->held, token);
    if (token.n == 0 || !is_name(r->page, name))
        return false;
    r->held = (struct str){NULL, 0};
    read_name(r, name);
    return true;
}

static bool set_role(struct role_reader *r, const struct lexicon_entry *entry)
{
    r->role = role_of(entry);
    r->verb = lexicon_flag(entry, "verb");
    r->has_role = true;
    return true;
}

/* One token: a role word, a name, both, or names without spaces between. */
static bool read_token(struct role_reader *r, struct str token)
{
    const struct page *p = r->page;
    const struct lexicon_entry *entry;
    size_t n = role_length(p, token, &entry);
    if (r->names > 0 && is_report_word(token))
        return true;
    if (n > 0 && n == token.n)
        return set_role(r, entry);
    const struct lexicon_entry *own = n == 0 ? word_at_end(p->bylines, token, "role") : NULL;
    bool outlet = own != NULL && own->word.n >= strlen("记者") && token.n <= 60 &&
                  !lexicon_flag(own, "photo") && !str_has(token, STR("。"));
    if (outlet)
        return set_role(r, own); /* 某某新闻记者 */
    if (n > 0) {                 /* 记者张三 */
        struct str name = str_sub(token, n, token.n);
        if (is_name(p, name) || word_at_end(p->bylines, name, "body") != NULL ||
            glued_name(p, name) > 0 ||
            role_length(p, name, &(const struct lexicon_entry *){0}) > 0) {
            set_role(r, entry);
            r->pending = name;
            return true;
        }
        if (!is_name(p, token))
            return false;
    }
    if (token.n == 3 && surname_length(p, token) > 0) {
        r->held = token;
        return true;
    }
    bool foreign = r->has_role && !r->verb && count_han(token) >= 2 && count_han(token) <= 4;
    bool body =
        r->has_role && !r->verb && token.n <= 60 && word_at_end(p->bylines, token, "body") != NULL;
    size_t glued = r->has_role && !is_name(p, token) ? glued_name(p, token) : 0;
    if (glued > 0) {
        read_name(r, str_sub(token, 0, glued));
        r->pending = str_sub(token, glued, token.n);
        return true;
    }
    if (!is_name(p, token) && !foreign && !body)
        return false;
    read_name(r, token);
    return true;
}

bool credits_read_roles(const struct page *p, struct str text, struct credit_list *out,
                        bool *has_role)
{
    struct role_reader r = {.page = p, .out = out, .rest = text};
    for (;;) {
        struct str token = r.pending;
        r.pending = (struct str){NULL, 0};
        if (token.n == 0)
            token = next_token(&r.rest);
        if (r.held.n == 0)
            token = close_token(p, token, &r.rest);
        bool read = r.held.n > 0 ? join_held(&r, token) : token.n > 0 && read_token(&r, token);
        *has_role = r.has_role;
        if (token.n == 0 || !read)
            return token.n == 0 && r.held.n == 0 && r.names > 0;
    }
}

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
            is_name(p, str_sub(text, post.n, text.n)))
            return post.n;
    }
    return 0;
}

/* 省长 胡玉亭: a post, then a name (perhaps with a space in it). */
static bool read_post(const struct page *p, struct str text, struct credit_list *out)
{
    struct str rest = text, post = next_token(&rest), name = str_trim(rest);
    size_t glued = name.n == 0 ? glued_post(p, post) : 0;
    if (glued > 0) {
        name = str_sub(post, glued, post.n);
        post = str_sub(post, 0, glued);
    }
    if (post.n == 0 || post.n > 75 || name.n == 0 || word_at_end(p->bylines, post, "post") == NULL)
        return false;
    struct str again = name, first = next_token(&again), second = next_token(&again);
    if (second.n > 0)
        name = next_token(&again).n > 0 ? (struct str){NULL, 0} : join_name(p, first, second);
    if (name.n == 0 || !is_name(p, name))
        return false;
    if (out != NULL)
        add_credit(p, out, post, name);
    return true;
}

/* 方也委员代表民盟…、…发言: the bytes of the name before 委员, or 0. */
static size_t speaker_length(const struct page *p, struct str text)
{
    static const char *const words[] = {"委员代表", "代表"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t at = str_find(str_sub(text, 0, 64), str_of(words[i]), 0);
        if (at == STR_NONE || at == 0)
            continue;
        struct str name = str_trim(str_sub(text, 0, at));
        if (i == 0 && count_han(name) >= 2 && count_han(name) <= 12)
            return name.n;
        if (i == 1 && is_name(p, name) && word_at_end(p->bylines, text, "speech") != NULL)
            return name.n;
    }
    size_t at = str_find(str_sub(text, 0, 48), STR("委员"), 0);
    if (at != STR_NONE && at > 0) {
        struct str rest = str_sub(text, at + strlen("委员"), text.n);
        bool ends = rest.n == 0 || str_eq(rest, STR("：")) || str_eq(rest, STR(":")) ||
                    str_eq(rest, STR("发言"));
        if (ends && is_name(p, str_trim(str_sub(text, 0, at))))
            return at;
    }
    return 0;
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
    static const char *const heads[] = {"作者系", "作者为", "作者单位", "作者：",
                                        "作者:",  "作者是", "执笔",     "课题组"};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        if (str_starts(inner, str_of(heads[i])))
            return true;
    return false;
}

/* 摄影 …, or 记者 … 摄 where the words are not by the same hand: 文/摄. */
static bool is_photo_credit(const struct page *p, struct str text)
{
    bool wrote = false;
    for (struct str rest = text, token = next_token(&rest); token.n > 0; token = next_token(&rest))
        wrote = wrote || str_eq(token, STR("文"));
    if (str_ends(text, STR("摄")) && !wrote)
        return true;
    const struct lexicon_entry *e = word_at_start(p->bylines, text, "role");
    return e != NULL && lexicon_flag(e, "photo");
}

/* 张三（市委党校）: a name, without the bracket that says where he works; else text itself. */
static struct str without_body(const struct page *p, struct str text)
{
    size_t open = str_find(text, STR("（"), 0), skip = strlen("（");
    if (open == STR_NONE)
        open = str_find(text, STR("("), 0), skip = 1;
    if (open == STR_NONE || open == 0 || !is_ending_bracket(text))
        return text;
    size_t shut = str_ends(text, STR("）")) ? strlen("）") : 1;
    struct str name = str_trim(str_sub(text, 0, open));
    struct str body = str_trim(str_sub(text, open + skip, text.n - shut));
    bool works = word_at_end(p->bylines, body, "body") != NULL ||
                 word_at_end(p->bylines, body, "issuer") != NULL;
    return works && is_name(p, name) ? name : text;
}

enum credit_line credit_line_kind(const struct page *p, struct str text)
{
    size_t marks = ornament_length(p, text);
    struct str rest = without_body(p, str_trim(str_sub(text, marks, text.n)));
    bool has_role = false;
    if (rest.n == 0 || rest.n > 300)
        return CREDIT_NONE;
    if (speaker_length(p, rest) > 0 &&
        (marks > 0 || word_at_end(p->bylines, rest, "speech") != NULL || rest.n < 40))
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

void credits_read(const struct page *p, struct str text, struct credit_list *out)
{
    struct str rest = str_trim(str_sub(text, ornament_length(p, text), text.n));
    rest = without_body(p, rest);
    bool has_role;
    size_t speaker = speaker_length(p, rest);
    struct speech_line speech;
    if (speech_read_line(p->bylines, rest, &speech) && (p->speeches || speech.member)) {
        add_credit(p, out, STR("委员"), speech.name);
        return;
    }
    if (speaker > 0 && !is_bracketed(rest)) {
        struct str names = str_sub(rest, 0, speaker);
        for (struct str name = next_token(&names); name.n > 0; name = next_token(&names))
            add_credit(p, out, STR("委员"), name);
        return;
    }
    if (is_bracketed(rest)) {
        rest = from_writer(unbracketed(rest));
        if (is_author_note(rest) && !str_starts(rest, STR("作者：")) &&
            !str_starts(rest, STR("执笔")))
            return;
    }
    size_t before = out->n;
    if (credits_read_roles(p, rest, out, &has_role))
        return;
    out->n = before;
    if (read_post(p, rest, out))
        return;
    if (rest.n > 0 && rest.n <= 90)
        add_credit(p, out, STR("作者"), rest);
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
