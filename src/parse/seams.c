/* Paragraphs that a column's end cut in two where other pieces stand between the halves. An
 * unfinished line wants a line that goes on with it, and a piece that begins inside a sentence
 * wants its beginning: over a page they are given to one another so that all of them together fit
 * best. What tells: the column's width, a word, a figure or a quotation cut in two, words that both
 * sides use, and that one half has one other half. */
#include "parse/page.h"

#include "baolan/lexicon.h"
#include "parse/pairs.h"

enum {
    PAIRS_MOST = 8, /* ends, and beginnings, that are weighed together */
    FAR = 240,      /* strips after which an unfinished line has no other half */
    LEAST = 4,      /* what a pair must weigh */
    CONTEXT = 1200, /* bytes of a half that are looked at */
    SEAM_CONTEXT = 700,
    SAME_WIDTH = 3, /* cells between lines of one column, besides narrow marks */
    OTHER_WIDTH = 6,
    NEAR = 20, /* after which one that ends a sentence has none */
    NEVER = -100
};

/* Adjacent lines of text. */
struct run {
    uint32_t first, end; /* strips */
    uint32_t width;      /* of its full lines, 0: not known */
};

/* The last line of a column, or the first. */
struct half {
    uint32_t strip;
    uint32_t width; /* of its column, 0: not known */
    struct str context;
    bool sure; /* of an end: breaks off inside a sentence; of a beginning: no paragraph begins so */
    bool under_head;
    bool under_picture;     /* under who took one: what stands above tells of it */
    struct pair_set *pairs; /* of an end: the pairs of characters that it uses */
};

struct matcher {
    struct page *p;
    const struct lexicon *words, *units;
    struct half ends[PAIRS_MOST], heads[PAIRS_MOST];
    uint32_t n_ends, n_heads;
    struct run last;
};

static uint32_t full_width(const struct strip *s)
{
    return s->width + (strip_is_indented(s) ? s->indent : 0);
}

/* The first line of a page of print goes on with the last one above, which is full and unfinished:
 * a page's end is no gap between pieces. */
static bool turns_page(const struct strip *s)
{
    return s->first_of_page && s->blanks <= 1 && s[-1].kind == STRIP_TEXT &&
           s[-1].ending == END_OPEN && strip_is_full(s - 1);
}

static struct run run_at(const struct page *p, uint32_t i)
{
    struct run r = {i, i + 1, 0};
    const struct strip *strips = p->strips.at;
    while (r.end < p->strips.n && strips[r.end].kind == STRIP_TEXT &&
           (strips[r.end].blanks == 0 || turns_page(&strips[r.end])) &&
           !strips[r.end].column_start && !strip_is_box_label(p, &strips[r.end]) &&
           r.end - i < (uint32_t)FAR) {
        const struct strip *s = &strips[r.end];
        if (p->indents && strip_is_indented(s) && s[-1].ending == END_OPEN && strip_is_full(s - 1))
            break;
        /* Without an indent it goes on with what is above, which ended. */
        if (p->indents && !strip_is_indented(s) && s->wrapped && s[-1].wrapped &&
            s[-1].ending == END_STOP && !strip_is_full(s - 1))
            break;
        r.end++;
    }
    for (uint32_t k = r.first; k < r.end; k++)
        if (full_width(&strips[k]) > r.width)
            r.width = full_width(&strips[k]);
    if (r.end - r.first < 2)
        r.width = strips[i].wrapped && strip_is_full(&strips[i]) ? strips[i].measure : 0;
    return r;
}

/* Characters from both sides of the seam as one string. */
static struct str across(struct str left, size_t before, struct str right, size_t after, char *room,
                         size_t size)
{
    size_t from = left.n, to = 0;
    for (size_t i = 0; i < before; i++)
        if (from == 0 || !point_is_han(utf8_previous(left, &from)))
            return (struct str){NULL, 0};
    for (size_t i = 0; i < after; i++)
        if (to >= right.n || !point_is_han(utf8_next(right, &to)))
            return (struct str){NULL, 0};
    if (left.n - from + to > size)
        return (struct str){NULL, 0};
    memcpy(room, left.p + from, left.n - from);
    memcpy(room + left.n - from, right.p, to);
    return (struct str){room, left.n - from + to};
}

