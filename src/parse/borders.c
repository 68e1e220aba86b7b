/* Where one article ends and the next begins though no byline stands between: what closed the piece
 * above, what the lines of the next one's headline are, how far it stands off. */
#include "parse/credits.h"
#include "parse/drafts.h"
#include "parse/pairs.h"

/* The blank lines of a page whose paragraphs stand evenly: between paragraphs, at least before
 * other short lines, and (where byline or speaker make it sure) before headlines. */
void borders_measure(struct maker *m)
{
    enum { EVEN_LEAST = 3, GAPS = 8 };
    struct page *p = m->page;
    uint32_t gaps[GAPS] = {0}, pairs = 0;
    for (uint32_t i = 1; i < p->blocks.n; i++) {
        const struct block *b = block_at(m, i), *before = b - 1;
        if (b->kind != BLOCK_BODY || before->kind != BLOCK_BODY || b->cut_before)
            continue;
        gaps[b->blanks < GAPS ? b->blanks : GAPS - 1]++;
        pairs++;
    }
    uint32_t usual = 0;
    for (uint32_t k = 1; k < GAPS; k++)
        usual = gaps[k] > gaps[usual] ? k : usual;
    m->even = pairs >= EVEN_LEAST && gaps[usual] * 10 >= pairs * 9;
    m->usual_gap = (uint16_t)usual;
    m->headline_gap = m->crosshead_gap = UINT16_MAX;
    for (uint32_t i = 1; i < p->blocks.n; i++) {
        const struct block *b = block_at(m, i), *before = b - 1;
        bool sure = b->kind == BLOCK_TITLE && !block_is_headish(before) && !block_is_aside(before);
        if (sure && b->blanks < m->headline_gap)
            m->headline_gap = b->blanks;
        bool short_line = b->kind == BLOCK_SHORT && before->kind == BLOCK_BODY && !b->inside &&
                          i + 1 < p->blocks.n && b[1].kind == BLOCK_BODY &&
                          b[1].blanks <= m->usual_gap;
        if (short_line && b->blanks < m->crosshead_gap)
            m->crosshead_gap = b->blanks;
    }
}

/* Dashes before its words, or an office: lines that stand below a headline and nowhere else. */
static bool is_below_line(struct maker *m, const struct strip *s)
{
    struct str text = strip_words(m->page, s);
    enum head_line kind = head_line_kind(m, s);
    if (kind == HEAD_SUB)
        return !text_is_dateline(text) || s->blanks == 0;
    return kind == HEAD_NAMES && s->width <= 44 && !str_has(text, STR("："));
}

/* A subtitle or who wrote it stands among the lines of blocks [i, end), below the first. */
static bool has_below_line(struct maker *m, uint32_t i, uint32_t end)
{
    struct page *p = m->page;
    for (uint32_t k = i; k < end; k++) {
        const struct block *b = block_at(m, k);
        if (!block_is_headish(b))
            continue;
        for (uint32_t at = b->first; at != NONE; at = p->strips.at[at].next)
            if ((k > i || at != b->first) && is_below_line(m, &p->strips.at[at]))
                return true;
    }
    return false;
}

/* 近日, 7月1日: news begins so, a part of a longer piece hardly. */
static bool opens_with_time(struct maker *m, struct str text)
{
    enum { DATE_BYTES = 18 };
    const struct lexicon_entry *e = word_at_start(m->page->marks, text, "opener");
    if (e != NULL && lexicon_flag(e, "day"))
        return true;
    struct str head = str_sub(text, 0, DATE_BYTES);
    size_t month = str_find(head, STR("月"), 0);
    return point_is_digit(utf8_at(text, 0)) && month != STR_NONE && month <= 2 &&
           str_has(head, STR("日"));
}

/* 老手艺 / 遇上新设备, and 小作坊 / 变身产业园 further on: lines set alike are the cross-heads of
 * one piece. */
static bool in_series(struct maker *m, const struct block *b)
{
    enum { BLOCKS_MOST = 24 };
    const struct block *at = m->page->blocks.at, *end = at + m->page->blocks.n;
    if (b->n_strips != 2)
        return false;
    for (int step = -1; step <= 1; step += 2)
        for (const struct block *o = b + step;
             o >= at && o < end && o - b <= BLOCKS_MOST && b - o <= BLOCKS_MOST &&
             o->kind != BLOCK_TITLE && o->kind != BLOCK_BYLINE;
             o += step)
            if (o->kind == BLOCK_SHORT && o->n_strips == b->n_strips)
                return true;
    return false;
}

