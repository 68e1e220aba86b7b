/* The fields of a proposals office's form, as lines `案由：…` or as a table, and the marks that
 * tell a proposal's number, session and status. */
#include "baolan/buffer.h"
#include "baolan/utf8.h"
#include "parse/proposal.h"

static const struct str field_names[FIELD_COUNT] = {
    [FIELD_NUMBER] = STR_INIT("number"),
    [FIELD_TITLE] = STR_INIT("title"),
    [FIELD_SPEAKER] = STR_INIT("speaker"),
    [FIELD_JOINT] = STR_INIT("joint"),
    [FIELD_BODY] = STR_INIT("body"),
    [FIELD_HANDLER] = STR_INIT("handler"),
    [FIELD_LEAD] = STR_INIT("lead"),
    [FIELD_ASSIST] = STR_INIT("assist"),
    [FIELD_CATEGORY] = STR_INIT("category"),
    [FIELD_SESSION] = STR_INIT("session"),
    [FIELD_DATE] = STR_INIT("date"),
    [FIELD_STATUS] = STR_INIT("status"),
    [FIELD_SKIP] = STR_INIT("skip"),
    [FIELD_BACKGROUND] = STR_INIT("background"),
    [FIELD_SUGGESTIONS] = STR_INIT("suggestions"),
    [FIELD_REPLY] = STR_INIT("reply"),
};

static enum field field_of(const struct lexicon_entry *entry)
{
    struct str label = entry == NULL ? (struct str){NULL, 0} : lexicon_field(entry, "label");
    for (enum field f = FIELD_NUMBER; label.n > 0 && f < FIELD_COUNT; f++)
        if (str_eq(label, field_names[f]))
            return f;
    return FIELD_NONE;
}

/* The longest run of characters that a label may have. */
enum { LABEL_MAX = 10 };

/* The field whose label, letter-spaced or not, ends at byte `end` of s; *start is its first byte.
 */
static enum field label_before(const struct proposal_reader *r, struct str s, size_t end,
                               size_t *start)
{
    char compact[LABEL_MAX * 3];
    size_t starts[LABEL_MAX], n = 0;
    for (size_t at = end; at > 0 && n < LABEL_MAX;) {
        uint32_t c = utf8_previous(s, &at);
        if (point_is_space(c))
            continue;
        if (c < 0x4E00 || c > 0x9FFF)
            break;
        starts[n++] = at;
        memcpy(compact + sizeof compact - 3 * n, s.p + at, 3);
    }
    struct str text = {compact + sizeof compact - 3 * n, 3 * n};
    for (; n > 0; n--, text.p += 3, text.n -= 3) {
        enum field field = field_of(lexicon_find(r->words, text));
        if (field != FIELD_NONE) {
            *start = starts[n - 1];
            return field;
        }
    }
    return FIELD_NONE;
}

enum field proposal_label(const struct proposal_reader *r, struct str s)
{
    struct ordinal o = ordinal_at(s, 0);
    s = str_trim(o.kind == ORDINAL_NONE ? s : str_sub(s, o.text, s.n));
    size_t at = s.n, start = 0, from = 0;
    if (s.n == 0 || s.n > 90)
        return FIELD_NONE;
    for (uint32_t c = utf8_previous(s, &at); mark_frames_label(c) || mark_is_colon(c);
         c = utf8_previous(s, &at))
        s.n = at;
    while (from < s.n && mark_frames_label(utf8_at(s, from)))
        utf8_next(s, &from);
    s = str_sub(s, from, s.n);
    enum field field = label_before(r, s, s.n, &start);
    return start == 0 ? field : FIELD_NONE;
}

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