/* A word of the language, or one that either side uses, stands across the seam. */
static int weigh_word(const struct matcher *m, const struct half *end, const struct half *head)
{
    static const unsigned char sides[][2] = {{2, 2}, {1, 2}, {2, 1}, {1, 3}, {3, 1}, {1, 1}};
    struct page *p = m->p;
    struct str left = strip_words(p, &p->strips.at[end->strip]);
    struct str right = strip_words(p, &p->strips.at[head->strip]);
    struct str above = end->context, below = head->context;
    if (above.n > SEAM_CONTEXT)
        above = str_sub(above, above.n - SEAM_CONTEXT, above.n);
    below = str_sub(below, 0, SEAM_CONTEXT);
    char room[32];
    for (size_t i = 0; i < sizeof sides / sizeof *sides; i++) {
        unsigned before = sides[i][0], after = sides[i][1];
        struct str word = across(left, before, right, after, room, sizeof room);
        if (word.n == 0)
            continue;
        if (lexicon_find(m->words, word) != NULL)
            return before + after > 2 ? 5 : 3;
        if (before + after > 2 && (str_has(above, word) || str_has(below, word)))
            return 4;
    }
    return 0;
}

/* A figure at the seam wants its other digits or its unit, and they want a figure. */
static int weigh_figure(const struct matcher *m, const struct half *end, const struct half *head)
{
    struct page *p = m->p;
    struct str left = strip_words(p, &p->strips.at[end->strip]);
    struct str right = strip_words(p, &p->strips.at[head->strip]);
    size_t at = left.n;
    uint32_t last = utf8_previous(left, &at), first = utf8_at(right, 0);
    bool digit = point_is_any_digit(last);
    bool numeral = point_is_any_digit(first) || first == '%' || first == 0xFF05 || first == '.' ||
                   lexicon_match(m->units, right, 0, NULL) != NULL;
    if (digit)
        return numeral || first == 0x5E74 || first == 0x6708 || first == 0x65E5 ? 3 : -2;
    if (first == '%' || first == 0xFF05)
        return -4;
    if (last == 0x7B2C && (point_is_any_digit(first) || first == 0x4E00 || first == 0x4E8C ||
                           first == 0x4E09 || first == 0x56DB || first == 0x4E94)) /* 第|三 */
        return 4;
    return point_is_any_digit(first) && !point_is_punctuation(last) ? 1 : 0;
}

/* How many quotations stand open at the end of a text's last paragraph. */
static int open_at_end(const struct page *p, const struct half *end)
{
    enum { LINES_MOST = 12 };
    int open = 0;
    for (uint32_t i = end->strip, n = 0; n < (uint32_t)LINES_MOST; i--, n++) {
        const struct strip *s = &p->strips.at[i];
        struct str text = strip_words(p, s);
        for (size_t at = 0; utf8_skip_han(text, &at), at < text.n;) {
            uint32_t c = utf8_next(text, &at);
            open += (c == 0x201C || c == 0x300A || c == 0xFF08 || c == '(') -
                    (c == 0x201D || c == 0x300B || c == 0xFF09 || c == ')');
        }
        if (i == 0 || s->blanks > 0 || strip_is_indented(s) || s[-1].kind != STRIP_TEXT)
            break;
    }
    return open;
}

/* A quotation is closed that was not opened, or (-1) one is opened first. */
static int closes_first(struct str text)
{
    text = str_sub(text, 0, 400);
    for (size_t at = 0; utf8_skip_han(text, &at), at < text.n;) {
        uint32_t c = utf8_next(text, &at);
        if (c == 0x201D || c == 0x300B || c == 0xFF09 || c == ')')
            return 1;
        if (c == 0x201C || c == 0x300A || c == 0xFF08 || c == '(')
            return -1;
    }
    return 0;
}

