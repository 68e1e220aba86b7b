/* `baolan search`: sentences that a query finds, as FILE:LINE:SENTENCE, as grep prints them. */
#include "baolan/files.h"
#include "baolan/finder.h"
#include "baolan/layout.h"
#include "baolan/lexicon.h"
#include "baolan/message.h"
#include "baolan/width.h"
#include "output.h"
#include "place.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const struct column columns[] = {
    {"file", "", 0, false},     {"line", "", 0, true},     {"date", "", 0, false},
    {"document", "", 0, false}, {"article", "", 0, false}, {"kind", "", 0, false},
    {"text", "", 0, false},     {"matches", "", 0, false}, {"pinyin", "", 0, false},
    {"copies", "", 0, true},
};

struct search {
    struct invocation *i;
    struct library *library;
    struct output *output; /* or NULL: plain lines */
    const struct pattern *patterns;
    size_t n_patterns;
    const char *folder; /* the working one, with `/`: paths below it are shown without it */
    uint32_t context;
    uint64_t lines;    /* printed */
    uint32_t raw_last; /* the last raw line of the document that was printed */
    struct stored_document document;
};

/* One sentence with a match. */
struct found {
    const struct stored_passage *passage;
    const struct search_hit *hit;
    struct span sentence;
    const struct span *matches;
    size_t n_matches;
};

static struct str shown_path(const struct search *s)
{
    struct str path = s->document.path, folder = str_of(s->folder);
    return folder.n > 0 && str_starts(path, folder) ? str_sub(path, folder.n, path.n) : path;
}

static uint32_t line_at(const struct stored_passage *p, size_t at)
{
    uint32_t line = 0;
    for (uint32_t k = 0; k < p->n_runs && p->runs[k].at <= at; k++)
        line = p->runs[k].line;
    return line;
}

static void put_colour(const struct search *s, const char *code)
{
    if (s->i->colour)
        printf("\033[%sm", code);
}

/* Prints text with the matches [0, n) in it coloured; spans are of the text. copies: other articles
 * that print the same. */
static void print_marked(const struct search *s, struct str text, const struct span *marks,
                         size_t n, uint32_t copies)
{
    size_t at = 0;
    for (size_t k = 0; k < n; k++) {
        if (marks[k].start < at || marks[k].end > text.n)
            continue;
        print_clean(str_sub(text, at, marks[k].start));
        put_colour(s, "1;31");
        print_clean(span_of(text, marks[k]));
        put_colour(s, "0");
        at = marks[k].end;
    }
    print_clean(str_sub(text, at, text.n));
    if (copies > 0)
        printf(" 〔%s %u〕", translate("Same text"), (unsigned)copies);
    putchar('\n');
}

static void print_line_place(const struct search *s, uint32_t line, char sign)
{
    link_begin(s->document.path);
    put_colour(s, "35");
    print_clean(shown_path(s));
    put_colour(s, "0");
    link_end();
    printf("%c", sign);
    put_colour(s, "32");
    printf("%u", (unsigned)line);
    put_colour(s, "0");
    putchar(sign);
}

/* The raw lines around a match; what was printed before is not printed again. */
static enum status print_raw(struct search *s, uint32_t line)
{
    const struct raw_line *raw;
    size_t n;
    bool changed;
    uint32_t first = line > s->context ? line - s->context : 1;
    if (first <= s->raw_last)
        first = s->raw_last + 1;
    if (first > line + s->context)
        return STATUS_OK;
    if (s->lines > 0 && first > s->raw_last + 1)
        puts("--");
    enum status status = library_source_lines(s->library, s->i->arena, &s->document, first,
                                              line + s->context, &raw, &n, &changed, &s->i->error);
    for (size_t k = 0; k < n && status == STATUS_OK; k++) {
        struct span *marks;
        size_t count =
            pattern_find_all(s->i->arena, s->patterns, s->n_patterns, raw[k].text, &marks);
        print_line_place(s, raw[k].number, raw[k].number == line || count > 0 ? ':' : '-');
        print_marked(s, raw[k].text, marks, count, 0);
        s->raw_last = raw[k].number;
    }
    return status;
}

