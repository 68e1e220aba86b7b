/* Columns side by side, as `pdftotext -layout` prints them: a gutter of spaces that many lines
 * share. A region of such lines is read column after column. Tables have gutters too, but their
 * cells are short or figures. */
#include "parse/page.h"

/* A run of two or more cells of space inside a strip. */
struct gap {
    uint32_t strip;
    uint32_t from, to;   /* cells from the line's start */
    uint32_t start, end; /* bytes in the text: [start, end) is white space */
};

struct splitter {
    struct page *page;
    VECTOR(struct gap) gaps;
    VECTOR(struct strip) out;
};

enum {
    COLUMN_LEAST = 16,
    GUTTER_SLACK = 2,
    REGION_LEAST = 4,
    CELLS_MOST = 400,
    DEPTH_MOST = 3,
    PAGE_MOST = 300
};

/* The gaps of a strip; a line longer than any page is wide has none. */
static void find_gaps(struct splitter *s, const struct strip *strip, uint32_t index)
{
    struct str text = s->page->text;
    uint32_t cell = strip->indent;
    struct str own = str_sub(text, strip->start, strip->end);
    if (own.n > CELLS_MOST * 3 || (memchr(own.p, ' ', own.n) == NULL &&
                                   memchr(own.p, '\t', own.n) == NULL && !str_has(own, STR("　"))))
        return;
    text = str_sub(text, 0, strip->end);
    for (size_t at = strip->start; at < strip->end;) {
        size_t before = at;
        utf8_skip_han(text, &at);
        cell += (uint32_t)(at - before) / 3 * 2;
        if (at == strip->end)
            break;
        before = at;
        uint32_t c = utf8_next(text, &at);
        if (!point_is_space(c)) {
            cell += point_cells(c);
            continue;
        }
        uint32_t from = cell;
        while (point_is_space(c)) {
            cell += c == 0x3000 ? 2 : c == '\t' ? 4 : 1;
            size_t after = at;
            c = utf8_next(text, &after);
            if (!point_is_space(c))
                break;
            at = after;
        }
        if (cell - from >= 2) {
            struct gap gap = {index, from, cell, (uint32_t)before, (uint32_t)at};
            vector_push(s->page->arena, &s->gaps, gap);
        }
    }
}

/* The share of Han characters in a range of text is what tells words from figures. */
static bool is_wordy(const struct page *p, uint32_t start, uint32_t end)
{
    struct str text = str_sub(p->text, start, end);
    uint32_t han = 0, other = 0;
    for (size_t at = 0; at < text.n;) {
        uint32_t c = utf8_next(text, &at);
        if (point_is_han(c) || c >= 0x3001)
            han++;
        else if (!point_is_space(c))
            other++;
    }
    return han >= 4 && han > other;
}

/* Many paragraphs of one or two lines: most lines of a column may be first lines, which stand two
 * characters to the right of its edge. */
static uint32_t column_edge(const uint32_t *starts, uint32_t best)
{
    enum { INDENT = 4 };
    uint32_t edge = best >= INDENT + COLUMN_LEAST ? best - INDENT : best;
    return starts[edge] >= REGION_LEAST - 1 && starts[edge] * 4 >= starts[best] ? edge : best;
}

/* Where the right column begins in strips [from, to): the cell at which most wordy right parts
 * start, or 0 where there are no columns. */
