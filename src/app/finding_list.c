#include "app/finding_list.h"
#include "baolan/message.h"

#include "baolan/vector.h"

#define PAGE 512

/* Records are read so many together, and so many such blocks are kept: more than two screens. */
enum { BLOCK = 64, BLOCKS = 12 };

struct block {
    struct arena *arena;
    size_t first, n; /* items */
    uint64_t used;   /* the later the greater */
    struct finding_record *records;
};

struct finding_cache {
    struct block blocks[BLOCKS];
    uint64_t clock;
};

static const struct {
    const char *name, *label;
} COLUMNS[] = {
#define X(id, name, label) {name, label},
    FINDING_LIST_TABLE(X)
#undef X
};

static const char *column_name(uint32_t column, bool shown)
{
    return shown ? translate(COLUMNS[column].label) : COLUMNS[column].name;
}

static struct str cell(void *context, size_t item, uint32_t column, struct arena *a)
{
    const struct finding_list *f = context;
    const struct finding_record *r = finding_list_at(f, item);
    const struct finding *it = &r->finding.it;
    switch (column) {
    case FINDING_LIST_KIND:
        return str_printf(a, "%s%s", f->dismissed[item] ? "×" : "", f->kind_word(it->kind));
    case FINDING_LIST_PRINTED:
        return str_dup(a, it->printed);
    case FINDING_LIST_COMPUTED:
        return str_dup(a, it->computed);
    case FINDING_LIST_FORMULA:
        return str_dup(a, it->formula);
    default:
        if (r->copies > 0)
            return str_printf(a, "%.*s 〔%s %u〕", STR_ARG(r->source), translate("Same text"),
                              r->copies);
        return str_dup(a, r->source);
    }
}

static const struct listing_ops OPS = {
    .n_columns = FINDING_LIST_COLUMN_COUNT,
    .name = column_name,
    .cell = cell,
};

/* Makes the cache with an arena for each block; false where there is no memory. */
static bool open_cache(struct finding_list *f)
{
    f->cache = mem_alloc(sizeof *f->cache);
    if (f->cache == NULL)
        return false;
    *f->cache = (struct finding_cache){0};
    bool all = true;
    for (size_t i = 0; i < BLOCKS; i++)
        all &= (f->cache->blocks[i].arena = arena_new()) != NULL;
    return all;
}

static void close_cache(struct finding_list *f)
{
    for (size_t i = 0; f->cache != NULL && i < BLOCKS; i++)
        arena_free(f->cache->blocks[i].arena);
    mem_free(f->cache);
}

static void forget_records(struct finding_list *f)
{
    for (size_t i = 0; i < BLOCKS; i++) {
        arena_reset(f->cache->blocks[i].arena);
        f->cache->blocks[i].n = 0;
    }
}

/* Reads one record into r; false where the store cannot give it. */
static bool read_record(const struct finding_list *f, struct block *b, uint32_t id,
                        const struct finding_record *before, struct finding_record *r)
{
    struct error quiet = ERROR_NONE;
    struct stored_document document;
    *r = (struct finding_record){.finding.id = id};
    if (store_finding(f->store, b->arena, id, &r->finding, &quiet) != STATUS_OK)
        return false;
    if (before != NULL && before->finding.document == r->finding.document)
        r->source = before->source;
    else if (store_document(f->store, b->arena, r->finding.document, &document, &quiet) ==
             STATUS_OK)
        r->source = document.title;
    return r->finding.article == 0 ||
           store_copies_count(f->store, r->finding.article, &r->copies, &quiet) == STATUS_OK;
}