struct str proposal_status_in(const struct proposal_reader *r, struct str text)
{
    struct str status = {NULL, 0};
    for (size_t i = 0, end; i < text.n;) {
        const struct lexicon_entry *entry = lexicon_match(r->words, text, i, &end);
        struct str told = entry == NULL ? (struct str){NULL, 0} : lexicon_field(entry, "status");
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

/* --- Lists of names -------------------------------------------------------------------------- */

/* s without what stands in brackets at its end. */
static struct str without_remark(struct str s)
{
    size_t at = s.n;
    uint32_t c = utf8_previous(s, &at);
    if (s.n == 0 || (c != 0xFF09 && c != ')'))
        return s;
    size_t wide = str_find_last(s, STR("（")), narrow = str_find_last(s, STR("("));
    size_t open = wide == STR_NONE || (narrow != STR_NONE && narrow > wide) ? narrow : wide;
    return open == STR_NONE || open == 0 ? s : str_trim(str_sub(s, 0, open));
}

/* s without the spaces between its characters: `陶 嘉`. */
static struct str without_spaces(struct arena *a, struct str s)
{
    size_t spaces = 0;
    for (size_t i = 0; i < s.n;)
        spaces += point_is_space(utf8_next(s, &i));
    if (spaces == 0)
        return s;
    struct buffer b = buffer_in(a);
    for (size_t i = 0, at = 0; i < s.n; at = i)
        if (!point_is_space(utf8_next(s, &i)))
            buffer_add(&b, str_sub(s, at, i));
    return buffer_str(&b);
}

/* True where name ends as bodies' names do. */
static bool ends_as_body(struct str name)
{
    static const struct str bodies[] = {STR_INIT("委"), STR_INIT("会"), STR_INIT("联"),
                                        STR_INIT("党"), STR_INIT("社"), STR_INIT("组"),
                                        STR_INIT("界"), STR_INIT("盟"), STR_INIT("部")};
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++)
        if (str_ends(name, bodies[i]))
            return true;
    return false;
}

/* True where name has the length and the first character of a person's. */
static bool is_person(const struct proposal_reader *r, struct str name)
{
    size_t end = 0, count = utf8_count(name);
    const struct lexicon_entry *entry = lexicon_match(r->surnames, name, 0, &end);
    if (str_has(name, STR("·")))
        return true;
    if (entry == NULL || count < 2 || count > 4)
        return false;
    return count == 2 || !ends_as_body(name);
}

/* Who joins a proposal is a member; a surname may be one that no list has. */
static bool is_joint_person(const struct proposal_reader *r, struct str name)
{
    size_t count = utf8_count(name);
    return is_person(r, name) || ((count == 2 || count == 3) && name.n == 3 * count &&
                                  !ends_as_body(name) && lexicon_find(r->words, name) == NULL);
}

static bool has_digit(struct str s)
{
    for (size_t i = 0; i < s.n;)
        if (point_is_any_digit(utf8_next(s, &i)))
            return true;
    return false;
}

/* 主办：市教育局, 会办 市财政局: without what says how a body takes part. */
static struct str without_part(struct str s)
{
    static const struct str parts[] = {STR_INIT("主办"),    STR_INIT("会办"), STR_INIT("协办"),
                                       STR_INIT("分办"),    STR_INIT("承办"), STR_INIT("主办单位"),
                                       STR_INIT("会办单位")};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        size_t after = parts[i].n;
        uint32_t c = str_starts(s, parts[i]) ? utf8_at(s, after) : 0;
        if (!mark_is_colon(c) && !point_is_space(c))
            continue;
        utf8_next(s, &after);
        return str_trim(str_sub(s, after, s.n));
    }
    return s;
}

static void add_name(struct proposal_reader *r, struct draft *d, enum name_list list,
                     struct str name)
{
    name = str_trim(name);
    if (list == LIST_HANDLERS)
        name = without_part(name);
    bool people = list == LIST_SPEAKERS || list == LIST_JOINT;
    if (list != LIST_BODIES)
        name = without_remark(name);
    size_t etc = str_find(name, STR("等"), 0);
    if (people && etc != STR_NONE && etc > 3)
        name = str_trim(str_sub(name, 0, etc));
    if (people && (has_digit(name) || proposal_label(r, name) != FIELD_NONE))
        return; /* 委员证号 0312 */
    if (people)
        name = without_spaces(r->arena, name);
    if (people && str_ends(name, STR("委员")) && utf8_count(name) > 3)
        name.n -= 6;
    if (name.n == 0)
        return;
    if (list == LIST_HANDLERS)
        vector_push(r->arena, &d->handlers, name);
    else if (list == LIST_JOINT && is_joint_person(r, name))
        vector_push(r->arena, &d->joint, name);
    else if (list == LIST_SPEAKERS && is_person(r, name))
        vector_push(r->arena, &d->speakers, name);
    else
        vector_push(r->arena, &d->bodies, name);
}

