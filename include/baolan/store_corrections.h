/* What corrections did to the cache, and anchors for new ones. */
#ifndef BAOLAN_STORE_CORRECTIONS_H
#define BAOLAN_STORE_CORRECTIONS_H

#include "baolan/correction.h"
#include "baolan/store.h"

/* A correction that was tried on a document. */
struct stored_correction {
    uint32_t document;
    int64_t identity; /* correction_identity */
    bool found;       /* false: what it is about does not stand there */
    enum correction_kind kind;
    uint32_t record;  /* id; of a suggestion its proposal's, of a name its passage's; 0: it is no
                         record any more */
    uint32_t part;    /* number of a suggestion, start of a name */
    uint32_t passage; /* where it shows, or 0 */
    struct str field, value;
    struct str was; /* the parser's own reading */
};

/* Those of a document (0: of all), in the order in which they were made. */
enum status store_corrections(struct store *s, struct arena *a, uint32_t document,
                              const struct stored_correction **out, size_t *n, struct error *e);
/* Those of one record that were found. */
enum status store_corrections_of(struct store *s, struct arena *a, enum correction_kind kind,
                                 uint32_t record, uint32_t part,
                                 const struct stored_correction **out, size_t *n, struct error *e);

/* The identities of the corrections that stood at the last import. */
enum status store_looked_for(struct store *s, struct arena *a, const int64_t **out, size_t *n,
                             struct error *e);

/* The anchor of bytes [start, end) of a passage with what stands around them in reading order,
 * across passages. */
enum status store_correction_anchor(struct store *s, struct arena *a, uint32_t passage,
                                    uint32_t start, uint32_t end, struct anchor *out,
                                    struct error *e);

/* Documents that an anchor may be about, at most room of them: of the same bytes, of the same path,
 * and those that have its words. */
enum status store_documents_of_anchor(struct store *s, const struct anchor *anchor, uint32_t *ids,
                                      size_t room, size_t *n, struct error *e);

#endif
