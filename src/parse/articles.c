/* Blocks to articles: where one ends and the next begins, its headline, byline, body and captions.
 *
 * A page is read once from top to bottom. What stands out of place is put right at the end: a body
 * whose headline follows it, a headline whose body is a piece from another page. */
#include "parse/credits.h"
#include "parse/drafts.h"

#include <stdlib.h>

enum { LOOK_AHEAD = 120 /* blocks that are looked at for what follows a headline */ };

void draft_push(struct page *p, struct prose_list *list, struct prose prose)
{
    if (prose.text.n > 0)
        vector_push(p->arena, list, prose);
}

static struct draft *current(struct maker *m)
{
    return m->current == NONE ? NULL : &m->drafts.at[m->current];
}

struct draft *draft_new(struct maker *m, uint32_t block)
{
    struct draft *d = vector_add(m->page->arena, &m->drafts);
    d->first = block;
    d->kicker_block = NONE;
    d->article.box_of = NONE;
    m->current = (uint32_t)m->drafts.n - 1;
    if (m->early.n > 0) {
        for (size_t i = 0; i < m->early.n; i++)
            draft_push(m->page, &d->captions, m->early.at[i]);
        m->early.n = 0;
    }
    m->main = m->current;
    return d;
}

struct block *block_at(struct maker *m, uint32_t i)
{
    return i < m->page->blocks.n ? &m->page->blocks.at[i] : NULL;
}

/* Blocks that stand anywhere and mean nothing for their neighbours. */
bool block_is_aside(const struct block *b)
{
    return b->kind == BLOCK_DROP || b->kind == BLOCK_FURNITURE || b->kind == BLOCK_CAPTION;
}

uint32_t block_significant(struct maker *m, uint32_t i)
{
    while (i < m->page->blocks.n && block_is_aside(&m->page->blocks.at[i]))
        i++;
    return i;
}

bool block_is_headish(const struct block *b)
{
    return b->kind == BLOCK_TITLE || b->kind == BLOCK_SHORT;
}

static void add_caption(struct maker *m, const struct block *b)
{
    struct draft *d = current(m);
    draft_push(m->page, d == NULL ? &m->early : &d->captions, b->prose);
}

/* Adds the credits of a byline block. */
static void add_byline(struct maker *m, struct draft *d, const struct block *b)
{
    d->signed_by = true;
    credits_read(m->page, b->prose.text, &d->credits);
    draft_push(m->page, &d->byline_lines, b->prose);
}

