/* What stands out of place on a page: pieces from other pages, headlines under their bodies,
 * headlines whose body is elsewhere. */
#include "parse/drafts.h"
#include "parse/pairs.h"

/* Whether a draft's kicker could be the headline of a piece from another page. */
static bool kicker_is_headline(const struct draft *d)
{
    struct str text = d->article.kicker.text;
    return text.n > d->article.title.text.n && text.n >= 30 && str_has(text, STR(" "));
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
        score += (int)pairs_shared(headline, text) - (int)pairs_shared(d->article.title.text, text);
        if (score > most) {
            most = score;
            best = i;
        }
    }
    return best;
}

void draft_move_blocks(struct maker *m, size_t from, size_t at, size_t to)
{
    struct arena *arena = m->page->arena;
    struct draft *source = &m->drafts.at[from], *target = &m->drafts.at[to];
    for (size_t k = at; k < source->body.n; k++) {
        vector_push(arena, &target->body, source->body.at[k]);
        m->owner[source->body.at[k]] = (uint32_t)to;
    }
    source->body.n = at;
    size_t kept = 0;
    for (size_t k = 0; k < source->signed_ends.n; k++) {
        uint32_t block = source->signed_ends.at[k];
        if (m->owner[block] == to)
            vector_push(arena, &target->signed_ends, block);
        else
            source->signed_ends.at[kept++] = block;
    }
    source->signed_ends.n = kept;
}

/* The blocks of draft i from its at-th on become a draft of their own. */
static struct draft *split_draft(struct maker *m, size_t i, size_t at)
{
    draft_new(m, m->drafts.at[i].body.at[at]);
    draft_move_blocks(m, i, at, m->drafts.n - 1);
    return &vector_last(&m->drafts);
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
    split_draft(m, broken, at)->fragment = true;
}

/* The one short line in a draft's body, or the one that stands off most; 0 where there is none. */
static size_t only_line(struct maker *m, const struct draft *d)
{
    size_t line = 0;
    bool only = true;
    for (size_t k = 1; k + 1 < d->body.n; k++) {
        const struct block *b = block_at(m, d->body.at[k]);
        if (b->kind != BLOCK_SHORT)
            continue;
        unsigned most = line == 0 ? 0 : block_at(m, d->body.at[line])->blanks;
        only = line == 0 || b->blanks > most || (only && b->blanks < most);
        line = line == 0 || b->blanks > most ? k : line;
    }
    return only ? line : 0;
}

static bool shares_name(const struct credit_list *list, size_t first)
{
    for (size_t i = 0; i < first; i++)
        for (size_t k = first; k < list->n; k++)
            if (str_eq(list->at[i].name, list->at[k].name))
                return true;
    return false;
}

/* 本报讯（记者 …） names who wrote a piece, and under its last paragraph others sign: they are two
 * pieces, and the short line between them is the headline of the second. */
static void part_signed(struct maker *m)
{
    for (size_t i = 0, n = m->drafts.n; i < n; i++) {
        const struct draft *d = &m->drafts.at[i];
        size_t lead = d->lead_credits;
        bool twice = d->titled && d->closed && lead > 0 && d->credits.n > lead &&
                     d->byline_lines.n > 0 && !shares_name(&d->credits, lead);
        size_t at = twice ? only_line(m, d) : 0;
        if (at == 0)
            continue;
        uint32_t headline = d->body.at[at];
        struct draft *rest = split_draft(m, i, at + 1), *from = &m->drafts.at[i];
        from->body.n = at;
        rest->first = headline;
        head_read(m, rest, &headline, headline + 1);
        for (size_t k = lead; k < from->credits.n; k++)
            vector_push(m->page->arena, &rest->credits, from->credits.at[k]);
        from->credits.n = lead;
        rest->byline_lines = from->byline_lines;
        from->byline_lines = (struct prose_list){0};
    }
}

/* Where the blocks of a draft go over to the piece of a headline whose body is nowhere: after a gap
 * its words take over, of which nothing stands before. *most: what a place must be better than. */
