/* The document in sight: read whole, so that its articles are read on one from the other. */
#include "ui/reader_state.h"

void reader_forget(struct reader *r)
{
    reader_page_free(r->page);
    arena_free(r->arena);
    arena_reset(r->found_arena);
    r->arena = NULL;
    r->page = NULL;
    r->words = STR("");
    r->here = (struct reader_position){0, 0};
    r->here_row = 0;
    r->outline_list = false;
}

struct loading {
    struct reader *reader;
    struct store *store;
    uint32_t document;
    bool glance;
    struct error *error;
};

static enum status load_body(void *context)
{
    struct loading *l = context;
    struct reader *r = l->reader;
    enum status status = store_document(l->store, r->arena, l->document, &r->document, l->error);
    if (status != STATUS_OK)
        return status;
    struct stored_article *articles =
        arena_array(r->arena, struct stored_article, r->document.articles + 1);
    uint32_t line_id = NONE - 1;
    for (uint32_t i = 0; i < r->document.articles; i++) {
        status = store_load_article(l->store, r->arena, r->document.first_article + i, &articles[i],
                                    l->error);
        if (status == STATUS_OK && !l->glance)
            status = reader_add_links(l->store, r->arena, &r->document, &articles[i], &line_id,
                                      l->error);
        if (status != STATUS_OK)
            return status;
    }
    r->page = reader_page_new(r->arena, articles, r->document.articles);
    return r->page != NULL ? STATUS_OK : STATUS_NO_MEMORY;
}

static bool load_document(struct view *v, uint32_t document)
{
    struct reader *r = reader_of(v);
    struct error e = ERROR_NONE;
    struct loading l = {r, ui_store(v->ui), document, !ui_reads(v->ui), &e};
    reader_forget(r);
    r->glanced = l.glance;
    r->arena = arena_new();
    store_hold(l.store);
    enum status status =
        r->arena == NULL ? STATUS_NO_MEMORY : arena_protect(r->arena, load_body, &l, &e);
    store_let_go(l.store);
    if (status == STATUS_OK) {
        r->data_version = store_data_version(l.store);
        r->corrections = reader_corrections(r, l.store, document, true);
        return true;
    }
    reader_forget(r);
    if (status != STATUS_NOT_FOUND)
        ui_say(v->ui, ROLE_ERROR, "%s", e.message);
    return false;
}

bool reader_load(struct view *v, uint32_t article)
{
    struct store *store = ui_store(v->ui);
    struct reader *r = reader_of(v);
    struct stored_article found;
    reader_forget(r);
    if (store == NULL || article == 0)
        return false;
    if (store_article(store, r->found_arena, article, &found, NULL) != STATUS_OK)
        return false;
    return load_document(v, found.document);
}

/* Whether the document in sight is another one in the store; *id is its. */
static bool has_changed(struct reader *r, struct store *store, uint32_t *id)
{
    struct stored_document now;
    if (store_data_version(store) == r->data_version)
        return false;
    r->data_version = store_data_version(store);
    if (store_document_by_path(store, r->document.path, id, NULL) != STATUS_OK ||
        store_document(store, r->found_arena, *id, &now, NULL) != STATUS_OK)
        return false;
    return *id != r->document.id || now.first_passage != r->document.first_passage ||
           now.passages != r->document.passages ||
           memcmp(now.sha256, r->document.sha256, sizeof now.sha256) != 0 ||
           reader_corrections(r, store, *id, false) != r->corrections;
}

/* The text in sight stays where its document has gone. */
bool reader_refresh(struct view *v)
{
    struct reader *r = reader_of(v);
    struct store *store = ui_store(v->ui);
    uint32_t id = r->document.id;
    if (store == NULL || (!has_changed(r, store, &id) && !(r->glanced && ui_reads(v->ui))))
        return false;
    struct arena *kept = arena_new();
    if (kept == NULL)
        return false;
    struct ring_place place = {0};
    v->ops->place(v, kept, &place);
    if (load_document(v, id)) {
        place.record = r->document.first_article;
        v->ops->restore(v, &place);
    }
    arena_free(kept);
    return true;
}

const struct stored_article *reader_article(const struct view *v)
{
    const struct reader *r = reader_of(v);
    return reader_page_article(r->page, reader_here(v).passage);
}
