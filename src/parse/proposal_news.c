/* Members quoted in the news: what each of several suggests, in one story. */
#include "baolan/utf8.h"
#include "parse/proposal.h"

/* True where another member follows: 与全国政协委员…. */
static bool joins_member(struct str s, size_t at)
{
    static const struct str marks[] = {STR_INIT("与"), STR_INIT("和"), STR_INIT("、")};
    enum { BYTES_BETWEEN = 30 };
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (str_starts(str_sub(s, at, s.n), marks[i]))
            return str_has(str_sub(s, at, at + BYTES_BETWEEN), STR("委员"));
    return false;
}

/* The byte after an adverb between a name and its verb: 沈某则指出, 冯某将提交. */
static size_t after_adverb(struct str s, size_t at)
{
    static const struct str adverbs[] = {STR_INIT("则"), STR_INIT("还"), STR_INIT("也"),
                                         STR_INIT("就"), STR_INIT("将"), STR_INIT("曾"),
                                         STR_INIT("都")};
    for (size_t i = 0; i < sizeof adverbs / sizeof *adverbs; i++)
        if (str_starts(str_sub(s, at, s.n), adverbs[i]))
            return at + adverbs[i].n;
    return at;
}

static bool verb_at(const struct proposal_reader *r, struct str s, size_t at)
{
    const struct lexicon_entry *verb = lexicon_match(r->words, s, after_adverb(s, at), NULL);
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
        if (verb_at(r, s, at + name.n))
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
        if ((verb_at(r, near, here) || joins_member(near, here)) &&
            proposal_titled_name(r, near, here, name)) {
            *end = here;
            return true;
        }
    }
    return false;
}

/* A member's name at 委员, before it or after it, and the end of both. */
static bool member_at(const struct proposal_reader *r, struct str s, size_t at, struct str *name,
                      size_t *end)
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
        bool again = str_starts(r->next, bare) && verb_at(r, r->next, bare.n);
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
        if (again || verb_at(r, s, stop) || mark_is_comma(c) || mark_is_colon(c) || c == 0xFF08 ||
            c == '(') {
            *name = str_sub(s, after, stop);
            *end = stop;
            return true;
        }
    }
    return false;
}

/* The byte after the last full stop in s before byte at, or one some hundred characters away. */
static size_t sentence_start(struct str s, size_t at)
{
    for (size_t n = 0; at > 0 && n < 200; n++) {
        size_t before = at;
        if (mark_ends_sentence(utf8_previous(s, &before))) {
            size_t after = at; /* with the quote that closes after the stop */
            uint32_t c = utf8_next(s, &after);
            return c == 0x201D || c == 0x2019 || c == 0x300D ? after : at;
        }
        at = before;
    }
    return at;
}

/* Where the quotation opens that ends right before byte `start` of s and is what the member after
 * it says: “…。”在市政协委员某某看来. Else start. */
static size_t quotation_start(struct str s, size_t from, size_t start)
{
    size_t at = start;
    uint32_t c = start > from ? utf8_previous(s, &at) : 0;
    if (c != 0x201D)
        return start;
    size_t open = str_find_last(str_sub(s, from, at), STR("“"));
    if (open == STR_NONE)
        return start;
    open += from;
    size_t before = open;
    c = open == 0 ? ' ' : utf8_previous(s, &before);
    return mark_ends_sentence(c) || point_is_space(c) ? open : start;
}

/* The byte after the sentence of s that byte `from` stands in; a quotation that ends with a stop is
 * one. */
static size_t sentence_end(struct str s, size_t from)
{
    int depth = 0;
    bool stopped = false;
    while (from < s.n) {
        uint32_t c = utf8_next(s, &from);
        depth += mark_depth(c);
        if ((mark_ends_sentence(c) || (stopped && mark_depth(c) < 0)) && depth <= 0)
            break;
        stopped = mark_ends_sentence(c);
    }
    return from;
}

