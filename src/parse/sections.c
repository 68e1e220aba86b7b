/* Blocks of an article to headings and paragraphs: run-in headings cut off, levels found from the
 * numbering, lists told from headings, displaced headings put back (heap.c). */
#include "parse/sections.h"

enum { LEAD_CHARS = 40, LEAD_LEAST = 2, SENTENCE_CHARS = 22, SENTENCES_LEAST = 4 };

static const struct block *block_of(const struct sections *s, size_t i)
{
    return &s->page->blocks.at[s->at[i].block];
}

bool section_is_numbered(const struct block *b)
{
    return b->ordinal.kind != ORDINAL_NONE && b->ordinal.kind != ORDINAL_LEAD &&
           b->ordinal.kind != ORDINAL_MARKDOWN;
}

/* The end of a numbered paragraph's lead: the byte of its stop, or 0 where it has none that a
 * heading could end with. *after is the byte after the stop. */
static size_t lead_end(const struct block *b, size_t *after)
{
    struct str text = b->prose.text;
    size_t chars = 0;
    for (size_t at = b->ordinal.length; at < text.n && chars <= LEAD_CHARS; chars++) {
        size_t start = at;
        uint32_t c = utf8_next(text, &at);
        if (c == 0xFF1A || c == ':' || c == 0xFF1B || c == ';')
            return 0;
        if (point_is_stop(c)) {
            while (point_is_closer(utf8_at(text, at)))
                utf8_next(text, &at);
            *after = at;
            return chars >= LEAD_LEAST ? (c == 0x3002 ? start : at) : 0;
        }
    }
    return 0;
}

/* Which kinds of numbering have run-in headings here: most of their paragraphs have a lead with
 * text after it. */
static void find_run_in_kinds(struct sections *s)
{
    uint32_t leads[ORDINAL_COUNT] = {0}, all[ORDINAL_COUNT] = {0};
    for (size_t i = 0; i < s->n; i++) {
        const struct block *b = block_of(s, i);
        if (b->kind != BLOCK_BODY || !section_is_numbered(b))
            continue;
        size_t after = 0;
        size_t end = lead_end(b, &after);
        all[b->ordinal.kind]++;
        leads[b->ordinal.kind] += end > 0;
        s->at[i].lead = (uint32_t)end;
        s->at[i].lead_after = (uint32_t)after;
    }
    for (size_t k = 0; k < ORDINAL_COUNT; k++) {
        s->run_in[k] = leads[k] * 2 >= all[k] && leads[k] > 0;
        s->all_lead[k] = leads[k] == all[k];
    }
}

/* A paragraph of one sentence is a heading only where text that is no item of its list follows. */
static bool sentence_heads(const struct sections *s, size_t i)
{
    if (i + 1 >= s->n)
        return false;
    const struct block *b = block_of(s, i), *next = block_of(s, i + 1);
    if (next->kind != BLOCK_BODY && next->kind != BLOCK_HEADING)
        return false;
    return next->ordinal.kind != b->ordinal.kind &&
           (next->ordinal.kind > b->ordinal.kind || !section_is_numbered(next));
}

/* Whether the numbers before and after item i, of its kind, are sentences alone as well. */
static bool near_sentence_heads(const struct sections *s, size_t i)
{
    enum { REACH = 40 };
    const struct block *b = block_of(s, i);
    unsigned near = 0;
    for (int step = -1; step <= 1; step += 2)
        for (size_t k = i + (size_t)step, n = 0; k < s->n && n < REACH; k += (size_t)step, n++) {
            const struct block *other = block_of(s, k);
            if (other->ordinal.kind != b->ordinal.kind)
                continue;
            bool follows = other->ordinal.value == b->ordinal.value + step;
            near += follows && other->kind == BLOCK_BODY && s->at[k].lead > 0 &&
                    s->at[k].lead_after >= other->prose.text.n && sentence_heads(s, k);
            break;
        }
    return near > 0;
}

