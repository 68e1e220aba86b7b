/* The pages of `:help TOPIC`: data/help/LANGUAGE/TOPIC.txt, a title, then paragraphs. In them
 * {LINE} stands for the key that a command line is bound to, {query} for the forms of a query; a
 * line that begins with two spaces is set as it is. */
#ifndef UI_HELP_TOPICS_H
#define UI_HELP_TOPICS_H

#include "baolan/keymap.h"

/* Topic number `index`; NULL past the last. */
const char *help_topic(size_t index);

/* The topic of a name or of its beginning; NULL where there is none. */
const char *help_topic_named(struct str name);

/* Its text in the language of messages, with the keys that are bound now; empty with *e filled
 * where its file cannot be read. Lives in the arena. */
struct str help_topic_text(struct arena *a, const char *topic, const struct keymap *m,
                           struct error *e);

#endif
