/* The places that back and forward walk, as a list; Enter goes there. */
#include "baolan/message.h"
#include "ui/state.h"
#include "ui/words.h"

/* The bookmarks, which stand above the places. */
struct places {
    struct arena *arena;
    const struct bookmark *bookmarks;
    size_t n;
};

static enum status open_places(struct view *v, struct error *e)
{
    struct places *p = arena_new_of(v->arena, struct places);
    v->state = p;
    p->arena = arena_new();
    return p->arena != NULL ? STATUS_OK
                            : error_set(e, STATUS_NO_MEMORY, "%s", status_name(STATUS_NO_MEMORY));
}

static void close_places(struct view *v)
{
    arena_free(((struct places *)v->state)->arena);
}

struct reading {
    struct ui *ui;
    struct places *places;
};

static enum status read_bookmarks(void *context)
{
    struct reading *r = context;
    return notes_bookmarks(ui_notes(r->ui), r->places->arena, &r->places->bookmarks, &r->places->n,
                           NULL);
}

/* Read at each layout: they are few, and another window may have set some. */
static void layout(struct view *v)
{
    struct places *p = v->state;
    struct reading r = {v->ui, p};
    arena_reset(p->arena);
    p->n = 0;
    if (ui_notes(v->ui) == NULL || arena_protect(p->arena, read_bookmarks, &r, NULL) != STATUS_OK)
        p->n = 0;
}

static size_t count_bookmarks(struct view *v)
{
    return ((struct places *)v->state)->n;
}

static size_t count(struct view *v)
{
    return count_bookmarks(v) + ring_count(v->ui->ring);
}

/* The newest place stands first. */
static const struct ring_place *place_at(struct view *v, size_t index)
{
    size_t n = ring_count(v->ui->ring), above = count_bookmarks(v);
    return index >= above && index - above < n ? ring_at(v->ui->ring, n - 1 - (index - above))
                                               : NULL;
}

static void bookmark_row(struct view *v, const struct bookmark *b, struct row *out)
{
    struct ring_place place;
    struct stored_article article;
    row_add(out, ROLE_MARK, STR("' "));
    row_column(out, ROLE_KEY, b->name, 10, ALIGN_LEFT);
    row_add(out, ROLE_TEXT, STR(" "));
    if (bookmark_place(v->ui, out->arena, b, &place) &&
        store_article(ui_store(v->ui), out->arena, (uint32_t)place.record, &article, NULL) ==
            STATUS_OK)
        row_column(out, ROLE_TITLE, article.title, v->width / 2, ALIGN_LEFT);
    row_add(out, ROLE_TEXT, STR("  "));
    row_add(out, ROLE_DIM, b->anchor.quoted);
}

static const char *tab_name(enum view_id id)
{
    static const enum message NAMES[VIEW_COUNT] = {
        [VIEW_LIBRARY] = MESSAGE_TAB_LIBRARY,         [VIEW_PROPOSALS] = MESSAGE_TAB_PROPOSALS,
        [VIEW_INDICATORS] = MESSAGE_TAB_INDICATORS,   [VIEW_NAMES] = MESSAGE_TAB_NAMES,
        [VIEW_FINDINGS] = MESSAGE_TAB_FINDINGS,       [VIEW_SEARCH] = MESSAGE_TAB_SEARCH,
        [VIEW_READER] = MESSAGE_TAB_READER,           [VIEW_HELP] = MESSAGE_TAB_HELP,
        [VIEW_PLACES] = MESSAGE_TAB_PLACES,           [VIEW_LINKS] = MESSAGE_TAB_LINKS,
        [VIEW_CORRECTIONS] = MESSAGE_TAB_CORRECTIONS,
    };
    return message(NAMES[id]);
}