static size_t topic_point(struct maker *m, const struct draft *d, struct str headline,
                          unsigned *most)
{
    enum { SHARE = 4, CHARS = 1200, BLOCKS_MOST = 64 };
    size_t best = 0;
    unsigned before = 0;
    for (size_t i = 0; i < d->body.n && i < BLOCKS_MOST; i++) {
        const struct block *b = block_at(m, d->body.at[i]);
        if (b->kind != BLOCK_BODY)
            return 0; /* cross-heads hold a piece together */
        struct str text = str_sub(b->prose.text, 0, CHARS);
        unsigned here = pairs_shared(headline, text),
                 own = pairs_shared(d->article.title.text, text);
        if (i > 0 && b->blanks > 0 && here > *most && here > own && here >= before * SHARE) {
            *most = here;
            best = i;
        }
        before += here;
    }
    return best;
}

/* Where 本报讯 opens a second piece of news in a draft, whose words the headline has: its block, or
 * 0. */
static size_t news_point(struct maker *m, const struct draft *d, struct str headline)
{
    enum { BLOCKS_MOST = 64, CHARS = 1200 };
    unsigned shared = 0;
    for (size_t i = d->body.n; i-- > 1 && d->body.n - i <= BLOCKS_MOST;) {
        const struct block *b = block_at(m, d->body.at[i]);
        if (b->kind != BLOCK_BODY)
            return 0;
        shared += pairs_shared(headline, str_sub(b->prose.text, 0, CHARS));
        const struct lexicon_entry *e = word_at_start(m->page->marks, b->prose.text, "news");
        if (b->blanks > 0 && e != NULL && lexicon_flag(e, "start"))
            return shared > 0 ? i : 0;
    }
    return 0;
}

/* A headline with a byline and no body under it, its piece run into another: given its paragraphs
 * back. */
