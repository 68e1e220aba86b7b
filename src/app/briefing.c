#include "app/briefing.h"

#include "app/program.h"
#include "app/template.h"
#include "baolan/files.h"
#include "baolan/json.h"

#include <stdio.h>
#include <time.h>

enum { PANDOC_SECONDS = 60, PANDOC_MOST = 1 << 28 };

struct briefing {
    struct docket *docket;
    struct arena *arena;
    const struct briefing_options *options;
    struct error *error;
};

static const char *const ENDINGS[] = {
#define X(id, ending) ending,
    BRIEFING_TABLE(X)
#undef X
};

enum briefing_format briefing_format_of(struct str path)
{
    for (unsigned i = 0; i < BRIEFING_FORMAT_COUNT; i++)
        if (str_ends(path, str_of(ENDINGS[i])))
            return (enum briefing_format)i;
    return BRIEFING_FORMAT_COUNT;
}

/* --- What is written of a proposal ----------------------------------------------------------- */

/* The file and line that a proposal stands in: /a/b.txt:12. */
static struct str source_of(struct briefing *b, size_t item)
{
    const struct docket_item *p = &b->docket->items[item];
    struct stored_document document;
    struct stored_passage passage;
    struct error quiet = ERROR_NONE;
    struct store *store = b->docket->store;
    if (store_document(store, b->arena, p->document, &document, &quiet) != STATUS_OK)
        return STR("");
    if (store_passage(store, b->arena, p->passage, &passage, &quiet) != STATUS_OK ||
        passage.n_runs == 0)
        return document.path;
    return str_printf(b->arena, "%.*s:%u", STR_ARG(document.path), passage.runs[0].line);
}

static enum status load(struct briefing *b, size_t item, struct stored_proposal *out)
{
    return store_load_proposal(b->docket->store, b->arena, b->docket->items[item].id, out,
                               b->error);
}

struct decision {
    struct str field, label, value;
};

/* What was said of a proposal, field by field; a reason stands behind its value. */
static size_t decisions(struct briefing *b, size_t item, struct decision *out, size_t room)
{
    const struct review *r = b->docket->review;
    const struct review_form *form = review_form(r);
    int64_t content_key = b->docket->items[item].content_key;
    size_t n = 0;
    for (size_t i = 0; i < form->n_fields && n < room; i++) {
        struct str field = form->fields[i];
        struct str value = review_value(r, content_key, field);
        const struct review_choice *choice = review_choice(form, field, value);
        if (value.n == 0)
            continue;
        struct str name = str_printf(b->arena, "%.*s-reason", STR_ARG(field));
        struct str reason = review_value(r, content_key, name);
        if (reason.n > 0 && choice != NULL && choice->reason)
            value = str_printf(b->arena, "%.*s（%.*s）", STR_ARG(value), STR_ARG(reason));
        struct str merger = review_value(r, content_key, STR("merger"));
        if (str_eq(field, STR("handling")) && merger.n > 0 && choice != NULL && !choice->reason)
            value = str_printf(b->arena, "%.*s（%.*s）", STR_ARG(value), STR_ARG(merger));
        out[n++] = (struct decision){field, choice == NULL ? field : choice->label, value};
    }
    return n;
}

enum { DECISIONS_MOST = 64 };

/* --- Markdown -------------------------------------------------------------------------------- */

static enum status put_proposal(struct briefing *b, struct template_item *group, size_t item,
                                size_t index)
{
    static const struct {
        const char *name;
        enum docket_column column;
    } CELLS[] = {{"number", DOCKET_NUMBER},    {"title", DOCKET_TITLE},
                 {"speakers", DOCKET_SPEAKER}, {"bodies", DOCKET_BODY},
                 {"session", DOCKET_SESSION},  {"category", DOCKET_CATEGORY},
                 {"handlers", DOCKET_HANDLER}, {"status", DOCKET_STATUS},
                 {"note", DOCKET_NOTE},        {"mark", DOCKET_MARK}};
    struct stored_proposal p;
    struct decision said[DECISIONS_MOST];
    enum status status = load(b, item, &p);
    if (status != STATUS_OK)
        return status;
    struct template_item *t = template_add(group, "proposals");
    template_put_number(t, "index", index);
    for (size_t i = 0; i < sizeof CELLS / sizeof *CELLS; i++)
        template_put(t, CELLS[i].name,
                     CELLS[i].column == DOCKET_SESSION && p.it.session.n > 0
                         ? p.it.session
                         : docket_cell(b->docket, item, CELLS[i].column, b->arena));
    template_put(t, "background", p.it.background);
    template_put(t, "source", source_of(b, item));
    for (uint32_t i = 0; i < p.it.n_suggestions; i++) {
        struct template_item *s = template_add(t, "suggestions");
        template_put_number(s, "seq", i + 1);
        template_put(s, "ordinal", p.it.suggestions[i].ordinal);
        template_put(s, "lead", p.it.suggestions[i].title);
        template_put(s, "text", p.it.suggestions[i].text);
    }
    size_t n = decisions(b, item, said, DECISIONS_MOST);
    for (size_t i = 0; i < n; i++) {
        struct template_item *s = template_add(t, "decisions");
        template_put(s, "field", said[i].label);
        template_put(s, "value", said[i].value);
    }
    return STATUS_OK;
}

