/* Corrections of the page: titles, bylines, dates, places, and where paragraphs and sections begin.
 *
 * What a paragraph or heading says is never changed, only where it begins and what it is: each is a
 * range of the document's text, and a correction finds it by a byte of that. */
#include "baolan/buffer.h"
#include "parse/correct.h"

enum item_kind { ITEM_PARAGRAPH, ITEM_HEADING, ITEM_CAPTION };

/* A piece of an article's body while it is put right. */
struct item {
    enum item_kind kind;
    size_t from, to; /* bytes of the flat text */
    struct prose prose;
    uint32_t level;
    bool run_in, displaced;
    enum paragraph_kind paragraph;
    bool cut_before, cut_after;
};

struct body {
    VECTOR(struct item) items;
    bool read, changed;
};

struct page_editor {
    struct document *document;
    struct arena *arena;
    struct flat flat;
    struct article *articles;
    struct body *bodies; /* of each article */
    VECTOR(struct applied) applied;
    VECTOR(size_t) at; /* of each, the byte of the flat text */
};

/* --- Prose ------------------------------------------------------------------------------------ */

/* Text that a person wrote, in place of prose: it comes from where it stands in the file, else from
 * where the old prose began. */
static struct prose prose_written(struct page_editor *p, struct str value, const struct prose *old)
{
    struct piece *piece = arena_new_of(p->arena, struct piece);
    struct prose prose = {str_dup(p->arena, value), piece, 1};
    size_t at = str_find(p->document->decoded.text, value, 0);
    *piece = (struct piece){.length = (uint32_t)value.n};
    if (at != STR_NONE) {
        piece->text = (uint32_t)at;
        piece->text_length = (uint32_t)value.n;
    } else if (old != NULL && old->n_pieces > 0) {
        piece->text = old->pieces[0].text;
        piece->text_length = old->pieces[0].text_length;
    } else {
        prose.n_pieces = 0;
    }
    return prose;
}

static struct prose prose_joined(struct arena *a, const struct prose *first,
                                 const struct prose *second)
{
    struct buffer text = buffer_in(a);
    struct piece *pieces = arena_array(a, struct piece, first->n_pieces + second->n_pieces + 1);
    buffer_add(&text, first->text);
    buffer_add(&text, second->text);
    for (uint32_t i = 0; i < first->n_pieces; i++)
        pieces[i] = first->pieces[i];
    for (uint32_t i = 0; i < second->n_pieces; i++) {
        pieces[first->n_pieces + i] = second->pieces[i];
        pieces[first->n_pieces + i].at += (uint32_t)first->text.n;
    }
    return (struct prose){buffer_str(&text), pieces, first->n_pieces + second->n_pieces};
}

/* Bytes [from, to) of prose, every one of them. */
static struct prose prose_part(struct arena *a, const struct prose *prose, size_t from, size_t to)
{
    struct piece *pieces = arena_array(a, struct piece, prose->n_pieces + 1);
    uint32_t n = 0;
    for (uint32_t i = 0; i < prose->n_pieces; i++) {
        struct piece piece = prose->pieces[i];
        size_t start = piece.at > from ? piece.at : from;
        size_t end = (size_t)piece.at + piece.length < to ? (size_t)piece.at + piece.length : to;
        if (start >= end)
            continue;
        if (piece.length == piece.text_length) {
            piece.text += (uint32_t)(start - piece.at);
            piece.text_length = (uint32_t)(end - start);
        }
        piece.at = (uint32_t)(start - from);
        piece.length = (uint32_t)(end - start);
        pieces[n++] = piece;
    }
    return (struct prose){str_sub(prose->text, from, to), pieces, n};
}

/* --- Bodies ----------------------------------------------------------------------------------- */

