/* Bookmarks: a letter for a place in a text, kept in notes.db; and the place that the last jump
 * left. */
#include "baolan/message.h"
#include "baolan/utf8.h"
#include "ui/reader.h"
#include "ui/state.h"

/* Bytes of the text that a bookmark quotes. */
enum { QUOTED = 36 };

/* The place in a text that is in sight: the reader's cursor, or what the list shows of its own. */
static bool text_place(struct ui *ui, struct ring_place *out)
{
    struct view *v = ui_focused(ui);
    *out = ui_place(ui);
    if (ui->reading)
        return out->record != 0;
    return v != NULL && v->ops->preview != NULL && v->ops->count(v) > 0 &&
           v->ops->preview(v, v->focus, ui->paint, out);
}

/* The passage that a place stands in: of an article's beginning its first. */
static bool passage_of(struct store *store, struct arena *a, struct ring_place *p,
                       struct stored_passage *out)
{
    struct stored_article article;
    if ((p->part == NONE || p->part == 0) &&
        store_article(store, a, (uint32_t)p->record, &article, NULL) == STATUS_OK) {
        p->part = article.first_passage;
        p->offset = 0;
    }
    return store_passage(store, a, p->part, out, NULL) == STATUS_OK;
}

reaction bookmark_set(struct ui *ui, struct str letter)
{
    struct store *store = ui_store(ui);
    struct error e = ERROR_NONE;
    struct ring_place place;
    struct stored_passage passage;
    struct anchor anchor;
    if (letter.n == 0 || str_eq(letter, STR("'")))
        return REACT_STATUS;
    if (ui_notes(ui) == NULL || store == NULL || !text_place(ui, &place) ||
        !passage_of(store, ui->places, &place, &passage)) {
        ui_say(ui, ROLE_WARN, "%s", translate("there is no text here to bookmark"));
        return REACT_STATUS;
    }
    size_t end = place.offset;
    while (end < passage.text.n && end < place.offset + QUOTED)
        utf8_next(passage.text, &end);
    enum status status =
        store_anchor(store, ui->places, place.part, place.offset, (uint32_t)end, &anchor, &e);
    if (status == STATUS_OK)
        status = notes_put_bookmark(ui_notes(ui), letter, &anchor, &e);
    if (status != STATUS_OK)
        ui_say(ui, ROLE_ERROR, "%s", e.message);
    else
        ui_say(ui, ROLE_TEXT, translate("bookmark %s is here"), str_dup_c(ui->places, letter));
    return REACT_STATUS;
}

bool bookmark_place(struct ui *ui, struct arena *a, const struct bookmark *b,
                    struct ring_place *out)
{
    struct store *store = ui_store(ui);
    struct stored_passage passage;
    uint32_t id, start, end;
    if (store == NULL ||
        store_find_anchor(store, &b->anchor, &id, &start, &end, NULL) != STATUS_OK ||
        store_passage(store, a, id, &passage, NULL) != STATUS_OK)
        return false;
    *out = reader_place(passage.article, id, start, STR(""));
    return true;
}

/* Where the last jump came from. */
static reaction go_left(struct ui *ui)
{
    struct ring_place left = ui->left;
    if (ui->left_arena == NULL) {
        ui_say(ui, ROLE_DIM, "%s", message(MESSAGE_NO_HISTORY_BACK));
        return REACT_STATUS;
    }
    left.anchor = str_dup(ui->places, left.anchor);
    left.state = str_dup(ui->places, left.state);
    left.found_by = str_dup(ui->places, left.found_by);
    return ui_go(ui, &left);
}

reaction bookmark_go(struct ui *ui, struct str letter)
{
    struct error e = ERROR_NONE;
    struct bookmark b;
    struct ring_place place;
    if (letter.n == 0 || str_eq(letter, STR("'")))
        return go_left(ui);
    enum status status = ui_notes(ui) == NULL
                             ? error_set(&e, STATUS_NOT_FOUND, "there are no notes")
                             : notes_bookmark(ui_notes(ui), ui->places, letter, &b, &e);
    if (status != STATUS_OK) {
        ui_say(ui, ROLE_WARN, "%s", e.message);
        return REACT_STATUS;
    }
    if (!bookmark_place(ui, ui->places, &b, &place)) {
        ui_say(ui, ROLE_WARN, "%s", translate("the bookmarked text is not in the library"));
        return REACT_STATUS;
    }
    return ui_go(ui, &place);
}
