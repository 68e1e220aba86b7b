#include "app/document_filter.h"

#include "baolan/buffer.h"
#include "baolan/fold.h"
#include "baolan/vector.h"

enum { POLL_EVERY = 2048 };

/* A document's title, folded, and its path after a line feed. Each stands for itself: one text of
 * all would be copied as it grows. */
struct said {
    const char *p;     /* NULL: no such document */
    uint32_t n, title; /* bytes, of both and of the title */
};

struct document_filter {
    struct arena *arena; /* holds this */
    struct arena *texts; /* what was read */
    struct arena *order; /* ids in the order that was asked for last */
    struct arena *found; /* what the last run found */
    const struct store *store;
    int64_t version; /* of the store when it was read */
    bool is_read, is_ordered;
    VECTOR(struct said) said; /* by id */
    struct list_query query;  /* whose order `ids` have */
    uint32_t *ids;
    size_t n_ids;
};

enum status document_filter_open(struct document_filter **out, struct error *e)
{
    struct arena *arena = arena_new();
    *out = NULL;
    if (arena == NULL)
        return error_set(e, STATUS_NO_MEMORY, "%s", status_name(STATUS_NO_MEMORY));
    struct document_filter *f = arena_new_of(arena, struct document_filter);
    *f = (struct document_filter){
        .arena = arena, .texts = arena_new(), .order = arena_new(), .found = arena_new()};
    *out = f;
    if (f->texts != NULL && f->order != NULL && f->found != NULL)
        return STATUS_OK;
    document_filter_close(f);
    *out = NULL;
    return error_set(e, STATUS_NO_MEMORY, "%s", status_name(STATUS_NO_MEMORY));
}

void document_filter_close(struct document_filter *f)
{
    if (f == NULL)
        return;
    arena_free(f->texts);
    arena_free(f->order);
    arena_free(f->found);
    arena_free(f->arena);
}

/* --- Reading --------------------------------------------------------------------------------- */

struct reading {
    struct document_filter *filter;
    struct store *store;
    bool (*cancelled)(void *context);
    void *context;
    bool stopped;
    struct error *error;
};

static bool add_document(void *context, uint32_t id, struct str title, struct str path)
{
    struct reading *r = context;
    struct document_filter *f = r->filter;
    if (id % POLL_EVERY == 0 && r->cancelled != NULL && r->cancelled(r->context)) {
        r->stopped = true;
        return false;
    }
    while (f->said.n < id)
        vector_push(f->texts, &f->said, ((struct said){NULL, 0, 0}));
    struct arena_mark mark = arena_mark(f->found);
    struct buffer both = buffer_in(f->found);
    buffer_add(&both, fold_str(f->found, title));
    struct said said = {NULL, 0, (uint32_t)both.n};
    buffer_add_byte(&both, '\n');
    buffer_add(&both, fold_str(f->found, path));
    said.n = (uint32_t)both.n;
    said.p = str_dup(f->texts, buffer_str(&both)).p;
    vector_push(f->texts, &f->said, said);
    arena_release(f->found, mark);
    return true;
}

static enum status read_protected(void *context)
{
    struct reading *r = context;
    struct store_totals totals;
    /* An arena keeps what a vector grows out of. */
    if (store_totals(r->store, &totals, NULL) == STATUS_OK && totals.documents > 0)
        vector_reserve(r->filter->texts, &r->filter->said, (size_t)totals.documents + 1);
    enum status status = store_each_document(r->store, add_document, r, r->error);
    return status == STATUS_OK && r->stopped ? STATUS_INTERRUPTED : status;
}

enum status document_filter_prepare(struct document_filter *f, struct store *store,
                                    bool (*cancelled)(void *context), void *context,
                                    struct error *e)
{
    struct reading r = {f, store, cancelled, context, false, e};
    int64_t version = store_data_version(store);
    if (f->is_read && f->store == store && f->version == version)
        return STATUS_OK;
    arena_reset(f->texts);
    arena_reset(f->found);
    memset(&f->said, 0, sizeof f->said);
    f->store = store;
    f->version = version;
    f->is_ordered = false;
    enum status status = arena_protect(f->texts, read_protected, &r, e);
    f->is_read = status == STATUS_OK;
    return status;
}

