/* Proposals: the speeches of a session, the forms of a proposals office, replies, and members
 * quoted in the news. Each form becomes a draft; how suggestions are told from background is the
 * same for all (proposal_suggestions.c). */
#include "baolan/utf8.h"
#include "parse/proposal.h"
#include "parse/speech.h"

/* --- An article as segments ------------------------------------------------------------------ */

static void add_segment(struct proposal_reader *r, struct segments *list, struct str text,
                        enum segment_kind kind, uint32_t article, uint32_t paragraph)
{
    struct segment s = {text, kind, article, paragraph, 0, NULL};
    if (text.n > 0)
        vector_push(r->arena, list, s);
}

/* The heading at index `heading` as a segment before paragraph. */
static void add_heading(struct proposal_reader *r, struct segments *list, uint32_t article,
                        uint32_t heading, uint32_t paragraph)
{
    const struct article *a = &r->document->articles[article];
    const struct heading *h = &a->headings[heading];
    bool run_in =
        h->run_in && paragraph < a->n_paragraphs && a->paragraphs[paragraph].heading == heading;
    add_segment(r, list, h->prose.text, run_in ? SEGMENT_RUN_IN : SEGMENT_HEADING, article,
                paragraph < a->n_paragraphs ? paragraph : NONE);
}

/* Headings and paragraphs of an article in reading order. */
static struct segments segments_of(struct proposal_reader *r, uint32_t article)
{
    const struct article *a = &r->document->articles[article];
    struct segments list = {0};
    uint32_t next = 0;
    for (uint32_t i = 0; i < a->n_paragraphs; i++) {
        const struct prose *prose = &a->paragraphs[i].prose;
        if (r->tables.n > 0 && prose->n_pieces > 0 && proposal_in_table(r, prose->pieces[0].text))
            continue;
        for (; a->paragraphs[i].heading != NONE && next <= a->paragraphs[i].heading; next++)
            add_heading(r, &list, article, next, i);
        add_segment(r, &list, a->paragraphs[i].prose.text, SEGMENT_PARAGRAPH, article, i);
    }
    for (; next < a->n_headings; next++)
        add_heading(r, &list, article, next, a->n_paragraphs);
    return list;
}

static struct segment title_of(const struct proposal_reader *r, uint32_t article)
{
    struct str title = r->document->articles[article].title.text;
    return (struct segment){title, SEGMENT_TITLE, article, NONE, 0, NULL};
}

void proposal_begin(struct draft *d, struct segment title)
{
    if (!d->open)
        d->proposal.article = title.article;
    d->open = true;
    d->proposal.place = place_in(title.article, NONE, 0, (uint32_t)title.text.n);
}

/* What the article's and the document's dates say of the year. */
static void default_year(const struct proposal_reader *r, struct proposal *p)
{
    const struct article *a = &r->document->articles[p->article];
    if (p->year == 0)
        p->year = a->year != 0        ? a->year
                  : a->date.year != 0 ? a->date.year
                                      : r->document->date.year;
}

/* The lines of a page around an article that a form's fields may stand in. */
struct segments proposal_lines_around(struct proposal_reader *r, uint32_t article)
{
    const struct article *a = &r->document->articles[article];
    struct segments list = {0};
    add_segment(r, &list, a->kicker.text, SEGMENT_BYLINE, article, NONE);
    add_segment(r, &list, a->subtitle.text, SEGMENT_BYLINE, article, NONE);
    for (uint32_t i = 0; i < a->n_byline_lines; i++)
        add_segment(r, &list, a->byline_lines[i].text, SEGMENT_BYLINE, article, NONE);
    for (uint32_t i = 0; i < a->n_captions; i++)
        add_segment(r, &list, a->captions[i].text, SEGMENT_BYLINE, article, NONE);
    return list;
}

/* --- Speeches -------------------------------------------------------------------------------- */

/* A line without ornaments (● ■ ◆) and spaces at its head. */
static struct str without_ornament(struct str s)
{
    for (size_t i = 0; i < s.n;) {
        uint32_t c = utf8_next(s, &i);
        if (point_is_space(c) || (c >= 0x25A0 && c <= 0x27BF) || c == 0x2022 || c == 0xB7 ||
            c == '*' || c == '#' || c == '-' || c == 0x2014)
            s = str_sub(s, i, s.n), i = 0;
        else
            break;
    }
    return str_trim(s);
}

