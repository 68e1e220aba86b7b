/* The labels of a proposals office's form: where they stand in a line or a row of cells, and where
 * their values end. */
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
        bool office = field == FIELD_HANDLER || field == FIELD_LEAD || field == FIELD_ASSIST;
        bool goes_on = line.n == 0 || str_ends(line, STR("、")) ||
                       (field == FIELD_TITLE && !complete) ||
                       (office && !proposal_ends_as_office(line));
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

/* True where the page leaves a wide gap or a tab before byte `at` of the segment's text. */
static bool is_gap(const struct proposal_reader *r, const struct segment *s, size_t at)
{
    enum { GAP_BYTES = 3 };
    const struct prose *prose = prose_of(r, s);
    size_t place = s->start + at;
    for (uint32_t i = 1; prose != NULL && i < prose->n_pieces && prose->pieces[i].at <= place;
         i++) {
        const struct piece *before = &prose->pieces[i - 1], *piece = &prose->pieces[i];
        uint32_t end = before->text + before->text_length;
        if (piece->at != place)
            continue;
        struct str gap = piece->text > end ? str_sub(r->document->decoded.text, end, piece->text)
                                           : (struct str){NULL, 0};
        return (gap.n >= GAP_BYTES || str_has(gap, STR("\t"))) && !str_has(gap, STR("\n"));
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

/* 【提案人】罗某某: the label that s begins with in a frame; *end is the byte after the frame. */
static enum field framed_label(const struct proposal_reader *r, struct str s, size_t *end)
{
    size_t at = 0, from = 0;
    uint32_t open = utf8_next(s, &at);
    if (open != 0x3010 && open != '[')
        return FIELD_NONE;
    from = at;
    for (size_t n = 0; at < s.n && n <= LABEL_MAX; n++) {
        size_t here = at;
        uint32_t c = utf8_next(s, &at);
        if (c != 0x3011 && c != ']')
            continue;
        *end = at;
        while (mark_is_colon(utf8_at(s, *end)))
            utf8_next(s, end);
        return field_of(lexicon_find(r->words, str_trim(str_sub(s, from, here))));
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
    enum field framed = framed_label(r, s->text, &label);
    if (framed != FIELD_NONE && str_trim(str_sub(s->text, label, s->text.n)).n > 0) {
        struct form_field field = {framed, 0, label, label, s->text.n, s->text.n};
        add_field(r, &list, s, field, s->text.n);
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
            cells[n++] = segment_part(s, from, at);
        from = i;
    }
    if (from < text.n && n < CELLS_MAX)
        cells[n++] = segment_part(s, from, text.n);
    return n;
}
