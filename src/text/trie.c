#include "baolan/trie.h"
#include "baolan/utf8.h"

static struct trie_edge *edge_of(const struct trie *t, uint32_t from, uint32_t point)
{
    uint32_t hash = (from * 0x9E3779B1u) ^ (point * 0x85EBCA77u);
    size_t i = (hash ^ hash >> 15) & (t->n_slots - 1);
    while (t->edges[i].to != 0 && (t->edges[i].from != from || t->edges[i].point != point))
        i = (i + 1) & (t->n_slots - 1);
    return &t->edges[i];
}

static void grow_edges(struct trie *t)
{
    struct trie old = *t;
    t->n_slots = old.n_slots == 0 ? 64 : old.n_slots * 2;
    t->edges = arena_array(t->arena, struct trie_edge, t->n_slots);
    for (size_t i = 0; i < old.n_slots; i++)
        if (old.edges[i].to != 0)
            *edge_of(t, old.edges[i].from, old.edges[i].point) = old.edges[i];
}

static uint32_t step(const struct trie *t, struct str text, size_t *at)
{
    return t->backward ? utf8_previous(text, at) : utf8_next(text, at);
}

static void set_bit(struct trie_filter *f, uint32_t mark)
{
    mark &= f->mask;
    f->bits[mark / 64] |= (uint64_t)1 << mark % 64;
}

static void filter_add(struct arena *a, struct trie_filter *f, uint32_t mark)
{
    enum { BITS_LEAST = 1024, BITS_PER_MARK = 16 };
    if (f->n_marks == f->room) {
        size_t room = f->room == 0 ? BITS_LEAST / BITS_PER_MARK : 2 * f->room;
        f->marks = arena_grow(a, f->marks, f->room * sizeof *f->marks, room * sizeof *f->marks);
        f->room = room;
        f->mask = (uint32_t)(room * BITS_PER_MARK - 1);
        f->bits = arena_array(a, uint64_t, room * BITS_PER_MARK / 64);
        for (size_t i = 0; i < f->n_marks; i++)
            set_bit(f, f->marks[i]);
    }
    f->marks[f->n_marks++] = mark;
    set_bit(f, mark);
}

void trie_filter_join(struct arena *a, struct trie_filter *f, const struct trie_filter *other)
{
    for (size_t i = 0; i < other->n_marks; i++)
        filter_add(a, f, other->marks[i]);
}

static void mark(struct trie *t, struct str word)
{
    size_t at = t->backward ? word.n : 0;
    uint32_t edge = step(t, word, &at), next = step(t, word, &at);
    filter_add(t->arena, &t->filter, trie_mark(edge, next));
    filter_add(t->arena, &t->filter, trie_mark(edge, TRIE_ANY));
}

void trie_add(struct trie *t, struct str word, uint32_t value)
{
    uint32_t node = 0, point;
    size_t at = t->backward ? word.n : 0;
    mark(t, word);
    while ((point = step(t, word, &at)) != 0) {
        if (2 * (t->n_edges + 1) > t->n_slots)
            grow_edges(t);
        struct trie_edge *edge = edge_of(t, node, point);
        if (edge->to == 0)
            *edge = (struct trie_edge){node, point, (uint32_t)++t->n_edges, 0};
        node = edge->to;
        if (at == (t->backward ? 0 : word.n))
            edge->value = value + 1;
    }
}

/* With `backward` constant, so that each direction gets a loop of its own. */
static inline uint32_t match(const struct trie *t, struct str text, size_t at, size_t *edge,
                             bool backward)
{
    uint32_t node = 0, best = 0;
    uint32_t point = backward ? utf8_previous(text, &at) : utf8_next(text, &at);
    if (point == 0 || !trie_filter_begins(&t->filter, point))
        return TRIE_NONE;
    size_t second = at, after = at;
    uint32_t next = backward ? utf8_previous(text, &second) : utf8_next(text, &second);
    if (!trie_may_match(t, point, next))
        return TRIE_NONE;
    for (;;) {
        const struct trie_edge *found = edge_of(t, node, point);
        if (found->to == 0)
            break;
        node = found->to;
        if (found->value != 0) {
            best = found->value;
            *edge = after;
        }
        if (next == 0)
            break;
        point = next;
        after = second;
        next = backward ? utf8_previous(text, &second) : utf8_next(text, &second);
    }
    return best - 1;
}

uint32_t trie_match(const struct trie *t, struct str text, size_t at, size_t *edge)
{
    if (t->n_edges == 0 || at > text.n)
        return TRIE_NONE;
    return t->backward ? match(t, text, at, edge, true) : match(t, text, at, edge, false);
}