static bool ends_as_office(struct str name)
{
    static const struct str ends[] = {STR_INIT("局"),   STR_INIT("委"),   STR_INIT("办"),
                                      STR_INIT("厅"),   STR_INIT("政府"), STR_INIT("中心"),
                                      STR_INIT("公司"), STR_INIT("支队"), STR_INIT("集团"),
                                      STR_INIT("会"),   STR_INIT("院"),   STR_INIT("部")};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (str_ends(name, ends[i]) && utf8_count(name) > 2)
            return true;
    return false;
}

/* 方 也 知: the end of a name of three characters that a space parts, alone or before a mark;
 * `from` where there is none. */
static size_t spaced_name_end(struct str names, size_t from)
{
    size_t at = from, end = from, n = 0;
    for (bool space = true;; space = false) {
        size_t next = at;
        uint32_t c = utf8_next(names, &next);
        while (c != 0 && point_is_space(c)) {
            space = true;
            at = next;
            c = utf8_next(names, &next);
        }
        if (c == 0 || c == 0x3001 || mark_is_comma(c) || mark_is_semicolon(c))
            return n == 3 ? end : from;
        if (!space || !point_is_han(c) || ++n > 3)
            return from;
        at = end = next;
    }
}

void proposal_add_names(struct proposal_reader *r, struct draft *d, enum name_list list,
                        struct str names)
{
    size_t from = 0;
    int depth = 0;
    for (size_t i = 0; i < names.n;) {
        size_t at = i;
        uint32_t c = utf8_next(names, &i);
        depth += mark_depth(c);
        struct str before = str_trim(str_sub(names, from, at));
        bool people = list == LIST_SPEAKERS || list == LIST_JOINT;
        bool gap = point_is_space(c) && utf8_count(before) > 1 &&
                   ((people && spaced_name_end(names, from) <= at) ||
                    (list == LIST_HANDLERS && ends_as_office(before)));
        if (depth <= 0 &&
            (c == 0x3001 || mark_is_comma(c) || mark_is_semicolon(c) || c == '\n' || gap)) {
            add_name(r, d, list, str_sub(names, from, at));
            from = i;
        }
    }
    add_name(r, d, list, str_sub(names, from, names.n));
}

/* --- Fields ---------------------------------------------------------------------------------- */

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

static void apply(struct proposal_reader *r, struct draft *d, enum field field,
                  struct segment value)
{
    struct str text = value.text = str_trim(value.text);
    struct proposal *p = &d->proposal;
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

static struct segment value_of(const struct segment *s, size_t from, size_t to)
{
    struct segment value = *s;
    value.text = str_trim(str_sub(s->text, from, to));
    value.start =
        s->start + (uint32_t)(value.text.n == 0 ? from : (size_t)(value.text.p - s->text.p));
    return value;
}

/* Where a label may begin: first in its line but for a number or ornament, or after a mark or
 * space. Inside prose only a sentence's end or a new line will do. */
static bool label_may_start(struct str s, size_t start, enum field current)
{
    if (start == 0)
        return true;
    size_t at = start;
    uint32_t c = utf8_previous(s, &at);
    if (current >= FIELD_BACKGROUND)
        return c == '\n' || mark_ends_sentence(c);
    if (current != FIELD_NONE)
        return true;
    struct ordinal o = ordinal_at(s, 0);
    return (o.kind != ORDINAL_NONE && o.text == start) || (at == 0 && !point_is_han(c));
}

/* The prose that a segment is a part of; NULL where it is none of a paragraph. */
static const struct prose *prose_of(const struct proposal_reader *r, const struct segment *s)
{
    if (s->prose != NULL)
        return s->prose;
    if (s->kind != SEGMENT_PARAGRAPH || s->paragraph == NONE)
        return NULL;
    return document_prose(r->document, place_in(s->article, s->paragraph, 0, 0));
}

/* The most pieces that the line of a field's value may be made of. */
enum { PIECES_MAX = 64 };

/* The byte of the segment's text at which the printed line that byte `from` stands in ends. */
static size_t line_end(const struct proposal_reader *r, const struct segment *s, size_t from)
{
    const struct prose *prose = prose_of(r, s);
    if (prose == NULL)
        return s->text.n;
    struct str text = r->document->decoded.text;
    uint32_t low = 1, high = prose->n_pieces;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (prose->pieces[middle].at < s->start + from)
            low = middle + 1;
        else
            high = middle;
    }
    for (uint32_t i = low; i < prose->n_pieces && i < low + PIECES_MAX; i++) {
        const struct piece *before = &prose->pieces[i - 1], *piece = &prose->pieces[i];
        struct str gap = str_sub(text, before->text + before->text_length, piece->text);
        if (piece->text >= before->text && str_has(gap, STR("\n")))
            return piece->at - s->start < s->text.n ? piece->at - s->start : s->text.n;
    }
    return s->text.n;
}

