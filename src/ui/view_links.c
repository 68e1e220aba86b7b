/* The list of an article's links (L), and a figure with all of its metric and subject. */
#include "app/article_links.h"
#include "app/figure_page.h"
#include "baolan/clock.h"
#include "baolan/map.h"
#include "baolan/message.h"
#include "ui/reader.h"
#include "ui/sheet.h"
#include "ui/words.h"

enum links_entry {
    LINKS_TITLE,
    LINKS_SECTION,
    LINKS_FORM,
    LINKS_SENSE,
    LINKS_WHY,
    LINKS_NAME,
    LINKS_FIGURE,
    LINKS_ALIKE,
    LINKS_TABLE
};

/* What the page is about, as its place's state begins. */
enum { ABOUT_NOTHING = 0, ABOUT_ARTICLE = 'A', ABOUT_FIGURE = 'F' };

/* Names and figures of an article that are listed. */
enum { LISTED_MOST = 2000 };

/* A name of the article, and where it stands first. */
struct listed_name {
    struct stored_entity entity;
    struct stored_mention first;
    uint32_t here; /* mentions in the article */
};

struct links {
    struct view *view;
    char about;
    uint32_t record;
    struct arena *read, *lines;
    struct store *read_from;
    int64_t version;
    struct sheet sheet;
    /* of an article */
    struct stored_document document;
    struct stored_article article;
    const struct article_link *form, *sense;
    size_t n_form, n_sense;
    VECTOR(struct listed_name) names;
    VECTOR(struct stored_indicator) figures;
    /* of a figure */
    struct figure_page figure;
};

/* --- Reading --------------------------------------------------------------------------------- */

static enum status read_names(struct links *k, struct store *s, struct error *e)
{
    const struct stored_mention *mentions;
    size_t n;
    struct map seen = map_in(k->read);
    enum status status = store_mentions_in(s, k->read, k->article.first_passage,
                                           k->article.n_passages, &mentions, &n, e);
    for (size_t i = 0; status == STATUS_OK && i < n && k->names.n < LISTED_MOST; i++) {
        bool is_new;
        struct map_entry *entry = map_put(
            &seen, (struct str){(const char *)&mentions[i].entity, sizeof(uint32_t)}, &is_new);
        if (is_new) {
            entry->value.number = k->names.n;
            struct listed_name *name = vector_add(k->read, &k->names);
            name->first = mentions[i];
            status = store_entity(s, k->read, mentions[i].entity, &name->entity, e);
        }
        k->names.at[entry->value.number].here++;
    }
    return status;
}

static enum status read_figures(struct links *k, struct store *s, struct error *e)
{
    uint32_t ids[LISTED_MOST];
    size_t found = 0;
    struct list_query query = {
        .list = LIST_INDICATORS, .order = ORDER_ID, .article = k->article.id};
    enum status status = store_list(s, &query, (struct list_from){0}, ids, LISTED_MOST, &found, e);
    for (size_t i = 0; i < found && status == STATUS_OK; i++)
        status = store_indicator(s, k->read, ids[i], vector_add(k->read, &k->figures), e);
    return status;
}

static enum status read_article(struct links *k, struct store *s, struct error *e)
{
    enum status status = store_load_article(s, k->read, k->record, &k->article, e);
    if (status == STATUS_OK)
        status = store_document(s, k->read, k->article.document, &k->document, e);
    if (status == STATUS_OK)
        status = article_links_of_form(s, k->read, &k->document, &k->article, COPIES_MOST, &k->form,
                                       &k->n_form, e);
    if (status == STATUS_OK)
        status = article_links_of_sense(s, k->read, &k->article, &k->sense, &k->n_sense, e);
    if (status == STATUS_OK)
        status = read_names(k, s, e);
    return status == STATUS_OK ? read_figures(k, s, e) : status;
}

struct reading {
    struct links *links;
    struct store *store;
    struct error *error;
};

