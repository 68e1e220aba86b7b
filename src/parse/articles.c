/* Blocks to articles: where one ends and the next begins, its headline, byline, body and captions.
 *
 * A page is read once from top to bottom. What stands out of place is put right at the end: a body
 * whose headline follows it, a headline whose body is a piece from another page. */
#include "parse/page.h"

#include <stdlib.h>

typedef VECTOR(uint32_t) index_vector;

struct draft {
    struct article article;
    index_vector body; /* blocks in reading order */
    struct prose_list captions, byline_lines;
    struct credit_list credits;
    uint32_t first;        /* its first block: the order on the page */
    uint32_t kicker_block; /* the block of its kicker, or NONE */
    bool titled, fragment, heaped, boxed;
    bool signed_by; /* has a byline of its own line */
};

enum {
    TITLE_LINES = 6, /* lines of a headline */
    LOOK_AHEAD = 120 /* blocks that are looked at for what follows a headline */
};

struct maker {
    struct page *page;
    VECTOR(struct draft) drafts;
    uint32_t current;        /* a draft, or NONE */
    uint32_t main;           /* the last draft that is no box */
    uint32_t *owner;         /* of each block that stands in a body: its draft */
    struct prose_list early; /* captions before the first article */
};

static void push_prose(struct page *p, struct prose_list *list, struct prose prose)
{
    if (prose.text.n > 0)
        vector_push(p->arena, list, prose);
}

static struct draft *current(struct maker *m)
{
    return m->current == NONE ? NULL : &m->drafts.at[m->current];
}

static struct draft *new_draft(struct maker *m, uint32_t block)
{
    struct draft *d = vector_add(m->page->arena, &m->drafts);
    d->first = block;
    d->kicker_block = NONE;
    d->article.box_of = NONE;
    m->current = (uint32_t)m->drafts.n - 1;
    if (m->early.n > 0) {
        for (size_t i = 0; i < m->early.n; i++)
            push_prose(m->page, &d->captions, m->early.at[i]);
        m->early.n = 0;
    }
    m->main = m->current;
    return d;
}

static struct block *block_at(struct maker *m, uint32_t i)
{
    return i < m->page->blocks.n ? &m->page->blocks.at[i] : NULL;
}

/* Blocks that stand anywhere and mean nothing for their neighbours. */
static bool is_aside(const struct block *b)
{
    return b->kind == BLOCK_DROP || b->kind == BLOCK_FURNITURE || b->kind == BLOCK_CAPTION;
}

static uint32_t next_significant(struct maker *m, uint32_t i)
{
    while (i < m->page->blocks.n && is_aside(&m->page->blocks.at[i]))
        i++;
    return i;
}

static bool is_headish(const struct block *b)
{
    return b->kind == BLOCK_TITLE || b->kind == BLOCK_SHORT;
}

static void add_caption(struct maker *m, const struct block *b)
{
    struct draft *d = current(m);
    push_prose(m->page, d == NULL ? &m->early : &d->captions, b->prose);
}

/* Adds the credits of a byline block. */
static void add_byline(struct maker *m, struct draft *d, const struct block *b)
{
    d->signed_by = true;
    credits_read(m->page, b->prose.text, &d->credits);
    push_prose(m->page, &d->byline_lines, b->prose);
}

/* What a line of a headline is. */
enum head_line { HEAD_PLAIN, HEAD_MARKDOWN, HEAD_SUB, HEAD_NAMES, HEAD_NOTE };

/* 2026年2月3日在…会议上, （2024年3月8日）: a date with little else. */
static bool is_dateline(struct str text)
{
    size_t year = str_find(text, STR("年"), 0), day = str_find(text, STR("日"), 0);
    if (year == STR_NONE || day == STR_NONE || day < year || year < 4 || day > year + 24)
        return false;
    if (!point_is_any_digit((unsigned char)text.p[year - 1]) && year >= 3 &&
        !point_is_any_digit(utf8_at(text, year - 3)))
        return false;
    struct str rest = str_sub(text, day + 3, text.n);
    return year <= 24 && (rest.n <= 12 || str_starts(rest, STR("在")) || str_ends(rest, STR("上")));
}

/* 云泽市统计局: a body under a headline signs it. */
static bool is_issuer(const struct page *p, const struct strip *s)
{
    return s->width <= 44 && s->commas == 0 && s->figures == 0 && s->ending == END_OPEN &&
           s->gaps <= 1 && word_at_end(p->bylines, strip_words(p, s), "issuer") != NULL;
}

