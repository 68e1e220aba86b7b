/* `baolan list` and `baolan show`. */
#include "baolan/message.h"
#include "baolan/width.h"
#include "output.h"

#include <stdio.h>
#include <stdlib.h>

static const struct column document_columns[] = {
    {"id", N_("no."), 8, true},
    {"date", N_("date"), 10, false},
    {"place", N_("place"), 20, false},
    {"paper", N_("paper"), 20, false},
    {"edition", N_("page"), 8, false},
    {"title", N_("title"), 60, false},
    {"articles", N_("articles"), 6, true},
    {"proposals", N_("proposals"), 6, true},
    {"indicators", N_("figures"), 8, true},
    {"characters", N_("length"), 9, true},
    {"replaced", "", 0, true},
    {"copied", N_("Same text"), 6, true},
    {"path", N_("file"), 80, false},
};

/* How many articles of a document are near copies of articles of others, or have some. */
static enum status count_copied(struct invocation *i, struct store *s,
                                const struct stored_document *d, int64_t *n)
{
    *n = 0;
    for (uint32_t k = 0; k < d->articles; k++) {
        uint32_t copies;
        enum status status = store_copies_count(s, d->first_article + k, &copies, &i->error);
        if (status != STATUS_OK)
            return status;
        *n += copies > 0;
    }
    return STATUS_OK;
}

static void document_row(struct output *l, const struct stored_document *d, int64_t copied)
{
    output_int(l, d->id);
    output_str(l, d->date);
    output_str(l, d->place);
    output_str(l, d->paper);
    output_str(l, d->edition);
    output_str(l, d->title);
    output_int(l, d->articles);
    output_int(l, d->proposals);
    output_int(l, d->indicators);
    output_int(l, d->characters);
    output_int(l, d->replaced);
    output_int(l, copied);
    output_str(l, d->path);
    output_row_end(l);
}

/* The order that --sort names, of those that a list has. */
bool order_named(struct invocation *i, enum store_list list, enum store_order otherwise,
                 enum store_order *order)
{
    static const struct {
        enum store_list list;
        const char *name;
    } orders[] = {
#define X(id, list, name) [id] = {list, name},
        ORDER_TABLE(X)
#undef X
    };
    *order = otherwise;
    if (i->sort == NULL)
        return true;
    for (size_t k = 0; k < ORDER_COUNT; k++)
        if ((orders[k].list == list || orders[k].list == LIST_COUNT) &&
            strcmp(orders[k].name, i->sort) == 0) {
            *order = (enum store_order)k;
            return true;
        }
    fail_with("there is no order by %s", i->sort);
    return false;
}

int for_each_id(struct invocation *i, struct store *s, const struct list_query *q, row_visit *visit,
                void *context)
{
    uint32_t ids[256];
    size_t n;
    struct list_from from = {0};
    do {
        if (store_list(s, q, from, ids, sizeof ids / sizeof *ids, &n, &i->error) != STATUS_OK)
            return EXIT_ERROR;
        struct arena_mark mark = arena_mark(i->arena);
        for (size_t k = 0; k < n && i->left > 0; k++) {
            enum status status = visit(context, ids[k]);
            if (status != STATUS_OK && i->error.status != STATUS_OK)
                return EXIT_ERROR;
            i->left -= status == STATUS_OK;
            arena_release(i->arena, mark);
        }
        from.after = n > 0 ? ids[n - 1] : 0;
    } while (n > 0 && i->left > 0);
    return EXIT_FOUND;
}

struct document_query {
    struct invocation *i;
    struct store *store;
    struct output *output;
};

static enum status visit_document(void *context, uint32_t id)
{
    struct document_query *o = context;
    struct stored_document d;
    enum status status = store_document(o->store, o->i->arena, id, &d, &o->i->error);
    int64_t copied;
    if (status == STATUS_OK)
        status = count_copied(o->i, o->store, &d, &copied);
    if (status == STATUS_OK)
        document_row(o->output, &d, copied);
    return status;
}

static const struct column article_columns[] = {
    {"article", N_("no."), 6, true},
    {"title", N_("title"), 60, false},
    {"kicker", "", 0, false},
    {"subtitle", "", 0, false},
    {"byline", N_("by"), 30, false},
    {"year", N_("year"), 6, true},
    {"date", N_("date"), 10, false},
    {"place", N_("place"), 20, false},
    {"indicators", N_("figures"), 8, true},
    {"characters", N_("length"), 9, true},
    {"copies", N_("Same text"), 6, true},
};

