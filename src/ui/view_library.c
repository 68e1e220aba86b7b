/* View 1: the documents of the library, with their articles and sections. */
#include "app/document_filter.h"
#include "baolan/files.h"
#include "baolan/finder.h"
#include "baolan/message.h"
#include "ui/library_tree.h"
#include "ui/reader.h"
#include "ui/view.h"
#include "ui/words.h"

struct library_view {
    struct library_tree tree;
    struct arena *scratch; /* of one question to the store */
    struct document_filter *filter;
    bool filtering; /* a filter is being typed: it is made ready at the first moment of rest */
    struct list_query query;
    int64_t data_version;
    bool read;
};

static struct library_view *state_of(const struct view *v)
{
    return v->state;
}

static enum status open_library(struct view *v, struct error *e)
{
    struct library_view *l = arena_new_of(v->arena, struct library_view);
    v->state = l;
    l->query = (struct list_query){.list = LIST_DOCUMENTS, .order = ORDER_PATH};
    l->scratch = arena_new();
    bool made = l->scratch != NULL && library_tree_open_arenas(&l->tree);
    if (made && document_filter_open(&l->filter, e) == STATUS_OK)
        return STATUS_OK;
    library_tree_free(&l->tree);
    arena_free(l->scratch);
    return error_set(e, STATUS_NO_MEMORY, "%s", status_name(STATUS_NO_MEMORY));
}

static void close_library(struct view *v)
{
    library_tree_free(&state_of(v)->tree);
    document_filter_close(state_of(v)->filter);
    arena_free(state_of(v)->scratch);
}

/* The node of a row; false where there is none. */
static bool node_at(const struct view *v, size_t index, struct tree_node *out)
{
    struct library_view *l = state_of(v);
    *out = (struct tree_node){0};
    if (index < library_tree_rows(&l->tree))
        *out = library_tree_node(&l->tree, index);
    return out->id != 0;
}

/* What a question to the store gives, or the sentence on why not. */
static bool answered(struct view *v, enum status status, const struct error *e)
{
    if (status != STATUS_OK && status != STATUS_NOT_FOUND)
        ui_say(v->ui, ROLE_ERROR, "%s", e->message);
    return status == STATUS_OK;
}

/* Leaves the documents that the filter admits. */
static void read_filtered(struct view *v)
{
    struct library_view *l = state_of(v);
    struct store *store = ui_store(v->ui);
    struct finder *finder = ui_finder(v->ui);
    struct error e = ERROR_NONE;
    const uint32_t *ids;
    size_t n;
    if (v->filter_text.n == 0 || store == NULL)
        return;
    const struct pinyin *pinyin =
        finder != NULL && words_have_letters(v->filter_text) ? finder_pinyin(finder) : NULL;
    if (answered(v,
                 document_filter_run(l->filter, store, pinyin, v->filter_text, l->query.order,
                                     l->query.descending, &ids, &n, &e),
                 &e))
        library_tree_filter(&l->tree, ids, n);
}

static bool key_waits(void *context)
{
    return ui_key_waits(context);
}

static reaction idle(struct view *v)
{
    struct library_view *l = state_of(v);
    struct error quiet = ERROR_NONE;
    if (l->filtering && ui_store(v->ui) != NULL)
        l->filtering = document_filter_prepare(l->filter, ui_store(v->ui), key_waits, v->ui,
                                               &quiet) == STATUS_INTERRUPTED;
    return REACT_NONE;
}

static void read_tree(struct view *v)
{
    struct library_view *l = state_of(v);
    struct store *store = ui_store(v->ui);
    struct error e = ERROR_NONE;
    l->read = store != NULL;
    if (store == NULL)
        return;
    l->data_version = store_data_version(store);
    answered(v, library_tree_read(&l->tree, store, &l->query, &e), &e);
    read_filtered(v);
}

static bool restore(struct view *v, const struct ring_place *place);
static void place(struct view *v, struct arena *a, struct ring_place *out);

/* Reads the list anew with the same row under the cursor. */
static void reread(struct view *v)
{
    struct ring_place here;
    arena_reset(state_of(v)->scratch);
    place(v, state_of(v)->scratch, &here);
    size_t above = v->focus > v->top ? v->focus - v->top : 0;
    read_tree(v);
    restore(v, &here);
    v->top = v->focus > above ? v->focus - above : 0;
}

