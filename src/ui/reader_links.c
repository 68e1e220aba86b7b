/* The links of a page that are no names or figures: where a piece goes on, the page that it points
 * to, its series and commentary. Where the text says so, its words lead there; each also stands as
 * a line of its own at the article's end. */
#include "app/article_links.h"
#include "baolan/message.h"
#include "ui/reader_state.h"
#include "ui/words.h"

/* Near copies that stand at an article's end; the list of its links has them all. */
enum { COPIES_TOLD = 8 };

/* A copy of a passage's links with one more, ascending in start. */
static void add_link(struct arena *a, struct stored_passage *p, struct link link)
{
    struct link *links = arena_array(a, struct link, p->n_links + 1);
    uint32_t at = 0;
    while (at < p->n_links && p->links[at].start < link.start)
        at++;
    /* What was there at the same place is a name in it: the words as a whole lead further. */
    for (uint32_t i = 0; i < p->n_links; i++)
        links[i < at ? i : i + 1] = p->links[i];
    links[at] = link;
    p->links = links;
    p->n_links++;
}

/* `续见 第2版 《…》`: a line that is a link. */
static struct stored_passage line_of(struct arena *a, const struct article_link *link,
                                     uint32_t article, uint32_t id)
{
    struct buffer text = buffer_in(a);
    bool is_page = link->kind != ARTICLE_LINK_SERIES && link->kind != ARTICLE_LINK_COPY;
    buffer_add_c(&text, article_link_word(link->kind));
    buffer_add_byte(&text, ' ');
    if (link->edition.n > 0)
        buffer_printf(&text, is_page ? translate("page %.*s ") : "%.*s ", STR_ARG(link->edition));
    if (link->kind == ARTICLE_LINK_COPY && link->date.n > 0)
        buffer_printf(&text, "%.*s ", STR_ARG(words_of_period(a, link->date)));
    struct link *to = arena_new_of(a, struct link);
    to->start = (uint32_t)text.n;
    buffer_add_c(&text, "《");
    buffer_add(&text, link->title.n > 0 ? link->title : STR("—"));
    buffer_add_c(&text, "》");
    to->end = (uint32_t)text.n;
    to->kind = LINK_ARTICLE;
    to->target = link->article;
    return (struct stored_passage){.id = id,
                                   .article = article,
                                   .kind = PASSAGE_CAPTION,
                                   .text = buffer_str(&text),
                                   .links = to,
                                   .n_links = 1};
}

/* `另有 188 处`: what was left out of an article's near copies; no text where nothing was. */
static enum status copies_left(struct store *store, struct arena *a, uint32_t article, size_t told,
                               struct str *out, struct error *e)
{
    uint32_t all = 0;
    *out = (struct str){NULL, 0};
    enum status status =
        told < COPIES_TOLD ? STATUS_OK : store_copies_count(store, article, &all, e);
    if (status == STATUS_OK && all > told)
        *out = str_printf(a, translate("%s: %zu more"), article_link_word(ARTICLE_LINK_COPY),
                          all - told);
    return status;
}

enum status reader_add_links(struct store *store, struct arena *a,
                             const struct stored_document *document, struct stored_article *article,
                             uint32_t *next_id, struct error *e)
{
    const struct article_link *links;
    size_t n, copies = 0;
    struct str left;
    enum status status =
        article_links_of_form(store, a, document, article, COPIES_TOLD, &links, &n, e);
    for (size_t i = 0; status == STATUS_OK && i < n; i++)
        copies += links[i].kind == ARTICLE_LINK_COPY;
    if (status == STATUS_OK)
        status = copies_left(store, a, article->id, copies, &left, e);
    if (status != STATUS_OK || n == 0)
        return status;
    struct stored_passage *passages =
        arena_array(a, struct stored_passage, article->n_passages + n + 1);
    memcpy(passages, article->passages, article->n_passages * sizeof *passages);
    for (size_t i = 0; i < n; i++) {
        for (uint32_t k = 0; k < article->n_passages; k++)
            if (passages[k].id == links[i].passage && links[i].kind != ARTICLE_LINK_SERIES)
                add_link(
                    a, &passages[k],
                    (struct link){links[i].start, links[i].end, LINK_ARTICLE, links[i].article});
        passages[article->n_passages + i] = line_of(a, &links[i], article->id, (*next_id)--);
    }
    article->passages = passages;
    article->n_passages += (uint32_t)n;
    if (left.n > 0)
        passages[article->n_passages++] = (struct stored_passage){
            .id = (*next_id)--, .article = article->id, .kind = PASSAGE_CAPTION, .text = left};
    return STATUS_OK;
}