static void part_topics(struct maker *m)
{
    enum { PAIRS_LEAST = 3, DRAFTS_MOST = 64 };
    for (size_t i = 0; i < m->drafts.n && m->drafts.n <= DRAFTS_MOST; i++) {
        const struct draft *bare = &m->drafts.at[i];
        if (bare->first == NONE || !bare->titled || bare->body.n > 0 || !bare->signed_by)
            continue;
        size_t from = m->drafts.n, at = 0;
        unsigned most = PAIRS_LEAST - 1;
        for (size_t k = 0; k < m->drafts.n; k++) {
            const struct draft *d = &m->drafts.at[k];
            size_t point = k == i || !d->titled || d->body.n < 2
                               ? 0
                               : topic_point(m, d, bare->article.title.text, &most);
            from = point > 0 ? k : from;
            at = point > 0 ? point : at;
        }
        if (from == m->drafts.n && i > 0 && m->drafts.at[i - 1].titled) {
            at = news_point(m, &m->drafts.at[i - 1], bare->article.title.text);
            from = at > 0 ? i - 1 : from;
        }
        if (from == m->drafts.n)
            continue;
        struct draft *to = &m->drafts.at[i];
        draft_move_blocks(m, from, at, i);
        to->first = to->body.at[0] < to->first ? to->body.at[0] : to->first;
    }
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
        draft_push(m->page, &m->drafts.at[n - 2].captions, last->captions.at[k]);
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
                draft_push(m->page, &d->byline_lines, title->byline_lines.at[k]);
            for (size_t k = 0; k < title->captions.n; k++)
                draft_push(m->page, &d->captions, title->captions.at[k]);
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

/* Takes a block's line out of the captions where it was put; false where it is in none. */
static bool take_caption(struct maker *m, const struct block *b)
{
    for (size_t i = 0; i < m->drafts.n; i++) {
        struct prose_list *list = &m->drafts.at[i].captions;
        for (size_t k = 0; k < list->n; k++) {
            if (list->at[k].text.p != b->prose.text.p)
                continue;
            memmove(list->at + k, list->at + k + 1, (list->n - k - 1) * sizeof *list->at);
            list->n--;
            return true;
        }
    }
    return false;
}

/* How much of a line's words stand in what a draft tells. */
static unsigned pairs_in_body(struct maker *m, const struct draft *d, struct str line)
{
    enum { CHARS = 1200, BLOCKS_MOST = 8 };
    unsigned pairs = 0;
    for (size_t k = 0; k < d->body.n && k < BLOCKS_MOST; k++)
        pairs += pairs_shared(line, str_sub(block_at(m, d->body.at[k])->prose.text, 0, CHARS));
    return pairs;
}

/* The line inside another piece's paragraph whose words stand in what draft d tells, or NONE.
 * *most: what it must be better than. */
static uint32_t headline_inside(struct maker *m, const struct draft *d, unsigned *most)
{
    enum { LINES_MOST = 64, CELLS_LEAST = 12 };
    uint32_t best = NONE;
    for (size_t i = 0; i < m->inside.n && i < LINES_MOST; i++) {
        const struct block *b = block_at(m, m->inside.at[i]);
        unsigned pairs = pairs_in_body(m, d, b->prose.text);
        if (pairs > *most && b->width >= CELLS_LEAST) {
            *most = pairs;
            best = m->inside.at[i];
        }
    }
    return best;
}

/* The draft over whose headline stands one, taken for its kicker, that tells of draft i. */
static size_t kicker_about(struct maker *m, size_t i, unsigned *most)
{
    enum { DRAFTS_MOST = 64, BYTES_LEAST = 24 };
    size_t best = m->drafts.n;
    for (size_t k = 0; k < m->drafts.n && k < DRAFTS_MOST; k++) {
        const struct draft *d = &m->drafts.at[k];
        struct str kicker = d->article.kicker.text;
        unsigned pairs =
            k == i || kicker.n < BYTES_LEAST ? 0 : pairs_in_body(m, &m->drafts.at[i], kicker);
        if (pairs > *most && pairs > 2 * pairs_in_body(m, d, kicker)) {
            *most = pairs;
            best = k;
        }
    }
    return best;
}

/* The signed piece with nothing but a title over it that tells most of a line: more than `most`
 * pairs of its words; NULL where there is none. */
static struct draft *piece_about(struct maker *m, const struct draft *but, struct str line,
                                 unsigned most)
{
    struct draft *best = NULL;
    for (size_t k = 0; k < m->drafts.n; k++) {
        struct draft *d = &m->drafts.at[k];
        if (d == but || !d->titled || !d->signed_by || d->article.subtitle.text.n > 0 ||
            d->article.kicker.text.n > 0)
            continue;
        unsigned pairs = pairs_in_body(m, d, line);
        if (pairs > most) {
            most = pairs;
            best = d;
        }
    }
    return best;
}

/* Puts the headline of `from` over piece `to`, whose title is its kicker then. */
static void give_headline(struct draft *to, struct draft *from)
{
    to->article.kicker = to->article.title;
    to->article.title = from->article.title;
    to->article.subtitle = from->article.subtitle;
    from->article.title = from->article.subtitle = (struct prose){0};
    from->titled = false; /* and where it is bare, what is left of it goes to its neighbour */
}

static struct str head_words(struct maker *m, const struct draft *d)
{
    return str_printf(m->page->arena, "%.*s%.*s", STR_ARG(d->article.title.text),
                      STR_ARG(d->article.subtitle.text));
}

/* A headline with a subtitle that stands far under its piece's beginning, or inside a paragraph,
 * may be another's, whose words it has and over which only a kicker stands. */
static void return_headlines(struct maker *m)
{
    enum { DRAFTS_MOST = 64, PAIRS_LEAST = 4 };
    for (size_t i = 0; i < m->drafts.n && m->drafts.n <= DRAFTS_MOST; i++) {
        struct draft *d = &m->drafts.at[i];
        bool bare = d->first != NONE && d->body.n == 0 && d->credits.n == 0;
        if (!(bare || (d->headed_below && d->signed_by)) || d->article.subtitle.text.n == 0)
            continue;
        struct str line = head_words(m, d);
        unsigned own = 2 * pairs_in_body(m, d, line);
        struct draft *to = piece_about(m, d, line, own < PAIRS_LEAST ? PAIRS_LEAST : own);
        if (to != NULL)
            give_headline(to, d);
    }
    for (size_t i = 0; i < m->inside.n && i < DRAFTS_MOST && m->drafts.n <= DRAFTS_MOST; i++) {
        uint32_t at = m->inside.at[i];
        struct draft head = {.kicker_block = NONE};
        if (block_at(m, at)->n_strips < 2)
            continue;
        head_read(m, &head, &at, at + 1);
        struct draft *to = head.article.subtitle.text.n == 0 || head.article.kicker.text.n > 0 ||
                                   head.captions.n + head.byline_lines.n > 0
                               ? NULL
                               : piece_about(m, NULL, head_words(m, &head), PAIRS_LEAST);
        if (to != NULL && take_caption(m, block_at(m, m->inside.at[i])))
            give_headline(to, &head);
    }
}

/* A piece that is signed and has no headline: extraction put it among another piece's lines. */
static void fetch_headlines(struct maker *m)
{
    enum { DRAFTS_MOST = 64 };
    for (size_t i = 0; i < m->drafts.n && i < DRAFTS_MOST; i++) {
        struct draft *d = &m->drafts.at[i];
        unsigned most = 2; /* pairs of characters that say nothing */
        if (d->first == NONE || d->titled || !d->signed_by || d->body.n == 0)
            continue;
        uint32_t line = headline_inside(m, d, &most);
        size_t over = kicker_about(m, i, &most);
        if (over < m->drafts.n) {
            d->article.title = m->drafts.at[over].article.kicker;
            m->drafts.at[over].article.kicker = (struct prose){0};
            d->titled = true;
            continue;
        }
        if (line == NONE || !take_caption(m, block_at(m, line)))
            continue;
        uint32_t first = d->first;
        head_read(m, d, &line, line + 1);
        d->first = first;
    }
}

/* 政协…会议大会发言摘登 over all the pieces of a page: a headline of none of them. */
static bool is_banner(struct maker *m, const struct draft *d)
{
    struct page *p = m->page;
    struct str text = d->article.title.text;
    enum { COLUMN_CHARS = 4 };
    if (d->titled && !d->signed_by && d->credits.n == 0 && utf8_count(text) <= COLUMN_CHARS &&
        d + 1 < m->drafts.at + m->drafts.n)
        return true; /* # 要闻 */
    return d == m->drafts.at && m->drafts.n > 1 && d->titled && !d->signed_by &&
           d->credits.n == 0 &&
           (word_at_end(p->marks, text, "kicker") != NULL ||
            word_at_end(p->marks, text, "label") != NULL);
}

/* A headline that has neither body nor a body elsewhere is kept as a caption of its neighbour. */
static void fold_bare(struct maker *m)
{
    for (size_t i = 0; i < m->drafts.n; i++) {
        struct draft *d = &m->drafts.at[i];
        bool banner = is_banner(m, d);
        if (d->first == NONE || d->body.n > 0 || (d->titled && !banner) || m->drafts.n == 1)
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
        draft_push(m->page, &to->captions, d->article.kicker);
        draft_push(m->page, &to->captions, d->article.title);
        draft_push(m->page, &to->captions, d->article.subtitle);
        for (size_t k = 0; k < d->captions.n; k++)
            draft_push(m->page, &to->captions, d->captions.at[k]);
        for (size_t k = 0; k < d->byline_lines.n; k++)
            draft_push(m->page, &to->captions, d->byline_lines.at[k]);
        d->first = NONE;
    }
}

void fragments_put_right(struct maker *m)
{
    part_signed(m);
    shift_headlines(m);
    return_headlines(m);
    fetch_headlines(m);
    split_unfinished(m);
    match_fragments(m);
    part_topics(m);
    parts_return(m);
    fold_bare(m);
}
