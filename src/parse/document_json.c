#include "baolan/document_json.h"
#include "baolan/files.h"
#include "baolan/map.h"
#include "baolan/sha256.h"

static void write_texts(struct json *j, const char *key, const struct str *texts, uint32_t n)
{
    json_open(j, key, '[');
    for (uint32_t i = 0; i < n; i++)
        json_str(j, NULL, texts[i]);
    json_close(j, ']');
}

static void write_date(struct json *j, const char *key, struct date date)
{
    struct str text = {NULL, 0};
    if (date.day != 0)
        text = str_printf(j->out->arena, "%04d-%02d-%02d", date.year, date.month, date.day);
    else if (date.month != 0)
        text = str_printf(j->out->arena, "%04d-%02d", date.year, date.month);
    else if (date.year != 0)
        text = str_printf(j->out->arena, "%04d", date.year);
    json_str_or_null(j, key, text);
}

/* Where a byte range of prose stands in the source: line and byte span. */
static void write_source(struct json *j, const struct document *d, const struct prose *prose,
                         size_t start, size_t end)
{
    if (prose->n_pieces == 0 || end <= start) {
        json_null(j, "src");
        return;
    }
    size_t from = prose_text_offset(prose, start);
    size_t to = prose_text_offset(prose, end - 1);
    json_open(j, "src", '{');
    json_int(j, "line", d->lines[document_line_at(d, from)].number);
    json_int(j, "line_end", d->lines[document_line_at(d, to)].number);
    json_int(j, "start", (long long)decode_source_offset(&d->decoded, from));
    json_int(j, "end", (long long)decode_source_offset(&d->decoded, to + 1));
    json_close(j, '}');
}

static void write_source_of(struct json *j, const struct document *d, const struct prose *prose)
{
    write_source(j, d, prose, 0, prose->text.n);
}

static void write_place(struct json *j, const struct document *d, struct place place)
{
    json_int(j, "article", place.article);
    if (place.paragraph == NONE || place.part != PLACE_BODY)
        json_null(j, "paragraph");
    else
        json_int(j, "paragraph", place.paragraph);
    if (place.part != PLACE_BODY)
        json_str(j, "part", str_of(place_part_name(place.part)));
    if (place.part != PLACE_BODY && place.paragraph != NONE)
        json_int(j, "number", place.paragraph);
    json_open(j, "span", '[');
    json_int(j, NULL, place.start);
    json_int(j, NULL, place.end);
    json_close(j, ']');
    write_source(j, d, document_prose(d, place), place.start, place.end);
}

/* The headings above a paragraph, outermost first. */
static void write_section(struct json *j, const struct article *article, uint32_t heading)
{
    uint32_t chain[64];
    size_t n = 0;
    for (; heading != NONE && n < 64; heading = article->headings[heading].parent)
        chain[n++] = heading;
    json_open(j, "section", '[');
    while (n > 0)
        json_str(j, NULL, article->headings[chain[--n]].prose.text);
    json_close(j, ']');
}

static void write_article(struct json *j, const struct document *d, uint32_t index)
{
    const struct article *article = &d->articles[index];
    struct arena *a = j->out->arena;
    json_open(j, NULL, '{');
    json_str(j, "id", str_printf(a, "a%u", index));
    json_str(j, "title", article->title.text);
    json_str_or_null(j, "kicker", article->kicker.text);
    json_str_or_null(j, "subtitle", article->subtitle.text);
    json_open(j, "byline", '[');
    for (uint32_t i = 0; i < article->n_credits; i++) {
        json_open(j, NULL, '{');
        json_str(j, "role", article->credits[i].role);
        json_str(j, "name", article->credits[i].name);
        json_close(j, '}');
    }
    json_close(j, ']');
    if (article->year != 0)
        json_int(j, "year", article->year);
    else
        json_null(j, "year");
    write_date(j, "date", article->date);
    json_str(j, "date_from", str_of(evidence_name(article->date_from)));
    json_str_or_null(j, "place", article->place);
    json_str(j, "place_from", str_of(evidence_name(article->place_from)));
    json_str_or_null(j, "continued_from", article->continued_from);
    json_str_or_null(j, "continued_to", article->continued_to);
    write_source_of(j, d, &article->title);
    json_open(j, "headings", '[');
    for (uint32_t i = 0; i < article->n_headings; i++) {
        const struct heading *heading = &article->headings[i];
        json_open(j, NULL, '{');
        json_str(j, "text", heading->prose.text);
        json_int(j, "level", heading->level);
        json_bool(j, "run_in", heading->run_in);
        json_bool(j, "displaced", heading->displaced);
        write_source_of(j, d, &heading->prose);
        json_close(j, '}');
    }
    json_close(j, ']');
    json_open(j, "paragraphs", '[');
    for (uint32_t i = 0; i < article->n_paragraphs; i++) {
        const struct paragraph *paragraph = &article->paragraphs[i];
        if (paragraph->kind == PARAGRAPH_TABLE_ROW) /* the document's tables have them */
            continue;
        json_open(j, NULL, '{');
        json_str(j, "id", str_printf(a, "a%up%u", index, i));
        write_section(j, article, paragraph->heading);
        json_str(j, "text", paragraph->prose.text);
        json_str(j, "kind", str_of(paragraph_kind_name(paragraph->kind)));
        write_source_of(j, d, &paragraph->prose);
        json_close(j, '}');
    }
    json_close(j, ']');
    json_open(j, "captions", '[');
    for (uint32_t i = 0; i < article->n_captions; i++)
        json_str(j, NULL, article->captions[i].text);
    json_close(j, ']');
    json_close(j, '}');
}

