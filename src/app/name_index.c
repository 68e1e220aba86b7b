#include "app/name_index.h"
#include "baolan/message.h"

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

/* What was looked at last, with room to spare. */
enum { SEEN = 512, SEEN_BYTES = 1 << 20 };

static void forget_seen(struct name_index *x)
{
    arena_reset(x->seen_arena);
    x->seen = arena_array(x->seen_arena, struct seen_name, SEEN);
}

struct looking {
    struct name_index *index;
    size_t item;
};

static enum status look(void *context)
{
    struct looking *l = context;
    struct name_index *x = l->index;
    struct seen_name *s = &x->seen[l->item % SEEN];
    struct error quiet = ERROR_NONE;
    s->known = false;
    enum status status =
        store_entity(x->store, x->seen_arena, (uint32_t)l->item, &s->entity, &quiet);
    s->item = l->item;
    s->known = status == STATUS_OK;
    return status;
}

const struct stored_entity *name_index_at(struct name_index *x, size_t item)
{
    static const struct stored_entity GONE = {.name = STR_INIT("")};
    struct seen_name *s = &x->seen[item % SEEN];
    if (s->known && s->item == item)
        return &s->entity;
    if (x->store == NULL || item == LISTING_NO_ITEM)
        return &GONE;
    if (arena_size(x->seen_arena) > SEEN_BYTES) {
        forget_seen(x);
        s = &x->seen[item % SEEN];
    }
    struct looking l = {.index = x, .item = item};
    return arena_protect(x->seen_arena, look, &l, NULL) == STATUS_OK ? &s->entity : &GONE;
}

static struct str cell(void *context, size_t item, uint32_t column, struct arena *a)
{
    struct name_index *x = context;
    const struct stored_entity *entity = name_index_at(x, item);
    switch (column) {
    case NAMES_NAME:
        /* It lives as long as the caller needs it, though the index may forget it. */
        return str_dup(a, entity->name);
    case NAMES_TYPE:
        return str_of(x->type_word(entity->type));
    case NAMES_DOCUMENTS:
        return str_printf(a, "%u", entity->documents);
    case NAMES_MENTIONS:
        return str_printf(a, "%u", entity->mentions);
    case NAMES_FIRST:
        return str_dup(a, entity->first_date);
    case NAMES_LAST:
        return str_dup(a, entity->last_date);
    default:
        return STR("");
    }
}

static bool key(void *context, size_t item, uint32_t column, struct buffer *out)
{
    const struct stored_entity *entity = name_index_at(context, item);
    switch (column) {
    case NAMES_TYPE:
        listing_key_number(out, entity->type);
        return true;
    case NAMES_DOCUMENTS:
        listing_key_number(out, entity->documents);
        return true;
    case NAMES_MENTIONS:
        listing_key_number(out, entity->mentions);
        return true;
    default:
        return false;
    }
}

static bool order(void *context, uint32_t column, struct list_query *query)
{
    (void)context;
    query->order = column == NAMES_NAME ? ORDER_ENTITY_NAME : ORDER_DOCUMENTS;
    return column == NAMES_NAME || column == NAMES_DOCUMENTS;
}

static const struct listing_ops OPS = {
    .n_columns = NAMES_COLUMN_COUNT,
    .name = column_name,
    .cell = cell,
    .key = key,
    .order = order,
};

enum status name_index_open(struct name_index *x, struct store *store,
                            const char *(*type_word)(enum entity_type type), struct error *e)
{
    *x = (struct name_index){.seen_arena = arena_new(), .store = store, .type_word = type_word};
    if (x->seen_arena == NULL || !listing_open(&x->listing, &OPS, x)) {
        name_index_close(x);
        return error_set(e, STATUS_NO_MEMORY, "%s", status_name(STATUS_NO_MEMORY));
    }
    x->seen = arena_array(x->seen_arena, struct seen_name, SEEN);
    return STATUS_OK;
}

void name_index_close(struct name_index *x)
{
    listing_close(&x->listing);
    arena_free(x->seen_arena);
    *x = (struct name_index){0};
}

enum status name_index_load(struct name_index *x, struct error *e)
{
    struct list_query query = {
        .list = LIST_ENTITIES, .order = ORDER_DOCUMENTS, .descending = true, .hidden = x->hidden};
    forget_seen(x);
    listing_set_store(&x->listing, x->store, &query);
    if (e != NULL && x->listing.error.status != STATUS_OK)
        *e = x->listing.error;
    return x->listing.error.status;
}
