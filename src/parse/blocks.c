/* Strips to blocks: hard wraps undone, headings and short lines told from paragraphs, paragraphs
 * that a caption, a page's furniture or a column's end cut in two made whole. */
#include "parse/page.h"

enum {
    SHORT_BY = 8,      /* cells that a line must be short of its measure to be no full line */
    CLAUSE_MOST = 52,  /* cells of a heading with a comma */
    CLAUSES_LEAST = 3, /* short lines with commas that make them headings */
    SHORT_MOST = 84    /* cells of a headline that stands on one line */
};

static bool is_word_line(const struct strip *s)
{
    return s->kind == STRIP_TEXT || s->kind == STRIP_SHORT || s->kind == STRIP_TITLE ||
           s->kind == STRIP_HEADING;
}

/* May be a line of a headline: no sentence, no list. */
static bool may_be_title(const struct page *p, const struct strip *s)
{
    if (s->kind != STRIP_TEXT || s->stop != 0 || s->width > SHORT_MOST || s->begins_inside)
        return false;
    if (s->ending == END_COMMA || s->ending == END_COLON || s->ending == END_SEMICOLON)
        return false;
    if (word_at_start(p->marks, strip_words(p, s), "news") != NULL)
        return false;
    uint32_t last = 0;
    size_t end = s->end - s->start;
    last = utf8_previous(strip_text(p, s), &end);
    return last != 0x3002;
}

static bool is_box_label(const struct page *p, const struct strip *s)
{
    struct str text = strip_words(p, s);
    size_t marks = ornament_length(p, text);
    struct str inner = str_trim(str_sub(text, marks, text.n));
    if (str_starts(inner, STR("【")) || str_starts(inner, STR("[")))
        return false;
    const struct lexicon_entry *e = lexicon_find(p->marks, inner);
    return e != NULL && lexicon_flag(e, "box");
}

/* 注释：, 附件: the heading of a part of the same piece. */
static bool is_part_label(const struct page *p, const struct strip *s)
{
    const struct lexicon_entry *e = lexicon_find(p->marks, strip_words(p, s));
    return e != NULL && lexicon_flag(e, "part");
}

static bool begins_with_dash(const struct page *p, const struct strip *s)
{
    uint32_t c = utf8_at(strip_text(p, s), 0);
    return c == 0x2014 || c == 0x2015 || c == 0x2500;
}

/* Headlines above a byline or speaker: up to four lines back to the end of the text before. */
static void mark_titles_above(struct page *p, uint32_t at)
{
    struct strip *strips = p->strips.at;
    uint32_t n = 0, han = 0;
    for (uint32_t i = at; i-- > 0 && n < 5;) {
        struct strip *s = &strips[i];
        if (s->kind == STRIP_DROP || s->kind == STRIP_FURNITURE)
            continue;
        if (!may_be_title(p, s) || strip_is_numbered(s) || is_box_label(p, s) ||
            (p->indents && strip_is_indented(s) && strips[at].indent == 0 && s->wrapped))
            break;
        /* A full line that runs on from an unfinished one is the end of a paragraph. */
        const struct strip *before = i > 0 ? &strips[i - 1] : NULL;
        bool runs_on = before != NULL && before->kind == STRIP_TEXT && s->blanks == 0 &&
                       s->wrapped && strip_is_full(before) && before->commas > 0 &&
                       before->ending != END_STOP && before->ending != END_COLON;
        runs_on = runs_on && !begins_with_dash(p, before);
        runs_on = runs_on || (before != NULL && before->kind == STRIP_TEXT && s->blanks == 0 &&
                              before->stop != 0 && before->ending == END_OPEN);
        han += s->han;
        if (han > 90 || runs_on)
            break;
        s->kind = STRIP_TITLE;
        n++;
        /* Gaps of a picture or of the page end a headline. */
        if (begins_with_dash(p, s))
            continue; /* a subtitle has its headline above it, whatever the gap */
        if (s->blanks >= p->gap)
            break;
        if (s->blanks > 0 && i > 0 && strips[i - 1].kind == STRIP_TEXT &&
            strips[i - 1].blanks >= p->gap)
            break;
    }
}