static enum head_line head_line_kind(struct maker *m, const struct strip *s)
{
    struct str text = strip_words(m->page, s);
    uint32_t c = utf8_at(text, 0);
    if (s->ordinal.kind == ORDINAL_MARKDOWN)
        return HEAD_MARKDOWN;
    if (c == 0x2014 || c == 0x2015 || c == 0x2500 || str_starts(text, STR("--")))
        return HEAD_SUB;
    if (is_dateline(text))
        return HEAD_SUB;
    enum credit_line credit = credit_line_kind(m->page, text);
    if (credit == CREDIT_NAMES || is_issuer(m->page, s))
        return HEAD_NAMES;
    if ((c == 0xFF08 || c == '(') && s->ending == END_BRACKET)
        return HEAD_NOTE;
    return HEAD_PLAIN;
}

/* 城里人当农夫 闲置地变宝地: two halves of one length, a line complete in itself. */
static bool is_parallel(struct str text)
{
    size_t space = str_find(text, STR(" "), 0);
    if (space == STR_NONE)
        space = str_find(text, STR("　"), 0);
    if (space == STR_NONE)
        return false;
    struct str right = str_trim(str_sub(text, space, text.n));
    size_t a = utf8_count(str_sub(text, 0, space)), b = utf8_count(right);
    return a >= 3 && a <= b + 1 && b <= a + 1;
}

/* A kicker that stands right above its headline: two parallel halves, or a series with its number.
 */
static bool is_kicker_line(const struct page *p, uint32_t strip)
{
    struct str text = strip_text(p, &p->strips.at[strip]);
    size_t end = text.n;
    uint32_t last = utf8_previous(text, &end);
    return (last >= 0x2460 && last <= 0x2473) || is_parallel(text);
}

struct head {
    index_vector title, kicker, sub; /* strips */
    index_vector names, rest;
    uint32_t kicker_block;
};

static struct prose set_strips(struct page *p, const index_vector *strips)
{
    struct span *spans = arena_array(p->arena, struct span, strips->n);
    size_t n = 0;
    for (size_t i = 0; i < strips->n; i++) {
        const struct strip *s = &p->strips.at[strips->at[i]];
        struct str text = strip_text(p, s);
        size_t skip = s->ordinal.kind == ORDINAL_MARKDOWN ? s->ordinal.length : 0;
        skip += ornament_length(p, str_sub(text, skip, text.n));
        while (skip < text.n && text.p[skip] == ' ')
            skip++;
        spans[n++] = (struct span){s->start + skip, s->end};
    }
    return prose_set(p, spans, n, PROSE_DISPLAY);
}

/* Sorts the lines of a headline's block into title, kicker, subtitle. */
static void read_head_block(struct maker *m, struct head *h, uint32_t block,
                            const struct block *next)
{
    bool speech = next != NULL && next->kind == BLOCK_SPEAKER;
    bool is_signed = speech || (next != NULL && next->kind == BLOCK_BYLINE);
    struct page *p = m->page;
    struct block *b = &p->blocks.at[block];
    bool below = h->sub.n > 0 || h->names.n > 0;
    for (uint32_t i = b->first; i != NONE; i = p->strips.at[i].next) {
        const struct strip *s = &p->strips.at[i];
        enum head_line kind = head_line_kind(m, s);
        const struct strip *before = i != b->first ? s - 1 : NULL;
        bool runs_on = before != NULL && before->wrapped && before->width + 5 >= before->measure;
        if ((h->title.n == 0 && kind != HEAD_MARKDOWN) || (kind == HEAD_NAMES && is_signed))
            kind = HEAD_PLAIN;
        if (runs_on && kind != HEAD_MARKDOWN && h->sub.n > 0 && vector_last(&h->sub) == i - 1) {
            vector_push(p->arena, &h->sub, i);
            continue;
        }
        if (kind == HEAD_SUB && h->title.n > 0 && h->sub.n == 0) {
            vector_push(p->arena, &h->sub, i);
            below = true;
        } else if (kind == HEAD_NAMES || kind == HEAD_NOTE) {
            vector_push(p->arena, &h->names, i);
            below = true;
        } else if (below || h->title.n >= TITLE_LINES) {
            vector_push(p->arena, &h->rest, i);
        } else {
            bool same_block = i != b->first;
            bool kicks = h->title.n > 0 && !speech && kind != HEAD_SUB && !runs_on &&
                         (!same_block || (h->title.n == 1 && is_kicker_line(p, h->title.at[0])));
            if (kicks) {
                for (size_t k = 0; k < h->kicker.n; k++)
                    vector_push(p->arena, &h->rest, h->kicker.at[k]);
                h->kicker = h->title;
                h->kicker_block = block - (same_block ? 0 : 1);
                h->title = (index_vector){0};
            }
            vector_push(p->arena, &h->title, i);
            below = kind == HEAD_MARKDOWN;
        }
    }
}

