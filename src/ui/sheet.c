#include "ui/sheet.h"

#include "baolan/layout.h"

void sheet_begin(struct sheet *s, struct arena *a, int width, enum ambiguous ambiguous)
{
    arena_reset(a);
    *s = (struct sheet){.arena = a, .width = width, .ambiguous = ambiguous};
}

void sheet_blank(struct sheet *s)
{
    struct sheet_entry blank = sheet_entry_of(UINT32_MAX, 0);
    blank.single = true;
    sheet_add(s, &blank);
}

static int lead_width(const struct sheet *s, const struct sheet_entry *entry)
{
    return (int)width_measure(entry->lead, s->ambiguous);
}

void sheet_add(struct sheet *s, const struct sheet_entry *entry)
{
    size_t number = s->entries.n;
    vector_push(s->arena, &s->entries, *entry);
    if (entry->single || entry->text.n == 0) {
        vector_push(s->arena, &s->lines, ((struct sheet_line){number, 0, entry->text.n, true}));
        return;
    }
    int room = s->width - entry->indent - lead_width(s, entry);
    struct layout_options options = {.width = (unsigned)(room < 8 ? 8 : room),
                                     .ambiguous = s->ambiguous};
    if (options.width > LAYOUT_CELLS_MAX)
        options.width = LAYOUT_CELLS_MAX;
    for (size_t from = 0; from < entry->text.n;) {
        size_t end = layout_part_end(entry->text, from);
        struct layout l = layout_text(s->arena, str_sub(entry->text, from, end), &options);
        for (size_t i = 0; i < l.n_lines; i++)
            vector_push(s->arena, &s->lines,
                        ((struct sheet_line){number, from + l.lines[i].start, from + l.lines[i].end,
                                             from == 0 && i == 0}));
        from = end;
    }
}

/* Adds bytes [start, end) of the entry's text, with what is strong in them in its own role. */
static void add_text(const struct sheet_entry *e, size_t start, size_t end, struct row *row)
{
    size_t from = e->strong.start > start ? e->strong.start : start;
    size_t to = e->strong.end < end ? e->strong.end : end;
    if (span_is_empty(e->strong) || from >= to) {
        row_add(row, e->role, str_sub(e->text, start, end));
        return;
    }
    row_add(row, e->role, str_sub(e->text, start, from));
    row_add(row, ROLE_MATCH, str_sub(e->text, from, to));
    row_add(row, e->role, str_sub(e->text, to, end));
}

void sheet_row(const struct sheet *s, size_t index, struct row *row)
{
    const struct sheet_line *line = &s->lines.at[index];
    const struct sheet_entry *e = &s->entries.at[line->entry];
    row_pad(row, e->indent);
    if (line->first)
        row_add(row, e->lead_role, e->lead);
    else
        row_pad(row, e->indent + lead_width(s, e));
    add_text(e, line->start, line->end, row);
}

void sheet_plain(const struct sheet *s, size_t first, size_t end, struct buffer *out)
{
    size_t before = SIZE_MAX;
    for (size_t i = first; i < end && i < s->lines.n; i++) {
        const struct sheet_entry *e = &s->entries.at[s->lines.at[i].entry];
        if (s->lines.at[i].entry == before)
            continue;
        before = s->lines.at[i].entry;
        buffer_add(out, e->lead);
        buffer_add(out, e->text);
        buffer_add_byte(out, '\n');
    }
}

const struct sheet_entry *sheet_at(const struct sheet *s, size_t row)
{
    return row < s->lines.n ? &s->entries.at[s->lines.at[row].entry] : NULL;
}

size_t sheet_find(const struct sheet *s, uint32_t kind, uint32_t number)
{
    for (size_t i = 0; i < s->lines.n; i++) {
        const struct sheet_entry *e = &s->entries.at[s->lines.at[i].entry];
        if (e->kind == kind && e->number == number)
            return i;
    }
    return SIZE_MAX;
}

/* Bits of a mark that tell the line. */
#define MARK_LINES 12

uint32_t sheet_mark(const struct sheet *s, size_t row)
{
    const struct sheet_entry *e = sheet_at(s, row);
    size_t first = row;
    if (e == NULL)
        return 0;
    while (first > 0 && s->lines.at[first - 1].entry == s->lines.at[row].entry)
        first--;
    size_t line = row - first, most = (1u << MARK_LINES) - 1;
    return e->number << MARK_LINES | (uint32_t)(line < most ? line : most);
}

size_t sheet_find_mark(const struct sheet *s, uint32_t kind, uint32_t mark)
{
    size_t row = sheet_find(s, kind, mark >> MARK_LINES);
    if (row == SIZE_MAX)
        return SIZE_MAX;
    size_t entry = s->lines.at[row].entry;
    for (size_t line = mark & ((1u << MARK_LINES) - 1); line > 0; line--)
        row += row + 1 < s->lines.n && s->lines.at[row + 1].entry == entry;
    return row;
}
