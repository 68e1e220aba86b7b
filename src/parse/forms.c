/* Forms of a proposals office as articles. The page parser reads the lines of a form as
 * paragraphs and headings; here they become the title (案由), captions (the other fields),
 * headings (理由, 建议, 办法) and the paragraphs under them. A reply after the form is an article
 * of its own. What is no form stays as it is. */
#include "parse/forms.h"
#include "baolan/utf8.h"
#include "parse/speech.h"

/* Where a heading of the source went. */
struct moved {
    uint32_t article, heading; /* 1 + the article's index in the output; 0: nowhere */
};

struct form_writer {
    struct proposal_reader reader;
    struct arena *arena;
    VECTOR(struct article) out;
    const struct article *source;
    struct moved *moved;    /* a heading of the source each */
    size_t n_credits;       /* of the source, that went to an article */
    bool *credited;         /* a credit of the source each */
    struct article article; /* being written */
    bool open, reply, has_title, has_field;
    bool people;      /* the last field was a list of people, which may go on in the next line */
    uint32_t section; /* the label's heading that is open, or NONE */
    VECTOR(struct prose) bylines, captions;
    VECTOR(struct credit) credits;
    VECTOR(struct heading) headings;
    VECTOR(struct paragraph) paragraphs;
};

/* --- Writing --------------------------------------------------------------------------------- */

static void put_caption(struct form_writer *w, const struct prose *prose, size_t from, size_t to)
{
    struct prose part = prose_sub(w->arena, prose, from, to);
    if (part.text.n > 0)
        vector_push(w->arena, &w->captions, part);
}

static void put_paragraph(struct form_writer *w, struct prose prose, struct paragraph like,
                          uint32_t heading)
{
    like.prose = prose;
    like.heading = heading;
    if (prose.text.n > 0)
        vector_push(w->arena, &w->paragraphs, like);
}

/* Where the article that is being written has the heading of the source, else its open section. */
static uint32_t heading_now(const struct form_writer *w, uint32_t heading)
{
    const struct moved *m = heading == NONE ? NULL : &w->moved[heading];
    bool here =
        m != NULL && m->article == w->out.n + 1 && (w->section == NONE || m->heading > w->section);
    return here ? m->heading : w->section;
}

static void put_heading(struct form_writer *w, const struct item *item)
{
    struct heading h = w->source->headings[item->index];
    h.parent = heading_now(w, h.parent);
    h.level = h.parent == NONE ? 0 : w->headings.at[h.parent].level + 1;
    w->moved[item->index] = (struct moved){(uint32_t)w->out.n + 1, (uint32_t)w->headings.n};
    vector_push(w->arena, &w->headings, h);
}

/* A label as the heading of what follows. */
static void put_section(struct form_writer *w, const struct prose *prose, size_t from, size_t to)
{
    while (from < to && mark_frames_label(utf8_at(prose->text, from)))
        utf8_next(prose->text, &from);
    for (size_t at = to; from < to && mark_frames_label(utf8_previous(prose->text, &at));)
        to = at;
    struct heading h = {.prose = prose_sub(w->arena, prose, from, to), .parent = NONE};
    if (h.prose.text.n == 0)
        return;
    w->section = (uint32_t)w->headings.n;
    vector_push(w->arena, &w->headings, h);
}

/* Gives the article the credits of the source that stand in its byline lines; the last article
 * takes all that are left. */
static void put_credits(struct form_writer *w, bool last)
{
    for (uint32_t i = 0; i < w->source->n_credits; i++) {
        struct credit c = w->source->credits[i];
        bool here = last;
        for (size_t k = 0; k < w->bylines.n && !here; k++)
            here = str_has(w->bylines.at[k].text, c.name);
        bool known = false; /* a field has named them */
        for (size_t k = 0; k < w->credits.n && !known; k++)
            known = str_eq(w->credits.at[k].name, c.name);
        if (here && !known && !w->credited[i])
            vector_push(w->arena, &w->credits, c);
        w->credited[i] = w->credited[i] || here;
    }
}