/* A byline that opens its piece: the lines under it, up to the first sentence, are the headline. */
static void mark_titles_below(struct page *p, uint32_t at)
{
    struct strip *strips = p->strips.at;
    for (uint32_t i = at + 1, n = 0; i < p->strips.n && n < 3; i++, n++) {
        struct strip *s = &strips[i];
        const struct strip *next = i + 1 < p->strips.n ? s + 1 : NULL;
        if (!may_be_title(p, s) || s->commas > 0 || strip_is_numbered(s) || next == NULL ||
            next->begins_inside || (n > 0 && (s->blanks > 0 || s->width + SHORT_BY > s->measure)))
            return;
        if (n > 0 && s->measure == 0)
            return;
        s->kind = STRIP_TITLE;
        if (next->blanks > 0 || s->width + SHORT_BY <= s->measure)
            return;
    }
}

/* A byline that its column's width broke: read with the line under it, it is one. */
static void join_bylines(struct page *p)
{
    enum { LINES_MOST = 3 };
    for (uint32_t i = 0; i + 1 < p->strips.n; i++) {
        struct strip *s = &p->strips.at[i];
        bool may = (s->kind == STRIP_TEXT && s->ornament) || s->kind == STRIP_BYLINE;
        if (!may || s->stop != 0 || s->ending != END_OPEN || s->commas > 1)
            continue;
        struct str whole = strip_words(p, s);
        for (uint32_t k = i + 1; k < p->strips.n && k < i + LINES_MOST; k++) {
            struct strip *next = &p->strips.at[k];
            if (next->blanks > 0 || next->kind != STRIP_TEXT || next->stop != 0 ||
                next->ending != END_OPEN || next->ornament || next->width > s->width + FULL_SLACK ||
                next->ordinal.kind != ORDINAL_NONE || (s->kind == STRIP_BYLINE && next->han > 4))
                break;
            whole = str_printf(p->arena, "%.*s%.*s", STR_ARG(whole), STR_ARG(strip_words(p, next)));
            enum credit_line kind = credit_line_kind(p, whole);
            if (kind != CREDIT_BYLINE && kind != CREDIT_PHOTO)
                continue;
            s->kind = STRIP_BYLINE;
            for (uint32_t line = i + 1; line <= k; line++) {
                p->strips.at[line].kind = STRIP_BYLINE;
                p->strips.at[line].continues = true;
            }
            i = k;
            break;
        }
    }
}

/* 本报讯 under a line that is no sentence: that is its headline. */
static bool opens_news(const struct page *p, uint32_t i)
{
    enum { TITLE_CELLS = 60 };
    const struct strip *s = &p->strips.at[i];
    const struct lexicon_entry *e = word_at_start(p->marks, strip_words(p, s), "news");
    return e != NULL && lexicon_flag(e, "start") && s[-1].kind == STRIP_TEXT &&
           s[-1].width <= TITLE_CELLS && may_be_title(p, s - 1);
}

static void mark_titles(struct page *p)
{
    bool body_before = false;
    for (uint32_t i = 0; i < p->strips.n; i++) {
        struct strip *s = &p->strips.at[i];
        if (s->kind == STRIP_TEXT && (s->stop != 0 || s->ending == END_STOP))
            body_before = true;
        bool news = s->kind == STRIP_TEXT && i > 0 && opens_news(p, i);
        if (s->kind != STRIP_BYLINE && s->kind != STRIP_SPEAKER && !news)
            continue;
        if (!news || s[-1].kind == STRIP_TEXT)
            mark_titles_above(p, i);
        if (news)
            continue;
        bool titled = i > 0 && p->strips.at[i - 1].kind == STRIP_TITLE;
        if (!titled && !body_before && s->kind == STRIP_BYLINE)
            mark_titles_below(p, i);
        body_before = false;
    }
}

