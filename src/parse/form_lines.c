/* Lines of an office's forms, told before blocks are made of lines, so that no headline and no
 * paragraph swallows them: labels with their values beside or below them, and the titles of
 * replies with what stands over them. */
#include "parse/page.h"

enum label_kind { LABEL_NONE, LABEL_OTHER, LABEL_FIELD, LABEL_PROSE };

struct label {
    enum label_kind kind; /* LABEL_OTHER: a word with a colon that no lexicon has */
    struct str field;     /* as the lexicon names it */
    bool own;             /* only forms of proposals have it */
    struct str value;     /* what stands beside it, after a colon or tab */
    bool cell;            /* a tab parts them */
};

enum {
    LABEL_CHARS = 10,
    VALUE_LINES = 6,  /* below a label, at most */
    NAME_LINES = 60,  /* of a list of people */
    NAME_CHARS = 4,   /* of a name, at most */
    VALUE_CELLS = 60, /* of a line below the last label */
    ALONE_LEAST = 3,  /* labels that make a form where each stands alone */
    BESIDE_LEAST = 2  /* where they stand beside their values */
};

static bool is_colon(uint32_t c)
{
    return c == 0xFF1A || c == ':' || c == 0x2236;
}

static bool is_frame(uint32_t c)
{
    return c == 0x3010 || c == 0x3011 || c == '[' || c == ']' || c == '*';
}

/* The label that a line begins with, letter-spaced or not, in 【】 or without. */
static struct label label_of(const struct page *p, const struct strip *s)
{
    struct label none = {.kind = LABEL_NONE}, label = none;
    char compact[LABEL_CHARS * 3];
    size_t n = 0;
    bool colon = false, framed = false;
    struct str text = strip_text(p, s);
    bool marked = strip_may_have(s, STR("：")) || strip_may_have(s, STR(":")) ||
                  strip_may_have(s, STR("∶")) || strip_may_have(s, STR("】")) ||
                  strip_may_have(s, STR("]")) || strip_may_have(s, STR("\t"));
    if (s->han > LABEL_CHARS && !marked)
        return none;
    for (size_t at = 0; at < text.n && !colon;) {
        uint32_t c = utf8_next(text, &at);
        colon = is_colon(c) || (framed && n > 0 && (c == 0x3011 || c == ']'));
        framed = framed || is_frame(c);
        label.cell = !colon && c == '\t' && n > 0;
        colon = colon || label.cell;
        if (colon)
            label.value = str_trim(str_sub(text, at, text.n));
        if (colon || point_is_space(c) || is_frame(c))
            continue;
        if (c < 0x4E00 || c > 0x9FFF || n == LABEL_CHARS)
            return none;
        memcpy(compact + 3 * n++, text.p + at - 3, 3);
    }
    const struct lexicon_entry *e = lexicon_find(p->proposals, (struct str){compact, 3 * n});
    label.field = e == NULL ? (struct str){NULL, 0} : lexicon_field(e, "label");
    if (str_starts(label.value, STR("：")) || str_starts(label.value, STR(":")))
        label.value = str_trim(
            str_sub(label.value, label.value.p[0] == ':' ? 1 : strlen("："), label.value.n));
    if (label.field.n == 0 && (!colon || framed || label.value.n == 0 || n < 2))
        return none;
    if (label.field.n == 0) {
        label.kind = LABEL_OTHER;
        return label;
    }
    label.own = str_has(e->word, STR("案")) || str_has(e->word, STR("界别"));
    bool prose = str_eq(label.field, STR("background")) ||
                 str_eq(label.field, STR("suggestions")) || str_eq(label.field, STR("reply"));
    label.kind = prose ? LABEL_PROSE : LABEL_FIELD;
    return label;
}

/* A sentence, which no field's value is. */
static bool is_sentence(const struct strip *s)
{
    return s->ending == END_STOP || s->stop != 0;
}

/* 第0094号, 第22号提案, 提案第103号, alone. */
static bool is_number(const struct page *p, const struct strip *s)
{
    static const struct str word = STR_INIT("提案");
    struct str text = strip_words(p, s);
    if (str_starts(text, word))
        text = str_sub(text, word.n, text.n);
    else if (str_ends(text, word))
        text.n -= word.n;
    size_t at = strlen("第"), digits = 0;
    if (!str_starts(text, STR("第")) || !str_ends(text, STR("号")))
        return false;
    while (point_is_any_digit(utf8_at(text, at))) {
        utf8_next(text, &at);
        digits++;
    }
    return digits > 0 && digits <= 8 && at + strlen("号") == text.n;
}