static enum status fill(struct briefing *b, struct template_item *all)
{
    const struct listing *l = &b->docket->listing;
    struct template_item *group = NULL;
    size_t index = 0;
    enum status status = STATUS_OK;
    for (size_t i = 0; i < l->n_rows && status == STATUS_OK; i++) {
        struct listing_row row = listing_row_at(l, i);
        bool is_label = row.item == LISTING_NO_ITEM;
        if (is_label || group == NULL) {
            group = template_add(all, "groups");
            template_put(group, "label", is_label ? listing_label(l, &row, b->arena) : STR(""));
            template_put_number(group, "count", is_label ? row.count : l->n_shown);
        }
        if (!is_label)
            status = put_proposal(b, group, row.item, ++index);
    }
    return status;
}

static struct str today(struct arena *a)
{
    time_t now = time(NULL);
    struct tm tm;
    if (localtime_r(&now, &tm) == NULL)
        return STR("");
    return str_printf(a, "%d年%d月%d日", tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday);
}

/* The person's template, else the program's. */
static enum status read_template(struct briefing *b, struct str *text)
{
    struct error quiet = ERROR_NONE;
    const char *path = path_join(b->arena, path_config_folder(b->arena), "templates/proposals.md");
    if (file_read(b->arena, path, text, NULL, &quiet) == STATUS_OK)
        return STATUS_OK;
    path = path_program_data(b->arena, "templates/proposals.md");
    if (path == NULL)
        return error_set(b->error, STATUS_NOT_FOUND, "templates/proposals.md: not found");
    return file_read(b->arena, path, text, NULL, b->error);
}

static enum status write_markdown(struct briefing *b, struct buffer *out)
{
    struct str text;
    struct template_item *all = template_item_new(b->arena);
    template_put(all, "title", b->options->title.n > 0 ? b->options->title : STR("提案办理简报"));
    template_put(all, "date", today(b->arena));
    template_put(all, "filter", b->docket->listing.filter);
    template_put_number(all, "count", b->docket->listing.n_shown);
    template_put_number(all, "done", docket_done(b->docket));
    enum status status = fill(b, all);
    if (status == STATUS_OK)
        status = read_template(b, &text);
    if (status == STATUS_OK)
        status = template_write(out, text, all, template_escape_markdown, b->error);
    return status;
}

static enum status write_docx(struct briefing *b, struct buffer *out)
{
    /* What a page says never becomes HTML or TeX of its own. */
    static const char *const ARGV[] = {
        "pandoc", "-f", "markdown-raw_html-raw_tex-raw_attribute", "-t", "docx", "-o", "-", NULL};
    struct buffer markdown = buffer_in(b->arena);
    enum status status = write_markdown(b, &markdown);
    if (status != STATUS_OK)
        return status;
    return program_filter(ARGV, buffer_str(&markdown), out, PANDOC_SECONDS, PANDOC_MOST, b->error);
}

/* --- CSV and JSON ---------------------------------------------------------------------------- */

static struct str suggestions_line(struct briefing *b, const struct proposal *p)
{
    struct buffer line = buffer_in(b->arena);
    for (uint32_t i = 0; i < p->n_suggestions; i++) {
        struct str title = p->suggestions[i].title;
        buffer_printf(&line, "%s%u. ", i > 0 ? "；" : "", i + 1);
        buffer_add(&line, title.n > 0 ? title : p->suggestions[i].text);
    }
    return buffer_str(&line);
}

static enum status write_csv(struct briefing *b, struct buffer *out)
{
    const struct docket *d = b->docket;
    const struct review_form *form = review_form(d->review);
    if (b->options->byte_order_mark)
        buffer_add_c(out, "\xEF\xBB\xBF");
    for (unsigned c = 0; c < DOCKET_COLUMN_COUNT; c++)
        csv_cell(out, str_of(docket_column_heading((enum docket_column)c)), c == 0);
    for (size_t f = 0; f < form->n_fields; f++)
        csv_cell(out, review_choice(form, form->fields[f], STR(""))->label, false);
    csv_cell(out, STR("建议内容"), false);
    csv_cell(out, STR("来源"), false);
    buffer_add_c(out, "\r\n");
    enum status status = STATUS_OK;
    for (size_t i = 0; i < d->listing.n_rows && status == STATUS_OK; i++) {
        struct stored_proposal p;
        size_t item = listing_row_at(&d->listing, i).item;
        if (item == LISTING_NO_ITEM)
            continue;
        status = load(b, item, &p);
        if (status != STATUS_OK)
            break;
        for (unsigned c = 0; c < DOCKET_COLUMN_COUNT; c++)
            csv_cell(out, docket_cell(d, item, (enum docket_column)c, b->arena), c == 0);
        for (size_t f = 0; f < form->n_fields; f++)
            csv_cell(out, review_value(d->review, d->items[item].content_key, form->fields[f]),
                     false);
        csv_cell(out, suggestions_line(b, &p.it), false);
        csv_cell(out, source_of(b, item), false);
        buffer_add_c(out, "\r\n");
    }
    return status;
}

