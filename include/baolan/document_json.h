/* A document as JSON: the shape of `parse --json`. */
#ifndef BAOLAN_DOCUMENT_JSON_H
#define BAOLAN_DOCUMENT_JSON_H

#include "baolan/document.h"
#include "baolan/json.h"

/* Writes the whole document as one object on one line, without a line end. */
void document_write_json(const struct document *d, struct buffer *out);

#endif
