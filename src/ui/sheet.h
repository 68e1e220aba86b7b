/* A sheet: a page made of entries that are set as lines, for what a record says in full (a
 * proposal, a name). Entries know what they lead to; rows are theirs alone. */
#ifndef UI_SHEET_H
#define UI_SHEET_H

#include "baolan/span.h"
#include "ui/view.h"

/* An entry: one paragraph, or one line that is cut at the pane's edge. */
struct sheet_entry {
    struct str lead; /* before the text on its first line: an ordinal, a label; may be empty */
    struct str text;
    enum role lead_role, role;
    struct span strong;       /* bytes of the text that are shown as a match; may be empty */
    int indent;               /* cells before it */
    bool single;              /* one line */
    struct ring_place target; /* where Enter goes; .view VIEW_COUNT: nowhere */
    uint32_t kind, number;    /* what it is, in the view's own words */
};

struct sheet_line {
    size_t entry;
    size_t start, end; /* bytes of the text */
    bool first;
};

struct sheet {
    struct arena *arena;
    int width;
    enum ambiguous ambiguous;
    VECTOR(struct sheet_entry) entries;
    VECTOR(struct sheet_line) lines;
};

/* An empty sheet for a pane of `width` cells. The arena is reset. */
void sheet_begin(struct sheet *s, struct arena *a, int width, enum ambiguous ambiguous);

/* An entry of nothing yet: role text, leading nowhere. */
static inline struct sheet_entry sheet_entry_of(uint32_t kind, uint32_t number)
{
    return (struct sheet_entry){
        .kind = kind, .number = number, .lead_role = ROLE_DIM, .target = {.view = VIEW_COUNT}};
}

/* Sets the entry as lines at the end of the sheet; its strings must live as long. */
void sheet_add(struct sheet *s, const struct sheet_entry *entry);
void sheet_blank(struct sheet *s);

void sheet_row(const struct sheet *s, size_t index, struct row *row);

/* Adds the entries that rows [first, end) are of, whole, a line each. */
void sheet_plain(const struct sheet *s, size_t first, size_t end, struct buffer *out);

/* The entry that a row belongs to, or NULL past the end. */
const struct sheet_entry *sheet_at(const struct sheet *s, size_t row);
/* A row within its kind of entry, to come back to: the entry's number and the line in it.
 * And the row of such a mark, or SIZE_MAX; the entry's last line where it has fewer by now. */
uint32_t sheet_mark(const struct sheet *s, size_t row);
size_t sheet_find_mark(const struct sheet *s, uint32_t kind, uint32_t mark);
/* The first row of the entry of that kind and number, or SIZE_MAX. */
size_t sheet_find(const struct sheet *s, uint32_t kind, uint32_t number);

#endif
