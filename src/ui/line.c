/* The interface as a prompt with printed answers, for terminals that cannot move their cursor, for
 * screen readers, and for pipes: the same views, commands and keys, a page of rows at a time. */
#include "baolan/message.h"
#include "ui/state.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Rows printed at a time, where the environment does not say; links offered below a page. */
enum { PAGE_ROWS = 20, LINKS_MOST = 60, LINE_ROOM = 4096 };

struct page_link {
    size_t row;
    uint32_t link;
};

struct line_mode {
    struct ui *ui;
    struct page_link links[LINKS_MOST];
    size_t n_links;
    bool ended; /* there is no more input */
};

/* As a screen would draw it: what has no shape is not sent. */
static void print(struct str text)
{
    struct cluster cluster;
    for (size_t at = 0; cluster_next(text, &at, AMBIGUOUS_NARROW, &cluster);)
        fwrite(cluster.draw.p, 1, cluster.draw.n, stdout);
}

/* Prints a row; of a list without the room that its columns have on a screen. */
static void print_row(const struct row *row, bool is_text)
{
    size_t blanks = 0;
    for (size_t i = 0; i < row->runs.n; i++) {
        struct str text = row->runs.at[i].text;
        struct cluster cluster;
        for (size_t at = 0; cluster_next(text, &at, AMBIGUOUS_NARROW, &cluster);) {
            blanks = str_eq(cluster.draw, STR(" ")) ? blanks + 1 : 0;
            if (is_text || blanks <= 2)
                fwrite(cluster.draw.p, 1, cluster.draw.n, stdout);
        }
    }
}

/* A link's text stands once in the list, however often it stands in the page. */
static bool was_listed(const struct str names[LINKS_MOST], size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(names[i], names[n]))
            return true;
    return false;
}

/* Notes the links of a row with their text, which may go on from the row before. */
static void note_links(struct line_mode *m, const struct row *row, size_t index,
                       struct str names[LINKS_MOST])
{
    for (size_t i = 0; i < row->runs.n; i++) {
        const struct run *run = &row->runs.at[i];
        size_t k = 0;
        while (k < m->n_links && m->links[k].link != run->link)
            k++;
        if (run->link == NO_LINK || k == LINKS_MOST)
            continue;
        if (k < m->n_links) {
            names[k] = str_printf(row->arena, "%.*s%.*s", STR_ARG(names[k]), STR_ARG(run->text));
            continue;
        }
        names[k] = run->text;
        m->links[m->n_links++] = (struct page_link){index, run->link};
    }
}

static void print_headers(struct view *v)
{
    struct row rows[8];
    for (size_t i = 0; i < 8; i++)
        rows[i] = row_in(v->ui->paint, AMBIGUOUS_NARROW);
    size_t n = v->ops->header == NULL ? 0 : v->ops->header(v, rows, 8);
    for (size_t i = 0; i < n; i++) {
        fputs("     ", stdout);
        print_row(&rows[i], false);
        putchar('\n');
    }
}

static void print_page(struct line_mode *m)
{
    struct ui *ui = m->ui;
    struct str names[LINKS_MOST];
    arena_reset(ui->paint);
    layout_panes(ui);
    struct view *v = ui_focused(ui);
    m->n_links = 0;
    if (v == NULL)
        return;
    bool is_text = v->ops->context == CONTEXT_READER;
    size_t n = v->ops->count(v), end = v->top + (size_t)v->height;
    struct row title = row_in(ui->paint, AMBIGUOUS_NARROW);
    if (v->ops->title != NULL)
        v->ops->title(v, &title);
    fputs("== ", stdout);
    print_row(&title, false);
    printf(" (%zu-%zu/%zu)\n", n == 0 ? (size_t)0 : v->top + 1, end < n ? end : n, n);
    if (!is_text)
        print_headers(v);
    for (size_t i = v->top; i < n && i < end; i++) {
        struct row row = row_in(ui->paint, AMBIGUOUS_NARROW);
        v->ops->row(v, i, &row);
        note_links(m, &row, i, names);
        if (!is_text)
            printf("%c%3zu ", i == v->focus ? '>' : ' ', i + 1);
        print_row(&row, is_text);
        putchar('\n');
    }
    if (n == 0)
        printf("%s\n", message(MESSAGE_EMPTY));
    for (size_t i = 0; is_text && i < m->n_links; i++) {
        if (was_listed(names, i))
            continue;
        printf("[%zu] ", i + 1);
        print(names[i]);
        putchar('\n');
    }
}

/* Reads a line without its end; false where there is no more. */
static bool read_line(struct line_mode *m, const char *label, char line[LINE_ROOM])
{
    fputs(label, stdout);
    fflush(stdout);
    if (fgets(line, LINE_ROOM, stdin) == NULL) {
        m->ended = true;
        return false;
    }
    line[strcspn(line, "\r\n")] = '\0';
    return true;
}