static struct prose without_dashes(struct page *p, struct prose prose)
{
    size_t at = 0;
    for (size_t after = 0; after < prose.text.n; at = after) {
        uint32_t c = utf8_next(prose.text, &after);
        if (c != 0x2014 && c != 0x2015 && c != 0x2500 && c != '-' && !point_is_space(c))
            break;
    }
    return prose_sub(p->arena, &prose, at, prose.text.n);
}

static void set_head(struct maker *m, struct draft *d, struct head *h)
{
    struct page *p = m->page;
    d->article.title = set_strips(p, &h->title);
    d->article.kicker = set_strips(p, &h->kicker);
    d->article.subtitle = without_dashes(p, set_strips(p, &h->sub));
    d->kicker_block = h->kicker.n > 0 ? h->kicker_block : NONE;
    d->titled = d->article.title.text.n > 0;
    for (size_t i = 0; i < h->names.n; i++) {
        index_vector one = {&h->names.at[i], 1, 1};
        struct prose line = set_strips(p, &one);
        if (line.text.n > 0 && line.text.p[0] != '(' && !str_starts(line.text, STR("（")))
            credits_read(p, line.text, &d->credits);
        push_prose(p, &d->byline_lines, line);
    }
    for (size_t i = 0; i < h->rest.n; i++) {
        index_vector one = {&h->rest.at[i], 1, 1};
        push_prose(p, &d->captions, set_strips(p, &one));
    }
}

/* Reads the headline of blocks [*i, …) that are titles or short lines, up to what ends it; leaves
 * *i at the last block taken. With only_titles, short lines below end it. */
static void read_head(struct maker *m, struct draft *d, uint32_t *i, uint32_t end)
{
    struct head h = {.kicker_block = NONE};
    const struct block *next = block_at(m, next_significant(m, end));
    for (uint32_t k = *i; k < end; k++) {
        const struct block *b = block_at(m, k);
        if (is_headish(b))
            read_head_block(m, &h, k, next);
        else if (b->kind != BLOCK_DROP)
            push_prose(m->page, &d->captions, b->prose);
    }
    set_head(m, d, &h);
    *i = end - 1;
}

/* Whether body follows block i before another headline or the end. */
static bool body_follows(struct maker *m, uint32_t i)
{
    uint32_t headings = 0, end = i + LOOK_AHEAD;
    const struct block *heading = NULL;
    for (; i < m->page->blocks.n; i++) {
        if (i == end)
            return true;
        const struct block *b = block_at(m, i);
        if (b->kind == BLOCK_BODY || b->kind == BLOCK_ROW)
            return true;
        if (b->kind == BLOCK_TITLE || (b->kind == BLOCK_SHORT && headings > 0))
            return false;
        headings += b->kind == BLOCK_HEADING;
        if (b->kind == BLOCK_HEADING && heading != NULL &&
            heading->ordinal.kind == b->ordinal.kind && heading->ordinal.value < b->ordinal.value)
            return false; /* a heap of headings */
        heading = b->kind == BLOCK_HEADING ? b : heading;
    }
    return false;
}

/* The end of the run of headline blocks that begins at i. */
static uint32_t head_end(struct maker *m, uint32_t i)
{
    uint32_t end = i + 1;
    bool markdown = false, named = false;
    for (uint32_t k = i; k < m->page->blocks.n; k++) {
        const struct block *b = block_at(m, k);
        bool mark = b->kind == BLOCK_TITLE && b->ordinal.kind == ORDINAL_MARKDOWN;
        if (is_aside(b))
            continue;
        if (!is_headish(b) || (mark && markdown) || (b->blanks >= m->page->gap && k > i))
            break;
        enum head_line kind = head_line_kind(m, &m->page->strips.at[b->first]);
        if (b->kind == BLOCK_SHORT &&
            ((markdown && kind == HEAD_PLAIN) || (named && kind != HEAD_NOTE)))
            break;
        named = named || (k > i && kind == HEAD_NAMES);
        markdown = markdown || mark;
        end = k + 1;
    }
    return end;
}