static void close_article(struct form_writer *w, bool last)
{
    if (!w->open)
        return;
    struct article *a = &w->article;
    put_credits(w, last);
    a->byline_lines = w->bylines.at, a->n_byline_lines = (uint32_t)w->bylines.n;
    a->credits = w->credits.at, a->n_credits = (uint32_t)w->credits.n;
    a->headings = w->headings.at, a->n_headings = (uint32_t)w->headings.n;
    a->paragraphs = w->paragraphs.at, a->n_paragraphs = (uint32_t)w->paragraphs.n;
    a->captions = w->captions.at, a->n_captions = (uint32_t)w->captions.n;
    vector_push(w->arena, &w->out, *a);
    w->open = false;
}

static void open_article(struct form_writer *w)
{
    close_article(w, false);
    w->article = (struct article){.box_of = NONE};
    w->bylines.at = w->captions.at = NULL, w->bylines.n = w->bylines.room = 0;
    w->captions.n = w->captions.room = 0;
    w->credits.at = NULL, w->credits.n = w->credits.room = 0;
    w->headings.at = NULL, w->headings.n = w->headings.room = 0;
    w->paragraphs.at = NULL, w->paragraphs.n = w->paragraphs.room = 0;
    w->section = NONE;
    w->reply = w->has_title = w->has_field = false;
    w->open = true;
}

/* --- Fields ---------------------------------------------------------------------------------- */

/* The names of those who propose, as credits: members, and bodies as authors. */
static void put_speakers(struct form_writer *w, struct str names)
{
    struct draft d = {0};
    proposal_add_names(&w->reader, &d, LIST_SPEAKERS, names);
    for (size_t i = 0; i < d.speakers.n + d.bodies.n; i++) {
        bool person = i < d.speakers.n;
        struct credit c = {person ? STR("委员") : STR("作者"),
                           person ? d.speakers.at[i] : d.bodies.at[i - d.speakers.n]};
        vector_push(w->arena, &w->credits, c);
    }
}

/* A value longer than this many characters is a text and no field. */
enum { STATUS_CHARS = 24 };

/* A number or title after paragraphs begins another form. */
static void begin_with(struct form_writer *w, enum field field)
{
    w->people = field == FIELD_JOINT || field == FIELD_SPEAKER;
    if (w->has_title && (field == FIELD_TITLE || field == FIELD_NUMBER) && w->has_field &&
        w->paragraphs.n > 0)
        open_article(w);
    w->has_field = true;
}

/* What the values of some fields tell of the article. */
static void put_value(struct form_writer *w, enum field field, struct str value)
{
    if (field == FIELD_DATE && w->article.year == 0)
        w->article.year = proposal_year_in(value);
    if (field == FIELD_SPEAKER || field == FIELD_JOINT)
        put_speakers(w, value);
}

/* Writes a field: its label stands at [label, colon), its value at [value, end). */
static void put_field(struct form_writer *w, const struct item *item, const struct form_field *f)
{
    const struct prose *prose = &item->prose;
    struct str value = str_trim(str_sub(prose->text, f->value, f->end));
    enum field field = proposal_field_of_value(f->field, value);
    begin_with(w, field);
    struct paragraph body = {.kind = PARAGRAPH_BODY};
    if (item->kind == ITEM_PARAGRAPH && !item->table_row)
        body = w->source->paragraphs[item->index];
    if (field >= FIELD_BACKGROUND || (field == FIELD_STATUS && utf8_count(value) > STATUS_CHARS)) {
        put_section(w, prose, f->label, f->colon);
        put_paragraph(w, prose_sub(w->arena, prose, f->value, f->rest), body, w->section);
        return;
    }
    if (field == FIELD_TITLE && value.n > 0 && !w->has_title) {
        w->article.title = prose_sub(w->arena, prose, f->value, f->end);
        w->has_title = true;
        put_caption(w, prose, f->label, f->value);
    } else {
        put_caption(w, prose, f->label, f->end);
    }
    put_value(w, f->field, value);
    if (item->table_row) /* of a field's own lines: 县财政局（会办） */
        put_caption(w, prose, f->end, f->rest);
    else
        put_paragraph(w, prose_sub(w->arena, prose, f->end, f->rest), body, w->section);
}

/* Writes a field whose label and value are proses of their own. */
static void put_pair(struct form_writer *w, enum field field, const struct prose *label,
                     const struct prose *value)
{
    begin_with(w, field);
    put_caption(w, label, 0, label->text.n);
    if (field == FIELD_TITLE && value->text.n > 0 && !w->has_title) {
        w->article.title = *value;
        w->has_title = true;
    } else {
        put_caption(w, value, 0, value->text.n);
    }
    put_value(w, field, value->text);
}

