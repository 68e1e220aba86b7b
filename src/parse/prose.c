/* Text set as a printed page sets it: pieces of lines joined, stray spaces closed, punctuation
 * between Han characters full width. Every byte of prose keeps its place in the text. */
#include "parse/page.h"

/* What the setting of a character depends on. */
enum neighbour { NONE_THERE, HAN, WIDE_MARK, LATIN, DIGIT, OTHER };

static enum neighbour neighbour_of(uint32_t c)
{
    if (c == 0)
        return NONE_THERE;
    if (point_is_han(c))
        return HAN;
    if (c < 0x80)
        return point_is_digit(c) ? DIGIT : point_is_latin(c) ? LATIN : OTHER;
    if (point_is_any_digit(c))
        return DIGIT;
    if (point_is_latin(c) || (c >= 0xC0 && c < 0x250))
        return LATIN;
    return (c >= 0x2010 && c < 0x2060) || (c >= 0x3001 && c <= 0x303F) || c >= 0xFF00 ? WIDE_MARK
                                                                                      : OTHER;
}

struct setter {
    struct page *page;
    enum prose_style style;
    char *out;
    size_t n;
    enum neighbour last; /* of what was set last */
    bool quoted;         /* a straight quote is open */
    unsigned brackets;   /* bits: of the open half-width brackets, which were set full width */
    size_t credits_end;  /* of the bracket with names that is being set, in the text */
    bool letter_spaced;  /* a headline whose every character has a space after it */
    bool loose_figures;  /* a line set so that a space tells no figures apart: 不 足 1 00 天 */
};

/* Adds a piece, or makes the last one longer where both run on. */
static void add_piece(struct setter *s, size_t at, size_t length, size_t text, size_t text_length)
{
    struct page *p = s->page;
    if (p->pieces.n > 0 && length == text_length) {
        struct piece *last = &vector_last(&p->pieces);
        if (last->length == last->text_length && last->at + last->length == at &&
            last->text + last->text_length == text) {
            last->length += (uint32_t)length;
            last->text_length += (uint32_t)text_length;
            return;
        }
    }
    struct piece piece = {(uint32_t)at, (uint32_t)length, (uint32_t)text, (uint32_t)text_length};
    vector_push(p->arena, &p->pieces, piece);
}

static void put(struct setter *s, struct str set, size_t text, size_t text_length)
{
    memcpy(s->out + s->n, set.p, set.n);
    add_piece(s, s->n, set.n, text, text_length);
    s->n += set.n;
}

/* Bytes that may need more than copying: spaces, half-width marks, and the first bytes of the
 * wide spaces. */
static bool is_plain(unsigned char c)
{
    static const bool special[256] = {
        [' '] = true, ['\t'] = true, ['\f'] = true, ['\n'] = true, ['\r'] = true, ['!'] = true,
        ['"'] = true, ['('] = true,  [')'] = true,  [','] = true,  ['.'] = true,  [':'] = true,
        [';'] = true, ['?'] = true,  [0xC2] = true, [0xE2] = true, [0xE3] = true, [0xEF] = true};
    return !special[c];
}

/* Whether the character at byte `at`, whose first byte is not plain, is a mark that is only copied
 * all the same: a wide one that is neither a space nor an opening bracket. */
static bool is_plain_mark(struct str text, size_t at)
{
    uint32_t c = (unsigned char)text.p[at] < 0xC2 ? 0 : utf8_at(text, at);
    return c != 0 && c != 0xFF08 && !point_is_space(c);
}

/* The full-width form of a half-width mark between these neighbours; empty: it stays. */
static struct str wide_form(struct setter *s, char c, enum neighbour before, enum neighbour after)
{
    bool han_before = before == HAN || before == WIDE_MARK;
    bool han_after = after == HAN || after == WIDE_MARK;
    bool open;
    switch (c) {
    case ',':
        return before != NONE_THERE && (han_before || han_after) ? STR("，") : STR("");
    case ';':
        return han_before || (han_after && before != NONE_THERE) ? STR("；") : STR("");
    case ':':
        return han_before || (han_after && before != NONE_THERE) ? STR("：") : STR("");
    case '?':
        return han_before ? STR("？") : STR("");
    case '!':
        return han_before ? STR("！") : STR("");
    case '.':
        return before == HAN && after != LATIN && after != DIGIT && s->n > 9 ? STR("。") : STR("");
    case '(':
        open = han_after || before == HAN;
        s->brackets = s->brackets << 1 | open;
        return open ? STR("（") : STR("");
    case ')':
        open = (s->brackets & 1) != 0;
        s->brackets >>= 1;
        return open ? STR("）") : STR("");
    case '"':
        if (!han_before && !han_after)
            return STR("");
        s->quoted = !s->quoted;
        return s->quoted ? STR("“") : STR("”");
    default:
        return STR("");
    }
}