static void layout(struct view *v)
{
    const struct library_view *l = state_of(v);
    struct store *store = ui_store(v->ui);
    if (!l->read)
        read_tree(v);
    else if (store != NULL && store_data_version(store) != l->data_version)
        reread(v);
}

static size_t count(struct view *v)
{
    return library_tree_rows(&state_of(v)->tree);
}

/* Cells of a date: as figures where room is short, as it is written where there is enough. */
enum { DATE_ISO = 12, DATE_WORDS = 16 };

/* Columns behind the title, by the width of the view; 0: not shown. */
struct columns {
    int title, paper, date, articles, indicators, characters;
};

static struct columns columns_of(int width)
{
    struct columns c = {0};
    c.date = width >= 100 ? DATE_WORDS : width >= 60 ? DATE_ISO : 0;
    c.articles = width >= 50 ? 6 : 0;
    c.indicators = width >= 50 ? 7 : 0;
    c.characters = width >= 72 ? 8 : 0;
    c.paper = width >= 100 ? 20 : 0;
    c.title = width - c.paper - c.date - c.articles - c.indicators - c.characters - 1;
    return c;
}

static void add_count(struct row *row, int64_t n, int width)
{
    struct str text = n == 0 ? STR("") : words_of_count(row->arena, n);
    row_column(row, ROLE_NUMBER, text, width, ALIGN_RIGHT);
}

/* The title of a document or article, with a mark where a person put it right. */
static struct str marked(struct view *v, struct row *row, enum correction_kind kind, uint32_t id,
                         struct str title)
{
    const struct stored_correction *list;
    size_t n = 0;
    store_corrections_of(ui_store(v->ui), row->arena, kind, id, 0, &list, &n, NULL);
    return n == 0 ? title : str_printf(row->arena, "改 %.*s", STR_ARG(title));
}

static void add_title(struct row *row, const struct tree_node *node, enum role role,
                      struct str title, struct str mark, int width)
{
    row_pad(row, 1 + 2 * node->depth);
    row_add(row, ROLE_DIM, node->leaf ? STR("  ") : node->open ? STR("▾ ") : STR("▸ "));
    int room = width - row->width;
    int marked = (int)width_measure(mark, row->ambiguous);
    int own = (int)width_measure(title, row->ambiguous) + 1;
    row_column(row, role, title, marked > 0 && own + marked < room ? own : room - marked,
               ALIGN_LEFT);
    row_column(row, ROLE_DIM, mark, width - row->width, ALIGN_LEFT);
}

/* 〔同文 2〕 after the title of an article that two others print as well. */
static struct str copies_mark(struct view *v, struct row *row, uint32_t article)
{
    uint32_t n = 0;
    struct error e = ERROR_NONE;
    if (!answered(v, store_copies_count(ui_store(v->ui), article, &n, &e), &e) || n == 0)
        return STR("");
    return str_printf(row->arena, " 〔%s %u〕", translate("Same text"), n);
}

/* A row as a sentence: its level, its title, and what stands behind it where that is known. */
static void say_title(struct row *row, const struct tree_node *node, struct str title)
{
    row_pad(row, 2 * node->depth);
    if (!node->leaf)
        row_add(row, ROLE_DIM, node->open ? STR("- ") : STR("+ "));
    row_add(row, ROLE_TEXT, title);
}

static void say_part(struct row *row, struct str text)
{
    if (text.n == 0)
        return;
    row_add(row, ROLE_DIM, STR("，"));
    row_add(row, ROLE_DIM, text);
}

static void say_count(struct row *row, enum message name, int64_t n)
{
    if (n > 0)
        row_printf(row, ROLE_DIM, "，%s %lld", message(name), (long long)n);
}

