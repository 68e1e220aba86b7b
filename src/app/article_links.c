/* Links that the form of a page tells. */
#include "app/article_links.h"

#include "baolan/message.h"
#include "baolan/utf8.h"
#include "baolan/vector.h"

#include <stdlib.h>

enum {
    ISSUE_MOST = 64,      /* documents of one day and paper */
    PARTS_MOST = 64,      /* articles of a document that go on elsewhere, or come from there */
    BOXES_MOST = 64,      /* of one article */
    SERIES_MOST = 64,     /* passages looked at for a series */
    SERIES_STEM_LEAST = 3 /* characters before a series' number */
};

const char *article_link_word(enum article_link_kind kind)
{
    static const char *const WORDS[] = {
#define X(id, text) text,
        ARTICLE_LINK_TABLE(X)
#undef X
    };
    return kind < ARTICLE_LINK_KIND_COUNT ? translate(WORDS[kind]) : "";
}

struct linking {
    struct store *store;
    struct arena *arena;
    const struct stored_document *document;
    const struct stored_article *article;
    struct error *error;
    uint32_t issue[ISSUE_MOST]; /* documents of the same paper and day */
    size_t n_issue;
    bool issue_read;
    VECTOR(struct article_link) links;
};

static void add(struct linking *l, enum article_link_kind kind, const struct stored_article *to,
                struct str edition, struct article_link at)
{
    at.kind = kind;
    at.article = to->id;
    at.title = to->title;
    at.date = to->date;
    at.edition = edition;
    vector_push(l->arena, &l->links, at);
}

/* --- Pages ----------------------------------------------------------------------------------- */

/* A page's name: its section's letter and its number. */
struct page_name {
    uint32_t letter; /* A of A03; 0: none */
    unsigned number; /* 0: it is no page */
};

/* The page that text names: 第2版, A03版, 二版, 3. */
static struct page_name page_named(struct str text)
{
    static const struct str han = STR_INIT("一二三四五六七八九");
    struct page_name page = {0, 0};
    for (size_t i = 0, at = 0; i < text.n; at = i) {
        uint32_t c = utf8_next(text, &i);
        size_t digit = str_find(han, str_sub(text, at, i), 0);
        if (c >= 'a' && c <= 'z')
            c -= 'a' - 'A';
        if (c >= 'A' && c <= 'Z')
            page.letter = c;
        else if (point_is_digit(c) && page.number < 100)
            page.number = page.number * 10 + (c - '0');
        else if (c == 0x5341 && page.number < 10) /* 十 */
            page.number = (page.number == 0 ? 1 : page.number) * 10;
        else if (digit != STR_NONE && digit % 3 == 0 && page.number < 100)
            page.number = page.number % 10 == 0 ? page.number + (unsigned)(digit / 3) + 1 : 0;
        else if (c != 0x7B2C && c != 0x7248 && !point_is_space(c)) /* 第 版 */
            return (struct page_name){0, 0};
    }
    return page;
}

/* A03 is 第三版 as well: the first section's letter is often left out. */
static bool is_page(struct page_name a, struct page_name b)
{
    uint32_t left = a.letter == 0 ? 'A' : a.letter, right = b.letter == 0 ? 'A' : b.letter;
    return a.number > 0 && a.number == b.number && left == right;
}

/* Reads the documents of the same issue, once. */
static enum status read_issue(struct linking *l)
{
    if (l->issue_read)
        return STATUS_OK;
    l->issue_read = true;
    if (l->document->date.n < 10)
        return STATUS_OK;
    return store_documents_of_issue(l->store, l->document->paper, l->document->date, l->issue,
                                    ISSUE_MOST, &l->n_issue, l->error);
}

/* The article of a document that goes on where this one stops, or begins what it goes on with; by
 * its title where several do. */
