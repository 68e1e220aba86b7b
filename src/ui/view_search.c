/* Search: what stands in the library, as one types. A row is a passage with its match in sight,
 * under a row for each document; Enter goes to the match. */
#include "baolan/clock.h"
#include "baolan/finder.h"
#include "baolan/message.h"
#include "baolan/utf8.h"
#include "ui/reader.h"
#include "ui/state.h"
#include "ui/words.h"

enum {
    HITS_MOST = 1000, /* that are kept */
    HITS_FEW = 200,   /* enough for the first paint where more would take longer than this: */
    FEW_MILLISECONDS = 10,
    TEXT_ROOM = 1024,
    COUNT_MILLISECONDS = 5000,
    FIELD_ROWS = 100000
};

/* A row: a hit, or the document that the hits below stand in. */
struct search_row {
    uint32_t hit, group;
    bool is_group;
};

struct search {
    struct arena *arena; /* of the results */
    char text[TEXT_ROOM];
    struct query query;
    struct search_results results;
    struct pattern *patterns;
    size_t n_patterns;
    struct str problem; /* what is wrong with the query; empty: nothing */
    struct span wrong;  /* and where */
    VECTOR(struct search_row) rows;
    bool unfinished;     /* keys came in while it ran: it is run again when they are read */
    bool filled;         /* as many hits as are kept, as far as they are found at once */
    bool counted;        /* all that there is, or as far as it is worth */
    bool found_more;     /* while that was counted */
    int64_t count_until; /* clock_nanoseconds */
};

static enum status open_search(struct view *v, struct error *e)
{
    struct search *s = arena_new_of(v->arena, struct search);
    v->state = s;
    s->arena = arena_new();
    return s->arena != NULL ? STATUS_OK : error_set(e, STATUS_NO_MEMORY, "out of memory");
}

static void close_search(struct view *v)
{
    struct search *s = v->state;
    arena_free(s->arena);
}

static void forget_results(struct search *s)
{
    arena_reset(s->arena);
    memset(&s->results, 0, sizeof s->results);
    memset(&s->rows, 0, sizeof s->rows);
    s->problem = (struct str){NULL, 0};
    s->wrong = (struct span){0, 0};
    s->n_patterns = 0;
}

/* A key that waits to be read ends the search: it asks for something else. */
static bool key_waits(void *context)
{
    return ui_key_waits(context);
}

/* Rows of the results that there are. */
static void make_rows(struct search *s)
{
    memset(&s->rows, 0, sizeof s->rows);
    for (uint32_t g = 0; g < s->results.n_groups; g++) {
        const struct search_group *group = &s->results.groups[g];
        vector_push(s->arena, &s->rows, ((struct search_row){0, g, true}));
        for (uint32_t i = 0; i < group->n; i++)
            vector_push(s->arena, &s->rows, ((struct search_row){group->first + i, g, false}));
    }
}

static enum status run_body(void *context)
{
    struct view *v = context;
    struct search *s = v->state;
    struct error e = ERROR_NONE;
    struct query_problem problem = {{0, 0}, {NULL, 0}};
    struct search_options options = {.most = HITS_MOST,
                                     .few = HITS_FEW,
                                     .until =
                                         clock_nanoseconds() + (int64_t)FEW_MILLISECONDS * 1000000,
                                     .cancelled = key_waits,
                                     .context = v->ui};
    enum status status = finder_run(ui_finder(v->ui), s->arena, str_of(s->text), true, &options,
                                    &s->query, &s->results, &problem, &e);
    s->unfinished = status == STATUS_INTERRUPTED;
    if (status == STATUS_BAD_INPUT)
        s->problem = problem.message, s->wrong = problem.span;
    else if (status != STATUS_OK && status != STATUS_NOT_FOUND && !s->unfinished)
        s->problem = str_dup(s->arena, str_of(e.message));
    if (status != STATUS_OK) {
        memset(&s->results, 0, sizeof s->results);
        return STATUS_OK;
    }
    s->n_patterns = query_highlights(&s->query, s->arena, true, &s->patterns);
    make_rows(s);
    return STATUS_OK;
}

/* A key waits, or there is so much that it is not worth more work. */
static bool counted_enough(void *context)
{
    const struct view *v = context;
    const struct search *s = v->state;
    return key_waits(v->ui) || clock_nanoseconds() >= s->count_until;
}

