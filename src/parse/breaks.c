/* Where paragraphs begin in a wrapped column that has neither indents nor blank lines. After a line
 * that is full and ends a sentence either may follow: the paragraph goes on or another begins. How
 * this page's other paragraphs begin, and how long they are, tells which. */
#include "parse/page.h"

#include "baolan/map.h"

enum {
    LENGTHS = 3, /* of first sentences: short, middle, long */
    FORMS = LENGTHS * 2 + 1,
    LINES_MOST = 64,  /* of a paragraph that are told apart */
    STARTS_LEAST = 4, /* paragraphs that must be known */
    HEAD_CHARS = 2
};

/* What is known of the sentences of one kind: those that begin paragraphs, those inside. */
struct habit {
    double forms[FORMS], all;
    struct map heads; /* of the first characters: how often */
};

struct habits {
    struct page *page;
    struct habit first, inner;
    double lines[LINES_MOST + 1]; /* paragraphs of as many lines, those of fewer counted in */
    uint32_t candidates;
    double wrapped, roomy; /* lines that a wrap ended, and those that had room for more */
};

/* A sentence's first stretch: the rest of strip i from byte `at`, and the strip after it. */
struct stretch {
    struct str here, next;
};

static struct stretch stretch_at(const struct page *p, uint32_t i, size_t at)
{
    struct str text = strip_words(p, &p->strips.at[i]);
    bool goes_on = i + 1 < p->strips.n && p->strips.at[i + 1].kind == STRIP_TEXT;
    return (struct stretch){
        str_sub(text, at, text.n),
        goes_on ? strip_words(p, &p->strips.at[i + 1]) : (struct str){NULL, 0},
    };
}

struct tally {
    unsigned chars, commas, figures;
};

/* Counts up to the first stop; false where there is none. */
static bool tally_sentence(struct str text, struct tally *t)
{
    for (size_t at = 0; at < text.n && t->chars < 40;) {
        uint32_t c = utf8_next(text, &at);
        if (point_is_stop(c))
            return true;
        t->chars++;
        t->commas += c == 0xFF0C || c == ',' || c == 0x3001 || c == 0xFF1B || c == 0xFF1A;
        t->figures += point_is_any_digit(c);
    }
    return t->chars >= 40;
}

/* Short sentences without figures are what a paragraph of a report begins with: 加快建设…。 */
static unsigned form_of(struct stretch s)
{
    struct ordinal ordinal = ordinal_read(s.here);
    struct tally t = {0};
    if (ordinal.kind == ORDINAL_LEAD)
        return FORMS - 1;
    if (!tally_sentence(s.here, &t))
        tally_sentence(s.next, &t);
    unsigned length = t.chars <= 10 && t.commas == 0                           ? 0
                      : t.chars <= 26 && t.commas <= (t.chars <= 18 ? 0u : 1u) ? 1
                                                                               : 2;
    return length + (t.figures > 0 ? LENGTHS : 0);
}

/* The first characters, where they stand on one line. */
static struct str head_of(struct stretch s)
{
    size_t at = 0;
    for (int n = 0; n < HEAD_CHARS; n++)
        utf8_next(s.here, &at);
    return str_sub(s.here, 0, at);
}

static void learn(struct habit *habit, struct stretch s)
{
    habit->forms[form_of(s)] += 1;
    habit->all += 1;
    map_put(&habit->heads, head_of(s), NULL)->value.number++;
}

/* Each sentence that begins inside strip i. */
static void learn_inner(struct habits *h, uint32_t i)
{
    const struct strip *s = &h->page->strips.at[i];
    struct str text = strip_words(h->page, s);
    for (size_t at = 0; s->stop != 0 && at < text.n;) {
        if (!point_is_stop(utf8_next(text, &at)))
            continue;
        while (point_is_closer(utf8_at(text, at)))
            utf8_next(text, &at);
        if (at < text.n)
            learn(&h->inner, stretch_at(h->page, i, at));
    }
}

static bool is_line(const struct strip *s)
{
    return s->kind == STRIP_TEXT && !strip_is_numbered(s);
}

/* Whether the sentence before strip i ends its line, and whether that line was ended by hand. */
enum border { BORDER_NONE, BORDER_SURE, BORDER_OPEN };