static void document_row(struct view *v, const struct tree_node *node, struct row *row)
{
    struct columns c = columns_of(v->width);
    struct stored_document d;
    struct error e = ERROR_NONE;
    if (!answered(v, store_document(ui_store(v->ui), row->arena, node->id, &d, &e), &e))
        return;
    struct str title = d.title;
    if (title.n == 0)
        title = str_of(path_name(str_dup_c(row->arena, d.path)));
    title = d.articles == 1 ? marked(v, row, CORRECTION_ARTICLE, d.first_article, title)
                            : marked(v, row, CORRECTION_DOCUMENT, d.id, title);
    struct str mark = d.articles == 1 ? copies_mark(v, row, d.first_article) : STR("");
    struct str paper = str_printf(row->arena, "%.*s %.*s", STR_ARG(d.paper), STR_ARG(d.edition));
    if (ui_speaks(v->ui)) {
        say_title(row, node, title);
        say_part(row, str_trim(mark));
        say_part(row, str_trim(paper));
        say_part(row, d.date);
        say_count(row, MESSAGE_LIBRARY_ARTICLES, d.articles);
        say_count(row, MESSAGE_LIBRARY_INDICATORS, d.indicators);
        return;
    }
    add_title(row, node, ROLE_TEXT, title, mark, c.title);
    row_add(row, ROLE_TEXT, STR(" "));
    row_column(row, ROLE_DIM, str_trim(paper), c.paper, ALIGN_LEFT);
    row_column(row, ROLE_DIM, c.date > DATE_ISO ? words_of_period(row->arena, d.date) : d.date,
               c.date, ALIGN_LEFT);
    add_count(row, d.articles, c.articles);
    add_count(row, d.indicators, c.indicators);
    add_count(row, d.characters, c.characters);
}

static void article_row(struct view *v, const struct tree_node *node, struct row *row)
{
    struct columns c = columns_of(v->width);
    struct stored_article a;
    struct error e = ERROR_NONE;
    if (!answered(v, store_article(ui_store(v->ui), row->arena, node->id, &a, &e), &e))
        return;
    struct str title = a.title.n > 0 ? a.title : str_of(message(MESSAGE_UNTITLED));
    title = marked(v, row, CORRECTION_ARTICLE, a.id, title);
    struct str mark = copies_mark(v, row, a.id);
    if (ui_speaks(v->ui)) {
        say_title(row, node, title);
        say_part(row, str_trim(mark));
        say_part(row, a.n_credits > 0 ? a.credits[0].name : STR(""));
        say_count(row, MESSAGE_LIBRARY_INDICATORS, a.indicators);
        return;
    }
    add_title(row, node, ROLE_TEXT, title, mark, c.title);
    row_add(row, ROLE_TEXT, STR(" "));
    row_column(row, ROLE_DIM, a.n_credits > 0 ? a.credits[0].name : STR(""), c.paper, ALIGN_LEFT);
    row_column(row, ROLE_DIM, STR(""), c.date, ALIGN_LEFT);
    row_column(row, ROLE_DIM, STR(""), c.articles, ALIGN_LEFT);
    add_count(row, a.indicators, c.indicators);
    add_count(row, a.characters, c.characters);
}

static void section_row(struct view *v, const struct tree_node *node, struct row *row)
{
    struct stored_passage p;
    struct error e = ERROR_NONE;
    if (!answered(v, store_passage(ui_store(v->ui), row->arena, node->id, &p, &e), &e))
        return;
    if (ui_speaks(v->ui))
        say_title(row, node, p.text);
    else
        add_title(row, node, ROLE_HEADING, p.text, STR(""), v->width);
}

static void row(struct view *v, size_t index, struct row *out)
{
    static void (*const rows[])(struct view *, const struct tree_node *, struct row *) = {
        [NODE_DOCUMENT] = document_row,
        [NODE_ARTICLE] = article_row,
        [NODE_SECTION] = section_row,
    };
    struct tree_node node;
    if (ui_store(v->ui) != NULL && node_at(v, index, &node))
        rows[node.kind](v, &node, out);
}

static size_t header(struct view *v, struct row *rows, size_t room)
{
    struct columns c = columns_of(v->width);
    if (room < 2 || c.articles == 0 || ui_speaks(v->ui))
        return 0;
    row_add(&rows[0], ROLE_TEXT, STR(" "));
    row_column(&rows[0], ROLE_DIM, str_of(message(MESSAGE_LIBRARY_TITLE)), c.title, ALIGN_LEFT);
    row_column(&rows[0], ROLE_DIM, str_of(message(MESSAGE_LIBRARY_PAPER)), c.paper, ALIGN_LEFT);
    row_column(&rows[0], ROLE_DIM, str_of(message(MESSAGE_LIBRARY_DATE)), c.date, ALIGN_LEFT);
    row_column(&rows[0], ROLE_DIM, str_of(message(MESSAGE_LIBRARY_ARTICLES)), c.articles,
               ALIGN_RIGHT);
    row_column(&rows[0], ROLE_DIM, str_of(message(MESSAGE_LIBRARY_INDICATORS)), c.indicators,
               ALIGN_RIGHT);
    row_column(&rows[0], ROLE_DIM, str_of(message(MESSAGE_LIBRARY_CHARACTERS)), c.characters,
               ALIGN_RIGHT);
    return 1;
}

