/* Search within the page: every match is marked as one types, and n and N walk them. Letters are
 * looked for as they stand and as pinyin: full syllables in the page itself, initials by way of
 * the library's names. */
#include "baolan/finder.h"
#include "baolan/match.h"
#include "baolan/message.h"
#include "ui/reader_state.h"
#include "ui/state.h"
#include "ui/words.h"

struct marking {
    struct view *view;
    struct str words;
    struct pattern *patterns;
    size_t n_patterns;
    bool syllables; /* `letters` are full syllables */
    struct pinyin_query letters;
    VECTOR(struct reader_spot) spots;
};

/* Makes patterns of words: as they stand first, then what their letters may stand for. */
static void make_patterns(struct marking *m, struct arena *a)
{
    struct finder *f = words_have_letters(m->words) ? ui_finder(m->view->ui) : NULL;
    const struct pattern *readings = NULL;
    size_t n = f == NULL ? 0 : finder_readings(f, a, m->words, &readings);
    m->patterns = arena_array(a, struct pattern, n + 1);
    m->patterns[0] = pattern_of(a, str_dup(a, m->words), true);
    for (size_t i = 0; i < n; i++)
        m->patterns[i + 1] = readings[i];
    m->n_patterns = n + 1;
    const struct pinyin *table = f == NULL ? NULL : finder_pinyin(f);
    m->syllables = table != NULL && pinyin_query_of(table, a, m->words, &m->letters) &&
                   pinyin_is_syllables(&m->letters);
}

/* Marks one passage; where syllables and a pattern overlap, what begins first. */
static void mark_passage(struct marking *m, struct arena *a, size_t passage, struct str text)
{
    struct span *found = NULL, spelled = {text.n, text.n};
    size_t n = pattern_find_all(a, m->patterns, m->n_patterns, text, &found), end = 0;
    bool more = m->syllables && pinyin_find(&m->letters, text, 0, &spelled);
    for (size_t i = 0; i < n || more;) {
        bool take_spelled = more && (i >= n || spelled.start < found[i].start);
        struct span one = take_spelled ? spelled : found[i++];
        if (take_spelled)
            more = pinyin_find(&m->letters, text, spelled.end, &spelled);
        if (one.start < end)
            continue;
        end = one.end;
        struct reader_spot spot = {passage, one.start, one.end, 0};
        vector_push(a, &m->spots, spot);
    }
}

static enum status mark_body(void *context)
{
    struct marking *m = context;
    struct reader *r = reader_of(m->view);
    struct arena *a = r->found_arena;
    make_patterns(m, a);
    for (size_t i = 0; i < reader_page_passages(r->page); i++)
        mark_passage(m, a, i, reader_page_passage(r->page, i)->text);
    r->words = str_dup(a, m->words);
    reader_page_mark(r->page, m->spots.at, m->spots.n);
    return STATUS_OK;
}

void reader_mark_words(struct view *v, struct str words)
{
    struct reader *r = reader_of(v);
    if (r->page == NULL || str_eq(words, r->words))
        return;
    if (words.n == 0) {
        r->words = STR("");
        reader_page_mark(r->page, NULL, 0);
        return;
    }
    struct error e = ERROR_NONE;
    struct marking m = {.view = v, .words = words};
    if (arena_protect(r->found_arena, mark_body, &m, &e) != STATUS_OK) {
        reader_page_mark(r->page, NULL, 0);
        ui_say(v->ui, ROLE_ERROR, "%s", e.message);
    }
}

static bool stands_before(const struct reader_spot *spot, struct reader_position p)
{
    return spot->passage < p.passage || (spot->passage == p.passage && spot->start < p.offset);
}

/* The first mark in or after row `from` (step 0), after it (1) or before it (-1), going round;
 * SIZE_MAX: there is none. */
