#include "ui/reader_internal.h"

/* Pages up to this size are laid out whole where they are read. Bytes. */
enum { WHOLE_MAX = 1 << 18 };

/* Places in the order of an article's page. */
enum { RANK_TEXT = 4, RANKS = 6 };

static const struct block_style styles[PASSAGE_KIND_COUNT] = {
    [PASSAGE_KICKER] = {0, 0, 0, SET_CENTRE, ROLE_DIM, 0},
    [PASSAGE_TITLE] = {1, 0, 0, SET_CENTRE, ROLE_TITLE, 0},
    [PASSAGE_SUBTITLE] = {2, 0, 0, SET_CENTRE, ROLE_TEXT, 0},
    [PASSAGE_BYLINE] = {3, 0, 0, SET_CENTRE, ROLE_DIM, 0},
    [PASSAGE_HEADING] = {4, 0, 0, SET_LEFT, ROLE_HEADING, 1},
    [PASSAGE_BODY] = {4, 4, 0, SET_LEFT, ROLE_TEXT, 0},
    [PASSAGE_NOTE] = {4, 4, 4, SET_LEFT, ROLE_TEXT, 1},
    [PASSAGE_TABLE_ROW] = {4, 0, 0, SET_LEFT, ROLE_TEXT, 0},
    [PASSAGE_CAPTION] = {5, 0, 4, SET_LEFT, ROLE_DIM, 1},
};

const struct block_style *reader_style(const struct stored_passage *passage)
{
    return &styles[passage->kind < PASSAGE_KIND_COUNT ? passage->kind : PASSAGE_BODY];
}

unsigned reader_inset(const struct reader_page *p, const struct block_style *style)
{
    return style->inset * 4 <= p->text_width ? style->inset : 0;
}

static void order_passages(struct reader_page *p)
{
    size_t n = 0;
    for (size_t k = 0; k < p->n_articles; k++)
        n += p->articles[k].passages == NULL ? 0 : p->articles[k].n_passages;
    p->passages = arena_array(p->arena, const struct stored_passage *, n + 1);
    for (size_t k = 0; k < p->n_articles; k++) {
        const struct stored_article *article = &p->articles[k];
        uint32_t room = article->passages == NULL ? 0 : article->n_passages;
        for (unsigned rank = 0; rank < RANKS; rank++) {
            for (uint32_t i = 0; i < room; i++)
                if (reader_style(&article->passages[i])->rank == rank)
                    p->passages[p->n_passages++] = &article->passages[i];
        }
    }
}

/* Blank rows above a passage: between articles, after the head of an article, above headings and
 * what is set apart. */
static unsigned space_before(const struct reader_page *p, size_t passage)
{
    if (passage == 0)
        return 0;
    const struct stored_passage *now = p->passages[passage], *before = p->passages[passage - 1];
    const struct block_style *style = reader_style(now), *above = reader_style(before);
    if (now->article != before->article)
        return 2;
    if (above->rank < RANK_TEXT && style->rank >= RANK_TEXT)
        return 1;
    if (now->kind == before->kind)
        return now->kind == PASSAGE_HEADING && now->level < before->level;
    return style->before > above->before || before->kind == PASSAGE_NOTE ||
                   now->kind == PASSAGE_TABLE_ROW || before->kind == PASSAGE_TABLE_ROW
               ? 1
               : style->before;
}

static void add_blocks(struct reader_page *p)
{
    for (size_t i = 0; i < p->n_passages; i++) {
        struct str text = p->passages[i]->text;
        size_t from = 0;
        do {
            size_t to = layout_part_end(text, from);
            struct reader_block block = {.passage = i, .from = from, .to = to};
            block.before = from == 0 ? space_before(p, i) : 0;
            vector_push(p->arena, &p->blocks, block);
            from = to;
        } while (from < text.n);
        p->bytes += text.n;
    }
}

/* Keeps the first and longest of links that overlap. */
static void add_links(struct reader_page *p)
{
    for (size_t i = 0; i < p->n_passages; i++) {
        const struct stored_passage *passage = p->passages[i];
        size_t end = 0;
        for (uint32_t k = 0; k < passage->n_links; k++) {
            const struct link *link = &passage->links[k];
            if (link->start < end || link->end <= link->start || link->end > passage->text.n)
                continue;
            while (k + 1 < passage->n_links && passage->links[k + 1].start == link->start &&
                   passage->links[k + 1].end <= passage->text.n) {
                k++;
                if (passage->links[k].end > link->end)
                    link = &passage->links[k];
            }
            struct reader_spot spot = {i, link->start, link->end,
                                       (uint32_t)(link - passage->links)};
            vector_push(p->arena, &p->links, spot);
            end = link->end;
        }
    }
}