/* Short sentences that stand alone above paragraphs again and again are cross-heads. */
static bool is_sentence_head(const struct sections *s, size_t i)
{
    const struct block *b = block_of(s, i);
    if (b->kind != BLOCK_BODY || b->ordinal.kind != ORDINAL_NONE || !b->single_sentence ||
        b->commas > 1 || b->ending != END_STOP || i + 1 >= s->n)
        return false;
    size_t chars = utf8_count(str_sub(b->prose.text, 0, 200));
    const struct block *next = block_of(s, i + 1);
    return chars <= SENTENCE_CHARS && chars >= 5 && str_ends(b->prose.text, STR("。")) &&
           next->kind == BLOCK_BODY && next->ordinal.kind == ORDINAL_NONE &&
           next->prose.text.n > 3 * 50;
}

/* Decides for every block whether it is a heading, a paragraph with a run-in one, or none. */
static void find_roles(struct sections *s)
{
    uint32_t sentences = 0;
    find_run_in_kinds(s);
    for (size_t i = 0; i < s->n; i++) {
        const struct block *b = block_of(s, i);
        struct section_item *item = &s->at[i];
        if (b->kind == BLOCK_HEADING || b->kind == BLOCK_SHORT || b->kind == BLOCK_TITLE) {
            item->heads = true;
        } else if (b->kind == BLOCK_BODY && section_is_numbered(b) && item->lead > 0) {
            bool alone = item->lead_after >= b->prose.text.n;
            item->heads = alone && sentence_heads(s, i) &&
                          (s->all_lead[b->ordinal.kind] || near_sentence_heads(s, i));
            item->runs_in = !alone && s->run_in[b->ordinal.kind];
        }
        sentences += is_sentence_head(s, i);
    }
    for (size_t i = 0; i < s->n && sentences >= SENTENCES_LEAST; i++)
        if (is_sentence_head(s, i))
            s->at[i].heads = s->at[i].plain = true;
}

/* Numbered lines of one kind with nothing between them are a list: its items are paragraphs. */
static void find_lists(struct sections *s)
{
    for (size_t i = 0; i < s->n;) {
        const struct block *b = block_of(s, i);
        size_t end = i + 1;
        while (b->kind == BLOCK_HEADING && end < s->n && !s->at[i].displaced &&
               block_of(s, end)->kind == BLOCK_HEADING && !s->at[end].displaced &&
               block_of(s, end)->ordinal.kind == b->ordinal.kind)
            end++;
        bool list =
            end - i >= 2 && b->ordinal.kind >= ORDINAL_ARABIC && b->ordinal.kind <= ORDINAL_CIRCLED;
        for (size_t k = i; list && k < end; k++)
            s->at[k].heads = k + 1 == end && end < s->n && !section_is_numbered(block_of(s, end)) &&
                             block_of(s, end)->kind == BLOCK_BODY && end - i < 3;
        i = end;
    }
}

/* How the kinds of numbering stand to one another. */
struct nesting {
    uint32_t inside[ORDINAL_COUNT][ORDINAL_COUNT]; /* [x][y]: how often y counts on across an x */
    bool since[ORDINAL_COUNT][ORDINAL_COUNT];      /* [y][x]: an x came since the last y */
    uint32_t first[ORDINAL_COUNT];                 /* the item where the kind first stands */
    uint16_t value[ORDINAL_COUNT];
};

static void add_to_nesting(struct nesting *n, unsigned kind, uint16_t value, uint32_t item)
{
    if (n->first[kind] == NONE)
        n->first[kind] = item;
    for (unsigned x = 0; x < ORDINAL_COUNT; x++) {
        if (n->since[kind][x] && value > 1 && value == n->value[kind] + 1)
            n->inside[x][kind]++;
        n->since[kind][x] = false;
        n->since[x][kind] = true;
    }
    n->value[kind] = value;
}