/* 《关于…的提案》 that stands in s between from and to, without its marks; else empty. */
static struct str named_title(struct str s, size_t from, size_t to)
{
    static const struct str open = STR_INIT("《"), close = STR_INIT("》");
    for (size_t at = str_find(s, open, from); at != STR_NONE && at < to;
         at = str_find(s, open, at + open.n)) {
        size_t end = str_find(s, close, at);
        struct str title = end == STR_NONE ? (struct str){NULL, 0} : str_sub(s, at + open.n, end);
        bool about = str_starts(title, STR("关于")) || str_ends(title, STR("提案"));
        if (about && (str_ends(title, STR("提案")) || str_ends(title, STR("建议"))))
            return title;
    }
    return (struct str){NULL, 0};
}

/* True where a sentence tells no more than who says or submits what follows: …委员说。, …某某提交了
 * 《关于…的提案》。 */
static bool is_attribution(const struct proposal_reader *r, struct str s, struct str name)
{
    static const struct str submits[] = {STR_INIT("提交"), STR_INIT("带来"), STR_INIT("撰写"),
                                         STR_INIT("递交"), STR_INIT("提出")};
    enum { TAIL_BYTES = 24 };
    size_t at = str_find(s, name, 0), close = str_find_last(s, STR("》")), verb = STR_NONE;
    bool pronoun = str_starts(s, STR("他")) || str_starts(s, STR("她"));
    if (at == STR_NONE && !pronoun)
        return false;
    at = at == STR_NONE ? strlen("他") : at + name.n;
    if (str_starts(str_sub(s, at, s.n), STR("委员")))
        at += strlen("委员");
    for (size_t i = 0; i < sizeof submits / sizeof *submits && verb == STR_NONE; i++)
        verb = str_find(s, submits[i], at);
    if (verb != STR_NONE && close != STR_NONE && close > verb && named_title(s, verb, s.n).n > 0 &&
        s.n - close <= TAIL_BYTES)
        return true;
    bool leads = str_ends(s, STR("建议：")) && s.n - at <= 2 * TAIL_BYTES; /* 提出三点建议： */
    bool writes = close != STR_NONE && str_ends(s, STR("写道。"));
    const struct lexicon_entry *says = lexicon_match(r->words, s, at, &at);
    if (leads || writes)
        return true;
    return says != NULL && lexicon_flag(says, "says") && s.n - at <= strlen("。");
}

void proposal_drop_attributions(struct proposal_reader *r, struct draft *d)
{
    struct segments body = d->body;
    struct str name = d->speakers.n > 0 ? vector_last(&d->speakers) : (struct str){NULL, 0};
    d->body = (struct segments){0};
    for (size_t i = 0; i < body.n; i++) {
        const struct segment *s = &body.at[i];
        size_t from = 0;
        for (size_t at = 0, end; at < s->text.n; at = end) {
            end = sentence_end(s->text, at);
            if (name.n == 0 || !is_attribution(r, str_trim(str_sub(s->text, at, end)), name))
                continue;
            struct segment part = segment_part(s, from, at);
            if (part.text.n > 0)
                vector_push(r->arena, &d->body, part);
            from = end;
        }
        struct segment part = segment_part(s, from, s->text.n);
        if (part.text.n > 0)
            vector_push(r->arena, &d->body, part);
    }
}

/* Finishes a member's draft; without suggestions it is no proposal. */
static void finish_quoted(struct proposal_reader *r, struct draft *d)
{
    if (!d->open)
        return;
    proposal_finish(r, d);
    struct proposal *p = &vector_last(&r->proposals);
    if (p->n_suggestions == 0)
        r->proposals.n--;
    else if (p->title.n == 0) /* a page without a headline */
        p->title = p->suggestions[0].title;
}

static void add_quoted(struct proposal_reader *r, struct segments *list, const struct segment *s,
                       size_t from, size_t to)
{
    struct segment part = *s;
    part.text = str_trim(str_sub(s->text, from, to));
    if (part.text.n == 0)
        return;
    part.start = (uint32_t)(part.text.p - s->text.p);
    vector_push(r->arena, list, part);
}

static struct segments *quoted_part(struct draft *d)
{
    return d->part == PART_SUGGESTIONS ? &d->suggestions : &d->body;
}

/* True where a paragraph tells of the session or the members at large, as the lead of a story does.
 */
