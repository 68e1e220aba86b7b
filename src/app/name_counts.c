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
    VECTOR(uint32_t) latest; /* the document that was counted last for each */
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

/* What is of one document stands together: counted once for each key. */
static enum status add_mentions(struct counting *x, const struct stored_count *c)
{
    struct stored_document d = {.title = STR_INIT("")};
    enum status status = STATUS_OK;
    struct arena_mark mark = arena_mark(x->arena);
    if (x->keys & COUNT_DOCUMENT)
        status = store_document(x->store, x->arena, c->document, &d, x->error);
    if (status != STATUS_OK)
        return status;
    struct str key = key_of(x, c, d.title);
    struct map_entry *entry = map_get(&x->by_key, key);
    if (entry == NULL) {
        entry = map_put(&x->by_key, key, NULL);
        entry->value.number = x->counts.n;
        vector_add(x->arena, &x->counts)->key = key;
        vector_push(x->arena, &x->latest, 0);
    } else {
        arena_release(x->arena, mark);
    }
    uint32_t *latest = &x->latest.at[entry->value.number];
    struct name_count *count = &x->counts.at[entry->value.number];
    count->mentions += c->mentions;
    if (*latest == c->document)
        return STATUS_OK;
    *latest = c->document;
    count->documents++;
    if (x->keys & COUNT_DOCUMENT)
        count->characters += d.characters;
    return STATUS_OK;
}

static void add_text(struct counting *x, const struct name_sums *sums)
{
    if (x->keys & COUNT_DOCUMENT)
        return;
    for (size_t i = 0; i < sums->n_text; i++) {
        const struct stored_count *text = &sums->text[i];
        const struct map_entry *entry = map_get(&x->by_key, key_of(x, text, STR("")));
        if (entry != NULL)
            x->counts.at[entry->value.number].characters += text->characters;
    }
}

static int by_key(const void *left, const void *right)
{
    const struct name_count *a = left, *b = right;
    return str_cmp(a->key, b->key);
}

enum status name_sums_read(struct store *s, struct arena *a, uint32_t entity,
                           const struct store_poll *poll, struct name_sums *out, struct error *e)
{
    *out = (struct name_sums){NULL, NULL, 0, 0};
    enum status status = store_name_counts(s, a, entity, poll, &out->name, &out->n_name, e);
    return status != STATUS_OK ? status
                               : store_text_counts(s, a, poll, &out->text, &out->n_text, e);
}

enum status name_counts_of(struct store *s, struct arena *a, const struct name_sums *sums,
                           unsigned keys, const struct name_count **out, size_t *n, struct error *e)
{
    struct counting x = {.store = s, .arena = a, .keys = keys, .error = e, .by_key = map_in(a)};
    enum status status = STATUS_OK;
    for (size_t i = 0; i < sums->n_name && status == STATUS_OK; i++)
        status = add_mentions(&x, &sums->name[i]);
    add_text(&x, sums);
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