/* “…！”: what somebody says, which begins a sentence. */
static bool begins_with_speech(struct str text)
{
    text = str_sub(text, 0, 400);
    size_t shut = str_find(text, STR("”"), 0);
    if (!str_starts(text, STR("“")) || shut == STR_NONE)
        return false;
    uint32_t last = utf8_previous(text, &shut);
    return point_is_stop(last) || last == 0xFF0C;
}

static int weigh_quotes(const struct matcher *m, const struct half *end, const struct half *head)
{
    bool open = open_at_end(m->p, end) > 0;
    int closes = closes_first(head->context);
    if (begins_with_speech(head->context)) {
        uint8_t ending = m->p->strips.at[end->strip].ending;
        return ending == END_STOP ? 3 : ending == END_OPEN ? -3 : -1;
    }
    if (open)
        return closes > 0 ? 5 : closes < 0 ? -2 : -3;
    return closes > 0 ? -4 : 0;
}

/* Of the pairs of characters of a beginning, how many the end uses too, in twentieths. */
static int weigh_topic(const struct half *end, const struct half *head)
{
    enum { PAIRS_LEAST = 8, WEIGHT_MOST = 4 };
    unsigned all, shared = pair_set_shared(end->pairs, head->context, &all);
    unsigned weight = all < PAIRS_LEAST ? 0 : shared * 20 / all;
    return weight > WEIGHT_MOST ? WEIGHT_MOST : (int)weight;
}

/* Nothing but what stands anywhere is between the two. */
static bool is_next(const struct page *p, uint32_t end, uint32_t head)
{
    for (uint32_t i = end + 1; i < head; i++) {
        uint8_t kind = p->strips.at[i].kind;
        if (kind != STRIP_DROP && kind != STRIP_FURNITURE && kind != STRIP_CAPTION)
            return false;
    }
    return true;
}

static int weigh(const struct matcher *m, const struct half *end, const struct half *head)
{
    const struct strip *last = &m->p->strips.at[end->strip], *first = &m->p->strips.at[head->strip];
    if (head->strip <= end->strip || head->strip - end->strip > (uint32_t)FAR)
        return NEVER;
    if (!end->sure && head->strip - end->strip > (uint32_t)NEAR)
        return NEVER;
    int weight = (end->sure ? 2 : -2) + (head->sure ? 2 : 0);
    weight += end->sure && is_next(m->p, end->strip, head->strip) ? 3 : 0;
    if (end->width > 0 && head->width > 0) {
        uint32_t apart =
            end->width > head->width ? end->width - head->width : head->width - end->width;
        if (apart > (uint32_t)OTHER_WIDTH + last->marks)
            return NEVER;
        weight += apart <= (uint32_t)SAME_WIDTH;
    }
    weight -= head->under_head ? 2 : 0;
    weight += end->sure && head->under_picture ? 2 : 0;
    if (first->begins_inside)
        weight += last->ending == END_OPEN ? 2 : -4;
    if (last->ending == END_OPEN)
        weight += weigh_word(m, end, head) + weigh_figure(m, end, head);
    weight += weigh_quotes(m, end, head);
    return weight + weigh_topic(end, head);
}

/* Gives ends and beginnings to one another: best[mask] is the most that the beginnings so far weigh
 * with the ends of the mask. */
static void solve(struct matcher *m, int8_t match[PAIRS_MOST])
{
    enum { MASKS = 1 << PAIRS_MOST };
    static const int16_t none = INT16_MIN / 2;
    int16_t best[PAIRS_MOST + 1][MASKS];
    int8_t chosen[PAIRS_MOST + 1][MASKS];
    uint32_t masks = 1u << m->n_ends;
    for (uint32_t mask = 0; mask < masks; mask++)
        best[0][mask] = mask == 0 ? 0 : none;
    for (uint32_t h = 0; h < m->n_heads; h++) {
        int weights[PAIRS_MOST];
        for (uint32_t e = 0; e < m->n_ends; e++)
            weights[e] = weigh(m, &m->ends[e], &m->heads[h]);
        for (uint32_t mask = 0; mask < masks; mask++) {
            best[h + 1][mask] = best[h][mask];
            chosen[h + 1][mask] = -1;
            for (uint32_t e = 0; e < m->n_ends; e++) {
                if ((mask >> e & 1) == 0 || weights[e] < LEAST)
                    continue;
                int total = best[h][mask & ~(1u << e)] + weights[e];
                if (total > best[h + 1][mask]) {
                    best[h + 1][mask] = (int16_t)total;
                    chosen[h + 1][mask] = (int8_t)e;
                }
            }
        }
    }
    uint32_t mask = 0;
    for (uint32_t k = 1; k < masks; k++)
        mask = best[m->n_heads][k] > best[m->n_heads][mask] ? k : mask;
    for (uint32_t h = m->n_heads; h > 0; h--) {
        match[h - 1] = chosen[h][mask];
        if (match[h - 1] >= 0)
            mask &= ~(1u << match[h - 1]);
    }
}

