/* What is kept across starts: where one was, and the ring of places, in notes.db. A place in a text
 * is kept with its anchor, so that it is found again after the library was read anew. */
#include "baolan/buffer.h"
#include "ui/state.h"

#include <stdlib.h>

/* Fields of a kept place, parted by tabs; tabs, line ends and backslashes in them are escaped. */
enum field {
    FIELD_VIEW,
    FIELD_RECORD,
    FIELD_PART,
    FIELD_OFFSET,
    FIELD_ABOVE,
    FIELD_STATE,
    FIELD_ANCHOR,
    FIELD_SHA256,
    FIELD_PATH,
    FIELD_PASSAGE_KEY,
    FIELD_PASSAGE_OFFSET,
    FIELD_QUOTED,
    FIELD_BEFORE,
    FIELD_AFTER,
    FIELD_COUNT
};

static void add_text(struct buffer *out, struct str text)
{
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (c == '\t' || c == '\n' || c == '\\') {
            buffer_add_byte(out, '\\');
            c = c == '\t' ? 't' : c == '\n' ? 'n' : '\\';
        }
        buffer_add_byte(out, c);
    }
    buffer_add_byte(out, '\t');
}

static struct str read_text(struct arena *a, struct str field)
{
    struct buffer out = buffer_in(a);
    for (size_t i = 0; i < field.n; i++) {
        char c = field.p[i];
        if (c == '\\' && i + 1 < field.n) {
            c = field.p[++i];
            c = c == 't' ? '\t' : c == 'n' ? '\n' : c;
        }
        buffer_add_byte(&out, c);
    }
    return buffer_str(&out);
}

static long long read_number(struct str field)
{
    char text[32] = "";
    if (field.n < sizeof text && field.n > 0)
        memcpy(text, field.p, field.n);
    return strtoll(text, NULL, 10);
}

static void add_anchor(struct buffer *out, const struct anchor *anchor)
{
    for (size_t i = 0; i < sizeof anchor->sha256; i++)
        buffer_printf(out, "%02x", anchor->sha256[i]);
    buffer_add_byte(out, '\t');
    add_text(out, anchor->path);
    buffer_printf(out, "%lld\t%u\t", (long long)anchor->passage_key, anchor->offset);
    add_text(out, anchor->quoted);
    add_text(out, anchor->before);
    add_text(out, anchor->after);
}

/* A place as a line. */
static struct str write_place(struct ui *ui, struct arena *a, const struct ring_place *p)
{
    struct buffer out = buffer_in(a);
    struct anchor anchor;
    if (p->found_by.n > 0) /* not visited in this run: as it was kept */
        return p->found_by;
    buffer_printf(&out, "%s\t%lld\t%u\t%u\t%u:%u:%lld\t", view_name(p->view), (long long)p->record,
                  p->part, p->offset, p->above, p->row, (long long)p->row_of);
    add_text(&out, p->state);
    add_text(&out, p->anchor);
    struct store *store = ui_store(ui);
    uint32_t end = p->offset + (uint32_t)(p->anchor.n > 0 ? p->anchor.n : 1);
    if (p->view == VIEW_READER && p->part != NONE && p->part != 0 && store != NULL &&
        store_anchor(store, a, p->part, p->offset, end, &anchor, NULL) == STATUS_OK)
        add_anchor(&out, &anchor);
    return buffer_str(&out);
}

static size_t split(struct str line, struct str fields[FIELD_COUNT])
{
    size_t n = 0;
    while (line.p != NULL && n < FIELD_COUNT)
        fields[n++] = str_split(&line, '\t');
    return n;
}

