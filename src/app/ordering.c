#include "app/ordering.h"

/* A run in memory: its bytes, and its records. The first runs are short, that the first rows are
 * known soon. What is read at once of a run that is merged. */
enum { RUN_BYTES = 1 << 20, RUN_MOST = 1 << 15, RUN_FIRST = 1 << 10, READ = 1 << 13 };

/* Before a record's key; behind it stand the number in which it was given, and its item. */
struct record {
    uint16_t n, group;
};
enum {
    TAIL = 2 * sizeof(uint32_t),
    RECORD_MOST = sizeof(struct record) + ORDERING_KEY_MOST + TAIL
};

struct ordering_head {
    unsigned char bytes[ORDERING_HEAD * RECORD_MOST];
    uint32_t offsets[ORDERING_HEAD];
    uint32_t groups[ORDERING_HEAD];
    uint32_t n, n_bytes, n_groups;
};

struct reader {
    uint64_t at, end; /* of what is to be read yet */
    unsigned char *bytes;
    size_t from, n;
};

struct ordering_merge {
    struct reader *readers;
    uint32_t *heap; /* readers, the one with the least record first */
    uint32_t n;
};

bool ordering_open(struct ordering *o)
{
    *o = (struct ordering){.arena = arena_new(), .work = arena_new(), .whole = true};
    if (o->arena != NULL && o->work != NULL)
        return true;
    ordering_close(o);
    return false;
}

void ordering_close(struct ordering *o)
{
    spool_close(&o->items);
    spool_close(&o->groups);
    spool_close(&o->records);
    arena_free(o->arena);
    arena_free(o->work);
    *o = (struct ordering){0};
}

void ordering_begin(struct ordering *o, bool sorted)
{
    struct arena *arena = o->arena, *work = o->work;
    spool_close(&o->items);
    spool_close(&o->groups);
    spool_close(&o->records);
    arena_reset(arena);
    arena_reset(work);
    *o = (struct ordering){.arena = arena, .work = work, .sorted = sorted};
    if (!sorted)
        return;
    o->group = arena_alloc(work, ORDERING_KEY_MOST);
    o->run = arena_alloc(work, RUN_FIRST * 64);
}

/* --- Records --------------------------------------------------------------------------------- */

static struct record head_of(const unsigned char *p)
{
    struct record r;
    memcpy(&r, p, sizeof r);
    return r;
}

static size_t record_size(const unsigned char *p)
{
    return sizeof(struct record) + head_of(p).n + TAIL;
}

static int compare(const unsigned char *a, const unsigned char *b)
{
    /* Keys end so that none is the beginning of another; the tail tells equal ones apart. */
    size_t n = head_of(a).n, m = head_of(b).n;
    return memcmp(a + sizeof(struct record), b + sizeof(struct record), (n < m ? n : m) + TAIL);
}

static uint32_t item_of(const unsigned char *p)
{
    uint32_t item;
    memcpy(&item, p + record_size(p) - sizeof item, sizeof item);
    return item;
}

static bool is_in_group(const unsigned char *p, const unsigned char *group, size_t n)
{
    return head_of(p).group == n && memcmp(p + sizeof(struct record), group, n) == 0;
}

/* --- Rows ------------------------------------------------------------------------------------ */

static enum status put_row(struct ordering *o, uint32_t item, bool begins_group, struct error *e)
{
    enum status status = STATUS_OK;
    if (begins_group) {
        status = spool_add(&o->groups, o->arena, &o->n_items, sizeof o->n_items, e);
        o->n_groups++;
    }
    if (status == STATUS_OK)
        status = spool_add(&o->items, o->arena, &item, sizeof item, e);
    o->n_items++;
    return status;
}

static enum status put_record(struct ordering *o, const unsigned char *p, struct error *e)
{
    bool begins = head_of(p).group > 0 && !is_in_group(p, o->group, o->group_n);
    if (begins) {
        o->group_n = head_of(p).group;
        memcpy(o->group, p + sizeof(struct record), o->group_n);
    }
    return put_row(o, item_of(p), begins, e);
}

/* --- Runs ------------------------------------------------------------------------------------ */

static void sort(const unsigned char *run, uint32_t *offsets, uint32_t *spare, size_t n)
{
    size_t middle = n / 2, left = 0, right = middle;
    if (n < 2)
        return;
    sort(run, offsets, spare, middle);
    sort(run, offsets + middle, spare, n - middle);
    memcpy(spare, offsets, middle * sizeof *spare);
    for (size_t i = 0; left < middle; i++) {
        bool take = right >= n || compare(run + spare[left], run + offsets[right]) <= 0;
        offsets[i] = take ? spare[left++] : offsets[right++];
    }
}

static void sort_run(struct ordering *o)
{
    struct arena_mark mark = arena_mark(o->work);
    uint32_t *spare = arena_array(o->work, uint32_t, o->offsets.n + 1);
    sort(o->run, o->offsets.at, spare, o->offsets.n);
    arena_release(o->work, mark);
}