static void take_title(struct maker *m, uint32_t *i)
{
    uint32_t start = *i, end = head_end(m, start);
    struct draft *d = current(m);
    bool bodied = d != NULL && d->body.n > 0;
    if (bodied && !d->titled && !body_follows(m, end)) {
        read_head(m, d, i, end); /* the headline of the body above */
        return;
    }
    if (d == NULL || d->titled || bodied)
        d = new_draft(m, start);
    read_head(m, d, i, end);
}

static void take_byline(struct maker *m, uint32_t i)
{
    const struct block *b = block_at(m, i);
    struct draft *d = current(m);
    bool opens = d == NULL || (d->body.n > 0 && d->titled && d->credits.n > 0 && !d->heaped &&
                               body_follows(m, i + 1));
    if (opens)
        d = new_draft(m, i);
    add_byline(m, d, b);
}

static bool ends_with_photo_credit(struct maker *m, uint32_t i)
{
    const struct block *b = block_at(m, i);
    const struct block *next = block_at(m, i + 1);
    if (b == NULL || b->kind != BLOCK_BODY)
        return false;
    struct str credit;
    if (credits_at_end(m->page, &b->prose, &credit) != STR_NONE)
        return credit_line_kind(m->page, credit) == CREDIT_PHOTO;
    return next != NULL && next->kind == BLOCK_BYLINE &&
           credit_line_kind(m->page, next->prose.text) == CREDIT_PHOTO;
}

/* A box with an article of its own: 领导点评, 采访札记. */
static bool is_box(struct maker *m, const struct block *b)
{
    struct str text = b->prose.text;
    struct str inner = str_trim(str_sub(text, ornament_length(m->page, text), text.n));
    const struct lexicon_entry *e = lexicon_find(m->page->marks, inner);
    return e != NULL && lexicon_flag(e, "box") && b->n_strips == 1;
}

static void take_box(struct maker *m, uint32_t *i)
{
    uint32_t main = m->main;
    struct block *label = block_at(m, *i);
    struct draft *d = new_draft(m, *i);
    d->boxed = true;
    d->article.box_of = main;
    m->main = main;
    push_prose(m->page, &d->captions, label->prose);
    uint32_t start = next_significant(m, *i + 1);
    const struct block *next = block_at(m, start);
    if (next == NULL || !is_headish(next))
        return;
    *i = start;
    read_head(m, d, i, head_end(m, start));
}

static bool is_part(struct maker *m, const struct block *b)
{
    const struct strip *s = &m->page->strips.at[b->first];
    const struct lexicon_entry *e = lexicon_find(m->page->marks, strip_words(m->page, s));
    return e != NULL && lexicon_flag(e, "part");
}

/* A short line below a headline and above its body: byline, subtitle, cross-head or caption. */
static bool take_below_head(struct maker *m, struct draft *d, uint32_t i, bool last)
{
    struct page *p = m->page;
    const struct block *b = block_at(m, i);
    enum head_line kind = head_line_kind(m, &p->strips.at[b->first]);
    if (kind == HEAD_NAMES && d->credits.n == 0) {
        add_byline(m, d, b);
        return true;
    }
    if (kind == HEAD_NOTE && d->credits.n > 0 && d->body.n == 0) {
        push_prose(p, &d->byline_lines, b->prose);
        return true;
    }
    if (kind == HEAD_SUB && d->article.subtitle.text.n == 0) {
        d->article.subtitle = without_dashes(p, b->prose);
        return true;
    }
    if (!last) {
        push_prose(p, &d->captions, b->prose);
        return true;
    }
    return false;
}

/* Whether a short block above body is the headline of a new article without byline. */
static bool opens_article(struct maker *m, const struct draft *d, uint32_t next)
{
    const struct block *b = block_at(m, next);
    if (b == NULL || b->kind != BLOCK_BODY)
        return false;
    if (word_at_start(m->page->marks, b->prose.text, "news") != NULL)
        return true;
    (void)d;
    return ends_with_photo_credit(m, next);
}

/* Pictures leave gaps: a short line after one is its caption. Of several, the last that stands
 * right above a paragraph is the cross-head that followed the pictures. */
static bool stands_under_picture(struct maker *m, uint32_t i)
{
    const struct block *b = block_at(m, i), *before = i > 0 ? b - 1 : NULL;
    unsigned gap = m->page->gap;
    if (b->blanks < gap)
        return false;
    return before == NULL || before->blanks < gap || b->after >= gap ||
           (before->kind != BLOCK_SHORT && before->kind != BLOCK_CAPTION);
}

