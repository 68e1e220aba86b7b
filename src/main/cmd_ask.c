/* `baolan ask`: a question's figures, at most five, each a card of a few lines. */
#include "baolan/answer.h"
#include "baolan/layout.h"
#include "baolan/message.h"
#include "output.h"
#include "place.h"
#include "ui/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { MOST_CARDS = 5, WIDTH = 80, LEAST_WIDTH = 20 };

static const struct column columns[] = {
    {"metric", "", 0, false},   {"value", "", 0, true},     {"unit", "", 0, false},
    {"text", "", 0, false},     {"period", "", 0, false},   {"region", "", 0, false},
    {"subject", "", 0, false},  {"kind", "", 0, false},     {"basis", "", 0, false},
    {"sentence", "", 0, false}, {"document", "", 0, false}, {"file", "", 0, false},
    {"line", "", 0, true},      {"dispute", "", 0, false},  {"indicator", "", 0, true},
};

static void write_row(struct output *out, const struct card *c)
{
    const struct indicator *it = &c->indicator.it;
    output_str(out, it->metric);
    output_decimal(out, it->value);
    output_str(out, it->unit);
    output_str(out, it->text);
    output_str(out, it->period);
    output_str(out, c->region);
    output_str(out, it->subject);
    output_str(out, str_of(indicator_kind_name(it->kind)));
    output_str(out, it->basis);
    output_str(out, c->sentence);
    output_str(out, c->title);
    output_str(out, c->file);
    output_int(out, c->line);
    output_str(out, c->dispute);
    output_int(out, c->indicator.id);
    output_row_end(out);
}

static size_t width_of_terminal(void)
{
    struct winsize size;
    const char *columns_of = getenv("COLUMNS");
    size_t width = WIDTH;
    if (ioctl(1, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        width = size.ws_col;
    else if (columns_of != NULL && strtol(columns_of, NULL, 10) > 0)
        width = (size_t)strtol(columns_of, NULL, 10);
    return width < LEAST_WIDTH ? LEAST_WIDTH : width < WIDTH ? width : WIDTH;
}

/* Prints text as lines of at most `width` cells, each two cells in. */
static void print_wrapped(struct invocation *i, const struct lexicons *lexicons, struct str text,
                          size_t width)
{
    struct layout_options o = {.width = (unsigned)width - 2};
    if (lexicons != NULL)
        o.units = lexicons_get(lexicons, LEXICON_UNITS);
    for (size_t from = 0; from < text.n;) {
        size_t end = layout_part_end(text, from);
        struct str part = str_sub(text, from, end);
        struct layout layout = layout_text(i->arena, part, &o);
        for (size_t k = 0; k < layout.n_lines; k++) {
            fputs("  ", stdout);
            print_clean(str_sub(part, layout.lines[k].start, layout.lines[k].end));
            putchar('\n');
        }
        from = end;
    }
}

/* What the figure is of; its parts stay whole where a line has room for them. */
static void print_head(struct invocation *i, const struct lexicons *lexicons, const struct card *c,
                       size_t width)
{
    const struct indicator *it = &c->indicator.it;
    struct buffer line = buffer_in(i->arena);
    const struct str parts[] = {it->metric.n > 0 ? it->metric : it->subject,
                                words_of_period(i->arena, it->period), c->region,
                                it->metric.n > 0 ? it->subject : (struct str){NULL, 0}};
    for (size_t k = 0; k < sizeof parts / sizeof *parts; k++) {
        size_t cells = width_measure(buffer_str(&line), AMBIGUOUS_NARROW) +
                       width_measure(parts[k], AMBIGUOUS_NARROW);
        if (line.n > 0 && parts[k].n > 0 && cells + 4 > width) {
            print_wrapped(i, lexicons, buffer_str(&line), width);
            line = buffer_in(i->arena);
        }
        if (parts[k].n > 0 && line.n > 0)
            buffer_add_c(&line, "  ");
        buffer_add(&line, parts[k]);
    }
    print_wrapped(i, lexicons, buffer_str(&line), width);
}

static void print_card(struct invocation *i, const struct lexicons *lexicons, const struct card *c,
                       size_t width)
{
    const struct indicator *it = &c->indicator.it;
    print_head(i, lexicons, c, width);
    fputs(i->colour ? "\033[1m  " : "  ", stdout);
    print_clean(it->basis);
    if (it->basis.n > 0)
        putchar(' ');
    print_clean(it->text);
    /* In a table the unit stands elsewhere. */
    if (!str_ends(it->text, it->unit))
        print_clean(it->unit);
    if (it->qualifier.n > 0) {
        fputs(" (", stdout);
        print_clean(it->qualifier);
        putchar(')');
    }
    puts(i->colour ? "\033[0m" : "");
    print_wrapped(i, lexicons, c->sentence, width);
    if (c->dispute.n > 0)
        print_wrapped(i, lexicons,
                      str_printf(i->arena, "%s%.*s", translate("! check: "), STR_ARG(c->dispute)),
                      width);
    print_place_within(i->arena, c->file, c->line, c->page, 2, width);
}

static int write_cards(struct invocation *i, const struct lexicons *lexicons,
                       const struct card *cards, size_t n)
{
    if (i->json || i->csv) {
        struct output *out = output_begin(i, columns, sizeof columns / sizeof *columns);
        for (size_t k = 0; k < n; k++)
            write_row(out, &cards[k]);
        return output_end(out);
    }
    size_t width = width_of_terminal();
    for (size_t k = 0; k < n; k++) {
        if (k > 0)
            putchar('\n');
        print_card(i, lexicons, &cards[k], width);
    }
    if (n == 0)
        fputs(translate("no such figure was found\n"), stderr);
    return n > 0 ? EXIT_FOUND : EXIT_NOTHING;
}

int command_ask(struct invocation *i)
{
    struct lexicons *lexicons = NULL;
    struct finder *finder;
    struct card cards[MOST_CARDS];
    struct buffer question = buffer_in(i->arena);
    size_t n, most = (size_t)limit_of(i, MOST_CARDS);
    for (int k = 0; k < i->n_operands; k++) {
        buffer_add_c(&question, k > 0 ? " " : "");
        buffer_add_c(&question, i->operands[k]);
    }
    if (question.n == 0)
        return fail_with("what is the question?");
    struct library *library = open_library(i);
    if (library == NULL)
        return EXIT_ERROR;
    if (lexicons_load_figures(i->arena, NULL, &lexicons, NULL) != STATUS_OK)
        lexicons = NULL;
    int status = EXIT_ERROR;
    if (finder_open(library, lexicons, &finder, &i->error) != STATUS_OK) {
        fail(i);
    } else {
        if (answer(finder, library, i->arena, buffer_str(&question), cards,
                   most < MOST_CARDS ? most : MOST_CARDS, &n, &i->error) == STATUS_OK)
            status = write_cards(i, lexicons, cards, n);
        else
            fail(i);
        finder_close(finder);
    }
    library_close(library);
    return status;
}
