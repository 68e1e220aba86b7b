#include "app/name_index.h"
#include "baolan/message.h"
#include "baolan/utf8.h"
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

/* What the rows in sight show of a list that is not in memory, with room to spare. */
enum { SEEN = 256, SEEN_BYTES = 1 << 20 };

struct looking {
    struct name_index *index;
    size_t item;
};

static enum status look(void *context)
{
    struct looking *l = context;
    struct name_index *x = l->index;
    struct seen_name *s = &x->seen[l->item % SEEN];
    bool gone_through = x->listing.order != NULL; /* an item is an id */
    uint32_t id = gone_through ? (uint32_t)l->item : paging_id(&x->paging, l->item);
    struct error quiet = ERROR_NONE;
    s->known = false;
    enum status status = store_entity(x->store, x->seen_arena, id, &s->entity, &quiet);
    s->item = l->item;
    s->known = status == STATUS_OK;
    return status;
}

const struct stored_entity *name_index_at(struct name_index *x, size_t item)
{
    static const struct stored_entity GONE = {.name = STR_INIT("")};
    if (x->passing != NULL)
        return x->passing;
    if (!x->listing.whole)
        return item < x->n_items ? &x->items[item] : &GONE;
    struct seen_name *s = &x->seen[item % SEEN];
    if (s->known && s->item == item)
        return &s->entity;
    if (arena_size(x->seen_arena) > SEEN_BYTES) {
        arena_reset(x->seen_arena);
        x->seen = arena_array(x->seen_arena, struct seen_name, SEEN);
        s = &x->seen[item % SEEN];
    }
    struct looking l = {x, item};
    return arena_protect(x->seen_arena, look, &l, NULL) == STATUS_OK ? &s->entity : &GONE;
}

static struct str cell(void *context, size_t item, uint32_t column, struct arena *a)
{
    struct name_index *x = context;
    const struct stored_entity *entity = name_index_at(x, item);
    switch (column) {
    case NAMES_NAME:
        /* It lives as long as the caller needs it, though the index may forget it. */
        return x->listing.whole ? str_dup(a, entity->name) : entity->name;
    case NAMES_TYPE:
        return str_of(x->type_word(entity->type));
    case NAMES_DOCUMENTS:
        return str_printf(a, "%u", entity->documents);
    case NAMES_MENTIONS:
        return str_printf(a, "%u", entity->mentions);
    case NAMES_FIRST:
        return x->listing.whole ? str_dup(a, entity->first_date) : entity->first_date;
    case NAMES_LAST:
        return x->listing.whole ? str_dup(a, entity->last_date) : entity->last_date;
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

/* 2023-05-09 as 20230509. */
static uint64_t rank_of_date(struct str date)
{
    static const uint64_t places[] = {10000000, 1000000, 100000, 10000, 1000, 100, 10, 1};
    uint64_t rank = 0;
    size_t digits = 0;
    for (size_t i = 0; i < date.n && digits < sizeof places / sizeof *places; i++)
        if (point_is_digit((unsigned char)date.p[i]))
            rank += places[digits++] * (uint64_t)(date.p[i] - '0');
    return rank;
}

static uint64_t rank(void *context, size_t item, uint32_t column)
{
    const struct stored_entity *entity = name_index_at(context, item);
    switch (column) {
    case NAMES_TYPE:
        return (uint64_t)entity->type + 1;
    case NAMES_DOCUMENTS:
        return (uint64_t)entity->documents + 1;
    case NAMES_MENTIONS:
        return (uint64_t)entity->mentions + 1;
    case NAMES_FIRST:
        return rank_of_date(entity->first_date);
    case NAMES_LAST:
        return rank_of_date(entity->last_date);
    default:
        return LISTING_NO_RANK;
    }
}

static const struct listing_ops OPS = {
    .n_columns = NAMES_COLUMN_COUNT,
    .name = column_name,
    .cell = cell,
    .compare = compare,
    .rank = rank,
};

enum status name_index_open(struct name_index *x, struct store *store,
                            const char *(*type_word)(enum entity_type type), struct error *e)
{
    *x = (struct name_index){.items_arena = arena_new(),
                             .kept = arena_new(),
                             .words = arena_new(),
                             .pages = arena_new(),
                             .seen_arena = arena_new(),
                             .store = store,
                             .type_word = type_word,
                             .most = NAMES_MOST};
    if (x->items_arena == NULL || x->kept == NULL || x->words == NULL || x->pages == NULL ||
        x->seen_arena == NULL) {
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
    arena_free(x->pages);
    arena_free(x->seen_arena);
    *x = (struct name_index){0};
}

/* The order of the library that the listing's is, where it has one. */
static bool paged_order(const struct name_index *x, struct list_query *query)
{
    const struct listing *l = &x->listing;
    query->order = l->sort == NAMES_NAME ? ORDER_ENTITY_NAME : ORDER_DOCUMENTS;
    query->descending = l->sort == LISTING_NO_COLUMN ? true : l->descending;
    return l->filter.n == 0 && l->group == LISTING_NO_COLUMN &&
           (l->sort == LISTING_NO_COLUMN || l->sort == NAMES_NAME || l->sort == NAMES_DOCUMENTS);
}

static enum status open_pages(struct name_index *x, const struct list_query *query, struct error *e)
{
    enum status status = paging_read(&x->paging, x->pages, x->store, query, e);
    arena_reset(x->seen_arena);
    x->seen = arena_array(x->seen_arena, struct seen_name, SEEN);
    listing_set_whole(&x->listing, status == STATUS_OK ? x->paging.count : 0);
    return status;
}

static bool pass(void *context, const struct stored_entity *entity)
{
    struct name_index *x = context;
    x->passing = entity;
    listing_scan_add(&x->listing, entity->id);
    return true;
}

/* Goes through all names once. Those by name come in that order, which a text has no rank for. */
static enum status go_through(struct name_index *x, const struct list_query *all, struct error *e)
{
    struct listing *l = &x->listing;
    struct list_query query = *all;
    if (l->sort == NAMES_NAME || l->group == NAMES_NAME) {
        query.order = ORDER_ENTITY_NAME;
        query.descending = l->group != NAMES_NAME && l->descending;
    }
    listing_scan_begin(l);
    enum status status = store_each_entity(x->store, &query, pass, x, e);
    x->passing = NULL;
    listing_scan_end(l);
    arena_reset(x->seen_arena);
    x->seen = arena_array(x->seen_arena, struct seen_name, SEEN);
    return status;
}

enum status name_index_load(struct name_index *x, struct error *e)
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
    struct list_query paged = query;
    if (status == STATUS_OK && x->all > x->most && paged_order(x, &paged))
        return open_pages(x, &paged, e);
    if (status == STATUS_OK && x->all > x->most)
        return go_through(x, &query, e);
    while (x->store != NULL && status == STATUS_OK && found == PAGE && items.n < x->most) {
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

size_t name_index_item(struct name_index *x, uint32_t entity)
{
    if (x->listing.order != NULL)
        return entity; /* its row, where it has one, the listing finds */
    if (x->listing.whole) {
        size_t row = paging_row(&x->paging, entity);
        return row == SIZE_MAX ? LISTING_NO_ITEM : row;
    }
    for (size_t i = 0; i < x->n_items; i++)
        if (x->items[i].id == entity)
            return i;
    return LISTING_NO_ITEM;
}
