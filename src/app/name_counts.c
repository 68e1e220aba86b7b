#include "app/name_counts.h"

#include "baolan/buffer.h"
#include "baolan/map.h"
#include "baolan/vector.h"

#include <stdlib.h>

struct counting {
    struct store *store;
    struct arena *arena;
    unsigned keys;
    struct error *error;
    struct map by_key; /* → index in counts */
    VECTOR(struct name_count) counts;
    struct map seen; /* key, then document */
};

static void add_word(struct buffer *b, struct str word)
{
    buffer_add_c(b, b->n > 0 ? " " : "");
    buffer_add(b, word.n > 0 ? word : STR("—"));
}

static struct str key_of(const struct counting *x, const struct stored_count *c, struct str title)
{
    struct buffer key = buffer_in(x->arena);
    if (x->keys & COUNT_YEAR)
        add_word(&key, c->year);
    if (x->keys & COUNT_PLACE)
        add_word(&key, c->place);
    if (x->keys & COUNT_DOCUMENT)
        add_word(&key, title);
    return buffer_str(&key);
}

static enum status add_mentions(struct counting *x, const struct stored_count *c)
{
    struct stored_document d = {.title = STR_INIT("")};
    enum status status = STATUS_OK;
    bool is_new;
    if (x->keys & COUNT_DOCUMENT)
        status = store_document(x->store, x->arena, c->document, &d, x->error);
    if (status != STATUS_OK)
        return status;
    struct str key = key_of(x, c, d.title);
    struct map_entry *entry = map_put(&x->by_key, key, &is_new);
    if (is_new) {
        entry->value.number = x->counts.n;
        vector_add(x->arena, &x->counts)->key = key;
    }
    struct name_count *count = &x->counts.at[entry->value.number];
    count->mentions += c->mentions;
    map_put(&x->seen, str_printf(x->arena, "%.*s\n%u", STR_ARG(key), c->document), &is_new);
    count->documents += is_new;
    if (is_new && (x->keys & COUNT_DOCUMENT))
        count->characters += d.characters;
    return STATUS_OK;
}

static enum status add_text(struct counting *x)
{
    const struct stored_count *text;
    size_t n = 0;
    if (x->keys & COUNT_DOCUMENT)
        return STATUS_OK;
    enum status status = store_text_counts(x->store, x->arena, &text, &n, x->error);
    for (size_t i = 0; i < n && status == STATUS_OK; i++) {
        const struct map_entry *entry = map_get(&x->by_key, key_of(x, &text[i], STR("")));
        if (entry != NULL)
            x->counts.at[entry->value.number].characters += text[i].characters;
    }
    return status;
}

static int by_key(const void *left, const void *right)
{
    const struct name_count *a = left, *b = right;
    return str_cmp(a->key, b->key);
}

enum status name_counts_read(struct store *s, struct arena *a, uint32_t entity, unsigned keys,
                             const struct name_count **out, size_t *n, struct error *e)
{
    struct counting x = {
        .store = s, .arena = a, .keys = keys, .error = e, .by_key = map_in(a), .seen = map_in(a)};
    const struct stored_count *counts;
    size_t n_counts = 0;
    enum status status = store_name_counts(s, a, entity, &counts, &n_counts, e);
    for (size_t i = 0; i < n_counts && status == STATUS_OK; i++)
        status = add_mentions(&x, &counts[i]);
    if (status == STATUS_OK)
        status = add_text(&x);
    if (x.counts.n > 0)
        qsort(x.counts.at, x.counts.n, sizeof *x.counts.at, by_key);
    *out = x.counts.at;
    *n = x.counts.n;
    return status;
}

uint64_t name_count_rate(const struct name_count *c)
{
    return c->characters == 0 ? 0 : c->mentions * UINT64_C(1000000) / c->characters;
}