/* Reads `● X委员代表A、B发言`, `委员 X（A）发言` into d; false where s is no such line. */
static bool read_speaker_line(struct proposal_reader *r, struct draft *d, struct str s)
{
    static const struct str ends[] = {
        STR_INIT("作大会口头发言"), STR_INIT("作大会发言"), STR_INIT("大会口头发言"),
        STR_INIT("大会发言"),       STR_INIT("作口头发言"), STR_INIT("口头发言"),
        STR_INIT("书面发言"),       STR_INIT("作发言"),     STR_INIT("发言")};
    static const struct str member = STR_INIT("委员"), behalf = STR_INIT("代表");
    struct speech_line line;
    s = without_ornament(s);
    if (speech_read_line(r->bylines, s, &line) && (r->speeches || line.member)) {
        proposal_add_names(r, d, LIST_SPEAKERS, line.name);
        proposal_add_names(r, d, LIST_BODIES, line.body);
        return true;
    }
    while (str_ends(s, STR("。")) || str_ends(s, STR("：")) || str_ends(s, STR(":")))
        s = str_trim(str_sub(s, 0, s.n - (str_ends(s, STR(":")) ? 1 : 3)));
    bool speech = false;
    for (size_t i = 0; i < sizeof ends / sizeof *ends && !speech; i++)
        if (str_ends(s, ends[i])) {
            s = str_trim(str_sub(s, 0, s.n - ends[i].n));
            speech = true;
        }
    size_t at = str_find(s, member, 0);
    size_t on = str_find(s, behalf, 0);
    if (str_has(s, STR("，")) || str_has(s, STR("。"))) /* a sentence of the news */
        return false;
    if (at == STR_NONE || s.n > 600 || (on == STR_NONE && !speech) || (on != STR_NONE && on < at))
        return false;
    struct str name = str_trim(str_sub(s, 0, at));
    struct str rest = str_trim(str_sub(s, at + member.n, s.n));
    on = str_find(rest, behalf, 0);
    if (name.n == 0 || str_ends(name, STR("政协"))) { /* 市政协委员 X代表… */
        name = str_trim(str_sub(rest, 0, on == STR_NONE ? rest.n : on));
        rest = on == STR_NONE ? (struct str){NULL, 0} : str_sub(rest, on, rest.n);
        on = 0;
    }
    if (name.n == 0 || utf8_count(name) > 16 || (rest.n > 0 && on != 0))
        return false;
    proposal_add_names(r, d, LIST_SPEAKERS, name);
    if (rest.n > behalf.n)
        proposal_add_names(r, d, LIST_BODIES, str_sub(rest, behalf.n, rest.n));
    return true;
}

/* （作者系县政协委员，…） */
static bool is_signed_by_member(const struct article *a)
{
    for (uint32_t i = 0; i < a->n_byline_lines; i++)
        if (str_has(a->byline_lines[i].text, STR("作者系")) &&
            str_has(a->byline_lines[i].text, STR("政协委员")))
            return true;
    return false;
}

/* 为此，建议：, 对此，我建议： */
static bool asks(const struct article *a)
{
    for (uint32_t i = 0; i < a->n_paragraphs; i++) {
        struct str text = a->paragraphs[i].prose.text;
        if (str_ends(text, STR("建议：")) || str_ends(text, STR("建议如下：")))
            return true;
    }
    return false;
}

/* Reads the speaker from credits and lines; *line is the paragraph that is the speaker's line, or
 * NONE. */
static bool read_speaker(struct proposal_reader *r, struct draft *d, uint32_t article,
                         uint32_t *line)
{
    const struct article *a = &r->document->articles[article];
    *line = NONE;
    for (uint32_t i = 0; i < a->n_byline_lines; i++)
        if (read_speaker_line(r, d, a->byline_lines[i].text))
            return true;
    for (uint32_t i = 0; i < a->n_paragraphs && i < 2; i++)
        if (a->paragraphs[i].prose.text.n < 600 &&
            read_speaker_line(r, d, a->paragraphs[i].prose.text)) {
            *line = i;
            return true;
        }
    bool any = false, signed_so = is_signed_by_member(a) && asks(a);
    for (uint32_t i = 0; i < a->n_credits; i++)
        if (str_eq(a->credits[i].role, STR("委员")) ||
            (signed_so && str_eq(a->credits[i].role, STR("作者")))) {
            vector_push(r->arena, &d->speakers, a->credits[i].name);
            any = true;
        }
    return any;
}

