/* Strips to blocks: hard wraps undone, headings and short lines told from paragraphs, paragraphs
 * that a caption, a page's furniture or a column's end cut in two made whole. */
#include "parse/page.h"
#include "parse/speech.h"

static bool is_word_line(const struct strip *s)
{
    return s->kind == STRIP_TEXT || s->kind == STRIP_SHORT || s->kind == STRIP_TITLE ||
           s->kind == STRIP_HEADING;
}

/* The cells that an open paragraph's last line takes of its column: with the indent of a first
 * line, kept or lost, and the spaces that a printer put between letters. */
static uint32_t extent_of(const struct page *p, const struct block *block, const struct strip *s)
{
    uint32_t extent = s->gaps >= 3 ? s->spaced : s->width;
    if (block->n_strips == 1 && p->lost_indents)
        extent += 4;
    else if (block->n_strips == 1 && strip_is_indented(s))
        extent += s->indent;
    return extent > s->measure && s->wrapped ? s->measure : extent;
}

/* 如：, 即：: what follows is of the same sentence. */
static bool ends_with_example(const struct page *p, const struct strip *s)
{
    struct str text = strip_words(p, s);
    return str_ends(text, STR("如：")) || str_ends(text, STR("如:")) ||
           str_ends(text, STR("即：")) || str_ends(text, STR("即:"));
}

/* A page or column ends before strip s. Blank lines there say nothing where indents, kept or lost,
 * tell where paragraphs begin. */
static bool crosses_page(const struct page *p, const struct strip *s)
{
    const struct strip *before = s == p->strips.at ? s : s - 1;
    return (p->indents || p->lost_indents) &&
           (s->column_start || before->kind == STRIP_DROP || before->kind == STRIP_FURNITURE ||
            before->first_of_page || s->first_of_page);
}

/* 其中： and a line for each part: short lines that end with ； are items of a list. */
static bool is_item(const struct page *p, const struct strip *item, const struct strip *next)
{
    enum { ITEM_CELLS = 60 };
    const struct strip *above = item == p->strips.at ? item : item - 1;
    bool heads = above->ending == END_COLON || above->ending == END_SEMICOLON;
    bool closes = next->ending == END_SEMICOLON || next->ending == END_STOP;
    return heads && closes && item->width <= ITEM_CELLS && next->width <= ITEM_CELLS &&
           item->stop == 0 && next->stop == 0;
}

/* Whether a paragraph that stands open goes on with strip s. gap: other blocks stand between. */
static bool goes_on(const struct page *p, const struct block *block, const struct strip *s,
                    bool gap)
{
    const struct strip *open = &p->strips.at[block->last];
    uint32_t extent = extent_of(p, block, open);
    bool full = strip_is_full(open) || (open->wrapped && extent + FULL_SLACK >= open->measure);
    unsigned blanks = crosses_page(p, s) || (p->stray_blanks && s->wrapped) ? 0 : s->blanks;
    if (s->begins_inside)
        return true;
    if (strip_is_box_label(p, s))
        return false;
    if (s->ornament && open->ending == END_STOP)
        return false;
    bool unfinished = open->ending == END_OPEN || open->ending == END_COMMA ||
                      (open->ending == END_SEMICOLON &&
                       (open->wrapped || (blanks == 0 && s->ordinal.kind == ORDINAL_NONE &&
                                          !is_item(p, open, s)))) ||
                      (open->ending == END_COLON && open->wrapped && ends_with_example(p, open));
    if (strip_is_numbered(s) &&
        !(unfinished && full && blanks == 0 && !gap && s->ordinal.kind == ORDINAL_ARABIC &&
          s->commas == 0 && s->stop == 0))
        return false;
    bool inside = full && s->wrapped &&
                  (p->indents ? !strip_is_indented(s) : p->lost_indents && s->width >= s->measure);
    if (s->ordinal.kind == ORDINAL_LEAD && !((unfinished || inside) && blanks == 0))
        return false;
    if (strip_opens_with(p, s, "note") != NULL && !(unfinished && !gap && blanks == 0))
        return false;
    if (strip_opens_with(p, s, "news") != NULL && !(unfinished && !gap && blanks == 0))
        return false;
    if (p->indents && strip_is_indented(s) && s->wrapped)
        return false;
    if (!unfinished) {
        /* A column's end leaves a blank line; where paragraphs have indents, only those begin them.
         */
        if (inside && !gap && blanks == 1 && s->ordinal.kind == ORDINAL_NONE &&
            (s->stop != 0 || s->commas > 0))
            return open->ending == END_STOP || open->ending == END_BRACKET;
        if (gap || blanks > 0 || !open->wrapped || !s->wrapped || !full)
            return open->ending == END_BRACKET && open->wrapped && full && !gap && blanks <= 1 &&
                   !strip_is_first(p, s);
        return (p->spaced_out && !p->lost_indents) || p->indents ||
               !(s->fresh || (strip_is_first(p, s) && block->n_strips > 1) ||
                 strip_would_fit(p, extent, open->measure, s) ||
                 strip_opens_with(p, s, "start") != NULL);
    }
    if (gap && (strip_opens_with(p, s, "opener") != NULL ||
                (s->blanks > 0 && strip_is_first(p, s) && strip_is_full(open))))
        return false;
    if (open->wrapped)
        return full || blanks == 0 || open->ending == END_COMMA || (s->wrapped && open->stop != 0);
    return open->width >= 40 || open->commas > 0 || blanks == 0;
}

