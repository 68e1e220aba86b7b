#include "ui/name_edit.h"

#include "app/name_edits.h"
#include "baolan/message.h"
#include "ui/state.h"

/* Says what was done, and shows it. */
static reaction done(struct ui *ui, enum status status, bool applied, const struct error *e,
                     struct str words)
{
    if (status != STATUS_OK)
        ui_say(ui, ROLE_ERROR, "%s", e->message);
    else if (applied)
        ui_say(ui, ROLE_GOOD, "%s", str_dup_c(ui->places, words));
    else
        ui_say(ui, ROLE_WARN, translate("kept, and shown after the next import: %s"), e->message);
    ui_look_for_changes(ui);
    return REACT_LAYOUT;
}

static reaction edit(struct view *v, enum name_edit_kind kind, uint32_t id, uint32_t other,
                     struct str text)
{
    struct ui *ui = v->ui;
    struct error e = ERROR_NONE;
    struct stored_entity own = {0}, into = {0};
    bool applied = false;
    struct store *s = ui_store(ui);
    enum status status = store_entity(s, ui->places, id, &own, &e);
    if (status == STATUS_OK && other != 0)
        status = store_entity(s, ui->places, other, &into, &e);
    struct name_edit made = {
        .kind = kind, .name = own.name, .other = other != 0 ? into.name : text};
    struct str words = status == STATUS_OK ? name_edit_words(ui->places, &made) : STR("");
    if (status == STATUS_OK)
        status = library_edit_name(ui_library(ui), kind, id, other, text, &applied, &e);
    return done(ui, status, applied, &e, words);
}

static reaction renamed(struct ui *ui, void *context, struct str text)
{
    struct name_here *here = context;
    (void)ui;
    return text.p == NULL || str_trim(text).n == 0 || here->entity == 0
               ? REACT_STATUS
               : edit(here->view, NAME_RENAME, here->entity, 0, text);
}

static reaction rename_here(struct name_here *here, struct str argument)
{
    struct ui *ui = here->view->ui;
    struct stored_entity entity;
    if (argument.n > 0)
        return edit(here->view, NAME_RENAME, here->entity, 0, argument);
    if (store_entity(ui_store(ui), ui->places, here->entity, &entity, NULL) != STATUS_OK)
        return REACT_NONE;
    ui_prompt(ui, translate("name: "), entity.name, renamed, NULL, here);
    return REACT_STATUS;
}

/* The first name is kept until the key comes again, on the one that stays. */
static reaction merge_here(struct name_here *here, struct str argument)
{
    struct ui *ui = here->view->ui;
    struct stored_entity entity;
    uint32_t into = 0;
    size_t n = 0;
    if (argument.n > 0) {
        store_entities_by_spelling(ui_store(ui), argument, &into, 1, &n, NULL);
        if (n == 0) {
            ui_say(ui, ROLE_WARN, "%s", translate("there is no such name"));
            return REACT_STATUS;
        }
        return edit(here->view, NAME_MERGE, here->entity, into, STR(""));
    }
    if (here->merging == 0 || here->merging == here->entity) {
        here->merging = here->merging == 0 ? here->entity : 0;
        if (here->merging != 0 &&
            store_entity(ui_store(ui), ui->places, here->entity, &entity, NULL) == STATUS_OK)
            ui_say(ui, ROLE_TEXT, translate("%.*s is …: M again on the name that it is"),
                   STR_ARG(entity.name));
        return REACT_STATUS;
    }
    uint32_t from = here->merging;
    here->merging = 0;
    return edit(here->view, NAME_MERGE, from, here->entity, STR(""));
}

static reaction hide_here(struct name_here *here)
{
    struct ui *ui = here->view->ui;
    struct stored_entity entity = {0};
    struct error e = ERROR_NONE;
    bool applied = false;
    if (!here->hidden)
        return edit(here->view, NAME_HIDE, here->entity, 0, STR("1"));
    store_entity(ui_store(ui), ui->places, here->entity, &entity, NULL);
    enum status status = library_show_name(ui_library(ui), here->entity, &applied, &e);
    return done(ui, status, applied, &e, entity.name);
}

static reaction split_here(struct name_here *here, struct str argument)
{
    struct str spelling = argument.n > 0 ? argument : here->spelling;
    if (spelling.n > 0)
        return edit(here->view, NAME_SPLIT, here->entity, 0,
                    str_dup(here->view->ui->places, spelling));
    ui_say(here->view->ui, ROLE_DIM, "%s",
           translate("choose one of its other spellings on the name's page"));
    return REACT_STATUS;
}

reaction name_edit_command(struct name_here *here, enum command id, struct str argument)
{
    bool mine = id == COMMAND_CORRECT || id == COMMAND_IS_NONE || id == COMMAND_MERGE ||
                id == COMMAND_SPLIT;
    if (!mine)
        return REACT_PASS;
    if (here->entity == 0 || ui_library(here->view->ui) == NULL || ui_store(here->view->ui) == NULL)
        return REACT_NONE;
    switch (id) {
    case COMMAND_CORRECT:
        return rename_here(here, argument);
    case COMMAND_IS_NONE:
        return hide_here(here);
    case COMMAND_MERGE:
        return merge_here(here, argument);
    default:
        return split_here(here, argument);
    }
}
