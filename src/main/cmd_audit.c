/* `baolan audit`: what does not add up. */
#include "baolan/message.h"
#include "citation.h"
#include "output.h"

static const struct column columns[] = {
    {"id", N_("no."), 8, true},
    {"kind", N_("kind"), 10, false},
    {"printed", N_("printed"), 20, false},
    {"computed", N_("against"), 20, false},
    {"tolerance", "", 0, false},
    {"formula", N_("formula"), 40, false},
    {"title", N_("document"), 30, false},
    {"indicators", "", 0, false},
    {"sentence", N_("sentence"), 60, false},
    {"copies", N_("Same text"), 6, true},
    {"file", "", 0, false},
    {"line", N_("line"), 7, true},
};

struct query {
    struct invocation *i;
    struct store *store;
    struct output *output;
};

static enum status visit(void *context, uint32_t id)
{
    struct query *q = context;
    struct arena *a = q->i->arena;
    struct stored_finding f;
    struct stored_indicator disputed;
    struct citation c = {0};
    enum status status = store_finding(q->store, a, id, &f, &q->i->error);
    if (status != STATUS_OK)
        return status;
    uint32_t copies = 0;
    if (f.article != 0)
        status = store_copies_count(q->store, f.article, &copies, &q->i->error);
    if (status != STATUS_OK)
        return status;
    struct str *texts = arena_array(a, struct str, f.it.n_indicators + 1);
    for (uint32_t k = f.it.n_indicators; k-- > 0;) {
        status = store_indicator(q->store, a, f.it.indicators[k], &disputed, &q->i->error);
        if (status != STATUS_OK)
            return status;
        texts[k] = disputed.it.text;
    }
    if (f.it.n_indicators > 0)
        status = cite(q->i, q->store, disputed.it.place.paragraph, disputed.it.place.start,
                      disputed.it.place.end, &c);
    if (status != STATUS_OK)
        return status;
    output_int(q->output, f.id);
    output_kind(q->output, &FINDING_NAMES, (int)f.it.kind);
    output_str(q->output, f.it.printed);
    output_str(q->output, f.it.computed);
    output_str(q->output, f.it.tolerance);
    output_str(q->output, f.it.formula);
    output_str(q->output, c.title);
    output_strs(q->output, texts, f.it.n_indicators);
    output_str(q->output, c.sentence);
    output_int(q->output, copies);
    output_str(q->output, c.file);
    output_int(q->output, c.line);
    output_row_end(q->output);
    return STATUS_OK;
}

int command_audit(struct invocation *i)
{
    struct list_query list = {.list = LIST_FINDINGS};
    if (i->kind != NULL && !kinds_named(i->kind, &FINDING_NAMES, &list.kinds))
        return EXIT_ERROR;
    struct library *library = open_library(i);
    if (library == NULL)
        return EXIT_ERROR;
    int status = EXIT_FOUND;
    if (i->doc != NULL) {
        list.document = find_document(i, library->store, i->doc);
        status = list.document == 0 ? EXIT_ERROR : status;
    }
    struct query q = {i, library->store, NULL};
    if (status == EXIT_FOUND) {
        q.output = output_begin(i, columns, sizeof columns / sizeof *columns);
        status = for_each_id(i, library->store, &list, visit, &q);
    }
    status = status == EXIT_ERROR ? fail(i) : output_end(q.output);
    library_close(library);
    return status;
}
