/* Going over to another library while the interface runs: everything that belongs to the one is
 * left, and the other is opened as a new start would open it. */
#include "baolan/message.h"
#include "ui/state.h"

#include <unistd.h>

/* A library as it is to be opened here; NULL where it cannot be, which was said. */
static struct library *open_named(struct ui *ui, struct str name)
{
    struct library *now = ui->library, *next = NULL;
    struct error e = ERROR_NONE;
    const char *text = str_dup_c(ui->places, name);
    if (name.n > 1 && name.p[0] == '~')
        text = library_review_path(ui->places, text);
    if (library_open(text, &next, &e) != STATUS_OK) {
        ui_say(ui, ROLE_ERROR, "%s", e.message);
        return NULL;
    }
    if (next->store == NULL && access(next->cache_path, F_OK) != 0) {
        ui_say(ui, ROLE_ERROR,
               translate("the library “%s” has nothing yet: baolan import --library %s FOLDER"),
               text, text);
        library_close(next);
        return NULL;
    }
    e = ERROR_NONE;
    bool shared = now != NULL && now->marks != now->notes;
    if (library_share(next, shared ? now->marks_path : "", now == NULL ? "" : library_author(now),
                      &e) != STATUS_OK)
        ui_say(ui, ROLE_WARN, "%s", e.message);
    return next;
}

void libraries_leave(struct ui *ui)
{
    if (ui->library != ui->given->library)
        library_close(ui->library);
    ui->library = NULL;
}

/* One that another version of the program wrote is read anew from the folders that it remembers. */
static void read_anew(struct ui *ui)
{
    if (ui->library->store != NULL || ui->import != NULL)
        return;
    ui->look = (struct import_options){.library = ui->library->name,
                                       .corrections = ui->library->marks_path};
    if (import_start(&ui->look, &ui->import, NULL) != STATUS_OK)
        ui->import = NULL;
}

reaction libraries_open(struct ui *ui, struct str name)
{
    struct library *next = open_named(ui, name);
    if (next == NULL)
        return REACT_STATUS;
    session_save(ui);
    watching_end(ui);
    ui_close_views(ui);
    libraries_leave(ui);
    ui->library = next;
    ui->ring = ring_new(ui->arena, RING_ROOM);
    ui->left = (struct ring_place){.view = VIEW_COUNT};
    ui->list = VIEW_LIBRARY;
    ui->reading = ui->has_preview = ui->uncorrected = false;
    ui->selecting = NULL;
    ui_look_for_changes(ui);
    read_anew(ui);
    watching_begin(ui);
    session_resume(ui);
    ui_say(ui, ROLE_GOOD, translate("library: %s"), next->name);
    return REACT_LAYOUT | REACT_REPAINT;
}