static bool tells_of_session(struct str text)
{
    static const struct str words[] = {STR_INIT("政协"),   STR_INIT("两会"), STR_INIT("会议"),
                                       STR_INIT("本报讯"), STR_INIT("委员"), STR_INIT("提案")};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_has(text, words[i]))
            return true;
    return false;
}

/* Moves what was said before a member's suggestion into the draft: of a section all, else what
 * stands behind the lead of the story, and from where the name first stands. */
static void add_before(struct proposal_reader *r, struct draft *d, struct segments *before,
                       struct str name)
{
    const struct article *a = &r->document->articles[d->proposal.article];
    size_t first = before->n;
    bool lead = false;
    for (size_t i = before->n; i-- > 0;) {
        const struct segment *s = &before->at[i];
        bool own = str_has(s->text, name) || a->paragraphs[s->paragraph].heading != NONE;
        lead = lead || (!own && (s->paragraph == 0 || tells_of_session(s->text)));
        first = own || !lead ? i : first;
    }
    for (size_t i = first; i < before->n; i++)
        vector_push(r->arena, &d->body, before->at[i]);
    before->n = 0;
}

/* 让乡村文化活起来 of 苏某某委员：让乡村文化活起来. */
static struct str without_member(struct str title)
{
    static const struct str marks[] = {STR_INIT("委员："), STR_INIT("委员:")};
    enum { NAME_BYTES = 24 };
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t at = str_find(title, marks[i], 0);
        if (at != STR_NONE && at <= NAME_BYTES && at + marks[i].n < title.n)
            return str_trim(str_sub(title, at + marks[i].n, title.n));
    }
    return title;
}

/* The heading above the paragraph without its number, else the article's title. */
static struct str quoted_title(const struct proposal_reader *r, const struct segment *s)
{
    const struct article *a = &r->document->articles[s->article];
    uint32_t heading = a->paragraphs[s->paragraph].heading;
    if (heading == NONE)
        return without_member(a->title.text);
    struct str text = a->headings[heading].prose.text;
    struct ordinal o = ordinal_at(text, 0);
    return without_member(o.kind == ORDINAL_NONE ? text : str_sub(text, o.text, text.n));
}

/* 民进界别委员, 教育界市政协委员: the sector right before 委员, or empty. */
static struct str sector_before(struct str near)
{
    static const struct str offices[] = {STR_INIT("委员"), STR_INIT("政协"), STR_INIT("全国"),
                                         STR_INIT("市"),   STR_INIT("县"),   STR_INIT("区"),
                                         STR_INIT("省")};
    enum { CHARS_MOST = 10 };
    for (size_t i = 0; i < sizeof offices / sizeof *offices; i++)
        if (str_ends(near, offices[i]))
            near.n -= offices[i].n;
    if (str_ends(near, STR("界别")))
        near.n -= strlen("别");
    if (!str_ends(near, STR("界")))
        return (struct str){NULL, 0};
    size_t from = near.n - strlen("界");
    for (size_t n = 0; n < CHARS_MOST && from > 0; n++) {
        size_t at = from;
        uint32_t c = utf8_previous(near, &at);
        if (!point_is_han(c) || c == 0x7684 /* 的 */)
            break;
        from = at;
    }
    struct str sector = str_sub(near, from, near.n);
    return utf8_count(sector) > 1 ? sector : (struct str){NULL, 0};
}

/* 民建霖州市委会委员代表、市政协委员…: the party's committee that a member is of, or empty. */
static struct str party_before(const struct proposal_reader *r, struct str near)
{
    static const struct str ends[] = {STR_INIT("委员代表"), STR_INIT("副主委"), STR_INIT("主委"),
                                      STR_INIT("委员、"),   STR_INIT("会员"),   STR_INIT("社员"),
                                      STR_INIT("盟员"),     STR_INIT("党员"),   STR_INIT("成员")};
    for (size_t at = 0; at < near.n; utf8_next(near, &at)) {
        size_t end = at;
        const struct lexicon_entry *party = lexicon_match(r->words, near, at, &end);
        if (party == NULL || !lexicon_flag(party, "party"))
            continue;
        for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
            size_t stop = str_find(near, ends[i], end);
            struct str body = stop == STR_NONE ? near : str_sub(near, at, stop);
            if (stop != STR_NONE && stop > end && !str_has(body, STR("，")) &&
                !str_has(body, STR("。")))
                return body;
        }
    }
    return (struct str){NULL, 0};
}

