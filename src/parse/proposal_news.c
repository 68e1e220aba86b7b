/* Members quoted in the news: what each of several suggests, in one story. */
#include "baolan/utf8.h"
#include "parse/proposal_quoted.h"

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

/* What is said before any member's suggestion, and the member whose words are being read. */
struct quoting {
    struct draft draft;
    struct segments before;
    uint32_t heading; /* of the paragraph before */
    struct str with;  /* a member named just before, with whom the next one speaks; may be empty */
    bool colon;       /* the paragraph before ends with one: a list follows */
};

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
    if (proposal_asking_quoted(r, text, d->open ? d->speakers.at[0] : (struct str){NULL, 0},
                               &asking)) {
        add_asking(r, q, s, &asking);
        q->colon = false;
        return;
    }
    if (d->open && str_starts(text, d->speakers.at[0])) { /* 方某某建议，… without 委员 */
        size_t suggests = proposal_asking_suggests(r, text, d->speakers.at[0].n);
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
        if (at < floor || !proposal_member_named(r, text, at, &name, &end))
            continue;
        if (proposal_member_joins(text, end)) {
            q->with = name;
            floor = end;
            continue;
        }
        size_t start =
            sentence_start(str_sub(text, from, text.n), at < from ? 0 : at - from) + from;
        bool same = d->open && d->part == PART_BODY && str_eq(d->speakers.at[0], name);
        struct str behalf = proposal_member_behalf(r, text, &end);
        size_t suggests = proposal_asking_suggests(r, text, end), sentence = start;
        if (suggests == STR_NONE)
            suggests = proposal_asking_at(r, text, proposal_member_verb(text, end));
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
        later =
            proposal_asking_later(r, text, floor > from ? floor : from, d->speakers.at[0], &clause);
    if (later == STR_NONE && d->open && d->part == PART_BODY && floor > 0)
        later = clause = proposal_asking_plain(text, floor);
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