static void add_to_head(struct ordering_head *h, const unsigned char *p)
{
    size_t size = record_size(p);
    const unsigned char *last = h->n > 0 ? h->bytes + h->offsets[h->n - 1] : NULL;
    struct record r = head_of(p);
    if (r.group > 0 && (last == NULL || !is_in_group(last, p + sizeof r, r.group)))
        h->groups[h->n_groups++] = h->n;
    memcpy(h->bytes + h->n_bytes, p, size);
    h->offsets[h->n++] = h->n_bytes;
    h->n_bytes += (uint32_t)size;
}

/* The best of what is known and of the run in hand. */
static void take_head(struct ordering *o)
{
    struct ordering_head *old = o->head, *next = o->next_head;
    uint32_t left = 0, right = 0;
    if (next == NULL)
        next = arena_new_of(o->work, struct ordering_head);
    next->n = next->n_bytes = next->n_groups = 0;
    while (next->n < ORDERING_HEAD) {
        const unsigned char *a =
            old != NULL && left < old->n ? old->bytes + old->offsets[left] : NULL;
        const unsigned char *b = right < o->offsets.n ? o->run + o->offsets.at[right] : NULL;
        const unsigned char *best = b == NULL || (a != NULL && compare(a, b) < 0) ? a : b;
        if (best == NULL)
            break;
        add_to_head(next, best);
        left += best == a;
        right += best == b;
    }
    o->next_head = old;
    o->head = next;
    o->n_items = next->n;
    o->n_groups = next->n_groups;
}

static enum status end_run(struct ordering *o, struct error *e)
{
    struct ordering_run run = {.at = o->records.size};
    enum status status = STATUS_OK;
    sort_run(o);
    take_head(o);
    for (size_t i = 0; i < o->offsets.n && status == STATUS_OK; i++) {
        const unsigned char *p = o->run + o->offsets.at[i];
        status = spool_add(&o->records, o->work, p, record_size(p), e);
    }
    run.end = o->records.size;
    if (o->runs.n == 0)
        o->run = arena_grow(o->work, o->run, RUN_FIRST * 64, RUN_BYTES);
    vector_push(o->work, &o->runs, run);
    o->run_n = o->offsets.n = 0;
    return status;
}

enum status ordering_show(struct ordering *o, struct error *e)
{
    bool shows = !o->sorted || o->whole || o->runs.n > 0 || o->offsets.n == 0;
    return shows ? STATUS_OK : end_run(o, e);
}

static bool is_run_full(const struct ordering *o)
{
    size_t room = o->runs.n == 0 ? RUN_FIRST * 64 : RUN_BYTES;
    size_t most = o->runs.n < 5 ? (size_t)RUN_FIRST << o->runs.n : RUN_MOST;
    return o->offsets.n == most || o->run_n + RECORD_MOST > room;
}

enum status ordering_add(struct ordering *o, uint32_t item, struct str key, size_t group_n,
                         struct error *e)
{
    enum status status = STATUS_OK;
    if (!o->sorted) {
        o->n_given++;
        return put_row(o, item, group_n > 0, e);
    }
    if (is_run_full(o))
        status = end_run(o, e);
    struct record r = {(uint16_t)(key.n < ORDERING_KEY_MOST ? key.n : ORDERING_KEY_MOST),
                       (uint16_t)group_n};
    uint32_t given = o->n_given++;
    unsigned char *p = o->run + o->run_n;
    const unsigned char tail[4] = {(unsigned char)(given >> 24), (unsigned char)(given >> 16),
                                   (unsigned char)(given >> 8), (unsigned char)given};
    vector_push(o->work, &o->offsets, (uint32_t)o->run_n);
    memcpy(p, &r, sizeof r);
    memcpy(p + sizeof r, key.p, r.n);
    memcpy(p + sizeof r + r.n, tail, sizeof tail);
    memcpy(p + sizeof r + r.n + sizeof tail, &item, sizeof item);
    o->run_n += record_size(p);
    return status;
}

/* --- Merging --------------------------------------------------------------------------------- */

static const unsigned char *record_at(const struct reader *r)
{
    return r->bytes + r->from;
}

/* Has a whole record at hand, where there is one more. */
static enum status fill(const struct ordering *o, struct reader *r, struct error *e)
{
    size_t left = r->n - r->from, more = READ - left;
    if (left >= RECORD_MOST || r->at == r->end)
        return STATUS_OK;
    memmove(r->bytes, r->bytes + r->from, left);
    more = r->end - r->at < more ? (size_t)(r->end - r->at) : more;
    enum status status = spool_read(&o->records, r->at, r->bytes + left, more, e);
    r->at += more;
    r->n = left + more;
    r->from = 0;
    return status;
}