struct builder {
    struct page *page;
    uint32_t open;    /* the paragraph that stands open, an index in blocks, or NONE */
    uint32_t resumed; /* one that was made whole just now: what comes next is of its article */
    bool gap;         /* other blocks came since its last strip */
};

static struct block *new_block(struct builder *b, enum block_kind kind, uint32_t strip)
{
    struct page *p = b->page;
    const struct strip *s = &p->strips.at[strip];
    struct block *block = vector_add(p->arena, &p->blocks);
    block->kind = (uint8_t)kind;
    block->first = block->last = strip;
    block->n_strips = 1;
    block->follows = NONE;
    if (kind == BLOCK_BODY || kind == BLOCK_HEADING || kind == BLOCK_SHORT) {
        block->follows = b->resumed;
        b->resumed = NONE;
    }
    block->blanks = s->blanks;
    block->ordinal = s->ordinal;
    block->wrapped = s->wrapped;
    block->ornament = s->ornament;
    return block;
}

static void append(struct page *p, struct block *block, uint32_t strip)
{
    p->strips.at[block->last].next = strip;
    block->last = strip;
    block->n_strips++;
}

/* 关于…的提案 right over the fields of its form: a title, whatever names of a site stand above. */
static bool heads_form(const struct page *p, uint32_t i)
{
    return i + 1 < p->strips.n && p->strips.at[i + 1].kind == STRIP_ROW &&
           proposal_is_title(strip_words(p, &p->strips.at[i]));
}

/* Adds strip i to the last block where both are lines of one short unit, else makes a new one. */
static void add_to_group(struct builder *b, enum block_kind kind, uint32_t i)
{
    struct page *p = b->page;
    const struct strip *s = &p->strips.at[i];
    struct block *last = p->blocks.n > 0 ? &vector_last(&p->blocks) : NULL;
    bool annex = last != NULL && last->n_strips == 1 && kind == BLOCK_SHORT && s->blanks <= 1 &&
                 str_eq(strip_words(p, &p->strips.at[last->first]), STR("附件"));
    bool joins = last != NULL && last->kind == kind && (s->blanks == 0 || annex) &&
                 last->last + 1 == i && !strip_is_numbered(s) &&
                 last->ordinal.kind == ORDINAL_NONE && !s->ornament && !heads_form(p, i) &&
                 !strip_is_box_label(p, &p->strips.at[last->last]);
    if (joins)
        append(p, last, i);
    else
        new_block(b, kind, i);
    if (b->open != NONE)
        b->gap = true;
}

/* The strip after the speaker's line that begins at strip i, where its last line ends with 发言:
 * however short the lines are. */
static uint32_t speech_line_end(const struct page *p, uint32_t i)
{
    enum { LINES = 4, CELLS_MOST = 120 };
    for (uint32_t k = i; k < p->strips.n && k < i + LINES; k++) {
        const struct strip *s = &p->strips.at[k];
        if (k > i && (s->blanks > 0 || !is_word_line(s) || s->ornament || s->stop != 0 ||
                      s->width > CELLS_MOST))
            break;
        if (word_at_end(p->bylines, strip_words(p, s), "speech") != NULL)
            return k + 1;
    }
    return i + 1;
}