static bool is_complete_title(struct str text)
{
    return str_ends(text, STR("提案")) || str_ends(text, STR("建议")) ||
           str_ends(text, STR("议案")) || str_ends(text, STR("建议案"));
}

bool strip_is_proposal_title(const struct page *p, const struct strip *s)
{
    struct str text = strip_words(p, s);
    text = str_trim(str_sub(text, ornament_length(p, text), text.n));
    if (s->ordinal.kind != ORDINAL_NONE && s->ordinal.kind != ORDINAL_MARKDOWN &&
        text.n > s->ordinal.length)
        text = str_trim(str_sub(text, s->ordinal.length, text.n));
    return !is_sentence(s) && str_starts(text, STR("关于")) && is_complete_title(text);
}

/* The byte after the bracket that opens at byte `at` of s. */
static size_t bracket_end(struct str s, size_t at)
{
    while (at < s.n) {
        uint32_t c = utf8_next(s, &at);
        if (c == 0xFF09 || c == ')')
            break;
    }
    return at;
}

/* 戚某、毕某某, 史某某    章某某, 2.邬某某 市图书馆, （共6人）: a line of a list of people. */
static bool is_name_line(const struct page *p, const struct strip *s)
{
    struct str text = strip_text(p, s);
    bool numbered = point_is_any_digit(utf8_at(text, 0));
    size_t chars = 0, names = 0;
    if (is_sentence(s) || (s->ordinal.kind != ORDINAL_NONE && !numbered))
        return false;
    for (size_t at = numbered ? s->ordinal.length : 0; at < text.n;) {
        size_t here = at;
        uint32_t c = utf8_next(text, &at);
        if (c == 0xFF08 || c == '(') {
            at = bracket_end(text, here);
        } else if (point_is_space(c) || c == 0x3001 || c == 0xFF0C) {
            if (numbered && chars > 1)
                break; /* where the member works */
            chars = 0;
        } else {
            struct str rest = str_sub(text, here, text.n);
            bool name = chars > 0 || names > 0 || word_at_start(p->bylines, rest, "surname");
            if (!point_is_han(c) || !name || ++chars > NAME_CHARS)
                return false;
            names += chars == 1;
        }
    }
    return names > 0 || (text.n > 0 && s->ending == END_BRACKET && !numbered);
}

static bool is_list_of_people(struct str field)
{
    return str_eq(field, STR("joint")) || str_eq(field, STR("speaker"));
}

/* The strips after label i that are its value: up to the next label, a few at most; of the last
 * label the next line, where it is no paragraph's. */
static uint32_t value_end(const struct page *p, uint32_t i)
{
    uint32_t end = i + 1, n = (uint32_t)p->strips.n;
    if (is_list_of_people(label_of(p, &p->strips.at[i]).field))
        while (end < n && end <= i + NAME_LINES && is_name_line(p, &p->strips.at[end]))
            end++;
    if (end > i + 2)
        return end;
    end = i + 1;
    while (end < n && end <= i + VALUE_LINES && !is_sentence(&p->strips.at[end]) &&
           label_of(p, &p->strips.at[end]).kind < LABEL_FIELD)
        end++;
    if (end == i + 1 || (end < n && label_of(p, &p->strips.at[end]).kind >= LABEL_FIELD))
        return end;
    const struct strip *value = &p->strips.at[i + 1], *below = i + 2 < n ? value + 1 : NULL;
    bool paragraph = below != NULL && below->blanks == 0 && below->width + 4 >= value->width;
    return value->width > VALUE_CELLS || paragraph ? i + 1 : i + 2;
}

/* The strips of the title whose first line stands beside label i: up to the line that ends as
 * titles do, a few at most. */
static uint32_t title_end(const struct page *p, uint32_t i, const struct label *label)
{
    enum { LINES = 3 };
    if (is_complete_title(label->value))
        return i + 1;
    for (uint32_t k = i + 1; k < p->strips.n && k <= i + LINES; k++) {
        const struct strip *s = &p->strips.at[k];
        if (s->blanks > 0 || is_sentence(s) || label_of(p, s).kind != LABEL_NONE)
            break;
        if (is_complete_title(strip_words(p, s)))
            return k + 1;
    }
    return i + 1;
}

