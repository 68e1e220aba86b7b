#include "app/source_note.h"
#include "baolan/files.h"
#include "baolan/message.h"
#include "baolan/options.h"
#include "baolan/utf8.h"
#include "ui/reader_state.h"
#include "ui/words.h"

struct reader *reader_of(const struct view *v)
{
    return v->state;
}

static enum status open_reader(struct view *v, struct error *e)
{
    struct reader *r = arena_new_of(v->arena, struct reader);
    v->state = r;
    r->found_arena = arena_new();
    if (lexicon_load(v->arena, NULL, LEXICON_UNITS, &r->units, NULL) != STATUS_OK)
        r->units = NULL;
    return r->found_arena != NULL ? STATUS_OK : error_set(e, STATUS_NO_MEMORY, "out of memory");
}

static void close_reader(struct view *v)
{
    struct reader *r = reader_of(v);
    reader_forget(r);
    arena_free(r->found_arena);
}

static void set_page(struct view *v)
{
    struct reader *r = reader_of(v);
    const struct options *o = ui_options(v->ui);
    struct reader_setting setting = {
        .width = v->width - reader_outline_width(v),
        .units = r->units,
        .measure = (int)options_number(o, OPTION_MEASURE),
        .sentences = options_is(o, OPTION_SENTENCES, "on"),
        .linear = ui_speaks(v->ui),
        .glance = !ui_reads(v->ui),
        .ambiguous = ui_ambiguous(v->ui),
    };
    reader_page_set(r->page, &setting);
}

/* The position under the cursor: the one kept where the cursor has not moved since, so that
 * resizing to and fro comes back to the very line. */
struct reader_position reader_here(const struct view *v)
{
    struct reader *r = reader_of(v);
    if (r->outline_list || v->focus == r->here_row)
        return r->here;
    return reader_page_position(r->page, v->focus);
}

void reader_go(struct view *v, struct reader_position position)
{
    struct reader *r = reader_of(v);
    r->here = position;
    r->here_row = v->focus = reader_page_row_of(r->page, position);
}

static void layout(struct view *v)
{
    struct reader *r = reader_of(v);
    if (r->page == NULL)
        return;
    if (v->width == 0)
        return;
    if (reader_refresh(v) || r->page == NULL || r->outline_list)
        return;
    struct reader_position here = reader_here(v);
    size_t above = v->focus > v->top ? v->focus - v->top : 0;
    set_page(v);
    reader_source_layout(v);
    reader_go(v, here);
    v->top = v->focus > above ? v->focus - above : 0;
}

static size_t count(struct view *v)
{
    const struct reader *r = reader_of(v);
    if (r->page == NULL)
        return 0;
    return r->outline_list ? reader_outline_count(v) : reader_page_rows(r->page);
}

static void row(struct view *v, size_t index, struct row *out)
{
    struct reader *r = reader_of(v);
    if (r->outline_list) {
        reader_outline_list_row(v, index, out);
        return;
    }
    reader_outline_beside(v, index, out);
    reader_page_row(r->page, index, v->link, out);
}

/* A section's heading, outermost first: `一、… › （一）…`; false: there is none (SIZE_MAX). */
static bool add_section(struct view *v, size_t heading, enum role role, struct row *out)
{
    struct reader *r = reader_of(v);
    size_t headings[8], n = 0;
    for (size_t h = heading; h != SIZE_MAX && n < 8; h = reader_page_heading_above(r->page, h))
        headings[n++] = h;
    bool found = n > 0;
    while (n-- > 0) {
        row_add(out, role, reader_page_passage(r->page, headings[n])->text);
        if (n > 0)
            row_add(out, role == ROLE_HEADING ? ROLE_DIM : role, STR(" › "));
    }
    return found;
}

/* Where the article is from: paper, page, date; else its file. */
static void add_origin(struct view *v, enum role role, struct row *out)
{
    const struct reader *r = reader_of(v);
    const struct stored_article *article = reader_article(v);
    struct str date = article != NULL && article->date.n > 0 ? article->date : r->document.date;
    struct str parts[] = {r->document.paper, r->document.edition,
                          words_of_period(out->arena, date)};
    bool any = false;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (parts[i].n > 0 && any)
            row_add(out, role, STR("  "));
        row_add(out, role, parts[i]);
        any = any || parts[i].n > 0;
    }
    if (!any)
        row_add(out, role, str_of(path_name(str_dup_c(out->arena, r->document.path))));
}

