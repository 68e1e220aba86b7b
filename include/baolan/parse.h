/* From a file's bytes to a document: the stages one after the other.
 *
 *   decode → lines → blocks → articles → facts (proposals, tables, indicators, entities, findings)
 *
 * Each stage reads what stands left of it and fills its part of struct document. None knows a
 * database or a terminal. Cost is linear in the input. */
#ifndef BAOLAN_PARSE_H
#define BAOLAN_PARSE_H

#include "baolan/correction.h"

/* A checksum of the parser's own sources, taken when it is built: another parser may read another
 * thing, so with lexicons_version it is part of the cache's version. */
uint32_t parser_version(void);

/* How far to go. */
enum parse_depth { PARSE_PAGE, PARSE_FACTS };

struct parse_options {
    const struct lexicons *lexicons; /* required */
    enum encoding encoding;          /* ENCODING_AUTO: find it */
    enum parse_depth depth;
    const char *path;           /* as given, for dates and papers in it; may be NULL */
    struct str folder_settings; /* the text of the folder's .baolan file; may be empty */
    /* The file's own bytes, where the text was made of them by a converter: what the document is
     * known by. NULL in .p: the text is the file. */
    struct str original;
    const struct corrections *corrections; /* see baolan/correction.h; NULL: none */
};

/* Reads bytes (which must live as long as the arena) into a new document in the arena. */
enum status document_parse(struct arena *a, struct str bytes, const struct parse_options *options,
                           struct document **out, struct error *e);

/* The stages that document_parse calls, in this order; each may be called alone by tests. All run
 * inside arena_protect. */
void parse_lines(struct document *d);                               /* src/parse/lines.c */
void parse_page(struct document *d, const struct parse_options *o); /* blocks, articles, dates */
/* Part of parse_page: sets the forms of a proposals office (案由：…) as articles, their fields as
 * captions and their labels as headings. */
void parse_forms(struct document *d, const struct parse_options *o);
/* What a person put right of the page; and of the facts, with the list of what was applied. */
void parse_correct_page(struct document *d, const struct parse_options *o);
void parse_proposals(struct document *d, const struct parse_options *o);
void parse_tables(struct document *d, const struct parse_options *o);
void parse_indicators(struct document *d, const struct parse_options *o);
void parse_entities(struct document *d, const struct parse_options *o);
/* Gives figures of 该镇 the name that the article said last; after parse_entities. */
void parse_anaphors(struct document *d);
/* Sets the region of every figure: what 我市 and 全省 mean, the place that its subject names, or
 * the article's own where the subject is a class of things (规上工业); after parse_anaphors. */
void parse_figure_regions(struct document *d, const struct parse_options *o);
void parse_correct_facts(struct document *d, const struct parse_options *o);
void parse_audit(struct document *d, const struct parse_options *o);

#endif
