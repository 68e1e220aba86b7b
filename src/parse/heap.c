/* Headings that extraction left in a heap, all of one kind (一、 二、 三、), away from their texts.
 *
 * The numbering inside tells their places: （一） begins anew under each. Where the counts differ,
 * words that a heading shares with the paragraphs decide. */
#include "parse/pairs.h"
#include "parse/sections.h"

enum { HEAP_MOST = 40, PLACES_MOST = 400, SHARED_BYTES = 360 };

struct heap {
    size_t from, to; /* items [from, to) */
};

static const struct block *block_of(const struct sections *s, size_t i)
{
    return &s->page->blocks.at[s->at[i].block];
}

/* The run of standalone headings of one kind, counting up from 1, that begins at item i. */
static size_t run_end(const struct sections *s, size_t i)
{
    size_t end = i;
    uint16_t value = 0;
    while (end < s->n && block_of(s, end)->kind == BLOCK_HEADING &&
           block_of(s, end)->ordinal.kind == block_of(s, i)->ordinal.kind &&
           block_of(s, end)->ordinal.value > value)
        value = block_of(s, end++)->ordinal.value;
    return end;
}

static bool find_heap(const struct sections *s, struct heap *heap)
{
    size_t from = s->n;
    while (from > 0 && block_of(s, from - 1)->kind == BLOCK_HEADING &&
           block_of(s, from - 1)->ordinal.kind == block_of(s, s->n - 1)->ordinal.kind)
        from--;
    if (s->n - from >= 2 && from > 0 && run_end(s, from) == s->n) {
        *heap = (struct heap){from, s->n};
        return true;
    }
    size_t end = s->n > 0 && block_of(s, 0)->kind == BLOCK_HEADING ? run_end(s, 0) : 0;
    if (end >= 2 && end < s->n) {
        *heap = (struct heap){0, end};
        return true;
    }
    return false;
}

/* The outermost kind of numbering in the body that is not the heap's. */
static unsigned inner_kind(const struct sections *s, struct heap heap, unsigned outer)
{
    unsigned best = ORDINAL_NONE;
    for (size_t i = 0; i < s->n; i++) {
        const struct block *b = block_of(s, i);
        if ((i >= heap.from && i < heap.to) || !section_is_numbered(b) || b->ordinal.kind == outer)
            continue;
        if (best == ORDINAL_NONE || b->ordinal.kind < best)
            best = b->ordinal.kind;
    }
    return best;
}

/* Plain paragraphs that follow item i directly. */
static size_t plain_after(const struct sections *s, size_t i, size_t end)
{
    size_t n = 0;
    while (i + 1 + n < end && block_of(s, i + 1 + n)->kind == BLOCK_BODY &&
           !section_is_numbered(block_of(s, i + 1 + n)))
        n++;
    return n;
}

/* Where the section begins whose first numbered item is `start`: after what still belongs to the
 * group before, which began at `before`. */
static size_t section_start(const struct sections *s, size_t before, size_t start, unsigned kind)
{
    size_t typical = 0, last = before;
    for (size_t i = before; i < start; i++) {
        const struct block *b = block_of(s, i);
        if (b->ordinal.kind != kind || !section_is_numbered(b))
            continue;
        size_t n = plain_after(s, i, start);
        if (i + 1 + n < start && n > typical)
            typical = n;
        last = i;
    }
    for (size_t i = last + 1; i < start; i++) /* numbering inside the last item */
        if (section_is_numbered(block_of(s, i)))
            last = i;
    if (typical == 0 && block_of(s, last)->kind == BLOCK_HEADING)
        typical = 1;
    size_t plain = plain_after(s, last, start);
    return last + 1 + (plain < typical ? plain : typical);
}

/* Figures that measure something: not years, months and days. */
static unsigned count_measures(struct str text)
{
    unsigned n = 0;
    for (size_t at = 0; at < text.n;) {
        uint32_t c = utf8_next(text, &at);
        if (!point_is_any_digit(c))
            continue;
        while (at < text.n) {
            size_t after = at;
            c = utf8_next(text, &after);
            if (!point_is_any_digit(c) && c != '.')
                break;
            at = after;
        }
        c = utf8_at(text, at);
        n += c != 0x5E74 && c != 0x6708 && c != 0x65E5; /* 年月日 */
    }
    return n;
}

/* 现将有关情况报告如下。: what is above the first section ends so. */
static bool announces(const struct sections *s, size_t i)
{
    struct str text = block_of(s, i)->prose.text;
    size_t end = text.n;
    uint32_t last = utf8_previous(text, &end);
    if (point_is_stop(last) || last == 0xFF1A || last == ':')
        text.n = end;
    return word_at_end(s->page->marks, text, "announce") != NULL;
}