static enum status write_row(struct search *s, const struct found *f)
{
    struct stored_article article;
    struct str *matches = arena_array(s->i->arena, struct str, f->n_matches + 1);
    enum status status =
        store_article(s->library->store, s->i->arena, f->passage->article, &article, &s->i->error);
    if (status != STATUS_OK)
        return status;
    for (size_t k = 0; k < f->n_matches; k++)
        matches[k] = span_of(f->passage->text, f->matches[k]);
    output_str(s->output, s->document.path);
    output_int(s->output,
               line_at(f->passage, f->n_matches > 0 ? f->matches[0].start : f->sentence.start));
    output_str(s->output, s->document.date);
    output_str(s->output, s->document.title);
    output_str(s->output, article.title);
    output_str(s->output, str_of(passage_kind_name(f->passage->kind)));
    output_str(s->output, str_trim(span_of(f->passage->text, f->sentence)));
    output_strs(s->output, matches, (uint32_t)f->n_matches);
    output_bool(s->output, f->hit->pinyin);
    output_int(s->output, f->hit->copies);
    output_row_end(s->output);
    return STATUS_OK;
}

static enum status write_found(struct search *s, const struct found *f)
{
    size_t at = f->n_matches > 0 ? f->matches[0].start : f->sentence.start;
    enum status status = STATUS_OK;
    if (s->output != NULL)
        return write_row(s, f);
    if (s->i->context != NULL) {
        status = print_raw(s, line_at(f->passage, at));
        s->lines++;
        return status;
    }
    struct str text = span_of(f->passage->text, f->sentence);
    struct span *marks = arena_array(s->i->arena, struct span, f->n_matches + 1);
    for (size_t k = 0; k < f->n_matches; k++)
        marks[k] = (struct span){f->matches[k].start - f->sentence.start,
                                 f->matches[k].end - f->sentence.start};
    while (text.n > 0 && text.p[text.n - 1] == '\n')
        text.n--;
    print_line_place(s, line_at(f->passage, at), ':');
    print_marked(s, text, marks, f->n_matches, f->hit->copies);
    s->lines++;
    return STATUS_OK;
}

/* Goes through the sentences of a hit; returns how many have a match, printed where `print`. */
static enum status sentences(struct search *s, const struct search_hit *hit, bool print,
                             uint64_t *count)
{
    struct stored_passage passage;
    struct span *matches;
    size_t k = 0;
    enum status status =
        store_passage(s->library->store, s->i->arena, hit->passage, &passage, &s->i->error);
    if (status != STATUS_OK)
        return status;
    size_t n = pattern_find_all(s->i->arena, s->patterns, s->n_patterns, passage.text, &matches);
    struct span by_field = {hit->start, hit->end};
    if (n == 0) {
        /* What a field alone found: the place it named, or the beginning. */
        matches = &by_field;
        n = 1;
    }
    for (size_t at = 0; at < passage.text.n && k < n && status == STATUS_OK;) {
        struct span sentence = sentence_next(passage.text, &at);
        size_t first = k;
        while (k < n && matches[k].start < sentence.end)
            k++;
        if (k == first)
            continue;
        /* A match may go past the sentence's end; the next begins after it. */
        while (at < matches[k - 1].end && at < passage.text.n)
            sentence.end = sentence_next(passage.text, &at).end;
        ++*count;
        struct found f = {&passage, hit, sentence, matches + first, k - first};
        if (f.n_matches == 1 && f.matches[0].start == f.matches[0].end)
            f.n_matches = 0;
        if (print)
            status = write_found(s, &f);
    }
    return status;
}

static enum status write_group(struct search *s, const struct search_results *r, size_t group)
{
    const struct search_group *g = &r->groups[group];
    bool print = !s->i->files && !s->i->count;
    uint64_t count = 0;
    enum status status =
        store_document(s->library->store, s->i->arena, g->document, &s->document, &s->i->error);
    s->raw_last = 0;
    for (uint32_t k = 0; k < g->n && status == STATUS_OK; k++) {
        struct arena_mark mark = arena_mark(s->i->arena);
        status = sentences(s, &r->hits[g->first + k], print, &count);
        /* The rows of an output are kept in its own arena. */
        arena_release(s->i->arena, mark);
    }
    if (status != STATUS_OK || print)
        return status;
    print_clean(shown_path(s));
    if (s->i->count)
        printf(":%llu", (unsigned long long)count);
    putchar('\n');
    return STATUS_OK;
}

