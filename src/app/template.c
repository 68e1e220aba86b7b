#include "app/template.h"

#include "baolan/utf8.h"
#include "baolan/vector.h"

/* Sections inside sections at most. */
#define DEPTH_MOST 32

struct field {
    const char *name;
    struct str text;
    bool is_list;
    VECTOR(const struct template_item *) list;
};

struct template_item {
    struct arena *arena;
    const struct template_item *outer; /* while writing: set by template_add */
    VECTOR(struct field) fields;
};

struct template_item *template_item_new(struct arena *a)
{
    struct template_item *item = arena_new_of(a, struct template_item);
    item->arena = a;
    return item;
}

static struct field *field_of(const struct template_item *item, struct str name)
{
    for (size_t i = 0; i < item->fields.n; i++)
        if (str_eq(str_of(item->fields.at[i].name), name))
            return &item->fields.at[i];
    return NULL;
}

struct template_item *template_add(struct template_item *item, const char *name)
{
    struct template_item *inner = template_item_new(item->arena);
    struct field *field = field_of(item, str_of(name));
    if (field == NULL)
        field = vector_add(item->arena, &item->fields);
    field->name = name;
    field->is_list = true;
    inner->outer = item;
    vector_push(item->arena, &field->list, inner);
    return inner;
}

void template_put(struct template_item *item, const char *name, struct str value)
{
    vector_push(item->arena, &item->fields, ((struct field){.name = name, .text = value}));
}

void template_put_number(struct template_item *item, const char *name, size_t value)
{
    template_put(item, name, str_printf(item->arena, "%zu", value));
}

/* --- Writing --------------------------------------------------------------------------------- */

enum tag_kind { TAG_VALUE, TAG_SECTION, TAG_EMPTY, TAG_END };

struct tag {
    enum tag_kind kind;
    struct str name;
    size_t start, end; /* bytes of the template that it takes, its own line included */
};

struct writer {
    struct buffer *out;
    struct str text;
    template_escape *escape;
    struct error *error;
    unsigned depth;
};

/* A tag other than a value that stands alone in its line takes the line with it. */
static void take_line(struct str text, struct tag *tag)
{
    size_t start = tag->start, end = tag->end;
    while (start > 0 && (text.p[start - 1] == ' ' || text.p[start - 1] == '\t'))
        start--;
    while (end < text.n && (text.p[end] == ' ' || text.p[end] == '\t' || text.p[end] == '\r'))
        end++;
    bool alone =
        (start == 0 || text.p[start - 1] == '\n') && (end == text.n || text.p[end] == '\n');
    if (!alone)
        return;
    tag->start = start;
    tag->end = end < text.n ? end + 1 : end;
}

static bool next_tag(struct str text, size_t from, struct tag *tag)
{
    size_t start = str_find(text, STR("{{"), from);
    size_t end = start == STR_NONE ? STR_NONE : str_find(text, STR("}}"), start);
    if (end == STR_NONE)
        return false;
    struct str name = str_trim(str_sub(text, start + 2, end));
    *tag = (struct tag){TAG_VALUE, name, start, end + 2};
    char sign = name.n > 0 ? name.p[0] : '\0';
    tag->kind = sign == '#'   ? TAG_SECTION
                : sign == '^' ? TAG_EMPTY
                : sign == '/' ? TAG_END
                              : TAG_VALUE;
    if (tag->kind != TAG_VALUE) {
        tag->name = str_trim(str_sub(name, 1, name.n));
        take_line(text, tag);
    }
    return true;
}

/* The tag that closes the section opened by `open`; false: there is none. */
static bool find_end(struct str text, const struct tag *open, size_t to, struct tag *end)
{
    size_t depth = 1;
    for (size_t at = open->end; at < to && next_tag(text, at, end) && end->end <= to;
         at = end->end) {
        bool same = str_eq(end->name, open->name);
        if (same && (end->kind == TAG_SECTION || end->kind == TAG_EMPTY))
            depth++;
        if (same && end->kind == TAG_END && --depth == 0)
            return true;
    }
    return false;
}

static const struct field *look_up(const struct template_item *item, struct str name)
{
    for (; item != NULL; item = item->outer) {
        const struct field *field = field_of(item, name);
        if (field != NULL)
            return field;
    }
    return NULL;
}

static enum status write_part(struct writer *w, size_t from, size_t to,
                              const struct template_item *item);

static enum status write_section(struct writer *w, const struct tag *open, const struct tag *end,
                                 const struct template_item *item)
{
    const struct field *field = look_up(item, open->name);
    bool empty = field == NULL || (field->is_list ? field->list.n == 0 : field->text.n == 0);
    size_t times = empty || !field->is_list ? 1 : field->list.n;
    enum status status = STATUS_OK;
    if (empty != (open->kind == TAG_EMPTY))
        return STATUS_OK;
    for (size_t i = 0; i < times && status == STATUS_OK; i++)
        status = write_part(w, open->end, end->start,
                            !empty && field->is_list ? field->list.at[i] : item);
    return status;
}

static enum status bad(struct writer *w, struct str name)
{
    return error_set(w->error, STATUS_BAD_INPUT, "the template does not close {{#%.*s}}",
                     STR_ARG(name));
}

static enum status write_part(struct writer *w, size_t from, size_t to,
                              const struct template_item *item)
{
    struct tag tag, end;
    enum status status = STATUS_OK;
    if (++w->depth > DEPTH_MOST)
        return error_set(w->error, STATUS_BAD_INPUT, "the template nests too deeply");
    while (status == STATUS_OK && from < to && next_tag(w->text, from, &tag) && tag.end <= to) {
        buffer_add(w->out, str_sub(w->text, from, tag.start));
        from = tag.end;
        if (tag.kind == TAG_VALUE) {
            const struct field *field = look_up(item, tag.name);
            if (field != NULL && w->escape != NULL)
                w->escape(w->out, field->text);
            else if (field != NULL)
                buffer_add(w->out, field->text);
        } else if (tag.kind == TAG_END || !find_end(w->text, &tag, to, &end)) {
            status = bad(w, tag.name);
        } else {
            status = write_section(w, &tag, &end, item);
            from = end.end;
        }
    }
    if (status == STATUS_OK)
        buffer_add(w->out, str_sub(w->text, from, to));
    w->depth--;
    return status;
}

enum status template_write(struct buffer *out, struct str text, const struct template_item *item,
                           template_escape *escape, struct error *e)
{
    struct writer w = {out, text, escape, e, 0};
    return write_part(&w, 0, text.n, item);
}

void template_escape_markdown(struct buffer *out, struct str value)
{
    for (size_t at = 0; at < value.n;) {
        uint32_t c = utf8_next(value, &at);
        if (c == '\n' || c == '\r' || c == '\t')
            c = ' ';
        if (point_is_unseen(c))
            continue;
        if (c < 0x80 && strchr("\\`*_[]<>|#~$", (int)c) != NULL)
            buffer_add_byte(out, '\\');
        buffer_add_point(out, c);
    }
}
