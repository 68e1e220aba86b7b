/* Tables with a proposal a row (案号 | 案由 | 提案人 | 承办单位): drawn with bars, parted by tabs,
 * or set in columns by spaces, whose cells may go on in lines below. They are read from the lines
 * of the text, for a page may have taken a column of them for one of its own. */
#include "baolan/utf8.h"
#include "parse/grid.h"
#include "parse/proposal.h"

#include <stdlib.h>

enum {
    LABELS_LEAST = 3,  /* that make the head of a table */
    BLANKS_MOST = 2,   /* lines inside a table */
    LINES_MOST = 24,   /* of a row */
    HEAD_BYTES = 300,  /* of the line of labels */
    ROW_BYTES = 1200,  /* of a line */
    CELL_BYTES = 3000, /* of a cell, its lines together */
};

enum cut { CUT_BARS, CUT_TABS, CUT_SPACES };

struct listing {
    enum cut cut;
    size_t n;
    enum field fields[CELLS_MAX];
    struct token at[CELLS_MAX]; /* where the labels stand; of CUT_SPACES */
    size_t number, title;       /* columns; n: none */
    bool ruled;                 /* rules part the rows */
};

struct cells {
    struct str at[CELLS_MAX];
};

static struct str line_text(const struct document *d, uint32_t line)
{
    return str_sub(d->decoded.text, d->lines[line].start, d->lines[line].end);
}

/* --- Cells ----------------------------------------------------------------------------------- */

static size_t cut_at(struct str line, bool tabs, struct str cells[CELLS_MAX])
{
    struct segment s = {line, SEGMENT_PARAGRAPH, 0, NONE, 0, NULL}, parts[CELLS_MAX];
    size_t n = 0, from = 0;
    if (!tabs) {
        n = proposal_cells(&s, parts);
        for (size_t i = 0; i < n; i++)
            cells[i] = parts[i].text;
        return n;
    }
    for (size_t at = 0; at <= line.n && n < CELLS_MAX; at++)
        if (at == line.n || line.p[at] == '\t') {
            cells[n++] = str_trim(str_sub(line, from, at));
            from = at + 1;
        }
    return n;
}

static bool has_tab(struct str line)
{
    return str_has(line, STR("\t"));
}

/* Reads the head of a table. */
static bool read_head(const struct proposal_reader *r, struct str line, struct listing *t)
{
    struct tokens tokens = {0};
    size_t known = 0;
    *t = (struct listing){.n = 0};
    if (line.n > HEAD_BYTES || (!str_has(line, STR("案")) && !str_has(line, STR("题"))))
        return false;
    t->cut = proposal_is_row(line) ? CUT_BARS : has_tab(line) ? CUT_TABS : CUT_SPACES;
    if (t->cut == CUT_SPACES) {
        grid_split(r->arena, line, &tokens);
        for (t->n = 0; t->n < tokens.n && t->n < CELLS_MAX; t->n++)
            t->at[t->n] = tokens.at[t->n];
    } else {
        struct str cells[CELLS_MAX];
        t->n = cut_at(line, t->cut == CUT_TABS, cells);
        for (size_t i = 0; i < t->n; i++)
            t->at[i].text = cells[i];
    }
    t->number = t->title = t->n;
    for (size_t i = 0; i < t->n; i++) {
        t->fields[i] = proposal_label(r, t->at[i].text);
        known += t->fields[i] != FIELD_NONE;
        t->number = t->fields[i] == FIELD_NUMBER && t->number == t->n ? i : t->number;
        t->title = t->fields[i] == FIELD_TITLE && t->title == t->n ? i : t->title;
    }
    return known >= LABELS_LEAST && known + 1 >= t->n && t->title < t->n;
}

/* The cells of a line below the head; false where it is no line of the table. */
static bool read_cells(const struct proposal_reader *r, const struct listing *t, struct str line,
                       struct cells *out)
{
    struct tokens tokens = {0};
    struct columns columns = {(struct token *)t->at, t->n};
    *out = (struct cells){{{NULL, 0}}};
    if (line.n > ROW_BYTES)
        return false;
    if (t->cut == CUT_SPACES) {
        if (proposal_is_row(line))
            return false;
        grid_split(r->arena, line, &tokens);
        for (size_t i = 0; i < tokens.n; i++) {
            size_t column = grid_column(&columns, &tokens.at[i]);
            if (column >= t->n || out->at[column].n > 0)
                return false;
            out->at[column] = tokens.at[i].text;
        }
        return tokens.n > 0;
    }
    bool own = t->cut == CUT_BARS ? proposal_is_row(line) : has_tab(line);
    return own && cut_at(line, t->cut == CUT_TABS, out->at) <= t->n + 1;
}

/* --- Rows ------------------------------------------------------------------------------------ */

static bool is_complete(struct str title)
{
    static const struct str ends[] = {STR_INIT("提案"), STR_INIT("建议"), STR_INIT("建议案"),
                                      STR_INIT("议案")};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (str_ends(title, ends[i]))
            return true;
    return false;
}

