#include "citation.h"
#include "baolan/utf8.h"

static bool ends_sentence(uint32_t c)
{
    return c == 0x3002 /* 。 */ || c == 0xFF01 /* ！ */ || c == 0xFF1F /* ？ */ ||
           c == 0xFF1B /* ； */;
}

static struct str sentence_around(struct str text, size_t start, size_t end)
{
    size_t first = start, last = end;
    while (first > 0) {
        size_t before = first;
        if (ends_sentence(utf8_previous(text, &before)))
            break;
        first = before;
    }
    while (last < text.n)
        if (ends_sentence(utf8_next(text, &last)))
            break;
    return str_trim(str_sub(text, first, last));
}

enum status cite(struct invocation *i, struct store *s, uint32_t passage, uint32_t start,
                 uint32_t end, struct citation *out)
{
    struct stored_passage p;
    struct stored_document d;
    memset(out, 0, sizeof *out);
    enum status status = store_passage(s, i->arena, passage, &p, &i->error);
    if (status == STATUS_OK)
        status = store_document_of_passage(s, passage, &out->document, &i->error);
    if (status == STATUS_OK)
        status = store_document(s, i->arena, out->document, &d, &i->error);
    if (status != STATUS_OK)
        return status;
    out->article = p.article;
    out->file = d.path;
    out->title = d.title;
    out->date = d.date;
    for (uint32_t k = 0; k < p.n_runs && p.runs[k].at <= start; k++)
        out->line = p.runs[k].line;
    out->page = stored_document_page(&d, out->line);
    out->sentence = sentence_around(p.text, start, end);
    out->before = str_sub(p.text, 0, start);
    out->quoted = str_sub(p.text, start, end);
    out->after = str_sub(p.text, end, p.text.n);
    return STATUS_OK;
}
