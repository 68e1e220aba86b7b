/* Replies to proposals: letters, reports and forms that tell who answers, whom, and how it stands.
 */
#include "baolan/utf8.h"
#include "parse/proposal.h"

bool proposal_is_reply_title(struct str title)
{
    static const struct str ends[] = {STR_INIT("复函"),         STR_INIT("办理情况的报告"),
                                      STR_INIT("办理情况的函"), STR_INIT("办理意见"),
                                      STR_INIT("办理情况"),     STR_INIT("回复")};
    bool about = str_has(title, STR("提案")) || str_has(title, STR("建议"));
    if (str_has(title, STR("答复")))
        return about || str_has(title, STR("号"));
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (about && proposal_number_in(title).n > 0 && str_ends(title, ends[i]))
            return true;
    return false;
}

/* s without remarks in brackets at its end: （第086号）. */
static struct str without_brackets(struct str s)
{
    for (s = str_trim(s); str_ends(s, STR("）")) || str_ends(s, STR(")"));) {
        size_t wide = str_find_last(s, STR("（")), narrow = str_find_last(s, STR("("));
        size_t open = wide == STR_NONE || (narrow != STR_NONE && narrow > wide) ? narrow : wide;
        if (open == STR_NONE || open == 0)
            return s;
        s = str_trim(str_sub(s, 0, open));
    }
    return s;
}

/* The title of the proposal that a reply names: 您提出的《…》, 您提出的关于…的提案收悉. */
static struct str answered_title(struct str text)
{
    static const struct str marks[][2] = {{STR_INIT("《"), STR_INIT("》")},
                                          {STR_INIT("“"), STR_INIT("”")},
                                          {STR_INIT("「"), STR_INIT("」")}};
    enum { BYTES_BEFORE = 180, TITLE_BYTES = 300 };
    size_t received = str_find(text, STR("收悉"), 0);
    if (received == STR_NONE)
        received = str_find(text, STR("收到"), 0);
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t open = str_find(text, marks[i][0], 0);
        size_t close = open == STR_NONE ? STR_NONE : str_find(text, marks[i][1], open);
        if (close != STR_NONE && open < BYTES_BEFORE && (received == STR_NONE || open < received))
            return str_sub(text, open + marks[i][0].n, close);
    }
    size_t about = str_find(text, STR("关于"), 0);
    if (about == STR_NONE || received == STR_NONE || about > received ||
        received - about > TITLE_BYTES)
        return (struct str){NULL, 0};
    struct str title = without_brackets(str_sub(text, about, received));
    if (str_ends(title, STR("已")))
        title = without_brackets(str_sub(title, 0, title.n - strlen("已")));
    return title;
}

/* 陈志远委员：, 民进云泽市委会：, 尊敬的…委员：: whom a reply addresses. */
static bool read_addressee(struct proposal_reader *r, struct draft *d, struct str text)
{
    enum { BYTES_MOST = 360 };
    static const struct str dear = STR_INIT("尊敬的"), member = STR_INIT("委员");
    if (str_ends(text, STR("：")))
        text.n -= strlen("：");
    else if (str_ends(text, STR(":")))
        text.n -= 1;
    else
        return false;
    text = str_trim(text);
    if (str_starts(text, dear))
        text = str_sub(text, dear.n, text.n);
    for (size_t i = 0; i < text.n;) {
        uint32_t c = utf8_next(text, &i);
        if (mark_ends_sentence(c) || mark_is_comma(c) || mark_is_colon(c))
            return false;
    }
    if (text.n == 0 || text.n > BYTES_MOST)
        return false;
    if (str_has(text, STR("提案委")) || str_ends(text, STR("政协"))) /* the conference itself */
        return true;
    size_t at = str_find(text, member, 0);
    bool people = at != STR_NONE && at > 0 &&
                  (at + member.n == text.n || !point_is_han(utf8_at(text, at + member.n)));
    if (people || str_ends(text, member))
        proposal_add_names(r, d, LIST_SPEAKERS, str_sub(text, 0, at));
    else
        proposal_add_names(r, d, LIST_BODIES, text);
    return true;
}