static void write_proposal(struct json *j, const struct document *d, uint32_t index)
{
    const struct proposal *p = &d->proposals[index];
    struct arena *a = j->out->arena;
    json_open(j, NULL, '{');
    json_str(j, "id", str_printf(a, "p%u", index));
    json_str(j, "title", p->title);
    struct buffer speakers = buffer_in(a);
    for (uint32_t i = 0; i < p->n_speakers; i++) {
        buffer_add_c(&speakers, i == 0 ? "" : "、");
        buffer_add(&speakers, p->speakers[i]);
    }
    json_str_or_null(j, "speaker", buffer_str(&speakers));
    write_texts(j, "joint", p->joint, p->n_joint);
    write_texts(j, "bodies", p->bodies, p->n_bodies);
    json_str(j, "background", p->background);
    json_open(j, "suggestions", '[');
    for (uint32_t i = 0; i < p->n_suggestions; i++) {
        const struct suggestion *s = &p->suggestions[i];
        json_open(j, NULL, '{');
        json_str(j, "ordinal", s->ordinal);
        json_str(j, "title", s->title);
        json_str(j, "text", s->text);
        json_open(j, "measures", '[');
        for (uint32_t k = 0; k < s->n_measures; k++) {
            struct place m = s->measures[k];
            json_str(j, NULL, str_sub(document_prose(d, m)->text, m.start, m.end));
        }
        json_close(j, ']');
        write_place(j, d, s->place);
        json_close(j, '}');
    }
    json_close(j, ']');
    json_str_or_null(j, "number", p->number);
    json_str_or_null(j, "session", p->session);
    if (p->year != 0)
        json_int(j, "year", p->year);
    else
        json_null(j, "year");
    json_str_or_null(j, "status", p->status);
    json_str_or_null(j, "category", p->category);
    write_texts(j, "handlers", p->handlers, p->n_handlers);
    json_str_or_null(j, "reply", p->reply);
    json_int(j, "article", p->article);
    json_close(j, '}');
}

static void write_indicator(struct json *j, const struct document *d, uint32_t index)
{
    const struct indicator *i = &d->indicators[index];
    json_open(j, NULL, '{');
    json_str(j, "id", str_printf(j->out->arena, "i%u", index));
    json_str(j, "text", i->text);
    json_decimal(j, "value", i->value.digits, i->value.scale);
    json_str(j, "unit", i->unit);
    json_decimal(j, "base", i->base.digits, i->base.scale);
    json_str(j, "base_unit", i->base_unit);
    json_str(j, "kind", str_of(indicator_kind_name(i->kind)));
    json_str_or_null(j, "metric", i->metric);
    json_str_or_null(j, "metric_key", i->metric_key);
    json_str_or_null(j, "subject", i->subject);
    json_str_or_null(j, "period", i->period);
    json_bool(j, "period_resolved", i->period_resolved);
    json_str_or_null(j, "basis", i->basis);
    json_str_or_null(j, "qualifier", i->qualifier);
    json_bool(j, "target", i->target);
    json_str_or_null(j, "region", i->region);
    json_str(j, "rule", str_of(i->rule));
    if (i->table != NONE)
        json_int(j, "table", i->table);
    else
        json_null(j, "table");
    write_place(j, d, i->place);
    json_close(j, '}');
}

static void write_table(struct json *j, const struct table *t)
{
    json_open(j, NULL, '{');
    json_str_or_null(j, "title", t->title);
    json_str_or_null(j, "unit", t->unit);
    json_int(j, "article", t->article);
    json_bool(j, "from_prose", t->from_prose);
    json_int(j, "header_rows", t->header_rows);
    json_open(j, "rows", '[');
    for (uint32_t row = 0; row < t->rows; row++) {
        json_open(j, NULL, '[');
        for (uint32_t column = 0; column < t->columns; column++)
            json_str(j, NULL, t->cells[row * t->columns + column].text);
        json_close(j, ']');
    }
    json_close(j, ']');
    json_close(j, '}');
}

/* What stands in quotation marks at the head of a spelling, 筑巢工程 of “筑巢工程”计划; else empty.
 */