/* What follows byte at of the span, spaces passed over. */
static uint32_t following(struct str text, size_t at)
{
    for (;;) {
        uint32_t c = utf8_next(text, &at);
        if (!point_is_space(c))
            return c;
    }
}

/* Whether a run of spaces between these neighbours is kept as one. */
static bool keeps_space(const struct setter *s, enum neighbour before, enum neighbour after)
{
    if (before == NONE_THERE || after == NONE_THERE)
        return false;
    bool point =
        s->n > 1 && s->out[s->n - 1] == '.' && point_is_digit((unsigned char)s->out[s->n - 2]);
    if (s->loose_figures && after == DIGIT && (before == DIGIT || point))
        return false;
    bool latin_before = before == LATIN || before == DIGIT || before == OTHER;
    bool latin_after = after == LATIN || after == DIGIT || after == OTHER;
    if (latin_before && latin_after)
        return true;
    return s->style != PROSE_BODY && !s->letter_spaced && before != OTHER;
}

/* 本报讯, 编者按: a printer leaves a space after them. */
static bool opens_with_word(const struct page *p, struct str head)
{
    enum { BYTES_MOST = 24 };
    const struct lexicon_entry *e =
        head.n == 0 || head.n > BYTES_MOST ? NULL : lexicon_find(p->marks, head);
    return e != NULL && (lexicon_flag(e, "news") || lexicon_flag(e, "note"));
}

static void set_space(struct setter *s, size_t from, size_t to, uint32_t next)
{
    if (s->loose_figures && s->last == DIGIT && (next == '.' || next == '%'))
        return;
    struct str head = {s->out, s->n};
    bool after_head = s->style == PROSE_BODY && opens_with_word(s->page, head);
    bool between_names = from < s->credits_end && s->last == HAN && neighbour_of(next) == HAN;
    if (!after_head && !between_names && !keeps_space(s, s->last, neighbour_of(next)))
        return;
    bool same = to == from + 1 && s->page->text.p[from] == ' ';
    put(s, STR(" "), from, same ? 1 : to - from == 1 ? 0 : to - from);
}

/* （记者 张三 通讯员 李四）: where the bracket that text begins with ends, if it names authors;
 * their names keep the spaces that part them. */
static size_t credits_end(const struct setter *s, struct str text, size_t from)
{
    const struct page *p = s->page;
    struct str before = {s->out, s->n};
    enum { BYTES_MOST = 180 };
    text = str_sub(text, 0, BYTES_MOST);
    size_t wide = str_find(text, STR("）"), 0), narrow = str_find(text, STR(")"), 0);
    size_t close = wide < narrow ? wide + strlen("）") : narrow == STR_NONE ? 0 : narrow + 1;
    struct str bracket = str_sub(text, 0, close);
    if (close == 0 || !str_has(bracket, STR(" ")))
        return 0;
    enum credit_line kind = credit_line_kind(p, bracket);
    bool sent =
        str_ends(before, STR("电")) || str_ends(before, STR("讯")) || str_ends(before, STR("报道"));
    if (kind == CREDIT_NONE && sent) {
        size_t open = bracket.p[0] == '(' ? 1 : strlen("（");
        size_t shut = bracket.p[close - 1] == ')' ? 1 : strlen("）");
        struct str names = str_trim(str_sub(bracket, open, close - shut));
        kind = credit_line_kind(p, names) == CREDIT_NAMES ? CREDIT_BYLINE : CREDIT_NONE;
    }
    return kind == CREDIT_BYLINE || kind == CREDIT_PHOTO ? from + close : 0;
}

bool prose_copies(uint32_t before, uint32_t c)
{
    if (c == '.')
        return point_is_digit(before); /* of a decimal figure */
    return c < 0x80 ? is_plain((unsigned char)c) : c != 0xFF08 && !point_is_space(c);
}