/* The operands as one query. */
static struct str query_text(struct invocation *i)
{
    struct buffer text = buffer_in(i->arena);
    for (int k = 0; k < i->n_operands; k++) {
        if (k > 0)
            buffer_add_byte(&text, ' ');
        buffer_add_c(&text, i->operands[k]);
    }
    /* What a terminal handed over is as little to be trusted as a file. */
    struct decoded clean;
    if (decode(i->arena, buffer_str(&text), ENCODING_UTF8, &clean, NULL) != STATUS_OK)
        return (struct str){"", 0};
    return clean.text;
}

/* Shows what is wrong, and where. */
static int wrong_query(struct invocation *i, struct str text, const struct query_problem *problem)
{
    size_t from = width_measure(str_sub(text, 0, problem->span.start), AMBIGUOUS_NARROW);
    size_t cells =
        width_measure(str_sub(text, problem->span.start, problem->span.end), AMBIGUOUS_NARROW);
    struct buffer line = buffer_in(i->arena);
    for (size_t k = 0; k < from + (cells > 0 ? cells : 1); k++)
        buffer_add_byte(&line, k < from ? ' ' : '^');
    fail_with("%.*s", STR_ARG(problem->message));
    fprintf(stderr, "  %.*s\n  %s\n", STR_ARG(text), buffer_c(&line));
    return EXIT_ERROR;
}

/* Says what can be asked. */
static int nothing_asked(void)
{
    fail_with("what is to be searched?");
    fputs("  WORD  \"WORDS\"  -WORD  OR  WORD*  metric:NAME >100\n", stderr);
    for (int field = QUERY_TEXT + 1; field < QUERY_FIELD_COUNT; field++)
        fprintf(stderr, "  %s:\t%s\n", query_field_name((enum query_field)field),
                query_field_help((enum query_field)field));
    return EXIT_ERROR;
}

static int write_results(struct search *s, const struct query *q, const struct search_results *r)
{
    struct pattern *patterns;
    s->n_patterns = query_highlights(q, s->i->arena, true, &patterns);
    s->patterns = patterns;
    if (s->i->json || s->i->csv)
        s->output = output_begin(s->i, columns, sizeof columns / sizeof *columns);
    for (size_t k = 0; k < r->n_groups; k++)
        if (write_group(s, r, k) != STATUS_OK)
            return fail(s->i);
    if (s->output != NULL)
        return output_end(s->output);
    return r->n_hits > 0 ? EXIT_FOUND : EXIT_NOTHING;
}

static const char *working_folder(struct arena *a)
{
    char path[4096];
    if (getcwd(path, sizeof path) == NULL)
        return "";
    return str_printf(a, "%s%s", path, strcmp(path, "/") == 0 ? "" : "/").p;
}

int command_search(struct invocation *i)
{
    struct search s = {.i = i, .folder = working_folder(i->arena)};
    struct search_options options = {
        .most = (uint32_t)limit_of(i, UINT32_MAX), .exact = true, .copies = i->files || i->count};
    struct str text = query_text(i);
    struct lexicons *lexicons = NULL;
    struct finder *finder;
    struct query q;
    struct query_problem problem = {{0, 0}, {NULL, 0}};
    struct search_results results;
    int exit_status = EXIT_ERROR;
    if (i->context != NULL)
        s.context = (uint32_t)strtoul(i->context, NULL, 10);
    s.library = open_library(i);
    if (s.library == NULL)
        return EXIT_ERROR;
    if (i->doc != NULL)
        options.document = find_document(i, s.library->store, i->doc);
    if (lexicons_load_figures(i->arena, NULL, &lexicons, NULL) != STATUS_OK)
        lexicons = NULL;
    if (i->doc != NULL && options.document == 0) {
        fail(i);
    } else if (finder_open(s.library, lexicons, &finder, &i->error) != STATUS_OK) {
        fail(i);
    } else {
        enum status status =
            finder_run(finder, i->arena, text, false, &options, &q, &results, &problem, &i->error);
        if (status == STATUS_OK)
            exit_status = write_results(&s, &q, &results);
        else if (status == STATUS_BAD_INPUT)
            exit_status = wrong_query(i, text, &problem);
        else if (status == STATUS_NOT_FOUND)
            exit_status = nothing_asked();
        else
            fail(i);
        finder_close(finder);
    }
    library_close(s.library);
    return exit_status;
}
