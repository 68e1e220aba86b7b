/* View 4: the index of names, and one of them: everywhere it stands, as lines with the name in the
 * middle; its figures, its neighbours, the proposals that speak of it. */
#include "app/name_counts.h"
#include "app/name_index.h"
#include "app/series.h"
#include "baolan/clock.h"
#include "baolan/message.h"
#include "ui/grid.h"
#include "ui/name_edit.h"
#include "ui/reader.h"
#include "ui/sheet.h"
#include "ui/words.h"

enum names_entry {
    NAME_TITLE,
    NAME_SPELLING,
    NAME_SECTION,
    NAME_SOURCE,
    NAME_MENTION,
    NAME_FIGURE,
    NAME_NEIGHBOUR,
    NAME_PROPOSAL,
    NAME_COUNT,
};

struct names {
    struct view *view;
    struct name_index index;
    struct store *loaded_from;
    int64_t loaded_version;
    struct grid grid;
    uint32_t entity; /* of the page, or 0: the list */
    struct arena *record, *lines;
    bool counting; /* the page is of its counts by year and place */
    bool summed;   /* what they are made of was read */
    struct name_sums sums;
    int64_t sums_until; /* clock_nanoseconds */
    struct name_page page;
    struct sheet sheet;
    struct name_here here;
    bool index_read; /* a page needs no list: it is read when it is looked at */
};

static const struct grid_column COLUMNS[] = {
    {NAMES_NAME, N_("Name"), 24, 60, 0, ALIGN_LEFT},
    {NAMES_TYPE, N_("Type"), 8, 12, 1, ALIGN_LEFT},
    {NAMES_DOCUMENTS, N_("Docs"), 6, 9, 0, ALIGN_RIGHT},
    {NAMES_MENTIONS, N_("Mentions"), 8, 9, 2, ALIGN_RIGHT},
    {NAMES_FIRST, N_("First"), 10, 10, 4, ALIGN_LEFT},
    {NAMES_LAST, N_("Last"), 10, 10, 3, ALIGN_LEFT},
};

/* Names and days are mostly had by one. */
static const uint32_t GROUPS[] = {NAMES_TYPE, NAMES_DOCUMENTS};

static enum role role_of(void *context, size_t item, uint32_t column)
{
    (void)context;
    (void)item;
    return column == NAMES_NAME                                    ? ROLE_TEXT
           : column == NAMES_DOCUMENTS || column == NAMES_MENTIONS ? ROLE_NUMBER
                                                                   : ROLE_DIM;
}

/* --- Loading --------------------------------------------------------------------------------- */

static void read_index(struct names *n)
{
    struct error e = ERROR_NONE;
    n->index_read = true;
    if (name_index_load(&n->index, &e) != STATUS_OK)
        ui_say(n->view->ui, ROLE_ERROR, "%s", e.message);
}

/* Reads the entity's page; false where it is gone. */
static bool read_page(struct names *n, uint32_t entity)
{
    struct error e = ERROR_NONE;
    arena_reset(n->record);
    n->entity = 0;
    n->summed = false;
    if (n->index.store == NULL || entity == 0)
        return false;
    if (name_page_read(n->index.store, n->record, entity, &n->page, &e) != STATUS_OK) {
        ui_say(n->view->ui, ROLE_ERROR, "%s", e.message);
        return false;
    }
    n->entity = entity;
    return true;
}

static void load(struct names *n)
{
    struct store *store = ui_store(n->view->ui);
    int64_t version = store == NULL ? 0 : store_data_version(store);
    if (store == n->loaded_from && version == n->loaded_version)
        return;
    n->loaded_from = n->index.store = store;
    n->loaded_version = version;
    n->index_read = false;
    if (n->entity != 0)
        read_page(n, n->entity);
}

/* The list, read where it was not yet. */
static void need_index(struct names *n)
{
    load(n);
    if (!n->index_read)
        read_index(n);
}

