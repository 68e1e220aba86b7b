/* What the fields of a proposals office's form tell, as lines `案由：…` or as a table, and the
 * marks that tell a proposal's number, session, status and year. */
#include "baolan/utf8.h"
#include "parse/proposal.h"

struct str proposal_number_in(struct str s)
{
    static const struct str first = STR_INIT("第"), last = STR_INIT("号");
    for (size_t at = str_find(s, first, 0); at != STR_NONE; at = str_find(s, first, at + 3)) {
        size_t i = at + 3;
        while (i < s.n && (point_is_digit((unsigned char)s.p[i]) || s.p[i] == '-'))
            i++;
        if (i > at + 3 && str_starts(str_sub(s, i, s.n), last))
            return str_sub(s, at, i + last.n);
    }
    return (struct str){NULL, 0};
}

/* Where the name of a session that ends at byte `end` begins: 政协 before it, with nothing but Han
 * characters and figures between; STR_NONE where there is none. */
static size_t session_start(struct str s, size_t end)
{
    enum { CHARS_MOST = 40 };
    static const struct str body = STR_INIT("政协");
    size_t start = STR_NONE;
    unsigned chars = 0;
    for (size_t at = end; at > 0 && chars < CHARS_MOST; chars++) {
        uint32_t c = utf8_previous(s, &at);
        if (!point_is_han(c) && !point_is_digit(c) && c != ' ')
            break;
        if (str_starts(str_sub(s, at, end), body)) {
            start = at;
            break;
        }
    }
    return start;
}

struct str proposal_session_in(struct str s)
{
    static const struct str term = STR_INIT("届"), meeting = STR_INIT("次会议");
    for (size_t end = str_find(s, meeting, 0); end != STR_NONE;
         end = str_find(s, meeting, end + 9)) {
        size_t start = session_start(s, end);
        if (start == STR_NONE || !str_has(str_sub(s, start, end), term))
            continue;
        size_t at = start;
        uint32_t c = utf8_previous(s, &at);
        if (c == 0x5E02 || c == 0x7701 || c == 0x53BF || c == 0x533A) /* 市 省 县 区 */
            start = at;
        return str_sub(s, start, end + meeting.n);
    }
    return (struct str){NULL, 0};
}

/* The byte after 列入2025、2026年改造计划 and the like at byte `at` of s, or STR_NONE. */
static size_t plan_end(struct str s, size_t at)
{
    static const struct str verbs[] = {STR_INIT("列入"), STR_INIT("纳入")},
                            plans[] = {STR_INIT("计划"), STR_INIT("规划")};
    enum { CHARS_MOST = 16 };
    struct str rest = str_sub(s, at, s.n);
    if (!str_starts(rest, verbs[0]) && !str_starts(rest, verbs[1]))
        return STR_NONE;
    at += verbs[0].n;
    for (size_t n = 0; n < CHARS_MOST && at < s.n; n++) {
        rest = str_sub(s, at, s.n);
        if (str_starts(rest, plans[0]) || str_starts(rest, plans[1]))
            return at + plans[0].n;
        uint32_t c = utf8_next(s, &at);
        if (mark_is_comma(c) || mark_ends_sentence(c) || mark_is_semicolon(c))
            break;
    }
    return STR_NONE;
}

struct str proposal_status_in(const struct proposal_reader *r, struct str text)
{
    struct str status = {NULL, 0};
    for (size_t i = 0, end; i < text.n;) {
        const struct lexicon_entry *entry = lexicon_match(r->words, text, i, &end);
        struct str told = entry == NULL ? (struct str){NULL, 0} : lexicon_field(entry, "status");
        size_t plan = told.n > 0 ? STR_NONE : plan_end(text, i);
        if (plan != STR_NONE) {
            told = STR("列入计划");
            end = plan;
        }
        if (told.n == 0) {
            utf8_next(text, &i);
            continue;
        }
        if (status.n > 0 && !str_eq(status, told))
            return STR("正在办理");
        status = told;
        i = end;
    }
    return status;
}

int proposal_year_in(struct str s)
{
    for (size_t i = 0; i + 4 <= s.n; i++) {
        int year = 0;
        size_t n = 0;
        while (n < 4 && point_is_digit((unsigned char)s.p[i + n]))
            year = year * 10 + (s.p[i + n++] - '0');
        if (n == 4 && year >= 1949 && year < 2100)
            return year;
    }
    return 0;
}

