/* An article as the items of a form: which lines are labels, titles, numbers, rows; whether it is a
 * form at all, and where that begins. */
#include "baolan/utf8.h"
#include "parse/forms.h"
#include "parse/speech.h"

#include <stdlib.h>

/* --- An article as items --------------------------------------------------------------------- */

static void add_item(const struct proposal_reader *r, struct items *list, const struct prose *prose,
                     enum item_kind kind, uint32_t index)
{
    struct item item = {*prose, kind, index, false};
    if (prose->text.n > 0 && prose->n_pieces > 0)
        vector_push(r->arena, list, item);
}

static int compare_items(const void *x, const void *y)
{
    const struct item *a = x, *b = y;
    uint32_t from = a->prose.pieces[0].text, to = b->prose.pieces[0].text;
    return from < to ? -1 : from > to;
}

struct items form_items(const struct proposal_reader *r, const struct article *a)
{
    struct items lines = {0}, body = {0}, all = {0};
    add_item(r, &lines, &a->kicker, ITEM_LINE, 0);
    add_item(r, &lines, &a->title, ITEM_TITLE, 0);
    add_item(r, &lines, &a->subtitle, ITEM_LINE, 0);
    for (uint32_t i = 0; i < a->n_byline_lines; i++)
        add_item(r, &lines, &a->byline_lines[i], ITEM_BYLINE, i);
    for (uint32_t i = 0; i < a->n_captions; i++)
        add_item(r, &lines, &a->captions[i], ITEM_LINE, i);
    if (lines.n > 1)
        qsort(lines.at, lines.n, sizeof *lines.at, compare_items);
    uint32_t heading = 0;
    for (uint32_t i = 0; i <= a->n_paragraphs; i++) {
        uint32_t last = i == a->n_paragraphs               ? a->n_headings
                        : a->paragraphs[i].heading == NONE ? heading
                                                           : a->paragraphs[i].heading + 1;
        for (; heading < last; heading++)
            add_item(r, &body, &a->headings[heading].prose, ITEM_HEADING, heading);
        if (i == a->n_paragraphs)
            break;
        size_t before = body.n;
        add_item(r, &body, &a->paragraphs[i].prose, ITEM_PARAGRAPH, i);
        if (body.n > before)
            body.at[before].table_row = a->paragraphs[i].kind == PARAGRAPH_TABLE_ROW;
    }
    for (size_t i = 0, k = 0; i < lines.n || k < body.n;) {
        bool line = k == body.n || (i < lines.n && compare_items(&lines.at[i], &body.at[k]) < 0);
        vector_push(r->arena, &all, line ? lines.at[i] : body.at[k]);
        if (line)
            i++;
        else
            k++;
    }
    return all;
}

struct segment prose_segment(const struct prose *prose)
{
    return (struct segment){prose->text, SEGMENT_PARAGRAPH, 0, NONE, 0, prose};
}

bool item_is_row(const struct item *item)
{
    return proposal_is_row(item->prose.text);
}

enum field item_label(const struct proposal_reader *r, const struct item *item)
{
    enum field field =
        item->table_row && !item_is_row(item) ? proposal_label(r, item->prose.text) : FIELD_NONE;
    return field < FIELD_BACKGROUND ? field : FIELD_NONE;
}

/* A value that goes on in the next line: a list that stops at a mark, a list of people, a title
 * without its end. */
static bool is_cut(enum field field, struct str value)
{
    if (field == FIELD_JOINT || field == FIELD_SPEAKER || str_ends(value, STR("、")) ||
        str_ends(value, STR("，")))
        return true;
    return field == FIELD_TITLE && !str_ends(value, STR("提案")) && !str_ends(value, STR("建议"));
}

size_t item_after_value(const struct proposal_reader *r, const struct items *items, size_t i)
{
    enum field field = item_label(r, &items->at[i]);
    size_t end = i + 1;
    while (end < items->n && items->at[end].kind == ITEM_PARAGRAPH &&
           !item_is_row(&items->at[end]) && items->at[end].table_row &&
           proposal_label(r, items->at[end].prose.text) == FIELD_NONE &&
           !item_is_number(&items->at[end]) &&
           (end == i + 1 || is_cut(field, items->at[end - 1].prose.text)))
        end++;
    return end;
}