/* 先后走访企业36家，召开座谈会5场: how a report came to be is told before its first section. */
static bool tells_inquiry(const struct sections *s, size_t i)
{
    enum { WORDS_LEAST = 2, BYTES_MOST = 1200 };
    struct str text = str_sub(block_of(s, i)->prose.text, 0, BYTES_MOST);
    unsigned words = 0;
    for (size_t at = 0; at < text.n && words < WORDS_LEAST; utf8_next(text, &at)) {
        const struct lexicon_entry *e =
            word_at_start(s->page->marks, str_sub(text, at, text.n), "inquiry");
        words += e != NULL;
        at += e != NULL ? e->word.n - 3 : 0;
    }
    return words >= WORDS_LEAST;
}

/* The first section's beginning among the plain paragraphs above its first item: what comes before
 * the first paragraph with figures introduces the whole piece. */
static size_t first_start(const struct sections *s, size_t from, size_t start)
{
    for (size_t i = from; i < start; i++)
        if (announces(s, i) || (i == from && i + 1 < start && tells_inquiry(s, i)))
            from = i + 1;
    for (size_t i = from; i < start; i++)
        if (count_measures(block_of(s, i)->prose.text) >= 2)
            return i;
    if (start > from && block_of(s, start - 1)->ending == END_COLON)
        return start - 1;
    return start;
}

/* What a part of a report does: it tells what is wanting, or what should be done. */
enum part { PART_OTHER, PART_LACKS, PART_ADVISES };

static enum part part_of(const struct sections *s, struct str text)
{
    unsigned lacks = 0, advises = 0;
    for (size_t at = 0; at < text.n; utf8_next(text, &at)) {
        const struct lexicon_entry *e = lexicon_match(s->page->marks, text, at, NULL);
        lacks += e != NULL && lexicon_flag(e, "lacks");
        advises += e != NULL && lexicon_flag(e, "advises");
    }
    return lacks > advises ? PART_LACKS : advises > lacks ? PART_ADVISES : PART_OTHER;
}

/* How well a heading stands over item i: words that both have, and that what is told changes there
 * to what the heading names. */
static unsigned weigh_place(const struct sections *s, struct str heading, enum part named,
                            const enum part *parts, size_t i)
{
    enum { CHANGE = 4 };
    struct str text = str_sub(block_of(s, i)->prose.text, 0, SHARED_BYTES);
    bool changes = named != PART_OTHER && parts[i] == named && (i == 0 || parts[i - 1] != named);
    return pairs_shared(heading, text) + (changes ? CHANGE : 0);
}

/* Places headings at increasing items so that they share most with what they stand over. */
static void match_places(const struct sections *s, struct heap heap, const bool *begins,
                         size_t *places)
{
    size_t n = heap.to - heap.from, n_places = 0, items[PLACES_MOST];
    enum part *parts = arena_array(s->page->arena, enum part, s->n);
    for (size_t i = 0; i < s->n && i < PLACES_MOST; i++)
        parts[i] = part_of(s, str_sub(block_of(s, i)->prose.text, 0, SHARED_BYTES));
    size_t first = heap.from > n && tells_inquiry(s, 0) ? 1 : 0;
    for (size_t i = first; i < s->n && i < PLACES_MOST && n_places < PLACES_MOST; i++)
        if ((i < heap.from || i >= heap.to) && block_of(s, i)->kind == BLOCK_BODY)
            items[n_places++] = i;
    if (n_places < n) {
        for (size_t k = 0; k < n; k++)
            places[k] = heap.from;
        return;
    }
    uint16_t(*best)[PLACES_MOST + 1] = arena_alloc(s->page->arena, (n + 1) * sizeof *best);
    for (size_t k = 1; k <= n; k++) {
        struct str heading = block_of(s, heap.from + k - 1)->prose.text;
        heading = str_sub(heading, block_of(s, heap.from + k - 1)->ordinal.length, heading.n);
        enum part named = part_of(s, heading);
        for (size_t j = k; j <= n_places; j++) {
            unsigned score = weigh_place(s, heading, named, parts, items[j - 1]);
            unsigned take = best[k - 1][j - 1] + score + (begins[items[j - 1]] ? 6 : 0);
            best[k][j] = j > k && best[k][j - 1] >= take ? best[k][j - 1] : (uint16_t)take;
        }
    }
    for (size_t k = n, j = n_places; k > 0; k--, j--) {
        while (j > k && best[k][j] == best[k][j - 1])
            j--;
        places[k - 1] = items[j - 1];
    }
}

/* Moves the heap's items before the items that places names (indices before the move). */
static void move_heap(struct sections *s, struct heap heap, const size_t *places)
{
    struct section_item *moved = arena_array(s->page->arena, struct section_item, s->n);
    size_t out = 0, next = 0, n = heap.to - heap.from;
    for (size_t i = 0; i <= s->n; i++) {
        while (next < n && (places[next] == i || i == s->n)) {
            moved[out] = s->at[heap.from + next++];
            moved[out++].displaced = true;
        }
        if (i < s->n && (i < heap.from || i >= heap.to))
            moved[out++] = s->at[i];
    }
    memcpy(s->at, moved, s->n * sizeof *moved);
}