static bool is_outer(const struct nesting *n, unsigned j, unsigned k)
{
    if (n->inside[k][j] != n->inside[j][k])
        return n->inside[k][j] > n->inside[j][k];
    bool loose = j > ORDINAL_HAN && k > ORDINAL_HAN;
    return loose ? n->first[j] < n->first[k] : j < k;
}

/* The order of kinds from outermost to innermost: what counts on across another is outside it. */
static void find_ranks(struct sections *s)
{
    struct nesting nesting;
    memset(&nesting, 0, sizeof nesting);
    for (size_t k = 0; k < ORDINAL_COUNT; k++)
        nesting.first[k] = NONE;
    bool head_first = false, any = false;
    for (size_t i = 0; i < s->n; i++) {
        const struct section_item *item = &s->at[i];
        if (!item->heads && !item->runs_in)
            continue;
        const struct block *b = block_of(s, i);
        bool numbered = section_is_numbered(b) && !item->plain;
        head_first = any ? head_first : !numbered;
        any = true;
        if (numbered)
            add_to_nesting(&nesting, b->ordinal.kind, b->ordinal.value, (uint32_t)i);
    }
    for (unsigned k = 0; k < ORDINAL_COUNT; k++) {
        s->rank[k] = 1;
        for (unsigned j = 0; j < ORDINAL_COUNT; j++)
            s->rank[k] += j != k && nesting.first[j] != NONE && is_outer(&nesting, j, k);
    }
    s->rank[ORDINAL_CROSSHEAD] = head_first ? 0 : ORDINAL_COUNT + 1;
}

/* Without ornaments before it and the stop after it. */
static struct prose heading_prose(struct page *p, const struct prose *prose, size_t end)
{
    struct str text = str_trim(str_sub(prose->text, 0, end));
    bool part = lexicon_find(p->marks, text) != NULL; /* 注释： */
    if (str_ends(text, STR("。")) || (part && str_ends(text, STR("："))))
        text.n -= 3;
    size_t skip = ornament_length(p, text);
    size_t to = (size_t)(text.p - prose->text.p) + text.n;
    return prose_sub(p->arena, prose, (size_t)(text.p - prose->text.p) + skip, to);
}

struct open_heading {
    uint32_t rank, heading;
};

struct writer {
    struct sections *s;
    VECTOR(struct heading) headings;
    VECTOR(struct paragraph) paragraphs;
    struct open_heading stack[ORDINAL_COUNT + 8];
    uint32_t depth;
};

static uint32_t rank_of(const struct sections *s, size_t i)
{
    const struct block *b = block_of(s, i);
    const struct strip *first = &s->page->strips.at[b->first];
    const struct lexicon_entry *e =
        b->kind == BLOCK_SHORT ? lexicon_find(s->page->marks, strip_text(s->page, first)) : NULL;
    if (e != NULL && (lexicon_flag(e, "part") || lexicon_flag(e, "box")))
        return 0; /* 附件, 名词解释 end all that stood open */
    if (b->ordinal.kind == ORDINAL_MARKDOWN)
        return 0;
    return section_is_numbered(b) && !s->at[i].plain ? s->rank[b->ordinal.kind]
                                                     : s->rank[ORDINAL_CROSSHEAD];
}

static void write_heading(struct writer *w, size_t i, struct prose prose)
{
    struct sections *s = w->s;
    uint32_t rank = rank_of(s, i);
    while (w->depth > 0 && w->stack[w->depth - 1].rank >= rank)
        w->depth--;
    struct heading *h = vector_add(s->page->arena, &w->headings);
    h->prose = prose;
    h->parent = w->depth == 0 ? NONE : w->stack[w->depth - 1].heading;
    h->level = w->depth;
    h->run_in = s->at[i].runs_in;
    h->displaced = s->at[i].displaced;
    w->stack[w->depth++] = (struct open_heading){rank, (uint32_t)w->headings.n - 1};
}