/* True where a mark or the start of a printed line stands before byte `at`. */
static bool is_line_start(const struct proposal_reader *r, const struct segment *s, size_t at)
{
    size_t before = at;
    return !point_is_han(utf8_previous(s->text, &before)) || line_end(r, s, before) == at;
}

/* Where a label that no lexicon has begins after a space in s, from byte `from` on, before `to`
 * (第45号 提案类型：个人提案); else to. */
static size_t other_label(struct str s, size_t from, size_t to)
{
    enum { CHARS_LEAST = 2, CHARS_MOST = 6 };
    size_t start = STR_NONE, chars = 0;
    for (size_t at = from; at < to;) {
        size_t here = at;
        uint32_t c = utf8_next(s, &at);
        if (point_is_space(c)) {
            start = at;
            chars = 0;
        } else if (mark_is_colon(c) && start != STR_NONE && here > from && chars >= CHARS_LEAST &&
                   chars <= CHARS_MOST) {
            return start;
        } else if (point_is_han(c)) {
            chars++;
        } else {
            start = STR_NONE;
        }
    }
    return to;
}

/* Where the value of a field that begins at byte from ends, at the latest at `to`: names and
 * numbers do not go on in the next line, titles do where they are not complete. */
static size_t value_end(const struct proposal_reader *r, const struct segment *s, enum field field,
                        size_t from, size_t to)
{
    if (field >= FIELD_BACKGROUND || field == FIELD_STATUS || from >= to)
        return to;
    size_t end = line_end(r, s, from);
    if (end < to) {
        struct str line = str_trim(str_sub(s->text, from, end));
        bool complete = str_ends(line, STR("提案")) || str_ends(line, STR("建议"));
        bool goes_on =
            line.n == 0 || str_ends(line, STR("、")) || (field == FIELD_TITLE && !complete);
        end = goes_on ? to : end;
    }
    end = end < to ? end : to;
    while (from < end && point_is_space(utf8_at(s->text, from)))
        utf8_next(s->text, &from);
    return other_label(s->text, from, end);
}

static void add_field(const struct proposal_reader *r, struct form_fields *list,
                      const struct segment *s, struct form_field field, size_t to)
{
    field.end = value_end(r, s, field.field, field.value, to);
    field.rest = to;
    vector_push(r->arena, list, field);
}

/* The field whose label, letter-spaced or not, stands at byte `at` of s with a space or the end of
 * s after it; *end is the byte after the label. */
static enum field label_at(const struct proposal_reader *r, struct str s, size_t at, size_t *end)
{
    char compact[LABEL_MAX * 3];
    for (size_t n = 0; at < s.n && n < LABEL_MAX;) {
        uint32_t c = utf8_next(s, &at);
        if (point_is_space(c))
            continue;
        if (c < 0x4E00 || c > 0x9FFF)
            break;
        memcpy(compact + 3 * n++, s.p + at - 3, 3);
        enum field field = field_of(lexicon_find(r->words, (struct str){compact, 3 * n}));
        if (field == FIELD_NONE || (at < s.n && !point_is_space(utf8_at(s, at))))
            continue;
        *end = at;
        return field;
    }
    return FIELD_NONE;
}