/* Milliseconds for which a key waits for figures like the one it asks for: the others come behind.
 */
enum { ALIKE_AT_ONCE = 5 };

static enum status read_figure(struct links *k, struct store *s, struct error *e)
{
    int64_t until = clock_nanoseconds() + (int64_t)ALIKE_AT_ONCE * 1000000;
    enum status status = figure_page_begin(s, k->read, k->record, &k->figure, e);
    do
        status = status == STATUS_OK ? figure_page_step(s, k->read, &k->figure, e) : status;
    while (status == STATUS_OK && !k->figure.whole && clock_nanoseconds() < until);
    return status;
}

static enum status read_more(void *context)
{
    struct reading *r = context;
    return figure_page_step(r->store, r->links->read, &r->links->figure, r->error);
}

static enum status read_body(void *context)
{
    struct reading *r = context;
    struct links *k = r->links;
    return k->about == ABOUT_FIGURE ? read_figure(k, r->store, r->error)
                                    : read_article(k, r->store, r->error);
}

/* Reads what the page is about; false where it is gone. */
static bool read_record(struct links *k, char about, uint32_t record)
{
    struct store *s = ui_store(k->view->ui);
    struct error e = ERROR_NONE;
    struct reading r = {k, s, &e};
    arena_reset(k->read);
    memset(&k->names, 0, sizeof k->names);
    memset(&k->figures, 0, sizeof k->figures);
    k->n_form = k->n_sense = 0;
    k->about = ABOUT_NOTHING;
    if (s == NULL || record == 0 || (about != ABOUT_ARTICLE && about != ABOUT_FIGURE))
        return false;
    k->about = about;
    k->record = record;
    k->read_from = s;
    k->version = store_data_version(s);
    store_hold(s);
    enum status status = arena_protect(k->read, read_body, &r, &e);
    store_let_go(s);
    if (status == STATUS_OK)
        return true;
    k->about = ABOUT_NOTHING;
    if (e.status != STATUS_NOT_FOUND)
        ui_say(k->view->ui, ROLE_ERROR, "%s", e.message);
    return false;
}

static enum status open_links(struct view *v, struct error *e)
{
    struct links *k = arena_new_of(v->arena, struct links);
    v->state = k;
    *k = (struct links){.view = v, .read = arena_new(), .lines = arena_new()};
    return k->read != NULL && k->lines != NULL
               ? STATUS_OK
               : error_set(e, STATUS_NO_MEMORY, "%s", status_name(STATUS_NO_MEMORY));
}

static void close_links(struct view *v)
{
    struct links *k = v->state;
    arena_free(k->read);
    arena_free(k->lines);
}

/* --- Entries --------------------------------------------------------------------------------- */

static void add_section(struct links *k, const char *name, size_t n)
{
    struct sheet_entry e = sheet_entry_of(LINKS_SECTION, (uint32_t)k->sheet.entries.n);
    sheet_blank(&k->sheet);
    e.text = str_printf(k->sheet.arena, "%s %zu", name, n);
    e.role = ROLE_HEADING;
    e.single = true;
    sheet_add(&k->sheet, &e);
}

static void add_form(struct links *k)
{
    for (uint32_t i = 0; i < k->n_form; i++) {
        const struct article_link *link = &k->form[i];
        struct sheet_entry e = sheet_entry_of(LINKS_FORM, i);
        e.lead = str_printf(k->sheet.arena, "%s %.*s%s%.*s%s", article_link_word(link->kind),
                            STR_ARG(link->edition), link->edition.n > 0 ? " " : "",
                            STR_ARG(words_of_period(k->sheet.arena, link->date)),
                            link->date.n > 0 ? " " : "");
        e.text = link->title.n > 0 ? link->title : STR("—");
        e.role = ROLE_LINK;
        e.indent = 1;
        e.target = reader_place(link->article, NONE, 0, link->title);
        sheet_add(&k->sheet, &e);
    }
}