/* As far from what is below it as from what is above, or nearly: a picture's words. */
static bool is_apart(const struct maker *m, const struct block *b, const struct block *body)
{
    unsigned below = b->after > body->blanks ? b->after : body->blanks;
    return b->blanks > 1 && below > 1 && below > m->usual_gap && below * 2 > b->blanks;
}

/* Below the gap of a picture, with words of the piece above and none of what follows: what the
 * picture shows. A headline has words of its own piece. */
static bool tells_of_above(struct maker *m, const struct draft *d, const struct block *b,
                           uint32_t next)
{
    enum { ABOVE_MOST = 6, BELOW_MOST = 3, CHARS = 1200 };
    unsigned above = 0, below = 0;
    if (b->blanks < m->page->gap || b->n_strips != 1)
        return false;
    for (size_t k = 0; k < d->body.n && k < ABOVE_MOST; k++) {
        const struct block *o = block_at(m, d->body.at[d->body.n - 1 - k]);
        above += pairs_shared(b->prose.text, str_sub(o->prose.text, 0, CHARS));
    }
    for (unsigned k = 0; k < BELOW_MOST && next + k < m->page->blocks.n; k++)
        below += pairs_shared(b->prose.text, str_sub(block_at(m, next + k)->prose.text, 0, CHARS));
    return above > 2 * below;
}

/* Stands off as the page's headlines do, and not as its paragraphs; a picture's words stand as far
 * from what is below them as from what is above. */
static bool stands_off(struct maker *m, const struct block *b, const struct block *body)
{
    enum { STANDS_OFF = 2 }; /* blank lines: one is left above a cross-head too */
    if (in_series(m, b))
        return false;
    if (!m->even || b->blanks <= m->usual_gap || is_apart(m, b, body))
        return false;
    bool after_text = b > m->page->blocks.at && b[-1].kind == BLOCK_BODY;
    if (after_text && b->blanks > m->crosshead_gap &&
        (body->blanks <= m->usual_gap || b->blanks >= STANDS_OFF))
        return true;
    return (b->blanks >= m->headline_gap && b->blanks >= STANDS_OFF) ||
           opens_with_time(m, body->prose.text);
}

/* 一、 under the short line, or a few paragraphs further down, where the piece above has its own: a
 * piece counts its parts once, unless short lines part it as they part this one. */
static bool counts_anew(struct maker *m, const struct draft *d, uint32_t next)
{
    enum { AHEAD = 8, BLOCKS_MOST = 400 };
    const struct block *heading = block_at(m, next);
    for (uint32_t n = 0; heading != NULL && heading->kind == BLOCK_BODY && n < AHEAD; n++)
        heading = block_at(m, block_significant(m, ++next));
    if (heading == NULL || heading->kind != BLOCK_HEADING || heading->ordinal.value != 1 ||
        heading->ordinal.kind == ORDINAL_NONE)
        return false;
    bool counted = false;
    for (size_t i = d->body.n, n = 0; i-- > 0 && n < BLOCKS_MOST; n++) {
        const struct block *b = block_at(m, d->body.at[i]);
        if (b->kind == BLOCK_SHORT ||
            (b->kind == BLOCK_HEADING && b->ordinal.kind < heading->ordinal.kind))
            return false;
        counted = counted || (b->kind == BLOCK_HEADING && b->ordinal.kind == heading->ordinal.kind);
    }
    return counted;
}

/* 2024年工作安排: the name of a part of a report. */
static bool names_part(struct maker *m, const struct block *b)
{
    return word_at_end(m->page->marks, b->prose.text, "head") != NULL;
}

/* …规划（节选） over 第一章 or 一、: the title of a paper, not of a part of one. */
static bool is_paper_over(struct maker *m, const struct block *b, const struct block *heading)
{
    enum { TITLE_CHARS = 8 };
    struct str text = b->prose.text;
    size_t open = str_find_last(text, STR("（"));
    if (str_ends(text, STR("）")) && open != STR_NONE && open > 0)
        text = str_sub(text, 0, open);
    return b->blanks > 0 && heading->ordinal.value == 1 && heading->ordinal.kind <= ORDINAL_HAN &&
           heading->ordinal.kind != ORDINAL_NONE && utf8_count(text) >= TITLE_CHARS &&
           word_at_end(m->page->marks, text, "title") != NULL && !names_part(m, b);
}

/* 陈小满：四十年守着一座桥: the name that a headline begins with; empty where it begins with none.
 */