static bool is_bracketed(const struct page *p, const struct strip *s)
{
    uint32_t c = utf8_at(strip_text(p, s), 0);
    return (c == 0xFF08 || c == '(') && s->ending == END_BRACKET;
}

/* 案由：…, 界    别：文化艺术: a label of a form and its value on a line. */
static bool is_field(const struct page *p, const struct strip *s)
{
    enum { LABEL_MOST = 7 };
    struct str text = strip_text(p, s);
    size_t han = 0;
    if (s->kind != STRIP_TEXT || s->wrapped)
        return false;
    for (size_t at = 0; at < text.n && han <= LABEL_MOST;) {
        uint32_t c = utf8_next(text, &at);
        if (c == 0xFF1A || c == ':')
            return han >= 2;
        han += point_is_han(c);
        if (!point_is_han(c) && !point_is_space(c))
            return false;
    }
    return false;
}

/* Fields stand in a row: one alone is a headline with a colon. */
static bool is_form_line(const struct page *p, uint32_t i)
{
    const struct strip *s = &p->strips.at[i];
    bool above = i > 0 && s->blanks == 0 && is_field(p, s - 1);
    bool below = i + 1 < p->strips.n && s[1].blanks == 0 && is_field(p, s + 1);
    return is_field(p, s) && (above || below);
}

/* 2026年1月31日在…会议上: when a report was given, on a line or on two. */
static bool is_dateline(const struct page *p, uint32_t i)
{
    const struct strip *s = &p->strips.at[i];
    struct str text = strip_words(p, s);
    if (s->commas > 0 || s->stop != 0 || !text_is_dateline(text))
        return false;
    if (!strip_is_full(s) || str_ends(text, STR("上")) || str_ends(text, STR("）")))
        return true;
    const struct strip *next = i + 1 < p->strips.n ? s + 1 : NULL;
    struct str rest = next == NULL ? (struct str){NULL, 0} : strip_words(p, next);
    return next != NULL && next->blanks == 0 && !strip_is_full(next) &&
           (str_ends(rest, STR("上")) || str_ends(rest, STR("）")));
}

/* A headline that its column's width broke: a full line and a short one without a sentence, above
 * what is no text or past a blank line. */
static bool is_broken_title(const struct page *p, uint32_t i)
{
    const struct strip *s = &p->strips.at[i], *next = s + 1;
    if (i + 1 >= p->strips.n || !s->wrapped || s->commas > 0 || !strip_is_full(s) ||
        next->blanks > 0 || !may_be_title(p, next) || strip_is_full(next) || next->commas > 0)
        return false;
    return i + 2 >= p->strips.n || next[1].blanks > 0 || next[1].kind == STRIP_FURNITURE ||
           next[1].kind == STRIP_BYLINE;
}

