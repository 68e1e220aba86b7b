#include "ui/row.h"

#include "baolan/buffer.h"

#include <stdarg.h>
#include <stdio.h>

void row_add_link(struct row *r, enum role role, struct str text, uint32_t link)
{
    if (text.n == 0)
        return;
    vector_push(r->arena, &r->runs, ((struct run){text, role, link}));
    r->width += (int)width_measure(text, r->ambiguous);
}

void row_add(struct row *r, enum role role, struct str text)
{
    row_add_link(r, role, text, NO_LINK);
}

void row_printf(struct row *r, enum role role, const char *format, ...)
{
    /* No row has more cells than that; the frame shows a broken last character as U+FFFD. */
    char text[4096];
    va_list list;
    va_start(list, format);
    int n = vsnprintf(text, sizeof text, format, list);
    va_end(list);
    if (n > 0)
        row_add(r, role, str_dup(r->arena, str_of(text)));
}

void row_pad(struct row *r, int to)
{
    static const char SPACES[] = "                                                                ";
    while (r->width < to) {
        size_t n = (size_t)(to - r->width);
        row_add(r, ROLE_TEXT, str_sub(STR(SPACES), 0, n));
    }
}

void row_column(struct row *r, enum role role, struct str text, int width, enum align align)
{
    if (width <= 0)
        return;
    struct buffer out = buffer_in(r->arena);
    width_pad(&out, text, (size_t)width, align, r->ambiguous);
    row_add(r, role, buffer_str(&out));
}

struct layout row_lines(const struct row *r, int width)
{
    struct buffer text = buffer_in(r->arena);
    for (size_t i = 0; i < r->runs.n; i++)
        buffer_add(&text, r->runs.at[i].text);
    if (r->width > width) {
        int room = width > 2 * ROW_HANG ? width - ROW_HANG : 1;
        return layout_text(
            r->arena, buffer_str(&text),
            &(struct layout_options){.width = (unsigned)room, .ambiguous = r->ambiguous});
    }
    struct layout_line *line = arena_new_of(r->arena, struct layout_line);
    *line = (struct layout_line){.end = text.n, .cells = (unsigned)r->width};
    return (struct layout){line, 1};
}

struct row row_part(const struct row *r, const struct layout_line *line)
{
    struct row part = row_in(r->arena, r->ambiguous);
    size_t at = 0;
    if (line->start > 0)
        row_pad(&part, ROW_HANG);
    for (size_t i = 0; i < r->runs.n; i++) {
        const struct run *run = &r->runs.at[i];
        size_t from = line->start > at ? line->start - at : 0;
        size_t to = line->end > at ? line->end - at : 0;
        row_add_link(&part, run->role,
                     str_sub(run->text, from, to < run->text.n ? to : run->text.n), run->link);
        at += run->text.n;
    }
    return part;
}