/* The fields of a row whose labels and values are parted by spaces (案号 第3号 界别 经济界). */
static struct form_fields fields_of_row(const struct proposal_reader *r, const struct segment *s)
{
    enum { ROW_BYTES = 600 };
    struct form_field current = {.field = FIELD_NONE};
    struct form_fields list = {0};
    size_t end;
    for (size_t at = 0; at < s->text.n && s->text.n <= ROW_BYTES;) {
        enum field field = label_at(r, s->text, at, &end);
        bool prose = field >= FIELD_BACKGROUND && field < FIELD_COUNT;
        if (field == FIELD_NONE || prose || (at == 0 && end == s->text.n)) {
            if (at == 0)
                return list;
            /* On to what stands after the next space. */
            while (at < s->text.n && !point_is_space((unsigned char)s->text.p[at]))
                at++;
            at++;
            continue;
        }
        if (current.field != FIELD_NONE)
            add_field(r, &list, s, current, at);
        current = (struct form_field){.field = field, .label = at, .colon = end, .value = end};
        at = end;
        while (at < s->text.n && point_is_space((unsigned char)s->text.p[at]))
            at++;
    }
    if (current.field != FIELD_NONE)
        add_field(r, &list, s, current, s->text.n);
    return list;
}

/* True where the page leaves a wide gap before byte `at` of the segment's text. */
static bool is_gap(const struct proposal_reader *r, const struct segment *s, size_t at)
{
    enum { GAP_BYTES = 3 };
    const struct prose *prose = prose_of(r, s);
    size_t place = s->start + at;
    for (uint32_t i = 1; prose != NULL && i < prose->n_pieces && prose->pieces[i].at <= place;
         i++) {
        const struct piece *before = &prose->pieces[i - 1], *piece = &prose->pieces[i];
        uint32_t end = before->text + before->text_length;
        if (piece->at == place)
            return piece->text >= end + GAP_BYTES &&
                   !str_has(str_sub(r->document->decoded.text, end, piece->text), STR("\n"));
    }
    return false;
}

/* The label of a text that a wide gap parts from it: 理由      我市…. */
static enum field gapped_label(const struct proposal_reader *r, const struct segment *s,
                               size_t *end)
{
    char compact[LABEL_MAX * 3];
    size_t n = 0;
    for (size_t at = 0; at < s->text.n && n < LABEL_MAX;) {
        uint32_t c = utf8_next(s->text, &at);
        if (point_is_space(c))
            continue;
        if (c < 0x4E00 || c > 0x9FFF)
            break;
        memcpy(compact + 3 * n++, s->text.p + at - 3, 3);
        enum field field = field_of(lexicon_find(r->words, (struct str){compact, 3 * n}));
        size_t value = at;
        while (value < s->text.n && point_is_space(utf8_at(s->text, value)))
            utf8_next(s->text, &value);
        bool may = field >= FIELD_BACKGROUND || field == FIELD_SKIP;
        if (may && value < s->text.n && is_gap(r, s, value)) {
            *end = at;
            return field;
        }
    }
    return FIELD_NONE;
}

struct form_fields proposal_fields_in(const struct proposal_reader *r, const struct segment *s)
{
    struct form_field current = {.field = FIELD_NONE};
    struct form_fields list = {0};
    size_t start = 0, label = 0;
    enum field gapped = gapped_label(r, s, &label);
    if (gapped != FIELD_NONE) {
        struct form_field field = {gapped, 0, label, label, s->text.n, s->text.n};
        vector_push(r->arena, &list, field);
        return list;
    }
    for (size_t i = 0; utf8_skip_han(s->text, &i), i < s->text.n;) {
        size_t at = i;
        if (!mark_is_colon(utf8_next(s->text, &i)))
            continue;
        enum field field = label_before(r, s->text, at, &start);
        bool glued = current.field != FIELD_NONE && field >= FIELD_BACKGROUND && start > 0 &&
                     !is_line_start(r, s, start);
        if (field == FIELD_NONE || start < current.value || glued ||
            !label_may_start(s->text, start, current.field)) {
            if (current.field == FIELD_NONE)
                return fields_of_row(r, s);
            continue;
        }
        if (current.field != FIELD_NONE)
            add_field(r, &list, s, current, start);
        current = (struct form_field){.field = field, .label = start, .colon = at, .value = i};
    }
    if (current.field == FIELD_NONE)
        return fields_of_row(r, s);
    add_field(r, &list, s, current, s->text.n);
    return list;
}

