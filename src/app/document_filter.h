/* The filter of the list of documents: which of them have the words in title or path, as written
 * or by pinyin. Titles and paths are read once and kept folded, some hundred bytes a document, so
 * that each letter costs a walk through memory, not through the database. */
#ifndef APP_DOCUMENT_FILTER_H
#define APP_DOCUMENT_FILTER_H

#include "baolan/pinyin.h"
#include "baolan/store.h"

struct document_filter;

/* Nothing is read yet. */
enum status document_filter_open(struct document_filter **out, struct error *e);
void document_filter_close(struct document_filter *f);

/* Reads titles and paths where they are not, or where the store has changed; asked for beforehand,
 * the first letter is as quick as the others. `cancelled` (may be NULL) is asked now and then:
 * STATUS_INTERRUPTED, and the next call begins anew. */
enum status document_filter_prepare(struct document_filter *f, struct store *store,
                                    bool (*cancelled)(void *context), void *context,
                                    struct error *e);

/* The documents that have all words (parted by spaces; -WORD: not), in an order of LIST_DOCUMENTS.
 * `pinyin` may be NULL. *ids lives until the next call. */
enum status document_filter_run(struct document_filter *f, struct store *store,
                                const struct pinyin *pinyin, struct str words,
                                enum store_order order, bool descending, const uint32_t **ids,
                                size_t *n, struct error *e);

#endif