static void set_plain(struct setter *s, const struct prose_span *span)
{
    struct str text = str_sub(s->page->text, span->start, span->end);
    if (text.n == 0)
        return;
    put(s, text, span->start, text.n);
    size_t last = text.n;
    s->last = neighbour_of(utf8_previous(text, &last));
}

static void set_span(struct setter *s, const struct prose_span *span)
{
    struct str text = str_sub(s->page->text, 0, span->end);
    size_t at = span->start;
    while (at < span->end) {
        size_t from = at;
        while (utf8_skip_han(text, &at),
               at < span->end && (is_plain((unsigned char)text.p[at]) || is_plain_mark(text, at)))
            utf8_next(text, &at);
        if (at > from) {
            put(s, str_sub(text, from, at), from, at - from);
            size_t back = at;
            s->last = neighbour_of(utf8_previous(text, &back));
        }
        if (at == span->end)
            return;
        from = at;
        uint32_t c = utf8_next(text, &at);
        if (point_is_space(c)) {
            for (size_t after = at; after < span->end; at = after)
                if (!point_is_space(utf8_next(text, &after)))
                    break;
            set_space(s, from, at, following(text, at));
            continue;
        }
        if ((c == '(' || c == 0xFF08) && s->style == PROSE_BODY)
            s->credits_end = credits_end(s, str_sub(text, from, span->end), from);
        struct str wide = STR("");
        if (c < 0x80)
            wide = wide_form(s, (char)c, s->last, neighbour_of(following(text, at)));
        if (wide.n > 0) {
            put(s, wide, from, at - from);
            s->last = WIDE_MARK;
        } else {
            put(s, str_sub(text, from, at), from, at - from);
            s->last = neighbour_of(c);
        }
    }
}

/* Half-width marks and line ends may grow; nothing else does. */
static size_t most_bytes(const struct page *p, const struct prose_span *spans, size_t n,
                         bool *plain, bool *spaced)
{
    size_t total = 0;
    *plain = n == 1;
    *spaced = false;
    for (size_t i = 0; i < n; i++) {
        total += spans[i].end - spans[i].start + 1;
        if (spans[i].plain)
            continue;
        struct str text = str_sub(p->text, 0, spans[i].end);
        for (size_t at = spans[i].start; utf8_skip_han(text, &at), at < text.n;) {
            uint32_t c = utf8_next(text, &at);
            if (c < 0x80 && !is_plain((unsigned char)c)) {
                total += 2;
                *plain = false;
            }
            *spaced = *spaced || point_is_space(c);
        }
    }
    return total;
}

/* A space that is not ASCII's own. */
static bool has_rare_space(struct str text)
{
    for (size_t at = 0; utf8_skip_han(text, &at), at < text.n;)
        if (point_is_space(utf8_next(text, &at)))
            return true;
    return false;
}

/* True where every `most` Han characters have one gap behind them. */
static bool is_letter_spaced(const struct page *p, const struct prose_span *span, size_t most)
{
    struct str text = str_sub(p->text, span->start, span->end);
    if (text.n == 0 || (memchr(text.p, ' ', text.n) == NULL && !has_rare_space(text)))
        return false;
    text = str_trim(str_sub(text, ordinal_read(text).length, text.n)); /* 二、农 业 */
    size_t han = 0, gaps = 0;
    bool space = false;
    for (size_t at = 0; at < text.n;) {
        size_t from = at;
        utf8_skip_han(text, &at);
        han += (at - from) / 3;
        space = space && at == from;
        if (at == text.n)
            break;
        uint32_t c = utf8_next(text, &at);
        bool is_space = point_is_space(c);
        gaps += is_space && !space;
        han += point_is_han(c);
        space = is_space;
    }
    uint32_t first = utf8_at(text, 0);
    bool names = first >= 0x2500 && first < 0x2800; /* ■记者 朱 容 文/图 */
    return han >= 2 && (names ? gaps * 3 >= han * 2 : gaps * most >= han);
}

static const struct piece *copy_pieces(struct page *p, uint32_t *n)
{
    *n = (uint32_t)p->pieces.n;
    return arena_dup(p->arena, p->pieces.at, p->pieces.n * sizeof *p->pieces.at);
}