static enum status open_names(struct view *v, struct error *e)
{
    struct names *n = arena_new_of(v->arena, struct names);
    v->state = n;
    *n = (struct names){.view = v,
                        .loaded_version = -1,
                        .record = arena_new(),
                        .lines = arena_new(),
                        .here = {.view = v}};
    if (n->record == NULL || n->lines == NULL)
        return error_set(e, STATUS_NO_MEMORY, "%s", status_name(STATUS_NO_MEMORY));
    enum status status = name_index_open(&n->index, NULL, words_of_entity, e);
    if (status != STATUS_OK)
        return status;
    n->grid = (struct grid){.listing = &n->index.listing,
                            .columns = COLUMNS,
                            .n_columns = sizeof COLUMNS / sizeof *COLUMNS,
                            .groups = GROUPS,
                            .n_groups = sizeof GROUPS / sizeof *GROUPS,
                            .role = role_of};
    return STATUS_OK;
}

static void close_names(struct view *v)
{
    struct names *n = v->state;
    name_index_close(&n->index);
    arena_free(n->record);
    arena_free(n->lines);
}

/* --- The page -------------------------------------------------------------------------------- */

static void add_section(struct names *n, enum message name, size_t count)
{
    struct sheet_entry e = sheet_entry_of(NAME_SECTION, (uint32_t)name);
    sheet_blank(&n->sheet);
    e.text = str_printf(n->sheet.arena, "%s %zu", message(name), count);
    e.role = ROLE_HEADING;
    e.single = true;
    sheet_add(&n->sheet, &e);
}

/* The end of text that is `cells` wide at most, with blanks before it to that width. */
static struct str right_part(struct sheet *s, struct str text, size_t cells)
{
    size_t at = 0, width = width_measure(text, s->ambiguous);
    struct cluster c;
    while (width > cells && cluster_next(text, &at, s->ambiguous, &c))
        width -= c.cells;
    struct buffer out = buffer_in(s->arena);
    for (; width < cells; width++)
        buffer_add_byte(&out, ' ');
    buffer_add(&out, str_sub(text, at, text.n));
    return buffer_str(&out);
}

/* One line: what stands before it, the name in the middle, what follows. */
static void add_mention(struct names *n, uint32_t number)
{
    const struct name_mention *m = &n->page.mentions[number];
    struct sheet *s = &n->sheet;
    struct str name = str_sub(m->text, m->at.start, m->at.end);
    size_t middle = width_measure(name, s->ambiguous), width = (size_t)(s->width - 2);
    size_t before = middle < width ? (width - middle) / 2 : 0;
    struct buffer line = buffer_in(s->arena);
    struct sheet_entry e = sheet_entry_of(NAME_MENTION, number);
    buffer_add(&line, right_part(s, str_sub(m->text, 0, m->at.start), before));
    e.strong.start = line.n;
    buffer_add(&line, name);
    e.strong.end = line.n;
    buffer_add(&line,
               width_cut(str_sub(m->text, m->at.end, m->text.n),
                         width - before - (middle < width ? middle : width), s->ambiguous, NULL));
    e.text = buffer_str(&line);
    e.indent = 1;
    e.single = true;
    if (ui_speaks(n->view->ui)) { /* read from its beginning to its end */
        e.text = m->text;
        e.strong = (struct span){m->at.start, m->at.end};
        e.indent = 0;
        e.single = false;
    }
    e.target = reader_place(m->article, m->at.passage, m->at.start, name);
    sheet_add(s, &e);
}

static void add_mentions(struct names *n)
{
    const struct name_page *p = &n->page;
    add_section(n, MESSAGE_NAME_MENTIONS, p->entity.mentions);
    for (uint32_t i = 0; i < p->n_mentions; i++) {
        const struct name_mention *m = &p->mentions[i];
        if (i == 0 || p->mentions[i - 1].article != m->article) {
            struct sheet_entry e = sheet_entry_of(NAME_SOURCE, i);
            e.lead =
                m->date.n == 0 ? STR("") : str_printf(n->sheet.arena, "%.*s  ", STR_ARG(m->date));
            e.text = m->title.n > 0 ? m->title : STR("—");
            e.role = ROLE_DIM;
            e.single = true;
            e.target = reader_place(m->article, NONE, 0, STR(""));
            sheet_add(&n->sheet, &e);
        }
        add_mention(n, i);
    }
}