struct reader_page *reader_page_new(struct arena *a, const struct stored_article *articles,
                                    size_t n_articles)
{
    struct reader_page *p = arena_new_of(a, struct reader_page);
    p->arena = a;
    p->lines_arena = arena_new();
    p->scratch = arena_new();
    if (p->lines_arena == NULL || p->scratch == NULL) {
        reader_page_free(p);
        return NULL;
    }
    p->articles = articles;
    p->n_articles = n_articles;
    p->raw_passage = p->mark = SIZE_MAX;
    order_passages(p);
    add_blocks(p);
    add_links(p);
    return p;
}

void reader_page_free(struct reader_page *p)
{
    if (p == NULL)
        return;
    arena_free(p->lines_arena);
    arena_free(p->scratch);
    p->lines_arena = p->scratch = NULL;
}

static struct layout_options options_of(const struct reader_page *p, const struct reader_block *b)
{
    const struct block_style *style = reader_style(p->passages[b->passage]);
    unsigned inset = reader_inset(p, style);
    return (struct layout_options){
        .width = p->text_width - 2 * inset,
        .indent = b->from == 0 && !p->setting.sentences ? style->indent : 0,
        .hang = p->hang,
        .ambiguous = p->setting.ambiguous,
        .units = p->setting.units,
    };
}

/* Lays out a block: whole, or sentence by sentence. */
static void lay_block(struct reader_page *p, struct reader_block *b)
{
    if (b->lines != NULL)
        return;
    struct layout_options o = options_of(p, b);
    struct str text = str_sub(p->passages[b->passage]->text, 0, b->to);
    bool by_sentence =
        p->setting.sentences && reader_style(p->passages[b->passage])->rank == RANK_TEXT;
    VECTOR(struct layout_line) lines = {0};
    size_t at = b->from;
    do {
        size_t from = at;
        size_t to = by_sentence && at < b->to ? sentence_next(text, &at).end : (at = b->to);
        struct arena_mark mark = arena_mark(p->scratch);
        struct layout layout = layout_text(p->scratch, str_sub(text, from, to), &o);
        for (size_t i = 0; i < layout.n_lines; i++) {
            struct layout_line line = layout.lines[i];
            line.start += from;
            line.end += from;
            vector_push(p->lines_arena, &lines, line);
        }
        arena_release(p->scratch, mark);
    } while (at < b->to);
    b->lines = lines.at;
    b->n_lines = lines.n;
}

static size_t rows_of(const struct reader_page *p, const struct reader_block *b)
{
    size_t bytes = b->to - b->from;
    size_t lines = b->lines != NULL ? b->n_lines : bytes * 2 / 3 / p->text_width + 1;
    size_t raw =
        b->passage == p->raw_passage && b->to == p->passages[b->passage]->text.n ? p->n_raw : 0;
    return b->before + lines + raw;
}

static void count_rows(struct reader_page *p)
{
    p->rows = 0;
    for (size_t i = 0; i < p->blocks.n; i++) {
        struct reader_block *b = &p->blocks.at[i];
        b->row = p->rows;
        b->rows = rows_of(p, b);
        p->rows += b->rows;
    }
}

/* The text's cells within the pane: a margin where there is room for one, the cells of a mark that
 * hangs, and the rest. */
static void find_measure(struct reader_page *p)
{
    unsigned width = p->setting.width < 1 ? 1 : (unsigned)p->setting.width;
    unsigned most = p->setting.measure > 0 ? 2 * (unsigned)p->setting.measure : LAYOUT_CELLS_MAX;
    p->margin = width >= 60 ? 1 : 0;
    p->hang = width >= 60 ? 2 : 0;
    p->text_width = width - 2 * p->margin - p->hang;
    if (p->text_width > most) {
        unsigned left = p->text_width - most;
        p->margin += left / 2 < 12 ? left / 2 : 12;
        p->text_width = most;
    }
}

/* Makes all rows exact where the page is not too long for it. */
static void lay_all(struct reader_page *p)
{
    bool laid = false;
    for (size_t i = 0; i < p->blocks.n && p->bytes <= WHOLE_MAX; i++)
        if (p->blocks.at[i].lines == NULL) {
            lay_block(p, &p->blocks.at[i]);
            laid = true;
        }
    if (laid)
        count_rows(p);
}

