/* How the news names a member who speaks: 市政协委员沈某指出, 委员、某公司董事长沈某则指出. */
#include "baolan/utf8.h"
#include "parse/proposal_quoted.h"

bool proposal_member_joins(struct str s, size_t at)
{
    static const struct str marks[] = {STR_INIT("与"), STR_INIT("和"), STR_INIT("、")};
    enum { BYTES_BETWEEN = 30 };
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (str_starts(str_sub(s, at, s.n), marks[i]))
            return str_has(str_sub(s, at, at + BYTES_BETWEEN), STR("委员"));
    return false;
}

size_t proposal_member_verb(struct str s, size_t at)
{
    static const struct str adverbs[] = {STR_INIT("则"), STR_INIT("还"), STR_INIT("也"),
                                         STR_INIT("就"), STR_INIT("将"), STR_INIT("曾"),
                                         STR_INIT("都")};
    for (size_t i = 0; i < sizeof adverbs / sizeof *adverbs; i++)
        if (str_starts(str_sub(s, at, s.n), adverbs[i]))
            return at + adverbs[i].n;
    return at;
}

bool proposal_member_says(const struct proposal_reader *r, struct str s, size_t at)
{
    const struct lexicon_entry *verb =
        lexicon_match(r->words, s, proposal_member_verb(s, at), NULL);
    return verb != NULL && lexicon_flag(verb, "says");
}

/* True where name stands again behind byte `from` of s with a verb after it: 田某平时…。田某建议.
 */
static bool named_again(const struct proposal_reader *r, struct str s, struct str name, size_t from)
{
    enum { BYTES_MOST = 900 };
    struct str near = str_sub(s, 0, from + BYTES_MOST);
    for (size_t at = str_find(near, name, from); at != STR_NONE;
         at = str_find(near, name, at + name.n))
        if (proposal_member_says(r, s, at + name.n))
            return true;
    return false;
}

bool proposal_titled_name(const struct proposal_reader *r, struct str s, size_t end,
                          struct str *name)
{
    size_t starts[4] = {end};
    for (size_t n = 1; n <= 3; n++) {
        starts[n] = starts[n - 1];
        if (starts[n] == 0 || !point_is_han(utf8_previous(s, &starts[n])))
            return false;
        const struct lexicon_entry *title =
            n < 2 ? NULL : lexicon_match_before(r->people, s, starts[n], NULL);
        if (title == NULL || !lexicon_flag(title, "title"))
            continue;
        /* A surname that no list has is one where the name stands again with a verb. */
        if (lexicon_match(r->surnames, s, starts[n], NULL) == NULL &&
            !named_again(r, s, str_sub(s, starts[n], end), end))
            continue;
        *name = str_sub(s, starts[n], end);
        return true;
    }
    return false;
}

/* A member whose other offices stand before the name: 委员、某公司董事长沈某则指出. */
static bool member_in_office(const struct proposal_reader *r, struct str s, size_t after,
                             struct str *name, size_t *end)
{
    enum { BYTES_MOST = 300 };
    uint32_t c = utf8_at(s, after);
    if (c != 0x3001 /* 、 */ && c != 0xFF0C && c != ',')
        return false;
    struct str near = str_sub(s, 0, after + BYTES_MOST);
    for (size_t at = after; at < near.n;) {
        size_t here = at;
        c = utf8_next(near, &at);
        if (mark_ends_sentence(c) || c == 0x201C || c == 0x201D)
            return false;
        if ((proposal_member_says(r, near, here) || proposal_member_joins(near, here)) &&
            proposal_titled_name(r, near, here, name)) {
            *end = here;
            return true;
        }
    }
    return false;
}

