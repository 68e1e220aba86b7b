/* Text out of the reader: to the clipboard, and its file to an editor. */
#include "ui/reader_state.h"

#include <stdlib.h>

/* The line of the file that a position of the page comes from; 0: not known. */
static uint32_t source_line(const struct reader *r, struct reader_position position)
{
    const struct stored_passage *passage = reader_page_passage(r->page, position.passage);
    uint32_t line = 0;
    for (uint32_t i = 0; i < passage->n_runs; i++) {
        if (i > 0 && passage->runs[i].at > position.offset)
            break;
        line = passage->runs[i].line;
    }
    return line;
}

/* What y takes: the focused link's text, else the paragraph. */
static struct str text_here(struct view *v, struct reader_position *at)
{
    const struct reader *r = reader_of(v);
    const struct reader_spot *links;
    *at = reader_page_position(r->page, v->focus);
    if (v->link < reader_page_links(r->page, &links)) {
        const struct reader_spot *spot = &links[v->link];
        *at = (struct reader_position){spot->passage, spot->start};
        return str_sub(reader_page_passage(r->page, spot->passage)->text, spot->start, spot->end);
    }
    return reader_page_passage(r->page, at->passage)->text;
}

static void add_part(struct buffer *out, const char *separator, struct str part)
{
    if (part.n == 0)
        return;
    buffer_add_c(out, separator);
    buffer_add(out, part);
}

void reader_copy(struct view *v, bool cited)
{
    const struct reader *r = reader_of(v);
    struct reader_position at;
    if (reader_page_passages(r->page) == 0)
        return;
    struct arena *a = arena_new();
    if (a == NULL)
        return;
    struct buffer out = buffer_in(a);
    buffer_add(&out, text_here(v, &at));
    if (cited) {
        const struct stored_article *article = reader_page_article(r->page, at.passage);
        struct str date = article->date.n > 0 ? article->date : r->document.date;
        buffer_printf(&out, "\n——《%.*s》", STR_ARG(article->title));
        add_part(&out, "，", r->document.paper);
        add_part(&out, " ", r->document.edition);
        add_part(&out, "，", date);
        buffer_printf(&out, "，%.*s:%u", STR_ARG(r->document.path), source_line(r, at));
    }
    ui_copy(v->ui, buffer_str(&out));
    arena_free(a);
}

/* Words of $EDITOR: a program and its options, separated by spaces. */
enum { WORDS_MAX = 16 };

reaction reader_edit(struct view *v)
{
    const struct reader *r = reader_of(v);
    struct error e = ERROR_NONE;
    const char *editor = getenv("VISUAL");
    if (editor == NULL || *editor == '\0')
        editor = getenv("EDITOR");
    if (editor == NULL || *editor == '\0')
        editor = "vi";
    struct arena *a = arena_new();
    if (a == NULL || reader_page_passages(r->page) == 0) {
        arena_free(a);
        return REACT_NONE;
    }
    const char *argv[WORDS_MAX + 3];
    size_t n = 0;
    for (struct str rest = str_of(editor); rest.p != NULL && n < WORDS_MAX;) {
        struct str word = str_split(&rest, ' ');
        if (word.n > 0)
            argv[n++] = str_dup_c(a, word);
    }
    uint32_t line = source_line(r, reader_page_position(r->page, v->focus));
    argv[n++] = str_printf(a, "+%u", line == 0 ? 1 : line).p;
    argv[n++] = str_dup_c(a, r->document.path);
    argv[n] = NULL;
    reaction after = ui_run_program(v->ui, argv, &e);
    if (e.status != STATUS_OK)
        ui_say(v->ui, ROLE_ERROR, "%s", e.message);
    arena_free(a);
    return after;
}