/* Applies the fields of s; what their values leave over is the body's. */
static bool read_lines(struct proposal_reader *r, struct draft *d, const struct segment *s)
{
    struct form_fields list = proposal_fields_in(r, s);
    for (size_t i = 0; i < list.n; i++) {
        const struct form_field *f = &list.at[i];
        apply(r, d, f->field, value_of(s, f->value, f->end));
        struct segment rest = value_of(s, f->end, f->rest);
        if (f->end >= f->rest || rest.text.n == 0)
            continue;
        if (d->part == PART_HEAD)
            d->part = PART_BODY;
        add_text(r, d, rest);
    }
    return list.n > 0;
}

bool proposal_is_row(struct str s)
{
    for (size_t i = 0; utf8_skip_han(s, &i), i < s.n;)
        if (mark_is_bar(utf8_next(s, &i)))
            return true;
    return false;
}

size_t proposal_cells(const struct segment *s, struct segment cells[CELLS_MAX])
{
    struct str text = s->text;
    size_t n = 0, from = 0;
    for (size_t i = 0; utf8_skip_han(text, &i), i < text.n && n < CELLS_MAX;) {
        size_t at = i;
        if (!mark_is_bar(utf8_next(text, &i)))
            continue;
        if (at > 0)
            cells[n++] = value_of(s, from, at);
        from = i;
    }
    if (from < text.n && n < CELLS_MAX)
        cells[n++] = value_of(s, from, text.n);
    return n;
}

/* A row of a table: all labels, the head of a table with a proposal a row; such a row; or labels
 * and their values in turn. A rule (`|---|---|`) counts as read. */
static bool read_row(struct proposal_reader *r, struct draft *d, const struct segment *s)
{
    struct segment cells[CELLS_MAX];
    enum field labels[CELLS_MAX], field = FIELD_NONE;
    size_t n = proposal_cells(s, cells), known = 0;
    bool any = false, rule = true;
    for (size_t i = 0; i < n; i++) {
        labels[i] = proposal_label(r, cells[i].text);
        known += labels[i] != FIELD_NONE;
        for (size_t k = 0; k < cells[i].text.n; k++)
            rule &= cells[i].text.p[k] == '-' || cells[i].text.p[k] == ':';
    }
    if (known >= 3 && known + 1 >= n) {
        for (size_t i = 0; i < n; i++)
            r->columns[i] = (unsigned char)labels[i];
        r->n_columns = n;
        return true;
    }
    if (rule || (known == 0 && n == r->n_columns && n > 0)) {
        for (size_t i = 0; i < n && !rule; i++)
            if (r->columns[i] != FIELD_NONE && cells[i].text.n > 0)
                apply(r, d, (enum field)r->columns[i], cells[i]);
        return true;
    }
    for (size_t i = 0; i < n; i++) {
        if (cells[i].text.n == 0)
            continue;
        if (field != FIELD_NONE && (labels[i] == FIELD_NONE || field >= FIELD_BACKGROUND)) {
            apply(r, d, field, cells[i]);
            any = true;
            field = FIELD_NONE;
        } else {
            field = labels[i];
        }
    }
    return any;
}

bool proposal_read_fields(struct proposal_reader *r, struct draft *d, struct segment segment)
{
    if (proposal_is_row(segment.text) && read_row(r, d, &segment))
        return true;
    enum field whole = proposal_label(r, segment.text), awaited = d->awaited;
    d->awaited = FIELD_NONE;
    if (whole == FIELD_STATUS && segment.kind == SEGMENT_HEADING) {
        d->part = PART_REPLY; /* 办理情况 above paragraphs */
        return true;
    }
    if (whole >= FIELD_BACKGROUND) {
        apply(r, d, whole, value_of(&segment, segment.text.n, segment.text.n));
        return true;
    }
    if (whole != FIELD_NONE && whole < FIELD_BACKGROUND && segment.kind == SEGMENT_BYLINE) {
        d->awaited = whole;
        return true;
    }
    if (read_lines(r, d, &segment))
        return true;
    if (awaited != FIELD_NONE) {
        apply(r, d, awaited, segment);
        return true;
    }
    if (d->open)
        add_text(r, d, segment);
    return false;
}