/* Whether a name is an office's: the sender of a reply. */
static bool is_office(struct str name)
{
    static const struct str ends[] = {STR_INIT("局"),   STR_INIT("委员会"), STR_INIT("办公室"),
                                      STR_INIT("政府"), STR_INIT("厅"),     STR_INIT("中心"),
                                      STR_INIT("公司"), STR_INIT("委"),     STR_INIT("院"),
                                      STR_INIT("办"),   STR_INIT("支队"),   STR_INIT("银行")};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (str_ends(name, ends[i]) && utf8_count(name) > 2)
            return true;
    return false;
}

/* What stands over and under a reply: its status, and who sends it. */
static void read_letterhead(struct proposal_reader *r, struct draft *d, uint32_t article)
{
    const struct article *a = &r->document->articles[article];
    struct segments around = proposal_lines_around(r, article);
    for (size_t i = 0; i < around.n; i++) {
        struct form_fields fields = proposal_fields_in(r, &around.at[i]);
        for (size_t k = 0; k < fields.n; k++) {
            struct str value =
                str_trim(str_sub(around.at[i].text, fields.at[k].value, fields.at[k].end));
            struct str told = proposal_status_in(r, value);
            if (fields.at[k].field == FIELD_STATUS && d->proposal.status.n == 0)
                d->proposal.status = told.n > 0 ? told : value;
        }
        /* 云建提〔2024〕5号    A类 */
        bool marked =
            str_has(around.at[i].text, STR("A类")) || str_has(around.at[i].text, STR("B类"));
        if (marked && d->proposal.status.n == 0)
            d->proposal.status = proposal_status_in(r, around.at[i].text);
        if (fields.n == 0 && d->handlers.n == 0 && is_office(around.at[i].text))
            proposal_add_names(r, d, LIST_HANDLERS, around.at[i].text);
    }
    for (uint32_t i = 0; i < a->n_credits && d->handlers.n == 0; i++)
        if (is_office(a->credits[i].name))
            proposal_add_names(r, d, LIST_HANDLERS, a->credits[i].name);
}

/* 民建市委会提出的《…》: who made the proposal, where a reply is sent to the conference. */
static void read_proposer(struct proposal_reader *r, struct draft *d, struct str text)
{
    static const struct str word = STR_INIT("提出的");
    enum { BYTES_MOST = 120 };
    size_t end = str_find(text, word, 0), from = 0;
    if (end == STR_NONE || end == 0 || end > BYTES_MOST)
        return;
    uint32_t c = utf8_at(text, end + word.n);
    struct str names = str_sub(text, 0, end);
    if ((c != 0x300A && c != 0x201C &&
         !str_starts(str_sub(text, end + word.n, text.n), STR("关于"))))
        return;
    for (size_t at = 0; at < names.n;) {
        c = utf8_next(names, &at);
        if (mark_is_comma(c) || mark_ends_sentence(c))
            from = at;
    }
    names = str_sub(names, from, names.n);
    if (str_has(names, STR("您")) || str_has(names, STR("你")) || str_has(names, STR("贵")))
        return;
    bool member = str_ends(names, STR("委员"));
    proposal_add_names(r, d, member ? LIST_SPEAKERS : LIST_BODIES,
                       member ? str_sub(names, 0, names.n - strlen("委员")) : names);
}

/* Offices in a list, all of them, that deal with the proposal too. */
static void add_partners(struct proposal_reader *r, struct draft *d, struct str list)
{
    struct draft other = {0};
    proposal_add_names(r, &other, LIST_HANDLERS, list);
    for (size_t i = 0; i < other.handlers.n; i++)
        if (!proposal_ends_as_office(other.handlers.at[i]))
            return;
    for (size_t i = 0; i < other.handlers.n; i++) {
        bool known = false;
        for (size_t k = 0; k < d->handlers.n; k++)
            known = known || str_eq(d->handlers.at[k], other.handlers.at[i]);
        if (!known)
            vector_push(r->arena, &d->handlers, other.handlers.at[i]);
    }
}