/* A proposal, and under it the names that it shares with the article. */
static void add_sense(struct links *k)
{
    for (uint32_t i = 0; i < k->n_sense; i++) {
        const struct article_link *link = &k->sense[i];
        struct sheet_entry e = sheet_entry_of(LINKS_SENSE, i);
        struct buffer why = buffer_in(k->sheet.arena);
        e.lead = str_printf(k->sheet.arena, "%s ", article_link_word(link->kind));
        e.text = link->title;
        e.role = ROLE_LINK;
        e.indent = 1;
        e.target =
            link->proposal == 0
                ? reader_place(link->article, link->there, link->there_start,
                               link->n_names > 0 ? link->names[0] : STR(""))
                : (struct ring_place){
                      .view = VIEW_PROPOSALS, .record = link->proposal, .part = 0, .link = NO_LINK};
        sheet_add(&k->sheet, &e);
        for (size_t n = 0; n < link->n_names; n++) {
            buffer_add_c(&why, n > 0 ? "、" : "");
            buffer_add(&why, link->names[n]);
        }
        if (why.n == 0)
            continue;
        struct sheet_entry names = sheet_entry_of(LINKS_WHY, i);
        names.lead = str_printf(k->sheet.arena, "%s ", translate("both speak of"));
        names.text = buffer_str(&why);
        names.role = ROLE_DIM;
        names.indent = 4;
        names.target = e.target;
        sheet_add(&k->sheet, &names);
    }
}

static void add_names(struct links *k)
{
    if (k->names.n > 0)
        add_section(k, message(MESSAGE_TAB_NAMES), k->names.n);
    for (uint32_t i = 0; i < k->names.n; i++) {
        const struct listed_name *name = &k->names.at[i];
        struct sheet_entry e = sheet_entry_of(LINKS_NAME, i);
        struct buffer line = buffer_in(k->sheet.arena);
        int room = k->sheet.width - 30;
        width_pad(&line, name->entity.name, room > 12 ? (size_t)room : 12, ALIGN_LEFT,
                  k->sheet.ambiguous);
        buffer_printf(&line, " %s ", words_of_entity(name->entity.type));
        buffer_printf(&line, translate("here %u, in %u documents"), name->here,
                      name->entity.documents);
        e.text = buffer_str(&line);
        e.role = ROLE_LINK;
        e.indent = 1;
        e.single = true;
        e.target = (struct ring_place){
            .view = VIEW_NAMES, .record = name->entity.id, .part = NONE, .link = NO_LINK};
        sheet_add(&k->sheet, &e);
    }
}

/* A figure: period, metric, subject, value. */
static struct str figure_line(struct links *k, const struct indicator *it, struct span *value)
{
    struct sheet *s = &k->sheet;
    struct buffer line = buffer_in(s->arena);
    width_pad(&line, words_of_period(s->arena, it->period), 14, ALIGN_LEFT, s->ambiguous);
    buffer_add_byte(&line, ' ');
    buffer_add(&line, it->subject);
    buffer_add_c(&line, it->subject.n > 0 ? " " : "");
    buffer_add(&line, it->metric);
    buffer_printf(&line, " %s ", it->kind != INDICATOR_LEVEL ? words_of_indicator(it->kind) : "");
    value->start = line.n;
    buffer_add(&line, it->text);
    value->end = line.n;
    if (it->target)
        buffer_printf(&line, " %s", message(MESSAGE_CHART_TARGET));
    return buffer_str(&line);
}

static void add_figures(struct links *k)
{
    if (k->figures.n > 0)
        add_section(k, message(MESSAGE_TAB_INDICATORS), k->figures.n);
    for (uint32_t i = 0; i < k->figures.n; i++) {
        struct sheet_entry e = sheet_entry_of(LINKS_FIGURE, i);
        e.text = figure_line(k, &k->figures.at[i].it, &e.strong);
        e.indent = 1;
        e.single = true;
        e.target = (struct ring_place){.view = VIEW_LINKS,
                                       .record = k->figures.at[i].id,
                                       .part = NONE,
                                       .link = NO_LINK,
                                       .state = STR("F")};
        sheet_add(&k->sheet, &e);
    }
}