static void add_figures(struct names *n)
{
    if (n->page.n_figures > 0)
        add_section(n, MESSAGE_TAB_INDICATORS, n->page.n_figures);
    for (uint32_t i = 0; i < n->page.n_figures; i++) {
        const struct indicator *it = &n->page.figures[i].it;
        struct sheet_entry e = sheet_entry_of(NAME_FIGURE, i);
        struct buffer line = buffer_in(n->sheet.arena);
        struct str period = words_of_period(n->sheet.arena, it->period);
        width_pad(&line, period, 14, ALIGN_LEFT, n->sheet.ambiguous);
        buffer_add_byte(&line, ' ');
        width_pad(&line, it->metric, 24, ALIGN_LEFT, n->sheet.ambiguous);
        buffer_add_byte(&line, ' ');
        if (it->kind != INDICATOR_LEVEL)
            buffer_printf(&line, "%s ", words_of_indicator(it->kind));
        e.strong.start = line.n;
        buffer_add(&line, it->text);
        e.strong.end = line.n;
        if (it->target)
            buffer_printf(&line, " %s", message(MESSAGE_CHART_TARGET));
        e.text = buffer_str(&line);
        e.indent = 1;
        e.single = true;
        e.target = reader_place(it->place.article, it->place.paragraph, it->place.start, it->text);
        sheet_add(&n->sheet, &e);
    }
}

static void add_neighbours(struct names *n)
{
    if (n->page.n_neighbours > 0)
        add_section(n, MESSAGE_NAME_NEIGHBOURS, n->page.n_neighbours);
    for (uint32_t i = 0; i < n->page.n_neighbours; i++) {
        const struct name_neighbour *near = &n->page.neighbours[i];
        struct sheet_entry e = sheet_entry_of(NAME_NEIGHBOUR, i);
        e.lead = str_printf(n->sheet.arena, "%3u× ", near->together);
        e.text = near->entity.name;
        e.role = ROLE_LINK;
        e.indent = 1;
        e.single = true;
        e.target = (struct ring_place){
            .view = VIEW_NAMES, .record = near->entity.id, .part = NONE, .link = NO_LINK};
        sheet_add(&n->sheet, &e);
    }
}

static void add_proposals(struct names *n)
{
    if (n->page.n_proposals > 0)
        add_section(n, MESSAGE_TAB_PROPOSALS, n->page.n_proposals);
    for (uint32_t i = 0; i < n->page.n_proposals; i++) {
        const struct stored_proposal *p = &n->page.proposals[i];
        struct sheet_entry e = sheet_entry_of(NAME_PROPOSAL, i);
        e.text = p->it.title;
        if (p->it.number.n > 0)
            e.lead = str_printf(n->sheet.arena, "%.*s ", STR_ARG(p->it.number));
        e.role = ROLE_LINK;
        e.indent = 1;
        e.target = (struct ring_place){
            .view = VIEW_PROPOSALS, .record = p->id, .part = 0, .link = NO_LINK};
        sheet_add(&n->sheet, &e);
    }
}

static void add_names(struct names *n)
{
    struct sheet_entry e = sheet_entry_of(NAME_TITLE, 0);
    e.text = str_printf(n->sheet.arena, "%.*s  %s", STR_ARG(n->page.entity.name),
                        words_of_entity(n->page.entity.type));
    e.role = ROLE_TITLE;
    sheet_add(&n->sheet, &e);
    for (size_t i = 0; i < n->page.n_spellings; i++) {
        if (str_eq(n->page.spellings[i], n->page.entity.name))
            continue;
        e = sheet_entry_of(NAME_SPELLING, (uint32_t)i);
        e.lead = str_printf(n->sheet.arena, "%s  ", message(MESSAGE_NAME_SPELLINGS));
        e.text = n->page.spellings[i];
        e.indent = 2;
        e.single = true;
        sheet_add(&n->sheet, &e);
    }
}