/* （上接第1版）…: what follows is the rest of a piece of another page. */
static bool comes_from_page(struct maker *m, const struct block *b)
{
    struct str text = b->prose.text;
    size_t open = str_starts(text, STR("（")) ? strlen("（") : text.n > 0 && text.p[0] == '(';
    return text_continued_length(m->page, text) > 0 &&
           word_at_start(m->page->marks, str_sub(text, open, text.n), "from") != NULL;
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

/* Has text, not just a heap of headings whose piece is still to come. */
static bool has_body(struct maker *m, const struct draft *d)
{
    bool heap = d != NULL && !d->titled && d->body.n >= 2;
    for (size_t k = 0; heap && k < d->body.n; k++)
        heap = block_at(m, d->body.at[k])->kind == BLOCK_HEADING;
    return d != NULL && d->body.n > 0 && !heap;
}

static void take_title(struct maker *m, uint32_t *i)
{
    uint32_t start = *i, end = head_end(m, start);
    struct draft *d = current(m);
    bool bodied = has_body(m, d);
    if (bodied && !d->titled && !d->noted && !body_follows(m, end)) {
        head_read(m, d, i, end); /* the headline of the body above */
        d->headed_below = true;
        return;
    }
    if (d == NULL || d->titled || (bodied && !d->noted))
        d = draft_new(m, start);
    head_read(m, d, i, end);
}

/* （记者 …）: signs what stands above it. */
static bool is_bracketed(struct str text)
{
    uint32_t first = utf8_at(text, 0);
    return first == 0xFF08 || first == '(';
}

static void take_byline(struct maker *m, const struct block *b, uint32_t i)
{
    struct draft *d = current(m);
    bool has_author = d != NULL && (d->credits.n > 0 || d->signed_ends.n > 0);
    bool over_title = m->page->strips.at[b->first].opens && d != NULL && d->body.n > 0;
    bool goes_on = i > 0 && b[-1].kind == BLOCK_BYLINE && b->blanks == 0;
    bool opens = d == NULL || over_title || (b->stranger && body_follows(m, i + 1)) ||
                 (d->body.n > 0 && (d->titled || b->kind == BLOCK_SPEAKER) && has_author &&
                  !goes_on && !d->heaped && !is_bracketed(b->prose.text) && body_follows(m, i + 1));
    if (opens)
        d = draft_new(m, i);
    add_byline(m, d, b);
    d->closed = d->body.n > 0 && is_bracketed(b->prose.text);
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

/* 名词解释 over a headline of its own, not over the notes of the piece above. */
static bool heads_headline(struct maker *m, uint32_t i)
{
    const struct block *b = block_at(m, i), *next = block_at(m, i + 1), *body = block_at(m, i + 2);
    return b->blanks > 0 && next != NULL && body != NULL && block_is_headish(next) &&
           next->blanks > 0 && next->n_strips == 1 && body->kind == BLOCK_BODY;
}

/* A box with an article of its own: 领导点评, 采访札记. */
static bool is_box(struct maker *m, uint32_t i)
{
    const struct block *b = block_at(m, i);
    struct str text = b->prose.text;
    struct str inner = str_trim(str_sub(text, ornament_length(m->page, text), text.n));
    const struct lexicon_entry *e = lexicon_find(m->page->marks, inner);
    if (e == NULL || b->n_strips != 1)
        return false;
    return lexicon_flag(e, "box") || (lexicon_flag(e, "part") && heads_headline(m, i));
}

/* 数说三季度: the headline of a box of figures, which has no label above it. */
static bool is_figures_box(struct maker *m, uint32_t i)
{
    enum { TITLE_CELLS = 24 };
    const struct block *b = block_at(m, i), *next = block_at(m, i + 1);
    struct str text = b->prose.text;
    text = str_sub(text, ornament_length(m->page, text), text.n);
    return b->n_strips == 1 && b->blanks > 0 && b->width <= TITLE_CELLS && next != NULL &&
           next->kind == BLOCK_BODY && b->commas == 0 &&
           word_at_start(m->page->marks, text, "figures") != NULL;
}

/* label: its label's block, NULL where its headline is at *i. */
static void take_box(struct maker *m, const struct block *label, uint32_t *i)
{
    uint32_t main = m->main;
    struct draft *d = draft_new(m, *i);
    d->boxed = true;
    d->article.box_of = main;
    m->main = main;
    if (label != NULL)
        draft_push(m->page, &d->captions, label->prose);
    uint32_t start = label == NULL ? *i : block_significant(m, *i + 1);
    const struct block *next = block_at(m, start);
    if (next == NULL || !block_is_headish(next))
        return;
    *i = start;
    head_read(m, d, i, head_end(m, start));
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
        draft_push(p, &d->byline_lines, b->prose);
        return true;
    }
    if (kind == HEAD_SUB && d->article.subtitle.text.n == 0) {
        d->article.subtitle = head_without_dashes(p, b->prose);
        return true;
    }
    if (!last) {
        draft_push(p, &d->captions, b->prose);
        return true;
    }
    return false;
}

/* Whether a short block above body is the headline of a new article without byline. */
static bool opens_article(struct maker *m, const struct block *line, uint32_t next)
{
    const struct block *b = block_at(m, next);
    if (b == NULL || b->kind != BLOCK_BODY)
        return false;
    if (text_opens_news(m->page, b->prose.text))
        return true;
    /* Another picture's words. */
    bool apart = b->blanks > 1 && b->blanks > m->usual_gap && b->blanks >= line->blanks;
    return !apart && ends_with_photo_credit(m, next);
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
    uint32_t end = head_end(m, i), next = block_significant(m, end);
    const struct block *b = block_at(m, i), *body = block_at(m, next), *last = block_at(m, end - 1);
    if (b->n_strips >= 2 && body != NULL && body->kind == BLOCK_BODY && b->blanks > 0 &&
        text_is_rubric(m->page, strip_words(m->page, &m->page->strips.at[b->first])))
        return true;
    if (end - i < 2 || end - i > 3 || body == NULL || body->kind != BLOCK_BODY ||
        (b->blanks >= m->page->gap && b->after >= m->page->gap))
        return false;
    if (text_opens_news(m->page, body->prose.text))
        return true;
    const struct strip *s = &m->page->strips.at[last->first];
    return last->kind == BLOCK_SHORT && last->n_strips == 1 && s->width <= 24 &&
           strip_credit(m->page, s) == CREDIT_NAMES;
}

/* 青屿镇人民政府 / 2024年4月28日: who signs and when, under the last paragraph. */
static bool take_signature(struct maker *m, struct draft *d, uint32_t i)
{
    struct page *p = m->page;
    const struct block *b = block_at(m, i);
    unsigned dates = 0, issuers = 0;
    for (uint32_t k = b->first; k != NONE; k = p->strips.at[k].next) {
        const struct strip *s = &p->strips.at[k];
        bool date = text_is_dateline(strip_words(p, s)), issuer = head_is_issuer(p, s);
        dates += date;
        issuers += issuer;
        if (!date && !issuer && head_line_kind(m, s) != HEAD_NOTE)
            return false;
    }
    if (dates == 0 && (issuers == 0 || d->credits.n > 0))
        return false;
    for (uint32_t k = b->first; k != NONE; k = p->strips.at[k].next) {
        index_vector one = {&k, 1, 1};
        struct prose line = head_set_strips(p, &one);
        if (head_is_issuer(p, &p->strips.at[k]) && d->credits.n == 0)
            credits_read(p, line.text, &d->credits);
        draft_push(p, &d->byline_lines, line);
    }
    d->closed = true;
    return true;
}

/* Who signs and when, in two lines: nothing else than a signature looks so. */
static bool is_signature(struct maker *m, const struct block *b)
{
    struct page *p = m->page;
    const struct strip *first = &p->strips.at[b->first], *last = &p->strips.at[b->last];
    return b->n_strips == 2 && head_is_issuer(p, first) && text_is_dateline(strip_words(p, last));
}

/* （联系人：…）: a note in brackets with nothing after it. */
static bool is_last_note(struct maker *m, uint32_t i)
{
    const struct block *b = block_at(m, i);
    return b != NULL && b->kind == BLOCK_SHORT && is_bracketed(b->prose.text) &&
           block_significant(m, i + 1) >= m->page->blocks.n;
}

/* The draft above the current one that has cross-heads set in as far as block b is, where headlines
 * stand at the edge: it goes on below the first half of another's paragraph. NONE where there is
 * none. */
static uint32_t cross_head_home(struct maker *m, const struct block *b)
{
    enum { DRAFTS_BACK = 3, BLOCKS_MOST = 48 };
    const struct strip *strips = m->page->strips.at, *s = &strips[b->first];
    if (!m->page->indents || !strip_is_indented(s) || b->n_strips != 1)
        return NONE;
    for (uint32_t k = m->current; k-- > 0 && m->current - k <= DRAFTS_BACK;) {
        const struct draft *d = &m->drafts.at[k];
        for (size_t n = 0; n < d->body.n && n < BLOCKS_MOST; n++) {
            const struct block *o = block_at(m, d->body.at[d->body.n - 1 - n]);
            if (o->kind == BLOCK_SHORT && o->n_strips == 1 && strips[o->first].indent == s->indent)
                return k;
        }
    }
    return NONE;
}

static void take_short(struct maker *m, uint32_t *i)
{
    struct page *p = m->page;
    struct block *b = block_at(m, *i);
    struct draft *d = current(m);
    uint32_t next = block_significant(m, *i + 1);
    const struct block *following = block_at(m, next);
    bool bodied = has_body(m, d);
    bool last = following == NULL || !block_is_headish(following);
    if (b->inside) {
        vector_push(p->arena, &m->inside, *i);
        add_caption(m, b);
    } else if (b->stranger && bodied && cross_head_home(m, b) != NONE) {
        m->current = cross_head_home(m, b);
        vector_push(p->arena, &current(m)->body, *i);
        m->owner[*i] = m->current;
    } else if (b->stranger && bodied && body_follows(m, head_end(m, *i))) {
        take_title(m, i);
    } else if (is_box(m, *i)) {
        take_box(m, b, i);
    } else if (bodied && is_figures_box(m, *i)) {
        take_box(m, NULL, i);
    } else if (d == NULL && following != NULL && following->kind == BLOCK_BODY &&
               b->n_strips == 1 && text_is_note(p, following->prose.text) &&
               text_is_rubric(p, strip_words(p, &p->strips.at[b->first]))) {
        add_caption(m, b); /* the name of a column over its editor's note */
    } else if (d == NULL || (!bodied && !d->titled)) {
        if (d == NULL)
            d = draft_new(m, *i);
        head_read(m, d, i, head_end(m, *i));
    } else if (bodied && is_signature(m, b) && take_signature(m, d, *i)) {
        return;
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
    } else if ((following == NULL || following->kind == BLOCK_TITLE || is_last_note(m, next)) &&
               take_signature(m, d, *i)) {
        return;
    } else if (border_before(m, d, *i)) {
        take_title(m, i);
    } else if (last && opens_article(m, b, next)) {
        d = draft_new(m, *i);
        head_read(m, d, i, *i + 1);
    } else if (!d->titled && !body_follows(m, *i + 1)) {
        head_read(m, d, i, head_end(m, *i));
        d->headed_below = true;
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

/* An editor's note: its label stands in it or right above. */
static bool is_note(struct maker *m, uint32_t i)
{
    const struct block *b = block_at(m, i);
    return text_is_note(m->page, b->prose.text) ||
           (i > 0 && b[-1].kind == BLOCK_CAPTION && text_is_note_label(m->page, b[-1].prose.text));
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
    fragment = fragment || (b->stranger && d != NULL) || (last != NULL && comes_from_page(m, b));
    if (d == NULL || after_heap || fragment) {
        if (after_heap)
            d->heaped = true;
        d = draft_new(m, i);
        d->fragment = fragment || b->cut_before;
    }
    m->owner[i] = m->current;
    b->note = b->kind == BLOCK_BODY && is_note(m, i);
    d->noted = d->noted || (b->note && !d->titled && d->body.n == 0);
    if (b->kind == BLOCK_BODY) {
        struct str credit;
        size_t before = d->credits.n;
        credits_of_lead(p, &b->prose, &d->credits);
        if (d->body.n == 0 && before == 0)
            d->lead_credits = (uint32_t)d->credits.n;
        d->closed = false;
        if (credits_at_end(p, &b->prose, &credit) != STR_NONE) {
            vector_push(p->arena, &d->signed_ends, i);
            d->closed = credit_line_kind(p, credit) != CREDIT_PHOTO;
        }
    }
    vector_push(p->arena, &d->body, i);
}

/* 发布时间：… 来源：… 作者：邓超: a site's line under the headline may name the author. */
static void take_site_author(struct maker *m, const struct block *b)
{
    struct page *p = m->page;
    struct draft *d = current(m);
    struct str text = strip_words(p, &p->strips.at[b->first]);
    size_t at = str_find(text, STR("作者"), 0);
    if (d == NULL || !d->titled || d->body.n > 0 || d->credits.n > 0 || at == STR_NONE)
        return;
    struct str rest = str_sub(text, at, text.n);
    size_t end = at;
    for (struct str token = credit_next_token(&rest); token.n > 0;
         token = credit_next_token(&rest)) { /* 作者：方也 白芷 浏览次数：… */
        size_t after = (size_t)(token.p - text.p) + token.n;
        uint32_t next = utf8_at(text, after);
        bool label = next == 0xFF1A || next == ':';
        if (end > at &&
            (label || (utf8_count(str_sub(text, at, end)) > 2 && !credit_is_name(p, token))))
            break;
        end = after;
    }
    struct str author = str_sub(text, at, end);
    if (credit_line_kind(p, author) == CREDIT_BYLINE)
        credits_read(p, author, &d->credits);
}

/* 来源：云麓区统计局: a body, not a paper, that a site's line names. */
static void take_site_source(struct maker *m, const struct block *b)
{
    static const struct str label = STR_INIT("来源");
    struct page *p = m->page;
    struct draft *d = current(m);
    struct str text = strip_words(p, &p->strips.at[b->first]);
    size_t at = str_find(text, label, 0);
    if (d == NULL || !d->titled || d->source.n > 0 || at == STR_NONE)
        return;
    struct str rest = str_sub(text, at + label.n, text.n), name = credit_next_token(&rest);
    if (name.p == text.p + at + label.n || word_at_end(p->bylines, name, "issuer") == NULL ||
        word_at_end(p->bylines, name, "common") != NULL || utf8_count(name) < 4)
        return;
    d->source = name;
}

static void read_blocks(struct maker *m)
{
    uint32_t other = NONE; /* the article that a resumed one interrupts */
    for (uint32_t i = 0; i < m->page->blocks.n; i++) {
        struct block *b = block_at(m, i);
        if (b->follows != NONE && m->owner[b->follows] != NONE) {
            other = m->current != m->owner[b->follows] ? m->current : other;
            m->current = m->owner[b->follows];
        }
        bool strange = b->stranger && b->kind == BLOCK_BODY;
        if (strange && other != NONE && other != m->current) {
            b->stranger = false;
            uint32_t current = m->current;
            m->current = other;
            other = current;
        }
        switch (b->kind) {
        case BLOCK_DROP:
            break;
        case BLOCK_FURNITURE:
            take_site_author(m, b);
            take_site_source(m, b);
            add_caption(m, b);
            break;
        case BLOCK_CAPTION:
            if (m->current != NONE && current(m)->body.n > 0 && comes_from_page(m, b) &&
                body_follows(m, i + 1))
                draft_new(m, i);
            add_caption(m, b);
            break;
        case BLOCK_TITLE:
            take_title(m, &i);
            break;
        case BLOCK_BYLINE:
        case BLOCK_SPEAKER:
            take_byline(m, b, i);
            break;
        case BLOCK_SHORT:
            take_short(m, &i);
            break;
        default:
            take_body(m, i);
        }
    }
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
    borders_measure(&m);
    read_blocks(&m);
    if (m.early.n > 0)
        draft_new(&m, 0);
    fragments_put_right(&m);
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
        draft_finish(&m, &m.drafts.at[order[i].draft], &articles[i]);
        if (articles[i].box_of != NONE)
            articles[i].box_of = place[articles[i].box_of];
    }
    page_join_commentaries(p->arena, articles, n);
    p->document->articles = articles;
    p->document->n_articles = n;
}