/* 【第012号】关于…的提案: the bytes of the number in its brackets; 0: none stands there. */
static size_t bracketed_number(struct str s)
{
    static const char *const brackets[][2] = {{"【", "】"}, {"〔", "〕"}, {"（", "）"}, {"[", "]"}};
    enum { BYTES_MOST = 48 };
    for (size_t i = 0; i < sizeof brackets / sizeof *brackets; i++) {
        struct str open = str_of(brackets[i][0]), shut = str_of(brackets[i][1]);
        size_t close =
            str_starts(s, open) ? str_find(str_sub(s, 0, BYTES_MOST), shut, 0) : STR_NONE;
        struct str number = close == STR_NONE ? (struct str){NULL, 0} : str_sub(s, open.n, close);
        if (number.n > 0 && proposal_number_in(number).n == number.n)
            return close + shut.n;
    }
    return 0;
}

size_t item_ornament_end(struct str s)
{
    size_t end = 0;
    for (size_t at = 0; at < s.n; end = at) {
        uint32_t c = utf8_next(s, &at);
        if (!point_is_space(c) && (c < 0x25A0 || c > 0x27BF) && c != 0x2022 && c != 0xB7)
            break;
    }
    size_t number = bracketed_number(str_sub(s, end, s.n));
    if (number > 0 && str_starts(str_sub(s, end + number, s.n), STR("关于")))
        return end + number;
    struct ordinal o = ordinal_at(s, end);
    bool title = o.kind != ORDINAL_NONE && str_starts(str_sub(s, o.text, s.n), STR("关于"));
    return title ? o.text : end; /* 1.关于…的提案 */
}

static struct str without_ornament(struct str s)
{
    return str_sub(s, item_ornament_end(s), s.n);
}

/* --- What is a form -------------------------------------------------------------------------- */

struct look {
    uint32_t fields;
    bool own;    /* a label that only proposals have */
    bool title;  /* 案由 with a value */
    bool titled; /* a line that is a proposal's title */
    bool table;  /* of a proposal a row */
};

static void look_at_field(struct look *look, enum field field, struct str label, struct str value)
{
    if (field == FIELD_NONE || field >= FIELD_BACKGROUND)
        return;
    look->fields++;
    look->own = look->own || str_has(label, STR("案")) || str_has(label, STR("界别"));
    look->title = look->title || (field == FIELD_TITLE && str_trim(value).n > 0);
}

static void look_at_fields(const struct proposal_reader *r, struct look *look,
                           const struct segment *s)
{
    struct form_fields fields = proposal_fields_in(r, s);
    for (size_t k = 0; k < fields.n; k++) {
        const struct form_field *f = &fields.at[k];
        look_at_field(look, f->field, str_sub(s->text, f->label, f->colon),
                      str_sub(s->text, f->value, f->end));
    }
}

/* Looks at the row that begins at item i; returns the item after it. */
static size_t look_at_row(const struct proposal_reader *r, struct look *look,
                          const struct items *items, size_t i)
{
    struct form_row row;
    size_t known = 0, end = form_row_read(r, items, i, &row);
    for (size_t k = 0; k < row.n; k++) {
        struct str cell = row.cells[k].prose.text;
        enum field field = proposal_label(r, cell);
        struct segment s = prose_segment(&row.cells[k].prose);
        known += field != FIELD_NONE;
        if (k + 1 < row.n)
            look_at_field(look, field, cell, row.cells[k + 1].prose.text);
        if (field == FIELD_NONE && s.text.n > 0)
            look_at_fields(r, look, &s);
    }
    look->table = look->table || (known >= 3 && known + 1 >= row.n);
    return end;
}

bool form_is(const struct proposal_reader *r, const struct items *items)
{
    struct look look = {0};
    for (size_t i = 0; i < items->n && !look.table;) {
        const struct item *item = &items->at[i];
        struct segment s = prose_segment(&item->prose);
        if (proposal_is_reply_title(s.text) && s.text.n < 240)
            break;
        if (item_is_row(item)) {
            i = look_at_row(r, &look, items, i);
            continue;
        }
        if (item_label(r, item) != FIELD_NONE) {
            struct str value = item_after_value(r, items, i) > i + 1 ? items->at[i + 1].prose.text
                                                                     : (struct str){NULL, 0};
            look_at_field(&look, item_label(r, item), s.text, value);
        } else {
            look.titled = look.titled || ((item->table_row || item->kind != ITEM_PARAGRAPH) &&
                                          proposal_is_title(without_ornament(s.text)));
            look_at_fields(r, &look, &s);
        }
        i++;
    }
    return !look.table && look.own && ((look.title && look.fields >= 2) || look.titled);
}