/* Goes on behind the results that are shown: counts all; and where work was given up before there
 * were as many results as are kept, finds the others too. */
static enum status count_body(void *context)
{
    struct view *v = context;
    struct search *s = v->state;
    struct error e = ERROR_NONE;
    struct query query;
    struct query_problem problem;
    struct search_results all;
    bool lacking = s->results.n_hits < HITS_MOST;
    struct search_options options = {.most = lacking ? HITS_MOST : 1,
                                     .exact = s->filled,
                                     .rows = s->filled ? FIELD_ROWS : 0,
                                     .cancelled = counted_enough,
                                     .context = v};
    enum status status = finder_run(ui_finder(v->ui), s->arena, str_of(s->text), true, &options,
                                    &query, &all, &problem, &e);
    if (status == STATUS_INTERRUPTED && clock_nanoseconds() < s->count_until)
        return status;
    if (status != STATUS_OK)
        return STATUS_OK;
    s->results.count = all.count;
    s->results.exact = all.exact;
    s->found_more = lacking && all.n_hits > s->results.n_hits;
    if (s->found_more) {
        s->results = all;
        make_rows(s);
    }
    return STATUS_OK;
}

static const struct search_hit *hit_at(const struct search *s, size_t index)
{
    if (index < s->rows.n && s->rows.at[index].is_group)
        index++;
    return index < s->rows.n ? &s->results.hits[s->rows.at[index].hit] : NULL;
}

/* Puts the cursor on the row of a passage; false where there is none. */
static bool focus_on(struct view *v, int64_t passage)
{
    const struct search *s = v->state;
    for (size_t i = 0; i < s->rows.n; i++)
        if (!s->rows.at[i].is_group && s->results.hits[s->rows.at[i].hit].passage == passage) {
            v->focus = i;
            return true;
        }
    return false;
}

/* The exact count comes when there is nothing else to do; a key ends it, and it begins anew. */
static reaction idle(struct view *v)
{
    struct search *s = v->state;
    struct error e = ERROR_NONE;
    if (ui_finder(v->ui) == NULL)
        return REACT_NONE;
    if (s->text[0] == '\0')
        finder_prepare(ui_finder(v->ui), key_waits, v->ui);
    if (s->text[0] == '\0' || s->results.exact || s->counted || s->unfinished || s->problem.n > 0)
        return REACT_NONE;
    s->count_until = clock_nanoseconds() + (int64_t)COUNT_MILLISECONDS * 1000000;
    const struct search_hit *at = hit_at(s, v->focus);
    uint32_t passage = at == NULL ? 0 : at->passage;
    struct arena_mark mark = arena_mark(s->arena);
    s->found_more = false;
    /* First the other hits that are kept, so that the list soon stands still; then the count. */
    bool done = arena_protect(s->arena, count_body, v, &e) != STATUS_INTERRUPTED;
    s->counted = done && s->filled;
    s->filled = s->filled || done;
    if (!s->found_more) {
        arena_release(s->arena, mark);
        return done ? REACT_STATUS : REACT_NONE;
    }
    if (v->focus <= 1 || !focus_on(v, passage))
        v->focus = s->rows.n > 1 ? 1 : 0;
    return REACT_VIEW;
}

static void run(struct view *v)
{
    struct search *s = v->state;
    struct error e = ERROR_NONE;
    forget_results(s);
    s->unfinished = s->filled = s->counted = false;
    if (s->text[0] == '\0' || ui_finder(v->ui) == NULL)
        return;
    if (arena_protect(s->arena, run_body, v, &e) != STATUS_OK) {
        forget_results(s);
        ui_say(v->ui, ROLE_ERROR, "%s", e.message);
    }
    v->focus = s->rows.n > 1 ? 1 : 0;
    v->top = 0;
    v->stale = s->unfinished;
}

/* The library may be another one by now. */
static void layout(struct view *v)
{
    struct search *s = v->state;
    size_t focus = v->focus, top = v->top;
    bool first = s->unfinished;
    run(v);
    if (!first && focus < s->rows.n) {
        v->focus = focus;
        v->top = top;
    }
}

