#include "baolan/width.h"
#include "baolan/utf8.h"
#include "text/substitute.h"

#include <unictype.h>
#include <uniwidth.h>

struct range {
    uint32_t first, last;
    int width;
};

/* Where libunistring's uc_width and glibc's wcwidth differ; terminals follow the latter. */
static const struct range overrides[] = {
    {0x0600, 0x0605, 1},   {0x06DD, 0x06DD, 1},   {0x070F, 0x070F, 1},   {0x0890, 0x0891, 1},
    {0x08E2, 0x08E2, 1},   {0x0CBF, 0x0CBF, 0},   {0x0CC6, 0x0CC6, 0},   {0x3248, 0x324F, 2},
    {0x4DC0, 0x4DFF, 2},   {0x110BD, 0x110BD, 1}, {0x110CD, 0x110CD, 1}, {0x11A07, 0x11A08, 0},
    {0x11C3F, 0x11C3F, 0},
};

static bool has_no_glyph(uint32_t c)
{
    return c > 0x10FFFF || c == 0x2028 || c == 0x2029 ||
           uc_is_general_category_withtable((ucs4_t)c, UC_CATEGORY_MASK_Cc | UC_CATEGORY_MASK_Cs |
                                                           UC_CATEGORY_MASK_Co |
                                                           UC_CATEGORY_MASK_Cn);
}

int point_width(uint32_t c)
{
    if (c >= 0x20 && c < 0x7F)
        return 1;
    if ((c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) ||
        (c >= 0x3000 && c <= 0x3029) || (c >= 0xFF01 && c <= 0xFF60) ||
        (c >= 0xAC00 && c <= 0xD7A3))
        return 2;
    if (c >= 0x2010 && c <= 0x2027)
        return 1;
    if (has_no_glyph(c))
        return -1;
    for (size_t i = 0; i < sizeof overrides / sizeof *overrides && c >= overrides[i].first; i++)
        if (c <= overrides[i].last)
            return overrides[i].width;
    return uc_width((ucs4_t)c, "UTF-8");
}

/* The pictures of the control characters, U+2400 and on, one cell each. */
static struct str control_picture(uint32_t c)
{
    static const char pictures[0x22][4] = {
        "␀", "␁", "␂", "␃", "␄", "␅", "␆", "␇", " ", " ", "␊", "␋", "␌", "␍", "␎", "␏", "␐",
        "␑", "␒", "␓", "␔", "␕", "␖", "␗", "␘", "␙", "␚", "␛", "␜", "␝", "␞", "␟", " ", "␡",
    };
    return str_of(pictures[c == 0x7F ? 0x21 : c == 8 ? 0x20 : c]);
}

static bool is_emoji_modifier(uint32_t c)
{
    return c >= 0x1F3FB && c <= 0x1F3FF;
}

static bool is_emoji_base(uint32_t c)
{
    return (c >= 0x1F300 && c <= 0x1FAFF) || (c >= 0x2600 && c <= 0x27BF);
}

/* Invisible in itself: joiners, variation selectors, tags, the byte order mark. They are not sent,
 * since terminals differ in what they make of them. */
static bool is_invisible(uint32_t c)
{
    return c == 0xAD || c == 0x034F || (c >= 0x180B && c <= 0x180F) ||
           (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0000 && c <= 0xE0FFF) ||
           (point_width(c) == 0 && uc_is_general_category((ucs4_t)c, UC_FORMAT));
}

/* The most marks on one character that are sent; ncurses keeps no more in a cell. */
enum { MARKS_MAX = 4 };

/* Takes in what combines with the character before *at. */
static void take_marks(struct str text, size_t *at, uint32_t base, struct cluster *out, bool draw)
{
    for (size_t marks = 0; *at < text.n;) {
        if ((unsigned char)text.p[*at] < 0x80)
            break;
        size_t after = *at;
        uint32_t c = utf8_next(text, &after);
        int width = point_width(c);
        if (width > 0 && !(is_emoji_modifier(c) && is_emoji_base(base)))
            break;
        if (width > 0 || is_invisible(c))
            draw = false;
        else if (width < 0)
            break;
        *at = after;
        if (draw && ++marks <= MARKS_MAX)
            out->draw.n = after - out->start;
    }
    out->end = *at;
}

/* A letter for each half of a flag: terminals draw a pair as two cells, but differ in one alone. */
static struct str flag_letter(uint32_t c)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    return (struct str){letters + (c - 0x1F1E6), 1};
}

static void set_stand_in(struct cluster *out, struct str draw)
{
    out->draw = draw;
    out->cells = 1;
}

