/* `baolan chart METRIC [SUBJECT]`: a series as bars, to any terminal or pipe. */
#include "app/figures.h"
#include "app/metric_choice.h"
#include "baolan/lexicon.h"
#include "baolan/message.h"
#include "baolan/vector.h"
#include "baolan/width.h"
#include "commands.h"
#include "output.h"
#include "ui/words.h"

#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* Series drawn without --limit. */
enum { SERIES_MOST = 12 };

struct chart {
    struct invocation *i;
    struct store *store;
    struct lexicons *lexicons; /* NULL: not installed */
    VECTOR(struct series_figure) figures;
    struct map points; /* metric, series, period: those that have their figure */
    uint32_t kinds;
};

static int screen_width(void)
{
    struct winsize size;
    const char *set = getenv("COLUMNS");
    int width = set == NULL ? 0 : (int)strtol(set, NULL, 10);
    if (width <= 0 && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
        width = size.ws_col;
    return width <= 0 ? 80 : width < 40 ? 40 : width > 200 ? 200 : width;
}

/* Blocks go to a terminal that speaks UTF-8, and to a pipe. */
static bool wants_ascii(const struct invocation *i)
{
    if (i->ascii)
        return true;
    if (!isatty(STDOUT_FILENO))
        return false;
    const char *term = getenv("TERM");
    setlocale(LC_CTYPE, "");
    return strcmp(nl_langinfo(CODESET), "UTF-8") != 0 ||
           (term != NULL && strcmp(term, "dumb") == 0);
}

/* --- Reading --------------------------------------------------------------------------------- */

static bool has_subject(const struct invocation *i, const struct stored_indicator *it)
{
    for (int k = 1; k < i->n_operands; k++)
        if (!str_has(it->it.subject, str_of(i->operands[k])) &&
            !str_has(it->it.region, str_of(i->operands[k])))
            return false;
    return true;
}

/* False where a figure before it stands for its series and period: so memory grows with what may
 * be drawn. Those that only their article tells the owner of are looked at together (series.h). */
static bool is_new_point(struct chart *c, uint32_t metric, const struct series_figure *f)
{
    if (f->home != 0)
        return true;
    struct str key = str_printf(c->i->arena, "%u\n%d%d%d\n%.*s\n%.*s\n%.*s\n%.*s", metric,
                                (int)f->kind, f->target, (int)f->pace, STR_ARG(f->subject),
                                STR_ARG(f->region), STR_ARG(f->base_unit), STR_ARG(f->period));
    if (map_get(&c->points, key) != NULL)
        return false;
    map_put(&c->points, key, NULL);
    return true;
}

static enum status read_metric(struct chart *c, const struct metric_choice *of, size_t metric)
{
    struct list_query query = {.list = LIST_INDICATORS,
                               .order = ORDER_ID,
                               .metric = of->ids[metric],
                               .kinds = c->kinds,
                               .period = str_of(c->i->period)};
    struct list_from from = {0};
    uint32_t ids[256];
    size_t found = 256;
    enum status status = STATUS_OK;
    while (status == STATUS_OK && found == 256) {
        status = store_list(c->store, &query, from, ids, 256, &found, &c->i->error);
        for (size_t k = 0; status == STATUS_OK && k < found; k++) {
            struct stored_indicator it;
            struct arena_mark mark = arena_mark(c->i->arena);
            status = store_indicator(c->store, c->i->arena, ids[k], &it, &c->i->error);
            bool drawn = status == STATUS_OK && metric_choice_admits(of, metric, it.it.subject) &&
                         has_subject(c->i, &it);
            struct series_figure f = {0};
            if (drawn)
                f = figures_series(c->i->arena, c->lexicons, &it);
            if (drawn && is_new_point(c, it.metric, &f))
                vector_push(c->i->arena, &c->figures, f);
            else
                arena_release(c->i->arena, mark);
        }
        from.after = found > 0 ? ids[found - 1] : 0;
    }
    return status;
}

static enum status read_figures(struct chart *c, struct str name)
{
    struct metric_choice of;
    enum status status = metric_choice(c->store, c->i->arena, c->lexicons, name, &of, &c->i->error);
    for (size_t k = 0; k < of.n && status == STATUS_OK; k++)
        status = read_metric(c, &of, k);
    return status;
}

/* --- Writing --------------------------------------------------------------------------------- */

static void write_name(const struct chart *c, const struct series *s)
{
    const struct str parts[] = {s->region, s->subject, s->metric};
    bool first = true;
    for (size_t i = 0; i < 3; i++) {
        if (parts[i].n == 0 || (i == 0 && str_has(s->subject, s->region)))
            continue;
        if (!first)
            putchar(' ');
        first = false;
        print_clean(parts[i]);
    }
    if (s->kind != INDICATOR_LEVEL)
        printf(" %s", words_of_indicator(s->kind));
    if (s->kind == INDICATOR_RANK)
        printf("  %s", message(MESSAGE_CHART_RANK));
    struct stored_article article;
    struct error quiet = ERROR_NONE;
    if (s->home != 0 &&
        store_article(c->store, c->i->arena, s->home, &article, &quiet) == STATUS_OK) {
        printf("  ");
        print_clean(article.title);
    }
    putchar('\n');
}

static size_t wider(size_t most, struct str text)
{
    size_t width = width_measure(text, AMBIGUOUS_NARROW);
    return width > most ? width : most;
}

static void write_bar(struct invocation *i, const struct series_figure *f, struct str label,
                      size_t label_width, const struct series_scale *scale, bool ascii)
{
    struct buffer line = buffer_in(i->arena);
    width_pad(&line, label, label_width, ALIGN_RIGHT, AMBIGUOUS_NARROW);
    buffer_add_byte(&line, ' ');
    series_draw(&line, scale, decimal_double(f->base), f->target, ascii);
    buffer_add_byte(&line, ' ');
    buffer_add(&line, f->text);
    if (f->target)
        buffer_printf(&line, " %s", message(MESSAGE_CHART_TARGET));
    print_clean(buffer_str(&line));
    putchar('\n');
}

/* Cells of the periods' names and of the values, the same in all series: their bars compare. */
struct chart_widths {
    size_t label, value;
};

static struct str name_of(struct arena *a, const struct series_point *p)
{
    return p->period.n == 0 ? str_of(message(MESSAGE_NO_PERIOD)) : words_of_period(a, p->period);
}

static struct chart_widths chart_widths(struct arena *a, const struct series *all, size_t n)
{
    struct chart_widths w = {4, 4};
    for (size_t i = 0; i < n; i++)
        for (uint32_t k = 0; k < all[i].n_points; k++) {
            const struct series_point *p = &all[i].points[k];
            w.label = wider(w.label, name_of(a, p));
            if (p->actual != NULL)
                w.value = wider(w.value, p->actual->text);
            if (p->target != NULL)
                w.value = wider(w.value, p->target->text);
        }
    w.label = w.label > 24 ? 24 : w.label;
    return w;
}

static void write_series(const struct chart *c, const struct series *all, size_t n, size_t which,
                         const struct chart_widths *w)
{
    struct invocation *i = c->i;
    const struct series *s = &all[which];
    int room = screen_width() - (int)w->label - (int)w->value - 10;
    struct series_scale scale = series_scale_among(all, n, s, room < 8 ? 8 : (unsigned)room);
    bool ascii = wants_ascii(i);
    write_name(c, s);
    for (uint32_t k = 0; k < s->n_points; k++) {
        const struct series_point *p = &s->points[k];
        struct str name = name_of(i->arena, p);
        if (p->actual != NULL)
            write_bar(i, p->actual, name, w->label, &scale, ascii);
        if (p->target != NULL)
            write_bar(i, p->target, p->actual == NULL ? name : STR(""), w->label, &scale, ascii);
    }
}

static void write_chart(const struct chart *c, const struct series *all, size_t n)
{
    struct chart_widths w = chart_widths(c->i->arena, all, n);
    for (size_t k = 0; k < n; k++) {
        if (k > 0)
            putchar('\n');
        write_series(c, all, n, k, &w);
    }
}

static int write_rows(struct invocation *i, const struct series *all, size_t n)
{
    static const struct column columns[] = {
        {"metric", N_("metric"), 24, false}, {"subject", N_("subject"), 24, false},
        {"place", N_("place"), 14, false},   {"kind", N_("kind"), 6, false},
        {"period", N_("period"), 12, false}, {"target", N_("target"), 6, false},
        {"text", N_("printed"), 16, true},   {"base", N_("value"), 18, true},
        {"base_unit", N_("unit"), 8, false}, {"id", "", 0, true},
    };
    struct output *l = output_begin(i, columns, sizeof columns / sizeof *columns);
    for (size_t k = 0; k < n; k++)
        for (uint32_t p = 0; p < all[k].n_points; p++) {
            const struct series_figure *both[] = {all[k].points[p].actual, all[k].points[p].target};
            for (int b = 0; b < 2; b++) {
                if (both[b] == NULL)
                    continue;
                output_str(l, both[b]->metric);
                output_str(l, both[b]->subject);
                output_str(l, both[b]->region);
                output_kind(l, &INDICATOR_NAMES, (int)both[b]->kind);
                output_str(l, both[b]->period);
                output_bool(l, both[b]->target);
                output_str(l, both[b]->text);
                output_decimal(l, both[b]->base);
                output_str(l, both[b]->base_unit);
                output_int(l, both[b]->id);
                output_row_end(l);
            }
        }
    return output_end(l);
}

int command_chart(struct invocation *i)
{
    struct chart c = {.i = i, .points = map_in(i->arena)};
    const struct series *all;
    size_t n;
    if (i->n_operands == 0)
        return fail_with("a metric's name is wanted");
    if (i->kind != NULL && !kinds_named(i->kind, &INDICATOR_NAMES, &c.kinds))
        return EXIT_ERROR;
    if (lexicons_load_figures(i->arena, NULL, &c.lexicons, NULL) != STATUS_OK)
        c.lexicons = NULL;
    struct library *library = open_library(i);
    if (library == NULL)
        return EXIT_ERROR;
    c.store = library->store;
    int status = EXIT_NOTHING;
    if (read_figures(&c, str_of(i->operands[0])) != STATUS_OK) {
        status = fail(i);
    } else if (c.figures.n > 0) {
        series_divide(i->arena, c.figures.at, c.figures.n, &all, &n);
        uint64_t most = limit_of(i, SERIES_MOST);
        n = n < most ? n : (size_t)most;
        status = EXIT_FOUND;
        if (i->json || i->csv)
            status = write_rows(i, all, n);
        else
            write_chart(&c, all, n);
    }
    library_close(library);
    return status;
}
