/* Search within the page: every match is marked, and n and N walk them. */
#include "baolan/match.h"
#include "baolan/message.h"
#include "ui/reader_state.h"

struct marking {
    struct reader *reader;
    struct str words;
};

static enum status mark_body(void *context)
{
    struct marking *m = context;
    struct reader *r = m->reader;
    struct arena *a = r->found_arena;
    VECTOR(struct reader_spot) spots = {0};
    struct pattern pattern = pattern_of(a, str_dup(a, m->words), true);
    for (size_t i = 0; i < reader_page_passages(r->page); i++) {
        struct span *found = NULL;
        size_t n = pattern_find_all(a, &pattern, 1, reader_page_passage(r->page, i)->text, &found);
        for (size_t k = 0; k < n; k++) {
            struct reader_spot spot = {i, found[k].start, found[k].end, 0};
            vector_push(a, &spots, spot);
        }
    }
    r->words = str_dup(a, m->words);
    reader_page_mark(r->page, spots.at, spots.n);
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
    struct marking m = {r, words};
    if (arena_protect(r->found_arena, mark_body, &m, &e) != STATUS_OK) {
        reader_page_mark(r->page, NULL, 0);
        ui_say(v->ui, ROLE_ERROR, "%s", e.message);
    }
}

size_t reader_find(struct view *v, struct str words, size_t from, int step)
{
    struct reader *r = reader_of(v);
    if (r->page == NULL || r->outline_list)
        return SIZE_MAX;
    reader_mark_words(v, words);
    const struct reader_spot *spots;
    size_t n = reader_page_marked(r->page, &spots);
    if (n == 0)
        return SIZE_MAX;
    /* The matches of the row under the cursor count as seen. */
    struct reader_position here = reader_page_position(r->page, from);
    struct reader_position next = reader_page_position(r->page, from + 1);
    struct reader_position limit = step > 0 ? next : here;
    bool last_row = from + 1 >= reader_page_rows(r->page);
    size_t at = 0;
    while (at < n && (spots[at].passage < limit.passage ||
                      (spots[at].passage == limit.passage && spots[at].start < limit.offset)))
        at++;
    if (step > 0 && (at >= n || last_row))
        at = 0;
    else if (step < 0)
        at = at == 0 ? n - 1 : at - 1;
    reader_page_set_mark(r->page, at);
    ui_say(v->ui, ROLE_TEXT, message(MESSAGE_READER_MATCH), at + 1, n);
    return reader_page_row_of(r->page,
                              (struct reader_position){spots[at].passage, spots[at].start});
}
