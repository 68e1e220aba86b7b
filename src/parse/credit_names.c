/* Names and role words of a byline: tokens between spaces, names that spaces fill or glue. */
#include "baolan/buffer.h"
#include "parse/credits.h"

const struct lexicon_entry *word_flagged_at_start(const struct lexicon *l, struct str text,
                                                  const char *flag,
                                                  const struct lexicon_entry *longest)
{
    const struct lexicon_entry *entry = longest;
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

const struct lexicon_entry *word_flagged_at_end(const struct lexicon *l, struct str text,
                                                const char *flag,
                                                const struct lexicon_entry *longest)
{
    const struct lexicon_entry *entry = longest;
    size_t start = text.n - longest->word.n;
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

size_t leading_ornaments(const struct page *p, struct str text)
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

size_t credit_count_han(struct str text)
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
bool credit_is_name(const struct page *p, struct str text)
{
    enum { BYTES_MOST = 12 * 4 };
    size_t han = text.n > BYTES_MOST ? 0 : credit_count_han(text);
    if (han < 2)
        return false;
    if (str_has(text, STR("·")))
        return han >= 4 && han <= 12;
    static const struct str never_last[] = {STR_INIT("了"), STR_INIT("的"), STR_INIT("是"),
                                            STR_INIT("在")};
    for (size_t i = 0; i < sizeof never_last / sizeof *never_last; i++)
        if (str_ends(text, never_last[i]))
            return false;
    size_t surname = surname_length(p, text) / 3;
    return surname > 0 && han > surname && han <= surname + 2;
}

/* What parts names: a space, or a mark as in 文/图：. */
static inline bool is_separator(uint32_t c)
{
    if (c >= 0x3400) /* most are Han */
        return c == 0xFF0C || c == 0xFF0F || c == 0xFF1A || c == 0xFEFF;
    return c == ',' || c == '/' || c == ':' || c == '|' || c == 0x3001 || point_is_space(c);
}

/* The next run without space or separator. */
struct str credit_next_token(struct str *rest)
{
    size_t at = 0;
    for (size_t after = 0; is_separator(utf8_next(*rest, &after));)
        at = after;
    size_t end = at;
    for (size_t after = at;; end = after) {
        utf8_skip_han(*rest, &after);
        end = after;
        uint32_t c = utf8_next(*rest, &after);
        if (c == 0 || is_separator(c))
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
        struct str next = credit_next_token(&left);
        if (next.n != 3 || credit_count_han(next) != 1 ||
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
    if (n != 3 || !credit_is_name(p, joined[2]) || str_eq(third, STR("摄")) ||
        (e != NULL && lexicon_flag(e, "role"))) /* 方 也 文/图 */
        return token;
    *rest = after[2];
    return joined[2];
}

void credit_add(const struct page *p, struct credit_list *out, struct str role, struct str name)
{
    if (name.n == 0)
        return;
    struct credit credit = {role.n == 0 ? STR("作者") : role, name};
    vector_push(p->arena, out, credit);
}

/* A name printed with a space to fill three characters' width: 方 也 is one name. */
struct str credit_join_name(const struct page *p, struct str first, struct str second)
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

/* 本报记者 is a 记者: 本报 names the paper and is no part of what he is. */
static struct str role_of(const struct page *p, const struct lexicon_entry *entry)
{
    const struct lexicon_entry *own = word_at_start(p->bylines, entry->word, "self");
    size_t skip = own != NULL && own->word.n < entry->word.n ? own->word.n : 0;
    return lexicon_flag(entry, "author") ? STR("作者") : str_sub(entry->word, skip, entry->word.n);
}

/* The bytes of the first name of several that stand without spaces (a letter-spaced line had its
 * spaces closed), before another name or a role word; 0 where they are none. */
static size_t glued_name(const struct page *p, struct str token)
{
    static const size_t lengths[] = {9, 6, 12};
    const struct lexicon_entry *entry;
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        struct str rest = str_sub(token, lengths[i], token.n);
        if (rest.n == 0 || !credit_is_name(p, str_sub(token, 0, lengths[i])))
            continue;
        bool goes_on = credit_is_name(p, rest) || role_length(p, rest, &entry) > 0 ||
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
    size_t before; /* the credits that stood in out */
    bool has_role;
    bool verb; /* the role is a verb of ordinary text too: only names follow it */
};

static void read_name(struct role_reader *r, struct str name)
{
    if (r->out != NULL)
        credit_add(r->page, r->out, r->role, name);
    r->names++;
}

static bool join_held(struct role_reader *r, struct str token)
{
    struct str name = credit_join_name(r->page, r->held, token);
    if (token.n == 0 || !credit_is_name(r->page, name))
        return false;
    r->held = (struct str){NULL, 0};
    read_name(r, name);
    return true;
}

static bool set_role(struct role_reader *r, const struct lexicon_entry *entry)
{
    r->role = role_of(r->page, entry);
    r->verb = lexicon_flag(entry, "verb");
    r->has_role = true;
    return true;
}

/* 文/方也 图/白芷: what a stroke or colon parts from a name is its role. */
static bool heads_name(const struct role_reader *r)
{
    struct str rest = r->rest;
    uint32_t c = utf8_at(rest, 0);
    return (c == '/' || c == 0xFF0F || c == ':' || c == 0xFF1A) && r->pending.n == 0 &&
           credit_is_name(r->page, credit_next_token(&rest));
}

/* One token: a role word, a name, both, or names without spaces between. */
static bool read_token(struct role_reader *r, struct str token)
{
    const struct page *p = r->page;
    const struct lexicon_entry *entry;
    size_t n = role_length(p, token, &entry);
    if (r->names > 0 && !r->has_role &&
        (str_eq(token, STR("摄")) || str_eq(token, STR("摄影报道")))) { /* 程全 摄 */
        for (size_t i = r->before; r->out != NULL && i < r->out->n; i++)
            r->out->at[i].role = STR("摄影");
        return r->has_role = true;
    }
    if (r->names > 0 && is_report_word(token) && !(n == token.n && heads_name(r)))
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
        if (credit_is_name(p, name) || word_at_end(p->bylines, name, "body") != NULL ||
            glued_name(p, name) > 0 ||
            role_length(p, name, &(const struct lexicon_entry *){0}) > 0) {
            set_role(r, entry);
            r->pending = name;
            return true;
        }
        if (!credit_is_name(p, token))
            return false;
    }
    if (token.n == 3 && surname_length(p, token) > 0) {
        r->held = token;
        return true;
    }
    bool foreign =
        r->has_role && !r->verb && credit_count_han(token) >= 2 && credit_count_han(token) <= 4;
    bool body =
        r->has_role && !r->verb && token.n <= 60 && word_at_end(p->bylines, token, "body") != NULL;
    size_t glued = r->has_role && !credit_is_name(p, token) ? glued_name(p, token) : 0;
    if (glued > 0) {
        read_name(r, str_sub(token, 0, glued));
        r->pending = str_sub(token, glued, token.n);
        return true;
    }
    if (!credit_is_name(p, token) && !foreign && !body)
        return false;
    read_name(r, token);
    return true;
}

bool credits_read_roles(const struct page *p, struct str text, struct credit_list *out,
                        bool *has_role)
{
    struct role_reader r = {
        .page = p, .out = out, .rest = text, .before = out == NULL ? 0 : out->n};
    for (;;) {
        struct str token = r.pending;
        r.pending = (struct str){NULL, 0};
        if (token.n == 0)
            token = credit_next_token(&r.rest);
        if (r.held.n == 0)
            token = close_token(p, token, &r.rest);
        bool read = r.held.n > 0 ? join_held(&r, token) : token.n > 0 && read_token(&r, token);
        *has_role = r.has_role;
        if (token.n == 0 || !read)
            return token.n == 0 && r.held.n == 0 && r.names > 0;
    }
}