static size_t header(struct view *v, struct row *rows, size_t room)
{
    struct reader *r = reader_of(v);
    if (r->page == NULL || reader_page_passages(r->page) == 0)
        return 0;
    /* A heading is said once, in the text. */
    if (r->outline_list || room < 2 || ui_speaks(v->ui)) {
        if (!r->outline_list)
            reader_page_settle(r->page, &v->top, &v->focus, (size_t)v->height);
        return 0;
    }
    bool unmoved = v->focus == r->here_row;
    reader_page_settle(r->page, &v->top, &v->focus, (size_t)v->height);
    if (unmoved)
        r->here_row = v->focus;
    row_add(&rows[0], ROLE_TEXT, STR(" "));
    /* A heading that is the first row in sight is not said twice. */
    size_t passage = reader_page_position(r->page, v->top).passage;
    size_t heading = reader_page_heading(r->page, passage);
    if (heading == passage && heading != SIZE_MAX)
        heading = reader_page_heading_above(r->page, heading);
    const struct stored_article *article = reader_page_article(r->page, passage);
    bool in_text = passage > reader_page_find_article(r->page, article->id);
    if (!add_section(v, heading, ROLE_HEADING, &rows[0]) && in_text)
        row_add(&rows[0], ROLE_HEADING, article->title);
    else if (heading == SIZE_MAX)
        add_origin(v, ROLE_DIM, &rows[0]);
    return 1;
}

static void title(struct view *v, struct row *out)
{
    if (reader_of(v)->page == NULL)
        return;
    const struct stored_article *article = reader_article(v);
    row_add(out, ROLE_TITLE, article == NULL ? STR("") : article->title);
}

static void status(struct view *v, struct row *out)
{
    const struct reader *r = reader_of(v);
    if (r->page == NULL)
        return;
    size_t passage =
        reader_page_position(r->page, r->outline_list ? r->here_row : v->focus).passage;
    reader_find_status(v, out);
    if (!add_section(v, reader_page_heading(r->page, passage), ROLE_BAR, out))
        title(v, out);
    if (r->document.n_page_lines > 0 && reader_page_passages(r->page) > 0) {
        uint32_t line = passage_line(reader_page_passage(r->page, passage), r->here.offset);
        row_add(out, ROLE_BAR, STR("  "));
        row_printf(out, ROLE_BAR, translate("page %u"), stored_document_page(&r->document, line));
    }
}

/* To an article, whose title is marked, as the words that any other jump was for are. */
static reaction go_article(struct view *v, uint32_t id)
{
    struct stored_article article;
    struct arena *a = arena_new();
    bool known = a != NULL && store_article(ui_store(v->ui), a, id, &article, NULL) == STATUS_OK;
    struct ring_place place = reader_place(id, NONE, 0, known ? article.title : STR(""));
    reaction r = ui_go(v->ui, &place);
    arena_free(a);
    return r;
}

/* Opens what a link leads to. */
static reaction follow(struct view *v, uint32_t number)
{
    const struct reader *r = reader_of(v);
    const struct reader_spot *links;
    if (number >= reader_page_links(r->page, &links))
        return REACT_NONE;
    const struct reader_spot *spot = &links[number];
    const struct link *link = &reader_page_passage(r->page, spot->passage)->links[spot->link];
    struct ring_place place = {.record = link->target, .part = NONE, .link = NO_LINK};
    switch (link->kind) {
    case LINK_ENTITY:
        place.view = VIEW_NAMES;
        break;
    case LINK_INDICATOR:
        place.view = VIEW_LINKS;
        place.state = STR("F");
        break;
    case LINK_ARTICLE:
        return go_article(v, link->target);
    }
    return ui_go(v->ui, &place);
}

