/* Where what a member asks for begins in what the member is quoted with. */
#include "baolan/utf8.h"
#include "parse/proposal_quoted.h"

size_t proposal_asking_plain(struct str s, size_t from)
{
    static const struct str words[] = {STR_INIT("要"), STR_INIT("应"), STR_INIT("必须"),
                                       STR_INIT("需要"), STR_INIT("亟需")};
    int depth = 0;
    for (size_t at = from; at < s.n;) {
        uint32_t c = utf8_next(s, &at);
        depth += mark_depth(c);
        for (size_t i = 0; mark_ends_sentence(c) && depth <= 0 && i < sizeof words / sizeof *words;
             i++)
            if (str_starts(str_sub(s, at, s.n), words[i]))
                return at;
    }
    return STR_NONE;
}

size_t proposal_asking_suggests(const struct proposal_reader *r, struct str s, size_t end)
{
    size_t after = end;
    if (mark_is_colon(utf8_at(s, end))) /* 胡某某：建议… */
        utf8_next(s, &end);
    const struct lexicon_entry *verb = lexicon_match(r->words, s, end, &after);
    if (verb == NULL || !str_eq(lexicon_field(verb, "label"), STR("suggestions")))
        return STR_NONE;
    size_t mark = after;
    uint32_t c = utf8_next(s, &mark);
    return mark_is_comma(c) || mark_is_colon(c) ? mark : after;
}

/* Where the words begin that lead to byte `at`: 为此，她建议. */
static size_t before_lead(const struct proposal_reader *r, struct str s, size_t at)
{
    size_t mark = at, start;
    if (at == 0 || !mark_is_comma(utf8_previous(s, &mark)))
        return at;
    const struct lexicon_entry *lead = lexicon_match_before(r->words, s, mark, &start);
    return lead != NULL && lexicon_flag(lead, "lead") ? start : at;
}

size_t proposal_asking_at(const struct proposal_reader *r, struct str s, size_t at)
{
    size_t end, after;
    const struct lexicon_entry *verb = lexicon_match(r->words, s, at, &end);
    if (verb == NULL || !lexicon_flag(verb, "asks"))
        return STR_NONE;
    after = end;
    if (mark_is_comma(utf8_at(s, after)) || mark_is_colon(utf8_at(s, after)))
        utf8_next(s, &after);
    bool list = ordinal_at(s, after).number == 1;
    const struct lexicon_entry *modal = lexicon_match(r->words, s, after, NULL);
    return list || (modal != NULL && lexicon_flag(modal, "modal")) ? after : STR_NONE;
}

size_t proposal_asking_later(const struct proposal_reader *r, struct str s, size_t from,
                             struct str name, size_t *clause)
{
    /* 闵知行建议设立…, 他提出，要… */
    for (size_t at = from; at < s.n; utf8_next(s, &at)) {
        size_t end = proposal_member_said_by(s, at, name), start = at;
        if (end == STR_NONE || (at > from && !point_is_punctuation(utf8_previous(s, &start))))
            continue;
        size_t after = proposal_asking_suggests(r, s, proposal_member_verb(s, end));
        if (after == STR_NONE)
            after = proposal_asking_at(r, s, proposal_member_verb(s, end));
        *clause = before_lead(r, s, at);
        if (after != STR_NONE)
            return after;
    }
    static const struct str also[] = {STR_INIT("并建议，"), STR_INIT("并建议：")};
    for (size_t k = 0; k < sizeof also / sizeof *also; k++) {
        *clause = str_find(s, also[k], from); /* 分析了原因并建议，… */
        if (*clause != STR_NONE)
            return *clause + also[k].n;
    }
    static const struct str words[] = {STR_INIT("建议"), STR_INIT("提案主要是")};
    for (size_t k = 0; k < sizeof words / sizeof *words; k++)
        for (size_t at = str_find(s, words[k], from); at != STR_NONE;
             at = str_find(s, words[k], at + words[k].n)) {
            size_t mark = at, after = at + words[k].n;
            uint32_t c = at == 0 ? 0 : utf8_previous(s, &mark);
            if (!point_is_han(utf8_at(s, after)))
                continue;
            *clause = mark;
            if (k == 1)
                return after;
            const struct lexicon_entry *lead = lexicon_match_before(r->words, s, mark, NULL);
            bool led = lead != NULL && lexicon_flag(lead, "lead");
            if ((mark_is_comma(c) || mark_is_semicolon(c)) && !led &&
                ordinal_at(s, after).kind == ORDINAL_NONE)
                return after;
        }
    return STR_NONE;
}

bool proposal_asking_quoted(const struct proposal_reader *r, struct str s, struct str speaker,
                            struct asking *out)
{
    enum { BYTES_MOST = 150 };
    static const struct str open = STR_INIT("“"), close = STR_INIT("”"), word = STR_INIT("建议");
    size_t at = open.n, end, name_end;
    *out = (struct asking){0, 0, 0, {NULL, 0}};
    out->to = str_starts(s, open) ? str_find(s, close, 0) : STR_NONE;
    if (out->to == STR_NONE)
        return false;
    const struct lexicon_entry *lead = lexicon_match(r->words, s, at, &end);
    if (lead != NULL && lexicon_flag(lead, "lead") && !str_starts(str_sub(s, at, s.n), word))
        at = end; /* “我建议 */
    if (!str_starts(str_sub(s, at, s.n), word))
        return false;
    out->from = at + word.n;
    if (mark_is_comma(utf8_at(s, out->from)) || mark_is_colon(utf8_at(s, out->from)))
        utf8_next(s, &out->from);
    size_t behind = out->to + close.n;
    struct str near = str_sub(s, 0, behind + BYTES_MOST);
    name_end = proposal_member_said_by(s, behind, speaker);
    for (size_t k = str_find(near, STR("委员"), behind); name_end == STR_NONE && k != STR_NONE;
         k = str_find(near, STR("委员"), k + 6))
        if (!proposal_member_named(r, s, k, &out->name, &name_end))
            name_end = STR_NONE;
    size_t verb = name_end == STR_NONE ? s.n : proposal_member_verb(s, name_end);
    if (verb == s.n || !proposal_member_says(r, s, verb) ||
        lexicon_match(r->words, s, verb, &out->rest) == NULL)
        return false;
    while (out->rest < s.n && !point_is_han(utf8_at(s, out->rest)))
        utf8_next(s, &out->rest);
    return out->from < out->to;
}
