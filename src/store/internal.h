/* What the files of the store share. */
#ifndef BAOLAN_STORE_INTERNAL_H
#define BAOLAN_STORE_INTERNAL_H

#include "baolan/store.h"
#include "sql.h"

struct store {
    struct arena *arena; /* holds this */
    struct database db;
    size_t holds;      /* store_hold without its store_let_go */
    int64_t opened;    /* tells this connection from others: see store_data_version */
    const char *aside; /* where what stood at its path was put, or NULL */
};

/* Makes `segment(text)` known to SQL on this connection. */
enum status tokens_register(struct database *db, struct error *e);

/* Long texts are kept packed, as blobs; those that would not be shorter, as they are. In SQL
 * unpack(column) is the text of either. */

/* The packed form of a text, in the arena; false, and no whole form, where it is no shorter. */
bool text_pack(struct arena *a, struct str text, struct str *out);

/* Writes the text of a packed form, of any bytes, to out, which has TEXT_UNPACKED_MOST bytes of
 * room; returns its bytes. */
#define TEXT_UNPACKED_MOST(n) ((n)*3 + 4)
size_t text_unpack(struct str packed, char *out);

/* Binds a text to a column that is kept so; it lives in the arena until the statement has run. */
void bind_packed(sqlite3_stmt *st, int at, struct arena *a, struct str text);

/* The text of such a column, in the arena. */
struct str column_unpacked(struct arena *a, sqlite3_stmt *st, int at);

/* Makes `unpack(column)` known to SQL on this connection. */
enum status packed_register(struct database *db, struct error *e);

/* A spelling without spaces, dots, quotes and a closing 项目, folded: by it names are joined. */
struct str spelling_key(struct arena *a, struct str spelling);

/* The column passage.form: kind, flags and level of a passage. */
enum { FORM_FLAGS = 4, FORM_LEVEL = 8 }; /* bits before them */

/* Where the pieces of prose stand in the source, as the column passage.source has it; read with the
 * length in bytes of the passage's text. */
void runs_write(const struct document *d, const struct prose *prose, struct buffer *out);
const struct source_run *runs_read(struct arena *a, struct str blob, size_t text_length,
                                   uint32_t *n);

/* The entities that a person hid: few, and read anew where they are needed. */
struct hidden {
    const uint32_t *ids; /* ascending */
    size_t n;
};
enum status hidden_read(struct store *s, struct arena *a, struct hidden *out, struct error *e);
bool hidden_has(const struct hidden *hidden, uint32_t entity);

/* store_mentions_in with the hidden ones. */
enum status mentions_in(struct store *s, struct arena *a, uint32_t first, uint32_t count,
                        const struct stored_mention **out, size_t *n, struct error *e);

/* The first of a document's indicators, [first, first + count), that does not stand before a
 * passage, by halving: they stand in reading order. */
enum status indicator_at(struct store *s, uint32_t first, uint32_t count, uint32_t passage,
                         uint32_t *out, struct error *e);

/* The hash that anchors know a passage by. */
uint64_t passage_key(struct str text);

/* Items one a line, and back. */
struct str lines_join(struct arena *a, const struct str *items, uint32_t n);
const struct str *lines_split(struct arena *a, struct str joined, uint32_t *n);

/* What filled *e, for functions that got NULL from database_prepare. */
static inline enum status failed(const struct error *e)
{
    return e == NULL || e->status == STATUS_OK ? STATUS_DATABASE : e->status;
}

#endif
