/* What stands below one another on a page stands at the same character of its lines. The characters
 * at which many lines go on after a gap are where columns begin; a gap is widened so that a column
 * begins at twice its character, which is room for as many Han characters, and what is indented in
 * a column keeps its indent. */
#include "app/converter_align.h"

#include "baolan/buffer.h"
#include "baolan/utf8.h"

/* Characters of a line that count; characters that an indent may have. */
enum { COLUMNS_MOST = 1000, INDENT_MOST = 4 };

struct aligning {
    uint32_t starts[COLUMNS_MOST]; /* lines of the page that go on at each character after a gap */
    struct buffer out;
    size_t cells; /* written of the line at hand */
};

/* Calls visit for each gap of a line: two or more spaces, or one at its beginning. */
typedef void gap_visit(struct aligning *g, struct str before, uint32_t column);

static struct str each_gap(struct aligning *g, struct str line, gap_visit *visit)
{
    size_t from = 0;
    uint32_t column = 0;
    for (size_t at = 0; at < line.n;) {
        if (line.p[at] != ' ') {
            utf8_next(line, &at);
            column++;
            continue;
        }
        size_t start = at;
        while (at < line.n && line.p[at] == ' ')
            at++;
        column += (uint32_t)(at - start);
        if ((at - start < 2 && start > 0) || column >= COLUMNS_MOST)
            continue;
        visit(g, str_sub(line, from, start), column);
        from = at;
    }
    return str_sub(line, from, line.n);
}

static void count(struct aligning *g, struct str before, uint32_t column)
{
    (void)before;
    g->starts[column]++;
}

/* The cell that a column's character comes to stand at. */
static uint32_t cell_of(const struct aligning *g, uint32_t column)
{
    uint32_t start = column;
    for (uint32_t k = 1; k <= INDENT_MOST && k <= column; k++)
        if (g->starts[column - k] > g->starts[start])
            start = column - k;
    return start * 2 + (column - start);
}

/* A printed Han page gives every character outside ASCII the room of a Han character. */
static size_t cells_of(struct str text)
{
    size_t cells = 0;
    for (size_t at = 0; at < text.n;)
        cells += utf8_next(text, &at) < 0x80 ? 1 : 2;
    return cells;
}

static void widen(struct aligning *g, struct str before, uint32_t column)
{
    size_t to = cell_of(g, column);
    buffer_add(&g->out, before);
    g->cells += cells_of(before);
    do {
        buffer_add_byte(&g->out, ' ');
        g->cells++;
    } while (g->cells < to);
}

static void align_page(struct aligning *g, struct str page)
{
    memset(g->starts, 0, sizeof g->starts);
    for (struct str rest = page; rest.p != NULL;) {
        struct str line = str_split(&rest, '\n');
        each_gap(g, line, count);
        g->starts[0] += line.n > 0 && line.p[0] != ' ';
    }
    for (struct str rest = page; rest.p != NULL;) {
        struct str line = str_split(&rest, '\n');
        g->cells = 0;
        buffer_add(&g->out, each_gap(g, line, widen));
        if (rest.p != NULL)
            buffer_add_byte(&g->out, '\n');
    }
}

struct str converter_align(struct arena *a, struct str text)
{
    struct aligning *g = arena_new_of(a, struct aligning);
    g->out = buffer_in(a);
    while (text.p != NULL) {
        align_page(g, str_split(&text, '\f'));
        if (text.p != NULL)
            buffer_add_byte(&g->out, '\f');
    }
    return buffer_str(&g->out);
}