/* Puts the reader at `at` below those with lesser records. */
static void sink(struct ordering_merge *m, uint32_t at)
{
    for (uint32_t child = 2 * at + 1; child < m->n; child = 2 * at + 1) {
        const struct reader *left = &m->readers[m->heap[child]];
        if (child + 1 < m->n &&
            compare(record_at(&m->readers[m->heap[child + 1]]), record_at(left)) < 0)
            child++;
        uint32_t own = m->heap[at];
        if (compare(record_at(&m->readers[own]), record_at(&m->readers[m->heap[child]])) <= 0)
            return;
        m->heap[at] = m->heap[child];
        m->heap[child] = own;
        at = child;
    }
}

static enum status begin_merge(struct ordering *o, struct error *e)
{
    enum status status = STATUS_OK;
    if (o->offsets.n > 0)
        status = end_run(o, e);
    struct ordering_merge *m = arena_new_of(o->work, struct ordering_merge);
    m->n = (uint32_t)o->runs.n;
    m->readers = arena_array(o->work, struct reader, m->n + 1);
    m->heap = arena_array(o->work, uint32_t, m->n + 1);
    for (uint32_t i = 0; i < m->n && status == STATUS_OK; i++) {
        m->readers[i] = (struct reader){
            .at = o->runs.at[i].at, .end = o->runs.at[i].end, .bytes = arena_alloc(o->work, READ)};
        m->heap[i] = i;
        status = fill(o, &m->readers[i], e);
    }
    for (uint32_t i = m->n / 2; i-- > 0 && status == STATUS_OK;)
        sink(m, i);
    o->merge = m;
    o->group_n = 0;
    return status;
}

/* What sorting needed is given back. */
static void end_merge(struct ordering *o)
{
    spool_close(&o->records);
    memset(&o->runs, 0, sizeof o->runs);
    memset(&o->offsets, 0, sizeof o->offsets);
    o->head = o->next_head = NULL;
    o->merge = NULL;
    o->run = o->group = NULL;
    arena_release(o->work, (struct arena_mark){NULL, 0});
    o->whole = true;
}

/* All that there are fit the run in hand. */
static enum status put_run(struct ordering *o, struct error *e)
{
    enum status status = STATUS_OK;
    sort_run(o);
    for (size_t i = 0; i < o->offsets.n && status == STATUS_OK; i++)
        status = put_record(o, o->run + o->offsets.at[i], e);
    end_merge(o);
    return status;
}

enum status ordering_merge(struct ordering *o, size_t most, struct error *e)
{
    enum status status = STATUS_OK;
    if (o->whole || !o->sorted) {
        o->whole = true;
        return STATUS_OK;
    }
    if (o->merge == NULL && o->runs.n == 0)
        return put_run(o, e);
    if (o->merge == NULL) {
        status = begin_merge(o, e);
        o->n_items = o->n_groups = 0; /* from here on rows are written; the head is shown no more */
    }
    for (; status == STATUS_OK && most > 0 && o->merge->n > 0; most--) {
        struct ordering_merge *m = o->merge;
        struct reader *r = &m->readers[m->heap[0]];
        const unsigned char *p = record_at(r);
        status = put_record(o, p, e);
        r->from += record_size(p);
        if (status == STATUS_OK)
            status = fill(o, r, e);
        if (r->from == r->n)
            m->heap[0] = m->heap[--m->n];
        sink(m, 0);
    }
    if (o->merge->n == 0)
        end_merge(o);
    return status;
}

/* --- What is shown --------------------------------------------------------------------------- */

static bool shows_head(const struct ordering *o)
{
    return o->sorted && !o->whole && o->merge == NULL;
}

static uint32_t number_at(const struct spool *s, uint32_t index)
{
    uint32_t number = 0;
    struct error quiet = ERROR_NONE;
    if (spool_read(s, (uint64_t)index * sizeof number, &number, sizeof number, &quiet) != STATUS_OK)
        return 0;
    return number;
}

uint32_t ordering_item(const struct ordering *o, uint32_t row)
{
    return shows_head(o) ? item_of(o->head->bytes + o->head->offsets[row])
                         : number_at(&o->items, row);
}

uint32_t ordering_group(const struct ordering *o, uint32_t group)
{
    return shows_head(o) ? o->head->groups[group] : number_at(&o->groups, group);
}

uint32_t ordering_row(const struct ordering *o, uint32_t item)
{
    uint32_t items[1024];
    struct error quiet = ERROR_NONE;
    for (uint32_t row = 0; shows_head(o) && row < o->n_items; row++)
        if (ordering_item(o, row) == item)
            return row;
    for (uint32_t row = 0, n; !shows_head(o) && row < o->n_items; row += n) {
        n = o->n_items - row < 1024 ? o->n_items - row : 1024;
        if (spool_read(&o->items, (uint64_t)row * sizeof *items, items, n * sizeof *items,
                       &quiet) != STATUS_OK)
            break;
        for (uint32_t i = 0; i < n; i++)
            if (items[i] == item)
                return row + i;
    }
    return UINT32_MAX;
}
