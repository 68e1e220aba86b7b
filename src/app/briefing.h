/* A briefing: the proposals that a docket shows, with their suggestions and what was decided, as
 * Markdown or DOCX by a template, as CSV or JSON. */
#ifndef APP_BRIEFING_H
#define APP_BRIEFING_H

#include "app/docket.h"

/* One row a format: id, ending of file names. */
#define BRIEFING_TABLE(X)       \
    X(BRIEFING_MARKDOWN, ".md") \
    X(BRIEFING_CSV, ".csv")     \
    X(BRIEFING_JSON, ".json")   \
    X(BRIEFING_DOCX, ".docx")

enum briefing_format {
#define X(id, ending) id,
    BRIEFING_TABLE(X)
#undef X
        BRIEFING_FORMAT_COUNT
};

/* The format that a file name's ending says; BRIEFING_FORMAT_COUNT: none of them. */
enum briefing_format briefing_format_of(struct str path);

struct briefing_options {
    struct str title;     /* of the whole; empty: the template's own */
    bool byte_order_mark; /* before CSV, for spreadsheets that want it */
};

/* Writes what the docket shows, in its order and groups. DOCX goes through pandoc:
 * STATUS_NOT_FOUND where it is not installed. */
enum status briefing_write(struct docket *d, enum briefing_format format,
                           const struct briefing_options *options, struct buffer *out,
                           struct error *e);

/* The same into a file of mode 0600, of the format that its name tells; *written is its full path,
 * in the arena. STATUS_DENIED where a file stands there and overwrite is false. */
enum status briefing_export(struct docket *d, struct arena *a, struct str path, bool overwrite,
                            const struct briefing_options *options, const char **written,
                            struct error *e);

#endif
