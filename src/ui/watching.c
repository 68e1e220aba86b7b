/* What is read in beside the interface: what was named at the start, and then what changes in the
 * library's folders. One import at a time; the place where one reads is kept by the views. */
#include "app/watch.h"
#include "baolan/clock.h"
#include "baolan/message.h"
#include "ui/state.h"

#include <stdio.h>

/* Before it is tried again where another process imports. */
enum { BUSY_MILLISECONDS = 2000 };

static bool is_watching(const struct ui *ui)
{
    const struct library *library = ui->library;
    return library != NULL && !library->published && !ui->given->lines &&
           !options_is(ui->options, OPTION_WATCH, "off");
}

/* An import of the folders that the library remembers. */
static void look(struct ui *ui)
{
    ui->look_again = false;
    const struct library *library = ui->library;
    ui->look =
        (struct import_options){.library = library->name, .corrections = library->marks_path};
    ui->looking = import_start(&ui->look, &ui->import, NULL) == STATUS_OK;
}

static void look_later(struct ui *ui, int milliseconds)
{
    ui->look_again = true;
    ui->look_at = clock_nanoseconds() + (int64_t)milliseconds * 1000000;
}

/* Watches the folders that the library remembers now. */
static void start_watch(struct ui *ui)
{
    struct store *store = ui_store(ui);
    const struct str *folders;
    size_t n;
    bool ask = options_is(ui->options, OPTION_WATCH, "ask");
    watch_stop(ui->watch);
    ui->watch = NULL;
    ui->told_asking = ask; /* who asked for it knows */
    snprintf(ui->watched, sizeof ui->watched, "%s", options_text(ui->options, OPTION_WATCH));
    if (store != NULL && is_watching(ui) &&
        store_folders(store, ui->places, &folders, &n, NULL) == STATUS_OK && n > 0 &&
        watch_start(folders, n, ask, &ui->watch, NULL) != STATUS_OK)
        ui->watch = NULL;
}

void watching_begin(struct ui *ui)
{
    ui->importing = ui->import != NULL;
    ui->watch_due = ui->import == NULL;
    ui->notes_version = 0;
}

void watching_options(struct ui *ui)
{
    if (ui->watched[0] == '\0' || options_is(ui->options, OPTION_WATCH, ui->watched))
        return;
    if (is_watching(ui)) {
        ui->watch_due = true;
        ui->dirty = true;
        return;
    }
    start_watch(ui);
}

void watching_painted(struct ui *ui)
{
    if (!ui->watch_due)
        return;
    ui->watch_due = false;
    start_watch(ui);
    if (ui->watch != NULL)
        look(ui); /* what changed while nobody watched */
}

void watching_end(struct ui *ui)
{
    ui->watch_due = false;
    watch_stop(ui->watch);
    ui->watch = NULL;
    if (ui->import != NULL) {
        import_cancel(ui->import);
        import_join(ui->import, NULL);
    }
    ui->import = NULL;
}

void watching_descriptors(const struct ui *ui, int descriptors[WATCHING_DESCRIPTORS])
{
    descriptors[0] = ui->import == NULL ? -1 : import_descriptor(ui->import);
    descriptors[1] = ui->watch == NULL ? -1 : watch_descriptor(ui->watch);
}

static void import_ended(struct ui *ui, const struct import_progress *progress)
{
    bool first = !ui->looking;
    struct error e = ERROR_NONE;
    enum status status = import_join(ui->import, &e);
    ui->import = NULL;
    ui->looking = false;
    if (status == STATUS_BUSY)
        look_later(ui, BUSY_MILLISECONDS);
    else if (status != STATUS_OK && status != STATUS_INTERRUPTED)
        ui_say(ui, ROLE_ERROR, "%s", e.message);
    if (status == STATUS_OK && progress->problem[0] != '\0' && progress->files_skipped > 0)
        ui_say(ui, ROLE_WARN, "%s", progress->problem);
    if (ui->uncorrected)
        library_recorrect(ui->library, ui->library->marks_path, NULL, NULL);
    ui->uncorrected = false;
    if (ui->resume_due && ui->last_key == 0)
        session_resume(ui);
    ui->resume_due = false;
    if (first || ui->watch == NULL)
        start_watch(ui);
}

static void import_news(struct ui *ui)
{
    struct import_progress progress = {0};
    bool running = import_poll(ui->import, &progress), told = ui->importing;
    ui_look_for_changes(ui);
    /* A look that finds nothing to read is not worth a word. */
    ui->importing = running && (!ui->looking || progress.bytes_found > 0);
    snprintf(ui->import_line, sizeof ui->import_line, message(MESSAGE_IMPORTING),
             (long long)progress.files_done, (long long)progress.files_found);
    ui->dirty = ui->dirty || told || ui->importing;
    if (!running)
        import_ended(ui, &progress);
}

void watching_news(struct ui *ui)
{
    if (ui->import != NULL)
        import_news(ui);
    if (ui->watch == NULL || !watch_take(ui->watch))
        return;
    if (watch_asks(ui->watch) && !ui->told_asking) {
        ui_say(ui, ROLE_DIM, "%s", message(MESSAGE_WATCH_ASKS));
        ui->told_asking = true;
    }
    if (ui->import == NULL)
        look(ui);
    else
        look_later(ui, 0);
}

/* What another person, or another terminal, put right in notes that are shared shows here too: the
 * documents are read anew beside the interface. */
static void look_for_corrections(struct ui *ui)
{
    const struct library *library = ui->library;
    if (library->published || library->marks == NULL || ui->given->lines)
        return;
    int64_t version = notes_data_version(library->marks), made;
    if (version == ui->notes_version)
        return;
    bool first = ui->notes_version == 0;
    made = notes_corrections_stamp(library->marks);
    if (!first && made != ui->corrections_made && ui->import == NULL)
        look(ui);
    else if (!first && made != ui->corrections_made)
        return; /* once the import has ended */
    ui->notes_version = version;
    ui->corrections_made = made;
}

void watching_tick(struct ui *ui)
{
    if (ui->library != NULL)
        look_for_corrections(ui);
    if (ui->watch != NULL && ui->import == NULL && ui->look_again &&
        clock_nanoseconds() >= ui->look_at)
        look(ui);
}