static enum status find_part(struct linking *l, const struct stored_document *d, bool onwards,
                             struct page_name own, struct stored_article *out, bool *found)
{
    uint32_t ids[PARTS_MOST];
    size_t n = 0;
    *found = false;
    enum status status = store_continued(l->store, d->id, !onwards, ids, PARTS_MOST, &n, l->error);
    for (size_t i = 0; i < n && status == STATUS_OK; i++) {
        struct stored_article it;
        status = store_article(l->store, l->arena, ids[i], &it, l->error);
        if (status != STATUS_OK)
            return status;
        struct str other = onwards ? it.continued_from : it.continued_to;
        bool points = other.n > 0 && (own.number == 0 || page_named(other).number == 0 ||
                                      is_page(page_named(other), own));
        bool named = points && it.title.n > 0 &&
                     (str_has(l->article->title, it.title) || str_has(it.title, l->article->title));
        if (it.id != l->article->id && (named || (points && !*found))) {
            *out = it;
            *found = true;
            if (named)
                return STATUS_OK;
        }
    }
    return status;
}

/* The piece that this one goes on with, or comes from: in the issue's page of that name, else in
 * the same document. */
static enum status add_continued(struct linking *l, bool onwards)
{
    struct str where = onwards ? l->article->continued_to : l->article->continued_from;
    struct article_link at = {0};
    struct page_name wanted = page_named(where), own = page_named(l->document->edition);
    if (where.n == 0)
        return STATUS_OK;
    for (uint32_t i = 0; i < l->article->n_passages; i++) {
        const struct stored_passage *p = &l->article->passages[i];
        size_t found = p->kind == PASSAGE_CAPTION ? str_find(p->text, where, 0) : STR_NONE;
        if (found != STR_NONE)
            at = (struct article_link){
                .passage = p->id, .start = 0, .end = (uint32_t)(found + where.n)};
    }
    enum status status = read_issue(l);
    for (size_t i = 0; i <= l->n_issue && status == STATUS_OK; i++) {
        struct stored_document d = *l->document;
        struct stored_article part;
        bool found;
        if (i < l->n_issue)
            status = store_document(l->store, l->arena, l->issue[i], &d, l->error);
        bool right = i == l->n_issue || is_page(page_named(d.edition), wanted);
        if (status != STATUS_OK || !right)
            continue;
        status = find_part(l, &d, onwards, own, &part, &found);
        if (status == STATUS_OK && found) {
            add(l, onwards ? ARTICLE_LINK_TO : ARTICLE_LINK_FROM, &part, d.edition, at);
            return STATUS_OK;
        }
    }
    return status;
}

/* Whether the article's own （下转第2版） led there, which comes before all other links. */
static bool goes_on_there(const struct linking *l, uint32_t article)
{
    for (size_t i = 0; i < l->links.n && i < 2; i++)
        if (l->links.at[i].kind == ARTICLE_LINK_TO && l->links.at[i].article == article)
            return true;
    return false;
}

/* The page of the issue that `where` names: the piece that goes on with this one, else its first
 * article. */
static enum status add_page(struct linking *l, struct str where, struct article_link at)
{
    struct page_name wanted = page_named(where);
    enum status status = wanted.number == 0 ? STATUS_OK : read_issue(l);
    for (size_t i = 0; i < l->n_issue && wanted.number > 0 && status == STATUS_OK; i++) {
        struct stored_document d;
        struct stored_article first;
        status = store_document(l->store, l->arena, l->issue[i], &d, l->error);
        if (status != STATUS_OK || d.articles == 0 || d.id == l->document->id ||
            !is_page(page_named(d.edition), wanted))
            continue;
        bool onwards = true;
        enum article_link_kind kind = ARTICLE_LINK_TO;
        status = find_part(l, &d, true, page_named(l->document->edition), &first, &onwards);
        if (status == STATUS_OK && !onwards) {
            kind = ARTICLE_LINK_PAGE;
            status = store_article(l->store, l->arena, d.first_article, &first, l->error);
        }
        if (status == STATUS_OK && !goes_on_there(l, first.id))
            add(l, kind, &first, d.edition, at);
        return status;
    }
    return status;
}