/* Whether the short lines from block i on are the headline of an article without a byline of the
 * usual form: kicker and headline above 本报讯, a headline and a name. */
static bool heads_article(struct maker *m, uint32_t i)
{
    uint32_t end = head_end(m, i), next = next_significant(m, end);
    const struct block *b = block_at(m, i), *body = block_at(m, next), *last = block_at(m, end - 1);
    if (end - i < 2 || end - i > 3 || body == NULL || body->kind != BLOCK_BODY ||
        (b->blanks >= m->page->gap && b->after >= m->page->gap))
        return false;
    if (word_at_start(m->page->marks, body->prose.text, "news") != NULL)
        return true;
    const struct strip *s = &m->page->strips.at[last->first];
    return last->kind == BLOCK_SHORT && last->n_strips == 1 && s->width <= 24 &&
           credit_line_kind(m->page, strip_words(m->page, s)) == CREDIT_NAMES;
}

/* 青屿镇人民政府 / 2024年4月28日: who signs and when, under the last paragraph. */
static bool take_signature(struct maker *m, struct draft *d, uint32_t i)
{
    struct page *p = m->page;
    const struct block *b = block_at(m, i);
    unsigned dates = 0, issuers = 0;
    for (uint32_t k = b->first; k != NONE; k = p->strips.at[k].next) {
        const struct strip *s = &p->strips.at[k];
        bool date = is_dateline(strip_words(p, s)), issuer = is_issuer(p, s);
        dates += date;
        issuers += issuer;
        if (!date && !issuer && head_line_kind(m, s) != HEAD_NOTE)
            return false;
    }
    if (dates == 0 && (issuers == 0 || d->credits.n > 0))
        return false;
    for (uint32_t k = b->first; k != NONE; k = p->strips.at[k].next) {
        index_vector one = {&k, 1, 1};
        struct prose line = set_strips(p, &one);
        if (is_issuer(p, &p->strips.at[k]) && d->credits.n == 0)
            credits_read(p, line.text, &d->credits);
        push_prose(p, &d->byline_lines, line);
    }
    return true;
}

static void take_short(struct maker *m, uint32_t *i)
{
    struct page *p = m->page;
    struct block *b = block_at(m, *i);
    struct draft *d = current(m);
    uint32_t next = next_significant(m, *i + 1);
    const struct block *following = block_at(m, next);
    bool bodied = d != NULL && d->body.n > 0;
    bool last = following == NULL || !is_headish(following);
    if (b->inside) {
        add_caption(m, b);
    } else if (is_box(m, b)) {
        take_box(m, i);
    } else if (d == NULL || (!bodied && !d->titled)) {
        if (d == NULL)
            d = new_draft(m, *i);
        read_head(m, d, i, head_end(m, *i));
    } else if (following != NULL && following->kind == BLOCK_TITLE &&
               (following->blanks < p->gap || following->ordinal.kind == ORDINAL_MARKDOWN) &&
               (bodied || following->ordinal.kind == ORDINAL_MARKDOWN)) {
        if (b->blanks >= p->gap && following->ordinal.kind != ORDINAL_MARKDOWN)
            add_caption(m, b);
        else
            take_title(m, i);
    } else if (bodied && heads_article(m, *i)) {
        take_title(m, i);
    } else if (!bodied) {
        if (!take_below_head(m, d, *i, last && following != NULL))
            vector_push(p->arena, &d->body, *i);
    } else if (is_part(m, b)) {
        vector_push(p->arena, &d->body, *i);
    } else if ((following == NULL || following->kind == BLOCK_TITLE) && take_signature(m, d, *i)) {
        return;
    } else if (last && opens_article(m, d, next)) {
        d = new_draft(m, *i);
        read_head(m, d, i, *i + 1);
    } else if (!d->titled && !body_follows(m, *i + 1)) {
        read_head(m, d, i, head_end(m, *i));
    } else if (!last || following == NULL || stands_under_picture(m, *i) ||
               following->kind == BLOCK_BYLINE || following->kind == BLOCK_SPEAKER ||
               following->kind == BLOCK_TITLE) {
        add_caption(m, b);
    } else {
        vector_push(p->arena, &d->body, *i);
    }
}

/* The tail of a draft's blocks is a heap: two or more headings of one kind with nothing between,
 * after body. */