static bool is_form(const struct proposal_reader *r, uint32_t article, const struct segments *list);

static bool read_speech(struct proposal_reader *r, uint32_t article)
{
    struct draft d = {0};
    uint32_t line;
    if (!read_speaker(r, &d, article, &line))
        return false;
    struct segments list = segments_of(r, article);
    if (is_form(r, article, &list))
        return false;
    proposal_begin(&d, title_of(r, article));
    d.proposal.title = r->document->articles[article].title.text;
    for (size_t i = 0; i < list.n; i++)
        if (line == NONE || list.at[i].kind != SEGMENT_PARAGRAPH || list.at[i].paragraph > line)
            vector_push(r->arena, &d.body, list.at[i]);
    proposal_finish(r, &d);
    return true;
}

/* --- Forms of an office ---------------------------------------------------------------------- */

/* A reader that reads for a look ahead and leaves r alone. */
static struct proposal_reader probe_of(const struct proposal_reader *r)
{
    struct proposal_reader probe = *r;
    memset(&probe.proposals, 0, sizeof probe.proposals);
    return probe;
}

/* True where the article goes on with a form: its title is one of the form's labels. */
static bool continues_form(const struct proposal_reader *r, uint32_t article)
{
    struct draft d = {0};
    struct proposal_reader probe = probe_of(r);
    return proposal_read_fields(&probe, &d, title_of(r, article));
}

bool proposal_is_title(struct str title)
{
    return str_starts(title, STR("关于")) &&
           (str_ends(title, STR("的提案")) || str_ends(title, STR("的建议")) ||
            str_ends(title, STR("的建议案")));
}

/* True where the article has the fields of a form. */
static bool is_form(const struct proposal_reader *r, uint32_t article, const struct segments *list)
{
    struct draft d = {0};
    struct proposal_reader probe = probe_of(r);
    struct segment title = title_of(r, article);
    struct segments around = proposal_lines_around(&probe, article);
    proposal_read_fields(&probe, &d, title);
    for (size_t i = 0; i < around.n && i < 40; i++) {
        proposal_read_fields(&probe, &d, around.at[i]);
        d.part = PART_HEAD;
    }
    for (size_t i = 0; i < list->n && i < 40; i++)
        proposal_read_fields(&probe, &d, list->at[i]);
    bool many = probe.proposals.n > 0;
    if (proposal_is_title(title.text) && d.speakers.n + d.bodies.n > 0)
        return true;
    return many ||
           (d.proposal.title.n > 0 && (d.speakers.n + d.bodies.n + d.handlers.n > 0 ||
                                       d.proposal.number.n > 0 || d.body.n > 0)) ||
           (d.speakers.n + d.bodies.n > 0 && (d.proposal.number.n > 0 || d.suggestions.n > 0));
}

static void read_form(struct proposal_reader *r, struct draft *d, uint32_t article,
                      const struct segments *list)
{
    struct segment title = title_of(r, article);
    struct str session = proposal_session_in(title.text);
    struct str number = proposal_number_in(title.text);
    struct segments around = proposal_lines_around(r, article);
    proposal_read_fields(r, d, title);
    for (size_t i = 0; i < around.n; i++) {
        enum part part = d->part;
        proposal_read_fields(r, d, around.at[i]);
        d->part = part;
        if (session.n == 0)
            session = proposal_session_in(around.at[i].text);
        if (number.n == 0)
            number = proposal_number_in(around.at[i].text);
    }
    for (size_t i = 0; i < list->n; i++) {
        struct str text = list->at[i].text;
        if (d->part == PART_HEAD && session.n == 0)
            session = proposal_session_in(text);
        if (d->part == PART_HEAD && number.n == 0)
            number = proposal_number_in(text);
        if (proposal_is_reply_title(text) && text.n < 240)
            d->part = PART_REPLY;
        bool field = proposal_read_fields(r, d, list->at[i]);
        /* Text after the last field of a form without labels for it. */
        if (!field && d->open && d->part == PART_HEAD && utf8_count(text) > 30) {
            d->part = PART_BODY;
            vector_push(r->arena, &d->body, list->at[i]);
        }
    }
    if (!d->open)
        return;
    if (d->proposal.session.n == 0)
        d->proposal.session = session;
    if (d->proposal.number.n == 0)
        d->proposal.number = number;
    if (d->proposal.title.n == 0)
        d->proposal.title = title.text;
}