/* Milliseconds for which a key waits for the counts of a name, and for which they are read behind
 * what it shows. */
enum { SUM_AT_ONCE = 10, SUM_BEHIND = 60000 };

/* Cells of a bar of counts. */
enum { BAR = 20 };

/* How often it stands, also in 10,000 characters, with a bar of that. */
static void add_counts(struct names *n, unsigned keys, const char *name)
{
    const struct name_count *counts;
    size_t count = 0;
    uint64_t most = 0;
    struct error e = ERROR_NONE;
    struct sheet *s = &n->sheet;
    bool ascii = options_is(ui_options(n->view->ui), OPTION_AMBIGUOUS, "substitute");
    if (name_counts_of(n->index.store, s->arena, &n->sums, keys, &counts, &count, &e) !=
        STATUS_OK) {
        ui_say(n->view->ui, ROLE_ERROR, "%s", e.message);
        return;
    }
    struct sheet_entry entry = sheet_entry_of(NAME_SECTION, 100 + keys);
    sheet_blank(s);
    entry.text =
        str_printf(s->arena, translate("%s (documents, places, in 10,000 characters)"), name);
    entry.role = ROLE_HEADING;
    entry.single = true;
    sheet_add(s, &entry);
    for (size_t i = 0; i < count; i++)
        most = name_count_rate(&counts[i]) > most ? name_count_rate(&counts[i]) : most;
    for (uint32_t i = 0; i < count; i++) {
        uint64_t rate = name_count_rate(&counts[i]);
        struct buffer line = buffer_in(s->arena);
        width_pad(&line, counts[i].key, 24, ALIGN_LEFT, s->ambiguous);
        buffer_printf(&line, "%6u %7u %6llu.%02llu ", counts[i].documents, counts[i].mentions,
                      (unsigned long long)(rate / 100), (unsigned long long)(rate % 100));
        series_bar(&line, (double)rate, (double)most, BAR, ascii);
        entry = sheet_entry_of(NAME_COUNT, keys << 12 | i);
        entry.text = buffer_str(&line);
        entry.indent = 1;
        entry.single = true;
        sheet_add(s, &entry);
    }
}

static bool summed_enough(void *context)
{
    const struct names *n = context;
    return clock_nanoseconds() >= n->sums_until || ui_key_waits(n->view->ui);
}

static enum status sum_body(void *context)
{
    struct names *n = context;
    struct error e = ERROR_NONE;
    struct store_poll poll = {summed_enough, n};
    enum status status = name_sums_read(n->index.store, n->record, n->entity, &poll, &n->sums, &e);
    if (status != STATUS_OK && status != STATUS_INTERRUPTED)
        ui_say(n->view->ui, ROLE_ERROR, "%s", e.message);
    return status;
}

/* Reads what counts are made of, for so long at most and while no key waits; false where that was
 * not enough. What cannot be read counts as nothing. */
static bool sum_up(struct names *n, int64_t milliseconds)
{
    struct error e = ERROR_NONE;
    struct arena_mark mark = arena_mark(n->record);
    n->sums_until = clock_nanoseconds() + milliseconds * 1000000;
    enum status status = arena_protect(n->record, sum_body, n, &e);
    if (status != STATUS_OK) {
        arena_release(n->record, mark);
        memset(&n->sums, 0, sizeof n->sums);
    }
    n->summed = status != STATUS_INTERRUPTED;
    return n->summed;
}

static void put_focus(struct names *n, uint32_t kind, uint32_t mark)
{
    size_t row = sheet_find_mark(&n->sheet, kind, mark);
    n->view->focus = row == SIZE_MAX ? 0 : row;
}

