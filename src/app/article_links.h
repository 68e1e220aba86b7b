/* What an article leads to besides the names and figures in it: the page that it goes on, the pages
 * that it points to, the other pieces of its series, its commentary, its near copies; the proposals
 * that stand in it and those that ask for what it speaks of. */
#ifndef APP_ARTICLE_LINKS_H
#define APP_ARTICLE_LINKS_H

#include "baolan/store.h"

/* One row a kind: id, what is said before the title that it leads to. */
#define ARTICLE_LINK_TABLE(X)                         \
    X(ARTICLE_LINK_FROM, N_("Continued from"))        \
    X(ARTICLE_LINK_TO, N_("Continued on"))            \
    X(ARTICLE_LINK_PAGE, N_("See page"))              \
    X(ARTICLE_LINK_SERIES, N_("Series"))              \
    X(ARTICLE_LINK_MAIN, N_("Belongs to"))            \
    X(ARTICLE_LINK_BOX, N_("Beside it"))              \
    X(ARTICLE_LINK_COPY, N_("Same text"))             \
    X(ARTICLE_LINK_PROPOSAL, N_("Proposal in it"))    \
    X(ARTICLE_LINK_ASKED, N_("Proposal on the same")) \
    X(ARTICLE_LINK_REPORT, N_("Report on the same"))

enum article_link_kind {
#define X(id, text) id,
    ARTICLE_LINK_TABLE(X)
#undef X
        ARTICLE_LINK_KIND_COUNT
};

const char *article_link_word(enum article_link_kind kind);

struct article_link {
    enum article_link_kind kind;
    uint32_t passage, start, end;    /* where the article says so; passage 0: nowhere */
    uint32_t article;                /* that it leads to */
    uint32_t there, there_start;     /* of a report: the passage of a shared name, and its byte */
    uint32_t proposal;               /* … or the proposal; 0: none */
    struct str title, date, edition; /* of what it leads to; of a near copy paper and page */
    const struct str *names;         /* shared with a proposal or report, the rarest first: why */
    size_t n_names;
};

/* Those told by the page's form: continued pieces, pages, series, commentary; and near copies, at
 * most `copies` of them. The article has its passages (store_load_article). Costs a few look-ups
 * where such words stand in it, else nothing.
 */
enum status article_links_of_form(struct store *s, struct arena *a,
                                  const struct stored_document *document,
                                  const struct stored_article *article, size_t copies,
                                  const struct article_link **out, size_t *n, struct error *e);

/* Those told by what it says: proposals, and of a proposal the reports that speak of what it asks
 * for. Reads at most a few thousand mentions. */
enum status article_links_of_sense(struct store *s, struct arena *a,
                                   const struct stored_article *article,
                                   const struct article_link **out, size_t *n, struct error *e);

#endif