static uint32_t find_gutter(struct splitter *s, const struct strip *strips, uint32_t from,
                            uint32_t to)
{
    const struct page *p = s->page;
    uint32_t starts[CELLS_MOST + 1] = {0};
    uint32_t both = 0;
    s->gaps.n = 0;
    for (uint32_t i = from; i < to; i++) {
        size_t before = s->gaps.n;
        find_gaps(s, &strips[i], i);
        bool counted = false;
        for (size_t k = before; k < s->gaps.n; k++) {
            const struct gap *gap = &s->gaps.at[k];
            uint32_t end = k + 1 < s->gaps.n ? s->gaps.at[k + 1].start : strips[i].end;
            if (gap->to < COLUMN_LEAST || gap->to > CELLS_MOST || !is_wordy(p, gap->end, end) ||
                !is_wordy(p, strips[i].start, gap->start))
                continue;
            starts[gap->to]++;
            counted = true;
        }
        both += counted;
        if (strips[i].indent >= COLUMN_LEAST && strips[i].indent < CELLS_MOST)
            starts[strips[i].indent]++;
    }
    if (both < REGION_LEAST)
        return 0;
    uint32_t best = 0, most = 0;
    for (uint32_t cell = COLUMN_LEAST; cell < (uint32_t)CELLS_MOST; cell++) {
        uint32_t count = starts[cell];
        for (uint32_t k = 1; k <= (uint32_t)GUTTER_SLACK && cell + k <= (uint32_t)CELLS_MOST; k++)
            count += starts[cell + k];
        if (count > most) {
            most = count;
            best = cell;
        }
    }
    for (uint32_t k = 1, window = best; best > 0 && k <= (uint32_t)GUTTER_SLACK; k++)
        if (window + k <= (uint32_t)CELLS_MOST && starts[window + k] > starts[best])
            best = window + k;
    if (most < REGION_LEAST || most * 3 < both)
        return 0;
    return column_edge(starts, best);
}

/* How a strip stands to the gutter at cell g. */
enum side { SIDE_LEFT, SIDE_RIGHT, SIDE_BOTH, SIDE_ACROSS };

static enum side side_of(const struct splitter *s, const struct strip *strip, size_t *k, uint32_t i,
                         uint32_t g, const struct gap **at)
{
    *at = NULL;
    if (text_is_page_number(str_sub(s->page->text, strip->start, strip->end), true))
        return SIDE_ACROSS; /* a page number */
    while (*k < s->gaps.n && s->gaps.at[*k].strip < i)
        ++*k;
    for (size_t j = *k; j < s->gaps.n && s->gaps.at[j].strip == i; j++)
        if (s->gaps.at[j].from < g && s->gaps.at[j].to + 1 >= g &&
            s->gaps.at[j].to <= g + GUTTER_SLACK + 5)
            *at = &s->gaps.at[j];
    if (*at != NULL)
        return SIDE_BOTH;
    if (strip->indent + 1u >= g)
        return SIDE_RIGHT;
    uint32_t cells = strip->indent;
    struct str text = str_sub(s->page->text, strip->start, strip->end);
    for (size_t b = 0; b < text.n && cells <= g;) {
        uint32_t c = utf8_next(text, &b);
        cells += point_cells(c);
    }
    return cells < g + 1 ? SIDE_LEFT : SIDE_ACROSS;
}

static void split_range(struct splitter *s, const struct strip *strips, uint32_t from, uint32_t to,
                        unsigned depth);

/* The smallest indent of strips becomes the column's edge. */
static void set_edge(struct strip *strips, size_t n)
{
    uint16_t edge = UINT16_MAX;
    for (size_t i = 0; i < n; i++)
        if (strips[i].indent < edge)
            edge = strips[i].indent;
    for (size_t i = 0; i < n; i++)
        strips[i].indent = (uint16_t)(strips[i].indent - edge);
}

typedef VECTOR(struct strip) strip_vector;

/* Strips of one column: a line that has nothing there counts as a blank one. */
static void add_part(struct arena *a, strip_vector *column, struct strip part, bool first)
{
    if (first)
        part.column_start = true;
    vector_push(a, column, part);
}

/* Emits a region of lines with a common gutter: left column, then right. */
static void emit_region(struct splitter *s, const struct strip *strips, const enum side *sides,
                        const struct gap *const *gaps, uint32_t from, uint32_t to, uint32_t base,
                        unsigned depth)
{
    struct arena *a = s->page->arena;
    for (int column = 0; column < 2; column++) {
        strip_vector part = {0};
        uint32_t blanks = 0;
        for (uint32_t i = from; i < to; i++) {
            struct strip strip = strips[i];
            const struct gap *gap = gaps[i - base];
            blanks += strip.blanks;
            enum side side = sides[i - base];
            if (side == (column == 0 ? SIDE_RIGHT : SIDE_LEFT)) {
                blanks++;
                continue;
            }
            if (side == SIDE_BOTH && column == 0)
                strip.end = gap->start;
            if (side == SIDE_BOTH && column == 1) {
                strip.start = gap->end;
                strip.indent = (uint16_t)gap->to;
            }
            strip.blanks = (uint16_t)(blanks > 99 ? 99 : blanks);
            blanks = 0;
            add_part(a, &part, strip, part.n == 0);
        }
        set_edge(part.at, part.n);
        if (part.n > 0 && column == 1)
            split_range(s, part.at, 0, (uint32_t)part.n, depth + 1);
        else
            for (size_t i = 0; i < part.n; i++)
                vector_push(a, &s->out, part.at[i]);
    }
}

