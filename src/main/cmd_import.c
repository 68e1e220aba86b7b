/* `baolan import` and `baolan forget`. */
#include "baolan/files.h"
#include "baolan/message.h"
#include "output.h"

#include <signal.h>
#include <stdio.h>
#include <unistd.h>

struct meter {
    bool shown; /* on a terminal's standard error */
    bool drawn; /* a line stands that must be cleared */
    struct import_progress last;
};

static void on_interrupt(int number)
{
    (void)number;
    library_import_interrupt();
}

/* Ctrl-C, or the terminal's end, ends the import with what is done kept; a second one ends the
 * program, which costs the open batch alone. */
static void catch_signals(void)
{
    struct sigaction action = {.sa_handler = on_interrupt, .sa_flags = (int)SA_RESETHAND};
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        sigaction(numbers[i], &action, NULL);
}

static void clear_line(struct meter *m)
{
    if (m->drawn)
        fputs("\r\033[K", stderr);
    m->drawn = false;
}

static void show_progress(void *context, const struct import_progress *p)
{
    struct meter *m = context;
    enum { BAR = 24 };
    m->last = *p;
    if (!m->shown)
        return;
    clear_line(m);
    m->drawn = true;
    if (!p->walk_done) {
        fprintf(stderr, translate("looking for files: %llu"), (unsigned long long)p->files_found);
    } else if (p->merging) {
        fputs(translate("merging the index..."), stderr);
    } else {
        double done = p->bytes_found == 0 ? 1 : (double)p->bytes_done / (double)p->bytes_found;
        double rate = p->seconds > 0 ? (double)p->bytes_done / p->seconds : 0;
        double left = rate > 0 ? (double)(p->bytes_found - p->bytes_done) / rate : 0;
        char bar[BAR + 1];
        for (int i = 0; i < BAR; i++)
            bar[i] = i < (int)(done * BAR) ? '#' : '.';
        bar[BAR] = '\0';
        fprintf(stderr, "[%s] %llu/%llu  %.1f MB  %.1f MB/s  %.0f s", bar,
                (unsigned long long)p->files_done, (unsigned long long)p->files_found,
                (double)p->bytes_done / 1e6, rate / 1e6, left);
    }
    fflush(stderr);
}

static void show_problem(void *context, const char *text)
{
    struct meter *m = context;
    clear_line(m);
    fprintf(stderr, "baolan: %s\n", text);
}

static void show_summary(struct invocation *i, struct meter *m)
{
    clear_line(m);
    if (!m->shown || i->quiet)
        return;
    fprintf(stderr,
            translate("read %llu, unchanged %llu, gone %llu, skipped %llu; %.1f MB, %.1f s\n"),
            (unsigned long long)m->last.files_read, (unsigned long long)m->last.files_unchanged,
            (unsigned long long)m->last.files_gone, (unsigned long long)m->last.files_skipped,
            (double)m->last.bytes_done / 1e6, m->last.seconds);
}

int import_paths(struct invocation *i, const char *const *paths, size_t n)
{
    struct meter meter = {.shown = !i->quiet && isatty(2)};
    struct import_options options = {
        .library = i->library,
        .publish = i->publish,
        .corrections = marks_path(i),
        .paths = paths,
        .n_paths = n,
        .encoding = i->file_encoding,
        .progress = show_progress,
        .problem = show_problem,
        .context = &meter,
    };
    catch_signals();
    enum status status = library_import(&options, &i->error);
    show_summary(i, &meter);
    if (status != STATUS_OK)
        return fail(i);
    i->error = ERROR_NONE;
    /* What was named and could not be read is an error, though the rest was read. */
    return meter.last.named_skipped > 0 ? EXIT_ERROR : EXIT_FOUND;
}

int command_import(struct invocation *i)
{
    for (int k = 0; k < i->n_operands; k++)
        if (strcmp(i->operands[k], "-") == 0)
            return fail_with("a library takes files, not standard input: save "
                             "it to one, or read it with baolan -");
    return import_paths(i, (const char *const *)i->operands, (size_t)i->n_operands);
}

int command_forget(struct invocation *i)
{
    uint64_t removed;
    if (i->n_operands == 0)
        return fail_with("which files are to be forgotten?");
    if (library_forget(i->library, (const char *const *)i->operands, (size_t)i->n_operands,
                       &removed, &i->error) != STATUS_OK)
        return fail(i);
    if (!i->quiet)
        printf(translate_count("%llu document forgotten\n", "%llu documents forgotten\n", removed),
               (unsigned long long)removed);
    return removed > 0 ? EXIT_FOUND : EXIT_NOTHING;
}
