#include "baolan/trie.h"
#include "baolan/utf8.h"

#include <stdlib.h>

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

/* A way to a node, while nodes are laid out. */
struct way {
    uint32_t point, node;
};

static int by_point(const void *left, const void *right)
{
    const struct way *a = left, *b = right;
    return (a->point > b->point) - (a->point < b->point);
}

static void sort_ways(struct way *ways, size_t n)
{
    enum { FEW = 12 }; /* as most nodes have: a call would cost more */
    if (n > FEW) {
        qsort(ways, n, sizeof *ways, by_point);
        return;
    }
    for (size_t i = 1; i < n; i++) {
        struct way way = ways[i];
        size_t k = i;
        for (; k > 0 && ways[k - 1].point > way.point; k--)
            ways[k] = ways[k - 1];
        ways[k] = way;
    }
}

/* Numbers nodes anew, level by level, each one's children by their characters. The children of a
 * node of the edges stand in ways from begin[node] to begin[node + 1]. */
static void lay_out(struct trie *t, struct way *ways, const size_t *begin, const uint32_t *values)
{
    uint32_t *order = arena_array(t->arena, uint32_t, t->n_edges + 1);
    uint32_t laid = 1;
    for (size_t i = 0; i <= t->n_edges; i++) {
        uint32_t node = order[i];
        struct way *way = ways + begin[node], *end = ways + begin[node + 1];
        sort_ways(way, (size_t)(end - way));
        t->nodes[i] = (struct trie_node){laid, values[node], 0};
        for (; way < end; way++) {
            t->nodes[i].ways |= UTF8_BIT(way->point);
            t->points[laid] = way->point;
            order[laid++] = way->node;
        }
    }
    t->nodes[t->n_edges + 1].first = laid;
}

static void find_rows(struct trie *t)
{
    uint32_t last = t->nodes[1].first - 1; /* the root's last child */
    if (last == 0)
        return;
    t->first_row = t->points[1] / 32;
    t->n_rows = t->points[last] / 32 - t->first_row + 1;
    t->rows = arena_array(t->arena, struct trie_row, t->n_rows);
    for (uint32_t child = 1; child <= last; child++) {
        struct trie_row *row = &t->rows[t->points[child] / 32 - t->first_row];
        if (row->bits == 0)
            row->before = child - 1;
        row->bits |= 1u << t->points[child] % 32;
        utf8_rows_add(t->begins, t->points[child]);
    }
}

void trie_finish(struct trie *t)
{
    size_t n = t->n_edges + 1;
    struct way *ways = arena_array(t->arena, struct way, n);
    size_t *begin = arena_array(t->arena, size_t, n + 2);
    uint32_t *values = arena_array(t->arena, uint32_t, n);
    t->nodes = arena_array(t->arena, struct trie_node, n + 1);
    t->points = arena_array(t->arena, uint32_t, n + 1);
    for (size_t i = 0; i < t->n_slots; i++)
        if (t->edges[i].to != 0)
            begin[t->edges[i].from + 2]++;
    for (size_t i = 1; i < n + 2; i++)
        begin[i] += begin[i - 1];
    for (size_t i = 0; i < t->n_slots; i++) {
        const struct trie_edge *edge = &t->edges[i];
        if (edge->to == 0)
            continue;
        ways[begin[edge->from + 1]++] = (struct way){edge->point, edge->to};
        values[edge->to] = edge->value;
    }
    lay_out(t, ways, begin, values);
    find_rows(t);
}

/* The child of node that point leads to, or 0. */
static inline uint32_t child_of(const struct trie *t, uint32_t node, uint32_t point)
{
    uint32_t at = t->nodes[node].first, n = t->nodes[node + 1].first - at;
    while (n > 1) {
        uint32_t half = n / 2;
        at += t->points[at + half] <= point ? half : 0;
        n -= half;
    }
    return n > 0 && t->points[at] == point ? at : 0;
}