/* The strips of field i whose value goes on in lines that stand below its first one, to the right
 * of the label. */
static uint32_t hanging_end(const struct page *p, uint32_t i)
{
    enum { LINES = 4, LABEL_CELLS = 6 };
    uint32_t end = i + 1;
    for (; end < p->strips.n && end <= i + LINES; end++) {
        const struct strip *s = &p->strips.at[end];
        if (s->blanks > 0 || is_sentence(s) || s->indent < p->strips.at[i].indent + LABEL_CELLS ||
            label_of(p, s).kind != LABEL_NONE)
            break;
    }
    return end;
}

/* The strips of field i, whose value stands beside it and may go on in the next line. */
static uint32_t field_end(const struct page *p, uint32_t i, const struct label *label)
{
    const struct strip *next = i + 1 < p->strips.n ? &p->strips.at[i + 1] : NULL;
    if (is_list_of_people(label->field)) {
        uint32_t end = i + 1;
        while (end < p->strips.n && end <= i + NAME_LINES && p->strips.at[end].blanks == 0 &&
               label_of(p, &p->strips.at[end]).kind == LABEL_NONE &&
               is_name_line(p, &p->strips.at[end]))
            end++;
        return end;
    }
    if (next == NULL || next->blanks > 0 || is_sentence(next) ||
        label_of(p, next).kind != LABEL_NONE)
        return i + 1;
    bool list = str_ends(label->value, STR("、")) || str_ends(label->value, STR("，"));
    uint32_t title = str_eq(label->field, STR("title")) ? title_end(p, i, label) : i + 1;
    uint32_t hanging = hanging_end(p, i);
    uint32_t end = title > hanging ? title : hanging;
    return list && end == i + 1 ? i + 2 : end;
}

/* True where a form begins at strip i, which has a label; *end is the first strip after its
 * fields, or after what was looked at. */
static bool is_form(const struct page *p, uint32_t i, uint32_t *end)
{
    uint32_t alone = 0, beside = 0;
    bool own = false;
    *end = i;
    while (*end < p->strips.n) {
        const struct strip *s = &p->strips.at[*end];
        struct label label = label_of(p, s);
        bool value = label.value.n > 0;
        if (s->kind == STRIP_DROP || (value && is_sentence(s)) || label.kind == LABEL_PROSE)
            break;
        own = own || label.own;
        if (label.kind == LABEL_FIELD) {
            alone += !value;
            beside += value;
            *end = value ? field_end(p, *end, &label) : value_end(p, *end);
        } else if (*end > i && (label.kind == LABEL_OTHER || is_number(p, s) ||
                                strip_is_proposal_title(p, s))) {
            ++*end;
        } else {
            break;
        }
    }
    if (*end == i)
        ++*end;
    bool titled =
        i > 0 && p->strips.at[i].blanks == 0 && strip_is_proposal_title(p, &p->strips.at[i - 1]);
    return own && (alone + beside >= ALONE_LEAST || beside >= (titled ? 1 : BESIDE_LEAST));
}

/* True of the labels of the office's part, which stands under the text of a form. */
static bool is_office_field(struct str field)
{
    static const struct str fields[] = {STR_INIT("handler"), STR_INIT("lead"), STR_INIT("assist"),
                                        STR_INIT("status"),  STR_INIT("skip"), STR_INIT("date")};
    for (size_t k = 0; k < sizeof fields / sizeof *fields; k++)
        if (str_eq(field, fields[k]))
            return true;
    return false;
}

/* True where strip i is such a label, its value in the next line; *end is the strip after that. */
static bool is_office_part(const struct page *p, uint32_t i, uint32_t *end)
{
    struct label label = label_of(p, &p->strips.at[i]);
    if (!is_office_field(label.field) || label.value.n > 0 || i + 1 >= p->strips.n)
        return false;
    const struct strip *value = &p->strips.at[i + 1],
                       *below = i + 2 < p->strips.n ? value + 1 : NULL;
    if (value->blanks > 0 || value->width > VALUE_CELLS || is_sentence(value) ||
        label_of(p, value).kind != LABEL_NONE ||
        (below != NULL && below->blanks == 0 && label_of(p, below).kind < LABEL_FIELD))
        return false;
    *end = i + 2;
    return true;
}