/* The row of a list, or the link of a text, of that number. */
static reaction open_number(struct line_mode *m, size_t number)
{
    struct view *v = ui_focused(m->ui);
    bool is_text = v->ops->context == CONTEXT_READER;
    if (number == 0 || number > (is_text ? m->n_links : v->ops->count(v))) {
        ui_say(m->ui, ROLE_WARN, "%s", message(MESSAGE_NO_LINK));
        return REACT_STATUS;
    }
    v->focus = is_text ? m->links[number - 1].row : number - 1;
    v->link = is_text ? m->links[number - 1].link : NO_LINK;
    window_fit(v);
    return v->ops->enter == NULL ? REACT_VIEW : v->ops->enter(v);
}

/* The command that keys are bound to here, or an empty text. */
static struct str bound_line(struct ui *ui, struct str text)
{
    const struct binding *b = NULL;
    key keys[KEYS_MAX];
    int n = 0;
    struct view *v = ui_focused(ui);
    for (size_t at = 0; at < text.n; n++) {
        keys[n < KEYS_MAX ? n : 0] = key_read(text, &at);
        if (n >= KEYS_MAX)
            return STR("");
    }
    return keymap_find(ui->keymap, v->ops->context, keys, n, &b) == KEY_BOUND ? b->line : STR("");
}

static reaction answer(struct line_mode *m, const char *line)
{
    struct ui *ui = m->ui;
    struct str text = str_trim(str_of(line));
    char *end;
    unsigned long number = strtoul(line, &end, 10);
    if (text.n == 0)
        return command_run(ui, STR("page-down"));
    if (*end == '\0' && end != line)
        return open_number(m, number);
    if (text.p[0] == ':')
        return command_run(ui, str_sub(text, 1, text.n));
    /* Keys that ask for more have it behind them; ! alone may be a mark of the review. */
    struct str first = str_sub(text, 0, 1), rest = str_sub(text, 1, text.n);
    if (text.n > 1 && strchr("/&|!", text.p[0]) != NULL) {
        struct str asks = text.p[0] == '!' ? STR("shell") : bound_line(ui, first);
        return command_run(ui, str_printf(ui->places, "%.*s %.*s", STR_ARG(asks), STR_ARG(rest)));
    }
    struct str bound = bound_line(ui, text);
    return command_run(ui, bound.n > 0 ? bound : text);
}

/* A prompt that a command asked for is answered by the next line. */
static reaction answer_prompts(struct line_mode *m)
{
    struct ui *ui = m->ui;
    char line[LINE_ROOM];
    reaction r = REACT_NONE;
    while (ui->prompt.active && read_line(m, ui->prompt.label, line)) {
        struct str text = str_dup(ui->places, str_of(line));
        ui->prompt.active = false;
        if (ui->prompt.changed != NULL)
            r |= ui->prompt.changed(ui, ui->prompt.context, text);
        r |= ui->prompt.done(ui, ui->prompt.context, text);
    }
    return r;
}

/* Files that are being read in are waited for: what is printed stays. */
static void wait_for_import(struct ui *ui)
{
    while (ui->importing) {
        struct pollfd wait = {.fd = import_descriptor(ui->import), .events = POLLIN};
        poll(&wait, 1, -1);
        watching_news(ui);
    }
}

static int number_of(const char *name, int otherwise)
{
    const char *value = getenv(name);
    long number = value == NULL ? 0 : strtol(value, NULL, 10);
    return number >= 10 && number <= 1000 ? (int)number : otherwise;
}

static void say(const struct ui *ui)
{
    fputs("* ", stdout);
    print(str_of(ui->said));
    putchar('\n');
}

void line_run(struct ui *ui)
{
    struct line_mode m = {.ui = ui};
    char line[LINE_ROOM];
    /* The bars and the status line are no part of a page. */
    ui->rows = number_of("LINES", PAGE_ROWS + 4) - 1;
    ui->columns = number_of("COLUMNS", 80);
    options_set(ui->options, STR("access"), STR("on"), NULL);
    wait_for_import(ui);
    print_page(&m);
    while (!ui->quit && !m.ended) {
        if (ui->said[0] != '\0')
            say(ui);
        ui->said[0] = '\0';
        ui_warn(ui);
        if (ui->said[0] != '\0')
            continue;
        if (!read_line(&m, "> ", line))
            break;
        reaction r = answer(&m, line) | answer_prompts(&m);
        if (r & REACT_QUIT)
            ui->quit = true;
        while (!ui->quit && loop_rest(ui)) /* a page is printed once: with all its rows */
            r |= REACT_VIEW;
        if (!ui->quit && r & (REACT_ROW | REACT_VIEW | REACT_LAYOUT))
            print_page(&m);
        arena_reset(ui->places);
    }
    fflush(stdout);
}