static size_t next_mark(const struct reader *r, size_t from, int step)
{
    const struct reader_spot *spots;
    size_t n = reader_page_marked(r->page, &spots), at = 0;
    if (n == 0)
        return SIZE_MAX;
    /* The matches of the row under the cursor count as seen. */
    bool past_end = step > 0 && from + 1 >= reader_page_rows(r->page);
    struct reader_position limit = reader_page_position(r->page, step > 0 ? from + 1 : from);
    while (at < n && stands_before(&spots[at], limit))
        at++;
    if (step < 0)
        return at == 0 ? n - 1 : at - 1;
    return at >= n || past_end ? 0 : at;
}

static size_t row_of_mark(struct reader *r, size_t at)
{
    const struct reader_spot *spots;
    reader_page_marked(r->page, &spots);
    reader_page_set_mark(r->page, at);
    return reader_page_row_of(r->page,
                              (struct reader_position){spots[at].passage, spots[at].start});
}

size_t reader_find(struct view *v, struct str words, size_t from, int step)
{
    struct reader *r = reader_of(v);
    if (r->page == NULL || r->outline_list)
        return SIZE_MAX;
    reader_mark_words(v, words);
    size_t at = next_mark(r, from, step);
    return at == SIZE_MAX ? SIZE_MAX : row_of_mark(r, at);
}

void reader_find_arrive(struct view *v)
{
    struct reader *r = reader_of(v);
    const struct reader_spot *spots;
    size_t n = reader_page_marked(r->page, &spots), at = 0;
    struct reader_position here = reader_here(v);
    while (at < n && stands_before(&spots[at], here))
        at++;
    if (at < n && spots[at].passage == here.passage)
        reader_page_set_mark(r->page, at);
}

void reader_find_status(const struct view *v, struct row *out)
{
    const struct reader *r = reader_of(v);
    const struct reader_spot *spots;
    size_t n = reader_page_marked(r->page, &spots), at = reader_page_mark_at(r->page);
    if (r->words.n == 0)
        return;
    row_printf(out, ROLE_BAR, "/%.*s ", STR_ARG(r->words));
    if (at < n)
        row_printf(out, ROLE_BAR, "%zu/%zu  ", at + 1, n);
    else
        row_printf(out, ROLE_BAR, "%zu  ", n);
}

/* --- The prompt ------------------------------------------------------------------------------ */

static void go_back(struct view *v)
{
    const struct reader *r = reader_of(v);
    v->focus = r->found_from;
    v->top = r->found_top;
}

static reaction typed(struct ui *ui, void *context, struct str text)
{
    (void)ui;
    struct view *v = context;
    go_back(v);
    size_t row = reader_find(v, text, v->focus, 0);
    if (row != SIZE_MAX)
        window_go(v, row);
    return REACT_VIEW;
}

/* Goes to the match as to any place, so that one comes back to where one was. */
static reaction ended(struct ui *ui, void *context, struct str text)
{
    struct view *v = context;
    struct ring_place to = {.view = VIEW_READER};
    if (text.n == 0) {
        go_back(v);
        reader_mark_words(v, STR(""));
        return REACT_VIEW;
    }
    typed(ui, v, text);
    const struct reader_spot *spots;
    const struct reader *r = reader_of(v);
    if (r->page == NULL || reader_page_marked(r->page, &spots) == 0) {
        ui_say(ui, ROLE_WARN, message(MESSAGE_NOT_FOUND), str_dup_c(ui->places, text));
        return REACT_VIEW;
    }
    v->ops->place(v, ui->places, &to);
    go_back(v);
    return ui_go(ui, &to);
}

static reaction widen(struct ui *ui, void *context, struct str text)
{
    struct view *v = context;
    go_back(v);
    reader_mark_words(v, STR(""));
    return ui_search(ui, text);
}

reaction reader_find_command(struct view *v, struct str argument)
{
    struct reader *r = reader_of(v);
    r->found_from = v->focus;
    r->found_top = v->top;
    if (argument.n > 0)
        return ended(v->ui, v, argument);
    ui_prompt(v->ui, "/", STR(""), ended, typed, v);
    ui_prompt_other(v->ui, widen, message(MESSAGE_PROMPT_WIDEN));
    return REACT_STATUS;
}