/* True where a line of cells begins another row, where no rule tells. */
static bool begins_row(const struct listing *t, const struct cells *row, const struct cells *line)
{
    bool number = t->number < t->n && line->at[t->number].n > 0 && row->at[t->number].n > 0;
    bool title = line->at[t->title].n > 0 && is_complete(row->at[t->title]) &&
                 str_starts(line->at[t->title], STR("关于"));
    size_t full = 0, both = 0;
    for (size_t i = 0; i < t->n; i++) {
        full += line->at[i].n > 0;
        both += line->at[i].n > 0 && row->at[i].n > 0;
    }
    return number || title || (t->number == t->n && full == t->n && both == t->n);
}

/* a and b as one: with nothing between what stands in two lines. */
static struct str join(struct arena *a, struct str x, struct str y)
{
    if (x.n == 0 || y.n == 0)
        return x.n == 0 ? y : x;
    if (x.n + y.n > CELL_BYTES)
        return x;
    char *p = arena_array(a, char, x.n + y.n);
    memcpy(p, x.p, x.n);
    memcpy(p + x.n, y.p, y.n);
    return (struct str){p, x.n + y.n};
}

static bool is_blank(const struct cells *row, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (row->at[i].n > 0)
            return false;
    return true;
}

/* Where the paragraphs and titles of the document stand in its text. */
struct stand {
    size_t from, to;
    uint32_t article, paragraph; /* NONE: the title */
};

struct stands {
    struct stand *at;
    size_t n, room;
};

static void add_stand(struct arena *a, struct stands *list, const struct prose *prose,
                      uint32_t article, uint32_t paragraph)
{
    if (prose->n_pieces == 0)
        return;
    const struct piece *last = &prose->pieces[prose->n_pieces - 1];
    struct stand s = {prose->pieces[0].text, last->text + last->text_length, article, paragraph};
    vector_push(a, list, s);
}

static int by_start(const void *left, const void *right)
{
    const struct stand *a = left, *b = right;
    return a->from < b->from ? -1 : a->from > b->from;
}

static struct stands stands_of(const struct proposal_reader *r)
{
    struct stands list = {0};
    for (uint32_t i = 0; i < r->document->n_articles; i++) {
        const struct article *a = &r->document->articles[i];
        add_stand(r->arena, &list, &a->title, i, NONE);
        for (uint32_t k = 0; k < a->n_paragraphs; k++)
            add_stand(r->arena, &list, &a->paragraphs[k].prose, i, k);
    }
    if (list.n > 1)
        qsort(list.at, list.n, sizeof *list.at, by_start);
    return list;
}

/* The last of the stands that begins before byte `end`, or NULL. */
static const struct stand *stand_before(const struct stands *list, size_t end)
{
    size_t low = 0, high = list->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (list->at[middle].from < end)
            low = middle + 1;
        else
            high = middle;
    }
    return low == 0 ? NULL : &list->at[low - 1];
}

/* A segment at the paragraph in which the row [at, end) stands with its title, or at the title of
 * its article. */
static struct segment row_segment(const struct proposal_reader *r, const struct stands *stands,
                                  size_t at, size_t end, struct str title)
{
    const struct stand *stand = stand_before(stands, end);
    struct segment s = {title, SEGMENT_HEADING, stand == NULL ? 0 : stand->article, NONE, 0, NULL};
    if (stand == NULL || stand->paragraph == NONE || stand->to <= at)
        return s;
    struct str text = r->document->articles[stand->article].paragraphs[stand->paragraph].prose.text;
    size_t found = str_find(text, title, 0);
    s.paragraph = stand->paragraph;
    s.start = found == STR_NONE ? 0 : (uint32_t)found;
    s.text = found == STR_NONE ? text : title;
    return s;
}

/* Reads the row of a listing that stands at bytes [at, end) of the text, and empties it. */
static void finish_row(struct proposal_reader *r, const struct listing *t, struct cells *row,
                       const struct stands *stands, size_t at, size_t end)
{
    struct draft d = {0};
    if (row->at[t->title].n > 0) {
        struct segment place = row_segment(r, stands, at, end, row->at[t->title]);
        for (size_t i = 0; i < t->n; i++) {
            struct segment cell = place;
            cell.text = row->at[i];
            if (t->fields[i] != FIELD_NONE && cell.text.n > 0)
                proposal_apply_field(r, &d, t->fields[i], cell);
        }
        uint32_t stop = place.start + (uint32_t)place.text.n;
        d.proposal.place =
            place.paragraph == NONE
                ? place_in(place.article, NONE, 0,
                           (uint32_t)r->document->articles[place.article].title.text.n)
                : place_in(place.article, place.paragraph, place.start, stop);
        proposal_finish(r, &d);
    }
    *row = (struct cells){{{NULL, 0}}};
}

/* --- Tables ---------------------------------------------------------------------------------- */

/* True where a rule stands between two lines of text below the head, which a rule may end too. */
static bool is_ruled(const struct document *d, uint32_t first, uint32_t last)
{
    unsigned rules = 0;
    bool text = false;
    for (uint32_t i = first; i < last; i++) {
        struct str line = line_text(d, i);
        bool rule = str_trim(line).n > 0 && grid_is_rule(line);
        if (text && rule)
            rules++;
        text = text || (!rule && str_trim(line).n > 0);
        if (rules > 0 && text && !rule)
            return true;
    }
    return false;
}

