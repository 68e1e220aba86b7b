#include "app/paging.h"

#include "baolan/map.h"

struct task {
    struct paging *paging;
    size_t page;
    struct error *error;
};

static enum status begin(void *context)
{
    struct task *t = context;
    struct paging *p = t->paging;
    uint64_t count = 0;
    bool exact;
    enum status status =
        store_list_count(p->store, &p->query, UINT32_MAX, &count, &exact, t->error);
    if (status != STATUS_OK)
        return status;
    p->pages = arena_array(p->arena, uint32_t *, (size_t)count / PAGING_ROWS + 1);
    p->count = (size_t)count;
    return STATUS_OK;
}

enum status paging_read(struct paging *p, struct arena *arena, struct store *store,
                        const struct list_query *query, struct error *e)
{
    struct task task = {.paging = p, .error = e};
    *p = (struct paging){.arena = arena, .store = store, .query = *query};
    arena_reset(arena);
    if (store == NULL)
        return STATUS_OK;
    p->version = store_data_version(store);
    return arena_protect(arena, begin, &task, e);
}

static size_t rows_of(const struct paging *p, size_t page)
{
    size_t rest = p->count - page * PAGING_ROWS;
    return rest < PAGING_ROWS ? rest : PAGING_ROWS;
}

/* Where reading may set out from: pages that are known on either side, or an end of the list. */
static struct list_from nearest_start(const struct paging *p, size_t page)
{
    size_t before = page, after = page + 1, n = p->count / PAGING_ROWS + 1;
    while (before > 0 && p->pages[before - 1] == NULL)
        before--;
    while (after < n && p->pages[after] == NULL)
        after++;
    size_t end = page * PAGING_ROWS + rows_of(p, page);
    size_t forward = (page - before) * PAGING_ROWS;
    size_t back = (after < n ? after * PAGING_ROWS : p->count) - end;
    if (forward <= back)
        return (struct list_from){.after = before > 0 ? p->pages[before - 1][PAGING_ROWS - 1] : 0,
                                  .skip = forward};
    return (struct list_from){
        .after = after < n ? p->pages[after][0] : 0, .skip = back, .backwards = true};
}

static enum status read_page(void *context)
{
    struct task *t = context;
    struct paging *p = t->paging;
    size_t n = rows_of(p, t->page), found;
    struct list_from from = nearest_start(p, t->page);
    uint32_t *ids = arena_array(p->arena, uint32_t, PAGING_ROWS);
    enum status status = store_list(p->store, &p->query, from, ids, n, &found, t->error);
    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; from.backwards && i < found / 2; i++) {
        uint32_t id = ids[i];
        ids[i] = ids[found - 1 - i];
        ids[found - 1 - i] = id;
    }
    p->pages[t->page] = ids;
    return STATUS_OK;
}

uint32_t paging_id(struct paging *p, size_t index)
{
    struct error quiet = ERROR_NONE;
    struct task task = {.paging = p, .page = index / PAGING_ROWS, .error = &quiet};
    if (index >= p->count)
        return 0;
    if (p->pages[task.page] == NULL &&
        arena_protect(p->arena, read_page, &task, &quiet) != STATUS_OK)
        return 0;
    return p->pages[task.page][index % PAGING_ROWS];
}

uint64_t paging_identity(const struct paging *p)
{
    const struct list_query *q = &p->query;
    const struct str texts[] = {q->period, q->subject, q->name, q->speaker, q->body, q->session};
    const uint32_t numbers[] = {(uint32_t)q->list, (uint32_t)q->order, q->descending,
                                q->document,       q->article,         q->metric,
                                q->rows,           q->kinds,           q->hidden};
    uint64_t hash = hash_bytes(numbers, sizeof numbers);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        hash = (hash ^ hash_bytes(texts[i].p, texts[i].n)) * 0x9E3779B97F4A7C15u;
    return hash;
}

void paging_expect(struct paging *p, uint32_t id, size_t row)
{
    p->expected = row == SIZE_MAX ? 0 : id;
    p->expected_row = row;
}

/* Its row where its page was read: one mostly comes back to what was in sight. */
static size_t known_row(const struct paging *p, uint32_t id)
{
    size_t n = p->count / PAGING_ROWS + 1;
    for (size_t page = 0; page < n; page++)
        for (size_t i = 0; p->pages[page] != NULL && i < rows_of(p, page); i++)
            if (p->pages[page][i] == id)
                return page * PAGING_ROWS + i;
    return SIZE_MAX;
}

/* Reads the page of the expected row from its id on, to both sides. It stays unread where the list
 * has not as many rows there as that would take. */
static enum status read_around(void *context)
{
    struct task *t = context;
    struct paging *p = t->paging;
    size_t page = p->expected_row / PAGING_ROWS, at = p->expected_row % PAGING_ROWS, found;
    size_t rest = rows_of(p, page) - at - 1;
    uint32_t *ids = arena_array(p->arena, uint32_t, PAGING_ROWS);
    uint32_t before[PAGING_ROWS];
    struct list_from from = {.after = p->expected, .backwards = true};
    enum status status = store_list(p->store, &p->query, from, before, at, &found, t->error);
    if (status != STATUS_OK || found < at)
        return status;
    for (size_t i = 0; i < at; i++)
        ids[i] = before[at - 1 - i];
    ids[at] = p->expected;
    from.backwards = false;
    status = store_list(p->store, &p->query, from, ids + at + 1, rest, &found, t->error);
    if (status == STATUS_OK && found == rest)
        p->pages[page] = ids;
    return status;
}

/* The expected row, once its page is read; SIZE_MAX where another row or none is expected. */
static size_t expected_row(struct paging *p, uint32_t id)
{
    struct error quiet = ERROR_NONE;
    struct task around = {.paging = p, .error = &quiet};
    if (p->expected != id || p->expected_row >= p->count)
        return SIZE_MAX;
    size_t page = p->expected_row / PAGING_ROWS;
    if (p->pages[page] != NULL ||
        arena_protect(p->arena, read_around, &around, &quiet) != STATUS_OK ||
        p->pages[page] == NULL)
        return SIZE_MAX;
    return p->expected_row;
}

size_t paging_row(struct paging *p, uint32_t id)
{
    uint64_t row;
    struct error quiet = ERROR_NONE;
    if (p->store == NULL || p->count == 0 || id == 0)
        return SIZE_MAX;
    size_t known = known_row(p, id);
    if (known == SIZE_MAX)
        known = expected_row(p, id);
    if (known != SIZE_MAX)
        return known;
    enum status status = store_list_row(p->store, &p->query, id, &row, &quiet);
    return status == STATUS_OK && row < p->count ? (size_t)row : SIZE_MAX;
}