/* The last byte of the character that stands in a word's direction from byte at: its lowest bits
 * are those of the point, so that most characters are told to lead nowhere before they are read. */
static inline bool last_byte(struct str text, size_t at, bool backward, unsigned char *byte)
{
    if (backward ? at == 0 : at >= text.n)
        return false;
    const unsigned char *p = (const unsigned char *)text.p;
    size_t last = backward ? at - 1 : at;
    if (!backward && p[at] >= 0xC0)
        last += p[at] < 0xE0 ? 1 : p[at] < 0xF0 ? 2 : 3;
    if (last >= text.n)
        return false;
    *byte = p[last];
    return true;
}

/* Bits set in x: no call, and no instruction that a processor may lack. */
static inline uint32_t count_bits(uint32_t x)
{
    x -= x >> 1 & 0x55555555u;
    x = (x & 0x33333333u) + (x >> 2 & 0x33333333u);
    return ((x + (x >> 4)) & 0x0F0F0F0Fu) * 0x01010101u >> 24;
}

/* The node that a character of a word's edge leads to, of which trie_begins is true. */
static inline uint32_t root_child_of(const struct trie *t, uint32_t point)
{
    struct trie_row row = t->rows[point / 32 - t->first_row];
    uint32_t until = row.bits & (0xFFFFFFFFu >> (31 - point % 32));
    return row.before + count_bits(until);
}

/* False where no child of node can lead on from byte at. */
static inline bool may_go_on(const struct trie_node *node, struct str text, size_t at,
                             bool backward)
{
    unsigned char byte;
    return node->ways != 0 && last_byte(text, at, backward, &byte) &&
           (node->ways >> (byte & 63) & 1) != 0;
}

/* The longest word from byte at on of those that node leads to. */
static inline uint32_t match_on(const struct trie *t, struct str text, size_t at, uint32_t node,
                                size_t *edge, bool backward)
{
    const struct trie_node *nodes = t->nodes;
    uint32_t best = nodes[node].value;
    do {
        uint32_t point = backward ? utf8_previous(text, &at) : utf8_next(text, &at);
        node = child_of(t, node, point);
        if (node == 0)
            break;
        if (nodes[node].value != 0) {
            best = nodes[node].value;
            *edge = at;
        }
    } while (may_go_on(&nodes[node], text, at, backward));
    return best - 1;
}

static uint32_t match_on_forward(const struct trie *t, struct str text, size_t at, uint32_t node,
                                 size_t *edge)
{
    return match_on(t, text, at, node, edge, false);
}

static uint32_t match_on_backward(const struct trie *t, struct str text, size_t at, uint32_t node,
                                  size_t *edge)
{
    return match_on(t, text, at, node, edge, true);
}

/* More than half of all calls end with the first character: they need no more than this. */
uint32_t trie_match_forward(const struct trie *t, struct str text, size_t at, uint32_t point,
                            size_t *edge)
{
    uint32_t node = root_child_of(t, point);
    if (t->nodes[node].value != 0)
        *edge = at;
    if (may_go_on(&t->nodes[node], text, at, false))
        return match_on_forward(t, text, at, node, edge);
    return t->nodes[node].value - 1;
}

uint32_t trie_match_backward(const struct trie *t, struct str text, size_t at, uint32_t point,
                             size_t *edge)
{
    uint32_t node = root_child_of(t, point);
    if (t->nodes[node].value != 0)
        *edge = at;
    if (may_go_on(&t->nodes[node], text, at, true))
        return match_on_backward(t, text, at, node, edge);
    return t->nodes[node].value - 1;
}

uint32_t trie_seek(const struct trie *t, struct str text, size_t *at, size_t *next)
{
    size_t i = *at;
    while (utf8_skip_han_outside(text, &i, t->begins), i < text.n) {
        size_t start = i;
        uint32_t c = utf8_next(text, &i);
        if (!trie_begins(t, c))
            continue;
        *at = start;
        *next = i;
        return c;
    }
    return 0;
}
