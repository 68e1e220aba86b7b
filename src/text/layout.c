#include "baolan/layout.h"
#include "baolan/utf8.h"
#include "baolan/vector.h"
#include "text/breaks.h"

/* The part of a line that must be filled before a glued group may be kept whole: 2/3. */
static bool fills(unsigned cells, unsigned width)
{
    return 3 * cells >= 2 * width;
}

/* Where a line could end: after what byte, how wide it would be. */
struct stop {
    size_t end;  /* of what is drawn */
    size_t next; /* where the next line begins */
    unsigned cells;
};

struct filler {
    struct str text;
    const struct layout_options *o;
    const unsigned char *breaks; /* enum break_kind before each byte */
    size_t start;
    unsigned room;                /* cells of this line */
    unsigned cells;               /* up to and with trailing white space */
    struct stop now;              /* what was taken, white space at its end left out */
    struct stop free, glued, any; /* the last of each kind; next == 0: none */
};

/* A space with a mark upon it is no white space. */
static bool is_white(struct str text, const struct cluster *cluster)
{
    struct str s = str_sub(text, cluster->start, cluster->end);
    return s.n == 1 ? s.p[0] == ' ' || (s.p[0] >= '\t' && s.p[0] <= '\r')
                    : str_eq(s, STR("\u3000"));
}

static size_t after_white(struct str text, size_t at)
{
    struct cluster cluster;
    for (size_t next = at; cluster_next(text, &next, AMBIGUOUS_NARROW, &cluster); at = next)
        if (text.p[at] == '\n' || !is_white(text, &cluster))
            break;
    return at;
}

/* Remembers that the line may end before the cluster at byte `at`. */
static void note_break(struct filler *f, size_t at)
{
    struct stop stop = f->now;
    stop.next = at;
    if (at == f->start)
        return;
    f->any = stop;
    if (f->breaks[at] >= BREAK_GLUED)
        f->glued = stop;
    if (f->breaks[at] >= BREAK_FREE)
        f->free = stop;
}

/* The best of the stops; there is at least one cluster before it. */
static struct stop choose(const struct filler *f)
{
    if (f->free.next != 0 && (fills(f->free.cells, f->room) || f->glued.next == f->free.next))
        return f->free;
    if (f->glued.next != 0 && (f->free.next == 0 || fills(f->glued.cells, f->room)))
        return f->glued;
    return f->free.next != 0 ? f->free : f->any;
}

/* Closing marks that follow a full line may hang past its edge: takes them in where they fit and a
 * line may end behind them. */
static bool take_hanging(struct filler *f, const struct cluster *cluster, size_t at)
{
    unsigned with = f->cells + cluster->cells;
    if (f->o->hang == 0 || with > f->room + f->o->hang || f->now.next == 0)
        return false;
    if (!break_is_closing(utf8_at(f->text, cluster->start)))
        return false;
    size_t next = after_white(f->text, at);
    if (next < f->text.n && f->breaks[next] == BREAK_NEVER)
        return false;
    f->free = (struct stop){cluster->end, next, with};
    return true;
}

/* Fills one line from f->start; the stop's next is where the following line begins. */
static struct stop fill_line(struct filler *f)
{
    struct cluster cluster;
    f->cells = 0;
    f->free = f->glued = f->any = (struct stop){0};
    f->now = (struct stop){f->start, 0, 0};
    for (size_t at = f->start; cluster_next(f->text, &at, f->o->ambiguous, &cluster);) {
        if (f->text.p[cluster.start] == '\n') {
            f->now.next = at;
            return f->now;
        }
        bool white = is_white(f->text, &cluster);
        if (!white)
            note_break(f, cluster.start);
        if (!white && f->cells + cluster.cells > f->room && f->now.next != 0)
            return take_hanging(f, &cluster, at) ? f->free : choose(f);
        f->cells += cluster.cells;
        if (!white)
            f->now = (struct stop){cluster.end, cluster.end, f->cells};
    }
    f->now.next = f->text.n;
    return f->now;
}

struct layout layout_text(struct arena *a, struct str text, const struct layout_options *options)
{
    VECTOR(struct layout_line) lines = {0};
    vector_reserve(a, &lines, text.n * 2 / (3 * (options->width + 1)) + 2);
    struct layout_options o = *options;
    o.width = o.width == 0 ? 1 : o.width;
    o.indent = o.indent + 2 > o.width ? 0 : o.indent;
    struct filler f = {.text = text, .o = &o, .breaks = breaks_find(a, text, o.units)};
    for (f.start = after_white(text, 0); f.start < text.n;) {
        unsigned indent = lines.n == 0 ? o.indent : 0;
        f.room = o.width - indent;
        struct stop stop = fill_line(&f);
        struct layout_line line = {f.start, stop.end, stop.cells, indent};
        vector_push(a, &lines, line);
        f.start = after_white(text, stop.next);
    }
    if (lines.n == 0) {
        struct layout_line line = {text.n, text.n, 0, o.indent};
        vector_push(a, &lines, line);
    }
    return (struct layout){lines.at, lines.n};
}

size_t layout_line_at(const struct layout *layout, size_t at)
{
    size_t low = 0, high = layout->n_lines;
    while (low + 1 < high) {
        size_t middle = low + (high - low) / 2;
        if (layout->lines[middle].start <= at)
            low = middle;
        else
            high = middle;
    }
    return low;
}

size_t layout_part_end(struct str text, size_t from)
{
    if (from >= text.n || text.n - from <= LAYOUT_PART_MAX)
        return text.n;
    size_t at = from + LAYOUT_PART_MAX / 2, limit = from + LAYOUT_PART_MAX;
    while (at > from && ((unsigned char)text.p[at] & 0xC0) == 0x80)
        at--;
    size_t first = at > from ? at : from + LAYOUT_PART_MAX / 2;
    for (at = first; at < limit;) {
        uint32_t c = utf8_next(text, &at);
        if (break_is_stop(c) && at < limit && !break_is_closing(utf8_at(text, at)))
            return at;
    }
    return first;
}