/* The first link of a kind in the row under the cursor (any where kinds is 0), or NO_LINK. */
static uint32_t link_in_row(struct view *v, bool entity_only)
{
    const struct reader *r = reader_of(v);
    const struct reader_spot *links;
    size_t n = reader_page_links(r->page, &links);
    struct reader_position from = reader_page_position(r->page, v->focus);
    for (size_t i = 0; i < n; i++) {
        if (links[i].passage != from.passage || links[i].end <= from.offset)
            continue;
        struct reader_position at = {links[i].passage, links[i].start};
        if (reader_page_row_of(r->page, at) > v->focus)
            break;
        const struct link *link = &reader_page_passage(r->page, at.passage)->links[links[i].link];
        if (!entity_only || link->kind == LINK_ENTITY)
            return (uint32_t)i;
    }
    return NO_LINK;
}

static reaction enter(struct view *v)
{
    struct reader *r = reader_of(v);
    if (r->page == NULL)
        return REACT_NONE;
    if (r->outline_list) {
        reader_outline_enter(v);
        return REACT_VIEW;
    }
    if (v->link != NO_LINK)
        return follow(v, v->link);
    v->link = link_in_row(v, false);
    if (v->link == NO_LINK)
        ui_say(v->ui, ROLE_TEXT, "%s", message(MESSAGE_READER_NO_LINK));
    return REACT_VIEW;
}

/* The link next to the cursor in reading order. */
static bool link_step(struct view *v, int step)
{
    struct reader *r = reader_of(v);
    const struct reader_spot *links;
    size_t n = r->page == NULL || r->outline_list ? 0 : reader_page_links(r->page, &links);
    if (n == 0)
        return false;
    size_t at = v->link;
    if (v->link == NO_LINK || v->link >= n) {
        struct reader_position here = reader_page_position(r->page, v->focus);
        for (at = 0; at < n; at++)
            if (links[at].passage > here.passage ||
                (links[at].passage == here.passage && links[at].start >= here.offset))
                break;
        at = step > 0 ? at : at - 1;
    } else {
        at += (size_t)step;
    }
    if (at >= n)
        return false;
    reader_go(v, (struct reader_position){links[at].passage, links[at].start});
    v->link = (uint32_t)at;
    return true;
}

/* Characters of the text that find a place again. Bytes. */
enum { ANCHOR_BYTES = 48 };

static void place(struct view *v, struct arena *a, struct ring_place *out)
{
    struct reader *r = reader_of(v);
    *out = (struct ring_place){.view = VIEW_READER, .part = NONE, .link = v->link};
    if (r->page == NULL)
        return;
    if (reader_page_passages(r->page) == 0)
        return;
    struct reader_position here = reader_here(v);
    const struct stored_passage *passage = reader_page_passage(r->page, here.passage);
    out->record = passage->article;
    out->part = passage->id;
    out->offset = (uint32_t)here.offset;
    out->above = (uint32_t)(v->focus > v->top && !r->outline_list ? v->focus - v->top : 0);
    struct str text = str_sub(passage->text, here.offset, passage->text.n);
    size_t end = 0;
    while (end < text.n && end < ANCHOR_BYTES)
        utf8_next(text, &end);
    out->anchor = str_dup(a, str_sub(text, 0, end));
    out->state = str_dup(a, r->words);
}

/* The passage and byte that a place means: by its id where the anchor's text stands there, else
 * where that text stands. */
static bool find_position(const struct reader *r, const struct ring_place *place,
                          struct reader_position *out)
{
    size_t passage = SIZE_MAX;
    size_t first = reader_page_find_article(r->page, (uint32_t)place->record);
    *out = (struct reader_position){first == SIZE_MAX ? 0 : first, 0};
    if (place->part == NONE || place->part == 0)
        return true;
    passage = reader_page_find_passage(r->page, place->part);
    if (passage != SIZE_MAX) {
        struct str text = reader_page_passage(r->page, passage)->text;
        out->passage = passage;
        out->offset = place->offset < text.n ? place->offset : 0;
        if (str_starts(str_sub(text, out->offset, text.n), place->anchor))
            return true;
    }
    for (size_t i = 0; place->anchor.n > 0 && i < reader_page_passages(r->page); i++) {
        size_t at = str_find(reader_page_passage(r->page, i)->text, place->anchor, 0);
        if (at == STR_NONE)
            continue;
        *out = (struct reader_position){i, at};
        return true;
    }
    return false;
}