/* What can be asked, shown until something is. */
static void form_row(size_t index, struct row *out)
{
    enum { COLUMN = 22 };
    row_add(out, ROLE_TEXT, STR("  "));
    row_column(out, ROLE_KEY, query_help_form(out->arena, index), COLUMN, ALIGN_LEFT);
    row_printf(out, ROLE_TEXT, " %s", query_help_text(index));
}

static size_t count(struct view *v)
{
    const struct search *s = v->state;
    return s->text[0] == '\0' ? query_help_count() : s->rows.n;
}

static const char *class_name(const struct search_hit *hit)
{
    switch (hit->class) {
    case SEARCH_TITLE:
        return translate(NC_("passage", "title"));
    case SEARCH_HEADING:
        return translate("head ");
    case SEARCH_PROPOSAL:
        return translate("prop.");
    case SEARCH_CAPTION:
        return translate("capt.");
    default:
        return translate("text ");
    }
}

/* Where a text begins whose match at [start, end) is to stand in the middle of `width` cells; 0
 * where it does not reach that far. */
static size_t snippet_start(struct str text, size_t start, size_t end, int width,
                            enum ambiguous ambiguous)
{
    int room = (width - (int)width_measure(str_sub(text, start, end), ambiguous)) / 2;
    size_t at = start < text.n ? start : text.n;
    if ((int)width_measure(text, ambiguous) <= width)
        return 0;
    while (at > 0 && room > 0) {
        size_t before = at;
        utf8_previous(text, &before);
        room -= (int)width_measure(str_sub(text, before, at), ambiguous);
        at = before;
    }
    return at;
}

static void add_matches(struct row *out, struct str text, struct span from_to,
                        const struct span *matches, size_t n)
{
    size_t at = from_to.start;
    for (size_t i = 0; i < n; i++) {
        if (matches[i].end <= at)
            continue;
        size_t start = matches[i].start > at ? matches[i].start : at;
        row_add(out, ROLE_TEXT, str_sub(text, at, start));
        row_add(out, ROLE_MATCH, str_sub(text, start, matches[i].end));
        at = matches[i].end;
    }
    row_add(out, ROLE_TEXT, str_sub(text, at, from_to.end));
}

static void hit_row(struct view *v, const struct search_hit *hit, struct row *out)
{
    const struct search *s = v->state;
    struct stored_passage passage;
    row_printf(out, ROLE_DIM, "  %s ", class_name(hit));
    if (hit->copies > 0)
        row_printf(out, ROLE_DIM, "〔%s %u〕", translate("Same text"), hit->copies);
    if (store_passage(ui_store(v->ui), out->arena, hit->passage, &passage, NULL) != STATUS_OK)
        return;
    int room = v->width - out->width;
    struct span *matches = NULL;
    size_t from = snippet_start(passage.text, hit->start, hit->end, room, out->ambiguous);
    if (from > 0) {
        row_add(out, ROLE_DIM, STR("…"));
        room--;
    }
    struct str rest = str_sub(passage.text, from, passage.text.n);
    struct str shown = width_cut(rest, (size_t)(room > 0 ? room : 0), out->ambiguous, NULL);
    /* A match may go past what is shown; only its beginning is looked for there. */
    size_t n = pattern_find_all(out->arena, s->patterns, s->n_patterns,
                                str_sub(passage.text, 0, from + shown.n), &matches);
    add_matches(out, passage.text, (struct span){from, from + shown.n}, matches, n);
}

static void group_row(struct view *v, const struct search_group *group, struct row *out)
{
    struct stored_document document;
    if (store_document(ui_store(v->ui), out->arena, group->document, &document, NULL) != STATUS_OK)
        return;
    struct str title = document.title.n > 0 ? document.title : words_of_path(document.path);
    row_add(out, ROLE_HEADING, title);
    struct str date = words_of_period(out->arena, document.date);
    row_printf(out, ROLE_DIM, "  %.*s  %u", STR_ARG(date), group->n);
}

static void row(struct view *v, size_t index, struct row *out)
{
    const struct search *s = v->state;
    if (s->text[0] == '\0') {
        form_row(index, out);
        return;
    }
    const struct search_row *r = &s->rows.at[index];
    if (r->is_group)
        group_row(v, &s->results.groups[r->group], out);
    else
        hit_row(v, &s->results.hits[r->hit], out);
}

