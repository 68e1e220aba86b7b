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

void trie_add(struct trie *t, struct str word, uint32_t value)
{
    uint32_t node = 0, point;
    size_t at = t->backward ? word.n : 0;
    if (t->first == NULL)
        t->first = arena_array(t->arena, uint64_t, 65536 / 64);
    while ((point = step(t, word, &at)) != 0) {
        if (node == 0)
            t->first[(point & 0xFFFF) / 64] |= (uint64_t)1 << point % 64;
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

uint32_t trie_match(const struct trie *t, struct str text, size_t at, size_t *edge)
{
    uint32_t node = 0, best = 0;
    if (t->n_edges == 0 || at > text.n)
        return TRIE_NONE;
    uint32_t point = step(t, text, &at);
    if (point == 0 || (t->first[(point & 0xFFFF) / 64] >> point % 64 & 1) == 0)
        return TRIE_NONE;
    for (; point != 0; point = step(t, text, &at)) {
        const struct trie_edge *found = edge_of(t, node, point);
        if (found->to == 0)
            break;
        node = found->to;
        if (found->value != 0) {
            best = found->value;
            *edge = at;
        }
    }
    return best - 1;
}
