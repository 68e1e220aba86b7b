/* The raw lines of the file, below the passage that was read from them. */
#include "baolan/library.h"
#include "baolan/message.h"
#include "ui/reader_state.h"

/* Raw lines shown at most, and bytes of one: what is on one line of a megabyte is cut. */
enum { LINES_MAX = 400, LINE_BYTES = 8192 };

struct showing {
    struct view *view;
    size_t passage;
    unsigned width; /* cells for the text of a raw line */
    VECTOR(struct reader_raw) raw;
    bool changed;
    struct error *error;
};

/* A raw line in as many rows as it takes; the number stands in the first. */
static void add_wrapped(struct showing *s, struct arena *a, const struct raw_line *line)
{
    struct str left = str_sub(line->text, 0, LINE_BYTES);
    uint32_t number = line->number;
    do {
        size_t used;
        struct str cut = width_cut(left, s->width, ui_ambiguous(s->view->ui), &used);
        if (cut.n == 0)
            cut = left;
        struct reader_raw raw = {number, str_dup(a, cut)};
        vector_push(a, &s->raw, raw);
        left = str_sub(left, cut.n, left.n);
        number = 0;
    } while (left.n > 0 && s->raw.n < LINES_MAX);
}

static enum status read_range(struct showing *s, uint32_t first, uint32_t last)
{
    struct reader *r = reader_of(s->view);
    const struct raw_line *lines;
    size_t n;
    bool changed = false;
    enum status status = library_source_lines(ui_library(s->view->ui), r->found_arena, &r->document,
                                              first, last, &lines, &n, &changed, s->error);
    if (status != STATUS_OK)
        return status;
    s->changed = s->changed || changed;
    for (size_t i = 0; i < n && s->raw.n < LINES_MAX; i++)
        add_wrapped(s, r->found_arena, &lines[i]);
    return STATUS_OK;
}

/* The lines of a passage, in its own order: runs on neighbouring lines are read as one range. */
static enum status read_body(void *context)
{
    struct showing *s = context;
    const struct stored_passage *passage =
        reader_page_passage(reader_of(s->view)->page, s->passage);
    enum status status = STATUS_OK;
    for (uint32_t i = 0; i < passage->n_runs && status == STATUS_OK;) {
        uint32_t first = passage->runs[i].line, last = first;
        for (i++; i < passage->n_runs; i++) {
            uint32_t line = passage->runs[i].line;
            if (line < last || line > last + 2)
                break;
            last = line;
        }
        if (s->raw.n < LINES_MAX)
            status = read_range(s, first, last);
    }
    return status;
}

static void show(struct view *v, size_t passage, bool quietly)
{
    struct reader *r = reader_of(v);
    struct error e = ERROR_NONE;
    struct showing s = {
        .view = v, .passage = passage, .width = reader_page_raw_width(r->page), .error = &e};
    enum status status = arena_protect(r->found_arena, read_body, &s, &e);
    if (status != STATUS_OK || s.raw.n == 0) {
        reader_page_show_raw(r->page, passage, NULL, 0);
        if (!quietly && status == STATUS_NOT_FOUND)
            ui_say(v->ui, ROLE_WARN, message(MESSAGE_READER_FILE_GONE), STR_ARG(r->document.path));
        else if (!quietly && status != STATUS_OK)
            ui_say(v->ui, ROLE_WARN, "%s", e.message);
        else if (!quietly)
            ui_say(v->ui, ROLE_TEXT, "%s", message(MESSAGE_READER_NO_SOURCE));
        return;
    }
    reader_page_show_raw(r->page, passage, s.raw.at, s.raw.n);
    if (!quietly && s.changed)
        ui_say(v->ui, ROLE_WARN, "%s", message(MESSAGE_READER_FILE_CHANGED));
}

void reader_source_toggle(struct view *v)
{
    struct reader *r = reader_of(v);
    if (reader_page_passages(r->page) == 0)
        return;
    struct reader_position here = reader_page_position(r->page, v->focus);
    if (reader_page_raw_passage(r->page) == here.passage)
        reader_page_show_raw(r->page, here.passage, NULL, 0);
    else
        show(v, here.passage, false);
    reader_go(v, here);
}

void reader_source_layout(struct view *v)
{
    struct reader *r = reader_of(v);
    size_t passage = reader_page_raw_passage(r->page);
    if (passage != SIZE_MAX)
        show(v, passage, true);
}
