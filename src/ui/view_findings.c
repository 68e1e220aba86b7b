/* View 5, 核对: what does not add up. Enter goes to the disputed figure in its sentence. */
#include "app/pager.h"
#include "baolan/message.h"
#include "ui/columns.h"
#include "ui/reader.h"
#include "ui/view.h"
#include "ui/words.h"

struct findings {
    struct pager pager;
    struct columns table;
    enum store_order order;
    bool descending;
};

enum { COLUMN_KIND, COLUMN_PRINTED, COLUMN_COMPUTED, COLUMN_FORMULA, COLUMN_SOURCE, COLUMN_COUNT };

static const struct column COLUMNS[COLUMN_COUNT] = {
    {"种类", "Kind", 10, 0, 0, ALIGN_LEFT},      {"原文", "Printed", 12, 1, 0, ALIGN_RIGHT},
    {"应为", "Computed", 12, 1, 0, ALIGN_RIGHT}, {"算式", "Formula", 20, 4, 1, ALIGN_LEFT},
    {"出处", "Source", 14, 2, 2, ALIGN_LEFT},
};

static enum status open_findings(struct view *v, struct error *e)
{
    (void)e;
    struct findings *f = arena_new_of(v->arena, struct findings);
    f->order = ORDER_FINDING_KIND;
    v->state = f;
    return STATUS_OK;
}

static void load(struct view *v)
{
    struct findings *f = v->state;
    struct error e = ERROR_NONE;
    struct list_query q = {.list = LIST_FINDINGS, .order = f->order, .descending = f->descending};
    uint32_t id = pager_peek(&f->pager, v->focus);
    if (pager_open(&f->pager, ui_store(v->ui), &q, &e) != STATUS_OK)
        ui_say(v->ui, ROLE_ERROR, "%s", e.message);
    size_t row = id == 0 ? SIZE_MAX : pager_row(&f->pager, id, v->focus);
    if (row != SIZE_MAX)
        v->focus = row;
}

static void layout(struct view *v)
{
    struct findings *f = v->state;
    columns_fit(&f->table, COLUMNS, COLUMN_COUNT, v->width);
    load(v);
}

static size_t count(struct view *v)
{
    return (size_t)((struct findings *)v->state)->pager.count;
}

static bool load_finding(struct view *v, size_t row, struct arena *a, struct stored_finding *out)
{
    struct findings *f = v->state;
    uint32_t id = pager_id(&f->pager, row);
    return id != 0 && store_finding(f->pager.store, a, id, out, NULL) == STATUS_OK;
}

static void row(struct view *v, size_t index, struct row *out)
{
    struct findings *f = v->state;
    struct stored_finding finding;
    struct stored_document document;
    if (!load_finding(v, index, out->arena, &finding))
        return;
    struct str source = STR("");
    if (store_document(f->pager.store, out->arena, finding.document, &document, NULL) == STATUS_OK)
        source = words_of_path(document.path);
    columns_cell(&f->table, out, COLUMN_KIND, ROLE_WARN, str_of(words_of_finding(finding.it.kind)));
    columns_cell(&f->table, out, COLUMN_PRINTED, ROLE_NUMBER, finding.it.printed);
    columns_cell(&f->table, out, COLUMN_COMPUTED, ROLE_NUMBER, finding.it.computed);
    columns_cell(&f->table, out, COLUMN_FORMULA, ROLE_TEXT, finding.it.formula);
    columns_cell(&f->table, out, COLUMN_SOURCE, ROLE_DIM, source);
}

static size_t header(struct view *v, struct row *rows, size_t room)
{
    struct findings *f = v->state;
    if (room == 0)
        return 0;
    columns_header(&f->table, &rows[0], f->order == ORDER_FINDING_KIND ? COLUMN_KIND : -1,
                   f->descending);
    return 1;
}

static void title(struct view *v, struct row *out)
{
    row_add(out, ROLE_TITLE, str_of(message(MESSAGE_TAB_FINDINGS)));
    row_printf(out, ROLE_DIM, " · %zu", count(v));
}

static bool preview(struct view *v, size_t index, struct ring_place *out)
{
    struct findings *f = v->state;
    struct stored_finding finding;
    struct stored_indicator figure;
    struct arena *a = arena_new();
    bool found =
        a != NULL && load_finding(v, index, a, &finding) && finding.it.n_indicators > 0 &&
        store_indicator(f->pager.store, a, finding.it.indicators[0], &figure, NULL) == STATUS_OK;
    if (found)
        *out = reader_place(figure.it.place.article, figure.it.place.paragraph,
                            figure.it.place.start, STR(""));
    arena_free(a);
    return found;
}

static reaction enter(struct view *v)
{
    struct ring_place to;
    return preview(v, v->focus, &to) ? ui_go(v->ui, &to) : REACT_NONE;
}

static void place(struct view *v, struct arena *a, struct ring_place *out)
{
    (void)a;
    struct findings *f = v->state;
    out->record = pager_id(&f->pager, v->focus);
    out->offset = (uint32_t)v->focus;
}

static bool restore(struct view *v, const struct ring_place *to)
{
    struct findings *f = v->state;
    size_t found = pager_row(&f->pager, (uint32_t)to->record, to->offset);
    v->focus = found == SIZE_MAX ? to->offset : found;
    return found != SIZE_MAX;
}

static reaction command(struct view *v, enum command id, struct str argument)
{
    struct findings *f = v->state;
    (void)argument;
    if (id == COMMAND_SORT)
        f->order = f->order == ORDER_FINDING_KIND ? ORDER_ID : ORDER_FINDING_KIND;
    else if (id == COMMAND_SORT_REVERSE)
        f->descending = !f->descending;
    else
        return REACT_PASS;
    v->focus = 0;
    load(v);
    return REACT_VIEW;
}

const struct view_ops VIEW_OPS_FINDINGS = {
    .id = VIEW_FINDINGS,
    .context = CONTEXT_FINDINGS,
    .open = open_findings,
    .layout = layout,
    .count = count,
    .row = row,
    .header = header,
    .title = title,
    .enter = enter,
    .preview = preview,
    .place = place,
    .restore = restore,
    .command = command,
};