/* The sector or party that a member comes from: 来自教育界的市政协委员方某某. */
static void add_sector(struct proposal_reader *r, struct draft *d, struct str s, size_t name)
{
    enum { BYTES_BETWEEN = 90 };
    size_t start = name > BYTES_BETWEEN ? name - BYTES_BETWEEN : 0;
    while (start > 0 && start < name && ((unsigned char)s.p[start] & 0xC0) == 0x80)
        start++;
    struct str near = str_sub(s, start, name);
    size_t from = str_find_last(near, STR("来自"));
    struct str rest = from == STR_NONE ? near : str_sub(near, from + 6, near.n);
    size_t end = from == STR_NONE ? STR_NONE : str_find(rest, STR("界"), 0);
    struct str sector = {NULL, 0};
    if (end != STR_NONE && end > 0 && str_starts(str_sub(rest, end + 3, rest.n), STR("的")))
        sector = str_sub(rest, 0, end + 3);
    if (sector.n == 0)
        sector = sector_before(near);
    if (sector.n == 0)
        sector = party_before(r, near);
    proposal_add_names(r, d, LIST_BODIES, sector);
}

/* Begins the draft of a member whose name stands in s. */
static void begin_quoted(struct proposal_reader *r, struct draft *d, const struct segment *s,
                         struct str name)
{
    uint32_t at = (uint32_t)(name.p - s->text.p);
    *d = (struct draft){.open = true, .part = PART_BODY, .quoted = true};
    d->proposal.article = s->article;
    /* What is named before the next member is. */
    enum { BYTES_MOST = 900 };
    struct str near = str_sub(s->text, at, at + BYTES_MOST);
    size_t next = str_find(near, STR("委员"), name.n);
    struct str named = named_title(near, 0, next == STR_NONE ? near.n : next);
    d->proposal.title = named.n > 0 ? named : quoted_title(r, s);
    d->proposal.place = place_in(s->article, s->paragraph, at, at + (uint32_t)name.n);
    vector_push(r->arena, &d->speakers, name);
    add_sector(r, d, s->text, at);
}

/* 代表民革某某市委会发言: on whose behalf a member speaks, at byte *end of s, which moves behind it
 * and 发言 and the like. */
static struct str behalf_at(const struct proposal_reader *r, struct str s, size_t *end)
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

/* The byte where a sentence of s after byte `from` says what is to be done (要提高…), else
 * STR_NONE. */
static size_t asks_plainly(struct str s, size_t from)
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

/* The byte after the last comma or semicolon of s before byte at, at the least `from`. */
static size_t clause_start(struct str s, size_t from, size_t at)
{
    while (at > from) {
        size_t before = at;
        uint32_t c = utf8_previous(s, &before);
        if (mark_is_comma(c) || mark_is_semicolon(c) || mark_ends_sentence(c))
            return at;
        at = before;
    }
    return from;
}

/* The byte after `建议，` where it stands at byte end of s, else STR_NONE. */
static size_t suggests_at(const struct proposal_reader *r, struct str s, size_t end)
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

/* The byte after the speaker's name or a pronoun at byte `at`, else STR_NONE. */
static size_t said_by(struct str s, size_t at, struct str name)
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

/* Where the words begin that lead to byte `at`: 为此，她建议. */
static size_t before_lead(const struct proposal_reader *r, struct str s, size_t at)
{
    size_t mark = at, start;
    if (at == 0 || !mark_is_comma(utf8_previous(s, &mark)))
        return at;
    const struct lexicon_entry *lead = lexicon_match_before(r->words, s, mark, &start);
    return lead != NULL && lexicon_flag(lead, "lead") ? start : at;
}

/* The byte after 提出， or 呼吁， where what follows asks for something: 要…, 应…, 加快…. */
static size_t asks_at(const struct proposal_reader *r, struct str s, size_t at)
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

/* The byte after a 建议 further on in what a member says, where it stands right after a mark and
 * goes on with what is suggested (…取代，建议能继续保留); *clause is where it begins. Clauses that
 * lead to it (为此，建议) are left to proposal_finish. */