static bool ends_with_heap(struct maker *m, const struct draft *d)
{
    size_t n = d->body.n, run = 0;
    uint8_t kind = ORDINAL_NONE;
    while (n > 0) {
        const struct block *b = block_at(m, d->body.at[n - 1]);
        if (b->kind != BLOCK_HEADING || (run > 0 && b->ordinal.kind != kind))
            break;
        kind = b->ordinal.kind;
        run++;
        n--;
    }
    return run >= 2 && n > 0;
}

static void take_body(struct maker *m, uint32_t i)
{
    struct page *p = m->page;
    struct block *b = block_at(m, i);
    struct draft *d = current(m);
    const struct block *last =
        d != NULL && d->body.n > 0 ? block_at(m, d->body.at[d->body.n - 1]) : NULL;
    bool after_heap = d != NULL && b->kind == BLOCK_BODY && ends_with_heap(m, d) &&
                      b->ordinal.kind == ORDINAL_NONE;
    bool fragment = b->cut_before && last != NULL && last->ending == END_STOP &&
                    last->kind == BLOCK_BODY && d->titled;
    if (d == NULL || after_heap || fragment) {
        if (after_heap)
            d->heaped = true;
        d = new_draft(m, i);
        d->fragment = fragment || b->cut_before;
    }
    m->owner[i] = m->current;
    if (b->kind == BLOCK_BODY) {
        struct str credit;
        credits_of_dateline(p, &b->prose, &d->credits);
        size_t at = credits_at_end(p, &b->prose, &credit);
        if (at != STR_NONE) {
            struct prose tail = prose_sub(p->arena, &b->prose, at, b->prose.text.n);
            b->prose = prose_sub(p->arena, &b->prose, 0, at);
            credits_read(p, credit, &d->credits);
            push_prose(p, &d->byline_lines, tail);
        }
    }
    vector_push(p->arena, &d->body, i);
}

/* 各位代表：opens a speech: a sentence or two above it tell of a picture. */
static void set_speech(struct maker *m, struct draft *d)
{
    enum { ABOVE_MOST = 3, CAPTION_BYTES = 3 * 90 };
    struct page *p = m->page;
    size_t at = 0;
    while (at < d->body.n && at <= ABOVE_MOST) {
        const struct block *b = block_at(m, d->body.at[at]);
        if (b->kind == BLOCK_BODY && b->ending == END_COLON && b->prose.text.n <= CAPTION_BYTES &&
            word_at_start(p->marks, b->prose.text, "salute") != NULL)
            break;
        if (b->kind != BLOCK_BODY || b->prose.text.n > CAPTION_BYTES)
            return;
        at++;
    }
    if (at == 0 || at > ABOVE_MOST || at >= d->body.n)
        return;
    for (size_t i = 0; i < at; i++)
        push_prose(p, &d->captions, block_at(m, d->body.at[i])->prose);
    d->body.n -= at;
    memmove(d->body.at, d->body.at + at, d->body.n * sizeof *d->body.at);
}

static void read_blocks(struct maker *m)
{
    for (uint32_t i = 0; i < m->page->blocks.n; i++) {
        struct block *b = block_at(m, i);
        if (b->follows != NONE && m->owner[b->follows] != NONE)
            m->current = m->owner[b->follows];
        switch (b->kind) {
        case BLOCK_DROP:
            break;
        case BLOCK_FURNITURE:
        case BLOCK_CAPTION:
            add_caption(m, b);
            break;
        case BLOCK_TITLE:
            take_title(m, &i);
            break;
        case BLOCK_BYLINE:
        case BLOCK_SPEAKER:
            take_byline(m, i);
            break;
        case BLOCK_SHORT:
            take_short(m, &i);
            break;
        default:
            take_body(m, i);
        }
    }
}

/* Whether a draft's kicker could be the headline of a piece from another page. */
static bool kicker_is_headline(const struct draft *d)
{
    struct str text = d->article.kicker.text;
    return text.n > d->article.title.text.n && text.n >= 30 && str_has(text, STR(" "));
}

static unsigned pairs_in(struct str heading, struct str text)
{
    unsigned n = 0;
    for (size_t at = 0; at + 6 <= heading.n; utf8_next(heading, &at))
        if (((unsigned char)heading.p[at] & 0xF0) == 0xE0 &&
            ((unsigned char)heading.p[at + 3] & 0xF0) == 0xE0)
            n += str_has(text, str_sub(heading, at, at + 6));
    return n;
}

/* Where the blocks of a draft go over to another piece, whose headline is given: at a blank line
 * that no other paragraph of it has, else where words of that headline take over. */
