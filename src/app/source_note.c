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

/* 记者沈知远、通讯员李骏, as many as a citation names. */
static void add_authors(struct buffer *out, const struct stored_article *it)
{
    enum { AUTHORS_MOST = 3 };
    for (uint32_t i = 0; i < it->n_credits && i < AUTHORS_MOST; i++) {
        const struct credit *c = &it->credits[i];
        bool same = i > 0 && str_eq(c->role, c[-1].role);
        buffer_add_c(out, i > 0 ? "、" : "");
        if (!same && !str_eq(c->role, STR("作者")))
            buffer_add(out, c->role);
        buffer_add(out, c->name);
    }
    if (it->n_credits > AUTHORS_MOST)
        buffer_add_c(out, "等");
    buffer_add_c(out, it->n_credits > 0 ? "，" : "");
}

/* 云泽日报 2023-06-12 A03版，: where and when, as far as they are known. */
static void add_issue(struct buffer *out, const struct stored_document *d, struct str date)
{
    const struct str parts[] = {d->paper, date, d->edition};
    bool any = false;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (parts[i].n == 0)
            continue;
        buffer_add_c(out, any ? " " : "");
        buffer_add(out, parts[i]);
        any = true;
    }
    if (d->edition.n > 0 && !str_ends(d->edition, STR("版")))
        buffer_add_c(out, "版");
    buffer_add_c(out, any ? "，" : "");
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
    buffer_add_c(&out, "——");
    add_issue(&out, &d, it.date.n > 0 ? it.date : d.date);
    add_authors(&out, &it);
    buffer_printf(&out, "《%.*s》", STR_ARG(it.title.n > 0 ? it.title : d.title));
    if (page > 0) {
        buffer_add_c(&out, "，");
        buffer_printf(&out, translate("page %u"), page);
    }
    add_part(&out, "，", d.path);
    if (line > 0)
        buffer_printf(&out, ":%u", line);
    return buffer_str(&out);
}