/* Whether the text of an unwrapped or short line is a unit that sentences do not make. */
static bool is_short(const struct page *p, uint32_t i, const struct strip *open)
{
    const struct strip *s = &p->strips.at[i];
    if (is_part_label(p, s) && (open == NULL || open->ending == END_STOP || s->blanks > 0))
        return true;
    if (!may_be_title(p, s) || s->ending == END_STOP || is_form_line(p, i))
        return false;
    if (open == NULL && is_dateline(p, i))
        return true;
    bool quoted = open != NULL && s->blanks == 0 && open == s - 1 && open->ending == END_OPEN &&
                  text_has_open_quote(strip_words(p, open));
    if (quoted)
        return false;
    if (open == NULL && (begins_with_dash(p, s) || is_bracketed(p, s)))
        return true;
    bool begins = p->blocks.n == 0 || vector_last(&p->blocks).kind == BLOCK_FURNITURE;
    if (open == NULL && begins && s->commas == 0 && i + 1 < p->strips.n &&
        (s[1].blanks > 0 || strip_is_first(p, s + 1)))
        return s->width <= SHORT_MOST;
    if (open == NULL && begins && is_broken_title(p, i))
        return true;
    const struct strip *next = i + 1 < p->strips.n ? s + 1 : NULL;
    bool before_open = open != NULL && (open->ending == END_OPEN || open->ending == END_COMMA);
    bool adjacent = s->blanks == 0 && open == s - 1;
    if (s->wrapped) {
        if ((before_open && adjacent && strip_is_full(open)) ||
            (s->commas >= 2 && next != NULL && next->blanks == 0))
            return false;
        bool letter_spaced = s->spaced * 10 > s->width * 13;
        uint32_t width = letter_spaced ? s->width : s->spaced;
        bool ended = p->exact && next != NULL && next->blanks == 0 && next->kind == STRIP_TEXT &&
                     next->measure == s->measure && s->commas == 0 &&
                     strip_would_fit(p, width + s->indent, s->measure, next);
        if (width + SHORT_BY <= s->measure || ended)
            return !(p->indents && strip_is_indented(s) && next != NULL && next->blanks == 0 &&
                     s->width + s->indent + FULL_SLACK >= s->measure);
        /* A full line is a heading only where nothing can go on with it. */
        bool after = next == NULL || next->blanks > 0 || strip_is_numbered(next) ||
                     (p->indents && strip_is_indented(next));
        bool fresh = open == NULL || s->blanks > 0 || open->ending == END_STOP;
        if (p->indents && !strip_is_indented(s) && after && fresh && s->commas == 0)
            return true;
        bool named = word_at_end(p->marks, strip_words(p, s), "head") != NULL;
        if (fresh && next != NULL && s->commas == 0 && (strip_is_numbered(next) || named))
            return true;
        return fresh && after && next != NULL && s->commas == 0 && s->blanks > 0 &&
               next->blanks > 0 &&
               (strip_is_first(p, next) || strip_is_numbered(next) || p->spaced_out) &&
               word_at_end(p->marks, strip_words(p, s), "title") != NULL;
    }
    if (adjacent && before_open &&
        (open->width > SHORT_MOST || text_has_open_quote(strip_words(p, open))))
        return false;
    /* A clause with a comma is a heading where several stand so, else a paragraph's beginning. */
    bool opens = i == 0 || is_box_label(p, s - 1) || s[-1].kind == STRIP_FURNITURE;
    if (s->commas > 0 && !opens && !s->ornament &&
        (p->n_clauses < CLAUSES_LEAST || s->width > CLAUSE_MOST))
        return false;
    return s->width <= SHORT_MOST;
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
    struct str text = strip_words(p, s);
    unsigned blanks = crosses_page(p, s) || (p->stray_blanks && s->wrapped) ? 0 : s->blanks;
    if (s->begins_inside)
        return true;
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
    bool inside = p->indents && s->wrapped && !strip_is_indented(s) && full;
    if (s->ordinal.kind == ORDINAL_LEAD && !((unfinished || inside) && blanks == 0))
        return false;
    if (word_at_start(p->marks, text, "note") != NULL && !(unfinished && !gap && blanks == 0))
        return false;
    if (word_at_start(p->marks, text, "news") != NULL && !(unfinished && !gap && blanks == 0))
        return false;
    if (p->indents && strip_is_indented(s) && s->wrapped)
        return false;
    if (!unfinished) {
        if (gap || blanks > 0 || !open->wrapped || !s->wrapped || !full)
            return open->ending == END_BRACKET && open->wrapped && full && !gap && blanks <= 1 &&
                   !strip_is_first(p, s);
        return p->spaced_out || p->indents ||
               !(s->fresh || (strip_is_first(p, s) && block->n_strips > 1) ||
                 strip_would_fit(p, extent, open->measure, s) ||
                 word_at_start(p->marks, text, "start") != NULL);
    }
    if (gap && word_at_start(p->marks, text, "opener") != NULL)
        return false;
    if (open->wrapped)
        return full || blanks == 0 || open->ending == END_COMMA || (s->wrapped && open->stop != 0);
    return open->width >= 40 || open->commas > 0 || blanks == 0;
}