/* What a place in a list is about, in words; its state is the view's own. */
static struct str words_of_place(struct view *v, struct arena *a, const struct ring_place *p)
{
    struct store *store = ui_store(v->ui);
    struct stored_entity entity;
    struct stored_indicator figure;
    struct stored_finding finding;
    struct stored_document of;
    uint32_t document;
    uint32_t id = (uint32_t)p->record;
    if (p->view == VIEW_SEARCH)
        return p->state;
    if (store == NULL)
        return p->view == VIEW_LIBRARY ? words_of_path(p->anchor) : p->anchor;
    if (p->view == VIEW_LIBRARY) {
        bool titled = store_document_by_path(store, p->anchor, &document, NULL) == STATUS_OK &&
                      store_document(store, a, document, &of, NULL) == STATUS_OK && of.title.n > 0;
        return titled ? of.title : words_of_path(p->anchor);
    }
    if (p->view == VIEW_NAMES && id != 0 && store_entity(store, a, id, &entity, NULL) == STATUS_OK)
        return entity.name;
    if (p->view == VIEW_INDICATORS && id != 0 &&
        store_indicator(store, a, id, &figure, NULL) == STATUS_OK)
        return str_printf(a, "%.*s %.*s", STR_ARG(figure.it.metric), STR_ARG(figure.it.text));
    if (p->view == VIEW_FINDINGS && id != 0 &&
        store_finding(store, a, id, &finding, NULL) == STATUS_OK)
        return str_printf(a, "%s %.*s", words_of_finding(finding.it.kind),
                          STR_ARG(finding.it.printed));
    return p->anchor;
}

static void row(struct view *v, size_t index, struct row *out)
{
    const struct ring_place *p = place_at(v, index);
    struct stored_article article;
    size_t n = ring_count(v->ui->ring), above = count_bookmarks(v);
    if (p == NULL) {
        bookmark_row(v, &((struct places *)v->state)->bookmarks[index], out);
        return;
    }
    bool here = n - 1 - (index - above) == ring_index(v->ui->ring);
    row_add(out, ROLE_MARK, here ? STR("▸ ") : STR("  "));
    row_column(out, ROLE_DIM, str_of(tab_name(p->view)), 10, ALIGN_LEFT);
    row_add(out, ROLE_TEXT, STR(" "));
    if (p->view != VIEW_READER) {
        row_add(out, ROLE_TEXT, words_of_place(v, out->arena, p));
        return;
    }
    struct ring_place now = session_find(v->ui, out->arena, p);
    struct store *store = ui_store(v->ui);
    if (store != NULL &&
        store_article(store, out->arena, (uint32_t)now.record, &article, NULL) == STATUS_OK)
        row_column(out, ROLE_TITLE, article.title, v->width / 2, ALIGN_LEFT);
    row_add(out, ROLE_TEXT, STR("  "));
    row_add(out, ROLE_DIM, p->anchor);
}

static reaction enter(struct view *v)
{
    const struct ring_place *p = place_at(v, v->focus);
    struct ring_place place;
    if (p == NULL && v->focus < count_bookmarks(v) &&
        bookmark_place(v->ui, v->ui->places, &((struct places *)v->state)->bookmarks[v->focus],
                       &place))
        return ui_go(v->ui, &place);
    return p == NULL ? REACT_NONE : ui_go(v->ui, p);
}

static bool preview(struct view *v, size_t index, struct arena *a, struct ring_place *out)
{
    (void)a;
    const struct ring_place *p = place_at(v, index);
    if (p == NULL && index < count_bookmarks(v))
        return bookmark_place(v->ui, v->ui->places, &((struct places *)v->state)->bookmarks[index],
                              out);
    if (p == NULL || p->view != VIEW_READER)
        return false;
    *out = session_find(v->ui, v->ui->places, p);
    return true;
}

static void title(struct view *v, struct row *out)
{
    (void)v;
    row_add(out, ROLE_TITLE, str_of(message(MESSAGE_TAB_PLACES)));
}

static void place(struct view *v, struct arena *a, struct ring_place *out)
{
    (void)a;
    out->record = (int64_t)v->focus;
}

static bool restore(struct view *v, const struct ring_place *to)
{
    v->focus = (size_t)to->record;
    return true;
}

const struct view_ops VIEW_OPS_PLACES = {
    .id = VIEW_PLACES,
    .context = CONTEXT_HELP,
    .open = open_places,
    .close = close_places,
    .layout = layout,
    .count = count,
    .row = row,
    .title = title,
    .enter = enter,
    .preview = preview,
    .place = place,
    .restore = restore,
};