static enum status read_order(void *context)
{
    struct reading *r = context;
    struct document_filter *f = r->filter;
    uint64_t n = 0;
    bool exact;
    enum status status = store_list_count(r->store, &f->query, UINT32_MAX, &n, &exact, r->error);
    if (status != STATUS_OK)
        return status;
    f->ids = arena_array(f->order, uint32_t, n + 1);
    return store_list(r->store, &f->query, (struct list_from){0}, f->ids, (size_t)n, &f->n_ids,
                      r->error);
}

static enum status set_order(struct document_filter *f, struct store *store, enum store_order order,
                             bool descending, struct error *e)
{
    struct reading r = {.filter = f, .store = store, .error = e};
    if (f->is_ordered && f->query.order == order && f->query.descending == descending)
        return STATUS_OK;
    arena_reset(f->order);
    f->query =
        (struct list_query){.list = LIST_DOCUMENTS, .order = order, .descending = descending};
    enum status status = arena_protect(f->order, read_order, &r, e);
    f->is_ordered = status == STATUS_OK;
    return status;
}

/* --- Finding --------------------------------------------------------------------------------- */

struct wanted_word {
    struct str text; /* folded */
    bool refused, latin;
    struct pinyin_query letters;
};

struct run {
    struct document_filter *filter;
    const struct pinyin *pinyin;
    struct str words;
    VECTOR(struct wanted_word) wanted;
    VECTOR(uint32_t) found;
};

static void read_words(struct run *r)
{
    struct arena *a = r->filter->found;
    for (struct str rest = fold_str(a, r->words); rest.p != NULL;) {
        struct wanted_word word = {.text = str_split(&rest, ' ')};
        word.refused = word.text.n > 1 && word.text.p[0] == '-';
        if (word.refused)
            word.text = str_sub(word.text, 1, word.text.n);
        if (word.text.n == 0)
            continue;
        word.latin = r->pinyin != NULL && pinyin_query_of(r->pinyin, a, word.text, &word.letters) &&
                     word.letters.latin;
        vector_push(a, &r->wanted, word);
    }
}

/* Pinyin is of the title, or of the file's name. */
static bool sounds_like(const struct wanted_word *w, struct str title, struct str path)
{
    size_t slash = str_find_last(path, STR("/"));
    struct str name = slash == STR_NONE ? path : str_sub(path, slash + 1, path.n);
    return pinyin_match(&w->letters, title, NULL) != PINYIN_NO_MATCH ||
           pinyin_match(&w->letters, name, NULL) != PINYIN_NO_MATCH;
}

static bool admits(const struct run *r, uint32_t id)
{
    const struct document_filter *f = r->filter;
    if (id >= f->said.n || f->said.at[id].p == NULL)
        return false;
    struct str text = {f->said.at[id].p, f->said.at[id].n};
    size_t title_end = f->said.at[id].title;
    struct str title = str_sub(text, 0, title_end);
    struct str path = str_sub(text, title_end + 1, text.n);
    for (size_t i = 0; i < r->wanted.n; i++) {
        const struct wanted_word *w = &r->wanted.at[i];
        bool has = str_has(text, w->text) || (w->latin && sounds_like(w, title, path));
        if (has == w->refused)
            return false;
    }
    return true;
}

static enum status run_protected(void *context)
{
    struct run *r = context;
    struct document_filter *f = r->filter;
    read_words(r);
    for (size_t i = 0; i < f->n_ids; i++)
        if (admits(r, f->ids[i]))
            vector_push(f->found, &r->found, f->ids[i]);
    return STATUS_OK;
}

enum status document_filter_run(struct document_filter *f, struct store *store,
                                const struct pinyin *pinyin, struct str words,
                                enum store_order order, bool descending, const uint32_t **ids,
                                size_t *n, struct error *e)
{
    struct run r = {.filter = f, .pinyin = pinyin, .words = words};
    *ids = NULL;
    *n = 0;
    enum status status = document_filter_prepare(f, store, NULL, NULL, e);
    if (status == STATUS_OK)
        status = set_order(f, store, order, descending, e);
    if (status != STATUS_OK)
        return status;
    arena_reset(f->found);
    status = arena_protect(f->found, run_protected, &r, e);
    if (status == STATUS_OK) {
        *ids = r.found.at;
        *n = r.found.n;
    }
    return status;
}
