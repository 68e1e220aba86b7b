/* A first reading: a line is a paragraph, `##` begins an article. */
#include "baolan/parse.h"
#include "baolan/vector.h"

static struct prose prose_of(struct document *d, size_t start, size_t end)
{
    struct prose prose = {.text = str_trim(str_sub(d->decoded.text, start, end))};
    if (prose.text.n == 0)
        return prose;
    struct piece *piece = arena_new_of(d->arena, struct piece);
    *piece = (struct piece){0, (uint32_t)prose.text.n, (uint32_t)(prose.text.p - d->decoded.text.p),
                            (uint32_t)prose.text.n};
    prose.pieces = piece;
    prose.n_pieces = 1;
    return prose;
}

void parse_page(struct document *d, const struct parse_options *o)
{
    (void)o;
    VECTOR(struct article) articles = {0};
    VECTOR(struct paragraph) paragraphs = {0};
    for (uint32_t i = 0; i < d->n_lines; i++) {
        struct prose prose = prose_of(d, d->lines[i].start, d->lines[i].end);
        if (prose.text.n == 0)
            continue;
        bool title = str_starts(prose.text, STR("#")) || articles.n == 0;
        if (title) {
            memset(&paragraphs, 0, sizeof paragraphs);
            size_t marks = 0;
            while (marks < prose.text.n &&
                   (prose.text.p[marks] == '#' || prose.text.p[marks] == ' '))
                marks++;
            struct article *article = vector_add(d->arena, &articles);
            article->title = prose_of(d, d->lines[i].start + marks, d->lines[i].end);
            article->box_of = NONE;
            continue;
        }
        struct paragraph *paragraph = vector_add(d->arena, &paragraphs);
        paragraph->prose = prose;
        paragraph->heading = NONE;
        vector_last(&articles).paragraphs = paragraphs.at;
        vector_last(&articles).n_paragraphs = (uint32_t)paragraphs.n;
    }
    d->articles = articles.at;
    d->n_articles = (uint32_t)articles.n;
}