/* Writes a line that a list of people goes on in. */
static void put_people(struct form_writer *w, const struct item *item)
{
    put_caption(w, &item->prose, 0, item->prose.text.n);
    put_speakers(w, item->prose.text);
}

/* Writes the label that item i is with the lines of its value; returns the item after them. */
static size_t put_label_line(struct form_writer *w, const struct items *items, size_t i)
{
    size_t end = item_after_value(&w->reader, items, i);
    enum field field = item_label(&w->reader, &items->at[i]);
    struct prose value = {0};
    size_t k = i + 1;
    for (; k < end && (k == i + 1 || (field != FIELD_JOINT && field != FIELD_SPEAKER)); k++)
        value = prose_join(w->arena, &value, &items->at[k].prose);
    put_pair(w, field, &items->at[i].prose, &value);
    for (; k < end; k++)
        put_people(w, &items->at[k]);
    return end;
}

/* Writes a cell without a label before it: fields `案号：…`, a text, or words that are none. */
static void put_cell(struct form_writer *w, const struct form_cell *cell)
{
    struct item item = {cell->prose, ITEM_LINE, 0, false};
    struct segment s = prose_segment(&cell->prose);
    struct form_fields fields =
        s.text.n == 0 ? (struct form_fields){0} : proposal_fields_in(&w->reader, &s);
    struct prose *paragraphs;
    if (fields.n > 0) {
        fields.at[0].label = 0;
        for (size_t i = 0; i < fields.n; i++)
            put_field(w, &item, &fields.at[i]);
        return;
    }
    if (!text_is_sentence(s.text)) {
        put_caption(w, &cell->prose, 0, s.text.n);
        return;
    }
    size_t n = form_cell_paragraphs(w->arena, cell, &paragraphs);
    for (size_t i = 0; i < n; i++)
        put_paragraph(w, paragraphs[i], (struct paragraph){.kind = PARAGRAPH_BODY}, w->section);
}

/* Writes a label's cell with the text beside or below it. */
static void put_text_cell(struct form_writer *w, const struct form_cell *label,
                          const struct form_cell *value)
{
    put_section(w, &label->prose, 0, label->prose.text.n);
    w->has_field = true;
    struct prose *paragraphs;
    size_t n = form_cell_paragraphs(w->arena, value, &paragraphs);
    for (size_t i = 0; i < n; i++)
        put_paragraph(w, paragraphs[i], (struct paragraph){.kind = PARAGRAPH_BODY}, w->section);
}

/* Writes the labels of the row that begins at item i with their values; its bars are marks without
 * words. Returns the item after it. */
static size_t put_row(struct form_writer *w, const struct items *items, size_t i)
{
    struct form_row row;
    size_t end = form_row_read(&w->reader, items, i, &row);
    for (size_t k = 0; k < row.n; k++) {
        const struct form_cell *cell = &row.cells[k], *next = cell + 1;
        enum field field = proposal_label(&w->reader, cell->prose.text);
        bool pair = field != FIELD_NONE && k + 1 < row.n &&
                    proposal_label(&w->reader, next->prose.text) == FIELD_NONE;
        bool text = field >= FIELD_BACKGROUND ||
                    (field == FIELD_STATUS && pair && utf8_count(next->prose.text) > STATUS_CHARS);
        if (!pair && text)
            put_section(w, &cell->prose, 0, cell->prose.text.n);
        else if (!pair)
            put_cell(w, cell);
        else if (text)
            put_text_cell(w, cell, next);
        else
            put_pair(w, field, &cell->prose, &next->prose);
        k += pair;
    }
    return end;
}

/* --- Items ----------------------------------------------------------------------------------- */

/* An item without fields. */
static void put_plain(struct form_writer *w, const struct item *item)
{
    const struct prose *prose = &item->prose;
    bool heading = item->kind == ITEM_HEADING;
    if (item->kind == ITEM_BYLINE) {
        vector_push(w->arena, &w->bylines, *prose);
    } else if (heading && (w->reply || w->has_field)) {
        put_heading(w, item);
    } else if (item->table_row && item_is_other_field(item)) {
        put_caption(w, prose, 0, prose->text.n);
    } else if (item->kind == ITEM_PARAGRAPH &&
               (w->reply || w->has_field || text_is_sentence(prose->text))) {
        struct paragraph like = w->source->paragraphs[item->index];
        put_paragraph(w, *prose, like, heading_now(w, like.heading));
    } else {
        put_caption(w, prose, 0, prose->text.n);
    }
}

