/* A draft to an article: who signed it and where it goes on are cut off its paragraphs, what stands
 * above a speech is a picture's, its blocks become headings and paragraphs. */
#include "parse/credits.h"
#include "parse/drafts.h"

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
        draft_push(p, &d->captions, block_at(m, d->body.at[i])->prose);
    d->body.n -= at;
    memmove(d->body.at, d->body.at + at, d->body.n * sizeof *d->body.at);
}

/* Credits at the ends of paragraphs are the article's; where most paragraphs have one, each is an
 * item with an author of its own, and keeps it. */
static void cut_signatures(struct maker *m, struct draft *d)
{
    struct page *p = m->page;
    size_t paragraphs = 0;
    for (size_t i = 0; i < d->body.n; i++)
        paragraphs += block_at(m, d->body.at[i])->kind == BLOCK_BODY;
    if (d->signed_ends.n >= 2 && d->signed_ends.n * 2 >= paragraphs)
        return;
    for (size_t i = 0; i < d->signed_ends.n; i++) {
        struct block *b = block_at(m, d->signed_ends.at[i]);
        struct str credit;
        size_t at = credits_at_end(p, &b->prose, &credit);
        if (at == STR_NONE)
            continue;
        struct prose tail = prose_sub(p->arena, &b->prose, at, b->prose.text.n);
        b->prose = prose_sub(p->arena, &b->prose, 0, at);
        credits_read(p, credit, &d->credits);
        draft_push(p, &d->byline_lines, tail);
    }
}

/* Where a piece comes from and goes on is said at the head of its first paragraph and at the end of
 * its last: kept as captions. */
static void cut_continued(struct maker *m, struct draft *d)
{
    enum { TAIL_BYTES = 60 };
    struct page *p = m->page;
    struct block *first = d->body.n > 0 ? block_at(m, d->body.at[0]) : NULL;
    if (first == NULL || first->kind != BLOCK_BODY)
        return;
    size_t head = text_continued_length(p, first->prose.text);
    if (head > 0 && head < first->prose.text.n) {
        draft_push(p, &d->captions, prose_sub(p->arena, &first->prose, 0, head));
        first->prose = prose_sub(p->arena, &first->prose, head, first->prose.text.n);
    }
    struct block *last = block_at(m, vector_last(&d->body));
    struct str text = last->prose.text;
    size_t from = text.n > TAIL_BYTES ? text.n - TAIL_BYTES : 0;
    size_t wide = str_find_last(str_sub(text, from, text.n), STR("（"));
    size_t at = wide == STR_NONE ? text.n : from + wide;
    size_t stop = str_find_last(str_sub(text, from, text.n), STR("。"));
    if (at == text.n && stop != STR_NONE) /* …。下转→A03 */
        at = from + stop + strlen("。");
    if (last->kind == BLOCK_BODY && at > 0 && at < text.n &&
        text_continued_length(p, str_sub(text, at, text.n)) == text.n - at) {
        draft_push(p, &d->captions, prose_sub(p->arena, &last->prose, at, text.n));
        last->prose = prose_sub(p->arena, &last->prose, 0, at);
        last->ending = (uint8_t)text_ending(last->prose.text);
    }
}

/* A name that a line of the site and the head of the text both give is one credit, with the role
 * that says more. */
static void unite_credits(struct credit_list *list)
{
    enum { CREDITS_MOST = 64 };
    size_t n = 0;
    for (size_t i = 0; i < list->n; i++) {
        size_t same = 0;
        while (same < n && same < CREDITS_MOST && !str_eq(list->at[same].name, list->at[i].name))
            same++;
        if (same < n && same < CREDITS_MOST) {
            if (str_eq(list->at[same].role, STR("作者")))
                list->at[same].role = list->at[i].role;
            continue;
        }
        list->at[n++] = list->at[i];
    }
    list->n = n;
}

void draft_finish(struct maker *m, struct draft *d, struct article *out)
{
    struct page *p = m->page;
    cut_continued(m, d);
    cut_signatures(m, d);
    set_speech(m, d);
    if (d->credits.n == 0 && d->source.n > 0)
        credit_add(p, &d->credits, STR("作者"), d->source);
    unite_credits(&d->credits);
    d->article.credits = d->credits.at;
    d->article.n_credits = (uint32_t)d->credits.n;
    d->article.byline_lines = d->byline_lines.at;
    d->article.n_byline_lines = (uint32_t)d->byline_lines.n;
    sections_make(p, &d->article, d->body.at, d->body.n);
    d->article.captions = d->captions.at;
    d->article.n_captions = (uint32_t)d->captions.n;
    *out = d->article;
}