static void settle(struct matcher *m)
{
    struct page *p = m->p;
    int8_t match[PAIRS_MOST];
    if (m->n_ends > 0 && m->n_heads > 0) {
        solve(m, match);
        uint32_t taken = 0;
        for (uint32_t h = 0; h < m->n_heads; h++) {
            if (match[h] < 0)
                continue;
            const struct half *end = &m->ends[match[h]];
            taken |= 1u << match[h];
            struct seam seam = {end->strip, m->heads[h].strip, NONE};
            if (p->strips.at[seam.end].seam > 0 || p->strips.at[seam.head].seam > 0)
                continue;
            vector_push(p->arena, &p->seams, seam);
            p->strips.at[seam.end].seam = p->strips.at[seam.head].seam = (uint32_t)p->seams.n;
        }
        uint32_t kept = 0;
        for (uint32_t e = 0; e < m->n_ends; e++)
            if ((taken >> e & 1) == 0 && m->ends[e].sure) {
                struct half end = m->ends[e];
                m->ends[e] = m->ends[kept]; /* its pairs have room for another's */
                m->ends[kept++] = end;
            }
        m->n_ends = kept < PAIRS_MOST / 2 ? kept : 0;
    }
    m->n_heads = 0;
}

/* A line with a sentence, which no headline is. */
static bool has_sentence(const struct strip *s)
{
    return s->stop != 0 || s->commas > 0 || s->ending == END_STOP;
}

static void add_end(struct matcher *m, struct run r)
{
    struct page *p = m->p;
    const struct strip *s = &p->strips.at[r.end - 1];
    bool full = strip_is_full(s) ||
                (r.width > 0 && r.end - r.first >= 3 && full_width(s) + FULL_SLACK >= r.width);
    bool open = s->ending == END_OPEN || s->ending == END_COMMA;
    bool inside = r.end - r.first >= 2 || has_sentence(s);
    if (!full || !inside || strip_is_numbered(s) ||
        !(open || (p->indents && s->ending == END_STOP)) || (r.end - r.first == 1 && !s->wrapped))
        return;
    if (m->n_ends > 0 && r.end - 1 - m->ends[m->n_ends - 1].strip > (uint32_t)FAR)
        settle(m), m->n_ends = 0;
    if (m->n_ends == (uint32_t)PAIRS_MOST)
        settle(m);
    if (m->n_ends == (uint32_t)PAIRS_MOST)
        m->n_ends = 0;
    struct half *h = &m->ends[m->n_ends++];
    uint32_t start = p->strips.at[r.first].start;
    h->strip = r.end - 1;
    h->width = r.width;
    h->sure = open;
    h->under_head = false;
    h->context = str_sub(p->text, s->end > start + CONTEXT ? s->end - CONTEXT : start, s->end);
    while (h->context.n > 0 && ((unsigned char)h->context.p[0] & 0xC0) == 0x80)
        h->context = str_sub(h->context, 1, h->context.n);
    if (h->pairs == NULL)
        h->pairs = arena_new_of(p->arena, struct pair_set);
    pair_set_fill(h->pairs, h->context);
}

