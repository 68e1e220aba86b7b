#include "app/name_index.h"
#include "baolan/message.h"

#include "baolan/vector.h"

#define PAGE 512

static const struct {
    const char *name, *label;
} COLUMNS[] = {
#define X(id, name, label) {name, label},
    NAMES_TABLE(X)
#undef X
};

static const char *column_name(uint32_t column, bool shown)
{
    return shown ? translate(COLUMNS[column].label) : COLUMNS[column].name;
}

static struct str cell(void *context, size_t item, uint32_t column, struct arena *a)
{
    const struct name_index *x = context;
    const struct stored_entity *entity = &x->items[item];
    switch (column) {
    case NAMES_NAME:
        return entity->name;
    case NAMES_TYPE:
        return str_of(x->type_word(entity->type));
    case NAMES_DOCUMENTS:
        return str_printf(a, "%u", entity->documents);
    case NAMES_MENTIONS:
        return str_printf(a, "%u", entity->mentions);
    case NAMES_FIRST:
        return entity->first_date;
    case NAMES_LAST:
        return entity->last_date;
    default:
        return STR("");
    }
}

static int compare(void *context, size_t left, size_t right, uint32_t column)
{
    const struct name_index *x = context;
    const struct stored_entity *a = &x->items[left], *b = &x->items[right];
    switch (column) {
    case NAMES_NAME:
        return str_cmp(a->name, b->name);
    case NAMES_TYPE:
        return a->type < b->type ? -1 : a->type > b->type;
    case NAMES_DOCUMENTS:
        return a->documents < b->documents ? -1 : a->documents > b->documents;
    case NAMES_MENTIONS:
        return a->mentions < b->mentions ? -1 : a->mentions > b->mentions;
    case NAMES_FIRST:
        return str_cmp(a->first_date, b->first_date);
    default:
        return str_cmp(a->last_date, b->last_date);
    }
}

static const struct listing_ops OPS = {
    .n_columns = NAMES_COLUMN_COUNT,
    .name = column_name,
    .cell = cell,
    .compare = compare,
};

enum status name_index_open(struct name_index *x, struct store *store,
                            const char *(*type_word)(enum entity_type type), struct error *e)
{
    *x = (struct name_index){.items_arena = arena_new(),
                             .kept = arena_new(),
                             .words = arena_new(),
                             .store = store,
                             .type_word = type_word};
    if (x->items_arena == NULL || x->kept == NULL || x->words == NULL) {
        name_index_close(x);
        return error_set(e, STATUS_NO_MEMORY, "%s", status_name(STATUS_NO_MEMORY));
    }
    listing_begin(&x->listing, &OPS, x, x->kept, x->words);
    return STATUS_OK;
}

void name_index_close(struct name_index *x)
{
    arena_free(x->items_arena);
    arena_free(x->kept);
    arena_free(x->words);
    *x = (struct name_index){0};
}

/* The first word of a filter that a name can have. */
static struct str first_word(struct str wanted)
{
    while (wanted.p != NULL) {
        struct str word = str_split(&wanted, ' ');
        if (word.n > 0 && word.p[0] != '-' && str_find(word, STR(":"), 0) == STR_NONE)
            return word;
    }
    return STR("");
}

enum status name_index_load(struct name_index *x, struct str wanted, struct error *e)
{
    struct list_query query = {
        .list = LIST_ENTITIES, .order = ORDER_DOCUMENTS, .descending = true, .hidden = x->hidden};
    struct list_from from = {0};
    VECTOR(struct stored_entity) items = {0};
    uint32_t ids[PAGE];
    size_t found = PAGE;
    bool exact;
    enum status status = STATUS_OK;
    arena_reset(x->items_arena);
    x->items = NULL;
    x->n_items = 0;
    x->all = 0;
    if (x->store != NULL)
        status = store_list_count(x->store, &query, UINT32_MAX, &x->all, &exact, e);
    if (x->all > NAMES_MOST)
        query.name = first_word(wanted);
    while (x->store != NULL && status == STATUS_OK && found == PAGE && items.n < NAMES_MOST) {
        status = store_list(x->store, &query, from, ids, PAGE, &found, e);
        for (size_t i = 0; status == STATUS_OK && i < found; i++)
            status = store_entity(x->store, x->items_arena, ids[i],
                                  vector_add(x->items_arena, &items), e);
        from.after = found > 0 ? ids[found - 1] : 0;
    }
    if (status == STATUS_OK) {
        x->items = items.at;
        x->n_items = items.n;
    }
    listing_set_items(&x->listing, x->n_items);
    return status;
}

size_t name_index_item(const struct name_index *x, uint32_t entity)
{
    for (size_t i = 0; i < x->n_items; i++)
        if (x->items[i].id == entity)
            return i;
    return LISTING_NO_ITEM;
}