/* The place of a line, as it was; false where the line is none. */
static bool read_place(struct arena *a, struct str line, struct ring_place *out)
{
    struct str fields[FIELD_COUNT] = {{0}};
    size_t n = split(line, fields);
    *out = (struct ring_place){.view = view_named(fields[FIELD_VIEW])};
    if (n <= FIELD_ANCHOR || out->view == VIEW_COUNT)
        return false;
    out->record = read_number(fields[FIELD_RECORD]);
    out->part = (uint32_t)read_number(fields[FIELD_PART]);
    out->offset = (uint32_t)read_number(fields[FIELD_OFFSET]);
    struct str above = str_split(&fields[FIELD_ABOVE], ':');
    struct str row = str_split(&fields[FIELD_ABOVE], ':');
    out->above = (uint32_t)read_number(above);
    out->row = (uint32_t)read_number(row);
    out->row_of = read_number(fields[FIELD_ABOVE]);
    out->link = NO_LINK;
    out->state = read_text(a, fields[FIELD_STATE]);
    out->anchor = read_text(a, fields[FIELD_ANCHOR]);
    out->found_by = line;
    return true;
}

static unsigned char hex_byte(struct str text, size_t at)
{
    char two[3] = {text.p[at], text.p[at + 1], '\0'};
    return (unsigned char)strtoul(two, NULL, 16);
}

struct ring_place session_find(struct ui *ui, struct arena *a, const struct ring_place *place)
{
    struct str fields[FIELD_COUNT] = {{0}};
    struct ring_place found = *place;
    struct stored_passage passage;
    struct anchor anchor = {0};
    uint32_t id, start, end;
    found.found_by = (struct str){NULL, 0};
    struct store *store = ui_store(ui);
    if (place->found_by.n == 0 || store == NULL || split(place->found_by, fields) < FIELD_COUNT ||
        fields[FIELD_SHA256].n != 2 * sizeof anchor.sha256)
        return found;
    for (size_t i = 0; i < sizeof anchor.sha256; i++)
        anchor.sha256[i] = hex_byte(fields[FIELD_SHA256], 2 * i);
    anchor.path = read_text(a, fields[FIELD_PATH]);
    anchor.passage_key = (uint64_t)read_number(fields[FIELD_PASSAGE_KEY]);
    anchor.offset = (uint32_t)read_number(fields[FIELD_PASSAGE_OFFSET]);
    anchor.quoted = read_text(a, fields[FIELD_QUOTED]);
    anchor.before = read_text(a, fields[FIELD_BEFORE]);
    anchor.after = read_text(a, fields[FIELD_AFTER]);
    if (store_find_anchor(store, &anchor, &id, &start, &end, NULL) != STATUS_OK ||
        store_passage(store, a, id, &passage, NULL) != STATUS_OK)
        return found;
    found.record = passage.article;
    found.part = id;
    found.offset = start;
    return found;
}

static struct str library_name(const struct ui *ui)
{
    const char *name = ui->library->name;
    return str_of(name == NULL ? LIBRARY_DEFAULT : name);
}

struct saving {
    struct ui *ui;
    struct arena *arena;
};

static enum status save(void *context)
{
    struct saving *s = context;
    struct ui *ui = s->ui;
    struct ring_place now = ui_place(ui);
    size_t n = ring_count(ui->ring), index = ring_index(ui->ring);
    struct str *lines = arena_array(s->arena, struct str, n + 1);
    for (size_t i = 0; i < n; i++) {
        const struct ring_place *p = i == index ? &now : ring_at(ui->ring, i);
        lines[i] = write_place(ui, s->arena, p);
    }
    struct view *list = ui->opened[ui->list] ? &ui->views[ui->list] : NULL;
    struct ring_place behind = {.view = ui->list, .part = NONE, .link = NO_LINK};
    if (list != NULL && list->ops->place != NULL)
        list->ops->place(list, s->arena, &behind);
    if (list != NULL && list->focus > list->top)
        behind.above = (uint32_t)(list->focus - list->top);
    behind.view = ui->list;
    struct buffer out = buffer_in(s->arena);
    buffer_printf(&out, "%zu\t%d\n", index, ui->zoomed);
    buffer_add(&out, write_place(ui, s->arena, &behind));
    buffer_add_byte(&out, '\n');
    buffer_add(&out, write_place(ui, s->arena, &now));
    enum status status =
        notes_put_place(ui_notes(ui), library_name(ui), NULL, buffer_str(&out), NULL);
    if (status == STATUS_OK)
        status = notes_put_place(ui_notes(ui), LIBRARY_LAST, NULL, library_name(ui), NULL);
    return status != STATUS_OK ? status
                               : notes_put_history(ui_notes(ui), library_name(ui), lines, n, NULL);
}