/* A line that is the title, perhaps behind a number: 【第012号】关于…. */
static void put_title(struct form_writer *w, const struct prose *line)
{
    size_t start = item_ornament_end(line->text);
    if (proposal_number_in(str_sub(line->text, 0, start)).n > 0)
        put_caption(w, line, 0, start);
    w->article.title = prose_sub(w->arena, line, start, line->text.n);
    w->has_title = true;
}

/* A number or a title that has no label: it begins a form where one was read. */
static bool put_unlabelled(struct form_writer *w, const struct item *item)
{
    const struct prose *prose = &item->prose;
    size_t ornament = item_ornament_end(prose->text);
    struct str text = str_sub(prose->text, ornament, prose->text.n);
    bool other = !str_eq(text, w->article.title.text);
    bool another = w->has_title && w->has_field && (w->paragraphs.n > 0 || other);
    if (item_is_number(item)) {
        begin_with(w, FIELD_NUMBER);
        put_caption(w, prose, 0, prose->text.n);
        return true;
    }
    bool numbered = proposal_number_in(str_sub(prose->text, 0, ornament)).n > 0;
    if (!(item->table_row || numbered) || !proposal_is_title(text) || (w->has_title && !another))
        return false;
    if (another)
        open_article(w);
    begin_with(w, FIELD_TITLE);
    put_title(w, prose);
    return true;
}

/* Writes an item of a form. before_reply: the next one is the title of a reply. */
static void put_item(struct form_writer *w, const struct item *item, bool before_reply)
{
    struct segment s = prose_segment(&item->prose);
    if (item_is_reply_title(item)) {
        open_article(w);
        w->article.title = item->prose;
        w->reply = w->has_title = true;
        return;
    }
    if (w->reply) {
        put_plain(w, item);
        return;
    }
    if (put_unlabelled(w, item))
        return;
    if (w->people && item->table_row && proposal_goes_on(&w->reader, s.text)) {
        put_people(w, item);
        return;
    }
    enum field whole = proposal_label(&w->reader, s.text);
    bool label = whole >= FIELD_BACKGROUND || whole == FIELD_STATUS;
    struct form_fields fields = proposal_fields_in(&w->reader, &s);
    if (before_reply && (label || fields.n > 0) && utf8_count(s.text) <= STATUS_CHARS) {
        put_caption(w, &item->prose, 0, s.text.n);
    } else if (label) {
        size_t end = s.text.n;
        uint32_t c = utf8_previous(s.text, &end);
        put_section(w, &item->prose, 0, mark_is_colon(c) ? end : s.text.n);
        w->has_field = true;
    } else if (fields.n > 0) {
        fields.at[0].label = 0; /* with the ornament or number before it */
        for (size_t i = 0; i < fields.n; i++)
            put_field(w, item, &fields.at[i]);
    } else {
        put_plain(w, item);
    }
}

/* A signed piece that stands before a form, where nothing told that another article begins, is
 * written as it is. Returns the first item of the form. */
static size_t put_piece_before(struct form_writer *w, const struct items *items)
{
    size_t start = form_start(&w->reader, items), sentences = 0;
    bool titled = false, is_signed = false;
    for (size_t i = 0; i < start; i++) {
        const struct item *item = &items->at[i];
        titled = titled || (item->kind == ITEM_TITLE && !proposal_is_title(item->prose.text));
        is_signed = is_signed || item->kind == ITEM_BYLINE;
        sentences += item->kind == ITEM_PARAGRAPH && text_is_sentence(item->prose.text);
    }
    if (start == items->n || !titled || !is_signed || sentences < 2)
        return 0;
    open_article(w);
    w->reply = w->has_title = true; /* its lines are no fields */
    for (size_t i = 0; i < start; i++) {
        if (items->at[i].kind == ITEM_TITLE)
            w->article.title = items->at[i].prose;
        else
            put_plain(w, &items->at[i]);
    }
    w->article.year = w->source->year;
    return start;
}

