#include "app/source_note.h"

#include "baolan/buffer.h"
#include "baolan/message.h"

uint32_t passage_line(const struct stored_passage *passage, size_t offset)
{
    uint32_t line = 0;
    for (uint32_t i = 0; i < passage->n_runs; i++) {
        if (i > 0 && passage->runs[i].at > offset)
            break;
        line = passage->runs[i].line;
    }
    return line;
}

static void add_part(struct buffer *out, const char *separator, struct str part)
{
    if (part.n == 0)
        return;
    buffer_add_c(out, separator);
    buffer_add(out, part);
}

struct str source_note(struct store *s, struct arena *a, uint32_t article, uint32_t passage,
                       uint32_t offset)
{
    struct buffer out = buffer_in(a);
    struct stored_article it;
    struct stored_document d;
    struct stored_passage p;
    uint32_t line = 0;
    if (store_article(s, a, article, &it, NULL) != STATUS_OK ||
        store_document(s, a, it.document, &d, NULL) != STATUS_OK)
        return STR("");
    if (passage == NONE)
        passage = it.first_passage;
    if (store_passage(s, a, passage, &p, NULL) == STATUS_OK)
        line = passage_line(&p, offset);
    uint32_t page = stored_document_page(&d, line);
    buffer_printf(&out, "——《%.*s》", STR_ARG(it.title.n > 0 ? it.title : d.title));
    add_part(&out, "，", d.paper);
    add_part(&out, d.paper.n > 0 ? " " : "，", d.edition);
    add_part(&out, "，", it.date.n > 0 ? it.date : d.date);
    if (page > 0) {
        buffer_add_c(&out, "，");
        buffer_printf(&out, translate("page %u"), page);
    }
    add_part(&out, "，", d.path);
    if (line > 0)
        buffer_printf(&out, ":%u", line);
    return buffer_str(&out);
}