/* The figure itself, which leads to the table, and all that are of its metric and subject. */
static void add_alike(struct links *k)
{
    const struct figure_page *p = &k->figure;
    struct sheet_entry e = sheet_entry_of(LINKS_TABLE, 0);
    e.lead = str_printf(k->sheet.arena, "%s  ", translate("in the table of figures"));
    e.text = figure_line(k, &p->it.it, &e.strong);
    e.single = true;
    e.target = (struct ring_place){
        .view = VIEW_INDICATORS, .record = p->it.id, .part = NONE, .link = NO_LINK};
    sheet_add(&k->sheet, &e);
    add_section(k, translate("Of the same metric and subject"), p->alike.n);
    for (uint32_t i = 0; i < p->alike.n; i++) {
        const struct figure_alike *alike = &p->alike.at[i];
        const struct indicator *it = &alike->it.it;
        e = sheet_entry_of(LINKS_ALIKE, i);
        e.lead = alike->it.id == p->it.id ? STR("▸ ") : STR("  ");
        struct str line = figure_line(k, it, &e.strong);
        struct str date = words_of_period(k->sheet.arena, alike->date);
        e.text = str_printf(k->sheet.arena, "%.*s  %.*s %.*s", STR_ARG(line), STR_ARG(date),
                            STR_ARG(alike->title));
        e.single = true;
        e.target = reader_place(it->place.article, it->place.paragraph, it->place.start, it->text);
        sheet_add(&k->sheet, &e);
    }
}

static struct str name_of_record(const struct links *k)
{
    return k->about == ABOUT_FIGURE    ? k->figure.it.it.metric
           : k->about == ABOUT_ARTICLE ? k->article.title
                                       : STR("");
}

static void fill(struct links *k)
{
    struct view *v = k->view;
    const struct sheet_entry *at = sheet_at(&k->sheet, v->focus);
    uint32_t kind = at != NULL ? at->kind : LINKS_TITLE, mark = sheet_mark(&k->sheet, v->focus);
    sheet_begin(&k->sheet, k->lines, v->width, ui_ambiguous(v->ui));
    struct sheet_entry e = sheet_entry_of(LINKS_TITLE, 0);
    e.text = name_of_record(k);
    e.role = ROLE_TITLE;
    if (k->about == ABOUT_ARTICLE)
        e.target = reader_place(k->record, NONE, 0, STR(""));
    sheet_add(&k->sheet, &e);
    if (k->about == ABOUT_ARTICLE) {
        add_form(k);
        add_sense(k);
        add_names(k);
        add_figures(k);
    } else if (k->about == ABOUT_FIGURE) {
        add_alike(k);
    }
    size_t row = sheet_find_mark(&k->sheet, kind, mark);
    v->focus = row == SIZE_MAX ? 0 : row;
}

/* --- The view -------------------------------------------------------------------------------- */

static void layout(struct view *v)
{
    struct links *k = v->state;
    struct store *s = ui_store(v->ui);
    bool changed = s != k->read_from || (s != NULL && store_data_version(s) != k->version);
    if (k->about != ABOUT_NOTHING && changed)
        read_record(k, k->about, k->record);
    fill(k);
}

static size_t count(struct view *v)
{
    return ((struct links *)v->state)->sheet.lines.n;
}

static void row(struct view *v, size_t index, struct row *out)
{
    sheet_row(&((struct links *)v->state)->sheet, index, out);
}

static void title(struct view *v, struct row *out)
{
    (void)v;
    row_add(out, ROLE_TITLE, str_of(message(MESSAGE_TAB_LINKS)));
}