static void write_form(struct form_writer *w, const struct article *source, const struct items *all)
{
    w->source = source;
    w->moved = arena_array(w->arena, struct moved, source->n_headings + 1);
    w->credited = arena_array(w->arena, bool, source->n_credits + 1);
    memset(w->moved, 0, (source->n_headings + 1) * sizeof *w->moved);
    memset(w->credited, 0, (source->n_credits + 1) * sizeof *w->credited);
    size_t start = put_piece_before(w, all);
    const struct items form = {all->at + start, all->n - start, 0}, *items = &form;
    size_t title = form_has_title(&w->reader, items) ? items->n : form_title(items);
    open_article(w);
    w->article.continued_from = source->continued_from;
    if (title < items->n) {
        const struct prose *line = &items->at[title].prose;
        put_title(w, line);
    }
    for (size_t i = 0; i < items->n;) {
        const struct item *item = &items->at[i];
        if (i != title && !w->reply && item_label(&w->reader, item) != FIELD_NONE) {
            i = put_label_line(w, items, i);
            continue;
        }
        if (i != title && !w->reply && item_is_row(item)) {
            i = put_row(w, items, i);
            continue;
        }
        if (i != title)
            put_item(w, item, i + 1 < items->n && item_is_reply_title(item + 1));
        i++;
    }
    w->article.continued_to = source->continued_to;
    close_article(w, true);
}

/* --- Replies --------------------------------------------------------------------------------- */

static uint32_t text_start(const struct prose *prose)
{
    return prose->n_pieces == 0 ? 0 : prose->pieces[0].text;
}

/* Who sends a reply, its number and fields stand over its title, below the reply before: those of
 * the captions of `above` that stand behind all its paragraphs, and behind whom to call and who
 * gets a copy. */
static void take_letterhead(struct form_writer *w, struct article *above, struct article *reply)
{
    static const struct str tails[] = {STR_INIT("抄送"), STR_INIT("联系"), STR_INIT("附件")};
    uint32_t title = text_start(&reply->title), from = text_start(&above->title), kept = 0;
    VECTOR(struct prose) captions = {0};
    struct prose *own = arena_array(w->arena, struct prose, above->n_captions + 1);
    for (uint32_t i = 0; i < above->n_paragraphs; i++)
        if (text_start(&above->paragraphs[i].prose) > from)
            from = text_start(&above->paragraphs[i].prose);
    for (uint32_t i = 0; i < above->n_byline_lines; i++)
        if (text_start(&above->byline_lines[i]) > from)
            from = text_start(&above->byline_lines[i]);
    for (uint32_t i = 0; i < above->n_captions; i++) {
        uint32_t at = text_start(&above->captions[i]);
        for (size_t k = 0; k < sizeof tails / sizeof *tails; k++)
            if (at > from && at < title && str_starts(above->captions[i].text, tails[k]))
                from = at;
    }
    for (uint32_t i = 0; i < above->n_captions; i++) {
        uint32_t at = text_start(&above->captions[i]);
        if (at > from && at < title)
            vector_push(w->arena, &captions, above->captions[i]);
        else
            own[kept++] = above->captions[i];
    }
    if (captions.n == 0)
        return;
    above->captions = own;
    above->n_captions = kept;
    for (uint32_t i = 0; i < reply->n_captions; i++)
        vector_push(w->arena, &captions, reply->captions[i]);
    reply->captions = captions.at;
    reply->n_captions = (uint32_t)captions.n;
}

void parse_forms(struct document *d, const struct parse_options *o)
{
    struct form_writer w = {.reader = proposal_reader_of(d, o), .arena = d->arena};
    if (!str_has(d->decoded.text, STR("案"))) /* 提案, 案　由 */
        return;
    uint32_t *place = arena_array(d->arena, uint32_t, d->n_articles + 1);
    for (uint32_t i = 0; i < d->n_articles; i++) {
        struct items items = form_items(&w.reader, &d->articles[i]);
        w.source = &d->articles[i];
        place[i] = (uint32_t)w.out.n;
        if (form_is(&w.reader, &items))
            write_form(&w, &d->articles[i], &items);
        else
            vector_push(w.arena, &w.out, d->articles[i]);
    }
    for (size_t i = 1; i < w.out.n; i++)
        if (proposal_is_reply_title(w.out.at[i].title.text))
            take_letterhead(&w, &w.out.at[i - 1], &w.out.at[i]);
    for (size_t i = 0; i < w.out.n; i++)
        if (w.out.at[i].box_of != NONE)
            w.out.at[i].box_of = place[w.out.at[i].box_of];
    d->articles = w.out.at;
    d->n_articles = (uint32_t)w.out.n;
}