/* --- Fields ---------------------------------------------------------------------------------- */

/* Appends segment to the part that d is in. */
static void add_text(struct proposal_reader *r, struct draft *d, struct segment segment)
{
    struct segments *parts[] = {NULL, &d->body, &d->suggestions, &d->reply};
    segment.text = str_trim(segment.text);
    if (segment.text.n > 0 && parts[d->part] != NULL)
        vector_push(r->arena, parts[d->part], segment);
}

static void read_status(struct proposal_reader *r, struct draft *d, struct segment value)
{
    struct str told = proposal_status_in(r, value.text);
    bool prose = utf8_count(value.text) > 24;
    d->proposal.status = told.n > 0 || prose ? told : value.text;
    if (prose) {
        d->part = PART_REPLY;
        add_text(r, d, value);
    }
}

/* Makes room for a proposal that begins with this field. */
static void begin_with(struct proposal_reader *r, struct draft *d, enum field field)
{
    bool another = (field == FIELD_TITLE && d->proposal.title.n > 0) ||
                   (field == FIELD_NUMBER && d->proposal.number.n > 0 && d->proposal.title.n > 0);
    if (another)
        proposal_finish(r, d);
}

/* Where a value stands; lines around an article count as its title. */
static struct place place_of(const struct proposal_reader *r, const struct segment *value)
{
    const struct article *a = &r->document->articles[value->article];
    if (value->paragraph == NONE)
        return place_in(value->article, NONE, 0, (uint32_t)a->title.text.n);
    return place_in(value->article, value->paragraph, value->start,
                    value->start + (uint32_t)value->text.n);
}

enum field proposal_field_of_value(enum field field, struct str value)
{
    size_t at = value.n;
    uint32_t c = value.n == 0 ? 0 : utf8_previous(value, &at);
    return field == FIELD_TITLE && mark_ends_sentence(c) ? FIELD_BACKGROUND : field;
}

void proposal_apply_field(struct proposal_reader *r, struct draft *d, enum field field,
                          struct segment value)
{
    struct str text = value.text = str_trim(value.text);
    struct proposal *p = &d->proposal;
    field = proposal_field_of_value(field, text);
    begin_with(r, d, field);
    if (!d->open) {
        p->article = value.article;
        p->place = place_of(r, &value);
        d->open = true;
    }
    switch (field) {
    case FIELD_NUMBER:
        p->number = text;
        break;
    case FIELD_TITLE:
        /* The label alone: what it names is the article's title (see forms.c). */
        p->title = text.n > 0 ? text : r->document->articles[value.article].title.text;
        p->place = place_of(r, &value);
        break;
    case FIELD_SPEAKER:
        proposal_add_names(r, d, LIST_SPEAKERS, text);
        break;
    case FIELD_JOINT:
        proposal_add_names(r, d, LIST_JOINT, text);
        break;
    case FIELD_BODY:
        proposal_add_names(r, d, LIST_BODIES, text);
        break;
    case FIELD_HANDLER:
    case FIELD_LEAD:
    case FIELD_ASSIST:
        proposal_add_names(r, d, LIST_HANDLERS, text);
        break;
    case FIELD_CATEGORY:
        p->category = text;
        break;
    case FIELD_SESSION:
        p->session = text;
        break;
    case FIELD_DATE:
        if (proposal_year_in(text) != 0)
            p->year = proposal_year_in(text);
        break;
    case FIELD_STATUS:
        read_status(r, d, value);
        break;
    case FIELD_BACKGROUND:
    case FIELD_SUGGESTIONS:
    case FIELD_REPLY:
        d->part = field == FIELD_BACKGROUND    ? PART_BODY
                  : field == FIELD_SUGGESTIONS ? PART_SUGGESTIONS
                                               : PART_REPLY;
        add_text(r, d, value);
        break;
    default:
        break;
    }
}

struct segment segment_part(const struct segment *s, size_t from, size_t to)
{
    struct segment value = *s;
    value.text = str_trim(str_sub(s->text, from, to));
    value.start =
        s->start + (uint32_t)(value.text.n == 0 ? from : (size_t)(value.text.p - s->text.p));
    return value;
}