/* Marks the fields [i, end) of a form, and the number and title over them that have no labels. */
static void mark_form(struct page *p, uint32_t i, uint32_t end, bool first)
{
    bool beside = false; /* a value stands beside the last label: lines without one belong to it */
    for (uint32_t k = i; k < end; k++) {
        struct strip *s = &p->strips.at[k];
        if (s->kind == STRIP_DROP)
            continue;
        struct label label = label_of(p, s);
        beside = beside && !is_number(p, s) && !strip_is_proposal_title(p, s);
        s->continues = label.kind == LABEL_NONE && beside;
        s->kind = STRIP_ROW;
        s->labelled = label.kind >= LABEL_FIELD;
        beside = (beside && label.kind == LABEL_NONE) ||
                 (s->labelled && label.value.n > 0 && !is_list_of_people(label.field));
        s->named = label.cell || str_eq(label.field, STR("speaker")) ||
                   str_eq(label.field, STR("joint")) || str_eq(label.field, STR("handler"));
    }
    for (uint32_t k = i; !first && k-- > 0 && k + 3 > i;) {
        struct strip *s = &p->strips.at[k];
        if (!is_number(p, s) && !strip_is_proposal_title(p, s))
            return;
        s->kind = STRIP_ROW;
    }
}

/* --- Replies --------------------------------------------------------------------------------- */

/* Who sends a reply, at the head of its title, looks like a byline or caption of the page. */
static bool may_be_reply_title(const struct page *p, uint32_t i)
{
    uint8_t kind = p->strips.at[i].kind;
    return kind == STRIP_TEXT || kind == STRIP_BYLINE || kind == STRIP_CAPTION;
}

/* 关于市政协十二届三次会议第086号提案的答复, over as many as LINES lines. */
static uint32_t reply_title_end(const struct page *p, uint32_t i)
{
    enum { LINES = 4, BYTES = 360, CELLS_LEAST = 16 };
    static const struct str ends[] = {
        STR_INIT("答复"),           STR_INIT("答复函"),         STR_INIT("复函"),
        STR_INIT("答复意见"),       STR_INIT("答复意见的函"),   STR_INIT("答复的函"),
        STR_INIT("办理答复"),       STR_INIT("办理意见"),       STR_INIT("办理情况的函"),
        STR_INIT("办理情况的答复"), STR_INIT("办理情况的报告"), STR_INIT("回复")};
    char joined[BYTES];
    size_t n = 0;
    const struct strip *first = &p->strips.at[i];
    struct str words = strip_words(p, first);
    if (first->han > 0 && !(strip_may_have(first, STR("关于")) && str_has(words, STR("关于"))) &&
        !(strip_may_have(first, STR("对")) && str_has(words, STR("对"))))
        return 0;
    for (uint32_t k = i; k < p->strips.n && k < i + LINES; k++) {
        const struct strip *s = &p->strips.at[k];
        struct str text = strip_text(p, s);
        bool kind =
            s->kind == STRIP_TEXT || (k > i ? s->kind == STRIP_ROW : may_be_reply_title(p, i));
        bool open = kind && !is_sentence(s) && s->ending != END_COLON && s->ending != END_COMMA &&
                    s->ordinal.kind == ORDINAL_NONE && (k > i || label_of(p, s).kind == LABEL_NONE);
        if (!open || (k > i && s->blanks > 0))
            return 0;
        for (size_t at = 0, from = 0; at < text.n; from = at) {
            uint32_t c = utf8_next(text, &at);
            if (point_is_space(c))
                continue;
            if (n + (at - from) > sizeof joined)
                return 0;
            memcpy(joined + n, text.p + from, at - from);
            n += at - from;
        }
        struct str title = {joined, n};
        bool about = str_has(title, STR("提案")) || str_has(title, STR("建议")) ||
                     str_has(title, STR("议案"));
        bool told = str_has(title, STR("号")) || str_has(title, STR("会议"));
        for (size_t e = 0; about && told && e < sizeof ends / sizeof *ends; e++)
            if (str_ends(title, ends[e]) && n >= CELLS_LEAST * 3 / 2)
                return k + 1;
    }
    return 0;
}