/* Han characters and full-width marks: most of all text. */
static bool is_plain_wide(uint32_t c)
{
    return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3000 && c <= 0x3029) ||
           (c >= 0xFF01 && c <= 0xFF60);
}

/* True where the character at byte `at` surely combines with nothing: ASCII, U+4000-9FFF,
 * U+3000-301F, U+FF00-FF7F, the end. */
static bool stands_alone(struct str text, size_t at)
{
    if (at + 2 >= text.n)
        return at >= text.n;
    const unsigned char *p = (const unsigned char *)text.p + at;
    return p[0] < 0x80 || (p[0] >= 0xE4 && p[0] <= 0xE9) ||
           (p[0] == 0xE3 && p[1] == 0x80 && p[2] < 0xA0) ||
           (p[0] == 0xEF && (p[1] == 0xBC || p[1] == 0xBD));
}

bool cluster_next(struct str text, size_t *at, enum ambiguous ambiguous, struct cluster *out)
{
    if (*at >= text.n)
        return false;
    size_t start = *at;
    uint32_t c = utf8_next(text, at);
    *out = (struct cluster){start, *at, {text.p + start, *at - start}, 1};
    if (is_plain_wide(c) && stands_alone(text, *at)) {
        out->cells = 2;
        return true;
    }
    if (c >= 0x20 && c < 0x7F && (*at == text.n || (unsigned char)text.p[*at] < 0x80))
        return true;
    if (c < 0x20 || c == 0x7F) {
        set_stand_in(out, control_picture(c));
        return true;
    }
    if (c < 0x7F) {
        take_marks(text, at, c, out, true);
        return true;
    }
    int width = point_width(c);
    bool verbatim = width > 0;
    if (is_invisible(c))
        *out = (struct cluster){start, *at, STR(""), 0};
    else if (width < 0)
        set_stand_in(out, STR("▯"));
    else if (width == 0)
        set_stand_in(out, STR("◌"));
    else if (c >= 0x1F1E6 && c <= 0x1F1FF)
        set_stand_in(out, flag_letter(c)), verbatim = false;
    else if (c == 0xFFFD && out->end - out->start != 3)
        set_stand_in(out, STR("�"));
    else
        out->cells = (unsigned)width;
    if (verbatim && ambiguous == AMBIGUOUS_SUBSTITUTE && point_is_ambiguous(c)) {
        out->draw = substitute_of(c, &out->cells);
        verbatim = false;
    } else if (out->draw.n == 0 || width <= 0) {
        verbatim = false;
    }
    take_marks(text, at, c, out, verbatim);
    return true;
}

size_t width_measure(struct str text, enum ambiguous ambiguous)
{
    size_t cells = 0;
    struct cluster cluster;
    for (size_t at = 0; cluster_next(text, &at, ambiguous, &cluster);)
        cells += cluster.cells;
    return cells;
}

struct str width_cut(struct str text, size_t cells, enum ambiguous ambiguous, size_t *used)
{
    size_t taken = 0, end = 0;
    struct cluster cluster;
    for (size_t at = 0; cluster_next(text, &at, ambiguous, &cluster);) {
        if (taken + cluster.cells > cells)
            break;
        taken += cluster.cells;
        end = at;
    }
    if (used != NULL)
        *used = taken;
    return str_sub(text, 0, end);
}

static void add_spaces(struct buffer *out, size_t n)
{
    while (n-- > 0)
        buffer_add_byte(out, ' ');
}

static void add_drawn(struct buffer *out, struct str text, enum ambiguous ambiguous)
{
    struct cluster cluster;
    for (size_t at = 0; cluster_next(text, &at, ambiguous, &cluster);)
        buffer_add(out, cluster.draw);
}

void width_pad(struct buffer *out, struct str text, size_t cells, enum align align,
               enum ambiguous ambiguous)
{
    size_t used;
    struct str kept = width_cut(text, cells, ambiguous, &used);
    struct str more = STR("");
    if (kept.n < text.n) {
        struct str mark = ambiguous == AMBIGUOUS_SUBSTITUTE ? STR("..") : STR("…");
        size_t mark_cells = ambiguous == AMBIGUOUS_SUBSTITUTE ? 2 : 1;
        if (cells >= mark_cells) {
            more = mark;
            kept = width_cut(text, cells - mark_cells, ambiguous, &used);
            used += mark_cells;
        }
    }
    size_t left = cells - used;
    size_t before = align == ALIGN_LEFT ? 0 : align == ALIGN_RIGHT ? left : left / 2;
    add_spaces(out, before);
    add_drawn(out, kept, ambiguous);
    buffer_add(out, more);
    add_spaces(out, left - before);
}