static void fill_page(struct names *n)
{
    struct view *v = n->view;
    const struct sheet_entry *at = sheet_at(&n->sheet, v->focus);
    uint32_t kind = at != NULL ? at->kind : NAME_TITLE, mark = sheet_mark(&n->sheet, v->focus);
    sheet_begin(&n->sheet, n->lines, v->width, ui_ambiguous(v->ui));
    add_names(n);
    if (n->counting && !n->summed && !sum_up(n, SUM_AT_ONCE)) {
        struct sheet_entry e = sheet_entry_of(NAME_SECTION, 0);
        e.text = str_of(translate("counting …"));
        e.role = ROLE_DIM;
        sheet_blank(&n->sheet);
        sheet_add(&n->sheet, &e);
        return;
    }
    if (n->counting) {
        add_counts(n, COUNT_YEAR, translate("By year"));
        add_counts(n, COUNT_PLACE, translate("By place"));
        add_counts(n, COUNT_YEAR | COUNT_PLACE, translate("By year and place"));
        put_focus(n, kind, mark);
        return;
    }
    add_mentions(n);
    add_figures(n);
    add_neighbours(n);
    add_proposals(n);
    put_focus(n, kind, mark);
}

static void layout(struct view *v)
{
    struct names *n = v->state;
    size_t item = grid_item(&n->grid, v->focus);
    uint32_t id = n->entity == 0 && n->index_read ? name_index_at(&n->index, item)->id : 0;
    load(n);
    if (n->entity != 0) {
        fill_page(n);
        return;
    }
    bool was_read = n->index_read;
    need_index(n);
    grid_fit(&n->grid, v);
    if (id != 0 && !was_read)
        grid_focus(&n->grid, v, id);
}

/* --- Rows ------------------------------------------------------------------------------------ */

static size_t count(struct view *v)
{
    const struct names *n = v->state;
    return n->entity == 0 ? grid_count(&n->grid) : n->sheet.lines.n;
}

static bool plain(struct view *v, size_t first, size_t end, struct buffer *out)
{
    const struct names *n = v->state;
    if (n->entity == 0)
        grid_plain(&n->grid, first, end, out);
    else
        sheet_plain(&n->sheet, first, end, out);
    return true;
}

static void row(struct view *v, size_t index, struct row *out)
{
    const struct names *n = v->state;
    if (n->entity == 0)
        grid_row(&n->grid, index, out);
    else
        sheet_row(&n->sheet, index, out);
}

static size_t header(struct view *v, struct row *rows, size_t room)
{
    const struct names *n = v->state;
    if (n->entity != 0 || room == 0)
        return 0;
    return grid_header(&n->grid, &rows[0]);
}

static void title(struct view *v, struct row *out)
{
    const struct names *n = v->state;
    row_add(out, ROLE_TITLE,
            n->entity == 0 ? str_of(message(MESSAGE_TAB_NAMES)) : n->page.entity.name);
}

static void status(struct view *v, struct row *out)
{
    const struct names *n = v->state;
    const struct listing *l = &n->index.listing;
    if (n->entity != 0) {
        row_add(out, ROLE_BAR, n->page.entity.name);
        row_printf(out, ROLE_BAR, "  ");
        uint32_t documents = n->page.entity.documents, mentions = n->page.entity.mentions;
        row_printf(out, ROLE_BAR, translate_count("%u document, ", "%u documents, ", documents),
                   documents);
        row_printf(out, ROLE_BAR, translate_count("%u place", "%u places", mentions), mentions);
        return;
    }
    row_printf(out, ROLE_BAR, message(MESSAGE_SHOWN_OF), l->n_shown, l->n_items);
    grid_progress(&n->grid, out);
    if (l->filter.n > 0)
        row_printf(out, ROLE_BAR, "  & %.*s", STR_ARG(l->filter));
}