static void write_paragraph(struct writer *w, const struct block *b, struct prose prose)
{
    if (prose.text.n == 0)
        return;
    struct page *p = w->s->page;
    struct paragraph *paragraph = vector_add(p->arena, &w->paragraphs);
    paragraph->prose = prose;
    paragraph->heading = w->depth == 0 ? NONE : w->stack[w->depth - 1].heading;
    paragraph->kind = b->kind == BLOCK_ROW ? PARAGRAPH_TABLE_ROW
                      : b->note            ? PARAGRAPH_NOTE
                                           : PARAGRAPH_BODY;
    paragraph->cut_before = b->cut_before;
    paragraph->cut_after = false;
}

static void write_item(struct writer *w, size_t i)
{
    struct sections *s = w->s;
    struct page *p = s->page;
    const struct block *b = block_of(s, i);
    const struct section_item *item = &s->at[i];
    if (item->heads) {
        write_heading(w, i, heading_prose(p, &b->prose, b->prose.text.n));
    } else if (item->runs_in) {
        write_heading(w, i, heading_prose(p, &b->prose, item->lead));
        write_paragraph(w, b, prose_sub(p->arena, &b->prose, item->lead_after, b->prose.text.n));
    } else {
        write_paragraph(w, b, b->prose);
    }
}

/* Where every 一是, 二是 … is one paragraph but for a few, a plain paragraph between two of them is
 * the rest of one that a column's end cut after a sentence. */
static void join_leads(struct sections *s)
{
    uint32_t leads = 0, cuts = 0;
    for (int pass = 0; pass < 2; pass++) {
        size_t out = 0;
        for (size_t i = 0; i < s->n; i++) {
            struct block *b = &s->page->blocks.at[s->at[i].block];
            bool lead = b->kind == BLOCK_BODY && b->ordinal.kind == ORDINAL_LEAD;
            const struct block *next = i + 1 < s->n ? block_of(s, i + 1) : NULL;
            const struct block *third = i + 2 < s->n ? block_of(s, i + 2) : NULL;
            bool cut = lead && third != NULL && next->kind == BLOCK_BODY &&
                       next->ordinal.kind == ORDINAL_NONE && third->ordinal.kind == ORDINAL_LEAD &&
                       third->ordinal.value == b->ordinal.value + 1;
            leads += pass == 0 && lead;
            cuts += pass == 0 && cut;
            if (pass == 1)
                s->at[out++] = s->at[i];
            if (pass == 1 && cut) {
                b->prose = prose_join(s->page->arena, &b->prose, &next->prose);
                b->ending = next->ending;
                i++;
            }
        }
        if (cuts == 0 || cuts * 3 > leads)
            return;
        if (pass == 1)
            s->n = out;
    }
}

void sections_make(struct page *p, struct article *article, const uint32_t *blocks, size_t n)
{
    struct sections s = {.page = p, .n = n};
    s.at = arena_array(p->arena, struct section_item, n);
    for (size_t i = 0; i < n; i++)
        s.at[i].block = blocks[i];
    join_leads(&s);
    find_roles(&s);
    sections_place_heap(&s);
    find_lists(&s);
    find_ranks(&s);
    struct writer w = {.s = &s};
    for (size_t i = 0; i < s.n; i++)
        write_item(&w, i);
    if (w.paragraphs.n > 0 && s.n > 0) {
        const struct block *last = block_of(&s, s.n - 1);
        vector_last(&w.paragraphs).cut_after =
            last->kind == BLOCK_BODY && (last->ending == END_OPEN || last->ending == END_COMMA);
    }
    article->headings = w.headings.at;
    article->n_headings = (uint32_t)w.headings.n;
    article->paragraphs = w.paragraphs.at;
    article->n_paragraphs = (uint32_t)w.paragraphs.n;
}