/* `详见第3版` and the like in one passage. */
static enum status add_pages(struct linking *l, const struct stored_passage *p)
{
    static const struct str verbs[] = {STR_INIT("详见"), STR_INIT("全文见"), STR_INIT("请看"),
                                       STR_INIT("下转"), STR_INIT("上接"),   STR_INIT("紧接"),
                                       STR_INIT("刊"),   STR_INIT("见")};
    static const struct str page = STR_INIT("版");
    enum status status = STATUS_OK;
    for (size_t end = 0; status == STATUS_OK;) {
        size_t at = str_find(p->text, page, end);
        if (at == STR_NONE)
            return STATUS_OK;
        end = at + page.n;
        size_t from = at > 30 ? at - 30 : 0;
        for (size_t k = 0; k < sizeof verbs / sizeof *verbs; k++) {
            size_t verb = str_find_last(str_sub(p->text, from, at), verbs[k]);
            if (verb == STR_NONE)
                continue;
            struct str where = str_trim(str_sub(p->text, from + verb + verbs[k].n, end));
            if (page_named(where).number == 0)
                continue;
            struct article_link link = {
                .passage = p->id, .start = (uint32_t)(from + verb), .end = (uint32_t)end};
            status = add_page(l, where, link);
            break;
        }
    }
    return status;
}

/* --- Series ---------------------------------------------------------------------------------- */

/* A piece's number in its series, and what stands before it: “首季报”⑥. */
struct series_mark {
    struct str stem;
    unsigned number; /* 0: there is none */
    size_t end;      /* of the number */
};

static bool is_dash(uint32_t c)
{
    return c == 0x2014 || c == '-' || c == 0x2015 || c == 0x2500 || point_is_space(c);
}

static struct series_mark series_of(struct str text)
{
    static const struct str han = STR_INIT("一二三四五六七八九十");
    struct series_mark mark = {0};
    size_t begin = 0;
    for (size_t next = 0; next < text.n && is_dash(utf8_next(text, &next));)
        begin = next;
    for (size_t i = begin, at = begin; i < text.n; at = i) {
        uint32_t c = utf8_next(text, &i);
        struct str rest = str_sub(text, i, text.n);
        bool circled = c >= 0x2460 && c <= 0x2473;
        bool bracket = (c == 0xFF08 || c == '(') && rest.n >= 3;
        size_t digit = bracket ? str_find(han, str_sub(rest, 0, 3), 0) : STR_NONE;
        bool numbered = digit != STR_NONE && digit % 3 == 0 &&
                        (utf8_at(rest, 3) == 0xFF09 || utf8_at(rest, 3) == ')');
        if (!circled && !numbered)
            continue;
        mark.stem = str_sub(text, begin, at);
        mark.number = circled ? c - 0x245F : (unsigned)(digit / 3) + 1;
        mark.end = circled ? i : i + 3;
        if (numbered)
            utf8_next(text, &mark.end);
        if (utf8_count(mark.stem) < SERIES_STEM_LEAST)
            mark.number = 0;
        return mark;
    }
    return mark;
}

static bool is_head(enum passage_kind kind)
{
    return kind == PASSAGE_TITLE || kind == PASSAGE_KICKER || kind == PASSAGE_SUBTITLE;
}

struct instalment {
    unsigned number;
    struct stored_article article;
};

static int by_number(const void *left, const void *right)
{
    const struct instalment *a = left, *b = right;
    if (a->number != b->number)
        return a->number < b->number ? -1 : 1;
    return a->article.id < b->article.id ? -1 : a->article.id > b->article.id;
}