static void json_list(struct json *j, const char *name, const struct str *list, uint32_t n)
{
    json_open(j, name, '[');
    for (uint32_t i = 0; i < n; i++)
        json_str(j, NULL, list[i]);
    json_close(j, ']');
}

static void json_suggestion(struct json *j, const struct suggestion *s)
{
    json_open(j, NULL, '{');
    json_str_or_null(j, "ordinal", s->ordinal);
    json_str(j, "title", s->title);
    json_str(j, "text", s->text);
    json_close(j, '}');
}

static enum status json_proposal(struct briefing *b, struct json *j, size_t item)
{
    struct stored_proposal p;
    struct decision said[DECISIONS_MOST];
    enum status status = load(b, item, &p);
    if (status != STATUS_OK)
        return status;
    json_open(j, NULL, '{');
    json_str_or_null(j, "number", p.it.number);
    json_str(j, "title", p.it.title);
    json_list(j, "speakers", p.it.speakers, p.it.n_speakers);
    json_list(j, "joint", p.it.joint, p.it.n_joint);
    json_list(j, "bodies", p.it.bodies, p.it.n_bodies);
    json_str_or_null(j, "session", p.it.session);
    if (p.it.year != 0)
        json_int(j, "year", p.it.year);
    else
        json_null(j, "year");
    json_str_or_null(j, "category", p.it.category);
    json_list(j, "handlers", p.it.handlers, p.it.n_handlers);
    json_str_or_null(j, "status", p.it.status);
    json_str(j, "background", p.it.background);
    json_open(j, "suggestions", '[');
    for (uint32_t i = 0; i < p.it.n_suggestions; i++)
        json_suggestion(j, &p.it.suggestions[i]);
    json_close(j, ']');
    json_open(j, "review", '{');
    size_t n = decisions(b, item, said, DECISIONS_MOST);
    for (size_t i = 0; i < n; i++)
        json_str(j, str_dup_c(b->arena, said[i].field), said[i].value);
    json_close(j, '}');
    json_str(j, "source", source_of(b, item));
    json_close(j, '}');
    return STATUS_OK;
}

static enum status write_json(struct briefing *b, struct buffer *out)
{
    struct json j = json_to(out);
    enum status status = STATUS_OK;
    json_open(&j, NULL, '[');
    for (size_t i = 0; i < b->docket->listing.n_rows && status == STATUS_OK; i++) {
        size_t item = listing_row_at(&b->docket->listing, i).item;
        if (item != LISTING_NO_ITEM)
            status = json_proposal(b, &j, item);
    }
    json_close(&j, ']');
    buffer_add_byte(out, '\n');
    return status;
}

enum status briefing_write(struct docket *d, enum briefing_format format,
                           const struct briefing_options *options, struct buffer *out,
                           struct error *e)
{
    static enum status (*const WRITERS[])(struct briefing *, struct buffer *) = {
        [BRIEFING_MARKDOWN] = write_markdown,
        [BRIEFING_CSV] = write_csv,
        [BRIEFING_JSON] = write_json,
        [BRIEFING_DOCX] = write_docx,
    };
    struct arena *a = arena_new();
    if (a == NULL)
        return error_set(e, STATUS_NO_MEMORY, "%s", status_name(STATUS_NO_MEMORY));
    struct briefing b = {d, a, options, e};
    enum status status = format < BRIEFING_FORMAT_COUNT
                             ? WRITERS[format](&b, out)
                             : error_set(e, STATUS_BAD_INPUT, "no such format");
    arena_free(a);
    return status;
}

enum status briefing_export(struct docket *d, struct arena *a, struct str path, bool overwrite,
                            const struct briefing_options *options, const char **written,
                            struct error *e)
{
    struct error quiet = ERROR_NONE;
    struct file_stamp stamp;
    struct buffer out = buffer_in(a);
    enum briefing_format format = briefing_format_of(path);
    *written = path_absolute(a, str_dup_c(a, path));
    if (format == BRIEFING_FORMAT_COUNT)
        return error_set(e, STATUS_BAD_INPUT, "%s: want .md, .csv, .json or .docx", *written);
    if (!overwrite && file_stamp(*written, &stamp, &quiet) == STATUS_OK)
        return error_set(e, STATUS_DENIED, "%s: exists", *written);
    enum status status = briefing_write(d, format, options, &out, e);
    return status == STATUS_OK ? file_replace(*written, buffer_str(&out), e) : status;
}