/* 一、集体提案（12件） between rows, 第2页. */
static bool is_between(struct str line)
{
    enum { CHARS_MOST = 20 };
    size_t chars = utf8_count(line);
    return chars <= CHARS_MOST &&
           (ordinal_at(line, 0).kind != ORDINAL_NONE || str_starts(line, STR("第")) ||
            str_starts(line, STR("-")) || str_starts(line, STR("—")));
}

/* Makes columns as wide as their cells, for labels stand in the middle: a cell that only overlaps
 * one column belongs to it. */
static void widen(const struct proposal_reader *r, struct listing *t, struct str line)
{
    struct tokens tokens = {0};
    struct columns columns = {t->at, t->n};
    grid_split(r->arena, line, &tokens);
    for (size_t i = 0; i < tokens.n; i++) {
        const struct token *cell = &tokens.at[i];
        size_t k = grid_column(&columns, cell);
        if (k >= t->n || cell->right <= t->at[k].left || cell->left >= t->at[k].right)
            continue;
        bool free_left = k == 0 || t->at[k - 1].right <= cell->left;
        bool free_right = k + 1 == t->n || t->at[k + 1].left >= cell->right;
        if (free_left && cell->left < t->at[k].left)
            t->at[k].left = cell->left;
        if (free_right && cell->right > t->at[k].right)
            t->at[k].right = cell->right;
    }
}

/* Where the table with this head ends: the first line that is none of it. */
static uint32_t table_end(const struct proposal_reader *r, struct listing *t, uint32_t first)
{
    const struct document *d = r->document;
    uint32_t end = first, blanks = 0;
    for (uint32_t i = first; i < d->n_lines && blanks <= BLANKS_MOST; i++) {
        struct str line = line_text(d, i);
        struct cells cells;
        if (str_trim(line).n == 0) {
            blanks++;
            continue;
        }
        bool rule = grid_is_rule(line);
        if (!rule && !is_between(str_trim(line)) && !read_cells(r, t, line, &cells))
            break;
        if (!rule && t->cut == CUT_SPACES)
            widen(r, t, line);
        if (!is_between(str_trim(line)) || rule)
            end = i + 1;
        blanks = 0;
    }
    return end;
}

/* Reads the rows [first, end) of a listing. */
static void read_rows(struct proposal_reader *r, struct listing *t, const struct stands *stands,
                      uint32_t first, uint32_t end)
{
    const struct document *d = r->document;
    struct cells row = {{{NULL, 0}}}, line;
    size_t at = 0, last = 0;
    unsigned lines = 0;
    for (uint32_t i = first; i < end; i++) {
        struct str text = line_text(d, i);
        bool rule = str_trim(text).n > 0 && grid_is_rule(text);
        bool other = str_trim(text).n > 0 && is_between(str_trim(text)) && t->cut == CUT_SPACES;
        struct listing again;
        bool head = !rule && read_head(r, text, &again);
        if ((rule && t->ruled) || other || head) {
            finish_row(r, t, &row, stands, at, last);
            again.ruled = t->ruled;
            for (size_t k = 0; head && again.n == t->n && k < t->n; k++)
                again.at[k] = t->at[k]; /* as wide as the cells are */
            *t = head ? again : *t;
            continue;
        }
        if (rule || str_trim(text).n == 0 || !read_cells(r, t, text, &line) ||
            is_blank(&line, t->n))
            continue;
        if ((!t->ruled && begins_row(t, &row, &line)) || lines >= LINES_MOST)
            finish_row(r, t, &row, stands, at, last);
        if (is_blank(&row, t->n))
            at = d->lines[i].start, lines = 0;
        lines++;
        last = d->lines[i].end;
        for (size_t k = 0; k < t->n; k++)
            row.at[k] = join(r->arena, row.at[k], line.at[k]);
    }
    finish_row(r, t, &row, stands, at, last);
}

void proposal_read_tables(struct proposal_reader *r)
{
    const struct document *d = r->document;
    struct stands stands = {0};
    struct listing t;
    for (uint32_t i = 0; i < d->n_lines && d->n_articles > 0; i++) {
        if (!read_head(r, line_text(d, i), &t))
            continue;
        uint32_t end = table_end(r, &t, i + 1);
        size_t before = r->proposals.n;
        if (stands.n == 0)
            stands = stands_of(r);
        t.ruled = is_ruled(d, i + 1, end);
        read_rows(r, &t, &stands, i + 1, end);
        if (r->proposals.n > before) {
            struct text_range range = {d->lines[i].start, d->lines[end - 1].end};
            vector_push(r->arena, &r->tables, range);
        }
        i = end > i ? end - 1 : i;
    }
}

bool proposal_in_table(const struct proposal_reader *r, size_t at)
{
    size_t low = 0, high = r->tables.n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (r->tables.at[middle].to <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low < r->tables.n && at >= r->tables.at[low].from;
}
