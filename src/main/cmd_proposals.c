/* `baolan proposals`: rows, or a briefing in Markdown. */
#include "app/review.h"
#include "baolan/message.h"
#include "baolan/vector.h"
#include "citation.h"
#include "output.h"
#include "place.h"

#include <stdio.h>

static const struct column columns[] = {
    {"id", N_("no."), 8, true},
    {"number", N_("number"), 12, false},
    {"title", N_("title"), 50, false},
    {"speakers", N_("speakers"), 20, false},
    {"joint", "", 0, false},
    {"bodies", N_("bodies"), 36, false},
    {"session", N_("session"), 30, false},
    {"year", "", 0, true},
    {"status", "", 0, false},
    {"category", "", 0, false},
    {"handlers", "", 0, false},
    {"suggestions", N_("suggestions"), 6, true},
    {"marks", N_("marks"), 20, false},
    {"note", N_("note"), 30, false},
    {"others", N_("others"), 30, false},
    {"copies", N_("Same text"), 6, true},
    {"file", "", 0, false},
    {"line", "", 0, true},
};

struct query {
    struct invocation *i;
    struct library *library;
    struct output *output; /* NULL: Markdown */
    uint64_t shown;
    struct review_form form;
    struct review *review;
};

/* What is shown of a review: the fixed values and texts that stand, the note apart, and what others
 * say beside it. */
struct said {
    const struct str *values;
    uint32_t n_values;
    struct str note, others;
};

static void said_of(struct query *q, int64_t content_key, struct said *out)
{
    VECTOR(struct str) values = {0};
    struct arena *a = q->i->arena;
    for (size_t k = 0; k < q->form.n_fields; k++) {
        struct str field = q->form.fields[k];
        if (review_mark(q->review, content_key, field) == NULL || str_eq(field, STR("note")))
            continue;
        struct str value = str_dup(a, review_value(q->review, content_key, field));
        vector_push(a, &values, value);
    }
    *out = (struct said){values.at, (uint32_t)values.n,
                         review_value(q->review, content_key, STR("note")),
                         review_others(q->review, content_key, a)};
}

/* Whether somebody set the value, or wrote it as a part of what they wrote. */
static bool has_mark(const struct said *said, const char *mark)
{
    for (uint32_t k = 0; k < said->n_values; k++)
        if (str_eq(said->values[k], str_of(mark)))
            return true;
    return mark == NULL || str_has(said->others, str_of(mark));
}

/* Words that all stand in the text; by:NAME and @NAME ask for who marked it, and whose it is. */
static bool has_all_words(const struct query *q, const struct stored_proposal *p)
{
    for (int k = 0; k < q->i->n_operands; k++) {
        struct str word = str_of(q->i->operands[k]);
        int said = review_admits(q->review, p->content_key, word);
        if (said == 0 ||
            (said < 0 && !str_has(p->it.title, word) && !str_has(p->it.background, word)))
            return false;
    }
    return true;
}

static void write_row(struct query *q, const struct stored_proposal *p, const struct said *said,
                      const struct citation *c, uint32_t copies)
{
    struct output *l = q->output;
    output_int(l, p->id);
    output_str(l, p->it.number);
    output_str(l, p->it.title);
    output_strs(l, p->it.speakers, p->it.n_speakers);
    output_strs(l, p->it.joint, p->it.n_joint);
    output_strs(l, p->it.bodies, p->it.n_bodies);
    output_str(l, p->it.session);
    output_year(l, p->it.year);
    output_str(l, p->it.status);
    output_str(l, p->it.category);
    output_strs(l, p->it.handlers, p->it.n_handlers);
    output_int(l, p->n_suggestions);
    output_strs(l, said->values, said->n_values);
    output_str(l, said->note);
    output_str(l, said->others);
    output_int(l, copies);
    output_str(l, c->file);
    output_int(l, c->line);
    output_row_end(l);
}

static void print_strs(const char *label, const struct str *values, uint32_t n)
{
    if (n == 0)
        return;
    printf("- %s：", label);
    for (uint32_t k = 0; k < n; k++) {
        fputs(k == 0 ? "" : "、", stdout);
        print_clean(values[k]);
    }
    putchar('\n');
}

