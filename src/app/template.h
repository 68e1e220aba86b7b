/* Text by a template, which a person may edit: {{name}} is a value, {{#name}}…{{/name}} stands once
 * for each item of a list (or once where the value is not empty), {{^name}}…{{/name}} where it is
 * empty. A name is looked for in the innermost item, then outwards. A line that holds nothing but
 * one {{#…}}, {{^…}} or {{/…}} leaves no line. */
#ifndef APP_TEMPLATE_H
#define APP_TEMPLATE_H

#include "baolan/buffer.h"

/* What a template is filled with: names with a text or with a list of such again. Lives in its
 * arena. */
struct template_item;

/* An empty item, and one that is added to the list `name` of another. Strings are not copied. */
struct template_item *template_item_new(struct arena *a);
struct template_item *template_add(struct template_item *item, const char *name);
void template_put(struct template_item *item, const char *name, struct str value);
/* The same for a number, in decimal. */
void template_put_number(struct template_item *item, const char *name, size_t value);

/* Writes the template filled with item. escape (may be NULL) writes a value so that the format does
 * not take it for its own signs. STATUS_BAD_INPUT with a sentence in *e where a section is not
 * closed as it was opened. */
typedef void template_escape(struct buffer *out, struct str value);
enum status template_write(struct buffer *out, struct str text, const struct template_item *item,
                           template_escape *escape, struct error *e);

/* Writes value for Markdown: its signs with a backslash, line ends as spaces. */
void template_escape_markdown(struct buffer *out, struct str value);

#endif