bool text_is_sentence(struct str text)
{
    size_t at = text.n;
    uint32_t c = text.n == 0 ? 0 : utf8_previous(text, &at);
    return mark_ends_sentence(c) || mark_is_colon(c) || utf8_count(text) > 40;
}

bool item_is_reply_title(const struct item *item)
{
    struct str s = item->prose.text;
    return s.n < 240 && proposal_is_reply_title(s) && !str_has(s, STR("。")) &&
           !str_has(s, STR("，")) && (str_ends(s, STR("答复")) || str_ends(s, STR("函")));
}

bool item_is_other_field(const struct item *item)
{
    enum { CHARS_LEAST = 2, CHARS_MOST = 8 };
    struct str s = item->prose.text;
    size_t chars = 0;
    if (item_is_row(item))
        return false;
    for (size_t at = 0; at < s.n && chars <= CHARS_MOST; chars++) {
        uint32_t c = utf8_next(s, &at);
        if (mark_is_colon(c))
            return chars >= CHARS_LEAST;
        if (point_is_space(c))
            return chars >= CHARS_LEAST && !point_is_any_digit(utf8_at(s, at));
        if (!point_is_han(c))
            return false;
    }
    return false;
}

bool item_is_number(const struct item *item)
{
    static const struct str word = STR_INIT("提案");
    struct str number = proposal_number_in(item->prose.text), text = str_trim(item->prose.text);
    bool named = str_starts(text, word) || str_ends(text, word);
    return number.n > 0 && number.n + (named ? word.n : 0) == text.n;
}

size_t form_title(const struct items *items)
{
    size_t found = items->n;
    for (size_t i = 0; i < items->n; i++) {
        const struct item *item = &items->at[i];
        if (item->kind == ITEM_PARAGRAPH || !proposal_is_title(without_ornament(item->prose.text)))
            continue;
        if (item->kind == ITEM_TITLE)
            return i;
        if (found == items->n)
            found = i;
    }
    return found;
}

static bool has_title_in(const struct proposal_reader *r, const struct segment *s)
{
    struct form_fields fields = proposal_fields_in(r, s);
    for (size_t k = 0; k < fields.n; k++) {
        struct str value = str_trim(str_sub(s->text, fields.at[k].value, fields.at[k].end));
        if (proposal_field_of_value(fields.at[k].field, value) == FIELD_TITLE && value.n > 0)
            return true;
    }
    return false;
}

bool form_has_title(const struct proposal_reader *r, const struct items *items)
{
    for (size_t i = 0; i < items->n;) {
        struct segment s = prose_segment(&items->at[i].prose);
        struct form_row row = {.n = 0};
        size_t end = item_is_row(&items->at[i]) ? form_row_read(r, items, i, &row) : i + 1;
        for (size_t k = 0; k < row.n; k++) {
            struct segment cell = prose_segment(&row.cells[k].prose);
            bool title = k + 1 < row.n && row.cells[k + 1].prose.text.n > 0 &&
                         proposal_label(r, cell.text) == FIELD_TITLE;
            if (title || (cell.text.n > 0 && has_title_in(r, &cell)))
                return true;
        }
        bool line =
            item_label(r, &items->at[i]) == FIELD_TITLE && item_after_value(r, items, i) > i + 1;
        if (row.n == 0 && (line || has_title_in(r, &s)))
            return true;
        i = end;
    }
    return false;
}

size_t form_start(const struct proposal_reader *r, const struct items *items)
{
    for (size_t i = 0; i < items->n; i++) {
        const struct item *item = &items->at[i];
        struct segment s = prose_segment(&item->prose);
        struct form_fields fields = proposal_fields_in(r, &s);
        if (item->kind == ITEM_TITLE)
            continue;
        if (item_is_number(item) || item_is_row(item) || item_label(r, item) != FIELD_NONE ||
            (fields.n > 0 && fields.at[0].field < FIELD_BACKGROUND))
            return i;
    }
    return items->n;
}