/* --- The stage ------------------------------------------------------------------------------- */

/* 九三学社云泽市委会、市政协委员江雨眠反映：…: who reports, at the head of a text. */
static bool read_reporter(struct proposal_reader *r, struct draft *d, struct str text)
{
    enum { BYTES_MOST = 240 };
    static const struct str word = STR_INIT("反映"), member = STR_INIT("委员");
    size_t end = str_find(str_sub(text, 0, BYTES_MOST), word, 0);
    uint32_t mark = end == STR_NONE ? 0 : utf8_at(text, end + word.n);
    if (end == STR_NONE || end == 0 || (!mark_is_colon(mark) && !mark_is_comma(mark)))
        return false;
    for (size_t at = 0; at < end;)
        if (mark_ends_sentence(utf8_at(text, at)) || mark_is_comma(utf8_next(text, &at)))
            return false;
    for (size_t from = 0, to; from < end; from = to + strlen("、")) {
        to = str_find(text, STR("、"), from);
        to = to == STR_NONE || to > end ? end : to;
        struct str part = str_trim(str_sub(text, from, to)), name = part;
        size_t at = str_find_last(part, member);
        bool after = at != STR_NONE && at + member.n < part.n && utf8_count(part) > 3;
        if (after)
            name = str_sub(part, at + member.n, part.n);
        else if (to < end && str_ends(part, member)) /* 县政协委员、县医院院长某某 */
            continue;
        else
            proposal_titled_name(r, part, part.n, &name);
        proposal_add_names(r, d, utf8_count(name) <= 4 ? LIST_SPEAKERS : LIST_BODIES, name);
    }
    return true;
}

/* （市政协委员 戚里） below a title. */
static bool read_signature(struct proposal_reader *r, struct draft *d, struct str text)
{
    struct speech_line line;
    text = str_trim(text);
    if (str_starts(text, STR("（")) && str_ends(text, STR("）")))
        text = str_sub(text, strlen("（"), text.n - strlen("）"));
    if (!speech_read_line(r->bylines, text, &line))
        return false;
    proposal_add_names(r, d, LIST_SPEAKERS, line.name);
    proposal_add_names(r, d, LIST_BODIES, line.body);
    return true;
}

/* An article that is a proposal by its title alone. */
static bool read_titled(struct proposal_reader *r, uint32_t article, const struct segments *list)
{
    const struct article *a = &r->document->articles[article];
    struct str title = a->title.text;
    if (!proposal_is_title(title))
        return false;
    struct draft d = {.open = true, .part = PART_BODY};
    d.proposal.article = article;
    d.proposal.title = title;
    d.proposal.place = place_in(article, NONE, 0, (uint32_t)title.n);
    struct segments around = proposal_lines_around(r, article);
    bool is_signed = false;
    for (size_t i = 0; i < around.n && !is_signed; i++)
        is_signed = read_signature(r, &d, around.at[i].text);
    for (uint32_t i = 0; i < a->n_credits && !is_signed; i++)
        proposal_add_names(r, &d, LIST_SPEAKERS, a->credits[i].name);
    for (size_t i = 0; i < list->n; i++) {
        const struct segment *s = &list->at[i];
        bool first = i == 0 && s->kind == SEGMENT_PARAGRAPH;
        if (first && d.speakers.n + d.bodies.n == 0 && read_signature(r, &d, s->text))
            continue;
        if (first && d.speakers.n + d.bodies.n == 0)
            read_reporter(r, &d, s->text);
        bool label = s->kind == SEGMENT_PARAGRAPH && ordinal_at(s->text, 0).number == 0 &&
                     proposal_label(r, s->text) >= FIELD_BACKGROUND;
        if (label)
            proposal_read_fields(r, &d, *s);
        else
            vector_push(r->arena, d.part == PART_SUGGESTIONS ? &d.suggestions : &d.body, *s);
    }
    proposal_finish(r, &d);
    if (vector_last(&r->proposals).n_suggestions == 0)
        r->proposals.n--;
    return true;
}