static struct item item_of(struct page_editor *p, size_t part)
{
    const struct text_part *from = &p->flat.parts[part];
    const struct article *article = &p->articles[from->place.article];
    uint32_t index = from->place.paragraph;
    struct item item = {.from = p->flat.starts[part],
                        .to = p->flat.starts[part + 1],
                        .prose = *from->prose,
                        .kind = ITEM_CAPTION};
    if (from->place.part == PLACE_HEADING) {
        const struct heading *heading = &article->headings[index];
        item.kind = ITEM_HEADING;
        item.level = heading->level;
        item.run_in = heading->run_in;
        item.displaced = heading->displaced;
    } else if (from->place.part == PLACE_BODY) {
        const struct paragraph *paragraph = &article->paragraphs[index];
        item.kind = ITEM_PARAGRAPH;
        item.paragraph = paragraph->kind;
        item.cut_before = paragraph->cut_before;
        item.cut_after = paragraph->cut_after;
    }
    return item;
}

static struct body *body_of(struct page_editor *p, uint32_t article)
{
    struct body *body = &p->bodies[article];
    for (size_t i = 0; i < p->flat.n && !body->read; i++) {
        const struct place *place = &p->flat.parts[i].place;
        bool of_body = (place->part == PLACE_BODY && place->paragraph != NONE) ||
                       place->part == PLACE_HEADING || place->part == PLACE_CAPTION;
        if (place->article != article || !of_body)
            continue;
        struct item item = item_of(p, i);
        vector_push(p->arena, &body->items, item);
    }
    body->read = true;
    return body;
}

/* The item that byte `at` stands in, or SIZE_MAX. */
static size_t item_at(const struct body *body, size_t at)
{
    for (size_t i = 0; i < body->items.n; i++)
        if (at >= body->items.at[i].from && at < body->items.at[i].to)
            return i;
    return SIZE_MAX;
}

static void remove_item(struct body *body, size_t index)
{
    memmove(&body->items.at[index], &body->items.at[index + 1],
            sizeof *body->items.at * (body->items.n - index - 1));
    body->items.n--;
}

static void insert_item(struct page_editor *p, struct body *body, size_t index, struct item item)
{
    (void)vector_add(p->arena, &body->items);
    memmove(&body->items.at[index + 1], &body->items.at[index],
            sizeof *body->items.at * (body->items.n - index - 1));
    body->items.at[index] = item;
}

/* Headings and paragraphs out of items; a heading's parent is the nearest before it that is further
 * out. Corrections learn where what they are about came to stand. */
struct rebuilding {
    struct page_editor *editor;
    uint32_t article;
    VECTOR(struct heading) headings;
    VECTOR(struct paragraph) paragraphs;
    VECTOR(struct prose) captions;
};

static uint32_t parent_of(const struct rebuilding *r, uint32_t level)
{
    for (size_t i = r->headings.n; i-- > 0;)
        if (r->headings.at[i].level < level)
            return (uint32_t)i;
    return NONE;
}

static void note_part(struct rebuilding *r, const struct item *item, enum place_part part,
                      size_t index)
{
    struct page_editor *p = r->editor;
    for (size_t i = 0; i < p->applied.n; i++)
        if (p->applied.at[i].kind == CORRECTION_PASSAGE && p->applied.at[i].article == r->article &&
            p->at.at[i] >= item->from && p->at.at[i] < item->to)
            p->applied.at[i].place =
                (struct place){r->article, (uint32_t)index, 0, (uint32_t)item->prose.text.n, part};
}

static void rebuild_item(struct rebuilding *r, const struct item *item)
{
    struct arena *a = r->editor->arena;
    if (item->kind == ITEM_HEADING) {
        struct heading heading = {item->prose, parent_of(r, item->level), item->level, item->run_in,
                                  item->displaced};
        vector_push(a, &r->headings, heading);
        note_part(r, item, PLACE_HEADING, r->headings.n - 1);
    } else if (item->kind == ITEM_PARAGRAPH) {
        struct paragraph paragraph = {
            .prose = item->prose,
            .heading = r->headings.n == 0 ? NONE : (uint32_t)r->headings.n - 1,
            .kind = item->paragraph,
            .cut_before = item->cut_before,
            .cut_after = item->cut_after,
        };
        vector_push(a, &r->paragraphs, paragraph);
        note_part(r, item, PLACE_BODY, r->paragraphs.n - 1);
    } else {
        vector_push(a, &r->captions, item->prose);
        note_part(r, item, PLACE_CAPTION, r->captions.n - 1);
    }
}