bool proposal_member_named(const struct proposal_reader *r, struct str s, size_t at,
                           struct str *name, size_t *end)
{
    size_t after = at + 6; /* 委员 */
    size_t starts[5] = {at}, n = 0, from;
    for (size_t i = at; i > 0 && n < 4;) {
        uint32_t c = utf8_previous(s, &i);
        if (!point_is_han(c))
            break;
        starts[++n] = i;
    }
    /* Before it the whole run of two to four characters, from a mark or 的 on. */
    size_t edge = starts[n];
    bool bounded = n >= 2 && n <= 4 && (edge == 0 || !point_is_han((utf8_previous(s, &edge))));
    for (size_t k = n; k >= 2 && !bounded; k--) {
        edge = starts[k];
        bounded = utf8_previous(s, &edge) == 0x7684;
        n = bounded ? k : n;
    }
    const struct lexicon_entry *entry = lexicon_match(r->surnames, s, starts[n], &from);
    bool whole = n <= 3 || from == starts[n] + 6; /* four only with a surname of two */
    if (bounded && whole && entry != NULL) {
        *name = str_sub(s, starts[n], at);
        *end = after;
        return true;
    }
    /* 牵动着詹某某委员的心。 / 詹某某建议…: told by the paragraph that comes next. */
    for (size_t k = n < 3 ? n : 3; k >= 2; k--) {
        struct str bare = str_sub(s, starts[k], at);
        bool again = str_starts(r->next, bare) && proposal_member_says(r, r->next, bare.n);
        if (again && lexicon_match(r->surnames, s, starts[k], NULL) != NULL) {
            *name = bare;
            *end = after;
            return true;
        }
    }
    if (member_in_office(r, s, after, name, end))
        return true;
    while (after < s.n && point_is_space(utf8_at(s, after)))
        utf8_next(s, &after);
    entry = lexicon_match(r->surnames, s, after, &from);
    if (entry == NULL)
        return false;
    for (size_t given = 2; given >= 1; given--) {
        size_t stop = from;
        for (size_t i = 0; i < given; i++)
            utf8_next(s, &stop);
        uint32_t c = utf8_at(s, stop);
        bool again = named_again(r, s, str_sub(s, after, stop), stop);
        if (again || proposal_member_says(r, s, stop) || mark_is_comma(c) || mark_is_colon(c) ||
            c == 0xFF08 || c == '(') {
            *name = str_sub(s, after, stop);
            *end = stop;
            return true;
        }
    }
    return false;
}

size_t proposal_member_said_by(struct str s, size_t at, struct str name)
{
    static const struct str pronouns[] = {STR_INIT("他"), STR_INIT("她")};
    struct str rest = str_sub(s, at, s.n);
    if (name.n > 0 && str_starts(rest, name))
        return at + name.n;
    for (size_t i = 0; i < sizeof pronouns / sizeof *pronouns; i++)
        if (str_starts(rest, pronouns[i]))
            return at + pronouns[i].n;
    return STR_NONE;
}

struct str proposal_member_behalf(const struct proposal_reader *r, struct str s, size_t *end)
{
    static const struct str word = STR_INIT("代表"), speech = STR_INIT("发言"),
                            when = STR_INIT("时");
    enum { BYTES_MOST = 120 };
    struct str body = {NULL, 0}, rest = str_sub(s, *end, s.n);
    if (str_starts(rest, word)) {
        size_t from = *end + word.n, at = from;
        const struct lexicon_entry *verb = NULL;
        while (at < s.n && at < from + BYTES_MOST && verb == NULL) {
            uint32_t c = utf8_at(s, at);
            if (mark_is_comma(c) || mark_ends_sentence(c) || mark_is_colon(c))
                break;
            verb = at > from ? lexicon_match(r->words, s, at, NULL) : NULL;
            verb = verb != NULL && verb->word.n > 3 && lexicon_flag(verb, "says") ? verb : NULL;
            if (verb == NULL)
                utf8_next(s, &at);
        }
        body = str_trim(str_sub(s, from, at));
        *end = at;
        if (str_ends(body, STR("作")) || str_ends(body, STR("在")))
            body.n -= 3;
    }
    if (str_starts(str_sub(s, *end, s.n), speech))
        *end += speech.n;
    if (str_starts(str_sub(s, *end, s.n), when))
        *end += when.n;
    return body;
}