struct prose prose_set(struct page *p, const struct prose_span *spans, size_t n,
                       enum prose_style style)
{
    struct prose prose = {0};
    bool plain, spaced;
    if (n == 0)
        return prose;
    size_t most = most_bytes(p, spans, n, &plain, &spaced);
    if (plain && !spaced) {
        struct piece *piece = arena_new_of(p->arena, struct piece);
        size_t length = spans[0].end - spans[0].start;
        *piece = (struct piece){0, (uint32_t)length, (uint32_t)spans[0].start, (uint32_t)length};
        prose.text = str_sub(p->text, spans[0].start, spans[0].end);
        prose.pieces = piece;
        prose.n_pieces = 1;
        return prose;
    }
    struct setter s = {.page = p, .style = style, .last = NONE_THERE};
    s.out = arena_alloc(p->arena, most);
    p->pieces.n = 0;
    for (size_t i = 0; i < n; i++) {
        s.letter_spaced = spaced && style == PROSE_DISPLAY && is_letter_spaced(p, &spans[i], 2) &&
                          !credits_part_by_space(p, str_sub(p->text, spans[i].start, spans[i].end));
        s.loose_figures = spaced && style == PROSE_BODY && is_letter_spaced(p, &spans[i], 3);
        uint32_t first = utf8_at(str_sub(p->text, spans[i].start, spans[i].end), 0);
        enum neighbour next = neighbour_of(first);
        /* A word of Latin script ends with its line, unless a hyphen or a figure runs on. */
        if (i > 0 && s.last == LATIN && next == LATIN)
            put(&s, STR(" "), spans[i - 1].end, 0);
        if (spans[i].plain)
            set_plain(&s, &spans[i]);
        else
            set_span(&s, &spans[i]);
    }
    prose.text = (struct str){s.out, s.n};
    prose.pieces = copy_pieces(p, &prose.n_pieces);
    return prose;
}

struct prose prose_sub(struct arena *a, const struct prose *prose, size_t from, size_t to)
{
    struct prose sub = {0};
    struct str text = str_sub(prose->text, 0, to);
    while (from < text.n) {
        size_t after = from;
        if (!point_is_space(utf8_next(text, &after)))
            break;
        from = after;
    }
    while (text.n > from) {
        size_t before = text.n;
        if (!point_is_space(utf8_previous(text, &before)))
            break;
        text.n = before;
    }
    if (from >= text.n)
        return sub;
    sub.text = str_sub(text, from, text.n);
    /* The last piece that begins at byte from or before it. */
    uint32_t first = 0, beyond = prose->n_pieces;
    while (first + 1 < beyond) {
        uint32_t middle = first + (beyond - first) / 2;
        if (prose->pieces[middle].at <= from)
            first = middle;
        else
            beyond = middle;
    }
    uint32_t last = first;
    while (last + 1 < prose->n_pieces && prose->pieces[last + 1].at < text.n)
        last++;
    struct piece *pieces = arena_array(a, struct piece, last - first + 1);
    for (uint32_t i = first; i <= last; i++) {
        struct piece piece = prose->pieces[i];
        bool same = piece.length == piece.text_length;
        if (i == last && piece.at + piece.length > text.n && same)
            piece.text_length = piece.length = (uint32_t)(text.n - piece.at);
        if (i == first && piece.at < from) {
            uint32_t skip = (uint32_t)from - piece.at;
            piece.text += same ? skip : 0;
            piece.text_length -= same ? skip : 0;
            piece.length -= skip;
            piece.at = (uint32_t)from;
        }
        piece.at -= (uint32_t)from;
        pieces[i - first] = piece;
    }
    sub.pieces = pieces;
    sub.n_pieces = last - first + 1;
    return sub;
}

struct prose prose_join(struct arena *a, const struct prose *first, const struct prose *second)
{
    if (first->text.n == 0)
        return *second;
    if (second->text.n == 0)
        return *first;
    struct prose joined = {.text = {NULL, first->text.n + second->text.n},
                           .n_pieces = first->n_pieces + second->n_pieces};
    char *text = arena_alloc(a, joined.text.n);
    memcpy(text, first->text.p, first->text.n);
    memcpy(text + first->text.n, second->text.p, second->text.n);
    joined.text.p = text;
    struct piece *pieces = arena_array(a, struct piece, joined.n_pieces);
    memcpy(pieces, first->pieces, first->n_pieces * sizeof *pieces);
    for (uint32_t i = 0; i < second->n_pieces; i++) {
        pieces[first->n_pieces + i] = second->pieces[i];
        pieces[first->n_pieces + i].at += (uint32_t)first->text.n;
    }
    joined.pieces = pieces;
    return joined;
}