static void rebuild(struct page_editor *p, uint32_t index)
{
    struct rebuilding r = {.editor = p, .article = index};
    struct article *article = &p->articles[index];
    const struct body *body = &p->bodies[index];
    for (size_t i = 0; i < body->items.n; i++)
        rebuild_item(&r, &body->items.at[i]);
    article->headings = r.headings.at;
    article->n_headings = (uint32_t)r.headings.n;
    article->paragraphs = r.paragraphs.at;
    article->n_paragraphs = (uint32_t)r.paragraphs.n;
    article->captions = r.captions.at;
    article->n_captions = (uint32_t)r.captions.n;
}

/* --- Breaks ----------------------------------------------------------------------------------- */

static bool join(struct page_editor *p, struct body *body, size_t index)
{
    struct item *items = body->items.at;
    if (index == 0 || items[index].kind != ITEM_PARAGRAPH ||
        items[index - 1].kind != ITEM_PARAGRAPH)
        return false;
    items[index - 1].prose = prose_joined(p->arena, &items[index - 1].prose, &items[index].prose);
    items[index - 1].to = items[index].to;
    items[index - 1].cut_after = items[index].cut_after;
    remove_item(body, index);
    return true;
}

static bool split(struct page_editor *p, struct body *body, size_t index, size_t at)
{
    struct item first = body->items.at[index], second = first;
    size_t in = at - first.from;
    if (first.kind == ITEM_CAPTION || in == 0)
        return in == 0;
    second.prose = prose_part(p->arena, &first.prose, in, first.prose.text.n);
    second.from = first.to = at;
    second.cut_before = first.cut_after = false;
    second.kind = ITEM_PARAGRAPH;
    first.prose = prose_part(p->arena, &first.prose, 0, in);
    body->items.at[index] = first;
    insert_item(p, body, index + 1, second);
    return true;
}

/* The level that a heading has among those before it: that of the nearest. */
static uint32_t level_here(const struct body *body, size_t index)
{
    while (index-- > 0)
        if (body->items.at[index].kind == ITEM_HEADING)
            return body->items.at[index].level;
    return 0;
}

static struct str credits_value(struct arena *a, const struct article *article)
{
    struct buffer out = buffer_in(a);
    for (uint32_t i = 0; i < article->n_credits; i++) {
        bool same = i > 0 && str_eq(article->credits[i].role, article->credits[i - 1].role);
        if (i > 0)
            buffer_add_c(&out, same ? "、" : "；");
        if (!same && article->credits[i].role.n > 0) {
            buffer_add(&out, article->credits[i].role);
            buffer_add_byte(&out, ' ');
        }
        buffer_add(&out, article->credits[i].name);
    }
    return buffer_str(&out);
}

/* `ROLE NAME、NAME；ROLE NAME`: who is named without a role has the one before. */
static void read_credits(struct page_editor *p, struct article *article, struct str value)
{
    VECTOR(struct credit) credits = {0};
    uint32_t n;
    struct str role = STR("");
    const struct str *names = correction_names(p->arena, str_dup(p->arena, value), &n);
    for (uint32_t i = 0; i < n; i++) {
        struct str name = names[i];
        size_t space = str_find(name, STR(" "), 0);
        if (space != STR_NONE) {
            role = str_sub(name, 0, space);
            name = str_trim(str_sub(name, space, name.n));
        }
        struct credit credit = {role, name};
        vector_push(p->arena, &credits, credit);
    }
    article->credits = credits.at;
    article->n_credits = (uint32_t)credits.n;
}