static struct str named_first(struct maker *m, const struct block *b)
{
    enum { NAME_BYTES = 12 };
    struct str text = b->prose.text;
    text = str_sub(text, ornament_length(m->page, text), text.n);
    size_t colon = str_find(str_sub(text, 0, NAME_BYTES + strlen("：")), STR("："), 0);
    if (b->kind != BLOCK_SHORT || colon == STR_NONE || colon == 0 ||
        colon + strlen("：") == text.n || !credit_is_name(m->page, str_sub(text, 0, colon)))
        return (struct str){NULL, 0};
    return str_sub(text, 0, colon);
}

/* A line with a person's name of whom the piece above says nothing, and whom the paragraph below
 * begins with. Several such lines are the parts of one piece about them all. */
static bool opens_profile(struct maker *m, const struct draft *d, uint32_t i,
                          const struct block *body)
{
    enum { HEAD_BYTES = 90, BLOCKS_MOST = 48 };
    const struct block *at = m->page->blocks.at, *b = &at[i];
    struct str name = named_first(m, b);
    if (name.n == 0 || b->blanks == 0 || !str_has(str_sub(body->prose.text, 0, HEAD_BYTES), name) ||
        str_has(d->article.title.text, name))
        return false;
    for (size_t k = 0, n = d->body.n < BLOCKS_MOST ? d->body.n : BLOCKS_MOST; k < n; k++) {
        const struct block *above = &at[d->body.at[d->body.n - 1 - k]];
        if (str_has(above->prose.text, name) || named_first(m, above).n > 0)
            return false;
    }
    for (uint32_t k = i + 1; k < m->page->blocks.n && k <= i + BLOCKS_MOST; k++) {
        if (at[k].kind == BLOCK_TITLE || at[k].kind == BLOCK_BYLINE)
            break;
        if (named_first(m, &at[k]).n > 0)
            return false;
    }
    return true;
}

/* 青屿镇简介 below what 云麓区简介 heads: of the same kind, about another place. */
static bool is_titled_alike(struct maker *m, const struct draft *d, const struct block *b)
{
    enum { NAME_BYTES = 9, KIND_BYTES = 6 };
    struct str own = d->article.title.text, text = b->prose.text;
    size_t same = 0;
    while (same + 3 <= own.n && same + 3 <= text.n &&
           memcmp(own.p + own.n - same - 3, text.p + text.n - same - 3, 3) == 0)
        same += 3;
    if (b->blanks == 0 || b->n_strips != 1 || b->after == 0 || b->commas > 0)
        return false;
    for (; same >= KIND_BYTES; same -= 3) { /* 区简介 is the same of both, and 简介 the kind */
        struct str place = str_sub(text, 0, text.n - same), ours = str_sub(own, 0, own.n - same);
        if (place.n >= NAME_BYTES && ours.n >= NAME_BYTES && !str_eq(place, ours) &&
            word_at_end(m->page->marks, place, "place") != NULL &&
            word_at_end(m->page->marks, ours, "place") != NULL)
            return true;
    }
    return false;
}

static bool is_labelled(const struct block *b)
{
    return b->kind == BLOCK_SHORT && str_starts(b->prose.text, STR("【")) &&
           str_ends(b->prose.text, STR("】"));
}

/* 【部门回应】 below 【读者来信】: the parts of one piece, whoever signs one of them. */
static bool is_part_among_such(struct maker *m, const struct draft *d, const struct block *b)
{
    enum { BLOCKS_MOST = 48 };
    bool among = false;
    for (size_t k = 0; is_labelled(b) && !among && k < d->body.n && k < BLOCKS_MOST; k++)
        among = is_labelled(block_at(m, d->body.at[d->body.n - 1 - k]));
    return among;
}

bool border_before(struct maker *m, const struct draft *d, uint32_t i)
{
    const struct block *b = block_at(m, i);
    uint32_t end = head_end(m, i), next = block_significant(m, end);
    const struct block *body = block_at(m, next);
    if (body == NULL || !d->titled || d->boxed || is_part_among_such(m, d, b))
        return false;
    if (!names_part(m, b) && counts_anew(m, d, next))
        return true;
    if (body->kind != BLOCK_BODY)
        return body->kind == BLOCK_HEADING &&
               (d->closed || has_below_line(m, i, end) || is_paper_over(m, b, body));
    if (!d->closed && !has_below_line(m, i, end))
        return (stands_off(m, b, body) && !tells_of_above(m, d, b, next)) ||
               is_titled_alike(m, d, b) || opens_profile(m, d, i, body);
    if (b->blanks < m->headline_gap)
        m->headline_gap = b->blanks;
    return true;
}