static enum status add_series(struct linking *l, const struct stored_passage *p)
{
    struct series_mark own = series_of(p->text);
    uint32_t ids[SERIES_MOST];
    size_t found = 0;
    VECTOR(struct instalment) pieces = {0};
    if (own.number == 0)
        return STATUS_OK;
    enum status status = store_match(l->store, own.stem, 0, ids, SERIES_MOST, &found, l->error);
    for (size_t i = 0; i < found && status == STATUS_OK; i++) {
        struct stored_passage it;
        struct instalment piece;
        status = store_passage(l->store, l->arena, ids[i], &it, l->error);
        struct series_mark mark =
            status == STATUS_OK && is_head(it.kind) ? series_of(it.text) : (struct series_mark){0};
        if (mark.number == 0 || !str_eq(mark.stem, own.stem) || it.article == l->article->id)
            continue;
        piece.number = mark.number;
        status = store_article(l->store, l->arena, it.article, &piece.article, l->error);
        if (status == STATUS_OK)
            vector_push(l->arena, &pieces, piece);
    }
    if (pieces.n > 0)
        qsort(pieces.at, pieces.n, sizeof *pieces.at, by_number);
    for (size_t i = 0; i < pieces.n && status == STATUS_OK; i++) {
        struct article_link at = {.passage = p->id,
                                  .start = (uint32_t)(own.stem.p - p->text.p),
                                  .end = (uint32_t)own.end};
        add(l, ARTICLE_LINK_SERIES, &pieces.at[i].article,
            str_printf(l->arena, "%u", pieces.at[i].number), at);
    }
    return status;
}

/* --- Boxes ----------------------------------------------------------------------------------- */

/* The article that this one is a box or commentary of, and those of this one. */
static enum status add_boxes(struct linking *l)
{
    uint32_t ids[BOXES_MOST + 1], main = l->article->box_of;
    size_t n = 0;
    enum status status =
        store_boxes_of(l->store, l->article->id, ids + 1, BOXES_MOST, &n, l->error);
    ids[0] = main;
    for (size_t i = main == 0; i <= n && status == STATUS_OK; i++) {
        struct stored_article it;
        status = store_article(l->store, l->arena, ids[i], &it, l->error);
        if (status == STATUS_OK)
            add(l, i == 0 ? ARTICLE_LINK_MAIN : ARTICLE_LINK_BOX, &it, l->document->edition,
                (struct article_link){0});
    }
    return status;
}

/* --- Near copies ----------------------------------------------------------------------------- */

static enum status add_copies(struct linking *l, size_t most)
{
    const uint32_t *ids;
    size_t n;
    enum status status = store_copies(l->store, l->arena, l->article->id, &ids, &n, l->error);
    for (size_t i = 0; i < n && i < most && status == STATUS_OK; i++) {
        struct stored_article it;
        struct stored_document d;
        status = store_article(l->store, l->arena, ids[i], &it, l->error);
        if (status == STATUS_OK)
            status = store_document(l->store, l->arena, it.document, &d, l->error);
        if (status != STATUS_OK)
            return status;
        it.date = d.date.n > 0 ? d.date : it.date;
        struct str where = str_printf(l->arena, "%.*s %.*s", STR_ARG(d.paper), STR_ARG(d.edition));
        add(l, ARTICLE_LINK_COPY, &it, str_trim(where), (struct article_link){0});
    }
    return status;
}

enum status article_links_of_form(struct store *s, struct arena *a,
                                  const struct stored_document *document,
                                  const struct stored_article *article, size_t copies,
                                  const struct article_link **out, size_t *n, struct error *e)
{
    struct linking l = {
        .store = s, .arena = a, .document = document, .article = article, .error = e};
    enum status status = add_continued(&l, false);
    if (status == STATUS_OK)
        status = add_continued(&l, true);
    for (uint32_t i = 0; i < article->n_passages && status == STATUS_OK; i++) {
        const struct stored_passage *p = &article->passages[i];
        status = add_pages(&l, p);
        if (status == STATUS_OK && is_head(p->kind))
            status = add_series(&l, p);
    }
    if (status == STATUS_OK)
        status = add_boxes(&l);
    if (status == STATUS_OK)
        status = add_copies(&l, copies);
    *out = l.links.at;
    *n = l.links.n;
    return status;
}