/* The margin of a page goes: an indent is counted from the leftmost line. */
static void cut_margin(struct page *p, uint32_t from, uint32_t to)
{
    uint16_t edge = UINT16_MAX;
    for (uint32_t i = from; i < to; i++) {
        const struct strip *s = &p->strips.at[i];
        if (s->indent < edge && !text_is_page_number(str_sub(p->text, s->start, s->end), true))
            edge = s->indent;
    }
    for (uint32_t i = from; i < to && edge < UINT16_MAX; i++) {
        struct strip *s = &p->strips.at[i];
        s->indent = (uint16_t)(s->indent > edge ? s->indent - edge : 0);
    }
}

static void copy_range(struct splitter *s, const struct strip *strips, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to; i++)
        vector_push(s->page->arena, &s->out, strips[i]);
}

/* Splits strips [from, to), the lines of one page, at their gutter where they have one. */
static void split_range(struct splitter *s, const struct strip *strips, uint32_t from, uint32_t to,
                        unsigned depth)
{
    uint32_t g =
        depth < DEPTH_MOST && to - from >= REGION_LEAST ? find_gutter(s, strips, from, to) : 0;
    if (g == 0) {
        copy_range(s, strips, from, to);
        return;
    }
    struct arena *a = s->page->arena;
    uint32_t n = to - from, k_both = 0, across = 0;
    enum side *sides = arena_array(a, enum side, n);
    struct gap *copies = arena_array(a, struct gap, n);
    const struct gap **gaps = arena_array(a, const struct gap *, n);
    size_t k = 0;
    for (uint32_t i = 0; i < n; i++) {
        const struct gap *gap;
        sides[i] = side_of(s, &strips[from + i], &k, from + i, g, &gap);
        if (gap != NULL) {
            copies[i] = *gap;
            gaps[i] = &copies[i];
        }
        k_both += sides[i] == SIDE_BOTH;
        across += sides[i] == SIDE_ACROSS;
    }
    if (k_both < REGION_LEAST || across > k_both * 2) {
        copy_range(s, strips, from, to);
        return;
    }
    for (uint32_t i = 0; i < n;) {
        uint32_t end = i;
        while (end < n && sides[end] != SIDE_ACROSS)
            end++;
        if (end - i >= 2)
            emit_region(s, strips, sides, gaps, from + i, from + end, from, depth);
        else
            copy_range(s, strips, from + i, from + end);
        if (end < n)
            copy_range(s, strips, from + end, from + end + 1);
        i = end + 1;
    }
}

void page_split_columns(struct page *p)
{
    /* Few files have columns: strips are copied only from the first page on that has. */
    struct splitter s = {.page = p};
    bool copied = false;
    for (uint32_t from = 0; from < p->strips.n;) {
        uint32_t to = from + 1;
        while (to < p->strips.n && !p->strips.at[to].first_of_page &&
               (to - from < PAGE_MOST || p->strips.at[to].blanks == 0) && to - from < PAGE_MOST * 2)
            to++;
        bool split = to - from >= REGION_LEAST && find_gutter(&s, p->strips.at, from, to) != 0;
        if (!split)
            cut_margin(p, from, to);
        if (split && !copied) {
            vector_reserve(p->arena, &s.out, p->strips.n + p->strips.n / 4);
            copy_range(&s, p->strips.at, 0, from);
            copied = true;
        }
        if (split)
            split_range(&s, p->strips.at, from, to, 0);
        else if (copied)
            copy_range(&s, p->strips.at, from, to);
        from = to;
    }
    if (!copied)
        return;
    p->strips.at = s.out.at;
    p->strips.n = s.out.n;
    p->strips.room = s.out.room;
}
