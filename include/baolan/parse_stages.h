/* The stages of the page parser, printed for a person, and the proof that nothing was lost. */
#ifndef BAOLAN_PARSE_STAGES_H
#define BAOLAN_PARSE_STAGES_H

#include "baolan/buffer.h"
#include "baolan/parse.h"

enum parse_stage { STAGE_LINES, STAGE_BLOCKS, STAGE_ARTICLES, STAGE_COUNT };

/* lines, blocks or articles; STAGE_COUNT for anything else. */
enum parse_stage parse_stage_named(struct str name);

/* Appends what the stage made of the document, one record a line, to out. Reads the page anew for
 * lines and blocks, in the document's arena; call it inside arena_protect. */
void parse_write_stage(const struct document *d, const struct parse_options *o,
                       enum parse_stage stage, struct buffer *out);

/* Whether every character of the document's text that is no white space stands in exactly one
 * paragraph, heading, title, kicker, subtitle, byline line, caption or dropped mark. Fills *e with
 * the first one that does not: its line, and whether it is missing or taken twice. Linear; uses
 * one byte a byte of text in the document's arena, released at the end. */
bool document_check(const struct document *d, struct error *e);

#endif