static void status(struct view *v, struct row *out)
{
    row_add(out, ROLE_BAR, name_of_record(v->state));
}

/* Reads the rest of what is like the figure, and shows it once it is all there. */
static reaction idle(struct view *v)
{
    struct links *k = v->state;
    struct error e = ERROR_NONE;
    struct reading r = {k, k->read_from, &e};
    if (k->about != ABOUT_FIGURE || k->figure.whole || k->read_from != ui_store(v->ui))
        return REACT_NONE;
    enum status status = STATUS_OK;
    store_hold(r.store);
    while (status == STATUS_OK && !k->figure.whole && !ui_key_waits(v->ui))
        status = arena_protect(k->read, read_more, &r, &e);
    store_let_go(r.store);
    if (status != STATUS_OK) {
        k->figure.whole = true;
        ui_say(v->ui, ROLE_ERROR, "%s", e.message);
    }
    if (!k->figure.whole)
        return REACT_NONE;
    fill(k);
    return REACT_VIEW;
}

static bool preview(struct view *v, size_t index, struct arena *a, struct ring_place *out)
{
    struct links *k = v->state;
    const struct sheet_entry *e = sheet_at(&k->sheet, index);
    if (e == NULL)
        return false;
    *out = e->target;
    if (e->kind == LINKS_NAME) {
        const struct stored_mention *m = &k->names.at[e->number].first;
        struct stored_passage passage;
        bool read = store_passage(ui_store(v->ui), a, m->passage, &passage, NULL) == STATUS_OK;
        *out = reader_place(k->record, m->passage, m->start,
                            read ? str_sub(passage.text, m->start, m->end) : STR(""));
    } else if (e->kind == LINKS_FIGURE) {
        const struct place *p = &k->figures.at[e->number].it.place;
        *out = reader_place(k->record, p->paragraph, p->start,
                            str_dup(a, k->figures.at[e->number].it.text));
    }
    return out->view == VIEW_READER;
}

static reaction enter(struct view *v)
{
    const struct links *k = v->state;
    const struct sheet_entry *e = sheet_at(&k->sheet, v->focus);
    return e == NULL || e->target.view == VIEW_COUNT ? REACT_NONE : ui_go(v->ui, &e->target);
}

static void place(struct view *v, struct arena *a, struct ring_place *out)
{
    const struct links *k = v->state;
    const struct sheet_entry *e = sheet_at(&k->sheet, v->focus);
    out->record = k->record;
    out->part = e == NULL ? NONE : e->kind;
    out->offset = sheet_mark(&k->sheet, v->focus);
    out->state = str_printf(a, "%c", k->about == ABOUT_NOTHING ? '-' : k->about);
    out->anchor = name_of_record(k);
}

static bool restore(struct view *v, const struct ring_place *to)
{
    struct links *k = v->state;
    char about = to->state.n > 0 ? to->state.p[0] : ABOUT_NOTHING;
    struct store *s = ui_store(v->ui);
    bool same = k->about == about && k->record == (uint32_t)to->record && s == k->read_from &&
                s != NULL && store_data_version(s) == k->version;
    bool found = same || read_record(k, about, (uint32_t)to->record);
    memset(&k->sheet, 0, sizeof k->sheet);
    v->focus = v->top = 0;
    fill(k);
    size_t row_of = to->part == NONE ? SIZE_MAX : sheet_find_mark(&k->sheet, to->part, to->offset);
    v->focus = row_of == SIZE_MAX ? 0 : row_of;
    return found;
}

const struct view_ops VIEW_OPS_LINKS = {
    .id = VIEW_LINKS,
    .context = CONTEXT_LIST,
    .open = open_links,
    .close = close_links,
    .layout = layout,
    .idle = idle,
    .count = count,
    .row = row,
    .title = title,
    .status = status,
    .enter = enter,
    .preview = preview,
    .place = place,
    .restore = restore,
};