/* Applies the fields of s; what their values leave over is the body's. */
static bool read_lines(struct proposal_reader *r, struct draft *d, const struct segment *s,
                       enum field *last)
{
    struct form_fields list = proposal_fields_in(r, s);
    for (size_t i = 0; i < list.n; i++) {
        const struct form_field *f = &list.at[i];
        proposal_apply_field(r, d, f->field, segment_part(s, f->value, f->end));
        *last = f->field;
        struct segment rest = segment_part(s, f->end, f->rest);
        if (f->end >= f->rest || rest.text.n == 0)
            continue;
        if (d->part == PART_HEAD)
            d->part = PART_BODY;
        add_text(r, d, rest);
    }
    return list.n > 0;
}

/* A row of a table: labels and their values in turn. A rule (`|---|---|`) counts as read. */
static bool read_row(struct proposal_reader *r, struct draft *d, const struct segment *s)
{
    struct segment cells[CELLS_MAX];
    enum field labels[CELLS_MAX], field = FIELD_NONE;
    size_t n = proposal_cells(s, cells);
    bool any = false, rule = true;
    for (size_t i = 0; i < n; i++) {
        labels[i] = proposal_label(r, cells[i].text);
        for (size_t k = 0; k < cells[i].text.n; k++)
            rule &= cells[i].text.p[k] == '-' || cells[i].text.p[k] == ':';
    }
    if (rule)
        return true;
    for (size_t i = 0; i < n; i++) {
        if (cells[i].text.n == 0)
            continue;
        if (field != FIELD_NONE && (labels[i] == FIELD_NONE || field >= FIELD_BACKGROUND)) {
            proposal_apply_field(r, d, field, cells[i]);
            any = true;
            field = FIELD_NONE;
        } else {
            field = labels[i];
        }
    }
    return any;
}

/* A list of people, whose label was read, may go on in the next line. */
static void await_more(struct draft *d, enum field field)
{
    d->goes_on = field == FIELD_JOINT || field == FIELD_SPEAKER;
    d->awaited = d->goes_on ? field : FIELD_NONE;
}

bool proposal_read_fields(struct proposal_reader *r, struct draft *d, struct segment segment)
{
    if (proposal_is_row(segment.text) && read_row(r, d, &segment))
        return true;
    enum field whole = proposal_label(r, segment.text), awaited = d->awaited, last = FIELD_NONE;
    d->awaited = FIELD_NONE;
    if (whole == FIELD_STATUS && segment.kind == SEGMENT_HEADING) {
        d->part = PART_REPLY; /* 办理情况 above paragraphs */
        return true;
    }
    if (whole == FIELD_TITLE && segment.kind == SEGMENT_HEADING) {
        d->part = PART_BODY; /* 案由 above paragraphs */
        return true;
    }
    /* 一、存在问题 is a heading of the text, 存在问题： a label of the form. */
    if (whole == FIELD_BACKGROUND && d->open && segment.kind == SEGMENT_HEADING &&
        ordinal_at(segment.text, 0).kind != ORDINAL_NONE) {
        d->part = PART_BODY;
        add_text(r, d, segment);
        return true;
    }
    if (whole >= FIELD_BACKGROUND) {
        proposal_apply_field(r, d, whole, segment_part(&segment, segment.text.n, segment.text.n));
        return true;
    }
    if (whole != FIELD_NONE && whole < FIELD_BACKGROUND && segment.kind == SEGMENT_BYLINE) {
        d->awaited = whole;
        d->goes_on = false;
        return true;
    }
    if (read_lines(r, d, &segment, &last)) {
        if (segment.kind == SEGMENT_BYLINE)
            await_more(d, last);
        return true;
    }
    bool people = awaited == FIELD_JOINT || awaited == FIELD_SPEAKER;
    if (awaited != FIELD_NONE && (!d->goes_on || proposal_goes_on(r, segment.text))) {
        proposal_apply_field(r, d, awaited, segment);
        await_more(d, people ? awaited : FIELD_NONE);
        return true;
    }
    if (d->open)
        add_text(r, d, segment);
    return false;
}