static enum border border_before(const struct page *p, uint32_t i)
{
    const struct strip *s = &p->strips.at[i], *before = s - 1;
    if (i == 0 || !is_line(s) || strip_opens_with(p, s, "inner") != NULL)
        return BORDER_NONE;
    if (before->kind != STRIP_TEXT || (s->blanks > 0 && !p->stray_blanks))
        return BORDER_SURE;
    if (before->ending != END_STOP || !before->wrapped)
        return before->ending == END_COLON ? BORDER_SURE : BORDER_NONE;
    bool full = strip_is_full(before) && !strip_would_fit(p, before->width, before->measure, s);
    return full && s->wrapped ? BORDER_OPEN : BORDER_SURE;
}

/* The first word of strip i would have stood on the line before it, to the cell. */
static bool has_room_before(const struct page *p, uint32_t i)
{
    const struct strip *s = &p->strips.at[i], *before = s - 1;
    return before->width + before->indent + strip_first_cells(p, s) <= before->measure;
}

static void learn_room(struct habits *h, uint32_t i)
{
    const struct page *p = h->page;
    const struct strip *s = &p->strips.at[i], *before = s - 1;
    if (i == 0 || before->kind != STRIP_TEXT || !before->wrapped || s->blanks > 0 ||
        strip_is_numbered(before) || before->gaps > 0 ||
        (before->ending != END_OPEN && before->ending != END_COMMA))
        return;
    h->wrapped += 1;
    h->roomy += has_room_before(p, i);
}

static void learn_page(struct habits *h)
{
    struct page *p = h->page;
    uint32_t start = 0;
    for (uint32_t i = 0; i < p->strips.n; i++) {
        if (p->strips.at[i].kind != STRIP_TEXT || !p->strips.at[i].wrapped)
            continue;
        enum border border = border_before(p, i);
        learn_room(h, i);
        learn_inner(h, i);
        h->candidates += border == BORDER_OPEN;
        if (border != BORDER_SURE)
            continue;
        learn(&h->first, stretch_at(p, i, 0));
        h->lines[i - start > LINES_MOST ? LINES_MOST : i - start] += 1;
        start = i;
    }
    for (size_t n = 1; n <= LINES_MOST; n++)
        h->lines[n] += h->lines[n - 1];
}

static double between(double x, double least, double most)
{
    return x < least ? least : x > most ? most : x;
}

static double count_of(const struct habit *habit, struct str head)
{
    const struct map_entry *e = map_get(&habit->heads, head);
    return e == NULL ? 0 : (double)e->value.number;
}

/* How much likelier strip i begins a paragraph of `lines` lines before it than goes on with it. */
static double odds_of(const struct habits *h, uint32_t i, uint32_t lines)
{
    const struct strip *s = &h->page->strips.at[i];
    struct stretch stretch = stretch_at(h->page, i, 0);
    unsigned form = form_of(stretch);
    /* A last line is full as often as it ends within three cells of the measure. */
    double full = 5.0 / (double)s->measure;
    double expected = h->first.all * full / (1 - full);
    double share = between((expected + 1) / ((double)h->candidates + 5), 0.05, 0.8);
    double odds = share / (1 - share);
    /* A last line has room in four cases of six, one inside a paragraph as seldom as is seen. */
    double roomy = (h->roomy + 1) / (h->wrapped + 5);
    odds *= has_room_before(h->page, i) ? between(0.67 / roomy, 1, 12) : 1;
    odds *= (h->first.forms[form] + 0.5) / (h->first.all + FORMS * 0.5);
    odds /= (h->inner.forms[form] + 0.5) / (h->inner.all + FORMS * 0.5);
    struct str head = head_of(stretch);
    double first = count_of(&h->first, head), inner = count_of(&h->inner, head);
    if (first + inner > 0)
        odds *= between((first + 0.5) / (h->first.all + 10) / ((inner + 0.5) / (h->inner.all + 10)),
                        0.15, 20);
    double reached = h->lines[lines > LINES_MOST ? LINES_MOST : lines] / h->lines[LINES_MOST];
    return odds * between((reached + 0.1) / 0.6, 0.15, 2.2);
}

void page_find_breaks(struct page *p)
{
    if (p->indents || p->lost_indents || p->spaced_out)
        return;
    struct habits h = {.page = p};
    h.first.heads = map_in(p->arena);
    h.inner.heads = map_in(p->arena);
    learn_page(&h);
    if (h.first.all < STARTS_LEAST || h.candidates == 0)
        return;
    for (uint32_t i = 1, start = 0; i < p->strips.n; i++) {
        struct strip *s = &p->strips.at[i];
        enum border border = border_before(p, i);
        s->fresh = border == BORDER_OPEN && odds_of(&h, i, i - start) > 1;
        if (border == BORDER_SURE || s->fresh)
            start = i;
    }
}