static size_t header(struct view *v, struct row *rows, size_t room)
{
    const struct search *s = v->state;
    if (room == 0)
        return 0;
    struct str text = str_of(s->text);
    size_t from = s->wrong.start, to = s->wrong.end;
    row_add(&rows[0], ROLE_TITLE, STR("/"));
    row_add(&rows[0], ROLE_TITLE, str_sub(text, 0, from));
    row_add(&rows[0], ROLE_ERROR, str_sub(text, from, to));
    row_add(&rows[0], ROLE_TITLE, str_sub(text, to, text.n));
    if (s->problem.n > 0)
        row_printf(&rows[0], ROLE_WARN, "  %.*s", STR_ARG(s->problem));
    else if (s->unfinished)
        row_add(&rows[0], ROLE_DIM, str_of(translate("  ...")));
    else if (s->text[0] != '\0')
        row_printf(&rows[0], ROLE_DIM, translate("  %s%llu passages, %s%zu documents"),
                   s->results.exact ? "" : "≥", (unsigned long long)s->results.count,
                   s->results.count > s->results.n_hits ? "≥" : "", s->results.n_groups);
    return 1;
}

static void title(struct view *v, struct row *out)
{
    const struct search *s = v->state;
    row_add(out, ROLE_TITLE, str_of(message(MESSAGE_TAB_SEARCH)));
    row_printf(out, ROLE_DIM, " · %s", s->text);
}

static bool preview(struct view *v, size_t index, struct arena *a, struct ring_place *out)
{
    struct search *s = v->state;
    const struct search_hit *hit = hit_at(s, index);
    struct stored_passage passage;
    if (hit == NULL)
        return false;
    *out = reader_place(hit->article, hit->passage, hit->start, STR(""));
    if (hit->end > hit->start &&
        store_passage(ui_store(v->ui), a, hit->passage, &passage, NULL) == STATUS_OK)
        out->state = str_sub(passage.text, hit->start, hit->end);
    return true;
}

static reaction enter(struct view *v)
{
    struct ring_place to;
    return preview(v, v->focus, v->ui->paint, &to) ? ui_go(v->ui, &to) : REACT_NONE;
}

/* Of what was searched for every passage is a hit, though its text may have other letters: pinyin,
 * another script. Any other text is looked for in the rows. */
static size_t find(struct view *v, struct str text, size_t from, int step)
{
    const struct search *s = v->state;
    size_t n = count(v);
    bool hits = s->text[0] != '\0' && str_eq(text, str_of(s->text));
    for (size_t i = 0; i < n; i++) {
        from = step > 0 ? (from + 1) % n : (from + n - 1) % n;
        struct arena_mark mark = arena_mark(v->ui->paint);
        bool found = hits ? !s->rows.at[from].is_group : str_has(window_text(v, from), text);
        arena_release(v->ui->paint, mark);
        if (found)
            return from;
    }
    return SIZE_MAX;
}

static void set_text(struct search *s, struct str text)
{
    struct str cut = text;
    if (cut.n >= TEXT_ROOM)
        for (cut.n = TEXT_ROOM - 1; cut.n > 0 && ((unsigned char)text.p[cut.n] & 0xC0) == 0x80;)
            cut.n--;
    if (cut.n > 0)
        memcpy(s->text, cut.p, cut.n);
    s->text[cut.n] = '\0';
}

static void filter(struct view *v, struct str text)
{
    struct search *s = v->state;
    set_text(s, text);
    run(v);
}

static void place(struct view *v, struct arena *a, struct ring_place *out)
{
    const struct search *s = v->state;
    const struct search_hit *hit = hit_at(s, v->focus);
    out->record = hit == NULL ? 0 : hit->passage;
    out->state = str_dup(a, str_of(s->text));
}

static bool restore(struct view *v, const struct ring_place *to)
{
    struct search *s = v->state;
    if (!str_eq(to->state, str_of(s->text))) {
        set_text(s, to->state);
        run(v);
    }
    return focus_on(v, to->record) || to->record == 0;
}

const struct view_ops VIEW_OPS_SEARCH = {
    .id = VIEW_SEARCH,
    .context = CONTEXT_SEARCH,
    .open = open_search,
    .close = close_search,
    .layout = layout,
    .idle = idle,
    .count = count,
    .row = row,
    .header = header,
    .title = title,
    .enter = enter,
    .preview = preview,
    .filter = filter,
    .find = find,
    .place = place,
    .restore = restore,
};