/* The name's first mention. */
static bool first_mention(struct names *n, uint32_t entity, struct arena *a, struct ring_place *out)
{
    struct stored_mention m;
    struct stored_passage passage;
    struct error quiet = ERROR_NONE;
    size_t found = 0;
    bool has = store_mentions(n->index.store, entity, NULL, &m, 1, &found, &quiet) == STATUS_OK &&
               found == 1 &&
               store_passage(n->index.store, a, m.passage, &passage, &quiet) == STATUS_OK;
    if (has)
        *out = reader_place(passage.article, m.passage, m.start,
                            str_sub(passage.text, m.start, m.end));
    return has;
}

static bool preview(struct view *v, size_t index, struct arena *a, struct ring_place *out)
{
    struct names *n = v->state;
    if (n->entity != 0) {
        const struct sheet_entry *e = sheet_at(&n->sheet, index);
        if (e == NULL || e->target.view != VIEW_READER)
            return false;
        *out = e->target;
        return true;
    }
    size_t item = grid_item(&n->grid, index);
    return item != LISTING_NO_ITEM && first_mention(n, name_index_at(&n->index, item)->id, a, out);
}

/* --- Places ---------------------------------------------------------------------------------- */

static void place(struct view *v, struct arena *a, struct ring_place *out)
{
    struct names *n = v->state;
    const struct sheet_entry *e = n->entity == 0 ? NULL : sheet_at(&n->sheet, v->focus);
    size_t item = n->entity == 0 ? grid_item(&n->grid, v->focus) : LISTING_NO_ITEM;
    out->record = n->entity != 0            ? n->entity
                  : item != LISTING_NO_ITEM ? (int64_t)name_index_at(&n->index, item)->id
                                            : 0;
    out->part = e == NULL ? NONE : e->kind;
    out->offset = e == NULL ? 0 : sheet_mark(&n->sheet, v->focus);
    out->state = str_printf(a, "%c%.*s",
                            n->entity == 0 ? 'L'
                            : n->counting  ? 'C'
                                           : 'P',
                            STR_ARG(grid_state(&n->grid, a)));
}

static bool restore(struct view *v, const struct ring_place *to)
{
    struct names *n = v->state;
    char what = to->state.n > 0 ? to->state.p[0] : to->record != 0 ? 'P' : 'L';
    bool page = what != 'L';
    n->counting = what == 'C';
    load(n);
    if (to->state.n > 1)
        grid_restore(&n->grid, v, str_sub(to->state, 1, to->state.n));
    if (page && read_page(n, (uint32_t)to->record)) {
        v->focus = v->top = 0;
        memset(&n->sheet, 0, sizeof n->sheet);
        fill_page(n);
        size_t row_of =
            to->part == NONE ? SIZE_MAX : sheet_find_mark(&n->sheet, to->part, to->offset);
        v->focus = row_of == SIZE_MAX ? 0 : row_of;
        return true;
    }
    n->entity = 0;
    v->focus = 0;
    need_index(n);
    return grid_focus(&n->grid, v, (size_t)to->record);
}

static reaction enter(struct view *v)
{
    struct names *n = v->state;
    if (n->entity != 0) {
        const struct sheet_entry *e = sheet_at(&n->sheet, v->focus);
        return e == NULL || e->target.view == VIEW_COUNT ? REACT_NONE : ui_go(v->ui, &e->target);
    }
    size_t item = grid_item(&n->grid, v->focus);
    struct arena *a = item == LISTING_NO_ITEM ? NULL : arena_new();
    if (a == NULL)
        return REACT_NONE;
    struct ring_place to = {.view = VIEW_NAMES,
                            .record = name_index_at(&n->index, item)->id,
                            .part = NONE,
                            .link = NO_LINK};
    to.state = str_printf(a, "P%.*s", STR_ARG(grid_state(&n->grid, a)));
    reaction r = ui_go(v->ui, &to);
    arena_free(a);
    return r;
}

