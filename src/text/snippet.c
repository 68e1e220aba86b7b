#include "baolan/snippet.h"

#include "baolan/utf8.h"
#include "baolan/vector.h"

static size_t cells_of(struct str text, size_t start, size_t end, enum ambiguous ambiguous)
{
    return width_measure(str_sub(text, start, end), ambiguous);
}

/* Moves *from towards the start as long as what is passed fits into the cells; what is left. */
static size_t take_before(struct str text, size_t *from, size_t cells, enum ambiguous ambiguous)
{
    while (*from > 0) {
        size_t at = *from;
        utf8_previous(text, &at);
        size_t width = cells_of(text, at, *from, ambiguous);
        if (width > cells)
            break;
        cells -= width;
        *from = at;
    }
    return cells;
}

static size_t take_after(struct str text, size_t *to, size_t cells, enum ambiguous ambiguous)
{
    while (*to < text.n) {
        size_t at = *to;
        utf8_next(text, &at);
        size_t width = cells_of(text, *to, at, ambiguous);
        if (width > cells)
            break;
        cells -= width;
        *to = at;
    }
    return cells;
}

/* The bytes of text that the snippet shows. */
static struct span window(struct str text, struct span focus, size_t cells,
                          enum ambiguous ambiguous)
{
    size_t from = focus.start;
    size_t to = from;
    take_after(text, &to, cells, ambiguous);
    if (to >= focus.end) {
        /* The whole focus fits: it is put in the middle. */
        to = focus.end;
        size_t left = cells - cells_of(text, from, to, ambiguous);
        size_t unused = take_before(text, &from, left / 2, ambiguous);
        left = take_after(text, &to, left - left / 2 + unused, ambiguous);
        take_before(text, &from, left, ambiguous);
    }
    return (struct span){from, to};
}

void snippet_of(struct arena *a, struct str text, const struct pattern *patterns, size_t n,
                struct span focus, size_t cells, enum ambiguous ambiguous, struct snippet *out)
{
    const struct str ellipsis = STR("…");
    size_t mark = width_measure(ellipsis, ambiguous);
    VECTOR(struct span) marks = {0};
    struct span *found = NULL;
    focus.start = focus.start < text.n ? focus.start : text.n;
    focus.end = focus.end < focus.start ? focus.start : focus.end < text.n ? focus.end : text.n;
    struct span shown = {0, text.n};
    if (cells_of(text, 0, text.n, ambiguous) > cells)
        shown = window(text, focus, cells > 2 * mark ? cells - 2 * mark : 1, ambiguous);
    char *line = arena_alloc(a, shown.end - shown.start + 2 * ellipsis.n + 1);
    size_t length = 0;
    if (shown.start > 0) {
        memcpy(line, ellipsis.p, ellipsis.n);
        length = ellipsis.n;
    }
    size_t before = length;
    for (size_t i = shown.start; i < shown.end; i++)
        line[length++] =
            text.p[i] == '\n' || text.p[i] == '\t' || text.p[i] == '\f' ? ' ' : text.p[i];
    if (shown.end < text.n) {
        memcpy(line + length, ellipsis.p, ellipsis.n);
        length += ellipsis.n;
    }
    size_t count = pattern_find_all(a, patterns, n, text, &found);
    for (size_t i = 0; i < count; i++) {
        struct span part = {found[i].start > shown.start ? found[i].start : shown.start,
                            found[i].end < shown.end ? found[i].end : shown.end};
        if (part.start < part.end)
            vector_push(a, &marks,
                        ((struct span){part.start - shown.start + before,
                                       part.end - shown.start + before}));
    }
    *out = (struct snippet){{line, length}, marks.at, marks.n};
}