/* Whether a paragraph may begin otherwise than run r does, so that it may go on with another. */
static bool may_go_on(const struct page *p, struct run r)
{
    const struct strip *s = &p->strips.at[r.first];
    struct str text = strip_words(p, s);
    if (s->ordinal.kind != ORDINAL_NONE || s->ornament || s->labelled || s->listed ||
        s->ending == END_COLON || (p->indents && strip_is_indented(s)) ||
        (p->lost_indents && strip_is_first(p, s)))
        return false;
    if (text_opens_news(p, text) || word_at_start(p->marks, text, "note") != NULL)
        return false;
    if (r.end - r.first == 1)
        return s->ending == END_STOP || s->stop != 0 || (s->begins_inside && has_sentence(s));
    return has_sentence(s) || full_width(s) + FULL_SLACK >= r.width;
}

/* What stands over an article, and so over no second half; who took a picture stands under it. */
static bool is_of_head(const struct page *p, const struct strip *s)
{
    return s->kind == STRIP_TITLE || s->kind == STRIP_SPEAKER ||
           (s->kind == STRIP_BYLINE && strip_credit(p, s) != CREDIT_PHOTO);
}

static void add_head(struct matcher *m, struct run r)
{
    struct page *p = m->p;
    const struct strip *s = &p->strips.at[r.first], *before = r.first > 0 ? s - 1 : NULL;
    if (m->n_ends == 0 || !may_go_on(p, r))
        return;
    /* What only furniture parts needs no weighing where nothing else stands open. */
    uint32_t sure = 0;
    for (uint32_t e = 0; e < m->n_ends; e++)
        sure += m->ends[e].sure;
    if (sure == 1 && m->n_heads == 0 && m->ends[m->n_ends - 1].sure &&
        is_next(p, m->ends[m->n_ends - 1].strip, r.first)) {
        m->n_ends = 0;
        return;
    }
    if (m->n_heads == (uint32_t)PAIRS_MOST)
        settle(m);
    struct half *h = &m->heads[m->n_heads++];
    h->strip = r.first;
    h->width = r.end - r.first >= 2 || r.width > 0 ? r.width : 0;
    h->sure = p->indents || p->lost_indents;
    if (!p->indents && strip_opens_with(p, s, "opener") != NULL)
        h->sure = false;
    h->under_head = before != NULL && is_of_head(p, before);
    h->under_picture = before != NULL && !h->under_head &&
                       (before->kind == STRIP_BYLINE || before->kind == STRIP_CAPTION);
    uint32_t last = r.first;
    while (last + 1 < r.end && !strip_is_indented(&p->strips.at[last + 1]) &&
           p->strips.at[last + 1].end - s->start < CONTEXT)
        last++;
    h->context = str_sub(p->text, s->start, p->strips.at[last].end);
}

/* Where in run r, below a full line that ends a sentence, a word goes on that an end cut in two: a
 * paragraph that has ended may look as if it went on there. Else the end of r. */
static uint32_t cut_word_at(const struct matcher *m, struct run r)
{
    const struct page *p = m->p;
    for (uint32_t k = r.first + 1; p->indents && m->n_ends > 0 && k < r.end; k++) {
        const struct strip *s = &p->strips.at[k];
        if (strip_is_indented(s) || s[-1].ending != END_STOP || s->begins_inside)
            continue;
        struct half head = {.strip = k, .context = strip_text(p, s)};
        for (uint32_t e = 0; e < m->n_ends; e++)
            if (m->ends[e].sure && p->strips.at[m->ends[e].strip].ending == END_OPEN &&
                weigh_word(m, &m->ends[e], &head) > 0)
                return k;
    }
    return r.end;
}

void page_find_seams(struct page *p)
{
    struct matcher m = {.p = p};
    m.words = lexicons_get(p->options->lexicons, LEXICON_WORDS);
    m.units = lexicons_get(p->options->lexicons, LEXICON_UNITS);
    for (uint32_t i = 0; i < p->strips.n; i++) {
        if (p->strips.at[i].kind != STRIP_TEXT)
            continue;
        struct run r = run_at(p, i);
        r.end = cut_word_at(&m, r);
        add_head(&m, r);
        add_end(&m, r);
        i = r.end - 1;
    }
    settle(&m);
}
