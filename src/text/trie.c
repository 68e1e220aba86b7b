#include "baolan/trie.h"
#include "baolan/utf8.h"

static struct trie_edge *edge_of(const struct trie *t, uint32_t from, unsigned char byte)
{
    size_t i = ((size_t)from * 0x9E3779B1u + (size_t)byte * 0x85EBCA77u) >> 7 & (t->n_slots - 1);
    while (t->edges[i].to != 0 && (t->edges[i].from != from || t->edges[i].byte != byte))
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
            *edge_of(t, old.edges[i].from, old.edges[i].byte) = old.edges[i];
}

static uint32_t add_node(struct trie *t)
{
    if (t->n_nodes == t->room_nodes) {
        size_t room = t->room_nodes == 0 ? 64 : t->room_nodes * 2;
        t->values = arena_grow(t->arena, t->values, t->room_nodes * sizeof *t->values,
                               room * sizeof *t->values);
        t->room_nodes = room;
    }
    return (uint32_t)t->n_nodes++;
}

/* The bit of the character at the edge of text that a match begins with. */
static uint32_t edge_bit(const struct trie *t, struct str text, size_t at)
{
    uint32_t c = t->backward ? utf8_previous(text, &at) : utf8_at(text, at);
    return c & 0xFFFF;
}

void trie_add(struct trie *t, struct str word, uint32_t value)
{
    if (t->n_nodes == 0) {
        add_node(t);
        t->first = arena_array(t->arena, uint64_t, 65536 / 64);
    }
    uint32_t bit = edge_bit(t, word, t->backward ? word.n : 0);
    t->first[bit / 64] |= (uint64_t)1 << bit % 64;
    uint32_t node = 0;
    for (size_t i = 0; i < word.n; i++) {
        unsigned char byte = (unsigned char)word.p[t->backward ? word.n - 1 - i : i];
        if (2 * (t->n_edges + 1) > t->n_slots)
            grow_edges(t);
        struct trie_edge *edge = edge_of(t, node, byte);
        if (edge->to == 0) {
            *edge = (struct trie_edge){node, add_node(t), byte};
            t->n_edges++;
        }
        node = edge->to;
    }
    t->values[node] = value + 1;
}

static uint32_t match_forward(const struct trie *t, struct str text, size_t at, size_t *edge)
{
    uint32_t node = 0, best = 0;
    for (size_t i = at; i < text.n; i++) {
        node = edge_of(t, node, (unsigned char)text.p[i])->to;
        if (node == 0)
            break;
        if (t->values[node] != 0) {
            best = t->values[node];
            *edge = i + 1;
        }
    }
    return best - 1;
}

static uint32_t match_backward(const struct trie *t, struct str text, size_t at, size_t *edge)
{
    uint32_t node = 0, best = 0;
    for (size_t i = at; i-- > 0;) {
        node = edge_of(t, node, (unsigned char)text.p[i])->to;
        if (node == 0)
            break;
        if (t->values[node] != 0) {
            best = t->values[node];
            *edge = i;
        }
    }
    return best - 1;
}

uint32_t trie_match(const struct trie *t, struct str text, size_t at, size_t *edge)
{
    if (t->n_edges == 0 || at > text.n || (at == text.n && !t->backward))
        return TRIE_NONE;
    uint32_t bit = edge_bit(t, text, at);
    if ((t->first[bit / 64] >> bit % 64 & 1) == 0)
        return TRIE_NONE;
    return t->backward ? match_backward(t, text, at, edge) : match_forward(t, text, at, edge);
}
