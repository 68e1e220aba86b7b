/* Text out of the reader: to the clipboard, and its file to an editor. */
#define _DEFAULT_SOURCE /* mkstemps */
#include "app/source_note.h"
#include "baolan/message.h"
#include "ui/reader_state.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static uint32_t source_line(const struct reader *r, struct reader_position position)
{
    return passage_line(reader_page_passage(r->page, position.passage), position.offset);
}

/* What y takes: the focused link's text, else the paragraph, or the sentence where asked for or
 * where sentences stand one a line. */
static struct str text_here(struct view *v, bool sentence, struct reader_position *at)
{
    const struct reader *r = reader_of(v);
    const struct reader_spot *links;
    *at = reader_page_position(r->page, v->focus);
    struct span found = {0, 0};
    if (v->link < reader_page_links(r->page, &links)) {
        const struct reader_spot *spot = &links[v->link];
        *at = (struct reader_position){spot->passage, spot->start};
        if (!sentence)
            return str_sub(reader_page_passage(r->page, spot->passage)->text, spot->start,
                           spot->end);
    }
    struct str text = reader_page_passage(r->page, at->passage)->text;
    if (!sentence && !options_is(ui_options(v->ui), OPTION_SENTENCES, "on"))
        return text;
    for (size_t from = 0; from < text.n && from <= at->offset;)
        found = sentence_next(text, &from);
    return str_trim(span_of(text, found));
}

reaction reader_copy(struct view *v, bool sentence, bool cited)
{
    const struct reader *r = reader_of(v);
    struct reader_position at;
    if (reader_page_passages(r->page) == 0)
        return REACT_PASS;
    struct arena *a = arena_new();
    if (a == NULL)
        return REACT_NONE;
    struct str text = text_here(v, sentence, &at);
    const struct stored_article *article = reader_page_article(r->page, at.passage);
    struct str note = STR("");
    if (cited && article != NULL)
        note = source_note(ui_store(v->ui), a, article->id,
                           reader_page_passage(r->page, at.passage)->id, (uint32_t)at.offset);
    ui_take(v->ui, text, note);
    arena_free(a);
    return REACT_STATUS;
}

bool reader_plain(struct view *v, size_t first, size_t end, struct buffer *out)
{
    const struct reader *r = reader_of(v);
    size_t n = reader_page_passages(r->page), rows = reader_page_rows(r->page);
    if (n == 0 || first >= end || r->outline_list)
        return false;
    struct reader_position at = reader_page_position(r->page, first);
    struct reader_position to = {n, 0};
    if (end < rows)
        to = reader_page_position(r->page, end);
    for (size_t i = at.passage; i < n && (i < to.passage || (i == to.passage && to.offset > 0));
         i++) {
        struct str text = reader_page_passage(r->page, i)->text;
        size_t from = i == at.passage ? at.offset : 0;
        buffer_add(out, str_sub(text, from, i == to.passage ? to.offset : text.n));
        buffer_add_byte(out, '\n');
    }
    return true;
}

/* Words of $EDITOR: a program and its options, separated by spaces. */
enum { WORDS_MAX = 16 };

/* The text that a converter made of the document, in a file of its own; NULL where it is text. */
static char *converted_file(struct view *v, struct arena *a, struct error *e)
{
    const struct reader *r = reader_of(v);
    struct str text;
    if (store_converted(ui_store(v->ui), a, r->document.id, &text, NULL) != STATUS_OK)
        return NULL;
    char *path = str_dup_c(a, STR("/tmp/baolan-XXXXXX.txt"));
    int descriptor = mkstemps(path, 4);
    FILE *file = descriptor < 0 ? NULL : fdopen(descriptor, "w");
    bool good = file != NULL && fwrite(text.p, 1, text.n, file) == text.n;
    if (file == NULL || fclose(file) != 0 || !good)
        error_set_errno(e, errno, path);
    return descriptor < 0 ? NULL : path;
}

reaction reader_edit(struct view *v)
{
    const struct reader *r = reader_of(v);
    struct error e = ERROR_NONE;
    if (!ui_may_run(v->ui))
        return REACT_STATUS;
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
    char *made = converted_file(v, a, &e);
    argv[n++] = made != NULL ? made : str_dup_c(a, r->document.path);
    argv[n] = NULL;
    reaction after = e.status != STATUS_OK ? REACT_STATUS : ui_run_program(v->ui, argv, &e);
    if (made != NULL)
        unlink(made);
    if (e.status != STATUS_OK)
        ui_say(v->ui, ROLE_ERROR, "%s", e.message);
    else if (made != NULL)
        ui_say(v->ui, ROLE_TEXT, message(MESSAGE_READER_CONVERTED), STR_ARG(r->document.path));
    arena_free(a);
    return after;
}