static struct str quoted_core(struct str spelling)
{
    size_t open = str_find(spelling, STR("“"), 0);
    size_t close = open == STR_NONE ? STR_NONE : str_find(spelling, STR("”"), open);
    return close == STR_NONE ? (struct str){NULL, 0} : str_sub(spelling, open + 3, close);
}

/* The spellings of mentions [first, end), each once, and what the quoted ones have between their
 * marks. */
static void write_aliases(struct json *j, const struct entity *entity, uint32_t first, uint32_t end)
{
    struct map said = map_in(j->out->arena);
    bool quoted = strcmp(entity->rule, "quotation") == 0;
    json_open(j, "aliases", '[');
    for (uint32_t i = first; i < end; i++) {
        struct str spelling = entity->mentions[i].spelling;
        struct str core = quoted ? quoted_core(spelling) : (struct str){NULL, 0};
        bool is_new;
        map_put(&said, spelling, &is_new);
        if (is_new)
            json_str(j, NULL, spelling);
        if (core.n > 0)
            map_put(&said, core, &is_new);
        if (core.n > 0 && is_new)
            json_str(j, NULL, core);
    }
    json_close(j, ']');
}

/* One entry for each article in which the entity stands. */
static void write_entity(struct json *j, const struct document *d, uint32_t index)
{
    const struct entity *entity = &d->entities[index];
    for (uint32_t first = 0; first < entity->n_mentions;) {
        uint32_t article = entity->mentions[first].place.article, end = first;
        json_open(j, NULL, '{');
        json_str(j, "id", str_printf(j->out->arena, "e%ua%u", index, article));
        json_str(j, "name", entity->name);
        json_str(j, "type", str_of(entity_type_name(entity->type)));
        while (end < entity->n_mentions && entity->mentions[end].place.article == article)
            end++;
        write_aliases(j, entity, first, end);
        json_int(j, "article", article);
        json_str(j, "rule", str_of(entity->rule));
        json_open(j, "mentions", '[');
        for (uint32_t i = first; i < end; i++) {
            json_open(j, NULL, '{');
            write_place(j, d, entity->mentions[i].place);
            json_close(j, '}');
        }
        json_close(j, ']');
        json_close(j, '}');
        first = end;
    }
}

static void write_finding(struct json *j, const struct document *d, uint32_t index)
{
    const struct finding *finding = &d->findings[index];
    (void)d;
    json_open(j, NULL, '{');
    json_str(j, "kind", str_of(finding_kind_name(finding->kind)));
    json_open(j, "indicators", '[');
    for (uint32_t i = 0; i < finding->n_indicators; i++)
        json_int(j, NULL, finding->indicators[i]);
    json_close(j, ']');
    json_str(j, "printed", finding->printed);
    json_str_or_null(j, "computed", finding->computed);
    json_str_or_null(j, "tolerance", finding->tolerance);
    json_str_or_null(j, "formula", finding->formula);
    json_close(j, '}');
}

void document_write_json(const struct document *d, struct buffer *out)
{
    struct json json = json_to(out), *j = &json;
    char hex[65];
    sha256_hex(d->sha256, hex);
    json_open(j, NULL, '{');
    json_str(j, "path", d->path);
    json_str(j, "id", str_of(hex));
    json_str(j, "encoding", str_of(encoding_name(d->decoded.encoding)));
    json_int(j, "replaced", (long long)d->decoded.replaced);
    json_str_or_null(j, "paper", d->paper);
    json_str_or_null(j, "edition", d->edition);
    write_date(j, "date", d->date);
    json_str(j, "date_from", str_of(evidence_name(d->date_from)));
    json_str_or_null(j, "place", d->place);
    json_str(j, "place_from", str_of(evidence_name(d->place_from)));
    json_open(j, "articles", '[');
    for (uint32_t i = 0; i < d->n_articles; i++)
        write_article(j, d, i);
    json_close(j, ']');
    json_open(j, "proposals", '[');
    for (uint32_t i = 0; i < d->n_proposals; i++)
        write_proposal(j, d, i);
    json_close(j, ']');
    json_open(j, "indicators", '[');
    for (uint32_t i = 0; i < d->n_indicators; i++)
        write_indicator(j, d, i);
    json_close(j, ']');
    json_open(j, "references", '[');
    for (uint32_t i = 0; i < d->n_entities; i++)
        write_entity(j, d, i);
    json_close(j, ']');
    json_open(j, "tables", '[');
    for (uint32_t i = 0; i < d->n_tables; i++)
        write_table(j, &d->tables[i]);
    json_close(j, ']');
    json_open(j, "findings", '[');
    for (uint32_t i = 0; i < d->n_findings; i++)
        write_finding(j, d, i);
    json_close(j, ']');
    json_open(j, "dropped", '[');
    for (uint32_t i = 0; i < d->n_dropped; i++)
        json_str(j, NULL, span_of(d->decoded.text, d->dropped[i].span));
    json_close(j, ']');
    json_close(j, '}');
}