struct builder {
    struct page *page;
    uint32_t open;    /* the paragraph that stands open, an index in blocks, or NONE */
    uint32_t resumed; /* one that was made whole just now: what comes next is of its article */
    uint32_t broken;  /* one that another article broke off inside a sentence, or NONE */
    bool gap;         /* other blocks came since its last strip */
    bool signed_off;  /* （记者 …） ended the article above */
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
                 last->ordinal.kind == ORDINAL_NONE && !s->ornament;
    if (joins)
        append(p, last, i);
    else
        new_block(b, kind, i);
    if (b->open != NONE)
        b->gap = true;
}

static void add_speaker(struct builder *b, uint32_t *i)
{
    struct page *p = b->page;
    struct block *block = new_block(b, BLOCK_SPEAKER, *i);
    /* A speaker's line may be wrapped: it ends with 发言. */
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

/* A line that is no first line stands after a paragraph that ended: it goes on with another that
 * was broken off. Told only where first lines can be told. */
static bool resumes(const struct page *p, const struct strip *open, const struct strip *s,
                    bool signed_off)
{
    if (s->blanks == 0 || strip_is_numbered(s) || s->ornament || s->ordinal.kind == ORDINAL_LEAD ||
        (open != NULL && open->wrapped && open->width + SHORT_BY > open->measure))
        return false;
    if (!s->wrapped)
        return signed_off && (s->stop != 0 || s->ending == END_STOP) &&
               word_at_start(p->marks, strip_words(p, s), "opener") == NULL;
    if (p->indents)
        return !strip_is_indented(s) && (s->commas > 0 || s->stop != 0 || strip_is_full(s));
    return p->lost_indents && !strip_is_narrow(s) && s->width + 2 >= s->measure;
}

/* Another article begins: a paragraph that stands open inside a sentence may go on after it. */
static void break_off(struct builder *b)
{
    if (b->open != NONE) {
        const struct strip *last = &b->page->strips.at[b->page->blocks.at[b->open].last];
        if (last->ending == END_OPEN || last->ending == END_COMMA)
            b->broken = b->open;
    }
    b->open = b->resumed = NONE;
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

/* 共办理提案572件 / 占38.8%: short lines that count something, one under the other, are the lines
 * of a picture or a list: none of them is a heading. */
static void mark_figure_lists(struct page *p)
{
    enum { LINES_LEAST = 3, LINE_CELLS = 60 };
    for (uint32_t i = 0; i < p->strips.n;) {
        uint32_t end = i, counting = 0;
        bool body =
            i > 0 && p->strips.at[i - 1].stop + (p->strips.at[i - 1].ending == END_STOP) > 0;
        for (; end < p->strips.n; end++) {
            const struct strip *s = &p->strips.at[end];
            if (s->wrapped || s->width > LINE_CELLS || !may_be_title(p, s) || s->ornament ||
                s->ordinal.kind != ORDINAL_NONE || (end > i && s->blanks > 0))
                break;
            counting += s->figures > 0;
        }
        bool list = body && end - i >= LINES_LEAST && counting * 2 >= end - i && counting >= 2;
        for (; i < end; i++)
            p->strips.at[i].listed = list;
        i = end == i ? i + 1 : end;
    }
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
    bool ended = open == NULL || open->ending == END_STOP;
    if (b->broken != NONE && ended && (s->begins_inside || resumes(p, open, s, b->signed_off))) {
        b->open = b->resumed = b->broken;
        b->broken = NONE;
        open = &p->strips.at[p->blocks.at[b->open].last];
    }
    b->signed_off = false;
    bool two_lines;
    bool on = open != NULL && !is_form_line(p, i) && goes_on(p, &p->blocks.at[b->open], s, b->gap);
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
                   s->blanks == 0 && strip_is_full(s - 1) && may_be_title(p, s) &&
                   b->open == NONE && s->width + SHORT_BY <= s->measure;
    if (!strip_is_numbered(s) && !runs_on && is_short(p, i, b->gap ? NULL : open) &&
        names_picture(b, i)) {
        p->strips.at[i].kind = STRIP_CAPTION;
        new_block(b, BLOCK_CAPTION, i);
        b->gap = b->open != NONE;
        return;
    }
    if (!strip_is_numbered(s) && (runs_on || is_short(p, i, b->gap ? NULL : open))) {
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
        if (open != NULL && b->gap && open->wrapped && strip_is_full(open))
            break_off(b);
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
        else
            add_text(b, *i);
        break;
    case STRIP_HEADING: /* taken with the line before it */
        break;
    case STRIP_SPEAKER:
        add_speaker(b, i);
        b->open = NONE;
        break;
    case STRIP_TITLE:
        add_to_group(b, BLOCK_TITLE, *i);
        break_off(b);
        break;
    case STRIP_BYLINE:
        if (s->continues)
            append(p, &vector_last(&p->blocks), *i);
        else
            new_block(b, BLOCK_BYLINE, *i);
        b->open = NONE;
        b->signed_off = is_bracketed(p, s);
        break;
    default:
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
    for (size_t at = 0; at < text.n;) {
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

/* The prose of a block, and what can be measured of it. */
static void set_block(struct page *p, struct block *block)
{
    enum { FEW = 8 };
    struct span few[FEW], *spans = few;
    if (block->n_strips > FEW)
        spans = arena_array(p->arena, struct span, block->n_strips);
    size_t n = 0;
    for (uint32_t i = block->first; i != NONE; i = p->strips.at[i].next) {
        const struct strip *s = &p->strips.at[i];
        uint32_t start = s->start;
        if (n == 0 && s->ordinal.kind == ORDINAL_MARKDOWN)
            start += s->ordinal.length;
        while (start < s->end && p->text.p[start] == ' ')
            start++;
        spans[n++] = (struct span){start, s->end};
        block->commas = (uint16_t)(block->commas + s->commas);
        block->figures = (uint16_t)(block->figures + s->figures);
        block->width += s->width;
    }
    const struct strip *last = &p->strips.at[block->last];
    block->ending = last->ending;
    block->after = block->last + 1 < p->strips.n ? p->strips.at[block->last + 1].blanks : 1;
    bool body = block->kind == BLOCK_BODY;
    block->prose = prose_set(p, spans, n,
                             body                       ? PROSE_BODY
                             : block->kind == BLOCK_ROW ? PROSE_ROW
                                                        : PROSE_DISPLAY);
    if (body) {
        block->cut_before =
            begins_elsewhere(block->prose.text) || p->strips.at[block->first].begins_inside;
        block->single_sentence = block->n_strips == 1 && p->strips.at[block->first].stop == 0;
    }
}

/* Unwrapped short lines with a comma that stand above a paragraph. */
static void count_clauses(struct page *p)
{
    for (uint32_t i = 0; i + 1 < p->strips.n; i++) {
        const struct strip *s = &p->strips.at[i], *next = s + 1;
        p->n_clauses += s->commas > 0 && s->width <= CLAUSE_MOST && !s->wrapped &&
                        may_be_title(p, s) && !strip_is_numbered(s) && next->kind == STRIP_TEXT &&
                        next->width > SHORT_MOST && !next->begins_inside &&
                        (i == 0 || s[-1].ending == END_STOP);
    }
}

void page_find_blocks(struct page *p)
{
    struct builder b = {.page = p, .open = NONE, .broken = NONE, .resumed = NONE};
    vector_reserve(p->arena, &p->blocks, p->strips.n / 2);
    join_bylines(p);
    page_find_shapes(p);
    mark_titles(p);
    page_find_breaks(p);
    count_clauses(p);
    mark_figure_lists(p);
    for (uint32_t i = 0; i < p->strips.n; i++)
        add_strip(&b, &i);
    for (size_t i = 0; i < p->blocks.n; i++)
        set_block(p, &p->blocks.at[i]);
}
