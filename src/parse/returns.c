/* Parts of a piece that stand below the end of another: set after it in the next column, under a
 * cross-head of their own, they read as parts of that one. */
#include "parse/drafts.h"
#include "parse/pairs.h"

enum {
    PARTS_LEAST = 2, /* cross-heads that the piece above must have */
    BLOCKS_MOST = 24,
    CHARS = 900,
    SHARE_LEAST = 6 /* pairs of characters that a part has in common with its piece */
};

static bool is_cross_head(const struct block *b, uint32_t lines)
{
    return b->kind == BLOCK_SHORT && (lines == 0 || b->n_strips == lines);
}

/* The lines of the cross-heads of d, where it has several and all alike; else 0. */
static uint32_t lines_of_cross_heads(struct maker *m, const struct draft *d)
{
    uint32_t lines = 0, n = 0;
    for (size_t k = 0; k < d->body.n && k < BLOCKS_MOST; k++) {
        const struct block *b = block_at(m, d->body.at[k]);
        if (b->kind == BLOCK_HEADING ||
            (lines > 0 && b->kind == BLOCK_SHORT && b->n_strips != lines))
            return 0;
        if (!is_cross_head(b, lines))
            continue;
        lines = b->n_strips;
        n++;
    }
    return n >= PARTS_LEAST ? lines : 0;
}

/* How many pairs of characters of a text stand in blocks [from, to) of d. */
static unsigned shared(struct maker *m, struct str text, const struct draft *d, size_t from,
                       size_t to)
{
    unsigned n = 0;
    struct str pair;
    for (size_t at = 0; pair_next(text, &at, &pair);)
        for (size_t k = from; k < to && k < from + BLOCKS_MOST; k++)
            if (str_has(str_sub(block_at(m, d->body.at[k])->prose.text, 0, CHARS), pair)) {
                n++;
                break;
            }
    return n;
}

/* Where the parts of `piece` begin below the end of the piece after it, or 0. */
static size_t returns_at(struct maker *m, const struct draft *piece, const struct draft *after)
{
    uint32_t lines = lines_of_cross_heads(m, piece);
    if (lines == 0 || !after->titled || after->boxed || after->body.n < 3)
        return 0;
    size_t at = 0;
    while (at < after->body.n && block_at(m, after->body.at[at])->kind == BLOCK_BODY)
        at++;
    if (at == 0 || at + 1 >= after->body.n ||
        !is_cross_head(block_at(m, after->body.at[at]), lines) ||
        block_at(m, after->body.at[at + 1])->kind != BLOCK_BODY)
        return 0;
    struct str text = str_sub(block_at(m, after->body.at[at + 1])->prose.text, 0, CHARS);
    unsigned here = shared(m, text, after, 0, at), there = shared(m, text, piece, 0, piece->body.n);
    return there >= SHARE_LEAST && there >= 2 * here ? at : 0;
}

void parts_return(struct maker *m)
{
    enum { DRAFTS_MOST = 64 };
    for (size_t i = 0; i + 1 < m->drafts.n && i < DRAFTS_MOST; i++) {
        struct draft *piece = &m->drafts.at[i], *after = piece + 1;
        size_t at = piece->first == NONE || after->first == NONE ? 0 : returns_at(m, piece, after);
        if (at > 0)
            draft_move_blocks(m, i + 1, at, i);
    }
}