static void add_speaker(struct builder *b, uint32_t *i)
{
    struct page *p = b->page;
    struct block *block = new_block(b, BLOCK_SPEAKER, *i);
    /* A speaker's line may be wrapped: it ends with 发言. */
    uint32_t end = speech_line_end(p, *i);
    while (*i + 1 < end)
        append(p, block, ++*i);
    for (unsigned n = 0; n < 4 && *i + 1 < p->strips.n; n++) {
        struct str text = strip_words(p, &p->strips.at[*i]);
        const struct strip *next = &p->strips.at[*i + 1];
        if (word_at_end(p->bylines, text, "speech") != NULL || next->blanks > 0 ||
            !is_word_line(next) || (next->indent >= 2 && next->indent > p->strips.at[*i].indent) ||
            next->ornament || next->width + 4 < 2 ||
            p->strips.at[*i].width + 14 < p->strips.at[*i].measure)
            return;
        ++*i;
        append(p, block, *i);
    }
}

/* A sentence right above 蒋文 摄 or （某某供图） tells of that picture. */
static bool stands_over_credit(const struct page *p, uint32_t i)
{
    enum { CAPTION_CELLS = 100, CREDIT_CELLS = 24 };
    const struct strip *s = &p->strips.at[i], *next = s + 1;
    if (i + 1 >= p->strips.n || s->stop > 0 || s->width > CAPTION_CELLS || s->ending != END_STOP ||
        next->kind != STRIP_CAPTION || next->blanks > 0 || next->figures > 0)
        return false;
    struct str credit = strip_words(p, next);
    if (text_continued_length(p, credit) > 0)
        return false;
    if (strip_is_bracketed(p, next)) /* in a wrapped column a paragraph's last line looks alike */
        return !s->wrapped || s->blanks > 0;
    return !s->wrapped && next->width <= CREDIT_CELLS && str_ends(credit, STR("摄"));
}

/* A short line whose words stand in the paragraph above tells of its picture. */
static bool names_picture(const struct builder *b, uint32_t i)
{
    enum { HAN_LEAST = 4, LINES_BACK = 12 };
    const struct page *p = b->page;
    const struct strip *s = &p->strips.at[i];
    const struct block *last = p->blocks.n > 0 ? &vector_last(&p->blocks) : NULL;
    if (last == NULL || last->kind != BLOCK_BODY || s->han < HAN_LEAST || s->commas > 0 ||
        s->gaps > 0 || s->wrapped || s->ornament)
        return false;
    struct str words = strip_words(p, s);
    uint32_t lines = 0;
    for (uint32_t k = last->first; k != NONE && lines < LINES_BACK;
         k = p->strips.at[k].next, lines++)
        if (str_has(str_sub(strip_text(p, &p->strips.at[k]), 0, 3000), words))
            return true;
    /* The one before: pictures stand between paragraphs of their own place. */
    const struct block *before = p->blocks.n > 1 ? last - 1 : NULL;
    return before != NULL && before->kind == BLOCK_BODY && before->n_strips == 1 &&
           str_has(str_sub(strip_text(p, &p->strips.at[before->first]), 0, 3000), words);
}

/* What stands between the halves of a paragraph: lines about its picture, or another article. */
static void mark_between(struct page *p, size_t half)
{
    bool article = false;
    for (size_t k = half + 1; k < p->blocks.n; k++)
        article = article || p->blocks.at[k].kind == BLOCK_BODY ||
                  p->blocks.at[k].kind == BLOCK_TITLE || p->blocks.at[k].kind == BLOCK_BYLINE ||
                  p->blocks.at[k].kind == BLOCK_SPEAKER;
    for (size_t k = half + 1; k < p->blocks.n; k++) {
        struct block *b = &p->blocks.at[k];
        bool aside =
            b->kind == BLOCK_DROP || b->kind == BLOCK_FURNITURE || b->kind == BLOCK_CAPTION;
        b->inside = !article;
        if (article && !aside) {
            b->stranger = b->follows == NONE;
            break;
        }
    }
    /* What stands right over a second half heads a piece elsewhere. */
    struct block *last = &vector_last(&p->blocks);
    if (article && last->kind == BLOCK_SHORT && !last->stranger)
        last->inside = true;
}

/* Strip i goes on with a half that other pieces part from it. */
static bool add_second_half(struct builder *b, uint32_t i)
{
    struct page *p = b->page;
    const struct strip *s = &p->strips.at[i];
    const struct seam *seam = s->seam > 0 ? &p->seams.at[s->seam - 1] : NULL;
    if (seam == NULL || seam->head != i || seam->block == NONE)
        return false;
    mark_between(p, seam->block);
    append(p, &p->blocks.at[seam->block], i);
    b->open = b->resumed = seam->block;
    b->gap = false;
    return true;
}

