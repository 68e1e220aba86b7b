/* Documents made by hand for tests of what is read from articles: `#` a title, `@` a line of the
 * byline, `=` a heading, `-` a heading that runs into the next line, else a paragraph. */
#ifndef TESTS_UNIT_ARTICLES_H
#define TESTS_UNIT_ARTICLES_H

#include "baolan/files.h"
#include "baolan/parse.h"
#include "baolan/vector.h"

static struct arena *arena;
static struct lexicons *lexicons;

static struct prose prose_of(struct str s)
{
    return (struct prose){.text = s};
}

/* The document that the lines of text describe; facts reads them. */
static struct document *articles_read(const char *text, void (*facts)(struct document *,
                                                                      const struct parse_options *))
{
    struct document *d = arena_new_of(arena, struct document);
    VECTOR(struct article) articles = {0};
    VECTOR(struct paragraph) paragraphs = {0};
    VECTOR(struct heading) headings = {0};
    VECTOR(struct prose) lines = {0};
    d->arena = arena;
    d->decoded.text = str_of(text);
    for (struct str rest = str_of(text); rest.p != NULL;) {
        struct str line = str_split(&rest, '\n');
        struct str body = str_trim(str_sub(line, 1, line.n));
        char first = line.n == 0 ? '\0' : line.p[0];
        if (first == '#') {
            memset(&paragraphs, 0, sizeof paragraphs);
            memset(&headings, 0, sizeof headings);
            memset(&lines, 0, sizeof lines);
            struct article article = {.title = prose_of(body), .box_of = NONE};
            vector_push(arena, &articles, article);
        } else if (first == '@') {
            vector_push(arena, &lines, prose_of(body));
        } else if (first == '=' || first == '-') {
            struct heading heading = {
                .prose = prose_of(body), .parent = NONE, .run_in = first == '-'};
            vector_push(arena, &headings, heading);
        } else if (line.n > 0) {
            struct paragraph paragraph = {.prose = prose_of(line),
                                          .heading =
                                              headings.n == 0 ? NONE : (uint32_t)headings.n - 1};
            vector_push(arena, &paragraphs, paragraph);
        }
        struct article *article = &vector_last(&articles);
        article->paragraphs = paragraphs.at;
        article->n_paragraphs = (uint32_t)paragraphs.n;
        article->headings = headings.at;
        article->n_headings = (uint32_t)headings.n;
        article->byline_lines = lines.at;
        article->n_byline_lines = (uint32_t)lines.n;
    }
    d->articles = articles.at;
    d->n_articles = (uint32_t)articles.n;
    parse_lines(d);
    struct parse_options options = {.lexicons = lexicons, .depth = PARSE_FACTS};
    facts(d, &options);
    return d;
}

/* Loads the lexicons, and releases what the tests made: cmocka's set-up and tear-down. */
static int articles_set_up(void **state)
{
    (void)state;
    struct error e = ERROR_NONE;
    arena = arena_new();
    return lexicons_load(arena, NULL, &lexicons, NULL, NULL, &e) == STATUS_OK ? 0 : -1;
}

static int articles_tear_down(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

#endif