static size_t split_point(struct maker *m, const struct draft *d, struct str headline)
{
    size_t spaced = 0, where = 0, best = 0;
    for (size_t i = 1; i < d->body.n; i++)
        if (block_at(m, d->body.at[i])->blanks > 0) {
            spaced++;
            where = i;
        }
    if (spaced == 1)
        return where;
    int score = 0, most = 0;
    for (size_t i = d->body.n; i-- > 1;) {
        struct str text = str_sub(block_at(m, d->body.at[i])->prose.text, 0, 1200);
        score += (int)pairs_in(headline, text) - (int)pairs_in(d->article.title.text, text);
        if (score > most) {
            most = score;
            best = i;
        }
    }
    return best;
}

/* A headline without body, and a piece that breaks off: its last paragraphs are of the piece that
 * the headline belongs to. */
static void split_unfinished(struct maker *m)
{
    size_t headline = m->drafts.n, broken = m->drafts.n;
    for (size_t i = 0; i < m->drafts.n; i++) {
        const struct draft *d = &m->drafts.at[i];
        if (!d->titled && d->body.n > 0)
            return; /* a fragment stands already */
        if (kicker_is_headline(d) && headline == m->drafts.n)
            headline = i;
        const struct block *last = d->body.n > 1 ? block_at(m, vector_last(&d->body)) : NULL;
        if (last != NULL && last->kind == BLOCK_BODY && last->ending == END_OPEN &&
            last->width > 24 && broken == m->drafts.n)
            broken = i;
    }
    if (headline == m->drafts.n || broken == m->drafts.n)
        return;
    size_t at = split_point(m, &m->drafts.at[broken], m->drafts.at[headline].article.kicker.text);
    if (at == 0)
        return;
    uint32_t first = m->drafts.at[broken].body.at[at];
    struct draft *rest = new_draft(m, first);
    struct draft *from = &m->drafts.at[broken];
    rest->fragment = true;
    for (size_t i = at; i < from->body.n; i++)
        vector_push(m->page->arena, &rest->body, from->body.at[i]);
    from->body.n = at;
}

static void move_head(struct draft *to, const struct draft *from)
{
    to->article.title = from->article.title;
    to->article.kicker = from->article.kicker;
    to->article.subtitle = from->article.subtitle;
    to->credits = from->credits;
    to->byline_lines = from->byline_lines;
    to->kicker_block = from->kicker_block;
    to->titled = from->titled;
}

/* A page that begins with a whole body and ends with a bare headline has its headlines under their
 * bodies: each goes one up. */
static void shift_headlines(struct maker *m)
{
    size_t n = m->drafts.n;
    if (n < 3)
        return;
    struct draft *first = &m->drafts.at[0], *last = &m->drafts.at[n - 1];
    const struct block *b = first->body.n > 0 ? block_at(m, first->body.at[0]) : NULL;
    if (first->titled || b == NULL || b->cut_before || first->credits.n > 0 || !last->titled ||
        last->body.n > 0 || !last->signed_by)
        return;
    for (size_t i = 1; i < n; i++)
        if (!m->drafts.at[i].titled || m->drafts.at[i].boxed ||
            (i + 1 < n && (m->drafts.at[i].body.n == 0 || !m->drafts.at[i].signed_by)))
            return;
    for (size_t i = 0; i + 1 < n; i++)
        move_head(&m->drafts.at[i], &m->drafts.at[i + 1]);
    for (size_t k = 0; k < last->captions.n; k++)
        push_prose(m->page, &m->drafts.at[n - 2].captions, last->captions.at[k]);
    *last = (struct draft){.first = NONE, .kicker_block = NONE};
}

/* Gives fragments the headlines that have no body: first whole headlines, else a kicker that is
 * one itself, longer than the headline it stands over. */