static void status(struct view *v, struct row *out)
{
    struct tree_node node;
    struct stored_document d;
    struct stored_article a;
    if (ui_store(v->ui) == NULL || !node_at(v, v->focus, &node))
        return;
    uint32_t id = node.id;
    uint32_t article = node.kind == NODE_SECTION ? node.article : node.id;
    if (node.kind != NODE_DOCUMENT) {
        if (store_article(ui_store(v->ui), out->arena, article, &a, NULL) != STATUS_OK)
            return;
        id = a.document;
    }
    if (store_document(ui_store(v->ui), out->arena, id, &d, NULL) == STATUS_OK)
        row_add(out, ROLE_BAR, d.path);
}

static bool preview(struct view *v, size_t index, struct arena *a, struct ring_place *out)
{
    (void)a;
    struct tree_node node;
    struct stored_document d;
    if (ui_store(v->ui) == NULL || !node_at(v, index, &node))
        return false;
    if (node.kind == NODE_SECTION) {
        *out = reader_place(node.article, node.id, 0, STR(""));
        return true;
    }
    uint32_t article = node.id;
    if (node.kind == NODE_DOCUMENT) {
        arena_reset(state_of(v)->scratch);
        if (store_document(ui_store(v->ui), state_of(v)->scratch, node.id, &d, NULL) != STATUS_OK)
            return false;
        article = d.articles > 0 ? d.first_article : 0;
    }
    *out = reader_place(article, NONE, 0, STR(""));
    return article != 0;
}

static reaction enter(struct view *v)
{
    struct ring_place to;
    return preview(v, v->focus, state_of(v)->scratch, &to) ? ui_go(v->ui, &to) : REACT_STATUS;
}

/* record: the document; part: the article, or 0; offset: the section's passage, or 0. */
static void place(struct view *v, struct arena *a, struct ring_place *out)
{
    struct library_view *l = state_of(v);
    struct tree_node node;
    *out = (struct ring_place){.view = VIEW_LIBRARY, .part = NONE, .link = NO_LINK};
    if (!node_at(v, v->focus, &node))
        return;
    if (node.kind == NODE_SECTION) {
        out->offset = node.id;
        out->part = node.article;
    } else if (node.kind == NODE_ARTICLE) {
        out->part = node.id;
    }
    for (size_t row = v->focus; node.depth > 0; node = library_tree_node(&l->tree, row))
        row = library_tree_parent(&l->tree, row);
    struct stored_document d;
    out->record = node.id;
    ui_keep_row(v->ui, &l->tree.list, library_tree_document(&l->tree, v->focus), out);
    if (ui_store(v->ui) != NULL &&
        store_document(ui_store(v->ui), a, (uint32_t)out->record, &d, NULL) == STATUS_OK)
        out->anchor = d.path;
}

static bool restore(struct view *v, const struct ring_place *place)
{
    struct library_view *l = state_of(v);
    struct store *store = ui_store(v->ui);
    struct error e = ERROR_NONE;
    if (store == NULL)
        return false;
    if (!l->read)
        read_tree(v);
    uint32_t document = (uint32_t)place->record, found;
    uint32_t article = place->part == NONE ? 0 : place->part;
    /* A document that was read anew has another id. */
    if (place->anchor.n > 0 &&
        store_document_by_path(store, place->anchor, &found, NULL) == STATUS_OK) {
        if (found != document)
            article = 0;
        document = found;
    }
    paging_expect(&l->tree.list, document, ui_kept_row(v->ui, &l->tree.list, place));
    size_t at =
        library_tree_find(&l->tree, store, document, article, article == 0 ? 0 : place->offset, &e);
    if (at == SIZE_MAX)
        return false;
    v->focus = at;
    return true;
}

static reaction unfold_row(struct view *v)
{
    struct library_view *l = state_of(v);
    struct error e = ERROR_NONE;
    struct tree_node node;
    if (ui_store(v->ui) == NULL || !node_at(v, v->focus, &node))
        return REACT_NONE;
    if (node.open) {
        v->focus++;
        return REACT_VIEW;
    }
    if (node.leaf)
        return enter(v);
    answered(v, library_tree_unfold(&l->tree, ui_store(v->ui), v->focus, &e), &e);
    return REACT_VIEW;
}

