/* The stages of a page printed for a person: why a page was read as it was. */
#include "baolan/buffer.h"
#include "baolan/parse_stages.h"
#include "parse/page.h"

static const char *const block_names[] = {
#define X(id, name) [id] = name,
    BLOCK_TABLE(X)
#undef X
};
static const char *const strip_names[] = {
#define X(id, name) [id] = name,
    STRIP_TABLE(X)
#undef X
};
static const char *const endings[] = {"open", "stop", "comma", "colon", "semi", "bracket"};

/* The line that a cut paragraph goes on at, and the one that it comes from. */
static void write_seam(const struct page *p, const struct strip *s, struct buffer *out)
{
    if (s->seam == 0)
        return;
    const struct seam *seam = &p->seams.at[s->seam - 1];
    bool ends = s == &p->strips.at[seam->end];
    const struct strip *other = &p->strips.at[ends ? seam->head : seam->end];
    buffer_printf(out, ends ? " [goes on at %u]" : " [goes on from %u]",
                  p->document->lines[other->line].number);
}

static void write_strips(const struct page *p, struct buffer *out)
{
    buffer_printf(out, "indents=%d lost-indents=%d spaced-out=%d\n", p->indents, p->lost_indents,
                  p->spaced_out);
    for (size_t i = 0; i < p->strips.n; i++) {
        const struct strip *s = &p->strips.at[i];
        buffer_printf(out, "%5u %-9s w%-3u m%-3u in%-2u bl%-2u %-7s %-8s ",
                      p->document->lines[s->line].number, strip_names[s->kind], s->width,
                      s->measure, s->indent, s->blanks, endings[s->ending],
                      ordinal_name((enum ordinal_kind)s->ordinal.kind));
        buffer_add(out, strip_text(p, s));
        write_seam(p, s, out);
        buffer_add_byte(out, '\n');
    }
}

static void write_blocks(const struct page *p, struct buffer *out)
{
    for (size_t i = 0; i < p->blocks.n; i++) {
        const struct block *b = &p->blocks.at[i];
        buffer_printf(out, "%5u %-9s lines %-3u bl%-2u %-7s %s%s%s ",
                      p->document->lines[p->strips.at[b->first].line].number, block_names[b->kind],
                      b->n_strips, b->blanks, endings[b->ending],
                      ordinal_name((enum ordinal_kind)b->ordinal.kind), b->inside ? " inside" : "",
                      b->cut_before ? " cut" : "");
        buffer_add(out, b->prose.text);
        buffer_add_byte(out, '\n');
    }
}

static void write_articles(const struct document *d, struct buffer *out)
{
    for (uint32_t i = 0; i < d->n_articles; i++) {
        const struct article *a = &d->articles[i];
        buffer_printf(out, "== article %u, year %d\n", i, a->year);
        const struct {
            const char *name;
            const struct prose *prose;
        } heads[] = {{"kicker", &a->kicker}, {"title", &a->title}, {"subtitle", &a->subtitle}};
        for (size_t k = 0; k < sizeof heads / sizeof *heads; k++)
            if (heads[k].prose->text.n > 0)
                buffer_printf(out, "  %-8s %.*s\n", heads[k].name, STR_ARG(heads[k].prose->text));
        for (uint32_t k = 0; k < a->n_credits; k++)
            buffer_printf(out, "  by       %.*s %.*s\n", STR_ARG(a->credits[k].role),
                          STR_ARG(a->credits[k].name));
        uint32_t written = 0; /* headings come in reading order */
        for (uint32_t k = 0; k < a->n_paragraphs; k++) {
            const struct paragraph *paragraph = &a->paragraphs[k];
            for (; paragraph->heading != NONE && written <= paragraph->heading; written++)
                buffer_printf(out, "  %*s# %.*s\n", (int)a->headings[written].level * 2, "",
                              STR_ARG(a->headings[written].prose.text));
            buffer_printf(out, "  %-8s %.*s\n", paragraph_kind_name(paragraph->kind),
                          STR_ARG(paragraph->prose.text));
        }
        for (uint32_t k = 0; k < a->n_captions; k++)
            buffer_printf(out, "  caption  %.*s\n", STR_ARG(a->captions[k].text));
    }
}

void parse_write_stage(const struct document *d, const struct parse_options *o,
                       enum parse_stage stage, struct buffer *out)
{
    if (stage == STAGE_ARTICLES) {
        write_articles(d, out);
        return;
    }
    struct document copy = *d;
    struct page *p = page_read(&copy, o);
    if (stage == STAGE_LINES)
        write_strips(p, out);
    else
        write_blocks(p, out);
}

enum parse_stage parse_stage_named(struct str name)
{
    static const char *const names[] = {"lines", "blocks", "articles"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_eq(name, str_of(names[i])))
            return (enum parse_stage)i;
    return STAGE_COUNT;
}