static int list_articles(struct invocation *i, struct store *s, uint32_t document)
{
    struct stored_document d;
    struct stored_article article;
    const uint32_t *copies;
    size_t n_copies;
    if (store_document(s, i->arena, document, &d, &i->error) != STATUS_OK)
        return fail(i);
    struct output *l =
        output_begin(i, article_columns, sizeof article_columns / sizeof *article_columns);
    for (uint32_t k = 0; k < d.articles; k++) {
        if (store_article(s, i->arena, d.first_article + k, &article, &i->error) != STATUS_OK)
            return fail(i);
        struct str *names = arena_array(i->arena, struct str, article.n_credits + 1);
        for (uint32_t c = 0; c < article.n_credits; c++)
            names[c] = article.credits[c].name;
        output_int(l, k + 1);
        output_str(l, article.title);
        output_str(l, article.kicker);
        output_str(l, article.subtitle);
        output_strs(l, names, article.n_credits);
        output_year(l, article.year);
        output_str(l, article.date);
        output_str(l, article.place);
        output_int(l, article.indicators);
        output_int(l, article.characters);
        if (store_copies(s, i->arena, article.id, &copies, &n_copies, &i->error) != STATUS_OK)
            return fail(i);
        output_int(l, (int64_t)n_copies);
        output_row_end(l);
    }
    return output_end(l);
}

int command_list(struct invocation *i)
{
    struct list_query q = {.list = LIST_DOCUMENTS, .descending = i->reverse};
    struct library *library = open_library(i);
    if (library == NULL)
        return EXIT_ERROR;
    int status = EXIT_ERROR;
    if (i->n_operands > 0) {
        uint32_t document = find_document(i, library->store, i->operands[0]);
        status = document == 0 ? fail(i) : list_articles(i, library->store, document);
    } else if (order_named(i, LIST_DOCUMENTS, ORDER_PATH, &q.order)) {
        struct document_query o = {
            i, library->store,
            output_begin(i, document_columns, sizeof document_columns / sizeof *document_columns)};
        status = for_each_id(i, library->store, &q, visit_document, &o);
        int found = output_end(o.output);
        status = status == EXIT_ERROR ? fail(i) : found;
    }
    library_close(library);
    return status;
}

/* What DOC#ARTICLE§SECTION names. */
struct target {
    char *document, *article, *section; /* article and section may be NULL */
};

static struct target target_of(struct arena *a, const char *operand)
{
    struct target t = {str_dup_c(a, str_of(operand)), NULL, NULL};
    char *section = strstr(t.document, "§");
    if (section != NULL) {
        *section = '\0';
        t.section = section + strlen("§");
    }
    t.article = strrchr(t.document, '#');
    if (t.article != NULL)
        *t.article++ = '\0';
    return t;
}

static void print_heading(const struct stored_passage *p, bool colour)
{
    for (uint32_t k = 0; k < p->level; k++)
        fputs("  ", stdout);
    if (colour)
        fputs("\033[1m", stdout);
    print_clean(p->text);
    puts(colour ? "\033[0m" : "");
}

static void print_passage(const struct invocation *i, const struct stored_passage *p)
{
    switch (p->kind) {
    case PASSAGE_TITLE:
        if (i->colour)
            fputs("\033[1m", stdout);
        print_clean(p->text);
        puts(i->colour ? "\033[0m" : "");
        break;
    case PASSAGE_HEADING:
        putchar('\n');
        print_heading(p, i->colour);
        break;
    case PASSAGE_BODY:
    case PASSAGE_NOTE:
        fputs("　　", stdout);
        print_clean(p->text);
        putchar('\n');
        break;
    case PASSAGE_CAPTION:
        fputs("（", stdout);
        print_clean(p->text);
        puts("）");
        break;
    default:
        print_clean(p->text);
        putchar('\n');
        break;
    }
}

/* True where the passage stands below the heading. */
static bool is_below(const struct stored_article *article, const struct stored_passage *p,
                     uint32_t heading)
{
    uint32_t at = p->id == heading ? heading : p->heading;
    while (at != 0 && at != heading && at >= article->first_passage &&
           at < article->first_passage + article->n_passages)
        at = article->passages[at - article->first_passage].heading;
    return at == heading;
}

/* The heading of a section by its number among those of the highest level, or a part of its text;
 * 0 where there is none. */
static uint32_t find_section(const struct stored_article *article, const char *section)
{
    char *end;
    unsigned long number = strtoul(section, &end, 10), n = 0;
    for (uint32_t k = 0; k < article->n_passages && *section != '\0' && *end == '\0'; k++)
        if (article->passages[k].kind == PASSAGE_HEADING && article->passages[k].heading == 0 &&
            ++n == number)
            return article->passages[k].id;
    for (uint32_t k = 0; k < article->n_passages; k++)
        if (article->passages[k].kind == PASSAGE_HEADING &&
            str_has(article->passages[k].text, str_of(section)))
            return article->passages[k].id;
    return 0;
}

static void print_raw(struct invocation *i, struct library *library,
                      const struct stored_document *d, const struct stored_passage *p)
{
    const struct raw_line *lines;
    size_t n;
    bool changed;
    if (p->n_runs == 0)
        return;
    uint32_t first = p->runs[0].line, last = first;
    for (uint32_t k = 0; k < p->n_runs; k++) {
        first = p->runs[k].line < first ? p->runs[k].line : first;
        last = p->runs[k].line > last ? p->runs[k].line : last;
    }
    if (library_source_lines(library, i->arena, d, first, last, &lines, &n, &changed, NULL) !=
        STATUS_OK)
        return;
    for (size_t k = 0; k < n; k++) {
        printf("%6u  ", (unsigned)lines[k].number);
        print_clean(lines[k].text);
        putchar('\n');
    }
}