static void set_byline(struct page_editor *p, struct article *article, struct str value,
                       const struct prose *printed)
{
    const struct prose *old = article->n_byline_lines > 0 ? &article->byline_lines[0] : NULL;
    read_credits(p, article, value);
    struct prose *line = arena_new_of(p->arena, struct prose);
    *line = printed != NULL ? *printed : prose_written(p, value, old);
    article->byline_lines = line;
    article->n_byline_lines = value.n > 0;
}

/* What was the title or byline stands at the head of the text. */
static void keep_as_text(struct page_editor *p, struct body *body, const struct prose *prose)
{
    if (prose->text.n == 0)
        return;
    insert_item(p, body, 0, (struct item){.kind = ITEM_PARAGRAPH, .prose = *prose});
    body->changed = true;
}

static bool set_section(struct page_editor *p, struct article *article, struct body *body,
                        size_t index, struct str value)
{
    struct item *item = &body->items.at[index];
    struct prose prose = item->prose;
    body->changed = true;
    if (str_eq(value, STR("none"))) {
        item->kind = ITEM_PARAGRAPH;
    } else if (str_eq(value, STR("title"))) {
        remove_item(body, index);
        keep_as_text(p, body, &article->title);
        article->title = prose;
    } else if (str_eq(value, STR("byline"))) {
        remove_item(body, index);
        set_byline(p, article, prose.text, &prose);
    } else {
        item->level =
            str_eq(value, STR("heading")) ? level_here(body, index) : (uint32_t)(value.p[0] - '1');
        item->kind = ITEM_HEADING;
        item->run_in = false;
    }
    return true;
}

static struct str item_was(const struct item *item, struct str field)
{
    if (str_eq(field, STR("section")))
        return item->kind == ITEM_HEADING ? STR("heading") : STR("none");
    return item->prose.text;
}

static void correct_passage(struct page_editor *p, const struct correction_target *t,
                            struct applied *applied)
{
    const struct correction *c = t->correction;
    struct body *body = body_of(p, applied->article);
    size_t index = item_at(body, t->at);
    applied->place = p->flat.parts[flat_part(&p->flat, t->at)].place;
    if (index == SIZE_MAX)
        return;
    struct item *item = &body->items.at[index];
    applied->was = item_was(item, c->field);
    if (str_eq(c->field, STR("section"))) {
        applied->found = set_section(p, &p->articles[applied->article], body, index, c->value);
    } else if (str_eq(c->field, STR("record"))) {
        item->kind = ITEM_CAPTION;
        applied->found = true;
    } else {
        bool joins = str_eq(c->value, STR("join"));
        applied->was = joins ? STR("split") : STR("join");
        applied->found =
            joins ? item->from != t->at || join(p, body, index) : split(p, body, index, t->at);
    }
    body->changed = body->changed || applied->found;
}

/* --- Articles and documents ------------------------------------------------------------------- */

static struct str date_value(struct arena *a, struct date date)
{
    if (date.day != 0)
        return str_printf(a, "%04d-%02d-%02d", date.year, date.month, date.day);
    if (date.month != 0)
        return str_printf(a, "%04d-%02d", date.year, date.month);
    return date.year != 0 ? str_printf(a, "%04d", date.year) : STR("");
}

static void date_article(struct article *article, struct date date)
{
    article->date = date;
    article->year = date.year;
    article->date_from = EVIDENCE_PERSON;
}

static bool same_date(struct date a, struct date b)
{
    return a.year == b.year && a.month == b.month && a.day == b.day;
}

static void place_article(struct page_editor *p, struct article *article, struct str place)
{
    article->place = str_dup(p->arena, place);
    article->place_from = EVIDENCE_PERSON;
}

static void correct_document(struct page_editor *p, const struct correction *c,
                             struct applied *applied)
{
    struct document *d = p->document;
    struct date date, was = d->date;
    struct str place = d->place;
    bool is_date = str_eq(c->field, STR("date"));
    if (is_date && !correction_date(c->value, &date))
        return;
    applied->found = true;
    applied->was = is_date ? date_value(p->arena, was) : place;
    /* Articles that know no better have it from the page. */
    for (uint32_t i = 0; i < d->n_articles; i++) {
        if (is_date && same_date(p->articles[i].date, was))
            date_article(&p->articles[i], date);
        else if (!is_date && str_eq(p->articles[i].place, place))
            place_article(p, &p->articles[i], c->value);
    }
    if (is_date) {
        d->date = date;
        d->date_from = EVIDENCE_PERSON;
    } else {
        d->place = str_dup(p->arena, c->value);
        d->place_from = EVIDENCE_PERSON;
    }
}