/* Lines of prompts are kept as a history under a name that no library can have, for all libraries:
 * the prompt's label, a tab, the line. */
#define PROMPTS STR("<prompts>")
enum { PROMPT_LINES_MOST = 500 };

static void add_prompt_line(struct ui *ui, struct str kept)
{
    struct str line = kept, label = str_split(&line, '\t');
    if (line.n == 0)
        return;
    vector_push(ui->arena, &ui->history.labels, read_text(ui->arena, label));
    vector_push(ui->arena, &ui->history.lines, read_text(ui->arena, line));
}

/* What was typed in this run goes behind what is kept by now: another terminal may have added. */
static enum status save_prompts(void *context)
{
    struct saving *s = context;
    const struct prompt_history *h = &s->ui->history;
    const struct str *kept = NULL;
    size_t n = 0, added = h->lines.n - h->from_before;
    if (added == 0)
        return STATUS_OK;
    enum status status = notes_history(ui_notes(s->ui), s->arena, PROMPTS, &kept, &n, NULL);
    if (status != STATUS_OK)
        return status;
    struct str *lines = arena_array(s->arena, struct str, n + added);
    for (size_t i = 0; i < n; i++)
        lines[i] = kept[i];
    for (size_t i = 0; i < added; i++) {
        struct buffer out = buffer_in(s->arena);
        add_text(&out, h->labels.at[h->from_before + i]);
        add_text(&out, h->lines.at[h->from_before + i]);
        lines[n + i] = str_sub(buffer_str(&out), 0, out.n - 1);
    }
    size_t all = n + added, first = all > PROMPT_LINES_MOST ? all - PROMPT_LINES_MOST : 0;
    return notes_put_history(ui_notes(s->ui), PROMPTS, lines + first, all - first, NULL);
}

void session_resume_prompts(struct ui *ui)
{
    const struct str *lines = NULL;
    size_t n = 0;
    if (ui_notes(ui) == NULL ||
        notes_history(ui_notes(ui), ui->arena, PROMPTS, &lines, &n, NULL) != STATUS_OK)
        return;
    for (size_t i = 0; i < n; i++)
        add_prompt_line(ui, lines[i]);
    ui->history.from_before = ui->history.lines.n;
}

void session_save(struct ui *ui)
{
    struct arena *a = arena_new();
    if (a != NULL && ui_notes(ui) != NULL && ui_store(ui) != NULL)
        arena_protect(a, save, &(struct saving){ui, a}, NULL);
    if (a != NULL && ui_notes(ui) != NULL)
        arena_protect(a, save_prompts, &(struct saving){ui, a}, NULL);
    arena_free(a);
}

void session_resume(struct ui *ui)
{
    const struct str *lines = NULL;
    struct str text;
    struct ring_place list, now;
    size_t n = 0, kept = 0;
    /* All is read anew first, for a new version or other lexicons. */
    ui->resume_due = ui_store(ui) == NULL && ui->import != NULL;
    if (ui_notes(ui) == NULL || ui_store(ui) == NULL ||
        notes_place(ui_notes(ui), ui->arena, library_name(ui), NULL, &text, NULL) != STATUS_OK)
        return;
    struct str head = str_split(&text, '\n'), behind = str_split(&text, '\n');
    size_t index = (size_t)read_number(str_split(&head, '\t'));
    ui->zoomed = read_number(head) == 1;
    if (notes_history(ui_notes(ui), ui->arena, library_name(ui), &lines, &n, NULL) == STATUS_OK) {
        struct ring_place *places = arena_array(ui->arena, struct ring_place, n + 1);
        for (size_t i = 0; i < n; i++)
            kept += read_place(ui->arena, lines[i], &places[kept]) ? 1 : 0;
        ring_keep(ui->ring, places, kept, index);
    }
    if (read_place(ui->arena, behind, &list) && list.view != VIEW_READER)
        ui_show_place(ui, &list);
    if (read_place(ui->arena, text, &now) && now.view == VIEW_READER)
        ui_show_place(ui, &now);
}