/* Reads an article that is no speech. form is the draft of a form that may go on in it. */
static void read_article(struct proposal_reader *r, struct draft *form, uint32_t article)
{
    struct segment title = title_of(r, article);
    struct segments list = segments_of(r, article);
    struct str number = proposal_number_in(title.text);
    if (proposal_is_reply_title(title.text)) {
        bool other =
            number.n > 0 && form->proposal.number.n > 0 && !str_eq(number, form->proposal.number);
        if (form->open && other)
            proposal_finish(r, form);
        proposal_read_reply(r, form, title, &list);
        return;
    }
    bool is_new = is_form(r, article, &list);
    if (form->open && (is_new ? form->proposal.title.n > 0 : !continues_form(r, article)))
        proposal_finish(r, form);
    if (is_new || form->open)
        read_form(r, form, article, &list);
    else if (!read_titled(r, article, &list) && !proposal_read_parts(r, title.text, &list))
        proposal_read_news(r, title.text, &list);
}

struct proposal_reader proposal_reader_of(struct document *d, const struct parse_options *o)
{
    return (struct proposal_reader){.document = d,
                                    .arena = d->arena,
                                    .words = lexicons_get(o->lexicons, LEXICON_PROPOSALS),
                                    .surnames = lexicons_get(o->lexicons, LEXICON_SURNAMES),
                                    .people = lexicons_get(o->lexicons, LEXICON_PEOPLE),
                                    .bylines = lexicons_get(o->lexicons, LEXICON_BYLINES),
                                    .speeches = speech_page(d->decoded.text)};
}

/* The first session that the page names, in what was set of it, for a line may end inside. */
static struct str session_of_page(const struct document *d)
{
    struct str session = {NULL, 0};
    for (uint32_t i = 0; i < d->n_articles && session.n == 0; i++) {
        const struct article *a = &d->articles[i];
        const struct str lines[] = {a->kicker.text, a->title.text, a->subtitle.text};
        for (size_t k = 0; k < sizeof lines / sizeof *lines && session.n == 0; k++)
            session = proposal_session_in(lines[k]);
        for (uint32_t k = 0; k < a->n_captions && session.n == 0; k++)
            session = proposal_session_in(a->captions[k].text);
        for (uint32_t k = 0; k < a->n_paragraphs && session.n == 0; k++)
            session = proposal_session_in(a->paragraphs[k].prose.text);
    }
    return session.n > 0 ? session : proposal_session_in(d->decoded.text);
}

/* Tables were read before what stands around them: the first n proposals take their places among
 * the rest, both in reading order. */
static void merge_tables(struct proposal_reader *r, size_t n)
{
    size_t all = r->proposals.n, i = 0, k = n;
    const struct proposal *at = r->proposals.at;
    struct proposal *merged = arena_array(r->arena, struct proposal, all + 1);
    for (size_t m = 0; m < all; m++) {
        bool table = k == all || (i < n && at[i].article <= at[k].article);
        merged[m] = table ? at[i++] : at[k++];
    }
    r->proposals.at = merged;
}

void parse_proposals(struct document *d, const struct parse_options *o)
{
    struct str text = d->decoded.text;
    struct proposal_reader r = proposal_reader_of(d, o);
    if (!str_has(text, STR("政协")) && !str_has(text, STR("提案")) && !str_has(text, STR("委员")))
        return;
    struct draft form = {0};
    proposal_read_tables(&r);
    size_t tabled = r.proposals.n;
    for (uint32_t i = 0; i < d->n_articles; i++) {
        if (form.open || !read_speech(&r, i))
            read_article(&r, &form, i);
    }
    if (form.open)
        proposal_finish(&r, &form);
    if (tabled > 0)
        merge_tables(&r, tabled);
    struct str session = session_of_page(d);
    for (size_t i = 0; i < r.proposals.n; i++) {
        struct proposal *p = &r.proposals.at[i];
        default_year(&r, p);
        if (p->session.n == 0)
            p->session = session;
    }
    d->proposals = r.proposals.at;
    d->n_proposals = (uint32_t)r.proposals.n;
}
