/* Nothing is lost: what no prose holds is dropped, and every character is in exactly one place. */
#include "baolan/message.h"
#include "baolan/parse_stages.h"
#include "parse/page.h"

typedef void visit(void *context, const struct prose *prose);

static void each_prose(const struct document *d, visit *v, void *context)
{
    for (uint32_t i = 0; i < d->n_articles; i++) {
        const struct article *a = &d->articles[i];
        v(context, &a->title);
        v(context, &a->kicker);
        v(context, &a->subtitle);
        for (uint32_t k = 0; k < a->n_byline_lines; k++)
            v(context, &a->byline_lines[k]);
        for (uint32_t k = 0; k < a->n_headings; k++)
            v(context, &a->headings[k].prose);
        for (uint32_t k = 0; k < a->n_paragraphs; k++)
            v(context, &a->paragraphs[k].prose);
        for (uint32_t k = 0; k < a->n_captions; k++)
            v(context, &a->captions[k]);
    }
}

struct cover {
    unsigned char *times; /* a byte of text each: how often it is taken */
    size_t n;
};

static void cover_prose(void *context, const struct prose *prose)
{
    struct cover *cover = context;
    for (uint32_t i = 0; i < prose->n_pieces; i++) {
        const struct piece *piece = &prose->pieces[i];
        size_t end = (size_t)piece->text + piece->text_length;
        for (size_t at = piece->text; at < end && at < cover->n; at++)
            if (cover->times[at] < 2)
                cover->times[at]++;
    }
}

static bool is_space_at(struct str text, size_t *at)
{
    return point_is_space(utf8_next(text, at));
}

/* The same where it only matters whether. */
static void mark_prose(void *context, const struct prose *prose)
{
    struct cover *cover = context;
    for (uint32_t i = 0; i < prose->n_pieces; i++) {
        const struct piece *piece = &prose->pieces[i];
        if (piece->text < cover->n && piece->text_length <= cover->n - piece->text)
            memset(cover->times + piece->text, 1, piece->text_length);
    }
}

void page_find_dropped(struct page *p)
{
    struct document *d = p->document;
    struct cover cover = {arena_alloc(p->arena, p->text.n + 1), p->text.n};
    VECTOR(struct dropped) dropped = {0};
    each_prose(d, mark_prose, &cover);
    /* The byte behind the text is 0, so that there is always one. */
    for (size_t at = 0;;) {
        const unsigned char *free = memchr(cover.times + at, 0, p->text.n + 1 - at);
        at = (size_t)(free - cover.times);
        if (at >= p->text.n)
            break;
        size_t start = at;
        if (is_space_at(p->text, &at))
            continue;
        /* One mark of neighbouring characters. */
        while (at < p->text.n && cover.times[at] == 0) {
            size_t after = at;
            if (is_space_at(p->text, &after))
                break;
            at = after;
        }
        struct dropped mark = {{start, at}};
        vector_push(p->arena, &dropped, mark);
    }
    d->dropped = dropped.at;
    d->n_dropped = (uint32_t)dropped.n;
}

static bool fail(const struct document *d, size_t at, const char *what, struct error *e)
{
    size_t end = at;
    utf8_next(d->decoded.text, &end);
    struct str c = str_sub(d->decoded.text, at, end);
    error_set(e, STATUS_CORRUPT, "line %u: \"%.*s\" is %s",
              d->n_lines == 0 ? 1 : d->lines[document_line_at(d, at)].number, STR_ARG(c),
              translate(what));
    return false;
}

/* Pieces agree with the prose, in order and without gaps. */
struct pieces_check {
    const struct document *d;
    bool ok;
};

static void check_pieces(void *context, const struct prose *prose)
{
    struct pieces_check *check = context;
    size_t at = 0;
    for (uint32_t i = 0; i < prose->n_pieces; i++) {
        const struct piece *piece = &prose->pieces[i];
        struct str source =
            str_sub(check->d->decoded.text, piece->text, (size_t)piece->text + piece->text_length);
        check->ok =
            check->ok && piece->at == at && piece->length > 0 && source.n == piece->text_length;
        if (piece->length == piece->text_length)
            check->ok = check->ok && str_eq(source, str_sub(prose->text, at, at + piece->length));
        at += piece->length;
    }
    check->ok = check->ok && at == prose->text.n;
}

bool document_check(const struct document *d, struct error *e)
{
    struct str text = d->decoded.text;
    struct arena_mark mark = arena_mark(d->arena);
    struct cover cover = {arena_alloc(d->arena, text.n + 1), text.n};
    struct pieces_check pieces = {d, true};
    each_prose(d, check_pieces, &pieces);
    each_prose(d, cover_prose, &cover);
    for (uint32_t i = 0; i < d->n_dropped; i++)
        for (size_t at = d->dropped[i].span.start; at < d->dropped[i].span.end; at++)
            if (cover.times[at] < 2)
                cover.times[at]++;
    bool ok = pieces.ok;
    if (!ok)
        error_set(e, STATUS_CORRUPT, "a prose and its pieces differ");
    for (size_t at = 0; ok && at < text.n;) {
        size_t start = at;
        bool space = is_space_at(text, &at);
        if (!space && cover.times[start] != 1)
            ok = fail(d, start, cover.times[start] == 0 ? N_("lost") : N_("in two places"), e);
    }
    arena_release(d->arena, mark);
    return ok;
}