/* 云建提〔2023〕18号 */
static bool is_document_number(const struct page *p, const struct strip *s)
{
    struct str text = strip_words(p, s);
    bool year = (str_has(text, STR("〔")) && str_has(text, STR("〕"))) ||
                (str_has(text, STR("［")) && str_has(text, STR("］")));
    return year && str_has(text, STR("号")) && !is_sentence(s);
}

/* What stands over a reply's title: who sends it, its number, fields. */
static void mark_letterhead(struct page *p, uint32_t title)
{
    enum { LINES = 8 };
    for (uint32_t k = title; k-- > 0 && k + LINES > title;) {
        struct strip *s = &p->strips.at[k];
        if (s->kind == STRIP_DROP || s->kind == STRIP_FURNITURE)
            continue;
        struct str text = strip_words(p, s);
        struct label label = label_of(p, s);
        bool tail = str_starts(text, STR("抄送")) || str_starts(text, STR("联系")) ||
                    str_starts(text, STR("附件"));
        bool field = label.kind == LABEL_OTHER || label.kind == LABEL_FIELD;
        bool sender = head_is_issuer(p, s) && s->figures == 0;
        if (tail || is_sentence(s) || (!field && !sender && !is_document_number(p, s)))
            return;
        /* 云泽市教育局 / 关于…的答复: right over the title it is a line of it. */
        bool part = sender && k + 1 == title && p->strips.at[title].blanks == 0;
        s->kind = part ? STRIP_TITLE : STRIP_CAPTION;
        if (sender)
            return;
    }
}

static uint32_t mark_reply(struct page *p, uint32_t i)
{
    uint32_t end = may_be_reply_title(p, i) ? reply_title_end(p, i) : 0;
    if (end == 0)
        return i;
    mark_letterhead(p, i);
    for (uint32_t k = i; k < end; k++)
        p->strips.at[k].kind = STRIP_TITLE;
    return end;
}

/* 社情民意信息 / 第37期 / 关于…的建议: what reports of opinions are headed with is no title. */
static void mark_report_head(struct page *p)
{
    enum { HEAD_LINES = 10 };
    bool report = false;
    for (uint32_t i = 0; i < p->strips.n && i < HEAD_LINES; i++) {
        struct strip *s = &p->strips.at[i];
        struct str text = strip_words(p, s);
        report = report || str_has(text, STR("社情民意"));
        if (is_sentence(s))
            return;
        if (!report || !strip_is_proposal_title(p, s))
            continue;
        s->kind = STRIP_TITLE;
        for (uint32_t k = 0; k < i; k++)
            if (p->strips.at[k].kind == STRIP_TEXT)
                p->strips.at[k].kind = STRIP_CAPTION;
        return;
    }
}

void page_find_form_lines(struct page *p)
{
    bool inside = false, reply = false;
    mark_report_head(p);
    for (uint32_t i = 0, end; i < p->strips.n; i = end) {
        struct strip *s = &p->strips.at[i];
        end = mark_reply(p, i);
        if (end > i) {
            reply = true;
            continue;
        }
        struct label label = label_of(p, s);
        end = i + 1;
        if (reply && label.kind == LABEL_FIELD && label.value.n > 0 && !is_sentence(s) &&
            is_office_field(label.field)) { /* 联系人：…, 承办单位：… */
            s->kind = STRIP_CAPTION;
            continue;
        }
        if (label.kind == LABEL_FIELD &&
            (is_form(p, i, &end) || (inside && is_office_part(p, i, &end)))) {
            mark_form(p, i, end, !inside);
            inside = true;
        } else if (inside && label.kind == LABEL_PROSE) {
            s->labelled = true;
            if (label.value.n == 0)
                s->kind = STRIP_ROW;
        } else if (inside && label.cell && label.kind != LABEL_NONE && !is_sentence(s)) {
            s->kind = STRIP_ROW;
            s->labelled = s->named = label.kind == LABEL_FIELD;
        } else if (inside && s->kind == STRIP_TEXT &&
                   (is_office_field(label.field) || label.cell)) {
            s->labelled = true; /* 审查意见：立案。 */
        } else if (inside && is_number(p, s)) {
            s->kind = STRIP_ROW;
        }
    }
}