/* 经商市财政局、…，现答复如下; 由我局主办，市商务局会办: who else deals with it. */
static void read_partners(struct proposal_reader *r, struct draft *d, struct str text)
{
    static const struct str before[] = {STR_INIT("经商"), STR_INIT("经会同"), STR_INIT("会同")},
                            after[] = {STR_INIT("会办"), STR_INIT("协办")};
    size_t from = 0;
    if (!str_has(text, STR("如下")) && !str_has(text, STR("主办")))
        return;
    for (size_t at = 0, end; at < text.n; at = end) {
        uint32_t c = 0;
        for (end = at; end < text.n && !mark_is_comma(c) && !mark_ends_sentence(c);)
            c = utf8_next(text, &end);
        struct str clause = str_trim(str_sub(text, at, end));
        size_t mark = clause.n;
        c = clause.n > 0 ? utf8_previous(clause, &mark) : 0;
        if (mark_is_comma(c) || mark_ends_sentence(c))
            clause.n = mark;
        for (size_t i = 0; i < sizeof before / sizeof *before; i++)
            if (str_starts(clause, before[i])) {
                add_partners(r, d, str_sub(clause, before[i].n, clause.n));
                break;
            }
        for (size_t i = 0; i < sizeof after / sizeof *after; i++)
            if (str_ends(clause, after[i])) {
                from = str_starts(clause, STR("由")) ? strlen("由") : 0;
                add_partners(r, d, str_sub(clause, from, clause.n - after[i].n));
            }
    }
}

/* 云泽市教育局关于…, 云泽市教育局对…: who sends a reply, by its title. */
static void read_sender(struct proposal_reader *r, struct draft *d, struct str title)
{
    static const struct str words[] = {STR_INIT("关于"), STR_INIT("对")};
    for (size_t i = 0; i < sizeof words / sizeof *words && d->handlers.n == 0; i++) {
        size_t at = str_find(title, words[i], 0);
        if (at != STR_NONE && at > 0 && is_office(str_sub(title, 0, at)))
            proposal_add_names(r, d, LIST_HANDLERS, str_sub(title, 0, at));
    }
}

/* A heading of a letter, 三、下一步建议, begins no part of the proposal. */
static void read_reply_text(struct proposal_reader *r, struct draft *d, const struct segment *s)
{
    struct form_fields fields = proposal_fields_in(r, s);
    bool text = s->kind != SEGMENT_PARAGRAPH || proposal_label(r, s->text) >= FIELD_BACKGROUND ||
                (fields.n > 0 && fields.at[0].field >= FIELD_BACKGROUND);
    if (text)
        vector_push(r->arena, &d->reply, *s);
    else
        proposal_read_fields(r, d, *s);
}

/* Reads an article that answers a proposal into d. */
void proposal_read_reply(struct proposal_reader *r, struct draft *d, struct segment title,
                         const struct segments *list)
{
    enum { REPLY_HEAD = 4 }; /* segments before what is done is told */
    struct proposal *p = &d->proposal;
    bool own = p->title.n == 0;
    if (p->number.n == 0)
        p->number = proposal_number_in(title.text);
    if (p->session.n == 0)
        p->session = proposal_session_in(title.text);
    proposal_begin(d, title);
    d->part = PART_REPLY;
    read_sender(r, d, title.text);
    read_letterhead(r, d, title.article);
    bool addressed = false;
    for (size_t i = 0; i < list->n; i++) {
        struct str text = str_trim(list->at[i].text);
        if (!addressed && i < 3 && list->at[i].kind == SEGMENT_PARAGRAPH) {
            struct draft other = {0};
            addressed = read_addressee(r, own && d->speakers.n == 0 ? d : &other, text);
            if (addressed)
                continue;
        }
        if (own && p->title.n == 0)
            p->title = answered_title(text);
        if (own && d->speakers.n + d->bodies.n == 0)
            read_proposer(r, d, text);
        if (i < REPLY_HEAD)
            read_partners(r, d, text);
        read_reply_text(r, d, &list->at[i]);
    }
    if (p->title.n == 0)
        p->title = title.text;
}