const struct finding_record *finding_list_at(const struct finding_list *f, size_t item)
{
    struct finding_cache *c = f->cache;
    struct block *oldest = &c->blocks[0];
    for (size_t i = 0; i < BLOCKS; i++) {
        struct block *b = &c->blocks[i];
        if (item >= b->first && item < b->first + b->n) {
            b->used = ++c->clock;
            return &b->records[item - b->first];
        }
        if (b->n == 0 || (oldest->n > 0 && b->used < oldest->used))
            oldest = b;
    }
    struct block *b = oldest;
    arena_reset(b->arena);
    b->first = item - item % BLOCK;
    b->n = f->n_items - b->first < BLOCK ? f->n_items - b->first : BLOCK;
    b->used = ++c->clock;
    b->records = arena_array(b->arena, struct finding_record, BLOCK);
    for (size_t i = 0; i < b->n; i++)
        read_record(f, b, f->ids[b->first + i], i > 0 ? &b->records[i - 1] : NULL, &b->records[i]);
    return &b->records[item - b->first];
}

enum status finding_list_open(struct finding_list *f, struct store *store, struct notes *notes,
                              struct str author, const char *(*kind_word)(enum finding_kind kind),
                              struct error *e)
{
    *f = (struct finding_list){.items_arena = arena_new(),
                               .arrays = {arena_new(), arena_new()},
                               .scratch = arena_new(),
                               .store = store,
                               .notes = notes,
                               .author = author,
                               .kind_word = kind_word};
    bool arenas = f->items_arena != NULL && f->arrays[0] != NULL && f->arrays[1] != NULL &&
                  f->scratch != NULL && open_cache(f);
    if (!arenas || !listing_open(&f->listing, &OPS, f)) {
        finding_list_close(f);
        return error_set(e, STATUS_NO_MEMORY, "%s", status_name(STATUS_NO_MEMORY));
    }
    return STATUS_OK;
}

void finding_list_close(struct finding_list *f)
{
    arena_free(f->items_arena);
    arena_free(f->arrays[0]);
    arena_free(f->arrays[1]);
    arena_free(f->scratch);
    close_cache(f);
    listing_close(&f->listing);
    *f = (struct finding_list){0};
}

/* The content keys that were dismissed. */
static enum status read_dismissed(struct finding_list *f, struct error *e)
{
    const struct mark *marks;
    size_t n = 0;
    f->gone = map_in(f->items_arena);
    f->gone_kinds = 0;
    if (f->notes == NULL)
        return STATUS_OK;
    enum status status = notes_marks(f->notes, f->items_arena, STR("finding"), &marks, &n, e);
    for (size_t i = 0; status == STATUS_OK && i < n; i++)
        if (str_eq(marks[i].field, STR("dismissed-kind")) && marks[i].content_key >= 0 &&
            marks[i].content_key < FINDING_KIND_COUNT)
            f->gone_kinds |= 1u << marks[i].content_key;
        else if (str_eq(marks[i].field, STR("dismissed")))
            map_put(&f->gone,
                    (struct str){(const char *)&marks[i].content_key, sizeof marks[i].content_key},
                    NULL);
    return status;
}

static void *grown(struct finding_list *f, struct arena *to, const void *from, size_t size,
                   size_t room)
{
    void *array = arena_alloc(to, size * room);
    if (f->n_items > 0)
        memcpy(array, from, size * f->n_items);
    return array;
}

/* Makes room for one more item. The arrays have an arena that goes when they have outgrown it. */
static void reserve(struct finding_list *f)
{
    if (f->n_items < f->room)
        return;
    size_t room = f->room == 0 ? PAGE : 2 * f->room;
    struct arena *old = f->arrays[0], *to = f->arrays[1];
    f->ids = grown(f, to, f->ids, sizeof *f->ids, room);
    f->dismissed = grown(f, to, f->dismissed, sizeof *f->dismissed, room);
    f->room = room;
    f->arrays[0] = to;
    f->arrays[1] = old;
    arena_release(old, (struct arena_mark){NULL, 0});
}

static enum status add(struct finding_list *f, uint32_t id, struct error *e)
{
    struct stored_finding finding;
    arena_reset(f->scratch);
    enum status status = store_finding(f->store, f->scratch, id, &finding, e);
    if (status != STATUS_OK)
        return status;
    f->last = id;
    struct str content = {(const char *)&finding.content_key, sizeof finding.content_key};
    bool gone = map_get(&f->gone, content) != NULL || (f->gone_kinds >> finding.it.kind & 1) != 0;
    f->n_dismissed += gone;
    if (gone && !f->show_dismissed)
        return STATUS_OK;
    reserve(f);
    f->ids[f->n_items] = id;
    f->dismissed[f->n_items++] = gone;
    return STATUS_OK;
}