static void write_markdown(struct query *q, const struct stored_proposal *p,
                           const struct said *said, const struct citation *c)
{
    fputs(q->shown > 0 ? "\n## " : "## ", stdout);
    print_clean(p->it.title);
    fputs("\n\n", stdout);
    print_strs(translate("number"), &p->it.number, p->it.number.n > 0);
    print_strs(translate("speakers"), p->it.speakers, p->it.n_speakers);
    print_strs(message(MESSAGE_SHEET_JOINT), p->it.joint, p->it.n_joint);
    print_strs(translate("bodies"), p->it.bodies, p->it.n_bodies);
    print_strs(translate("session"), &p->it.session, p->it.session.n > 0);
    print_strs(translate("handled by"), p->it.handlers, p->it.n_handlers);
    print_strs(translate("marks"), said->values, said->n_values);
    print_strs(translate("note"), &said->note, said->note.n > 0);
    print_strs(translate("others"), &said->others, said->others.n > 0);
    if (p->it.background.n > 0) {
        fputs("\n", stdout);
        print_clean(p->it.background);
        fputs("\n", stdout);
    }
    for (uint32_t k = 0; k < p->it.n_suggestions; k++) {
        const struct suggestion *s = &p->it.suggestions[k];
        fputs("\n- **", stdout);
        print_clean(s->ordinal);
        print_clean(s->title);
        fputs("** ", stdout);
        print_clean(s->text);
        putchar('\n');
    }
    printf("\n> ");
    print_place(c->file, c->line, c->page);
    putchar('\n');
}

static enum status visit(void *context, uint32_t id)
{
    struct query *q = context;
    struct stored_proposal p;
    struct said said;
    struct citation c = {0};
    enum status status = store_load_proposal(q->library->store, q->i->arena, id, &p, &q->i->error);
    if (status == STATUS_OK)
        status = cite(q->i, q->library->store, p.it.place.paragraph, p.it.place.start,
                      p.it.place.end, &c);
    if (status != STATUS_OK)
        return status;
    uint32_t copies;
    status = store_copies_count(q->library->store, p.it.article, &copies, &q->i->error);
    if (status != STATUS_OK)
        return status;
    said_of(q, p.content_key, &said);
    if (!has_mark(&said, q->i->mark) || !has_all_words(q, &p))
        return STATUS_NOT_FOUND;
    if (q->output != NULL)
        write_row(q, &p, &said, &c, copies);
    else
        write_markdown(q, &p, &said, &c);
    q->shown++;
    return STATUS_OK;
}

int command_proposals(struct invocation *i)
{
    struct list_query list = {.list = LIST_PROPOSALS,
                              .descending = i->reverse,
                              .speaker = str_of(i->speaker),
                              .body = str_of(i->body),
                              .session = str_of(i->session)};
    if (!order_named(i, LIST_PROPOSALS, ORDER_ID, &list.order))
        return EXIT_ERROR;
    struct library *library = open_library(i);
    if (library == NULL)
        return EXIT_ERROR;
    struct query q = {.i = i, .library = library};
    int status = EXIT_FOUND;
    if (review_form_load(i->arena, &q.form, NULL, NULL, &i->error) != STATUS_OK ||
        review_open(i->arena, library->marks, &q.form, STR("proposal"),
                    str_of(library_author(library)), &q.review, &i->error) != STATUS_OK) {
        library_close(library);
        return fail(i);
    }
    if (i->doc != NULL) {
        list.document = find_document(i, library->store, i->doc);
        status = list.document == 0 ? EXIT_ERROR : status;
    }
    if (!i->md)
        q.output = output_begin(i, columns, sizeof columns / sizeof *columns);
    if (status == EXIT_FOUND)
        status = for_each_id(i, library->store, &list, visit, &q);
    if (status == EXIT_ERROR)
        fail(i);
    else if (q.output != NULL)
        status = output_end(q.output);
    else
        status = q.shown > 0 ? EXIT_FOUND : EXIT_NOTHING;
    review_close(q.review);
    library_close(library);
    return status;
}
