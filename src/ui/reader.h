/* The reader: an article on the screen, and what the other views need to open it at a place. */
#ifndef UI_READER_H
#define UI_READER_H

#include "baolan/ring.h"
#include "baolan/store.h"

/* The place of bytes in an article: `record` is the article's id, `part` the passage's id (0 or
 * NONE: its beginning), `offset` a byte of the passage's text. `words` are marked wherever they
 * stand in the document, and n and N walk them; empty: none. As struct place of stored records has
 * it: reader_place(p.article, p.paragraph, p.start, STR("")). Some text before it stays in sight,
 * but for what begins a section. */
static inline struct ring_place reader_place(uint32_t article, uint32_t passage, uint32_t offset,
                                             struct str words)
{
    return (struct ring_place){.view = VIEW_READER,
                               .record = article,
                               .part = passage,
                               .offset = offset,
                               .link = UINT32_MAX,
                               .above = offset > 0 || words.n > 0 ? 4 : 0,
                               .state = words};
}

#endif