/* J and K within a page: the next or previous name of the list. */
static reaction step(struct names *n, int by)
{
    need_index(n);
    size_t row_of = listing_row_of(&n->index.listing, n->entity);
    for (; row_of != SIZE_MAX && (by > 0 ? row_of + 1 < grid_count(&n->grid) : row_of > 0);) {
        row_of = by > 0 ? row_of + 1 : row_of - 1;
        size_t item = grid_item(&n->grid, row_of);
        if (item == LISTING_NO_ITEM || !read_page(n, name_index_at(&n->index, item)->id))
            continue;
        n->view->focus = n->view->top = 0;
        memset(&n->sheet, 0, sizeof n->sheet);
        fill_page(n);
        return REACT_VIEW;
    }
    ui_say(n->view->ui, ROLE_DIM, "%s", message(MESSAGE_NO_ITEM));
    return REACT_STATUS;
}

/* Takes what the cursor stands on for the commands that put names right. */
static void look_here(struct names *n)
{
    const struct sheet_entry *e = n->entity == 0 ? NULL : sheet_at(&n->sheet, n->view->focus);
    size_t item = n->entity == 0 ? grid_item(&n->grid, n->view->focus) : LISTING_NO_ITEM;
    n->here.entity = n->entity != 0            ? n->entity
                     : item != LISTING_NO_ITEM ? name_index_at(&n->index, item)->id
                                               : 0;
    n->here.spelling = e != NULL && e->kind == NAME_SPELLING ? e->text : STR("");
}

/* The page of counts of the name here, or back to its mentions. */
static reaction open_counts(struct names *n)
{
    struct arena *a = n->here.entity == 0 ? NULL : arena_new();
    if (a == NULL)
        return REACT_NONE;
    struct ring_place to = {
        .view = VIEW_NAMES, .record = n->here.entity, .part = NONE, .link = NO_LINK};
    to.state = str_printf(a, "%c%.*s", n->entity != 0 && n->counting ? 'P' : 'C',
                          STR_ARG(grid_state(&n->grid, a)));
    reaction r = ui_go(n->view->ui, &to);
    arena_free(a);
    return r;
}

static reaction command(struct view *v, enum command id, struct str argument)
{
    struct names *n = v->state;
    look_here(n);
    reaction r = name_edit_command(&n->here, id, argument);
    if (!(r & REACT_PASS))
        return r;
    if (id == COMMAND_COUNTS)
        return open_counts(n);
    if (id == COMMAND_HIDDEN_NAMES) {
        n->here.hidden = n->index.hidden = !n->index.hidden;
        n->entity = 0;
        v->focus = v->top = 0;
        read_index(n);
        return REACT_LAYOUT;
    }
    if (n->entity == 0) {
        need_index(n);
        if (grid_wants_all(id))
            listing_finish(&n->index.listing);
        return grid_command(&n->grid, v, id, argument);
    }
    if (id == COMMAND_ITEM_NEXT || id == COMMAND_ITEM_PREVIOUS)
        return step(n, id == COMMAND_ITEM_NEXT ? 1 : -1);
    return REACT_PASS;
}

static void filter(struct view *v, struct str text)
{
    struct names *n = v->state;
    if (n->entity != 0) {
        n->entity = 0;
        v->focus = v->top = 0;
    }
    need_index(n);
    grid_filter(&n->grid, v, text);
}

static reaction idle(struct view *v)
{
    struct names *n = v->state;
    if (n->entity != 0 && n->counting && !n->summed && sum_up(n, SUM_BEHIND)) {
        fill_page(n);
        return REACT_VIEW;
    }
    return n->entity == 0 && n->index_read ? grid_idle(&n->grid, v) : REACT_NONE;
}

static bool is_page(const struct view *v)
{
    const struct names *n = v->state;
    return n->entity != 0;
}

const struct view_ops VIEW_OPS_NAMES = {
    .id = VIEW_NAMES,
    .context = CONTEXT_NAMES,
    .open = open_names,
    .close = close_names,
    .layout = layout,
    .idle = idle,
    .count = count,
    .row = row,
    .plain = plain,
    .header = header,
    .title = title,
    .is_page = is_page,
    .status = status,
    .enter = enter,
    .preview = preview,
    .place = place,
    .restore = restore,
    .command = command,
    .filter = filter,
};