/* 同文 云泽日报 A03 2023-06-12 《…》 12#3: a line for each near copy, as `show` takes it. */
static bool print_copies(struct invocation *i, struct store *s, uint32_t article)
{
    const uint32_t *ids;
    size_t n;
    if (store_copies(s, i->arena, article, &ids, &n, &i->error) != STATUS_OK)
        return false;
    for (size_t k = 0; k < n; k++) {
        struct stored_article it;
        struct stored_document d;
        if (store_article(s, i->arena, ids[k], &it, &i->error) != STATUS_OK ||
            store_document(s, i->arena, it.document, &d, &i->error) != STATUS_OK)
            return false;
        const struct str parts[] = {d.paper, d.edition, d.date};
        fputs(translate("Same text"), stdout);
        for (size_t part = 0; part < sizeof parts / sizeof *parts; part++) {
            if (parts[part].n > 0)
                putchar(' ');
            print_clean(parts[part]);
        }
        fputs(" 《", stdout);
        print_clean(it.title);
        printf("》 %u#%u\n", (unsigned)d.id, (unsigned)(it.id - d.first_article + 1));
    }
    return true;
}

/* Prints an article, or its section; false where it has none such. */
static bool show_article(struct invocation *i, struct library *library,
                         const struct stored_document *d, uint32_t id, const char *section)
{
    struct stored_article article;
    if (store_load_article(library->store, i->arena, id, &article, &i->error) != STATUS_OK)
        return false;
    uint32_t heading = section == NULL ? 0 : find_section(&article, section);
    if (section != NULL && heading == 0)
        return false;
    for (uint32_t k = 0; k < article.n_passages; k++) {
        const struct stored_passage *p = &article.passages[k];
        if (heading != 0 && !is_below(&article, p, heading))
            continue;
        if (i->raw)
            print_raw(i, library, d, p);
        else
            print_passage(i, p);
    }
    putchar('\n');
    return i->raw || section != NULL || print_copies(i, library->store, id);
}

/* The article by its number in the document, or a part of its title. */
static bool article_is(struct invocation *i, struct store *s, const char *wanted, uint32_t number,
                       uint32_t id)
{
    struct stored_article article;
    char *end;
    if (wanted == NULL || *wanted == '\0')
        return true;
    unsigned long n = strtoul(wanted, &end, 10);
    if (*end == '\0')
        return n == number;
    return store_article(s, i->arena, id, &article, NULL) == STATUS_OK &&
           str_has(article.title, str_of(wanted));
}

/* Says which article or section a document lacks, and how to see those that it has. */
static int fail_with_absent(uint32_t document, const char *article, const char *section)
{
    if (section != NULL)
        return fail_with("document %u has no section %s; baolan show %u prints it all",
                         (unsigned)document, section, (unsigned)document);
    return fail_with("document %u has no article %s; baolan list %u lists them", (unsigned)document,
                     article, (unsigned)document);
}

int show_document(struct invocation *i, struct library *library, uint32_t document,
                  const char *article, const char *section)
{
    struct stored_document d;
    bool shown = false, has_article = false;
    if (store_document(library->store, i->arena, document, &d, &i->error) != STATUS_OK)
        return fail(i);
    for (uint32_t k = 0; k < d.articles; k++) {
        struct arena_mark mark = arena_mark(i->arena);
        if (article_is(i, library->store, article, k + 1, d.first_article + k)) {
            has_article = true;
            shown |= show_article(i, library, &d, d.first_article + k, section);
        }
        arena_release(i->arena, mark);
    }
    if (i->error.status != STATUS_OK)
        return fail(i);
    if (!shown && (article != NULL || section != NULL))
        return fail_with_absent(document, article, article == NULL || has_article ? section : NULL);
    return shown ? EXIT_FOUND : EXIT_NOTHING;
}

int command_show(struct invocation *i)
{
    if (i->n_operands == 0)
        return fail_with("which document?");
    struct library *library = open_library(i);
    if (library == NULL)
        return EXIT_ERROR;
    int status = EXIT_NOTHING;
    for (int k = 0; k < i->n_operands && status != EXIT_ERROR; k++) {
        /* A path may itself hold a #. */
        uint32_t document = find_document(i, library->store, i->operands[k]);
        struct target t = {i->operands[k], NULL, NULL};
        if (document == 0) {
            i->error = ERROR_NONE;
            t = target_of(i->arena, i->operands[k]);
            document = find_document(i, library->store, t.document);
        }
        int one =
            document == 0 ? fail(i) : show_document(i, library, document, t.article, t.section);
        status = one == EXIT_NOTHING ? status : one;
    }
    library_close(library);
    return status;
}