static size_t suggests_later(const struct proposal_reader *r, struct str s, size_t from,
                             struct str name, size_t *clause)
{
    /* 闵知行建议设立…, 他提出，要… */
    for (size_t at = from; at < s.n; utf8_next(s, &at)) {
        size_t end = said_by(s, at, name), start = at;
        if (end == STR_NONE || (at > from && !point_is_punctuation(utf8_previous(s, &start))))
            continue;
        size_t after = suggests_at(r, s, after_adverb(s, end));
        if (after == STR_NONE)
            after = asks_at(r, s, after_adverb(s, end));
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

/* What is said before any member's suggestion, and the member whose words are being read. */
struct quoting {
    struct draft draft;
    struct segments before;
    uint32_t heading; /* of the paragraph before */
    struct str with;  /* a member named just before, with whom the next one speaks; may be empty */
    bool colon;       /* the paragraph before ends with one: a list follows */
};

/* “建议…。”甘某说，“同时…。”: where what is asked for stands in the quotation that a paragraph
 * opens with, and where the rest begins. */
struct asking {
    size_t from, to, rest;
    struct str name; /* of a member named behind it; empty: of whom is being read */
};

/* Reads such a quotation; speaker: of whom is being read, or empty. */
static bool read_asking(const struct proposal_reader *r, struct str s, struct str speaker,
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
    name_end = said_by(s, behind, speaker);
    for (size_t k = str_find(near, STR("委员"), behind); name_end == STR_NONE && k != STR_NONE;
         k = str_find(near, STR("委员"), k + 6))
        if (!member_at(r, s, k, &out->name, &name_end))
            name_end = STR_NONE;
    size_t verb = name_end == STR_NONE ? s.n : after_adverb(s, name_end);
    if (verb == s.n || !verb_at(r, s, verb) || lexicon_match(r->words, s, verb, &out->rest) == NULL)
        return false;
    while (out->rest < s.n && !point_is_han(utf8_at(s, out->rest)))
        utf8_next(s, &out->rest);
    return out->from < out->to;
}

/* Puts what is asked for in such a quotation, and after it, into the member's draft. */
static void add_asking(struct proposal_reader *r, struct quoting *q, const struct segment *s,
                       const struct asking *a)
{
    struct draft *d = &q->draft;
    if (a->name.n > 0) {
        finish_quoted(r, d);
        begin_quoted(r, d, s, a->name);
        add_before(r, d, &q->before, a->name);
    }
    d->part = PART_SUGGESTIONS;
    size_t to = s->text.n;
    if (str_ends(s->text, STR("”")))
        to -= strlen("”");
    add_quoted(r, &d->suggestions, s, a->from, a->to);
    if (a->rest < to)
        add_quoted(r, &d->suggestions, s, a->rest, to);
}

/* Reads one paragraph: what each member in it says. */
static void read_quotes(struct proposal_reader *r, struct quoting *q, const struct segment *s)
{
    static const struct str member = STR_INIT("委员");
    struct draft *d = &q->draft;
    struct str text = s->text;
    size_t from = 0, floor = 0, last = text.n;
    bool clauses = false; /* each member has a clause of the sentence */
    uint32_t heading = r->document->articles[s->article].paragraphs[s->paragraph].heading;
    bool goes_on = str_starts(text, STR("他")) || str_starts(text, STR("她")) ||
                   ordinal_at(text, 0).kind != ORDINAL_NONE || q->colon ||
                   str_starts(text, STR("——"));
    if (heading != q->heading)
        q->before.n = 0;
    q->heading = heading;
    struct asking asking;
    if (read_asking(r, text, d->open ? d->speakers.at[0] : (struct str){NULL, 0}, &asking)) {
        add_asking(r, q, s, &asking);
        q->colon = false;
        return;
    }
    if (d->open && str_starts(text, d->speakers.at[0])) { /* 方某某建议，… without 委员 */
        size_t suggests = suggests_at(r, text, d->speakers.at[0].n);
        goes_on = true;
        if (suggests != STR_NONE) {
            d->part = PART_SUGGESTIONS;
            from = floor = suggests;
        }
    }
    for (size_t at = str_find(text, member, 0); at != STR_NONE;
         at = str_find(text, member, at + 6)) {
        struct str name;
        size_t end;
        if (at < floor || !member_at(r, text, at, &name, &end))
            continue;
        if (joins_member(text, end)) {
            q->with = name;
            floor = end;
            continue;
        }
        size_t start =
            sentence_start(str_sub(text, from, text.n), at < from ? 0 : at - from) + from;
        bool same = d->open && d->part == PART_BODY && str_eq(d->speakers.at[0], name);
        struct str behalf = behalf_at(r, text, &end);
        size_t suggests = suggests_at(r, text, end), sentence = start;
        if (suggests == STR_NONE)
            suggests = asks_at(r, text, after_adverb(text, end));
        size_t named = (size_t)(name.p - text.p) < at ? (size_t)(name.p - text.p) : at;
        if (!same && suggests != STR_NONE && start <= from && from > 0) {
            start = sentence = clause_start(text, from, named);
            clauses = true;
        } else if (!same) {
            start = quotation_start(text, from, start);
        }
        add_quoted(r, d->open && (same || from > 0 || goes_on) ? quoted_part(d) : &q->before, s,
                   from, start);
        if (!same) {
            finish_quoted(r, d);
            begin_quoted(r, d, s, name);
            if (q->with.n > 0) {
                vector_push(r->arena, &d->speakers, name);
                d->speakers.at[0] = q->with;
            }
            add_before(r, d, &q->before, name);
            proposal_add_names(r, d, LIST_BODIES, behalf);
        }
        q->with = (struct str){NULL, 0};
        if (suggests != STR_NONE) {
            add_quoted(r, &d->body, s, start, sentence); /* “…”某某建议 */
            d->part = PART_SUGGESTIONS;
        }
        from = suggests != STR_NONE ? suggests : start;
        floor = end;
        goes_on = true;
    }
    size_t clause = 0, later = STR_NONE;
    if (d->open && goes_on && d->part == PART_BODY)
        later = suggests_later(r, text, floor > from ? floor : from, d->speakers.at[0], &clause);
    if (later == STR_NONE && d->open && d->part == PART_BODY && floor > 0)
        later = clause = asks_plainly(text, floor);
    if (clauses)
        last = sentence_end(text, from);
    if (later != STR_NONE) {
        add_quoted(r, &d->body, s, from, clause);
        d->part = PART_SUGGESTIONS;
        from = later;
    }
    if (d->open && !goes_on) {
        finish_quoted(r, d);
        q->before.n = 0;
    }
    add_quoted(r, d->open ? quoted_part(d) : &q->before, s, from, last);
    size_t end = text.n;
    q->colon = text.n > 0 && mark_is_colon(utf8_previous(text, &end));
}

/* The headline of a story titles what its one member proposes, and nothing of several: those of the
 * proposals from index `first` on that have it, or their first suggestion's, have no title. */
static void untitle(struct proposal_reader *r, size_t first, struct str headline)
{
    size_t n = 0;
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = first; i < r->proposals.n; i++) {
            const struct proposal *p = &r->proposals.at[i];
            struct str *title = &r->proposals.at[i].title;
            bool lent = p->n_suggestions > 0 && title->p == p->suggestions[0].title.p;
            bool same = (title->p == headline.p && title->n == headline.n) || lent;
            n += pass == 0 && same;
            if (pass == 1 && same && n > 1)
                title->n = 0;
        }
}

void proposal_read_news(struct proposal_reader *r, struct str title, const struct segments *list)
{
    struct quoting q = {.heading = NONE};
    size_t first = r->proposals.n;
    bool conference = str_has(title, STR("政协"));
    for (size_t i = 0; i < list->n && !conference; i++)
        conference = str_has(list->at[i].text, STR("政协"));
    for (size_t i = 0; i < list->n && conference; i++) {
        bool more = i + 1 < list->n && list->at[i + 1].kind == SEGMENT_PARAGRAPH;
        r->next = more ? list->at[i + 1].text : (struct str){NULL, 0};
        if (list->at[i].kind == SEGMENT_PARAGRAPH)
            read_quotes(r, &q, &list->at[i]);
    }
    finish_quoted(r, &q.draft);
    untitle(r, first, without_member(title));
}
