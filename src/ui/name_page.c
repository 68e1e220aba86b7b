/* The page of a name: everywhere it stands, as lines with the name in the middle; its figures, its
 * neighbours, the proposals that speak of it; its counts by year and place. */
#include "app/series.h"
#include "baolan/clock.h"
#include "baolan/message.h"
#include "ui/names.h"
#include "ui/reader.h"
#include "ui/words.h"

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

bool names_sum_up(struct names *n)
{
    return sum_up(n, SUM_BEHIND);
}

void names_fill_page(struct names *n)
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
