#include "baolan/map.h"

/* The n < 8 bytes at c as one number; a copy of so many bytes as are only known here is a call. */
static inline uint64_t read_few(const unsigned char *c, size_t n)
{
    uint32_t four = 0;
    uint16_t two = 0;
    if ((n & 4) != 0)
        memcpy(&four, c, sizeof four);
    if ((n & 2) != 0)
        memcpy(&two, c + (n & 4), sizeof two);
    uint64_t few = four | (uint64_t)two << (n & 4) * 8;
    return (n & 1) == 0 ? few : few | (uint64_t)c[n - 1] << (n - 1) * 8;
}

static inline uint64_t hash_of(const unsigned char *c, size_t n)
{
    uint64_t h = 0xcbf29ce484222325u ^ n, word;
    for (; n >= sizeof word; n -= sizeof word, c += sizeof word) {
        memcpy(&word, c, sizeof word);
        h = (h ^ word) * 0x9E3779B97F4A7C15u;
        h ^= h >> 32;
    }
    h = (h ^ read_few(c, n)) * 0x9E3779B97F4A7C15u;
    h ^= h >> 32;
    h *= 0xd6e8feb86659fd93u;
    return h ^ h >> 32;
}

uint64_t hash_bytes(const void *p, size_t n)
{
    return hash_of(p, n);
}

static inline uint32_t *slot_of(const struct map *m, struct str key, uint64_t hash)
{
    size_t i = (size_t)hash & (m->n_slots - 1);
    for (;; i = (i + 1) & (m->n_slots - 1)) {
        uint32_t index = m->slots[i];
        if (index == 0)
            return &m->slots[i];
        const struct map_entry *entry = &m->at[index - 1];
        if (entry->hash == hash && str_eq(entry->key, key))
            return &m->slots[i];
    }
}

struct map_entry *map_find(const struct map *m, struct str wanted)
{
    uint32_t index = *slot_of(m, wanted, hash_of((const unsigned char *)wanted.p, wanted.n));
    return index == 0 ? NULL : &m->at[index - 1];
}

static void grow(struct map *m)
{
    size_t room = m->room == 0 ? 16 : m->room * 2;
    m->at = arena_grow(m->arena, m->at, m->room * sizeof *m->at, room * sizeof *m->at);
    m->room = room;
    m->n_slots = room * 2;
    m->slots = arena_array(m->arena, uint32_t, m->n_slots);
    for (size_t i = 0; i < m->n; i++)
        *slot_of(m, m->at[i].key, m->at[i].hash) = (uint32_t)i + 1;
}

struct map_entry *map_put(struct map *m, struct str key, bool *is_new)
{
    if (m->n == m->room)
        grow(m);
    uint64_t hash = hash_of((const unsigned char *)key.p, key.n);
    uint32_t *slot = slot_of(m, key, hash);
    bool added = *slot == 0;
    if (added) {
        m->at[m->n] = (struct map_entry){.key = key, .hash = hash};
        *slot = (uint32_t)++m->n;
    }
    if (is_new != NULL)
        *is_new = added;
    return &m->at[*slot - 1];
}