/* Where the last heading of a piece belongs, which has nothing below it, among the items below the
 * one before it: where the numbering inside begins anew, else past what shares words with that one
 * and before all that shares words with this. The item, or 0 where nothing tells. */
static size_t place_of_last(const struct sections *s, size_t before)
{
    size_t last = s->n - 1, after = before + 1, first = 0;
    unsigned inner = ORDINAL_NONE;
    uint16_t value = 0;
    struct str own = block_of(s, last)->prose.text, other = block_of(s, before)->prose.text;
    own = str_sub(own, block_of(s, last)->ordinal.length, own.n);
    other = str_sub(other, block_of(s, before)->ordinal.length, other.n);
    for (size_t i = before + 1; i < last; i++) {
        const struct block *b = block_of(s, i);
        if (section_is_numbered(b) && (inner == ORDINAL_NONE || b->ordinal.kind == inner)) {
            if (b->ordinal.value == 1 && value > 1)
                return i;
            inner = b->ordinal.kind;
            value = b->ordinal.value;
        }
        struct str text = str_sub(b->prose.text, 0, SHARED_BYTES);
        unsigned shared = pairs_shared(own, text), shared_other = pairs_shared(other, text);
        after = shared_other > shared ? i : after;
        first = first == 0 && shared > shared_other ? i : first;
    }
    return inner == ORDINAL_NONE && first > after ? after + 1 : 0;
}

/* 六、… below its own text, at the end of a piece whose other headings stand in place. */
static void place_last(struct sections *s)
{
    enum { ITEMS_MOST = 40 };
    size_t last = s->n - 1, before = last;
    const struct block *b = s->n < 3 ? NULL : block_of(s, last);
    if (b == NULL || b->kind != BLOCK_HEADING || !section_is_numbered(b))
        return;
    while (before > 0 && last - before <= ITEMS_MOST) {
        const struct block *o = block_of(s, --before);
        if (o->kind != BLOCK_HEADING || o->ordinal.kind != b->ordinal.kind)
            continue;
        size_t place = o->ordinal.value + 1 == b->ordinal.value ? place_of_last(s, before) : 0;
        if (place > 0)
            move_heap(s, (struct heap){last, s->n}, &place);
        return;
    }
}

/* What leads into a report that begins with （一） stands before its heap of headings, below all
 * the rest: back to the beginning. */
static void place_preface(struct sections *s, struct heap heap)
{
    if (heap.from < 2 || !section_is_numbered(block_of(s, 0)))
        return;
    size_t at = heap.from - 1;
    const struct block *b = block_of(s, at);
    if (b->kind != BLOCK_BODY || section_is_numbered(b) ||
        !(announces(s, at) || tells_inquiry(s, at)))
        return;
    struct section_item preface = s->at[at];
    memmove(s->at + 1, s->at, at * sizeof *s->at);
    s->at[0] = preface;
}

void sections_place_heap(struct sections *s)
{
    struct heap heap;
    size_t places[HEAP_MOST], starts[HEAP_MOST + 1], n_starts = 0;
    place_last(s);
    if (!find_heap(s, &heap) || heap.to - heap.from > HEAP_MOST)
        return;
    place_preface(s, heap);
    size_t n = heap.to - heap.from;
    unsigned outer = block_of(s, heap.from)->ordinal.kind, inner = inner_kind(s, heap, outer);
    bool *begins = arena_array(s->page->arena, bool, s->n);
    uint16_t value = UINT16_MAX;
    bool in_place = false;
    for (size_t i = 0; i < s->n; i++) {
        const struct block *b = block_of(s, i);
        if (i >= heap.from && i < heap.to)
            continue;
        in_place = in_place || (section_is_numbered(b) && b->ordinal.kind == outer);
        if (inner == ORDINAL_NONE || b->ordinal.kind != inner)
            continue;
        if (b->ordinal.value <= value) {
            begins[i] = true;
            if (n_starts <= HEAP_MOST)
                starts[n_starts++] = i;
        }
        value = b->ordinal.value;
    }
    if (in_place || (n_starts == 0 && outer >= ORDINAL_ARABIC))
        return;
    size_t body = heap.from == 0 ? heap.to : 0;
    if (n > 0 && n_starts == n) {
        places[0] = first_start(s, body, starts[0]);
        for (size_t k = 1; k < n; k++)
            places[k] = section_start(s, starts[k - 1], starts[k], inner);
    } else {
        match_places(s, heap, begins, places);
    }
    move_heap(s, heap, places);
}