static reaction fold_row(struct view *v)
{
    struct library_view *l = state_of(v);
    struct tree_node node;
    if (!node_at(v, v->focus, &node))
        return REACT_NONE;
    if (node.open)
        library_tree_fold(&l->tree, v->focus);
    else
        v->focus = library_tree_parent(&l->tree, v->focus);
    return REACT_VIEW;
}

/* Opening stops where this many documents are open: the rest are opened one by one. */
enum { UNFOLD_MAX = 1000 };

static reaction fold_all(struct view *v, bool open)
{
    struct library_view *l = state_of(v);
    struct ring_place here;
    struct error e = ERROR_NONE;
    arena_reset(l->scratch);
    place(v, l->scratch, &here);
    size_t documents = 0;
    for (size_t i = 0; open && i < library_tree_rows(&l->tree) && documents < UNFOLD_MAX; i++) {
        documents += library_tree_node(&l->tree, i).depth == 0;
        if (!answered(v, library_tree_unfold(&l->tree, ui_store(v->ui), i, &e), &e))
            break;
    }
    if (!open)
        library_tree_fold_all(&l->tree);
    if (!open) {
        here.part = NONE;
        here.offset = 0;
    }
    restore(v, &here);
    return REACT_VIEW;
}

static reaction sort(struct view *v, bool reverse)
{
    static const enum store_order orders[] = {ORDER_PATH, ORDER_DATE, ORDER_TITLE};
    static const enum message names[] = {MESSAGE_LIBRARY_BY_PATH, MESSAGE_LIBRARY_BY_DATE,
                                         MESSAGE_LIBRARY_BY_TITLE};
    enum { ORDERS = sizeof orders / sizeof *orders };
    struct library_view *l = state_of(v);
    size_t i = 0;
    while (i + 1 < ORDERS && orders[i] != l->query.order)
        i++;
    if (reverse)
        l->query.descending = !l->query.descending;
    else
        i = (i + 1) % ORDERS, l->query.descending = orders[i] == ORDER_DATE;
    l->query.order = orders[i];
    reread(v);
    ui_say(v->ui, ROLE_TEXT, "%s%s", message(names[i]), l->query.descending ? " ↓" : " ↑");
    return REACT_VIEW;
}

static reaction command(struct view *v, enum command id, struct str argument)
{
    (void)argument;
    struct tree_node node;
    bool open = node_at(v, v->focus, &node) && node.open;
    switch (id) {
    case COMMAND_UNFOLD:
        return unfold_row(v);
    case COMMAND_FOLD_UP:
        return fold_row(v);
    case COMMAND_FOLD:
        return open ? fold_row(v) : unfold_row(v);
    case COMMAND_FOLD_ALL:
    case COMMAND_UNFOLD_ALL:
        return fold_all(v, id == COMMAND_UNFOLD_ALL);
    case COMMAND_SORT:
    case COMMAND_SORT_REVERSE:
        return sort(v, id == COMMAND_SORT_REVERSE);
    default:
        return REACT_PASS;
    }
}

static bool subject(struct view *v, struct correction_subject *out, struct str *field)
{
    struct tree_node node;
    (void)field;
    if (!node_at(v, v->focus, &node))
        return false;
    bool document = node.kind == NODE_DOCUMENT && node.article == 0;
    out->kind = document                    ? CORRECTION_DOCUMENT
                : node.kind == NODE_SECTION ? CORRECTION_PASSAGE
                                            : CORRECTION_ARTICLE;
    out->record = node.kind == NODE_DOCUMENT && !document ? node.article : node.id;
    return true;
}

static void filter(struct view *v, struct str text)
{
    (void)text;
    state_of(v)->filtering = true;
    reread(v);
}

const struct view_ops VIEW_OPS_LIBRARY = {
    .id = VIEW_LIBRARY,
    .context = CONTEXT_LIBRARY,
    .open = open_library,
    .close = close_library,
    .layout = layout,
    .idle = idle,
    .count = count,
    .row = row,
    .header = header,
    .status = status,
    .enter = enter,
    .preview = preview,
    .place = place,
    .restore = restore,
    .command = command,
    .subject = subject,
    .filter = filter,
};