/* The first half of a paragraph ends with strip i: what follows is of another. */
static void close_first_half(struct builder *b, uint32_t i)
{
    struct page *p = b->page;
    uint32_t at = p->strips.at[i].seam;
    if (at == 0 || p->seams.at[at - 1].end != i || b->open == NONE ||
        p->blocks.at[b->open].last != i)
        return;
    p->seams.at[at - 1].block = b->open;
    b->open = b->resumed = NONE;
}

static void add_text(struct builder *b, uint32_t i)
{
    if (b->page->strips.at[i].listed) {
        new_block(b, BLOCK_BODY, i);
        b->open = NONE;
        return;
    }
    struct page *p = b->page;
    const struct strip *s = &p->strips.at[i];
    const struct strip *open = NULL;
    if (b->open != NONE)
        open = &p->strips.at[p->blocks.at[b->open].last];
    bool two_lines;
    bool on = open != NULL && !s->labelled && !strip_is_form_line(p, i) &&
              goes_on(p, &p->blocks.at[b->open], s, b->gap);
    if (strip_is_numbered(s) && !on && strip_is_heading(p, i, &two_lines)) {
        new_block(b, BLOCK_HEADING, i);
        p->strips.at[i].kind = STRIP_HEADING;
        if (two_lines) {
            append(p, &vector_last(&p->blocks), i + 1);
            p->strips.at[i + 1].kind = STRIP_HEADING;
        }
        b->open = NONE;
        return;
    }
    const struct block *last = p->blocks.n > 0 ? &vector_last(&p->blocks) : NULL;
    bool runs_on = last != NULL && last->kind == BLOCK_SHORT && last->last + 1 == i &&
                   s->blanks == 0 && strip_is_full(s - 1) && strip_may_be_title(p, s) &&
                   b->open == NONE && s->width + SHORT_BY <= s->measure;
    if (!on && !strip_is_numbered(s) && stands_over_credit(p, i)) {
        p->strips.at[i].kind = STRIP_CAPTION;
        new_block(b, BLOCK_CAPTION, i);
        return;
    }
    if (!strip_is_numbered(s) && !runs_on && strip_is_short(p, i, b->gap ? NULL : open) &&
        names_picture(b, i)) {
        p->strips.at[i].kind = STRIP_CAPTION;
        new_block(b, BLOCK_CAPTION, i);
        b->gap = b->open != NONE;
        return;
    }
    if (!strip_is_numbered(s) && (runs_on || strip_is_short(p, i, b->gap ? NULL : open))) {
        p->strips.at[i].kind = STRIP_SHORT;
        add_to_group(b, BLOCK_SHORT, i);
        return;
    }
    if (on) {
        struct block *block = &p->blocks.at[b->open];
        for (size_t k = b->open + 1; b->gap && k < p->blocks.n; k++)
            p->blocks.at[k].inside = true;
        append(p, block, i);
    } else {
        new_block(b, BLOCK_BODY, i);
        b->open = (uint32_t)p->blocks.n - 1;
    }
    b->gap = false;
}

static void add_strip(struct builder *b, uint32_t *i)
{
    static const enum block_kind kinds[STRIP_COUNT] = {
        [STRIP_TITLE] = BLOCK_TITLE,     [STRIP_BYLINE] = BLOCK_BYLINE,
        [STRIP_CAPTION] = BLOCK_CAPTION, [STRIP_FURNITURE] = BLOCK_FURNITURE,
        [STRIP_DROP] = BLOCK_DROP,       [STRIP_ROW] = BLOCK_ROW,
    };
    struct page *p = b->page;
    struct strip *s = &p->strips.at[*i];
    switch (s->kind) {
    case STRIP_TEXT:
        if (s->ordinal.kind == ORDINAL_MARKDOWN)
            new_block(b, BLOCK_TITLE, *i);
        else if (!add_second_half(b, *i))
            add_text(b, *i);
        close_first_half(b, *i);
        break;
    case STRIP_HEADING: /* taken with the line before it */
        break;
    case STRIP_SPEAKER:
        add_speaker(b, i);
        b->open = NONE;
        break;
    case STRIP_TITLE:
        add_to_group(b, BLOCK_TITLE, *i);
        b->open = b->resumed = NONE;
        break;
    case STRIP_BYLINE:
        if (s->continues)
            append(p, &vector_last(&p->blocks), *i);
        else
            new_block(b, BLOCK_BYLINE, *i);
        b->open = NONE;
        break;
    default:
        if (s->continues && (s->kind == STRIP_CAPTION ||
                             (s->kind == STRIP_ROW && vector_last(&p->blocks).kind == BLOCK_ROW))) {
            append(p, &vector_last(&p->blocks), *i);
            break;
        }
        new_block(b, kinds[s->kind], *i);
        if (b->open != NONE)
            b->gap = b->gap || s->kind == STRIP_CAPTION || s->kind == STRIP_ROW;
    }
}