static bool restore(struct view *v, const struct ring_place *place)
{
    struct reader *r = reader_of(v);
    uint32_t article = (uint32_t)place->record;
    bool here = r->page != NULL && reader_page_find_article(r->page, article) != SIZE_MAX &&
                !(r->glanced && ui_reads(v->ui));
    if (!here && !reader_load(v, article)) {
        v->focus = v->top = 0;
        return false;
    }
    if (v->width > 0)
        set_page(v);
    r->outline_list = false;
    struct reader_position position;
    bool found = find_position(r, place, &position);
    reader_go(v, position);
    v->link = place->link;
    v->top = v->focus > place->above ? v->focus - place->above : 0;
    reader_mark_words(v, place->state);
    reader_find_arrive(v);
    return found;
}

/* To the next or previous heading, or paragraph. */
static reaction step_passage(struct view *v, bool to_heading, int step)
{
    struct reader *r = reader_of(v);
    size_t passage = reader_page_position(r->page, v->focus).passage;
    size_t to =
        to_heading ? reader_page_section_step(r->page, passage, step) : passage + (size_t)step;
    if (to >= reader_page_passages(r->page))
        return REACT_STATUS;
    v->link = NO_LINK;
    reader_go(v, (struct reader_position){to, 0});
    if (to_heading)
        v->top = v->focus;
    return REACT_VIEW;
}

static reaction toggle_sentences(struct view *v)
{
    const struct options *o = ui_options(v->ui);
    bool on = !options_is(o, OPTION_SENTENCES, "on");
    ui_set_option(v->ui, OPTION_SENTENCES, on ? "on" : "off");
    ui_say(v->ui, ROLE_TEXT, "%s",
           message(on ? MESSAGE_READER_SENTENCES : MESSAGE_READER_PARAGRAPHS));
    return REACT_LAYOUT;
}

/* The names view at the name under the cursor: the focused link's, else the first of the row. */
static reaction open_name(struct view *v)
{
    const struct reader *r = reader_of(v);
    const struct reader_spot *links;
    uint32_t number = v->link;
    if (number < reader_page_links(r->page, &links)) {
        const struct reader_spot *spot = &links[number];
        if (reader_page_passage(r->page, spot->passage)->links[spot->link].kind != LINK_ENTITY)
            number = NO_LINK;
    }
    if (number == NO_LINK)
        number = link_in_row(v, true);
    if (number != NO_LINK)
        return follow(v, number);
    ui_say(v->ui, ROLE_TEXT, "%s", message(MESSAGE_READER_NO_NAME));
    return REACT_STATUS;
}

static reaction command(struct view *v, enum command id, struct str argument)
{
    const struct reader *r = reader_of(v);
    if (r->page == NULL || (r->outline_list && id != COMMAND_OUTLINE))
        return REACT_PASS;
    switch (id) {
    case COMMAND_SOURCE:
        reader_source_toggle(v);
        return REACT_VIEW;
    case COMMAND_SENTENCES:
        return toggle_sentences(v);
    case COMMAND_OUTLINE:
        reader_outline_toggle(v);
        return REACT_LAYOUT;
    case COMMAND_SECTION_NEXT:
        return step_passage(v, true, 1);
    case COMMAND_SECTION_PREVIOUS:
        return step_passage(v, true, -1);
    case COMMAND_PARAGRAPH_NEXT:
        return step_passage(v, false, 1);
    case COMMAND_PARAGRAPH_PREVIOUS:
        return step_passage(v, false, -1);
    case COMMAND_FIND_PAGE:
        return reader_find_command(v, argument);
    case COMMAND_NAME_HERE:
        return open_name(v);
    case COMMAND_COPY:
    case COMMAND_COPY_CITED:
        return ui_selects(v->ui) ? REACT_PASS : reader_copy(v, false, id == COMMAND_COPY_CITED);
    case COMMAND_COPY_SENTENCE:
        return reader_copy(v, true, false);
    case COMMAND_EDIT:
        return reader_edit(v);
    default:
        return REACT_PASS;
    }
}

const struct view_ops VIEW_OPS_READER = {
    .id = VIEW_READER,
    .context = CONTEXT_READER,
    .open = open_reader,
    .close = close_reader,
    .layout = layout,
    .count = count,
    .row = row,
    .plain = reader_plain,
    .header = header,
    .title = title,
    .status = status,
    .enter = enter,
    .link = link_step,
    .place = place,
    .restore = restore,
    .command = command,
    .subject = reader_subject,
    .find = reader_find,
};