enum status finding_list_more(struct finding_list *f, size_t most, struct error *e)
{
    struct list_query query = {.list = LIST_FINDINGS, .order = ORDER_ID};
    uint32_t ids[PAGE];
    enum status status = STATUS_OK;
    size_t read = 0;
    f->whole = f->store == NULL;
    while (status == STATUS_OK && !f->whole && read < most) {
        size_t wanted = most - read < PAGE ? most - read : PAGE, found;
        struct list_from from = {.after = f->last};
        status = store_list(f->store, &query, from, ids, wanted, &found, e);
        for (size_t i = 0; status == STATUS_OK && i < found; i++)
            status = add(f, ids[i], e);
        read += found;
        f->whole = found < wanted;
    }
    if (read > 0)
        forget_records(f); /* the last block may have been a part of what it holds now */
    f->whole = f->whole || status != STATUS_OK;
    if (f->whole || f->n_items >= 2 * f->listing.n_items)
        listing_set_items(&f->listing, f->n_items);
    return status;
}

enum status finding_list_begin(struct finding_list *f, size_t most, struct error *e)
{
    arena_reset(f->items_arena);
    arena_release(f->arrays[0], (struct arena_mark){NULL, 0});
    f->ids = NULL;
    f->dismissed = NULL;
    forget_records(f);
    f->n_items = f->room = f->n_dismissed = f->listing.n_items = 0;
    f->last = 0;
    enum status status = read_dismissed(f, e);
    return status == STATUS_OK ? finding_list_more(f, most, e) : status;
}

size_t finding_list_item(const struct finding_list *f, uint32_t finding)
{
    size_t low = 0, high = f->n_items;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (f->ids[middle] < finding)
            low = middle + 1;
        else
            high = middle;
    }
    return low < f->n_items && f->ids[low] == finding ? low : LISTING_NO_ITEM;
}

enum status finding_list_dismiss(struct finding_list *f, size_t item, bool dismissed,
                                 struct error *e)
{
    struct stored_finding finding;
    arena_reset(f->scratch);
    enum status status = store_finding(f->store, f->scratch, f->ids[item], &finding, e);
    if (status != STATUS_OK)
        return status;
    struct mark mark = {.kind = STR_INIT("finding"),
                        .content_key = finding.content_key,
                        .field = STR_INIT("dismissed"),
                        .value = dismissed ? STR("1") : STR(""),
                        .author = f->author};
    struct stored_indicator figure;
    struct anchor anchor;
    struct error quiet = ERROR_NONE;
    struct arena *a = arena_new();
    if (f->notes == NULL || a == NULL) {
        arena_free(a);
        return error_set(e, STATUS_DENIED, "the notes cannot be written");
    }
    const struct finding *it = &finding.it;
    bool anchored = it->n_indicators > 0 &&
                    store_indicator(f->store, a, it->indicators[0], &figure, &quiet) == STATUS_OK &&
                    store_anchor(f->store, a, figure.it.place.paragraph, figure.it.place.start,
                                 figure.it.place.end, &anchor, &quiet) == STATUS_OK;
    status = notes_put_mark(f->notes, &mark, anchored ? &anchor : NULL, e);
    arena_free(a);
    if (status != STATUS_OK)
        return status;
    f->dismissed[item] = dismissed;
    return STATUS_OK;
}

enum status finding_list_dismiss_kind(struct finding_list *f, enum finding_kind kind,
                                      bool dismissed, struct error *e)
{
    struct mark mark = {.kind = STR_INIT("finding"),
                        .content_key = (int64_t)kind,
                        .field = STR_INIT("dismissed-kind"),
                        .value = dismissed ? STR("1") : STR(""),
                        .author = f->author};
    if (f->notes == NULL)
        return error_set(e, STATUS_DENIED, "the notes cannot be written");
    return notes_put_mark(f->notes, &mark, NULL, e);
}
