/* `baolan [PATH...]`: what is named is read into the library; on a terminal the interface opens,
 * elsewhere a readable listing is printed. */
#include "app/review.h"
#include "baolan/config.h"
#include "baolan/files.h"
#include "baolan/message.h"
#include "baolan/parse.h"
#include "baolan/store_write.h"
#include "baolan/vector.h"
#include "commands.h"
#include "output.h"
#include "ui/ui.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct named {
    struct invocation *i;
    struct library *library;
    VECTOR(uint32_t) documents;
    VECTOR(struct str) roots;
};

static void collect(void *context, struct str path, int64_t size, int64_t modified,
                    uint32_t document)
{
    struct named *n = context;
    (void)size;
    (void)modified;
    if (document == 0)
        return;
    for (size_t k = 0; k < n->roots.n; k++) {
        struct str root = n->roots.at[k];
        if (str_eq(path, root) ||
            (str_starts(path, root) && (path.p[root.n] == '/' || str_ends(root, STR("/"))))) {
            vector_push(n->i->arena, &n->documents, document);
            return;
        }
    }
}

/* Prints the text of every document below the paths. */
static int print_named(struct invocation *i)
{
    struct named n = {.i = i};
    int status = EXIT_NOTHING;
    n.library = open_library(i);
    if (n.library == NULL)
        return EXIT_ERROR;
    for (int k = 0; k < i->n_operands; k++) {
        struct str root = str_of(path_absolute(i->arena, i->operands[k]));
        vector_push(i->arena, &n.roots, root);
    }
    if (store_each_known(n.library->store, i->arena, STR(""), collect, &n, &i->error) != STATUS_OK)
        status = fail(i);
    for (size_t k = 0; k < n.documents.n && status != EXIT_ERROR; k++) {
        struct arena_mark mark = arena_mark(i->arena);
        int one = show_document(i, n.library, n.documents.at[k], NULL, NULL);
        status = one == EXIT_NOTHING ? status : one;
        arena_release(i->arena, mark);
    }
    library_close(n.library);
    return status;
}

static void print_article(const struct article *article)
{
    const struct str front[] = {article->kicker.text, article->title.text, article->subtitle.text};
    uint32_t next = 0;
    for (size_t k = 0; k < sizeof front / sizeof *front; k++)
        if (front[k].n > 0) {
            print_clean(front[k]);
            putchar('\n');
        }
    for (uint32_t k = 0; k < article->n_paragraphs; k++) {
        const struct paragraph *paragraph = &article->paragraphs[k];
        for (; paragraph->heading != NONE && next <= paragraph->heading; next++) {
            putchar('\n');
            print_clean(article->headings[next].prose.text);
            putchar('\n');
        }
        fputs("　　", stdout);
        print_clean(paragraph->prose.text);
        putchar('\n');
    }
    putchar('\n');
}

/* `-`: standard input, which no library has, is read and printed. */
static int print_standard_input(struct invocation *i)
{
    struct lexicons *lexicons;
    struct document *document;
    struct str bytes;
    enum status status = lexicons_load(i->arena, NULL, &lexicons, NULL, NULL, &i->error);
    if (status == STATUS_OK)
        status = file_read_descriptor(i->arena, 0, &bytes, &i->error);
    if (status != STATUS_OK)
        return fail(i);
    struct parse_options options = {
        .lexicons = lexicons, .encoding = i->file_encoding, .depth = PARSE_PAGE};
    if (document_parse(i->arena, bytes, &options, &document, &i->error) != STATUS_OK)
        return fail(i);
    for (uint32_t k = 0; k < document->n_articles; k++)
        print_article(&document->articles[k]);
    return document->n_articles > 0 ? EXIT_FOUND : EXIT_NOTHING;
}

/* What was wrong in the configuration. */
struct warnings {
    struct arena *arena;
    VECTOR(const char *) texts;
};

static void warn(void *context, const char *text)
{
    struct warnings *w = context;
    const char *copy = str_dup_c(w->arena, str_of(text));
    vector_push(w->arena, &w->texts, copy);
}

/* A terminal that cannot move its cursor. */
static bool is_dumb(void)
{
    const char *term = getenv("TERM");
    return term != NULL && strcmp(term, "dumb") == 0;
}

/* Opens the library that is named; where none is and nothing is to be read in, the one that the
 * interface was left in, while it stands. */