/* Unmatched ” or ）: the beginning of the sentence is elsewhere. */
static bool begins_elsewhere(struct str text)
{
    int quotes = 0, brackets = 0;
    text = str_sub(text, 0, 600);
    for (size_t at = 0; utf8_skip_han(text, &at), at < text.n;) {
        uint32_t c = utf8_next(text, &at);
        quotes += (c == 0x201C) - (c == 0x201D);
        brackets += (c == 0x300A) - (c == 0x300B);
        if (quotes < 0 || brackets < 0)
            return true;
        if (point_is_stop(c) && at > 240)
            return false;
    }
    return false;
}

/* The spans of a form's line: a letter-spaced label (案　　号：第017号) is one word, the spaces of
 * its value part names. */
static size_t label_spans(const struct page *p, const struct strip *s, struct prose_span *spans,
                          size_t most)
{
    struct str text = strip_text(p, s);
    size_t n = 0, at = 0;
    while (at < text.n && n + 1 < most) {
        size_t from = at;
        uint32_t c = utf8_next(text, &at);
        if (c == '\t') {
            at = from; /* it parts the label from its value */
            break;
        }
        if (point_is_space(c))
            continue;
        spans[n++] = (struct prose_span){s->start + from, s->start + at, false};
        if (!point_is_han(c))
            break;
    }
    if (at < text.n)
        spans[n++] = (struct prose_span){s->start + at, s->end, false};
    return n;
}

/* The prose of a block, and what can be measured of it. */
static void set_block(struct page *p, struct block *block)
{
    enum { FEW = 12 };
    struct prose_span few[FEW], *spans = few;
    if (block->n_strips > FEW)
        spans = arena_array(p->arena, struct prose_span, block->n_strips);
    size_t n = 0;
    bool closes = false; /* ” or 》 may stand in it; straight quotes open first */
    for (uint32_t i = block->first; i != NONE; i = p->strips.at[i].next) {
        const struct strip *s = &p->strips.at[i];
        uint32_t start = s->start;
        closes = closes || strip_may_have(s, STR("”")) || strip_may_have(s, STR("》"));
        if (n == 0 && s->ordinal.kind == ORDINAL_MARKDOWN)
            start += s->ordinal.length;
        while (start < s->end && p->text.p[start] == ' ')
            start++;
        spans[n++] = (struct prose_span){start, s->end, s->plain};
        block->commas = (uint16_t)(block->commas + s->commas);
        block->figures = (uint16_t)(block->figures + s->figures);
        block->width += s->width;
    }
    const struct strip *last = &p->strips.at[block->last], *first = &p->strips.at[block->first];
    bool field = block->kind == BLOCK_ROW && first->labelled;
    if (field && first->named) {
        n = label_spans(p, first, spans, FEW);
        for (uint32_t i = first->next; i != NONE && n < FEW; i = p->strips.at[i].next)
            spans[n++] = (struct prose_span){p->strips.at[i].start, p->strips.at[i].end, false};
    }
    block->ending = last->ending;
    block->after = block->last + 1 < p->strips.n ? p->strips.at[block->last + 1].blanks : 1;
    bool body = block->kind == BLOCK_BODY;
    block->prose = prose_set(p, spans, n,
                             body || (field && !first->named) ? PROSE_BODY
                             : block->kind == BLOCK_ROW       ? PROSE_ROW
                                                              : PROSE_DISPLAY);
    if (body) {
        block->cut_before = (closes && begins_elsewhere(block->prose.text)) ||
                            p->strips.at[block->first].begins_inside;
        block->single_sentence = block->n_strips == 1 && p->strips.at[block->first].stop == 0;
    }
}

void page_find_blocks(struct page *p)
{
    struct builder b = {.page = p, .open = NONE, .resumed = NONE};
    vector_reserve(p->arena, &p->blocks, p->strips.n / 2);
    page_find_shorts(p);
    page_find_seams(p);
    for (uint32_t i = 0; i < p->strips.n; i++)
        add_strip(&b, &i);
    for (size_t i = 0; i < p->blocks.n; i++)
        set_block(p, &p->blocks.at[i]);
    if (p->speeches)
        page_find_speech_head(p);
}