static void match_fragments(struct maker *m)
{
    size_t bare = 0, kicker = 0;
    for (size_t i = 0; i < m->drafts.n; i++) {
        struct draft *d = &m->drafts.at[i];
        if (d->titled || d->body.n == 0)
            continue;
        while (bare < m->drafts.n && !(m->drafts.at[bare].titled && m->drafts.at[bare].body.n == 0))
            bare++;
        if (bare < m->drafts.n) {
            struct draft *title = &m->drafts.at[bare];
            d->article.title = title->article.title;
            d->article.kicker = title->article.kicker;
            d->article.subtitle = title->article.subtitle;
            for (size_t k = 0; k < title->credits.n; k++)
                vector_push(m->page->arena, &d->credits, title->credits.at[k]);
            for (size_t k = 0; k < title->byline_lines.n; k++)
                push_prose(m->page, &d->byline_lines, title->byline_lines.at[k]);
            for (size_t k = 0; k < title->captions.n; k++)
                push_prose(m->page, &d->captions, title->captions.at[k]);
            d->titled = true;
            d->first = title->first < d->first ? title->first : d->first;
            *title = (struct draft){.first = NONE, .kicker_block = NONE};
            continue;
        }
        for (; kicker < m->drafts.n && d->fragment && !d->titled; kicker++) {
            struct draft *other = &m->drafts.at[kicker];
            if (!kicker_is_headline(other))
                continue;
            d->article.title = other->article.kicker;
            other->article.kicker = (struct prose){0};
            d->titled = true;
            d->first = other->kicker_block < d->first ? other->kicker_block : d->first;
            other->first += other->first == d->first;
        }
    }
}

/* A headline that has neither body nor a body elsewhere is kept as a caption of its neighbour. */
static void fold_bare(struct maker *m)
{
    for (size_t i = 0; i < m->drafts.n; i++) {
        struct draft *d = &m->drafts.at[i];
        if (d->first == NONE || d->body.n > 0 || d->titled || m->drafts.n == 1)
            continue;
        struct draft *to = NULL;
        for (size_t k = i + 1; k < m->drafts.n && to == NULL; k++)
            if (m->drafts.at[k].body.n > 0)
                to = &m->drafts.at[k];
        for (size_t k = i; k-- > 0 && to == NULL;)
            if (m->drafts.at[k].body.n > 0)
                to = &m->drafts.at[k];
        if (to == NULL)
            continue;
        for (size_t k = 0; k < d->captions.n; k++)
            push_prose(m->page, &to->captions, d->captions.at[k]);
        for (size_t k = 0; k < d->byline_lines.n; k++)
            push_prose(m->page, &to->captions, d->byline_lines.at[k]);
        d->first = NONE;
    }
}

static void finish(struct maker *m, struct draft *d, struct article *out)
{
    struct page *p = m->page;
    set_speech(m, d);
    d->article.credits = d->credits.at;
    d->article.n_credits = (uint32_t)d->credits.n;
    d->article.byline_lines = d->byline_lines.at;
    d->article.n_byline_lines = (uint32_t)d->byline_lines.n;
    sections_make(p, &d->article, d->body.at, d->body.n);
    d->article.captions = d->captions.at;
    d->article.n_captions = (uint32_t)d->captions.n;
    d->article.fingerprint = article_fingerprint(&d->article);
    *out = d->article;
}

struct order {
    uint32_t first, draft;
};

static int compare_order(const void *a, const void *b)
{
    const struct order *x = a, *y = b;
    if (x->first != y->first)
        return x->first < y->first ? -1 : 1;
    return x->draft < y->draft ? -1 : x->draft > y->draft;
}

void page_find_articles(struct page *p)
{
    struct maker m = {.page = p, .current = NONE, .main = NONE};
    m.owner = arena_array(p->arena, uint32_t, p->blocks.n);
    if (p->blocks.n > 0)
        memset(m.owner, 0xFF, p->blocks.n * sizeof *m.owner);
    read_blocks(&m);
    if (m.early.n > 0)
        new_draft(&m, 0);
    shift_headlines(&m);
    split_unfinished(&m);
    match_fragments(&m);
    fold_bare(&m);
    struct order *order = arena_array(p->arena, struct order, m.drafts.n);
    uint32_t *place = arena_array(p->arena, uint32_t, m.drafts.n);
    uint32_t n = 0;
    for (uint32_t i = 0; i < m.drafts.n; i++)
        if (m.drafts.at[i].first != NONE)
            order[n++] = (struct order){m.drafts.at[i].first, i};
    /* A headline may stand above others' bodies: its piece comes first then. */
    qsort(order, n, sizeof *order, compare_order);
    for (uint32_t i = 0; i < n; i++)
        place[order[i].draft] = i;
    struct article *articles = arena_array(p->arena, struct article, n);
    for (uint32_t i = 0; i < n; i++) {
        finish(&m, &m.drafts.at[order[i].draft], &articles[i]);
        if (articles[i].box_of != NONE)
            articles[i].box_of = place[articles[i].box_of];
    }
    p->document->articles = articles;
    p->document->n_articles = n;
}