static enum status open_last(struct invocation *i, struct library **library)
{
    struct library *last;
    struct str name;
    struct error e = ERROR_NONE;
    /* A published one is found again from any folder. */
    if (i->library != NULL && strchr(i->library, '/') != NULL)
        i->library = path_absolute(i->arena, i->library);
    enum status status = library_open_at_once(i->library, library, &i->error);
    if (status != STATUS_OK || i->library != NULL || i->n_operands > 0 ||
        (*library)->notes == NULL ||
        notes_place((*library)->notes, i->arena, LIBRARY_LAST, NULL, &name, NULL) != STATUS_OK ||
        str_eq(name, STR(LIBRARY_DEFAULT)))
        return status;
    const char *left = str_dup_c(i->arena, name);
    if (library_open_at_once(left, &last, &e) != STATUS_OK)
        return status;
    if (last->store != NULL)
        i->library = left;
    library_close(last->store != NULL ? *library : last);
    *library = i->library == left ? last : *library;
    return status;
}

/* Opens the library. Where something is to be read in and the cache cannot be written, it goes into
 * one for this run: its folder, else NULL. */
static const char *begin_reading(struct invocation *i, struct library **library,
                                 struct warnings *warnings)
{
    const char *borrowed = NULL;
    struct error e = ERROR_NONE;
    if (open_last(i, library) != STATUS_OK)
        return NULL;
    if ((i->n_operands > 0 || (*library)->store == NULL))
        borrowed = private_cache_begin(i->arena, i->library);
    if (borrowed != NULL) {
        library_close(*library);
        if (library_open_at_once(i->library, library, &i->error) != STATUS_OK)
            return borrowed;
        error_set(&e, STATUS_DENIED,
                  "the cache cannot be written: what is read in is kept in memory until you leave");
    }
    if (i->error.status != STATUS_OK)
        warn(warnings, i->error.message);
    if (e.status != STATUS_OK)
        warn(warnings, e.message);
    i->error = ERROR_NONE;
    return borrowed;
}

/* The interface, with what is named being read in beside it. */
static int open_interface(struct invocation *i)
{
    struct warnings warnings = {.arena = i->arena};
    struct ui_options ui = {.options = options_new(i->arena),
                            .keymap = keymap_new(i->arena),
                            .anew = i->n_operands > 0,
                            .lines = i->line || is_dumb()};
    struct import_options import = {.library = i->library,
                                    .corrections = marks_path(i),
                                    .paths = (const char *const *)i->operands,
                                    .n_paths = (size_t)i->n_operands,
                                    .encoding = i->file_encoding};
    struct error e = ERROR_NONE;
    struct review_form form;
    /* Before the configuration, which may bind these keys to something else. */
    if (review_form_load(i->arena, &form, warn, &warnings, &e) != STATUS_OK ||
        review_bind_keys(&form, ui.keymap, &e) != STATUS_OK)
        warn(&warnings, e.message);
    e = ERROR_NONE;
    if (config_load(i->arena, ui.options, ui.keymap, warn, &warnings, &e) != STATUS_OK)
        warn(&warnings, e.message);
    if (i->lang != NULL)
        options_set(ui.options, STR("lang"), str_of(i->lang), NULL);
    language_set(
        language_find(i->lang != NULL ? i->lang : options_text(ui.options, OPTION_LANGUAGE)));
    const char *borrowed = begin_reading(i, &ui.library, &warnings);
    if (ui.library == NULL)
        return fail(i);
    import.library = i->library;
    e = ERROR_NONE;
    share_marks(i, ui.options, ui.library, &e);
    if (e.status != STATUS_OK)
        warn(&warnings, e.message);
    ui.warnings = warnings.texts.at;
    ui.n_warnings = warnings.texts.n;
    if ((i->n_operands > 0 || ui.library->store == NULL) &&
        import_start(&import, &ui.import, &i->error) != STATUS_OK) {
        library_close(ui.library);
        private_cache_end(borrowed);
        return fail(i);
    }
    int status = ui_run(&ui);
    library_close(ui.library);
    private_cache_end(borrowed);
    return status;
}

int command_browse(struct invocation *i)
{
    int status = EXIT_FOUND;
    i->quiet = true;
    if (i->n_operands == 1 && strcmp(i->operands[0], "-") == 0)
        return print_standard_input(i);
    for (int k = 0; k < i->n_operands; k++)
        if (access(i->operands[k], R_OK) != 0) {
            error_set_errno(&i->error, errno, i->operands[k]);
            return fail(i);
        }
    if (i->line || (isatty(0) && isatty(1)))
        return open_interface(i);
    if (i->n_operands == 0)
        return command_list(i);
    status = import_paths(i, (const char *const *)i->operands, (size_t)i->n_operands);
    if (i->error.status != STATUS_OK)
        return status;
    /* What could be read is printed, whatever else could not. */
    int printed = print_named(i);
    return status == EXIT_ERROR ? status : printed;
}