static void correct_article(struct page_editor *p, const struct correction *c,
                            struct applied *applied)
{
    struct document *d = p->document;
    struct article *article = &p->articles[applied->article];
    struct date date;
    applied->found = true;
    if (str_eq(c->field, STR("title"))) {
        applied->was = article->title.text;
        if (c->value.n == 0)
            keep_as_text(p, body_of(p, applied->article), &article->title);
        article->title =
            c->value.n == 0 ? (struct prose){0} : prose_written(p, c->value, &article->title);
    } else if (str_eq(c->field, STR("byline"))) {
        applied->was = credits_value(p->arena, article);
        applied->place.part = PLACE_BYLINE;
        applied->place.paragraph = 0;
        for (uint32_t i = article->n_byline_lines; c->value.n == 0 && i-- > 0;)
            keep_as_text(p, body_of(p, applied->article), &article->byline_lines[i]);
        set_byline(p, article, c->value, NULL);
    } else if (str_eq(c->field, STR("date"))) {
        applied->was = date_value(p->arena, article->date);
        applied->found = correction_date(c->value, &date);
        if (!applied->found)
            return;
        date_article(article, date);
        if (d->n_articles == 1) {
            d->date = date;
            d->date_from = EVIDENCE_PERSON;
        }
    } else {
        applied->was = article->place;
        place_article(p, article, c->value);
        if (d->n_articles == 1) {
            d->place = article->place;
            d->place_from = EVIDENCE_PERSON;
        }
    }
}

static void correct(struct page_editor *p, const struct correction_target *t)
{
    struct applied applied = {.correction = t->correction, .kind = t->kind};
    if (t->at != SIZE_MAX && p->flat.n > 0) {
        applied.article = p->flat.parts[flat_part(&p->flat, t->at)].place.article;
        applied.place = place_in(applied.article, NONE, 0, 0);
        if (t->kind == CORRECTION_DOCUMENT)
            correct_document(p, t->correction, &applied);
        else if (t->kind == CORRECTION_ARTICLE)
            correct_article(p, t->correction, &applied);
        else
            correct_passage(p, t, &applied);
    }
    correction_own_reading(p->applied.at, p->applied.n, &applied);
    vector_push(p->arena, &p->applied, applied);
    vector_push(p->arena, &p->at, t->at);
}

void parse_correct_page(struct document *d, const struct parse_options *o)
{
    static const unsigned KINDS =
        1u << CORRECTION_DOCUMENT | 1u << CORRECTION_ARTICLE | 1u << CORRECTION_PASSAGE;
    struct page_editor p = {.document = d, .arena = d->arena};
    struct correction_targets targets = {0};
    if (o->corrections == NULL)
        return;
    flat_read(d->arena, d, &p.flat);
    correction_targets_find(d->arena, o->corrections, d, &p.flat, KINDS, &targets);
    if (targets.list.n == 0)
        return;
    d->traditional = UINT64_MAX; /* a person's own words may have some */
    p.articles = arena_array(d->arena, struct article, d->n_articles + 1);
    p.bodies = arena_array(d->arena, struct body, d->n_articles + 1);
    if (d->n_articles > 0)
        memcpy(p.articles, d->articles, sizeof *p.articles * d->n_articles);
    d->articles = p.articles;
    for (size_t i = 0; i < targets.list.n; i++)
        correct(&p, &targets.list.at[i]);
    for (uint32_t i = 0; i < d->n_articles; i++)
        if (p.bodies[i].changed)
            rebuild(&p, i);
    correction_note(d, p.applied.at, p.applied.n);
}