void reader_page_set(struct reader_page *p, const struct reader_setting *setting)
{
    const struct reader_setting *now = &p->setting;
    bool same = now->width == setting->width && now->measure == setting->measure &&
                now->sentences == setting->sentences && now->ambiguous == setting->ambiguous &&
                now->units == setting->units && now->linear == setting->linear;
    p->setting = *setting;
    if (same) {
        if (!setting->glance)
            lay_all(p);
        return;
    }
    arena_reset(p->lines_arena);
    find_measure(p);
    for (size_t i = 0; i < p->blocks.n; i++) {
        p->blocks.at[i].lines = NULL;
        p->blocks.at[i].cells = NULL;
    }
    if (p->bytes <= WHOLE_MAX)
        reader_set_tables(p);
    count_rows(p);
    if (!setting->glance)
        lay_all(p);
}

size_t reader_page_rows(const struct reader_page *p)
{
    return p->rows;
}

/* Of a page that has blocks. */
static struct reader_block *block_at(struct reader_page *p, size_t row)
{
    size_t low = 0, high = p->blocks.n;
    while (low + 1 < high) {
        size_t middle = low + (high - low) / 2;
        if (p->blocks.at[middle].row <= row)
            low = middle;
        else
            high = middle;
    }
    return &p->blocks.at[low];
}

struct reader_block *reader_block_at(struct reader_page *p, size_t row)
{
    return p->blocks.n == 0 ? NULL : block_at(p, row);
}

/* A row as a block and a distance from its near end, which holds while blocks become exact. */
struct held_row {
    struct reader_block *block;
    size_t from_start, from_end;
    bool was_laid;
};

static struct held_row hold(struct reader_page *p, size_t row)
{
    struct reader_block *b = block_at(p, row);
    size_t in = row - b->row < b->rows ? row - b->row : b->rows - 1;
    return (struct held_row){b, in, b->rows - 1 - in, b->lines != NULL};
}

static size_t held(const struct held_row *h)
{
    const struct reader_block *b = h->block;
    size_t last = b->rows - 1;
    if (!h->was_laid && h->from_end < h->from_start)
        return b->row + (h->from_end > last ? 0 : last - h->from_end);
    return b->row + (h->from_start > last ? last : h->from_start);
}

void reader_page_settle(struct reader_page *p, size_t *top, size_t *focus, size_t height)
{
    if (p->blocks.n == 0)
        return;
    for (bool again = true; again;) {
        again = false;
        struct held_row top_held = hold(p, *top), focus_held = hold(p, *focus);
        for (struct reader_block *b = top_held.block;
             b < p->blocks.at + p->blocks.n && b->row < *top + height; b++)
            if (b->lines == NULL) {
                lay_block(p, b);
                again = true;
            }
        if (!again)
            break;
        count_rows(p);
        *top = held(&top_held);
        *focus = held(&focus_held);
    }
}

struct reader_position reader_page_position(struct reader_page *p, size_t row)
{
    struct reader_block *b = reader_block_at(p, row);
    if (b == NULL)
        return (struct reader_position){0, 0};
    if (b->lines == NULL) {
        size_t guess = b->from + (row - b->row) * (b->to - b->from) / (b->rows == 0 ? 1 : b->rows);
        return (struct reader_position){b->passage, guess};
    }
    size_t in = row - b->row;
    in = in < b->before ? 0 : in - b->before;
    if (in >= b->n_lines)
        in = b->n_lines - 1;
    return (struct reader_position){b->passage, b->lines[in].start};
}

static struct reader_block *block_of(struct reader_page *p, struct reader_position position)
{
    size_t low = 0, high = p->blocks.n;
    while (low + 1 < high) {
        size_t middle = low + (high - low) / 2;
        const struct reader_block *b = &p->blocks.at[middle];
        if (b->passage < position.passage ||
            (b->passage == position.passage && b->from <= position.offset))
            low = middle;
        else
            high = middle;
    }
    return &p->blocks.at[low];
}

size_t reader_page_row_of(struct reader_page *p, struct reader_position position)
{
    if (p->blocks.n == 0)
        return 0;
    struct reader_block *b = block_of(p, position);
    if (b->lines == NULL) {
        lay_block(p, b);
        count_rows(p);
    }
    struct layout layout = {b->lines, b->n_lines};
    return b->row + b->before + layout_line_at(&layout, position.offset);
}

void reader_page_show_raw(struct reader_page *p, size_t passage, const struct reader_raw *raw,
                          size_t n)
{
    p->raw = raw;
    p->n_raw = n;
    p->raw_passage = n == 0 ? SIZE_MAX : passage;
    count_rows(p);
}

size_t reader_page_raw_passage(const struct reader_page *p)
{
    return p->raw_passage;
}

unsigned reader_page_raw_width(const struct reader_page *p)
{
    unsigned room = p->text_width + p->hang;
    return room > RAW_MARGIN + 2 ? room - RAW_MARGIN : 2;
}
